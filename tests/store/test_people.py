"""Who may be the same person, and merges: made, taken back, erased."""

from datetime import UTC, datetime

import pytest

from service.errors import Conflict, NotFound
from service.store import Record

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def save(store, *records):
    """Save records given as a key and its traces; return their ids by key."""
    rows = [
        Record("sheet", key, key, f"Name of {key}", f"{hash_:064}", key.encode(), frozenset(traces.split()))
        for hash_, (key, traces) in enumerate(records)
    ]
    with store.transaction() as work:
        return dict(zip([key for key, _ in records], [one.id for one in work.save_candidates(rows, NOON)], strict=True))


def merge(store, into, other):
    with store.transaction() as work:
        work.people.merge(into, other)


def unmerge(store, into, other):
    with store.transaction() as work:
        work.people.unmerge(into, other)


def everyone(store):
    """Return the keys of all candidates, each with those of its members."""
    with store.reading() as work:
        return {kept.external_id: [member.external_id for member in kept.members] for kept in work.pool()}


def likely(store, ids, of):
    with store.reading() as work:
        keys = {id_: key for key, id_ in ids.items()}
        return {keys[alike.other]: alike.traces for alike in work.people.alike([ids[of]])}


def pairs(store, ids, **options):
    keys = {id_: key for key, id_ in ids.items()}
    with store.reading() as work:
        return [
            frozenset((keys[a], keys[b])) for a, b in work.people.pairs(options.get("after"), options.get("limit", 99))
        ]


@pytest.fixture
def ids(store):
    return save(store, ("a", "e1 j1"), ("b", "e1"), ("c", "j1 i7"), ("d", "i9"))


# Who may be


def test_those_who_share_a_trace_are_alike_and_which_they_share_is_told(store, ids):
    assert likely(store, ids, "a") == {"b": {"e1"}, "c": {"j1"}}
    assert likely(store, ids, "b") == {"a": {"e1"}}
    assert likely(store, ids, "d") == {}
    assert set(pairs(store, ids)) == {frozenset("ab"), frozenset("ac")}


def test_an_update_brings_its_own_traces(store, ids):
    with store.transaction() as work:
        work.save_candidates([Record("sheet", "b", "b", "B", "f" * 64, b"b", frozenset({"i9"}))], NOON)

    assert likely(store, ids, "a") == {"c": {"j1"}}
    assert likely(store, ids, "d") == {"b": {"i9"}}


@pytest.mark.parametrize(("count", "found"), [(10, 9), (11, 0)])
def test_a_trace_of_too_many_is_a_mailbox_and_tells_of_nobody(store, count, found):
    ids = save(store, *((f"k{n}", "e1") for n in range(count)))

    assert len(likely(store, ids, "k0")) == found
    assert len(pairs(store, ids)) == found * count // 2


def test_pairs_come_page_by_page_each_once(store):
    ids = save(store, *((f"k{n}", f"e{n // 2} j{n // 2}") for n in range(40)))
    with store.reading() as work:
        pages, after = [], None
        while page := work.people.pairs(after, 3):
            pages += page
            after = page[-1]

    assert len(pages) == len(set(pages)) == 20
    assert sorted(map(frozenset, pages), key=sorted) == sorted(
        (frozenset((ids[f"k{n}"], ids[f"k{n + 1}"])) for n in range(0, 40, 2)), key=sorted
    )


def test_the_deleted_is_like_nobody(store, ids):
    with store.transaction() as work:
        work.delete_candidate(ids["b"])

    assert likely(store, ids, "a") == {"c": {"j1"}}


# Merges


def test_a_merged_candidate_stands_with_the_other_and_is_in_no_list(store, ids):
    merge(store, ids["a"], ids["b"])

    assert everyone(store) == {"a": ["b"], "c": [], "d": []}
    with store.reading() as work:
        assert work.count_candidates() == 3
        assert [kept.external_id for kept in work.candidates(None, 10)] == ["a", "c", "d"]
        assert work.candidate(ids["b"]).merged_into == ids["a"]
        assert work.person(ids["b"]).id == ids["a"]


def test_whom_a_merged_candidate_is_like_the_survivor_is_like(store, ids):
    merge(store, ids["d"], ids["a"])

    assert set(pairs(store, ids)) == {frozenset("db"), frozenset("dc")}
    assert likely(store, ids, "d") == {"b": {"e1"}, "c": {"j1"}}


def test_taking_a_merge_back_leaves_all_as_it_was(store, ids):
    with store.reading() as work:
        before = list(work.pool()), work.people.alike(list(ids.values()))
    merge(store, ids["a"], ids["b"])
    merge(store, ids["d"], ids["a"])
    unmerge(store, ids["d"], ids["a"])
    unmerge(store, ids["a"], ids["b"])
    with store.reading() as work:
        assert (list(work.pool()), work.people.alike(list(ids.values()))) == before


def test_a_chain_counts_for_its_end_and_comes_apart_link_by_link(store, ids):
    merge(store, ids["b"], ids["a"])
    merge(store, ids["c"], ids["b"])
    assert everyone(store) == {"c": ["a", "b"], "d": []}

    unmerge(store, ids["c"], ids["b"])

    assert everyone(store) == {"b": ["a"], "c": [], "d": []}
    assert likely(store, ids, "b") == {"c": {"j1"}}


def test_an_inner_link_can_be_taken_out_alone(store, ids):
    merge(store, ids["b"], ids["a"])
    merge(store, ids["c"], ids["b"])

    unmerge(store, ids["b"], ids["a"])

    assert everyone(store) == {"a": [], "c": ["b"], "d": []}
    assert likely(store, ids, "a") == {"c": {"e1", "j1"}}


def test_an_update_of_a_merged_candidate_goes_to_its_own_record(store, ids):
    merge(store, ids["a"], ids["b"])
    with store.transaction() as work:
        [saved] = work.save_candidates([Record("sheet", "b", "b", "B", "f" * 64, b"new", frozenset({"i9"}))], NOON)

    assert (saved.id, saved.outcome, saved.before) == (ids["b"], "updated", b"b")
    assert likely(store, ids, "a") == {"c": {"j1"}, "d": {"i9"}}
    unmerge(store, ids["a"], ids["b"])
    assert likely(store, ids, "b") == {"d": {"i9"}}


@pytest.mark.parametrize(
    ("into", "other", "error", "code"),
    [
        ("a", "a", Conflict, "same_candidate"),
        ("b", "c", Conflict, "already_merged"),
        ("c", "b", Conflict, "already_merged"),
        ("a", "b", Conflict, "already_merged"),
        ("b", "a", Conflict, "already_merged"),
        ("a", "nobody", NotFound, "unknown_candidate"),
        ("nobody", "a", NotFound, "unknown_candidate"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_changes(store, ids, into, other, error, code):
    merge(store, ids["a"], ids["b"])
    with pytest.raises(error) as caught:
        merge(store, ids.get(into, into), ids.get(other, other))

    assert caught.value.code == code
    assert everyone(store) == {"a": ["b"], "c": [], "d": []}


@pytest.mark.parametrize(
    ("into", "other", "code"), [("a", "c", "not_merged"), ("b", "a", "not_merged"), ("a", "x", "unknown_candidate")]
)
def test_what_is_not_merged_cannot_be_taken_apart(store, ids, into, other, code):
    merge(store, ids["a"], ids["b"])
    with pytest.raises(NotFound) as caught:
        unmerge(store, ids[into], ids.get(other, other))

    assert caught.value.code == code


# Erasing


def test_erasing_a_candidate_erases_all_its_records(store, ids):
    merge(store, ids["b"], ids["a"])
    merge(store, ids["c"], ids["b"])
    with store.transaction() as work:
        work.delete_candidate(ids["c"])

    assert everyone(store) == {"d": []}
    with store.reading() as work:
        assert work.people.records(ids.values()).keys() == {ids["d"]}
        left = work._connection.exec_driver_sql("SELECT trace FROM traces").scalars().all()  # noqa: SLF001
    assert left == ["i9"]


def test_erasing_a_merged_record_leaves_the_others_where_they_are(store, ids):
    merge(store, ids["b"], ids["a"])
    merge(store, ids["c"], ids["b"])
    with store.transaction() as work:
        work.delete_candidate(ids["b"])

    assert everyone(store) == {"c": ["a"], "d": []}
    unmerge(store, ids["c"], ids["a"])
    assert everyone(store) == {"a": [], "c": [], "d": []}


def test_a_long_chain_is_no_trouble(store):
    ids = save(store, *((f"k{n:04}", f"i{n}") for n in range(1_100)))
    with store.transaction() as work:
        for n in range(1_099):
            work.people.merge(ids[f"k{n + 1:04}"], ids[f"k{n:04}"])

    assert [len(members) for members in everyone(store).values()] == [1_099]
    with store.reading() as work:
        assert work.people.survivor(ids["k0000"]) == ids["k1099"]
