"""The tables as the newest migration leaves them; a test holds the two together."""

from __future__ import annotations

import sys
from collections.abc import Iterable
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
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

from service import storable
from service.errors import InvalidInput


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


class BadText(InvalidInput, DontWrapMixin):
    """A text cannot be stored: it holds a character that no database keeps, or is too long for its column."""

    code = "bad_text"


class StorableText(TypeDecorator[str]):
    """A text, refused alike by all databases where one of them could not keep it."""

    impl = String
    cache_ok = True
    name = "text"
    """The name of its column."""

    def __init__(self, length: int | None = None) -> None:
        super().__init__(length)
        self.length = length
        self._longest = length or sys.maxsize

    @property
    def python_type(self) -> type[str]:
        """Return the type of its values."""
        return str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the text. Raise BadText where it cannot be stored."""
        if value is None or (len(value) <= self._longest and not storable.UNSTORABLE.search(value)):
            return value
        fault = storable.fault_in(value) or f"It has more than {self.length} characters. Shorten it."
        errors = [{"parameter": self.name, "code": "bad_text", "detail": fault}]
        raise BadText(f"The {self.name} cannot be stored. {fault}", errors)

    def are_storable(self, column: Iterable[str | None]) -> bool:
        """Tell whether all texts of a column can be stored: sooner than by a look at each."""
        texts = [text for text in column if text is not None]
        return not storable.UNSTORABLE.search("".join(texts)) and max(map(len, texts), default=0) <= self._longest

    def coerce_compared_value(self, op: OperatorType | None, value: object) -> TypeEngine[str]:  # noqa: ARG002 - as above
        """Return the type of what a column is compared with."""
        return SoughtText()


class SoughtText(TypeDecorator[str]):
    """A text that is looked for. One that cannot be stored is NULL: nothing equals it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the text, or None where no row can hold it."""
        return None if value is None or storable.fault_in(value) else value


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
    Column("id", StorableText(32), nullable=False, unique=True),
    Column("source", StorableText, nullable=False),
    Column("key", StorableText, nullable=False),
    Column("external_id", StorableText),
    Column("name", StorableText),
    Column("digest", StorableText(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    # Whom a merge put it to: taken back, the row is as it was.
    Column("merged_into", StorableText(32)),
    # The import that created it: while that is hidden, so is the candidate.
    Column("import_id", StorableText),
    # When what it says was received: see store/receipts.py.
    Column("received", BigInteger, nullable=False, server_default="0"),
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
    Column("trace", StorableText(25), primary_key=True),
    Column("candidate", StorableText(32), primary_key=True),
    Column("person", StorableText(32), nullable=False, index=True),
    sqlite_with_rowid=False,
)

imports = Table(
    "imports",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("filename", StorableText, nullable=False),
    Column("digest", StorableText(64), nullable=False),
    Column("state", StorableText, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("report", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    # When it was received, once it is done; null of those made before it was kept what they replaced.
    Column("received", BigInteger),
)

# What an import did to candidates that were there before it: see store/imported.py.
import_candidates = Table(
    "import_candidates",
    metadata,
    Column("import_id", StorableText, primary_key=True),
    Column(
        "candidate_id",
        StorableText(32),
        ForeignKey("candidates.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("outcome", StorableText(10), nullable=False),
    # The version before an update; nothing where it cannot be brought back.
    Column("external_id", StorableText),
    Column("name", StorableText),
    Column("digest", StorableText(64)),
    Column("body", LargeBinary),
    Column("received", BigInteger),
)

# Imports whose candidates nobody sees yet, and the number of their first row: see store/hidden.py.
hidden = Table(
    "hidden",
    metadata,
    Column("import_id", StorableText, ForeignKey("imports.id"), primary_key=True),
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
    Column("name", StorableText, primary_key=True),
    Column("columns", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    # What was answered beside the columns, and the headers of the file that it was answered for.
    Column("answers", JSON(none_as_null=True)),
    Column("headers", JSON(none_as_null=True)),
)

# What was worked out of candidates' bodies, so that a shortlist reads no body: see usecases/levels.py. A line counts
# as long as the candidate's digest and the rubrics (`board`) are those it was worked out from.
lines = Table(
    "lines",
    metadata,
    Column("number", _number, ForeignKey("candidates.number", ondelete="CASCADE"), primary_key=True),
    Column("digest", StorableText(64), nullable=False),
    Column("board", StorableText(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),
)

# Counters that rise whenever something of theirs changes: whoever remembers what was read asks them first.
versions = Table(
    "versions",
    metadata,
    Column("name", StorableText(32), primary_key=True),
    Column("number", BigInteger, nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("route", StorableText, primary_key=True),
    Column("key", StorableText(255), primary_key=True),
    Column("digest", StorableText(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("location", StorableText),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column(
        "candidate_id",
        StorableText(32),
        ForeignKey("candidates.id", ondelete="CASCADE", name="fk_decisions_candidate_id"),
        nullable=False,
        index=True,
    ),
    Column("role", StorableText, nullable=False),
    Column("seniority", StorableText, nullable=False),
    Column("what", StorableText, nullable=False),
    Column("points", Integer),
    Column("reason", StorableText, nullable=False),
    Column("note", StorableText),
    Column("actor", StorableText, nullable=False),
    Column("fit", Integer, nullable=False),
    Column("rubric_digest", StorableText(64), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# Imports at work, and what they have read: see store/jobs.py.
jobs = Table(
    "jobs",
    metadata,
    Column("id", StorableText, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("request", JSON, nullable=False),
    Column("token", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("begun", Integer, nullable=False, server_default="0"),
    Column("leased_until", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("received", BigInteger, nullable=False, server_default="0"),
)

# Who was erased while a job waits that was received before, by a digest of source and key: see store/receipts.py.
erased = Table(
    "erased",
    metadata,
    Column("digest", StorableText(64), primary_key=True),
    Column("received", BigInteger, nullable=False),
)

staged = Table(
    "staged",
    metadata,
    Column("job", StorableText, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("board", StorableText(16), nullable=False),
    Column("source", StorableText, nullable=False),
    Column("key", StorableText, nullable=False),
    Column("external_id", StorableText),
    Column("name", StorableText),
    Column("digest", StorableText(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("traces", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),
)

# Who may come in: see store/accounts.py. Used in the main database only.
owners = Table(
    "owners", metadata, Column("name", StorableText(50), primary_key=True), Column("created_at", Moment, nullable=False)
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("prefix", StorableText(16), primary_key=True),
    Column("name", StorableText(100), nullable=False),
    Column("owner", StorableText(50), nullable=False),
    Column("scopes", StorableText, nullable=False),
    Column("digest", StorableText(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("seen_on", Moment),
)

users = Table(
    "users",
    metadata,
    Column("name", StorableText(100), primary_key=True),
    Column("owner", StorableText(50), nullable=False),
    Column("scopes", StorableText, nullable=False),
    Column("password", StorableText, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", StorableText(64), primary_key=True),
    Column("user", StorableText(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

failed_logins = Table(
    "failed_logins",
    metadata,
    Column("number", _number, primary_key=True),
    Column("who", StorableText(200), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

known_addresses = Table(
    "known_addresses",
    metadata,
    Column("who", StorableText(64), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

# The trail: see store/audit.py. Its number is given by hand, so that none can be left out unseen.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", StorableText(40), nullable=False),
    Column("actor", StorableText(120), nullable=False),
    Column("action", StorableText(50), nullable=False),
    Column("object", StorableText(100), nullable=False, index=True),
    Column("details", JSON, nullable=False),
    Column("hash", StorableText(64), nullable=False),
)

audit_head = Table(
    "audit_head", metadata, Column("count", Integer, primary_key=True), Column("hash", StorableText(64), nullable=False)
)

# Shortlists as they were: see store/snapshots.py.
snapshots = Table(
    "snapshots",
    metadata,
    Column("id", StorableText(32), primary_key=True),
    Column("kind", StorableText(20), nullable=False),
    Column("role", StorableText, nullable=False),
    Column("seniority", StorableText, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("pool_size", Integer, nullable=False),
    Column("pool_digest", StorableText(64), nullable=False),
    Column("members", Integer, nullable=False),
    Column("output_digest", StorableText(64), nullable=False),
    Column("actor", StorableText(120), nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
)

snapshot_members = Table(
    "snapshot_members",
    metadata,
    Column("snapshot", StorableText(32), ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column(
        "candidate_id",
        StorableText(32),
        ForeignKey("candidates.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("digest", StorableText(64), nullable=False),
    Column("rank", Integer),
    Column("fit", Integer, nullable=False),
    Column("fit_high", Integer, nullable=False),
    Column("gate", StorableText(10), nullable=False),
)

rubrics_used = Table(
    "rubrics_used",
    metadata,
    Column("digest", StorableText(64), primary_key=True),
    Column("rubric", JSON, nullable=False),
    Column("since", Moment, nullable=False),
)

# Rubrics that people published: see store/rubrics.py. Numbered by hand as the trail is.
rubric_versions = Table(
    "rubric_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("role", StorableText(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", JSON(none_as_null=True)),
    Column("digest", StorableText(64)),
    Column("note", StorableText(1000)),
    Column("actor", StorableText(120), nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("role", "version"),
)

probes = Table("probes", metadata, Column("token", StorableText(32), primary_key=True))

# Alembic's own; apart, so that a comparison of the schema does not take it for ours.
revision = Table("alembic_version", MetaData(), Column("version_num", StorableText(32)))

for _column in (column for table in metadata.tables.values() for column in table.columns):
    if isinstance(_column.type, StorableText):
        _column.type.name = _column.name
