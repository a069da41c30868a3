"""Job descriptions: which skills are asked, how firmly and at which level, and what is left out and said."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.job_descriptions import JOB, ONLY_BENEFITS, SAMPLES

from service.intake import job_description
from service.intake.job_words import linked

FIRM = ("should", "nice", "must")


@pytest.fixture
def read(reader):
    return lambda text, **more: job_description.read({"text": text, **more}, reader)


def firmly(job):
    """Return each thing that is asked as it is asked most firmly."""
    asked = {}
    for ask in job.asks:
        name = "|".join(ask.skills)
        asked[name] = max(asked.get(name, "should"), ask.requirement, key=FIRM.index)
    return asked


def one(job):
    (ask,) = job.asks
    return ask


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_job_description_asks_for_its_skills_as_firmly_as_it_says(read, sample):
    job = read(sample.text)
    found = {kind: {name for name, asked in firmly(job).items() if asked == kind} for kind in FIRM}
    assert found == {"must": sample.must, "nice": set(sample.nice), "should": set(sample.should)}
    assert job.unknown == list(sample.unknown)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_every_quote_and_place_is_of_the_text(read, sample):
    for found in (*read(sample.text).asks, *read(sample.text).markers):
        assert found.where == "/text"
        assert 0 <= found.start < found.end <= len(sample.text)
        assert " ".join(sample.text[found.start : found.end].split()) in found.quote


def test_what_is_about_the_firm_and_its_offers_asks_nothing_and_is_told(read):
    job = read(ONLY_BENEFITS)
    assert job.asks == []
    assert [note for note in job.notes if "Python" in note or "Docker" in note]


@pytest.mark.parametrize(
    ("sentence", "requirement"),
    [
        ("Python is a must.", "must"),
        ("Python is required.", "must"),
        ("You need Python.", "must"),
        ("Python is a plus.", "nice"),
        ("It would be a plus if Python is known; ideally Python 3.", "nice"),
        ("Preferably Python.", "nice"),
        ("Bonus points for Python.", "nice"),
        ("Python is not required but would be nice.", "nice"),
        ("Python ist von Vorteil.", "nice"),
        ("Our services are written in Python.", "should"),
        ("You will write Python.", "should"),
    ],
)
def test_the_words_of_a_sentence_say_how_firmly(read, sentence, requirement):
    assert firmly(read(sentence)) == {"python": requirement}


@pytest.mark.parametrize(
    ("heading", "requirement"),
    [
        ("Requirements", "must"), ("## Minimum qualifications", "must"), ("What you bring:", "must"),
        ("**Who you are**", "must"), ("You might be a fit if you:", "must"), ("Dein Profil", "must"),
        ("Nice to have", "nice"), ("Preferred qualifications", "nice"), ("BONUS", "nice"), ("Von Vorteil:", "nice"),
        ("Our stack", "should"), ("What you'll do", "should"), ("Responsibilities:", "should"),
        ("What we offer", None), ("About Example Works", None), ("Perks & benefits", None),
    ],
)  # fmt: skip
def test_a_heading_says_how_firmly_and_a_sentence_below_says_it_better(read, heading, requirement):
    job = read(f"{heading}\n\n- Docker\n- Terraform, which is required\n- Kafka (nice to have)\n")
    expected = {"docker": requirement, "terraform": "must", "kafka": "nice"}
    assert firmly(job) == {skill: asked for skill, asked in expected.items() if asked}


@pytest.mark.parametrize(
    "sentence",
    [
        "No experience with Kafka required.",
        "No prior Kafka experience is needed.",
        "You do not need to know Kafka.",
        "You don't need a degree or Kafka.",
        "Kafka is not required.",
        "Kafka isn't strictly necessary.",
        "We use Python instead of Kafka.",
        "Keine Kenntnisse in Kafka nötig.",
        "Airflow without Kafka.",
    ],
)
def test_what_is_denied_is_not_asked_and_is_told(read, sentence):
    job = read(f"Requirements\n- {sentence}\n")
    assert "kafka" not in firmly(job)
    assert any("Kafka" in note for note in job.notes)


def test_the_field_of_a_degree_is_no_skill_that_is_asked(read):
    job = read("Requirements\n- Master's degree in statistics or computer science\n- Python\n")
    assert firmly(job) == {"python": "must"}
    assert any("degree" in note and "Statistics" in note for note in job.notes)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("PyTorch or TensorFlow", ["pytorch|tensorflow"]),
        ("PyTorch/TensorFlow", ["pytorch|tensorflow"]),
        ("Kafka or Kinesis, Python", ["kafka|kinesis", "python"]),
        ("Java, Rust or Scala programming", ["java|rust|scala"]),
        ("one of: Airflow, Prefect, Dagster", ["airflow|prefect|dagster"]),
        ("tools such as Docker and Terraform", ["docker|terraform"]),
        ("cloud platforms (AWS, GCP)", ["cloud|aws|gcp"]),
        ("Kubernetes (EKS), Docker", ["docker", "kubernetes|eks"]),
        ("Python and SQL", ["python", "sql"]),
        ("Python, SQL, and AWS or GCP", ["aws|gcp", "python", "sql"]),
        ("Python, SQL", ["python", "sql"]),
        ("Python, Python 3 or python", ["python"]),
    ],
)
def test_a_choice_is_asked_as_one(read, text, asked):
    assert sorted(firmly(read(f"Requirements:\n- Experience with {text}.\n"))) == asked


@pytest.mark.parametrize(
    ("text", "level", "months"),
    [
        ("Expert in Python", 50, None),
        ("Strong Python skills", 40, None),
        ("Deep knowledge of Python", 40, None),
        ("Familiarity with Python", 10, None),
        ("Python (expert)", 50, None),
        ("Python: advanced", 40, None),
        ("Sehr gute Kenntnisse in Python", 40, None),
        ("5+ years of Python", None, 60),
        ("3-5 years of experience with Python", None, 36),
        ("at least two years of professional Python", None, 24),
        ("Python (4 years)", None, 48),
        ("Python", None, None),
        ("Deep learning", None, None),
    ],
)
def test_words_and_years_say_the_level(read, text, level, months):
    ask = one(read(f"Requirements\n- {text}\n"))
    assert (ask.level, ask.months) == (level, months)


def test_a_level_holds_for_the_list_it_begins_and_not_for_what_follows(read):
    job = read("Requirements\n- Expert in Python and SQL. Docker, Git\n")
    assert {ask.skills[0]: ask.level for ask in job.asks} == {"python": 50, "sql": 50, "docker": None, "git": None}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5+ years of professional experience", 60),
        ("At least 3 years' experience as an engineer", 36),
        ("Mindestens 2 Jahre Berufserfahrung", 24),
        ("We were founded 10 years ago", None),
        ("5 years of Python", None),
    ],
)
def test_years_of_experience_in_all_are_told_apart_from_those_of_a_skill(read, text, months):
    assert read(f"Requirements\n- {text}\n- SQL\n").months == months


def test_markers_of_seniority_are_read_as_what_is_to_be_done(read):
    text = "Responsibilities\n- You will mentor junior engineers\n- Lead design reviews\n"
    found = read(text).markers
    assert [told.marker for told in found] == ["mid.mentors_juniors", "senior.leads_technical_design"]
    assert text[found[0].start : found[0].end] == "mentor junior"
    assert read(f"About us\n{text.partition('- ')[2]}").markers == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior ML Engineer\n\nWe build.", "Senior ML Engineer"),
        ("# Data Scientist (m/w/d)\nText", "Data Scientist (m/w/d)"),
        ("Company: Example\nJob title: Data Engineer\n", "Data Engineer"),
        ("We are looking for an engineer who can do it all.", None),
        ("Requirements\nPython", None),
    ],
)
def test_the_title_is_a_line_that_names_a_job(text, title):
    assert job_description.title_in(text) == title


def test_the_job_schema_of_json_resume_is_read_field_by_field(reader):
    job = job_description.read(JOB, reader)
    assert job.title == "Machine Learning Engineer"
    assert firmly(job) == {
        "python": "must", "kubernetes": "nice", "airflow": "should", "deep_learning": "must", "sql": "must",
        "spark": "must",
    }  # fmt: skip
    by = {ask.skills[0]: ask for ask in job.asks}
    assert (by["deep_learning"].level, by["spark"].level, by["python"].months) == (50, 30, 36)
    assert (by["spark"].where, by["kubernetes"].where) == ("/skills/1/keywords/1", "/qualifications/1")
    assert [told.where for told in job.markers] == ["/responsibilities/1"]
    assert job.unknown == ["Basket weaving"]


def test_markup_is_read_as_a_page_shows_it(read):
    job = read("<h2>Requirements</h2><ul><li>Python</li><li>R &amp; D budget, SQL</li></ul><p hidden>Rust</p>")
    assert firmly(job)["sql"] == "must"
    assert "rust" not in firmly(job)


def test_a_list_parts_at_and_unless_it_is_of_examples():
    assert [part.places for part in linked([", ", " and ", " or "], "")] == [[0, 1], [2, 3]]
    assert [part.places for part in linked([", ", " and "], "tools such as ")] == [[0, 1, 2]]
    assert [(part.places, part.examples) for part in linked([" (", ", ", "), "], "")] == [
        ([0], False), ([1, 2], True), ([3], False),
    ]  # fmt: skip


HOSTILE = {
    "one endless sentence": "Python, SQL or Go and Kafka is a plus ",
    "cues": "must nice to have required ideally ",
    "denials": "no experience with and ",
    "times": "5 years ",
    "brackets": "Python(",
    "headings": "Requirements:\nBenefits:\n",
    "unknown items": "Requirements\n- Python, Foo, Bar\n",
    "lines that go on": "python\nand ",
    "levels": "strong expert basic ",
    "markers": "mentor junior engineers and lead design reviews ",
    "blanks": " \n",
    "one word": "a",
}


def seconds(read, unit, size):
    text = (unit * (size // len(unit) + 1))[:size]
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_text_costs_no_more_than_its_length(read, unit):
    read(unit)
    small = min(seconds(read, unit, 25_000) for _ in range(2))
    large = min(seconds(read, unit, 200_000) for _ in range(2))
    assert large < 8 * 3 * max(small, 0.02)


@given(st.lists(st.sampled_from(
    ["Python", "SQL", "Kafka", "or", "and", "(", ")", ",", ";", "\n", "- ", ":", "required", "a plus", "ideally", "no",
     "5 years of", "expert", "Requirements", "Benefits", "such as", ".", "<li>", "&amp;", "but", "not required", "must"]
), max_size=40), st.randoms())  # fmt: skip
def test_no_text_breaks_it_and_every_place_is_a_skills(reader, pieces, dice):
    text = "".join(f"{piece}{dice.choice([' ', '', chr(10)])}" for piece in pieces)
    for ask in job_description.read({"text": text}, reader).asks:
        assert text[ask.start : ask.end].strip()
        assert ask.requirement in FIRM


def test_the_same_text_says_the_same(read):
    texts = [sample.text for sample in SAMPLES.values()]
    first = [read(text) for text in texts]
    random.Random(1).shuffle(texts)
    assert {text: read(text) for text in texts} == dict(
        zip((sample.text for sample in SAMPLES.values()), first, strict=True)
    )
