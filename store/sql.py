"""Records in a SQL database, SQLite by default."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from schemas import Record
from store import tables
from store.errors import StoreError
from store.rows import bulletin_row, layer_rows, record_of, text_digest


class SqlStore:
    """A database of records. A bulletin is known by its text: storing the same text again changes nothing.

    Args:
        url: an SQLAlchemy URL such as `sqlite:///jianbao.db`; a bare path is a SQLite file.
        create: make the database and the tables that are not there; without it, a missing one is an error.

    Raises:
        StoreError: the URL is not valid, or the database cannot be opened or written.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.url = url if "://" in url else f"sqlite:///{url}"
        with self._guard():
            self._engine = _engine(self.url, create=create)
            if create:
                tables.metadata.create_all(self._engine)
            elif not inspect(self._engine).has_table(tables.bulletins.name):
                raise StoreError("no bulletins are stored here", where=self._place, remedy="fill it with `jianbao run`")

    def knows(self, text: str) -> bool:
        """Whether a bulletin of this very text is stored."""
        query = select(tables.bulletins.c.id).where(tables.bulletins.c.text_sha256 == text_digest(text))
        with self._guard(), self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def add(self, record: Record) -> bool:
        """Store `record` in one transaction, wholly or not at all.

        Returns:
            False if a bulletin of the same text was there already; nothing is changed then.

        Raises:
            StoreError: the database refuses, or the record contradicts itself.
        """
        with self._guard():
            try:
                with self._engine.begin() as connection:
                    made = connection.execute(insert(tables.bulletins).values(**bulletin_row(record)))
                    key = made.inserted_primary_key
                    if key is None:
                        raise StoreError("the database gave no key for the new bulletin", where=self._place)
                    for table, rows in layer_rows(record, key[0]).items():
                        if rows:
                            connection.execute(insert(table), rows)
            except IntegrityError:
                if self.knows(record.text):
                    return False
                raise
        return True

    def load(self, name: str) -> Record:
        """The record of the bulletin with this name (the record's id); the latest stored, if several have it.

        Raises:
            StoreError: there is no such bulletin.
        """
        query = select(tables.bulletins).where(tables.bulletins.c.name == name).order_by(tables.bulletins.c.id.desc())
        with self._guard(), self._engine.connect() as connection:
            bulletin = connection.execute(query).mappings().first()
            if bulletin is None:
                raise StoreError(
                    f"no bulletin {name!r}", where=self._place, remedy="`jianbao show` without ID lists what is there"
                )
            rows = {
                table: [
                    dict(row)
                    for row in connection.execute(
                        select(table).where(table.c.bulletin_id == bulletin["id"]).order_by(*table.primary_key)
                    ).mappings()
                ]
                for table in tables.metadata.sorted_tables
                if table is not tables.bulletins
            }
        return record_of(dict(bulletin), rows)

    def listing(self, limit: int) -> list[dict[str, Any]]:
        """The last `limit` bulletins in the order of storing: name, title, publisher, published, items per layer."""
        counts = [
            select(func.count()).where(layer.c.bulletin_id == tables.bulletins.c.id).scalar_subquery().label(layer.name)
            for layer in (tables.mentions, tables.documents, tables.metrics, tables.activities)
        ]
        bulletins = tables.bulletins.c
        query = select(bulletins.name, bulletins.title, bulletins.publisher, bulletins.published, *counts)
        with self._guard(), self._engine.connect() as connection:
            rows = connection.execute(query.order_by(bulletins.id.desc()).limit(limit)).mappings().all()
        return [dict(row) for row in reversed(rows)]

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> "SqlStore":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _place(self) -> str:
        return make_url(self.url).render_as_string(hide_password=True)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """SQLAlchemy's errors as StoreError, with one line and no password."""
        try:
            yield
        except (ArgumentError, NoSuchModuleError) as error:
            raise StoreError(
                f"not a database URL ({_first_line(error)})",
                where=self.url.rpartition("@")[2],
                remedy="write sqlite:///FILE.db",
            ) from error
        except ModuleNotFoundError as error:
            raise StoreError(f"the database driver {error.name} is not installed", where=self._place) from error
        except DBAPIError as error:
            cause = _first_line(error.orig or error)
            raise StoreError(f"the database says: {cause}", where=self._place, remedy=_remedy(cause)) from error
        except SQLAlchemyError as error:
            raise StoreError(_first_line(error), where=self._place) from error


def _engine(url: str, *, create: bool) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed)
    if not create and parsed.database and not Path(parsed.database).exists():
        raise StoreError("there is no such database", where=parsed.database, remedy="make it with `jianbao run`")
    engine = create_engine(parsed)
    event.listen(engine, "connect", _on_sqlite_connect)
    return engine


def _on_sqlite_connect(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # Readers are not blocked while a batch writes; NORMAL is durable against crashes of the program.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.close()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _remedy(cause: str) -> str:
    if "readonly" in cause or "unable to open" in cause:
        return "choose a place you may write to"
    if "not a database" in cause:
        return "the file is something else: choose another name"
    if "locked" in cause:
        return "another program is writing: try again when it has finished"
    return "check that the database is reachable and writable"
