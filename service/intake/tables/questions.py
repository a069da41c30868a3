"""What a file leaves open, as questions to its sender: each with its evidence, choices, and what a choice would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.intake.draft import short

MOST_QUESTIONS = 50
MOST_EVIDENCE = 20


@dataclass(frozen=True)
class Choice:
    """An answer to choose: in words, and as part of a mapping.

    `effect` says what it does, where that is more than how many people can be scored. `reads` tells whether cells are
    read by it, `is_partly` that some of them still are not.
    """

    label: str
    answer: Mapping[str, Any]
    effect: str = ""
    reads: bool = True
    is_partly: bool = False


@dataclass
class Question:
    """A question about columns, a scale, values or rows.

    `evidence` holds distinct values with their counts. `unread` counts the cells that stay unknown until then, `gained`
    the people who can be scored only after it.
    """

    kind: str
    about: str
    question: str
    why: str
    columns: Sequence[str] = ()
    evidence: Sequence[tuple[str, int]] = ()
    choices: Sequence[Choice] = ()
    sheet: str | None = None
    unread: int = 0
    gained: int = 0

    @property
    def id(self) -> str:
        """Return a name that stays the same while the file and the answers do."""
        return f"{self.kind}:{self.sheet or ''}:{self.about}"

    def as_data(self, people: int, with_evidence: int) -> dict[str, Any]:
        """Return the question as it is reported, with how many of `people` each choice lets score."""
        after = min(people, with_evidence + self.gained)
        return {
            "id": self.id,
            "kind": self.kind,
            "sheet": self.sheet,
            "columns": list(self.columns),
            "question": self.question,
            "why": self.why,
            "evidence": [{"value": short(value), "count": count} for value, count in self.evidence[:MOST_EVIDENCE]],
            "choices": [
                {"label": one.label, "answer": one.answer, "effect": _effect(one, people, with_evidence, after)}
                for one in self.choices
            ],
            "unread": self.unread,
        }


def _effect(choice: Choice, people: int, now: int, after: int) -> str:
    if choice.effect:
        return choice.effect
    most = "at most " if choice.is_partly else ""
    return f"{most}{after if choice.reads else now} of {people} people can be scored"


def listed(words: Iterable[tuple[str, int]], most: int = 4) -> str:
    """Return values with how often they stand there: `8 (31 times), 10 (once)`."""
    told = list(words)
    shown = [f"{short(word)} ({count} times)" if count > 1 else f"{short(word)} (once)" for word, count in told[:most]]
    return ", ".join(shown) + (f" and {len(told) - most} more" if len(told) > most else "")
