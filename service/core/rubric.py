"""What a role asks for, and what each level earns.

A rubric compiles to a table of integers: full points over all rows sum to 10,000, and a row at value v of the
required r earns `floor(full * min(v, r) / r)`. The rows are the criteria (in tenths of a level), then two for
seniority: months of experience, and markers met.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from service.core.policy import TOP, Policy
from service.core.time import Interval

WHOLE = 10_000
"""The points of a perfect candidate, in hundredths."""

SENIORITIES = ("junior", "mid", "senior")
REQUIREMENTS = ("must", "should", "nice")
YEARS, MARKERS = "seniority_years", "seniority_markers"
"""The ids of the two rows that seniority adds below the criteria."""

WIDTH = 256
"""Columns of the lookup table: values are kept in a byte, so none can point outside it."""

PART_OF = {"must": "required", "should": "required", "nice": "nice"}


@dataclass(frozen=True, slots=True)
class AtLeast:
    """An expression over skills: k of its members are asked for. 1 means any of, all means all of."""

    k: int
    of: tuple[Expression, ...]


Expression = str | AtLeast

Reading = Callable[[Sequence[int], int], int]
"""How levels and k give one level: `mean_of_best` is the reading for points, `kth_best` the one for the gate."""


def mean_of_best(levels: Sequence[int], k: int) -> int:
    """Return the mean of the k best levels, rounded down to a tenth: half of what is asked is half the points."""
    return sum(sorted(levels)[-k:]) // k


def kth_best(levels: Sequence[int], k: int) -> int:
    """Return the k-th best level: half of what is asked never passes a gate."""
    return sorted(levels)[-k]


def level_of(expression: Expression, known: Mapping[str, Interval], reading: Reading) -> Interval:
    """Return the level of an expression by one reading, given the levels of all its skills."""
    if isinstance(expression, str):
        return known[expression]
    lows, highs = zip(*(level_of(member, known, reading) for member in expression.of), strict=True)
    return reading(lows, expression.k), reading(highs, expression.k)


def has_two_readings(expression: Expression) -> bool:
    """Tell whether the two readings of an expression can differ: where it asks for more than one member."""
    return isinstance(expression, AtLeast) and (expression.k > 1 or any(map(has_two_readings, expression.of)))


def skills_of(expression: Expression) -> Iterator[str]:
    """Yield every skill that an expression names."""
    if isinstance(expression, str):
        yield expression
        return
    for member in expression.of:
        yield from skills_of(member)


@dataclass(frozen=True)
class Criterion:
    """One skill area asked for. Its id is a skill too: whoever rates the area as a whole rates that skill.

    `required` holds the level for full points at each seniority, `gate` the least level at which a must-have counts
    as had (None unless a must), both in tenths.
    """

    id: str
    title: str
    requirement: str
    weight: int
    required: Mapping[str, int]
    gate: int | None
    skills: Expression
    responsibility: str
    question: str
    advice: str
    provenance: str

    @cached_property
    def asked(self) -> frozenset[str]:
        """Return the skills that can answer this criterion: those of its expression, and the area itself."""
        return frozenset(skills_of(self.skills)) | {self.id}

    @cached_property
    def has_own_gate(self) -> bool:
        """Tell whether the level that the gate is held against can differ from the level that earns points."""
        return has_two_readings(self.skills)


@dataclass(frozen=True, slots=True)
class Marker:
    """A sign of a band of seniority; `id` is `band.slug`."""

    id: str
    band: str
    text: str
    provenance: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Integer weights: of the parts (required, nice, seniority) and of the criteria inside their part."""

    parts: Mapping[str, int]
    criteria: Mapping[str, int]


@dataclass(frozen=True)
class Rubric:
    """All that a role is scored on, at a version.

    `bands` gives the least years of each seniority. `proves` gives, for each skill that counts here, the asked skills
    that practising it proves beside itself (from the vocabulary's implications).
    """

    role: str
    title: str
    version: int
    summary: str
    provenance: str
    criteria: tuple[Criterion, ...]
    bands: Mapping[str, int]
    markers: tuple[Marker, ...]
    policy: Policy
    proves: Mapping[str, frozenset[str]]
    canonical: Mapping[str, Any] = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that the role is scored on, as canonical JSON."""
        return digest(self.canonical)

    @cached_property
    def weights(self) -> Weights:
        """Return the rubric's own weights."""
        return Weights(dict(self.policy.parts), {criterion.id: criterion.weight for criterion in self.criteria})

    @cached_property
    def answers(self) -> dict[str, tuple[int, ...]]:
        """Return, for each skill that counts here, the places of the criteria whose level it is evidence of."""
        members = [frozenset(skills_of(c.skills)) for c in self.criteria]
        return {
            skill: tuple(n for n, c in enumerate(self.criteria) if skill == c.id or members[n] & (proved | {skill}))
            for skill, proved in self.proves.items()
        }

    @cached_property
    def related(self) -> dict[str, tuple[int, ...]]:
        """Return, for each skill that counts here, the places of the criteria whose area it only implies.

        Such evidence is shown and earns nothing: one skill of an area does not prove what the criterion asks for.
        """
        return {
            skill: tuple(n for n, c in enumerate(self.criteria) if c.id in proved and n not in self.answers[skill])
            for skill, proved in self.proves.items()
        }

    def markers_of(self, band: str) -> tuple[Marker, ...]:
        """Return the markers of one band."""
        return self._markers_by_band[band]

    @cached_property
    def _markers_by_band(self) -> dict[str, tuple[Marker, ...]]:
        return {band: tuple(m for m in self.markers if m.band == band) for band in SENIORITIES}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a criterion, or one of the two of seniority.

    Values are integers of which `scale` make a `unit`: tenths of a level, months of a year, single markers. `gate` is
    0 where the row does not gate.
    """

    id: str
    title: str
    requirement: str
    unit: str
    scale: int
    required: int
    ceiling: int
    gate: int
    advice: str
    question: str


@dataclass(frozen=True, eq=False)
class Table:
    """A rubric compiled for one seniority and one set of weights.

    `full[row]` is the full points of a row in hundredths, `lookup[row, value]` the points of a value, which is a byte.
    A candidate's values stand in `width` columns: one for each row, then one for each criterion whose gate is held
    against a level of its own.
    """

    rubric: Rubric
    seniority: str
    weights: Weights
    rows: tuple[Row, ...]
    full: tuple[int, ...]
    lookup: npt.NDArray[np.int32]

    @cached_property
    def ceilings(self) -> npt.NDArray[np.int64]:
        """Return the highest value of each column."""
        return np.array([*(row.ceiling for row in self.rows), *[TOP] * (self.width - len(self.rows))])

    @cached_property
    def gate_columns(self) -> tuple[int, ...]:
        """Return, for each row, the column of the level that its gate is held against."""
        own = [place for place, criterion in enumerate(self.rubric.criteria) if criterion.has_own_gate]
        behind = {place: len(self.rows) + n for n, place in enumerate(own)}
        return tuple(behind.get(place, place) for place in range(len(self.rows)))

    @cached_property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows) + sum(criterion.has_own_gate for criterion in self.rubric.criteria)


def compile_table(rubric: Rubric, seniority: str, weights: Weights | None = None) -> Table:
    """Compile a rubric for a target seniority. Raise ValueError where the weights leave nothing to score."""
    weights = weights or rubric.weights
    rows = (
        *(_criterion_row(criterion, seniority) for criterion in rubric.criteria),
        *_seniority_rows(rubric, seniority),
    )
    full = _full_points(rubric, weights, has_markers=bool(rubric.markers_of(seniority)))
    lookup = [[_points(full[row.id], value, row.required) for value in range(WIDTH)] for row in rows]
    return Table(rubric, seniority, weights, rows, tuple(full.values()), np.array(lookup, np.int32))


def _criterion_row(criterion: Criterion, seniority: str) -> Row:
    return Row(
        criterion.id,
        criterion.title,
        criterion.requirement,
        unit="level",
        scale=10,
        required=criterion.required[seniority],
        ceiling=TOP,
        gate=criterion.gate or 0,
        advice=criterion.advice,
        question=criterion.question,
    )


def _seniority_rows(rubric: Rubric, seniority: str) -> tuple[Row, Row]:
    """Return the rows for the years of experience and for the markers of the target band."""
    years, markers = rubric.bands[seniority], rubric.markers_of(seniority)
    listed = "; ".join(marker.text for marker in markers)
    years_row = Row(
        YEARS,
        f"Years of experience ({seniority})",
        "seniority",
        unit="years",
        scale=12,
        required=years * 12,
        ceiling=WIDTH - 1,
        gate=0,
        advice=f"Experience of {years} years earns full points for {seniority}.",
        question="How many years of relevant work are there, and from when to when?",
    )
    markers_row = Row(
        MARKERS,
        f"Seniority markers ({seniority})",
        "seniority",
        unit="markers",
        scale=1,
        required=len(markers),
        ceiling=len(markers),
        gate=0,
        advice=f"Work that shows each of these: {listed}.",
        question=f"Which of these has the candidate done, and where? {listed}.",
    )
    return years_row, markers_row


def _points(full: int, value: int, required: int) -> int:
    """Return the points of a value: nothing required is nothing lost."""
    return full if value >= required else full * value // required


def _full_points(rubric: Rubric, weights: Weights, *, has_markers: bool) -> dict[str, int]:
    """Return the full points of each row, summing to the whole, by largest remainder (ties by the row's id)."""
    shares = _shares(rubric, weights, has_markers=has_markers)
    points = {row: int(share) for row, share in shares.items()}
    by_remainder = sorted(shares, key=lambda row: (points[row] - shares[row], row))
    for row in by_remainder[: WHOLE - sum(points.values())]:
        points[row] += 1
    return points


def _shares(rubric: Rubric, weights: Weights, *, has_markers: bool) -> dict[str, Fraction]:
    """Return the exact share of each row in the whole; a part that is absent leaves its share to the others."""
    members: dict[str, dict[str, int]] = {
        "required": {},
        "nice": {},
        "seniority": {YEARS: 1, MARKERS: int(has_markers)},
    }
    for criterion in rubric.criteria:
        members[PART_OF[criterion.requirement]][criterion.id] = weights.criteria[criterion.id]
    present = {part: weights.parts[part] for part, rows in members.items() if sum(rows.values())}
    whole = sum(present.values())
    if whole == 0:
        raise ValueError("The weights leave nothing to score: at least one part and one weight in it must be above 0.")
    order = [criterion.id for criterion in rubric.criteria] + [YEARS, MARKERS]
    shares = {
        row: Fraction(WHOLE * present.get(part, 0) * weight, whole * max(1, sum(rows.values())))
        for part, rows in members.items()
        for row, weight in rows.items()
    }
    return {row: shares[row] for row in order}


def digest(value: object) -> str:
    """Return the SHA-256 of a value as canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
