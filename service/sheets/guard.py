"""Look a file over before a parser sees it; raise the refusal a person can act on.

Runs in the child process. A zip's headers lie, so every entry is inflated once, in blocks, and counted while it
inflates. The blocks are searched with whole-block searches; a cell is looked at alone only where one stands out.
"""

from __future__ import annotations

import codecs
import csv
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from service.errors import FileTooLarge, RolefitError, UnreadableFile, UnsupportedFile
from service.sheets.limits import MEBIBYTE, Limits

RESAVE = "Open it in Excel and save a copy as .xlsx."
TRIM = (
    "If it is a stray, delete the rows and columns after the data, save, and try again; if it is data, split the file."
)
MOST_NOTES = 10_000

_READ = 128 * 1024
_BLOCK = MEBIBYTE
_TAIL = 256 * 1024
_PROLOG_SIZE = 64 * 1024
_KEPT = 4 * MEBIBYTE
_LONGEST_NAME = 1024
_LONGEST_ERROR = 20_000  # with the formula that gave it
_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


class Remark(NamedTuple):
    """A cell whose content cannot be read: its row and column from 1, a code, and what it shows."""

    row: int
    column: int
    code: str
    text: str


# ---------------------------------------------------------------- what kind of bytes

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "pdf"),
)
# A zip or OLE file has its kind from its first bytes; what is text has it from its first words.
_WORDS = (
    (re.compile(r"<!doctype html|<(?:html|head|body|table|meta|div)\b", re.IGNORECASE), "a web page (HTML)"),
    (re.compile(r"<\?xml|<[\w.:-]{1,99}\s+xmlns", re.IGNORECASE), "XML"),
    (re.compile(r"\{\\rtf"), "a text document (RTF)"),
    (re.compile(r"ID;P[^\r\n]*[\r\n]+[A-Z]{1,2};"), "a SYLK file"),
    (re.compile(r"\{\s*(?:\"|\})|\[\s*[\[{\"\]]"), "JSON"),
    (re.compile(r"MIME-Version:", re.IGNORECASE), "a web archive (MHTML)"),
)


def signature(head: bytes) -> str:
    """Name what the first bytes say the file is: zip, ole, gzip, pdf or text."""
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), "text")


def check_kind(head: bytes, kind: str) -> None:
    """Refuse bytes that do not agree with `kind`, the one the file's name promises."""
    found = signature(head)
    if found == "gzip":
        raise UnsupportedFile("The file is compressed with gzip. Unpack it and upload the file inside.", code="gzip")
    if kind == "xlsx" and found != "zip":
        raise _not_a_zip(head, found)
    if kind == "csv" and found != "text":
        raise UnsupportedFile(
            f"The file is named .csv but is not text. If it is a workbook, rename it to .xlsx; else: {RESAVE}",
            code="wrong_extension",
        )


def _not_a_zip(head: bytes, found: str) -> RolefitError:
    if found == "ole" and "EncryptedPackage".encode("utf-16-le") in head:
        return UnreadableFile(
            "The file is protected by a password. Open it in Excel and save a copy as .xlsx without a password.",
            code="encrypted",
        )
    if found == "ole":
        return UnsupportedFile(f"The file is named .xlsx but is an older Excel file. {RESAVE}", code="wrong_extension")
    if found == "text" and b"\0" in head:
        return UnreadableFile(f"The file is not an Excel workbook, or it is damaged. {RESAVE}", code="not_a_workbook")
    return UnsupportedFile(
        f"The file is named .xlsx but is not an Excel workbook. If it is a CSV file, rename it to .csv; else: {RESAVE}",
        code="wrong_extension",
    )


# ---------------------------------------------------------------- text


class TextShape(NamedTuple):
    """How to read a CSV file; `skipped` counts leading lines without data, `quotes` all quotation marks."""

    encoding: str
    delimiter: str
    skipped: int
    quotes: int
    warnings: list[str]


_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE = 64 * 1024


def inspect_text(file: BinaryIO, head: bytes) -> TextShape:
    """Refuse what is no CSV, and find out encoding and delimiter."""
    encoding, quotes = _encoding(file, head)
    sample = codecs.getincrementaldecoder(encoding)().decode(head[:_SAMPLE])
    if not sample.strip():
        raise UnreadableFile("The file is empty.", code="empty_file")
    _refuse_other_texts(sample)
    told = re.match(r'"?sep=([^\r\n"])"?\r?\n', sample, re.IGNORECASE)
    delimiter = told[1] if told else _delimiter(sample)
    return TextShape(encoding, delimiter, 1 if told else 0, quotes, _text_warnings(encoding, delimiter))


def _text_warnings(encoding: str, delimiter: str) -> list[str]:
    names = {";": "delimiter ;", "\t": "delimiter tab", "|": "delimiter |"}
    warnings = ["read as Windows-1252"] if encoding == "cp1252" else []
    return warnings if delimiter == "," else [*warnings, names.get(delimiter, f"delimiter {delimiter}")]


def _encoding(file: BinaryIO, head: bytes) -> tuple[str, int]:
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return encoding, _count_quotes(file, encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "The text is in an encoding that is not read. Save it from Excel as 'CSV UTF-8'.", code="bad_encoding"
    )


def _count_quotes(file: BinaryIO, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    quotes = 0
    file.seek(0)
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        if "\0" in text:
            raise UnreadableFile(
                "The file is named .csv but holds binary data. Save it from Excel as 'CSV UTF-8'.", code="binary_text"
            )
        quotes += text.count('"')
    decoder.decode(b"", final=True)
    return quotes


def _refuse_other_texts(sample: str) -> None:
    start = sample.lstrip()
    what = next((name for words, name in _WORDS if words.match(start)), None)
    if what:
        raise UnsupportedFile(f"The file is named .csv but is {what}. {RESAVE}", code="wrong_extension")


def _delimiter(sample: str) -> str:
    lines = sample.splitlines(keepends=True)
    if len(sample) >= _SAMPLE // 4 and len(lines) > 1:
        lines.pop()  # the sample may end in mid-line
    return max(_DELIMITERS, key=lambda mark: (_consistency(lines, mark), -_DELIMITERS.index(mark)))


def _consistency(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Give the share of rows that have the usual width, and that width: (0, 1) where nothing is divided."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            widths[len(row)] += bool(row)
            if widths.total() >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 1
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count / max(1, widths.total()), width) if width > 1 else (0.0, 1)


# ---------------------------------------------------------------- the zip


@dataclass
class Findings:
    """What the guard saw in a workbook: remarks on cells by part, and the parts that name the sheets."""

    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    cells: int = 0
    bytes: int = 0


def inspect_workbook(file: BinaryIO, limits: Limits) -> Findings:
    """Inflate and search every entry of the zip once; raise what forbids to read it."""
    entries = _entries(file, limits)
    _check_names(entries, limits)
    _check_layout(entries)
    findings = Findings()
    for entry in sorted(entries, key=lambda entry: entry.filename != "[Content_Types].xml"):
        _inspect_entry(file, entry, limits, findings)
    return findings


def _entries(file: BinaryIO, limits: Limits) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise _truncated() from error
    if len(entries) > limits.entries:
        raise FileTooLarge(
            f"The file is made of {len(entries):,} parts, more than the {limits.entries:,} that are read. {RESAVE}",
            code="too_many_entries",
        )
    return entries


def _truncated() -> UnreadableFile:
    return UnreadableFile(
        f"The file is damaged or was cut short on its way. Send it again, or: {RESAVE}", code="truncated"
    )


def _check_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries]
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(f"The file is a zip protected by a password. {RESAVE}", code="encrypted")
    if any(len(name) > _LONGEST_NAME or ".." in name.split("/") for name in names):
        raise UnreadableFile(f"The file's parts have names no workbook has. {RESAVE}", code="bad_part_name")
    if len(set(names)) < len(names):
        raise UnreadableFile(f"The file holds two parts of the same name. {RESAVE}", code="duplicate_parts")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise _macros()
    if "content.xml" in names and "mimetype" in names:
        raise UnsupportedFile(f"The file is named .xlsx but is an OpenDocument file. {RESAVE}", code="wrong_extension")
    if "[content_types].xml" not in names:
        raise _not_a_workbook()
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        raise _too_much(limits.total_bytes)


def _macros() -> UnreadableFile:
    return UnreadableFile("The file holds macros. Open it in Excel and save a copy as .xlsx.", code="macros")


def _not_a_workbook() -> UnreadableFile:
    return UnreadableFile(f"The file is a zip, but not an Excel workbook. {RESAVE}", code="not_a_workbook")


def _too_much(most: int) -> FileTooLarge:
    return FileTooLarge(
        f"Unpacked, the file is larger than the {most // MEBIBYTE} MiB that are read. Split it, or remove pictures.",
        code="zip_bomb",
    )


def _check_layout(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a file that is two in one, and entries that share bytes: one piece of data unpacked many times."""
    if min((entry.header_offset for entry in entries), default=0):
        raise UnreadableFile(f"Something else stands before the workbook in this file. {RESAVE}", code="polyglot")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnreadableFile(f"The file's parts overlap, as in a zip bomb. {RESAVE}", code="zip_bomb")
        end = entry.header_offset + _LOCAL_HEADER.size + entry.compress_size


def _inspect_entry(file: BinaryIO, entry: zipfile.ZipInfo, limits: Limits, findings: Findings) -> None:
    name = entry.filename.replace("\\", "/").lstrip("/")
    part = _Part(name, limits, findings)
    keep = bytearray() if _names_sheets(name) else None
    for block in _inflate(file, entry, limits, findings):
        part.feed(block)
        if keep is not None and len(keep) < _KEPT:
            keep += block
    part.close()
    if keep is not None:
        findings.kept[name] = bytes(keep)
    if name.lower() == "[content_types].xml":
        _check_types(bytes(keep or b""))


def _names_sheets(name: str) -> bool:
    return name.lower().endswith(("workbook.xml", "workbook.xml.rels", "[content_types].xml"))


def _check_types(types: bytes) -> None:
    lower = types.lower()
    if b"sheet.binary" in lower:
        raise UnsupportedFile(f"The file is a binary workbook (.xlsb). {RESAVE}", code="wrong_extension")
    if any(word in lower for word in (b"macroenabled", b"vbaproject", b"macrosheet")):
        raise _macros()
    if b"spreadsheetml" not in lower:
        raise _not_a_workbook()


def _inflate(file: BinaryIO, entry: zipfile.ZipInfo, limits: Limits, findings: Findings) -> Iterator[bytes]:
    """Yield the entry's bytes in blocks of at most 1 MiB, counted: neither size in its headers is believed."""
    size = checksum = 0
    for block, packed in _unpacked(file, entry):
        size += len(block)
        findings.bytes += len(block)
        if size > limits.entry_bytes or findings.bytes > limits.total_bytes:
            raise _too_much(limits.entry_bytes if size > limits.entry_bytes else limits.total_bytes)
        if size > entry.file_size or (size > MEBIBYTE and size > limits.ratio * packed):
            raise UnreadableFile(
                f"The file unpacks to far more than it should, as a zip bomb does. {RESAVE}", code="zip_bomb"
            )
        checksum = zlib.crc32(block, checksum)
        yield block
    if size != entry.file_size or checksum != entry.CRC:
        raise _truncated()


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Yield (block, packed bytes read so far)."""
    left = _find_data(file, entry)
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise UnreadableFile(f"The file is packed in an unusual way. {RESAVE}", code="unknown_packing")
    engine = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == _DEFLATED else None
    packed = 0
    while left and (chunk := file.read(min(_READ, left))):
        left -= len(chunk)
        packed += len(chunk)
        if engine is None:
            yield chunk, packed
            continue
        try:
            while chunk:
                yield engine.decompress(chunk, _BLOCK), packed
                chunk = engine.unconsumed_tail
        except zlib.error as error:
            raise _truncated() from error
    if left or (engine is not None and not engine.eof):
        raise _truncated()


def _find_data(file: BinaryIO, entry: zipfile.ZipInfo) -> int:
    """Place the file at the entry's data and give its length; the local header must name the same entry."""
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise _truncated()
    name_length, extra_length = _LOCAL_HEADER.unpack(header)[-2:]
    name = file.read(name_length)
    if name.decode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace") != entry.orig_filename:
        raise UnreadableFile(f"The file's table of contents is false. {RESAVE}", code="not_a_workbook")
    file.seek(extra_length, 1)
    return entry.compress_size


# ---------------------------------------------------------------- the parts

_NAME = rb"(?:[A-Za-z_][\w.-]*:)?"
# Every pattern ends at the next "<" at the latest, so that a block of tags never closed is searched once, not squared.
_ATTRIBUTES = rb"(?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*+"
# What may precede a root element. A comment or instruction longer than a block is taken for a DTD, and refused.
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
_ENTITY = re.compile(rb"&[^;&]{1,10};")
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_ODD_CELL = re.compile(rb"<c(?=[\s/>])(?! r=\")|:c(?=[\s/>])")
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]{0,60}:)c(?=[\s/>])")
_ANY_CELL = re.compile(rb"[<:]c(?=[\s/>])")
_CELL = re.compile(rb"<" + _NAME + rb"c(?=[\s/>])(" + _ATTRIBUTES + rb")>")
_ROW = re.compile(rb"<" + _NAME + rb"row(?=[\s/>])(" + _ATTRIBUTES + rb")>")
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
    return re.compile(f'<c r="(?!{_near(limits)}")[^<>]*+>(?<!/>)'.encode())


def _far_reference(limits: Limits) -> re.Pattern[bytes]:
    """Write a pattern for a reference that is not plainly near, however it is written."""
    return re.compile(f"\\sr\\s*=\\s*(?![\"']{_near(limits)}[\"'])".encode())


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


class _Part:
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

    def feed(self, block: bytes) -> None:
        data = self.tail + block if self.tail else block
        self.tail = data
        if self.first and len(data) < _PROLOG_SIZE:
            return
        if self.first:
            self._check_prolog(data)
        cut = _cut(data)
        self.tail = data[cut:]
        self._search(data[:cut])

    def close(self) -> None:
        if self.first:
            self._check_prolog(self.tail)
        self._search(self.tail)

    def _check_prolog(self, data: bytes) -> None:
        """Refuse what may stand before the first tag: a DTD (it can stand nowhere else), another encoding."""
        self.first = False
        if not self.is_xml:
            return
        declared = _DECLARED.match(data)
        known = declared is None or declared[1].lower() in {b"utf-8", b"us-ascii", b"ascii", b"utf8"}
        if not known or b"\0" in data[:64] or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UnreadableFile(f"The file's text is in an unusual encoding. {RESAVE}", code="xml_encoding")
        prolog = _PROLOG.match(data)
        if prolog and data[prolog.end() :].startswith((b"<!", b"<?")):
            raise UnreadableFile(
                f"The file holds a document type definition, which no workbook needs. {RESAVE}", code="dtd"
            )

    def _search(self, data: bytes) -> None:
        if self.holds_text:
            self._check_text(data)
        if b":c" in data and (prefix := _PREFIX.search(data)):
            data = data.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</")
        plain = data.count(b'<c r="')
        odd = (data.count(b"<c") > plain or b":c" in data) and _ODD_CELL.search(data) is not None
        self._count(len(_ANY_CELL.findall(data)) if odd else plain)
        if odd:
            self._walk(data)
        elif plain:
            self._search_cells(data)

    def _check_text(self, data: bytes) -> None:
        """Refuse a text over the limit: it would span a whole window of half its length that holds no tag."""
        most = self.limits.cell_characters
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

    def _count(self, cells: int) -> None:
        self.findings.cells += cells
        if self.findings.cells > self.limits.cells:
            raise FileTooLarge(
                f"The file holds more than {self.limits.cells:,} cells, counting formatted empty ones. Delete the rows "
                "and columns after the data and save, or split the file.",
                code="too_many_cells",
            )

    def _search_cells(self, data: bytes) -> None:
        """Search cells that are all written `<c r="…"`, as nearly every program does."""
        for hit in self.far.finditer(data):
            self._remember(data, hit.start())
            self._look_at(_CELL.match(data, hit.start()), data)
        if b't="e"' in data:
            self._search_errors(data)
        if b"<f" in data and any(mark in data for mark in _UNSOLVED):
            self._search_formulas(data)
        self._remember(data, len(data))

    def _remember(self, data: bytes, end: int) -> None:
        """Take the place of the last cell before `end`."""
        start = data.rfind(b'<c r="', 0, end)
        if start >= 0 and (told := _REFERENCE.match(data, start + 2)):
            self.column, self.row = _column_number(told[1]), int(told[2] or 0)

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
        if inside and not self.far_reference.search(row) and not _REMARKABLE.search(row):
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
