"""A text with the items in it, cut into pieces that each lie within the same items.

Notes for a newcomer. Items overlap freely (a metric lies on its quantity, a document's title holds names), which
nested html elements cannot show. So the text is cut at every place where an item starts or ends, and each piece says
which items cover it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.findings import Finding
from eval.items import Item, span_of
from schemas import PolicyDocument
from schemas.record import Offsets


@dataclass(frozen=True, slots=True)
class Mark:
    """One item in the text: its group, what became of it, and what to say of it."""

    span: Offsets
    group: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text; `states` are `group-status` of the items that cover it, `notes` what to say of them."""

    text: str
    states: str = ""
    notes: str = ""


def gold_marks(findings: Iterable[Finding], text: str) -> Iterator[Mark]:
    """The marks of gold's items."""
    return (mark for f in findings if f.gold is not None for mark in _marks(f, f.gold, text))


def predicted_marks(findings: Iterable[Finding], text: str) -> Iterator[Mark]:
    """The marks of the record's items."""
    return (mark for f in findings if f.predicted is not None for mark in _marks(f, f.predicted, text))


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """`text` cut at the ends of all marks; the pieces together are the text."""
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        starts.setdefault(mark.span[0], []).append(mark)
        ends.setdefault(mark.span[1], []).append(mark)
    cuts = sorted({0, len(text), *starts, *ends})
    pieces, active = [], list[Mark]()
    for start, end in pairwise(cuts):
        for mark in ends.get(start, ()):
            active.remove(mark)
        active += starts.get(start, ())
        pieces.append(_segment(text[start:end], active))
    return pieces


def _segment(text: str, marks: Sequence[Mark]) -> Segment:
    states = dict.fromkeys(f"{mark.group}-{mark.status}" for mark in marks)
    return Segment(text, " ".join(states), "\n".join(mark.note for mark in marks))


def _marks(finding: Finding, item: Item, text: str) -> Iterator[Mark]:
    places = item.mentions if isinstance(item, PolicyDocument) else (span_of(item),)
    note = f"{finding.group} · {_said(item)} · {_judged(finding)}"
    for start, end in places:
        if start < end:
            yield Mark((start, end), finding.group, finding.status, note)


def _said(item: Item) -> str:
    """What an item says, its offsets and empty fields left out."""
    fields = item.model_dump(mode="json", exclude_defaults=True)
    hidden = {"start", "end", "mentions", "quantity", "trigger", "part_of", "optional", "sources", "score"}
    shown = (f"{name} {_words(value)}" for name, value in fields.items() if name not in hidden and value)
    return ", ".join(shown)


def _words(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _judged(finding: Finding) -> str:
    wrong = [fault for fault in finding.faults if fault.kind not in ("missed", "spurious")]
    if not wrong:
        return finding.status
    return "; ".join(f"{fault.what}: gold {fault.expected}, extracted {fault.found}" for fault in wrong)
