import threading
from datetime import UTC, datetime

import pytest

from service.store import Record, StoreDown
from service.store.records import LineKept

pytestmark = pytest.mark.both_databases
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def record(key="a", version=1):
    return Record("sheet", key, key, f"Name of {key}", f"{version:064}", b"{}")


def save(store, *records):
    with store.transaction() as work:
        return [one.id for one in work.save_candidates(records, NOON)]


def keep(store, *lines, board="b1"):
    with store.transaction() as work:
        work.lines.save(board, lines)


def a_line(id_, version=1, line=b"\1\2", since=5, until=9):
    return LineKept(id_, f"{version:064}", since, until, line)


def lines(store, board="b1"):
    with store.reading() as work:
        return {id_: tuple(rest) for id_, *rest in work.lines.all(board)}


def version(store):
    with store.reading() as work:
        return work.lines.pool_version()


def test_a_line_is_found_beside_its_candidate_and_nobody_is_left_out(store):
    one, other = save(store, record("a"), record("b"))
    keep(store, a_line(one))

    assert lines(store) == {one: (5, 9, b"\1\2"), other: (None, None, None)}


def test_a_line_of_other_rubrics_is_not_found(store):
    (one,) = save(store, record())
    keep(store, a_line(one), board="b0")

    assert lines(store) == {one: (None, None, None)}


def test_a_newer_line_takes_the_place_of_the_older(store):
    (one,) = save(store, record())
    keep(store, a_line(one))
    keep(store, a_line(one, line=b"\3", until=12))

    assert lines(store) == {one: (5, 12, b"\3")}


def test_a_line_of_a_candidate_who_has_changed_since_is_not_found(store):
    (one,) = save(store, record())
    keep(store, a_line(one))
    save(store, record(version=2))
    assert lines(store) == {one: (None, None, None)}

    keep(store, a_line(one, version=1))  # worked out before, stored after
    assert lines(store) == {one: (None, None, None)}

    keep(store, a_line(one, version=2))
    assert lines(store) == {one: (5, 9, b"\1\2")}


def test_a_line_of_somebody_who_is_gone_is_not_stored(store):
    keep(store, a_line("0" * 32))

    assert lines(store) == {}


def test_more_lines_than_a_statement_takes_are_stored(store):
    ids = save(store, *(record(str(number)) for number in range(1_200)))
    keep(store, *map(a_line, ids))

    assert lines(store) == dict.fromkeys(ids, (5, 9, b"\1\2"))


def test_the_version_of_the_pool_rises_with_every_change_and_with_nothing_else(store):
    seen = [version(store)]
    for change in (record("a"), record("a", version=2), record("b")):
        save(store, change)
        seen.append(version(store))
    with store.transaction() as work:
        work.delete_candidate(next(work.pool()).id)
    seen.append(version(store))
    assert seen == sorted(set(seen))

    save(store, record("b"))
    store.check()
    with store.transaction(keep=False) as work:
        work.save_candidates([record("c")], NOON)
    assert version(store) == seen[-1]


def test_a_line_goes_with_its_candidate(store):
    (one,) = save(store, record())
    keep(store, a_line(one))
    with store.transaction() as work:
        work.delete_candidate(one)

    with store.reading() as work:
        left = work._connection.exec_driver_sql("SELECT count(*) FROM lines").scalar_one()  # noqa: SLF001
    assert left == 0


def test_who_does_not_wait_is_told_at_once_that_another_thread_writes(store):
    with store.transaction(), pytest.raises(StoreDown) as caught:
        in_a_thread(lambda: open_and_close(store))

    assert caught.value.code == "store_busy"
    open_and_close(store)


def test_who_does_not_wait_is_told_at_once_that_another_process_writes(store, another_store):
    with another_store.transaction():
        with pytest.raises(StoreDown) as caught:
            open_and_close(store)
        with store.reading() as work:
            assert work.count_candidates() == 0

    assert caught.value.code == "store_busy"
    open_and_close(store)
    save(store, record())  # and who waits does so again


def open_and_close(store):
    with store.transaction(waits=False):
        pass


def in_a_thread(what):
    raised = []

    def run():
        try:
            what()
        except StoreDown as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(2)  # far below the patience of who waits
    assert not thread.is_alive()
    if raised:
        raise raised[0]
