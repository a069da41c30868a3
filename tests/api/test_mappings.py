"""Mappings are kept by name, replaced, listed, used by imports, and deleted."""

import json

import pytest
from api.people import csv_text

SHEET = csv_text(["Who", "Py", "Data", "Pay"], ["Ada Example", 8, 3, 9], ["Bo Example", 6, 1, 9])
COLUMNS = {"Who": "name", "Py": "skill:python@10", "C": "sql", "Pay": "ignore"}


def put(api, name, columns=COLUMNS):
    return api.call("PUT", f"/mappings/{name}", json={"columns": columns})


def test_a_mapping_is_created_replaced_listed_and_deleted(api):
    created, replaced = put(api, "agency"), put(api, "agency", {"Who": "name"})
    put(api, "Team%20Ünï", COLUMNS)

    assert (created.status_code, replaced.status_code) == (201, 200)
    assert created.json["columns"] == COLUMNS
    assert api.get("/mappings/agency").json == replaced.json
    assert [kept["name"] for kept in api.get("/mappings").json["mappings"]] == ["Team Ünï", "agency"]
    assert api.delete("/mappings/agency").status_code == 204
    assert api.get("/mappings/agency").status_code == api.delete("/mappings/agency").status_code == 404


def test_an_import_uses_a_mapping_by_its_name(api):
    put(api, "agency")
    report = api.upload(SHEET, mapping_name="agency").json

    assert [column["understood_as"] for column in report["columns"]] == [
        "name", "level of Python (production-grade) on a scale to 10", "level of SQL and data modeling",
        "set aside: kept, never scored",
    ]  # fmt: skip
    assert report["counts"]["created"] == 2


def test_what_is_said_in_the_request_goes_before_the_mapping_kept(api):
    put(api, "agency")
    report = api.upload(SHEET, mapping_name="agency", mapping=json.dumps({"Py": "skill:docker"})).json

    assert [column["understood_as"] for column in report["columns"]][:2] == ["name", "level of Docker"]


def test_an_import_with_a_mapping_of_no_name_is_refused(api):
    refused = api.upload(SHEET, mapping_name="nobody")

    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[-1]) == (404, "unknown_mapping")
    assert api.total() == 0


@pytest.mark.parametrize(
    "body",
    [{}, {"columns": {}}, {"columns": {"A": "nonsense"}}, {"columns": {"A": 5}}, {"columns": [1]}, {"what": 1},
     {"columns": {"": "name"}}, {"columns": {f"H{place}": "name" for place in range(300)}}],
)  # fmt: skip
def test_a_mapping_that_maps_to_nothing_is_refused(api, body):
    assert api.call("PUT", "/mappings/bad", json=body).status_code == 422
    assert api.get("/mappings").json["mappings"] == []


@pytest.mark.parametrize("name", ["x" * 101, "a%00b", "a%0Ab"])
def test_a_name_is_short_and_printable(api, name):
    assert put(api, name).status_code == 422


def test_a_dry_run_shows_samples_and_what_is_kept_shows_none(api):
    dry = api.upload(SHEET, dry_run="true", mapping=json.dumps({"Who": "name", "Py": "python@10"})).json
    kept = api.upload(SHEET, mapping=json.dumps({"Who": "name", "Py": "python@10"})).json

    assert [column["samples"] for column in dry["columns"]][:2] == [["Ada Example", "Bo Example"], ["8", "6"]]
    assert all(column["samples"] == [] for column in kept["columns"])
    assert "Ada Example" not in json.dumps(api.get(f"/imports/{kept['id']}").json)
