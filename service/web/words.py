"""How figures and states are written on pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from service.reports import wording

BATCH = re.compile(r"^/candidates/\d+|^/\d+(?=/)")
"""What comes before a candidate in a batch, and says nothing of the candidate."""

GATES = {
    "pass": "All must-haves confirmed",
    "open": "A must-have is not known yet",
    "fail": "A must-have is missing",
}
STATES = {"met": "met", "below": "below", "unknown": "not known", "missing": "missing"}


def points(value: float) -> str:
    """Return points with two decimals, as everywhere."""
    return f"{value:.2f}"


def level(row: Mapping[str, Any]) -> str:
    """Return the level of a row or gap: known, a span, or a question mark."""
    return str(wording.shown_level(row))


def number(value: float) -> str:
    """Return a number without a needless `.0`."""
    return str(wording.number(value))


def shade(value: Any) -> str:
    """Return the class of a heat map's cell: h0 to h5, or hu where nothing is known."""
    text = str(value)
    return "hu" if text == wording.UNKNOWN else f"h{round(float(text.split('–', maxsplit=1)[0]))}"


def known(entry: Mapping[str, Any]) -> str:
    """Return how many of the criteria anything is known about: "9 of 18"."""
    rows = [row for row in entry["criteria"] if row["unit"] == "level"]
    return f"{sum(1 for row in rows if row['state'] != 'unknown')} of {len(rows)}"


def place(source: Mapping[str, Any]) -> str:
    """Return where evidence stood: a cell of a sheet, or a pointer into what was sent."""
    if "row" in source:
        sheet = f"{source['sheet']}, " if source.get("sheet") else ""
        return f"{sheet}cell {source['column']}{source['row']}"
    return _steps(source["pointer"]) or "the whole"


def _steps(pointer: str) -> str:
    """Return a pointer as steps that people count: `/candidates/0/projects/0/skills/2` is "project 1, skill 3"."""
    steps: list[str] = []
    for part in BATCH.sub("", pointer).strip("/").split("/"):
        if part.isdigit() and steps:
            steps[-1] = f"{steps[-1].removesuffix('s')} {int(part) + 1}"
        else:
            steps.append(part.replace("~1", "/").replace("~0", "~").replace("_", " "))
    return ", ".join(steps)


def moved(by: int) -> str:
    """Return how far somebody rose or fell, in ranks."""
    return f"▲ {by}" if by > 0 else f"▼ {-by}" if by < 0 else ""


def said(value: Any, names: Mapping[str, str]) -> str:
    """Return a field of a rubric in words: an expression over skills by their names, phrases with commas between."""
    if value is None:
        return "–"
    if isinstance(value, Mapping):
        ((kind, of),) = value.items()
        k, members = (of["k"], of["of"]) if kind == "at_least" else (None, of)
        amount = {"any_of": "any of", "all_of": "all of"}.get(kind, f"at least {k} of")
        told = (f"({said(one, names)})" if isinstance(one, Mapping) else names.get(one, one) for one in members)
        return f"{amount} {', '.join(told)}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return names.get(value, value) if isinstance(value, str) else f"{value:g}"


FILTERS = {
    "said": said,
    "points": points,
    "level": level,
    "number": number,
    "shade": shade,
    "known": known,
    "place": place,
    "moved": moved,
    "years": wording.shown_years,
    "gate_words": GATES.__getitem__,
    "state_words": STATES.__getitem__,
    "skills_words": wording.expression_words,
}
