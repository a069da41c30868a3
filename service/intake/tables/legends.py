"""Legends of a sheet: what its figures, letters and signs mean, where somebody wrote that down.

A scale that runs from 0 to 5 needs no words. One that ends elsewhere, runs the other way or uses letters is read as
its legend says, where the legend is plain; where it is not, such values are unknown and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest
from service.intake.draft import short
from service.skills.words import Reading, Words

LONGEST = 1000
"""Characters of a cell that may be a legend; a longer one is prose."""

HEADINGS = (
    r"legend|key|scales?|ratings?|rating scale|levels?|skill levels?|legende|skala|bewertung|stufen|légende|échelle|"
    r"barème|niveaux?|leyenda|escala|niveles"
)
HEADING = re.compile(rf"^\s*(?:{HEADINGS})\s*(?:[:\-–]\s*)?$", re.IGNORECASE)
NAMED_SO = re.compile(rf"(?:{HEADINGS})", re.IGNORECASE)
LED_BY = re.compile(rf"^\s*(?:[\w ]{{0,30}}\b)?(?:{HEADINGS})\s*(?:[:\-–]|of\b|from\b|von\b|de\b)?\s+", re.IGNORECASE)
SIGNS = "✓✔✗✘●○◐★☆+*"
CODE = rf"(?:\d{{1,3}}|[A-Za-z]|[{SIGNS}])"
BARE = re.compile(rf"^\s*({CODE})\s*$")
BEGINS = re.compile(rf"(?<![\w.]){CODE}\s*(?:[=:→⇒]|\s[-–—]\s|\((?=[^)\d]))")
ENTRY = re.compile(rf"^({CODE})\s*(?:[=:→⇒]|\s[-–—]\s|\()\s*([^)\s](?:[^)]*[^)\s])?)", re.DOTALL)
SPAN = re.compile(r"(?<![\w.])(\d{1,3})\s*(?:-|–|—|to|bis|à|a|\.\.+|…)\s*(\d{1,3})(?![\w.])", re.IGNORECASE)
UNSIGNED = re.compile(r"(?<![\w.])(\d{1,3})\s+(?!(?:to|bis|à|a|or|and)\b)(?=[^\W\d_])", re.IGNORECASE)
COMPOUND = re.compile(r"^\d[\d.,]*\s*(?:[-–/]|to|of|out of)\s*\d[\d.,]*$")
A_NUMBER = re.compile(r"^\d{1,3}(?:[.,]\d{1,2})?$")
LOOSE_ENDS = " \t\n,;./|…·•-–—"
HEDGES = re.compile(r"(?<!\s)(?:\s*[,/(;].*$|\s+(?:to|bis|or|oder|ou|o)\s*$)", re.DOTALL)
WORDY = re.compile(r"(?<!\s)\s+(?:knowledge|level|user|skills?|experience)$", re.IGNORECASE)

LOW = frozenset((
    "lowest", "low", "worst", "minimum", "min", "bad", "keine", "kein", "nichts", "niedrig", "schlecht", "ungenügend",
    "mangelhaft", "anfänger", "aucun", "aucune", "nul", "faible", "débutant", "mauvais", "ninguno", "ninguna", "nada",
    "bajo", "principiante", "malo",
))  # fmt: skip
HIGH = frozenset((
    "highest", "high", "best", "maximum", "max", "top", "experte", "expertin", "sehr gut", "hoch", "exzellent",
    "hervorragend", "expert", "experte e", "excellent", "très bon", "élevé", "maître", "experto", "experta",
    "excelente", "muy bueno", "alto",
))  # fmt: skip
"""Words for either end of a scale that say which way it runs, and no more."""

NOT_EXPLAINED = "not on the scale that the legend explains"
USUAL_TOPS = (5, 10, 100)


class Said(NamedTuple):
    """An entry of a legend: a code, and what it is said to mean; None where only the code is named."""

    code: str
    meaning: str | None


@dataclass(frozen=True)
class Scale:
    """How a sheet's figures, letters and signs are to be read where that is not our own scale.

    `codes` are those that were explained, by the code in small letters. `points` are the figures of a scale whose
    levels are known, by rising figure, or letters by their place in the alphabet; `problem` says why a figure or
    letter cannot be read.
    """

    best: int = 5
    codes: Mapping[str, Reading] = field(default_factory=dict)
    points: tuple[tuple[int, int], ...] = ()
    by_letters: bool = False
    problem: str | None = None
    notice: str | None = None

    @property
    def is_ours(self) -> bool:
        """Tell whether figures are read from 0 to 5, as without a legend."""
        return self.best == USUAL_TOPS[0] and not self.points and not self.problem

    def read(self, value: object, plainly: Callable[..., Reading]) -> Reading:
        """Read a cell: by its code, by the figures beside it, or `plainly`, as without a legend."""
        text = str(value).strip().casefold()
        if text in self.codes:
            return self.codes[text]
        figure = _letter(text) if self.by_letters else _figure(value, text)
        if not self.points and not self.problem:
            return plainly(value, self.best)
        if figure is None:
            is_between = COMPOUND.match(text) and not self.by_letters
            return Reading(problem=NOT_EXPLAINED) if is_between else plainly(value)
        return Reading(problem=self.problem) if self.problem else self._between(figure)

    def _between(self, figure: float) -> Reading:
        """Return the level of a figure, on the line between the two that the legend explains."""
        for (before, low), (after, high) in pairwise(self.points):
            if before <= figure <= after:
                start, end, at = (Fraction(str(each)) for each in (before, after, figure))
                level = nearest(low + (high - low) * (at - start) / (end - start))
                return Reading(level=(level, level))
        return Reading(problem=NOT_EXPLAINED)


OURS = Scale()


def _letter(text: str) -> float | None:
    """Return a letter's place in the alphabet; None where a text is no lone letter."""
    return float(ord(text) - ord("a") + 1) if len(text) == 1 and text.isascii() and text.isalpha() else None


def _figure(value: object, text: str) -> float | None:
    """Return a value as a number; None where it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = A_NUMBER.match(text)
    return float(text.replace(",", ".")) if found else None


def entries(cell: object) -> list[Said]:
    """Return what a cell explains: `0 = none, 5 = expert`, `1 (low) to 5 (high)`, `Scale 1-10`."""
    text = str(cell) if isinstance(cell, str) else ""
    if not text or len(text) > LONGEST:
        return []
    led = LED_BY.match(text)
    if led:
        text = UNSIGNED.sub(r"\1 = ", text[led.end() :])
    starts = [found.start() for found in BEGINS.finditer(text)]
    stops = [*starts[1:], len(text)]
    pieces = [text[start:stop].strip(LOOSE_ENDS) for start, stop in zip(starts, stops, strict=False)]
    found = [Said(told[1], told[2].strip(LOOSE_ENDS)) for piece in pieces if (told := ENTRY.match(piece))]
    if found or not NAMED_SO.search(str(cell)[:100]):
        return found if led or len(found) > 1 or "=" in text else []
    span = SPAN.search(text)
    return [Said(span[1], None), Said(span[2], None)] if span else []


def of_row(cells: Iterable[Any], *, by_pairs: bool = False) -> list[Said]:
    """Return what a row explains, empty where it holds anything but a legend.

    `by_pairs` takes a code and its meaning in two cells side by side for an entry.
    """
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    if by_pairs and len(filled) > 1 and (code := BARE.match(str(filled[0]))) and isinstance(filled[1], str):
        return [Said(code[1], filled[1].strip())]
    found: list[Said] = []
    for cell in filled:
        told = entries(cell)
        if not told and not HEADING.match(str(cell)):
            return []
        found += told
    return found


def is_heading(cells: Iterable[Any]) -> bool:
    """Tell whether a row only announces a legend."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    return len(filled) == 1 and bool(HEADING.match(str(filled[0])))


def scale_of(said: Sequence[Said], words: Words, where: str) -> Scale:
    """Return the scale that a legend's entries make; OURS where they say no more than we know."""
    told = {entry.code.casefold(): _meant(entry.meaning, words) for entry in said}
    shown = short(", ".join(f"{e.code} = {e.meaning}" if e.meaning else e.code for e in said))
    figures = {int(code): said for code, said in told.items() if code.isdigit()}
    letters = {code: said for code, said in told.items() if code.isascii() and code.isalpha() and code not in "xoyn"}
    signs = {code: said for code, said in told.items() if code not in letters and not code.isdigit()}
    codes = {code: reading for code, reading in signs.items() if isinstance(reading, Reading)}
    if figures and max(figures) == USUAL_TOPS[0] and not any(entry.meaning for entry in said):
        return Scale(codes=codes)
    if figures:
        return _of_points(figures, f"{where} holds a legend ({shown})", codes)
    if letters:
        places = {int(_letter(code) or 0): said for code, said in letters.items()}
        return _of_letters(places, f"{where} holds a legend ({shown})", codes)
    ours = {code for code, reading in codes.items() if words.read(code) == reading}
    notice = f"{where} holds a legend ({shown}): signs were read as it says." if codes.keys() - ours else None
    return Scale(codes=codes, notice=notice)


Meant = Reading | str | None
"""What an entry means: a level, yes or no; else "low" or "high"; else None."""


def _meant(meaning: str | None, words: Words) -> Meant:
    """Return what the words of an entry mean: all of them, else those before a comma or bracket."""
    if meaning is None:
        return None
    for text in (meaning, HEDGES.sub("", meaning), WORDY.sub("", HEDGES.sub("", meaning))):
        reading = words.read(text)
        if (reading.level or reading.mention) and not text[:1].isdigit():
            return reading
        if text.casefold() in LOW | HIGH:
            return "low" if text.casefold() in LOW else "high"
    return None


def _of_letters(places: Mapping[int, Meant], says: str, codes: Mapping[str, Reading]) -> Scale:
    points = _points(places)
    if len(points) > 1 and _runs(points):
        return Scale(codes=codes, points=points, by_letters=True, notice=f"{says}: letters were read as it says.")
    problem = "a letter of a legend that is not plain: taken as unknown"
    notice = f"{says} that is not plain: letters were taken as unknown."
    return Scale(codes=codes, by_letters=True, problem=problem, notice=notice)


def _of_points(figures: Mapping[int, Meant], says: str, codes: Mapping[str, Reading]) -> Scale:
    """Return the scale of a legend for figures."""
    points, runs_down = _points(figures), _runs_down(figures)
    if _contradicts(points):
        return _unknown(codes, f"{says} that contradicts itself")
    if len(points) > 1 and not all(level == figure * 10 for figure, level in points):
        return Scale(codes=codes, points=points, notice=f"{says}: figures were read as it says.")
    has_both_ends = None not in (_height(figures[min(figures)]), _height(figures[max(figures)]))
    if runs_down and points and (len(figures) == 1 or not has_both_ends):
        return _unknown(codes, f"{says} that starts with the best and does not explain each figure")
    return _of_ends(min(figures), max(figures), runs_down, says, codes)


def _of_ends(low: int, top: int, runs_down: bool | None, says: str, codes: Mapping[str, Reading]) -> Scale:  # noqa: FBT001 - the value is the news
    """Return the scale of a legend that tells no more than where it ends and which way it runs."""
    if runs_down:
        turned = ((low, TOP), (top, low * TOP // top))
        return Scale(codes=codes, points=turned, notice=f"{says}: the lowest figure was read as the best.")
    if top == USUAL_TOPS[0]:
        unread = f"{says}: figures were read from 0 (none) to 5 (expert)." if runs_down is None else None
        return Scale(codes=codes, notice=unread)
    if top in USUAL_TOPS or runs_down is False:
        return Scale(top, codes, notice=f"{says}: figures were read on a scale to {top}.")
    return _unknown(codes, f"{says} whose scale ends at {top}")


def _unknown(codes: Mapping[str, Reading], why: str) -> Scale:
    problem = "a figure of a scale that the legend does not make plain: taken as unknown"
    return Scale(
        codes=codes, problem=problem, notice=f"{why}: figures were taken as unknown. Write levels from 0 to 5."
    )


def _points(figures: Mapping[int, Meant]) -> tuple[tuple[int, int], ...]:
    """Return the figures whose level is known, by rising figure."""
    known = {figure: said.level[0] for figure, said in figures.items() if isinstance(said, Reading) and said.level}
    return tuple(sorted(known.items()))


def _runs(points: Sequence[tuple[int, int]]) -> bool:
    """Tell whether levels rise all the way, or fall all the way."""
    steps = [after[1] - before[1] for before, after in pairwise(points)]
    return all(step >= 0 for step in steps) or all(step <= 0 for step in steps)


def _contradicts(points: Sequence[tuple[int, int]]) -> bool:
    return len(points) > 1 and (not _runs(points) or len({level for _, level in points}) == 1)


def _runs_down(figures: Mapping[int, Meant]) -> bool | None:
    """Tell whether the lowest figure is the best; None where the words do not say."""
    low, high = _height(figures[min(figures)]), _height(figures[max(figures)])
    if low is None and high is None:
        return None
    if len(figures) == 1:
        return low != TOP if max(figures) in USUAL_TOPS else low != max(figures) * 10
    return (low is not None and low > TOP // 2) or (high is not None and high < TOP // 2 and high != low)


def _height(said: Meant) -> int | None:
    """Return how high an end of a scale stands, in tenths of a level."""
    if isinstance(said, Reading):
        return said.level[0] if said.level else None
    return {"low": 0, "high": TOP}.get(said or "")
