"""An empty workbook for candidates of one role: a column for each criterion and marker, with what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from service.core.rubric import SENIORITIES, Criterion, Marker, Rubric
from service.reports import wording
from service.sheets.writer import ColumnSpec, File, Marked, SheetSpec, write_workbook

Words = Sequence[tuple[int, str, str]]
"""Levels in tenths, each with its name and meaning."""

ROOM = 500
LEVELS = tuple(str(level) for level in range(wording.TOP_LEVEL + 1))
EXAMPLE_ID = "EXAMPLE"
EXAMPLE_NAME = "Example Person (invented) – delete this row"
HEADING, EXAMPLE = wording.REQUIREMENTS["should"], "FFF8E1"

BLANKS = (
    (
        "A blank cell",
        "Not known. It is never read as 0, and the person is not held back for it: the gap is a question.",
    ),
    ("0", "Known to be absent. Only enter it where you do know."),
    ("Decimals", "Levels between two steps are fine, such as 3.5: answer Yes when the program warns."),
    ("yes / no", "For markers. Blank means not known."),
    ("Columns", "The order does not matter, and columns that you do not need may go. Further columns are kept."),
    ("Rows", f"Drop-downs reach to row {ROOM + 1}; rows below it are read just the same."),
)


def write_template(rubric: Rubric, file: File, words: Words) -> None:
    """Write the empty workbook of a role: candidates with drop-downs and an example row, and a legend."""
    columns = [*_about_person(), *_criteria(rubric, words), *map(_marker, rubric.markers), *_free()]
    example = [Marked(value, EXAMPLE, italic=True) for value in _example(rubric)]
    sheets = [
        SheetSpec("Candidates", columns, [example], freeze=2, filter=False, grid=True, room=ROOM, fit=False),
        _legend(rubric, words),
    ]
    write_workbook(sheets, file, creator=wording.CREATOR)


def _about_person() -> list[ColumnSpec]:
    return [
        ColumnSpec("ID", 13, comment="Your own number for the person. The same ID again updates the same person."),
        ColumnSpec("Name", 44, comment="ID or name: one of the two is enough. Neither is scored."),
        ColumnSpec("Email", 30, comment="Shown to you, never scored."),
        ColumnSpec("Years of experience", 12, "number", comment="Years of relevant work, such as 4 or 4.5."),
    ]


def _free() -> list[ColumnSpec]:
    skills = "Further skills, parted by commas: Docker, Spark, Kafka. A level may follow: Spark 4."
    return [
        ColumnSpec("Skills", 40, wrap=True, comment=skills),
        ColumnSpec("Notes", 40, wrap=True, comment="For you. Kept, never scored."),
    ]


def _criteria(rubric: Rubric, words: Words) -> Iterator[ColumnSpec]:
    names = "\n".join(f"{level // 10} {name}" for level, name, _ in words)
    for criterion in rubric.criteria:
        about = f"{criterion.requirement}: {criterion.responsibility}\nRequired: {_required(criterion)}.\n\n{names}"
        hint = "Levels go from 0 to 5. One between two steps, such as 3.5, is fine: answer Yes. Blank means not known."
        yield ColumnSpec(
            criterion.title,
            _width(criterion.title),
            "number",
            align="center",
            comment=about,
            choices=LEVELS,
            strict=False,
            hint=hint,
        )


def _width(title: str) -> float:
    """Return a width that breaks no word: bold letters are wider than the digits that a width counts."""
    return max(14, 1.2 * max(map(len, title.split())) + 2)


def _marker(marker: Marker) -> ColumnSpec:
    about = f"{marker.text}.\n\nA sign of {marker.band}: yes or no, blank when not known."
    return ColumnSpec(
        f"Marker: {marker.id}",
        _width(marker.id),
        align="center",
        comment=about,
        choices=("yes", "no"),
        hint="yes, no or blank.",
    )


def _required(criterion: Criterion) -> str:
    """Return the required levels in words: "junior 2, mid 3, senior 4"."""
    levels = criterion.required
    return ", ".join(f"{seniority} {wording.number(levels[seniority] / 10)}" for seniority in SENIORITIES)


def _example(rubric: Rubric) -> list[Any]:
    """Return a plausible row: a person of mid level, with one thing unknown and one known to be absent."""
    levels: list[Any] = [wording.number(criterion.required["mid"] / 10) for criterion in rubric.criteria]
    levels[-2:] = [0, None]
    markers = [{"junior": "yes", "mid": "yes", "senior": None}[marker.band] for marker in rubric.markers]
    person = [EXAMPLE_ID, EXAMPLE_NAME, "example.person@example.com", 3.5]
    return [*person, *levels, *markers, "Git, Docker, SQL 4", "Any remark of yours"]


def _legend(rubric: Rubric, words: Words) -> SheetSpec:
    columns = [
        ColumnSpec("Legend", 42, wrap=True, bold=True),
        ColumnSpec(rubric.title, 22, align="left", wrap=True, badges=wording.REQUIREMENTS | wording.SENIORITIES),
        ColumnSpec("", 26, wrap=True),
        ColumnSpec("", 64, wrap=True),
    ]
    return SheetSpec("Legend", columns, list(_legend_rows(rubric, words)), filter=False)


def _legend_rows(rubric: Rubric, words: Words) -> Iterator[list[Any]]:
    yield _heading("How cells are read", "", "", "")
    yield from ([item, None, None, meaning] for item, meaning in BLANKS)
    yield _heading("Levels", "Name", "", "Meaning")
    yield from ([str(wording.number(level / 10)), name, None, meaning] for level, name, meaning in words)
    yield _heading("Criteria", "Requirement", "Required level", "What it is for")
    for criterion in rubric.criteria:
        yield [criterion.title, criterion.requirement, _required(criterion), criterion.responsibility]
    yield _heading("Markers", "Seniority", "", "What it says")
    yield from ([f"Marker: {marker.id}", marker.band, None, marker.text] for marker in rubric.markers)


def _heading(*texts: str) -> list[Any]:
    return [Marked(text, HEADING, bold=True) for text in texts]
