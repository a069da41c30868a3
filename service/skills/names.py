"""Names as people write them, in the form in which they are compared, with what only qualifies them taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import product, takewhile

LONGEST_NAME = 200
"""Characters; a longer text is prose and names no skill."""

REMEMBERED = 65_536
"""How many written forms are kept with their answer, before remembering starts afresh."""

MOST_QUALIFIERS = 4
"""How many words are taken off either end of a name at most."""

LEADING = frozenset((
    "advanced", "applied", "basic", "connaissances", "conocimientos", "de", "deep", "demonstrated", "en",
    "erfahrung", "excellent", "experience", "experienced", "expert", "expertise", "familiar", "familiarity",
    "fluent", "good", "hands", "in", "intermediate", "kenntnisse", "knowledge", "mit", "of", "on", "practical",
    "proficiency", "proficient", "programming", "proven", "skilled", "skills", "solid", "some", "strong",
    "understanding", "using", "with", "working",
))  # fmt: skip
"""Words before a skill's name that do not change which skill it is: `Advanced SQL`, `experience with Python`."""

TRAILING = frozenset((
    "coding", "competence", "competency", "development", "erfahrung", "essentials", "experience", "expertise",
    "fundamentals", "kenntnisse", "knowledge", "language", "programming", "scripting", "skill", "skills",
    "understanding",
))  # fmt: skip
"""Words after a skill's name that do not change which skill it is; words of a level are not among them."""

ASIDES = TRAILING | frozenset((
    "additional", "core", "essential", "have", "main", "mandatory", "must", "nice", "optional", "preferred",
    "primary", "required", "secondary", "to",
))  # fmt: skip
"""Words in brackets that do not change which skill it is: `Python (primary)`, `R (nice to have)`."""

_SAME = str.maketrans({"♯": "#", **dict.fromkeys("™®©℠'`´‘’‛′ʼ＇")})
_DETACHED = re.compile(r"\b([cf]) (#|\+\+)(?!\w)")
_MEANINGLESS = re.compile(r"[^\w+#.%]+|_+")
_STRAY = re.compile(r"(?<!\b[a-z])#|(?<![\w+])\++")
_DOT = re.compile(r"(?P<keep>(?<=\d)\.(?=\d)|(?<!\S)\.(?=[^\W\d_]))|(?P<join>(?<=\w)\.(?=\w))|\.")
_SCRIPT = re.compile(r"(?<=\w) js\b")

_ACCENTS = str.maketrans({
    **dict(zip("äáàâãåéèêëíìîïóòôöõúùûüñç", "aaaaaaeeeeiiiiooooouuuunc", strict=True)),
    **dict.fromkeys("’‘`´′ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(map(chr, range(0x300, 0x370))),
})  # fmt: skip

SAID = re.compile(
    r"(?:[(\[（:=]|\s[-–—])\s*(?:[~<>+-]\s*)?(?!\d+\.(?:\d\d|\d+\.))\d|\d\s*(?:/|out of|of)\s*\d|[★⭐✭✮●⬤■◆☆✩○◯□◇]"
)
"""A number that rates: in brackets, after a colon or dash, or out of a best one; or stars."""

ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_YEARS_AHEAD = re.compile(r"^\d+(?:\.\d+)?\+? (?:years?|yrs?|months?) (?=.)")
VERSION = re.compile(
    r"v\d+(?:\.\d+)*x?|(?:[1-9]\d*)(?:\.\d+)+x?\+?|\d+x|[1-9]\d*\+|0\.\d\d+(?:\.\d+)*|[6-9]|[1-9]\d{1,3}"
)
"""A version. A lone 0 to 5 is none: it may be a level, which others read."""

_GLUED_VERSION = re.compile(r"^(.*(?:[^\W\d]{3}|[+#]))v?\d+(?:\.\d+)*x?\+?$")


def normalise(name: str) -> str:
    """Return a name in the form in which names are compared; the form of a form is itself."""
    plain = _plain(name)
    # Dropping a sign can bring together what Unicode then composes, so a second pass settles it.
    return plain if name.isascii() else _plain(plain)


def _plain(text: str) -> str:
    """Fold case and width, and drop the signs that carry no meaning (those of C++, C#, .NET, 3.11 and 80% do)."""
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
        text = text.translate(_SAME)
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = text.translate(_SAME).casefold().replace("&", " and ")
    text = _DETACHED.sub(r"\1\2", _MEANINGLESS.sub(" ", text))
    text = _DOT.sub(_dot, _STRAY.sub(" ", text))
    return _SCRIPT.sub("js", " ".join(text.split()))


def _dot(found: re.Match[str]) -> str:
    """Keep the dot of 3.11 and .NET, close that of Node.js, and let any other be a space."""
    if found["keep"]:
        return "."
    return "" if found["join"] else " "


def folded(text: str) -> str:
    """Return a text in small letters without accents, with plain dashes and single spaces."""
    return " ".join(text.casefold().translate(_ACCENTS).split())


def peeled(words: str) -> Iterator[str]:
    """Yield a normalised name with ever more qualifiers off its ends, the longest rest first."""
    listed = _YEARS_AHEAD.sub("", words).split()
    ahead = _run(listed, LEADING.__contains__)
    behind = _run(listed[::-1], lambda word: word in TRAILING or VERSION.fullmatch(word) is not None)
    for first, last in sorted(product(range(ahead + 1), range(behind + 1)), key=sum):
        rest = " ".join(listed[first : len(listed) - last])
        yield rest
        if glued := _GLUED_VERSION.match(rest):
            yield glued[1]


def _run(words: list[str], qualifies: Callable[[str], object]) -> int:
    """Count the words at the start that qualify, up to the most we take off."""
    return sum(1 for _ in takewhile(qualifies, words[:MOST_QUALIFIERS]))
