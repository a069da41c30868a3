"""The same person twice: who likely is, told with the reason; merged only when asked, and taken apart again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from service.errors import InvalidInput, NotFound
from service.intake import duplicates
from service.intake.candidate import from_body
from service.store.records import Alike, Kept
from service.store.work import Work
from service.usecases import House

Pair = tuple[str, str]


def likely(work: Work, ids: Collection[str], bringing: str = "") -> dict[str, list[dict[str, Any]]]:
    """Return who is likely the same person as each candidate, and why; one that is merged stands for nobody.

    Whom an import is still `bringing` is looked at too where the import is named.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for alike, other, why in _confirmed(work, work.people.alike(ids, bringing), bringing):
        found[alike.id].append({**head(other), "reason": why})
    return found


def _confirmed(work: Work, found: Collection[Alike], bringing: str = "") -> list[tuple[Alike, Kept, str]]:
    """Return those who are likely one person, with the other and the reason."""
    kept = work.people.records({id_ for alike in found for id_ in alike[:2]}, bringing)

    @cache
    def everything(id_: str) -> list[Any]:
        bodies = [kept[id_].body, *(member.body for member in work.people.members(id_))]
        return [from_body(body) for body in bodies]

    def why(alike: Alike) -> str | None:
        if reason := duplicates.told(alike.traces):
            return reason
        both = ((one, other) for one in everything(alike.id) for other in everything(alike.other))
        return next(filter(None, (duplicates.worked_together(*pair) for pair in both)), None)

    return [(alike, kept[alike.other], reason) for alike in found if (reason := why(alike))]


def head(kept: Kept) -> dict[str, Any]:
    """Return who a kept candidate is, in a few words."""
    return {"id": kept.id, "source": kept.source, "external_id": kept.external_id, "name": kept.name}


def pairs(house: House, after: Pair | None, limit: int) -> tuple[list[dict[str, Any]], Pair | None]:
    """Return a page of likely duplicates over the store, each pair once, and the last pair looked at if more follow."""
    with house.store.reading() as work:
        found = work.people.pairs(after, limit + 1)
        page = set(found[:limit])
        alike = [one for one in work.people.alike({first for first, _ in page}) if one[:2] in page]
        heads = work.people.records({id_ for pair in page for id_ in pair})
        answers = [
            {"candidate": head(heads[one.id]), "other": head(other), "reason": why}
            for one, other, why in _confirmed(work, alike)
        ]
    return answers, found[limit - 1] if len(found) > limit else None


def merge(house: House, id_: str, other: str) -> None:
    """Merge a candidate into another: its evidence counts there from now on. Raise NotFound, or Conflict."""
    with house.store.transaction() as work:
        work.candidate(id_)
        try:
            work.candidate(other)
        except NotFound as error:
            raise InvalidInput(
                error.detail, [{"pointer": "/with", "code": error.code, "detail": error.detail}]
            ) from None
        work.people.merge(id_, other)
        house.note(work, "merge", id_, other=other)
        work.lines.pool_changed()


def unmerge(house: House, id_: str, other: str) -> None:
    """Take a candidate back out of another: both are as they were. Raise NotFound."""
    with house.store.transaction() as work:
        work.people.unmerge(id_, other)
        house.note(work, "unmerge", id_, other=other)
        work.lines.pool_changed()


def members(kept: Kept) -> list[Mapping[str, Any]]:
    """Return the records that were merged into a candidate."""
    return [head(member) for member in kept.members]
