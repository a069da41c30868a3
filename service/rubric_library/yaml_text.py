"""YAML 1.2 as plain values and text: the core schema, no anchors, no tags, no key twice.

libyaml reads where it is installed, as it is with every wheel of PyYAML; PyYAML's own reader is slower and reads the
same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml

from service.schemas.bounds import NodeCounter
from service.schemas.strict_json import DEPTH

LONGEST_LINE = 10_000
"""Where a sentence is broken, a blank stays at the end of its line."""

FLOWING = ("required", "bands", "skills")
"""What stands on one line where a rubric is written by hand."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_KEY = object()
_TAG = "tag:yaml.org,2002:"
_TAGS_OF_COLLECTIONS = (None, "!", f"{_TAG}map", f"{_TAG}seq")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{word: float(word.replace(".", "")) for word in (".nan", ".NaN", ".NAN")},
    **{sign + word: float(f"{sign}inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_REAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_NOT_ALLOWED = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS_IN_11 = re.compile("[\x85\u2028\u2029]")
_ANCHORS = "anchors and aliases (& and *) are not read: write out what they stand for"


class YamlError(ValueError):
    """The text is not YAML that can be relied on: what is wrong, and the line and column, from 1, where known."""

    def __init__(self, problem: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """Return the place in words, in brackets after a blank; nothing if it is not known."""
        return f" (line {self.line}, column {self.column})" if self.line else ""


def load(text: str) -> Any:
    """Return the value of the one document of a text; None if there is none. Raise YamlError."""
    found = load_all(text)
    if len(found) > 1:
        raise YamlError("only one document can stand here, and there is a second one below a line with ---")
    return found[0] if found else None


def load_all(text: str, counter: NodeCounter | None = None) -> list[Any]:
    """Return the value of every document of a text; a counter bounds how many nodes are read. Raise YamlError."""
    documents: list[Any] = []
    open_: list[tuple[Any, list[Any]]] = []
    """The collections around this place; of a mapping also the key that waits for its value."""
    for event in _events(text, counter):
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            _must_have_no_tag(event)
        elif isinstance(event, yaml.AliasEvent):
            raise _error(_ANCHORS, event)
        else:
            if isinstance(event, yaml.CollectionEndEvent):
                open_.pop()
            continue
        if not open_:
            documents.append(value)
        elif isinstance(open_[-1][0], list):
            open_[-1][0].append(value)
        else:
            _put(*open_[-1], value, event)
        if isinstance(value, dict | list):
            open_.append((value, [_NO_KEY]))
            if len(open_) > DEPTH:
                raise _error(f"lists and mappings are nested more than {DEPTH} levels deep", event)
    return documents


def _put(mapping: dict[Any, Any], waiting: list[Any], value: Any, event: yaml.Event) -> None:
    """Put a value under the key that waits for it, or let it be the key that waits."""
    if waiting[0] is not _NO_KEY:
        mapping[waiting[0]] = value
        waiting[0] = _NO_KEY
    elif isinstance(value, dict | list):
        raise _error("a key is a list or a mapping: write it as text", event)
    elif value in mapping:
        raise _error(f"found duplicate key {str(value)[:100]!r}", event)
    else:
        waiting[0] = value


def _events(text: str, counter: NodeCounter | None) -> Iterator[yaml.Event]:
    if bad := _NOT_ALLOWED.search(text):
        before = text[: bad.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise YamlError(f"the character U+{ord(bad[0]):04X} is not allowed: delete it", line, column)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if counter and isinstance(event, yaml.NodeEvent):
                counter.add()
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(part for part in (error.problem, error.context) if part)
        raise YamlError(problem, *((mark.line + 1, mark.column + 1) if mark else ())) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error)) from None


def _error(problem: str, event: yaml.Event) -> YamlError:
    return YamlError(problem, event.start_mark.line + 1, event.start_mark.column + 1)


def _must_have_no_tag(event: yaml.CollectionStartEvent) -> None:
    if event.anchor is not None:
        raise _error(_ANCHORS, event)
    if event.tag not in _TAGS_OF_COLLECTIONS:
        raise _error(f"the tag {event.tag[:100]} is not read: write the plain value", event)


def _scalar(event: yaml.ScalarEvent) -> Any:
    """Return the value of a scalar: as the core schema resolves it where it is plain, else its text."""
    if event.anchor is not None:
        raise _error(_ANCHORS, event)
    if event.tag is not None and event.tag not in ("!", f"{_TAG}str"):
        raise _error(f"the tag {event.tag[:100]} is not read: write the plain value", event)
    if event.tag is not None or not event.implicit[0]:
        return event.value
    try:
        return _resolved(event.value)
    except ValueError:
        raise _error("the number has too many digits", event) from None


def _resolved(text: str) -> Any:
    """Return what a plain scalar means. Raise ValueError for a number with thousands of digits."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if _WHOLE.match(text):
        return int(text)
    if _REAL.match(text):
        return float(text)
    return int(text, 0) if _BASED.match(text) else text


def line_of(text: str, path: Iterable[str | int]) -> int | None:
    """Return the line, from 1, of the value at a path of keys and indexes, or of the last step that exists."""
    try:
        node = _composed(text)
    except yaml.YAMLError:
        return None
    line = None
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [pair for pair in node.value if pair[0].value == str(step)]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = [(item, item) for item in node.value[step : step + 1]]
        else:
            found = []
        if not found:
            break
        line, node = found[0][0].start_mark.line + 1, found[0][1]
    return line


@lru_cache(maxsize=8)
def _composed(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=_LOADER)


class _Dumper(yaml.SafeDumper):
    """Quotes a text that a reader of YAML 1.1 or 1.2 would take for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Indent a list under its key."""
        super().increase_indent(flow, indentless=False)


class _OnALine(dict[str, Any]):
    """A mapping that is written on one line."""


def _text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    """Quote what YAML 1.1 takes for the end of a line, so that it is written as an escape."""
    return dumper.represent_scalar(f"{_TAG}str", data, style='"' if _ENDS_IN_11.search(data) else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_OnALine, lambda dumper, data: dumper.represent_mapping(f"{_TAG}map", data, flow_style=True))
for _kind, _pattern in (("int", _WHOLE), ("float", _REAL), ("int", _BASED)):
    _Dumper.add_implicit_resolver(f"{_TAG}{_kind}", _pattern, list("-+.0123456789"))


def dump_all(documents: Iterable[Mapping[str, Any]]) -> str:
    """Return documents as YAML, with what is short on one line each."""
    text: str = yaml.dump_all(
        map(_flowing, documents), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LONGEST_LINE
    )
    return text


def _flowing(value: Any, *, on_a_line: bool = False) -> Any:
    if isinstance(value, Mapping):
        made = {key: _flowing(inner, on_a_line=on_a_line or key in FLOWING) for key, inner in value.items()}
        return _OnALine(made) if on_a_line else made
    return [_flowing(inner) for inner in value] if isinstance(value, list | tuple) else value
