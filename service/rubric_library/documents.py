"""Rubrics as YAML and JSON that people send: read without trust, written as our own files are."""

from __future__ import annotations

from typing import Any

from service.errors import InvalidInput
from service.rubric_library import yaml_text
from service.rubric_library.yaml_text import dump_all as to_yaml
from service.schemas import strict_json
from service.schemas.bounds import NodeCounter

__all__ = ["BadYaml", "from_json", "from_yaml", "to_yaml"]


class BadYaml(InvalidInput):
    """The text is not YAML that can be relied on."""

    status = 400
    code = "malformed_yaml"
    title = "The YAML cannot be read"


def from_json(raw: bytes) -> list[Any]:
    """Return the documents of JSON: a rubric, a list of them, or an object with `rubrics`. Raise MalformedJson."""
    found = strict_json.loads(raw)
    if isinstance(found, dict) and "rubrics" in found:
        found = found["rubrics"]
    return found if isinstance(found, list) else [found]


def from_yaml(raw: bytes) -> list[Any]:
    """Return the documents of YAML, a rubric each. Raise BadYaml."""
    try:
        return yaml_text.load_all(raw.decode("utf-8-sig"), NodeCounter())
    except UnicodeDecodeError:
        raise BadYaml("This is not text in UTF-8.") from None
    except yaml_text.YamlError as error:
        raise BadYaml(f"This is not valid YAML{error.place}: {error.problem}.") from None
