import os
import signal
import sqlite3
import stat
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from service.store import Record, Store, StoreDown, engines, migrations
from service.store.records import LineKept

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
both = pytest.mark.both_databases
NAME = "Zebulon Quartermain-Oyelaran"
CUT_SHORT = """
import sys, time
from datetime import datetime, UTC
from service.store import Record, Store, engines
engines.WRITERS_KIB = 2_000  # so that pages come to the log before the end
with Store(sys.argv[1]).transaction() as work:
    rows = [Record("sheet", f"new-{n}", None, "New", "1" * 64, b"x" * 1_500) for n in range(5_000)]
    rows += [Record("sheet", f"old-{n}", None, "Changed", "2" * 64, b"y" * 1_500) for n in range(100)]
    work.save_candidates(rows, datetime.now(UTC))
    work.delete_candidate(next(work.pool()).id)
    print("written", flush=True)
    time.sleep(60)
"""


WRITING = """
import sys, time
from pathlib import Path
from service.store.turns import Turn
assert Turn(Path(sys.argv[1])).take(5)
print("mine", flush=True)
time.sleep(60)
"""


def records(prefix, count):
    return [Record("sheet", f"{prefix}-{n}", None, f"{NAME} {n}", "1" * 64, b"x" * 1_500) for n in range(count)]


def save(store, prefix="old", count=1):
    with store.transaction() as work:
        return work.save_candidates(records(prefix, count), NOON)


def count(store):
    with store.reading() as work:
        return work.count_candidates()


def everyone(store):
    with store.reading() as work:
        return list(work.pool())


def bytes_on_disk(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_the_files_are_for_their_owner_only(store, path):
    save(store)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(["rolefit.db", "rolefit.db-turn", "rolefit.db-wal", "rolefit.db-shm"], 0o600)


def test_every_connection_is_durable_checks_keys_and_wipes(store):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5_000}
    with store.transaction() as one, store.reading() as other:
        for work in (one, other):
            ask = work._connection.exec_driver_sql  # noqa: SLF001
            assert {name: ask(f"PRAGMA {name}").scalar_one() for name in wanted} == wanted


def test_a_writer_waits_for_those_of_other_processes_and_not_for_one_that_died(store, path):
    save(store)
    other = subprocess.Popen([sys.executable, "-c", WRITING, f"{path}-turn"], stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(StoreDown) as caught, store.transaction(waits=False):
            pytest.fail("two write at once")
        assert caught.value.code == "store_busy"
        assert count(store) == 1, "whoever reads does not wait"
    finally:
        other.kill()
        other.communicate()
    save(store, "new")
    assert count(store) == 2


@both
def test_an_error_rolls_everything_back(store):
    [kept] = save(store)
    before = everyone(store)

    def work_and_stop():
        with store.transaction() as work:
            work.save_candidates(records("new", 50), NOON)
            work.save_import("i1", "people.xlsx", "d" * 64, "done", {}, b"", NOON)
            work.delete_candidate(kept.id)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_and_stop()

    assert everyone(store) == before
    save(store, "next")
    assert count(store) == 2


@both
def test_reading_sees_one_moment(store):
    save(store)
    with store.reading() as work:
        before = work.count_candidates()
        save(store, "new", 10)
        assert work.count_candidates() == before == 1

    assert count(store) == 11


@both
def test_reading_cannot_write(store):
    with pytest.raises(StoreDown) as caught, store.reading() as work:
        work.save_candidates(records("new", 1), NOON)

    assert caught.value.code == "store_read_only"
    assert count(store) == 0


@both
def test_threads_that_save_at_once_lose_nothing(store):
    def save_some(thread):
        return [one.outcome for turn in range(5) for one in save(store, f"{thread % 4}-{turn}", 40)]

    with ThreadPoolExecutor(8) as pool:
        outcomes = [outcome for some in pool.map(save_some, range(8)) for outcome in some]

    assert len(outcomes) == 8 * 5 * 40
    assert outcomes.count("created") == outcomes.count("unchanged") == count(store) == 4 * 5 * 40


def test_a_process_killed_within_a_transaction_leaves_the_database_as_it_was(store, path):
    save(store, "old", 100)
    before = everyone(store)

    command = [sys.executable, "-c", CUT_SHORT, f"sqlite:///{path}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "written\n"
        log = path.with_name("rolefit.db-wal")
        assert log.stat().st_size > 5_000_000  # the kill has something to spoil
        process.send_signal(signal.SIGKILL)
    store.close()

    assert everyone(store) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    save(store, "new", 1)
    assert count(store) == 101


def test_what_was_deleted_is_in_no_file(store, path):
    saved = save(store, count=30)
    assert NAME.encode() in bytes_on_disk(path)

    with store.transaction() as work:
        for one in saved:
            work.delete_candidate(one.id)

    assert NAME.encode() not in bytes_on_disk(path)
    assert b"x" * 100 not in bytes_on_disk(path)


def test_of_one_deleted_among_many_nothing_is_left(store, path):
    save(store, "other", 50)
    with store.transaction() as work:
        [one] = work.save_candidates([Record("sheet", "ext-777", "ext-777", "Only Me", "1" * 64, b"z" * 9_000)], NOON)
        work.save_candidates([Record("sheet", "ext-777", "ext-777", "Me Before", "2" * 64, b"w" * 9_000)], NOON)
    save(store, "more", 50)

    with store.transaction() as work:
        work.delete_candidate(one.id)

    left = bytes_on_disk(path)
    assert not [word for word in (b"Only Me", b"Me Before", b"ext-777", b"zzzz", b"wwww") if word in left]
    assert count(store) == 100


def test_of_a_line_that_went_with_its_candidate_nothing_is_left_on_disk(store, path):
    [one] = save(store)
    with store.transaction() as work:
        work.lines.save("b1", [LineKept(one.id, "1" * 64, 1, 2, b"a line that no other has")])
    assert b"a line that no other has" in bytes_on_disk(path)

    with store.transaction() as work:
        work.delete_candidate(one.id)

    assert b"a line that no other has" not in bytes_on_disk(path)


def test_a_reader_in_the_way_of_a_deletion_delays_only_the_wiping(store, path):
    [saved] = save(store)
    with store.reading() as work:
        assert work.count_candidates() == 1
        with store.transaction() as other:
            other.delete_candidate(saved.id)
        assert NAME.encode() in bytes_on_disk(path)

    assert NAME.encode() not in bytes_on_disk(path)


@both
def test_check_tells_what_the_database_is_and_leaves_no_row(store, database_kind):
    found = store.check()

    assert (found["database"], found["schema"]) == (database_kind, migrations.newest())
    assert database_kind == "postgresql" or found["version"] == sqlite3.sqlite_version
    with store.reading() as work:
        rows = work._connection.exec_driver_sql("SELECT count(*) FROM probes").scalar_one()  # noqa: SLF001
    assert rows == 0


def test_check_without_a_file_or_tables_says_so(empty_store):
    with pytest.raises(StoreDown) as missing:
        empty_store.check()
    with empty_store.reading():
        pass
    with pytest.raises(StoreDown) as without_tables:
        empty_store.check()

    assert [missing.value.code, without_tables.value.code] == ["store_missing", "store_empty"]


def test_check_notices_that_the_file_was_taken_away(store, path):
    store.check()
    path.unlink()

    with pytest.raises(StoreDown) as caught:
        store.check()

    assert caught.value.code == "store_missing"


@pytest.mark.parametrize("place", ["/proc/rolefit/rolefit.db", "{folder}/file/rolefit.db"])
@pytest.mark.parametrize("ask", ["check", "migrate"])
def test_a_folder_that_cannot_be_used_is_explained(tmp_path, place, ask):
    (tmp_path / "file").write_text("not a folder")
    store = Store(f"sqlite:///{place.format(folder=tmp_path)}")

    with pytest.raises(StoreDown) as caught:
        getattr(store, ask)()

    assert (caught.value.status, caught.value.exit_code) == (503, 69)
    assert "rolefit" not in caught.value.detail


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes where it likes")
def test_check_on_a_read_only_folder_is_explained(store, path):
    store.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreDown):
            store.check()
    finally:
        path.parent.chmod(0o700)


def test_a_file_that_is_no_database_is_explained(empty_store, path):
    path.parent.mkdir()
    path.write_bytes(b"Dear committee, " * 500)

    with pytest.raises(StoreDown) as caught:
        empty_store.migrate()

    assert caught.value.code == "store_damaged"
    assert path.read_bytes() == b"Dear committee, " * 500


def test_a_locked_database_is_explained_and_used_again_later(store, path, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_MS", 50)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreDown) as caught:
            save(store)
        other.execute("ROLLBACK")

    assert caught.value.code == "store_busy"
    assert not [word for word in ("BEGIN", "SELECT", "sqlite", "/") if word in str(caught.value)]
    save(store)
    assert count(store) == 1


@both
def test_a_writer_who_waits_too_long_for_another_thread_is_told(store, monkeypatch):
    monkeypatch.setattr("service.store.store.PATIENCE", 0.05)
    with store.transaction(), ThreadPoolExecutor(1) as pool, pytest.raises(StoreDown) as caught:
        pool.submit(save, store).result()

    assert caught.value.code == "store_busy"
    save(store)


def test_a_full_disk_is_explained_and_nothing_is_kept(store):
    def fill_the_disk():
        with store.transaction() as work:
            work._connection.exec_driver_sql("PRAGMA max_page_count=50")  # noqa: SLF001
            work.save_candidates(records("new", 1_000), NOON)

    with pytest.raises(StoreDown) as caught:
        fill_the_disk()

    assert caught.value.code == "store_full"
    store.close()
    assert count(store) == 0


@both
@pytest.mark.parametrize("kept_before", [False, True])
def test_errors_that_are_ours_stay_loud_and_name_nobody(store, kept_before):
    bad = records("new", 1)[0]._replace(digest=None)
    if kept_before:  # an update then, which is another statement
        save(store, "new")

    with pytest.raises(IntegrityError) as caught, store.transaction() as work:
        work.save_candidates([bad], NOON)

    assert NAME not in "".join(traceback.format_exception(caught.value))


@both
def test_other_exceptions_pass_unchanged(store):
    with pytest.raises(LookupError), store.transaction():
        raise LookupError
    with pytest.raises(StoreDown) as caught, store.reading():
        raise OperationalError("SELECT secret", {}, Exception("of another driver"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_names_no_database_is_refused(address):
    with pytest.raises(StoreDown) as caught:
        Store(address)

    assert caught.value.code == "bad_database"
