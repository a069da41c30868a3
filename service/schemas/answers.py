"""The shapes of answers, for the OpenAPI document. A test holds real answers against them.

Answers are made as plain values by the core and the use cases, and are not dumped through these: that would cost more
than the scoring itself.
"""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.core.rubric import REQUIREMENTS, SENIORITIES
from service.core.scoring import GATES
from service.schemas.requests import DECISIONS


def _text(**options: object) -> fields.String:
    return fields.String(required=True, **options)


def _maybe_text() -> fields.String:
    return fields.String(required=True, allow_none=True)


def _number() -> fields.Float:
    return fields.Float(required=True)


def _choice(*choices: str) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf(choices))


def _maybe_number() -> fields.Float:
    return fields.Float(required=True, allow_none=True)


def _count() -> fields.Integer:
    return fields.Integer(required=True)


def _flag() -> fields.Boolean:
    return fields.Boolean(required=True)


def _one(schema: type[Schema]) -> fields.Nested:
    return fields.Nested(schema, required=True)


def _many(schema: type[Schema]) -> fields.List:
    return fields.List(fields.Nested(schema), required=True)


def _object() -> fields.Dict:
    return fields.Dict(required=True)


def _filters() -> fields.Nested:
    return fields.Nested(
        FiltersAsked, metadata={"description": "Only where something was asked for that leaves some out"}
    )


def _seniority() -> fields.String:
    return fields.String(required=True, validate=validate.OneOf(SENIORITIES))


def _maybe_seniority() -> fields.String:
    return fields.String(required=True, allow_none=True, validate=validate.OneOf((*SENIORITIES, None)))


class FiltersAsked(Schema):
    """What was asked for that leaves some candidates out."""

    import_ = fields.String(data_key="import", metadata={"description": "Only the people in the import of this id"})


class Fault(Schema):
    """One mistake, and where it is: a pointer into JSON, a parameter, or a row and column of a spreadsheet."""

    pointer = fields.String()
    parameter = fields.String()
    sheet = fields.String()
    row = fields.Integer()
    column = fields.String()
    signal = fields.String(metadata={"description": "What ended the reader of a file"})
    code = _text()
    detail = _text()


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type = _text()
    title = _text()
    status = _count()
    detail = _text()
    instance = _text()
    request_id = _maybe_text()
    errors = _many(Fault)


class Alive(Schema):
    """The process answers."""

    status = _text()


class Ready(Alive):
    """Requests can be served."""

    rubrics = _count()
    free_bytes = _count()
    database = _text()
    version = _text()
    schema = _text()


class RoleLine(Schema):
    """A role, in a line."""

    role = _text()
    title = _text()
    summary = _text()
    version = _count()
    digest = _text()
    provenance = _text()
    seniorities = fields.List(fields.String(), required=True)


class Roles(Schema):
    """All roles."""

    roles = _many(RoleLine)


class CriterionShape(Schema):
    """A criterion of a rubric."""

    criterion = _text()
    title = _text()
    requirement = _text(validate=validate.OneOf(REQUIREMENTS))
    weight = _count()
    required_levels = fields.Dict(fields.String(), fields.Float(), required=True)
    gate_level = _maybe_number()
    skills = fields.Raw(required=True, metadata={"description": "a skill, or any_of, all_of, at_least over skills"})
    responsibility = _text()
    question = _text()
    advice = _text()
    provenance = _text()


class Band(Schema):
    """A band of seniority."""

    seniority = _seniority()
    least_years = _count()


class MarkerShape(Schema):
    """A seniority marker of a rubric."""

    id = _text()
    band = _seniority()
    text = _text()
    provenance = _text()


class KindShape(Schema):
    """A kind of evidence."""

    kind = _text()
    ceiling = _number()
    bare_mention = _maybe_number()
    decides = _flag()


class Role(RoleLine):
    """A whole rubric."""

    parts = fields.Dict(fields.String(), fields.Integer(), required=True)
    criteria = _many(CriterionShape)
    bands = _many(Band)
    markers = _many(MarkerShape)
    evidence_kinds = _many(KindShape)


class MatrixLine(Schema):
    """A row of the skills matrix."""

    skill = _text()
    criterion = _text()
    roles = fields.Dict(fields.String(), fields.String(allow_none=True), required=True)


class Matrix(Schema):
    """The skills matrix, and the further criteria of the roles."""

    rows = _many(MatrixLine)
    further = _many(MatrixLine)


class Person(Schema):
    """Who a result is about."""

    id = fields.String()
    external_id = _maybe_text()
    name = _maybe_text()


class Place(Schema):
    """Where something was read."""

    pointer = fields.String()
    sheet = fields.String(allow_none=True)
    row = fields.Integer()
    column = fields.String()
    start = fields.Integer(metadata={"description": "its first character in that text"})
    end = fields.Integer(metadata={"description": "the character after its last in that text"})
    record = fields.String(metadata={"description": "the kept record it came with, where that is another"})


class EvidenceShape(Schema):
    """A piece of evidence."""

    skill = _text()
    kind = _text()
    level = _maybe_number()
    level_high = _maybe_number()
    years = _maybe_number()
    last_used = _maybe_text()
    counts_as = _maybe_number()
    source = _one(Place)
    quote = _text()


class CriterionScore(Schema):
    """A row of the score: a criterion, or one of the two of seniority."""

    criterion = _text()
    title = _text()
    requirement = _text()
    unit = _text()
    state = _text(validate=validate.OneOf(("met", "below", "missing", "unknown")))
    level = _number()
    level_high = _number()
    required_level = _number()
    gate_level = _maybe_number()
    level_at_gate = _maybe_number()
    level_at_gate_high = _maybe_number()
    points = _number()
    points_high = _number()
    full_points = _number()
    evidence = _many(EvidenceShape)
    related = _many(EvidenceShape)


class GapShape(Schema):
    """What is missing to full points."""

    criterion = _text()
    title = _text()
    requirement = _text()
    state = _text()
    level = _number()
    level_high = _number()
    required_level = _number()
    gate_level = _maybe_number()
    level_at_gate = _maybe_number()
    level_at_gate_high = _maybe_number()
    points_lost = _number()
    holds_gate = _flag()
    advice = _text()
    question = _maybe_text()


class MarkerEvidence(Schema):
    """Where a marker was seen."""

    source = _one(Place)
    quote = _text()


class MarkerState(Schema):
    """A seniority marker, met, absent or unknown."""

    id = _text()
    band = _seniority()
    text = _text()
    state = _text()
    evidence = _many(MarkerEvidence)


class SeniorityEstimate(Schema):
    """What years and markers say of seniority; what the last title suggests stands beside it and counts for nothing."""

    years = _maybe_number()
    years_high = _maybe_number()
    by_years = _maybe_seniority()
    by_years_high = _maybe_seniority()
    by_markers = _maybe_seniority()
    estimate = _maybe_seniority()
    basis = _text()
    by_title = _maybe_seniority()
    title = _maybe_text()
    title_source = fields.Nested(Place, required=True, allow_none=True)
    markers = _many(MarkerState)


class RubricUsed(Schema):
    """The rubric a result was made with."""

    version = _count()
    digest = _text()


class ResultShape(Schema):
    """The whole answer for one candidate and role."""

    candidate = _one(Person)
    role = _text()
    seniority = _seniority()
    fit = _number()
    fit_high = _number()
    gate = _text(validate=validate.OneOf(GATES))
    criteria = _many(CriterionScore)
    gaps = _many(GapShape)
    seniority_estimate = _one(SeniorityEstimate)
    rubric = _one(RubricUsed)
    engine = _text()
    input_digest = _text()


class Remark(Schema):
    """What was set aside, or could not be read, and why; and where: in JSON, or in a spreadsheet."""

    pointer = fields.String()
    sheet = fields.String(allow_none=True)
    row = fields.Integer()
    column = fields.String()
    record = fields.String(metadata={"description": "the kept record it came with, where that is another"})
    value = _text()
    detail = _text()


class ScoredItem(ResultShape):
    """A result, with the place of its candidate in the request."""

    index = _count()
    ignored = _many(Remark)


class RejectedItem(Schema):
    """A candidate that could not be read."""

    index = _count()
    errors = _many(Fault)


class SkillRead(Schema):
    """A skill that was read, or that another implies: its level whatever the role, and every piece of evidence."""

    skill = _text()
    name = _text()
    level = _number()
    level_high = _number()
    implied_by = fields.List(fields.String(), required=True)
    evidence = _many(EvidenceShape)


class YearsRead(Schema):
    """Years of experience, at least and at most, and where they are from; unknown is null."""

    low = _maybe_number()
    high = _maybe_number()
    basis = _text()


class JobRead(Schema):
    """A job as it was told."""

    title = _maybe_text()
    organization = _maybe_text()
    start = _maybe_text()
    end = _maybe_text()


class MarkerRead(MarkerState):
    """A seniority marker that is known, and the roles that ask for it; those not listed are unknown."""

    roles = fields.List(fields.String(), required=True)


class UnknownWord(Schema):
    """A word given as a skill that is none we know, and how many candidates have it."""

    word = _text()
    count = _count()


class CandidateRead(Schema):
    """What was read of a candidate, and where."""

    candidate = _one(Person)
    skills = _many(SkillRead)
    years = _one(YearsRead)
    jobs = _many(JobRead)
    markers = _many(MarkerRead)
    unknown_words = _many(UnknownWord)
    ignored = _many(Remark)


class StoredEvidence(CandidateRead):
    """What was read of a stored candidate."""

    as_of = fields.Date(required=True)


class ItemRead(CandidateRead):
    """What was read of a candidate, with its place in the request."""

    index = _count()


class EvidenceRead(Schema):
    """What was read of the candidates of a request; the unknown words are of all of them."""

    results = _many(ItemRead)
    rejected = _many(RejectedItem)
    unknown_words = _many(UnknownWord)
    as_of = fields.Date(required=True)


class UnknownWords(Schema):
    """The unknown words over all stored candidates, the commonest first; `total` counts those not shown too."""

    unknown_words = _many(UnknownWord)
    total = _count()


class WeightsUsed(Schema):
    """The weights that were applied: of the parts, and of the criteria inside their part."""

    parts = fields.Dict(fields.String(), fields.Integer(), required=True)
    criteria = fields.Dict(fields.String(), fields.Integer(), required=True)


class Applied(Schema):
    """What results were made with; weights by role."""

    seniority = fields.String(validate=validate.OneOf(SENIORITIES))
    as_of = fields.Date(required=True)
    engine = _text()
    weights = fields.Dict(fields.String(), fields.Nested(WeightsUsed), required=True)


class Scores(Schema):
    """Results of a scoring request."""

    results = _many(ScoredItem)
    rejected = _many(RejectedItem)
    applied = _one(Applied)


class Change(Schema):
    """What an update changed: of a skill, the years, a job, a marker or a field; nothing is null."""

    what = _text()
    skill = fields.String()
    marker = fields.String()
    name = fields.String(metadata={"description": "the name of the skill, or of a column kept as it stands"})
    before = _maybe_text()
    after = _maybe_text()


class Head(Schema):
    """A stored candidate, in a few words."""

    id = _text()
    source = _text()
    external_id = _maybe_text()
    name = _maybe_text()


class Likely(Head):
    """A stored candidate that is likely the same person, and why."""

    reason = _text()


class Outcome(Schema):
    """What became of one candidate sent."""

    index = _count()
    outcome = _text(validate=validate.OneOf(("created", "updated", "unchanged", "rejected", "ignored")))
    id = fields.String(metadata={"description": "the stored candidate, or the one that an ignored webhook is about"})
    external_id = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    changes = fields.List(fields.Nested(Change))
    likely_duplicates = fields.List(fields.Nested(Likely))
    ignored = fields.List(fields.Nested(Remark))
    errors = fields.List(fields.Nested(Fault))
    reason = fields.String(metadata={"description": "why nothing was stored of a webhook that carries no candidate"})


class Counts(Schema):
    """How many candidates had which outcome."""

    rows = fields.Integer()
    created = _count()
    updated = _count()
    unchanged = _count()
    rejected = _count()
    ignored = _count()


class Outcomes(Schema):
    """What became of candidates sent; `ignored` is what was not read beside their list."""

    results = _many(Outcome)
    counts = _one(Counts)
    ignored = _many(Remark)


class CandidateLine(Schema):
    """A stored candidate, in a line."""

    id = _text()
    source = _text()
    external_id = _maybe_text()
    name = _maybe_text()
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class CandidateList(Schema):
    """A page of candidates."""

    candidates = _many(CandidateLine)
    total = _count()
    next_cursor = _maybe_text()
    filters = _filters()


class Contact(Schema):
    """What is kept to be shown, and never scored."""

    email = fields.String()
    headline = fields.String()
    company = fields.String()
    summary = fields.String()
    text = fields.String()
    notes = fields.String()


class CandidateDetail(CandidateLine):
    """What is kept of a candidate."""

    headline = _maybe_text()
    contact = _one(Contact)
    extra = _object()
    ignored = _many(Remark)
    skills = fields.List(fields.String(), required=True)
    sheet = _maybe_text()
    row = fields.Integer(required=True, allow_none=True)
    merged_into = fields.String(
        required=True, allow_none=True, metadata={"description": "the candidate that this one counts for"}
    )
    merged = _many(Head)
    likely_duplicates = _many(Likely)


class DuplicatePair(Schema):
    """Two stored candidates that are likely one person, and why."""

    candidate = _one(Head)
    other = _one(Head)
    reason = _text()


class DuplicateList(Schema):
    """A page of likely duplicates."""

    duplicates = _many(DuplicatePair)
    next_cursor = _maybe_text()


class CandidateScores(Schema):
    """A stored candidate's results, the best first."""

    candidate = _one(Person)
    results = _many(ResultShape)
    applied = _one(Applied)


class SheetShape(Schema):
    """A sheet that was read: `rows` (a row for each person), `across` (a column each) or `pairs` (a row each skill)."""

    sheet = _text()
    header_row = _count()
    layout = _text(validate=validate.OneOf(("rows", "across", "pairs")))


class ColumnShape(Schema):
    """How a column was understood; with people across, it is the `row` of a label. Samples are for dry runs."""

    sheet = _text()
    column = _text()
    row = fields.Integer()
    header = _text()
    understood_as = _maybe_text()
    sent_as = fields.String(
        metadata={"description": "Of a column that a mapping explained: a header that is understood without one"},
    )
    samples = fields.List(fields.String(), required=True)
    suggestion = _maybe_text()
    confidence = fields.Float(
        required=True, allow_none=True, metadata={"description": "from 0 to 1; null where it was not judged"}
    )
    reason = _maybe_text()
    scale = fields.String(required=True, allow_none=True, metadata={"description": "worst and best, as 0-5, 0-10, 5-1"})
    rater = fields.String(required=True, allow_none=True, validate=validate.OneOf(("self", "interviewer", None)))
    distinct = fields.Integer(required=True, allow_none=True, metadata={"description": "distinct values"})
    filled = fields.Integer(required=True, allow_none=True, metadata={"description": "cells with a value"})


class RejectedRow(Schema):
    """A row that was rejected."""

    row = _count()
    errors = _many(Fault)


class Warned(Schema):
    """A value that could not be read, and where it stands: in a spreadsheet, or in JSON."""

    sheet = fields.String()
    row = fields.Integer()
    column = fields.String()
    pointer = fields.String()
    value = _text()
    detail = _text()


class UnknownSkill(Schema):
    """A word in a list of skills that is no skill we know, and the name of the skill that may be meant."""

    word = _text()
    count = _count()
    suggestion = _maybe_text()


class ChangedRow(Schema):
    """A candidate that an import changed."""

    sheet = _maybe_text()
    row = fields.Integer(required=True, allow_none=True)
    id = _maybe_text()
    external_id = _maybe_text()
    name = _maybe_text()
    changes = _many(Change)


class LikelyMaybe(Likely):
    """As Likely; in a dry run what is new has no id."""

    id = _maybe_text()


class LikelyRow(Schema):
    """A candidate of an import that is likely the same person as another. In a dry run what is new has no id."""

    sheet = _maybe_text()
    row = fields.Integer(required=True, allow_none=True)
    id = _maybe_text()
    external_id = _maybe_text()
    name = _maybe_text()
    likely_duplicates = _many(LikelyMaybe)


class Progress(Schema):
    """How far an import at work is."""

    rows_read = _count()


class Failure(Schema):
    """Why an import failed."""

    title = _text()
    code = _text()
    detail = _text()
    errors = _many(Fault)


class Choice(Schema):
    """An answer to a question: merge `answer` into `mapping` and send the file again."""

    label = _text()
    answer = _object()
    effect = _text(metadata={"description": "how many people could be scored then"})


class ValueCount(Schema):
    """A value of cells, and how often it stands there."""

    value = _text()
    count = _count()


class Question(Schema):
    """What a file leaves open. A kept report has no evidence and no choices, for they quote the file."""

    id = _text()
    kind = _choice("scale", "values", "column", "rows")
    sheet = _maybe_text()
    columns = fields.List(fields.String(), required=True)
    question = _text()
    why = _text()
    evidence = _many(ValueCount)
    choices = _many(Choice)
    unread = fields.Integer(required=True, metadata={"description": "cells that stay unknown until it is answered"})


class Scorable(Schema):
    """How many people were read, and how many of them with at least one piece of evidence."""

    people = _count()
    with_evidence = _count()


class PassedOver(Schema):
    """A row that is no person: a total, a legend, a repeated header. A kept report has no value of it."""

    row = _count()
    sheet = _maybe_text()
    value = _text()
    kind = _text()
    detail = _text()


class WarnedValue(Schema):
    """A value that could not be read, in how many cells of a column, and the first row it stands in."""

    sheet = fields.String(allow_none=True)
    column = _text()
    header = _text()
    value = _text()
    detail = _text()
    count = _count()
    first_row = fields.Integer(required=True, allow_none=True)


class StayedCandidate(Schema):
    """A candidate that the undo of an import did not take back, and why."""

    id = _text()
    source = _text()
    external_id = _maybe_text()
    name = _maybe_text()
    reason = _choice("merged", "decided", "listed", "changed", "left")
    detail = _text()


class Undone(Schema):
    """What the undo of an import did: candidates removed, put back as they were before, and those that stayed.

    `left` are candidates that were there before the import; all others that stayed were created by it.
    """

    at = fields.DateTime(required=True, allow_none=True, metadata={"description": "null in a dry run"})
    removed = _count()
    restored = _count()
    stayed = _count()
    stayed_by_reason = fields.Dict(fields.String(), fields.Integer(), required=True)
    candidates = _many(StayedCandidate)


class Import(Schema):
    """The report of an import."""

    id = _maybe_text()
    state = _choice("queued", "running", "done", "failed", "cancelled", "undone", "dry_run")
    undone = fields.Nested(Undone, metadata={"description": "Of an import that was undone"})
    progress = fields.Nested(Progress)
    problem = fields.Nested(Failure)
    file = _text()
    sheet = _maybe_text()
    header_row = fields.Integer(required=True, allow_none=True)
    counts = _one(Counts)
    sheets = _many(SheetShape)
    columns = _many(ColumnShape)
    answers = fields.Dict(
        required=True,
        metadata={"description": "What was said of the file, as `mapping`; nothing in it that may name a person"},
    )
    rejected = _many(RejectedRow)
    warnings = _many(Warned)
    warnings_total = _count()
    notices = fields.List(fields.String(), required=True)
    unknown_skills = _many(UnknownSkill)
    changed = _many(ChangedRow)
    changed_total = _count()
    likely_duplicates = _many(LikelyRow)
    likely_duplicates_total = _count()
    questions = _many(Question)
    questions_total = _count()
    scorable = fields.Nested(
        Scorable, required=True, allow_none=True, metadata={"description": "null where it was not counted"}
    )
    passed_over = _many(PassedOver)
    passed_over_total = _count()
    warnings_by_value = _many(WarnedValue)
    applied_mapping = fields.String(
        required=True, allow_none=True, metadata={"description": "The kept mapping that was applied by itself"}
    )


class ImportLine(Schema):
    """An import, in a line; `progress` is of one at work."""

    id = _text()
    state = _choice("queued", "running", "done", "failed", "cancelled", "undone")
    file = _text()
    counts = _one(Counts)
    progress = fields.Nested(Progress)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ImportList(Schema):
    """A page of imports, the newest first."""

    imports = _many(ImportLine)
    next_cursor = _maybe_text()


class MappingShape(Schema):
    """A mapping, kept by name: what was answered for a file, and the headers by which it is applied by itself."""

    name = _text()
    columns = fields.Dict(fields.String(), fields.String(), required=True)
    scales = fields.Dict(fields.String(), fields.String(), required=True)
    values = fields.Dict(
        fields.String(), fields.Raw(metadata={"oneOf": [{"type": "number"}, {"type": "string"}]}), required=True
    )
    rows = fields.Dict(fields.String(), fields.String(), required=True)
    headers = fields.List(fields.String(), required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class MappingList(Schema):
    """All mappings, by name."""

    mappings = _many(MappingShape)


class DecisionShape(Schema):
    """What somebody decided on a candidate: a verdict, or points beside the computed fit, which stays as it is."""

    candidate = _text()
    what = _choice(*DECISIONS)
    role = _text()
    seniority = _seniority()
    points = _maybe_number()
    reason = _text()
    note = _maybe_text()
    actor = _text()
    fit = _number()
    rubric = _text()
    at = fields.DateTime(required=True)


class Decisions(Schema):
    """All that was decided on a candidate, the oldest first."""

    decisions = _many(DecisionShape)


class Decided(ResultShape):
    """A result with what was decided last, where anything was."""

    decision = fields.Nested(DecisionShape)
    adjustment = fields.Nested(DecisionShape)


class Ranked(Decided):
    """A candidate on a shortlist."""

    rank = _count()


class NotEligible(Decided):
    """A candidate that is not on a shortlist, and why."""

    reason = _text()


class Shortlist(Schema):
    """A ranked shortlist."""

    role = _text()
    title = _text()
    seniority = _seniority()
    as_of = fields.Date(required=True)
    rubric = _one(RubricUsed)
    engine = _text()
    applied = _one(WeightsUsed)
    total = _count()
    eligible = _count()
    shown = _count()
    gates = fields.Dict(fields.String(), fields.Integer(), required=True)
    gate_asked = _text()
    not_eligible_total = _count()
    tied_at_cut = _count()
    filters = _filters()
    shortlist = _many(Ranked)
    not_eligible = _many(NotEligible)


class TrailEntry(Schema):
    """What was done, when, by whom, to what; sealed by a hash over it and the entry before."""

    number = _count()
    at = _text()
    actor = _text()
    action = _text()
    object = _text()
    details = _object()
    hash = _text()


class Trail(Schema):
    """Entries of the trail, the newest first."""

    entries = _many(TrailEntry)
    next_cursor = _maybe_text()


class RulesMade(Schema):
    """What a shortlist was made by."""

    engine = _text()
    rubric = _text()
    rubric_version = _count()
    vocabulary = _text()


class SnapshotHead(Schema):
    """A shortlist that was kept: what was asked, and the digests of rules, pool and output."""

    id = _text()
    kind = _choice("export", "snapshot")
    role = _text()
    seniority = _seniority()
    asked = _object()
    rules = _one(RulesMade)
    pool_size = _count()
    pool_digest = _text()
    members = _count()
    output_digest = _text()
    actor = _text()
    created_at = fields.DateTime(required=True)


class SnapshotList(Schema):
    """Shortlists that were kept."""

    snapshots = _many(SnapshotHead)


class Standing(Schema):
    """Where somebody stands."""

    rank = fields.Integer(required=True, allow_none=True)
    fit = _number()
    fit_high = _number()
    gate = _text()


class MemberShape(Standing):
    """Somebody on a shortlist that was kept."""

    candidate = _one(Person)


class MovedMember(Schema):
    """Somebody who stood elsewhere."""

    candidate = _one(Person)
    before = _one(Standing)
    now = _one(Standing)


class SnapshotDetail(SnapshotHead):
    """A shortlist as it was, and what has changed: engine, rubric, vocabulary or data.

    `entered` are those on the list made again who were not on it then.
    """

    shortlist = _many(MemberShape)
    not_eligible = _many(MemberShape)
    identical = _flag()
    changed = _object()
    moves = _many(MovedMember)
    moves_total = _count()
    entered = _many(MemberShape)
    entered_total = _count()


class RecordHeld(Schema):
    """A record as it is stored; `content` is what was read of the candidate, in the store's own shape."""

    id = _text()
    source = _text()
    external_id = _maybe_text()
    name = _maybe_text()
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)
    merged_into = _maybe_text()
    content = _object()


class VersionHeld(Schema):
    """A record as it was before an import updated it, which is kept as long as that can be undone."""

    id = _text()
    replaced_by = _text(metadata={"description": "the id of the import"})
    content = _object()


class LevelsHeld(Schema):
    """The levels worked out of a record: the rubrics' mark, and the levels as bytes in hexadecimal."""

    id = _text()
    rubrics = _text()
    line = _text()


class Export(Schema):
    """All that is held of a candidate."""

    candidate = _text()
    exported_at = fields.DateTime(required=True)
    records = _many(RecordHeld)
    versions = _many(VersionHeld)
    levels = _many(LevelsHeld)
    decisions = _many(DecisionShape)
    shortlists = fields.List(fields.String(), required=True)
    trail = _many(TrailEntry)
