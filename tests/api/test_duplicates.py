"""The same person twice: told, flagged, merged and taken apart. Everybody here is invented."""

import pytest
from api.people import cells, csv_text, opened

DAY = "2026-11-20"


def ada(source="native", **changes):
    return {
        "source": source,
        "candidates": [{"external_id": "c-1", "name": "Ada Example", "email": "ada@example.com", **changes}],
    }


def send(api, body):
    response = api.post("/candidates", body)
    assert response.status_code in (200, 201), response.json
    return response.json["results"][0]


@pytest.fixture
def two(api):
    """Two records of one person: what each says, and their ids."""
    first = send(api, ada(skills={"Python": 3}, jobs=[{"organization": "Works", "start": "2020-01", "end": "2021-12"}]))
    other = send(api, ada("ats", external_id="x-9", name="Example, Ada", skills={"SQL": 4}, years_experience=7))
    return first["id"], other["id"]


# Updates


def test_an_update_tells_what_changed_and_nothing_else_does(api):
    first = send(api, ada(skills={"Python": 3}))
    same = send(api, ada(skills={"Python": 3}))
    told = send(
        api, ada(name="Ada Sample", skills=[{"name": "Python", "level": 4, "kind": "rated"}], years_experience=6)
    )

    assert (first["outcome"], first["changes"]) == ("created", [])
    assert (same["outcome"], same["changes"]) == ("unchanged", [])
    assert told["outcome"] == "updated"
    assert told["changes"] == [
        {"what": "name", "before": "Ada Example", "after": "Ada Sample"},
        {"what": "years", "before": None, "after": "6 years"},
        {
            "what": "skill", "skill": "python", "name": "Python (production-grade)",
            "before": "stated, level 3", "after": "rated, level 4",
        },
    ]  # fmt: skip


def test_of_one_sent_twice_at_once_the_second_tells_what_it_changed(api):
    people = [ada(skills={"Python": level})["candidates"][0] for level in (3, 4)]
    outcomes = api.post("/candidates", people).json["results"]

    assert [outcome["outcome"] for outcome in outcomes] == ["created", "updated"]
    assert [change["after"] for change in outcomes[1]["changes"]] == ["stated, level 4"]


def test_an_import_lists_whom_it_changed_and_keeps_no_names_of_them(api):
    header = ["ID", "Name", "Python"]
    api.upload(csv_text(header, ["1", "Ada Example", 3], ["2", "Bo Example", 3]))
    report = api.upload(csv_text(header, ["1", "Ada Example", 4], ["2", "Bo Example", 3])).json

    assert report["changed_total"] == report["counts"]["updated"] == 1
    [row] = report["changed"]
    assert (row["row"], row["external_id"], row["name"]) == (2, "1", "Ada Example")
    assert [(change["before"], change["after"]) for change in row["changes"]] == [("rated, level 3", "rated, level 4")]
    kept = api.get(f"/imports/{report['id']}")
    assert (kept.json["changed"], kept.json["changed_total"]) == ([], 1)
    assert b"Ada Example" not in kept.data


# Likely duplicates


def test_a_likely_duplicate_is_told_with_the_reason_wherever_somebody_looks(api, two):
    first, other = two
    reason = "The same e-mail address."
    outcome = send(
        api, ada(skills={"Python": 3}, jobs=[{"organization": "Works", "start": "2020-01", "end": "2021-12"}])
    )
    [likely] = outcome["likely_duplicates"]
    assert likely == {"id": other, "source": "ats", "external_id": "x-9", "name": "Example, Ada", "reason": reason}
    assert api.get(f"/candidates/{first}").json["likely_duplicates"] == [likely]
    [pair] = api.get("/duplicates").json["duplicates"]
    assert {pair["candidate"]["id"], pair["other"]["id"]} == {first, other}
    assert pair["reason"] == reason


def test_two_in_one_batch_are_flagged_both_ways(api):
    works = [{"organization": "Works GmbH"}]
    sent = [{"external_id": str(n), "name": "Ada Example", "jobs": works} for n in range(2)]
    outcomes = api.post("/candidates", [*sent, {"name": "Bo Example", "jobs": works}]).json["results"]

    assert [[one["external_id"] for one in outcome["likely_duplicates"]] for outcome in outcomes] == [["1"], ["0"], []]
    assert outcomes[0]["likely_duplicates"][0]["reason"] == "The same name, and both were with Works GmbH."


def test_an_import_lists_likely_duplicates_once_and_a_dry_run_does_too(api):
    kept = send(api, ada())["id"]
    sheet = csv_text(
        ["ID", "Name", "Email"], ["c-1", "Example, Ada", ""], ["7", "Bo Example", "bo@example.com"],
        ["8", "B. Example", "BO@example.com"],
    )  # fmt: skip
    dry = api.upload(sheet, dry_run="true").json
    report = api.upload(sheet).json

    for told in (dry, report):
        assert told["likely_duplicates_total"] == 2
        assert [row["row"] for row in told["likely_duplicates"]] == [2, 3]
        reasons = [row["likely_duplicates"][0]["reason"] for row in told["likely_duplicates"]]
        assert reasons == ["The same name, and the same id in another source.", "The same e-mail address."]
    ids = [(row["id"], row["likely_duplicates"][0]["id"]) for row in dry["likely_duplicates"]]
    assert ids == [(None, kept), (None, None)]
    assert report["likely_duplicates"][1]["likely_duplicates"][0]["external_id"] == "8"
    assert api.get(f"/imports/{report['id']}").json["likely_duplicates"] == []


def test_pairs_are_paged_and_a_cursor_of_another_make_is_refused(api):
    people = [{"name": f"P{n} Example", "external_id": str(n), "email": f"{n // 2}@example.com"} for n in range(10)]
    api.keep(*people)
    pages, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/duplicates?limit=2{cursor and f'&cursor={cursor}'}").json
        pages.append(page["duplicates"])
        cursor = page["next_cursor"]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({pair["candidate"]["id"] for page in pages for pair in page}) == 5
    for cursor in ("x", "Yzc", "é", "A" * 300):
        response = api.get("/duplicates", query_string={"cursor": cursor})
        assert response.status_code == 422
        assert response.json["errors"][0]["parameter"] == "cursor"


# Merges


def test_a_merge_adds_up_both_records_and_says_which_is_from_which(api, two):
    first, other = two
    response = api.post(f"/candidates/{first}/merge", {"with": other})

    assert response.status_code == 200
    merged = response.json
    assert (merged["id"], merged["skills"]) == (first, ["python", "sql"])
    assert merged["merged"] == [{"id": other, "source": "ats", "external_id": "x-9", "name": "Example, Ada"}]
    assert (merged["merged_into"], merged["likely_duplicates"]) == (None, [])
    told = {skill["skill"]: skill for skill in api.get(f"/candidates/{first}/evidence?as_of={DAY}").json["skills"]}
    assert told["sql"]["evidence"][0]["source"] == {"record": other, "pointer": "/candidates/0/skills/SQL"}
    assert told["python"]["evidence"][0]["source"] == {"pointer": "/candidates/0/skills/Python"}


def test_scores_and_shortlists_use_the_union_and_know_the_other_no_more(api, two):
    first, other = two
    alone = {id_: api.get(f"/candidates/{id_}/scores?role=ml_engineer&as_of={DAY}").json for id_ in two}
    api.post(f"/candidates/{first}/merge", {"with": other})
    together = api.get(f"/candidates/{first}/scores?role=ml_engineer&as_of={DAY}").json
    shortlist = api.get(f"/shortlists/ml_engineer?as_of={DAY}").json

    assert together["results"][0]["fit"] > max(answer["results"][0]["fit"] for answer in alone.values())
    assert together["results"][0]["seniority_estimate"]["years"] == 7
    assert api.get(f"/candidates/{other}/scores?role=ml_engineer&as_of={DAY}").json == together
    assert [(row["candidate"]["id"], row["fit"]) for row in shortlist["shortlist"]] == [
        (first, together["results"][0]["fit"])
    ]
    assert (api.total(), shortlist["total"]) == (1, 1)
    assert api.get(f"/candidates/{other}").json["merged_into"] == first
    assert cells(opened(api.get(f"/shortlists/ml_engineer.xlsx?as_of={DAY}"))["Shortlist"])[1][1] == "Ada Example"


def test_the_rank_is_that_of_the_union(api, two):
    sent = {"external_id": "t", "name": "Third Example", "email": None, "years_experience": 1}
    rival = send(api, ada("third", **sent, skills={"Python": 3, "SQL": 4}))
    before = api.get(f"/shortlists/ml_engineer?as_of={DAY}").json["shortlist"]
    api.post(f"/candidates/{two[0]}/merge", {"with": two[1]})
    after = api.get(f"/shortlists/ml_engineer?as_of={DAY}").json["shortlist"]

    assert before[0]["candidate"]["id"] == rival["id"]
    assert [(row["rank"], row["candidate"]["id"]) for row in after] == [(1, two[0]), (2, rival["id"])]


def test_taking_a_merge_back_leaves_both_exactly_as_they_were(api, two):
    def everything():
        pages = [api.get(f"/candidates/{id_}").json for id_ in two]
        return pages, api.get(f"/shortlists/ml_engineer?as_of={DAY}").json, api.get("/duplicates").json

    first, other = two
    before = everything()
    api.post(f"/candidates/{first}/merge", {"with": other})
    assert everything() != before
    assert api.delete(f"/candidates/{first}/merge/{other}").status_code == 204
    assert everything() == before


def test_an_update_of_a_merged_record_reaches_the_survivor(api, two):
    first, other = two
    api.post(f"/candidates/{first}/merge", {"with": other})
    outcome = send(
        api, ada("ats", external_id="x-9", name="Example, Ada", skills={"SQL": 4, "Go": 2}, years_experience=7)
    )

    assert (outcome["id"], outcome["outcome"]) == (other, "updated")
    assert api.get(f"/candidates/{first}").json["skills"] == ["go", "python", "sql"]


def test_erasing_the_survivor_erases_all_of_the_person(api, two):
    first, other = two
    api.post(f"/candidates/{first}/merge", {"with": other})
    assert api.delete(f"/candidates/{first}").status_code == 204
    assert [api.get(f"/candidates/{id_}").status_code for id_ in two] == [404, 404]
    assert api.total() == 0


def test_erasing_a_merged_record_erases_that_record_alone(api, two):
    first, other = two
    api.post(f"/candidates/{first}/merge", {"with": other})
    assert api.delete(f"/candidates/{other}").status_code == 204
    shown = api.get(f"/candidates/{first}").json
    assert (shown["skills"], shown["merged"]) == (["python"], [])


@pytest.mark.parametrize(
    ("into", "body", "status", "code"),
    [
        ("first", {"with": "first"}, 409, "same_candidate"),
        ("first", {"with": "other"}, 409, "already_merged"),
        ("other", {"with": "third"}, 409, "already_merged"),
        ("third", {"with": "other"}, 409, "already_merged"),
        ("nobody", {"with": "first"}, 404, "unknown_candidate"),
        ("first", {"with": "nobody"}, 422, "invalid_input"),
        ("first", {}, 422, "invalid_input"),
        ("first", {"with": 7}, 422, "invalid_input"),
        ("first", {"with": "other", "force": True}, 422, "invalid_input"),
    ],
)
def test_what_cannot_be_merged_is_refused_with_the_reason(api, two, into, body, status, code):
    ids = {"first": two[0], "other": two[1], "third": send(api, ada("third", email="x@example.com", name="C D"))["id"]}
    api.post(f"/candidates/{two[0]}/merge", {"with": two[1]})
    sent = {key: ids.get(value, value) for key, value in body.items()}
    response = api.post(f"/candidates/{ids.get(into, into)}/merge", sent)

    assert response.status_code == status
    assert response.json["type"] == f"urn:rolefit:problem:{code}"
    assert api.total() == 2


def test_what_is_not_merged_cannot_be_taken_apart(api, two):
    for path in (
        f"/candidates/{two[0]}/merge/{two[1]}",
        f"/candidates/{two[0]}/merge/x",
        f"/candidates/x/merge/{two[0]}",
    ):
        assert api.delete(path).status_code == 404
