"""A house for each owner: the same rubrics and reading, and a database of its own."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from threading import Lock

from service.errors import NotFound
from service.usecases import House
from service.usecases.accounts import MAIN, Who


class Houses:
    """The houses of all owners, made ready when first asked for."""

    def __init__(self, main: House) -> None:
        self.main = main
        self._of: dict[str, House] = {MAIN: main}
        self._turn = Lock()

    def of(self, owner: str) -> House:
        """Return an owner's house."""
        with self._turn:
            if owner not in self._of:
                store = self.main.store.of(owner)
                store.migrate()
                made = replace(self.main, store=store, folder=self.folder_of(owner))
                made.__dict__["reader"] = self.main.reader  # it took half a second, and is the same
                self._of[owner] = made
            return self._of[owner]

    def known(self, owner: str) -> House:
        """Return the house of an owner who is there. Raise NotFound."""
        if owner not in self.owners():
            raise NotFound(f"There is no owner {owner!r}.", code="unknown_owner")
        return self.of(owner)

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
        for house in self._of.values():
            house.store.close()
