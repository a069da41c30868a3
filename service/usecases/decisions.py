"""Decisions of people: a verdict, or points added to what was computed. Always with a reason and a name."""

from __future__ import annotations

from typing import Any

from service.errors import InvalidInput
from service.store.decisions import Decision
from service.usecases import House, scores
from service.usecases.candidates import whole

VERDICTS = ("shortlist", "hold", "decline")
MOST_POINTS = 30
LONGEST = {"reason": 500, "note": 4000, "actor": 100}


def decide(house: House, id_: str, role: str, seniority: str, said: dict[str, Any]) -> Decision:
    """Keep a decision on a candidate. Raise InvalidInput with every mistake in it, or NotFound."""
    (table,) = scores.tables_of([house.library.get(role).role], seniority, house.library)
    _check(said)
    with house.store.transaction() as work:
        kept = work.candidate(id_)
        result = scores.result(whole(kept, house.today), table, house.today, id_)
        what, points = said["what"], said.get("points")
        decision = Decision(
            id_, role, seniority, what, round(points * 100) if what == "adjust" else None, said["reason"].strip(),
            (said.get("note") or "").strip() or None, said["actor"].strip(), round(result["fit"] * 100),
            table.rubric.digest, house.now(),
        )  # fmt: skip
        work.decide(decision)
    return decision


def _check(said: dict[str, Any]) -> None:
    """Raise InvalidInput with every mistake in what was said."""
    errors = []

    def wrong(field: str, detail: str) -> None:
        errors.append({"parameter": field, "code": "invalid", "detail": detail})

    if said.get("what") not in (*VERDICTS, "adjust"):
        wrong("what", f"Not a decision. It is one of: {', '.join((*VERDICTS, 'adjust'))}.")
    points = said.get("points")
    if said.get("what") == "adjust" and (points is None or not -MOST_POINTS <= points <= MOST_POINTS):
        wrong("points", f"An adjustment is a number of points from -{MOST_POINTS} to {MOST_POINTS}.")
    for field, label in (("reason", "Say why: a reason is kept with every decision."), ("actor", "Say who decides.")):
        if not (said.get(field) or "").strip():
            wrong(field, label)
    for field, most in LONGEST.items():
        if len(said.get(field) or "") > most:
            wrong(field, f"More than {most} characters.")
    if errors:
        raise InvalidInput("The decision was not kept. " + " ".join(e["detail"] for e in errors), errors)
