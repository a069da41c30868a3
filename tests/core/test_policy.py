"""From one piece of evidence to a level: every kind against the table of the written rule."""

import pytest
from core_factories import AS_OF, FIGURES, POLICY, both, job, piece, policy, year

from service.core.policy import TOP, UNKNOWN
from service.core.time import PRESENT, TICKS


def level(*args, together=None, **rest):
    return POLICY.level(piece(*("any", *args), **rest), together, AS_OF)


def months_ago(months):
    return both(AS_OF - months * TICKS)


def test_unknown_is_the_whole_range_and_not_zero():
    assert UNKNOWN == (0, TOP) == (0, 50)


# kind by kind: a ceiling, and the level of a bare mention

CEILINGS = {"assessed": 50, "rated": 50, "delivered": 50, "used": 40, "certified": 30, "stated": 30}
MENTIONS = {"assessed": None, "rated": None, "delivered": 30, "used": 30, "certified": 20, "stated": 20}


@pytest.mark.parametrize("kind", CEILINGS)
@pytest.mark.parametrize("said", [0, 1, 20, 29, 30, 31, 39, 40, 41, 49, 50])
def test_a_stated_level_counts_up_to_the_ceiling_of_its_kind(kind, said):
    expected = min(said, CEILINGS[kind])
    assert level(kind, said) == (expected, expected)


@pytest.mark.parametrize("kind", CEILINGS)
def test_the_ceiling_holds_both_ends_of_an_interval(kind):
    assert level(kind, (10, 50)) == (10, CEILINGS[kind])


@pytest.mark.parametrize(("kind", "mention"), MENTIONS.items())
def test_a_bare_mention_has_the_level_of_its_kind_and_a_bare_result_says_nothing(kind, mention):
    assert level(kind) == (None if mention is None else (mention, mention))


def test_kinds_come_strongest_first_and_a_result_decides():
    assert list(POLICY.kind) == ["assessed", "rated", "delivered", "used", "certified", "stated"] == list(FIGURES)
    assert POLICY.strength == {
        "assessed": 0, "rated": 1, "delivered": 2, "used": 3, "certified": 4, "stated": 5,
    }  # fmt: skip
    assert [kind for kind in POLICY.kind if POLICY.kind[kind].decides] == ["assessed", "rated"]


def test_what_is_implied_is_of_kind_used_or_weaker():
    assert POLICY.implied_ceiling == {
        "assessed": 40, "rated": 40, "delivered": 40, "used": 40, "certified": 30, "stated": 30,
    }  # fmt: skip


# years

YEARS = [
    (0, 0),
    (1, 5),
    (5, 5),
    (6, 10),
    (11, 10),
    (12, 20),
    (23, 20),
    (24, 30),
    (47, 30),
    (48, 40),
    (83, 40),
    (84, 50),
]


@pytest.mark.parametrize(("months", "expected"), [*YEARS, (600, 50)])
def test_months_of_use_become_a_level(months, expected):
    assert POLICY.level_of_months(months) == expected
    assert level("delivered", months=months) == (expected, expected)


@pytest.mark.parametrize("kind", CEILINGS)
@pytest.mark.parametrize(("months", "expected"), YEARS)
def test_years_count_up_to_the_ceiling_of_the_kind(kind, months, expected):
    held = min(expected, CEILINGS[kind])
    assert level(kind, months=months) == (held, held)


def test_years_may_be_an_interval():
    assert level("delivered", months=(12, 48)) == (20, 40)


def test_a_level_goes_before_years_and_years_before_a_bare_mention():
    assert level("delivered", 10, months=84) == (10, 10)
    assert level("delivered", months=12) == (20, 20)  # less than a mention's 30: what is said counts
    assert level("stated", 0, months=84) == (0, 0)
    assert level("stated", months=0) == (0, 0)


def test_a_table_that_starts_later_gives_nothing_before():
    assert policy(years=((12, 20),)).level_of_months(11) == 0


def test_dated_use_counts_by_its_time_but_never_for_less_than_a_mention():
    recent = {"span": job((2026, 1))}
    assert level("used", together=(0, 0), **recent) == (30, 30)
    assert level("used", together=(47, 48), **recent) == (30, 40)
    assert level("used", together=(84, 84), **recent) == (40, 40)  # ceiling
    assert level("delivered", together=(48, 84), **recent) == (40, 50)
    assert level("delivered", together=None, **recent) == (30, 30)
    assert level("rated", together=(84, 84), **recent) is None  # a rating without a result


def test_time_in_jobs_counts_only_for_evidence_from_a_job():
    assert level("used", together=(84, 84)) == (30, 30)


def test_time_in_jobs_does_not_replace_what_is_said():
    recent = {"span": job((2026, 1))}
    assert level("used", 20, together=(84, 84), **recent) == (20, 20)
    assert level("used", months=12, together=(84, 84), **recent) == (20, 20)


# fading: after 3 years, half a level a year, never below half

FADED = [  # months since last use, what is left of 50, 40, 30, 5
    (0, 50, 40, 30, 5),
    (36, 50, 40, 30, 5),
    (38, 50, 40, 30, 5),  # 2 months over: 10/12 of a tenth, not yet one
    (39, 49, 39, 29, 4),  # 3 months over: 15/12
    (48, 45, 35, 25, 3),  # one year over: half a level; half of 5 is 2.5, held at 3
    (60, 40, 30, 20, 3),
    (72, 35, 25, 15, 3),  # 30 is at its half
    (84, 30, 20, 15, 3),  # 40 is at its half
    (96, 25, 20, 15, 3),  # 50 is at its half
    (600, 25, 20, 15, 3),
]


@pytest.mark.parametrize(("months", "of_50", "of_40", "of_30", "of_5"), FADED)
def test_a_level_fades_after_three_years_by_half_a_level_a_year_never_below_half(months, of_50, of_40, of_30, of_5):
    assert [POLICY.fade(of, months) for of in (50, 40, 30, 5, 0)] == [of_50, of_40, of_30, of_5, 0]


@pytest.mark.parametrize(("months", "of_50", "of_40", "of_30", "_"), FADED)
def test_fading_comes_after_the_ceiling(months, of_50, of_40, of_30, _):
    when = months_ago(months)
    assert level("rated", 50, last_used=when) == (of_50, of_50)
    assert level("used", 50, last_used=when) == (of_40, of_40)
    assert level("stated", 50, last_used=when) == (of_30, of_30)
    assert level("delivered", last_used=when) == (of_30, of_30)  # a bare mention fades too


def test_an_unknown_date_loses_nothing():
    assert level("rated", 50) == (50, 50)


def test_a_date_known_to_its_year_fades_low_by_its_beginning_and_high_by_its_end():
    # 2020: from 82 months ago (46 over: 230/12 = 19) to 70 months ago (34 over: 170/12 = 14)
    assert level("rated", 50, last_used=year(2020)) == (31, 36)
    assert level("rated", (30, 50), last_used=year(2020)) == (15, 36)


def test_a_date_to_come_counts_as_today():
    assert level("rated", 50, last_used=both(AS_OF + 1000 * TICKS)) == (50, 50)
    assert level("rated", 50, last_used=PRESENT) == (50, 50)


def test_use_in_a_job_ends_with_the_job_whatever_else_is_said():
    assert level("rated", 50, span=job((2010, 1), (2018, 10)), last_used=PRESENT) == (25, 25)  # 96 months
    assert level("rated", 50, span=job((2010, 1)), last_used=months_ago(96)) == (50, 50)


def test_a_month_ago_is_a_full_month():
    assert level("rated", 50, last_used=both(AS_OF - 39 * TICKS + 1)) == (50, 50)
    assert level("rated", 50, last_used=both(AS_OF - 39 * TICKS)) == (49, 49)


def test_other_figures_are_followed():
    quick = policy(grace_months=0, loss_per_year=12, floor_percent=10)
    assert [quick.fade(50, months) for months in (0, 1, 12, 40, 45, 46, 600)] == [50, 49, 38, 10, 5, 5, 5]
