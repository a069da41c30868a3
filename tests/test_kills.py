"""Server and worker are killed at random moments while they import: nothing acknowledged is lost, nothing doubled.

The invariants: what was acknowledged ends done; every row has one outcome, at every look; an import is seen wholly or
not at all; progress never goes back; the outcome is that of a run without kills.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from serving import ROOT, START, Server

from service.app import build_house
from service.config import Settings
from service.store.store import Store
from service.usecases import jobs

ROWS, CHUNK = 2_000, 100
CELL = "Python (4); SQL; k8s"


def sheet(number):
    """Return a file: its rows are its own, the tenth of each ten has neither name nor id."""
    rows = (f"N {n},{number}-{n},{n % 6},{CELL}" if n % 10 else f",,{n % 6},{CELL}" for n in range(1, ROWS + 1))
    return ("Name,ID,Java,Skills\n" + "\n".join(rows) + "\n").encode()


COUNTS = {
    "rows": ROWS,
    "created": ROWS - ROWS // 10,
    "updated": 0,
    "unchanged": 0,
    "rejected": ROWS // 10,
    "ignored": 0,
}


def outcome(address):
    """Return a digest over all that is kept, in the order in which it was kept."""
    store, digest = Store(address), hashlib.sha256()
    with store.reading() as work:
        for kept in work.pool():
            digest.update(repr((kept.source, kept.external_id, kept.name, kept.body)).encode())
        lines = sum(1 for row in work.lines.all(BOARD) if row[3])
        left = work.jobs.count()
    store.close()
    return digest.hexdigest(), lines, left


@pytest.fixture(autouse=True)
def _board(library):
    global BOARD  # noqa: PLW0603 - it is named once for all
    from service.usecases.levels import Levels  # noqa: PLC0415 - a fixture's own

    BOARD = Levels(library.rubrics.values()).board.name


class Pack:
    """A server, and on PostgreSQL a worker apart, that are killed and come back."""

    def __init__(self, folder, address):
        self.folder, self.address = folder, address
        self.settings = {"inline_bytes": 1, "chunk_rows": CHUNK, "log": "off", "database_url": address}
        self.server = self.worker = None

    def start(self):
        self.server = Server(self.folder, **self.settings).__enter__()
        if self.address.startswith("postgres"):
            told = {f"ROLEFIT_{name.upper()}": str(value) for name, value in self.settings.items()}
            environment = os.environ | told | {"PYTHONPATH": str(ROOT), "ROLEFIT_DATA": str(self.folder / "rolefit")}
            self.worker = subprocess.Popen([sys.executable, "-c", START, "worker"], env=environment)

    def kill(self):
        """Kill everything at once, as a loss of power would."""
        for process in filter(None, (self.server.process, self.worker)):
            for pid in (*children(process.pid), process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()

    def look(self, id_):
        """Return an import's report, and how many candidates everybody sees."""
        report = json.loads(self.server.get(f"/api/v1/imports/{id_}")[2])
        return report, json.loads(self.server.get("/api/v1/candidates?limit=1")[2])["total"]


def children(pid):
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    return []


def survive(folder, address, kills, seed):
    """Kill a pack as often as asked while it imports; return how many imports were acknowledged."""
    dice, pack, acknowledged, killed = random.Random(seed), Pack(folder, address), [], 0
    pack.start()
    whole = COUNTS["created"]
    while True:
        status, headers, _ = pack.server.upload(sheet(len(acknowledged)), "pool.csv")
        assert status == 202
        acknowledged.append(headers["Location"].rsplit("/", 1)[-1])
        reached, state, until = 0, "queued", time.monotonic() + 300
        moment = time.monotonic() + dice.uniform(0, 1.2)
        while state != "done":
            assert time.monotonic() < until, f"seed {seed}: {state} at {reached}"
            report, seen = pack.look(acknowledged[-1])
            state, counts = report["state"], report["counts"]
            assert state != "failed", f"seed {seed}, after {killed} kills: {report['problem']}"
            assert seen in (whole * len(acknowledged), whole * (len(acknowledged) - 1)), "seen in part"
            assert counts["rows"] == sum(counts.values()) - counts["rows"], "a row without an outcome"
            now = report.get("progress", {}).get("rows_read", ROWS)
            assert now >= reached, "progress went back"
            reached = now
            if killed < kills and time.monotonic() > moment:
                pack.kill()
                killed += 1
                pack.start()
                until = time.monotonic() + 60  # who is killed before a lease lapses comes no further, and that is all
                moment = time.monotonic() + dice.uniform(0, 1.2)
        assert report["counts"] == COUNTS
        if killed == kills:
            pack.kill()
            return len(acknowledged)


def without_kills(tmp_path, count):
    """Return the outcome of the same imports where nobody is killed."""
    house = build_house(Settings(data=tmp_path / "calm", chunk_rows=CHUNK))
    for number in range(count):
        path = tmp_path / "pool.csv"
        path.write_bytes(sheet(number))
        jobs.enqueue(house, lambda to: to.write_bytes(path.read_bytes()), "pool.csv")  # noqa: B023 - called at once
        assert jobs.run_next(house)
    house.store.close()
    return outcome(Settings(data=tmp_path / "calm").database)


def check(tmp_path, new_database, database_kind, kills, seed):
    address = new_database(database_kind) if database_kind == "postgresql" else ""
    count = survive(tmp_path, address, kills, seed)
    url = address or Settings(data=tmp_path / "rolefit").database
    found, expected = outcome(url), without_kills(tmp_path, count)
    assert found == expected
    assert found[1:] == (count * COUNTS["created"], 0)
    house = build_house(Settings(data=tmp_path / "rolefit", database_url=address))
    jobs.sweep(house)  # as at each start: the last kill may come between the end of a job and that of its file
    house.store.close()
    assert list((tmp_path / "rolefit" / "jobs").iterdir()) == []
    print(f"{database_kind}: {kills} kills over {count} imports of {ROWS} rows, seed {seed}")


@pytest.mark.slow
@pytest.mark.both_databases
def test_fifteen_kills_lose_nothing_and_double_nothing(tmp_path, new_database, database_kind):
    check(tmp_path, new_database, database_kind, 15, 20261121)


@pytest.mark.soak
@pytest.mark.both_databases
def test_hundreds_of_kills_lose_nothing_and_double_nothing(tmp_path, new_database, database_kind):
    check(tmp_path, new_database, database_kind, 250, random.SystemRandom().randrange(10**6))
