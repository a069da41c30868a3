"""Ashby: a candidate. It holds no history of jobs: experience is unknown, not zero. After its public documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Draft, Reader

SIGNS = frozenset(("primaryEmailAddress", "applicationIds", "profileUrl", "fileHandles", "primaryPhoneNumber"))
READ = frozenset((
    "id", "name", "primaryEmailAddress", "emailAddresses", "position", "company", "tags", "customFields", "notes",
    "school", "phoneNumbers", "primaryPhoneNumber", "location",
))  # fmt: skip


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a candidate of Ashby, alone or as the result of a call."""
    inner = data.get("results")
    data = inner if isinstance(inner, Mapping) and "success" in data else data
    return "name" in data and len(SIGNS & data.keys()) > 1


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "ashby", at: str = "") -> Candidate:
    """Read a candidate. `at` is the pointer to it in what was sent."""
    inner = data.get("results")
    if isinstance(inner, Mapping):
        data, at = inner, f"{at}/results"
    draft = Draft(reader)
    payload.tags(
        draft,
        (
            (f"{where}/title", title)
            for where, tag in payload.objects(draft, data, "tags", at)
            if (title := payload.text_of(tag.get("title")))
        ),
    )
    months, unread = None, {}
    for where, entry in payload.objects(draft, data, "customFields", at):
        name, value = payload.text_of(entry.get("title")), entry.get("value")
        if name and value not in (None, "", []):
            months = months or payload.years(name, value)
            if not payload.field(draft, name, value, f"{where}/value"):
                unread[name] = value
    for where, note in payload.texts(data, "notes", at):
        draft.prose(payload.plain_text(note), "stated", where)
    position = payload.text_of(data.get("position"))
    if position:
        draft.title(position, f"{at}/position")
    if months is None:
        draft.remark(f"{at}/position", position or "", "Ashby sends no dates of jobs: experience is taken as unknown")
    email = data.get("primaryEmailAddress")
    return payload.candidate(
        draft,
        source=source,
        external_id=payload.text_of(data.get("id")),
        name=payload.text_of(data.get("name")),
        contact={
            "email": payload.text_of(email.get("value")) if isinstance(email, Mapping) else None,
            "headline": position,
        },
        extra=payload.kept_apart(draft, data, READ, at) | unread,
        months=months,
    )
