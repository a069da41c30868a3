"""The whole answer for one candidate: points, evidence, gaps and seniority, as plain values ready for any wire.

Levels are numbers 0 to 5, points numbers on the 100 scale. Points add up: over `criteria` to the fit, and over `gaps`
to what is missing to 100.00. The names are the API's contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple, TypedDict

from service.core.policy import Evidence, Origin, Policy
from service.core.profile import MarkerSeen, Profile, Seniority, TitleSeen, estimate_seniority, row_of
from service.core.rubric import Marker, Row, Rubric, Table, digest
from service.core.scoring import GATES, score, values
from service.core.time import Interval, ended, months_together

ENGINE = "rolefit-core 2"
"""The version of the rule of scoring: it changes whenever the same input could score otherwise."""

ENGINE_CHANGES = {
    "rolefit-core 2": (
        "An area that a skill only implies no longer answers a criterion, and where several skills are asked for, "
        "points go by the mean of the best while the gate still asks for all of them."
    ),
}
"""What changed in the rule with each version since the first, in order."""


class EvidenceShown(TypedDict):
    """One piece of evidence: what was said (`level`, `years`, `last_used`), what it counts as, where it stood."""

    skill: str
    kind: str
    level: float | None
    level_high: float | None
    years: float | None
    last_used: str | None
    counts_as: float | None
    source: dict[str, Any]
    quote: str


class RowShown(TypedDict):
    """One row of the table: a criterion, or one of the two of seniority. `level` is in `unit`s.

    `level_at_gate` is the level that a must-have's gate is held against (None: not a must-have); it is below `level`
    where several skills are asked for and not all are shown. `related` holds evidence that implies the criterion's
    area and earns nothing.
    """

    criterion: str
    title: str
    requirement: str
    unit: str
    state: str
    level: float
    level_high: float
    required_level: float
    gate_level: float | None
    level_at_gate: float | None
    level_at_gate_high: float | None
    points: float
    points_high: float
    full_points: float
    evidence: list[EvidenceShown]
    related: list[EvidenceShown]


class Gap(TypedDict):
    """What is missing to full points in one row, what would close it, and what to ask where it is not known."""

    criterion: str
    title: str
    requirement: str
    state: str
    level: float
    level_high: float
    required_level: float
    gate_level: float | None
    level_at_gate: float | None
    level_at_gate_high: float | None
    points_lost: float
    holds_gate: bool
    advice: str
    question: str | None


class Result(TypedDict):
    """The answer for one candidate and one role, without the candidate's name: that is added by who knows it."""

    role: str
    seniority: str
    fit: float
    fit_high: float
    gate: str
    criteria: list[RowShown]
    gaps: list[Gap]
    seniority_estimate: dict[str, Any]
    rubric: dict[str, Any]
    engine: str
    input_digest: str


def explain(table: Table, profile: Profile, as_of: int) -> Result:
    """Score one candidate and say why. `as_of` is the tick that "today" stands for."""
    rubric = table.rubric
    low, high = row_of(profile, rubric, table.seniority, as_of)
    scores = score(table, values([low], table), values([high], table))
    evidence = _evidence_by_row(profile, table, as_of)
    rows = [_shown(table, place, low, high, evidence[place]) for place in range(len(table.rows))]
    gaps = [gap for row, shown in zip(table.rows, rows, strict=True) if (gap := _gap(row, shown))]
    return {
        "role": rubric.role,
        "seniority": table.seniority,
        "fit": int(scores.fit[0]) / 100,
        "fit_high": int(scores.fit_high[0]) / 100,
        "gate": GATES[scores.gate[0]],
        "criteria": rows,
        "gaps": sorted(gaps, key=lambda gap: (not gap["holds_gate"], -gap["points_lost"], gap["criterion"])),
        "seniority_estimate": _seniority(profile, rubric, as_of),
        "rubric": {"version": rubric.version, "digest": rubric.digest},
        "engine": ENGINE,
        "input_digest": input_digest(profile, rubric, as_of),
    }


def input_digest(profile: Profile, rubric: Rubric, as_of: int) -> str:
    """Return the SHA-256 of what the score was made from; where it was read, and by what name, is no part of it."""
    evidence = {tuple(piece[:6]) for piece in profile.evidence if piece.skill in rubric.proves}
    markers = {marker.id: profile.markers[marker.id].met for marker in rubric.markers if marker.id in profile.markers}
    facts = {
        "as_of": as_of,
        "evidence": sorted(evidence, key=repr),
        "months": profile.months,
        "jobs": sorted(set(profile.jobs)),
        "markers": markers,
    }
    return digest(facts)


def _shown(table: Table, place: int, lows: Sequence[int], highs: Sequence[int], evidence: _EvidenceOfRow) -> RowShown:
    """Return one row of the table with what the candidate earned in it."""
    row, gate = table.rows[place], table.gate_columns[place]
    low, high = (values[place] if row.unit == "level" else min(values[place], row.required) for values in (lows, highs))
    return {
        "criterion": row.id,
        "title": row.title,
        "requirement": row.requirement,
        "unit": row.unit,
        "state": _state(low, high, row.required, is_had=lows[gate] >= row.gate),
        "level": _in_units(low, row),
        "level_high": _in_units(high, row),
        "required_level": _in_units(row.required, row),
        "gate_level": _in_units(row.gate, row) if row.gate else None,
        "level_at_gate": _in_units(lows[gate], row) if row.gate else None,
        "level_at_gate_high": _in_units(highs[gate], row) if row.gate else None,
        "points": int(table.lookup[place, low]) / 100,
        "points_high": int(table.lookup[place, high]) / 100,
        "full_points": table.full[place] / 100,
        "evidence": evidence.counted,
        "related": evidence.related,
    }


def _in_units(value: int, row: Row) -> float:
    return round(value / row.scale, 2)


def _state(low: int, high: int, required: int, *, is_had: bool) -> str:
    """Name where a value stands: `met`, known to be `missing`, `unknown` from the ground up, or `below`.

    A must-have that earns full points and holds its gate (`is_had` is false) is `below`.
    """
    if low >= required and is_had:
        return "met"
    if high == 0:
        return "missing"
    return "below" if low else "unknown"


def _gap(row: Row, shown: RowShown) -> Gap | None:
    """Return what is missing in a row, or None. What is not settled yet carries the question that would settle it.

    A row may lose no points and still hold its gate.
    """
    if shown["state"] == "met":
        return None
    lost = round(shown["full_points"] * 100) - round(shown["points"] * 100)
    is_settled = (shown["level"], shown["level_at_gate"]) == (shown["level_high"], shown["level_at_gate_high"])
    return {
        "criterion": row.id,
        "title": row.title,
        "requirement": row.requirement,
        "state": shown["state"],
        "level": shown["level"],
        "level_high": shown["level_high"],
        "required_level": shown["required_level"],
        "gate_level": shown["gate_level"],
        "level_at_gate": shown["level_at_gate"],
        "level_at_gate_high": shown["level_at_gate_high"],
        "points_lost": lost / 100,
        "holds_gate": _holds_gate(shown),
        "advice": row.advice,
        "question": None if is_settled else row.question,
    }


def _holds_gate(shown: RowShown) -> bool:
    """Tell whether a row keeps the gate from being passed."""
    least, level = shown["gate_level"], shown["level_at_gate"]
    return least is not None and level is not None and level < least


class _EvidenceOfRow(NamedTuple):
    """The evidence behind one row, the strongest first: what its level is made from, and what is only related."""

    counted: list[EvidenceShown]
    related: list[EvidenceShown]


def _evidence_by_row(profile: Profile, table: Table, as_of: int) -> list[_EvidenceOfRow]:
    """Return the evidence behind each row of the table; seniority's has its own."""
    rubric = table.rubric
    by_row = [_EvidenceOfRow([], []) for _ in table.rows]
    for shown in evidence_shown(profile, rubric.proves, rubric.policy, as_of):
        for place in rubric.answers[shown["skill"]]:
            is_asked = shown["skill"] in rubric.criteria[place].asked
            by_row[place].counted.append(shown if is_asked else _implying(shown, rubric.policy))
        for place in rubric.related[shown["skill"]]:
            by_row[place].related.append(shown)
    return by_row


def _implying(shown: EvidenceShown, policy: Policy) -> EvidenceShown:
    """Return evidence of a skill that only implies what is asked, as what it counts for that at most."""
    if shown["counts_as"] is None:
        return shown
    return {**shown, "counts_as": min(shown["counts_as"], policy.implied_ceiling[shown["kind"]] / 10)}


def evidence_shown(profile: Profile, skills: Container[str], policy: Policy, as_of: int) -> Iterator[EvidenceShown]:
    """Yield the evidence for some skills with what each piece counts as, the strongest first."""
    counted = [piece for piece in profile.evidence if piece.skill in skills]
    strength = policy.strength
    counted.sort(key=lambda piece: (strength[piece.kind], piece.skill, piece.where, piece.quote, repr(piece)))
    dated = defaultdict(list)
    for piece in counted:
        if piece.span:
            dated[piece.skill].append(piece.span)
    together = {skill: months_together(spans, as_of) for skill, spans in dated.items()}
    for piece in counted:
        yield _piece(piece, policy.level(piece, together.get(piece.skill), as_of), profile, as_of)


def _piece(piece: Evidence, counts_as: Interval | None, profile: Profile, as_of: int) -> EvidenceShown:
    months = piece.months or (months_together([piece.span], as_of) if piece.span else None)
    last_used = piece.span.end if piece.span else piece.last_used
    return {
        "skill": piece.skill,
        "kind": piece.kind,
        "level": piece.level[0] / 10 if piece.level else None,
        "level_high": piece.level[1] / 10 if piece.level else None,
        "years": round(months[0] / 12, 2) if months else None,
        "last_used": ended(last_used) if last_used else None,
        "counts_as": counts_as[0] / 10 if counts_as else None,
        "source": source(profile, piece),
        "quote": piece.quote,
    }


def source(profile: Profile, seen: Evidence | MarkerSeen | TitleSeen) -> dict[str, Any]:
    """Return where something was read: sheet, row and column of a spreadsheet, or a pointer into JSON.

    `start` and `end` are its place inside a text, `record` the kept record it came with when that is another.
    """
    origin = seen.origin or Origin(None, profile.sheet, profile.row)
    place: dict[str, Any] = {} if origin.record is None else {"record": origin.record}
    if origin.row is None:
        place["pointer"] = seen.where
    else:
        place |= {"sheet": origin.sheet, "row": origin.row, "column": seen.where}
    return place if seen.at is None else {**place, "start": seen.at[0], "end": seen.at[1]}


def _seniority(profile: Profile, rubric: Rubric, as_of: int) -> dict[str, Any]:
    """Return the estimate with the state of each marker, and beside it what the last title suggests."""
    estimate: Seniority = estimate_seniority(profile, rubric, as_of)
    months, title = estimate.months, profile.title
    return {
        "years": round(months[0] / 12, 2) if months else None,
        "years_high": round(months[1] / 12, 2) if months else None,
        "by_years": estimate.by_years,
        "by_years_high": estimate.by_years_high,
        "by_markers": estimate.by_markers,
        "estimate": estimate.estimate,
        "basis": estimate.basis,
        "by_title": title.band if title else None,
        "title": title.title if title else None,
        "title_source": source(profile, title) if title else None,
        "markers": [_marker(marker, profile) for marker in rubric.markers],
    }


def _marker(marker: Marker, profile: Profile) -> dict[str, Any]:
    seen = profile.markers.get(marker.id)
    state = "unknown" if seen is None else "met" if seen.met else "absent"
    evidence = [] if seen is None else [{"source": source(profile, seen), "quote": seen.quote}]
    return {"id": marker.id, "band": marker.band, "text": marker.text, "state": state, "evidence": evidence}
