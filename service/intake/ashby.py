"""Ashby: a candidate. It holds no history of jobs: experience is unknown, not zero. After its public documentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Reader

SIGNS = frozenset(("primaryEmailAddress", "applicationIds", "profileUrl", "fileHandles", "primaryPhoneNumber"))
OF_WORK = frozenset(("tags", "customFields", "position"))
FIELDS = SIGNS | OF_WORK | {
    "id", "name", "emailAddresses", "company", "school", "phoneNumbers", "location", "socialLinks", "resumeFileHandle",
    "source", "createdAt",
}  # fmt: skip
"""The names of a candidate's fields, by which a body that is said to be one is told from others."""

HOOKS: tuple[payload.Path, ...] = (("data", "application", "candidate"), ("data", "candidate"), ("data",))
"""Where a webhook carries the candidate."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a candidate of Ashby."""
    return "name" in data and len(SIGNS & data.keys()) > 1


def is_carried(data: Mapping[str, Any]) -> bool:
    """Tell whether a webhook carries the whole candidate; by itself Ashby sends the name and the contact alone."""
    return recognises(data) and not OF_WORK.isdisjoint(data)


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "ashby", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read a candidate at a path in what was sent. `at` is the pointer to that."""
    sent = _, person = payload.opened(data, reader, at, path)
    payload.tags(title for tag in person.objects("tags") if (title := tag.text("title")))
    months = None
    for entry in person.objects("customFields"):
        if "value" in entry.value and (name := entry.text("title")):
            found = payload.field(entry, "value", name.text)
            months = months or found
    payload.prose(person.texts("notes"))
    position = person.text("position")
    if position:
        person.draft.title(position.text, position.where)
    if months is None:
        person.draft.remark(
            person.at("position"), position or "", "Ashby sends no dates of jobs: experience is taken as unknown"
        )
    return payload.candidate(
        sent,
        source=source,
        external_id=person.text("id"),
        name=person.text("name"),
        contact={"email": person.object("primaryEmailAddress").text("value"), "headline": position},
        months=months,
    )
