"""What the service does, as short paragraphs. Collaborators are arguments; nothing here knows of HTTP or terminals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from service.intake.draft import Reader
from service.rubric_library import Library
from service.sheets.limits import Limits
from service.skills.finder import Finder
from service.skills.signs import Signs
from service.skills.spelling import Spelling
from service.store.store import Store
from service.store.work import Work
from service.telling.logs import Log, make, told
from service.telling.tally import Tally
from service.usecases.levels import Levels
from service.usecases.running import Running


def utc_now() -> dt.datetime:
    """Return the time, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class House:
    """What every use case may need: rubrics, store, limits, clock, how long keys last, who counts, a log, how it runs.

    `actor` names who asks: a user, a key, or "local" for the one person of an open service. Files at work lie in
    `folder`, and what opens doors is kept under `secret`. An import that waits is read `chunk_rows` at a time, and
    `most_jobs` may wait. Whom nobody touched is erased after `retention_days` (0: never).
    """

    library: Library
    store: Store
    limits: Limits
    now: Callable[[], dt.datetime] = utc_now
    keys_last: dt.timedelta = dt.timedelta(days=1)
    tally: Tally = Tally()  # noqa: RUF009 - it holds nothing
    log: Log = field(default_factory=lambda: make("off"))
    running: Running = field(default_factory=Running)
    actor: str = "local"
    secret: bytes = b""
    folder: Path = Path("rolefit-data")
    chunk_rows: int = 1000
    most_jobs: int = 20
    retention_days: int = 0
    report_days: int = 30

    def note(self, work: Work, action: str, object_: str = "", **details: Any) -> None:
        """Put into the trail what is done in a transaction, by whoever asks; `details` hold nobody's data."""
        work.audit.add(self.now(), self.actor, action, object_, **details)

    def defect(self, error: Exception) -> None:
        """Count and log what kept a field from being read: the type of the exception and its places, no text."""
        self.tally.defect(type(error).__qualname__)
        self.log.error("defect", **told(error))

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
        return reader_of(self.library)._replace(on_defect=self.defect)

    @cached_property
    def levels(self) -> Levels:
        """Return what knows the levels of all stored candidates."""
        return Levels(self.library.rubrics.values())


def alone(*_: object) -> None:
    """Add nothing to a transaction: what a use case does is then all of it."""


@lru_cache(maxsize=8)
def reader_of(library: Library) -> Reader:
    """Return what reading candidates needs to know of the rubrics: made once, for all owners who have the same."""
    vocabulary = library.vocabulary
    return Reader(
        vocabulary,
        Spelling(vocabulary),
        library.words,
        library.marker_titles,
        Finder(vocabulary, library.words.levels, library.ambiguous),
        Signs(library.signs),
    )
