"""Imports as jobs: a large file is put on disk and answered at once; a worker reads it, chunk by chunk.

What is read is kept out of sight (see store/hidden.py). The last transaction of a job is the one switch: all of it is
seen, or none. It is short, but where a file updates many who are there already.
A worker that dies leaves its lease to lapse; the next one reads the file from its beginning, which says the same, and
keeps nothing that is kept already. So nothing but the place reached has to be remembered.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import orjson

from service.core.time import tick_of
from service.errors import Conflict, RolefitError
from service.intake.candidate import Candidate, from_body
from service.intake.tables.rows import Ignored, Rejected
from service.store.errors import StoreDown
from service.store.jobs import Job, Lost
from service.store.records import LineKept, Saved, StagedRow
from service.store.work import Work
from service.telling.tally import OUTCOMES
from service.usecases import House, alone, imports, mappings
from service.usecases.candidates import record
from service.usecases.news import News
from service.usecases.running import TooBusy

LEASE = timedelta(seconds=4)
"""How long a worker may be silent before its job is another's."""

FORSAKEN_SECONDS = 24 * 3600
"""After which a file that no import knows was left by a crash before its upload was acknowledged."""

MOST_TRIES = 3
"""Times that the reading of a row may end its process, or meet a defect, before the job is given up."""

MOST_TAKINGS = 100
"""Workers that may die of a job, one after another without keeping a row, before it is given up whatever the reason.

So many, for a machine that is killed again and again ends them too: 20 gave a good file up in a storm of 250 kills.
"""

READ_OTHERWISE = (
    "The file reads otherwise than when its import began: the program or its settings changed. Upload it again."
)


Rows = Iterator[imports.Row]


class GaveUp(RolefitError):
    """The job ended too many workers, or its file is gone."""

    code = "job_failed"
    title = "The import was given up"


def wait_in(folder: Path) -> bool:
    """Tell whether files of jobs lie in the folder of a house: they come before their job, and go after it."""
    folder = folder / "jobs"
    return folder.is_dir() and any(folder.iterdir())


def file_of(house: House, id_: str) -> Path:
    """Return where the file of a job lies until the job ends."""
    return house.folder / "jobs" / id_


def enqueue(
    house: House,
    save: Callable[[Path], object],
    filename: str,
    *,
    mapping: Mapping[str, Any] | None = None,
    keep_as: str | None = None,
    apply_kept: bool = True,
    source: str | None = "upload",
    form: str | None = None,
    also: Callable[[Work, dict[str, Any]], object] = alone,
) -> dict[str, Any]:
    """Put a file on disk, and a job for it; return the report of an import that waits. Raise TooBusy.

    Once this returns, a crash loses nothing: file and job are on disk. `save` writes the file to the path given. On
    PostgreSQL nobody waits here for another import that updates many just now; SQLite has one lock.
    """
    id_ = uuid4().hex
    path = file_of(house, id_)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        save(path)
        _sync(path)
        report = imports.waiting(id_, filename)
        kept_answers = mappings.to_apply(house) if apply_kept else []
        with house.store.queueing() as work:
            _must_have_room(work, house)
            digest = imports.digest_of(path)
            body = orjson.dumps({"report": report, "cells": [], "sheets": []})
            work.save_import(id_, filename, digest, "queued", report["counts"], body, house.now())
            request = {"filename": filename, "mapping": dict(mapping or {}), "source": source, "form": form}
            # What is kept by now: a job that is taken up again has to read the file as it did before.
            request |= {"actor": house.actor, "keep_as": keep_as, "kept": kept_answers}
            work.jobs.put(id_, request, house.now(), work.receipts.next())
            also(work, report)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    house.running.more.set()
    return report


def _must_have_room(work: Work, house: House) -> None:
    """Raise TooBusy where as many jobs wait as may."""
    if work.jobs.count() >= house.most_jobs:
        raise TooBusy(f"{house.most_jobs} imports are waiting, the most at once. Send yours again in a minute.")


def _sync(path: Path) -> None:
    """Have a file and its name on disk before anybody is told of it."""
    for place, flags in ((path, os.O_RDWR), (path.parent, os.O_RDONLY)):
        descriptor = os.open(place, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(house: House) -> None:
    """Take away what is left of imports that are over: a crash came between their end and its removal."""
    imports.clear_hidden(house)
    folder = house.folder / "jobs"
    for path in folder.iterdir() if folder.is_dir() else ():
        with house.store.reading() as work:
            is_kept = work.jobs.cursor(path.name) is not None
            is_over = not is_kept and work.has_import(path.name)
        if is_over or (not is_kept and time.time() - path.stat().st_mtime > FORSAKEN_SECONDS):
            path.unlink(missing_ok=True)


def cancel(house: House, id_: str) -> dict[str, Any]:
    """End a job that is not done; nothing of its file is kept. Raise NotFound, or Conflict where it is over."""
    with house.store.transaction() as work:
        kept = imports.kept_of(work, id_)
        if not work.jobs.end(id_):
            raise Conflict("This import is over: there is nothing to cancel.", code="import_over")
        work.has_erased = True
        report = {**kept["report"], "state": "cancelled"}
        _close(work, house, id_, report)
        house.note(work, "import.cancel", id_)
    file_of(house, id_).unlink(missing_ok=True)
    imports.clear_hidden(house)
    return report


def run_next(house: House) -> bool:
    """Do the job that has waited longest, to its end. Tell whether there was one."""
    with house.store.reading() as work:
        if not work.jobs.is_one_free(house.now()):
            return False
    with house.store.transaction() as work:
        job = work.jobs.claim(house.now(), LEASE)
    if job is None:
        return False
    try:
        with _beating(house, job):
            _run(house, job)
    except Lost:
        pass
    except StoreDown:
        with suppress(StoreDown), house.store.transaction() as work:
            work.jobs.release(job, house.now())
        raise
    except RolefitError as error:
        _fail(house, job, error)
    except Exception:
        with suppress(StoreDown), house.store.transaction() as work:
            work.jobs.fail(job)
        raise
    return True


@contextmanager
def _beating(house: House, job: Job) -> Iterator[None]:
    """Renew a lease all the while: a large workbook takes longer to its first row than a dead worker is waited for."""
    over = Event()

    def beat() -> None:
        while not over.wait(LEASE.total_seconds() / 4):
            # It waits its turn: not waiting, it found none for seconds where others write most of the time.
            with suppress(StoreDown), house.store.transaction() as work:
                work.jobs.renew(job, house.now() + LEASE)

    heart = Thread(target=beat, name="rolefit-lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _run(house: House, job: Job) -> None:
    path, request = file_of(house, job.id), job.request
    if job.begun >= MOST_TRIES:
        raise GaveUp(
            f"The import stopped {MOST_TRIES} times at the same place of the file: behind its first {job.cursor:,} "
            "rows of candidates. If a row follows them, take it out or shorten its texts. Then upload the file again."
        )
    if job.tries > MOST_TAKINGS or not path.is_file():
        raise GaveUp("The file of this import is not there, or ended the reader each time. Upload it again.")
    counts = imports.counts_of({})
    rejected: list[Rejected] = []
    finder = mappings.Finder(request.get("kept", ()))
    with imports.open_file(
        path, request["filename"], house.reader, house.limits, request["mapping"] or None, request["source"],
        request["form"], kept=finder,
    ) as file:  # fmt: skip
        counts["rows"], counts["ignored"] = _stage(house, job, file.rows, rejected)
        imports.must_have_rows(counts["rows"])
        if house.running.stopping.is_set():
            _release(house, job, counts["rows"])
            return
        _switch(house, job, file.report, counts, rejected, finder)
    path.unlink(missing_ok=True)
    house.tally.imported(counts)


def _stage(house: House, job: Job, rows: Rows, rejected: list[Rejected]) -> tuple[int, int]:
    """Keep the rows of a file that are not kept yet, a chunk in each transaction.

    Return how many there are, and how many of them hold no candidate. Where an attempt was lost before, the rows that
    it did not keep are kept one by one: a row that ends the process then stands alone, and is known at the third time.
    """
    done, kept, ignored = 0, job.cursor, 0
    while chunk := list(islice(_marked(house, job, rows, done), _step(house, job, done))):
        start, done = done, done + len(chunk)
        rejected += [row for row in chunk if isinstance(row, Rejected)]
        ignored += sum(isinstance(row, Ignored) for row in chunk)
        if done > kept:
            found = list(_staged(house, chunk, start, kept))
            with house.store.transaction() as work:
                work.jobs.advance(job, kept, done, house.now() + LEASE)
                work.jobs.stage(job.id, work.hidden.put(job.id, found, house.now(), job.received))
                if (
                    done % house.chunk_rows == 0 and (done // house.chunk_rows).bit_count() == 1
                ):  # when there is twice as much again
                    work.look_over()
            kept = done
        if house.running.stopping.is_set():
            _release(house, job, kept)
            raise Lost
    if done < kept:
        raise GaveUp(READ_OTHERWISE)
    with house.store.transaction() as work:
        work.jobs.read(job)
    return done, ignored


def _step(house: House, job: Job, done: int) -> int:
    """Return how many rows come next: up to those not kept yet, then one by one where an attempt was lost there."""
    if done < job.cursor:
        return min(house.chunk_rows, job.cursor - done)
    return 1 if job.begun and done < job.cursor + house.chunk_rows else house.chunk_rows


def _marked(house: House, job: Job, rows: Rows, done: int) -> Rows:
    """Return the rows that follow; before the first that is not kept yet it is marked that its reading begins."""
    if done == job.cursor:
        with house.store.transaction() as work:
            work.jobs.begin(job)
    return rows


def _staged(house: House, chunk: Sequence[imports.Row], start: int, kept: int) -> Iterator[StagedRow]:
    rows = [(place, row) for place, row in enumerate(chunk, start) if place >= kept and isinstance(row, Candidate)]
    lines = house.levels.lines([row for _, row in rows], tick_of(house.today))
    for (place, row), line in zip(rows, lines, strict=True):
        yield StagedRow(place, house.levels.board.name, record(row), line)


def _release(house: House, job: Job, cursor: int) -> None:
    """Stop at the end of a chunk: whoever comes next goes on."""
    with house.store.transaction() as work:
        work.jobs.advance(job, cursor, cursor, house.now())
        work.jobs.release(job, house.now())


def _switch(
    house: House,
    job: Job,
    read: Mapping[str, Any],
    counts: dict[str, int],
    rejected: Sequence[Rejected],
    finder: mappings.Finder,
) -> None:
    """Let everybody see all that was read, in one transaction: before it nobody sees any, after it all."""
    counts["rejected"] = len(rejected)
    news = _news_of_new(house, job)
    with house.store.transaction() as work:
        work.jobs.advance(job, counts["rows"], counts["rows"], house.now() + LEASE)
        counts["created"] += work.hidden.show(job.id, counts["rows"])
        overruled = imports.Overruled()
        _save_staged(house, work, job, counts, news, overruled)
        if counts["rows"] != sum(counts[outcome] for outcome in OUTCOMES):
            raise GaveUp(READ_OTHERWISE)
        keep_as = job.request.get("keep_as")
        told = imports.with_answers(house, work, overruled.beside(read), job.request["mapping"], finder, keep_as)
        report = {**imports.report_of(job.id, told, counts, rejected), **news.report()}
        _close(work, house, job.id, report, rejected, job.received)
        work.jobs.end(job.id)
        work.has_erased = True
        details = {**counts, **({"kept_as": keep_as} if keep_as else {})}
        work.audit.add(house.now(), job.request["actor"], "import", job.id, **details)


def _news_of_new(house: House, job: Job) -> News:
    """Return what there is to tell of those whom a job creates: looked at before the switch, which is not to wait."""
    news, after = News(house, dry_run=False, bringing=job.id), -1
    while True:
        with house.store.reading() as work:
            rows = work.hidden.brought(job.id, after, imports.CHUNK)
            news.add(work, _Bodies([row.body for row in rows]), [Saved(row.id, "created") for row in rows])
        if not rows:
            return news
        after = rows[-1].place


def _save_staged(
    house: House, work: Work, job: Job, counts: dict[str, int], news: News, overruled: imports.Overruled
) -> None:
    """Save the rows that met somebody who was there before them."""
    after = -1
    while rows := work.jobs.staged(job.id, after, imports.CHUNK):
        saved = work.save_candidates([row.record for row in rows], house.now(), job.received, job.id)
        work.lines.save(house.levels.board.name, list(_lines(house, rows, saved)))
        for one in saved:
            counts[one.outcome] += 1
        bodies = _Bodies([row.record.body for row in rows])
        news.add(work, bodies, saved)
        overruled.add(bodies, saved)
        after = rows[-1].place


def _lines(house: House, rows: Sequence[StagedRow], saved: Sequence[Saved]) -> Iterator[LineKept]:
    """Yield the lines of those created or updated; anew where the rubrics changed since they were read."""
    changed = [(row, one.id) for row, one in zip(rows, saved, strict=True) if one.outcome != "unchanged"]
    old = [from_body(row.record.body) for row, _ in changed if row.board != house.levels.board.name]
    renewed = iter(house.levels.lines(old, tick_of(house.today)))
    for row, id_ in changed:
        line = row.line if row.board == house.levels.board.name else next(renewed)
        yield line._replace(id=id_)


class _Bodies(Sequence[Candidate]):
    """Candidates, read from what is kept of them only where somebody looks at one."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies = bodies

    def __len__(self) -> int:
        return len(self._bodies)

    def __getitem__(self, place: Any) -> Any:
        return from_body(self._bodies[place])


def _fail(house: House, job: Job, error: RolefitError) -> None:
    """End a job whose file cannot be imported, with the reason that its sender is told."""
    with suppress(Lost):
        with house.store.transaction() as work:
            work.jobs.advance(job, work.jobs.cursor(job.id) or 0, work.jobs.cursor(job.id) or 0, house.now())
            kept = imports.kept_of(work, job.id)
            problem = {"title": error.title, "code": error.code, "detail": error.detail, "errors": list(error.errors)}
            _close(work, house, job.id, {**kept["report"], "state": "failed", "problem": problem})
            work.jobs.end(job.id)
            work.has_erased = True
        file_of(house, job.id).unlink(missing_ok=True)  # unless the job is another's, who reads it
        imports.clear_hidden(house)


def _close(
    work: Work,
    house: House,
    id_: str,
    report: Mapping[str, Any],
    rejected: Sequence[Rejected] = (),
    received: int | None = None,
) -> None:
    kept = work.get_import(id_)
    body = imports.body_of(report, rejected)
    work.save_import(id_, kept.filename, kept.digest, report["state"], report["counts"], body, house.now(), received)
