"""Opaque cursors: where a page of a list begins."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from service.errors import InvalidInput


def cursor_of(position: int) -> str:
    """Return the cursor of a position."""
    return urlsafe_b64encode(f"c{position}".encode()).decode().rstrip("=")


def position_of(cursor: str | None) -> int | None:
    """Return the position that a cursor of ours stands for. Raise InvalidInput for any other text."""
    if cursor is None:
        return None
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        # 63 bits at most; and written as we write it, since the decoder passes over what it does not know.
        if text[1:].isascii() and text[1:].isdigit() and len(text) < 19 and cursor_of(int(text[1:])) == cursor:  # noqa: PLR2004
            return int(text[1:])
    except ValueError:
        pass
    detail = "Not a cursor that this service gave."
    raise InvalidInput(detail, [{"parameter": "cursor", "code": "invalid", "detail": detail}])
