"""Skills in running text: where each is named, and what is said of it there."""

from __future__ import annotations

from typing import NamedTuple

from service.skills.vocabulary import Vocabulary
from service.skills.words import Reading


class Found(NamedTuple):
    """A skill that a text tells of: from `start` up to `end`, in characters, with a short quote around it.

    `said` is a plain mention, a level or months of use, or level 0 where the text denies it. `delivered` tells that
    the words around it speak of production.
    """

    skill: str
    start: int
    end: int
    quote: str
    said: Reading
    delivered: bool = False


class Ignored(NamedTuple):
    """A word that names a skill and claims none, and why."""

    word: str
    start: int
    end: int
    why: str


class Text(NamedTuple):
    """What a text tells."""

    skills: tuple[Found, ...] = ()
    ignored: tuple[Ignored, ...] = ()


class Finder:
    """Finds the skills of a vocabulary in running text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def find(self, text: str) -> Text:  # noqa: ARG002 - to come
        """Return the skills that a text tells of, each once for each thing said of it."""
        return Text()
