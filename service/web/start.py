"""The way in: drop a file, see how it was understood, answer what is not certain, import it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from flask import Response, current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service import storable
from service.errors import InvalidInput, UnreadableFile
from service.intake.draft import Reader
from service.intake.tables.answers import Answers
from service.rubric_library import Library
from service.schemas import strict_json
from service.schemas.requests import LONGEST_MAPPING_NAME
from service.usecases import imports, jobs, mappings
from service.usecases.first_look import first_look
from service.usecases.uploads import Uploads
from service.web import meanings, pages
from service.web.file_questions import COLUMN, SCALE, VALUE, FileQuestions, answers_in_words, columns_of, with_levels

blueprint = pages.blueprint("start")

LATEST = 5

FIRST_ROWS = 5000
"""Rows of each sheet that the page of a large file is made from: an answer is then seen in a second or two."""


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
    """Show how a file is understood, and ask what is not certain; nothing is stored."""
    uploads = _uploads()
    path, filename = uploads.get(id_)
    said = FileQuestions.of(uploads.asked(id_))
    answers = said.answers
    report = _understood(path, filename, said)
    asked = FileQuestions.of(uploads.asked(id_)).asked_again(report)  # read again: an answer may have come meanwhile
    uploads.keep_asked(id_, asked.as_data())
    library = pages.house().library
    columns = columns_of(report, asked, library)
    applied = _applied(report, library)
    return pages.page(
        "preview.html", id_=id_, filename=filename, report=report, asked=asked, columns=columns,
        mapping=orjson.dumps(answers.as_data()).decode(), scales=meanings.SCALES, levels=meanings.LEVELS,
        raters=meanings.RATERS, applied=applied, names=meanings.meanings(library).values(), with_levels=with_levels,
    )  # fmt: skip


def _applied(report: Mapping[str, Any], library: Library) -> list[str]:
    """Return in words the kept answers that were applied to a file, as they are now."""
    name = report.get("applied_mapping")
    kept = {one["name"]: one for one in mappings.list_all(pages.house())} if name else {}
    parts = {part: kept[name][part] for part in Answers.__dataclass_fields__} if name in kept else {}
    return answers_in_words(Answers.of(parts), library)


def _understood(path: Path, filename: str, said: FileQuestions) -> dict[str, Any]:
    """Return how a file is understood; of a large one, its first rows.

    Where it has no header we know, return its columns to be explained.
    """
    house = pages.house()
    rows = None if _is_small(path) else FIRST_ROWS
    try:
        return imports.import_file(
            house, path, filename, dry_run=True, mapping=said.answers.as_data(), apply_kept=said.applies_kept, rows=rows
        )
    except InvalidInput as error:
        if error.code != "no_header":
            raise
        return {**first_look(path, filename, house.limits), "wanting": error.detail}


@blueprint.post("/uploads/<id_>/answer")
@pages.reads("question", "choice", "means", f"{VALUE}*")
def answer(id_: str) -> BaseResponse:
    """Keep the answer to a question about a waiting file, and show how the file is understood with it."""
    question = request.values.get("question", "")
    part = f"question-{question.replace(' ', '_')}"
    return _ask_again(id_, lambda asked: asked.answered(question, request.values, *_known()), part)


@blueprint.post("/uploads/<id_>/columns")
@pages.reads(f"{COLUMN}*", f"{SCALE}*")
def correct(id_: str) -> BaseResponse:
    """Keep what the columns of a waiting file were said to mean, and show how the file is understood with it."""
    return _ask_again(id_, lambda asked: asked.corrected(request.values, *_known()), "columns")


@blueprint.post("/uploads/<id_>/kept")
@pages.reads("apply")
def apply_kept(id_: str) -> BaseResponse:
    """Read a waiting file with the answers that are kept for its headers, or without them."""
    applies = request.values.get("apply") == "yes"
    return _ask_again(id_, lambda asked: replace(asked, applies_kept=applies), "told")


def _ask_again(id_: str, change: Callable[[FileQuestions], FileQuestions], part: str) -> BaseResponse:
    """Change what is said of a waiting file, and go back to the same part of its page."""
    uploads = _uploads()
    uploads.get(id_)
    uploads.keep_asked(id_, change(FileQuestions.of(uploads.asked(id_))).as_data())
    return redirect(url_for("start.preview", id_=id_, _anchor=part), 303)


def _known() -> tuple[Library, Reader]:
    return pages.house().library, pages.house().reader


@blueprint.post("/uploads/<id_>")
@pages.reads("mapping", "keep_as")
def confirm(id_: str) -> BaseResponse:
    """Import a file as the page showed that it is understood."""
    uploads = _uploads()
    path, filename = uploads.get(id_)
    seen = request.values.get("mapping")
    said = FileQuestions.of(uploads.asked(id_))
    answers = Answers.of(strict_json.loads(seen.encode(errors="surrogatepass"))) if seen else said.answers
    report = _import(path, filename, mapping=answers.as_data(), apply_kept=said.applies_kept, **_keep_as())
    uploads.remove(id_)
    return _to(url_for("start.imported", id_=report["id"]))


def _keep_as() -> dict[str, str]:
    """Return the name under which the answers are to be kept, as an option; nothing if there is none."""
    name = request.values.get("keep_as", "").strip()
    if len(name) > LONGEST_MAPPING_NAME or not name.isprintable():
        raise InvalidInput(f"The name for the answers is printable and has at most {LONGEST_MAPPING_NAME} characters.")
    return {"keep_as": name} if name else {}


def _import(path: Path, filename: str, **options: Any) -> dict[str, Any]:
    """Import a file: a large one is left to the worker."""
    if _is_small(path):
        return imports.import_file(pages.house(), path, filename, **options)
    return jobs.enqueue(pages.house(), lambda to: shutil.copyfile(path, to), filename, **options)


def _is_small(path: Path) -> bool:
    return bool(path.stat().st_size <= current_app.config["INLINE_BYTES"])


@blueprint.get("/imports/<id_>")
def imported(id_: str) -> Response:
    """Show what became of a file."""
    report = imports.get_import(pages.house(), id_)
    answered = answers_in_words(Answers.of(report.get("answers", {})), pages.house().library)
    return pages.page("imported.html", report=report, answered=answered)


@blueprint.get("/imports/<id_>/undo")
def ask_to_undo(id_: str) -> BaseResponse:
    """Show what it would do to undo an import; of one that is undone already, what became of it."""
    if imports.get_import(pages.house(), id_)["state"] == "undone":
        return _to(url_for("start.imported", id_=id_))
    return pages.page("undo.html", report=imports.undo(pages.house(), id_, dry_run=True))


@blueprint.post("/imports/<id_>/undo")
def undo(id_: str) -> BaseResponse:
    """Undo an import."""
    imports.undo(pages.house(), id_)
    return _to(url_for("start.imported", id_=id_))


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
