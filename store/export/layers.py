"""The flat layers of the exports: which columns a table has, and the rows that a record gives it.

Notes for a newcomer. A record is nested and speaks in offsets; a table wants one row per item with all that an analyst
filters and groups by beside it. A layer is a name and its columns; a column has a kind (what the formats make of it)
and a function from an item and its record to the value. Lists stay lists here: Parquet and JSON keep them so, CSV and
Excel join them. Columns have the names and meanings of the database's views (v_metrics, …).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from schemas import Activity, Mention, Metric, Office, PolicyDocument, Quantity, Record
from schemas.record import Offsets
from store.sentences import Sentences

Kind = Literal["text", "list", "integer", "number", "date"]
Value = str | Sequence[str] | int | Decimal | dt.date | None
Row = tuple[Value, ...]


class LayerName(StrEnum):
    """What an export writes: whole records, which only nested formats hold, or a flat layer."""

    RECORDS = "records"
    BULLETINS = "bulletins"
    METRICS = "metrics"
    ACTIVITIES = "activities"
    DOCUMENTS = "documents"
    ENTITIES = "entities"


class Context:
    """A record and what its items point at; made once for all layers."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def offices(self) -> dict[str, Office]:
        """The offices by the names that the record has for them."""
        return {office.name: office for office in self.record.offices}

    @cached_property
    def quantities(self) -> dict[Offsets, Quantity]:
        """The quantities by where they stand."""
        return {(q.start, q.end): q for q in self.record.quantities}

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self.record.text)

    def sentence(self, offsets: Offsets | None) -> str | None:
        """The sentence in which `offsets` stand."""
        return offsets and self._sentences.at(*offsets)

    @cached_property
    def places(self) -> frozenset[str | None]:
        """What the record names as places."""
        return frozenset(name for m in self.record.mentions if m.type == "PLACE" for name in (m.canonical, m.text))

    def office(self, name: str | None) -> Office | None:
        """The office that is called `name` here, or the publisher's where none is named."""
        return self.offices.get(name or self.record.publisher or "")

    def division(self, name: str | None) -> str | None:
        """The division of the office called `name`, the publisher's, or of a place, that of an office which has it."""
        office = self.office(name)
        if name is None or (office and office.division):
            return office.division if office else None
        return min((o.division for o in self.record.offices if o.division and o.division.endswith(name)), default=None)


# Writes what a record gives to a layer; how many rows that was.
Write = Callable[[Context], int]
Writes = dict[LayerName, Write]


@dataclass(frozen=True)
class Column:
    """A column; `value` makes its cell from an item and the context of its record."""

    name: str
    kind: Kind
    value: Callable[[Any, Context], Value]


@dataclass(frozen=True)
class Layer:
    """A table of items of one kind; `items` are those of a record."""

    name: LayerName
    columns: tuple[Column, ...]
    items: Callable[[Record], Iterable[object]]

    def rows(self, context: Context) -> Iterator[Row]:
        """The rows that one record gives, cells in the order of the columns."""
        for item in self.items(context.record):
            yield tuple(column.value(item, context) for column in self.columns)


def _field(name: str, kind: Kind = "text", *, of: str | None = None) -> Column:
    """A column that is the field `of` (by default of the same name) of the item."""
    read = attrgetter(of or name)
    return Column(name, kind, lambda item, _: read(item))


def _made(name: str, value: Callable[[Any, Context], Value], kind: Kind = "text") -> Column:
    return Column(name, kind, value)


def _of_bulletin(name: str, field: str, kind: Kind = "text") -> Column:
    read = attrgetter(field)
    return Column(name, kind, lambda _, context: read(context.record))


def _of_provenance(name: str) -> Column:
    return Column(name, "text", lambda _, context: getattr(context.record.provenance, name, None))


def _of_quantity(name: str, kind: Kind = "text") -> Column:
    return Column(name, kind, lambda metric, context: getattr(context.quantities.get(metric.quantity), name, None))


def _of_total(metric: Metric, context: Context) -> Decimal | None:
    total = context.quantities.get(metric.part_of) if metric.part_of else None
    return total.value if total else None


def _of_comparison(name: str, kind: Kind = "text") -> Column:
    return Column(f"comparison_{name}", kind, lambda metric, _: getattr(metric.comparison, name, None))


def _office(name: Callable[[Any], str | None]) -> tuple[Column, ...]:
    """The key and division of the office called `name(item)`, or of the publisher where none is named."""
    return (
        _made("office_key", lambda item, context: getattr(context.office(name(item)), "key", None)),
        _made("division", lambda item, context: context.division(name(item))),
    )


def _period() -> tuple[Column, ...]:
    """The period; the year is that of its end, else its begin, else the publication."""

    def year(item: Metric | Activity, context: Context) -> int | None:
        day = item.to_date or item.from_date or context.record.published
        return day.year if day else None

    return _field("from_date", "date"), _field("to_date", "date"), _made("year", year, "integer")


def _stands(where: Callable[[Any], Offsets | None]) -> tuple[Column, ...]:
    """The sentence, and the offsets in the bulletin's text (code points, end exclusive)."""
    return (
        _made("sentence", lambda item, context: context.sentence(where(item))),
        _made("start", lambda item, _: (where(item) or (None,))[0], "integer"),
        _made("end", lambda item, _: (where(item) or (None,))[-1], "integer"),
    )


def _count(name: str) -> Column:
    return Column(name, "integer", lambda record, _: len(getattr(record, name)))


def _place(metric: Metric, context: Context) -> str | None:
    return metric.subject if metric.subject in context.places else None


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text


def _first_actor(activity: Activity) -> str | None:
    return activity.actors[0] if activity.actors else None


def _first_issuer(document: PolicyDocument) -> str | None:
    return document.issuers[0] if document.issuers else None


def _first_mention(document: PolicyDocument) -> Offsets | None:
    return document.mentions[0] if document.mentions else None


_BULLETIN = (
    _of_bulletin("bulletin", "id"),
    _of_bulletin("bulletin_title", "title"),
    _of_bulletin("publisher", "publisher"),
    _of_bulletin("published", "published", "date"),
    _of_provenance("source"),
)

BULLETINS = Layer(
    LayerName.BULLETINS,
    (
        *_BULLETIN,
        *_office(attrgetter("publisher")),
        _field("authors", "list"),
        _made("characters", lambda record, _: len(record.text), "integer"),
        *map(_count, ("mentions", "times", "quantities", "documents", "metrics", "activities")),
        _of_provenance("pipeline"),
        _of_provenance("model"),
    ),
    lambda record: (record,),
)

METRICS = Layer(
    LayerName.METRICS,
    (
        _made("office", lambda metric, context: metric.subject or context.record.publisher),
        *_office(attrgetter("subject")),
        _made("place", _place),
        _field("indicator", of="name"),
        _made("indicator_normalised", lambda metric, _: metric.indicator or metric.name),
        _of_quantity("value", "number"),
        _of_quantity("unit"),
        _of_quantity("low", "number"),
        _of_quantity("high", "number"),
        _of_quantity("modifier"),
        _made("figure", lambda metric, context: context.record.text[slice(*metric.quantity)]),
        _of_quantity("dimension"),
        _of_quantity("canonical_value", "number"),
        _of_quantity("canonical_unit"),
        *_period(),
        _of_comparison("basis"),
        _of_comparison("change", "number"),
        _of_comparison("unit"),
        _made("total", _of_total, "number"),
        *_stands(attrgetter("quantity")),
        *_BULLETIN,
    ),
    attrgetter("metrics"),
)

ACTIVITIES = Layer(
    LayerName.ACTIVITIES,
    (
        _field("type"),
        _field("activity", of="name"),
        _field("actors", "list"),
        _field("participants", "list"),
        _field("places", "list"),
        *_period(),
        _field("documents", "list"),
        *_office(_first_actor),
        *_stands(attrgetter("trigger")),
        *_BULLETIN,
    ),
    attrgetter("activities"),
)

DOCUMENTS = Layer(
    LayerName.DOCUMENTS,
    (
        _field("title"),
        _field("number"),
        _field("kind"),
        _field("action"),
        _field("issuers", "list"),
        _field("alias"),
        _made("document_key", lambda document, _: document.key or document.title),
        *_office(_first_issuer),
        _made("mentions", lambda document, _: len(document.mentions), "integer"),
        *_stands(_first_mention),
        *_BULLETIN,
    ),
    attrgetter("documents"),
)

ENTITIES = Layer(
    LayerName.ENTITIES,
    (
        _field("type"),
        _made("name", lambda mention, _: _name(mention)),
        _field("text"),
        _made("office_key", lambda mention, context: getattr(context.offices.get(_name(mention)), "key", None)),
        _made("division", lambda mention, context: getattr(context.offices.get(_name(mention)), "division", None)),
        _field("sources", "list"),
        *_stands(attrgetter("start", "end")),
        *_BULLETIN,
    ),
    attrgetter("mentions"),
)

FLAT: dict[LayerName, Layer] = {layer.name: layer for layer in (BULLETINS, METRICS, ACTIVITIES, DOCUMENTS, ENTITIES)}
