"""The house that the app serves."""

from __future__ import annotations

from flask import current_app

from service.usecases import House


def house() -> House:
    """Return the collaborators of the use cases."""
    return current_app.extensions["rolefit"]
