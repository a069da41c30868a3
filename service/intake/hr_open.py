"""HR Open Standards: a candidate in JSON, as well as the many ways to write one allow. Best effort, and said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Draft, Reader

READ = frozenset(
    ("documentId", "id", "candidateId", "person", "profiles", "candidateProfiles", "distributionGuidelines", "language")
)
SUMMARIES = ("executiveSummary", "objective", "profileSummary", "description")


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a candidate of HR Open."""
    person = data.get("person")
    return isinstance(person, Mapping) and isinstance(person.get("name"), Mapping)


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "hr_open", at: str = "") -> Candidate:
    """Read a candidate. `at` is the pointer to it in what was sent."""
    draft = Draft(reader)
    person = data["person"] if isinstance(data.get("person"), Mapping) else {}
    profiles = [
        *payload.objects(draft, data, "profiles", at),
        *payload.objects(draft, data, "candidateProfiles", at),
        (at, data),
    ]
    for where, profile in profiles:
        _profile(draft, profile, where)
    return payload.candidate(
        draft,
        source=source,
        external_id=_identifier(data, "documentId", "candidateId", "id"),
        name=_name(person.get("name")),
        contact={"email": _email(person)},
        extra=payload.kept_apart(draft, data, READ, at),
    )


def _identifier(data: Mapping[str, Any], *keys: str) -> str | None:
    """Return an identifier: a text, or an object with a `value`."""
    for key in keys:
        value = data.get(key)
        if found := payload.text_of(value.get("value") if isinstance(value, Mapping) else value):
            return found
    return None


def _name(name: Any) -> str | None:
    if not isinstance(name, Mapping):
        return payload.text_of(name)
    parts = [part for key in ("given", "middle", "family") if (part := payload.text_of(name.get(key)))]
    return payload.first_text(name, "formattedName", "formatted") or " ".join(parts) or None


def _email(person: Mapping[str, Any]) -> str | None:
    communication = person.get("communication")
    listed = communication.get("email") if isinstance(communication, Mapping) else None
    found = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    return next((address for one in found if (address := payload.text_of(one.get("address")))), None)


def _profile(draft: Draft, profile: Mapping[str, Any], at: str) -> None:
    """Add the summary, work, competencies and certifications of a profile."""
    for key in SUMMARIES:
        if text := payload.text_of(profile.get(key)):
            draft.prose(payload.plain_text(text), "stated", f"{at}/{key}")
    for where, employer in _all(draft, profile, ("employment", "employmentHistory", "employerHistory"), at):
        for place, position in _positions(draft, employer, where):
            _position(draft, position, place)
    for where, competency in _all(draft, profile, ("personCompetencies", "competencies", "qualifications"), at):
        _competency(draft, competency, where)
    for where, certificate in _all(draft, profile, ("certifications", "licenses"), at):
        if name := payload.first_text(certificate, "name", "certificationName", "title"):
            draft.skill(name, "certified", f"{where}/name")


def _all(
    draft: Draft, data: Mapping[str, Any], keys: Iterable[str], at: str
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of all lists of these names."""
    for key in keys:
        yield from payload.objects(draft, data, key, at)


def _positions(draft: Draft, employer: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the positions held at an employer; the entry itself where it lists none."""
    listed = [
        found for key in ("positionHistories", "positions") for found in payload.objects(draft, employer, key, at)
    ]
    yield from listed or [(at, employer)]


def _position(draft: Draft, position: Mapping[str, Any], at: str) -> None:
    start, end = (position.get(key) for key in ("start", "end"))
    if position.get("current") is True:
        end = None
    dates = payload.span(draft, start or position.get("startDate"), end or position.get("endDate"), at)
    title = next(iter(payload.found(position, at, "title", "positionTitle")), None)
    payload.job(draft, title, dates, payload.found(position, at, "description", "summary", "duties"))


def _competency(draft: Draft, competency: Mapping[str, Any], at: str) -> None:
    """Add a competency with its level, where that can be read."""
    name = payload.first_text(competency, "competencyName", "name", "title")
    level = competency.get("proficiencyLevel") or competency.get("level")
    if isinstance(level, Mapping):
        level = payload.first_text(level, "name", "value", "score")
    if name:
        said = draft.reader.words.read(level)
        draft.skill(name, "stated", f"{at}/competencyName" if "competencyName" in competency else f"{at}/name",
                    said if said.level or said.problem else None)  # fmt: skip
