"""What is remembered of a column changes nothing: each cell read anew, row by row, says the same."""

from __future__ import annotations

import os

import pytest
from conftest import ROOT, SHARED
from intake.files import Files
from tables.generator import tables
from tables.in_process import InProcess

from service.intake.tables.rows import RowReader
from service.sheets import reader as sheets

DEFAULT, ALL = 100, 2000


class Forgetful(dict):
    """Remembers nothing."""

    def __setitem__(self, key, value):
        """Forget it."""


@pytest.fixture
def row_by_row(monkeypatch):
    """Return what makes every cell be read anew."""
    began = RowReader.__post_init__

    def slowly(self):
        began(self)
        self._cells = {place: Forgetful() for place in self._cells}
        self._skills = [(place, Forgetful(), column) for place, _, column in self._skills]
        self._said_of_markers = Forgetful()
        vars(self.cells)["_items"] = Forgetful()

    def on():
        monkeypatch.setattr(RowReader, "__post_init__", slowly)

    return on


def told(read):
    """Return all that came of a file: what is kept of each candidate, rejected rows, and the report."""
    return [who.body() for who in read.people], read.rejected, read.report


@pytest.mark.parametrize("count", [DEFAULT, pytest.param(ALL, marks=pytest.mark.slow)])
def test_generated_tables_say_the_same_row_by_row(tmp_path, reader, monkeypatch, row_by_row, count):
    monkeypatch.setattr(sheets, "_Child", InProcess)
    files = Files(tmp_path, reader)
    paths = []
    for number, table in enumerate(tables(count, int(os.environ.get("ROLEFIT_SEED", "4")))):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths.append(table.write(folder))
    at_once = [_read(files, path) for path in paths]
    row_by_row()

    assert [_read(files, path) for path in paths] == at_once


def _read(files, path):
    try:
        return told(files.read(path))
    except Exception as error:  # noqa: BLE001 - a refusal is the same too
        return str(error)


SAMPLES = sorted((ROOT / "sample_candidates").glob("*.[xc]s*"))
CASES = sorted((SHARED / "cases").glob("*/*.[xct]s*")) if SHARED.is_dir() else []


@pytest.mark.parametrize("path", [*SAMPLES, *CASES], ids=lambda path: path.name)
def test_samples_and_cases_say_the_same_row_by_row(tmp_path, reader, row_by_row, path):
    files = Files(tmp_path, reader)
    at_once = _read(files, path)
    row_by_row()

    assert _read(files, path) == at_once
