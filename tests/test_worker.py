"""The worker serves every owner: in turn, whoever comes while it works, and each in a database of its own."""

import io
import json
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from serving import ROOT, START, Server

from service.store.errors import StoreDown
from service.telling import logs
from service.usecases import accounts, jobs
from service.worker import Worker

ROWS = 300
LARGE = ("Name,ID,Python\n" + "".join(f"N {n},{n},{n % 6}\n" for n in range(ROWS))).encode()


@pytest.fixture
def houses(app):
    found = app.extensions["rolefit.houses"]
    object.__setattr__(found.main, "chunk_rows", 100)
    yield found
    found.close()


@pytest.fixture
def key(houses):
    """Make a key of an owner; return its headers."""

    def key(owner):
        return {"Authorization": f"Bearer {accounts.create_key(houses.main, 'ats', accounts.EVERYTHING, owner)}"}

    return key


@contextmanager
def working(houses):
    """Have a worker at work."""
    houses.main.running.stopping.clear()
    worker = Worker(houses, logs.make("off"))
    worker.start()
    try:
        yield
    finally:
        worker.stop(30)


def send(client, headers, content=LARGE):
    data = {"file": (io.BytesIO(content), "pool.csv")}
    answer = client.post("/api/v1/imports", data=data, headers=headers | {"Prefer": "respond-async"})
    assert answer.status_code == 202
    return answer.headers["Location"]


def ended(ask, patience=30):
    """Wait until an import is over; return its report."""
    until = time.monotonic() + patience
    while (report := ask())["state"] in ("queued", "running"):
        assert time.monotonic() < until, report
        time.sleep(0.02)
    return report


def moment(house, location):
    with house.store.reading() as work:
        return work.get_import(location.rsplit("/", 1)[-1]).updated_at


def test_a_worker_that_never_began_can_be_stopped(houses):
    """As `rolefit serve --no-worker` does when it ends."""
    Worker(houses, logs.make("off")).stop(1)


@pytest.mark.both_databases
def test_an_import_of_an_owner_ends_in_the_owners_database_and_nowhere_else(houses, client, key):
    mine, theirs = key("main"), key("acme")
    with working(houses):
        place = send(client, theirs)
        report = ended(lambda: client.get(place, headers=theirs).json)
    assert (report["state"], report["counts"]["created"]) == ("done", ROWS)
    assert client.get("/api/v1/candidates", headers=theirs).json["total"] == ROWS
    assert client.get("/api/v1/candidates", headers=mine).json["total"] == 0
    assert client.get(place, headers=mine).status_code == 404
    assert not any(jobs.wait_in(houses.folder_of(owner)) for owner in houses.owners())


@pytest.mark.both_databases
def test_an_owner_who_comes_while_the_worker_works_is_served(houses, client, key):
    with working(houses):
        for owner in ("acme", "beta"):
            door = key(owner)
            place = send(client, door)
            assert ended(lambda: client.get(place, headers=door).json)["state"] == "done"  # noqa: B023 - called at once


@pytest.mark.both_databases
def test_owners_are_served_in_turn_and_each_in_the_order_of_sending(houses, client, key):
    doors = {"main": key("main"), "acme": key("acme")}
    places = [("main", send(client, doors["main"])) for _ in range(3)] + [("acme", send(client, doors["acme"]))]
    with working(houses):
        for owner, place in places:
            ended(lambda: client.get(place, headers=doors[owner]).json)  # noqa: B023 - called at once
    *main, acme = (moment(houses.of(owner), place) for owner, place in places)
    assert main == sorted(main)
    assert main[0] < acme < main[1]


@pytest.mark.both_databases
def test_an_owner_whose_database_is_away_keeps_nobody_else_waiting(houses, client, key, monkeypatch):
    door, other = key("acme"), key("beta")
    send(client, door)
    place = send(client, other)
    broken = houses.of("acme").store
    monkeypatch.setattr(broken, "reading", lambda: (_ for _ in ()).throw(StoreDown("away")))
    with working(houses):
        assert ended(lambda: client.get(place, headers=other).json)["state"] == "done"


@pytest.mark.both_databases
def test_a_switch_of_one_owner_keeps_no_other_from_writing(houses, key):
    for owner in ("acme", "beta"):
        key(owner)
    with (
        houses.of("acme").store.transaction(),
        houses.of("beta").store.transaction(waits=False) as work,
        houses.main.store.transaction(waits=False),
    ):
        work.probe()


def test_a_database_without_a_job_is_looked_at_once_and_then_left_alone(houses, key, monkeypatch):
    key("acme")
    seen, owners, of = [], houses.owners, houses.of
    monkeypatch.setattr(houses, "owners", lambda: seen.append("round") or owners())
    monkeypatch.setattr(houses, "of", lambda owner: seen.append(owner) or of(owner))
    with working(houses):
        until = time.monotonic() + 30
        while seen.count("round") < 3:
            assert time.monotonic() < until
            houses.main.running.more.set()
            time.sleep(0.02)
    assert seen[:3] == ["round", "main", "acme"]
    assert set(seen[3:]) == {"round"}


def test_a_job_whose_file_is_gone_is_ended_by_the_next_worker(houses, client, key):
    door = key("acme")
    place = send(client, door)
    next((houses.folder_of("acme") / "jobs").iterdir()).unlink()
    with working(houses):
        assert ended(lambda: client.get(place, headers=door).json)["problem"]["code"] == "job_failed"


def test_old_values_of_every_owner_are_swept_by_the_worker(houses, client, key):
    door = key("acme")
    client.post("/api/v1/imports", data={"file": (io.BytesIO(b"Name,Python\nAda,quite blue\n"), "p.csv")}, headers=door)
    with working(houses):
        time.sleep(0.2)
    assert "quite blue" in report_of(houses)
    object.__setattr__(houses.of("acme"), "report_days", 0)
    with working(houses):
        until = time.monotonic() + 10
        while "quite blue" in report_of(houses):
            assert time.monotonic() < until
            time.sleep(0.02)


def report_of(houses):
    with houses.of("acme").store.reading() as work:
        return str([report for _, report in work.reports()])


def run(environment, *words):
    command = [sys.executable, "-c", START, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.slow
@pytest.mark.both_databases
def test_a_server_and_a_worker_apart_serve_an_owner_made_at_the_terminal_meanwhile(
    tmp_path, database_kind, new_database
):
    address = new_database(database_kind) if database_kind == "postgresql" else ""
    settings = {"inline_bytes": 1, "log": "off", "database_url": address}
    told = {f"ROLEFIT_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "ROLEFIT_DATA": str(tmp_path / "rolefit")} | told
    apart = database_kind == "postgresql"
    with Server(tmp_path, words=("--no-worker",) if apart else (), **settings) as server:
        worker = subprocess.Popen([sys.executable, "-c", START, "worker"], env=environment) if apart else None
        try:
            made = run(environment, "keys", "create", "ats", "--owner", "acme").strip()
            door = {"Authorization": f"Bearer {made}"}
            status, headers, _ = server.upload(LARGE, "pool.csv", headers=door)
            assert status == 202
            report = ended(lambda: json.loads(server.get(headers["Location"], headers=door)[2]))
            assert (report["state"], report["counts"]["created"]) == ("done", ROWS)
        finally:
            if worker:
                worker.terminate()
                assert worker.wait(timeout=30) == 0


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_only_the_owners_who_asked_last_hold_connections(houses, client, key, monkeypatch):
    monkeypatch.setattr("service.usecases.houses.MOST_OPEN", 2)
    for headers in 2 * [key(f"owner{n}") for n in range(6)]:
        assert client.get("/api/v1/candidates", headers=headers).status_code == 200
    held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with houses.main.store.reading() as work:
        others = work._connection.exec_driver_sql(held).scalar_one()  # noqa: SLF001 - what the server knows
    assert others <= 4, "the main database's, and those of two owners"
