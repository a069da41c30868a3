"""What differs between two versions of a rubric, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

PARTS = ("criteria", "markers", "bands")


class Difference(NamedTuple):
    """One difference: of the role, a criterion or a marker, by its id; `field` is None where all of it came or went."""

    part: Literal["role", "criterion", "marker"]
    id: str | None
    change: Literal["added", "removed", "changed"]
    field: str | None
    was: Any
    now: Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two rubrics, given as documents: first the role, then criteria, then markers.

    The number of the version is no difference, nor is the order of criteria and markers: it earns nothing.
    """
    return [
        *_changed("role", None, _of_role(before), _of_role(after)),
        *_listed("criterion", _criteria(before), _criteria(after)),
        *_listed("marker", _markers(before), _markers(after)),
    ]


def _of_role(document: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in document.items() if key not in (*PARTS, "role", "version")}
    return told | {f"bands.{band}": years for band, years in document["bands"].items()}


def _criteria(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["id"]: _flat(one) for one in document["criteria"]}


def _flat(criterion: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in criterion.items() if key not in ("id", "required")}
    told.setdefault("skills", criterion["id"])
    return told | {f"required.{band}": level for band, level in criterion["required"].items()}


def _markers(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{band}.{one['id']}": {key: value for key, value in one.items() if key != "id"}
        for band, markers in document["markers"].items()
        for one in markers
    }


def _listed(
    part: Literal["criterion", "marker"],
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
) -> Iterator[Difference]:
    for id_ in (id_ for id_ in before if id_ not in after):
        yield Difference(part, id_, "removed", None, before[id_], None)
    for id_, now in after.items():
        if id_ in before:
            yield from _changed(part, id_, before[id_], now)
        else:
            yield Difference(part, id_, "added", None, None, now)


def _changed(
    part: Literal["role", "criterion", "marker"], id_: str | None, was: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Difference]:
    for field in dict.fromkeys((*was, *now)):
        if was.get(field) != now.get(field):
            yield Difference(part, id_, "changed", field, was.get(field), now.get(field))
