"""Rubrics at the command line: out to a file, edited, back as a new version."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from service import shipped
from service.app import build_house
from service.cli import main
from service.config import Settings
from service.usecases import candidates


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command over a folder in which three people are stored."""
    monkeypatch.setenv("ROLEFIT_DATA", str(tmp_path / "data"))
    house = build_house(Settings(data=tmp_path / "data"))
    levels = [{"Python": 4 - n, "SQL": 2 + n / 2} for n in range(3)]
    rated = [[{"name": name, "level": level, "kind": "rated"} for name, level in of.items()] for of in levels]
    people = [{"name": f"{n} Example", "skills": skills} for n, skills in enumerate(rated)]
    candidates.keep(people, house, "", None, None)
    house.store.close()

    def run(*arguments, code=0):
        done = CliRunner().invoke(main, ["rubrics", *map(str, arguments)])
        assert done.exit_code == code, done.output
        return done.output

    return run


@pytest.mark.parametrize("ending", ["xlsx", "yaml", "json"])
def test_what_is_exported_and_published_as_it_is_changes_nothing(run, tmp_path, ending):
    run("export", "-o", tmp_path / f"all.{ending}")
    assert "Nothing is otherwise" in run("publish", tmp_path / f"all.{ending}")
    assert "published" not in run("versions", "ml_engineer")


def test_an_edited_rubric_is_tried_then_published_compared_and_withdrawn(run, tmp_path):
    path = tmp_path / "ml_engineer.json"
    run("export", "--role", "ml_engineer", "-o", path)
    told = json.loads(path.read_text())
    next(one for one in told["rubrics"][0]["criteria"] if one["id"] == "sql")["weight"] = 500
    path.write_text(json.dumps(told))
    tried = run("publish", path, "--dry-run")
    for said in (
        "ML Engineer would become version 2.",
        "criterion sql: weight 5 -> 500",
        "Of 3 candidates (mid), 2 move",
    ):
        assert said in tried
    assert "published" not in run("versions", "ml_engineer")
    assert "is now version 2" in run("publish", path, "--note", "SQL it is")
    assert re.search(r"2 +published +yes .*SQL it is", run("versions", "ml_engineer"))
    assert "criterion sql: weight 500 -> 5\n" in run("diff", "ml_engineer", 2, 1)
    run("publish", path, code=65)
    assert "as the files say" in run("withdraw", "ml_engineer")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--role", "nobody", "-o", "x.json"), "There is no role"),
        (("export", "-o", "x.txt"), ".xlsx, .yaml, .yml, .json"),
        (("diff", "ml_engineer", "1", "7"), "no version 7"),
        (("withdraw", "ml_engineer"), "nothing to withdraw"),
    ],
)
@pytest.mark.usefixtures("run")
def test_what_cannot_be_done_is_said(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["rubrics", *arguments])
    assert done.exit_code in (64, 65, 66, 69, 1)
    assert said in done.output


def test_lint_tells_of_the_rubrics_alone_and_over_a_file(run, root):
    assert "over 0 candidates" in run("lint")
    told = run("lint", "--pool", root / "sample_candidates" / "candidates.xlsx")
    assert "nothing is known in" in told
    assert "over 60 candidates; 28 source, 3 inferred." in told


# Drafts

JOB = "Engine Developer\n\nRequirements\n- Expert in Python\n- Kafka or Kinesis\n- Klingon++\nNice to have\n- Docker\n"


def test_a_job_description_becomes_a_file_that_passes_the_check(run, tmp_path):
    folder = tmp_path / "rubrics"
    shutil.copytree(shipped.folder("rubrics"), folder)
    (tmp_path / "job.txt").write_text(JOB)
    said = run("draft", tmp_path / "job.txt", "-o", folder / "roles" / "engine_developer.yaml")
    assert "Engine Developer (draft), 3 criteria" in said
    assert "roles/engine_developer.yaml" in said
    assert "Not understood: Klingon++" in said
    assert "7 roles" in run("check", folder)
    assert (folder / "roles" / "engine_developer.yaml").read_text().startswith("# A draft made from a job description.")


def test_a_draft_in_a_file_can_be_published(run, tmp_path):
    (tmp_path / "job.md").write_text(JOB)
    run("draft", tmp_path / "job.md", "-o", tmp_path / "draft.yaml")
    assert "Engine Developer (draft) is now version 1." in run("publish", tmp_path / "draft.yaml")


def test_a_draft_is_shown_where_no_file_is_named(run, tmp_path):
    (tmp_path / "job.json").write_text(json.dumps({"title": "Engine Developer", "qualifications": ["Python"]}))
    assert "role: engine_developer\n" in run("draft", tmp_path / "job.json")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("job.txt", "Benefits\n- Courses in Python", 65),
        ("job.txt", "", 65),
        ("job.json", "{", 65),
        ("job.json", "[]", 65),
        ("job.pdf", "Python", 65),
    ],
)
def test_a_file_that_asks_nothing_or_cannot_be_read_is_refused(run, tmp_path, name, text, code):
    (tmp_path / name).write_text(text)
    assert "Traceback" not in run("draft", tmp_path / name, code=code)


@pytest.mark.parametrize("place", ["nowhere/x.yaml", "taken.yaml"])
def test_a_file_that_cannot_be_written_is_named(run, tmp_path, place):
    (tmp_path / "job.txt").write_text(JOB)
    (tmp_path / "taken.yaml").symlink_to(tmp_path / "nowhere" / "x.yaml")
    for command in (("export",), ("draft", tmp_path / "job.txt")):
        said = run(*command, "-o", tmp_path / place, code=73)
        assert place.partition("/")[0] in said
        assert said.count("\n") == 1


def test_a_draft_is_written_as_yaml_alone(run, tmp_path):
    (tmp_path / "job.txt").write_text(JOB)
    assert ".yaml" in run("draft", tmp_path / "job.txt", "-o", tmp_path / "draft.xlsx", code=65)
    assert not (tmp_path / "draft.xlsx").exists()
