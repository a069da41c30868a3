"""Imports as jobs: on disk before they are answered, read apart, seen at once, ended without a trace."""

import io
import json
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from alembic import command
from click.testing import CliRunner
from intake import events_sent as hooks
from sqlalchemy import func, select

from service.api import cursors
from service.cli import main
from service.config import Settings
from service.intake.tables.rows import RowReader
from service.store import engines, migrations, whole
from service.store.jobs import Jobs
from service.store.store import Store
from service.store.tables import candidates, hidden, traces
from service.store.tables import lines as kept_lines
from service.usecases import history, imports, jobs

LARGE = ("Name,ID,Python\n" + "".join(f"N {n},{n},{n % 6}\n" for n in range(250)) + ",,3\n").encode()


@pytest.fixture
def house(app):
    house = app.extensions["rolefit"]
    object.__setattr__(house, "chunk_rows", 100)
    return house


def upload(client, content=LARGE, name="pool.csv", **headers):
    headers = {"Prefer": "respond-async"} | headers
    return client.post("/api/v1/imports", data={"file": (io.BytesIO(content), name)}, headers=headers)


def files(house):
    folder = house.folder / "jobs"
    return list(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.both_databases
def test_a_job_ends_as_an_import_at_once_would(house, client):
    answer = upload(client)
    assert (answer.status_code, answer.json["state"], answer.headers["Retry-After"]) == (202, "queued", "1")
    assert len(files(house)) == 1
    assert client.get("/api/v1/candidates").json["total"] == 0
    assert jobs.run_next(house)
    report = client.get(answer.headers["Location"]).json
    at_once = client.post("/api/v1/imports", data={"file": (io.BytesIO(LARGE), "pool.csv")}).json
    assert at_once["counts"] == report["counts"] | {"created": 0, "unchanged": 250}
    same = set(report) - {"id", "counts"}
    assert {name: report[name] for name in same} == {name: at_once[name] for name in same}
    assert files(house) == []
    assert not jobs.run_next(house)


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_an_upload_is_taken_while_somebody_writes(house, client):
    with house.store.transaction() as work:
        work.probe()
        assert upload(client, **{"Idempotency-Key": "once"}).status_code == 202
        again = upload(client, **{"Idempotency-Key": "once"})
        assert again.headers["Idempotent-Replayed"] == "true"
    assert jobs.run_next(house)
    assert not jobs.run_next(house)
    assert client.get("/api/v1/candidates").json["total"] == 250


def test_a_shortlist_after_a_job_is_that_of_an_import_at_once(house, client):
    upload(client)
    jobs.run_next(house)
    with house.store.reading() as work:
        lines = work.lines.all(house.levels.board.name)
    assert all(row[3] for row in lines), "levels are stored with the job"
    assert client.get("/api/v1/shortlists/ml_engineer").json["total"] == 250


@pytest.mark.both_databases
def test_a_worker_that_lost_its_lease_moves_nothing(house, client, monkeypatch):
    answer = upload(client)
    monkeypatch.setattr(jobs, "LEASE", -jobs.LEASE)  # over before it begins
    taken = []

    def rival(*_):
        if not taken:
            with house.store.transaction() as work:
                taken.append(work.jobs.claim(house.now(), -jobs.LEASE))
        return []

    monkeypatch.setattr(jobs, "_staged", rival)
    assert jobs.run_next(house)
    monkeypatch.undo()
    with house.store.transaction() as work:
        assert work.jobs.cursor(answer.json["id"]) == 0
        work.jobs.release(taken[0], house.now())
    assert jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["counts"]["created"] == 250


def test_a_job_stops_at_the_end_of_a_chunk_and_goes_on_there(house, client):
    answer = upload(client)
    house.running.stopping.set()
    assert jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["progress"] == {"rows_read": 100}
    house.running.stopping.clear()
    assert jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["counts"] == {
        "rows": 251, "created": 250, "updated": 0, "unchanged": 0, "rejected": 1, "ignored": 0,
    }  # fmt: skip


def test_webhooks_without_a_candidate_are_counted_by_a_job_that_stops_and_goes_on(house, client):
    people = [hooks.OTHERS[0], hooks.CARRIED[0], *({"name": f"N {n}"} for n in range(120)), 5, hooks.DELETIONS[0]]
    answer = upload(client, "\n".join(map(json.dumps, people)).encode(), "pool.ndjson")
    house.running.stopping.set()
    assert jobs.run_next(house)
    house.running.stopping.clear()
    assert jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["counts"] == {
        "rows": 124, "created": 121, "updated": 0, "unchanged": 0, "rejected": 1, "ignored": 2,
    }  # fmt: skip


def test_an_import_that_waits_can_be_cancelled_and_leaves_nothing(house, client):
    answer = upload(client)
    assert client.delete(answer.headers["Location"]).json["state"] == "cancelled"
    assert files(house) == []
    assert not jobs.run_next(house)
    assert client.delete(answer.headers["Location"]).status_code == 409
    assert client.delete("/api/v1/imports/none").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"1,2\n3,4\n", "pool.csv"), (b"PK\x03\x04", "pool.xlsx"), (b"{", "pool.json"), (b"Name\n", "p.csv")],
)
def test_a_file_that_cannot_be_read_fails_with_what_an_upload_at_once_is_told(house, client, content, name):
    at_once = client.post("/api/v1/imports", data={"file": (io.BytesIO(content), name)}).json
    answer = upload(client, content, name)
    jobs.run_next(house)
    report = client.get(answer.headers["Location"]).json
    assert report["state"] == "failed"
    assert [report["problem"][key] for key in ("title", "detail")] == [at_once[key] for key in ("title", "detail")]
    assert files(house) == []


def test_a_job_without_its_file_fails_and_says_so(house, client):
    answer = upload(client)
    files(house)[0].unlink()
    jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["problem"]["code"] == "job_failed"


def test_only_so_many_wait(house, client):
    object.__setattr__(house, "most_jobs", 2)
    assert [upload(client, name=f"{n}.csv").status_code for n in range(3)] == [202, 202, 503]
    assert len(files(house)) == 2


def test_a_request_sent_again_under_its_key_makes_one_job(house, client):
    first, again = (upload(client, **{"Idempotency-Key": "one"}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    jobs.run_next(house)
    later = upload(client, **{"Idempotency-Key": "one"})
    assert (later.status_code, later.json["state"]) == (201, "done")
    assert not jobs.run_next(house)


def test_what_a_crash_left_behind_is_swept(house, client):
    upload(client)
    left = files(house)[0].read_bytes()
    answer = upload(client)
    jobs.run_next(house)
    jobs.run_next(house)
    (house.folder / "jobs" / answer.json["id"]).write_bytes(left)
    upload(client)
    jobs.sweep(house)
    assert len(files(house)) == 1


def test_nothing_of_a_job_is_left_in_the_files_of_the_database(house, client, tmp_path):
    upload(client, b"Name,ID\nZebulon Quartermain,7\n")
    id_ = upload(client, b"Name,ID\nZebulon Quartermain,7\n").json["id"]
    jobs.run_next(house)
    client.delete(f"/api/v1/imports/{id_}")
    who = client.get("/api/v1/candidates").json["candidates"][0]["id"]
    client.delete(f"/api/v1/candidates/{who}")
    house.store.close()
    Store(Settings(data=tmp_path).database).migrate()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and b"Quartermain" in path.read_bytes()] == []


@pytest.mark.both_databases
def test_jobs_are_done_in_the_order_they_came_also_by_two_workers(house, client):
    older, newer = (upload(client, f"Name,ID,Python\nAda Example,7,{level}\n".encode()) for level in (2, 5))
    with house.store.transaction() as work:
        held = work.jobs.claim(house.now(), jobs.LEASE)
    assert held.id == older.json["id"]
    assert not jobs.run_next(house), "the newer one waits for the older"
    with house.store.transaction() as work:
        work.jobs.release(held, house.now())
    assert [jobs.run_next(house), jobs.run_next(house)] == [True, True]
    assert client.get(newer.headers["Location"]).json["counts"]["updated"] == 1


def test_a_job_that_ends_its_workers_is_given_up_and_clean_stops_do_not_count(house, client, monkeypatch):
    answer = upload(client)
    house.running.stopping.set()
    object.__setattr__(house, "chunk_rows", 1000)
    monkeypatch.setattr(jobs, "_stage", lambda *_: 0 / 0)
    for _ in range(jobs.MOST_TRIES):
        with pytest.raises(ZeroDivisionError):
            jobs.run_next(house)
        with house.store.transaction() as work:
            work.jobs.renew(jobs.Job(answer.json["id"], _ + 1, 0, 0, {}), house.now())
    jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["problem"]["code"] == "job_failed"


def test_lines_that_other_rubrics_made_are_made_anew(house, client, monkeypatch):
    upload(client)
    house.running.stopping.set()
    jobs.run_next(house)
    house.running.stopping.clear()
    monkeypatch.setattr(house.levels.board, "name", "another")
    jobs.run_next(house)
    monkeypatch.undo()
    with house.store.reading() as work:
        assert sum(1 for row in work.lines.all("another") if row[3]) == 150, "those read since"
    assert client.get("/api/v1/shortlists/ml_engineer").json["total"] == 250
    with house.store.reading() as work:
        assert all(row[3] for row in work.lines.all(house.levels.board.name)), "the others are worked out for a list"


def test_a_lease_is_renewed_while_a_file_takes_long_to_its_first_row(house, client, monkeypatch):
    upload(client)
    monkeypatch.setattr(jobs, "LEASE", jobs.LEASE / 10)
    seen = []

    def slow(of, job, rows, rejected):
        time.sleep(1)
        with house.store.transaction() as work:
            seen.append(work.jobs.claim(house.now(), jobs.LEASE))
        return stage(of, job, rows, rejected)

    stage = jobs._stage  # noqa: SLF001 - it is what takes long
    monkeypatch.setattr(jobs, "_stage", slow)
    assert jobs.run_next(house)
    assert seen == [None]


def test_a_lease_is_renewed_as_soon_as_others_have_written(house, client):
    upload(client)
    with house.store.transaction() as work:
        job = work.jobs.claim(house.now(), jobs.LEASE)
    with jobs._beating(house, job):  # noqa: SLF001 - it is asked between two beats
        beat = jobs.LEASE.total_seconds() / 4
        with house.store.transaction():
            time.sleep(beat * 1.2)
        time.sleep(beat * 0.5)
        with house.store.reading() as work:
            assert not work.jobs.is_one_free(house.now() + jobs.LEASE * 0.7)


@pytest.mark.both_databases
def test_imports_are_listed_the_newest_first_page_by_page_with_state_and_counts(house, client, monkeypatch):
    moment = house.now()
    monkeypatch.setitem(house.__dict__, "now", lambda: moment)  # all at once: then ids decide
    first, *others = [upload(client, name=f"{n}.csv").json["id"] for n in range(5)]
    assert jobs.run_next(house)
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/api/v1/imports?limit=2{cursor and f'&cursor={cursor}'}").json
        assert len(page["imports"]) <= 2
        found += page["imports"]
        cursor = page["next_cursor"]
    assert sorted(one["id"] for one in found) == [one["id"] for one in found] == sorted([first, *others])
    assert sorted(one["state"] for one in found) == ["done", *["queued"] * 4]
    (done,) = (one for one in found if one["state"] == "done")
    assert (done["counts"]["created"], "progress" in done) == (250, False)
    assert all(one["progress"] == {"rows_read": 0} for one in found if one is not done)


def test_the_newest_import_comes_first_and_a_cursor_of_another_make_is_refused(client):
    ids = [upload(client, name=f"{n}.csv").json["id"] for n in range(3)]
    page = client.get("/api/v1/imports?limit=1").json
    assert page["imports"][0] == client.get("/api/v1/imports").json["imports"][0]
    assert [one["id"] for one in client.get("/api/v1/imports").json["imports"]] == ids[::-1]
    unknown = cursors.cursor_named("0" * 32)
    for cursor in ("x", unknown, cursors.cursor_of(7), page["next_cursor"] + "=", "A" * 300):
        answer = client.get("/api/v1/imports", query_string={"cursor": cursor})
        assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (422, "cursor")


PEOPLE = [{"external_id": str(n), "name": f"N {n} Example", "skills": {"Python": n % 6}} for n in range(120)] + [
    {"name": 4}
]


def lines(people):
    return "\n".join(json.dumps(one) for one in people)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("body", "kind", "query"),
    [
        (json.dumps(PEOPLE), "application/json", ""),
        (json.dumps({"candidates": PEOPLE, "source": "ats"}), "application/json", ""),
        (lines(PEOPLE), "application/x-ndjson", "?source=ats"),
    ],
)
def test_many_candidates_posted_at_once_become_a_job_and_the_same_people(house, client, body, kind, query):
    path, headers = f"/api/v1/candidates{query}", {"Idempotency-Key": "k"}
    client.application.config |= {"INLINE_BYTES": 2000, "MAX_CONTENT_LENGTH": 2000}
    put_off = client.post(path, data=body, content_type=kind, headers=headers)
    assert (put_off.status_code, put_off.json["state"]) == (202, "queued")
    again = client.post(path, data=body, content_type=kind, headers=headers)
    assert (again.status_code, again.headers["Location"]) == (202, put_off.headers["Location"])
    assert len(files(house)) == 1
    assert client.get("/api/v1/candidates").json["total"] == 0
    assert jobs.run_next(house)
    report = client.get(put_off.headers["Location"]).json
    assert report["counts"] == {"rows": 121, "created": 120, "updated": 0, "unchanged": 0, "rejected": 1, "ignored": 0}
    client.application.config |= {"INLINE_BYTES": 10**6, "MAX_CONTENT_LENGTH": 10**6}
    at_once = client.post(path, data=body, content_type=kind)
    assert (at_once.status_code, at_once.json["counts"]["unchanged"]) == (200, 120)


def test_what_cannot_be_read_is_refused_at_once_however_large(client):
    client.application.config |= {"INLINE_BYTES": 2000}
    refused = client.post("/api/v1/candidates", data="[" + "1," * 2000, content_type="application/json")
    assert (refused.status_code, client.get("/api/v1/imports").json["imports"]) == (400, [])


def test_a_backup_says_which_imports_are_not_in_it(house, client, tmp_path):
    upload(client)
    house.store.close()
    said = CliRunner().invoke(main, ["backup", str(tmp_path / "b.zip"), "--data", str(house.folder)])
    assert said.exit_code == 0
    assert "1 imports still wait" in said.stderr


def half_read(house, client, content=LARGE, name="pool.csv"):
    """Upload a file and stop its job after a chunk, as a crash would; return where its report is."""
    answer = upload(client, content, name)
    house.running.stopping.set()
    assert jobs.run_next(house)
    house.running.stopping.clear()
    return answer.headers["Location"]


def post(client, *people):
    return client.post("/api/v1/candidates", json={"source": "upload", "candidates": list(people)}).json["counts"]


def everyone(client):
    return client.get("/api/v1/candidates?limit=200").json["candidates"]


def in_tables(house):
    """Return how many rows of candidates there are, seen or not."""
    with house.store.reading() as work:
        run = work._connection.execute  # noqa: SLF001 - what nobody sees cannot be asked for
        return [
            run(select(func.count()).select_from(table)).scalar() for table in (candidates, traces, kept_lines, hidden)
        ]


@pytest.mark.both_databases
def test_whom_an_import_brings_nobody_sees_before_its_end(house, client):
    mails = "Name,ID,E-Mail,Python\n" + "".join(f"N {n},{n},same{n // 2}@example.com,{n % 6}\n" for n in range(250))
    post(client, {"external_id": "other", "name": "N 1", "email": "same0@example.com", "skills": {"Python": 3}})
    before = {
        path: client.get(f"/api/v1/{path}").json
        for path in ("candidates", "shortlists/ml_engineer", "duplicates", "shortlists/ml_engineer/robustness")
    }
    location = half_read(house, client, mails.encode())
    assert in_tables(house)[0] == 101
    (id_,) = hidden_ids(house, 1)
    for path, answer in before.items():
        assert client.get(f"/api/v1/{path}").json == answer, path
    for path in ("", "/scores", "/evidence", "/export"):
        assert client.get(f"/api/v1/candidates/{id_}{path}").status_code == 404, path
    assert client.delete(f"/api/v1/candidates/{id_}").status_code == 404
    mine = before["candidates"]["candidates"][0]["id"]
    assert client.post(f"/api/v1/candidates/{mine}/merge", json={"with": id_}).status_code in (404, 422)
    assert jobs.run_next(house)
    assert client.get("/api/v1/candidates").json["total"] == 251
    report = client.get(location).json
    assert (report["counts"]["created"], report["likely_duplicates_total"]) == (250, 126)


def hidden_ids(house, count):
    with house.store.reading() as work:
        return (
            work._connection.execute(  # noqa: SLF001 - as above
                select(candidates.c.id).where(candidates.c.import_id.is_not(None)).limit(count)
            )
            .scalars()
            .all()
        )


@pytest.mark.both_databases
def test_who_comes_with_a_key_that_an_import_is_bringing_comes_first_and_stays_as_they_came(house, client):
    location = half_read(house, client)
    same = {"external_id": "7", "name": "N 7", "skills": {"Python": 1}}
    assert post(client, same, {"external_id": "8", "name": "Another"})["created"] == 2
    assert {one["name"] for one in everyone(client)} == {"N 7", "Another"}
    assert jobs.run_next(house)
    counts = client.get(location).json["counts"]
    assert counts == {"rows": 251, "created": 248, "updated": 0, "unchanged": 2, "rejected": 1, "ignored": 0}
    assert client.get("/api/v1/candidates").json["total"] == 250
    assert {one["name"] for one in everyone(client) if one["external_id"] == "8"} == {"Another"}
    assert client.get("/api/v1/shortlists/ml_engineer").json["total"] == 250


def test_who_came_by_a_job_is_told_to_have_whatever_was_stored_meanwhile(house, client):
    location = half_read(house, client)
    post(client, {"external_id": "else", "name": "Else"})
    assert jobs.run_next(house)
    with house.store.reading() as work:
        kept = {one.name: one for one in work.pool()}
        told = [history.of(work, kept[name]) for name in ("N 7", "N 200")]
    for (event,) in told:
        assert (event.what, event.by, event.file) == ("created", "local", "pool.csv")
        assert location.endswith(event.import_id)


def test_of_a_key_twice_in_a_file_the_second_meets_the_first(house, client):
    people = [*PEOPLE[:-1], {**PEOPLE[3], "name": "Later"}]
    answer = upload(client, lines(people).encode(), "pool.ndjson")
    assert jobs.run_next(house)
    counts = client.get(answer.headers["Location"]).json["counts"]
    assert counts == {"rows": 121, "created": 120, "updated": 1, "unchanged": 0, "rejected": 0, "ignored": 0}
    assert [one["name"] for one in everyone(client) if one["external_id"] == "3"] == ["Later"]


@pytest.mark.both_databases
def test_who_pages_through_meets_an_import_behind_all_who_came_before_its_end(house, client):
    post(client, {"external_id": "a", "name": "A"})
    half_read(house, client)
    post(client, {"external_id": "b", "name": "B"})
    page = client.get("/api/v1/candidates?limit=1").json
    second = client.get(f"/api/v1/candidates?limit=1&cursor={page['next_cursor']}").json
    assert [page["candidates"][0]["name"], second["candidates"][0]["name"]] == ["A", "B"]
    assert jobs.run_next(house)
    post(client, {"external_id": "c", "name": "C"})
    names, cursor = [], page["next_cursor"]
    while cursor is not None:
        page = client.get(f"/api/v1/candidates?limit=100&cursor={cursor}").json
        names += [one["name"] for one in page["candidates"]]
        cursor = page["next_cursor"]
    assert names == ["B", *(f"N {n}" for n in range(250)), "C"]


@pytest.mark.both_databases
def test_of_an_import_cancelled_half_way_nothing_is_left(house, client):
    location = half_read(house, client)
    assert in_tables(house) == [100, 100, 100, 1]
    assert client.delete(location).json["state"] == "cancelled"
    assert in_tables(house) == [0, 0, 0, 0]
    assert client.get("/api/v1/candidates").json["total"] == 0
    if house.store.check()["database"] == "sqlite":
        held = b"".join(path.read_bytes() for path in house.folder.rglob("*") if path.is_file())
        assert b"N 42" not in held


def test_what_a_crash_left_of_a_cancelled_import_goes_with_the_next_sweep_and_is_in_nobodys_way(house, client):
    location = half_read(house, client)
    with house.store.transaction() as work:
        assert work.jobs.end(location.rsplit("/", 1)[-1])
    assert client.get("/api/v1/candidates").json["total"] == 0
    assert post(client, {"external_id": "7", "name": "N 7"})["created"] == 1
    second = upload(client, name="again.csv")
    assert jobs.run_next(house)
    counts = client.get(second.headers["Location"]).json["counts"]
    assert counts == {"rows": 251, "created": 249, "updated": 1, "unchanged": 0, "rejected": 1, "ignored": 0}
    jobs.sweep(house)
    assert in_tables(house) == [250, 250, 250, 0]


def test_an_import_whose_file_is_gone_half_way_fails_and_leaves_nothing(house, client):
    location = half_read(house, client)
    files(house)[0].unlink()
    assert jobs.run_next(house)
    assert client.get(location).json["state"] == "failed"
    assert in_tables(house) == [0, 0, 0, 0]


def test_a_backup_made_half_way_comes_back_without_the_import_and_says_that_it_failed(house, client, tmp_path):
    post(client, {"external_id": "before", "name": "Before"})
    location = half_read(house, client)
    whole.save(house.store, tmp_path / "backup")
    with closing(Store(f"sqlite:///{tmp_path / 'other' / 'rolefit.db'}")) as store:
        whole.restore(store, tmp_path / "backup", house.now())
        other = replace(house, store=store, folder=tmp_path / "other")
        with store.reading() as work:
            assert [kept.name for kept in work.pool()] == ["Before"]
        assert jobs.run_next(other)
        report = imports.get_import(other, location.rsplit("/", 1)[-1])
        assert (report["state"], report["problem"]["code"]) == ("failed", "job_failed")
        assert in_tables(other) == [1, 0, 1, 0], "one word is no trace of anybody"


@pytest.mark.both_databases
def test_of_a_key_twice_in_a_file_the_second_holds_also_where_whom_the_first_met_expired(house, client):
    post(client, {"external_id": "3", "name": "Before"})
    location = half_read(house, client, lines([*PEOPLE[:-1], {**PEOPLE[3], "name": "Later"}]).encode(), "pool.ndjson")
    with house.store.transaction() as work:
        work.delete_candidate(everyone(client)[0]["id"], lasts=False)
    assert jobs.run_next(house)
    counts = client.get(location).json["counts"]
    assert counts == {"rows": 121, "created": 120, "updated": 1, "unchanged": 0, "rejected": 0, "ignored": 0}
    assert [one["name"] for one in everyone(client) if one["external_id"] == "3"] == ["Later"]


@pytest.mark.both_databases
def test_a_job_waits_behind_those_before_it_also_where_a_clock_went_back(house, client, monkeypatch):
    older = half_read(house, client)
    with house.store.transaction() as work:
        held = work.jobs.claim(house.now(), jobs.LEASE)
    now = house.now
    with monkeypatch.context() as earlier:
        earlier.setitem(house.__dict__, "now", lambda: now() - timedelta(hours=1))
        upload(client, b"Name,ID,Python\nAda Example,a,2\n")
    assert not jobs.run_next(house), "the older one is at work"
    with house.store.transaction() as work:
        work.jobs.release(held, house.now())
    assert jobs.run_next(house)
    assert client.get(older).json["state"] == "done"


def test_a_worker_that_lost_its_job_leaves_the_file_to_whoever_has_it(house, client, monkeypatch):
    answer = upload(client)

    def rival(*_):
        with house.store.transaction() as work:
            taken.append(work.jobs.claim(house.now() + jobs.LEASE, jobs.LEASE))
        raise jobs.GaveUp("It cannot be read here.")

    taken = []
    monkeypatch.setattr(jobs, "_stage", rival)
    assert jobs.run_next(house)
    monkeypatch.undo()
    with house.store.transaction() as work:
        work.jobs.release(taken[0], house.now())
    assert jobs.run_next(house)
    assert client.get(answer.headers["Location"]).json["counts"]["created"] == 250


@pytest.mark.parametrize("other", [LARGE.replace(b"N 7,7,", b",,"), LARGE[:200]], ids=["a row less", "shorter"])
def test_a_file_that_reads_otherwise_after_a_restart_fails_and_leaves_nothing(house, client, other):
    location = half_read(house, client)
    files(house)[0].write_bytes(other)
    assert jobs.run_next(house)
    report = client.get(location).json
    assert (report["state"], report["problem"]["detail"]) == ("failed", jobs.READ_OTHERWISE)
    assert in_tables(house) == [0, 0, 0, 0]


@pytest.mark.both_databases
def test_the_way_back_leaves_nothing_of_whom_an_import_brought_and_gives_no_number_twice(house, client):
    post(client, {"external_id": "a", "name": "Ada Example"})
    half_read(house, client)
    post(client, {"external_id": "b", "name": "Bea Example"})
    last = everyone(client)[-1]["id"]
    config = migrations._config()  # noqa: SLF001 - the program itself never goes back
    with house.store.replacing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0010")
        number = connection.execute(select(candidates.c.number).where(candidates.c.id == last)).scalar_one()
        assert engines.counter(connection, candidates) >= number
    house.store.migrate()
    assert in_tables(house) == [2, 2, 2, 0]


def lost(house, job):
    """Let the lease of a job lapse, as that of a process that is gone does."""
    with house.store.transaction() as work:
        work.jobs.renew(job, house.now())


class Gone(BaseException):
    """The process is gone: nothing in it sees that."""


@pytest.mark.both_databases
@pytest.mark.parametrize(("poison", "kept"), [(1, 0), (120, 119), (250, 249)])
def test_a_row_that_ends_its_process_three_times_ends_the_job_and_is_named(house, client, monkeypatch, poison, kept):
    answer, ended, claimed = upload(client), [], []
    read, claim = RowReader.read, Jobs.claim

    def dies(self, number, cells):
        if number == poison + 1:  # below the header
            ended.append(number)
            raise Gone
        return read(self, number, cells)

    def remembered(self, *arguments):
        claimed.append(claim(self, *arguments))
        return claimed[-1]

    monkeypatch.setattr(RowReader, "read", dies)
    monkeypatch.setattr(Jobs, "claim", remembered)
    for _ in range(jobs.MOST_TRIES + 2):
        try:
            jobs.run_next(house)
        except Gone:
            lost(house, claimed[-1])
    report = client.get(answer.headers["Location"]).json
    assert (report["state"], report["problem"]["code"]) == ("failed", "job_failed")
    assert f"its first {kept:,} rows" in report["problem"]["detail"]
    assert len(ended) <= jobs.MOST_TRIES + 1, "once in a chunk, and three times alone"
    assert client.get("/api/v1/candidates").json["total"] == 0
    assert files(house) == []


def test_a_process_that_is_lost_again_and_again_while_rows_are_kept_loses_no_job(house, client, monkeypatch):
    answer, claimed, read, claim = upload(client), [], RowReader.read, Jobs.claim
    left = [0]

    def dies(self, number, cells):
        if number > left[0] + 1:
            raise Gone
        return read(self, number, cells)

    def remembered(self, *arguments):
        claimed.append(claim(self, *arguments))
        return claimed[-1]

    monkeypatch.setattr(RowReader, "read", dies)
    monkeypatch.setattr(Jobs, "claim", remembered)
    while left[0] < 300:
        left[0] += 7  # so many rows more than the process before
        try:
            jobs.run_next(house)
        except Gone:
            lost(house, claimed[-1])
    assert client.get(answer.headers["Location"]).json["counts"]["created"] == 250
