import io
import os

import pytest
from sheets import hostile

from service.errors import FileTooLarge, RolefitError
from service.sheets import guard, parts
from service.sheets.limits import Limits
from service.sheets.reader import open_table


def inspect(written, /, **limits):
    return guard.inspect_workbook(io.BytesIO(hostile.workbook(written)), Limits(**limits))


def read_to_the_end(path, filename):
    with open_table(path, filename) as book:
        for sheet in book.sheets():
            list(sheet.chunks())


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_by_name_in_two_seconds_of_cpu(tmp_path, name):
    build, ending, code = hostile.FILES[name]
    path = tmp_path / "upload"
    path.write_bytes(build())
    began = sum(os.times()[:4])
    with pytest.raises(RolefitError) as refusal:
        read_to_the_end(path, f"people{ending}")
    assert refusal.value.code == code
    assert sum(os.times()[:4]) - began < 2
    assert refusal.value.status in {413, 415, 422}
    assert refusal.value.detail.endswith((".", ".)"))


def test_a_far_cell_is_named_with_what_to_do():
    with pytest.raises(FileTooLarge, match=r"Cell XFD1048576 .*delete the rows and columns after the data"):
        inspect(hostile.FAR)


@pytest.mark.parametrize(
    "empty",
    [
        '<c r="XFD1048576" s="0"/>',
        '<c r="XFD1048576" s="0"></c>',
        '<c r="XFD1048576" s="0"><v></v></c>',
        '<x:c r="XFD1048576" s="0"/>',
        '<c s="0" r="XFD1048576"/>',
    ],
)
def test_a_far_cell_that_is_formatted_and_empty_does_no_harm(tmp_path, empty):
    path = tmp_path / "upload"
    path.write_bytes(hostile.workbook(f'{hostile.ONE}<row r="1048576">{empty}</row>'))
    with open_table(path, "a.xlsx") as book:
        assert [list(sheet.chunks()) for sheet in book.sheets()] == [[(1, [[1]])]]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("write", [str, lambda rows: rows.replace("<c r=", '<c s="0" r=')], ids=["plain", "odd"])
def test_no_block_boundary_hides_a_cell(size, write):
    rows = write('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><f>A1</f></c></row>')
    text = hostile.sheet_xml(rows).encode()
    findings = parts.Findings()
    part = parts.Part(hostile.SHEET, Limits(), findings)
    part.first = False
    for start in range(0, len(text), size):
        part.feed(text[start : start + size])
    part.close()
    assert findings.cells == 3
    assert findings.remarks[hostile.SHEET] == [(1, 2, "error", "#N/A"), (1, 3, "formula_without_value", "")]


def test_a_formula_that_gives_empty_text_is_no_fault():
    assert not inspect(hostile.cells('<c r="A1" t="str"><f>""</f><v></v></c>')).remarks


def test_every_limit_of_a_workbook_is_a_setting():
    two = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    for code, limit in {
        "too_many_rows": {"rows": 1},
        "too_many_columns": {"columns": 1},
        "too_many_cells": {"cells": 2},
        "too_many_entries": {"entries": 4},
        "zip_bomb": {"total_bytes": 500},
        "cell_too_long": {"cell_characters": 0},
    }.items():
        with pytest.raises(RolefitError) as refusal:
            inspect(two, **limit)
        assert refusal.value.code == code
    assert inspect(two, rows=2, columns=2, cells=3, entries=5).cells == 3


@pytest.mark.parametrize("most", [1, 9, 10, 256, 999, 1000, 50_000, 100_000])
def test_the_pattern_of_near_cells_knows_its_border(most):
    pattern = parts._far_pattern(Limits(rows=most, columns=most))  # noqa: SLF001
    near, far = parts.column_name(most), parts.column_name(most + 1)
    assert not pattern.match(f'<c r="{near}{most}">'.encode())
    assert pattern.match(f'<c r="{near}{most + 1}">'.encode())
    assert pattern.match(f'<c r="{far}{most}">'.encode())
    assert not pattern.match(f'<c r="{far}{most}" s="1"/>'.encode())


def test_a_long_text_is_told_from_a_long_attribute_and_from_escapes():
    ranges = '<row r="1"/></sheetData><conditionalFormatting sqref="' + "A1 " * 20_000 + '"/><sheetData>'
    assert inspect(ranges).cells == 0
    text = "&amp;" * 32_767
    assert inspect(hostile.cells(f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>')).cells == 1
