"""The record: everything extracted from one bulletin, each item pointing at its characters in the text.

Gold files and pipeline records have this one shape. Gold may mark an item `optional`: it is then neither rewarded
when found nor punished when missed.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from schemas.errors import JianbaoError

EntityType = Literal["ORG", "PLACE", "PROGRAM", "PERSON"]
Modifier = Literal["exact", "more_than", "at_least", "less_than", "at_most", "nearly", "about", "range", "vague"]
Dimension = Literal["count", "money", "ratio", "area", "length", "mass", "volume", "energy", "duration", "age", "other"]
DocumentKind = Literal["law", "policy", "agreement", "pledge", "media", "other"]
DocumentAction = Literal["issued", "signed", "implemented", "studied", "cited"]
ActivityType = Literal[
    "meeting", "training", "campaign", "publicity", "inspection", "service", "agreement",
    "establishment", "issuance", "award", "visit", "selection", "other",
]  # fmt: skip

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)

# Plain notation ("60000000", never "6E+7"): consumers in other languages read the string as a number.
PlainDecimal = Annotated[Decimal, PlainSerializer(lambda d: format(d, "f"), return_type=str, when_used="json")]

Offsets = tuple[int, int]


class SpanError(JianbaoError, ValueError):
    """An item does not point at the characters it claims. A ValueError, so that pydantic reports it as invalid."""


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    optional: bool = Field(False, exclude_if=lambda v: not v, description="gold only: neither rewarded nor punished")


class Span(_Item):
    """A half-open range of code points, `text[start:end]` of the bulletin."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        length = self.end - self.start
        if length <= 0 or len(self.text) != length:
            raise SpanError(
                f"span {self.start}..{self.end} does not fit its text {self.text!r}",
                remedy="end is exclusive and text is the bulletin's text[start:end]",
            )
        return self


class Mention(Span):
    """A named organisation, place, programme or person. `canonical` is the full name the bulletin gives for it."""

    type: EntityType
    canonical: str | None = None
    sources: tuple[str, ...] = Field((), exclude_if=lambda v: not v, description="what found it, e.g. rule:office")
    score: float | None = Field(None, ge=0, le=1, exclude_if=lambda v: v is None, description="how likely it is right")


class TimeExpression(Span):
    """A calendar expression and the inclusive days it covers; null where open or not resolvable."""

    from_date: dt.date | None = None
    to_date: dt.date | None = None


class Quantity(Span):
    """A number with what it counts or measures.

    `value` is as stated, in the base unit (only 万 亿 千 百 十 are multiplied out); `low` and `high` are the bounds
    that the wording implies; `canonical_value` is the value in `canonical_unit`, the SI-like unit of the dimension
    (m, m2, kg, 元 of the renminbi, …), where there is one.
    """

    value: PlainDecimal | None = None
    low: PlainDecimal | None = None
    high: PlainDecimal | None = None
    modifier: Modifier = "exact"
    unit: str = ""
    dimension: Dimension = "count"
    canonical_value: PlainDecimal | None = Field(None, exclude_if=lambda v: v is None)
    canonical_unit: str | None = Field(None, exclude_if=lambda v: v is None)


class PolicyDocument(_Item):
    """One distinct document with all the spans (《》 included) that name it, and the strongest thing done with it."""

    title: str = Field(min_length=1)
    kind: DocumentKind
    number: str | None = None
    issuers: tuple[str, ...] = ()
    action: DocumentAction = "cited"
    alias: str | None = None
    mentions: tuple[Offsets, ...] = ()
    key: str | None = Field(
        None, exclude_if=lambda v: v is None, description="title normalised, or the number of a document without one"
    )


class Comparison(BaseModel):
    """How much a figure changed, told by a second figure: 同比增长12.3%, 比去年减少3件, 较年初提高1.2个百分点.

    `basis` are the bulletin's words for what it is compared with, null where unsaid; `change` is negative for a fall,
    in `unit`; `quantity` is the figure that tells the change.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    basis: str | None = None
    change: PlainDecimal
    unit: str = ""
    quantity: Offsets


class Metric(_Item):
    """A quantity that the bulletin reports: which figure, whose, for which period, as part of which total.

    `comparison` is the change that another figure tells of this one.
    """

    quantity: Offsets
    name: str
    subject: str | None = None
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    part_of: Offsets | None = None
    comparison: Comparison | None = Field(None, exclude_if=lambda v: v is None)
    indicator: str | None = Field(
        None, exclude_if=lambda v: v is None, description="`name` normalised, for grouping over bulletins"
    )


class Activity(_Item):
    """Something concrete done by someone at some time."""

    type: ActivityType
    trigger: Offsets
    name: str
    actors: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    documents: tuple[str, ...] = ()


class Office(BaseModel):
    """An organisation that the record names, under the key that it has in every bulletin.

    `name` is as in the record (a canonical name, publisher, subject, actor or issuer); `division` is the fullest chain
    of divisions known (四川省成都市青羊区), null where none is; `key` is the chain with the normalised name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    key: str = Field(min_length=1)
    division: str | None = None


class Provenance(BaseModel):
    """Where a record came from: the source's digest, and what made the record."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str | None = None
    sha256: str | None = None
    pipeline: str = Field(description="jianbao's version")
    lexicon: str = Field(description="digest of all data files the pipeline loaded")
    model: str | None = Field(None, description="name and digest of the neural model, null when rules only")


class Record(BaseModel):
    """Everything extracted from one bulletin."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    authors: tuple[str, ...] = ()
    text: str
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    documents: tuple[PolicyDocument, ...] = ()
    metrics: tuple[Metric, ...] = ()
    activities: tuple[Activity, ...] = ()
    offices: tuple[Office, ...] = Field((), exclude_if=lambda v: not v)
    provenance: Provenance | None = Field(None, exclude_if=lambda v: v is None)

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        for layer in (self.mentions, self.times, self.quantities):
            for span in layer:
                if self.text[span.start : span.end] != span.text:
                    raise SpanError(
                        f"{type(span).__name__} {span.start}..{span.end} reads {self.text[span.start : span.end]!r}, "
                        f"not {span.text!r}",
                        where=self.id,
                    )
        size = len(self.text)
        for start, end in self._offsets():
            if not 0 <= start < end <= size:
                raise SpanError(f"offsets {start}..{end} lie outside the text of {size} characters", where=self.id)
        return self

    def _offsets(self) -> list[Offsets]:
        found = [o for d in self.documents for o in d.mentions]
        found += [m.quantity for m in self.metrics]
        found += [m.part_of for m in self.metrics if m.part_of]
        found += [m.comparison.quantity for m in self.metrics if m.comparison]
        found += [a.trigger for a in self.activities]
        return found

    def to_json(self) -> str:
        """The record as one line of JSON: decimals as strings, dates in ISO form."""
        return self.model_dump_json()
