"""Putting a record's offsets onto the gold text, where the two texts differ in white space only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from schemas import Record
from schemas.record import Offsets

T = TypeVar("T")

Place = Callable[[int, int], Offsets]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """An item of a record with its range in the gold text."""

    span: Offsets
    item: T


def placer(record: Record, gold_text: str) -> Place:
    """A function from `[start, end)` in the record's text to the range in `gold_text` with the same characters.

    A range of white space alone has no counterpart and becomes (0, 0), which overlaps nothing.
    """
    if record.text == gold_text:
        return lambda start, end: (start, end)
    of_record = (i for i, c in enumerate(record.text) if not c.isspace())
    of_gold = (i for i, c in enumerate(gold_text) if not c.isspace())
    counterpart = dict(zip(of_record, of_gold, strict=True))

    def place(start: int, end: int) -> Offsets:
        inner = [counterpart[i] for i in range(start, end) if i in counterpart]
        return (inner[0], inner[-1] + 1) if inner else (0, 0)

    return place
