"""Rubrics as YAML and JSON that people send: read without trust, written as our own files are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.parser import Parser

from service.errors import InvalidInput
from service.schemas import strict_json
from service.schemas.bounds import DEEPEST, NodeCounter

LONGEST_LINE = 10_000
"""Where a sentence is broken, a blank stays at the end of its line."""

FLOWING = ("required", "bands", "skills")
"""What stands on one line where a rubric is written by hand."""


class BadYaml(InvalidInput):
    """The text is not YAML that can be relied on."""

    status = 400
    code = "malformed_yaml"
    title = "The YAML cannot be read"


class BoundedParser(Parser):
    """Refuses what grows when it is read, nests without end or holds too much: while it is parsed, which is once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._counter, self._depth = NodeCounter(), 0

    def get_event(self) -> Any:
        """Return the next event. Raise BadYaml for an alias or deep nesting, RubricsTooLarge for too many nodes."""
        event = super().get_event()
        if isinstance(event, AliasEvent):
            raise BadYaml("Anchors and aliases (& and *) are not read: write out what they stand for.")
        if isinstance(event, NodeEvent):
            self._counter.add()
        self._depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if self._depth > DEEPEST:
            raise BadYaml(f"The YAML is nested more than {DEEPEST} levels deep.")
        return event


def from_json(raw: bytes) -> list[Any]:
    """Return the documents of JSON: a rubric, a list of them, or an object with `rubrics`. Raise MalformedJson."""
    found = strict_json.loads(raw)
    if isinstance(found, dict) and "rubrics" in found:
        found = found["rubrics"]
    return found if isinstance(found, list) else [found]


def from_yaml(raw: bytes) -> list[Any]:
    """Return the documents of YAML, a rubric each. Raise BadYaml."""
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.Parser = BoundedParser
        return list(yaml.load_all(raw.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise BadYaml("This is not text in UTF-8.") from None
    except MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark else ""
        raise BadYaml(f"This is not valid YAML{line}: {error.problem}.") from None
    except (YAMLError, ValueError) as error:
        raise BadYaml(f"This is not valid YAML: {error}.") from None


def to_yaml(documents: Iterable[Mapping[str, Any]]) -> str:
    """Return rubrics as YAML, a document each."""
    yaml, out = YAML(), io.StringIO()
    yaml.width = LONGEST_LINE
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump_all([_flowing(document) for document in documents], out)
    return out.getvalue()


def _flowing(value: Any, *, on_a_line: bool = False) -> Any:
    """Return a value with what is short on one line each."""
    if isinstance(value, Mapping):
        made = CommentedMap(
            (key, _flowing(inner, on_a_line=on_a_line or key in FLOWING)) for key, inner in value.items()
        )
        if on_a_line:
            made.fa.set_flow_style()
        return made
    return [_flowing(inner) for inner in value] if isinstance(value, list) else value
