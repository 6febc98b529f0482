"""One group of records, sightings and failures written in one transaction.

Notes for a newcomer. Any step may meet what another process wrote a moment ago, so each says what to do then: a text
that is there already is left (or replaced, on refresh), a source is locked before its version is counted on, and the
whole is safe to run again, since what is stored is found as known.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store import tables
from store.bulk import chunks, insert_rows
from store.groups import Failure, Group, Item, Outcome, Sighting
from store.names import source_key, storable
from store.rows import Row, bulletin_row, layer_rows, text_digest

_HEAD = tables.bulletins.c


def write_group(connection: Connection, group: Group, *, run: int | None, refresh: bool) -> Outcome:
    """Write `group` within the transaction of `connection`.

    Raises:
        RecordError: a record contradicts itself.
        sqlalchemy.exc.SQLAlchemyError: the database refuses.
    """
    now = dt.datetime.now(dt.UTC)
    digests = [text_digest(item.record.text) for item in group.items]
    # Of a text that comes twice the first record is taken, and both sources are noted.
    items: dict[str, Item] = {}
    for digest, item in zip(digests, group.items, strict=True):
        items.setdefault(digest, item)
    made = _insert_bulletins(connection, items, run, now)
    sightings = [*map(_sighting, digests, group.items), *group.sightings]
    ids = made | bulletin_ids(connection, _digests(items, sightings) - made.keys())
    known = [digest for digest in items if digest not in made]
    refreshed = known if refresh else []
    for digest in refreshed:
        _replace_head(connection, ids[digest], items[digest], run)
    _delete_layers(connection, [ids[digest] for digest in refreshed])
    _insert_layers(connection, {ids[digest]: items[digest] for digest in (*made, *refreshed)})
    sighted = [(s, ids[s.text_sha256]) for s in sightings if s is not None and s.text_sha256 in ids]
    _see(connection, sighted, now)
    link_bulletins(connection, [(ids[d], ids[i.twin]) for d, i in items.items() if i.twin in ids])
    _resolve(connection, [s.source for s, _ in sighted], now)
    _fail(connection, group.failures, run, now)
    outcome = Outcome(
        stored=tuple(made),
        refreshed=tuple(refreshed),
        known=() if refresh else tuple(known),
        failures=tuple(group.failures),
    )
    if run is not None:
        _count(connection, run, group, outcome)
    return outcome


def bulletin_ids(connection: Connection, digests: Iterable[str]) -> dict[str, int]:
    """The ids of the stored bulletins of these texts."""
    found: dict[str, int] = {}
    for some in chunks(digests):
        rows = connection.execute(select(_HEAD.text_sha256, _HEAD.id).where(_HEAD.text_sha256.in_(some)))
        found |= {row.text_sha256: row.id for row in rows}
    return found


def link_bulletins(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Join the stories of the two bulletins of each pair."""
    for one, other in pairs:
        if one == other:
            continue
        rows = connection.execute(select(_HEAD.id, _HEAD.story_id).where(_HEAD.id.in_((one, other)))).all()
        stories = {row.id if row.story_id is None else row.story_id for row in rows}
        connection.execute(
            update(tables.bulletins)
            .where(or_(_HEAD.id.in_((one, other)), _HEAD.story_id.in_(stories)))
            .values(story_id=min(stories))
        )


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT that can say what to do on conflict."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _insert_bulletins(
    connection: Connection, items: Mapping[str, Item], run: int | None, now: dt.datetime
) -> dict[str, int]:
    """Insert those that are not there; their ids by digest, in the order of `items`."""
    if not items:
        return {}
    rows = [
        bulletin_row(item.record) | {"signature": item.signature, "run_id": run, "stored": now}
        for item in items.values()
    ]
    statement = (
        upsert(connection, tables.bulletins)
        .on_conflict_do_nothing(index_elements=[_HEAD.text_sha256])
        .returning(_HEAD.text_sha256, _HEAD.id)
    )
    made = {row.text_sha256: row.id for row in connection.execute(statement, rows)}
    return {digest: made[digest] for digest in items if digest in made}


def _replace_head(connection: Connection, bulletin_id: int, item: Item, run: int | None) -> None:
    values: Row = bulletin_row(item.record) | {"signature": item.signature, "run_id": run}
    # By these it was found.
    del values["text"], values["text_sha256"]
    connection.execute(update(tables.bulletins).where(_HEAD.id == bulletin_id).values(values))


def _delete_layers(connection: Connection, ids: Sequence[int]) -> None:
    for some in chunks(ids):
        for table in (tables.bands, *reversed(tables.LAYERS)):
            connection.execute(delete(table).where(table.c.bulletin_id.in_(some)))


def _insert_layers(connection: Connection, items: Mapping[int, Item]) -> None:
    rows: dict[Table, list[Row]] = {table: [] for table in tables.LAYERS}
    for bulletin_id, item in items.items():
        for table, layer in layer_rows(item.record, bulletin_id).items():
            rows[table] += layer
    for table, layer in rows.items():
        insert_rows(connection, table, layer)
    bands = [
        {"hash": band, "bulletin_id": bulletin_id}
        for bulletin_id, item in items.items()
        for band in sorted(set(item.bands))
    ]
    insert_rows(connection, tables.bands, bands)


def _sighting(digest: str, item: Item) -> Sighting | None:
    provenance = item.record.provenance
    if provenance is None or provenance.source is None:
        return None
    return Sighting(provenance.source, provenance.sha256, digest)


def _digests(items: Mapping[str, Item], sightings: Iterable[Sighting | None]) -> set[str]:
    twins = {item.twin for item in items.values() if item.twin}
    return {*items, *twins, *(s.text_sha256 for s in sightings if s is not None)}


def _see(connection: Connection, sighted: Sequence[tuple[Sighting, int]], now: dt.datetime) -> None:
    """Move the sources on to what they hold now, and tell which bulletins are current."""
    latest = {source_key(sighting.source): (sighting.sha256, bulletin) for sighting, bulletin in sighted}
    rows = [
        {"name": name, "version": 1, "sha256": sha256, "bulletin_id": bulletin, "first_seen": now}
        for name, (sha256, bulletin) in sorted(latest.items())
    ]
    if not rows:
        return
    source = tables.sources.c
    statement = upsert(connection, tables.sources).on_conflict_do_nothing(index_elements=[source.name])
    made = connection.execute(statement.returning(source.id, source.name), rows).all()
    versions = [_version(row.id, 1, *latest[row.name], now) for row in made]
    left: set[int] = set()
    for names in chunks(sorted(latest.keys() - {row.name for row in made})):
        # Locked until the end, so that nobody counts on from the same version.
        known = connection.execute(
            select(tables.sources).where(source.name.in_(names)).order_by(source.name).with_for_update()
        ).all()
        for row in known:
            sha256, bulletin = latest[row.name]
            if (row.sha256, row.bulletin_id) == (sha256, bulletin):
                continue
            version = row.version + (row.bulletin_id != bulletin)
            connection.execute(
                update(tables.sources)
                .where(source.id == row.id)
                .values(sha256=sha256, bulletin_id=bulletin, version=version)
            )
            if row.bulletin_id != bulletin:
                versions.append(_version(row.id, version, sha256, bulletin, now))
                left.add(row.bulletin_id)
    if versions:
        connection.execute(tables.source_versions.insert(), versions)
        _tell_current(connection, left | {bulletin for _, bulletin in sighted})


def _version(source_id: int, version: int, sha256: str | None, bulletin_id: int, now: dt.datetime) -> Row:
    return {"source_id": source_id, "version": version, "sha256": sha256, "bulletin_id": bulletin_id, "seen": now}


def _tell_current(connection: Connection, ids: Iterable[int]) -> None:
    """A bulletin is current while a source holds it."""
    held = exists().where(tables.sources.c.bulletin_id == _HEAD.id)
    for some in chunks(sorted(ids)):
        connection.execute(
            update(tables.bulletins).where(_HEAD.id.in_(some), _HEAD.is_current != held).values(is_current=held)
        )


def _resolve(connection: Connection, sources: Iterable[str], now: dt.datetime) -> None:
    failures = tables.failures
    for names in chunks(sorted({source_key(source) for source in sources})):
        connection.execute(
            update(failures).where(failures.c.source.in_(names), failures.c.resolved.is_(None)).values(resolved=now)
        )


def _fail(connection: Connection, failed: Iterable[Failure], run: int | None, now: dt.datetime) -> None:
    columns = ("sha256", "kind", "cause", "remedy", "traceback_sha256")
    rows = {
        source_key(failure.source): {column: storable(getattr(failure, column)) for column in columns}
        for failure in failed
    }
    if not rows:
        return
    statement = upsert(connection, tables.failures)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=[tables.failures.c.source],
        set_={column: new[column] for column in (*columns, "run_id", "last_seen")}
        | {"attempts": tables.failures.c.attempts + 1, "resolved": None},
    )
    connection.execute(
        statement,
        [
            row | {"source": source, "attempts": 1, "run_id": run, "first_seen": now, "last_seen": now}
            for source, row in sorted(rows.items())
        ],
    )


def _count(connection: Connection, run: int, group: Group, outcome: Outcome) -> None:
    runs = tables.runs.c
    connection.execute(
        update(tables.runs)
        .where(runs.id == run)
        .values(
            read=runs.read + group.read,
            stored=runs.stored + len(outcome.stored),
            refreshed=runs.refreshed + len(outcome.refreshed),
            known=runs.known + group.known + len(outcome.known),
            failed=runs.failed + len(outcome.failures),
        )
    )
