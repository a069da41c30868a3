"""Search an older Excel file (.xls: BIFF records in an OLE container) for what must not reach a parser.

The container is followed by its own tables, with every sector counted once; the records are walked from first to last.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from service.errors import FileTooLarge, RolefitError, UnreadableFile, UnsupportedFile
from service.sheets import parts
from service.sheets.formats import BUILT_IN, is_percent
from service.sheets.limits import MEBIBYTE, Limits
from service.sheets.parts import RESAVE, Findings, Remark

_END = 0xFFFFFFF9
"""Sector numbers from here on are no sectors: free, end of chain, tables."""

_DIRECTORY = 128
_MINI = 64
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _FILEPASS, _BOUNDSHEET, _SST, _DIMENSIONS = 0x0809, 0x002F, 0x0085, 0x00FC, 0x0200
_MULRK, _MULBLANK, _BLANK, _FORMULA, _BOOLERR = 0x00BD, 0x00BE, 0x0201, 0x0006, 0x0205
_ROW, _COLINFO = 0x0208, 0x007D
_XF, _FORMAT = 0x00E0, 0x041E
_NUMBERS = frozenset({_MULRK, _FORMULA, 0x0203, 0x027E})
_CELLS = frozenset({_MULRK, _FORMULA, _BOOLERR, 0x0203, 0x0204, 0x00D6, 0x027E, 0x00FD})
_EMPTY = frozenset({_BLANK, _MULBLANK})
_BIFF8 = 0x0600
_SHEET, _MACRO_SHEET = 0x0010, 0x0040
_LEAST_STRING = 3
_WIDEST = 256


class Entry(NamedTuple):
    """A stream or storage of the container."""

    name: str
    start: int
    size: int


def inspect(file: BinaryIO, limits: Limits) -> Findings:
    """Return what the file holds; raise what forbids to read it. Remarks are by the name of the sheet."""
    size = file.seek(0, 2)
    if size > limits.entry_bytes // 4:
        raise FileTooLarge(
            f"A file of the older kind .xls is read up to {limits.entry_bytes // 4 // MEBIBYTE} MiB. {RESAVE}",
            code="too_large",
        )
    file.seek(0)
    try:
        container = Container(file.read())
        records = container.workbook()
    except (struct.error, IndexError) as error:
        raise _damaged() from error
    return Records(records, limits).walk()


def _damaged() -> UnreadableFile:
    return UnreadableFile(
        f"The file is damaged or was cut short on its way. Send it again, or: {RESAVE}", code="truncated"
    )


class Container:
    """The OLE container: its sectors, and what they belong to."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 - sectors of 512 or 4096 bytes, and of 64
            raise _damaged()
        self.sector = 1 << shift
        self.sectors = max(0, (len(data) - 1) // self.sector)
        first_directory, _, self.cutoff, first_mini, _, first_more, _ = struct.unpack_from("<7I", data, 48)
        self.fat = array("I", b"".join(self._at(number) for number in self._fat_sectors(first_more)))
        self.entries = list(self._directory(first_directory))
        self.mini_fat = array("I", self._chain(first_mini)) if first_mini < _END else array("I")

    def workbook(self) -> bytes:
        """Return the stream of records; refuse what is protected, holds macros or is no workbook."""
        names = {entry.name for entry in self.entries}
        if names & {"EncryptedPackage", "EncryptionInfo"}:
            raise encrypted()
        if names & {"_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT", "Macros"}:
            raise _macros()
        book = next((entry for name in ("Workbook", "Book") for entry in self.entries if entry.name == name), None)
        if book is None:
            raise UnsupportedFile(f"The file is an older Office file, but no workbook. {RESAVE}", code="not_a_workbook")
        return self._stream(book)

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        found = self.data[start : start + self.sector]
        if number >= self.sectors or not found:
            raise _damaged()
        return found.ljust(self.sector, b"\0")

    def _fat_sectors(self, more: int) -> Iterator[int]:
        """Yield the sectors of the table of chains."""
        yield from (number for number in struct.unpack_from("<109I", self.data, 76) if number < _END)
        for _ in range(self.sectors):
            if more >= _END:
                return
            *numbers, more = struct.unpack(f"<{self.sector // 4}I", self._at(more))
            yield from (number for number in numbers if number < _END)

    def _chain(self, start: int) -> bytes:
        """Return the bytes of a chain of sectors; one that goes round in a circle is damage."""
        found: list[bytes] = []
        while start < _END:
            found.append(self._at(start))
            if len(found) > self.sectors or start >= len(self.fat):
                raise _damaged()
            start = self.fat[start]
        return b"".join(found)

    def _directory(self, start: int) -> Iterator[Entry]:
        data = self._chain(start)
        for place in range(0, len(data), _DIRECTORY):
            length, kind = struct.unpack_from("<HB", data, place + 64)
            first, size = struct.unpack_from("<II", data, place + 116)
            if kind:
                name = data[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                yield Entry(name, first, size)

    def _stream(self, entry: Entry) -> bytes:
        if entry.size >= self.cutoff:
            return self._chain(entry.start)[: entry.size]
        minis = self._chain(self.entries[0].start)
        found, number = [], entry.start
        while number < _END and len(found) * _MINI < entry.size:
            found.append(minis[number * _MINI : (number + 1) * _MINI])
            number = self.mini_fat[number]
        return b"".join(found)[: entry.size]


def encrypted() -> UnreadableFile:
    """Return the refusal of a file with a password."""
    return UnreadableFile(
        "The file is protected by a password. Open it in Excel and save a copy as .xlsx without a password.",
        code="encrypted",
    )


def _macros() -> UnreadableFile:
    return UnreadableFile("The file holds macros. Open it in Excel and save a copy as .xlsx.", code="macros")


class Records:
    """The records of a workbook, walked once."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.findings = Findings()
        self.names: dict[int, str] = {}
        self.version = 0
        self.sheet = ""
        self.rows = self.columns = 0
        self.percent_formats = set(BUILT_IN)
        self.percent_styles: set[int] = set()
        self.styles = 0

    def walk(self) -> Findings:
        """Go through all records; raise what forbids to read them."""
        place, size = 0, len(self.data)
        header = struct.Struct("<HH")
        try:
            while place + 4 <= size:
                kind, length = header.unpack_from(self.data, place)
                if place + 4 + length > size:
                    raise _damaged()
                if kind in _CELLS or kind in _EMPTY:
                    self._cell(kind, place + 4, length)
                elif kind:
                    self._other(kind, place, length)
                elif not length and not any(self.data[place : place + 64]):
                    break  # what follows the last record is padding
                place += 4 + length
        except struct.error as error:
            raise _damaged() from error
        if not self.version:
            raise UnreadableFile(f"The file is no workbook that is read. {RESAVE}", code="not_a_workbook")
        return self.findings

    def _other(self, kind: int, place: int, length: int) -> None:
        body = place + 4
        if kind == _BOF:
            self._begin(place, *struct.unpack_from("<HH", self.data, body))
        elif kind == _FILEPASS:
            raise encrypted()
        elif kind == _BOUNDSHEET:
            self._name(body, length)
        elif kind == _SST:
            _, different = struct.unpack_from("<II", self.data, body)
            if different * _LEAST_STRING > len(self.data) - body:
                raise _damaged()
        elif kind == _DIMENSIONS:
            self._dimensions(body)
        elif kind in (_ROW, _COLINFO):
            self._hidden(kind, body)
        elif kind in (_FORMAT, _XF):
            self._format(kind, body, length)

    def _begin(self, place: int, version: int, kind: int) -> None:
        if kind == _MACRO_SHEET:
            raise _macros()
        self.version = self.version or version
        self.rows = self.columns = 0
        if kind == _SHEET:
            self.sheet = self.names.get(place, "")

    def _name(self, body: int, length: int) -> None:
        place, _, kind, letters = struct.unpack_from("<IBBB", self.data, body)
        if kind == 1:
            raise _macros()
        rest = self.data[body + 7 : body + length]
        if self.version < _BIFF8:
            self.names[place] = rest[:letters].decode("cp1252", "replace")
        elif rest[:1] == b"\0":
            self.names[place] = rest[1 : letters + 1].decode("latin-1")
        else:
            self.names[place] = rest[1 : 2 * letters + 1].decode("utf-16-le", "replace")

    def _format(self, kind: int, body: int, length: int) -> None:
        """Note which formats show a percentage: the workbook's own come first, then those of cells that name them."""
        if kind == _XF:
            (number,) = struct.unpack_from("<H", self.data, body + 2)
            if number in self.percent_formats:
                self.percent_styles.add(self.styles)
            self.styles += 1
            return
        (number,) = struct.unpack_from("<H", self.data, body)
        is_wide = self.version >= _BIFF8 and self.data[body + 4] & 1
        code = self.data[body + (5 if self.version >= _BIFF8 else 3) : body + length]
        shows = is_percent(code.decode("utf-16-le" if is_wide else "latin-1", "replace"))
        (self.percent_formats.add if shows else self.percent_formats.discard)(number)

    def _dimensions(self, body: int) -> None:
        """Refuse a size for which the parser would make room before it has seen a cell."""
        top, bottom, left, right = struct.unpack_from("<IIHH" if self.version >= _BIFF8 else "<HHHH", self.data, body)
        if max(0, bottom - top) * max(0, right - left) > self.limits.cells:
            raise self._too_far(bottom, right)

    def _cell(self, kind: int, body: int, length: int) -> None:
        row, column = struct.unpack_from("<HH", self.data, body)
        many = (length - 6) // (6 if kind == _MULRK else 2) if kind in (_MULRK, _MULBLANK) else 1
        self.findings.cells += many
        if self.findings.cells > self.limits.cells:
            raise FileTooLarge(
                f"The file holds more than {self.limits.cells:,} cells. {parts.TRIM}", code="too_many_cells"
            )
        if kind in _EMPTY:
            return
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + many)
        if (
            row >= self.limits.rows
            or column + many > self.limits.columns
            or self.rows * self.columns > self.limits.cells
        ):
            raise self._too_far(row + 1, column + many)
        if self.percent_styles and kind in _NUMBERS:
            self._percents(row, column, body + 4, many)
        if kind == _BOOLERR:
            value, is_error = struct.unpack_from("<BB", self.data, body + 6)
            if is_error:
                self._remark(row, column, value)
        elif kind == _FORMULA:
            shown, _, value, mark = struct.unpack_from("<BBBxxxH", self.data, body + 6)
            if mark == 0xFFFF and shown == 2:  # noqa: PLR2004 - the kept result is an error
                self._remark(row, column, value)

    def _percents(self, row: int, column: int, place: int, many: int) -> None:
        """Note which numbers side by side show a percentage; the first names its format at `place`."""
        for more in range(many):
            (style,) = struct.unpack_from("<H", self.data, place + 6 * more)
            if style in self.percent_styles:
                self.findings.mark_percents(self.sheet, column + more + 1, (row + 1,))

    def _remark(self, row: int, column: int, value: int) -> None:
        remarks = self.findings.remarks.setdefault(self.sheet, [])
        if len(remarks) < parts.MOST_NOTES:
            remarks.append(Remark(row + 1, column + 1, "error", _ERRORS.get(value, "#ERROR!")))

    def _hidden(self, kind: int, body: int) -> None:
        """Note rows and columns that are not shown."""
        hidden = self.findings.hide(self.sheet)
        if kind == _ROW:
            row, first, last, _, _, _, options = struct.unpack_from("<HHHHHHH", self.data, body)
            if options & 0x20 and last > first and len(hidden.rows) < parts.MOST_NOTES:
                hidden.rows.append(row + 1)
            return
        first, last, _, _, options = struct.unpack_from("<HHHHH", self.data, body)
        if options & 1 and len(hidden.columns) < parts.MOST_NOTES:
            hidden.columns.extend(range(first + 1, min(last + 2, _WIDEST)))

    def _too_far(self, row: int, column: int) -> RolefitError:
        where = f"{parts.column_name(column)}{row}"
        most = f"{self.limits.rows:,} rows, {self.limits.columns:,} columns and {self.limits.cells:,} cells"
        return FileTooLarge(
            f"The sheet reaches to cell {where}, but at most {most} are read. {parts.TRIM}",
            [{"code": "far_cell", "detail": f"Cell {where}", "row": row, "column": column}],
            code="far_cell",
        )
