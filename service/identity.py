"""Who may be who: names, addresses and employers in the form in which people are compared, and traces of them.

A trace is a digest: it tells that two records say the same of somebody, and not what they say.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

E_MAIL, NAME_AND_ID, NAME_AND_EMPLOYER = "e", "i", "j"
"""What a trace is of: its first letter."""

MOST_EMPLOYERS, MOST_ADDRESSES = 20, 5
"""Employers and e-mail addresses of one person that leave a trace."""

LONGEST = 300
"""Characters of a name or an address that are compared: a longer text is neither."""

TITLES = frozenset((
    "dipl", "dott", "dr", "frau", "herr", "ing", "madame", "mag", "miss", "mme", "monsieur", "mr", "mrs", "ms", "mx",
    "phd", "prof", "professor", "senor", "senora", "sig",
))  # fmt: skip
"""Words of a name that say nothing of who it is. "Jr" and "III" are none: they tell a son from his father."""

LEGAL_FORMS = frozenset((
    "ab", "ag", "aktiengesellschaft", "aps", "as", "asa", "bhd", "bv", "bvba", "co", "company", "corp", "corporation",
    "doo", "eirl", "eurl", "ev", "gbr", "ggmbh", "gmbh", "inc", "incorporated", "jsc", "kft", "kg", "kgaa", "kk", "lda",
    "limited", "llc", "llp", "lp", "ltd", "ltda", "mbh", "nv", "ohg", "ooo", "oy", "oyj", "pao", "plc", "private",
    "proprietary", "pt", "pte", "pty", "pvt", "sa", "sarl", "sas", "sasu", "sdn", "se", "sl", "slu", "snc", "spa",
    "sprl", "sro", "srl", "tbk", "the", "ug", "vof", "zao", "zrt", "ао", "зао", "оао", "ооо", "пао",
))  # fmt: skip
"""Words of an employer's name that say nothing of which it is."""

_LEGAL_PHRASES = re.compile(r"\b(?:sp z oo|spolka z oo|sa de cv|s de rl de cv|kabushiki kaisha|haftungsbeschrankt)\b")
_LEGAL_SIGNS = re.compile("株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限公司|주식회사|\\(株\\)|\\(주\\)")
_SINGLES = re.compile(r"\b\w(?: \w\b)+")
_APART = re.compile(r"[\s<>()\[\]\"|;,:?]+")
_ASIDE = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PLAIN = str.maketrans("øłđı’", "oldi'", "".join(map(chr, range(0x300, 0x370))))


def addresses(text: str | None) -> list[str]:
    """Return the e-mail addresses of a text, in small letters and without a tag after a plus; dots stay as they are."""
    words = _APART.split(_folded((text or "")[:LONGEST]))
    return list(dict.fromkeys(found for word in words if (found := _mailbox(word))))


def _mailbox(word: str) -> str | None:
    local, at, host = word.strip(".'").partition("@")
    name = local.split("+", 1)[0]
    return f"{name}@{host}" if name and at and "." in host and "@" not in host else None


def person(name: str | None) -> str | None:
    """Return a name without case, accents, titles and middle initials, "Last, First" put straight.

    Return None for a single word: too many people share it.
    """
    name = (name or "")[:LONGEST]
    last, comma, first = (_ASIDE.sub(" ", name) if "(" in name else name).partition(",")
    words = _words(f"{first} {last}" if comma and _words(first) else last)
    if not words:
        return None
    middle = [word for word in words[1:-1] if len(word) > 1]
    known = [words[0], *middle, *words[-1:]]
    return " ".join(known) if len(words) > 1 else None


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(_bare(text).replace("ph.d", "phd")) if word not in TITLES]


def employer(name: str | None) -> str | None:
    """Return an employer's name without case, accents and legal form."""
    text = _LEGAL_SIGNS.sub(" ", _bare((name or "")[:LONGEST])).replace(".", "")
    words = _SINGLES.sub(lambda found: found[0].replace(" ", ""), " ".join(_WORD.findall(text)))
    known = [word for word in _LEGAL_PHRASES.sub(" ", words).split() if word not in LEGAL_FORMS]
    return " ".join(known) or words or None


def _bare(text: str) -> str:
    """Return a text in small letters without the accents of Latin, Greek and Cyrillic letters; no other marks go."""
    if text.isascii():
        return text.casefold()
    taken_apart = unicodedata.normalize("NFKD", _folded(text)).translate(_PLAIN)
    return unicodedata.normalize("NFC", taken_apart)


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def traces(
    name: str | None, external_id: str | None, email: str | None, employers: Iterable[str | None] = ()
) -> frozenset[str]:
    """Return the traces of a record: of the e-mail address, and of the name with the id and with each employer."""
    found = {_trace(E_MAIL, mailbox) for mailbox in addresses(email)[:MOST_ADDRESSES]}
    who = person(name)
    if who is None:
        return frozenset(found)
    if external_id is not None:
        found.add(_trace(NAME_AND_ID, who, _folded(external_id)))
    known = sorted({where for named in employers if (where := employer(named))})
    return frozenset(found | {_trace(NAME_AND_EMPLOYER, who, where) for where in known[:MOST_EMPLOYERS]})


def _trace(kind: str, *parts: str) -> str:
    return kind + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
