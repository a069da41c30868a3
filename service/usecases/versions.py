"""Versions of rubrics: sent back edited, checked, shown with what they would change, and published by a person.

A version that was published never changes; whoever wants it otherwise publishes the next. In force are the rubrics of
the files, with the last published version of each role in the place of the file's, or beside them for a role of one's
own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from service import storable
from service.core.difference import Difference, differences
from service.core.revision import moves
from service.core.rubric import Rubric, Table, compile_table
from service.core.scoring import Scores
from service.errors import BrokenRubric, Conflict, InvalidInput, NotFound, UnsupportedFile
from service.intake import rubric_book
from service.rubric_library import Library
from service.rubric_library.documents import from_json, from_yaml
from service.schemas import bounds, faults
from service.sheets.reader import open_table
from service.store.rubrics import Published
from service.store.work import Work
from service.usecases import House, pools, whatif
from service.usecases.candidates import iso
from service.usecases.levels import Levels
from service.usecases.lint import look_over
from service.usecases.rubrics import role as shown

RESERVED = ("all", "drafts")
"""Names that are no roles, since the API means something else by them."""

LONGEST_NOTE = 1_000

Where = Callable[[str, faults.Path], dict[str, Any]]


class Sent(NamedTuple):
    """Rubrics as they were sent, and what tells where a part of one stands."""

    documents: list[dict[str, Any]]
    where: Where


class Proposal(NamedTuple):
    """A role as it would be: its document and rubric, the version it was made from (None: a new role), differences."""

    document: dict[str, Any]
    rubric: Rubric
    before: Rubric | None
    changes: list[Difference]

    @property
    def role(self) -> str:
        """Return the role."""
        return self.rubric.role


# Which rubrics are in force


def renewed(house: House, count: int | None = None) -> tuple[House, int]:
    """Return a house with the rubrics in force, and how many versions those were made of.

    Where that is `count` still, it is the same house. Raise BrokenRubric where what was published no longer fits ours.
    """
    with house.store.reading() as work:
        found = work.rubrics.count()
        if found == (count or 0):
            return house, found
        library = in_force(shipped(house), work.rubrics.all())
    return replace(house, library=library), found


def shipped(house: House) -> Library:
    """Return the rubrics of the files alone."""
    return house.library.shipped or house.library


def in_force(library: Library, published: Sequence[Published]) -> Library:
    """Return the rubrics of files with the last versions published over them."""
    last = {one.role: one.document for one in published}
    return library.with_roles({role: document for role, document in last.items() if document is not None})


# What there is


def versions(house: House, role: str) -> dict[str, Any]:
    """Return all versions of a role, the newest first. Raise NotFound."""
    with house.store.reading() as work:
        published = [one for one in work.rubrics.all() if one.role == role]
    base = shipped(house).rubrics.get(role)
    if not published and base is None:
        house.library.get(role)
    current = house.library.rubrics.get(role)
    listed = [_line(one, current) for one in reversed(published)]
    if base is not None:
        is_current = current is not None and current.digest == base.digest
        listed.append({"version": base.version, "digest": base.digest, "from": "file", "in_force": is_current})
    return {"role": role, "versions": listed}


def _line(one: Published, current: Rubric | None) -> dict[str, Any]:
    is_current = current is not None and one.document is not None and current.version == one.version
    return {
        "version": one.version,
        "digest": one.digest,
        "from": "published" if one.document is not None else "withdrawn",
        "in_force": is_current,
        "note": one.note,
        "actor": one.actor,
        "created_at": iso(one.created_at),
    }


def exported(house: House, role: str | None, version: int | None) -> tuple[list[dict[str, Any]], list[Rubric]]:
    """Return rubrics as documents to be edited, with what they compile to: all, or one role's. Raise NotFound."""
    if role is None and version is not None:
        detail = "A version is of one role: say which."
        raise InvalidInput(detail, [{"parameter": "role", "code": "missing", "detail": detail}])
    library = _library_at(house, role, version) if role else house.library
    roles = [role] if role else list(library.rubrics)
    return [library.document(one) for one in roles], [library.get(one) for one in roles]


def at_version(house: House, role: str, version: int) -> dict[str, Any]:
    """Return a role's rubric as it was at a version. Raise NotFound."""
    return shown(_library_at(house, role, version).get(role))


def _library_at(house: House, role: str, version: int | None) -> Library:
    """Return a library in which a role is at a version. Raise NotFound."""
    current = house.library.rubrics.get(role)
    if version is None or (current and current.version == version):
        house.library.get(role)
        return house.library
    with house.store.reading() as work:
        found = [one for one in work.rubrics.all() if (one.role, one.version) == (role, version)]
    if found and not found[0].document:
        detail = f"Version {version} of {role!r} withdrew what was published before: there is no rubric in it."
        raise NotFound(detail, code="unknown_version")
    if found:
        return in_force(shipped(house), found)
    base = shipped(house)
    if role in base.rubrics and base.rubrics[role].version == version:
        return base
    raise NotFound(f"The role {role!r} has no version {version}.", code="unknown_version")


def difference(house: House, role: str, before: int, after: int, seniority: str, top: int) -> dict[str, Any]:
    """Return what differs between two versions of a role, and who of the pool moves from one to the other."""
    old, new = _library_at(house, role, before), _library_at(house, role, after)
    proposal = Proposal(
        new.document(role), new.get(role), old.get(role), differences(old.document(role), new.document(role))
    )
    return {"role": role, "from": before, "to": after, **_told(house, proposal, seniority, top)}


# What is sent


def read(house: House, path: Path, filename: str) -> Sent:
    """Return the rubrics of a file: a workbook downloaded here and edited, YAML or JSON.

    Raise InvalidInput, or RubricsTooLarge before reading more than rubrics may hold.
    """
    bounds.check_bytes(path.stat().st_size)
    ending = Path(filename).suffix.lower()
    if ending == ".xlsx":
        base = {role: house.library.document(role) for role in house.library.rubrics}
        with open_table(path, filename, house.limits) as book:
            reading = rubric_book.documents(book.sheets(), base, house.library.skill_id)
        bounds.check_count(len(reading.documents))
        return Sent(list(reading.documents.values()), reading.where)
    readers = {".yaml": from_yaml, ".yml": from_yaml, ".json": from_json}
    if ending not in readers:
        raise UnsupportedFile("Rubrics are sent as .xlsx, .yaml or .json.", code="unsupported_file")
    return as_sent(readers[ending](path.read_bytes()))


def as_sent(documents: Sequence[Any]) -> Sent:
    """Return documents as they were sent, a mistake by its pointer.

    Raise InvalidInput where one is no object, RubricsTooLarge where they hold too much.
    """
    bounds.check_nodes(documents)
    bounds.check_count(len(documents))
    wrong = [place for place, one in enumerate(documents) if not isinstance(one, dict)]
    if wrong or not documents:
        errors = [{"pointer": f"/{place}", "code": "invalid", "detail": "A rubric is an object."} for place in wrong]
        raise InvalidInput("This holds no rubric.", errors)
    places = {str(one.get("role")): place for place, one in enumerate(documents)}

    def where(role: str, path: faults.Path) -> dict[str, Any]:
        return {"pointer": faults.pointer(path if len(documents) == 1 else (places.get(role, 0), *path))}

    return Sent(list(documents), where)


def propose(house: House, sent: Sent, seniority: str, top: int) -> dict[str, Any]:
    """Return what rubrics that were sent would change; nothing is kept. Raise InvalidInput or Conflict."""
    with house.store.reading() as work:
        proposals = list(_proposals(house, work.rubrics.all(), sent))
    return _answer(house, proposals, seniority, top, published=False)


def publish(house: House, sent: Sent, seniority: str, top: int, note: str | None = None) -> dict[str, Any]:
    """Put rubrics that were sent in force, all or none, each as a new version. Raise InvalidInput or Conflict."""
    with house.store.transaction() as work:
        proposals = list(_proposals(house, work.rubrics.all(), sent))
        for one in proposals:
            if one.changes:
                _add(house, work, one.role, one.rubric.version, one, note)
    return _answer(house, proposals, seniority, top, published=True)


def withdraw(house: House, role: str, note: str | None = None) -> None:
    """Put a role back to what the files say; one that is not in them is gone. Raise NotFound or Conflict."""
    with house.store.transaction() as work:
        current = in_force(shipped(house), work.rubrics.all()).get(role)
        base = shipped(house).rubrics.get(role)
        if base is not None and base.digest == current.digest:
            raise Conflict("This role is as Rolefit ships it: there is nothing to withdraw.", code="nothing_published")
        _add(house, work, role, _next(role, work.rubrics.all(), base), None, note)


def _add(house: House, work: Work, role: str, version: int, proposal: Proposal | None, note: str | None) -> None:
    digest = proposal.rubric.digest if proposal else None
    kept = proposal.document if proposal else None
    work.rubrics.add(Published(role, version, kept, digest, note, house.actor, house.now()))
    house.note(work, "rubric.publish" if proposal else "rubric.withdraw", role, version=version, rubric=digest)


def _next(role: str, published: Sequence[Published], base: Rubric | None) -> int:
    return 1 + max([one.version for one in published if one.role == role] + ([base.version] if base else []), default=0)


def _proposals(house: House, published: Sequence[Published], sent: Sent) -> Iterator[Proposal]:
    """Yield what each document proposes. Raise InvalidInput with every mistake, or Conflict where one is outdated."""
    _must_be_storable(sent)
    base = shipped(house)
    current = in_force(base, published)
    roles = [str(one.get("role")) for one in sent.documents]
    _must_be_roles(roles, sent.where)
    numbered = {
        role: {**one, "role": role, "version": _next(role, published, base.rubrics.get(role))}
        for role, one in zip(roles, sent.documents, strict=True)
    }
    _must_be_of_now(sent, current)
    try:
        made = current.with_roles(numbered)
    except BrokenRubric as error:
        errors = [
            {**sent.where(one["role"], one["path"]), "code": "invalid", "detail": _in_words(one)}
            for one in error.errors
        ]
        raise InvalidInput(f"The rubric cannot be used as it is. {errors[0]['detail']}", errors) from None
    _must_have_titles_of_their_own(made, roles, sent.where)
    for role in roles:
        was, found = current.rubrics.get(role), made.document(role)
        changes = differences(current.document(role), found) if was else []
        yield Proposal(found, made.get(role), was, changes or ([] if was else [NEW]))


NEW = Difference("role", None, "added", None, None, None)


def _in_words(fault: Mapping[str, Any]) -> str:
    field = next((str(step) for step in reversed(fault["path"]) if isinstance(step, str)), "")
    return f"{field}: {fault['detail']}" if field else str(fault["detail"])


def _must_be_storable(sent: Sent) -> None:
    """Raise InvalidInput with every text that cannot be stored."""
    errors = [
        {**sent.where(str(one.get("role")), path), "code": "invalid", "detail": storable.fault_in(text)}
        for one in sent.documents
        for path, text in storable.faults(one)
    ]
    if errors:
        raise InvalidInput(f"The rubric cannot be stored. {errors[0]['detail']}", errors)


def _must_be_roles(roles: Sequence[str], where: Where) -> None:
    wrong = [role for role in roles if role in RESERVED or roles.count(role) > 1]
    if wrong:
        detail = "This role is there twice, or its name is taken by something else."
        errors = [{**where(role, ("role",)), "code": "invalid", "detail": detail} for role in dict.fromkeys(wrong)]
        raise InvalidInput(detail, errors)


def _must_be_of_now(sent: Sent, current: Library) -> None:
    """Raise Conflict where somebody published since a document was taken: it would undo what they changed."""
    for one in sent.documents:
        known = current.rubrics.get(str(one.get("role")))
        if known and one.get("version") != known.version:
            raise Conflict(
                f"{known.title} is at version {known.version}, and this was made from version {one.get('version')}. "
                "Download it again and put your changes there.",
                [{**sent.where(known.role, ("version",)), "code": "outdated", "detail": "Not the version in force"}],
                code="outdated_version",
            )


def _must_have_titles_of_their_own(library: Library, roles: Sequence[str], where: Where) -> None:
    titles = [rubric.title.casefold() for rubric in library.rubrics.values()]
    detail = "Another role has this title."
    errors = [
        {**where(role, ("title",)), "code": "invalid", "detail": detail}
        for role in roles
        if titles.count(library.rubrics[role].title.casefold()) > 1
    ]
    if errors:
        raise InvalidInput(detail, errors)


# What it would change


def _answer(
    house: House, proposals: Sequence[Proposal], seniority: str, top: int, *, published: bool
) -> dict[str, Any]:
    return {
        "published": published,
        "rubrics": [
            {
                "role": one.role,
                "title": one.rubric.title,
                "based_on": one.before.version if one.before else None,
                "version": one.rubric.version,
                "digest": one.rubric.digest,
                **_told(house, one, seniority, top),
            }
            for one in proposals
            if one.changes
        ],
        "unchanged": [one.role for one in proposals if not one.changes],
    }


def _told(house: House, proposal: Proposal, seniority: str, top: int) -> dict[str, Any]:
    """Return what is otherwise, who of the stored pool moves, and what there is to say of the rubric as it would be."""
    with house.store.reading() as work:
        new = _pool(house, work, compile_table(proposal.rubric, seniority))
        old = proposal.before and _pool(house, work, compile_table(proposal.before, seniority))
        return {
            "changes": [one._asdict() for one in proposal.changes],
            "moves": _moved(old, new.scores, top) if old else None,
            "findings": look_over(new.table, new, house.skill_names)["findings"],
        }


def _moved(old: pools.Pool, scores: Scores, top: int) -> dict[str, Any]:
    found = moves(old.ranking, old.ranked(scores), top)
    return {**old.about, "top": top, **whatif.moved(old, found, scores)}


def _pool(house: House, work: Work, table: Table) -> pools.Pool:
    in_use = house.library.rubrics.get(table.rubric.role)
    levels = house.levels if in_use is table.rubric else Levels([table.rubric])
    return pools.stored(house, work, table, house.today, levels)
