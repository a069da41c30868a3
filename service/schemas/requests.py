"""What requests may ask: query strings, forms and bodies."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from service import storable
from service.core.rubric import SENIORITIES

FORMATS = ("native", "json_resume", "reactive_resume", "greenhouse", "lever", "ashby", "hr_open")
"""The forms of candidates in JSON."""

SENIORITY = validate.OneOf(SENIORITIES, error="Not a seniority. It is one of: {choices}.")
LONGEST_MAPPING_NAME = 100
VERDICTS = ("shortlist", "hold", "decline")
DECISIONS = (*VERDICTS, "adjust")
MOST_ADJUSTED = 30
"""Points by which a person may raise or lower a fit, beside the computed one."""
MOST_MAPPED = 256
WEIGHT = fields.Integer(strict=True, validate=validate.Range(0, 1000))


class RoleNames(fields.Field[Any]):
    """A role, a list of roles, or `all`."""

    def _deserialize(self, value: object, *_: object, **__: object) -> str | list[str]:
        if isinstance(value, str):
            return value
        if isinstance(value, list) and value and all(isinstance(role, str) for role in value):
            return value
        raise ValidationError('Send a role such as "ml_engineer", a list of roles, or "all".')


def storable_text(text: str) -> None:
    """Raise ValidationError for a text that cannot be stored."""
    if fault := storable.fault_in(text):
        raise ValidationError(fault)


class Strict(Schema):
    """Refuses fields that it does not know: a mistyped option must not be ignored. Refuses unstorable text too."""

    class Meta:
        unknown = RAISE

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        known = ", ".join(sorted(field.data_key or name for name, field in self.fields.items()))
        self.error_messages = {**self.error_messages, "unknown": f"Unknown. What is read here is: {known}."}

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let every text of the schema be checked, those in lists and objects too."""
        super().on_bind_field(field_name, field_obj)
        parts = (field_obj, *(getattr(field_obj, of, None) for of in ("inner", "key_field", "value_field")))
        for field in parts:
            if isinstance(field, fields.String) and storable_text not in field.validators:
                field.validators.append(storable_text)


class Switch(fields.Boolean):
    """A yes or no in a query or a form; what is neither is refused, never taken for no."""

    default_error_messages = {"invalid": "Say true, 1, yes or on; or false, 0, no or off."}  # noqa: RUF012

    def __init__(self, **options: Any) -> None:
        super().__init__(truthy={"true", "1", "yes", "on"}, falsy={"false", "0", "no", "off"}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        said = value.lower() if isinstance(value, str) else value
        return bool(super()._deserialize(said, attr, data, **options))


class PartWeightsSchema(Strict):
    """Weights of the parts."""

    required = WEIGHT
    nice = WEIGHT
    seniority = WEIGHT


class WeightsSchema(Strict):
    """Other weights than the rubric's: of parts, and of criteria inside their part."""

    parts = fields.Nested(PartWeightsSchema)
    criteria = fields.Dict(fields.String(), WEIGHT)


class Item(fields.Raw):
    """A candidate of a list, looked at later by itself: one that is none, null too, spoils no other."""

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        """Return it as it was sent."""
        return value


class ScoreRequestSchema(Strict):
    """A request to score candidates."""

    role = RoleNames(required=True, metadata={"oneOf": [
        {"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ], "example": "ml_engineer"})  # fmt: skip
    seniority = fields.String(load_default="mid", validate=SENIORITY)
    candidates = fields.List(
        Item(metadata={"type": "object"}),
        required=True,
        validate=validate.Length(1, 1000),
        metadata={"description": "Candidates in any of the formats that are read, recognised by shape"},
    )
    as_of = fields.Date(metadata={"description": "The day that 'today' stands for; default: today"})
    weights = fields.Nested(WeightsSchema)
    format = fields.String(validate=validate.OneOf(FORMATS, error="Not a format that is read: {choices}."))


class EvidenceRequestSchema(Strict):
    """A request to say what is read of candidates."""

    candidates = fields.List(
        Item(metadata={"type": "object"}),
        required=True,
        validate=validate.Length(1, 1000),
        metadata={"description": "Candidates, native or JSON Resume, recognised by shape"},
    )
    as_of = fields.Date(metadata={"description": "The day that 'today' stands for; default: today"})
    format = fields.String(validate=validate.OneOf(FORMATS, error="Not a format that is read: {choices}."))


class AsOfQuery(Strict):
    """The day that "today" stands for."""

    as_of = fields.Date(load_default=None)


class WordsQuery(Strict):
    """How many unknown words are asked for."""

    top = fields.Integer(load_default=200, validate=validate.Range(1, 10_000))


def not_sent() -> None:
    """Stand for what was not sent. A plain None would be documented as a null that may be sent."""


class SeniorityQuery(Strict):
    """Which scores are asked for."""

    role = fields.String()
    seniority = fields.String(load_default="mid", validate=SENIORITY)
    as_of = fields.Date(load_default=not_sent)


def of_an_import() -> fields.String:
    """Return the option that asks for the people in one import."""
    about = "Only the people in this import, by its id: those it created, updated or found unchanged"
    return fields.String(
        data_key="import", load_default=not_sent, validate=validate.Length(1, 100), metadata={"description": about}
    )


class ShortlistQuery(Strict):
    """Which shortlist is asked for."""

    seniority = fields.String(load_default="mid", validate=SENIORITY)
    top = fields.Integer(load_default=500, validate=validate.Range(1, 10_000))
    gate = fields.String(
        load_default="any",
        validate=validate.OneOf(("any", "pass")),
        metadata={"description": "`pass` leaves out those with a must-have that is not confirmed"},
    )
    as_of = fields.Date(load_default=not_sent)
    import_id = of_an_import()


class ShortlistPageQuery(ShortlistQuery):
    """Which part of a shortlist is asked for."""

    skip = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 1_000_000),
        metadata={"description": "The first so many are left out: `eligible` says how far the list goes"},
    )


def download_query(most: int) -> Strict:
    """Return which shortlist is downloaded: whole up to a bound, unless `top` asks for the first."""

    class DownloadQuery(ShortlistQuery):
        top = fields.Integer(
            load_default=not_sent,
            validate=validate.Range(1, most),
            metadata={"description": f"Only the first so many; default: all, up to {most:,}"},
        )

    return DownloadQuery()


class MergeSchema(Strict):
    """Which candidate is to be merged into another."""

    with_ = fields.String(data_key="with", attribute="with", required=True, validate=validate.Length(1, 100))


class DecisionSchema(Strict):
    """What somebody decides on a candidate for a role: a verdict, or points to be shown beside the computed fit."""

    role = fields.String(required=True)
    seniority = fields.String(load_default="mid", validate=SENIORITY)
    what = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    points = fields.Float(
        load_default=None,
        allow_none=True,
        validate=validate.Range(-MOST_ADJUSTED, MOST_ADJUSTED),
        metadata={"description": "For `adjust` only; 0 takes an adjustment back"},
    )
    reason = fields.String(required=True, validate=validate.Length(1, 500))
    note = fields.String(load_default=None, allow_none=True, validate=validate.Length(0, 4000))
    actor = fields.String(
        load_default=None,
        validate=validate.Length(1, 100),
        metadata={"description": "Who decides; where the service asks for keys, whoever's key it is"},
    )


class PageQuery(Strict):
    """Which page of a list is asked for."""

    cursor = fields.String(load_default=not_sent)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class CandidatesQuery(PageQuery):
    """Which page of the candidates is asked for, and of whom."""

    import_id = of_an_import()


class AuditQuery(PageQuery):
    """Which entries of the trail are asked for."""

    actor = fields.String(load_default=None)
    action = fields.String(load_default=None)
    object = fields.String(load_default=None)


class TemplateQuery(Strict):
    """Which template is asked for."""

    role = fields.String(load_default="ml_engineer")


class ImportFile(Schema):
    """A file of candidates."""

    file = fields.Raw(
        required=True,
        metadata={
            "type": "string",
            "format": "binary",
            "description": ".xlsx, .xls, .ods, .csv, .tsv, .json, .ndjson or .txt",
        },
        error_messages={"required": "Send a file in the form field 'file'."},
    )


def _printable(name: str) -> None:
    """Raise ValidationError for a name that cannot be shown."""
    if not name.isprintable():
        raise ValidationError("A name is printable.")


class ImportForm(Strict):
    """What may be said beside a file."""

    dry_run = Switch(load_default=False)
    mapping = fields.String(
        load_default=not_sent,
        metadata={
            "description": (
                'JSON: what headers or letters of columns mean, as {"Py": "skill:python@10"}; beside them `columns`, '
                "`scales`, `values` and `rows`, the answers to the questions of a report"
            )
        },
    )
    mapping_name = fields.String(
        load_default=not_sent,
        validate=validate.Length(1, LONGEST_MAPPING_NAME),
        metadata={
            "description": "The name of a mapping that is kept: `mapping` goes before it, and no other is applied"
        },
    )
    keep_as = fields.String(
        load_default=not_sent,
        validate=validate.And(validate.Length(1, LONGEST_MAPPING_NAME), _printable),
        metadata={"description": "Keep the answers that were used under this name, for files with the same headers"},
    )
    apply_kept = Switch(
        load_default=True,
        metadata={"description": "false: the answers kept for a file with the same headers are not applied"},
    )
    source = fields.String(load_default="upload", validate=validate.Length(1, 100))


class UndoForm(Strict):
    """How an import is undone."""

    dry_run = Switch(load_default=False, metadata={"description": "Only say what would be done"})


SOME_TEXT = validate.Length(1, 500)


class Level(fields.Field[Any]):
    """A level, or a word for one: looked at with all other answers."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, str | int | float | bool):
            return value
        raise ValidationError("Not a level from 0 to 5, yes, no or unknown.")


class MappingSchema(Strict):
    """What the headers, or letters of columns, of a file mean, and all else that was answered for it."""

    columns = fields.Dict(
        fields.String(validate=SOME_TEXT),
        fields.String(validate=SOME_TEXT),
        validate=validate.Length(0, MOST_MAPPED),
        metadata={"example": {"Who": "name", "Py": "skill:python@10", "C": "years:sql", "Salary": "ignore"}},
    )
    scales = fields.Dict(
        fields.String(validate=SOME_TEXT),
        fields.String(),
        validate=validate.Length(0, MOST_MAPPED),
        metadata={"description": "Worst and best by header, `*` for all others", "example": {"*": "0-10"}},
    )
    values = fields.Dict(
        fields.String(validate=SOME_TEXT),
        Level(metadata={"oneOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]}),
        metadata={"description": "Levels from 0 to 5, yes, no or unknown", "example": {"+++": 5, "n.v.": "unknown"}},
    )
    rows = fields.Dict(
        fields.String(validate=SOME_TEXT),
        fields.String(),
        metadata={"description": "skip or person, by the name in a row", "example": {"Total": "skip"}},
    )
    headers = fields.List(
        fields.String(validate=SOME_TEXT),
        validate=validate.Length(2, MOST_MAPPED),
        metadata={
            "description": "The headers of the file that this is for: it is applied by itself to files with the same"
        },
    )

    @validates_schema
    def says_something(self, data: dict[str, Any], **_: Any) -> None:
        """Raise ValidationError for a mapping without any answer."""
        if not any(found for part, found in data.items() if part != "headers"):
            raise ValidationError("Say what a column, a scale, a value or a row means.", "columns")


class FormatQuery(Strict):
    """How candidates are written, where that is not to be recognised, and where they come from."""

    format = fields.String(
        load_default=not_sent, validate=validate.OneOf(FORMATS, error="Not a format that is read: {choices}.")
    )
    source = fields.String(load_default=not_sent, validate=validate.Length(1, 100))


class ImportUpload(ImportFile, ImportForm):
    """A form with a file: both halves, for the documentation."""
