"""Versions of rubrics that people published: rows are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

GUARDS = {
    "sqlite": (
        """CREATE TRIGGER rubric_versions_changed BEFORE UPDATE ON rubric_versions
        BEGIN SELECT RAISE(ABORT, 'append only'); END""",
        """CREATE TRIGGER rubric_versions_deleted BEFORE DELETE ON rubric_versions
        BEGIN SELECT RAISE(ABORT, 'append only'); END""",
    ),
    "postgresql": (
        """CREATE TRIGGER rubric_versions_kept BEFORE UPDATE OR DELETE ON rubric_versions
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    ),
}


def upgrade() -> None:
    """Create the table, and what refuses changes in it."""
    op.create_table(
        "rubric_versions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("role", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.JSON),
        sa.Column("digest", sa.String(64)),
        sa.Column("note", sa.String(1000)),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_rubric_versions"),
        sa.UniqueConstraint("role", "version", name="uq_rubric_versions_role_version"),
    )
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("rubric_versions")
