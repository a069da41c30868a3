"""One way to say where a mistake is: from marshmallow's nested messages to a flat list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Path = tuple[str | int, ...]


def flatten(messages: Mapping[Any, Any] | Sequence[Any] | str, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each message with the path to the value it is about.

    Marshmallow names what is wrong with an entry of a `Dict` by `key` or `value`, which are no steps of the path.
    """
    if isinstance(messages, str):
        yield path, messages
    elif isinstance(messages, Mapping):
        for key, inner in messages.items():
            is_step = key != "_schema" and not (key in ("key", "value") and isinstance(inner, list))
            yield from flatten(inner, (*path, key) if is_step else path)
    else:
        for message in messages:
            yield from flatten(message, path)


def pointer(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901); the empty path is the whole document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
