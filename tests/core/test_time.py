"""Months are counted in ticks, thirty-firsts of a month, so that sums are exact."""

import datetime as dt

import pytest
from core_factories import AS_OF, job, month, year

from service.core.time import PRESENT, TICKS, Span, begun, ended, months_together, tick, tick_of


def test_the_same_day_of_a_later_month_is_a_whole_number_of_months_away():
    assert tick(2024, 3, 15) - tick(2024, 1, 15) == 2 * TICKS
    assert tick(2025, 1) - tick(2024, 1) == 12 * TICKS
    assert tick(2024, 2, 1) - tick(2024, 1, 31) == 1


def test_a_tick_by_hand():
    assert tick(2000) == 2000 * 12 * 31
    assert tick(2000, 3, 5) == (2000 * 12 + 2) * 31 + 4
    assert tick_of(dt.date(2000, 3, 5)) == tick(2000, 3, 5)
    assert tick_of(dt.datetime(2000, 3, 5, 23, 59, tzinfo=dt.UTC)) == tick(2000, 3, 5)


def test_a_span_goes_on_where_no_end_is_said():
    assert Span(month(2020, 1)) == Span(month(2020, 1), PRESENT)


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([], (0, 0)),
        ([job((2020, 1), (2020, 12))], (12, 12)),
        ([job((2020, 1), (2020, 12)), job((2021, 1), (2021, 6))], (18, 18)),  # one after the other
        ([job((2020, 1), (2020, 12)), job((2020, 7), (2021, 6))], (18, 18)),  # six months overlap
        ([job((2020, 1), (2021, 12)), job((2020, 7), (2020, 9))], (24, 24)),  # one inside the other
        ([job((2020, 1), (2021, 12)), job((2020, 2), (2020, 3)), job((2021, 1), (2022, 6))], (30, 30)),  # one spans two
        ([job((2020, 1), (2020, 12))] * 3, (12, 12)),  # the same thrice
        ([job((2020, 1), (2020, 1)), job((2022, 1), (2022, 1))], (2, 2)),  # a hole is not counted
        ([job((2026, 1))], (10, 10)),  # present: until the date of scoring, 1 November 2026
        ([job((2027, 1))], (0, 0)),  # not begun yet
        ([job((2026, 10), (2030, 1))], (1, 1)),  # planned further than today
        ([job(2020, 2020)], (0, 12)),  # some of 2020
        ([job(2020, 2021)], (0, 24)),
        ([job(2019, 2021)], (12, 36)),  # 2020 for sure
        ([job(2019, 2021), job(2021, 2023)], (24, 60)),  # 2020 and 2022 for sure
        ([job(2020)], (70, 82)),  # since some day of 2020
    ],
)
def test_spans_together_count_overlaps_once_and_year_only_dates_as_an_interval(spans, months):
    assert months_together(spans, AS_OF) == months
    assert months_together(reversed(spans), AS_OF) == months


def test_a_month_counts_when_it_is_full():
    start = tick(2020, 1, 10)

    def lasting(ticks):
        return months_together([Span((start, start), (start + ticks, start + ticks))], AS_OF)

    assert lasting(TICKS - 1) == (0, 0)
    assert lasting(TICKS) == (1, 1)
    assert lasting(2 * TICKS - 1) == (1, 1)


def test_pieces_of_months_add_up_before_they_are_cut():
    halves = [Span((at, at), (at + 16, at + 16)) for at in (tick(2020, 1), tick(2020, 3))]

    assert months_together(halves, AS_OF) == (1, 1)


def test_a_job_that_ends_before_it_can_begin_takes_nothing_away():
    backwards = Span(year(2022), year(2020))
    assert months_together([backwards, job((2020, 1), (2020, 12))], AS_OF) == (12, 12)


def test_a_start_and_an_end_are_told_as_exactly_as_they_are_known():
    march = (tick(2020, 3), tick(2020, 4))
    some_day_of_2018 = (tick(2018), tick(2019))
    assert [begun(march), ended(march)] == ["2020-03", "2020-03"]
    assert [begun(some_day_of_2018), ended(some_day_of_2018)] == ["2018", "2018"]
    assert ended(PRESENT) == "present"
