"""Skill expressions as people write them in a cell: `any of AWS, GCP, (all of Docker, Kubernetes)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from service.core.rubric import AtLeast, Expression

GROUP = re.compile(r"(any of|all of|at least +(\d{1,3}) +of)\b[ :]*", re.IGNORECASE)
APART = re.compile(r"[(),]")
MOST_LETTERS = 4_000
DEEPEST = 10


def written(expression: Expression, names: Mapping[str, str]) -> str:
    """Return an expression in words that `parsed` understands; a skill by its name, or by its id where that is odd."""
    if isinstance(expression, str):
        name = names.get(expression, expression)
        return expression if APART.search(name) or GROUP.match(name) else name
    members = [
        written(member, names) if isinstance(member, str) else f"({written(member, names)})" for member in expression.of
    ]
    return f"{_amount(expression)} {', '.join(members)}"


def _amount(expression: AtLeast) -> str:
    if expression.k == 1:
        return "any of"
    return "all of" if expression.k == len(expression.of) else f"at least {expression.k} of"


def parsed(text: str, resolve: Callable[[str], str | None], depth: int = 0) -> Any:
    """Return what a text says as it stands in a rubric's file: an id, or a mapping. Raise ValueError in words."""
    if len(text) > MOST_LETTERS or depth > DEEPEST:
        raise ValueError("This is too long.")
    text = " ".join(text.split())
    group = GROUP.match(text)
    if not group:
        return _skill(text, resolve)
    members = [_member(member.strip(), resolve, depth) for member in _parts(text[group.end() :])]
    if group[2] is None:
        return {group[1].lower().replace(" ", "_"): members}
    return {"at_least": {"k": int(group[2]), "of": members}}


def _member(text: str, resolve: Callable[[str], str | None], depth: int) -> Any:
    if text.startswith("(") and text.endswith(")"):
        return parsed(text[1:-1], resolve, depth + 1)
    return _skill(text, resolve)


def _skill(text: str, resolve: Callable[[str], str | None]) -> str:
    if not text:
        raise ValueError("A skill is missing here: write its name, or `any of` and names with commas between.")
    if found := resolve(text):
        return found
    raise ValueError(f"No skill is called {text!r}. Write a name or an id of the vocabulary.")


def _parts(text: str) -> Iterator[str]:
    """Yield what stands between the commas that stand in no brackets. Raise ValueError where brackets do not match."""
    depth = start = 0
    for found in APART.finditer(text):
        depth += {"(": 1, ")": -1, ",": 0}[found[0]]
        if depth < 0:
            break
        if found[0] == "," and depth == 0:
            yield text[start : found.start()]
            start = found.end()
    if depth:
        raise ValueError("The brackets do not match.")
    yield text[start:]
