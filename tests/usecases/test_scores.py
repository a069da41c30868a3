import datetime as dt
import itertools

import pytest

from service.errors import InvalidInput
from service.usecases import scores
from service.usecases.scores import Wish, score_request, shortlist, stored_shortlist, tables_of

pytestmark = pytest.mark.both_databases

AS_OF = dt.date(2026, 11, 20)
MUSTS = ("Python", "PyTorch", "Kubernetes", "CI/CD", "AWS", "SQL", "System design")
HEADER = ("ID", "Name", *MUSTS)


@pytest.fixture
def wish(library):
    def wish(seniority="mid", weights=None, **options):
        (table,) = tables_of(["ml_engineer"], seniority, library, weights)
        return Wish(table, AS_OF, **options)

    return wish


@pytest.fixture
def ask(house):
    def ask(*candidates, **options):
        body = {"role": "ml_engineer", "candidates": list(candidates), "as_of": AS_OF.isoformat(), **options}
        return score_request(body, house)

    return ask


@pytest.fixture
def faults(house):
    def faults(body):
        with pytest.raises(InvalidInput) as caught:
            score_request(body, house)
        assert all(error["code"] and error["detail"] for error in caught.value.errors)
        assert caught.value.errors[0]["detail"] in caught.value.detail
        return [error["pointer"] for error in caught.value.errors]

    return faults


def person(number=1, **skills):
    levels = [{"name": name, "level": level, "kind": "rated"} for name, level in skills.items()]
    return {"external_id": str(number), "name": f"P{number}", "skills": levels}


# Shortlists.


@pytest.fixture
def pool(sent):
    """Six who pass, twice two of them alike, three who are open and alike, and two who fail."""
    passing = [(number, f"Pass {number}", *[level] * 7) for number, level in enumerate((4, 3, 3, 2.5, 2.5, 2), 1)]
    is_open = [(number, f"Open {number}", *[4] * 5, None, None) for number in (7, 8, 9)]
    failing = [(10, "No SQL", 5, 5, 5, 5, 5, 0, 5), (11, "Two missing", "no", 5, 5, 5, 5, 1, 5)]
    sent(HEADER, *passing, *is_open, *failing)


@pytest.mark.usefixtures("pool")
def test_nobody_is_left_out_unsaid(house, wish):
    found = stored_shortlist(house, wish())

    assert (found["total"], found["eligible"], found["shown"], found["not_eligible_total"]) == (11, 9, 9, 2)
    assert (found["gates"], found["tied_at_cut"]) == ({"pass": 6, "open": 3, "fail": 2}, 0)
    assert len(found["shortlist"]) == 9
    assert len(found["not_eligible"]) == 2


@pytest.mark.usefixtures("pool")
def test_the_shortlist_is_ranked_and_equals_share_a_rank(house, wish):
    found = stored_shortlist(house, wish())["shortlist"]
    keys = [(row["fit"], row["fit_high"]) for row in found]

    assert keys == sorted(keys, reverse=True)
    for before, after in itertools.pairwise(found):
        is_tie = (before["fit"], before["fit_high"]) == (after["fit"], after["fit_high"])
        assert (before["rank"] == after["rank"]) == is_tie
    assert [row["rank"] for row in found][:2] == [1, 2]
    names = {row["candidate"]["name"]: row["rank"] for row in found}
    assert names["Pass 2"] == names["Pass 3"] == 2
    assert names["Pass 4"] == names["Pass 5"]
    assert names["Open 7"] == names["Open 8"] == names["Open 9"]


@pytest.mark.usefixtures("pool")
def test_those_not_eligible_are_named_with_the_reason(house, wish):
    found = {row["candidate"]["name"]: row["reason"] for row in stored_shortlist(house, wish())["not_eligible"]}

    assert found == {
        "No SQL": "Must-have not met: SQL and data modeling (level 0).",
        "Two missing": "Must-have not met: Python (production-grade) (level 0); SQL and data modeling (level 1).",
    }


@pytest.mark.usefixtures("pool")
def test_the_strict_list_sets_the_unconfirmed_apart_and_says_so(house, wish):
    found = stored_shortlist(house, wish(strict=True))
    reasons = {row["candidate"]["name"]: row["reason"] for row in found["not_eligible"]}

    assert (found["gate_asked"], found["eligible"], found["not_eligible_total"]) == ("pass", 6, 5)
    assert {row["gate"] for row in found["shortlist"]} == {"pass"}
    assert reasons["Open 7"] == "Must-have not confirmed: SQL and data modeling; System design."
    assert reasons["No SQL"].startswith("Must-have not met")


@pytest.mark.usefixtures("pool")
def test_a_tie_that_is_cut_is_told_of(house, wish):
    whole = stored_shortlist(house, wish())
    for top in range(1, 10):
        cut = stored_shortlist(house, wish(top=top))
        last = whole["shortlist"][top - 1]["rank"]
        assert cut["shortlist"] == whole["shortlist"][:top]
        assert cut["tied_at_cut"] == sum(row["rank"] == last for row in whole["shortlist"][top:])
        assert (cut["shown"], cut["eligible"], cut["total"]) == (top, 9, 11)


@pytest.mark.usefixtures("pool")
def test_a_tie_is_ordered_by_neither_name_nor_time(house, wish):
    found = stored_shortlist(house, wish())["shortlist"]
    again = stored_shortlist(house, wish())["shortlist"]

    assert [row["candidate"]["id"] for row in found] == [row["candidate"]["id"] for row in again]


def test_an_empty_store_gives_an_empty_list(house, wish):
    found = stored_shortlist(house, wish())

    assert (found["total"], found["shown"], found["tied_at_cut"]) == (0, 0, 0)
    assert found["shortlist"] == found["not_eligible"] == []
    assert found["gates"] == {"pass": 0, "open": 0, "fail": 0}


def test_only_those_shown_are_looked_up(house, wish):
    batch = scores.read_batch([person(n, Python=n % 6) for n in range(40)], house.reader)
    pool = {candidate.key: candidate for _, candidate in batch.candidates}
    looked_up = []

    def look_up(id_):
        looked_up.append(id_)
        return pool[id_]

    found = shortlist(pool.items(), look_up, wish(top=3))

    assert len(looked_up) == 3 + found["not_eligible_total"]
    assert found["not_eligible_total"] == sum(n % 6 < 2 for n in range(40))


@pytest.mark.usefixtures("pool")
def test_points_add_up_for_everybody(house, wish):
    found = stored_shortlist(house, wish())
    for row in (*found["shortlist"], *found["not_eligible"]):
        assert round(sum(part["points"] for part in row["criteria"]), 2) == row["fit"]
        assert round(row["fit"] + sum(gap["points_lost"] for gap in row["gaps"]), 2) == 100


@pytest.mark.usefixtures("pool")
def test_a_shortlist_and_single_scores_agree(house, wish):
    found = stored_shortlist(house, wish())
    row = found["shortlist"][0]
    with house.store.reading() as work:
        alone = scores.candidate_scores(work.candidate(row["candidate"]["id"]), [wish().table], AS_OF)["results"][0]

    assert alone == {key: value for key, value in row.items() if key != "rank"}


def test_scores_of_a_stored_candidate_come_best_first(house, sent, library):
    sent(HEADER, (1, "Ada", *[4] * 7))
    with house.store.reading() as work:
        (kept,) = work.candidates(None, 10)
    results = scores.candidate_scores(kept, tables_of(library.rubrics, "mid", library), AS_OF)["results"]
    gates = [("pass", "open", "fail").index(row["gate"]) for row in results]

    assert {row["role"] for row in results} == set(library.rubrics)
    assert gates == sorted(gates)
    assert results[0]["role"] == "ml_engineer"


# Requests.


def test_a_request_is_answered_in_its_order_for_each_role(ask, library):
    found = ask(person(1, Python=4), person(2, Python=1), role="all")

    assert [(row["index"], row["role"]) for row in found["results"]] == [
        (index, role) for index in (0, 1) for role in library.rubrics
    ]
    assert found["applied"]["as_of"] == "2026-11-20"


def test_roles_named_twice_are_scored_once(ask):
    found = ask(person(), role=["data_scientist", "ml_engineer", "data_scientist"])

    assert [row["role"] for row in found["results"]] == ["data_scientist", "ml_engineer"]


def test_the_good_ones_of_a_batch_are_scored_and_the_rest_is_told_of(ask):
    found = ask(person(1), 5, {"name": "X", "skills": 3}, person(4))

    assert [row["index"] for row in found["results"]] == [0, 2, 3]
    assert [(row["index"], row["errors"][0]["pointer"]) for row in found["rejected"]] == [(1, "/candidates/1")]


def test_seniority_is_mid_unless_asked_otherwise(ask):
    assert ask(person())["results"][0]["seniority"] == "mid"
    assert ask(person(), seniority="junior")["results"][0]["seniority"] == "junior"


# Weights.


def test_weights_asked_for_are_applied_and_echoed(ask):
    plain = ask(person(1, Python=5))
    heavy = ask(person(1, Python=5), weights={"parts": {"nice": 0, "seniority": 0}, "criteria": {"python": 1000}})
    applied = heavy["applied"]["weights"]["ml_engineer"]

    assert heavy["results"][0]["fit"] > plain["results"][0]["fit"]
    assert applied["parts"] == {"required": 75, "nice": 0, "seniority": 0}
    assert applied["criteria"]["python"] == 1000
    assert applied["criteria"]["sql"] == plain["applied"]["weights"]["ml_engineer"]["criteria"]["sql"]
    assert round(sum(row["full_points"] for row in heavy["results"][0]["criteria"]), 2) == 100


def test_weights_times_a_number_change_nothing(ask, library):
    own = library.get("ml_engineer").weights
    many = {"criteria": {name: weight * 7 for name, weight in own.criteria.items()}}
    skills = {name: place % 6 for place, name in enumerate(MUSTS)}

    assert ask(person(1, **skills), weights=many)["results"] == ask(person(1, **skills))["results"]


def test_weights_of_a_criterion_that_only_one_role_has_are_fine_for_several(ask):
    found = ask(person(), role=["ml_engineer", "ai_product_manager"], weights={"criteria": {"python": 1}})

    assert found["applied"]["weights"]["ml_engineer"]["criteria"]["python"] == 1
    assert "python" not in found["applied"]["weights"]["ai_product_manager"]["criteria"]


@pytest.mark.parametrize(
    ("weights", "pointer"),
    [
        ({"criteria": {"pyhton": 1}}, "/weights/criteria/pyhton"),
        ({"criteria": {"a/b": 1}}, "/weights/criteria/a~1b"),
        ({"criteria": {"python": -1}}, "/weights/criteria/python"),
        ({"criteria": {"python": 1.5}}, "/weights/criteria/python"),
        ({"parts": {"required": "lots"}}, "/weights/parts/required"),
        ({"parts": {"must": 1}}, "/weights/parts/must"),
        ({"parts": {"required": 0, "nice": 0, "seniority": 0}}, "/weights"),
        ({"points": {}}, "/weights/points"),
        (3, "/weights"),
    ],
)
def test_weights_that_cannot_be_used_are_pointed_at(faults, weights, pointer):
    assert faults({"role": "ml_engineer", "candidates": [person()], "weights": weights}) == [pointer]


# Mistakes.


def test_every_mistake_of_a_request_is_told_at_once(faults):
    found = faults(
        {
            "role": "wizard", "seniority": "boss", "as_of": "someday", "format": "pdf", "colour": "blue",
            "weights": {"parts": {"nice": -1}}, "candidates": [5, {"name": "A", "jobs": 3}],
        }
    )  # fmt: skip

    assert sorted(found) == [
        "/as_of", "/candidates/0", "/colour", "/format", "/role", "/seniority",
        "/weights/parts/nice",
    ]  # fmt: skip


def test_mistakes_of_role_and_weights_are_told_together(faults):
    found = faults(
        {"role": ["wizard", "ml_engineer"], "candidates": [person()], "weights": {"criteria": {"flying": 1}}}
    )

    assert found == ["/role", "/weights/criteria/flying"]


@pytest.mark.parametrize("body", [None, [], "x", 3])
def test_a_body_that_is_no_object_is_refused(faults, body):
    assert faults(body) == [""]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"role": None}, "/role"), ({"role": []}, "/role"), ({"role": [3]}, "/role"), ({"role": "wizard"}, "/role"),
     ({"candidates": []}, "/candidates"), ({"candidates": None}, "/candidates"), ({"candidates": {}}, "/candidates"),
     ({"candidates": ["Ada"]}, "/candidates/0"), ({"seniority": None}, "/seniority"), ({"as_of": 3}, "/as_of")],
)  # fmt: skip
def test_each_single_mistake_is_pointed_at(faults, change, pointer):
    assert faults({"role": "ml_engineer", "candidates": [person()], **change}) == [pointer]


def test_a_request_for_too_many_results_is_refused(faults):
    assert faults({"role": "all", "candidates": [person(n) for n in range(200)]}) == ["/candidates"]
