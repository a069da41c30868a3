"""A real server: it ends what it has begun, exits with 0, and its log says nothing of what was sent."""

import http.client
import json
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import pytest
from serving import Server

from service.app import build_house
from service.config import Settings
from service.usecases import accounts
from service.usecases.houses import Houses

CANARY = "Zebulonquartermain"


def long_sheet(rows):
    """Return a sheet that takes some seconds to import."""
    row = ",".join(["Python (4); PyTorch (2 yrs); Kubernetes"] * 5)
    return (
        "Name,ID,Skills,Skills,Skills,Skills,Skills\n" + "".join(f"N {n},{n},{row}\n" for n in range(rows))
    ).encode()


@pytest.mark.slow
def test_a_request_in_flight_is_ended_when_the_service_is_told_to_stop(tmp_path):
    answers = []
    with Server(tmp_path, inline_bytes=2**25) as server:
        kept_open = KeptOpen(server)
        slow = threading.Thread(target=lambda: answers.append(server.upload(long_sheet(20_000), "pool.csv")))
        slow.start()
        wait_for(lambda: busy(server))
        assert kept_open.get("/readyz") == 200
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert not answers, "the request ended too early to prove anything"
        assert kept_open.get("/readyz") in (503, None)
        assert server.process.wait(timeout=30) == 0
        slow.join(timeout=5)
    ((status, _, body),) = answers
    assert status == 201
    assert json.loads(body)["counts"]["created"] == 20_000
    assert server.lines("start")
    assert server.lines("stop")


class KeptOpen:
    """A connection that was open before the service was told to stop."""

    def __init__(self, server):
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)

    def get(self, path):
        """Return the status, or None where nobody answers."""
        try:
            self._connection.request("GET", path)
            response = self._connection.getresponse()
            response.read()
        except OSError:
            return None
        return response.status


def busy(server):
    """Tell whether a file is being read: the server has a grandchild."""
    worker = server.worker
    return any(
        Path(f"/proc/{worker}/task/{task.name}/children").read_text(encoding="ascii").strip()
        for task in Path(f"/proc/{worker}/task").iterdir()
    )


def wait_for(condition, patience=20):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("it never came")


BROKEN = {
    "a method that nobody knows": f"{CANARY} / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a line that is none": f"GET /{CANARY} {CANARY}\r\n\r\n",
    "another version": f"GET /{CANARY} HTTP/9.9\r\n\r\n",
    "a header without a colon": f"GET / HTTP/1.1\r\nHost: localhost\r\n{CANARY}\r\n\r\n",
    "a header with a bad name": f"GET / HTTP/1.1\r\nHost: localhost\r\n{CANARY} x: {CANARY}\r\n\r\n",
    "a header without end": f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {CANARY * 1000}\r\n\r\n",
    "a path without end": f"GET /{CANARY * 1000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a length that is none": f"POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nContent-Length: {CANARY}\r\n\r\n",
    "a chunk that is none": "POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    f"Content-Type: application/json\r\nConnection: close\r\n\r\n{CANARY}\r\n",
    "a path that is no UTF-8": f"GET /%ff{CANARY} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["json", "text"])
def test_nothing_of_a_request_that_no_server_reads_is_in_the_log(tmp_path, mode):
    with Server(tmp_path, log=mode) as server:
        for text in BROKEN.values():
            assert server.raw(text.encode())[:9] in (b"HTTP/1.1 ", b"")
        hang_up(server)
        assert server.get(f"/{CANARY}?{CANARY}={CANARY}")[0] == 404
        assert server.get("/livez")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=20) == 0
    said = server.said()
    assert "library" in said, "the server's own complaints are passed on"
    assert CANARY.lower() not in said.lower()


def hang_up(server):
    """Send half of a body and go."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        head = (
            "POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999"
        )
        connection.sendall(f"{head}\r\n\r\n{CANARY}".encode())


def test_it_is_said_where_the_service_listens_once_it_does(tmp_path):
    with Server(tmp_path) as server:
        assert server.said().count(f"Rolefit listens on http://127.0.0.1:{server.port} ") == 1
        assert server.lines("start")


def test_a_sample_that_cannot_be_read_does_not_stop_the_service(tmp_path, root):
    copy = tmp_path / "copy"
    shutil.copytree(root / "sample_candidates", copy / "sample_candidates")
    for name in ("service", "rubrics"):
        (copy / name).symlink_to(root / name)
    (copy / "sample_candidates" / "candidates.json").write_bytes(b"[")
    with Server(tmp_path, words=["--samples"], root=copy) as server:
        total = json.loads(server.get("/api/v1/shortlists/ml_engineer")[2])["total"]
    assert "candidates.json: not imported. This is not valid JSON" in server.said()
    assert "resume.txt: 1 created" in server.said()
    assert total > 50


@pytest.mark.skipif(not socket.has_ipv6, reason="there is no IPv6 here")
def test_an_address_of_ipv6_is_listened_on_where_there_are_accounts(tmp_path):
    houses = Houses(build_house(Settings(data=tmp_path / "rolefit")))
    accounts.create_key(houses.main, "ats", frozenset({"read"}), "main", None)
    houses.close()
    with Server(tmp_path, host="::") as server:
        assert f"http://[::]:{server.port} " in server.said()


def test_a_log_that_is_off_says_nothing(tmp_path):
    with Server(tmp_path, log="off") as server:
        server.get("/nowhere")
        server.raw(b"NONSENSE\r\n\r\n")
    assert "{" not in server.said()
