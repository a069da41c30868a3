"""What an import costs beside its floor and beside a script: `python tests/bench/importing.py [rows] [columns]`.

Three things take turns in one run, each in a process of its own, on one .xlsx file:

- ours: the file is imported into a new SQLite database.
- floor: the file passes the guard, calamine reads it, and the very rows that ours left in the database are inserted
  into another one with bare `sqlite3`. Nothing is understood and nothing is worked out.
- naive: pandas reads the file with calamine, and the columns that are numbers are averaged. Nothing is stored.

The processor's time is that of the process and its children. What a server does at its start, importing modules and
learning the vocabulary, is left out for all three.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

ROUNDS = 5
TABLES = ("candidates", "lines", "traces")
AIMS = {"floor": 1.8, "naive": 2.0}
PORTION = 1_000


def ours(path: Path, folder: Path) -> None:
    """Import the file into an empty database."""
    from service.usecases.imports import import_file  # noqa: PLC0415

    house = _house(folder)
    began = _now()
    counts = import_file(house, path, path.name)["counts"]
    _tell(began)
    assert counts["created"] == counts["rows"], counts


def job(path: Path, folder: Path) -> None:
    """Import the file as a job, as an upload does."""
    import shutil  # noqa: PLC0415

    from service.usecases import jobs  # noqa: PLC0415

    house = _house(folder)
    began = _now()
    jobs.enqueue(house, lambda to: shutil.copyfile(path, to), path.name)
    jobs.run_next(house)
    _tell(began)


def floor(path: Path, folder: Path) -> None:
    """Pass the guard, read, and insert what an import leaves."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    from service.sheets import guard  # noqa: PLC0415
    from service.sheets.limits import Limits  # noqa: PLC0415

    with closing(sqlite3.connect(folder.parent / "left" / "rolefit.db")) as left:
        rows = {table: left.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608 - ours
    _house(folder).store.close()
    began = _now()
    with path.open("rb") as file:
        guard.inspect_workbook(file, Limits())
        file.seek(0)
        CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    database = sqlite3.connect(folder / "rolefit.db", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    for start in range(0, len(rows["candidates"]), PORTION):
        for table in TABLES:
            portion = rows[table][start : start + PORTION]
            marks = ", ".join("?" * len(portion[0])) if portion else ""
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", portion)  # noqa: S608 - ours
    database.execute("COMMIT")
    _tell(began)


def naive(path: Path, _: Path) -> None:
    """Average the columns of the file."""
    import pandas as pd  # noqa: PLC0415
    import python_calamine  # noqa: F401, PLC0415

    began = _now()
    frame = pd.read_excel(path, engine="calamine")
    averages = {name: pd.to_numeric(frame[name], errors="coerce").mean() for name in frame.columns}
    _tell(began)
    assert averages


def _house(folder: Path):
    from service.app import build_house  # noqa: PLC0415
    from service.config import Settings  # noqa: PLC0415

    folder.mkdir()
    house = build_house(Settings(data=folder))
    house.store.check()
    _ = house.reader  # as a server does at its start
    return house


def _now() -> tuple[float, float]:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def _tell(began: tuple[float, float]) -> None:
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    wall, cpu = (now - before for now, before in zip(_now(), began, strict=True))
    print(json.dumps([wall, cpu, memory / 1024]))


def _run(what: str, path: Path, folder: Path) -> list[float]:
    command = [sys.executable, __file__, what, str(path), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def main(rows: int, columns: int) -> None:
    """Print the times of all, and the ratios of ours."""
    from material import write_xlsx  # noqa: PLC0415

    from service import rubric_library  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "pool.xlsx"
        write_xlsx(rubric_library.load(), rows, path, columns - 5)
        _run("ours", path, folder / "left")
        taken: dict[str, list[list[float]]] = {"ours": [], "job": [], "floor": [], "naive": []}
        for turn in range(ROUNDS):
            for what, measured in taken.items():
                measured.append(_run(what, path, folder / f"{what}{turn}"))
    print(f"import of {rows:,} x {columns} cells, medians of {ROUNDS} turns")
    found = {what: [statistics.median(column) for column in zip(*of, strict=True)] for what, of in taken.items()}
    for what, (wall, cpu, memory) in found.items():
        print(f"{what:8} wall {wall:7.2f} s   cpu {cpu:7.2f} s   memory {memory:5.0f} MiB in all")
    for what, aim in AIMS.items():
        wall, cpu = (found["ours"][n] / found[what][n] for n in range(2))
        print(f"ours / {what:6} wall {wall:5.2f}   cpu {cpu:5.2f}   aim <= {aim}")


if __name__ == "__main__":
    if len(sys.argv) > 3:
        {"ours": ours, "job": job, "floor": floor, "naive": naive}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sizes = [int(text.replace("_", "")) for text in sys.argv[1:]] or [20_000, 40]
        main(*sizes)
