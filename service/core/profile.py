"""A candidate as the scorer sees one: evidence, time and markers. No name, no contact, nothing of the person.

From evidence to levels: what is assessed or rated decides; otherwise the best of the rest; a skill also proves what
the vocabulary says it implies. A level is an interval of tenths, and unknown is the whole of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from service.core.policy import TOP, UNKNOWN, Evidence, Origin, Policy
from service.core.rubric import SENIORITIES, WIDTH, Criterion, Reading, Rubric, kth_best, level_of, mean_of_best
from service.core.time import Interval, Span, months_together


class MarkerSeen(NamedTuple):
    """A marker that is known: met or absent, and where that was read, as for evidence."""

    met: bool
    where: str = ""
    quote: str = ""
    at: Interval | None = None
    origin: Origin | None = None


class TitleSeen(NamedTuple):
    """A title as it was written, the seniority that it suggests (None: none), its job's dates, and where it was read.

    It is shown beside the estimate and earns nothing.
    """

    title: str
    band: str | None = None
    span: Span | None = None
    where: str = ""
    at: Interval | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a candidate's work.

    `months` is the experience that was stated, as an interval; `jobs` the dates it is otherwise worked out from;
    `markers` the seniority markers that are known, by id; `titles` those a person had, never scored; `sheet` and `row`
    say where a spreadsheet's evidence stood.
    """

    evidence: tuple[Evidence, ...] = ()
    months: Interval | None = None
    jobs: tuple[Span, ...] = ()
    markers: Mapping[str, MarkerSeen] = field(default_factory=dict)
    sheet: str | None = None
    row: int | None = None
    titles: tuple[TitleSeen, ...] = ()

    @property
    def title(self) -> TitleSeen | None:
        """Return the title of the job that goes on or ended last; without dates, the first that was read."""
        dated = [(seen.span.end, seen.span.start, seen.title, seen) for seen in self.titles if seen.span]
        return max(dated, key=lambda each: each[:3])[3] if dated else next(iter(self.titles), None)

    def experience(self, as_of: int) -> Interval | None:
        """Return the months of experience: as stated, else of the dated jobs together, else None."""
        if self.months is not None or not self.jobs:
            return self.months
        return months_together(self.jobs, as_of)


class Known(NamedTuple):
    """The level of one skill, in tenths.

    `named` is the level by the skill's own evidence, None where other skills only imply it; `decided` tells whether
    that is an assessment or a rating.
    """

    low: int
    high: int
    named: Interval | None = None
    decided: bool = False


Saying = tuple[str, Interval | None, Interval | None, Interval | None, Span | None]
"""What evidence of a skill says: the fields of Evidence from `kind` to `span`."""

NOTHING = Known(*UNKNOWN)


def skill_levels(evidence: Iterable[Evidence], rubric: Rubric, as_of: int) -> dict[str, Known]:
    """Return the level of every skill that has evidence, or that another skill's evidence proves."""
    return levels_by(evidence, rubric.proves, rubric.policy, as_of)


def levels_by(
    evidence: Iterable[Evidence], proves: Mapping[str, frozenset[str]], policy: Policy, as_of: int
) -> dict[str, Known]:
    """Return the level of every skill that counts or is proved; `proves` says what counts, and what it proves."""
    pieces: dict[str, list[Saying]] = defaultdict(list)
    for piece in evidence:
        if piece.skill in proves:
            pieces[piece.skill].append(piece[1:6])
    known: dict[str, Known] = {}
    implied: dict[str, Interval] = {}
    for skill, own in pieces.items():
        found = own_level(tuple(own), policy, as_of)
        if found is None:
            continue
        known[skill], proof = found
        for proved in proves[skill]:
            low, high = implied.get(proved, (0, 0))
            implied[proved] = max(low, proof[0]), max(high, proof[1])
    for skill, proof in implied.items():
        _raise(known, skill, proof)
    return known


@lru_cache(maxsize=65_536)
def own_level(sayings: tuple[Saying, ...], policy: Policy, as_of: int) -> tuple[Known, Interval] | None:
    """Return the level that a skill's own evidence gives, and the level that it proves of what the skill implies.

    A pool repeats few sayings, so that most were weighed before.
    """
    pieces = [Evidence("", *saying) for saying in sayings]
    dated = [piece.span for piece in pieces if piece.span]
    together = months_together(dated, as_of) if dated else None
    levels = [(piece, level) for piece in pieces if (level := policy.level(piece, together, as_of))]
    deciding = [(piece, level) for piece, level in levels if policy.kind[piece.kind].decides]
    counted = deciding or levels
    if not counted:
        return None
    lows, highs = zip(*[level for _, level in counted], strict=True)
    ceilings = [policy.implied_ceiling[piece.kind] for piece, _ in counted]
    proof = max(map(min, lows, ceilings)), max(map(min, highs, ceilings))
    level = max(lows), max(highs)
    return Known(*level, named=level, decided=bool(deciding)), proof


def _raise(known: dict[str, Known], skill: str, proof: Interval) -> None:
    """Let implied practice raise a skill, unless it is assessed or rated itself: a bound from below, never above."""
    own = known.get(skill)
    low, high = proof
    if own is None and low:
        known[skill] = Known(low, TOP)
    elif own is not None and not own.decided:
        known[skill] = own._replace(low=max(own.low, low), high=max(own.high, high))


def criterion_level(criterion: Criterion, known: Mapping[str, Known], reading: Reading) -> Interval:
    """Return the level of a criterion by one reading: the better of its expression and of the area, where it is named.

    An area that other skills only imply gives no level: one skill of it does not answer the whole criterion.
    """
    if criterion.asked.isdisjoint(known):
        return UNKNOWN
    levels = {skill: known.get(skill, NOTHING) for skill in criterion.asked}
    area = levels[criterion.id]
    if area.named is None:
        return level_of(criterion.skills, {skill: level[:2] for skill, level in levels.items()}, reading)
    within = {skill: _within(level, area.named, decided=area.decided) for skill, level in levels.items()}
    low, high = level_of(criterion.skills, within, reading)
    return max(low, area.named[0]), max(high, area.named[1])


def _within(level: Known, area: Interval, *, decided: bool) -> Interval:
    """Return the level of a skill inside an area that has a level of its own.

    An assessed or rated area bounds every skill in it that is not assessed or rated itself. Otherwise only a plain no
    to the area (level 0) closes the skills in it that have no evidence of their own.
    """
    low, high = level[:2]
    if decided and not level.decided:
        return min(low, area[0]), min(high, area[1])
    if area[1] == 0 and level.named is None:
        return low, low
    return low, high


def row_of(profile: Profile, rubric: Rubric, seniority: str, as_of: int) -> tuple[list[int], list[int]]:
    """Return the values of a candidate in the columns of the rubric's table, each at least and at most.

    `as_of` is the tick that "today" stands for. Unknown experience reaches to the table's width, unknown markers may
    all be met.
    """
    known = skill_levels(profile.evidence, rubric, as_of)
    levels = [criterion_level(criterion, known, mean_of_best) for criterion in rubric.criteria]
    levels += [experience_level(profile, as_of), markers_met(profile, rubric, seniority)]
    levels += [criterion_level(criterion, known, kth_best) for criterion in rubric.criteria if criterion.has_own_gate]
    lows, highs = zip(*levels, strict=True)
    return list(lows), list(highs)


def experience_level(profile: Profile, as_of: int) -> Interval:
    """Return the months of experience as values of a row, which unknown ones fill."""
    low, high = profile.experience(as_of) or (0, WIDTH - 1)
    return min(low, WIDTH - 1), min(high, WIDTH - 1)


def markers_met(profile: Profile, rubric: Rubric, band: str) -> Interval:
    """Return how many of a band's markers are met, and how many may be."""
    states = [profile.markers.get(marker.id) for marker in rubric.markers_of(band)]
    met = sum(1 for state in states if state and state.met)
    return met, met + states.count(None)


@dataclass(frozen=True, slots=True)
class Seniority:
    """What years and markers say of a candidate's seniority; None where they say nothing."""

    months: Interval | None
    by_years: str | None
    by_years_high: str | None
    by_markers: str | None
    estimate: str | None
    basis: str


def estimate_seniority(profile: Profile, rubric: Rubric, as_of: int) -> Seniority:
    """Estimate the seniority: the lower of years and markers where any marker is known, else by years."""
    months = profile.experience(as_of)
    by_years, by_years_high = (_band(rubric, month) for month in months) if months else (None, None)
    by_markers = _band_by_markers(profile, rubric)
    both = [band for band in (by_years, by_markers) if band]
    estimate = min(both, key=SENIORITIES.index, default=None)
    basis = {
        (True, True): "the lower of years and markers",
        (True, False): "years only: no marker is known",
        (False, True): "markers only: years are unknown",
        (False, False): "unknown: neither years nor markers are known",
    }[bool(by_years), bool(by_markers)]
    return Seniority(months, by_years, by_years_high, by_markers, estimate, basis)


def _band(rubric: Rubric, months: int) -> str:
    """Return the highest band whose least years are reached: a bound belongs to the higher band."""
    return next(band for band in reversed(SENIORITIES) if months >= rubric.bands[band] * 12)


def _band_by_markers(profile: Profile, rubric: Rubric) -> str | None:
    """Return the highest band of whose known markers at least half are met; None where no marker is known.

    A band without a known marker says nothing. Where no band is reached, it is the one below the lowest that is known.
    """
    below = None
    for place, band in reversed(list(enumerate(SENIORITIES))):
        known = [profile.markers[marker.id].met for marker in rubric.markers_of(band) if marker.id in profile.markers]
        if known and 2 * sum(known) >= len(known):
            return band
        below = SENIORITIES[max(0, place - 1)] if known else below
    return below
