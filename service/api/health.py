"""Probes: alive without touching anything, ready with the database written and read back."""

from __future__ import annotations

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, reply
from service.schemas.answers import Alive, Ready

blueprint = Blueprint("health", __name__, description="Probes")


@blueprint.get("/livez")
@blueprint.response(200, Alive)
def livez() -> Response:
    """Say that the process answers."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
@blueprint.response(200, Ready)
@blueprint.alt_response(503, description="The database cannot be used now")
def readyz() -> Response:
    """Say that requests can be served: the rubrics are loaded, the database can be written and read."""
    building = house()
    return reply({"status": "ready", "rubrics": len(building.library.rubrics), **building.store.check()})
