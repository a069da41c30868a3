"""What is asked of a list, of a file or of all who are kept: `what-if`, `must-haves`, `robustness` and others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from service import config
from service.cli import keeping
from service.cli.common import as_json_bytes, data_option, progress, reader_in_use, rubrics_in_use, settings_of
from service.cli.explaining import explained
from service.cli.terminal import tell
from service.core.rubric import SENIORITIES
from service.errors import InvalidInput


@contextmanager
def _store(data: Path | None) -> Iterator[Any]:
    """Give the database that the settings name."""
    with keeping.store_of(settings_of(data)) as store:
        yield store


OF_A_LIST = (
    click.option("--role", required=True, help="Such as ml_engineer; see `rolefit roles`."),
    click.option("--seniority", default="mid", show_default=True, type=click.Choice(SENIORITIES)),
    click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day that 'today' stands for."),
    data_option,
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
        click.echo(as_json_bytes(payload), nl=False)
        return
    for line in told(payload):
        tell(line)


def _asked(
    ask: Callable[[Any], dict[str, Any]], file: Path | None, role: str, seniority: str, as_of: dt.datetime | None,
    data: Path | None,
) -> dict[str, Any]:  # fmt: skip
    """Return what is asked of a file's candidates, or of all stored ones."""
    from service.usecases import House, pools, scores, versions  # noqa: PLC0415 - as below
    from service.usecases.files import read_file  # noqa: PLC0415 - as above

    settings, library = config.from_environment(), rubrics_in_use()
    day = as_of.date() if as_of else dt.datetime.now(dt.UTC).date()
    if file is None:
        with _store(data) as store:
            store.must_exist()
            house, _ = versions.renewed(House(library, store, settings.limits))
            (table,) = scores.tables_of([house.library.get(role).role], seniority, house.library)
            return pools.ask_stored(house, table, day, ask)
    (table,) = scores.tables_of([library.get(role).role], seniority, library)
    with progress(file.name) as tick:
        candidates, _ = read_file(file, reader_in_use(library), settings.limits, tick)
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


@click.command("what-if")
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

    if said["who"] is not None:
        _refuse(OF_THE_LIST, "without --who: they are about the rubric, for the whole list")
        asked = _changes(said)
        _tell(said, lambda pool: whatif.candidate(pool, pool.named(said["who"]), asked), report.candidate_lines)
        return
    _refuse(OF_ONE, "with --who: they are about one candidate")
    asked = _rubric_changes(said)
    library = rubrics_in_use()
    _tell(said, lambda pool: whatif.shortlist(pool, asked, library), report.shortlist_lines)


OF_ONE = ("levels", "fit", "passing", "keep")
OF_THE_LIST = ("weight", "required", "gate_level", "requirement")
"""Options of `what-if` that are about a candidate, and those that are about the rubric."""


def _refuse(names: Iterable[str], where: str) -> None:
    """Raise UsageError where any of these options was given: it would be ignored, and the answer be taken for its."""
    context = click.get_current_context()
    given = [
        option.opts[0]
        for option in context.command.params
        if option.name in names and context.get_parameter_source(option.name) is not ParameterSource.DEFAULT
    ]
    if given:
        raise click.UsageError(f"{', '.join(given)} may only be used {where}.", context)


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


@click.command("must-haves")
@of_a_list
@explained
def must_haves(**said: Any) -> None:
    """Say what each must-have takes from the list of FILE (default: all stored), and what giving way brings back."""
    from service.reports import must_haves as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import must_haves as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, usecase.price, report.lines)


@click.command()
@of_stored
@explained
def agreement(**said: Any) -> None:
    """Say how well the ranking of all stored candidates goes with what was decided, and where it does not."""
    from service.reports import whatif as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import preferences  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, preferences.agreement, report.agreement_lines)


@click.command("propose-weights")
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


@click.command()
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


@click.command()
@of_a_list
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, 1000), help="The top that counts.")
@click.option("--shown", default=10, show_default=True, type=click.IntRange(1, 200))
@explained
def questions(**said: Any) -> None:
    """Say which questions would change the top of FILE (default: all stored) most."""
    from service.reports import robustness as report  # noqa: PLC0415 - pandas is loaded when a table is drawn
    from service.usecases import robustness as usecase  # noqa: PLC0415 - `rolefit --help` needs none of it

    _tell(said, lambda pool: usecase.worth_asking(pool, said["k"], said["shown"]), report.question_lines)


COMMANDS = (what_if, must_haves, agreement, propose_weights, robustness, questions)
