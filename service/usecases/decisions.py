"""Decisions of people: a verdict, or points added to what was computed. Always with a reason and a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from service.errors import InvalidInput
from service.schemas.requests import DECISIONS, MOST_ADJUSTED
from service.store.decisions import Decision
from service.store.work import Work
from service.usecases import House, alone, scores
from service.usecases.accounts import ANYBODY
from service.usecases.candidates import whole

LONGEST = {"reason": 500, "note": 4000, "actor": 100}


def decide(
    house: House,
    id_: str,
    role: str,
    seniority: str,
    said: dict[str, Any],
    also: Callable[[Work, dict[str, Any]], object] = alone,
) -> dict[str, Any]:
    """Keep a decision on a candidate. Raise InvalidInput with every mistake in it, or NotFound."""
    (table,) = scores.tables_of([house.library.get(role).role], seniority, house.library)
    said = {**said, "actor": said.get("actor") if house.actor == ANYBODY.actor else house.actor}
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
        details = {"what": what, "role": role, "seniority": seniority, "rubric": table.rubric.digest}
        house.note(work, "decide", id_, **details)
        told = shown(decision)
        also(work, told)
    return told


def shown(decision: Decision) -> dict[str, Any]:
    """Return a decision as people read it: points on the 100 scale, the fit as it was then computed."""
    return {
        "candidate": decision.candidate_id,
        **{field: getattr(decision, field) for field in ("what", "role", "seniority", "reason", "note", "actor")},
        "points": None if decision.points is None else decision.points / 100,
        "fit": decision.fit / 100,
        "rubric": decision.rubric_digest,
        "at": decision.at.isoformat(),
    }


def beside(work: Work, role: str, seniority: str, entries: Iterable[dict[str, Any]]) -> None:
    """Put the last verdict for a role, and the last adjustment for it and a seniority, beside each result."""
    by_id = {entry["candidate"]["id"]: entry for entry in entries}
    for decision in work.decisions_for(role, by_id):
        if decision.what != "adjust":
            by_id[decision.candidate_id]["decision"] = shown(decision)
        elif decision.seniority == seniority:
            by_id[decision.candidate_id]["adjustment"] = shown(decision)


def beside_shortlist(work: Work, payload: dict[str, Any]) -> None:
    """Put what was decided beside each result of a shortlist."""
    beside(work, payload["role"], payload["seniority"], [*payload["shortlist"], *payload["not_eligible"]])


def on(house: House, id_: str) -> list[dict[str, Any]]:
    """Return all that was decided on a candidate, the oldest first. Raise NotFound."""
    with house.store.reading() as work:
        work.candidate(id_)
        return [shown(decision) for decision in work.decisions_on(id_)]


def _check(said: dict[str, Any]) -> None:
    """Raise InvalidInput with every mistake in what was said."""
    errors = []

    def wrong(field: str, detail: str) -> None:
        errors.append({"pointer": f"/{field}", "code": "invalid", "detail": detail})

    if said.get("what") not in DECISIONS:
        wrong("what", f"Not a decision. It is one of: {', '.join(DECISIONS)}.")
    points = said.get("points")
    if said.get("what") == "adjust" and (points is None or not -MOST_ADJUSTED <= points <= MOST_ADJUSTED):
        wrong("points", f"An adjustment is a number of points from -{MOST_ADJUSTED} to {MOST_ADJUSTED}.")
    for field, label in (("reason", "Say why: a reason is kept with every decision."), ("actor", "Say who decides.")):
        if not (said.get(field) or "").strip():
            wrong(field, label)
    for field, most in LONGEST.items():
        if len(said.get(field) or "") > most:
            wrong(field, f"More than {most} characters.")
    if errors:
        raise InvalidInput("The decision was not kept. " + " ".join(e["detail"] for e in errors), errors)
