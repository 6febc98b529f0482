"""Where an item stands, and when an extracted item is the gold item: one predicate per kind of likeness."""

from collections.abc import Callable, Sequence
from typing import Any

from eval.matching import comparable_unit, overlap, same_subject, similar, similarity, squeeze
from schemas import Activity, Metric, PolicyDocument, Quantity
from schemas.record import Offsets

Item = Any
"""A mention, time, quantity, document, metric or activity."""

# How far from each other two triggers of one activity may stand if its name is the same.
_NEARBY = 60


def span_of(item: Item) -> Offsets:
    """Where an item stands: a metric at its quantity, an activity at its trigger, a document at its first mention.

    (0, 0) for a document without mentions.
    """
    if isinstance(item, Metric):
        return item.quantity
    if isinstance(item, Activity):
        return item.trigger
    if isinstance(item, PolicyDocument):
        return item.mentions[0] if item.mentions else (0, 0)
    return item.start, item.end


def shared(a: Item, b: Item) -> int:
    """How many characters two items share."""
    return overlap(span_of(a), span_of(b))


def overlapping(a: Item, b: Item) -> bool:
    """Whether two items share a character."""
    return shared(a, b) > 0


def same_span(a: Item, b: Item) -> bool:
    """Whether two items cover the same characters."""
    return span_of(a) == span_of(b)


def touching(spans: Sequence[Offsets]) -> Callable[[Item], bool]:
    """A test whether an item shares a character with any of `spans`."""
    return lambda item: any(overlap(span_of(item), span) for span in spans)


def same_period(a: Item, b: Item) -> bool:
    """Whether two items have the same first and last day; open ends are alike."""
    return bool(a.from_date == b.from_date and a.to_date == b.to_date)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether value and bounds of two quantities are the same numbers."""
    return (a.value, a.low, a.high) == (b.value, b.low, b.high)


def same_unit(a: Quantity, b: Quantity) -> bool:
    """Whether the units of two quantities are the same but for spelling."""
    return comparable_unit(a.unit) == comparable_unit(b.unit)


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities at one place are normalised alike."""
    return overlapping(a, b) and same_value(a, b) and same_unit(a, b)


def title_of(document: PolicyDocument) -> str:
    """A document's title as compared."""
    return squeeze(document.title).strip("《》")


def same_title(a: PolicyDocument, b: PolicyDocument) -> bool:
    """Whether two documents have the same title."""
    return title_of(a) == title_of(b)


def similar_title(a: PolicyDocument, b: PolicyDocument) -> bool:
    """Whether the titles of two documents word the same thing."""
    return similar(title_of(a), title_of(b))


def title_weight(a: PolicyDocument, b: PolicyDocument) -> float:
    """How alike the titles of two documents are, 0..1."""
    return similarity(title_of(a), title_of(b))


def same_metric(a: Metric, b: Metric) -> bool:
    """Whether two metrics hang on one quantity and name the same indicator."""
    return overlapping(a, b) and similar(a.name, b.name)


def attributed_metric(a: Metric, b: Metric) -> bool:
    """Whether they are, besides, of the same subject."""
    return same_metric(a, b) and same_subject(a.subject, b.subject)


def same_activity(a: Activity, b: Activity) -> bool:
    """Whether two activities share their trigger, or stand near each other and are named alike."""
    if overlapping(a, b):
        return True
    return abs(a.trigger[0] - b.trigger[0]) <= _NEARBY and similar(a.name, b.name)


def activity_weight(a: Activity, b: Activity) -> tuple[float, int]:
    """Likeness of the names, then shared characters of the triggers."""
    return similarity(a.name, b.name), shared(a, b)


def name_set(names: Sequence[str]) -> set[str]:
    """Names as compared where order plays no part."""
    return {squeeze(name) for name in names}
