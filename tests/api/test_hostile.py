"""Files and texts made to break programs: each is taken as what it is, or refused, and the service goes on."""

import json
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from api.people import STRONG, batched, cells, csv_rows, csv_text, opened, person, rated, workbook

from service.sheets.writer import guard, legal
from service.usecases.candidates import OUTCOMES

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ROLE = "ml_engineer"
ABSENT = pytest.mark.skipif(not DATA.is_dir(), reason="the shared test data is not beside this checkout")
MOST_SECONDS = 10


def files(folder, pattern="*"):
    """Return the files of a folder of the shared data; one that is not there, where there is no such folder."""
    return sorted((DATA / folder).glob(pattern)) or [DATA / folder / "absent"]


def naughty():
    """Return the Big List of Naughty Strings and the lines that spreadsheets take for formulas."""
    if not DATA.is_dir():
        return []
    strings = json.loads((DATA / "payloads" / "blns.json").read_text(encoding="utf-8"))
    lines = (DATA / "payloads" / "formula_injection_all.txt").read_text(encoding="utf-8").split("\n")
    return list(dict.fromkeys([*strings, *lines]))


NAUGHTY = naughty()
NAMES = [text for text in NAUGHTY if 0 < len(text.strip()) <= 300]
"""Those that can be somebody's name."""


def alive(api):
    """Assert that an honest file is still imported."""
    assert api.get("/livez").status_code == 200
    report = api.upload(csv_text(["Name", "ID", "Python"], ["Honest Example", "honest", 4]))
    assert report.status_code == 201
    assert report.json["counts"]["created"] + report.json["counts"]["unchanged"] == 1


# Files


@ABSENT
@pytest.mark.parametrize("path", files("weird_spreadsheets"), ids=lambda path: path.name)
def test_a_strange_file_is_taken_or_refused_in_good_time(shared_api, path):
    began = sum(os.times()[:4])
    response = shared_api.upload(path.read_bytes(), path.name)
    assert sum(os.times()[:4]) - began < MOST_SECONDS
    assert response.status_code < 500
    if response.status_code == 201:
        counts = response.json["counts"]
        assert counts["rows"] == sum(counts[outcome] for outcome in OUTCOMES)
        opened(shared_api.get(f"/imports/{response.json['id']}/rejected.xlsx"))
    alive(shared_api)


@ABSENT
def test_strange_files_are_refused_for_what_they_are(shared_api):
    codes = {
        path.name: shared_api.upload(path.read_bytes(), path.name).json.get("type", "taken").rsplit(":", 1)[-1]
        for path in files("weird_spreadsheets")
        if "prot" in path.name or "bomb" in path.name or "zip" in path.name
    }
    assert codes["calamine__pass_protected.xlsx"] == codes["poi__protected_sha512.xlsx"] == "encrypted"  # noqa: S105 - a file's name
    assert codes["poi__poc-xmlbomb.xlsx"] == "dtd"
    assert codes["frictionless__implicit-zip.csv"] == "wrong_extension"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "C:\\x\\y.csv", "a\x00b.csv", "naïve ☃.csv", "'; rm -rf ~.csv", "x" * 3000 + ".csv", "="],
    ids=lambda name: ascii(name)[:24],
)  # fmt: skip
def test_the_name_of_a_file_is_only_a_name(shared_api, name):
    report = shared_api.upload(csv_text(["Name", "Python"], ["Ada Example", 4]), name)
    assert report.status_code in (201, 415)
    alive(shared_api)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(shared_api):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b" " * 50_000_000)
    began = sum(os.times()[:4])
    response = shared_api.upload(file.getvalue(), "bomb.xlsx")
    assert 400 <= response.status_code < 500
    assert sum(os.times()[:4]) - began < MOST_SECONDS
    alive(shared_api)


# Texts


@ABSENT
def test_naughty_names_come_back_unchanged_by_json(api):
    ids = api.keep(
        *({"external_id": f"n-{number}", "name": name, "skills": STRONG} for number, name in enumerate(NAMES))
    )
    listed = [kept["name"] for kept in pages(api)]
    assert listed == [name.strip() for name in NAMES]
    assert [api.get(f"/candidates/{id_}").json["name"] for id_ in ids[:50]] == listed[:50]
    assert_downloads_are_safe(api, dict(enumerate(listed)))


@pytest.mark.slow
@ABSENT
@pytest.mark.parametrize("write", [csv_text, workbook], ids=["csv", "xlsx"])
def test_naughty_names_come_back_unchanged_from_a_file(api, write):
    """A cell of a workbook cannot hold what XML cannot: there the name is as `legal` writes it."""
    texts = [name for name in NAMES if write is csv_text or legal(name) == name]
    content = write(
        ["ID", "Name", *STRONG], *([f"n-{number}", text, *STRONG.values()] for number, text in enumerate(texts))
    )
    report = api.upload(content, "pool.csv" if write is csv_text else "pool.xlsx").json
    assert report["counts"]["created"] == len(texts), report
    kept = {int(one["external_id"][2:]): one["name"] for one in pages(api)}
    wrong = {number: (texts[number], name) for number, name in kept.items() if name != texts[number].strip()}
    assert not wrong
    assert_downloads_are_safe(api, kept)


def pages(api):
    """Yield all kept candidates."""
    cursor = ""
    while cursor is not None:
        page = api.get(f"/candidates?limit=200{cursor and f'&cursor={cursor}'}").json
        yield from page["candidates"]
        cursor = page["next_cursor"]


def assert_downloads_are_safe(api, names):
    """Assert that a shortlist's downloads have these names, by the number in the id, and no formula."""
    book = opened(api.get(f"/shortlists/{ROLE}.xlsx?top=10000"))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.value for cell in row if cell.data_type == "f" or cell.hyperlink]
    rows = [row for name in ("Shortlist",) for row in cells(book[name])[1:]]
    in_book = {int(row[2][2:]): row[1] for row in rows if str(row[2]).startswith("n-")}
    assert in_book == {number: legal_back(name) for number, name in names.items()}
    table = csv_rows(api.get(f"/shortlists/{ROLE}.csv?top=10000"))
    in_file = {int(row[2][2:]): row[1] for row in table if row[2].startswith("n-")}
    assert in_file == {number: guard(name) for number, name in names.items()}
    assert not [cell for row in table for cell in row if cell and cell[0] in "=+-@\t\r"]


def legal_back(name):
    """Return a name as openpyxl reads it from a cell: what XML cannot carry is U+FFFD."""
    return legal(name).replace("_x000D_", "\r").replace("_x005F_", "_")


@pytest.mark.slow
@ABSENT
def test_naughty_texts_in_every_field_of_json_are_taken_or_refused(shared_api):
    for batch in batched(NAUGHTY, 100):
        people = [everywhere(text, number) for number, text in enumerate(batch)]
        for path, body in (("/scores", {"role": ROLE, "candidates": people}), ("/candidates", people)):
            response = shared_api.post(path, body)
            assert response.status_code < 500
    opened(shared_api.get(f"/shortlists/{ROLE}.xlsx?top=50"))
    csv_rows(shared_api.get(f"/shortlists/{ROLE}.csv?top=50"))
    alive(shared_api)


def everywhere(text, number):
    """Return a candidate with a text in every field that takes one, and as the name of a field."""
    entry = {
        "name": text,
        "title": text,
        "summary": text,
        "start": text,
        "end": text,
        "skills": [text, "Python"],
        text: text,
    }
    return {
        "external_id": f"e-{number}", "name": text, "email": text, "headline": text, "summary": text, "notes": text,
        "text": text, "skills": [text, {"name": "Python", "level": text, "years": text, "last_used": text}],
        "jobs": [entry], "projects": [entry], "certificates": [{"name": text, "issuer": text, "date": text}],
        "assessments": [{"name": text, "score": 1, "max_score": 2}], "markers": {text: True}, f"x{text}": text,
    }  # fmt: skip


@ABSENT
def test_naughty_texts_where_a_request_has_no_room_for_them_are_refused_with_a_problem(shared_api):
    for text in NAUGHTY:
        body = {"role": text, "seniority": text, "as_of": text, text: text, "candidates": [person()]}
        assert shared_api.post("/scores", body).status_code == 422
        assert shared_api.get("/candidates", query_string={"cursor": text, "limit": text}).status_code == 422
        assert shared_api.get("/shortlists/ml_engineer.csv", query_string={text: text}).status_code == 422
        assert shared_api.get("/templates/candidates.xlsx", query_string={"role": text}).status_code == 404


@ABSENT
@pytest.mark.parametrize("write", [csv_text, workbook], ids=["csv", "xlsx"])
def test_naughty_texts_in_every_column_of_a_file_are_taken(shared_api, write):
    texts = [text for text in NAUGHTY if write is csv_text or legal(text) == text]
    marker = shared_api.get(f"/roles/{ROLE}").json["markers"][0]["id"]
    header = [
        "ID",
        "Name",
        "Skills",
        "Notes",
        "Python",
        "Years",
        "Years of SQL",
        f"Marker: {marker}",
        "Other",
    ]
    rows = [[f"c-{number}", *[text] * (len(header) - 1)] for number, text in enumerate(texts)]
    report = shared_api.upload(write(header, *rows), "pool.csv" if write is csv_text else "pool.xlsx")
    assert report.status_code == 201
    assert report.json["counts"]["rejected"] == 0
    opened(shared_api.get(f"/shortlists/{ROLE}.xlsx?top=50"))
    csv_rows(shared_api.get(f"/shortlists/{ROLE}.csv?top=50"))


@ABSENT
def test_naughty_texts_as_headers_are_columns_that_are_not_understood(shared_api):
    texts = [text for text in NAUGHTY if text.strip()]
    for number, batch in enumerate(batched(texts, 100)):
        rows = [["ID", "Name", "Python", *batch], [f"h-{number}", "Ada Example", 4, *batch], ["", "", 4, *batch]]
        report = shared_api.upload(csv_text(*rows))
        assert report.status_code == 201
        assert len(report.json["columns"]) >= 3
        book = opened(shared_api.get(f"/imports/{report.json['id']}/rejected.xlsx"))
        assert not [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    alive(shared_api)


@ABSENT
def test_naughty_texts_beside_a_file_are_taken_or_refused(shared_api):
    for text in NAUGHTY[::16]:
        for field in ("mapping", "source", "dry_run"):
            sheet = csv_text(["Name", "ID", "Python"], ["Ada Example", "a", 4])
            assert shared_api.upload(sheet, **{field: text}).status_code in (200, 201, 400, 422)


# JSON


@ABSENT
@pytest.mark.parametrize("path", files("payloads/json_test_suite", "*.json"), ids=lambda path: path.stem)
def test_a_body_of_the_json_test_suite_is_taken_or_refused(shared_api, path):
    raw = path.read_bytes()
    for call in ("/scores", "/candidates"):
        response = shared_api.post(call, data=raw, content_type="application/json")
        assert 400 <= response.status_code < 500
        assert response.mimetype == "application/problem+json"
        if path.name.startswith("n_"):
            assert response.status_code == 400
        if path.name.startswith("y_") and "duplicated_key" not in path.name:
            assert response.status_code == 422


@ABSENT
@pytest.mark.parametrize("path", files("payloads/json_test_suite", "*.json"), ids=lambda path: path.stem)
def test_a_value_of_the_json_test_suite_inside_a_candidate_is_taken_or_refused(shared_api, path):
    raw = b'{"name": "Ada Example", "x": ' + path.read_bytes() + b"}"
    response = shared_api.post("/candidates", data=raw, content_type="application/json")
    assert response.status_code < 500
    if response.status_code < 300:
        id_ = response.json["results"][0]["id"]
        assert shared_api.get(f"/candidates/{id_}").status_code == 200
        assert shared_api.delete(f"/candidates/{id_}").status_code == 204


def test_after_all_this_an_honest_candidate_is_scored(shared_api):
    result = shared_api.score(person(skills=rated(STRONG)), role=ROLE, seniority="mid")["results"][0]
    assert result["gate"] == "pass"
    alive(shared_api)
