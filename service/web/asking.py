"""What a page on a role's list is asked for by its address: role, seniority, weights, filters; and links that go on.

Weights travel as `p.` and the name of a part, and as `w.` and a criterion's; those of the rubric are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from service.core.rubric import SENIORITIES, Table
from service.errors import InvalidInput, NotFound
from service.usecases import boards, scores
from service.usecases.boards import Board, Filters
from service.web import pages

CHOICES = ("gate", "band", "criterion", "level", "text", "sort", "per_page", "as_of", "import")
WEIGHT = re.compile(r"^[0-9]{1,4}\Z")
MOST_SENT = 1000
"""The most that a weight may be, as the API has it."""


def board(role: str, filters: Filters | None = None) -> Board:
    """Return the board asked for: everybody, unless there are filters. Raise NotFound where there is no such role."""
    if role not in pages.house().library.rubrics:
        raise NotFound(f"There is no role {role!r}.", code="unknown_role")
    return pages.boards().board(table(role), pages.asked_day(), filters or Filters())


def table(role: str) -> Table:
    """Return the role's table, with the weights that the sliders ask for."""
    changed = {key: found for key, found in _weights(role).items() if found}
    return scores.tables_of([role], pages.asked_seniority(), pages.house().library, changed or None)[0]


def _weights(role: str) -> dict[str, dict[str, int]]:
    """Return the weights that were sent and differ from the rubric's own; none that were set for another role, `of`."""
    own = pages.house().library.rubrics[role].weights
    sent = request.args if request.args.get("of", role) == role else MultiDict()
    return {"parts": _differing("p.", own.parts, sent), "criteria": _differing("w.", own.criteria, sent)}


def _differing(prefix: str, own: Any, sent: MultiDict[str, str]) -> dict[str, int]:
    found = {}
    for name, usual in own.items():
        text = sent.get(prefix + name) or str(usual)
        if not WEIGHT.match(text) or int(text) > MOST_SENT:
            raise InvalidInput(f"The weight {prefix}{name} is {text[:50]!r}, which is no whole number to {MOST_SENT}.")
        if int(text) != usual:
            found[name] = int(text)
    return found


def filters() -> Filters:
    """Return whom a shortlist is to show."""
    return Filters(
        one_of("gate", ("any", "pass", "open")) or "any",
        one_of("band", (*SENIORITIES, "unknown")),
        one_of("criterion", criteria(pages.asked_role())),
        whole("level", 1, 1, 5),
        request.args.get("text", "")[:200],
        one_of("sort", boards.SORTS) or "rank",
        request.args.get("import", "")[:100] or None,
    )


def criteria(role: str) -> list[str]:
    """Return the criteria that a role's rubric asks for."""
    return [one.id for one in pages.house().library.rubrics[role].criteria]


def one_of(name: str, known: Sequence[str]) -> str | None:
    """Return what was chosen, None where nothing was. Raise InvalidInput where it is no choice."""
    said = request.args.get(name)
    if said and said not in known:
        raise InvalidInput(f"{name} is {said[:50]!r}. It is one of: {', '.join(known)}.")
    return said or None


def whole(name: str, usual: int, least: int, most: int) -> int:
    """Return a whole number that was sent, within bounds. Raise InvalidInput where it is none."""
    text = request.args.get(name) or str(usual)
    if not (text.isascii() and text.isdigit()):
        raise InvalidInput(f"{name} is {text[:50]!r}, which is not a whole number.")
    return min(max(int(text[:9]), least), most)


def query() -> dict[str, str]:
    """Return what was asked and is not as usual: short addresses, for links and downloads."""
    return aside_query() | {name: request.args[name] for name in CHOICES if request.args.get(name)}


def aside_query() -> dict[str, str]:
    """Return what every page on a list shares of it: seniority, day and weights."""
    found = _weights(pages.asked_role())
    weights = {f"p.{name}": str(weight) for name, weight in found["parts"].items()}
    return _standing() | weights | {f"w.{name}": str(weight) for name, weight in found["criteria"].items()}


def _standing() -> dict[str, str]:
    """Return for which seniority and day a list is made."""
    day = request.args.get("as_of")
    return {"seniority": pages.asked_seniority(), **({"as_of": day} if day else {})}


def link(path: str, **changes: Any) -> str:
    """Return a path with the query of this page and some changes; None takes a part away."""
    return _address(path, {**query(), **changes})


def aside(path: str, **more: Any) -> str:
    """Return a path to another page on the same list: seniority, day and weights go along, filters stay behind."""
    return _address(path, {**aside_query(), **more})


def own(endpoint: str, **values: Any) -> str:
    """Return a path to a page for the same seniority and day, by the rubric's own weights."""
    return url_for(endpoint, **_standing(), **values)


def _address(path: str, values: dict[str, Any]) -> str:
    return f"{path}?{urlencode({key: value for key, value in values.items() if value is not None})}"


LINKS = {"link": link, "aside": aside, "aside_query": aside_query, "own": own}
"""What templates write addresses with."""
