"""The skills matrix of all roles, and the criteria and markers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from service.core.rubric import SENIORITIES, Criterion, Rubric
from service.reports import wording
from service.reports.frames import frame
from service.sheets.writer import ColumnSpec, File, SheetSpec
from service.sheets.writer import write_workbook as write_sheets

Rows = Sequence[tuple[str, str]]

ROLE = ColumnSpec("Role", 23, bold=True)
REQUIREMENT = ColumnSpec("Requirement", 14, align="center", badges=wording.REQUIREMENTS)
LEVELS = "Levels: 0 none, 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert."
LEGEND = (
    "must: needed, and gates the shortlist. should: counts like a must, never gates. nice: welcome."
    f" {wording.NOT_ASKED}: not asked."
)
CRITERIA = (
    ROLE,
    ColumnSpec("Criterion", 34, wrap=True, bold=True),
    REQUIREMENT,
    *(ColumnSpec(f"Required, {seniority}", 12, "number") for seniority in SENIORITIES),
    ColumnSpec("Gate level", 10, "number"),
    ColumnSpec("Weight", 11, "integer"),
    ColumnSpec("Skills that count", 44, wrap=True),
    ColumnSpec("What it is for", 50, wrap=True),
    ColumnSpec("Provenance", 15),
)
MARKERS = (
    ROLE,
    ColumnSpec("Seniority", 12, align="center", badges=wording.SENIORITIES),
    ColumnSpec("Marker", 64, wrap=True),
    ColumnSpec("Marker id", 32),
    ColumnSpec("From years", 11, "number"),
    ColumnSpec("Provenance", 15),
)


def matrix_frame(rows: Rows, rubrics: Sequence[Rubric]) -> pd.DataFrame:
    """Return a row for each skill of the matrix, a column for each role: must, should, nice or a dash."""
    asked = [{criterion.id: criterion.requirement for criterion in rubric.criteria} for rubric in rubrics]
    cells = [[title, *(of.get(skill, wording.NOT_ASKED) for of in asked)] for skill, title in rows]
    return frame(["Skill", *(rubric.title for rubric in rubrics)], cells)


def criteria_frame(rubrics: Sequence[Rubric], names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return all criteria of all roles. `names` gives the names of skills by their ids."""
    rows = [_criterion(rubric, criterion, names) for rubric in rubrics for criterion in rubric.criteria]
    return frame([spec.header for spec in CRITERIA], rows)


def markers_frame(rubrics: Sequence[Rubric]) -> pd.DataFrame:
    """Return the seniority markers of all roles."""
    rows = [
        [rubric.title, marker.band, marker.text, marker.id, rubric.bands[marker.band], marker.provenance]
        for rubric in rubrics
        for marker in rubric.markers
    ]
    return frame([spec.header for spec in MARKERS], rows)


def write_workbook(rows: Rows, rubrics: Sequence[Rubric], file: File, names: Mapping[str, str] | None = None) -> None:
    """Write the matrix, all criteria and all markers as a workbook."""
    sheets = [
        _matrix_sheet(matrix_frame(rows, rubrics)),
        SheetSpec("All criteria", CRITERIA, criteria_frame(rubrics, names), notes=[LEVELS], freeze=2),
        SheetSpec("Markers", MARKERS, markers_frame(rubrics), freeze=1),
    ]
    write_sheets(sheets, file, creator=wording.CREATOR)


def _matrix_sheet(frame: pd.DataFrame) -> SheetSpec:
    """Return the matrix, with what its words mean above it."""
    skill, *roles = frame.columns
    columns = [
        ColumnSpec(skill, 40, bold=True, wrap=True),
        *(ColumnSpec(role, 17, align="center", badges=wording.REQUIREMENTS) for role in roles),
    ]
    return SheetSpec("Matrix", columns, frame, notes=[LEGEND], freeze=1)


def _criterion(rubric: Rubric, criterion: Criterion, names: Mapping[str, str] | None) -> list[object]:
    return [
        rubric.title,
        criterion.title,
        criterion.requirement,
        *(wording.number(criterion.required[seniority] / 10) for seniority in SENIORITIES),
        None if criterion.gate is None else wording.number(criterion.gate / 10),
        criterion.weight,
        wording.expression_words(criterion.skills, names),
        criterion.responsibility,
        criterion.provenance,
    ]
