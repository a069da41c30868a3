"""What all pages share: the files they need, how one is answered, and how an error looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.core.rubric import SENIORITIES
from service.errors import InvalidInput, RolefitError
from service.usecases import House
from service.usecases.accounts import ANYBODY
from service.usecases.boards import Boards

assets = Blueprint("web", __name__, static_folder="static", static_url_path="/assets", template_folder="templates")

NEXT = {
    403: "Load the page again and send it once more. If it stays so, ask whoever runs Rolefit what you may do.",
    404: "It may have been erased, or the address is mistyped. Go back to the start and look for it there.",
    405: "This address takes no such request. Go back and use the buttons of the page.",
    413: "Send a smaller file: split what is in it over several, or take out sheets and pictures.",
    415: "Send an Excel workbook (.xlsx), a CSV file or JSON. The template shows a table that works.",
    409: "Load the page again: it shows how things stand now.",
    422: "Go back, mend what is listed, and send it again. Nothing was stored.",
    429: "Wait a while, then try again.",
    503: "Wait a moment, then load the page again.",
}
NEXT_BY_CODE = {"upload_gone": "Go to the start and upload the file again. What was imported is listed there."}


def blueprint(name: str) -> Blueprint:
    """Return a blueprint whose errors are shown as pages."""
    made = Blueprint(name, __name__)
    made.register_error_handler(RolefitError, explained)
    made.register_error_handler(HTTPException, refused)
    made.before_request(_check_asked)
    made.before_request(_check_sent)
    return made


View = TypeVar("View", bound=Callable[..., Any])


def reads(*names: str) -> Callable[[View], View]:
    """Say which options a view reads that changes something, from form and address; `p.*` is all that begin so."""

    def note(view: View) -> View:
        view.__dict__["reads"] = names
        return view

    return note


def _check_sent() -> None:
    """Raise InvalidInput where a change is asked for with what is not read, or with two values for one thing."""
    if request.method != "POST":
        return
    read = (*getattr(current_app.view_functions[str(request.endpoint)], "reads", ()), *SHARED)
    sent = MultiDict([*request.args.items(multi=True), *request.form.items(multi=True)])
    for name, values in sent.lists():
        if not any(fnmatchcase(name, known) for known in read):
            raise InvalidInput(f"There is no option {name[:50]!r} here. It takes: {', '.join(read)}.")
        if len(set(values)) > 1:
            raise InvalidInput(f"{name} is sent twice, and not the same each time. Send it once.")
    if any(name not in read or len(files) > 1 for name, files in request.files.lists()):
        raise InvalidInput("A page reads no file here, or one file in the field 'file'.")


SHARED = ("role", "seniority", "csrf")
"""Options that every page may be sent: for which list it is, and that it comes from a page."""


def _check_asked() -> None:
    """Raise InvalidInput for a role or a seniority that there is not: no page answers for another one."""
    for name, known in (("role", house().library.rubrics), ("seniority", SENIORITIES)):
        said = request.values.get(name)
        if said and said not in known:
            raise InvalidInput(f"There is no {name} {said[:50]!r}. It is one of: {', '.join(known)}.")


def house() -> House:
    """Return the collaborators of the use cases, for whoever asks."""
    return g.get("house") or current_app.extensions["rolefit"]


def boards() -> Boards:
    """Return the pools kept ready of the owner who asks, by the rubrics in force."""
    kept: dict[Path, Boards] = current_app.extensions["rolefit_boards"]
    mine = house()
    found = kept.get(mine.folder)
    if found is None or found.house.library is not mine.library:
        found = kept[mine.folder] = Boards(mine)
    return found


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Return a page; `role` and `seniority`, which every link carries on, come from the request unless given."""
    library = house().library
    shared = {
        "roles": library.rubrics,
        "seniorities": SENIORITIES,
        "role": asked_role(),
        "seniority": asked_seniority(),
        "today": house().today,
        "actor_known": house().actor != ANYBODY.actor,
        **values,
    }
    return make_response(render_template(template, **shared), status)


def asked_role() -> str:
    """Return the role that a request is about."""
    asked = (request.view_args or {}).get("role") or request.values.get("role")
    return asked if asked in house().library.rubrics else next(iter(house().library.rubrics))


def asked_seniority() -> str:
    """Return the seniority that a request is about."""
    asked = request.values.get("seniority")
    return asked if asked in SENIORITIES else "mid"


def asked_day() -> dt.date:
    """Return the day that "today" stands for. Raise InvalidInput where it is none."""
    text = request.values.get("as_of")
    if not text:
        return house().today
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is not a day. Write it as 2026-11-20.") from None


def is_partial() -> bool:
    """Tell whether only a part of the page is asked for."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def explained(error: RolefitError) -> Response:
    """Show a mistake that we can explain, and what to do next."""
    return _error(error.status, error.title, error.detail, error.errors, NEXT_BY_CODE.get(error.code))


def refused(error: HTTPException) -> Response:
    """Show what Flask or Werkzeug refused."""
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length
        size = f" The most is {limit / 1024 / 1024:g} MiB." if limit else ""
        return _error(413, "The file is too large", f"What was sent is too large.{size}", [])
    if error.code == 404:  # noqa: PLR2004 - HTTP's number
        return _error(404, "There is no such page", "Nothing is kept under this address.", [])
    return _error(error.code or 500, error.name, error.description or error.name, [])


def _error(status: int, title: str, detail: str, errors: list[Any], next_step: str | None = None) -> Response:
    of_ranking = request.headers.get("HX-Target") == "ranking"
    return page(
        "_refused.html" if of_ranking else "error.html",
        status,
        title=title,
        detail=detail,
        errors=errors,
        next_step=next_step or NEXT.get(status, "Go back and try again. If it stays so, tell whoever runs Rolefit."),
        request_id=g.get("request_id"),
    )
