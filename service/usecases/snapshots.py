"""Shortlists that last: one is frozen as it was made, read later, made again, and compared.

Whatever is downloaded leaves a snapshot behind, which is its receipt; one can also be taken on purpose. It holds what
was asked, the digests of the rules (rubric, engine, vocabulary) and of the pool, and who stood where; names are looked
up when it is read, so that somebody erased is gone from it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from service.core.ranking import rank
from service.core.result import ENGINE, ENGINE_CHANGES
from service.core.rubric import Table, digest
from service.core.scoring import GATES, Scores, score
from service.errors import NotFound
from service.store.snapshots import Member, Snapshot
from service.store.work import Work
from service.usecases import House, scores

KINDS = ("export", "snapshot")
LISTED = 200
MOST_MOVES = 1000
UNTOLD = 0
"""How many are listed again where it is not known whom a filter kept out: then nobody can be told to have entered."""


def take(house: House, payload: Mapping[str, Any], kind: str, asked: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Keep a shortlist (the payload of `GET /shortlists/{role}`) as it is, and put into the trail that it was."""
    role = payload["role"]
    with house.store.transaction() as work:
        known = work.snapshots.digests()
        members = _members(payload, known)
        snapshot = Snapshot(
            uuid4().hex, kind, role, payload["seniority"],
            {"as_of": payload["as_of"], "weights": payload["applied"], **(asked or {})},
            rules(house, role), len(known), _pool_digest(known), len(members), _output_digest(members),
            house.actor, house.now(),
        )  # fmt: skip
        work.snapshots.add(snapshot, members, house.library.rubrics[role].canonical)
        details = {"kind": kind, "role": role, "rubric": snapshot.rules["rubric"], "members": len(members)}
        house.note(work, "shortlist.kept", snapshot.id, **details)
    return head(snapshot)


def rules(house: House, role: str) -> dict[str, Any]:
    """Return what a shortlist of a role is made by now: versions and digests; of a role that is gone, no rubric."""
    rubric = house.library.rubrics.get(role)
    skills = house.library.vocabulary.skills.values()
    words = [[skill.id, skill.name, list(skill.aliases), list(skill.implies)] for skill in skills]
    return {
        "engine": ENGINE,
        "rubric": rubric and rubric.digest,
        "rubric_version": rubric and rubric.version,
        "vocabulary": digest(words),
    }


def head(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a snapshot is, without its members."""
    return {**snapshot._asdict(), "created_at": snapshot.created_at.isoformat()}


def list_all(house: House) -> list[dict[str, Any]]:
    """Return the last snapshots, the newest first."""
    with house.store.reading() as work:
        return [head(snapshot) for snapshot in work.snapshots.all(LISTED)]


def show(house: House, id_: str) -> dict[str, Any]:
    """Return a snapshot as it was, and what has changed since. Raise NotFound."""
    with house.store.reading() as work:
        snapshot = _get(work, id_)
        members = work.snapshots.members(id_)
        names = work.people.heads()
        since = _since(house, work, snapshot, members, names)
    return {
        **head(snapshot),
        "shortlist": [_told(member, names) for member in members if member.rank is not None],
        "not_eligible": [_told(member, names) for member in members if member.rank is None],
        **since,
    }


def _get(work: Work, id_: str) -> Snapshot:
    snapshot = work.snapshots.get(id_)
    if snapshot is None:
        raise NotFound("There is no snapshot of this id.", code="unknown_snapshot")
    return snapshot


def _told(member: Member, names: Mapping[str, tuple[str | None, str | None]]) -> dict[str, Any]:
    return {"candidate": _who(member, names), "rank": member.rank, **_standing(member)}


def _who(member: Member, names: Mapping[str, tuple[str | None, str | None]]) -> dict[str, Any]:
    name, external_id = names[member.candidate_id]
    return {"id": member.candidate_id, "name": name, "external_id": external_id}


def _standing(member: Member) -> dict[str, Any]:
    return {"fit": member.fit / 100, "fit_high": member.fit_high / 100, "gate": member.gate}


def _members(payload: Mapping[str, Any], known: Mapping[str, str]) -> list[Member]:
    """Return who stands on a shortlist; those without an id are of no pool."""
    entries = [*payload["shortlist"], *payload["not_eligible"]]
    return [
        Member(
            place, one["candidate"]["id"], known[one["candidate"]["id"]], one.get("rank"),
            round(one["fit"] * 100), round(one["fit_high"] * 100), one["gate"],
        )
        for place, one in enumerate(entries)
        if one["candidate"]["id"] in known
    ]  # fmt: skip


def _pool_digest(known: Mapping[str, str]) -> str:
    return digest(sorted(known.items()))


def _output_digest(members: Sequence[Member]) -> str:
    return digest([[m.candidate_id, m.rank, m.fit, m.fit_high, m.gate] for m in members])


def _since(
    house: House, work: Work, then: Snapshot, members: Sequence[Member], names: Mapping[str, Any]
) -> dict[str, Any]:
    """Make a shortlist again from what is known now, and say whether it is the same, and what changed where not."""
    rules_now, known = rules(house, then.role), work.snapshots.digests()
    is_gone = rules_now["rubric"] is None
    again = NOBODY if is_gone else _again(house, work, then)
    moves = [] if is_gone else [
        {"candidate": _who(m, names), "before": _place(m), "now": _place(at)}
        for m in members
        if (at := again.standing.get(m.candidate_id, m._replace(rank=None))) != m._replace(place=0, digest="")
    ]  # fmt: skip
    ranked = {member.candidate_id for member in members if member.rank is not None}
    entered = [again.standing[id_] for id_ in again.listed if id_ not in ranked]
    changed: dict[str, Any] = {
        what: {"then": then.rules[what], "now": rules_now[what]}
        for what in ("engine", "rubric", "vocabulary")
        if then.rules[what] != rules_now[what]
    }
    if "engine" in changed:
        changed["engine"]["reason"] = _engine_reason(then.rules["engine"])
    if _pool_digest(known) != then.pool_digest:
        changed["data"] = {
            "pool_then": then.pool_size,
            "pool_now": len(known),
            "changed": [m.candidate_id for m in members if known.get(m.candidate_id, m.digest) != m.digest],
            "erased": then.members - len(members),
        }
    return {
        "identical": not (is_gone or moves or entered) and len(members) == then.members,
        "changed": changed,
        "moves": moves[:MOST_MOVES],
        "moves_total": len(moves),
        "entered": [{"candidate": _who(one, names), **_place(one)} for one in entered[:MOST_MOVES]],
        "entered_total": len(entered),
    }


def _engine_reason(then: str) -> str:
    """Return what changed in the rule of scoring since a version of the engine."""
    versions = list(ENGINE_CHANGES)
    since = versions[versions.index(then) + 1 :] if then in versions else versions
    return " ".join(ENGINE_CHANGES[version] for version in since)


def _place(member: Member) -> dict[str, Any]:
    return {"rank": member.rank, **_standing(member)}


class _Again(NamedTuple):
    """A shortlist made again: where everybody stands, and who is listed, in order."""

    standing: Mapping[str, Member]
    listed: Sequence[str]


NOBODY = _Again({}, ())


def _again(house: House, work: Work, then: Snapshot) -> _Again:
    """Make a shortlist again among all there are now, asked as then."""
    table = _table(house, work, then)
    as_of = dt.date.fromisoformat(then.asked["as_of"])
    pool = scores.pool_of(house, work, as_of, then.asked.get("import"))
    found = score(table, *house.levels.values(pool, table))
    ranking = rank(found, then.role, pool.ids, strict=then.asked.get("gate") == "pass")
    ranks = dict(zip(ranking.order.tolist(), ranking.ranks.tolist(), strict=True))
    standing = {id_: _stands(id_, found, place, ranks.get(place)) for place, id_ in enumerate(pool.ids)}
    listed = ranking.order[: then.asked.get("top", UNTOLD)].tolist()
    return _Again(standing, [pool.ids[place] for place in listed])


def _table(house: House, work: Work, then: Snapshot) -> Table:
    """Return the table of today's rubric, under the weights that were asked for in the place of the rubric's then."""
    own, was = house.library.rubrics[then.role].weights, then.asked["weights"]
    usual = _usual(work, then)
    weights = {
        part: {name: weight for name, weight in was[part].items() if name in mine and weight != usual[part].get(name)}
        for part, mine in (("parts", own.parts), ("criteria", own.criteria))
    }
    asked = {part: found for part, found in weights.items() if found}
    return scores.tables_of([then.role], then.seniority, house.library, asked or None)[0]


def _usual(work: Work, then: Snapshot) -> dict[str, dict[str, int]]:
    """Return the weights of the rubric that a snapshot was made by."""
    rubric = work.snapshots.rubric(then.rules["rubric"])
    criteria = {one["id"]: one["weight"] for one in rubric["role"]["criteria"]}
    return {"parts": rubric["policy"]["parts"], "criteria": criteria}


def _stands(id_: str, found: Scores, place: int, rank_: int | None) -> Member:
    fits = int(found.fit[place]), int(found.fit_high[place])
    return Member(0, id_, "", rank_, *fits, GATES[found.gate[place]])
