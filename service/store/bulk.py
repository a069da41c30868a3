"""Many rows at once, the way each database takes them fastest: by COPY into PostgreSQL, else by one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.types import TypeEngine

from service.store.errors import quiet

KEYS_AT_ONCE = 500  # some builds of SQLite take no more than 999 values in a statement
T = TypeVar("T")


def chunks(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield keys in portions that one statement takes."""
    return (keys[start : start + KEYS_AT_ONCE] for start in range(0, len(keys), KEYS_AT_ONCE))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = [table.c[name] for name in rows[0]]
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in columns)
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    driver = connection.connection.driver_connection
    prepared = _prepared(rows, [_preparation(column.type, connection.dialect) for column in columns])
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in prepared:
                copy.write_row(row)
    # SQLAlchemy does not see this statement, so its errors are named as it names all others.
    except connection.dialect.loaded_dbapi.Error as error:
        raise quiet(error, statement, connection.dialect) from error


def _preparation(of: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what turns a value of a type into one that the driver takes, or None where it takes it as it is."""
    return of.dialect_impl(dialect).bind_processor(dialect)


def _prepared(rows: Sequence[Mapping[str, Any]], prepare: Sequence[Callable[[Any], Any] | None]) -> Iterator[list[Any]]:
    """Yield the values of rows as the driver takes them."""
    for row in rows:
        yield [value if turn is None else turn(value) for value, turn in zip(row.values(), prepare, strict=True)]
