"""The command as people run it, in a folder of its own: in this process, and in CI in one of its own as well."""

import csv
import io
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import chdir, closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from service.app import build_house
from service.cli import main
from service.config import Settings
from service.usecases import imports

ROLES = ("ml_engineer", "data_scientist", "mlops_engineer", "ai_product_manager", "ai_engineer", "data_engineer")
MUSTS = ("Python", "PyTorch", "Kubernetes", "CI/CD", "AWS", "SQL", "System design")
POOL = [
    ("ID", "Name", "Years", *MUSTS, "Shoe size"),
    (1, "Ada [bold]Example[/bold]", 6, *[4] * 7, 38),
    (2, "Bo Ek", 3, 3, 3, 3, 3, 3, 3, "blue", 44),
    (3, "Zoë Muñoz", 8, 5, 5, 5, 5, 5, 0, 5, None),
    (4, "Cy", 2, *[3] * 7, None),
    (4, "Twice", 2, *[3] * 7, None),
]
EDGES = ("Traceback", 'File "', "site-packages")


def slowly(*cases):
    """Mark cases of a test as slow: each starts processes, and does what another case does too."""
    return [pytest.param(case, marks=pytest.mark.slow) for case in cases]


def environment(root, **changes):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ROLEFIT_", "COLUMNS"))}
    return clean | {"PYTHONPATH": str(root), "COLUMNS": "200", "NO_COLOR": "1", **changes}


def command():
    """Return how to start the command: the one installed, else by its function."""
    installed = Path(sys.executable).with_name("rolefit")
    found = str(installed) if installed.exists() else shutil.which("rolefit")
    return [found] if found else [sys.executable, "-c", "from service.cli import main; main()"]


def run_here(root, arguments, cwd, variables):
    """Run the command in this process; an exception that it does not turn into a sentence is raised."""
    told = environment(root, **variables)
    others = dict.fromkeys(os.environ.keys() - told.keys())
    with chdir(cwd):
        done = CliRunner(catch_exceptions=False).invoke(main, arguments, env=told | others, prog_name="rolefit")
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def run_apart(root, arguments, cwd, variables):
    """Run the command in a process of its own."""
    done = subprocess.run(
        [*command(), *arguments],
        cwd=cwd, env=environment(root, **variables), capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    return SimpleNamespace(returncode=done.returncode, stdout=done.stdout.decode(), stderr=done.stderr.decode())


@pytest.fixture(
    scope="module", params=[run_here, pytest.param(run_apart, marks=pytest.mark.slow)], ids=["here", "apart"]
)
def rolefit(request, root, tmp_path_factory):
    """Run the command to its end; no run may end in a trace."""
    here = tmp_path_factory.mktemp("here")

    def rolefit(*arguments, cwd=here, **variables):
        done = request.param(root, [*map(str, arguments)], cwd, variables)
        assert not [edge for edge in EDGES if edge in done.stdout + done.stderr], done.stderr
        return done

    return rolefit


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    path = tmp_path_factory.mktemp("pool") / "pool.xlsx"
    book = Workbook()
    for row in POOL:
        book.active.append(row)
    book.save(path)
    return path


def score(rolefit, pool, *options, **variables):
    return rolefit("score", pool, "--role", "ml_engineer", "--as-of", "2026-11-20", *options, **variables)


@pytest.fixture(scope="module")
def answer(rolefit, pool, tmp_path_factory):
    """The whole answer for the pool, as JSON."""
    path = tmp_path_factory.mktemp("answer") / "answer.json"
    done = score(rolefit, pool, "-o", path)
    assert done.returncode == 0, done.stderr
    return json.loads(path.read_bytes())


def names(payload):
    return [row["candidate"]["name"] for row in payload["shortlist"]]


# What there is.


def test_help_names_every_command(rolefit):
    done = rolefit("--help")

    assert done.returncode == 0
    assert all(name in done.stdout for name in ("serve", "score", "read", "roles", "template", "rubrics"))


def test_the_version_is_that_of_the_package(rolefit):
    from importlib.metadata import version  # noqa: PLC0415 - only here

    assert version("rolefit") in rolefit("--version").stdout


def test_roles_lists_all_with_their_must_haves(rolefit):
    done = rolefit("roles")

    assert (done.returncode, done.stderr) == (0, "")
    assert all(role in done.stdout for role in ROLES)
    assert "System design" in done.stdout


# Templates.


def test_a_template_is_written_and_can_be_opened_filled_and_scored(rolefit, tmp_path):
    done = rolefit("template", "--role", "data_engineer", cwd=tmp_path)
    path = tmp_path / "candidates-data_engineer.xlsx"
    book = load_workbook(path)
    sheet = book["Candidates"]
    for column, value in enumerate(("7", "Ada Example", None, 4, *[5] * 17), 1):
        sheet.cell(3, column, value)
    book.save(path)
    scored = rolefit("score", path, "--role", "data_engineer", "--as-of", "2026-11-20")

    assert done.returncode == scored.returncode == 0
    assert "Data Engineer" in done.stdout
    assert book.sheetnames == ["Candidates", "Legend"]
    assert "Ada Example" in scored.stdout
    assert "1 of 1 shown: 1 pass" in scored.stdout


def test_a_resume_kept_as_text_is_scored_by_one_command(rolefit, root):
    done = rolefit("score", root / "sample_candidates" / "resume.txt", "--role", "ml_engineer", "--seniority", "senior")

    assert done.returncode == 0
    assert "Tamsin Example" in done.stdout
    assert "1 of 1 shown" in done.stdout


def test_a_template_is_a_workbook_and_nothing_else(rolefit, tmp_path):
    done = rolefit("template", "-o", tmp_path / "x.csv")

    assert (done.returncode, list(tmp_path.iterdir())) == (65, [])
    assert ".xlsx" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["roles"],
        *slowly(["score", "{pool}", "--role", "ml_engineer"], ["read", "{pool}", "--json"], ["rubrics", "check"]),
    ],
)
def test_an_output_that_takes_no_more_is_told_in_a_sentence(root, pool, arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command(), *(argument.format(pool=pool) for argument in arguments)],
            env=environment(root), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 74
    assert done.stderr.decode().splitlines()[-1] == "Reading or writing failed. The output: No space left on device."
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["roles"], *slowly(["score", "{pool}", "--role", "ml_engineer"], ["rubrics", "check"])]
)
def test_an_output_that_nobody_reads_ends_without_a_word(root, pool, arguments):
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [*command(), *(argument.format(pool=pool) for argument in arguments)],
        env=environment(root), stdout=writes, stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writes)
    assert done.returncode == 1
    assert not [word for word in (b"Traceback", b"Exception", b"Reading or writing") if word in done.stderr]


def test_an_unfilled_template_has_no_candidate(rolefit, tmp_path):
    path = tmp_path / "empty.xlsx"
    assert rolefit("template", "-o", path).returncode == 0
    done = rolefit("score", path, "--role", "ml_engineer")

    assert done.returncode == 65
    assert "no candidate" in done.stderr


# Scores.


def test_a_shortlist_is_drawn_with_who_is_not_on_it_and_what_was_not_read(rolefit, pool):
    done = score(rolefit, pool)

    assert done.returncode == 0
    lines = done.stdout.splitlines()
    ranked = [next(place for place, line in enumerate(lines) if name in line) for name in ("Ada", "Cy", "Bo Ek")]
    assert ranked == sorted(ranked)
    assert "Ada [bold]Example[/bold]" in done.stdout
    assert "ML Engineer, mid, 2026-11-20" in done.stdout
    assert "3 of 4 shown: 2 pass every must-have, 1 have one that is not known yet, 1 are missing one." in done.stdout
    assert "not eligible: Zoë Muñoz" in done.stdout
    assert "SQL and data modeling (level 0)" in done.stdout
    assert "Shoe size" in done.stderr
    assert "row 3, column J: 'blue'" in done.stderr
    assert "row 6, column A" in done.stderr


def test_a_narrow_terminal_is_shown_no_gaps_and_told_so(rolefit, pool):
    narrow, usual = (score(rolefit, pool, COLUMNS=str(columns)).stdout for columns in (60, 80))

    assert "Top gaps" not in narrow.splitlines()[2]
    assert "Top gaps need a terminal of 80 columns; -o FILE writes them." in " ".join(narrow.split())
    assert max(map(len, narrow.splitlines())) <= 60
    assert "Top gaps" in usual.splitlines()[2]
    assert "need a terminal" not in usual
    assert len(narrow.splitlines()) < 20


@pytest.mark.slow
@pytest.mark.parametrize(
    "variables",
    [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1:strict"}],
)
def test_a_terminal_of_few_characters_is_written_to(root, tmp_path, variables):
    path = tmp_path / "pool.csv"
    path.write_text("Name,Python\nŁukasz Ōtani,4\n", encoding="utf-8")
    for arguments in (("score", path, "--role", "ml_engineer"), ("read", path), ("roles",)):
        done = subprocess.run(
            [*command(), *map(str, arguments)],
            env=environment(root, **variables), capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        assert b"ukasz" in done.stdout or arguments == ("roles",)


def test_a_dry_run_shows_how_columns_are_understood_and_scores_nobody(rolefit, tmp_path):
    path = tmp_path / "pool.csv"
    path.write_text("Name,Pyton,SQL,Shoe size\nAda Example,8,3,44\nBo Ek,6,1,38\n", encoding="utf-8")
    done = score(rolefit, path, "--dry-run", "--map", "Shoe size=ignore")

    assert done.returncode == 0
    assert "2 candidates" in done.stdout
    assert '--map "Pyton=skill:python"' in done.stdout
    assert "Ada Example | Bo Ek" in done.stdout
    assert "Rank" not in done.stdout


def test_columns_may_be_mapped_by_option_and_by_file(rolefit, tmp_path):
    path, told = tmp_path / "pool.csv", tmp_path / "told.json"
    path.write_text("Who,A=B,Data\nAda Example,8,3\n", encoding="utf-8")
    told.write_text('{"Who": "name", "Data": "sql"}', encoding="utf-8")
    done = score(rolefit, path, "--map", told, "--map", "A=B=skill:python@10", "--dry-run")

    assert done.returncode == 0, done.stderr
    assert "level of Python (production-grade) on a scale to 10" in done.stdout
    assert "not understood" not in done.stdout + done.stderr


@pytest.mark.parametrize("told", ["Python", "=python", "Python=", "nowhere.json", "Python=nonsense"])
def test_a_mapping_that_is_none_is_refused(rolefit, pool, told):
    done = score(rolefit, pool, "--map", told)

    assert done.returncode == 65
    assert "mapping" in done.stderr.lower() or "--map" in done.stderr


@pytest.mark.parametrize("text", ["[1]", "{", '{"A": 1}'])
def test_a_file_of_a_mapping_that_is_none_is_refused(rolefit, pool, tmp_path, text):
    path = tmp_path / "told.json"
    path.write_text(text, encoding="utf-8")

    assert score(rolefit, pool, "--map", path).returncode == 65


def test_the_json_file_says_all(answer):
    assert names(answer) == ["Ada [bold]Example[/bold]", "Cy", "Bo Ek"]
    assert [row["rank"] for row in answer["shortlist"]] == [1, 2, 3]
    assert (answer["total"], answer["not_eligible_total"], answer["as_of"]) == (4, 1, "2026-11-20")
    for row in answer["shortlist"]:
        assert round(row["fit"] + sum(gap["points_lost"] for gap in row["gaps"]), 2) == 100


def test_the_workbook_has_the_same_order_and_fits(rolefit, pool, answer, tmp_path):
    path = tmp_path / "out.xlsx"
    done = score(rolefit, pool, "-o", path)
    sheet = load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == "Rank")
    shown = [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 : start + 4]]

    assert done.returncode == 0
    assert str(path) in done.stdout
    assert [(row["Rank"], row["Name"]) for row in shown] == [
        (row["rank"], row["candidate"]["name"]) for row in answer["shortlist"]
    ]
    assert [row["Fit"] for row in shown] == [row["fit"] for row in answer["shortlist"]]


def test_the_csv_file_has_the_same_order_and_fits(rolefit, pool, answer, tmp_path):
    path = tmp_path / "out.CSV"
    assert score(rolefit, pool, "-o", path).returncode == 0
    shown = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))

    assert [row["Name"] for row in shown] == names(answer)
    assert [float(row["Fit"]) for row in shown] == [row["fit"] for row in answer["shortlist"]]


def test_top_and_gate_cut_the_list_and_say_so(rolefit, pool, answer, tmp_path):
    path = tmp_path / "top.json"
    assert score(rolefit, pool, "--top", 2, "--gate", "pass", "-o", path).returncode == 0
    found = json.loads(path.read_bytes())

    assert names(found) == names(answer)[:2]
    assert (found["shown"], found["eligible"], found["total"], found["gate_asked"]) == (2, 2, 4, "pass")
    assert [row["candidate"]["name"] for row in found["not_eligible"]] == ["Zoë Muñoz", "Bo Ek"]


def test_as_of_stands_for_today(rolefit, tmp_path):
    people = [{"name": "Ada", "jobs": [{"start": "2020-01-01", "skills": ["Python"]}]}]
    path = tmp_path / "people.json"
    path.write_text(json.dumps(people), encoding="utf-8")
    fits = []
    for day in ("2020-07-01", "2025-01-01"):
        out = tmp_path / f"{day}.json"
        assert rolefit("score", path, "--role", "ml_engineer", "--as-of", day, "-o", out).returncode == 0
        found = json.loads(out.read_bytes())
        assert found["as_of"] == day
        fits.append(found["shortlist"][0]["fit"])

    assert fits[0] < fits[1]


def test_the_same_file_gives_the_same_answer_in_any_process(rolefit, pool, answer, tmp_path):
    path = tmp_path / "again.json"
    variables = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    assert score(rolefit, pool, "-o", path, **variables).returncode == 0

    assert json.loads(path.read_bytes()) == answer
    assert list(json.loads(path.read_bytes())) == list(answer)


def test_the_samples_can_be_scored(rolefit, root):
    for path in sorted((root / "sample_candidates").glob("candidates.[cjx]*")):
        done = rolefit("score", path, "--role", "ml_engineer")
        assert done.returncode == 0, (path.name, done.stderr)
        assert "shown:" in done.stdout


# Mistakes.


# What was read.


def read(rolefit, pool, *options, **variables):
    return rolefit("read", pool, "--as-of", "2026-11-20", *options, **variables)


def test_what_was_read_is_told_with_its_place_and_what_was_not_with_the_reason(rolefit, pool):
    done = read(rolefit, pool, COLUMNS="80")

    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "Ada [bold]Example[/bold] (1)"
    assert "rated: level 4; counts as 4" in lines
    assert "“Python: 4” Sheet!D2" in lines
    assert "“blue” Sheet!J3: not a level" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "row 6, column A" in done.stderr
    assert "Shoe size" in done.stderr


def test_of_many_the_first_are_told_and_how_many_there_are(rolefit, pool):
    done = read(rolefit, pool, "--top", "1")

    assert "Ada" in done.stdout
    assert "Zoë" not in done.stdout
    assert "The first 1 of 4 candidates; --top shows more, -o FILE writes all." in done.stdout


def test_all_that_was_read_is_written(rolefit, pool, tmp_path):
    paths = [tmp_path / f"read.{ending}" for ending in ("json", "csv", "xlsx")]
    done = [read(rolefit, pool, "--top", "1", "-o", path) for path in paths]
    payload = json.loads(paths[0].read_bytes())
    rows = list(csv.reader(io.StringIO(paths[1].read_text(encoding="utf-8-sig"), newline="")))

    assert [one.returncode for one in done] == [0, 0, 0]
    assert len(payload["results"]) == payload["total"] == 4
    assert len(rows) == load_workbook(paths[2])["Evidence"].max_row > 4 * 7
    assert json.loads(read(rolefit, pool, "--json").stdout) == payload


def test_a_column_can_be_told_what_it_means(rolefit, pool, tmp_path):
    (tmp_path / "map.json").write_text('{"Shoe size": "skill:docker"}')
    by_hand = json.loads(read(rolefit, pool, "--json", "--map", "Shoe size=skill:docker").stdout)
    by_file = json.loads(read(rolefit, pool, "--json", "--map", tmp_path / "map.json").stdout)

    assert by_hand == by_file
    told = {column["header"]: column["understood_as"] for column in by_hand["columns"]}
    assert told["Shoe size"] == "level of Docker"
    refused = read(rolefit, pool, "--map", "nonsense")
    assert (refused.returncode, "--map takes" in refused.stderr) == (65, True)


def test_the_samples_can_be_read(rolefit, root):
    for name in ("candidates.xlsx", "candidates.csv", "candidates.json", "resume.json"):
        done = rolefit("read", root / "sample_candidates" / name, COLUMNS="80")
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) <= 80


def test_an_unknown_role_is_answered_with_those_there_are(rolefit, pool):
    done = rolefit("score", pool, "--role", "wizard")

    assert done.returncode in (65, 66)
    assert "'wizard'" in done.stderr
    assert all(role in done.stderr for role in ROLES)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--seniority", "boss"], "junior"),
        (["--top", "0"], "1<=x<=10000"),
        (["--gate", "open"], "pass"),
        (["--as-of", "soon"], "%Y-%m-%d"),
        (["--colour", "blue"], "--colour"),
    ],
)
def test_a_wrong_option_is_answered_with_the_right_ones(rolefit, pool, options, says):
    done = score(rolefit, pool, *options)

    assert done.returncode == 2
    assert says in done.stderr


def test_an_output_that_cannot_be_written_is_refused_before_anything_is_read(rolefit, pool, tmp_path):
    done = score(rolefit, pool, "-o", tmp_path / "out.pdf")

    assert done.returncode == 65
    assert all(ending in done.stderr for ending in (".xlsx", ".csv", ".json"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_named(rolefit, tmp_path):
    done = rolefit("score", tmp_path / "nowhere.xlsx", "--role", "ml_engineer")

    assert done.returncode == 2
    assert "nowhere.xlsx" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"PK but no workbook", ""),
        ("a.csv", b"", "empty"),
        ("a.docx", b"hello", ".docx"),
        ("a.json", b'[{"skills": 3}]', "/0"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(rolefit, tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    done = rolefit("score", tmp_path / name, "--role", "ml_engineer")

    assert done.returncode == 65
    assert done.stdout == ""
    assert done.stderr.strip()
    assert says in done.stderr


@pytest.mark.parametrize("arguments", [["score", "{pool}", "--role", "ml_engineer"], ["template"]])
def test_an_output_in_a_folder_that_is_not_there_is_explained(rolefit, pool, tmp_path, arguments):
    out = tmp_path / "nowhere" / "out.xlsx"
    done = rolefit(*(argument.format(pool=pool) for argument in arguments), "-o", out)

    assert done.returncode not in (0, 1)
    assert "nowhere" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("ROLEFIT_RUBRICS", "/nowhere/rubrics"), ("ROLEFIT_SHEET_ROWS", "many")]
)
def test_a_wrong_setting_stops_the_command(rolefit, pool, variable, value):
    done = score(rolefit, pool, **{variable: value})

    assert done.returncode == 78
    assert done.stderr.strip()


# Rubrics.


def test_the_rubrics_in_use_are_checked(rolefit):
    done = rolefit("rubrics", "check")

    assert (done.returncode, done.stderr) == (0, "")
    assert "6 roles" in done.stdout


def test_broken_rubrics_stop_every_command(rolefit, root, pool, tmp_path):
    folder = tmp_path / "rubrics"
    shutil.copytree(root / "rubrics", folder)
    role = folder / "roles" / "ml_engineer.yaml"
    role.write_text(
        role.read_text(encoding="utf-8").replace("requirement: must", "requirement: vital"), encoding="utf-8"
    )
    check, scored = rolefit("rubrics", "check", folder), score(rolefit, pool, ROLEFIT_RUBRICS=str(folder))

    for done in (check, scored):
        assert done.returncode == 78
        assert "ml_engineer.yaml line 9, criteria.0.requirement" in done.stderr
        assert done.stderr.count("requirement: ") == 8  # once in the summary, and for each of the seven
    assert scored.stdout == ""


# Backups.


@pytest.fixture
def data(tmp_path, root):
    """A data folder with the people of a sample in it."""
    house = build_house(Settings(data=tmp_path / "data"))
    sample = root / "sample_candidates" / "candidates.csv"
    imports.import_file(house, sample, sample.name)
    house.store.close()
    return tmp_path / "data"


def people(data):
    with closing(sqlite3.connect(data / "rolefit.db")) as connection:
        return connection.execute("SELECT name, body FROM candidates ORDER BY number").fetchall()


def test_a_backup_is_restored_elsewhere_and_replaces_only_when_asked(rolefit, data, tmp_path):
    file, other = tmp_path / "today.rolefit", tmp_path / "other"
    made = rolefit("backup", file, "--data", data)
    assert (made.returncode, made.stderr) == (0, "")
    count = len(people(data))
    assert made.stdout == f"{count} candidates and 1 imports written to {file}\n"

    assert rolefit("restore", file, ROLEFIT_DATA=str(other)).returncode == 0
    assert people(other) == people(data)

    again = rolefit("restore", file, "--data", other)
    assert (again.returncode, again.stdout) == (65, "")
    assert "--replace" in again.stderr
    assert rolefit("restore", file, "--data", other, "--replace").returncode == 0
    assert people(other) == people(data)


def test_owners_keys_and_trails_come_back_from_a_backup_and_keys_open_again(rolefit, data, tmp_path):
    file, other = tmp_path / "today.rolefit", tmp_path / "other"
    key = rolefit("keys", "create", "ats", "--owner", "acme", ROLEFIT_DATA=str(data)).stdout.strip()
    looked = rolefit("audit", "verify", ROLEFIT_DATA=str(data))
    assert (looked.returncode, looked.stdout.count("intact"), "acme: 0 entries" in looked.stdout) == (0, 2, True)
    assert "of 2 owners" in rolefit("backup", file, "--data", data).stdout
    assert rolefit("restore", file, "--data", other).returncode == 0
    assert (other / "secret").read_bytes() == (data / "secret").read_bytes()
    assert (other / "secret").stat().st_mode & 0o777 == 0o600
    assert key.split("_")[1] in rolefit("keys", "list", ROLEFIT_DATA=str(other)).stdout
    assert rolefit("audit", "verify", ROLEFIT_DATA=str(other)).stdout == looked.stdout
    assert rolefit("audit", "head", "--owner", "nobody", ROLEFIT_DATA=str(other)).returncode == 66
    assert "0 candidates" in rolefit("sweep", ROLEFIT_DATA=str(other)).stdout


def test_a_trail_of_an_owner_that_was_touched_is_named_and_the_others_are_looked_at(rolefit, data):
    told = {"ROLEFIT_DATA": str(data)}
    for owner in ("acme", "beta"):
        rolefit("keys", "create", "ats", "--owner", owner, **told)
    rolefit("audit", "verify", **told)
    with closing(sqlite3.connect(data / "owners" / "acme.db")) as connection:
        connection.execute("UPDATE audit_head SET count = 7")
        connection.commit()
    done = rolefit("audit", "verify", **told)
    assert (done.returncode, done.stdout.count("intact")) == (1, 2)
    assert "acme: The trail was tampered with" in done.stderr
    assert rolefit("audit", "verify", "--owner", "beta", **told).returncode == 0


@pytest.mark.parametrize(("place", "code"), [("no/folder/backup", 73), ("", 2)])
def test_a_backup_that_cannot_be_written_says_so(rolefit, data, tmp_path, place, code):
    done = rolefit("backup", tmp_path / place, "--data", data)

    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr


def test_a_backup_of_nothing_and_a_file_that_is_none_are_refused(rolefit, data, tmp_path):
    nothing = rolefit("backup", tmp_path / "backup", "--data", tmp_path / "elsewhere")
    assert (nothing.returncode, list(tmp_path.iterdir())) == (69, [data])

    (tmp_path / "letter").write_text("Dear committee")
    done = rolefit("restore", tmp_path / "letter", "--data", data, "--replace")
    assert (done.returncode, done.stdout) == (65, "")
    assert "not a backup" in done.stderr


# The service.


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com"])  # noqa: S104 - refused
def test_serve_listens_to_nobody_but_this_machine(rolefit, host, tmp_path):
    done = rolefit("serve", "--host", host, "--data", tmp_path / "data")

    assert done.returncode == 78
    assert host in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("host", ["::1", "[::1]", "0:0:0:0:0:0:0:1"])
def test_serve_says_why_it_does_not_listen_on_the_loopback_of_ipv6(rolefit, host, tmp_path):
    done = rolefit("serve", "--host", host, "--data", tmp_path / "data")

    assert (done.returncode, done.stdout) == (78, "")
    assert "IPv6" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_port_in_use_is_named_and_nothing_is_claimed(rolefit, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = rolefit("serve", "--port", port, "--data", tmp_path / "data", "--samples")

    assert (done.returncode, done.stdout) == (69, "")
    assert f"Port {port} of 127.0.0.1 cannot be had: Address already in use." in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("host", "says"), [("192.0.2.1", "Cannot assign"), ("nowhere.invalid", ""), ("ä..b", "name of a host")]
)
def test_an_address_that_cannot_be_had_is_named(rolefit, tmp_path, host, says):
    variables = {"ROLEFIT_DATA": str(tmp_path / "data")}
    rolefit("keys", "create", "ats", **variables)
    done = rolefit("serve", "--host", host, "--port", 8123, **variables)

    assert (done.returncode, done.stdout) == (69, "")
    assert f"Port 8123 of {host} cannot be had: " in done.stderr
    assert says in done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetched(url):
    with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own address
        return response.status, json.load(response)


def ready(process, url, patience=30):
    """Wait until the service answers."""
    until = time.monotonic() + patience
    while time.monotonic() < until and process.poll() is None:
        try:
            return fetched(url)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    pytest.fail(f"not ready, exit code {process.poll()}")


@pytest.mark.slow
@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_with_the_samples_and_stops_when_told(root, tmp_path, signal_):
    port = free_port()
    arguments = ["serve", "--port", str(port), "--data", str(tmp_path / "data"), "--samples"]
    output = tmp_path / "output"
    with output.open("wb") as told:
        process = subprocess.Popen(
            [*command(), *arguments], cwd=tmp_path, env=environment(root), stdout=told, stderr=subprocess.STDOUT
        )
    try:
        status, body = ready(process, f"http://127.0.0.1:{port}/readyz")
        assert (status, body["status"], body["rubrics"]) == (200, "ready", 6)
        _, shortlist = fetched(f"http://127.0.0.1:{port}/api/v1/shortlists/ml_engineer")
        assert shortlist["total"] > 0
        process.send_signal(signal_)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.wait()
    said = output.read_text(encoding="utf-8")
    assert f"http://127.0.0.1:{port}" in said
    assert "candidates.xlsx" in said
    assert not [edge for edge in EDGES if edge in said], said
