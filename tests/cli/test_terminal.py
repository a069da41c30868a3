"""What candidates, files and names say is shown on a terminal as it is: it gives no orders and is no markup."""

import json

import pytest
from click.testing import CliRunner

from service.app import build_house, create_app
from service.cli import main
from service.config import Settings
from service.usecases import candidates, decisions

NASTY = "\x1b[31mEsc\x1b]0;pwned\x07 \x9b7m[/x] :bomb:"
SHOWN = "[31mEsc ]0;pwned"
OF_A_LIST = ("--role", "ml_engineer", "--seniority", "senior", "--as-of", "2026-11-20")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of data of our own."""
    monkeypatch.setenv("ROLEFIT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


def run(*arguments, code=0, **options):
    """Run a command as on a terminal, where click takes no escape sequences away."""
    done = CliRunner().invoke(main, list(map(str, arguments)), color=True, **options)
    assert done.exit_code == code, done.output
    return done


def quiet(text):
    """Tell whether a text holds no order to a terminal but for our own colours."""
    for ours in ("\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"):
        text = text.replace(ours, "")
    return not [c for c in text if not (c.isprintable() or c == "\n")]


@pytest.mark.parametrize(("value", "has_colour"), [("1", False), ("", True)])
def test_who_wants_no_colour_gets_none(pool, value, has_colour):
    coloured = CliRunner().invoke(main, ["score", str(pool), "--role", "nobody"], env={"NO_COLOR": value}, color=True)
    assert ("\x1b[31m" in coloured.output) is has_colour


@pytest.fixture
def pool(here):
    """A file in which name, header, value and unknown skill say something to a terminal."""
    path = here / "pool.csv"
    people = [f"1,{NASTY},4,{NASTY},{NASTY},{NASTY}", "2,Ada Example,5,5,,SQL", "2,Twice,x,5,,SQL"]
    path.write_text("\n".join([f"ID,Name,Python,SQL,{NASTY},Skills", *people]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("score",),
        ("score", "--dry-run"),
        ("score", "--gate", "pass"),
        ("questions",),
        ("robustness",),
        ("what-if",),
        ("what-if", "--weight", "sql=1000", "--top", "1"),
        ("what-if", "--who", "1"),
        ("must-haves",),
        ("propose-weights",),
    ],
)
def test_what_a_file_says_gives_the_terminal_no_orders(pool, command):
    done = run(command[0], pool, *OF_A_LIST, *command[1:])

    assert quiet(done.output), repr(done.output)
    if command[0] in ("score", "questions", "robustness"):
        assert SHOWN in done.stdout


def test_what_was_read_and_lint_give_the_terminal_no_orders(pool):
    assert quiet(run("read", pool).output)
    assert quiet(run("rubrics", "lint", "--pool", pool).output)


def test_a_mistake_gives_the_terminal_no_orders(pool):
    told = run("score", pool, "--role", "ml_engineer", "--map", NASTY, code=65).stderr
    assert quiet(told)


def person(name, level):
    python = {"name": "Python", "level": level, "kind": "rated"}
    return {"external_id": name if name.isprintable() else "nasty", "name": name, "skills": [python]}


@pytest.fixture
def house(here):
    """Five people are stored, of whom one says something to the terminal."""
    house = build_house(Settings(data=here / "data"))
    people = [person(NASTY, 2), *(person(f"{level} Example", level) for level in (1, 3, 4, 5))]
    kept = candidates.keep(people, house, "", None, None)["results"]
    for one, what in zip(kept, ("shortlist", *["decline"] * 4), strict=True):
        decisions.decide(house, one["id"], "ml_engineer", "senior", {"what": what, "reason": ".", "actor": NASTY})
    yield house
    house.store.close()


def test_agreement_gives_the_terminal_no_orders(house):
    house.store.close()
    done = run("agreement", *OF_A_LIST)
    assert "surprising" in done.output
    assert SHOWN in done.output
    assert quiet(done.output)


@pytest.mark.usefixtures("here")
def test_names_that_look_like_markup_are_listed_as_they_are():
    run("keys", "create", "[/x] team :bomb:")
    run("users", "add", "[/x]", input="correct horse battery\n")

    assert "[/x] team :bomb:" in run("keys", "list").output
    assert "[/x]" in run("users", "list").output
    assert run("audit", "list").output


def test_a_note_that_looks_like_markup_is_listed_as_it_is(here):
    path = here / "ml_engineer.json"
    run("rubrics", "export", "--role", "ml_engineer", "-o", path)
    told = json.loads(path.read_text())
    told["rubrics"][0]["criteria"][0]["weight"] += 1
    path.write_text(json.dumps(told))
    run("rubrics", "publish", path, "--note", f"[/x] {NASTY}")

    listed = run("rubrics", "versions", "ml_engineer").output
    assert "[/x] " in listed
    assert quiet(listed)
    assert quiet(run("audit", "list").output)


def test_the_moves_of_a_replay_give_the_terminal_no_orders(house, here):
    client = create_app(Settings(data=here / "data")).test_client()
    receipt = client.get("/api/v1/shortlists/ml_engineer.csv?seniority=senior").headers["X-Rolefit-Receipt"]
    candidates.keep([person(NASTY, 5)], house, "", None, None)

    done = run("replay", receipt, code=1)
    assert SHOWN in done.output
    assert quiet(done.output), repr(done.output)
