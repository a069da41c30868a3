"""Traces of candidates are made anew: companies of spreadsheets, legal forms and tags in addresses are compared too."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from service import identity

revision = "0016"
down_revision = "0015"

AT_ONCE = 1_000


def upgrade() -> None:
    """Replace the traces of all candidates."""
    connection = op.get_bind()
    candidates = sa.table("candidates", *map(sa.column, ("number", "id", "external_id", "name", "body", "merged_into")))
    traces = sa.table("traces", *map(sa.column, ("trace", "candidate", "person")))
    connection.execute(sa.delete(traces))
    merged = sa.select(candidates.c.id, candidates.c.merged_into).where(candidates.c.merged_into.is_not(None))
    into = {row.id: row.merged_into for row in connection.execute(merged)}
    after = 0
    query = sa.select(candidates).order_by(candidates.c.number).limit(AT_ONCE)
    while rows := connection.execute(query.where(candidates.c.number > after)).all():
        after = rows[-1].number
        found = [
            {"trace": trace, "candidate": row.id, "person": _person(row.id, into)}
            for row in rows
            for trace in sorted(identity.traces(row.name, row.external_id, *_told(row.body)))
        ]
        if found:
            connection.execute(sa.insert(traces), found)


def _person(id_: str, into: dict[str, str]) -> str:
    """Return the candidate that one counts for."""
    while id_ in into:
        id_ = into[id_]
    return id_


def _told(body: bytes) -> tuple[str | None, list[str]]:
    """Return the e-mail address and the employers that a body tells of; one of another make tells of none."""
    try:
        content = json.loads(body)["content"]
        email, employers = content["contact"].get("email"), list(_employers(content))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, []
    return email if isinstance(email, str) else None, [name for name in employers if isinstance(name, str)]


def _employers(content: dict[str, Any]) -> Iterator[Any]:
    yield from (job[1] for job in content.get("history") or [[None, content["contact"].get("company")]])


def downgrade() -> None:
    """Leave the traces as they are: they are of the same make."""
