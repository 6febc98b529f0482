"""Many rows at once: COPY on PostgreSQL, executemany on SQLite."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, Table
from sqlalchemy.exc import DBAPIError

from store.types import PlainNumeric, sqlite_number

T = TypeVar("T")

# How many values one statement may ask for: SQLite of old allows 999 variables, and PostgreSQL plans few well.
_ASKED = 500


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, which all have the same columns; their values are plain (str, int, Decimal, date, None)."""
    if not rows:
        return
    columns = tuple(rows[0])
    statement = _statement(table, columns, connection.dialect.name)
    values = map(itemgetter(*columns), rows)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(_sqlite_values(values, _converted(table, columns))))
    else:
        _copy(connection, statement, values)


def chunks(values: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """`values` in pieces that one statement can ask for."""
    rest = iter(values)
    while piece := tuple(islice(rest, _ASKED)):
        yield piece


def _copy(connection: Connection, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY, which SQLAlchemy does not have: by psycopg's own cursor, in the same transaction."""
    import psycopg

    cursor: psycopg.Cursor[Any]
    try:
        with connection.connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:  # type: ignore[attr-defined]
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, connection_invalidated=lost, dialect=connection.dialect
        ) from error


@cache
def _statement(table: Table, columns: tuple[str, ...], dialect: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    if dialect == "sqlite":
        return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    return f"COPY {table.name} ({names}) FROM STDIN"


@cache
def _converted(table: Table, columns: tuple[str, ...]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Which columns hold what SQLite does not know, and what to bind for it."""
    kinds = {i: table.c[column].type for i, column in enumerate(columns)}
    return tuple(
        (i, sqlite_number if isinstance(kind, PlainNumeric) else dt.date.isoformat)
        for i, kind in kinds.items()
        if isinstance(kind, PlainNumeric | Date)
    )


def _sqlite_values(
    rows: Iterable[tuple[Any, ...]], converted: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[Sequence[Any]]:
    for row in rows:
        values = list(row)
        for i, convert in converted:
            if values[i] is not None:
                values[i] = convert(values[i])
        yield tuple(values)
