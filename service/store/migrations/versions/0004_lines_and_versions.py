"""Levels as lines of bytes, and a counter that tells whether they are still those of the pool."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables, and the index over candidates; lines come with the first shortlist."""
    op.create_table(
        "lines",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("board", sa.String(16), nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        sa.Column("line", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_lines"),
        sa.ForeignKeyConstraint(["number"], ["candidates.number"], name="fk_lines_number", ondelete="CASCADE"),
    )
    versions = op.create_table(
        "versions",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_versions"),
    )
    op.bulk_insert(versions, [{"name": "candidates", "number": 0}])
    op.create_index("ix_candidates_for_lines", "candidates", ["number", "id", "digest"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_index("ix_candidates_for_lines", "candidates")
    op.drop_table("versions")
    op.drop_table("lines")
