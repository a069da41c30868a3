"""No number of slow clients stops the service: they hold no place for work, are cut off in time, and are bounded."""

import http.client
import json
import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from serving import Server, form

from service import connections
from service.connections import LEAST_RATE, Socket, TooSlow, most_connections

SCORE = {"role": "data_engineer", "seniority": "mid", "candidates": [{"external_id": "c", "skills": ["Python"]}]}
POST = b"POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
SLOW = {
    "nothing": b"",
    "half a line": b"POST /api/v1/sc",
    "half a head": POST[:-10],
    "half a body": POST + b"Content-Length: 5000\r\n\r\n{",
    "half a chunk": POST + b"Transfer-Encoding: chunked\r\n\r\n50\r\n{",
    "half a file": b"POST /api/v1/imports HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 200000\r\n\r\n--b\r\n" + b"x" * 100_000,
    "half a head after a request": b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET /li",
    "a connection that the client should close": b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
}
LONG_ANSWERS = b"GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 8


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """A server that waits for slow clients for longer than any test takes."""
    with Server(tmp_path_factory.mktemp("patient"), log="off", request_seconds=600) as server:
        yield server


@pytest.fixture(scope="module")
def hasty(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("hasty"), log="off", request_seconds=1) as server:
        yield server


@pytest.fixture
def open_slow():
    """Open connections of slow clients; they are closed in the end."""
    with ExitStack() as opened:

        def open_slow(server, data, number=1, room=None):
            for _ in range(number):
                connection = opened.enter_context(socket.socket())
                if room:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
                connection.settimeout(30)
                connection.connect(("127.0.0.1", server.port))
                connection.sendall(data)
            return connection

        yield open_slow


def sockets(server):
    """Return how many sockets the process that answers has."""
    found = 0
    for file in Path(f"/proc/{server.worker}/fd").iterdir():
        try:
            found += str(file.readlink()).startswith("socket:")
        except FileNotFoundError:
            continue
    return found


def wait_for(condition, patience=30):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("it never came")


def test_two_hundred_slow_clients_hold_up_no_request(patient, open_slow):
    for data in SLOW.values():
        open_slow(patient, data, 25)
    assert scores(patient, 20) == [200] * 20
    body, kind = form(b"Name,ID\nAda Example,1\n", "pool.csv")
    assert patient.ask("POST", "/api/v1/imports", body, {"Content-Type": kind})[0] == 201


def scores(server, number):
    return [server.post("/api/v1/scores", SCORE)[0] for _ in range(number)]


def test_slow_readers_hold_up_no_request(patient, open_slow):
    open_slow(patient, LONG_ANSWERS, 20, room=4096)
    assert scores(patient, 20) == [200] * 20


def test_more_connections_than_there_may_be_keep_nobody_out(patient, open_slow):
    for name in ("half a head", "half a body"):
        open_slow(patient, SLOW[name], most_connections() // 2 + 20)
        assert scores(patient, 5) == [200] * 5
    assert sockets(patient) <= most_connections() + 10


def test_a_request_that_comes_in_pieces_is_answered_on_a_connection_that_is_kept(patient):
    text = json.dumps(SCORE).encode()
    whole = POST + b"Content-Length: %d\r\n\r\n" % len(text) + text
    with socket.create_connection(("127.0.0.1", patient.port), 30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2):
            for byte in whole:
                connection.sendall(bytes([byte]))
            response = http.client.HTTPResponse(connection)
            response.begin()
            assert (response.status, len(json.loads(response.read())["results"])) == (200, 1)


@pytest.mark.slow
def test_slow_clients_are_cut_off_and_told_where_that_can_be(hasty, open_slow):
    before = sockets(hasty)
    for name in ("nothing", "half a line", "half a head"):
        assert open_slow(hasty, SLOW[name]).recv(100) == b""
    for name in ("half a body", "half a chunk", "half a file"):
        connection, answer = open_slow(hasty, SLOW[name]), b""
        while block := connection.recv(65_536):
            answer += block
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 "), name
        assert json.loads(body)["status"] == 408
    open_slow(hasty, LONG_ANSWERS, 3, room=4096)
    wait_for(lambda: sockets(hasty) <= before)


def test_a_body_that_trickles_is_cut_off(hasty, open_slow):
    connection = open_slow(hasty, SLOW["half a body"])
    connection.settimeout(0.05)
    answer = b""
    for _ in range(600):
        try:
            connection.sendall(b" ")
            answer += connection.recv(1000)
        except TimeoutError:
            continue
        break
    assert answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.slow
def test_a_file_that_comes_slowly_but_steadily_is_imported(tmp_path):
    content = ("Name,ID\n" + "".join(f"Ada Example {n},{n}\n" for n in range(6000))).encode()
    body, kind = form(content, "pool.csv")

    def steadily():
        for at in range(0, len(body), len(body) // 12):
            yield body[at : at + len(body) // 12]
            time.sleep(0.5)

    with Server(tmp_path, log="off", request_seconds=4) as server:
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        status, _, answer = server.ask("POST", "/api/v1/imports", steadily(), headers)
    assert (status, json.loads(answer)["counts"]["created"]) == (201, 6000)


@pytest.mark.slow
def test_slow_clients_do_not_keep_the_service_from_stopping(tmp_path, open_slow):
    with Server(tmp_path, log="off", request_seconds=3) as server:
        for data in SLOW.values():
            open_slow(server, data, 5)
        assert server.get("/livez")[0] == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when it is told to."""
    now = [0.0]
    monkeypatch.setattr(connections.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def pair():
    """A socket of ours, and the client's end of it."""
    ours, client = socket.socketpair()
    with client, Socket(ours, 10) as served:
        yield served, client


def test_what_came_buys_time_and_a_pause_has_a_most(clock, pair):
    served, client = pair
    client.sendall(b"x" * 40_960)
    assert sum(len(served.recv(8192)) for _ in range(5)) == 5 * LEAST_RATE * 2
    clock[0] = 19.9
    client.sendall(b"x")
    assert served.recv(10) == b"x"
    assert served.gettimeout() == pytest.approx(0.1)
    clock[0] = 21
    client.sendall(b"x")
    with pytest.raises(TooSlow):
        served.recv(10)
    served.begin()
    assert served.recv(10) == b"x"
    assert served.gettimeout() == 10


def test_the_slowest_is_who_sent_least_in_a_second_and_nobody_at_once(clock):
    clients = []
    for began, sent in ((0, 1000), (0, 100_000), (9, 0), (10, 0)):
        clock[0] = began
        ours, client = socket.socketpair()
        clients.append(Socket(ours, 10))
        client.sendall(b"x" * sent)
        got = 0
        while got < sent:
            got += len(clients[-1].recv(65_536))
        client.close()
    clock[0] = 10.0
    assert sorted(range(4), key=lambda number: clients[number].pace) == [0, 2, 1, 3]
    for served in clients:
        served.close()


@pytest.mark.parametrize(("limit", "most"), [(1024, 448), (-1, 500), (20_000, 500), (140, 16)])
def test_connections_leave_files_for_all_else(monkeypatch, limit, most):
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _: (limit, limit))
    assert most_connections() == most
