"""How evidence becomes a level: kinds with their ceilings, years of use, fading. Figures: rubrics/policy.yaml.

Levels are integers in tenths, 0 to 50, after the five stages of Dreyfus; months are whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from service.core.time import TICKS, Interval, Span

TOP = 50
"""The highest level, in tenths."""

UNKNOWN: Interval = (0, TOP)
"""The level of a skill of which nothing is known."""


class Origin(NamedTuple):
    """Where something was read, when that is not where its profile came from: another record, sheet or row."""

    record: str | None = None
    sheet: str | None = None
    row: int | None = None


class Evidence(NamedTuple):
    """One reason to believe a level.

    `level` and `months` (of use) are what was said, as intervals, or None where nothing was; `last_used` is an
    interval of ticks; `span` holds the dates of the job or project the skill was seen in. `where` is a JSON pointer
    or the letters of a sheet's column, `at` the first character and the one after the last within that text, `quote`
    what stood there: they are shown, none of them is scored.
    """

    skill: str
    kind: str
    level: Interval | None = None
    months: Interval | None = None
    last_used: Interval | None = None
    span: Span | None = None
    where: str = ""
    quote: str = ""
    at: Interval | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: the highest level it supports, and the level of a bare mention (None: it says nothing)."""

    id: str
    ceiling: int
    mention: int | None
    decides: bool


@dataclass(frozen=True, eq=False)
class Policy:
    """The rules that are the same for every role. `kinds` come strongest first, `years` by rising months."""

    version: int
    kinds: tuple[Kind, ...]
    years: tuple[tuple[int, int], ...]
    grace_months: int
    loss_per_year: int
    floor_percent: int
    parts: tuple[tuple[str, int], ...]

    @cached_property
    def kind(self) -> dict[str, Kind]:
        """Return the kinds by their id."""
        return {kind.id: kind for kind in self.kinds}

    @cached_property
    def implied_ceiling(self) -> dict[str, int]:
        """Return, for a kind, the ceiling of what it implies: of kind `used` or weaker, never above its own."""
        return {kind.id: min(kind.ceiling, self.kind["used"].ceiling) for kind in self.kinds}

    @cached_property
    def strength(self) -> dict[str, int]:
        """Return the place of each kind, 0 for the strongest."""
        return {kind.id: place for place, kind in enumerate(self.kinds)}

    @cached_property
    def losses(self) -> tuple[int, ...]:
        """Return after how many months a level loses a further tenth, until no level has more to lose."""
        most = TOP - self.fade(TOP, self.grace_months + 12 * TOP)
        found = [self.grace_months - (-12 * lost // self.loss_per_year) for lost in range(1, most + 1)] if most else []
        return tuple(dict.fromkeys(found))

    def level_of_months(self, months: int) -> int:
        """Return the level that months of use give: that of the last row of the table reached."""
        return max((level for least, level in self.years if least <= months), default=0)

    def fade(self, level: int, months_ago: int) -> int:
        """Return what is left of a level last used months ago: a share is lost each year once the grace is over."""
        loss = max(0, months_ago - self.grace_months) * self.loss_per_year // 12
        return max(level - loss, -(-level * self.floor_percent // 100))

    def level(self, piece: Evidence, together: Interval | None, as_of: int) -> Interval | None:
        """Return the level that one piece of evidence supports, or None where it says nothing.

        `together` is for how many months the skill was used in all dated jobs; such use never counts for less than
        a bare mention. The ceiling of the kind comes first, then fading.
        """
        last_used = piece.span.end if piece.span else piece.last_used
        return self._supported(
            piece.kind, piece.level, piece.months, together if piece.span else None, last_used, as_of
        )

    @lru_cache(maxsize=65_536)  # noqa: B019 - a policy lives as long as the process, and a pool repeats few sayings
    def _supported(
        self,
        kind_id: str,
        stated: Interval | None,
        months: Interval | None,
        together: Interval | None,
        last_used: Interval | None,
        as_of: int,
    ) -> Interval | None:
        kind = self.kind[kind_id]
        low, high = stated or self._from_use(kind, months, together) or (None, None)
        if low is None or high is None:
            return None
        low, high = min(low, kind.ceiling), min(high, kind.ceiling)
        if last_used is None:
            return low, high
        first, last = ((as_of - min(at, as_of)) // TICKS for at in last_used)
        return self.fade(low, first), self.fade(high, last)

    def _from_use(self, kind: Kind, months: Interval | None, together: Interval | None) -> Interval | None:
        """Return the level of evidence that states none: by its years, else by the bare mention."""
        if months:
            return self.level_of_months(months[0]), self.level_of_months(months[1])
        if kind.mention is None:
            return None
        low, high = together or (0, 0)
        return max(kind.mention, self.level_of_months(low)), max(kind.mention, self.level_of_months(high))
