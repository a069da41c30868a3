"""What somebody did, told from what is denied, wished, asked, advertised, or was done by others or with their help."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.skills.clauses import Clause, Word

NEVER = frozenset((
    "avoid", "avoided", "barely", "cannot", "declined", "fail", "failed", "hardly", "neither", "never", "nobody",
    "none", "nor", "not", "nothing", "rarely", "refused", "seldom", "unable",
))  # fmt: skip
"""Words that deny all that follows in the clause."""

WITHOUT = frozenset({"instead", "lack", "lacked", "lacking", "lacks", "no", "rather", "without"})
"""Words that deny what they stand before, but not a further statement after a comma or `and`."""

WISHES = frozenset((
    "able", "ability", "ambition", "aspire", "aspires", "aspiring", "can", "capable", "could", "dream", "dreams",
    "eager", "excited", "goal", "hope", "hopes", "hoping", "how", "if", "interested", "keen", "learn", "learned",
    "learnt", "looking", "may", "might", "must", "need", "needs", "opportunity", "ready", "require", "required",
    "requires", "seek", "seeking", "seeks", "shall", "should", "someday", "unless", "want", "wanted", "wanting",
    "wants", "will", "willing", "wish", "wished", "wishes", "would",
))  # fmt: skip
"""Words before what is not done yet, or only could be."""

TO_COME = frozenset({"aim", "aiming", "aims", "plan", "planning", "plans", "yet"})
"""Words that put off what follows, with `to` after them: `plan to`."""

HELPED = frozenset((
    "assist", "assisted", "assisting", "assists", "contributed", "contributes", "contributing", "exposure", "help",
    "helped", "helping", "helps", "involved", "observed", "participated", "participating", "shadowed", "shadowing",
    "support", "supported", "supporting",
))  # fmt: skip
"""Words for a hand in what others do."""

READER = frozenset({"you", "your", "yours", "you'll", "you'd", "you've", "you're"})
"""Words to a reader: of an advertisement, or of a question."""

IDEAL = frozenset({"ideal", "successful", "suitable", "perfect"})
SOUGHT = frozenset({"applicant", "applicants", "candidate", "candidates", "person"})
CONTRASTS = frozenset({"although", "but", "however", "instead", "though", "whereas", "while"})
SELF = frozenset({"he", "i", "she", "we"})
OTHERS = frozenset((
    "advisor", "agency", "analysts", "architect", "architects", "board", "boss", "ceo", "cio", "clients", "colleague",
    "colleagues", "committee", "company", "consultancy", "consultant", "consultants", "contractor", "contractors",
    "coworker", "coworkers", "cto", "customers", "department", "developers", "director", "engineers", "executives",
    "founder", "head", "lead", "leader", "leaders", "leads", "management", "manager", "managers", "mentor", "mentors",
    "operations", "others", "people", "professor", "scientists", "senior", "seniors",
    "somebody", "someone", "supervisor", "supervisors", "team", "teammate", "teammates", "teams", "they", "vendor",
    "vendors", "vp",
))  # fmt: skip
"""Those who may have done it in one's stead."""

OURS = frozenset({"her", "his", "my", "our", "their"})
ROLE = frozenset({"acted", "acting", "am", "as", "became", "being", "promoted", "served", "serving"})
"""Words before the part that one played oneself: `as team lead`."""

PASSIVE = frozenset({"am", "are", "be", "been", "being", "get", "getting", "got", "is", "was", "were"})
RECEIVED = frozenset({"by", "from", "of", "under", "with"})
GUIDANCE = frozenset({"direction", "guidance", "mentorship", "oversight", "supervision"})
HELP = frozenset({"assistance", "help", "support"})
LESSONS = frozenset((
    "article", "book", "bootcamp", "course", "courses", "lecture", "module", "seminar", "talk", "tutorial", "webinar",
    "workshop",
))  # fmt: skip
ABOUT = frozenset({"about", "for", "in", "on"})
AUXILIARIES = frozenset({"also", "ever", "had", "has", "have", "then"})
IRREGULAR = frozenset((
    "broke", "brought", "built", "chose", "cut", "did", "drew", "drove", "gave", "grew", "held", "kept", "led", "made",
    "put", "ran", "set", "taught", "took", "went", "wrote",
))  # fmt: skip

BARRIERS = NEVER | WITHOUT | {"but", "by", "than"}
"""Words that a phrase does not reach across."""

_SIGN = re.compile(r"[^\w\s]")
_NEAR = 4
"""Words within which a person stands to what is said of them."""


def claimed(clause: Clause, start: int, end: int) -> bool:
    """Tell whether the words from `start` up to `end` of a clause say what the candidate did or does."""
    words = clause.words
    texts = [word.text for word in words]
    if "?" in clause.ending or not READER.isdisjoint(texts):
        return False
    first = texts[start]
    scope = words[_scope(words, start) : start]
    near = _governing(scope, words[start])
    before = [word.text for word in scope]
    return not (
        _denied(before, near)
        or _put_off(near)
        or _received(texts, start)
        or (not first.endswith("ing") and _by_others(words, start))
        or (before[:1] and before[0] in OURS and not OTHERS.isdisjoint(before[1:3]))
        or _related(before)
        or _guided(texts[:start])
        or _guided(texts[end:])
        or _denied_after(words, end)
    )


def _scope(words: Sequence[Word], start: int) -> int:
    """Return where the statement begins that holds `start`: after a contrast, or at `I` after a comma or `and`."""
    for place in range(start - 1, -1, -1):
        word = words[place]
        if word.text in CONTRASTS:
            return place + 1
        if word.text in SELF and place and ("," in word.before or words[place - 1].text == "and"):
            return place
    return 0


def _governing(scope: Sequence[Word], first: Word) -> list[str]:
    """Return the words that a wish may stand in: none before the last comma or `and` ahead of a finite verb."""
    texts = [word.text for word in scope]
    if not _finite(first.text):
        return texts
    if "," in first.before or ":" in first.before:
        return []
    commas = [place for place, word in enumerate(scope) if "," in word.before or word.text == "and"]
    return texts[commas[-1] :] if commas else texts


def _finite(word: str) -> bool:
    return word.endswith(("ed", "s")) or word in IRREGULAR


def _denied(before: Sequence[str], near: Sequence[str]) -> bool:
    """Tell whether a word of the statement denies it; `not only` does not, nor does `without help`."""
    for place, word in enumerate(before):
        after = before[place + 1] if place + 1 < len(before) else ""
        if (word in NEVER or word.endswith("n't")) and after not in ("only", "just"):
            return True
    return any(
        word in WITHOUT and not GUIDANCE.union(HELP).intersection(near[place + 1 : place + 3])
        for place, word in enumerate(near)
    )


def _put_off(near: Sequence[str]) -> bool:
    """Tell whether what follows is wished, only possible, or done by others with a helping hand."""
    if not (WISHES.isdisjoint(near) and HELPED.isdisjoint(near[-_NEAR:])):
        return True
    pairs = pairwise(near)
    if any((word in TO_COME and after == "to") or (word in IDEAL and after in SOUGHT) for word, after in pairs):
        return True
    return len(near) > 1 and near[-1] in ABOUT and near[-2] in LESSONS


def _received(texts: Sequence[str], start: int) -> bool:
    """Tell whether it was done to the candidate: `was closely mentored`, `with mentors`."""
    place = start - 1
    while place >= 0 and texts[place].endswith("ly"):
        place -= 1
    if place < 0:
        return False
    first = texts[start]
    if texts[place] in PASSIVE:
        return first.endswith("ed") or first in IRREGULAR
    return texts[place] in RECEIVED and not first.endswith(("ing", "ed")) and first not in IRREGULAR


def _by_others(words: Sequence[Word], start: int) -> bool:
    """Tell whether somebody else stands right before the verb as the one who does it."""
    place = start
    while place and not _apart(words[place]) and _adverb(words[place - 1].text):
        place -= 1
    if not place or _apart(words[place]) or words[place - 1].text not in OTHERS:
        return False
    return ROLE.isdisjoint(word.text for word in words[max(0, place - 1 - _NEAR) : place - 1])


def _apart(word: Word) -> bool:
    """Tell whether more than space stands before a word."""
    return _SIGN.search(word.before) is not None


def _adverb(word: str) -> bool:
    return word in AUXILIARIES or word in PASSIVE or word.endswith("ly")


def _related(before: Sequence[str]) -> bool:
    """Tell whether a clause with `who` or `that` says it of others: `a vendor who designed`."""
    place = max((place for place, word in enumerate(before) if word in ("that", "which", "who")), default=None)
    return place is not None and not OTHERS.isdisjoint(before[max(0, place - _NEAR) : place])


def _guided(texts: Sequence[str]) -> bool:
    """Tell whether it was done under guidance, or with help from others; `under my guidance` is one's own."""
    for place, word in enumerate(texts):
        near = texts[max(0, place - 3) : place]
        if word in GUIDANCE and {"under", "with"}.intersection(near) and not {"my", "our"}.intersection(near):
            return True
        if word in HELP and "with" in near and "from" in texts[place + 1 : place + 2]:
            return True
    return False


def _denied_after(words: Sequence[Word], end: int) -> bool:
    """Tell whether a denial follows at once: `mentoring juniors: never`, `… is not something I did`."""
    rest = words[end : end + 2]
    if not rest:
        return False
    denial = {"never", "no", "none", "not"}
    if rest[0].text in PASSIVE | {"has", "have"}:
        return rest[-1].text in denial
    return rest[0].text in denial and (":" in rest[0].before or len(words) == end + 1)
