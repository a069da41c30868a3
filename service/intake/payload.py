"""Payloads of applicant tracking systems, read tolerantly: what is not as it should be is a remark, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.core.time import Interval, Span
from service.intake import dates
from service.intake.candidate import Candidate
from service.intake.draft import Draft, Reader, one_field, quoted
from service.intake.markup import plain_text
from service.intake.node import NOT_DATE, Node, Text, is_blank, tell_left
from service.intake.tables.headers import Column, understand
from service.skills.durations import months_of
from service.skills.scales import FIVE, is_plain
from service.skills.words import SILENT, Reading

Path = tuple[str, ...]

NO_LEVEL = "no level that can be read"
NO_DATES = "the dates cannot be read, or end before they start: taken as unknown"
NO_TAG = "a tag that names no skill"


def opened(data: Mapping[str, Any], reader: Reader, at: str, path: Path = ()) -> tuple[Node, Node]:
    """Return what was sent, and the candidate at a path in it, to be read part by part."""
    candidate = root = Node(Draft(reader), data, at)
    for step in path:
        candidate = candidate.object(step)
    return root, candidate


def plain(text: Text | str | None) -> str | None:
    """Return a text that was read without its place; None where there is none."""
    return str(text) if text else None


def span(data: Node, start: str, end: str, *, us: bool = False) -> Span | None:
    """Return the dates of a job, under two keys; dates that cannot be are a remark."""
    return span_between(data, data.take(start), data.take(end), us=us)


@one_field
def span_between(data: Node, start: Any, end: Any, *, us: bool = False) -> Span | None:
    """Return the dates of a job; dates that cannot be are a remark."""
    found = dates.span_of(start, end, us=us)
    if found is None and not (is_blank(start) and is_blank(end)):
        data.draft.remark(data.where, f"{start} to {end}", NO_DATES)
    return found


@one_field
def date(data: Node, *keys: str) -> Interval | None:
    """Return when something ended, under the first of some keys that is a date."""
    for key in keys:
        if found := dates.end_of(data.peek(key)):
            data.take(key)
            return found
        data.give_back(key, NOT_DATE)
    return None


@one_field
def level(data: Node, key: str) -> Reading | None:
    """Return the level that a field gives; what gives none is not read, and one that cannot be read is a problem."""
    said = data.draft.reader.words.read(data.peek(key) or None)
    if said.level:
        data.take(key)
        return said
    data.give_back(key, data.draft.unread(said) if said.problem else NO_LEVEL)
    return said if said.problem else None


@one_field
def job(
    data: Node, title: Text | None, dated: Span | None, told: Iterable[Text], organization: Text | None = None
) -> None:
    """Add a job: its time, its title as a hint, and the skills that its texts tell of."""
    draft = data.draft
    draft.job(plain(title), plain(organization), dated)
    if dated:
        draft.jobs.append(dated)
    if title:
        draft.title(title.text, title.where, dated)
    prose(told, "used" if dated else "stated", dated)


def prose(told: Iterable[Text], kind: str = "stated", dated: Span | None = None) -> None:
    """Add the skills that running texts tell of."""
    for text in told:
        text.holder.draft.prose(plain_text(text.text), kind, text.where, dated)


def split(text: Text) -> list[str]:
    """Return the skills that a text lists, as a cell of a spreadsheet does."""
    reader = text.holder.draft.reader
    return [] if reader.words.read(text.text) == SILENT else reader.split(text.text)


def tags(found: Iterable[Text]) -> None:
    """Add the tags that name a skill; others say how somebody came, or what for, and are no skill."""
    for tag in found:
        draft = tag.holder.draft
        if draft.reader.item(tag.text)[0]:
            draft.skill(tag.text, "stated", tag.where)
        else:
            tag.give_back(NO_TAG)


@one_field
def group(data: Node, named: Reading | None) -> None:
    """Add a group of skills: its name where that is a skill, and its keywords, all at the group's level."""
    keywords = list(data.texts("keywords"))
    if (name := data.text("name")) and (not keywords or data.draft.reader.item(name.text)[0]):
        data.draft.skill(name.text, "stated", name.where, named)
    elif name:
        name.give_back("the name of a group, and no skill")
    for keyword in keywords:
        data.draft.skill(keyword.text, "stated", keyword.where, named)


@one_field
def field(data: Node, key: str, name: str) -> Interval | None:
    """Read a custom field: a list of skills, the level or years of one, or the years in all, which are returned.

    What is none of these is kept under the field's name.
    """
    value, column = data.peek(key), understand(0, name, data.draft.reader)
    months = _years(column, value)
    if months or _skills(data, key, name, column):
        data.take(key)
    elif column.kind == "field" and column.target == "skills":
        for listed in data.texts(key):
            for skill in split(listed):
                data.draft.skill(skill, "stated", listed.where)
    elif not is_blank(value):
        data.keep(key, name)
    return months


def _skills(data: Node, key: str, name: str, column: Column) -> bool:
    """Add the level or the years that a custom field gives its skills. Return whether it gives either."""
    draft, value, where = data.draft, data.peek(key), data.at(key)
    if not isinstance(value, str | int | float) or column.kind not in ("skill", "years"):
        return False
    said = _of_skill(column, value, draft.reader)
    if said.problem:
        draft.remark(where, quoted(name, value), draft.unread(said))
    if not (said.level or said.months or said.mention):
        return False
    kind = "rated" if said.level and column.rater != "self" else "stated"
    for skill in (column.target, *column.also):
        draft.skill(draft.reader.vocabulary.skills[skill].name, kind, where, said, quote=quoted(name, value))
    return True


def _of_skill(column: Column, value: str | float, reader: Reader) -> Reading:
    """Return what a value says of a skill; nothing where its scale is none that can be read for certain."""
    if column.kind == "years":
        return SILENT._replace(months=months_of(value) if column.unit == "years" else None)
    scale = column.scale or FIVE
    if column.unread or not is_plain(scale) or scale.worst > scale.best:
        return SILENT
    return reader.words.read(value, scale.best)


def _years(column: Column, value: Any) -> Interval | None:
    """Return the experience in all that a custom field tells, in months; None where it tells of something else."""
    if column.target != "years_experience" or not isinstance(value, str | int | float):
        return None
    return months_of(value)


def candidate(
    sent: tuple[Node, Node],
    *,
    source: str,
    external_id: Text | None,
    name: Text | str | None,
    contact: Mapping[str, Text | str | None],
    months: Interval | None = None,
) -> Candidate:
    """Return the candidate that was read, and say what nothing was read of."""
    root, data = sent
    tell_left(root, data)
    return Candidate(
        source=source,
        external_id=plain(external_id),
        name=plain(name),
        profile=data.draft.profile(months),
        contact={key: str(value) for key, value in contact.items() if value},
        extra=data.kept,
        **data.draft.kept(),
    )
