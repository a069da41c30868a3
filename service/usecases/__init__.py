"""What the service does, as short paragraphs. Collaborators are arguments; nothing here knows of HTTP or terminals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from service.intake.draft import Reader
from service.rubric_library import Library
from service.sheets.limits import Limits
from service.skills.finder import Finder
from service.skills.signs import Signs
from service.skills.spelling import Spelling
from service.store.store import Store
from service.usecases.levels import Levels


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

    @cached_property
    def reader(self) -> Reader:
        """Return what reading candidates needs to know."""
        return reader_of(self.library)

    @cached_property
    def levels(self) -> Levels:
        """Return what knows the levels of all stored candidates."""
        return Levels(self.library.rubrics.values())


def reader_of(library: Library) -> Reader:
    """Return what reading candidates needs to know of the rubrics."""
    vocabulary = library.vocabulary
    return Reader(
        vocabulary,
        Spelling(vocabulary),
        library.words,
        library.marker_titles,
        Finder(vocabulary, library.words.levels, library.ambiguous),
        Signs(library.signs),
    )
