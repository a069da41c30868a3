"""Builds workbooks byte by byte: those no honest program writes, and odd ones that honest programs do."""

import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROOT_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets>'
    "</workbook>"
)
BOOK_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet_xml(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(rows=ONE):
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELATIONS,
        SHEET: sheet_xml(rows),
    }


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, text)
    return out.getvalue()


def workbook(rows=ONE, **more):
    return zipped(parts(rows) | more)


def cells(*marks):
    """Write one row of cells as they stand."""
    return f'<row r="1">{"".join(marks)}</row>'


def bomb_by_ratio():
    return zipped(parts() | {"xl/media/image1.png": bytes(64 * 1024 * 1024)})


def bomb_by_lie():
    """Declare 10 bytes for a part of 40 MiB, in both headers."""
    body = b"<x>" + bytes(range(48, 58)) * (4 * 1024 * 1024)
    whole = zipped(parts() | {"xl/styles.xml": body})
    true_size = struct.pack("<L", len(body))
    assert whole.count(true_size) == 2
    return whole.replace(true_size, struct.pack("<L", 10))


def cell_flood():
    """Write 6 million cells in about 1 MB."""
    return workbook(f"<row>{'<c/>' * 250}</row>" * 24_000)


def overlapping():
    """Point two entries of the table of contents at the same data."""
    whole = zipped(parts() | {"xl/a.xml": "<x/>" * 500, "xl/b.xml": "<x/>" * 500})
    first, second = whole.index(b"xl/a.xml") - 30, whole.index(b"xl/b.xml") - 30
    entry = whole.rindex(b"xl/b.xml") - 46
    assert whole[entry + 42 : entry + 46] == struct.pack("<L", second)
    return whole[: entry + 42] + struct.pack("<L", first) + whole[entry + 46 :]


def duplicates():
    files = list(parts().items())
    return zipped([*files, (SHEET.upper(), sheet_xml(ONE))])


def locked_zip():
    """Set the flag of an encrypted entry in the table of contents."""
    whole = bytearray(workbook())
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def encrypted():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    return head + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def broken_checksum():
    whole = workbook()
    true = struct.pack("<L", zlib.crc32(sheet_xml(ONE).encode()))
    return whole.replace(true, b"\0\0\0\0")


DTD = '<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<?xml version="1.0"?><!-- <x> --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FAR = ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


# OpenDocument.

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def ods_cell(value=None, times=1):
    repeated = f' table:number-columns-repeated="{times}"' if times != 1 else ""
    if value is None:
        return f"<table:table-cell{repeated}/>"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{repeated}/>'
    text = escape(str(value))
    return f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'


def ods_row(*cells, times=1, more=""):
    repeated = f' table:number-rows-repeated="{times}"' if times != 1 else ""
    return f"<table:table-row{repeated}{more}>{''.join(cells or [ods_cell(times=16_384)])}</table:table-row>"


def ods(
    rows="",
    kind="application/vnd.oasis.opendocument.spreadsheet",
    manifest="<x/>",
    before="",
    encoding="utf-8",
    sheets=None,
    columns="",
    **more,
):
    """Write an OpenDocument spreadsheet: of one sheet of rows, or of several by name."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{columns}{body}</table:table>'
        for name, body in (sheets or {"People": rows}).items()
    )
    content = (
        f"{before}<office:document-content {SPACES}><office:body><office:spreadsheet>{tables}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    files = {"mimetype": kind, "content.xml": content.encode(encoding), "META-INF/manifest.xml": manifest}
    return zipped(files | more)


def ods_table(rows):
    """Write rows of values as those of a sheet."""
    return "".join(ods_row(*map(ods_cell, row)) if row else ods_row() for row in rows)


# The older kind of Excel: records of two numbers and a body, in a container of sectors.

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def bof(kind):
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))


def number(row, column, value):
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label(row, column, text):
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls_table(rows):
    """Write rows of values as records."""
    return b"".join(
        number(row, column, value) if isinstance(value, int | float) else label(row, column, value)
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value is not None
    )


def xls(cells=b"", records=b"", stream="Workbook", more=None, sheets=None, *, has_head=True, loop=False):
    """Write a container with a workbook: of one sheet of cells, or of several by name."""
    sheets = sheets or {"People": cells}
    bounds = {name: record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name.encode()) for name in sheets}
    head = bof(0x05) if has_head else b""
    begin = len(head) + len(records) + sum(map(len, bounds.values())) + 4
    whole = head + records
    bodies = b""
    for name, body in sheets.items():
        whole += bounds[name][:4] + struct.pack("<I", begin + len(bodies)) + bounds[name][8:]
        bodies += bof(0x10) + body + record(0x0A)
    return contained(whole + record(0x0A) + bodies if head else b"", stream, more, loop)


def contained(data, stream, more, loop):
    """Put a stream into a container: a table of chains, a directory, and the stream, padded to be no small one."""
    data = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
    sectors = len(data) // 512
    tables = -(-(sectors + 2) // 127)
    chain = [*range(tables + 2, tables + sectors + 1), LAST]
    fat = [*[TABLE] * tables, LAST, *chain]
    if loop:
        fat[tables + 2] = tables + 1
    fat += [FREE] * (tables * 128 - len(fat))
    names = ["Root Entry", stream, *([more] if more else [])]
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
        + bytes(36)
        + struct.pack("<III", *((tables + 1, len(data), 0) if kind == 2 else (LAST, 0, 0)))
        for name, kind in zip(names, (5, 2, 1), strict=False)
    ).ljust(512, b"\0")
    places = [*range(tables), *[FREE] * (109 - tables)]
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", tables, tables, 0, 4096, LAST, 0, LAST, 0)
    return header + struct.pack("<109I", *places) + struct.pack(f"<{len(fat)}I", *fat) + entries + data


def calling_out(port):
    """Return workbooks whose document types name an address of this machine, in the places parsers look at."""
    address = f"http://127.0.0.1:{port}/called"
    entity = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}">]>'
    outer = f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "{address}">'
    inner = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "{address}"> %p;]>'
    texts = {"entity": entity + "<sst>&e;</sst>", "outer subset": outer + "<sst/>", "parameter": inner + "<sst/>"}
    return {name: zipped(parts() | {"xl/sharedStrings.xml": text}) for name, text in texts.items()}


# name of the case: (bytes, ending, code it must be refused with)
FILES = {
    "bomb by ratio": (bomb_by_ratio, ".xlsx", "zip_bomb"),
    "bomb by a lying header": (bomb_by_lie, ".xlsx", "zip_bomb"),
    "bomb by overlap": (overlapping, ".xlsx", "zip_bomb"),
    "cell flood": (cell_flood, ".xlsx", "too_many_cells"),
    "far corner": (lambda: workbook(FAR), ".xlsx", "far_cell"),
    "far corner without reference": (
        lambda: workbook(f"<row>{'<c/>' * 300}<c><v>1</v></c></row>"),
        ".xlsx",
        "far_cell",
    ),
    "far corner, other quotes": (lambda: workbook(FAR.replace('"XFD1048576"', "'XFD1048576'")), ".xlsx", "far_cell"),
    "far corner, later attribute": (lambda: workbook(FAR.replace("<c r=", '<c s="0" r=')), ".xlsx", "far_cell"),
    "far corner, small letters": (lambda: workbook(FAR.replace("XFD", "xfd")), ".xlsx", "far_cell"),
    "far corner, prefixed": (
        lambda: workbook(FAR.replace("<c ", "<x:c ").replace("</c>", "</x:c>")),
        ".xlsx",
        "far_cell",
    ),
    "column past counting": (lambda: workbook(cells('<c r="ZZZZZZZZZZ1"><v>1</v></c>')), ".xlsx", "far_cell"),
    "dtd": (lambda: zipped(parts() | {SHEET: DTD + sheet_xml(ONE)}), ".xlsx", "dtd"),
    "xxe": (lambda: zipped(parts() | {"xl/sharedStrings.xml": XXE + "<sst>&e;</sst>"}), ".xlsx", "dtd"),
    "utf-16 part": (lambda: zipped(parts() | {SHEET: sheet_xml(ONE).encode("utf-16")}), ".xlsx", "xml_encoding"),
    "macros": (lambda: zipped(parts() | {"xl/vbaProject.bin": b"x"}), ".xlsx", "macros"),
    "macro sheet": (lambda: zipped(parts() | {"xl/macrosheets/sheet1.xml": "<x/>"}), ".xlsx", "macros"),
    "macros by type": (
        lambda: zipped(parts() | {"[Content_Types].xml": TYPES.replace("sheet.main", "sheet.macroEnabled.main")}),
        ".xlsx",
        "macros",
    ),
    "macros by name": (workbook, ".xlsm", "macros"),
    "encrypted": (encrypted, ".xlsx", "encrypted"),
    "encrypted zip": (locked_zip, ".xlsx", "encrypted"),
    "truncated": (lambda: workbook()[:-200], ".xlsx", "truncated"),
    "broken checksum": (broken_checksum, ".xlsx", "truncated"),
    "polyglot": (lambda: b"GIF89a" + workbook(), ".xlsx", "not_a_workbook"),
    "two zips": (lambda: zipped({"a": "b"}) + workbook(), ".xlsx", "polyglot"),
    "duplicate entries": (duplicates, ".xlsx", "duplicate_parts"),
    "climbing name": (lambda: zipped(parts() | {"xl/../../../etc/passwd": "x"}), ".xlsx", "bad_part_name"),
    "deep name": (lambda: zipped(parts() | {"a/" * 2000: "x"}), ".xlsx", "bad_part_name"),
    "2,000 entries": (
        lambda: zipped(parts() | {f"xl/{n}.xml": "" for n in range(2000)}),
        ".xlsx",
        "too_many_entries",
    ),
    "long text": (
        lambda: workbook(cells(f'<c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c>')),
        ".xlsx",
        "cell_too_long",
    ),
    "a zip that is no workbook": (lambda: zipped({"a.txt": "x"}), ".xlsx", "not_a_workbook"),
    "a document": (
        lambda: zipped(parts() | {"[Content_Types].xml": TYPES.replace("spreadsheetml", "wordprocessingml")}),
        ".xlsx",
        "not_a_workbook",
    ),
    "workbook without sheets' table": (
        lambda: zipped({"[Content_Types].xml": TYPES, "a.xml": "<a/>"}),
        ".xlsx",
        "not_a_workbook",
    ),
    "text named xlsx": (lambda: b"hello\nworld\n", ".xlsx", "wrong_extension"),
    "binary named xls": (lambda: b"hello\0world", ".xls", "not_a_workbook"),
    "web page named xls": (lambda: b"<html><table><tr><td>a</td></tr></table></html>", ".xls", "wrong_extension"),
    "xml named xls": (lambda: b'<?xml version="1.0"?><Workbook xmlns="x"/>', ".xls", "wrong_extension"),
    "pdf": (lambda: b"%PDF-1.7 ...", ".xlsx", "wrong_extension"),
    "zip named csv": (lambda: zipped({"a.csv": "a,b"}), ".csv", "wrong_extension"),
    "text document named ods": (lambda: ods(kind="application/vnd.oasis.opendocument.text"), ".ods", "not_a_workbook"),
    "encrypted ods": (lambda: ods(manifest="<x><manifest:encryption-data/></x>"), ".ods", "encrypted"),
    "macros in ods": (lambda: ods(**{"Basic/Standard/Module1.xml": "<x/>"}), ".ods", "macros"),
    "dtd in ods": (lambda: ods(before=DTD), ".ods", "dtd"),
    "dtd in styles of ods": (lambda: ods(**{"styles.xml": DTD + "<x/>"}), ".ods", "dtd"),
    "utf-16 ods": (lambda: ods(encoding="utf-16"), ".ods", "xml_encoding"),
    "bomb in ods": (lambda: ods(**{"Pictures/a.png": bytes(64 * 1024 * 1024)}), ".ods", "zip_bomb"),
    "columns that repeat": (lambda: ods(ods_row(ods_cell(1, 16_384))), ".ods", "far_cell"),
    "columns that repeat before something": (
        lambda: ods(ods_row(ods_cell(times=16_383), ods_cell(1))),
        ".ods",
        "far_cell",
    ),
    "rows that repeat": (lambda: ods(ods_row(ods_cell(1), times=1_048_576)), ".ods", "far_cell"),
    "rows that repeat before something": (
        lambda: ods(ods_row(times=1_048_575) + ods_row(ods_cell(1))),
        ".ods",
        "far_cell",
    ),
    "a flood by repetition": (lambda: ods(ods_row(ods_cell(1, 250), times=90_000)), ".ods", "too_many_cells"),
    "a flood of many rows": (lambda: ods(ods_row(ods_cell(1, 250), times=900) * 90), ".ods", "too_many_cells"),
    "two corners": (
        lambda: ods(ods_row(ods_cell(1)) + ods_row(times=99_000) + ods_row(ods_cell(times=250), ods_cell(1))),
        ".ods",
        "far_cell",
    ),
    "repeated without measure": (lambda: ods(ods_row(ods_cell(1, "9" * 30))), ".ods", "not_a_workbook"),
    "repeated by an entity": (lambda: ods(ods_row(ods_cell(1, "&#57;"))), ".ods", "not_a_workbook"),
    "repeated below nothing": (lambda: ods(ods_row(ods_cell(1, "-5"))), ".ods", "not_a_workbook"),
    "long text in ods": (lambda: ods(ods_row(ods_cell("x" * 32_768))), ".ods", "cell_too_long"),
    "older file of nothing": (lambda: OLE + bytes(999), ".xls", "truncated"),
    "older file that ends": (lambda: xls()[:900], ".xls", "truncated"),
    "older file with a circle": (lambda: xls(loop=True), ".xls", "truncated"),
    "older document": (lambda: xls(stream="WordDocument"), ".xls", "not_a_workbook"),
    "encrypted older file": (lambda: xls(records=record(0x2F, bytes(6))), ".xls", "encrypted"),
    "encrypted newer file named xls": (lambda: xls(stream="EncryptedPackage"), ".xls", "encrypted"),
    "macros in an older file": (lambda: xls(more="_VBA_PROJECT_CUR"), ".xls", "macros"),
    "macro sheet in an older file": (lambda: xls(records=record(0x85, b"\0\0\0\0\0\1\1\0m")), ".xls", "macros"),
    "macro sheet begun in an older file": (lambda: xls(records=bof(0x40)), ".xls", "macros"),
    "strings that are not there": (
        lambda: xls(records=record(0xFC, struct.pack("<II", 9, 2**31))),
        ".xls",
        "truncated",
    ),
    "size that is not there": (
        lambda: xls(cells=record(0x200, struct.pack("<IIHHH", 0, 65_536, 0, 256, 0))),
        ".xls",
        "far_cell",
    ),
    "far corner in an older file": (lambda: xls(cells=number(0, 0, 1) + number(65_535, 255, 1)), ".xls", "far_cell"),
    "record that does not end": (lambda: xls(cells=struct.pack("<HH", 0x203, 60_000)), ".xls", "truncated"),
    "records of nothing": (lambda: xls(has_head=False), ".xls", "not_a_workbook"),
    "oldest excel": (lambda: b"\x09\0\4\0" + bytes(99), ".xls", "not_a_workbook"),
    "empty workbook": (lambda: b"", ".xlsx", "empty_file"),
    "empty csv": (lambda: b"", ".csv", "empty_file"),
    "csv of white space": (lambda: b"\xef\xbb\xbf \r\n", ".csv", "empty_file"),
    "nul bytes": (lambda: b"a,b\n\0,2\n", ".csv", "binary_text"),
    "gzip": (lambda: b"\x1f\x8b\x08\0", ".csv", "gzip"),
    "html": (lambda: b"<html><table><tr><td>a</td></tr></table></html>", ".csv", "wrong_extension"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', ".csv", "wrong_extension"),
    "rtf": (lambda: b"{\\rtf1\\ansi a}", ".csv", "wrong_extension"),
    "sylk": (lambda: b"ID;PWXL;N;E\r\nC;X1;Y1;K1\r\nE", ".csv", "wrong_extension"),
    "json": (lambda: b'[{"a": 1}]', ".csv", "wrong_extension"),
    "unknown encoding": (lambda: b"a,\x81\x8d\n", ".csv", "bad_encoding"),
    "long cell": (lambda: b"a,b\n1," + b"x" * 40_000, ".csv", "cell_too_long"),
    "wide row": (lambda: b"a\n" + b"," * 256, ".csv", "too_many_columns"),
    "many rows": (lambda: b"a\n" * 100_002, ".csv", "too_many_rows"),
    "open quotation mark": (lambda: b'a,b\n1,"2\n3,4\n', ".csv", "open_quote"),
    "a slide show": (lambda: b"x", ".ppt", "unsupported_file"),
    "no ending": (lambda: b"x", "", "unsupported_file"),
}
