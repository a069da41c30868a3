"""Levels, requirements and skill expressions as people read them, and the colours that go with the words.

Colour never says anything alone: each goes with a word or a figure. All are light enough for dark text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.core.policy import TOP
from service.core.rubric import AtLeast, Expression

CREATOR = "Rolefit"
TOP_LEVEL = TOP // 10
UNKNOWN = "?"
NOT_ASKED = "–"

REQUIREMENTS = {"must": "A9C8EC", "should": "CFE1F5", "nice": "EEF3F9", "seniority": "E9E4F2"}
GATES = {"pass": "CDEBD3", "open": "FBE7B2", "fail": "F6CBC6"}
STATES = {"missing": "F6CBC6", "below": "FBE7B2", "unknown": "E6E9ED"}
YES_NO = {"yes": "FBE7B2"}
SENIORITIES = {"junior": "F1EDF7", "mid": "E0D8EE", "senior": "CABDE2"}

LOWEST, HIGHEST = "FBF3E6", "6FA8DC"
HEAT = ((0.0, LOWEST), (float(TOP_LEVEL), HIGHEST))
UNKNOWN_FILL = "E6E9ED"


def number(value: float) -> float | int:
    """Return a whole number without its `.0`."""
    return int(value) if float(value).is_integer() else value


def shown(low: float, high: float, ceiling: float) -> float | int | str:
    """Return a value that is known, "?" where nothing is, and its ends where it lies between."""
    if low == high:
        return number(low)
    if low <= 0 and high >= ceiling:
        return UNKNOWN
    return f"{number(low)}–{number(high)}"


def shown_level(row: Mapping[str, Any]) -> float | int | str:
    """Return the level of a row or gap of a result. Only levels go above what is required."""
    is_level = row.get("unit", "level") == "level"
    return shown(row["level"], row["level_high"], TOP_LEVEL if is_level else row["required_level"])


def shown_at_gate(row: Mapping[str, Any]) -> str | None:
    """Return the level that the gate of a row or gap is held against ("1, asks 2"), if it is not the level shown."""
    if (row["level_at_gate"], row["level_at_gate_high"]) in {(None, None), (row["level"], row["level_high"])}:
        return None
    return f"{shown(row['level_at_gate'], row['level_at_gate_high'], TOP_LEVEL)}, asks {number(row['gate_level'])}"


def shown_years(estimate: Mapping[str, Any]) -> float | int | str:
    """Return years of experience; a span where dates are known to the year only."""
    low, high = estimate["years"], estimate.get("years_high")
    if low is None:
        return UNKNOWN
    return number(low) if high in (None, low) else f"{number(low)}–{number(high)}"


def shade(level: float) -> str:
    """Return the colour of a level on the heat map's scale, for the cells that no colour scale reaches: texts."""
    share = min(max(level / TOP_LEVEL, 0), 1)
    ends = zip(bytes.fromhex(LOWEST), bytes.fromhex(HIGHEST), strict=True)
    return bytes(round(low + (high - low) * share) for low, high in ends).hex().upper()


def heat_badges(values: Sequence[Any]) -> dict[str, str]:
    """Return the fill of each text among levels: grey for unknown, the shade of its lower end for a span."""
    texts = {value for value in values if isinstance(value, str)}
    return {text: UNKNOWN_FILL if text == UNKNOWN else shade(float(text.split("–")[0])) for text in texts}


def expression_words(expression: Expression, names: Mapping[str, str] | None = None) -> str:
    """Return a skill expression in words: "docker and any of (aws, gcp)"."""
    if isinstance(expression, str):
        return (names or {}).get(expression, expression.replace("_", " "))
    return _joined(expression, names or {})


def _joined(expression: AtLeast, names: Mapping[str, str]) -> str:
    members = [_member(member, names) for member in expression.of]
    if len(members) == 1:
        return members[0]
    if expression.k == len(members):
        return " and ".join(members)
    amount = "any of" if expression.k == 1 else f"at least {expression.k} of"
    return f"{amount} {', '.join(members)}"


def _member(member: Expression, names: Mapping[str, str]) -> str:
    words = expression_words(member, names)
    return words if isinstance(member, str) else f"({words})"
