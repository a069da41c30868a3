"""A pool as a matrix, of stored candidates or of those in a file: what is asked of a list is asked of either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from service.core.ranking import Ranking, rank
from service.core.rubric import Table
from service.core.scoring import Scores, Values, score
from service.core.time import tick_of
from service.errors import NotFound
from service.intake.candidate import Candidate
from service.store.decisions import Decision
from service.store.work import Work
from service.usecases import House
from service.usecases.levels import Levels
from service.usecases.scores import matrices, pool_of


@dataclass(frozen=True)
class Pool:
    """Candidates by place: their ids, their values in the rows of a table of the rubric's own weights, who they are.

    `known` gives names and external ids by id, `survivor` the id that an id counts for, `verdicts` what was decided
    last on each for the role.
    """

    table: Table
    as_of: dt.date
    ids: Sequence[str]
    low: Values
    high: Values
    known: Callable[[], Mapping[str, Mapping[str, Any]]]
    survivor: Callable[[str], str] = str
    verdicts: Callable[[], Mapping[str, Decision]] = dict

    @cached_property
    def scores(self) -> Scores:
        """Return the scores of all, by the rubric's own weights."""
        return score(self.table, self.low, self.high)

    @cached_property
    def ranking(self) -> Ranking:
        """Return the ranking by the rubric's own weights."""
        return self.ranked(self.scores)

    def ranked(self, scores: Scores) -> Ranking:
        """Return the ranking of all under other scores."""
        return rank(scores, self.table.rubric.role, self.ids)

    def label(self, place: int) -> dict[str, Any]:
        """Return who stands at a place."""
        return {"id": self.ids[place], **self._people[self.ids[place]]}

    def by_id(self, id_: str) -> int:
        """Return the place of a candidate, or of the one that it was merged into. Raise NotFound."""
        if (found := self.survivor(id_)) not in self.places:
            raise NotFound("There is no candidate of this id.", code="unknown_candidate")
        return self.places[found]

    def find(self, who: str) -> int | None:
        """Return the place of somebody: by id, else by the external id or name that only one has."""
        if (id_ := self.survivor(who)) in self.places:
            return self.places[id_]
        named = [id_ for id_, told in self._people.items() if who in told.values() and id_ in self.places]
        return self.places[named[0]] if len(named) == 1 else None

    def named(self, who: str) -> int:
        """Return the place of somebody, as `find` does. Raise NotFound."""
        place = self.find(who)
        if place is None:
            raise NotFound(f"Nobody, or more than one, is {who!r}.", code="unknown_candidate")
        return place

    @cached_property
    def places(self) -> dict[str, int]:
        """Return the place of each id."""
        return {id_: place for place, id_ in enumerate(self.ids)}

    @cached_property
    def _people(self) -> Mapping[str, Mapping[str, Any]]:
        return self.known()

    @property
    def about(self) -> dict[str, Any]:
        """Return what every answer on a pool begins with."""
        rubric = self.table.rubric
        return {
            "role": rubric.role,
            "title": rubric.title,
            "seniority": self.table.seniority,
            "as_of": self.as_of.isoformat(),
            "rubric": {"version": rubric.version, "digest": rubric.digest},
            "total": len(self.ids),
        }


Ask = Callable[[Pool], dict[str, Any]]


def ask_stored(house: House, table: Table, as_of: dt.date, ask: Ask) -> dict[str, Any]:
    """Ask something of all stored candidates, from their stored levels, at one moment."""
    with house.store.reading() as work:
        found = ask(stored(house, work, table, as_of))
    house.levels.settle(house.store)
    return found


def stored(
    house: House,
    work: Work,
    table: Table,
    as_of: dt.date,
    levels: Levels | None = None,
    import_id: str | None = None,
) -> Pool:
    """Return all stored candidates, or the people in an import, as a pool, for as long as the work goes on.

    `levels` are others than those of the rubrics in force: they are worked out and not kept.
    """
    pool = pool_of(house, work, as_of, import_id, levels)

    def known() -> dict[str, dict[str, Any]]:
        return {id_: {"external_id": own, "name": name} for id_, (name, own) in work.people.heads().items()}

    return Pool(
        table, as_of, pool.ids, *(levels or house.levels).values(pool, table), known, work.people.survivor,
        lambda: work.verdicts(table.rubric.role, table.seniority),
    )  # fmt: skip


def of_file(candidates: Mapping[str, Candidate], table: Table, as_of: dt.date) -> Pool:
    """Return the candidates of a file as a pool."""
    ids, low, high = matrices(candidates.items(), table, tick_of(as_of))
    return Pool(table, as_of, ids, low, high, lambda: {id_: one.label for id_, one in candidates.items()})
