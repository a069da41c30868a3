"""The door for programs: `/api/v1`, its documentation, and the probes of those who run it."""

from __future__ import annotations

from threading import Lock
from typing import Any

from flask import Flask, Response
from flask_smorest import Api, Blueprint

from service.api import (
    audit,
    candidates,
    decisions,
    docs,
    drafts,
    duplicates,
    evidence,
    health,
    imports,
    mappings,
    preferences,
    problems,
    robustness,
    roles,
    scores,
    shortlists,
    versions,
    whatif,
)
from service.api.idempotency import InFlight
from service.api.wire import PROBLEM, OrjsonProvider
from service.schemas.answers import Problem
from service.usecases import House

BASE = "/api/v1"


class ProblemApi(Api):
    """Documents what its calls have in common, which are the refusals, as problems.

    The document is made when it is first asked for: making it takes longer than the rest of a start.
    """

    ERROR_SCHEMA = Problem
    DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM

    def __init__(self, app: Flask) -> None:
        self._document: str | None = None
        self._blueprints: list[Blueprint] = []
        self._lock = Lock()
        super().__init__(app)

    def register_blueprint(self, blueprint: Blueprint, **options: Any) -> None:
        """Register a blueprint in the app, and remember to document it."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
        self._app.register_blueprint(blueprint, **options)
        self._blueprints.append(blueprint)

    def _openapi_json(self) -> Response:
        with self._lock:
            self._document = self._document or self._documented()
        return self._app.response_class(self._document, mimetype="application/json")

    def _documented(self) -> str:
        for blueprint in self._blueprints:
            blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
            self.spec.tag({"name": blueprint.name, "description": blueprint.description})
        return self._app.json.dumps(self.spec.to_dict(), indent=2, sort_keys=False)


def register(app: Flask, house: House) -> None:
    """Open the door on an app."""
    app.config |= {
        "API_TITLE": "Rolefit",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/",
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {"info": {"description": docs.DESCRIPTION, "license": {"name": "Apache-2.0"}}},
    }
    app.json = OrjsonProvider(app)
    app.extensions["rolefit"] = house
    app.extensions["rolefit.in_flight"] = InFlight()
    api = ProblemApi(app)
    for room in (
        *(roles, scores, evidence, candidates, decisions, duplicates, imports, mappings, shortlists),
        *(whatif, preferences, robustness, audit, versions, drafts, health),
    ):
        api.register_blueprint(room.blueprint, url_prefix=BASE)
    app.register_blueprint(health.blueprint, name="probes")
    app.register_blueprint(docs.blueprint)
    problems.register(app)
