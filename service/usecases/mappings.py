"""Mappings of columns, kept by name: what the headers of one team's files mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from service.intake.tables.headers import check_mapping
from service.store.store import MappingKept
from service.store.work import Work
from service.usecases import House, alone
from service.usecases.candidates import iso


def keep(
    house: House, name: str, columns: Mapping[str, str], check: Callable[[dict[str, Any] | None], object] = alone
) -> tuple[dict[str, Any], bool]:
    """Keep a mapping under a name; return it, and whether the name is new. Raise InvalidInput where it cannot be.

    `check` is called with the one that is there, in the same transaction, and may refuse.
    """
    check_mapping(columns, house.reader)
    with house.store.transaction() as work:
        check(_there(work, name))
        is_new = work.save_mapping(name, columns, house.now())
        house.note(work, "mapping.keep", name[:100])
        return _shown(work.mapping(name)), is_new


def get(house: House, name: str) -> dict[str, Any]:
    """Return a mapping. Raise NotFound."""
    with house.store.reading() as work:
        return _shown(work.mapping(name))


def list_all(house: House) -> list[dict[str, Any]]:
    """Return all mappings by name."""
    with house.store.reading() as work:
        return [_shown(kept) for kept in work.mappings()]


def delete(house: House, name: str, check: Callable[[dict[str, Any] | None], object] = alone) -> None:
    """Delete a mapping, where `check` does not refuse. Raise NotFound."""
    with house.store.transaction() as work:
        check(_shown(work.mapping(name)))
        work.delete_mapping(name)
        house.note(work, "mapping.delete", name[:100])


def _there(work: Work, name: str) -> dict[str, Any] | None:
    return _shown(work.mapping(name)) if work.has_mapping(name) else None


def of(house: House, name: str | None, columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return the mapping of this name with `columns` over it; either may be left out. Raise NotFound."""
    return {**(get(house, name)["columns"] if name else {}), **(columns or {})}


def _shown(kept: MappingKept) -> dict[str, Any]:
    return {
        "name": kept.name,
        "columns": kept.columns,
        "created_at": iso(kept.created_at),
        "updated_at": iso(kept.updated_at),
    }
