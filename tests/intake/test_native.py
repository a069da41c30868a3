import datetime as dt

import pytest

from service.core.time import PRESENT, months_together, tick, tick_of
from service.errors import InvalidInput
from service.usecases.candidates import read_batch, read_candidate


@pytest.fixture
def read(reader):
    def read(at="", **fields):
        return read_candidate({"external_id": "7", **fields}, reader, at)

    return read


@pytest.fixture
def faults(reader):
    """Return the pointers of all mistakes in a candidate that is refused."""

    def faults(**fields):
        with pytest.raises(InvalidInput) as caught:
            read_candidate({"external_id": "7", **fields}, reader, "/candidates/3")
        assert all(error["code"] and error["detail"] for error in caught.value.errors)
        return [error["pointer"].removeprefix("/candidates/3") for error in caught.value.errors]

    return faults


def said(candidate):
    return [(piece.skill, piece.kind, piece.level, piece.months) for piece in candidate.profile.evidence]


def test_skills_are_objects_names_or_an_object_of_levels(read):
    listed = read(skills=[{"name": "Python", "level": 4}, {"name": "k8s", "years": 3}, "PyTorch", "SQL (2)"])
    keyed = read(skills={"Python": 4, "k8s": "3 yrs", "PyTorch": True, "SQL": "2/5"})

    assert said(listed) == said(keyed) == [
        ("python", "stated", (40, 40), None),
        ("kubernetes", "stated", None, (36, 36)),
        ("pytorch", "stated", None, None),
        ("sql", "stated", (20, 20), None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Python: 4, SQL: 3", [("python", (40, 40), None), ("sql", (30, 30), None)]),
        ("Python - 3 yrs; Kafka", [("python", None, (36, 36)), ("kafka", None, None)]),
        ("Python: 4, 5 years", [("python", (40, 40), (60, 60))]),
    ],
)
def test_a_text_that_lists_skills_loses_none(read, text, levels):
    assert [(skill, level, months) for skill, _, level, months in said(read(skills=[text]))] == levels


def test_a_skill_may_name_its_kind_level_years_and_last_use(read):
    skill = {"name": "Python", "level": "advanced", "years": 5, "last_used": "2024-05", "kind": "rated"}
    (piece,) = read(skills=[skill]).profile.evidence

    assert (piece.kind, piece.level, piece.months) == ("rated", (40, 40), (60, 60))
    assert piece.last_used == (tick(2024, 6), tick(2024, 6))
    assert (piece.where, piece.quote) == ("/skills/0", "Python: advanced, 5 years")


@pytest.mark.parametrize("nothing", [None, "", "n/a", "?"])
def test_a_level_left_open_is_never_zero(read, nothing):
    assert said(read(skills={"Python": nothing})) in ([], [("python", "stated", None, None)])
    assert said(read(skills=[{"name": "Python", "level": nothing}])) == [("python", "stated", None, None)]


@pytest.mark.parametrize("absent", [0, "no", "none", False])
def test_an_explicit_no_is_known_absence(read, absent):
    assert said(read(skills={"Python": absent})) == [("python", "stated", (0, 0), None)]


def test_an_object_with_null_says_nothing(read):
    assert said(read(skills={"Python": None})) == []


def test_jobs_give_time_and_used_skills(read):
    candidate = read(
        jobs=[
            {"title": "Engineer", "start": "2020-01", "end": "2021-12", "skills": ["Python", "SQL (4)"]},
            {"title": "Engineer", "start": "2021-07", "skills": [{"name": "Go", "kind": "delivered"}]},
        ]
    )
    profile = candidate.profile

    assert said(candidate) == [
        ("python", "used", None, None), ("sql", "used", (40, 40), None), ("go", "delivered", None, None),
    ]  # fmt: skip
    assert profile.months is None
    assert months_together(profile.jobs, tick_of(dt.date(2022, 1, 1))) == (24, 24)
    assert profile.evidence[0].span == profile.jobs[0]
    assert profile.jobs[1].end == PRESENT
    assert profile.evidence[2].where == "/jobs/1/skills/0"


def test_projects_are_delivered_or_used_and_are_no_job(read):
    candidate = read(
        projects=[
            {"name": "Churn", "skills": ["Python"], "delivered": True, "start": "2023", "end": "2024"},
            {"name": "Toy", "skills": ["SQL"], "delivered": False},
            {"name": "Other", "skills": ["Go"]},
        ]
    )

    assert [(piece.skill, piece.kind) for piece in candidate.profile.evidence] == [
        ("python", "delivered"), ("sql", "used"), ("go", "used"),
    ]  # fmt: skip
    assert candidate.profile.jobs == ()


def test_certificates_and_assessments(read):
    candidate = read(
        certificates=[
            {"name": "Any exam", "issuer": "X", "date": "2022", "skills": ["AWS"]},
            {"name": "Kubernetes"},
            {"name": "Certificate of bravery"},
        ],
        assessments=[
            {"name": "Python", "score": 7, "max_score": 10},
            {"skill": "SQL", "name": "Test 3", "score": 0, "max_score": 5},
            {"name": "Go", "score": 3},
        ],
    )

    assert said(candidate) == [
        ("aws", "certified", None, None), ("kubernetes", "certified", None, None),
        ("python", "assessed", (35, 35), None), ("sql", "assessed", (0, 0), None),
    ]  # fmt: skip
    assert candidate.profile.evidence[0].last_used is not None
    assert [remark["pointer"] for remark in candidate.remarks] == ["/certificates/2/name", "/assessments/2/score"]


def test_markers_are_met_absent_or_unknown(read):
    candidate = read(markers={"senior.build_or_buy": True, "mid.deploys_alone": False, "mid.mentors_juniors": None})

    assert {id_: seen.met for id_, seen in candidate.profile.markers.items()} == {
        "senior.build_or_buy": True, "mid.deploys_alone": False,
    }  # fmt: skip
    assert [r["pointer"] for r in read(markers={"senior.flies": True}).remarks] == ["/markers/senior.flies"]


@pytest.mark.parametrize(("years", "months"), [(0, (0, 0)), (2, (24, 24)), (4.5, (54, 54)), (None, None)])
def test_years_of_experience(read, years, months):
    assert read(years_experience=years).profile.months == months


def test_what_is_not_known_is_kept_and_said(read):
    candidate = read(at="/candidates/1", shoe_size=43, skills=["Python", "Klingon poetry"], address={"city": "X"})

    assert candidate.extra == {"shoe_size": 43, "address": {"city": "X"}}
    assert [(remark["pointer"], remark["value"]) for remark in candidate.remarks] == [
        ("/candidates/1/skills/1", "Klingon poetry"),
        ("/candidates/1/address", "{'city': 'X'}"),
        ("/candidates/1/shoe_size", "43"),
    ]


def test_what_cannot_be_read_is_said_and_left_unknown(read):
    candidate = read(
        skills=[{"name": "Python", "level": "blue"}, {"name": "SQL", "last_used": "once", "years": "many"}],
        jobs=[{"start": "2022", "end": "2019"}],
    )

    assert said(candidate) == [("python", "stated", None, None), ("sql", "stated", None, None)]
    assert {remark["pointer"] for remark in candidate.remarks} == {
        "/skills/0", "/skills/1/last_used", "/skills/1/years", "/jobs/0",
    }  # fmt: skip
    assert candidate.profile.jobs == ()


def test_texts_are_read_for_skills_each_with_its_place(read):
    candidate = read(summary="Proficient in Python.", notes="Never used Kafka. Wants to learn PyTorch.")

    found = {piece.skill: piece for piece in candidate.profile.evidence}
    assert (found["python"].kind, found["python"].level, found["python"].where) == ("stated", (40, 40), "/summary")
    assert found["python"].at == (14, 20)
    assert found["kafka"].level == (0, 0)
    assert [remark["value"] for remark in candidate.remarks] == ["PyTorch"]


def test_the_text_of_a_dated_job_shows_use_and_that_of_an_undated_one_only_says_so(read):
    dated = {"start": "2020-01", "end": "2022-01", "summary": "Wrote Terraform. Deployed Airflow."}
    candidate = read(jobs=[dated, {"summary": "Used Kafka daily."}])

    kinds = {piece.skill: (piece.kind, piece.span is not None) for piece in candidate.profile.evidence}
    assert kinds == {"terraform": ("used", True), "airflow": ("delivered", True), "kafka": ("stated", False)}


def test_what_is_personal_is_no_evidence_and_a_text_only_states(read):
    candidate = read(name=" Ada ", email="ada@example.com", headline="Python wizard", text="Python, every day")

    assert candidate.name == "Ada"
    assert candidate.contact["email"] == "ada@example.com"
    assert [(piece.skill, piece.kind, piece.where) for piece in candidate.profile.evidence] == [
        ("python", "stated", "/text")
    ]


def test_an_id_may_be_a_number(reader):
    assert read_candidate({"external_id": 12}, reader, "").external_id == "12"


def test_every_mistake_is_pointed_at_at_once(faults):
    found = faults(
        name=3,
        years_experience="five",
        skills=[{"name": "Python", "level": 7}, {"level": 3}, 5, {"name": "SQL", "kind": "dreamt"}],
        jobs=[{"start": True}, "job"],
        projects={"a": 1},
        assessments=[{"name": "Python"}, {"name": "Python", "score": 7, "max_score": 5}],
        markers={"senior.build_or_buy": "yes"},
    )

    assert sorted(found) == sorted([
        "/name", "/years_experience", "/skills/0/level", "/skills/1/name", "/skills/2/name", "/skills/3/kind",
        "/jobs/0/start", "/jobs/1", "/projects", "/assessments/0/score", "/assessments/1/score",
        "/markers/senior.build_or_buy",
    ])  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [{"years_experience": 71}, {"years_experience": True}, {"years_experience": -1}, {"skills": 3},
     {"skills": {"Python": 6}}, {"skills": {"Python": -1}}, {"skills": {"Python": []}}, {"skills": [{"name": ""}]},
     {"skills": [{"name": "Python", "years": 99}]}, {"skills": ["x"] * 1001}, {"jobs": 5}, {"markers": []},
     {"external_id": True}, {"external_id": "  "}, {"external_id": "x" * 201}, {"text": 3},
     {"projects": [{"delivered": "yes"}]}, {"assessments": [{"name": "SQL", "score": 1, "max_score": 0}]}],
)  # fmt: skip
def test_a_wrong_type_or_a_figure_out_of_bounds_is_refused(faults, fields):
    (field,) = fields
    assert all(pointer.startswith(f"/{field}") for pointer in faults(**fields))


@pytest.mark.parametrize(
    "nobody", [{}, {"external_id": None, "name": "  "}, {"skills": ["Python"]}, [], "Ada", None, 3]
)
def test_nobody_is_refused(reader, nobody):
    with pytest.raises(InvalidInput) as caught:
        read_candidate(nobody, reader, "/candidates/0")

    assert caught.value.errors[0]["pointer"].startswith("/candidates/0")


def test_a_batch_keeps_what_is_good_and_tells_of_the_rest(reader):
    batch = read_batch([{"name": "A"}, 5, {"name": "B", "skills": 3}, {"name": 3, "markers": []}], reader)

    assert [(index, candidate.name) for index, candidate in batch.candidates] == [(0, "A"), (2, "B")]
    assert [remark["pointer"] for remark in batch.candidates[1][1].remarks] == ["/candidates/2/skills"]
    assert [(row["index"], sorted(error["pointer"] for error in row["errors"])) for row in batch.rejected] == [
        (1, ["/candidates/1"]), (3, ["/candidates/3/markers", "/candidates/3/name"]),
    ]  # fmt: skip


def test_a_candidate_sent_alone_is_held_to_its_form(reader):
    wrong = {"name": "B", "skills": 3}
    assert [row["index"] for row in read_batch([wrong], reader).rejected] == [0]
    assert read_batch([wrong, wrong], reader).rejected == []


def test_titles_of_jobs_and_the_headline_are_kept_with_what_they_suggest(read):
    titles = read(
        headline="Head of Data",
        jobs=[{"title": "Senior ML Engineer", "start": "2020-01"}, {"title": "Intern"}, {"title": " "}, {}],
        projects=[{"name": "Bot", "title": "Lead"}],
    ).profile.titles

    assert [(seen.title, seen.band, seen.where, seen.span is None) for seen in titles] == [
        ("Head of Data", "senior", "/headline", True),
        ("Senior ML Engineer", "senior", "/jobs/0/title", False),
        ("Intern", "junior", "/jobs/1/title", True),
    ]


MENTORED = "Mentored two junior engineers."


@pytest.mark.parametrize(
    ("said", "met", "where"),
    [
        ({}, True, "/text"),
        ({"markers": {"mid.mentors_juniors": False}}, False, "/markers/mid.mentors_juniors"),
        ({"markers": {"mid.mentors_juniors": True}}, True, "/markers/mid.mentors_juniors"),
        ({"markers": {"mid.mentors_juniors": None}}, True, "/text"),
    ],
)
def test_a_marker_that_was_sent_wins_over_a_text_and_null_says_nothing(read, said, met, where):
    seen = read(text=MENTORED, **said).profile.markers["mid.mentors_juniors"]

    assert (seen.met, seen.where) == (met, where)


def test_a_marker_in_a_text_says_where_it_stands(read):
    text = f"Nobody Real\n\n{MENTORED}"
    seen = read(text=text).profile.markers["mid.mentors_juniors"]

    assert text[slice(*seen.at)] == "Mentored two junior"
    assert MENTORED[:-1] in seen.quote


def test_what_a_text_does_not_tell_is_unknown(read):
    assert read(text="Never mentored juniors.").profile.markers == {}


def test_a_skill_by_name_that_is_said_to_be_unknown_is_told(read):
    keyed = read(skills={"Helm": "n/a", "SQL": None, "Go": ""})

    assert said(keyed) == []
    assert [(remark["value"], remark["detail"]) for remark in keyed.remarks] == [
        ("Helm: n/a", "it is said to be unknown: not counted")
    ]
