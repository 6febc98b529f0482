"""A record taken apart into the regions and relations of `corpus.tools.regions`."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from corpus.tools.regions import ATTRIBUTES, HEAD, OWN_WORDS, Annotation, Attributes, Region, Relation
from schemas import Metric, PolicyDocument, Record


def to_annotation(record: Record) -> tuple[Annotation, list[str]]:
    """`record` as regions and relations, and a line for each item that cannot be put so."""
    return _Writer(record).written()


class _Writer:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.made = Annotation(record.id, record.text, _attributes(record, HEAD))
        self.lost: list[str] = []

    def written(self) -> tuple[Annotation, list[str]]:
        quantities: dict[tuple[int, int], Region] = {}
        for mention in self.record.mentions:
            self._add((mention.start, mention.end), mention.type, mention)
        for time in self.record.times:
            self._add((time.start, time.end), "TIME", time)
        for quantity in self.record.quantities:
            place = (quantity.start, quantity.end)
            quantities[place] = self._add(place, "QUANTITY", quantity)
        for document in self.record.documents:
            self._document(document)
        for metric in self.record.metrics:
            self._metric(metric, quantities)
        for activity in self.record.activities:
            trigger = self._add(activity.trigger, "TRIGGER")
            region = self._add(self._named(activity.name, activity.trigger), "ACTIVITY", activity)
            self._relate("trigger", region, trigger)
        return self.made, self.lost

    def _document(self, document: PolicyDocument) -> None:
        if not document.mentions:
            self.lost.append(f"document {document.title!r} has no mention to mark")
            return
        first, *others = document.mentions
        region = self._add(first, "DOCUMENT", document)
        for other in others:
            self._relate("same_as", self._add(other, "DOCUMENT"), region)

    def _metric(self, metric: Metric, quantities: Mapping[tuple[int, int], Region]) -> None:
        if metric.quantity not in quantities:
            self.lost.append(f"metric {metric.name!r} hangs on no labelled quantity")
            return
        region = self._add(self._named(metric.name, metric.quantity), "METRIC", metric)
        self._relate("quantity", region, quantities[metric.quantity])
        if metric.part_of is None:
            return
        if metric.part_of in quantities:
            self._relate("part_of", region, quantities[metric.part_of])
        else:
            self.lost.append(f"metric {metric.name!r} is part of no labelled quantity")

    def _named(self, name: str, anchor: tuple[int, int]) -> tuple[int, int]:
        """Where `name` stands nearest to `anchor`; `anchor` itself where it does not stand in the text."""
        after = self.record.text.find(name, anchor[0])
        before = self.record.text.rfind(name, 0, anchor[1])
        starts = [start for start in (before, after) if start >= 0]
        if not starts or not name:
            return anchor
        start = min(starts, key=lambda start: abs(start - anchor[0]))
        return start, start + len(name)

    def _add(self, place: tuple[int, int], label: str, item: BaseModel | None = None) -> Region:
        region = Region(f"T{len(self.made.regions) + 1}", *place, label)
        if item is not None:
            region.attributes = _attributes(item, ATTRIBUTES[label])
            own = OWN_WORDS.get(label, "")
            if region.attributes.get(own) == (self.made.words(region),):
                del region.attributes[own]
        self.made.regions.append(region)
        return region

    def _relate(self, label: str, source: Region, target: Region) -> None:
        self.made.relations.append(Relation(label, source.id, target.id))


def _attributes(item: BaseModel, names: Sequence[str]) -> Attributes:
    """The named fields of `item` as strings; fields that are null, empty or false are left out."""
    values: Attributes = {}
    for name, value in item.model_dump(mode="json", include=set(names)).items():
        if isinstance(value, list):
            values[name] = tuple(value)
        elif value is True:
            values[name] = ("true",)
        elif value is not None and value is not False:
            values[name] = (value,)
    return {name: values[name] for name in names if any(values.get(name, ()))}
