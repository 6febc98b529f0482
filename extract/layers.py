"""What the components write and read: one `Layers` object per Doc, one field per layer.

All offsets in the layers are offsets into the view's text, which is also the Doc's text; the pipeline maps them back
to the bulletin when it makes the record.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.segment.view import View
from extract.segment.word_index import WordIndex
from schemas import Activity, HeadHints, Mention, Metric, Office, PolicyDocument, Quantity, TimeExpression

if TYPE_CHECKING:
    from extract.facts.scopes import Scopes

Offsets = tuple[int, int]


@dataclass(slots=True)
class Head:
    """The head fields. `body` is where the running text begins (headline, kicker and publication lines come before)."""

    title: str | None = None
    title_span: Offsets | None = None
    publisher: str | None = None
    published: dt.date | None = None
    authors: tuple[str, ...] = ()
    body: int = 0


@dataclass(slots=True)
class Context:
    """Whom and where the bulletin is about, in full names: what 我市, 全区, 该局 and a bare 市司法局 point at."""

    place: str | None = None
    office: str | None = None


@dataclass(slots=True)
class Layers:
    """Everything known of one bulletin so far. A component fills its own field and reads those above it."""

    view: View
    hints: HeadHints = field(default_factory=HeadHints)
    published: dt.date | None = None
    words: WordIndex | None = None
    sentences: list[Offsets] = field(default_factory=list)
    clauses: list[Offsets] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    context: Context = field(default_factory=Context)
    scopes: "Scopes | None" = None
    documents: list[PolicyDocument] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    offices: tuple[Office, ...] = ()
