import json

import pytest

from service.schemas.strict_json import MalformedJson, loads


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": NaN}', b'{"a": Infinity}', b'{"a": -Infinity}', b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 1}}',
        b'{"a" : 1, "\\u0061": 2}', b'{"x": "\\u0022:", "a": 1, "a": 2}', b'"\\ud800"', b"", b"  ", b"{", b"[1,]",
        b"[" * 33 + b"]" * 33, b'{"a":' * 33 + b"1" + b"}" * 33, b"[" * 100_000, b"\xff", b"{'a': 1}",
    ],
)  # fmt: skip
def test_what_cannot_be_relied_on_is_refused(text):
    with pytest.raises(MalformedJson) as refusal:
        loads(text)
    assert refusal.value.status == 400
    assert refusal.value.detail.endswith(".")


@pytest.mark.parametrize(
    "value",
    [
        {}, [], {"a": '":'}, {"a": '" :"'}, {'a"': 1, "b": "\\"}, {"a": [{"b": 1}, {"b": 2}]}, "text", None, 1.5,
        {"deep": [[[[{}]]]] * 50}, {"quote\\": '\\"'},
    ],
)  # fmt: skip
def test_honest_json_is_read(value):
    assert loads(json.dumps(value).encode()) == value
    assert loads(json.dumps(value, indent=2).encode()) == value


def test_a_byte_order_mark_is_passed_over():
    assert loads(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_depth_32_is_the_deepest_read():
    assert loads(b"[" * 32 + b"]" * 32)


def test_the_suite_of_json_bodies(shared):
    folder = shared / "payloads" / "json_test_suite"
    wrong = []
    for path in sorted(folder.glob("*.json")):
        try:
            loads(path.read_bytes())
            read = True
        except MalformedJson:
            read = False
        expected = {"y": True, "n": False}.get(path.name[0], read)
        if read != expected and "duplicated_key" not in path.name:
            wrong.append(path.name)
    assert wrong == []
