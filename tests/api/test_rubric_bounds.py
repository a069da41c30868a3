"""Rubrics that are sent are bounded before anything is made of them, whatever way they come in."""

import io

import orjson
import pytest
import yaml
from click.testing import CliRunner
from openpyxl import Workbook

from service.cli import main
from service.rubric_library import documents
from service.schemas.bounds import MOST_BYTES, MOST_NODES, MOST_RUBRICS, RubricsTooLarge

FLAT = b"[" + b"1," * MOST_NODES + b"1]"
LONG = b'"' + b"a " * (MOST_BYTES // 2) + b'"'
KEYS = b"{" + b",".join(b'"k%d": 1' % number for number in range(MOST_NODES // 2)) + b"}"
MANY = orjson.dumps([{"role": f"r{number}"} for number in range(MOST_RUBRICS + 1)])


def book(*rows):
    made = Workbook()
    made.active.title = "Notes"
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


SENT = {
    "bytes.yaml": (LONG, "262,146 bytes"),
    "bytes.json": (LONG, "262,144 (256 kB)"),
    "bytes.xlsx": (bytes(MOST_BYTES + 1), "262,145 bytes"),
    "nodes.yaml": (FLAT, "20,000 values"),
    "nodes.json": (FLAT, "20,000 values"),
    "keys.yaml": (KEYS, "20,000 values"),
    "keys.json": (KEYS, "20,000 values"),
    "empty.yaml": (b"---\n" * (MOST_NODES + 1), "20,000 values"),
    "cells.xlsx": (book(*[[1] * 100] * (MOST_NODES // 100), [1]), "20,000 values"),
    "repeated.xlsx": (book(*[["a" * 30_000]] * 10), "262,144 characters"),
    "many.yaml": (MANY.replace(b"},{", b"}\n---\n{").strip(b"[]"), "51 rubrics"),
    "many.json": (MANY, "51 rubrics"),
}


@pytest.mark.parametrize("name", SENT)
def test_a_file_over_a_bound_is_refused_with_the_bound(shared_api, name):
    content, told = SENT[name]
    refused = shared_api.post("/rubrics", data={"file": (io.BytesIO(content), name)})
    assert refused.status_code == 413
    assert refused.json["type"] == "urn:rolefit:problem:rubrics_too_large"
    assert told in refused.json["detail"]


@pytest.mark.parametrize("path", ["/roles/ml_engineer/versions", "/roles/drafts"])
@pytest.mark.parametrize(("content", "told"), [(LONG, "262,155 bytes"), (FLAT, "20,000 values")])
def test_a_body_over_a_bound_is_refused_with_the_bound(shared_api, path, content, told):
    refused = shared_api.post(path, data=b'{"text":' + content + b"}", content_type="application/json")
    assert refused.status_code == 413
    assert told in refused.json["detail"]


@pytest.mark.parametrize("name", ["bytes.yaml", "nodes.yaml", "cells.xlsx"])
def test_the_page_refuses_the_same(shared_api, name):
    sent = shared_api.client.post("/rubrics", data={"file": (io.BytesIO(SENT[name][0]), name)}, follow_redirects=True)
    assert sent.status_code == 413
    assert SENT[name][1] in sent.get_data(as_text=True)


@pytest.mark.parametrize("command", [("rubrics", "publish", "bytes.yaml"), ("rubrics", "draft", "bytes.json")])
def test_the_command_line_refuses_the_same(tmp_path, monkeypatch, command):
    monkeypatch.setenv("ROLEFIT_DATA", str(tmp_path / "data"))
    path = tmp_path / command[-1]
    path.write_bytes(LONG)
    done = CliRunner().invoke(main, [*command[:-1], str(path)])
    assert (done.exit_code, "262,144 (256 kB)" in done.output) == (65, True)


def test_what_is_over_a_bound_is_not_read_to_its_end(monkeypatch):
    seen = []
    add = documents.NodeCounter.add
    monkeypatch.setattr(documents.NodeCounter, "add", lambda self, nodes=1: (seen.append(nodes), add(self, nodes)))
    with pytest.raises(RubricsTooLarge):
        documents.from_yaml(FLAT + b"\n---\n" + FLAT)
    assert len(seen) == MOST_NODES + 1


def test_yaml_is_parsed_once(monkeypatch):
    parsed, parse = [], yaml.parse
    monkeypatch.setattr(yaml, "parse", lambda text, **options: (parsed.append(text), parse(text, **options))[1])
    assert documents.from_yaml(b"a: 1\n---\nb: 2\n") == [{"a": 1}, {"b": 2}]
    assert len(parsed) == 1


def test_all_our_rubrics_are_well_within_the_bounds(shared_api):
    for ending in ("yaml", "json", "xlsx"):
        assert len(shared_api.get(f"/rubrics.{ending}").data) < MOST_BYTES / 2
