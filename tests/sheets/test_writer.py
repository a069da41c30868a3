import csv
import datetime as dt
import decimal
import io
import json
import math
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from service.sheets.formulas import guard, unguard
from service.sheets.writer import (
    LONGEST_TEXT,
    ColumnSpec,
    Marked,
    SheetSpec,
    legal,
    legal_titles,
    place_of,
    width_for,
    write_csv,
    write_workbook,
)

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "#REF!", "\t=1", " =1", "＝1+1", "'=1"]
ODD_BUT_LEGAL = [
    "",
    " ",
    "\t",
    "  padded  ",
    "two\nlines",
    "a\rb",
    "_x000D_",
    "_x005F_",
    "𝒳 😀",
    "\u200b\ufeff",
    "\xa0",
    "0012",
]


def moment(*parts):
    return dt.datetime(*parts)  # noqa: DTZ001 - a cell knows no time zone


def write(rows, *columns, title="Rows", **more):
    """Write one sheet and return the bytes of the workbook."""
    file = io.BytesIO()
    specs = columns or [ColumnSpec(f"Column {place}") for place in range(len(rows[0]))]
    write_workbook([SheetSpec(title, specs, rows, **more)], file)
    return file.getvalue()


def opened(book):
    return load_workbook(io.BytesIO(book)).worksheets[0]


def texts_by_openpyxl(book):
    """Return the texts below the header, with the format's escapes undone, which openpyxl leaves to the caller."""
    return [unescape(cell.value or "") for (cell,) in opened(book).iter_rows(min_row=2, max_col=1)]


def texts_by_calamine(book):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    return [str(row[0]) for row in sheet.to_python(skip_empty_area=False)[1:]]


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS + ODD_BUT_LEGAL)
def test_a_text_is_kept_as_it_is_and_is_never_a_formula(text):
    book = write([[text], ["end"]])

    assert texts_by_openpyxl(book) == [text, "end"]
    assert texts_by_calamine(book) == [text, "end"]
    cell = opened(book)["A2"]
    assert cell.data_type == ("s" if text else "n")
    assert cell.quotePrefix == bool(text)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40), min_size=1))
def test_any_text_survives_a_workbook(texts):
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]

    assert texts_by_openpyxl(write([[text] for text in texts])) == texts


@given(st.lists(st.one_of(st.text(), st.text(st.characters()), st.integers(), st.floats(), st.none()), min_size=1))
def test_saving_never_fails_and_makes_no_formula(values):
    book = write([[value] for value in values], ColumnSpec("Any", kind="number"))

    assert all(cell.data_type in ("s", "n") for (cell,) in opened(book).iter_rows(max_col=1))


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff", chr(0xD800), chr(0xDFFF)])
def test_what_xml_cannot_carry_is_shown_as_replaced(sign):
    assert texts_by_openpyxl(write([[f"a{sign}b"]])) == ["a\ufffdb"]


@pytest.mark.parametrize("sign", ["x", "😀"])
def test_a_text_that_is_too_long_is_cut_and_says_so(sign):
    (text,) = texts_by_openpyxl(write([[sign * 40_000]]))

    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert text.startswith(sign * 16_000)
    assert text.endswith(" … [cut: 40,000 characters]")


def test_the_longest_text_is_not_cut():
    assert legal("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


def hostile(shared):
    """Return strings that have broken programs: naughty ones, and formulas that spreadsheets ran."""
    payloads = shared / "payloads"
    strings = json.loads((payloads / "blns.json").read_text(encoding="utf-8"))
    return strings + (payloads / "formula_injection_all.txt").read_text(encoding="utf-8").split("\n")


def test_hostile_payloads_survive_a_workbook_unchanged(shared):
    texts = hostile(shared)
    replaced = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), 0xFFFD)
    expected = [text.translate(replaced) for text in texts]
    book = write([[text] for text in [*texts, "end"]])

    assert texts_by_openpyxl(book) == [*expected, "end"]
    assert texts_by_calamine(book) == [*expected, "end"]


def test_hostile_payloads_survive_csv_guarded(shared):
    strings = hostile(shared)
    file = io.BytesIO()
    write_csv(["name", "n"], [[text, 1] for text in strings], file)

    fields = [row[0] for row in read_csv(file.getvalue())[1:]]
    assert [unguard(field) for field in fields] == strings
    assert not [field for field in fields if field.lstrip()[:1] in ("=", "+", "-", "@")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, 3),
        (68.99, 68.99),
        (0.1 + 0.2, 0.1 + 0.2),
        (np.int64(7), 7),
        (np.float64(2.5), 2.5),
        (decimal.Decimal("1.5"), "1.5"),
        (True, "yes"),
        (None, None),
        (math.nan, None),
        (math.inf, "inf"),
        (pd.NA, None),
        (pd.NaT, None),
        (10**15 + 1, "1000000000000001"),
        (dt.date(2026, 11, 20), moment(2026, 11, 20)),
        (dt.datetime(2026, 11, 20, 12, tzinfo=dt.timezone(dt.timedelta(hours=2))), moment(2026, 11, 20, 10)),
        (dt.date(1815, 12, 10), "1815-12-10"),
    ],
)
def test_values_come_back_as_what_they_are(value, shown):
    assert opened(write([[value], ["end"]], ColumnSpec("Value", kind="number")))["A2"].value == shown


def test_a_text_column_keeps_an_id_of_digits_a_text():
    assert texts_by_openpyxl(write([["007"], [7], [10**20]])) == ["007", "7", str(10**20)]


def test_a_frame_is_written_in_its_order_with_what_is_missing_blank():
    frame = pd.DataFrame(
        {"Name": ["B", None, "A"], "Fit": [1.5, math.nan, 3.0], "When": pd.to_datetime(["2026-01-02"] * 3)}
    )
    columns = [ColumnSpec("Name"), ColumnSpec("Fit", kind="number", decimals=2), ColumnSpec("When", kind="date")]
    rows = list(opened(write(frame, *columns)).iter_rows(min_row=2, values_only=True))

    assert rows == [
        ("B", 1.5, moment(2026, 1, 2)),
        (None, None, moment(2026, 1, 2)),
        ("A", 3, moment(2026, 1, 2)),
    ]


def test_numbers_stand_right_in_their_format_and_texts_left():
    sheet = opened(
        write(
            [["a", 1.5, 2]],
            ColumnSpec("T"),
            ColumnSpec("N", kind="number", decimals=2),
            ColumnSpec("I", kind="integer"),
        )
    )

    assert [sheet.cell(2, column).alignment.horizontal for column in (1, 2, 3)] == ["left", "right", "right"]
    assert [sheet.cell(2, column).number_format for column in (1, 2, 3)] == ["General", "0.00", "0"]


def test_the_head_is_frozen_filtered_and_repeated_in_print():
    sheet = opened(write([["a", 1], ["b", 2]], notes=["A note"], under=[["must", 3]], freeze=1))

    assert [sheet.cell(row, 1).value for row in range(1, 6)] == ["A note", "Column 0", "must", "a", "b"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:B5"
    assert sheet.print_title_rows == "$2:$3"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_badges_bars_scales_and_marks_are_there():
    columns = [
        ColumnSpec("Gate", badges={"pass": "CDEBD3"}),
        ColumnSpec("Fit", kind="number", bar=(0, 100)),
        ColumnSpec("Level", kind="number", scale=((0, "FFFFFF"), (5, "6FA8DC"))),
    ]
    sheet = opened(write([["pass", 50, Marked(3, "FF0000", bold=True, comment="Why")], ["open", 1, None]], *columns))

    assert sheet["A2"].fill.start_color.rgb == "00CDEBD3"
    assert sheet["A3"].fill.fill_type is None
    assert (sheet["C2"].value, sheet["C2"].font.bold, sheet["C2"].comment.text) == (3, True, "Why")
    kinds = {str(r.sqref): rule.type for r in sheet.conditional_formatting for rule in r.rules}
    assert kinds == {"B2:B3": "dataBar", "C2:C3": "colorScale"}


def test_a_drop_down_reaches_as_far_as_there_is_room():
    columns = [ColumnSpec("Level", choices=("0", "1"), strict=False, hint="Decimals are fine.")]
    (offer,) = opened(write([["1"]], *columns, room=500)).data_validations.dataValidation

    assert (str(offer.sqref), offer.formula1, offer.errorStyle) == ("A2:A501", '"0,1"', "warning")
    assert offer.error == "Decimals are fine."


@pytest.mark.parametrize("choices", [("x" * 300,), ("a,b",), ('a"b',)])
def test_a_drop_down_that_would_damage_the_file_is_refused(choices):
    with pytest.raises(ValueError, match="drop-down"):
        write([["1"]], ColumnSpec("Level", choices=choices))


def test_titles_are_made_legal():
    titles = ["a/b:c*d?e[f]g\\h", "x" * 40, "X" * 40, "", "History", "'quoted'", "a\0b"]

    assert legal_titles(titles) == [
        "a b c d e f g h",
        "x" * 31,
        "X" * 26 + " 2",
        "Sheet",
        "Sheet 2",
        "quoted",
        "a\ufffdb",
    ]


@given(st.lists(st.text(), max_size=6))
def test_any_titles_become_legal_and_different(titles):
    made = legal_titles(titles)

    assert len({title.lower() for title in made}) == len(titles)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in made)


def test_a_wrapped_text_gets_a_row_as_high_as_it_needs():
    sheet = opened(write([["short"], ["word " * 60], ["word " * 6000]], ColumnSpec("T", 30, wrap=True)))

    assert sheet.row_dimensions[2].height is None
    assert 100 < sheet.row_dimensions[3].height < 250
    assert sheet.row_dimensions[4].height == 400


def test_an_empty_table_is_a_head_alone():
    assert list(opened(write([], ColumnSpec("A"), ColumnSpec("B"))).iter_rows(values_only=True)) == [("A", "B")]


def test_a_path_is_as_good_as_a_file(tmp_path):
    write_workbook([SheetSpec("S", [ColumnSpec("A")], [["x"]])], tmp_path / "a.xlsx")
    write_csv(["A"], [["x"]], str(tmp_path / "a.csv"))

    assert opened((tmp_path / "a.xlsx").read_bytes())["A2"].value == "x"
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfA\r\nx\r\n"


def broken_rows():
    yield ["fine"]
    raise RuntimeError("the source broke")


def test_nothing_is_left_behind_when_the_rows_break(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sheets = [SheetSpec(title, [ColumnSpec("A")], rows) for title, rows in (("Good", [["x"]]), ("Bad", broken_rows()))]
    with pytest.raises(RuntimeError, match="the source broke"):
        write_workbook(sheets, io.BytesIO())

    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows():
    def peak(count):
        rows = ([f"text {row} {column}" for column in range(20)] for row in range(count))
        with tempfile.TemporaryFile() as file:
            tracemalloc.start()
            write_workbook([SheetSpec("S", [ColumnSpec("T", wrap=True)] * 20, rows)], file)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    peak(10)
    assert peak(2000) < peak(200) + 300_000


@given(st.text())
@example("-")
@example("'=1")
@example("''＝1")
@example("\u200b \ufeff@x")
@example("'")
@example("'abc")
@example("\0")
def test_guarding_is_undone_exactly(text):
    guarded = guard(text)

    assert unguard(guarded) == text
    assert guarded in (text, f"'{text}")


@given(st.text(alphabet="'=+-@ \t\r\n\0\u00a0\u200b\ufeff＝＋－＠a"), st.text(alphabet="'=+-@ \t\ra"))
def test_no_two_texts_are_guarded_alike(one, other):
    assert (guard(one) == guard(other)) == (one == other)


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-", "@x", "\tx", "\rx", "\nx", "\0x", "＝1", "  =1", "\u00a0=1", "'=1", "''-"]
)
def test_what_may_run_is_guarded(text):
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a", "'", "O'Brien", "'quoted'", "a=1", "1-2", "_x000D_", "–"])
def test_what_cannot_run_is_left_alone(text):
    assert guard(text) == text == unguard(text)


def test_csv_is_for_excel_and_by_the_rfc():
    file = io.BytesIO()
    write_csv(["Name", "n"], [['a,"b"', -1], ["two\r\nlines", None], ["-1", 2.5], [Marked("=x"), True]], file)

    assert file.getvalue() == (b'\xef\xbb\xbfName,n\r\n"a,""b""",-1\r\n"two\r\nlines",\r\n\'-1,2.5\r\n\'=x,yes\r\n')


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_any_text_survives_csv(rows):
    file = io.BytesIO()
    write_csv(["a", "b"], rows, file)

    assert [tuple(map(unguard, row)) for row in read_csv(file.getvalue())[1:]] == rows


def test_a_lone_surrogate_does_not_break_csv():
    file = io.BytesIO()
    write_csv(["a"], [["x\ud800"]], file)

    assert read_csv(file.getvalue()) == [["a"], ["x\ufffd"]]


def test_columns_are_found_by_their_letters():
    assert [place_of(letters) for letters in ("A", "Z", "AB", "", "a", "Name", "7")] == [
        0,
        25,
        27,
        None,
        None,
        None,
        None,
    ]


def test_a_width_shows_the_longest_line_between_bounds():
    assert width_for(["abc"]) == 8
    assert width_for(["x" * 20, "y"]) == 22
    assert width_for(["x" * 200]) == 44
