"""Many rows at once, the way each database takes them fastest: by COPY into PostgreSQL, else by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.types import TypeEngine

from service.store.errors import quiet
from service.store.tables import Moment, StorableText

KEYS_AT_ONCE = 500  # some builds of SQLite take no more than 999 values in a statement
T = TypeVar("T")


def chunks(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield keys in portions that one statement takes."""
    return (keys[start : start + KEYS_AT_ONCE] for start in range(0, len(keys), KEYS_AT_ONCE))


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all have the same columns."""
    if rows:
        insert_values(connection, table, list(rows[0]), [tuple(row.values()) for row in rows])


def insert_values(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, given as the values of the columns of these names."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer
    into = f"{quote.format_table(table)} ({', '.join(quote.format_column(table.c[name]) for name in names)})"
    prepared = _prepared(connection, table, names, rows)
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {into} FROM STDIN", prepared)
    else:
        # SQLAlchemy's own way works the parameters of every row out anew, which took longer than the inserting.
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", prepared)  # noqa: S608 - names of ours


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    # SQLAlchemy does not see this statement, so its errors are named as it names all others.
    except connection.dialect.loaded_dbapi.Error as error:
        raise quiet(error, statement, connection.dialect) from error


def _prepared(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Return rows as the driver takes them. Columns are looked at as a whole: most hold nothing to turn."""
    columns = zip(*rows, strict=True)
    turned = [
        _turned(table.c[name].type, column, connection.dialect) for name, column in zip(names, columns, strict=True)
    ]
    return list(zip(*turned, strict=True))


def _turned(of: TypeEngine[Any], column: Sequence[Any], dialect: Dialect) -> Iterable[Any]:
    """Return the values of a column as the driver takes them."""
    if isinstance(of, StorableText) and of.are_storable(column):
        return column
    turn = of.dialect_impl(dialect).bind_processor(dialect)
    if turn and isinstance(of, Moment):
        turn = cache(turn)  # rows that are kept together are of one moment
    return map(turn, column) if turn else column
