"""The door for people with a browser: pages rendered here, so that they print, and work without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound

from service.web import (
    asking,
    candidate,
    changes,
    compare,
    file_questions,
    login,
    meanings,
    pages,
    roles,
    shortlist,
    start,
    views,
    words,
)

ROOMS = (start, shortlist, views, candidate, compare, roles, changes, login)


def register(app: Flask, otherwise: Callable[[HTTPException], Response]) -> None:
    """Open the door on an app. `otherwise` answers for a path that no room has, where no browser asks."""
    app.extensions["rolefit_boards"] = {}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(words.FILTERS | meanings.FILTERS | file_questions.FILTERS)
    app.jinja_env.globals.update(asking.LINKS)
    app.register_blueprint(pages.assets)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)

    def not_found(error: NotFound) -> Response:
        wants_page = request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"
        return pages.refused(error) if wants_page and not request.path.startswith("/api/") else otherwise(error)

    app.register_error_handler(NotFound, not_found)
