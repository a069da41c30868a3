"""Whose data it is and what may be done with it: the words that stores, doors and the terminal share."""

MAIN = "main"
"""The owner of the main database, who is not among the owners kept in it."""

SCOPES = ("read", "write", "decide", "erase", "admin")
"""read: look, score, download; write: import, store, merge; decide: decisions; erase: people; admin: the trail."""

EVERYTHING = frozenset(SCOPES)
USUAL = frozenset({"read", "write", "decide"})
"""What a new key or user may do unless it is said."""
