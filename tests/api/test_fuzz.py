"""Requests made up from /openapi.json, right ones and wrong ones: each is answered as the document says, and never 5xx.

Schemathesis makes them, the same in every run. `default` documents nothing here: a status has to be named.
"""

import io
from collections import Counter

import pytest
import schemathesis
from api.people import ROLES, csv_text, person
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup

from service.app import create_app
from service.config import Settings

pytestmark = pytest.mark.slow

SEED = 20261120
RULES = settings(
    max_examples=24,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NOT_ASKED = "positive_data_acceptance"
"""The check that is left out: what a schema cannot say, as that a file's name fits its bytes, is refused with 422."""

SOMEBODY = {
    "type": "object",
    "properties": {"name": {"type": "string", "pattern": "^[A-Za-z]{1,40}$"}, "skills": {"$ref": "#/x-skills"}},
    "required": ["name"],
}
COLUMNS = {"Py": "skill:python"}
SKILLS = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 5}}


@pytest.fixture
def app(tmp_path):
    app = create_app(Settings(data=tmp_path, log="off"))
    yield app
    app.extensions["rolefit"].store.close()


@pytest.fixture
def known(client):
    """The roles and ids there are."""
    people = client.post("/api/v1/candidates", json=[person(number) for number in range(5)]).json["results"]
    sheet = io.BytesIO(csv_text(["Name", "Python"], ["Ada Example", 4], ["", 3]).encode())
    report = client.post("/api/v1/imports", data={"file": (sheet, "pool.csv")}).json
    client.put("/api/v1/mappings/mine", json={"columns": COLUMNS})
    return {
        "role": ROLES,
        "candidate_id": [kept["id"] for kept in people],
        "other_id": [kept["id"] for kept in people],
        "import_id": [report["id"]],
        "snapshot_id": [client.post("/api/v1/shortlists/ml_engineer/snapshots").json["id"]],
        "name": ["mine"],
        "version": [1],
        "from": [1],
        "to": [1],
        "document": client.get("/api/v1/rubrics.json?role=ml_engineer").json["rubrics"][0],
    }


def sharpen(document, known):
    """Say which ids and roles there are, and who is somebody: right requests then get past the first look-up."""
    for item in document["paths"].values():
        for holder in (item, *(operation for operation in item.values() if isinstance(operation, dict))):
            for parameter in holder.get("parameters", ()):
                if parameter["name"] in known:
                    parameter["schema"]["enum"] = known[parameter["name"]]
    document["x-skills"] = SKILLS
    score = document["components"]["schemas"]["ScoreRequest"]["properties"]
    score["role"] = {"enum": [*ROLES, "all"]}
    score["candidates"]["items"] = SOMEBODY
    document["components"]["schemas"]["EvidenceRequest"]["properties"]["candidates"]["items"] = SOMEBODY
    document["components"]["schemas"]["Merge"]["properties"]["with"]["enum"] = known["candidate_id"]
    document["components"]["schemas"]["Decision"]["properties"]["role"]["enum"] = ROLES
    document["components"]["schemas"]["CandidateChanges"]["properties"]["role"]["enum"] = ROLES
    for who in document["components"]["schemas"]["Pair"]["properties"].values():
        who["enum"] = known["candidate_id"]
    document["components"]["schemas"]["Mapping"]["properties"]["columns"] = {"const": COLUMNS}
    document["components"]["schemas"]["JobDescription"]["properties"]["text"] = {"const": "Must have: Python"}
    rubric = document["paths"]["/api/v1/roles/{role}/versions"]["post"]["requestBody"]["content"]["application/json"]
    rubric["schema"] = {"const": {name: value for name, value in known["document"].items() if name != "role"}}
    body = document["paths"]["/api/v1/candidates"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = {"type": "array", "items": SOMEBODY, "minItems": 1}


def operations(app, known=None):
    """Return every call of the document, those that erase behind those that look."""
    document = schemathesis.openapi.from_wsgi("/openapi.json", app, config=schemathesis.Config(seed=SEED))
    if known:
        sharpen(document.raw_schema, known)
    found = [one.ok() for one in document.get_all_operations()]
    # What is merged can be taken apart only while there is somebody.
    return sorted(found, key=lambda operation: (operation.method == "delete", "merge" not in operation.path))


def ask(operation, mode, told, wrong):
    """Ask one call many times; add to `told` how it answered, to `wrong` how not."""

    @seed(SEED)
    @RULES
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        response = case.call()
        told[operation.label, response.status_code] += 1
        if str(response.status_code) not in operation.definition.raw["responses"]:
            wrong.append(f"{operation.label}: {response.status_code} is not documented: {case.as_curl_command()}")
        if response.status_code == 413:
            return  # what is too large is refused before it is looked at
        try:
            case.validate_response(response, checks=[one for one in CHECKS.get_all() if one.__name__ != NOT_ASKED])
        except FailureGroup as failures:
            wrong.extend(f"{operation.label}: {one.title}: {one.message}" for one in failures.exceptions)

    try:
        run()
    except Unsatisfiable:
        told[operation.label, "cannot be asked wrongly"] += 1


def test_right_requests_are_answered_as_documented(app, known):
    calls = operations(app, known)
    told, wrong = Counter(), []
    for operation in calls:
        ask(operation, GenerationMode.POSITIVE, told, wrong)
    print(told)
    assert wrong == []
    assert told.total() > 350
    good = {label for label, status in told if status in (200, 201, 204)}
    with_files = {"POST /api/v1/imports", "DELETE /api/v1/imports/{import_id}", "POST /api/v1/rubrics"}
    after_these = {"DELETE /api/v1/roles/{role}/versions"}
    missing = {operation.label for operation in calls} - good
    assert missing == with_files | after_these, "files, and what was published, have tests of their own"


def test_wrong_requests_are_refused_as_documented(app):
    told, wrong = Counter(), []
    for operation in operations(app):
        ask(operation, GenerationMode.NEGATIVE, told, wrong)
    print(told)
    assert wrong == []
    assert told.total() > 350
    # Whether a 415 is drawn too hangs on the constants of all our code: the errors' own tests hold it.
    assert {400, 422} <= {status for _, status in told}
