"""A request sent again under its key is done once, and answered as it was."""

import io
import threading
from datetime import UTC, datetime, timedelta

import pytest
from api.conftest import rehouse
from api.people import csv_text, person

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
SHEET = csv_text(["Name", "ID", "Python"], ["Ada Example", "a1", 4], ["Bo Example", "b2", "klingon"], ["", "", 3])


def post(api, body, key=KEY, path="/candidates"):
    return api.post(path, body, headers=key)


def upload(api, content=SHEET, key=KEY, name="pool.csv", **form):
    return api.post("/imports", data={"file": (io.BytesIO(content.encode()), name), **form}, headers=key)


def replayed(response):
    return response.headers.get("Idempotent-Replayed") == "true"


def imports_kept(api):
    with api.app.extensions["rolefit"].store.reading() as work:
        return work._connection.exec_driver_sql("SELECT count(*) FROM imports").scalar_one()  # noqa: SLF001


def test_candidates_sent_again_are_answered_as_the_first_time(api):
    first, again = post(api, [person(1), {"name": 3}]), post(api, [person(1), {"name": 3}])
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert [replayed(first), replayed(again)] == [False, True]
    assert api.total() == 1


def test_a_replay_does_not_bring_back_what_was_changed_since(api):
    post(api, person())
    api.keep(person(skills={"Python": 1}))
    assert post(api, person()).json["results"][0]["outcome"] == "created"
    (id_,) = [kept["id"] for kept in api.get("/candidates").json["candidates"]]
    piece = api.get(f"/candidates/{id_}/scores?role=ml_engineer").json["results"][0]["criteria"][0]
    assert piece["level_high"] == 1


def test_an_import_sent_again_is_one_import(api):
    first = upload(api)
    again = upload(api)  # a form's boundary differs each time
    assert first.status_code == again.status_code == 201
    assert first.data == again.data
    assert first.headers["Location"] == again.headers["Location"]
    assert [replayed(first), replayed(again)] == [False, True]
    assert imports_kept(api) == 1


@pytest.mark.parametrize(
    "other",
    [
        lambda api: upload(api, SHEET.replace("Ada", "Eve")),
        lambda api: upload(api, name="other.csv"),
        lambda api: upload(api, source="agency"),
        lambda api: upload(api, dry_run="true"),
    ],
)
def test_another_import_under_the_same_key_is_refused(api, other):
    upload(api)
    response = other(api)
    assert response.status_code == 422
    assert response.json["type"] == "urn:rolefit:problem:idempotency_key_reused"
    assert imports_kept(api) == 1


@pytest.mark.parametrize(("path", "body"), [("/candidates", person(2)), ("/candidates?source=agency", person(1))])
def test_another_request_under_the_same_key_is_refused(api, path, body):
    post(api, person(1))
    response = post(api, body, path=path)
    assert response.status_code == 422
    assert response.json["errors"][0]["parameter"] == "Idempotency-Key"
    assert api.total() == 1


def test_a_key_belongs_to_its_route(api):
    assert post(api, person()).status_code == upload(api).status_code == 201
    assert replayed(post(api, person()))
    assert replayed(upload(api))


def test_a_key_may_stand_in_quotation_marks(api):
    post(api, person())
    assert replayed(post(api, person(), {"Idempotency-Key": f'"{KEY["Idempotency-Key"]}"'}))


@pytest.mark.parametrize("sent", ["", " ", "a b", "x" * 256, "ä", "a,b", '"', "a\tb", "<script>", "a;b=c"])
@pytest.mark.parametrize("call", [lambda api, key: post(api, person(), key), lambda api, key: upload(api, key=key)])
def test_a_malformed_key_is_refused(api, sent, call):
    response = call(api, {"Idempotency-Key": sent})
    assert response.status_code == 400
    assert response.json["type"] == "urn:rolefit:problem:bad_idempotency_key"
    assert api.total() == 0


def test_a_refusal_is_not_kept_so_that_the_request_may_be_mended(api):
    assert post(api, {"name": 3}).status_code == 422
    assert upload(api, "Name\n").status_code == 422
    assert post(api, person()).status_code == 201
    assert upload(api).status_code == 201


def test_a_dry_run_keeps_no_key(api):
    assert upload(api, dry_run="true").status_code == 200
    assert not replayed(upload(api, dry_run="true"))
    assert upload(api).status_code == 201


def test_while_the_first_is_at_work_the_second_is_too_early(api):
    house = api.app.extensions["rolefit"]
    answers = []
    with house.store.transaction():  # the first waits here for its turn to write
        first = threading.Thread(target=lambda: answers.append(post(api, person())))
        first.start()
        wait_for(lambda: api.app.extensions["rolefit.in_flight"]._keys)  # noqa: SLF001 - to be sure that it waits
        second = post(api, person())
    first.join(timeout=10)
    assert second.status_code == 409
    assert second.json["type"] == "urn:rolefit:problem:idempotency_in_flight"
    assert [answer.status_code for answer in answers] == [201]
    assert replayed(post(api, person()))


def wait_for(condition):
    done = threading.Event()
    for _ in range(1000):
        if condition():
            return
        done.wait(0.005)
    pytest.fail("it never came")


def test_of_many_at_once_one_is_done(api):
    answers = []
    crowd = [threading.Thread(target=lambda: answers.append(upload(api))) for _ in range(6)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(timeout=30)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert sum(answer.status_code == 201 and not replayed(answer) for answer in answers) == 1
    assert imports_kept(api) == 1


def test_another_process_that_was_first_is_answered_for(api, monkeypatch):
    post(api, person())
    found = []
    from service.store.idempotency import Answers  # noqa: PLC0415 - only here

    look = Answers.find

    def blind_at_first(answers, *place, **since):
        found.append(look(answers, *place, **since))
        return found[-1] if len(found) > 1 else None

    monkeypatch.setattr(Answers, "find", blind_at_first)
    again = post(api, person())
    assert (again.status_code, replayed(again), len(found)) == (201, True, 2)


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock(api):
    clock = Clock()
    rehouse(api.app, now=clock)
    return clock


@pytest.mark.parametrize(("hours", "known"), [(23, True), (25, False)])
def test_a_key_is_kept_for_a_day(api, clock, hours, known):
    post(api, person())
    clock.now += timedelta(hours=hours)
    assert replayed(post(api, person())) is known


def test_what_is_too_old_is_swept(api, clock):
    post(api, person())
    clock.now += timedelta(hours=25)
    post(api, person(2), {"Idempotency-Key": "other"})
    with api.app.extensions["rolefit"].store.reading() as work:
        keys = work._connection.exec_driver_sql("SELECT key FROM idempotency_keys").scalars().all()  # noqa: SLF001
    assert keys == ["other"]


def test_an_erased_person_is_gone_from_answers_and_is_not_brought_back(api, tmp_path):
    name = "Zebulon Quartermain-Oyelaran"
    (kept,) = post(api, person(name=name)).json["results"]
    assert api.delete(f"/candidates/{kept['id']}").status_code == 204
    response = post(api, person(name=name))
    assert response.status_code == 409
    assert response.json["type"] == "urn:rolefit:problem:idempotency_forgotten"
    assert api.total() == 0
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert name.encode() not in on_disk


def test_what_failed_inside_leaves_neither_effect_nor_key(api, monkeypatch):
    from service.store.idempotency import Answers  # noqa: PLC0415 - only here

    def fail(*_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(Answers, "keep", fail)
        assert post(api, person()).status_code == 500
    assert api.total() == 0
    assert post(api, person()).json["results"][0]["outcome"] == "created"
