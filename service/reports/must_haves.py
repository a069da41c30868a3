"""The price of the must-haves, as a sheet of the shortlist's workbook and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.reports import wording
from service.sheets.writer import ColumnSpec, SheetSpec

Payload = Mapping[str, Any]
MustHave = Mapping[str, Any]

COLUMNS: tuple[tuple[ColumnSpec, Callable[[MustHave], Any]], ...] = (
    (ColumnSpec("Must-have", 40, wrap=True, bold=True), lambda row: row["title"]),
    (ColumnSpec("Gates at", 10, "number"), lambda row: wording.number(row["gate_level"])),
    (ColumnSpec("Fail it", 10, "integer", comment="Known to be below the gate level."), lambda row: row["fails"]),
    (ColumnSpec("Not known", 11, "integer", comment="May be below: to be asked."), lambda row: row["may_fail"]),
    (
        ColumnSpec("Fail it alone", 11, "integer", comment="So many more are eligible without this must-have."),
        lambda row: row["any"]["alone"],
    ),
    (
        ColumnSpec("Back one level lower", 12, "integer", comment="So many more are eligible one gate level lower."),
        lambda row: row["any"]["if_lowered"],
    ),
    (
        ColumnSpec("Share of those removed", 14, "number", 2, comment="Shapley: who fails two counts half for each."),
        lambda row: row["any"]["share"],
    ),
    (
        ColumnSpec("Alone, strict list", 12, "integer", comment="So many more pass without this must-have."),
        lambda row: row["pass"]["alone"],
    ),
    (
        ColumnSpec("Lower, strict list", 12, "integer", comment="So many more pass one gate level lower."),
        lambda row: row["pass"]["if_lowered"],
    ),
    (
        ColumnSpec("Share, strict list", 12, "number", 2, comment="Shapley, of those who fail or may fail."),
        lambda row: row["pass"]["share"],
    ),
)


def sheet(payload: Payload) -> SheetSpec:
    """Return the price of each must-have as a sheet."""
    rows = [[get(row) for _, get in COLUMNS] for row in payload["must_haves"]]
    return SheetSpec("Must-haves", [spec for spec, _ in COLUMNS], rows, notes=list(_summary(payload)), freeze=1)


def lines(payload: Payload) -> Iterator[str]:
    """Yield the price of each must-have as lines: of the usual list, and behind a stroke of the strict one."""
    yield f"{payload['title']}, {payload['seniority']}, {payload['as_of']}"
    yield from _summary(payload)
    yield ""
    yield f"{'':42} fails unknown   alone lower  share | strict: alone lower  share"
    for row in payload["must_haves"]:
        usual, strict = row["any"], row["pass"]
        yield (
            f"{row['title'][:42]:42} {row['fails']:5} {row['may_fail']:7}   {usual['alone']:5} {usual['if_lowered']:5} "
            f"{usual['share']:6.2f} |         {strict['alone']:5} {strict['if_lowered']:5} {strict['share']:6.2f}"
        )


def _summary(payload: Payload) -> Iterator[str]:
    removed, titles = payload["removed"], {row["criterion"]: row["title"] for row in payload["must_haves"]}
    yield (
        f"{removed['any']} of {payload['total']} surely fail a must-have. {removed['pass']} fail one, or have one that "
        "is not known: these the strict list leaves out."
    )
    for gate, what in (("any", "Nobody may have all of"), ("pass", "Nobody is known to have all of")):
        sets = [" + ".join(titles[id_] for id_ in chosen) for chosen in payload["nobody_meets"][gate]]
        if sets:
            yield f"{what}: {'; or '.join(sets)}."
