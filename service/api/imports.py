"""Spreadsheets of candidates: uploaded, reported on, their rejected rows given back to mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response, current_app, request, url_for
from werkzeug.datastructures import FileStorage

from service import storable
from service.api.cursors import cursor_named, named_by, not_ours
from service.api.house import house
from service.api.idempotency import DOCUMENTED, keeper, once
from service.api.wire import XLSX, Blueprint, download, reply
from service.errors import InvalidInput, NotFound
from service.schemas import strict_json
from service.schemas.answers import Import, ImportList
from service.schemas.requests import ImportFile, ImportForm, ImportUpload, PageQuery, UndoForm
from service.usecases import imports, jobs, mappings

blueprint = Blueprint("imports", __name__, description="Spreadsheets of candidates")


@blueprint.post("/imports")
@blueprint.doc(
    requestBody={"required": True, "content": {"multipart/form-data": {"schema": ImportUpload}}}, **DOCUMENTED
)
@Blueprint.ARGUMENTS_PARSER.use_args(ImportFile(), location="files")  # smorest documents one part of a body
@blueprint.arguments(ImportForm, location="query")
@blueprint.response(201, Import)
@blueprint.alt_response(202, schema=Import, description="A large file is on disk: ask at `Location` how far it is")
@blueprint.alt_response(200, schema=Import, description="A dry run: nothing was kept")
@blueprint.alt_response(400, description="A malformed key, mapping or JSON file")
@blueprint.alt_response(404, description="No mapping of the name in `mapping_name`")
@blueprint.refusals(413, 415)
@blueprint.alt_response(409, description="The first request under this key is at work, or someone was erased meanwhile")
@once(again=lambda kept: told(imports.get_import(house(), str(kept.location).rsplit("/", 1)[-1])))
def upload(files: dict[str, Any], form: dict[str, Any]) -> Response:
    """Import a file of candidates, or (dry_run) only report how it is understood.

    Options are read from the query and from the form alike.
    """
    options = {
        "mapping": mappings.of(house(), form["mapping_name"], _mapping(form["mapping"])),
        "keep_as": form["keep_as"],
        "apply_kept": form["apply_kept"] and form["mapping_name"] is None,
        "source": form["source"],
    }
    if not form["dry_run"] and _is_large(files["file"]):
        file, also = files["file"], keeper(told, body=False)
        name = _name(file)
        return told(jobs.enqueue(house(), file.save, name, **options, also=also))
    with house().running.reading_a_file(), _on_disk(files["file"]) as (path, filename):
        report = imports.import_file(
            house(),
            path,
            filename,
            dry_run=form["dry_run"],
            **options,
            also=keeper(told, body=False),  # the import keeps its own report
        )
    return reply(report) if form["dry_run"] else told(report)


def told(report: dict[str, Any]) -> Response:
    """Answer with a report: 201 for an import that is done, 202 for one that is at work."""
    response = _state(report, 201 if report["state"] in (imports.DONE, imports.UNDONE) else 202)
    response.headers["Location"] = url_for("imports.show", import_id=report["id"])
    return response


def _state(report: dict[str, Any], status: int = 200) -> Response:
    response = reply(report, status)
    if report["state"] in imports.AT_WORK:
        response.headers["Retry-After"] = "1"
    return response


def _is_large(file: FileStorage) -> bool:
    """Tell whether a file is read by a worker: it is over the limit, or its sender asks for that."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return wants_job(size)


def wants_job(size: int) -> bool:
    """Tell whether so many bytes are left to a worker, or their sender asks for that."""
    return size > current_app.config["INLINE_BYTES"] or "respond-async" in request.headers.get("Prefer", "")


@contextmanager
def _on_disk(file: FileStorage) -> Iterator[tuple[Path, str]]:
    """Put an upload on disk, under a name of ours, for as long as it is read."""
    name = _name(file)
    with TemporaryDirectory(prefix="rolefit-") as folder:
        path = Path(folder) / "upload"
        file.save(path)
        yield path, name


def _name(file: FileStorage) -> str:
    """Return what the sender calls a file. Raise InvalidInput where it has no name."""
    if file.filename:
        return storable.file_name(file.filename)
    detail = "Send one file, with a name, in the form field 'file'."
    raise InvalidInput(detail, [{"parameter": "file", "code": "invalid", "detail": detail}])


def _mapping(text: str | None) -> Any:
    """Return what the form's `mapping` holds: JSON, which is read as answers."""
    return strict_json.loads(text.encode(errors="surrogatepass")) if text else None


@blueprint.get("/imports")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, ImportList)
def list_imports(query: dict[str, Any]) -> Response:
    """List imports, the newest first, a page at a time; each with its state and counts."""
    limit = query["limit"]
    found = _page(named_by(query["cursor"]), limit + 1)
    more = cursor_named(found[limit - 1]["id"]) if len(found) > limit else None
    return reply({"imports": found[:limit], "next_cursor": more})


def _page(before: str | None, limit: int) -> list[dict[str, Any]]:
    try:
        return imports.list_all(house(), before, limit)
    except NotFound:
        raise not_ours() from None


@blueprint.get("/imports/<import_id>")
@blueprint.response(200, Import)
@blueprint.alt_response(404, description="No such import")
def show(import_id: str) -> Response:
    """Show the report of an import; of one at work, how far it is."""
    return _state(imports.get_import(house(), import_id))


@blueprint.delete("/imports/<import_id>")
@blueprint.response(200, Import)
@blueprint.alt_response(404, description="No such import")
@blueprint.alt_response(409, description="The import is over")
def cancel(import_id: str) -> Response:
    """Cancel an import that is not done; nothing of it is kept."""
    return reply(jobs.cancel(house(), import_id))


@blueprint.post("/imports/<import_id>/undo")
@blueprint.doc(**DOCUMENTED)
@blueprint.arguments(UndoForm, location="query")
@blueprint.response(200, Import)
@blueprint.alt_response(404, description="No such import")
@blueprint.alt_response(409, description="It cannot be undone, or the first request under this key is at work")
@blueprint.refusals(413)
@once()
def undo(form: dict[str, Any], import_id: str) -> Response:
    """Undo an import that is done: who it created goes, who it updated is as before; `undone` says who stayed and why.

    Who goes can be imported again. A candidate stays that was changed or sent again after the import, that is merged,
    was decided on, or stands on a shortlist that was kept.
    """
    return reply(imports.undo(house(), import_id, dry_run=form["dry_run"], also=keeper(reply)))


@blueprint.get("/imports/<import_id>/rejected.xlsx")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such import")
def download_rejected(import_id: str) -> Response:
    """Download the rejected rows as a workbook, to mend and send again."""
    from service.reports import rejected  # noqa: PLC0415 - pandas is loaded when a table is drawn

    header, rows = imports.rejected_rows(house(), import_id)
    with house().running.making_rows(len(rows)):
        return download(lambda file: rejected.write_rejected(header, rows, file), "rejected-rows.xlsx", XLSX)
