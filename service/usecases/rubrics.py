"""The rubrics as people and programs read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.core.rubric import SENIORITIES, Criterion, Rubric
from service.rubric_library import Library, expression_as_data


def roles(library: Library) -> dict[str, Any]:
    """Return a line for each role."""
    return {"roles": [_line(rubric) for rubric in library.rubrics.values()]}


def _line(rubric: Rubric) -> dict[str, Any]:
    return {
        "role": rubric.role,
        "title": rubric.title,
        "summary": rubric.summary,
        "version": rubric.version,
        "digest": rubric.digest,
        "provenance": rubric.provenance,
        "seniorities": list(SENIORITIES),
    }


def role(rubric: Rubric) -> dict[str, Any]:
    """Return a whole rubric; levels are numbers 0 to 5."""
    return {
        **_line(rubric),
        "parts": dict(rubric.policy.parts),
        "criteria": [_criterion(criterion) for criterion in rubric.criteria],
        "bands": [{"seniority": band, "least_years": least} for band, least in rubric.bands.items()],
        "markers": [
            {"id": marker.id, "band": marker.band, "text": marker.text, "provenance": marker.provenance}
            for marker in rubric.markers
        ],
        "evidence_kinds": [
            {
                "kind": kind.id,
                "ceiling": kind.ceiling / 10,
                "bare_mention": None if kind.mention is None else kind.mention / 10,
                "decides": kind.decides,
            }
            for kind in rubric.policy.kinds
        ],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "criterion": criterion.id,
        "title": criterion.title,
        "requirement": criterion.requirement,
        "weight": criterion.weight,
        "required_levels": {seniority: level / 10 for seniority, level in criterion.required.items()},
        "gate_level": None if criterion.gate is None else criterion.gate / 10,
        "skills": expression_as_data(criterion.skills),
        "responsibility": criterion.responsibility,
        "question": criterion.question,
        "advice": criterion.advice,
        "provenance": criterion.provenance,
    }


def matrix(library: Library) -> dict[str, Any]:
    """Return the rows of the skills matrix, and apart from them the further criteria of the roles."""
    titles = {c.id: c.title for rubric in library.rubrics.values() for c in rubric.criteria}
    rows = dict(library.matrix)
    further = {id_: title for id_, title in titles.items() if id_ not in rows}
    return {"rows": _matrix_rows(rows, library), "further": _matrix_rows(further, library)}


def _matrix_rows(titles: Mapping[str, str], library: Library) -> list[dict[str, Any]]:
    asked = {
        role: {criterion.id: criterion.requirement for criterion in rubric.criteria}
        for role, rubric in library.rubrics.items()
    }
    return [
        {"skill": title, "criterion": id_, "roles": {role: criteria.get(id_) for role, criteria in asked.items()}}
        for id_, title in titles.items()
    ]
