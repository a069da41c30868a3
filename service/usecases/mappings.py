"""Mappings, kept by name: what the headers of one team's files mean, and all else that was answered for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables.answers import EVERY, NONE, PARTS, PERSON, Answers, squeezed
from service.intake.tables.headers import check_mapping, folded
from service.store.store import MappingKept
from service.store.work import Work
from service.usecases import House, alone
from service.usecases.candidates import iso

LEAST_OF_A_HEADER = 0.8
"""Share of the cells of a row that have to be in the columns' headers, if the row is to be the header of its file."""


def keep(
    house: House,
    name: str,
    said: Mapping[str, Any],
    check: Callable[[dict[str, Any] | None], object] = alone,
) -> tuple[dict[str, Any], bool]:
    """Keep a mapping under a name; return it, and whether the name is new. Raise InvalidInput where it cannot be.

    `said` holds the parts of answers, and may name the `headers` of the file that they are for. `check` is called with
    the one that is there, in the same transaction, and may refuse.
    """
    headers = said.get("headers")
    answers = read({part: found for part, found in said.items() if part != "headers"}, house.reader)
    if headers is not None:
        _must_name_headers(answers, headers)
    with house.store.transaction() as work:
        check(_there(work, name))
        is_new = _save(house, work, name, answers, headers)
        house.note(work, "mapping.keep", name[:100])
        return _shown(work.mapping(name)), is_new


def _must_name_headers(answers: Answers, headers: Sequence[str]) -> None:
    """Raise InvalidInput for what is said of columns by a letter: a file with the same headers may order them else."""
    known = {EVERY, *map(folded, headers)}
    wrong = [
        f"{part}: {name!r} is none of the headers. Name each column by its header."
        for part in ("columns", "scales")
        for name in getattr(answers, part)
        if name != EVERY and folded(name) not in known
    ]
    if wrong:
        errors = [{"pointer": "/headers", "code": "invalid", "detail": detail} for detail in wrong]
        raise InvalidInput(f"The mapping cannot be kept. {wrong[0]}", errors)


def _save(house: House, work: Work, name: str, answers: Answers, headers: Sequence[str] | None) -> bool:
    data = answers.as_data()
    return work.save_mapping(name, data.pop("columns", {}), house.now(), data, headers)


def read(data: Any, reader: Reader) -> Answers:
    """Read answers from JSON. Raise InvalidInput with all mistakes, those in targets of columns too."""
    told = data if isinstance(data, Mapping) else {}
    targets = [part for part in (told, told.get("columns")) if isinstance(part, Mapping)]
    faults = []
    for check in (lambda: Answers.of(data), *(partial(check_mapping, _texts(part), reader) for part in targets)):
        try:
            check()
        except InvalidInput as error:
            faults.append(error)
    if faults:
        raise InvalidInput(
            faults[0].detail, [one for fault in faults for one in fault.errors], code=faults[0].code
        ) from None
    return Answers.of(data)


def _texts(part: Mapping[Any, Any]) -> dict[str, str]:
    return {key: target for key, target in part.items() if isinstance(target, str)}


def get(house: House, name: str) -> dict[str, Any]:
    """Return a mapping. Raise NotFound."""
    with house.store.reading() as work:
        return _shown(work.mapping(name))


def list_all(house: House) -> list[dict[str, Any]]:
    """Return all mappings by name."""
    with house.store.reading() as work:
        return [_shown(kept) for kept in work.mappings()]


def delete(house: House, name: str, check: Callable[[dict[str, Any] | None], object] = alone) -> None:
    """Delete a mapping, where `check` does not refuse. Raise NotFound."""
    with house.store.transaction() as work:
        check(_shown(work.mapping(name)))
        work.delete_mapping(name)
        house.note(work, "mapping.delete", name[:100])


def _there(work: Work, name: str) -> dict[str, Any] | None:
    return _shown(work.mapping(name)) if work.has_mapping(name) else None


def of(house: House, name: str | None, said: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the answers of this name, as JSON, with those of a request over them; either may be left out.

    Raise NotFound, or InvalidInput with all mistakes in what is said.
    """
    answers = NONE if said is None else read(said, house.reader)
    if name:
        with house.store.reading() as work:
            answers = answers.over(_answers(work.mapping(name)))
    return answers.as_data()


def answers_of(house: House, name: str, headers: Sequence[str]) -> Answers:
    """Return the answers kept under a name, their columns spelled as in these headers; none where it is gone."""
    with house.store.reading() as work:
        kept = _answers(work.mapping(name)) if work.has_mapping(name) else NONE
    return kept.spelled_as(headers, folded)


def answers_in(shown: Mapping[str, Any]) -> Answers:
    """Return the answers of a mapping as it is shown."""
    return Answers.of({part: shown[part] for part in PARTS})


def _answers(kept: MappingKept) -> Answers:
    return Answers.of({"columns": kept.columns, **(kept.answers or {})})


def _shown(kept: MappingKept) -> dict[str, Any]:
    return {
        "name": kept.name,
        "columns": kept.columns,
        "scales": {},
        "values": {},
        "rows": {},
        **(kept.answers or {}),
        "headers": kept.headers,
        "created_at": iso(kept.created_at),
        "updated_at": iso(kept.updated_at),
    }


# Answers that are applied by themselves


def to_apply(house: House) -> list[dict[str, Any]]:
    """Return what is kept for files with certain headers, the latest first: plain values, which a job can hold."""
    with house.store.reading() as work:
        kept = [one for one in work.mappings() if one.headers]
    kept.sort(key=lambda one: one.updated_at, reverse=True)
    return [{"name": one.name, "headers": one.headers, "answers": _answers(one).as_data()} for one in kept]


@dataclass
class Finder:
    """Finds what is kept for a file by the headers in one of its rows; remembers what a file had, and what was found.

    `kept` is as `to_apply` gives it.
    """

    kept: Sequence[Mapping[str, Any]] = ()
    rows: list[frozenset[str]] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    answers: Answers = NONE

    def __call__(self, headers: frozenset[str]) -> tuple[str, Answers] | None:
        """Return the name and the answers kept last for a file that has a row of these headers."""
        self.rows.append(headers)
        same = [one for one in self.kept if frozenset(map(folded, one["headers"])) == headers]
        if not same:
            return None
        self.found, self.answers = [one["name"] for one in same], Answers.of(same[0]["answers"])
        return self.found[0], self.answers

    @property
    def notices(self) -> list[str]:
        """Return what is to be said where answers are kept for the same headers under several names."""
        if len(self.found) < 2:  # noqa: PLR2004 - several
            return []
        last, *others = self.found
        return [f"Answers for these headers are kept as {', '.join(map(repr, others))} too: {last!r} was kept last."]

    def headers(self, columns: Iterable[Mapping[str, Any]]) -> list[str] | None:
        """Return the headers of the file, of which these columns were read; None where no row is surely its header."""
        shown = {folded(column["header"]): column["header"] for column in columns}

        def share(row: frozenset[str]) -> float:
            return len(row & shown.keys()) / len(row)

        best = max((row for row in self.rows if len(row) > 1), key=lambda row: (share(row), len(row)), default=None)
        if best is None or share(best) < LEAST_OF_A_HEADER:
            return None
        return [*(header for name, header in shown.items() if name in best), *sorted(best - shown.keys())]


def keep_used(
    house: House, work: Work, name: str, said: Mapping[str, Any], finder: Finder, columns: Sequence[Mapping[str, Any]]
) -> str:
    """Keep what was answered for a file under a name, with the file's headers. Return in a sentence what was done."""
    used = Answers.of(said).over(finder.answers)
    answers = _without_people(_by_header(used, columns))
    left_out = " Which rows are people is not kept: that would keep their names." if answers.rows != used.rows else ""
    if not answers:
        return f"No answer was given for this file that can be kept, so none is kept as {name!r}.{left_out}"
    headers = finder.headers(columns)
    _save(house, work, name, answers, headers)
    how = (
        "Name them to apply them: this file has no row of headers to know it by."
        if headers is None
        else "They are applied by themselves to files with the same headers."
    )
    return f"The answers are kept as {name!r}. {how}{left_out}"


def _without_people(answers: Answers) -> Answers:
    """Return answers without the names of people: they would outlive them, and are of no use for another file."""
    return replace(answers, rows={row: said for row, said in answers.rows.items() if said != PERSON})


def forget_names(work: Work, names: Iterable[str | None]) -> None:
    """Take out of all kept answers what is said of rows or cells that hold one of these names of a person."""
    gone = {squeezed(name).casefold() for name in names if name}
    for kept in work.mappings():
        parts = kept.answers or {}
        left = {
            part: {text: said for text, said in answers.items() if part == "scales" or text.casefold() not in gone}
            for part, answers in parts.items()
        }
        if left != parts:
            work.mend_mapping(kept.name, left)


def _by_header(answers: Answers, columns: Sequence[Mapping[str, Any]]) -> Answers:
    """Return answers that name each column by its header: another file may have the columns in another order."""
    headers = {column["header"] for column in columns}
    names = {str(column.get("row", column["column"])): column["header"] for column in columns}

    def named(part: Mapping[str, Any]) -> dict[str, Any]:
        return {key if key in headers else names.get(key, key): said for key, said in part.items()}

    return Answers(named(answers.columns), named(answers.scales), answers.values, answers.rows)
