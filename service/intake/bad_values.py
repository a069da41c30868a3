"""A candidate without its bad values: in a batch, a bad value costs the value and not the candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.intake.draft import short
from service.intake.node import MOST_LISTED, is_blank
from service.schemas.candidates import MOST_KEPT, MOST_LEVEL, NO_LEVEL
from service.schemas.faults import Path, pointer

CUT = "The rest is cut."
LEFT_OUT = "It is left out."


def without(
    data: Mapping[str, Any], faults: Sequence[tuple[Path, str]], at: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a copy of a candidate without the values that have faults, and a remark on each.

    Null stands in place of such a value, so that the places of all others stay as they are. What is too long is cut.
    `at` is the pointer to the candidate.
    """
    copied = _copied(data)
    remarks = list(_mend(copied, faults, at))
    if (more := len(remarks) - MOST_LISTED) > 0:
        remarks[MOST_LISTED:] = [{"pointer": at, "value": "", "detail": f"and {more} more values that are left out"}]
    return copied, remarks


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _mend(data: dict[str, Any], faults: Sequence[tuple[Path, str]], at: str) -> Iterator[dict[str, Any]]:
    for path, detail in faults:
        where = _place(data, path)
        holder: Any = data
        for step in where[:-1]:
            holder = holder[step]
        value = holder[where[-1]]
        if detail == NO_LEVEL and isinstance(value, int | float) and value > MOST_LEVEL:
            continue  # on another scale, as the other levels may be: told where all of them are read
        most = MOST_KEPT.get(detail)
        holder[where[-1]] = None if most is None else _first(value, most)
        if not is_blank(value):
            told = f"{detail} {LEFT_OUT if most is None else CUT}"
            yield {"pointer": at + pointer(where), "value": short(value), "detail": told}


def _place(data: Mapping[str, Any], path: Path) -> Path:
    """Return the path to the value that a fault is of: a skill without a name, or an entry without a score, as a whole.

    The schema points at what should stand there.
    """
    value: Any = data
    for depth, step in enumerate(path):
        if not isinstance(value, list | dict) or (isinstance(value, dict) and step not in value):
            return path[:depth]
        value = value[step]
    return path[:-1] if path[-3::2] == ("skills", "name") else path


def _first(value: Any, most: int) -> Any:
    """Return the beginning of a text, a list or an object."""
    return dict(list(value.items())[:most]) if isinstance(value, dict) else value[:most]
