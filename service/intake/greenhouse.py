"""Greenhouse: a candidate of the Harvest API, or the webhook that carries one (whose dates are MM/DD/YYYY).

Shapes after Greenhouse's public documentation of Harvest v1 and of its webhooks. Scorecards that a pipeline puts
beside the candidate are ratings of interviewers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from service.core.time import Interval
from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.dates import end_of
from service.intake.draft import Draft, Reader
from service.skills.words import Reading

SIGNS = frozenset(("applications", "employments", "educations", "keyed_custom_fields", "email_addresses"))
READ = frozenset((
    "id", "first_name", "last_name", "name", "title", "company", "employments", "educations", "education", "tags",
    "custom_fields", "keyed_custom_fields", "email_addresses", "scorecards", "notes", "resume", "phone_numbers",
    "addresses",
))  # fmt: skip

RATINGS: Mapping[str, Interval] = {
    "definitely_not": (0, 10),
    "no": (10, 20),
    "mixed": (20, 30),
    "yes": (30, 40),
    "strong_yes": (40, 50),
}
"""The five words of a scorecard over the scale of levels, each a level wide. Our own: they are not defined closer."""

SAYS_NOTHING = frozenset({"no_decision"})
"""Words of a scorecard that say nothing either way."""


def recognises(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a candidate of Greenhouse, or its webhook."""
    if isinstance(data.get("payload"), Mapping) and "action" in data:
        return True
    return "first_name" in data and "last_name" in data and not SIGNS.isdisjoint(data)


def read(data: Mapping[str, Any], reader: Reader, *, source: str = "greenhouse", at: str = "") -> Candidate:
    """Read a candidate, or the one inside a webhook. `at` is the pointer to it in what was sent."""
    hooked = "payload" in data
    data, at = _inside(data, at)
    draft = Draft(reader)
    for where, entry in payload.objects(draft, data, "employments", at):
        dates = payload.span(draft, entry.get("start_date"), entry.get("end_date"), where, us=hooked)
        title = next(iter(payload.found(entry, where, "title")), None)
        payload.job(draft, title, dates, payload.found(entry, where, "summary", "description"),
                    payload.text_of(entry.get("company_name")))  # fmt: skip
    if title := payload.text_of(data.get("title")):
        draft.title(title, f"{at}/title")
    payload.tags(draft, payload.texts(data, "tags", at))
    months, unread = _custom_fields(draft, data, at)
    for where, scorecard in payload.objects(draft, data, "scorecards", at):
        _scorecard(draft, scorecard, where)
    for where, note in payload.texts(data, "notes", at):
        draft.prose(payload.plain_text(note), "stated", where)
    return payload.candidate(
        draft,
        source=source,
        external_id=payload.text_of(data.get("id")),
        name=_name(data),
        contact={"email": _email(data), "headline": payload.text_of(data.get("title"))},
        extra=payload.kept_apart(draft, data, READ, at) | unread,
        months=months,
    )


def _inside(data: Mapping[str, Any], at: str) -> tuple[Mapping[str, Any], str]:
    """Return the candidate inside a webhook, with the pointer to it; anything else as it is."""
    for step in ("payload", "application", "candidate"):
        inner = data.get(step)
        if isinstance(inner, Mapping):
            data, at = inner, f"{at}/{step}"
    return data, at


def _name(data: Mapping[str, Any]) -> str | None:
    parts = (payload.text_of(data.get(key)) for key in ("first_name", "last_name"))
    return " ".join(part for part in parts if part) or payload.text_of(data.get("name"))


def _email(data: Mapping[str, Any]) -> str | None:
    listed = data.get("email_addresses")
    found = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    return next((text for entry in found if (text := payload.text_of(entry.get("value")))), None)


def _custom_fields(draft: Draft, data: Mapping[str, Any], at: str) -> tuple[Interval | None, dict[str, Any]]:
    """Read the custom fields, keyed (with a name and a value) or plain; return the years they tell, and the rest."""
    months, unread = None, {}
    told = "keyed_custom_fields" if isinstance(data.get("keyed_custom_fields"), Mapping) else "custom_fields"
    fields = data.get(told)
    for key, entry in sorted(fields.items()) if isinstance(fields, Mapping) else ():
        name = (payload.text_of(entry.get("name")) if isinstance(entry, Mapping) else None) or key.replace("_", " ")
        value = entry.get("value") if isinstance(entry, Mapping) else entry
        if value in (None, "", []):
            continue
        months = months or payload.years(name, value)
        where = f"{at}/{told}/{key}/value" if isinstance(entry, Mapping) else f"{at}/{told}/{key}"
        if not payload.field(draft, name, value, where):
            unread[name] = value
    return months, unread


def _scorecard(draft: Draft, scorecard: Mapping[str, Any], at: str) -> None:
    """Add an interviewer's ratings of skills; "no_decision" says nothing."""
    dated = end_of(scorecard.get("interviewed_at") or scorecard.get("submitted_at"))
    told = set()
    for where, attribute in payload.objects(draft, scorecard, "attributes", at):
        name, rating = payload.text_of(attribute.get("name")), payload.text_of(attribute.get("rating"))
        told.add(name)
        _rated(draft, name, rating, where, f"{where}/rating", dated)
    for where, name, rating in _ratings(draft, scorecard, at):
        if name not in told:
            _rated(draft, name, rating, where, where, dated)


def _ratings(draft: Draft, scorecard: Mapping[str, Any], at: str) -> Iterator[tuple[str, str, str]]:
    """Yield the names that a scorecard lists by their rating (which repeats its attributes), with their place."""
    ratings = scorecard.get("ratings")
    if ratings is not None and not isinstance(ratings, Mapping):
        draft.remark(f"{at}/ratings", ratings, "not an object: not read")
        return
    for rating in sorted(ratings or {}, key=str):
        for where, name in payload.texts(ratings or {}, rating, f"{at}/ratings"):
            yield where, name, str(rating)


def _rated(
    draft: Draft, name: str | None, rating: str | None, where: str, quoted_at: str, dated: Interval | None
) -> None:
    """Add one rating of a skill; a word that is no rating of a scorecard is a remark, as is a name of no skill."""
    level = RATINGS.get(rating or "")
    if name and level and draft.reader.item(name)[0]:
        draft.skill(name, "rated", quoted_at, Reading(level=level), dated, quote=f"{name}: {rating}")
    elif name and level:
        draft.remark(where, f"{name}: {rating}", "rated, but not a skill of the vocabulary: kept, but not scored")
    elif name and rating and rating not in SAYS_NOTHING:
        draft.remark(where, f"{name}: {rating}", "not one of a scorecard's ratings: taken as unknown")
