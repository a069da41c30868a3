"""The scale that a header names: `Python (/10)`, `SQL out of 10`, `Docker 0-100`, `AWS (1 = best, 5 = worst)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.intake.tables.legends import HIGH, LOW
from service.skills.names import folded
from service.skills.scales import MOST, PERCENT, Scale

_N = r"\d{1,4}"
_DASH = r"[ ]?(?:-|–|—|\.\.\.?|…|to|bis|à|al?|and|und|et|y)[ ]?"
_WORD = (
    r"(?:rating|rated|score|scored|scale|level|levels|points|marks|grade|skala|échelle|escala|bewertung|niveau|nivel|note"
    r"|range)"
)
_BEFORE = (
    rf"(?:on a |auf einer |sur une |en una )?(?:{_WORD}[ ]?:?[ ]?)?(?:of |from |von |del? |between |zwischen |entre )?"
)
_AFTER = r"(?:[ ]?(?:points?|stars?|scale|rating|punkte|max|puntos))?"
_TOP = r"(?:x?[ ]?/[ ]?|out of |max\.?:?[ ]|maximum:?[ ]|maximal |sur |sobre |von |über )"
_PERCENT = r"(?:in )?(?:%|percent|percentage|pct\.?|prozent|pour ?cent|pourcentage|por ciento|porcentaje)"

_INSIDE = re.compile(
    rf"{_BEFORE}(?:(?P<first>{_N}){_DASH}(?P<last>{_N})|{_TOP}(?P<top>{_N})%?|(?P<points>{_N})[ -]point"
    rf"|(?P<percent>{_PERCENT})){_AFTER}"
)
"""What stands in brackets, or behind a dash or a colon, and names a scale; folded but for accents."""

_END = re.compile(
    rf"(?<=[^\d ])(?: (?:on a )?(?:{_WORD} )?(?:from |of )?(?P<first>[01]){_DASH}(?P<last>{_N})"
    rf"| ?/ ?(?P<slash>5|10|20|25|50|100)"
    rf"| (?:{_WORD} )?(?:out of|max\.?:?|maximum:?|sur|sobre|von|über) (?P<top>{_N})"
    rf"|_(?P<glued>10|20|100)"
    rf"| ?(?P<percent>(?:\b{_PERCENT})|%)){_AFTER} ?$"
)
"""A scale at the end of a header, without brackets. A figure right before it belongs to a name: `Vue 2/3`."""

_FALLS = re.compile(rf"(?<=[^\d ]) (?P<first>{_N}){_DASH}(?P<last>[01]) ?$")
_ASKED = re.compile(
    rf"(?:\b{_WORD} (?:of|from|von|del?) |\b(?:from|von|del?|between|zwischen|entre) )"
    rf"(?P<first>{_N}){_DASH}(?P<last>{_N})\b"
)
"""A scale in the middle of a question: `On a scale of 1 to 5, how …`."""

_SCORED = re.compile(rf"{_WORD}s?$")
_COMMAS = re.compile(r"[,;/|]")
_DASHES = re.compile(r" (?:-|–|to|bis|and|und) ")
_ENTRY = re.compile(r"(?P<number>\d{1,3}) ?[=:–-]? ?(?P<word>\D+)|(?P<ahead>\D+?) ?[=:] ?(?P<behind>\d{1,3})")
_MAY = re.compile(r"\d|%|cent|zent|cient|pct", re.IGNORECASE)
LEAST_TOP = 3
"""A scale ends with this figure at least: `HTTP 1-2` names none."""

_WORST = LOW | {
    "none",
    "no knowledge",
    "no experience",
    "beginner",
    "novice",
    "poor",
    "weak",
    "basic",
    "not at all",
    "never",
}
_BEST = HIGH | {"very good", "strong", "outstanding", "master", "expert level", "guru", "sehr gut"}
WORST = frozenset(map(folded, _WORST))
BEST = frozenset(map(folded, _BEST))


class Told(NamedTuple):
    """What a header says of its figures: the `rest` of the header, the scale, and what was `unread` about it."""

    rest: str
    scale: Scale | None = None
    unread: str = ""


def told(text: str) -> Told:
    """Take the scale out of a header that is on one line."""
    if not _MAY.search(text):
        return Told(text)
    # Lower case of the same length: places in it are places in the text.
    plain = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for start, end in _brackets(plain):
        inner = plain[start + 1 : end].strip()
        before = plain[:start].rstrip()
        rest = f"{text[:start].rstrip()}{text[end + 1 :]}"
        if found := _INSIDE.fullmatch(inner):
            if scale := _of(found):
                return Told(rest, scale)
        elif inner.isdecimal() and len(inner) <= len(str(MOST)) and _SCORED.search(before):
            if scale := _between(0, int(inner)):
                return Told(rest, scale)
        elif explained := _explained(inner):
            return Told(rest, *explained)
    for pattern in (_END, _FALLS, _ASKED):
        if (found := pattern.search(plain)) and (scale := _of(found)):
            return Told(f"{text[: found.start()]}{text[found.end() :]}".strip(" ,:-–|"), scale)
    return Told(text)


def _of(found: re.Match[str]) -> Scale | None:
    """Return the scale of a match; None where its figures make none."""
    parts = found.groupdict()
    if parts.get("percent"):
        return PERCENT
    top = parts.get("top") or parts.get("slash") or parts.get("glued") or parts.get("points")
    return _between(0, int(top)) if top else _between(int(parts["first"]), int(parts["last"]))


def _between(worst: int, best: int) -> Scale | None:
    low, high = sorted((worst, best))
    return Scale(worst, best) if low <= 1 and LEAST_TOP <= high <= MOST else _share(worst, best)


def _share(worst: int, best: int) -> Scale | None:
    return Scale(0, 1) if (worst, best) == (0, 1) else None


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where plain brackets open and close."""
    opened = -1
    for place, sign in enumerate(text):
        if sign in "([":
            opened = place
        elif sign in ")]" and opened >= 0:
            yield opened, place
            opened = -1


def _explained(inner: str) -> tuple[Scale | None, str] | None:
    """Return the scale whose ends a bracket explains, as in `1 = best, 5 = worst`; None where it explains none."""
    ends: dict[str, int] = {}
    parts = _COMMAS.split(inner) if _COMMAS.search(inner) else _DASHES.split(inner)
    for part in filter(None, map(_ENTRY.fullmatch, map(str.strip, parts))):
        number, word = int(part["number"] or part["behind"]), part["word"] or part["ahead"]
        word = folded(word).strip(" .)=:-")
        side = "best" if word in BEST else "worst" if word in WORST else None
        if side and ends.setdefault(side, number) != number:
            return None, inner
    if not ends or ("=" not in inner and len(ends) == 1):
        return None
    # Where only the best is told and more than 1, the scale rises to it.
    worst = ends.get("worst", 0 if ends.get("best", 0) >= LEAST_TOP else None)
    if worst is None or "best" not in ends:
        return None, inner
    scale = _between(worst, ends["best"])
    return scale, "" if scale else inner
