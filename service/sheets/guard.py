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
from typing import BinaryIO, NamedTuple

from service.errors import FileTooLarge, UnreadableFile, UnsupportedFile
from service.sheets import encodings
from service.sheets.formats import percent_styles
from service.sheets.limits import MEBIBYTE, Limits
from service.sheets.ods import Content
from service.sheets.parts import RESAVE, Findings, Part
from service.sheets.xls import encrypted

_READ = 128 * 1024
_BLOCK = MEBIBYTE
_KEPT = 4 * MEBIBYTE
_KEPT_STYLES = 32 * MEBIBYTE
_LONGEST_NAME = 1024
_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")


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
    (re.compile(r"ID;P[^\r\n]{0,200}[\r\n]{1,9}[A-Z]{1,2};"), "a SYLK file"),
    (re.compile(r"\{\s*(?:\"|\})|\[\s*[\[{\"\]]"), "JSON"),
    (re.compile(r"MIME-Version:", re.IGNORECASE), "a web archive (MHTML)"),
)


def signature(head: bytes) -> str:
    """Name what the first bytes say the file is: zip, ole, gzip, pdf or text."""
    return next((kind for start, kind in _SIGNATURES if head.startswith(start)), "text")


NAMES = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xls": "an Excel workbook of the older kind (.xls)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "csv": "text (CSV)",
}
"""What a kind is called."""

TEXTS = frozenset({"csv", "tsv", "tab", "txt", "md"})
"""Endings of names of texts: what they hold is read as CSV."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLDEST = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def kind_of(file: BinaryIO, head: bytes, told: str) -> str:
    """Return the kind a file is by its content, whatever its name says: xlsx, xls, ods or csv. Refuse any other."""
    found = signature(head)
    if found in ("gzip", "pdf"):
        what = "compressed with gzip. Unpack it and upload the file inside" if found == "gzip" else f"a PDF. {_TYPE_IT}"
        raise UnsupportedFile(f"The file is {what}.", code=found if found == "gzip" else "wrong_extension")
    if found == "zip":
        return _kind_of_zip(file, told)
    if found == "ole":
        if told != "xls" and "EncryptedPackage".encode("utf-16-le") in head:
            raise encrypted()
        return "xls"
    if head.startswith(_OLDEST):
        raise UnsupportedFile(f"The file is of an Excel before 1995. {RESAVE}", code="not_a_workbook")
    if told not in TEXTS and b"\0" in head and not head.startswith(_UTF_16):
        raise UnreadableFile(f"The file is no spreadsheet, or it is damaged. {RESAVE}", code="not_a_workbook")
    return "csv"


_TYPE_IT = "Put its table into a spreadsheet and send that"


def _kind_of_zip(file: BinaryIO, told: str) -> str:
    """Return which spreadsheet a zip is; one that is none is left to its name, to be refused for what it lacks."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        raise _truncated() from error
    if {"content.xml", "mimetype"} <= names:
        return "ods"
    if told in TEXTS and "[content_types].xml" not in names:
        raise UnsupportedFile(
            f"The file is named .{told} but is a zip archive. Unpack it and upload the file inside.",
            code="wrong_extension",
        )
    return "xlsx"


# ---------------------------------------------------------------- text


class TextShape(NamedTuple):
    """How to read a CSV file; `skipped` counts leading lines without data, `quotes` all quotation marks."""

    encoding: str
    delimiter: str
    skipped: int
    quotes: int
    warnings: list[str]


_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_SAMPLE = 64 * 1024


def inspect_text(file: BinaryIO, head: bytes, told: str = "csv") -> TextShape:
    """Refuse what is no CSV, and find out encoding and delimiter. `told` is the kind that its name says."""
    encoding, quotes, warnings = _encoding(file)
    sample = codecs.getincrementaldecoder(encoding)().decode(head[:_SAMPLE])
    if not sample.strip():
        raise UnreadableFile("The file is empty.", code="empty_file")
    _refuse_other_texts(sample, told)
    named = re.match(r'"?sep=([^\r\n"])"?(?:\r\n?|\n)', sample, re.IGNORECASE)
    is_tabbed = told in ("tsv", "tab") and "\t" in sample.lstrip("\r\n").partition("\n")[0]
    delimiter = named[1] if named else "\t" if is_tabbed else _delimiter(sample)
    if told not in TEXTS and delimiter not in sample:
        raise UnsupportedFile(
            f"The file is named .{told} but is text without columns. {RESAVE}", code="wrong_extension"
        )
    if delimiter != "," and not is_tabbed:
        names = {"\t": "tabs", ";": "semicolons", "|": "bars"}
        warnings.append(f"The columns are separated by {names.get(delimiter, delimiter)}.")
    return TextShape(encoding, delimiter, 1 if named else 0, quotes, warnings)


def _encoding(file: BinaryIO) -> tuple[str, int, list[str]]:
    try:
        encoding, warning = encodings.find(file)
        return encoding, _count_quotes(file, encoding), [warning] if warning else []
    except encodings.UnknownEncodingError as error:
        raise UnreadableFile(f"{error} {encodings.SAVE_AGAIN}", code="bad_encoding") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"The text is in an encoding that is not read. {encodings.SAVE_AGAIN}", code="bad_encoding"
        ) from error


def _count_quotes(file: BinaryIO, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    quotes = 0
    file.seek(0)
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        if "\0" in text:
            raise UnreadableFile(
                "The file is text that holds binary data. Save it from Excel as 'CSV UTF-8'.", code="binary_text"
            )
        quotes += text.count('"')
    decoder.decode(b"", final=True)
    return quotes


def _refuse_other_texts(sample: str, told: str) -> None:
    start = sample.lstrip()
    what = next((name for words, name in _WORDS if words.match(start)), None)
    if what:
        raise UnsupportedFile(f"The file is named .{told} but is {what}. {RESAVE}", code="wrong_extension")


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


def inspect_workbook(file: BinaryIO, limits: Limits, kind: str = "xlsx") -> Findings:
    """Inflate and search every entry of the zip once; raise what forbids to read it. `kind` is xlsx or ods."""
    entries = _entries(file, limits)
    _check_names(entries, limits)
    (_check_names_of_ods if kind == "ods" else _check_names_of_xlsx)(_lower_names(entries))
    _check_layout(entries)
    findings = Findings()
    for entry in sorted(entries, key=lambda entry: (entry.filename not in _FIRST, not _is_styles(entry.filename))):
        _inspect_entry(file, entry, limits, findings)
    return findings


_FIRST = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def _lower_names(entries: list[zipfile.ZipInfo]) -> list[str]:
    return [entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries]


def _check_names_of_xlsx(names: list[str]) -> None:
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise _macros()
    if "[content_types].xml" not in names:
        raise _not_a_workbook()


def _check_names_of_ods(names: list[str]) -> None:
    if any(name.startswith(("basic/", "scripts/")) for name in names):
        raise _macros()


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
    names = _lower_names(entries)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(f"The file is a zip protected by a password. {RESAVE}", code="encrypted")
    if any(len(name) > _LONGEST_NAME or ".." in name.split("/") for name in names):
        raise UnreadableFile(f"The file's parts have names no workbook has. {RESAVE}", code="bad_part_name")
    if len(set(names)) < len(names):
        raise UnreadableFile(f"The file holds two parts of the same name. {RESAVE}", code="duplicate_parts")
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
    part = Content(limits, findings) if name == "content.xml" else Part(name, limits, findings)
    keep = bytearray() if _is_kept(name) else None
    most = _KEPT_STYLES if _is_styles(name) else _KEPT
    for block in _inflate(file, entry, limits, findings):
        part.feed(block)
        if keep is not None and len(keep) < most:
            keep += block
    part.close()
    if _is_styles(name):
        findings.percent_styles |= percent_styles(bytes(keep or b""))
    elif keep is not None:
        findings.kept[name] = bytes(keep)
    if check := _CHECKS.get(name.lower()):
        check(bytes(keep or b""))


def _is_kept(name: str) -> bool:
    return name.lower().endswith(("workbook.xml", "workbook.xml.rels", "styles.xml")) or name.lower() in _CHECKS


def _is_styles(name: str) -> bool:
    """Tell whether a part says how cells look. It is searched before the sheets, which name its formats."""
    return name.lower().endswith("styles.xml")


def _check_types(types: bytes) -> None:
    lower = types.lower()
    if b"sheet.binary" in lower:
        raise UnsupportedFile(f"The file is a binary workbook (.xlsb). {RESAVE}", code="wrong_extension")
    if any(word in lower for word in (b"macroenabled", b"vbaproject", b"macrosheet")):
        raise _macros()
    if b"spreadsheetml" not in lower:
        raise _not_a_workbook()


def _check_mimetype(kind: bytes) -> None:
    if kind.strip() != _ODS:
        raise UnsupportedFile(f"The file is an OpenDocument file, but no spreadsheet. {RESAVE}", code="not_a_workbook")


def _check_manifest(manifest: bytes) -> None:
    if b"encryption-data" in manifest:
        raise encrypted()


_CHECKS = {
    "[content_types].xml": _check_types,
    "mimetype": _check_mimetype,
    "meta-inf/manifest.xml": _check_manifest,
}
"""Parts that say what the file is, with what they are held to."""


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
