"""Pages as they are sent: what they say, refuse and link to. What they do in a browser is in test_browser.py."""

import gzip
import io
import json
from pathlib import Path

import pytest

from service import shipped
from service.usecases import jobs
from service.web import start

SAMPLES = Path(__file__).resolve().parents[2] / "sample_candidates"
VIEWS = [f"/shortlists/ml_engineer/{view}" for view in ("robustness", "questions", "must-haves", "elsewhere")]
HERE = "/shortlists/ml_engineer?seniority=senior"


@pytest.fixture
def pool(sampled):
    return sampled


def test_a_sample_that_cannot_be_read_is_named_and_the_others_are_imported(client, tmp_path, monkeypatch):
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path / "service")
    (tmp_path / "sample_candidates").mkdir()
    (tmp_path / "sample_candidates" / "broken.json").write_bytes(b"[")
    (tmp_path / "sample_candidates" / "candidates.csv").write_bytes((SAMPLES / "candidates.csv").read_bytes())
    response = client.post("/samples")

    assert response.status_code == 422
    assert "broken.json: not imported. This is not valid JSON" in text(response)
    assert "<strong>12 candidates</strong>" in text(client.get("/"))


def text(response):
    return response.get_data(as_text=True)


def shown(client, path=HERE):
    """Return the shortlist that a page's download holds."""
    return client.get(path.replace("?", ".json?", 1)).json


def upload(client, content, name):
    return client.post("/uploads", data={"file": (io.BytesIO(content), name)}).headers["Location"]


def test_the_page_ranks_as_the_api_does(pool):
    page, api = shown(pool), pool.get("/api/v1" + HERE).json
    assert [(one["rank"], one["candidate"]["id"], one["fit"]) for one in page["shortlist"]] == [
        (one["rank"], one["candidate"]["id"], one["fit"]) for one in api["shortlist"]
    ]
    assert [one["reason"] for one in page["not_eligible"]] == [one["reason"] for one in api["not_eligible"]]


def test_people_who_were_merged_are_one_on_the_page_too(pool):
    before = shown(pool)
    first, second = (one["candidate"]["id"] for one in before["shortlist"][:2])
    pool.post(f"/api/v1/candidates/{first}/merge", json={"with": second})
    merged = shown(pool)
    assert second not in {one["candidate"]["id"] for one in merged["shortlist"]}
    assert merged["total"] == before["total"] - 1
    assert pool.get(f"/candidates/{first}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("gate=pass", lambda one: one["gate"] == "pass"),
        ("band=senior", lambda one: one["seniority_estimate"]["estimate"] == "senior"),
        ("band=unknown", lambda one: one["seniority_estimate"]["estimate"] is None),
        ("criterion=python&level=4", lambda one: level(one, "python") >= 4),
    ],
)
def test_a_filter_leaves_those_it_names_and_no_rank_changes(pool, asked, kept):
    everyone = shown(pool)["shortlist"]
    found = shown(pool, f"{HERE}&{asked}")["shortlist"]
    expected = [(one["rank"], one["candidate"]["id"]) for one in everyone if kept(one)]
    assert [(one["rank"], one["candidate"]["id"]) for one in found] == expected
    assert 0 < len(expected) < len(everyone)


def level(entry, criterion):
    return next(row["level"] for row in entry["criteria"] if row["criterion"] == criterion)


def test_each_page_of_the_ranking_goes_on_where_the_last_ended(pool):
    whole = text(pool.get(HERE + "&per_page=100")).count('class="pick"><input')
    parts = [text(pool.get(f"{HERE}&page={page}")).count('class="pick"><input') for page in (1, 2)]
    assert parts == [50, whole - 50]


def test_nothing_is_stored_before_it_is_confirmed_and_a_correction_is_followed(client):
    address = upload(client, b"Zork,Blim\nAda Example,4\n", "pool.csv")
    first = text(client.get(address))
    assert "No person can be read yet" in first
    assert "header in row" not in first, "one that was not found is in no row"
    assert "/api/v1/templates/candidates.xlsx" in first
    assert "Ada Example" in first, "a value beside each column helps to say what it is"
    told = client.post(f"{address}/columns", data={"map.Zork": "full name", "map.Blim": "Python"})
    assert (told.status_code, told.headers["Location"]) == (303, f"{address}#columns")
    assert "Level of Python" in text(client.get(address))
    assert client.get("/api/v1/candidates").json["total"] == 0
    done = client.post(address).headers["Location"]
    assert [one["name"] for one in client.get("/api/v1/candidates").json["candidates"]] == ["Ada Example"]
    assert client.get(address).headers["Location"] == done, "another tab is led to the import"
    assert client.post(address).headers["Location"] == done, "and imports nothing again"
    assert len(client.get("/api/v1/imports").json["imports"]) == 1


def test_a_large_file_is_shown_by_its_first_rows_and_imported_whole(client, app, monkeypatch):
    app.config["INLINE_BYTES"] = 10
    monkeypatch.setattr(start, "FIRST_ROWS", 3)
    address = upload(client, b"Name,Python\n" + b"".join(b"Person %d Example,4\n" % n for n in range(5)), "large.csv")
    page = text(client.get(address))
    assert "in its first 3 rows" in page
    assert "Import the whole file" in page
    client.post(address)
    assert jobs.run_next(app.extensions["rolefit"])
    assert client.get("/api/v1/candidates").json["total"] == 5


def test_what_was_answered_is_imported_and_told_but_for_what_may_name_a_person(client):
    address = upload(client, b"Name,Python,Gut\nAda Example,+++,x\nSum of all,1,x\n", "pool.csv")
    client.post(f"{address}/columns", data={"map.Gut": "ignore", "scale.Python": "0-10"})
    told = {"columns": {"Gut": "ignore"}, "values": {"+++": 4, "as Ada": 2}, "rows": {"Ada Example": "person"}}
    done = client.post(address, data={"mapping": json.dumps(told)}).headers["Location"]
    page = text(client.get(done))
    assert "“+++” counts as: 4 proficient." in page
    assert "The column “Gut” means: Not of use" in page
    assert "0 to 10" not in page, "what is imported is what the page that was confirmed has shown"
    kept = client.get("/api/v1" + done).json["answers"]
    assert kept == {"columns": {"Gut": "ignore"}, "values": {"+++": 4}}


def test_kept_answers_are_shown_where_they_are_applied_and_the_button_says_that_nothing_can_be_scored(client):
    sheet = b"Name,Python,SQL\nAda Example,8,3\nBo Example,4,10\n"
    first = upload(client, sheet, "a.csv")
    assert "Import 2 people: all new; none can be scored yet" in text(client.get(first))
    client.post(first, data={"mapping": '{"scales": {"*": "0-10"}}', "keep_as": "Team tracker"})
    again = text(client.get(upload(client, sheet, "b.csv")))
    assert "The answers kept as “Team tracker” are used" in again
    assert "<li>All ratings are on the scale 0 to 10, 10 is best.</li>" in again
    assert "none can be scored" not in again
    assert 'value="0" checked' in again, "the question is shown with the kept answer"


def test_kept_answers_are_changed_or_switched_off_for_one_file(client):
    sheet = b"Name,Python\nAda Example,8\nBo Example,10\n"
    client.post(upload(client, sheet, "a.csv"), data={"mapping": '{"scales": {"*": "0-10"}}', "keep_as": "Team"})
    address = upload(client, sheet, "b.csv")
    assert "Import 2 people: all are here as they are" in text(client.get(address))
    client.post(f"{address}/kept", data={"apply": "no"})
    off = text(client.get(address))
    assert "Answers kept for these headers are not used" in off
    assert "Scorable after this: 0 of 2" in off
    assert "1 question open" in off
    done = client.post(address).headers["Location"]
    assert client.get(f"/api/v1{done}").json["applied_mapping"] is None
    assert client.get(f"/api/v1{done}").json["scorable"] == {"people": 2, "with_evidence": 0}

    address = upload(client, sheet, "c.csv")
    client.get(address)
    client.post(f"{address}/kept", data={"apply": "no"})
    client.post(f"{address}/kept", data={"apply": "yes"})
    assert "Scorable after this: 2 of 2" in text(client.get(address))
    client.post(f"{address}/answer", data={"question": "scale::*", "choice": "2"})
    changed = text(client.get(address))
    assert "Some are changed" in changed
    done = text(client.get(client.post(address).headers["Location"]))
    assert "All ratings are on the scale 0 to 100" in done
    assert "kept as “Team” were used" in done
    assert client.get("/api/v1/mappings/Team").json["scales"] == {"*": "0-10"}, "what is kept stays"


def test_kept_answers_are_switched_off_before_the_file_was_looked_at(client):
    sheet = b"Name,Python\nAda Example,8\n"
    client.post(upload(client, sheet, "a.csv"), data={"mapping": '{"scales": {"*": "0-10"}}', "keep_as": "Team"})
    address = upload(client, sheet.replace(b"Ada", b"Cy"), "b.csv")
    client.post(f"{address}/kept", data={"apply": "no"})
    done = client.post(address).headers["Location"]
    assert client.get(f"/api/v1{done}").json["scorable"] == {"people": 1, "with_evidence": 0}
    done = client.post(upload(client, sheet.replace(b"Ada", b"Di"), "c.csv")).headers["Location"]
    assert client.get(f"/api/v1{done}").json["applied_mapping"] == "Team", "who did not look imports as a program does"


def test_kept_answers_are_listed_and_deleted_after_a_word(client):
    sheet = b"Name,Python\nAda Example,8\n"
    client.post(upload(client, sheet, "a.csv"), data={"mapping": '{"scales": {"*": "0-10"}}', "keep_as": "A/ B&amp;"})
    assert "/kept-answers" in text(client.get("/"))
    listed = text(client.get("/kept-answers"))
    assert "0 to 10, 10 is best" in listed
    assert "What was imported with them stays" not in listed
    assert "What was imported with them stays" in text(
        client.get("/kept-answers", query_string={"delete": "A/ B&amp;"})
    )
    assert client.post("/kept-answers", data={"delete": "A/ B&amp;"}).headers["Location"] == "/kept-answers"
    assert "No answers are kept" in text(client.get("/kept-answers"))
    assert "/kept-answers" not in text(client.get("/"))
    assert client.post("/kept-answers", data={"delete": "A/ B&amp;"}).status_code == 404


def test_a_name_under_which_answers_for_other_files_are_kept_is_refused(client):
    scales = '{"scales": {"*": "0-10"}}'
    client.post(upload(client, b"Name,Python\nAda Example,8\n", "a.csv"), data={"mapping": scales, "keep_as": "Team"})
    address = upload(client, b"Name,SQL\nAda Example,8\n", "b.csv")
    client.get(address)
    refused = client.post(address, data={"mapping": scales, "keep_as": "Team"})
    assert (refused.status_code, "kept as &#39;Team&#39; already" in text(refused)) == (422, True)
    assert client.get("/api/v1/mappings/Team").json["headers"] == ["Name", "Python"]
    again = upload(client, b"Name,Python\nAda Example,8\n", "c.csv")
    client.get(again)
    client.post(again, data={"mapping": '{"scales": {"*": "0-100"}}', "keep_as": "Team"})
    assert client.get("/api/v1/mappings/Team").json["scales"] == {"*": "0-100"}, "for the same headers it is changed"


def test_who_seems_to_be_there_already_is_said_before_the_import(client):
    people = b"".join(b"Person %d,p%d@example.org,4\n" % (n, n) for n in range(7))
    client.post(upload(client, b"Name,Email,Python\n" + people, "a.csv"))
    page = text(client.get(upload(client, b"Name,Email,SQL\n" + people.replace(b",4", b",2"), "b.csv")))
    assert "Import 7 people: all new" in page
    assert "7 of these people seem to be there already" in page
    assert "the same e-mail address" in page
    assert "and 2 more" in page
    assert page.count("of the file)</li>") == 5
    ids = {one["id"] for one in client.get("/api/v1/candidates").json["candidates"]}
    assert any(f"/candidates/{id_}" in page for id_ in ids)


def test_an_undone_import_and_a_gone_upload_lead_on(client):
    done = client.post(upload(client, b"Name,Python\nAda Example,4\n", "a.csv")).headers["Location"]
    client.post(f"{done}/undo")
    assert "<strong>undone</strong>" in text(client.get("/"))
    shortlist = client.get("/shortlists/ml_engineer", query_string={"import": done.rpartition("/")[2]})
    assert "import is undone</a>" in text(shortlist)
    gone = client.get("/uploads/" + "0" * 32)
    assert (gone.status_code, "waits for an hour" in text(gone)) == (404, True)
    assert "mistyped" not in text(gone)


def test_rows_that_were_passed_over_keep_their_place_and_kind_after_the_import(client):
    sheet = b"Name,Python\nAda Example,4\nBo Example,3\nTotal,7\n"
    address = upload(client, sheet, "a.csv")
    assert "Total (row 4)" in text(client.get(address))
    assert "row 4 (total)" in text(client.get(client.post(address).headers["Location"]))


def test_an_import_is_undone_after_a_look_at_what_that_does(client):
    address = upload(client, b"Name,Python\nAda Example,4\nBo Example,3\n", "pool.csv")
    done = client.post(address).headers["Location"]
    (ada,) = (one["id"] for one in client.get("/api/v1/candidates").json["candidates"] if one["name"] == "Ada Example")
    said = {"role": "ml_engineer", "seniority": "mid", "what": "hold", "reason": "Busy", "actor": "Dana"}
    client.post(f"/candidates/{ada}/decisions", data=said)
    assert f"{done}/undo" in text(client.get(done))
    asked = text(client.get(f"{done}/undo"))
    assert "Undo the import of <em>pool.csv</em>?" in asked
    assert ">Ada Example</a>: " in asked, "who stays is named"
    assert client.get("/api/v1/candidates").json["total"] == 2, "to ask is not to undo"
    assert client.post(f"{done}/undo").headers["Location"] == done
    assert "1 person was removed" in text(client.get(done))
    assert [one["id"] for one in client.get("/api/v1/candidates").json["candidates"]] == [ada]
    assert client.post(f"{done}/undo").headers["Location"] == done, "a second click tells what became of it"
    assert client.get(f"{done}/undo").headers["Location"] == done, "going back leads to what became of it"


def test_answers_are_kept_under_a_name_that_can_be_shown(client):
    address = upload(client, b"Name,Gut\nAda Example,4\n", "pool.csv")
    for name in ("x" * 101, "a\x00b"):
        refused = client.post(address, data={"keep_as": name})
        assert (refused.status_code, "is printable" in text(refused)) == (422, True)
    assert client.get(address).status_code == 200, "the file is there still"


def test_an_answer_to_a_question_or_file_of_before_is_refused(client):
    address = upload(client, b"Name,Gut\nAda Example,4\n", "pool.csv")
    client.get(address)
    refused = client.post(f"{address}/answer", data={"question": "scale:of:before", "choice": "0"})
    assert (refused.status_code, "no longer asked" in text(refused)) == (422, True)
    for path in ("/columns", "/answer", ""):
        gone = client.post(f"/uploads/{'0' * 32}{path}", data={})
        assert (gone.status_code, "Upload the file again" in text(gone)) == (404, True)


def test_a_file_that_waited_too_long_is_gone(client, app, monkeypatch):
    address = upload(client, b"Name\nAda Example\n", "pool.csv")
    monkeypatch.setattr("service.usecases.uploads.KEPT_SECONDS", -1)
    upload(client, b"Name\nBo Example\n", "other.csv")
    assert "Upload the file again" in text(client.get(address))
    assert len(list((app.extensions["rolefit"].folder / "uploads").iterdir())) == 1


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/shortlists/astronaut", 404, "There is no role"),
        ("/candidates/nobody", 404, "There is no candidate"),
        ("/uploads/..%2F..%2Fetc", 404, "Nothing is kept"),
        ("/uploads/abc", 404, "Upload the file again"),
        (HERE + "&as_of=yesterday", 422, "is not a day"),
        (HERE + "&page=first", 422, "not a whole number"),
        (HERE + "&gate=perhaps", 422, "It is one of: any, pass, open"),
        (HERE + "&band=chief", 422, "It is one of: junior, mid, senior, unknown"),
        (HERE + "&criterion=juggling", 422, "It is one of: python"),
        (HERE + "&sort=luck", 422, "It is one of: rank"),
        (HERE + "&w.python=much", 422, "no whole number to 1000"),
        (HERE + "&p.nice=-1", 422, "no whole number to 1000"),
        ("/heatmaps/ml_engineer?seniority=chief", 422, "There is no seniority"),
        ("/compare?role=astronaut", 422, "There is no role"),
        ("/compare?id=one", 422, "Choose 2 to 5"),
        ("/nothing", 404, "no such page"),
    ],
)
def test_a_mistake_is_a_page_that_says_what_to_do_next(client, path, status, said):
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status
    assert said in text(response)
    assert "What to do next" in text(response)


def test_a_decision_without_a_reason_is_refused_and_none_is_kept(pool):
    who = shown(pool)["shortlist"][0]["candidate"]["id"]
    said = {"role": "ml_engineer", "seniority": "senior", "what": "adjust", "points": "31", "actor": " "}
    response = pool.post(f"/candidates/{who}/decisions", data=said)
    assert response.status_code == 422
    assert all(word in text(response) for word in ("from -30 to 30", "Say why", "Say who decides"))
    assert pool.get(f"/api/v1/candidates/{who}/decisions").json == {"decisions": []}


@pytest.mark.parametrize("wrong", [{"role": "astronaut"}, {"seniority": "chief"}, {"points": "5"}])
def test_a_decision_on_something_else_than_was_said_is_refused(pool, wrong):
    who = shown(pool)["shortlist"][0]["candidate"]["id"]
    said = {"role": "ml_engineer", "seniority": "senior", "what": "hold", "reason": "Wait", "actor": "Dana", **wrong}
    assert pool.post(f"/candidates/{who}/decisions", data=said).status_code == 422
    assert pool.get(f"/api/v1/candidates/{who}/decisions").json == {"decisions": []}


def test_a_skill_that_another_role_does_not_ask_for_stays_behind(client):
    there = client.get("/shortlists?role=ai_product_manager&of=ml_engineer&criterion=kubernetes&gate=open")
    assert there.headers["Location"] == "/shortlists/ai_product_manager?gate=open"
    kept = client.get("/shortlists?role=data_engineer&of=ml_engineer&criterion=python")
    assert kept.headers["Location"] == "/shortlists/data_engineer?criterion=python"


def test_what_people_decided_is_told_by_the_api_and_goes_with_the_candidate(pool):
    who = shown(pool)["shortlist"][0]["candidate"]["id"]
    said = {"role": "ml_engineer", "seniority": "senior", "what": "decline", "reason": "Moved away", "actor": "Dana"}
    kept = pool.post(f"/api/v1/candidates/{who}/decisions", json=said)
    assert kept.status_code == 201
    entry = pool.get("/api/v1" + HERE).json["shortlist"][0]
    assert (entry["decision"]["what"], entry["decision"]["fit"], entry["decision"]["reason"]) == (
        "decline",
        entry["fit"],
        "Moved away",
    )
    assert pool.delete(f"/api/v1/candidates/{who}").status_code == 204
    assert pool.get(f"/api/v1/candidates/{who}/decisions").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
@pytest.mark.parametrize("path", ["/samples", "/api/v1/candidates"])
def test_what_another_sites_page_sends_is_refused(client, headers, path):
    assert client.post(path, headers=headers, json={"name": "Ada Example"}).status_code == 403
    assert client.get("/api/v1/candidates").json["total"] == 0


def test_the_first_view_needs_little_css_and_javascript(client):
    names = ("pico.min.css", "rolefit.css", "htmx.min.js", "rolefit.js")
    sizes = []
    for name in names:
        with client.get(f"/assets/{name}") as response:
            sizes.append(len(gzip.compress(response.data)))
    assert sum(sizes) <= 120_000


def test_no_page_has_a_script_or_a_style_of_its_own(pool):
    who = shown(pool)["shortlist"][0]["candidate"]["id"]
    for path in ("/", HERE, f"/candidates/{who}", "/heatmaps/ml_engineer", "/roles", "/roles/ml_engineer", *VIEWS):
        page = text(pool.get(path))
        assert "style=" not in page
        assert "<script>" not in page
        assert " onclick" not in page
        assert "The score is an aid" in page
