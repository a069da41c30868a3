"""Many rows at once, the way each database takes them fastest: by COPY into PostgreSQL, else by one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table
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
        # SQLAlchemy's own way works the parameters of every row out anew, which took longer than the inserting.
        marks = ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {_columns(connection, table, rows)} VALUES ({marks})"  # noqa: S608 - names of ours
        connection.exec_driver_sql(statement, list(_prepared(connection, table, rows)))


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    statement = f"COPY {_columns(connection, table, rows)} FROM STDIN"
    driver = connection.connection.driver_connection
    prepared = _prepared(connection, table, rows)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in prepared:
                copy.write_row(row)
    # SQLAlchemy does not see this statement, so its errors are named as it names all others.
    except connection.dialect.loaded_dbapi.Error as error:
        raise quiet(error, statement, connection.dialect) from error


def _columns(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the table with the columns that rows have, as both kinds of statement write it."""
    quote = connection.dialect.identifier_preparer
    return f"{quote.format_table(table)} ({', '.join(quote.format_column(table.c[name]) for name in rows[0])})"


def _preparation(of: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what turns a value of a type into one that the driver takes, or None where it takes it as it is."""
    return of.dialect_impl(dialect).bind_processor(dialect)


def _prepared(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of rows as the driver takes them."""
    prepare = [_preparation(table.c[name].type, connection.dialect) for name in rows[0]]
    turns = [(place, turn) for place, turn in enumerate(prepare) if turn]
    for row in rows:
        values = list(row.values())
        for place, turn in turns:
            values[place] = turn(values[place])
        yield tuple(values)
