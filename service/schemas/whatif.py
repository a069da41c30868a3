"""What may be asked of a list beside its order, and the shapes of the answers: what-if and must-haves."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.core.rubric import REQUIREMENTS, SENIORITIES
from service.core.scoring import GATES
from service.schemas.answers import Person, RubricUsed, WeightsUsed
from service.schemas.requests import SENIORITY, Strict, WeightsSchema, not_sent

GIVEN = {"required": True}
MAYBE = {"required": True, "allow_none": True}
LEVEL = validate.Range(0, 5, error="A level is a number from 0 to 5.")
TOP = validate.Range(1, 10_000)
MOST_CHANGES = 100
GATE = validate.OneOf(GATES)


# Requests


class PoolQuery(Strict):
    """Of which list something is asked."""

    seniority = fields.String(load_default="mid", validate=SENIORITY)
    as_of = fields.Date(load_default=not_sent)


class LevelChangeSchema(Strict):
    """A criterion, and the level that it would be known to have."""

    criterion = fields.String(required=True)
    level = fields.Float(required=True, validate=LEVEL)


class WantedSchema(Strict):
    """What is to be reached, all of it at once."""

    gate = fields.String(validate=validate.OneOf(("pass",)), metadata={"description": "every must-have confirmed"})
    top = fields.Integer(validate=TOP, metadata={"description": "a rank among the first so many"})
    fit = fields.Float(validate=validate.Range(0, 100))


class CandidateChangesSchema(PoolQuery):
    """What is asked of one candidate; where there is neither a change nor a goal, the goal is the top ten."""

    role = fields.String(required=True)
    changes = fields.List(fields.Nested(LevelChangeSchema), validate=validate.Length(0, MOST_CHANGES))
    goal = fields.Nested(WantedSchema)
    keep = fields.List(
        fields.String(),
        validate=validate.Length(0, MOST_CHANGES),
        metadata={"description": "criteria that are to stay as they are on the way to the goal"},
    )


class RubricChangesSchema(PoolQuery):
    """What a recruiter would have otherwise in a rubric, by criterion."""

    weights = fields.Nested(WeightsSchema)
    required_levels = fields.Dict(fields.String(), fields.Float(validate=LEVEL))
    gate_levels = fields.Dict(fields.String(), fields.Float(validate=LEVEL))
    requirements = fields.Dict(fields.String(), fields.String(validate=validate.OneOf(REQUIREMENTS)))
    top = fields.Integer(load_default=10, validate=TOP)


# Answers


class OfPool(Schema):
    """Of which list an answer is."""

    role = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    seniority = fields.String(validate=validate.OneOf(SENIORITIES), **GIVEN)
    as_of = fields.Date(**GIVEN)
    rubric = fields.Nested(RubricUsed, **GIVEN)
    total = fields.Integer(**GIVEN)


class StandingShape(Schema):
    """Where a candidate stands, or would."""

    fit = fields.Float(**GIVEN)
    fit_high = fields.Float(**GIVEN)
    gate = fields.String(validate=GATE, **GIVEN)
    rank = fields.Integer(**MAYBE, metadata={"description": "null where not eligible"})


class LevelNow(Schema):
    """A criterion as it stands for a candidate."""

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    requirement = fields.String(validate=validate.OneOf(REQUIREMENTS), **GIVEN)
    level = fields.Float(**GIVEN)
    level_high = fields.Float(**GIVEN)
    required_level = fields.Float(**GIVEN)
    gate_level = fields.Float(**MAYBE)


class LevelChanged(LevelNow):
    """A change of a level. What may be so already is to be asked, the rest to be learnt."""

    to = fields.Float(**GIVEN)
    may_be_so = fields.Boolean(**GIVEN)
    advice = fields.String(**GIVEN)
    question = fields.String(**MAYBE)


class ChangesShape(Schema):
    """Changes, and where the candidate would stand after all of them."""

    changes = fields.List(fields.Nested(LevelChanged), **GIVEN)
    standing = fields.Nested(StandingShape, **MAYBE)


class GoalAsked(Schema):
    """The goal as it was understood."""

    gate = fields.String(**MAYBE)
    top = fields.Integer(**MAYBE)
    fit = fields.Float(**MAYBE)


class GoalShape(ChangesShape):
    """The fewest changes that reach a goal, and of those the least in levels; none where it is out of reach."""

    asked = fields.Nested(GoalAsked, **GIVEN)
    search = fields.String(validate=validate.OneOf(("exact",)), **GIVEN)
    within_reach = fields.Boolean(**GIVEN)


class AtLevel(StandingShape):
    """Where a candidate would stand with one criterion at a level."""

    level = fields.Float(**GIVEN)


class EffectShape(LevelNow):
    """What each level of a criterion would do."""

    levels = fields.List(fields.Nested(AtLevel), **GIVEN)


class CandidateWhatIf(OfPool):
    """What would change one candidate's standing."""

    candidate = fields.Nested(Person, **GIVEN)
    now = fields.Nested(StandingShape, **GIVEN)
    changed = fields.Nested(ChangesShape, **MAYBE)
    goal = fields.Nested(GoalShape, **MAYBE)
    effects = fields.List(fields.Nested(EffectShape), **GIVEN)


class Move(Schema):
    """A candidate whose rank is another one; null where not eligible."""

    candidate = fields.Nested(Person, **GIVEN)
    rank_before = fields.Integer(**MAYBE)
    rank_after = fields.Integer(**MAYBE)
    fit_before = fields.Float(**GIVEN)
    fit_after = fields.Float(**GIVEN)
    gate_before = fields.String(validate=GATE, **GIVEN)
    gate_after = fields.String(validate=GATE, **GIVEN)


class MovesShape(OfPool):
    """Who enters and leaves the top of a list, and who moves, the furthest first; at most 50 of each are shown."""

    top = fields.Integer(**GIVEN)
    entered = fields.List(fields.Nested(Move), **GIVEN)
    entered_total = fields.Integer(**GIVEN)
    left = fields.List(fields.Nested(Move), **GIVEN)
    left_total = fields.Integer(**GIVEN)
    moves = fields.List(fields.Nested(Move), **GIVEN)
    moves_total = fields.Integer(**GIVEN)


class ListState(Schema):
    """How a list stands under a rubric."""

    eligible = fields.Integer(**GIVEN)
    gates = fields.Dict(fields.String(), fields.Integer(), **GIVEN)
    weights = fields.Nested(WeightsUsed, **GIVEN)


class RowState(Schema):
    """What a rubric asks in one row, and what it is worth."""

    requirement = fields.String(**GIVEN)
    required_level = fields.Float(**GIVEN)
    gate_level = fields.Float(**MAYBE)
    full_points = fields.Float(**GIVEN)


class RowChanged(Schema):
    """A row that is otherwise."""

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    before = fields.Nested(RowState, **GIVEN)
    after = fields.Nested(RowState, **GIVEN)


class ShortlistWhatIf(MovesShape):
    """What another rubric would do to a shortlist; nothing is changed."""

    before = fields.Nested(ListState, **GIVEN)
    after = fields.Nested(ListState, **GIVEN)
    criteria = fields.List(fields.Nested(RowChanged), **GIVEN)


class TollShape(Schema):
    """What a must-have takes from a list: alone (so many come back without it), one level lower, and its share."""

    alone = fields.Integer(**GIVEN)
    if_lowered = fields.Integer(**GIVEN)
    share = fields.Float(**GIVEN, metadata={"description": "by Shapley; the shares add up to all who are removed"})


class MustHave(Schema):
    """The price of a must-have; `any` is the usual list, `pass` the strict one."""

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    gate_level = fields.Float(**GIVEN)
    lowered_to = fields.Float(**GIVEN)
    fails = fields.Integer(**GIVEN)
    may_fail = fields.Integer(**GIVEN, metadata={"description": "not known"})
    any = fields.Nested(TollShape, **GIVEN)
    pass_ = fields.Nested(TollShape, data_key="pass", **GIVEN)


class ByGateCount(Schema):
    """How many, from the usual list and from the strict one."""

    any = fields.Integer(**GIVEN)
    pass_ = fields.Integer(data_key="pass", **GIVEN)


class ByGateSets(Schema):
    """Sets of must-haves, for the usual list and for the strict one."""

    any = fields.List(fields.List(fields.String()), **GIVEN)
    pass_ = fields.List(fields.List(fields.String()), data_key="pass", **GIVEN)


class MustHaves(OfPool):
    """The price of each must-have."""

    removed = fields.Nested(ByGateCount, **GIVEN)
    must_haves = fields.List(fields.Nested(MustHave), **GIVEN)
    nobody_meets = fields.Nested(ByGateSets, **GIVEN, metadata={"description": "the smallest sets nobody meets"})
