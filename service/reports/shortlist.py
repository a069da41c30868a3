"""The shortlist: who ranks where, how each criterion stands, what is missing, who is not eligible and why.

Every function takes the payload of `GET /shortlists/{role}`. A column is its header, its look and how to get its
value, in one place: the page, the workbook and the CSV file cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from service.core.rubric import Rubric
from service.reports import must_haves, robustness, wording
from service.reports.frames import frame
from service.sheets.writer import ColumnSpec, File, Marked, SheetSpec
from service.sheets.writer import write_csv as write_table
from service.sheets.writer import write_workbook as write_sheets

Payload = Mapping[str, Any]
Entry = Mapping[str, Any]
Column = tuple[ColumnSpec, Callable[[Any], Any]]

TOP_GAPS = 3
ORDER = ("must", "should", "nice")


def _gap_words(gap: Mapping[str, Any]) -> str:
    """Return a gap in a few words: "Kubernetes and containers: 2 of 4"."""
    required = gap["required_level"]
    has = wording.shown(gap["level"], min(gap["level_high"], required), required)
    at_gate = wording.shown_at_gate(gap) if gap["holds_gate"] else None
    return f"{gap['title']}: {has} of {wording.number(required)}{f' (gate: {at_gate})' if at_gate else ''}"


def _top_gaps(entry: Entry) -> str:
    return "; ".join(_gap_words(gap) for gap in entry["gaps"][:TOP_GAPS])


def _called(entry: Entry) -> str | None:
    """Return the name, or the id of somebody without one, where a table has no column for both."""
    return entry["candidate"].get("name") or entry["candidate"].get("external_id")


def _estimate(entry: Entry) -> str:
    return entry["seniority_estimate"]["estimate"] or "unknown"


def _questions(entry: Entry) -> int:
    return sum(1 for gap in entry["gaps"] if gap["question"])


def _of_candidate(key: str) -> Callable[[Entry], Any]:
    return lambda entry: entry["candidate"].get(key)


# Bold also parts Fit from its neighbour: LibreOffice forgets the indent of a cell beside a data bar in the same style.
_FIT: tuple[Column, ...] = (
    (ColumnSpec("Fit", 13, "number", 2, bold=True, bar=(0, 100)), lambda entry: entry["fit"]),
    (ColumnSpec("Fit at most", 13, "number", 2), lambda entry: entry["fit_high"]),
)
_WHO: tuple[Column, ...] = (
    (ColumnSpec("Name", 28, wrap=True, bold=True), _of_candidate("name")),
    (ColumnSpec("ID", 14, wrap=True), _of_candidate("external_id")),
)
_STANDING: tuple[Column, ...] = (
    (ColumnSpec("Seniority estimate", 14, align="center", badges=wording.SENIORITIES), _estimate),
    (
        ColumnSpec("Title suggests", 12, align="center", badges=wording.SENIORITIES),
        lambda entry: entry["seniority_estimate"]["by_title"] or "–",
    ),
    (ColumnSpec("Years", 11, "number", align="right"), lambda entry: wording.shown_years(entry["seniority_estimate"])),
    (ColumnSpec("Top gaps", 60, wrap=True), _top_gaps),
    (ColumnSpec("Open questions", 13, "integer"), _questions),
    (ColumnSpec("Candidate id", 40), _of_candidate("id")),
)
RANKING: tuple[Column, ...] = (
    (ColumnSpec("Rank", 9, "integer"), lambda entry: entry["rank"]),
    *_WHO,
    *_FIT,
    (ColumnSpec("Gate", 10, align="center", badges=wording.GATES), lambda entry: entry["gate"]),
    *_STANDING,
)


def _decided(key: str, field: str) -> Callable[[Entry], Any]:
    return lambda entry: entry.get(key, {}).get(field)


def _adjusted(entry: Entry) -> float | None:
    """Return the computed fit with a person's points, where there are any; the rank stays that of the computed one."""
    points = _decided("adjustment", "points")(entry)
    return round(min(max(entry["fit"] + points, 0), 100), 2) if points else None


DECIDED: tuple[Column, ...] = (
    (ColumnSpec("Adjusted by hand", 11, "number", 2), _decided("adjustment", "points")),
    (ColumnSpec("Adjusted fit", 11, "number", 2), _adjusted),
    (ColumnSpec("Why adjusted", 30, wrap=True), _decided("adjustment", "reason")),
    (ColumnSpec("Adjusted by", 16), _decided("adjustment", "actor")),
    (ColumnSpec("Decision", 12, align="center"), _decided("decision", "what")),
    (ColumnSpec("Why decided", 30, wrap=True), _decided("decision", "reason")),
    (ColumnSpec("Decided by", 16), _decided("decision", "actor")),
)
"""What people said, beside what was computed; shown where anybody said something."""

NOT_ELIGIBLE: tuple[Column, ...] = (
    *_WHO,
    (ColumnSpec("Reason", 56, wrap=True), lambda entry: entry["reason"]),
    (ColumnSpec("Gate", 10, align="center", badges=wording.GATES), lambda entry: entry["gate"]),
    *_FIT,
    *_STANDING,
)
GAPS: tuple[Column, ...] = (
    (ColumnSpec("Rank", 9, "integer"), lambda pair: pair[0]["rank"]),
    (ColumnSpec("Name", 26, wrap=True, bold=True), lambda pair: _called(pair[0])),
    (ColumnSpec("Criterion", 30, wrap=True), lambda pair: pair[1]["title"]),
    (ColumnSpec("Requirement", 15, align="center", badges=wording.REQUIREMENTS), lambda pair: pair[1]["requirement"]),
    (ColumnSpec("State", 11, align="center", badges=wording.STATES), lambda pair: pair[1]["state"]),
    (ColumnSpec("Level", 11, "number", align="right"), lambda pair: wording.shown_level(pair[1])),
    (ColumnSpec("Required level", 12, "number"), lambda pair: wording.number(pair[1]["required_level"])),
    (ColumnSpec("Unit", 11), lambda pair: pair[1]["unit"]),
    (ColumnSpec("Points lost", 11, "number", 2), lambda pair: pair[1]["points_lost"]),
    (
        ColumnSpec("Holds gate", 10, align="center", badges=wording.YES_NO),
        lambda pair: "yes" if pair[1]["holds_gate"] else "no",
    ),
    (ColumnSpec("What would close it", 46, wrap=True), lambda pair: pair[1]["advice"]),
    (ColumnSpec("Question to ask", 46, wrap=True), lambda pair: pair[1]["question"]),
)


def ranking_frame(payload: Payload) -> pd.DataFrame:
    """Return the shortlist, a row for each candidate in the order of their rank."""
    return _frame(_with_decisions(RANKING, payload), payload["shortlist"])


def not_eligible_frame(payload: Payload) -> pd.DataFrame:
    """Return those whom a must-have holds back, each with the reason."""
    return _frame(_with_decisions(NOT_ELIGIBLE, payload), payload["not_eligible"])


def gaps_frame(payload: Payload) -> pd.DataFrame:
    """Return a row for each gap of each candidate on the shortlist, with what would close it and what to ask."""
    return _frame(GAPS, [(entry, gap) for entry in payload["shortlist"] for gap in _with_units(entry)])


def criteria_frame(payload: Payload) -> pd.DataFrame:
    """Return candidates by criteria: a level, a span where it is known in part, `?` where it is not, never 0."""
    asked = _asked(payload)
    header = ["Rank", "Name", "Fit", *(row["title"] for row in asked)]
    return frame(header, [_levels(entry, asked) for entry in payload["shortlist"]])


def about_rows(payload: Payload) -> list[tuple[str, Any]]:
    """Return what the shortlist was made from and how to read it; a row without a value is a heading."""
    return [*_facts(payload), *_weights(payload), *READING]


def write_workbook(payload: Payload, rubric: Rubric, file: File) -> None:
    """Write the shortlist as a workbook of five sheets, and one on the must-haves where the payload has their price."""
    sheets = [
        SheetSpec("Shortlist", _specs(_with_decisions(RANKING, payload)), ranking_frame(payload), freeze=2),
        _criteria_sheet(payload, rubric),
        SheetSpec("Gaps", _specs(GAPS), gaps_frame(payload), freeze=2),
        SheetSpec(
            "Not eligible", _specs(_with_decisions(NOT_ELIGIBLE, payload)), not_eligible_frame(payload), freeze=1
        ),
        *([must_haves.sheet(payload["must_haves"])] if "must_haves" in payload else []),
        *([robustness.sheet(payload["robustness"])] if "robustness" in payload else []),
        _about_sheet(payload),
    ]
    write_sheets(sheets, file, creator=wording.CREATOR)


def write_csv(payload: Payload, file: File) -> None:
    """Write the ranking as CSV: the rows and columns of the workbook's first sheet, in the same order."""
    ranking = ranking_frame(payload)
    write_table(list(ranking.columns), ranking, file)


def _with_decisions(columns: tuple[Column, ...], payload: Payload) -> tuple[Column, ...]:
    entries = [*payload["shortlist"], *payload["not_eligible"]]
    return (*columns, *DECIDED) if any("decision" in one or "adjustment" in one for one in entries) else columns


def _frame(columns: Sequence[Column], items: Sequence[Any]) -> pd.DataFrame:
    return frame([spec.header for spec, _ in columns], [[get(item) for _, get in columns] for item in items])


def _specs(columns: Sequence[Column]) -> list[ColumnSpec]:
    return [spec for spec, _ in columns]


def _with_units(entry: Entry) -> list[dict[str, Any]]:
    """Return an entry's gaps, each with the unit that its criterion is counted in."""
    units = {row["criterion"]: row["unit"] for row in entry["criteria"]}
    return [{**gap, "unit": units[gap["criterion"]]} for gap in entry["gaps"]]


def _asked(payload: Payload) -> list[Mapping[str, Any]]:
    """Return the criteria asked for, must-haves first; seniority, which has no level, is none of them."""
    anyone: Entry = next(iter([*payload["shortlist"], *payload["not_eligible"]]), {"criteria": []})
    levels = [row for row in anyone["criteria"] if row["unit"] == "level"]
    return sorted(levels, key=lambda row: ORDER.index(row["requirement"]))


def _levels(entry: Entry, asked: Sequence[Mapping[str, Any]]) -> list[Any]:
    rows = {row["criterion"]: row for row in entry["criteria"]}
    levels = [wording.shown_level(rows[row["criterion"]]) for row in asked]
    return [entry["rank"], _called(entry), entry["fit"], *levels]


def _criteria_sheet(payload: Payload, rubric: Rubric) -> SheetSpec:
    """Return the heat map. Under its header stand what is asked for and what it is worth, as part of the head."""
    asked = _asked(payload) or _asked_by(rubric, payload["seniority"])
    rows = [_levels(entry, asked) for entry in payload["shortlist"]]
    leading = [
        ColumnSpec("Rank", 9, "integer"),
        ColumnSpec("Name", 28, bold=True),
        ColumnSpec("Fit", 13, "number", 2, bold=True, bar=(0, 100)),
    ]
    columns = [_heat_column(row["title"], [levels[place] for levels in rows]) for place, row in enumerate(asked, 3)]
    under = [
        [None, "Requirement", None, *(row["requirement"] for row in asked)],
        [None, "Required level", None, *(wording.number(row["required_level"]) for row in asked)],
        [None, "Full points", None, *(row["full_points"] for row in asked)],
    ]
    return SheetSpec("Criteria", [*leading, *columns], rows, under=under, freeze=2)


def _asked_by(rubric: Rubric, seniority: str) -> list[Mapping[str, Any]]:
    """Return the criteria of a rubric, for a shortlist of a pool with nobody in it."""
    rows = [
        {
            "title": criterion.title,
            "requirement": criterion.requirement,
            "required_level": criterion.required[seniority] / 10,
            "full_points": None,
        }
        for criterion in rubric.criteria
    ]
    return sorted(rows, key=lambda row: ORDER.index(str(row["requirement"])))


def _heat_column(title: str, levels: Sequence[Any]) -> ColumnSpec:
    badges = wording.REQUIREMENTS | wording.heat_badges(levels)
    return ColumnSpec(title, 9, "number", align="center", rotate=True, scale=wording.HEAT, badges=badges)


def _about_sheet(payload: Payload) -> SheetSpec:
    columns = [
        ColumnSpec("About this shortlist", 50, wrap=True),
        ColumnSpec(f"{payload['title']}, {payload['seniority']}, as of {payload['as_of']}", 100, wrap=True),
    ]
    rows = [_about_row(item, value) for item, value in about_rows(payload)]
    return SheetSpec("About", columns, rows, filter=False)


def _about_row(item: str, value: Any) -> list[Any]:
    if value is not None:
        return [item, value]
    return [Marked(item, wording.REQUIREMENTS["should"], bold=True), Marked(None, wording.REQUIREMENTS["should"])]


def _facts(payload: Payload) -> list[tuple[str, Any]]:
    return [
        ("What was asked", None),
        ("Role", f"{payload['title']} ({payload['role']})"),
        ("Seniority", payload["seniority"]),
        ("As of", f"{payload['as_of']}: the day that experience and last use are counted to"),
        *_counts(payload),
        *_filters(payload),
        ("Rubric", f"version {payload['rubric']['version']}"),
        ("Rubric's digest", payload["rubric"]["digest"]),
        ("Engine", payload["engine"]),
        *_receipt(payload),
    ]


def _receipt(payload: Payload) -> list[tuple[str, Any]]:
    """Return under which id this list is kept, where it is."""
    kept = payload.get("receipt")
    return [("Receipt", f"{kept}: `rolefit replay` makes this list again and says what changed")] if kept else []


def _counts(payload: Payload) -> list[tuple[str, str]]:
    """Return how many there are, and how many are not shown: nobody is left out unsaid."""
    gates = payload.get("gates", payload)
    shown, listed = payload["shown"], len(payload["not_eligible"])
    tied = payload.get("tied_at_cut", 0)
    cut = f"; {tied} not shown share the last rank" if tied else ""
    return [
        ("Candidates", f"{payload['total']} in all, {payload['eligible']} eligible, {shown} on this shortlist{cut}"),
        ("Gates", f"{gates['pass']} pass, {gates['open']} open"),
        ("Not eligible", f"{payload['total'] - payload['eligible']}, of whom {listed} are listed with the reason"),
    ]


def _filters(payload: Payload) -> list[tuple[str, str]]:
    """Return which filters, and which order, make this list another than the whole ranking."""
    asked = dict(payload.get("filters", {}))
    order = asked.pop("sort", None)
    title = _titles(payload).get(asked.get("criterion", ""), asked.get("criterion"))
    words = {
        "gate": "must-haves: {gate}",
        "band": "seniority by markers: {band}",
        "criterion": "{title} at {level} or more",
        "text": "name or ID with “{text}”",
        "import": "the people in the import {import}",
    }
    told = [form.format(title=title, **asked) for name, form in words.items() if name in asked]
    return [
        *([("Filters", f"only {'; '.join(told)}")] if told else []),
        *([("Order", f"by {ORDERS[order]}, not by rank")] if order else []),
    ]


ORDERS = {"name": "name", "possible": "the fit that is possible at most", "moved": "ranks moved by the weights"}


def _titles(payload: Payload) -> dict[str, str]:
    return {row["criterion"]: row["title"] for row in _asked(payload)}


def _weights(payload: Payload) -> list[tuple[str, Any]]:
    """Return the weights that were applied: a request may have brought its own."""
    titles = {row["criterion"]: f"{row['title']} ({row['requirement']})" for row in _asked(payload)}
    applied = payload["applied"]
    return [
        ("Weights applied", None),
        *((PARTS.get(part, part), weight) for part, weight in applied["parts"].items()),
        *((titles.get(criterion, criterion), weight) for criterion, weight in applied["criteria"].items()),
    ]


PARTS = {
    "required": "Part: must and should together",
    "nice": "Part: nice",
    "seniority": "Part: seniority",
}

READING: tuple[tuple[str, str | None], ...] = (
    ("How to read it", None),
    ("Who decides", "A person. The score is an aid: read the evidence, ask the open questions, then decide."),
    ("Fit", "What is proven so far, from 0 to 100. At 100 every criterion is at its required level or above."),
    (
        "Fit at most",
        (
            "What the fit would be if all that is unknown turned out well. The distance between the two is what nobody"
            " has asked yet."
        ),
    ),
    (
        "Gate",
        (
            "pass: every must-have is known to be there. open: none is known to be absent, but some are not known,"
            " so ask. Who lacks a must-have stands on the sheet Not eligible and is never dropped."
        ),
    ),
    ("Unknown is not no", '"?" means that nothing is known. It never counts as a 0: it leaves Fit at most as it is.'),
    ("2–5", "At least 2, at most 5: known in part. A figure alone is known; 0 is known to be absent."),
    ("Levels", "0 none, 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert."),
    (
        "Requirement",
        "must: gates, and counts. should: counts like a must and never gates. nice: counts in a part of its own.",
    ),
    ("Equal candidates", "They share a rank. The order inside a tie says nothing, and is the same each time."),
    (
        "Title suggests",
        "What the last title says of seniority: a hint to compare with the estimate. It earns no points.",
    ),
    ("How points are made", None),
    (
        "Full points",
        (
            "Criteria and seniority together have 100.00. The parts share them by their weights, the criteria inside a"
            " part by theirs. The sheet Criteria shows each."
        ),
    ),
    (
        "Points of a criterion",
        (
            "full points × level ÷ required level, rounded down to a hundredth. A level above the required one earns no"
            " more, and loses nothing."
        ),
    ),
    (
        "Several skills asked for",
        (
            "Points go by the mean of the best: half of what is asked is half the points. The gate goes by the weakest"
            " of them, so that half never passes."
        ),
    ),
    ("Points of seniority", "Half for years of experience, half for the markers met of the seniority asked for."),
    ("The sum", "Fit plus the points lost in all gaps is 100.00, exactly."),
)
