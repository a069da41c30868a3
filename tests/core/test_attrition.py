"""What must-haves take, against taking them in every order and trying every set of them."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
from core_factories import criterion, rubric

from service.core.attrition import attrition, must_haves, nobody_meets, shares
from service.core.rubric import compile_table
from service.core.scoring import FAIL, PASS, score, values


def table_of(musts):
    wanted = [criterion(f"m{number}", "must", gate=20) for number in range(musts)]
    return compile_table(rubric(criterion("nice", "nice"), *wanted), "mid")


def pool(table, rows):
    """Return values at least and at most; a row holds the levels of the must-haves, None for unknown."""

    def ends(row, at):
        return [30, *(at if level is None else level for level in row), 24, 2]

    return tuple(values([ends(row, at) for row in rows], table) for at in (0, 50))


def drawn(dice, musts, size):
    return [[dice.choice((0, 10, 15, 30, 40, 50, None)) for _ in range(musts)] for _ in range(size)]


def removed_by(table, column, kept):
    """Return who is removed where only some must-haves count, by their numbers."""
    gated = [place for number, place in enumerate(must_haves(table)) if number in kept]
    return {who for who, line in enumerate(column) if any(line[place] < 20 for place in gated)}


def test_must_haves_are_the_rows_that_gate():
    assert must_haves(table_of(3)) == [1, 2, 3]


def test_each_toll_in_a_pool_to_follow_by_hand():
    table = table_of(2)
    low, high = pool(table, [[0, 30], [15, 30], [30, 30], [0, 0], [30, None]])
    surely, strict = attrition(table, high), attrition(table, low)

    assert [toll[:3] for toll in surely.tolls] == [(3, 2, 1), (1, 0, 0)]
    assert [toll.share for toll in surely.tolls] == [Fraction(5, 2), Fraction(1, 2)]
    assert surely.removed == 3
    assert [toll[:3] for toll in strict.tolls] == [(3, 2, 1), (2, 1, 0)]
    assert strict.removed == 4
    assert surely.nobody_meets == strict.nobody_meets == ()


@pytest.mark.parametrize("musts", [1, 2, 3, 4, 5])
def test_a_share_is_the_mean_of_what_a_must_have_removes_over_all_orders(musts):
    for seed in range(12):
        table = table_of(musts)
        for column in pool(table, drawn(random.Random(seed), musts, 15)):
            found = attrition(table, column)
            total, orders = [0] * musts, list(itertools.permutations(range(musts)))
            for order in orders:
                gone = set()
                for number in order:
                    now = removed_by(table, column, {number}) - gone
                    total[number] += len(now)
                    gone |= now
            assert [toll.share for toll in found.tolls] == [Fraction(each, len(orders)) for each in total]
            assert sum(toll.share for toll in found.tolls) == found.removed == len(gone)


@pytest.mark.parametrize("seed", range(10))
def test_what_giving_way_brings_is_what_the_list_grows_by(seed):
    table = table_of(4)
    low, high = pool(table, drawn(random.Random(seed), 4, 40))
    gates = score(table, low, high).gate
    for column, least in ((high, FAIL + 1), (low, PASS)):
        found = attrition(table, column)
        everything = set(range(4))
        assert found.removed == int((gates < least).sum()) == len(removed_by(table, column, everything))
        for number, toll in enumerate(found.tolls):
            assert toll.removed == len(removed_by(table, column, {number}))
            assert toll.alone == found.removed - len(removed_by(table, column, everything - {number}))
            lower = column.copy()
            lower[:, number + 1] += 10
            assert toll.lowered == found.removed - len(removed_by(table, lower, everything))


@pytest.mark.parametrize("seed", range(30))
def test_the_sets_nobody_meets_are_those_that_trying_all_finds(seed):
    dice = random.Random(seed)
    musts = dice.randint(1, 6)
    patterns = np.array([[dice.random() < 0.5 for _ in range(musts)] for _ in range(dice.randint(1, 25))])
    tried = [
        chosen
        for size in range(1, musts + 1)
        for chosen in itertools.combinations(range(musts), size)
        if patterns[:, list(chosen)].any(axis=1).all()
    ]

    assert nobody_meets(patterns) == [chosen for chosen in tried if len(chosen) == len(tried[0])]


def test_where_nobody_is_or_nothing_is_asked_nothing_is_taken():
    nobody = attrition(table_of(2), np.empty((0, 5), np.uint8))
    nothing = compile_table(rubric(criterion("nice", "nice")), "mid")

    assert (nobody.removed, nobody.nobody_meets) == (0, ())
    assert [toll[:3] for toll in nobody.tolls] == [(0, 0, 0)] * 2
    assert attrition(nothing, values([[30, 24, 2]], nothing)) == ((), 0, ())


def test_shares_are_exact_where_a_third_is_no_decimal():
    patterns, counts = np.array([[True, True, True], [True, False, False]]), np.array([1, 1])

    assert shares(patterns, counts) == [Fraction(4, 3), Fraction(1, 3), Fraction(1, 3)]
