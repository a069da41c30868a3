"""Ratings that say more than a plain number, by the order of their own scale: `4 - Good`, `●●○`, `Strongly agree`.

One value does not tell which scale it is from: the distinct values of a table's rating columns are read together. What
their order does not settle is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest
from service.intake.tables.legends import LEVEL, ON_A_SCALE, USUAL_TOPS, Meant, code_of, meaning_of
from service.skills.durations import months_of
from service.skills.names import folded
from service.skills.scales import FIVE, Scale
from service.skills.words import ABSENT, HALF, LONGEST_SAYING, Reading, Words

FIGURE = r"(?P<figure>\d{1,3}(?:[.,]\d)?)(?: ?(?:/|out of|of|von|sur|de) ?(?P<of>\d{1,3})(?!\d))?"
AHEAD = re.compile(
    rf"[(\[]?(?:{LEVEL})?{FIGURE}[)\]]?(?P<tie>[ ]?[=:(\[]|\.(?= )|[)\]] | ?- ?| )[ ]?(?P<label>[^\W\d_].*)"
)
BEHIND = re.compile(rf"^(?P<label>[^\W\d_].*?\S)(?P<tie> ?[=:(\[]| ?- ?| )[ ]?(?:{LEVEL})?{FIGURE}[)\]]?")
ALONE = re.compile(rf"(?P<level>{LEVEL})?{FIGURE}")
OTHER = re.compile(
    r"(?:stars?|points?|sterne?|punkte?|etoiles?|estrellas?|percent|prozent|x|k|st|nd|rd|th|projects?|"
    r"years?|yrs?|months?|mos?|weeks?|days?|jahren?|monaten?|ans?|mois|anos?|meses|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|"
    r"o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)(?![^\W\d_])"
)
"""What follows a figure that is no rating, or no label: units, and months, for `3-May` is a date."""

LETTERED = re.compile(r"^[(\[]?[a-z][)\]]?(?: ?[=:)] ?| - |-|\. | )(?=[^\W\d_]{2})")
FAR = 25
"""Tenths between a label and its figure from which the scale cannot be the one that the figures seem to show."""

NEAR = 10
"""Tenths between what two labels of one figure say, up to which they do not contradict each other."""

TOPMOST = 45
"""Tenths from which a word names the best of a scale."""

FEW = 20
"""One in so many letters is a slip, and does not tell what the others mean."""

FULL, HALVED, EMPTY = "★⭐✭✮●⬤■◆▰█▮🟩🔵⚫◼🟢🟦", "½◐", "☆✩○◯□◇▱░▯⬜⚪◻"
STARS = "★⭐✭✮"
DRAWN = re.compile(rf"([{FULL}]*)([{HALVED}]?)([{EMPTY}]*)")
QUARTERS = {"○": 0, "◔": 1, "◑": 2, "◐": 2, "◒": 2, "◕": 3, "●": 4}
MARKS = "+-*!#=✓✔✗✘x✅❌🟢🟡🟠🔴🔵⚪⚫🟩🟨🟧🟥👍👎▲▼↑↓" + FULL + EMPTY + "◔◑◐◒◕"


def _ladders(text: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the ladders of a text, by blank lines, as steps of words that mean the same, the worst first."""
    ladders = (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
    return tuple(tuple(tuple(map(folded, step.split("|"))) for step in ladder.split(" < ")) for ladder in ladders)


LADDERS = _ladders("""
strongly disagree|totally disagree|completely disagree < disagree <
neutral|neither agree nor disagree|neither disagree nor agree|neither|undecided <
agree < strongly agree|totally agree|completely agree

strongly disagree|completely disagree < disagree|mostly disagree < somewhat disagree|slightly disagree <
neutral|neither agree nor disagree|neither < somewhat agree|slightly agree <
agree|mostly agree < strongly agree|completely agree

stimme überhaupt nicht zu|stimme gar nicht zu < stimme nicht zu|stimme eher nicht zu <
neutral|teils/teils|teils teils|teils, teils|weder noch|unentschieden <
stimme zu|stimme eher zu < stimme voll und ganz zu|stimme voll zu|stimme völlig zu

trifft überhaupt nicht zu|trifft gar nicht zu < trifft nicht zu|trifft eher nicht zu <
neutral|teils/teils|teils teils|teils, teils|weder noch <
trifft zu|trifft eher zu < trifft voll und ganz zu|trifft voll zu|trifft völlig zu

trifft nicht zu < trifft eher nicht zu < neutral|teils/teils|teils teils < trifft eher zu < trifft zu

stimme nicht zu < stimme eher nicht zu < neutral|teils/teils|teils teils < stimme eher zu < stimme zu

pas du tout d'accord|tout à fait en désaccord < pas d'accord|plutôt pas d'accord|en désaccord <
neutre|ni d'accord ni pas d'accord|ni en accord ni en désaccord < d'accord|plutôt d'accord < tout à fait d'accord

totalmente en desacuerdo|muy en desacuerdo < en desacuerdo <
neutral|ni de acuerdo ni en desacuerdo|indiferente < de acuerdo < totalmente de acuerdo|muy de acuerdo

unsatisfactory|unacceptable < needs improvement|marginal|below expectations <
satisfactory|meets expectations|meets requirements < good|very good|exceeds expectations|above expectations <
outstanding|excellent|exceptional|far exceeds expectations

very low < low < medium|moderate|average < high < very high

very poor < poor < fair|average|acceptable < good < very good|excellent

very weak < weak < average|medium|ok < strong|good < very strong|very good

poor|bad|weak < average|fair < good < very good < excellent|outstanding
""")
"""Words of scales that have a known order and ends, the worst first: each step is one of as many."""

_OF_LADDERS = frozenset(word for ladder in LADDERS for step in ladder for word in step)

ORDERS = _ladders("""
rarely|seldom < sometimes|occasionally < often|frequently|usually < always

selten < manchmal|gelegentlich < oft|häufig < immer

rarement < parfois|quelquefois < souvent < toujours

raramente|rara vez < a veces|algunas veces < a menudo|frecuentemente < siempre

yearly < monthly < weekly < daily

very dissatisfied < dissatisfied < satisfied < very satisfied

trainee|intern < junior < mid|middle|mid-level|mid level|regular < senior < lead|staff|principal

bronze < silver < gold < platinum

red < yellow|amber|orange < green
""")
"""Words of scales that are no scale of skill: how often, how content, which rank. Their order helps the one asked."""

FEWEST = 3
"""Steps that must occur of a ladder whose words say levels alone too, such as `average` and `good`."""

LETTERS = {"hml": ("high", "medium", "low"), "biae": ("basic", "intermediate", "advanced", "expert")}
PAIRS = (
    ("ano", "ne"), ("da", "ne"), ("da", "nu"), ("da", "nie"), ("si", "no"), ("nai", "oxi"),
    ("nai", "ochi"), ("jo", "nej"), ("jo", "nei"), ("j", "n"), ("s", "n"), ("o", "n"), ("t", "f"), ("v", "f"),
    ("w", "f"), ("e", "h"), ("c", "k"),
)  # fmt: skip
"""Yes and no in languages in which one of both means something else elsewhere: plain where both occur."""

_OF_PAIRS = frozenset(word for pair in PAIRS for word in pair if len(word) > 1)


NOT_PLAIN = Reading(problem="it is not plain what this means beside the other values: taken as unknown")


@dataclass(frozen=True)
class Labelled:
    """What the values of rating columns mean by their own order.

    `readings` are by the form of `code_of`. `scale` is that of the figures beside labels, for plain figures too.
    `asked` are the values that cannot be read without an answer, the weakest first where their order is known: they
    are unknown until then, even where a word or sign alone would say something.
    """

    readings: Mapping[str, Reading] = field(default_factory=dict)
    scale: Scale | None = None
    reason: str = ""
    asked: tuple[str, ...] = ()

    def read(self, value: object) -> Reading | None:
        """Return what a value means, with a problem where it is asked; None where its order says nothing of it."""
        code = code_of(value)
        return self.readings.get(code) or (NOT_PLAIN if code in self._asked else None)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(map(code_of, self.asked))


class Value(NamedTuple):
    """A distinct value: how it is written, how often it occurs, and what it says alone."""

    text: str
    count: int
    alone: Reading


Codes = Mapping[str, Value]
"""The distinct values by their codes."""


class Rated(NamedTuple):
    """A value with a figure: the best of its scale where it is said, the label, and what the label means."""

    text: str
    figure: float
    of: int | None
    label: str
    meant: Meant

    @property
    def height(self) -> int | None:
        """Return how high the label stands, in tenths of a level; None where that is not known."""
        if isinstance(self.meant, Reading):
            return self.meant.level[0] if self.meant.level else None
        return {"low": 0, "high": TOP}.get(self.meant or "")


def labelled(distinct: Mapping[str, int], words: Words) -> Labelled | None:
    """Read the distinct values of a table's rating columns, with how often each occurs, by their own order.

    Return None where it says no more than `words` do of each value alone.
    """
    codes = {
        code: Value(text, count, words.read(text))
        for text, count in distinct.items()
        if len(text) <= LONGEST_SAYING and (code := code_of(text))
    }
    found: list[Labelled] = []
    for read in (_numbered, _drawn, _quartered, _of_letters, _of_ladders, _paired, _of_words):
        known = read(codes, words)
        if known.readings or known.asked:
            found.append(known)
            done = {*known.readings, *map(code_of, known.asked)}
            codes = {code: value for code, value in codes.items() if code not in done}
    if not found:
        return None
    return Labelled(
        readings={code: reading for one in found for code, reading in one.readings.items()},
        scale=next((one.scale for one in found if one.scale), None),
        reason="; ".join(one.reason for one in found),
        asked=tuple(text for one in found for text in one.asked),
    )


NONE = Labelled()


def _rated(code: str, alone: Reading, words: Words) -> Rated | None:
    """Return a value with a figure and perhaps a label; None where it is none, or a time, a percentage or stars."""
    if found := ALONE.fullmatch(code):
        return Rated(code, _number(found["figure"]), _int(found["of"]), "", None)
    for pattern in (AHEAD, BEHIND):
        if found := pattern.fullmatch(code):
            label = found["label"].rstrip(")] ")
            if OTHER.match(label) or months_of(code, bare=False) or alone.months:
                return None
            meant = meaning_of(label, words)
            if found["tie"] == " " and meant is None and not found["of"]:
                continue
            return Rated(code, _number(found["figure"]), _int(found["of"]), label, meant)
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _numbered(codes: Codes, words: Words) -> Labelled:
    """Read figures with labels: the figure counts, on the scale that all of them show together."""
    rated = [one for code, value in codes.items() if (one := _rated(code, value.alone, words))]
    if not any(one.label or (one.of and one.of not in USUAL_TOPS) for one in rated):
        return _leveled(codes, rated)
    readings = {one.text: one.meant for one in rated if isinstance(one.meant, Reading) and not one.meant.level}
    scaled = [one for one in rated if one.text not in readings]
    told = sorted((one for one in scaled if one.height is not None), key=lambda one: one.figure)
    marked = [one for one in scaled if one.label or one.of]
    asked = tuple(codes[one.text].text for one in sorted(marked, key=lambda one: one.figure))
    if not scaled:
        return Labelled(readings, None, "figures beside yes, no and unknown")
    rises = _direction(told, scaled)
    if rises is None:
        why = "the labels contradict each other" if len(told) > 1 else "the labels do not tell which end is the best"
        return Labelled(readings, None, f"figures with labels: {why}", asked)
    scale = _scale(scaled, told, rises=rises)
    if scale and any(abs((scale.level(one.figure) or 0) - (one.height or 0)) >= FAR for one in told if not one.of):
        return Labelled(readings, None, "figures with labels: the labels do not fit the scale of the figures", asked)
    if scale is None:
        return _by_words(scaled, told, readings, codes)
    for one in scaled:
        own = Scale(0, one.of) if one.of else scale
        level = 0 if one.meant == ABSENT else own.level(one.figure)
        if level is not None:
            readings[one.text] = Reading(level=(level, level))
    off = tuple(codes[one.text].text for one in scaled if one.text not in readings)
    return Labelled(readings, scale, f"figures with labels on a scale from {scale.worst} to {scale.best}", off)


def _leveled(codes: Codes, rated: Sequence[Rated]) -> Labelled:
    """Ask about figures such as `L6` above 5: they may be ranks."""
    named = [one for one in rated if not one.text[0].isdigit()]
    if max((one.figure for one in named), default=0) <= FIVE.best:
        return NONE
    asked = tuple(codes[one.text].text for one in sorted(named, key=lambda one: one.figure))
    return Labelled({}, None, "levels above 5: they may be ranks", asked)


def _direction(told: Sequence[Rated], scaled: Sequence[Rated]) -> bool | None:
    """Tell whether labels rise with their figures; None where they do not tell, or contradict each other."""
    rising = falling = False
    lowest, highest = TOP, 0
    for _, group in groupby(told, key=lambda one: one.figure):
        heights = [one.height or 0 for one in group]
        if max(heights) - min(heights) > NEAR:
            return None
        rising, falling = rising or max(heights) > lowest, falling or min(heights) < highest
        lowest, highest = min(lowest, *heights), max(highest, *heights)
    if rising or falling:
        return None if rising and falling else rising
    if all(one.of for one in scaled if one.label or one.of):
        return True
    if told and max(one.figure for one in scaled) <= FIVE.best:
        # One label alone: it must stand on the same side of the middle as its figure.
        return True if all(_on_its_side(one) for one in told) else None
    return None


def _on_its_side(one: Rated) -> bool:
    middle = Fraction(TOP, 2)
    return one.figure == 3 or (one.figure * 10 > middle) == ((one.height or 0) > middle)  # noqa: PLR2004 - of 1 to 5


def _scale(scaled: Sequence[Rated], told: Sequence[Rated], *, rises: bool) -> Scale | None:
    """Return the scale that figures with labels show; None where its end may not have been seen."""
    low, top = min(one.figure for one in scaled), max(one.figure for one in scaled)
    said = {one.of for one in scaled if one.of}
    if said:
        return Scale(0, said.pop()) if len(said) == 1 and rises else None
    if top % 1 or low % 1:
        top, low = -(-top // 1), low // 1
    ends = {one.figure: one for one in told}
    at_top = ends.get(top)
    if rises:
        best = at_top.height if at_top and at_top.height is not None else None
        is_whole = (best is None or best > 30) if top in USUAL_TOPS else best is not None and best >= TOPMOST  # noqa: PLR2004
        return Scale(0 if top in USUAL_TOPS or low == 0 else 1, int(top)) if is_whole else None
    is_whole = top in USUAL_TOPS or (at_top is not None and at_top.height == 0)
    return Scale(int(top), int(low)) if is_whole and low in (0, 1) else None


def _by_words(scaled: Sequence[Rated], told: Sequence[Rated], readings: dict[str, Reading], codes: Codes) -> Labelled:
    """Read labels by their words where the end of the figures is not certain, and plain figures by their labels.

    Where two figures would get one level, or one label stands alone and its figure says something else, all is asked.
    """
    levels = {one.figure: one.meant for one in told if isinstance(one.meant, Reading)}
    is_plain = len(set(levels.values())) == len(levels) and (
        len(levels) > 1 or all(abs((one.height or 0) - one.figure * 10) <= HALF for one in told)
    )
    if not is_plain:
        levels = {}
        scaled = [one._replace(meant=None) for one in scaled if one.label or one.of]
    for one in scaled:
        meant = one.meant if isinstance(one.meant, Reading) else levels.get(one.figure)
        if meant and not one.of:
            readings[one.text] = meant
    asked = [one for one in scaled if one.text not in readings]
    texts = tuple(codes[one.text].text for one in sorted(asked, key=lambda one: one.figure))
    how = "read by the labels: " if is_plain else ""
    return Labelled(readings, None, f"figures with labels, {how}where the scale ends is not known", texts)


def _drawn(codes: Codes, _: Words) -> Labelled:
    """Read signs: full and empty ones of one width as so many of as many; other signs are asked about."""
    drawn = {code: found for code in codes if len(code) > 1 and (found := DRAWN.fullmatch(code)) and not code.isalnum()}
    readings: dict[str, Reading] = {}
    mixed = {code: found for code, found in drawn.items() if found[3] or found[2]}
    widths = {len(code) for code in mixed}
    kinds = {char for code in mixed for char in code}
    whole = {code: found for code, found in drawn.items() if kinds.issuperset(code) or code in mixed}
    if mixed and len(widths | {len(code) for code in whole}) == 1:
        for code, found in whole.items():
            level = nearest(Fraction(2 * len(found[1]) + len(found[2]), 2 * len(code)) * TOP)
            readings[code] = Reading(level=(level, level))
    stars = [code for code in codes if code.strip(STARS) == ""]
    longest = max(map(len, stars), default=0)
    if not readings and longest in (4, 5):
        readings |= {code: Reading(level=(10 * len(code), 10 * len(code))) for code in stars}
    asked = sorted(_other_signs(codes, readings), key=lambda code: (_weight(code), code))
    reason = "signs drawn full and empty" if readings else ""
    reason = "; ".join(filter(None, (reason, "signs that no legend explains" if asked else "")))
    return Labelled(readings, None, reason, tuple(codes[code].text for code in asked))


def _other_signs(codes: Codes, readings: Mapping[str, Reading]) -> list[str]:
    """Return the signs that need a legend: with a sign that is repeated, the single one too."""
    signs = [code for code in codes if code not in readings and not code.strip(MARKS)]
    kinds = {code[0] for code in signs if len(code) > 1 and code.strip("-=")} | {"+"}
    plain = set("x✓✔✗✘✅❌-=#")
    balls = {code for code in signs if code in QUARTERS}
    if balls & {"◔", "◑", "◐", "◒", "◕"}:
        signs = [code for code in signs if code not in balls]
    asked = [code for code in signs if not plain.issuperset(code) or (kinds & set(code)) or len(set(code)) > 1]
    if any("+" in code for code in asked):
        is_figured = any(code.isdigit() and code != "0" for code in codes)
        asked += [code for code in signs if code not in asked and not code.strip("-")]
        asked += [code for code in ("o", "0") if code in codes and not (is_figured and code == "0")]
    return asked


def _weight(code: str) -> int:
    """Return how strong a sign looks: more of a sign is more, and less of a minus."""
    return len(code) if "-" not in code and code not in ("o", "0") else code.count("+") - code.count("-")


def _quartered(codes: Codes, _: Words) -> Labelled:
    """Read circles that are filled by quarters."""
    balls = [code for code in codes if code in QUARTERS]
    if not set(balls) & {"◔", "◑", "◐", "◒", "◕"}:
        return NONE
    levels = {code: nearest(Fraction(TOP * QUARTERS[code], 4)) for code in balls}
    return Labelled(
        {code: Reading(level=(level, level)) for code, level in levels.items()}, None, "circles by quarters"
    )


def _of_letters(codes: Codes, words: Words) -> Labelled:
    """Read letters for words of levels; others are asked about, and with them those that alone say yes or no."""
    letters = {code: value.count for code, value in codes.items() if len(code) == 1 and "a" <= code <= "z"}
    if not letters or any({yes, no} == letters.keys() - {"x"} for yes, no in PAIRS):
        return NONE
    for initials, meanings in LETTERS.items():
        needed = 2 if initials == "hml" else 3
        if letters.keys() <= set(initials) and len(letters) >= needed and (initials == "hml" or "i" in letters):
            meant = dict(zip(initials, meanings, strict=True))
            return Labelled({code: words.read(meant[code]) for code in letters}, None, "letters for words of levels")
    unread = {code: count for code, count in letters.items() if codes[code].alone.problem}
    if not unread:
        return NONE
    few = sum(unread.values()) * FEW < sum(letters.values())
    asked = sorted(unread if few else letters, reverse=True)
    return Labelled({}, None, "letters that no legend explains", tuple(codes[code].text for code in asked))


def _of_ladders(codes: Codes, _: Words) -> Labelled:
    """Read words of a scale with a known order; those of how often or of which rank are asked about."""
    alone = {code: value.alone for code, value in codes.items()}
    said = [code for code, reading in alone.items() if reading.level or reading.problem]
    fits = [
        (-len({*steps.values()}), len(ladder), steps) for ladder in LADDERS if (steps := _steps(ladder, said, alone))
    ]
    best = min((fit[:2] for fit in fits), default=())
    ladders = [fit[2] for fit in fits if fit[:2] == best]
    if ladders:
        if all(steps == ladders[0] for steps in ladders):
            readings = {code: Reading(level=(level, level)) for code, level in ladders[0].items()}
            return Labelled(readings, None, "words of a scale, by their order")
        asked = sorted(ladders[0], key=lambda code: ladders[0][code])
        return Labelled({}, None, "words of more than one scale", tuple(codes[code].text for code in asked))
    asked = [code for order in ORDERS for step in order for code in step if code in said and alone[code].problem]
    texts = tuple(codes[code].text for code in asked)
    return Labelled({}, None, "words of an order that is no scale of skill", texts)


def _steps(ladder: Sequence[Sequence[str]], said: Sequence[str], alone: Mapping[str, Reading]) -> dict[str, int]:
    """Return the level of each word of a ladder, empty where it is not the scale of all that is said in words."""
    places = {code: place for place, step in enumerate(ladder, 1) for code in step if code in said}
    steps = set(places.values())
    if len(steps) < 2:  # noqa: PLR2004 - one word alone has no order
        return {}
    others = [code for code in said if code not in places and (alone[code].level or code in _OF_LADDERS)]
    if any(not any(map(str.isdigit, code)) and alone[code] != ABSENT for code in others):
        return {}
    if ladder[0][0].startswith("very ") and not any(code.startswith("very ") for code in places):
        return {}
    known = {place: alone[code].level for code, place in places.items()}
    is_tied = len(set(known.values())) < len(known) and len(steps) >= FEWEST
    if not is_tied and not any(alone[code].problem for code in places):
        return {}
    scale = Scale(1, len(ladder))
    return {code: scale.level(place) or 0 for code, place in places.items()}


def _paired(codes: Codes, _: Words) -> Labelled:
    """Read yes and no where both words of one language occur; one of them alone is asked about."""
    readings: dict[str, Reading] = {}
    for yes, no in PAIRS:
        if {yes, no} <= codes.keys() and (codes[yes].alone.problem or codes[no].alone.problem):
            readings |= {yes: Reading(mention=True), no: ABSENT}
    alone = [code for code in codes if code not in readings and code in _OF_PAIRS and codes[code].alone.problem]
    reason = "yes and no of another language" if readings else "words that differ in meaning between languages"
    return Labelled(readings, None, reason, tuple(codes[code].text for code in alone))


def _of_words(codes: Codes, words: Words) -> Labelled:
    """Read words that say a level only where all is about levels, also behind a letter or sign: `A - expert`."""
    unread = [code for code, value in codes.items() if value.alone.problem and not any(map(str.isdigit, code))]
    readings: dict[str, Reading] = {}
    for code in unread:
        plain = LETTERED.sub("", code.strip(MARKS.replace("x", "") + " ")).strip(" ()[]")
        reading = words.read(plain)
        level = ON_A_SCALE.get(plain, reading.level[0] if reading.level else None)
        if level is not None and len(plain) > 1:
            readings[code] = Reading(level=(level, level))
    return Labelled(readings, None, "words that say a level in a column of levels")
