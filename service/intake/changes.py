"""What became different about a candidate, in words: for those who sent it again, and for those who look at it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.core.policy import Evidence
from service.core.profile import MarkerSeen
from service.core.time import Interval, begun, ended
from service.intake.candidate import Candidate, Job
from service.intake.draft import short
from service.schemas.candidates import KINDS

MOST_SAID = 3
"""Pieces of evidence for one skill that are put into words; beyond, they are counted."""

ELSEWHERE = {"what": "source", "before": None, "after": "the same facts, read from other places or in other words"}

Change = dict[str, Any]


def changes(before: Candidate, after: Candidate, names: Mapping[str, str]) -> list[Change]:
    """Return what changed between two readings of a candidate, always in the same order.

    Each change tells `what` it is of, and what was said `before` and `after`; None is nothing. `names` holds the
    names of skills.
    """
    found = [
        *_value("name", before.name, after.name),
        *_value("id", before.external_id, after.external_id),
        *_value("years", _years(before.profile.months), _years(after.profile.months)),
        *_skills(before, after, names),
        *_jobs(before, after),
        *_markers(before, after),
        *_fields(None, before.contact, after.contact),
        *_fields("extra", before.extra, after.extra),
    ]
    return found or [dict(ELSEWHERE)]


def _value(what: str, before: str | None, after: str | None, **about: str) -> Iterator[Change]:
    if before != after:
        yield {"what": what, **about, "before": before, "after": after}


def _years(months: Interval | None) -> str | None:
    return f"{_span_of(months)} years" if months else None


def _span_of(months: Interval) -> str:
    low, high = (f"{round(end / 12, 2):g}" for end in months)
    return low if low == high else f"{low} to {high}"


def _skills(before: Candidate, after: Candidate, names: Mapping[str, str]) -> Iterator[Change]:
    then, now = _said(before.profile.evidence), _said(after.profile.evidence)
    for skill in sorted(then.keys() | now.keys(), key=lambda id_: (names.get(id_, id_).casefold(), id_)):
        yield from _value("skill", then.get(skill), now.get(skill), skill=skill, name=names.get(skill, skill))


def _said(evidence: Iterable[Evidence]) -> dict[str, str]:
    """Return what is said of each skill, the strongest first: "rated, level 4; stated"."""
    by_skill: dict[str, dict[str, None]] = defaultdict(dict)
    for piece in sorted(evidence, key=lambda piece: (_place(piece.kind), _in_words(piece))):
        by_skill[piece.skill][_in_words(piece)] = None
    return {skill: _joined(list(said)) for skill, said in by_skill.items()}


def _place(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _joined(said: list[str]) -> str:
    more = f"; and {len(said) - MOST_SAID} more" if len(said) > MOST_SAID else ""
    return "; ".join(said[:MOST_SAID]) + more


def _in_words(piece: Evidence) -> str:
    """Return a piece of evidence in words: "used, 2019-03 to present"."""
    parts = [piece.kind]
    if piece.level:
        low, high = (f"{end / 10:g}" for end in piece.level)
        parts.append(f"level {low}" if low == high else f"level {low} to {high}")
    if piece.months:
        parts.append(f"{_span_of(piece.months)} years")
    if piece.span:
        parts.append(f"{begun(piece.span.start)} to {ended(piece.span.end)}")
    elif piece.last_used:
        parts.append(f"last in {ended(piece.last_used)}")
    return ", ".join(parts)


def _jobs(before: Candidate, after: Candidate) -> Iterator[Change]:
    """Yield the jobs that are no longer told, then those that are new."""
    then, now = (Counter(map(job_in_words, one.history)) for one in (before, after))
    yield from ({"what": "job", "before": job, "after": None} for job in sorted((then - now).elements()))
    yield from ({"what": "job", "before": None, "after": job} for job in sorted((now - then).elements()))


def job_in_words(job: Job) -> str:
    """Return a job in words: "ML Engineer at Works, 2019-03 to present"."""
    called = " at ".join(part for part in (job.title, job.organization) if part)
    return f"{called}, {begun(job.span.start)} to {ended(job.span.end)}" if job.span else called


def _markers(before: Candidate, after: Candidate) -> Iterator[Change]:
    then, now = before.profile.markers, after.profile.markers
    for id_ in sorted(then.keys() | now.keys()):
        yield from _value("marker", _state(then.get(id_)), _state(now.get(id_)), marker=id_)


def _state(seen: MarkerSeen | None) -> str | None:
    return None if seen is None else "met" if seen.met else "absent"


def _fields(what: str | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what changed of fields kept as they stand: named by the field, or a kind with the field's name."""
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            about = {"name": name} if what else {}
            yield {"what": what or name, **about, "before": _text(before.get(name)), "after": _text(after.get(name))}


def _text(value: object) -> str | None:
    return None if value is None else short(value)
