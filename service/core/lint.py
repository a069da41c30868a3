"""How a rubric works on a pool, in numbers: what tells nobody apart, what says the same twice, what counts in truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.policy import TOP
from service.core.rubric import WHOLE, Rubric, Table, skills_of
from service.core.scoring import Values

LEVEL = "level"
LEAST_KNOWN = 20
"""Candidates known in both of two criteria, from whom on a correlation says something."""

Matrix = npt.NDArray[np.float64]


class Use(NamedTuple):
    """What a row does in a pool; shares are from 0 to 1.

    `nominal` is its part of the full points, `effective` its part of the variance of the fits (at what is proven), None
    where all fits are equal; those of all rows add up to 1. `error` is the standard error of that part, for a pool is
    but a sample. `unknown` is the share of those of whom nothing is known in the row, and `differs` tells whether any
    two of the others have different points.
    """

    row: int
    unknown: float
    differs: bool
    nominal: float
    effective: float | None
    error: float


class Twins(NamedTuple):
    """Two rows, how alike they are (from 0 to 1), and of how many candidates that is said."""

    first: int
    second: int
    alike: float
    people: int


class Repeated(NamedTuple):
    """Skills of which each alone counts in the same several criteria, and those criteria's part of the full points."""

    skills: tuple[str, ...]
    rows: tuple[int, ...]
    share: float


def uses(table: Table, low: Values, high: Values) -> list[Use]:
    """Return what each row of a table does in a pool, given its values at least and at most."""
    points = _points(table, low)
    unknown = ((low == 0) & (high >= table.ceilings))[:, : len(table.rows)]
    most = np.where(unknown, -1, points).max(axis=0)
    differs = (np.where(unknown, WHOLE, points).min(axis=0) < most).tolist()
    shares, errors = _slopes(points)
    silent = unknown.mean(axis=0).tolist()
    return [
        Use(row, silent[row], differs[row], full / WHOLE, None if shares is None else shares[row], errors[row])
        for row, full in enumerate(table.full)
    ]


def _slopes(points: Matrix) -> tuple[list[float] | None, list[float]]:
    """Return the slope of each row's points over the fits, which is its part of their variance, and its error."""
    count, rows = points.shape
    fits = points.sum(axis=1)
    around = fits - fits.mean()
    spread = float(around @ around)
    if spread == 0:
        return None, [0.0] * rows
    own = points - points.mean(axis=0)
    slopes = own.T @ around / spread
    left = ((own - np.outer(around, slopes)) ** 2).sum(axis=0)
    return slopes.tolist(), np.sqrt(left / max(1, count - 2) / spread).tolist()


def _points(table: Table, low: Values) -> Matrix:
    columns = [table.lookup[row].take(low[:, row]) for row in range(len(table.rows))]
    return np.array(columns, np.float64).T


def twins(table: Table, low: Values, high: Values, least: float) -> list[Twins]:
    """Return the pairs of criteria whose levels go together where both are known, by Pearson's correlation."""
    places = [place for place, row in enumerate(table.rows) if row.unit == LEVEL]
    known = (low > 0) | (high < TOP)
    found = (_twins(first, second, low, known) for first, second in combinations(places, 2))
    return [pair for pair in found if pair and pair.alike >= least]


def _twins(first: int, second: int, low: Values, known: npt.NDArray[np.bool_]) -> Twins | None:
    both = known[:, first] & known[:, second]
    count = int(both.sum())
    if count < LEAST_KNOWN:
        return None
    one, other = low[both, first].astype(np.float64), low[both, second].astype(np.float64)
    spread = one.std() * other.std()
    if spread == 0:
        return None
    return Twins(first, second, float(((one - one.mean()) * (other - other.mean())).mean() / spread), count)


def overlaps(rubric: Rubric, least: float) -> list[Twins]:
    """Return the pairs of criteria that ask for mostly the same skills: those in both by those in either."""
    asked = [frozenset(skills_of(criterion.skills)) for criterion in rubric.criteria]
    found = (
        Twins(first, second, len(one & other) / len(one | other), 0)
        for (first, one), (second, other) in combinations(enumerate(asked), 2)
    )
    return [pair for pair in found if pair.alike >= least]


def repeated(rubric: Rubric, table: Table, rows: int, share: float) -> list[Repeated]:
    """Return the skills that count in at least so many criteria, with at least such a share of the full points."""
    by_rows: dict[tuple[int, ...], list[str]] = {}
    for skill, proved in rubric.proves.items():
        places = _earning(rubric, skill, proved)
        if len(places) >= rows:
            by_rows.setdefault(places, []).append(skill)
    return list(_repeated(by_rows, table, share))


def _earning(rubric: Rubric, skill: str, proved: frozenset[str]) -> tuple[int, ...]:
    """Return the criteria that one skill alone, with what it proves, earns points in."""
    return tuple(
        place
        for place, criterion in enumerate(rubric.criteria)
        if skill == criterion.id or not frozenset(skills_of(criterion.skills)).isdisjoint(proved | {skill})
    )


def _repeated(by_rows: dict[tuple[int, ...], list[str]], table: Table, least: float) -> Iterator[Repeated]:
    for places, skills in by_rows.items():
        share = sum(table.full[place] for place in places) / WHOLE
        if share >= least:
            yield Repeated(tuple(sorted(skills)), places, share)
