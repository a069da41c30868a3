"""What is done with a file, and nothing kept: `rolefit score`, `read`, `template`; and `roles`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import click
import orjson
from rich.console import Console

from service import config, rubric_library
from service.cli.common import as_json_bytes, chosen, opened, own_vocabulary, progress, reader_in_use, rubrics_in_use
from service.cli.explaining import explained, place
from service.cli.terminal import cells, draw, tell, titled
from service.core.rubric import SENIORITIES
from service.errors import InvalidInput

BRACKETED = re.compile(r" \([^()]*\)(?=:)")
"""What a criterion's title adds in brackets: a terminal is narrow."""

ROOM_FOR_GAPS = 80
"""Columns of a terminal from which on the gaps are drawn: on fewer they took a dozen lines for each candidate."""

MOST_SHOWN = 20
"""Warnings that a terminal shows."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--role", required=True, help="Such as ml_engineer; see `rolefit roles`.")
@click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES))
@click.option("--top", type=click.IntRange(1, 100_000), help="Candidates to show; default: 500, and all in a file.")
@click.option("--gate", default="any", show_default=True, type=click.Choice(("any", "pass")))
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for.")
@own_vocabulary
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".xlsx, .csv or .json")
@click.option(
    "--map",
    "told",
    multiple=True,
    metavar="HEADER=TARGET | FILE.json",
    help="What a column means (Py=skill:python@10), or an answer (scales.*=0-10).",
)
@click.option("--dry-run", is_flag=True, help="Only show how the columns are understood.")
@explained
def score(
    file: Path, role: str, seniority: str, top: int | None, gate: str, as_of: dt.datetime | None,
    vocabulary: Path | None, output: Path | None, told: tuple[str, ...], *, dry_run: bool,
) -> None:  # fmt: skip
    """Score and rank the candidates of FILE (.xlsx, .xls, .ods, .csv, .tsv, .json, .txt: one résumé or a table).

    Nothing is stored.
    """
    from service.usecases import scores  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file, score_file  # noqa: PLC0415 - as above

    mapping = _mapping(told)

    write = _writer(output) if output else None
    settings = config.from_environment()
    library = rubrics_in_use(vocabulary)
    (table,) = scores.tables_of([library.get(role).role], seniority, library)
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    kind = output.suffix.lower().removeprefix(".") if output else "json"
    wish = scores.Wish(
        table, day, top or (None if output else scores.DEFAULT_TOP), strict=gate == "pass",
        most=scores.MOST_ROWS[kind], kept=scores.KEPT[kind],
    )  # fmt: skip
    if dry_run:
        with progress(file.name) as tick:
            pool, report = read_file(file, reader_in_use(library), settings.limits, tick, mapping)
        _print_report(report)
        _print_mapping(report, len(pool))
        return
    with progress(file.name) as tick:
        defended = output is not None and output.suffix.lower() == ".xlsx"
        payload, report = score_file(
            file, reader_in_use(library), settings.limits, wish, tick, mapping, defended=defended
        )
    _print_report(report)
    if write and output:
        with opened(output) as target:
            write(payload, library, target)
        click.echo(f"{payload['shown']} of {payload['total']} candidates written to {output}")
        if payload["shown"] < payload["eligible"]:
            tell(f"The file holds the first {payload['shown']} of {payload['eligible']} eligible.", err=True)
        return
    _print_shortlist(payload)


def _mapping(told: Iterable[str]) -> dict[str, Any]:
    """Return what was said of a file, the last word on each: a file of JSON, or a header and what it means."""
    if not (said := list(told)):
        return {}
    from service.intake.tables.answers import NONE, Answers  # noqa: PLC0415 - `rolefit --help` needs none of it

    answers = NONE
    for one in said:
        header, sign, target = one.rpartition("=")
        if one.lower().endswith(".json") and not sign:
            answers = Answers.of(_mapping_file(Path(one))).over(answers)
        elif header.strip() and target.strip():
            answers = Answers.of(_said(header.strip(), target.strip())).over(answers)
        else:
            raise InvalidInput(f'--map takes "Header=target" or a file of JSON, and not {one!r}.', code="bad_mapping")
    return answers.as_data()


ANSWERED = ("scales", "values", "rows")
"""What --map may say beside columns: `scales.*=0-10`, `values.+++=5`, `rows.Max=person`."""


def _said(name: str, said: str) -> dict[str, Any]:
    part, _, key = name.partition(".")
    return {part: {key: said}} if part in ANSWERED and key else {name: said}


def _mapping_file(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidInput(f"The mapping {path.name} cannot be read: {error}.", code="bad_mapping") from None


MOST_OPTIONS = 4
"""Options that an answer is written with; more go into a file."""

Writer = Callable[[dict[str, Any], rubric_library.Library, BinaryIO], None]


def _writer(output: Path) -> Writer:
    """Return what writes a shortlist to a file of this name. Raise InvalidInput where nothing does."""
    return chosen(output, {".xlsx": _write_workbook, ".csv": _write_csv, ".json": _write_json})


def _write_workbook(payload: dict[str, Any], library: rubric_library.Library, file: BinaryIO) -> None:
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    shortlist.write_workbook(payload, library.get(payload["role"]), file)


def _write_csv(payload: dict[str, Any], _: rubric_library.Library, file: BinaryIO) -> None:
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    shortlist.write_csv(payload, file)


def _write_json(payload: dict[str, Any], _: rubric_library.Library, file: BinaryIO) -> None:
    file.write(as_json_bytes(payload))


def _print_report(report: Mapping[str, Any]) -> None:
    """Say on standard error what was not read, and why."""
    for notice in report["notices"]:
        tell(notice, err=True)
    not_understood = [column["header"] for column in report["columns"] if column["understood_as"] is None]
    if not_understood:
        tell(f"Columns not understood, and not scored: {', '.join(not_understood)}", err=True)
    for row in report["rejected"]:
        for fault in row["errors"]:
            where = place(fault) if "row" in fault else f"candidate {row['row']}, {fault.get('pointer', '')}"
            tell(f"Not read: {where}: {fault['detail']}", err=True, fg="red")
    from service.intake.tables.rows import NOT_A_SKILL  # noqa: PLC0415 - commands that read no file start without it

    values = [warning for warning in report["warnings"] if not warning["detail"].startswith(NOT_A_SKILL)]
    for warning in values[:MOST_SHOWN]:
        tell(f"{place(warning)}: {warning['value']!r}: {warning['detail']}", err=True, fg="yellow")
    if len(values) > MOST_SHOWN:
        click.echo(f"… and {len(values) - MOST_SHOWN} more values that were not read.", err=True)
    if words := report["unknown_skills"]:
        listed = ", ".join(map(_unknown_word, words[:MOST_SHOWN]))
        more = f", and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
        tell(f"Listed skills that are not in the vocabulary: {listed}{more}", err=True, fg="yellow")
    if passed := report["passed_over"]:
        listed = ", ".join(f"{one.get('column', '')}{one['row']} ({one['value']})" for one in passed[:MOST_SHOWN])
        more = f", and {report['passed_over_total'] - MOST_SHOWN} more" if len(passed) > MOST_SHOWN else ""
        tell(f"Rows and columns that are no person's were passed over: {listed}{more}", err=True)
    _print_questions(report)


def _unknown_word(word: Mapping[str, Any]) -> str:
    """Return a word that is no skill we know, how often it stood there, and what may be meant by it."""
    meant = f", is {word['suggestion']} meant?" if word["suggestion"] else ""
    return f"{word['word']} ({word['count']}{meant})"


def _print_questions(report: Mapping[str, Any]) -> None:
    """Tell what a file leaves open, with the answers there are and how each is given."""
    for question in report["questions"]:
        tell(f"? {question['question']} {question['why']} {question['unread']} cells wait for the answer.", err=True)
        for choice in question["choices"]:
            tell(f"  {choice['label']} ({choice['effect']}): {_as_option(choice['answer'])}", err=True)


def _as_option(answer: Mapping[str, Mapping[str, Any]]) -> str:
    """Return an answer as it is written on the command line; one of many values as JSON for a file."""
    (part, said), *others = answer.items()
    if others or len(said) > MOST_OPTIONS:
        return f"--map FILE.json with {orjson.dumps(answer).decode()}"
    prefix = "" if part == "columns" else f"{part}."
    return " ".join(f'--map "{prefix}{key}={value}"' for key, value in said.items())


def _print_mapping(report: Mapping[str, Any], people: int) -> None:
    """Draw how each column is understood, with samples of what stands in it."""
    rows = []
    several = len(report["sheets"]) > 1
    for column in report["columns"]:
        place = f"{column['column']}{column.get('row', '')}"
        place = f"{column['sheet']}: {place}" if several else place
        hint = f'not understood; --map "{column["header"]}={column["suggestion"]}"?'
        means = column["understood_as"] or (hint if column["suggestion"] else "not understood")
        rows.append((place, column["header"], means, " | ".join(column["samples"])))
    draw(f"{report['file']}: {people} candidates", ("Column", "Header", "Understood as", "Samples"), rows)


def _print_shortlist(payload: Mapping[str, Any]) -> None:
    """Draw the shortlist as a table, then say who is not on it and why."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    console = Console()
    drawn = titled(f"{payload['title']}, {payload['seniority']}, {payload['as_of']}")
    drawn.add_column("Rank", justify="right")
    drawn.add_column("Name", min_width=16)
    drawn.add_column("Fit", justify="right", no_wrap=True)
    drawn.add_column("Gate")
    drawn.add_column("Seniority")
    has_room = console.width >= ROOM_FOR_GAPS
    if has_room:
        drawn.add_column("Top gaps", ratio=1, min_width=16)
    for row in shortlist.ranking_frame(payload).to_dict("records"):
        fit = f"{row['Fit']:.2f} – {row['Fit at most']:.2f}"
        gaps = BRACKETED.sub("", row["Top gaps"])
        told = (str(row["Rank"]), row["Name"] or row["ID"], fit, row["Gate"], row["Seniority estimate"], gaps)
        drawn.add_row(*cells(*told)[: len(drawn.columns)])
    console.print(drawn)
    if not has_room:
        console.print(f"Top gaps need a terminal of {ROOM_FOR_GAPS} columns; -o FILE writes them.", highlight=False)
    gates = payload["gates"]
    console.print(
        f"{payload['shown']} of {payload['total']} shown: {gates['pass']} pass every must-have, {gates['open']} have "
        f"one that is not known yet, {gates['fail']} are missing one.",
    )
    for person in payload["not_eligible"]:
        who = person["candidate"]["name"] or person["candidate"]["external_id"]
        console.print(*cells(f"  not eligible: {who} ({person['fit']:.2f}). {person['reason']}"))


@click.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="Candidates to show.")
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for.")
@click.option(
    "--map", "told", multiple=True, metavar="HEADER=TARGET | FILE.json", help="What a column means: Py=skill:python"
)
@own_vocabulary
@click.option("--json", "as_json", is_flag=True, help="Write everything as JSON to standard output.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".xlsx, .csv or .json")
@explained
def read_listing(
    file: Path, top: int, as_of: dt.datetime | None, told: tuple[str, ...], vocabulary: Path | None,
    output: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Say what is read of the candidates of FILE, where it stands, and what is ignored and why. Nothing is stored."""
    from service.usecases import evidence  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file  # noqa: PLC0415 - as above

    mapping = _mapping(told)
    write = _listing_writer(output) if output else None
    settings = config.from_environment()
    library = rubrics_in_use(vocabulary)
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    with progress(file.name) as tick:
        pool, report = read_file(file, reader_in_use(library), settings.limits, tick, mapping)
    most = None if output or as_json else top
    payload = evidence.listing(list(pool.values()), report, library, day, most)
    if as_json:
        click.echo(as_json_bytes(payload), nl=False)
        return
    if write and output:
        with opened(output) as target:
            write(payload, target)
        _print_report({**report, "warnings": [], "unknown_skills": []})
        click.echo(f"What was read of {payload['total']} candidates written to {output}")
        return
    _print_listing(payload)
    _print_report({**report, "warnings": [], "unknown_skills": []})


def _listing_writer(output: Path) -> Callable[[dict[str, Any], BinaryIO], None]:
    """Return what writes a listing to a file of this name. Raise InvalidInput where nothing does."""
    from service.reports import evidence as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    writers: dict[str, Callable[[dict[str, Any], BinaryIO], None]] = {
        ".xlsx": report.write_workbook,
        ".csv": report.write_csv,
        ".json": lambda payload, target: target.write(as_json_bytes(payload)) and None,
    }
    return chosen(output, writers)


def _print_listing(payload: Mapping[str, Any]) -> None:
    """Print what was read of the first candidates, then what was not, over the whole file."""
    from service.reports import listing  # noqa: PLC0415 - pandas is loaded when a table is drawn

    width = Console().width
    for entry in payload["results"]:
        name, *lines = listing.entry_lines(entry, width)
        tell(name, bold=True)
        for line in (*lines, ""):
            tell(line)
    if (shown := len(payload["results"])) < payload["total"]:
        click.echo(f"The first {shown} of {payload['total']} candidates; --top shows more, -o FILE writes all.\n")
    for line in listing.words_lines(payload, width):
        tell(line)


@click.command()
@explained
def roles() -> None:
    """List the roles, with what each must have."""
    library = rubrics_in_use()
    rows = [
        (one.role, one.title, str(one.version), ", ".join(c.title for c in one.criteria if c.requirement == "must"))
        for one in library.rubrics.values()
    ]
    draw("", ("Role", "Title", "Version", "Must have"), rows)


@click.command()
@click.option("--role", default="ml_engineer", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: candidates-ROLE.xlsx")
@explained
def template(role: str, output: Path | None) -> None:
    """Write an empty workbook for a role, to fill in and score."""
    from service.reports import template as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    library = rubrics_in_use()
    rubric = library.get(role)
    output = output or Path(f"candidates-{role}.xlsx")
    write = chosen(output, {".xlsx": report.write_template})
    words = [(level, *named) for level, named in library.words.names.items()]
    with opened(output) as file:
        write(rubric, file, words)
    click.echo(f"Template for {rubric.title} written to {output}")


COMMANDS = (score, read_listing, roles, template)
