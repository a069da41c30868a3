"""Tables of candidates with known truth: scales x layouts x languages x noise, each made from a seed.

`specs` draws what to make so that all pairs of scale, layout, language, noise and file come together; `make` makes
one table: its grid of cells, the people in it, and what each cell says of them. All people are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from tables.grid import Claim, Grid, Row, row_of, text_writer, write_xlsx
from tables.layouts import LAYOUTS, Draw, Layout, Person, long
from tables.noise import NOISES, Noise
from tables.scales import SCALES, Scale
from tables.words import LANGUAGES, NAMES, SKILLS, Language

FILES: dict[str, tuple[str, Callable[[Grid, Path], None]]] = {
    "xlsx": (".xlsx", write_xlsx),
    "csv, comma": (".csv", text_writer(",", "utf-8")),
    "csv, semicolon, BOM": (".csv", text_writer(";", "utf-8-sig")),
    "csv, semicolon, cp1252": (".csv", text_writer(";", "cp1252")),
    "csv, tab, UTF-16": (".csv", text_writer("\t", "utf-16")),
    "tsv": (".tsv", text_writer("\t", "utf-8")),
    "txt, tab, UTF-16": (".txt", text_writer("\t", "utf-16")),
}
"""Kinds of files: the ending and the writer."""

IDENTITIES = (
    ("name",), ("name", "email"), ("id", "name"), ("name", "years"), ("id", "name", "email", "years"),
    ("first", "last"), ("id",), ("email",), ("first", "last", "email", "years"),
)  # fmt: skip
"""Columns that say who a row is about."""

YEARS: dict[str, tuple[tuple[Any, tuple[int, int | None]], ...]] = {
    "": ((6, (72, 72)), (3, (36, 36)), (12, (144, 144)), (2.5, (30, 30)), ("3-5", (36, 60)), ("10+", (120, None))),
    "en": (("5 years", (60, 60)), ("5 Year(s) 6 Month(s)", (66, 66)), ("3y 2m", (38, 38)), ("8 months", (8, 8)),
           ("10 Years 11 Months", (131, 131)), ("5 Yrs 6 Mths", (66, 66)), ("4 yrs", (48, 48))),
    "de": (("5 Jahre", (60, 60)), ("8 Monate", (8, 8))),
    "fr": (("5 ans", (60, 60)), ("8 mois", (8, 8))),
    "es": (("5 años", (60, 60)), ("8 meses", (8, 8))),
}  # fmt: skip
"""Values of a column of years, with their months; those of any language first."""

UNRATED = Scale("no ratings", ())
"""The scale of a layout without ratings."""


@dataclass(frozen=True)
class Spec:
    """What to make."""

    scale: Scale
    layout: Layout
    language: Language
    identity: tuple[str, ...]
    file: str
    noises: tuple[Noise, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of all that it is made of."""
        noises = tuple(f"noise {noise.name}" for noise in self.noises)
        return (
            f"scale {self.scale.family}", f"layout {self.layout.name}", f"language {self.language.code}",
            f"who {'+'.join(self.identity)}", f"file {self.file}", *noises,
        )  # fmt: skip

    def __str__(self) -> str:
        return " | ".join((self.scale.name, *self.parts[1:]))


@dataclass(frozen=True)
class Table:
    """A table, and all that is true of it."""

    seed: int
    spec: Spec
    grid: Grid
    people: tuple[Person, ...]

    @property
    def is_decidable(self) -> bool:
        """Tell whether a reader can know what the ratings say without asking."""
        return self.spec.scale.asked is None

    @property
    def claims(self) -> list[Claim]:
        """Return what the cells say, once a question is answered."""
        return self.grid.claims

    def waits(self, claim: Claim) -> bool:
        """Tell whether a claim stays unknown until a question is answered."""
        return claim.rating and not claim.optional and not self.is_decidable

    @property
    def answer(self) -> Mapping[str, Any]:
        """Return the right answer: `scale`, by its ends, or `values` with the level of each code."""
        return self.spec.scale.answer

    def key(self, person: Person) -> str:
        """Return what names a person in this table."""
        identity = set(self.spec.identity)
        return person.name if identity & {"name", "first"} else person.id if "id" in identity else person.email

    def write(self, folder: Path) -> Path:
        """Write the table as a file and return its path."""
        ending, write = FILES[self.spec.file]
        path = folder / f"table{ending}"
        write(self.grid, path)
        return path


def make(seed: int, spec: Spec) -> Table:
    """Make a table from a seed: the same seed and spec give the same table."""
    rng = Random(seed)
    names = rng.sample(_names(spec), rng.randint(2, 6))
    numbers = rng.sample(range(1000, 10_000), len(names))
    people = [_person(rng, spec, *one) for one in zip(names, numbers, strict=True)]
    skills = rng.sample(list(SKILLS), rng.randint(4, 8))
    while True:  # until a value stands in it that tells the scale
        draw = Draw(rng, spec.language, spec.scale, spec.identity, people, skills)
        grid = spec.layout.lay(draw)
        values = [claim.cell.value for claim in grid.claims]
        if not spec.scale.telling or any(value in spec.scale.telling for value in values):
            break
    _dirty(grid, draw, spec)
    return Table(seed, spec, grid, tuple(people))


def _dirty(grid: Grid, draw: Draw, spec: Spec) -> None:
    """Add the noise, turn the table where it lies across, and add the legend."""
    for noise in spec.noises:
        if noise.inner:
            noise.add(grid, draw)
    if spec.layout.turned:
        grid.transpose()
    for noise in spec.noises:
        if not noise.inner:
            noise.add(grid, draw)
    if spec.scale.legend:
        LEGEND_PLACES[spec.scale.place](grid, draw)


def _names(spec: Spec) -> list[str]:
    """Return the names that the encoding of the file can hold."""
    return [name for name in NAMES if "cp1252" not in spec.file or _fits(name)]


def _fits(text: str) -> bool:
    """Tell whether Windows' Western encoding holds a text."""
    return text.encode("cp1252", "replace").decode("cp1252") == text


def _person(rng: Random, spec: Spec, name: str, number: int) -> Person:
    years, months = rng.choice(YEARS[""] + YEARS[spec.language.code])
    return Person(name, f"C-{number}", f"p{number}@example.org", years, months)


def _one_line(draw: Draw) -> Row:
    word = draw.rng.choice(draw.language.legend)
    is_named = ":" in draw.scale.legend[0] or "scale" in draw.scale.legend[0].lower()
    text = draw.rng.choice((", ", "; ", " | ")).join(draw.scale.legend)
    return row_of(text if is_named else f"{word}: {text}")


def _in_cells(draw: Draw) -> list[Row]:
    lines = (line.split(" = ") for line in draw.scale.legend)
    return [row_of(draw.rng.choice(draw.language.legend)), *(row_of(_number(code), word) for code, word in lines)]


def _number(code: str) -> int | str:
    return int(code) if code.isdigit() else code


LEGEND_PLACES: dict[str | None, Callable[[Grid, Draw], None]] = {
    "above": lambda grid, draw: grid.rows.insert(0, _one_line(draw)),
    "above in cells": lambda grid, draw: grid.rows.__setitem__(slice(0, 0), [*_in_cells(draw), row_of(None)]),
    "under header": lambda grid, draw: grid.rows.insert(grid.after_last("header"), _one_line(draw)),
    "own sheet": lambda grid, draw: grid.sheets.append((draw.language.legend[0], _in_cells(draw))),
    "below": lambda grid, draw: grid.rows.extend([row_of(None), _one_line(draw)]),
    "below in cells": lambda grid, draw: grid.rows.extend([row_of(None), *_in_cells(draw)]),
}
"""How a legend is added at each place."""


def draw_spec(rng: Random) -> Spec:
    """Draw what to make: parts that go together."""
    layout = rng.choice(LAYOUTS)
    language = rng.choice([one for one in LANGUAGES if one.code in layout.languages])
    scale = _scale(rng, layout, language) if layout.rated else UNRATED
    files = [name for name in FILES if name == "xlsx" or not (scale.only_xlsx or scale.place == "own sheet")]
    files = [name for name in files if "cp1252" not in name or all(_fits(str(value)) for value, _ in scale.values)]
    file = "xlsx" if rng.random() < 0.4 else rng.choice(files)
    identity = rng.choice([one for one in IDENTITIES if _go_together(one, layout)])
    fitting = [noise for noise in NOISES if noise.fits(scale, layout)]
    chosen = rng.sample(fitting, rng.choice((0, 1, 2, 2, 3)))
    return Spec(scale, layout, language, identity, file, tuple(noise for noise in NOISES if noise in chosen))


def _go_together(identity: tuple[str, ...], layout: Layout) -> bool:
    """Tell whether a layout can hold columns of identity: years beside a skill or prose may mean other years."""
    return (
        identity[0] == "name" if layout.turned else "years" not in identity or not (layout.prose or layout.lay is long)
    )


def _scale(rng: Random, layout: Layout, language: Language) -> Scale:
    """Draw a family of scales, then one of it."""
    fitting = [
        scale for scale in SCALES
        if (layout.by_header or scale.header == "{}") and scale.language in {None, language.code}
    ]  # fmt: skip
    family = rng.choice(sorted({scale.family for scale in fitting}))
    return rng.choice([scale for scale in fitting if scale.family == family])


def specs(count: int, seed: int, choice: int = 8) -> Iterator[Spec]:
    """Yield what to make, each time the one of a few draws that brings most new pairs of parts together."""
    rng = Random(seed)
    seen: set[tuple[str, str]] = set()
    for _ in range(count):
        drawn = [draw_spec(rng) for _ in range(choice)]
        best = max(drawn, key=lambda spec: len(set(combinations(spec.parts, 2)) - seen))
        seen |= set(combinations(best.parts, 2))
        yield best


def tables(count: int, seed: int) -> Iterator[Table]:
    """Yield tables."""
    for number, spec in enumerate(specs(count, seed)):
        yield make(seed * 1_000_003 + number, spec)
