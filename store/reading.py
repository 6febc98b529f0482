"""What is stored, read back: bulletins whole, rows of tables and views, one page or one row at a time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, func, or_, select, text

from schemas import Record
from store import tables, views
from store.bulk import chunks
from store.engine import reading
from store.errors import StoreError
from store.groups import FailureRow, Neighbour, Sighting, Versions
from store.names import source_key
from store.rows import record_of

_HEAD = tables.bulletins.c
_TRIGRAM = 3


def known(connection: Connection, digests: Iterable[str]) -> dict[str, Versions]:
    """What extracted the stored ones of these texts."""
    found: dict[str, Versions] = {}
    columns = (_HEAD.text_sha256, _HEAD.pipeline, _HEAD.lexicon, _HEAD.model)
    for some in chunks(digests):
        rows = connection.execute(select(*columns).where(_HEAD.text_sha256.in_(some)))
        found |= {row.text_sha256: Versions(row.pipeline, row.lexicon, row.model) for row in rows}
    return found


def sources(connection: Connection, names: Iterable[str]) -> dict[str, Sighting]:
    """What the known ones of these sources hold."""
    by_key = {source_key(name): name for name in names}
    source = tables.sources.c
    query = select(source.name, source.sha256, _HEAD.text_sha256).join(tables.bulletins, _HEAD.id == source.bulletin_id)
    found: dict[str, Sighting] = {}
    for keys in chunks(by_key):
        for row in connection.execute(query.where(source.name.in_(keys))):
            name = by_key[row.name]
            found[name] = Sighting(name, row.sha256, row.text_sha256)
    return found


def near(connection: Connection, bands: Iterable[int], limit: int) -> list[Neighbour]:
    """The stored bulletins that share a band with these, at most `limit` per 500 bands."""
    band = tables.bands.c
    query = select(_HEAD.text_sha256, _HEAD.signature, band.hash).join(tables.bulletins, _HEAD.id == band.bulletin_id)
    return [
        Neighbour(row.text_sha256, row.signature, row.hash)
        for some in chunks(bands)
        for row in connection.execute(query.where(band.hash.in_(some)).limit(limit))
    ]


def failures(connection: Connection, *, resolved: bool) -> list[FailureRow]:
    """The failures that still stand, or those resolved, the last seen last."""
    failed = tables.failures
    done = failed.c.resolved
    query = select(failed).where(done.is_not(None) if resolved else done.is_(None))
    rows = connection.execute(query.order_by(failed.c.last_seen, failed.c.source)).mappings()
    return [FailureRow(**{name: value for name, value in row.items() if name != "run_id"}) for row in rows]


def load(connection: Connection, name: str, where: str) -> Record:
    """The record of the bulletin with this name: of several, a current one before an old one, then the latest stored.

    Raises:
        StoreError: there is no such bulletin.
    """
    query = select(tables.bulletins).where(_HEAD.name == name).order_by(_HEAD.is_current.desc(), _HEAD.id.desc())
    found = connection.execute(query.limit(1)).mappings().first()
    if found is None:
        raise StoreError(f"no bulletin {name!r}", where=where, remedy="`jianbao show` without ID lists what is there")
    return _records(connection, [found])[0]


def records(engine: Engine, *, current: bool, page: int) -> Iterator[Record]:
    """All records in the order of storing, a page in memory at a time."""
    last = 0
    while True:
        query = select(tables.bulletins).where(_HEAD.id > last).order_by(_HEAD.id).limit(page)
        if current:
            query = query.where(_HEAD.is_current)
        with reading(engine) as connection:
            heads = connection.execute(query).mappings().all()
            silent = _silent(connection, [head["id"] for head in heads if head["story_id"]]) if current else set()
            found = _records(connection, [head for head in heads if head["id"] not in silent])
        yield from found
        if len(heads) < page:
            return
        last = heads[-1]["id"]


def _silent(connection: Connection, ids: Iterable[int]) -> set[int]:
    """Which of these bulletins leave it to another to tell their story.

    Asked for a page's few, since the whole view joined to every page would be gone through again and again.
    """
    story = views.v_bulletins.c.bulletin_id
    silent = set(ids)
    for some in chunks(tuple(silent)):
        silent -= set(connection.scalars(select(story).where(story.in_(some))))
    return silent


def listing(connection: Connection, limit: int) -> list[dict[str, Any]]:
    """The last `limit` bulletins in the order of storing: name, title, publisher, published, items per layer."""
    counts = [
        select(func.count()).where(layer.c.bulletin_id == _HEAD.id).scalar_subquery().label(layer.name)
        for layer in (tables.mentions, tables.documents, tables.metrics, tables.activities)
    ]
    query = select(_HEAD.name, _HEAD.title, _HEAD.publisher, _HEAD.published, *counts)
    rows = connection.execute(query.order_by(_HEAD.id.desc()).limit(limit)).mappings().all()
    return [dict(row) for row in reversed(rows)]


def search(connection: Connection, words: str, limit: int) -> list[str]:
    """The names of current bulletins with `words` in text or title, by the full-text index from three characters on."""
    query = select(_HEAD.name).where(_HEAD.is_current).order_by(_HEAD.id).limit(limit)
    if connection.dialect.name == "sqlite" and len(words) >= _TRIGRAM:
        phrase = '"' + words.replace('"', '""') + '"'
        matches = text("bulletins.id IN (SELECT rowid FROM bulletins_fts WHERE bulletins_fts MATCH :phrase)")
        return list(connection.execute(query.where(matches), {"phrase": phrase}).scalars())
    found = or_(*(column.contains(words, autoescape=True) for column in (_HEAD.title, _HEAD.text)))
    return list(connection.execute(query.where(found)).scalars())


def table_named(name: str) -> Table:
    """A table or view of the layout.

    Raises:
        StoreError: there is none of this name.
    """
    for metadata in (views.metadata, tables.metadata):
        if name in metadata.tables:
            return metadata.tables[name]
    raise StoreError(f"no table or view {name!r}", remedy=f"there are {', '.join(views.metadata.tables)}")


def stream(engine: Engine, query: Select[Any]) -> Iterator[dict[str, Any]]:
    """The rows of `query`, as the database hands them over."""
    with reading(engine) as connection:
        result = connection.execution_options(yield_per=1000).execute(query)
        for row in result.mappings():
            yield dict(row)


def _records(connection: Connection, heads: Iterable[Mapping[Any, Any]]) -> list[Record]:
    by_id = {head["id"]: head for head in heads}
    layers: dict[int, dict[Table, list[Mapping[Any, Any]]]] = {
        key: {table: [] for table in tables.LAYERS} for key in by_id
    }
    for ids in chunks(by_id):
        for table in tables.LAYERS:
            query = select(table).where(table.c.bulletin_id.in_(ids)).order_by(*table.primary_key)
            for row in connection.execute(query).mappings():
                layers[row["bulletin_id"]][table].append(row)
    return [record_of(head, layers[key]) for key, head in by_id.items()]
