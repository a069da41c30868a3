"""Scales of ratings: what stands in the cells, what each value says, and what tells a reader so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from tables.grid import YES, Cell, Said
from tables.words import LANGUAGES


@dataclass(frozen=True)
class Scale:
    """Values of cells with what they say, and what tells how to read them.

    `header` is the form of a header, `legend` the lines of a legend and `place` where it stands. `asked` is the kind
    of question that a reader has to ask (None: the table tells), `answer` the right one. `telling` are values without
    which the scale cannot be seen: one of them stands in each table. `may_be_unread` allows a column not understood.
    """

    name: str
    values: tuple[tuple[Any, Said], ...]
    header: str = "{}"
    legend: tuple[str, ...] = ()
    place: str | None = None
    asked: str | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    telling: tuple[Any, ...] = ()
    only_xlsx: bool = False
    may_be_unread: bool = False
    language: str | None = None

    @property
    def numbers(self) -> bool:
        """Tell whether the values are numbers, of which a total can be made."""
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value, _ in self.values)

    @property
    def family(self) -> str:
        """Return the name without what follows the colon."""
        return self.name.split(":")[0]

    def cell(self, value: Any) -> Cell:
        """Return a new cell with a value."""
        return Cell(value, "0%") if self.only_xlsx else Cell(value)


def tenths(value: float, best: float) -> int:
    """Return a level in tenths, proportional from 0 to the best value, a half rounded up."""
    return int(value * 50 / best + 0.5)


def upward(best: int, values: Iterable[float]) -> tuple[tuple[Any, Said], ...]:
    """Return numbers of a scale from 0 to its best."""
    return tuple((value, (tenths(value, best),)) for value in values)


def told_by_header() -> list[Scale]:
    """Return the scales that a header names."""
    tens, hundreds, twenties = (1, 2, 3, 4, 5, 7, 8, 9, 10), (5, 20, 45, 60, 75, 90, 100), (2, 4, 5, 9, 12, 15, 18, 20)
    forms = [
        (10, tens, ("{} (/10)", "{} /10", "{}/10", "{} out of 10", "{} (out of 10)", "{} (max 10)", "{} 1-10",
                    "{} (1-10)", "{} [0-10]", "{} score (0 to 10)", "{} (scale 1 to 10)", "{} (0–10)", "{} (von 10)",
                    "{} (sur 10)", "{} (1 bis 10)", "{} (de 0 a 10)", "{} (max. 10)", "{} rating (1-10)")),
        (100, hundreds, ("{} (/100)", "{} /100", "{} [0-100]", "{} (%)", "{} %", "{} (0-100)", "{} (percent)")),
        (20, twenties, ("{} (/20)", "{} / 20", "{} (max 20)")),
        (5, (0, 1, 2, 3, 4, 5), ("{} (0-5)", "{} (/5)", "{} (1-5)", "{} out of 5", "{} (max 5)")),
        (4, (0, 1, 2, 3, 4), ("{} (0-4)", "{} (/4)", "{} (max 4)")),
    ]  # fmt: skip
    scales = [Scale(f"header:{form}", upward(best, values), form) for best, values, all_ in forms for form in all_]
    unsure = Scale("header_10:{}_10", upward(10, tens), "{}_10", may_be_unread=True)
    return [*scales, unsure, asked_four]


asked_four = Scale("header asked:{} (1-4)", upward(4, (1, 2, 3, 4)), "{} (1-4)", asked="scale", answer={"scale": "1-4"})

PLACES = ("above", "above in cells", "under header", "own sheet", "below", "below in cells")
"""Where a legend stands; `in cells` has a row for each line, with two cells."""

LEGENDS = {
    "0-5": ((5, "expert", (50,)), (4, "proficient", (40,)), (3, "competent", (30,)), (2, "advanced beginner", (20,)),
            (1, "novice", (10,)), (0, "none", (0,))),
    # By its words or in proportion: both are right.
    "0-4": ((0, "none", (0,)), (1, "basic", (10, 13)), (2, "intermediate", (25, 30)), (3, "advanced", (38, 40)),
            (4, "expert", (50,))),
    "reversed": ((1, "expert", (50,)), (2, "advanced", (40,)), (3, "intermediate", (30,)), (4, "beginner", (10, 20)),
                 (5, "none", (0,))),
    "plus": (("+", "basic", (10,)), ("++", "good", (30,)), ("+++", "expert", (50,))),
    "plus and minus": (("++", "expert", (50,)), ("+", "good", (30,)), ("o", "basic", (10,)), ("-", "none", (0,))),
    "letters": (("A", "expert", (50,)), ("B", "advanced", (40,)), ("C", "basic", (10,)), ("D", "none", (0,))),
    "short words": (("Exp", "expert", (50,)), ("Adv", "advanced", (40,)), ("Int", "intermediate", (30,)),
                    ("Beg", "beginner", (10,))),
    "dots": (("●●●", "expert", (50,)), ("●●", "intermediate", (30,)), ("●", "basic", (10,))),
    "checks": (("✓✓", "advanced", (40,)), ("✓", "basic", (10,))),
    "mixed": (("x", "basic", (10,)), ("xx", "good", (30,)), ("xxx", "expert", (50,))),
    "de": (("+++", "Experte", (50,)), ("++", "gut", (30,)), ("+", "Grundkenntnisse", (10,)), ("-", "keine", (0,))),
    "fr": (("1", "débutant", (10,)), ("2", "intermédiaire", (30,)), ("3", "avancé", (40,))),
    "es": (("B", "básico", (10,)), ("M", "intermedio", (30,)), ("A", "avanzado", (40,))),
}  # fmt: skip
"""Codes, the words a legend explains them with, and the levels that are right."""

RANGES = {
    "1-10": ("Scale: 1-10", 10, (1, 3, 5, 7, 8, 10)),
    "0-10": ("Rating scale 0-10 (10 = best)", 10, (0, 3, 4, 6, 9, 10)),
    "0-100": ("Scores from 0 to 100", 100, (5, 20, 45, 60, 75, 100)),
    "de 0-10": ("Skala: 0 bis 10", 10, (0, 3, 4, 6, 9, 10)),
    "fr 0-10": ("Échelle de 0 à 10", 10, (0, 3, 4, 6, 9, 10)),
    "es 0-10": ("Escala de 0 a 10", 10, (0, 3, 4, 6, 9, 10)),
}
"""Legends that name both ends in numbers: the line, the best value, and values."""


def told_by_legend() -> list[Scale]:
    """Return the scales that a legend explains, at each place."""
    coded = [
        Scale(f"legend {place}:{key}", tuple((code, said) for code, _, said in lines),
              legend=tuple(f"{code} = {word}" for code, word, _ in lines), place=place)
        for place, (key, lines) in product(PLACES, LEGENDS.items())
    ]  # fmt: skip
    ranged = [
        Scale(f"range {place}:{key}", upward(best, values), legend=(line,), place=place)
        for place, (key, (line, best, values)) in product(PLACES[0::2], RANGES.items())
    ]
    mirrored = Scale(
        "range above:1 = best", tuple((value, (tenths(6 - value, 5),)) for value in range(1, 6)),
        legend=("1 = best, 5 = worst",), place="above",
    )  # fmt: skip
    return [*coded, *ranged, mirrored]


def labelled() -> list[Scale]:
    """Return scales whose values carry their label."""
    words = ("none", "basic", "fair", "good", "very good", "excellent")
    levels = ((0,), (10,), (20,), (30,), (40,), (50,))
    joined = {
        "4 - Good": "{} - {}", "4 – Good": "{} – {}", "4 = Good": "{} = {}", "4: Good": "{}: {}", "4 (Good)": "{} ({})",
        "4. Good": "{}. {}", "4 Good": "{} {}",
    }  # fmt: skip
    scales = [
        Scale(f"labelled:{key}",
              tuple((form.format(number, word.capitalize()), said) for number, (word, said) in
                    enumerate(zip(words, levels, strict=True))))
        for key, form in joined.items()
    ]  # fmt: skip
    scales.append(Scale("labelled:Good (4)", tuple(
        (f"{word.capitalize()} ({number})", said) for number, (word, said) in enumerate(zip(words, levels, strict=True))
    )))  # fmt: skip
    agree = ("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
    likert = ("Poor", "Fair", "Average", "Good", "Excellent")
    reversed_ = ("Expert", "Advanced", "Intermediate", "Advanced beginner", "Beginner")
    return [
        *scales,
        Scale("fraction:2/4 basic", tuple((f"{n}/4 {word}", (tenths(n, 4),)) for n, word in
                                          enumerate(("none", "basic", "working", "good", "expert")))),
        Scale("fraction:7/10", tuple((f"{n}/10", (tenths(n, 10),)) for n in (0, 3, 5, 6, 8, 10))),
        Scale("fraction:3 of 5", tuple((f"{n} of 5", (10 * n,)) for n in range(6))),
        Scale("percent text:85%", tuple((f"{n}%", (tenths(n, 100),)) for n in (0, 10, 25, 60, 85, 100))),
        Scale("percent text:85 %", tuple((f"{n} %", (tenths(n, 100),)) for n in (0, 10, 25, 60, 85, 100))),
        Scale("labelled:Likert", tuple((f"{n} - {word}", (10 * n,)) for n, word in enumerate(likert, start=1)),
              telling=("1 - Poor", "5 - Excellent", "3 - Average")),
        Scale("labelled:agree", tuple((f"{n} - {word}", (10 * n,)) for n, word in enumerate(agree, start=1))),
        # Mirrored, then in proportion; the words say the same.
        Scale("labelled reversed:1 - Expert", tuple(
            (f"{n} - {word}", (tenths(6 - n, 5),)) for n, word in enumerate(reversed_, start=1)
        ), telling=("1 - Expert", "5 - Beginner", "2 - Advanced")),
    ]  # fmt: skip


def by_values() -> list[Scale]:
    """Return scales that the values tell, or that have to be asked about."""
    return [
        Scale("plain:0-5", upward(5, range(6)), telling=(2, 3, 4, 5)),
        Scale("plain:halves", upward(5, (0, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)), telling=(2, 3, 4, 5)),
        Scale("percent format:0%", tuple((share, (tenths(share, 1),)) for share in (0, 0.05, 0.4, 0.5, 0.85, 0.9, 1)),
              only_xlsx=True),
        Scale("asked:0-10", upward(10, (1, 2, 3, 4, 5, 7, 8, 10)), asked="scale", answer={"scale": "0-10"},
              telling=(7, 8, 10)),
        Scale("asked:0-100", upward(100, (4, 5, 20, 45, 60, 90, 100)), asked="scale", answer={"scale": "0-100"},
              telling=(45, 60, 90)),
        Scale("asked:shares", upward(1, (0, 0.25, 0.4, 0.85, 0.9, 1)), asked="scale", answer={"scale": "0-1"},
              telling=(0.25, 0.4, 0.85)),
        Scale("stars:five", tuple(("★" * n + "☆" * (5 - n), (10 * n,)) for n in range(1, 6))),
        Scale("stars:dots of five", tuple(("●" * n + "○" * (5 - n), (10 * n,)) for n in range(6))),
        Scale("stars:dots of three", tuple(("●" * n + "○" * (3 - n), (tenths(n, 3),)) for n in range(4))),
        *(_coded(*each) for each in (
            ("plus", {"+": 1, "++": 3, "+++": 5}),
            ("letters", {"A": 5, "B": 4, "C": 2, "D": 0}),
            ("own words", {"sattelfest": 4, "geht so": 2, "null Plan": 0}),
            ("traffic lights", {"green": 4, "amber": 2, "red": 0}),
            ("house words", {"blorple": 5, "zindle": 1, "quax": 3}),
        )),
    ]  # fmt: skip


def _coded(name: str, values: Mapping[str, int]) -> Scale:
    said = tuple((code, (10 * level,)) for code, level in values.items())
    return Scale(f"asked values:{name}", said, asked="values", answer={"values": dict(values)})


def by_words() -> list[Scale]:
    """Return scales of words that every reader knows: levels, and yes and no."""
    signs = {"x": ("x", None), "✓": ("✓", "✗"), "✔": ("✔", None), "X": ("X", None)}
    return [
        *(Scale(f"words:{language.code}", tuple((word, (level,)) for word, level in language.words),
                language=language.code) for language in LANGUAGES),
        *(Scale(f"yes or no:{yes}/{no}", ((yes, (YES,)), (no, (0,))), language=language.code)
          for language in LANGUAGES for yes, no in language.yes_no),
        Scale("yes or no:booleans", ((True, (YES,)), (False, (0,)))),
        *(Scale(f"signs:{key}", ((yes, (YES,)), *([(no, (0,))] if no else []))) for key, (yes, no) in signs.items()),
    ]  # fmt: skip


SCALES = tuple(told_by_header() + told_by_legend() + labelled() + by_values() + by_words())
"""All scales."""

DECIMAL_COMMA = replace(
    next(scale for scale in SCALES if scale.name == "plain:halves"), name="plain:decimal comma",
    values=tuple((str(value).replace(".", ","), (tenths(value, 5),)) for value in (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)),
    telling=("2", "3", "4", "5"),
)  # fmt: skip
SCALES = (*SCALES, DECIMAL_COMMA)
