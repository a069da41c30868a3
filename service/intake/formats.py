"""The forms of JSON that candidates come in: each recognised by its shape, or named; and the wrappers around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from service.errors import InvalidInput
from service.intake import ashby, greenhouse, hr_open, json_resume, lever, native, reactive_resume
from service.intake.candidate import Candidate
from service.intake.events import Event, NotACandidate, event_of
from service.intake.node import is_blank
from service.intake.payload import Path
from service.schemas.candidates import CandidateSchema
from service.schemas.faults import pointer


class Format(NamedTuple):
    """A form of a candidate.

    What tells it, the fields it has, and how it is read; `check` returns what is wrong by its schema (None: read as it
    comes, with remarks). It stands at one of `paths` in what is sent, and in a webhook at one of `hooks`, where
    `is_carried` tells it.
    """

    recognises: Callable[[Mapping[str, Any]], bool]
    fields: frozenset[str]
    read: Callable[..., Candidate]
    check: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    paths: tuple[Path, ...] = ((),)
    hooks: tuple[Path, ...] = ()
    is_carried: Callable[[Mapping[str, Any]], bool] = lambda _: False


FORMATS: Mapping[str, Format] = {
    "greenhouse": Format(
        greenhouse.recognises, greenhouse.FIELDS, greenhouse.read,
        paths=((), *greenhouse.HOOKS), hooks=greenhouse.HOOKS, is_carried=greenhouse.is_carried,
    ),
    "lever": Format(
        lever.recognises, lever.FIELDS, lever.read,
        paths=((), ("data",)), hooks=lever.HOOKS, is_carried=lever.recognises,
    ),
    "ashby": Format(
        ashby.recognises, ashby.FIELDS, ashby.read,
        paths=((), ("results",)), hooks=ashby.HOOKS, is_carried=ashby.is_carried,
    ),
    "hr_open": Format(hr_open.recognises, hr_open.FIELDS, hr_open.read),
    "reactive_resume": Format(reactive_resume.recognises, reactive_resume.FIELDS, reactive_resume.read),
    "json_resume": Format(json_resume.recognises, json_resume.FIELDS, json_resume.read),
    "native": Format(native.recognises, native.FIELDS, native.read, CandidateSchema().validate),
}  # fmt: skip
"""The most telling shape first; what is none of the others is native."""

WRAPPERS = ("candidates", "data", "results")
"""What lists of candidates are wrapped in, by pipelines and by the answers of applicant tracking systems."""


class Place(NamedTuple):
    """A candidate in what was sent: its form, and the path to it."""

    form: str
    path: Path = ()


def locate(data: Mapping[str, Any], named: str | None, at: str) -> Place:
    """Return which form a candidate has, by its shape, and where in what was sent it stands.

    Raise NotACandidate for a webhook that carries none, InvalidInput where the form that was named does not fit.
    """
    event = event_of(data)
    place = _recognised(data, event)
    if event and place is None:
        raise NotACandidate(event, at)
    if named is None or (place and place.form == named):
        return place or Place("native")
    if fitting := next((Place(named, path) for path, inner in _parts(data, FORMATS[named].paths)
                        if _fits(named, inner, place)), None):  # fmt: skip
        return fitting
    actual = place.form if place else "native"
    detail = f"It does not look like {named}: it looks like {actual}. Send format={actual}, or leave format out."
    raise InvalidInput(detail, [{"pointer": at, "code": "format_mismatch", "detail": detail}], code="format_mismatch")


def _recognised(data: Mapping[str, Any], event: Event | None) -> Place | None:
    """Return the form that a shape tells, and the path; None where it tells none."""
    if event:
        carried = [(name, form.hooks, form.is_carried) for name, form in FORMATS.items() if event.may_carry]
        if event.system in FORMATS:
            carried = [one for one in carried if one[0] == event.system]
    else:
        carried = [(name, form.paths, form.recognises) for name, form in FORMATS.items()]
    found = (Place(name, path) for name, paths, tells in carried for path, inner in _parts(data, paths) if tells(inner))
    return next(found, None)


def _fits(named: str, data: Mapping[str, Any], place: Place | None) -> bool:
    """Tell whether an object may have the form that was named: it has more of its fields than of the native ones."""
    if named == "native":
        return place is None or native.recognises(data)
    own, ours = FORMATS[named].fields, native.FIELDS
    return place is None and len(data.keys() & (own - ours)) > len(data.keys() & (ours - own))


def _parts(data: Mapping[str, Any], paths: tuple[Path, ...]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield the objects that stand at some paths."""
    for path in paths:
        inner: Any = data
        for step in path:
            inner = inner.get(step) if isinstance(inner, Mapping) else None
        if isinstance(inner, Mapping):
            yield path, inner


def recognise(data: Mapping[str, Any]) -> str:
    """Return the form of a candidate, by its shape."""
    return locate(data, None, "").form


def unwrap(data: Any) -> tuple[list[Any], str | None]:
    """Return the candidates in what was sent, and the pointer to their list; None for one sent alone."""
    if isinstance(data, list):
        return data, ""
    if isinstance(data, Mapping) and event_of(data) is None:
        for wrapper in WRAPPERS:
            if isinstance(data.get(wrapper), list):
                return data[wrapper], f"/{wrapper}"
    return [data], None


def beside(data: Any, at: str | None, read: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a remark for each field beside a list of candidates at a pointer; but for those that were `read`."""
    if not at:
        return []
    return [
        {"pointer": pointer((key,)), "value": "", "detail": "beside the list of candidates: not read"}
        for key, value in data.items()
        if pointer((key,)) != at and not is_blank(value) and read.get(key) != value
    ]
