"""A file of text: a résumé, which is one candidate, or a table that was saved as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.resume_text import name_in
from service.intake.tables.header_rows import columns_of, find_header, is_person, understood
from service.sheets import encodings, text_tables
from service.usecases.candidates import read_candidate

ENDINGS = frozenset({".txt", ".md"})

LONGEST = 200_000
"""Characters of a résumé."""

HEAD = 64 * 1024
"""Bytes by which a table is told from a résumé."""


SURE = "\t;|"
"""Signs between cells that part no sentence."""


def is_table(path: Path, reader: Reader, mapping: Mapping[str, str]) -> bool:
    """Tell whether a file of text holds a table of candidates.

    Lines that look like a table without a header of candidates are one too: they are refused as such, since a résumé
    made of them would hold the skills of everybody.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    try:
        text = _decoded(head if len(head) < HEAD else head[: head.rfind(b"\n") + 1 or HEAD])[0]
    except InvalidInput:
        return False
    if any(_has_header(text_tables.rows_of(text, delimiter), reader, mapping) for delimiter in SURE):
        return True
    table = text_tables.table_of(text)
    if table is None:
        return _is_list_of_people(text, reader)
    if find_header(list(enumerate(table.rows, 1)), reader, mapping):
        return True
    labels = [column for column in columns_of([row[0] for row in table.rows], reader, {}) if column.kind == "field"]
    is_labelled = len(table.rows[0]) == 2 and len(labels) > 1  # noqa: PLR2004 - a label and what it says of one person
    return not (table.is_loose or is_labelled)


def _has_header(rows: list[list[str]], reader: Reader, mapping: Mapping[str, str]) -> bool:
    """Tell whether lines parted by signs that no sentence has hold a header of candidates, and rows below it."""
    wide = [(number, row) for number, row in enumerate(rows, 1) if len(row) > 1]
    if 2 * len(wide) < len(rows):
        return False
    cells = [(number, [cell or None for cell in row]) for number, row in enumerate(rows, 1)]
    found = find_header(cells, reader, mapping)
    return found is not None and len(understood(found.columns)) > 1 and len(wide) > 2  # noqa: PLR2004 - header and rows


def _is_list_of_people(text: str, reader: Reader) -> bool:
    """Tell whether a text is one column: a header for names or ids, and three names or more."""
    first, *others = [line.strip() for line in text.splitlines() if line.strip()][: text_tables.LINES] or [""]
    heads = [column.target for column in columns_of([first], reader, {}) if column.kind == "field"]
    named = bool({"name", "external_id"}.intersection(heads))
    return named and len(others) > 2 and all(is_person(line) and len(line.split()) < 4 for line in others)  # noqa: PLR2004


def text_rows(path: Path, filename: str, reader: Reader, report: dict[str, Any], source: str) -> Iterator[Candidate]:
    """Read the one candidate of a file of text; without a name in the first line, the file's name is theirs."""
    text, warning = _decoded(path.read_bytes()[: 4 * LONGEST + 4])
    if not text.strip():
        raise InvalidInput("The file has no text.", code="no_candidates")
    if len(text) > LONGEST:
        raise InvalidInput(f"The text has more than {LONGEST:,} characters: send one résumé.", code="too_large")
    named = {"name": name_in(text) or Path(filename).stem, "text": text}
    candidate = read_candidate(named, reader, "", "native", source)
    report["notices"] += [warning] if warning else []
    report |= {"warnings": list(candidate.remarks), "warnings_total": len(candidate.remarks)}
    yield candidate


def decoded(raw: bytes) -> str:
    """Return bytes as text, in the encoding that they say or show. Raise InvalidInput."""
    return _decoded(raw)[0]


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return bytes as text, and a warning where their encoding was a guess."""
    try:
        encoding, warning = encodings.find(io.BytesIO(raw))
        text = raw.decode(encoding)
    except encodings.UnknownEncodingError as error:
        raise InvalidInput(f"{error} Save the text again as UTF-8.", code="not_text") from error
    except UnicodeDecodeError as error:
        raise InvalidInput("The file is no text that can be read: save it as UTF-8.", code="not_text") from error
    if "\0" in text:
        raise InvalidInput("The file is no text that can be read: save it as UTF-8.", code="not_text")
    return text, warning
