"""Whether the service can be asked now, with every reason why not."""

from __future__ import annotations

from typing import Any

from service.errors import RolefitError
from service.usecases import House


class NotReady(RolefitError):
    """The service should not be asked now; `errors` has every reason, and `code` is that of the first."""

    status = 503
    exit_code = 69
    code = "not_ready"
    title = "Not ready"


def check(house: House) -> dict[str, Any]:
    """Return what is ready, the database written and read back. Raise NotReady with every reason."""
    reasons = list(house.running.reasons())
    database: dict[str, str] = {}
    try:
        database = house.store.check()
    except RolefitError as error:
        reasons.append({"code": error.code, "detail": error.detail})
    if reasons:
        detail = " ".join(reason["detail"] for reason in reasons)
        raise NotReady(detail, reasons, code=reasons[0]["code"])
    free = house.running.free_bytes()
    return {"status": "ready", "rubrics": len(house.library.rubrics), "free_bytes": free, **database}
