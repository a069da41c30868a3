"""What the columns of a table mean: settled from their headers, their values and one another, with a reason for each.

A header alone does not tell: `Experience` holds years or running text, `Cloud` a rating or a list, and which scale the
numbers are on shows only in all columns together. What stays uncertain becomes a question, and is unknown until then.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from service.intake.draft import Reader, over_since
from service.intake.tables.answers import EVERY, Answers, squeezed
from service.intake.tables.header_rows import WHO
from service.intake.tables.headers import Column, suggestion
from service.intake.tables.labels import NONE as NO_LABELS
from service.intake.tables.labels import Labelled, labelled
from service.intake.tables.legends import OURS, Legend
from service.intake.tables.levels import A_RATING, BESIDE_PERCENT, OPEN, LevelReader
from service.intake.tables.profiles import ColumnProfile, TableProfile, is_day, number_in
from service.intake.tables.question_kinds import (
    best_end,
    unknown_column,
    unknown_scale,
    unknown_values,
    unread_scale,
    years_or_ratings,
)
from service.intake.tables.questions import Choice, Question
from service.sheets.values import Percent
from service.skills.names import folded
from service.skills.scales import FIVE, PERCENT, SHARES, Scale, is_plain
from service.skills.words import ABSENT, SILENT, Reading

SAMPLE = 200
"""Distinct values of a column, the most frequent, that are tried to see what it holds."""

MOSTLY = 0.6
"""The share of values that make a column one of their kind."""

MOST_COLUMNS_ASKED = 10
HALF = 2
"""Halves of a level: 2.5 shows that 0.5 may be a level too."""

MANY = 100
"""Ratings from which on it is remarkable that none is higher than LOW."""

LOW = 3
LEAST_WORDS = 2
"""Ratings in words that are not read, from which on all of them are asked about where most are not read."""

A_LARGE = re.compile(r"(?:[(\[:=]|\s[-–—]) ?(?:[6-9]|\d{2,3})(?:[.,]\d)? ?[)\]]? ?(?:[,;|/\n]|$)")
"""A number above 5 behind a name in a list."""


class Meaning(NamedTuple):
    """How sure it is what a column means, from 0 to 1, and why."""

    confidence: float
    reason: str


@dataclass
class Settled:
    """What was decided of a table.

    `levels` says by place how ratings are read, `meanings` how sure each column is, `open_scales` the question that a
    column's numbers wait for, by place.
    """

    columns: tuple[Column, ...]
    levels: dict[int, LevelReader] = field(default_factory=dict)
    meanings: dict[int, Meaning] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    legend: Legend = OURS
    list_scales: dict[int, Scale | None] = field(default_factory=dict)
    open_scales: dict[int, Question] = field(default_factory=dict)
    open_values: Question | None = None
    twins: list[list[Column]] = field(default_factory=list)

    def question_of(self, place: int, *, is_code: bool) -> Question | None:
        """Return the question that the numbers of a column wait for, or its codes."""
        return self.open_values if is_code else self.open_scales.get(place) or self.open_values


def settle(
    columns: Sequence[Column],
    profile: TableProfile,
    reader: Reader,
    answers: Answers,
    legend: Legend,
    sheet: str | None,
) -> Settled:
    """Decide what the columns of a table mean."""
    return _Settling(columns, profile, reader, answers, legend, sheet).settle()


def by_headers(columns: Sequence[Column], reader: Reader) -> Settled:
    """Return columns that mean what their headers say, whatever stands below them."""
    levels = {column.place: LevelReader(reader.said, column.scale or FIVE) for column in columns if is_rated(column)}
    meanings = {column.place: Meaning(0.5, "the header says so") for column in columns}
    return Settled(tuple(columns), levels, meanings)


class _Settling:
    def __init__(
        self, columns: Sequence[Column], profile: TableProfile, reader: Reader, answers: Answers, legend: Legend,
        sheet: str | None,
    ) -> None:  # fmt: skip
        self.columns, self.profile, self.reader = list(columns), profile, reader
        self.answers, self.legend, self.sheet = answers, legend, sheet
        self.settled = Settled((), legend=legend)
        self._index = {column.place: index for index, column in enumerate(self.columns)}
        self._labels = NO_LABELS
        self.second_table = sys.maxsize

    def settle(self) -> Settled:
        self._say_second_table()
        self.columns = [self._by_values(column) for column in self.columns]
        rated = [column for column in self.columns if is_rated(column)]
        self._scales(rated)
        self._lists()
        self._values(rated)
        self._unknown_columns(rated)
        self._same_skills()
        self.settled.columns = tuple(self.columns)
        for column in self.columns:
            self.settled.meanings.setdefault(column.place, self._meaning(column))
        return self.settled

    def _say_second_table(self) -> None:
        """Say that a second table stands beside the first, whose columns are not read."""
        heads = {column.header for column in self.columns if column.target in WHO}
        second = next((c for c in self.columns if c.kind == "unknown" and c.header in heads), None)
        if second and second.place - 1 not in {column.place for column in self.columns}:
            self.second_table = second.place
            self.settled.notices.append(
                f"A second table begins in column {second.letter} ({second.header}): it was not read. Put it on a "
                "sheet of its own."
            )

    def _is_told(self, column: Column) -> bool:
        return bool({column.header, column.letter, str(column.place + 1)} & self.answers.columns.keys())

    # What a column is.

    def _by_values(self, column: Column) -> Column:
        """Return a column as its values say that it is."""
        profile = self.profile[column.place]
        if self._is_told(column):
            self._mean(column, 1.0, "you said so")
        elif column.kind == "skill" and not column.rater and self._holds_lists(profile):
            self._mean(column, 0.9, "the header names an area, and the values are lists of skills")
            return column._replace(kind="field", target="skills", scale=None, also=())
        elif column.kind == "years" and not column.unit:
            return self._experience_with(column, profile)
        return column

    def _experience_with(self, column: Column, profile: ColumnProfile) -> Column:
        """Settle whether `Experience with Python` holds years or ratings: where the values do not tell, it is asked."""
        texts = [self.reader.said(text) for text, _ in profile.texts()]
        if any(said.months or said.span for said in texts) or max(profile.numbers, default=0) > FIVE.best:
            self._mean(column, 0.9, "the header says experience, and the values are years")
        elif any(said.level or said.mention for said in texts):
            return column._replace(kind="skill")
        elif profile.numbers and self._rates_others(column):
            self._ask_years(column, profile)
        elif profile.numbers:
            self._mean(column, 0.7, "the header says experience, and no other column holds ratings")
        return column

    def _rates_others(self, column: Column) -> bool:
        """Tell whether other columns hold ratings, so that this one may."""
        others = (one for one in self.columns if one.place != column.place and is_rated(one))
        return any(self.profile[one.place].numbers for one in others)

    def _ask_years(self, column: Column, profile: ColumnProfile) -> None:
        self.settled.open_scales[column.place] = self._ask(years_or_ratings(column, self._name(column.target), profile))
        self._mean(column, 0.4, "the header says experience: years or ratings?")

    def _mean(self, column: Column, confidence: float, reason: str) -> None:
        self.settled.meanings[column.place] = Meaning(confidence, reason)

    def _holds_lists(self, profile: ColumnProfile) -> bool:
        """Tell whether a column holds lists of skills and no ratings."""
        texts = [text for text, _ in profile.texts()][:SAMPLE]
        lists = sum(self._is_list(text) for text in texts)
        return lists > 0 and lists >= MOSTLY * len(profile.counts)

    def _is_list(self, text: str) -> bool:
        if not self.reader.said(text).problem or not self._explaining().read(text).problem:
            return False
        items = [item for item in self.reader.split(text) if len(item) > 1]
        return bool(items) and sum(self.reader.item(item)[0] is not None for item in items) * 2 >= len(items)

    def _holds_levels(self, profile: ColumnProfile) -> bool:
        """Tell whether a column holds values that may be ratings."""
        values = [value for value, _ in profile.counts.most_common(SAMPLE)]
        rated = sum(number_in(value) is not None or not self.reader.said(value).problem for value in values)
        return bool(values) and rated >= MOSTLY * len(values)

    # Which scale its ratings are on.

    def _scales(self, rated: Sequence[Column]) -> None:
        """Settle for each column of ratings how it is read."""
        pool: list[Column] = []
        undirected: dict[tuple[int, int], list[Column]] = defaultdict(list)
        for column in rated:
            scale, reason = self._own_scale(column)
            if scale is None and column.unread:
                self._ask_written(column)
            elif scale is None:
                pool.append(column)
            elif self._is_answered(column) or is_plain(scale):
                self._read_on(column, scale, 0.95, reason, is_own=True)
            else:
                undirected[scale.lowest, scale.highest].append(column)
        for ends, columns in undirected.items():
            self._ask_direction(columns, Scale(*ends))
        self._labels = self._labels_of(pool)
        told = self.answers.scales.get(EVERY)
        if told:
            for column in pool:
                self._read_on(
                    column, told, 1.0, f"you said that ratings are from {told.worst} to {told.best}", is_own=True
                )
        else:
            self._by_numbers(pool)

    def _labels_of(self, pool: Sequence[Column]) -> Labelled:
        """Return what the labels in columns of ratings mean, by their own order."""
        found: Counter[str] = Counter()
        explained = self._explaining()
        for column in pool:
            for value, count in self.profile[column.place].counts.items():
                if value.__class__ is not Percent and not is_day(value) and explained.read(value).problem:
                    found[squeezed(str(value))] += count
        return (labelled(found, self.reader.words) if found else None) or NO_LABELS

    def _explaining(self, labels: Labelled = NO_LABELS) -> LevelReader:
        """Return a reader of what the user, the legend and labels say, and of nothing else."""
        return LevelReader(
            lambda *_: Reading(problem=OPEN), None, legend=self.legend, values=self._told_values, labels=labels
        )

    def _is_answered(self, column: Column) -> bool:
        return bool({column.header, column.letter} & self.answers.scales.keys())

    def _own_scale(self, column: Column) -> tuple[Scale | None, str]:
        """Return the scale that a user or the header gives a column."""
        for name in (column.header, column.letter, str(column.place + 1)):
            if name in self.answers.scales:
                return self.answers.scales[name], "you said so"
        numbers = self.profile[column.place].numbers
        if column.scale == PERCENT and any(0 < number < 1 for number in numbers) and max(numbers) <= 1:
            return SHARES, "the header says percent, and the values are shares"
        return column.scale, "the header names the scale"

    def _read_on(self, column: Column, scale: Scale | None, confidence: float, reason: str, **more: Any) -> None:
        self.settled.levels[column.place] = self._reader(column, scale, **more)
        self._columns_scale(column, scale)
        if not self._is_told(column):
            self._mean(column, confidence, f"the header names the skill; {reason}")

    def _columns_scale(self, column: Column, scale: Scale | None) -> None:
        self.columns[self._index[column.place]] = column._replace(scale=scale)

    def _reader(self, column: Column, scale: Scale | None, **more: Any) -> LevelReader:
        profile = self.profile[column.place]
        if profile.percents and column.scale is None:
            scale, more = None, {"why_unknown": BESIDE_PERCENT}
        labels = self._labels if column.scale is None else NO_LABELS
        return LevelReader(self.reader.said, scale, legend=self.legend, values=self._told_values, labels=labels, **more)

    @property
    def _told_values(self) -> dict[str, Reading]:
        return {squeezed(text): reading_of(said) for text, said in self.answers.values.items()}

    def _numbers(self, columns: Iterable[Column]) -> Counter[float]:
        """Return the numbers of columns that no legend explains, with their counts."""
        found: Counter[float] = Counter()
        for column in columns:
            profile = self.profile[column.place]
            if not profile.percents:
                found.update(profile.numbers)
        explained = self._explaining(self._labels)
        return Counter({n: count for n, count in found.items() if explained.read(_plain(n)).problem == OPEN})

    def _by_numbers(self, pool: Sequence[Column]) -> None:
        """Settle the scale of columns that do not say theirs, from the numbers in all of them."""
        if not pool:
            return
        numbers = self._numbers(pool)
        high = max(numbers, default=0)
        shares = {number for number in numbers if 0 < number < 1}
        parts = {number for number in numbers if number % 1}
        labels = self._labels
        if labels.scale and (not numbers or labels.scale.lowest <= min(numbers) <= high <= labels.scale.highest):
            for column in pool:
                self._read_on(column, labels.scale, 0.9, labels.reason)
        elif high > FIVE.best:
            self._ask_scale(pool, numbers, is_share=False)
        elif shares and high <= 1:
            self._ask_scale(pool, numbers, is_share=True)
        else:
            halves = bool(parts - shares) and all(number * HALF % 1 == 0 for number in parts)
            few = numbers.total() >= MANY and high <= LOW
            told = f"no number is above {high:g}, and it may end there" if few else _in_range(numbers)
            for column in pool:
                self._read_on(column, FIVE, 0.6 if few else 0.9, told, reads_shares=halves)
            if few:
                self.settled.notices.append(
                    f"None of {numbers.total():,} ratings is above {high:g}: they were read on the scale from 0 to 5. "
                    f"If {high:g} is the best, say so."
                )

    def _ask_scale(self, pool: Sequence[Column], numbers: Counter[float], *, is_share: bool) -> None:
        """Ask which scale the columns of a table are on, and take their numbers as unknown until then."""
        question = self._ask(unknown_scale(EVERY, [column.header for column in pool], numbers, is_share=is_share))
        for column in pool:
            self._read_on(column, None, 0.3, "its scale is not known")
            self.settled.open_scales[column.place] = question

    def _lists(self) -> None:
        """Settle the scale of numbers in lists of skills: of `Python (8), SQL (4)` neither is from 0 to 5."""
        pool = [c for c in self.columns if c.kind == "field" and c.target == "skills"]
        told = {column.place: scale for column in pool if (scale := self._own_scale(column)[0])}
        every = self.answers.scales.get(EVERY)
        for column in pool:
            if scale := told.get(column.place, every):
                self.settled.list_scales[column.place] = scale
        pool = [column for column in pool if column.place not in self.settled.list_scales]
        numbers = Counter({number: count for c in pool for number, count in self._numbers_in_lists(c).items()})
        if numbers and max(numbers) > FIVE.best:
            headers = [column.header for column in pool]
            question = self._ask(unknown_scale("lists", headers, numbers, is_share=False))
            for column in pool:
                self.settled.list_scales[column.place] = None
                self.settled.open_scales[column.place] = question

    def _numbers_in_lists(self, column: Column) -> Counter[float]:
        found: Counter[float] = Counter()
        for text, count in self.profile[column.place].texts():
            if A_LARGE.search(text):
                for item in self.reader.split(text):
                    rating = A_RATING.search(item)
                    if rating and self.reader.item(item[: rating.start()])[0]:
                        found[float(rating[1].replace(",", "."))] += count
        return found

    def _ask_written(self, column: Column) -> None:
        """Ask for the scale that a header names in a way that is not understood."""
        question = self._ask(unread_scale(column, self.profile[column.place].numbers))
        self._read_on(column, None, 0.3, "its scale is not known")
        self.settled.open_scales[column.place] = question

    def _ask_direction(self, columns: Sequence[Column], scale: Scale) -> None:
        """Ask once for all columns on a scale which end of it is the best."""
        numbers: Counter[float] = Counter()
        for column in columns:
            numbers.update(self.profile[column.place].numbers)
        question = self._ask(best_end(scale, [column.header for column in columns], numbers))
        for column in columns:
            self._read_on(column, None, 0.4, "which end of its scale is the best is not known")
            self.settled.open_scales[column.place] = question

    def _ask(self, question: Question) -> Question:
        question.sheet = self.sheet
        self.settled.questions.append(question)
        return question

    # What its other values mean.

    def _values(self, rated: Sequence[Column]) -> None:
        """Ask about values in columns of ratings that nothing explains."""
        unread: Counter[str] = Counter()
        words: Counter[str] = Counter()
        explained = self._explaining()
        columns: dict[str, None] = {}
        for column in rated:
            levels = self.settled.levels[column.place]
            for text, count in self.profile[column.place].texts():
                said = levels.read(text)
                if said.problem and not (is_day(text) or text.lstrip().startswith("#") or over_since(text)):
                    unread[squeezed(text)] += count
                    columns[column.header] = None
                elif said.level and text.replace(" ", "").isalpha() and explained.read(text).problem:
                    words[squeezed(text)] += count
        certain = {folded(text) for text in (*self._labels.asked, *self.legend.asked)}
        # Of a value that stands there once a warning is enough, where most of the others are read.
        filled = sum(self.profile[column.place].filled for column in rated)
        are_most = unread.total() >= LEAST_WORDS and 2 * unread.total() > filled
        asked = Counter(
            {text: n for text, n in unread.items() if n > 1 or are_most or _is_code([text]) or folded(text) in certain}
        )
        if not asked:
            return
        # Of words of one's own, what one of them means to us says little.
        known = words.keys() - asked.keys()
        if len(asked) > len(known):
            asked += Counter({text: words[text] for text in known})
        found = asked.most_common()
        self.settled.open_values = self._ask(unknown_values(found, list(columns)))
        waiting = frozenset(folded(text) for text in asked)
        for column in rated:
            levels = self.settled.levels[column.place]
            self.settled.levels[column.place] = replace(levels, asked=waiting)
            self._say_open(column, waiting)

    def _say_open(self, column: Column, waiting: Container[str]) -> None:
        """Say of a column that its values are asked about; without numbers its scale is not known either."""
        profile = self.profile[column.place]
        open_ = sum(count for text, count in profile.texts() if folded(squeezed(text)) in waiting)
        if open_ and not self._is_told(column):
            share = 1 - open_ / profile.filled
            self._mean(column, round(0.3 + 0.5 * share, 2), f"{open_} of its {profile.filled} values are asked about")
        if open_ and not profile.numbers and not self._labels.scale and column.place not in self.settled.open_scales:
            self._columns_scale(column, None)

    # Columns that are not understood.

    def _unknown_columns(self, rated: Sequence[Column]) -> None:
        """Ask about columns whose header says nothing we know, and whose values look like skills or ratings."""
        asked = 0
        for column in self.columns:
            profile = self.profile[column.place]
            if (
                column.place >= self.second_table
                or column.kind != "unknown"
                or asked >= MOST_COLUMNS_ASKED
                or not profile.filled
                or self._is_told(column)
            ):
                continue
            read = f"{profile.filled:,} {'cell is' if profile.filled == 1 else 'cells are'} read"
            if self._holds_lists(profile):
                why = "Its values are names of skills."
                choice = Choice("lists of skills that the person has", {"columns": {column.header: "skills"}}, read)
            elif rated and self._holds_levels(profile) and (near := suggestion(column.header, self.reader)):
                why = "Its values look like ratings."
                choice = Choice(f"ratings of {self._name(near)}", {"columns": {column.header: near}}, read)
            else:
                continue
            asked += 1
            self._ask(unknown_column(column.header, why, choice, profile))

    def _name(self, target: str) -> str:
        skill = self.reader.vocabulary.skills.get(target.removeprefix("skill:"))
        return skill.name if skill else target.replace("_", " ")

    def _same_skills(self) -> None:
        """Find the columns that rate the same skill."""
        by_skill: dict[tuple[str, str, str], list[Column]] = {}
        for column in self.columns:
            if column.kind == "skill":
                by_skill.setdefault((column.kind, column.target, column.rater), []).append(column)
        self.settled.twins = [columns for columns in by_skill.values() if len(columns) > 1]

    # How sure it is.

    def _meaning(self, column: Column) -> Meaning:
        if column.kind == "unknown":
            return Meaning(0.0, "the header is none that we know")
        if column.kind == "aside":
            return Meaning(0.95, "the header names what is never scored")
        return Meaning(0.9, "the header says so")


def is_rated(column: Column) -> bool:
    """Tell whether a column holds ratings of a skill."""
    return column.kind == "skill" or column.target == "skill_level"


def reading_of(said: float | str) -> Reading:
    """Return what a user's answer about a value means."""
    if isinstance(said, str):
        return {"yes": Reading(mention=True), "no": ABSENT}.get(said, SILENT)
    level = round(said * 10)
    return Reading(level=(level, level))


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _in_range(numbers: Mapping[float, int]) -> str:
    return f"its numbers are from {min(numbers):g} to {max(numbers):g}" if numbers else "its values are words"


def _is_code(values: Iterable[str]) -> bool:
    """Tell whether values are signs or single letters, and so codes for something."""
    return all(len(set(value.replace(" ", ""))) <= 2 for value in values)  # noqa: PLR2004 - ●○ is of two signs
