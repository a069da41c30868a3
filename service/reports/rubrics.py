"""Rubrics as a workbook that people edit and send back: `intake/rubric_book.py` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from service.core.rubric import REQUIREMENTS, SENIORITIES, Rubric
from service.reports import wording
from service.sheets.writer import ColumnSpec, File, SheetSpec, write_workbook
from service.skills.expressions import written

PROVENANCES = ("source", "inferred", "authored")
ROOM = 200
HOW = (
    "Change what you like, save, and send the file back: the differences are checked and shown before anything counts.",
    "Leave the columns Role and Version as they are: they say what the file was made from.",
)
MATRIX_HOW = (
    f"must: gates the list. should: counts like a must, never gates. nice: welcome. {wording.NOT_ASKED}: not asked.",
    "A change here counts as one in Criteria. Where a role did not ask before, the wording of another role is taken.",
)
CRITERIA_HOW = (
    "Levels: 0 none, 1 novice, 2 advanced beginner, 3 competent, 4 proficient, 5 expert. Only a must has a gate level.",
    "Skills that count: a name, or `any of A, B`, `all of A, B`, `at least 2 of A, B, C`; groups inside in brackets.",
)
ROLES = (
    ColumnSpec("Role", 22, bold=True),
    ColumnSpec("Title", 24),
    ColumnSpec("Version", 9, "integer"),
    ColumnSpec("Summary", 70, wrap=True),
    ColumnSpec("Mid from years", 10, "integer"),
    ColumnSpec("Senior from years", 10, "integer"),
    ColumnSpec("Provenance", 13, choices=PROVENANCES),
)
CRITERIA = (
    ColumnSpec("Role", 20, bold=True),
    ColumnSpec("Criterion", 26),
    ColumnSpec("Title", 34, wrap=True, bold=True),
    ColumnSpec("Requirement", 13, align="center", badges=wording.REQUIREMENTS, choices=REQUIREMENTS),
    ColumnSpec("Weight", 9, "integer"),
    *(ColumnSpec(seniority.capitalize(), 8, "number") for seniority in SENIORITIES),
    ColumnSpec("Gate level", 8, "number"),
    ColumnSpec("Skills that count", 44, wrap=True),
    ColumnSpec("What it is for", 50, wrap=True),
    ColumnSpec("Question", 50, wrap=True),
    ColumnSpec("Advice", 50, wrap=True),
    ColumnSpec("Provenance", 13, choices=PROVENANCES),
)
MARKERS = (
    ColumnSpec("Role", 20, bold=True),
    ColumnSpec("Seniority", 11, align="center", badges=wording.SENIORITIES, choices=SENIORITIES),
    ColumnSpec("Marker", 32),
    ColumnSpec("Text", 60, wrap=True),
    ColumnSpec("Signs", 60, wrap=True, comment="Phrases that tell of it in a text, one to a line."),
    ColumnSpec("Provenance", 13, choices=PROVENANCES),
)


def write(
    documents: Sequence[Mapping[str, Any]], rubrics: Iterable[Rubric], names: Mapping[str, str], file: File
) -> None:
    """Write rubrics as a workbook: the documents of the roles, with their rubrics for the expressions over skills."""
    skills = {(rubric.role, criterion.id): criterion.skills for rubric in rubrics for criterion in rubric.criteria}
    words = {key: written(expression, names) for key, expression in skills.items()}
    matrix, criteria = list(_matrix(documents)), list(_criteria(documents, words))
    sheets = [
        SheetSpec("Matrix", _matrix_columns(documents), matrix, notes=MATRIX_HOW, freeze=2, grid=True),
        SheetSpec("Criteria", CRITERIA, criteria, notes=CRITERIA_HOW, freeze=3, grid=True, room=ROOM),
        SheetSpec("Markers", MARKERS, list(_markers(documents)), freeze=1, grid=True, room=ROOM),
        SheetSpec("Roles", ROLES, list(_roles(documents)), notes=HOW, freeze=1, grid=True, filter=False),
    ]
    write_workbook(sheets, file, creator=wording.CREATOR)


def _matrix_columns(documents: Sequence[Mapping[str, Any]]) -> list[ColumnSpec]:
    choices = (*REQUIREMENTS, wording.NOT_ASKED)
    roles = [
        ColumnSpec(one["title"], 17, align="center", badges=wording.REQUIREMENTS, choices=choices) for one in documents
    ]
    return [ColumnSpec("Criterion", 28), ColumnSpec("Skill", 44, bold=True, wrap=True), *roles]


def _matrix(documents: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    titles = {one["id"]: one["title"] for document in reversed(documents) for one in reversed(document["criteria"])}
    asked = [{one["id"]: one["requirement"] for one in document["criteria"]} for document in documents]
    count = {id_: sum(id_ in of for of in asked) for id_ in titles}
    for id_ in sorted(titles, key=lambda id_: (-count[id_], titles[id_].casefold())):
        yield [id_, titles[id_], *(of.get(id_, wording.NOT_ASKED) for of in asked)]


def _criteria(documents: Sequence[Mapping[str, Any]], words: Mapping[tuple[str, str], str]) -> Iterator[list[Any]]:
    for document in documents:
        for one in document["criteria"]:
            yield [
                document["role"], one["id"], one["title"], one["requirement"], one["weight"],
                *(one["required"][seniority] for seniority in SENIORITIES), one.get("gate"),
                words[document["role"], one["id"]], one["responsibility"], one["question"], one["advice"],
                one["provenance"],
            ]  # fmt: skip


def _markers(documents: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    for document in documents:
        for band, markers in document["markers"].items():
            for one in markers:
                signs = "\n".join(one.get("signs", ()))
                yield [document["role"], band, one["id"], one["text"], signs, one["provenance"]]


def _roles(documents: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    for one in documents:
        bands = one["bands"]["mid"], one["bands"]["senior"]
        yield [one["role"], one["title"], one["version"], one["summary"], *bands, one["provenance"]]
