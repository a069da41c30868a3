"""A rubric becomes a table of integers: 10,000 points shared by weight, and a level's share of a row's points."""

import hashlib
from fractions import Fraction
from itertools import combinations
from math import floor

import numpy as np
import pytest
from core_factories import (
    all_of,
    any_of,
    at_least,
    criterion,
    expressions,
    intervals,
    levels,
    own_weights,
    policy,
    proven,
    rubric,
    wide_rubric,
)
from hypothesis import given
from hypothesis import strategies as st

from service.core.rubric import (
    MARKERS,
    YEARS,
    Weights,
    compile_table,
    digest,
    has_two_readings,
    kth_best,
    level_of,
    mean_of_best,
    skills_of,
)  # fmt: skip


def full(of, weights=None, seniority="mid"):
    table = compile_table(of, seniority, weights)
    return {row.id: points for row, points in zip(table.rows, table.full, strict=True)}


# the share of each row

THREE = (criterion("a", "must"), criterion("b", "should", weight=2), criterion("c", "nice"))


def test_parts_and_weights_share_the_whole():
    # required 75 %: a third for a, two for b; nice 15 %: all for c; seniority 10 %: halves
    assert full(rubric(*THREE)) == {"a": 2500, "b": 5000, "c": 1500, YEARS: 500, MARKERS: 500}


def test_the_largest_remainder_takes_what_is_left_over():
    # required 7500 in sevenths: 1071.43 (a), 2142.86 (b), 4285.71 (c): b and c have the larger remainders
    of = rubric(criterion("a"), criterion("b", weight=2), criterion("c", weight=4), criterion("n", "nice"))

    assert full(of) == {"a": 1071, "b": 2143, "c": 4286, "n": 1500, YEARS: 500, MARKERS: 500}


def test_equal_remainders_go_by_the_id_and_not_by_the_place():
    # 10,000 in 3: 3333.33 each, one is left over
    only = Weights({"required": 1, "nice": 0, "seniority": 0}, {"a": 1, "b": 1, "c": 1})

    for ids in ("abc", "cab", "bca"):
        points = full(rubric(*map(criterion, ids)), only)
        assert points == {"a": 3334, "b": 3333, "c": 3333, YEARS: 0, MARKERS: 0}


def test_a_part_without_criteria_gives_its_share_to_the_others_in_proportion():
    # 75 : 10 of 85: 8823.53 and 1176.47, in halves 588.24
    assert full(rubric(criterion("a"))) == {"a": 8824, YEARS: 588, MARKERS: 588}
    # 15 : 10 of 25
    assert full(rubric(criterion("c", "nice"))) == {"c": 6000, YEARS: 2000, MARKERS: 2000}


def test_a_part_whose_weights_are_all_0_gives_its_share_to_the_others():
    of = rubric(*THREE)

    assert full(of, own_weights(of, criteria={"a": 0, "b": 0})) == {
        "a": 0,
        "b": 0,
        "c": 6000,
        YEARS: 2000,
        MARKERS: 2000,
    }
    assert full(of, own_weights(of, {"seniority": 0})) == {"a": 2778, "b": 5555, "c": 1667, YEARS: 0, MARKERS: 0}


def test_years_take_all_of_seniority_where_a_band_has_no_markers():
    of = rubric(*THREE, markers={"senior": ("leads",)})

    assert full(of, seniority="mid")[YEARS] == 1000
    assert full(of, seniority="mid")[MARKERS] == 0
    assert full(of, seniority="senior")[MARKERS] == 500


def test_other_parts_may_be_the_policys():
    of = rubric(*THREE, rules=policy(parts=(("required", 1), ("nice", 1), ("seniority", 2))))

    assert full(of) == {"a": 833, "b": 1667, "c": 2500, YEARS: 2500, MARKERS: 2500}
    assert of.weights == Weights({"required": 1, "nice": 1, "seniority": 2}, {"a": 1, "b": 2, "c": 1})


@pytest.mark.parametrize(
    ("parts", "criteria"),
    [
        ({"required": 0, "nice": 0, "seniority": 0}, {}),
        ({"seniority": 0}, {"a": 0, "b": 0, "c": 0}),
        ({"required": 0, "seniority": 0}, {"c": 0}),
    ],
)
def test_weights_that_leave_nothing_to_score_are_refused(parts, criteria):
    of = rubric(*THREE)

    with pytest.raises(ValueError, match="nothing to score"):
        compile_table(of, "mid", own_weights(of, parts, criteria))


# the points of a level


def test_a_level_earns_its_share_of_the_required_one_rounded_down():
    of = rubric(*THREE, criterion("d", "nice", weight=3, required=(1, 7, 50)))
    table = compile_table(of, "mid")
    line = table.lookup[3]  # 1125 points at level 0.7

    assert table.full[3] == 1125
    assert line[:10].tolist() == [0, 160, 321, 482, 642, 803, 964, 1125, 1125, 1125]
    assert line[-1] == 1125
    assert compile_table(of, "junior").lookup[3, :3].tolist() == [0, 1125, 1125]
    assert compile_table(of, "senior").lookup[3, [1, 25, 49, 50]].tolist() == [22, 562, 1102, 1125]
    assert table.lookup.dtype == np.int32
    assert table.lookup.shape == (6, 256)


def test_where_nothing_is_required_nothing_is_lost():
    of = rubric(*THREE, markers={})
    junior = compile_table(of, "junior")  # from 0 years on, without a marker

    assert junior.full == (2500, 5000, 1500, 1000, 0)
    assert set(junior.lookup[3].tolist()) == {1000}
    assert set(junior.lookup[4].tolist()) == {0}


# the rows


def test_a_row_for_each_criterion_and_two_for_seniority():
    table = compile_table(wide_rubric(), "senior")
    python, cloud, kubernetes, *_, years, markers = table.rows

    assert [row.id for row in table.rows] == [
        "python", "cloud", "kubernetes", "sql", "data", "eks", "seniority_years", "seniority_markers",
    ]  # fmt: skip
    assert (python.required, python.gate, python.ceiling, python.unit, python.scale) == (40, 20, 50, "level", 10)
    assert (python.title, python.requirement) == ("Python", "must")
    assert (python.advice, python.question) == ("Practise python.", "What have you done with python?")
    assert (cloud.required, cloud.gate) == (35, 15)
    assert (kubernetes.required, kubernetes.gate) == (40, 0)
    assert (years.required, years.ceiling, years.gate, years.unit, years.scale) == (60, 255, 0, "years", 12)
    assert (years.title, years.requirement) == ("Years of experience (senior)", "seniority")
    assert years.advice == "Experience of 5 years earns full points for senior."
    assert (markers.required, markers.ceiling, markers.gate, markers.unit, markers.scale) == (3, 3, 0, "markers", 1)
    assert (markers.title, markers.requirement) == ("Seniority markers (senior)", "seniority")
    assert markers.advice == "Work that shows each of these: leads things; owns things; decides things."
    assert markers.question.endswith("leads things; owns things; decides things.")
    assert table.ceilings.tolist() == [50] * 6 + [255, 3] + [50] * 3
    assert table.gate_columns == (0, 1, 8, 9, 10, 5, 6, 7)


@pytest.mark.parametrize(("seniority", "required"), [("junior", 20), ("mid", 30), ("senior", 40)])
def test_the_required_level_is_that_of_the_target_seniority(seniority, required):
    table = compile_table(wide_rubric(), seniority)

    assert table.rows[0].required == required
    assert table.seniority == seniority
    assert table.weights == wide_rubric().weights


def test_weights_of_ones_own_are_kept_with_the_table():
    of = rubric(*THREE)
    own = own_weights(of, {"nice": 0})

    assert compile_table(of, "mid", own).weights is own


# expressions

KNOWN = {"a": (10, 20), "b": (0, 50), "c": (30, 30), "d": (40, 50)}


@pytest.mark.parametrize(
    ("expression", "level"),
    [
        ("a", (10, 20)),
        (any_of("a"), (10, 20)),
        (any_of("a", "b", "c"), (30, 50)),  # best low 30, best high 50: not of the same skill
        (all_of("a", "b", "c"), (0, 20)),
        (all_of("c", "d"), (30, 30)),
        (at_least(2, "a", "b", "c", "d"), (30, 50)),
        (at_least(3, "a", "b", "c", "d"), (10, 30)),
        (at_least(1, "a", "c"), (30, 30)),
        (at_least(2, "a", "c"), (10, 20)),
        (all_of("d", any_of("a", "c")), (30, 30)),
        (any_of("a", all_of("c", at_least(2, "a", "b", "d"))), (10, 30)),
        (at_least(2, "c", "c", "a"), (30, 30)),
    ],
)
def test_an_expression_takes_the_kth_best_low_and_the_kth_best_high(expression, level):
    assert level_of(expression, KNOWN, kth_best) == level


def test_an_expression_names_its_skills():
    assert list(skills_of("a")) == ["a"]
    assert list(skills_of(any_of("a", all_of("b", at_least(1, "c", "a"))))) == ["a", "b", "c", "a"]


def slowly(expression, known, end):
    """Return one end of a level: the highest level that at least k members reach."""
    if isinstance(expression, str):
        return known[expression][end]
    reached = [slowly(member, known, end) for member in expression.of]
    return max(level for level in range(51) if sum(at >= level for at in reached) >= expression.k)


@proven()
@given(expressions(("a", "b", "c", "d"), depth=3), st.tuples(*[intervals(levels)] * 4))
def test_an_expressions_level_is_the_highest_that_k_members_reach(expression, given_levels):
    known = dict(zip("abcd", given_levels, strict=True))

    assert level_of(expression, known, kth_best) == (slowly(expression, known, 0), slowly(expression, known, 1))


def mean_slowly(expression, known, end):
    """Return one end of a level: the best mean of any k members, rounded down to a tenth."""
    if isinstance(expression, str):
        return known[expression][end]
    reached = [mean_slowly(member, known, end) for member in expression.of]
    return floor(max(Fraction(sum(chosen), expression.k) for chosen in combinations(reached, expression.k)))


@proven()
@given(expressions(("a", "b", "c", "d"), depth=3), st.tuples(*[intervals(levels)] * 4))
def test_for_points_an_expressions_level_is_the_best_mean_of_k_members(expression, given_levels):
    known = dict(zip("abcd", given_levels, strict=True))
    points, gate = (level_of(expression, known, reading) for reading in (mean_of_best, kth_best))

    assert points == (mean_slowly(expression, known, 0), mean_slowly(expression, known, 1))
    assert gate[0] <= points[0], "what passes the gate at a level earns points at that level"
    assert gate[1] <= points[1]
    assert points == gate or has_two_readings(expression)


# what is asked


def test_a_criterion_is_answered_by_its_skills_and_by_the_area_itself():
    assert criterion("cloud", skills=any_of("aws", all_of("gcp", "aws"))).asked == {"cloud", "aws", "gcp"}
    assert criterion("python").asked == {"python"}


def test_skills_answer_the_places_of_criteria_also_by_what_they_prove():
    of = rubric(
        criterion("cloud", skills=any_of("aws", "gcp")), criterion("docker"), criterion("sql"),
        implies={"eks": ("kubernetes", "aws"), "kubernetes": ("docker",), "cobol": ("mainframes",)},
    )  # fmt: skip

    assert of.answers == {
        "aws": (0,), "cloud": (0,), "docker": (1,), "eks": (0, 1), "gcp": (0,), "kubernetes": (1,), "sql": (2,),
    }  # fmt: skip
    assert {skill for skill, places in of.related.items() if places} == set()


def test_a_skill_that_only_implies_the_area_is_related_and_answers_nothing():
    of = rubric(
        criterion("cloud", skills=any_of("aws", "gcp")), criterion("kubernetes", skills=any_of("kubernetes", "docker")),
        implies={"s3": ("aws", "cloud"), "digitalocean": ("cloud",), "eks": ("kubernetes", "cloud")},
    )  # fmt: skip

    assert (of.answers["s3"], of.related["s3"]) == ((0,), ())
    assert (of.answers["digitalocean"], of.related["digitalocean"]) == ((), (0,))
    assert (of.answers["eks"], of.related["eks"]) == ((1,), (0,))


def test_markers_belong_to_a_band():
    of = wide_rubric()

    assert [marker.id for marker in of.markers_of("mid")] == ["mid.designs", "mid.deploys"]
    assert rubric(criterion("a"), markers={}).markers_of("senior") == ()


# digests


def test_a_digest_is_that_of_canonical_json():
    assert digest({"b": [1, None], "a": "ä"}) == hashlib.sha256('{"a":"ä","b":[1,null]}'.encode()).hexdigest()
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    with pytest.raises(ValueError, match="Out of range"):
        digest({"a": float("nan")})


def test_a_rubrics_digest_changes_with_what_it_asks():
    one, same, other = rubric(criterion("a")), rubric(criterion("a")), rubric(criterion("a", weight=2))

    assert one.digest == same.digest == digest(one.canonical)
    assert one.digest != other.digest
