"""The door for people at a terminal: `rolefit serve`, `score`, `read`, `template`, `backup`, `rubrics` and others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
import orjson
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table as Drawn

from service import config, rubric_library, shipped
from service.cli import accounts, keeping, versions
from service.cli.explaining import CannotWrite, explained, place
from service.core.rubric import SENIORITIES
from service.errors import BrokenRubric, InvalidInput
from service.intake.sheet import NOT_A_SKILL

W = TypeVar("W")

BRACKETED = re.compile(r" \([^)]*\)(?=:)")
"""What a criterion's title adds in brackets: a terminal is narrow."""

MOST_SHOWN = 20
"""Warnings that a terminal shows."""


@click.group()
@click.version_option(package_name="rolefit")
def main() -> None:
    """Score candidates against the skills matrix of AI roles, and rank them."""


main.add_command(accounts.keys)
main.add_command(accounts.users)
for kept in (keeping.audit, keeping.replay, keeping.sweep, keeping.backup, keeping.restore):
    main.add_command(kept)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the embedded database.")
@click.option("--samples", is_flag=True, help="Import the sample candidates (invented people) first.")
@click.option("--no-worker", is_flag=True, help="Leave large imports to `rolefit worker`.")
@explained
def serve(host: str, port: int, data: Path | None, *, samples: bool, no_worker: bool) -> None:
    """Serve the API and its pages."""
    from service import server  # noqa: PLC0415 - Flask is loaded only to serve

    settings = config.from_environment()
    server.run(settings, host, port, data=data, samples=samples, works=not no_worker, say=click.echo)


@main.command()
@explained
def worker() -> None:
    """Do large imports apart from `rolefit serve`, beside as many others as you like. Needs PostgreSQL."""
    from service import server  # noqa: PLC0415 - as above

    settings = config.from_environment()
    if not settings.database_url.startswith("postgres"):
        raise config.BadSetting("A worker apart needs ROLEFIT_DATABASE_URL to name PostgreSQL: SQLite has one writer.")
    server.run_worker(settings)


def _library() -> rubric_library.Library:
    """Return the rubrics in use, with the user's own vocabulary."""
    settings = config.from_environment()
    return rubric_library.load(settings.rubrics, settings.vocabulary)


own_vocabulary = click.option(
    "--vocabulary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own skills and names beside ours; default: ROLEFIT_VOCABULARY.",
)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--role", required=True, help="Such as ml_engineer; see `rolefit roles`.")
@click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES))
@click.option("--top", default=500, show_default=True, type=click.IntRange(1, 10_000), help="Candidates to show.")
@click.option("--gate", default="any", show_default=True, type=click.Choice(("any", "pass")))
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for.")
@own_vocabulary
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".xlsx, .csv or .json")
@click.option(
    "--map", "told", multiple=True, metavar="HEADER=TARGET | FILE.json", help="What a column means: Py=skill:python@10"
)
@click.option("--dry-run", is_flag=True, help="Only show how the columns are understood.")
@explained
def score(
    file: Path, role: str, seniority: str, top: int, gate: str, as_of: dt.datetime | None,
    vocabulary: Path | None, output: Path | None, told: tuple[str, ...], *, dry_run: bool,
) -> None:  # fmt: skip
    """Score and rank the candidates of FILE (.xlsx, .xls, .ods, .csv, .json; .txt: one résumé). Nothing is stored."""
    from service.usecases import reader_of, scores  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file, score_file  # noqa: PLC0415 - as above

    mapping = _mapping(told)

    write = _writer(output) if output else None
    settings = config.from_environment()
    library = rubric_library.load(settings.rubrics, vocabulary or settings.vocabulary)
    (table,) = scores.tables_of([library.get(role).role], seniority, library)
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    wish = scores.Wish(table, day, top, strict=gate == "pass")
    if dry_run:
        with _progress(file.name) as tick:
            pool, report = read_file(file, reader_of(library), settings.limits, tick, mapping)
        _print_report(report)
        _print_mapping(report, len(pool))
        return
    with _progress(file.name) as tick:
        defended = output is not None and output.suffix.lower() == ".xlsx"
        payload, report = score_file(file, reader_of(library), settings.limits, wish, tick, mapping, defended=defended)
    _print_report(report)
    if write and output:
        with _opened(output) as target:
            write(payload, library, target)
        click.echo(f"{payload['shown']} of {payload['total']} candidates written to {output}")
        return
    _print_shortlist(payload)


def _mapping(told: Iterable[str]) -> dict[str, str]:
    """Return what was said of columns: a file of JSON, or a header and what it means."""
    mapping: dict[str, str] = {}
    for one in told:
        header, sign, target = one.rpartition("=")
        if one.lower().endswith(".json") and not sign:
            mapping |= _mapping_file(Path(one))
        elif header.strip() and target.strip():
            mapping[" ".join(header.split())] = target.strip()
        else:
            raise InvalidInput(f'--map takes "Header=target" or a file of JSON, and not {one!r}.', code="bad_mapping")
    return mapping


def _mapping_file(path: Path) -> dict[str, str]:
    try:
        mapping = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidInput(f"The mapping {path.name} cannot be read: {error}.", code="bad_mapping") from None
    if not isinstance(mapping, dict) or not all(isinstance(target, str) for target in mapping.values()):
        raise InvalidInput(f'{path.name} is no object such as {{"Py": "skill:python"}}.', code="bad_mapping")
    return mapping


Writer = Callable[[dict[str, Any], rubric_library.Library, BinaryIO], None]


def _writer(output: Path) -> Writer:
    """Return what writes a shortlist to a file of this name. Raise InvalidInput where nothing does."""
    return _chosen(output, {".xlsx": _write_workbook, ".csv": _write_csv, ".json": _write_json})


def _chosen(output: Path, writers: Mapping[str, W]) -> W:
    """Return the writer for the ending of a file's name. Raise CannotWrite or InvalidInput where there is none."""
    if not output.parent.is_dir():
        raise CannotWrite(f"There is no folder {output.parent} to write {output.name} to.")
    if output.suffix.lower() not in writers:
        raise InvalidInput(f"{output.name} ends in none of {', '.join(writers)}.", code="unknown_output")
    return writers[output.suffix.lower()]


@contextmanager
def _opened(output: Path) -> Iterator[BinaryIO]:
    """Open a file to write. Raise CannotWrite where that is not possible."""
    try:
        with output.open("wb") as file:
            yield file
    except OSError as error:
        raise CannotWrite(f"{output} cannot be written: {error.strerror}.") from None


def _write_workbook(payload: dict[str, Any], library: rubric_library.Library, file: BinaryIO) -> None:
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    shortlist.write_workbook(payload, library.get(payload["role"]), file)


def _write_csv(payload: dict[str, Any], _: rubric_library.Library, file: BinaryIO) -> None:
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    shortlist.write_csv(payload, file)


def _write_json(payload: dict[str, Any], _: rubric_library.Library, file: BinaryIO) -> None:
    file.write(_json(payload))


def _json(payload: Any) -> bytes:
    return orjson.dumps(payload, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str)


@contextmanager
def _progress(name: str) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many candidates were read; elsewhere nothing."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}: {task.completed:.0f} candidates read"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=None)
        yield lambda: progress.advance(task)


def _print_report(report: Mapping[str, Any]) -> None:
    """Say on standard error what was not read, and why."""
    for notice in report["notices"]:
        click.echo(notice, err=True)
    not_understood = [column["header"] for column in report["columns"] if column["understood_as"] is None]
    if not_understood:
        click.echo(f"Columns not understood, and not scored: {', '.join(not_understood)}", err=True)
    for row in report["rejected"]:
        for fault in row["errors"]:
            where = place(fault) if "row" in fault else f"candidate {row['row']}, {fault.get('pointer', '')}"
            click.secho(f"Not read: {where}: {fault['detail']}", err=True, fg="red")
    values = [warning for warning in report["warnings"] if not warning["detail"].startswith(NOT_A_SKILL)]
    for warning in values[:MOST_SHOWN]:
        click.secho(f"{place(warning)}: {warning['value']!r}: {warning['detail']}", err=True, fg="yellow")
    if len(values) > MOST_SHOWN:
        click.echo(f"… and {len(values) - MOST_SHOWN} more values that were not read.", err=True)
    if words := report["unknown_skills"]:
        listed = ", ".join(map(_unknown_word, words[:MOST_SHOWN]))
        more = f", and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
        click.secho(f"Listed skills that are not in the vocabulary: {listed}{more}", err=True, fg="yellow")


def _unknown_word(word: Mapping[str, Any]) -> str:
    """Return a word that is no skill we know, how often it stood there, and what may be meant by it."""
    meant = f", is {word['suggestion']} meant?" if word["suggestion"] else ""
    return f"{word['word']} ({word['count']}{meant})"


def _print_mapping(report: Mapping[str, Any], people: int) -> None:
    """Draw how each column is understood, with samples of what stands in it."""
    drawn = Drawn(title=f"{report['file']}: {people} candidates", title_justify="left", box=SIMPLE)
    for heading in ("Column", "Header", "Understood as", "Samples"):
        drawn.add_column(heading)
    several = len(report["sheets"]) > 1
    for column in report["columns"]:
        place = f"{column['column']}{column.get('row', '')}"
        place = f"{column['sheet']}: {place}" if several else place
        hint = f'not understood; --map "{column["header"]}={column["suggestion"]}"?'
        means = column["understood_as"] or (hint if column["suggestion"] else "not understood")
        drawn.add_row(*map(escape, (place, column["header"], means, " | ".join(column["samples"]))))
    Console().print(drawn)


def _print_shortlist(payload: Mapping[str, Any]) -> None:
    """Draw the shortlist as a table, then say who is not on it and why."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    console = Console()
    drawn = Drawn(
        title=f"{payload['title']}, {payload['seniority']}, {payload['as_of']}", title_justify="left", box=SIMPLE
    )
    drawn.add_column("Rank", justify="right")
    drawn.add_column("Name", min_width=16)
    drawn.add_column("Fit", justify="right", no_wrap=True)
    drawn.add_column("Gate")
    drawn.add_column("Seniority")
    drawn.add_column("Top gaps", ratio=1)
    for row in shortlist.ranking_frame(payload).to_dict("records"):
        fit = f"{row['Fit']:.2f} – {row['Fit at most']:.2f}"
        drawn.add_row(*map(escape, (str(row["Rank"]), row["Name"] or row["ID"], fit, row["Gate"],
                                    row["Seniority estimate"], BRACKETED.sub("", row["Top gaps"]))))  # fmt: skip
    console.print(drawn)
    gates = payload["gates"]
    console.print(
        f"{payload['shown']} of {payload['total']} shown: {gates['pass']} pass every must-have, {gates['open']} have "
        f"one that is not known yet, {gates['fail']} are missing one.",
    )
    for person in payload["not_eligible"]:
        who = person["candidate"]["name"] or person["candidate"]["external_id"]
        console.print(f"  not eligible: {who} ({person['fit']:.2f}). {person['reason']}", markup=False, highlight=False)


@main.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="Candidates to show.")
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for.")
@click.option(
    "--map", "told", multiple=True, metavar="HEADER=TARGET | FILE.json", help="What a column means: Py=skill:python"
)
@click.option("--json", "as_json", is_flag=True, help="Write everything as JSON to standard output.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".xlsx, .csv or .json")
@explained
def read_listing(
    file: Path, top: int, as_of: dt.datetime | None, told: tuple[str, ...], output: Path | None, *, as_json: bool
) -> None:
    """Say what is read of the candidates of FILE, where it stands, and what is ignored and why. Nothing is stored."""
    from service.usecases import evidence, reader_of  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file  # noqa: PLC0415 - as above

    mapping = _mapping(told)
    write = _listing_writer(output) if output else None
    settings = config.from_environment()
    library = rubric_library.load(settings.rubrics)
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    with _progress(file.name) as tick:
        pool, report = read_file(file, reader_of(library), settings.limits, tick, mapping)
    most = None if output or as_json else top
    payload = evidence.listing(list(pool.values()), report, library, day, most)
    if as_json:
        click.get_binary_stream("stdout").write(_json(payload))
        return
    if write and output:
        with _opened(output) as target:
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
        ".json": lambda payload, target: target.write(_json(payload)) and None,
    }
    return _chosen(output, writers)


def _print_listing(payload: Mapping[str, Any]) -> None:
    """Print what was read of the first candidates, then what was not, over the whole file."""
    from service.reports import listing  # noqa: PLC0415 - pandas is loaded when a table is drawn

    width = Console().width
    for entry in payload["results"]:
        name, *lines = listing.entry_lines(entry, width)
        click.secho(name, bold=True)
        click.echo("\n".join([*lines, ""]))
    if (shown := len(payload["results"])) < payload["total"]:
        click.echo(f"The first {shown} of {payload['total']} candidates; --top shows more, -o FILE writes all.\n")
    for line in listing.words_lines(payload, width):
        click.echo(line)


@main.command()
@explained
def roles() -> None:
    """List the roles, with what each must have."""
    library = _library()
    drawn = Drawn("Role", "Title", "Version", "Must have")
    for rubric in library.rubrics.values():
        musts = ", ".join(c.title for c in rubric.criteria if c.requirement == "must")
        drawn.add_row(rubric.role, rubric.title, str(rubric.version), musts)
    Console().print(drawn)


@main.command()
@click.option("--role", default="ml_engineer", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: candidates-ROLE.xlsx")
@explained
def template(role: str, output: Path | None) -> None:
    """Write an empty workbook for a role, to fill in and score."""
    from service.reports import template as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    library = _library()
    rubric = library.get(role)
    output = output or Path(f"candidates-{role}.xlsx")
    words = [(level, *named) for level, named in library.words.names.items()]
    with _opened(output) as file:
        report.write_template(rubric, file, words)
    click.echo(f"Template for {rubric.title} written to {output}")


@contextmanager
def _store(data: Path | None) -> Iterator[Any]:
    """Give the database that the settings name."""
    with keeping.store_of(keeping.settings_of(data)) as store:
        yield store


OF_A_LIST = (
    click.option("--role", required=True, help="Such as ml_engineer; see `rolefit roles`."),
    click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES)),
    click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for."),
    keeping.DATA,
    click.option("--json", "as_json", is_flag=True, help="Write everything as JSON to standard output."),
)
OF_A_FILE = click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))


def of_stored(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command say which list of the stored candidates it is about."""
    for option in reversed(OF_A_LIST):
        command = option(command)
    return command


def of_a_list(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command say which list it is about: of a file, or of all stored candidates."""
    return OF_A_FILE(of_stored(command))


def _tell(
    about: Mapping[str, Any], ask: Callable[[Any], dict[str, Any]], told: Callable[[dict[str, Any]], Iterable[str]]
) -> None:
    """Ask something of a list, and print the answer in lines or as JSON."""
    payload = _asked(ask, about.get("file"), *(about[name] for name in ("role", "seniority", "as_of", "data")))
    if about["as_json"]:
        click.echo(_json(payload), nl=False)
        return
    for line in told(payload):
        click.echo(line)


def _asked(
    ask: Callable[[Any], dict[str, Any]], file: Path | None, role: str, seniority: str, as_of: dt.datetime | None,
    data: Path | None,
) -> dict[str, Any]:  # fmt: skip
    """Return what is asked of a file's candidates, or of all stored ones."""
    from service.usecases import House, pools, reader_of, scores, versions  # noqa: PLC0415 - as below
    from service.usecases.files import read_file  # noqa: PLC0415 - as above

    settings, library = config.from_environment(), _library()
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    if file is None:
        with _store(data) as store:
            store.must_exist()
            house, _ = versions.renewed(House(library, store, settings.limits))
            (table,) = scores.tables_of([house.library.get(role).role], seniority, house.library)
            return pools.ask_stored(house, table, day, ask)
    (table,) = scores.tables_of([library.get(role).role], seniority, library)
    with _progress(file.name) as tick:
        candidates, _ = read_file(file, reader_of(library), settings.limits, tick)
    return ask(pools.of_file(candidates, table, day))


def _by_name(option: str, told: Iterable[str], kind: Callable[[str], Any] = str) -> dict[str, Any]:
    """Return what was said of criteria as `criterion=value`. Raise InvalidInput."""
    found = {}
    for one in told:
        name, sign, value = one.partition("=")
        try:
            found[name.strip()] = kind(value.strip())
        except ValueError:
            sign = ""
        if not sign:
            raise InvalidInput(f"{option} takes criterion=value, and not {one!r}.", code="bad_option")
    return found


@main.command("what-if")
@of_a_list
@click.option("--who", help="A candidate, by id or name; without it the question is about the whole list.")
@click.option("--set", "levels", multiple=True, metavar="CRITERION=LEVEL", help="With --who: a level that changes.")
@click.option("--top", type=click.IntRange(1, 10_000), help="The goal of --who: a rank so high. Else: who enters it.")
@click.option("--fit", type=click.FloatRange(0, 100), help="With --who: the goal is this fit.")
@click.option("--pass", "passing", is_flag=True, help="With --who: the goal is that every must-have is confirmed.")
@click.option("--keep", multiple=True, metavar="CRITERION", help="With --who: what stays on the way to the goal.")
@click.option("--weight", multiple=True, metavar="NAME=WEIGHT", help="Of a criterion, or of required, nice, seniority.")
@click.option("--required", multiple=True, metavar="CRITERION=LEVEL", help="Another level for full points.")
@click.option("--gate-level", multiple=True, metavar="CRITERION=LEVEL", help="Another level for a must-have to be had.")
@click.option("--requirement", multiple=True, metavar="CRITERION=must|should|nice")
@explained
def what_if(**said: Any) -> None:
    """Say what would change a candidate's standing, or the list of FILE (default: all stored). Nothing is changed."""
    from service.reports import whatif as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import whatif  # noqa: PLC0415 - `rolefit --help` needs none of it

    if said["who"]:
        asked = _changes(said)
        _tell(said, lambda pool: whatif.candidate(pool, pool.named(said["who"]), asked), report.candidate_lines)
        return
    asked = _rubric_changes(said)
    library = _library()
    _tell(said, lambda pool: whatif.shortlist(pool, asked, library), report.shortlist_lines)


def _changes(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of `what-if --who` as the API's request."""
    from service.schemas.whatif import CandidateChangesSchema  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.bodies import loaded  # noqa: PLC0415 - as above

    goal = {"gate": "pass" if said["passing"] else None, "top": said["top"], "fit": said["fit"]}
    levels = _by_name("--set", said["levels"], float)
    body = {
        "role": said["role"],
        "changes": [{"criterion": name, "level": level} for name, level in levels.items()],
        "goal": {name: value for name, value in goal.items() if value is not None},
        "keep": list(said["keep"]),
    }
    return loaded(body, CandidateChangesSchema())


def _rubric_changes(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of `what-if` without --who as the API's request."""
    from service.schemas.whatif import RubricChangesSchema  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.bodies import loaded  # noqa: PLC0415 - as above

    weights = _by_name("--weight", said["weight"], int)
    parts = {name: weight for name, weight in weights.items() if name in PARTS}
    body = {
        "weights": {"parts": parts, "criteria": {name: w for name, w in weights.items() if name not in PARTS}},
        "required_levels": _by_name("--required", said["required"], float),
        "gate_levels": _by_name("--gate-level", said["gate_level"], float),
        "requirements": _by_name("--requirement", said["requirement"]),
        "top": said["top"] or 10,
    }
    return loaded(body, RubricChangesSchema())


PARTS = ("required", "nice", "seniority")


@main.command("must-haves")
@of_a_list
@explained
def must_haves(**said: Any) -> None:
    """Say what each must-have takes from the list of FILE (default: all stored), and what giving way brings back."""
    from service.reports import must_haves as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import must_haves as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, usecase.price, report.lines)


@main.command()
@of_stored
@explained
def agreement(**said: Any) -> None:
    """Say how well the ranking of all stored candidates goes with what was decided, and where it does not."""
    from service.reports import whatif as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import preferences  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, preferences.agreement, report.agreement_lines)


@main.command("propose-weights")
@of_a_list
@click.option("--prefer", nargs=2, multiple=True, metavar="WHO OTHER", help="The first goes before the second.")
@click.option("--within", type=click.FloatRange(1, 100), help="No share grows or shrinks by more than this factor.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 10_000), help="Who would enter these?")
@explained
def propose_weights(**said: Any) -> None:
    """Propose weights that go with whom people prefer, in FILE or among all stored. Nothing is applied."""
    from service.reports import whatif as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import preferences  # noqa: PLC0415 - `rolefit --help` needs none of it

    asked = {
        "pairs": [{"preferred": better, "other": worse} for better, worse in said["prefer"]],
        "decisions": True, "within": said["within"], "top": said["top"],
    }  # fmt: skip
    _tell(said, lambda pool: preferences.weights(pool, asked), report.proposal_lines)


@main.group()
def rubrics() -> None:
    """Look after the rubrics."""


for changing in versions.COMMANDS:
    rubrics.add_command(changing)

rubrics_folder = click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))


@rubrics.command()
@rubrics_folder
@own_vocabulary
@explained
def check(folder: Path | None, vocabulary: Path | None) -> None:
    """Check the rubrics of FOLDER (default: those in use), and name every mistake by file, line and field."""
    settings = config.from_environment()
    library = rubric_library.load(
        folder or settings.rubrics or shipped.folder("rubrics"), vocabulary or settings.vocabulary
    )
    criteria = sum(len(rubric.criteria) for rubric in library.rubrics.values())
    click.echo(
        f"{len(library.rubrics)} roles, {criteria} criteria, {len(library.vocabulary.skills)} skills: all is well."
    )


@rubrics.command()
@rubrics_folder
@own_vocabulary
@click.option("--pool", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of candidates.")
@click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES))
def lint(folder: Path | None, vocabulary: Path | None, pool: Path | None, seniority: str) -> None:
    """Look vocabulary and rubrics over, over a pool of candidates where one is given.

    Faults and problems are to be mended (exit code 1), advice and notes are for information.
    """
    from service.skills.lint import lint as look  # noqa: PLC0415 - needed here alone

    settings = config.from_environment()
    try:
        library = rubric_library.load(
            folder or settings.rubrics or shipped.folder("rubrics"), vocabulary or settings.vocabulary
        )
    except BrokenRubric as error:
        for fault in error.errors:
            click.secho(f"{place(fault)}: {fault['detail']}", err=True, fg="red")
        raise SystemExit(1) from None
    found = look(library.vocabulary, library.asked, {one.name for one in library.ambiguous if not one.skill})
    for note in found.notes:
        click.echo(note)
    for fault in found.faults:
        click.secho(fault["detail"], err=True, fg="red")
    skills, names = len(library.vocabulary.skills), len(library.vocabulary.names)
    click.echo(f"{skills} skills, {names} names, {len(found.faults)} faults.")
    problems = list(_lint_rubrics(library, pool, seniority))
    raise SystemExit(1 if found.faults or any(problems) else 0)


@explained
def _lint_rubrics(library: rubric_library.Library, file: Path | None, seniority: str) -> list[bool]:
    """Say what there is to say of each rubric; return for each finding whether it is a problem."""
    from service.usecases import pools, reader_of  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file  # noqa: PLC0415 - as above
    from service.usecases.lint import look_over  # noqa: PLC0415 - as above

    today = dt.datetime.now(dt.UTC).date()
    settings, people = config.from_environment(), None
    if file is not None:
        with _progress(file.name) as tick:
            people, _ = read_file(file, reader_of(library), settings.limits, tick)
    problems = []
    for role in library.rubrics:
        table = library.table(role, seniority)
        found = look_over(table, pools.of_file(people, table, today) if people else None, library.skill_names)
        told = ", ".join(f"{count} {of}" for of, count in found["provenance"].items() if count)
        click.echo(f"{found['title']}: {len(found['findings'])} findings over {found['total']} candidates; {told}.")
        for one in found["findings"]:
            click.secho(f"  {one['severity']}: {one['detail']}", fg="red" if one["severity"] == "problem" else None)
            problems.append(one["severity"] == "problem")
    return problems


@main.command()
@of_a_list
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 1000), help="The top that counts.")
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(100, 5000))
@click.option(
    "--sure", default=0.8, show_default=True, type=click.FloatRange(0, 1), help="Of the weights; 1: just these."
)
@click.option("--ranked", is_flag=True, help="Any weights that keep the rubric's order.")
@click.option("--shown", default=20, show_default=True, type=click.IntRange(1, 200))
@explained
def robustness(**said: Any) -> None:
    """Say how sure the order of FILE (default: all stored) is, where weights and unknowns vary."""
    from service.reports import robustness as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import robustness as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    options = {name: said[name] for name in ("k", "draws", "sure", "ranked", "shown")}
    _tell(said, lambda pool: usecase.how_sure(pool, **options), report.lines)


@main.command()
@of_a_list
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 1000), help="The top that counts.")
@click.option("--shown", default=10, show_default=True, type=click.IntRange(1, 200))
@explained
def questions(**said: Any) -> None:
    """Say which questions would change the top of FILE (default: all stored) most."""
    from service.reports import robustness as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import robustness as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, lambda pool: usecase.worth_asking(pool, said["k"], said["shown"]), report.question_lines)
