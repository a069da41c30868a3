"""A real server in a process of its own, for tests of what only a real one does."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START = "from service.cli import main; main()"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`rolefit serve` on a free port, with the code under `root`. Leaving the block stops it."""

    def __init__(self, data, host="127.0.0.1", words=(), root=ROOT, **settings):
        self.port, self._said = free_port(), data / "said.txt"
        self._arguments = ["serve", "--host", host, "--port", str(self.port), "--data", str(data / "rolefit"), *words]
        told = {f"ROLEFIT_{name.upper()}": str(value) for name, value in settings.items()}
        self._root = root
        self._environment = os.environ | {"PYTHONPATH": str(root), "PYTHONWARNINGS": "error"} | told

    def __enter__(self):
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, *self._arguments],
                cwd=self._root,
                env=self._environment,
                stdout=said,
                stderr=said,
            )
        until = time.monotonic() + 120
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/readyz")[0] == 200:
                    return self
            except OSError:
                time.sleep(0.02)
        self.__exit__()
        raise AssertionError(f"not ready: {self.said()}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)  # at once, and the worker with it
        try:
            self.process.wait(timeout=10)
        finally:
            self.process.kill()
            self.process.wait()

    @property
    def worker(self):
        """The process that answers."""
        pid = self.process.pid
        (child,) = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return int(child)

    def said(self):
        return self._said.read_text(encoding="utf-8")

    def lines(self, event):
        """Return the lines of the log that tell of an event."""
        lines = (json.loads(line) for line in self.said().splitlines() if line.startswith("{"))
        return [line for line in lines if line["event"] == event]

    def ask(self, method, path, body=None, headers=None, patience=60):
        """Return status, headers and body of an answer, on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request(method, path, body, {"Connection": "close", **(headers or {})})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, value, **options):
        return self.ask("POST", path, json.dumps(value), {"Content-Type": "application/json"}, **options)

    def upload(self, content, name, headers=None, **options):
        body, kind = form(content, name)
        return self.ask("POST", "/api/v1/imports", body, {"Content-Type": kind, **(headers or {})}, **options)

    def raw(self, data, patience=5):
        """Send bytes as they are; return what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as connection:
            connection.sendall(data)
            answer = b""
            while block := connection.recv(65_536):
                answer += block
            return answer


def form(content, name, boundary="rolefit-test-boundary"):
    """Return a form with a file, and its content type."""
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return head + content + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
