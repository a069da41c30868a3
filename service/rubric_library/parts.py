"""The parts of rubrics: from what their schemas let through to what scores, and back to a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.core.policy import Kind, Policy
from service.core.rubric import Criterion, Marker, Rubric, skills_of
from service.schemas import faults
from service.skills.vocabulary import Vocabulary
from service.skills.words import Words


def inconsistencies(
    role: Mapping[str, Any], known: frozenset[str], default_gate: int
) -> Iterator[tuple[faults.Path, str]]:
    """Yield what is wrong between the parts of a rubric, or between it and the vocabulary (`known` skills)."""
    seen: set[str] = set()
    for place, criterion in enumerate(role["criteria"]):
        where: faults.Path = ("criteria", place)
        if criterion["id"] in seen:
            yield (*where, "id"), f"The criterion {criterion['id']!r} is there twice."
        seen.add(criterion["id"])
        built = criterion_of(criterion, default_gate)
        if (built.gate or 0) > criterion["required"]["junior"]:
            yield (*where, "gate"), "The gate level (its own, or the policy's) is above the level required of a junior."
    yield from unknown_skills(role, known)
    slugs = [marker["id"] for markers in role["markers"].values() for marker in markers]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        yield ("markers",), f"The marker {slug!r} is there twice."


def unknown_skills(role: Mapping[str, Any], known: frozenset[str]) -> Iterator[tuple[faults.Path, str]]:
    """Yield the skills that criteria ask for and the vocabulary does not know, whatever else may be wrong."""
    for place, criterion in enumerate(role.get("criteria", ())):
        if "id" in criterion:
            asked = frozenset(skills_of(criterion.get("skills", criterion["id"]))) | {criterion["id"]}
            for skill in sorted(asked - known):
                where = "skills" if skill != criterion["id"] else "id"
                yield ("criteria", place, where), f"The vocabulary has no skill {skill!r}."


def policy_of(data: Mapping[str, Any]) -> Policy:
    """Return the policy that rubrics/policy.yaml says."""
    return Policy(
        version=data["version"],
        kinds=tuple(Kind(id_, k["ceiling"], k["mention"], k["decides"]) for id_, k in data["kinds"].items()),
        years=tuple((row["months"], row["level"]) for row in data["years"]),
        grace_months=data["recency"]["grace_months"],
        loss_per_year=data["recency"]["loss_per_year"],
        floor_percent=data["recency"]["floor_percent"],
        parts=tuple(data["parts"].items()),
    )


def words_of(data: Mapping[str, Any]) -> Words:
    """Return the words for levels that rubrics/policy.yaml says."""
    names = {row["level"]: (row["name"], row["meaning"]) for row in data["levels"]}
    sets = {key: frozenset(data[key]) for key in ("yes", "no", "unknown", "ahead")}
    return Words(data["words"], names=names, **sets)


def criterion_of(data: Mapping[str, Any], default_gate: int) -> Criterion:
    """Return a criterion; a must-have without a gate level of its own has the default."""
    must = data["requirement"] == "must"
    return Criterion(
        **{key: value for key, value in data.items() if key not in ("gate", "skills")},
        gate=data.get("gate", default_gate) if must else None,
        skills=data.get("skills", data["id"]),
    )


def rubric_of(data: Mapping[str, Any], policy: Policy, rules: Mapping[str, Any], vocabulary: Vocabulary) -> Rubric:
    """Return a role's rubric, with all that it is scored on as canonical data."""
    criteria = tuple(criterion_of(criterion, rules["gate"]) for criterion in data["criteria"])
    asked = frozenset().union(*(criterion.asked for criterion in criteria))
    proves = {
        skill: vocabulary.implied[skill] & asked
        for skill in vocabulary.skills
        if skill in asked or vocabulary.implied[skill] & asked
    }
    scoring_rules = {key: rules[key] for key in ("version", "kinds", "years", "recency", "parts", "gate")}
    canonical = {
        "role": {
            **data,
            "criteria": [_plain(criterion) for criterion in data["criteria"]],
            "markers": {band: [_unsigned(marker) for marker in markers] for band, markers in data["markers"].items()},
        },
        "policy": scoring_rules,
        "implications": {skill: sorted(proved) for skill, proved in proves.items()},
    }
    return Rubric(
        **{key: data[key] for key in ("role", "title", "version", "summary", "provenance", "bands")},
        criteria=criteria,
        markers=tuple(
            Marker(f"{band}.{marker['id']}", band, marker["text"], marker["provenance"])
            for band, markers in data["markers"].items()
            for marker in markers
        ),
        policy=policy,
        proves=proves,
        canonical=canonical,
    )


def _unsigned(marker: Mapping[str, Any]) -> dict[str, Any]:
    """Return a marker's data without its signs: like the names of skills, they decide what is read, not its worth."""
    return {key: value for key, value in marker.items() if key != "signs"}


def _plain(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """Return a criterion's data with its expression as plain lists, for the digest and for the wire."""
    return {**criterion, "skills": expression_as_data(criterion.get("skills", criterion["id"]))}


def signs_of(roles: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the signs of every marker of every role, each once, by the marker's id."""
    signs: dict[str, dict[str, None]] = {}
    for role in roles:
        for band, markers in role["markers"].items():
            for marker in markers:
                signs.setdefault(f"{band}.{marker['id']}", {}).update(dict.fromkeys(marker["signs"]))
    return {marker: tuple(phrases) for marker, phrases in signs.items()}


def expression_as_data(expression: Any) -> Any:
    """Return an expression as it is written in a rubric."""
    if isinstance(expression, str):
        return expression
    members = [expression_as_data(member) for member in expression.of]
    if expression.k == 1:
        return {"any_of": members}
    if expression.k == len(members):
        return {"all_of": members}
    return {"at_least": {"k": expression.k, "of": members}}


def document_of(role: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a role's schema let through as the document that it came from."""
    criteria = [_as_written(criterion) for criterion in role["criteria"]]
    markers = {
        band: [{key: value for key, value in marker.items() if value != []} for marker in markers]
        for band, markers in role["markers"].items()
    }
    return {**role, "criteria": criteria, "bands": dict(role["bands"]), "markers": markers}


def _as_written(criterion: Mapping[str, Any]) -> dict[str, Any]:
    found = {**criterion, "required": {band: level_as_written(of) for band, of in criterion["required"].items()}}
    if "gate" in criterion:
        found["gate"] = level_as_written(criterion["gate"])
    if "skills" in criterion:
        found["skills"] = expression_as_data(criterion["skills"])
    return found


def level_as_written(tenths: int) -> float:
    """Return a level as people write it: 3, or 3.5."""
    return tenths // 10 if tenths % 10 == 0 else tenths / 10
