"""The way in, where the service asks who is there."""

from __future__ import annotations

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.errors import InvalidInput
from service.usecases import accounts
from service.web import pages

blueprint = pages.blueprint("login")

COOKIE = "__Host-rolefit"


@blueprint.get("/login")
def show() -> Response:
    """Ask for name and password."""
    return pages.page("login.html", next=_local(request.args.get("next")), wrong=False, ended=_has_ended())


@blueprint.post("/login")
@pages.reads("name", "password", "next")
def log_in() -> BaseResponse:
    """Let somebody in, and send them back to where they wanted to go."""
    if request.args:  # a password in an address would stand in logs
        raise InvalidInput("Name and password are read from the form alone, and nothing from the address.")
    form, way = request.form, _local(request.form.get("next"))
    address = request.remote_addr or ""
    token = accounts.log_in(pages.house(), form.get("name", ""), form.get("password", ""), address)
    if token is None:
        return pages.page("login.html", 401, next=way, wrong=True, ended=False)
    response = make_response(redirect(way, 303))
    longest = accounts.LONGEST
    response.set_cookie(COOKIE, token, max_age=longest, path="/", secure=True, httponly=True, samesite="Lax")
    return response


@blueprint.post("/logout")
def log_out() -> BaseResponse:
    """End the session."""
    if token := request.cookies.get(COOKIE):
        accounts.log_out(pages.house(), token)
    response = make_response(redirect(url_for("login.show"), 303))
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def _has_ended() -> bool:
    """Tell whether the browser still brings along a session that opens nothing any more."""
    token = request.cookies.get(COOKIE, "")
    return token != "" and accounts.of_session(pages.house(), token) is None


def _local(path: str | None) -> str:
    """Return a path of ours: an address elsewhere would send people away with their trust in us."""
    is_ours = path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_ours and path else "/"
