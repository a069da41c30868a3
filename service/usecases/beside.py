"""What stands beside a shortlist in its workbook: the price of the must-haves, and how sure the order is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.store.work import Work
from service.usecases import House
from service.usecases.must_haves import price
from service.usecases.pools import Pool, stored
from service.usecases.robustness import MOST_SHOWN, how_sure
from service.usecases.scores import Wish

MOST_DRAWN = 10_000
"""Eligible candidates up to whom the order is put to the test on the way: it takes a second for so many."""

TOP, DRAWS, SURE = 10, 1000, 0.8


def beside(pool: Pool) -> dict[str, Any]:
    """Return what stands beside the shortlist of a pool."""
    found = {"must_haves": price(pool)}
    if len(pool.ranking.order) <= MOST_DRAWN:
        found["robustness"] = how_sure(pool, k=TOP, draws=DRAWS, sure=SURE, ranked=False, shown=MOST_SHOWN)
    return found


def beside_stored(house: House, wish: Wish) -> Callable[[Work, dict[str, Any]], None]:
    """Return what puts it beside a shortlist of all stored candidates, of the same moment."""

    def put(work: Work, payload: dict[str, Any]) -> None:
        payload |= beside(stored(house, work, wish.table, wish.as_of, import_id=wish.import_id))

    return put
