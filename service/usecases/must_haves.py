"""The price of each must-have: whom it removes from a list, alone and with the others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from service.core.attrition import ONE_LEVEL, Attrition, Toll, attrition, must_haves
from service.core.rubric import Row
from service.usecases.pools import Pool


def price(pool: Pool) -> dict[str, Any]:
    """Return what each must-have takes from the usual list (`any`) and from the strict one (`pass`).

    From the usual list it takes those who surely fail it, from the strict one also those who may, being unknown.
    """
    rows = [pool.table.rows[place] for place in must_haves(pool.table)]
    usual, strict = attrition(pool.table, pool.high), attrition(pool.table, pool.low)
    shares = zip(hundredths(usual), hundredths(strict), strict=True)
    return {
        **pool.about,
        "removed": {"any": usual.removed, "pass": strict.removed},
        "must_haves": [
            _told(row, tolls, both)
            for row, tolls, both in zip(rows, zip(usual.tolls, strict.tolls, strict=True), shares, strict=True)
        ],
        "nobody_meets": {"any": _sets(usual, rows), "pass": _sets(strict, rows)},
    }


def _told(row: Row, tolls: tuple[Toll, Toll], shares: tuple[int, int]) -> dict[str, Any]:
    usual, strict = tolls
    return {
        "criterion": row.id,
        "title": row.title,
        "gate_level": row.gate / 10,
        "lowered_to": max(0, row.gate - ONE_LEVEL) / 10,
        "fails": usual.removed,
        "may_fail": strict.removed - usual.removed,
        "any": _toll(usual, shares[0]),
        "pass": _toll(strict, shares[1]),
    }


def _toll(toll: Toll, share: int) -> dict[str, Any]:
    return {"alone": toll.alone, "if_lowered": toll.lowered, "share": share / 100}


def _sets(found: Attrition, rows: Sequence[Row]) -> list[list[str]]:
    return [[rows[place].id for place in chosen] for chosen in found.nobody_meets]


def hundredths(found: Attrition) -> list[int]:
    """Return the shares in hundredths of a candidate, which add up to all removed: by largest remainder."""
    exact: list[Fraction] = [toll.share * 100 for toll in found.tolls]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: shares[at] - exact[at])
    for at in by_remainder[: found.removed * 100 - sum(shares)]:
        shares[at] += 1
    return shares
