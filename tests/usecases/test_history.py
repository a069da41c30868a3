"""What happened to a candidate: told from records, decisions and the trail, and no more than they know."""

import datetime as dt
from dataclasses import replace

import pytest

from service.usecases import candidates, decisions, duplicates, history, imports

START = dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)


@pytest.fixture
def clock(house):
    """A house whose time is told, and that time."""
    now = [START]
    return replace(house, now=lambda: now[0]), now


def keep(house, **person):
    found = candidates.keep([person], house, None, None, None)
    return found["results"][0]["id"]


def events(house, id_):
    with house.store.reading() as work:
        return history.of(work, work.candidate(id_))


def told(house, id_):
    return [(event.what, event.at) for event in events(house, id_)]


def upload(house, tmp_path, text, name="pool.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return imports.import_file(house, path, name)["id"]


@pytest.mark.both_databases
def test_the_import_that_brought_a_record_is_told_whatever_came_before_and_after(clock, tmp_path):
    house, now = clock
    for day in range(9):
        now[0] = START + dt.timedelta(days=day)
        upload(house, tmp_path, f"ID,Name,Python\n{day},P{day} Example,3\n", f"day-{day}.csv")
    now[0] = START + dt.timedelta(days=20)
    upload(house, tmp_path, "ID,Name,Python\n4,P4 Example,5\n", "later.csv")
    with house.store.reading() as work:
        ids = {one.external_id: one.id for one in work.candidates(None, 100)}
    for day in range(9):
        first = events(house, ids[str(day)])[-1]
        assert (first.what, first.file, first.at) == ("created", f"day-{day}.csv", START + dt.timedelta(days=day))
    assert [(one.what, one.file) for one in events(house, ids["4"])] == [
        ("updated", "later.csv"),
        ("created", "day-4.csv"),
    ]


def test_what_a_program_sent_came_by_no_import(clock, tmp_path):
    house, now = clock
    id_ = keep(replace(house, actor="key:ats"), name="Ada Example", external_id="1")
    now[0] += dt.timedelta(minutes=1)
    upload(house, tmp_path, "Name,Python\nBo Example,3\n")
    (event,) = events(house, id_)
    assert (event.what, event.by, event.file, event.import_id) == ("created", "key:ats", None, None)


@pytest.mark.parametrize("minutes", [1, 600])
def test_a_record_from_before_the_trail_is_not_said_to_be_of_a_later_import(clock, tmp_path, minutes):
    house, now = clock
    batch = candidates.read_batch([{"name": "Ada Example", "external_id": "1"}], house.reader, None)
    with house.store.transaction() as work:
        (saved,) = work.save_candidates([candidates.record(one) for _, one in batch.candidates], house.now())
    now[0] += dt.timedelta(minutes=minutes)
    upload(house, tmp_path, "ID,Name,Python\n1,Ada Example,4\n") if minutes > 10 else keep_nothing_new(house)
    (event,) = events(house, saved.id)[-1:]
    assert (event.what, event.by, event.import_id) == ("created", None, None)


def keep_nothing_new(house):
    """Send what is there already: the trail has an entry soon after, of something else."""
    keep(house, name="Ada Example", external_id="1")


def test_merges_are_told_at_both_ends_with_decisions_on_either(clock):
    house, now = clock
    ada, bo = keep(house, name="Ada Example"), keep(house, name="Bo Example")
    said = {"what": "hold", "reason": "Ask first", "actor": "dana"}
    now[0] += dt.timedelta(hours=1)
    decisions.decide(house, bo, "ml_engineer", "mid", said)
    now[0] += dt.timedelta(hours=1)
    duplicates.merge(house, ada, bo)
    assert [event.what for event in events(house, ada)] == ["merged", "decided", "created", "created"]
    assert {event.name for event in events(house, ada) if event.what == "created"} == {None, "Bo Example"}
    now[0] += dt.timedelta(hours=1)
    duplicates.unmerge(house, ada, bo)
    assert [(one.what, one.name) for one in events(house, ada)][:2] == [
        ("unmerged", "Bo Example"),
        ("merged", "Bo Example"),
    ]
    assert [(one.what, one.name) for one in events(house, bo)][:3] == [
        ("taken_out", "Ada Example"),
        ("merged_into", "Ada Example"),
        ("decided", None),
    ]


def test_nothing_is_told_of_whom_was_erased_but_that_there_was_one(clock):
    from service.usecases import rights  # noqa: PLC0415 - of this test alone

    house, now = clock
    ada, bo = keep(house, name="Ada Example"), keep(house, name="Bo Example")
    duplicates.merge(house, ada, bo)
    duplicates.unmerge(house, ada, bo)
    now[0] += dt.timedelta(hours=1)
    rights.erase(house, bo)
    assert "Bo Example" not in str(events(house, ada))
    assert {event.what for event in events(house, ada)} >= {"merged", "unmerged"}


@pytest.mark.parametrize("entries", [0, 1, 2, 7, 8])
def test_the_first_entry_since_a_time_is_found_wherever_it_stands(clock, entries):
    house, now = clock
    times = [START + dt.timedelta(seconds=2 * place) for place in range(entries)]
    for now[0] in times:
        with house.store.transaction() as work:
            house.note(work, "mapping.keep")
    with house.store.reading() as work:
        for at in [START - dt.timedelta(1), *times, *(time + dt.timedelta(seconds=1) for time in times)]:
            later = [number for number, time in enumerate(times, 1) if time >= at]
            found = work.audit.first_since(at)
            assert (found.number if found else None) == (later[0] if later else None)
