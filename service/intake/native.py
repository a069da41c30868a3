"""The native candidate, as checked by CandidateSchema, to a Candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.core.time import Interval, Span
from service.intake import resume_text
from service.intake.candidate import Candidate
from service.intake.dates import end_of, span_of
from service.intake.draft import Draft, Reader, one_field, quoted
from service.intake.resume_text import Stated
from service.skills.durations import months_of
from service.skills.finder import LONGEST_TEXT
from service.skills.words import SILENT, Reading

CONTACT = ("email", "headline", "summary", "text", "notes")
TEXTS = ("summary", "notes")
"""Running texts about the whole of a candidate."""

READ = frozenset((
    "external_id", "name", "years_experience", "skills", "jobs", "projects", "certificates", "assessments", "markers",
    *CONTACT,
))  # fmt: skip


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "native", at: str = "") -> Candidate:
    """Read a native candidate. `at` is the pointer to it in what was sent."""
    draft = Draft(reader)
    draft.title(data.get("headline") or "", f"{at}/headline")
    for field in TEXTS:
        if data.get(field):
            draft.prose(data[field], "stated", f"{at}/{field}")
    _skills(draft, data.get("skills"), "stated", f"{at}/skills")
    for place, job in enumerate(data.get("jobs") or ()):
        _work(draft, job, "used", f"{at}/jobs/{place}", counts_as_job=True)
    for place, project in enumerate(data.get("projects") or ()):
        kind = "delivered" if project.get("delivered") else "used"
        _work(draft, project, kind, f"{at}/projects/{place}", counts_as_job=False)
    for place, certificate in enumerate(data.get("certificates") or ()):
        _certificate(draft, certificate, f"{at}/certificates/{place}")
    for place, assessment in enumerate(data.get("assessments") or ()):
        _assessment(draft, assessment, f"{at}/assessments/{place}")
    for id_, met in (data.get("markers") or {}).items():
        draft.marker(id_, met, f"{at}/markers/{id_}")
    told = _told(draft, data, at)
    # The schema hands unknown fields on in an order that differs from process to process.
    extra = {key: data[key] for key in sorted(data.keys() - READ)}
    for key, value in extra.items():
        draft.remark(f"{at}/{key}", value, "not a field that is read: kept, but not scored")
    return Candidate(
        source=source,
        external_id=data.get("external_id"),
        name=_name(data),
        profile=draft.profile(_months(data.get("years_experience")) or _in_all(draft, told)),
        contact={key: data[key][:LONGEST_TEXT] for key in CONTACT if data.get(key)},
        extra=extra,
        **draft.kept(),
    )


def _name(data: Mapping[str, Any]) -> str | None:
    return (data.get("name") or "").strip() or None


def _months(years: float | None) -> Interval | None:
    """Return years as months, to the nearest whole month."""
    if years is None:
        return None
    months = int(years * 12 + 0.5)
    return months, months


def _told(draft: Draft, data: Mapping[str, Any], at: str) -> list[tuple[str, Stated]]:
    """Read the pasted résumé; return the experience in all that it, the summary and the headline state."""
    stated = [(f"{at}/text", resume_text.read(draft, data["text"], f"{at}/text"))] if data.get("text") else []
    for field in ("summary", "headline"):
        where = f"{at}/{field}"
        stated.append((where, resume_text.stated_in(draft, data.get(field) or "", where)))
    return [(where, found) for where, found in stated if found]


def _in_all(draft: Draft, told: Sequence[tuple[str, Stated]]) -> Interval | None:
    """Return the experience stated first, where no job is dated: dates can be checked, a round figure cannot."""
    first = None if draft.jobs or not told else told[0][1]
    for where, stated in told:
        if draft.jobs:
            draft.remark(where, stated.quote, "not counted: the dated jobs tell the years of experience")
        elif first and stated.months != first.months:
            draft.remark(where, stated.quote, f"not counted: {first.quote!r} was read first")
    return first and first.months


def _skills(
    draft: Draft, skills: Iterable[Mapping[str, Any]] | None, kind: str, at: str, span: Span | None = None
) -> None:
    """Add a list of skills, each of the kind it names or else of `kind`."""
    for skill in skills or ():
        _skill(draft, skill, kind, f"{at}/{skill['at']}", span)


@one_field
def _skill(draft: Draft, skill: Mapping[str, Any], kind: str, where: str, span: Span | None) -> None:
    said = _said(draft, skill, where)
    if said is None and skill.get("keyed"):
        return  # {"Python": null}: nothing was said of it
    last_used = _when(draft, skill["last_used"], f"{where}/last_used") if "last_used" in skill else None
    draft.skill(skill["name"], skill.get("kind") or kind, where, said, last_used, span, _quote(skill))


def _quote(skill: Mapping[str, Any]) -> str | None:
    """Return what a skill's fields say of it, as in a sheet: `Python: 4`; None where that is its name alone."""
    level, years = skill.get("level"), skill.get("years")
    if years is None:
        return None if level is None else quoted(skill["name"], level)
    return quoted(skill["name"], f"{years} years" if level is None else f"{level}, {years} years")


def _said(draft: Draft, skill: Mapping[str, Any], where: str) -> Reading | None:
    """Return what the fields of a skill say of it; None where they say nothing. Years may be the level."""
    level = draft.reader.said(skill.get("level"))
    years = skill.get("years")
    months, since = months_of(years) or level.months, draft.reader.said(years).span or level.span
    if not (months or since) and draft.reader.words.read(years) != SILENT:
        draft.remark(f"{where}/years", years, "not a number of years: taken as unknown")
    if level.problem or level.level or months or since:
        return level._replace(months=months, span=since, mention=False)
    if level == SILENT and skill.get("keyed") and str(skill.get("level") or "").strip():
        return SILENT  # {"Python": "n/a"}: nothing was said of it, but something stood there
    return level if level.mention else None


@one_field
def _when(draft: Draft, value: object, where: str) -> Interval | None:
    """Return when a skill was last used; a text that is no date is a remark."""
    if value in (None, ""):
        return None
    found = end_of(value)
    if found is None:
        draft.remark(where, value, "not a date that can be read: taken as unknown")
    return found


@one_field
def _span(draft: Draft, data: Mapping[str, Any], where: str) -> Span | None:
    """Return the dates of a job or project; dates that cannot be are a remark."""
    start, end = data.get("start"), data.get("end")
    span = span_of(start, end)
    if span is None and (start or end):
        draft.remark(where, f"{start} to {end}", "the dates cannot be read, or end before they start: taken as unknown")
    return span


@one_field
def _work(draft: Draft, data: Mapping[str, Any], kind: str, at: str, *, counts_as_job: bool) -> None:
    """Add the skills of a job or project, and a job's time."""
    span = _span(draft, data, at)
    if span and counts_as_job:
        draft.jobs.append(span)
    if counts_as_job:
        draft.title(data.get("title") or "", f"{at}/title", span)
        draft.job(data.get("title"), data.get("organization"), span)
    _skills(draft, data.get("skills"), kind, f"{at}/skills", span)
    if data.get("summary"):
        # What is told of work without dates is no more than told.
        is_shown = span is not None or kind == "delivered"
        draft.prose(data["summary"], kind if is_shown else "stated", f"{at}/summary", span)


@one_field
def _certificate(draft: Draft, data: Mapping[str, Any], at: str) -> None:
    """Add the skills of a certificate; without a list, its name is taken for the skill."""
    dated = _when(draft, data.get("date"), f"{at}/date")
    for skill in data.get("skills") or ():
        draft.skill(skill["name"], "certified", f"{at}/skills/{skill['at']}", last_used=dated)
    if not data.get("skills") and data.get("name"):
        draft.skill(data["name"], "certified", f"{at}/name", last_used=dated)


@one_field
def _assessment(draft: Draft, data: Mapping[str, Any], at: str) -> None:
    """Add a test: its share of the best score is the share of the best level."""
    field = "skill" if data.get("skill") else "name"
    score, best = data.get("score"), data.get("max_score")
    if not data.get(field) or score is None:
        return
    if best is None:
        draft.remark(f"{at}/score", score, "a score without max_score says nothing: taken as unknown")
        return
    level = int(score * 50 / best + 0.5)
    dated = _when(draft, data.get("date"), f"{at}/date")
    draft.skill(data[field], "assessed", f"{at}/{field}", Reading(level=(level, level)), dated)
