"""A backup holds one moment of a database, and gives back exactly that, to a database of either kind."""

import json
import stat
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from service.errors import RolefitError
from service.store import Record, Store, StoreDown, migrations, whole
from service.store.backup import KINDS, kind_of
from service.store.errors import BadBackup
from service.store.records import LineKept
from service.store.tables import metadata, versions

both = pytest.mark.both_databases
NOON = datetime(2026, 11, 20, 12, 30, 1, 234567, tzinfo=UTC)
BODIES = ('{"name": "Zoë"}'.encode(), bytes(range(256)), b"", b"~=\x00\n")


def record(key, body=b"{}"):
    return Record("sheet", key, None, f"Name\u2028 of {key}\n", f"{key:0>64}", body)


def fill(store):
    """Keep people, a line, an import, and a number that was given and taken away again."""
    with store.transaction() as work:
        saved = work.save_candidates([record(str(n), body) for n, body in enumerate(BODIES)], NOON)
        work.lines.save("b1", [LineKept(saved[0].id, f"{0:0>64}", -5, 10**9, b"\1\2")])
        work.save_import("i1", "péople.xlsx", "d" * 64, "done", {"read": 3, "näme": None}, b"\xff\x00", NOON)
    with store.transaction() as work:
        work.delete_candidate(work.save_candidates([record("gone")], NOON + timedelta(days=1))[0].id)


def everything(store):
    """Return all rows of all tables but the versions, which are no content."""
    with store.reading() as work:
        run = work._connection.execute  # noqa: SLF001
        return {of.name: sorted(map(tuple, run(select(of)))) for of in metadata.sorted_tables if of is not versions}


def version(store):
    with store.reading() as work:
        return work.lines.pool_version()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "backup.rolefit"


@pytest.fixture
def backup(store, file):
    fill(store)
    file.parent.mkdir()
    whole.save(store, file)
    return file


@pytest.fixture
def empty(new_database):
    """Give new databases, without any table."""
    opened = []

    def empty(kind="sqlite"):
        opened.append(Store(new_database(kind)))
        return opened[-1]

    yield empty
    for store in opened:
        store.close()


@both
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_what_is_restored_is_what_was_there(store, backup, empty, into):
    other = empty(into)

    expected = {"candidates": 4, "imports": 1, "lines": 1, "probes": 0, "versions": 4}
    rows, _ = whole.restore(other, backup, NOON)
    assert expected.items() <= rows["main"].items()
    assert everything(other) == everything(store)
    assert other.check()["schema"] == migrations.newest()
    [kept] = [found for found in everything(other)["imports"] if found[0] == "i1"]
    assert kept[4] == {"read": 3, "näme": None}


@both
@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_number_given_before_is_not_given_again_after(store, backup, empty, into):
    other = empty(into)
    whole.restore(other, backup, NOON)
    numbers = []
    for one in (store, other):
        with one.transaction() as work:
            work.save_candidates([record("next")], NOON)
            numbers.append(list(work.pool())[-1].cursor)

    assert numbers == [6, 6]


@both
def test_a_backup_made_twice_is_the_same_to_the_byte(store, backup, tmp_path):
    again = tmp_path / "again"
    whole.save(store, again)

    with zipfile.ZipFile(backup) as one, zipfile.ZipFile(again) as other:
        assert one.namelist() == other.namelist()
        assert [one.read(name) for name in one.namelist()] == [other.read(name) for name in one.namelist()]


@both
def test_a_backup_of_an_empty_database_restores_to_one(store, file, empty):
    file.parent.mkdir()
    whole.save(store, file)
    other = empty()
    whole.restore(other, file, NOON)

    assert everything(other) == everything(store)
    with other.transaction() as work:
        work.save_candidates([record("first")], NOON)


@both
def test_a_backup_while_imports_run_holds_each_wholly_or_not_at_all(store, file, empty):
    """An import of ten chunks in one transaction, then another, and so on; seven backups at any time of it."""
    size, stop = 100, threading.Event()
    written = threading.Semaphore(0)

    def import_all():
        for number in range(1_000):
            with store.transaction() as work:
                for chunk in range(10):
                    people = [record(f"{number}-{chunk}-{n}", b"x" * 500) for n in range(size // 10)]
                    work.save_candidates(people, NOON)
                    written.release()
                work.save_import(f"i{number}", "f", "d" * 64, "done", {"created": size}, b"", NOON)
            if stop.is_set():
                return

    thread = threading.Thread(target=import_all)
    thread.start()
    file.parent.mkdir()
    try:
        for number in range(7):
            for _ in range(7):  # somewhere within an import, never at its end
                assert written.acquire(timeout=30)
            whole.save(store, file.with_name(str(number)))
    finally:
        stop.set()
        thread.join()

    found = []
    for number in range(7):
        other = empty()
        whole.restore(other, file.with_name(str(number)), NOON)
        rows = everything(other)
        found.append(len(rows["imports"]))
        assert len(rows["candidates"]) == size * len(rows["imports"])
        assert {row[3].split("-")[0] for row in rows["candidates"]} == {row[0][1:] for row in rows["imports"]}
    assert found == sorted(found)
    assert found[-1] > 0


def test_a_backup_is_for_its_owner_only_and_leaves_nothing_beside_it(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_backup_that_fails_leaves_the_one_before(store, backup, monkeypatch):
    before = backup.read_bytes()
    monkeypatch.setattr("service.store.backup.FORM", object())  # which no manifest can hold

    with pytest.raises(TypeError):
        whole.save(store, backup)

    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


@pytest.mark.parametrize("was_there", [False, True])
def test_there_is_no_backup_of_a_database_that_is_not_there(empty_store, path, file, was_there):
    if was_there:
        empty_store.migrate()
        path.unlink()

    with pytest.raises(StoreDown) as caught:
        whole.save(empty_store, file)

    assert caught.value.code == "store_missing"
    assert not path.exists()


@both
def test_a_database_with_people_in_it_is_replaced_only_when_asked(store, backup, empty):
    other = empty()
    other.migrate()
    with other.transaction() as work:
        work.save_candidates([record("mine")], NOON)
    before = everything(other)

    with pytest.raises(BadBackup) as caught:
        whole.restore(other, backup, NOON)
    assert caught.value.code == "store_not_empty"
    assert everything(other) == before

    whole.restore(other, backup, NOON, replace=True)
    assert everything(other) == everything(store)


@both
def test_whoever_remembers_what_was_there_before_notices(store, backup):
    for _ in range(5):
        with store.transaction() as work:
            work.lines.pool_changed()
    before = version(store)
    whole.restore(store, backup, NOON, replace=True)

    assert version(store) > before


def test_of_those_replaced_nothing_is_left_on_disk(store, backup, path):
    with store.transaction() as work:
        work.save_candidates([record("other", b"a body that is replaced")], NOON)
    whole.restore(store, backup, NOON, replace=True)
    store.close()

    assert b"a body that is replaced" not in b"".join(file.read_bytes() for file in path.parent.iterdir())


def rewritten(backup, change=lambda _: None, **entries):
    """Write a backup again with entries of another content, or a changed manifest."""
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(content["manifest.json"])
    change(manifest)
    content |= {"manifest.json": json.dumps(manifest).encode(), **entries}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def damages():
    yield "cut short", "bad_backup", lambda file: file.write_bytes(file.read_bytes()[:-200])
    yield "not a zip", "bad_backup", lambda file: file.write_text("Dear committee")
    yield "empty", "bad_backup", lambda file: file.write_bytes(b"")
    yield "another zip", "bad_backup", lambda file: zipfile.ZipFile(file, "w").close()
    yield "a row changed", "bad_backup", lambda file: rewritten(file, **{"imports.ndjson": b"[]\n"})
    yield "no tables", "bad_backup", lambda file: rewritten(file, lambda manifest: manifest.pop("tables"))
    yield (
        "an entry lost",
        "bad_backup",
        lambda file: rewritten(file, lambda manifest: manifest["tables"].update(x=manifest["tables"]["imports"])),
    )
    yield "newer form", "backup_newer", lambda file: rewritten(file, lambda manifest: manifest.update(form=3))
    yield "newer schema", "store_newer", lambda file: rewritten(file, lambda manifest: manifest.update(revision="9999"))


@pytest.mark.parametrize(("code", "damage"), [pytest.param(*rest, id=name) for name, *rest in damages()])
def test_what_is_damaged_is_refused_and_changes_nothing(store, backup, code, damage):
    damage(backup)
    before = everything(store)

    with pytest.raises(RolefitError) as caught:
        whole.restore(store, backup, NOON, replace=True)

    assert caught.value.code == code
    assert everything(store) == before


def test_a_flipped_byte_anywhere_in_the_rows_is_noticed(store, backup):
    intact = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        entry = archive.getinfo("candidates.ndjson")
    start = entry.header_offset + 30 + len(entry.filename) + 20
    for place in range(start, entry.header_offset + entry.compress_size, 17):
        backup.write_bytes(intact[:place] + bytes([intact[place] ^ 0x10]) + intact[place + 1 :])
        with pytest.raises(BadBackup):
            whole.restore(store, backup, NOON, replace=True)


@both
def test_a_restore_that_fails_on_its_way_leaves_what_was_there(store, backup, monkeypatch):
    before = everything(store)
    monkeypatch.setattr("service.store.engines.set_counter", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        whole.restore(store, backup, NOON, replace=True)

    assert everything(store) == before
    store.check()


ADDED_LAST = {
    "candidates": ("import_id", "received"), "imports": ("received",), "mappings": ("answers", "headers"),
}  # fmt: skip
"""Columns that came after the schema 0003, which stand last in their tables."""


@both
def test_a_backup_of_an_older_schema_is_brought_up_to_date(store, backup, empty):
    with zipfile.ZipFile(backup) as archive:
        of_then_too = {
            name: "".join(
                f"{json.dumps(json.loads(line)[: -len(columns)])}\n"
                for line in archive.read(f"{name}.ndjson").splitlines()
            ).encode()
            for name, columns in ADDED_LAST.items()
        }

    def as_it_was(manifest):
        manifest["revision"] = "0003"
        of_then = ("candidates", "imports", "mappings", "probes", "traces")
        manifest["tables"] = {name: manifest["tables"][name] for name in of_then}
        for name, columns in ADDED_LAST.items():
            for column in columns:
                del manifest["tables"][name]["columns"][column]
            manifest["tables"][name]["sha256"] = sha256(of_then_too[name]).hexdigest()

    rewritten(backup, as_it_was, **{f"{name}.ndjson": raw for name, raw in of_then_too.items()})
    other = empty()
    whole.restore(other, backup, NOON)

    assert other.check()["schema"] == migrations.newest()
    assert [row[:-1] for row in everything(other)["candidates"]] == [
        row[:-1] for row in everything(store)["candidates"]
    ]


def test_a_backup_is_not_made_of_an_older_schema(empty_store, file):
    with empty_store._writer.begin() as connection:  # noqa: SLF001
        migrations.upgrade(connection, "0001")

    with pytest.raises(StoreDown) as caught:
        whole.save(empty_store, file)

    assert caught.value.code == "store_older"


def test_every_column_is_of_a_kind_that_is_written_as_it_is():
    plain = {str, int, bool, float}
    for of in metadata.sorted_tables:
        for column in of.columns:
            assert kind_of(column) != "plain" or column.type.python_type in plain, column
            assert kind_of(column) in KINDS


def test_a_store_is_closed_after_a_restore(backup, empty, tmp_path):
    other = empty()
    whole.restore(other, backup, NOON)
    with closing(Store(f"sqlite:///{tmp_path / 'data-1' / 'rolefit.db'}")) as same:
        assert len(everything(same)["candidates"]) == len(BODIES)
