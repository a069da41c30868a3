"""The commands that ask something of a list: of a file, or of what is stored."""

import json

import pytest
from click.testing import CliRunner

from service.app import build_house
from service.cli import main
from service.config import Settings
from service.usecases import candidates, decisions

MUSTS = ("Python", "PyTorch", "Kubernetes", "CI/CD", "AWS", "SQL", "System design")
LEVELS = {"Ada Example": 4, "Bo Example": 3.5, "Cy Example": 3.5, "Di Example": 3, "Ed Example": 3}


@pytest.fixture
def file(tmp_path):
    """A file of five people of falling strength; nothing is known of Ed's SQL, and Di has no Python."""
    known = {name: dict.fromkeys(MUSTS, level) for name, level in LEVELS.items()}
    known["Di Example"]["Python"] = 0
    known["Ada Example"]["Kubernetes"], known["Bo Example"]["SQL"] = 2.5, 2
    del known["Ed Example"]["SQL"]
    people = [
        {"external_id": name[:2].lower(), "name": name,
         "skills": [{"name": skill, "level": level, "kind": "rated"} for skill, level in levels.items()]}
        for name, levels in known.items()
    ]  # fmt: skip
    path = tmp_path / "pool.json"
    path.write_text(json.dumps(people))
    return path


@pytest.fixture
def data(file, tmp_path):
    """A folder with these people stored."""
    folder = tmp_path / "data"
    house = build_house(Settings(data=folder))
    kept = candidates.keep(json.loads(file.read_text()), house, "", None, None)["results"]
    for one, what in zip(kept, ("decline", "shortlist", "shortlist", "hold", "decline"), strict=True):
        said = {"what": what, "reason": "Talked.", "actor": "Rae"}
        decisions.decide(house, one["id"], "ml_engineer", "senior", said)
    house.store.close()
    return folder


def run(command, *arguments, code=0):
    options = ["--role", "ml_engineer", "--seniority", "senior", "--as-of", "2026-11-20"]
    done = CliRunner().invoke(main, [command, *map(str, arguments), *options], env={"COLUMNS": "200"})
    assert done.exit_code == code, done.output
    return done.output


def answer(command, *arguments):
    return json.loads(run(command, *arguments, "--json"))


def test_in_whichever_order_a_file_has_people_the_order_is_as_sure(file, tmp_path):
    turned = tmp_path / "turned.json"
    turned.write_text(json.dumps(json.loads(file.read_text())[::-1]))
    assert run("robustness", file) == run("robustness", turned)


def test_a_candidate_is_told_what_is_enough_for_the_top(file):
    lines = run("what-if", file, "--who", "Ed Example", "--top", 3)

    assert "Ed Example (ed): ML Engineer, senior, 2026-11-20, 5 candidates" in lines
    assert "To be among the first 3: 1 change is enough, and no fewer:" in lines
    assert "then: fit" in lines
    found = answer("what-if", file, "--who", "ed", "--top", 3)
    assert found["goal"]["standing"]["rank"] == 3
    assert f"fit {found['now']['fit']:.2f} – " in lines


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--who", "ed", "--pass"), "SQL and data modeling: ? → 2. ask: "),
        (("--who", "di", "--pass"), "Python (production-grade): 0 → 2. "),
        (("--who", "Ada Example", "--pass"), "To have every must-have confirmed: that is so already."),
        (("--who", "di", "--pass", "--keep", "python"), "no change of levels is enough"),
        (("--who", "ad", "--pass", "--fit", "30"), "To have every must-have confirmed and to reach a fit of 30: "),
        (("--who", "ad", "--set", "python=1"), "with python 1: fit "),
        (("--requirement", "python=should"), "Di Example (di), rank not eligible → "),
        (("--weight", "kubernetes=100", "--weight", "nice=0", "--top", 1), "leaves the first 1: "),
        (("--gate-level", "sql=3"), "after: 3 eligible"),
        (("--required", "sql=3"), "5 candidates"),
        ((), "0 have another rank."),
    ],
)
def test_what_if_says_what_would_come_of_it(file, options, says):
    assert says in run("what-if", file, *options)


def test_the_price_of_the_must_haves_is_drawn(file):
    lines = run("must-haves", file).splitlines()
    python = next(line for line in lines if line.startswith("Python"))

    assert lines[1].startswith("1 of 5 surely fail a must-have. 2 fail one, or have one")
    assert python.split()[-9:] == ["1", "0", "1", "0", "1.00", "|", "1", "0", "1.00"]


def test_what_is_stored_is_asked_where_no_file_is_named(file, data):
    for command in ("what-if", "must-haves"):
        of_file, of_stored = answer(command, file), answer(command, "--data", data)
        assert of_file.keys() == of_stored.keys()
        assert of_file["total"] == of_stored["total"] == 5
    assert answer("must-haves", file) == answer("must-haves", "--data", data)


def test_agreement_and_its_surprises_are_told(data):
    lines = run("agreement", "--data", data)

    assert "decided: 2 shortlist, 1 hold, 2 decline" in lines
    assert "Kendall's tau-b of decisions and ranking: " in lines
    assert "surprising: Ada Example (ad) (decline, rank 1), above 2 of 2 who were shortlisted" in lines


def test_weights_are_proposed_and_not_applied(file, data):
    lines = run("propose-weights", file, "--prefer", "Cy Example", "Ada Example")

    assert "0 of 1 pairs are kept now" in lines
    assert "Nothing is applied" in lines
    assert "There is no pair and no decision to learn from yet." in run("propose-weights", file)
    assert "not kept: Bo Example (bo) before Ada Example (ad)" in run(
        "propose-weights", "--data", data, "--within", 1.1
    )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--who", ""), 66, "Nobody, or more than one, is ''."),
        (("--who", "nobody"), 66, "Nobody, or more than one, is 'nobody'."),
        (("--who", "ad", "--set", "python"), 65, "--set takes criterion=value, and not 'python'."),
        (("--who", "ad", "--set", "python=good"), 65, "--set takes criterion=value"),
        (("--who", "ad", "--set", "klingon=2"), 65, "The rubric has no criterion 'klingon'."),
        (("--requirement", "sql=perhaps"), 65, "/requirements/sql"),
        (("--weight", "sql=5000"), 65, "/weights/criteria/sql"),
    ],
)
def test_what_cannot_be_asked_is_explained(file, arguments, code, says):
    assert says in run("what-if", file, *arguments, code=code)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--set", "python=1"), "--set may only be used with --who"),
        (("--pass",), "--pass may only be used with --who"),
        (("--fit", "0"), "--fit may only be used with --who"),
        (("--keep", "sql", "--set", "sql=1"), "--set, --keep may only be used with --who"),
        (("--who", "ad", "--weight", "sql=1"), "--weight may only be used without --who"),
        (("--who", "ad", "--required", "sql=1"), "--required may only be used without --who"),
        (("--who", "ad", "--gate-level", "sql=1"), "--gate-level may only be used without --who"),
        (("--who", "ad", "--requirement", "sql=nice"), "--requirement may only be used without --who"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(file, options, named):
    assert named in run("what-if", file, *options, code=2)


def test_where_nothing_is_stored_nothing_is_made(tmp_path):
    assert "The file of the database is missing." in run("must-haves", "--data", tmp_path / "none", code=69)
    assert not list((tmp_path / "none").glob("*.db"))
