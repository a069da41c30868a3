"""Dates as people and machines write them, to intervals of ticks. What cannot be a date is None."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from service.core.time import PRESENT, TICKS, Interval, Span, tick

ISO = re.compile(r"^\s*(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?\s*$")
STILL = frozenset({"present", "current", "now", "today", "ongoing", "to date", "till date", "till now"})
"""The words for a job that goes on."""


def start_of(value: object) -> Interval | None:
    """Return when something began: within the day, month or year that is written; None where that is no date."""
    parts = _parts(value)
    if parts is None:
        return None
    year, month, day = parts
    if month is None:
        return tick(year), tick(year + 1)
    begin = tick(year, month, day or 1)
    return begin, begin


def end_of(value: object) -> Interval | None:
    """Return when something ended, the day, month or year written included; None where that is no date.

    The last day of a month ends the month, however long it is.
    """
    if isinstance(value, str) and value.strip().casefold() in STILL:
        return PRESENT
    parts = _parts(value)
    if parts is None:
        return None
    year, month, day = parts
    if month is None:
        return tick(year), tick(year + 1)
    whole_month = day is None or day == calendar.monthrange(year, month)[1]
    end = tick(year, month) + TICKS if whole_month else tick(year, month, day) + 1
    return end, end


def span_of(start: object, end: object) -> Span | None:
    """Return the stretch between two dates; one without an end goes on; None where there is no start."""
    begun = start_of(start)
    if begun is None:
        return None
    ended = PRESENT if end in (None, "") else end_of(end)
    return None if ended is None or ended[1] < begun[0] else Span(begun, ended)


def _parts(value: object) -> tuple[int, int | None, int | None] | None:
    """Return year, month and day of a date or of ISO text (parts may be missing); None where it is no such thing."""
    if isinstance(value, dt.date):
        return value.year, value.month, value.day
    found = ISO.match(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day
