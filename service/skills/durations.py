"""Times of work or use as people write them, to intervals of months: "5+ yrs", "18 months", "less than 1 year"."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import lru_cache

from service.core.time import Interval
from service.skills.names import folded

MOST_YEARS = 70
"""More years of work than this are a slip of the keyboard; "5+" reaches up to them."""

LONGEST_TIME = 80
"""Characters; a longer text is no time."""

NUMBERS = {
    word: value
    for value, words in {
        0.5: "half|half a|half an|ein halbes|halbes|medio|½",
        0.25: "¼",
        0.75: "¾",
        1: "a|an|one|ein|eine|einem|eins|un|une|uno|una",
        1.5: "eineinhalb|anderthalb",
        2: "two|zwei|deux|dos",
        3: "three|drei|trois|tres",
        4: "four|vier|quatre|cuatro",
        5: "five|funf|cinq|cinco",
        6: "six|sechs|seis",
        7: "seven|sieben|sept|siete",
        8: "eight|acht|huit|ocho",
        9: "nine|neun|neuf|nueve",
        10: "ten|zehn|dix|diez",
        11: "eleven|elf|onze|once",
        12: "twelve|zwolf|douze|doce",
        15: "fifteen|funfzehn|quinze|quince",
        20: "twenty|zwanzig|vingt|veinte",
    }.items()
    for word in words.split("|")
}
"""Numbers in English, German, French and Spanish, without accents."""

UNITS = {
    word: months
    for months, words in {
        120: "decades decade jahrzehnte jahrzehnt",
        12: "years year yrs yr y jahren jahre jahr annees annee ans an anos ano",
        1: "months month mos mo m monaten monate monat mon mois meses mes",
        12 / 52: "weeks week wks wk wochen woche semaines semaine semanas semana",
    }.items()
    for word in words.split()
}
"""How many months a unit is, in the same languages."""


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})?|(?:{_any(NUMBERS)})(?![a-z]))"
_UNIT = rf"(?:{_any(UNITS)})(?![a-z])\.?"
_HALF = r"(?: ?½| 1/2| (?:and (?:a )?half|und ein halbes|et demie?|y medi[oa]))"
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})(?P<half>{_HALF})? ?(?P<unit>{_UNIT})?(?P<more>{_HALF})?"
    rf"(?(unit)(?:,? ?(?:and |und |et |y |& )?(?P<rest>{_NUMBER}) ?(?P<part>{_UNIT}))?)"
)
_BETWEEN = re.compile(r"(?:between|zwischen|entre) (.+) (?:and|und|et|y) (.+)")
_RANGE = re.compile(r"(.+?)(?: ?- ?| (?:to|bis|a|or|oder|ou|o) )(.+)")
_BOUND = re.compile(
    r"(?:(?P<least>>=?|≥|(?:more than|over|above|at least|min(?:imum)?\.?|mindestens|mehr als|uber|plus de|au moins"
    r"|mas de|al menos)(?= ))|(?P<most><=|≤|(?:up to|at most|max(?:imum)?\.?|bis zu|hochstens|jusqua|hasta)(?= ))"
    r"|(?P<less><|(?:less than|under|below|weniger als|unter|moins de|menos de)(?= ))"
    r"|(?P<about>[~≈]|(?:about|around|approx(?:imately)?\.?|roughly|nearly|almost|circa|ca\.?|etwa|rund|environ"
    r"|alrededor de)(?= ))|(?P<lasting>(?:for|since|seit|depuis|desde hace)(?= )|[x×](?=\d))) ?"
)
_OPEN = re.compile(r" ?\+| (?:plus|or more|and more|and above|und mehr|et plus|o mas)(?![a-z])")
_ISH = re.compile(r"[ -]?ish| or so")
_TAIL = re.compile(
    r" (?:(?:of|in|de|full|total|relevant|professional|work|working|hands-on|practical|commercial|industry) ){0,8}"
    r"(?:experience|exp\.?|expertise|use|work|practice|total|berufserfahrung|erfahrung|dexperience|experiencia)$"
)

_BOUNDING = _any(set(re.findall(r"[a-z]+", _BOUND.pattern)))
MAY_BEGIN = re.compile(rf"[\d<>≤≥~≈½¼¾×'\"]|(?:{_any(NUMBERS)}|{_BOUNDING})(?![a-z])|x\d")
"""How a time may begin."""

MAY_END = frozenset({*UNITS, *re.findall(r"[a-z]{3,}", _TAIL.pattern + _OPEN.pattern + _HALF + _ISH.pattern), "so"})
"""The words a time may end with."""


def months_of(value: Hashable, *, bare: bool = True) -> Interval | None:
    """Return a time of work or use in months, as an interval, or None where it is none.

    A plain number is years, unless `bare` is false and a unit is asked for.
    """
    if isinstance(value, bool) or value is None:
        return None
    text = str(value)
    return _months(folded(text), bare=bare) if len(text) <= LONGEST_TIME else None


@lru_cache(maxsize=4096)
def _months(text: str, *, bare: bool) -> Interval | None:
    """Read a folded text: what bounds the time, then the time."""
    text = _TAIL.sub("", text.replace("'", "").strip('" '))
    found = _BOUND.match(text)
    how = found.lastgroup if found else None
    text = text[found.end() :] if found else text
    text, opened = _OPEN.subn("", text, 1)
    text, vague = _ISH.subn("", text, 1)
    known = _stretch(text, bare=bare and how != "lasting")
    if known is None:
        return None
    low, high = _bounded(known, "least" if opened else "about" if vague else how)
    return (low, high) if low <= high <= MOST_YEARS * 12 else None


def _bounded(known: Interval, how: str | None) -> Interval:
    """Return what a bound makes of a time: "about" is within a quarter of it, and within half a year."""
    low, high = known
    if how == "about":
        slack = min(6, low // 4)
        return low - slack, high + slack
    bounds = {"least": (low, max(low, MOST_YEARS * 12)), "most": (0, high), "less": (0, low - 1)}
    return bounds.get(how or "", known)


def _stretch(text: str, *, bare: bool) -> Interval | None:
    """Return one time, or what lies between two: the first may leave its unit to the second."""
    if (alone := _amount(text, 12 if bare else None)) is not None:
        return alone, alone
    found = _BETWEEN.fullmatch(text) or _RANGE.fullmatch(text)
    if found is None or (high := _amount(found[2], 12 if bare else None)) is None:
        return None
    unit = _AMOUNT.fullmatch(found[2])["unit"]  # type: ignore[index]
    low = _amount(found[1], UNITS[unit.rstrip(".")] if unit else 12)
    return None if low is None else (low, high)


def _amount(text: str, unit: float | None) -> int | None:
    """Return a time such as "2 years 6 months" in whole months; `unit` is that of a number without one."""
    found = _AMOUNT.fullmatch(text)
    if found is None or not (found["unit"] or (unit and text[0].isdigit())):
        return None
    per = UNITS[found["unit"].rstrip(".")] if found["unit"] else unit or 0
    months = (_value(found["number"]) + (0.5 if found["half"] or found["more"] else 0)) * per
    if found["rest"]:
        months += _value(found["rest"]) * UNITS[found["part"].rstrip(".")]
    return int(months + 0.5)


def _value(text: str) -> float:
    return NUMBERS[text] if text in NUMBERS else float(text.replace(",", "."))
