"""The files under rubrics/, read with every mistake told at once: by file, line and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from service.errors import BrokenRubric
from service.rubric_library import yaml_text
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
        data = yaml_text.load(path.read_text(encoding="utf-8"))
        return schema.load(data if isinstance(data, dict) else {})
    except OSError as error:
        found.append(fault(path, (), f"The file cannot be read: {error.strerror}.", line=0))
    except UnicodeDecodeError:
        found.append(fault(path, (), "This is not valid YAML: it is not text in UTF-8.", line=0))
    except yaml_text.YamlError as error:
        found.append(fault(path, (), f"This is not valid YAML{error.place}: {error.problem}.", line=error.line or 0))
    except ValidationError as error:
        found += [fault(path, plainly(where), message) for where, message in faults.flatten(error.messages)]
    return {}


def plainly(where: faults.Path) -> faults.Path:
    """Leave out what marshmallow adds to the path of an entry of a mapping; no field of ours has these names."""
    return tuple(step for step in where if step not in ("key", "value"))


def path_of(field: str) -> faults.Path:
    """Return a field such as `skills.3.aliases` as its steps."""
    return tuple(int(step) if step.isdigit() else step for step in field.split("."))


def _line(path: Path, where: faults.Path) -> int | None:
    """Return the line where a value stands, by reading the file once more with its marks; None where unknown."""
    try:
        return yaml_text.line_of(path.read_text(encoding="utf-8"), where)
    except (OSError, UnicodeDecodeError):
        return None
