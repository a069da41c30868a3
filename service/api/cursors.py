"""Opaque cursors: where a page of a list begins."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from service.errors import InvalidInput

POSITION = re.compile(r"^c(\d{1,18})\Z", re.ASCII)
"""63 bits at most."""

NAME = re.compile(r"^i([0-9a-f]{32})\Z")


def cursor_of(position: int) -> str:
    """Return the cursor of a position."""
    return _written(f"c{position}")


def position_of(cursor: str | None) -> int | None:
    """Return the position that a cursor of ours stands for. Raise InvalidInput for any other text."""
    return None if cursor is None else int(_read(cursor, POSITION))


def cursor_named(id_: str) -> str:
    """Return the cursor of what has an id, and no position."""
    return _written(f"i{id_}")


def named_by(cursor: str | None) -> str | None:
    """Return the id that a cursor of ours stands for. Raise InvalidInput for any other text."""
    return None if cursor is None else _read(cursor, NAME)


def not_ours() -> InvalidInput:
    """Return the refusal of a cursor."""
    detail = "Not a cursor that this service gave."
    return InvalidInput(detail, [{"parameter": "cursor", "code": "invalid", "detail": detail}])


def _written(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, form: re.Pattern[str]) -> str:
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        raise not_ours() from None
    found = form.match(text)
    # Written as we write it, since the decoder passes over what it does not know.
    if found is None or _written(text) != cursor:
        raise not_ours()
    return found[1]
