"""What people decided, and what it says of the weights: how well the ranking agrees, and weights that would agree more.

Nothing here is applied: a proposal is an answer, and a person who likes it sends its weights with the next request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from service.core.agreement import LEAST, Tau, against, kendall
from service.core.preferences import MOST_PAIRS, Pair, kept, next_pair, pairs_of, propose
from service.core.revision import moves
from service.core.rubric import Table, compile_table
from service.core.scoring import GATES, score
from service.core.whatif import BASE, keys
from service.schemas.requests import VERDICTS
from service.solving import solve
from service.usecases.bodies import refuse_if, wrong
from service.usecases.pools import Pool
from service.usecases.whatif import moved

GRADES = {"shortlist": 2, "hold": 1, "decline": 0}
"""Verdicts in their order."""

MOST_SHOWN = 20
"""Surprises and disagreements listed; all are counted."""

ROUNDED = 10
"""Hundredths by which thousandths as weights may miss what a row was worth."""

LATEST = 200
"""Decisions of either kind to learn from: each of the one is a pair with each of the other."""

COMPARED = 20
"""How many from the top of a list are looked at for the next pair."""

Numbers = npt.NDArray[np.int64]


# Agreement


def agreement(pool: Pool) -> dict[str, Any]:
    """Return how well the ranking goes with what was decided; with a reason in the place of what cannot be said."""
    decided = _decided(pool)
    places = list(decided)
    grades = np.array([GRADES[verdict] for verdict in decided.values()], np.int64)
    standing = _standings(pool)[places]
    reason = _too_little(decided.values())
    found = None if reason else kendall(grades, standing)
    if reason is None and found is None:
        reason = "All who were decided stand at the same place in the ranking."
    return {
        **pool.about,
        "decided": {verdict: list(decided.values()).count(verdict) for verdict in VERDICTS},
        "agreement": None if found is None else _tau(found),
        "picks": None if reason else _picks(pool, decided),
        "surprises": [] if reason else _surprises(pool, places, grades, standing),
        "reason": reason,
    }


def _decided(pool: Pool) -> dict[int, str]:
    """Return the last verdict on each candidate of a pool, by place."""
    return {pool.places[id_]: one.what for id_, one in pool.verdicts().items() if id_ in pool.places}


def _standings(pool: Pool) -> Numbers:
    """Return a number for each place that is higher the better it stands; those not eligible below all others."""
    return np.where(pool.scores.gate > 0, BASE**2, 0) + keys(pool.scores)


def _too_little(verdicts: Iterable[str]) -> str | None:
    counts = Counter(verdicts)
    if counts.total() < LEAST:
        return f"{counts.total()} decided: from {LEAST} on it is told how far they and the ranking agree."
    if len(counts) == 1:
        return "All decisions are the same, so that they say nothing of an order."
    return None


def _tau(found: Tau) -> dict[str, Any]:
    low, high = found.interval or (None, None)
    return {
        "tau_b": round(found.tau, 4),
        "low": None if low is None else round(low, 4),
        "high": None if high is None else round(high, 4),
        "confidence": 0.95,
        "method": "asymptotic, by Fisher's transformation",
    }


def _picks(pool: Pool, decided: Mapping[int, str]) -> dict[str, Any]:
    """Return how many of those shortlisted are among the first of the ranking, of as many as were shortlisted."""
    picked = [place for place, verdict in decided.items() if verdict == "shortlist"]
    top = set(pool.ranking.order[pool.ranking.ranks <= len(picked)].tolist())
    return {"top": len(picked), "shortlisted": len(picked), "in_top": len(top & set(picked))}


def _surprises(pool: Pool, places: Sequence[int], grades: Numbers, standing: Numbers) -> list[dict[str, Any]]:
    """Return who stands above half of those shortlisted and was declined, or below half of those declined and was not.

    Those against whom most speaks come first.
    """
    taken, declined = (int((grades == GRADES[verdict]).sum()) for verdict in ("shortlist", "decline"))
    passed, missed = against(grades, standing, taken=GRADES["shortlist"], declined=GRADES["decline"])
    share = passed / max(taken, 1) + missed / max(declined, 1)
    order = [at for at in np.argsort(-share, kind="stable").tolist() if share[at] >= 1 / 2]
    names = {grade: verdict for verdict, grade in GRADES.items()}
    return [
        {
            **_person(pool, places[at]),
            "verdict": names[int(grades[at])],
            "against": int(passed[at] + missed[at]),
            "of": taken if passed[at] else declined,
        }
        for at in order[:MOST_SHOWN]
    ]


def _person(pool: Pool, place: int) -> dict[str, Any]:
    ranks = dict(zip(pool.ranking.order.tolist(), pool.ranking.ranks.tolist(), strict=True))
    return {
        "candidate": pool.label(place),
        "rank": ranks.get(place),
        "fit": int(pool.scores.fit[place]) / 100,
        "gate": GATES[pool.scores.gate[place]],
    }


# Weights


def weights(pool: Pool, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Propose weights that go with the pairs of a request and with what was decided; and the pair to ask of next.

    Raise InvalidInput with every mistake.
    """
    said = _said(pool, asked.get("pairs", ()))
    pairs = list(dict.fromkeys([*said, *(_of_decisions(pool) if asked["decisions"] else ())]))
    found = propose(pool.table, pool.low, pairs, solve, asked.get("within"))
    table = compile_table(pool.table.rubric, pool.table.seniority, found.weights)
    was, will = (kept(each, pool.low, pairs) for each in (pool.table, table))
    reason = _nothing_better(sum(was), sum(will), len(pairs))
    if reason:
        table, will = pool.table, was
    after = score(table, pool.low, pool.high)
    ranking = pool.ranked(after)
    broken = [pair for pair, is_kept in zip(pairs, will, strict=True) if not is_kept]
    return {
        **pool.about,
        "applied": False,
        "learned_from": {"pairs": len(said), "decisions": len(pairs) - len(said), "at_most": MOST_PAIRS},
        "weights": None if reason else {"parts": table.weights.parts, "criteria": table.weights.criteria},
        "reason": reason,
        "kept": {"of": len(pairs), "before": sum(was), "after": sum(will), "short_by": found.slack},
        "greatest_change": 0.0 if reason else found.greatest,
        "criteria": _shifts(pool.table, table),
        "disagreements": [_disagreement(pool, pair) for pair in broken[:MOST_SHOWN]],
        "next_pair": _next(pool, table, pairs, ranking.order[:COMPARED].tolist()),
        "top": asked["top"],
        **moved(pool, moves(pool.ranking, ranking, asked["top"]), after),
    }


def _of_decisions(pool: Pool) -> Iterator[Pair]:
    """Return a pair for each of those shortlisted last before each of those declined last."""
    latest = sorted(pool.verdicts().values(), key=lambda decision: decision.at, reverse=True)
    places = {
        what: [pool.places[one.candidate_id] for one in latest if one.what == what and one.candidate_id in pool.places]
        for what in ("shortlist", "decline")
    }
    return pairs_of(places["shortlist"][:LATEST], places["decline"][:LATEST])


def _nothing_better(was: int, will: int, pairs: int) -> str | None:
    """Return why no weights are proposed, given how many pairs are kept and would be."""
    if not pairs:
        return "There is no pair and no decision to learn from yet."
    if was == pairs:
        return "The present weights keep all of these pairs."
    return None if will > was else "No weights were found that keep more of these pairs than the present ones do."


def _said(pool: Pool, pairs: Sequence[Mapping[str, str]]) -> list[Pair]:
    """Return the pairs of a request by place, each once. Raise InvalidInput with every mistake."""
    errors, found = [], []
    for at, pair in enumerate(pairs):
        places = {side: pool.find(pair[side]) for side in ("preferred", "other")}
        errors += [
            wrong(
                f"/pairs/{at}/{side}", f"There is no candidate {pair[side]!r}, or more than one.", "unknown_candidate"
            )
            for side, place in places.items()
            if place is None
        ]
        better, worse = places.values()
        if better is not None and better == worse:
            errors.append(wrong(f"/pairs/{at}", "A pair is of two candidates: these are one."))
        elif better is not None and worse is not None:
            found.append((better, worse))
    refuse_if(errors)
    return list(dict.fromkeys(found))


def _shifts(before: Table, after: Table) -> list[dict[str, Any]]:
    """Return what each row is worth, now and by the proposal, where that differs by more than rounding does."""
    rows = [
        {"criterion": row.id, "title": row.title, "points_before": was / 100, "points_after": now / 100}
        for row, was, now in zip(before.rows, before.full, after.full, strict=True)
        if abs(was - now) >= ROUNDED
    ]
    return sorted(rows, key=lambda row: -abs(row["points_after"] - row["points_before"]))


def _disagreement(pool: Pool, pair: Pair) -> dict[str, Any]:
    return {"preferred": pool.label(pair[0]), "other": pool.label(pair[1])}


def _next(pool: Pool, table: Table, pairs: Sequence[Pair], among: Sequence[int]) -> dict[str, Any] | None:
    found = next_pair(table, pool.low, pairs, among, solve)
    return None if found is None else {"first": pool.label(found[0]), "second": pool.label(found[1])}
