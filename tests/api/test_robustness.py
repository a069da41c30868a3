"""How sure an order is, what to ask, and who fits elsewhere, over a stored pool."""

import io

import openpyxl
import pytest

DATA = ("SQL", "Spark", "Airflow", "Data modeling", "dbt", "Kafka", "Data warehousing", "ETL")


@pytest.fixture
def pool(client):
    """One who is rated well in everything, two who differ in one thing, one of whom little is known, one in data."""
    asked_for = [one["criterion"] for one in client.get("/api/v1/roles/ml_engineer").json["criteria"]]
    rated = [{"name": id_, "level": 3, "kind": "rated"} for id_ in asked_for]

    def person(name, years, skills):
        return {"external_id": name, "name": f"{name} Example", "years_experience": years, "skills": skills}

    def other(first, second):
        changed = {"kubernetes": first, "ci_cd": second}  # both weigh 5
        return [{**one, "level": changed.get(one["name"], 3)} for one in rated]

    everyone = [
        person("strong", 12, [{**one, "level": 5} for one in rated]),
        person("one", 4, other(4, 3)),
        person("two", 4, other(3, 4)),
        person("open", 4, {"Python": 4}),
        person(
            "data", 8, {**dict.fromkeys(DATA, 5), "Python": 4, "AWS": 4, "Docker": 4, "CI/CD": 4, "System design": 4}
        ),
    ]
    client.post("/api/v1/candidates", json=everyone)
    return client


def asked(client, path):
    response = client.get(f"/api/v1{path}")
    assert response.status_code == 200, response.json
    return response.json


def test_a_certain_first_and_two_who_change_places_are_told_apart(pool):
    found = asked(pool, "/shortlists/ml_engineer/robustness?seniority=senior&k=1&draws=500")
    by_id = {one["candidate"]["external_id"]: one for one in found["shortlist"]}
    assert by_id["strong"]["first"] > 0.9
    assert by_id["strong"]["verdict"] == "likely"
    first_of_two = next(one for one in found["shortlist"] if one["candidate"]["external_id"] in {"one", "two"})
    assert 0.1 < first_of_two["ahead_of_next"] < 0.9
    assert by_id["open"]["possible_ranks"][0] < by_id["open"]["possible_ranks"][1]
    assert (
        found["shortlist"]
        == asked(pool, "/shortlists/ml_engineer/robustness?seniority=senior&k=1&draws=500")["shortlist"]
    )


def test_who_is_behind_somebody_whose_must_have_is_open_may_come_past(pool):
    musts = ("python", "ml_frameworks", "kubernetes", "ci_cd", "cloud", "sql", "system_design")
    every = [one["criterion"] for one in pool.get("/api/v1/roles/ml_engineer").json["criteria"]]

    def person(name, levels):
        rated = [{"name": id_, "level": level, "kind": "rated"} for id_, level in levels.items()]
        return {"external_id": name, "name": name, "years_experience": 9, "skills": rated}

    weak = dict.fromkeys(every, 0) | dict.fromkeys(musts, 2)
    pool.post("/api/v1/candidates", json=[
        person("asked about", {id_: 5 for id_ in every if id_ != "sql"}), person("weak", weak),
    ])  # fmt: skip
    shortlist = asked(pool, "/shortlists/ml_engineer/robustness?seniority=senior")["shortlist"]
    (before,) = (one["possible_ranks"] for one in shortlist if one["candidate"]["name"] == "weak")
    pool.post("/api/v1/candidates", json=person("asked about", {**dict.fromkeys(every, 5), "sql": 0}))
    live = asked(pool, "/shortlists/ml_engineer?seniority=senior")["shortlist"]
    (rank,) = (one["rank"] for one in live if one["candidate"]["name"] == "weak")
    assert before[0] <= rank <= before[1]


def test_the_workbook_of_the_shortlist_says_what_the_api_says(pool):
    told = asked(pool, "/shortlists/ml_engineer/robustness?seniority=senior&shown=200")["shortlist"]
    response = pool.get("/api/v1/shortlists/ml_engineer.xlsx?seniority=senior")
    sheet = openpyxl.load_workbook(io.BytesIO(response.data))["Robustness"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [(row[1], row[3], row[4]) for row in rows] == [
        (one["candidate"]["name"], one["top"], one["first"]) for one in told
    ]


def test_sure_of_the_weights_the_order_is_the_rubrics_but_for_what_is_unknown(pool):
    found = asked(pool, "/shortlists/ml_engineer/robustness?seniority=senior&sure=1")
    live = asked(pool, "/shortlists/ml_engineer?seniority=senior")["shortlist"]
    assert [one["candidate"]["id"] for one in found["shortlist"]] == [one["candidate"]["id"] for one in live]
    assert [(one["rank"], one["fit"]) for one in found["shortlist"]] == [(one["rank"], one["fit"]) for one in live]


def test_the_questions_that_open_a_gate_or_bring_somebody_in_come_first(pool):
    found = asked(pool, "/shortlists/ml_engineer/questions?seniority=senior&k=1")
    of_open = next(one for one in found["candidates"] if one["candidate"]["external_id"] == "open")
    assert of_open["questions"][0]["opens_gate"] > 0
    assert all(one["question"] for one in of_open["questions"])
    assert found["pool"][0]["unknown"] >= 1


def test_the_questions_are_a_sheet_to_fill_in(pool):
    response = pool.get("/api/v1/shortlists/ml_engineer/questions.xlsx?seniority=senior&k=1")
    book = openpyxl.load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["Questions", "For everybody"]
    cells = [[cell.value for cell in row] for row in book["Questions"].iter_rows()]
    assert any("open Example" in row for row in cells)
    assert book["Questions"].data_validations.dataValidation


def test_the_best_role_of_somebody_is_told_with_reasons(pool):
    people = {one["external_id"]: one["id"] for one in asked(pool, "/candidates")["candidates"]}
    found = asked(pool, f"/candidates/{people['data']}/roles")["roles"]
    assert len(found) == 18
    assert found[0]["role"] == "data_engineer"
    assert found[0]["speaks_for_it"]
    assert found[-1]["speaks_against_it"]
    elsewhere = asked(pool, "/pool/roles?role=ml_engineer&seniority=mid")
    assert [
        one["candidate"]["external_id"] for one in elsewhere["elsewhere"] if one["best_role"] == "data_engineer"
    ] == ["data"]
    assert sum(elsewhere["best"].values()) == 5


def test_nobody_can_be_asked_about_too(client):
    for path in ("/shortlists/ml_engineer/robustness", "/shortlists/ml_engineer/questions"):
        assert asked(client, path)["total"] == 0
    assert asked(client, "/pool/roles?role=ml_engineer")["elsewhere"] == []
    assert client.get("/api/v1/pool/roles?role=astronaut").status_code == 404
    assert client.get("/api/v1/shortlists/ml_engineer/robustness?sure=2").status_code == 422
