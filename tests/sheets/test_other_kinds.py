"""The older kind of Excel and OpenDocument are read like the newer kind, and content goes before a file's name."""

import datetime as dt

import pytest
from sheets import hostile

from service.sheets.reader import Note, open_table
from service.sheets.values import Percent

ROWS = [
    ("Name", "Python", None, "Note"),
    ("Zoë 李", 4, None, None),
    (None, None, None, None),
    ("Bo & Co", 2.5, None, "x"),
]
READ = [list(row) for row in ROWS]


@pytest.fixture
def read(tmp_path):
    """Return the book, and for each sheet its name, whether it is hidden, its rows and its notes."""

    def read(data, name):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with open_table(path, name) as book:
            sheets = [
                (sheet.name, sheet.hidden, [row for _, rows in sheet.chunks() for row in rows], sheet.notes)
                for sheet in book.sheets()
            ]
        return book, sheets

    return read


@pytest.mark.parametrize(
    ("ending", "data"),
    [(".xls", hostile.xls(cells=hostile.xls_table(ROWS))), (".ods", hostile.ods(hostile.ods_table(ROWS)))],
)
@pytest.mark.parametrize("named", [".xls", ".ods", ".xlsx", ".csv"])
def test_a_file_is_read_as_what_it_is_and_another_name_is_said(read, ending, data, named):
    book, [(name, hidden, rows, notes)] = read(data, f"people{named}")

    assert (name, hidden, rows, notes) == ("People", False, READ, [])
    assert (book.kind, book.visible) == (ending[1:], 1)
    assert len(book.warnings) == (ending != named)
    assert all(f"named {named} but is" in warning for warning in book.warnings)


@pytest.mark.parametrize("named", [".xls", ".ods", ".xlsx"])
def test_text_named_for_a_workbook_is_read_and_said(read, named):
    book, [(_, _, rows, _)] = read(b"Name\tPython\nAda\t4\n", f"export{named}")

    assert rows == [["Name", "Python"], ["Ada", "4"]]
    assert book.warnings[0].startswith(f"The file is named {named} but is text (CSV)")


def test_a_newer_workbook_named_for_another_is_read_and_said(read):
    for named in (".xls", ".csv", ".ods"):
        book, [(_, _, rows, _)] = read(hostile.workbook(), f"people{named}")
        assert rows == [[1]]
        assert "an Excel workbook (.xlsx)" in book.warnings[0]


def test_the_utf_16_text_that_excel_calls_xls_is_read(read):
    book, [(_, _, rows, _)] = read("Name\tPython\nZoë\t4\n".encode("utf-16"), "export.xls")

    assert rows == [["Name", "Python"], ["Zoë", "4"]]
    assert book.kind == "csv"


def test_several_sheets_are_read_in_order(read):
    one, two = [("a", 1)], [("b", 2)]
    xls = hostile.xls(sheets={"One": hostile.xls_table(one), "Two": hostile.xls_table(two)})
    ods = hostile.ods(sheets={"One": hostile.ods_table(one), "Two": hostile.ods_table(two)})
    for data, name in ((xls, "a.xls"), (ods, "a.ods")):
        book, sheets = read(data, name)
        assert [(name, rows) for name, _, rows, _ in sheets] == [("One", [["a", 1]]), ("Two", [["b", 2]])]
        assert book.visible == 2


def test_empty_rows_and_columns_that_repeat_keep_their_places(read):
    rows = [
        hostile.ods_row(times=2),
        hostile.ods_row(hostile.ods_cell(times=2), hostile.ods_cell("a"), hostile.ods_cell(times=16_381)),
        hostile.ods_row(hostile.ods_cell("b", times=2), times=2),
        hostile.ods_row(times=1_048_570),
    ]
    _, [(_, _, found, _)] = read(hostile.ods("".join(rows)), "a.ods")

    assert found == [[None] * 3] * 2 + [[None, None, "a"], ["b", "b", None], ["b", "b", None]]


def test_values_of_opendocument_keep_their_kind(read):
    said = [
        ('"date" office:date-value="2024-02-03"', "3.2."), ('"boolean" office:boolean-value="true"', "WAHR"),
        ('"percentage" office:value="0.7"', "70%"),
    ]  # fmt: skip
    cells = [
        f"<table:table-cell office:value-type={value}><text:p>{text}</text:p></table:table-cell>"
        for value, text in said
    ]
    _, [(_, _, [row], _)] = read(hostile.ods(hostile.ods_row(*cells)), "a.ods")

    assert row[0] in (dt.date(2024, 2, 3), dt.datetime(2024, 2, 3))  # noqa: DTZ001 - a cell has no zone
    assert row[1:] == [True, Percent(0.7)]


def test_errors_are_blank_with_a_note(read):
    record, pack = hostile.record, hostile.struct.pack
    cells = (
        hostile.number(0, 0, 1)
        + record(0x205, pack("<HHHBB", 1, 2, 0, 42, 1))
        + record(0x205, pack("<HHHBB", 0, 1, 0, 1, 0))
    )
    cells += record(0x06, pack("<HHHBBBBHHHIH", 2, 0, 0, 2, 0, 7, 0, 0, 0xFFFF, 0, 0, 0))
    _, [(_, _, rows, notes)] = read(hostile.xls(cells=cells), "a.xls")
    assert notes == [Note(2, 3, "error", "#N/A"), Note(3, 1, "error", "#DIV/0!")]
    assert (rows[0][:2], rows[1][2], rows[2][0]) == ([1, True], None, None)

    space = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    wrong = f'<table:table-cell {space} office:value-type="string" calcext:value-type="error">'
    wrong += "<text:p>#N/A</text:p></table:table-cell>"
    data = hostile.ods(hostile.ods_row(hostile.ods_cell("a"), wrong))
    _, [(_, _, _, notes)] = read(data, "a.ods")
    assert notes == [Note(1, 2, "error", "#N/A")]


def test_hidden_rows_and_columns_are_noted(read):
    pack, record = hostile.struct.pack, hostile.record
    expected = [Note(2, 0, "hidden_rows", "2"), Note(0, 2, "hidden_column", "")]
    table = [("a", 1), ("b", 2), ("c", 3)]
    hidden = record(0x7D, pack("<HHHHHH", 1, 1, 0, 0, 1, 0)) + b"".join(
        record(0x208, pack("<HHHHHHHH", row, 0, 2, 0, 0, 0, 0x20 if row else 0, 0)) for row in range(3)
    )
    xls = hostile.xls(cells=hidden + hostile.xls_table(table))
    xlsx = hostile.zipped(
        hostile.parts()
        | {
            hostile.SHEET: hostile.sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
                '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="1"/>'
            ).replace("<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
        }
    )
    row = hostile.ods_row
    shut = ' table:visibility="collapse"'
    ods = hostile.ods(
        row(hostile.ods_cell("a")) + row(hostile.ods_cell("b"), more=shut) + row(hostile.ods_cell("c"), more=shut),
        columns=f"<table:table-column/><table:table-column{shut}/>",
    )
    for data, name in ((xls, "a.xls"), (xlsx, "a.xlsx"), (ods, "a.ods")):
        _, [(_, _, rows, notes)] = read(data, name)
        assert len(rows) == 3
        assert notes == expected, name
