"""Builds workbooks byte by byte: those no honest program writes, and odd ones that honest programs do."""

import io
import struct
import zipfile
import zlib

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
    "csv named xlsx": (lambda: b"a,b\n1,2\n", ".xlsx", "wrong_extension"),
    "older file named xlsx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), ".xlsx", "wrong_extension"),
    "opendocument named xlsx": (lambda: zipped({"mimetype": "x", "content.xml": "<x/>"}), ".xlsx", "wrong_extension"),
    "xlsx named csv": (workbook, ".csv", "wrong_extension"),
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
    "many rows": (lambda: b"a\n" * 100_001, ".csv", "too_many_rows"),
    "open quotation mark": (lambda: b'a,b\n1,"2\n3,4\n', ".csv", "open_quote"),
    "older excel": (lambda: b"x", ".xls", "unsupported_file"),
    "opendocument": (lambda: b"x", ".ods", "unsupported_file"),
    "no ending": (lambda: b"x", "", "unsupported_file"),
}
