"""Lever: an opportunity, with its parsed résumé where the pipeline sends it along. Times are epoch milliseconds.

Shapes after Lever's public documentation of its data API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import of_epoch_ms
from service.intake.draft import Draft, Reader

SIGNS = frozenset(
    (
        "stageChanges",
        "lastInteractionAt",
        "lastAdvancedAt",
        "snoozedUntil",
        "archived",
        "opportunityLocation",
        "parsedData",
        "resumes",
        "parsedResume",
    )
)
READ = frozenset((
    "id", "contact", "name", "headline", "emails", "tags", "resume", "resumes", "parsedResume", "parsedData",
    "customFields", "notes", "phones", "location",
))  # fmt: skip


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is an opportunity of Lever, alone or under `data`."""
    inner = data.get("data")
    data = inner if isinstance(inner, Mapping) else data
    return not SIGNS.isdisjoint(data) and ("emails" in data or "contact" in data or "headline" in data)


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "lever", at: str = "") -> Candidate:
    """Read an opportunity. `at` is the pointer to it in what was sent.

    The id is that of the contact: one person may have several opportunities, and is one candidate.
    """
    inner = data.get("data")
    if isinstance(inner, Mapping):
        data, at = inner, f"{at}/data"
    draft = Draft(reader)
    for where, parsed in _resumes(data, at):
        _parsed(draft, parsed, where)
    payload.tags(draft, payload.texts(data, "tags", at))
    if headline := payload.text_of(data.get("headline")):
        draft.title(headline, f"{at}/headline")
    fields = data.get("customFields")
    unread = {
        key: value
        for key, value in sorted(fields.items() if isinstance(fields, Mapping) else ())
        if value not in (None, "", []) and not payload.field(draft, key, value, f"{at}/customFields/{key}")
    }
    for where, note in payload.texts(data, "notes", at):
        draft.prose(payload.plain_text(note), "stated", where)
    emails = [email for _, email in payload.texts(data, "emails", at)]
    return payload.candidate(
        draft,
        source=source,
        external_id=payload.first_text(data, "contact", "id"),
        name=payload.text_of(data.get("name")),
        contact={"email": emails[0] if emails else None, "headline": headline},
        extra=payload.kept_apart(draft, data, READ, at) | unread,
    )


def _resumes(data: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what was parsed of résumés, wherever it was put."""
    listed = data.get("resumes")
    places = [(f"{at}/{key}", data.get(key)) for key in ("resume", "parsedResume")]
    places += [(f"{at}/resumes/{place}", one) for place, one in enumerate(listed if isinstance(listed, list) else ())]
    for where, resume in (*places, (at, data)):
        if not isinstance(resume, Mapping):
            continue
        parsed = resume.get("parsedData")
        if isinstance(parsed, Mapping):
            yield f"{where}/parsedData", parsed
        elif where != at and "positions" in resume:
            yield where, resume


def _parsed(draft: Draft, parsed: Mapping[str, Any], at: str) -> None:
    """Add the positions and skills of a parsed résumé."""
    for where, position in payload.objects(draft, parsed, "positions", at):
        dates = payload.span(draft, _when(position.get("start")), _when(position.get("end")), where)
        title = next(iter(payload.found(position, where, "title")), None)
        payload.job(
            draft, title, dates, payload.found(position, where, "summary"), payload.text_of(position.get("org"))
        )
    for where, skill in payload.texts(parsed, "skills", at):
        draft.skill(skill, "stated", where)
    for where, summary in payload.texts(parsed, "summary", at):
        draft.prose(payload.plain_text(summary), "stated", where)


def _when(value: Any) -> Any:
    """Return a time of Lever as a date: milliseconds, or an object with them, or with a year and a month."""
    if isinstance(value, Mapping):
        if value.get("timestamp") is not None:
            return of_epoch_ms(value["timestamp"])
        year, month = value.get("year"), value.get("month")
        return None if year is None else f"{year}-{month:02}" if isinstance(month, int) else str(year)
    return (
        of_epoch_ms(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 10**6
        else value
    )
