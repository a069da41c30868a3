"""Titles of jobs: what they suggest of seniority. A hint and no more: titles are given for many reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 200
"""Characters; a longer text is no title."""

WORDS: Mapping[str, frozenset[str]] = {
    "junior": frozenset((
        "absolvent", "absolventin", "alternant", "alternante", "apprentice", "apprenti", "apprentie", "auszubildende",
        "auszubildender", "azubi", "becaria", "becario", "berufseinsteiger", "berufseinsteigerin", "debutant",
        "debutante", "graduate", "intern", "internship", "jr", "junior", "practicante", "praktikant", "praktikantin",
        "stagiaire", "trainee", "werkstudent", "werkstudentin",
    )),
    "mid": frozenset({"confirme", "confirmee", "ii", "intermediate", "medior", "mid", "midlevel", "semisenior"}),
    "senior": frozenset((
        "chief", "cto", "directeur", "director", "directora", "directrice", "distinguished", "head", "iii", "iv",
        "jefa", "jefe", "lead", "leader", "leitende", "leitender", "leiter", "leiterin", "lider", "principal",
        "responsable", "senior", "sr", "staff", "teamleiter", "teamleiterin", "vp",
    )),
}  # fmt: skip
"""Words of titles by what they suggest; accents are left out. Of several, the lowest counts."""

PHRASES = {
    "working student": "intern", "student assistant": "intern", "entry level": "junior", "mid level": "midlevel",
    "semi senior": "semisenior", "vice president": "vp", "team lead": "lead", "chef d equipe": "leader",
    "en practicas": "becario",
}  # fmt: skip

CRAFT = (
    r"(?:ai|analytics|applied|architect|backend|cloud|consultant|data|devops|engineer\w*|fullstack|investigator|"
    r"machine|manager|ml|mlops|nlp|platform|product|program|programmer|research\w*|scientist|security|site|software|"
    r"solutions?|sre|swe|systems?|technical|developer)"
)
_FRIENDS = re.compile(
    r"\bsenior (?:at|care|center|centre|citizens?|college|high|home|housing|living|school|services)\b"
    r"|\bsenior (?:student|thesis|year)\b"
    r"|\b(?:college|school) senior\b|\bjunior (?:college|high|school|year)\b"
    r"|\blead (?:acid|gen|generation|generator|management|qualification|time)\b"
    rf"|\b(?:staff|principal)\b(?! {CRAFT}\b)"
    r"|\bhead\b(?! of\b| de\b)(?! \w+ (?:of|de)\b)"
    r"|\b(?:director|head|leader) s\b"
    r"|\bgraduate (?:school|of)\b|\bleader(?:s)? of tomorrow\b"
)
"""Words that look like those of a rank, and are none."""

_BELOW = re.compile(
    r"\b(?:assistant|assistente|assistenz|pa|secretary|reporting|support) (?:to|an|der|des|du|de la)\b.*"
)
"""Whoever assists the head is not the head."""

_NOT_YET = re.compile(r"\b(?:aspiring|candidate for|ex|former|formerly|future|looking|seeking|wannabe|angehend\w*)\b")
_FIRST_GRADE = re.compile(r"(?i:analyst|developer|engineer|scientist)\s+I\b")
_ROLE = re.compile(
    r"(?:administrator|analyst[ae]?|analyste|architect|architecte|architekt|berater|chercheu(?:r|se)|cientific[ao]|"
    r"consultant|consultante|consultor|coordinator|cto|ceo|designer|desarrollador|developer|developpeu(?:r|se)|"
    r"devops|director|directeur|directrice|engineer|entwickler|forscher|head|ingenieure?|ingenier[ao]|intern|jef[ae]|"
    r"lead|leader|leiter|manager|officer|owner|praktikant|programador|programmer|programmierer|responsable|researcher|"
    r"scientist|scientifique|specialist|spezialist|sre|stagiaire|statistician|technician|trainee|tutor|"
    r"werkstudent|wissenschaftler|working student|assistant|becari[ao])(?:in|a|s|e)?\b"
)


def band_of(title: str) -> str | None:
    """Return the seniority that a title suggests; None where it suggests none."""
    if len(title) > LONGEST:
        return None
    plain = _plain(title)
    if _NOT_YET.search(plain):
        return None
    plain = _FRIENDS.sub(" ", _BELOW.sub(" ", plain))
    for phrase, word in PHRASES.items():
        plain = re.sub(rf"\b{phrase}\b", word, plain)
    words = set(plain.split()[:1]) - {"ii", "iii", "iv"} | set(plain.split()[1:])
    if _FIRST_GRADE.search(title):
        return "junior"
    return next((band for band, known in WORDS.items() if not known.isdisjoint(words)), None)


def is_title(text: str) -> bool:
    """Tell whether a short text names a job: an engineer, a scientist, a manager, in four languages."""
    return len(text) <= LONGEST and _ROLE.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Return a title in lower case, without accents and signs."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))
