"""One item of a list of skills: which skill, and what is said of it before and behind its name."""

import pytest

from service.core.time import PRESENT, Span, tick
from service.intake.draft import Draft
from service.skills.words import Reading

MENTION = Reading(mention=True)
MOST = 840


def level(tenths):
    return Reading(level=(tenths, tenths))


def months(low, high=None):
    return Reading(months=(low, high or low))


ITEMS = [
    ("Python", "python", MENTION),
    ("Python (primary)", "python", MENTION),
    ("React.js/ReactJS", "react", MENTION),
    ("Python 3.11", "python", MENTION),
    ("Advanced RAG", "rag", MENTION),
    ("experience with Python", "python", MENTION),
    ("Deep understanding of Python", "python", MENTION),
    ("Master data management", "master_data_management", MENTION),
    ("Kenntnisse in Python", "python", MENTION),
    ("Basic Python", "python", level(10)),
    ("basic knowledge of SQL", "sql", level(10)),
    ("Familiar with Docker", "docker", level(10)),
    ("Grundkenntnisse in Python", "python", level(10)),
    ("working knowledge of SQL", "sql", level(20)),
    ("Intermediate Python", "python", level(30)),
    ("Advanced SQL", "sql", level(40)),
    ("strong Python", "python", level(40)),
    ("very good Python skills", "python", level(40)),
    ("Sehr gute Python-Kenntnisse", "python", level(40)),
    ("expert-level Java", "java", level(50)),
    ("Expert in Python", "python", level(50)),
    ("no experience with Python", "python", level(0)),
    ("no Python", "python", level(0)),
    ("NoSQL", "nosql", MENTION),
    ("Python - basics", "python", level(10)),
    ("Python expert", "python", level(50)),
    ("Python very good", "python", level(40)),
    ("Python avancé", "python", level(40)),
    ("Excel (Advanced)", "excel", level(40)),
    ("Python (4)", "python", level(40)),
    ("Python (4,5)", "python", level(45)),
    ("PyTorch [3]", "pytorch", level(30)),
    ("SQL (5/5)", "sql", level(50)),
    ("Rust 2/5", "rust", level(20)),
    ("Python: 4", "python", level(40)),
    ("Python ★★★☆☆", "python", level(30)),
    ("Python ●●●○○", "python", level(30)),
    ("Java 8 (3 yrs)", "java", months(36)),
    ("Java 8 5 years", "java", months(60)),
    ("Go - 3 yrs", "go", months(36)),
    ("Python x3 years", "python", months(36)),
    ("Python for 3 years", "python", months(36)),
    ("Python > 5 years", "python", months(60, MOST)),
    ("Power BI 5 years", "power_bi", months(60)),
    ("Python 2 yrs 6 months", "python", months(30)),
    ("5 yrs Python", "python", months(60)),
    ("5+ years of experience in Python", "python", months(60, MOST)),
    ("a year of Python", "python", months(12)),
    ("Python (advanced, 5 yrs)", "python", Reading(level=(40, 40), months=(60, 60))),
    ("Python – advanced – 5 years", "python", Reading(level=(40, 40), months=(60, 60))),
    ("Intermediate Python (2 yrs)", "python", Reading(level=(30, 30), months=(24, 24))),
]


@pytest.mark.parametrize(("text", "skill", "said"), ITEMS, ids=[case[0] for case in ITEMS])
def test_an_item_is_read_with_what_it_says(reader, text, skill, said):
    assert reader.item(text) == (skill, said)


@pytest.mark.parametrize(
    "text",
    [
        "no Python and SQL", "Low code AI", "Fair ML", "Python developer", "advanced", "5 years", "good", "Foo (4)",
        "(4)", "",
        "Python, SQL", "x" * 500, "Python " + "a " * 60, "Underwater basketry - expert", "Perfect", "Deep leaning",
    ],
)  # fmt: skip
def test_what_names_no_skill_is_unknown(reader, text):
    assert reader.item(text) == (None, MENTION)


@pytest.mark.parametrize("text", ["Python (7)", "Python (ask her)", "Python (2019)", "Python (3 - expert)"])
def test_what_cannot_be_read_in_brackets_leaves_the_mention_and_says_why(reader, text):
    skill, said = reader.item(text)
    assert skill == "python"
    assert said.mention
    assert said.problem


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Python since 2019", (tick(2019), tick(2020)), PRESENT),
        ("Python (since May 2019)", (tick(2019, 5),) * 2, PRESENT),
        ("Python (2019 - 2021)", (tick(2019), tick(2020)), (tick(2021), tick(2022))),
    ],
)
def test_a_time_since_when_is_kept_as_dates_for_no_clock_is_read(reader, text, start, end):
    assert reader.item(text) == ("python", Reading(span=(start, end)))


SINCE_2015 = (tick(2015), tick(2016))


@pytest.mark.parametrize(
    ("text", "skill", "last_used"),
    [
        ("Hadoop (not used since 2015)", "hadoop", SINCE_2015),
        ("Spark not used since 2015", "spark", SINCE_2015),
        ("Kafka: last used 2015", "kafka", SINCE_2015),
        ("Docker (until 2015)", "docker", SINCE_2015),
        ("Hadoop - haven't used it since 2015", "hadoop", SINCE_2015),
        ("SQL (advanced, not used since 2015)", "sql", SINCE_2015),
        ("Java (nicht mehr benutzt seit 2015)", "java", SINCE_2015),
    ],
)
def test_what_is_over_is_used_until_then_and_no_longer(reader, text, skill, last_used):
    draft = Draft(reader)
    draft.skill(text, "stated", "/skills/0")
    (piece,) = draft.evidence
    assert (piece.skill, piece.span, piece.last_used, draft.remarks) == (skill, None, last_used, [])


@pytest.mark.parametrize(
    "text", ["Hadoop (not until 2015)", "Hadoop (never before 2015)", "Hadoop (not used from 2015 to 2019)"]
)
def test_what_was_not_until_a_date_has_no_dates_and_is_told(reader, text):
    draft = Draft(reader)
    draft.skill(text, "stated", "/skills/0")
    (piece,) = draft.evidence
    assert (piece.span, piece.last_used) == (None, None)
    assert draft.remarks[0]["detail"].startswith("level not read")


@pytest.mark.parametrize("text", ["used since 2019", "for work since 2019", "not only since 2019"])
def test_a_time_since_when_may_stand_behind_other_words(reader, text):
    assert reader.said(text).span == ((tick(2019), tick(2020)), PRESENT)


def test_a_cell_of_a_level_may_say_that_it_is_over(files):
    read = files.xlsx(("Name", "Hadoop", "Skills"), ("A", "not used since 2015", "Spark (not used since 2015)"))
    (person,) = read.people
    assert [(piece.skill, piece.kind, piece.span, piece.last_used) for piece in person.profile.evidence] == [
        ("hadoop", "stated", None, SINCE_2015), ("spark", "stated", None, SINCE_2015),
    ]  # fmt: skip
    assert read.report["warnings"] == []


@pytest.mark.parametrize(
    ("text", "skill", "said"),
    [
        ("Pyhton", "python", MENTION), ("Advanced Kuberntes", "kubernetes", level(40)),
        ("Kubernets - 3 yrs", "kubernetes", months(36)), ("Pyhton (4)", "python", level(40)),
    ],
)  # fmt: skip
def test_a_slip_is_read_and_noted(reader, text, skill, said):
    found, reading = reader.item(text)
    assert found == skill
    assert reading._replace(note=None) == said
    assert reading.note == f"read as {reader.vocabulary.skills[skill].name!r}"


def test_a_slip_and_an_unknown_word_are_told_beside_the_evidence(reader):
    draft = Draft(reader)
    for place, name in enumerate(["Kubernets", "Kubrnetis", "Underwater basketry", "Docker & SQL"]):
        draft.skill(name, "stated", f"/skills/{place}")
    assert [piece.skill for piece in draft.evidence] == ["kubernetes", "docker", "sql"]
    assert [(remark["pointer"], remark["detail"]) for remark in draft.remarks] == [
        ("/skills/0", "read as 'Kubernetes and containers'"),
        ("/skills/1", "not in the vocabulary: kept, but not scored; is 'Kubernetes and containers' meant?"),
        ("/skills/2", "not in the vocabulary: kept, but not scored"),
    ]


def test_the_dates_of_a_job_are_stronger_than_those_beside_a_name(reader):
    draft = Draft(reader)
    job = Span((tick(2020), tick(2020)), (tick(2021), tick(2021)))
    draft.skill("Python since 2019", "stated", "/skills/0")
    draft.skill("Python since 2019", "used", "/jobs/0/skills/0", span=job)
    assert [piece.span for piece in draft.evidence] == [((tick(2019), tick(2020)), PRESENT), job]


def test_a_sheet_tells_of_slips_suggestions_and_times_since_when(files):
    read = files.xlsx(
        ("Name", "Skills", "Python", "Years of SQL", "Years"),
        ("A", "Kubernets, Kubrnetis", "since 2019", "since 2020", "since 2015"),
    )
    (person,) = read.people
    assert [(piece.skill, piece.span and piece.span.start) for piece in person.profile.evidence] == [
        ("kubernetes", None), ("python", (tick(2019), tick(2020))), ("sql", (tick(2020), tick(2021))),
    ]  # fmt: skip
    assert person.profile.months is None
    assert person.profile.jobs == (((tick(2015), tick(2016)), PRESENT),)
    assert read.report["unknown_skills"] == [
        {"word": "Kubrnetis", "count": 1, "suggestion": "Kubernetes and containers"}
    ]
    (warning,) = read.report["warnings"]
    assert "Kubernets: read as 'Kubernetes and containers'" in warning["detail"]


def test_no_item_takes_long(reader):
    for piece in ("a ", "Python (", "- ", "5 years ", "(4) ", "basic ", "Python: "):
        assert reader.item(piece * 40_000) == (None, MENTION)
        reader.item((piece * 200)[:200])
