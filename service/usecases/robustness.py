"""How sure the order of a shortlist is, which questions would change it, and who fits elsewhere better."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from service.core import certainty, questions, robustness
from service.core.result import ENGINE
from service.core.rubric import SENIORITIES, digest
from service.core.scoring import GATES, OPEN, PASS, score
from service.store.records import Kept
from service.usecases import House, pools, scores
from service.usecases.pools import Pool

MOST_SHOWN = 200
BEST_QUESTIONS = 5
BETTER_BY = 5.0
"""Points by which another role has to fit better before it is told."""

LIKELY, UNLIKELY = 0.9, 0.1


def how_sure(pool: Pool, *, k: int, draws: int, sure: float, ranked: bool, shown: int) -> dict[str, Any]:
    """Return the ranking with what draws of weights and of unknowns say of it, and what of it is certain."""
    order = pool.ranking.order
    table, low, high = pool.table, pool.low[order], pool.high[order]
    asked = {"k": k, "draws": draws, "sure": sure, "ranked": ranked}
    seed = robustness.seed_of([ENGINE, table.rubric.digest, table.seniority, _pool_digest(pool), str(asked)])
    dice = np.random.default_rng(seed)
    weights = robustness.draw_weights(table, draws, sure, dice, ranked=ranked)
    matrix = robustness.Pool(robustness.shares(table, low), robustness.shares(table, high))
    found = robustness.robustness(matrix, weights, k, dice, shown=min(shown, MOST_SHOWN))
    fit, fit_high, gate = (of[order] for of in (pool.scores.fit, pool.scores.fit_high, pool.scores.gate))
    certain = certainty.certain_order(fit, fit_high, gate == PASS)
    entries = [_entry(pool, found, certain, int(place), at) for at, place in enumerate(order[: len(found.ranks)])]
    return {**pool.about, **asked, "seed": f"{seed:032x}", "eligible": len(order), "shortlist": entries}


def _pool_digest(pool: Pool) -> str:
    """Return the digest of who is in a pool with what values, in whichever order they came."""
    order = sorted(range(len(pool.ids)), key=pool.ids.__getitem__)
    return digest([sorted(pool.ids), pool.low[order].tobytes().hex(), pool.high[order].tobytes().hex()])


def _entry(pool: Pool, found: robustness.Robustness, certain: certainty.Order, place: int, at: int) -> dict[str, Any]:
    low, middle, high = (int(rank) for rank in found.ranks[at])
    top = float(found.top[at])
    return {
        "rank": int(pool.ranking.ranks[at]),
        "candidate": pool.label(place),
        "fit": int(pool.scores.fit[place]) / 100,
        "fit_high": int(pool.scores.fit_high[place]) / 100,
        "gate": GATES[pool.scores.gate[place]],
        "first": round(float(found.first[at]), 4),
        "top": round(top, 4),
        "ranks": [low, high],
        "median_rank": middle,
        "ahead_of_next": None if math.isnan(found.above[at]) else round(float(found.above[at]), 4),
        "possible_ranks": [int(certain.best[at]), int(certain.worst[at])],
        "group": int(certain.group[at]),
        "central_weights": _central(pool, found, at),
        "verdict": "likely" if top >= LIKELY else "unlikely" if top <= UNLIKELY else "open",
    }


def _central(pool: Pool, found: robustness.Robustness, at: int) -> dict[str, float] | None:
    """Return what one must value for this candidate to be first; None where no draw did."""
    if not found.first[at]:
        return None
    return {row.id: round(float(share), 2) for row, share in zip(pool.table.rows, found.central[at], strict=True)}


# Questions


def worth_asking(pool: Pool, k: int, shown: int) -> dict[str, Any]:
    """Return the questions that may change the first k, for each of the ranked and for the pool."""
    order = pool.ranking.order
    cut = _cut(pool, k)
    found = questions.worth(pool.table, pool.low[order], pool.high[order], pool.scores.fit[order], cut)
    listed = [_ask(pool, found, int(place), at) for at, place in enumerate(order[: min(shown, MOST_SHOWN)])]
    return {
        **pool.about,
        "k": k,
        "cut": cut / 100,
        "pool": _ask_all(pool, found),
        "candidates": [one for one in listed if one["questions"]],
    }


def worth_asking_one(pool: Pool, place: int, k: int) -> list[dict[str, Any]]:
    """Return the best questions for one candidate, ranked or not."""
    own = slice(place, place + 1)
    found = questions.worth(pool.table, pool.low[own], pool.high[own], pool.scores.fit[own], _cut(pool, k))
    return _best(pool, found, 0)


def _cut(pool: Pool, k: int) -> int:
    """Return the fit in hundredths that the last of the first k has."""
    fits = pool.scores.fit[pool.ranking.order]
    return int(fits[min(k, len(fits)) - 1]) if len(fits) else 0


def _ask(pool: Pool, found: questions.Worth, place: int, at: int) -> dict[str, Any]:
    return {
        "rank": int(pool.ranking.ranks[at]),
        "candidate": pool.label(place),
        "fit": int(pool.scores.fit[place]) / 100,
        "questions": _best(pool, found, at),
    }


def _best(pool: Pool, found: questions.Worth, at: int) -> list[dict[str, Any]]:
    """Return the best questions of a line: first those that may bring the candidate in."""
    keys = np.lexsort((-found.rise[at], -found.enters[at], -found.opens[at]))
    asked = [row for row in keys[:BEST_QUESTIONS].tolist() if found.rise[at, row] or found.opens[at, row]]
    return [
        {
            **_row(pool, row),
            "opens_gate": round(float(found.opens[at, row]), 4),
            "enters": round(float(found.enters[at, row]), 4),
            "rise": round(float(found.rise[at, row]) / 100, 2),
        }
        for row in asked
    ]


def _row(pool: Pool, row: int) -> dict[str, Any]:
    of = pool.table.rows[row]
    return {"criterion": of.id, "title": of.title, "requirement": of.requirement, "question": of.question}


def _ask_all(pool: Pool, found: questions.Worth) -> list[dict[str, Any]]:
    """Return the best questions for everybody: by how many may come in, then by the rise of all together."""
    enters, rise, opens = found.enters.sum(axis=0), found.rise.sum(axis=0), found.opens.sum(axis=0)
    keys = np.lexsort((-rise, -enters - opens))
    return [
        {
            **_row(pool, row),
            "unknown": int((found.rise[:, row] > 0).sum()),
            "may_enter": round(float(enters[row]), 2),
            "gates_opened": round(float(opens[row]), 2),
            "rise": round(float(rise[row]) / 100, 2),
        }
        for row in keys[:BEST_QUESTIONS].tolist()
        if rise[row]
    ]


# The best role


def roles_for(house: House, kept: Kept) -> dict[str, Any]:
    """Return a candidate's fit for every role and seniority, the best first, and what decides it."""
    tables = [table for band in SENIORITIES for table in scores.tables_of(house.library.rubrics, band, house.library)]
    found = scores.candidate_scores(kept, tables, house.today)
    return {"candidate": found["candidate"], "roles": [_fit_for(result) for result in found["results"]]}


def _fit_for(result: Mapping[str, Any]) -> dict[str, Any]:
    strong = sorted(result["criteria"], key=lambda row: -row["points"])[:3]
    missing = [gap["title"] for gap in result["gaps"] if gap["holds_gate"]] or [g["title"] for g in result["gaps"][:3]]
    return {
        **{name: result[name] for name in ("role", "seniority", "fit", "fit_high", "gate")},
        "speaks_for_it": [row["title"] for row in strong if row["points"]],
        "speaks_against_it": missing[:3],
    }


def better_elsewhere(house: House, role: str, seniority: str, shown: int) -> dict[str, Any]:
    """Return the role that fits each stored candidate best, and who of a role's pool fits another one better."""
    tables = scores.tables_of(house.library.rubrics, seniority, house.library)
    with house.store.reading() as work:
        stored = [pools.stored(house, work, table, house.today) for table in tables]
        fits = np.stack([score(pool.table, pool.low, pool.high).fit for pool in stored])
        gates = np.stack([pool.scores.gate for pool in stored])
        mine = next(place for place, table in enumerate(tables) if table.rubric.role == role)
        # A role whose gate is passed goes before one whose gate is open, and that before one that is failed.
        best = np.lexsort((fits.T, gates.T))[:, -1] if fits.size else np.zeros(0, int)
        gain = fits[best, np.arange(len(best))] - fits[mine] if fits.size else np.zeros(0, int)
        elsewhere = [
            place
            for place in np.argsort(-gain, kind="stable").tolist()
            if best[place] != mine and gates[best[place], place] == PASS and gain[place] >= BETTER_BY * 100
        ]
        return {
            **stored[mine].about,
            "best": {t.rubric.role: int((best == place).sum()) for place, t in enumerate(tables)},
            "open": int((gates[mine] == OPEN).sum()),
            "elsewhere_total": len(elsewhere),
            "elsewhere": [
                {
                    "candidate": stored[mine].label(place),
                    "fit": int(fits[mine, place]) / 100,
                    "best_role": tables[best[place]].rubric.role,
                    "best_fit": int(fits[best[place], place]) / 100,
                }
                for place in elsewhere[: min(shown, MOST_SHOWN)]
            ],
        }
