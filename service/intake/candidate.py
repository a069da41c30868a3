"""A candidate as read: identity, the profile that is scored, and what is kept apart from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

import orjson

from service.core.policy import Evidence, Origin
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.time import Span


class Job(NamedTuple):
    """A job as it was told: what it was called, with whom, and when. Shown and compared, never scored."""

    title: str | None = None
    organization: str | None = None
    span: Span | None = None


@dataclass(frozen=True)
class Candidate:
    """One person as read from one source.

    `contact` is shown and kept, `extra` holds what was not understood: neither is scored. `remarks` say what could
    not be read, or was set aside, and why: mappings with a place, a `value` and a `detail`. `unknown` are the words
    given as skills that are none we know, `history` the jobs by their titles and employers.
    """

    source: str
    external_id: str | None
    name: str | None
    profile: Profile
    contact: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Mapping[str, Any], ...] = ()
    unknown: tuple[str, ...] = ()
    history: tuple[Job, ...] = ()

    @property
    def label(self) -> dict[str, Any]:
        """Return what names the candidate in an answer."""
        return {"external_id": self.external_id, "name": self.name}

    @cached_property
    def content(self) -> bytes:
        """Return all that would make this another candidate, as JSON; the row it stood in is no part of it."""
        profile = self.profile
        content = {
            "source": self.source,
            "external_id": self.external_id,
            "name": self.name,
            "evidence": [_content(piece) for piece in profile.evidence],
            "months": profile.months,
            "jobs": profile.jobs,
            "markers": {marker: _content(seen) for marker, seen in profile.markers.items()},
            "contact": self.contact,
            "extra": self.extra,
        }
        if profile.titles:  # left out where there are none: older digests still hold
            content["titles"] = [_content(seen) for seen in profile.titles]
        if self.history:  # left out where there is none: older digests still hold
            content["history"] = self.history
        return orjson.dumps(content, default=_plain, option=orjson.OPT_SORT_KEYS)

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def key(self) -> str:
        """Return what identifies the candidate within its source: the external id, else the content's digest."""
        return self.external_id if self.external_id is not None else f"sha256:{self.digest}"

    def body(self) -> bytes:
        """Return the candidate as bytes to keep; `from_body` reads them back."""
        profile = self.profile
        markers = [seen for _, seen in sorted(profile.markers.items())]
        aside: dict[str, Any] = {"sheet": profile.sheet, "row": profile.row, "remarks": self.remarks}
        if self.unknown:
            aside["unknown"] = self.unknown
        for name, seen in (
            ("origins", profile.evidence), ("marker_origins", markers), ("title_origins", profile.titles),
        ):  # fmt: skip
            if any(map(_origin, seen)):
                aside[name] = [piece.origin for piece in seen]
        return orjson.dumps({"content": orjson.Fragment(self.content), **aside}, default=_plain)


_origin = attrgetter("origin")


def _content(seen: Evidence | MarkerSeen | TitleSeen) -> tuple[Any, ...]:
    """Return what was seen without the sheet and row it stood in, and without its place in a text where it has none."""
    return seen[:-1] if seen.at else seen[:-2]


def _plain(value: object) -> object:
    """Return a named tuple as a list, and any other thing (a date in an extra column, say) as its text."""
    return list(value) if isinstance(value, tuple) else str(value)


def from_body(body: bytes) -> Candidate:
    """Return the candidate that `Candidate.body` made the bytes of."""
    data = orjson.loads(body)
    content = data["content"]
    profile = Profile(
        evidence=tuple(map(_evidence, content["evidence"], data.get("origins") or repeat(None))),
        months=_interval(content["months"]),
        jobs=tuple(_span(span) for span in content["jobs"]),
        markers=dict(map(_marker, sorted(content["markers"].items()), data.get("marker_origins") or repeat(None))),
        sheet=data["sheet"],
        row=data["row"],
        titles=tuple(map(_title, content.get("titles", ()), data.get("title_origins") or repeat(None))),
    )
    kept = {key: content[key] for key in ("source", "external_id", "name", "contact", "extra")}
    return Candidate(
        profile=profile,
        remarks=tuple(data["remarks"]),
        unknown=tuple(data.get("unknown", ())),
        history=tuple(map(_job, content.get("history", ()))),
        **kept,
    )


def unknown_in(body: bytes) -> list[str]:
    """Return the words given as skills that are none we know, without reading the rest of a kept candidate."""
    return orjson.loads(body).get("unknown", [])


def _evidence(piece: list[Any], origin: list[Any] | None) -> Evidence:
    skill, kind, level, months, last_used, span, where, quote, *at = piece
    level, months, last_used = level and tuple(level), months and tuple(months), last_used and tuple(last_used)
    place = _interval(at[0]) if at else None
    span = span and _span(span)
    return Evidence(skill, kind, level, months, last_used, span, where, quote, place, origin and Origin(*origin))


def _marker(item: tuple[str, list[Any]], origin: list[Any] | None) -> tuple[str, MarkerSeen]:
    id_, (met, where, quote, *at) = item
    return id_, MarkerSeen(met, where, quote, _interval(at[0]) if at else None, origin and Origin(*origin))


def _title(seen: list[Any], origin: list[Any] | None) -> TitleSeen:
    title, band, span, where, *at = seen
    place = _interval(at[0]) if at else None
    return TitleSeen(title, band, span and _span(span), where, place, origin and Origin(*origin))


def _job(job: list[Any]) -> Job:
    title, organization, span = job
    return Job(title, organization, span and _span(span))


def _interval(value: list[int] | None) -> tuple[int, int] | None:
    return None if value is None else (value[0], value[1])


def _span(value: list[list[int]]) -> Span:
    return Span((value[0][0], value[0][1]), (value[1][0], value[1][1]))
