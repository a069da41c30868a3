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


def edit(api, method, mark=None, **headers):
    headers = {**({"If-Match": mark} if mark else {}), **headers}
    body = {"json": {"columns": {"Who": "name"}}} if method == "PUT" else {}
    return api.call(method, "/mappings/agency", headers=headers, **body)


def test_who_edits_by_the_mark_they_saw_undoes_nobodys_change(api):
    seen = put(api, "agency").headers["ETag"]
    assert api.get("/mappings/agency").headers["ETag"] == seen
    changed = edit(api, "PUT", seen)
    assert (changed.status_code, changed.headers["ETag"] != seen) == (200, True)
    for late in (edit(api, "PUT", seen), edit(api, "DELETE", seen)):
        assert (late.status_code, late.json["type"]) == (412, "urn:rolefit:problem:changed")
    assert api.get("/mappings/agency").json == changed.json
    several = f'"another", {changed.headers["ETag"]}'
    assert edit(api, "DELETE", several).status_code == 204


def test_a_mapping_can_be_created_only_or_replaced_only(api):
    assert edit(api, "PUT", "*").status_code == 412
    assert edit(api, "PUT", **{"If-None-Match": "*"}).status_code == 201
    assert edit(api, "PUT", **{"If-None-Match": "*"}).status_code == 412
    assert edit(api, "PUT", "*").status_code == 200
    assert edit(api, "DELETE", "*").status_code == 204
    assert edit(api, "DELETE", "*").status_code == 404


def test_a_mapping_that_is_still_known_is_not_sent_again(api):
    mark = put(api, "agency").headers["ETag"]
    assert api.call("GET", "/mappings/agency", headers={"If-None-Match": mark}).status_code == 304
    edit(api, "PUT")
    assert api.call("GET", "/mappings/agency", headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [{"If-Match": "mine"}, {"If-Match": ""}, {"If-Match": 'W/"a"'}, {"If-Match": '"a'}, {"If-None-Match": '"a"'}],
)
def test_a_mark_that_is_not_understood_is_refused_and_not_passed_over(api, method, headers):
    before = put(api, "agency").json
    answer = edit(api, method, **headers)
    assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, next(iter(headers)))
    assert api.get("/mappings/agency").json == before
