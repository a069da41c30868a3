"""Times of work or use as people write them, to intervals of months: "5+ yrs", "18 months", "less than 1 year"."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import lru_cache

from service.core.time import Interval
from service.skills.names import folded

MOST_YEARS = 70
"""Years up to which "5+" reaches."""

LIKELY_YEARS = 60
"""More years of work than this are a slip of the keyboard."""

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
        12: "years year yrs yr y yoe jahren jahre jahr annees annee ans an anos ano anni anno jaar jaren lata lat rok "
        "ar",
        1: "months month mos mo mths mth mnths mnth m monaten monate monat mon mois meses mes mesi mese maanden maand "
        "miesiecy miesiace miesiac manader manad",
        12 / 52: "weeks week wks wk wochen woche semaines semaine semanas semana",
    }.items()
    for word in words.split()
}
"""How many months a unit is, in the same languages and some of their neighbours."""

ALONE = frozenset(word for word, value in NUMBERS.items() if value not in (0.5, 1) or not word.isalpha())
"""Numbers in words that are years where years are expected; `a` and `half` are not."""

NO_TIME = frozenset((
    "fresher", "freshers", "fresher (0)", "fresher - 0", "no experience", "no work experience", "no prior experience",
    "no professional experience", "without experience", "none", "zero", "nil", "keine", "keine erfahrung",
    "keine berufserfahrung", "ohne erfahrung", "ohne berufserfahrung", "aucune", "aucune experience",
    "sans experience", "sin experiencia", "sem experiencia", "nessuna esperienza", "geen", "geen ervaring",
    "brak doswiadczenia",
))  # fmt: skip
"""Words for no work at all where years are expected."""


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,3}}|,\d{{1,2}})?|(?:{_any(NUMBERS)})(?![a-z]))"
_UNIT = rf"(?:{_any(UNITS)})(?![a-z])\.?"
_HALF = r"(?: ?½| 1/2| (?:and (?:a )?half|und ein halbes|et demie?|y medi[oa]))"
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})(?P<half>{_HALF})? ?(?P<unit>{_UNIT})?(?P<more>{_HALF})?"
    rf"(?(unit)(?:(?:,? ?(?:and |und |et |y |e |en |i |& )?| ?/ ?)(?P<rest>{_NUMBER}) ?(?P<part>{_UNIT}))?)"
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

_KIND_OF_WORK = re.compile(
    r" (?:(?:of|in|as|the|an?|it|software|development|engineering|data|tech(?:nical|nology)?|corporate|overall|prior|"
    r"hands-on|practical|commercial|industry|"
    r"post[- ]?qualification|industrial|full|total|relevant|professional|work|working) ){0,8}"
    r"(?:experience|exp\.?|expertise|it|industry|field|domain)$"
)
"""What work the years were of, where years of work in all are expected."""

_SHARE_OF_IT = re.compile(
    r" ?[(,;] ?(?:relevant[^()]{0,40}|[\d.]{1,4}\+? ?(?:years?|yrs?|y)? ?(?:are |of them )?relevant[^()]{0,40}|total|"
    r"overall|full[- ]time)\)?$"
)
"""How many of the years count as relevant."""

_LEADING = re.compile(r"^(?:(?:total|overall|work|professional|relevant|exp\.?|experience)[ :]+){1,3}(?=\S)")
_ABOUT = re.compile(r",? ?\(?(?:approx(?:imately)?\.?|about|circa|ca\.|roughly)\)?$")
_FEET = re.compile(r"\d ?'+ ?\d")
_PLURAL = re.compile(r"(?<=[a-z]) ?\(s\)")
_ISO = re.compile(r"p(?:(\d{1,2})y)?(?:(\d{1,3})m)?(?:\d{1,3}d)?")
_DAYS = re.compile(r"(?<=[a-z.]),? \d{1,2} ?days?$")
_TWICE = re.compile(rf"^(\d{{1,2}}) ?\((?:{_any(NUMBERS)})\)|^(?:{_any(NUMBERS)}) ?\((\d{{1,2}})\)")

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
    if _FEET.search(text):
        return None
    text = text.replace("'", "").strip('" ')
    if bare and text in NO_TIME:
        return 0, 0
    text = _unadorned(text, bare=bare)
    text, vague = _ABOUT.subn("", text, 1)
    text = _TAIL.sub("", text)
    found = _BOUND.match(text)
    how = found.lastgroup if found else None
    text = text[found.end() :] if found else text
    text, opened = _OPEN.subn("", text, 1)
    text, ish = _ISH.subn("", text, 1)
    known = _stretch(text, bare=bare and how != "lasting")
    if known is None:
        return None
    low, high = _bounded(known, "least" if opened else "about" if vague or ish else how)
    return (low, high) if low <= high <= MOST_YEARS * 12 and low <= LIKELY_YEARS * 12 else None


def _unadorned(text: str, *, bare: bool) -> str:
    """Return a text with usual words for what it holds: `5 year(s)` and `P5Y` as they are said, no word of the work."""
    text = _DAYS.sub("", _PLURAL.sub("s", text))
    text = _TWICE.sub(lambda found: found[1] or found[2], text)
    if (iso := _ISO.fullmatch(text)) and any(iso.groups()):
        text = f"{iso[1] or 0} years {iso[2] or 0} months"
    return _KIND_OF_WORK.sub("", _SHARE_OF_IT.sub("", _LEADING.sub("", text))) if bare else text


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
    if found is None or not (found["unit"] or (unit and (text[0].isdigit() or text in ALONE))):
        return None
    per = UNITS[found["unit"].rstrip(".")] if found["unit"] else unit or 0
    months = (_value(found["number"]) + (0.5 if found["half"] or found["more"] else 0)) * per
    if found["rest"]:
        rest = _value(found["rest"]) * UNITS[found["part"].rstrip(".")]
        if rest >= per:
            return None
        months += rest
    return int(months + 0.5)


def _value(text: str) -> float:
    return NUMBERS[text] if text in NUMBERS else float(text.replace(",", "."))
