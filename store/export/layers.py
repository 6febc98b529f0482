"""The flat layers of the exports: which columns a table has, and the rows that a record gives it.

Notes for a newcomer. A record is nested and speaks in offsets; a table wants one row per item with all that an analyst
filters and groups by beside it. A layer is a name and its columns; a column has a kind (what the formats make of it)
and a function from an item and its record to the value. Lists stay lists here: Parquet and JSON keep them so, CSV and
Excel join them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from schemas import Activity, Mention, Metric, Office, PolicyDocument, Quantity, Record
from schemas.record import Offsets
from store.sentences import Sentences

Kind = Literal["text", "list", "integer", "number", "date"]
Value = str | Sequence[str] | int | Decimal | dt.date | None
Row = tuple[Value, ...]

RECORDS = "records"  # the layer of whole records, which only nested formats hold


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

    def words(self, offsets: Offsets | None) -> str | None:
        """What stands at `offsets`."""
        return offsets and self.record.text[slice(*offsets)]

    def key(self, name: str | None) -> str | None:
        """The key of the office that is called `name` here."""
        return self.offices[name].key if name in self.offices else None

    def keys(self, names: Iterable[str]) -> list[str]:
        """The keys of those of `names` that have one, each once."""
        return list(dict.fromkeys(key for name in names if (key := self.key(name))))

    def division(self, name: str | None) -> str | None:
        """The administrative division of the office that is called `name` here."""
        return self.offices[name].division if name in self.offices else None


Write = Callable[[Context], int]  # writes what a record gives to a layer; how many rows that was


@dataclass(frozen=True)
class Column:
    """A column; `value` makes its cell from an item and the context of its record."""

    name: str
    kind: Kind
    value: Callable[[Any, Context], Value]


@dataclass(frozen=True)
class Layer:
    """A table of items of one kind; `items` are those of a record."""

    name: str
    columns: tuple[Column, ...]
    items: Callable[[Record], Iterable[object]]

    def rows(self, context: Context) -> Iterator[Row]:
        """The rows that one record gives, cells in the order of the columns."""
        for item in self.items(context.record):
            yield tuple(column.value(item, context) for column in self.columns)


def _column(name: str, kind: Kind = "text") -> Column:
    """A column that is a field of the item."""
    return Column(name, kind, lambda item, _: getattr(item, name))


def _made(name: str, value: Callable[[Any, Context], Value], kind: Kind = "text") -> Column:
    return Column(name, kind, value)


def _of_bulletin(name: str, kind: Kind = "text") -> Column:
    return Column(name, kind, lambda _, context: getattr(context.record, name))


def _of_quantity(name: str, kind: Kind = "text") -> Column:
    def value(item: Metric, context: Context) -> Value:
        quantity = context.quantities.get(item.quantity)
        cell: Value = getattr(quantity, name, None)
        return cell

    return Column(name, kind, value)


def _of_comparison(name: str, kind: Kind = "text") -> Column:
    return Column(f"comparison_{name}", kind, lambda metric, _: getattr(metric.comparison, name, None))


def _count(name: str) -> Column:
    return Column(name, "integer", lambda record, _: len(getattr(record, name)))


def _at(where: Callable[[Any], Offsets | None]) -> tuple[Column, ...]:
    """The sentence and the offsets in the bulletin's text (code points, end exclusive)."""
    return (
        _made("sentence", lambda item, context: context.sentence(where(item))),
        _made("start", lambda item, _: (where(item) or (None,))[0], "integer"),
        _made("end", lambda item, _: (where(item) or (None,))[-1], "integer"),
    )


_BULLETIN = (
    _made("bulletin", lambda _, context: context.record.id),
    _of_bulletin("title"),
    _of_bulletin("published", "date"),
    _of_bulletin("publisher"),
)
_PERIOD = (_column("from_date", "date"), _column("to_date", "date"))


def _first_mention(document: PolicyDocument) -> Offsets | None:
    return document.mentions[0] if document.mentions else None


def _activity_trigger(activity: Activity) -> Offsets:
    return activity.trigger


def _metric_quantity(metric: Metric) -> Offsets:
    return metric.quantity


def _mention_span(mention: Mention) -> Offsets:
    return mention.start, mention.end


def _full_name(mention: Mention) -> str:
    return mention.canonical or mention.text


BULLETINS = Layer(
    "bulletins",
    (
        *_BULLETIN,
        _made("publisher_key", lambda record, context: context.key(record.publisher)),
        _made("division", lambda record, context: context.division(record.publisher)),
        _of_bulletin("authors", "list"),
        _made("characters", lambda record, _: len(record.text), "integer"),
        *map(_count, ("mentions", "times", "quantities", "documents", "metrics", "activities")),
        _made("source", lambda record, _: record.provenance and record.provenance.source),
        _made("pipeline", lambda record, _: record.provenance and record.provenance.pipeline),
    ),
    lambda record: (record,),
)

METRICS = Layer(
    "metrics",
    (
        *_BULLETIN,
        _column("subject"),
        _made("office_key", lambda metric, context: context.key(metric.subject)),
        _made("division", lambda metric, context: context.division(metric.subject)),
        _column("name"),
        _column("indicator"),
        _of_quantity("value", "number"),
        _of_quantity("unit"),
        _of_quantity("low", "number"),
        _of_quantity("high", "number"),
        _of_quantity("modifier"),
        _of_quantity("dimension"),
        _of_quantity("canonical_value", "number"),
        _of_quantity("canonical_unit"),
        *_PERIOD,
        _of_comparison("basis"),
        _of_comparison("change", "number"),
        _of_comparison("unit"),
        _made("part_of", lambda metric, context: context.words(metric.part_of)),
        _made("quantity", lambda metric, context: context.words(metric.quantity)),
        *_at(_metric_quantity),
    ),
    lambda record: record.metrics,
)

ACTIVITIES = Layer(
    "activities",
    (
        *_BULLETIN,
        _column("type"),
        _column("name"),
        _made("trigger", lambda activity, context: context.words(activity.trigger)),
        _column("actors", "list"),
        _made("actor_keys", lambda activity, context: context.keys(activity.actors), "list"),
        _column("participants", "list"),
        _column("places", "list"),
        _column("documents", "list"),
        *_PERIOD,
        *_at(_activity_trigger),
    ),
    lambda record: record.activities,
)

DOCUMENTS = Layer(
    "documents",
    (
        *_BULLETIN,
        _made("document", lambda document, _: document.title),
        _made("document_key", lambda document, _: document.key),
        _column("kind"),
        _column("number"),
        _column("issuers", "list"),
        _made("issuer_keys", lambda document, context: context.keys(document.issuers), "list"),
        _column("action"),
        _column("alias"),
        _made("mentions", lambda document, _: len(document.mentions), "integer"),
        *_at(_first_mention),
    ),
    lambda record: record.documents,
)

ENTITIES = Layer(
    "entities",
    (
        *_BULLETIN,
        _column("type"),
        _column("text"),
        _column("canonical"),
        _made("office_key", lambda mention, context: context.key(_full_name(mention))),
        _made("division", lambda mention, context: context.division(_full_name(mention))),
        _column("sources", "list"),
        *_at(_mention_span),
    ),
    lambda record: record.mentions,
)

FLAT: dict[str, Layer] = {layer.name: layer for layer in (BULLETINS, METRICS, ACTIVITIES, DOCUMENTS, ENTITIES)}
