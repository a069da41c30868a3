"""A file of candidates scored on the spot: nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.tables.rows import Ignored, Rejected
from service.sheets.limits import Limits
from service.usecases.beside import beside
from service.usecases.imports import open_file
from service.usecases.pools import of_file
from service.usecases.scores import Wish, shortlist

Pool = dict[str, Candidate]
Report = dict[str, Any]


def score_file(
    path: Path,
    reader: Reader,
    limits: Limits,
    wish: Wish,
    tick: Callable[[], None],
    mapping: Mapping[str, Any] | None = None,
    *,
    defended: bool = False,
) -> tuple[dict[str, Any], Report]:
    """Return the shortlist over a file's candidates, and the report of reading it. `tick` is called for each row.

    `defended` says beside it what each must-have takes, and how sure the order is.
    """
    pool, report = read_file(path, reader, limits, tick, mapping)
    found = shortlist(pool.items(), pool.__getitem__, wish)
    if defended:
        found |= beside(of_file(pool, wish.table, wish.as_of))
    return found, report


def file_name(payload: Mapping[str, Any], ending: str) -> str:
    """Return how the file of a shortlist is called; one that is cut says so in its name."""
    shown, whole = payload["shown"], payload.get("matching", payload["eligible"])
    cut = "" if shown == whole else f"-first-{shown}-of-{whole}"
    return f"shortlist-{payload['role']}-{payload['seniority']}-{payload['as_of']}{cut}.{ending}"


def read_file(
    path: Path, reader: Reader, limits: Limits, tick: Callable[[], None], mapping: Mapping[str, Any] | None = None
) -> tuple[Pool, Report]:
    """Return a file's candidates, and the report of reading it. Raise InvalidInput where it has none."""
    pool: Pool = {}
    rejected: list[Rejected] = []
    with open_file(path, path.name, reader, limits, mapping, source="file") as file:
        for number, row in enumerate(file.rows, 1):
            tick()
            if isinstance(row, Rejected):
                rejected.append(row)
            elif isinstance(row, Ignored):
                continue
            elif row.key in pool:
                rejected.append(_again(row, number))
            else:
                pool[row.key] = row
    report = {**file.report, "rejected": [{"row": row.row, "errors": row.errors} for row in rejected]}
    if not pool:
        errors = [fault for row in rejected for fault in row.errors] or report["warnings"]
        raise InvalidInput("The file has no candidate that can be read.", errors, code="no_candidates")
    return pool, report


def _again(candidate: Candidate, number: int) -> Rejected:
    """Return a candidate that the file has already, as a rejected row."""
    row = candidate.profile.row or number
    who = f"the id {candidate.external_id!r}" if candidate.external_id else "all the same content"
    detail = f"A candidate with {who} is there already: read once."
    return Rejected(row, [], [{"row": row, "column": "", "code": "duplicate", "detail": detail}])
