"""Regions and relations put together again into a record, and what tools can get wrong said plainly."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from corpus.errors import GoldError
from corpus.gold import invalid
from corpus.tools.regions import ATTRIBUTES, ENTITIES, LABELS, LISTS, RELATIONS, Annotation, Region, Relation
from schemas import Activity, Mention, Metric, PolicyDocument, Quantity, Record, TimeExpression

_Item = TypeVar("_Item", bound=BaseModel)


def to_record(annotation: Annotation, where: str) -> Record:
    """The record that an annotation stands for; `where` names the file in errors.

    Raises:
        GoldError: a label, relation or attribute is unknown, missing or does not fit; names the region.
    """
    return _Reader(annotation, where).record()


class _Reader:
    def __init__(self, annotation: Annotation, where: str) -> None:
        self.given = annotation
        self.where = f"{where}: {annotation.id}"
        self.regions = {region.id: region for region in annotation.regions}
        self._check()
        self.links: dict[tuple[str, str], list[Region]] = {}
        for relation in annotation.relations:
            self.links.setdefault((relation.source, relation.label), []).append(self.regions[relation.target])

    def record(self) -> Record:
        layers: dict[str, list[Any]] = {
            "mentions": [
                self._span(Mention, r, type=r.label, **self._own(r, "canonical")) for r in self._of(*ENTITIES)
            ],
            "times": [self._span(TimeExpression, r) for r in self._of("TIME")],
            "quantities": [self._span(Quantity, r) for r in self._of("QUANTITY")],
            "documents": self._documents(),
            "metrics": sorted((self._metric(r) for r in self._of("METRIC")), key=lambda m: m.quantity),
            "activities": sorted((self._activity(r) for r in self._of("ACTIVITY")), key=lambda a: a.trigger),
        }
        head = {name: _value(name, values) for name, values in self.given.head.items()}
        try:
            return Record.model_validate({"id": self.given.id, "text": self.given.text, **head, **layers})
        except ValidationError as error:
            raise invalid(error, self.where) from error

    def _check(self) -> None:
        size = len(self.given.text)
        if len(self.regions) < len(self.given.regions):
            raise GoldError("two regions have one id", where=self.where, remedy="give each its own")
        for region in self.given.regions:
            if region.label not in LABELS:
                raise self._error(region, f"has the label {region.label!r}", f"use one of {', '.join(LABELS)}")
            if not 0 <= region.start < region.end <= size:
                raise self._error(region, f"lies outside the text of {size} characters", "mark it anew")
            for name in region.attributes:
                if name not in ATTRIBUTES[region.label]:
                    known = ", ".join(ATTRIBUTES[region.label]) or "none"
                    raise self._error(region, f"has the attribute {name!r}", f"{region.label} has {known}")
        for relation in self.given.relations:
            self._check_relation(relation)

    def _check_relation(self, relation: Relation) -> None:
        ends = []
        for id in (relation.source, relation.target):
            if id not in self.regions:
                cause = f"relation {relation.label!r} leads to {id!r}, which is no region"
                raise GoldError(cause, where=self.where, remedy="delete the relation")
            ends.append(self.regions[id].label)
        if relation.label not in RELATIONS:
            cause = f"relation {relation.label!r} is unknown"
            raise self._error(self.regions[relation.source], cause, f"use one of {', '.join(RELATIONS)}")
        if tuple(ends) != RELATIONS[relation.label]:
            wanted = " to ".join(RELATIONS[relation.label])
            cause = f"relation {relation.label!r} leads from {ends[0]} to {ends[1]}"
            raise self._error(self.regions[relation.source], cause, f"draw it from {wanted}")

    def _of(self, *labels: str) -> Iterator[Region]:
        return iter(
            sorted((r for r in self.given.regions if r.label in labels), key=lambda region: (region.start, region.end))
        )

    def _span(self, model: type[_Item], region: Region, **fields: Any) -> _Item:
        text = self.given.text[region.start : region.end]
        return self._made(model, region, start=region.start, end=region.end, text=text, **fields)

    def _documents(self) -> list[PolicyDocument]:
        """One document per title; regions that are `same_as` another, or have its title, are mentions of it."""
        regions = [region for region in self.given.regions if region.label == "DOCUMENT"]
        found: dict[str, tuple[Region, list[Region]]] = {}
        for region in regions:
            if not self._links(region, "same_as"):
                found.setdefault(self._title(region), (region, []))[1].append(region)
        for region in regions:
            if self._links(region, "same_as"):
                found[self._title(self._first(region))][1].append(region)
        return [self._document(title, *named) for title, named in found.items()]

    def _document(self, title: str, first: Region, regions: list[Region]) -> PolicyDocument:
        places = sorted({(region.start, region.end) for region in regions})
        kind = {} if "kind" in first.attributes else {"kind": "other"}
        return self._made(PolicyDocument, first, title=title, mentions=places, **kind)

    def _first(self, region: Region) -> Region:
        seen = {region.id}
        while targets := self._links(region, "same_as"):
            region = targets[0]
            if region.id in seen:
                raise self._error(region, "is same_as itself", "let all mentions lead to the first one")
            seen.add(region.id)
        return region

    def _title(self, region: Region) -> str:
        title = self._own(region, "title").get("title")
        return title if title is not None else region.attributes["title"][0]

    def _metric(self, region: Region) -> Metric:
        (quantity,) = self._targets(region, "quantity", 1, 1)
        totals = self._targets(region, "part_of", 0, 1)
        return self._made(
            Metric,
            region,
            quantity=(quantity.start, quantity.end),
            part_of=(totals[0].start, totals[0].end) if totals else None,
            **self._own(region, "name"),
        )

    def _activity(self, region: Region) -> Activity:
        (trigger,) = self._targets(region, "trigger", 1, 1)
        kind = {} if "type" in region.attributes else {"type": "other"}
        return self._made(Activity, region, trigger=(trigger.start, trigger.end), **kind, **self._own(region, "name"))

    def _targets(self, region: Region, label: str, least: int, most: int) -> list[Region]:
        targets = self._links(region, label)
        if not least <= len(targets) <= most:
            wanted = " to ".join(RELATIONS[label])
            raise self._error(region, f"has {len(targets)} relations {label!r}", f"draw one from {wanted}")
        return targets

    def _links(self, region: Region, label: str) -> list[Region]:
        return self.links.get((region.id, label), [])

    def _own(self, region: Region, name: str) -> dict[str, str]:
        """The attribute that the region's words stand for, if it has no other value."""
        return {} if name in region.attributes else {name: self.given.words(region)}

    def _made(self, model: type[_Item], region: Region, **fields: Any) -> _Item:
        values = {name: _value(name, values) for name, values in region.attributes.items()}
        try:
            return model.model_validate(values | fields)
        except ValidationError as error:
            raise invalid(error, self.where, f"{_called(region)}: ") from error

    def _error(self, region: Region, cause: str, remedy: str) -> GoldError:
        return GoldError(f"{_called(region)} {cause}", where=self.where, remedy=remedy)


def _called(region: Region) -> str:
    return f"{region.label} {region.id} at {region.start}..{region.end}"


def _value(name: str, values: tuple[str, ...]) -> Any:
    if name in LISTS:
        return values
    return "".join(values) or None
