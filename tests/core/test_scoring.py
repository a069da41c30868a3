"""Integers in, integers out: what is refused, how the gate stands, and the same figures by slow fractions."""

import random
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from core_factories import criterion, own_weights, random_rubric, rubric

from service.core import scoring
from service.core.rubric import SENIORITIES, Weights, compile_table
from service.core.scoring import FAIL, GATES, OPEN, PASS, score, values

OF = rubric(criterion("a", "must", gate=20), criterion("b", "must", gate=10), criterion("c", "nice"))
TABLE = compile_table(OF, "mid")  # rows: a, b, c, months, markers
FINE = [30, 30, 30, 24, 2]


def scored(low, high=None, table=TABLE):
    return tuple(int(column[0]) for column in score(table, values([low], table), values([high or low], table)))


# what is refused


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("ceilings", [(50, 50, 50, 255, 2)])
def test_a_value_outside_its_rows_range_is_refused(place, ceilings):
    def row(value):
        return [*FINE[:place], value, *FINE[place + 1 :]]

    for value in (0, ceilings[place]):
        assert values([FINE, row(value)], TABLE)[1, place] == value
    for value in (-1, ceilings[place] + 1, 256, -256, 10**12):
        with pytest.raises(ValueError, match="outside its range"):
            values([FINE, row(value)], TABLE)


@pytest.mark.parametrize("value", [3.0, 30.5, float("nan"), "30", None, 2**70, Fraction(1, 2)])
def test_what_is_no_whole_number_is_refused(value):
    with pytest.raises(ValueError, match="whole numbers"):
        values([FINE, [value, *FINE[1:]]], TABLE)


@pytest.mark.parametrize("rows", [[FINE[:4]], [[*FINE, 0]], [FINE, FINE[:4]], [[FINE, FINE]]])
def test_a_row_of_another_length_is_refused(rows):
    with pytest.raises(ValueError, match=r"."):
        values(rows, TABLE)


def test_values_are_bytes_so_that_none_can_point_outside_the_table():
    matrix = values([FINE, FINE], TABLE)

    assert matrix.dtype == np.uint8
    assert matrix.shape == (2, 5)
    assert TABLE.lookup.shape[1] == 256


def test_no_candidate_is_no_score():
    nobody = values([], TABLE)

    assert nobody.shape == (0, 5)
    assert [column.tolist() for column in score(TABLE, nobody, nobody)] == [[], [], []]


# points: 7,500 for a and b, 1,500 for c, 1,000 for seniority


@pytest.mark.parametrize(
    ("row", "fit"),
    [
        ([30, 30, 30, 24, 2], 10000),
        ([50, 50, 50, 255, 2], 10000),  # nothing more for more
        ([0, 0, 0, 0, 0], 0),
        ([29, 30, 30, 24, 2], 10000 - 125),
        ([15, 15, 15, 12, 1], 5000),
        ([0, 0, 0, 23, 0], 479),  # 500 * 23 / 24 = 479.17
        ([1, 0, 0, 0, 0], 125),
        ([0, 0, 7, 0, 0], 350),
        ([0, 0, 0, 0, 1], 250),
    ],
)
def test_points_of_a_row_by_hand(row, fit):
    assert scored(row)[0] == fit


# the gate


@pytest.mark.parametrize(
    ("low", "high", "gate"),
    [
        ((20, 10), (20, 10), PASS),  # at the gate level is had
        ((19, 10), (19, 10), FAIL),  # just under it
        ((20, 9), (20, 9), FAIL),
        ((19, 10), (20, 10), OPEN),  # may be had
        ((0, 0), (50, 50), OPEN),
        ((20, 0), (50, 50), OPEN),  # one had, one open
        ((20, 0), (50, 9), FAIL),  # one had, one not
        ((0, 0), (19, 50), FAIL),  # one not, one open
        ((20, 10), (50, 50), PASS),
    ],
)
def test_any_must_have_failed_fails_else_any_open_is_open(low, high, gate):
    rest = (0, 0, 0)
    assert scored((*low, *rest), (*high, *rest))[2] == gate
    assert GATES[gate] == {PASS: "pass", OPEN: "open", FAIL: "fail"}[gate]


def test_should_and_nice_never_gate():
    table = compile_table(rubric(criterion("a"), criterion("b", "nice")), "mid")

    assert scored([0, 0, 0, 0], table=table)[2] == PASS


def test_a_must_have_gates_whatever_its_weight():
    table = compile_table(OF, "mid", own_weights(OF, criteria={"a": 0}))

    assert scored([0, 30, 30, 24, 2], table=table) == (10000, 10000, FAIL)


# an independent reference: slow, one candidate at a time, in fractions


def asks_for_several(expression):
    return not isinstance(expression, str) and (expression.k > 1 or any(map(asks_for_several, expression.of)))


def reference(of, seniority, weights, low, high):
    """Return fit, fit at most and gate as the written rule says, in another way than the program's."""
    has_markers = any(marker.band == seniority for marker in of.markers)
    parts = {
        "required": {c.id: weights.criteria[c.id] for c in of.criteria if c.requirement != "nice"},
        "nice": {c.id: weights.criteria[c.id] for c in of.criteria if c.requirement == "nice"},
        "seniority": {"seniority_years": 1} | ({"seniority_markers": 1} if has_markers else {}),
    }
    parts = {part: rows for part, rows in parts.items() if any(rows.values())}
    of_parts = sum(weights.parts[part] for part in parts)
    exact = {
        row: Fraction(weights.parts[part], of_parts) * Fraction(weight, sum(rows.values())) * 10_000
        for part, rows in parts.items()
        for row, weight in rows.items()
    }
    full = {row: floor(share) for row, share in exact.items()}
    while sum(full.values()) < 10_000:  # one point at a time to the row that is most behind
        most = max(exact[row] - full[row] for row in full)
        full[min(row for row in full if exact[row] - full[row] == most)] += 1

    required = [c.required[seniority] for c in of.criteria]
    required += [of.bands[seniority] * 12, sum(marker.band == seniority for marker in of.markers)]
    rows = [*(c.id for c in of.criteria), "seniority_years", "seniority_markers"]

    columns = {}  # where the level stands that a criterion's gate is held against
    for at, c in enumerate(of.criteria):
        columns[at] = len(rows) + sum(n >= len(rows) for n in columns.values()) if asks_for_several(c.skills) else at

    def points(line):
        total = 0
        for row, value, needed in zip(rows, line[: len(rows)], required, strict=True):
            share = Fraction(min(value, needed), needed) if needed else Fraction(1)
            total += floor(full.get(row, 0) * share)
        return total

    musts = [(columns[at], c.gate) for at, c in enumerate(of.criteria) if c.requirement == "must"]
    if any(high[at] < gate for at, gate in musts):
        return points(low), points(high), "fail"
    return points(low), points(high), "pass" if all(low[at] >= gate for at, gate in musts) else "open"


@pytest.mark.parametrize("seed", range(60))
def test_scores_are_those_of_a_slow_reference_in_fractions(seed):
    dice = random.Random(seed)
    of, seniority = random_rubric(seed), dice.choice(SENIORITIES)
    weights = dice.choice(
        [
            of.weights,
            Weights(
                {"required": dice.randint(0, 9), "nice": dice.randint(0, 9), "seniority": dice.randint(1, 9)},
                {c.id: dice.choice([0, 1, 7, 100, 333]) for c in of.criteria},
            ),
        ]
    )
    table = compile_table(of, seniority, weights)
    pairs = [
        [sorted((dice.randint(0, int(top)), dice.randint(0, int(top)))) for top in table.ceilings] for _ in range(100)
    ]
    lows, highs = [[[pair[end] for pair in row] for row in pairs] for end in (0, 1)]
    found = score(table, values(lows, table), values(highs, table))

    for low, high, fit, fit_high, gate in zip(lows, highs, *found, strict=True):
        assert (fit, fit_high, GATES[gate]) == reference(of, seniority, weights, low, high)


# many at a time


def test_a_pool_larger_than_a_block_is_scored_to_its_last_candidate():
    dice = np.random.default_rng(1)
    count = 2 * scoring.BLOCK + 7
    low = dice.integers(0, [51, 51, 51, 256, 3], (count, 5)).astype(np.uint8)
    high = np.maximum(low, dice.integers(0, [51, 51, 51, 256, 3], (count, 5)).astype(np.uint8))
    found = score(TABLE, low, high)

    assert [len(column) for column in found] == [count] * 3
    for at in (0, scoring.BLOCK - 1, scoring.BLOCK, 2 * scoring.BLOCK - 1, 2 * scoring.BLOCK, count - 1):
        assert tuple(int(column[at]) for column in found) == scored(low[at].tolist(), high[at].tolist())
