"""How a rubric works on a pool, in numbers, against numbers worked out another way."""

import numpy as np
import pytest
from core_factories import criterion, rubric, wide_rubric
from scipy import stats

from service.core import lint
from service.core.rubric import AtLeast, compile_table
from service.core.scoring import score, values

WIDE = compile_table(wide_rubric(), "senior")


def pool(table, count, seed, unknown=0.3):
    """Return a random pool: values at least and at most."""
    dice = np.random.default_rng(seed)
    low = dice.integers(0, table.ceilings + 1, (count, table.width))
    high = np.where(dice.random(low.shape) < unknown, table.ceilings, low)
    low = np.where(high == low, low, 0)
    return values(low.tolist(), table), values(high.tolist(), table)


@pytest.mark.parametrize("seed", range(5))
def test_effective_weights_are_the_shares_of_each_row_in_the_variance_of_the_fits(seed):
    low, high = pool(WIDE, 300, seed)
    found = lint.uses(WIDE, low, high)
    points = np.array([[WIDE.lookup[row, line[row]] for row in range(len(WIDE.rows))] for line in low.tolist()])
    fits = score(WIDE, low, high).fit
    assert (points.sum(axis=1) == fits).all()
    for use in found:
        expected = np.cov(points[:, use.row], fits, bias=True)[0, 1] / fits.var()
        assert use.effective == pytest.approx(expected, abs=1e-12)
        assert use.error == pytest.approx(stats.linregress(fits, points[:, use.row]).stderr)
        assert use.nominal == WIDE.full[use.row] / 10_000
        assert use.unknown == pytest.approx(
            np.mean(
                [a == 0 and b == WIDE.ceilings[use.row] for a, b in zip(low[:, use.row], high[:, use.row], strict=True)]
            )
        )
    assert sum(use.effective for use in found) == pytest.approx(1)
    assert sum(use.nominal for use in found) == pytest.approx(1)


def test_where_all_are_alike_nothing_differs_and_nothing_is_effective():
    low, high = pool(WIDE, 1, 1)
    found = lint.uses(WIDE, np.repeat(low, 9, axis=0), np.repeat(high, 9, axis=0))
    assert {(use.differs, use.effective) for use in found} == {(False, None)}


@pytest.mark.parametrize("seed", range(5))
def test_twins_are_those_that_correlate_where_both_are_known(seed):
    low, high = pool(WIDE, 120, seed)
    low[:, 1] = np.where(high[:, 0] == low[:, 0], low[:, 0], low[:, 1])
    found = {(one.first, one.second): one for one in lint.twins(WIDE, low, high, -1)}
    known = (low > 0) | (high < 50)
    levels = [place for place, row in enumerate(WIDE.rows) if row.unit == "level"]
    for first in levels:
        for second in levels[levels.index(first) + 1 :]:
            both = known[:, first] & known[:, second]
            expected = stats.pearsonr(low[both, first].astype(float), low[both, second].astype(float)).statistic
            assert found[first, second].people == both.sum()
            assert found[first, second].alike == pytest.approx(expected, abs=1e-9)


def test_few_people_and_rows_without_differences_have_no_twins():
    low, high = pool(WIDE, lint.LEAST_KNOWN - 1, 3, unknown=0)
    assert lint.twins(WIDE, low, high, -1) == []
    low, high = pool(WIDE, 200, 3, unknown=0)
    low[:, 0] = high[:, 0] = 30
    assert all(0 not in (one.first, one.second) for one in lint.twins(WIDE, low, high, -1))


def test_criteria_that_ask_for_the_same_skills_are_named():
    both = AtLeast(1, ("sql", "spark"))
    asked = rubric(criterion("python"), criterion("sql", skills=both), criterion("spark", skills="spark"))
    assert [(one.first, one.second, one.alike) for one in lint.overlaps(asked, 0.5)] == [(1, 2, 0.5)]
    assert lint.overlaps(asked, 0.6) == []


def test_skills_that_count_in_several_criteria_are_grouped_by_these():
    asked = rubric(criterion("python", weight=3), criterion("sql", weight=1), implies={"pandas": ("python", "sql")})
    table = compile_table(asked, "senior")
    assert lint.repeated(asked, table, 3, 0) == []
    assert lint.repeated(asked, table, 2, 1.1) == []
    share = sum(table.full[:2]) / 10_000
    assert lint.repeated(asked, table, 2, 0) == [lint.Repeated(("pandas",), (0, 1), share)]


def test_a_part_of_what_is_asked_for_together_counts_alone_and_an_implied_area_does_not():
    both = AtLeast(2, ("sql", "python"))
    asked = rubric(
        criterion("python"), criterion("spark", skills=both), implies={"pandas": ("python", "sql"), "hive": ("spark",)}
    )
    found = lint.repeated(asked, compile_table(asked, "senior"), 1, 0)
    assert {one.rows: one.skills for one in found} == {(0, 1): ("pandas", "python"), (1,): ("spark", "sql")}
