"""A kept report outlives the people in the file: what quotes them is taken out, then or with the person."""

import io
import json

import orjson
import pytest

from service.usecases import imports, kept_reports

CANARY = "Quartermain"
COLUMN = {"column": "A", "header": "Python", "understood_as": None, "samples": [CANARY], "suggestion": None}


def question(kind, **more):
    choice = {"label": CANARY, "answer": {"rows": {CANARY: "person"}}, "effect": "1 of 2"}
    return {
        "id": kind, "kind": kind, "sheet": None, "columns": ["Python"], "question": "Which?", "why": CANARY,
        "evidence": [{"value": CANARY, "count": 1}], "choices": [choice], "unread": 1, **more,
    }  # fmt: skip


def grouped(value, first_row):
    return {"column": "A", "header": "Python", "value": value, "detail": "?", "count": 1, "first_row": first_row}


@pytest.fixture
def read():
    return {
        **kept_reports.unread("a.csv"),
        "columns": [COLUMN],
        "questions": [question("scale"), question("rows", question=f"Is {CANARY} a person?"), question("values")],
        "questions_total": 3,
        "passed_over": [{"row": 3, "sheet": None, "value": CANARY, "kind": "total", "detail": "It is a total."}],
        "passed_over_total": 1,
        "warnings": [{"row": 2, "column": "A", "value": "often", "detail": "?"}],
        "warnings_by_value": [grouped("often", 2), grouped(CANARY, 1500)],
    }


def test_what_a_report_quotes_of_people_is_for_those_who_only_look(read):
    counts = imports.counts_of({})
    dry = imports.report_of("i", read, counts, (), dry_run=True)
    assert {name: dry[name] for name in read if name != "columns"} == {
        name: read[name] for name in read if name != "columns"
    }
    kept = imports.report_of("i", read, counts, ())
    assert CANARY not in json.dumps(kept)
    assert [one["kind"] for one in kept["questions"]] == ["scale"]
    assert (kept["questions_total"], kept["passed_over_total"], kept["passed_over"][0]["kind"]) == (3, 1, "total")
    assert [one["value"] for one in kept["warnings_by_value"]] == ["often", ""]


def test_a_grouped_value_goes_with_the_last_warning_that_shows_it(read):
    again = {**read["warnings"][0], "row": 5}
    told = kept_reports.to_keep({**read, "warnings": [*read["warnings"], again]})
    report = orjson.dumps({"report": told, "cells": [], "sheets": []})
    once = kept_reports.without_rows(report, {(None, 2)})
    assert [one["value"] for one in orjson.loads(once)["report"]["warnings_by_value"]] == ["often", ""]
    twice = kept_reports.without_rows(once, {(None, 5)})
    assert b"often" not in twice
    assert b"often" not in kept_reports.without_values(report)
    assert kept_reports.without_rows(report, {(None, 9)}) is None


def test_a_report_of_an_earlier_version_is_completed(house, sent):
    report = sent(("ID", "Name", "Python"), (1, "Ada Example", 3))
    new = {*kept_reports.unread(""), *kept_reports.OF_A_COLUMN} - {
        "file", "sheet", "header_row", "sheets", "columns", "warnings", "warnings_total", "notices", "unknown_skills",
    }  # fmt: skip
    with house.store.transaction() as work:
        old = work.get_import(report["id"])
        body = json.loads(old.report)
        told = {name: value for name, value in body["report"].items() if name not in new}
        told["columns"] = [{k: v for k, v in one.items() if k not in new} for one in told["columns"]]
        body = json.dumps({**body, "report": told}).encode()
        work.save_import(old.id, old.filename, old.digest, "done", old.counts, body, house.now())
    found = imports.get_import(house, report["id"])
    assert (found["questions"], found["applied_mapping"], found["scorable"]) == ([], None, None)
    assert found["columns"][0]["confidence"] is None


@pytest.mark.parametrize("action", ["erase", "undo"])
def test_an_erased_or_undone_persons_values_are_in_no_kept_report(client, action):
    text = f"Name,ID,Python\nAda Example,1,{CANARY}\nBo Example,2,4\n"
    report = client.post("/api/v1/imports", data={"file": (io.BytesIO(text.encode()), "p.csv")}).json
    assert CANARY in json.dumps(report["warnings"])
    if action == "undo":
        told = client.post(f"/api/v1/imports/{report['id']}/undo").json
        assert CANARY not in json.dumps(told)
    else:
        for one in client.get("/api/v1/candidates").json["candidates"]:
            client.delete(f"/api/v1/candidates/{one['id']}")
    assert CANARY not in client.get(f"/api/v1/imports/{report['id']}").get_data(as_text=True)
