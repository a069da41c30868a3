"""The exceptions Rolefit raises on purpose. Each carries what a person needs to mend the matter.

    RolefitError                     a mistake we can explain
      InvalidInput             422   the request or file was read, but says something we cannot use
        UnreadableFile         422   the file cannot be read, or must not be (named reason)
      FileTooLarge             413   over a limit in bytes, rows, columns or cells
      UnsupportedFile          415   not a kind of file we read
      NotFound                 404   no such role, candidate, import
      Conflict                 409   what is asked does not go with how things stand
      Changed                  412   what is edited is not as its editor last saw it
      StoreDown                503   the database cannot be used now (defined in store/errors.py)
      BrokenRubric                   a file under rubrics/ is wrong: the service refuses to start

`status` is the HTTP status a door to the network answers with; the command line uses `exit_code`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class RolefitError(Exception):
    """A mistake we can explain: one sentence, and every single fault where there are several.

    `errors` is a list of mappings with `code`, `detail` and the place: `pointer` (JSON), or `row` and
    `column` (spreadsheet), or `file`, `line` and `field` (rubric).
    """

    status = 500
    exit_code = 1
    code = "error"
    title = "Something went wrong"

    def __init__(self, detail: str, errors: Iterable[Mapping[str, Any]] = (), *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = [dict(error) for error in errors]
        self.code = code or self.code


class InvalidInput(RolefitError):
    """The input was read, but says something that cannot be used."""

    status = 422
    exit_code = 65
    code = "invalid_input"
    title = "The input cannot be used as it is"


class UnreadableFile(InvalidInput):
    """The file is broken, protected or dangerous; `code` names which."""

    code = "unreadable_file"
    title = "The file cannot be read"


class FileTooLarge(RolefitError):
    """The file or body is over a limit; `code` names which, `detail` says the limit."""

    status = 413
    exit_code = 65
    code = "too_large"
    title = "Too large"


class UnsupportedFile(RolefitError):
    """The bytes are not of a kind we read, or do not match the file's name."""

    status = 415
    exit_code = 65
    code = "unsupported_file"
    title = "This kind of file is not read"


class NotFound(RolefitError):
    """What was asked for does not exist; `detail` lists what does, where the list is short."""

    status = 404
    exit_code = 66
    code = "not_found"
    title = "Not found"


class Conflict(RolefitError):
    """What is asked does not go with how things stand: a candidate that is merged already cannot be merged."""

    status = 409
    exit_code = 65
    code = "conflict"
    title = "This does not go with how things stand"


class Changed(RolefitError):
    """What is edited is not as its editor last saw it: somebody else was quicker."""

    status = 412
    exit_code = 65
    code = "changed"
    title = "It was changed meanwhile"


class NotAllowed(RolefitError):
    """Whoever asks is not known (401), or may not do this (403)."""

    status = 403
    exit_code = 77
    code = "not_allowed"
    title = "Not allowed"

    def __init__(self, detail: str, *, code: str, status: int = 403) -> None:
        super().__init__(detail, code=code)
        self.status = status


class TooMany(RolefitError):
    """More was asked in a minute than may be."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"


class BrokenRubric(RolefitError):
    """A file under rubrics/ breaks its rules: each error names file, line where known, and field."""

    exit_code = 78
    code = "broken_rubric"
    title = "The rubrics cannot be used"
