"""Bodies of requests: what is usable of one, and every mistake in the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError

from service.errors import InvalidInput
from service.schemas import faults


def checked(body: Any, schema: Schema, asked: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what is usable of a request, and what is wrong with the rest. `asked` says what should have been sent.

    Raise InvalidInput where it is no object.
    """
    if not isinstance(body, dict):
        raise InvalidInput(asked, [{"pointer": "", "code": "invalid", "detail": asked}], code="invalid")
    try:
        return schema.load(body), []
    except ValidationError as error:
        found = faults.flatten(error.messages)
        errors = [{"pointer": faults.pointer(path), "code": "invalid", "detail": detail} for path, detail in found]
        usable = {key: value for key, value in error.valid_data.items() if key not in error.messages}
        return usable, errors


def loaded(body: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """Return a request that is right. Raise InvalidInput with every mistake in it."""
    found, errors = checked(body, schema, "Send an object.")
    refuse_if(errors)
    return found


def summary(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return a sentence for the person who reads only one."""
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{first['pointer'] or 'The request'}: {first['detail']}{more}"


def refuse_if(errors: Sequence[Mapping[str, Any]]) -> None:
    """Raise InvalidInput with every mistake, if there is one."""
    if errors:
        raise InvalidInput(summary(errors), errors)


def wrong(pointer: str, detail: str, code: str = "invalid") -> dict[str, Any]:
    """Return a mistake in what was sent."""
    return {"pointer": pointer, "code": code, "detail": detail}
