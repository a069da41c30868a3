"""What a running text says of a skill it names: a claim, a level, years, a denial, a wish, or nothing of the person.

A cue is a phrase before a skill. It holds for the skill behind it, and for the list that skill heads where the phrase
ends in a preposition. Where the text could mean either, nothing is claimed and the reason is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from service.skills.durations import months_of
from service.skills.folding import fold
from service.skills.words import ABSENT, Reading

MENTION = Reading(mention=True)
NOVICE = Reading(level=(10, 10))

WINDOW = 60
"""Characters before or behind a skill that are looked at."""

SPREAD_LIST, SPREAD_PAIR, SPREAD_NOT = "list", "pair", ""


class Sense(NamedTuple):
    """What is said of a skill; `why` it is ignored, where it is. `spreads`: to its list, to a pair, or not at all."""

    said: Reading = MENTION
    why: str | None = None
    spreads: str = SPREAD_LIST


A_WISH = Sense(why="a wish or a plan, not a claim")
ASKED = Sense(why="asked for, as adverts do, not claimed")
UNCLEAR = Sense(why="denied in part or for something else: nothing is claimed")
OF_OTHERS = Sense(why="told of other people", spreads=SPREAD_NOT)
A_TITLE = Sense(
    why="part of the title of a job or of the name of a team, or told of others: no claim", spreads=SPREAD_NOT
)
COMPOUND = Sense(why="part of another word", spreads=SPREAD_NOT)


def _each(first: str, then: str) -> list[str]:
    """Return every phrase made of one of the first and one of the second, which `|` separates; `_` is nothing."""
    pairs = product(first.split("|"), then.split("|"))
    return [" ".join(part for part in pair if part != "_") for pair in pairs]


_LACK = [
    *_each(
        "no|zero|without|without any|have no|has no|no prior|no previous|no hands on|no practical|no real|no actual",
        "experience with|experience in|experience of|experience using|knowledge of|exposure to|background in|"
        "understanding of|familiarity with|skills in",
    ),
    *_each(
        "never|not|have not|has not|haven't|hasn't|had not|not yet|have never|has never|havent|hasnt",
        "used|worked with|worked on|touched|tried|learned|learnt|written|programmed in|coded in",
    ),
    *_each("do not|don't|does not|doesn't|did not|didn't|cannot|can't", "know|code in|program in|have experience with"),
    *_each("not|not very|not too|not at all", "familiar with|proficient in|experienced in|experienced with|skilled in"),
    "unfamiliar with", "lacks", "lacks experience with", "lacks experience in", "lacks knowledge of", "lack of",
    "lacking", "ignorant of", "kein", "keine", "ohne",
]  # fmt: skip
_PART = [
    *_each(
        "no|without|not have|limited or no|little or no|little to no",
        "production experience with|production experience in|commercial experience with|commercial experience in|"
        "professional experience with|professional experience in|deep experience with|formal training in|"
        "certification in|experience with managing|experience in managing",
    ),
    *_each("not|not an|no", "expert in|expert at|expert with|comfortable with"),
    "little to no experience with", "little to no experience in", "little or no experience with",
    "instead of", "rather than", "unlike", "without", "without using", "avoid", "avoids", "avoiding", "except",
    "other than", "anything but", "not", "never", "not using", "nor", "neither", "dislike", "dislikes", "hates",
]  # fmt: skip
_WISH = [
    *_each(
        "want to|wants to|wanted to|would like to|would love to|eager to|hope to|hopes to|plan to|plans to|"
        "planning to|looking to|keen to|willing to|intend to|intends to|aim to|aims to|ready to|happy to|excited to|"
        "motivated to",
        "learn|learn more about|work with|work on|use|try|study|get into|move into|explore|deepen|improve|master|"
        "pick up|start using|learn and use|get better at|gain experience with|gain experience in",
    ),
    *_each("currently|now|am|is|still|started|start|busy|just started|been", "learning|studying"),
    *_each("interest|interested|strong interest|very interested", "in|in learning|in using|in working with"),
    *_each("curious|passionate|excited|enthusiastic", "about|about learning"),
    "learning about", "to learn", "to be learned", "wish to", "dream of", "on my list", "next on my list",
    "reading about", "read about",
    "heard of", "heard about", "on the roadmap", "taking a course in", "taking a course on", "enrolled in",
]  # fmt: skip
_ASKED = [
    *_each("you|you'll|candidate|candidates|applicant|applicants",
          "will|have|are|should|must|should have|must have|need"),
    *_each("we|our client|the client|the company|they",
          "require|requires|seek|seeks|need|needs|are looking for|is looking for|expect"),
    "you will have", "must have", "must haves", "requirements", "required skills", "nice to have", "ideal candidate",
    "successful candidate", "looking for a", "looking for an", "looking for someone", "seeking a", "seeking an",
    "we are hiring", "we're looking for", "we're hiring",
]  # fmt: skip
_NOVICE = [
    *_each(
        "basic|basics|fundamental|elementary|rudimentary|beginner's|limited|little|first|initial|"
        "introductory|small|superficial|some basic",
        "knowledge of|understanding of|experience with|experience in|experience of|exposure to|"
        "skills in|familiarity with|grasp of|awareness of",
    ),
    *_each("some|light|brief|occasional", "knowledge of|exposure to|familiarity with|understanding of|awareness of"),
    "basics of", "familiar with", "familiarity with", "exposure to", "exposed to", "beginner in", "beginner at",
    "novice in",
    "novice at", "awareness of", "aware of", "dabbled in", "dabbled with", "tinkered with", "played with",
    "played around with", "experimented with", "basic", "rudimentary", "elementary", "a bit of", "a little",
    "introduction to",
]  # fmt: skip
_CLAIM = [
    "used", "use", "using", "uses", "built", "build", "building", "worked with", "works with", "working with",
    "worked on", "worked in",
    "experience with", "experience in", "experience of", "experience using", "wrote", "written in", "writing",
    "developed", "developing",
    "know", "knows", "knowledge of", "led", "deployed", "moved to", "switched to", "migrated to", "skilled",
    "hands on", "not only", "not just",
    "not limited to", "no longer use", "no longer uses", "no longer using", "no problem with", "implemented",
    "designed", "ran",
    "operated", "maintained", "trained", "introduced", "set up", "created", "coded in", "programmed in", "taught",
]  # fmt: skip
_LEVELS = (
    "expert", "expertise", "advanced", "proficient", "proficiency", "fluent", "strong", "solid", "excellent",
    "intermediate",
    "competent", "experienced", "mastery", "outstanding", "skilled",
)  # fmt: skip
_GOOD = _each(
    "good|very good|deep|thorough|strong|excellent|solid|advanced|expert",
    "knowledge of|command of|understanding of|grasp of|skills in",
)

_LIVE = [
    *_each("in|into|to|for", "production|prod"),
    *_each("went|goes|gone|go|is|runs|running", "live"),
    *_each("live", "service|system|traffic|users|customers"),
    "productionised", "productionized", "production grade", "deployed", "deploys", "deploying", "shipped", "ships",
    "shipping",
    "launched", "rolled out", "put live", "released", "on call",
]  # fmt: skip
_UNFINISHED = [
    "proof of concept", "prototype", "poc", "toy", "tutorial", "tutorials", "coursework", "would be", "could be",
    "to be",
    "yet to be", "before being", "without being", "wasn't", "weren't", "didn't", "couldn't", "isn't", "aren't",
]  # fmt: skip

KINDS = {
    "lack": _LACK, "no": ["no"], "live": _LIVE, "serve": ["serving", "used by", "used daily by"],
    "unfinished": _UNFINISHED,
    "part": _PART, "wish": _WISH, "asked": _ASKED, "novice": _NOVICE, "claim": _CLAIM,
    "level": [*_LEVELS, *_GOOD],
}  # fmt: skip
CUES = {" ".join(fold(phrase).split()): kind for kind, phrases in reversed(KINDS.items()) for phrase in phrases}
"""Every phrase with its kind; one that stands under two kinds is of the first."""

_FILLER = re.compile(
    r"\s*(?:\b(?:in|with|at|of|on|using|knowledge|understanding|skills?|experience|command|hands|"
    r"user|programming|coding|"
    r"and|very|the|practical|level|as a|as an)\b[\s-]*)*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:in|with|at|of|on|using|to)\s*\Z", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[;!?]|\.(?=\s|\Z)|\n\s*\n|\n(?=\s*[-*•▪●◦‣·]\s?)|\b(?:but|however|although|though|yet|while|whereas)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[!?;]|\.(?=\s|\Z)|\n\s*\n|\n(?=\s*[-*•▪●◦‣·]\s?)")
_LIST = re.compile(
    r"\s*(?:(?:[,/|&+•·():]|\band\b|\bor\b|\bnor\b|\bas well as\b|\bincluding\b|\bsuch as\b|\blike\b)\s*){1,4}",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*(?:/|&|\+|\band\b|\bor\b|\bnor\b)\s*", re.IGNORECASE)

_TIME = r"[~>]?\s?\d{1,2}(?:[.,]\d)?\s?\+?(?:\s?(?:-|–|to)\s?\d{1,2})?\s?\+?\s?(?:years?|yrs?|months?)\b"
_AFTER_YEARS = re.compile(
    rf"\s?(?:experience\s?)?(?:[(\[:,–—-]\s?|for\s)(?:for\s|over\s|about\s|around\s)?(?P<years>{_TIME})", re.IGNORECASE
)
_BEFORE_YEARS = re.compile(
    rf"(?P<years>{_TIME})['’]?(?:\s(?:of|in|with|using|working|writing|doing|professional|commercial|industry|"
    r"hands.on|practical|solid|experience|production|as a|as an))*\s?\Z",
    re.IGNORECASE,
)
_AFTER_LEVEL = re.compile(
    r"\s?[(\[:–—-]\s?(?P<word>[a-z]+(?: [a-z]+)?)(?:\s(?:level|skills?|knowledge|user))?(?=\s?(?:[)\],;.]|\Z|\n))",
    re.IGNORECASE,
)
_AFTER_DENIED = re.compile(
    r"\s?(?:[(\[:–—-]\s?(?:none|no|never|no experience|nothing)\b"
    r"|(?:(?:experience|knowledge|skills?)\s)?(?:(?:is|are|was|were|has|have)\s)?(?:been\s)?"
    r"(?:never (?:used|learned)|not (?:yet )?(?:been )?(?:used|known|learned|learnt)|lacking|missing|"
    r"unknown|new to (?:me|him|her|them))\b)",
    re.IGNORECASE,
)
_AFTER_ASKED = re.compile(
    r"[^.;!?\n]{0,40}\b(?:is|are|would be|will be)\s(?:a plus|required|a must|an advantage|desirable|"
    r"preferred|nice to have)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s(?:developers|engineers|programmers|experts|specialists|consultants|scientists|analysts|"
    r"teams?|guild|squad|people)\b",
    re.IGNORECASE,
)
_WITH_PEOPLE = re.compile(
    r"\b(?:managed|manages|managing|led|leading|lead|built|grew|supervised|hired|hiring|recruited|"
    r"recruiting|coached|with|alongside|supported|interviewed|"
    r"assisted|by|to|from|for|between)\s(?:(?:a|an|the|our|their|of|two|three|four|five|\d+|team|"
    r"teams|group|and|other|several)\s){0,5}\Z",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"-(?:proof|free|like|less|esque)\b", re.IGNORECASE)
_TITLED = re.compile(
    r"[ /-](?:(?:Software|Systems?|Data|Platform|Cloud|Full[ -]?[Ss]tack|Senior|Web|Application|"
    r"Back[ -]?[Ee]nd|Front[ -]?[Ee]nd|Mobile) )?"
    r"(?:Developer|Engineer|Architect|Manager|Consultant|Lead|Specialist|Scientist|Analyst|Administrator|Programmer|Intern|Group|Team|Department)s?\b"
    r"|[ -](?:teams?|guild|squad|department|community|developers|engineers|programmers|architects|consultants)\b"
)
_SERVED = re.compile(
    r"\s(?:\S{1,20}\s){0,3}(?:users|requests|customers|predictions|teams|people|stores|sites)\b", re.IGNORECASE
)
_UNDONE = frozenset({"lack", "no", "part", "wish", "asked"})
"""Kinds of cues before a word of production that undo it: "never deployed"."""

UNDONE_WITHIN = 40
ASKED_WORDS = ("a plus", "required", "a must", "an advantage", "desirable", "preferred", "nice to have")
TIME_WORDS = ("year", "yr", "month", "Year", "Yr", "Month", "YEAR")


class Prose:
    """A text, and what the words around a place in it say. What it cannot say, for want of the words, is not asked."""

    def __init__(self, text: str, levels: Mapping[str, int]) -> None:
        self.text = text
        self.levels = levels
        self._tells_time = any(word in text for word in TIME_WORDS)
        self._asks = any(word in text for word in ASKED_WORDS)
        self._ends: list[int] | None = None

    def sense(self, start: int, end: int, cue: tuple[int, int] | None) -> Sense | None:
        """Return what the words around a skill say of it; None where they say no more than that it is there.

        `cue` is where the last cue before it stands, if nothing else was named since.
        """
        text = self.text
        if text[end : end + 1] == "-" and _COMPOUND.match(text, end):
            return COMPOUND
        if text[max(0, start - 4) : start].lower() == "non-":
            return COMPOUND
        if _TITLED.match(text, end):
            return A_TITLE
        if after := self._after(start, end):
            return after
        if cue and (told := _cued(text[cue[0] : cue[1]], text[cue[1] : start], self.levels)):
            return told
        found = _BEFORE_YEARS.search(text[max(0, start - WINDOW) : start]) if self._tells_time else None
        months = months_of(found["years"]) if found else None
        return Sense(Reading(months=months), spreads=SPREAD_PAIR) if months else None

    def cue_that_holds(self, before: tuple[int, int] | None, now: tuple[int, int]) -> tuple[int, int]:
        """Return which of two cues holds: what is asked of others stays asked, whatever verb follows."""
        if (
            before
            and CUES.get(plain(self.text[slice(*before)])) == "asked"
            and CUES.get(plain(self.text[slice(*now)])) == "claim"
        ):
            between = self.text[before[1] : now[0]]
            return now if len(between) > WINDOW or _CLAUSE_END.search(between) else (before[0], before[1])
        return now

    def _after(self, start: int, end: int) -> Sense | None:
        """Return what the words right behind a skill say of it."""
        text = self.text
        if _AFTER_DENIED.match(text, end):
            return Sense(ABSENT, spreads=SPREAD_NOT)
        found = _AFTER_YEARS.match(text, end) if self._tells_time else None
        months = months_of(found["years"]) if found else None
        if months:
            return Sense(Reading(months=months), spreads=SPREAD_NOT)
        said = _AFTER_LEVEL.match(text, end)
        level = self.levels.get(said["word"].lower()) if said else None
        if level is not None:
            return Sense(Reading(level=(level, level)), spreads=SPREAD_NOT)
        if self._asks and _AFTER_ASKED.match(text, end):
            return ASKED
        if _PEOPLE.match(text, end) and _WITH_PEOPLE.search(text[max(0, start - WINDOW) : start]):
            return OF_OTHERS
        return None

    def live_sentences(self, cues: Sequence[tuple[int, int]]) -> set[int]:
        """Return the numbers of the sentences that speak of production, and of nothing unfinished."""
        live: set[int] = set()
        undone: set[int] = set()
        before: tuple[int, str | None] | None = None
        for start, end in cues:
            kind = CUES.get(plain(self.text[start:end]))
            if kind == "unfinished":
                undone.add(self.sentence(start))
            elif kind == "live" or (kind == "serve" and _SERVED.match(self.text, end)):
                if before and before[1] in _UNDONE and start - before[0] <= UNDONE_WITHIN:
                    undone.add(self.sentence(start))
                live.add(self.sentence(start))
            before = (end, kind)
        return live - undone

    def sentence(self, place: int) -> int:
        """Return the number of the sentence that a place is in."""
        if self._ends is None:
            self._ends = [found.start() for found in _SENTENCE_END.finditer(self.text)]
        return bisect_left(self._ends, place)

    def around(self, start: int, end: int, reach: int) -> str:
        """Return the words of the sentence before and behind a place, within a reach."""
        before = _SENTENCE_END.split(self.text[max(0, start - reach) : start])[-1]
        return f"{before} {_SENTENCE_END.split(self.text[end : end + reach], maxsplit=1)[0]}"


def _cued(cue: str, between: str, levels: Mapping[str, int]) -> Sense | None:
    """Return what a cue says of the skill behind it; None where it says nothing, or is too far away."""
    if len(between) > WINDOW or _CLAUSE_END.search(between):
        return None
    cue = plain(cue)
    kind = CUES.get(cue)
    if kind == "level":
        return _levelled(cue, between, levels)
    most_words, told = _TOLD.get(kind or "", (-1, None))
    if told is None or len(between.split()) > most_words:
        return None
    is_alone = kind == "novice" and not _PREPOSITION.search(cue)
    return told._replace(spreads=SPREAD_NOT) if is_alone else told


def _levelled(cue: str, between: str, levels: Mapping[str, int]) -> Sense | None:
    """Return the level that a cue gives a skill, if nothing but words of filling stands between them."""
    level = levels.get("very good" if cue.startswith("very good") else cue.split(maxsplit=1)[0])
    if not level or not _FILLER.fullmatch(between):
        return None
    leads = _PREPOSITION.search(f"{cue} {between}".strip())
    return Sense(Reading(level=(level, level)), spreads=SPREAD_LIST if leads else SPREAD_NOT)


_TOLD = {
    "lack": (4, Sense(ABSENT)),
    "no": (0, Sense(ABSENT, spreads=SPREAD_PAIR)),
    "part": (3, UNCLEAR),
    "wish": (WINDOW, A_WISH),
    "asked": (WINDOW, ASKED),
    "novice": (3, Sense(NOVICE)),
}
"""For each kind of cue the most words up to the skill ("no experience with tools such as"), and what it says."""


def plain(phrase: str) -> str:
    """Return a phrase as cues are kept."""
    return " ".join(fold(phrase).split())


def spread(before: Sense, gap: str) -> Sense | None:
    """Return what the skill before says of the next one, given the text between them; None where it says nothing."""
    sign = {SPREAD_LIST: _LIST, SPREAD_PAIR: _PAIR}.get(before.spreads)
    return before if sign and len(gap) <= WINDOW and sign.fullmatch(gap) else None


def is_listed(gap: str) -> bool:
    """Tell whether nothing but the signs of a list stands between two names."""
    return len(gap) <= WINDOW and _LIST.fullmatch(gap) is not None
