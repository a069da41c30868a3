"""The shapes of rubrics' versions: what may be asked and sent, and what is answered."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.core.rubric import SENIORITIES
from service.schemas.answers import RubricUsed
from service.schemas.requests import Strict, Switch
from service.schemas.whatif import GIVEN, MAYBE, MovesShape

LONGEST_NOTE = 1_000


class EffectQuery(Strict):
    """For which shortlist the effect of a change is asked."""

    seniority = fields.String(load_default="mid", validate=validate.OneOf(SENIORITIES))
    top = fields.Integer(load_default=10, validate=validate.Range(1, 1_000))


class DifferenceQuery(EffectQuery):
    """Between which versions."""

    before = fields.Integer(data_key="from", required=True, validate=validate.Range(1, 1_000_000))
    after = fields.Integer(data_key="to", required=True, validate=validate.Range(1, 1_000_000))


class PublishQuery(EffectQuery):
    """How rubrics are sent: a dry run only tells what they would change."""

    dry_run = Switch(load_default=False)
    note = fields.String(load_default=None, validate=validate.Length(max=LONGEST_NOTE))


class ExportQuery(Strict):
    """Which rubrics are downloaded: all in force, or one role's, at a version."""

    role = fields.String()
    version = fields.Integer(load_default=None, validate=validate.Range(1, 1_000_000))


class WithdrawQuery(Strict):
    """Why a role is put back."""

    note = fields.String(load_default=None, validate=validate.Length(max=LONGEST_NOTE))


class RubricFile(Schema):
    """Rubrics as a file."""

    file = fields.Raw(
        required=True,
        metadata={"type": "string", "format": "binary", "description": ".xlsx, .yaml or .json"},
        error_messages={"required": "Send a file in the form field 'file'."},
    )


class RubricUpload(RubricFile, PublishQuery):
    """A form with a file: both halves, for the documentation."""


class RubricDocuments(Schema):
    """Rubrics as documents, each in the shape of a file under rubrics/roles."""

    rubrics = fields.List(fields.Dict(), **GIVEN)


class VersionLine(Schema):
    """A version of a role: from the files, published by somebody, or withdrawn."""

    version = fields.Integer(**GIVEN)
    digest = fields.String(**MAYBE)
    origin = fields.String(data_key="from", validate=validate.OneOf(("file", "published", "withdrawn")), **GIVEN)
    in_force = fields.Boolean(**GIVEN)
    note = fields.String(allow_none=True)
    actor = fields.String()
    created_at = fields.DateTime()


class VersionList(Schema):
    """All versions of a role, the newest first."""

    role = fields.String(**GIVEN)
    versions = fields.List(fields.Nested(VersionLine), **GIVEN)


class Changed(Schema):
    """A difference. What was and what is now are as in the rubric's file; null where there was or is nothing."""

    part = fields.String(validate=validate.OneOf(("role", "criterion", "marker")), **GIVEN)
    id = fields.String(**MAYBE)
    change = fields.String(validate=validate.OneOf(("added", "removed", "changed")), **GIVEN)
    field = fields.String(**MAYBE)
    was = fields.Raw(**MAYBE)
    now = fields.Raw(**MAYBE)


class LintFinding(Schema):
    """Something to know of a rubric: a problem to mend, or advice; `numbers` are those in the sentence."""

    code = fields.String(**GIVEN)
    severity = fields.String(validate=validate.OneOf(("problem", "advice")), **GIVEN)
    criteria = fields.List(fields.String(), **GIVEN)
    numbers = fields.Dict(fields.String(), fields.Float(), **GIVEN)
    detail = fields.String(**GIVEN)


class CriterionUse(Schema):
    """What a row does in the stored pool; shares are from 0 to 1.

    `effective_weight` is its part of the variance of the fits: null where all fits are equal.
    """

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    requirement = fields.String(**GIVEN)
    unknown = fields.Float(**GIVEN)
    nominal_weight = fields.Float(**GIVEN)
    effective_weight = fields.Float(**MAYBE)


class RubricLint(Schema):
    """A rubric looked over; without a stored pool the findings that need people are not there."""

    role = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    seniority = fields.String(**GIVEN)
    rubric = fields.Nested(RubricUsed, **GIVEN)
    total = fields.Integer(**GIVEN)
    findings = fields.List(fields.Nested(LintFinding), **GIVEN)
    criteria = fields.List(fields.Nested(CriterionUse), **GIVEN)
    provenance = fields.Dict(fields.String(), fields.Integer(), **GIVEN)


class LintQuery(Strict):
    """For which seniority."""

    seniority = fields.String(load_default="mid", validate=validate.OneOf(SENIORITIES))


class Effect(Schema):
    """What changes, who of the stored pool moves (null where the role is new), and what lint says of the rubric."""

    changes = fields.List(fields.Nested(Changed), **GIVEN)
    moves = fields.Nested(MovesShape, **MAYBE)
    findings = fields.List(fields.Nested(LintFinding), **GIVEN)


class VersionsCompared(Effect):
    """Two versions of a role side by side."""

    role = fields.String(**GIVEN)
    before = fields.Integer(data_key="from", **GIVEN)
    after = fields.Integer(data_key="to", **GIVEN)


class Proposed(Effect):
    """A role as it would be, or is now: its next version."""

    role = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    based_on = fields.Integer(**MAYBE)
    version = fields.Integer(**GIVEN)
    digest = fields.String(**GIVEN)


class Publication(Schema):
    """What rubrics that were sent change; nothing was kept unless they were published."""

    published = fields.Boolean(**GIVEN)
    rubrics = fields.List(fields.Nested(Proposed), **GIVEN)
    unchanged = fields.List(fields.String(), **GIVEN)
