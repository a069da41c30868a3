"""The words of job descriptions, in English and German: what their headings and sentences ask for, and how firmly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MUST, SHOULD, NICE, DENIED, STUDIED = "must", "should", "nice", "denied", "studied"
OUT, PLAIN = "out", "plain"
"""A section about the firm, its offers and its ways of hiring; and one that says nothing of how firmly it asks."""

_HEADINGS = {
    NICE: r"nice (?:to have|haves)|good to have|preferred|preferably|bonus points?\b|bonus skills|\Abonus\Z|"
    r"plus(?:es|punkte)?\Z|desirable|desired|optional|ideally|even better|would be (?:great|nice)|stand out|"
    r"sets? you apart|wunschenswert|von vorteil|idealerweise",
    SHOULD: r"\bstack\b|\btechnologies\b|\btools\b|responsibilit|duties|day to day|you (?:ll|will)\Z|"
    r"you (?:ll|will) (?:do|be doing|be working|build|work|own)|\byour (?:role|tasks|mission|impact|day)|\Athe role\Z|"
    r"\Aabout (?:the|this) (?:role|job|position)|\Ajob description\Z|aufgaben|deine rolle|die stelle",
    OUT: r"\Aabout (?!you\b)|\bwho we are|\bour (?:company|mission|story|values|team|culture|offer)|benefits?\b|perks|"
    r"\bwe offer|\bwhy (?:us|join|work|you)|compensation|salary|\bequal|diversity|how to apply|"
    r"(?:interview|hiring|application) process|contact|wir bieten|uber uns|vorteile\b|wir dir bieten|"
    r"unser angebot|bewerbung|kontakt",
    MUST: r"\bif you\Z|\beducation\b|\bexperience\Z|requirement|required|must haves?\b|qualification|"
    r"you (?:ll |will )?(?:bring|need|have|are)\b|looking for|look for|who you are|about you|"
    r"\byour (?:profile|skills|background|experience)|\bskills\b|\Aprofile\Z|ideal candidate|essential|need to have|"
    r"competenc|\bprofil\b|anforderung|mitbring|bringst|voraussetzung|qualifikation|kenntnisse",
}
_HEADING = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _HEADINGS.items()))
_ORDER = tuple(_HEADINGS)

_NEEDED = (
    r"(?:(?:an? )?(?:absolute )?(?:must\b|requirement)|required|necessary|needed|essential|mandatory|expected|"
    r"erforderlich|notwendig|nötig|vorausgesetzt|zwingend|voraussetzung|(?:ein )?muss\b)"
)
_CUE = re.compile(
    rf"(?P<not_needed>(?:n['’]t|\b(?:not|nicht|kein))(?: (?:strictly|absolutely|really|unbedingt))? {_NEEDED})|\b(?:"
    r"(?P<nice_on>ideally|preferably|idealerweise|vorzugsweise|gerne?(?= )|(?:bonus|extra) points (?:for|if)|"
    r"even better if|we(?:['’]d| would) (?:love|like))|"
    r"(?P<nice>nice[ -]to[ -]haves?|good[ -]to[ -]have|(?:an?|big|huge|strong|definite|real|ein|großes) "
    r"(?:plus|bonus|advantage|asset)|pluspunkt|preferred|desirable|desired|beneficial|optional|advantageous|"
    r"would be (?:great|nice|good|helpful|welcome)|(?:is|are) (?:welcome|helpful)|von vorteil|wünschenswert)|"
    r"(?P<must_on>you(?:['’]ll| will)? need|we (?:need|require|expect)|need to|must(?:[ -]haves?)?(?<!a must))|"
    rf"(?P<must>{_NEEDED}))(?!\w)",
    re.IGNORECASE,
)

_ASKS = re.compile(
    r"\b(?:you(?:['’]ve)? (?:have|know|bring|are|can|speak|write|master|already)|you['’](?:re|ve)|need|looking for|"
    r"seek(?:ing)?|experienced? (?:with|in|of|using)|proficien\w+|knowledge of|fluent|skilled|skills in|strong|solid|"
    r"expert\w*|background in|du (?:hast|kennst|bringst|kannst|beherrschst)|suchen|erfahrung\w*|kenntnisse)\b",
    re.IGNORECASE,
)
"""How a sentence outside any section asks something of a person."""

_FILLED = (
    r"(?:\s|-|–|\b(?:prior|previous|hands|on|formal|specific|professional|commercial|practical|proven|production|"
    r"experiences?|knowledge|background|understanding|command|skills?|with|in|of|at|using|use|for|the|a|an|any|to|"
    r"know|have|software|building|writing|working|developing|and|erfahrung(?:en)?|kenntnisse|mit|vor|allem|very|deep|"
    r"degree|industry|relevant|work|such|as|tools|like|both|programming|coding|der|die|den|dem)\b)*"
)
_CHOICE = r"(?:[\w'’]{1,40} ){1,3}?(?:or|nor) "
_FILLER = re.compile(_FILLED, re.IGNORECASE)
_DENIES = re.compile(
    rf"\b(?:(?:no|zero|without|not looking for|instead of|rather than|other than|unlike|except(?: for)?|kein\w*|ohne)"
    rf"(?= ){_FILLED}|(?:need not|needn['’]t|(?:do|does|will) not|(?:do|does|wo)n['’]t)(?= ){_FILLED}"
    rf"(?:need|have|require|expect|ask|use|know|care|worry)(?= ){_FILLED}"
    rf"(?:(?:about (?:{_CHOICE})?|{_CHOICE}){_FILLED})?)\Z",
    re.IGNORECASE,
)
_NO = re.compile(r"\b(?:no|not|without|kein\w*|nicht|ohne)\b|n['’]t\b", re.IGNORECASE)
_STUDIES = re.compile(
    r"\b(?:degrees?|bachelor\S{0,20}|master\S{0,20}|ph\.?d\S{0,20}|diploma|studium|abschluss)"
    r"(?: degree| or (?:higher|ph\.?d)){0,3} "
    r"(?:in|der|of) (?:(?!experience|with|knowledge|of\b|you|years|\d)[\w&'’-]+[,/]? ){0,6}\Z",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w.,])(?:\d{1,2}(?:[.,]\d)?|one|two|three|four|five|six|seven|eight|ten|zwei|drei|vier|fünf|sechs|acht)\s?\+?"
    r"(?:\s?(?:-|–|to|bis)\s?\d{1,2}\s?\+?)?\s?(?:or more\s)?(?:years?|yrs?|months?|jahren?|monate?)\b['’]?",
    re.IGNORECASE,
)
_OF_WORK = re.compile(r"[^.;\n]{0,60}?\b(?:experience|track record|berufserfahrung|erfahrung)\b", re.IGNORECASE)

_LISTED = re.compile(
    r"\s*(?:(?:[,/|&+•·():]|\b(?:and/or|and|or|nor|as well as|such as|like|for example|for instance|either|one of|both|"
    r"und|oder|sowie|wie|bzw|beispielsweise)\b|\b(?:e\.?g|i\.?e|z\. ?B)\b)\.?\s*){1,6}",
    re.IGNORECASE,
)
_OR = re.compile(r"/|\b(?:or|oder|bzw)\b", re.IGNORECASE)
_AND = re.compile(r"[&+)]|\b(?:and|as well as|both|und|sowie)\b", re.IGNORECASE)
_SUCH = re.compile(
    r"\(|\b(?:such as|like|for example|for instance|one of|wie|beispielsweise|e\.?g|z\. ?B)\b", re.IGNORECASE
)
_ANY = re.compile(
    r"\b(?:such as|like|for example|for instance|(?:at least )?one of(?: the following)?|any of|either|"
    r"mindestens eine\w*(?: von)?|wie|e\.?g|z\. ?B)\b\.?[\s:,(]*(?:the |these |von |either )?\Z"
    r"|\b(?:an?|one) (?:[\w-]{1,20} ){1,4}\(\Z",
    re.IGNORECASE,
)
_LONGEST_GAP = 60
_LONGEST_STUDY = 120


class Cue(NamedTuple):
    """Words that say how firmly something is asked; those that look ahead speak of what stands behind them."""

    start: int
    end: int
    kind: str
    ahead: bool


def kind_of_heading(folded: str) -> str | None:
    """Return what a heading announces; None where it is none that is known."""
    found = {match.lastgroup for match in _HEADING.finditer(folded)}
    return next((kind for kind in _ORDER if kind in found), None)


def cues(text: str, start: int, end: int) -> list[Cue]:
    """Return the cues of a sentence in their order."""
    return [_cue(text, found) for found in _CUE.finditer(text, start, end)]


def _cue(text: str, found: re.Match[str]) -> Cue:
    group = found.lastgroup or "not_needed"
    kind = DENIED if group == "not_needed" else NICE if group.startswith("nice") else MUST
    is_label = text[found.end() : found.end() + 1] == ":"
    return Cue(found.start(), found.end(), kind, ahead=group.endswith("_on") or is_label)


def asks(text: str) -> bool:
    """Tell whether a sentence asks something of a person."""
    return _ASKS.search(text) is not None


def denies(before: str) -> bool:
    """Tell whether what stands before a skill says that it is not asked."""
    return _DENIES.search(before[-_LONGEST_GAP:]) is not None


def is_studied(before: str) -> bool:
    """Tell whether what stands before a skill makes it the field of a degree."""
    return _STUDIES.search(before[-_LONGEST_STUDY:]) is not None


def says_no(text: str) -> bool:
    """Tell whether a sentence denies anything."""
    return _NO.search(text) is not None


def times(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield where a sentence gives a time, and whether it is one of work."""
    for found in _TIME.finditer(text, start, end):
        yield found.start(), found.end(), _OF_WORK.match(text, found.end(), end) is not None


def is_filler(text: str) -> bool:
    """Tell whether nothing but words that link stands in a text."""
    return len(text) <= _LONGEST_GAP and _FILLER.fullmatch(text) is not None


def is_listed(gap: str) -> bool:
    """Tell whether nothing but the signs of a list stands between two skills."""
    return len(gap) <= _LONGEST_GAP and _LISTED.fullmatch(gap) is not None


class Linked(NamedTuple):
    """Things that a list holds together: any of them will do, or each is asked; `examples` of what stood before."""

    places: list[int]
    is_choice: bool
    examples: bool


def linked(gaps: Sequence[str], before: str) -> list[Linked]:
    """Part a list at its words: `gaps` stand between its things, one fewer than these, `before` ahead of them."""
    any_will_do = _ANY.search(before[-_LONGEST_GAP:]) is not None
    parts, opened = [Linked([0], any_will_do, examples=False)], any_will_do
    for place, gap in enumerate(gaps, start=1):
        is_or = _OR.search(gap) is not None
        if not is_or and _SUCH.search(gap):
            opened = True
            parts.append(Linked([place], is_choice=True, examples=True))
        elif not is_or and (")" in gap or (not opened and (parts[-1].is_choice or _AND.search(gap)))):
            opened = False  # a comma behind "A or B" begins something else
            parts.append(Linked([place], is_choice=False, examples=False))
        else:
            last = parts[-1]
            is_choice = is_or or last.is_choice
            parts[-1] = last._replace(places=[*last.places, place], is_choice=is_choice)
    return parts


LEVELS: Mapping[str, int] = {"deep": 40, "thorough": 40, "sehr gute": 40, "sehr guten": 40, "fundierte": 40,
                             "gute": 30, "guten": 30, "grundkenntnisse": 10}  # fmt: skip
"""Words of a level before a skill that the policy does not know: they ask, and nobody claims with them."""


def level_words(words: Mapping[str, int]) -> re.Pattern[str]:
    """Return what finds words of levels in a sentence."""
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
