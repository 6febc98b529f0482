"""What state a database is in, and how to bring it to this version's layout."""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, text

from store import schema, tables, views
from store.engine import full_url, open_engine, reading
from store.faults import guarded, retried

# Three characters make one trigram of Chinese where the database's locale knows them as letters.
_PROBE = "法律援助"


@dataclass(frozen=True, slots=True)
class Run:
    """A line of `runs`."""

    started: dt.datetime
    finished: dt.datetime | None
    status: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """A database's layout and what it holds; the counts are empty where the layout is another version's.

    `indexed` is whether full-text search of Chinese uses an index.
    """

    revision: str | None
    head: str = schema.HEAD
    server: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    last_run: Run | None = None
    indexed: bool | None = None


def status(url: str) -> Status:
    """The state of the database at `url`.

    Raises:
        StoreError: it is not there or cannot be read.
    """
    url = full_url(url)
    with guarded(url):
        engine = open_engine(url, create=False)
        try:
            with reading(engine) as connection:
                return _status(connection)
        finally:
            engine.dispose()


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring the database at `url` to this version's layout, in one transaction; an empty one is filled.

    Returns:
        The revisions before (None: empty) and after.

    Raises:
        StoreError: it cannot be written, or a newer jianbao made it.
    """
    url = full_url(url)
    with guarded(url):
        engine = open_engine(url, create=True)
        try:
            return retried(lambda: schema.migrate(engine), was_there=False)
        finally:
            engine.dispose()


def _status(connection: Connection) -> Status:
    dialect = connection.dialect
    server = f"{'SQLite' if dialect.name == 'sqlite' else 'PostgreSQL'} {_dotted(dialect.server_version_info)}"
    revision = schema.revision(connection)
    if revision != schema.HEAD:
        return Status(revision, server=server)
    standing = select(func.count()).select_from(tables.failures).where(tables.failures.c.resolved.is_(None))
    counts = {
        "bulletins": select(func.count()).select_from(tables.bulletins),
        "stories": select(func.count()).select_from(views.v_bulletins),
        "sources": select(func.count()).select_from(tables.sources),
        "metrics": select(func.count()).select_from(tables.metrics),
        "activities": select(func.count()).select_from(tables.activities),
        "documents": select(func.count()).select_from(tables.documents),
        "runs": select(func.count()).select_from(tables.runs),
        "failures": standing,
    }
    return Status(
        revision,
        server=server,
        counts={name: connection.execute(query).scalar_one() for name, query in counts.items()},
        last_run=_last_run(connection),
        indexed=dialect.name == "sqlite" or bool(connection.scalar(text("SELECT show_trgm(:w)"), {"w": _PROBE})),
    )


def _last_run(connection: Connection) -> Run | None:
    runs = tables.runs
    row = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    counts = {name: row[name] for name in ("read", "stored", "refreshed", "known", "failed")}
    return Run(row["started"], row["finished"], row["status"], counts)


def _dotted(version: tuple[object, ...] | None) -> str:
    return ".".join(str(part) for part in version or ())
