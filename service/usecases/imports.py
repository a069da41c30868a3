"""Files of candidates: read with a report on every column and row, kept, or only looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import orjson

from service import shipped
from service.errors import Conflict, InvalidInput, RolefitError, UnreadableFile
from service.intake.candidate import Candidate, from_body
from service.intake.draft import OFF_SCALE, Reader
from service.intake.duplicates import traces
from service.intake.events import NotACandidate
from service.intake.formats import beside, unwrap
from service.intake.tables.answers import Answers, FindKept
from service.intake.tables.book import Book
from service.intake.tables.headers import check_mapping, place_of
from service.intake.tables.rows import MOST_WARNINGS, Ignored, Rejected
from service.schemas import strict_json
from service.sheets.limits import Limits
from service.sheets.reader import open_table
from service.store.records import ImportKept, Saved
from service.store.store import Work
from service.telling.tally import OUTCOMES
from service.usecases import House, alone, kept_reports, mappings, texts
from service.usecases.candidates import iso, read_candidate, record
from service.usecases.first_look import first_rows
from service.usecases.news import News, without_people

CHUNK = 1000
"""Candidates read and saved at a time."""

SAMPLES = frozenset({".xlsx", ".csv", ".json", ".txt"})

ERASED_MEANWHILE = (
    "A candidate was erased while this file was read, and the file may hold them: nothing was imported. Upload the "
    "file again if all who stand in it may be stored."
)

AT_WORK = ("queued", "running")
"""What an import is until it is over."""

DONE, UNDONE = "done", "undone"

MOST_STAYED = 1000
"""Candidates that an undo did not take back that are listed; those beyond are counted."""

STAYED = {
    "merged": "It is merged with another candidate.",
    "decided": "A decision was made on it.",
    "listed": "It stands on a shortlist that was kept or downloaded.",
    "changed": "It was changed or sent again after this import.",
    "left": "It was there before this import, and was changed or sent again after it.",
}
"""Why a candidate stays as it is when its import is undone."""

OF_BEFORE = "This import was made by an earlier version of Rolefit, which did not keep what an import did, "

NOT_UNDONE = {
    "queued": ("import_at_work", "This import is not done yet. Cancel it: then nothing of it is kept."),
    "running": ("import_at_work", "This import is not done yet. Cancel it: then nothing of it is kept."),
    "failed": ("import_over", "This import failed: nothing of it was kept, so there is nothing to undo."),
    "cancelled": ("import_over", "This import was cancelled: nothing of it was kept, so there is nothing to undo."),
    UNDONE: ("import_undone", "This import is undone already."),
}
"""Why an import in a state cannot be undone: a code, and a sentence."""

JSON_ENDINGS = frozenset({".json", ".ndjson", ".jsonl"})


ON_TWO_SCALES = (
    "{off_scale} of {count} candidates have levels outside the scale from 0 to 5: their plain numbers count as "
    "mentions. Plain numbers of the others are read from 0 to 5. If all are on one scale, send them with it: 8/10."
)
"""Said of a file of JSON: a candidate is read alike in whatever file it stands, so that only its own levels tell."""

Row = Candidate | Rejected | Ignored


LONGEST_CODE = 3
"""Characters of a value with letters that is a code, such as `A+` or `n.v`; a longer one may be about a person."""

MOST_NAMED = 10
"""Actions or fields that a notice names."""


class FileRead(NamedTuple):
    """A file being read: its rows as they come, and the report, complete at their end."""

    rows: Iterator[Row]
    report: dict[str, Any]


@contextmanager
def open_file(
    path: Path,
    filename: str,
    reader: Reader,
    limits: Limits,
    mapping: Mapping[str, Any] | None,
    source: str | None,
    form: str | None = None,
    rows: int | None = None,
    kept: FindKept | None = None,
) -> Iterator[FileRead]:
    """Open a file of candidates: a spreadsheet, JSON or a résumé as text, by its name. `form` says how JSON is written.

    `mapping` is what is answered for a spreadsheet; `kept` finds what was answered for one with the same headers. A
    text that holds a table is read as one. With `rows`, a spreadsheet is read to that row of each sheet. Raise
    RolefitError where it cannot be read.
    """
    report = kept_reports.unread(filename)
    if Path(filename).suffix.lower() in JSON_ENDINGS:
        yield FileRead(_json_rows(path, filename, reader, report, source, form), report)
        return
    answers = Answers.of(mapping or {})
    is_text = Path(filename).suffix.lower() in texts.ENDINGS
    if is_text and not texts.is_table(path, reader, answers.columns):
        yield FileRead(texts.text_rows(path, filename, reader, report, source), report)
        return
    check_mapping(answers.columns, reader)
    report["answers"] = _to_keep(answers)
    with open_table(path, filename, limits) as workbook:
        report["notices"] += workbook.warnings
        book = Book(reader, source, answers, report, kept)
        sheets = workbook.sheets() if rows is None else first_rows(workbook, rows, report)
        yield FileRead(book.read(sheets, workbook.visible), report)


def _to_keep(answers: Answers) -> dict[str, Any]:
    """Return the answers that a report keeps: none that may name a person, as rows and longer values of cells do."""
    data = answers.as_data()
    data.pop("rows", None)
    data["values"] = {
        value: level
        for value, level in answers.values.items()
        if len(value) <= LONGEST_CODE or not any(letter.isalpha() for letter in value)
    }
    return {part: said for part, said in data.items() if said}


def _json_rows(
    path: Path, filename: str, reader: Reader, report: dict[str, Any], source: str | None, form: str | None
) -> Iterator[Row]:
    """Read candidates from JSON: one, a list, an object with `candidates`, or one to a line."""
    raw = path.read_bytes()
    is_one = filename.lower().endswith(".json")
    sent = strict_json.loads(raw) if is_one else strict_json.loads_lines(raw)
    items, at = unwrap(sent)
    unread = beside(sent, at, {"format": form, "source": source})
    _warn(report, unread, "Beside the list of candidates was not read", [one["pointer"] for one in unread])
    ignored, off_scale, count = [], 0, 0
    for index, item in enumerate(items):
        try:
            pointer = "" if at is None else f"{at}/{index}"
            candidate = read_candidate(item, reader, pointer, form, source, strict=False)
        except NotACandidate as notice:
            ignored.append({"pointer": notice.pointer, "value": notice.event.action, "detail": notice.reason})
            yield Ignored(index + 1)
            continue
        except InvalidInput as error:
            yield Rejected(index + 1, [_shown(item)], error.errors)
            continue
        _warn(report, candidate.remarks)
        count += 1
        off_scale += any(remark["detail"] == OFF_SCALE for remark in candidate.remarks)
        yield candidate
    if off_scale:
        report["notices"].append(ON_TWO_SCALES.format(off_scale=off_scale, count=count))
    actions = [f"{action} ({count})" for action, count in Counter(one["value"] for one in ignored).items()]
    _warn(report, ignored, "Webhooks that carry no candidate were ignored", actions)


def _warn(
    report: dict[str, Any], remarks: Sequence[Mapping[str, Any]], title: str = "", about: Sequence[str] = ()
) -> None:
    """Add what was not read to a report, as far as there is room, and count it; with a title, as a notice too."""
    report["warnings"] += remarks[: MOST_WARNINGS - len(report["warnings"])]
    report["warnings_total"] += len(remarks)
    if title and about:
        more = f" and {len(about) - MOST_NAMED} more" if len(about) > MOST_NAMED else ""
        report["notices"].append(f"{title}: {', '.join(about[:MOST_NAMED])}{more}.")


def _shown(item: Any) -> str:
    """Return an item of JSON as its text."""
    return item.text if isinstance(item, strict_json.BrokenLine) else orjson.dumps(item).decode()


def import_file(
    house: House,
    path: Path,
    filename: str,
    *,
    dry_run: bool = False,
    mapping: Mapping[str, Any] | None = None,
    keep_as: str | None = None,
    apply_kept: bool = True,
    source: str = "upload",
    rows: int | None = None,
    also: Callable[[Work, dict[str, Any]], object] = alone,
) -> dict[str, Any]:
    """Import a file: what can be read is kept, the rest is reported. A dry run reports the same and keeps nothing.

    Answers that are kept for the file's headers are applied below those of `mapping`, unless they shall not be; those
    that were used are kept under the name `keep_as`. All of it is kept in one transaction, so that lists and shortlists
    see an import wholly or not at all; `also` is called with the report, in that transaction. With `rows`, a
    spreadsheet is read to that row of each sheet: enough for a dry run of a large file.
    """
    counts = counts_of({})
    rejected: list[Rejected] = []
    id_ = uuid4().hex
    received = 0
    finder = mappings.Finder(mappings.to_apply(house) if apply_kept else ())
    if not dry_run:
        with house.store.queueing() as work:  # by itself: who puts a file in line waits for the number, not for reading
            received = work.receipts.next()
    with (
        open_file(path, filename, house.reader, house.limits, mapping, source, rows=rows, kept=finder) as file,
        house.store.transaction(keep=not dry_run) as work,
    ):
        if dry_run:
            received = work.receipts.next()  # it is not kept, as all of a dry run
        elif work.receipts.is_erased_since(received):
            raise Conflict(ERASED_MEANWHILE, code="erased_meanwhile")
        news, overruled = News(house, dry_run=dry_run), Overruled()
        _save(work, file.rows, counts, rejected, news, house, overruled, received, id_)
        read = with_answers(house, work, overruled.beside(file.report), mapping, finder, None if dry_run else keep_as)
        report = {**report_of(id_, read, counts, rejected, dry_run=dry_run), **news.report()}
        kept = body_of(report, rejected)
        work.save_import(id_, filename, digest_of(path), "done", counts, kept, house.now(), received)
        if not dry_run:
            house.note(work, "import", id_, **counts, **({"kept_as": keep_as} if keep_as else {}))
            also(work, report)
    if not dry_run:
        house.tally.imported(counts)
    return report


def with_answers(
    house: House,
    work: Work,
    read: dict[str, Any],
    mapping: Mapping[str, Any] | None,
    finder: mappings.Finder,
    keep_as: str | None,
) -> dict[str, Any]:
    """Return what is told of a file, with what became of its answers: where they are from, and where they are kept."""
    notices = [*read["notices"], *finder.notices]
    if keep_as:
        notices.append(mappings.keep_used(house, work, keep_as, mapping or {}, finder, read["columns"]))
    return {**read, "notices": notices}


class Overruled:
    """Collects the rows of a file that do not count, since something was received later than the file."""

    def __init__(self) -> None:
        self._warnings: list[dict[str, Any]] = []
        self._totals = dict.fromkeys(OVERRULED, 0)

    def add(self, candidates: Sequence[Candidate], saved: Sequence[Saved]) -> None:
        """Take in what became of a chunk of candidates."""
        for place, one in enumerate(saved):  # few are looked at, and some have to be read for it
            if one.overruled:
                self._totals[one.overruled] += 1
                if len(self._warnings) < MOST_WARNINGS:
                    profile = candidates[place].profile
                    where = {"sheet": profile.sheet, "row": profile.row} if profile.row else {}
                    self._warnings.append({**where, "value": "", "detail": OVERRULED[one.overruled]})

    def beside(self, read: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is told of a file, with a warning for each such row, and a notice of how many there are."""
        notices = [
            f"{count} {'row' if count == 1 else 'rows'}: {OVERRULED[why]}"
            for why, count in self._totals.items()
            if count
        ]
        return {
            **read,
            "notices": [*read["notices"], *notices],
            "warnings": [*read["warnings"], *self._warnings][:MOST_WARNINGS],
            "warnings_total": read["warnings_total"] + sum(self._totals.values()),
        }


OVERRULED = {
    "stored": "Unchanged: a version that was received after this file was stored already, and is kept.",
    "erased": "Unchanged: this candidate was erased after this file was received, and is not stored again.",
}


class Sample(NamedTuple):
    """A file of sample candidates: its name, and the counts of its import, or why it was not imported."""

    name: str
    counts: Mapping[str, int]
    error: Exception | None = None

    @property
    def is_defect(self) -> bool:
        """Tell if the error is no fault of the file, but a mistake in Rolefit."""
        return self.error is not None and not isinstance(self.error, RolefitError | OSError)

    @property
    def summary(self) -> str:
        """Return what happened to the file, in a sentence."""
        if self.error is None:
            told = ", ".join(f"{count} {of}" for of, count in self.counts.items() if count and of != "rows")
            return f"{self.name}: {told}"
        return f"{self.name}: not imported. {self._reason}"

    @property
    def _reason(self) -> str:
        if isinstance(self.error, RolefitError):
            return self.error.detail
        if isinstance(self.error, OSError):
            return f"The file cannot be read: {self.error.strerror}."
        return f"This is a defect of Rolefit ({type(self.error).__name__})."


def import_samples(house: House) -> Iterator[Sample]:
    """Import the sample candidates, who are invented. A file that cannot be imported does not stop the others."""
    for path in sorted(shipped.folder("sample_candidates").iterdir()):
        if path.suffix.lower() in SAMPLES:
            yield _import_sample(house, path)


def _import_sample(house: House, path: Path) -> Sample:
    try:
        if not path.is_file():
            raise UnreadableFile("It is not a file.")  # noqa: TRY301 - one place tells what is wrong with a sample
        return Sample(path.name, import_file(house, path, path.name, source="samples")["counts"])
    except Exception as error:  # noqa: BLE001 - a service without samples is better than no service
        return Sample(path.name, {}, error)


def _save(
    work: Work,
    rows: Iterator[Row],
    counts: dict[str, int],
    rejected: list[Rejected],
    news: News,
    house: House,
    overruled: Overruled,
    received: int,
    id_: str,
) -> None:
    """Save candidates chunk by chunk, counting what became of each row."""
    while chunk := list(islice(rows, CHUNK)):
        counts["rows"] += len(chunk)
        rejected += [row for row in chunk if isinstance(row, Rejected)]
        counts["ignored"] += sum(isinstance(row, Ignored) for row in chunk)
        candidates = [row for row in chunk if isinstance(row, Candidate)]
        saved = work.save_candidates([record(candidate) for candidate in candidates], house.now(), received, id_)
        house.levels.keep(work, saved, candidates, house.today)
        for one in saved:
            counts[one.outcome] += 1
        news.add(work, candidates, saved)
        overruled.add(candidates, saved)
    counts["rejected"] = len(rejected)
    must_have_rows(counts["rows"])


def must_have_rows(rows: int) -> None:
    """Raise InvalidInput for a file with nobody in it."""
    if not rows:
        raise InvalidInput("The file has a header, but no candidates below it.", code="no_candidates")


def waiting(id_: str, filename: str) -> dict[str, Any]:
    """Return the report of an import that was not read yet."""
    counts = counts_of({})
    nothing = {"changed": [], "changed_total": 0, "likely_duplicates": [], "likely_duplicates_total": 0}
    return {**report_of(id_, kept_reports.unread(filename), counts, ()), **nothing, "state": "queued"}


def body_of(report: Mapping[str, Any], rejected: Sequence[Rejected]) -> bytes:
    """Return what is kept of an import: its report, and the rejected rows as they were."""
    kept = {
        "report": without_people(dict(report)),
        "cells": [row.cells for row in rejected],
        "sheets": [row.sheet for row in rejected],
    }
    return orjson.dumps(kept, default=str)


def report_of(
    id_: str,
    read: Mapping[str, Any],
    counts: Mapping[str, int],
    rejected: Iterable[Rejected],
    *,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Return the report of an import: what was read, and what became of it."""
    return {
        "id": None if dry_run else id_,
        "state": "dry_run" if dry_run else "done",
        "counts": dict(counts),
        "rejected": [{"row": row.row, "errors": row.errors} for row in rejected],
        **kept_reports.completed(read if dry_run else kept_reports.to_keep(read)),
    }


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def get_import(house: House, id_: str) -> dict[str, Any]:
    """Return the report of an import; of one at work, with how many rows are read; of one undone, who stayed."""
    with house.store.reading() as work:
        report: dict[str, Any] = kept_of(work, id_)["report"]
        state, rows = work.get_import(id_).state, work.jobs.cursor(id_)
        if state == UNDONE:
            return _with_stayed(work, id_, report)
    return report if rows is None else {**report, "state": state, "progress": {"rows_read": rows}}


def list_all(house: House, before: str | None, limit: int) -> list[dict[str, Any]]:
    """Return imports, the newest first, of those before another one; of those at work, with how far they are.

    Raise NotFound where there is no such other one.
    """
    with house.store.reading() as work:
        if before is not None:
            work.get_import(before)
        return [_line(work, kept) for kept in work.latest_imports(limit, before)]


def _line(work: Work, kept: ImportKept) -> dict[str, Any]:
    rows = work.jobs.cursor(kept.id) if kept.state in AT_WORK else None
    return {
        "id": kept.id,
        "state": kept.state,
        "file": kept.filename,
        "counts": counts_of(kept.counts),
        "created_at": iso(kept.created_at),
        "updated_at": iso(kept.updated_at),
        **({} if rows is None else {"progress": {"rows_read": rows}}),
    }


def undo(
    house: House, id_: str, *, dry_run: bool = False, also: Callable[[Work, dict[str, Any]], object] = alone
) -> dict[str, Any]:
    """Undo an import: who it created is gone as if never sent, and who it updated is as before. Return its report.

    A candidate stays as it is where it was changed or sent again after the import, and, of those created, where
    somebody relies on it: a decision, a merge, a shortlist that was kept. The report lists who stayed, and why. All is
    done in one short transaction; those who are gone are deleted after it. A dry run only says what would be done.

    Raise NotFound, or Conflict where the import is not done, is undone, or did not keep what it replaced.
    """
    with house.store.transaction(keep=not dry_run) as work:
        kept = work.get_import(id_)
        received = _undoable(house, kept)
        removed = work.imported.hide(id_, received)
        work.imported.leave(id_, received)
        restored = _restore(house, work, id_)
        work.imported.undone(id_)
        stayed = work.imported.count_stayed(id_)
        counts = {"removed": removed, "restored": restored, "stayed": sum(stayed.values())}
        body = orjson.loads(kept_reports.without_values(kept.report) or kept.report)
        body["report"] = {
            **kept_reports.completed(body["report"]),
            "state": DONE if dry_run else UNDONE,
            "undone": {"at": None if dry_run else iso(house.now()), **counts, "stayed_by_reason": stayed},
        }
        work.save_import(id_, kept.filename, kept.digest, UNDONE, kept.counts, orjson.dumps(body), house.now())
        work.has_erased = True
        house.note(work, "import.undo", id_, **counts)
        told = _with_stayed(work, id_, body["report"])
        also(work, told)
    if not dry_run:
        clear_hidden(house)
    return told


def _undoable(house: House, kept: ImportKept) -> int:
    """Return the number of receipt of an import that can be undone. Raise Conflict, with the reason."""
    if kept.state != DONE:
        code, detail = NOT_UNDONE[kept.state]
        raise Conflict(detail, code=code)
    if kept.received is None:
        raise Conflict(OF_BEFORE + "so it cannot be undone.", code="import_of_before")
    if kept.updated_at < house.now() - dt.timedelta(days=house.report_days):
        detail = f"This import is over for more than {house.report_days} days: what it replaced is not kept any longer."
        raise Conflict(detail, code="import_too_old")
    return kept.received


def _restore(house: House, work: Work, id_: str) -> int:
    """Bring back the versions that an import replaced. Return how many they were."""
    restored, after = 0, ""
    while versions := work.imported.versions(id_, after, CHUNK):
        found = {one.id: traces(from_body(one.body)) for one in versions}
        work.imported.restore(versions, found, house.now())
        restored, after = restored + len(versions), versions[-1].id
    return restored


def _with_stayed(work: Work, id_: str, report: dict[str, Any]) -> dict[str, Any]:
    """Return the report of an undone import with the candidates that stayed: they are looked up, not kept in it."""
    stayed = [{**one._asdict(), "detail": STAYED[one.reason]} for one in work.imported.stayed(id_, MOST_STAYED)]
    return {**report, "undone": {**report["undone"], "candidates": stayed}}


def clear_hidden(house: House) -> None:
    """Delete, a chunk at a time, whom imports brought that came to nothing or were undone."""
    is_more = True
    while is_more:
        with house.store.transaction() as work:
            is_more = work.hidden.clear(CHUNK)
            work.has_erased = is_more


def people_known(work: Work, id_: str) -> None:
    """Raise NotFound where there is no such import, Conflict where it is not known who its people are."""
    kept = work.get_import(id_)
    if kept.state == DONE and kept.received is None:
        raise Conflict(OF_BEFORE + "so its people cannot be told apart from others.", code="import_of_before")


def rejected_rows(house: House, id_: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the header of an import's file, and its rejected rows with their cells and what to mend.

    A column that a mapping explained has a header that needs none, so that the file can be sent again as it is.
    Of several sheets with other headers, the header is that of the first with a rejected row; the rows of the others
    come without their cells.
    """
    with house.store.reading() as work:
        kept = kept_of(work, id_)
    report, sheets = kept["report"], kept.get("sheets") or [None] * len(kept["cells"])
    headers = {sheet: _header(report["columns"], sheet) for sheet in sheets}
    header = headers[sheets[0]] if sheets else _header(report["columns"], report["sheet"])
    names = {column["header"]: _sent_as(column) for column in report["columns"]}
    rows = [
        {**row, "cells": cells if headers[sheet] == header else [], "errors": _named(row["errors"], names)}
        for row, cells, sheet in zip(report["rejected"], kept["cells"], sheets, strict=True)
    ]
    return header, rows


def kept_of(work: Work, id_: str) -> dict[str, Any]:
    """Return what is kept of an import. Raise NotFound."""
    kept: dict[str, Any] = orjson.loads(work.get_import(id_).report)
    kept["report"] = kept_reports.completed(kept["report"])
    kept["report"]["counts"] = counts_of(kept["report"]["counts"])
    return kept


def counts_of(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts of an import with those outcomes too that were not known when it was kept."""
    return {"rows": 0, **dict.fromkeys(OUTCOMES, 0), **counts}


def _header(columns: Iterable[Mapping[str, Any]], sheet: str | None) -> list[str]:
    """Return the cells of a sheet's header in their places; places without a header are blank."""
    of_sheet = [column for column in columns if column.get("sheet", sheet) == sheet]
    by_place = {_place(column): _sent_as(column) for column in of_sheet}
    return [by_place.get(place, "") for place in range(max(by_place, default=0) + 1)] if by_place else ["JSON"]


def _sent_as(column: Mapping[str, Any]) -> str:
    return str(column.get("sent_as") or column["header"])


def _named(errors: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{**error, "column": names.get(error["column"], error["column"])} if "column" in error else {**error}
            for error in errors]  # fmt: skip


def _place(column: Mapping[str, Any]) -> int:
    """Return the place of a column in its rows; with people across, that is its own row."""
    return column["row"] - 1 if "row" in column else place_of(column["column"])
