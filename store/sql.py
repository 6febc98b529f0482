"""Records in a SQL database: SQLite by default, PostgreSQL by the same layout."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert, select, update

from schemas import Record
from store import reading, schema, tables
from store.engine import full_url, open_engine
from store.engine import reading as read_only
from store.engine import writing as read_write
from store.errors import StoreError
from store.faults import guarded, is_record_at_fault, place, retried
from store.groups import Failure, FailureRow, Group, Item, Neighbour, Outcome, Sighting, Versions
from store.rows import text_digest
from store.writing import bulletin_ids, link_bulletins, write_group

T = TypeVar("T")


class SqlStore:
    """A database of bulletins. A bulletin is known by its text: storing the same text again changes nothing.

    Every call takes a connection of its own, so threads may share a store; processes each open their own. Faults that
    pass (a locked database, a lost connection) are waited out for about half a minute.

    Args:
        url: an SQLAlchemy URL such as `sqlite:///jianbao.db` or `postgresql://user@host/name`; a bare path is a SQLite
            file.
        create: make the database's tables if it is empty; without it, an empty or missing one is an error.

    Raises:
        StoreError: the URL is not valid, the database cannot be opened or written, or its layout is not this version's.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        self.url = full_url(url)
        with guarded(self.url):
            self._engine = open_engine(self.url, create=create)
            try:
                retried(lambda: self._open(create), was_there=False)
            except BaseException:
                self.close()
                raise

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for queries of one's own."""
        return self._engine

    def begin_run(self, versions: Versions, settings: Mapping[str, Any] | None = None) -> int:
        """Open a run in `runs`; its number goes to `write` and `finish_run`."""
        row = {**versions._asdict(), "settings": dict(settings or {}), "status": "running"}

        def begin(connection: Connection) -> int:
            statement = insert(tables.runs).values(**row, started=dt.datetime.now(dt.UTC)).returning(tables.runs.c.id)
            return int(connection.execute(statement).scalar_one())

        return self._write(begin)

    def finish_run(self, run: int, status: str = "done") -> None:
        """Close a run: `done`, `interrupted` or `failed`. One that was killed stays `running`."""
        closed = update(tables.runs).where(tables.runs.c.id == run)
        self._write(lambda c: c.execute(closed.values(status=status, finished=dt.datetime.now(dt.UTC))))

    def write(self, group: Group, *, run: int | None = None, refresh: bool = False) -> Outcome:
        """Store a group in one transaction: each bulletin is there wholly or not at all, whatever happens.

        A record that the database refuses becomes a failure of its source, and the others are stored.

        Args:
            run: the run that the rows name and whose counts go up.
            refresh: replace what is stored of the same texts; without it they are left as they are.

        Raises:
            StoreError: the database fails; nothing of the group is stored, or in the course of sorting out a refused
                record, some of its bulletins.
        """
        try:
            return self._write(lambda connection: write_group(connection, group, run=run, refresh=refresh))
        except StoreError as error:
            if not group.items or not is_record_at_fault(error.__cause__ or error):
                raise
            refused = error
        if len(group.items) == 1:
            failure = _refusal(group.items[0], refused)
            return self.write(replace(group, items=(), failures=(*group.failures, failure)), run=run)
        outcomes = [self.write(Group(items=(item,)), run=run, refresh=refresh) for item in group.items]
        outcomes.append(self.write(replace(group, items=()), run=run))
        self.link((text_digest(item.record.text), item.twin) for item in group.items if item.twin)
        return Outcome(*(tuple(x for o in outcomes for x in part(o)) for part in _PARTS))

    def add(self, record: Record) -> bool:
        """Store one record.

        Returns:
            False if a bulletin of the same text was there already; it is left as it is.

        Raises:
            StoreError: the database refuses, or the record contradicts itself.
        """
        group = Group(items=(Item(record),))
        return bool(self._write(lambda connection: write_group(connection, group, run=None, refresh=False)).stored)

    def link(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Join the stories of bulletins of nearly the same text, by their digests; unknown ones are left out."""
        wanted = list(pairs)

        def join(connection: Connection) -> None:
            ids = bulletin_ids(connection, {digest for pair in wanted for digest in pair})
            link_bulletins(connection, [(ids[a], ids[b]) for a, b in wanted if a in ids and b in ids])

        if wanted:
            self._write(join)

    def knows(self, text: str) -> bool:
        """Whether a bulletin of this very text is stored."""
        return bool(self.known([text_digest(text)]))

    def known(self, digests: Iterable[str]) -> dict[str, Versions]:
        """Which of these texts (by `text_digest`) are stored, and what extracted them."""
        return self._read(lambda connection: reading.known(connection, digests))

    def sources(self, names: Iterable[str]) -> dict[str, Sighting]:
        """What the known ones of these sources hold."""
        return self._read(lambda connection: reading.sources(connection, names))

    def near(self, bands: Iterable[int], limit: int = 200) -> list[Neighbour]:
        """The stored bulletins that share one of these bands, at most `limit`."""
        return self._read(lambda connection: reading.near(connection, bands, limit))

    def failures(self, *, resolved: bool = False) -> list[FailureRow]:
        """The failures that still stand, or those that were made good."""
        return self._read(lambda connection: reading.failures(connection, resolved=resolved))

    def load(self, name: str) -> Record:
        """The record of the bulletin with this name (the record's id); a current one, the latest stored.

        Raises:
            StoreError: there is no such bulletin.
        """
        return self._read(lambda connection: reading.load(connection, name, self.place))

    def records(self, *, current: bool = True, page: int = 200) -> Iterator[Record]:
        """The stored records one by one, in the order of storing, in flat memory.

        Args:
            current: only what the views count: current versions, one bulletin of each story.
            page: how many are held at a time.
        """
        with guarded(self.url):
            yield from reading.records(self._engine, current=current, page=page)

    def columns(self, name: str) -> tuple[str, ...]:
        """The columns of a table or view."""
        return tuple(reading.table_named(name).columns.keys())

    def stream(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table or view, in flat memory: decimals, dates, whole numbers, texts."""
        with guarded(self.url):
            yield from reading.stream(self._engine, select(reading.table_named(name)))

    def search(self, words: str, limit: int = 100) -> list[str]:
        """The names of current bulletins that have `words` in title or text."""
        return self._read(lambda connection: reading.search(connection, words, limit))

    def listing(self, limit: int) -> list[dict[str, Any]]:
        """The last `limit` bulletins in the order of storing: name, title, publisher, published, items per layer."""
        return self._read(lambda connection: reading.listing(connection, limit))

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
    def place(self) -> str:
        """The URL without its password, for messages."""
        return place(self.url)

    def _open(self, create: bool) -> None:
        with read_only(self._engine) as connection:
            found = schema.revision(connection)
        if found is None and create:
            schema.migrate(self._engine)
        else:
            schema.check(found)

    def _write(self, step: Callable[[Connection], T]) -> T:
        def once() -> T:
            with read_write(self._engine) as connection:
                return step(connection)

        with guarded(self.url):
            return retried(once)

    def _read(self, step: Callable[[Connection], T]) -> T:
        def once() -> T:
            with read_only(self._engine) as connection:
                return step(connection)

        with guarded(self.url):
            return retried(once)


_PARTS: tuple[Callable[[Outcome], tuple[Any, ...]], ...] = (
    lambda outcome: outcome.stored,
    lambda outcome: outcome.refreshed,
    lambda outcome: outcome.known,
    lambda outcome: outcome.failures,
)


def _refusal(item: Item, error: StoreError) -> Failure:
    provenance = item.record.provenance
    return Failure(
        source=(provenance.source if provenance else None) or item.record.id,
        sha256=provenance.sha256 if provenance else None,
        kind=type(error).__name__,
        cause=error.cause,
        remedy=error.remedy,
    )
