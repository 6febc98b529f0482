"""What has been said so far: the resolved phrases as context for those after them."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass

from extract.times.calendar import Days, Stretch, years_later
from extract.times.phrases import Grain, Mode, Phrase, Point

NOTHING: Days = (None, None)

_ANYWHERE = -1
# 《2011中国土地资源公报》
_GAZETTE = re.compile(r"《[^《》\n\d]{0,20}(20\d\d|19\d\d)(?!\d)年?度?[^《》\n\d]{2,30}(?:公报|年鉴|年报)》")

_COMPARED_BEFORE = re.compile(r"(?:[比较同与]|相比|超过|高于|低于)$")
_COMPARED_AFTER = re.compile(r"相比|同期|水平")


@dataclass(slots=True)
class Seen:
    """A resolved phrase, as context for those after it."""

    days: Days
    end: int
    grain: Grain
    mode: Mode
    sentence: int
    paragraph: int
    tells: bool  # opens its sentence with a year of its own or none, as the steps of a story do

    @property
    def focus(self) -> dt.date | None:
        """The day the phrase leads the reader to: its end, or its beginning where the end is open."""
        first, last = self.days
        return first if self.mode in ("since", "from") and first else last or first


class Memory:
    """The phrases of one text (a view's text) that were resolved so far."""

    def __init__(self, text: str, published: dt.date | None, phrases: list[Phrase]) -> None:
        self.last: Seen | None = None
        self.reported_year: int | None = None  # the latest full year that the bulletin reports
        self._text = text
        self._published = published
        self._stated: defaultdict[tuple[Stretch, int], set[int]] = defaultdict(set)  # by stretch and paragraph
        self._dated: Seen | None = None
        self._until: Seen | None = None
        self._periods: dict[int, Days] = {}  # by the year of their end, the latest last
        self.year_of_issue: int | None = None  # the year after that of the gazette reported on, the publication unknown
        if published is None:
            if gazette := _GAZETTE.search(text):
                self.year_of_issue = int(gazette[1]) + 1
            for phrase in phrases:
                if not self._is_compared(phrase):
                    self._state(phrase, _ANYWHERE)

    def focus(self, grains: tuple[Grain, ...] = ("year", "part", "month", "day")) -> dt.date | None:
        """The day that the last phrase led to, if it was of one of the grains; for days alone, the last day said."""
        seen = self._dated if grains == ("day",) else self.last
        return seen.focus if seen and seen.grain in grains else None

    def remember(self, phrase: Phrase, days: Days) -> None:
        """Takes a resolved phrase in, unless it only names what something is compared with."""
        first, last = days
        if phrase.mode in ("same", "undated", "holiday") or (first is None and last is None):
            return
        if phrase.first.anchor == "published_day" and phrase.mode == "until":
            return
        if self._is_compared(phrase):
            return
        self._state(phrase, phrase.paragraph)
        grain = phrase.second.grain if phrase.second else phrase.first.grain
        tells = phrase.first.anchor in ("year", "unsaid_year") and opens(self._text, phrase.start)
        seen = Seen(days, phrase.end, grain, phrase.mode, phrase.sentence, phrase.paragraph, tells)
        self.last = seen
        if grain == "day":
            self._dated = seen
        unfinished = grain == "year" and self._published and last and last > self._published  # 今年
        if first and last and (last - first).days > 20 and not unfinished:
            self._periods.pop(last.year, None)
            self._periods[last.year], self._until = days, None
        elif phrase.mode == "until" and last:
            self._until = seen
        issue = self._text.startswith("第", phrase.end)  # 2024年第2期
        if (
            grain in ("year", "part")
            and phrase.first.anchor == "year"
            and phrase.mode == "plain"
            and last
            and not issue
        ):
            self.reported_year = max(self.reported_year or 0, last.year)

    def same_period(self, phrase: Phrase, year: Point) -> Days:
        """同期: the period just compared, in the year named.

        What was said of a day (截至6月底) is meant in its own sentence only, if the bulletin speaks of a period at all.
        A period of the named year itself is not what is compared with it, unless there is no other (a bulletin of
        January reports the year before).
        """
        named = year.number if year.anchor == "year" else self._published.year + year.number if self._published else 0
        others = [days for end, days in self._periods.items() if end != named]
        until = self._until
        if until and (not others or until.sentence == phrase.sentence):
            period = until.days
        elif self._periods:
            period = (others or list(self._periods.values()))[-1]
        else:
            period = self.last.days if self.last else NOTHING
        first, last = period
        anchor = last or first
        if anchor is None:
            return NOTHING
        shift = year.number - anchor.year if year.anchor == "year" else year.number
        return years_later(first, shift) if first else None, years_later(last, shift) if last else None

    def year_of_same(self, phrase: Phrase, point: Point) -> int | None:
        """The year that the bulletin gives this stretch elsewhere (2015年上半年…。上半年…), if it is one year.

        That is before it in its paragraph; anywhere, where no date of publication tells the year.
        """
        years = self._stated.get((point.stretch, phrase.paragraph if self._published else _ANYWHERE), set())
        return next(iter(years)) if len(years) == 1 else None

    def _state(self, phrase: Phrase, paragraph: int) -> None:
        """Keep the year that `phrase` gives a stretch of months."""
        point = phrase.first
        if point.anchor == "year" and point.grain == "part" and phrase.second is None:
            self._stated[point.stretch, paragraph].add(point.number)

    def _is_compared(self, phrase: Phrase) -> bool:
        before = _COMPARED_BEFORE.search(self._text, max(0, phrase.start - 2), phrase.start)
        return before is not None or _COMPARED_AFTER.match(self._text, phrase.end) is not None


def opens(text: str, start: int) -> bool:
    """Whether a phrase at `start` opens its sentence."""
    return start == 0 or text[start - 1] in "。！？；\n “"
