"""How a rubric works on a pool, in numbers: what tells nobody apart, what says the same twice, what counts in truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.policy import TOP
from service.core.rubric import WHOLE, Rubric, Table
from service.core.scoring import Values

LEVEL = "level"
LEAST_KNOWN = 20
"""Candidates known in both of two criteria, from whom on a correlation says something."""

Matrix = npt.NDArray[np.float64]


class Use(NamedTuple):
    """What a row does in a pool; shares are from 0 to 1.

    `nominal` is its part of the full points, `effective` its part of the variance of the fits (at what is proven), None
    where all fits are equal; those of all rows add up to 1. `unknown` is the share of those of whom it says nothing,
    and `differs` tells whether any two have different points.
    """

    row: int
    unknown: float
    differs: bool
    nominal: float
    effective: float | None


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
    fits = points.sum(axis=1)
    spread = float(fits.var())
    together = ((points - points.mean(axis=0)).T @ (fits - fits.mean()) / len(fits)).tolist()
    unknown = ((low == 0) & (high >= table.ceilings)).mean(axis=0).tolist()
    differs = (points.max(axis=0) > points.min(axis=0)).tolist()
    return [
        Use(
            row,
            float(unknown[row]),
            bool(differs[row]),
            full / WHOLE,
            float(together[row] / spread) if spread else None,
        )
        for row, full in enumerate(table.full)
    ]


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
    found = (
        Twins(first, second, len(one.asked & other.asked) / len(one.asked | other.asked), 0)
        for (first, one), (second, other) in combinations(enumerate(rubric.criteria), 2)
    )
    return [pair for pair in found if pair.alike >= least]


def repeated(rubric: Rubric, table: Table, rows: int, share: float) -> list[Repeated]:
    """Return the skills that count in at least so many criteria, with at least such a share of the full points."""
    by_rows: dict[tuple[int, ...], list[str]] = {}
    for skill, places in rubric.answers.items():
        if len(places) >= rows:
            by_rows.setdefault(places, []).append(skill)
    return list(_repeated(by_rows, table, share))


def _repeated(by_rows: dict[tuple[int, ...], list[str]], table: Table, least: float) -> Iterator[Repeated]:
    for places, skills in by_rows.items():
        share = sum(table.full[place] for place in places) / WHOLE
        if share >= least:
            yield Repeated(tuple(sorted(skills)), places, share)
