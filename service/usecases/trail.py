"""The trail as people ask for it: looked through, and proven to be as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.core.chain import Entry, Fault, Head, verify
from service.errors import RolefitError
from service.usecases import House


class Tampered(RolefitError):
    """An entry of the trail is not as it was written."""

    exit_code = 1
    code = "audit_tampered"
    title = "The trail was tampered with"


def check(house: House, kept: Head | None = None) -> Head:
    """Return the head of an intact trail; `kept` is a head noted down outside. Raise Tampered with the first fault."""
    with house.store.reading() as work:
        head = work.audit.head()
        fault = verify(work.audit.entries(), head)
        if fault is None and kept is not None and kept.length:
            upto = next((e for e in work.audit.entries(kept.length - 1) if e.number == kept.length), None)
            is_same = upto is not None and upto.hash == kept.hash
            fault = None if is_same else Fault(kept.length, "is not the one that was noted down")
    if fault:
        raise Tampered(f"Entry {fault.number} {fault.what}.", [{"entry": fault.number, "detail": fault.what}])
    return head


def page(house: House, before: int | None, limit: int, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return entries, the newest first."""
    with house.store.reading() as work:
        return [shown(entry) for entry in work.audit.page(before, limit, wanted)]


def shown(entry: Entry) -> dict[str, Any]:
    """Return an entry as people read it."""
    return entry._asdict()
