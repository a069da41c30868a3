"""What is sent to a page that changes something is read from form and address alike, or refused."""

import io

import pytest

SENT = {"what": "hold", "reason": "Busy", "actor": "Ada"}


@pytest.fixture
def person(client):
    return client.post("/api/v1/candidates", json={"name": "Ada Example"}).json["results"][0]["id"]


@pytest.fixture
def rubrics(client):
    """A waiting file of rubrics that would change one."""
    content = client.get("/api/v1/rubrics.yaml?role=data_engineer").data.replace(b"weight: 5", b"weight: 6", 1)
    return client.post("/rubrics", data={"file": (io.BytesIO(content), "r.yaml")}).headers["Location"].split("?")[0]


def version(client):
    return client.get("/api/v1/roles/data_engineer").json["version"]


def test_no_page_passes_over_what_it_does_not_read(app, client, person):
    changing = [rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and "/api/" not in rule.rule]
    assert len(changing) > 5
    for rule in changing:
        path = rule.replace("<id_>", person)
        for address, fields in ((f"{path}?zzz=1", {}), (path, {"zzz": "1"})):
            answer = client.post(address, data=fields)
            assert (answer.status_code, "zzz" in answer.get_data(as_text=True)) == (422, True), address


def test_rubrics_are_not_published_where_something_else_is_asked_for(client, rubrics):
    for query, fields in (("?dry_run=true", {}), ("", {"dry_run": "true"}), ("?note=a", {"note": "b"})):
        assert client.post(rubrics + query, data=fields).status_code == 422
    assert version(client) == 1
    assert client.post(f"{rubrics}?note=Why").status_code == 303
    assert version(client) == 2
    assert client.get("/api/v1/roles/data_engineer/versions").json["versions"][0]["note"] == "Why"


def test_a_decision_is_read_from_form_and_address_alike(client, person):
    path = f"/candidates/{person}/decisions"
    assert client.post(f"{path}?reason=Other", data=SENT).status_code == 422
    assert client.post(f"{path}?reason=Busy&w.sql=3&as_of=2026-11-20", data=SENT).status_code == 303
    (kept,) = client.get(f"/api/v1/candidates/{person}/decisions").json["decisions"]
    assert kept["reason"] == "Busy"


def test_a_password_is_read_from_no_address(client):
    refused = client.post("/login?password=secret", data={"name": "ada"})
    assert (refused.status_code, "secret" in refused.get_data(as_text=True)) == (422, False)


def test_a_second_file_is_refused(client):
    files = [(io.BytesIO(b"Name\nAda\n"), "a.csv"), (io.BytesIO(b"Name\nBo\n"), "b.csv")]
    assert client.post("/uploads", data={"file": files}).status_code == 422
