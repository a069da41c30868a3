"""Payloads of other systems through the API: stored, scored, one to a line, in the wrappers they come in."""

import copy
import json

import pytest
from intake import ats_payloads as sent
from intake import events_sent as hooks

from service.intake.events import event_of


@pytest.mark.parametrize(("form", "payload"), sent.EACH)
def test_a_payload_is_scored(api, form, payload):
    (result,) = api.score(copy.deepcopy(payload), role="ml_engineer")["results"]

    assert result["candidate"]["name"].endswith("Invented")
    assert result["fit_high"] > result["fit"] > 0
    assert form in sent.ALL


@pytest.mark.parametrize(("form", "payload"), sent.EACH)
def test_a_payload_sent_again_changes_nothing(api, form, payload):
    first, second = (api.post("/candidates", copy.deepcopy(payload)).json["results"][0] for _ in range(2))

    assert (first["outcome"], second["outcome"]) == ("created", "unchanged")
    assert api.get(f"/candidates/{first['id']}").json["source"] == form


def test_lines_are_read_one_by_one_and_a_broken_one_costs_no_other(api):
    lines = "\n".join((json.dumps(sent.GREENHOUSE), '{"name": ', json.dumps(sent.NATIVE), ""))
    response = api.post("/candidates", data=lines, content_type="application/x-ndjson")

    assert response.status_code == 201
    assert [result["outcome"] for result in response.json["results"]] == ["created", "rejected", "created"]
    assert response.json["results"][1]["errors"][0]["detail"].startswith("Line 2: ")


def test_the_page_of_a_list_call_is_opened(api):
    response = api.post("/candidates", {"data": [sent.LEVER["data"]], "hasNext": False})

    assert response.json["counts"]["created"] == 1


def test_a_webhook_and_a_resume_can_be_ranked_together(api):
    api.keep(copy.deepcopy(sent.GREENHOUSE_HOOK), copy.deepcopy(sent.JSON_RESUME_NEW), copy.deepcopy(sent.NATIVE))

    assert api.get("/shortlists/data_engineer").json["total"] == 3


def outcomes(response):
    return [(one["outcome"], one.get("external_id")) for one in response.json["results"]]


@pytest.mark.parametrize("body", hooks.DELETIONS + hooks.OTHERS, ids=str)
def test_a_webhook_without_a_candidate_is_ignored_with_the_reason_and_stores_nothing(shared_api, body):
    response = shared_api.post("/candidates", copy.deepcopy(body))
    (result,) = response.json["results"]

    assert response.status_code == 200
    assert response.json["counts"] == {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "ignored": 1}
    assert (result["outcome"], result["ignored"][0]["detail"]) == ("ignored", result["reason"])
    assert result["ignored"][0]["pointer"] in ("/action", "/event", "/type", "/event_type")
    assert shared_api.total() == 0


def test_a_deletion_names_the_stored_candidate_and_erases_nobody(api):
    known = {
        source: api.post(f"/candidates?source={source}", {"external_id": "7", "name": "Ben"}).json["results"][0]["id"]
        for source in ("x", "greenhouse", "lever", "ashby")
    }
    for body in hooks.DELETIONS:
        source = event_of(body).system or "x"
        for asked in {source, "x"}:
            query = "" if asked == source != "x" else "?source=x"
            (result,) = api.post(f"/candidates{query}", copy.deepcopy(body)).json["results"]
            assert result["id"] == known[asked]
            assert f"DELETE /api/v1/candidates/{known[asked]}" in result["reason"]
            assert "nothing was erased" in result["reason"]
    assert api.total() == 4


def test_a_batch_of_webhooks_candidates_and_mistakes_keeps_its_order_and_its_counts_add_up(api):
    sent_ = [hooks.OTHERS[0], hooks.CARRIED[0], 5, hooks.DELETIONS[0], sent.NATIVE, hooks.CARRIED[1]]
    response = api.post("/candidates", copy.deepcopy(sent_))

    assert outcomes(response) == [
        ("ignored", None), ("created", "7"), ("rejected", None), ("ignored", None), ("created", "n-1"),
        ("updated", "7"),
    ]  # fmt: skip
    assert [one["index"] for one in response.json["results"]] == list(range(6))
    assert sum(response.json["counts"].values()) == 6
    assert response.json["results"][3]["id"] == response.json["results"][1]["id"]
    assert response.json["results"][3]["ignored"][0]["pointer"] == "/3/action"


def test_webhooks_and_mistakes_alone_are_answered_one_by_one(api):
    response = api.post("/candidates", [hooks.OTHERS[0], 5])

    assert response.status_code == 200
    assert outcomes(response) == [("ignored", None), ("rejected", None)]


@pytest.mark.parametrize("path", ["/scores", "/evidence"])
def test_calls_that_store_nothing_reject_a_webhook_with_its_code(api, path):
    role = {"role": "ml_engineer"} if path == "/scores" else {}
    mixed = api.post(path, {**role, "candidates": [hooks.OTHERS[0], sent.NATIVE, hooks.DELETIONS[0], 5]})
    alone = api.post(path, {**role, "candidates": [hooks.OTHERS[0]]})

    assert [row["index"] for row in mixed.json["results"]] == [1]
    assert [(row["index"], row["errors"][0]["code"]) for row in mixed.json["rejected"]] == [
        (0, "not_a_candidate"), (2, "deletion_notice"), (3, "invalid"),
    ]  # fmt: skip
    assert mixed.json["rejected"][0]["errors"][0]["pointer"] == "/candidates/0/action"
    assert (alone.status_code, alone.json["errors"][0]["code"]) == (422, "not_a_candidate")


@pytest.mark.parametrize("place", ["query", "body"])
def test_a_form_that_does_not_fit_loses_no_id_but_is_refused(api, place):
    items = [copy.deepcopy(sent.NATIVE), copy.deepcopy(sent.LEVER)]
    path, body = ("/candidates?format=lever", items) if place == "query" else (
        "/candidates", {"format": "lever", "candidates": items})  # fmt: skip
    response = api.post(path, body)

    assert [one["outcome"] for one in response.json["results"]] == ["rejected", "created"]
    assert response.json["results"][0]["errors"][0]["code"] == "format_mismatch"
    alone = api.post("/candidates?format=lever", sent.NATIVE)
    assert (alone.status_code, alone.json["errors"][0]["code"]) == (422, "format_mismatch")


def test_what_stands_beside_a_list_of_candidates_is_told(api):
    body = {"data": [sent.LEVER["data"]], "hasNext": True, "next": "token", "empty": None}
    ours = {"candidates": [sent.NATIVE], "source": "pipe", "sorce": "typo", "name": "Ada"}

    assert [one["pointer"] for one in api.post("/candidates", body).json["ignored"]] == ["/hasNext", "/next"]
    assert [one["pointer"] for one in api.post("/candidates", ours).json["ignored"]] == ["/sorce", "/name"]
    assert api.post("/candidates", sent.NATIVE).json["ignored"] == []


def test_a_list_under_an_action_that_deletes_creates_nobody(api):
    for body in ({"action": "delete_candidates", "candidates": [sent.NATIVE]},
                 {"event": "candidate.deleted", "data": [sent.LEVER["data"]]}):  # fmt: skip
        assert outcomes(api.post("/candidates", body)) == [("ignored", None)]
    assert api.total() == 0
