import io

from openpyxl import load_workbook

from service.reports.rejected import WRONG, write_rejected

HEADER = ["ID", "Name", "C", "Python"]


def written(rows, header=HEADER):
    file = io.BytesIO()
    write_rejected(header, rows, file)
    return load_workbook(file).worksheets[0]


def rejected(row, cells, *errors):
    return {"row": row, "cells": cells, "errors": [{"column": column, "detail": detail} for column, detail in errors]}


def test_rows_come_back_as_they_were_with_what_to_mend():
    sheet = written([rejected(7, ["007", "=1+1", 3.5, "banana"], ("D", "'banana' is no level.")), rejected(9, [None])])

    assert [cell.value for cell in sheet[1]] == ["What to mend", "Row in your file", *HEADER]
    assert [cell.value for cell in sheet[2]] == ["Python: 'banana' is no level.", 7, "007", "=1+1", 3.5, "banana"]
    assert [cell.value for cell in sheet[3]] == [None, 9, None, None, None, None]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert sheet.freeze_panes == "C2"


def test_wrong_cells_are_marked_also_where_they_are_blank():
    sheet = written([rejected(7, ["1"], ("B", "A name is needed."), (None, "Something about the whole row."))])

    assert [cell.fill.start_color.rgb == f"00{WRONG}" for cell in sheet[2]] == [False, False, False, True, False, False]
    assert sheet["A2"].value == "Name: A name is needed.\nSomething about the whole row."


def test_a_column_is_named_by_letters_first_then_by_header():
    sheet = written([rejected(2, [1, 2, 3, 4], ("C", "by letters"), ("Python", "by header"), ("ZZ", "nowhere"))])

    assert sheet["A2"].value == "C: by letters\nPython: by header\nnowhere"
    assert [cell.fill.start_color.rgb == f"00{WRONG}" for cell in sheet[2]][2:] == [False, False, True, True]


def test_a_file_sent_twice_does_not_grow():
    header = ["What to mend", "Row in your file", "ID", "Python"]
    sheet = written([rejected(2, ["old", 7, "A-1", "x"], ("D", "no level"))], header)

    assert [cell.value for cell in sheet[1]] == ["What to mend", "Row in your file", "ID", "Python"]
    assert [cell.value for cell in sheet[2]] == ["Python: no level", 2, "A-1", "x"]
    assert sheet["D2"].fill.start_color.rgb == f"00{WRONG}"
