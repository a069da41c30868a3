"""A résumé's text as sections: its lines under headings, in English, German, French and Spanish."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        "about", "about me", "executive summary", "highlights", "personal statement", "professional profile",
        "professional summary", "profile", "summary", "kurzprofil", "profil", "uber mich", "zusammenfassung",
        "a propos", "profil professionnel", "perfil", "perfil profesional", "resumen", "resumen profesional",
        "sobre mi",
    ),
    "experience": (
        "career", "career history", "employment", "employment history", "experience", "internships", "positions",
        "professional background", "professional experience", "relevant experience", "work", "work experience",
        "work history", "beruflicher werdegang", "berufserfahrung", "praktika", "praxiserfahrung", "werdegang",
        "experience professionnelle", "experiences", "experiences professionnelles", "parcours professionnel",
        "stages", "experiencia", "experiencia laboral", "experiencia profesional", "trayectoria profesional",
    ),
    "projects": (
        "key projects", "open source", "personal projects", "projects", "selected projects", "side projects",
        "projekte", "projets", "projets personnels", "proyectos", "proyectos personales",
    ),
    "education": (
        "academic background", "academic qualifications", "coursework", "education", "education and training",
        "studies", "akademischer werdegang", "ausbildung", "bildung", "bildungsweg", "schulbildung", "studium",
        "diplomes", "etudes", "formation", "formations", "educacion", "estudios", "formacion", "formacion academica",
    ),
    "skills": (
        "areas of expertise", "competencies", "core competencies", "core skills", "expertise", "it skills",
        "key skills", "programming languages", "skill set", "skills", "skills and technologies", "skills and tools",
        "tech stack", "technical expertise", "technical skills", "technologies", "tools", "tools and technologies",
        "edv kenntnisse", "fachkenntnisse", "fahigkeiten", "it kenntnisse", "kenntnisse", "kompetenzen",
        "technische kenntnisse", "competences", "competences techniques", "aptitudes", "competencias",
        "conocimientos", "conocimientos tecnicos", "habilidades",
    ),
    "certifications": (
        "certificates", "certification", "certifications", "certifications and licenses",
        "courses and certifications", "licenses and certifications", "training and certifications", "weiterbildung",
        "weiterbildungen", "zertifikate", "zertifizierungen", "certificats", "certificaciones", "certificados",
    ),
    "languages": (
        "languages", "sprachen", "sprachkenntnisse", "langues", "idiomas",
    ),
    "further": (
        "achievements", "awards", "patents", "publications", "talks", "volunteering", "volunteer work", "ehrenamt",
        "publikationen", "benevolat", "publicaciones", "voluntariado",
    ),
    "unread": (
        "career objective", "contact", "goals", "hobbies", "hobbies and interests", "interests", "objective",
        "personal details", "references", "referees", "wishes", "hobbys", "interessen", "kontakt",
        "personliche daten", "referenzen", "ziele", "centres d interet", "contact details", "coordonnees", "loisirs",
        "objectif", "references professionnelles", "aficiones", "contacto", "datos personales", "intereses",
        "objetivo", "referencias",
    ),
}  # fmt: skip
"""Kinds of sections by their headings, folded. What is `unread` speaks of wishes, of other people, or of the person."""

KIND = {heading: kind for kind, headings in HEADINGS.items() for heading in headings}
IN_A_JOB = frozenset({"experience", "projects", "skills"})
"""Sections in whose lines a label with something behind it (`Tools: …`) is part of them."""

OF_A_JOB = frozenset({"tech stack", "technologies", "tools", "tools and technologies", "programming languages"})
"""Labels that stand below a job as often as below all of them: they are part of it, also behind a blank line."""

LONGEST_HEADING = 60
BULLET = re.compile(r"(?:[-–—*+>•●▪◦‣∙■►➢➤✓✔❖·]|\d{1,2}[.)])\s+")
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_LETTERS = re.compile(r"(?:\w\s){3,}\w")


class Line(NamedTuple):
    """A line without the space around it, where it begins in the text, and whether a blank line stands before it."""

    text: str
    start: int
    after_blank: bool

    @property
    def end(self) -> int:
        """Return where it ends in the text."""
        return self.start + len(self.text)

    @property
    def bare(self) -> str:
        """Return it without the sign of a list in front."""
        found = BULLET.match(self.text)
        return self.text[found.end() :] if found else self.text

    @property
    def bulleted(self) -> bool:
        """Tell whether it is an item of a list."""
        return BULLET.match(self.text) is not None


class Section(NamedTuple):
    """Lines under a heading; those above the first heading are of the kind `top`."""

    kind: str
    lines: list[Line]


def sections(text: str) -> list[Section]:
    """Return the sections of a text in their order."""
    found = [Section("top", [])]
    whole = list(lines(text))
    labels = Counter(folded(_label(line)[0]) for line in whole)
    for line in whole:
        heading = _heading(line, found[-1].kind, labels)
        if heading is None:
            found[-1].lines.append(line)
            continue
        kind, rest = heading
        found.append(Section(kind, [rest] if rest else []))
    return found


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not blank."""
    place = 0
    for found in _LINE.finditer(text):
        bare = found[0].strip()
        if not bare:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        yield Line(bare, start, text.count("\n", place, start) > 1)
        place = start + len(bare)


def _label(line: Line) -> tuple[str, str]:
    """Return what stands before a line's colon, and what behind it; nothing where there is no label."""
    label, colon, rest = line.text[: LONGEST_HEADING + 1].partition(":")
    return (label, rest) if colon and rest.strip() and not line.bulleted else ("", "")


def _heading(line: Line, current: str, labels: Mapping[str, int]) -> tuple[str, Line | None] | None:
    """Return the kind of section that a line begins, and what stands behind its colon; None where it begins none.

    A label below a job is part of it (`Tools: …`), unless it stands apart, once in the whole text, and speaks of
    skills: that is how a section of one line ends a résumé.
    """
    if kind := KIND.get(folded(line.text)) if len(line.text) <= LONGEST_HEADING else None:
        return kind, None
    label, _ = _label(line)
    kind = KIND.get(folded(label)) if label else None
    of_a_job = kind in ("skills", "languages", "projects") or kind == current
    apart = line.after_blank and labels[folded(label)] == 1 and folded(label) not in OF_A_JOB
    if kind is None or (current in IN_A_JOB and of_a_job and not apart):
        return None
    start = line.start + len(label) + 1
    behind = line.text[len(label) + 1 :]
    return kind, Line(behind.strip(), start + len(behind) - len(behind.lstrip()), after_blank=False)


def folded(text: str) -> str:
    """Return a heading in lower case without accents, signs and the space between its letters."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = " ".join(re.findall(r"[^\W_]+", bare.replace("&", " and ")))
    return plain.replace(" ", "") if _LETTERS.fullmatch(plain) else plain
