"""The forms of JSON that candidates come in: each recognised by its shape, or named; and the wrappers around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from service.intake import ashby, greenhouse, hr_open, json_resume, lever, native, reactive_resume
from service.intake.candidate import Candidate
from service.schemas.candidates import CandidateSchema, JsonResumeSchema


class Format(NamedTuple):
    """A form: what tells it, the schema it is held to (None: read as it comes, with remarks), and how it is read."""

    recognises: Callable[[Mapping[str, Any]], bool]
    check: Callable[[Mapping[str, Any]], Any] | None
    read: Callable[..., Candidate]


FORMATS: Mapping[str, Format] = {
    "greenhouse": Format(greenhouse.recognises, None, greenhouse.read),
    "lever": Format(lever.recognises, None, lever.read),
    "ashby": Format(ashby.recognises, None, ashby.read),
    "hr_open": Format(hr_open.recognises, None, hr_open.read),
    "reactive_resume": Format(reactive_resume.recognises, None, reactive_resume.read),
    "json_resume": Format(json_resume.recognises, JsonResumeSchema().load, json_resume.read),
    "native": Format(lambda _: True, CandidateSchema().load, native.read),
}
"""The most telling shape first; what is none of the others is native."""

WRAPPERS = ("candidates", "data", "results")
"""What lists of candidates are wrapped in, by pipelines and by the answers of applicant tracking systems."""


def recognise(data: Mapping[str, Any]) -> str:
    """Return the form of a candidate, by its shape."""
    return next(name for name, form in FORMATS.items() if form.recognises(data))


def unwrap(data: Any) -> tuple[list[Any], str | None]:
    """Return the candidates in what was sent, and the pointer to their list; None for one sent alone."""
    if isinstance(data, list):
        return data, ""
    if isinstance(data, Mapping):
        for wrapper in WRAPPERS:
            if isinstance(data.get(wrapper), list):
                return data[wrapper], f"/{wrapper}"
    return [data], None
