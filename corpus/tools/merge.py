"""What comes back from a tool laid over the gold it was made from, so that nothing is lost on the way.

Notes for a newcomer. A format that carries only spans gives regions without attributes; the attributes are then taken
from the region of the gold at the same place (for a metric or activity: with the same figure or trigger), or, where
the annotator moved it, from one that it overlaps, of its own label if there is one. Layers that the format does not
know at all are the gold's.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus.errors import GoldError
from corpus.tools.build import to_record
from corpus.tools.flatten import to_annotation
from corpus.tools.regions import ENTITIES, LABELS, Annotation, Region, Relation
from schemas import Record


@dataclass(frozen=True, slots=True)
class Carries:
    """What a format can hold of an annotation."""

    labels: tuple[str, ...] = LABELS
    attributes: bool = True
    relations: bool = True
    head: bool = True


def merged(given: Annotation, gold: Record, carries: Carries, where: str) -> tuple[Record, list[str]]:
    """The record of `given` with what its format does not carry taken from `gold`, and what to look at again.

    Raises:
        GoldError: the texts differ, or `given` makes no record; names the region.
    """
    if given.text != gold.text:
        raise GoldError(
            f"the text of {given.id} differs from the gold's at {_first_difference(given.text, gold.text)}",
            where=where,
            remedy="the tool or an editor changed it: export again and label the unchanged text",
        )
    old, _ = to_annotation(gold)
    notes: list[str] = []
    kept = [replace(r, id=f"gold {r.id}") for r in old.regions if r.label not in carries.labels]
    regions = given.regions if carries.attributes else _with_attributes(given, old, notes)
    relations = list(given.relations)
    if not carries.relations:
        names = {region.id for region in kept}
        moved = (Relation(r.label, f"gold {r.source}", f"gold {r.target}") for r in old.relations)
        relations += [r for r in moved if r.source in names and r.target in names]
    head = given.head if carries.head else old.head
    record = to_record(Annotation(given.id, given.text, head, [*regions, *kept], relations), where)
    # No format can mark a document that no words of the text name.
    titles = {document.title for document in record.documents}
    unmarked = [d for d in gold.documents if not d.mentions and d.title not in titles]
    return record.model_copy(update={"documents": (*record.documents, *unmarked)}), notes


def _with_attributes(given: Annotation, old: Annotation, notes: list[str]) -> list[Region]:
    """The regions of `given` with the attributes of the gold's; a note for each that is new or was moved."""
    anchors, old_anchors = _anchors(given), _anchors(old)
    waiting: dict[tuple[str, tuple[int, int]], list[Region]] = {}
    for region in old.regions:
        waiting.setdefault((_group(region), old_anchors[region.id]), []).append(region)
    twins: dict[str, Region] = {}
    for region in given.regions:
        if same := waiting.get((_group(region), anchors[region.id])):
            twins[region.id] = same.pop(0)
    left = [region for regions in waiting.values() for region in regions]
    for alike in (lambda region: region.label, _group):
        for region in given.regions:
            if region.id not in twins and (twin := _overlapping(region, left, alike)):
                twins[region.id] = twin
                left.remove(twin)
    done = []
    for region in given.regions:
        twin = twins.get(region.id)
        if twin is None or (region.start, region.end) != (twin.start, twin.end):
            notes.append(
                f"{given.id}: {region.label} {given.words(region)!r} at {region.start} "
                f"{'is new' if twin is None else 'was moved'}; see that its attributes fit"
            )
        attributes = dict(twin.attributes) if twin else {}
        if twin and region.label in ("METRIC", "ACTIVITY") and _names_anew(region, twin, anchors[region.id]):
            attributes.pop("name", None)
        done.append(replace(region, attributes=attributes))
    return done


def _names_anew(region: Region, twin: Region, anchor: tuple[int, int]) -> bool:
    """Whether the annotator moved the region onto other words, which are then its name."""
    return (region.start, region.end) not in (anchor, (twin.start, twin.end))


def _anchors(annotation: Annotation) -> dict[str, tuple[int, int]]:
    """What each region is known by: its figure's or trigger's place, else its own."""
    places = {region.id: (region.start, region.end) for region in annotation.regions}
    anchors = dict(places)
    for relation in annotation.relations:
        if relation.label in ("quantity", "trigger") and {relation.source, relation.target} <= places.keys():
            anchors[relation.source] = places[relation.target]
    return anchors


def _group(region: Region) -> str:
    return "entity" if region.label in ENTITIES else region.label


def _overlapping(region: Region, others: Iterable[Region], alike: Callable[[Region], str]) -> Region | None:
    return next(
        (o for o in others if alike(o) == alike(region) and o.start < region.end and region.start < o.end), None
    )


def _first_difference(one: str, other: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"character {place} ({one[place : place + 8]!r} for {other[place : place + 8]!r})"
