"""A revised rubric is another rubric; what it does to a list is what two rankings say."""

import numpy as np
from core_factories import criterion, rubric

from service.core.ranking import Ranking
from service.core.revision import Revision, moves, revised
from service.core.rubric import compile_table

OF = rubric(
    criterion("a", "must", weight=4, gate=20), criterion("b", "should", weight=2), criterion("c", "nice", weight=3)
)


def row(of, id_, seniority="mid"):
    return next(row for row in compile_table(of, seniority).rows if row.id == id_)


def test_what_is_to_be_otherwise_is_and_the_rest_stays():
    other = revised(OF, "mid", Revision({"b": 40}, {"a": 10}, {"c": "should"}), default_gate=20)

    assert (row(other, "b").required, row(other, "a").gate, row(other, "c").requirement) == (40, 10, "should")
    assert row(other, "a").required == row(OF, "a").required
    assert row(other, "b", "senior").required == row(OF, "b", "senior").required


def test_a_revised_rubric_has_a_digest_of_its_own_and_an_unchanged_one_is_the_same():
    other = revised(OF, "mid", Revision({"b": 40}), default_gate=20)

    assert len({OF.digest, other.digest, revised(OF, "mid", Revision({"b": 41}), 20).digest}) == 3
    assert revised(OF, "mid", Revision({"b": 30}, {"a": 20}, {"a": "must"}), default_gate=10) is OF


def test_a_must_have_that_becomes_a_should_gates_no_more_and_one_that_becomes_a_must_does():
    other = revised(OF, "mid", Revision({"c": 15}, {"b": 25}, {"a": "should", "b": "must", "c": "must"}), 20)

    assert [row(other, id_).gate for id_ in "abc"] == [0, 25, 15]


def ranking(order, ranks, apart=()):
    return Ranking(np.array(order, np.intp), np.array(ranks, np.int64), np.array(apart, np.intp))


def test_who_enters_and_leaves_the_top_and_how_far_each_moved():
    found = moves(ranking([0, 1, 2, 3], [1, 2, 2, 4], [4]), ranking([4, 3, 0, 1], [1, 2, 3, 4], [2]), top=2)

    assert (found.before.tolist(), found.after.tolist()) == ([1, 2, 2, 4, 0], [3, 4, 0, 2, 1])
    assert (found.entered, found.left) == ([4, 3], [0, 1, 2])
    assert found.moved == [2, 4, 3, 0, 1]


def test_where_nothing_changed_nobody_moved():
    same = ranking([1, 0], [1, 2], [2])

    assert moves(same, same, top=1).moved == []
    assert moves(same, same, top=1)[2:] == ([], [])
