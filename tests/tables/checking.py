"""Compare what was read of a generated table with what is true of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tables.generator import Table
from tables.grid import YES, Claim

from service.intake.candidate import Candidate

WRONG = ("ghost", "missing person", "wrong value", "wrong years", "wrong identity", "not unknown")
"""Kinds of mistakes that no table may have. The others say that something was not read."""


@dataclass(frozen=True)
class Mistake:
    """Something that is not as it is: its kind, and what was expected and read."""

    kind: str
    detail: str

    @property
    def is_wrong(self) -> bool:
        """Tell whether a value is wrong, rather than unread."""
        return self.kind in WRONG


@dataclass
class Verdict:
    """The mistakes of a table, and the claims that were not read."""

    mistakes: list[Mistake] = field(default_factory=list)
    unread: list[Claim] = field(default_factory=list)

    @property
    def wrong(self) -> list[Mistake]:
        """Return the mistakes that no table may have."""
        return [mistake for mistake in self.mistakes if mistake.is_wrong]

    def add(self, kind: str, detail: str) -> None:
        self.mistakes.append(Mistake(kind, detail))


def judge(table: Table, read: Any, *, answered: bool = False) -> Verdict:
    """Compare what was read with the truth; before a question is answered the ratings it is about must be unknown."""
    verdict = Verdict()
    read_people = defaultdict(list)
    for candidate in read.people:
        read_people[_key(table, candidate)].append(candidate)
    expected = {table.key(person): index for index, person in enumerate(table.people)}
    for key, candidates in read_people.items():
        for _ in candidates[1 if key in expected else 0 :]:
            verdict.add("ghost", repr(key))
    for key, index in expected.items():
        if key in read_people:
            _judge_person(table, index, read_people[key][0], verdict, answered=answered)
        else:
            verdict.add("missing person", repr(key))
    return verdict


def _key(table: Table, candidate: Candidate) -> str:
    """Return what names a candidate in a table."""
    if set(table.spec.identity) & {"name", "first"}:
        return candidate.name or ""
    if "id" in table.spec.identity:
        return candidate.external_id or candidate.name or ""
    return str(candidate.contact.get("email") or candidate.external_id or candidate.name or "")


def _judge_person(table: Table, index: int, candidate: Candidate, verdict: Verdict, *, answered: bool) -> None:
    claims, read = defaultdict(list), defaultdict(list)
    for claim in table.claims:
        if claim.person == index:
            claims[claim.skill].append(claim)
    for piece in candidate.profile.evidence:
        read[piece.skill].append(piece)
    who = table.key(table.people[index])
    for skill in claims.keys() | read.keys():
        _judge_skill(table, f"{who}, {skill}", claims[skill], read[skill], verdict, answered=answered)
    _judge_years(table, index, candidate, verdict)
    _judge_identity(table, index, candidate, verdict)


def _judge_skill(
    table: Table, where: str, claims: list[Claim], pieces: Iterable[Any], verdict: Verdict, *, answered: bool
) -> None:
    """Match each piece of evidence to a claim, the strictest claims first."""
    if table.spec.layout.prose and (not claims or any(claim.said is None for claim in claims)):
        verdict.unread += claims if not pieces else []
        return
    waiting = [claim for claim in claims if table.waits(claim) and not answered]
    open_ = sorted((claim for claim in claims if claim not in waiting), key=lambda claim: len(claim.said or ()))
    matched: list[Claim] = []
    for piece in pieces:
        for kind, said, months in _sayings(piece):
            found = next((c for c in [*open_, *matched] if _fits(c, kind, said, months)), None)
            if found is None and said == YES and any(claim.named and 0 not in claim.said for claim in claims):
                continue  # the skill is had, at a level that was not read
            if found is None:
                shown = f"{where}: read {kind} {said} {months or ''} in {piece.where} of {piece.quote!r}"
                verdict.add("not unknown" if waiting else "wrong value", f"{shown}, expected {_shown(claims)}")
            elif found in open_:
                open_.remove(found)
                matched.append(found)
    verdict.unread += [
        claim for claim in open_ if not claim.optional and not any(_same(claim, other) for other in matched)
    ]


def _sayings(piece: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield what a piece of evidence says: a level, a time of use, or a mention."""
    if piece.level is not None:
        yield piece.kind, piece.level[0] if piece.level[0] == piece.level[1] else piece.level, None
    if piece.months is not None:
        yield piece.kind, None, piece.months
    if piece.level is None and piece.months is None:
        yield piece.kind, YES, None


def _fits(claim: Claim, kind: str, said: Any, months: Any) -> bool:
    if months is not None or claim.months is not None:
        return claim.months == months
    return kind in claim.kinds and said in (claim.said or ())


def _same(claim: Claim, other: Claim) -> bool:
    """Tell whether two cells say the same, so that one piece of evidence is enough."""
    return (claim.kinds, claim.said, claim.months) == (other.kinds, other.said, other.months)


def _shown(claims: Iterable[Claim]) -> str:
    return "; ".join(f"{'/'.join(c.kinds)} {c.months or c.said} of {c.cell.value!r}" for c in claims) or "nothing"


def _judge_years(table: Table, index: int, candidate: Candidate, verdict: Verdict) -> None:
    read, (low, high) = candidate.profile.months, table.people[index].months
    if "years" not in table.spec.identity:
        if read is not None and not table.spec.layout.prose:
            verdict.add("wrong years", f"{table.key(table.people[index])}: read {read}, expected nothing")
    elif read is None:
        verdict.add("unread years", f"{table.key(table.people[index])}: {table.people[index].years!r}")
    elif read[0] != low or (high is not None and read[1] != high):
        verdict.add("wrong years", f"{table.key(table.people[index])}: read {read}, expected {(low, high)}")


def _judge_identity(table: Table, index: int, candidate: Candidate, verdict: Verdict) -> None:
    """Hold that an id or address is the person's, where one was read at all."""
    person, identity = table.people[index], table.spec.identity
    read = {"id": candidate.external_id, "email": candidate.contact.get("email")}
    right = {
        "id": {person.id} if "id" in identity else set(),
        "email": {person.email} if "email" in identity else set(),
    }
    if identity == ("email",):
        right["id"] = {person.email}
    for part, value in read.items():
        if value is not None and value not in right[part]:
            verdict.add("wrong identity", f"{table.key(person)}: {part} {value!r}")


def unsaid(table: Table, read: Any, verdict: Verdict) -> list[str]:
    """Return the cells that were not read and that the report says nothing of."""
    report = read.report
    told_cells = {(warning.get("row"), warning.get("column")) for warning in report["warnings"]}
    told_headers = {header for question in report.get("questions", ()) for header in question["columns"]}
    told_columns = {
        column["column"] for column in report["columns"]
        if column["understood_as"] in {None, "ignore"} or column["header"] in told_headers
    } | told_headers  # fmt: skip
    told_columns |= {
        letters
        for notice in report["notices"]
        if notice.startswith("Columns without a header")
        for letters in notice.rpartition(": ")[2].rstrip(".").split(", ")
    }
    told_rows = {row.row for row in read.rejected} | {row["row"] for row in report.get("passed_over", ())}
    told_lines = {column["row"] for column in report["columns"] if column.get("row") and _is_told(column, told_headers)}
    unknown = {one["word"] for one in report["unknown_skills"]}
    missing = []
    for cell in [claim.cell for claim in verdict.unread] + table.grid.loose:
        row, column = table.grid.place_of(cell) or (None, None)
        is_told = (row, column) in told_cells or column in told_columns or row in told_rows | told_lines
        if not is_told and not any(word in str(cell.value) for word in unknown):
            missing.append(f"{column}{row}: {cell.value!r}")
    return missing


def _is_told(column: Mapping[str, Any], headers: set[str]) -> bool:
    return column["understood_as"] in {None, "ignore"} or column["header"] in headers


def answer_for(table: Table, report: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the mapping that answers a table's question, by the choices it offers; None where none is right."""
    if "values" in table.answer:
        return {"values": dict(table.answer["values"])}
    scales: dict[str, str] = {}
    for question in report.get("questions", ()):
        if question["kind"] == "scale":
            offered = [choice["answer"].get("scales", {}) for choice in question["choices"]]
            right = next((one for one in offered if one and set(one.values()) == {table.answer["scale"]}), None)
            if right is None:
                return None
            scales |= right
    return {"scales": scales} if scales else None


def counted(mistakes: Iterable[Mistake]) -> Counter[str]:
    """Return how many mistakes of each kind there are."""
    return Counter(mistake.kind for mistake in mistakes)
