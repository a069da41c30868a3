"""What stands right behind a skill in running text, and what of that is said of the skill and not of the next."""

from __future__ import annotations

import re

from service.skills.durations import NUMBERS

_SPELT = "|".join(sorted({*NUMBERS, "fünf", "zwölf", "fünfzehn"} - {"a", "an", "½", "¼", "¾"}, key=len, reverse=True))
_UNIT = r"years?|yrs?|months?|jahren?|jahre|monaten?|monat|années?|annees?|ans?|años?|mois|mes(?:es)?"
_TIME = (
    r"[~>]?\s?(?<!\d)(?<!\d[.,])(?<!\bvor )(?<!\bhace )(?<!\by a )"
    rf"(?:\d{{1,2}}(?:[.,]\d)?|\b(?:{_SPELT}))"
    r"\s?\+?(?:\s?(?:-|–|to|bis|à)\s?\d{1,2}(?:[.,]\d)?)?\s?\+?"
    rf"(?:\sand\sa\shalf)?\s?(?:{_UNIT})\b"
    r"(?!['’]?\s(?:ago|later|earlier|old|back)\b)"
)
TIME_WORDS = (
    "year",
    "yr",
    "month",
    "jahr",
    "monat",
    "anné",
    " ans ",
    " ans.",
    " ans,",
    " ans)",
    " an d",
    "año",
    " mois",
    " mes ",
    " meses",
)
"""In small letters; a text without any of them tells no time."""


def tells_time(text: str) -> bool:
    """Tell whether a text may tell a time: asked of every window first, for the search costs thirty times as much."""
    small = f"{text.lower()} "
    return any(word in small for word in TIME_WORDS)


_EXPERIENCE = (
    r"(?:experience|expertise|knowledge|skills?|background|exposure|familiarity|training|erfahrung(?:en)?|kenntnisse?|"
    r"expérience|experiencia|conocimientos?|yet|at all|so far|whatsoever|either)\b"
)
ENDED = re.compile(
    r"\s*(?:[),.;:!?\]|/&+\n–—•·(]|-\s|\Z)|\s(?:and|or|nor|but|oder|und|ou|et|o|y|ni|noch|aber|mais|pero|"
    r"though|although|while|however)\b",
    re.IGNORECASE,
)
"""Nothing more is said of the skill: no noun follows that it would belong to."""

OF_EXPERIENCE = re.compile(rf"[\s-]{_EXPERIENCE}", re.IGNORECASE)

AFTER_YEARS = re.compile(
    rf"\s?(?:experience\s?)?(?P<link>[(\[:,–—-]\s?|for\s|(?<=\s))(?:for\s|over\s|about\s|around\s)?(?P<years>{_TIME})",
    re.IGNORECASE,
)
BEFORE_YEARS = re.compile(
    rf"(?P<years>{_TIME})['’]?(?:(?:\s(?:of|in|with|using|working|writing|doing|professional|commercial|industry|"
    r"hands.on|practical|solid|experience|production|as a|as an|mit|de|en|con|avec|von|erfahrung|"
    r"berufserfahrung|praxis|expérience|d['’]expérience|experiencia))+\s?\Z|[^\S\n]?\Z)",
    re.IGNORECASE,
)
"""A bare time at the end of a line is of what stands before it on that line."""

_OF_ANOTHER = re.compile(
    r"['’]?(?:\s(?:of\s)?(?:[\w-]{1,20}\s)?(?:experience|erfahrung|expérience|experiencia))?"
    r"\s(?:of|in|with|using|on|working|building|writing|mit|de|en|con|avec)\s"
    r"(?!(?:[\w-]{1,20}\s)?(?:experience|use|practice)\b|production|prod\b|total|an?\b|the\b|my\b|our\b|this\b|"
    r"various\b|different\b)",
    re.IGNORECASE,
)
_BRACKETS = ("(", "[")

FAR = 60
"""Characters behind a time in which the next skill may claim it."""


def years_behind(text: str, end: int, following: int) -> str | None:
    """Return the time that stands behind a skill and is its own; `following` is where the next skill begins.

    What stands in brackets, or after "for", is; after a comma or less it may be the time of what comes next.
    """
    found = AFTER_YEARS.match(text, end)
    if found is None:
        return None
    link, stop = found["link"].strip().lower(), found.end()
    if link in _BRACKETS or link == "for":
        return found["years"]
    if _OF_ANOTHER.match(text, stop) or (stop <= following <= stop + FAR and BEFORE_YEARS.search(text[end:following])):
        return None
    return found["years"] if link or _IS_ALONE.match(text, stop) else None


_IS_ALONE = re.compile(
    r"['’]?(?:\s(?:of\s)?(?:[\w-]{1,20}\s)?experience)?\s*(?:[,;.)\]|/\n&•]|and\b|\Z)", re.IGNORECASE
)
"""A time that follows without any sign ends there: "Python 5 years, SQL 3 years"."""

AFTER_FIGURE = re.compile(
    r"\s?(?P<link>[(\[:–—-])?\s?(?P<value>\d{1,3}(?:[.,]\d)?)\s?/\s?(?P<best>5|10|100)(?![\d/%]|[.,]\d)", re.IGNORECASE
)
AFTER_LEVEL = re.compile(
    r"\s?[(\[:–—-]\s?(?P<word>[a-z]+(?: [a-z]+)?)(?:\s(?:level|skills?|knowledge|user))?(?=\s?(?:[)\],;.]|\Z|\n))",
    re.IGNORECASE,
)
_END = r"(?=\s?(?:[).,;!\]\n|]|\Z|but\b|and\b))"
_USED = r"(?:used|touched|tried|learned|learnt|worked with|worked on|done|known|seen)"
_NEVER = r"(?:never|not yet|not|haven['’]t|hasn['’]t|have not|has not)\s(?:really\s|ever\s|actually\s|yet\s)?"
_ONE_HAS = r"(?:i|he|she|they)(?:\shave|\shas|['’]ve|['’]s)?"
AFTER_DENIED = re.compile(
    r"\s?(?:(?:experience|knowledge|skills?)\s?)?[(\[:–—-]\s?(?:"
    rf"(?:none|no|never|nothing|not yet|nope|nein|keine|non|nunca|never {_USED}|no (?:prior |previous |"
    rf"hands.on )?(?:experience|knowledge)(?: yet| so far| at all)?|"
    rf"0(?![.,]?\d)(?:\s?%|\s?(?:years?|yrs?))?){_END})"
    rf"|\?\s?(?:no|never|none|nope|not yet|nothing|not at all){_END}"
    r"|(?:\s(?:experience|knowledge|skills?))?(?:\s(?:is|are|was|were|has|have))?(?:\sbeen)?"
    r"\s(?:never (?:used|learned)|not (?:yet )?(?:been )?(?:used|known|learned|learnt)|lacking|missing|"
    r"unknown|new to (?:me|him|her|them))\b"
    r"|\s(?:is not|isn['’]t|are not|aren['’]t|is none|was never)\s(?:(?:one|part|among|any)\s)?(?:of\s)?"
    r"(?:my|his|her|their)\s(?:[a-z]+\s)?(?:skills?|skill ?set|stack|repertoire|toolbox)\b"
    rf"|\s(?:is not|isn['’]t)\s(?:something|a tool|a language|anything)\s(?:that\s)?"
    rf"{_ONE_HAS}\s(?:ever\s)?(?:{_USED}|know|use)\b"
    rf"|\s?[,(:–—-]?\s?(?:which\s|that\s)?{_ONE_HAS}\s{_NEVER}{_USED}(?:\sit)?{_END}",
    re.IGNORECASE,
)
AFTER_WISH = re.compile(
    r"\s?[(\[:–—-]\s?(?:i\s|i['’]m\s|am\s)?(?:(?:want|wants|wanting|would like|hope|hopes|plan|plans|planning|planned|"
    r"eager|keen|willing|happy|still|yet)\s)?(?:to (?:be )?learn(?:ed|t)?|(?:(?:currently|now|still|"
    r"just started|started)\s)?"
    r"(?:learning|studying)|planned|in progress|on my list|next on my list|interested)"
    r"(?:\s(?:more|it|now|next|soon|currently|on my own))?"
    r"(?=\s?(?:[).,;!\]\n|]|\Z|(?:since|via|from|at the moment)\b))",
    re.IGNORECASE,
)
AFTER_ASKED = re.compile(
    r"[^.;!?\n]{0,40}\b(?:is|are|would be|will be)\s(?:a plus|required|a must|an advantage|desirable|"
    r"preferred|nice to have)\b",
    re.IGNORECASE,
)
AFTER_OTHERS = re.compile(
    r"\s(?:(?:was|were|is|are|been|being|had been|has been)\s)?(?:[a-z]+ly\s)?(?:used|built|run|managed|maintained|"
    r"handled|operated|owned|set up|done|written|deployed|administered|introduced)\sby\s(?:another|others?\b|"
    r"someone else|"
    r"somebody else|a different|(?:an?|the|our|my)\s(?:other|external|colleague|vendor|agency|contractor|manager|"
    r"consultant|supplier)s?\b)",
    re.IGNORECASE,
)

_LISTED = re.compile(
    r"(?:\s?[,/]\s?[^\s,;.!?()/]{1,30}(?:\s[^\s,;.!?()/]{1,30})?){0,8}?\s?,?\s(?:or|nor|and|oder|und|ou|et|o|y|ni)\s"
    r"[^\s,;.!?()/]{1,30}",
    re.IGNORECASE,
)
HAS_OR = re.compile(
    r"(?:\s?[,/]\s?[^\s,;.!?()/]{1,30}(?:\s[^\s,;.!?()/]{1,30})?){1,8}?\s?,?\s(?:or|nor|oder|ou|o|u|ni|noch)\s",
    re.IGNORECASE,
)
"""A list that goes on, and whose last is joined by "or"."""

_LIMITED = re.compile(
    r"\s(?:since\b|before (?=\w)|until|till\b|only\b|except|apart from|besides|other than|outside|beyond|"
    r"in prod(?:uction)?\b|professionally|commercially|any ?more\b|any longer|lately|recently|much\b|often|daily|"
    r"every ?day|for\b|on (?!my (?:side|part))|with\b|to (?!date|be\b|my\b)|as (?!yet|of\b)|"
    r"at (?:work|scale|my|the|university)\b|on the job|in (?:years|months|my (?!life|career)|the|this|anger|\d|"
    r"a (?:while|long))|alone\b|directly|by myself|on my own|currently|now\b|at the moment|today|these days|this year|"
    r"right now|without|like this|seit|bevor|nur\b|mehr\b|sondern|depuis|seulement|desde|s[oó]lo\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(r",\s(?:only|just) (?:at|in|for|during|once)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:[^,.;!?\n]|\n(?=\s?[a-z])){0,80}")
_TURN = re.compile(r"\b(?:but|however|though|although|while|whereas|aber|mais|pero)\b", re.IGNORECASE)


def is_limited(text: str, end: int) -> bool:
    """Tell whether a denial is bounded behind the skill, or behind the list it heads: "not used since 2018"."""
    listed = _LISTED.match(text, end)
    return any(_is_limited(text, place) for place in {end, listed.end() if listed else end})


def _is_limited(text: str, place: int) -> bool:
    """Tell whether the rest of a clause bounds what was denied in it."""
    clause = _CLAUSE.match(text, place)
    rest = _TURN.split(clause[0], maxsplit=1)[0] if clause else ""
    return _LIMITED.search(rest) is not None or _ONLY.match(text, place + len(rest)) is not None
