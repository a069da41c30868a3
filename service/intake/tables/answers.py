"""What a user says of a file: what its columns, scales, values and rows mean. The answers to a report's questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.errors import InvalidInput
from service.skills.scales import Scale, scale_of

EVERY = "*"
"""In `scales`: all columns of ratings that have no scale of their own."""

PARTS = ("columns", "scales", "values", "rows")
SAID = ("yes", "no", "unknown")
PERSON = "person"
KINDS_OF_ROWS = ("skip", PERSON)
MOST_ANSWERS = 2000
LONGEST = 1000
TOP = 5


@dataclass(frozen=True)
class Answers:
    """What a user says of a file.

    `columns` holds targets and `scales` scales, both by a column's header or letter; `values` a level from 0 to 5, or
    yes, no or unknown, by the text of a cell; `rows` skip or person, by the name that stands in a row.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    values: Mapping[str, float | str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: object) -> Answers:
        """Read answers from JSON. Texts by a header are targets of columns, objects by the name of a part are answers.

        Raise InvalidInput with all mistakes.
        """
        if not isinstance(data, Mapping):
            raise _wrong([("", 'It is no object such as {"Py": "skill:python"}.')])
        flat = {key: value for key, value in data.items() if isinstance(value, str)}
        parts = {key: value for key, value in data.items() if key in PARTS and isinstance(value, Mapping)}
        wrong = [(key, _not_an_answer(key)) for key in data if key not in flat and key not in parts]
        read: dict[str, dict[str, Any]] = {"columns": {squeezed(key): target for key, target in flat.items()}}
        for part, answers in parts.items():
            for key, said in answers.items():
                value = READ[part](said)
                if part == "columns" and read["columns"].get(squeezed(key), said) != said:
                    wrong.append(
                        (f"{part}/{key}", f"{key!r} is to mean {said!r} and {read['columns'][squeezed(key)]!r}.")
                    )
                if value is None:
                    wrong.append((f"{part}/{key}", f"{said!r} is not {EXPECTED[part]}."))
                else:
                    read.setdefault(part, {})[squeezed(key)] = value
        if sum(map(len, read.values())) > MOST_ANSWERS:
            wrong.append(("", f"There are more than {MOST_ANSWERS:,} answers."))
        if any(len(key) > LONGEST for part in read.values() for key in part):
            wrong.append(("", f"A header or value is longer than {LONGEST:,} characters."))
        if wrong:
            raise _wrong(wrong)
        return cls(**read)

    def as_data(self) -> dict[str, Any]:
        """Return the answers as JSON, without the parts that are empty."""
        data: dict[str, Any] = {part: dict(getattr(self, part)) for part in PARTS}
        data["scales"] = {header: str(scale) for header, scale in self.scales.items()}
        return {part: answers for part, answers in data.items() if answers}

    def over(self, other: Answers) -> Answers:
        """Return these answers with those of another where these say nothing."""
        return Answers(**{part: {**getattr(other, part), **getattr(self, part)} for part in PARTS})

    def spelled_as(self, headers: Iterable[str], fold: Callable[[str], str]) -> Answers:
        """Return these answers with the names of columns as a file spells them that has the same headers, folded."""
        spelled = {fold(header): squeezed(header) for header in headers}
        columns, scales = (
            {spelled.get(fold(name), name): said for name, said in part.items()} for part in (self.columns, self.scales)
        )
        return Answers(columns, scales, self.values, self.rows)

    def __bool__(self) -> bool:
        return any(getattr(self, part) for part in PARTS)


NONE = Answers()

FindKept = Callable[[frozenset[str]], "tuple[str, Answers] | None"]
"""Finds answers kept for a file by its headers, folded: their name, and the answers."""


def squeezed(text: str) -> str:
    """Return a text with single spaces, as headers and cells are compared."""
    return " ".join(str(text).split())


def _target(said: object) -> str | None:
    return said if isinstance(said, str) and said.strip() else None


def _scale(said: object) -> Scale | None:
    return scale_of(said) if isinstance(said, str) else None


def _value(said: object) -> float | str | None:
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, str) and said.strip().casefold() in SAID:
        return said.strip().casefold()
    try:
        level = float(said) if isinstance(said, int | float | str) else None
    except ValueError:
        return None
    return None if level is None or not 0 <= level <= TOP else level


def _row(said: object) -> str | None:
    return said if said in KINDS_OF_ROWS else None


READ: Mapping[str, Callable[[object], Any]] = {"columns": _target, "scales": _scale, "values": _value, "rows": _row}
EXPECTED = {
    "columns": "the name of a field, a skill such as 'skill:python', a seniority marker or 'ignore'",
    "scales": "a scale such as '0-10', or '5-1' if 1 is best",
    "values": "a level from 0 to 5, 'yes', 'no' or 'unknown'",
    "rows": "'skip' or 'person'",
}


def _not_an_answer(key: str) -> str:
    if key in PARTS:
        return f"It is no object whose values are {EXPECTED[key]}."
    return f"It is no text. Give {EXPECTED['columns']}."


def _wrong(mistakes: list[tuple[str, str]]) -> InvalidInput:
    errors = [
        {"parameter": "mapping", "code": "invalid", "detail": f"{key}: {detail}" if key else detail}
        for key, detail in mistakes
    ]
    return InvalidInput(f"The mapping cannot be used. {errors[0]['detail']}", errors, code="bad_mapping")
