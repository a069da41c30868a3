"""Addresses from which a user logged in: a flood of wrong passwords from elsewhere does not lock the user out there."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table, and forget failed logins: their keys named people and addresses."""
    op.create_table(
        "known_addresses",
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("who", name="pk_known_addresses"),
    )
    op.execute("DELETE FROM failed_logins")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("known_addresses")
