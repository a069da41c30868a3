"""Options of a request: query and form mean the same, and what a call does not read is refused, not passed over."""

import io

import pytest
from api.people import csv_text

SHEET = csv_text(["Name", "ID", "Skills"], ["Ada Example", "a1", "Python (4)"])
YES, NO = ("true", "1", "yes", "on", "True", "TRUE", "Yes"), ("false", "0", "no", "off", "False")
NEITHER = ("", "2", "maybe", "truee", "y", "null", " true", "true,false", "ja")
UPLOADS = ("/imports", "/rubrics")


@pytest.fixture(scope="module")
def api(shared_api):
    shared_api.keep({"external_id": "c-1", "name": "Ada Example", "skills": {"Python": 4}})
    return shared_api


def heavier(api):
    """Return our rubrics with one weight changed, as YAML."""
    return api.get("/rubrics.yaml?role=data_engineer").data.replace(b"weight: 5", b"weight: 6", 1)


def send(api, path, fields=(), query=""):
    """Send a file that would change something, with fields of the form and a query."""
    content, name = (heavier(api), "r.yaml") if path == "/rubrics" else (SHEET.encode(), "people.csv")
    return api.post(f"{path}{query}", data={"file": (io.BytesIO(content), name), **dict(fields)})


def has_changed(api):
    return api.get("/roles/data_engineer").json["version"] > 1 or api.total() > 1


@pytest.mark.slow
@pytest.mark.parametrize("path", UPLOADS)
@pytest.mark.parametrize("where", ["query", "form", "both"])
@pytest.mark.parametrize("said", YES)
def test_a_dry_run_changes_nothing_wherever_it_is_asked_for(api, path, where, said):
    fields = {"dry_run": said} if where != "query" else {}
    query = f"?dry_run={said if where == 'query' else 'on'}" if where != "form" else ""
    answer = send(api, path, fields, query)
    assert answer.status_code == 200, answer.json
    assert answer.json.get("published") is False or answer.json["state"] == "dry_run"
    assert not has_changed(api)


@pytest.mark.parametrize("path", UPLOADS)
@pytest.mark.parametrize("said", NEITHER)
def test_what_is_neither_yes_nor_no_is_refused(api, path, said):
    for fields, query in (({"dry_run": said}, ""), ({}, f"?dry_run={said}")):
        refused = send(api, path, fields, query)
        assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, "dry_run")
    assert not has_changed(api)


@pytest.mark.parametrize("path", UPLOADS)
@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"dry_run": "true"}, "?dry_run=false"),
        ({"dry_run": "false"}, "?dry_run=true"),
        ({"dry_run": ["true", "no"]}, ""),
        ({}, "?dry_run=1&dry_run=0"),
    ],
)
def test_what_is_said_twice_and_not_the_same_is_refused(api, path, fields, query):
    refused = send(api, path, fields, query)
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, "dry_run")
    assert not has_changed(api)


@pytest.mark.parametrize("path", UPLOADS)
@pytest.mark.parametrize("name", ["dryrun", "dry-run", "DRY_RUN", "zzz", "file"])
def test_an_unknown_field_is_refused_and_the_known_are_named(api, path, name):
    for fields, query in (({name: "true"}, ""), ({}, f"?{name}=true")):
        if fields and name == "file":
            continue
        refused = send(api, path, fields, query)
        assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, name)
        assert "dry_run" in refused.json["errors"][0]["detail"]
    assert not has_changed(api)


@pytest.mark.parametrize("path", UPLOADS)
def test_a_second_file_or_an_option_sent_as_a_file_is_refused(api, path):
    files = [(io.BytesIO(SHEET.encode()), "a.csv"), (io.BytesIO(SHEET.encode()), "b.csv")]
    assert api.post(path, data={"file": files}).status_code == 422
    as_file = {"file": (io.BytesIO(SHEET.encode()), "a.csv"), "dry_run": (io.BytesIO(b"true"), "x.txt")}
    assert api.post(path, data=as_file).status_code == 422
    assert not has_changed(api)


def calls(app):
    """Return each call of the API: its method and a path."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1"):
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                yield method, rule.rule.replace("<int:version>", "1").replace("<role>", "data_engineer")


def ways(method, path, known):
    """Yield the ways to send `zzz` with a call: in the query, with a body that it may read, and in a form."""
    path = path.replace("<candidate_id>", known)
    if path.endswith(UPLOADS) and method == "POST":
        for query, fields in (("?zzz=1", {}), ("", {"zzz": "1"})):
            yield path + query, {"data": {"file": (io.BytesIO(SHEET.encode()), "people.csv"), **fields}}
        return
    yield f"{path}?zzz=1", {}
    if method != "GET":
        yield f"{path}?zzz=1", {"json": {}}
        yield path, {"data": {"zzz": "1"}}


def test_no_call_passes_over_a_parameter_that_it_does_not_read(api):
    (known,) = (one["id"] for one in api.get("/candidates").json["candidates"])
    passed = []
    for method, rule in calls(api.app):
        for path, options in ways(method, rule, known):
            answer = api.client.open(path, method=method, **options)
            named = [one.get("parameter") for one in answer.json.get("errors", ())]
            takes_no_form = answer.status_code == 415
            if not takes_no_form and (answer.status_code != 422 or "zzz" not in named):
                passed.append((method, path, answer.status_code, named))
    assert passed == []
    assert not has_changed(api)


@pytest.mark.parametrize("options", [{"data": {"dry_run": "true"}}, {"json": {"dry_run": True}}, {"data": "dry_run"}])
def test_an_erasure_with_an_option_or_a_body_erases_nothing(api, options):
    (known,) = (one["id"] for one in api.get("/candidates").json["candidates"])
    assert api.call("DELETE", f"/candidates/{known}", **options).status_code == 422
    assert api.total() == 1


def test_what_a_call_without_a_body_is_told_in_a_form_is_read(api):
    taken = api.post("/shortlists/data_engineer/snapshots", data={"seniority": "senior", "top": "7"})
    assert (taken.status_code, taken.json["seniority"], taken.json["asked"]["top"]) == (201, "senior", 7)


def test_every_option_of_a_form_is_documented(contract):
    for path in UPLOADS:
        call = contract.document["paths"][f"/api/v1{path}"]["post"]
        name = call["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"].rsplit("/", 1)[-1]
        fields = set(contract.document["components"]["schemas"][name]["properties"])
        query = {one["name"] for one in call["parameters"] if one["in"] == "query"}
        assert fields == query | {"file"}
        assert "dry_run" in query


def test_a_batch_says_its_format_and_source_once(api):
    sent = {"source": "ats", "candidates": [{"external_id": "c-9", "name": "Nobody New"}]}
    refused = api.post("/candidates?source=other", sent)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/source")
    assert not has_changed(api)


@pytest.mark.parametrize("body", [{"candidates": [{"name": "X"}], "dry_run": True}, {"name": "X", "dry_run": "no"}])
def test_a_dry_run_in_a_body_is_no_order_to_store(api, body):
    before = api.total()
    answer = api.post("/candidates", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/dry_run")
    assert api.total() == before
