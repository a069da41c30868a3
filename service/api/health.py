"""Probes: alive without touching anything, ready with the database written and read back, and counts for Prometheus."""

from __future__ import annotations

import math

from flask import Response, g

from service.api.house import house
from service.api.wire import Blueprint, reply
from service.errors import NotAllowed
from service.owners import MAIN
from service.schemas.answers import Alive, Ready
from service.store.errors import StoreDown
from service.usecases import readiness

blueprint = Blueprint("health", __name__, description="Probes")


@blueprint.get("/livez")
@blueprint.response(200, Alive)
def livez() -> Response:
    """Say that the process answers."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
@blueprint.response(200, Ready)
@blueprint.alt_response(503, description="Not ready, with every reason")
def readyz() -> Response:
    """Say that requests can be served: rubrics are loaded, the database can be written, the disk has room."""
    return reply(readiness.check(house()))


@blueprint.get("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain")
def metrics() -> Response:
    """Count, for Prometheus. Nobody's name, id or file is in it."""
    building = house()
    if g.who.owner != MAIN:
        raise NotAllowed("The counts are of all owners together: only the main one's keys read them.", code="not_main")
    try:
        with building.store.reading() as work:
            candidates: float = work.count_candidates()
    except StoreDown:
        candidates = math.nan  # the other counts are of most use when the database is down
    return Response(building.tally.exposition(candidates), content_type=building.tally.content_type)
