"""JSON Resume (schema 1.0.0 and its predecessors) to a Candidate.

What it holds of skills is names with free-text levels and keywords; of work, dates and texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.node import Node

FIELDS = frozenset((
    "$schema", "meta", "basics", "work", "volunteer", "education", "awards", "skills", "projects", "certificates",
    "publications", "languages", "interests", "references", "external_id",
))  # fmt: skip
"""The sections, by which a body that is said to be one is told from others."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object has the shape of a JSON Resume."""
    return isinstance(data.get("basics"), dict) or "resume-schema" in str(data.get("$schema", ""))


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "json_resume", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read a JSON Resume. `at` is the pointer to what was sent."""
    sent = _, resume = payload.opened(data, reader, at, path)
    resume.text("$schema")
    basics = resume.object("basics")
    if label := basics.text("label"):
        resume.draft.title(label.text, label.where)
    for skill in resume.objects("skills"):
        payload.group(skill, payload.level(skill, "level"))
    for listed in resume.texts("skills"):
        for name in payload.split(listed):
            resume.draft.skill(name, "stated", listed.where)
    summary = basics.text("summary")
    payload.prose((summary and [summary]) or ())
    # What is done for nothing is done all the same, but its time is not that of a job.
    for section in ("work", "projects", "volunteer"):
        for entry in resume.objects(section):
            _work(entry, is_job=section == "work")
    for publication in resume.objects("publications"):
        payload.prose(_told(publication))
    for certificate in resume.objects("certificates"):
        if name := certificate.text("name"):
            dated = payload.date(certificate, "date")
            resume.draft.skill(name.text, "certified", name.where, last_used=dated)
    return payload.candidate(
        sent,
        source=source,
        external_id=resume.first("external_id", "id"),
        name=basics.text("name"),
        contact={"email": basics.text("email"), "headline": label, "summary": summary},
    )


def _told(entry: Node) -> list[Any]:
    """Return the running texts of an entry."""
    return [*entry.all("summary", "description"), *entry.texts("highlights")]


def _work(entry: Node, *, is_job: bool) -> None:
    """Add a job's time and title, its texts, and the keywords that projects and some exporters' jobs list."""
    span = payload.span(entry, "startDate", "endDate")
    if is_job:
        payload.job(entry, entry.text("position"), span, (), entry.first("name", "company"))
    for field in ("keywords", "skills"):
        for keyword in entry.texts(field):
            entry.draft.skill(keyword.text, "used", keyword.where, span=span)
    payload.prose(_told(entry), "used" if span else "stated", span)
