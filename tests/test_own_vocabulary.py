"""A user's own skills beside ours: what they add counts, what they get wrong is told by file, line and field."""

import subprocess
import sys

import pytest

from service import rubric_library
from service.config import from_environment
from service.errors import BrokenRubric


@pytest.fixture
def own(tmp_path):
    def load(*lines):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        path = folder / "ours.yaml"
        path.write_text("\n".join(["version: 1", "skills:", *(f"  - {{{line}}}" for line in lines)]), encoding="utf-8")
        return rubric_library.load(None, path)

    return load


def test_a_new_skill_is_known_with_its_names_and_what_it_implies(own):
    vocabulary = own(
        "id: acme_flow, name: AcmeFlow, field: mlops, aliases: [acme engine], implies: [airflow]"
    ).vocabulary
    assert vocabulary.resolve("Acme-Engine") == "acme_flow"
    assert "airflow" in vocabulary.implied["acme_flow"]


def test_a_skill_of_ours_gains_names_and_loses_none(own, library):
    vocabulary = own("id: python, aliases: [serpent speak]", "id: docker, name: Whale Boxes").vocabulary
    assert vocabulary.resolve("Serpent Speak") == "python"
    assert vocabulary.resolve("Whale boxes") == "docker"
    assert vocabulary.skills["docker"].name == library.vocabulary.skills["docker"].name
    assert dict(library.vocabulary.names).items() <= dict(vocabulary.names).items()
    assert all(library.vocabulary.implied[id_] <= proved for id_, proved in vocabulary.implied.items())


def test_ours_is_as_it_was_without_theirs(own, library):
    own("id: python, aliases: [serpent speak]")
    assert library.vocabulary.resolve("Serpent Speak") is None


def test_the_digest_of_a_rubric_tells_of_implications_that_reach_it_and_of_no_others(own, library):
    digests = {role: rubric.digest for role, rubric in library.rubrics.items()}
    named = own("id: python, aliases: [serpent speak]")
    assert {role: rubric.digest for role, rubric in named.rubrics.items()} == digests
    proving = own("id: acme_flow, name: AcmeFlow, field: mlops, implies: [kubernetes]")
    changed = {role for role, rubric in proving.rubrics.items() if rubric.digest != digests[role]}
    assert changed == {role for role, rubric in library.rubrics.items() if "kubernetes" in rubric.proves}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["id: a, name: A tool, field: f, size: 3", "id: python, aliases: 5"],
            [(3, "skills.0.size", "Unknown field"), (4, "skills.1.aliases", "Not a valid list")],
        ),
        (["id: python", "id: brand_new"], [(4, "skills.1", "'brand_new' is new: it needs a name and a field")]),
        (
            [
                "id: docker, aliases: [k8s]",
                "id: new_thing, name: K8s, field: f, implies: [nowhere]",
                "id: new_thing, name: B tool, field: f",
                "id: containers, implies: [docker]",
            ],
            [
                (3, "skills.0.aliases", "Rolefit's own vocabulary has: docker, kubernetes"),
                (4, "skills.1.implies", "'nowhere'"),
                (4, "skills.1.name", "'new_thing' and 'kubernetes' both claim"),
                (5, "skills.2.id", "there twice"),
                (3, "skills.0.implies", "imply each other: containers, docker"),
            ],
        ),
        (
            ["id: python", "id: containers, implies: [docker]"],
            [(4, "skills.1.implies", "Rolefit's own vocabulary has: containers, docker")],
        ),
    ],
)
def test_every_mistake_is_told_by_file_line_and_field(own, lines, told):
    with pytest.raises(BrokenRubric) as caught:
        own(*lines)
    found = [(fault["line"], fault["field"], fault["detail"]) for fault in caught.value.errors]
    assert {fault["file"] for fault in caught.value.errors} == {"ours.yaml"}
    assert sorted(fault[:2] for fault in found) == sorted(fault[:2] for fault in told)
    for line, field, says in told:
        assert any(fault[:2] == (line, field) and says in fault[2] for fault in found), says


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BrokenRubric, match="cannot be read"):
        rubric_library.load(None, tmp_path / "nowhere.yaml")


def test_the_setting_names_the_file(tmp_path):
    assert from_environment({"ROLEFIT_VOCABULARY": str(tmp_path)}).vocabulary == tmp_path
    assert from_environment({}).vocabulary is None


def run(root, *words):
    return subprocess.run(
        [sys.executable, "-c", "from service.cli import main; main()", *words],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_one_command_scores_with_a_vocabulary_beside_ours(root, tmp_path):
    vocabulary, people = tmp_path / "ours.yaml", tmp_path / "people.csv"
    vocabulary.write_text("version: 1\nskills:\n  - {id: python, aliases: [serpent speak]}\n", encoding="utf-8")
    people.write_text('Name,Skills\nAda Beispiel,"serpent speak, Kubernits"\n', encoding="utf-8")
    without = run(root, "score", str(people), "--role", "ml_engineer")
    beside = run(root, "score", str(people), "--role", "ml_engineer", "--vocabulary", str(vocabulary))
    assert "serpent speak (1)" in without.stderr
    assert "serpent speak" not in beside.stderr
    assert beside.returncode == without.returncode == 0
    read = run(root, "read", str(people), "--json", "--vocabulary", str(vocabulary))
    assert '"skill": "python"' in read.stdout


@pytest.mark.slow
def test_lint_says_what_it_found_and_exits_with_0_or_1(root, tmp_path):
    good = run(root, "rubrics", "lint")
    assert (good.returncode, good.stderr) == (0, "")
    assert " 0 faults." in good.stdout
    vocabulary = tmp_path / "ours.yaml"
    vocabulary.write_text("version: 1\nskills:\n  - {id: python, aliases: [PYTHON]}\n", encoding="utf-8")
    assert run(root, "rubrics", "lint", "--vocabulary", str(vocabulary)).returncode == 1
    vocabulary.write_text("version: 1\nskills:\n  - {id: docker, aliases: [k8s]}\n", encoding="utf-8")
    broken = run(root, "rubrics", "lint", "--vocabulary", str(vocabulary))
    assert broken.returncode == 1
    assert "ours.yaml line 3" in broken.stderr
