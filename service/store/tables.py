"""The tables as the newest migration leaves them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    bindparam,
    or_,
    select,
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
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# SQLite counts up by itself only in a column declared INTEGER.
_number = BigInteger().with_variant(Integer, "sqlite")

candidates = Table(
    "candidates",
    metadata,
    Column("number", _number, primary_key=True),
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
    Column("merged_into", String(32)),
    # The import that created it as a job: while that is hidden, so is the candidate.
    Column("import_id", String),
    UniqueConstraint("source", "key"),
    # All that counting everyone and finding their lines ask for, so that they read past no body.
    Index("ix_candidates_standing", "merged_into", "number", "id", "digest", "import_id"),
    # As it was made. Numbers are given by store/hidden.py, none twice: else cursors would skip.
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

# Imports whose candidates nobody sees yet, and the number of their first row: see store/hidden.py.
hidden = Table(
    "hidden",
    metadata,
    Column("import_id", String, ForeignKey("imports.id"), primary_key=True),
    Column("base", _number, nullable=False),
)

# The candidates there are, for whoever reads: those hidden are left out, but those whom an import itself is `bringing`.
shown = (
    select(candidates)
    .where(
        or_(
            candidates.c.import_id.is_(None),
            candidates.c.import_id.not_in(
                select(hidden.c.import_id).where(hidden.c.import_id != bindparam("bringing", ""))
            ),
        )
    )
    .subquery("shown")
)

mappings = Table(
    "mappings",
    metadata,
    Column("name", String, primary_key=True),
    Column("columns", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# What was worked out of candidates' bodies, so that a shortlist reads no body: see usecases/levels.py. A line counts
# as long as the candidate's digest and the rubrics (`board`) are those it was worked out from.
lines = Table(
    "lines",
    metadata,
    Column("number", _number, ForeignKey("candidates.number", ondelete="CASCADE"), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("board", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),
)

# Counters that rise whenever something of theirs changes: whoever remembers what was read asks them first.
versions = Table(
    "versions", metadata, Column("name", String(32), primary_key=True), Column("number", BigInteger, nullable=False)
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("route", String, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("location", String),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column(
        "candidate_id",
        String(32),
        ForeignKey("candidates.id", ondelete="CASCADE", name="fk_decisions_candidate_id"),
        nullable=False,
        index=True,
    ),
    Column("role", String, nullable=False),
    Column("seniority", String, nullable=False),
    Column("what", String, nullable=False),
    Column("points", Integer),
    Column("reason", String, nullable=False),
    Column("note", String),
    Column("actor", String, nullable=False),
    Column("fit", Integer, nullable=False),
    Column("rubric_digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# Imports at work, and what they have read: see store/jobs.py.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("request", JSON, nullable=False),
    Column("token", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("begun", Integer, nullable=False, server_default="0"),
    Column("leased_until", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
)

staged = Table(
    "staged",
    metadata,
    Column("job", String, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("board", String(16), nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("external_id", String),
    Column("name", String),
    Column("digest", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("traces", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),
)

# Who may come in: see store/accounts.py. Used in the main database only.
owners = Table(
    "owners", metadata, Column("name", String(50), primary_key=True), Column("created_at", Moment, nullable=False)
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("prefix", String(16), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("owner", String(50), nullable=False),
    Column("scopes", String, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("seen_on", Moment),
)

users = Table(
    "users",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("owner", String(50), nullable=False),
    Column("scopes", String, nullable=False),
    Column("password", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

failed_logins = Table(
    "failed_logins",
    metadata,
    Column("number", _number, primary_key=True),
    Column("who", String(200), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

# The trail: see store/audit.py. Its number is given by hand, so that none can be left out unseen.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("action", String(50), nullable=False),
    Column("object", String(100), nullable=False, index=True),
    Column("details", JSON, nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_head = Table(
    "audit_head", metadata, Column("count", Integer, primary_key=True), Column("hash", String(64), nullable=False)
)

# Shortlists as they were: see store/snapshots.py.
snapshots = Table(
    "snapshots",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("role", String, nullable=False),
    Column("seniority", String, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("pool_size", Integer, nullable=False),
    Column("pool_digest", String(64), nullable=False),
    Column("members", Integer, nullable=False),
    Column("output_digest", String(64), nullable=False),
    Column("actor", String(120), nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

snapshot_members = Table(
    "snapshot_members",
    metadata,
    Column("snapshot", String(32), ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column(
        "candidate_id",
        String(32),
        ForeignKey("candidates.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("digest", String(64), nullable=False),
    Column("rank", Integer),
    Column("fit", Integer, nullable=False),
    Column("fit_high", Integer, nullable=False),
    Column("gate", String(10), nullable=False),
)

rubrics_used = Table(
    "rubrics_used",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("rubric", JSON, nullable=False),
    Column("since", Moment, nullable=False),
)

# Rubrics that people published: see store/rubrics.py. Numbered by hand as the trail is.
rubric_versions = Table(
    "rubric_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("role", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", JSON(none_as_null=True)),
    Column("digest", String(64)),
    Column("note", String(1000)),
    Column("actor", String(120), nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("role", "version"),
)

probes = Table("probes", metadata, Column("token", String(32), primary_key=True))

# Alembic's own; apart, so that a comparison of the schema does not take it for ours.
revision = Table("alembic_version", MetaData(), Column("version_num", String(32)))
