import io

import pytest
from openpyxl import load_workbook

from service.reports.template import write_template

WORDS = [
    (0, "none", "Has not done it."),
    (10, "novice", "Follows instructions."),
    (20, "advanced beginner", "Does simple tasks."),
    (30, "competent", "Works without help."),
    (40, "proficient", "Handles hard cases."),
    (50, "expert", "Is the one others ask."),
]


@pytest.fixture
def book(rubric):
    file = io.BytesIO()
    write_template(rubric, file, WORDS)
    return load_workbook(file)


def test_there_is_a_column_for_each_criterion_and_marker(book, rubric):
    header = [cell.value for cell in book["Candidates"][1]]

    assert header == [
        *("ID", "Name", "Email", "Years of experience"),
        *(criterion.title for criterion in rubric.criteria),
        *(f"Marker: {marker.id}" for marker in rubric.markers),
        *("Skills", "Notes"),
    ]


def test_levels_and_markers_have_drop_downs_for_500_rows(book, rubric):
    offers = {str(offer.sqref): offer for offer in book["Candidates"].data_validations.dataValidation}

    assert len(offers) == len(rubric.criteria) + len(rubric.markers)
    levels, marker = offers["E2:E501"], offers["Q2:Q501"]
    assert (levels.formula1, levels.errorStyle) == ('"0,1,2,3,4,5"', "warning")
    assert "3.5" in levels.error
    assert (marker.formula1, marker.errorStyle) == ('"yes,no"', "stop")
    # Excel calls a file damaged whose message is longer.
    assert all(len(offer.error) <= 225 and len(offer.errorTitle) <= 32 for offer in offers.values())


def test_headers_explain_themselves(book):
    header = {cell.value: cell.comment.text for cell in book["Candidates"][1] if cell.comment}

    assert "junior 2, mid 3, senior 4" in header["Kubernetes and containers"]
    assert "3 competent" in header["Kubernetes and containers"]
    assert "what to build and what to buy" in header["Marker: senior.build_or_buy"]


def test_the_example_says_that_it_is_one(book):
    sheet = book["Candidates"]

    assert [sheet["A2"].value, sheet["B2"].value] == ["EXAMPLE", "Example Person (invented) – delete this row"]
    assert sheet["E2"].value == 3
    assert sheet.max_row == 2
    assert sheet.freeze_panes == "C2"


def test_an_id_of_digits_stays_what_was_typed(book):
    assert book["Candidates"].column_dimensions["A"].number_format == "@"


def test_the_legend_explains_levels_blanks_criteria_and_markers(book, rubric):
    rows = list(book["Legend"].iter_rows(values_only=True))
    said = {row[0]: row for row in rows}

    assert "Not known" in said["A blank cell"][3]
    assert "absent" in next(row for row in rows if row[0] == "0")[3]
    assert said["3"][1:] == ("competent", None, "Works without help.")
    python = said["Python (production-grade)"]
    assert python[1:3] == ("must", "junior 2, mid 3, senior 4")
    assert said["Marker: mid.deploys_alone"][1] == "mid"
    assert {criterion.title for criterion in rubric.criteria} < set(said)
