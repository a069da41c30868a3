"""Names with a slip in them: read where one skill can be meant, suggested where a person must say, else left alone."""

import random

import pytest

from service import rubric_library
from service.skills import spelling as module
from service.skills.spelling import Answer, Spelling
from service.skills.vocabulary import Skill, Vocabulary


@pytest.fixture(scope="module")
def spelling():
    return Spelling(rubric_library.load().vocabulary)


SLIPS = [
    ("Kubernets", "kubernetes"), ("Kuberntes", "kubernetes"), ("kuberenetes", "kubernetes"), ("Pyhton", "python"),
    ("Pythoon", "python"), ("Tensorfow", "tensorflow"), ("Tensorflwo", "tensorflow"), ("PyTroch", "pytorch"),
    ("Djnago", "django"), ("Dcoker", "docker"), ("Snowflak", "snowflake"), ("Databriks", "databricks"),
    ("Postgressql", "postgresql"), ("MongoDBB", "mongodb"), ("Elasticserach", "elasticsearch"),
    ("Elastic serach", "elasticsearch"), ("JavaSript", "javascript"), ("Javascrpit", "javascript"),
    ("Typescipt", "typescript"), ("Terrafrom", "terraform"), ("Ansibel", "ansible"), ("Tablau", "tableau"),
    ("Cassandre", "cassandra"), ("Langchian", "langchain"), ("machine learnign", "machine_learning"),
    ("Machine Lerning", "machine_learning"), ("deep lerning", "deep_learning"), ("data anlysis", "data_analysis"),
    ("Prompt Enginering", "prompt_engineering"), ("Retrival augmented generation", "rag"), ("Git lab", "gitlab"),
    ("kafkaconnect", "kafka"), ("Micosoft Azure", "azure"), ("Jenkis", "jenkins"), ("Grafanna", "grafana"),
    ("Promtheus", "prometheus"), ("Advanced Kuberntes", "kubernetes"), ("Pyhton programming", "python"),
    ("Kubernets (k8s)", "kubernetes"), ("Statistcs", "statistics"), ("Airflows", "airflow"), ("Elixer", "elixir"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "skill"), SLIPS)
def test_one_slip_in_a_long_word_is_read(spelling, written, skill):
    assert spelling.vocabulary.resolve(written) is None
    assert spelling.near(written) == skill


_OTHERS = """
    Kera Skala Perl6x Pylance Gradle Perfect Closure Flatter Whisker Chrome Clause Backed Looked Looser Linker Linked
    Vertical Robert Roberto Talent Scrape Scrap Scrappy Fluent Mathematica Statistica Polaris OpenCL Datalog PyText
    JenkinsX Athenz AutoMQ Rapide Containerd Informatics Supernet Supersets Assemble Assembled Apogee Consult Console
    Docket Docked Locker Packet Packed Racket Rocket Groove Prophets Streamlet Cursory Cursors Lambdas Reacts Stripe
    Script Scream Streak Steam Perfection Jupiter Marketo Marker Market Studios Survey Strand Talend2 Thread Vortex
    Victor Window Whisky Pandora Panda Flash Flasks Space Spare State Status Scale Stage Shark Sparks Touch Reach
    Rapid Radio Ratio Serve Sharp Shift Means Mango Mails Blink Slang Clang Cypher7 Neutral Balance Bucket7 Hiding
    Handing Leaning Leading Turning Trailing Retaining Mixing Promoting Waiting Sorting Scoping Clearing Grails Sigma
    Shiny Seata Alink TestNG PubNub Kennel Turing Travii Trigon Helicon Infernet
"""
OTHERS = _OTHERS.split()

PHRASES = [
    "Casual inference",
    "Google Ads",
    "Apache Pivot",
    "Objective-J",
    "MT Framework",
    "Deep leaning",
    "Machine leaning",
    "Data mixing",
    "Data leaking",
    "Linear depression",
    "Prompt enjoying",
    "Model turning",
    "no Kubernets",
    "GPT 77x",
    "Neutral networks",
    "Feature engines",
    "Time serious",
    "Power Bl",
    "Azur",
    "Scikit-lern",
    "yPthon",
    "ROS9x",
]


@pytest.mark.parametrize("written", [*OTHERS, *PHRASES])
def test_what_may_be_another_word_or_tool_is_never_read_as_a_skill(spelling, written):
    assert spelling.near(written) is None


def test_the_list_of_others_is_as_long_as_was_promised():
    assert len({*OTHERS, *PHRASES}) >= 100


@pytest.mark.parametrize(
    ("written", "skill"),
    [
        ("yPthon", "python"), ("Scikit-lern", "scikit_learn"), ("Azur", "azure"), ("Kubrnetis", "kubernetes"),
        ("Tensrflw", "tensorflow"), ("Deep leaning", "deep_learning"), ("Perfect", "prefect"), ("Skala", "scala"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_suggested_where_it_is_alike(spelling, written, skill):
    assert spelling.near(written) is None
    assert spelling.suggest(written) == skill


@pytest.mark.parametrize(
    "written", ["", "x", "abc", "Underwater basket weaving", "Klingon poetry", "zzzzzz", "a" * 500]
)
def test_what_is_like_nothing_gets_no_suggestion(spelling, written):
    assert spelling.suggest(written) is None


def test_two_skills_as_near_as_each_other_are_only_suggested():
    twins = Spelling(Vocabulary([Skill("one", "Graphter", "f"), Skill("two", "Graphten", "f")]))
    assert twins.near("Graphtes") is None
    assert twins.suggest("Graphtes") == "two"
    assert twins.near("Grapter") == "one"


def test_a_figure_is_never_a_slip():
    versions = Spelling(Vocabulary([Skill("four", "Modeller4", "f")]))
    assert versions.near("Modeler4") == "four"
    assert versions.near("Modeller5") is None
    assert versions.near("Modeller") is None


def test_a_name_in_the_vocabulary_is_no_slip_of_another():
    both = Spelling(Vocabulary([Skill("one", "Graphter", "f"), Skill("two", "Graphten", "f")]))
    assert both.near("Graphten") is None
    assert list(both.resolve_all(["Graphten", "Grapter"])) == [Answer("two"), Answer("one", slip=True)]


def test_many_names_are_read_as_each_alone(spelling):
    names = ["Python", "Kubernets", "Perfect", "Klingon poetry", "Skala"] * 3000
    random.Random(1).shuffle(names)
    alone = {
        name: Answer(spelling.vocabulary.resolve(name) or spelling.near(name), slip=bool(spelling.near(name)))
        for name in set(names)
    }
    for name, answer in zip(names, spelling.resolve_all(iter(names)), strict=True):
        if alone[name].skill:
            assert answer == alone[name]
        else:
            assert answer == Answer(suggestion=spelling.suggest(name))


def test_what_is_remembered_stays_within_bounds(monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 50)
    reader = Spelling(Vocabulary([Skill("python", "Python", "f")]))
    answers = list(reader.resolve_all(f"Pyth{number}n" for number in range(2000)))
    assert len(answers) == 2000
    assert len(reader._read) <= 50  # noqa: SLF001 - the bound is what is tested
    assert len(reader._suggested) <= 50 + module.BLOCK  # noqa: SLF001 - as above


def test_an_empty_vocabulary_suggests_nothing():
    empty = Spelling(Vocabulary([]))
    assert list(empty.resolve_all(["Python", "x"])) == [Answer(), Answer()]
