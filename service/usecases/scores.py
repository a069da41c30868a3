"""Scores and shortlists: of candidates in a request, in a file, or in the store. The same lines for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from service.core.profile import row_of
from service.core.ranking import Ranking, rank
from service.core.result import ENGINE, explain
from service.core.rubric import SENIORITIES, Table, Weights
from service.core.scoring import GATES, Scores, Values, score, values
from service.core.time import tick_of
from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.union import read_whole
from service.rubric_library import Library
from service.schemas import faults
from service.schemas.requests import ScoreRequestSchema
from service.store.records import Kept
from service.store.work import Work
from service.usecases import House, alone, imports
from service.usecases.bodies import checked, summary
from service.usecases.candidates import read_batch, whole
from service.usecases.levels import Levels, Pool

MOST_RESULTS = 1000
"""Results of one scoring request: candidates times roles."""

LEAST_APART, MOST_APART = 100, 1000
"""Of those not eligible a shortlist lists as many as were asked for, within these bounds; the rest is counted."""

DEFAULT_TOP = 500
"""Candidates on a shortlist unless asked otherwise."""

MOST_ROWS = {"csv": 100_000, "xlsx": 10_000, "json": 10_000}
"""Candidates in a file, by its kind; each is whole up to here, and says so where it is not."""

PORTION = 1_000
"""Candidates whose bodies are in memory at a time."""

Entry = dict[str, Any]


def as_it_is(entry: Entry) -> Entry:
    """Return a whole answer for a candidate."""
    return entry


def without_evidence(entry: Entry) -> Entry:
    """Return of an answer what a workbook shows: evidence takes nine tenths of the memory."""
    return {**entry, "criteria": [{**row, "evidence": ()} for row in entry["criteria"]]}


def brief(entry: Entry) -> Entry:
    """Return of an answer what a row of CSV shows: no criteria, and of a gap that has a question only that it has."""
    first, rest = entry["gaps"][:SHOWN_GAPS], entry["gaps"][SHOWN_GAPS:]
    return {**entry, "criteria": (), "gaps": [*first, *({"question": gap["question"]} for gap in rest)]}


def most_apart(most: int, kept: Callable[[Entry], Entry]) -> int:
    """Return how many of those not eligible a whole file has room for; CSV shows none, and keeps the receipt's few."""
    return LEAST_APART if kept is brief else most


SHOWN_GAPS = 3
KEPT: Mapping[str, Callable[[Entry], Entry]] = {"csv": brief, "xlsx": without_evidence, "json": as_it_is}
"""What a file of a kind keeps of an answer."""


class Wish(NamedTuple):
    """What a shortlist is asked for.

    `top` candidates behind the first `skip`, or with None all of them up to `most`; of each is kept what `kept` gives.
    With an import only its people are ranked.
    """

    table: Table
    as_of: dt.date
    top: int | None = DEFAULT_TOP
    strict: bool = False
    skip: int = 0
    most: int = MOST_ROWS["json"]
    kept: Callable[[Entry], Entry] = as_it_is
    import_id: str | None = None

    @property
    def last(self) -> int:
        """Return how many of the ranking come up to the last that is shown."""
        return self.skip + min(self.most if self.top is None else self.top, self.most)

    @property
    def apart(self) -> int:
        """Return how many of those not eligible are listed."""
        if self.top is not None:
            return max(LEAST_APART, min(self.top, MOST_APART))
        return most_apart(self.most, self.kept)


def roles_of(role: str | Sequence[str], library: Library) -> list[str]:
    """Return the roles asked for: one, several, or all. Raise InvalidInput naming those there are."""
    asked = list(library.rubrics) if role == "all" else [role] if isinstance(role, str) else list(dict.fromkeys(role))
    wrong = [name for name in asked if name not in library.rubrics]
    if wrong:
        known = ", ".join(library.rubrics)
        detail = f"There is no role {', '.join(map(repr, wrong))}. The roles are: {known}, or all."
        raise _fault("/role", "unknown_role", detail)
    return asked


def tables_of(
    roles: Iterable[str], seniority: str, library: Library, weights: Mapping[str, Any] | None = None
) -> list[Table]:
    """Return the tables to score by. Raise InvalidInput for a seniority or for weights that cannot be used."""
    if seniority not in SENIORITIES:
        known = ", ".join(SENIORITIES)
        raise _fault("/seniority", "unknown_seniority", f"There is no seniority {seniority!r}. It is one of: {known}.")
    roles = list(roles)
    _check_weights(weights or {}, roles, library)
    try:
        return [library.table(role, seniority, _weights(role, weights, library)) for role in roles]
    except ValueError as error:
        raise _fault("/weights", "invalid", str(error)) from None


def _fault(pointer: str, code: str, detail: str) -> InvalidInput:
    return InvalidInput(detail, [{"pointer": pointer, "code": code, "detail": detail}], code=code)


def _check_weights(weights: Mapping[str, Any], roles: Sequence[str], library: Library) -> None:
    known = {criterion.id for role in roles for criterion in library.rubrics[role].criteria}
    errors = [
        {
            "pointer": faults.pointer(("weights", "criteria", name)),
            "code": "unknown_criterion",
            "detail": f"No criterion {name!r}.",
        }
        for name in weights.get("criteria", {})
        if name not in known
    ]
    if errors:
        raise InvalidInput("The weights name criteria that the rubric does not have.", errors)


def _weights(role: str, asked: Mapping[str, Any] | None, library: Library) -> Weights | None:
    """Return the rubric's weights with those asked for over them; None where none were."""
    if not asked:
        return None
    own = library.rubrics[role].weights
    criteria = {name: weight for name, weight in asked.get("criteria", {}).items() if name in own.criteria}
    return Weights({**own.parts, **asked.get("parts", {})}, {**own.criteria, **criteria})


def _applied(tables: Sequence[Table], as_of: dt.date) -> dict[str, Any]:
    """Return what was applied beside the rubrics; the weights by role."""
    return {
        "seniority": tables[0].seniority,
        "as_of": as_of.isoformat(),
        "engine": ENGINE,
        "weights": {t.rubric.role: {"parts": t.weights.parts, "criteria": t.weights.criteria} for t in tables},
    }


def result(candidate: Candidate, table: Table, as_of: dt.date, id_: str | None = None) -> dict[str, Any]:
    """Return the whole answer for one candidate and role."""
    label = candidate.label if id_ is None else {"id": id_, **candidate.label}
    return {"candidate": label, **explain(table, candidate.profile, tick_of(as_of))}


def score_request(body: Any, house: House) -> dict[str, Any]:
    """Score the candidates of a request, in the order sent, for each role asked for; store nothing.

    Raise InvalidInput with every mistake of the request at once; single candidates that cannot be read are rejected
    one by one, as long as one can.
    """
    request, errors = checked(body, REQUEST, "Send an object with role, seniority and candidates.")
    tables = _tables_asked(request | _names_weighted(request, body), house.library, errors)
    items = request.get("candidates", ())
    if len(items) * len(tables) > MOST_RESULTS:
        detail = f"More than {MOST_RESULTS} results: send fewer, or store them and read the shortlist."
        errors.append({"pointer": "/candidates", "code": "too_many", "detail": detail})
    batch = read_batch(items, house.reader, form=request.get("format"))
    if errors or not batch.candidates:
        errors += batch.errors
        raise InvalidInput(summary(errors), errors)
    as_of = request.get("as_of") or house.today
    results = [
        {"index": index, **result(candidate, table, as_of), "ignored": list(candidate.remarks)}
        for index, candidate in batch.candidates
        for table in tables
    ]
    return {"results": results, "rejected": batch.aside, "applied": _applied(tables, as_of)}


def _tables_asked(request: Mapping[str, Any], library: Library, errors: list[dict[str, Any]]) -> list[Table]:
    """Return the tables that a request asks for; add what is wrong with its roles and weights to `errors`."""
    roles = list(library.rubrics)
    try:
        roles = roles_of(request.get("role", "all"), library)
    except InvalidInput as error:
        errors += error.errors
    try:
        return tables_of(roles, request.get("seniority", SENIORITIES[0]), library, request.get("weights"))
    except InvalidInput as error:
        errors += error.errors
    return []


def _names_weighted(request: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """Return weights by which the names in a request's own can be checked, where their shape is wrong already."""
    weights = body.get("weights")
    criteria = weights.get("criteria") if isinstance(weights, dict) and "weights" not in request else None
    return {"weights": {"criteria": dict.fromkeys(criteria, 1)}} if isinstance(criteria, dict) else {}


REQUEST = ScoreRequestSchema()


def candidate_scores(kept: Kept, tables: Sequence[Table], as_of: dt.date) -> dict[str, Any]:
    """Return a stored candidate's results, the best first: by gate, then by fit."""
    candidate = whole(kept, as_of)
    results = [result(candidate, table, as_of, kept.id) for table in tables]
    results.sort(key=lambda r: (-GATES.index(r["gate"]), -r["fit"], -r["fit_high"], r["role"]))
    return {
        "candidate": {"id": kept.id, **candidate.label},
        "results": results,
        "applied": _applied(tables, as_of),
    }


def stored_shortlist(
    house: House, wish: Wish, also: Callable[[Work, dict[str, Any]], object] = alone
) -> dict[str, Any]:
    """Return the shortlist over all stored candidates, from their stored levels; read the bodies of those shown.

    `also` may add to it what is read at the same moment.
    """
    with house.store.reading() as work:
        pool = pool_of(house, work, wish.as_of, wish.import_id)
        scores = score(wish.table, *house.levels.values(pool, wish.table))
        found = _shortlist(pool.ids, scores, lambda ids: people(work, ids, wish.as_of), wish)
        if wish.import_id:
            found["filters"] = {"import": wish.import_id}
        also(work, found)
    house.levels.settle(house.store)
    return found


def pool_of(
    house: House, work: Work, as_of: dt.date, import_id: str | None = None, levels: Levels | None = None
) -> Pool:
    """Return the levels of all stored candidates, or of the people in an import. Raise NotFound, or Conflict.

    `levels` are others than those of the rubrics in force: they are worked out and not kept.
    """
    pool = (levels or house.levels).pool(work, as_of, is_today=levels is None and as_of == house.today)
    if import_id is None:
        return pool
    imports.people_known(work, import_id)
    return pool.among(work.imported.people(import_id))


def people(work: Work, ids: Sequence[str], as_of: dt.date) -> Callable[[str], Candidate]:
    """Return what gives candidates by their ids, each with all that was merged into it."""
    kept, members = work.people.records(ids), work.people.all_members()
    return lambda id_: read_whole(kept[id_].body, members.get(id_, ()), tick_of(as_of))


def shortlist(pool: Iterable[tuple[str, Candidate]], look_up: Callable[[str], Candidate], wish: Wish) -> dict[str, Any]:
    """Score a pool and rank it. The pool is read once; only those shown are looked up again, by their id."""
    ids, scores = _score_pool(pool, wish)
    return _shortlist(ids, scores, lambda _: look_up, wish)


def _shortlist(
    ids: Sequence[str], scores: Scores, look_up: Callable[[Sequence[str]], Callable[[str], Candidate]], wish: Wish
) -> dict[str, Any]:
    """Rank who was scored; `look_up` is told of a portion at once who will be asked for."""
    ranking = rank(scores, wish.table.rubric.role, ids, strict=wish.strict)
    shown, apart = ranking.order[wish.skip : wish.last], ranking.apart[: wish.apart]
    last = wish.skip + len(shown)

    def answers(places: Sequence[int]) -> Iterator[Entry]:
        for start in range(0, len(places), PORTION):
            portion = places[start : start + PORTION]
            candidate = look_up([ids[place] for place in portion])
            for place in portion:
                yield result(candidate(ids[place]), wish.table, wish.as_of, ids[place])

    table, rubric = wish.table, wish.table.rubric
    return {
        "role": rubric.role,
        "title": rubric.title,
        "seniority": table.seniority,
        "as_of": wish.as_of.isoformat(),
        "rubric": {"version": rubric.version, "digest": rubric.digest},
        "engine": ENGINE,
        "applied": {"parts": table.weights.parts, "criteria": table.weights.criteria},
        **_counts(scores, ranking, last, strict=wish.strict),
        "shown": len(shown),
        "shortlist": [
            {"rank": int(number), **wish.kept(found)}
            for number, found in zip(ranking.ranks[wish.skip :], answers(shown), strict=False)
        ],
        "not_eligible": [{**wish.kept(found), "reason": reason(found)} for found in answers(apart)],
    }


def _score_pool(pool: Iterable[tuple[str, Candidate]], wish: Wish) -> tuple[list[str], Scores]:
    """Return the ids of a pool and its scores."""
    ids, low, high = matrices(pool, wish.table, tick_of(wish.as_of))
    return ids, score(wish.table, low, high)


def matrices(pool: Iterable[tuple[str, Candidate]], table: Table, as_of: int) -> tuple[list[str], Values, Values]:
    """Return the ids of a pool and its values, at least and at most; a candidate takes two bytes a row meanwhile."""
    ids, lows, highs = [], bytearray(), bytearray()
    for id_, candidate in pool:
        low, high = row_of(candidate.profile, table.rubric, table.seniority, as_of)
        ids.append(id_)
        lows += bytes(low)
        highs += bytes(high)
    shape = (len(ids), table.width)
    low, high = (values(np.frombuffer(part, np.uint8).reshape(shape), table) for part in (lows, highs))
    return ids, low, high


def _counts(scores: Scores, ranking: Ranking, last_shown: int, *, strict: bool) -> dict[str, Any]:
    """Return how many there are, so that nobody is left out unsaid."""
    gates = np.bincount(scores.gate, minlength=len(GATES))
    last_shown = min(last_shown, len(ranking.order))
    last = ranking.ranks[last_shown - 1] if last_shown else 0
    return {
        "total": len(scores.gate),
        "eligible": len(ranking.order),
        "gates": {name: int(gates[code]) for code, name in enumerate(GATES)},
        "gate_asked": "pass" if strict else "any",
        "not_eligible_total": len(ranking.apart),
        "tied_at_cut": int((ranking.ranks[last_shown:] == last).sum()),
    }


def reason(found: Mapping[str, Any]) -> str:
    """Return why a candidate is not on the shortlist: the must-haves that fail, else those not confirmed."""
    musts = [row for row in found["criteria"] if row["gate_level"] is not None]
    failed = [
        f"{row['title']} (level {row['level_at_gate_high']:g})"
        for row in musts
        if row["level_at_gate_high"] < row["gate_level"]
    ]
    if failed:
        return f"Must-have not met: {'; '.join(failed)}."
    unconfirmed = [row["title"] for row in musts if row["level_at_gate"] < row["gate_level"]]
    return f"Must-have not confirmed: {'; '.join(unconfirmed)}."
