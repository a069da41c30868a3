"""Noise: what people add to a table and what does not change what it says of anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tables.grid import Cell, Grid, Row, cells, row_of
from tables.layouts import Draw, Layout
from tables.scales import Scale


@dataclass(frozen=True)
class Noise:
    """One kind of noise. `inner` noise is added before a table is turned, outer noise after that."""

    name: str
    add: Callable[[Grid, Draw], None]
    fits: Callable[[Scale, Layout], bool] = lambda _scale, _layout: True
    inner: bool = True


def _columns(grid: Grid) -> dict[int, list[Cell]]:
    """Return the cells that hold ratings or lists, by the index of their column."""
    claimed = {id(claim.cell) for claim in grid.claims}
    found: dict[int, list[Cell]] = {}
    for row in grid.rows:
        for at, cell in enumerate(row.cells):
            if id(cell) in claimed:
                found.setdefault(at, []).append(cell)
    return found


def _summary(grid: Grid, label: str, make: Callable[[list[Cell]], Any]) -> Row:
    """Return a row with a label and a value for each rated column."""
    row = [Cell() for _ in grid.header]
    row[0].value = label
    for at, column in _columns(grid).items():
        if at:
            row[at] = Cell(make(column), column[0].style)
    return Row(row)


def _figure(label: str, column: list[Cell]) -> Any:
    """Return a total, a mean or a count, as a label says; columns without numbers are counted."""
    numbers = [cell.value for cell in column if isinstance(cell.value, int | float)]
    if label in {"Count", "Anzahl", "Nombre"} or not numbers:
        return len(column)
    if label in {"Max", "Maximum", "Máximo", "Min"}:
        return max(numbers)
    if label in {"Total", "Grand Total", "Sum", "Summe", "Gesamt", "Total général", "Somme", "Suma"}:
        return round(sum(numbers), 2)
    return round(sum(numbers) / len(numbers), 2)


def totals(grid: Grid, draw: Draw) -> None:
    for label in draw.rng.sample(draw.language.totals, draw.rng.randint(1, 3)):
        row = _summary(grid, label, lambda column, label=label: _figure(label, column))
        grid.rows.insert(grid.after_last("person"), row)


def targets(grid: Grid, draw: Draw) -> None:
    label = draw.rng.choice(draw.language.targets)
    row = _summary(grid, label, lambda _column: draw.rng.choice(draw.scale.values)[0])
    grid.rows.insert(draw.rng.choice([grid.after_last("header"), grid.after_last("person")]), row)


def example(grid: Grid, draw: Draw) -> None:
    label = draw.rng.choice(draw.language.examples)
    row = _summary(grid, label, lambda _column: draw.rng.choice(draw.scale.values)[0])
    grid.rows.insert(grid.after_last("header"), row)


def guide(grid: Grid, _draw: Draw) -> None:
    """Say under each header what to fill in."""
    grid.rows.insert(grid.after_last("header"), _summary(grid, "(how to fill in)", lambda _column: "0 to 5"))


def repeated_header(grid: Grid, _draw: Draw) -> None:
    head = [Row(cells(cell.value for cell in row.cells)) for row in grid.rows if row.part == "header"]
    at = (grid.first("person") + grid.after_last("person") + 1) // 2
    grid.rows[at:at] = head


def separators(grid: Grid, draw: Draw) -> None:
    at = draw.rng.randint(grid.first("person"), grid.after_last("person") - 1)
    grid.rows.insert(at, row_of(draw.rng.choice(draw.language.groups)))


def sections(grid: Grid, draw: Draw) -> None:
    """Put a group's name between the skills of a turned table."""
    names = [wordings[0] for wordings in draw.language.categories.values()]
    at = draw.rng.randint(grid.first("person"), grid.after_last("person") - 1)
    grid.rows.insert(at, row_of(draw.rng.choice(names)))


def blank_rows(grid: Grid, draw: Draw) -> None:
    for _ in range(draw.rng.randint(1, 3)):
        grid.rows.insert(draw.rng.randint(grid.first("person"), grid.after_last("person")), row_of(None))


def blank_column(grid: Grid, _draw: Draw) -> None:
    for row in grid.rows:
        row.cells.insert(0, Cell())


def gap_before_ratings(grid: Grid, draw: Draw) -> None:
    at = len(draw.id_headers())
    for row in grid.rows:
        if len(row.cells) > at:
            row.cells.insert(at, Cell())


def summary_column(grid: Grid, draw: Draw) -> None:
    """Add a column with each person's average or total."""
    label = draw.rng.choice(draw.language.totals)
    claimed = {id(claim.cell) for claim in grid.claims}
    for row in grid.rows:
        if row.part == "header":
            row.cells.append(Cell(label if row.cells is grid.header else None, down=2 if row.cells[0].down == 2 else 1))
        elif row.part == "person":
            own = [cell for cell in row.cells if id(cell) in claimed]
            row.cells.append(Cell(_figure(label, own) if own else None, own[0].style if own else None))


def extra_columns(grid: Grid, draw: Draw) -> None:
    """Add columns that say nothing of skills."""
    for header, value in draw.rng.sample(draw.language.extra, 2):
        for row in grid.rows:
            if row.part == "header":
                row.cells.append(Cell(header if row.cells is grid.header else None, down=row.cells[0].down))
            elif row.part == "person":
                row.cells.append(Cell(value))


def row_numbers(grid: Grid, draw: Draw) -> None:
    """Number the rows in a first column."""
    header, number = Cell(draw.rng.choice(("#", "S.No", "Sr. No.", "Nr.", "N°"))), 0
    for row in grid.rows:
        number += row.part == "person"
        row.cells.insert(0, Cell(number) if row.part == "person" else Cell())
    grid.header[0] = header


def titles(grid: Grid, draw: Draw) -> None:
    title = Cell(draw.rng.choice(draw.language.titles), across=draw.rng.choice((1, 2)))
    grid.rows[:0] = [Row([title]), *[row_of(None)] * draw.rng.randint(0, 2)]


def notes(grid: Grid, draw: Draw) -> None:
    grid.rows += [row_of(None), row_of(draw.rng.choice(draw.language.notes))]


def _headers(grid: Grid) -> list[Cell]:
    return [cell for row in grid.rows if row.part == "header" for cell in row.cells if isinstance(cell.value, str)]


def capitals(grid: Grid, draw: Draw) -> None:
    change = draw.rng.choice((str.upper, str.lower))
    for cell in _headers(grid):
        cell.value = change(cell.value)


def spaces(grid: Grid, draw: Draw) -> None:
    for cell in _headers(grid):
        cell.value = draw.rng.choice((" {} ", "{}\u00a0", "{}  ", "\u00a0{}", "{}\n")).format(cell.value)


def colons(grid: Grid, _draw: Draw) -> None:
    for cell in _headers(grid):
        cell.value += ":"


def footnotes(grid: Grid, draw: Draw) -> None:
    mark = draw.rng.choice(("*", "**", "†", " *", "¹"))
    for cell in draw.rng.sample(_headers(grid), min(3, len(_headers(grid)))):
        cell.value += mark


def _rated(grid: Grid, draw: Draw, share: float) -> list[Cell]:
    """Return some of the cells with a rating, none of those without which the scale cannot be seen."""
    found = {
        id(claim.cell): claim.cell for claim in grid.claims if claim.said and not claim.months and not claim.optional
    }
    free = [cell for cell in found.values() if cell.value not in draw.scale.telling]
    return draw.rng.sample(free, min(len(free), max(1, round(len(free) * share))))


def _silence(grid: Grid, cell: Cell, value: Any, style: str | None = None) -> None:
    """Put a value into a cell that says nothing, and forget what the cell said."""
    cell.value, cell.style = value, style
    silenced = [claim.silenced() for claim in grid.claims if claim.cell is cell and claim.named]
    grid.claims = [claim for claim in grid.claims if claim.cell is not cell] + silenced


def not_available(grid: Grid, draw: Draw) -> None:
    codes = {value for value, _ in draw.scale.values}
    words = ["n/a", "N/A", "?", "TBD", *([] if "-" in codes else ["-", "–"])]
    for cell in _rated(grid, draw, 0.2):
        _silence(grid, cell, draw.rng.choice(words))


def dates(grid: Grid, draw: Draw) -> None:
    for cell in _rated(grid, draw, 0.1):
        _silence(grid, cell, dt.date(2026, 5, 3), "d-mmm")
        grid.loose.append(cell)


def errors(grid: Grid, draw: Draw) -> None:
    for cell in _rated(grid, draw, 0.1):
        _silence(grid, cell, draw.rng.choice(("#REF!", "#DIV/0!", "#VALUE!")))
        grid.loose.append(cell)


def remarks(grid: Grid, draw: Draw) -> None:
    for cell in _rated(grid, draw, 0.1):
        _silence(grid, cell, draw.rng.choice(("see CV", "ask Tom", "to check with the team")))
        grid.loose.append(cell)


def spaces_in_cells(grid: Grid, draw: Draw) -> None:
    for cell in _rated(grid, draw, 0.5):
        if isinstance(cell.value, int | str) and not isinstance(cell.value, bool) and not cell.style:
            cell.value = draw.rng.choice((" {}", "{} ", "{}\u00a0")).format(cell.value)


def numbers_as_text(grid: Grid, draw: Draw) -> None:
    for cell in _rated(grid, draw, 1):
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and not cell.style:
            cell.value = str(cell.value)


def _is_matrix(_scale: Scale, layout: Layout) -> bool:
    return layout.rated and layout.matrix


def _in_rows(scale: Scale, layout: Layout) -> bool:
    return _is_matrix(scale, layout) and not layout.turned


def _down(_scale: Scale, layout: Layout) -> bool:
    return not layout.turned


def _has_figures(scale: Scale, layout: Layout) -> bool:
    return _is_matrix(scale, layout) and scale.numbers


def _is_rated(_scale: Scale, layout: Layout) -> bool:
    return layout.rated


def _is_told(scale: Scale, layout: Layout) -> bool:
    """Tell whether remarks in cells leave the table readable: the values themselves are no question."""
    return layout.rated and not scale.asked


NOISES = (
    Noise("totals", totals, _is_matrix),
    Noise("targets", targets, _is_matrix),
    Noise("example", example, _is_matrix),
    Noise("guide", guide, lambda scale, layout: _in_rows(scale, layout) and scale.name == "plain:0-5"),
    Noise("repeated header", repeated_header, _down),
    Noise("separators", separators, _down),
    Noise("summary column", summary_column, _has_figures),
    Noise("extra columns", extra_columns),
    Noise("row numbers", row_numbers, _down),
    Noise("capitals", capitals),
    Noise("spaces", spaces),
    Noise("colons", colons),
    Noise("footnotes", footnotes),
    Noise("not available", not_available, _is_rated),
    Noise("dates", dates, _is_told),
    Noise("errors", errors, _is_told),
    Noise("remarks", remarks, _is_told),
    Noise("spaces in cells", spaces_in_cells, _is_rated),
    Noise("numbers as text", numbers_as_text, _is_rated),
    Noise("sections", sections, lambda _scale, layout: layout.turned, inner=False),
    Noise("blank rows", blank_rows, inner=False),
    Noise("blank column", blank_column, inner=False),
    Noise("gap before ratings", gap_before_ratings, _down, inner=False),
    Noise("titles", titles, inner=False),
    Noise("notes", notes, inner=False),
)  # fmt: skip
"""All noise."""
