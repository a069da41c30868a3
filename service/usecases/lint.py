"""A rubric looked over, with numbers: what a person who owns it would want to know before many are scored by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from service.core import lint as core
from service.core.attrition import attrition, must_haves
from service.core.rubric import Rubric, Table
from service.core.scoring import FAIL
from service.skills.protected import concerns
from service.usecases.pools import Pool

LEAST_POOL = 20
"""Candidates from whom on a share of a pool says something."""

NEVER = 0.95
"""Of so large a share nothing is known: then files do not answer a criterion."""

ALIKE = 0.95
SAME_SKILLS = 0.5
MOST_MUSTS = 7
"""Must-haves that the largest of our own rubrics has; each further one halves who is left, where half have it."""

LEAST_ELIGIBLE = 0.05
TIMES, POINTS = 3, 0.05
"""An effective weight this many times above or below the nominal one is told, where they are so far apart."""

OFTEN, MUCH = 3, 0.2
"""A skill that counts in so many criteria, or in several with such a share of the points, is told."""

SHOWN = 3
PLACEHOLDER = re.compile(r"\b(?:todo|tbd|fixme|lorem ipsum|xxx+)\b|^\W*$", re.IGNORECASE)
TEXTS = ("title", "responsibility", "question", "advice")

Severity = Literal["problem", "advice"]
Finding = dict[str, Any]


def look_over(table: Table, pool: Pool | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what there is to say of a rubric, over a pool where there is one. `names` are those of skills, by id."""
    rubric = table.rubric
    findings = [*_wording(rubric), *_unfinished(rubric), *_overlapping(rubric), *_many_musts(rubric, table, pool)]
    findings += _repeated(rubric, table, names)
    rows: list[core.Use] = []
    if pool is not None and len(pool.ids):
        rows = core.uses(table, pool.low, pool.high)
        findings += [*_dead(table, rows, len(pool.ids)), *_off(table, rows, len(pool.ids)), *_twins(table, pool)]
    order = ("problem", "advice")
    return {
        "role": rubric.role,
        "title": rubric.title,
        "seniority": table.seniority,
        "rubric": {"version": rubric.version, "digest": rubric.digest},
        "total": len(pool.ids) if pool else 0,
        "findings": sorted(findings, key=lambda one: order.index(one["severity"])),
        "criteria": [_use(table, row) for row in rows],
        "provenance": _provenance(rubric),
    }


def _finding(code: str, severity: Severity, criteria: list[str], detail: str, **numbers: float) -> Finding:
    told = {name: round(number, 4) for name, number in numbers.items()}
    return {"code": code, "severity": severity, "criteria": criteria, "numbers": told, "detail": detail}


def _use(table: Table, use: core.Use) -> dict[str, Any]:
    row = table.rows[use.row]
    return {
        "criterion": row.id,
        "title": row.title,
        "requirement": row.requirement,
        "unknown": round(use.unknown, 4),
        "nominal_weight": round(use.nominal, 4),
        "effective_weight": None if use.effective is None else round(use.effective, 4),
    }


def _provenance(rubric: Rubric) -> dict[str, int]:
    told = [one.provenance for one in (*rubric.criteria, *rubric.markers)]
    return {of: told.count(of) for of in ("source", "inferred", "authored")}


# What needs no pool


def _wording(rubric: Rubric) -> Iterator[Finding]:
    for where, text in _texts(rubric):
        for found in concerns(text):
            detail = f"{found.phrase!r} in {where[1]} touches {found.ground}: {found.instead}."
            yield _finding("protected_wording", "problem", [where[0]] if where[0] else [], detail)


def _texts(rubric: Rubric) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield all texts of a rubric, each with the criterion it is of, and its place in words."""
    yield ("", "the role's title"), rubric.title
    yield ("", "the role's summary"), rubric.summary
    for one in rubric.criteria:
        for field in TEXTS:
            yield (one.id, f"the {field} of {one.title}"), getattr(one, field)
    for marker in rubric.markers:
        yield ("", f"the marker {marker.id}"), marker.text


def _unfinished(rubric: Rubric) -> Iterator[Finding]:
    for where, text in _texts(rubric):
        if PLACEHOLDER.search(text):
            yield _finding(
                "unfinished", "problem", [where[0]] if where[0] else [], f"{where[1].capitalize()} is unfinished."
            )


def _overlapping(rubric: Rubric) -> Iterator[Finding]:
    for pair in core.overlaps(rubric, SAME_SKILLS):
        one, other = rubric.criteria[pair.first], rubric.criteria[pair.second]
        detail = f"{one.title} and {other.title} ask for mostly the same skills ({pair.alike:.0%}): one may be enough."
        yield _finding("same_skills", "advice", [one.id, other.id], detail, shared=pair.alike)


def _many_musts(rubric: Rubric, table: Table, pool: Pool | None) -> Iterator[Finding]:
    musts = [one.id for one in rubric.criteria if one.requirement == "must"]
    if len(musts) > MOST_MUSTS:
        detail = f"{len(musts)} must-haves are many: where half the pool has each, one in {2 ** len(musts):,} has all."
        yield _finding("many_must_haves", "advice", musts, detail, must_haves=len(musts))
    if pool is None or len(pool.ids) < LEAST_POOL or not musts:
        return
    share = float((pool.scores.gate != FAIL).mean())
    if share < LEAST_ELIGIBLE:
        tolls = attrition(table, pool.high).tolls
        place, toll = max(zip(must_haves(table), tolls, strict=True), key=lambda one: one[1].share)
        detail = (
            f"Only {share:.1%} of {len(pool.ids):,} may meet all must-haves. {table.rows[place].title} takes most: "
            f"{toll.removed:,} surely fail it."
        )
        yield _finding("hardly_anybody_eligible", "problem", [table.rows[place].id], detail, eligible=share)


def _repeated(rubric: Rubric, table: Table, names: Mapping[str, str]) -> Iterator[Finding]:
    for one in core.repeated(rubric, table, 2, 0):
        if len(one.rows) < OFTEN and one.share < MUCH:
            continue
        told = [names.get(skill, skill) for skill in one.skills]
        skills = ", ".join(told[:SHOWN]) + (f" and {len(told) - SHOWN} more" if len(told) > SHOWN else "")
        titles = ", ".join(rubric.criteria[place].title for place in one.rows)
        each = "each alone" if len(told) > 1 else "alone"
        detail = f"{skills}: {each} counts in {len(one.rows)} criteria, {one.share:.1%} of all points ({titles})."
        ids = [rubric.criteria[place].id for place in one.rows]
        yield _finding("counted_often", "advice", ids, detail, times=len(ids), share=one.share)


# What a pool tells


def _dead(table: Table, rows: list[core.Use], total: int) -> Iterator[Finding]:
    """Yield the criteria that nobody's file answers, and those in which all are alike."""
    if total < LEAST_POOL:
        return
    for use in rows:
        row = table.rows[use.row]
        if row.unit == core.LEVEL and use.unknown >= NEVER:
            detail = (
                f"Nothing is known of {use.unknown:.1%} of {total:,} candidates in {row.title}: files do not answer it."
            )
            yield _finding("never_answered", "problem", [row.id], detail, unknown=use.unknown)
        elif not use.differs and table.full[use.row]:
            detail = f"All {total:,} candidates have the same points in {row.title}: it tells nobody apart."
            yield _finding("tells_nobody_apart", "problem", [row.id], detail, points=use.nominal)


def _off(table: Table, rows: list[core.Use], total: int) -> Iterator[Finding]:
    """Yield the rows that count for much more or less in this pool than their weight says."""
    for use in rows if total >= LEAST_POOL else ():
        if use.effective is None or abs(use.effective - use.nominal) < POINTS:
            continue
        more = use.effective > use.nominal
        small, large = sorted((max(use.effective, 0), use.nominal))
        if large >= TIMES * small:
            detail = (
                f"{table.rows[use.row].title} weighs {use.nominal:.1%} of the points, and makes {use.effective:.1%} of "
                f"the differences between these {total:,} candidates: {'more' if more else 'less'} than it says."
            )
            numbers = {"nominal": use.nominal, "effective": use.effective}
            yield _finding("weight_off", "advice", [table.rows[use.row].id], detail, **numbers)


def _twins(table: Table, pool: Pool) -> Iterator[Finding]:
    for pair in core.twins(table, pool.low, pool.high, ALIKE):
        one, other = table.rows[pair.first], table.rows[pair.second]
        detail = (
            f"{one.title} and {other.title} go together in this pool (r = {pair.alike:.2f} over {pair.people:,} "
            "candidates): who is strong in one is strong in the other, and is paid twice."
        )
        yield _finding(
            "near_duplicates", "advice", [one.id, other.id], detail, correlation=pair.alike, candidates=pair.people
        )
