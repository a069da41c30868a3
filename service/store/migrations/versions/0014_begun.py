"""How often reading began at the place that a job has reached: a text that ends its process is found and given up."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the count; jobs that wait have lost nothing yet."""
    op.add_column("jobs", sa.Column("begun", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Drop the count."""
    op.drop_column("jobs", "begun")
