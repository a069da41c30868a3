"""Every shape that comes in from outside: marshmallow schemas for rubrics, candidates and requests."""
