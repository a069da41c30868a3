"""The name that a word nearly is: to be suggested, never to be scored."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

LEAST = 82
"""How alike two names are at least, of 100."""

SHORTEST = 5
"""Letters; a shorter word is nearly anything."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name nearest to a word, the first of equals; None where none is near."""
    if len(word) < SHORTEST:
        return None
    found = process.extractOne(word, tuple(names), scorer=fuzz.ratio, score_cutoff=LEAST)
    return found[0] if found else None
