"""Which times set the period of what is reported, and what 当天, 两天里 and 发布会上 point back at."""

import datetime as dt
import re
from typing import Any

from extract.data import load_toml
from extract.layers import Layers
from schemas import Quantity, TimeExpression

Period = tuple[dt.date | None, dt.date | None]

_DATA: dict[str, Any] = load_toml("facts/data/scopes.toml")


def _words(key: str) -> str:
    return "|".join(sorted(map(re.escape, _DATA[key]), key=len, reverse=True))


_COMPARISON = re.compile(_words("comparisons"))
_BEFORE_COMPARISON = re.compile(rf"(?:{_words('before_comparison')})$")
_DEADLINE = re.compile(rf"(?:{_words('before_deadline')})$")
_POINTS = re.compile(rf"(?P<vague>{_words('vague')})|{_words('same_day')}|{_words('occasions')}")
_TURN = re.compile(_words("turns"))
_TIMES_AS_MUCH = re.compile(r"的?[约近超]?[\d.]+倍|版")
_UNTIL_NOW = re.compile(r"[^，。；！？\n]{0,24}?(?:至今|以来)")
_NOW = re.compile(r"[至迄]今|如今")
_SPAN_OF = {"天": 1, "日": 1, "个月": 30, "年": 365}
_TELLS = re.compile(r"(?:通报|发布|公布|介绍|晒出|交出|总结|盘点)[^，。；\n]{0,4}$")

_A_MONTH, _A_YEAR = 26, 340


class Periods:
    """Resolves the periods of one bulletin, in the order of the text."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._published = layers.published
        self._told: list[Period] = []
        self._durations = {q.start: q for q in layers.quantities if q.dimension == "duration"}

    def whole(self, layers: Layers) -> Period:
        """The period that the whole bulletin reports on: said by the headline (2024年上半年…情况) or the lead."""
        head, sentences = layers.head, layers.sentences
        lead = next((s for s in sentences if s[0] >= head.body), (0, 0))
        for time in layers.times:
            if time.start >= lead[1]:
                break
            if time.from_date is None or time.to_date is None:
                continue
            days = (time.to_date - time.from_date).days
            if self._text.startswith("第", time.end):
                # 2022年第三批…案例 numbers the batch.
                continue
            in_headline = head.title_span is not None and head.title_span[0] <= time.start < head.title_span[1]
            opens_lead = time.start == lead[0] and days < _A_YEAR and not time.text.endswith(("以来", "起"))
            told = lead[0] <= time.start and _TELLS.search(self._text, lead[0], time.start) is not None
            if days > _A_MONTH and (in_headline or opens_lead or told):
                return time.from_date, time.to_date
        return None, None

    def of(self, time: TimeExpression, earlier: TimeExpression | None) -> Period | None:
        """What `time` sets as the period, None if it sets none; `earlier` is the sentence's last time before it."""
        text = self._text
        if _COMPARISON.fullmatch(time.text) or _BEFORE_COMPARISON.search(text, max(0, time.start - 3), time.start):
            return None
        if _DEADLINE.search(text, max(0, time.start - 4), time.start) or _TIMES_AS_MUCH.match(text, time.end):
            return None
        if self._in_title(time.start):
            return None
        if time.from_date is None and time.to_date is None and text.startswith("的", time.end):
            # 由年初的93.1%提至97.8%: what is told is of another time.
            return None
        if text.startswith("“", time.end) and earlier is not None:
            # 启动2022年“某某”计划: the year is part of the name.
            return None
        if time.text.startswith("“") and "期" not in time.text and not text.startswith(("，", "以来"), time.end):
            return None
        begun = earlier is not None and (earlier.text.endswith("以来") or _NOW.fullmatch(time.text) is not None)
        if time.from_date and self._published and _UNTIL_NOW.match(text, time.end):
            return time.from_date, self._published
        if begun and earlier and earlier.from_date and time.from_date is None and time.to_date:
            # 今年以来，…截至8月20日; 从去年11月…至今: from the one to the other.
            return earlier.from_date, time.to_date
        return time.from_date, time.to_date

    def remember(self, period: Period) -> None:
        """Keep a period that was told, for what points back at it."""
        if period[0] and period[1]:
            self._told.append(period)

    def pointed_at(self, start: int, words: int) -> Period | None:
        """What the clause from `start` points back at or leaves open, its own words beginning at `words`."""
        text = self._text
        for position in (start, words) if words != start else (start,):
            if match := _POINTS.match(text, position):
                return (None, None) if match["vague"] else self._last(days=1) or self._last(days=10)
            if (duration := self._durations.get(position)) and text[duration.end : duration.end + 1] in "里来间内中":
                return self._of_length(duration)
        return None

    def goes_on(self, start: int, period: Period, section: Period) -> bool:
        """Whether a sentence goes on with the period that opened its paragraph, or falls back on the section's."""
        if period[0] is None or period[1] is None:
            # 截至6月底 holds for its own sentence where the section has a period of its own.
            return section == (None, None)
        short = (period[1] - period[0]).days < _A_MONTH
        return not (short and _TURN.match(self._text, start))

    def is_day(self, period: Period) -> bool:
        """Whether `period` is a single day."""
        return period[0] is not None and period[0] == period[1]

    def is_month(self, period: Period) -> bool:
        """Whether `period` is longer than a few days and no longer than a month."""
        return period[0] is not None and period[1] is not None and 9 < (period[1] - period[0]).days <= _A_MONTH + 5

    def _in_title(self, offset: int) -> bool:
        floor = max(0, offset - 150)
        return self._text.rfind("《", floor, offset) > self._text.rfind("》", floor, offset)

    def _last(self, days: int) -> Period | None:
        for start, end in reversed(self._told[-8:]):
            if start and end and (end - start).days < days:
                return start, end
        return None

    def _of_length(self, duration: Quantity) -> Period | None:
        """The last told period of just this length: 两天里 after 1月16日至17日, 三年来 after 2020年至2022年."""
        unit = _SPAN_OF.get(duration.unit)
        if unit is None or duration.value is None:
            return None
        for start, end in reversed(self._told[-8:]):
            if start and end and abs((end - start).days + 1 - int(duration.value) * unit) <= unit // 12:
                return start, end
        return None
