"""A record as annotation tools see it: labelled regions of the text with attributes, and relations between them.

Notes for a newcomer. Tools know spans, not facts. So a metric is a region METRIC with a relation `quantity` to the
region of its figure, and `part_of` to that of its total; an activity is a region ACTIVITY with a relation `trigger` to
a region TRIGGER; a document is one region DOCUMENT per place that names it, the later ones with a relation `same_as`
to the first. METRIC and ACTIVITY lie on the words of their name where these stand together in the text, else on the
quantity or trigger itself, and then the name is an attribute. An attribute that says what the region's own words say
is left out (`canonical`, `title`, `name`), so that moving the region changes it.

All formats are written from and read into this shape.
"""

from dataclasses import dataclass, field
from typing import get_args

from schemas import ActivityType, Dimension, DocumentAction, DocumentKind, EntityType, Modifier

ENTITIES: tuple[str, ...] = get_args(EntityType)
LABELS = (*ENTITIES, "TIME", "QUANTITY", "DOCUMENT", "METRIC", "ACTIVITY", "TRIGGER")

# relation -> (label it starts from, label it leads to)
RELATIONS = {
    "quantity": ("METRIC", "QUANTITY"),
    "part_of": ("METRIC", "QUANTITY"),
    "trigger": ("ACTIVITY", "TRIGGER"),
    "same_as": ("DOCUMENT", "DOCUMENT"),
}

# The attributes of a label in the order of the record's fields; those of `CHOICES` have one of a few values,
# those of `LISTS` any number of values.
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(ENTITIES, ("canonical", "optional")),
    "TIME": ("from_date", "to_date", "optional"),
    "QUANTITY": (
        "value", "low", "high", "modifier", "unit", "dimension", "canonical_value", "canonical_unit", "optional",
    ),
    "DOCUMENT": ("title", "kind", "number", "issuers", "action", "alias", "optional"),
    "METRIC": ("name", "subject", "from_date", "to_date", "optional"),
    "ACTIVITY": (
        "type", "name", "actors", "participants", "places", "from_date", "to_date", "documents", "optional",
    ),
    "TRIGGER": (),
}  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "modifier": get_args(Modifier),
    "dimension": get_args(Dimension),
    "kind": get_args(DocumentKind),
    "action": get_args(DocumentAction),
    "type": get_args(ActivityType),
    "optional": ("true",),
}
LISTS = {"issuers", "actors", "participants", "places", "documents", "authors"}
HEAD = ("title", "publisher", "published", "authors")

# The attribute that a region's own words stand for.
OWN_WORDS = {**dict.fromkeys(ENTITIES, "canonical"), "DOCUMENT": "title", "METRIC": "name", "ACTIVITY": "name"}

Attributes = dict[str, tuple[str, ...]]


@dataclass(slots=True)
class Region:
    """A labelled span of the text, `text[start:end]`, with its attributes."""

    id: str
    start: int
    end: int
    label: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed, labelled link between two regions, by their ids."""

    label: str
    source: str
    target: str


@dataclass(slots=True)
class Annotation:
    """One bulletin with what is marked in it."""

    id: str
    text: str
    head: Attributes = field(default_factory=dict)
    regions: list[Region] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def words(self, region: Region) -> str:
        """What the region reads, without line breaks and, for a document, the marks around its title."""
        words = self.text[region.start : region.end].replace("\n", "")
        return _bare(words) if region.label == "DOCUMENT" else words


def _bare(title: str) -> str:
    return title[1:-1] if len(title) > 2 and title.startswith("《") and title.endswith("》") else title
