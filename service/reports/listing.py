"""What was read of candidates, as lines for a terminal: nothing is cut off, long texts go on below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.reports import wording
from service.reports.evidence import counts_as, place, said, shown_level, skill_names
from service.reports.plain import plain

Payload = Mapping[str, Any]
Entry = Mapping[str, Any]

MOST_WORDS = 50
"""Unknown words that a terminal shows."""


def entry_lines(entry: Entry, width: int) -> Iterator[str]:
    """Yield what was read of one candidate. `width` counts the characters of a line."""
    yield from _wrapped(_called(entry["candidate"]), width, 0)
    yield from _wrapped(f"Years: {_years(entry['years'])}", width, 2)
    for job in entry["jobs"]:
        yield from _wrapped(f"Job: {_job(job)}", width, 2)
    names = skill_names(entry)
    for skill in entry["skills"]:
        if skill["evidence"]:
            yield from _skill(skill, names, width)
    yield from _implied(entry, names, width)
    for marker in entry["markers"]:
        yield from _wrapped(f"Marker {marker['state']} ({marker['band']}): {marker['text']}", width, 2)
        for seen in marker["evidence"]:
            yield from _quoted(seen, width)
    yield from _ignored(entry, width)


def words_lines(payload: Payload, width: int) -> Iterator[str]:
    """Yield the unknown words of all candidates, the commonest first."""
    words = payload["unknown_words"]
    if not words:
        return
    yield "Words given as skills that are not in the vocabulary, with how many have them:"
    listed = ", ".join(f"{word['word']} ({word['count']})" for word in words[:MOST_WORDS])
    more = f", and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
    yield from _wrapped(listed + more, width, 2)


def _called(candidate: Mapping[str, Any]) -> str:
    names = [name for name in (candidate["name"], candidate["external_id"]) if name]
    return f"{names[0]} ({names[1]})" if len(names) > 1 else names[0]


def _years(years: Mapping[str, Any]) -> str:
    shown = {"years": years["low"], "years_high": years["high"]}
    return f"{wording.shown_years(shown)} ({years['basis']})"


def _job(job: Mapping[str, Any]) -> str:
    called = " at ".join(part for part in (job["title"], job["organization"]) if part)
    dates = f"{job['start']} to {job['end']}" if job["start"] else "no dates"
    return ", ".join(part for part in (called, dates) if part)


def _skill(skill: Mapping[str, Any], names: Mapping[str, str], width: int) -> Iterator[str]:
    implied = f", implied by {_listed(skill['implied_by'], names)}" if skill["implied_by"] else ""
    yield from _wrapped(f"{skill['name']}: {shown_level(skill)}{implied}", width, 2)
    for piece in skill["evidence"]:
        level = counts_as(piece)
        counts = "says nothing of the level" if level is None else f"counts as {level}"
        yield from _wrapped(f"{piece['kind']}: {said(piece)}; {counts}", width, 4)
        yield from _quoted(piece, width)


def _implied(entry: Entry, names: Mapping[str, str], width: int) -> Iterator[str]:
    """Yield the skills that nothing speaks of but others imply."""
    implied = [skill for skill in entry["skills"] if not skill["evidence"]]
    if implied:
        yield "  Implied by others:"
    for skill in implied:
        by = _listed(skill["implied_by"], names)
        yield from _wrapped(f"{skill['name']}: {shown_level(skill)}, by {by}", width, 4)


def _listed(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[id_] for id_ in ids)


def _quoted(seen: Mapping[str, Any], width: int) -> Iterator[str]:
    """Yield a quote, and where it stood."""
    source = seen["source"]
    span = f", characters {source['start']} to {source['end']}" if "start" in source else ""
    yield from _wrapped(f"“{seen['quote']}” {place(source)}{span}", width, 6)


def _ignored(entry: Entry, width: int) -> Iterator[str]:
    if entry["ignored"]:
        yield "  Not read or not scored:"
    for remark in entry["ignored"]:
        value = f"“{remark['value']}” " if remark["value"] else ""
        yield from _wrapped(f"{value}{place(remark)}: {remark['detail']}", width, 4)


def _wrapped(text: str, width: int, indent: int) -> Iterator[str]:
    """Yield a text in lines, each further one a little to the right."""
    ahead = " " * indent
    yield from textwrap.wrap(
        plain(text),
        max(width, indent + 24),
        initial_indent=ahead,
        subsequent_indent=f"{ahead}  ",
        break_on_hyphens=False,
    )
