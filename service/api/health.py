"""Probes: alive without touching anything, ready with the database written and read back."""

from __future__ import annotations

from flask import Blueprint, Response

from service.api.house import house
from service.api.wire import reply

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def livez() -> Response:
    """Say that the process answers."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say that requests can be served: the rubrics are loaded, the database can be written and read."""
    building = house()
    return reply({"status": "ready", "rubrics": len(building.library.rubrics), **building.store.check()})
