"""The shapes of the files under rubrics/: what a rubric, the policy, the matrix and the vocabulary may say."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from service.core.policy import TOP
from service.core.rubric import MARKERS, REQUIREMENTS, SENIORITIES, YEARS, AtLeast, Expression
from service.skills import signs

SLUG = validate.Regexp(r"^[a-z][a-z0-9_]*\Z", error="Ids are lower-case letters, digits and underscores.")
NOT_OURS = validate.NoneOf((YEARS, MARKERS), error="This id belongs to the rows of seniority.")
PROVENANCE = validate.OneOf(("source", "inferred", "authored"))


class Tenths(fields.Field[int]):
    """A level from 0 to 5 with at most one decimal; inside the program an integer in tenths."""

    def _deserialize(self, value: object, *_: object, **__: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value * 10 <= TOP:
            raise ValidationError("A level is a number from 0 to 5.")
        if abs(value * 10 - round(value * 10)) > 1e-9:  # noqa: PLR2004 - float noise
            raise ValidationError("A level has at most one decimal.")
        return round(value * 10)


class SkillExpression(fields.Field[Expression]):
    """A skill id, or `any_of`, `all_of` or `at_least` (`k`, `of`) over further expressions."""

    def _deserialize(self, value: object, *_: object, **__: object) -> Expression:
        return _expression(value)


def _expression(value: object) -> Expression:
    match value:
        case str():
            return SLUG(value)
        case {"any_of": [_, *_] as members, **rest} if not rest:
            return AtLeast(1, tuple(map(_expression, members)))
        case {"all_of": [_, *_] as members, **rest} if not rest:
            return AtLeast(len(members), tuple(map(_expression, members)))
        case {"at_least": {"k": int(k), "of": [_, *_] as members, **more}, **rest} if _is_count(k, members, more, rest):
            return AtLeast(k, tuple(map(_expression, members)))
    raise ValidationError("Expected a skill id, {any_of: [...]}, {all_of: [...]} or {at_least: {k: 2, of: [...]}}.")


def _is_count(k: int, members: list[object], *others: Mapping[str, object]) -> bool:
    """Tell whether so many of the members can be asked for, and nothing else was said."""
    return not isinstance(k, bool) and 1 <= k <= len(members) and not any(others)


def text() -> fields.String:
    """Return a field for a sentence that must not be empty."""
    return fields.String(required=True, validate=validate.Length(min=1))


def whole(low: int, high: int) -> fields.Integer:
    """Return a field for an integer within bounds, written as one."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(low, high))


class PerSeniority(Schema):
    """A level for each seniority, never falling."""

    junior = Tenths(required=True, validate=validate.Range(min=1))
    mid = Tenths(required=True, validate=validate.Range(min=1))
    senior = Tenths(required=True, validate=validate.Range(min=1))

    @validates_schema
    def _rising(self, data: Mapping[str, int], **_: object) -> None:
        for lower, higher in pairwise(SENIORITIES):
            if data[lower] > data[higher]:
                raise ValidationError("A higher seniority cannot require a lower level.", higher)


class CriterionSchema(Schema):
    """One skill area asked for."""

    id = fields.String(required=True, validate=[SLUG, NOT_OURS])
    title = text()
    requirement = fields.String(required=True, validate=validate.OneOf(REQUIREMENTS))
    weight = whole(1, 1000)
    required = fields.Nested(PerSeniority, required=True)
    gate = Tenths(validate=validate.Range(min=1))
    skills = SkillExpression()
    responsibility = text()
    question = text()
    advice = text()
    provenance = fields.String(required=True, validate=PROVENANCE)

    @validates_schema
    def _gate_only_for_musts(self, data: Mapping[str, Any], **_: object) -> None:
        if "gate" in data and data["requirement"] != "must":
            raise ValidationError("Only a must-have has a gate level.", "gate")


def _is_sign(value: str) -> None:
    try:
        signs.parse(value)
    except ValueError as error:
        raise ValidationError(str(error)) from None


class MarkerSchema(Schema):
    """A marker of a band of seniority; `signs` are the phrases that tell of it in a text (service/skills/signs.py)."""

    id = fields.String(required=True, validate=SLUG)
    text = text()
    provenance = fields.String(required=True, validate=PROVENANCE)
    signs = fields.List(fields.String(validate=_is_sign), load_default=list, validate=validate.Length(max=100))


class BandsSchema(Schema):
    """The least years of each seniority."""

    junior = whole(0, 0)
    mid = whole(1, 20)
    senior = whole(1, 20)

    @validates_schema
    def _rising(self, data: Mapping[str, int], **_: object) -> None:
        if data["mid"] >= data["senior"]:
            raise ValidationError("A higher seniority begins with more years.")


class RoleSchema(Schema):
    """A file under rubrics/roles/."""

    role = fields.String(required=True, validate=[SLUG, validate.Length(max=100)])
    title = text()
    version = whole(1, 1_000_000)
    summary = text()
    provenance = fields.String(required=True, validate=PROVENANCE)
    criteria = fields.List(fields.Nested(CriterionSchema), required=True, validate=validate.Length(1, 100))
    bands = fields.Nested(BandsSchema, required=True)
    markers = fields.Dict(
        fields.String(validate=validate.OneOf(SENIORITIES)),
        fields.List(fields.Nested(MarkerSchema), validate=validate.Length(max=100)),
        required=True,
    )


class MatrixRowSchema(Schema):
    """A row of the skills matrix."""

    id = fields.String(required=True, validate=SLUG)
    title = text()


class MatrixSchema(Schema):
    """rubrics/matrix.yaml."""

    version = whole(1, 1_000_000)
    rows = fields.List(fields.Nested(MatrixRowSchema), required=True)


class KindSchema(Schema):
    """A kind of evidence."""

    ceiling = Tenths(required=True)
    mention = Tenths(required=True, allow_none=True)
    decides = fields.Boolean(required=True)
    meaning = text()


class YearsRowSchema(Schema):
    """A row of the table from months of use to a level."""

    months = whole(0, 1200)
    level = Tenths(required=True)


class RecencySchema(Schema):
    """How a level fades once it is no longer used."""

    grace_months = whole(0, 1200)
    loss_per_year = Tenths(required=True)
    floor_percent = whole(0, 100)


class PartsSchema(Schema):
    """How the points are shared between the parts."""

    required = whole(0, 1000)
    nice = whole(0, 1000)
    seniority = whole(0, 1000)

    @validates_schema
    def _not_all_nothing(self, data: Mapping[str, int], **_: object) -> None:
        if not any(data.values()):
            raise ValidationError("At least one part must be above 0.")


class LevelSchema(Schema):
    """A level with its name."""

    level = Tenths(required=True)
    name = text()
    meaning = text()


class PolicySchema(Schema):
    """rubrics/policy.yaml."""

    version = whole(1, 1_000_000)
    kinds = fields.Dict(
        fields.String(
            validate=validate.OneOf(("assessed", "rated", "delivered", "used", "certified", "stated")),
        ),
        fields.Nested(KindSchema),
        required=True,
        validate=validate.Length(equal=6),
    )
    years = fields.List(fields.Nested(YearsRowSchema), required=True)
    recency = fields.Nested(RecencySchema, required=True)
    parts = fields.Nested(PartsSchema, required=True)
    gate = Tenths(required=True)
    levels = fields.List(fields.Nested(LevelSchema), required=True)
    words = fields.Dict(fields.String(), Tenths(), required=True)
    ahead = fields.List(fields.String(), load_default=list)
    yes = fields.List(fields.String(), required=True)
    no = fields.List(fields.String(), required=True)
    unknown = fields.List(fields.String(), required=True)

    @validates_schema
    def _rising(self, data: Mapping[str, Any], **_: object) -> None:
        rows = [(row["months"], row["level"]) for row in data["years"]]
        if rows != sorted(rows) or sorted(level for _, level in rows) != [level for _, level in rows]:
            raise ValidationError("More months cannot give a lower level.", "years")
        for word in data["ahead"]:
            if word not in data["words"]:
                raise ValidationError(f"{word!r} is none of the words for levels.", "ahead")


class SkillSchema(Schema):
    """A skill of the vocabulary."""

    id = fields.String(required=True, validate=SLUG)
    name = text()
    field = fields.String(required=True, validate=SLUG)
    aliases = fields.List(fields.String(), load_default=list)
    implies = fields.List(fields.String(), load_default=list)


class VocabularySchema(Schema):
    """rubrics/skills.yaml."""

    version = whole(1, 1_000_000)
    skills = fields.List(fields.Nested(SkillSchema), required=True)


class AmbiguousNameSchema(Schema):
    """A name that is a skill only in company; `skill` is its id where lists do not know the name."""

    name = text()
    skill = fields.String(load_default=None, validate=SLUG)
    near = fields.List(text(), load_default=None, validate=validate.Length(min=1))
    never = fields.List(text(), load_default=list)
    bold = fields.Boolean(load_default=False)


class AmbiguousNamesSchema(Schema):
    """rubrics/ambiguous_names.yaml."""

    version = whole(1, 1_000_000)
    groups = fields.Dict(fields.String(validate=SLUG), fields.List(text()), required=True)
    names = fields.List(fields.Nested(AmbiguousNameSchema), required=True)
