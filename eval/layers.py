"""The layers of a record and what it means to get each of them right.

Notes for a newcomer. Each layer is a comparison of two lists: gold items and extracted items of one kind, with a test
for when two are the same and a weight for which pair is preferred. Items that gold marks `optional` take part in the
pairing but count neither when found nor when missed, and an extracted item left over that touches one of them is
excused. Attributes are judged on the pairs of one lenient layer: right or wrong per pair.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from eval.alignment import Place, Placed, placer
from eval.matching import (
    any_names_match,
    comparable_unit,
    names_match,
    overlap,
    pair_up,
    same_subject,
    similar,
    similarity,
    squeeze,
)
from eval.report import Report
from schemas import Activity, Metric, PolicyDocument, Quantity, Record
from schemas.record import ENTITY_TYPES, Offsets

_T = TypeVar("_T")
_Item = Placed[_T]


def score_record(report: Report, gold: Record, predicted: Record | None) -> None:
    """Adds the comparison of one bulletin to `report`; without a record everything in gold is missed."""
    if predicted is None:
        predicted = Record(id=gold.id, text=gold.text)
    document = _Document(report, gold, predicted, placer(predicted, gold.text))
    document.mentions()
    document.quantities()
    document.times()
    document.documents()
    document.metrics()
    document.activities()
    document.head()


def _span(item: Any) -> Offsets:
    return item.start, item.end


def _overlap(a: Placed[Any], b: Placed[Any]) -> int:
    return overlap(a.span, b.span)


def _overlapping(a: Placed[Any], b: Placed[Any]) -> bool:
    return overlap(a.span, b.span) > 0


def _same_span(a: Placed[Any], b: Placed[Any]) -> bool:
    return a.span == b.span


def _even(a: Placed[Any], b: Placed[Any]) -> int:
    return 1


def _touching(spans: Sequence[Offsets]) -> Callable[[Placed[Any]], bool]:
    return lambda item: any(overlap(item.span, span) for span in spans)


def _title(document: PolicyDocument) -> str:
    return squeeze(document.title).strip("《》")


class _Document:
    """One bulletin's two records, compared layer by layer."""

    def __init__(self, report: Report, gold: Record, predicted: Record, place: Place) -> None:
        self._report = report
        self._gold = gold
        self._predicted = predicted
        self._place = place

    def _layer(
        self,
        name: str,
        gold: Sequence[_Item[_T]],
        predicted: Sequence[_Item[_T]],
        matches: Callable[[_Item[_T], _Item[_T]], bool],
        weight: Callable[[_Item[_T], _Item[_T]], Any],
        excused: Callable[[_Item[_T]], bool],
    ) -> list[tuple[_T, _T]]:
        """Counts one layer; gives the pairs whose gold item is required."""
        pairs = pair_up(gold, predicted, matches, weight)
        required = [(gold[i].item, predicted[j].item) for i, j in pairs if not _is_optional(gold[i])]
        found_gold, found_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [g for i, g in enumerate(gold) if i not in found_gold and not _is_optional(g)]
        spurious = [p for j, p in enumerate(predicted) if j not in found_predicted and not excused(p)]
        self._report.count(name, self._gold, len(required), missed, spurious)
        return required

    def mentions(self) -> None:
        excused = _touching([_span(m) for m in self._gold.mentions if m.optional])
        for kind in ENTITY_TYPES:
            gold = [Placed(_span(m), m) for m in self._gold.mentions if m.type == kind]
            predicted = [Placed(self._place(m.start, m.end), m) for m in self._predicted.mentions if m.type == kind]
            self._layer(f"mention {kind} strict", gold, predicted, _same_span, _even, excused)
            pairs = self._layer(f"mention {kind} overlap", gold, predicted, _overlapping, _overlap, excused)
            if kind == "ORG":
                for g, p in pairs:
                    self._report.judge("ORG canonical", squeeze(g.canonical) == squeeze(p.canonical or p.text))

    def quantities(self) -> None:
        gold = [Placed(_span(q), q) for q in self._gold.quantities]
        predicted = [Placed(self._place(q.start, q.end), q) for q in self._predicted.quantities]
        excused = _touching([g.span for g in gold if g.item.optional])
        self._layer("quantity span", gold, predicted, _same_span, _even, excused)
        self._layer("quantity normalised", gold, predicted, _same_quantity, _overlap, excused)
        for g, p in self._layer("quantity overlap", gold, predicted, _overlapping, _overlap, excused):
            self._report.judge("quantity modifier", g.modifier == p.modifier)
            self._report.judge("quantity dimension", g.dimension == p.dimension)
            self._report.judge("quantity unit", comparable_unit(g.unit) == comparable_unit(p.unit))

    def times(self) -> None:
        gold = [Placed(_span(t), t) for t in self._gold.times]
        predicted = [Placed(self._place(t.start, t.end), t) for t in self._predicted.times]
        excused = _touching([g.span for g in gold if g.item.optional])
        self._layer("time found", gold, predicted, _overlapping, _overlap, excused)
        self._layer(
            "time normalised",
            gold,
            predicted,
            lambda g, p: _overlapping(g, p) and _same_period(g.item, p.item),
            _overlap,
            excused,
        )

    def documents(self) -> None:
        # Documents are compared by title; their spans play no part.
        gold = [Placed((0, 0), d) for d in self._gold.documents]
        predicted = [Placed((0, 0), d) for d in self._predicted.documents]
        optional = {_title(d) for d in self._gold.documents if d.optional}
        pairs = self._layer(
            "document",
            gold,
            predicted,
            lambda g, p: _title(g.item) == _title(p.item),
            _even,
            lambda p: _title(p.item) in optional,
        )
        for g, p in pairs:
            self._report.judge("document kind", g.kind == p.kind)
            self._report.judge("document action", g.action == p.action)
            if g.number:
                self._report.judge("document number", squeeze(g.number) == squeeze(p.number))
            if g.issuers:
                self._report.judge("document issuers", _name_set(g.issuers) == _name_set(p.issuers))

    def metrics(self) -> None:
        # A metric stands where its quantity stands.
        gold = [Placed(m.quantity, m) for m in self._gold.metrics]
        predicted = [Placed(self._place(*m.quantity), m) for m in self._predicted.metrics]
        optional = [m.quantity for m in self._gold.metrics if m.optional]
        optional += [_span(q) for q in self._gold.quantities if q.optional]
        excused = _touching(optional)

        def named(g: Placed[Metric], p: Placed[Metric]) -> bool:
            return _overlapping(g, p) and similar(g.item.name, p.item.name)

        def attributed(g: Placed[Metric], p: Placed[Metric]) -> bool:
            return named(g, p) and same_subject(g.item.subject, p.item.subject)

        pairs = self._layer("metric found", gold, predicted, _overlapping, _overlap, excused)
        self._layer("metric named", gold, predicted, named, _overlap, excused)
        self._layer("metric named+subject", gold, predicted, attributed, _overlap, excused)
        for g, p in pairs:
            self._report.judge("metric subject", same_subject(g.subject, p.subject))
            self._report.judge("metric period", _same_period(g, p))
            if g.part_of:
                self._report.judge(
                    "metric part_of", p.part_of is not None and overlap(g.part_of, self._place(*p.part_of)) > 0
                )

    def activities(self) -> None:
        gold = [Placed(a.trigger, a) for a in self._gold.activities]
        predicted = [Placed(self._place(*a.trigger), a) for a in self._predicted.activities]
        excused = _touching([g.span for g in gold if g.item.optional])
        pairs = self._layer("activity found", gold, predicted, _same_activity, _activity_weight, excused)
        self._layer(
            "activity typed+named",
            gold,
            predicted,
            lambda g, p: _same_activity(g, p) and g.item.type == p.item.type and similar(g.item.name, p.item.name),
            _activity_weight,
            excused,
        )
        for g, p in pairs:
            self._report.judge("activity type", g.type == p.type)
            if g.actors:
                self._report.judge("activity actor", any_names_match(g.actors, p.actors))
            if g.from_date or g.to_date:
                self._report.judge("activity time", _same_period(g, p))
            if g.places:
                self._report.judge("activity place", any_names_match(g.places, p.places))

    def head(self) -> None:
        gold, predicted = self._gold, self._predicted
        if gold.title:
            self._report.judge("head title", squeeze(gold.title) == squeeze(predicted.title))
        if gold.publisher:
            same = squeeze(gold.publisher) == squeeze(predicted.publisher)
            self._report.judge("head publisher", same or names_match(gold.publisher, predicted.publisher))
        if gold.published:
            self._report.judge("head published", gold.published == predicted.published)
        if gold.authors:
            self._report.judge("head authors", _name_set(gold.authors) == _name_set(predicted.authors))


def _is_optional(placed: Placed[Any]) -> bool:
    return bool(placed.item.optional)


def _same_quantity(g: Placed[Quantity], p: Placed[Quantity]) -> bool:
    a, b = g.item, p.item
    return (
        _overlapping(g, p)
        and (a.value, a.low, a.high) == (b.value, b.low, b.high)
        and comparable_unit(a.unit) == comparable_unit(b.unit)
    )


def _same_period(a: Any, b: Any) -> bool:
    return bool(a.from_date == b.from_date and a.to_date == b.to_date)


# How far from each other two triggers of one activity may stand if its name is the same.
_NEARBY = 60


def _same_activity(g: Placed[Activity], p: Placed[Activity]) -> bool:
    if _overlapping(g, p):
        return True
    return abs(g.span[0] - p.span[0]) <= _NEARBY and similar(g.item.name, p.item.name)


def _activity_weight(g: Placed[Activity], p: Placed[Activity]) -> tuple[float, int]:
    return similarity(g.item.name, p.item.name), _overlap(g, p)


def _name_set(names: Sequence[str]) -> set[str]:
    return {squeeze(name) for name in names}
