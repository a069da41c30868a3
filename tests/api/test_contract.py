"""Every call of the API does what its contract says. The driver checks each answer's shape; here is what they mean."""

import datetime as dt
import json
import re

import pytest
from api.people import ROLES, STRONG, cells, csv_rows, csv_text, opened, person, pool, rated, workbook
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.both_databases

DAY = "2026-11-20"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESUME = {
    "basics": {"name": "Ada Example", "label": "Engineer", "email": "ada@example.com"},
    "work": [{"name": "Works", "startDate": "2020-01-01", "keywords": ["Python"]}],
    "skills": [{"name": "Languages", "level": "advanced", "keywords": ["Python", "Go"]}],
}
SHEET = csv_text(
    ["Name", "ID", "Years", "Skills"],
    ["Ada Example", "a1", 6, "Python (4), PyTorch (2 yrs), Klingon"],
    ["Bo Example", "b2", 1, "SQL"],
    ["", "", 3, "Python"],
)


# What the document itself says


def test_the_document_is_openapi_and_every_route_of_the_api_is_in_it(api):
    document = api.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    documented = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    rules = [rule for rule in api.app.url_map.iter_rules() if rule.rule.startswith("/api/v1")]
    assert rules
    for rule in rules:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert (path, method) in documented


def test_the_document_is_the_same_in_every_app_and_each_time(api, contract):
    first, second = api.get("/openapi.json"), api.get("/openapi.json")
    assert first.data == second.data
    assert first.json == contract.document


def test_every_shape_in_the_document_is_a_valid_schema(contract):
    for schema in contract.document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_parameters_stand_where_openapi_lets_them(contract):
    for item in contract.document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()) if isinstance(operation, dict) else operation:
                assert parameter["in"] in ("query", "path", "header", "cookie")


def test_only_what_was_sent_or_differs_by_its_kind_has_a_shape_of_its_own(contract):
    def free(schema, at):
        if schema.get("type") == "object" and "properties" not in schema and not schema.get("additionalProperties"):
            yield at
        for name, inner in schema.get("properties", {}).items():
            yield from free(inner, f"{at}.{name}")
        if "items" in schema:
            yield from free(schema["items"], f"{at}[]")

    schemas = contract.document["components"]["schemas"]
    shapes = {at for name, schema in schemas.items() for at in free(schema, name)}
    sent = {
        "RubricDocuments.rubrics[]",
        "Import.answers",
        "CandidateDetail.extra",
        "EvidenceRequest.candidates[]",
        "ScoreRequest.candidates[]",
        "RecordHeld.content",
        "VersionHeld.content",
    }
    by_kind = {
        "SnapshotHead.asked", "SnapshotDetail.asked", "SnapshotDetail.changed", "TrailEntry.details", "Choice.answer",
    }  # fmt: skip
    assert shapes == sent | by_kind


def test_every_refusal_that_is_documented_is_documented_as_a_problem(contract):
    for item in contract.document["paths"].values():
        for operation in (value for value in item.values() if isinstance(value, dict)):
            for code, response in operation["responses"].items():
                if code == "default" or code >= "400":
                    name = response.get("$ref", "").rsplit("/", 1)[-1]
                    shape = contract.document["components"]["responses"][name] if name else response
                    assert list(shape["content"]) == ["application/problem+json"]


def test_the_pages_and_all_they_load_come_from_here(api):
    page = api.get("/docs")
    assert page.status_code == 200
    assert b"http://" not in page.data
    assert b"https://" not in page.data
    assert b"<script>" not in page.data


def test_the_probes_answer(api):
    assert api.get("/livez").json == {"status": "alive"}
    assert api.get("/readyz").json["status"] == "ready"
    assert api.get("/api/v1/readyz").json["rubrics"] == 6


# Rubrics


def test_roles_are_listed_in_their_order(api):
    roles = api.get("/roles").json["roles"]
    assert [role["role"] for role in roles] == ROLES
    for role in roles:
        assert role["seniorities"] == ["junior", "mid", "senior"]
        assert len(role["digest"]) == 64


@pytest.mark.parametrize("role", ROLES)
def test_a_role_shows_its_whole_rubric(api, role):
    rubric = api.get(f"/roles/{role}").json
    assert rubric["role"] == role
    assert sum(rubric["parts"].values()) == 100
    assert {criterion["requirement"] for criterion in rubric["criteria"]} <= {"must", "should", "nice"}
    for criterion in rubric["criteria"]:
        assert set(criterion["required_levels"]) == {"junior", "mid", "senior"}
        assert all(0 < level <= 5 for level in criterion["required_levels"].values())
        assert (criterion["gate_level"] is not None) == (criterion["requirement"] == "must")
    bands = {band["seniority"]: band["least_years"] for band in rubric["bands"]}
    assert bands == {"junior": 0, "mid": 2, "senior": 5}
    assert {marker["band"] for marker in rubric["markers"]} == {"junior", "mid", "senior"}


MATRIX = """
Python (production-grade)           | must nice must -    | ML frameworks (PyTorch / TensorFlow) | must must nice -
Statistics and experimentation      | nice must -    nice | Kubernetes and containers            | must -    must -
CI/CD and automation                | must -    must -    | Cloud platforms (AWS / GCP / Azure)  | must nice must -
SQL and data modeling               | must must nice -    | System design                        | must -    must -
Business acumen                     | nice nice -    must | Stakeholder communication            | nice must -    must
"""


def test_the_matrix_has_the_27_cells_of_its_source(api):
    fields = [field.strip() for line in MATRIX.strip().splitlines() for field in line.split("|")]
    expected = {
        title: [None if cell == "-" else cell for cell in row.split()]
        for title, row in zip(fields[::2], fields[1::2], strict=True)
    }
    rows = api.get("/matrix").json["rows"]
    assert {row["skill"]: [row["roles"][role] for role in ROLES[:4]] for row in rows} == expected
    assert sum(row["roles"][role] is not None for row in rows for role in ROLES[:4]) == 27


def test_the_matrix_workbook_opens_with_the_same_rows(api):
    response = api.get("/matrix.xlsx")
    texts = [row[0] for row in cells(opened(response).worksheets[0])]
    titles = [row["skill"] for row in api.get("/matrix").json["rows"]]
    assert [text for text in texts if text in titles] == titles
    assert disposition(response) == "attachment; filename=skills-matrix.xlsx"


@pytest.mark.parametrize("role", ROLES)
def test_a_template_filled_in_is_understood_in_every_column(api, role):
    response = api.get(f"/templates/candidates.xlsx?role={role}")
    assert disposition(response) == f"attachment; filename=candidates-{role}.xlsx"
    header, example = cells(opened(response)["Candidates"])[:2]
    filled = ["t-1", "Tess Example", *example[2:]]
    report = api.upload(workbook(header, example, filled), "mine.xlsx").json
    assert report["counts"]["created"] == report["counts"]["rows"] == 1
    assert [column["header"] for column in report["columns"] if column["understood_as"] is None] == []
    assert [column["header"] for column in report["columns"]] == [" ".join(str(title).split()) for title in header]


# Scores


def test_one_role_gives_one_result_for_each_candidate_in_the_order_sent(api):
    answer = api.score(person(2), person(1), role="ml_engineer")
    assert [result["candidate"]["external_id"] for result in answer["results"]] == ["p-2", "p-1"]
    assert [result["index"] for result in answer["results"]] == [0, 1]
    assert {result["role"] for result in answer["results"]} == {"ml_engineer"}


@pytest.mark.parametrize(
    ("asked", "roles"),
    [(["data_engineer", "ml_engineer"], ["data_engineer", "ml_engineer"]), ("all", ROLES), (["ml_engineer"] * 2, None)],
)
def test_several_roles_give_a_result_each(api, asked, roles):
    results = api.score(person(), role=asked)["results"]
    assert [result["role"] for result in results] == (roles or ["ml_engineer"])


def test_points_add_up_to_the_fit_and_with_the_gaps_to_a_hundred(api):
    for result in api.score(*pool(), person(9, skills=None), role="all", seniority="senior")["results"]:
        points = sum(round(row["points"] * 100) for row in result["criteria"])
        lost = sum(round(gap["points_lost"] * 100) for gap in result["gaps"])
        assert points == round(result["fit"] * 100)
        assert points + lost == 10_000
        assert sum(round(row["points_high"] * 100) for row in result["criteria"]) == round(result["fit_high"] * 100)


def test_a_result_says_where_it_read_what(api):
    (result,) = api.score(person(skills=[{"name": "Python", "level": 4, "years": 3, "last_used": "2024"}]))["results"]
    (piece,) = result["criteria"][0]["evidence"]
    assert piece["source"] == {"pointer": "/candidates/0/skills/0"}
    assert (piece["skill"], piece["level"], piece["years"], piece["last_used"]) == ("python", 4, 3, "2024")
    assert "Python" in piece["quote"]


def test_what_was_not_understood_is_said_and_not_scored(api):
    (result,) = api.score(person(skills={"Klingon": 5}, shoe_size=44, markers={"no.such": True}))["results"]
    assert [remark["pointer"] for remark in result["ignored"]] == [
        "/candidates/0/skills/Klingon", "/candidates/0/markers/no.such", "/candidates/0/shoe_size",
    ]  # fmt: skip


def test_seniority_is_mid_unless_asked(api):
    answer = api.score(person())
    assert answer["applied"]["seniority"] == answer["results"][0]["seniority"] == "mid"


def test_weights_of_a_wrong_shape_do_not_hide_names_that_are_wrong(api):
    weights = {"criteria": {"zzz": 3, "python": -1}}
    answer = api.post("/scores", {"role": "ml_engineer", "candidates": [{"name": "Ada"}], "weights": weights})
    told = [error["pointer"] for error in answer.json["errors"]]
    assert (answer.status_code, sorted(told)) == (422, ["/weights/criteria/python", "/weights/criteria/zzz"])


def test_a_snapshot_is_asked_for_in_the_query_and_a_body_is_refused(api):
    api.keep({"name": "Ada"})
    answer = api.post("/shortlists/ml_engineer/snapshots", {"seniority": "senior"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "")
    assert api.post("/shortlists/ml_engineer/snapshots", {}).status_code == 201


def test_the_weights_applied_are_told_also_where_none_were_asked_for(api):
    plain = api.score(person())["applied"]["weights"]["ml_engineer"]
    asked = {"parts": {"nice": 0}, "criteria": {"python": 40}}
    answer = api.score(person(), weights=asked)
    told = answer["applied"]["weights"]["ml_engineer"]
    assert told["parts"] == {**plain["parts"], "nice": 0}
    assert told["criteria"] == {**plain["criteria"], "python": 40}
    nice = [row for row in answer["results"][0]["criteria"] if row["requirement"] == "nice"]
    assert nice
    assert all(row["full_points"] == 0 for row in nice)


def test_as_of_is_the_day_that_experience_is_counted_to(api):
    job = {"title": "Engineer", "start": "2020-01-01", "end": "present", "skills": ["Python"]}
    years = [
        api.score(person(jobs=[job]), as_of=f"{year}-01-01")["results"][0]["seniority_estimate"]["years"]
        for year in (2021, 2024)
    ]
    assert years == [1, 4]
    assert api.score(person())["applied"]["as_of"] == dt.datetime.now(dt.UTC).date().isoformat()


def test_candidates_that_cannot_be_read_are_told_apart_and_the_good_are_scored(api):
    answer = api.score({"name": 3}, person(), {"skills": {}}, 7)
    assert [result["index"] for result in answer["results"]] == [1]
    assert [row["index"] for row in answer["rejected"]] == [0, 2, 3]
    assert answer["rejected"][0]["errors"][0]["pointer"] == "/candidates/0/name"


def test_scoring_stores_nothing(api):
    api.score(*pool(), role="all")
    assert api.total() == 0


# Candidates


def test_a_candidate_is_created_then_unchanged_then_updated(api):
    first = api.post("/candidates", person())
    again = api.post("/candidates", person())
    changed = api.post("/candidates", person(skills={"Python": 5}))
    assert [response.status_code for response in (first, again, changed)] == [201, 200, 200]
    outcomes = [response.json["results"][0]["outcome"] for response in (first, again, changed)]
    assert outcomes == ["created", "unchanged", "updated"]
    assert len({response.json["results"][0]["id"] for response in (first, again, changed)}) == 1
    assert api.total() == 1


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"candidates": items}], ids=["list", "wrapper"])
def test_of_a_list_the_good_are_kept_and_each_item_has_its_outcome(api, wrap):
    response = api.post("/candidates", wrap([person(1), {"name": 2}, "x", person(2)]))
    assert response.status_code == 201
    assert [row["outcome"] for row in response.json["results"]] == ["created", "rejected", "rejected", "created"]
    assert [row["index"] for row in response.json["results"]] == [0, 1, 2, 3]
    assert response.json["counts"] == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 2, "ignored": 0}
    assert api.total() == 2


def test_a_list_with_nothing_good_is_refused_with_every_reason(api):
    response = api.post("/candidates", [{"name": 2}, {"skills": []}])
    assert response.status_code == 422
    assert {error["pointer"].split("/")[1] for error in response.json["errors"]} == {"0", "1"}
    assert api.total() == 0


def test_one_candidate_that_cannot_be_read_is_pointed_at_in_what_was_sent(api):
    response = api.post("/candidates", {"name": 2})
    assert response.json["errors"][0]["pointer"] == "/name"
    piece = api.get(f"/candidates/{api.keep(person())[0]}/scores?role=ml_engineer").json["results"][0]
    assert piece["criteria"][0]["evidence"][0]["source"] == {"pointer": "/0/skills/Python"}


@pytest.mark.parametrize("query", ["", "?format=json_resume"])
def test_a_json_resume_is_recognised_by_shape_or_named(api, query):
    response = api.post(f"/candidates{query}", RESUME)
    assert response.status_code == 201
    kept = api.get(f"/candidates/{response.json['results'][0]['id']}").json
    assert kept["source"] == "json_resume"
    assert kept["name"] == "Ada Example"
    assert kept["headline"] == "Engineer"
    assert kept["skills"] == ["go", "python"]


def test_the_same_id_from_another_source_is_another_candidate(api):
    api.post("/candidates?source=ats", person())
    api.post("/candidates", {"source": "agency", "candidates": [person()]})
    assert {kept["source"] for kept in api.get("/candidates").json["candidates"]} == {"ats", "agency"}


def test_a_candidate_without_an_id_is_known_again_by_its_content(api):
    nameless = {"name": "No Id Example", "skills": {"Python": 3}}
    ids = [api.post("/candidates", nameless).json["results"][0]["id"] for _ in range(2)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("limit", [1, 2, 7, 200])
def test_pages_together_are_the_whole_list_once(api, limit):
    ids = api.keep(*(person(number) for number in range(7)))
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/candidates?limit={limit}{cursor and f'&cursor={cursor}'}").json
        assert len(page["candidates"]) <= limit
        assert page["total"] == 7
        seen += [kept["id"] for kept in page["candidates"]]
        cursor = page["next_cursor"]
    assert seen == ids


def test_pages_stay_as_they_are_while_others_come_and_go(api):
    ids = api.keep(*(person(number) for number in range(6)))
    first = api.get("/candidates?limit=2").json
    api.delete(f"/candidates/{ids[1]}")
    api.keep(person(99), person(4, skills={"Python": 1}))
    rest = api.get(f"/candidates?limit=200&cursor={first['next_cursor']}").json
    assert [kept["id"] for kept in rest["candidates"]][:4] == ids[2:]
    assert len(rest["candidates"]) == 5


def test_a_list_has_fifty_to_a_page_unless_asked(api):
    api.keep(*(person(number) for number in range(51)))
    page = api.get("/candidates").json
    assert len(page["candidates"]) == 50
    assert page["next_cursor"]


def test_what_was_sent_and_is_not_scored_is_kept_to_be_shown(api):
    (id_,) = api.keep(person(email="p@example.com", notes="Met at a fair", city="Ulm"))
    kept = api.get(f"/candidates/{id_}").json
    assert kept["contact"] == {"email": "p@example.com", "notes": "Met at a fair"}
    assert kept["extra"] == {"city": "Ulm"}
    assert kept["created_at"] == kept["updated_at"]


def test_an_erased_candidate_is_gone_everywhere(api):
    ids = api.keep(person(1), person(2))
    assert api.delete(f"/candidates/{ids[0]}").status_code == 204
    for call in (api.get, api.delete):
        assert call(f"/candidates/{ids[0]}").status_code == 404
    assert api.get(f"/candidates/{ids[0]}/scores").status_code == 404
    assert [kept["id"] for kept in api.get("/candidates").json["candidates"]] == ids[1:]
    shortlist = api.get("/shortlists/ml_engineer").json
    assert [entry["candidate"]["id"] for entry in shortlist["shortlist"]] == ids[1:]


def test_scores_of_a_stored_candidate_are_for_every_role_the_best_first(api):
    (id_,) = api.keep(person(skills=rated(STRONG)))
    answer = api.get(f"/candidates/{id_}/scores?seniority=senior&as_of={DAY}").json
    assert answer["candidate"] == {"id": id_, "external_id": "p-1", "name": "Person 1 Example"}
    assert sorted(result["role"] for result in answer["results"]) == sorted(ROLES)
    standing = [(["pass", "open", "fail"].index(r["gate"]), -r["fit"]) for r in answer["results"]]
    assert standing == sorted(standing)
    assert {result["seniority"] for result in answer["results"]} == {"senior"}
    assert answer["applied"]["as_of"] == DAY
    one = api.get(f"/candidates/{id_}/scores?role=ml_engineer&seniority=senior&as_of={DAY}").json["results"]
    assert one == [result for result in answer["results"] if result["role"] == "ml_engineer"]


# Imports


def test_an_import_is_reported_and_can_be_read_again(api):
    response = api.upload(SHEET, "pool.csv")
    assert response.status_code == 201
    report = response.json
    assert report["counts"] == {"rows": 3, "created": 2, "updated": 0, "unchanged": 0, "rejected": 1, "ignored": 0}
    assert [column["understood_as"] for column in report["columns"]] == [
        "name", "external_id", "years_experience", "skills",
    ]  # fmt: skip
    assert [row["row"] for row in report["rejected"]] == [4]
    (warning,) = report["warnings"]
    assert (warning["row"], warning["column"]) == (2, "D")
    assert "Klingon" in warning["detail"]
    assert response.headers["Location"] == f"/api/v1/imports/{report['id']}"
    assert api.get(response.headers["Location"]).json == report


def test_the_same_file_again_changes_nothing_and_says_so(api):
    api.upload(SHEET)
    counts = {"rows": 3, "created": 0, "updated": 0, "unchanged": 2, "rejected": 1, "ignored": 0}
    assert api.upload(SHEET).json["counts"] == counts
    assert api.total() == 2


def test_rejected_rows_come_back_as_a_workbook_that_can_be_mended_and_sent_again(api):
    report = api.upload(SHEET).json
    response = api.get(f"/imports/{report['id']}/rejected.xlsx")
    assert response.mimetype == XLSX
    assert disposition(response) == "attachment; filename=rejected-rows.xlsx"
    header, row = cells(opened(response).worksheets[0])
    assert header[1:] == ["Row in your file", "Name", "ID", "Years", "Skills"]
    assert row[1] == 4
    mended = [*row[:2], "Cy Example", "c3", *row[4:]]
    again = api.upload(workbook(header, mended), "rejected-rows.xlsx").json
    assert again["counts"]["created"] == 1
    assert api.total() == 3


def test_what_a_mapping_explained_needs_no_mapping_when_rejected_rows_are_sent_again(api):
    told = {
        "Wer": "name",
        "Nr": "external_id",
        "Snake": "skill:python@100",
        "Jahre PT": "years:pytorch",
        "Z": "summary",
    }
    told["Baut"] = api.get("/roles/ml_engineer").json["markers"][0]["id"]
    sheet = csv_text([*told], ["", "", 80, 3, "Kafka", "x"], ["Ada Example", "a", 70, 2, "Kafka", "x"])
    report = api.upload(sheet, mapping=json.dumps(told)).json
    header, row = cells(opened(api.get(f"/imports/{report['id']}/rejected.xlsx")).worksheets[0])
    mended = [*row[:2], "Cy Example", "c3", *row[4:]]
    again = api.upload(workbook(header, mended), "rejected-rows.xlsx").json
    assert again["counts"]["created"] == 1
    assert [c["understood_as"] for c in again["columns"]][2:] == [c["understood_as"] for c in report["columns"]]


def test_a_dry_run_tells_the_same_and_stores_nothing(api):
    dry = api.upload(SHEET, dry_run="true")
    assert dry.status_code == 200
    assert "Location" not in dry.headers
    assert (dry.json["id"], dry.json["state"]) == (None, "dry_run")
    assert api.total() == 0
    real = api.upload(SHEET).json
    columns = [column | {"samples": []} for column in dry.json["columns"]]
    assert {**dry.json, "id": real["id"], "state": "done", "columns": columns} == real


def test_a_mapping_says_what_a_column_means(api):
    sheet = csv_text(["Who", "Snake"], ["Ada Example", 4])
    assert api.upload(sheet).status_code == 422
    report = api.upload(sheet, mapping='{"Who": "name", "B": "skill:python"}').json
    assert [column["understood_as"] for column in report["columns"]] == ["name", "level of Python (production-grade)"]


def test_json_is_imported_too(api):
    content = b'{"candidates": [{"name": "Ada Example", "skills": {"Python": 4}, "x": 1}, {"name": 3}]}'
    report = api.upload(content, "pool.json").json
    assert (report["counts"]["created"], report["counts"]["rejected"]) == (1, 1)
    assert report["rejected"][0]["errors"][0]["pointer"] == "/candidates/1/name"
    assert report["warnings"][0]["pointer"] == "/candidates/0/x"
    assert opened(api.get(f"/imports/{report['id']}/rejected.xlsx"))


# Shortlists


@pytest.fixture
def stocked(api):
    api.keep(*pool())
    return api


def test_a_shortlist_is_the_same_rows_in_the_same_order_to_read_and_to_download(stocked):
    query = f"seniority=mid&as_of={DAY}"
    entries = stocked.get(f"/shortlists/ml_engineer?{query}").json["shortlist"]
    book = cells(opened(stocked.get(f"/shortlists/ml_engineer.xlsx?{query}"))["Shortlist"])
    file = csv_rows(stocked.get(f"/shortlists/ml_engineer.csv?{query}"))
    assert [row[:5] for row in book[1:]] == [
        [e["rank"], e["candidate"]["name"], e["candidate"]["external_id"], e["fit"], e["fit_high"]] for e in entries
    ]
    assert file[0] == book[0]
    assert [[figure(value) for value in row] for row in book] == [[figure(value) for value in row] for row in file]
    assert len(entries) == 5


def figure(value):
    """Return a cell as text, and a figure the same from either file: 100.0 is 100."""
    return str(value).removesuffix(".0")


def test_those_not_eligible_are_named_with_the_reason_and_all_are_counted(stocked):
    answer = stocked.get("/shortlists/ml_engineer").json
    (apart,) = answer["not_eligible"]
    assert apart["candidate"]["name"] == "Lacks Python Example"
    assert "Python" in apart["reason"]
    assert apart["gate"] == "fail"
    assert answer["eligible"] + answer["not_eligible_total"] == answer["total"] == 6
    assert sum(answer["gates"].values()) == 6


@pytest.mark.parametrize("seniority", ["junior", "mid", "senior"])
@pytest.mark.parametrize("role", ROLES)
def test_counts_add_up_for_every_role(stocked, role, seniority):
    for gate in ("any", "pass"):
        answer = stocked.get(f"/shortlists/{role}?seniority={seniority}&gate={gate}").json
        assert answer["eligible"] + answer["not_eligible_total"] == answer["total"] == 6
        assert len(answer["shortlist"]) == answer["shown"] == answer["eligible"]
        assert len(answer["not_eligible"]) == answer["not_eligible_total"]
        fits = [entry["fit"] for entry in answer["shortlist"]]
        assert fits == sorted(fits, reverse=True)
        ranks = [entry["rank"] for entry in answer["shortlist"]]
        assert ranks == sorted(ranks)


def test_top_cuts_the_list_and_says_how_many_there_are(stocked):
    answer = stocked.get("/shortlists/ml_engineer?top=2").json
    assert (answer["shown"], answer["eligible"], answer["total"]) == (2, 5, 6)
    assert len(answer["shortlist"]) == 2
    assert len(cells(opened(stocked.get("/shortlists/ml_engineer.xlsx?top=2"))["Shortlist"])) == 3


def test_gate_pass_keeps_only_those_with_every_must_have_confirmed(stocked):
    stocked.keep(person(50))
    loose = stocked.get("/shortlists/ml_engineer").json
    answer = stocked.get("/shortlists/ml_engineer?gate=pass").json
    assert answer["gate_asked"] == "pass"
    assert {entry["gate"] for entry in answer["shortlist"]} == {"pass"}
    assert answer["eligible"] == loose["gates"]["pass"] < loose["eligible"]
    assert {entry["gate"] for entry in answer["not_eligible"]} == {"open", "fail"}
    assert all(entry["reason"] for entry in answer["not_eligible"])


def test_a_shortlist_of_nobody_is_an_empty_one(api):
    answer = api.get("/shortlists/data_engineer").json
    assert (answer["shortlist"], answer["not_eligible"], answer["total"], answer["tied_at_cut"]) == ([], [], 0, 0)
    assert len(cells(opened(api.get("/shortlists/data_engineer.xlsx"))["Shortlist"])) == 1
    assert len(csv_rows(api.get("/shortlists/data_engineer.csv"))) == 1


@pytest.mark.parametrize(("ending", "kind"), [("xlsx", XLSX), ("csv", "text/csv")])
def test_a_download_is_named_for_people(api, ending, kind):
    response = api.get(f"/shortlists/ml_engineer.{ending}?seniority=senior&as_of={DAY}")
    assert disposition(response) == f"attachment; filename=shortlist-ml_engineer-senior-2026-11-20.{ending}"
    assert response.mimetype == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def disposition(response):
    """Return a download's disposition (RFC 6266); a name in plain ASCII needs no quotes."""
    return response.headers["Content-Disposition"]


def test_a_shortlist_is_the_same_each_time_it_is_asked_for(stocked):
    query = f"/shortlists/ml_engineer?as_of={DAY}"
    assert stocked.get(query).data == stocked.get(query).data


def test_what_a_shortlist_says_of_a_candidate_is_what_the_candidate_s_scores_say(stocked):
    query = f"seniority=senior&as_of={DAY}"
    for entry in stocked.get(f"/shortlists/ai_engineer?{query}").json["shortlist"]:
        found = stocked.get(f"/candidates/{entry['candidate']['id']}/scores?role=ai_engineer&{query}").json["results"]
        assert [{key: value for key, value in entry.items() if key != "rank"}] == found
