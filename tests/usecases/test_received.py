"""An item counts from when it was received: a file that waits overrules nothing that came after it."""

import io
import json
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from service.store.tables import erased
from service.store.tables import jobs as kept_jobs
from service.usecases import imports, jobs

pytestmark = pytest.mark.both_databases

LATER = {"external_id": "a", "name": "Later"}


@pytest.fixture
def house(app):
    return app.extensions["rolefit"]


def batch(client, *people):
    sent = [{"external_id": key, "name": name} for key, name in people]
    answer = client.post("/api/v1/candidates", json=sent, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    return answer.headers["Location"]


def sheet(client, *people):
    content = "Name,ID,Python\n" + "".join(f"{name},{key},3\n" for key, name in people)
    file = (io.BytesIO(content.encode()), "people.csv")
    sent = {"file": file, "source": "native"}
    answer = client.post("/api/v1/imports", data=sent, headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    return answer.headers["Location"]


def post(client, *people):
    answer = client.post("/api/v1/candidates", json=list(people))
    assert answer.status_code in (200, 201)
    return [one["id"] for one in answer.json["results"]]


def names(client):
    return {one["external_id"]: one["name"] for one in client.get("/api/v1/candidates").json["candidates"]}


def report(client, location):
    told = client.get(location).json
    counts = told["counts"]
    assert counts["rows"] == sum(counts[outcome] for outcome in ("created", "updated", "unchanged", "rejected"))
    return told


def remembered(house):
    with house.store.transaction() as work:
        return work._connection.execute(select(erased)).all()  # noqa: SLF001 - what lies in the table


@pytest.mark.parametrize("queue", [batch, sheet])
@pytest.mark.parametrize("is_known", [False, True])
def test_a_file_that_waited_leaves_what_was_stored_meanwhile(house, client, queue, is_known):
    if is_known:
        post(client, {"external_id": "a", "name": "First"})
    location = queue(client, ("a", "Old"), ("b", "New"))
    post(client, LATER)
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later", "b": "New"}
    told = report(client, location)
    assert (told["counts"]["created"], told["counts"]["unchanged"], told["counts"]["updated"]) == (1, 1, 0)
    assert told["warnings_total"] == len(told["warnings"]) == 1
    assert "received after this file" in told["warnings"][0]["detail"]
    assert told["warnings"][0].get("row") == (2 if queue is sheet else None)
    assert told["notices"][-1].startswith("1 row:")


def test_a_file_overrules_what_came_before_it(house, client):
    post(client, {"external_id": "a", "name": "First"})
    location = batch(client, ("a", "Later"))
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later"}
    assert (report(client, location)["counts"]["updated"], report(client, location)["warnings"]) == (1, [])


def test_files_done_in_the_wrong_order_end_as_in_the_right_one(house, client):
    first, _ = batch(client, ("a", "Old"), ("b", "B")), batch(client, ("a", "Later"))
    with house.store.transaction() as work:
        late = update(kept_jobs).where(kept_jobs.c.id == first.rsplit("/", 1)[-1])
        work._connection.execute(late.values(created_at=datetime(2100, 1, 1, tzinfo=UTC)))  # noqa: SLF001 - as above
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later"}
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later", "b": "B"}
    assert report(client, first)["counts"]["unchanged"] == 1


def test_what_was_said_again_meanwhile_holds(house, client):
    post(client, LATER)
    batch(client, ("a", "Old"))
    post(client, LATER)
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later"}


@pytest.mark.parametrize("queue", [batch, sheet])
def test_who_was_erased_does_not_come_back_with_a_file_that_waited(house, client, queue):
    (id_,) = post(client, {"external_id": "a", "name": "First"})
    location = queue(client, ("a", "Old"), ("b", "New"), ("a", "Twice"))
    assert client.delete(f"/api/v1/candidates/{id_}").status_code == 204
    assert [len(row.digest) for row in remembered(house)] == [64]
    assert jobs.run_next(house)
    assert names(client) == {"b": "New"}
    told = report(client, location)
    # Rows of one id are one candidate in a sheet.
    assert (told["counts"]["created"], told["counts"]["unchanged"]) == (1, 1 if queue is sheet else 2)
    assert "erased after this file was received" in told["warnings"][0]["detail"]
    assert remembered(house) == []
    batch(client, ("a", "Again"))
    assert jobs.run_next(house)
    assert names(client) == {"a": "Again", "b": "New"}


def test_of_who_was_erased_no_merged_record_comes_back_and_who_came_later_stays(house, client):
    one, other = post(client, {"external_id": "a", "name": "A"}, {"external_id": "m", "name": "M"})
    assert client.post(f"/api/v1/candidates/{one}/merge", json={"with": other}).status_code == 200
    batch(client, ("a", "Old"), ("m", "Old"))
    assert client.delete(f"/api/v1/candidates/{one}").status_code == 204
    post(client, LATER)
    assert jobs.run_next(house)
    assert names(client) == {"a": "Later"}


def test_an_erasure_is_remembered_only_while_a_file_waits(house, client):
    first, second = post(client, {"external_id": "a", "name": "A"}, {"external_id": "b", "name": "B"})
    assert client.delete(f"/api/v1/candidates/{first}").status_code == 204
    assert remembered(house) == []
    location = batch(client, ("b", "Old"))
    assert client.delete(f"/api/v1/candidates/{second}").status_code == 204
    assert len(remembered(house)) == 1
    assert client.delete(location).status_code == 200
    assert remembered(house) == []


def test_who_expired_comes_back_with_a_file_that_waits(house, client):
    (id_,) = post(client, {"external_id": "a", "name": "First"})
    batch(client, ("a", "New"))
    with house.store.transaction() as work:
        work.delete_candidate(id_, lasts=False)
    assert jobs.run_next(house)
    assert names(client) == {"a": "New"}


def test_a_dry_run_tells_what_an_import_now_would_do(client):
    post(client, {"external_id": "a", "name": "First"})
    sent = {"file": (io.BytesIO(json.dumps([LATER]).encode()), "p.json"), "dry_run": "true", "source": "native"}
    assert client.post("/api/v1/imports", data=sent).json["counts"]["updated"] == 1
    assert names(client) == {"a": "First"}


def test_a_file_read_while_someone_is_erased_brings_nobody_back(client, monkeypatch):
    """Without a file that waits it is not known who was erased: the sender is asked."""
    (id_,) = post(client, {"external_id": "a", "name": "Gone", "source": "native"})
    opened = imports.open_file

    @contextmanager
    def erased_meanwhile(*args, **options):
        with opened(*args, **options) as file:
            if client.get(f"/api/v1/candidates/{id_}").status_code == 200:
                assert client.delete(f"/api/v1/candidates/{id_}").status_code == 204
            yield file

    monkeypatch.setattr(imports, "open_file", erased_meanwhile)
    content = b"Name,ID,Python\nGone,a,3\n"

    def upload():
        sent = {"file": (io.BytesIO(content), "people.csv"), "source": "native"}
        return client.post("/api/v1/imports", data=sent)

    refused = upload()
    assert (refused.status_code, refused.json["type"]) == (409, "urn:rolefit:problem:erased_meanwhile")
    assert names(client) == {}
    assert upload().status_code == 201
