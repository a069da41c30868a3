"""JSON as RFC 8259 means it, and no more: no NaN, no lone surrogate, no key twice, no endless nesting."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import orjson

from service.errors import InvalidInput

DEPTH = 32
"""How deep arrays and objects may be nested."""

NOT_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[^\[\]{}"]+', re.DOTALL)
KEY = re.compile(rb'"\s*:')


class MalformedJson(InvalidInput):
    """The text is not JSON that can be relied on."""

    status = 400
    code = "malformed_json"
    title = "The JSON cannot be read"


def loads(raw: bytes) -> Any:
    """Return the value of JSON text in UTF-8. Raise MalformedJson with line and column, or the key that is twice."""
    try:
        value = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        place = f" (line {error.lineno}, column {error.colno})" if raw.strip() else ""
        raise MalformedJson(f"This is not valid JSON{place}: {error.msg.split(':')[0]}.") from None
    if _depth(raw) > DEPTH:
        raise MalformedJson(f"The JSON is nested more than {DEPTH} levels deep.", code="too_deep")
    _refuse_duplicates(raw, value)
    return value


def _depth(raw: bytes) -> int:
    """Return how deep valid JSON nests."""
    depth = deepest = 0
    for bracket in NOT_BRACKETS.sub(b"", raw):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _refuse_duplicates(raw: bytes, value: Any) -> None:
    r"""Raise where an object has a key twice: then fewer keys come back than were sent.

    Counting keys is quick, and text inside strings counts the same on both sides unless it is escaped as \u0022.
    """
    if len(KEY.findall(raw)) == len(KEY.findall(orjson.dumps(value))) and b"\\u0022" not in raw:
        return
    json.loads(raw, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        raise MalformedJson(f"A key is there twice in one object: {', '.join(twice)[:200]}.", code="duplicate_key")
    return found


class BrokenLine(NamedTuple):
    """A line of newline-delimited JSON that cannot be relied on: its number, its text, and what is wrong."""

    number: int
    text: str
    detail: str


def loads_lines(raw: bytes) -> list[Any]:
    """Return the values of newline-delimited JSON; a line that is not good is a BrokenLine, and costs no other."""
    return [_line(number, line) for number, line in enumerate(raw.splitlines(), 1) if line.strip()]


def _line(number: int, line: bytes) -> Any:
    try:
        return loads(line)
    except InvalidInput as error:
        return BrokenLine(number, line.decode(errors="replace")[:1000], error.detail)
