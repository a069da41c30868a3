"""A house for each owner: the same rubrics and reading, and a database of its own."""

from __future__ import annotations

import copy
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from service.errors import NotFound
from service.owners import MAIN
from service.store.errors import StoreDown
from service.usecases import House, versions
from service.usecases.accounts import Who

RENEW_SECONDS = 1.0
"""After which it is looked again whether another process published a rubric."""


MOST_OPEN = 20
"""Owners whose databases stay open, those asked for last: a server of PostgreSQL takes a hundred connections in all."""


class Renewed(NamedTuple):
    """A house with the rubrics in force: the one it was made from, of how many versions, and when it was looked at."""

    base: House
    house: House
    count: int
    looked_at: float


class Houses:
    """The houses of all owners, made ready when first asked for."""

    def __init__(self, main: House) -> None:
        self.main = main
        self._of: dict[str, House] = {}
        self._renewed: dict[str, Renewed] = {}
        self._turn = Lock()

    def of(self, owner: str) -> House:
        """Return an owner's house, with the rubrics that are in force there."""
        with self._turn:
            base, known = self._base(owner), self._renewed.get(owner)
            if known is None or known.base is not base:
                house, count = versions.renewed(base)
                known = self._renewed[owner] = Renewed(base, house, count, time.monotonic())
            elif time.monotonic() - known.looked_at >= RENEW_SECONDS:
                with suppress(StoreDown):  # what was in force stays so, for those who need no database
                    house, count = versions.renewed(known.house, known.count)
                    known = self._renewed[owner] = Renewed(base, house, count, time.monotonic())
            return known.house

    def known(self, owner: str) -> House:
        """Return the house of an owner who is there. Raise NotFound."""
        if owner not in self.owners():
            raise NotFound(f"There is no owner {owner!r}.", code="unknown_owner")
        return self.of(owner)

    def _base(self, owner: str) -> House:
        if owner == MAIN:
            return self.main
        if owner not in self._of:
            store = self.main.store.of(owner)
            store.migrate()
            self._of[owner] = replace(self.main, store=store, folder=self.folder_of(owner))
        self._of[owner] = self._of.pop(owner)  # those used last stand last
        for idle in list(self._of)[-MOST_OPEN - 1 : -MOST_OPEN]:
            self._of[idle].store.close()
        return self._of[owner]

    def renew(self) -> None:
        """Look at once for rubrics that were published, and not in a second."""
        with self._turn:
            self._renewed = {
                owner: one._replace(looked_at=one.looked_at - RENEW_SECONDS) for owner, one in self._renewed.items()
            }

    def for_(self, who: Who) -> House:
        """Return the house of whoever asks, in their name."""
        house = self.of(who.owner)
        _ = house.reader, house.levels  # made once, for all who ask
        mine = copy.copy(house)
        object.__setattr__(mine, "actor", who.actor)
        return mine

    def owners(self) -> list[str]:
        """Return all owners, the main one first."""
        with self.main.store.reading() as work:
            return [MAIN, *work.accounts.owners()]

    def all(self) -> list[House]:
        """Return the houses of all owners."""
        return [self.of(owner) for owner in self.owners()]

    def folder_of(self, owner: str) -> Path:
        """Return where the files of an owner lie."""
        return self.main.folder if owner == MAIN else self.main.folder / "owners" / owner

    def close(self) -> None:
        """Close all databases; the next use opens them again."""
        for house in (self.main, *self._of.values()):
            house.store.close()
