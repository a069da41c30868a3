"""rubrics/*.yaml to rubrics: read, checked all at once, frozen. What is wrong is named by file, line and field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from service.schemas.rubrics import MatrixSchema, PolicySchema, RoleSchema, VocabularySchema
from service.skills.vocabulary import Skill, Vocabulary
from service.skills.words import Words


@dataclass(frozen=True)
class Library:
    """All rubrics with what they share. `matrix` holds the rows of the skills matrix: id and title."""

    rubrics: Mapping[str, Rubric]
    policy: Policy
    words: Words
    vocabulary: Vocabulary
    matrix: tuple[tuple[str, str], ...]

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
def load(folder: Path | None = None) -> Library:
    """Read the rubrics of a folder (default: those shipped). Raise BrokenRubric with every mistake found."""
    folder = folder or shipped.folder("rubrics")
    faults_found: list[dict[str, Any]] = []
    role_files = sorted((folder / "roles").glob("*.yaml"))
    policy_data = _read(folder / "policy.yaml", PolicySchema(), faults_found)
    matrix = _read(folder / "matrix.yaml", MatrixSchema(), faults_found)
    skills = _read(folder / "skills.yaml", VocabularySchema(), faults_found)
    roles = [(path, _read(path, RoleSchema(), faults_found)) for path in role_files]
    if not roles:
        faults_found.append(_fault(folder / "roles", (), "There is no rubric here."))
    if faults_found:
        raise _broken(faults_found)
    known = frozenset(skill["id"] for skill in skills["skills"])
    for path, role in roles:
        found = _inconsistencies(path, role, known, policy_data["gate"])
        faults_found += [_fault(path, where, message) for where, message in found]
    try:
        vocabulary = _vocabulary(skills["skills"], [role for _, role in roles])
    except BrokenRubric as error:
        faults_found += [_fault(folder / "skills.yaml", _path(e["field"]), e["detail"]) for e in error.errors]
    if faults_found:
        raise _broken(faults_found)
    policy = _policy(policy_data)
    rubrics = {role["role"]: _rubric(role, policy, policy_data, vocabulary) for _, role in roles}
    rows = tuple((row["id"], row["title"]) for row in matrix["rows"])
    return Library(dict(sorted(rubrics.items(), key=_order)), policy, _words(policy_data), vocabulary, rows)


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


def _vocabulary(skills: Iterable[Mapping[str, Any]], roles: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """Return the vocabulary; the title of a criterion is a name of its skill, so that it may head a column."""
    titles: dict[str, list[str]] = {}
    for role in roles:
        for criterion in role["criteria"]:
            titles.setdefault(criterion["id"], []).append(criterion["title"])
    return Vocabulary(
        Skill(s["id"], s["name"], s["field"], (*s["aliases"], *titles.get(s["id"], ())), tuple(s["implies"]))
        for s in skills
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
    return Words(data["words"], frozenset(data["yes"]), frozenset(data["no"]), frozenset(data["unknown"]), names)


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
        "role": {**data, "criteria": [_plain(criterion) for criterion in data["criteria"]]},
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
