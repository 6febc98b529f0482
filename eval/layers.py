"""The layers of a record and what it means to get each of them right.

Notes for a newcomer. A family is one kind of item: organisations, times, metrics. Each of its layers pairs gold items
with extracted items one to one, by a test of sameness and a weight for which pair is preferred. The layers of a family
differ in how much they ask; one is its strict layer, one its lenient layer. Items that gold marks `optional` take part
in the pairing but count neither when found nor when missed, and an extracted item left over that touches one of them
is excused. Attributes are judged on the pairs of one layer: right or wrong per pair.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.items import (
    Item,
    activity_weight,
    attributed_metric,
    name_set,
    overlapping,
    same_activity,
    same_metric,
    same_period,
    same_quantity,
    same_span,
    same_title,
    same_unit,
    shared,
    similar_title,
    span_of,
    title_of,
    title_weight,
    touching,
)
from eval.matching import any_names_match, names_match, overlap, same_subject, similar, squeeze
from schemas import Record
from schemas.record import ENTITY_TYPES


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of an item that is right or wrong once the item is found.

    Attributes:
        name: as it stands in the scores, e.g. `quantity unit`.
        value: what an item says, for lists of errors.
        same: whether an extracted item says what the gold item says.
        judged: whether the gold item says anything to be judged.
    """

    name: str
    value: Callable[[Any], Any]
    same: Callable[[Any, Any], bool]
    judged: Callable[[Any], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Layer:
    """One way to pair gold items with extracted items.

    `core` layers are those of the published figures; the others complete a family's pair of strict and lenient.
    """

    name: str
    matches: Callable[[Any, Any], bool]
    weight: Callable[[Any, Any], Any]
    core: bool = True


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of item.

    Attributes:
        items: those of a record.
        layers: the ways to pair them.
        strict, lenient: the names of the two layers that stand for the family in averages.
        excused: for a gold record, a test whether an extracted item without a partner is excused.
        attributes: what is judged on pairs found.
        judged_on: the layer whose pairs those are.
    """

    name: str
    items: Callable[[Record], Sequence[Item]]
    layers: tuple[Layer, ...]
    strict: str
    lenient: str
    excused: Callable[[Record], Callable[[Item], bool]]
    attributes: tuple[Attribute, ...] = ()
    judged_on: str = ""


def _even(a: Item, b: Item) -> int:
    return 1


def _touching_optional(layer: str) -> Callable[[Record], Callable[[Item], bool]]:
    return lambda gold: touching([span_of(item) for item in getattr(gold, layer) if item.optional])


def _titled_optional(gold: Record) -> Callable[[Item], bool]:
    titles = {title_of(d) for d in gold.documents if d.optional}
    return lambda item: title_of(item) in titles


def _on_optional_quantity(gold: Record) -> Callable[[Item], bool]:
    return touching([span_of(item) for item in (*gold.metrics, *gold.quantities) if item.optional])


def _dates(item: Item) -> tuple[Any, Any]:
    return item.from_date, item.to_date


CANONICAL = Attribute(
    "ORG canonical", lambda m: m.canonical, lambda g, p: squeeze(g.canonical) == squeeze(p.canonical or p.text)
)
QUANTITY_ATTRIBUTES = (
    Attribute("quantity modifier", lambda q: q.modifier, lambda g, p: g.modifier == p.modifier),
    Attribute("quantity dimension", lambda q: q.dimension, lambda g, p: g.dimension == p.dimension),
    Attribute("quantity unit", lambda q: q.unit, same_unit),
)
DOCUMENT_ATTRIBUTES = (
    Attribute("document kind", lambda d: d.kind, lambda g, p: g.kind == p.kind),
    Attribute("document action", lambda d: d.action, lambda g, p: g.action == p.action),
    Attribute(
        "document number",
        lambda d: d.number,
        lambda g, p: squeeze(g.number) == squeeze(p.number),
        lambda g: bool(g.number),
    ),
    Attribute(
        "document issuers",
        lambda d: d.issuers,
        lambda g, p: name_set(g.issuers) == name_set(p.issuers),
        lambda g: bool(g.issuers),
    ),
)
METRIC_ATTRIBUTES = (
    Attribute("metric subject", lambda m: m.subject, lambda g, p: same_subject(g.subject, p.subject)),
    Attribute("metric period", _dates, same_period),
    Attribute(
        "metric part_of",
        lambda m: m.part_of,
        lambda g, p: p.part_of is not None and overlap(g.part_of, p.part_of) > 0,
        lambda g: bool(g.part_of),
    ),
)
ACTIVITY_ATTRIBUTES = (
    Attribute("activity type", lambda a: a.type, lambda g, p: g.type == p.type),
    Attribute(
        "activity actor",
        lambda a: a.actors,
        lambda g, p: any_names_match(g.actors, p.actors),
        lambda g: bool(g.actors),
    ),
    Attribute("activity time", _dates, same_period, lambda g: bool(g.from_date or g.to_date)),
    Attribute(
        "activity place",
        lambda a: a.places,
        lambda g, p: any_names_match(g.places, p.places),
        lambda g: bool(g.places),
    ),
)
HEAD_ATTRIBUTES = (
    Attribute(
        "head title", lambda r: r.title, lambda g, p: squeeze(g.title) == squeeze(p.title), lambda g: bool(g.title)
    ),
    Attribute(
        "head publisher",
        lambda r: r.publisher,
        lambda g, p: squeeze(g.publisher) == squeeze(p.publisher) or names_match(g.publisher, p.publisher),
        lambda g: bool(g.publisher),
    ),
    Attribute(
        "head published", lambda r: r.published, lambda g, p: g.published == p.published, lambda g: bool(g.published)
    ),
    Attribute(
        "head authors",
        lambda r: r.authors,
        lambda g, p: name_set(g.authors) == name_set(p.authors),
        lambda g: bool(g.authors),
    ),
)


def _mentions(kind: str) -> Family:
    return Family(
        f"mention {kind}",
        lambda record: [m for m in record.mentions if m.type == kind],
        (
            Layer(f"mention {kind} strict", same_span, _even),
            Layer(f"mention {kind} overlap", overlapping, shared),
        ),
        f"mention {kind} strict",
        f"mention {kind} overlap",
        _touching_optional("mentions"),
        (CANONICAL,) if kind == "ORG" else (),
        judged_on=f"mention {kind} overlap",
    )


FAMILIES = (
    *map(_mentions, ENTITY_TYPES),
    Family(
        "quantity",
        lambda record: record.quantities,
        (
            Layer("quantity span", same_span, _even),
            Layer("quantity normalised", same_quantity, shared),
            Layer("quantity overlap", overlapping, shared),
        ),
        "quantity span",
        "quantity overlap",
        _touching_optional("quantities"),
        QUANTITY_ATTRIBUTES,
        judged_on="quantity overlap",
    ),
    Family(
        "time",
        lambda record: record.times,
        (
            Layer("time span", same_span, _even, core=False),
            Layer("time found", overlapping, shared),
            Layer("time normalised", lambda g, p: overlapping(g, p) and same_period(g, p), shared),
        ),
        "time span",
        "time found",
        _touching_optional("times"),
    ),
    # Documents are compared by title; their spans play no part.
    Family(
        "document",
        lambda record: record.documents,
        (
            Layer("document", same_title, _even),
            Layer("document similar", similar_title, title_weight, core=False),
        ),
        "document",
        "document similar",
        _titled_optional,
        DOCUMENT_ATTRIBUTES,
        judged_on="document",
    ),
    Family(
        "metric",
        lambda record: record.metrics,
        (
            Layer("metric found", overlapping, shared),
            Layer("metric named", same_metric, shared),
            Layer("metric named+subject", attributed_metric, shared),
            Layer("metric exact", lambda g, p: same_span(g, p) and squeeze(g.name) == squeeze(p.name), _even, False),
        ),
        "metric exact",
        "metric found",
        _on_optional_quantity,
        METRIC_ATTRIBUTES,
        judged_on="metric found",
    ),
    Family(
        "activity",
        lambda record: record.activities,
        (
            Layer("activity found", same_activity, activity_weight),
            Layer(
                "activity typed+named",
                lambda g, p: same_activity(g, p) and g.type == p.type and similar(g.name, p.name),
                activity_weight,
            ),
            Layer("activity exact", lambda g, p: same_span(g, p) and g.type == p.type, activity_weight, False),
        ),
        "activity exact",
        "activity found",
        _touching_optional("activities"),
        ACTIVITY_ATTRIBUTES,
        judged_on="activity found",
    ),
)
