"""What the grammar reads the calendar words into: points in the calendar, and phrases made of one or two of them."""

from dataclasses import dataclass, field
from typing import Literal

from extract.times.calendar import Stretch, whole_month

AnchorKind = Literal[
    "year", "published_year", "context_year", "unsaid_year",
    "published_month", "context_month", "unsaid_month",
    "published_quarter", "published_week", "published_day", "context_day",
]  # fmt: skip
Grain = Literal["year", "part", "month", "day"]
Mode = Literal["plain", "until", "since", "from", "before", "after", "same", "holiday", "undated"]

YEAR = Stretch((1, 1), (12, 0))
MONTH = Stretch((1, 1), (1, 0))
DAY = Stretch((1, 1), (1, 1))


@dataclass(slots=True)
class Point:
    """A place in the calendar: `stretch` counted from the first month (or day) of the anchor.

    `closing` tells that the end dates the point when its year is unsaid (1—6月, 前三季度), not the beginning.
    """

    start: int
    end: int
    anchor: AnchorKind
    number: int
    stretch: Stretch
    grain: Grain
    closing: bool = False


@dataclass(slots=True)
class Phrase:
    """One calendar expression before it is resolved; `given` holds a holiday's dates as its brackets give them."""

    start: int
    end: int
    first: Point
    second: Point | None = None
    mode: Mode = "plain"
    name: str = ""
    given: "Phrase | None" = None
    sentence: int = field(default=0, compare=False)
    paragraph: int = field(default=0, compare=False)


def edge_of(stretch: Stretch, edge: str, *, of_year: bool) -> Stretch:
    """The edge of a stretch: the last day for 末 and 底, the first month or ten days for 初, the middle for 中."""
    if edge in "末底":
        return Stretch(stretch.last, stretch.last)
    month = stretch.first[0]
    if edge == "初":
        return whole_month(month) if of_year or month != stretch.last[0] else Stretch((month, 1), (month, 10))
    return whole_month(month + 5) if of_year else Stretch((month, 11), (month, 20))
