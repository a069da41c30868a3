"""What stays of what was done: the trail, receipts that are made again, and nothing of whom was erased."""

import datetime as dt
import io
import json

import pytest
from sqlalchemy import create_engine, text

from service.core.chain import Head
from service.core.result import ENGINE_CHANGES
from service.store import whole
from service.store.store import Store
from service.usecases import rights, snapshots, trail

CANARY = "Zebulon Quartermain"
POOL = [{"external_id": f"p{n}", "name": f"P{n} Example", "skills": {"Python": n % 6, "SQL": 3}} for n in range(8)]


@pytest.fixture
def house(app):
    return app.extensions["rolefit"]


@pytest.fixture
def address(house):
    return house.store._engine.url  # noqa: SLF001 - whoever tampers knows where


def stored(client, people):
    return [one["id"] for one in client.post("/api/v1/candidates", json=people).json["results"]]


def upload(client, content, name="pool.csv"):
    return client.post("/api/v1/imports", data={"file": (io.BytesIO(content.encode()), name)}).json


@pytest.mark.both_databases
def test_what_is_done_stands_in_the_trail_with_who_and_what_and_nobodys_data(house, client):
    one, two = stored(client, [{"name": CANARY, "external_id": "7"}, {"name": f"{CANARY} II", "external_id": "8"}])
    upload(client, f"Name,ID,Python\n{CANARY} III,9,3\n")
    client.post(f"/api/v1/candidates/{one}/merge", json={"with": two})
    client.delete(f"/api/v1/candidates/{one}/merge/{two}")
    said = {"role": "ml_engineer", "what": "hold", "reason": f"{CANARY} is away", "actor": "dana"}
    client.post(f"/api/v1/candidates/{one}/decisions", json=said)
    client.put("/api/v1/mappings/mine", json={"columns": {"Py": "skill:python"}})
    client.get("/api/v1/shortlists/ml_engineer.csv")
    client.delete(f"/api/v1/candidates/{two}")
    entries = client.get("/api/v1/audit").json["entries"]
    assert [one["action"] for one in reversed(entries)] == [
        "candidates.store", "import", "merge", "unmerge", "decide", "mapping.keep", "shortlist.kept", "candidate.erase",
    ]  # fmt: skip
    assert {one["actor"] for one in entries} == {"local"}
    assert "Quartermain" not in str(entries)
    assert trail.check(house) == Head(8, entries[0]["hash"])


def test_the_trail_is_paged_and_searched(client):
    for n in range(5):
        client.put(f"/api/v1/mappings/m{n}", json={"columns": {"Py": "skill:python"}})
    first = client.get("/api/v1/audit?limit=3").json
    rest = client.get(f"/api/v1/audit?limit=3&cursor={first['next_cursor']}").json
    assert [one["number"] for one in first["entries"] + rest["entries"]] == [5, 4, 3, 2, 1]
    assert rest["next_cursor"] is None
    assert [one["object"] for one in client.get("/api/v1/audit?object=m2").json["entries"]] == ["m2"]


@pytest.mark.both_databases
def test_the_database_refuses_changes_and_where_it_is_made_to_they_are_named(house, client, address, database_kind):
    for n in range(6):
        client.put(f"/api/v1/mappings/m{n}", json={"columns": {"Py": "skill:python"}})
    head = trail.check(house)
    engine = create_engine(address)
    for statement in ("UPDATE audit SET actor = 'x' WHERE number = 3", "DELETE FROM audit WHERE number = 6"):
        with pytest.raises(Exception, match="append only"), engine.begin() as connection:
            connection.execute(text(statement))
    free = ["DROP TRIGGER audit_changed", "DROP TRIGGER audit_deleted"]
    with engine.begin() as connection:
        for statement in free if database_kind == "sqlite" else ["DROP TRIGGER audit_kept ON audit"]:
            connection.execute(text(statement))
        connection.execute(text("UPDATE audit SET object = 'm9' WHERE number = 4"))
    with pytest.raises(trail.Tampered, match="Entry 4 was changed"):
        trail.check(house)
    if database_kind == "sqlite":  # which keeps in a column what it is given
        for number, spoilt in ((3, "details = 'no json'"), (2, "actor = x'ff00'"), (1, "details = x'ff00'")):
            with engine.begin() as connection:
                connection.execute(text(f"UPDATE audit SET {spoilt} WHERE number = {number}"))  # noqa: S608 - ours
            with pytest.raises(trail.Tampered, match=f"Entry {number} was changed"):
                trail.check(house)
        engine.dispose()
        return
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE number >= 4"))
    with pytest.raises(trail.Tampered, match="Entry 4 is missing at the end"):
        trail.check(house)
    with engine.begin() as connection:
        last = connection.execute(text("SELECT hash FROM audit WHERE number = 3")).scalar_one()
        connection.execute(text("UPDATE audit_head SET count = 3, hash = :hash"), {"hash": last})
    engine.dispose()
    assert trail.check(house).length == 3, "whoever rewrites the head too goes unseen within the database"
    with pytest.raises(trail.Tampered, match="Entry 6"):
        trail.check(house, head)


@pytest.mark.both_databases
def test_a_download_leaves_a_receipt_that_is_made_again(client):
    stored(client, POOL)
    receipt = client.get("/api/v1/shortlists/ml_engineer.csv?seniority=senior").headers["X-Rolefit-Receipt"]
    found = client.get(f"/api/v1/snapshots/{receipt}").json
    live = client.get("/api/v1/shortlists/ml_engineer?seniority=senior").json
    assert (found["identical"], found["changed"], found["moves"]) == (True, {}, [])
    assert [(one["rank"], one["candidate"]["id"], one["fit"]) for one in found["shortlist"]] == [
        (one["rank"], one["candidate"]["id"], one["fit"]) for one in live["shortlist"]
    ]
    assert client.get("/api/v1/snapshots").json["snapshots"][0]["id"] == receipt


def test_a_snapshot_says_what_changed_of_the_data(client):
    ids = stored(client, POOL)
    taken = client.post("/api/v1/shortlists/ml_engineer/snapshots?seniority=mid").json["id"]
    stored(client, [{**POOL[4], "skills": {"Python": 1, "SQL": 3}}])
    found = client.get(f"/api/v1/snapshots/{taken}").json
    assert not found["identical"]
    assert list(found["changed"]) == ["data"]
    assert found["changed"]["data"]["changed"] == [ids[4]]
    assert ids[4] in {move["candidate"]["id"] for move in found["moves"]}
    client.delete(f"/api/v1/candidates/{ids[0]}")
    gone = client.get(f"/api/v1/snapshots/{taken}").json
    assert gone["changed"]["data"]["erased"] == 1
    assert ids[0] not in str(gone["shortlist"] + gone["not_eligible"])


def test_a_receipt_of_an_engine_before_says_why_it_may_differ(client, monkeypatch):
    stored(client, POOL)
    with monkeypatch.context() as before:
        before.setattr(snapshots, "ENGINE", "rolefit-core 1")
        taken = client.post("/api/v1/shortlists/ml_engineer/snapshots?seniority=mid").json["id"]
    assert client.get(f"/api/v1/snapshots/{taken}").json["changed"] == {
        "engine": {
            "then": "rolefit-core 1",
            "now": "rolefit-core 2",
            "reason": ENGINE_CHANGES["rolefit-core 2"],
        }
    }
    monkeypatch.setattr(snapshots, "ENGINE_CHANGES", {**ENGINE_CHANGES, "rolefit-core 3": "And one more."})
    reason = client.get(f"/api/v1/snapshots/{taken}").json["changed"]["engine"]["reason"]
    assert reason.startswith("An area that a skill only implies")
    assert reason.endswith("And one more.")


def test_a_snapshot_under_other_weights_is_made_again_under_them(house, client):
    stored(client, POOL)
    client.get("/shortlists/ml_engineer.csv?seniority=mid&p.nice=70&w.python=1")
    (receipt,) = client.get("/api/v1/snapshots").json["snapshots"]
    assert receipt["asked"]["weights"]["parts"]["nice"] == 70
    assert snapshots.show(house, receipt["id"])["identical"]
    workbook = client.get(f"/api/v1/snapshots/{receipt['id']}.xlsx")
    assert workbook.data[:2] == b"PK"


@pytest.mark.parametrize("way", ["/api/v1/shortlists/ml_engineer.csv", "/shortlists/ml_engineer.csv"])
def test_a_snapshot_names_who_entered_since_even_behind_all_others(client, way):
    stored(client, POOL)
    client.get(way)
    (receipt,) = client.get("/api/v1/snapshots").json["snapshots"]
    (newcomer,) = stored(client, [{"name": "Nobody Known"}])
    found = client.get(f"/api/v1/snapshots/{receipt['id']}").json
    assert (found["identical"], found["moves"], found["entered_total"]) == (False, [], 1)
    assert found["entered"][0]["candidate"]["id"] == newcomer
    assert client.get(f"/api/v1/snapshots/{receipt['id']}.xlsx").data[:2] == b"PK"


def test_who_stands_below_the_cut_of_a_snapshot_or_beside_its_filter_has_not_entered(client):
    stored(client, POOL)
    client.get("/api/v1/shortlists/ml_engineer.csv?top=1")
    client.get("/shortlists/ml_engineer.csv?text=nobody+is+called+so")
    stored(client, [{"name": "Nobody Known"}])
    for receipt in client.get("/api/v1/snapshots").json["snapshots"]:
        assert client.get(f"/api/v1/snapshots/{receipt['id']}").json["entered"] == []


def sent(client, document):
    file = io.BytesIO(json.dumps(document).encode())
    return client.post("/api/v1/rubrics", data={"file": (file, "rubric.json")})


def test_a_snapshot_says_who_moves_by_new_weights_of_the_rubric(client):
    stored(client, POOL)
    taken = client.post("/api/v1/shortlists/ml_engineer/snapshots").json["id"]
    (document,) = client.get("/api/v1/rubrics.json?role=ml_engineer").json["rubrics"]
    document["criteria"][0]["weight"] = 40
    assert sent(client, document).status_code == 200
    found = client.get(f"/api/v1/snapshots/{taken}").json
    live = client.get("/api/v1/shortlists/ml_engineer").json["shortlist"]
    assert (found["identical"], list(found["changed"])) == (False, ["rubric"])
    now = {move["candidate"]["id"]: move["now"]["fit"] for move in found["moves"]}
    assert now.items() >= {one["candidate"]["id"]: one["fit"] for one in live[:3]}.items()


def test_a_snapshot_of_a_role_that_is_gone_is_still_read(client):
    stored(client, POOL)
    (document,) = client.get("/api/v1/rubrics.json?role=ml_engineer").json["rubrics"]
    assert sent(client, {**document, "role": "our_own", "title": "Our own"}).status_code == 200
    taken = client.post("/api/v1/shortlists/our_own/snapshots").json["id"]
    assert client.delete("/api/v1/roles/our_own/versions").status_code == 204
    found = client.get(f"/api/v1/snapshots/{taken}").json
    assert (found["identical"], found["moves"], found["entered"]) == (False, [], [])
    assert found["changed"]["rubric"]["now"] is None
    assert len(found["shortlist"]) + len(found["not_eligible"]) == len(POOL)
    assert client.get(f"/api/v1/snapshots/{taken}.xlsx").data[:2] == b"PK"


def test_all_that_is_held_of_somebody_is_exported(client):
    one, two = stored(client, [{"name": CANARY, "external_id": "7", "email": "z@example.com"}, {"name": CANARY}])
    client.post(f"/api/v1/candidates/{one}/merge", json={"with": two})
    said = {"role": "ml_engineer", "what": "hold", "reason": "away", "actor": "dana"}
    client.post(f"/api/v1/candidates/{one}/decisions", json=said)
    client.post("/api/v1/shortlists/ml_engineer/snapshots")
    found = client.get(f"/api/v1/candidates/{one}/export").json
    assert [record["id"] for record in found["records"]] == [one, two]
    assert "z@example.com" in str(found["records"][0]["content"])
    assert found["decisions"][0]["reason"] == "away"
    assert len(found["shortlists"]) == 1
    assert {entry["action"] for entry in found["trail"]} == {"merge", "decide"}


def test_of_whom_was_erased_nothing_is_in_any_file(house, client, tmp_path):
    sheet = f"Name,ID,Python,Notes\n{CANARY},7,Quartermain-ish,Quartermain likes Python\nBo Example,8,3,\n"
    upload(client, sheet)
    answer = client.post(
        "/api/v1/imports",
        data={"file": (io.BytesIO(sheet.encode()), "p.csv")},
        headers={"Prefer": "respond-async"},
    )
    client.post("/uploads", data={"file": (io.BytesIO(b"Name\nOther Example\n"), "p.csv")})
    who = next(one["id"] for one in client.get("/api/v1/candidates").json["candidates"] if one["name"] == CANARY)
    said = {"role": "ml_engineer", "what": "hold", "reason": "Quartermain is away", "actor": "dana"}
    key = {"Idempotency-Key": "k"}
    client.post(f"/api/v1/candidates/{who}/decisions", json=said, headers=key)
    client.get("/api/v1/shortlists/ml_engineer.xlsx")
    client.delete(answer.headers["Location"])
    assert client.delete(f"/api/v1/candidates/{who}").status_code == 204
    house.store.close()
    found = [path for path in tmp_path.rglob("*") if path.is_file() and b"Quartermain" in path.read_bytes()]
    assert found == []
    assert client.get("/api/v1/candidates").json["total"] == 1


@pytest.mark.both_databases
def test_whom_nobody_touched_goes_after_its_time_unless_decided_on(house, client):
    ids = stored(client, POOL[:3])
    upload(client, f"Name,ID,Python\n{CANARY},7,often\n,,3\n")
    later = house.now() + dt.timedelta(days=40)
    object.__setattr__(house, "now", lambda: later)
    said = {"role": "ml_engineer", "what": "hold", "reason": "x", "actor": "dana"}
    client.post(f"/api/v1/candidates/{ids[0]}/decisions", json=said)
    assert rights.sweep(house, 30, 30, dry_run=True) == {"candidates": 3, "reports": 1, "versions": 0}
    assert client.get("/api/v1/candidates").json["total"] == 4
    assert rights.sweep(house, 30, 30) == {"candidates": 3, "reports": 1, "versions": 0}
    assert [one["id"] for one in client.get("/api/v1/candidates").json["candidates"]] == [ids[0]]
    assert rights.sweep(house, 30, 30) == {"candidates": 0, "reports": 0, "versions": 0}
    assert rights.sweep(house, 0, 30) == {"candidates": 0, "reports": 0, "versions": 0}


def test_a_restored_trail_is_as_intact_as_the_one_that_was_saved(house, client, tmp_path):
    stored(client, POOL)
    head = trail.check(house)
    whole.save(house.store, tmp_path / "b.zip")
    client.delete("/api/v1/candidates/" + client.get("/api/v1/candidates").json["candidates"][0]["id"])
    whole.restore(house.store, tmp_path / "b.zip", house.now(), replace=True)
    assert trail.check(house) == head
    other = Store(f"sqlite:///{tmp_path / 'other' / 'r.db'}")
    whole.restore(other, tmp_path / "b.zip", house.now(), replace=False)
    other.close()
