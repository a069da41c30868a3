"""YAML as people send it: each plain value as YAML 1.2 means it, and nothing that could be taken in two ways."""

import pytest
import yaml

from service.rubric_library import yaml_text
from service.rubric_library.yaml_text import YamlError, dump_all, line_of, load, load_all


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def reader(request, monkeypatch):
    """Read with libyaml, and as where it is absent."""
    monkeypatch.setattr(yaml_text, "_LOADER", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)


TEXTS = (
    "NO", "yes", "on", "tRue", "12:30", "1_000", "2026-11-20", "0b1", "0o8", "1e", "0.1.2", "-", "--", "+", ".", "...x",
    "<<", "=", "nULL", "http://x", "C++", "a#b", "é", "🙂",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_what_yaml_1_1_takes_for_something_else_is_text(text):
    assert load(f"a: {text}" if text != "-" else 'a: "-"') == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("012", 12), ("+5", 5), ("-5", -5), ("0o17", 15), ("0x1F", 31), ("1e5", 100000.0), (".5", 0.5),
        ("5.", 5.0), ("-.inf", float("-inf")), ("+.INF", float("inf")), ("true", True), ("FALSE", False),
        ("null", None), ("~", None), ("", None), ('"12"', "12"), ("'no'", "no"), ("!!str 12", "12"), ("! 12", "12"),
    ],
)  # fmt: skip
def test_a_plain_value_is_read_as_the_core_schema_says(text, value):
    found = load(f"a: {text}")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "problem", "place"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate key 'a'", (3, 1)),
        ("- {b: 1, b: 1}", "duplicate key 'b'", (1, 10)),
        ("null: 1\n~: 2", "duplicate key", (2, 1)),
        ("a: &x 1", "anchors", (1, 4)),
        ("a: &x [1]", "anchors", (1, 4)),
        ("a: *x", "anchors", (1, 4)),
        ('a: !!int "3"', "tag", (1, 4)),
        ("a: !python/object:x {}", "tag", (1, 4)),
        ("? [a]\n: b", "a key is a list", (1, 3)),
        ("a:\n  - b: c: d", "mapping values are not allowed", (2, 9)),
        ("a: `x", "cannot start", (1, 4)),
        ("a\n\x00", "U+0000", (2, 1)),
        ("a: x\x85y", "U+0085", (1, 5)),
        ("a: \ud800", "U+D800", (1, 4)),
        (f"a: {'9' * 5000}", "too many digits", (1, 4)),
        ("- " * 40, "nested", (1, 65)),
        ("[" * 100_000, "nested", (1, 33)),
    ],
)
def test_what_cannot_be_relied_on_is_refused_with_its_place(text, problem, place):
    with pytest.raises(YamlError) as refused:
        load(text)
    assert problem in refused.value.problem
    assert (refused.value.line, refused.value.column) == place


def test_every_document_is_read_and_a_file_has_one():
    assert load_all("a: 1\n---\n- b\n---\n") == [{"a": 1}, ["b"], None]
    assert (load(""), load_all("# none")) == (None, [])
    with pytest.raises(YamlError, match="one document"):
        load("a\n---\nb")


@pytest.mark.parametrize(
    "text",
    [*TEXTS, "12", "012", "0o17", "1e5", "", " a ", "a: b", "# a", "a\nb", "\x85", "\u2028", "'", "*a", "x " * 600],
)
def test_what_is_written_is_read_as_it_was(text):
    document = {"text": text, "list": [text, {"again": text}], "required": {f"{text}.": text, "level": 3}}
    assert load(dump_all([document])) == document


def test_rubrics_are_written_as_a_person_would():
    document = {"role": "cook", "criteria": [{"id": "a", "required": {"junior": 1, "mid": 2}}], "skills": [{"id": "b"}]}
    assert dump_all([document, document]) == "---\n".join(
        ["role: cook\ncriteria:\n  - id: a\n    required: {junior: 1, mid: 2}\nskills:\n  - id: b\n"] * 2
    )


def test_the_line_of_a_value_is_found():
    text = "a: 1\nb:\n  - c: 1\n    d: 2\n"
    paths = [("b",), ("b", 0, "d"), ("b", 0, "gone"), ("b", 7), ("gone",)]
    assert [line_of(text, path) for path in paths] == [2, 4, 3, 2, None]
    assert line_of("a: [", ("a",)) is None
