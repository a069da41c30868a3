"""What was read, as tables and as lines. Everybody here is invented."""

import datetime as dt
import io
import unicodedata

import pytest
from openpyxl import load_workbook

from service.intake.candidate import Candidate
from service.reports import evidence, listing
from service.usecases import reader_of
from service.usecases.candidates import read_candidate
from service.usecases.evidence import listing as listed

DAY = dt.date(2026, 11, 20)
ADA = {
    "external_id": "c-1",
    "name": "Ada Example",
    "skills": ["Python", "Klingon", {"name": "SQL", "level": 4, "kind": "rated"}, {"name": "Go", "level": 0}],
    "jobs": [{"title": "Engineer", "organization": "Works", "start": "2023-01", "end": "2024-12", "skills": ["EKS"]}],
    "markers": {"senior.build_or_buy": True},
}
NOBODY_KNOWN = {"name": "Bo Example"}
REPORT = {"file": "people.json", "rejected": [], "notices": [], "columns": []}


@pytest.fixture(scope="module")
def payload(library):
    return payload_of(library, ADA, NOBODY_KNOWN)


def payload_of(library, *people):
    reader = reader_of(library)
    pool = [read_candidate(one, reader, f"/{place}") for place, one in enumerate(people)]
    return listed(pool, REPORT, library, DAY)


@pytest.fixture(scope="module")
def book(payload):
    file = io.BytesIO()
    evidence.write_workbook(payload, file)
    return load_workbook(file)


def rows(sheet):
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_a_workbook_has_a_sheet_for_each_kind_of_thing(book):
    assert book.sheetnames == ["Evidence", "Markers", "Unknown words", "Ignored"]


def test_every_piece_of_evidence_has_a_row(book):
    told = {row[2]: row for row in rows(book["Evidence"])}
    assert told["SQL and data modeling"][:10] == [
        "Ada Example", "c-1", "SQL and data modeling", 4, "rated", "level 4", 4, "SQL: 4", "/0/skills/2", None,
    ]  # fmt: skip
    assert told["Amazon EKS"][4:9] == ["used", "2 years, last used 2024-12", 3, "EKS", "/0/jobs/0/skills/0"]
    assert told["Go"][3:7] == [0, "stated", "level 0", 0]
    assert told["AWS"][3:9] == ["3–5", "implied", "by Amazon EKS", None, None, None]


def test_markers_words_and_what_was_ignored_have_rows(book):
    assert [row[4:6] for row in rows(book["Markers"])] == [["met", "Decides what to build and what to buy"]]
    assert rows(book["Unknown words"]) == [["Klingon", 1]]
    assert rows(book["Ignored"]) == [
        ["Ada Example", "c-1", "Klingon", "not in the vocabulary: kept, but not scored", "/0/skills/1"]
    ]


def test_a_sheet_that_is_too_long_says_so(payload, monkeypatch):
    monkeypatch.setattr(evidence, "MOST_ROWS", 3)
    file = io.BytesIO()
    evidence.write_workbook(payload, file)
    sheet = load_workbook(file)["Evidence"]
    assert sheet["A1"].value == "Only the first 3 rows: write .csv or .json for all."
    assert sheet.max_row == 5


def test_csv_has_the_same_rows(payload, book):
    file = io.BytesIO()
    evidence.write_csv(payload, file)
    assert len(file.getvalue().decode().splitlines()) == book["Evidence"].max_row


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"pointer": "/skills/0"}, "/skills/0"),
        ({"pointer": ""}, "the whole candidate"),
        ({"sheet": "People", "row": 7, "column": "C"}, "People!C7"),
        ({"sheet": "", "row": 7, "column": "C"}, "C7"),
        ({"record": "abc", "sheet": None, "row": 7, "column": "C"}, "record abc, C7"),
        ({"record": "abc", "pointer": "/x"}, "record abc, /x"),
    ],
)
def test_a_place_is_named_as_people_name_it(source, expected):
    assert evidence.place(source) == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ({"level": 4.0, "level_high": 4.0}, "level 4"),
        ({"level": 2.0, "level_high": 3.5}, "level 2–3.5"),
        ({"level": 0.0, "level_high": 5.0}, "level 0–5"),
        ({"years": 2.5, "last_used": "2023"}, "2.5 years, last used 2023"),
        ({"last_used": "present"}, "in use at present"),
        ({}, "named"),
    ],
)
def test_what_was_said_is_put_into_words(piece, expected):
    assert evidence.said({"level": None, "level_high": None, "years": None, "last_used": None, **piece}) == expected


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_fit_the_terminal_and_lose_nothing(payload, width):
    lines = list(listing.entry_lines(payload["results"][0], width))
    text = " ".join(" ".join(lines).split())

    assert max(map(len, lines)) <= max(width, 30)
    assert lines[0].startswith("Ada")
    for told in ("Engineer at Works, 2023-01 to 2024-12", "rated: level 4; counts as 4", "“SQL: 4” /0/skills/2",
                 "AWS: 3–5, by Amazon EKS", "Marker met (senior): Decides what to build",
                 "“Klingon” /0/skills/1: not in the vocabulary"):  # fmt: skip
        assert told in text


def test_whom_nothing_is_known_of_has_a_line_that_says_so(payload):
    assert list(listing.entry_lines(payload["results"][1], 80)) == [
        "Bo Example", "  Years: ? (unknown: no figure and no dated job)",
    ]  # fmt: skip


def test_the_commonest_unknown_words_are_told_and_the_others_counted(library):
    people = [
        {"name": f"P{n} Example", "skills": [f"Foo {k}" for k in range(100, 160) if k % (n + 1) == 0]} for n in range(3)
    ]
    text = " ".join(listing.words_lines(payload_of(library, *people), 80))
    assert "Foo 102 (3), " in text
    assert text.endswith(", and 10 more")
    assert list(listing.words_lines(payload_of(library, NOBODY_KNOWN), 80)) == []


def test_a_terminal_is_told_no_controls(library):
    hostile = "Ada\x1b[31m\x07 Ex\u202eample\nrm"
    lines = list(listing.entry_lines(payload_of(library, {"name": hostile, "skills": [hostile]})["results"][0], 80))
    assert not [c for line in lines for c in line if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


def test_a_skill_that_the_vocabulary_knows_no_more_is_told_as_such(library):
    from service.core.policy import Evidence  # noqa: PLC0415 - only here
    from service.core.profile import Profile  # noqa: PLC0415 - as above

    gone = Candidate("native", "c", None, Profile((Evidence("a_skill_of_old", "stated", where="/x", quote="Old"),)))
    [entry] = listed([gone], REPORT, library, DAY)["results"]
    assert entry["skills"] == []
    assert [(remark["pointer"], remark["value"]) for remark in entry["ignored"]] == [("/x", "Old")]
