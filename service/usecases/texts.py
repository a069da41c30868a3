"""A résumé as a file of text: one candidate."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.resume_text import name_in
from service.usecases.candidates import read_candidate

ENDINGS = frozenset({".txt", ".md"})

LONGEST = 200_000
"""Characters of a résumé."""

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def text_rows(path: Path, filename: str, reader: Reader, report: dict[str, Any], source: str) -> Iterator[Candidate]:
    """Read the one candidate of a file of text; without a name in the first line, the file's name is theirs."""
    text = decoded(path.read_bytes()[: 4 * LONGEST + 4])
    if not text.strip():
        raise InvalidInput("The file has no text.", code="no_candidates")
    if len(text) > LONGEST:
        raise InvalidInput(f"The text has more than {LONGEST:,} characters: send one résumé.", code="too_large")
    named = {"name": name_in(text) or Path(filename).stem, "text": text}
    candidate = read_candidate(named, reader, "", "native", source)
    report |= {"warnings": list(candidate.remarks), "warnings_total": len(candidate.remarks)}
    yield candidate


def decoded(raw: bytes) -> str:
    """Return bytes as text: as their mark says, else UTF-8, else the code page of Western Windows."""
    marked = next((name for mark, name in MARKS.items() if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InvalidInput("The file is no text that can be read: save it as UTF-8.", code="not_text")
