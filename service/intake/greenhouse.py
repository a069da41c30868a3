"""Greenhouse: a candidate of the Harvest API, or the webhook that carries one (whose dates are MM/DD/YYYY).

Shapes after Greenhouse's public documentation of Harvest v1 and of its webhooks. Scorecards that a pipeline puts
beside the candidate are ratings of interviewers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.core.time import Interval
from service.intake import payload
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.node import Node, Text
from service.skills.words import Reading

SIGNS = frozenset(("applications", "employments", "educations", "keyed_custom_fields", "email_addresses"))
FIELDS = SIGNS | {
    "id", "first_name", "last_name", "company", "title", "tags", "custom_fields", "phone_numbers", "addresses",
    "website_addresses", "social_media_addresses", "scorecards", "application_ids", "recruiter", "coordinator",
}  # fmt: skip
"""The names of a candidate's fields, by which a body that is said to be one is told from others."""

HOOKS: tuple[payload.Path, ...] = (("payload", "application", "candidate"), ("payload", "candidate"), ("payload",))
"""Where a webhook carries the candidate."""

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
    """Tell whether an object is a candidate of Greenhouse."""
    return is_carried(data) and not SIGNS.isdisjoint(data)


def is_carried(data: Mapping[str, Any]) -> bool:
    """Tell whether what a webhook carries is a candidate."""
    return "first_name" in data and "last_name" in data


TOLD_TWICE = "not read: keyed_custom_fields says the same"


def read(
    data: Mapping[str, Any], reader: Reader, *, source: str = "greenhouse", at: str = "", path: payload.Path = ()
) -> Candidate:
    """Read a candidate, or the one at a path inside a webhook. `at` is the pointer to what was sent."""
    sent = _, person = payload.opened(data, reader, at, path)
    for entry in person.objects("employments"):
        dates = payload.span(entry, "start_date", "end_date", us=bool(path))
        told = entry.all("summary", "description")
        payload.job(entry, entry.text("title"), dates, told, entry.text("company_name"))
    if title := person.text("title"):
        person.draft.title(title.text, title.where)
    payload.tags(person.texts("tags"))
    months = _custom_fields(person)
    for scorecard in person.objects("scorecards"):
        _scorecard(scorecard)
    payload.prose(person.texts("notes"))
    email = next(filter(None, (entry.text("value") for entry in person.objects("email_addresses"))), None)
    return payload.candidate(
        sent,
        source=source,
        external_id=person.text("id"),
        name=" ".join(map(str, person.all("first_name", "last_name"))) or person.text("name"),
        contact={"email": email, "headline": title},
        months=months,
    )


def _custom_fields(person: Node) -> Interval | None:
    """Read the custom fields; return the years they tell. A field that stands twice is read where it is keyed."""
    keyed, plain = person.object("keyed_custom_fields"), person.object("custom_fields")
    only_plain = [key for key in plain.keys() if key not in keyed.value]  # noqa: SIM118 - a node is no mapping
    if keyed.value and not only_plain:
        person.give_back("custom_fields", TOLD_TWICE)
    elif keyed.value:
        for key in plain.value.keys() & keyed.value.keys():
            plain.give_back(key, TOLD_TWICE)
    fields = [(keyed, key) for key in keyed.keys()] + [(plain, key) for key in only_plain]  # noqa: SIM118
    told = [_custom_field(*field) for field in fields]
    return next(filter(None, told), None)


def _custom_field(fields: Node, key: str) -> Interval | None:
    """Read a custom field, with a name and a value or plain; return the years in all that it tells."""
    entry = fields.peek(key)
    if not isinstance(entry, Mapping):
        return payload.field(fields, key, key.replace("_", " "))
    if "value" not in entry:
        return None
    name = fields.open(key).text("name")
    return payload.field(fields.open(key), "value", name.text if name else key.replace("_", " "))


def _scorecard(scorecard: Node) -> None:
    """Add an interviewer's ratings of skills; "no_decision" says nothing."""
    dated = payload.date(scorecard, "interviewed_at", "submitted_at")
    told: dict[str, str | None] = {}
    for attribute in scorecard.objects("attributes"):
        if name := attribute.text("name"):
            rating = attribute.text("rating")
            told[name.text] = rating.text if rating else None
            _rated(name, told[name.text], attribute.where, attribute.at("rating"), dated)
    ratings = scorecard.object("ratings")
    for rating in ratings.keys():  # noqa: SIM118 - as above
        for name in ratings.texts(rating):
            if name.text not in told:
                _rated(name, rating, name.where, name.where, dated)
            elif rating != told[name.text]:
                name.give_back("its attribute says otherwise")


def _rated(name: Text, rating: str | None, where: str, quoted_at: str, dated: Interval | None) -> None:
    """Add one rating of a skill; a word that is no rating of a scorecard is a remark, as is a name of no skill."""
    draft, level = name.holder.draft, RATINGS.get(rating or "")
    said = f"{name.text}: {rating}"
    if level and draft.reader.item(name.text)[0]:
        draft.skill(name.text, "rated", quoted_at, Reading(level=level), dated, quote=said)
    elif level:
        draft.remark(where, said, "rated, but not a skill of the vocabulary: kept, but not scored")
    elif rating is None:
        name.give_back("no rating stands beside it")
    elif rating not in SAYS_NOTHING:
        draft.remark(where, said, "not one of a scorecard's ratings: taken as unknown")
