"""What a running text says of a skill it names: a claim, a level, years, a denial, a wish, or nothing of the person.

A cue is a phrase before a skill. It holds for the skill behind it, and for the list that skill heads where the phrase
ends in a preposition. Where the text could mean either, nothing is claimed and the reason is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.skills import behind
from service.skills.cues import CUES, DONE, USED, plain
from service.skills.durations import months_of
from service.skills.words import ABSENT, Reading, on_scale

MENTION = Reading(mention=True)
NOVICE = Reading(level=(10, 10))

WINDOW = 60
"""Characters before or behind a skill that are looked at."""

SPREAD_LIST, SPREAD_PAIR, SPREAD_DOUBT, SPREAD_NOT = "list", "pair", "doubt", ""


class Sense(NamedTuple):
    """What is said of a skill; `why` it is ignored, where it is.

    `spreads`: to its list, to a pair, to a pair with the rest of the list in doubt, or not at all.
    """

    said: Reading = MENTION
    why: str | None = None
    spreads: str = SPREAD_LIST


class Cue(NamedTuple):
    """Where a cue stands, its kind, and its phrase as `CUES` has it.

    One that an earlier cue holds reaches from there up to its own end, and is no one phrase.
    """

    start: int
    end: int
    kind: str
    phrase: str


A_WISH = Sense(why="a wish or a plan, not a claim")
ASKED = Sense(why="asked for, as adverts do, not claimed")
UNCLEAR = Sense(why="denied in part or for something else: nothing is claimed")
OF_OTHERS = Sense(why="told of other people", spreads=SPREAD_NOT)
A_TITLE = Sense(
    why="part of the title of a job or of the name of a team, or told of others: no claim", spreads=SPREAD_NOT
)
NOT_THIS = Sense(ABSENT, spreads=SPREAD_NOT)
COMPOUND = Sense(why="part of another word", spreads=SPREAD_NOT)


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
    r"\s*(?:(?:[,/|&+•·():]|\band\b|\bor\b|\bnor\b|\b(?:und|oder|et|ou|y|o|u|ni|noch|sowie)\b|\bas well as\b|"
    r"\bincluding\b|\bsuch as\b|\blike\b)\s*){1,4}",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*(?:/|&|\+|\b(?:and|or|nor|und|oder|et|ou|y|o|u|ni|noch)\b)\s*", re.IGNORECASE)

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
    r"(?:Developer|Engineer|Architect|Manager|Consultant|Lead|Specialist|Scientist|Analyst|Administrator|"
    r"Programmer|Intern|Group|Team|Department)s?\b"
    r"|[ -](?:teams?|guild|squad|department|community|developers|engineers|programmers|architects|consultants)\b"
)
_SERVED = re.compile(
    r"\s(?:\S{1,20}\s){0,3}(?:users|requests|customers|predictions|teams|people|stores|sites)\b", re.IGNORECASE
)
_UNDONE = frozenset({"lack", "no", "part", "wish", "asked"})
"""Kinds of cues before a word of production that undo it: "never deployed"."""

UNDONE_WITHIN = 40
ASKED_WORDS = ("a plus", "required", "a must", "an advantage", "desirable", "preferred", "nice to have")

_STILL_DENIED = frozenset({
    "really", "actually", "personally", "ever", "yet", "even", "myself", "i", "i've", "have", "had", "been", "how",
    "to", "any",
})  # fmt: skip
"""Words that may stand between a denial and what is denied, and leave it as it is: "never really used"."""

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s\Z", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:will|would|shall|should|could|may|might|must|need)\s\Z", re.IGNORECASE)
"""What one will not do is not what one cannot."""

_AT_A_TIME = re.compile(r"\b(?:do|does|did)(?:\s?n['’]t|\snot)?\b", re.IGNORECASE)
"""What one does not do now, or did not do then, one may have done at another time."""

_PARTICIPLE = re.compile(
    r"(?:not|never)\s(?:\w+\s)?(?:used|written|built|deployed|developed|implemented)\b", re.IGNORECASE
)
_NOT_DONE = frozenset({"never", "not", "don't", "didn't", "doesn't", "haven't", "hasn't", "no experience"})
_NEGATED = frozenset({"didn't", "couldn't", "wasn't", "weren't", "isn't", "aren't"})
_MOST_BETWEEN = {"claim": 2, "level": 3, "novice": 2}
"""Most words between a denial and the cue it holds, for each kind of that."""

_OTHERS = re.compile(
    r"\b(?:my|our|his|her|their|the|a|another)\s(?:[\w-]{1,20}\s)?(?:managers?|boss(?:es)?|colleagues?|co-?workers?|"
    r"team ?mates?|friends?|brother|sister|wife|husband|mentor|supervisor|teacher|predecessor|vendor|agency|"
    r"contractors?)"
    r"(?:\s(?:is|are|was|were|has|have|had|also|an?|the|very|really|who|always))*\s\Z",
    re.IGNORECASE,
)
_DENYING = frozenset({"lack", "no", "part"})
_OF_A_PERSON = frozenset({"level", "claim", "novice"})
_BULLET = re.compile(r"\n[^\S\n]*[-*•▪●◦‣·]")
_JOINED = re.compile(r"\b(?:and|or|nor|und|oder|et|ou|y|o|u|ni|noch)\b", re.IGNORECASE)
_NEW_LINE = re.compile(r"\n[^\S\n]*\Z")


class Prose:
    """A text, and what the words around a place in it say. What it cannot say, for want of the words, is not asked."""

    def __init__(self, text: str, levels: Mapping[str, int]) -> None:
        self.text = text
        self.levels = levels
        self._tells_time = behind.tells_time(text)
        self._asks = any(word in text for word in ASKED_WORDS)
        self._ends: list[int] | None = None

    def sense(self, start: int, end: int, cue: Cue | None, following: int) -> Sense | None:
        """Return what the words around a skill say of it; None where they say no more than that it is there.

        `cue` is the last cue before it, if nothing else was named since; the next name begins at `following`.
        """
        if sure := self._no_name(start, end) or self._denied(end):
            return sure
        told = self._cued(cue, start, end) if cue else None
        if told and (told.why or told.said == ABSENT):
            return told
        return self._after(start, end, following) or told or self._timed(start)

    def _no_name(self, start: int, end: int) -> Sense | None:
        """Return what makes the name a part of another word or of a title."""
        text = self.text
        if text[end : end + 1] == "-" and _COMPOUND.match(text, end):
            return COMPOUND
        if text[max(0, start - 4) : start].lower() == "non-":
            return COMPOUND
        return A_TITLE if _TITLED.match(text, end) else None

    def _denied(self, end: int) -> Sense | None:
        """Return the denial right behind a skill."""
        if found := behind.AFTER_DENIED.match(self.text, end):
            return UNCLEAR._replace(spreads=SPREAD_NOT) if behind.is_limited(self.text, found.end()) else NOT_THIS
        return None

    def _timed(self, start: int) -> Sense | None:
        """Return the time that stands before a skill."""
        if not self._tells_time:
            return None
        before = self.text[max(0, start - WINDOW) : start]
        found = behind.BEFORE_YEARS.search(before) if behind.tells_time(before) else None
        months = months_of(found["years"]) if found else None
        return Sense(Reading(months=months), spreads=SPREAD_PAIR) if months else None

    def cue(self, start: int, end: int, phrase: str, before: Cue | None) -> Cue:
        """Return a cue, or the one before it where that holds: denied, wished or asked stays so, whatever follows."""
        now = Cue(start, end, CUES[phrase], phrase)
        kind = self._held(before, now) if before else None
        if before is None or kind is None:
            return now
        # What is asked is looked at from its own place: a list of what is asked may be long.
        return before if kind == "asked" else Cue(before.start, now.end, kind, "")

    def _held(self, before: Cue, now: Cue) -> str | None:
        """Return the kind that the cue before makes of this one; None where this one stands for itself."""
        text = self.text
        is_done = now.kind == "claim" or now.phrase in DONE
        most = _MOST_BETWEEN.get("claim" if is_done else now.kind)
        gap = text[before.end : now.start]
        if most is None or len(gap) > WINDOW or _CLAUSE_END.search(gap):
            return None
        if before.kind == "asked":
            return "asked"
        is_new = _NEW_LINE.search(gap) and text[now.start].isupper()
        if len(gap.split()) > most or "," in gap or is_new:
            return None
        return "wish" if before.kind == "wish" else self._denied_so(before, plain(gap).split(), now.phrase)

    def _denied_so(self, before: Cue, words: Sequence[str], what: str) -> str | None:
        """Return how far a denial goes with the words up to what it denies; None where the cue before is none.

        Whoever never used a skill does not have it. Who never deployed with it, does not use it now, or did not use it
        in one job, may well have it: then nothing is claimed, and nothing denied.
        """
        if before.kind not in _DENYING and before.phrase not in _NEGATED:
            return None
        is_denied = what in USED and (before.kind == "lack" or before.phrase in _NOT_DONE)
        is_denied = is_denied and not _MODAL.search(self.text[max(0, before.start - 8) : before.start])
        is_denied = is_denied and not _AT_A_TIME.search(self.text[max(0, before.start - 8) : before.end])
        return "lack" if is_denied and _STILL_DENIED.issuperset(words) and not self._is_passive(before) else "part"

    def _is_passive(self, cue: Cue) -> bool:
        """Tell whether a denial is of a thing, as in "was not written in", which says nothing of the person."""
        return _PASSIVE.search(self.text[max(0, cue.start - 8) : cue.start]) is not None and bool(
            _PARTICIPLE.match(self.text, cue.start)
        )

    def _after(self, start: int, end: int, following: int) -> Sense | None:
        """Return what the words right behind a skill say of it."""
        text = self.text
        years = behind.years_behind(text, end, following) if self._tells_time else None
        if years and (months := months_of(years)):
            return Sense(Reading(months=months), spreads=SPREAD_NOT)
        if level := self._rated(end):
            return Sense(level, spreads=SPREAD_NOT)
        return self._claimed_not(start, end)

    def _claimed_not(self, start: int, end: int) -> Sense | None:
        """Return why the words right behind a skill claim nothing: a wish, an advert, others."""
        text = self.text
        if behind.AFTER_WISH.match(text, end):
            return A_WISH._replace(spreads=SPREAD_NOT)
        if self._asks and behind.AFTER_ASKED.match(text, end):
            return ASKED
        if behind.AFTER_OTHERS.match(text, end):
            return OF_OTHERS
        if _PEOPLE.match(text, end) and _WITH_PEOPLE.search(text[max(0, start - WINDOW) : start]):
            return OF_OTHERS
        return None

    def _rated(self, end: int) -> Reading | None:
        """Return the level behind a skill, in words or as a part of 5; of 10 or 100 only behind a sign, for dates."""
        if (said := behind.AFTER_LEVEL.match(self.text, end)) and said["word"].lower() in self.levels:
            level = self.levels[said["word"].lower()]
            return Reading(level=(level, level))
        figure = behind.AFTER_FIGURE.match(self.text, end)
        if figure is None or not (figure["link"] or figure["best"] == "5"):
            return None
        reading = on_scale(float(figure["value"].replace(",", ".")), int(figure["best"]))
        return None if reading.problem else reading

    def _cued(self, cue: Cue, start: int, end: int) -> Sense | None:
        """Return what a cue says of the skill behind it; None where it says nothing, or is too far away."""
        between = self.text[cue.end : start]
        if len(between) > WINDOW or _CLAUSE_END.search(between):
            return None
        if cue.kind in _OF_A_PERSON and _OTHERS.search(self.text[max(0, cue.start - WINDOW) : cue.start]):
            return OF_OTHERS
        if cue.kind == "level":
            return _levelled(cue.phrase, between, self.levels)
        return self._none_of(between, end) if cue.kind == "no" else self._told(cue, between, end)

    def _told(self, cue: Cue, between: str, end: int) -> Sense | None:
        """Return what the kind of a cue says, if no more words than it may have stand between it and the skill."""
        most_words, told = _TOLD.get(cue.kind, (-1, None))
        if told is None or len(between.split()) > most_words:
            return None
        if cue.kind == "lack" and (self._is_passive(cue) or behind.is_limited(self.text, end)):
            return UNCLEAR
        is_alone = cue.kind == "novice" and not _PREPOSITION.search(self.text[cue.start : cue.end])
        return told._replace(spreads=SPREAD_NOT) if is_alone else told

    def _none_of(self, between: str, end: int) -> Sense | None:
        """Return what "no" says of a skill: it denies the skill, but not what "no Kafka cluster" has of it."""
        words = between.replace("-", " ").split()
        of_experience = behind.OF_EXPERIENCE.match(self.text, end)
        if words == [":"]:
            return UNCLEAR
        if words:
            return UNCLEAR if of_experience and len(words) <= 2 and "," not in between else None  # noqa: PLR2004
        if not (of_experience or behind.ENDED.match(self.text, end)) or behind.is_limited(self.text, end):
            return UNCLEAR
        return Sense(ABSENT, spreads=SPREAD_LIST if behind.HAS_OR.match(self.text, end) else SPREAD_DOUBT)

    def live_sentences(self, cues: Sequence[tuple[int, int, str]]) -> set[int]:
        """Return the numbers of the sentences that speak of production, and of nothing unfinished."""
        live: set[int] = set()
        undone: set[int] = set()
        before: tuple[int, str | None] | None = None
        for start, end, phrase in cues:
            kind = CUES[phrase]
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


def _levelled(cue: str, between: str, levels: Mapping[str, int]) -> Sense | None:
    """Return the level that a cue gives a skill, if nothing but words of filling stands between them."""
    level = levels.get("very good" if cue.startswith("very good") else cue.split(maxsplit=1)[0])
    if not level or not _FILLER.fullmatch(between):
        return None
    leads = _PREPOSITION.search(f"{cue} {between}".strip())
    return Sense(Reading(level=(level, level)), spreads=SPREAD_LIST if leads else SPREAD_NOT)


_TOLD = {
    "lack": (4, Sense(ABSENT)),
    "part": (3, UNCLEAR),
    "wish": (WINDOW, A_WISH),
    "asked": (WINDOW, ASKED),
    "novice": (3, Sense(NOVICE)),
}
"""For each kind of cue the most words up to the skill ("no experience with tools such as"), and what it says."""


def spread(before: Sense, gap: str, text: str, end: int) -> Sense | None:
    """Return what a skill says of the next, which ends at `end` of a text, given what stands between them; or None.

    A denial goes on to what a list names, but hardly to a skill after a comma of which more is said.
    """
    if len(gap) > WINDOW or not before.spreads:
        return None
    is_pair = _PAIR.fullmatch(gap) is not None
    if not is_pair and not (before.spreads != SPREAD_PAIR and _LIST.fullmatch(gap)):
        return None
    if before.said != ABSENT or is_pair:
        return before
    if _BULLET.search(gap):
        return None
    is_sure = behind.ENDED.match(text, end) or behind.OF_EXPERIENCE.match(text, end) or _JOINED.search(gap)
    return before if is_sure and before.spreads == SPREAD_LIST else UNCLEAR


def is_listed(gap: str) -> bool:
    """Tell whether nothing but the signs of a list stands between two names."""
    return len(gap) <= WINDOW and _LIST.fullmatch(gap) is not None
