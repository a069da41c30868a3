"""The phrases before a skill by which a running text says something of it, by their kinds."""

from __future__ import annotations

from itertools import product

from service.skills.folding import fold


def _each(first: str, then: str) -> list[str]:
    """Return every phrase made of one of the first and one of the second, which `|` separates; `_` is nothing."""
    pairs = product(first.split("|"), then.split("|"))
    return [" ".join(part for part in pair if part != "_") for pair in pairs]


_LACK = [
    *_each(
        "no|zero|without|without any|have no|has no|no prior|no previous|no hands on|no practical|no real|no actual",
        "experience with|experience in|experience of|experience using|knowledge of|exposure to|background in|"
        "understanding of|familiarity with|skills in|experience working with|experience working in|"
        "experience building|experience building with|experience deploying|experience writing|experience at",
    ),
    *_each("lack|lacks|lacked|lacking", "experience with|experience in|experience of|knowledge of|exposure to"),
    *_each("yet to|have yet to|has yet to", "use|try|learn|touch|work with|work in|build with|deploy|write"),
    *_each(
        "never|not|have not|has not|haven't|hasn't|had not|not yet|have never|has never|havent|hasnt",
        "used|worked with|worked on|touched|tried|learned|learnt|written|programmed in|coded in",
    ),
    *_each("do not|don't|does not|doesn't|did not|didn't|cannot|can't", "know|code in|program in|have experience with"),
    *_each("not|not very|not too|not at all", "familiar with|proficient in|experienced in|experienced with|skilled in"),
    "unfamiliar with", "lacks", "lacks experience with", "lacks experience in", "lacks knowledge of", "lack of",
    "lacking", "ignorant of",
    *_each("keine|keinerlei|ohne", "erfahrung mit|erfahrung in|erfahrungen mit|kenntnisse in|kenntnisse von"),
    *_each("nie|noch nie|nicht", "mit"), *_each("habe", "nie|noch nie"),
    *_each("pas d'expérience|aucune expérience|sans expérience|pas d'experience|aucune experience|sans experience",
          "avec|en|de|sur|dans"),
    *_each("jamais", "utilisé|utilise|travaillé avec|travaille avec|travaillé sur"),
    *_each("sin|no tengo|ninguna|sin ninguna", "experiencia con|experiencia en|experiencia de"),
    *_each("nunca|nunca he|no he", "usado|utilizado|usé|utilicé|trabajado con|trabajado en"),
]  # fmt: skip
_NO = [
    *_each("no", "_|prior|previous|hands on|practical|real|actual"),
    "zero", "i lack", "kein", "keine", "keinerlei", "ohne", "aucun", "aucune", "pas de", "ninguna", "sin",
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
    *_each("no|without", "formal|professional|commercial|production|industrial|paid|recent|deep|extensive|lack of"),
    *_each("not|would not|wouldn't|do not|don't|never",
          "call myself|consider myself|describe myself as|say i am|say i'm|claim to be"),
    "cannot", "can't", "don't", "didn't", "doesn't", "haven't", "hasn't", "wouldn't", "won't", "shouldn't",
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
    *_each("plan|plans|planning|hope|hopes|hoping|intend|intends|aim|aims|aiming|want|wants",
          "to become|to get certified in|to be certified in|to be|to obtain|to earn"),
    *_each("plan|plans|planning|hope|hopes|hoping|intend|intends|aim|aims|aiming", "to get|to take|to do"),
    *_each("will|would|could|can|may|might|i'll|could easily|can easily|could quickly|can quickly|will gladly|happily",
          "learn|pick up|study"),
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
    "not limited to", "no longer use", "no longer uses", "no longer using", "no problem with", "no problem using",
    "no trouble with", "no trouble using", "no issue with", "no issues with", "no issue using", "implemented",
    "designed", "ran",
    "operated", "maintained", "trained", "introduced", "set up", "created", "coded in", "programmed in", "taught",
]  # fmt: skip
_LEVELS = (
    "expert", "expertise", "advanced", "proficient", "proficiency", "fluent", "strong", "solid", "excellent",
    "intermediate",
    "competent", "experienced", "mastery", "outstanding", "skilled", "weak",
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
    "lack": _LACK, "no": _NO, "live": _LIVE, "serve": ["serving", "used by", "used daily by"],
    "unfinished": _UNFINISHED,
    "part": _PART, "wish": _WISH, "asked": _ASKED, "novice": _NOVICE, "claim": _CLAIM,
    "level": [*_LEVELS, *_GOOD],
}  # fmt: skip
CUES = {" ".join(fold(phrase).split()): kind for kind, phrases in reversed(KINDS.items()) for phrase in phrases}
"""Every phrase with its kind; one that stands under two kinds is of the first."""

USED = frozenset((
    "used", "using", "worked with", "working with", "worked on", "worked in", "experience with", "experience in",
    "experience of", "experience using", "wrote", "written in", "writing", "know", "knows", "knowledge of", "coded in",
    "programmed in", "developed", "developing",
))  # fmt: skip
"""What one has surely not done with a skill that one does not have."""

DONE = frozenset(
    " ".join(fold(phrase).split())
    for phrase in (
        *_CLAIM, "deployed", "deploys", "deploying", "shipped", "ships", "shipping", "launched", "released",
        "rolled out",
    )
)  # fmt: skip
"""What one does with a skill: a denial right before it denies that."""


def plain(phrase: str) -> str:
    """Return a phrase as cues are kept."""
    return " ".join(fold(phrase).split())
