"""The order of a shortlist: by fit, then by fit at most; a tie by a hash that knows neither name nor time."""

import hashlib

import numpy as np
import pytest
from core_factories import proven
from hypothesis import given
from hypothesis import strategies as st

from service.core.ranking import rank
from service.core.scoring import FAIL, OPEN, PASS, Scores


def scores(*rows):
    """Return scores of rows: fit, fit at most, gate."""
    fit, fit_high, gate = zip(*rows, strict=True) if rows else ((), (), ())
    return Scores(np.array(fit, np.int32), np.array(fit_high, np.int32), np.array(gate, np.uint8))


def ranked(of, ids, **options):
    ranking = rank(of, "role", ids, **options)
    listed = [(ids[place], int(at)) for place, at in zip(ranking.order, ranking.ranks, strict=True)]
    return listed, [ids[place] for place in ranking.apart]


def lot(role, id_):
    return hashlib.sha256(role.encode() + b"\0" + id_.encode()).hexdigest()


def test_by_fit_then_by_fit_at_most():
    pool = scores((5000, 6000, PASS), (7000, 7000, PASS), (5000, 9000, PASS), (4999, 10000, PASS))

    assert ranked(pool, ["a", "b", "c", "d"]) == ([("b", 1), ("c", 2), ("a", 3), ("d", 4)], [])


def test_equals_share_a_rank_and_the_next_rank_is_skipped():
    pool = scores((9000, 9000, PASS), *[(5000, 6000, PASS)] * 3, (100, 100, PASS))
    listed, _ = ranked(pool, ["a", "b", "c", "d", "e"])

    assert [at for _, at in listed] == [1, 2, 2, 2, 5]


def test_inside_a_tie_the_order_is_that_of_a_hash_of_role_and_id():
    ids = [f"candidate {number}" for number in range(50)]
    pool = scores(*[(5000, 6000, PASS)] * 50)
    orders = {role: [ids[at] for at in rank(pool, role, ids).order] for role in ("one", "other")}

    assert orders["one"] == sorted(ids, key=lambda id_: lot("one", id_))
    assert orders["other"] == sorted(ids, key=lambda id_: lot("other", id_))
    assert orders["one"] not in (orders["other"], ids, sorted(ids))


def test_the_gate_does_not_rank_among_the_listed():
    pool = scores((5000, 5000, PASS), (6000, 6000, OPEN))

    assert ranked(pool, ["passed", "open"]) == ([("open", 1), ("passed", 2)], [])


def test_those_who_fail_come_apart_in_the_same_order_and_take_no_rank():
    pool = scores((9000, 9000, FAIL), (5000, 5000, OPEN), (9500, 9500, FAIL), (4000, 4000, PASS))

    assert ranked(pool, ["a", "b", "c", "d"]) == ([("b", 1), ("d", 2)], ["c", "a"])


def test_the_strict_list_holds_only_those_who_pass():
    pool = scores((9000, 9000, FAIL), (5000, 5000, OPEN), (4000, 4000, PASS))

    assert ranked(pool, ["a", "b", "c"], strict=True) == ([("c", 1)], ["a", "b"])


@pytest.mark.parametrize("gate", [FAIL, PASS])
def test_an_empty_list_and_an_empty_pool(gate):
    listed, apart = ranked(scores((1, 1, gate)), ["a"])

    assert (listed, apart) == (([], ["a"]) if gate == FAIL else ([("a", 1)], []))
    assert ranked(scores(), []) == ([], [])


def test_ids_may_be_in_any_script():
    listed, _ = ranked(scores(*[(1, 1, PASS)] * 2), ["Zoë", "李"])

    assert [id_ for id_, _ in listed] == sorted(["Zoë", "李"], key=lambda id_: lot("role", id_))


rows = st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([FAIL, OPEN, PASS]))


@proven()
@given(st.lists(rows, max_size=12), st.booleans())
def test_a_ranking_is_what_plain_sorting_gives(pool, strict):
    ids = [str(number) for number in range(len(pool))]
    order = sorted(range(len(pool)), key=lambda at: (-pool[at][0], -pool[at][1], lot("role", ids[at])))
    least = PASS if strict else OPEN
    listed = [at for at in order if pool[at][2] >= least]
    ranks = [1 + sum(pool[other][:2] > pool[at][:2] for other in listed) for at in listed]

    assert ranked(scores(*pool), ids, strict=strict) == (
        [(ids[at], place) for at, place in zip(listed, ranks, strict=True)],
        [ids[at] for at in order if pool[at][2] < least],
    )
