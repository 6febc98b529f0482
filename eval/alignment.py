"""Putting a record's offsets onto the gold text, where the two texts differ in white space only."""

from collections.abc import Callable
from typing import Any

from schemas import Metric, Record
from schemas.record import Offsets

_Place = Callable[[Offsets], Offsets]


def aligned(record: Record, gold_text: str) -> Record:
    """`record` with every offset counted in `gold_text`, whose characters are the same but for white space.

    A range of white space alone has no counterpart and becomes (0, 0), which overlaps nothing. The items keep their
    own words, so the result need not pass the checks of a record read from a file.
    """
    if record.text == gold_text:
        return record
    place = _placer(record.text, gold_text)
    moved: dict[str, Any] = {"text": gold_text}
    for layer in ("mentions", "times", "quantities"):
        moved[layer] = tuple(
            item.model_copy(update=dict(zip(("start", "end"), place((item.start, item.end)), strict=True)))
            for item in getattr(record, layer)
        )
    moved["documents"] = tuple(
        d.model_copy(update={"mentions": tuple(place(span) for span in d.mentions)}) for d in record.documents
    )
    moved["metrics"] = tuple(m.model_copy(update=_metric_moved(m, place)) for m in record.metrics)
    moved["activities"] = tuple(a.model_copy(update={"trigger": place(a.trigger)}) for a in record.activities)
    return record.model_copy(update=moved)


def _metric_moved(metric: Metric, place: _Place) -> dict[str, Any]:
    moved: dict[str, Any] = {"quantity": place(metric.quantity)}
    if metric.part_of:
        moved["part_of"] = place(metric.part_of)
    if metric.comparison:
        moved["comparison"] = metric.comparison.model_copy(update={"quantity": place(metric.comparison.quantity)})
    return moved


def _placer(text: str, gold_text: str) -> _Place:
    of_record = (i for i, c in enumerate(text) if not c.isspace())
    of_gold = (i for i, c in enumerate(gold_text) if not c.isspace())
    counterpart = dict(zip(of_record, of_gold, strict=True))

    def place(span: Offsets) -> Offsets:
        inner = [counterpart[i] for i in range(*span) if i in counterpart]
        return (inner[0], inner[-1] + 1) if inner else (0, 0)

    return place
