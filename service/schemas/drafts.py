"""The shapes of drafts: a job description as it is sent, and the rubric that is made of it."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validate, validates_schema

from service.core.rubric import REQUIREMENTS, SENIORITIES
from service.schemas.rubrics import PROVENANCE
from service.schemas.whatif import GIVEN

LONGEST_TEXT = 200_000
MOST_ITEMS = 500
READ = ("text", "description", "qualifications", "responsibilities", "skills")


def _short(longest: int = 200) -> fields.String:
    return fields.String(allow_none=True, validate=validate.Length(max=longest))


def _texts() -> fields.List:
    each = fields.String(validate=validate.Length(max=10_000))
    return fields.List(each, allow_none=True, validate=validate.Length(max=MOST_ITEMS))


class JobSkillSchema(Schema):
    """A skill of JSON Resume's job schema, or a heading of several."""

    class Meta:
        unknown = INCLUDE

    name = _short()
    level = _short(80)
    keywords = fields.List(
        fields.String(validate=validate.Length(max=200)), allow_none=True, validate=validate.Length(max=100)
    )


class JobDescriptionSchema(Schema):
    """A job description: its text, or a document of JSON Resume's job schema, of which further fields are not read."""

    class Meta:
        unknown = INCLUDE

    title = _short()
    text = _short(LONGEST_TEXT)
    description = _short(LONGEST_TEXT)
    experience = _short(1_000)
    responsibilities = _texts()
    qualifications = _texts()
    skills = fields.List(fields.Nested(JobSkillSchema), allow_none=True, validate=validate.Length(max=MOST_ITEMS))

    @validates_schema(skip_on_field_errors=False)
    def _says_something(self, data: dict[str, Any], **_: object) -> None:
        if not any(field in data for field in READ):
            raise ValidationError(f"Send a text, or one of: {', '.join(READ[1:])}.")


class RequiredLevels(Schema):
    """A level from 0 to 5 for each seniority."""

    junior = fields.Float(**GIVEN)
    mid = fields.Float(**GIVEN)
    senior = fields.Float(**GIVEN)


class DraftedCriterion(Schema):
    """A criterion as a rubric's file has it."""

    id = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    requirement = fields.String(validate=validate.OneOf(REQUIREMENTS), **GIVEN)
    weight = fields.Integer(**GIVEN)
    required = fields.Nested(RequiredLevels, **GIVEN)
    gate = fields.Float()
    skills = fields.Raw(metadata={"description": "a skill, or any_of, all_of, at_least over skills"}, **GIVEN)
    responsibility = fields.String(**GIVEN)
    question = fields.String(**GIVEN)
    advice = fields.String(**GIVEN)
    provenance = fields.String(validate=PROVENANCE, **GIVEN)


class DraftedMarker(Schema):
    """A marker as a rubric's file has it."""

    id = fields.String(**GIVEN)
    text = fields.String(**GIVEN)
    provenance = fields.String(validate=PROVENANCE, **GIVEN)
    signs = fields.List(fields.String())


class LeastYears(Schema):
    """The least years of each seniority."""

    junior = fields.Integer(**GIVEN)
    mid = fields.Integer(**GIVEN)
    senior = fields.Integer(**GIVEN)


class DraftedRubric(Schema):
    """A whole rubric in the shape of a file under rubrics/roles, ready to be edited and published."""

    role = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    version = fields.Integer(**GIVEN)
    summary = fields.String(**GIVEN)
    provenance = fields.String(validate=PROVENANCE, **GIVEN)
    criteria = fields.List(fields.Nested(DraftedCriterion), **GIVEN)
    bands = fields.Nested(LeastYears, **GIVEN)
    markers = fields.Dict(
        fields.String(validate=validate.OneOf(SENIORITIES)), fields.List(fields.Nested(DraftedMarker)), **GIVEN
    )


class JobSource(Schema):
    """Where something was read: a pointer to a text, and the place in it."""

    pointer = fields.String(**GIVEN)
    start = fields.Integer(**GIVEN)
    end = fields.Integer(**GIVEN)


class ReadMarker(Schema):
    """Why a marker of seniority is in the draft."""

    marker = fields.String(**GIVEN)
    why = fields.String(**GIVEN)
    source = fields.Nested(JobSource, **GIVEN)


class ReadCriterion(Schema):
    """Why a criterion is in the draft."""

    criterion = fields.String(**GIVEN)
    requirement = fields.String(validate=validate.OneOf(REQUIREMENTS), **GIVEN)
    why = fields.String(**GIVEN)
    source = fields.Nested(JobSource, **GIVEN)


class RubricDraft(Schema):
    """A rubric drafted from a job description, with what it was read from. Nothing is stored."""

    rubric = fields.Nested(DraftedRubric, **GIVEN)
    read = fields.List(fields.Nested(ReadCriterion), **GIVEN)
    markers = fields.List(fields.Nested(ReadMarker), **GIVEN)
    unknown = fields.List(fields.String(), **GIVEN)
    notes = fields.List(fields.String(), **GIVEN)
