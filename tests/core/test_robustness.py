"""How far a ranking hangs on weights and unknowns: against slow loops of its own, and planted cases."""

import numpy as np
import pytest
from core_factories import criterion, random_rubric, rubric, wide_rubric
from hypothesis import given
from hypothesis import strategies as st

from service.core.certainty import certain_order
from service.core.questions import worth
from service.core.robustness import Pool, draw_weights, robustness, seed_of, shares
from service.core.rubric import compile_table
from service.core.scoring import score, values

TWO = rubric(
    criterion("python", "should", required=(20, 30, 40)), criterion("sql", "should", required=(20, 30, 40)), markers={}
)


def pool_of(table, low, high=None):
    low = values(low, table)
    return Pool(shares(table, low), shares(table, values(high, table) if high is not None else low))


def draws_of(table, count, certainty=0.8, *, ranked=False, seed=1):
    return draw_weights(table, count, certainty, np.random.default_rng(seed), ranked=ranked)


def random_values(table, count, seed):
    dice = np.random.default_rng(seed)
    ends = np.sort(dice.integers(0, np.minimum(table.ceilings, 60) + 1, (2, count, table.width)), axis=0)
    return ends.astype(np.uint8)


@pytest.mark.parametrize("ranked", [False, True])
@pytest.mark.parametrize("certainty", [0, 0.5, 0.9, 1])
def test_weights_are_points_of_a_hundred_and_rows_without_points_get_none(certainty, ranked):
    table = compile_table(wide_rubric(), "senior")
    weights = draws_of(table, 200, certainty, ranked=ranked)
    assert weights.sum(axis=1) == pytest.approx(np.full(200, 100), abs=1e-3)
    assert (weights >= 0).all()
    assert (weights[:, np.array(table.full) == 0] == 0).all()


def test_the_surer_the_nearer_to_the_rubrics_own_weights():
    table = compile_table(wide_rubric(), "mid")
    own = np.array(table.full) / 100
    away = [np.abs(draws_of(table, 500, sure) - own).mean() for sure in (0, 0.1, 0.2, 0.5, 0.9, 0.99, 1)]
    assert away == sorted(away, reverse=True)
    assert away[-1] < 1e-4
    assert np.abs(draws_of(table, 4000, 0.8).mean(axis=0) - own).max() < 0.8


@pytest.mark.parametrize("sure", [1e-300, 1e-6, 0.01, 0.1, 0.3])
def test_who_is_hardly_sure_draws_no_wilder_weights_than_who_is_not_at_all(sure):
    table = compile_table(wide_rubric(), "mid")
    wildest, found = (draws_of(table, 4000, each).max(axis=1).mean() for each in (0, sure))
    assert found < wildest + 0.5


@pytest.mark.parametrize("seed", range(3))
def test_the_rubrics_own_weights_rank_as_the_shortlist_does_rounded_points_and_all(seed):
    table = compile_table(wide_rubric(), "mid")
    low, _ = random_values(table, 300, seed)
    fits = score(table, low, low).fit
    low, fits = low[np.argsort(-fits)], -np.sort(-fits)
    found = robustness(pool_of(table, low), draws_of(table, 1, 1), 10, np.random.default_rng(0), shown=300)
    assert found.ranks[:, 1].tolist() == [1 + int((fits > own).sum()) for own in fits]


def test_ranked_weights_keep_the_rubrics_order_within_each_part():
    of = rubric(
        criterion("python", "should", weight=5), criterion("sql", "should", weight=3), criterion("java", "should")
    )
    table = compile_table(of, "mid")
    weights = draws_of(table, 300, ranked=True)
    assert (weights[:, 0] >= weights[:, 1]).all()
    assert (weights[:, 1] >= weights[:, 2]).all()
    assert weights[:, 0].std() > 1


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_a_slow_ranking_of_each_draw(seed):
    table = compile_table(random_rubric(seed), "mid")
    low, _ = random_values(table, 40, seed)
    pool, weights = pool_of(table, low), draws_of(table, 130, seed=seed)
    found = robustness(pool, weights, 7, np.random.default_rng(0), shown=15, fills=False)
    first, top, ranks, above = np.zeros(40), np.zeros(40), [[] for _ in range(15)], np.zeros(15)
    for line in weights:
        fits = [float(sum(w * s for w, s in zip(line, share, strict=True))) for share in pool.low]
        places = [1 + sum(other > mine + 1e-4 for other in fits) for mine in fits]
        first += [place == 1 for place in places]
        top += [place <= 7 for place in places]
        for one in range(15):
            ranks[one].append(places[one])
            above[one] += (fits[one] > fits[one + 1] + 1e-4) + (abs(fits[one] - fits[one + 1]) <= 1e-4) / 2
    assert found.first == pytest.approx(first / 130, abs=0.02)
    assert found.top == pytest.approx(top / 130, abs=0.02)
    assert found.above == pytest.approx(above / 130, abs=0.02)
    for one in range(15):
        assert abs(np.percentile(ranks[one], [5, 50, 95], method="nearest") - found.ranks[one]).max() <= 1


def test_the_same_seed_has_the_same_answer_and_another_one_another():
    table = compile_table(wide_rubric(), "mid")
    low, high = random_values(table, 30, 3)

    def run(seed):
        dice = np.random.default_rng(seed)
        weights = draw_weights(table, 100, 0.8, dice, ranked=False)
        return robustness(pool_of(table, low, high), weights, 5, dice, shown=30)

    one, same, other = run(seed_of(["a", "b"])), run(seed_of(["a", "b"])), run(seed_of(["a", "c"]))
    assert (one.top == same.top).all()
    assert (one.ranks == same.ranks).all()
    assert (one.top != other.top).any()


def test_a_certain_first_and_a_fragile_one_are_told_apart():
    table = compile_table(TWO, "senior")
    certain = pool_of(table, [[40, 40, 0, 0], [20, 20, 0, 0]])
    fragile = pool_of(table, [[40, 20, 0, 0], [20, 40, 0, 0]])
    found = [
        robustness(pool, draws_of(table, 1000), 1, np.random.default_rng(0), shown=2) for pool in (certain, fragile)
    ]
    assert found[0].first.tolist() == [1, 0]
    assert found[1].first == pytest.approx([0.5, 0.5], abs=0.08)
    assert np.isnan(found[0].central[1]).all()
    assert found[1].central[0][0] > found[1].central[0][1], "the first needs Python to weigh more"
    assert found[1].central[1][0] < found[1].central[1][1]


def test_what_is_unknown_is_filled_evenly_and_apart_for_neighbours():
    table = compile_table(TWO, "senior")
    pool = pool_of(table, [[0, 40, 0, 0]] * 3, [[40, 40, 0, 0]] * 3)
    weights = draws_of(table, 3000, 1)
    found = robustness(pool, weights, 1, np.random.default_rng(0), shown=3)
    assert found.first == pytest.approx([1 / 3] * 3, abs=0.05)
    assert found.above[:2] == pytest.approx([0.5, 0.5], abs=0.05)


def test_nobody_and_somebody_alone_can_be_asked_about():
    table = compile_table(TWO, "senior")
    alone = robustness(pool_of(table, [[40, 0, 0, 0]]), draws_of(table, 10), 5, np.random.default_rng(0), shown=5)
    assert (alone.first.tolist(), alone.ranks.tolist()) == ([1], [[1, 1, 1]])
    nobody = robustness(pool_of(table, []), draws_of(table, 10), 5, np.random.default_rng(0), shown=5)
    assert (len(nobody.first), len(nobody.ranks)) == (0, 0)


fits = st.lists(
    st.tuples(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), st.booleans()), min_size=1, max_size=12
)


@given(fits)
def test_the_certain_order_is_that_of_brute_force(people):
    spans, stays = zip(*people, strict=True)
    low, high = (np.array(ends, np.int32) for ends in zip(*spans, strict=True))
    found = certain_order(low, high, np.array(stays))
    for me, (mine_low, mine_high) in enumerate(spans):
        others = [place for place in range(len(spans)) if place != me]
        assert found.best[me] == 1 + sum(stays[other] and spans[other][0] > mine_high for other in others)
        assert found.worst[me] == 1 + sum(spans[other][1] > mine_low for other in others)
        for you, (yours_low, _) in enumerate(spans):
            if found.group[me] > found.group[you]:
                assert yours_low > mine_high, "between groups the order is certain"
    for number in range(1, found.group.max()):
        upper, lower = low[found.group <= number].min(), high[found.group > number].max()
        assert upper > lower


@pytest.mark.parametrize("seed", range(6))
def test_what_a_question_is_worth_is_what_all_answers_come_to(seed):
    table = compile_table(random_rubric(seed), "mid")
    low, high = random_values(table, 12, seed)
    fit = score(table, low, high).fit
    cut = int(np.sort(fit)[-3])
    found = worth(table, low, high, fit, cut)
    for who in range(12):
        for row in range(len(table.rows)):
            answers = range(low[who, row], high[who, row] + 1)
            gained = [int(table.lookup[row, value] - table.lookup[row, low[who, row]]) for value in answers]
            assert found.rise[who, row] == pytest.approx(np.mean(gained))
            enters = np.mean([fit[who] + more >= cut for more in gained]) if fit[who] < cut else 0
            assert found.enters[who, row] == pytest.approx(enters)
            gate, column = table.rows[row].gate, table.gate_columns[row]
            answers = range(low[who, column], high[who, column] + 1)
            opens = np.mean([value >= gate for value in answers]) if gate and low[who, column] < gate else 0
            assert found.opens[who, row] == pytest.approx(opens)
