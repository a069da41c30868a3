"""A number that a cell shows as a percentage comes as a value of its own, in every kind of workbook."""

import openpyxl
import orjson
import pytest
from sheets import hostile

from service.sheets.formats import is_percent, percent_styles
from service.sheets.reader import open_table
from service.sheets.values import Percent

STYLES = "xl/styles.xml"


@pytest.fixture
def read(tmp_path):
    def read(data, name="people.xlsx"):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with open_table(path, name) as book:
            return [[row for _, rows in sheet.chunks() for row in rows] for sheet in book.sheets()]

    return read


def saved(book, tmp_path):
    book.save(tmp_path / "book.xlsx")
    return (tmp_path / "book.xlsx").read_bytes()


def styles(*numbers, formats=""):
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    other = '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'  # named styles: no cell names them
    return f'<styleSheet xmlns="{space}"><numFmts>{formats}</numFmts>{other}<cellXfs>{cells}</cellXfs></styleSheet>'


def styled(rows, *numbers, formats=""):
    return hostile.zipped(
        hostile.parts() | {hostile.SHEET: hostile.sheet_xml(rows), STYLES: styles(*numbers, formats=formats)}
    )


def test_a_percentage_is_no_number():
    assert Percent(1.0) != 1
    assert len({Percent(1.0), 1, Percent(1)}) == 2
    assert repr(Percent(1)) == "Percent(1.0)"
    assert [str(Percent(share)) for share in (0.85, 1, 0.005, 0, 0.07, -0.5, 1.5)] == [
        "85%", "100%", "0.5%", "0%", "7%", "-50%", "150%",
    ]  # fmt: skip
    assert orjson.dumps(Percent(0.29), default=str) == b'"29%"'


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("0%", True), ("0.00%", True), ("0 %", True), ("[Red]0%", True), ('0.0%;[Red]-0.0%;"-"', True),
        ("#,##0%", True), ("General", False), ("0.00", False), ('0"%"', False), ("0\\%", False), ("0_%", False),
        ("[%]0", False), ('0" % of "0', False), ('"50 "0%', True),
    ],
)  # fmt: skip
def test_a_format_shows_a_percentage_where_its_sign_is_no_text(code, shows):
    assert is_percent(code) is shows


def test_cells_of_excel_formatted_as_percent_are_percentages(read, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "A", "B", "C", "D"])
    for share in (0.85, 1, 0, 0.005):
        sheet.append(["Ada", share, share, share, share])
        for column, code in ((2, "0%"), (3, "0.0 %"), (4, '0"%"')):
            sheet.cell(sheet.max_row, column).number_format = code
    sheet.append([None, "text", True, 2])
    for cell in sheet[6]:
        cell.number_format = "0%"
    second = book.create_sheet("Second")
    second["C3"] = 0.5
    second["C3"].number_format = "0.00%"
    one, two = read(saved(book, tmp_path))

    assert one[1:5] == [["Ada", Percent(x), Percent(x), x, x] for x in (0.85, 1, 0, 0.005)]
    assert one[5] == [None, "text", True, Percent(2), None]
    assert two[2] == [None, None, Percent(0.5)]


def test_formats_of_the_workbooks_own_go_before_those_that_every_workbook_has(read):
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="2"><v>1</v></c><c r="C1" s="3"><v>1</v></c></row>'
    formats = '<numFmt numFmtId="9" formatCode="0"/><numFmt numFmtId="164" formatCode="0&quot;%&quot;"/>'
    formats += "<numFmt formatCode='0%' numFmtId='165'/>"
    assert read(styled(row, 0, 9, 164, 165, formats=formats)) == [[[1, 1, Percent(1)]]]


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1" s="1"><v>1</v></c><c r="B1" s="0"><v>1</v></c><c r="C1" s="1"><v>0.5</v></c>',
        '<c r="A1" t="n" s="1" ><v>1</v></c><c r="B1"><v>1</v></c><c r="C1" s="1"><f>A1/2</f><v>0.5</v></c>',
        "<c r='A1' s='1'><v>1</v></c><c r='B1'><v>1</v></c><c s='1' r='C1'><v>0.5</v></c>",
        '<c s="1"><v>1</v></c><c><v>1</v></c><c s="1"><v>0.5</v></c>',
        '<c r="A1" s="01"><v>1</v></c><c r="B1" s="11"><v>1</v></c><c r="C1" s="1"><v>0.5</v></c><c r="D1" s="1"/>',
        '<x:c r="A1" s="1"><x:v>1</x:v></x:c><x:c r="B1"><x:v>1</x:v></x:c><x:c r="C1" s="1"><x:v>0.5</x:v></x:c>',
    ],
)
def test_a_cell_is_found_however_it_is_written(read, cells):
    rows = f'<row r="1">{cells}</row>'
    if "<x:" in cells:
        xml = hostile.sheet_xml(rows.replace("row", "x:row")).replace("sheetData", "x:sheetData")
        xml = xml.replace("worksheet", "x:worksheet").replace("xmlns=", "xmlns:x=")
        data = hostile.zipped(hostile.parts() | {hostile.SHEET: xml, STYLES: styles(0, 9)})
        assert read(data) == [[[Percent(1), 1, Percent(0.5)]]]
        return
    assert read(styled(rows, 0, 9))[0][0][:3] == [Percent(1), 1, Percent(0.5)]


def test_a_cell_without_a_format_has_the_first(read):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="0"><v>1</v></c></row>'
    assert read(styled(rows, 9, 0)) == [[[Percent(1), 1, Percent(1)]]]
    assert read(styled(rows.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="C1"', ""), 9, 0)) == [
        [[Percent(1), 1, Percent(1)]]
    ]


def test_many_formats_are_told_apart(read):
    numbers = [9 if place % 3 == 0 else 0 for place in range(400)]
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" s="{row - 1}"><v>1</v></c></row>' for row in range(1, len(numbers) + 1)
    )
    assert [row[0] == Percent(1) for row in read(styled(cells, *numbers))[0]] == [number == 9 for number in numbers]


def test_rows_past_the_first_chunk_keep_their_percentages(read):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="{row % 7 and 1}"><v>1</v></c><c r="B{row}" s="1"><v>0.5</v></c></row>'
        for row in range(1, 2501)
    )
    [found] = read(styled(rows, 0, 9))
    assert all(row == [Percent(1) if number % 7 else 1, Percent(0.5)] for number, row in enumerate(found, 1))


def test_an_opendocument_sheet_says_itself_what_is_a_percentage(read):
    def percent(share, times=1):
        return (
            f'<table:table-cell table:number-columns-repeated="{times}" office:value-type="percentage" '
            f'office:value="{share}"><text:p>x</text:p></table:table-cell>'
        )

    row = hostile.ods_row(hostile.ods_cell("a"), percent(0.5, 2), hostile.ods_cell("b"), percent(1))
    below = hostile.ods_row(percent(0.25), times=2)
    assert read(hostile.ods(row + below), "a.ods") == [
        [["a", Percent(0.5), Percent(0.5), "b", Percent(1)], *[[Percent(0.25), None, None, None, None]] * 2]
    ]


@pytest.mark.parametrize("wide", [False, True])
def test_older_excel_says_it_in_its_records(read, wide):
    pack, record = hostile.struct.pack, hostile.record
    code = "0.0%"
    text = pack("<HB", len(code), wide) + code.encode("utf-16-le" if wide else "latin-1")
    formats = record(0x41E, pack("<H", 164) + text)
    formats += b"".join(record(0xE0, pack("<HH", 0, number) + bytes(16)) for number in (0, 9, 164, 2))
    numbers = b"".join(record(0x203, pack("<HHHd", 0, column, style, 0.5)) for column, style in enumerate((0, 1, 2, 3)))
    many = b"".join(pack("<HI", style, 0x3FF00000) for style in (0, 1, 2))
    many = record(0xBD, pack("<HH", 1, 0) + many + pack("<H", 2))
    assert read(hostile.xls(cells=numbers + many, records=formats), "a.xls") == [
        [[0.5, Percent(0.5), Percent(0.5), 0.5], [1, Percent(1), Percent(1), None]]
    ]


def test_styles_that_are_damaged_cost_the_percentages_only(read):
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c></row>'
    for damaged in ("", "<styleSheet>", "<styleSheet><cellXfs><xf numFmtId='9'>", "no XML"):
        data = hostile.zipped(hostile.parts() | {hostile.SHEET: hostile.sheet_xml(row), STYLES: damaged})
        try:
            assert read(data) == [[[1]]]
        except Exception as error:  # noqa: BLE001 - whatever it is, it must be a refusal
            assert getattr(error, "code", "") == "not_a_workbook"  # noqa: PT017
    assert percent_styles(b"<cellXfs><xf/><xf numFmtId='10'/></cellXfs>") == {1}
