"""Thousands of generated tables with known truth: nothing is read wrong, next to all is read, the rest is asked.

`pytest tests/tables/test_generated.py -s` prints figures by scale, layout, language, noise and file.
`ROLEFIT_TABLES=5000 ROLEFIT_SEED=7` makes more of them, and others.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import pytest
from intake.files import Files
from tables.checking import Mistake, answer_for, judge, unsaid
from tables.generator import SCALES, Table, tables
from tables.noise import NOISES
from tables.words import CATEGORIES, PAIRS, SKILLS

from service.errors import RolefitError
from service.usecases import reader_of

FEW = int(os.environ.get("ROLEFIT_TABLES", "300"))
UNASKED = {"not asked", "no choice", "unread after answer", "unsaid"}
MANY = 5_000
SEED = int(os.environ.get("ROLEFIT_SEED", "1"))


@dataclass
class Outcome:
    """What became of one table."""

    table: Table
    mistakes: list[Mistake] = field(default_factory=list)
    is_read: bool = False

    @property
    def wrong(self) -> list[Mistake]:
        return [mistake for mistake in self.mistakes if mistake.is_wrong]

    def __str__(self) -> str:
        lines = "".join(f"\n    {mistake.kind}: {mistake.detail}" for mistake in self.mistakes[:6])
        return f"seed {self.table.seed} | {self.table.spec}{lines}"


def examine(table: Table, files: Files) -> Outcome:
    """Read a table, and once more with the right answer where a question has to be asked."""
    outcome = Outcome(table)
    path = table.write(files.folder)
    try:
        read = files.read(path)
        verdict = judge(table, read)
        outcome.mistakes += verdict.mistakes
        outcome.mistakes += [Mistake("unsaid", cell) for cell in unsaid(table, read, verdict)]
        outcome.is_read = not verdict.unread and not verdict.mistakes
        if not table.is_decidable:
            outcome.mistakes += _answered(table, files, path, read)
    except RolefitError as error:
        outcome.mistakes.append(Mistake("refused", str(error)))
    return outcome


def _answered(table: Table, files: Files, path: Any, read: Any) -> list[Mistake]:
    """Return what is not right of the question and of what is read once it is answered."""
    kinds = {question["kind"] for question in read.report.get("questions", ())}
    if not kinds & ({"scale"} if "scale" in table.answer else {"values", "scale"}):
        return [Mistake("not asked", f"questions of kinds {sorted(kinds)}")]
    answer = answer_for(table, read.report)
    if answer is None:
        return [Mistake("no choice", f"no choice is {table.answer}")]
    verdict = judge(table, files.read(path, answer), answered=True)
    unread = [claim for claim in verdict.unread if claim.rating]
    return verdict.wrong + [Mistake("unread after answer", f"{len(unread)} ratings")] * bool(unread)


def summary(outcomes: list[Outcome]) -> str:
    """Return the figures by part: tables, those read without a question, and those with something wrong."""
    parts: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for part in outcome.table.spec.parts:
            parts[part].append(outcome)
    lines = [f"{'part':50} {'tables':>7} {'decidable':>9} {'read':>6} {'wrong':>6}"]
    for part, members in sorted(parts.items()):
        decidable = [one for one in members if one.table.is_decidable]
        lines.append(
            f"{part:50} {len(members):7} {len(decidable):9} {sum(one.is_read for one in decidable):6} "
            f"{sum(bool(one.wrong) for one in members):6}"
        )
    kinds = Counter(mistake.kind for outcome in outcomes for mistake in outcome.mistakes)
    return "\n".join([*lines, f"mistakes: {dict(kinds.most_common())}"])


def run(count: int, seed: int, files: Files) -> list[Outcome]:
    """Examine tables."""
    return [examine(table, files) for table in tables(count, seed)]


def hold(outcomes: list[Outcome]) -> None:
    """Hold the promise: no wrong value, nine of ten read without a question, the rest asked or said."""
    print("\n" + summary(outcomes))
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    assert not wrong, f"{len(wrong)} of {len(outcomes)} tables were read wrong:\n" + "\n".join(map(str, wrong[:20]))
    unasked = [
        outcome for outcome in outcomes if any(mistake.kind in UNASKED for mistake in outcome.mistakes)
    ]  # fmt: skip
    assert not unasked, f"{len(unasked)} tables say too little:\n" + "\n".join(map(str, unasked[:20]))
    decidable = [outcome for outcome in outcomes if outcome.table.is_decidable]
    unread = [outcome for outcome in decidable if not outcome.is_read]
    assert len(unread) <= 0.1 * len(decidable), (
        f"{len(unread)} of {len(decidable)} tables were not read without a question:\n"
        + "\n".join(map(str, unread[:20]))
    )


@pytest.mark.usefixtures("one_process")
def test_generated_tables_are_read_right_or_asked_about(files):
    hold(run(FEW, SEED, files))


def test_generated_tables_are_read_alike_by_the_child_that_reads_files(files):
    hold(run(20, SEED + 1, files))


@pytest.mark.slow
@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("part", range(10))
def test_thousands_of_generated_tables_are_read_right_or_asked_about(files, part):
    hold(run(MANY // 10, 100 + part, files))


# The generator itself.


def test_a_seed_makes_the_same_table_again(tmp_path):
    first, again = ([table.write(tmp_path).read_bytes() for table in tables(40, 5) if "xlsx" not in table.spec.file]
                    for _ in range(2))  # fmt: skip

    assert first == again


def test_every_skill_is_written_as_the_vocabulary_knows_it(library):
    vocabulary = reader_of(library).vocabulary
    forms = {form: id_ for id_, written in SKILLS.items() for form in written}
    assert {form: vocabulary.resolve(form) for form in forms} == forms


def test_groups_and_pairs_hold_known_skills():
    assert {skill for group in CATEGORIES.values() for skill in group} <= SKILLS.keys()
    assert {skill for first, second, _ in PAIRS for skill in (first, second)} <= SKILLS.keys()


def test_scales_and_noises_have_names_of_their_own():
    for named in (SCALES, NOISES):
        assert len({one.name for one in named}) == len(named)


def test_each_part_comes_up():
    drawn = {part for table in tables(600, 2) for part in table.spec.parts}

    assert {f"scale {scale.family}" for scale in SCALES} <= drawn
    assert {f"noise {noise.name}" for noise in NOISES} <= drawn
