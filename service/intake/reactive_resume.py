"""Reactive Resume: an export with `basics` and `sections`, each a list of items that may be hidden.

A skill's level of 1 is what its editor sets by itself, and 0 what it sets to show none: neither was said by anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import span_in
from service.intake.draft import Reader
from service.intake.node import Node
from service.skills.words import Reading

FIELDS = frozenset(("basics", "sections", "metadata", "picture", "customSections"))
"""The names of an export's fields, by which a body that is said to be one is told from others."""

NOT_SET = (0, 1)
WORK = {"experience": True, "projects": False, "volunteer": False}
"""Sections of work, and whether their time counts as that of a job."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is an export of Reactive Resume."""
    sections = data.get("sections")
    return isinstance(sections, Mapping) and isinstance(data.get("basics"), Mapping)


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "reactive_resume", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read an export at a path in what was sent. `at` is the pointer to that."""
    sent = _, export = payload.opened(data, reader, at, path)
    basics, sections = export.object("basics"), export.object("sections")
    for item in _items(sections, "skills"):
        payload.group(item, _level(item))
    for section, is_job in WORK.items():
        for item in _items(sections, section):
            _work(item, is_job=is_job)
    for item in _items(sections, "certifications"):
        if name := item.first("name", "title"):
            export.draft.skill(name.text, "certified", name.where, last_used=payload.date(item, "date"))
    for holder in (sections.object("summary"), export.object("summary")):
        payload.prose(holder.all("content"))
    headline = basics.text("headline")
    if headline:
        export.draft.title(headline.text, headline.where)
    return payload.candidate(
        sent,
        source=source,
        external_id=export.first("external_id", "id"),
        name=basics.text("name"),
        contact={"email": basics.text("email"), "headline": headline},
    )


def _items(sections: Node, name: str) -> Iterator[Node]:
    """Yield the items of a section that are shown; a hidden one its owner took out of the résumé."""
    for item in sections.object(name).objects("items"):
        shown = [key for key in ("visible", "hidden") if isinstance(item.peek(key), bool)]
        is_hidden = item.peek("visible") is False or item.peek("hidden") is True
        for key in item.keys() if is_hidden else shown:
            item.take(key)
        if not is_hidden:
            yield item
            continue
        item.draft.remark(item.where, item.first("name", "company", "title") or "", "hidden by its owner: not read")


def _level(item: Node) -> Reading | None:
    """Return the level of a skill, where one was set, or that its description or word of proficiency is."""
    level = item.peek("level")
    is_set = isinstance(level, int | float) and not isinstance(level, bool)
    if is_set and level in NOT_SET:
        item.take("level")
    elif is_set and (said := payload.level(item, "level")):
        return said
    text = item.first("description", "proficiency")
    said = item.draft.reader.words.read(text.text) if text else None
    if said and (said.level or said.months):
        return said
    if text:
        text.give_back(payload.NO_LEVEL)
    return None


def _work(item: Node, *, is_job: bool) -> None:
    """Add a job or project: its dates stand in one text, its summary has markup."""
    date = item.first("date", "period")
    dates = span_in(date.text) if date else None
    if date and dates is None:
        item.draft.remark(date.where, date, payload.NO_DATES)
    told = item.all("summary", "description")
    if is_job:
        payload.job(item, item.text("position"), dates, told, item.text("company"))
    else:
        payload.prose(told, "used" if dates else "stated", dates)
    for keyword in item.texts("keywords"):
        item.draft.skill(keyword.text, "used" if dates else "stated", keyword.where, span=dates)
