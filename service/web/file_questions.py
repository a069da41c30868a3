"""The questions about a waiting file, and their answers: what the page shows, keeps and reads from its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables.answers import EVERY, Answers, squeezed
from service.rubric_library import Library
from service.web import meanings

VALUE, COLUMN, SCALE = "value.", "map.", "scale."
"""How the fields of forms begin: what a value means, what a column means, and its scale."""

UNMEASURED = dict.fromkeys(("confidence", "reason", "scale", "rater", "distinct", "filled", "suggestion"))
"""What a column has of which only its header was looked at."""


@dataclass(frozen=True)
class FileQuestions:
    """What was asked about a waiting file, and what was answered.

    `questions` are as in a report; an answered one has an `answer`, which is empty where it was left unknown.
    `corrections` are answers about columns that were not asked for. `wrong` holds the last corrections that mean
    nothing we know, by column. `applies_kept` tells whether answers that are kept for the file's headers are applied.
    """

    questions: Sequence[Mapping[str, Any]] = ()
    corrections: Answers = Answers()  # noqa: RUF009 - frozen
    wrong: Mapping[str, str] | None = None
    applies_kept: bool = True

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FileQuestions:
        """Read what `as_data` gave."""
        corrections = Answers.of(data.get("corrections", {}))
        return cls(data.get("questions", ()), corrections, data.get("wrong"), data.get("applies_kept", True))

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "questions": list(self.questions), "corrections": self.corrections.as_data(), "wrong": self.wrong or {},
            "applies_kept": self.applies_kept,
        }  # fmt: skip

    @property
    def answers(self) -> Answers:
        """Return all answers in one."""
        found = self.corrections
        for question in self.questions:
            found = found.over(Answers.of(question.get("answer") or {}))
        return found

    def asked_again(self, report: Mapping[str, Any]) -> FileQuestions:
        """Return the questions after another reading: answered ones stay in place, settled ones go, new ones come."""
        now = {question["id"]: question for question in report.get("questions", ())}
        kept = [
            {**now.pop(question["id"], question), "answer": question["answer"]}
            for question in self.questions
            if question["id"] in now or question["answer"]
        ]
        return replace(self, questions=[*kept, *({**question, "answer": None} for question in now.values())])

    def answered(self, id_: str, sent: Mapping[str, str], library: Library, reader: Reader) -> FileQuestions:
        """Return the questions with an answer to one of them, as its form was sent. Raise InvalidInput."""
        question = next((question for question in self.questions if question["id"] == id_), None)
        if question is None:
            raise InvalidInput("This question is no longer asked. Load the page again.")
        answer = _answer(question, sent, library, reader)
        Answers.of(answer)
        questions = [{**one, "answer": answer} if one is question else one for one in self.questions]
        return replace(self, questions=questions, wrong=None)

    def corrected(self, sent: Mapping[str, str], library: Library, reader: Reader) -> FileQuestions:
        """Return the questions with the corrections of the table of columns; those that mean nothing are told apart."""
        columns = _fields(sent, COLUMN)
        targets = {header: meanings.target_of(text, library, reader) for header, text in columns.items()}
        known = {header: target for header, target in targets.items() if target}
        corrections = Answers.of({"columns": known, "scales": _fields(sent, SCALE)})
        wrong = {header: text for header, text in columns.items() if header not in known}
        return replace(self, corrections=corrections, wrong=wrong)


def _fields(sent: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return the fields of a form that begin so and say something, by the rest of their names."""
    return {name.removeprefix(prefix): said for name, said in sent.items() if name.startswith(prefix) and said.strip()}


def _answer(
    question: Mapping[str, Any], sent: Mapping[str, str], library: Library, reader: Reader
) -> Mapping[str, Any]:
    """Return the answer that a form holds: levels by value, a meaning by name, or a choice; empty for none of them."""
    values = _fields(sent, VALUE)
    if values:
        return {"values": values}
    if text := sent.get("means", "").strip():
        target = meanings.target_of(text, library, reader)
        if target is None:
            raise InvalidInput(f"{text[:50]!r} is nothing a column can mean. Choose a name from the list.")
        return {"columns": dict.fromkeys(question["columns"], target)}
    choice = sent.get("choice", "")
    answers = {str(place): one["answer"] for place, one in enumerate(question["choices"])}
    if choice and choice not in answers:
        raise InvalidInput("This choice is not offered. Load the page again.")
    return answers.get(choice, {})


def with_levels(question: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the values of a question with what each was answered to mean, unknown until then.

    They stand in the order of the first choice. Values that a choice explains are among them, even if the question does
    not list them with how often they occur.
    """
    answered = (question["answer"] or {}).get("values", {})
    proposed = next(
        (choice["answer"]["values"] for choice in question["choices"] if choice["answer"].get("values")), {}
    )
    order = [squeezed(value) for value in proposed]
    levels = {squeezed(value): level for value, level in answered.items()}
    counts = {squeezed(one["value"]): one["count"] for one in question["evidence"]}
    return [
        {"value": value, "count": counts.get(value), "level": levels.get(value, "unknown")}
        for value in dict.fromkeys([*order, *counts, *levels])
    ]


def leaves_unknown(choice: Mapping[str, Any]) -> bool:
    """Tell whether a choice answers nothing, or that all values are unknown."""
    answer = choice["answer"]
    return not answer or (answer.keys() == {"values"} and set(answer["values"].values()) == {"unknown"})


def columns_of(report: Mapping[str, Any], asked: FileQuestions, library: Library) -> list[dict[str, Any]]:
    """Return the columns of a report, those not understood first, with the corrections as they were typed.

    A column's `key` in a mapping is its header, as other files have it too; its letters where others share the header.
    """
    headers = Counter(column["header"] for column in report["columns"])
    found = []
    for column in report["columns"]:
        key = column["header"] if headers[column["header"]] == 1 and column["header"].strip() else column["column"]
        target = asked.corrections.columns.get(squeezed(key), "")
        wrong = (asked.wrong or {}).get(key, "")
        scale = str(asked.corrections.scales.get(squeezed(key), ""))
        typed = wrong or (meanings.name_of(target, library) if target else "")
        suggested = meanings.name_of(column.get("suggestion") or "", library)
        page = {"key": key, "typed": typed, "told_scale": scale, "is_wrong": bool(wrong), "suggested": suggested}
        found.append({**UNMEASURED, **column, **page})
    return sorted(found, key=lambda column: column["understood_as"] is not None)


FILTERS = {"leaves_unknown": leaves_unknown}


def answers_in_words(answers: Answers, library: Library) -> list[str]:
    """Return what was answered about a file, a sentence for each answer."""
    return [
        *(f"The column “{header}” means: {meanings.name_of(target, library)}."
          for header, target in answers.columns.items()),
        *(f"{'All ratings are' if header == EVERY else f'The column “{header}” is'} on the scale "
          f"{meanings.scale_words(str(scale))}." for header, scale in answers.scales.items()),
        *(f"“{value}” counts as: {meanings.level_words(level)}." for value, level in answers.values.items()),
        *(f"Rows that say “{name}” are {'passed over' if said == 'skip' else 'read as people'}."
          for name, said in answers.rows.items()),
    ]  # fmt: skip
