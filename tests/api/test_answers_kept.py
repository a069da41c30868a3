"""Answers to what a file leaves open are kept with its headers, and applied by themselves to files with the same."""

import io
import json

import pytest
from api.people import csv_text

from service.usecases import jobs

HEADER = ["Who", "Py", "Data"]
ROWS = (["Ada Example", 4, 3], ["Bo Example", 2, 1])
SHEET = csv_text(HEADER, *ROWS)
SWAPPED = csv_text(["Data", "who ", "PY"], [3, "Cy Example", 5])
SAID = {"A": "name", "Py": "skill:python", "columns": {"Data": "skill:sql"}, "values": {"n.v.": "unknown"}}
READ = ["name", "level of Python (production-grade)", "level of SQL and data modeling"]


def understood(report):
    return [column["understood_as"] for column in report["columns"]]


def queued(api, content, **form):
    data = {"file": (io.BytesIO(content.encode()), "candidates.csv"), **form}
    return api.post("/imports", data=data, headers={"Prefer": "respond-async"})


def keep(api, name="agency", **said):
    return api.call("PUT", f"/mappings/{name}", json=said)


def test_answers_are_kept_under_a_name_and_applied_to_a_file_with_the_same_headers(api):
    dry = api.upload(SHEET, dry_run="true", mapping=json.dumps(SAID), keep_as="agency").json
    assert (understood(dry), api.get("/mappings").json["mappings"]) == (READ, [])
    report = api.upload(SHEET, mapping=json.dumps(SAID), keep_as="agency").json
    assert any("kept as 'agency'" in notice for notice in report["notices"])
    assert report["applied_mapping"] is None
    (kept,) = api.get("/mappings").json["mappings"]
    assert kept["columns"] == {"Who": "name", "Py": "skill:python", "Data": "skill:sql"}, "no letters: order may differ"
    assert (kept["values"], kept["scales"], kept["rows"]) == ({"n.v.": "unknown"}, {}, {})
    assert kept["headers"] == HEADER
    other = api.upload(SWAPPED).json
    assert other["applied_mapping"] == "agency"
    assert "The answers kept as 'agency' were applied: the file has the same headers." in other["notices"]
    assert understood(other) == [READ[2], READ[0], READ[1]]
    assert not any("names" in notice for notice in other["notices"])


@pytest.mark.both_databases
def test_a_job_keeps_and_applies_answers_as_they_were_when_it_was_sent(app, api):
    house = app.extensions["rolefit"]
    answer = queued(api, SHEET, mapping=json.dumps(SAID), keep_as="agency")
    assert api.get("/mappings").json["mappings"] == []
    assert jobs.run_next(house)
    assert understood(api.get(answer.headers["Location"]).json) == READ
    assert [one["name"] for one in api.get("/mappings").json["mappings"]] == ["agency"]
    later = queued(api, SWAPPED)
    api.delete("/mappings/agency")
    assert jobs.run_next(house)
    assert api.get(later.headers["Location"]).json["applied_mapping"] == "agency"


def test_what_is_given_goes_before_what_is_kept(api):
    keep(api, columns={"Who": "name", "Py": "skill:python", "Data": "skill:sql"}, headers=HEADER)
    keep(api, "other", columns={"Who": "name", "Py": "skill:docker"})
    assert understood(api.upload(SHEET, dry_run="1").json) == READ
    over = api.upload(SHEET, dry_run="1", mapping=json.dumps({"Py": "skill:docker"})).json
    assert (understood(over), over["applied_mapping"]) == (["name", "level of Docker", READ[2]], "agency")
    named = api.upload(SHEET, dry_run="1", mapping_name="other").json
    assert (understood(named)[:2], named["applied_mapping"]) == (["name", "level of Docker"], None)
    assert understood(named)[2] != READ[2]
    refused = api.upload(SHEET, dry_run="1", apply_kept="false")
    assert "applied_mapping" not in refused.json or refused.json["applied_mapping"] is None


@pytest.mark.parametrize("headers", [["Who", "Py"], ["Who", "Py", "Data", "More"], ["Who", "Python", "Data"]])
def test_a_file_with_other_headers_is_left_alone(api, headers):
    named = {name: target for name, target in {"Who": "name", "Py": "skill:docker"}.items() if name in headers}
    keep(api, columns=named, headers=headers)
    answer = api.upload(SHEET, dry_run="1", mapping=json.dumps({"Who": "name", "Py": "skill:python"}))
    assert answer.json["applied_mapping"] is None


def test_of_two_that_are_kept_for_the_same_headers_the_latest_is_applied_and_that_is_said(api):
    keep(api, "first", columns={"Who": "name", "Py": "skill:docker"}, headers=HEADER)
    keep(api, "second", columns={"Who": "name", "Py": "skill:python"}, headers=[one.upper() for one in HEADER])
    report = api.upload(SHEET, dry_run="1").json
    assert (report["applied_mapping"], understood(report)[1]) == ("second", READ[1])
    assert "Answers for these headers are kept as 'first' too: 'second' was kept last." in report["notices"]


def test_headers_are_found_below_a_title_and_nobodys_values_are_kept(api):
    text = csv_text(["Skills of the team", "", ""], HEADER, *ROWS)
    api.upload(text, mapping=json.dumps(SAID), keep_as="agency")
    (kept,) = api.get("/mappings").json["mappings"]
    assert kept["headers"] == HEADER
    assert "Ada" not in json.dumps(kept)
    assert api.upload(SWAPPED, dry_run="1").json["applied_mapping"] == "agency"


def test_no_answer_is_nothing_to_keep(api):
    report = api.upload(csv_text(["Name", "Python"], ["Ada Example", 3]), keep_as="nothing").json
    assert "No answer was given for this file that can be kept, so none is kept as 'nothing'." in report["notices"]
    json_file = json.dumps([{"name": "Bo Example"}])
    report = api.upload(json_file, name="a.json", mapping=json.dumps({"Py": "skill:python"}), keep_as="json").json
    assert any("no row of headers" in notice for notice in report["notices"])
    assert [one["headers"] for one in api.get("/mappings").json["mappings"]] == [None]


def test_all_parts_of_answers_are_kept_and_shown(api):
    said = {
        "columns": {"Who": "name"}, "scales": {"*": "0-10", "Py": "5-1"}, "values": {"+++": 5, "n.v.": "unknown"},
        "rows": {"Total": "skip"}, "headers": HEADER,
    }  # fmt: skip
    created = keep(api, **said)
    assert created.status_code == 201
    assert {part: created.json[part] for part in said} == said
    assert api.get("/mappings/agency").json == created.json
    replaced = keep(api, columns={"Who": "name"})
    assert (replaced.json["scales"], replaced.json["headers"]) == ({}, None)
    assert keep(api, "values", values={"+": 1}).status_code == 201


@pytest.mark.parametrize(
    ("said", "details"),
    [
        ({"columns": {"A": "nonsense"}, "scales": {"*": "good"}, "values": {"x": 9}, "rows": {"Total": "go"}}, 4),
        ({"scales": {"*": "5-5"}}, 1),
        ({"values": {"x": [1]}}, 1),
        ({"columns": {"A": "name", "Py": "skill:python"}, "headers": HEADER}, 1),
        ({"scales": {"B": "0-10"}, "columns": {"C": "name"}, "headers": HEADER}, 2),
        ({"headers": HEADER}, 1),
        ({"columns": {"Who": "name"}, "headers": ["Who"]}, 1),
        ({"columns": {"Who": "name"}, "more": {}}, 1),
    ],
)
def test_a_mapping_that_cannot_be_kept_is_refused_with_every_mistake(api, said, details):
    refused = keep(api, **said)
    assert (refused.status_code, len(refused.json["errors"])) == (422, details)
    assert api.get("/mappings").json["mappings"] == []


@pytest.mark.parametrize(
    ("mapping", "details"),
    [
        ('{"Py": "nonsense", "scales": {"*": "good"}, "values": {"x": 9}, "columns": {"D": "no such skill"}}', 4),
        ('{"Py": 5}', 1),
        ('{"rows": "skip"}', 1),
        ("[1]", 1),
        ("5", 1),
        ('{"Py": {"a": 1}}', 1),
    ],
)
@pytest.mark.parametrize("way", [lambda api, *sent, **form: api.upload(*sent, **form), queued])
def test_every_mistake_in_the_answers_of_a_request_is_told_at_once(api, mapping, details, way):
    refused = way(api, SHEET, mapping=mapping)
    assert (refused.status_code, len(refused.json["errors"])) == (422, details)
    assert {one["parameter"] for one in refused.json["errors"]} == {"mapping"}
    assert api.get("/imports").json["imports"] == []


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb"])
def test_a_name_to_keep_answers_under_is_short_and_printable(api, name):
    assert api.upload(SHEET, mapping=json.dumps(SAID), keep_as=name).status_code == 422


# Headers of two rows

ONE_ROW = csv_text(["Name", "Python", "SQL"], ["Ada Example", 4, 3], ["Bo Example", 2, 1])
TWO_ROWS = csv_text(
    ["Name", "Python", "", "SQL", ""], ["", "Self", "Interviewer", "Self", "Interviewer"],
    ["Cy Example", 8, 9, 7, 10], ["Dee Example", 3, 2, 4, 5],
)  # fmt: skip


@pytest.mark.parametrize(("kept_for", "other"), [(ONE_ROW, TWO_ROWS), (TWO_ROWS, ONE_ROW)])
def test_a_header_of_two_rows_is_not_that_of_its_upper_row_alone(api, kept_for, other):
    api.upload(kept_for, mapping=json.dumps({"scales": {"*": "0-10"}}), keep_as="ten")
    assert api.upload(kept_for, dry_run="1").json["applied_mapping"] == "ten"
    assert api.upload(other, dry_run="1").json["applied_mapping"] is None


def test_answers_of_columns_below_a_header_of_two_rows_are_applied_again(api):
    said = {"Python / Self": "ignore", "scales": {"SQL / Interviewer": "0-10", "*": "0-10"}}
    first = api.upload(TWO_ROWS, mapping=json.dumps(said), keep_as="ten").json
    again = api.upload(TWO_ROWS, dry_run="1").json
    assert again["applied_mapping"] == "ten"
    assert understood(again) == understood(first)


def test_people_across_are_known_by_their_labels_and_their_names_are_not_kept(api):
    across = csv_text(
        ["Skill", "Ada Example", "Bo Example"], ["Python", 8, 3], ["SQL", 7, 2], ["Docker", 9, 1]
    )  # fmt: skip
    report = api.upload(across, mapping=json.dumps({"scales": {"*": "0-10"}}), keep_as="across").json
    assert report["sheets"][0]["layout"] == "across"
    (kept,) = api.get("/mappings").json["mappings"]
    assert "Example" not in json.dumps(kept)
    others = across.replace("Ada", "Cy").replace("Bo", "Dee")
    assert api.upload(others, dry_run="1").json["applied_mapping"] == "across"


# Names of people in answers


def test_the_name_of_a_person_is_no_answer_to_keep(api):
    text = csv_text(["Name", "Python", "SQL"], ["Ada Example", 4, 3], ["Max Weber", "", ""], ["Total", 4, 3])
    said = {"rows": {"Max Weber": "person", "Total": "skip"}}
    report = api.upload(text, mapping=json.dumps(said), keep_as="agency").json
    assert any("would keep their names" in notice for notice in report["notices"])
    assert api.get("/mappings/agency").json["rows"] == {"Total": "skip"}
    person = json.dumps({"rows": {"Max Weber": "person"}})
    only = api.upload(text, mapping=person, keep_as="none", apply_kept="false").json
    assert any("so none is kept as 'none'" in notice for notice in only["notices"])


@pytest.mark.both_databases
def test_what_is_kept_of_an_erased_persons_name_goes_with_them(app, api, tmp_path):
    keep(api, rows={"Quartermain Example": "person", "Total": "skip"}, values={"quartermain  example": 5, "+": 1})
    keep(api, "other", columns={"Who": "name"})
    before = api.get("/mappings/other").json
    (id_,) = [one["id"] for one in api.post("/candidates", {"name": "Quartermain Example"}).json["results"]]
    assert api.delete(f"/candidates/{id_}").status_code == 204
    kept = api.get("/mappings/agency").json
    assert (kept["rows"], kept["values"]) == ({"Total": "skip"}, {"+": 1})
    assert api.get("/mappings/other").json == before
    app.extensions["rolefit"].store.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"uartermain" in path.read_bytes()] == []
