"""Payloads of applicant tracking systems, read tolerantly: what is not as it should be is a remark, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.core.time import Span
from service.intake.candidate import Candidate
from service.intake.dates import span_of
from service.intake.draft import Draft, one_field, quoted
from service.intake.headers import BY_HEADER, PERSONAL, YEARS_OF
from service.intake.markup import plain_text
from service.skills.durations import months_of
from service.skills.finder import LONGEST_TEXT
from service.skills.vocabulary import normalise
from service.skills.words import SILENT

Found = tuple[str, Any]

_SET_ASIDE = frozenset(normalise(word) for word in PERSONAL)
_DEMOGRAPHIC = ("eeoc", "demographic", "gender", "race", "ethnic", "veteran", "disability", "pronoun")


def text_of(value: object) -> str | None:
    """Return a text, or a whole number as text; None for anything else and for what is blank."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip()[: LONGEST_TEXT + 1] or None  # one more, so that its reader sees that it is cut


def first_text(data: Mapping[str, Any], *keys: str) -> str | None:
    """Return the first text under one of some keys."""
    return next((text for key in keys if (text := text_of(data.get(key)))), None)


def found(data: Mapping[str, Any], at: str, *keys: str) -> list[Found]:
    """Return the texts under some keys, each with its pointer."""
    return [(f"{at}/{key}", text) for key in keys if (text := text_of(data.get(key)))]


def objects(draft: Draft, data: Mapping[str, Any], key: str, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the objects of a list, each with its pointer; what is none is a remark."""
    value = data.get(key)
    if value is not None and not isinstance(value, list):
        draft.remark(f"{at}/{key}", value, "not a list: not read")
        return
    for place, item in enumerate(value or ()):
        if isinstance(item, Mapping):
            yield f"{at}/{key}/{place}", item
        else:
            draft.remark(f"{at}/{key}/{place}", item, "not an object: not read")


def texts(data: Mapping[str, Any], key: str, at: str) -> Iterator[Found]:
    """Yield the texts of a list, or the one text that stands in its place, each with its pointer."""
    value = data.get(key)
    if text := text_of(value):
        yield f"{at}/{key}", text
    for place, item in enumerate(value if isinstance(value, list) else ()):
        if text := text_of(item):
            yield f"{at}/{key}/{place}", text


@one_field
def span(draft: Draft, start: object, end: object, where: str, *, us: bool = False) -> Span | None:
    """Return the dates of a job; dates that cannot be are a remark."""
    found = span_of(start, end, us=us)
    if found is None and (start or end):
        draft.remark(where, f"{start} to {end}", "the dates cannot be read, or end before they start: taken as unknown")
    return found


def job(
    draft: Draft, title: Found | None, dates: Span | None, told: Sequence[Found], organization: str | None = None
) -> None:
    """Add a job: its time, its title as a hint, and the skills that its texts tell of; each with its pointer."""
    draft.job(title[1] if title else None, organization, dates)
    if dates:
        draft.jobs.append(dates)
    if title:
        draft.title(title[1], title[0], dates)
    for at, text in told:
        draft.prose(plain_text(text), "used" if dates else "stated", at, dates)


def tags(draft: Draft, found: Iterator[Found]) -> None:
    """Add the tags that name a skill; others say how somebody came, or what for, and are no skill."""
    for at, tag in found:
        if draft.reader.item(tag)[0]:
            draft.skill(tag, "stated", at)


@one_field
def field(draft: Draft, name: str, value: Any, at: str) -> bool:
    """Add what a custom field says: a list of skills, the level or years of one. Return whether it was understood."""
    if (skill := draft.reader.vocabulary.resolve(name)) and not isinstance(value, list):
        return _levelled(draft, skill, name, value, at)
    if BY_HEADER.get(normalise(name)) == "skills":
        listed = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, item in listed:
            for skill_name in draft.reader.split(text_of(item) or ""):
                draft.skill(skill_name, "stated", at if place is None else f"{at}/{place}")
        return True
    found = YEARS_OF.match(name)
    skill = draft.reader.vocabulary.resolve(found["of"] or found["before"]) if found else None
    if skill and (months := months_of(value if isinstance(value, str | int | float) else None)):
        draft.skill(skill, "stated", at, SILENT._replace(months=months), quote=quoted(name, value))
        return True
    return False


def _levelled(draft: Draft, skill: str, name: str, value: Any, at: str) -> bool:
    """Add a level that a recruiter's field gives a skill."""
    said = draft.reader.words.read(value) if isinstance(value, str | int | float | bool) else SILENT
    if said.problem:
        draft.remark(at, quoted(name, value), f"level not read: {said.problem}")
    if not (said.level or said.months or said.mention):
        return False
    draft.skill(draft.reader.vocabulary.skills[skill].name, "rated" if said.level else "stated", at, said,
                quote=quoted(name, value))  # fmt: skip
    return True


def years(name: str, value: Any) -> tuple[int, int] | None:
    """Return the experience in all that a custom field tells, in months; None where it tells of something else."""
    if BY_HEADER.get(normalise(name)) != "years_experience" or not isinstance(value, str | int | float):
        return None
    return months_of(value)


def kept_apart(draft: Draft, data: Mapping[str, Any], read: frozenset[str], at: str) -> dict[str, Any]:
    """Return the fields that are not read, to be kept; what they say of the person's origin or body is dropped."""
    extra: dict[str, Any] = {}
    for key in sorted(data.keys() - read, key=str):
        if any(word in str(key).casefold() for word in _DEMOGRAPHIC) or normalise(str(key)) in _SET_ASIDE:
            draft.remark(f"{at}/{key}", "", "said of the person, not of the work: dropped")
        else:
            extra[str(key)] = data[key]
    return extra


def candidate(
    draft: Draft,
    *,
    source: str,
    external_id: str | None,
    name: str | None,
    contact: Mapping[str, str | None],
    extra: Mapping[str, Any],
    months: tuple[int, int] | None = None,
) -> Candidate:
    """Return the candidate that a draft came to."""
    return Candidate(
        source=source,
        external_id=external_id,
        name=name,
        profile=draft.profile(months),
        contact={key: value for key, value in contact.items() if value},
        extra=extra,
        **draft.kept(),
    )
