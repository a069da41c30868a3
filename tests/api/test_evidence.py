"""What was read, told by the API. Everybody here is invented."""

import time

import pytest
from api.people import csv_text

DAY = "2026-11-20"
ADA = {
    "external_id": "c-1",
    "name": "Ada Example",
    "years_experience": 6,
    "skills": {"Python": 4, "Klingon": 3},
    "jobs": [
        {"title": "ML Engineer", "organization": "Works", "start": "2020-01", "end": "2023-12", "skills": ["EKS"]}
    ],
    "assessments": [{"skill": "SQL", "score": 1, "max_score": 2}],
    "markers": {"senior.build_or_buy": True},
    "shoe": 44,
}


def read(api, *candidates, **options):
    response = api.post("/evidence", {"candidates": list(candidates), "as_of": DAY, **options})
    assert response.status_code == 200, response.json
    return response.json


def skills_of(entry):
    return {skill["skill"]: skill for skill in entry["skills"]}


def test_every_skill_has_its_level_and_every_piece_with_its_source_and_quote(api):
    [entry] = read(api, ADA)["results"]
    python = skills_of(entry)["python"]

    assert (entry["index"], entry["candidate"]) == (0, {"external_id": "c-1", "name": "Ada Example"})
    assert (python["level"], python["level_high"], python["implied_by"]) == (3, 3, [])
    assert python["evidence"] == [
        {
            "skill": "python", "kind": "stated", "level": 4, "level_high": 4, "years": None, "last_used": None,
            "counts_as": 3, "source": {"pointer": "/candidates/0/skills/Python"}, "quote": "Python: 4",
        }
    ]  # fmt: skip
    assert [skill["name"] for skill in entry["skills"]] == sorted(
        (skill["name"] for skill in entry["skills"]), key=str.casefold
    )


def test_what_a_skill_implies_is_told_with_what_implies_it(api):
    skills = skills_of(read(api, ADA)["results"][0])
    eks, aws = skills["eks"], skills["aws"]
    assert (aws["level"], aws["level_high"], aws["implied_by"], aws["evidence"]) == (eks["level"], 5, ["eks"], [])


@pytest.mark.parametrize("skills", [["MLflow (<1 year)"], [{"name": "PyTorch", "level": "< 1 year"}]])
def test_less_than_a_year_of_a_skill_may_be_nothing_and_proves_nothing(api, skills):
    (told,) = api.post("/evidence", {"candidates": [{"name": "Ada", "skills": skills}]}).json["results"]
    assert [(one["level"], one["implied_by"]) for one in told["skills"]] == [(0, [])]
    (id_,) = api.keep({"name": "Ada", "skills": skills})
    (kept,) = api.get(f"/candidates/{id_}/evidence").json["skills"]
    assert kept["level_high"] == told["skills"][0]["level_high"] > 0


@pytest.mark.parametrize("path", ["/evidence", "/scores"])
def test_nobody_among_others_is_rejected_alone(api, path):
    body = {"candidates": [{"name": "Ada"}, None, 5]} | ({"role": "ml_engineer"} if path == "/scores" else {})
    answer = api.post(path, body)
    assert (answer.status_code, len(answer.json["results"])) == (200, 1)
    assert [one["errors"][0]["pointer"] for one in answer.json["rejected"]] == ["/candidates/1", "/candidates/2"]


def test_what_is_rated_itself_is_implied_by_nothing_and_what_is_absent_implies_nothing(api):
    told = [{"name": "Python", "level": 2, "kind": "rated"}, "PyTorch", {"name": "EKS", "level": 0}]
    skills = skills_of(read(api, {"name": "Ada Example", "skills": told})["results"][0])
    assert (skills["python"]["level"], skills["python"]["implied_by"]) == (2, [])
    assert skills["deep_learning"]["implied_by"] == ["pytorch"]
    assert "aws" not in skills


def test_the_levels_are_those_that_scores_are_made_from(api):
    shown = skills_of(read(api, ADA)["results"][0])
    scored = api.score(ADA, role="data_engineer", as_of=DAY)["results"][0]
    row = {row["criterion"]: row for row in scored["criteria"]}["sql"]
    assert (shown["sql"]["level"], shown["sql"]["level_high"]) == (row["level"], row["level_high"]) == (2.5, 2.5)
    assert shown["sql"]["evidence"] == row["evidence"]


@pytest.mark.parametrize(
    ("candidate", "years"),
    [
        ({"years_experience": 6}, (6, 6, "as stated")),
        (
            {"jobs": [{"start": "2020-01", "end": "2021-12"}]},
            (2, 2, "of the dated jobs together, overlaps counted once"),
        ),
        ({"jobs": [{"start": "2020", "end": "2021"}]}, (0, 2, "of the dated jobs together, overlaps counted once")),
        ({}, (None, None, "unknown: no figure and no dated job")),
    ],
)
def test_years_say_where_they_are_from(api, candidate, years):
    [entry] = read(api, {"name": "Ada Example", **candidate})["results"]
    assert tuple(entry["years"].values()) == years


def test_jobs_and_known_markers_are_told(api):
    [entry] = read(api, ADA, {**ADA, "markers": {"senior.build_or_buy": False, "mid.nonsense": True}})["results"][:1]
    assert entry["jobs"] == [{"title": "ML Engineer", "organization": "Works", "start": "2020-01", "end": "2023-12"}]
    [marker] = entry["markers"]
    assert (marker["id"], marker["band"], marker["state"]) == ("senior.build_or_buy", "senior", "met")
    assert "ml_engineer" in marker["roles"]
    assert marker["evidence"][0]["source"] == {"pointer": "/candidates/0/markers/senior.build_or_buy"}


def test_what_was_ignored_is_told_with_the_reason(api):
    [entry] = read(api, ADA)["results"]
    assert {remark["pointer"]: remark["value"] for remark in entry["ignored"]} == {
        "/candidates/0/skills/Klingon": "Klingon", "/candidates/0/shoe": "44",
    }  # fmt: skip
    assert all(remark["detail"] for remark in entry["ignored"])


def test_unknown_words_are_counted_by_candidates_and_spelt_as_most_do(api):
    skills = [["klingon", "Klingon"], ["Klingon", "Foo 3000"], ["Klingon"], ["Elvish (4)", "Elvish"], ["Python"]]
    answer = read(api, *({"name": f"P{n} Example", "skills": listed} for n, listed in enumerate(skills)))
    assert answer["unknown_words"] == [
        {"word": "Klingon", "count": 3}, {"word": "Elvish", "count": 1}, {"word": "Foo 3000", "count": 1},
    ]  # fmt: skip
    assert answer["results"][1]["unknown_words"] == [{"word": "Foo 3000", "count": 1}, {"word": "Klingon", "count": 1}]


def test_good_candidates_are_read_and_the_others_rejected(api):
    answer = read(api, {"x": 1}, ADA, 7)
    assert [entry["index"] for entry in answer["results"]] == [1]
    assert [entry["index"] for entry in answer["rejected"]] == [0, 2]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/candidates"}),
        ({"candidates": []}, {"/candidates"}),
        ({"candidates": [7], "as_of": "soon", "role": "x"}, {"/as_of", "/role", "/candidates/0"}),
        ([], {""}),
    ],
)
def test_every_mistake_of_a_request_is_told_at_once(api, body, pointers):
    response = api.post("/evidence", body)
    assert response.status_code == 422
    assert {error["pointer"] for error in response.json["errors"]} == pointers


def test_nothing_is_stored(api):
    read(api, ADA)
    assert api.total() == 0


def test_a_stored_candidate_tells_the_same(api):
    [id_] = api.keep(ADA)
    sent = read(api, ADA)["results"][0]
    kept = api.get(f"/candidates/{id_}/evidence?as_of={DAY}").json

    assert kept.pop("as_of") == DAY
    assert kept.pop("candidate") == {"id": id_, **sent["candidate"]}
    alone = {key: value for key, value in sent.items() if key not in ("index", "candidate")}
    assert repr(kept) == repr(alone).replace("/candidates/0", "/0")
    assert api.get("/candidates/nobody/evidence").status_code == 404


def test_what_a_sheet_had_is_told_with_its_cell(api):
    sheet = csv_text(["ID", "Name", "Python", "Skills"], ["a1", "Ada Example", "blue", "SQL, Klingon"])
    api.upload(sheet)
    id_ = api.get("/candidates").json["candidates"][0]["id"]
    entry = api.get(f"/candidates/{id_}/evidence?as_of={DAY}").json

    assert skills_of(entry)["sql"]["evidence"][0]["source"]["column"] == "D"
    assert [(remark["row"], remark["column"], remark["value"]) for remark in entry["ignored"]] == [
        (2, "C", "blue"), (2, "D", "SQL, Klingon"),
    ]  # fmt: skip
    assert entry["unknown_words"] == [{"word": "Klingon", "count": 1}]


def test_unknown_words_over_the_store_count_a_person_once(api):
    first, second, _ = api.keep(
        {"external_id": "1", "name": "A B", "skills": ["Klingon", "Foo 3000"]},
        {"external_id": "2", "name": "A B", "skills": ["klingon"]},
        {"external_id": "3", "name": "C D", "skills": ["Klingon", "Python"]},
    )
    assert api.get("/unknown-words").json["unknown_words"][0] == {"word": "Klingon", "count": 3}
    api.post(f"/candidates/{first}/merge", {"with": second})
    answer = api.get("/unknown-words?top=1").json
    assert answer == {"unknown_words": [{"word": "Klingon", "count": 2}], "total": 2}


@pytest.mark.slow
def test_a_thousand_candidates_are_read_within_seconds(api):
    began = time.process_time()
    assert len(read(api, *({**ADA, "external_id": str(n)} for n in range(1_000)))["results"]) == 1_000
    assert time.process_time() - began < 10
