"""A defect of a reader costs the field it meets, at every door: told with its place, counted, logged without text."""

import io
import json

import pytest
from click.testing import CliRunner

from service.cli import main
from service.intake import dates, draft, native
from service.intake.tables import headers
from service.intake.tables import rows as sheet
from service.skills.finder import LONGEST_TEXT, Finder
from service.skills.signs import Signs
from service.usecases import drafts, jobs

CANARY = "Zanzibar"
"""What stands in the text that a reader breaks at, and must be in no log."""

PERSON = {"external_id": "p-1", "name": "Ada", "summary": f"Boom {CANARY}.", "skills": [{"name": "Python", "level": 4}]}
ROWS = f"Name,ID,Python,Notes\nAda,1,4,Boom {CANARY}\nBo,2,3,I know SQL.\n"
API = "/api/v1"


@pytest.fixture
def broken(monkeypatch):
    """Break the reader of running texts, as a phrase that it does not know did once."""
    find = Finder.find

    def breaks(self, text):
        if "Boom" in text:
            raise KeyError(text)
        return find(self, text)

    monkeypatch.setattr(Finder, "find", breaks)


@pytest.fixture
def told(capfd):
    """Return the defects that were logged, once it is sure that no text stands in the log."""

    def told():
        logged = capfd.readouterr().err
        assert CANARY not in logged
        return [
            line["error"] for line in map(json.loads, filter(None, logged.splitlines())) if line["event"] == "defect"
        ]

    return told


def counted(client):
    return next(
        (
            float(line.split()[-1])
            for line in client.get("/metrics").text.splitlines()
            if "reader_defects_total{" in line
        ),
        0,
    )


@pytest.mark.usefixtures("broken")
def test_a_pipeline_is_told_the_field_and_gets_all_the_rest(client, told):
    asked = {"role": "ml_engineer", "candidates": [PERSON]}
    scored = client.post(f"{API}/scores", json=asked)
    assert scored.status_code == 200, scored.json
    (result,) = scored.json["results"]
    assert [row["pointer"] for row in result["ignored"]] == ["/candidates/0/summary"]
    assert "defect" in result["ignored"][0]["detail"]
    shown = client.post(f"{API}/evidence", json={"candidates": [PERSON]}).json["results"][0]
    assert "python" in [skill["skill"] for skill in shown["skills"]]
    stored = client.post(f"{API}/candidates", json=[PERSON])
    assert (stored.status_code, stored.json["counts"]["created"]) == (201, 1)
    assert told() == ["builtins.KeyError"] * 3
    assert counted(client) == 3


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("prefer", ["", "respond-async"])
def test_an_import_is_told_the_cell_and_keeps_every_row(app, client, told, prefer):
    sent = {"file": (io.BytesIO(ROWS.encode()), "pool.csv")}
    answer = client.post(f"{API}/imports", data=sent, headers={"Prefer": prefer})
    if prefer:
        assert jobs.run_next(app.extensions["rolefit"])
    report = client.get(f"{API}/imports/{answer.json['id']}").json
    assert (report["state"], report["counts"]["created"], report["counts"]["rejected"]) == ("done", 2, 0)
    assert [(row["row"], row["column"]) for row in report["warnings"]] == [(2, "D")]
    assert told() == ["builtins.KeyError"]
    assert counted(client) == 1


@pytest.mark.usefixtures("broken")
def test_the_command_line_is_told_the_cell(tmp_path):
    path = tmp_path / "pool.csv"
    path.write_text(ROWS, encoding="utf-8")
    done = CliRunner().invoke(main, ["read", str(path), "--json"])
    assert done.exit_code == 0, done.output
    ada, bo = json.loads(done.stdout)["results"]
    assert [(row["row"], row["column"]) for row in ada["ignored"]] == [(2, "D")]
    assert bo["ignored"] == []


BREAKS = {
    "markers": (Signs, "find", {"summary": "x"}, "/summary"),
    "a skill": (draft.Reader, "item", {"skills": [{"name": "Go"}]}, "/skills/0"),
    "its level": (native, "months_of", {"skills": [{"name": "Go", "level": "good"}]}, "/skills/0"),
    "a date": (dates, "span_of", {"jobs": [{"title": "Engineer", "start": "2020"}]}, "/jobs/0"),
    "a resume": (native.resume_text, "sections", {"text": "Experience"}, "/text"),
    "a title": (draft, "band_of", {"headline": "Engineer"}, "/headline"),
    "a certificate": (native, "end_of", {"certificates": [{"name": "CKA", "date": "2020"}]}, "/certificates/0/date"),
}


@pytest.mark.parametrize("part", BREAKS)
def test_each_reader_of_a_field_costs_that_field_alone(house, monkeypatch, part):
    where, name, fields, pointer = BREAKS[part]
    monkeypatch.setattr(where, name, lambda *_, **__: 1 / 0)
    found = native.read({"name": "Ada", "notes": "None.", **_checked(fields)}, house.reader)
    assert pointer in [remark["pointer"] for remark in found.remarks if remark["detail"] == draft.DEFECT]


def _checked(fields):
    return {name: [{**one, "at": at} for at, one in enumerate(value)] if name == "skills" else value
            for name, value in fields.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("where", "name", "columns"),
    [
        (sheet, "months_of", {"C", "D"}),
        (draft.Reader, "said", {"C", "D"}),
        (draft.Reader, "split", {"E"}),
        (dates, "_written", {"C", "D"}),
    ],
)
def test_a_defect_in_a_cell_leaves_the_rest_of_the_row(sent, monkeypatch, where, name, columns):
    rows = ("Name,ID,Python,Years,Skills", "Ada,1,since 2019,since 2012,SQL")
    monkeypatch.setattr(where, name, lambda *_, **__: 1 / 0)
    report = sent("\n".join(rows), ending=".csv")
    assert report["counts"]["created"] == 1
    assert {row["column"] for row in report["warnings"]} <= columns


def test_a_defect_in_a_header_costs_its_column(sent, monkeypatch):
    meaning = headers.KnownHeaders.meaning
    broken = lambda known, text, over: 1 / 0 if text == "Notes" else meaning(known, text, over)  # noqa: E731
    monkeypatch.setattr(headers.KnownHeaders, "meaning", broken)
    report = sent("Name,ID,Python,Notes\nAda,1,4,SQL\n", ending=".csv")
    assert report["counts"]["created"] == 1
    assert [column["header"] for column in report["columns"] if not column["understood_as"]] == ["Notes"]


def test_a_defect_in_a_job_description_is_no_fault_of_the_server(client, monkeypatch):
    monkeypatch.setattr(drafts.job_description, "read", lambda *_: 1 / 0)
    answer = client.post(f"{API}/roles/drafts", json={"text": "You know Python."})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "defect")


def test_what_breaks_a_whole_row_costs_that_row(sent, monkeypatch):
    monkeypatch.setattr(sheet.RowReader, "_titles", lambda _, cells: 1 / 0 if "Ada" in cells else ())
    report = sent("Name,ID,Python\nAda,1,4\nBo,2,3\n", ending=".csv")
    assert (report["counts"]["created"], report["counts"]["rejected"]) == (1, 1)
    assert report["rejected"][0]["errors"][0]["code"] == "defect"


def test_what_breaks_a_whole_candidate_costs_that_candidate(client, monkeypatch):
    monkeypatch.setattr(native, "_told", lambda draft, _: 1 / 0 if draft.evidence else [])
    answer = client.post(f"{API}/candidates", json=[PERSON, {"external_id": "p-2", "name": "Bo"}])
    assert [row["outcome"] for row in answer.json["results"]] == ["rejected", "created"]
    alone = client.post(f"{API}/scores", json={"role": "ml_engineer", "candidates": [PERSON]})
    assert (alone.status_code, alone.json["errors"][0]["pointer"]) == (422, "/candidates/0")


@pytest.mark.parametrize("field", ["summary", "text", "notes"])
def test_a_text_that_is_too_long_is_read_by_its_beginning_and_said_so(client, field):
    long = "I know Python. " + "x " * LONGEST_TEXT + "I know SQL."
    answer = client.post(f"{API}/evidence", json={"candidates": [{"name": "Ada", field: long}]})
    assert answer.status_code == 200, answer.json
    (shown,) = answer.json["results"]
    skills = {skill["skill"] for skill in shown["skills"] if skill["evidence"]}
    assert skills == {"python"}
    assert [row["pointer"] for row in shown["ignored"] if "100,000" in row["detail"]] == [f"/candidates/0/{field}"]


@pytest.mark.parametrize(
    ("form", "body", "pointer"),
    [
        ("json_resume", {"basics": {"name": "Ada", "summary": "{}"}}, "/basics/summary"),
        ("json_resume", {"basics": {"name": "Ada"}, "work": [{"name": "X", "summary": "{}"}]}, "/work/0/summary"),
        ("native", {"name": "Ada", "jobs": [{"title": "Engineer", "summary": "{}"}]}, "/jobs/0/summary"),
    ],
)
def test_so_is_a_text_in_any_form(client, form, body, pointer):
    long = json.loads(json.dumps(body).replace("{}", "I know Python. " + "x " * LONGEST_TEXT))
    answer = client.post(f"{API}/evidence", json={"candidates": [long], "format": form})
    assert answer.status_code == 200, answer.json
    told = [row["pointer"] for row in answer.json["results"][0]["ignored"] if "100,000" in row["detail"]]
    assert told == [f"/candidates/0{pointer}"]
