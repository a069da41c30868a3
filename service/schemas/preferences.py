"""What people prefer, and the shapes of what is told of it: agreement with the ranking, weights proposed."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.schemas.answers import Person, WeightsUsed
from service.schemas.requests import VERDICTS, Strict
from service.schemas.whatif import GATE, GIVEN, MAYBE, TOP, MovesShape, OfPool, PoolQuery

MOST_PAIRS_SENT = 200


# Requests


class PairSchema(Strict):
    """Two candidates, by id, or by the external id or name that only one has."""

    preferred = fields.String(required=True, validate=validate.Length(1, 500))
    other = fields.String(required=True, validate=validate.Length(1, 500))


class PreferencesSchema(PoolQuery):
    """What weights are to be learned from."""

    pairs = fields.List(fields.Nested(PairSchema), validate=validate.Length(0, MOST_PAIRS_SENT))
    decisions = fields.Boolean(
        load_default=True,
        metadata={"description": "also learn that those shortlisted go before those declined"},
    )
    within = fields.Float(
        validate=validate.Range(1, 100),
        metadata={"description": "by which factor no share may grow or shrink; pairs are given up rather than that"},
    )
    top = fields.Integer(load_default=10, validate=TOP)


# Answers


class VerdictCounts(Schema):
    """How many were last decided how."""

    shortlist = fields.Integer(**GIVEN)
    hold = fields.Integer(**GIVEN)
    decline = fields.Integer(**GIVEN)


class TauShape(Schema):
    """Kendall's tau-b with its interval, which is null where all agree or none does."""

    tau_b = fields.Float(**GIVEN)
    low = fields.Float(**MAYBE)
    high = fields.Float(**MAYBE)
    confidence = fields.Float(**GIVEN)
    method = fields.String(**GIVEN)


class Picks(Schema):
    """How many of those shortlisted are among the first of the ranking, of as many."""

    top = fields.Integer(**GIVEN)
    shortlisted = fields.Integer(**GIVEN)
    in_top = fields.Integer(**GIVEN)


class Surprise(Schema):
    """Who was declined above, or shortlisted below, at least half `of` those decided otherwise."""

    candidate = fields.Nested(Person, **GIVEN)
    rank = fields.Integer(**MAYBE)
    fit = fields.Float(**GIVEN)
    gate = fields.String(validate=GATE, **GIVEN)
    verdict = fields.String(validate=validate.OneOf(VERDICTS), **GIVEN)
    against = fields.Integer(**GIVEN)
    of = fields.Integer(**GIVEN)


class Agreement(OfPool):
    """How well the ranking goes with what was decided; `reason` says why where nothing can be said."""

    decided = fields.Nested(VerdictCounts, **GIVEN)
    agreement = fields.Nested(TauShape, **MAYBE)
    picks = fields.Nested(Picks, **MAYBE)
    surprises = fields.List(fields.Nested(Surprise), **GIVEN)
    reason = fields.String(**MAYBE)


class LearnedFrom(Schema):
    """How many pairs were learned from: of the request, of decisions; and how many are weighed at most."""

    pairs = fields.Integer(**GIVEN)
    decisions = fields.Integer(**GIVEN)
    at_most = fields.Integer(**GIVEN)


class KeptShape(Schema):
    """How many pairs are kept now and by what is proposed, and how many points the best weights fall short in all."""

    of = fields.Integer(**GIVEN)
    before = fields.Integer(**GIVEN)
    after = fields.Integer(**GIVEN)
    short_by = fields.Float(**GIVEN)


class Shift(Schema):
    """What a row is worth, and would be."""

    criterion = fields.String(**GIVEN)
    title = fields.String(**GIVEN)
    points_before = fields.Float(**GIVEN)
    points_after = fields.Float(**GIVEN)


class Disagreement(Schema):
    """A pair that the proposal does not keep."""

    preferred = fields.Nested(Person, **GIVEN)
    other = fields.Nested(Person, **GIVEN)


class NextPair(Schema):
    """Two candidates whose order would tell most."""

    first = fields.Nested(Person, **GIVEN)
    second = fields.Nested(Person, **GIVEN)


class WeightsProposal(MovesShape):
    """Weights that go with what people prefer, as POST /scores takes them: a proposal, applied to nothing.

    Where none is made, `reason` says why.
    """

    applied = fields.Boolean(**GIVEN)
    learned_from = fields.Nested(LearnedFrom, **GIVEN)
    weights = fields.Nested(WeightsUsed, **MAYBE)
    reason = fields.String(**MAYBE)
    kept = fields.Nested(KeptShape, **GIVEN)
    greatest_change = fields.Float(**GIVEN, metadata={"description": "of a share against what it is: 1 doubles it"})
    criteria = fields.List(fields.Nested(Shift), **GIVEN)
    disagreements = fields.List(fields.Nested(Disagreement), **GIVEN)
    next_pair = fields.Nested(NextPair, **MAYBE)
