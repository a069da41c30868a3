"""Open a spreadsheet somebody sent: rows out, or a refusal that says what to do.

The file is opened by a child process (see `child`), confined in memory and time; this side starts it, keeps the
clock, and believes nothing it says: frames are JSON of a bounded length, and the worst they can hold is wrong text.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import orjson

from service import storable
from service.errors import FileTooLarge, RolefitError, UnreadableFile, UnsupportedFile
from service.sheets.limits import MEBIBYTE, Limits
from service.sheets.values import Percent

Cell = str | float | int | bool | dt.date | dt.datetime | Percent | None

_KINDS = frozenset({".xlsx", ".xls", ".ods", ".csv", ".tsv", ".tab", ".txt", ".md"})
_MACRO_FILES = {".xlsm", ".xltm", ".xlam", ".xla", ".xlm"}
_REFUSALS = {kind.__name__: kind for kind in (UnreadableFile, FileTooLarge, UnsupportedFile)}
_MOST_FRAME = 256 * 1024 * 1024
_PIPE = 1024 * 1024
_SPOOL = 8 * MEBIBYTE
"""Bytes of frames that are kept in memory; more go to a file that has no name."""
_LENGTH = struct.Struct(">I")
_ROWS = b'["rows",'
_NUL = rb"\u0000"
_NUMBERS = (int, float)
_PLAIN = frozenset({str, int, float, bool, type(None)})
# The parser's tables grow large: to keep freed memory is a twentieth faster than to map it anew (glibc).
_ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": "1000000000", "MALLOC_TRIM_THRESHOLD_": "1000000000"}
# `-I` keeps the caller's directory and environment out; the package is found where this one was.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import service; del sys.path[0]; "
    "from service.sheets.child import main; main()"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a sheet holds beside values, at a row and column from 1.

    A cell with an 'error' (its text: '#N/A'), a 'formula_without_value' or a 'character' that cannot be stored (its
    text as it is read, with U+FFFD); 'hidden_rows' (the first row, and in the text how many; no column) or a
    'hidden_column' (no row).
    """

    row: int
    column: int
    code: str
    text: str


@dataclass
class Sheet:
    """One sheet. Its rows may be read again, until the workbook is closed.

    `notes` is complete when the last chunk has been taken for the first time.
    """

    name: str
    hidden: bool
    notes: list[Note]
    _spool: _Spool = field(repr=False)
    _noted: int = field(default=0, repr=False)

    def chunks(self) -> Iterator[tuple[int, list[list[Cell]]]]:
        """Give (number of the first row as Excel shows it, rows); a chunk holds about 1,000 rows."""
        for place, raw in enumerate(self._spool):
            _, first, rows, percents, notes = _frame(raw, "rows")
            if place == self._noted:
                self.notes.extend(_notes(notes))
                self._noted += 1
            yield first, _with_percents(_cells(rows), first, percents)


class Workbook:
    """An open file: `kind` is 'xlsx', 'xls', 'ods' or 'csv', `warnings` say how it was read where that was a guess.

    `visible` counts the sheets that are not hidden.
    """

    def __init__(self, child: _Child, file: IO[bytes]) -> None:
        self._child = child
        self._file = file
        _, self.kind, warnings, self.visible = _frame(child.frame(), "book")
        self.warnings = [str(warning) for warning in warnings]

    def sheets(self) -> Iterator[Sheet]:
        """Give the sheets in order; what is left of one is kept for later when the next is asked for."""
        raw = self._child.frame()
        while (frame := _frame(raw, "sheet", "end"))[0] == "sheet":
            _, name, hidden, notes = frame
            spool = _Spool(self._child, self._file)
            yield Sheet(str(name), bool(hidden), _notes(notes), spool)
            raw = spool.fill()


class _Spool:
    """The frames of a sheet's rows, as the child sends them: each is kept, so that they can be taken again.

    The sheets of a workbook share a file, one after the other.
    """

    def __init__(self, child: _Child, file: IO[bytes]) -> None:
        self._child = child
        self._file = file
        self._kept: list[tuple[int, int]] = []
        self._next = b""

    def __iter__(self) -> Iterator[bytes]:
        """Give the frames from the first: those that are kept, then those that the child sends."""
        place = 0
        while True:
            if place < len(self._kept):
                start, size = self._kept[place]
                self._file.seek(start)
                yield self._file.read(size)
            elif raw := self._more():
                yield raw
            else:
                return
            place += 1

    def fill(self) -> bytes:
        """Keep the frames that were not taken, and return the frame after them."""
        while self._more():
            pass
        return self._next

    def _more(self) -> bytes:
        """Take and keep the next frame of rows. Return nothing after the last."""
        if self._next:
            return b""
        raw = self._child.frame()
        if not raw.startswith(_ROWS):
            self._next = raw
            return b""
        self._kept.append((self._file.seek(0, os.SEEK_END), len(raw)))
        self._file.write(raw)
        return raw


@contextmanager
def open_table(path: Path | str, filename: str, limits: Limits = Limits()) -> Iterator[Workbook]:  # noqa: B008 - frozen
    """Open the file at `path`, which its sender called `filename`; its content says what it is, not its name.

    Raises UnsupportedFile (not a kind we read, by its name or its content), UnreadableFile (broken, protected,
    dangerous; `parser_died` where the reader did not survive it) and FileTooLarge; each with a `code`. They may
    be raised while rows are read, not only here.
    """
    kind = _kind(filename)
    request = {"path": str(Path(path).resolve(strict=True)), "kind": kind, "limits": asdict(limits)}
    with _Child(request, limits.wall_seconds) as child, tempfile.SpooledTemporaryFile(_SPOOL) as file:
        yield Workbook(child, file)


def _kind(filename: str) -> str:
    ending = Path(filename).suffix.lower()
    if ending in _KINDS:
        return ending[1:]
    shown = "".join(letter for letter in ending if letter.isalnum())[:10]
    if ending in _MACRO_FILES:
        raise UnsupportedFile(
            f"Files that may hold macros (.{shown}) are not read. Open it in Excel and save a copy as .xlsx.",
            code="macros",
        )
    raise UnsupportedFile(
        f"Files ending in .{shown} are not read. Send .xlsx, .xls, .ods, .csv or .tsv: open it in Excel and save a "
        "copy as .xlsx."
        if shown
        else "The file's name has no ending, so its kind is unknown. Name it .xlsx, .xls, .ods or .csv, as it is.",
        code="unsupported_file",
    )


def _notes(notes: list[Any]) -> list[Note]:
    try:
        return [Note(*note) for note in notes]
    except TypeError as error:
        raise _died("nonsense") from error


def _cells(rows: list[list[Any]]) -> list[list[Cell]]:
    """Give the cells of a frame. Most rows are text and numbers, and are passed on with hardly a look."""
    try:
        return [
            _row(row) if _PLAIN.issuperset(map(type, row)) else _row([_cell(value) for value in row]) for row in rows
        ]
    except TypeError as error:
        raise _died("nonsense") from error


def _row(row: list[Any]) -> list[Cell]:
    return [None if value == "" else value for value in row] if "" in row else row


def _cell(value: Any) -> Cell:
    """Give the cell for anything but plain text, numbers and truth."""
    if type(value) in _PLAIN:
        return value
    if value.__class__ is dict:
        return _date(value)
    raise _died("nonsense")


def _date(tagged: dict[str, str]) -> dt.date | dt.datetime:
    try:
        return dt.date.fromisoformat(tagged["d"]) if "d" in tagged else dt.datetime.fromisoformat(tagged["t"])
    except (KeyError, TypeError, ValueError) as error:
        raise _died("nonsense") from error


_percent = lru_cache(1024)(Percent)


def _with_percents(rows: list[list[Cell]], first: int, percents: list[Any]) -> list[list[Cell]]:
    """Return rows with the numbers in these runs of cells as percentages."""
    try:
        for column, start, end in percents:
            for row in rows[start - first : end - first]:
                if column < len(row) and row[column].__class__ in _NUMBERS:
                    row[column] = _percent(row[column])
    except (TypeError, ValueError) as error:
        raise _died("nonsense") from error
    return rows


# ---------------------------------------------------------------- the child


class _Child:
    """A running child: `frame()` takes the next frame, and leaving the block ends the process for certain."""

    def __init__(self, request: dict[str, Any], wall_seconds: float) -> None:
        order = orjson.dumps(request)
        self._left = wall_seconds
        self._buffer = bytearray()
        self._process = subprocess.Popen(  # noqa: S603 - our own program; the path goes by standard input
            [sys.executable, "-I", "-c", _START, str(Path(__file__).parents[2])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            bufsize=0,
        )
        with suppress(OSError):  # a child that is dead already is noticed at its first frame
            self._process.stdin.write(order)
            self._process.stdin.close()
        self._out = self._process.stdout.fileno()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            # Room for the child to parse on while a chunk is used: a pipe holds 64 KiB otherwise.
            with suppress(OSError):
                fcntl.fcntl(self._out, fcntl.F_SETPIPE_SZ, _PIPE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._process.stdin.close()

    def frame(self) -> bytes:
        """Take the next frame, as it was sent."""
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > _MOST_FRAME:
            raise _died("nonsense")
        return self._take(length)

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._buffer += self._read()
        taken = bytes(memoryview(self._buffer)[:size])
        del self._buffer[:size]
        return taken

    def _read(self) -> bytes:
        """Read what is there; only time spent waiting for the child is counted against it."""
        began = time.monotonic()
        poll = select.poll()
        poll.register(self._out, select.POLLIN)
        ready = poll.poll(max(0, self._left) * 1000)
        self._left -= time.monotonic() - began
        if not ready:
            raise _died("timeout")
        if block := os.read(self._out, _PIPE):
            return block
        raise _died(_signal_name(self._process.wait()))


# What a frame holds after its name.
_SHAPES = {"book": (str, list, int), "sheet": (str, bool, list), "rows": (int, list, list, list), "end": ()}


def _frame(raw: bytes, *expected: str) -> list[Any]:
    """Return a frame that is one of `expected`; raise the refusal it carries."""
    try:
        frame = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise _died("nonsense") from error
    if isinstance(frame, list) and frame and frame[0] == "refused":
        raise _refusal(frame)
    if not _fits(frame, expected):
        raise _died("nonsense")
    return _storable(frame) if _NUL in raw else frame


def _fits(frame: Any, expected: tuple[str, ...]) -> bool:
    if not isinstance(frame, list) or not frame or frame[0] not in expected:
        return False
    shape = _SHAPES[frame[0]]
    return len(frame) == len(shape) + 1 and all(map(isinstance, frame[1:], shape))


def _storable(frame: list[Any]) -> list[Any]:
    """Return a frame in which U+FFFD stands for what cannot be stored; each such cell has a note."""
    if frame[0] != "rows":
        return storable.replaced(frame)
    _, first, rows, percents, notes = frame
    marks = [
        [first + path[0], path[1] + 1, "character", storable.replaced(text)]
        for path, text in storable.faults(rows)
        if len(path) == 2  # noqa: PLR2004 - row and column; what is nested deeper is refused as nonsense
    ]
    return ["rows", first, storable.replaced(rows), percents, [*notes, *marks]]


def _refusal(frame: list[Any]) -> RolefitError:
    try:
        _, kind, code, detail, errors = frame
        return _REFUSALS[kind](detail, errors, code=code)
    except (KeyError, TypeError, ValueError) as error:
        raise _died("nonsense") from error


def _signal_name(status: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-status).name
    return f"exit {status}"


def _died(how: str) -> UnreadableFile:
    return UnreadableFile(
        "The file made its reader stop, by its size or by damage. Open it in Excel, copy the data into a new workbook, "
        "and save that as .xlsx.",
        [{"code": "parser_died", "detail": "The reader stopped", "signal": how}],
        code="parser_died",
    )
