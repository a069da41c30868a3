"""One item of a list of skills: which skill, and what is said of it before and behind its name."""

import time

import pytest

from service.core.time import PRESENT, Span, tick
from service.intake.draft import Draft
from service.skills.words import Reading
from service.usecases.candidates import read_candidate

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


WISHES = [
    "Kafka (want to learn)", "Kafka (learning)", "Kafka - currently learning", "Kafka: wish list", "learning Kafka",
    "Kafka (interested)", "want to learn Kafka", "interested in Kafka", "Wants to learn: Kafka",
    "Kafka (möchte ich lernen)", "Kafka (à apprendre)", "Kafka [quiero aprender]",
]  # fmt: skip


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_no_claim_and_is_told(reader, text):
    draft = Draft(reader)
    draft.skill(text, "stated", "/skills/0")
    assert draft.evidence == []
    assert draft.remarks == [
        {"pointer": "/skills/0", "value": text, "detail": "wished for, or still to be learned: no claim"}
    ]


@pytest.mark.parametrize(
    "text", ["Terraform n/a", "Terraform ?", "Terraform (?)", "Terraform - tbd", "Terraform: unknown"]
)
def test_what_is_said_to_be_unknown_is_no_mention_and_is_told(reader, text):
    draft = Draft(reader)
    draft.skill(text, "stated", "/skills/0")
    assert draft.evidence == []
    assert draft.remarks == [{"pointer": "/skills/0", "value": text, "detail": "it is said to be unknown: not counted"}]


@pytest.mark.parametrize(
    ("text", "skill", "said"),
    [
        ("Machine learning", "machine_learning", MENTION), ("Learning to rank", "ranking_models", MENTION),
        ("Active learning", "active_learning", MENTION), ("Transfer learning: 4", "transfer_learning", level(40)),
        ("Kafka (basic, learning)", "kafka", level(10)), ("Next.js", "nextjs", MENTION),
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_wish_is_a_claim(reader, text, skill, said):
    assert reader.item(text) == (skill, said)


def test_wishes_and_unknowns_in_fields_and_cells_are_no_claims(reader, files):
    sent = {"external_id": "a", "skills": ["Kafka (learning)", {"name": "Docker", "level": "want to learn"}, "Helm ?"]}
    candidate = read_candidate(sent, reader, "")
    assert candidate.profile.evidence == ()
    assert [remark["value"] for remark in candidate.remarks] == [
        "Kafka (learning)", "Docker: want to learn", "Helm ?"
    ]  # fmt: skip
    read = files.xlsx(("Name", "Skills", "Spark"), ("A", "Kafka (learning), SQL, Helm ?", "want to learn"))
    assert [piece.skill for piece in read.people[0].profile.evidence] == ["sql"]
    listed, level = read.report["warnings"]
    assert listed["detail"] == (
        "Kafka (learning): wished for, or still to be learned: no claim; Helm ?: it is said to be unknown: not counted"
    )
    assert level["detail"] == "wished for, or still to be learned: no claim: taken as unknown"


HEADED = [
    (
        "Expert: Python, SQL\nBeginner: Kafka, Docker",
        {"python": (50, 50), "sql": (50, 50), "kafka": (10, 10), "docker": (10, 10)},
    ),
    (
        "Expert: Python; SQL; Beginner: Kafka; Docker",
        {"python": (50, 50), "sql": (50, 50), "kafka": (10, 10), "docker": (10, 10)},
    ),
    ("Expert:\n- Python\n- SQL\n\nGit", {"python": (50, 50), "sql": (50, 50), "git": None}),
    ("Expert: Python, SQL; Docker", {"python": (50, 50), "sql": (50, 50), "docker": None}),
    ("• Familiar with: Terraform and Kafka", {"terraform": (10, 10), "kafka": (10, 10)}),
    ("Expert: Python, SQL (3), C/C++", {"python": (50, 50), "sql": (30, 30), "c": (50, 50), "cpp": (50, 50)}),
    ("Sehr gut: Python\nAnfänger: Rust", {"python": (40, 40), "rust": (10, 10)}),
    ("No: Kafka, Docker", {"kafka": (0, 0), "docker": (0, 0)}),
    ("Languages: Python, SQL\nOdds and ends: Git, Docker", {"python": None, "sql": None, "git": None, "docker": None}),
    ("Languages: Python", {"python": None}),
    ("Python: 4\nSQL: advanced", {"python": (40, 40), "sql": (40, 40)}),
    ("Wants to learn: Rust, Kafka", {}),
    ("Gaps: Rust, Kafka", {}),
]


@pytest.mark.parametrize(("cell", "levels"), HEADED, ids=[case[0] for case in HEADED])
def test_a_heading_inside_a_list_says_the_level_of_its_items_or_nothing(reader, files, cell, levels):
    sent = read_candidate({"external_id": "a", "skills": [cell]}, reader, "")
    assert {piece.skill: piece.level for piece in sent.profile.evidence} == levels
    (person,) = files.xlsx(("Name", "Skills"), ("A", cell)).people
    assert {piece.skill: piece.level for piece in person.profile.evidence} == levels


def test_what_stands_below_a_heading_and_is_no_skill_is_told_with_nothing_lost(reader):
    assert reader.split("Odds and ends: Frobnicator, Git") == ["Odds and ends: Frobnicator", "Git"]
    assert reader.split("Site: https://example.org/a") == ["Site: https://example.org/a"]
    assert reader.split("Expert: Frobnicator, Git") == ["Expert: Frobnicator", "Expert: Git"]


def test_the_quote_of_an_item_below_a_heading_says_both(reader):
    draft = Draft(reader)
    draft.skill("Expert: Python, SQL", "stated", "/skills/0")
    assert [piece.quote for piece in draft.evidence] == ["Expert: Python", "Expert: SQL"]


@pytest.mark.parametrize("piece", ["Expert: ", "a: b; ", "Expert: Python, ", "Expert:\n", ":,", "Python: 4 | "])
def test_no_list_with_headings_takes_long(reader, piece):
    began = time.process_time()
    reader.split(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 3


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
