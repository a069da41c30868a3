"""JSON Resume (schema 1.0.0 and its predecessors) to a Candidate.

What it holds of skills is names with free-text levels and keywords; of work, dates and texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake.candidate import Candidate
from service.intake.dates import end_of, span_of
from service.intake.draft import Draft, Reader

SECTIONS = frozenset({"$schema", "meta", "basics", "work", "skills", "projects", "certificates"})
UNREAD = "not read for skills: kept, but not scored"


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object has the shape of a JSON Resume."""
    return isinstance(data.get("basics"), dict) or "resume-schema" in str(data.get("$schema", ""))


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "json_resume", at: str = "") -> Candidate:
    """Read a JSON Resume whose sections JsonResumeSchema has checked. `at` is the pointer to it in what was sent."""
    draft = Draft(reader)
    basics = data.get("basics") or {}
    for place, skill in enumerate(data.get("skills") or ()):
        _skill(draft, skill, f"{at}/skills/{place}")
    for section, kind in (("work", "used"), ("projects", "used")):
        for place, entry in enumerate(data.get(section) or ()):
            _work(draft, entry, kind, f"{at}/{section}/{place}", is_job=section == "work")
    for place, certificate in enumerate(data.get("certificates") or ()):
        _certificate(draft, certificate, f"{at}/certificates/{place}")
    # The schema hands unknown fields on in an order that differs from process to process.
    extra = {key: data[key] for key in sorted(data.keys() - SECTIONS)}
    for key in extra:
        draft.remark(f"{at}/{key}", "", UNREAD)
    return Candidate(
        source=source,
        external_id=_external_id(data),
        name=_text(basics.get("name")),
        profile=draft.profile(None),
        contact=_contact(basics),
        extra=extra,
        **draft.kept(),
    )


def _external_id(data: Mapping[str, Any]) -> str | None:
    """Return the id that a pipeline may have put beside the resume."""
    return _text(data.get("external_id") or data.get("id"))


def _text(value: object) -> str | None:
    return str(value).strip() or None if isinstance(value, str | int) else None


def _contact(basics: Mapping[str, Any]) -> dict[str, Any]:
    named = {"email": basics.get("email"), "headline": basics.get("label"), "summary": basics.get("summary")}
    return {key: value for key, value in named.items() if isinstance(value, str) and value}


def _strings(value: object) -> Iterator[tuple[int, str]]:
    """Yield the texts of a list, with their places."""
    items = value if isinstance(value, list) else ()
    yield from ((place, item) for place, item in enumerate(items) if isinstance(item, str) and item.strip())


def _skill(draft: Draft, skill: Mapping[str, Any], where: str) -> None:
    """Add a group of skills: its name where that is a skill, and its keywords, all at the group's level."""
    said = draft.reader.words.read(skill.get("level") or None)
    named = said if said.level or said.problem else None
    keywords = list(_strings(skill.get("keywords")))
    name = _text(skill.get("name"))
    if name and (not keywords or draft.reader.item(name)[0]):
        draft.skill(name, "stated", f"{where}/name", named)
    for place, keyword in keywords:
        draft.skill(keyword, "stated", f"{where}/keywords/{place}", named)


def _work(draft: Draft, entry: Mapping[str, Any], kind: str, where: str, *, is_job: bool) -> None:
    """Add the time of a job, and the keywords that projects and some exporters' jobs list."""
    start, end = entry.get("startDate"), entry.get("endDate")
    span = span_of(start, end)
    if span is None and (start or end):
        draft.remark(where, f"{start} to {end}", "the dates cannot be read, or end before they start: taken as unknown")
    if span and is_job:
        draft.jobs.append(span)
    if is_job:
        draft.job(entry.get("position"), entry.get("name") or entry.get("company"), span)
    for field in ("keywords", "skills"):
        for place, keyword in _strings(entry.get(field)):
            draft.skill(keyword, kind, f"{where}/{field}/{place}", span=span)


def _certificate(draft: Draft, certificate: Mapping[str, Any], where: str) -> None:
    name = _text(certificate.get("name"))
    if name:
        draft.skill(name, "certified", f"{where}/name", last_used=end_of(certificate.get("date")))
