"""Bodies are read whole or refused, on every route, with and without a Content-Length; they wait outside the work."""

import http.client
import io
import json
import socket
import threading
from contextlib import ExitStack

import pytest
from serving import Server, form
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.test import EnvironBuilder

from service import whole_bodies
from service.whole_bodies import AT_WORK, FAULT, SMALL_DOWNLOADS, WholeBodies

JSON_LIMIT, FILE_LIMIT = 20_000, 60_000
KINDS = {
    "application/json": JSON_LIMIT,
    "application/x-ndjson": JSON_LIMIT,
    "application/x-www-form-urlencoded": JSON_LIMIT,
    "text/plain": JSON_LIMIT,
    "multipart/form-data; boundary=b": FILE_LIMIT,
}

BROKEN = (b"Content-Length: 50\r\n\r\n[", b"Transfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n7\r\n3")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A server with small limits."""
    limits = {"max_json_bytes": JSON_LIMIT, "inline_bytes": JSON_LIMIT, "max_upload_bytes": FILE_LIMIT}
    with Server(tmp_path_factory.mktemp("small"), log="off", **limits) as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("usual"), log="off") as server:
        yield server


def send(server, method, path, body, headers, *, chunked):
    """Send a request on a connection of its own; return status, headers and body of the answer."""
    if not chunked:
        return server.ask(method, path, body, headers)
    pieces = (body[at : at + 7000] for at in range(0, len(body), 7000))
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        sent = {"Transfer-Encoding": "chunked", "Connection": "close", **headers}
        connection.request(method, path, pieces, sent, encode_chunked=True)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def routes(app):
    """Yield the method and a path of each route."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: "csv" if name == "ending" else "1" for name in rule.arguments}
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, adapter.build(rule.endpoint, values)


@pytest.mark.slow
def test_every_route_refuses_a_body_over_the_limit_and_a_body_that_ends_too_early(app, small):
    wrong = []
    for method, path in routes(app):
        for kind, usual in KINDS.items():
            over = b"[" * ((FILE_LIMIT if path == "/api/v1/candidates" else usual) + 1)
            for chunked in (False, True):
                answer = send(small, method, path, over, {"Content-Type": kind}, chunked=chunked)
                if answer[0] != 413 or not is_refusal(answer, path):
                    wrong.append((method, path, kind, chunked, answer[0]))
        wrong += [(method, path, broken) for broken in BROKEN if cut_off(small, method, path, broken) != 400]
    assert wrong == []
    assert json.loads(small.get("/api/v1/candidates")[2])["total"] == 0
    assert json.loads(small.get("/api/v1/imports")[2])["imports"] == []


def is_refusal(answer, path):
    _, headers, body = answer
    if not path.startswith("/api/"):
        return True
    return headers["Content-Type"] == "application/problem+json" and json.loads(body)["status"] == 413


def cut_off(server, method, path, rest):
    """Send the begin of a request and no more; return the status of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".encode()
        connection.sendall(head + rest)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while block := connection.recv(65_536):
            answer += block
    return int(answer.split(None, 2)[1])


@pytest.mark.parametrize(
    "broken", [b"x\r\n", b"5\r\n[1,2,3,\r\n", b"5;=\r\n[1,2,", b"-1\r\n", b"0\r\nbad trailer\r\n\r\n"]
)
def test_a_malformed_chunk_is_a_400(small, broken):
    status = cut_off(small, "POST", "/api/v1/candidates", b"Transfer-Encoding: chunked\r\n\r\n" + broken)
    assert status == 400


def people(number, at=0):
    return [
        {"external_id": f"c-{at + n}", "name": "N " * 20 + str(n), "skills": ["Python", "SQL"]} for n in range(number)
    ]


def lines(candidates):
    return "".join(json.dumps(one).ljust(500) + "\n" for one in candidates).encode()


def stored(server, answer):
    """Return how many candidates a request has created, once all of it is done."""
    status, headers, body = answer
    assert status in (201, 202), body
    report = json.loads(body)
    while report.get("state") in ("queued", "running"):
        report = json.loads(server.get(headers["Location"])[2])
    return report["counts"]["created"]


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("number", [1000, 3000])
def test_all_lines_are_stored_under_the_limit_of_a_json_body_and_over_it(server, number, chunked):
    body = lines(people(number, at=number * 10 + 100_000 * chunked))
    assert (len(body) > 2**20) == (number == 3000)
    answer = send(server, "POST", "/api/v1/candidates", body, {"Content-Type": "application/x-ndjson"}, chunked=chunked)
    assert stored(server, answer) == number


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("over", [0, 1])
def test_a_json_body_is_read_up_to_its_limit_to_the_byte(small, over, chunked):
    text = json.dumps({"role": "data_engineer", "seniority": "mid", "candidates": people(1)}).encode()
    body = text.ljust(JSON_LIMIT + over)
    answer = send(small, "POST", "/api/v1/scores", body, {"Content-Type": "application/json"}, chunked=chunked)
    assert answer[0] == (413 if over else 200)


@pytest.mark.parametrize("rows", [10, 1500])
@pytest.mark.parametrize("path", ["/api/v1/imports", "/uploads"])
def test_a_form_with_a_file_is_read_alike_in_chunks(server, path, rows):
    room = " " * 1000
    content = "Name,ID,Note\n" + "".join(f'Someone {n},{path}{rows}-{n},"{room}"\n' for n in range(rows))
    body, kind = form(content.encode(), "pool.csv")
    plain, chunked = (
        send(server, "POST", path, body, {"Content-Type": kind}, chunked=chunked) for chunked in (False, True)
    )
    assert plain[0] == chunked[0] < 400
    if path == "/api/v1/imports":
        assert stored(server, plain) == rows
        report = json.loads(chunked[2])
        while report["state"] in ("queued", "running"):
            report = json.loads(server.get(chunked[1]["Location"])[2])
        assert report["counts"]["unchanged"] == rows


def test_a_refusal_of_a_large_body_reaches_its_sender(server):
    body = b"x" * (40 * 2**20)
    for chunked in (False, True):
        status, headers, _ = send(
            server, "POST", "/api/v1/imports", body, {"Content-Type": "text/csv"}, chunked=chunked
        )
        assert (status, headers["Content-Type"]) == (413, "application/problem+json")


def test_a_client_that_waits_to_be_asked_for_its_body_is_asked(server):
    body = json.dumps({"role": "data_engineer", "seniority": "mid", "candidates": people(1)}).encode()
    head = (
        "POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(15) == b"HTTP/1.1 200 OK"


def test_requests_that_follow_on_a_connection_are_answered_in_order(server):
    one = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    two = b"POST /api/v1/scores HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\n{}"
    three = b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = server.raw(one + two + three, patience=20)
    assert [part.split(None, 1)[0] for part in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"415", b"404"]


class App:
    """An app whose answers wait until they may come."""

    def __init__(self):
        self.may_go, self.begun = threading.Event(), threading.Semaphore(0)

    def __call__(self, environ, start):
        if environ["PATH_INFO"].startswith("/slow"):
            self.begun.release()
            assert self.may_go.wait(30)
        fault = environ.get(FAULT)
        start(str(fault.code) if fault else "200", [])
        return [environ["wsgi.input"].read()]


class SlowBody(io.RawIOBase):
    """A body that does not come yet."""

    def __init__(self, app):
        self._app = app

    def read(self, size=-1):
        self._app.begun.release()
        assert self._app.may_go.wait(30)
        return b"x" * size


def ask(wrapped, path="/", body=b"", **environ):
    """Return the status and the body of an answer."""
    told = []
    answer = wrapped(
        EnvironBuilder(path, method="POST", data=body).get_environ() | environ, lambda *head: told.append(head)
    )
    return told[0][0], b"".join(answer)


@pytest.mark.parametrize("what", ["a body that does not come", "a download"])
def test_what_takes_long_takes_no_place_of_those_for_work(what):
    app = App()
    wrapped = WholeBodies(app, lambda _: 1000, 10**6, 2)
    slow = {"wsgi.input": SlowBody(app), "CONTENT_LENGTH": "5"} if what.startswith("a body") else {}
    threads = [
        threading.Thread(target=ask, args=(wrapped, "/" if slow else "/slow.xlsx"), kwargs=slow)
        for _ in range(3 * AT_WORK)
    ]
    try:
        for thread in threads:
            thread.start()
        for _ in range(3 * AT_WORK if slow else 2 + SMALL_DOWNLOADS):
            assert app.begun.acquire(timeout=30)
        assert [ask(wrapped, "/", b"abc") for _ in range(20)] == [("200", b"abc")] * 20
    finally:
        app.may_go.set()
        for thread in threads:
            thread.join(30)


def test_there_is_room_for_so_many_bytes_of_bodies_and_it_is_given_back():
    app = App()
    wrapped = WholeBodies(app, lambda _: 1000, 1000, 2)
    thread = threading.Thread(target=ask, args=(wrapped, "/slow", b"x" * 600))
    thread.start()
    assert app.begun.acquire(timeout=30)
    try:
        assert ask(wrapped, "/", b"x" * 600) == (str(ServiceUnavailable.code), b"")
        assert ask(wrapped, "/", b"x" * 400)[0] == "200"
    finally:
        app.may_go.set()
        thread.join(30)
    assert ask(wrapped, "/", b"x" * 1000) == ("200", b"x" * 1000)


def test_a_disk_without_room_is_a_503(monkeypatch):
    def full(*_):
        raise OSError

    monkeypatch.setattr(whole_bodies.SpooledTemporaryFile, "write", full)
    assert ask(WholeBodies(App(), lambda _: 1000, 1000, 2), "/", b"abc") == ("503", b"")


def test_only_so_many_large_lists_are_made_at_once_and_small_ones_always(client, app):
    rows = "".join(f"N {n},{n},4\n" for n in range(501))
    client.post("/api/v1/imports", data={"file": (io.BytesIO(f"Name,ID,Python\n{rows}".encode()), "pool.csv")})
    large = [
        *(f"/api/v1/shortlists/data_engineer{ending}?seniority=mid&top=5000" for ending in ("", ".csv", ".xlsx")),
        *(f"/shortlists/data_engineer.{ending}?seniority=mid" for ending in ("csv", "xlsx", "json")),
    ]
    running = app.extensions["rolefit"].running
    with ExitStack() as places:
        for _ in range(2):
            places.enter_context(running.making_rows(501))
        for path in large:
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/api/v1/shortlists/data_engineer.csv?seniority=mid&top=500").status_code == 200
        assert client.post(
            "/api/v1/scores", json={"role": "data_engineer", "seniority": "mid", "candidates": people(1)}
        )
    assert client.get(large[1]).status_code == 200
