"""Search the parts of a workbook for what must not reach a parser, and for what a parser would leave unsaid.

A part is fed in blocks that may end anywhere. The blocks are searched whole; a cell is looked at alone only where one
stands out.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from service.errors import FileTooLarge, RolefitError, UnreadableFile
from service.sheets.limits import Limits

RESAVE = "Open it in Excel and save a copy as .xlsx."
TRIM = (
    "If it is a stray, delete the rows and columns after the data, save, and try again; if it is data, split the file."
)
MOST_NOTES = 10_000
_TAIL = 256 * 1024
PROLOG_SIZE = 64 * 1024
_LONGEST_ERROR = 20_000  # with the formula that gave it


class Remark(NamedTuple):
    """A cell whose content cannot be read: its row and column from 1, a code, and what it shows."""

    row: int
    column: int
    code: str
    text: str


@dataclass
class Hidden:
    """Rows that hold something, and columns, that are not shown; both from 1."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


@dataclass
class Findings:
    """What the guard saw in a workbook: remarks on cells by part, and the parts that name the sheets.

    `hidden` holds by part what is not shown. `percents` holds by part the cells that show a percentage: rows by
    column, from 1; a row takes four bytes. `percent_styles` are the cell formats of an .xlsx that make them do so.
    """

    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    hidden: dict[str, Hidden] = field(default_factory=dict)
    percents: dict[str, dict[int, array[int]]] = field(default_factory=dict)
    percent_styles: frozenset[int] = frozenset()
    cells: int = 0
    bytes: int = 0

    def hide(self, part: str) -> Hidden:
        """Return what is known to be hidden in a part, to be added to."""
        return self.hidden.setdefault(part, Hidden())

    def mark_percents(self, part: str, column: int, rows: Iterable[int]) -> None:
        """Add cells of a column that show a percentage."""
        self.percents.setdefault(part, {}).setdefault(column, array("I")).extend(rows)


_NAME = rb"(?:[A-Za-z_][\w.-]*:)?"
# Every pattern ends at the next "<" at the latest, so that a block of tags never closed is searched once, not squared.
ATTRIBUTES = rb"[^<>\"']*(?:(?:\"[^<\"]*\"|'[^<']*')[^<>\"']*)*"
# What may precede a root element. A comment or instruction longer than a block is taken for a DTD, and refused.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ENTITY = re.compile(rb"&[^;&]{1,10};")
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_ODD_CELL = re.compile(rb"<c(?=[\s/>])(?! r=\")|:c(?=[\s/>])")
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]{0,60}:)c(?=[\s/>])")
_ANY_CELL = re.compile(rb"[<:]c(?=[\s/>])")
_CELL = re.compile(rb"<" + _NAME + rb"c(?=[\s/>])(" + ATTRIBUTES + rb")>")
_ROW = re.compile(rb"<" + _NAME + rb"row(?=[\s/>])(" + ATTRIBUTES + rb")>")
_CELL_END = re.compile(rb"</" + _NAME + rb"c\s*>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*)0*([0-9]*)")
_VALUE = re.compile(rb"<" + _NAME + rb"v[^<>]*>([^<]*)")
_INLINE = re.compile(rb"<" + _NAME + rb"is[\s>]")
_FORMULA = re.compile(rb"<" + _NAME + rb"f[\s/>]")
_REMARKABLE = re.compile(rb"[<:]f[\s/>]|[\"']e[\"']")
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w*)")
_PLAIN_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^<>]* t="e"[^<>]*>')
_PLAIN_FORMULA = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"([^<>]*)><f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)(?:</c>|<v\s*/></c>|<v></v></c>)'
)
_HIDDEN = rb"[^<>]*\shidden=\"(?:1|true)\"[^<>]*"
_HIDDEN_ROW = re.compile(rb"<" + _NAME + rb"row(?=\s)(" + _HIDDEN + rb")(?<!/)>")
_HIDDEN_COLUMN = re.compile(rb"<" + _NAME + rb"col(?=\s)" + _HIDDEN + rb">")
_UNSOLVED = (b"</f></c>", b"/></c>", b"<v></v></c>")


def _within(most: str, alphabet: str) -> str:
    """Write a pattern for the words of `alphabet` that count no higher than `most`: shorter, earlier, or it."""
    any_of = f"[{alphabet[0]}-{alphabet[-1]}]"
    words = [any_of + f"{{1,{len(most) - 1}}}"] if len(most) > 1 else []
    for place, letter in enumerate(most):
        if earlier := alphabet[: alphabet.index(letter)]:
            words.append(f"{most[:place]}[{earlier[0]}-{earlier[-1]}]{any_of}{{{len(most) - place - 1}}}")
    return "|".join([*words, most])


def _near(limits: Limits) -> str:
    columns = _within(column_name(limits.columns), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"(?:{columns})(?:{_within(str(limits.rows), '0123456789')})"


def _far_pattern(limits: Limits) -> re.Pattern[bytes]:
    """Write a pattern for a cell that is not plainly near; as a negation it is the fastest to search."""
    # A cell closed in its own tag is empty, and the parser makes no room for it.
    return re.compile(f'<c r="(?!{_near(limits)}")[^<>]*>(?<!/>)'.encode())


def _far_reference(limits: Limits) -> re.Pattern[bytes]:
    """Write a pattern for a reference that is not plainly near, however it is written."""
    return re.compile(f"\\sr\\s*=\\s*(?![\"']{_near(limits)}[\"'])".encode())


def _one_of(words: set[str]) -> str:
    """Write a pattern for words that shares their beginnings: it is as fast for many as for few."""
    rests: dict[str, set[str]] = {}
    for word in filter(None, words):
        rests.setdefault(word[0], set()).add(word[1:])
    branches = "|".join(letter + _one_of(rest) for letter, rest in rests.items())
    return f"(?:{branches}){'?' if '' in words else ''}" if branches else ""


def _styled(styles: frozenset[int]) -> tuple[str, str]:
    """Write patterns for the attribute that gives a cell one of the formats: as it is usually written, and any way."""
    one_of = _one_of(set(map(str, styles)))
    return f' s="{one_of}"', rf"\ss\s*=\s*[\"']0*{one_of}[\"']"


def column_name(number: int) -> str:
    """Give the letters Excel shows above column `number` (from 1)."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class Part:
    """One part of the package, fed in blocks that may end anywhere."""

    def __init__(self, name: str, limits: Limits, findings: Findings) -> None:
        lower = name.lower()
        self.name = name
        self.limits = limits
        self.findings = findings
        self.tail = b""
        self.first = True
        self.row = 0
        self.column = 0
        # Pictures may be SVG with a DOCTYPE, and Power Query keeps UTF-16 in customXml: no parser here opens them.
        self.is_xml = lower.endswith((".xml", ".rels", ".vml")) and not lower.startswith("customxml/")
        self.holds_text = "sheet" in lower or "strings" in lower
        self.far = _far_pattern(limits)
        self.far_reference = _far_reference(limits)
        self.percent_somewhere = self.percent = self.percents = None
        if findings.percent_styles and "sheet" in lower:
            usual, any_way = _styled(findings.percent_styles)
            # A cell without a format has the first.
            unsaid = r"|(?![^<>]*\ss\s*=)" if 0 in findings.percent_styles else ""
            self.percent_somewhere = re.compile(b"" if unsaid else any_way.encode())
            self.percent = re.compile(f"[^<>]*?{any_way}{unsaid}".encode())
            # Cells that stand side by side are found at once: the first column, the row, and the last column.
            self.percents = re.compile(
                rf'(?=<c r="([A-Z]{{1,3}})([0-9]{{1,7}})")(?:<c r="([A-Z]+)[0-9]+"(?:{usual}|[^<>]*?{any_way}{unsaid})'
                r"[^<>]*>(?:<v>[^<]*</v></c>)?)+".encode()
            )

    def feed(self, block: bytes) -> None:
        """Search the next block."""
        data = self.tail + block if self.tail else block
        self.tail = data
        if self.first and len(data) < PROLOG_SIZE:
            return
        if self.first:
            self._check_prolog(data)
        cut = _cut(data)
        self.tail = data[cut:]
        self._search(data[:cut])

    def close(self) -> None:
        """Search what is left, at the end of the part."""
        if self.first:
            self._check_prolog(self.tail)
        self._search(self.tail)

    def _check_prolog(self, data: bytes) -> None:
        self.first = False
        if self.is_xml:
            check_prolog(data)

    def _search(self, data: bytes) -> None:
        if self.holds_text:
            check_text(data, self.limits.cell_characters)
        if b"hidden=" in data and self.holds_text:
            self._search_hidden(data)
        if b":c" in data and (prefix := _PREFIX.search(data)):
            data = data.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</")
        plain = data.count(b'<c r="')
        odd = (data.count(b"<c") > plain or b":c" in data) and _ODD_CELL.search(data) is not None
        self._count(len(_ANY_CELL.findall(data)) if odd else plain)
        if odd:
            self._walk(data)
        elif plain:
            self._search_cells(data)

    def _count(self, cells: int) -> None:
        self.findings.cells += cells
        if self.findings.cells > self.limits.cells:
            raise FileTooLarge(
                f"The file holds more than {self.limits.cells:,} cells, counting formatted empty ones. Delete the rows "
                "and columns after the data and save, or split the file.",
                code="too_many_cells",
            )

    def _search_hidden(self, data: bytes) -> None:
        """Note rows and columns that are not shown."""
        hidden = self.findings.hide(self.name)
        for row in _HIDDEN_ROW.finditer(data):
            told = _REFERENCE.search(b" " + row[1])
            if told and len(hidden.rows) < MOST_NOTES:
                hidden.rows.append(int(told[2][:9] or 0))
        for column in _HIDDEN_COLUMN.finditer(data):
            ends = [int(end[1]) for name in (b"min", b"max") if (end := re.search(name + rb'="(\d{1,5})"', column[0]))]
            if len(ends) == 2 and len(hidden.columns) < MOST_NOTES:  # noqa: PLR2004 - from and to
                hidden.columns.extend(range(ends[0], min(ends[1], self.limits.columns) + 1))

    def _search_cells(self, data: bytes) -> None:
        """Search cells that are all written `<c r="…"`, as nearly every program does."""
        for hit in self.far.finditer(data):
            self._remember(data, hit.start())
            self._look_at(_CELL.match(data, hit.start()), data)
        if b't="e"' in data:
            self._search_errors(data)
        if b"<f" in data and any(mark in data for mark in _UNSOLVED):
            self._search_formulas(data)
        if self.percents:
            self._search_percents(data)
        self._remember(data, len(data))

    def _remember(self, data: bytes, end: int) -> None:
        """Take the place of the last cell before `end`."""
        start = data.rfind(b'<c r="', 0, end)
        if start >= 0 and (told := _REFERENCE.match(data, start + 2)):
            self.column, self.row = _column_number(told[1]), int(told[2] or 0)

    def _search_percents(self, data: bytes) -> None:
        side_by_side: dict[tuple[bytes, bytes], list[int]] = {}
        for first, row, last in self.percents.findall(data):
            side_by_side.setdefault((first, last), []).append(int(row))
        for (first, last), rows in side_by_side.items():
            self._mark(_column_number(first), _column_number(last), rows)

    def _mark(self, first: int, last: int, rows: list[int]) -> None:
        """Note cells that show a percentage; what lies too far out is empty, or refused."""
        near = [row for row in rows if row <= self.limits.rows]
        for column in range(first, min(last, self.limits.columns) + 1):
            self.findings.mark_percents(self.name, column, near)

    def _search_errors(self, data: bytes) -> None:
        for error in _PLAIN_ERROR.finditer(data):
            self._remark(_column_number(error[1]), int(error[2]), "error", _shown(data, error.end()))
            if len(self.findings.remarks[self.name]) >= MOST_NOTES:
                return

    def _search_formulas(self, data: bytes) -> None:
        for formula in _PLAIN_FORMULA.finditer(data):
            # A formula may well say "": then its kept value is an empty string.
            if not (b't="str"' in formula[3] and b"<v" in formula[0]):
                self._remark(_column_number(formula[1]), int(formula[2]), "formula_without_value", "")

    def _walk(self, data: bytes) -> None:
        """Go row by row through cells that may lack a reference, have a prefix, or other orders and quotes."""
        starts = list(_ROW.finditer(data))
        ends = [*(row.start() for row in starts), len(data)]
        self._walk_row(data[: ends[0]])
        for start, end in zip(starts, ends[1:], strict=True):
            told = _REFERENCE.search(b" " + start[1])
            self.row = int(told[2]) if told and told[2] else self.row + 1
            self.column = 0
            self._walk_row(data[start.end() : end])

    def _walk_row(self, row: bytes) -> None:
        cells = len(_ANY_CELL.findall(row))
        inside = self.column + cells <= self.limits.columns and self.row <= self.limits.rows
        plain = not _REMARKABLE.search(row) and not (self.percent_somewhere and self.percent_somewhere.search(row))
        if inside and plain and not self.far_reference.search(row):
            self.column += cells
            return
        for cell in _CELL.finditer(row):
            self._look_at(cell, row)

    def _look_at(self, cell: re.Match[bytes] | None, data: bytes) -> None:
        """Refuse a cell that lies too far out and holds something; remark on one that cannot be read."""
        if cell is None:
            return
        before = (self.row, self.column)
        self._place(cell)
        content = _content(cell, data)
        if self.column > self.limits.columns or self.row > self.limits.rows:
            if content is None or _INLINE.search(content) or _kept_value(content):
                raise self._too_far(before)
            return
        if not content:
            return
        if self.percent and self.percent.match(cell[1]):
            self._mark(self.column, self.column, [self.row])
        kind = _TYPE.search(cell[1])
        if kind and kind[1] == b"e":
            self._remark(self.column, self.row, "error", _shown(content, 0))
        elif _FORMULA.search(content) and not _kept_value(content) and not (kind and kind[1] == b"str"):
            self._remark(self.column, self.row, "formula_without_value", "")

    def _place(self, cell: re.Match[bytes]) -> None:
        self.column += 1
        for told in _REFERENCE.finditer(cell[1]):  # the parser takes the last of two references
            self.column = _column_number(told[1])
            self.row = int(told[2] or 0)

    def _too_far(self, before: tuple[int, int]) -> RolefitError:
        where = f"{column_name(self.column)}{self.row}" if self.column < 1e9 else "one"  # noqa: PLR2004
        reached = f"{self.limits.rows:,} rows and {self.limits.columns:,} columns are read"
        code = "far_cell"
        if self.row == before[0] + 1 == self.limits.rows + 1:
            code = "too_many_rows"
        elif (self.row, self.column) == (before[0], before[1] + 1) and before[1] == self.limits.columns:
            code = "too_many_columns"
        return FileTooLarge(
            f"Cell {where} holds something, but at most {reached}. {TRIM}",
            [{"code": code, "detail": f"Cell {where}", "row": self.row, "column": self.column}],
            code=code,
        )

    def _remark(self, column: int, row: int, code: str, text: str) -> None:
        remarks = self.findings.remarks.setdefault(self.name, [])
        if len(remarks) < MOST_NOTES:
            remarks.append(Remark(row, column, code, text))


def check_prolog(data: bytes) -> None:
    """Refuse what may stand before the first tag: a DTD (it can stand nowhere else), another encoding."""
    declared = _DECLARED.match(data)
    known = declared is None or declared[1].lower() in {b"utf-8", b"us-ascii", b"ascii", b"utf8"}
    if not known or b"\0" in data[:64] or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(f"The file's text is in an unusual encoding. {RESAVE}", code="xml_encoding")
    prolog = _PROLOG.match(data)
    if prolog and data[prolog.end() :].startswith((b"<!", b"<?")):
        raise UnreadableFile(
            f"The file holds a document type definition, which no workbook needs. {RESAVE}", code="dtd"
        )


def check_text(data: bytes, most: int) -> None:
    """Refuse a text over the limit: it would span a whole window of half its length that holds no tag."""
    window = max(1, most // 2)
    for start in range(0, len(data) - window + 1, window):
        if data.find(b"<", start, start + window) >= 0:
            continue
        end = data.find(b"<", start)
        run = data[max(0, data.rfind(b"<", 0, start)) : end if end > 0 else len(data)]
        # What stands before the ">" are attributes, which may be long: the ranges of a conditional format.
        text = _ENTITY.sub(b"&", run.partition(b">")[2])
        if len(text) > most and len(text.decode("utf-8", "replace")) > most:
            raise _too_long(most)


def _too_long(most: int) -> FileTooLarge:
    return FileTooLarge(f"A cell holds more than the {most:,} characters Excel allows.", code="cell_too_long")


def _cut(data: bytes) -> int:
    """Find where the last cell begins, or else the last tag: what follows waits for the next block."""
    start = max(0, len(data) - _TAIL)
    cell, prefixed = data.rfind(b"<c", start), data.rfind(b":c>", start)
    if max(cell, prefixed) >= 0:
        return cell if cell > prefixed else prefixed + 3
    tag = data.rfind(b"<", start)
    return tag if tag >= 0 else len(data)


def _content(cell: re.Match[bytes], data: bytes) -> bytes | None:
    """Give what stands inside the cell; None where its end is not in `data`."""
    if cell[1].endswith(b"/"):
        return b""
    end = _CELL_END.search(data, cell.end())
    return data[cell.end() : end.start()] if end else None


def _kept_value(content: bytes) -> bytes:
    value = _VALUE.search(content)
    return value[1].strip() if value else b""


def _shown(data: bytes, start: int) -> str:
    """Give the value of the cell whose tag ends at `start`: what Excel shows for an error."""
    if data.endswith(b"/>", 0, start):
        return ""
    most = start + _LONGEST_ERROR
    end = _CELL_END.search(data, start, most)
    value = _VALUE.search(data, start, end.start() if end else most)
    return value[1].decode("utf-8", "replace")[:40] if value else ""
