"""Legends of a sheet: what its figures, letters and signs mean, if a cell explains them.

A scale that runs from 0 to 5 needs no words. One that ends elsewhere, runs the other way or uses letters or signs is
read as its legend says, where the legend is plain. Where it is not, such values are unknown, and the report says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest
from service.intake.draft import short
from service.skills.names import folded
from service.skills.scales import Scale
from service.skills.words import SILENT, Reading, Words

LONGEST = 1000
"""Characters of a cell that may be a legend; a longer one is prose."""

HEADINGS = (
    r"legend|key|scales?|ratings?|rate|rated|rating (?:scale|key)|levels?|skill levels?|legende|skala|bewertung|"
    r"bewertungss(?:kala|chl[uü]ssel)|stufen|légende|échelle|barème|niveaux?|leyenda|escala|niveles|leggenda|scala|"
    r"legenda|schaal"
)
HEADING = re.compile(rf"^\s*(?:{HEADINGS})\s*(?:[:\-–]\s*)?$", re.IGNORECASE)
NAMED_SO = re.compile(rf"(?:{HEADINGS})", re.IGNORECASE)
LED_BY = re.compile(
    rf"^\s*(?:[\w ]{{0,30}}\b)?(?:{HEADINGS})(?![^\W\d_])\s*(?:are\b|is\b|runs?\b)?\s*"
    r"(?:[:\-–]|of\b|from\b|von\b|de\b|da\b)?\s*",
    re.IGNORECASE,
)
DASHES = r"\-–—−"
INKED = "✓✔✗✘●○◐◔◑◕★☆⭐+*!?■□▪▫◆◇🟢🟡🟠🔴🔵⚪⚫🟩🟨🟥✅❌"
SIGNS = INKED + DASHES
SIGN = rf"(?:[{SIGNS}]\ufe0f?){{1,10}}"
WORD = r"(?:[^\W\d_]{2,15}|n/a)"
LEVEL = r"(?:l|lvl|level|stufe|niveau|nivel)[ .]?"
CODE = (
    rf"(?:(?:{LEVEL})?\d{{1,3}}(?:\s?[{DASHES}]\s?\d{{1,3}}(?=\s*[=:]))?|[^\W\d_]|\([^\W\d_]\)|{SIGN}|{WORD}(?=\s*=))"
)
BEFORE = rf"(?<![\w.{SIGNS}])"
TIES = rf"(?:=>|->|[=:→⇒]|\s[{DASHES}]\s|\((?=[^)\d]))"
BARE = re.compile(rf"^\s*(\d{{1,3}}(?=\s*$)|[^\W\d_]{{1,3}}|{SIGN}|{WORD})\s*$")
BARE_SIGN = re.compile(rf"\d{{1,3}}|{SIGN}")
BEGINS = re.compile(rf"{BEFORE}{CODE}\s*{TIES}", re.IGNORECASE)
ENTRY = re.compile(rf"^({CODE})\s*{TIES}\s*([^)\s](?:[^)]*[^)\s])?)", re.DOTALL | re.IGNORECASE)
TURNED = re.compile(rf"([^\W\d_][^=:→⇒(),;|/\n]{{1,40}})(?:=|:|→|\()\s?(\d{{1,3}}|{SIGN})(?![\w{SIGNS}])")
SPAN = re.compile(r"(?<![\w.])(\d{1,3})\s*(?:-|–|—|to|bis|à|a|\.\.+|…)\s*(\d{1,3})(?![\w.])", re.IGNORECASE)
UNSIGNED = re.compile(
    r"(?<![\w.])(\d{1,3})\s+(?!(?:to|bis|à|a|or|and|und|et|y|where|with|wo|is|ist|being|means|as|points?|stars?)\b)"
    rf"(?=[^\W\d_])|(?<![^\s,;|/])([{INKED}]{{1,6}})\s+(?=[^\W\d_])|(?<=[,;|\n] )([{DASHES}]{{1,3}})\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
IS = re.compile(
    r"(?<![\w.])(\d{1,3})\s(?:is|means|being|stands for|ist|bedeutet|signifie|significa)\s(?:the\s)?", re.IGNORECASE
)
LINED = re.compile(rf"^\s*((?:\d{{1,3}}|{SIGN}))\s+(?=[^\W\d_])")
PARALLEL = re.compile(
    rf"^\s*((?:\d{{1,3}}|[^\W\d_]{{1,3}}|{SIGN})(?:\s?[/,|]\s?(?:\d{{1,3}}|[^\W\d_]{{1,3}}|{SIGN})){{1,20}})"
    r"\s?[=:→]\s?(\S.*)$",
    re.DOTALL,
)
PREFIX = re.compile(rf"^{LEVEL}(?=\d)", re.IGNORECASE)
PARTED = re.compile(r"[/,|]")
RANGED = re.compile(rf"(\d{{1,3}})\s?[{DASHES}]\s?(\d{{1,3}})")
A_NUMBER = re.compile(r"(?:(?:l|lvl|level|niveau|stufe|nivel)[ .]?)?(\d{1,3}(?:[.,]\d{1,2})?)")
A_RANGE = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:-|to|bis) ?(\d{1,3}(?:[.,]\d{1,2})?)")
COMPOUND = re.compile(r"\d[\d.,]*\s*(?:[-–/]|to|of|out of)\s*\d[\d.,]*")
WITH_A_LABEL = re.compile(r"(\d{1,3}|[a-z])(?: ?[:=)] ?| - |\. )[^\W\d_].*|(\d{1,3}) ?\([^\W\d_].*")
LOOSE_ENDS = " \t\n,;./|…·•-–—"
HEDGES = re.compile(r"(?<!\s)(?:\s*[,/(;:].*$|\s[-–—]\s.*$|\s+(?:to|bis|or|oder|ou|o)\s*$)", re.DOTALL)
WORDY = re.compile(r"(?<!\s)\s+(?:knowledge|level|user|skills?|experience)$", re.IGNORECASE)
GOES_ON = frozenset((
    "knowledge", "level", "understanding", "user", "experience", "skills", "skill", "of", "in", "with", "and", "at",
    "kenntnisse", "wissen", "erfahrung", "connaissances", "conocimientos", "proficiency", "command",
))  # fmt: skip
"""Words that may follow the word of a level: `basic understanding of it`."""

MOST_AHEAD = 3
"""Words that may say a level at the start of a longer text."""

LOW = frozenset((
    "lowest", "low", "worst", "minimum", "min", "bad", "keine", "kein", "nichts", "niedrig", "niedrigste", "schlecht",
    "schlechteste", "ungenügend", "mangelhaft", "anfänger", "aucun", "aucune", "nul", "faible", "débutant", "mauvais",
    "ninguno", "ninguna", "nada", "bajo", "principiante", "malo", "least", "weakest", "poorest", "very poor",
    "strongly disagree", "totally disagree", "completely disagree", "disagree", "trifft nicht zu",
    "trifft überhaupt nicht zu", "stimme nicht zu", "stimme überhaupt nicht zu", "pas du tout d'accord",
    "pas d'accord", "totalmente en desacuerdo", "en desacuerdo", "jamais", "nunca", "nie",
))  # fmt: skip
HIGH = frozenset((
    "highest", "high", "best", "maximum", "max", "top", "experte", "expertin", "sehr gut", "hoch", "höchste", "beste",
    "exzellent", "hervorragend", "expert", "experte e", "excellent", "très bon", "élevé", "maître", "experto",
    "experta", "excelente", "muy bueno", "alto", "most", "strongest",
    "strongly agree", "totally agree", "completely agree", "agree", "trifft zu", "trifft voll zu",
    "trifft voll und ganz zu", "stimme zu", "stimme voll zu", "stimme voll und ganz zu", "tout à fait d'accord",
    "d'accord", "totalmente de acuerdo", "de acuerdo", "always", "immer", "toujours", "siempre",
))  # fmt: skip
"""Words for either end of a scale that say which way it runs, and no more."""

ON_A_SCALE = {
    folded(word): level
    for level, words in {
        0: "not trained|untrained|unskilled|no training|no skill|no skills|cannot do it|does not know|not at all",
        10: "heard of it|theory only|theoretical|theoretical knowledge|in training|trainee|needs help|learner|"
            "apprentice|starter|basis|base|bronze|novato|needs supervision",
        20: "trained|under supervision|with supervision|with help|can do with help|can work with help|some experience|"
            "can work under supervision|developing",
        30: "ok|okay|practitioner|can work alone|works alone|works independently|can work independently|can do alone|"
            "without help|user|usual|can do it|satisfactory",
        50: "can teach|can teach others|teaches others|can train others|trains others|can train|can coach others|"
            "trainer|teacher|coach|specialist|authority|subject matter expert|sme|champion",
    }.items()
    for word in words.split("|")
}  # fmt: skip
"""Words that say a level, in tenths, in a legend or next to a figure, if they can mean nothing else."""

_FOLDED_LOW = frozenset(map(folded, LOW))
_FOLDED_HIGH = frozenset(map(folded, HIGH))
_PLAIN = _FOLDED_LOW | _FOLDED_HIGH | ON_A_SCALE.keys()

NOT_EXPLAINED = "not on the scale that the legend explains"
NOT_KNOWN = "the legend explains it in words that are not known: taken as unknown"
TWICE = "the legend explains it twice, and differently: taken as unknown"
ENDS = 2
USUAL_TOPS = (5, 10, 100)
MOST_OF_A_RANGE = 20


class Said(NamedTuple):
    """An entry of a legend: a code, and what it is said to mean; None where only the code is named."""

    code: str
    meaning: str | None


@dataclass(frozen=True)
class Legend:
    """How a sheet's figures, letters and signs are to be read where that is not our own scale.

    `codes` are those that were explained, each in the form of `code_of`. `points` are the figures of a scale whose
    levels are known, by rising figure, or letters by their place in the alphabet; `problem` says why a figure or
    letter cannot be read. `asked` are the codes whose meaning is not known, or is explained twice.
    """

    best: int = 5
    codes: Mapping[str, Reading] = field(default_factory=dict)
    points: tuple[tuple[int, int], ...] = ()
    by_letters: bool = False
    problem: str | None = None
    notice: str | None = None
    asked: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Tell whether figures are read from 0 to 5, as without a legend."""
        return self.best == USUAL_TOPS[0] and not self.points and not self.problem

    def read(self, value: object) -> Reading | None:
        """Read a cell by its code, or by the figures or letters that the legend explains.

        Return None where the legend says nothing of the value.
        """
        code = code_of(value)
        if code in self.codes:
            return self.codes[code]
        if found := WITH_A_LABEL.fullmatch(code):
            code = found[1] or found[2]
            if code in self.codes:
                return self.codes[code]
        if self._is_like_a_code(code):
            return Reading(problem=NOT_EXPLAINED)
        return None if self.is_ours else self._by_figures(code)

    def _by_figures(self, code: str) -> Reading | None:
        """Read a figure, a range of figures, or a letter of a scale of letters; None where the text is none of them."""
        figures = _letter(code) if self.by_letters else _figures(code)
        if not figures:
            is_between = COMPOUND.fullmatch(code) and not self.by_letters and (self.points or self.problem)
            return Reading(problem=NOT_EXPLAINED) if is_between else None
        if self.problem:
            return Reading(problem=self.problem)
        levels = [self._level(figure) for figure in figures]
        if None in levels or levels != sorted(levels):  # type: ignore[type-var]
            return Reading(problem=NOT_EXPLAINED)
        return Reading(level=(levels[0], levels[-1]))  # type: ignore[arg-type]

    def _is_like_a_code(self, code: str) -> bool:
        """Tell whether a text has no other signs than the codes explained: `++++`, or `-` where `+` is one."""
        signs = {char for known in self.codes for char in known if not char.isalnum()} - {" "}
        signs |= {"-"} if "+" in signs else set()
        return bool(code) and signs.issuperset(code) and not (len(code) == 1 and code == "?")

    def _level(self, figure: float) -> int | None:
        """Return the level of a figure: on the scale, or on the line between the two that the legend explains."""
        if not self.points:
            return Scale(0, self.best).level(figure)
        for (before, low), (after, high) in pairwise(self.points):
            if before <= figure <= after:
                start, end, at = (Fraction(str(each)) for each in (before, after, figure))
                return nearest(low + (high - low) * (at - start) / (end - start))
        return None


OURS = Legend()


def code_of(value: object) -> str:
    """Return a value in the form in which codes are compared."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = folded(str(value)).replace("\ufe0f", "").removesuffix(".0")
    return text if any(map(str.isalnum, text)) else text.replace(" ", "")


def _letter(text: str) -> list[float]:
    """Return a letter's place in the alphabet, empty where a text is no lone letter."""
    return [float(ord(text) - ord("a") + 1)] if len(text) == 1 and text.isascii() and text.isalpha() else []


def _figures(code: str) -> list[float]:
    """Return the figure that a text is, or the two ends of a range; empty where it is neither."""
    found = A_NUMBER.fullmatch(code) or A_RANGE.fullmatch(code)
    return [float(figure.replace(",", ".")) for figure in found.groups()] if found else []


def entries(cell: object, *, lone: bool = False) -> list[Said]:
    """Return what a cell explains: `0 = none, 5 = expert`, `1 (low) to 5 (high)`, `Scale 1-10`.

    `lone` takes a single entry such as `5 - expert` for one without a sign of equality too.
    """
    text = str(cell) if isinstance(cell, str) else ""
    if not text or len(text) > LONGEST:
        return []
    named = NAMED_SO.search(text[:100])
    led = LED_BY.match(text)
    text = text[led.end() :] if led else text
    if found := _parallel(text):
        return found
    text = _signed(text, is_led=bool(led), is_named=bool(named))
    starts = [found.start() for found in BEGINS.finditer(text)]
    pieces = [text[start:stop].rstrip(LOOSE_ENDS) for start, stop in pairwise([*starts, len(text)])]
    found = [entry for piece in pieces if (told := ENTRY.match(piece)) for entry in _said(told[1], told[2])]
    if not found:
        found = [Said(code, meaning.strip(LOOSE_ENDS)) for meaning, code in TURNED.findall(text)]
        if not led and not any(folded(entry.meaning or "") in _PLAIN for entry in found):
            found = []
    if led and found:
        return found
    if found or not named:
        return found if lone or len(found) > 1 or any(tie in text for tie in "=→⇒") else []
    span = SPAN.search(text)
    return [Said(span[1], None), Said(span[2], None)] if span else []


def _signed(text: str, *, is_led: bool, is_named: bool) -> str:
    """Return a text with a sign of equality in each entry that has none: `5 expert`, `5 is expert`, a line for each."""
    if is_led:
        text = UNSIGNED.sub(lambda told: f"{told[1] or told[2] or told[3]} = ", text)
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(map(LINED.match, lines)):
        text = "\n".join(LINED.sub(r"\1 = ", line) for line in lines)
    return IS.sub(r"\1 = ", text) if is_named else text


def _said(code: str, meaning: str) -> list[Said]:
    """Return an entry, and one for each figure of a range such as `1-2 = basic`."""
    meaning = meaning.strip(LOOSE_ENDS)
    code = PREFIX.sub("", code)
    if not meaning:
        return []
    if found := RANGED.fullmatch(code):
        low, high = int(found[1]), int(found[2])
        return [Said(str(figure), meaning) for figure in range(low, min(high, low + MOST_OF_A_RANGE) + 1)]
    return [Said(code, meaning)]


def _parallel(text: str) -> list[Said]:
    """Return what codes in one list mean by the words in another: `+ / ++ / +++ = weak / ok / strong`."""
    found = PARALLEL.match(text)
    if found is None:
        return []
    codes, meanings = ([piece.strip() for piece in PARTED.split(part)] for part in found.groups())
    return [Said(*pair) for pair in zip(codes, meanings, strict=True)] if len(codes) == len(meanings) else []


def of_row(cells: Iterable[Any], *, by_pairs: bool = False) -> list[Said]:
    """Return what a row explains, empty where it holds anything but a legend.

    `by_pairs` takes a code and its meaning in two cells side by side for an entry.
    """
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    if by_pairs and (paired := _pairs(filled)):
        return paired
    found: list[Said] = []
    for cell in filled:
        told = entries(cell, lone=by_pairs)
        if not told and not HEADING.match(str(cell)):
            return []
        found += told
    return found


def _pairs(filled: Sequence[Any]) -> list[Said]:
    """Return the entries of cells side by side; what follows a pair and is none explains it further."""
    pairs = [
        Said(code[1].strip(), meaning.strip())
        for cell, meaning in zip(filled[::2], filled[1::2], strict=False)
        if (code := BARE.match(code_of(cell) if isinstance(cell, float) else str(cell))) and isinstance(meaning, str)
    ]
    if not pairs or not BARE.match(code_of(filled[0]) if isinstance(filled[0], float) else str(filled[0])):
        return []
    return pairs if len(pairs) == len(filled) / 2 else pairs[:1]


def is_heading(cells: Iterable[Any]) -> bool:
    """Tell whether a row only announces a legend."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    return len(filled) == 1 and bool(HEADING.match(str(filled[0])))


Meant = Reading | str | None
"""What an entry means: a level, a time, yes, no or unknown; else "low" or "high"; else None."""


def scale_of(said: Sequence[Said], words: Words, where: str) -> Legend:
    """Return what a legend's entries say; OURS where they say no more than we know."""
    told: dict[str, Meant] = {}
    texts: dict[str, str] = {}
    twice: dict[str, None] = {}
    for code, meaning in (_straight(entry, words) for entry in said):
        code, meant, text = code_of(code), meaning_of(meaning, words), folded(meaning or "")  # noqa: PLW2901
        before = texts.get(code, "")
        differs = before and text != before and (told[code] != meant or meant is None)
        if differs and not (_is_prose(text, meant) or _is_prose(before, told[code])):
            twice[code] = None
        if not before or told[code] is None:
            told[code], texts[code] = meant, text or before
    told = {code: meant for code, meant in told.items() if _is_short(code) or meant not in (None, "low", "high")}
    shown = short(", ".join(f"{e.code} = {e.meaning}" if e.meaning else e.code for e in said))
    says = f"{where} holds a legend ({shown})"
    if twice:
        return _refused(told, tuple(twice), says)
    # A figure that means a time, yes or unknown is a code: only levels make a scale.
    figures = {int(c): meant for c, meant in told.items() if c.isdigit() and not _is_no_level(meant)}
    if len(figures) == 1 and next(iter(figures.values())) is None and any(texts[str(figure)] for figure in figures):
        figures = {}
    signs = {code: meant for code, meant in told.items() if not code.isdigit() or _is_no_level(meant)}
    signs |= _in_figures(signs, texts)
    codes = {code: meant if isinstance(meant, Reading) else Reading(problem=NOT_KNOWN) for code, meant in signs.items()}
    asked = tuple(code for code, reading in codes.items() if reading.problem)
    if figures:
        if max(figures) == USUAL_TOPS[0] and not any(texts[str(figure)] for figure in figures):
            return Legend(codes=codes, asked=asked)
        return _of_points(figures, says, codes, asked)
    return _of_signs(signs, texts, codes, asked, says, words)


def _straight(entry: Said, words: Words) -> Said:
    """Return an entry with its code first, where it says the word first: `expert = 5`, `strong = +++`."""
    is_word = (
        len(entry.code) > 1 and entry.code.isalpha() and bool(entry.meaning and BARE_SIGN.fullmatch(entry.meaning))
    )
    is_turned = is_word and _height(meaning_of(entry.code, words)) is not None
    return Said(entry.meaning or "", entry.code) if is_turned else entry


def _is_prose(text: str, meant: Meant) -> bool:
    """Tell whether a meaning that is not known only describes another."""
    return meant is None and (not text or text.count(" ") >= MOST_AHEAD)


def _is_short(code: str) -> bool:
    return len(code) == 1 or not code.isalpha()


def _in_figures(signs: Mapping[str, Meant], texts: Mapping[str, str]) -> dict[str, Meant]:
    """Return what signs and letters mean that are explained by figures, up to a usual top: `+++ = 5, + = 1`."""
    figures = {code: int(texts[code]) for code in signs if texts[code].isdigit() and len(texts[code]) <= MOST_AHEAD}
    if len(figures) != len(signs) or max(figures.values(), default=0) not in USUAL_TOPS:
        return {}
    scale = Scale(0, max(figures.values()))
    levels = {code: scale.level(figure) or 0 for code, figure in figures.items()}
    return {code: Reading(level=(level, level)) for code, level in levels.items()}


def _is_no_level(meant: Meant) -> bool:
    return isinstance(meant, Reading) and meant.level is None


def _refused(told: Mapping[str, Meant], twice: tuple[str, ...], says: str) -> Legend:
    """Return a legend that explains a code twice, and differently: nothing is read by it."""
    codes = dict.fromkeys(told, Reading(problem=TWICE))
    named = ", ".join(twice)
    notice = f"{says} that explains {named} twice, and differently: its values were taken as unknown."
    problem = TWICE if any(code.isdigit() for code in twice) else None
    return Legend(codes=codes, problem=problem, notice=f"{notice} Explain each value once.", asked=tuple(told))


def _of_signs(
    signs: Mapping[str, Meant],
    texts: Mapping[str, str],
    codes: Mapping[str, Reading],
    asked: tuple[str, ...],
    says: str,
    words: Words,
) -> Legend:
    """Return the legend for letters and signs."""
    letters = {code: meant for code, meant in signs.items() if len(code) == 1 and code.isascii() and code.isalpha()}
    ours = {code for code, reading in codes.items() if words.read(code) == reading}
    notice = None
    if asked:
        notice = f"{says} whose words for {', '.join(asked)} are not known: such values were taken as unknown."
    elif codes.keys() - ours:
        notice = f"{says}: {'letters' if letters else 'signs'} were read as it says."
    places = {int(_letter(code)[0]): meant for code, meant in letters.items() if code not in "xoyn"}
    points = _points(places)
    are_initials = any(texts[code].startswith(code) for code in letters)
    if len(points) > 1 and points[0][0] == 1 and _runs(points) and not are_initials:
        return Legend(codes=codes, points=points, by_letters=True, notice=notice, asked=asked)
    return Legend(codes=codes, notice=notice, asked=asked)


def meaning_of(meaning: str | None, words: Words) -> Meant:
    """Return what the words of an entry mean: all of them, else those before a comma or bracket, else the first."""
    if not meaning:
        return None
    short_of = HEDGES.sub("", meaning)
    for text in dict.fromkeys((meaning, short_of, WORDY.sub("", short_of), *_ahead(short_of))):
        reading = words.read(text)
        if (reading.level or reading.mention or reading.months) and (
            "%" in text or not (text[:1].isdigit() and reading.level)
        ):
            return reading
        if reading == SILENT and text.strip():
            return SILENT
        plain = folded(text)
        if plain in ON_A_SCALE:
            return Reading(level=(ON_A_SCALE[plain], ON_A_SCALE[plain]))
        if plain in _FOLDED_LOW | _FOLDED_HIGH:
            return "low" if plain in _FOLDED_LOW else "high"
    return None


def _ahead(text: str) -> list[str]:
    """Return the first words of a longer text that may say a level: `basic` of `basic understanding of it`."""
    listed = text.split()
    return [
        " ".join(listed[:count])
        for count in range(min(MOST_AHEAD, len(listed) - 1), 0, -1)
        if folded(listed[count]).strip(".,") in GOES_ON
    ]


def _of_points(figures: Mapping[int, Meant], says: str, codes: Mapping[str, Reading], asked: tuple[str, ...]) -> Legend:
    """Return the legend for figures."""
    if len(figures) == 1:
        return _of_one(*figures.items(), says, codes, asked)
    points, runs_down = _points(figures), _runs_down(figures)
    if _contradicts(points):
        return _unknown(codes, f"{says} that contradicts itself", asked)
    # `1 (low) to 10 (high)` says where a scale ends: its best is the best there is, whatever the word says elsewhere.
    names_ends = len(figures) == len(points) == ENDS and max(level for _, level in points) < TOP
    if len(points) > 1 and not names_ends and not all(level == figure * 10 for figure, level in points):
        points = _to_the_ends(figures, points)
        return Legend(codes=codes, points=points, notice=f"{says}: figures were read as it says.", asked=asked)
    has_both_ends = None not in (_height(figures[min(figures)]), _height(figures[max(figures)]))
    if runs_down and points and not has_both_ends:
        return _unknown(codes, f"{says} that starts with the best and does not explain each figure", asked)
    return _of_ends(min(figures), max(figures), runs_down, says, codes, asked)


def _of_one(entry: tuple[int, Meant], says: str, codes: Mapping[str, Reading], asked: tuple[str, ...]) -> Legend:
    """Return the legend that explains one figure: it is on our own scale, or the best of a usual one."""
    figure, height = entry[0], _height(entry[1])
    if height == figure * 10:
        return Legend(codes=codes, asked=asked)
    if figure in USUAL_TOPS and (height is None or height > TOP // 2):
        return _of_ends(0, figure, None if height is None else False, says, codes, asked)
    return _unknown(codes, f"{says} that explains one figure alone", asked)


def _to_the_ends(figures: Mapping[int, Meant], points: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return points with both ends of the scale, where the words for an end are not known: the best is the top."""
    low, top = min(figures), max(figures)
    rises = points[-1][1] > points[0][1]
    ends = {low: low * TOP // top, top: TOP} if rises else {low: TOP, top: low * TOP // top}
    known = dict(points)
    whole = tuple(sorted({**{figure: level for figure, level in ends.items() if figure not in known}, **known}.items()))
    return whole if _runs(whole) else points


def _of_ends(
    low: int,
    top: int,
    runs_down: bool | None,  # noqa: FBT001 - the value is the news
    says: str,
    codes: Mapping[str, Reading],
    asked: tuple[str, ...],
) -> Legend:
    """Return the legend that tells no more than where a scale ends and which way it runs."""
    if runs_down:
        turned = ((low, TOP), (top, low * TOP // top))
        notice = f"{says}: the lowest figure was read as the best."
        return Legend(codes=codes, points=turned, notice=notice, asked=asked)
    if top == USUAL_TOPS[0]:
        unread = f"{says}: figures were read from 0 (none) to 5 (expert)." if runs_down is None else None
        return Legend(codes=codes, notice=unread, asked=asked)
    if top in USUAL_TOPS or runs_down is False:
        return Legend(top, codes, notice=f"{says}: figures were read on a scale to {top}.", asked=asked)
    return _unknown(codes, f"{says} whose scale ends at {top}", asked)


def _unknown(codes: Mapping[str, Reading], why: str, asked: tuple[str, ...]) -> Legend:
    problem = "a figure of a scale that the legend does not make plain: taken as unknown"
    notice = f"{why}: figures were taken as unknown. Write levels from 0 to 5."
    return Legend(codes=codes, problem=problem, notice=notice, asked=asked)


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
    return (low is not None and low > TOP // 2) or (high is not None and high < TOP // 2 and high != low)


def _height(said: Meant) -> int | None:
    """Return how high an end of a scale stands, in tenths of a level."""
    if isinstance(said, Reading):
        return said.level[0] if said.level else None
    return {"low": 0, "high": TOP}.get(said or "")
