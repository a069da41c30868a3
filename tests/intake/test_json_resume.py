import json

import pytest

from service.errors import InvalidInput
from service.intake.candidate import Candidate, from_body
from service.intake.formats import recognise
from service.usecases.candidates import read_candidate

RESUME = {
    "basics": {"name": "Ada Example", "label": "Engineer", "email": "ada@example.com", "summary": "Python"},
    "work": [
        {"name": "X", "startDate": "2020-01-01", "endDate": "2021-12-31", "keywords": ["Python", "Docker"]},
        {"name": "Y", "startDate": "2022-01"},
    ],
    "skills": [
        {"name": "Machine learning work", "level": "Expert", "keywords": ["PyTorch", "scikit-learn"]},
        {"name": "SQL", "level": "4/5"},
        {"name": "Go"},
        {"name": "Kafka", "level": "quite something"},
    ],
    "projects": [{"name": "P", "startDate": "2021", "endDate": "2022", "keywords": ["Terraform"]}],
    "certificates": [{"name": "Kubernetes", "date": "2021-11-07"}, {"name": "First aid"}],
    "education": [{"institution": "School"}],
}


@pytest.fixture
def candidate(reader):
    return read_candidate(RESUME, reader, "")


def test_it_is_recognised_by_its_shape():
    assert recognise(RESUME) == "json_resume"
    assert recognise({"$schema": "https://raw.example/resume-schema/v1.0.0/schema.json"}) == "json_resume"
    assert recognise({"name": "Ada", "skills": ["Python"]}) == "native"


def test_skills_take_the_level_of_their_group(candidate):
    stated = {piece.skill: piece.level for piece in candidate.profile.evidence if piece.kind == "stated"}

    assert stated == {
        "pytorch": (50, 50), "scikit_learn": (50, 50), "sql": (40, 40), "go": None, "kafka": None, "python": None,
    }  # fmt: skip


def test_work_and_projects_are_use_and_work_gives_time(candidate):
    used = {piece.skill: piece.span for piece in candidate.profile.evidence if piece.kind == "used"}

    assert set(used) == {"python", "docker", "terraform"}
    assert used["python"] == candidate.profile.jobs[0]
    assert len(candidate.profile.jobs) == 2
    assert candidate.profile.months is None


def test_certificates_are_certified(candidate):
    (certified,) = (piece for piece in candidate.profile.evidence if piece.kind == "certified")

    assert (certified.skill, certified.where) == ("kubernetes", "/certificates/0/name")


def test_who_it_is_and_what_was_set_aside(candidate):
    assert (candidate.source, candidate.external_id, candidate.name) == ("json_resume", None, "Ada Example")
    assert candidate.contact == {"email": "ada@example.com", "headline": "Engineer", "summary": "Python"}
    assert candidate.extra == {"education": [{"institution": "School"}]}
    assert {remark["pointer"] for remark in candidate.remarks} >= {
        "/skills/3/name", "/certificates/1/name", "/education",
    }  # fmt: skip


def test_a_pipeline_may_add_an_id(reader):
    assert read_candidate({**RESUME, "external_id": "7"}, reader, "").key == "7"


@pytest.mark.parametrize(
    "fields", [{"work": {"a": 1}}, {"work": ["job"]}, {"skills": 3.5}, {"projects": 3}, {"certificates": [1]}]
)
def test_a_section_of_another_type_costs_that_section(reader, fields):
    whole = read_candidate(RESUME, reader, "/candidates/2", form="json_resume")
    candidate = read_candidate({**RESUME, **fields}, reader, "/candidates/2", form="json_resume")

    (section,) = fields
    assert any(remark["pointer"].startswith(f"/candidates/2/{section}") for remark in candidate.remarks)
    assert [piece for piece in candidate.profile.evidence if f"/{section}" not in piece.where] == [
        piece for piece in whole.profile.evidence if f"/{section}" not in piece.where
    ]


def test_without_basics_it_is_nobody(reader):
    with pytest.raises(InvalidInput):
        read_candidate({**RESUME, "basics": []}, reader, "/candidates/2", form="json_resume")


@pytest.mark.parametrize("skills", ["Python, SQL", "Python; SQL", ["Python", "SQL"], ["Python, SQL"], "Python\nSQL"])
def test_skills_may_be_texts(reader, skills):
    candidate = read_candidate({"basics": {"name": "Ev T"}, "skills": skills}, reader, "")

    assert [(piece.skill, piece.level) for piece in candidate.profile.evidence] == [("python", None), ("sql", None)]
    assert candidate.remarks == ()


def test_a_resume_of_nobody_is_refused(reader):
    with pytest.raises(InvalidInput):
        read_candidate({"basics": {}}, reader, "")


def test_the_sample_of_the_standard_is_read(shared, reader):
    sample = json.loads((shared / "jsonresume" / "sample.resume.json").read_text(encoding="utf-8"))
    candidate = read_candidate(sample, reader, "")

    assert candidate.name
    assert from_body(candidate.body()).profile == candidate.profile


def test_the_fragments_of_the_standards_own_tests_never_cause_more_than_a_refusal(shared, reader):
    paths = sorted((shared / "jsonresume").glob("test____test____*.json"))
    read = 0
    for path in paths:
        for fragment in json.loads(path.read_text(encoding="utf-8")).values():
            somebody = {"basics": {"name": "Ada"}, **fragment} if isinstance(fragment, dict) else fragment
            for data in (fragment, somebody):
                read += survives(data, reader)
    assert len(paths) >= 10
    assert read > 50


def survives(data, reader):
    """Return whether a resume was read; any other exception than a refusal is a failure."""
    try:
        candidate = read_candidate(data, reader, "", form="json_resume")
    except InvalidInput:
        return False
    assert isinstance(candidate, Candidate)
    return from_body(candidate.body()).content == candidate.content


def test_positions_and_the_label_are_titles(reader):
    work = [{"position": "Lead Data Scientist", "startDate": "2020-01"}, {"position": None}, {"position": 3}]
    resume = {"basics": {"name": "Ada Example", "label": "Intern"}, "work": work}
    titles = read_candidate(resume, reader, "").profile.titles

    assert [(seen.title, seen.band, seen.where.removeprefix("/")) for seen in titles][:2] == [
        ("Intern", "junior", "basics/label"),
        ("Lead Data Scientist", "senior", "work/0/position"),
    ]
