"""Boards: a role's pool kept ready in memory, ranked under any weights, filtered, and a page of it explained.

A slider asks for the same pool again and again: its stored levels (see levels.py) and the names to search are gathered
once and kept until the store changes. No candidate's body is read but of those shown.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.ranking import rank
from service.core.result import ENGINE
from service.core.rubric import SENIORITIES, Table
from service.core.scoring import GATES, OPEN, PASS, Scores, Values, score
from service.store.store import Work
from service.usecases import House, decisions, pools, scores

KEPT = 12
"""Pools kept in memory: a role, seniority and day each."""

PAGE = 50
MOST_MOVES = 5
TOP = 10
"""How many count as the top, where it is told who enters and leaves it."""

SORTS = ("rank", "name", "possible", "moved")


class Pool(NamedTuple):
    """A role's pool: a place for each candidate, with what is searched and scored; `words` in lower case."""

    ids: tuple[str, ...]
    names: list[str]
    words: list[str]
    bands: npt.NDArray[np.int8]
    low: Values
    high: Values


class Filters(NamedTuple):
    """Who of the ranked is shown, and in which order. A criterion counts as had from `level` (0 to 5).

    With an import its people alone are ranked.
    """

    gate: str = "any"
    band: str | None = None
    criterion: str | None = None
    level: int = 1
    text: str = ""
    sort: str = "rank"
    import_id: str | None = None

    def asked(self) -> dict[str, Any]:
        """Return what was asked for and is not as usual; a level counts only with its criterion."""
        usual = Filters(level=self.level)._asdict()
        told = {name: value for name, value in self._asdict().items() if value != usual[name]}
        of_import = {"import": found} if (found := told.pop("import_id", None)) else {}
        return told | of_import | ({"level": self.level} if self.criterion else {})


@dataclass(frozen=True)
class Board:
    """A ranked pool. `order` holds places, best first; `ranks` and `moved` (up is above 0) are by place."""

    pool: Pool
    table: Table
    as_of: dt.date
    scores: Scores
    order: list[int]
    apart: list[int]
    ranks: Mapping[int, int]
    moved: Mapping[int, int]
    shown: list[int]

    @property
    def is_reweighted(self) -> bool:
        """Tell whether other weights than the rubric's are applied."""
        return self.table.weights != self.table.rubric.weights


@dataclass
class Boards:
    """The pools kept ready, the last used last. One for all threads of a process."""

    house: House
    _pools: OrderedDict[tuple[Any, ...], Pool] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def board(self, table: Table, as_of: dt.date, filters: Filters) -> Board:
        """Return the stored candidates, ranked by a table and filtered."""
        pool = self._pool(table, as_of, filters.import_id)
        found = score(table, pool.low, pool.high)
        ranking = rank(found, table.rubric.role, pool.ids)
        ranks = dict(zip(ranking.order.tolist(), ranking.ranks.tolist(), strict=True))
        moved = self._moved(pool, table, ranks)
        order = ranking.order.tolist()
        shown = _sorted(_filtered(order, pool, table, found, filters), pool, found, moved, filters.sort)
        return Board(pool, table, as_of, found, order, ranking.apart.tolist(), ranks, moved, shown)

    def _moved(self, pool: Pool, table: Table, ranks: Mapping[int, int]) -> dict[int, int]:
        """Return by how many ranks each candidate rose against the rubric's own weights."""
        own = self.house.library.table(table.rubric.role, table.seniority)
        if table.weights == own.weights:
            return {}
        before = rank(score(own, pool.low, pool.high), table.rubric.role, pool.ids)
        usual = dict(zip(before.order.tolist(), before.ranks.tolist(), strict=True))
        return {place: rose for place, now in ranks.items() if (rose := usual[place] - now)}

    def _pool(self, table: Table, as_of: dt.date, import_id: str | None) -> Pool:
        """Return a pool from memory, or gather it."""
        house = self.house
        with house.store.reading() as work:
            key = (work.lines.pool_version(), table.rubric.digest, table.seniority, as_of, import_id)
            with self._lock:
                if key in self._pools:
                    self._pools.move_to_end(key)
                    return self._pools[key]
            pool = gather(house, work, table, as_of, import_id)
        house.levels.settle(house.store)
        with self._lock:
            self._pools[key] = pool
            while len(self._pools) > KEPT:
                self._pools.popitem(last=False)
        return pool


def gather(house: House, work: Work, table: Table, as_of: dt.date, import_id: str | None = None) -> Pool:
    """Return what is needed of every stored candidate, or of the people in an import, from their stored levels."""
    pool = scores.pool_of(house, work, as_of, import_id)
    heads = work.people.heads()
    names = [name or external_id or "" for name, external_id in map(heads.__getitem__, pool.ids)]
    words = [" ".join(part for part in heads[id_] if part).casefold() for id_ in pool.ids]
    bands = house.levels.board.estimates(pool.matrix, table)
    return Pool(pool.ids, names, words, bands, *house.levels.values(pool, table))


def _filtered(order: Sequence[int], pool: Pool, table: Table, found: Scores, filters: Filters) -> list[int]:
    keep = np.ones(len(pool.ids), bool)
    if filters.gate in ("pass", "open"):
        keep &= found.gate == (PASS if filters.gate == "pass" else OPEN)
    if filters.band:
        keep &= pool.bands == (SENIORITIES.index(filters.band) if filters.band in SENIORITIES else -1)
    rows = [row.id for row in table.rows]
    if filters.criterion in rows:
        keep &= pool.low[:, rows.index(filters.criterion)] >= filters.level * 10
    text = filters.text.casefold().split()
    return [place for place in order if keep[place] and all(word in pool.words[place] for word in text)]


def _sorted(places: list[int], pool: Pool, found: Scores, moved: Mapping[int, int], by: str) -> list[int]:
    """Sort by something else than the rank; equals stay in the order of their ranks."""
    keys: dict[str, Callable[[int], Any]] = {
        "name": lambda place: pool.names[place].casefold(),
        "possible": lambda place: -int(found.fit_high[place]),
        "moved": lambda place: -moved.get(place, 0),
    }
    return sorted(places, key=keys[by]) if by in keys else places


def _kept_entries(
    house: House, board: Board, places: Sequence[int], kept: Callable[[scores.Entry], scores.Entry]
) -> list[dict[str, Any]]:
    """Explain places of a board, a portion in memory at a time; return what `kept` gives of each."""
    portions = (places[start : start + scores.PORTION] for start in range(0, len(places), scores.PORTION))
    return [kept(entry) for portion in portions for entry in entries(house, board, portion)]


def entries(house: House, board: Board, places: Sequence[int]) -> list[dict[str, Any]]:
    """Explain some places of a board, each with its rank (None for those not eligible) and how far it rose."""
    ids = [board.pool.ids[place] for place in places]
    with house.store.reading() as work:
        known = work.people.records(ids)
        person = scores.people(work, list(known), board.as_of)
        found = [
            {
                "rank": board.ranks.get(place),
                "moved": board.moved.get(place, 0),
                **scores.result(person(id_), board.table, board.as_of, id_),
            }
            for place, id_ in zip(places, ids, strict=True)
            if id_ in known
        ]
        decisions.beside(work, board.table.rubric.role, board.table.seniority, found)
    return found


def changes(board: Board) -> dict[str, Any] | None:
    """Return what other weights did to the ranking: how many moved, who most, who entered and left the top."""
    if not board.is_reweighted:
        return None
    before = {place: rank_ + board.moved.get(place, 0) for place, rank_ in board.ranks.items()}
    top_now = {place for place, rank_ in board.ranks.items() if rank_ <= TOP}
    top_before = {place for place, rank_ in before.items() if rank_ <= TOP}
    most = sorted(board.moved.items(), key=lambda item: (-abs(item[1]), board.ranks[item[0]]))[:MOST_MOVES]
    name = board.pool.names.__getitem__
    return {
        "moved": len(board.moved),
        "most": [(name(place), rose) for place, rose in most],
        "entered": [name(place) for place in board.order if place in top_now - top_before],
        "left": [name(place) for place in board.order if place in top_before - top_now],
    }


def spread(board: Board) -> list[dict[str, Any]]:
    """Return, for each criterion, how the pool stands: met, below, unknown and missing, in candidates."""
    rows = []
    for place, row in enumerate(board.table.rows):
        if row.unit != "level":
            continue
        low, high = board.pool.low[:, place], board.pool.high[:, place]
        is_had = board.pool.low[:, board.table.gate_columns[place]] >= row.gate
        met, missing = int(((low >= row.required) & is_had).sum()), int((high == 0).sum())
        unknown = int(((low == 0) & (high > 0)).sum())
        below = len(low) - met - missing - unknown
        rows.append({
            "criterion": row.id, "title": row.title, "requirement": row.requirement,
            "met": met, "below": below, "unknown": unknown, "missing": missing,
        })  # fmt: skip
    return rows


def as_pool(board: Board) -> pools.Pool:
    """Return everybody on a board as a pool, of which more can be asked; people are known by their names alone."""
    pool = board.pool

    def known() -> dict[str, dict[str, Any]]:
        return {id_: {"name": name} for id_, name in zip(pool.ids, pool.names, strict=True)}

    return pools.Pool(board.table, board.as_of, pool.ids, pool.low, pool.high, known)


def payload(house: House, board: Board, filters: Filters, ending: str = "json") -> dict[str, Any]:
    """Return what is shown as the payload of a file: all pages of it, in the order shown, and by which filters."""
    most, kept = scores.MOST_ROWS[ending], scores.KEPT[ending]
    table, rubric = board.table, board.table.rubric
    gates = np.bincount(board.scores.gate, minlength=len(GATES))
    listed = _kept_entries(house, board, board.shown[:most], kept)
    apart = _kept_entries(
        house, board, board.apart[: scores.most_apart(most, kept)],
        lambda entry: {**kept(entry), "reason": scores.reason(entry)},
    )  # fmt: skip
    return {
        "role": rubric.role,
        "title": rubric.title,
        "seniority": table.seniority,
        "as_of": board.as_of.isoformat(),
        "rubric": {"version": rubric.version, "digest": rubric.digest},
        "engine": ENGINE,
        "applied": {"parts": table.weights.parts, "criteria": table.weights.criteria},
        "total": len(board.pool.ids),
        "eligible": len(board.order),
        "matching": len(board.shown),
        "shown": len(listed),
        "gates": {name: int(gates[code]) for code, name in enumerate(GATES)},
        "gate_asked": "any",
        "filters": filters.asked(),
        "not_eligible_total": len(board.apart),
        "tied_at_cut": 0,
        "shortlist": listed,
        "not_eligible": apart,
    }
