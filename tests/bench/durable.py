"""What a company's pool costs: `python tests/bench/durable.py [address of a database]`, 100,000 people of 20 columns.

Each part is a process of its own: the import, a first start, a restart, a backup, a restore. Without an address the
database is SQLite in a temporary folder; an address of PostgreSQL must name an empty database.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PEOPLE, SKILL_COLUMNS, TOP, REPEAT = 100_000, 15, 100, 20


def house_of(folder: Path, address: str) -> Any:
    """Return the collaborators over a database."""
    from service.app import build_house  # noqa: PLC0415 - the parent process stays small

    return build_house(settings_of(folder, address))


def settings_of(folder: Path, address: str) -> Any:
    from service.config import Settings  # noqa: PLC0415 - as above

    return Settings(data=folder / "data", database_url=address)


def prepare(folder: Path, _: str) -> None:
    """Write the workbook: id, name, e-mail, years, 15 skills, a list of skills."""
    import material  # noqa: PLC0415 - as above

    from service import rubric_library  # noqa: PLC0415 - as above

    material.write_xlsx(rubric_library.load(), PEOPLE, folder / "pool.xlsx", SKILL_COLUMNS)


def importing(folder: Path, address: str) -> dict[str, Any]:
    """Import the workbook into an empty database."""
    from service.usecases import imports  # noqa: PLC0415 - as above

    house = house_of(folder, address)
    began = time.perf_counter()
    counts = imports.import_file(house, folder / "pool.xlsx", "pool.xlsx")["counts"]
    taken = time.perf_counter() - began
    assert counts["created"] == PEOPLE, counts
    house.store.close()
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"import": taken, "peak MiB": own, "peak MiB of the reading child": child}


def by_job(folder: Path, address: str) -> dict[str, Any]:
    """Import the workbook by a job into an empty database, while others send files: how long does a 202 wait?"""
    from threading import Event, Thread  # noqa: PLC0415 - as above

    from service.usecases import jobs  # noqa: PLC0415 - as above

    main = house_of(folder / "job", address)
    house, over, waits = dataclasses.replace(main, store=main.store.of("job")), Event(), []
    house.store.migrate()

    def send() -> None:
        while not over.wait(0.05):
            began = time.perf_counter()
            sent = jobs.enqueue(house, lambda path: path.write_text("Name\nAda Example\n"), "pool.csv")
            waits.append(time.perf_counter() - began)
            jobs.cancel(house, sent["id"])

    sender = Thread(target=send)
    began = time.perf_counter()
    jobs.enqueue(house, lambda path: path.write_bytes((folder / "pool.xlsx").read_bytes()), "pool.xlsx")
    sender.start()
    assert jobs.run_next(house)
    taken = time.perf_counter() - began
    over.set()
    sender.join()
    house.store.close()
    own, child = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "import": taken, "peak MiB": own, "peak MiB of the reading child": child,
        "202 meanwhile, median": statistics.median(waits), "202 meanwhile, longest": max(waits),
    }  # fmt: skip


def doors(folder: Path, _: str) -> dict[str, Any]:
    """Ask for the roles, without accounts and with a key: what does it cost to know who asks?"""
    from service.app import create_app  # noqa: PLC0415 - as above
    from service.usecases import accounts  # noqa: PLC0415 - as above

    app = create_app(dataclasses.replace(settings_of(folder / "doors", ""), log="off", requests_per_minute=10**6))
    client = app.test_client()

    def each(headers: dict[str, str]) -> float:
        taken = []
        for _ in range(500):
            began = time.perf_counter()
            assert client.get("/api/v1/mappings", headers=headers).status_code == 200
            taken.append(time.perf_counter() - began)
        return 1000 * statistics.median(taken)

    is_open = each({})
    key = accounts.create_key(app.extensions["rolefit"], "bench", frozenset({"read"}))
    asked_for = each({"Authorization": f"Bearer {key}"})
    app.extensions["rolefit"].store.close()
    return {"a request without accounts, ms": is_open, "a request with a key, ms": asked_for}


def bare(folder: Path, _: str) -> dict[str, Any]:
    """Read the workbook with calamine alone, and insert its rows as JSON into a bare table."""
    import sqlite3  # noqa: PLC0415 - as above

    import orjson  # noqa: PLC0415 - as above
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - as above

    began = time.perf_counter()
    _header, *rows = CalamineWorkbook.from_path(str(folder / "pool.xlsx")).get_sheet_by_index(0).to_python()
    with sqlite3.connect(folder / "bare.db") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE candidates (number INTEGER PRIMARY KEY, id TEXT UNIQUE, body BLOB)")
        values = ((row[0], orjson.dumps(row)) for row in rows)
        connection.executemany("INSERT INTO candidates (id, body) VALUES (?, ?)", values)
    connection.close()
    return {"bare calamine and inserts": time.perf_counter() - began}


def lists(folder: Path, address: str) -> dict[str, Any]:
    """Start, read the first shortlist, and others after it, as JSON by the API."""
    began = time.perf_counter()
    from service.app import create_app  # noqa: PLC0415 - as above
    from service.server import settle_memory  # noqa: PLC0415 - as above

    app = create_app(dataclasses.replace(settings_of(folder, address), log="off"))
    settle_memory()
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    found = {"start to ready": time.perf_counter() - began}
    taken = [asked(client, seniority) for seniority in ("mid", "senior") * (REPEAT // 2)]
    app.extensions["rolefit"].store.close()
    rest = sorted(taken[1:])
    return found | {
        "first shortlist": taken[0],
        "shortlist, median": statistics.median(rest),
        "shortlist, p95": rest[int(0.95 * len(rest))],
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def asked(client: Any, seniority: str) -> float:
    """Return the seconds that one shortlist takes."""
    began = time.perf_counter()
    answer = client.get(f"/api/v1/shortlists/ml_engineer?seniority={seniority}&top={TOP}")
    taken = time.perf_counter() - began
    assert answer.json["total"] == PEOPLE, answer.json
    return taken


def without_lines(folder: Path, address: str) -> dict[str, Any]:
    """Read a shortlist of a database that has no lines, as after a change of the rubrics."""
    house = house_of(folder, address)
    with house.store.transaction() as work:
        work._connection.exec_driver_sql("DELETE FROM lines")  # noqa: SLF001 - nobody else has to
    house.store.close()
    found = lists(folder, address)
    return {"shortlist that works out and stores all lines": found["first shortlist"]}


def backup(folder: Path, address: str) -> dict[str, Any]:
    """Write a backup, and restore it into a new database of SQLite."""
    from service.store import Store  # noqa: PLC0415 - as above

    store, other = Store(settings_of(folder, address).database), Store(f"sqlite:///{folder / 'other' / 'rolefit.db'}")
    began = time.perf_counter()
    from service.store import whole  # noqa: PLC0415 - as above

    whole.save(store, folder / "backup")
    made = time.perf_counter()
    whole.restore(other, folder / "backup", dt.datetime.now(dt.UTC))
    done = time.perf_counter()
    size = (folder / "backup").stat().st_size / 2**20
    return {"backup": made - began, "restore": done - made, "backup, MiB": size}


PARTS = {
    "prepare": prepare, "importing": importing, "by_job": by_job, "doors": doors, "bare": bare,
    "lists": lists, "restarted": lists, "without_lines": without_lines, "backup": backup,
}  # fmt: skip


def part(name: str, folder: Path, address: str) -> Any:
    """Run a part in a process of its own and return its answer."""
    done = subprocess.run([sys.executable, __file__, name, str(folder), address], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main(address: str) -> None:
    """Run all parts and print what they found."""
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    print(f"{PEOPLE:,} people, {address.partition(':')[0] or 'sqlite'}\n")
    with tempfile.TemporaryDirectory() as place:
        for name in PARTS:
            for what, found in (part(name, Path(place), address) or {}).items():
                print(f"{name:14} {what:48} {found:8.2f}{'' if 'MiB' in what or 'ms' in what else ' s'}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(PARTS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])))
    else:
        main(sys.argv[1] if len(sys.argv) == 2 else "")
