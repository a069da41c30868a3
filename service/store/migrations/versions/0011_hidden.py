"""Candidates that an import brings are kept where they will stay, and hidden until its switch."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
INDEX = "ix_candidates_standing"
BEFORE = {"ix_candidates_for_lines": ["number", "id", "digest"], "ix_candidates_merged_into": ["merged_into"]}

LAST_NUMBER = {
    "sqlite": """SELECT max(
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'candidates'), 0),
        coalesce((SELECT max(number) FROM candidates), 0))""",
    "postgresql": """SELECT greatest(
        coalesce(pg_sequence_last_value(pg_get_serial_sequence('candidates', 'number')::regclass), 0),
        coalesce((SELECT max(number) FROM candidates), 0))""",
}

HIDDEN = "SELECT {} FROM candidates WHERE import_id IN (SELECT import_id FROM hidden)"


def upgrade() -> None:
    """Add who brings a candidate, which imports are hidden, and a counter of numbers of our own."""
    op.create_table(
        "hidden",
        sa.Column("import_id", sa.String, nullable=False),
        sa.Column("base", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("import_id", name="pk_hidden"),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_hidden_import_id"),
    )
    op.add_column("candidates", sa.Column("import_id", sa.String))
    for name in BEFORE:
        op.drop_index(name, "candidates")
    op.create_index(INDEX, "candidates", ["merged_into", "number", "id", "digest", "import_id"])
    last = op.get_bind().execute(sa.text(LAST_NUMBER[op.get_bind().dialect.name])).scalar_one()
    versions = sa.table("versions", sa.column("name"), sa.column("number"))
    op.bulk_insert(versions, [{"name": "numbers", "number": last}])


def downgrade() -> None:
    """Drop what was added, and whoever is hidden: their imports begin again."""
    op.execute(f"DELETE FROM traces WHERE person IN ({HIDDEN.format('id')})")  # noqa: S608 - names of ours
    op.execute(f"DELETE FROM candidates WHERE number IN ({HIDDEN.format('number')})")  # noqa: S608 - as above
    if op.get_bind().dialect.name == "postgresql":  # SQLite has seen what it was given
        op.execute(
            "SELECT setval(pg_get_serial_sequence('candidates', 'number'), number)"
            " FROM versions WHERE name = 'numbers' AND number > 0"
        )
    op.execute("UPDATE jobs SET cursor = 0")
    op.execute("DELETE FROM staged")
    op.execute("DELETE FROM versions WHERE name = 'numbers'")
    op.drop_index(INDEX, "candidates")
    op.drop_column("candidates", "import_id")
    for name, columns in BEFORE.items():
        op.create_index(name, "candidates", columns)
    op.drop_table("hidden")
