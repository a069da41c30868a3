"""The house that the app serves, and the log of the app."""

from __future__ import annotations

from flask import current_app, g

from service.telling.logs import Log
from service.usecases import House


def house() -> House:
    """Return the collaborators of the use cases, for whoever asks."""
    return g.get("house") or current_app.extensions["rolefit"]


def log() -> Log:
    """Return the log of the app."""
    return current_app.extensions["rolefit.log"]
