"""Seniority markers in running text: the phrases that tell of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Sign(NamedTuple):
    """A phrase that tells of a marker: from `start` up to `end`, in characters, with a short quote around it."""

    marker: str
    start: int
    end: int
    quote: str


class Signs:
    """Finds the signs of seniority markers; `phrases` holds those of each marker, by its id."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.phrases = phrases

    def find(self, text: str) -> list[Sign]:  # noqa: ARG002 - to come
        """Return the first sign of each marker that a text tells of."""
        return []
