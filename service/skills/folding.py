"""Texts folded, character by character, so that written forms look alike and every place stays where it was."""

from __future__ import annotations

import unicodedata


class _Folding(dict[int, str]):
    """Folds each character to one: letters lower, all that parts words a space; what is not seen stays."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        folded = folded if len(folded) == 1 else char
        self[code] = folded if folded.isalnum() or folded in "+#.&'\0" or is_hidden(char) else " "
        return self[code]


def is_hidden(char: str) -> bool:
    """Tell whether a character is not seen: of zero width, a mark of direction, a tag; a soft hyphen is honest."""
    return unicodedata.category(char) == "Cf" and char != "\u00ad"


_FOLDING = _Folding({ord("’"): "'", ord("`"): "'"})


def fold(text: str) -> str:
    """Return a text of the same length in which written forms of a name look alike."""
    return text.translate(_FOLDING)
