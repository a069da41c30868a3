"""The rubrics: files under rubrics/, and documents in their shape, checked all at once, frozen.

`files` reads, `names` makes the vocabulary, `parts` makes the rubrics. What is wrong is named by file, line and field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from marshmallow import ValidationError

from service import shipped
from service.core.policy import Policy
from service.core.rubric import Rubric, Table, Weights, compile_table
from service.errors import BrokenRubric, NotFound
from service.rubric_library.files import broken, fault, path_of, plainly, read
from service.rubric_library.names import ambiguous_names, extended, nameless, skills_of, titles_by_skill
from service.rubric_library.parts import (
    document_of,
    expression_as_data,
    inconsistencies,
    policy_of,
    rubric_of,
    signs_of,
    unknown_skills,
    words_of,
)
from service.schemas import faults
from service.schemas.rubrics import AmbiguousNamesSchema, MatrixSchema, PolicySchema, RoleSchema, VocabularySchema
from service.skills.finder import AmbiguousName
from service.skills.vocabulary import Vocabulary
from service.skills.words import Words

__all__ = ["Library", "expression_as_data", "load"]


class Sources(NamedTuple):
    """What a library is made of, as its schemas let it through; `added` is a user's vocabulary, from the file `own`."""

    policy: Mapping[str, Any]
    matrix: Mapping[str, Any]
    skills: tuple[Mapping[str, Any], ...]
    ambiguous: Mapping[str, Any]
    own: Path | None
    added: tuple[Mapping[str, Any], ...]
    roles: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, eq=False)
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
    sources: Sources = field(repr=False)
    shipped: Library | None = field(default=None, repr=False)
    """The library of the files alone, where this one has other roles over them."""

    def with_roles(self, documents: Mapping[str, Mapping[str, Any]]) -> Library:
        """Return a library with roles beside those there are, or in their place.

        `documents` are plain data in the shape of a file under rubrics/roles, by role. Raise BrokenRubric with every
        mistake, each as `role`, `path` and `detail`.
        """
        found: list[dict[str, Any]] = []
        roles = {role: self._checked(role, document, found) for role, document in documents.items()}
        if found:
            raise BrokenRubric(found[0]["detail"], found)
        try:
            made = assembled(self.sources._replace(roles=self.sources.roles | roles), self.sources.roles.values())
        except BrokenRubric as error:  # of the vocabulary: a title that is another skill's name
            told = [{"role": next(iter(documents)), "path": (), "detail": one["detail"]} for one in error.errors]
            raise BrokenRubric(told[0]["detail"], told) from None
        return replace(made, shipped=self.shipped or self)

    def _checked(self, role: str, document: Mapping[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what a document says, checked; add what is wrong with it to `found`."""

        def wrong(path: faults.Path, detail: str) -> dict[str, Any]:
            return {"role": role, "path": path, "detail": detail}

        skills = frozenset(self.vocabulary.skills)
        try:
            checked = RoleSchema().load(document)
        except ValidationError as error:
            found += [wrong(plainly(path), message) for path, message in faults.flatten(error.messages)]
            right = error.valid_data if isinstance(error.valid_data, dict) else {}
            found += [wrong(*one) for one in unknown_skills(right, skills)]
            return {}
        found += [wrong(*one) for one in inconsistencies(checked, skills, self.sources.policy["gate"])]
        return checked

    def document(self, role: str) -> dict[str, Any]:
        """Return a role's rubric as a document that could be its file."""
        self.get(role)
        return document_of(self.sources.roles[role])

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

    def skill_id(self, name: str) -> str | None:
        """Return the id of a skill, by its id or any of its names."""
        return name if name in self.vocabulary.skills else self.vocabulary.resolve(name)

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
    found: list[dict[str, Any]] = []
    policy = read(folder / "policy.yaml", PolicySchema(), found)
    matrix = read(folder / "matrix.yaml", MatrixSchema(), found)
    skills = read(folder / "skills.yaml", VocabularySchema(), found)
    ambiguous = read(folder / "ambiguous_names.yaml", AmbiguousNamesSchema(), found)
    added = read(own, VocabularySchema(partial=OPTIONAL), found).get("skills", []) if own else []
    roles = [(path, read(path, RoleSchema(), found)) for path in sorted((folder / "roles").glob("*.yaml"))]
    if not roles:
        found.append(fault(folder / "roles", (), "There is no rubric here."))
    if found:
        raise broken(found)
    known = frozenset(skill["id"] for skill in (*skills["skills"], *added))
    for path, role in roles:
        found += [fault(path, *one) for one in _of_file(path, role)]
        found += [fault(path, *one) for one in inconsistencies(role, known, policy["gate"])]
    try:
        ours = Vocabulary(skills_of(skills["skills"], titles_by_skill(role for _, role in roles)))
    except BrokenRubric as error:
        found += [fault(folder / "skills.yaml", path_of(e["field"]), e["detail"]) for e in error.errors]
    else:
        found += [fault(folder / "ambiguous_names.yaml", *one) for one in nameless(ambiguous["names"], ours)]
    if found:
        raise broken(found)
    by_role = {role["role"]: role for _, role in roles}
    return assembled(Sources(policy, matrix, tuple(skills["skills"]), ambiguous, own, tuple(added), by_role))


def _of_file(path: Path, role: Mapping[str, Any]) -> list[tuple[faults.Path, str]]:
    if role["role"] == path.stem:
        return []
    return [(("role",), f"The role {role['role']!r} stands in a file named {path.name}.")]


def assembled(sources: Sources, before: Iterable[Mapping[str, Any]] = ()) -> Library:
    """Return the library of its sources; titles of roles as they were `before` still name their skills.

    Raise BrokenRubric where a name stands for two skills.
    """
    roles = sources.roles.values()
    titles = titles_by_skill([*roles, *before])
    vocabulary = Vocabulary(skills_of(sources.skills, titles))
    if sources.own:
        vocabulary = extended(vocabulary, sources.own, skills_of(sources.added, titles))
    policy = policy_of(sources.policy)
    rubrics = {role["role"]: rubric_of(role, policy, sources.policy, vocabulary) for role in roles}
    rows = tuple((row["id"], row["title"]) for row in sources.matrix["rows"])
    return Library(
        dict(sorted(rubrics.items(), key=_order)), policy, words_of(sources.policy), vocabulary, rows,
        ambiguous_names(sources.ambiguous), signs_of(roles), sources,
    )  # fmt: skip


OPTIONAL = ("skills.name", "skills.field")
"""What a skill in a user's vocabulary may leave out where it is one of ours."""

SOURCE_ORDER = ("ml_engineer", "data_scientist", "mlops_engineer", "ai_product_manager", "ai_engineer", "data_engineer")


def _order(item: tuple[str, Rubric]) -> tuple[int, str]:
    """Put our own roles in the order of the skills matrix, a user's after them."""
    role = item[0]
    return (SOURCE_ORDER.index(role) if role in SOURCE_ORDER else len(SOURCE_ORDER), role)
