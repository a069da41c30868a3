"""The tables as the newest migration leaves them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC: SQLite has no time zones and would drop them in silence."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the time in UTC. Raise ValueError where it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be kept.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the time with its zone, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A migration of SQLite can only change a constraint that has a name.
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(column_0_N_label)s",
    }
)

candidates = Table(
    "candidates",
    metadata,
    # SQLite counts up by itself only in a column declared INTEGER.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("external_id", String),
    Column("name", String),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    # Whom a merge put it to: taken back, the row is as it was.
    Column("merged_into", String(32), index=True),
    UniqueConstraint("source", "key"),
    # Without it the number of the last candidate is given again after its deletion, and cursors skip.
    sqlite_autoincrement=True,
)

# Who may be who. `person` is the candidate that the record counts for: itself, unless it is merged.
traces = Table(
    "traces",
    metadata,
    Column("trace", String(25), primary_key=True),
    Column("candidate", String(32), primary_key=True),
    Column("person", String(32), nullable=False, index=True),
    sqlite_with_rowid=False,
)

imports = Table(
    "imports",
    metadata,
    Column("id", String, primary_key=True),
    Column("filename", String, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("state", String, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

probes = Table("probes", metadata, Column("token", String(32), primary_key=True))

# Alembic's own; apart, so that a comparison of the schema does not take it for ours.
revision = Table("alembic_version", MetaData(), Column("version_num", String(32)))
