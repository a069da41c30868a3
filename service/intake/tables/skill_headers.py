"""What a header says of a skill: which, and whether its level, years or last use, who rates it, on which scale.

A header is taken apart into pieces at brackets, dashes and colons. Each piece says one thing: `Python (self): level`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product, takewhile
from typing import NamedTuple

from service.intake.tables import header_words as words
from service.intake.tables.header_scales import told
from service.skills.names import folded
from service.skills.scales import Scale
from service.skills.titles import is_title
from service.skills.vocabulary import Vocabulary

SELF, INTERVIEWER = "self", "interviewer"

MOST_EDGE = 14
"""Words that are taken off either end of a piece at most."""

MOST_SKILLS = 6
"""How many skills a header names at most."""

MOST_INNER = 12
"""Spaces in what names the skills of a header at most."""

MOST_JOINED = 2
"""Spaces in a piece that is joined by hyphens or underscores: `python_level (self)`."""

SHORT = 2
"""A skill of no more letters, such as Go, is not in small letters inside a question: `Good to go` names none."""

_NUMBERED = re.compile(r"(?:(?:q(?:uestion|\.)? ?\d{1,3}|\d{1,3}|[a-h])[.):]|q\d{1,3} ?[-–]|[-–•*])\s+", re.IGNORECASE)
_SIGNS = re.compile(r"\s[-–—|]\s|\s?(?:::|[»>→|])\s?|:\s|\n")
_PIECE = re.compile(r"[(\[][^()\[\]]*[)\]]|[^()\[\]]+")
_JOINED = re.compile(r"[_\-–]+|(?<=[a-z0-9])(?=[A-Z])")
_PATH = re.compile(r"[./\\_\-]")
_WORD = re.compile(r"[^\W_]+")
_A_NUMBER = re.compile(r"[a-z][ -]?\d{2,}", re.IGNORECASE)
_LOOSE = " \t,;:?!*\"'“”’‘«»-–—_/|·•…¿¡"
_ENDS = _LOOSE + "."


def _set(listed: str) -> frozenset[str]:
    return frozenset(folded(listed).split())


LEVEL, KNOWING = _set(words.LEVEL_WORDS), _set(words.KNOWING)
YEARS = _set(words.YEAR_WORDS) - {"y", "year", "ano", "annee"} | {"yoe"}
MONTHS = _set("month months monate monaten mois meses")
EXPERIENCE = _set(words.EXPERIENCE_WORDS)
NOTE = frozenset({"note", "nota"})
"""Words of a mark, and of a remark too."""

LAST, ONLY_LAST = (
    _set(words.LAST_WORDS),
    _set("last latest date when year letztes zuletzt derniere ultimo ultima fecha"),
)
UNRATED = _set(words.UNRATED)
SINCE = _set(" ".join(words.SINCE))
IS_SINCE = frozenset({"since", "seit", "depuis", "desde"})
OWN, RATERS, CERTAIN, HELPERS = _set(words.SELF), _set(words.RATERS), _set(words.CERTAIN_RATERS), _set(words.HELPERS)
RATED = _set(
    "candidate candidates applicant applicants employee kandidat kandidaten kandidatin bewerber bewerbers bewerberin "
    "mitarbeiter mitarbeiters candidat candidats candidato candidatos candidata candidate empleado colaborador"
)
SELF_RATED = _set(
    "selbsteinschatzung selbstbewertung eigenbewertung autoevaluation autoevaluacion selfassessment selfrating"
)
QUESTION, QUALIFIERS = _set(words.QUESTION_WORDS), _set(words.QUALIFIERS)
_CATEGORY_WORDS = (words.CATEGORIES, words.CATEGORY_WORDS, words.CATEGORY_MODIFIERS, words.KNOWING, words.LISTED_FIRST)
CATEGORY = _set(" ".join(_CATEGORY_WORDS)) | {"hard", "key"}
LINKS = _set(words.LINKS)
SUMS = frozenset({"total", "overall"})
YOURS = _set(words.YOURS)
ABOUT = LEVEL | KNOWING | YEARS | MONTHS | EXPERIENCE | LAST | OWN | RATERS | SINCE | LINKS
EDGES = ABOUT | QUESTION | RATED
JUDGING = _set(
    "rate evaluate assess does bewerten bewerte beurteilen evaluez evaluer notez evaluar evalua evalue califique "
    "califica calificar valore valora puntue avalie valuta beoordeel"
)
ASKING = JUDGING | LEVEL | KNOWING | EXPERIENCE | _set("how which what wie comment quel quelle cual que")
_BOTH = re.compile(r" (?:oder|und|ou|et|o|u|y|e|en|of) | ?\| ?", re.IGNORECASE)
"""What stands between two skills besides the usual signs and `or`."""
YES_OR_NO = _set(words.YES_OR_NO)


class Said(NamedTuple):
    """What a header says: of which skills, and what.

    `kind` is skill, years or last_used. `unit` is what the figures of a column of years tell: years, or
    `since` when; blank where the header speaks of experience and no more. `unread` is what it says of its scale and is
    not understood.
    """

    kind: str
    skills: tuple[str, ...]
    scale: Scale | None = None
    rater: str = ""
    unit: str = ""
    unread: str = ""


class _Parsed(NamedTuple):
    """A header taken apart: the skills it names, the words around them, and its scale."""

    skills: tuple[str, ...] = ()
    around: str = ""
    scale: Scale | None = None
    unread: str = ""


class _Found(NamedTuple):
    """The skills of a piece of a header; those in brackets behind others are examples: `AWS (EC2, S3)`."""

    skills: tuple[str, ...]
    in_brackets: bool
    is_category: bool


def said_of_skill(text: str, over: str, vocabulary: Vocabulary) -> Said | None:
    """Return what a header, and the header over it, say of a skill; None where they name none, or what is no rating."""
    if folded(text.replace("-", " ")) in words.NO_SKILLS:
        return None
    own = _parsed(text, vocabulary)
    upper = _parsed(over, vocabulary) if over else None
    if own is None or (upper is None and is_unrated(over)):
        return None
    if own.skills:
        beside = _Parsed() if upper is None or upper.skills else upper
        return _said(own.skills, beside, own)
    if upper and upper.skills:
        return _said(upper.skills, upper, own)
    return None


def is_unrated(text: str) -> bool:
    """Tell whether a text speaks of a target, a wish or a weight: of anything but what a person knows."""
    return not UNRATED.isdisjoint(_words(text))


def tells_level(text: str) -> bool:
    """Tell whether a header says no more than that the skill over it is known: `Level`, `Knowledge`, `Kenntnisse`."""
    return (LEVEL | KNOWING | LINKS).issuperset(_words(text))


def tells_rated(text: str) -> bool:
    """Tell whether a header says no more than who is rated: `Candidate`, `Bewerber (1-10)`."""
    return (RATED | LINKS).issuperset(_words(told(text).rest))


def level_of_row(text: str, vocabulary: Vocabulary) -> Said | None:
    """Return what a header says of the levels in a table that names the skill in each row: `Self-rating (1-10)`."""
    own = _parsed(text, vocabulary)
    said = frozenset(own.around.split()) if own and not own.skills else frozenset()
    if not said & (LEVEL | SELF_RATED) or not said <= LEVEL | KNOWING | OWN | RATERS | RATED | LINKS - SUMS | HELPERS:
        return None
    return _said((), _Parsed(), own) if own else None


def rater_in(text: str) -> str:
    """Return who rates by a header whose skill was told by a user; blank where it says nothing, or no one thing."""
    pieces = (piece for piece, _ in _pieces(_JOINED.sub(" ", text)))
    return _rater(frozenset(word for piece in pieces for word in _outside(piece))) or ""


def core_of(text: str) -> str:
    """Return what may be a skill's name in a header, without what it says of the skill."""
    pieces = [piece for piece, _ in _pieces(told(_NUMBERED.sub("", text, count=1)).rest)]
    return " ".join(filter(None, (_inside(_JOINED.sub(" ", piece))[0] for piece in pieces)))


def _said(skills: tuple[str, ...], first: _Parsed, second: _Parsed) -> Said | None:
    around = f"{first.around} {second.around}".strip()
    listed = around.split()
    said = frozenset(listed)
    scale, unread = second.scale or first.scale, second.unread or first.unread
    rater = _rater(said)
    kind_and_unit = _kind(around, said, asks=bool(listed) and listed[0] in YES_OR_NO)
    is_under = skills == first.skills
    # `Python note` is a remark; `Note` alone under `Python` is a mark.
    is_remark = said & NOTE and scale is None and not unread and not (is_under and second.around in NOTE)
    if rater is None or kind_and_unit is None or is_remark:
        return None
    kind, unit = kind_and_unit
    if kind != "skill" and is_under and not first.around:
        scale, unread = second.scale, second.unread  # The scale over it is that of the next column's levels.
    return Said(kind, skills, scale, rater, unit, unread) if kind == "skill" or scale is None else None


def _kind(around: str, said: frozenset[str], *, asks: bool) -> tuple[str, str] | None:
    """Return what the words around a skill make of its column, and the unit; None where they do not agree."""
    padded = f" {around} "
    if any(f" {phrase} " in padded for phrase in words.LAST_USED):
        return "last_used", ""
    if said & ONLY_LAST or (said & SUMS and not said & (YEARS | EXPERIENCE)):
        return None
    if said & IS_SINCE:
        return "years", "since"
    if said & (YEARS | MONTHS):
        return ("years", "years") if said & YEARS and not said & LEVEL else None
    counts = bool(said & EXPERIENCE) and not asks and not said & LEVEL
    return ("years", "") if counts or {"how", "long"} <= said else ("skill", "")


def _rater(said: frozenset[str]) -> str | None:
    """Return who rates by the words around a skill: self, interviewer or blank; None where they do not agree."""
    is_own, is_other = bool(said & OWN), bool(said & RATERS)
    if is_own and is_other:
        return None
    if is_other or (said & RATED and said & JUDGING):
        return INTERVIEWER
    return SELF if is_own or said & YOURS or (said & RATED and not said - RATED - LEVEL - LINKS) else ""


def _parsed(text: str, vocabulary: Vocabulary) -> _Parsed | None:
    """Take a header apart; None where a piece of it says what is not understood."""
    if skill := vocabulary.named(text):
        return _Parsed((skill,))
    rest, scale, unread = told(_NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text)
    if "|" in rest and (skills := _beside(rest, vocabulary)):
        return _Parsed(skills, "", scale, unread)
    around: list[str] = []
    found: list[_Found] = []
    unknown: list[str] = []
    categories: list[str] = []
    bracket = ""
    for piece, bracket in _pieces(rest):
        listed = _words(piece)
        if not listed or (bracket and QUALIFIERS.issuperset(listed)):
            continue
        is_category = CATEGORY.issuperset(listed)
        if _is_about(listed):
            around += listed
        elif core := _core(piece, vocabulary):
            found.append(_Found(core[0], bool(bracket), is_category))
            around += core[1]
        elif is_category:
            categories += listed
        else:
            unknown.append(piece)
            around += _asked(listed)
    if unknown and not (len(found) == 1 and found[0].in_brackets and bracket and _asks(unknown, rest, bracket)):
        return None
    if not found:
        return _Parsed((), " ".join(around + categories), scale, unread) if around or categories or scale else None
    first, last = found[0], found[-1]
    is_example = last.in_brackets and not first.in_brackets and (last.is_category or not first.is_category)
    skills = (first if is_example else last).skills
    return _Parsed(skills, " ".join(around), scale, unread)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a header, each with the bracket around it, blank where it stands in none."""
    for part in _PIECE.findall(text):
        if part[0] in "([":
            yield _bare(part[1:-1]), part[0]
        else:
            yield from (
                (piece.strip(_LOOSE).rstrip(_ENDS), "")
                for piece in _SIGNS.split(part)
                if piece.strip(_LOOSE).rstrip(_ENDS)
            )


def _bare(text: str) -> str:
    """Return a text without the signs around it; the dot of .NET stays."""
    return text.strip(_LOOSE).rstrip(_ENDS)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _is_about(listed: Sequence[str]) -> bool:
    """Tell whether a piece only says something of a skill named elsewhere."""
    if RATERS.isdisjoint(listed):
        return EDGES.issuperset(listed)
    return all(word in EDGES or word in HELPERS or word.isdigit() for word in listed)


def _asks(unknown: Sequence[str], rest: str, bracket: str) -> bool:
    """Tell whether what is not understood is a question that the skill in brackets at the end completes."""
    question = " ".join(unknown)
    if is_unrated(question) or is_title(question):
        return False
    return bracket == "[" or "?" in rest or not ASKING.isdisjoint(_words(question))


def _asked(listed: Sequence[str]) -> list[str]:
    """Return the words of a long question that say what is asked for, and about which person."""
    counts = ["how", "long"] if "how long" in " ".join(listed) else []
    years = ["years"] if "how many years" in " ".join(listed) else []
    return [*(word for word in listed if word in YOURS | JUDGING | RATED | LEVEL), *counts, *years]


def _core(piece: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]] | None:
    """Return the skills that a piece names, and the words around them; None where it names none."""
    return _named(piece, vocabulary) or _in_path(piece, vocabulary) or _rejoined(piece, vocabulary)


def _rejoined(piece: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]] | None:
    """Read `python_level`, `Python-Kenntnisse` and `pythonLevel`."""
    apart = _JOINED.sub(" ", piece) if piece.count(" ") <= MOST_JOINED else piece
    return _named(apart, vocabulary) if apart != piece else None


def _named(piece: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]] | None:
    listed = piece.split()
    ahead, behind = _edges(listed)
    for first, last in sorted(product(range(ahead + 1), range(behind + 1)), key=sum):
        inner = _bare(" ".join(listed[first : len(listed) - last]))
        if (skill := vocabulary.named(inner)) and (said := _around(listed, first, last, inner)) is not None:
            return (skill,), said
    inner, ahead, behind = _inside(piece)
    if not inner or inner.count(" ") > MOST_INNER or _A_NUMBER.fullmatch(inner):
        return None
    skill = vocabulary.resolve(inner)
    skills = (skill,) if skill else _several(inner, vocabulary)
    said = _around(listed, ahead, behind, inner) if skills else None
    return (skills, said) if said is not None else None


def _inside(piece: str) -> tuple[str, int, int]:
    """Return a piece without the words at its ends that say something of a skill, and how many these were."""
    listed = piece.split()
    ahead, behind = _edges(listed)
    return _bare(" ".join(listed[ahead : len(listed) - behind])), ahead, behind


def _outside(piece: str) -> list[str]:
    """Return the words at the ends of a piece that say something of a skill."""
    listed = piece.split()
    ahead, behind = _edges(listed)
    return _words(" ".join([*listed[:ahead], *listed[len(listed) - behind :]]))


def _edges(listed: Sequence[str]) -> tuple[int, int]:
    """Count the words at either end that say something of a skill."""
    ahead = _run(listed)
    return ahead, _run(listed[ahead:][::-1])


def _run(listed: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(_is_edge, listed[:MOST_EDGE]))


def _is_edge(word: str) -> bool:
    parts = _words(word)
    return EDGES.issuperset(parts) if parts else word == "#" or not _bare(word)


def _around(listed: Sequence[str], first: int, last: int, inner: str) -> list[str] | None:
    """Return the words around a skill; None where they make something else of it: `Python lead`, `good to go`."""
    said = _words(" ".join([*listed[:first], *listed[len(listed) - last :]]))
    others = set(said) & RATERS - CERTAIN
    if others and LEVEL.isdisjoint(said):
        return None
    return None if len(inner) <= SHORT and inner.islower() and not ABOUT.issuperset(said) else said


def _several(inner: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the skills of a header that names more than one; nothing where a part names none."""
    parts = {part: vocabulary.resolve(part) for part in vocabulary.split(_BOTH.sub(" / ", inner))}
    kinds = {skill for part, skill in parts.items() if CATEGORY.issuperset(_words(part))}
    skills = list(parts.values())
    known = tuple(dict.fromkeys(filter(None, skills)))
    known = tuple(skill for skill in known if skill not in kinds or not _is_implied(skill, known, vocabulary))
    return known if 1 < len(skills) <= MOST_SKILLS and None not in skills else ()


def _beside(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the skills of `Postgres | MySQL`; none of `Backend | Java`, whose first is the kind of the second."""
    is_headed = any(CATEGORY.issuperset(_words(part)) for part in text.split("|"))
    return () if is_headed else _several(text, vocabulary)


def _is_implied(kind: str, skills: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell whether a kind of skills is proved by another of some skills, and so is their heading: `cloud/aws`."""
    return any(kind in vocabulary.implied[skill] for skill in skills if skill != kind)


def _in_path(piece: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]] | None:
    """Read `Skills.Python` and `cloud/aws`: the last part names the skill, those before it what kind it is of."""
    *kinds, name = (part.strip() for part in _PATH.split(piece))
    skill = vocabulary.resolve(name) if kinds and CATEGORY.issuperset(_words(" ".join(kinds))) else None
    return ((skill,), []) if skill else None
