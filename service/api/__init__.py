"""The door for programs: `/api/v1`, its documentation, and the probes of those who run it."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from service.api import (
    audit,
    candidates,
    decisions,
    docs,
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
    """Documents what its calls have in common, which are the refusals, as problems."""

    ERROR_SCHEMA = Problem
    DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM


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
        *(whatif, preferences, robustness, audit, versions, health),
    ):
        api.register_blueprint(room.blueprint, url_prefix=BASE)
    app.register_blueprint(health.blueprint, name="probes")
    app.register_blueprint(docs.blueprint)
    problems.register(app)
