"""The way in: drop a file, see how it was understood, answer what is not certain, import it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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
from service.web.words import import_words, likely_there

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
        has_kept = bool(work.mappings())
    return pages.page("start.html", total=total, latest=latest, has_kept=has_kept)


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
def preview(id_: str) -> BaseResponse:
    """Show how a file is understood, and ask what is not certain; nothing is stored."""
    uploads = _uploads()
    if became := uploads.became(id_):
        return _to(url_for("start.imported", id_=became))
    path, filename = uploads.get(id_)
    asked = FileQuestions.of(uploads.asked(id_))
    if asked.looks_for_kept:
        report, asked = _looked_for_kept(path, filename, asked)
    else:
        report = _understood(path, filename, asked.answers)
        asked = FileQuestions.of(uploads.asked(id_))  # read again: an answer may have come meanwhile
    answers, asked = asked.answers, asked.asked_again(report)
    uploads.keep_asked(id_, asked.as_data())
    library = pages.house().library
    return pages.page(
        "preview.html", id_=id_, filename=filename, report=report, asked=asked,
        columns=columns_of(report, asked, library), mapping=orjson.dumps(answers.as_data()).decode(),
        scales=meanings.SCALES, levels=meanings.LEVELS, raters=meanings.RATERS, with_levels=with_levels,
        names=meanings.meanings(library).values(), applied=answers_in_words(asked.kept, library),
        button=import_words(report), there=likely_there(report),
    )  # fmt: skip


def _looked_for_kept(path: Path, filename: str, asked: FileQuestions) -> tuple[dict[str, Any], FileQuestions]:
    """Return how a file is understood with the answers that are kept for its headers, and its questions with them.

    What those answers settle is asked in a reading without them, so that each can be changed.
    """
    report = _understood(path, filename, asked.answers, apply_kept=True)
    name = report.get("applied_mapping")
    if not name:
        return report, replace(asked, kept_as="")
    kept = mappings.answers_of(pages.house(), name, [column["header"] for column in report["columns"]])
    return report, asked.asked_again(_understood(path, filename, asked.answers)).with_kept(name, kept)


def _understood(path: Path, filename: str, answers: Answers, *, apply_kept: bool = False) -> dict[str, Any]:
    """Return how a file is understood; of a large one, its first rows.

    Where it has no header we know, return its columns to be explained.
    """
    house = pages.house()
    options = {"mapping": answers.as_data(), "apply_kept": apply_kept, "rows": None if _is_small(path) else FIRST_ROWS}
    try:
        return imports.import_file(house, path, filename, dry_run=True, **options)
    except InvalidInput as error:
        if error.code != "no_header":
            raise
        return {**first_look(path, filename, house.limits), "wanting": error.detail}


@blueprint.post("/uploads/<id_>/kept")
@pages.reads("apply")
def apply_kept(id_: str) -> BaseResponse:
    """Read a waiting file with the answers that are kept for its headers, or without them."""
    applies = request.values.get("apply") == "yes"
    return _ask_again(id_, FileQuestions.kept_again if applies else FileQuestions.without_kept, "kept")


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
    if became := uploads.became(id_):
        return _to(url_for("start.imported", id_=became))
    path, filename = uploads.get(id_)
    asked = FileQuestions.of(uploads.asked(id_))
    seen = request.values.get("mapping")
    answers = Answers.of(strict_json.loads(seen.encode(errors="surrogatepass"))) if seen else asked.answers
    options = {"mapping": answers.as_data(), "apply_kept": asked.goes_with_kept(answers), **_keep_as(asked.kept_as)}
    report = _import(path, filename, **options)
    uploads.imported(id_, report["id"])
    return _to(url_for("start.imported", id_=report["id"]))


def _keep_as(kept_as: str | None) -> dict[str, str]:
    """Return the name under which the answers are to be kept, as an option; nothing if there is none.

    Raise InvalidInput where answers for other files are kept under it.
    """
    name = request.values.get("keep_as", "").strip()
    if len(name) > LONGEST_MAPPING_NAME or not name.isprintable():
        raise InvalidInput(f"The name for the answers is printable and has at most {LONGEST_MAPPING_NAME} characters.")
    if name not in ("", kept_as) and any(name == one["name"] for one in mappings.list_all(pages.house())):
        raise InvalidInput(f"Answers for other files are kept as {name!r} already. Choose another name.")
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


@blueprint.get("/kept-answers")
def kept_answers() -> Response:
    """Show all answers that are kept, and for which headers."""
    library = pages.house().library
    kept = [
        {**one, "words": answers_in_words(mappings.answers_in(one), library)}
        for one in mappings.list_all(pages.house())
    ]
    return pages.page("kept_answers.html", kept=kept, asked=request.values.get("delete"))


@blueprint.post("/kept-answers")
@pages.reads("delete")
def delete_kept() -> BaseResponse:
    """Delete answers that are kept."""
    mappings.delete(pages.house(), request.values.get("delete", ""))
    return _to(url_for("start.kept_answers"))


@blueprint.get("/imports/<id_>/undo")
def ask_to_undo(id_: str) -> BaseResponse:
    """Show what it would do to undo an import; of one that is undone already, what became of it."""
    if _is_undone(id_):
        return _to(url_for("start.imported", id_=id_))
    return pages.page("undo.html", report=imports.undo(pages.house(), id_, dry_run=True))


@blueprint.post("/imports/<id_>/undo")
def undo(id_: str) -> BaseResponse:
    """Undo an import, unless it is undone already."""
    if not _is_undone(id_):
        imports.undo(pages.house(), id_)
    return _to(url_for("start.imported", id_=id_))


def _is_undone(id_: str) -> bool:
    return bool(imports.get_import(pages.house(), id_)["state"] == imports.UNDONE)


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
