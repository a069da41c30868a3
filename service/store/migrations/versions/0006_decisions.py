"""What people decided on candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("candidate_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("seniority", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("points", sa.Integer),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("note", sa.String),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("fit", sa.Integer, nullable=False),
        sa.Column("rubric_digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name="fk_decisions_candidate_id", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_candidate_id", "decisions", ["candidate_id"])


def downgrade() -> None:
    """Drop the table, with all that is in it."""
    op.drop_table("decisions")
