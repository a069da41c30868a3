"""Who somebody is, and how the same facts were sent, is no part of the score."""

import orjson
import pytest
from api.people import ROLES, csv_text, workbook

pytestmark = pytest.mark.both_databases

DAY = "2026-11-20"
LEVELS = {
    "Python": 4, "PyTorch": 3.5, "Kubernetes": 0, "SQL": 5, "AWS": 2, "Statistics": 3, "CI/CD": 4, "Go": 1,
    "Business acumen": 2, "Docker": 4,
}  # fmt: skip
ADA = {"external_id": "a-1", "name": "Ada Example", "years_experience": 6.5}
HEADER = ["ID", "Name", "Years", *LEVELS]
ROW = ["a-1", "Ada Example", 6.5, *LEVELS.values()]
SENIORITIES = ["junior", "mid", "senior"]


def skills(kind="rated", levels=LEVELS):
    return [{"name": name, "level": level, "kind": kind} for name, level in levels.items()]


def comparable(results):
    """Return results as bytes, without the candidate's id, what the title suggests, and where things were read."""
    return orjson.dumps([without_places(strip(result)) for result in sorted(results, key=lambda r: r["role"])])


def strip(result):
    candidate = {key: value for key, value in result["candidate"].items() if key != "id"}
    hint = ("by_title", "title", "title_source")
    estimate = {key: value for key, value in result["seniority_estimate"].items() if key not in hint}
    kept = {key: value for key, value in result.items() if key not in ("index", "ignored")}
    return kept | {"candidate": candidate, "seniority_estimate": estimate}


def without_places(value):
    if isinstance(value, dict):
        return {key: without_places(inner) for key, inner in value.items() if key != "source"}
    return [without_places(inner) for inner in value] if isinstance(value, list) else value


def by_request(api, candidate, seniority="senior"):
    return comparable(api.score(candidate, role="all", seniority=seniority, as_of=DAY)["results"])


def by_import(api, content, name, seniority="senior"):
    response = api.upload(content, name)
    assert response.status_code == 201, response.json
    assert response.json["counts"]["rejected"] == 0
    assert response.json["warnings"] == []
    (id_,) = [kept["id"] for kept in api.get("/candidates").json["candidates"] if kept["external_id"] == "a-1"]
    results = api.get(f"/candidates/{id_}/scores?seniority={seniority}&as_of={DAY}").json["results"]
    assert len(results) == len(ROLES)
    return comparable(results)


@pytest.mark.parametrize("seniority", SENIORITIES)
def test_a_candidate_has_the_same_answer_by_json_by_csv_and_by_workbook(api, seniority):
    by_json = by_request(api, {**ADA, "skills": skills()}, seniority)
    assert by_import(api, csv_text(HEADER, ROW), "pool.csv", seniority) == by_json
    assert by_import(api, workbook(HEADER, ROW), "pool.xlsx", seniority) == by_json
    assert api.total() == 1


def test_a_stored_candidate_has_the_answer_of_one_in_a_request(api):
    candidate = {
        **ADA,
        "skills": skills("stated"),
        "jobs": [{"title": "Engineer", "start": "2019-03", "end": "2024", "skills": ["Spark", "Kafka"]}],
        "projects": [{"name": "Serving", "delivered": True, "skills": ["MLOps"], "start": 2022, "end": "2023-05-01"}],
        "certificates": [{"name": "AWS", "date": "2023"}],
        "assessments": [{"skill": "SQL", "score": 8, "max_score": 10}],
        "markers": {marker["id"]: True for marker in api.get("/roles/ml_engineer").json["markers"]},
    }
    (id_,) = api.keep(candidate)
    kept = api.get(f"/candidates/{id_}/scores?seniority=senior&as_of={DAY}").json["results"]
    assert comparable(kept) == by_request(api, candidate)


def test_markers_and_lists_of_skills_say_the_same_in_json_and_in_a_sheet(api):
    ids = [marker["id"] for marker in api.get("/roles/ml_engineer").json["markers"]]
    markers = {id_: number % 2 == 0 for number, id_ in enumerate(ids)}
    said = ["Python (4)", "Spark", "Kafka (2 yrs)"]
    by_json = by_request(api, {**ADA, "skills": said, "markers": markers})
    header = ["ID", "Name", "Years", "Skills", *(f"Marker: {id_}" for id_ in ids)]
    row = ["a-1", "Ada Example", 6.5, ", ".join(said), *("yes" if met else "no" for met in markers.values())]
    assert by_import(api, csv_text(header, row), "pool.csv") == by_json
    assert by_import(api, workbook(header, row), "pool.xlsx") == by_json


def test_the_order_of_columns_changes_nothing(api):
    first = by_import(api, csv_text(HEADER, ROW), "pool.csv")
    api.delete(f"/candidates/{api.get('/candidates').json['candidates'][0]['id']}")
    assert by_import(api, csv_text(HEADER[::-1], ROW[::-1]), "pool.csv") == first


def test_the_order_of_rows_changes_neither_scores_nor_ranks(api):
    rows = [[f"x-{number}", f"Person {number} Example", number, *[number % 6] * len(LEVELS)] for number in range(12)]
    answers = []
    for order in (rows, rows[::-1]):
        for kept in api.get("/candidates?limit=200").json["candidates"]:
            api.delete(f"/candidates/{kept['id']}")
        assert api.upload(csv_text(HEADER, *order)).json["counts"]["created"] == 12
        shortlist = api.get(f"/shortlists/ml_engineer?seniority=senior&as_of={DAY}").json
        answers.append({
            entry["candidate"]["external_id"]: (entry.get("rank"), comparable([entry]))
            for entry in [*shortlist["shortlist"], *shortlist["not_eligible"]]
        })  # fmt: skip
        assert len(answers[-1]) == 12
    assert answers[0] == answers[1]


def test_the_order_of_keys_skills_and_candidates_changes_nothing(api):
    candidate = {**ADA, "skills": skills(), "jobs": [{"start": "2020", "end": "2022", "skills": ["Rust"]}]}
    turned = {key: candidate[key] for key in reversed(candidate)}
    turned["skills"] = [dict(reversed(skill.items())) for skill in reversed(candidate["skills"])]
    assert by_request(api, turned) == by_request(api, candidate)
    others = [{"name": f"Other {number}", "skills": {"Python": number}} for number in range(5)]
    for batch in ([candidate, *others], [*others, candidate]):
        results = api.score(*batch, role="all", seniority="senior", as_of=DAY)["results"]
        mine = [result for result in results if result["candidate"]["external_id"] == "a-1"]
        assert comparable(mine) == by_request(api, candidate)


def test_skills_as_an_object_and_as_a_list_are_the_same(api):
    as_list = [{"name": name, "level": level} for name, level in LEVELS.items()]
    assert by_request(api, {**ADA, "skills": LEVELS}) == by_request(api, {**ADA, "skills": as_list})


@pytest.mark.parametrize("spelling", ["python", "PYTHON", " Python ", "Production Python", "python 3"])
def test_another_spelling_of_a_skill_changes_only_the_quote(api, spelling):
    results = [
        api.score({**ADA, "skills": {name: 4}}, role="all", as_of=DAY)["results"] for name in ("Python", spelling)
    ]
    assert [standing(result) for result in results[0]] == [standing(result) for result in results[1]]


def standing(result):
    return result["fit"], result["fit_high"], result["gate"], result["gaps"], result["input_digest"]


SOMEBODY_ELSE = {
    "name": {"name": "Zoë Ω مثال 例"},
    "id": {"external_id": "z-99"},
    "no name": {"name": None},
    "email": {"email": "someone@else.example"},
    "city and country": {"city": "Ulm", "country": "DE", "address": {"street": "x"}},
    "gender": {"gender": "f", "sex": "x", "pronouns": "they"},
    "age": {"age": 59, "date_of_birth": "1967-01-01", "year_of_birth": 1967},
    "nationality": {"nationality": "any", "citizenship": "any", "ethnicity": "any", "religion": "any"},
    "photo": {"photo": "https://example.com/p.jpg"},
    "school": {"school": "Famous", "university": "Famous", "graduation_year": 1990},
    "marital status": {"marital_status": "any", "children": 3},
    "talk": {"notes": "Hire! Tall, friendly, from Ulm.", "summary": "Mother of two, plays the cello."},
}


@pytest.mark.parametrize("changes", SOMEBODY_ELSE.values(), ids=SOMEBODY_ELSE)
def test_who_somebody_is_changes_nothing_in_a_request(api, changes):
    own = {**ADA, "skills": skills()}
    answers = [
        api.score(candidate, role="all", seniority="senior", as_of=DAY)["results"]
        for candidate in (own, {**own, **changes})
    ]
    nobody = [[{**result, "candidate": {}} for result in results] for results in answers]
    assert comparable(nobody[0]) == comparable(nobody[1])


@pytest.mark.parametrize(
    "header",
    ["Email", "City", "Gender", "Age", "Date of birth", "Nationality", "Photo", "School", "Title"],
)
def test_who_somebody_is_changes_nothing_in_a_sheet(api, header):
    plain = by_import(api, csv_text(HEADER, ROW), "pool.csv")
    for value in ("Python", 5, "female", "1967-01-01"):
        sheet = workbook([header, *HEADER], [value, *ROW])
        assert by_import(api, sheet, "pool.xlsx") == plain


def test_asking_twice_gives_the_same_bytes(api):
    body = {"role": "all", "candidates": [{**ADA, "skills": skills()}], "as_of": DAY}
    assert api.post("/scores", body).data == api.post("/scores", body).data
