"""An import is undone: who it created is gone, who it updated is as before, and who has to stay is named."""

import datetime as dt
import io
import json
from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner
from sqlalchemy import create_engine, func, select, text

from service.cli import main
from service.errors import Conflict
from service.store import whole
from service.store.store import Store
from service.store.tables import candidates, hidden, import_candidates, traces
from service.usecases import history, imports, jobs, rights, trail

POOL = "Name,ID,Python,Email\n" + "".join(f"P{n} Example,{n},{n % 6},p{n}@example.com\n" for n in range(6))
BETTER = POOL.replace(",0,0,", ",0,5,").replace(",1,1,", ",1,5,") + "New Example,90,4,new@example.com\n"
CANARY = "Quartermain"
WAYS = ("at once", "as a job")


@pytest.fixture
def house(app):
    house = app.extensions["rolefit"]
    object.__setattr__(house, "chunk_rows", 4)
    return house


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture
def send(house, client):
    """Import a text at once, or as a job; return its report."""

    def send(content, way="at once", name="pool.csv", **form):
        headers = {"Prefer": "respond-async"} if way == "as a job" else {}
        data = {"file": (io.BytesIO(content.encode()), name), **form}
        answer = client.post("/api/v1/imports", data=data, headers=headers)
        if way == "as a job":
            assert jobs.run_next(house)
        return client.get(answer.headers["Location"]).json

    return send


@pytest.fixture
def undo(client):
    def undo(report, **options):
        return client.post(f"/api/v1/imports/{report['id']}/undo", **options)

    return undo


def everything(house):
    """Return all that says anything of candidates: who they are, what they say, and what they may share."""
    columns = [candidates.c[name] for name in ("id", "source", "key", "external_id", "name", "digest", "body")]
    with house.store.reading() as work:
        rows = work._connection.execute(select(*columns, candidates.c.received).order_by(candidates.c.id)).all()  # noqa: SLF001
        shared = work._connection.execute(select(traces).order_by(traces.c.trace, traces.c.candidate)).all()  # noqa: SLF001
    return rows, shared


def ids(client, **query):
    found = client.get("/api/v1/candidates", query_string={"limit": 200, **query}).json["candidates"]
    return {one["external_id"]: one["id"] for one in found}


def counts(report):
    return tuple(report["undone"][name] for name in ("removed", "restored", "stayed"))


@pytest.mark.both_databases
def test_an_undone_import_leaves_everything_as_it_was(house, client, send, undo, way):
    send(POOL)
    before, ranked = everything(house), client.get("/api/v1/shortlists/ml_engineer").json
    report = send(BETTER, way)
    assert report["counts"]["updated"] == 2
    assert everything(house) != before
    answer = undo(report)
    assert (answer.status_code, answer.json["state"], counts(answer.json)) == (200, "undone", (1, 2, 0))
    assert everything(house) == before
    assert client.get("/api/v1/shortlists/ml_engineer").json == ranked
    assert client.get(f"/api/v1/imports/{report['id']}").json == answer.json
    assert client.get("/api/v1/imports").json["imports"][0]["state"] == "undone"
    with house.store.reading() as work:
        for table in (hidden, import_candidates):
            assert work._connection.execute(select(func.count()).select_from(table)).scalar_one() == 0  # noqa: SLF001
    entry = trail.page(house, None, 1, {})[0]
    assert (entry["action"], entry["object"]) == ("import.undo", report["id"])
    assert entry["details"] == {"removed": 1, "restored": 2, "stayed": 0}


@pytest.mark.both_databases
def test_who_an_undo_removed_can_be_imported_again(house, client, send, undo, way):
    undo(send(POOL, way))
    assert (client.get("/api/v1/candidates").json["total"], everything(house)) == (0, ([], []))
    assert send(POOL, way)["counts"]["created"] == 6
    assert len(ids(client)) == 6


def test_who_an_undo_removed_can_be_imported_before_all_is_deleted(house, client, send, undo, way, monkeypatch):
    monkeypatch.setattr(imports, "clear_hidden", lambda _: None)  # killed between the undo and the deletion
    report = send(POOL)
    undo(report)
    assert client.get("/api/v1/candidates").json["total"] == 0
    monkeypatch.undo()
    again = send(POOL, way)
    assert again["counts"]["created"] == 6
    assert len(ids(client)) == 6
    jobs.sweep(house)
    assert len(ids(client)) == 6
    with house.store.reading() as work:
        assert work._connection.execute(select(func.count()).select_from(candidates)).scalar_one() == 6  # noqa: SLF001
    assert counts(undo(again).json) == (6, 0, 0)


@pytest.mark.both_databases
def test_who_was_changed_or_sent_again_since_stays_as_they_are(house, client, send, undo, way):
    send("Name,ID,Python\nOld Example,50,1\nOther Example,51,1\n")
    report = send(
        "Name,ID,Python\nOld Example,50,2\nOther Example,51,2\nA Example,1,1\nB Example,2,1\nC Example,3,1\n", way
    )
    client.post(
        "/api/v1/candidates?source=upload", json={"external_id": "50", "name": "Old Example", "skills": {"Python": 5}}
    )
    send("Name,ID,Python\nA Example,1,4\nB Example,2,1\n")
    known = ids(client)
    answer = undo(report).json
    assert counts(answer) == (1, 1, 3)
    assert answer["undone"]["stayed_by_reason"] == {"changed": 2, "left": 1}
    assert {one["external_id"]: one["reason"] for one in answer["undone"]["candidates"]} == {
        "50": "left", "1": "changed", "2": "changed",
    }  # fmt: skip
    assert ids(client) == {key: known[key] for key in ("50", "51", "1", "2")}
    assert all(one["detail"].endswith(".") for one in answer["undone"]["candidates"])
    with house.store.reading() as work:
        event = history.of(work, work.candidate(known["2"]))[-1]
    assert (event.what, event.import_id) == ("created", report["id"])
    assert set(ids(client, **{"import": report["id"]})) == {"1", "2", "50"}


def test_a_request_that_says_the_same_again_keeps_a_candidate(client, send, undo):
    people = [{"external_id": key, "name": f"P{key} Example", "skills": {"Python": 1}} for key in ("1", "2")]
    report = send(json.dumps({"candidates": people}), name="a.json")
    again = client.post("/api/v1/candidates?source=upload", json={"candidates": people[:1]}).json
    assert again["counts"]["unchanged"] == 1
    assert undo(report).json["undone"]["stayed_by_reason"] == {"changed": 1}
    assert ids(client).keys() == {"1"}


@pytest.mark.both_databases
def test_who_is_decided_on_merged_or_on_a_kept_shortlist_stays(client, send, undo, way):
    report = send(POOL, way)
    known = ids(client)
    said = {"role": "ml_engineer", "what": "hold", "reason": "Ask first", "actor": "dana"}
    client.post(f"/api/v1/candidates/{known['0']}/decisions", json=said)
    client.post(f"/api/v1/candidates/{known['1']}/merge", json={"with": known["2"]})
    preview = undo(report, query_string={"dry_run": "true"}).json
    assert (preview["state"], counts(preview), preview["undone"]["at"]) == ("done", (3, 0, 3), None)
    taken = client.post("/api/v1/shortlists/ml_engineer/snapshots?top=1").json["id"]
    (listed,) = client.get(f"/api/v1/snapshots/{taken}").json["shortlist"]
    answer = undo(report).json
    assert {one["external_id"]: one["reason"] for one in answer["undone"]["candidates"]} == {
        "0": "decided", "1": "merged", "2": "merged", listed["candidate"]["external_id"]: "listed",
    }  # fmt: skip
    assert counts(answer) == (2, 0, 4)
    assert set(ids(client)) == {"0", "1", listed["candidate"]["external_id"]}
    assert client.get(f"/api/v1/snapshots/{taken}").json["shortlist"] == [listed]
    client.delete(f"/api/v1/candidates/{known['0']}")
    again = client.get(f"/api/v1/imports/{report['id']}").json["undone"]["candidates"]
    assert known["0"] not in {one["id"] for one in again}, "who is erased afterwards is not named"


@pytest.mark.both_databases
def test_imports_are_undone_one_after_the_other_the_last_first(house, send, undo):
    start = everything(house)
    reports, states = [], []
    for level in (1, 2, 3):
        states.append(everything(house))
        reports.append(send(f"Name,ID,Python\nA Example,1,{level}\nN{level} Example,{level}0,1\n", WAYS[level % 2]))
    states.append(everything(house))
    for report in reversed(reports):
        assert everything(house) == states.pop()
        assert counts(undo(report).json)[2] == 0
    assert everything(house) == start


def test_one_file_may_say_two_things_of_one_person(house, send, undo, way):
    def line(level):
        return json.dumps({"external_id": "1", "name": "A Example", "skills": {"Python": level}})

    send(line(1), name="a.ndjson")
    before = everything(house)
    others = [json.dumps({"external_id": f"o{n}", "name": f"O{n}"}) for n in range(imports.CHUNK + 5)]
    report = send("\n".join([line(1), *others, line(4), line(5), line(5), others[0]]), way, name="a.ndjson")
    assert counts(undo(report).json) == (imports.CHUNK + 5, 1, 0)
    assert everything(house) == before


@pytest.mark.parametrize("state", ["queued", "running", "cancelled", "failed", "undone"])
def test_an_import_that_is_not_done_is_not_undone(house, client, undo, state):
    headers = {"Prefer": "respond-async"}
    content = b"nothing\n" if state == "failed" else POOL.encode()
    answer = client.post("/api/v1/imports", data={"file": (io.BytesIO(content), "p.csv")}, headers=headers)
    report = answer.json
    if state == "running":
        with house.store.transaction() as work:
            work.jobs.claim(house.now(), jobs.LEASE)
    elif state == "cancelled":
        client.delete(answer.headers["Location"])
    elif state != "queued":
        jobs.run_next(house)
    if state == "undone":
        undo(report)
    refused = undo(report)
    code = {"queued": "import_at_work", "running": "import_at_work", "undone": "import_undone"}.get(
        state, "import_over"
    )
    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[-1]) == (409, code)
    assert client.get(answer.headers["Location"]).json["state"] == state
    assert undo({"id": "nothing"}).status_code == 404


def test_an_undo_sent_again_under_its_key_is_done_once(send, undo):
    report = send(POOL)
    key = {"Idempotency-Key": "undo-1"}
    first, again = undo(report, headers=key), undo(report, headers=key)
    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    assert first.json == again.json


def test_an_import_under_a_key_that_is_undone_is_answered_as_what_it_is(client, undo):
    def upload():
        data = {"file": (io.BytesIO(POOL.encode()), "p.csv")}
        return client.post("/api/v1/imports", data=data, headers={"Idempotency-Key": "k"})

    undo(upload().json)
    again = upload()
    assert (again.status_code, again.json["state"], again.headers["Idempotent-Replayed"]) == (201, "undone", "true")
    assert client.get("/api/v1/candidates").json["total"] == 0


def test_a_record_that_was_put_back_says_so(house, client, send, undo):
    send(POOL)
    now = house.now()
    object.__setattr__(house, "now", lambda: now + dt.timedelta(minutes=1))
    report = send(BETTER)
    object.__setattr__(house, "now", lambda: now + dt.timedelta(minutes=2))
    undo(report)
    with house.store.reading() as work:
        found = [history.of(work, work.candidate(ids(client)[key])) for key in ("0", "2")]
    assert [[event.what for event in events] for events in found] == [["restored", "created"], ["created"]]
    assert (found[0][0].import_id, found[0][0].file) == (report["id"], "pool.csv")
    page = client.get(f"/candidates/{ids(client)['0']}").get_data(as_text=True)
    assert "Put back as it was before" in page


@pytest.mark.both_databases
def test_nothing_of_an_erased_person_is_left_in_a_version_before_an_import(
    house, client, send, undo, tmp_path, database_kind
):
    send(f"Name,ID,Python,Notes\n{CANARY},1,3,{CANARY} is kind\nB Example,2,1,\n")
    report = send("Name,ID,Python\nZ Example,1,4\nB Example,2,2\n")
    who = ids(client)["1"]
    held = client.get(f"/api/v1/candidates/{who}/export").json["versions"]
    assert [(one["id"], one["replaced_by"]) for one in held] == [(who, report["id"])]
    assert CANARY in str(held[0]["content"])
    whole.save(house.store, tmp_path / "before.zip")
    assert CANARY.encode() in _unpacked(tmp_path / "before.zip")
    assert client.delete(f"/api/v1/candidates/{who}").status_code == 204
    whole.save(house.store, tmp_path / "after.zip")
    assert CANARY.encode() not in _unpacked(tmp_path / "after.zip")
    if database_kind == "sqlite":
        house.store.close()
        (tmp_path / "before.zip").unlink()
        assert [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []
    assert counts(undo(report).json) == (0, 1, 0)


def _unpacked(path):
    import zipfile  # noqa: PLC0415 - of this test alone

    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_nothing_of_who_was_removed_by_an_undo_is_left_in_any_file(house, send, undo, tmp_path, way):
    report = send(f"Name,ID,Python,Notes\n{CANARY},1,{CANARY}-ish,{CANARY} is kind\n,,{CANARY},\n", way)
    undo(report)
    house.store.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()] == []


@pytest.mark.both_databases
def test_versions_are_kept_as_long_as_an_import_can_be_undone(house, client, send, undo):
    send(POOL)
    early, late = send(BETTER), None
    now = house.now()
    object.__setattr__(house, "now", lambda: now + dt.timedelta(days=20))
    late = send(BETTER.replace(",0,5,", ",0,1,"))
    object.__setattr__(house, "now", lambda: now + dt.timedelta(days=31))
    refused = undo(early)
    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[-1]) == (409, "import_too_old")
    assert "30 days" in refused.json["detail"]
    assert rights.sweep(house, 0, 30, dry_run=True)["versions"] == 2
    assert rights.sweep(house, 0, 30)["versions"] == 2
    assert rights.sweep(house, 0, 30)["versions"] == 0
    assert counts(undo(late).json) == (0, 1, 0)
    assert len(ids(client, **{"import": early["id"]})) == 7, "its people are still known"


def test_an_import_of_an_earlier_version_says_why_it_is_not_undone(house, client, send, undo):
    report = send(POOL)
    with house.store.transaction() as work:
        work._connection.execute(text("UPDATE imports SET received = NULL"))  # noqa: SLF001 - as the migration leaves it
    for answer in (
        undo(report),
        client.get(f"/api/v1/candidates?import={report['id']}"),
        client.get(f"/api/v1/shortlists/ml_engineer?import={report['id']}"),
    ):
        assert (answer.status_code, answer.json["type"].rsplit(":", 1)[-1]) == (409, "import_of_before")
        assert "earlier version" in answer.json["detail"]


def test_the_migration_goes_down_and_up_again(tmp_path):
    address = f"sqlite:///{tmp_path / 'data' / 'r.db'}"
    with closing(Store(address)) as store:
        store.migrate()
    engine, config = create_engine(address), Config()
    config.set_main_option("script_location", "service.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0014")
        command.upgrade(config, "0015")
    engine.dispose()


def test_the_command_undoes_an_import_and_names_who_stays(house, client, send, tmp_path):
    report = send(POOL)
    said = {"role": "ml_engineer", "what": "hold", "reason": "Ask first", "actor": "dana"}
    client.post(f"/api/v1/candidates/{ids(client)['0']}/decisions", json=said)
    house.store.close()
    dry = CliRunner().invoke(main, ["undo", report["id"], "--data", str(tmp_path), "--dry-run"])
    assert "5 candidates would be removed" in dry.output
    done = CliRunner().invoke(main, ["undo", report["id"], "--data", str(tmp_path)])
    assert (done.exit_code, "pool.csv: 5 candidates were removed, 0 were put back" in done.output) == (0, True)
    assert "Stays: P0 Example" in done.output
    again = CliRunner().invoke(main, ["undo", report["id"], "--data", str(tmp_path)])
    assert (again.exit_code, "undone already" in again.output) == (Conflict.exit_code, True)
    assert ids(client).keys() == {"0"}


# Who an import's people are


@pytest.mark.both_databases
def test_the_people_of_an_import_are_those_created_updated_and_unchanged(client, send, way):
    send(POOL + "Nobody Example,70,1,n@example.com\n")
    report = send(BETTER, way)
    people = client.get("/api/v1/candidates", query_string={"import": report["id"], "limit": 3}).json
    assert (people["total"], people["filters"]) == (7, {"import": report["id"]})
    rest = client.get(
        "/api/v1/candidates", query_string={"import": report["id"], "cursor": people["next_cursor"], "limit": 200}
    ).json
    found = [one["external_id"] for one in people["candidates"] + rest["candidates"]]
    assert found == ["0", "1", "2", "3", "4", "5", "90"]


@pytest.mark.both_databases
def test_a_shortlist_of_an_import_ranks_its_people_alone(client, send, way):
    send("Name,ID,Python\nBest Example,70,5\n")
    report = send("Name,ID,Python\nA Example,1,4\nB Example,2,2\n", way)
    found = client.get("/api/v1/shortlists/ml_engineer", query_string={"import": report["id"]}).json
    assert [(one["rank"], one["candidate"]["external_id"]) for one in found["shortlist"]] == [(1, "1"), (2, "2")]
    assert (found["total"], found["filters"]) == (2, {"import": report["id"]})
    assert "filters" not in client.get("/api/v1/shortlists/ml_engineer").json
    workbook = client.get("/api/v1/shortlists/ml_engineer.xlsx", query_string={"import": report["id"]})
    assert report["id"] in str(_cells(workbook.data, "About"))
    taken = client.post("/api/v1/shortlists/ml_engineer/snapshots", query_string={"import": report["id"]}).json
    assert taken["asked"]["import"] == report["id"]
    again = client.get(f"/api/v1/snapshots/{taken['id']}").json
    assert (again["identical"], [one["rank"] for one in again["shortlist"]]) == (True, [1, 2])
    page = client.get("/shortlists/ml_engineer", query_string={"import": report["id"]}).get_data(as_text=True)
    assert "A Example" in page
    assert "Best Example" not in page
    file = client.get("/shortlists/ml_engineer.json", query_string={"import": report["id"]}).json
    assert (file["filters"], file["total"]) == ({"import": report["id"]}, 2)


def _cells(content, sheet):
    from openpyxl import load_workbook  # noqa: PLC0415 - of this test alone

    return list(load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True))


@pytest.mark.both_databases
def test_a_merged_person_stands_for_the_records_of_an_import(client, send):
    send("Name,ID,Python\nOld Example,70,5\n")
    report = send("Name,ID,Python\nA Example,1,4\nB Example,2,2\nC Example,3,2\n")
    known = ids(client)
    client.post(f"/api/v1/candidates/{known['1']}/merge", json={"with": known["2"]})
    client.post(f"/api/v1/candidates/{known['70']}/merge", json={"with": known["1"]})
    assert set(ids(client, **{"import": report["id"]})) == {"70", "3"}
    found = client.get("/api/v1/shortlists/ml_engineer", query_string={"import": report["id"]}).json
    assert {one["candidate"]["external_id"] for one in found["shortlist"] + found["not_eligible"]} == {"70", "3"}


def test_an_import_that_is_not_there_has_no_people(client):
    for path in ("/api/v1/candidates", "/api/v1/shortlists/ml_engineer", "/api/v1/shortlists/ml_engineer.csv"):
        answer = client.get(path, query_string={"import": "nothing"})
        assert (answer.status_code, answer.json["type"].rsplit(":", 1)[-1]) == (404, "unknown_import")
    assert client.get("/shortlists/ml_engineer?import=nothing").status_code == 404
