"""Dates as integers, so that durations add up exactly and no clock or time zone is read.

A *tick* is a thirty-first of a month, counted from year 0: the same day of a later month is a whole number of
months away, whatever the months' lengths. An *interval* is `(low, high)`, both ends included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

Interval = tuple[int, int]

TICKS = 31
"""Ticks in a month."""

PRESENT: Interval = (10**9, 10**9)
"""The end of what is still going on: later than any date, so that it is cut to the date of scoring."""


class Span(NamedTuple):
    """A stretch of time, each end an interval of ticks: a year-only date is known to within its year."""

    start: Interval
    end: Interval = PRESENT


def tick(year: int, month: int = 1, day: int = 1) -> int:
    """Return the tick at which a day begins."""
    return (year * 12 + month - 1) * TICKS + day - 1


def tick_of(date: dt.date) -> int:
    """Return the tick at which `date` begins."""
    return tick(date.year, date.month, date.day)


def begun(start: Interval) -> str:
    """Return a start as people write it: a year and month, or a year alone."""
    year, month = divmod(start[0] // TICKS, 12)
    return f"{year:04}" if start[1] - start[0] > TICKS else f"{year:04}-{month + 1:02}"


def ended(end: Interval) -> str:
    """Return an end as people write it: `present`, a year and month, or a year alone. An end is the tick after."""
    if end == PRESENT:
        return "present"
    year, month = divmod((end[1] - 1) // TICKS, 12)
    return f"{year:04}" if end[1] - end[0] > TICKS else f"{year:04}-{month + 1:02}"


def months_together(spans: Iterable[Span], as_of: int) -> Interval:
    """Return the months that spans cover together, overlaps counted once: at least, at most.

    What lies after `as_of` (a tick) is not counted.
    """
    shortest, longest = ticks_together(spans, as_of)
    return shortest // TICKS, longest // TICKS


def ticks_together(spans: Iterable[Span], as_of: int) -> Interval:
    """Return the ticks that spans cover together up to `as_of`: at least, at most."""
    spans = list(spans)
    shortest = _covered((span.start[1], min(span.end[0], as_of)) for span in spans)
    longest = _covered((span.start[0], min(span.end[1], as_of)) for span in spans)
    return shortest, longest


def _covered(stretches: Iterable[Interval]) -> int:
    """Return the length of the union of stretches, in their own unit."""
    total, reached = 0, 0
    for start, end in sorted(stretches):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
