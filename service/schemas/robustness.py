"""How sure an order is, which questions would change it, and who fits elsewhere: requests and answers."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.core.scoring import GATES
from service.schemas.answers import Person
from service.schemas.requests import SENIORITY, Strict, Switch
from service.schemas.whatif import GIVEN, MAYBE, OfPool, PoolQuery

TOP_K = {"description": "The top that counts"}


class RobustnessQuery(PoolQuery):
    """How an order is put to the test."""

    k = fields.Integer(
        load_default=10, validate=validate.Range(1, 1000), metadata={"description": "The top that counts"}
    )
    draws = fields.Integer(load_default=1000, validate=validate.Range(100, 5000))
    sure = fields.Float(
        load_default=0.8,
        validate=validate.Range(0, 1),
        metadata={"description": "How sure one is of the weights: 0 any weights, 1 just the rubric's"},
    )
    ranked = Switch(
        load_default=False, metadata={"description": "Any weights that keep the rubric's order, whatever `sure`"}
    )
    shown = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class QuestionsQuery(PoolQuery):
    """For whom questions are asked for."""

    k = fields.Integer(
        load_default=10, validate=validate.Range(1, 1000), metadata={"description": "The top that counts"}
    )
    shown = fields.Integer(load_default=30, validate=validate.Range(1, 200))


class ElsewhereQuery(Strict):
    """Whose better roles are asked for."""

    role = fields.String(required=True)
    seniority = fields.String(load_default="mid", validate=SENIORITY)
    shown = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class Ranked(Schema):
    """Somebody ranked."""

    rank = fields.Integer(**GIVEN)
    candidate = fields.Nested(Person, **GIVEN)
    fit = fields.Float(**GIVEN)


class Sureness(Ranked):
    """Somebody ranked, and how sure that is: probabilities of rank 1 and of the top k, the 90 % range of ranks."""

    fit_high = fields.Float(**GIVEN)
    gate = fields.String(validate=validate.OneOf(GATES), **GIVEN)
    first = fields.Float(**GIVEN)
    top = fields.Float(**GIVEN)
    ranks = fields.List(fields.Integer(), **GIVEN)
    median_rank = fields.Integer(**GIVEN)
    ahead_of_next = fields.Float(**MAYBE)
    possible_ranks = fields.List(
        fields.Integer(), **GIVEN, metadata={"description": "by the rubric's weights, whatever comes to be known"}
    )
    group = fields.Integer(**GIVEN)
    central_weights = fields.Dict(fields.String(), fields.Float(), **MAYBE)
    verdict = fields.String(validate=validate.OneOf(("likely", "open", "unlikely")), **GIVEN)


class RobustnessShape(OfPool):
    """A ranking, and how far it hangs on weights and on what nobody knows.

    In the draws a must-have that is open counts as met: chances are those of whoever stays eligible, as are the ranks.
    """

    k = fields.Integer(**GIVEN)
    draws = fields.Integer(**GIVEN)
    sure = fields.Float(**GIVEN)
    ranked = Switch(**GIVEN)
    seed = fields.String(**GIVEN)
    eligible = fields.Integer(**GIVEN)
    shortlist = fields.List(fields.Nested(Sureness), **GIVEN)


class AboutCriterion(Schema):
    """A criterion, and what to ask about it."""

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    requirement = fields.String(**GIVEN)
    question = fields.String(**GIVEN)
    rise = fields.Float(**GIVEN)


class QuestionWorth(AboutCriterion):
    """A question, and what it is worth: the chance that a must-have is met or one comes in, and the expected rise."""

    opens_gate = fields.Float(
        **GIVEN, metadata={"description": "the chance that this must-have is met; others may hold the gate yet"}
    )
    enters = fields.Float(**GIVEN)


class PoolQuestion(AboutCriterion):
    """A question worth asking everybody."""

    unknown = fields.Integer(**GIVEN)
    may_enter = fields.Float(**GIVEN)
    gates_opened = fields.Float(**GIVEN, metadata={"description": "of how many this must-have is to be expected met"})


class Asked(Ranked):
    """Somebody worth asking, and what."""

    questions = fields.List(fields.Nested(QuestionWorth), **GIVEN)


class QuestionsShape(OfPool):
    """The questions that may change the first k."""

    k = fields.Integer(**GIVEN)
    cut = fields.Float(**GIVEN)
    pool = fields.List(fields.Nested(PoolQuestion), **GIVEN)
    candidates = fields.List(fields.Nested(Asked), **GIVEN)


class RoleFit(Schema):
    """A fit for a role and seniority, and what decides it."""

    role = fields.String(**GIVEN)
    seniority = fields.String(**GIVEN)
    fit = fields.Float(**GIVEN)
    fit_high = fields.Float(**GIVEN)
    gate = fields.String(validate=validate.OneOf(GATES), **GIVEN)
    speaks_for_it = fields.List(fields.String(), **GIVEN)
    speaks_against_it = fields.List(fields.String(), **GIVEN)


class RolesFor(Schema):
    """A candidate's fit for every role and seniority, the best first."""

    candidate = fields.Nested(Person, **GIVEN)
    roles = fields.List(fields.Nested(RoleFit), **GIVEN)


class FitsElsewhere(Schema):
    """Somebody who fits another role better."""

    candidate = fields.Nested(Person, **GIVEN)
    fit = fields.Float(**GIVEN)
    best_role = fields.String(**GIVEN)
    best_fit = fields.Float(**GIVEN)


class Elsewhere(OfPool):
    """Which role fits each of a pool best, and who is better elsewhere."""

    best = fields.Dict(fields.String(), fields.Integer(), **GIVEN)
    open = fields.Integer(**GIVEN)
    elsewhere_total = fields.Integer(**GIVEN)
    elsewhere = fields.List(fields.Nested(FitsElsewhere), **GIVEN)
