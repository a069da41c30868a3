"""A backup holds the databases of all owners, or of one; what comes back is what was there, each where it belongs."""

import threading
from contextlib import closing
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from service.errors import NotFound
from service.store import Record, Store, whole
from service.store.errors import BadBackup

NOON = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
both = pytest.mark.both_databases
POOLS = {"main": 3, "acme": 2, "beta": 1}


def put(store, owner, count):
    with store.transaction() as work:
        people = [Record("sheet", f"{owner}{n}", None, f"{owner} {n}", f"{n:0>64}", b"{}") for n in range(count)]
        work.save_candidates(people, NOON)


def house_of(main, owner):
    return main if owner == "main" else main.of(owner)


def names(main, owner):
    with closing(house_of(main, owner)) as store, store.reading() as work:
        return [kept.name for kept in work.pool()]


def expected(*owners):
    return {owner: [f"{owner} {n}" for n in range(POOLS[owner])] for owner in owners}


def found(main, *owners):
    return {owner: names(main, owner) for owner in owners}


@pytest.fixture
def main(store):
    """A main database with the owners acme, beta, and gamma, who has no database yet."""
    with store.transaction() as work:
        for owner in ("acme", "beta", "gamma"):
            work.accounts.add_owner(owner, NOON)
    for owner, count in POOLS.items():
        with closing(house_of(store, owner)) as one:
            one.migrate()
            put(one, owner, count)
    return store


@pytest.fixture
def file(main, tmp_path):
    whole.save(main, tmp_path / "backup", secret="not in hex")  # noqa: S106 - invented
    return tmp_path / "backup"


@pytest.fixture
def other(new_database, database_kind):
    with closing(Store(new_database(database_kind))) as store:
        yield store


@both
def test_everything_comes_back_where_it_belongs(file, other):
    rows, secret = whole.restore(other, file, NOON)
    assert {owner: of["candidates"] for owner, of in rows.items()} == POOLS
    assert secret == "not in hex"  # noqa: S105 - as above
    assert found(other, *POOLS) == expected(*POOLS)
    with other.reading() as work:
        assert work.accounts.owners() == ["acme", "beta", "gamma"]


@both
def test_one_owner_is_saved_alone_and_comes_back_alone(main, other, tmp_path):
    path = tmp_path / "acme"
    assert list(whole.save(main, path, owner="acme", secret="not in hex")) == ["acme"]  # noqa: S106 - as above
    with ZipFile(path) as archive:
        assert all(name.startswith("owners/acme/") for name in archive.namelist())
        assert b"not in hex" not in b"".join(map(archive.read, archive.namelist()))
    assert whole.restore(other, path, NOON)[1] == ""
    assert found(other, "main", "acme") == {"main": [], **expected("acme")}
    with other.reading() as work:
        assert work.accounts.owners() == ["acme"]


@both
def test_one_owner_is_taken_out_of_a_backup_of_all_and_the_others_stay_as_they_are(main, file):
    for owner in POOLS:
        with closing(house_of(main, owner)) as store:
            put(store, owner, 5)
    rows, _ = whole.restore(main, file, NOON, owner="acme", replace=True)
    assert list(rows) == ["acme"]
    assert {owner: len(names(main, owner)) for owner in POOLS} == {"main": 5, "acme": 2, "beta": 5}


@both
def test_nothing_is_changed_where_any_database_is_in_use(file, other):
    with closing(other.of("beta")) as store:
        store.migrate()
        put(store, "beta", 4)
    with pytest.raises(BadBackup) as caught:
        whole.restore(other, file, NOON)
    assert caught.value.code == "store_not_empty"
    assert "beta" in caught.value.detail
    assert not other.is_used()
    whole.restore(other, file, NOON, replace=True)
    assert found(other, *POOLS) == expected(*POOLS)


@both
def test_of_owners_whom_the_backup_does_not_know_nothing_is_left(file, other):
    other.migrate()
    with other.transaction() as work:
        work.accounts.add_owner("delta", NOON)
    with closing(other.of("delta")) as store:
        store.migrate()
        put(store, "delta", 4)
    whole.restore(other, file, NOON, replace=True)
    with closing(other.of("delta")) as store:
        store.migrate()
    assert names(other, "delta") == []


def test_an_owner_who_is_not_there_is_named(main, file, tmp_path):
    with pytest.raises(NotFound, match="nobody"):
        whole.save(main, tmp_path / "no", owner="nobody")
    assert not (tmp_path / "no").exists()
    with pytest.raises(BadBackup, match="nobody"):
        whole.restore(main, file, NOON, owner="nobody")


def test_a_damaged_owner_keeps_all_from_coming_back(file, other):
    with ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, b"[]\n" if name == "owners/acme/candidates.ndjson" else data)
    with pytest.raises(BadBackup):
        whole.restore(other, file, NOON)
    assert not other.is_used()


@pytest.mark.slow
@both
def test_a_backup_while_owners_write_holds_each_import_wholly(main, other, tmp_path):
    stop, begun = threading.Event(), threading.Event()

    def write():
        with closing(main.of("acme")) as store:
            number = 0
            while not stop.is_set():
                with store.transaction() as work:
                    for n in range(20):
                        one = Record("sheet", f"{number}-{n}", None, f"{number}", f"{n:0>64}", b"{}")
                        work.save_candidates([one], NOON)
                        begun.set()
                number += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert begun.wait(30)
        for n in range(3):
            whole.save(main, tmp_path / str(n))
    finally:
        stop.set()
        thread.join()
    for n in range(3):
        whole.restore(other, tmp_path / str(n), NOON, replace=True)
        assert (len(names(other, "acme")) - POOLS["acme"]) % 20 == 0
