"""Running text as clauses: the words between two full stops, bullets or semicolons, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ARTICLES = frozenset({"a", "an", "the"})
ABBREVIATIONS = frozenset({"vs", "eg", "ie", "incl", "approx", "ca", "sr", "jr", "dr", "mr", "ms", "mrs", "no", "st"})
"""Words whose full stop ends no sentence."""

LONGEST = 100
"""Words of a clause; what goes on is another one, so that no text costs more than its length."""

WORD = re.compile(r"a/b(?!\w)|(?:non?-)?[^\W_]+(?:['’][^\W_]+)*", re.IGNORECASE)
_BREAK = re.compile(r"[;!?|•●▪◦‣∙■►➢➤✓✔❖\uf0b7·]|\.(?=\s|\Z)|\n\s*(?:\n|[-–—*+]\s)")
_END = re.compile(r"[;!?]|\.(?=\s)")
_LAST_WORD = re.compile(r"(?<![^\W_])[^\W_]*\Z")
_STOP = re.compile(r"\s*\.\s*\Z")


class Word(NamedTuple):
    """A word, folded, its place in the text, and what stands between it and the word before."""

    text: str
    start: int
    end: int
    before: str


class Clause(NamedTuple):
    """Words that belong together, without articles; `ending` is what stands after them."""

    words: tuple[Word, ...]
    ending: str


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces of a text begin and end, none of which a clause goes beyond."""
    start = 0
    for found in _END.finditer(text):
        before = text[max(start, found.start() - 8) : found.start()]
        if _LAST_WORD.search(before)[0].casefold() not in ABBREVIATIONS:  # type: ignore[index] - it always finds one
            yield start, found.end()
            start = found.end()
    if start < len(text):
        yield start, len(text)


def clauses(text: str, place: int = 0, stop: int | None = None) -> Iterator[Clause]:
    """Yield the clauses of a text, or of a piece of it."""
    words: list[Word] = []
    stop = len(text) if stop is None else stop
    for found in WORD.finditer(text, place, stop):
        between = text[place : found.start()]
        if len(words) >= LONGEST or (words and between != " " and _parts(between, words[-1].text, found[0])):
            yield Clause(tuple(words), between)
            words = []
        word = found[0].casefold().replace("’", "'")
        if word not in ARTICLES:
            words.append(Word(word, found.start(), found.end(), between))
        if words:
            place = words[-1].end
    if words:
        yield Clause(tuple(words), text[place:stop])


def _parts(between: str, before: str, after: str) -> bool:
    """Tell whether what stands between two words ends a clause; a line that goes on in lower case does not."""
    if len(between) == 1:
        return between in ";!?|\n" and (between != "\n" or not after[0].islower())
    if "\n" in between and not after[0].islower():
        return True
    if _BREAK.search(between) is None:
        return False
    return not (before in ABBREVIATIONS and _STOP.match(between))
