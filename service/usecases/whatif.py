"""What would change it? For one candidate: levels. For a shortlist: weights, required levels, gates, requirements."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from service.core.policy import TOP
from service.core.revision import Moves, Revision, moves, revised
from service.core.rubric import Rubric, Table, Weights, compile_table
from service.core.scoring import FAIL, GATES, OPEN, PASS, Scores, score
from service.core.whatif import BASE, Change, Goal, Rivals, Standing, changed, effects, smallest, standings
from service.errors import InvalidInput
from service.rubric_library import Library
from service.schemas import faults
from service.usecases.bodies import refuse_if, wrong
from service.usecases.pools import Pool
from service.usecases.scores import tables_of

USUAL_GOAL: Mapping[str, Any] = {"top": 10}
"""What is to be reached where nothing else is asked."""

MOST_MOVES = 50
"""Candidates shown who moved, entered or left; all are counted."""

Fault = dict[str, Any]


def candidate(pool: Pool, place: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a candidate stands, where after the changes asked for, the fewest that reach a goal, and each alone.

    Raise InvalidInput with every mistake.
    """
    changes, fixed = _checked(pool.table, asked)
    goal = asked.get("goal") or (None if changes else USUAL_GOAL)
    rivals = Rivals(pool.scores, place)
    return {
        "candidate": pool.label(place),
        **pool.about,
        "now": _after(pool, place, rivals, ()),
        "changed": _told(pool, place, rivals, changes) if changes else None,
        "goal": _reached(pool, place, rivals, goal, fixed) if goal else None,
        "effects": _effects(pool, place, rivals),
    }


def goals(pool: Pool, place: int, wanted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the fewest changes that reach each of several goals, for one candidate."""
    rivals = Rivals(pool.scores, place)
    return [_reached(pool, place, rivals, goal) for goal in wanted]


def _reached(
    pool: Pool, place: int, rivals: Rivals, goal: Mapping[str, Any], fixed: Collection[int] = ()
) -> dict[str, Any]:
    found = smallest(pool.table, pool.low[place], pool.high[place], _goal(goal, rivals), fixed)
    return {
        "asked": {name: goal.get(name) for name in ("gate", "top", "fit")},
        "search": "exact",
        "within_reach": found is not None,
        **({"changes": [], "standing": None} if found is None else _told(pool, place, rivals, found)),
    }


def _told(pool: Pool, place: int, rivals: Rivals, made: Sequence[Change]) -> dict[str, Any]:
    return {
        "changes": [_change(pool, place, one) for one in made],
        "standing": _after(pool, place, rivals, made),
    }


def _after(pool: Pool, place: int, rivals: Rivals, made: Sequence[Change]) -> dict[str, Any]:
    lows, highs = (changed(pool.table, line[place], made)[None] for line in (pool.low, pool.high))
    return _standing(standings(pool.table, lows, highs, rivals)[0])


def _checked(table: Table, asked: Mapping[str, Any]) -> tuple[list[Change], set[int]]:
    """Return the changes asked for, and the rows that are to stay. Raise InvalidInput with every mistake."""
    places = {row.id: place for place, row in enumerate(table.rows) if row.unit == "level"}
    changes, keep = asked.get("changes", ()), asked.get("keep", ())
    names = [(f"/changes/{at}/criterion", one["criterion"]) for at, one in enumerate(changes)]
    errors = [_unknown(pointer, name) for pointer, name in _also(names, "/keep", keep) if name not in places]
    levels = [_tenths(f"/changes/{at}/level", one["level"], errors) for at, one in enumerate(changes)]
    often = Counter(name for _, name in names)
    errors += [wrong(pointer, f"{name!r} is changed twice.") for pointer, name in names if often[name] > 1]
    refuse_if(errors)
    return [Change(places[one["criterion"]], level) for one, level in zip(changes, levels, strict=True)], {
        places[name] for name in keep
    }


def _also(names: list[tuple[str, str]], pointer: str, more: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from names
    yield from ((f"{pointer}/{at}", name) for at, name in enumerate(more))


def _unknown(pointer: str, name: str) -> Fault:
    return wrong(pointer, f"The rubric has no criterion {name!r}.", "unknown_criterion")


def _tenths(pointer: str, level: float, errors: list[Fault]) -> int:
    """Return a level in tenths; add to `errors` where it is not one."""
    tenths = round(level * 10)
    if not 0 <= tenths <= TOP or abs(level * 10 - tenths) > 1e-6:  # noqa: PLR2004 - as near as floats come
        errors.append(wrong(pointer, "A level is a number from 0 to 5, in tenths at most."))
    return tenths


def _goal(asked: Mapping[str, Any], rivals: Rivals) -> Goal:
    """Return a goal: who is to be in the top must be eligible, and a fit alone asks nothing of the gate."""
    gate = PASS if asked.get("gate") else OPEN if "top" in asked else FAIL
    of_top = rivals.key_for(asked["top"]) if "top" in asked else 0
    of_fit = math.ceil(round(asked.get("fit", 0) * 100, 6))  # what floats add is no hundredth more to reach
    return Goal(gate, max(of_top, of_fit * BASE))


def _standing(found: Standing) -> dict[str, Any]:
    return {
        "fit": found.fit / 100,
        "fit_high": found.fit_high / 100,
        "gate": GATES[found.gate],
        "rank": found.rank,
    }


def _change(pool: Pool, place: int, change: Change) -> dict[str, Any]:
    """Return a change in words: what may be so already is to be asked, the rest to be learnt."""
    row = pool.table.rows[change.row]
    low, high = int(pool.low[place, change.row]), int(pool.high[place, change.row])
    may_be_so = low < high and low <= change.level <= high
    return {
        **_row(pool, place, change.row),
        "to": change.level / 10,
        "may_be_so": may_be_so,
        "advice": row.advice,
        "question": row.question if may_be_so else None,
    }


def _row(pool: Pool, place: int, at: int) -> dict[str, Any]:
    row = pool.table.rows[at]
    return {
        "criterion": row.id,
        "title": row.title,
        "requirement": row.requirement,
        "level": int(pool.low[place, at]) / 10,
        "level_high": int(pool.high[place, at]) / 10,
        "required_level": row.required / 10,
        "gate_level": row.gate / 10 if row.gate else None,
    }


def _effects(pool: Pool, place: int, rivals: Rivals) -> list[dict[str, Any]]:
    """Return, for each criterion, where the candidate would stand at each level."""
    by_row: dict[int, list[dict[str, Any]]] = {}
    for change, standing in effects(pool.table, pool.low[place], pool.high[place], rivals):
        by_row.setdefault(change.row, []).append({"level": change.level / 10, **_standing(standing)})
    return [{**_row(pool, place, row), "levels": levels} for row, levels in by_row.items()]


# A shortlist


def shortlist(pool: Pool, asked: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """Return what another rubric would do to a shortlist: who enters and leaves its top, and how far people move.

    Raise InvalidInput with every mistake.
    """
    table = _revised_table(pool.table, asked, library)
    after = score(table, pool.low, pool.high)
    found = moves(pool.ranking, pool.ranked(after), asked["top"])
    return {
        **pool.about,
        "top": asked["top"],
        "before": _state(pool.scores, pool.table),
        "after": _state(after, table),
        "criteria": _otherwise(pool.table, table),
        **moved(pool, found, after),
    }


def moved(pool: Pool, found: Moves, after: Scores) -> dict[str, Any]:
    """Return who enters and leaves the top, and how many and who moved; places are told as people."""

    def people(places: Sequence[int]) -> list[dict[str, Any]]:
        return [_move(pool, found, after, place) for place in places[:MOST_MOVES]]

    everybody = found.moved
    return {
        "entered": people(found.entered),
        "entered_total": len(found.entered),
        "left": people(found.left),
        "left_total": len(found.left),
        "moves": people(everybody),
        "moves_total": len(everybody),
    }


def _move(pool: Pool, found: Moves, after: Scores, place: int) -> dict[str, Any]:
    before = pool.scores
    return {
        "candidate": pool.label(place),
        "rank_before": int(found.before[place]) or None,
        "rank_after": int(found.after[place]) or None,
        "fit_before": int(before.fit[place]) / 100,
        "fit_after": int(after.fit[place]) / 100,
        "gate_before": GATES[before.gate[place]],
        "gate_after": GATES[after.gate[place]],
    }


def _state(scores: Scores, table: Table) -> dict[str, Any]:
    gates = np.bincount(scores.gate, minlength=len(GATES)).tolist()
    return {
        "eligible": sum(gates[FAIL + 1 :]),
        "gates": dict(zip(GATES, gates, strict=True)),
        "weights": {"parts": table.weights.parts, "criteria": table.weights.criteria},
    }


def _otherwise(before: Table, after: Table) -> list[dict[str, Any]]:
    """Return the rows that differ, each as it was and as it would be."""
    pairs = zip(_rows(before), _rows(after), strict=True)
    return [
        {"criterion": row.id, "title": row.title, "before": was, "after": now}
        for row, (was, now) in zip(before.rows, pairs, strict=True)
        if was != now
    ]


def _rows(table: Table) -> Iterator[dict[str, Any]]:
    for row, full in zip(table.rows, table.full, strict=True):
        yield {
            "requirement": row.requirement,
            "required_level": round(row.required / row.scale, 2),
            "gate_level": row.gate / 10 if row.gate else None,
            "full_points": full / 100,
        }


def _revised_table(table: Table, asked: Mapping[str, Any], library: Library) -> Table:
    """Return the table of a rubric as it is asked for. Raise InvalidInput with every mistake."""
    errors: list[Fault] = []
    weights = _weights(table, asked.get("weights"), library, errors)
    revision = _revision(table.rubric, asked, errors)
    refuse_if(errors)
    rubric = revised(table.rubric, table.seniority, revision, table.rubric.canonical["policy"]["gate"])
    refuse_if(list(_gates_above(rubric, table.seniority, revision)))
    try:
        return compile_table(rubric, table.seniority, weights)
    except ValueError as error:
        raise InvalidInput(str(error), [wrong("/weights", str(error))]) from None


def _weights(table: Table, asked: Mapping[str, Any] | None, library: Library, errors: list[Fault]) -> Weights | None:
    try:
        (found,) = tables_of([table.rubric.role], table.seniority, library, asked)
    except InvalidInput as error:
        errors += error.errors
        return None
    return found.weights


def _revision(rubric: Rubric, asked: Mapping[str, Any], errors: list[Fault]) -> Revision:
    """Return the revision that is asked for; add to `errors` what cannot be."""
    known = {criterion.id for criterion in rubric.criteria}
    told = {field: asked.get(field, {}) for field in ("required_levels", "gate_levels", "requirements")}
    for field, by_criterion in told.items():
        errors += [_unknown(faults.pointer((field, name)), name) for name in by_criterion if name not in known]
    levels = {
        field: {name: _least(faults.pointer((field, name)), level, errors) for name, level in told[field].items()}
        for field in ("required_levels", "gate_levels")
    }
    return Revision(levels["required_levels"], levels["gate_levels"], told["requirements"])


def _least(pointer: str, level: float, errors: list[Fault]) -> int:
    tenths = _tenths(pointer, level, errors)
    if tenths == 0:
        errors.append(wrong(pointer, "A level that is asked for is above 0. Give a must-have up by its requirement."))
    return tenths


def _gates_above(rubric: Rubric, seniority: str, revision: Revision) -> Iterator[Fault]:
    """Yield the must-haves that would gate above what they require, or that are no must-haves but have a gate."""
    for criterion in rubric.criteria:
        if criterion.gate is None and criterion.id in revision.gates:
            pointer = faults.pointer(("gate_levels", criterion.id))
            yield wrong(pointer, f"{criterion.title} is no must-have, so it has no gate.")
        if criterion.gate and criterion.gate > criterion.required[seniority]:
            field = "gate_levels" if criterion.id in revision.gates else "required_levels"
            gate, required = criterion.gate / 10, criterion.required[seniority] / 10
            detail = f"{criterion.title} would gate at {gate:g} and require only {required:g}: no gate is above that."
            yield wrong(faults.pointer((field, criterion.id)), detail)
