"""One candidate's result as a table: what each criterion asks, what is known, what it earns and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from service.reports import wording

HEADER = (
    "Criterion",
    "Requirement",
    "Level",
    "Required level",
    "Unit",
    "State",
    "Points",
    "Points at most",
    "Of",
    "Why",
)


def criteria_rows(result: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return a row for each criterion of a result, and the two of seniority, in the columns of `HEADER`."""
    return [
        (
            row["title"],
            row["requirement"],
            wording.shown_level(row),
            wording.number(row["required_level"]),
            row["unit"],
            row["state"],
            row["points"],
            row["points_high"],
            row["full_points"],
            _why(row),
        )
        for row in result["criteria"]
    ]


def criteria_frame(result: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows as a frame. Points and Of add up: to the fit, and to 100."""
    return wording.frame(HEADER, criteria_rows(result))


def _why(row: Mapping[str, Any]) -> str:
    """Return the strongest piece of evidence in a few words, and how many more there are."""
    evidence = row["evidence"]
    if not evidence:
        return ""
    first, more = evidence[0], len(evidence) - 1
    quote = f": {first['quote']}" if first["quote"] else ""
    return f"{first['kind']}, {first['skill']}{quote}" + (f" (and {more} more)" if more else "")
