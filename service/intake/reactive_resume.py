"""Reactive Resume: an export with `basics` and `sections`, each a list of items that may be hidden.

A skill's level of 1 is what its editor sets by itself, and 0 what it sets to show none: neither was said by anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import end_of, span_in
from service.intake.draft import Draft, Reader
from service.skills.words import Reading

READ = frozenset(("basics", "sections", "metadata", "id", "external_id", "picture", "summary", "customSections"))
NOT_SET = (0, 1)
WORK = {"experience": True, "projects": False, "volunteer": False}
"""Sections of work, and whether their time counts as that of a job."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is an export of Reactive Resume."""
    sections = data.get("sections")
    return isinstance(sections, Mapping) and isinstance(data.get("basics"), Mapping)


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "reactive_resume", at: str = "") -> Candidate:
    """Read an export. `at` is the pointer to it in what was sent."""
    draft = Draft(reader)
    basics = data["basics"] if isinstance(data.get("basics"), Mapping) else {}
    sections = data["sections"] if isinstance(data.get("sections"), Mapping) else {}
    for where, item in _items(draft, sections, "skills", at):
        _skill(draft, item, where)
    for section, is_job in WORK.items():
        for where, item in _items(draft, sections, section, at):
            _work(draft, item, where, is_job=is_job)
    for where, item in _items(draft, sections, "certifications", at):
        if name := payload.first_text(item, "name", "title"):
            draft.skill(name, "certified", f"{where}/name", last_used=end_of(item.get("date")))
    for place, holder in ((f"{at}/sections/summary", sections.get("summary")), (f"{at}/summary", data.get("summary"))):
        if isinstance(holder, Mapping) and (text := payload.text_of(holder.get("content"))):
            draft.prose(payload.plain_text(text), "stated", f"{place}/content")
    headline = payload.text_of(basics.get("headline"))
    if headline:
        draft.title(headline, f"{at}/basics/headline")
    return payload.candidate(
        draft,
        source=source,
        external_id=payload.first_text(data, "external_id", "id"),
        name=payload.text_of(basics.get("name")),
        contact={"email": payload.text_of(basics.get("email")), "headline": headline},
        extra=payload.kept_apart(draft, data, READ, at),
    )


def _items(draft: Draft, sections: Mapping[str, Any], name: str, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the items of a section that are shown; a hidden one its owner took out of the résumé."""
    section = sections.get(name)
    if not isinstance(section, Mapping):
        return
    for where, item in payload.objects(draft, section, "items", f"{at}/sections/{name}"):
        if item.get("visible") is False or item.get("hidden") is True:
            draft.remark(
                where, payload.first_text(item, "name", "company", "title") or "", "hidden by its owner: not read"
            )
        else:
            yield where, item


def _skill(draft: Draft, item: Mapping[str, Any], at: str) -> None:
    """Add a skill, and its keywords, at the level given where one was."""
    level = item.get("level")
    is_set = isinstance(level, int | float) and not isinstance(level, bool) and level not in NOT_SET
    said = draft.reader.words.read(level) if is_set else None
    named = said if said and (said.level or said.problem) else _described(draft, item)
    keywords = list(payload.texts(item, "keywords", at))
    name = payload.text_of(item.get("name"))
    if name and (not keywords or draft.reader.item(name)[0]):
        draft.skill(name, "stated", f"{at}/name", named)
    for where, keyword in keywords:
        draft.skill(keyword, "stated", where, named)


def _described(draft: Draft, item: Mapping[str, Any]) -> Reading | None:
    """Return the level that a skill's description or word of proficiency is, where it is one."""
    text = payload.first_text(item, "description", "proficiency")
    said = draft.reader.words.read(text) if text else None
    return said if said and (said.level or said.months) else None


def _work(draft: Draft, item: Mapping[str, Any], at: str, *, is_job: bool) -> None:
    """Add a job or project: its dates stand in one text, its summary has markup."""
    date = payload.first_text(item, "date", "period")
    dates = span_in(date) if date else None
    if date and dates is None:
        draft.remark(f"{at}/date", date, "the dates cannot be read, or end before they start: taken as unknown")
    told = payload.found(item, at, "summary", "description")
    if is_job:
        title = next(iter(payload.found(item, at, "position")), None)
        payload.job(draft, title, dates, told, payload.text_of(item.get("company")))
    else:
        for where, text in told:
            draft.prose(payload.plain_text(text), "used" if dates else "stated", where, dates)
    for where, keyword in payload.texts(item, "keywords", at):
        draft.skill(keyword, "used" if dates else "stated", where, span=dates)
