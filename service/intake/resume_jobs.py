"""The dated entries of a résumé's section: jobs with their title, their dates and what was done there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from service.core.time import Interval, Span
from service.intake.dates import MONTHS, SEASONS, STILL, span_in
from service.intake.resume_sections import Line, folded
from service.skills.names import folded as _plain
from service.skills.titles import is_title

HEADER_WORDS = 12
"""Words that a line with a job's title, employer or place has at most, beside its dates."""

ABBREVIATIONS = frozenset({"co.", "corp.", "e.v.", "inc.", "llc.", "ltd.", "plc.", "s.a.", "s.l."})
LONGEST = 200
BREAKS = re.compile(
    r"\b(?:sabbatical|career break|gap year|parental leave|maternity leave|paternity leave|unemployed|job search|"
    r"elternzeit|auszeit|arbeitssuche|arbeitsuchend|conge parental|conge maternite|chomage|excedencia|paro|desempleo)\b"
)
"""Times between jobs."""

_DATED = (
    r"(?:(?:(?:19|20)\d\d|'\d\d)(?:[-/.]\d{1,2}){0,2}|\d{1,2}[-/.](?:\d{1,2}[-/.])?(?:\d{4}|\d\d)|[qt][1-4]|"
    r"\d{1,2}(?:st|nd|rd|th|\.)?,?)"
)
_NUMBER = re.compile(rf"{_DATED}(?:[-–—/]{_DATED}){{0,3}}[,.]?", re.IGNORECASE)
_WORD = re.compile(r"[^\s()\[\]|,]+[.,]?|[–—]")
_TIED = re.compile(r"[-–—]+")
_LINKS = frozenset((
    "-", "–", "—", "~", "→", "a", "ab", "al", "au", "bis", "de", "depuis", "desde", "from", "hasta", "la", "of", "seit",
    "since", "the", "through", "thru", "til", "till", "to", "until", "à",
))  # fmt: skip
_NAMES = frozenset(MONTHS) | frozenset(SEASONS)
_GOES_ON = frozenset(word for words in STILL for word in words.split()) | {"date"}
_PARTS = re.compile(r"\s*[|•·;,()\[\]]\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s{2,}|\t|\s+(?:at|@|bei|chez|en)\s+")
_NUMBERED = re.compile(r"\A\s*\d{1,2}[.)]\s")
_SINGLE_LINK = re.compile(r"[-–—~→]|\b(?:to|till?|until|bis|au?|al|hasta|since|from|seit|ab|depuis|desde)\b|à")
_WIDE = re.compile(r"\s[-–—|•·@]+\s|\s[|•·]|\t|\s{3,}|\s(?:at|bei|chez)\s(?=[A-ZÄÖÜÉ])")
_DONE = re.compile(r"\w+(?:ed|ing)\b", re.IGNORECASE)
_A_YEAR = re.compile(r"(?<!\w)(?:(?:19|20)\d\d|'\d\d)(?!\w)")
_SEASON = re.compile(rf"(?:{'|'.join(SEASONS)}) (?:of |de |del )?(?:(?:19|20)\d\d|'\d\d)")


class Entry(NamedTuple):
    """A dated entry: its title with its place in the text, its dates, its employer's lines apart, and its body.

    `head` is what its lines of title, employer and dates say.
    """

    span: Span
    title: str | None
    at: Interval | None
    head: str
    body: list[Line]


class _Head(NamedTuple):
    """The lines that head an entry: from `first` up to `after`; `anchor` holds the dates."""

    first: int
    anchor: int
    after: int
    span: Span


def entries(lines: Sequence[Line]) -> tuple[list[Line], list[Entry]]:
    """Return the lines before the first dated entry, and the entries."""
    dated = [(place, found) for place, line in enumerate(lines) if (found := dates_of(line))]
    above = bool(dated) and dated[0][0] > 0 and not _names_a_job(lines[dated[0][0]])
    heads: list[_Head] = []
    for place, (span, _) in dated:
        heads.append(_head(lines, place, span, heads[-1].after if heads else 0, above=above))
    stops = [*(head.first for head in heads[1:]), len(lines)][: len(heads)]
    found = [_entry(lines, head, stop) for head, stop in zip(heads, stops, strict=True)]
    return list(lines[: heads[0].first if heads else len(lines)]), found


def dates_of(line: Line) -> tuple[Span, Interval] | None:
    """Return the dates that head an entry, and their place in the line; None where the line heads none."""
    if len(line.text) > LONGEST:
        return None
    for start, end in _runs(line.text):
        rest = f"{line.text[:start]} {line.text[end:]}"
        span = _span(line.text[start:end], rest)
        if span and not _is_sentence(line) and _heads(rest, bulleted=line.bulleted):
            return span, (start, end)
    return None


def _span(dates: str, rest: str) -> Span | None:
    """Return the stretch of dates that head an entry: from one to another, or one season beside a title."""
    dates = dates.lstrip(" -–—~→")
    if _SINGLE_LINK.search(dates.casefold()):
        return span_in(dates)
    dates = dates.strip(" ,.:()[]")
    is_season = _SEASON.fullmatch(_plain(dates)) and any(map(is_title, _PARTS.split(rest)))
    return span_in(dates) if is_season else None


def _heads(rest: str, *, bulleted: bool) -> bool:
    """Tell whether what stands beside dates is a title or an employer, and no sentence."""
    if len(rest.split()) > HEADER_WORDS:
        return False
    return not bulleted or any(map(is_title, _PARTS.split(rest)))


def _is_sentence(line: Line) -> bool:
    """Tell whether a line ends like a sentence, and is as long as one; `Ltd.` ends none."""
    words = line.text.split()
    return words[-1].endswith(".") and len(words) > HEADER_WORDS // 2 and words[-1].casefold() not in ABBREVIATIONS


def _runs(text: str) -> list[Interval]:
    """Return where dates may stand: words of dates in a row, with what joins them."""
    runs: list[Interval] = []
    start = end = None
    for found in _WORD.finditer(text):
        word = found[0].casefold().strip(".,")
        if _is_date(word):
            start, end = (found.start() if start is None else start), found.end()
        elif word in _LINKS:
            start = found.start() if start is None else start
        else:
            runs += [(start, end)] if start is not None and end is not None else []
            start = end = None
    runs += [(start, end)] if start is not None and end is not None else []
    return runs


def _is_date(word: str) -> bool:
    if _NUMBER.fullmatch(word):
        return True
    parts = [folded(part) for part in _TIED.split(word) if part]
    return bool(parts) and all(
        part in _NAMES or part in _GOES_ON or part == "aujourd hui" or _NUMBER.fullmatch(part) for part in parts
    )


def is_head(line: Line) -> bool:
    """Tell whether a line may name a title, an employer, a project or a place."""
    words = line.text.split()
    return not (line.bulleted or _is_sentence(line) or len(words) > HEADER_WORDS or line.text[-1] in ";:")


def _names_a_job(line: Line) -> bool:
    return any(map(is_title, _PARTS.split(line.text)))


def undated(entry: Entry, names: Callable[[str], object]) -> list[int]:
    """Return the places in an entry's body at which another job begins whose dates cannot be read.

    That is a line that looks like a heading: with a year or a title, after a blank line, or with what parts a title,
    an employer and a place. `names` tells what names a skill: a list of skills heads nothing.
    """
    return [place for place, line in enumerate(entry.body) if _begins_another(line, place, names)]


def _begins_another(line: Line, place: int, names: Callable[[str], object]) -> bool:
    """Tell whether a line in the body of a job heads another one."""
    if not is_head(line) or ":" in line.text:
        return False
    parts = [part.strip() for part in _PARTS.split(line.text) if part.strip()]
    titled = any(map(is_title, parts))
    dated = any(_A_YEAR.search(part) and _is_dated(part) for part in parts) or (titled and _A_YEAR.search(line.text))
    if not line.after_blank:
        return bool(titled and dated and len(parts) > 1)
    if dated or (titled and len(parts) > 1 and not _DONE.match(line.text) and parts[1][:1].isupper()):
        return True
    # Right below the dates it is the employer or the place of the job itself.
    return place > 0 and len(parts) > 1 and bool(_WIDE.search(line.text)) and not any(map(names, parts))


def _is_dated(part: str) -> bool:
    """Tell whether a part of a line holds dates and nothing else."""
    return all(_is_date(word.casefold().strip(".,")) or word.casefold() in _LINKS for word in part.split())


def _head(lines: Sequence[Line], place: int, span: Span, free: int, *, above: bool) -> _Head:
    """Return the head of an entry whose dates stand in a line: what is above it, or below, belongs to it."""
    first, after = place, place + 1
    if _names_a_job(lines[place]):
        return _Head(first, place, after, span)
    if above:
        while first > free and place - first < 2 and not lines[first].after_blank and is_head(lines[first - 1]):  # noqa: PLR2004 - title and employer
            first -= 1
            if _names_a_job(lines[first]) and not (first and lines[first].after_blank):
                break
        if any(map(_names_a_job, lines[first:place])):
            return _Head(first, place, after, span)
    while after < len(lines) and after - place <= 2 and is_head(lines[after]) and not dates_of(lines[after]):  # noqa: PLR2004 - as above
        after += 1
        if _names_a_job(lines[after - 1]):
            return _Head(place, place, after, span)
    return _Head(first, place, place + 1, span)


def _entry(lines: Sequence[Line], head: _Head, stop: int) -> Entry:
    after = head.after
    if after + 1 < stop and is_head(lines[after]) and not lines[after].after_blank and lines[after + 1].bulleted:
        after += 1  # the employer or the place, above a list of what was done
    heading = lines[head.first : after]
    title = next(filter(None, map(title_in, heading)), None)
    told = " ".join(line.text for line in heading)
    return Entry(head.span, *(title or (None, None)), told, list(lines[after:stop]))


def title_in(line: Line) -> tuple[str, Interval] | None:
    """Return the part of a line that names a job, with its place in the text."""
    dated = dates_of(line)
    start, end = dated[1] if dated else (len(line.text), len(line.text))
    for first, last in ((0, start), (end, len(line.text))):
        place = first
        for found in [*_PARTS.finditer(line.text, first, last), None]:
            stop = found.start() if found else last
            part = _NUMBERED.sub("", line.text[place:stop]).strip(" *_#-–—:•+>")
            if part and is_title(part):
                begin = line.start + line.text.index(part, place)
                return part, (begin, begin + len(part))
            place = found.end() if found else last
    return None
