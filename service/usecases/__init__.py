"""What the service does, as short paragraphs. Collaborators are arguments; nothing here knows of HTTP or terminals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from service.intake.draft import Reader
from service.rubric_library import Library
from service.sheets.limits import Limits
from service.skills.finder import Finder
from service.skills.signs import Signs
from service.store.store import Store


def utc_now() -> dt.datetime:
    """Return the time, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class House:
    """What every use case may need: the rubrics, the store, the limits for files, and the clock."""

    library: Library
    store: Store
    limits: Limits
    now: Callable[[], dt.datetime] = utc_now

    @property
    def today(self) -> dt.date:
        """Return today's date, in UTC."""
        return self.now().date()

    @property
    def skill_names(self) -> Mapping[str, str]:
        """Return the names of all skills, by their ids."""
        return self.library.skill_names

    @cached_property
    def reader(self) -> Reader:
        """Return what reading candidates needs to know."""
        return reader_of(self.library)


def reader_of(library: Library) -> Reader:
    """Return what reading candidates needs to know of the rubrics."""
    vocabulary = library.vocabulary
    return Reader(vocabulary, library.words, library.marker_titles, Finder(vocabulary), Signs({}))
