"""The hostile files are live: without the guard each does what it is refused for. Always in a child with limits."""

import io
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

import pytest
from sheets import hostile

ROOT = Path(__file__).parents[2]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
LIMITS = """
import resource, sys
for what, most in ((resource.RLIMIT_AS, 2**30), (resource.RLIMIT_CPU, 3), (resource.RLIMIT_CORE, 0)):
    resource.setrlimit(what, (most, most))
"""
UNGUARDED = (
    LIMITS
    + """
from service.sheets import child, guard, parts, xls
from service.sheets.limits import Limits
guard.kind_of = lambda file, head, kind: kind
guard.inspect_workbook = xls.inspect = lambda *_: parts.Findings()
with open(sys.argv[1], "rb") as file:
    print(sum(map(len, child.frames(file, sys.argv[2], Limits()))))
"""
)
OPENPYXL = (
    LIMITS
    + """
from openpyxl import load_workbook
print(sum(len(row) for row in load_workbook(sys.argv[1]).active.iter_rows()))
"""
)


def ended(code, content, tmp_path, ending=".xlsx"):
    """Return how a child ended that reads a workbook."""
    path = tmp_path / f"pool{ending}"
    path.write_bytes(content)
    command = [sys.executable, "-c", code, str(path), ending[1:]]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60).returncode


@pytest.mark.parametrize("code", [UNGUARDED, OPENPYXL], ids=["our reader", "openpyxl"])
def test_without_the_guard_an_honest_file_is_read_under_the_same_limits(tmp_path, code):
    assert ended(code, hostile.workbook(), tmp_path) == 0


@pytest.mark.parametrize(
    "case", [case for case in hostile.FILES if case.startswith("far corner") and "without" not in case]
)
def test_a_far_corner_ends_the_process_that_parses_it(tmp_path, case):
    build, ending, _ = hostile.FILES[case]
    assert ended(UNGUARDED, build(), tmp_path, ending) == -signal.SIGABRT


@pytest.mark.slow
def test_a_flood_of_cells_keeps_a_reader_busy_past_its_limits(tmp_path):
    content = hostile.cell_flood()
    assert len(content) < 2 * 2**20
    assert ended(OPENPYXL, content, tmp_path) != 0


def test_a_bomb_by_ratio_inflates_to_hundreds_of_its_size():
    content = hostile.bomb_by_ratio()
    assert sum(inflated(content).values()) > 500 * len(content)


def test_a_bomb_by_a_lying_header_inflates_to_more_than_it_says():
    content = hostile.bomb_by_lie()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.getinfo("xl/styles.xml").file_size == 10
    assert inflated(content)["xl/styles.xml"] > 40 * 2**20


def test_a_bomb_by_overlap_gives_the_same_bytes_to_two_entries():
    with zipfile.ZipFile(io.BytesIO(hostile.overlapping())) as archive:
        places = [entry.header_offset for entry in archive.infolist()]
    assert len(places) == len(set(places)) + 1


def inflated(content):
    """Return how many bytes each entry holds, whatever the headers say."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: size(content, entry) for entry in archive.infolist()}


def size(content, entry):
    head = content[entry.header_offset : entry.header_offset + 30]
    start = entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return len(zlib.decompressobj(-15).decompress(content[start : start + entry.compress_size]))


def trusting(content):
    """Parse a workbook's texts as a parser does that fetches what a document type names; return the text."""
    text = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        source = archive.read("xl/sharedStrings.xml")
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.CharacterDataHandler = text.append

    def fetch(context, _base, address, _public):
        with DIRECT.open(address, timeout=5) as answer:
            parser.ExternalEntityParserCreate(context).Parse(answer.read(), True)
        return 1

    parser.ExternalEntityRefHandler = fetch
    parser.Parse(source, True)
    return "".join(text)


def test_an_external_entity_reads_a_file_of_the_machine():
    assert trusting(hostile.FILES["xxe"][0]()) == Path("/etc/passwd").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ["entity", "outer subset", "parameter"])
def test_a_file_that_would_call_out_does(case):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        caller = threading.Thread(target=called, args=(hostile.calling_out(listener.getsockname()[1])[case],))
        caller.start()
        connection, _ = listener.accept()
        request = connection.recv(1000)
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        connection.close()
        caller.join(timeout=10)
    assert request.startswith(b"GET /called ")


def called(content):
    with suppress(expat.ExpatError, OSError):  # what comes back is nothing; that it was asked for is enough
        trusting(content)
