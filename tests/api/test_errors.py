"""Every refusal is the same kind of answer: a problem that says all that is wrong, and nothing of the inside."""

import io
import json
import re
from functools import partial

import pytest
from api.people import ROLES, csv_text, person

from service import access

SCORES, CANDIDATES, IMPORTS = "/scores", "/candidates", "/imports"
GOOD = {"role": "ml_engineer", "candidates": [person()]}
MEMBERS = {"type", "title", "status", "detail", "instance", "request_id", "errors"}
INSIDE = re.compile(
    r'Traceback|File "|\.py\b|/(?:work|tmp|home|usr|root|var)/|site-packages|SELECT |INSERT |sqlite3?\b|sqlalchemy'
    r"|marshmallow|werkzeug|\bself\b|0x[0-9a-f]{6}",
    re.IGNORECASE,
)
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
MISSING = "00000000000000000000000000000000"


def get(path, **options):
    return lambda api: api.get(path, **options)


def post(path, json):
    return lambda api: api.post(path, json)


def raw(path, data, kind="application/json"):
    return lambda api: api.post(path, data=data, content_type=kind)


def score(**changes):
    return post(SCORES, {**GOOD, **changes})


def upload(content, name="pool.csv", **form):
    return lambda api: api.upload(content, name, **form)


def form(**fields):
    return lambda api: api.post(IMPORTS, data=fields, content_type="multipart/form-data")


def two_files(api):
    files = [(io.BytesIO(b"Name,Python\nA,1\n"), "a.csv"), (io.BytesIO(b"Name,Python\nB,2\n"), "b.csv")]
    return api.post(IMPORTS, data={"file": files}, content_type="multipart/form-data")


def other(method, path):
    return lambda api: api.call(method, path)


def nested(depth):
    return b'{"candidates": ' + b"[" * depth + b"]" * depth + b"}"


SHEET = csv_text(["Name", "Python"], ["Ada Example", 4])

REFUSALS = {
    # No such thing
    "no such route": (404, get("/nowhere")),
    "no such page": (404, get("/docs/nowhere")),
    "no such asset": (404, get("/docs/assets/nowhere.js")),
    "an asset outside its folder": (404, get("/docs/assets/../docs.html")),
    "no such role": (404, get("/roles/wizard")),
    "no such candidate": (404, get(f"/candidates/{MISSING}")),
    "an id that is none": (404, get("/candidates/' OR 1=1 --")),
    "an id with a null": (404, get("/candidates/a%00b")),
    "an id that is no UTF-8": (404, get("/candidates/%ff%fe")),
    "scores of nobody": (404, get(f"/candidates/{MISSING}/scores")),
    "scores for no such role": (404, get(f"/candidates/{MISSING}/scores?role=wizard")),
    "erasing nobody": (404, other("DELETE", f"/candidates/{MISSING}")),
    "no such import": (404, get(f"/imports/{MISSING}")),
    "rejected rows of no import": (404, get(f"/imports/{MISSING}/rejected.xlsx")),
    "a shortlist for no such role": (404, get("/shortlists/wizard")),
    "a workbook for no such role": (404, get("/shortlists/wizard.xlsx")),
    "a CSV file for no such role": (404, get("/shortlists/wizard.csv")),
    "a template for no such role": (404, get("/templates/candidates.xlsx?role=wizard")),
    # The wrong way
    "a method that is not there": (405, other("PUT", "/roles")),
    "deleting all candidates": (405, other("DELETE", "/candidates")),
    "reading where one writes": (405, get("/scores")),
    "a method that nobody knows": (405, other("BREW", "/roles")),
    # Too much
    "JSON over the limit": (413, raw(SCORES, b" " * 5000)),
    "candidates over the limit": (413, raw(CANDIDATES, b" " * 5000)),
    "an upload over the limit": (413, upload(b"Name,Python\n" + b"A,1\n" * 3000)),
    "a field of a form over the limit": (413, upload(SHEET, mapping="x" * 5000)),
    "too many parts of a form": (413, form(**{f"f{number}": "x" for number in range(30)})),
    # Of the wrong kind
    "JSON said to be a form": (415, raw(SCORES, b"{}", "application/x-www-form-urlencoded")),
    "JSON said to be text": (415, raw(CANDIDATES, b"{}", "text/plain")),
    "JSON said to be nothing": (415, raw(SCORES, b"{}", None)),
    "a text file without text": (422, upload(b" \n", "pool.txt")),
    "a picture": (415, upload(b"Ada", "pool.png")),
    "a file without an ending": (415, upload(b"Ada", "pool")),
    "a text named .xlsx": (415, upload(b"Ada", "pool.xlsx")),
    "a program named .csv": (422, upload(b"MZ\x90\x00" + bytes(200), "pool.csv")),
    # Not JSON
    "nothing": (400, raw(SCORES, b"")),
    "white space": (400, raw(SCORES, b" \n")),
    "half an object": (400, raw(SCORES, b'{"role": ')),
    "NaN": (400, raw(SCORES, b'{"role": NaN}')),
    "Infinity": (400, raw(CANDIDATES, b'{"name": "A", "years_experience": Infinity}')),
    "a number beyond a double": (400, raw(CANDIDATES, b'{"name": "A", "years_experience": 1e999}')),
    "a key twice": (400, raw(SCORES, b'{"role": "ml_engineer", "role": "data_engineer"}')),
    "a key twice, deep inside": (400, raw(CANDIDATES, b'{"name": "A", "skills": {"Python": 1, "Python": 5}}')),
    "a key twice, once escaped": (400, raw(CANDIDATES, b'{"name": "A", "n\\u0061me": "B"}')),
    "nesting": (400, raw(SCORES, nested(40))),
    "endless nesting": (400, raw(SCORES, nested(1800))),
    "half a surrogate pair": (400, raw(CANDIDATES, b'{"name": "\\ud800"}')),
    "bytes that are no UTF-8": (400, raw(CANDIDATES, b'{"name": "\xff"}')),
    "a file of half an object": (400, upload(b'{"name": ', "pool.json")),
    "a mapping that is no JSON": (400, upload(SHEET, mapping="{")),
    "a host that is not ours": (400, get("/roles", headers={"Host": "evil.example"})),
    # JSON that says what cannot be
    "no object": (422, post(SCORES, [])),
    "null": (422, raw(SCORES, b"null")),
    "no candidates at all": (422, post(SCORES, {"role": "all"})),
    "an empty list": (422, score(candidates=[])),
    "no role": (422, post(SCORES, {"candidates": [person()]})),
    "an unknown role": (422, score(role="wizard")),
    "an unknown role among good ones": (422, score(role=["ml_engineer", "wizard"])),
    "no role in a list": (422, score(role=[])),
    "a role that is a number": (422, score(role=3)),
    "an unknown seniority": (422, score(seniority="wizard")),
    "a seniority that is null": (422, score(seniority=None)),
    "a day that is none": (422, score(as_of="2026-02-30")),
    "candidates that are no list": (422, score(candidates="Ada")),
    "an unknown option": (422, score(senority="mid")),
    "an unknown weight": (422, score(weights={"criteria": {"juggling": 3}})),
    "a weight below zero": (422, score(weights={"parts": {"nice": -1}})),
    "a weight that is half": (422, score(weights={"parts": {"nice": 0.5}})),
    "weights that are all zero": (422, score(weights={"parts": {"required": 0, "nice": 0, "seniority": 0}})),
    "nobody": (422, score(candidates=[{"skills": {"Python": 4}}])),
    "a form of candidates not read": (422, score(format="carrier_pigeon")),
    "no candidate to keep": (422, post(CANDIDATES, [])),
    "candidates to keep that are none": (422, post(CANDIDATES, {"candidates": 3})),
    "a source that is blank": (422, post(CANDIDATES, {"candidates": [person()], "source": ""})),
    "a source without end": (422, post(CANDIDATES, {"candidates": [person()], "source": "x" * 101})),
    "a source that is a number": (422, post(CANDIDATES, {"candidates": [person()], "source": 3})),
    "a form named beside the list that is not read": (422, post(CANDIDATES, {"candidates": [person()], "format": "x"})),
    "a form named in the query that is not read": (422, post("/candidates?format=x", person())),
    # Query strings
    "an unknown parameter": (422, get("/candidates?lmit=3")),
    "an unknown parameter of a shortlist": (422, get("/shortlists/ml_engineer?level=senior")),
    "a cursor that is none": (422, get("/candidates?cursor=!!")),
    "a cursor of another's": (422, get("/candidates?cursor=MTIz")),
    "a cursor far too large": (422, get("/candidates?cursor=Yzk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")),
    "a limit of none": (422, get("/candidates?limit=0")),
    "a limit too large": (422, get("/candidates?limit=201")),
    "a limit that is a word": (422, get("/candidates?limit=many")),
    "a seniority that is none": (422, get("/shortlists/ml_engineer?seniority=wizard")),
    "a gate that is none": (422, get("/shortlists/ml_engineer.csv?gate=open")),
    "a top of none": (422, get("/shortlists/ml_engineer.xlsx?top=0")),
    "an as_of that is none": (422, get("/shortlists/ml_engineer?as_of=tomorrow")),
    # Files
    "two files": (422, two_files),
    "no file": (422, form(dry_run="true")),
    "a file that is a field": (422, form(file="Name,Python")),
    "an empty file": (422, upload(b"")),
    "a header alone": (422, upload(b"Name,Python\n")),
    "no header": (422, upload(b"1,2\n3,4\n")),
    "an unknown field of the form": (422, upload(SHEET, dryrun="true")),
    "a dry_run that is neither": (422, upload(SHEET, dry_run="perhaps")),
    "a mapping to nothing we know": (422, upload(SHEET, mapping='{"Python": "skill:klingon"}')),
    "a mapping that is no object": (422, upload(SHEET, mapping="[1]")),
    "JSON with nobody in it": (422, upload(b"[]", "pool.json")),
}


@pytest.mark.parametrize(("status", "call"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_a_problem_that_says_nothing_of_the_inside(small_api, status, call):
    response = call(small_api)
    problem = response.json
    assert response.status_code == status, problem
    assert response.mimetype == "application/problem+json"
    assert set(problem) == MEMBERS
    assert problem["status"] == status
    assert problem["type"] == "about:blank" or problem["type"].startswith("urn:rolefit:problem:")
    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"].startswith("/")
    assert problem["request_id"] == response.headers["X-Request-ID"]
    assert not INSIDE.search(response.text.replace(problem["instance"], ""))
    for error in problem["errors"]:
        assert error["code"]
        assert error["detail"]
        assert {"pointer", "parameter", "row"} & set(error)
    for name, value in SECURITY.items():
        assert response.headers.get(name) == value, name
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_nothing_was_kept_of_all_that_was_refused(small_api):
    for _, call in REFUSALS.values():
        call(small_api)
    assert small_api.total() == 0


def test_a_request_that_cannot_be_used_names_a_place_for_every_mistake(small_api):
    place_less = {
        "a program named .csv",
        "an empty file",
        "a text file without text",
        "a header alone",
        "no header",
        "JSON with nobody in it",
    }
    asked = {name: call for name, (status, call) in REFUSALS.items() if status == 422 and name not in place_less}
    assert [name for name, call in asked.items() if not call(small_api).json["errors"]] == []


def test_a_method_that_is_not_there_names_those_that_are(small_api):
    assert set(small_api.call("PUT", "/candidates").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_json_is_taken_up_to_a_mebibyte_and_uploads_beyond_it(shared_api):
    fits = b'{"role": "ml_engineer", "candidates": [{"name": "A"}]}'
    assert shared_api.post(SCORES, data=fits.ljust(2**20), content_type="application/json").status_code == 200
    over = shared_api.post(SCORES, data=fits.ljust(2**20 + 1), content_type="application/json")
    assert (over.status_code, over.json["detail"]) == (413, "The request is larger than 1 MiB.")
    rows = "".join(f"{number},4,{'x' * 100}\n" for number in range(12_000))
    assert shared_api.upload(f"Name,Python,Notes\n{rows}", dry_run="true").status_code == 200


@pytest.mark.parametrize(
    "call",
    [score(role="wizard"), get("/roles/wizard"), get("/shortlists/wizard"), get("/templates/candidates.xlsx?role=x")],
)
def test_an_unknown_role_is_answered_with_those_there_are(small_api, call):
    detail = call(small_api).json["detail"]
    assert [role for role in ROLES if role in detail] == ROLES


def test_an_unknown_seniority_is_answered_with_those_there_are(small_api):
    for call in (score(seniority="wizard"), get("/shortlists/ml_engineer?seniority=wizard")):
        assert "junior, mid, senior" in call(small_api).text


WRONG_TYPES = {
    "/external_id": {"external_id": 1.5},
    "/name": {"name": ["Ada"]},
    "/email": {"email": 3},
    "/years_experience": {"years_experience": "six"},
    "/skills": {"skills": 4},
    "/skills/Python": {"skills": {"Python": [4]}},
    "/skills/a~1b~0c": {"skills": {"a/b~c": 9}},
    "/skills/0/name": {"skills": [{"level": 3}]},
    "/skills/1/level": {"skills": ["Go", {"name": "Python", "level": 5.1}]},
    "/skills/0/years": {"skills": [{"name": "Python", "years": -1}]},
    "/skills/0/kind": {"skills": [{"name": "Python", "kind": "dreamt"}]},
    "/skills/0/last_used": {"skills": [{"name": "Python", "last_used": True}]},
    "/jobs": {"jobs": {}},
    "/jobs/0": {"jobs": ["Engineer"]},
    "/jobs/0/start": {"jobs": [{"start": 20.5}]},
    "/jobs/0/skills/0/level": {"jobs": [{"skills": [{"name": "Python", "level": -1}]}]},
    "/projects/0/delivered": {"projects": [{"delivered": "yes"}]},
    "/certificates/0/name": {"certificates": [{"name": 3}]},
    "/assessments/0/score": {"assessments": [{"skill": "Python", "score": "9"}]},
    "/markers": {"markers": ["senior"]},
    "/markers/senior.build_or_buy": {"markers": {"senior.build_or_buy": "yes"}},
    "/text": {"text": 3},
}


@pytest.mark.parametrize(("pointer", "changes"), WRONG_TYPES.items(), ids=WRONG_TYPES)
def test_a_value_of_the_wrong_type_is_pointed_at(small_api, pointer, changes):
    answer = small_api.post(SCORES, {**GOOD, "candidates": [{**person(), **changes}]})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"/candidates/0{pointer}"]
    answer = small_api.post(CANDIDATES, [{**person(), **changes}])
    assert [error["pointer"] for error in answer.json["errors"]] == [f"/0{pointer}"]


def test_in_a_batch_a_bad_value_costs_the_value(api):
    bad = [person(number, **changes) for number, changes in enumerate(WRONG_TYPES.values())]
    bad = [one for one in bad if isinstance(one["external_id"], str) and one.get("jobs") != {}]  # {} says nothing
    for path, body, at in ((CANDIDATES, bad, ""), (SCORES, {**GOOD, "candidates": bad}, "/candidates")):
        answer = api.post(path, body)
        assert answer.status_code in (200, 201)
        assert not any("errors" in one for one in answer.json["results"])
        told = [one["ignored"][0]["pointer"] for one in answer.json["results"]]
        assert all(pointer.startswith(f"{at}/{number}/") for number, pointer in enumerate(told))


def test_all_mistakes_of_a_request_are_told_at_once(small_api):
    wrong = {key: value for changes in WRONG_TYPES.values() for key, value in changes.items()}
    body = {"role": "wizard", "seniority": "x", "as_of": "x", "typo": 1, "candidates": [wrong, 3, {"name": 1}]}
    body["weights"] = {"parts": {"nice": -1}, "criteria": {"juggling": "x"}}
    pointers = {error["pointer"] for error in small_api.post(SCORES, body).json["errors"]}
    assert {
        "/role", "/seniority", "/as_of", "/typo", "/weights/parts/nice", "/candidates/0/markers/senior.build_or_buy",
        "/candidates/0/jobs/0/skills/0/level", "/candidates/1", "/candidates/2/name",
    } <= pointers  # fmt: skip
    assert any(pointer.startswith("/weights/criteria/juggling") for pointer in pointers)


def test_all_mistakes_of_a_query_are_told_at_once(small_api):
    problem = small_api.get("/shortlists/ml_engineer?seniority=x&top=0&gate=x&typo=1&as_of=x").json
    assert {error["parameter"] for error in problem["errors"]} == {"seniority", "top", "gate", "typo", "as_of"}


# The request's id, and headers


@pytest.mark.parametrize("path", ["/roles", "/nowhere", "/livez", "/docs"])
def test_the_id_of_a_request_is_given_back(small_api, path):
    response = small_api.get(path, headers={"X-Request-ID": "ticket-42:a.b_c"})
    assert response.headers["X-Request-ID"] == "ticket-42:a.b_c"
    if response.status_code >= 400:
        assert response.json["request_id"] == "ticket-42:a.b_c"


@pytest.mark.parametrize("sent", ["", "a b", "<script>", "x" * 101, "ä", "a;b", "a%0d%0aSet-Cookie:x", "{{7*7}}"])
def test_a_hostile_id_of_a_request_is_replaced(small_api, sent):
    response = small_api.get("/nowhere", headers={"X-Request-ID": sent})
    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])
    assert response.json["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "path", ["/roles", "/matrix.xlsx", "/shortlists/ml_engineer.csv", "/livez", "/docs", "/openapi.json", "/candidates"]
)
def test_every_answer_has_the_headers_that_keep_a_browser_in_bounds(small_api, path):
    response = small_api.get(path)
    assert response.status_code == 200
    kept_for_asking_again = {"Cache-Control": "no-cache"} if path == "/roles" else {}
    for name, value in (SECURITY | kept_for_asking_again).items():
        assert response.headers.get(name) == value, name
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a@b", "["])
@pytest.mark.parametrize("path", ["/roles", "/livez", "/docs", "/openapi.json"])
def test_a_host_that_is_not_ours_gets_nothing(small_api, path, host):
    response = small_api.client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000"])
def test_our_own_hosts_are_served(small_api, host):
    assert small_api.client.get("/livez", headers={"Host": host}).status_code == 200


# Defects


def defect(error):
    raise error


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("SELECT secret FROM /tmp"),
        KeyError("x"),
        RecursionError(),
        MemoryError(),
        OSError(28, "full"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_defect_of_ours_is_a_problem_without_a_trace(app, capsys, monkeypatch, error):
    monkeypatch.setitem(access.SCOPES, "defect", access.PUBLIC)
    app.add_url_rule("/defect", "defect", partial(defect, error))
    response = app.test_client().get("/defect", headers={"X-Request-ID": "ticket-7"})
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert set(response.json) == MEMBERS
    assert response.json["request_id"] == "ticket-7"
    assert not INSIDE.search(response.text)
    assert "secret" not in response.text
    logged = capsys.readouterr().err
    (line,) = [line for line in map(json.loads, logged.splitlines()) if line["event"] == "defect"]
    assert line["request_id"] == "ticket-7"
    assert line["error"] == f"builtins.{type(error).__name__}"
    assert line["places"][-1].endswith(" defect")
    assert "secret" not in logged
    for name, value in SECURITY.items():
        assert response.headers.get(name) == value, name
