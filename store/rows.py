"""A record to table rows and back."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table

from schemas import (
    Activity,
    Mention,
    Metric,
    PolicyDocument,
    Provenance,
    Quantity,
    Record,
    TimeExpression,
)
from store import tables
from store.errors import StoreError

Row = dict[str, Any]
Rows = Mapping[Table, list[Row]]

_QUANTITY = ("value", "low", "high", "modifier", "unit", "dimension", "canonical_value", "canonical_unit")


def text_digest(text: str) -> str:
    """The key by which a bulletin is known: the sha256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def bulletin_row(record: Record) -> Row:
    """The row of `bulletins`, without its id."""
    provenance = record.provenance
    return {
        "name": record.id,
        "text_sha256": text_digest(record.text),
        "title": record.title,
        "publisher": record.publisher,
        "published": record.published,
        "text": record.text,
        "source": provenance and provenance.source,
        "source_sha256": provenance and provenance.sha256,
        "pipeline": provenance and provenance.pipeline,
        "lexicon": provenance and provenance.lexicon,
        "model": provenance and provenance.model,
    }


def layer_rows(record: Record, bulletin_id: int) -> Rows:
    """The rows of all other tables, parents before children.

    Raises:
        StoreError: a metric points at no quantity of the record.
    """
    at = {(q.start, q.end): i for i, q in enumerate(record.quantities)}

    def quantity(offsets: tuple[int, int]) -> int:
        if offsets not in at:
            raise StoreError(f"a metric points at {offsets}, where no quantity is", where=record.id)
        return at[offsets]

    rows: dict[Table, list[Row]] = {
        tables.authors: [{"name": name} for name in record.authors],
        tables.mentions: [
            _fields(m, "start", "end", "text", "type", "canonical") | {"sources": " ".join(m.sources)}
            for m in record.mentions
        ],
        tables.times: [_fields(t, "start", "end", "text", "from_date", "to_date") for t in record.times],
        tables.quantities: [_fields(q, "start", "end", "text", *_QUANTITY) for q in record.quantities],
        tables.documents: [_fields(d, "title", "kind", "number", "action", "alias") for d in record.documents],
        tables.metrics: [
            _fields(m, "name", "subject", "from_date", "to_date")
            | {"quantity": quantity(m.quantity), "part_of": None if m.part_of is None else quantity(m.part_of)}
            for m in record.metrics
        ],
        tables.activities: [
            _fields(a, "type", "name", "from_date", "to_date")
            | {"trigger_start": a.trigger[0], "trigger_end": a.trigger[1]}
            for a in record.activities
        ],
    }
    for layer in rows.values():
        for position, row in enumerate(layer):
            row |= {"bulletin_id": bulletin_id, "position": position}
    names = (
        (tables.document_issuers, "name", [d.issuers for d in record.documents]),
        (tables.activity_actors, "name", [a.actors for a in record.activities]),
        (tables.activity_participants, "name", [a.participants for a in record.activities]),
        (tables.activity_places, "name", [a.places for a in record.activities]),
        (tables.activity_documents, "title", [a.documents for a in record.activities]),
    )
    for table, column, lists in names:
        rows[table] = _list_rows(bulletin_id, ([{column: name} for name in names] for names in lists))
    rows[tables.document_mentions] = _list_rows(
        bulletin_id, ([{"start": start, "end": end} for start, end in d.mentions] for d in record.documents)
    )
    return rows


def record_of(bulletin: Mapping[str, Any], rows: Rows) -> Record:
    """The record of a `bulletins` row and the rows of all its layers, each list in its order."""
    spans = [(q["start"], q["end"]) for q in rows[tables.quantities]]

    def names(table: Table, column: str, item: int) -> tuple[str, ...]:
        return tuple(row[column] for row in rows[table] if row["item"] == item)

    return Record(
        id=bulletin["name"],
        title=bulletin["title"],
        publisher=bulletin["publisher"],
        published=bulletin["published"],
        authors=tuple(row["name"] for row in rows[tables.authors]),
        text=bulletin["text"],
        mentions=tuple(
            Mention(**_pick(m, Mention, "sources"), sources=tuple(m["sources"].split())) for m in rows[tables.mentions]
        ),
        times=tuple(TimeExpression(**_pick(t, TimeExpression)) for t in rows[tables.times]),
        quantities=tuple(Quantity(**_pick(q, Quantity)) for q in rows[tables.quantities]),
        documents=tuple(
            PolicyDocument(
                **_pick(d, PolicyDocument),
                issuers=names(tables.document_issuers, "name", i),
                mentions=tuple((m["start"], m["end"]) for m in rows[tables.document_mentions] if m["item"] == i),
            )
            for i, d in enumerate(rows[tables.documents])
        ),
        metrics=tuple(
            Metric(
                **_pick(m, Metric, "quantity", "part_of"),
                quantity=spans[m["quantity"]],
                part_of=None if m["part_of"] is None else spans[m["part_of"]],
            )
            for m in rows[tables.metrics]
        ),
        activities=tuple(
            Activity(
                **_pick(a, Activity),
                trigger=(a["trigger_start"], a["trigger_end"]),
                actors=names(tables.activity_actors, "name", i),
                participants=names(tables.activity_participants, "name", i),
                places=names(tables.activity_places, "name", i),
                documents=names(tables.activity_documents, "title", i),
            )
            for i, a in enumerate(rows[tables.activities])
        ),
        provenance=None
        if bulletin["pipeline"] is None
        else Provenance(
            source=bulletin["source"],
            sha256=bulletin["source_sha256"],
            pipeline=bulletin["pipeline"],
            lexicon=bulletin["lexicon"],
            model=bulletin["model"],
        ),
    )


def _fields(item: object, *names: str) -> Row:
    return {name: getattr(item, name) for name in names}


def _pick(row: Mapping[str, Any], model: Any, *without: str) -> Row:
    """The columns of `row` that are fields of `model`."""
    return {name: value for name, value in row.items() if name in model.model_fields and name not in without}


def _list_rows(bulletin_id: int, lists: Iterable[list[Row]]) -> list[Row]:
    return [
        {"bulletin_id": bulletin_id, "item": item, "position": position} | row
        for item, entries in enumerate(lists)
        for position, row in enumerate(entries)
    ]
