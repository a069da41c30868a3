"""Rubrics that come back from Excel: what would change, and publishing it."""

from __future__ import annotations

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from service.errors import InvalidInput
from service.usecases import versions
from service.usecases.uploads import Uploads
from service.web import pages

blueprint = pages.blueprint("rubric_changes")

TOP = 10


def _uploads() -> Uploads:
    return Uploads(pages.house().folder / "uploads")


@blueprint.post("/rubrics")
@pages.reads("file")
def upload() -> Response:
    """Keep edited rubrics until they are confirmed, and show what they would change."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput("Choose a file first: the workbook that you downloaded here and edited.")
    return redirect(url_for("rubric_changes.preview", id_=_uploads().add(file.filename, file.save)), 303)


@blueprint.get("/rubrics/<id_>")
def preview(id_: str) -> Response:
    """Show what rubrics that were sent would change, and who would move; nothing is kept."""
    path, filename = _uploads().get(id_)
    sent = versions.read(pages.house(), path, filename)
    found = versions.propose(pages.house(), sent, pages.asked_seniority(), TOP)
    library = pages.house().library
    titles = {(rubric.role, one.id): one.title for rubric in library.rubrics.values() for one in rubric.criteria}
    titles |= {(rubric.role, one.id): one.text for rubric in library.rubrics.values() for one in rubric.markers}
    names = library.skill_names
    return pages.page("changes.html", id_=id_, filename=filename, found=found, titles=titles, names=names)


@blueprint.post("/rubrics/<id_>")
@pages.reads("note")
def publish(id_: str) -> Response:
    """Put rubrics that were sent in force, each as a new version."""
    uploads = _uploads()
    path, filename = uploads.get(id_)
    sent = versions.read(pages.house(), path, filename)
    note = request.values.get("note", "").strip()[: versions.LONGEST_NOTE] or None
    found = versions.publish(pages.house(), sent, pages.asked_seniority(), TOP, note)
    current_app.extensions["rolefit.houses"].renew()
    uploads.remove(id_)
    return redirect(url_for("rubric_pages.show", role=found["rubrics"][0]["role"]), 303)
