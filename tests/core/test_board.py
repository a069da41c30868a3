"""A board finds for all roles what each finds for itself, and knows how long that holds."""

import pytest
from core_factories import (
    AS_OF,
    IMPLIES,
    MARKERS,
    POLICY,
    criterion,
    job,
    piece,
    policy,
    profile,
    profiles,
    proven,
    random_rubric,
    rubric,
    ticks,
    wide_rubric,
    year,
)
from hypothesis import given
from hypothesis import strategies as st

from service.core.board import A_CROWD, Board
from service.core.profile import estimate_seniority, row_of
from service.core.rubric import SENIORITIES, WIDTH, AtLeast, compile_table
from service.core.steady import ALWAYS, steady
from service.core.time import TICKS, tick

FLAT = rubric(criterion("python", "must"))


def rows(board, candidates, table, as_of):
    """Return what a board's matrix says of candidates in the rows of a table, at least and at most."""
    matrix = board.matrix([board.line(candidate, as_of).values for candidate in candidates])
    low, high = board.values(matrix, table)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def may_be_anything(months):
    return months is not None and months[0] == 0 and months[1] >= WIDTH - 1


@st.composite
def boards(draw):
    """Return rubrics of one vocabulary, with and without markers."""
    seeds = draw(st.lists(st.integers(0, 100_000), min_size=1, max_size=4))
    marked = st.sampled_from([MARKERS, {}, {"senior": ("leads", "owns")}])
    own = [rubric(*random_rubric(seed).criteria, implies=IMPLIES, markers=draw(marked)) for seed in seeds]
    return [*own, wide_rubric()]


@proven()
@given(boards(), st.lists(profiles(), min_size=1, max_size=4), ticks)
def test_a_board_says_of_each_role_and_seniority_what_the_role_says(of, pool, as_of):
    board = Board(of)
    for own in of:
        for seniority in SENIORITIES:
            expected = [row_of(candidate, own, seniority, as_of) for candidate in pool]
            assert rows(board, pool, compile_table(own, seniority), as_of) == expected


@proven()
@given(boards(), st.lists(profiles(), min_size=1, max_size=4), ticks)
def test_a_board_estimates_the_seniority_of_all_as_of_each(of, pool, as_of):
    board = Board(of)
    pool = [candidate for candidate in pool if not may_be_anything(candidate.experience(as_of))]
    matrix = board.matrix([board.line(candidate, as_of).values for candidate in pool])
    for own in of:
        found = board.estimates(matrix, compile_table(own, "mid"))
        named = [None if place < 0 else SENIORITIES[place] for place in found]
        assert named == [estimate_seniority(candidate, own, as_of).estimate for candidate in pool]


@proven()
@given(boards(), st.lists(profiles(), max_size=12), ticks)
def test_the_lines_of_a_crowd_are_those_of_each(of, pool, as_of):
    board = Board(of)
    crowd = pool * (A_CROWD // max(1, len(pool)) + 1)

    assert board.lines(crowd, as_of) == [board.line(candidate, as_of) for candidate in crowd]


@proven(500)
@given(boards(), profiles(), ticks, st.data())
def test_a_line_holds_as_long_as_it_says(of, candidate, as_of, data):
    board = Board(of)
    line = board.line(candidate, as_of)
    since, until = line.holds

    assert since <= as_of <= until
    nearest = (max(since, as_of - 80 * 12 * TICKS), min(until, as_of + 80 * 12 * TICKS))
    for other in (*nearest, data.draw(st.integers(*nearest))):
        assert board.line(candidate, other).values == line.values


def test_who_tells_no_date_is_the_same_for_ever():
    told = profile(piece("python", level=30), piece("sql", months=40), months=60)

    assert steady(told, POLICY, AS_OF) == ALWAYS
    assert steady(profile(), POLICY, AS_OF) == ALWAYS


def test_what_was_used_long_ago_changes_no_more():
    old = profile(piece("python", level=40, last_used=year(1990)), months=60)
    since, until = steady(old, POLICY, AS_OF)

    assert (since > tick(1990), until) == (True, ALWAYS[1])


@pytest.mark.parametrize("months", [12, 37, 60])
def test_a_level_holds_until_it_loses_its_next_tenth(months):
    when = AS_OF - months * TICKS
    faded = profile(piece("python", "used", 50, last_used=(when, when)))
    board, (_, until) = Board([FLAT]), steady(faded, POLICY, AS_OF)

    assert board.line(faded, until).values == board.line(faded, AS_OF).values
    assert board.line(faded, until + 1).values != board.line(faded, AS_OF).values


def test_a_job_that_goes_on_adds_a_month_at_the_end_of_each():
    working = profile(jobs=(job((2020, 1)),))

    assert steady(working, POLICY, tick(2026, 11, 20)) == (tick(2026, 11), tick(2026, 12) - 1)
    assert steady(profile(jobs=(job((2020, 1)),), months=70), POLICY, AS_OF) == ALWAYS


def test_a_job_that_is_over_adds_nothing():
    over = profile(jobs=(job((2020, 1), (2021, 12)),))

    assert steady(over, POLICY, AS_OF) == (tick(2022), ALWAYS[1])


def test_a_skill_of_a_job_that_goes_on_holds_until_its_years_give_more():
    working = profile(piece("python", "delivered", span=job((2024, 1))), months=60)  # 34 months: 48 are the next step

    assert steady(working, POLICY, AS_OF) == (tick(2026), tick(2028) - 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, tuple(range(39, 97))),
        ({"loss_per_year": 0}, ()),
        ({"floor_percent": 100}, ()),
        ({"loss_per_year": 60, "floor_percent": 90, "grace_months": 0}, (1,)),
        ({"loss_per_year": 12, "floor_percent": 80, "grace_months": 6}, tuple(range(7, 17))),
    ],
)
def test_the_months_at_which_levels_lose_are_those_at_which_one_does(changes, expected):
    rules = policy(**changes)
    losing = [m for m in range(1, 400) if any(rules.fade(v, m) != rules.fade(v, m - 1) for v in range(51))]

    assert list(rules.losses) == losing
    assert not expected or set(losing) <= set(expected)
    assert bool(losing) == bool(expected)


def test_a_board_is_named_by_all_that_its_lines_depend_on():
    others = [
        rubric(criterion("sql", "must")),
        rubric(criterion("python", "must", skills=AtLeast(1, ("python", "sql")))),
        rubric(criterion("python", "must"), markers={"senior": ("leads",)}),
        rubric(criterion("python", "must"), rules=policy(grace_months=1)),
        rubric(criterion("python", "must"), implies={"sql": ("python",)}),
    ]
    boards_ = [[FLAT], *([other] for other in others), [FLAT, others[0]], [others[0], FLAT]]
    assert Board([FLAT]).name == Board([FLAT]).name
    assert len({Board(of).name for of in boards_}) == len(boards_)


def test_what_a_criterion_weighs_or_requires_names_no_other_board():
    other = rubric(criterion("python", "nice", weight=2, required={"junior": 5, "mid": 15, "senior": 50}))
    assert other.digest != FLAT.digest
    assert Board([other]).name == Board([FLAT]).name


def test_rubrics_of_different_policies_share_no_board():
    with pytest.raises(ValueError, match="one policy"):
        Board([FLAT, rubric(criterion("sql"), rules=policy(grace_months=0))])


def test_rubrics_of_different_vocabularies_share_no_board():
    with pytest.raises(ValueError, match="one vocabulary"):
        Board([wide_rubric(), rubric(criterion("docker"), implies={"kubernetes": ()})])
