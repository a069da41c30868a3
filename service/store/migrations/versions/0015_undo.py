"""What an import did is kept, so that it can be undone; kept mappings hold all answers and the headers they are for."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add what an import met and replaced. Imports made before did not keep it: they have no number of receipt."""
    op.add_column("imports", sa.Column("received", sa.BigInteger))
    op.create_table(
        "import_candidates",
        sa.Column("import_id", sa.String, nullable=False),
        sa.Column("candidate_id", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("external_id", sa.String),
        sa.Column("name", sa.String),
        sa.Column("digest", sa.String(64)),
        sa.Column("body", sa.LargeBinary),
        sa.Column("received", sa.BigInteger),
        sa.PrimaryKeyConstraint("import_id", "candidate_id", name="pk_import_candidates"),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name="fk_import_candidates_candidate_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_import_candidates_candidate_id", "import_candidates", ["candidate_id"])
    op.add_column("mappings", sa.Column("answers", sa.JSON))
    op.add_column("mappings", sa.Column("headers", sa.JSON))


def downgrade() -> None:
    """Drop what was added."""
    op.drop_column("mappings", "headers")
    op.drop_column("mappings", "answers")
    op.drop_table("import_candidates")
    op.drop_column("imports", "received")
