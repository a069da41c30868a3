"""Text of candidates and files, as a terminal may show it."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return a text with a blank for all that is not printable: an escape sequence would speak to the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
