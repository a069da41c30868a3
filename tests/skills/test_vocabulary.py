"""How a vocabulary is built, what it refuses, and how it takes a cell of skills apart."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BrokenRubric
from service.rubric_library import yaml_text
from service.skills import vocabulary as module
from service.skills.vocabulary import Skill, Vocabulary, normalise

SKILLS = Path(__file__).resolve().parents[2] / "rubrics" / "skills.yaml"


@pytest.fixture(scope="session")
def vocabulary():
    entries = yaml_text.load(SKILLS.read_text(encoding="utf-8"))["skills"]
    return Vocabulary(
        Skill(e["id"], e["name"], e["field"], tuple(e.get("aliases", ())), tuple(e.get("implies", ()))) for e in entries
    )


@pytest.fixture
def small():
    return Vocabulary(
        [
            Skill("python", "Python (production-grade)", "languages", ("py",)),
            Skill("pandas", "pandas", "libraries", (), ("python",)),
            Skill("geopandas", "GeoPandas", "libraries", (), ("pandas",)),
        ]
    )


def faults_of(*skills):
    with pytest.raises(BrokenRubric) as caught:
        Vocabulary(skills)
    return caught.value


def test_id_name_plain_name_and_alias_all_resolve(small):
    assert {small.resolve(name) for name in ("python", "Python (production-grade)", "Python", "PY")} == {"python"}


def test_implications_are_followed_to_their_end(small):
    assert small.implied == {
        "python": frozenset(),
        "pandas": frozenset({"python"}),
        "geopandas": frozenset({"pandas", "python"}),
    }


def test_a_vocabulary_cannot_be_changed_from_outside(small):
    with pytest.raises(TypeError):
        small.skills["r"] = Skill("r", "R", "languages")
    with pytest.raises(TypeError):
        small.implied["python"] = frozenset()


def test_a_skill_cannot_be_changed():
    with pytest.raises(AttributeError):
        Skill("r", "R", "languages").name = "S"


def test_an_empty_vocabulary_knows_nothing():
    empty = Vocabulary([])
    assert empty.resolve("Python") is None
    assert empty.split("Python, R") == ["Python", "R"]


def test_every_fault_is_told_at_once():
    error = faults_of(
        Skill("a", "Alpha", "f", ("one", "***"), ("b", "nowhere")),
        Skill("b", "Beta", "f", ("ONE",), ("c",)),
        Skill("c", "Gamma", "f", (), ("a", "elsewhere")),
        Skill("a", "Delta", "f"),
        Skill("e", "Epsilon", "f", (), ("e",)),
    )
    assert sorted((fault["field"], fault["code"]) for fault in error.errors) == [
        ("skills.0.aliases", "empty_name"),
        ("skills.0.implies", "implication_cycle"),
        ("skills.0.implies", "unknown_skill"),
        ("skills.1.aliases", "name_taken"),
        ("skills.2.implies", "unknown_skill"),
        ("skills.3.id", "duplicate_id"),
        ("skills.4.implies", "implication_cycle"),
    ]
    assert all(fault["detail"] for fault in error.errors)
    assert str(len(error.errors)) in error.detail


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Skill("ci_cd", "Delivery", "f"), Skill("x", "CI/CD", "f")),
        (Skill("a", "Scikit-Learn", "f"), Skill("b", "B", "f", ("scikit_learn",))),
        (Skill("a", "Cloud (AWS)", "f"), Skill("b", "cloud", "f")),
        (Skill("a", "A", "f", ("same",)), Skill("b", "B", "f", (" Same ",))),
    ],
)
def test_two_skills_cannot_claim_one_name(first, second):
    error = faults_of(first, second)
    assert {fault["code"] for fault in error.errors} == {"name_taken"}
    assert repr(first.id) in error.errors[0]["detail"]
    assert repr(second.id) in error.errors[0]["detail"]


def test_one_skill_may_repeat_a_name_of_its_own():
    assert Vocabulary([Skill("go", "Go", "f", ("GO", "golang"))]).resolve("go") == "go"


def test_a_long_circle_is_told_once_with_all_its_members():
    error = faults_of(*(Skill(f"s{n}", f"S {n}", "f", (), (f"s{(n + 1) % 5}",)) for n in range(5)))
    assert [fault["code"] for fault in error.errors] == ["implication_cycle"]
    assert all(f"s{n}" in error.errors[0]["detail"] for n in range(5))


def test_a_skill_that_leads_into_a_circle_is_not_blamed_for_it():
    error = faults_of(
        Skill("x", "X", "f", (), ("y",)), Skill("y", "Y", "f", (), ("z",)), Skill("z", "Z", "f", (), ("y",))
    )
    assert [fault["detail"] for fault in error.errors] == ["These imply each other: y, z."]


CELLS = [
    ("", []),
    (" , ;\n|\t", []),
    ("Python", ["Python"]),
    ("Python, SQL", ["Python", "SQL"]),
    ("Python; SQL | R\nGo\tRust", ["Python", "SQL", "R", "Go", "Rust"]),
    ("Python,SQL,,R,", ["Python", "SQL", "R"]),
    ("SQL, Python, SQL", ["SQL", "Python", "SQL"]),
    ("• Python\n• SQL", ["Python", "SQL"]),
    ("- Python\n- SQL\n* R\n– Go", ["Python", "SQL", "R", "Go"]),
    ("1. Python\n2) SQL", ["Python", "SQL"]),
    ("Python · SQL ▪ R", ["Python", "SQL", "R"]),
    ("Python，SQL；R", ["Python", "SQL", "R"]),
    ("['Python', 'SQL']", ["Python", "SQL"]),
    ('["Python", "R"]', ["Python", "R"]),
    ("“Python”, “SQL”.", ["Python", "SQL"]),
    ("Python, SQL, and R", ["Python", "SQL", "R"]),
    ("Python (4), PyTorch (2 yrs, used), k8s", ["Python (4)", "PyTorch (2 yrs, used)", "k8s"]),
    ("Python: 4, Python - advanced", ["Python: 4", "Python - advanced"]),
    ("Python 4,5; SQL 3", ["Python 4,5", "SQL 3"]),
    ("Python (4,5); SQL (3)", ["Python (4,5)", "SQL (3)"]),
    ("Python (4, SQL", ["Python (4", "SQL"]),
    ("Python 4/5, SQL 3/5", ["Python 4/5", "SQL 3/5"]),
    ("Python (4/5) / SQL (3/5)", ["Python (4/5)", "SQL (3/5)"]),
    ("Python 4 / SQL 3", ["Python 4", "SQL 3"]),
    ("Python / 4", ["Python / 4"]),
    ("AWS (EC2, S3, Lambda)", ["AWS", "EC2", "S3", "Lambda"]),
    ("AWS (EC2, S3): 4, R", ["AWS: 4", "EC2", "S3", "R"]),
    ("AWS (EC2, our own thing)", ["AWS (our own thing)", "EC2"]),
    ("Python (Django, 3 yrs)", ["Python (3 yrs)", "Django"]),
    ("Python (no Django, Flask)", ["Python (no Django, Flask)"]),
    ("RAG (Retrieval-Augmented Generation)", ["RAG (Retrieval-Augmented Generation)"]),
    ("Cloud platforms (AWS / GCP / Azure), R", ["Cloud platforms (AWS / GCP / Azure)", "R"]),
    ("Cloud (AWS / GCP)", ["Cloud", "AWS", "GCP"]),
    ("German (C)", ["German (C)"]),
    ("Python (C)", ["Python (C)"]),
    ("Never used (R, SQL)", ["Never used (R, SQL)"]),
    ("Tools (Docker, Jenkins)", ["Docker", "Jenkins"]),
    ("Languages: Python, C; Cloud: AWS", ["Python", "C", "Cloud", "AWS"]),
    ("Wants to learn: Go", ["Wants to learn: Go"]),
    ("C/C++", ["C", "C++"]),
    ("C/C++/C#", ["C", "C++", "C#"]),
    ("PyTorch/TensorFlow/Keras", ["PyTorch", "TensorFlow", "Keras"]),
    ("AWS/GCP/Azure", ["AWS", "GCP", "Azure"]),
    ("AWS / our cloud", ["AWS", "our cloud"]),
    ("Python/SomethingNew", ["Python", "SomethingNew"]),
    ("Foo / Bar", ["Foo", "Bar"]),
    ("Foo/Bar", ["Foo/Bar"]),
    ("CI/CD, TCP/IP, PL/SQL, OS/2, I/O", ["CI/CD", "TCP/IP", "PL/SQL", "OS/2", "I/O"]),
    ("UI/UX, AI/ML, A/B testing", ["UI/UX", "AI/ML", "A/B testing"]),
    ("UI / UX, CI / CD, A / B testing", ["UI / UX", "CI / CD", "A / B testing"]),
    ("CI/CD/MLOps", ["CI/CD", "MLOps"]),
    ("A/B testing/SQL", ["A/B testing", "SQL"]),
    ("C/O, A/C, n/a, Go/No-Go", ["C/O", "A/C", "n/a", "Go/No-Go"]),
    ("https://python.org/sql, R", ["https://python.org/sql", "R"]),
    ("no Python / SQL", ["no Python / SQL"]),
    ("Python and SQL", ["Python", "SQL"]),
    ("Docker & Kubernetes", ["Docker", "Kubernetes"]),
    ("Python + SQL", ["Python", "SQL"]),
    ("PyTorch or TensorFlow", ["PyTorch", "TensorFlow"]),
    ("Python and SQL - advanced", ["Python", "SQL - advanced"]),
    ("Weights & Biases", ["Weights & Biases"]),
    ("Weights & Biases & MLflow", ["Weights & Biases", "MLflow"]),
    ("Statistics and experimentation", ["Statistics and experimentation"]),
    ("Research and development", ["Research and development"]),
    ("R&D, R", ["R&D", "R"]),
    ("C++, C#, .NET, Node.js", ["C++", "C#", ".NET", "Node.js"]),
]


@pytest.mark.parametrize(("cell", "items"), CELLS, ids=[cell for cell, _ in CELLS])
def test_a_cell_is_taken_apart(vocabulary, cell, items):
    assert vocabulary.split(cell) == items


@given(text=st.text() | st.text(alphabet="PythonRC+ /&,;()[]:-12\n"))
def test_any_cell_can_be_taken_apart_and_nothing_is_made_up(vocabulary, text):
    for item in vocabulary.split(text):
        assert normalise(item)
        assert item == item.strip()
        assert {sign for sign in item if sign.isalnum()} <= set(text)


@given(names=st.lists(st.sampled_from(["Python", "C++", "CI/CD", "Weights & Biases", "R", ".NET", "A/B testing"])))
def test_known_names_set_in_a_list_come_back_out_of_it(vocabulary, names):
    for sign in (", ", ";", "\n", " | ", " / "):
        assert vocabulary.split(sign.join(names)) == names


def test_what_is_said_of_a_skill_is_left_to_the_reader_of_levels(vocabulary):
    assert [vocabulary.resolve(item) for item in vocabulary.split("Python (0), SQL: 2, Go - 3 yrs, R")] == [
        None, None, None, "r",
    ]  # fmt: skip


def test_answers_are_remembered_within_bounds(small, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 10)
    assert [small.resolve(f"Python {number}.1") for number in range(1, 100)] == ["python"] * 99
    assert len(small._remembered) <= 10  # noqa: SLF001 - the bound is what is tested


def test_a_text_too_long_for_a_name_is_neither_read_nor_remembered(small):
    text = "Python" + " " * module.LONGEST_NAME
    assert small.resolve(text) is None
    assert text not in small._remembered  # noqa: SLF001 - the bound is what is tested


@pytest.mark.parametrize(
    "cell",
    [
        "a/" * 16_000, "Python/" * 5_000, "(" * 32_000, "(" * 16_000 + ")" * 16_000, "(a) " * 8_000,
        "Python (SQL) " * 2_500, "a" + " " * 32_000 + "b", "x and " * 6_000, "a:" * 16_000, " / " * 10_000,
        "- " * 16_000, "AWS (" + "EC2, " * 6_000 + ")", "'" * 32_000, "1 " * 16_000, "." * 32_000, "+" * 32_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_no_cell_takes_long(vocabulary, cell):
    start = time.process_time()
    vocabulary.split(cell)
    vocabulary.resolve(cell)
    assert time.process_time() - start < 3
