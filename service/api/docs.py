"""Readable pages of the API at /docs: Swagger UI, served from here, on a page without an inline script."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

DESCRIPTION = """
Candidates in, an explainable fit score, a gap list and a ranked shortlist out.

Levels are numbers from 0 to 5, points and fit are on a scale of 100 and add up. Unknown is not zero: `fit` is what is
proven, `fit_high` what is possible. Errors are `application/problem+json` and name every mistake with its place.
Options are read from the query and from the fields of a form alike; one that a call does not have is refused.
"""

blueprint = Blueprint("docs", __name__, static_folder="swagger_ui", static_url_path="/docs/assets", template_folder=".")


@blueprint.get("/docs")
def show() -> Response:
    """Show the pages."""
    return Response(render_template("docs.html"), content_type="text/html; charset=utf-8")
