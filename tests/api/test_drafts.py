"""A job description becomes a draft of a rubric, which can be published as it is, and stores nothing before."""

import pytest
from intake.job_descriptions import JOB, ONLY_BENEFITS, SAMPLES

SENIOR = SAMPLES["bullets under headings"].text


def drafted(api, text, **more):
    answer = api.post("/roles/drafts", {"text": text, **more})
    assert answer.status_code == 200, answer.json
    return answer.json


def criteria(found):
    return {criterion["id"]: criterion for criterion in found["rubric"]["criteria"]}


def publish(api, rubric):
    return api.post(f"/roles/{rubric['role']}/versions", rubric)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_a_draft_can_be_published_as_it_is(api, sample):
    rubric = drafted(api, sample.text)["rubric"]
    found = publish(api, rubric)
    assert found.status_code == 200, found.json
    shown = api.get(f"/roles/{rubric['role']}").json
    assert [one["criterion"] for one in shown["criteria"]] == [one["id"] for one in rubric["criteria"]]
    assert api.get(f"/shortlists/{rubric['role']}").status_code == 200


def test_words_that_no_rubric_may_ask_for_are_told(api):
    found = drafted(api, "We want a young native speaker of German. Must have: Python, SQL.")
    assert {"python", "sql"} <= criteria(found).keys()
    told = " ".join(found["notes"])
    assert "'young'" in told
    assert "'native speaker" in told


@pytest.mark.slow
@pytest.mark.both_databases
def test_drafts_of_all_kinds_can_stand_side_by_side(api):
    for sample in SAMPLES.values():
        assert publish(api, drafted(api, sample.text)["rubric"]).status_code == 200
    titles = [one["title"] for one in api.get("/roles").json["roles"]]
    assert len(set(titles)) == len(titles) == 6 + len(SAMPLES)


def test_a_draft_stores_nothing_and_is_the_same_every_time(api):
    before = api.get("/roles").json
    assert drafted(api, SENIOR) == drafted(api, SENIOR)
    assert api.get("/roles").json == before
    assert api.get("/roles/senior_ml_engineer").status_code == 404


def test_everything_says_that_it_is_a_draft(api):
    found = drafted(api, SENIOR)
    assert "draft" in found["rubric"]["title"]
    assert "A person has to read" in found["rubric"]["summary"]
    assert "A person has to read" in found["notes"][0]
    rubric = found["rubric"]
    assert {one["provenance"] for one in (rubric, *rubric["criteria"], *rubric["markers"]["mid"])} == {"authored"}


def test_the_job_schema_of_json_resume_is_drafted_too(api):
    found = api.post("/roles/drafts", JOB).json
    assert (found["rubric"]["title"], found["unknown"]) == ("Machine Learning Engineer (draft)", ["Basket weaving"])
    by = criteria(found)
    assert by["deep_learning"]["required"]["senior"] == 5
    assert by["python"]["requirement"] == "must"
    assert publish(api, found["rubric"]).status_code == 200


def test_each_criterion_says_why_it_is_there(api):
    found = drafted(api, SENIOR)
    assert [one["criterion"] for one in found["read"]] == list(criteria(found))
    for one in found["read"]:
        said = SENIOR[one["source"]["start"] : one["source"]["end"]]
        assert one["source"]["pointer"] == "/text"
        assert said in one["why"]
        assert one["requirement"] == criteria(found)[one["criterion"]]["requirement"]
    (marker,) = found["markers"]
    assert (marker["marker"], marker["why"]) == ("mid.mentors_juniors", "Mentor junior engineers")
    assert [one["id"] for one in found["rubric"]["markers"]["mid"]] == ["mentors_juniors"]


def test_what_our_roles_ask_in_the_same_way_has_their_words(api):
    ours = {one["criterion"]: one for one in api.get("/roles/ml_engineer").json["criteria"]}
    found = criteria(drafted(api, SENIOR))
    for id_ in ("python", "ml_frameworks", "cloud", "systems_language"):
        if id_ in found:
            for field in ("title", "skills", "question", "advice", "responsibility"):
                assert found[id_][field] == ours[id_][field]
    assert {"python", "ml_frameworks", "cloud"} <= set(found)
    assert found["rust"]["skills"] == {"any_of": ["rust", "go"]}
    assert "Rust or Go" in found["rust"]["question"]


@pytest.mark.parametrize(
    ("title", "said", "required"),
    [
        ("Senior Engineer", "Expert in dbt", [3, 4, 5]),
        ("Engineer", "Expert in dbt", [4, 5, 5]),
        ("Junior Engineer", "Expert in dbt", [5, 5, 5]),
        ("Senior Engineer", "Familiarity with dbt", [1, 1, 1]),
        ("Senior Engineer", "7 years of dbt", [3, 4, 5]),
        ("Engineer", "dbt", [2, 3, 4]),
        ("Engineer", "dbt would be nice", [1, 2, 3]),
        ("Engineer", "5+ years of experience. dbt (strong)", [2, 3, 4]),
    ],
)
def test_what_is_said_of_a_level_holds_for_the_seniority_of_the_text(api, title, said, required):
    (criterion,) = drafted(api, f"Requirements\n- {said}\n", title=title)["rubric"]["criteria"]
    assert list(criterion["required"].values()) == required
    gate = criterion.get("gate", 2)
    assert criterion["requirement"] == "nice" or gate <= criterion["required"]["junior"]


@pytest.mark.parametrize(
    ("title", "years", "bands"),
    [
        ("Senior Engineer", 8, [0, 2, 8]), ("Senior Engineer", 1, [0, 1, 2]), ("Engineer", 3, [0, 3, 5]),
        ("Engineer", 7, [0, 2, 7]), ("Mid-level Engineer", 7, [0, 7, 8]), ("Junior Engineer", 1, [0, 2, 5]),
        ("Senior Engineer", 60, [0, 2, 20]),
    ],
)  # fmt: skip
def test_years_of_experience_set_the_bands(api, title, years, bands):
    found = drafted(api, f"Requirements\n- {years}+ years of experience\n- Python\n", title=title)
    assert list(found["rubric"]["bands"].values()) == bands
    assert f"Years of experience that it asks for: {min(years, 20)}." in found["notes"]


def test_weights_follow_requirement_order_and_emphasis(api):
    names = "".join(f"- {name}\n" for name in ("Python", "SQL", "Docker", "Git"))
    found = criteria(drafted(api, f"Requirements\n{names}- Expert in Scala programming\nNice to have\n- Kafka\n"))
    assert [one["weight"] for one in found.values()] == [6, 6, 6, 5, 7, 4]


def test_a_skill_named_twice_counts_once_as_it_is_asked_most_firmly(api):
    text = "What you'll do\n- Python and Kafka\nNice to have\n- Kafka\nRequirements\n- Python\n"
    found = criteria(drafted(api, text))
    assert {id_: one["requirement"] for id_, one in found.items()} == {"python": "must", "kafka": "nice"}


def test_a_choice_that_a_must_meets_anyway_is_left_out_and_told(api):
    found = drafted(
        api, "Requirements\n- Python\n- Kafka or Kinesis\nNice to have\n- Python or Scala\nStack\n- Kinesis\n"
    )
    assert list(criteria(found)) == ["python", "kafka"]
    assert [note for note in found["notes"] if "by another criterion" in note and "Python" in note and "Scala" in note]
    assert [note for note in found["notes"] if "by another criterion" in note and "Kinesis" in note]


def test_no_more_than_forty_criteria_and_the_rest_is_told(api):
    vocabulary = api.app.extensions["rolefit"].library.vocabulary
    names = [skill.name for skill in vocabulary.skills.values()][:80]
    found = drafted(api, "Nice to have\n- Linux\nRequirements\n" + "".join(f"- {name}\n" for name in names))
    assert len(found["rubric"]["criteria"]) == 40
    assert {one["requirement"] for one in found["rubric"]["criteria"]} == {"must"}
    assert any(note.startswith("More than 40 criteria") and "Linux" in note for note in found["notes"])
    assert publish(api, found["rubric"]).status_code == 200


def test_a_title_of_ours_or_none_becomes_a_role_beside_ours(api):
    for title, role in (
        ("ML Engineer", "ml_engineer_draft"),
        ("Drafts", "drafts_draft"),
        ("研究", "role"),
        ("42", "role_42"),
    ):
        rubric = drafted(api, "Requirements\n- Python", title=title)["rubric"]
        assert rubric["role"] == role
        assert publish(api, rubric).status_code == 200
    again = drafted(api, "Requirements\n- Python", title="ML Engineer")["rubric"]
    assert (again["role"], again["title"]) == ("ml_engineer_draft_2", "ML Engineer (draft 2)")
    assert publish(api, again).status_code == 200


def test_a_text_that_asks_for_no_skill_is_refused_with_the_reason(api):
    refused = api.post("/roles/drafts", {"text": ONLY_BENEFITS})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "no_skills")
    assert "No skill" in refused.json["detail"]
    assert "Python" in refused.json["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, ""),
        ([], ""),
        ({"title": "Engineer"}, ""),
        ({"text": 5}, "/text"),
        ({"text": "a" * 200_001}, "/text"),
        ({"qualifications": ["Python", 5]}, "/qualifications/1"),
        ({"skills": [{"name": "Python"}, "SQL"]}, "/skills/1"),
        ({"skills": [{"keywords": [{}]}]}, "/skills/0/keywords/0"),
        ({"text": "Python", "title": "a" * 201}, "/title"),
    ],
)
def test_a_wrong_body_is_refused_by_its_place(api, body, pointer):
    refused = api.post("/roles/drafts", body)
    assert refused.status_code == 422
    assert pointer in [error["pointer"] for error in refused.json["errors"]]


def test_all_mistakes_are_told_at_once(api):
    refused = api.post("/roles/drafts", {"text": 5, "title": 6, "qualifications": "Python"})
    assert {error["pointer"] for error in refused.json["errors"]} >= {"/text", "/title", "/qualifications"}


@pytest.mark.parametrize(
    "body", [{"text": None}, {"text": ""}, {"skills": None}, {"skills": [{}]}, {"skills": [{"keywords": None}]}]
)
def test_nothing_in_it_is_no_skill_found(api, body):
    assert api.post("/roles/drafts", body).json["errors"][0]["code"] == "no_skills"


def test_a_text_of_the_most_characters_is_drafted(api):
    found = drafted(api, "Requirements\n- Python or SQL, Kafka\n".rjust(40) * 5_000)
    assert len(found["rubric"]["criteria"]) == 2
