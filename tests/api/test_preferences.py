"""Decisions beside the ranking, and weights that go with them, held against scoring with what is proposed."""

import pytest
from api.people import STRONG, person, pool, rated

ROLE = "ml_engineer"
DAY = "2026-11-20"
QUERY = f"seniority=senior&as_of={DAY}"


RIVALS = (
    person(1, name="Ada Example", skills=rated({**STRONG, "Statistics": 0})),
    person(2, name="Bo Example", skills=rated({**STRONG, "Kubernetes": 2, "CI/CD": 2, "Statistics": 4})),
)


@pytest.fixture
def ids(api):
    """Eight people of falling strength, the last of whom lacks Python."""
    return api.keep(*pool(8))


def decide(api, id_, what, **more):
    said = {"role": ROLE, "seniority": "senior", "what": what, "reason": "Talked.", "actor": "Rae", **more}
    assert api.post(f"/candidates/{id_}/decisions", said).status_code == 201


def agreement(api):
    response = api.get(f"/shortlists/{ROLE}/agreement?{QUERY}")
    assert response.status_code == 200
    return response.json


def propose(api, *pairs, status=200, **more):
    told = [{"preferred": better, "other": worse} for better, worse in pairs]
    response = api.post(
        f"/shortlists/{ROLE}/weights-proposal", {"pairs": told, "seniority": "senior", "as_of": DAY, **more}
    )
    assert response.status_code == status, response.json
    return response.json


# Agreement


@pytest.mark.both_databases
def test_decisions_in_the_order_of_the_ranking_agree_with_it(api, ids):
    for id_, what in zip(ids, ["shortlist", "shortlist", "hold", "decline", "decline"], strict=False):
        decide(api, id_, "decline" if what == "shortlist" else "shortlist")
        decide(api, id_, "adjust", points=5)
        decide(api, id_, what)
    answer = agreement(api)

    assert answer["decided"] == {"shortlist": 2, "hold": 1, "decline": 2}
    assert answer["agreement"]["tau_b"] > 0.6
    assert answer["picks"] == {"top": 2, "shortlisted": 2, "in_top": 2}
    assert answer["surprises"] == []
    assert answer["reason"] is None


def test_below_five_decisions_nothing_is_said_but_why(api, ids):
    for id_ in ids[:4]:
        decide(api, id_, "shortlist")
    answer = agreement(api)

    assert (answer["agreement"], answer["picks"], answer["surprises"]) == (None, None, [])
    assert answer["reason"].startswith("4 decided: from 5 on")


def test_decisions_that_are_all_the_same_say_nothing_of_an_order(api, ids):
    for id_ in ids[:6]:
        decide(api, id_, "hold")

    assert (agreement(api)["agreement"], agreement(api)["reason"][:17]) == (None, "All decisions are")


def test_where_all_who_were_decided_stand_alike_there_is_no_order_to_agree_with(api):
    ids = api.keep(*(person(number) for number in range(5)))
    for number, id_ in enumerate(ids):
        decide(api, id_, ("shortlist", "decline")[number % 2])
    answer = agreement(api)

    assert answer["agreement"] is None
    assert answer["reason"].startswith("All who were decided stand")
    assert answer["surprises"] == []


def test_surprises_are_named_with_how_many_speak_against_them(api, ids):
    for id_, what in zip(ids, ["decline", *["shortlist"] * 3, "decline", "decline", "hold", "shortlist"], strict=True):
        decide(api, id_, what)
    answer = agreement(api)
    told = [(one["candidate"]["id"], one["verdict"], one["against"], one["of"]) for one in answer["surprises"]]

    assert set(told) == {(ids[0], "decline", 3, 4), (ids[7], "shortlist", 3, 3)}
    assert answer["agreement"]["low"] < answer["agreement"]["tau_b"] < answer["agreement"]["high"]
    lacking = next(one for one in answer["surprises"] if one["verdict"] == "shortlist")
    assert (lacking["rank"], lacking["gate"]) == (None, "fail")


def test_decisions_for_another_role_and_on_who_is_gone_do_not_count(api, ids):
    for id_ in ids[:5]:
        decide(api, id_, "shortlist", role="ai_engineer")
    decide(api, ids[6], "decline")
    api.delete(f"/candidates/{ids[6]}")

    assert agreement(api)["decided"] == {"shortlist": 0, "hold": 0, "decline": 0}


def test_decisions_for_another_seniority_do_not_count(api, ids):
    for id_, what in zip(ids, ["shortlist", "shortlist", "hold", "decline", "decline"], strict=False):
        decide(api, id_, what)
        decide(api, id_, "hold", seniority="junior")
    assert agreement(api)["decided"] == {"shortlist": 2, "hold": 1, "decline": 2}
    junior = api.get(f"/shortlists/{ROLE}/agreement?seniority=junior&as_of={DAY}").json
    assert junior["decided"] == {"shortlist": 0, "hold": 5, "decline": 0}


# Weights


@pytest.fixture
def rivals(api):
    """Two people, either of whom is first under some weights: the first is ahead under the rubric's."""
    return api.keep(*RIVALS)


def test_a_proposal_keeps_the_pair_when_its_weights_are_sent_with_a_request(api, rivals):
    first, second = rivals
    answer = propose(api, (second, first), top=1)
    assert answer["kept"] == {"of": 1, "before": 0, "after": 1, "short_by": 0}
    fits = [
        [result["fit"] for result in api.score(*RIVALS, seniority="senior", as_of=DAY, **more)["results"]]
        for more in ({}, {"weights": answer["weights"]})
    ]

    assert fits[0][0] > fits[0][1]
    assert fits[1][1] >= fits[1][0] + 0.9
    assert [move["candidate"]["id"] for move in answer["entered"]] == [second]
    assert [move["candidate"]["id"] for move in answer["left"]] == [first]
    assert {row["criterion"] for row in answer["criteria"]} >= {"statistics", "kubernetes"}


def test_a_proposal_is_applied_to_nothing(api, rivals):
    before = api.get(f"/shortlists/{ROLE}?{QUERY}").json
    answer = propose(api, (rivals[1], rivals[0]))

    assert answer["applied"] is False
    assert api.get(f"/shortlists/{ROLE}?{QUERY}").json == before


def test_who_was_shortlisted_goes_before_who_was_declined_unless_decisions_are_left_out(api, rivals):
    decide(api, rivals[1], "shortlist")
    decide(api, rivals[0], "decline")

    assert propose(api)["learned_from"] == {"pairs": 0, "decisions": 1, "at_most": 500}
    assert propose(api)["kept"]["after"] == 1
    assert propose(api, decisions=False)["weights"] is None


def test_without_anything_to_learn_from_there_is_a_reason_and_a_first_question(api, rivals):
    answer = propose(api)

    assert answer["weights"] is None
    assert answer["reason"]
    assert {answer["next_pair"][side]["id"] for side in ("first", "second")} == set(rivals)


def test_what_cannot_be_kept_is_told_by_name(api, ids):
    answer = propose(api, (ids[6], ids[0]), ("Person 1 Example", "p-2"))

    assert answer["kept"]["of"] == 2
    assert answer["kept"]["short_by"] > 0
    assert (ids[6], ids[0]) in [(one["preferred"]["id"], one["other"]["id"]) for one in answer["disagreements"]]


def test_within_a_factor_no_criterion_changes_by_more(api, rivals):
    answer = propose(api, (rivals[1], rivals[0]), within=1.2)

    assert answer["greatest_change"] <= 0.2
    for row in answer["criteria"]:
        assert row["points_after"] <= row["points_before"] * 1.2 + 0.2


def test_a_pair_is_of_two_who_are_there(api, ids):
    problem = propose(api, (ids[0], "nobody"), (ids[1], ids[1]), status=422)

    assert [error["pointer"] for error in problem["errors"]] == ["/pairs/0/other", "/pairs/1"]


def test_a_list_of_nobody_and_of_one_has_no_question(api):
    assert propose(api)["next_pair"] is None
    api.keep(person(1))
    assert propose(api)["next_pair"] is None


def test_where_the_present_weights_keep_all_or_none_keep_more_nothing_is_proposed(api, rivals):
    first, second = rivals
    kept = propose(api, (first, second))
    torn = propose(api, (first, second), (second, first))

    assert (kept["weights"], kept["kept"]["after"], kept["criteria"], kept["moves"]) == (None, 1, [], [])
    assert kept["reason"] == "The present weights keep all of these pairs."
    assert (torn["weights"], torn["kept"]["after"], torn["greatest_change"]) == (None, 1, 0)
    assert torn["reason"].startswith("No weights were found that keep more")


def test_a_name_that_two_have_names_nobody(api):
    ids = api.keep(*(person(number, name="Ada Example") for number in range(3)))
    problem = propose(api, ("Ada Example", ids[0]), (ids[1], "p-2"), status=422)

    assert [error["pointer"] for error in problem["errors"]] == ["/pairs/0/preferred"]
