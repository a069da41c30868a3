"""Several records of one person, read as one: everything counts, and each piece says which record it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from service.core.policy import Evidence, Origin
from service.core.profile import MarkerSeen, Profile
from service.core.time import Interval
from service.intake.candidate import Candidate, from_body

CONFLICT = "the records disagree, one says met and another absent: counts as met"

Seen = TypeVar("Seen", Evidence, MarkerSeen)


class Member(NamedTuple):
    """A record that was merged into another: its id, and what was read there."""

    id: str
    candidate: Candidate


def union(first: Candidate, members: Sequence[Member], as_of: int) -> Candidate:
    """Return a candidate with all that was read in the records merged into it. `as_of` is the tick of "today".

    More records never lower anything: of two figures of years the higher counts, and a marker that one record has met
    is met. The candidate keeps its own name and contact where it has them.
    """
    everyone = [first, *(member.candidate for member in members)]
    profiles = [candidate.profile for candidate in everyone]
    whole = replace(
        first.profile,
        evidence=(*first.profile.evidence, *_evidence(members)),
        months=_months(profiles, as_of),
        jobs=tuple(dict.fromkeys(span for profile in profiles for span in profile.jobs)),
        markers=_markers(first, members),
    )
    return replace(
        first,
        name=next((one.name for one in everyone if one.name), None),
        profile=whole,
        contact=_filled(one.contact for one in everyone),
        extra=_filled(one.extra for one in everyone),
        remarks=(*first.remarks, *_remarks(members), *_conflicts(first, members)),
        unknown=tuple(dict.fromkeys(word for one in everyone for word in one.unknown)),
        history=tuple(dict.fromkeys(job for one in everyone for job in one.history)),
    )


def read_whole(body: bytes, members: Iterable[Any], as_of: int) -> Candidate:
    """Return a kept candidate with all that was merged into it; a member has an `id` and a `body`."""
    found = [Member(member.id, from_body(member.body)) for member in members]
    return union(from_body(body), found, as_of) if found else from_body(body)


def _evidence(members: Iterable[Member]) -> Iterator[Evidence]:
    for member in members:
        yield from (_from(member, piece) for piece in member.candidate.profile.evidence)


def _from(member: Member, seen: Seen) -> Seen:
    """Return what was seen with the record it is from, and the sheet and row where it stood there."""
    profile = member.candidate.profile
    origin = seen.origin or Origin(None, profile.sheet, profile.row)
    return seen._replace(origin=origin._replace(record=member.id))


def _months(profiles: Sequence[Profile], as_of: int) -> Interval | None:
    """Return the experience stated; where one states it, no less than any record or all their jobs together come to."""
    if all(profile.months is None for profile in profiles):
        return None
    together = Profile(jobs=tuple(span for profile in profiles for span in profile.jobs))
    told = [months for profile in (*profiles, together) if (months := profile.experience(as_of))]
    lows, highs = zip(*told, strict=True)
    return max(lows), max(highs)


def _markers(first: Candidate, members: Sequence[Member]) -> dict[str, MarkerSeen]:
    found = dict(first.profile.markers)
    for member in members:
        for id_, seen in member.candidate.profile.markers.items():
            if id_ not in found or (seen.met and not found[id_].met):
                found[id_] = _from(member, seen)
    return found


def _remarks(members: Iterable[Member]) -> Iterator[Mapping[str, Any]]:
    for member in members:
        yield from ({"record": member.id, **remark} for remark in member.candidate.remarks)


def _conflicts(first: Candidate, members: Sequence[Member]) -> Iterator[Mapping[str, Any]]:
    """Yield a remark for each marker that the records disagree on."""
    states: dict[str, set[bool]] = {}
    for candidate in (first, *(member.candidate for member in members)):
        for id_, seen in candidate.profile.markers.items():
            states.setdefault(id_, set()).add(seen.met)
    for id_ in sorted(id_ for id_, met in states.items() if len(met) > 1):
        yield {"pointer": f"/markers/{id_}", "value": id_, "detail": CONFLICT}


def _filled(mappings: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the first mapping, with what only the others have."""
    found: dict[str, Any] = {}
    for mapping in mappings:
        found = {**mapping, **found}
    return found
