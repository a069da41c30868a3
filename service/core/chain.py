"""A chain of entries, each sealed by a hash over itself and the one before: what is changed later shows.

An entry is numbered from 1. To change one unseen, all behind it would have to be sealed anew; and the head, which is
count and hash of the last, can be kept where nobody who changes entries reaches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

BEHIND = "was put behind the end"
START = "0" * 64
"""What stands before the first entry."""


class Entry(NamedTuple):
    """What was done: when (ISO 8601, UTC), by whom, what, to which object, and details without anybody's data."""

    number: int
    at: str
    actor: str
    action: str
    object: str
    details: Mapping[str, Any]
    hash: str


class Head(NamedTuple):
    """How many entries there are, and the hash of the last."""

    length: int
    hash: str


class Fault(NamedTuple):
    """The first entry that is not as it was written, and what is wrong with it."""

    number: int
    what: str


def seal(before: str, entry: Entry) -> str:
    """Return the hash of an entry behind the one of a hash; the entry's own is not looked at."""
    text = json.dumps([before, *entry[:-1]], sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(entries: Iterable[Entry], head: Head) -> Fault | None:
    """Return the first fault of a chain, given in the order of its numbers; None where it is intact."""
    before, number = START, 0
    for entry in entries:
        number += 1
        if entry.number > number:
            return Fault(number, "is missing")
        if entry.number < number:
            return Fault(entry.number, "is there twice")
        if seal(before, entry) != entry.hash:
            return Fault(number, "was changed, or put in, after it was written")
        before = entry.hash
    if number != head.length:
        return Fault(number + 1, "is missing at the end") if number < head.length else Fault(head.length + 1, BEHIND)
    if before != head.hash:
        return Fault(number, "is not the one that was last")
    return None
