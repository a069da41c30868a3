import csv
import io
import json

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook
from reports.people import invented_names, make_payload

from service.reports import shortlist

SHEETS = ["Shortlist", "Criteria", "Gaps", "Not eligible", "About"]


def written(payload, rubric):
    file = io.BytesIO()
    shortlist.write_workbook(payload, rubric, file)
    return file


def rows_of(file, title):
    """Return a sheet's rows by calamine, which has texts as Excel shows them."""
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_name(title).to_python(skip_empty_area=False)


def as_read(frame):
    """Return a frame's rows as calamine reads them: numbers are floats, blanks are empty texts."""
    return [
        ["" if v is None else float(v) if isinstance(v, int) else v for v in row] for row in frame.to_numpy().tolist()
    ]


def test_the_ranking_is_the_payload_in_its_order(payload):
    frame = shortlist.ranking_frame(payload)

    assert list(frame.columns) == [
        *("Rank", "Name", "ID", "Fit", "Fit at most", "Gate", "Seniority estimate"),
        *("Title suggests", "Years", "Top gaps", "Open questions", "Candidate id"),
    ]
    assert list(frame["Candidate id"]) == [entry["candidate"]["id"] for entry in payload["shortlist"]]
    assert list(frame["Fit"]) == [entry["fit"] for entry in payload["shortlist"]]
    assert list(frame["Rank"]) == [entry["rank"] for entry in payload["shortlist"]]


def test_the_workbook_holds_the_frames(payload, rubric):
    file = written(payload, rubric)

    assert load_workbook(file).sheetnames == SHEETS
    for title, frame in (
        ("Shortlist", shortlist.ranking_frame(payload)),
        ("Gaps", shortlist.gaps_frame(payload)),
        ("Not eligible", shortlist.not_eligible_frame(payload)),
    ):
        header, *rows = rows_of(file, title)
        assert header == list(frame.columns)
        assert rows == as_read(frame)


def test_the_criteria_sheet_holds_what_is_asked_under_its_header(payload, rubric):
    header, *rows = rows_of(written(payload, rubric), "Criteria")
    frame = shortlist.criteria_frame(payload)

    assert header == list(frame.columns)
    assert rows[0][:5] == ["", "Requirement", "", "must", "must"]
    assert rows[1][:5] == ["", "Required level", "", 4.0, 4.0]
    assert rows[2][1] == "Full points"
    assert rows[3:] == as_read(frame)


def test_full_points_on_the_criteria_sheet_are_the_results(payload, rubric):
    full = {row["title"]: row["full_points"] for row in payload["shortlist"][0]["criteria"]}
    header, _, _, points, *_ = rows_of(written(payload, rubric), "Criteria")

    assert points[3:] == [full[title] for title in header[3:]]


def test_csv_has_the_rows_and_columns_of_the_first_sheet(payload):
    file = io.BytesIO()
    shortlist.write_csv(payload, file)
    rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    frame = shortlist.ranking_frame(payload)

    assert rows[0] == list(frame.columns)
    assert rows[1:] == [["" if value is None else str(value) for value in row] for row in frame.to_numpy().tolist()]


def test_a_criterion_is_a_level_or_a_span_or_unknown_never_0_for_unknown(payload):
    frame = shortlist.criteria_frame(payload)
    seen = set()
    for (_, shown), entry in zip(frame.iterrows(), payload["shortlist"], strict=True):
        for row in entry["criteria"]:
            if row["unit"] != "level":
                assert row["title"] not in frame.columns
                continue
            low, high = row["level"], row["level_high"]
            expected = low if low == high else "?" if (low, high) == (0, 5) else f"{low:g}–{high:g}"
            assert shown[row["title"]] == expected
            seen.add(type(shown[row["title"]]))
    assert str in seen
    assert seen & {int, float}


def test_criteria_stand_must_haves_first(payload):
    order = {"must": 0, "should": 1, "nice": 2}
    asked = {row["title"]: order.get(row["requirement"]) for row in payload["shortlist"][0]["criteria"]}
    ranks = [asked[title] for title in shortlist.criteria_frame(payload).columns[3:]]

    assert ranks == sorted(ranks)
    assert len(ranks) == 12


def test_there_is_a_row_for_each_gap_and_they_add_up_with_the_fit(payload):
    frame = shortlist.gaps_frame(payload)

    assert len(frame) == sum(len(entry["gaps"]) for entry in payload["shortlist"])
    for entry in payload["shortlist"]:
        lost = sum(round(gap["points_lost"] * 100) for gap in entry["gaps"])
        assert lost + round(entry["fit"] * 100) == 10_000
    assert set(frame["Unit"]) <= {"level", "years", "markers"}
    assert set(frame["Holds gate"]) <= {"yes", "no"}


def test_a_gap_in_a_few_words():
    def words(level, high, required=4.0, at_gate=None):
        gap = {"title": "Kubernetes and containers", "level": level, "level_high": high, "required_level": required}
        low, top = at_gate or (level, high)
        gap |= {"holds_gate": low < 2, "gate_level": 2.0, "level_at_gate": low, "level_at_gate_high": top}
        return shortlist._gap_words(gap)  # noqa: SLF001 - the wording is worth a test of its own

    assert words(2.0, 2.0) == "Kubernetes and containers: 2 of 4"
    assert words(2.5, 5.0) == "Kubernetes and containers: 2.5–4 of 4"
    assert words(0.0, 5.0) == "Kubernetes and containers: ? of 4"
    assert words(0.0, 0.0) == "Kubernetes and containers: 0 of 4"
    assert words(4.0, 4.0, at_gate=(1.0, 1.0)) == "Kubernetes and containers: 4 of 4 (gate: 1, asks 2)"
    assert words(2.0, 5.0, at_gate=(0.0, 5.0)) == "Kubernetes and containers: 2–4 of 4 (gate: ?, asks 2)"
    assert words(3.0, 4.0, at_gate=(2.0, 3.0)) == "Kubernetes and containers: 3–4 of 4"


def test_those_not_eligible_have_their_reason(payload):
    frame = shortlist.not_eligible_frame(payload)

    assert list(frame["Reason"]) == [entry["reason"] for entry in payload["not_eligible"]]
    assert len(frame) == payload["total"] - payload["eligible"] > 0


def test_about_says_by_what_it_was_made(payload):
    rows = shortlist.about_rows(payload)
    said = "\n".join(f"{item}: {value}" for item, value in rows)

    for fact in (
        payload["rubric"]["digest"],
        payload["engine"],
        payload["as_of"],
        "ML Engineer",
        "senior",
        "version 3",
    ):
        assert fact in said
    weights = {item: value for item, value in rows if isinstance(value, int)}
    assert weights["Python (production-grade) (must)"] == 3
    assert weights["Part: nice"] == 15
    assert "a person" in said.lower()
    assert "Unknown is not no" in said


def test_about_takes_the_counts_at_the_top_too(payload):
    flat = {**payload, "pass": 3, "open": 4}
    del flat["gates"]

    assert ("Gates", "3 pass, 4 open") in shortlist.about_rows(flat)


def test_the_sheets_are_frozen_filtered_and_coloured_with_words(payload, rubric):
    book = load_workbook(written(payload, rubric))
    ranking, criteria = book["Shortlist"], book["Criteria"]

    assert ranking.freeze_panes == "C2"
    assert ranking.auto_filter.ref == f"A1:L{len(payload['shortlist']) + 1}"
    assert criteria.freeze_panes == "C5"
    assert criteria.auto_filter.ref.startswith("A4:")
    gates = {cell.value: cell.fill.start_color.rgb for cell in ranking["F"][1:]}
    assert gates == {"pass": "00CDEBD3", "open": "00FBE7B2"}
    assert {rule.type for at in criteria.conditional_formatting for rule in at.rules} == {"dataBar", "colorScale"}
    assert {
        cell.fill.start_color.rgb for row in criteria.iter_rows(min_row=5) for cell in row if cell.value == "?"
    } == {"00E6E9ED"}


def test_no_cell_is_a_formula_and_names_survive(rubric, shared):
    payloads = shared / "payloads"
    names = json.loads((payloads / "blns.json").read_text(encoding="utf-8"))
    names += (payloads / "formula_injection_all.txt").read_text(encoding="utf-8").split("\n")
    illegal = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), 0xFFFD)
    some = [name for name in names if name][::4]
    payload = make_payload(rubric, some)
    book = load_workbook(written(payload, rubric))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [unescape(cell.value) for cell in book["Shortlist"]["B"][1:]] == [
        entry["candidate"]["name"].translate(illegal) for entry in payload["shortlist"]
    ]


@pytest.mark.parametrize("count", [0, 1])
def test_a_small_pool_makes_a_workbook_too(rubric, count):
    payload = make_payload(rubric, invented_names(count))
    file = written(payload, rubric)

    header, requirement, *_ = rows_of(file, "Criteria")
    assert header[:4] == ["Rank", "Name", "Fit", "Python (production-grade)"]
    assert requirement[3] == "must"
    assert len(rows_of(file, "Shortlist")) == 1 + len(payload["shortlist"])


def test_someone_without_ids_is_shown_by_what_there_is(payload, rubric):
    entry = {**payload["shortlist"][0], "candidate": {"name": "Only A Name"}}
    small = {**payload, "shortlist": [entry], "not_eligible": []}

    assert rows_of(written(small, rubric), "Shortlist")[1][1:3] == ["Only A Name", ""]


def test_a_shortlist_with_the_price_of_its_must_haves_has_a_sheet_of_them(payload, rubric):
    toll = {"alone": 3, "if_lowered": 1, "share": 4.5}
    priced = {
        "total": 40,
        "removed": {"any": 5, "pass": 30},
        "must_haves": [{"criterion": "python", "title": "=Python", "gate_level": 2.0, "lowered_to": 1.0, "fails": 5,
                        "may_fail": 7, "any": toll, "pass": {"alone": 6, "if_lowered": 2, "share": 9.25}}],
        "nobody_meets": {"any": [], "pass": [["python"]]},
    }  # fmt: skip
    file = written({**payload, "must_haves": priced}, rubric)

    assert load_workbook(file).sheetnames == [*SHEETS[:-1], "Must-haves", SHEETS[-1]]
    rows = rows_of(file, "Must-haves")
    assert rows[0][0].startswith("5 of 40 surely fail a must-have. 30 fail one")
    assert rows[1][0] == "Nobody is known to have all of: =Python."
    assert rows[2][:4] == ["Must-have", "Gates at", "Fail it", "Not known"]
    assert rows[3] == ["=Python", 2, 5, 7, 3, 1, 4.5, 6, 2, 9.25]
