"""The answer for one candidate: rows, gaps, evidence and seniority, as a reader sees them."""

import json

import pytest
from core_factories import (
    AS_OF,
    all_of,
    any_of,
    at_least,
    both,
    criterion,
    job,
    month,
    piece,
    profile,
    rubric,
    wide_rubric,
    year,
)

from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.result import ENGINE, explain, input_digest, source
from service.core.rubric import Weights, compile_table
from service.core.time import PRESENT, Span, tick

OF = rubric(
    criterion("a", "must", gate=20, weight=5),
    criterion("b", "must", gate=10, weight=2),
    criterion("c", weight=3),
    criterion("d", "nice"),
)  # full points at mid: a 3,750, b 1,500, c 2,250, d 1,500, years and markers 500 each


def explained(*evidence, of=OF, seniority="mid", weights=None, **rest):
    return explain(compile_table(of, seniority, weights), profile(*evidence, **rest), AS_OF)


def row(result, id_):
    return next(row for row in result["criteria"] if row["criterion"] == id_)


def gap(result, id_):
    return next((gap for gap in result["gaps"] if gap["criterion"] == id_), None)


# the whole


def test_an_answer_says_what_it_is_an_answer_to():
    result = explained(seniority="senior")

    assert (result["role"], result["seniority"]) == ("tester", "senior")
    assert result["rubric"] == {"version": 3, "digest": OF.digest}
    assert result["engine"] == ENGINE == "rolefit-core 2"
    assert result["input_digest"] == input_digest(profile(), OF, AS_OF)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert list(result) == [
        "role", "seniority", "fit", "fit_high", "gate", "criteria", "gaps", "seniority_estimate", "rubric", "engine",
        "input_digest",
    ]  # fmt: skip


def test_a_perfect_candidate_has_100_and_no_gap():
    result = explained(
        *(piece(id_, "rated", 30) for id_ in "abcd"), months=24, markers={"mid.designs": True, "mid.deploys": True}
    )

    assert (result["fit"], result["fit_high"], result["gate"], result["gaps"]) == (100.0, 100.0, "pass", [])
    assert {row["state"] for row in result["criteria"]} == {"met"}


def test_of_an_empty_profile_all_is_open_and_all_is_asked():
    result = explained()

    assert (result["fit"], result["fit_high"], result["gate"]) == (0.0, 100.0, "open")
    assert {gap["state"] for gap in result["gaps"]} == {"unknown"}
    assert all(gap["question"] for gap in result["gaps"])


# one row


def test_a_row_shows_levels_in_units_and_points_on_the_100_scale():
    result = explained(piece("a", "rated", (15, 25)), seniority="mid")

    assert row(result, "a") == {
        "criterion": "a",
        "title": "A",
        "requirement": "must",
        "unit": "level",
        "state": "below",
        "level": 1.5,
        "level_high": 2.5,
        "required_level": 3.0,
        "gate_level": 2.0,
        "level_at_gate": 1.5,
        "level_at_gate_high": 2.5,
        "points": 18.75,
        "points_high": 31.25,
        "full_points": 37.5,
        "evidence": row(result, "a")["evidence"],
        "related": [],
    }
    without = row(result, "c")
    assert (without["gate_level"], without["level_at_gate"], without["level_at_gate_high"]) == (None, None, None)


SEVERAL = rubric(
    criterion("stats", "must", at_least(2, "tests", "bayes", "trees"), gate=20),
    criterion("cloud", "must", any_of("aws", "gcp"), gate=20),
    criterion("sql"),
    implies={"pymc": ("bayes", "stats"), "digitalocean": ("cloud",), "glue": ("aws", "cloud")},
)


def test_a_row_with_full_points_that_holds_the_gate_is_a_gap_without_points():
    result = explained(piece("tests", "rated", 50), piece("bayes", "rated", 10), piece("trees", "rated", 0), of=SEVERAL)
    found, missing = row(result, "stats"), gap(result, "stats")

    assert (found["level"], found["level_at_gate"], found["state"]) == (3.0, 1.0, "below")
    assert found["points"] == found["full_points"]
    assert (missing["points_lost"], missing["holds_gate"], missing["question"]) == (0, True, None)
    assert result["gate"] == "fail"
    lost = sum(round(one["points_lost"] * 100) for one in result["gaps"])
    assert round(result["fit"] * 100) + lost == 10_000


def test_a_row_whose_points_are_settled_asks_while_its_gate_is_open():
    result = explained(piece("tests", "rated", 50), piece("bayes", "rated", 50), piece("trees", "stated"), of=SEVERAL)
    assert gap(result, "stats") is None
    result = explained(piece("tests", "rated", 50), piece("bayes", "rated", (10, 11)), piece("trees", "rated", 0),
                       of=SEVERAL)  # fmt: skip
    found = row(result, "stats")

    assert (found["level"], found["level_high"]) == (3.0, 3.0)
    assert (found["level_at_gate"], found["level_at_gate_high"]) == (1.0, 1.1)
    assert gap(result, "stats")["question"]


def test_evidence_that_only_implies_the_area_is_related_and_earns_nothing():
    result = explained(*(piece(skill, "rated", 50) for skill in ("pymc", "digitalocean", "glue")), of=SEVERAL)
    stats, cloud = row(result, "stats"), row(result, "cloud")

    assert [one["skill"] for one in stats["evidence"]] == ["pymc"]  # it proves Bayes, one of the two asked for
    assert stats["related"] == []
    assert [one["skill"] for one in cloud["evidence"]] == ["glue"]  # it proves AWS
    assert [one["counts_as"] for one in cloud["evidence"]] == [4.0]  # what is implied counts as `used` at most
    assert [one["skill"] for one in cloud["related"]] == ["digitalocean"]
    alone = explained(piece("digitalocean", "rated", 50), of=SEVERAL)
    assert (alone["fit"], row(alone, "cloud")["level"], row(alone, "cloud")["level_high"]) == (0, 0, 5)
    assert gap(alone, "cloud")["question"]


def test_a_level_above_the_required_one_is_shown_and_earns_no_more():
    found = row(explained(piece("a", "rated", 50)), "a")

    assert (found["level"], found["points"], found["full_points"]) == (5.0, 37.5, 37.5)


@pytest.mark.parametrize(
    ("level", "state", "asks"),
    [
        ((30, 30), "met", None),
        ((30, 50), "met", None),
        ((50, 50), "met", None),
        ((29, 29), "below", False),
        ((1, 1), "below", False),
        ((10, 50), "below", True),  # how far is not known
        ((10, 20), "below", True),
        ((0, 0), "missing", False),
        ((0, 1), "unknown", True),
        ((0, 50), "unknown", True),
    ],
)
def test_states_and_questions(level, state, asks):
    result = explained(piece("c", "rated", level))
    found = gap(result, "c")

    assert row(result, "c")["state"] == state
    if asks is None:
        assert found is None
    else:
        assert (found["state"], found["question"]) == (state, "What have you done with c?" if asks else None)
        assert found["advice"] == "Practise c."


def test_years_are_a_row_of_years_up_to_those_asked_for():
    found = row(explained(months=(18, 90)), "seniority_years")

    assert (found["unit"], found["requirement"], found["gate_level"]) == ("years", "seniority", None)
    assert (found["level"], found["level_high"], found["required_level"]) == (1.5, 2.0, 2.0)
    assert (found["points"], found["points_high"], found["full_points"]) == (3.75, 5.0, 5.0)
    assert (found["state"], found["evidence"]) == ("below", [])
    assert row(explained(months=7), "seniority_years")["level"] == 0.58


def test_markers_are_a_row_of_whole_markers():
    found = row(explained(markers={"mid.designs": True}), "seniority_markers")

    assert (found["unit"], found["level"], found["level_high"], found["required_level"]) == ("markers", 1.0, 2.0, 2.0)
    assert (found["points"], found["points_high"]) == (2.5, 5.0)
    missing = explained(markers={"mid.designs": False, "mid.deploys": False})
    assert row(missing, "seniority_markers")["state"] == "missing"
    assert gap(missing, "seniority_markers")["question"] is None


def test_a_junior_needs_no_years():
    found = row(explained(seniority="junior"), "seniority_years")

    assert (found["state"], found["level"], found["required_level"], found["points"]) == ("met", 0.0, 0.0, 5.0)


# gaps


def test_gaps_that_hold_the_gate_come_first_then_by_points_then_by_id():
    result = explained(piece("a", "rated", 25), piece("b", "rated", 9), months=0)

    assert [(gap["criterion"], gap["points_lost"], gap["holds_gate"]) for gap in result["gaps"]] == [
        ("b", 10.5, True),  # 1,500 - floor(1,500 x 9 / 30): under the gate
        ("c", 22.5, False),
        ("d", 15.0, False),
        ("a", 6.25, False),  # a must-have over its gate
        ("seniority_markers", 5.0, False),
        ("seniority_years", 5.0, False),
    ]
    assert result["gate"] == "fail"


@pytest.mark.parametrize(
    ("level", "holds"), [((19, 19), True), ((20, 20), False), ((0, 50), True), ((19, 50), True), ((20, 50), False)]
)
def test_a_gap_holds_the_gate_while_the_least_level_is_under_it(level, holds):
    assert gap(explained(piece("a", "rated", level)), "a")["holds_gate"] is holds


def test_a_gap_says_what_is_missing_to_what():
    found = gap(explained(piece("a", "rated", (15, 25))), "a")

    assert found == {
        "criterion": "a",
        "title": "A",
        "requirement": "must",
        "state": "below",
        "level": 1.5,
        "level_high": 2.5,
        "required_level": 3.0,
        "gate_level": 2.0,
        "level_at_gate": 1.5,
        "level_at_gate_high": 2.5,
        "points_lost": 18.75,
        "holds_gate": True,
        "advice": "Practise a.",
        "question": "What have you done with a?",
    }


def test_a_criterion_without_weight_is_a_gap_of_no_points():
    own = Weights(dict(OF.weights.parts), {**OF.weights.criteria, "a": 0})

    assert gap(explained(weights=own), "a")["points_lost"] == 0


# evidence


def test_evidence_says_what_was_said_and_what_it_counts_as():
    result = explained(
        piece("a", "stated", (35, 45), months=18, last_used=year(2018), where="/skills/0", quote="A, 3.5 to 4.5")
    )

    assert row(result, "a")["evidence"] == [
        {
            "skill": "a",
            "kind": "stated",
            "level": 3.5,
            "level_high": 4.5,
            "years": 1.5,
            "last_used": "2018",
            "counts_as": 1.5,  # 3 at the ceiling, last used 106 months ago: at its half
            "source": {"pointer": "/skills/0"},
            "quote": "A, 3.5 to 4.5",
        }
    ]


def test_what_was_not_said_is_none():
    (bare,) = row(explained(piece("a")), "a")["evidence"]
    (result_less,) = row(explained(piece("a", "rated")), "a")["evidence"]

    assert (bare["level"], bare["level_high"], bare["years"], bare["last_used"]) == (None, None, None, None)
    assert (bare["counts_as"], result_less["counts_as"]) == (2.0, None)


def test_a_0_is_shown_as_0():
    (found,) = row(explained(piece("a", "used", 0, months=0)), "a")["evidence"]

    assert (found["level"], found["level_high"], found["years"], found["counts_as"]) == (0.0, 0.0, 0.0, 0.0)


def test_dated_evidence_shows_its_own_time_and_counts_by_all_of_it():
    first = piece("a", "delivered", span=job((2019, 1), (2021, 12)), where="1")
    second = piece("a", "delivered", span=job((2022, 1)), where="2")
    other = piece("b", "delivered", span=job((2022, 1)))
    one, two = row(explained(first, second, other), "a")["evidence"]

    assert (one["years"], one["last_used"], one["counts_as"]) == (
        3.0,
        "2021-12",
        4.1,
    )  # 94 months: 5; 22 over: 0.9 lost
    assert (two["years"], two["last_used"], two["counts_as"]) == (4.83, "present", 5.0)
    (alone,) = row(explained(first, second, other), "b")["evidence"]
    assert alone["counts_as"] == 4.0


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (PRESENT, "present"),
        (both(tick(2020, 4)), "2020-03"),  # an end is the tick after: March to its last day
        (both(tick(2021, 1)), "2020-12"),
        (both(tick(2020, 3, 15) + 1), "2020-03"),
        (both(tick(2020, 3, 1) + 1), "2020-03"),
        (month(2020, 4), "2020-03"),
        ((tick(2020, 3), tick(2020, 4)), "2020-03"),
        (year(2020), "2020"),
        (year(987), "0987"),
    ],
)
def test_when_a_skill_was_last_used_is_shown_as_people_write_it(when, shown):
    (by_date,) = row(explained(piece("a", last_used=when)), "a")["evidence"]
    (by_job,) = row(explained(piece("a", last_used=year(1999), span=Span(month(980, 1), when))), "a")["evidence"]

    assert (by_date["last_used"], by_job["last_used"]) == (shown, shown)


def test_the_strongest_evidence_comes_first_then_by_skill_place_and_words():
    evidence = [
        piece("a", "assessed", 10),
        piece("a", "rated", 10),
        piece("a", "used", 10, where="1", quote="x"),
        piece("a", "used", 20, where="1", quote="x"),
        piece("a", "used", 10, where="1", quote="y"),
        piece("a", "used", 10, where="2"),
        piece("a", "stated"),
    ]
    shown = row(explained(*evidence), "a")["evidence"]

    assert [(one["kind"], one["level"], one["source"]["pointer"], one["quote"]) for one in shown] == [
        (one.kind, one.level and one.level[0] / 10, one.where, one.quote) for one in evidence
    ]
    assert row(explained(*reversed(evidence)), "a")["evidence"] == shown


def test_evidence_stands_in_every_row_that_it_answers_or_proves():
    of = rubric(
        criterion("cloud", skills=any_of("aws", "gcp")), criterion("data", skills=all_of("sql", "aws")),
        criterion("docker"), implies={"eks": ("docker", "aws")},
    )  # fmt: skip
    result = explained(piece("eks", "used"), piece("sql"), piece("cloud"), piece("cobol"), of=of)

    assert {found["criterion"]: [one["skill"] for one in found["evidence"]] for found in result["criteria"]} == {
        "cloud": ["eks", "cloud"],
        "data": ["eks", "sql"],
        "docker": ["eks"],
        "seniority_years": [],
        "seniority_markers": [],
    }


def test_a_source_is_a_pointer_into_json_or_a_cell_of_a_sheet():
    assert source(profile(), piece("a", where="/skills/3")) == {"pointer": "/skills/3"}
    assert source(profile(sheet="Candidates", row=7), piece("a", where="C")) == {
        "sheet": "Candidates",
        "row": 7,
        "column": "C",
    }
    result = explained(piece("a", where="C"), sheet="Candidates", row=7)
    assert row(result, "a")["evidence"][0]["source"] == {"sheet": "Candidates", "row": 7, "column": "C"}


# the digest of the input


def test_the_digest_is_of_what_was_scored():
    def digest(*evidence, of=OF, as_of=AS_OF, **rest):
        return input_digest(profile(*evidence, **rest), of, as_of)

    plain = digest(piece("a"))
    others = [
        digest(),
        digest(piece("b")),
        digest(piece("a", "used")),
        digest(piece("a", "stated", 20)),
        digest(piece("a", months=1)),
        digest(piece("a", last_used=year(2020))),
        digest(piece("a", span=job(2020))),
        digest(piece("a"), months=1),
        digest(piece("a"), jobs=(job(2020),)),
        digest(piece("a"), markers={"mid.designs": True}),
        digest(piece("a"), markers={"mid.designs": False}),
        digest(piece("a"), as_of=AS_OF + 1),
    ]
    same = [
        digest(piece("a"), piece("a")),
        digest(piece("a", where="/x", quote="y")),
        digest(piece("a"), piece("cobol")),
        digest(piece("a"), markers={"mid.foreign": True}),
        digest(piece("a"), sheet="S", row=2),
    ]

    assert len({plain, *others}) == len(others) + 1
    assert set(same) == {plain}


# the estimate of seniority


def test_the_estimate_shows_years_bands_and_every_marker():
    candidate = Profile(
        months=(20, 30),
        markers={"mid.designs": MarkerSeen(True, "/markers/0", "designed it"), "mid.deploys": MarkerSeen(False, "D")},
    )
    found = explain(compile_table(wide_rubric(), "mid"), candidate, AS_OF)["seniority_estimate"]
    markers = {marker.pop("id"): marker for marker in found.pop("markers")}

    assert found == {
        "years": 1.67,
        "years_high": 2.5,
        "by_years": "junior",
        "by_years_high": "mid",
        "by_markers": "mid",
        "estimate": "junior",
        "basis": "the lower of years and markers",
        "by_title": None,
        "title": None,
        "title_source": None,
    }
    assert list(markers) == [
        "junior.helps", "mid.designs", "mid.deploys", "senior.leads", "senior.owns", "senior.decides",
    ]  # fmt: skip
    assert markers["mid.designs"] == {
        "band": "mid",
        "text": "designs things",
        "state": "met",
        "evidence": [{"source": {"pointer": "/markers/0"}, "quote": "designed it"}],
    }
    assert markers["mid.deploys"]["state"] == "absent"
    assert markers["senior.leads"] == {"band": "senior", "text": "leads things", "state": "unknown", "evidence": []}


def test_an_estimate_of_nothing_is_none():
    found = explained()["seniority_estimate"]

    assert [found[key] for key in ("years", "years_high", "by_years", "by_years_high", "by_markers", "estimate")] == [
        None
    ] * 6
    assert found["basis"] == "unknown: neither years nor markers are known"


# titles, beside the estimate

LEAD = TitleSeen("Team Lead", "senior", job(2015, 2018), "/jobs/1/title")
ENGINEER = TitleSeen("ML Engineer", None, Span((tick(2018), tick(2018))), "/jobs/0/title")
HEADLINE = TitleSeen("Junior ML Engineer", "junior", None, "/headline")


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        ((), (None, None, None)),
        ((HEADLINE,), ("junior", "Junior ML Engineer", {"pointer": "/headline"})),
        ((HEADLINE, LEAD), ("senior", "Team Lead", {"pointer": "/jobs/1/title"})),
        ((LEAD, ENGINEER), (None, "ML Engineer", {"pointer": "/jobs/0/title"})),
        ((ENGINEER, LEAD), (None, "ML Engineer", {"pointer": "/jobs/0/title"})),
    ],
)
def test_the_title_of_the_last_job_is_shown_beside_the_estimate(titles, shown):
    found = explain(compile_table(OF, "mid"), Profile(titles=titles), AS_OF)["seniority_estimate"]

    assert (found["by_title"], found["title"], found["title_source"]) == shown
    assert found["estimate"] is None
