"""Who may be who, and merges that can be undone."""

import json

import sqlalchemy as sa
from alembic import op

from service import identity

revision = "0003"
down_revision = "0002"

AT_ONCE = 1_000


def upgrade() -> None:
    """Add the column and the table, and fill the table for those kept already."""
    op.add_column("candidates", sa.Column("merged_into", sa.String(32)))
    op.create_index("ix_candidates_merged_into", "candidates", ["merged_into"])
    traces = op.create_table(
        "traces",
        sa.Column("trace", sa.String(25), nullable=False),
        sa.Column("candidate", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("trace", "candidate", name="pk_traces"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_traces_person", "traces", ["person"])
    _fill(op.get_bind(), traces)


def _fill(connection: sa.Connection, traces: sa.Table) -> None:
    """Add the traces of all candidates; bodies of this age tell of no employers."""
    names = ("number", "id", "external_id", "name", "body")
    candidates = sa.table("candidates", *map(sa.column, names))
    after = 0
    query = sa.select(candidates).order_by(candidates.c.number).limit(AT_ONCE)
    while rows := connection.execute(query.where(candidates.c.number > after)).all():
        after = rows[-1].number
        found = [
            {"trace": trace, "candidate": row.id, "person": row.id}
            for row in rows
            for trace in sorted(identity.traces(row.name, row.external_id, _email(row.body)))
        ]
        if found:
            connection.execute(sa.insert(traces), found)


def _email(body: bytes) -> str | None:
    """Return the e-mail address that a body tells of; one of another make tells of none."""
    try:
        email = json.loads(body)["content"]["contact"].get("email")
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return email if isinstance(email, str) else None


def downgrade() -> None:
    """Drop the table and the column; merges are forgotten, and the candidates stand apart again."""
    op.drop_table("traces")
    op.drop_index("ix_candidates_merged_into", "candidates")
    op.drop_column("candidates", "merged_into")
