"""What became of every item: found, missed, spurious, or found with something wrong, for a reader of errors.

Notes for a newcomer. The layers of `eval.layers` count; they ask one question each, and an item that is found under
another type is an error of both types there. A finding tells one story per item: gold and extracted items of one group
are paired once, whatever their types, and everything that is wrong about the pair is listed as its faults.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from eval.document import DocumentScores
from eval.items import (
    Item,
    activity_weight,
    overlapping,
    same_activity,
    same_period,
    same_span,
    same_title,
    same_value,
    shared,
    similar_title,
    span_of,
    title_weight,
)
from eval.layers import FAMILIES, HEAD_ATTRIBUTES, Attribute
from eval.matching import pair_up, similar
from schemas import Quantity, Record
from schemas.record import Offsets

FaultKind = Literal["missed", "spurious", "type", "boundary", "value"]
Status = Literal["missed", "spurious", "type", "boundary", "value", "right", "optional"]

# What can be wrong, the graver first.
FAULT_KINDS: tuple[FaultKind, ...] = ("missed", "spurious", "type", "boundary", "value")

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: its kind, the property concerned, and what gold and the record say of it."""

    kind: FaultKind
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A gold item and the extracted item paired with it; None for one that stands alone. Spans are in gold's text."""

    group: str
    gold: Item | None
    predicted: Item | None
    faults: tuple[Fault, ...] = ()
    optional: bool = False

    @property
    def status(self) -> Status:
        """The gravest fault's kind; `optional` for what is neither rewarded nor punished, else `right`."""
        if self.optional:
            return "optional"
        kinds = {fault.kind for fault in self.faults}
        return next((kind for kind in FAULT_KINDS if kind in kinds), "right")


@dataclass(frozen=True, slots=True)
class Group:
    """Items shown and confused together.

    Attributes:
        items: those of a record.
        matches, weight: how they are paired.
        type: the attribute that is their type, if they have one.
        bounded: whether a pair covers the same characters, as far as that matters here.
        attributes: what else is compared.
        excused: for a gold record, a test whether an extracted item without a partner is excused.
    """

    name: str
    items: Callable[[Record], Sequence[Item]]
    matches: Callable[[Any, Any], bool]
    weight: Callable[[Any, Any], Any]
    type: Attribute | None
    bounded: Callable[[Any, Any], bool]
    attributes: tuple[Attribute, ...]
    excused: Callable[[Record], Callable[[Item], bool]]


def _value(quantity: Quantity) -> str:
    if quantity.low is None and quantity.high is None:
        return _plain(quantity.value)
    return f"{_plain(quantity.value)} [{_plain(quantity.low)}..{_plain(quantity.high)}]"


def _plain(number: Any) -> str:
    return NOTHING if number is None else format(number, "f")


def _always(gold: Item, predicted: Item) -> bool:
    return True


def _name(group: str) -> Attribute:
    return Attribute(f"{group} name", lambda i: i.name, lambda g, p: similar(g.name, p.name))


_FAMILIES = {family.name: family for family in FAMILIES}
_ATTRIBUTES = {attribute.name: attribute for family in FAMILIES for attribute in family.attributes}


def _all_but(typed: str, family: str) -> tuple[Attribute, ...]:
    return tuple(a for a in _FAMILIES[family].attributes if a.name != typed)


GROUPS = (
    Group(
        "mention",
        items=lambda record: record.mentions,
        matches=overlapping,
        weight=lambda g, p: (g.type == p.type, shared(g, p)),
        type=Attribute("mention type", lambda m: m.type, lambda g, p: g.type == p.type),
        bounded=same_span,
        attributes=(replace(_ATTRIBUTES["ORG canonical"], judged=lambda g: g.type == "ORG"),),
        excused=_FAMILIES["mention ORG"].excused,
    ),
    Group(
        "quantity",
        items=_FAMILIES["quantity"].items,
        matches=overlapping,
        weight=shared,
        type=_ATTRIBUTES["quantity dimension"],
        bounded=same_span,
        attributes=(Attribute("quantity value", _value, same_value), *_all_but("quantity dimension", "quantity")),
        excused=_FAMILIES["quantity"].excused,
    ),
    Group(
        "time",
        items=_FAMILIES["time"].items,
        matches=overlapping,
        weight=shared,
        type=None,
        bounded=same_span,
        attributes=(Attribute("time period", lambda t: (t.from_date, t.to_date), same_period),),
        excused=_FAMILIES["time"].excused,
    ),
    Group(
        "document",
        items=_FAMILIES["document"].items,
        matches=similar_title,
        weight=title_weight,
        type=_ATTRIBUTES["document kind"],
        bounded=same_title,
        attributes=_all_but("document kind", "document"),
        excused=_FAMILIES["document"].excused,
    ),
    Group(
        "metric",
        items=_FAMILIES["metric"].items,
        matches=overlapping,
        weight=shared,
        type=None,
        # A metric's place is its quantity's, and judged there.
        bounded=_always,
        attributes=(_name("metric"), *_FAMILIES["metric"].attributes),
        excused=_FAMILIES["metric"].excused,
    ),
    Group(
        "activity",
        items=_FAMILIES["activity"].items,
        matches=same_activity,
        weight=activity_weight,
        type=_ATTRIBUTES["activity type"],
        bounded=overlapping,
        attributes=(_name("activity"), *_all_but("activity type", "activity")),
        excused=_FAMILIES["activity"].excused,
    ),
)
HEAD = "head"
GROUP_NAMES = (*(group.name for group in GROUPS), HEAD)


def findings(document: DocumentScores) -> list[Finding]:
    """What became of every item of a bulletin, group by group, in the order of the text; the head comes last."""
    found = []
    for group in GROUPS:
        found += sorted(_paired(group, document), key=lambda f: span_of(f.gold or f.predicted))
    return found + list(_head(document))


def _paired(group: Group, document: DocumentScores) -> Iterator[Finding]:
    gold, predicted = group.items(document.gold), group.items(document.predicted)
    pairs = pair_up(gold, predicted, group.matches, group.weight)
    for i, j in pairs:
        faults = () if gold[i].optional else tuple(_faults(group, gold[i], predicted[j], document.gold.text))
        yield Finding(group.name, gold[i], predicted[j], faults, gold[i].optional)
    found_gold, found_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, item in enumerate(gold):
        if i not in found_gold:
            missed = (Fault("missed", group.name, _words(item, document.gold.text), NOTHING),)
            yield Finding(group.name, item, None, () if item.optional else missed, item.optional)
    excused = group.excused(document.gold)
    for j, item in enumerate(predicted):
        if j not in found_predicted:
            spurious = (Fault("spurious", group.name, NOTHING, _words(item, document.gold.text)),)
            optional = excused(item)
            yield Finding(group.name, None, item, () if optional else spurious, optional)


def _faults(group: Group, gold: Item, predicted: Item, text: str) -> Iterator[Fault]:
    if group.type and not group.type.same(gold, predicted):
        yield Fault("type", group.type.name, group.type.value(gold), group.type.value(predicted))
    if not group.bounded(gold, predicted):
        yield Fault("boundary", f"{group.name} span", _words(gold, text), _words(predicted, text))
    yield from _wrong(group.attributes, gold, predicted, text)


def _wrong(attributes: Sequence[Attribute], gold: Item, predicted: Item, text: str) -> Iterator[Fault]:
    for attribute in attributes:
        if attribute.judged(gold) and not attribute.same(gold, predicted):
            expected, found = (_shown(attribute.value(item), text) for item in (gold, predicted))
            yield Fault("value", attribute.name, expected, found)


def _head(document: DocumentScores) -> Iterator[Finding]:
    for attribute in HEAD_ATTRIBUTES:
        for fault in _wrong((attribute,), document.gold, document.predicted, document.gold.text):
            kind: FaultKind = "missed" if fault.found == NOTHING else "value"
            yield Finding(HEAD, None, None, (Fault(kind, fault.what, fault.expected, fault.found),))


def _words(item: Item, text: str) -> str:
    """An item in a few words: its title or name and its characters in the text."""
    start, end = span_of(item)
    place = text[start:end]
    if hasattr(item, "title"):
        return str(item.title)
    return f"{item.name}〔{place}〕" if hasattr(item, "name") else place


def _shown(value: Any, text: str) -> str:
    """An attribute's value in words; a range of the text as its characters."""
    if isinstance(value, tuple):
        if value and all(isinstance(part, int) for part in value):
            return text[slice(*value)]
        if len(value) == 2 and all(part is None or isinstance(part, dt.date) for part in value):
            return NOTHING if value == (None, None) else "..".join("" if d is None else d.isoformat() for d in value)
        return "、".join(map(str, value)) or NOTHING
    return NOTHING if value is None or value == "" else str(value)


def spans_of(finding: Finding) -> tuple[Offsets | None, Offsets | None]:
    """Where a finding stands for gold and for the record; None where it has no place."""
    places = (span_of(item) if item is not None else None for item in (finding.gold, finding.predicted))
    gold, predicted = (None if span == (0, 0) else span for span in places)
    return gold, predicted
