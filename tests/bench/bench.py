"""What the service costs beside the bare library that does the same work: `python tests/bench/bench.py`.

Each part runs in a process of its own. Ours and the bare thing take turns, and the median of each counts. Peak memory
is that of a further process that does the one thing once: its own, and that of its largest child where it has one.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import pickle
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

AS_OF = dt.date(2026, 11, 1)
CANDIDATES, ROWS, LISTED, TOP = 1_000_000, 20_000, 5_000, 100
KERNEL_BLOCK = 16_384
THREADS, CLIENTS, ROUNDS, SECONDS, MOST_REQUESTS = 8, 4, 7, 2.0, 5_000


class Pair(NamedTuple):
    """Ours and the bare thing, each timed `repeat` times; `renew` readies what a run has used up."""

    ours: Callable[[], object]
    bare: Callable[[], object]
    repeat: int
    renew: Callable[[], object] = lambda: None


# ---------------------------------------------------------------- (a) scoring


def kernel(_: Path) -> Pair:
    """Score a million candidates against the largest rubric, beside the fastest bare look-up and sum."""
    import numpy as np  # noqa: PLC0415 - the parent process stays small, or its memory counts as its children's

    from service import rubric_library  # noqa: PLC0415
    from service.core.scoring import score  # noqa: PLC0415

    library = rubric_library.load()
    role = max(library.rubrics, key=lambda role: len(library.rubrics[role].criteria))
    table = library.table(role, "senior")
    dice = np.random.default_rng(1)
    ends = dice.integers(0, table.ceilings + 1, (2, CANDIDATES, len(table.rows)), dtype=np.uint8)
    low, high = ends.min(axis=0), ends.max(axis=0)
    del ends
    bare = {
        "index": lambda matrix: _by_index(np, table.lookup, matrix),
        "take": lambda matrix: _by_take(np, table.lookup, matrix),
        "columns": lambda matrix: _by_columns(np, table.lookup, matrix),
    }
    fits = score(table, low, high)
    for form in bare.values():
        assert (form(low) == fits.fit).all()
        assert (form(high) == fits.fit_high).all()
    seconds = {name: min(timed(lambda form=form: form(low)) for _ in range(3)) for name, form in bare.items()}
    fastest = bare[min(seconds, key=seconds.__getitem__)]
    told = ", ".join(f"{name} {taken:.3f} s" for name, taken in seconds.items())
    say(f"kernel: {role}, {len(table.rows)} rows; bare forms, for one of the two matrices: {told}")
    return Pair(lambda: score(table, low, high), lambda: (fastest(low), fastest(high)), 9)


def _by_index(np: Any, lookup: Any, matrix: Any) -> Any:
    """Return sums as numpy's users write them: fancy indexing, then sum over an axis."""
    total, places = np.empty(len(matrix), np.int32), np.arange(len(lookup))
    for start in range(0, len(matrix), KERNEL_BLOCK):
        block = slice(start, start + KERNEL_BLOCK)
        total[block] = lookup[places, matrix[block]].sum(axis=1)
    return total


def _by_take(np: Any, lookup: Any, matrix: Any) -> Any:
    """Return sums by one flat `take`."""
    total, flat = np.empty(len(matrix), np.int32), lookup.ravel()
    offsets = np.arange(len(lookup)) * lookup.shape[1]
    for start in range(0, len(matrix), KERNEL_BLOCK):
        block = slice(start, start + KERNEL_BLOCK)
        total[block] = flat.take(matrix[block] + offsets).sum(axis=1)
    return total


def _by_columns(np: Any, lookup: Any, matrix: Any) -> Any:
    """Return sums criterion by criterion, over a block turned on its side."""
    total = np.zeros(len(matrix), np.int32)
    for start in range(0, len(matrix), KERNEL_BLOCK):
        block = slice(start, start + KERNEL_BLOCK)
        part = total[block]
        for row, column in zip(lookup, matrix[block].T.copy(), strict=True):
            part += row.take(column)
    return total


# ---------------------------------------------------------------- (b) import


def importing(folder: Path) -> Pair:
    """Import 20,000 rows of 40 columns into a new database, beside only reading the file."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    from service.usecases.imports import import_file  # noqa: PLC0415

    path = folder / "pool.xlsx"
    houses = [_empty_house(folder)]

    def ours() -> None:
        counts = import_file(houses[-1], path, path.name)["counts"]
        assert counts["created"] == ROWS, counts

    def bare() -> None:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    return Pair(ours, bare, 7, lambda: houses.append(_empty_house(folder)))


def _empty_house(folder: Path) -> Any:
    """Return a house as one that has just started: its vocabulary remembers no name it was asked for."""
    from service import rubric_library  # noqa: PLC0415

    rubric_library.load.cache_clear()
    return new_house(Path(tempfile.mkdtemp(dir=folder)))


def new_house(folder: Path) -> Any:
    """Return the use cases' collaborators, with an empty database."""
    from service.app import build_house  # noqa: PLC0415
    from service.config import Settings  # noqa: PLC0415

    return build_house(Settings(data=folder))


# ---------------------------------------------------------------- (c) workbook


def workbook(folder: Path) -> Pair:
    """Write a shortlist of 5,000 as a workbook, beside openpyxl writing the same values without any style."""
    from openpyxl import Workbook  # noqa: PLC0415

    from service import rubric_library  # noqa: PLC0415
    from service.reports.shortlist import write_workbook  # noqa: PLC0415

    payload = pickle.loads((folder / "payload.pickle").read_bytes())  # noqa: S301 - our own
    rubric = rubric_library.load().get(payload["role"])
    sheets = pickle.loads((folder / "cells.pickle").read_bytes())  # noqa: S301 - our own

    def bare() -> None:
        book = Workbook(write_only=True)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(folder / "bare.xlsx")

    def ours() -> None:
        with (folder / "ours.xlsx").open("wb") as file:
            write_workbook(payload, rubric, file)

    return Pair(ours, bare, 5)


# ---------------------------------------------------------------- (d) server


def serve(folder: Path, port: int) -> None:
    """Run the service under its own server until told to stop, with an empty view beside its own."""
    from service.access import SCOPES  # noqa: PLC0415
    from service.app import create_app  # noqa: PLC0415
    from service.config import Settings  # noqa: PLC0415
    from service.server import Server  # noqa: PLC0415

    app = create_app(Settings(data=folder / "served"))
    SCOPES["empty"] = "read"
    app.add_url_rule("/empty", "empty", lambda: ("", 204), methods=["POST"])
    app.extensions["rolefit"].store.close()
    options = {
        "bind": f"127.0.0.1:{port}", "workers": 1, "worker_class": "gthread", "threads": THREADS,
        "loglevel": "warning", "control_socket_disable": True,
    }  # fmt: skip
    Server(app, options).run()


@contextmanager
def server(folder: Path) -> Iterator[int]:
    """Give the port of a running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, "serve", str(folder), str(port)], stdout=sys.stderr)
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


REQUESTS = {"empty": ("/empty", 204), "one": ("/api/v1/scores", 200), "all": ("/api/v1/scores", 200)}
"""Where each kind of request goes, and the answer expected: nothing, one role, all six."""


def rate(folder: Path, port: int, kind: str) -> float:
    """Return requests a second, sent by several clients over connections that stay open."""
    where, expected = REQUESTS[kind]
    body = b"" if kind == "empty" else (folder / f"{kind}.json").read_bytes()
    counts, stop = [0] * CLIENTS, time.perf_counter() + SECONDS

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while counts[place] < MOST_REQUESTS // CLIENTS and time.perf_counter() < stop:
            connection.request("POST", where, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == expected, answer.status
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def http_part(folder: Path) -> dict[str, Any]:
    """Return the rates of each kind of request, which took turns."""
    rates: dict[str, list[float]] = {kind: [] for kind in REQUESTS}
    with server(folder) as port:
        for kind in REQUESTS:
            rate(folder, port, kind)
        for _ in range(ROUNDS):
            for kind, measured in rates.items():
                measured.append(rate(folder, port, kind))
    return {kind: statistics.median(measured) for kind, measured in rates.items()}


def http_once(folder: Path, kind: str) -> None:
    """Ask the one kind of request only, for the memory it takes."""
    with server(folder) as port:
        rate(folder, port, kind)


# ---------------------------------------------------------------- plain seconds


def seconds_part(folder: Path) -> dict[str, list[float]]:
    """Return how long some things take that have no bare counterpart."""
    import orjson  # noqa: PLC0415

    from service import rubric_library  # noqa: PLC0415
    from service.usecases import imports  # noqa: PLC0415
    from service.usecases.scores import Wish, stored_shortlist  # noqa: PLC0415

    def load() -> None:
        rubric_library.load.cache_clear()
        rubric_library.load()

    found = {
        "cold start: rolefit roles": [timed(lambda: run("-c", ROLES)) for _ in range(5)],
        "cold start: import service.app": [timed(lambda: run("-c", "import service.app")) for _ in range(5)],
        "cold start: bare python": [timed(lambda: run("-c", "pass")) for _ in range(5)],
        "rubric_library.load": [timed(load) for _ in range(5)],
    }
    for name, count in (("pool.xlsx", ROWS), ("small.xlsx", LISTED)):
        house = new_house(folder / f"stored-{count}")
        imports.import_file(house, folder / name, name)
        wish = Wish(house.library.table("ml_engineer", "mid"), AS_OF, TOP)
        what = f"shortlist of {count:,} stored, top {TOP}, as JSON"
        found[what] = [timed(lambda h=house, w=wish: orjson.dumps(stored_shortlist(h, w))) for _ in range(5)]
    return found


ROLES = "import sys; sys.argv = ['rolefit', 'roles']; from service.cli import main; main()"


def run(*arguments: str) -> None:
    """Run Python, and let it say nothing."""
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


# ---------------------------------------------------------------- the frame


PAIRS: dict[str, tuple[str, float, Callable[[Path], Pair]]] = {
    "kernel": (f"score {CANDIDATES:,} candidates / numpy look-up and sum", 2.5, kernel),
    "import": (f"import {ROWS:,} x 40 cells / calamine reads them", 4.0, importing),
    "workbook": (f"shortlist of {LISTED:,} as .xlsx / openpyxl write_only", 2.0, workbook),
}
LEAST_SHARE = 0.35


def timed(what: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def compare(pair: Pair) -> dict[str, Any]:
    """Time a pair in turns, once each before it counts."""
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(pair.repeat + 1):
        for name, measured in taken.items():
            measured.append(timed(getattr(pair, name)))
            pair.renew()
    return {name: statistics.median(measured[1:]) for name, measured in taken.items()}


def prepare(folder: Path) -> None:
    """Write the files that the parts read."""
    import orjson  # noqa: PLC0415
    from material import person, write_xlsx  # noqa: PLC0415
    from openpyxl import load_workbook  # noqa: PLC0415

    from service import rubric_library  # noqa: PLC0415
    from service.reports.shortlist import write_workbook  # noqa: PLC0415
    from service.usecases import reader_of  # noqa: PLC0415
    from service.usecases.candidates import read_candidate  # noqa: PLC0415
    from service.usecases.scores import Wish, shortlist  # noqa: PLC0415

    library = rubric_library.load()
    write_xlsx(library, ROWS, folder / "pool.xlsx")
    write_xlsx(library, LISTED, folder / "small.xlsx")
    body = {"seniority": "mid", "as_of": AS_OF.isoformat(), "candidates": [person(library, 1)]}
    (folder / "one.json").write_bytes(orjson.dumps({**body, "role": "ml_engineer"}))
    (folder / "all.json").write_bytes(orjson.dumps({**body, "role": "all"}))
    reader = reader_of(library)
    pool = {str(n): read_candidate(person(library, n), reader, f"/{n}") for n in range(LISTED)}
    payload = shortlist(pool.items(), pool.__getitem__, Wish(library.table("ml_engineer", "mid"), AS_OF, LISTED))
    (folder / "payload.pickle").write_bytes(pickle.dumps(payload))
    with (folder / "ours.xlsx").open("wb") as file:
        write_workbook(payload, library.get(payload["role"]), file)
    book = load_workbook(folder / "ours.xlsx", read_only=True)
    sheets = [(sheet.title, [list(row) for row in sheet.values]) for sheet in book]
    (folder / "cells.pickle").write_bytes(pickle.dumps(sheets))
    said = ", ".join(f"{title} {len(rows):,} x {len(rows[0])}" for title, rows in sheets)
    say(f"workbook: {said}")


def say(text: str) -> None:
    """Print a line of the report from within a part, whose standard output is its answer."""
    print(text, file=sys.stderr)


def part(name: str, folder: Path, *rest: str) -> Any:
    """Run a part in a process of its own and return its answer."""
    command = [sys.executable, __file__, name, str(folder), *rest]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout) if done.stdout else None


def answer(name: str, folder: Path, *rest: str) -> Any:
    """Do one part, in this process."""
    alone = {"prepare": prepare, "seconds": seconds_part, "http": http_part}
    if name == "serve":
        return serve(folder, int(rest[0]))
    if name in alone and not rest:
        return alone[name](folder)
    if name == "http":
        http_once(folder, *rest)
        return peak()
    pair = PAIRS[name][2](folder)
    if not rest:
        return compare(pair)
    getattr(pair, rest[0])()
    return peak()


def peak() -> list[float]:
    """Return the peak memory of this process and of its largest child, in MiB."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return [resource.getrusage(who).ru_maxrss / 1024 for who in both]


def shown(memory: list[float]) -> str:
    own, child = memory
    return f"{own:.0f} + {child:.0f}" if child else f"{own:.0f}"


def main() -> None:
    """Run all parts and print the tables."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(":")[1].strip() for line in lines if "model name" in line), "?")
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {os.cpu_count()} cores")
    load = os.getloadavg()[0]
    print(f"{platform.platform()}, {model}, {load:.1f} processes running before (above 0: others share the cores)\n")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        part("prepare", folder)
        print(f"{'':60} {'ours':>9} {'bare':>9} {'ratio':>7} {'aim':>8}   peak MiB: ours, bare (+ child)")
        for name, (title, aim, _) in PAIRS.items():
            taken = part(name, folder)
            ours, bare = taken["ours"], taken["bare"]
            memory = [shown(part(name, folder, side)) for side in ("ours", "bare")]
            print(
                f"{title:60} {ours:7.3f} s {bare:7.3f} s {ours / bare:7.2f}   <= {aim:3.1f}   {memory[0]}, {memory[1]}",
                flush=True,
            )
        rates = part("http", folder)
        for kind, title in (("one", "one role"), ("all", "all six roles")):
            memory = [f"{part('http', folder, which)[1]:.0f}" for which in (kind, "empty")]
            print(
                f"{f'POST /api/v1/scores, 30 skills, {title} / empty POST':60} {rates[kind]:5.0f} /s "
                f"{rates['empty']:7.0f} /s {rates[kind] / rates['empty']:6.2f}  "
                f"{f'>= {LEAST_SHARE}' if kind == 'one' else '':>8}  {memory[0]}, {memory[1]} (server)",
                flush=True,
            )
        print()
        for what, taken in part("seconds", folder).items():
            print(f"{what:60} {statistics.median(taken):7.3f} s")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        found = answer(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
        if found is not None:
            print(json.dumps(found))
    else:
        main()
