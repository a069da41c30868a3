"""What the README says is run, or held against what is there."""

from __future__ import annotations

import json
import re
import shlex

import pytest
from click.testing import CliRunner

from service.cli import main
from service.config import from_environment


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def answer(client, readme):
    request = json.loads(re.search(r"@- <<'JSON'\n(.*?)\nJSON\n", readme, re.DOTALL)[1])
    response = client.post("/api/v1/scores", json=request)
    assert response.status_code == 200, response.json
    return response.json["results"][0]


def test_the_worked_example_is_what_the_service_answers(answer, readme):
    table = readme[readme.index("| row | level |") : readme.index("Nothing speaks against her")]
    told = re.findall(r"^\| `(\w+)`.*\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", table, re.MULTILINE)
    rows = {row["criterion"]: row for row in answer["criteria"]}
    assert len(told) == 7
    for criterion, required, full, points in told:
        row = rows.pop(criterion)
        assert (row["required_level"], row["full_points"], row["points"]) == (
            float(required),
            float(full),
            float(points),
        )
    assert len(rows) == 12
    assert {row["points"] for row in rows.values()} == {0.0}
    assert f"{sum(row['full_points'] for row in rows.values()):.2f}" in table
    assert f"**{answer['fit']:.2f}**" in table
    assert answer["fit_high"] == 100


def test_what_would_change_it_is_what_the_command_says(root, readme, monkeypatch):
    told = readme[readme.index("$ rolefit what-if") :].split("```")[0]
    command, *lines = told.replace("\\\n", "").splitlines()
    monkeypatch.chdir(root)
    said = CliRunner().invoke(main, shlex.split(command)[2:]).output.splitlines()
    for line, real in zip(lines, said, strict=False):
        assert real.startswith(line.removesuffix("…").rstrip())


def test_every_call_is_in_the_readme_and_every_call_there_exists(client, readme):
    paths = client.get("/openapi.json").json["paths"]
    told = set(re.findall(r"/api/v1/[\w/{}.-]+", readme)) | {"/api/v1/livez", "/api/v1/readyz", "/api/v1/metrics"}
    generic = {re.sub(r"\{\w+\}", "{}", path) for path in paths}
    assert {path for path in told if re.sub(r"\{\w+\}", "{}", path) not in generic and "{" in path} == set()
    for path in paths:
        stem = re.sub(r"\{\w+\}", "{}", path).removesuffix(".csv").removesuffix(".xlsx")
        assert any(re.sub(r"\{\w+\}", "{}", one).removesuffix(".xlsx") == stem for one in told), path


def test_every_setting_is_in_the_readme(readme):
    for name in ("DATA", "DATABASE_URL", "RUBRICS", "MAX_UPLOAD_BYTES", "MAX_JSON_BYTES", "TRUSTED_HOSTS"):
        assert f"`ROLEFIT_{name}`" in readme
    for field in from_environment({}).limits.__dataclass_fields__:
        assert f"_{field.upper()}`" in readme, field


def test_the_commands_name_what_is_there(root, readme):
    for path in re.findall(r"(?:sample_candidates|rubrics|service|tests|\.readme)/[\w./]+\w", readme):
        assert (root / path).exists(), path


def test_ci_runs_the_test_command_of_the_readme(root, readme):
    assert len([line for line in readme.splitlines() if line.endswith("-m pytest")]) == 1
    assert "grep -m1 -- '-m pytest$' README.md" in (root / ".ci" / "run").read_text(encoding="utf-8")


def test_nothing_committed_names_a_registry_or_a_machine(root):
    import subprocess  # noqa: PLC0415 - only here

    hosts = "|".join(("pypi[.]org", "python" + "hosted", "registry[.]npm" + "js"))
    found = subprocess.run(
        ["git", "grep", "-nIE", hosts, "--", "."], cwd=root, capture_output=True, text=True, check=False
    ).stdout
    assert found == ""
