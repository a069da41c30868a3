"""Text that a database may refuse, in every use case that writes or looks up text: never a defect, and one answer.

Each use case runs once with each text on SQLite and on PostgreSQL. It refuses the text with a problem, or what is read
back afterwards is what was sent.
"""

import io
import json
import re
import urllib.parse
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pytest
from api.people import workbook
from databases import text_columns
from sqlalchemy import JSON, select, update

from service.app import create_app
from service.config import Settings
from service.errors import RolefitError
from service.owners import EVERYTHING
from service.schemas.candidates import LONGEST_LINE
from service.storable import REPLACED, file_name, replaced
from service.store import Record, Store
from service.store.tables import BadText, StorableText, metadata
from service.usecases import accounts, jobs

HOSTILE = {"NUL": "a\0b", "surrogate": "a\ud800b", "long": "x" * 10**6}
HEAD = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n'
SHEET = b"Name,ID,Python\nZoe Example,z1,3\n"
PASSWORD = "a long and dull password"  # noqa: S105 - of nobody
PEOPLE = "/api/v1/candidates"
DECISION = {"role": "ml_engineer", "what": "hold", "reason": "Ask first", "actor": "dana"}
OF_OURS = {"idempotency_keys.body", "staged.traces"}
"""Columns of text in which only JSON and digests of ours stand."""


def raw(text):
    return text.encode(errors="surrogatepass")


class Sender:
    """Sends a text wherever one can be sent. `read` returns what is kept of the text that was sent last."""

    def __init__(self, app):
        self.app, self.client, self.house = app, app.test_client(), app.extensions["rolefit"]
        self.who = self.json(PEOPLE, {"name": "Who Ever"}).json["results"][0]["id"]
        self.other = self.json(PEOPLE, {"name": "Other One"}).json["results"][0]["id"]
        self.document = self.client.get("/api/v1/rubrics.json?role=ml_engineer").json["rubrics"][0]

    def json(self, path, body, method="POST", **options):
        return self.client.open(path, method=method, data=json.dumps(body), content_type="application/json", **options)

    def query(self, method, path, asked, **options):
        path = f"{path}?{urllib.parse.urlencode(asked, errors='surrogatepass')}"
        return self.client.open(path, method=method, **options)

    def form(self, path, fields):
        body = urllib.parse.urlencode(fields, errors="surrogatepass")
        return self.client.post(path, data=body, content_type="application/x-www-form-urlencoded")

    def path(self, method, path, text, **options):
        return self.client.open(path + urllib.parse.quote(raw(text[:5000])), method=method, **options)

    def upload(self, content=SHEET, name="pool.csv", path="/api/v1/imports", headers=None, **fields):
        parts = [HEAD % (field.encode(), raw(text)) for field, text in fields.items()] + [FILE % (raw(name), content)]
        body = b"".join(parts) + b"--b--\r\n"
        return self.client.post(path, data=body, content_type="multipart/form-data; boundary=b", headers=headers)

    def job(self, **options):
        answer = self.upload(headers={"Prefer": "respond-async"}, **options)
        while jobs.run_next(self.house):
            pass
        left = self.house.folder / "jobs"
        assert not (left.is_dir() and any(left.iterdir())), "a file waits for a job that there is not"
        return self.client.get(answer.headers["Location"]) if answer.status_code == 202 else answer

    def rubric(self, change):
        document = json.loads(json.dumps(self.document))
        change(document)
        return json.dumps(document).encode()


def book(*rows):
    """Return a workbook in which the escape of U+0000 stands for "ZZ"."""
    source, out = zipfile.ZipFile(io.BytesIO(workbook(*rows))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name in source.namelist():
            changed.writestr(name, source.read(name).replace(b"ZZ", b"_x0000_"))
    return out.getvalue()


def candidate(to, field, text):
    return to.json(PEOPLE, [{"external_id": "e1", "name": "Ada Example", field: text}])


def decide(to, field, text):
    return to.json(f"/api/v1/candidates/{to.who}/decisions", DECISION | {field: text})


def decide_on_page(to, field, text):
    return to.form(f"/candidates/{to.who}/decisions", DECISION | {field: text})


def last_decision(to, field):
    return to.client.get(f"/api/v1/candidates/{to.who}/decisions").json["decisions"][-1][field]


def cell(to, place, text):
    row = ["Ada Example", "c1", "3"]
    row[place] = text
    if "\0" in text:
        return to.upload(book(["Name", "ID", "Python"], [one.replace("\0", "ZZ") for one in row]), "pool.xlsx")
    return to.upload(raw(f"Name,ID,Python\n{','.join(row)}\n"))


def json_file(field, text, send):
    return send(
        content=json.dumps([{"name": "Ada Example", "external_id": "j1"} | {field: text}]).encode(), name="pool.json"
    )


def change(document, title, version, question):
    document |= {"title": title, "version": version}
    document["criteria"][0]["question"] = question


def publish(to, title, question="Why?", **note):
    """Publish a title; each time another one, so that there is something to publish."""
    count = len(to.client.get("/api/v1/roles/ml_engineer/versions").json["versions"])
    version = to.client.get("/api/v1/rubrics.json?role=ml_engineer").json["rubrics"][0]["version"]
    body = to.rubric(lambda one: change(one, title or f"Engineer {count}", version, question))
    query = f"?{urllib.parse.urlencode(note, errors='surrogatepass')}" if note else ""
    return to.upload(body, "rubric.yaml", f"/api/v1/rubrics{query}")


def used(call):
    """Return the status of a use case that no route calls."""

    def run(to, text):
        try:
            call(to.house, text)
        except RolefitError as error:
            return error.status
        return 200

    return run


ROUTES = ("/api/v1/candidates/", "/api/v1/imports/", "/api/v1/mappings/", "/api/v1/snapshots/", "/api/v1/roles/",
          "/api/v1/shortlists/", "/candidates/", "/imports/", "/shortlists/", "/rubrics/", "/uploads/")  # fmt: skip

WAYS = {
    **{f"candidate {field}": (lambda to, text, field=field: candidate(to, field, text))
       for field in ("external_id", "name", "email", "headline", "zzz")},
    "candidate key": lambda to, text: candidate(to, text, 1),
    "candidate source": lambda to, text: to.json(PEOPLE, {"source": text, "candidates": [{"name": "A B"}]}),
    "candidate ?source": lambda to, text: to.query("POST", PEOPLE, {"source": text}, json={"name": "A B"}),
    **{f"{form} id": (lambda to, text, form=form, body=body: to.json(f"{PEOPLE}?format={form}", body(text)))
       for form, body in {
           "greenhouse": lambda text: {"id": text, "first_name": "A", "last_name": "B"},
           "lever": lambda text: {"id": text, "name": "A B"},
           "ashby": lambda text: {"id": text, "name": "A B"},
           "json_resume": lambda text: {"basics": {"name": "A B"}, "id": text, "external_id": text},
       }.items()},
    "ndjson": lambda to, text: to.client.post(
        PEOPLE, data=json.dumps({"name": text}), content_type="application/x-ndjson"),
    "score": lambda to, text: to.json("/api/v1/scores", {"role": "ml_engineer", "candidates": [{"name": text}]}),
    **{f"decision {field}": (lambda to, text, field=field: decide(to, field, text))
       for field in ("reason", "note", "actor", "role")},
    **{f"decision {field} by page": (lambda to, text, field=field: decide_on_page(to, field, text))
       for field in ("reason", "note", "actor", "role", "points")},
    "merge": lambda to, text: to.json(f"/api/v1/candidates/{to.who}/merge", {"with": text}),
    **{f"import {field}": (lambda to, text, field=field: to.upload(**{field: text}))
       for field in ("source", "mapping", "mapping_name", "dry_run")},
    "import mapping key": lambda to, text: to.upload(mapping=json.dumps({text: "ignore"})),
    "import mapping key by job": lambda to, text: to.job(mapping=json.dumps({text: "ignore"})),
    "import file name": lambda to, text: to.upload(name=f"{text}.csv"),
    "import file name by job": lambda to, text: to.job(name=f"{text}.csv"),
    "import file name by page": lambda to, text: to.upload(name=f"{text}.csv", path="/uploads"),
    "import source by job": lambda to, text: to.job(source=text),
    **{f"cell of {what}": (lambda to, text, place=place: cell(to, place, text))
       for place, what in enumerate(("name", "id", "level"))},
    **{f"{field} in a JSON file": (lambda to, text, field=field: json_file(field, text, to.upload))
       for field in ("name", "external_id")},
    "name in a JSON file by job": lambda to, text: json_file("name", text, to.job),
    "mapping name": lambda to, text: to.path("PUT", "/api/v1/mappings/", text, json={"columns": {"Py": "name"}}),
    "mapping key": lambda to, text: to.json("/api/v1/mappings/mine", {"columns": {text: "skill:python"}}, "PUT"),
    "mapping value": lambda to, text: to.json("/api/v1/mappings/mine", {"columns": {"Py": text}}, "PUT"),
    "rubric title": publish,
    "rubric question": lambda to, text: publish(to, "", text),
    "rubric note": lambda to, text: publish(to, "", note=text),
    "withdrawal note": lambda to, text: to.query("DELETE", "/api/v1/roles/ml_engineer/versions", {"note": text}),
    "trail actor": lambda to, text: to.query("GET", "/api/v1/audit", {"actor": text}),
    "cursor": lambda to, text: to.query("GET", "/api/v1/imports", {"cursor": text}),
    "Idempotency-Key": lambda to, text: to.client.post(
        PEOPLE, json={"name": "A B"}, headers={"Idempotency-Key": raw(text).decode("latin-1")}),
    "X-Request-ID": lambda to, text: to.client.get("/", headers={"X-Request-ID": raw(text).decode("latin-1")}),
    "cookie": lambda to, text: to.client.get("/", headers={"Cookie": f"__Host-rolefit={raw(text).decode('latin-1')}"}),
    **{f"login {field}": (lambda to, text, field=field: to.form("/login", {"name": "n", "password": "p", field: text}))
       for field in ("name", "password", "next")},
    **{f"{method} {route}": (lambda to, text, method=method, route=route: to.path(method, route, text))
       for route in ROUTES for method in ("GET", "DELETE")},
    "merge path": lambda to, text: to.path("DELETE", f"/api/v1/candidates/{to.who}/merge/", text),
    "key name": used(lambda house, text: accounts.create_key(house, text, EVERYTHING)),
    "key owner": used(lambda house, text: accounts.create_key(house, "n", EVERYTHING, text)),
    "key scope": used(lambda house, text: accounts.create_key(house, "n", frozenset({text}))),
    "revoked key": used(accounts.revoke_key),
    "rotated key": used(accounts.rotate_key),
    "user name": used(lambda house, text: accounts.save_user(house, text, PASSWORD)),
    "user password": used(lambda house, text: accounts.save_user(house, "n", text)),
    "user owner": used(lambda house, text: accounts.save_user(house, "n", PASSWORD, owner=text)),
    "disabled user": used(accounts.disable_user),
    "enabled user": used(accounts.enable_user),
    "asker's key": used(accounts.of_key),
    "asker's session": used(accounts.of_session),
    "ended session": used(accounts.log_out),
}  # fmt: skip

READ_BACK = {
    "candidate name": lambda to, answer: answer.json["results"][0]["name"],
    "candidate external_id": lambda to, answer: answer.json["results"][0]["external_id"],
    "candidate zzz": lambda to, answer: to.client.get(
        f"/api/v1/candidates/{answer.json['results'][0]['id']}").json["extra"]["zzz"],
    "decision reason": lambda to, _: last_decision(to, "reason"),
    "decision note by page": lambda to, _: last_decision(to, "note"),
    "import file name": lambda to, answer: to.client.get(f"/api/v1/imports/{answer.json['id']}").json["file"][:-4],
    "import file name by job": lambda to, answer: answer.json["file"][:-4],
    "cell of name": lambda to, _: newest(to)["name"],
    "cell of id": lambda to, _: newest(to)["external_id"],
    "name in a JSON file": lambda to, _: newest(to)["name"],
}  # fmt: skip


def is_file(way):
    return way.startswith(("cell", "name in"))


def newest(to):
    return to.client.get("/api/v1/candidates?limit=200").json["candidates"][-1]


@pytest.fixture
def outcomes(tmp_path, new_database):
    """Return what becomes of each text on each way, on a database of a kind."""

    def outcomes(kind):
        url = "" if kind == "sqlite" else new_database(kind, migrated=True)
        app = create_app(Settings(data=tmp_path / kind, database_url=url, log="off"))
        to, found = Sender(app), {}
        for way, send in WAYS.items():
            for of, text in HOSTILE.items():
                answer = send(to, text)
                status = answer if isinstance(answer, int) else answer.status_code
                found[way, of] = status
                is_refused = status >= 400 or (is_file(way) and answer.json["counts"]["rejected"])
                if way in READ_BACK and not is_refused and of != "surrogate":  # which no bytes can say
                    was_cleaned = REPLACED in answer.get_data(as_text=True)
                    expected = replaced(text) if was_cleaned else text
                    if "file name" in way:  # it is only shown, and costs no upload
                        expected = file_name(f"{text}.csv")[:-4]
                    if "JSON file" in way and len(expected) > LONGEST_LINE:  # a bad value of a file costs the value
                        assert answer.json["warnings"], (way, of)
                        expected = expected[:LONGEST_LINE]
                    assert READ_BACK[way](to, answer) == expected, (way, of)
        app.extensions["rolefit.houses"].close()
        return found

    return outcomes


@pytest.mark.slow
def test_a_hostile_text_is_refused_or_kept_as_it_was_and_the_databases_agree(outcomes):
    on_sqlite, on_postgresql = outcomes("sqlite"), outcomes("postgresql")
    assert {way: status for way, status in on_postgresql.items() if status >= 500} == {}
    assert on_postgresql == on_sqlite
    cleaned = {way for way, of in on_sqlite if of == "NUL" and on_sqlite[way, of] < 300}
    assert {"candidate name", "candidate external_id", "cell of name", "name in a JSON file"} <= cleaned
    assert not cleaned & {"decision reason", "decision note", "mapping key", "rubric title"}


@pytest.mark.both_databases
def test_no_column_takes_a_text_that_another_database_would_refuse(database_kind, new_database):
    """Each column of text is looked through and written to: the refusal is ours, before any database is asked."""
    plain = {str(column) for column in text_columns() if not isinstance(column.type, StorableText)}
    assert plain == OF_OURS
    with closing(Store(new_database(database_kind, migrated=True))) as store:
        store.migrate()
        with store.reading() as work:
            run = work._connection.execute  # noqa: SLF001
            for column in text_columns():
                if str(column) not in OF_OURS:
                    longest = column.type.length
                    for text in ("a\0b", "\udfff", *(["x" * (longest + 1)] if longest else [])):
                        assert run(select(column).where((column == text) | column.in_([text]))).all() == []
                        with pytest.raises(BadText, match=rf"^The {column.name} cannot be stored\. It h"):
                            run(update(column.table).values({column.name: text}))
        record = Record("upload", "k", None, "a\0b", "0" * 64, b"{}")
        with pytest.raises(BadText, match="The name cannot be stored"), store.transaction() as work:
            work.save_candidates([record], datetime.now(UTC))


@pytest.mark.both_databases
def test_json_of_ours_may_hold_any_text(client, database_kind):
    """What a job was asked stands in a column of JSON; PostgreSQL refuses U+0000 in `jsonb`, not in `json`."""
    assert {column.type.__class__ for table in metadata.tables.values() for column in table.columns
            if isinstance(column.type, JSON)} == {JSON}  # fmt: skip
    assert database_kind in client.get("/readyz").json["database"]


def test_a_replaced_character_is_told_with_its_place(client):
    body = [
        {"name": "Ada\0 Example", "jobs": [{"title": "x\0", "organization": "y"}], "k\0": 1},
        {"name": "Bo Example"},
    ]
    first, second = client.post("/api/v1/candidates", json=body).json["results"]
    told = {one["pointer"]: one["value"] for one in first["ignored"] if one["detail"] == REPLACED}
    at = "/0"
    assert told == {f"{at}/name": "Ada\ufffd Example", f"{at}/jobs/0/title": "x\ufffd", f"{at}/k\0": "k\ufffd"}
    assert (first["name"], second["ignored"]) == ("Ada\ufffd Example", [])
    rows = book(["Name", "Python", "Aside"], ["AdaZZ Example", 3, "oddZZ"], ["Bo Example", "ZZ", "fine"])
    report = client.post("/api/v1/imports", data={"file": (io.BytesIO(rows), "pool.xlsx")}).json
    told = [(one["row"], one["column"]) for one in report["warnings"] if one["detail"] == REPLACED]
    assert told == [(2, "A"), (2, "C"), (3, "B")]


@pytest.mark.both_databases
def test_ids_longer_than_an_index_takes_are_refused_by_item_and_row(client):
    """PostgreSQL indexes no text of more than 2,700 bytes that does not compress."""
    long = "".join(str(hash((n, "x")))[-1] + chr(97 + hash(str(n)) % 26) for n in range(2000))
    for form, body in {"lever": {"id": long, "name": "A B"}, "native": {"external_id": long, "name": "A B"}}.items():
        answer = client.post(f"/api/v1/candidates?format={form}", json=[body, {**body, next(iter(body)): "1"}])
        assert (answer.status_code, answer.json["counts"]["rejected"]) == (201, 1), answer.json
        assert "1 to 200 characters" in answer.json["results"][0]["errors"][0]["detail"]
    sheet = f"Name,ID,Python\nAda Example,{long},3\nBo Example,b,3\n{'x' * 501},c,3\n".encode()
    report = client.post("/api/v1/imports", data={"file": (io.BytesIO(sheet), "pool.csv")}).json
    assert report["counts"] | {"rows": 3, "created": 2, "rejected": 1} == report["counts"]
    (warning,) = [one for one in report["warnings"] if "longer than 500" in one["detail"]]
    assert (warning["row"], warning["column"]) == (4, "A")


def test_a_form_tells_which_field_cannot_be_stored(client):
    id_ = client.post("/api/v1/candidates", json={"name": "Ada Example"}).json["results"][0]["id"]
    told = client.post(f"/api/v1/candidates/{id_}/decisions", json=DECISION | {"reason": "a\0", "note": "b\0"}).json
    assert [one["pointer"] for one in told["errors"]] == ["/reason", "/note"]
    assert "U+0000" in told["errors"][0]["detail"]
    page = client.post(f"/candidates/{id_}/decisions", data=DECISION | {"note": "b\0"})
    assert page.status_code == 422
    assert re.search(r"note cannot be stored.*U\+0000", page.get_data(as_text=True))


def test_a_backup_with_such_text_from_before_is_restored_everywhere(tmp_path, new_database):
    """SQLite took U+0000 before; a backup of it also goes to PostgreSQL."""
    import sqlite3  # noqa: PLC0415 - past our own checks

    from service.store import whole  # noqa: PLC0415 - only needed here

    address = new_database("sqlite")
    with closing(Store(address)) as store, closing(Store(new_database("postgresql"))) as other:
        store.migrate()
        with store.transaction() as work:
            work.save_mapping("mine", {}, datetime.now(UTC))
        store.close()
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
            connection.execute("UPDATE mappings SET name = 'mi' || char(0) || 'ne'")
            connection.commit()
        whole.save(store, tmp_path / "backup")
        whole.restore(other, tmp_path / "backup", datetime.now(UTC))
        with other.reading() as work:
            assert [one.name for one in work.mappings()] == ["mi\ufffdne"]
