"""Words in a rubric that ask for what nobody may be chosen by, or for what stands in its place.

A rule is a phrase, what it touches, what to write instead, and the company in which it means something else. Grounds
follow the usual lists of equal-treatment law: age, sex, origin, religion, disability, family, orientation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Concern(NamedTuple):
    """A phrase found: where it stands in the text, what it touches, and what to do about it."""

    phrase: str
    start: int
    ground: str
    instead: str


_RULES = r"""
age | say what experience is needed
young (?:and \w+ )?(?:team|people|person|candidates?|professionals?|talents?|wom[ae]n|m[ae]n)
youthful|youngsters?|middle[- ]aged|elderly
recent(?:ly)? graduat(?:es?|ed)|new grads?|fresh graduates?
(?:under|below|over|above|at most|no older than) (?:the age of \d\d|\d\d(?= ?years? (?:old|of age)))
\d\d (?:to|-|–) \d\d years (?:old|of age)
(?:maximum|minimum) age|age limit|date of birth|birth ?(?:date|year|day)|year of birth
age | say which tools are to be known
digital natives?
sex | leave it out
(?:gender|sex) of the candidate|(?:fe)?male (?:candidates?|applicants?|preferred|only)
sex | use a word for either sex
(?:he|she|himself|herself)(?= (?:must|should|will|can|has|is|works|knows)\b)
(?:sales|chair|fore|crafts|business)m[ae]n|manpower|man[- ]hours|girls?|boys?|ladies|gentlemen
sex | say what the person has to be able to do
rock ?stars?|ninjas?|gurus?|brogrammers?
origin | say which level of the language the work needs
native (?:\w+[- ])?speakers?|mother tongue|native(?:-level)? (?:english|german|french|spanish)
origin | leave it out
nationality|citizens? only|(?:country|place) of birth|born in|ethnic(?:ity| background| origin)|racial|skin colou?r
accent[- ]free|without (?:an )?accent
religion | leave it out
religio(?:n|us)(?: belief\w*| affiliation)?|christians?|muslims?|jewish|church member\w*|headscar(?:f|ves)
disability | say what the work asks for
disabilit(?:y|ies)|disabled|able[- ]bodied|physically fit|(?:good|perfect) health
handicap\w*|mental(?:ly)? (?:health|ill\w*)
family | leave it out
pregnan\w+|marital status|married|unmarried|single (?:men|women|parents?)|family (?:status|planning|commitments)
children of (?:his|her|their) own|maternity
orientation | leave it out
sexual orientation|heterosexual\w*|homosexual\w*|transgender
looks | leave it out
photo(?:graph)? of (?:the|each) (?:candidate|applicant)|attach (?:a|your) photo
good[- ]looking|attractive appearance|well[- ]groomed
school | say what has to be known
(?:elite|top[- ]tier|prestigious) (?:universit(?:y|ies)|schools?|colleges?)|ivy league
"""


def _rules() -> Iterator[tuple[str, str, str]]:
    """Yield each phrase with what it touches and what to write instead."""
    ground = instead = ""
    for line in _RULES.strip().splitlines():
        head, bar, rest = line.partition(" | ")
        if bar:
            ground, instead = head, rest
        else:
            yield line, ground, instead


RULES = tuple(_rules())

SUBJECT = re.compile(
    r"\b(?:bias\w*|debias\w*|fair(?:ness|ly)?|discriminat\w*|across|between|groups? of|subgroups?|parity|"
    r"protected|harm\w*|data ?sets?|labels?|features?|columns?|images?|accessib\w+|compliance|anonymi\w+|"
    r"pseudonymi\w+|privacy)\b",
    re.IGNORECASE,
)
"""Company in which such a word is the subject of the work, as where a model is to be fair to both sexes."""

_ALL = re.compile(
    "|".join(rf"(?P<r{number}>\b(?:{phrase}))" for number, (phrase, _, _) in enumerate(RULES)), re.IGNORECASE
)
_END = re.compile(r"[.;!?\n]")


def concerns(text: str) -> Iterator[Concern]:
    """Yield the phrases of a text that ask for what nobody may be chosen by."""
    for found in _ALL.finditer(text):
        after = text[found.end() : found.end() + 1]
        if after.isalpha() or SUBJECT.search(_sentence(text, found.start(), found.end())):
            continue
        _, ground, instead = RULES[int(str(found.lastgroup)[1:])]
        yield Concern(found[0].strip(), found.start(), ground, instead)


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a phrase, at most 200 characters to either side."""
    before = text[max(0, start - 200) : start]
    behind = text[end : end + 200]
    ends = [found.end() for found in _END.finditer(before)]
    stop = _END.search(behind)
    return before[ends[-1] if ends else 0 :] + text[start:end] + (behind[: stop.start()] if stop else behind)
