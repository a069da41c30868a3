"""The native candidate: what a pipeline may send, checked with a pointer to every mistake.

Unknown fields are kept apart and reported, never an error. Null means unknown everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate, validates_schema

NO_DATE = 'Not a date: send "2024", "2024-05" or "2024-05-17".'
MOST_ITEMS = 1000
"""Skills, jobs or other entries that one candidate may have."""

KINDS = ("assessed", "rated", "delivered", "used", "certified", "stated")
TEXT = {"allow_none": True}
"""A running text: as much of it as is read is read, and the rest is told by the reader."""

LONGEST_ID = 200
ID_LENGTH = f"An id has 1 to {LONGEST_ID} characters."
LONGEST_LINE = 500
LINE_TOO_LONG = f"Longer than {LONGEST_LINE} characters."
LINE = {"allow_none": True, "validate": validate.Length(max=LONGEST_LINE, error=LINE_TOO_LONG)}
TOO_MANY = f"More than {MOST_ITEMS} entries."
MOST_KEPT = {LINE_TOO_LONG: LONGEST_LINE, TOO_MANY: MOST_ITEMS}
"""By what is wrong, how much of a value can be kept all the same."""


class StrictNumber(fields.Field[float]):
    """A number within bounds that was sent as one: neither text nor true."""

    def __init__(self, low: float, high: float, **options: Any) -> None:
        super().__init__(allow_none=True, **options)
        self.bounds = (low, high)

    def _deserialize(self, value: object, *_: object, **__: object) -> float:
        low, high = self.bounds
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValidationError(f"Not a number from {low} to {high}.")
        return value


class Identifier(fields.Field[str]):
    """An id: text that is not blank, or a whole number, kept as text."""

    def _deserialize(self, value: object, *_: object, **__: object) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise ValidationError("Not a valid id: send text or a whole number.")
        text = str(value).strip()
        if not 0 < len(text) <= LONGEST_ID:
            raise ValidationError(ID_LENGTH)
        return text


class When(fields.Field[Any]):
    """A date as text, or a year as a number; what the text says is read later, and tolerantly."""

    def _deserialize(self, value: object, *_: object, **__: object) -> object:
        if not _is_date(value):
            raise ValidationError(NO_DATE)
        return value


LONGEST_NAME, MOST_LEVEL, MOST_YEARS = 300, 5, 70
FIGURES = (int, float)


def _is_level(value: object) -> bool:
    is_figure = isinstance(value, int | float) and 0 <= value <= MOST_LEVEL
    return value is None or isinstance(value, str | bool) or is_figure


def _is_years(value: object) -> bool:
    numeric = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or isinstance(value, str) or (numeric and 0 <= value <= MOST_YEARS)


def _is_date(value: object) -> bool:
    return value is None or (isinstance(value, str | int) and not isinstance(value, bool))


NO_LEVEL = 'Not a level: a number from 0 to 5, or a word such as "advanced".'

CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "name": (lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_NAME, "Not a skill's name (text)."),
    "level": (_is_level, NO_LEVEL),
    "years": (_is_years, "Not a number of years from 0 to 70."),
    "last_used": (_is_date, NO_DATE),
    "kind": (lambda value: value is None or value in KINDS, f"Not a kind of evidence: {', '.join(KINDS)}."),
}


class Skills(fields.Field[Any]):
    """Skills as a list of objects or names, an object of names with levels, or a text that lists them.

    Checked in one loop, for speed.
    """

    def _deserialize(self, value: object, *_: object, **__: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            items = [{"at": name, "name": name, "level": level, "keyed": True} for name, level in value.items()]
        elif isinstance(value, list):
            items = [_item(place, item) for place, item in enumerate(value)]
        else:
            raise ValidationError('Not a list of skills, nor a text, nor an object such as {"Python": 4}.')
        if len(items) > MOST_ITEMS:
            raise ValidationError(TOO_MANY)
        errors = {item["at"]: found for item in items if not _is_plain(item) and (found := dict(_faults(item)))}
        if errors:
            raise ValidationError(errors)  # type: ignore[arg-type]
        return value


def _item(place: int, item: object) -> dict[str, Any]:
    if isinstance(item, dict):
        return {**item, "at": place}
    return {"at": place, "name": item}


def _is_plain(item: Mapping[str, Any]) -> bool:
    """Tell whether a skill is what nearly all are, a name with figures: of others it is asked what is wrong."""
    name, level, years = item.get("name"), item.get("level"), item.get("years")
    return (
        type(name) is str
        and 0 < len(name) <= LONGEST_NAME
        and (level is None or (type(level) in FIGURES and 0 <= level <= MOST_LEVEL))
        and (years is None or (type(years) in FIGURES and 0 <= years <= MOST_YEARS))
        and "last_used" not in item
        and "kind" not in item
    )


def _faults(item: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong with one skill, by field; a skill keyed by its name has no fields to point at."""
    for name, (is_valid, message) in CHECKS.items():
        if name in item or name == "name":
            try:
                valid = is_valid(item.get(name))
            except TypeError:
                valid = False
            if not valid:
                yield "_schema" if item.get("keyed") else name, [message]


class JobSchema(Schema):
    """A job, a stretch of work."""

    class Meta:
        unknown = INCLUDE

    title = fields.String(**LINE)
    organization = fields.String(**LINE)
    start = When(allow_none=True)
    end = When(allow_none=True)
    summary = fields.String(**TEXT)
    skills = Skills(allow_none=True)


class ProjectSchema(JobSchema):
    """A project, delivered to its users or not."""

    name = fields.String(**LINE)
    delivered = fields.Boolean(allow_none=True, truthy={True}, falsy={False})


class CertificateSchema(Schema):
    """A certificate."""

    class Meta:
        unknown = INCLUDE

    name = fields.String(**LINE)
    issuer = fields.String(**LINE)
    date = When(allow_none=True)
    skills = Skills(allow_none=True)


class AssessmentSchema(Schema):
    """A test with a result."""

    class Meta:
        unknown = INCLUDE

    name = fields.String(**LINE)
    skill = fields.String(**LINE)
    score = StrictNumber(0, 1_000_000, required=True)
    max_score = StrictNumber(0.000001, 1_000_000)
    date = When(allow_none=True)

    @validates_schema
    def _score_within(self, data: Mapping[str, Any], **_: object) -> None:
        score, best = data.get("score"), data.get("max_score")
        if score is not None and best is not None and score > best:
            raise ValidationError("The score is above max_score.", "score")


class Markers(fields.Field[dict[str, bool | None]]):
    """Seniority markers by id: true is met, false is absent, null is unknown."""

    def _deserialize(self, value: object, *_: object, **__: object) -> dict[str, bool | None]:
        if not isinstance(value, dict):
            raise ValidationError('Not an object such as {"senior.build_or_buy": true}.')
        errors = {id_: ["Not true, false or null."] for id_, met in value.items() if not isinstance(met, bool | None)}
        if errors:
            raise ValidationError(errors)  # type: ignore[arg-type]
        return value


def _entries(schema: type[Schema]) -> fields.List:
    return fields.List(fields.Nested(schema), allow_none=True, validate=validate.Length(max=MOST_ITEMS, error=TOO_MANY))


class CandidateSchema(Schema):
    """A candidate in the native form. Only `external_id` or `name` is needed."""

    class Meta:
        unknown = INCLUDE

    external_id = Identifier(allow_none=True)
    name = fields.String(**LINE)
    email = fields.String(**LINE)
    headline = fields.String(**LINE)
    summary = fields.String(**TEXT)
    years_experience = StrictNumber(0, 70)
    skills = Skills(allow_none=True)
    jobs = _entries(JobSchema)
    projects = _entries(ProjectSchema)
    certificates = _entries(CertificateSchema)
    assessments = _entries(AssessmentSchema)
    markers = Markers(allow_none=True)
    text = fields.String(**TEXT)
    notes = fields.String(**TEXT)

    @validates_schema
    def _is_somebody(self, data: Mapping[str, Any], **_: object) -> None:
        if not data.get("external_id") and not (data.get("name") or "").strip():
            raise ValidationError("A candidate needs an external_id or a name.")
