"""20,000 hostile texts go out as a workbook and as CSV, and come back through our own reader as they were."""

import json
import random

import pytest

from service.sheets.reader import open_table
from service.sheets.writer import ColumnSpec, SheetSpec, guard, write_csv, write_workbook

SIZE = 20_000
ATOMS = [
    *"=+-@\t\r\n'\" ,;|_&<>\\/#%0aZ\u00a0\u200b\ufeff\u202e\u2028\u3000\u0301",
    "\r\n",
    "cmd|' /C calc'!A0",
    "' OR 1=1 --",
    *"""＝ ＋ － ＠ ß ﬁ 😀 𝒳 ٣ 中 _x000D_ _x005F_ _x0041_ _x &amp; &#10; ]]> <!-- <?xml <!DOCTYPE #N/A #REF! =1+1
    NULL None nan true 1e5 0012 2026-01-01 1/2 50% $(id) `id` {{7*7}} %s ../../ C:\\ file:// javascript: HYPERLINK(
    """.split(),  # noqa: SIM905 - a table of words
]
ONLY_IN_WORKBOOKS = ["\0", "\x01", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff"]
"""What a CSV file may not hold, or XML may not: a workbook shows it as replaced."""


def texts(atoms):
    """Return texts made of atoms: each alone, twice, and before and behind a letter; then by chance up to SIZE."""
    found = dict.fromkeys(text for atom in atoms for text in (atom, atom * 2, f"{atom}a", f"a{atom}", f"'{atom}"))
    dice = random.Random(20261120)
    while len(found) < SIZE:
        found["".join(dice.choices(atoms, k=dice.randint(1, 12)))] = None
    return list(found)


def collected(shared):
    """Return the naughty strings and formulas that others collected."""
    payloads = shared / "payloads"
    strings = json.loads((payloads / "blns.json").read_text(encoding="utf-8"))
    return strings + (payloads / "formula_injection_all.txt").read_text(encoding="utf-8").split("\n")


def shown(text):
    """Return a text with what XML cannot carry replaced."""
    return text.translate(dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), 0xFFFD))


def came_back(path):
    """Return the first column below the header, read as an upload is."""
    with open_table(path, path.name) as book:
        (sheet, *_) = ([row for _, rows in sheet.chunks() for row in rows] for sheet in book.sheets())
    return ["" if row[0] is None else row[0] for row in sheet[1:]]


def by_workbook(path, sent):
    columns = [ColumnSpec("Text", kind="text"), ColumnSpec("End")]
    with path.open("wb") as file:
        write_workbook([SheetSpec("Texts", columns, [[text, "end"] for text in sent])], file)
    return came_back(path)


def by_csv(path, sent):
    with path.open("wb") as file:
        write_csv(["Text", "End"], [[text, "end"] for text in sent], file)
    return came_back(path)


def test_texts_come_back_from_a_workbook(tmp_path):
    sent = texts([*ATOMS, *ONLY_IN_WORKBOOKS])
    assert len(sent) >= SIZE
    assert by_workbook(tmp_path / "texts.xlsx", sent) == [shown(text) for text in sent]


def test_texts_come_back_from_csv(tmp_path):
    sent = texts(ATOMS)
    assert len(sent) >= SIZE
    assert sum(guard(text) != text for text in sent) > SIZE / 6
    assert by_csv(tmp_path / "texts.csv", sent) == sent


@pytest.mark.parametrize(("way", "ending"), [(by_workbook, "xlsx"), (by_csv, "csv")])
def test_texts_that_others_collected_come_back(tmp_path, shared, way, ending):
    sent = [text for text in collected(shared) if shown(text) == text]
    assert len(sent) > 500
    assert way(tmp_path / f"texts.{ending}", sent) == sent
