"""Lever: an opportunity, with its parsed résumé where the pipeline sends it along. Times are epoch milliseconds.

Shapes after Lever's public documentation of its data API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import of_epoch_ms
from service.intake.draft import Reader
from service.intake.node import Node

SIGNS = frozenset((
    "stageChanges", "lastInteractionAt", "lastAdvancedAt", "snoozedUntil", "archived", "opportunityLocation",
    "parsedData", "resumes", "parsedResume",
))  # fmt: skip
FIELDS = SIGNS | {
    "id", "contact", "name", "headline", "emails", "tags", "resume", "customFields", "notes", "phones", "location",
    "links", "sources", "origin", "owner", "stage", "createdAt", "applications",
}  # fmt: skip
"""The names of an opportunity's fields, by which a body that is said to be one is told from others."""

HOOKS: tuple[payload.Path, ...] = (("data", "opportunity"), ("data", "candidate"), ("data",))
"""Where a webhook carries the opportunity, if a pipeline has put it there: Lever itself sends ids."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is an opportunity of Lever."""
    return not SIGNS.isdisjoint(data) and ("emails" in data or "contact" in data or "headline" in data)


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "lever", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read an opportunity at a path in what was sent. `at` is the pointer to that.

    The id is that of the contact: one person may have several opportunities, and is one candidate.
    """
    sent = _, person = payload.opened(data, reader, at, path)
    for resume in _resumes(person):
        _parsed(resume)
    payload.tags(person.texts("tags"))
    if headline := person.text("headline"):
        person.draft.title(headline.text, headline.where)
    fields = person.object("customFields")
    for key in fields.keys():  # noqa: SIM118 - a node is no mapping
        payload.field(fields, key, key)
    payload.prose(person.texts("notes"))
    return payload.candidate(
        sent,
        source=source,
        external_id=person.first("contact", "id"),
        name=person.text("name"),
        contact={"email": next(person.texts("emails"), None), "headline": headline},
    )


def _resumes(person: Node) -> Iterator[Node]:
    """Yield what was parsed of résumés, wherever it was put."""
    holders = [person.open(key) for key in ("resume", "parsedResume") if isinstance(person.peek(key), Mapping)]
    for holder in (*holders, *person.objects("resumes"), person):
        if isinstance(holder.peek("parsedData"), Mapping):
            yield holder.open("parsedData")
        elif holder is not person and "positions" in holder.value:
            yield holder


def _parsed(resume: Node) -> None:
    """Add the positions and skills of a parsed résumé."""
    for position in resume.objects("positions"):
        dates = payload.span_between(position, _when(position, "start"), _when(position, "end"))
        payload.job(position, position.text("title"), dates, position.all("summary"), position.text("org"))
    for skill in resume.texts("skills"):
        resume.draft.skill(skill.text, "stated", skill.where)
    payload.prose(resume.texts("summary"))


def _when(position: Node, key: str) -> Any:
    """Return a time of Lever as a date: milliseconds, or an object with them, or with a year and a month."""
    value = position.peek(key)
    if not isinstance(value, Mapping):
        is_time = isinstance(value, int | float) and not isinstance(value, bool) and value > 10**6
        return of_epoch_ms(position.take(key)) or value if is_time else position.take(key)
    time = position.open(key)
    if value.get("timestamp") is not None:
        return of_epoch_ms(time.take("timestamp")) or value["timestamp"]
    if value.get("year") is None:
        return None
    year, month = time.take("year"), value.get("month")
    return f"{year}-{time.take('month'):02}" if isinstance(month, int) else str(year)
