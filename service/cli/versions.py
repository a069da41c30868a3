"""Rubrics from the terminal: `rolefit rubrics export`, `publish`, `versions`, `diff`, `withdraw`, `draft`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
import orjson

from service.cli.accounts import opened
from service.cli.common import chosen, data_option
from service.cli.common import opened as opened_file
from service.cli.explaining import explained
from service.cli.terminal import draw, tell
from service.core.rubric import SENIORITIES

if TYPE_CHECKING:
    from service.usecases import House

seniority_option = click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES))
top_option = click.option(
    "--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="The top that counts."
)
output_option = click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".xlsx, .yaml or .json"
)
LONGEST = 60


@click.command()
@click.option("--role", help="One role; default: all.")
@click.option("--version", type=click.IntRange(1), help="As it was; default: as it is in force.")
@output_option
@data_option
@explained
def export(role: str | None, version: int | None, output: Path, data: Path | None) -> None:
    """Write rubrics to a file that can be edited and published."""
    from service.usecases import versions  # noqa: PLC0415 - `rolefit --help` needs none of it

    write = chosen(output, WRITERS)
    with opened(data) as house:
        documents, rubrics = versions.exported(house, role, version)
        with opened_file(output) as file:
            write(documents, rubrics, house, file)
    what = ", ".join(document["title"] for document in documents)
    tell(f"{output} holds {what}.")


def _write_workbook(documents: list[dict[str, Any]], rubrics: list[Any], house: House, file: BinaryIO) -> None:
    from service.reports import rubrics as report  # noqa: PLC0415 - openpyxl is loaded when a workbook is written

    report.write(documents, rubrics, house.skill_names, file)


def _write_yaml(documents: list[dict[str, Any]], _rubrics: list[Any], _house: House, file: BinaryIO) -> None:
    from service.rubric_library.documents import to_yaml  # noqa: PLC0415 - `rolefit --help` needs none of it

    file.write(to_yaml(documents).encode())


def _write_json(documents: list[dict[str, Any]], _rubrics: list[Any], _house: House, file: BinaryIO) -> None:
    file.write(orjson.dumps({"rubrics": documents}, option=orjson.OPT_INDENT_2))


WRITERS = {".xlsx": _write_workbook, ".yaml": _write_yaml, ".yml": _write_yaml, ".json": _write_json}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--note", help="Why; kept with the version.")
@seniority_option
@top_option
@data_option
@explained
def publish(file: Path, note: str | None, seniority: str, top: int, data: Path | None, *, dry_run: bool) -> None:
    """Put the rubrics of FILE in force, each as a new version; all or none."""
    from service.usecases import versions  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        sent = versions.read(house, file, file.name)
        asked = house, sent, seniority, top
        found = versions.propose(*asked) if dry_run else versions.publish(*asked, note)
    for one in found["rubrics"]:
        verb = "would become" if dry_run else "is now"
        tell(f"{one['title']} {verb} version {one['version']}.")
        for line in _lines(one):
            tell(f"  {line}")
    if not found["rubrics"]:
        click.echo("Nothing is otherwise than the rubrics in force.")


@click.command()
@click.argument("role")
@data_option
@explained
def versions(role: str, data: Path | None) -> None:
    """List the versions of ROLE, the newest first."""
    from service.usecases import versions as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        found = usecase.versions(house, role)["versions"]
    draw("", ("Version", "From", "In force", "When", "Who", "Note", "Digest"), map(_version_row, found))


def _version_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(one["version"]),
        one["from"],
        "yes" if one["in_force"] else "",
        one.get("created_at", "")[:16].replace("T", " "),
        one.get("actor", ""),
        one.get("note") or "",
        (one["digest"] or "")[:12],
    )


@click.command()
@click.argument("role")
@click.argument("before", type=click.IntRange(1), metavar="FROM")
@click.argument("after", type=click.IntRange(1), metavar="TO")
@seniority_option
@top_option
@data_option
@explained
def diff(role: str, before: int, after: int, seniority: str, top: int, data: Path | None) -> None:
    """Say what differs between two versions of ROLE, and who of the stored pool moves."""
    from service.usecases import versions as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        found = usecase.difference(house, role, before, after, seniority, top)
    for line in _lines(found):
        tell(line)


@click.command()
@click.argument("role")
@click.option("--note", help="Why; kept with the version.")
@data_option
@explained
def withdraw(role: str, note: str | None, data: Path | None) -> None:
    """Put ROLE back to what the files say; a role of your own is then gone, its versions are kept."""
    from service.usecases import versions as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        usecase.withdraw(house, role, note)
    click.echo(f"{role} is as the files say.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help=".yaml; default: shown here")
@data_option
@explained
def draft(file: Path, output: Path | None, data: Path | None) -> None:
    """Draft a rubric from the job description in FILE: .txt, .md, or .json as JSON Resume has it."""
    from service.rubric_library.documents import to_yaml  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases import drafts  # noqa: PLC0415 - as above

    if output:
        chosen(output, dict.fromkeys((".yaml", ".yml")))
    with opened(data) as house:
        found = drafts.of_file(house, file)
    text = f"# {drafts.DRAFT}\n{to_yaml([found['rubric']])}".encode()  # also where the terminal knows no UTF-8
    if output is None:
        click.echo(text, nl=False)
    else:
        with opened_file(output) as written:
            written.write(text)
        tell(f"{output} holds {found['rubric']['title']}, {len(found['rubric']['criteria'])} criteria.")
        click.echo(f"Edit it, then publish it, or put it under your rubrics as roles/{found['rubric']['role']}.yaml.")
    for word in found["unknown"]:
        tell(f"Not understood: {word}", err=True)
    for note in found["notes"]:
        tell(note, err=True)


COMMANDS = (export, publish, versions, diff, withdraw, draft)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what changes and who moves, in lines."""
    for one in found["changes"]:
        what = " ".join(filter(None, (one["part"], one["id"])))
        if one["change"] == "changed":
            yield f"{what}: {one['field']} {_short(one['was'])} -> {_short(one['now'])}"
        else:
            yield f"{what}: {one['change']}"
    moves = found["moves"]
    if not moves or not moves["total"]:
        return
    yield (
        f"Of {moves['total']} candidates ({moves['seniority']}), {moves['moves_total']} move; into the top "
        f"{moves['top']} come {moves['entered_total']}, out of it go {moves['left_total']}."
    )
    for one in moves["moves"][:10]:
        who = one["candidate"]["name"] or one["candidate"]["external_id"] or one["candidate"]["id"]
        ranks = f"{_rank(one['rank_before'])} -> {_rank(one['rank_after'])}"
        yield f"  {who}: {ranks}, fit {one['fit_before']:.2f} -> {one['fit_after']:.2f}"


def _rank(rank: int | None) -> str:
    return f"rank {rank}" if rank else "not eligible"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else "none" if value is None else orjson.dumps(value).decode()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
