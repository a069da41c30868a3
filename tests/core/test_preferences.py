"""Weights from preferences: they keep what can be kept, none keep it better, none that do are nearer to the present."""

import random

import numpy as np
import pytest
from core_factories import MARKERS, criterion, own_weights, rubric

from service.core.preferences import MARGIN, MOST_PAIRS, kept, next_pair, pairs_of, propose
from service.core.rubric import Weights, compile_table
from service.core.scoring import score, values
from service.solving import solve

OF = rubric(
    criterion("a", "must", weight=4),
    criterion("b", "should", weight=4),
    criterion("c", "nice", weight=2),
    criterion("d", "nice", weight=2),
)
TABLE = compile_table(OF, "mid")


def pool(*rows, table=TABLE):
    """Return the values at least of candidates: levels of the criteria, months, markers."""
    return values([[*row, *(24, 2)[len(row) - 4 :]] if len(row) < 6 else list(row) for row in rows], table)


def drawn(seed, size=12, table=TABLE):
    dice = random.Random(seed)
    return values(
        [[dice.choice((0, 10, 20, 30, 40)) for _ in range(4)] + [dice.choice((0, 12, 24)), dice.randint(0, 2)]
         for _ in range(size)], table,
    )  # fmt: skip


def shares(table):
    return np.array([*table.full[:4], sum(table.full[4:])]) / 10_000


def furthest(of):
    """Return the greatest change of a share against what it is in the rubric."""
    return float((np.abs(of - shares(TABLE)) / shares(TABLE)).max())


def earned(low):
    rate = np.minimum(low, [30, 30, 30, 30, 24, 2]) / [30, 30, 30, 30, 24, 2]
    return np.column_stack([rate[:, :4], rate[:, 4:].mean(axis=1)])


def slack(low, pairs, of):
    """Return by how much pairs fall short of the margin together, in points."""
    found = earned(low)
    return 100 * sum(max(0, MARGIN - float((found[a] - found[b]) @ of)) for a, b in pairs)


def by_hidden_weights(seed, low, pairs=8):
    """Return pairs as somebody with other weights in mind would order them, each by at least three points."""
    dice = random.Random(seed)
    mind = compile_table(OF, "mid", Weights(
        {"required": 50, "nice": 40, "seniority": 10}, {id_: dice.randint(1, 9) for id_ in "abcd"}
    ))  # fmt: skip
    fit = score(mind, low, low).fit
    found = [(a, b) for a in range(len(low)) for b in range(len(low)) if fit[a] > fit[b] + 300]
    return dice.sample(found, min(pairs, len(found)))


@pytest.mark.parametrize("seed", range(25))
def test_what_somebody_with_other_weights_in_mind_prefers_is_kept_whole(seed):
    low = drawn(seed)
    pairs = by_hidden_weights(seed, low)
    found = propose(TABLE, low, pairs, solve)
    proposed = compile_table(OF, "mid", found.weights)

    assert all(kept(proposed, low, pairs))
    assert found.slack == 0
    assert all(isinstance(weight, int) and 0 <= weight <= 1000 for weight in found.weights.criteria.values())
    assert np.abs(shares(proposed) - shares(TABLE)).sum() < np.abs(shares(proposed)).sum()


@pytest.mark.parametrize("seed", range(10))
def test_of_many_weights_at_random_none_keeps_better_and_none_that_keeps_as_well_is_nearer(seed):
    low = drawn(seed, 8)
    dice = random.Random(seed)
    pairs = [tuple(dice.sample(range(8), 2)) for _ in range(6)]
    found = propose(TABLE, low, pairs, solve)
    ours = shares(compile_table(OF, "mid", found.weights))
    distance = furthest(ours)
    tries = np.random.default_rng(seed).dirichlet(np.ones(5) * 2, 3_000)
    near = np.vstack([tries, shares(TABLE) + (tries - shares(TABLE)) * 0.2])

    assert slack(low, pairs, ours) <= found.slack + 0.7
    for one in near:
        assert slack(low, pairs, one) >= found.slack - 0.01
        if slack(low, pairs, one) <= found.slack + 1e-9:
            assert furthest(one) > distance - 0.05


def test_what_contradicts_itself_leaves_slack_and_the_present_weights():
    low = pool((30, 0, 0, 0), (0, 30, 0, 0))
    found = propose(TABLE, low, [(0, 1), (1, 0)], solve)

    assert found == (TABLE.weights, 2, 0)


def test_without_pairs_or_with_pairs_that_are_kept_the_present_weights_stay():
    low = pool((30, 30, 0, 0), (0, 30, 0, 0))

    assert propose(TABLE, low, [], solve) == (TABLE.weights, 0, 0)
    assert propose(TABLE, low, [(0, 1)], solve) == (TABLE.weights, 0, 0)


def test_only_what_has_to_move_moves():
    low = pool((0, 0, 30, 0), (0, 0, 0, 30))
    found = propose(TABLE, low, [(0, 1)], solve)
    now, then = shares(TABLE), shares(compile_table(OF, "mid", found.weights))

    assert then[:2] == pytest.approx(now[:2], abs=0.001)
    assert then[2] > then[3]


@pytest.mark.parametrize("within", [1, 1.5, 3])
def test_no_share_grows_or_shrinks_by_more_than_it_may_and_pairs_are_given_up_rather(within):
    low = pool((0, 0, 0, 30), (30, 30, 30, 0))
    found = propose(TABLE, low, [(0, 1)], solve, within)
    then = shares(compile_table(OF, "mid", found.weights))

    assert (then / shares(TABLE)).max() <= within + 0.02
    assert (shares(TABLE) / then).max() <= within + 0.02
    assert found.slack > 0
    assert found.greatest <= within
    assert (found.weights is TABLE.weights) == (within == 1)
    assert propose(TABLE, low, [(0, 1)], solve).slack == 0


def test_seniority_is_one_share_of_years_and_markers_together():
    low = values([[0, 0, 0, 0, 24, 2], [30, 0, 0, 0, 0, 0]], TABLE)
    found = propose(TABLE, low, [(0, 1)], solve)
    proposed = compile_table(OF, "mid", found.weights)

    assert kept(proposed, low, [(0, 1)]) == [True]
    assert abs(proposed.full[-1] - proposed.full[-2]) <= 1


def test_without_markers_years_are_all_of_seniority():
    of = rubric(criterion("a"), criterion("b"), markers={**MARKERS, "mid": ()})
    table = compile_table(of, "mid", own_weights(of, {"seniority": 0}))
    low = values([[0, 0, 24, 0], [30, 0, 0, 0]], table)
    found = propose(table, low, [(0, 1)], solve)

    assert kept(compile_table(of, "mid", found.weights), low, [(0, 1)]) == [True]


def test_of_very_many_pairs_those_count_that_are_kept_least():
    low = drawn(3, 60)
    best = np.argsort(score(TABLE, low, low).fit)
    pairs = list(pairs_of(best[:30].tolist(), best[30:].tolist()))
    found = propose(TABLE, low, pairs, solve)

    assert len(pairs) == 900 > MOST_PAIRS
    assert found.slack > 0
    before, after = (sum(kept(table, low, pairs)) for table in (TABLE, compile_table(OF, "mid", found.weights)))
    assert after > before


def test_pairs_of_decisions_are_each_taken_before_each_declined():
    assert list(pairs_of([4, 5], [7, 9])) == [(4, 7), (4, 9), (5, 7), (5, 9)]


# The next pair.


def test_the_next_pair_is_one_that_could_go_either_way():
    low = pool((30, 30, 30, 0), (30, 20, 0, 0), (0, 30, 30, 30), (30, 30, 30, 30))
    found = next_pair(TABLE, low, [], range(4), solve)

    assert set(found) in ({0, 2}, {1, 2})


def test_a_pair_that_was_told_is_not_asked_again_nor_one_that_follows_from_it():
    low = pool((30, 0, 0, 0), (0, 30, 0, 0), (20, 0, 0, 0))
    assert set(next_pair(TABLE, low, [], range(3), solve)) == {0, 1}
    assert next_pair(TABLE, low, [(1, 0)], range(3), solve) is None


def test_where_nobody_could_go_before_another_there_is_nothing_to_ask():
    low = pool((30, 30, 30, 30), (20, 20, 20, 20), (30, 30, 30, 30))

    assert next_pair(TABLE, low, [], range(3), solve) is None
    assert next_pair(TABLE, low, [], [0], solve) is None


def test_answering_what_is_asked_leads_to_what_somebody_has_in_mind():
    low = drawn(5, 14)
    mind = compile_table(
        OF, "mid", Weights({"required": 40, "nice": 50, "seniority": 10}, {"a": 1, "b": 6, "c": 1, "d": 5})
    )
    fit = score(mind, low, low).fit
    everything = [(a, b) for a in range(14) for b in range(14) if fit[a] > fit[b] + 100]
    table, pairs = TABLE, []
    before = sum(kept(table, low, everything))
    for _ in range(8):
        asked = next_pair(table, low, pairs, range(14), solve)
        if asked is None:
            break
        pairs.append(tuple(sorted(asked, key=lambda place: -fit[place])))
        table = compile_table(OF, "mid", propose(TABLE, low, pairs, solve).weights)

    after = sum(kept(table, low, everything))
    assert after > before
    assert after / len(everything) > 0.85
