"""rubrics/*.yaml to rubrics: read, checked all at once, frozen. What is wrong is named by file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from service import shipped
from service.core.policy import Kind, Policy
from service.core.rubric import Criterion, Marker, Rubric, Table, Weights, compile_table
from service.errors import BrokenRubric, NotFound
from service.schemas import faults
from service.schemas.rubrics import AmbiguousNamesSchema, MatrixSchema, PolicySchema, RoleSchema, VocabularySchema
from service.skills.finder import AmbiguousName
from service.skills.merging import merged
from service.skills.names import normalise
from service.skills.vocabulary import Skill, Vocabulary
from service.skills.words import Words


@dataclass(frozen=True)
class Library:
    """All rubrics with what they share.

    `matrix` holds the rows of the skills matrix: id and title. `signs` holds for each marker, by its id, the phrases
    that tell of it in a text; a marker that several roles have takes those of all.
    """

    rubrics: Mapping[str, Rubric]
    policy: Policy
    words: Words
    vocabulary: Vocabulary
    matrix: tuple[tuple[str, str], ...]
    ambiguous: tuple[AmbiguousName, ...]
    signs: Mapping[str, tuple[str, ...]]

    def get(self, role: str) -> Rubric:
        """Return the rubric of a role. Raise NotFound with the roles there are."""
        if role not in self.rubrics:
            raise NotFound(f"There is no role {role!r}. The roles are: {', '.join(self.rubrics)}.", code="unknown_role")
        return self.rubrics[role]

    def table(self, role: str, seniority: str, weights: Weights | None = None) -> Table:
        """Return a role's rubric compiled for a seniority; the rubric's own weights are compiled once."""
        if weights is not None:
            return compile_table(self.get(role), seniority, weights)
        key = (role, seniority)
        if key not in self._tables:
            self._tables[key] = compile_table(self.get(role), seniority)
        return self._tables[key]

    @cached_property
    def asked(self) -> frozenset[str]:
        """Return every skill that a criterion of any role asks for."""
        return frozenset().union(*(c.asked for rubric in self.rubrics.values() for c in rubric.criteria))

    @cached_property
    def _tables(self) -> dict[tuple[str, str], Table]:
        return {}

    @cached_property
    def marker_roles(self) -> dict[str, list[str]]:
        """Return the roles that have a marker, by its id."""
        roles: dict[str, list[str]] = {}
        for rubric in self.rubrics.values():
            for marker in rubric.markers:
                roles.setdefault(marker.id, []).append(rubric.role)
        return roles

    @cached_property
    def skill_names(self) -> dict[str, str]:
        """Return the name of every skill, by its id."""
        return {id_: skill.name for id_, skill in self.vocabulary.skills.items()}

    @cached_property
    def marker_titles(self) -> dict[str, str]:
        """Return the text of every marker of every role, by its id."""
        return {marker.id: marker.text for rubric in self.rubrics.values() for marker in rubric.markers}


@lru_cache(maxsize=4)
def load(folder: Path | None = None, own: Path | None = None) -> Library:
    """Read the rubrics of a folder (default: those shipped), with a user's own vocabulary over theirs.

    Raise BrokenRubric with every mistake found.
    """
    folder = folder or shipped.folder("rubrics")
    faults_found: list[dict[str, Any]] = []
    role_files = sorted((folder / "roles").glob("*.yaml"))
    policy_data = _read(folder / "policy.yaml", PolicySchema(), faults_found)
    matrix = _read(folder / "matrix.yaml", MatrixSchema(), faults_found)
    skills = _read(folder / "skills.yaml", VocabularySchema(), faults_found)
    ambiguous = _read(folder / "ambiguous_names.yaml", AmbiguousNamesSchema(), faults_found)
    added = _read(own, VocabularySchema(partial=OPTIONAL), faults_found).get("skills", []) if own else []
    roles = [(path, _read(path, RoleSchema(), faults_found)) for path in role_files]
    if not roles:
        faults_found.append(_fault(folder / "roles", (), "There is no rubric here."))
    if faults_found:
        raise _broken(faults_found)
    known = frozenset(skill["id"] for skill in (*skills["skills"], *added))
    for path, role in roles:
        found = _inconsistencies(path, role, known, policy_data["gate"])
        faults_found += [_fault(path, where, message) for where, message in found]
    titles = _titles(role for _, role in roles)
    try:
        vocabulary = Vocabulary(_skills(skills["skills"], titles))
    except BrokenRubric as error:
        faults_found += [_fault(folder / "skills.yaml", _path(e["field"]), e["detail"]) for e in error.errors]
    else:
        found = _nameless(ambiguous["names"], vocabulary)
        faults_found += [_fault(folder / "ambiguous_names.yaml", where, message) for where, message in found]
    if faults_found:
        raise _broken(faults_found)
    if own:
        vocabulary = _extended(vocabulary, own, _skills(added, titles))
    policy = _policy(policy_data)
    rubrics = {role["role"]: _rubric(role, policy, policy_data, vocabulary) for _, role in roles}
    rows = tuple((row["id"], row["title"]) for row in matrix["rows"])
    return Library(
        dict(sorted(rubrics.items(), key=_order)), policy, _words(policy_data), vocabulary, rows, _ambiguous(ambiguous),
        _signs(role for _, role in roles),
    )  # fmt: skip


OPTIONAL = ("skills.name", "skills.field")
"""What a skill in a user's vocabulary may leave out where it is one of ours."""

SOURCE_ORDER = ("ml_engineer", "data_scientist", "mlops_engineer", "ai_product_manager", "ai_engineer", "data_engineer")


def _order(item: tuple[str, Rubric]) -> tuple[int, str]:
    """Put our own roles in the order of the skills matrix, a user's after them."""
    role = item[0]
    return (SOURCE_ORDER.index(role) if role in SOURCE_ORDER else len(SOURCE_ORDER), role)


def _broken(found: list[dict[str, Any]]) -> BrokenRubric:
    first = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return BrokenRubric(f"{first['file']}, {first['field'] or 'whole file'}: {first['detail']}{more}", found)


def _fault(path: Path, where: faults.Path, message: str, line: int | None = None) -> dict[str, Any]:
    field = ".".join(map(str, where))
    found = line if line is not None else _line(path, where)
    return {"file": path.name, "line": found, "field": field, "code": "broken_rubric", "detail": message}


def _read(path: Path, schema: Schema, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a file's checked contents; add what is wrong with it to `found`."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        return schema.load(data if isinstance(data, dict) else {})
    except OSError as error:
        found.append(_fault(path, (), f"The file cannot be read: {error.strerror}.", line=0))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        found.append(_fault(path, (), f"This is not valid YAML: {error.problem}.", line=line))
    except (YAMLError, ValueError) as error:
        found.append(_fault(path, (), f"This is not valid YAML: {error}.", line=0))
    except ValidationError as error:
        found += [_fault(path, _plainly(where), message) for where, message in faults.flatten(error.messages)]
    return {}


def _plainly(where: faults.Path) -> faults.Path:
    """Leave out what marshmallow adds to the path of an entry of a mapping; no field of ours has these names."""
    return tuple(step for step in where if step not in ("key", "value"))


@lru_cache(maxsize=8)
def _marked(text: str) -> Any:
    """Return what a file says, with the lines where it says it: slow, so once for all faults of the file."""
    return YAML(typ="rt").load(text)


def _path(field: str) -> faults.Path:
    """Return a field such as `skills.3.aliases` as its steps."""
    return tuple(int(step) if step.isdigit() else step for step in field.split("."))


def _line(path: Path, where: faults.Path) -> int | None:
    """Return the line where a value stands, by reading the file once more with its marks; None where unknown."""
    try:
        node = _marked(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError):
        return None
    line = None
    for step in where:
        if not hasattr(node, "lc"):
            break
        try:
            line = (node.lc.key(step) if isinstance(node, dict) else node.lc.item(step))[0] + 1
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line


def _inconsistencies(
    path: Path, role: Mapping[str, Any], known: frozenset[str], default_gate: int
) -> Iterator[tuple[faults.Path, str]]:
    """Yield what is wrong between the parts of a rubric, or between it and the vocabulary."""
    if role["role"] != path.stem:
        yield ("role",), f"The role {role['role']!r} stands in a file named {path.name}."
    seen: set[str] = set()
    for place, criterion in enumerate(role["criteria"]):
        where: faults.Path = ("criteria", place)
        if criterion["id"] in seen:
            yield (*where, "id"), f"The criterion {criterion['id']!r} is there twice."
        seen.add(criterion["id"])
        built = _criterion(criterion, default_gate)
        if (built.gate or 0) > criterion["required"]["junior"]:
            yield (*where, "gate"), "The gate level (its own, or the policy's) is above the level required of a junior."
        for skill in sorted(built.asked - known):
            yield (*where, "skills"), f"The vocabulary has no skill {skill!r}."
    slugs = [marker["id"] for markers in role["markers"].values() for marker in markers]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        yield ("markers",), f"The marker {slug!r} is there twice."


def _titles(roles: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the titles of criteria by skill: they are names of it, so that they may head a column."""
    titles: dict[str, list[str]] = {}
    for role in roles:
        for criterion in role["criteria"]:
            titles.setdefault(criterion["id"], []).append(criterion["title"])
    return titles


def _skills(listed: Iterable[Mapping[str, Any]], titles: Mapping[str, Sequence[str]]) -> list[Skill]:
    """Return skills as read from a file, those that criteria are about with the titles of these."""
    return [
        Skill(
            id=skill["id"],
            name=skill.get("name", ""),
            field=skill.get("field", ""),
            aliases=tuple(_names(skill, titles.get(skill["id"], ()))),
            implies=tuple(skill["implies"]),
        )
        for skill in listed
    ]


def _names(skill: Mapping[str, Any], titles: Iterable[str]) -> Iterator[str]:
    """Yield a skill's aliases, and those titles that say something new."""
    yield from skill["aliases"]
    said = {normalise(name) for name in (skill["id"], skill.get("name", ""), *skill["aliases"])}
    for title in titles:
        if normalise(title) not in said:
            said.add(normalise(title))
            yield title


def _extended(ours: Vocabulary, path: Path, theirs: Sequence[Skill]) -> Vocabulary:
    """Return our vocabulary with a user's over it. Raise BrokenRubric with every mistake in the user's file."""
    nameless = [
        _fault(path, ("skills", place), f"The skill {skill.id!r} is new: it needs a name and a field.")
        for place, skill in enumerate(theirs)
        if skill.id not in ours.skills and not (skill.name and skill.field)
    ]
    if nameless:
        raise _broken(nameless)
    skills = merged(ours.skills.values(), theirs)
    try:
        return Vocabulary(skills)
    except BrokenRubric as error:
        raise _broken([_own_fault(fault, skills, ours, path, theirs) for fault in error.errors]) from None


def _own_fault(
    fault: Mapping[str, str], skills: Sequence[Skill], ours: Vocabulary, path: Path, theirs: Sequence[Skill]
) -> dict[str, Any]:
    """Return a fault of a merged vocabulary as one of the user's file: ours alone has none."""
    _, found_at, field = fault["field"].split(".")
    ids = [skills[int(found_at)].id, *re.findall(r"\w+", fault["detail"])]
    listed = [skill.id for skill in theirs]
    place = int(found_at) - (len(skills) - len(theirs))
    if place < 0:  # a circle is found where it begins, which may be in ours
        place = next((listed.index(id_) for id_ in ids if id_ in listed), 0)
    known = ", ".join(dict.fromkeys(id_ for id_ in ids[1:] if id_ in ours.skills))
    told = f" Rolefit's own vocabulary has: {known}." if known else ""
    return _fault(path, ("skills", place, field), f"{fault['detail']}{told}")


def _signs(roles: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the signs of every marker of every role, each once, by the marker's id."""
    signs: dict[str, dict[str, None]] = {}
    for role in roles:
        for band, markers in role["markers"].items():
            for marker in markers:
                signs.setdefault(f"{band}.{marker['id']}", {}).update(dict.fromkeys(marker["signs"]))
    return {marker: tuple(phrases) for marker, phrases in signs.items()}


def _nameless(names: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> Iterator[tuple[faults.Path, str]]:
    """Yield the ambiguous names that no skill has."""
    for place, one in enumerate(names):
        if vocabulary.resolve(one["skill"] or one["name"]) is None:
            yield ("names", place, "name"), f"No skill of the vocabulary is called {one['name']!r}."


def _ambiguous(data: Mapping[str, Any]) -> tuple[AmbiguousName, ...]:
    """Return the names that need company; the name of a group stands for its words."""
    groups = data["groups"]

    def words(near: Iterable[str] | None) -> frozenset[str] | None:
        return None if near is None else frozenset(word for name in near for word in groups.get(name, (name,)))

    return tuple(
        AmbiguousName(
            one["name"], words(one["near"]), tuple(f" {phrase} " for phrase in one["never"]), one["bold"], one["skill"]
        )
        for one in data["names"]
    )


def _policy(data: Mapping[str, Any]) -> Policy:
    return Policy(
        version=data["version"],
        kinds=tuple(Kind(id_, k["ceiling"], k["mention"], k["decides"]) for id_, k in data["kinds"].items()),
        years=tuple((row["months"], row["level"]) for row in data["years"]),
        grace_months=data["recency"]["grace_months"],
        loss_per_year=data["recency"]["loss_per_year"],
        floor_percent=data["recency"]["floor_percent"],
        parts=tuple(data["parts"].items()),
    )


def _words(data: Mapping[str, Any]) -> Words:
    names = {row["level"]: (row["name"], row["meaning"]) for row in data["levels"]}
    sets = {key: frozenset(data[key]) for key in ("yes", "no", "unknown", "ahead")}
    return Words(data["words"], names=names, **sets)


def _criterion(data: Mapping[str, Any], default_gate: int) -> Criterion:
    must = data["requirement"] == "must"
    return Criterion(
        **{key: value for key, value in data.items() if key not in ("gate", "skills")},
        gate=data.get("gate", default_gate) if must else None,
        skills=data.get("skills", data["id"]),
    )


def _rubric(data: Mapping[str, Any], policy: Policy, rules: Mapping[str, Any], vocabulary: Vocabulary) -> Rubric:
    criteria = tuple(_criterion(criterion, rules["gate"]) for criterion in data["criteria"])
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
