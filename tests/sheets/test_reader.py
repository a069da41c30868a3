import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from sheets import hostile

from service.errors import FileTooLarge, RolefitError, UnreadableFile
from service.sheets import reader
from service.sheets.limits import Limits
from service.sheets.reader import Note, open_table


def children():
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.fixture(autouse=True)
def no_process_left():
    before = children() if sys.platform == "linux" else []
    yield
    if sys.platform == "linux":
        assert children() == before


@pytest.fixture
def read(tmp_path):
    def read_bytes(data, ending=".csv", **limits):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with open_table(path, f"people{ending}", Limits(**limits)) as book:
            sheets = [(sheet, [(first, rows) for first, rows in sheet.chunks()]) for sheet in book.sheets()]
        return book, sheets

    return read_bytes


@pytest.fixture
def read_book(tmp_path):
    def read_saved(book):
        path = tmp_path / "book.xlsx"
        book.save(path)
        with open_table(path, "Bewerber ÄÖ.XLSX") as table:
            return [
                (sheet, [row for _, rows in sheet.chunks() for row in rows], sheet.notes) for sheet in table.sheets()
            ]

    return read_saved


def rows_of(result):
    return [row for _, sheets in [result] for _, chunks in sheets for _, rows in chunks for row in rows]


# ---------------------------------------------------------------- workbooks


def test_values_keep_their_kind(read_book):
    book = openpyxl.Workbook()
    moment = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001 - a cell has no zone
    values = ["Zoë 李 🙂", " padded ", "007", 3, 2.5, True, dt.date(2024, 2, 29), moment]
    book.active.append([*values, dt.time(9, 30), dt.timedelta(hours=26, minutes=30), None, "last"])
    [(_, [row], _)] = read_book(book)
    assert row[:6] == values[:6]
    assert [type(value) for value in row[3:6]] == [int, float, bool]
    assert row[6] in (dt.date(2024, 2, 29), dt.datetime(2024, 2, 29))  # noqa: DTZ001
    assert row[7] == moment
    assert row[8] == "09:30:00"
    assert row[9] == "PT26H30M0S"
    assert row[10:] == [None, "last"]


def test_row_and_column_numbers_stay_right_after_leading_empty_ones(read_book):
    book = openpyxl.Workbook()
    book.active["C4"] = "here"
    [(_, rows, _)] = read_book(book)
    assert rows == [[None] * 3] * 3 + [[None, None, "here"]]


def test_a_merged_title_stands_in_its_first_cell(read_book):
    book = openpyxl.Workbook()
    book.active["A1"] = "Title"
    book.active.merge_cells("A1:C1")
    book.active.append(["a", "b", "c"])
    [(_, rows, _)] = read_book(book)
    assert rows == [["Title", None, None], ["a", "b", "c"]]


def test_errors_and_formulas_without_value_are_blank_with_a_note(read_book):
    book = openpyxl.Workbook()
    book.active.append(["a", "#N/A", "=1+1"])
    [(sheet, rows, notes)] = read_book(book)
    assert sheet.name == "Sheet"
    assert rows[0][:2] == ["a", None]
    assert notes == [Note(1, 2, "error", "#N/A"), Note(1, 3, "formula_without_value", "")]


def test_notes_belong_to_their_own_sheet(read_book):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("Second & last").append(["#REF!"])
    assert [(sheet.name, len(notes)) for sheet, _, notes in read_book(book)] == [("Sheet", 0), ("Second & last", 1)]


def test_hidden_sheets_are_told_and_chart_sheets_passed_over(read_book):
    book = openpyxl.Workbook()
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.create_sheet("Deep").sheet_state = "veryHidden"
    book.create_chartsheet("Chart")
    assert [(sheet.name, sheet.hidden) for sheet, _, _ in read_book(book)] == [
        ("Sheet", False),
        ("Hidden", True),
        ("Deep", True),
    ]


def test_a_number_that_is_not_finite_is_blank_with_a_note(read):
    _, [(sheet, chunks)] = read(
        hostile.workbook(hostile.cells('<c r="A1"><v>1e999</v></c><c r="B1"><v>7</v></c>')), ".xlsx"
    )
    assert chunks == [(1, [[None, 7]])]
    assert sheet.notes == [Note(1, 1, "error", "inf")]


def test_a_long_sheet_comes_in_chunks_with_the_number_of_their_first_row(read_book, tmp_path):
    book = openpyxl.Workbook()
    for number in range(2500):
        book.active.append([number])
    read_book(book)
    with open_table(tmp_path / "book.xlsx", "a.xlsx") as table:
        [firsts] = [[(first, len(rows), rows[0]) for first, rows in sheet.chunks()] for sheet in table.sheets()]
    assert firsts == [(1, 1000, [0]), (1001, 1000, [1000]), (2001, 500, [2000])]


@pytest.fixture
def long_book(tmp_path):
    book = openpyxl.Workbook()
    for number in range(2500):
        book.active.append([number, "#N/A" if number == 2 else dt.date(2024, 3, 5)])
    book.create_sheet("Next").append(["x"])
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_a_sheet_may_be_read_again_until_the_workbook_is_closed(long_book, monkeypatch):
    for room in (1024 * 1024, 1):  # in memory, and in a file
        monkeypatch.setattr(reader, "_SPOOL", room)
        with open_table(long_book, "a.xlsx") as table:
            for sheet in table.sheets():
                first = list(sheet.chunks())
                assert list(sheet.chunks()) == first
                assert len(sheet.notes) == (sheet.name == "Sheet")
            assert sheet.name == "Next"
        with pytest.raises(ValueError, match="closed"):
            list(sheet.chunks())


def test_a_sheet_that_was_read_in_part_is_read_whole_later(long_book):
    with open_table(long_book, "a.xlsx") as table:
        sheets = table.sheets()
        one = next(sheets)
        begun = one.chunks()
        start = [next(begun)]
        assert next(one.chunks()) == start[0]
        two = next(sheets)
        assert list(two.chunks()) == [(1, [["x"]])]
        whole = list(one.chunks())
        assert [*start, *begun] == whole
        assert [first for first, _ in whole] == [1, 1001, 2001]
        assert len(one.notes) == 1
        assert list(sheets) == []


def test_all_sheets_may_be_asked_for_before_one_is_read(long_book):
    with open_table(long_book, "a.xlsx") as table:
        one, two = list(table.sheets())
        assert [rows[0][0] for _, rows in two.chunks()] == ["x"]
        assert sum(len(rows) for _, rows in one.chunks()) == 2500


@pytest.mark.parametrize(
    "shown", ["d-mmm", "mmm-yy", "dd/mm/yyyy", "d/m", "[$-409]d-mmm;@", "d. mmm", 'yyyy"年"m"月"d"日"']
)
def test_what_excel_made_a_date_of_is_a_date_however_it_is_shown(read_book, shown):
    book = openpyxl.Workbook()
    book.active["A1"] = 45356
    book.active["A1"].number_format = shown
    [(_, [[cell]], _)] = read_book(book)
    assert isinstance(cell, dt.date)
    assert (cell.month, cell.day) == (3, 5)


def test_a_sheet_may_be_passed_over(read_book, tmp_path):
    book = openpyxl.Workbook()
    for number in range(3000):
        book.active.append([number])
    book.create_sheet("Next").append(["x"])
    read_book(book)
    with open_table(tmp_path / "book.xlsx", "a.xlsx") as table:
        assert [sheet.name for sheet in table.sheets()] == ["Sheet", "Next"]


def test_texts_too_long_for_one_frame_come_in_several(read):
    text = "x" * 30_000
    data = "".join(f"{number},{text}\n" for number in range(700)).encode()
    _, [(_, chunks)] = read(data)
    assert [row[0] for _, rows in chunks for row in rows] == [str(number) for number in range(700)]
    assert [first for first, _ in chunks] == [1, 351]


# ---------------------------------------------------------------- CSV

SAVE_AGAIN = "If that is wrong, save the file again as UTF-8."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_every_unicode(read, encoding):
    result = read("Name,Ort\r\nZoë,Łódź\r\n".encode(encoding))
    assert rows_of(result) == [["Name", "Ort"], ["Zoë", "Łódź"]]
    assert result[0].kind == "csv"
    assert result[0].warnings == []


def test_other_csv_is_read_as_windows_1252_and_says_so(read):
    result = read("Name;Lohn\nZoë;5 €\n".encode("cp1252"))
    assert rows_of(result) == [["Name", "Lohn"], ["Zoë", "5 €"]]
    assert result[0].warnings == [
        f"The text is not UTF-8: it was read as Windows-1252; 'Zoë' is how a name reads. {SAVE_AGAIN}",
        "The columns are separated by semicolons.",
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a,b,c\n1,2,3\n", ["1", "2", "3"]),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ["1,5", "2,5"]),
        ("a\tb\n1, 2\t3\n", ["1, 2", "3"]),
        ("a|b\n1|2\n", ["1", "2"]),
        ('a,b\n"x; y; z",2\n', ["x; y; z", "2"]),
        ('a,b\n"two\nlines",2\n', ["two\nlines", "2"]),
        ("name\nSmith\n", ["Smith"]),
        ("sep=;\na,x;b\n1;2\n", ["1", "2"]),
        ("sep=;\ra,x;b\r1;2\r", ["1", "2"]),
        ('"sep=;"\r\na,x;b\r\n1;2\r\n', ["1", "2"]),
        ("sep=\t\r\na,x\tb\r\n1\t2\r\n", ["1", "2"]),
        ("a,b\r1,2\r", ["1", "2"]),
        ("a;b;;\n1,5;2;;\n3,5;4;;\n", ["1,5", "2", None, None]),
    ],
)
def test_the_delimiter_is_found(read, text, row):
    assert rows_of(read(text.encode()))[1] == row


def test_csv_blanks_are_none_and_rows_may_be_ragged(read):
    assert rows_of(read(b"a,b\n1,,3,4\n\n x ,\n")) == [["a", "b"], ["1", None, "3", "4"], [], [" x ", None]]


def test_rows_after_sep_keep_the_number_they_have_in_the_file(read):
    _, [(_, chunks)] = read(b"sep=;\na;b\n")
    assert chunks == [(2, [["a", "b"]])]


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"rows": 1}, "too_many_rows"),
        ({"columns": 1}, "too_many_columns"),
        ({"cells": 3}, "too_many_cells"),
        ({"cell_characters": 2}, "cell_too_long"),
    ],
)
def test_a_csv_over_a_limit_is_refused_with_its_row(read, limit, code):
    with pytest.raises(FileTooLarge) as refusal:
        read(b"a,b\n1,222\n", **limit)
    assert refusal.value.code == code
    assert "row" in refusal.value.errors[0]


# ---------------------------------------------------------------- the child


def test_too_many_sheets_are_refused(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("Two")
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(FileTooLarge, match="2 sheets"), open_table(tmp_path / "book.xlsx", "a.xlsx", Limits(sheets=1)):
        pass


def test_a_sparse_sheet_over_the_limit_of_cells_names_its_corner(read):
    rows = hostile.ONE + '<row r="90000"><c r="IV90000"><v>1</v></c></row>'
    with pytest.raises(FileTooLarge, match="IV90000"):
        read(hostile.workbook(rows), ".xlsx")


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child in /proc")
def test_a_killed_child_is_an_unreadable_file(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"a,b\n" * 90_000 + b"x" * 30_000)
    with open_table(path, "a.csv") as book:
        rows = next(book.sheets()).chunks()
        next(rows)
        os.kill(int(children()[-1]), signal.SIGKILL)
        with pytest.raises(UnreadableFile) as refusal:
            list(rows)
    assert refusal.value.code == "parser_died"
    assert refusal.value.errors[0]["signal"] == "SIGKILL"


def test_a_child_out_of_memory_is_an_unreadable_file(read):
    with pytest.raises(UnreadableFile) as refusal:
        read(b"a,b\n", memory_bytes=1024 * 1024)
    assert refusal.value.code == "parser_died"


def test_a_slow_child_is_stopped_by_the_clock(read):
    with pytest.raises(UnreadableFile) as refusal:
        read(b"a,b\n", wall_seconds=0.0)
    assert refusal.value.errors[0]["signal"] == "timeout"


def test_a_slow_consumer_is_not_counted_against_the_child(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"a,b\n" * 5000)
    with open_table(path, "a.csv", Limits(wall_seconds=1)) as book:
        for sheet in book.sheets():
            for _ in sheet.chunks():
                time.sleep(0.3)


def test_a_consumer_may_stop_early(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"a,b\n" * 90_000)
    with open_table(path, "a.csv") as book:
        for sheet in book.sheets():
            next(sheet.chunks())
            break
    assert [item.name for item in tmp_path.iterdir()] == ["upload"]


@pytest.mark.parametrize(
    "said",
    [
        b"\xff\xff\xff\xff",
        b"\0\0\0\2{}",
        b"\0\0\0\2[]",
        b"\0\0\0\x01x",
        b'\0\0\0\x0b["book",1,2]',
        b'\0\0\0\x0c["refused",1]',
        b'\0\0\0\x0f["book","x",[]]\0\0\0\x14["rows",1,[[[1]]],1]',
        b'\0\0\0\x0f["book","x",[]]\0\0\0\x16["sheet","x",true,[1]]',
    ],
)
def test_a_child_that_talks_nonsense_is_not_believed(tmp_path, monkeypatch, said):
    monkeypatch.setattr(reader, "_START", f"import os; os.write(1, {said!r})")
    path = tmp_path / "upload"
    path.write_bytes(b"a,b\n")
    with pytest.raises(RolefitError) as refusal, open_table(path, "a.csv") as book:
        list(book.sheets())
    assert refusal.value.code == "parser_died"


def test_a_file_that_is_not_there_is_the_callers_mistake(tmp_path):
    with pytest.raises(FileNotFoundError), open_table(tmp_path / "none", "a.csv"):
        pass
