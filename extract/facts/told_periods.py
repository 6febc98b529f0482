"""The periods that a bulletin has told of so far, for what points back at them: 当天, 两天里, 在立案的86件中."""

import datetime as dt
from bisect import bisect_right

from extract.facts.whole_period import A_MONTH, Period
from extract.layers import Layers
from schemas import Quantity, TimeExpression

_SPAN_OF = {"天": 1, "日": 1, "个月": 30, "年": 365}
_LONGEST = 3650
# A figure that is named again was told within so many characters.
_REACH_OF_FIGURE = 2000


def _days_taken(layers: Layers) -> int:
    """How many days the event of the bulletin takes (为期两天的…), 0 if that is not said in days or weeks."""
    for quantity in layers.quantities:
        if quantity.dimension == "duration" and layers.view.text.startswith("为期", max(0, quantity.start - 2)):
            length = {"天": 1, "日": 1, "周": 7}.get(quantity.unit, 0)
            return int(quantity.value * length) if quantity.value is not None else 0
    return 0


def ends_within(time: TimeExpression, other: TimeExpression) -> bool:
    """Whether `time` ends before `other` does and not before that begins."""
    if time.to_date is None or other.from_date is None or other.to_date is None:
        return False
    return other.from_date <= time.to_date < other.to_date


class ToldPeriods:
    """The periods told of, in the order of the text; those with an open end count for figures named again only."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._published = layers.published
        self._told: list[Period] = []
        self._told_at: list[int] = []
        self._all: list[Period] = []
        self._first_day: dt.date | None = None
        self.days = _days_taken(layers)

    @property
    def latest(self) -> Period | None:
        """The last period told of that has both ends."""
        return self._told[-1] if self._told else None

    def add(self, period: Period, at: int, *, in_body: bool) -> None:
        """Take in a period told of at the offset `at`; days before the body are of publication."""
        self._told_at.append(at)
        self._all.append(period)
        start, end = period
        if start and end and (in_body or start != end):
            self._told.append(period)
            if self._first_day is None and start == end:
                self._first_day = start

    def beside(self, days: int) -> Period | None:
        """The day before (-1) or after (1) the last day told of."""
        last = self.last(days=1)
        return (last[0] + dt.timedelta(days=days),) * 2 if last and last[0] else None

    def last_range(self) -> Period | None:
        """The last told stretch of several days, which an action took."""
        for start, end in reversed(self._told[-8:]):
            if start and end and 0 < (end - start).days < A_MONTH:
                return start, end
        return None

    def event(self) -> Period | None:
        """The days of what is said to last some (11月15日，…为期两天的行动), from the first day told of."""
        day = self._first_day
        return (day, day + dt.timedelta(days=self.days - 1)) if day and self.days else None

    def last_since(self, floor: int) -> dt.date | None:
        """The first day of the last day or month told of, if that was after the offset `floor`."""
        if not self._told_at or self._told_at[-1] < floor or not self._told or self._told[-1] != self._all[-1]:
            return None
        start, end = self._told[-1]
        return start if start and end and (end - start).days < A_MONTH + 5 else None

    def last(self, days: int) -> Period | None:
        """The last told period of fewer than so many days from its first to its last."""
        for start, end in reversed(self._told[-8:]):
            if start and end and (end - start).days < days:
                return start, end
        return None

    def of_length(self, duration: Quantity) -> Period | None:
        """The last told period of just this length: 两天里 after 1月16日至17日, 三年来 after 2020年至2022年."""
        unit = _SPAN_OF.get(duration.unit)
        if unit is None or duration.value is None:
            return None
        for start, end in reversed(self._told[-8:]):
            if start and end and abs((end - start).days + 1 - int(duration.value * unit)) <= unit // 12:
                return start, end
        return None

    def since(self, duration: Quantity) -> Period | None:
        """三个月来: from what was told of to the publication, where that is about as long."""
        unit = _SPAN_OF.get(duration.unit)
        if unit is None or duration.value is None or self._published is None:
            return None
        length = int(duration.value * unit)
        most = length + unit if duration.modifier == "more_than" else length + max(unit // 2, 1)
        for start, _ in reversed(self._told[-8:]):
            if start and length - max(unit // 12, 1) <= (self._published - start).days + 1 <= most:
                return start, self._published
        return None

    def lasting(self, day: dt.date, duration: Quantity) -> Period | None:
        """So long from `day` on, but not past the publication."""
        unit = 7 if duration.unit.endswith(("周", "星期")) else _SPAN_OF.get(duration.unit)
        if unit is None or duration.value is None or self._published is None:
            return None
        end = day + dt.timedelta(days=min(max(int(duration.value * unit), 1), _LONGEST) - 1)
        return day, min(end, self._published)

    def of_figure(self, figure: str, before: int) -> Period | None:
        """The period of what a figure counted when it was last told (立案1028件。…在立案的1028件中)."""
        at = self._text.rfind(figure, max(0, before - _REACH_OF_FIGURE), before)
        number = bisect_right(self._told_at, at)
        return self._all[number - 1] if at >= 0 and number else None
