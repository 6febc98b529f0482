"""A record to table rows and back."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table

from schemas import (
    Activity,
    Comparison,
    Mention,
    Metric,
    Office,
    PolicyDocument,
    Provenance,
    Quantity,
    Record,
    TimeExpression,
)
from store import tables
from store.errors import RecordError
from store.sentences import LONGEST, Sentences

Row = dict[str, Any]
Rows = Mapping[Table, Sequence[Mapping[str, Any]]]

_QUANTITY = ("value", "low", "high", "modifier", "unit", "dimension", "canonical_value", "canonical_unit")


def text_digest(text: str) -> str:
    """The key by which a bulletin is known: the sha256 of its text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def bulletin_row(record: Record) -> Row:
    """What the record itself says of its row of `bulletins`: without id, story and run."""
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


def layer_rows(record: Record, bulletin_id: int) -> dict[Table, list[Row]]:
    """The rows of `tables.LAYERS`, every row of a table with the same columns.

    Raises:
        RecordError: a metric points at no quantity of the record.
    """
    at = {(q.start, q.end): i for i, q in enumerate(record.quantities)}
    sentences = Sentences(record.text)

    def quantity(offsets: tuple[int, int]) -> int:
        if offsets not in at:
            raise RecordError(f"a metric points at {offsets}, where no quantity is", where=record.id)
        return at[offsets]

    def sentence(start: int) -> Row:
        begin, end = sentences.around(start)
        # Of a text without punctuation, what stands around the item.
        return {"sentence_start": max(begin, start - LONGEST), "sentence_end": min(end, start + LONGEST)}

    def comparison(told: Comparison | None) -> Row:
        return {
            "comparison_basis": told and told.basis,
            "comparison_change": told and told.change,
            "comparison_unit": told and told.unit,
            "comparison_quantity": told and quantity(told.quantity),
        }

    rows: dict[Table, list[Row]] = {
        tables.authors: [{"name": name} for name in record.authors],
        tables.offices: [_fields(o, "name", "key", "division") for o in record.offices],
        tables.mentions: [
            _fields(m, "start", "end", "text", "type", "canonical", "score") | {"sources": " ".join(m.sources)}
            for m in record.mentions
        ],
        tables.times: [_fields(t, "start", "end", "text", "from_date", "to_date") for t in record.times],
        tables.quantities: [_fields(q, "start", "end", "text", *_QUANTITY) for q in record.quantities],
        tables.documents: [_fields(d, "title", "kind", "number", "action", "alias", "key") for d in record.documents],
        tables.metrics: [
            _fields(m, "name", "indicator", "subject", "from_date", "to_date")
            | {"quantity": quantity(m.quantity), "part_of": None if m.part_of is None else quantity(m.part_of)}
            | comparison(m.comparison)
            | sentence(m.quantity[0])
            for m in record.metrics
        ],
        tables.activities: [
            _fields(a, "type", "name", "from_date", "to_date")
            | {"trigger_start": a.trigger[0], "trigger_end": a.trigger[1]}
            | sentence(a.trigger[0])
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
    issuers, mentions = _by_item(rows, tables.document_issuers), _by_item(rows, tables.document_mentions)
    actors, participants = _by_item(rows, tables.activity_actors), _by_item(rows, tables.activity_participants)
    places, cited = _by_item(rows, tables.activity_places), _by_item(rows, tables.activity_documents)
    return Record(
        id=bulletin["name"],
        title=bulletin["title"],
        publisher=bulletin["publisher"],
        published=bulletin["published"],
        authors=tuple(row["name"] for row in rows[tables.authors]),
        text=bulletin["text"],
        mentions=tuple(
            Mention(**fields, sources=tuple(row["sources"].split()))
            for row, fields in _items(rows, tables.mentions, Mention, "sources")
        ),
        times=tuple(TimeExpression(**fields) for _, fields in _items(rows, tables.times, TimeExpression)),
        quantities=tuple(Quantity(**fields) for _, fields in _items(rows, tables.quantities, Quantity)),
        documents=tuple(
            PolicyDocument(
                **fields,
                issuers=tuple(row["name"] for row in issuers.get(i, ())),
                mentions=tuple((row["start"], row["end"]) for row in mentions.get(i, ())),
            )
            for i, (_, fields) in enumerate(_items(rows, tables.documents, PolicyDocument))
        ),
        metrics=tuple(
            Metric(
                **fields,
                quantity=spans[row["quantity"]],
                part_of=None if row["part_of"] is None else spans[row["part_of"]],
                comparison=_comparison(row, spans),
            )
            for row, fields in _items(rows, tables.metrics, Metric, "quantity", "part_of")
        ),
        activities=tuple(
            Activity(
                **fields,
                trigger=(row["trigger_start"], row["trigger_end"]),
                actors=tuple(row["name"] for row in actors.get(i, ())),
                participants=tuple(row["name"] for row in participants.get(i, ())),
                places=tuple(row["name"] for row in places.get(i, ())),
                documents=tuple(row["title"] for row in cited.get(i, ())),
            )
            for i, (row, fields) in enumerate(_items(rows, tables.activities, Activity))
        ),
        offices=tuple(Office(**fields) for _, fields in _items(rows, tables.offices, Office)),
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


def _comparison(metric: Mapping[str, Any], spans: Sequence[tuple[int, int]]) -> Comparison | None:
    if metric["comparison_quantity"] is None:
        return None
    return Comparison(
        basis=metric["comparison_basis"],
        change=metric["comparison_change"],
        unit=metric["comparison_unit"],
        quantity=spans[metric["comparison_quantity"]],
    )


def _fields(item: object, *names: str) -> Row:
    return {name: getattr(item, name) for name in names}


def _items(rows: Rows, table: Table, model: type[BaseModel], *without: str) -> Iterator[tuple[Mapping[str, Any], Row]]:
    """The rows of `table`, each with those of its columns that are fields of `model`."""
    names = _shared(table, model, without)
    for row in rows[table]:
        yield row, {name: row[name] for name in names}


@cache
def _shared(table: Table, model: type[BaseModel], without: tuple[str, ...]) -> tuple[str, ...]:
    names = (column.name for column in table.columns)
    return tuple(name for name in names if name in model.model_fields and name not in without)


def _by_item(rows: Rows, table: Table) -> dict[int, list[Mapping[str, Any]]]:
    lists: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows[table]:
        lists.setdefault(row["item"], []).append(row)
    return lists


def _list_rows(bulletin_id: int, lists: Iterable[list[Row]]) -> list[Row]:
    return [
        {"bulletin_id": bulletin_id, "item": item, "position": position} | row
        for item, entries in enumerate(lists)
        for position, row in enumerate(entries)
    ]
