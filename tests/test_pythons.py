"""Regular expressions mean the same on every Python that we support.

CPython 3.11.0 to 3.11.4 match possessive repeats and atomic groups wrongly (gh-106052), and Debian 12 ships 3.11.2.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import warnings
from re import _constants, _parser

import pytest

import service

UNRELIABLE = {_constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP}
MAYBE = re.compile(r"[*+?}]\+|\(\?>")
NAME = re.compile(r"(?<!\\[A-Za-z])(?<=[A-Za-z])\+\+")
"""The end of a name such as C++."""


def operations(parsed):
    """Yield the operations of a parsed pattern, at any depth."""
    for item in parsed:
        if isinstance(item, type(_constants.LITERAL)):
            yield item
        elif isinstance(item, tuple | list | _parser.SubPattern):
            yield from operations(item)


def is_unreliable(pattern, flags=0):
    if not MAYBE.search(pattern if isinstance(pattern, str) else pattern.decode("latin-1")):
        return False
    try:
        with warnings.catch_warnings(action="ignore"):
            return not UNRELIABLE.isdisjoint(operations(_parser.parse(pattern, flags)))
    except re.error:
        return False


def text_of(node):
    """Return the text of a literal, an f-string or a sum of them; a group stands for what is computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value if isinstance(node.value, str) else node.value.decode("latin-1")
    if isinstance(node, ast.JoinedStr):
        return "".join(map(text_of, node.values))
    if isinstance(node, ast.BinOp):
        return text_of(node.left) + text_of(node.right)
    return "(?:computed)"


def is_call_of_re(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re"


def unreliable_lines(source):
    """Yield the lines of a source with a literal that is an unreliable pattern, or would be one."""
    if not MAYBE.search(source):
        return
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    patterns = {id(inner) for node in nodes if is_call_of_re(node) for inner in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp) and id(node) not in docstrings:
            text = text_of(node)
            if is_unreliable(text if id(node) in patterns else NAME.sub("", text)):
                yield node.lineno


def patterns_in(value, depth=3):
    """Yield the compiled patterns that a value holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from patterns_in([*value, *value.values()], depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from patterns_in(inner, depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("service"):
        yield from patterns_in(list(vars(value).values()), depth - 1)


def test_no_source_writes_an_unreliable_pattern(root):
    found = [
        f"{path.relative_to(root)}:{line}"
        for path in sorted((root / "service").rglob("*.py"))
        for line in unreliable_lines(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_module_holds_an_unreliable_pattern():
    names = [module.name for module in pkgutil.walk_packages(service.__path__, "service.")]
    modules = [importlib.import_module(name) for name in names if ".migrations." not in name]
    held = [(module.__name__, pattern) for module in modules for pattern in patterns_in(vars(module))]
    assert len(held) > 100
    assert [(name, pattern.pattern) for name, pattern in held if is_unreliable(pattern.pattern, pattern.flags)] == []


@pytest.mark.parametrize(
    "source",
    [
        r"""re.compile(r"(?:[^<>]++|'[^<']*+')*+")""",
        r"""TEXT = rb"(?>a|ab)c" """,
        r"""re.sub("a++", "", text)""",
        r"""re.sub(r" ++", " ", text)""",
        r"""WORD = r"\w++" """,
        r"""re.compile(NAME + rb"++")""",
        r"""re.compile(rb"(?:a" + NAME + rb")?+b")""",
        r"""re.compile(f"[^{signs}]{{2,3}}+")""",
        r"""PARTS = ["(?:x|(?=(y*+)))"]""",
        r"""re.compile(r"(a)(?(1)b++|c)")""",
        r"""re.compile("[a-z]" "++")""",
    ],
)
def test_an_unreliable_pattern_is_found(source):
    assert set(unreliable_lines(source)) == {1}


@pytest.mark.parametrize(
    "source", ['NAME = "C++"', 'NAMES = "C, C++ and C#"', r're.compile(r"\++")', r're.compile("[*+]+")', '"""a++"""']
)
def test_what_is_reliable_is_let_through(source):
    assert list(unreliable_lines(source)) == []
