import datetime as dt

import pytest

from service.core.time import PRESENT, TICKS, months_together, tick, tick_of
from service.intake.dates import end_of, span_of, start_of

AS_OF = tick_of(dt.date(2026, 11, 20))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-01-01", "2024-12-31", (12, 12)),
        ("2022-01", "2023-12", (24, 24)),
        ("2022-01-01", "2024-01-01", (24, 24)),
        ("2022-03-01", "2024-02-28", (23, 23)),
        ("2022-03-01", "2024-02-29", (24, 24)),
        ("2021-11-20", None, (60, 60)),
        ("2021-11-20", "present", (60, 60)),
        ("2021-11-20", "Current", (60, 60)),
        ("2016", "2018", (12, 36)),
        (2016, 2016, (0, 12)),
        ("2016-06", "2018", (19, 31)),
        (dt.date(2020, 1, 1), dt.date(2020, 6, 30), (6, 6)),
        ("2030-01", None, (0, 0)),
    ],
)
def test_a_job_lasts_as_long_as_its_dates_say(start, end, months):
    assert months_together([span_of(start, end)], AS_OF) == months


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("soon", "2020"),
        ("2020-13", "2021"),
        ("2020-02-30", None),
        ("2022", "2020"),
        (True, None),
        ("20", "21"),
        ([], None),
    ],
)
def test_dates_that_cannot_be_are_none(start, end):
    assert span_of(start, end) is None


def test_overlapping_jobs_count_once():
    jobs = [span_of("2018-01", "2020-12"), span_of("2019-01", "2021-12"), span_of("2019-05", "2019-06")]
    assert months_together(jobs, AS_OF) == (48, 48)


def test_a_year_is_known_to_within_the_year():
    assert start_of("2019") == (tick(2019), tick(2020))
    assert end_of("2019") == (tick(2019), tick(2020))
    assert end_of("2019-02") == (tick(2019, 2) + TICKS,) * 2
    assert end_of("till date") == PRESENT
