"""A house for each owner: the same rubrics and reading, and a database of its own."""

from __future__ import annotations

import copy
from dataclasses import replace
from threading import Lock

from service.usecases import House
from service.usecases.accounts import MAIN, Who


class Houses:
    """The houses of all owners, made ready when first asked for."""

    def __init__(self, main: House) -> None:
        self.main = main
        self._of: dict[str, House] = {}
        self._turn = Lock()

    def of(self, owner: str) -> House:
        """Return an owner's house."""
        if owner == MAIN:
            return self.main
        with self._turn:
            if owner not in self._of:
                store = self.main.store.of(owner)
                store.migrate()
                made = replace(self.main, store=store, folder=self.main.folder / "owners" / owner)
                made.__dict__["reader"] = self.main.reader  # it took half a second, and is the same
                self._of[owner] = made
            return self._of[owner]

    def for_(self, who: Who) -> House:
        """Return the house of whoever asks, in their name."""
        house = self.of(who.owner)
        _ = house.reader, house.levels  # made once, for all who ask
        mine = copy.copy(house)
        object.__setattr__(mine, "actor", who.actor)
        return mine

    def all(self) -> list[House]:
        """Return the houses of all owners."""
        with self.main.store.reading() as work:
            owners = work.accounts.owners()
        return [self.main, *(self.of(owner) for owner in owners)]

    def close(self) -> None:
        """Close all databases; the next use opens them again."""
        for house in (self.main, *self._of.values()):
            house.store.close()
