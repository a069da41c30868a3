"""Strange files other projects collected: each is read to its end or refused, in good time."""

import csv
import os
from pathlib import Path

import pytest

from service.errors import RolefitError
from service.sheets.reader import open_table

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "weird_spreadsheets"
MANIFEST = FOLDER / "MANIFEST.csv"
# Where this room differs from the manifest, which speaks of the whole service.
READ_ALL_THE_SAME = {
    "calamine__no-header.xlsx": "which columns a table needs is for those who ask for the rows",
    "calamine__empty_sheet.xlsx": "an empty sheet is a table of no rows; that it is of no use is for the caller to say",
    "calamine__OOM_alloc2.xls": "its tables are sound, and the memory stays flat",
    "poi__testEXCEL_95.xls": "a workbook of 1995 is of the kind .xls that is read",
    "sheetjs__phpexcel_bad_cfb_dir.xls": "an odd directory that leads to the rows all the same",
    "frictionless__defective-rows.csv": "ragged rows are kept: the caller knows how long a row must be",
}


def expectations():
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        return [(line["file"], line["expect"]) for line in csv.DictReader(file)]


@pytest.mark.skipif(not MANIFEST.exists(), reason="the collection of strange files is not beside this checkout")
@pytest.mark.parametrize(("name", "expected"), expectations())
def test_a_strange_file_is_read_or_refused(name, expected):
    began = sum(os.times()[:4])
    code = outcome(FOLDER / name)
    assert sum(os.times()[:4]) - began < 10
    assert code != "parser_died", "the guard should have seen it"
    if name in READ_ALL_THE_SAME:
        assert code == "read"
    elif expected.startswith("4xx") and " or 200" not in expected:
        assert code != "read"
    elif expected.startswith("200") and " or 4xx" not in expected and " or clear 4xx" not in expected:
        assert code == "read"
    if "password" in expected:
        assert code == "encrypted"


def outcome(path):
    try:
        with open_table(path, path.name) as book:
            for sheet in book.sheets():
                for _ in sheet.chunks():
                    pass
    except RolefitError as error:
        return error.code
    return "read"
