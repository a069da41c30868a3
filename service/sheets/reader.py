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
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from service import storable
from service.errors import FileTooLarge, RolefitError, UnreadableFile, UnsupportedFile
from service.sheets.limits import Limits

Cell = str | float | int | bool | dt.date | dt.datetime | None

_KINDS = {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv"}
_MACRO_FILES = {".xlsm", ".xltm", ".xlam", ".xla", ".xlm"}
_REFUSALS = {kind.__name__: kind for kind in (UnreadableFile, FileTooLarge, UnsupportedFile)}
_MOST_FRAME = 256 * 1024 * 1024
_PIPE = 1024 * 1024
_LENGTH = struct.Struct(">I")
_NUL = rb"\u0000"
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
    """One sheet, read once and in order. `notes` is complete when the last chunk has been taken."""

    name: str
    hidden: bool
    notes: list[Note]
    _frames: Iterator[list[Any]] = field(repr=False)

    def chunks(self) -> Iterator[tuple[int, list[list[Cell]]]]:
        """Give (number of the first row as Excel shows it, rows); a chunk holds about 1,000 rows."""
        for _, first, rows, notes in self._frames:
            self.notes.extend(_notes(notes))
            yield first, _cells(rows)


class Workbook:
    """An open file: `kind` is 'xlsx', 'xls', 'ods' or 'csv', `warnings` say how it was read where that was a guess.

    `visible` counts the sheets that are not hidden.
    """

    def __init__(self, child: _Child) -> None:
        self._child = child
        _, self.kind, warnings, self.visible = child.frame("book")
        self.warnings = [str(warning) for warning in warnings]
        self._next: list[Any] | None = None

    def sheets(self) -> Iterator[Sheet]:
        """Give the sheets in order; what is left of one is passed over when the next is asked for."""
        self._next = self._child.frame("sheet", "end")
        while self._next[0] == "sheet":
            _, name, hidden, notes = self._next
            rows = self._rows()
            yield Sheet(str(name), bool(hidden), _notes(notes), rows)
            for _ in rows:
                pass

    def _rows(self) -> Iterator[list[Any]]:
        frame = self._child.frame("rows", "sheet", "end")
        while frame[0] == "rows":
            yield frame
            frame = self._child.frame("rows", "sheet", "end")
        self._next = frame


@contextmanager
def open_table(path: Path | str, filename: str, limits: Limits = Limits()) -> Iterator[Workbook]:  # noqa: B008 - frozen
    """Open the file at `path`, which its sender called `filename`; its content says what it is, not its name.

    Raises UnsupportedFile (not a kind we read, by its name or its content), UnreadableFile (broken, protected,
    dangerous; `parser_died` where the reader did not survive it) and FileTooLarge; each with a `code`. They may
    be raised while rows are read, not only here.
    """
    kind = _kind(filename)
    request = {"path": str(Path(path).resolve(strict=True)), "kind": kind, "limits": asdict(limits)}
    with _Child(request, limits.wall_seconds) as child:
        yield Workbook(child)


def _kind(filename: str) -> str:
    ending = Path(filename).suffix.lower()
    if ending in _KINDS:
        return _KINDS[ending]
    shown = "".join(letter for letter in ending if letter.isalnum())[:10]
    if ending in _MACRO_FILES:
        raise UnsupportedFile(
            f"Files that may hold macros (.{shown}) are not read. Open it in Excel and save a copy as .xlsx.",
            code="macros",
        )
    raise UnsupportedFile(
        f"Files ending in .{shown} are not read. Send .xlsx, .xls, .ods or .csv: open it in Excel and save a copy as "
        ".xlsx."
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

    def frame(self, *expected: str) -> list[Any]:
        """Take the next frame, one of `expected`; raise the refusal it carries."""
        (length,) = _LENGTH.unpack(self._take(_LENGTH.size))
        if length > _MOST_FRAME:
            raise _died("nonsense")
        raw = self._take(length)
        try:
            frame = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise _died("nonsense") from error
        if isinstance(frame, list) and frame and frame[0] == "refused":
            raise _refusal(frame)
        if not _fits(frame, expected):
            raise _died("nonsense")
        return _storable(frame) if _NUL in raw else frame

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
_SHAPES = {"book": (str, list, int), "sheet": (str, bool, list), "rows": (int, list, list), "end": ()}


def _fits(frame: Any, expected: tuple[str, ...]) -> bool:
    if not isinstance(frame, list) or not frame or frame[0] not in expected:
        return False
    shape = _SHAPES[frame[0]]
    return len(frame) == len(shape) + 1 and all(map(isinstance, frame[1:], shape))


def _storable(frame: list[Any]) -> list[Any]:
    """Return a frame in which U+FFFD stands for what cannot be stored; each such cell has a note."""
    if frame[0] != "rows":
        return storable.replaced(frame)
    _, first, rows, notes = frame
    marks = [
        [first + path[0], path[1] + 1, "character", storable.replaced(text)]
        for path, text in storable.faults(rows)
        if len(path) == 2  # noqa: PLR2004 - row and column; what is nested deeper is refused as nonsense
    ]
    return ["rows", first, storable.replaced(rows), [*notes, *marks]]


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
