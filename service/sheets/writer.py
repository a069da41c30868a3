"""Tables to workbooks and CSV files that are safe to open: a text stays a text, and saving never fails.

Nothing here knows what a table is about. A `SheetSpec` says what stands in a sheet, its `ColumnSpec`s how it looks.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from service.sheets.formulas import guard

File = str | os.PathLike[str] | BinaryIO
"""Where to write: a path, or a file opened for bytes."""

LONGEST_TEXT = 32_767
"""The most UTF-16 units that Excel keeps in a cell."""

LONGEST_TITLE = 31
LONGEST_LIST = 255
"""The most characters of a drop-down's list: beyond, Excel calls the whole file damaged."""

WIDEST_NUMBER = 10**15
"""Excel keeps 15 digits: a longer whole number would come back as another one, so it is written as text."""

INK, PAPER, LINE, MUTED = "1F2933", "FFFFFF", "D5DBE1", "52606D"
HEADER, SUBHEADER, BAR = "1F3A5F", "E8EDF3", "5B9BD5"
LINE_HEIGHT, ROW_HEIGHT, TALLEST_ROW = 15.0, 18.0, 400.0
"""Points. Excel takes a row of up to 409."""

DATE = "yyyy-mm-dd"
A4 = 9
"""The number of the paper size."""

ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ENCODED = re.compile(r"\r|_(?=x[0-9A-Fa-f]{4}_)")
SUSPECT = re.compile(f"{ILLEGAL.pattern}|{ENCODED.pattern}")
BLANK = re.compile(r"[ \t\n]")
"""What XML may drop where a text is nothing but spaces: as an escape it holds the others. Not so a space of Unicode."""

SURROGATE = re.compile(r"[\ud800-\udfff]")

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """How a column looks and what may be entered in it.

    `badges` gives the fill of a text by its value, `bar` the ends of a data bar, `scale` the (value, colour) stops of
    a colour scale, `choices` a drop-down: strict, or with a warning that `hint` words. Colours are RRGGBB.
    """

    header: str
    width: float = 14
    kind: Literal["text", "number", "integer", "date"] = "text"
    decimals: int | None = None
    align: Align | None = None
    wrap: bool = False
    bold: bool = False
    rotate: bool = False
    comment: str = ""
    badges: Mapping[str, str] = field(default_factory=dict)
    bar: tuple[float, float] | None = None
    scale: tuple[tuple[float, str], ...] = ()
    choices: tuple[str, ...] = ()
    strict: bool = True
    hint: str = ""

    @property
    def number_format(self) -> str:
        """Return the number format of the column's values, as Excel writes it."""
        if self.kind == "text":
            return "@"
        if self.kind == "date":
            return DATE
        decimals = 0 if self.kind == "integer" else self.decimals
        if decimals is None:
            return "General"
        return "0." + "0" * decimals if decimals else "0"


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """What stands in a sheet: `notes` above the header, `under` it rows that belong to the head, then the rows.

    `rows` is a pandas frame or rows of values in the columns' order. `freeze` counts the columns held in place; the
    head always is. `room` is how many rows drop-downs and column formats reach to where people add rows of
    their own; `fit` prints the sheet as wide as a page, else over several with the frozen columns on each.
    """

    title: str
    columns: Sequence[ColumnSpec]
    rows: Any
    notes: Sequence[str] = ()
    under: Sequence[Sequence[Any]] = ()
    freeze: int = 0
    filter: bool = True
    grid: bool = False
    room: int = 0
    fit: bool = True

    @property
    def head(self) -> int:
        """Return the number of the header's row."""
        return len(self.notes) + 1

    @property
    def first(self) -> int:
        """Return the number of the first row of values."""
        return self.head + len(self.under) + 1


class Marked(NamedTuple):
    """A value that looks other than its column."""

    value: Any
    fill: str | None = None
    bold: bool = False
    italic: bool = False
    comment: str = ""


def write_workbook(sheets: Sequence[SheetSpec], file: File, *, creator: str = "") -> None:
    """Write sheets as a workbook. Rows are streamed: memory does not grow with them."""
    with _workbook() as book:
        book.properties.creator = creator or None
        for spec, title in zip(sheets, legal_titles(spec.title for spec in sheets), strict=True):
            _Sheet(book.create_sheet(title), spec).write()
        book.save(file)


def write_csv(header: Sequence[str], rows: Any, file: File) -> None:
    """Write a table as CSV that Excel opens as UTF-8: RFC 4180, with a byte order mark, texts guarded."""
    if isinstance(file, str | os.PathLike):
        with open(file, "wb") as opened:  # noqa: PTH123 - a path may be a plain string
            write_csv(header, rows, opened)
        return
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_field(value) for value in header])
        writer.writerows([_field(value) for value in row] for row in _rows(rows))
    finally:
        text.detach()


def legal(text: str) -> str:
    """Return a text as a cell of a workbook may hold it, so that it is read as it was.

    What XML cannot carry becomes U+FFFD, what is too long is cut and says so. A carriage return, a text of nothing
    but spaces and what looks like an escape are escaped, as the format has it.
    """
    if len(text) <= LONGEST_TEXT // 2 and not SUSPECT.search(text) and not text.isspace():
        return text
    text = ENCODED.sub(_encoded, _cut(ILLEGAL.sub("\ufffd", text)))
    return BLANK.sub(_encoded, text, count=1) if text.isspace() else text


def legal_titles(titles: Iterable[str]) -> list[str]:
    """Return titles that a workbook takes: short, without the signs it refuses, and each but once."""
    taken: list[str] = []
    for title in titles:
        name = ILLEGAL.sub("\ufffd", re.sub(r"[\[\]:*?/\\\t\r\n]", " ", title))[:LONGEST_TITLE].strip(" '")
        # Excel keeps the name "History" for itself.
        name = "Sheet" if name.lower() in ("", "history") else name
        lower = {other.lower() for other in taken}
        others = (f"{name[: LONGEST_TITLE - 5]} {number}" for number in range(2, len(taken) + 3))
        taken.append(next(free for free in (name, *others) if free.lower() not in lower))
    return taken


def place_of(letters: str) -> int | None:
    """Return the place of a column, from 0, by its letters: "A" is 0, "AB" 27; None for what are no letters."""
    return column_index_from_string(letters) - 1 if re.fullmatch("[A-Z]{1,3}", letters) else None


def width_for(texts: Iterable[object], least: float = 8, most: float = 44) -> float:
    """Return a column's width that shows the longest of some texts, between bounds."""
    longest = max((len(line) for text in texts for line in str(text).splitlines()), default=0)
    return min(most, max(least, longest + 2))


@contextmanager
def _workbook() -> Iterator[Workbook]:
    """Give a workbook that leaves no file behind, whatever happens: openpyxl keeps its sheets in temporary ones."""
    book = Workbook(write_only=True)
    try:
        yield book
    finally:
        for sheet in book.worksheets:
            _discard(sheet)


def _discard(sheet: Any) -> None:
    """Remove the temporary file of a sheet that was not saved; a saved one has removed its own."""
    with suppress(Exception):  # what stopped the writing is under way to the caller already
        if not sheet.closed:
            sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001 - openpyxl would keep it until the process ends


def _rows(rows: Any) -> Iterator[Sequence[Any]]:
    """Return the rows of a frame, or rows as they are."""
    return rows.itertuples(index=False, name=None) if hasattr(rows, "itertuples") else iter(rows)


def _cut(text: str) -> str:
    """Return a text that fits a cell, with a visible mark where it was cut. Excel counts UTF-16 units."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    mark = f" … [cut: {len(text):,} characters]"
    return units[: 2 * (LONGEST_TEXT - len(mark))].decode("utf-16-le", "ignore") + mark


def _encoded(found: re.Match[str] | str) -> str:
    """Return one character as the format's escape for what XML would lose."""
    return f"_x{ord(found if isinstance(found, str) else found.group()):04X}_"


def _plain(value: Any) -> Any:
    """Return a value as what a cell can hold: None, text, number or date. What is missing in any way is None."""
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _plain_number(value)
    if isinstance(value, dt.date):
        return _plain_date(value)
    if hasattr(value, "item"):
        return _plain(value.item())
    return str(value) if _equals_itself(value) else None


def _equals_itself(value: Any) -> bool:
    """Return False for what is not a value: NaN, NaT and pandas' NA, which will not even say."""
    try:
        return bool(value == value)  # noqa: PLR0124 - what is missing does not equal itself
    except (TypeError, ValueError):
        return False


def _plain_number(value: float) -> float | str | None:
    if isinstance(value, int):
        return int(value) if abs(value) < WIDEST_NUMBER else str(int(value))
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else str(value)


def _plain_date(value: dt.date) -> dt.date | str | None:
    """Return a date or moment without a time zone, which the format lacks; as text where its calendar is wrong."""
    if not _equals_itself(value):
        return None
    if isinstance(value, dt.datetime) and value.tzinfo:
        value = value.astimezone(dt.UTC).replace(tzinfo=None)
    # The format takes 1900 for a leap year and knows no day before it.
    return value if value.year > 1900 else value.isoformat()  # noqa: PLR2004


def _field(value: Any) -> Any:
    """Return a value as a field of a CSV file. Numbers need no guard: -1 is a number."""
    if isinstance(value, Marked):
        return _field(value.value)
    plain = _plain(value)
    if isinstance(plain, str):
        return guard(SURROGATE.sub("\ufffd", plain))
    return "" if plain is None else plain


@dataclass(frozen=True, slots=True)
class _Look:
    """All that a cell's style is made of."""

    number_format: str = "@"
    align: Align = "left"
    fill: str | None = None
    ink: str = INK
    bold: bool = False
    italic: bool = False
    wrap: bool = False
    rotate: bool = False
    ruled: bool = True
    indent: int = 1


class _Cell(Cell):
    """A styled cell that serves many values: openpyxl writes each cell before it asks for the next.

    Style numbers are looked up once, not for every value; a text's type is set once, so that none is read for a
    formula.
    """

    __slots__ = ("_number",)
    has_style = True

    def __init__(self, sheet: Any, look: _Look, data_type: str) -> None:
        super().__init__(sheet, row=1, column=1)
        self.font = Font(name="Calibri", size=11, color=look.ink, bold=look.bold, italic=look.italic)
        self.alignment = Alignment(
            horizontal=look.align,
            vertical="bottom" if look.rotate else "center",
            wrap_text=look.wrap,
            text_rotation=90 if look.rotate else 0,
            indent=0 if look.align == "center" else look.indent,
        )
        if look.fill:
            self.fill = PatternFill("solid", start_color=look.fill, end_color=look.fill)
        if look.ruled:
            self.border = Border(bottom=Side("thin", color=LINE))
        # A text column's "@" would make Excel show long texts as #####; quotePrefix already says that it is text.
        self.number_format = "General" if data_type == "s" else look.number_format
        self.quotePrefix = data_type == "s"
        self.data_type = data_type
        self._number = super().style_id

    def __repr__(self) -> str:
        # openpyxl words an error for each cell that it is given, and drops it: keep that cheap.
        return "<a styled cell>"

    @property
    def style_id(self) -> int:
        return self._number

    def put(self, value: Any) -> _Cell:
        """Hold the next value: of this cell's type, and a number as its digits, which openpyxl would round."""
        self._value = value
        return self


class _Column:
    """Turns the values of one column into cells."""

    def __init__(self, sheet: _Sheet, spec: ColumnSpec) -> None:
        shown_left = spec.kind in ("text", "date")
        self._sheet = sheet
        self._look = _Look(
            spec.number_format, spec.align or ("left" if shown_left else "right"), bold=spec.bold, wrap=spec.wrap
        )
        self._as_text = spec.kind == "text"
        self._text = sheet.cell(self._look, "s")
        self._number = sheet.cell(self._look, "n")
        self._badges = {text: sheet.cell(replace(self._look, fill=colour), "s") for text, colour in spec.badges.items()}

    def cell(self, value: Any) -> _Cell:
        """Return the cell that shows a value."""
        kind = type(value)
        if kind is str and value:
            return self._badges.get(value, self._text).put(legal(value))
        if kind is float and value - value == 0 and not self._as_text:
            return self._number.put(repr(value))
        return self._unusual(value)

    def _unusual(self, value: Any) -> _Cell:
        if isinstance(value, Marked):
            look = replace(self._look, fill=value.fill, bold=value.bold or self._look.bold, italic=value.italic)
            return self._sheet.show(look, self._plain(value.value), value.comment)
        return self._sheet.show(self._look, self._plain(value))

    def _plain(self, value: Any) -> Any:
        plain = _plain(value)
        return str(plain) if self._as_text and plain is not None else plain


class _Sheet:
    """One sheet as it is written: from the top down, each row once."""

    def __init__(self, sheet: Any, spec: SheetSpec) -> None:
        self._sheet = sheet
        self._spec = spec
        self._cells: dict[tuple[_Look, str], _Cell] = {}
        self._written = 0

    def cell(self, look: _Look, data_type: str = "s", comment: str = "") -> _Cell:
        """Return the cell for a look and a type. A cell with a comment is used but once."""
        if comment:
            own = _Cell(self._sheet, look, data_type)
            own.comment = _comment(comment)
            return own
        key = (look, data_type)
        if key not in self._cells:
            self._cells[key] = _Cell(self._sheet, look, data_type)
        return self._cells[key]

    def show(self, look: _Look, plain: Any, comment: str = "") -> _Cell:
        """Return the cell that shows a plain value."""
        if plain is None or plain == "":
            return self.cell(look, "n", comment).put(None)
        if isinstance(plain, str):
            return self.cell(look, "s", comment).put(legal(plain))
        if isinstance(plain, dt.date):
            return self.cell(replace(look, number_format=DATE), "d", comment).put(plain)
        return self.cell(look, "n", comment).put(repr(plain))

    def write(self) -> None:
        """Write the sheet."""
        self._set_columns()
        self._set_view()
        self._set_print()
        self._write_head()
        columns = [_Column(self, spec) for spec in self._spec.columns]
        wrapped = [(place, _letters(spec)) for place, spec in enumerate(self._spec.columns) if spec.wrap]
        for row in _rows(self._spec.rows):
            height = _row_height([(row[place], width) for place, width in wrapped])
            self._append((column.cell(value) for column, value in zip(columns, row, strict=True)), height)
        self._set_rules()

    def _append(self, cells: Iterator[_Cell], height: float | None = None) -> None:
        self._written += 1
        if height:
            self._sheet.row_dimensions[self._written].height = height
        self._sheet.append(cells)
        # The row is written: what was said of it would only pile up.
        self._sheet.row_dimensions.pop(self._written, None)

    def _set_columns(self) -> None:
        for place, spec in enumerate(self._spec.columns, 1):
            dimension = self._sheet.column_dimensions[get_column_letter(place)]
            dimension.width = spec.width
            # Where people add rows of their own, 00123 must stay what they typed.
            if self._spec.room and spec.kind == "text" and not spec.choices and not spec.wrap:
                dimension.number_format = "@"

    def _set_view(self) -> None:
        self._sheet.freeze_panes = f"{get_column_letter(self._spec.freeze + 1)}{self._spec.first}"
        self._sheet.sheet_view.showGridLines = self._spec.grid
        self._sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
        self._sheet.sheet_format.customHeight = True

    def _set_print(self) -> None:
        sheet = self._sheet
        sheet.sheet_properties.pageSetUpPr.fitToPage = self._spec.fit
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = 0.4, 0.4, 0.5, 0.6
        margins.header = margins.footer = 0.3
        if not self._spec.fit and self._spec.freeze:
            sheet.print_title_cols = f"A:{get_column_letter(self._spec.freeze)}"
        sheet.print_title_rows = f"{self._spec.head}:{self._spec.first - 1}"
        footer = sheet.HeaderFooter.oddFooter
        footer.left.text, footer.right.text = "&A", "&P / &N"

    def _write_head(self) -> None:
        spec = self._spec
        note = _Look(ink=MUTED, italic=True, ruled=False)
        for text in spec.notes:
            self._append(self.show(note, line) for line in [text])
        self._append((self._header(column) for column in spec.columns), _header_height(spec))
        for row in spec.under:
            self._append(self._under(column, value) for column, value in zip(spec.columns, row, strict=True))

    def _header(self, spec: ColumnSpec) -> _Cell:
        numeric = spec.kind in ("number", "integer")
        align = spec.align or ("right" if numeric else "left")
        # The filter's button covers the right end of a header.
        indent = 2 if align == "right" and self._spec.filter else 1
        look = _Look("General", align, HEADER, PAPER, bold=True, wrap=True, rotate=spec.rotate, indent=indent)
        return self.show(look, spec.header, spec.comment)

    def _under(self, spec: ColumnSpec, value: Any) -> _Cell:
        plain = _plain(value)
        fill = spec.badges.get(plain, SUBHEADER) if isinstance(plain, str) else SUBHEADER
        look = _Look("General", spec.align or "left", fill, bold=True)
        return self.show(look, plain)

    def _set_rules(self) -> None:
        """Set what is known to reach to the last row only now that it is written."""
        spec, sheet = self._spec, self._sheet
        last = max(self._written, spec.first - 1 + spec.room)
        if spec.filter:
            # Rows under the header belong to the head: a filter above them would sort them away.
            sheet.auto_filter.ref = f"A{spec.first - 1}:{get_column_letter(len(spec.columns))}{self._written}"
        for place, column in enumerate(spec.columns, 1):
            reach = f"{get_column_letter(place)}{spec.first}:{get_column_letter(place)}{max(last, spec.first)}"
            _colour(sheet, reach, column)
            if column.choices:
                _offer(sheet, reach, column)


def _comment(text: str) -> Comment:
    lines = sum(max(1, len(textwrap.wrap(line, 44))) for line in text.splitlines())
    return Comment(ILLEGAL.sub("\ufffd", text), "", height=24 + 17 * lines, width=320)


def _letters(spec: ColumnSpec) -> float:
    """Return about how many letters of a text a column holds: a width counts digits, wider than plain letters."""
    return spec.width * (1.0 if spec.bold else 1.15) - 1


def _row_height(texts: Sequence[tuple[Any, float]]) -> float | None:
    """Return the height that shows wrapped texts whole, given with their widths; None where one line will do.

    LibreOffice shows one line of a row that states no height.
    """
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return None if lines == 1 else min(TALLEST_ROW, lines * LINE_HEIGHT + 4)


def _lines(value: Any, width: float) -> int:
    """Return about how many lines a text takes in a width."""
    text = value.value if isinstance(value, Marked) else value
    if not isinstance(text, str) or (len(text) <= width and "\n" not in text):
        return 1
    # A line ends at a word: a twentieth of it stays empty.
    return sum(max(1, math.ceil(len(line) * 1.05 / width)) for line in text.splitlines() or [""])


def _header_height(spec: SheetSpec) -> float:
    """Return the height that shows the longest header whole: not every program fits a row to wrapped text."""
    turned = max((len(line) for column in spec.columns if column.rotate for line in _turned(column)), default=0)
    # A filter's button takes room.
    spare = 3 if spec.filter else 1
    flat = [column for column in spec.columns if not column.rotate]
    lines = max((len(textwrap.wrap(c.header, max(4, int(c.width) - spare))) for c in flat), default=1)
    return min(TALLEST_ROW, max(LINE_HEIGHT * lines + 9, turned * 8.4 + 14))


def _turned(spec: ColumnSpec) -> list[str]:
    """Return the lines of a rotated header: as many as the column is wide enough for."""
    lines = max(1, int(spec.width // 2.8))
    return textwrap.wrap(spec.header, max(12, math.ceil(len(spec.header) / lines) + 4))


def _colour(sheet: Any, reach: str, spec: ColumnSpec) -> None:
    """Set the data bar and the colour scale of a column."""
    if spec.bar:
        low, high = spec.bar
        bar = DataBarRule("num", low, "num", high, color=BAR, minLength=0, maxLength=100)
        sheet.conditional_formatting.add(reach, bar)
    if spec.scale:
        names = ("start", "end") if len(spec.scale) == 2 else ("start", "mid", "end")  # noqa: PLR2004 - two ends
        stops: dict[str, Any] = {}
        for name, (value, colour) in zip(names, spec.scale, strict=True):
            stops |= {f"{name}_type": "num", f"{name}_value": value, f"{name}_color": colour}
        sheet.conditional_formatting.add(reach, ColorScaleRule(**stops))


def _offer(sheet: Any, reach: str, spec: ColumnSpec) -> None:
    """Set the drop-down of a column. Raise ValueError for a list that would damage the file."""
    listed = ",".join(spec.choices)
    if len(listed) > LONGEST_LIST or any(sign in choice for choice in spec.choices for sign in ',"'):
        raise ValueError(f"The choices of {spec.header!r} do not fit a drop-down.")
    offer = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
    offer.errorStyle = "stop" if spec.strict else "warning"
    offer.errorTitle = "Not in the list"
    offer.error = spec.hint or f"Choose one of: {', '.join(spec.choices)}."
    offer.add(reach)
    sheet.data_validations.append(offer)
