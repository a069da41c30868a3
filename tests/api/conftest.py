"""A driver for the API. Every answer it gets is held against /openapi.json: status, kind, and every key of the body."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.exceptions import HTTPException

from service.app import create_app
from service.config import Settings

BASE = "/api/v1"
JSON, PROBLEM = "application/json", "application/problem+json"
DOCUMENT = "urn:rolefit:openapi"


class Contract:
    """What /openapi.json promises, read strictly: an object has no key that its schema does not name."""

    def __init__(self, app):
        self.document = app.test_client().get("/openapi.json").json
        strict = deepcopy(self.document)
        close(strict["components"]["schemas"])
        self._registry = Registry().with_resource(DOCUMENT, DRAFT202012.create_resource(strict))
        self._validators = {}

    def check(self, app, response):
        """Assert that an answer is one of those that the document names for its call."""
        kind = response.mimetype
        if response.status_code >= 400:
            assert kind == PROBLEM
            self._validate("/components/schemas/Problem", response.json)
            assert response.json["status"] == response.status_code
        operation = self._operation(app, response.request)
        if operation is None:
            return
        place, responses = operation
        code = str(response.status_code)
        assert code in responses, f"{place}: {code} is not documented"
        shape, at = self._resolved(responses, code, place)
        if response.status_code in (204, 304):
            assert not response.data
            return
        assert kind in shape["content"], f"{place}: {code} is not documented as {kind}"
        if kind in (JSON, PROBLEM):
            self._validate(f"{at}/content/{escaped(kind)}/schema", response.json)

    def _operation(self, app, request):
        try:
            rule, _ = app.url_map.bind("localhost").match(request.path, request.method, return_rule=True)
        except HTTPException:
            return None
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        found = self.document["paths"].get(path, {}).get(request.method.lower())
        place = f"/paths/{escaped(path)}/{request.method.lower()}"
        return (place, found["responses"]) if found else None

    def _resolved(self, responses, code, place):
        shape = responses[code]
        if "$ref" not in shape:
            return shape, f"{place}/responses/{code}"
        name = shape["$ref"].rsplit("/", 1)[-1]
        return self.document["components"]["responses"][name], f"/components/responses/{name}"

    def _validate(self, at, value):
        if at not in self._validators:
            self._validators[at] = Draft202012Validator(
                {"$ref": f"{DOCUMENT}#{at}"},
                registry=self._registry,
                format_checker=Draft202012Validator.FORMAT_CHECKER,
            )
        errors = [f"{error.json_path}: {error.message[:300]}" for error in self._validators[at].iter_errors(value)]
        assert not errors, errors[:5]


def close(schema):
    """Close every object that names its properties, all the way down."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema["properties"], dict):
            schema["additionalProperties"] = False
        for inner in schema.values():
            close(inner)
    elif isinstance(schema, list):
        for inner in schema:
            close(inner)


def escaped(part):
    """Return a key as a step of a pointer inside a URI's fragment."""
    return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


class Driver:
    """Calls the API the way its users do, and checks that each answer keeps the contract."""

    def __init__(self, app, contract):
        self.app, self.contract, self.client = app, contract, app.test_client()

    def call(self, method, path, **options):
        full = path if path.startswith(("/api/", "/livez", "/readyz", "/metrics", "/openapi", "/docs")) else BASE + path
        response = self.client.open(full, method=method, **options)
        response.request.environ["wsgi.input"].close()  # the test client leaves a large upload open
        self.contract.check(self.app, response)
        return response

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, json=None, **options):
        return self.call("POST", path, **({"json": json} if json is not None else {}), **options)

    def delete(self, path):
        return self.call("DELETE", path)

    def upload(self, content, name="candidates.csv", **form):
        file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
        return self.post("/imports", data={"file": (file, name), **form})

    def score(self, *candidates, role="ml_engineer", **options):
        """Score candidates that must all be fine; return the whole answer."""
        response = self.post("/scores", {"role": role, "candidates": list(candidates), **options})
        assert response.status_code == 200, response.json
        return response.json

    def keep(self, *candidates):
        """Store candidates that must all be fine; return their ids."""
        response = self.post("/candidates", list(candidates))
        assert response.status_code in (200, 201), response.json
        assert not response.json["counts"]["rejected"], response.json
        return [result["id"] for result in response.json["results"]]

    def total(self):
        """Return how many candidates are kept."""
        return self.get("/candidates?limit=1").json["total"]


@pytest.fixture(scope="session")
def contract(tmp_path_factory):
    app = create_app(Settings(data=tmp_path_factory.mktemp("contract")))
    yield Contract(app)
    app.extensions["rolefit"].store.close()


def rehouse(app, **changes):
    """Change what an app works with."""
    houses = app.extensions["rolefit.houses"]
    houses.main = app.extensions["rolefit"] = replace(houses.main, **changes)


@pytest.fixture
def api(app, contract):
    return Driver(app, contract)


@pytest.fixture(scope="module")
def shared_api(tmp_path_factory, contract):
    """A driver that the tests of a module share, for those that do not care what others kept."""
    app = create_app(Settings(data=tmp_path_factory.mktemp("data")))
    yield Driver(app, contract)
    app.extensions["rolefit"].store.close()


@pytest.fixture(scope="module")
def small_api(tmp_path_factory, contract):
    """A driver for a service with small limits: 4 KiB of JSON, 8 KiB of upload."""
    settings = Settings(data=tmp_path_factory.mktemp("small"), max_json_bytes=4096, max_upload_bytes=8192)
    app = create_app(settings)
    yield Driver(app, contract)
    app.extensions["rolefit"].store.close()
