"""How sure an order is, as a sheet of the shortlist's workbook and as lines; questions as a sheet to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.reports import wording
from service.sheets.writer import ColumnSpec, File, SheetSpec, write_workbook

Payload = Mapping[str, Any]
Entry = Mapping[str, Any]

VERDICTS = {"likely": "CDEBD3", "open": "FBE7B2", "unlikely": "E6E9ED"}
NAME = 28
"""Characters of a name that a terminal shows."""


def _called(entry: Entry) -> str:
    who = entry["candidate"]
    return str(who.get("name") or who.get("external_id") or who.get("id"))


def _span(entry: Entry, field: str) -> str:
    low, high = entry[field]
    return str(low) if low == high else f"{low}–{high}"


def _values(entry: Entry) -> str:
    """Return what one must value most for this candidate to be first."""
    most = sorted((entry["central_weights"] or {}).items(), key=lambda item: -item[1])[:3]
    return ", ".join(f"{name.replace('_', ' ')} {share:.0f}" for name, share in most) or "–"


COLUMNS: tuple[tuple[ColumnSpec, Callable[[Entry], Any]], ...] = (
    (ColumnSpec("Rank", 9, "integer"), lambda e: e["rank"]),
    (ColumnSpec("Name", 28, wrap=True, bold=True), _called),
    (ColumnSpec("Fit", 11, "number", 2), lambda e: e["fit"]),
    (ColumnSpec("In the top", 11, "number", 2, comment="How often among the first k, of 1."), lambda e: e["top"]),
    (ColumnSpec("First", 10, "number", 2, comment="How often at rank 1, of 1."), lambda e: e["first"]),
    (ColumnSpec("Verdict", 12, align="center", badges=VERDICTS), lambda e: e["verdict"]),
    (ColumnSpec("Ranks, 90 %", 12, align="center"), lambda e: _span(e, "ranks")),
    (ColumnSpec("Ahead of the next", 12, "number", 2), lambda e: e["ahead_of_next"]),
    (
        ColumnSpec("Possible ranks", 13, align="center", comment="Whatever comes to be known."),
        lambda e: _span(e, "possible_ranks"),
    ),
    (ColumnSpec("Group", 9, "integer", comment="Between groups the order is certain."), lambda e: e["group"]),
    (ColumnSpec("First if one values most", 48, wrap=True), _values),
)


OPEN_IS_MET = "Must-haves that are open count as met."


def sheet(payload: Payload) -> SheetSpec:
    """Return how sure an order is as a sheet."""
    rows = [[get(entry) for _, get in COLUMNS] for entry in payload["shortlist"]]
    return SheetSpec(
        "Robustness", [spec for spec, _ in COLUMNS], rows, notes=[f"{_about(payload)} {OPEN_IS_MET}"], freeze=2
    )


def _about(payload: Payload) -> str:
    how = "any that keep the rubric's order" if payload["ranked"] else f"near the rubric's, {payload['sure']:.0%} sure"
    return (
        f"{payload['draws']:,} draws of weights ({how}) and of what is not known; "
        f"the top is {payload['k']} of {payload['eligible']}."
    )


def lines(payload: Payload) -> Iterator[str]:
    """Yield how sure an order is as lines for a terminal."""
    yield f"{payload['title']}, {payload['seniority']}, {payload['as_of']}"
    yield _about(payload)
    yield OPEN_IS_MET
    yield ""
    yield f"rank  {'':{NAME}} {'fit':>6}  top    first  ranks    possible group"
    for entry in payload["shortlist"]:
        yield (
            f"{entry['rank']:>4}  {_called(entry)[:NAME]:{NAME}} {entry['fit']:6.2f}  {entry['top']:5.0%}  "
            f"{entry['first']:5.0%}  {_span(entry, 'ranks'):8} {_span(entry, 'possible_ranks'):8} {entry['group']:>5}"
        )


# Questions

ASKED: tuple[tuple[ColumnSpec, Callable[[Entry, Entry], Any]], ...] = (
    (ColumnSpec("Rank", 9, "integer"), lambda who, _: who["rank"]),
    (ColumnSpec("Name", 26, wrap=True, bold=True), lambda who, _: _called(who)),
    (ColumnSpec("Criterion", 30, wrap=True), lambda _, one: one["title"]),
    (ColumnSpec("Question", 56, wrap=True), lambda _, one: one["question"]),
    (ColumnSpec("Why ask", 34, wrap=True), lambda _, one: _why(one)),
    (ColumnSpec("Answer", 40, wrap=True), lambda *_: None),
    (ColumnSpec("Level 0 to 5", 10, "number", choices=("0", "1", "2", "3", "4", "5")), lambda *_: None),
)


def _why(one: Entry) -> str:
    """Return what a question is worth in a few words."""
    reasons = []
    if one["opens_gate"]:
        reasons.append(f"must-have met in {one['opens_gate']:.0%} of answers")
    if one["enters"]:
        reasons.append(f"brings into the top in {one['enters']:.0%}")
    return "; ".join([*reasons, f"{one['rise']:.2f} points to be expected"])


def write_interview(payload: Payload, file: File) -> None:
    """Write the best questions as a workbook: a row for each, with room for the answer and its level."""
    rows = [[get(who, one) for _, get in ASKED] for who in payload["candidates"] for one in who["questions"]]
    which = f"{payload['title']}, {payload['seniority']}, {payload['as_of']}"
    notes = [f"{which}: the questions that may change the top {payload['k']}."]
    questions = SheetSpec("Questions", [spec for spec, _ in ASKED], rows, notes=notes, freeze=2)
    everybody = SheetSpec(
        "For everybody",
        [
            ColumnSpec("Criterion", 40, wrap=True, bold=True),
            ColumnSpec("Question", 60, wrap=True),
            ColumnSpec("Not known of", 12, "integer"),
            ColumnSpec("May enter", 12, "number", 2),
            ColumnSpec("Must-haves met", 12, "number", 2),
        ],
        [[q["title"], q["question"], q["unknown"], q["may_enter"], q["gates_opened"]] for q in payload["pool"]],
    )
    write_workbook([questions, everybody], file, creator=wording.CREATOR)


def question_lines(payload: Payload) -> Iterator[str]:
    """Yield the best questions as lines for a terminal."""
    yield f"{payload['title']}, {payload['seniority']}, {payload['as_of']}"
    yield f"The top {payload['k']} begins at {payload['cut']:.2f}."
    yield ""
    yield "Ask everybody:"
    for one in payload["pool"]:
        yield f"  {one['title']} (not known of {one['unknown']}, {one['may_enter']:.1f} may enter): {one['question']}"
    for who in payload["candidates"]:
        yield ""
        yield f"{who['rank']}. {_called(who)}, {who['fit']:.2f}"
        for one in who["questions"]:
            yield f"   {one['question']} [{one['title']}: {_why(one)}]"


def role_lines(payload: Payload) -> Iterator[str]:
    """Yield who fits elsewhere better as lines for a terminal."""
    yield f"Best role of {payload['total']} candidates: " + ", ".join(
        f"{r} {n}" for r, n in payload["best"].items() if n
    )
    yield f"{payload['elsewhere_total']} fit another role better than {payload['title']}, {payload['seniority']}:"
    for one in payload["elsewhere"]:
        yield f"  {_called(one)[:NAME]:{NAME}} {one['fit']:6.2f}  {one['best_role']} {one['best_fit']:.2f}"
