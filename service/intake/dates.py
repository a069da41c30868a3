"""Dates as people and machines write them, to intervals of ticks. What cannot be a date, or was never work, is None."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from service.core.time import PRESENT, TICKS, Interval, Span, tick
from service.skills.names import folded

EARLIEST, LATEST = 1940, 2050
"""The years between which people's work lies; the year 9999 is how personnel systems write "no end"."""

LONGEST_DATE = 60
"""Characters; a longer text is no date."""

LONGEST_SAYING = 200
"""Characters in which the date is looked for of what is over."""

STILL = frozenset((
    "present", "the present", "present day", "current", "currently", "now", "today", "ongoing",
    "heute", "jetzt", "aktuell", "laufend", "derzeit", "gegenwartig",
    "aujourd'hui", "ce jour", "actuel", "actuellement", "en cours", "maintenant",
    "actualidad", "la actualidad", "actualmente", "la fecha", "presente", "hoy", "ahora",
))  # fmt: skip
"""The words for what goes on, without accents."""

MONTHS = {
    name: month
    for month, names in enumerate((
        "january jan januar janner jaenner janvier janv enero ene",
        "february feb februar feber fevrier fevr fev febrero",
        "march mar marz maerz mrz mars marzo",
        "april apr avril avr abril abr",
        "may mai mayo",
        "june jun juni juin junio",
        "july jul juli juillet juil julio",
        "august aug aout agosto ago",
        "september sept sep septembre septiembre setiembre set",
        "october oct oktober okt octobre octubre",
        "november nov novembre noviembre",
        "december dec dezember dez decembre diciembre dic",
    ), 1)
    for name in names.split()
}  # fmt: skip
"""The months in English, German, French and Spanish, without accents."""

SEASONS = {
    name: months
    for names, months in (
        ("spring fruhling fruhjahr printemps primavera", (3, 6)),
        ("summer sommer ete verano", (6, 9)),
        ("autumn fall herbst automne otono", (9, 12)),
        ("winter hiver invierno", (1, 16)),  # the one that ends in the year, or the one that begins in it
    )
    for name in names.split()
}
"""The seasons of the northern half, from the month they begin in up to the month after."""

_NAMED = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>\d{4}|'\d\d)"
_OF = r"(?: ?[-/.,] ?| )?(?:de |del |of )?"
_FORMS = (
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?:[t ]\d\d:?\d\d[\d:.,z +-]{0,20})?",
    r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
    r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
    r"(?P<month>\d{1,2})/(?P<year>\d\d)",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -]?(?:de |of )?{_NAMED}{_OF}{_YEAR}",
    rf"{_NAMED} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
    rf"{_NAMED}{_OF}{_YEAR}",
    rf"{_NAMED}-(?P<year>\d\d)",
    rf"(?P<year>\d{{4}}),? {_NAMED}",
    rf"[qt](?P<quarter>[1-4])[ /-]?{_YEAR}",
    r"(?P<year>\d{4})[ /-]?[qt](?P<quarter>[1-4])",
    rf"(?P<season>{'|'.join(SEASONS)}) (?:of |de |del )?{_YEAR}",
    _YEAR,
)
_FORM = tuple(map(re.compile, _FORMS))
_ANY = "|".join(re.sub(r"\(\?P<\w+>", "(?:", form.replace("(?P=sign)", "[-/.]")) for form in _FORMS)
_GOES_ON = rf"(?:(?:to|till?|until|up to|bis|a|jusqu'a|hasta) (?:date|{'|'.join(STILL)})|{'|'.join(STILL)})\.?"
_SIGN = r"(?: ?(?:-|~|→) ?| (?:to|till?|until|thru|through|bis|a|au|al|jusqu'a|jusqu'en|hasta) )"
_STILL = re.compile(_GOES_ON)
_RANGE = re.compile(
    rf"(?<![\w'./-])(?:(?P<shared>{_NAMED}){_SIGN}(?P<until>{_ANY})"
    rf"|(?P<start>{_ANY}){_SIGN}(?P<end>{_ANY}|{_GOES_ON}|date|1[3-9]|[2-9]\d))(?!\w)"
)
"""Two dates with a sign between them. The first may leave its year to the second, which may leave its century."""

_SINCE = re.compile(rf"(?<!\w)(?:since|from|seit|ab|depuis|desde) (?P<since>{_ANY})(?!\w)|(?P<left>{_ANY}) ?-$")
_OVER = (
    r"not|never|no|cannot|\w+n't|last|lastly|latest|until|till?|stopped|ended|unused|dormant|nicht|nie|kein\w*|zuletzt|"
    r"bis|pas|jamais|derniere?|jusqu\w*|nunca|ultim\w*|hasta"
)
_NO_LONGER = re.compile(rf"(?<!\w)(?:{_OVER})(?!\w)(?! only| just)")
"""Words before a date that make it the end of something, or deny it: `not used since 2015`."""

_FILLER = (
    r"about|active|actively|after|around|at|been|done|en|from|hands-on|i|ich|im|in|it|longer|mehr|mid|on|practi[cs]ed|"
    r"professionally|projects?|really|since|time|touched|used?|using|with|work|worked|benutzt|genutzt|verwendet|seit|"
    r"depuis|utilise\w*|plus|desde|usad[oa]|vez|fois"
)
_LAST = re.compile(rf"(?<!\w)(?<!not )(?:{_OVER})(?!\w)(?: (?:{_FILLER})){{0,4}}:? (?P<last>{_ANY})(?!\w)")
"""When something was done last: `not used since 2015`, `last used: May 2019`; `not until 2019` says when it began."""


class _Written(NamedTuple):
    """When a thing began, if that is the date written, and when it ended, if that is."""

    begin: Interval
    end: Interval


def start_of(value: object, *, us: bool = False) -> Interval | None:
    """Return when something began: within the day, month, season or year written; None where that is no date.

    `us` tells that the month comes first in 1/5/2019; else such a date is the one or the other.
    """
    written = _written(value, us=us)
    return written and written.begin


def end_of(value: object, *, us: bool = False) -> Interval | None:
    """Return when something ended, the day, month or year written included; None where that is no date.

    The last day of a month ends the month, however long it is.
    """
    if isinstance(value, str) and len(value) <= LONGEST_DATE and _STILL.fullmatch(folded(value)):
        return PRESENT
    if str(value)[:5] in ("9999", "9999-"):
        return PRESENT
    written = _written(value, us=us)
    return written and written.end


def span_of(start: object, end: object, *, us: bool = False) -> Span | None:
    """Return the stretch between two dates; one without an end goes on; None where there is no start."""
    begun = start_of(start, us=us)
    if begun is None:
        return None
    ended = PRESENT if end in (None, "") else end_of(end, us=us)
    return None if ended is None or ended[1] <= begun[0] else Span(begun, ended)


def span_in(text: str, *, us: bool = False) -> Span | None:
    """Return the stretch of time that a text tells of, as in "Jan 2020 - present" or "since 2019".

    A text that is one date alone tells of that day, month or year. None where there is no stretch, or more than one.
    """
    if alone := span_of(text, text, us=us):
        return alone
    text = folded(text)
    if any(_NO_LONGER.search(text[: found.start()]) for found in (_RANGE.search(text), _SINCE.search(text)) if found):
        return None
    spans = set(filter(None, (_ranged(found, us=us) for found in _RANGE.finditer(text))))
    if spans or _RANGE.search(text):
        return spans.pop() if len(spans) == 1 else None
    found = _SINCE.search(text)
    return span_of(found["since"] or found["left"], None, us=us) if found else None


def last_in(text: str, *, us: bool = False) -> Interval | None:
    """Return when something was done last, where a text says that it is over: `not used since 2015`, `until May 2019`.

    None where it says no such thing, or names several dates.
    """
    text = folded(text[:LONGEST_SAYING])
    found = _LAST.search(text)
    if found is None or _RANGE.search(text) or _NO_LONGER.search(text[found.end() :]):
        return None
    return end_of(found["last"], us=us)


def of_epoch_ms(value: object) -> dt.date | None:
    """Return the day, in UTC, of a time in milliseconds since 1970; None where it is no such number."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    try:
        return dt.date(1970, 1, 1) + dt.timedelta(milliseconds=value)
    except OverflowError:
        return None


def _ranged(found: re.Match[str], *, us: bool) -> Span | None:
    """Return the stretch between the two dates of a range."""
    if found["shared"]:
        end = found["until"]
        return span_of(f"{found['shared']} {end[-4:]}", end, us=us)
    start, end = found["start"], found["end"]
    if end == "date":
        return span_of(start, None, us=us)
    return span_of(start, f"{start[:2]}{end}" if re.fullmatch(r"\d\d", end) else end, us=us)


def _written(value: object, *, us: bool) -> _Written | None:
    """Return what a value says as a date; None where it says none, or one outside of people's working lives."""
    if isinstance(value, dt.date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int) or len(text := str(value)) > LONGEST_DATE:
        return None
    text = folded(text)
    found = next(filter(None, (form.fullmatch(text) for form in _FORM)), None)
    return _dated(found.groupdict(), us=us) if found else None


def _dated(said: dict[str, str], *, us: bool) -> _Written | None:
    """Return the date of the parts that one of the forms has found."""
    year = _year(said["year"])
    if "first" in said:
        return _either(year, int(said["first"]), int(said["second"]), said["sign"], us=us)
    if "quarter" in said:
        last = 3 * int(said["quarter"])
        return _within(year, last - 2, last + 1)
    if "season" in said:
        return _within(year, *SEASONS[said["season"]])
    month = MONTHS[said["name"]] if "name" in said else int(said.get("month", 0))
    if "day" in said:
        return _day(year, month, int(said["day"]))
    return _month(year, month) if "name" in said or "month" in said else _within(year, 1, 13)


def _year(text: str) -> int:
    """Return a year; of two digits, the one in people's working lives."""
    if text.isdigit() and len(text) > 2:  # noqa: PLR2004 - two digits
        return int(text)
    year = int(text.lstrip("'"))
    return 2000 + year if 2000 + year <= LATEST else 1900 + year


def _either(year: int, first: int, second: int, sign: str, *, us: bool) -> _Written | None:
    """Return the day of two figures that may be day and month either way; a dot is only written after the day."""
    day_first = None if us else _day(year, second, first)
    month_first = None if sign == "." and not us else _day(year, first, second)
    if day_first is None or month_first is None:
        return day_first or month_first
    (low, high), (early, late) = zip(*sorted([day_first, month_first]), strict=True)
    return _Written((low[0], high[1]), (early[0], late[1]))


def _within(year: int, first: int, after: int) -> _Written | None:
    """Return a date known to lie within months of a year, up to the one after."""
    if not EARLIEST <= year <= LATEST:
        return None
    known = tick(year, first), tick(year, after)
    return _Written(known, known)


def _month(year: int, month: int) -> _Written | None:
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):  # noqa: PLR2004 - months of a year
        return None
    begin, end = tick(year, month), tick(year, month) + TICKS
    return _Written((begin, begin), (end, end))


def _day(year: int, month: int, day: int) -> _Written | None:
    whole = _month(year, month)
    if whole is None or not 1 <= day <= (last := calendar.monthrange(year, month)[1]):
        return None
    begin, end = tick(year, month, day), tick(year, month, day) + 1
    return _Written((begin, begin), whole.end if day == last else (end, end))
