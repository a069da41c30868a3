"""The way in: drop a file, see how it was understood, correct it, import it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service import storable
from service.errors import InvalidInput, UnreadableFile
from service.intake.tables.headers import FIELDS
from service.usecases import imports, jobs
from service.usecases.first_look import first_look
from service.usecases.uploads import Uploads
from service.web import pages

blueprint = pages.blueprint("start")

LATEST = 5


def _uploads() -> Uploads:
    return Uploads(pages.house().folder / "uploads")


@blueprint.get("/")
def show() -> Response:
    """Show the way in, and what happened last."""
    with pages.house().store.reading() as work:
        total, latest = work.count_candidates(), work.latest_imports(LATEST)
    return pages.page("start.html", total=total, latest=latest)


@blueprint.post("/uploads")
@pages.reads("file")
def upload() -> BaseResponse:
    """Keep a file until it is confirmed, and show how it is understood."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput("Choose a file first: an Excel workbook, a CSV file or JSON.")
    return _to(url_for("start.preview", id_=_uploads().add(storable.file_name(file.filename), file.save)))


def _to(address: str) -> BaseResponse:
    """Send the browser on; a request made by a script is told to load the whole page."""
    if not pages.is_partial():
        return redirect(address, 303)
    return make_response("", 200, {"HX-Redirect": address})


@blueprint.get("/uploads/<id_>")
def preview(id_: str) -> Response:
    """Show how a file is understood; nothing is stored."""
    path, filename = _uploads().get(id_)
    mapping = _mapping(request.args)
    report = _understood(path, filename, mapping)
    return pages.page(
        "preview.html", id_=id_, filename=filename, report=report, mapping=mapping, fields=FIELDS,
        skills=sorted(pages.house().library.vocabulary.skills.values(), key=lambda skill: skill.name.casefold()),
        markers=pages.house().library.marker_titles,
    )  # fmt: skip


def _understood(path: Path, filename: str, mapping: dict[str, str]) -> dict[str, Any]:
    """Return how a file is understood: without the corrections where one of them means nothing that we know.

    Where it has no header we know, return its columns to be explained.
    """
    house = pages.house()
    try:
        return imports.import_file(house, path, filename, dry_run=True, mapping=mapping)
    except InvalidInput as error:
        if error.code == "unknown_target":
            return {**_understood(path, filename, {}), "refused": error.errors}
        if error.code != "no_header":
            raise
        return {**first_look(path, filename, house.limits), "wanting": error.detail}


@blueprint.post("/uploads/<id_>")
@pages.reads("map.*")
def confirm(id_: str) -> BaseResponse:
    """Import a file as it is now understood."""
    uploads = _uploads()
    path, filename = uploads.get(id_)
    report = _import(path, filename, _mapping(request.values))
    uploads.remove(id_)
    return _to(url_for("start.imported", id_=report["id"]))


def _import(path: Path, filename: str, mapping: dict[str, str]) -> dict[str, Any]:
    """Import a file: a large one is left to the worker."""
    if path.stat().st_size <= current_app.config["INLINE_BYTES"]:
        return imports.import_file(pages.house(), path, filename, mapping=mapping)
    return jobs.enqueue(pages.house(), lambda to: shutil.copyfile(path, to), filename, mapping=mapping)


def _mapping(sent: Any) -> dict[str, str]:
    """Return what the columns were told to mean: fields named `map.` and the column's letters."""
    return {name.removeprefix("map."): said for name, said in sent.items() if name.startswith("map.") and said}


@blueprint.get("/imports/<id_>")
def imported(id_: str) -> Response:
    """Show what became of a file."""
    return pages.page("imported.html", report=imports.get_import(pages.house(), id_))


@blueprint.post("/imports/<id_>/cancel")
def cancel(id_: str) -> BaseResponse:
    """Cancel an import that is not done."""
    jobs.cancel(pages.house(), id_)
    return _to(url_for("start.imported", id_=id_))


@blueprint.post("/samples")
def samples() -> BaseResponse:
    """Import the sample candidates, who are invented."""
    failed = [sample.summary for sample in imports.import_samples(pages.house()) if sample.error]
    if failed:
        raise UnreadableFile(f"{' '.join(failed)} All other samples were imported.")
    return _to(url_for("shortlist.choose"))
