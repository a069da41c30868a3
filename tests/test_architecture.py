"""The arrows of the architecture: a room imports only from rooms below it."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

FLOORS = [
    {"app", "server"},
    {"access", "whole_bodies", "connections"},
    {"api", "web", "cli"},
    {"worker"},
    {"usecases"},
    {"intake", "rubric_library", "store", "reports"},
    {"schemas", "skills", "sheets", "config", "shipped", "solving", "telling"},
    {"core", "errors", "identity", "owners", "storable"},
]
"""From the top down. Rooms on one floor do not know one another, but for those below."""

NEIGHBOURS = {
    ("app", "config"), ("server", "app"), ("cli", "server"), ("cli", "app"), ("config", "sheets"),
    ("schemas", "skills"), ("core", "errors"), ("skills", "errors"),
}  # fmt: skip
"""Arrows that stay on a floor, or go up one: the command line starts the server."""

FOREIGN = {
    "core": {"numpy"},
    "errors": set(),
    "identity": set(),
    "owners": set(),
    "storable": set(),
    "skills": {"ahocorasick", "numpy", "rapidfuzz"},
    "intake": {"orjson"},
    "sheets": {"openpyxl", "python_calamine", "orjson", "pandas"},
    "store": {"sqlalchemy", "alembic"},
    "solving": {"numpy", "scipy"},
    "telling": {"orjson", "prometheus_client", "structlog"},
    "reports": {"pandas"},
    "usecases": {"argon2", "numpy", "orjson", "marshmallow"},
    "schemas": {"marshmallow", "orjson"},
    "rubric_library": {"marshmallow", "yaml"},
}
"""The libraries a room may import; rooms not named may import any."""


def floor(room):
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "service" else []
            yield from names or [node.module]


def arrows(root):
    for path in sorted((root / "service").rglob("*.py")):
        room = path.relative_to(root / "service").parts[0].removesuffix(".py")
        if room != "__init__":
            for name in imports(path):
                yield path, room, name


def test_rooms_import_only_from_below(root):
    wrong = []
    for path, room, name in arrows(root):
        parts = name.split(".")
        if parts[0] != "service" or len(parts) < 2 or parts[1] == room:
            continue
        if floor(room) >= floor(parts[1]) and (room, parts[1]) not in NEIGHBOURS:
            wrong.append(f"{path.relative_to(root)} imports {name}")
    assert wrong == []


def test_rooms_keep_to_their_libraries(root):
    wrong = []
    for path, room, name in arrows(root):
        library = name.split(".")[0]
        if room in FOREIGN and library not in FOREIGN[room] | set(sys.stdlib_module_names) | {"service", "__future__"}:
            wrong.append(f"{path.relative_to(root)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("module", ["service", "service.core.result", "service.core.scoring", "service.core.ranking"])
def test_the_core_loads_without_flask_database_or_pandas(module):
    heavy = "{'flask', 'sqlalchemy', 'pandas', 'marshmallow', 'openpyxl'}"
    code = f"import sys, {module}; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_line_loads_what_a_command_needs():
    heavy = "{'flask', 'sqlalchemy', 'pandas', 'openpyxl', 'argon2'}"
    code = f"import sys, service.cli; sys.exit(f'loaded: {{found}}' if (found := {heavy} & set(sys.modules)) else 0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pandas_is_loaded_only_when_a_table_is_drawn():
    code = "import sys, service.app, service.cli; sys.exit('pandas' in sys.modules or 'openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_in_the_core_reads_a_clock_or_a_file(root):
    for path in (root / "service" / "core").glob("*.py"):
        called = {
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        }
        assert not called & {"now", "today", "utcnow", "open", "read_text", "getenv"}, path
