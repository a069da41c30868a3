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


def clauses(text: str) -> Iterator[Clause]:
    """Yield the clauses of a text."""
    words: list[Word] = []
    place = 0
    for found in WORD.finditer(text):
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
        yield Clause(tuple(words), text[place:])


def _parts(between: str, before: str, after: str) -> bool:
    """Tell whether what stands between two words ends a clause; a line that goes on in lower case does not."""
    if len(between) == 1:
        return between in ";!?|\n" and (between != "\n" or not after[0].islower())
    if "\n" in between and not after[0].islower():
        return True
    if _BREAK.search(between) is None:
        return False
    return not (before in ABBREVIATIONS and _STOP.match(between))
