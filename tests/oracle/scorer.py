"""A second scorer, written from service/guide/scoring.md and rubrics/*.yaml alone. It imports nothing of `service`.

A candidate is the JSON of `POST /scores`, with exact names or ids of skills. Reading sentences is no part of the rule:
what was read in them is handed in (`Texts`). Levels are in tenths, points in hundredths, times in months or ticks.
"""

import hashlib
from calendar import monthrange
from collections import defaultdict
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import NamedTuple

import yaml

RUBRICS = Path(__file__).parents[2] / "rubrics"
BANDS = ("junior", "mid", "senior")
DECIDING = ("assessed", "rated")
UNKNOWN = (0, 50)
OPEN = (10**9, 10**9)
"""The end of what still goes on: after any start, and cut to `as_of` where months are counted."""


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def nearest(number, unit):
    """Return a number in whole units, halves up; a decimal counts as it is written."""
    return floor(Fraction(str(number)) * unit + Fraction(1, 2))


POLICY = load(RUBRICS / "policy.yaml")
ROLES = {role["role"]: role for role in map(load, sorted((RUBRICS / "roles").glob("*.yaml")))}
SKILLS = load(RUBRICS / "skills.yaml")["skills"]
IDS = {skill["name"]: skill["id"] for skill in SKILLS} | {skill["id"]: skill["id"] for skill in SKILLS}
IMPLIES = {skill["id"]: skill.get("implies", []) for skill in SKILLS}
CEILING = {kind: nearest(row["ceiling"], 10) for kind, row in POLICY["kinds"].items()}
MENTION = {kind: row["mention"] and nearest(row["mention"], 10) for kind, row in POLICY["kinds"].items()}
YEARS = [(row["months"], nearest(row["level"], 10)) for row in POLICY["years"]]


class Piece(NamedTuple):
    """One piece of evidence. Levels, months and ticks are intervals; `dates` are the start and end of its work."""

    skill: str
    kind: str
    level: tuple | None = None
    months: tuple | None = None
    last_used: tuple | None = None
    dates: tuple | None = None


class Texts(NamedTuple):
    """What was read in the sentences of a record.

    `pieces` come with the work they stand in, as `("jobs", 0)`, or None; `found` are ids of markers, `months` the
    experience in all that a text states.
    """

    pieces: tuple = ()
    found: tuple = ()
    months: tuple | None = None


NO_TEXTS = Texts()


class Record(NamedTuple):
    """What one record of a person says."""

    pieces: list
    jobs: list
    months: tuple | None
    markers: dict


# Dates


def tick(year, month=1, day=1):
    return (year * 12 + month - 1) * 31 + day - 1


def start_of(written):
    year, *rest = map(int, str(written).split("-"))
    return (tick(year, *rest),) * 2 if rest else (tick(year), tick(year + 1))


def end_of(written):
    if written in {None, "present"}:
        return OPEN
    year, *rest = map(int, str(written).split("-"))
    if not rest:
        return tick(year), tick(year + 1)
    month, day = rest[0], rest[1] if len(rest) > 1 else 31
    return (tick(year, month + 1) if day >= monthrange(year, month)[1] else tick(year, month, day) + 1,) * 2


def dates_of(work):
    """Return the start and the end of a job or project, or None if it has no dates."""
    if work.get("start") is None:
        return None
    start = start_of(work["start"])
    end = end_of(work.get("end"))
    return (start, end) if end[1] > start[0] else None


def covered(works, as_of):
    """Return the months that the dates of works cover together, at least and at most."""

    def months(stretches):
        total, reached = 0, 0
        for start, end in sorted((start, min(end, as_of)) for start, end in stretches):
            total += max(0, end - max(start, reached))
            reached = max(reached, end)
        return total // 31

    return months((start[1], end[0]) for start, end in works), months((start[0], end[1]) for start, end in works)


# Reading a native candidate


def read(candidate, texts=NO_TEXTS):
    pieces = list(_listed(candidate.get("skills", []), "stated"))
    for work in candidate.get("jobs", []) + candidate.get("projects", []):
        pieces += _listed(work.get("skills", []), "delivered" if work.get("delivered") else "used", dates_of(work))
    for certificate in candidate.get("certificates", []):
        for name in certificate.get("skills") or [certificate["name"]]:
            pieces.append(Piece(IDS[name], "certified", last_used=_last_use(certificate.get("date"))))
    for test in candidate.get("assessments", []):
        if test.get("max_score") is not None:
            level = nearest(Fraction(str(test["score"])) / Fraction(str(test["max_score"])), 50)
            skill = IDS[test.get("skill") or test["name"]]
            pieces.append(Piece(skill, "assessed", (level, level), None, _last_use(test.get("date"))))
    for piece, place in texts.pieces:
        pieces.append(piece._replace(dates=dates_of(candidate[place[0]][place[1]]) if place else None))
    jobs = [dates for job in candidate.get("jobs", []) if (dates := dates_of(job))]
    months = _months(candidate.get("years_experience")) or (None if jobs else texts.months)
    sent = {marker: met for marker, met in candidate.get("markers", {}).items() if met is not None}
    return Record(pieces, jobs, months, dict.fromkeys(texts.found, True) | sent)


def _listed(skills, kind, dates=None):
    if isinstance(skills, dict):
        skills = [{"name": name, "level": level} for name, level in skills.items()]
    for item in skills:
        skill = {"name": item} if isinstance(item, str) else item
        level = None if skill.get("level") is None else (nearest(skill["level"], 10),) * 2
        last_used = _last_use(skill.get("last_used"))
        yield Piece(IDS[skill["name"]], skill.get("kind", kind), level, _months(skill.get("years")), last_used, dates)


def _months(years):
    return None if years is None else (nearest(years, 12),) * 2


def _last_use(written):
    return None if written is None else end_of(written)


# Step 1: evidence becomes a level


def level_of_piece(piece, dated, as_of):
    """Return the level of a piece, or None if it says nothing; `dated` are the dated months of its skill."""
    if piece.level is not None:
        level = piece.level
    elif piece.months is not None:
        level = map(level_of_months, piece.months)
    elif MENTION[piece.kind] is None:
        return None
    else:
        level = (max(MENTION[piece.kind], level_of_months(end) if piece.dates else 0) for end in dated)
    low, high = (min(end, CEILING[piece.kind]) for end in level)
    first, last = piece.dates[1] if piece.dates else piece.last_used or OPEN
    return faded(low, first, as_of), faded(high, last, as_of)


def level_of_months(months):
    return max(level for least, level in YEARS if months >= least)


def faded(level, last_use, as_of):
    months_ago = max(0, as_of - last_use) // 31
    return max(level - max(0, months_ago - 36) * 5 // 12, ceil(level / 2))


# Step 2: the level of a skill


class Skills(NamedTuple):
    """Levels by a skill's own evidence, levels with what is implied, and the skills that are assessed or rated."""

    own: dict
    known: dict
    decided: set


def higher(levels):
    lows, highs = zip(*levels, strict=True)
    return max(lows), max(highs)


@cache
def implied(skill):
    """Return all that a skill implies, directly or in turn."""
    return set().union(*({other} | implied(other) for other in IMPLIES[skill]))


def skills_of(pieces, as_of):
    of_skill, counting, decided, proven = defaultdict(list), {}, set(), defaultdict(list)
    for piece in pieces:
        of_skill[piece.skill].append(piece)
    for skill, its in of_skill.items():
        dated = covered([piece.dates for piece in its if piece.dates], as_of)
        levels = [(piece.kind, level) for piece in its if (level := level_of_piece(piece, dated, as_of))]
        if any(kind in DECIDING for kind, _ in levels):
            decided.add(skill)
        if levels:
            counting[skill] = [level for kind, level in levels if kind in DECIDING or skill not in decided]
        for other in implied(skill) if levels else ():
            proven[other] += [(min(low, 40), min(high, 40)) for low, high in counting[skill]]
    own = {skill: higher(levels) for skill, levels in counting.items()}
    known = dict(own)
    for skill, levels in proven.items():
        if skill not in own:
            known[skill] = (higher(levels)[0], 50)
        elif skill not in decided:
            known[skill] = higher([*levels, own[skill]])
    return Skills(own, known, decided)


# Step 3: the level of a criterion


def criterion_level(criterion, skills, *, gate):
    area_id = criterion["id"]
    area = skills.own.get(area_id)

    def member(skill):
        low, high = skills.known.get(skill, UNKNOWN)
        if area is None or skill in skills.decided:
            return low, high
        if area_id in skills.decided:
            return min(low, area[0]), min(high, area[1])
        return (low, low) if area[1] == 0 and skill not in skills.own else (low, high)

    def reading(expression):
        if isinstance(expression, str):
            return member(expression)
        ((word, members),) = expression.items()
        k, members = (members["k"], members["of"]) if word == "at_least" else (len(members), members)
        k = 1 if word == "any_of" else k
        ends = [sorted(end, reverse=True) for end in zip(*map(reading, members), strict=True)]
        return tuple(end[k - 1] if gate else sum(end[:k]) // k for end in ends)

    return higher([reading(criterion.get("skills", area_id)), area or (0, 0)])


# Steps 4 and 5: points and gate


def full_points(role, seniority, weights=None):
    """Return the full points of each row; `weights` are of `parts` and `criteria`."""
    part_of = {"must": "required", "should": "required", "nice": "nice"}
    weights = weights or {"parts": POLICY["parts"], "criteria": {row["id"]: row["weight"] for row in role["criteria"]}}
    rows = {row["id"]: (part_of[row["requirement"]], weights["criteria"][row["id"]]) for row in role["criteria"]}
    rows["seniority_years"] = ("seniority", 1)
    if role["markers"].get(seniority):
        rows["seniority_markers"] = ("seniority", 1)
    sums = {part: sum(weight for its, weight in rows.values() if its == part) for part in POLICY["parts"]}
    share = {part: Fraction(weights["parts"][part], sums[part]) if sums[part] else 0 for part in sums}
    whole = sum(weights["parts"][part] for part in sums if sums[part])
    exact = {row: 10_000 * share[part] * weight / whole for row, (part, weight) in rows.items()}
    points = {row: floor(exact[row]) for row in rows}
    by_remainder = sorted(rows, key=lambda row: (points[row] - exact[row], row))
    for row in by_remainder[: 10_000 - sum(points.values())]:
        points[row] += 1
    return points


def points_of(full, value, required):
    return full if value >= required else full * value // required


class Person(NamedTuple):
    """All that is known of one person, from all records of that person."""

    skills: Skills
    months: tuple | None
    markers: dict


def person(records, as_of):
    pieces = [piece for record in records for piece in record.pieces]
    known = {marker for record in records for marker in record.markers}
    markers = {marker: any(record.markers.get(marker) for record in records) for marker in known}
    return Person(skills_of(pieces, as_of), months_of_experience(records, as_of), markers)


def months_of_experience(records, as_of):
    jobs = [job for record in records for job in record.jobs]
    merged = [covered(jobs, as_of)] if jobs else []
    if all(record.months is None for record in records):
        return merged[0] if merged else None
    if len(records) == 1:
        return records[0].months
    each = [record.months or (covered(record.jobs, as_of) if record.jobs else None) for record in records]
    return higher(merged + [months for months in each if months])


@cache
def _table(role_id, seniority):
    return full_points(ROLES[role_id], seniority)


def score(person, role_id, seniority, weights=None):
    """Return fit and fit_high, the gate, a row's (level, level at the gate, points, full points), and the estimate."""
    role = ROLES[role_id]
    full = full_points(role, seniority, weights) if weights else _table(role_id, seniority)
    states = [person.markers.get(f"{seniority}.{marker['id']}") for marker in role["markers"][seniority]]
    months = tuple(min(end, 255) for end in person.months or (0, 255))
    values = {"seniority_years": (months, 12 * role["bands"][seniority])}
    if states:
        values["seniority_markers"] = ((states.count(True), len(states) - states.count(False)), len(states))
    at_gate, gates = {}, set()
    for row in role["criteria"]:
        values[row["id"]] = criterion_level(row, person.skills, gate=False), nearest(row["required"][seniority], 10)
        if row["requirement"] == "must":
            low, high = at_gate[row["id"]] = criterion_level(row, person.skills, gate=True)
            gates.add("pass" if low >= gate_of(row) else "fail" if high < gate_of(row) else "open")
    points = {
        row: tuple(points_of(full[row], end, required) for end in value) for row, (value, required) in values.items()
    }
    return {
        "fit": sum(low for low, _ in points.values()),
        "fit_high": sum(high for _, high in points.values()),
        "gate": next(gate for gate in ("fail", "open", "pass") if gate in gates or gate == "pass"),
        "rows": {row: (values[row][0], at_gate.get(row), points[row], full[row]) for row in values},
        "estimate": estimate(role, person),
    }


def gate_of(criterion):
    return nearest(criterion.get("gate", 2), 10)


def estimate(role, person):
    """Return the band by years, the band by markers, and the lower of the two; None is unknown."""
    by_years = by_markers = None
    if person.months:
        by_years = max(n for n, band in enumerate(BANDS) if person.months[0] >= 12 * role["bands"][band])
    ids = {n: [f"{band}.{marker['id']}" for marker in role["markers"].get(band, [])] for n, band in enumerate(BANDS)}
    known = {n: states for n in ids if (states := [person.markers[id_] for id_ in ids[n] if id_ in person.markers])}
    if known:
        reached = [n for n, states in known.items() if 2 * sum(states) >= len(states)]
        by_markers = max(reached, default=max(0, min(known) - 1))
    lower = min((n for n in (by_years, by_markers) if n is not None), default=None)
    return tuple(None if n is None else BANDS[n] for n in (by_years, by_markers, lower))


# Step 6: rank


def rank(role_id, results, *, strict=False):
    """Return the ranks as `(rank, candidate id)`, and the ids of those without a rank, both in order."""

    def place(candidate):
        drawn = hashlib.sha256(f"{role_id}\0{candidate}".encode()).digest()
        return -results[candidate]["fit"], -results[candidate]["fit_high"], drawn

    ordered = sorted(results, key=place)
    eligible = [one for one in ordered if results[one]["gate"] in (("pass",) if strict else ("pass", "open"))]
    first = {}
    for number, candidate in enumerate(eligible, 1):
        first.setdefault(place(candidate)[:2], number)
    ranked = {one: first[place(one)[:2]] for one in eligible}
    return [(number, one) for one, number in ranked.items()], [one for one in ordered if one not in ranked]
