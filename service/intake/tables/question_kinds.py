"""The questions that a table may leave open, each made of its evidence: which words it asks in, and which choices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from service.core.rounding import nearest
from service.intake.tables.answers import EVERY
from service.intake.tables.headers import Column
from service.intake.tables.profiles import ColumnProfile
from service.intake.tables.questions import MOST_EVIDENCE, Choice, Question, listed
from service.skills.scales import FIVE, PERCENT, SHARES, TEN, Scale

TWENTY = Scale(0, 20)
FIGURE = re.compile(r"\s*(\d{1,3}(?:[.,]\d)?)(?![\w.,])")
"""A number that a text begins with: `4 - Proficient`."""

DASHES = ("-", "–", "—")
SHOWN = 4
"""Values that the text of a question quotes."""


def years_or_ratings(column: Column, name: str, profile: ColumnProfile) -> Question:
    """Ask whether a column of experience with the skill `name` holds years or ratings."""
    return Question(
        "column", column.header, f"Does the column {column.header!r} hold years or ratings?",
        "Its header says experience, and its numbers may be either.", [column.header], _values(profile),
        (
            Choice(f"years of {name}", {"columns": {column.header: f"years:{column.target}"}}),
            Choice(f"ratings of {name}", {"columns": {column.header: f"skill:{column.target}"}}),
        ),
    )  # fmt: skip


def unknown_column(header: str, why: str, choice: Choice, profile: ColumnProfile) -> Question:
    """Ask what a column holds: what `choice` says, or nothing of use."""
    ignore = Choice("not of use: keep it, and do not score it", {"columns": {header: "ignore"}}, reads=False)
    return Question(
        "column", header, f"What does the column {header!r} hold?", why, [header], _values(profile),
        [choice, ignore], unread=profile.filled,
    )  # fmt: skip


def unknown_scale(about: str, headers: Sequence[str], numbers: Counter[float], *, is_share: bool) -> Question:
    """Ask which scale the numbers of columns are on: some are above 5, or all are shares from 0 to 1."""
    above = Counter({n: c for n, c in numbers.items() if (0 < n < 1 if is_share else n > FIVE.best)})
    told = listed([(f"{n:g}", count) for n, count in above.most_common()])
    if is_share:
        choices = [Choice("shares: 0.85 is 85%", {"scales": {EVERY: str(SHARES)}})]
        slips = "from 0 to 5: 0.85 is a level below 1"
    else:
        choices = _scale_choices(EVERY, (TEN, TWENTY, PERCENT), numbers)
        slips = f"from 0 to 5: the {above.total():,} numbers above 5 are typing mistakes, left unknown"
    choices.append(Choice(slips, {"scales": {EVERY: str(FIVE)}}, is_partly=not is_share))
    return Question(
        "scale", about, f"Which scale are the ratings in {_columns(headers)} on?",
        f"Numbers {'between 0 and 1' if is_share else 'above 5'} stand there: {told}.",
        headers, _figures(numbers), choices,
    )  # fmt: skip


def unread_scale(column: Column, numbers: Counter[float]) -> Question:
    """Ask for the scale that a header names in a way that is not understood."""
    return Question(
        "scale", column.header, f"Which scale are the ratings in {_columns([column.header])} on?",
        f"The header says {column.unread!r}, which is not understood.", [column.header],
        _figures(numbers), _scale_choices(column.header, (FIVE, TEN, TWENTY, PERCENT), numbers),
    )  # fmt: skip


def best_end(scale: Scale, headers: Sequence[str], numbers: Counter[float]) -> Question:
    """Ask which end of a scale that headers name is the best."""
    low, high = scale.lowest, scale.highest
    choices = [
        Choice(f"{best} is the best", {"scales": dict.fromkeys(headers, f"{worst}-{best}")})
        for worst, best in ((low, high), (high, low))
    ]
    return Question(
        "scale", f"{low}-{high}", f"Is {low} or {high} the best in {_columns(headers)}?",
        "The header does not say which end is the best.", headers, _figures(numbers), choices,
    )  # fmt: skip


def unknown_values(found: Sequence[tuple[str, int]], headers: Sequence[str]) -> Question:
    """Ask what values mean that nothing explains."""
    return Question(
        "values", "levels", f"What do {_quoted(found)} mean in {_columns(headers)}?",
        f"Nothing in the file explains {'them' if len(found) > 1 else 'it'}: {listed(found)}.",
        headers, found, _orders([text for text, _ in found]),
    )  # fmt: skip


def _figures(numbers: Counter[float]) -> list[tuple[str, int]]:
    """Return numbers as evidence, the most frequent first."""
    return [(f"{number:g}", count) for number, count in numbers.most_common()]


def _values(profile: ColumnProfile) -> list[tuple[str, int]]:
    return [(str(value), count) for value, count in profile.counts.most_common(MOST_EVIDENCE)]


def _scale_choices(name: str, scales: Iterable[Scale], numbers: Mapping[float, int]) -> list[Choice]:
    """Return the scales that hold all of the numbers, as answers for the column `name`."""
    return [
        Choice(f"from {scale.worst} to {scale.best}, {scale.best} is best", {"scales": {name: str(scale)}})
        for scale in scales
        if max(numbers, default=0) <= scale.best
    ]


def _columns(headers: Sequence[str]) -> str:
    return f"the column {headers[0]!r}" if len(headers) == 1 else f"{len(headers)} columns"


def _quoted(found: Sequence[tuple[str, int]]) -> str:
    shown = [repr(text) for text, _ in found[:SHOWN]]
    return ", ".join(shown) + (" and others" if len(found) > len(shown) else "")


def _orders(texts: Sequence[str]) -> list[Choice]:
    """Return the two orders that codes suggest: the longest first, or the other way round."""
    unknown = Choice("leave them unknown", {"values": dict.fromkeys(texts, "unknown")}, reads=False)
    runs = _runs(texts)
    if len(runs) < 2:  # noqa: PLR2004 - an order is of two at least
        return [unknown]
    levels = _spread(len(runs), has_none=runs[0] in DASHES)
    orders = [
        Choice(f"{order[-1]} is the best, {order[0]} the weakest", {"values": dict(zip(order, levels, strict=True))})
        for order in (runs, runs[::-1])
    ]
    return [*orders, unknown]


def _runs(texts: Sequence[str]) -> list[str]:
    """Return codes in their order: longer runs of one sign are more, and letters go by the alphabet backwards."""
    bare = [text.replace(" ", "") for text in texts]
    if all(len(text) == 1 and text.isascii() and text.isalpha() for text in bare):
        return sorted(texts, key=str.casefold, reverse=True)
    if all(len(set(text)) == 1 for text in bare) and len({text[0] for text in bare if text not in DASHES}) == 1:
        return sorted(texts, key=lambda text: (text.strip() not in DASHES, len(text)))
    figures = [FIGURE.match(text) for text in texts]
    if all(figures) and len({found[1] for found in figures if found}) == len(texts):
        return sorted(texts, key=lambda text: float(text[: FIGURE.match(text).end(1)].replace(",", ".")))  # type: ignore[union-attr]
    return []


def _spread(count: int, *, has_none: bool) -> list[float]:
    """Return levels up to 5 at even distances, the lowest 0 where it stands for nothing."""
    steps = count - has_none
    return [nearest(5 * place / steps, 10) / 10 for place in range(not has_none, count + (not has_none))]
