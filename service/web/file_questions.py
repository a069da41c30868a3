"""The questions about a waiting file, and their answers: what the page shows, keeps and reads from its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables.answers import EVERY, NONE, PARTS, Answers, squeezed
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
    nothing we know, by column.

    `kept_as` is the name of the answers kept for files with the same headers: None until they are looked for, empty
    where there are none. `kept` holds them while they are used; those that answer a question, or say what a column is,
    are its answer and a correction like any other. `applies_kept` is False where the file is read without them.
    """

    questions: Sequence[Mapping[str, Any]] = ()
    corrections: Answers = NONE
    wrong: Mapping[str, str] | None = None
    kept_as: str | None = None
    kept: Answers = NONE
    applies_kept: bool = True

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FileQuestions:
        """Read what `as_data` gave."""
        return cls(
            data.get("questions", ()), Answers.of(data.get("corrections", {})), data.get("wrong"),
            data.get("kept_as"), Answers.of(data.get("kept", {})), data.get("applies_kept", True),
        )  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "questions": list(self.questions), "corrections": self.corrections.as_data(), "wrong": self.wrong or {},
            "kept_as": self.kept_as, "kept": self.kept.as_data(), "applies_kept": self.applies_kept,
        }  # fmt: skip

    @property
    def answers(self) -> Answers:
        """Return all answers in one."""
        found = self.corrections
        for question in self.questions:
            found = found.over(Answers.of(question["answer"] or {}))
        return found.over(self._beside_questions)

    @property
    def _beside_questions(self) -> Answers:
        """Return the kept answers that the page cannot change: those about no question and no single column."""
        left = Answers(scales=_only(self.kept.scales, [EVERY]), values=self.kept.values, rows=self.kept.rows)
        for question in self.questions:
            left = _without(left, _about(question))
        return left

    @property
    def looks_for_kept(self) -> bool:
        """Tell whether answers kept for the file's headers are still to be looked for."""
        return self.applies_kept and self.kept_as is None

    def goes_with_kept(self, answers: Answers) -> bool:
        """Tell whether answers leave none out that is kept; another may stand in place of one, or besides."""
        return self.looks_for_kept or (bool(self.kept) and _about_same(self.kept, answers))

    @property
    def changed(self) -> bool:
        """Tell whether kept answers are used, and something is answered in another way, or besides."""
        return bool(self.kept) and self.answers.as_data() != self.kept.as_data()

    def asked_again(self, report: Mapping[str, Any]) -> FileQuestions:
        """Return the questions after another reading: answered ones stay in place, settled ones go, new ones come.

        One that is asked still is `open`.
        """
        now = {question["id"]: {**question, "open": True} for question in report.get("questions", ())}
        kept = [
            {**question, "open": False, **now.pop(question["id"], {}), "answer": question["answer"]}
            for question in self.questions
            if question["id"] in now or question["answer"]
        ]
        return replace(self, questions=[*kept, *({**question, "answer": None} for question in now.values())])

    def with_kept(self, name: str, kept: Answers) -> FileQuestions:
        """Return the questions with the answers kept under a name, where nothing else was answered."""
        questions = [
            one if one["answer"] else {**one, "answer": _only_about(kept, _about(one)).as_data() or None}
            for one in self.questions
        ]
        single = Answers(columns=kept.columns, scales={key: said for key, said in kept.scales.items() if key != EVERY})
        for question in questions:
            single = _without(single, _about(question))
        return replace(self, questions=questions, corrections=self.corrections.over(single), kept_as=name, kept=kept)

    def without_kept(self) -> FileQuestions:
        """Return the questions without the answers that are kept; what was answered in another way stays."""
        kept = self.kept
        questions = [
            {**one, "answer": None} if one["answer"] == _only_about(kept, _about(one)).as_data() else one
            for one in self.questions
        ]
        return replace(
            self, questions=questions, corrections=_unlike(self.corrections, kept), kept=NONE, applies_kept=False
        )

    def kept_again(self) -> FileQuestions:
        """Return the questions with the kept answers to be looked for again."""
        return replace(self, kept_as=None, applies_kept=True)

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


def _only(part: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: said for key, said in part.items() if key in keys}


def _about(question: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return what a question is about, by the part of the answers: columns, and what its choices answer."""
    about: dict[str, set[str]] = {part: set() for part in PARTS}
    if question["kind"] in ("column", "scale"):
        about[{"column": "columns", "scale": "scales"}[question["kind"]]] |= set(map(squeezed, question["columns"]))
    if question["kind"] == "values":
        about["values"] |= {squeezed(one["value"]) for one in question["evidence"]}
    for answer in (question.get("answer") or {}, *(choice["answer"] for choice in question["choices"])):
        for part, said in answer.items():
            about[part] |= set(map(squeezed, said))
    return about


def _only_about(answers: Answers, about: Mapping[str, Collection[str]]) -> Answers:
    return Answers(**{part: _only(getattr(answers, part), about[part]) for part in PARTS})


def _without(answers: Answers, about: Mapping[str, Collection[str]]) -> Answers:
    parts = {part: getattr(answers, part) for part in PARTS}
    return Answers(**{part: _only(said, said.keys() - about[part]) for part, said in parts.items()})


def _unlike(answers: Answers, others: Answers) -> Answers:
    """Return the answers that others do not give in the same way."""
    parts = {part: getattr(answers, part).items() - getattr(others, part).items() for part in PARTS}
    return Answers(**{part: dict(left) for part, left in parts.items()})


def _about_same(answers: Answers, others: Answers) -> bool:
    """Tell whether others answer all that the answers do."""
    return all(getattr(answers, part).keys() <= getattr(others, part).keys() for part in PARTS)


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
    """Return the values of a question with what each was said to mean: unknown until it is answered.

    They come in the order that the first choice has them in, then as often as they occur. A value that only a choice
    explains is among them.
    """
    said = (question["answer"] or {}).get("values", {})
    proposed = next((choice["answer"]["values"] for choice in question["choices"] if "values" in choice["answer"]), {})
    levels = {squeezed(value): level for value, level in said.items()}
    counts = {squeezed(one["value"]): one["count"] for one in question["evidence"]}
    return [
        {"value": value, "count": counts.get(value), "level": levels.get(value, "unknown")}
        for value in dict.fromkeys([*map(squeezed, proposed), *counts, *levels])
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
