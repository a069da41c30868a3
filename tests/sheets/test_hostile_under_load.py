"""The whole hostile range against a real server, while honest requests keep flowing."""

import json
import os
import random
import socket
import threading
import time
from pathlib import Path

import pytest
from serving import Server
from sheets import hostile

pytestmark = pytest.mark.slow

MOST_SECONDS, MOST_GROWTH, MOST_WAIT = 2.0, 32 * 2**20, 1.0
"""For the processor's seconds of a refusal, the server's growth meanwhile, and the wait of honest requests at p95.

Seconds are those of the processor, since a machine that tests other things beside this one is slow; the clock's are
printed at the end, and are below the same figure on a machine of two cores that does nothing else.
"""
TRIES = 3
"""Honest requests are served meanwhile, and may weigh on one measurement."""

MEASURED = []
"""Seconds of the clock and of the processor, and growth, of each refusal: for the figures at the end."""

PERSON = {"external_id": "p-1", "name": "Ada Example", "skills": [{"name": "Python", "level": 4, "kind": "rated"}]}
NESTED = b'{"candidates": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
JSON_FILES = {
    "deep JSON": (NESTED, "pool.json", "malformed_json too_deep"),
    "JSON of 33 levels": (b"[" * 33 + b"]" * 33, "pool.json", "too_deep"),
    "a key twice": (b'[{"name": "A", "name": "B"}]', "pool.json", "duplicate_key"),
    "a number that is none": (b'[{"name": "A", "years_experience": NaN}]', "pool.json", "malformed_json"),
    "half a surrogate pair": (b'[{"name": "\\ud800"}]', "pool.json", "malformed_json"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("served")) as server:
        for content, name in ((hostile.workbook(), "a.xlsx"), (b"Name,Python\nAda Example,4\n", "a.csv")):
            server.upload(content, name)  # what is loaded at first use is no growth
        server.post("/api/v1/candidates", [PERSON])
        yield server


class Traffic:
    """Honest requests, one after the other in each of two threads, from here to the end of the block."""

    PATHS = ("/api/v1/roles", "/api/v1/shortlists/ml_engineer?seniority=mid", "/api/v1/candidates", "/livez")

    def __init__(self, server):
        self._server, self._over = server, threading.Event()
        self.seconds, self.statuses = [], []

    def __enter__(self):
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(2)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _run(self, number):
        dice = random.Random(number)
        while not self._over.wait(0.02):
            began = time.monotonic()
            if dice.random() < 0.5:
                body = {"role": "ml_engineer", "seniority": "mid", "candidates": [PERSON]}
                status = self._server.post("/api/v1/scores", body)[0]
            else:
                status = self._server.get(dice.choice(self.PATHS))[0]
            self.seconds.append(time.monotonic() - began)
            self.statuses.append(status)

    def at(self, share):
        return sorted(self.seconds)[int(len(self.seconds) * share)]


@pytest.fixture(scope="module")
def traffic(server):
    with Traffic(server) as traffic:
        yield traffic


def memory(pid, what):
    """Return VmRSS or VmHWM of a process, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith(what))) * 1024


def processor(pid):
    """Return the processor's seconds that a process and its children that ended have used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def refused(server, content, name):
    """Upload a file that must be refused; return code, seconds of the processor, and the server's growth meanwhile."""
    worker = server.worker
    Path(f"/proc/{worker}/clear_refs").write_text("5", encoding="ascii")  # the high-water mark falls to what is
    before, spent, began = memory(worker, "VmRSS"), processor(worker), time.monotonic()
    status, _, body = server.upload(content, name)
    waited, seconds = time.monotonic() - began, processor(worker) - spent
    grown = memory(worker, "VmHWM") - before
    MEASURED.append((waited, seconds, grown))
    problem = json.loads(body)
    assert 400 <= status < 500, problem
    return problem["type"].rsplit(":", 1)[-1], seconds, grown


def assert_refused(server, content, name, codes):
    tries = []
    for _ in range(TRIES):
        code, seconds, grown = refused(server, content, name)
        assert code in codes.split()
        tries.append((seconds, grown))
        if seconds <= MOST_SECONDS and grown <= MOST_GROWTH:
            return
    pytest.fail(f"seconds and growth: {tries}")


@pytest.mark.parametrize("case", hostile.FILES)
@pytest.mark.usefixtures("traffic")
def test_a_hostile_file_is_refused_by_name_soon_and_cheaply(server, case):
    build, ending, code = hostile.FILES[case]
    assert_refused(server, build(), f"pool{ending}", code)


@pytest.mark.parametrize(("content", "name", "codes"), JSON_FILES.values(), ids=JSON_FILES)
@pytest.mark.usefixtures("traffic")
def test_hostile_json_is_refused_by_name_soon_and_cheaply(server, content, name, codes):
    assert_refused(server, content, name, codes)


@pytest.mark.usefixtures("traffic")
def test_many_hostile_files_at_once_are_refused_or_asked_to_come_again(server):
    content, answers = hostile.cell_flood(), []
    crowd = [threading.Thread(target=lambda: answers.append(server.upload(content, "pool.xlsx"))) for _ in range(6)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    told = {(status, headers.get("Retry-After")) for status, headers, _ in answers}
    assert (413, None) in told
    assert told <= {(413, None), (503, "2")}


@pytest.mark.usefixtures("traffic")
def test_a_file_that_would_call_out_calls_nobody(server):
    with Listener() as listener:
        for build in hostile.calling_out(listener.port).values():
            assert_refused(server, build, "pool.xlsx", "dtd")
    assert listener.calls == 0


class Listener:
    """Counts who connects to a port of this machine."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port, self.calls, self._over = self._socket.getsockname()[1], 0, threading.Event()
        self._thread = threading.Thread(target=self._listen)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _listen(self):
        while not self._over.is_set():
            try:
                self._socket.accept()[0].close()
            except TimeoutError:
                continue
            self.calls += 1


def test_the_listener_would_notice():
    with Listener() as listener:
        socket.create_connection(("127.0.0.1", listener.port)).close()
        time.sleep(0.2)
    assert listener.calls == 1


def test_honest_requests_were_served_meanwhile(server, traffic):
    print(f"{len(traffic.seconds)} honest requests, p50 {traffic.at(0.5):.3f} s, p95 {traffic.at(0.95):.3f} s")
    waited, seconds, grown = map(max, zip(*MEASURED, strict=True))
    print(
        f"{len(MEASURED)} refusals: at most {waited:.2f} s, {seconds:.2f} s of CPU, {grown / 2**20:.1f} MiB of growth"
    )
    assert len(traffic.seconds) > 50
    assert set(traffic.statuses) == {200}
    assert traffic.at(0.95) < MOST_WAIT
    status, _, body = server.upload(b"Name,ID,Python\nHonest Example,h1,4\n", "honest.csv")
    assert (status, json.loads(body)["counts"]["created"]) == (201, 1)
    assert not server.lines("defect")
