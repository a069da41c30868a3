"""Which text can be stored. One rule for every database and every way in.

PostgreSQL keeps no U+0000, and UTF-8 has no lone surrogates. SQLite would take U+0000, so that the same request would
succeed on one database and fail on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
REPLACEMENT = "\ufffd"
REPLACED = f"it held a character that cannot be stored: {REPLACEMENT} stands in its place"
"""What is said of a text in which a character was replaced."""

LONGEST_FILE_NAME = 255

Path = tuple[str | int, ...]


def fault_in(text: str) -> str | None:
    """Return why a text cannot be stored, as a sentence; None if it can."""
    found = UNSTORABLE.search(text)
    return f"It holds the character U+{ord(found[0]):04X}, which cannot be stored. Remove it." if found else None


def faults(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the path to each text in a value that cannot be stored, and the text. Keys of objects are texts too."""
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, str) and UNSTORABLE.search(key):
                yield (*path, key), key
            yield from faults(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from faults(inner, (*path, index))


def replaced(value: Any) -> Any:
    """Return a value in which U+FFFD stands for each character that cannot be stored."""
    if isinstance(value, str):
        return UNSTORABLE.sub(REPLACEMENT, value)
    if isinstance(value, Mapping):
        return {replaced(key): replaced(inner) for key, inner in value.items()}
    return [replaced(inner) for inner in value] if isinstance(value, list) else value


def file_name(name: str) -> str:
    """Return the name of a file as it is kept: it is only shown, so that a hostile one costs the name and no upload."""
    name = replaced(name)
    return name if len(name) <= LONGEST_FILE_NAME else name[: LONGEST_FILE_NAME - 50] + name[-50:]
