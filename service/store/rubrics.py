"""Versions of rubrics that people published. Rows are only added; triggers of the database (0010) refuse all else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from service.store.tables import rubric_versions


class Published(NamedTuple):
    """A version of a role's rubric, as a document; None where it was withdrawn."""

    role: str
    version: int
    document: dict[str, Any] | None
    digest: str | None
    note: str | None
    actor: str
    created_at: datetime


class Rubrics:
    """The published versions, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """Return how many there are: as nothing ever goes, whoever remembers the number knows whether any is new."""
        return self._connection.execute(select(func.count()).select_from(rubric_versions)).scalar_one()

    def add(self, published: Published) -> None:
        """Add a version."""
        self._connection.execute(insert(rubric_versions).values(number=self.count() + 1, **published._asdict()))

    def all(self) -> list[Published]:
        """Return all versions of all roles, in the order in which they were published."""
        columns = [rubric_versions.c[name] for name in Published._fields]
        return [
            Published(*row) for row in self._connection.execute(select(*columns).order_by(rubric_versions.c.number))
        ]
