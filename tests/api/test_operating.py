"""What those who run the service see: a log and counts without anybody's data, and whether it can be asked."""

import io
import json
import math
import re
from dataclasses import replace

import pytest
from api.conftest import Driver, rehouse
from api.people import csv_text, person, workbook
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.config import Settings
from service.store.work import Work
from service.usecases.running import Running

CANARY = "Zebulonquartermain"
SHEET = csv_text(["Name", "ID", "Python"], [CANARY, "a1", 4], ["Bo Example", "b2", CANARY], ["", "", 3])
FIELDS = {"time", "level", "event", "method", "route", "status", "ms", "bytes", "request_id"}


def made(tmp_path, **settings):
    return create_app(Settings(data=tmp_path, **settings))


def lines(capsys, event="request"):
    return [line for line in map(json.loads, capsys.readouterr().err.splitlines()) if line["event"] == event]


# The log


def test_a_request_is_one_line_with_its_route_and_not_its_path(api, capsys):
    (id_,) = api.keep(person())
    capsys.readouterr()
    response = api.get(f"/candidates/{id_}/scores?role=ml_engineer", headers={"X-Request-ID": "ticket-7"})
    (line,) = lines(capsys)
    assert set(line) == FIELDS
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/candidates/<candidate_id>/scores", 200)
    assert (line["bytes"], line["request_id"], line["level"]) == (len(response.data), "ticket-7", "info")
    assert 0 < line["ms"] < 60_000


def test_a_refused_upload_is_told_with_its_reason(api, capsys):
    api.upload(b"Ada", "pool.exe")
    (line,) = lines(capsys, "upload refused")
    assert (line["reason"], line["level"]) == ("unsupported_file", "warning")


def test_a_log_may_be_text_or_off(tmp_path, capsys):
    for mode in ("text", "off"):
        app = made(tmp_path, log=mode)
        app.test_client().get("/livez")
        app.extensions["rolefit"].store.close()
        said = capsys.readouterr().err
        assert bool(re.search(r"request .*route=/livez", said)) is (mode == "text")
        assert not said or mode == "text"


def test_a_log_that_nobody_can_read_fails_no_request(app, monkeypatch):
    class Closed(io.StringIO):
        def write(self, _):
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Closed())
    assert app.test_client().get("/livez").status_code == 200


def sent_everywhere(api):
    """Send the canary wherever something can be sent; return the statuses of the answers."""
    big = csv_text(["Name"], [CANARY * 2000])
    calls = [
        api.post("/candidates", [person(name=CANARY, email=f"{CANARY}@example.com", notes=CANARY), {CANARY: 1}]),
        api.post("/candidates", {"name": {CANARY: CANARY}, "jobs": [{CANARY: CANARY, "start": 1.5}]}),
        api.post("/candidates", [{"name": 1, CANARY: 2}], headers={"Idempotency-Key": CANARY}),
        api.post("/scores", {"role": CANARY, "candidates": [person(name=CANARY)], CANARY: 1}),
        api.post("/scores", data=f'{{"role": {CANARY}', content_type="application/json"),
        api.post("/scores", data=f'{{"{CANARY}": 1, "{CANARY}": 2}}', content_type="application/json"),
        api.post("/scores", data=CANARY, content_type=f"text/{CANARY}"),
        api.upload(SHEET, f"{CANARY}.csv", source=CANARY),
        api.upload(workbook(["Name", "ID", CANARY], [CANARY, "x", "=1+1"]), f"{CANARY}.xlsx"),
        api.upload(CANARY, f"{CANARY}.{CANARY}"),
        api.upload(big, f"{CANARY}.csv"),
        api.upload(SHEET, mapping=f'{{"{CANARY}": "{CANARY}"}}'),
        api.post("/imports", data={CANARY: CANARY}, content_type="multipart/form-data"),
        api.get(f"/{CANARY}?{CANARY}={CANARY}"),
        api.get(f"/candidates/{CANARY}?{CANARY}={CANARY}"),
        api.get(f"/candidates?cursor={CANARY}&{CANARY}=1"),
        api.get("/candidates"),
        api.get(f"/roles/{CANARY}"),
        api.get(f"/shortlists/{CANARY}.xlsx"),
        api.get("/roles", headers=dict.fromkeys(("Authorization", "Cookie", "Referer", "User-Agent", "X-Y"), CANARY)),
        api.get("/roles", headers={"Host": f"{CANARY}.example"}),
        api.get("/roles", headers={"If-None-Match": CANARY, CANARY: "1"}),
        api.call(CANARY.upper(), "/roles"),
        api.call("PUT", f"/candidates/{CANARY}"),
    ]  # fmt: skip
    return {call.status_code for call in calls}


def broken(*_, **__):
    """Fail as a collaborator does whose error carries what it was given."""
    local = CANARY
    try:
        int(local)
    except ValueError as error:
        raise KeyError(f"{local} in SELECT") from error


@pytest.mark.parametrize("mode", ["json", "text"])
def test_nothing_that_was_sent_is_in_the_log(tmp_path, contract, capsys, caplog, monkeypatch, mode):
    app = made(tmp_path, log=mode, max_json_bytes=4096, max_upload_bytes=20_000)
    api = Driver(app, contract)
    statuses = sent_everywhere(api)
    assert {200, 201, 400, 404, 405, 413, 415, 422} <= statuses
    for name in ("save_candidates", "candidates", "count_candidates", "pool", "candidate", "get_import"):
        monkeypatch.setattr(Work, name, broken)
    assert 500 in sent_everywhere(api)
    monkeypatch.undo()
    store = app.extensions["rolefit"].store
    store.close()
    for path in tmp_path.iterdir():
        path.rename(path.with_name(f"{CANARY}-{path.name}"))
    assert 503 in sent_everywhere(api)

    told = capsys.readouterr()
    assert "save_candidates" not in told.out
    assert told.err.count("defect") >= 3
    assert told.err.count("unavailable") >= 3
    assert "builtins.KeyError" in told.err
    for text in (told.err, told.out, caplog.text):
        assert CANARY.lower() not in text.lower()


# The counts


def counts(client):
    """Return the samples of /metrics: name and labels to value."""
    response = client.get("/metrics")
    assert response.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


OUTCOMES = ("created", "updated", "unchanged", "rejected", "ignored")


def of_outcomes(found, name):
    return {outcome: found[name, outcome] for outcome in OUTCOMES}


def test_counts_are_those_of_the_database_after_a_mixed_load(api):
    ids = api.keep(person(1), person(2), person(3))
    api.post("/candidates", [person(1, skills={"Python": 1}), person(2), {"name": 4}])
    api.post("/candidates", [{"name": 4}])
    api.delete(f"/candidates/{ids[0]}")
    api.delete(f"/candidates/{ids[0]}")
    for _ in range(2):
        api.upload(SHEET)
    api.upload(SHEET, dry_run="true")
    api.upload(SHEET.replace("a1", "a9"))
    api.upload("Name,ID,Python\n")
    for _ in range(2):
        api.post("/candidates", [person(7)], headers={"Idempotency-Key": "k"})

    found = counts(api.client)
    with api.app.extensions["rolefit"].store.reading() as work:
        reports = work._connection.exec_driver_sql("SELECT counts FROM imports").scalars().all()  # noqa: SLF001
        kept = work.count_candidates()
    told = [json.loads(report) for report in reports]
    imported, posted = of_outcomes(found, "import_rows_total"), of_outcomes(found, "posted_candidates_total")
    assert imported == {outcome: sum(one[outcome] for one in told) for outcome in OUTCOMES}
    assert posted == {"created": 4, "updated": 1, "unchanged": 1, "rejected": 1, "ignored": 0}
    assert found[("candidates",)] == kept
    assert kept == imported["created"] + posted["created"] - found[("erased_candidates_total",)]
    assert found["upload_rejected_total", "no_candidates"] == 1


def test_requests_are_counted_by_route_method_and_class_of_status(api):
    for path in ("/roles/ml_engineer", "/roles/data_scientist", "/roles/wizard", "/nowhere", "/elsewhere"):
        api.get(path)
    api.call("BREW", "/roles")
    found = counts(api.client)
    name = "http_server_request_duration_seconds_count"
    assert found[name, "/api/v1/roles/<role>", "2xx", "GET"] == 2
    assert found[name, "/api/v1/roles/<role>", "4xx", "GET"] == 1
    assert found[name, "4xx", "GET", "unmatched"] == 2
    assert found[name, "4xx", "OTHER", "unmatched"] == 1
    assert found["http_server_request_duration_seconds_bucket", "+Inf", "/api/v1/roles/<role>", "2xx", "GET"] == 2


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        ("Ada", "pool.exe", "unsupported_file"),
        ("x" * 70_000, "pool.csv", "too_large"),
        ("1,2\n3,4\n", "pool.csv", "no_header"),
    ],
)
def test_refused_uploads_are_counted_by_reason(tmp_path, content, name, reason):
    app = made(tmp_path, max_upload_bytes=65_536)
    client = app.test_client()
    client.post("/api/v1/imports", data={"file": (io.BytesIO(content.encode()), name)})
    assert counts(client)["upload_rejected_total", reason] == 1
    app.extensions["rolefit"].store.close()


def test_a_parser_that_is_killed_is_counted_by_what_ended_it(app, contract):
    limits = app.extensions["rolefit"].limits
    rehouse(app, limits=replace(limits, memory_bytes=16 * 1024 * 1024))
    response = Driver(app, contract).upload(workbook(["Name", "Python"], ["Ada Example", 4]), "pool.xlsx")
    assert response.json["type"] == "urn:rolefit:problem:parser_died"
    found = counts(app.test_client())
    assert found["upload_rejected_total", "parser_died"] == 1
    assert sum(value for (name, *_), value in found.items() if name == "parser_killed_total") == 1


def test_nobody_is_in_a_label(api):
    sent_everywhere(api)
    assert CANARY.lower() not in api.client.get("/metrics").text.lower()


def test_when_the_database_is_down_the_other_counts_are_still_told(api, tmp_path, monkeypatch):
    monkeypatch.setattr("service.usecases.houses.RENEW_SECONDS", 0)
    api.get("/roles")
    lose(api, tmp_path)
    found = counts(api.client)
    assert math.isnan(found[("candidates",)])
    assert found["http_server_request_duration_seconds_count", "/api/v1/roles", "2xx", "GET"] == 1


def lose(api, tmp_path):
    """Take the database away."""
    api.app.extensions["rolefit"].store.close()
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "rolefit.db").mkdir()


# Readiness


def test_what_is_ready_is_told_with_the_room_on_the_disk(api):
    told = api.get("/readyz").json
    assert told["status"] == "ready"
    assert told["free_bytes"] > 0
    assert told["schema"]


def codes(response):
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    return [error["code"] for error in response.json["errors"]]


def test_a_full_disk_is_not_ready(api, tmp_path):
    rehouse(api.app, running=Running(tmp_path, 10**18))
    assert codes(api.get("/readyz")) == ["disk_full"]


def test_room_is_told_of_a_folder_that_is_not_there_yet(tmp_path):
    assert Running(tmp_path / "a" / "b").free_bytes() > 0


def test_a_service_told_to_stop_is_not_ready_and_still_answers(api):
    api.app.extensions["rolefit"].running.stopping.set()
    assert codes(api.get("/readyz")) == ["stopping"]
    assert api.get("/roles").status_code == api.get("/livez").status_code == 200


def test_every_reason_is_told_at_once(api, tmp_path):
    rehouse(api.app, running=Running(tmp_path, 10**18))
    api.app.extensions["rolefit"].running.stopping.set()
    lose(api, tmp_path)
    assert codes(api.get("/readyz"))[:2] == ["stopping", "disk_full"]
    assert len(codes(api.get("/readyz"))) == 3


# Queues


def test_as_many_files_as_may_be_are_read_at_once_and_others_asked_to_come_again(api):
    running = api.app.extensions["rolefit"].running
    with running.reading_a_file(), running.reading_a_file():
        response = api.upload(SHEET)
        assert response.status_code == 503
        assert response.json["type"] == "urn:rolefit:problem:too_busy"
        assert int(response.headers["Retry-After"]) > 0
        assert api.get("/roles").status_code == 200
    assert api.upload(SHEET).status_code == 201


def test_a_refused_file_gives_its_place_back(api):
    for _ in range(5):
        assert api.upload("Name\n").status_code == 422
    assert api.upload(SHEET).status_code == 201


# Marks


@pytest.mark.parametrize("path", ["/roles", "/roles/ml_engineer", "/matrix"])
def test_what_is_known_is_not_sent_again(api, path):
    first = api.get(path)
    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert api.get(path, headers={"If-None-Match": '"other"'}).data == first.data
    assert first.headers["Cache-Control"] == "no-cache"


def test_the_marks_of_roles_differ(api):
    assert len({api.get(path).headers["ETag"] for path in ("/roles", "/roles/ml_engineer", "/roles/ai_engineer")}) == 3


def test_people_have_no_mark_and_are_not_kept_by_anybody(api):
    (id_,) = api.keep(person())
    for path in ("/candidates", f"/candidates/{id_}", "/shortlists/ml_engineer", "/shortlists/ml_engineer.xlsx"):
        response = api.get(path)
        assert response.headers["Cache-Control"] == "no-store"
        assert "ETag" not in response.headers


def test_a_download_is_sent_whole(api):
    response = api.get("/matrix.xlsx", headers={"Range": "bytes=0-10"})
    assert response.status_code == 200
    assert len(response.data) > 1000


# Cursors


def test_a_cursor_that_was_changed_is_refused_or_is_another_place_in_the_same_list(api):
    ids = api.keep(*(person(number) for number in range(12)))
    cursor = api.get("/candidates?limit=10").json["next_cursor"]
    signs = "AZaz09-_!.=~ "
    changed = {cursor[:at] + sign + cursor[at + 1 :] for at in range(len(cursor)) for sign in signs}
    changed |= {cursor[:at] + sign + cursor[at:] for at in range(len(cursor) + 1) for sign in signs}
    taken = 0
    for other in changed - {cursor}:
        response = api.get("/candidates", query_string={"cursor": other})
        if response.status_code == 200:
            taken += 1
            assert {kept["id"] for kept in response.json["candidates"]} <= set(ids)
        else:
            assert response.status_code == 422
    assert taken < len(changed) / 4
