"""Payloads of other systems through the API: stored, scored, one to a line, in the wrappers they come in."""

import copy
import json

import pytest
from intake import ats_payloads as sent


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
