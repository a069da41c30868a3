"""JSON Resume (schema 1.0.0 and its predecessors) to a Candidate.

What it holds of skills is names with free-text levels and keywords; of work, dates and texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.core.time import Span
from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import end_of
from service.intake.draft import Draft, Reader
from service.intake.markup import plain_text

SECTIONS = frozenset((
    "$schema", "meta", "basics", "work", "volunteer", "skills", "projects", "certificates", "publications",
    "external_id", "id",
))  # fmt: skip
UNREAD = "not read for skills: kept, but not scored"
TEXTS = ("summary", "description")
"""Running texts of an entry; `highlights` are a list of such."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object has the shape of a JSON Resume."""
    return isinstance(data.get("basics"), dict) or "resume-schema" in str(data.get("$schema", ""))


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "json_resume", at: str = "") -> Candidate:
    """Read a JSON Resume whose sections JsonResumeSchema has checked. `at` is the pointer to it in what was sent."""
    draft = Draft(reader)
    basics = data.get("basics") or {}
    draft.title(_text(basics.get("label")) or "", f"{at}/basics/label")
    for place, skill in enumerate(data.get("skills") or ()):
        _skill(draft, skill, f"{at}/skills/{place}")
    if summary := _text(basics.get("summary")):
        draft.prose(plain_text(summary), "stated", f"{at}/basics/summary")
    # What is done for nothing is done all the same, but its time is not that of a job.
    for section in ("work", "projects", "volunteer"):
        for where, entry in payload.objects(draft, data, section, at):
            _work(draft, entry, where, is_job=section == "work")
    for where, publication in payload.objects(draft, data, "publications", at):
        _texts(draft, publication, "stated", where, None)
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


def _work(draft: Draft, entry: Mapping[str, Any], where: str, *, is_job: bool) -> None:
    """Add a job's time and title, its texts, and the keywords that projects and some exporters' jobs list."""
    span = payload.span(draft, entry.get("startDate"), entry.get("endDate"), where)
    if span and is_job:
        draft.jobs.append(span)
    if is_job and (position := _text(entry.get("position"))):
        draft.title(position, f"{where}/position", span)
    if is_job:
        draft.job(entry.get("position"), entry.get("name") or entry.get("company"), span)
    for field in ("keywords", "skills"):
        for place, keyword in _strings(entry.get(field)):
            draft.skill(keyword, "used", f"{where}/{field}/{place}", span=span)
    _texts(draft, entry, "used" if span else "stated", where, span)


def _texts(draft: Draft, entry: Mapping[str, Any], kind: str, where: str, span: Span | None) -> None:
    """Add what the texts of an entry tell."""
    told = payload.found(entry, where, *TEXTS)
    told += [(f"{where}/highlights/{place}", text) for place, text in _strings(entry.get("highlights"))]
    for at, text in told:
        draft.prose(plain_text(text), kind, at, span)


def _certificate(draft: Draft, certificate: Mapping[str, Any], where: str) -> None:
    name = _text(certificate.get("name"))
    if name:
        draft.skill(name, "certified", f"{where}/name", last_used=end_of(certificate.get("date")))
