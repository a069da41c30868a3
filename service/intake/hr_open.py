"""HR Open Standards: a candidate in JSON, as well as the many ways to write one allow. Best effort, and said so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.node import Node, Text, is_blank

FIELDS = frozenset(
    ("documentId", "id", "candidateId", "person", "profiles", "candidateProfiles", "distributionGuidelines", "language")
)
"""The names of a candidate's fields, by which a body that is said to be one is told from others."""

SUMMARIES = ("executiveSummary", "objective", "profileSummary", "description")


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a candidate of HR Open."""
    person = data.get("person")
    return isinstance(person, Mapping) and isinstance(person.get("name"), Mapping)


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "hr_open", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read a candidate at a path in what was sent. `at` is the pointer to that."""
    sent = _, document = payload.opened(data, reader, at, path)
    person = document.object("person")
    for profile in (*document.objects("profiles", "candidateProfiles"), document):
        _profile(profile)
    emails = person.object("communication").objects("email")
    return payload.candidate(
        sent,
        source=source,
        external_id=_identifier(document, "documentId", "candidateId", "id"),
        name=_name(person),
        contact={"email": next(filter(None, (email.text("address") for email in emails)), None)},
    )


def _identifier(document: Node, *keys: str) -> Text | None:
    """Return an identifier: a text, or an object with a `value`."""
    for key in keys:
        is_object = isinstance(document.peek(key), Mapping)
        if found := document.open(key).text("value") if is_object else document.text(key):
            return found
    return None


def _name(person: Node) -> Text | str | None:
    if not isinstance(person.peek("name"), Mapping):
        return person.text("name")
    name = person.open("name")
    return name.first("formattedName", "formatted") or " ".join(map(str, name.all("given", "middle", "family")))


def _profile(profile: Node) -> None:
    """Add the summary, work, competencies and certifications of a profile."""
    payload.prose(profile.all(*SUMMARIES))
    for employer in profile.objects("employment", "employmentHistory", "employerHistory"):
        for position in _positions(employer):
            _position(position)
    for competency in profile.objects("personCompetencies", "competencies", "qualifications"):
        _competency(competency)
    for certificate in profile.objects("certifications", "licenses"):
        if name := certificate.first("name", "certificationName", "title"):
            profile.draft.skill(name.text, "certified", name.where)


def _positions(employer: Node) -> Iterator[Node]:
    """Yield the positions held at an employer; the entry itself where it lists none."""
    yield from list(employer.objects("positionHistories", "positions")) or [employer]


def _position(position: Node) -> None:
    start, end = (_given(position, name, f"{name}Date") for name in ("start", "end"))
    if position.peek("current") is True:
        position.take("current")
        end = None
    dates = payload.span_between(position, start and position.take(start), end and position.take(end))
    title = position.first("title", "positionTitle")
    payload.job(position, title, dates, position.all("description", "summary", "duties"))


def _given(position: Node, *keys: str) -> str | None:
    """Return the first of some keys under which something stands."""
    return next((key for key in keys if not is_blank(position.peek(key))), None)


def _competency(competency: Node) -> None:
    """Add a competency with its level, where that can be read."""
    if name := competency.first("competencyName", "name", "title"):
        competency.draft.skill(name.text, "stated", name.where, _level(competency))


def _level(competency: Node) -> Any:
    key = _given(competency, "proficiencyLevel", "level")
    if key is None or not isinstance(competency.peek(key), Mapping):
        return key and payload.level(competency, key)
    inner = competency.open(key)
    named = _given(inner, "name", "value", "score")
    return named and payload.level(inner, named)
