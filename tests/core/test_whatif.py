"""Single changes are what scoring anew gives; the smallest set of changes is what trying all of them gives."""

import itertools
import random

import numpy as np
import pytest
from core_factories import criterion, random_rubric, rubric, tries

from service.core.ranking import rank
from service.core.rubric import SENIORITIES, WHOLE, compile_table
from service.core.scoring import FAIL, OPEN, PASS, Scores, score, values
from service.core.whatif import (
    BASE,
    Change,
    Goal,
    Rivals,
    Standing,
    changed,
    effects,
    keys,
    levels_of,
    smallest,
    standings,
)

OF = rubric(
    criterion("a", "must", weight=4, gate=20),
    criterion("b", "must", weight=2, gate=20),
    criterion("c", "should", weight=3),
    criterion("d", "nice"),
)
TABLE = compile_table(OF, "mid")  # each requires 3; rows: a, b, c, d, months, markers
UNKNOWN = (0, 50)
ALONE = Rivals(Scores(*(np.array([], kind) for kind in (np.int32, np.int32, np.uint8))))


def line(*levels, months=24, markers=2):
    """Return a candidate's values at least and at most; a single figure is known."""
    pairs = [level if isinstance(level, tuple) else (level, level) for level in (*levels, months, markers)]
    return tuple(np.array(end, np.uint8) for end in zip(*pairs, strict=True))


def pool(table, dice, size):
    """Return candidates of every kind: known, unknown, between."""

    def value(row):
        low = dice.choice((0, 0, 10, 20, 30, 33, 40, 50, dice.randint(0, 50)))
        high = dice.choice((low, low, 50, dice.randint(low, 50)))
        return (min(low, row.ceiling), min(high, row.ceiling))

    def below(ends):
        low = dice.choice((0, ends[0], dice.randint(0, ends[0])))
        return low, dice.choice((ends[1], dice.randint(low, ends[1])))

    rows = [[value(row) for row in table.rows] for _ in range(size)]
    rows = [[*row, *(below(row[place]) for place in own_gates(table))] for row in rows]
    return tuple(values([[pair[end] for pair in row] for row in rows], table) for end in (0, 1))


def own_gates(table):
    """Return the rows whose gate is held against a level of its own, which is never above the one for points."""
    return [place for place, column in enumerate(table.gate_columns) if column != place]


def by_trying(table, low, high, goal, fixed=()):
    """Return the fewest rises and least tenths that reach a goal, by scoring every set of them; None: none does."""
    columns = list(table.gate_columns)
    options = [
        [None, *(level for level in levels_of(row) if level >= low[place] + (low[columns[place]] >= row.gate))]
        if place not in fixed
        else [None]
        for place, row in enumerate(table.rows)
    ]
    tries = list(itertools.product(*options))
    marks = np.array([[-1 if level is None else level for level in one] for one in tries])
    at_gates = marks[:, own_gates(table)]
    marked = np.hstack([marks, at_gates])
    lows, highs = (np.where(marked < 0, own, marked).astype(np.uint8) for own in (low, high))
    found = score(table, lows, highs)
    gates = np.array([row.gate for row in table.rows])
    spoils = ((high[columns] >= gates) & (highs[:, columns] < gates)).any(axis=1)
    good = (keys(found) >= goal.key) & (found.gate >= goal.gate) & ~spoils
    count = (marks >= 0).sum(axis=1)
    steps = np.where(marks >= 0, marks - low[: len(table.rows)], 0).sum(axis=1)
    return min(zip(count[good].tolist(), steps[good].tolist(), strict=True), default=None)


def cost(changes, low):
    return None if changes is None else (len(changes), sum(level - int(low[row]) for row, level in changes))


# Single changes.


def test_an_effect_is_what_scoring_the_changed_candidate_gives():
    low, high = line(10, UNKNOWN, (20, 40), 0)
    found = dict(effects(TABLE, low, high, ALONE))

    assert {change.row for change in found} == {0, 1, 2, 3}
    for change, standing in found.items():
        after = [changed(TABLE, each, [change])[None] for each in (low, high)]
        scores = score(TABLE, *after)
        assert standing[:3] == tuple(int(column[0]) for column in scores)
        assert standing.rank == (None if standing.gate == FAIL else 1)


def test_a_change_makes_a_level_known_and_leaves_the_rest():
    low, high = line(10, UNKNOWN, (20, 40), 0)
    change = Change(1, 20)

    assert changed(TABLE, low, [change]).tolist() == [10, 20, 20, 0, 24, 2]
    assert changed(TABLE, high, [change]).tolist() == [10, 20, 40, 0, 24, 2]
    assert low[1] == 0


def test_learning_that_a_must_have_is_not_there_fails_the_gate():
    low, high = line(30, UNKNOWN, 30, 30)
    found = dict(effects(TABLE, low, high, ALONE))

    assert found[Change(1, 10)].gate == FAIL
    assert found[Change(1, 20)].gate == PASS


def test_levels_are_whole_ones_and_those_that_a_row_names():
    odd = compile_table(rubric(criterion("a", "must", required=(20, 35, 40), gate=15), criterion("b")), "mid")

    assert [levels_of(row) for row in odd.rows] == [
        [0, 10, 15, 20, 30, 35, 40, 50], [0, 10, 20, 30, 40, 50], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_the_rank_is_that_of_the_ranking_with_the_candidate_changed(seed):
    dice = random.Random(seed)
    table = compile_table(random_rubric(seed), dice.choice(SENIORITIES))
    low, high = pool(table, dice, 12)
    place = dice.randrange(12)
    found = effects(table, low[place], high[place], Rivals(score(table, low, high), place))

    for change, standing in dice.sample(found, min(6, len(found))):
        low_after, high_after = low.copy(), high.copy()
        for column in {change.row, table.gate_columns[change.row]}:
            low_after[place, column] = high_after[place, column] = change.level
        ranking = rank(score(table, low_after, high_after), "tester", [str(each) for each in range(12)])
        ranks = dict(zip(ranking.order.tolist(), ranking.ranks.tolist(), strict=True))
        assert standing.rank == ranks.get(place)


def test_rivals_say_what_is_needed_for_the_top():
    of = Scores(
        *(np.array(column) for column in ([900, 500, 500, 700], [950, 600, 500, 800], [PASS, OPEN, PASS, FAIL]))
    )
    rivals = Rivals(of)

    assert [rivals.key_for(top) for top in (1, 2, 3, 4)] == [900 * BASE + 950, 500 * BASE + 600, 500 * BASE + 500, 0]
    assert rivals.ranks(np.array([901 * BASE, 900 * BASE + 950, 500 * BASE + 550, 0])).tolist() == [1, 1, 3, 4]
    assert Rivals(of, but=0).key_for(1) == 500 * BASE + 600


# The fewest changes.


def test_the_gate_opens_by_the_must_haves_that_hold_it_and_no_others():
    low, high = line(10, UNKNOWN, 0, 0)

    assert smallest(TABLE, low, high, Goal(PASS)) == (Change(0, 20), Change(1, 20))
    assert smallest(TABLE, low, high, Goal(OPEN)) == (Change(0, 20),)


def test_a_goal_that_is_reached_needs_nothing():
    low, high = line(30, 30, 30, 30)

    assert smallest(TABLE, low, high, Goal(PASS, WHOLE * BASE)) == ()


def test_one_change_goes_before_two_smaller_ones_and_no_further_than_it_has_to():
    low, high = line(30, 30, 0, 0)
    (now,) = standings(TABLE, low[None], high[None], ALONE)

    assert smallest(TABLE, low, high, Goal(key=(now.fit + 100) * BASE)) == (Change(2, 10),)
    assert now == Standing(now.fit, now.fit, PASS, 1)


def test_what_is_to_stay_stays_and_a_goal_may_then_be_out_of_reach():
    low, high = line(10, 30, 0, 0)

    assert smallest(TABLE, low, high, Goal(key=4000 * BASE), fixed={2}) == (Change(0, 20),)
    assert smallest(TABLE, low, high, Goal(PASS), fixed={0}) is None
    assert smallest(TABLE, low, high, Goal(key=WHOLE * BASE), fixed={3}) is None


def test_years_and_markers_are_no_levels_so_that_full_points_may_be_out_of_reach():
    low, high = line(0, 0, 0, 0, months=0)

    assert smallest(TABLE, low, high, Goal(key=WHOLE * BASE)) is None


def test_a_rise_never_settles_a_must_have_as_one_that_is_not_there():
    low, high = line(30, UNKNOWN, 30, 30)
    (now,) = standings(TABLE, low[None], high[None], ALONE)

    assert smallest(TABLE, low, high, Goal(key=(now.fit + 1) * BASE)) == (Change(1, 20),)


TRIES = tries(250)


@pytest.mark.parametrize("block", range(5))
def test_the_fewest_changes_are_what_trying_all_of_them_gives(block):
    compared = 0
    for seed in range(block * TRIES, (block + 1) * TRIES):
        dice = random.Random(seed)
        table = compile_table(random_rubric(seed % 997), dice.choice(SENIORITIES))
        if len(table.rows) > 6:
            continue
        low, high = pool(table, dice, 6)
        others = score(table, low, high)
        goal = Goal(dice.choice((FAIL, OPEN, PASS)), _key(dice, Rivals(others, 0)))
        fixed = {place for place in range(len(table.rows)) if dice.random() < 0.1}

        found = smallest(table, low[0], high[0], goal, fixed)

        assert cost(found, low[0]) == by_trying(table, low[0], high[0], goal, fixed), seed
        if found is not None:
            lows, highs = (changed(table, each[0], found)[None] for each in (low, high))
            after = score(table, lows, highs)
            assert keys(after)[0] >= goal.key
            assert after.gate[0] >= goal.gate
        compared += 1
    assert compared > TRIES / 3


def _key(dice, rivals):
    """Return a key of every kind: of a fit, of the top, or none."""
    return dice.choice((0, rivals.key_for(dice.randint(1, 6)), dice.randint(0, WHOLE) * BASE, rivals.key_for(1)))
