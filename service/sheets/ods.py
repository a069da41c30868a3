"""Search an OpenDocument spreadsheet for what must not reach a parser: cells and rows that are said to repeat."""

from __future__ import annotations

import html
import re

from service.errors import FileTooLarge, UnreadableFile
from service.sheets import parts
from service.sheets.limits import Limits
from service.sheets.parts import RESAVE, Findings, Remark

_LONGEST_TAG = 256 * 1024
_TAG = re.compile(
    rb"<(/?table:table-row|table:table|table:table-column|table:(?:covered-)?table-cell)(?=[\s/>])("
    + parts.ATTRIBUTES
    + rb")>"
)
_COLUMNS = re.compile(rb"\stable:number-columns-repeated\s*=\s*[\"']([^\"']*)")
_ROWS = re.compile(rb"\stable:number-rows-repeated\s*=\s*[\"']([^\"']*)")
_SAYS = re.compile(rb"\s(?:office:value-type|table:formula)\s*=")
_NAME = re.compile(rb"\stable:name\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_NOT_SHOWN = re.compile(rb"\stable:visibility\s*=\s*[\"'](?:collapse|filter)")
_PERCENT = re.compile(rb"\soffice:value-type\s*=\s*[\"']percentage[\"']")
_ERROR = b'calcext:value-type="error"'
_SHOWN = re.compile(rb"\s*<text:p[^<>]*>([^<]{1,40})")
_COUNT = re.compile(rb"[0-9]{1,9}")


class Content:
    """The part that holds all sheets, fed in blocks that may end anywhere."""

    def __init__(self, limits: Limits, findings: Findings) -> None:
        self.limits = limits
        self.findings = findings
        self.tail = b""
        self.first = True
        self.is_hidden = False
        self.sheet = ""
        self.row = self.column = self.repeats = self.wide = 0
        self.last_row = self.last_column = self.in_row = 0
        self.percents: list[int] = []

    def feed(self, block: bytes) -> None:
        """Search the next block."""
        data = self.tail + block
        self.tail = data
        if self.first and len(data) < parts.PROLOG_SIZE:
            return
        if self.first:
            self._begin(data)
        cut = data.rfind(b"<")
        if cut < 0 or len(data) - cut > _LONGEST_TAG:
            cut = len(data)
        self.tail = data[cut:]
        self._search(data[:cut])

    def close(self) -> None:
        """Search what is left, at the end of the part."""
        if self.first:
            self._begin(self.tail)
        self._search(self.tail)

    def _begin(self, data: bytes) -> None:
        self.first = False
        parts.check_prolog(data)

    def _search(self, data: bytes) -> None:
        parts.check_text(data, self.limits.cell_characters)
        for tag in _TAG.finditer(data):
            if tag[1].endswith(b"cell"):
                self._cell(tag[2])
                if _ERROR in tag[2]:
                    self._remark(_SHOWN.match(data, tag.end()))
            elif tag[1] == b"table:table-row":
                self._begin_row(tag[2])
            elif tag[1] == b"/table:table-row":
                self._end_row()
            elif tag[1] == b"table:table-column":
                self._column(tag[2])
            else:
                self._begin_sheet(tag[2])

    def _begin_sheet(self, attributes: bytes) -> None:
        name = _NAME.search(attributes)
        self.sheet = html.unescape((name[1] or name[2] or b"").decode("utf-8", "replace")) if name else ""
        self.row = self.last_row = self.last_column = self.wide = 0

    def _begin_row(self, attributes: bytes) -> None:
        self.column = self.in_row = 0
        self.percents = []
        self.repeats = _repeated(_ROWS, attributes)
        self.is_hidden = _NOT_SHOWN.search(attributes) is not None
        if attributes.endswith(b"/"):
            self.row += self.repeats

    def _column(self, attributes: bytes) -> None:
        first = self.wide + 1
        self.wide += _repeated(_COLUMNS, attributes)
        if _NOT_SHOWN.search(attributes):
            self.findings.hide(self.sheet).columns.extend(range(first, min(self.wide, self.limits.columns) + 1))

    def _remark(self, shown: re.Match[bytes] | None) -> None:
        remarks = self.findings.remarks.setdefault(self.sheet, [])
        if len(remarks) < parts.MOST_NOTES:
            text = shown[1].decode("utf-8", "replace") if shown else "an error"
            remarks.append(Remark(self.row + 1, self.column, "error", text))

    def _cell(self, attributes: bytes) -> None:
        """Count a cell; an empty one only takes room where something follows it."""
        times = _repeated(_COLUMNS, attributes)
        self.column += times
        if attributes.endswith(b"/") and not _SAYS.search(attributes):
            self._count(1)
            return
        self.in_row += times
        self.last_column = max(self.last_column, self.column)
        if self.column > self.limits.columns:
            raise self._too_far(self.row + 1, self.column)
        self._count(times)
        if b'"percentage"' in attributes or _PERCENT.search(attributes):
            self.percents.extend(range(self.column - times + 1, self.column + 1))

    def _end_row(self) -> None:
        self.row += self.repeats
        if not self.in_row:
            return
        self.last_row = self.row
        hidden = self.findings.hide(self.sheet).rows if self.is_hidden else None
        if hidden is not None and len(hidden) < parts.MOST_NOTES:
            hidden.append(self.row)
        if self.row > self.limits.rows:
            raise self._too_far(self.row, self.column)
        self._count(self.in_row * (self.repeats - 1))
        if self.last_row * self.last_column > self.limits.cells:
            raise self._too_far(self.last_row, self.last_column)
        for column in self.percents:
            self.findings.mark_percents(self.sheet, column, range(self.row - self.repeats + 1, self.row + 1))

    def _count(self, cells: int) -> None:
        self.findings.cells += cells
        if self.findings.cells > self.limits.cells:
            raise FileTooLarge(
                f"The file holds more than {self.limits.cells:,} cells, counting those that repeat. {parts.TRIM}",
                code="too_many_cells",
            )

    def _too_far(self, row: int, column: int) -> FileTooLarge:
        where = f"{parts.column_name(column)}{row}"
        most = f"{self.limits.rows:,} rows and {self.limits.columns:,} columns"
        return FileTooLarge(
            f"Something stands in cell {where}, or repeats up to it, but at most {most} are read. {parts.TRIM}",
            [{"code": "far_cell", "detail": f"Cell {where}", "row": row, "column": column}],
            code="far_cell",
        )


def _repeated(attribute: re.Pattern[bytes], attributes: bytes) -> int:
    """Return how often a cell or row is said to repeat."""
    if b"-repeated" not in attributes:
        return 1
    found = attribute.search(attributes)
    if found is None:
        return 1
    if not _COUNT.fullmatch(found[1]):
        raise UnreadableFile(f"The file repeats a cell in a way no program writes. {RESAVE}", code="not_a_workbook")
    return max(1, int(found[1]))
