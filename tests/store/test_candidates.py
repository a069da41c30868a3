from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event

from service.errors import NotFound
from service.store import Record

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def a_record(key="a1", version=1, **changes):
    record = Record("sheet", key, key, f"Name of {key}", f"{version:064}", f'{{"version": {version}}}'.encode())
    return record._replace(**changes)


def save(store, *records, now=NOON):
    with store.transaction() as work:
        return work.save_candidates(records, now)


def outcomes(saved):
    return [one.outcome for one in saved]


def everyone(store):
    with store.reading() as work:
        return list(work.pool())


def test_a_candidate_comes_back_as_it_was_saved(store):
    [saved] = save(store, a_record(body=bytes(range(256)), name=None))

    with store.reading() as work:
        kept = work.candidate(saved.id)

    assert kept[:5] == (saved.id, "sheet", "a1", None, bytes(range(256)))
    assert (kept.created_at, kept.updated_at) == (NOON, NOON)
    assert kept.created_at.tzinfo is UTC


def test_saving_tells_of_each_record_in_order_what_became_of_it(store):
    first = save(store, a_record("a"), a_record("b"))

    again = save(store, a_record("c"), a_record("b", version=2), a_record("a"), now=LATER)

    assert outcomes(first) == ["created", "created"]
    assert outcomes(again) == ["created", "updated", "unchanged"]
    assert [again[2].id, again[1].id] == [one.id for one in first]


def test_an_update_changes_all_but_who_it_is_and_when_it_was_created(store):
    save(store, a_record(), now=NOON)
    save(store, a_record(version=2, name="New", external_id=None), now=LATER)

    [kept] = everyone(store)

    assert (kept.name, kept.external_id, kept.body) == ("New", None, b'{"version": 2}')
    assert (kept.created_at, kept.updated_at) == (NOON, LATER)


def test_an_unchanged_candidate_is_not_touched(store):
    save(store, a_record(), now=NOON)
    save(store, a_record(name="a name outside of the digest"), now=LATER)

    [kept] = everyone(store)

    assert (kept.name, kept.updated_at) == ("Name of a1", NOON)


def test_the_same_key_of_another_source_is_another_candidate(store):
    saved = save(store, a_record(), a_record(source="api"))

    assert outcomes(saved) == ["created", "created"]
    assert saved[0].id != saved[1].id


@pytest.mark.parametrize(
    ("versions", "expected", "last"),
    [
        ((1, 1), ["created", "unchanged"], 1),
        ((1, 2), ["created", "updated"], 2),
        ((1, 2, 2, 1), ["created", "updated", "unchanged", "updated"], 1),
    ],
)
def test_of_a_key_given_twice_the_second_meets_the_first(store, versions, expected, last):
    saved = save(store, *(a_record(version=version) for version in versions))

    assert outcomes(saved) == expected
    assert len({one.id for one in saved}) == 1
    assert [kept.body for kept in everyone(store)] == [f'{{"version": {last}}}'.encode()]


def test_of_a_kept_key_given_twice_the_last_word_counts(store):
    save(store, a_record(version=1))

    assert outcomes(save(store, a_record(version=2), a_record(version=3))) == ["updated", "updated"]
    assert [kept.body for kept in everyone(store)] == [b'{"version": 3}']


def test_saving_nothing_is_nothing(store):
    assert save(store) == []


def test_many_records_cost_few_statements(store, database_kind):
    statements = []
    event.listen(store._engine, "before_cursor_execute", lambda *args: statements.append(args[2]))  # noqa: SLF001
    records = [a_record(f"key-{number}") for number in range(2_000)]

    save(store, *records)
    save(store, *(record._replace(digest="f" * 64) for record in records))

    # Of 2,000 records, saved and then updated: 500 keys are looked up at a time, 1,000 rows
    # written, and each time the order of receipt takes four. COPY is not seen. The first sets the writer's cache.
    assert len(statements) <= {"sqlite": 40, "postgresql": 34}[database_kind]


def test_times_are_kept_in_utc_and_a_time_without_a_zone_is_refused(store):
    save(store, a_record(), now=NOON.astimezone(timezone(timedelta(hours=5))))

    assert everyone(store)[0].created_at == NOON
    with pytest.raises(Exception, match="without a zone"):
        save(store, a_record("b"), now=NOON.replace(tzinfo=None))


def test_pages_follow_one_another_while_others_create_update_and_delete(store):
    saved = save(store, *(a_record(f"{number:02}") for number in range(10)))
    with store.reading() as work:
        first = work.candidates(None, 4)

    with store.transaction() as work:
        work.save_candidates([a_record("00", version=2), a_record("99")], LATER)
        work.delete_candidate(saved[3].id)  # the one the cursor points at
        work.delete_candidate(saved[5].id)
    with store.reading() as work:
        second = work.candidates(first[-1].cursor, 4)
        third = work.candidates(second[-1].cursor, 4)

    pages = [[kept.external_id for kept in page] for page in (first, second, third)]
    assert pages == [["00", "01", "02", "03"], ["04", "06", "07", "08"], ["09", "99"]]


def test_a_cursor_is_not_given_again_after_a_deletion(store):
    [last] = save(store, a_record("a"))
    [before] = everyone(store)
    with store.transaction() as work:
        work.delete_candidate(last.id)

    save(store, a_record("b"))

    assert everyone(store)[0].cursor > before.cursor


def test_the_pool_is_everyone_in_the_order_of_creation(store):
    save(store, *(a_record(f"{number:04}") for number in range(2_500)))
    save(store, a_record("0000", version=2), now=LATER)

    assert [kept.external_id for kept in everyone(store)] == [f"{number:04}" for number in range(2_500)]


def test_candidates_are_counted(store):
    save(store, a_record("a"), a_record("b"))

    with store.reading() as work:
        assert work.count_candidates() == 2


def test_a_deleted_candidate_is_gone_and_may_come_back_as_another(store):
    [saved] = save(store, a_record())
    with store.transaction() as work:
        work.delete_candidate(saved.id)

    [again] = save(store, a_record())

    assert again.outcome == "created"
    assert again.id != saved.id


@pytest.mark.parametrize("ask", ["candidate", "delete_candidate", "get_import"])
def test_what_is_not_there_is_not_found(store, ask):
    with pytest.raises(NotFound) as caught, store.transaction() as work:
        getattr(work, ask)("0" * 32)

    assert caught.value.code in {"unknown_candidate", "unknown_import"}


def test_an_import_is_kept_and_brought_up_to_date(store):
    with store.transaction() as work:
        work.save_import("i1", "people.xlsx", "d" * 64, "running", {"read": 1}, b"", NOON)
        work.save_import("i1", "people.xlsx", "d" * 64, "done", {"read": 2, "created": 2}, b"{}", LATER)

    with store.reading() as work:
        kept = work.get_import("i1")

    assert kept == ("i1", "people.xlsx", "d" * 64, "done", {"read": 2, "created": 2}, b"{}", NOON, LATER, None)


def test_candidates_are_found_by_source_and_external_id(store):
    first, other = save(store, a_record("a"), a_record("a", source="ats"))
    with store.reading() as work:
        found = work.ids_of(
            {("sheet", "a"), ("ats", "a"), ("sheet", "b"), ("none", "a"), ("ats", "a\0"), ("ats", "😀" * 300)}
        )

    assert found == {("sheet", "a"): first.id, ("ats", "a"): other.id}
