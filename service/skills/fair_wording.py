"""Words in a rubric that name what must not decide, or what stands in for it: age, sex, origin, family and more.

A rubric speaks of work. Two kinds of words are told apart: those that a rubric needs nowhere ("salesman", "he"), and
those that name a trait of people, which may be what the work is about: "tests a model for bias by age". Such a word is
left alone where its sentence speaks of fairness, or of data taken by that trait. False friends, as "race condition"
and "cloud native", are named one by one.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

NEUTRAL = "Leave it out: it says nothing about the work"
LANGUAGES = "english|german|french|spanish|italian|dutch|polish|russian|chinese|mandarin|japanese|arabic|hindi"


class Term(NamedTuple):
    """A pattern of words, the ground it names, and what to write instead; `subject` where work can be about it."""

    ground: str
    pattern: re.Pattern[str]
    instead: str
    subject: bool = True


class Named(NamedTuple):
    """A word of a text that names a ground, where it begins, and what to write instead."""

    word: str
    start: int
    ground: str
    instead: str


def _any(words: str) -> re.Pattern[str]:
    """Return a pattern of whole words."""
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _term(ground: str, words: str, instead: str = NEUTRAL, *, subject: bool = True) -> Term:
    return Term(ground, _any(words), instead, subject)


_never = partial(_term, subject=False)

TERMS = (
    # age
    _never("age", "digital natives?", "Name the tools to be used"),
    _never("age", "(?:recent(?:ly)?|fresh(?:ly)?|new) grad(?:uate)?[sd]?", "Name the level of the skill, or “junior”"),
    _never("age", "energetic|youthful|high[- ]energy", "Say what the work asks for"),
    _never("age", "over-?qualified", "Say which skills the work asks for"),
    _never("age", r"how old|(?:no older|not older|younger|older) than \d\d|(?:under|over) \d\d years(?: of age| old)?"),
    _never("age", r"aged \d\d|\d\d[- ]years?[- ]old|\d\d years of age|(?:under|over|below|above) the age of \d\d"),
    _never("age", "age limits?|(?:maximum|minimum|max|min|your|their|(?:candidate|applicant)['’]?s['’]?) age"),
    _never("age", "mature (?:person|personality|candidate|applicant|professional|woman|man)", "Name the experience"),
    _term("age", "young(?:er|est)?|youngsters?|elderly|millennials?|gen(?:eration)? z", "Name the level of the skill"),
    _term("age", "age|age groups?|birth ?dates?|(?:date|year) of birth"),
    _never("age", r"(?:people|persons?|candidates?|applicants?|engineers?) (?:under|over|below|above) \d\d"),
    # sex
    _never("sex", "he(?: or |/)she|his(?: or |/)hers?|s/he|s?he|him|himself|herself|his|hers?", "“they” or “their”"),
    _never("sex", "sales(?:man|men|woman|women|girls?)", "“salesperson”"),
    _never("sex", "chair(?:man|men|woman|women)", "“chair”"),
    _never("sex", "man-?power", "“staff” or “capacity”"),
    _never("sex", "man[- ]?(?:hours?|days?|weeks?|months?|years?)", "“person-days”"),
    _never("sex", "business(?:man|men|woman|women)", "“business person”"),
    _never("sex", "spokes(?:man|men|woman|women)", "“speaker”"),
    _never("sex", "guys|gentlemen|ladies|mankind|girls|boys", "“people” or “team”"),
    _term("sex", "sex|gender|males?|females?|man|men|woman|women"),
    _term("sex", "sexual orientation|gay|lesbians?|bisexual|heterosexual|transgender"),
    # origin
    _term("origin", f"(?:non-)?native[- ]speakers?|native(?:[- ]level)? (?:{LANGUAGES})|mother tongue|native language",
          "Name the level of the language that the work needs, such as C1"),
    _never("origin", "(?:accent-free|(?:no|without|foreign|strong)(?: an?)?(?: foreign| strong)? accent)",
           "“is easy to understand”"),
    _term("origin", "nationality|nationalities|citizenship|ethnicity|ethnicities|ethnic|race|racial|skin colou?r"),
    _term("origin", "birthplace|place of birth|national origin|foreigners?|immigrants?"),
    _never("origin", "cultur(?:e|al) fit", "Say which ways of working count"),
    # religion and views
    _term("religion", "religions?|religious|muslims?|jews|jewish|hindus?|buddhists?|catholics?"),
    _term("religion", "protestants?|christians|christian (?:faith|values)|your faith|church member\\w*"),
    _term("views", "trade union member\\w*|political (?:views?|opinions?|party)"),
    # body and health
    _never("disability", "able-bodied|physically fit|(?:good|perfect) health|handicapped", "Say what has to be done"),
    _term("disability", "disabilit(?:y|ies)|disabled (?:person|people|candidates?|applicants?|users?)|wheelchairs?"),
    _term("disability", "deaf|mental (?:illness|health)|sick (?:leave|days)"),
    _never("looks", "good[- ]looking|well[- ]groomed|(?:neat|pleasant|attractive) appearance"),
    _never("looks", "(?:recent|passport|your) photo(?:graph)?|headshots?|(?:photo(?:graph)?|picture) of you(?:rself)?"),
    _never("looks", "(?:cv|résumé|resume|application) with (?:an? |your )?(?:recent )?(?:photo(?:graph)?|picture)"),
    _never("looks", "(?:photo(?:graph)?|picture) of the (?:candidate|applicant)|(?:attach|enclose) a photo(?:graph)?"),
    # family
    _term("family", "marital status|married|unmarried|spouses?|husbands?|wife|wives|family status|family planning"),
    _term("family", "single (?:parent|mother|father)s?|child-?(?:less|free)"),
    _never("family", "(?:have|has|having|your|without|no|any)(?: small| young)? (?:children|kids)"),
    _term("pregnancy", "pregnan(?:t|cy|cies)|maternity(?: leave)?|motherhood"),
)  # fmt: skip

FRIENDS = _any(
    "data races?|arms race|race (?:conditions?|detectors?|track|to|against|between|hazards?)"
    "|digital[- ]native (?:business|brand|bank|compan|product)\\w*"
    "|young(?:['’]s|(?:er)? (?:company|companies|start-?ups?|fields?|products?|code ?bases?|projects?|technolog\\w+"
    "|disciplines?|markets?|data|models?|platforms?|services?|software))"
    "|energetic (?:particles?|materials?)|high[- ]energy physics"
    "|age of (?:the |an? |its |each )?(?:data|records?|files?|models?|features?|caches?|messages?|backups?|version\\w*)"
    "|(?:data|cache|model|file|feature|message|max|backup)[- ]age|(?:in the|digital|information) age"
    "|\\d\\d[- ]years?[- ]old (?:code|code ?bases?|systems?|software|data|bugs?|models?|programs?)"
    "|man pages?|man in the middle|mythical man[- ]month|fe?male connectors?"
    "|native language (?:bindings?|features?|runtimes?)|good health checks?"
    "|(?:no|any|your|have|has) children (?:nodes?|process\\w*)"
)
"""What reads like a term and is none."""

SURNAME = re.compile(r"\b(?:[A-Z]\w*\.?|by|from) (?:& |and )?Young\b")

FAIRNESS = _any(
    r"un?biased|bias\w*|fairness|unfair\w*|discriminat\w*|disparate|disparit\w+|parity|protected|demographics?"
    r"|demographic \w+|anonymi\w+|pseudonymi\w+|gdpr|personal data|sensitive (?:data|attributes?)|equal opportunit\w+"
    r"|regardless|irrespective|accessib\w+|hate|toxic\w*|stereotyp\w+|under-?represent\w+"
)
"""Words of a sentence that is about treating people alike."""

DATA = _any(
    r"data|data ?sets?|models?|predict\w*|segment\w*|errors?|accuracy|metrics?|recall|precision|statistic\w*|analy\w+"
    r"|recogni\w+|detect\w*|classif\w+|customers?|users?|patients?|features?|columns?|variables?|results?"
)
BEFORE = re.compile(
    r"\b(?:across|by|per|between|among|for (?:each|every|all|different))\s(?:[\w-]+,?\s){0,4}$", re.IGNORECASE
)
AFTER = re.compile(
    r"[\s-](?:bias|gaps?|recognition|detection|classif\w+|prediction|estimation|features?|columns?|fields?|variables?"
    r"|attributes?|labels?|distribution)\b",
    re.IGNORECASE,
)
REACH = 80
"""Characters before a word in which what it is taken by may stand."""

END = re.compile(r"[.!?;\n]")


def named(text: str) -> Iterator[Named]:
    """Yield the words of a text that name a protected ground, or what stands in for one: each once, as they come."""
    plain = SURNAME.sub(_blank, FRIENDS.sub(_blank, text))
    found = (
        (one.start(), one.end(), place) for place, term in enumerate(TERMS) for one in term.pattern.finditer(plain)
    )
    about = _About(plain)
    told: set[str] = set()
    reached = 0
    for start, end, place in sorted(found, key=lambda one: (one[0], -one[1], one[2])):
        word, term = text[start:end], TERMS[place]
        is_new = start >= reached and word.casefold() not in told
        if not is_new or _is_abbreviation(word) or (term.subject and about.people(start, end)):
            continue
        reached = end
        told.add(word.casefold())
        yield Named(word, start, term.ground, term.instead)


def _blank(found: re.Match[str]) -> str:
    """Return as many marks as were found, so that all else keeps its place."""
    return "_" * len(found[0])


def _is_abbreviation(word: str) -> bool:
    """Tell whether a pronoun is written in capitals, which are short for something else, as HE and HIS."""
    return word.isupper() and len(word) < len("they")


class _About:
    """What the sentences of a text are about; each is looked at once, however many words it has."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [found.start() for found in END.finditer(text)]
        self._known: dict[int, tuple[bool, bool]] = {}

    def people(self, start: int, end: int) -> bool:
        """Tell whether a word stands where people are the subject of the work: in fairness, or in data taken by it."""
        is_fairness, is_data = self._sentence(bisect(self._ends, start))
        return is_fairness or (is_data and self._is_grouped(start, end))

    def _sentence(self, number: int) -> tuple[bool, bool]:
        if number not in self._known:
            start = self._ends[number - 1] if number else 0
            end = self._ends[number] if number < len(self._ends) else len(self._text)
            self._known[number] = tuple(bool(one.search(self._text, start, end)) for one in (FAIRNESS, DATA))
        return self._known[number]

    def _is_grouped(self, start: int, end: int) -> bool:
        return bool(BEFORE.search(self._text[max(0, start - REACH) : start]) or AFTER.match(self._text, end))
