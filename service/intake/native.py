"""The native candidate, as checked by CandidateSchema, to a Candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest
from service.core.time import Interval, Span
from service.intake import payload, resume_text
from service.intake.candidate import Candidate
from service.intake.dates import end_of
from service.intake.draft import Draft, Reader, one_field, quoted
from service.intake.node import NOT_DATE, Node, Text, tell_left
from service.intake.resume_text import Stated
from service.schemas.candidates import CandidateSchema
from service.skills.durations import months_of
from service.skills.finder import LONGEST_TEXT
from service.skills.words import SILENT, Reading

CONTACT = ("email", "headline", "summary", "text", "notes")
TEXTS = ("summary", "notes")
"""Running texts about the whole of a candidate."""

FIELDS = frozenset(CandidateSchema().fields)
"""The names of a candidate's fields, by which a body that is said to be one is told from others."""

OURS = frozenset(("years_experience", "jobs", "assessments", "markers"))
"""Fields of ours that no other form has."""

LABEL = "a name that is shown, and not read for skills"


class Skill(NamedTuple):
    """A skill of a list, or of an object of names with levels: its fields, and whether its name is its key."""

    name: str
    where: str
    fields: Node | None = None
    level: Any = None
    is_keyed: bool = False


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object can be no other than a native candidate."""
    return not OURS.isdisjoint(data)


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "native", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read a native candidate. `at` is the pointer to what was sent."""
    root, person = payload.opened(data, reader, at, path)
    draft = root.draft
    contact = {key: text for key in CONTACT if (text := person.text(key))}
    if headline := contact.get("headline"):
        draft.title(headline.text, headline.where)
    for field in TEXTS:
        if text := contact.get(field):
            draft.prose(person.peek(field), "stated", text.where)
    _skills(person, "stated")
    for job in person.objects("jobs"):
        _work(job, "used", counts_as_job=True)
    for project in person.objects("projects"):
        _work(project, "delivered" if project.take("delivered") else "used", counts_as_job=False)
    for certificate in person.objects("certificates"):
        _certificate(certificate)
    for assessment in person.objects("assessments"):
        _assessment(assessment)
    markers = person.object("markers")
    for id_ in markers.value:
        draft.marker(id_, markers.take(id_), markers.at(id_))
    told = _told(draft, contact)
    months = _months(person.take("years_experience")) or _in_all(draft, told)
    external_id, name = person.text("external_id"), person.text("name")
    tell_left(root, person, is_ours=True)
    return Candidate(
        source=source,
        external_id=payload.plain(external_id),
        name=payload.plain(name),
        profile=draft.profile(months),
        contact={key: person.peek(key)[:LONGEST_TEXT] for key in contact},
        extra=person.kept,
        **draft.kept(),
    )


def _months(years: float | None) -> Interval | None:
    """Return years as months, to the nearest whole month."""
    if years is None:
        return None
    months = nearest(years, 12)
    return months, months


def _told(draft: Draft, contact: Mapping[str, Text]) -> list[tuple[str, Stated]]:
    """Read the pasted résumé; return the experience in all that it, the summary and the headline state."""
    readers = {"text": resume_text.read, "summary": resume_text.stated_in, "headline": resume_text.stated_in}
    fields = [(contact[field], read) for field, read in readers.items() if field in contact]
    told = [(text.where, read(draft, text.holder.peek(text.key), text.where)) for text, read in fields]
    return [(where, found) for where, found in told if found]


def _in_all(draft: Draft, told: Sequence[tuple[str, Stated]]) -> Interval | None:
    """Return the experience stated first, where no job is dated: dates can be checked, a round figure cannot."""
    first = None if draft.jobs or not told else told[0][1]
    for where, stated in told:
        if draft.jobs:
            draft.remark(where, stated.quote, "not counted: the dated jobs tell the years of experience")
        elif first and stated.months != first.months:
            draft.remark(where, stated.quote, f"not counted: {first.quote!r} was read first")
    return first and first.months


def _listed(holder: Node) -> Iterator[Skill]:
    """Yield the skills that stand under `skills`: a list of objects or names, an object of levels, or a text."""
    skills = holder.peek("skills")
    if not skills:
        return
    if isinstance(skills, str):
        yield from (Skill(name, text.where) for text in holder.all("skills") for name in payload.split(text))
        return
    listed = holder.open("skills")
    if isinstance(skills, Mapping):
        for name in skills:
            yield Skill(name, listed.at(name), None, listed.take(name), is_keyed=True)
        return
    for place, item in enumerate(skills):
        if isinstance(item, Mapping):
            fields = listed.open(place)
            yield Skill(fields.take("name"), fields.where, fields, fields.take("level"))
        elif item is not None:
            yield Skill(listed.take(place), listed.at(place))


def _skills(holder: Node, kind: str, span: Span | None = None) -> None:
    """Add the skills of a candidate, a job or a project, each of the kind it names or else of `kind`."""
    for skill in _listed(holder):
        _skill(holder.draft, skill, kind, skill.where, span)


@one_field
def _skill(draft: Draft, skill: Skill, kind: str, where: str, span: Span | None) -> None:
    years = skill.fields.take("years") if skill.fields else None
    said = _said(draft, skill, years)
    if said is None and skill.is_keyed:
        return  # {"Python": null}: nothing was said of it
    named = skill.fields and skill.fields.take("kind")
    last_used = _when(skill.fields, "last_used") if skill.fields else None
    draft.skill(skill.name, named or kind, where, said, last_used, span, _quote(skill, years))


def _quote(skill: Skill, years: Any) -> str | None:
    """Return what a skill's fields say of it, as in a sheet: `Python: 4`; None where that is its name alone."""
    level = skill.level
    if years is None:
        return None if level is None else quoted(skill.name, level)
    return quoted(skill.name, f"{years} years" if level is None else f"{level}, {years} years")


def _said(draft: Draft, skill: Skill, years: Any) -> Reading | None:
    """Return what the fields of a skill say of it; None where they say nothing. Years may be the level."""
    level = draft.reader.said(skill.level)
    months, since = months_of(years) or level.months, draft.reader.said(years).span or level.span
    if not (months or since) and draft.reader.words.read(years) != SILENT:
        draft.remark(f"{skill.where}/years", years, "not a number of years: taken as unknown")
    if level.problem or level.level or months or since:
        return level._replace(months=months, span=since, mention=False)
    if level == SILENT and skill.is_keyed and str(skill.level or "").strip():
        return SILENT  # {"Python": "n/a"}: nothing was said of it, but something stood there
    return level if level.mention else None


@one_field
def _when(data: Node, key: str) -> Interval | None:
    """Return when a skill was last used; a text that is no date is a remark."""
    value = data.take(key)
    if value in (None, ""):
        return None
    found = end_of(value)
    if found is None:
        data.draft.remark(data.at(key), value, NOT_DATE)
    return found


@one_field
def _work(work: Node, kind: str, *, counts_as_job: bool) -> None:
    """Add the skills of a job or project, and a job's time."""
    draft, span = work.draft, payload.span(work, "start", "end")
    if span and counts_as_job:
        draft.jobs.append(span)
    if counts_as_job:
        title, organization = work.text("title"), work.text("organization")
        draft.title(title.text if title else "", work.at("title"), span)
        draft.job(payload.plain(title), payload.plain(organization), span)
    else:
        _labels(work, "name", "title", "organization")
    _skills(work, kind, span)
    if summary := work.text("summary"):
        # What is told of work without dates is no more than told.
        is_shown = span is not None or kind == "delivered"
        draft.prose(work.peek("summary"), kind if is_shown else "stated", summary.where, span)


def _labels(data: Node, *keys: str) -> None:
    """Read what only names a thing; one that names a skill as well is told to be not read for it."""
    for label in data.all(*keys):
        if data.draft.reader.finder.find(label.text).skills:
            label.give_back(LABEL)


@one_field
def _certificate(certificate: Node) -> None:
    """Add the skills of a certificate; without a list, its name is taken for the skill."""
    draft, dated = certificate.draft, _when(certificate, "date")
    skills = list(_listed(certificate))
    for skill in skills:
        draft.skill(skill.name, "certified", skill.where, last_used=dated)
    _labels(certificate, "issuer", *(["name"] if skills else []))
    if not skills and (name := certificate.text("name")):
        draft.skill(name.text, "certified", name.where, last_used=dated)


@one_field
def _assessment(assessment: Node) -> None:
    """Add a test: its share of the best score is the share of the best level."""
    draft, name = assessment.draft, assessment.first("skill", "name")
    score, best = assessment.peek("score"), assessment.peek("max_score")
    if name is None or score is None:
        return
    _labels(assessment, *(["name"] if name.key == "skill" else []))
    assessment.take("score")
    if best is None:
        draft.remark(assessment.at("score"), score, "a score without max_score says nothing: taken as unknown")
        return
    assessment.take("max_score")
    level = nearest(Fraction(str(score)) / Fraction(str(best)), TOP)
    draft.skill(name.text, "assessed", name.where, Reading(level=(level, level)), _when(assessment, "date"))
