"""The files under rubrics/, read with every mistake told at once: by file, line and field."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from service.errors import BrokenRubric
from service.schemas import faults


def broken(found: list[dict[str, Any]]) -> BrokenRubric:
    """Return the error that tells all that was found."""
    first = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return BrokenRubric(f"{first['file']}, {first['field'] or 'whole file'}: {first['detail']}{more}", found)


def fault(path: Path, where: faults.Path, message: str, line: int | None = None) -> dict[str, Any]:
    """Return a mistake in a file; its line is looked for unless given."""
    field = ".".join(map(str, where))
    found = line if line is not None else _line(path, where)
    return {"file": path.name, "line": found, "field": field, "code": "broken_rubric", "detail": message}


def read(path: Path, schema: Schema, found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a file's checked contents; add what is wrong with it to `found`."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        return schema.load(data if isinstance(data, dict) else {})
    except OSError as error:
        found.append(fault(path, (), f"The file cannot be read: {error.strerror}.", line=0))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        found.append(fault(path, (), f"This is not valid YAML: {error.problem}.", line=line))
    except (YAMLError, ValueError) as error:
        found.append(fault(path, (), f"This is not valid YAML: {error}.", line=0))
    except ValidationError as error:
        found += [fault(path, plainly(where), message) for where, message in faults.flatten(error.messages)]
    return {}


def plainly(where: faults.Path) -> faults.Path:
    """Leave out what marshmallow adds to the path of an entry of a mapping; no field of ours has these names."""
    return tuple(step for step in where if step not in ("key", "value"))


@lru_cache(maxsize=8)
def _marked(text: str) -> Any:
    """Return what a file says, with the lines where it says it: slow, so once for all faults of the file."""
    return YAML(typ="rt").load(text)


def path_of(field: str) -> faults.Path:
    """Return a field such as `skills.3.aliases` as its steps."""
    return tuple(int(step) if step.isdigit() else step for step in field.split("."))


def _line(path: Path, where: faults.Path) -> int | None:
    """Return the line where a value stands, by reading the file once more with its marks; None where unknown."""
    try:
        node = _marked(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError):
        return None
    line = None
    for step in where:
        if not hasattr(node, "lc"):
            break
        try:
            line = (node.lc.key(step) if isinstance(node, dict) else node.lc.item(step))[0] + 1
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return line
