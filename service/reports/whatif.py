"""What would change a standing or a list, and what decisions say of the weights, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.reports import wording

Payload = Mapping[str, Any]

MOST_EFFECTS = 8
MOST_MOVES = 10


def candidate_lines(payload: Payload) -> Iterator[str]:
    """Yield where a candidate stands, what would change it, and which single changes add most."""
    yield f"{_named(payload['candidate'])}: {_list(payload)}"
    yield f"  now: {_standing(payload['now'])}"
    if changed := payload["changed"]:
        told = ", ".join(f"{one['criterion']} {one['to']:g}" for one in changed["changes"])
        yield f"  with {told}: {_standing(changed['standing'])}"
    if payload["goal"]:
        yield from _goal(payload["goal"])
    yield "  Single changes that add most:"
    for row, there in _greatest(payload):
        gain = there["fit"] - payload["now"]["fit"]
        yield f"    {row['title']}: {_level(row)} → {there['level']:g}: fit +{gain:.2f}, {_rank(there)}"


def _goal(goal: Payload) -> Iterator[str]:
    asked = _asked(goal["asked"])
    if not goal["within_reach"]:
        yield f"  {asked}: no change of levels is enough."
    elif not goal["changes"]:
        yield f"  {asked}: that is so already."
    else:
        count = len(goal["changes"])
        yield f"  {asked}: {count} {'change is' if count == 1 else 'changes are'} enough, and no fewer:"
        for one in goal["changes"]:
            do = f"ask: {one['question']}" if one["may_be_so"] else one["advice"]
            yield f"    {one['title']}: {_level(one)} → {one['to']:g}. {do}"
        yield f"  then: {_standing(goal['standing'])}"


def _asked(asked: Payload) -> str:
    wanted = {
        "gate": "to have every must-have confirmed",
        "top": f"to be among the first {asked['top']}",
        "fit": f"to reach a fit of {asked['fit'] or 0:g}",
    }
    told = " and ".join(words for name, words in wanted.items() if asked[name] is not None)
    return told[0].upper() + told[1:]


def _greatest(payload: Payload) -> list[tuple[Payload, Payload]]:
    """Return the criteria whose required level would add most, each with where the candidate would stand there."""
    rows = [
        (row, next(there for there in row["levels"] if there["level"] == row["required_level"]))
        for row in payload["effects"]
        if row["level"] < row["required_level"]
    ]
    return sorted(rows, key=lambda pair: -pair[1]["fit"])[:MOST_EFFECTS]


def shortlist_lines(payload: Payload) -> Iterator[str]:
    """Yield what another rubric would do to a list."""
    yield _list(payload)
    for name in ("before", "after"):
        state = payload[name]
        yield f"  {name}: {state['eligible']} eligible, {state['gates']['pass']} with every must-have confirmed"
    yield from _moves(payload)


def _moves(payload: Payload) -> Iterator[str]:
    for name, words in (("entered", "enters"), ("left", "leaves")):
        for move in payload[name]:
            yield f"  {words} the first {payload['top']}: {_move(move)}"
    yield f"  {payload['moves_total']} have another rank{'; the furthest:' if payload['moves'] else '.'}"
    for move in payload["moves"][:MOST_MOVES]:
        yield f"    {_move(move)}"


def _move(move: Payload) -> str:
    ranks = " → ".join(str(move[name] or "not eligible") for name in ("rank_before", "rank_after"))
    return f"{_named(move['candidate'])}, rank {ranks} (fit {move['fit_before']:.2f} → {move['fit_after']:.2f})"


def agreement_lines(payload: Payload) -> Iterator[str]:
    """Yield how well the ranking goes with what was decided."""
    yield _list(payload)
    yield "  decided: " + ", ".join(f"{count} {verdict}" for verdict, count in payload["decided"].items())
    if payload["reason"]:
        yield f"  {payload['reason']}"
    if found := payload["agreement"]:
        ends = "" if found["low"] is None else f" (95 %: {found['low']:.2f} to {found['high']:.2f})"
        yield f"  Kendall's tau-b of decisions and ranking: {found['tau_b']:.2f}{ends}"
    if picks := payload["picks"]:
        yield f"  {picks['in_top']} of {picks['shortlisted']} shortlisted are among the first {picks['top']}."
    for one in payload["surprises"]:
        where, others = ("below", "declined") if one["verdict"] == "shortlist" else ("above", "shortlisted")
        against = f"{where} {one['against']} of {one['of']} who were {others}"
        yield f"  surprising: {_named(one['candidate'])} ({one['verdict']}, {_rank(one)}), {against}"


def proposal_lines(payload: Payload) -> Iterator[str]:
    """Yield the weights proposed, what they would do, and the pair to ask of next."""
    yield _list(payload)
    kept = payload["kept"]
    if payload["weights"]:
        yield f"  {kept['before']} of {kept['of']} pairs are kept now, {kept['after']} by the weights proposed:"
        for row in payload["criteria"]:
            yield f"    {row['title']}: {row['points_before']:.2f} → {row['points_after']:.2f} points"
        yield from _moves(payload)
    else:
        yield f"  {payload['reason']}"
    for pair in payload["disagreements"]:
        yield f"  not kept: {_named(pair['preferred'])} before {_named(pair['other'])}"
    if pair := payload["next_pair"]:
        yield f"  Whose order would tell most: {_named(pair['first'])} or {_named(pair['second'])}?"
    yield "  Nothing is applied: who likes the weights sends them with a request (--json shows them)."


def _list(payload: Payload) -> str:
    return f"{payload['title']}, {payload['seniority']}, {payload['as_of']}, {payload['total']} candidates"


def _named(candidate: Payload) -> str:
    names: Sequence[str] = [candidate[key] for key in ("name", "external_id") if candidate[key]]
    return f"{names[0]} ({names[1]})" if len(names) > 1 else names[0]


def _level(row: Payload) -> float | int | str:
    return wording.shown(row["level"], row["level_high"], wording.TOP_LEVEL)


def _standing(found: Payload) -> str:
    return f"fit {found['fit']:.2f} – {found['fit_high']:.2f}, gate {found['gate']}, {_rank(found)}"


def _rank(found: Payload) -> str:
    return "not eligible" if found["rank"] is None else f"rank {found['rank']}"
