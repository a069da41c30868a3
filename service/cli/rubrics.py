"""The rubrics from the terminal: `rolefit rubrics check` and `lint`, and the group of all that is done with them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from service import config, rubric_library, shipped
from service.cli import versions
from service.cli.common import own_vocabulary, progress, reader_in_use
from service.cli.explaining import explained, place
from service.cli.terminal import tell
from service.core.rubric import SENIORITIES
from service.errors import BrokenRubric


@click.group()
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
@explained
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
            tell(f"{place(fault)}: {fault['detail']}", err=True, fg="red")
        raise SystemExit(1) from None
    found = look(library.vocabulary, library.asked, {one.name for one in library.ambiguous if not one.skill})
    for note in found.notes:
        tell(note)
    for fault in found.faults:
        tell(fault["detail"], err=True, fg="red")
    skills, names = len(library.vocabulary.skills), len(library.vocabulary.names)
    click.echo(f"{skills} skills, {names} names, {len(found.faults)} faults.")
    problems = list(_lint_rubrics(library, pool, seniority))
    raise SystemExit(1 if found.faults or any(problems) else 0)


@explained
def _lint_rubrics(library: rubric_library.Library, file: Path | None, seniority: str) -> list[bool]:
    """Say what there is to say of each rubric; return for each finding whether it is a problem."""
    from service.usecases import pools  # noqa: PLC0415 - `rolefit --help` needs none of it
    from service.usecases.files import read_file  # noqa: PLC0415 - as above
    from service.usecases.lint import look_over  # noqa: PLC0415 - as above

    today = dt.datetime.now(dt.UTC).date()
    settings, people = config.from_environment(), None
    if file is not None:
        with progress(file.name) as tick:
            people, _ = read_file(file, reader_in_use(library), settings.limits, tick)
    problems = []
    for role in library.rubrics:
        table = library.table(role, seniority)
        found = look_over(table, pools.of_file(people, table, today) if people else None, library.skill_names)
        told = ", ".join(f"{count} {of}" for of, count in found["provenance"].items() if count)
        tell(f"{found['title']}: {len(found['findings'])} findings over {found['total']} candidates; {told}.")
        for one in found["findings"]:
            tell(f"  {one['severity']}: {one['detail']}", fg="red" if one["severity"] == "problem" else None)
            problems.append(one["severity"] == "problem")
    return problems
