"""A connection to the database, with what each kind of database needs.

Notes for a newcomer. Python's sqlite3 opens transactions late and of itself, which lets two writers both read first and
then wait for each other. Here it is told not to: a transaction begins where SQLAlchemy says so, and one that will
write takes SQLite's write lock at once (`BEGIN IMMEDIATE`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from store.errors import StoreError

_WRITES = "jianbao_writes"
# Indexes are written all over the file: 64 MiB of them at hand spare much reading.
_CACHE_KIB = 65_536


def full_url(url: str) -> str:
    """`url` as SQLAlchemy wants it: a bare path is a SQLite file, PostgreSQL is spoken to by psycopg 3."""
    if "://" not in url:
        return f"sqlite:///{url}"
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def open_engine(url: str, *, create: bool) -> Engine:
    """An engine for `url` (as `full_url` gives it).

    Raises:
        StoreError: another kind of database; a missing driver; with `create=False`, a missing SQLite file.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed, create=create)
    # Asked first, so that a scheme that SQLAlchemy does not know is told as such.
    parsed.get_dialect()
    if backend != "postgresql":
        raise StoreError(f"{backend} is not supported", remedy="write sqlite:///FILE.db or postgresql://USER@HOST/NAME")
    try:
        return create_engine(parsed, pool_pre_ping=True, connect_args={"client_encoding": "utf8"})
    except ModuleNotFoundError as error:
        raise StoreError(
            f"the database driver {error.name} is not installed", remedy="pip install 'jianbao[postgres]'"
        ) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed at the end, undone by an error."""
    with engine.connect() as connection:
        connection = connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the database as it is at its first statement."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _sqlite(url: URL, *, create: bool) -> Engine:
    if not create and url.database and not Path(url.database.partition("?")[0].removeprefix("file:")).exists():
        raise StoreError("there is no such database", where=url.database, remedy="make it with `jianbao run`")
    engine = create_engine(url)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA foreign_keys = ON")
    # Readers are not blocked while a batch writes; NORMAL is durable against crashes of the program.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
