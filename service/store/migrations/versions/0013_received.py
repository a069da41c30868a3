"""An item counts from when it was received: candidates and jobs say when, and erasures while jobs wait are known."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

RECEIVED = {"nullable": False, "server_default": "0"}


def upgrade() -> None:
    """Add the order of receipt, which begins now: all that is there was received before."""
    op.add_column("candidates", sa.Column("received", sa.BigInteger, **RECEIVED))
    op.add_column("jobs", sa.Column("received", sa.BigInteger, **RECEIVED))
    op.create_table(
        "erased",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_erased"),
    )
    versions = sa.table("versions", sa.column("name"), sa.column("number"))
    op.bulk_insert(versions, [{"name": "received", "number": 0}, {"name": "erased", "number": 0}])


def downgrade() -> None:
    """Drop what was added."""
    op.execute("DELETE FROM versions WHERE name IN ('received', 'erased')")
    op.drop_table("erased")
    op.drop_column("jobs", "received")
    op.drop_column("candidates", "received")
