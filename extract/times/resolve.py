"""From phrases to days: which year, month or day is meant where the phrase does not say it.

Notes for a newcomer. Phrases are resolved in the order of the text, and each leaves its days behind as context. An
unsaid year is sought in this order: the same sentence (2022年，…10月…); the paragraph, where it tells a chronology
that a full date began (2021年3月，…。5月，…); the publication; and, in a bulletin that does not say when it was
published, the year it reports. Relative words count from the publication, and without one 今年 is the latest full year
that the bulletin has reported so far. What nothing resolves keeps None.
"""

import datetime as dt
import re

from extract.times.calendar import Days, Stretch, day
from extract.times.lexer import fixed_day
from extract.times.memory import NOTHING, Memory, Seen, opens
from extract.times.phrases import Phrase, Point

# Months that an unsaid date may lie after the publication before the year before is meant instead.
_MONTHS_AHEAD = 6
# Days that a bare day may lie after the publication before the month before is meant instead.
_DAYS_AHEAD = 10
# The last month in which bulletins report on the year before.
_REPORT_UNTIL = 3
_BESIDE_HOLIDAY = ("前", "前夕", "前后")
_FUTURE_BEFORE = re.compile(r"[将拟]|计划|预计|定于|力争|确保|争取|有望|目标")
_FUTURE_AFTER = re.compile(r"[，]?(?:将|拟|计划|预计|有望)")
_OF_A_PLAN = re.compile("的?(?:目标|任务|计划|工作(?:任务|目标|要点|计划|安排))")


class Resolver:
    """Resolves the phrases of one text (a view's text) in their order."""

    def __init__(self, text: str, published: dt.date | None, phrases: list[Phrase]) -> None:
        self._text = text
        self._published = published
        self._memory = Memory(text, published, phrases)
        self._week_is_over = False

    def resolve(self, phrase: Phrase) -> Days | None:
        """The inclusive days of the phrase, None for an open or unknown side; None if it is no date after all."""
        try:
            days = self._days(phrase)
        except (ValueError, OverflowError):  # no such day, or beyond the calendar
            return None if phrase.first.anchor == "year" else NOTHING
        if days is not None:
            self._memory.remember(phrase, days)
        return days

    def _days(self, phrase: Phrase) -> Days | None:
        if phrase.mode == "undated":
            return NOTHING
        if phrase.mode == "same":
            return self._memory.same_period(phrase, phrase.first)
        if phrase.mode == "holiday":
            return self._holiday(phrase)
        days = self._range(phrase, phrase.second) if phrase.second else self._point(phrase, phrase.first)
        if days is None:
            return None
        first, last = days
        match phrase.mode:
            case "until":
                return None, last
            case "before":
                return None, last
            case "since" | "from":
                return first, self._published if first and self._published and first <= self._published else None
            case "after":
                after = last + dt.timedelta(days=1) if last else None
                return after, self._published if after and self._published and after <= self._published else None
        return days

    # Points and ranges

    def _point(self, phrase: Phrase, point: Point) -> Days | None:
        """The days of one point; (None, None) where nothing resolves it, None where it is no date without context."""
        published, number, stretch = self._published, point.number, point.stretch
        match point.anchor:
            case "year":
                return stretch.of(number)
            case "published_year":
                year = published.year if published else self._memory.year_of_issue or self._memory.reported_year
                return stretch.of(year + number - self._years_back(point)) if year else NOTHING
            case "context_year":
                focus = self._memory.focus()
                if focus is None:
                    return None if point.grain == "year" else NOTHING
                return stretch.of(focus.year + number)
            case "unsaid_year":
                found = self._unsaid_year(phrase, point)
                return stretch.of(found) if found else NOTHING
            case "published_month":
                back = self._months_back(point)
                return _in_month(published, number - back, stretch) if published else NOTHING
            case "context_month":
                focus = self._memory.focus(("month", "day"))
                return _in_month(focus, number, stretch) if focus else None
            case "unsaid_month":
                month = self._unsaid_month(phrase, stretch)
                return _in_month(month, 0, stretch) if month else NOTHING
            case "published_quarter":
                if published is None:
                    return NOTHING
                return _in_month(
                    published.replace(month=(published.month - 1) // 3 * 3 + 1, day=1), 3 * number, stretch
                )
            case "published_week":
                if published is None:
                    return NOTHING
                number -= self._weeks_back(phrase, point)
                monday = published - dt.timedelta(days=published.weekday() - 7 * number + 1)
                return monday + dt.timedelta(days=stretch.first[1]), monday + dt.timedelta(days=stretch.last[1])
            case "published_day":
                today = published + dt.timedelta(days=number) if published else None
                return today, today
            case "context_day":
                focus = self._memory.focus(("day",))
                return (focus + dt.timedelta(days=number),) * 2 if focus else None

    def _range(self, phrase: Phrase, second: Point) -> Days | None:
        first = phrase.first
        unsaid = ("unsaid_year", "unsaid_month")
        if first.anchor in unsaid and second.anchor not in unsaid and not second.anchor.startswith("context"):
            return self._range_by_end(phrase, second)
        if first.anchor == "unsaid_year" and second.anchor == "unsaid_year":
            begin, end = first.stretch.first, second.stretch.last
            if end[0] < begin[0]:
                end = (end[0] + 12, end[1])
            joined = Point(first.start, second.end, "unsaid_year", 0, Stretch(begin, end), "part", closing=True)
            return self._point(phrase, joined)
        days = self._point(phrase, first)
        if days is None or days[0] is None:
            return days
        opening = days[0]
        match second.anchor:
            case "unsaid_year":
                last = day(opening.year, *second.stretch.last)
                return opening, last if last >= opening else day(opening.year + 1, *second.stretch.last)
            case "unsaid_month":
                last = day(opening.year, opening.month, second.stretch.last[1])
                return opening, last if last >= opening else day(
                    opening.year, opening.month + 1, second.stretch.last[1]
                )
            case "context_year" | "context_month" | "context_day":
                self._memory.last = Seen(
                    days, first.end, first.grain, "plain", phrase.sentence, phrase.paragraph, False
                )
        others = self._point(phrase, second)
        last_day = others[1] if others else None
        return (opening, last_day) if last_day is None or last_day >= opening else None

    def _range_by_end(self, phrase: Phrase, second: Point) -> Days | None:
        """A range whose beginning says less than its end (11月15日至2023年1月20日): counted back from the end."""
        days = self._point(phrase, second)
        if days is None or days[1] is None:
            return days
        last, stretch = days[1], phrase.first.stretch
        if phrase.first.anchor == "unsaid_month":
            begin = day(last.year, last.month, stretch.first[1])
            return begin if begin <= last else day(last.year, last.month - 1, stretch.first[1]), last
        begin = day(last.year, *stretch.first)
        return begin if begin <= last else day(last.year - 1, *stretch.first), last

    def _weeks_back(self, phrase: Phrase, point: Point) -> int:
        """1 where a bulletin of a Monday reports on 本周, the week just over, and from then on for 上周 too."""
        if self._published and point.number == 0 and not self._published.weekday() and not self._future(phrase):
            self._week_is_over = point.stretch.first != point.stretch.last
        return int(self._week_is_over)

    def _years_back(self, point: Point) -> int:
        """1 for 上年 where the bulletin reports on the year before its publication: the year before that one."""
        published = self._published
        if published is None or point.number != -1 or not self._text.startswith("上", point.start):
            return 0
        return int(published.month <= _REPORT_UNTIL and self._memory.reported_year == published.year - 1)

    def _months_back(self, point: Point) -> int:
        """1 for 比上月 where the bulletin reports on the month before its publication."""
        published = self._published
        if published is None or point.number != -1 or self._text[point.start - 1 : point.start] not in ("比", "较"):
            return 0
        reported = self._memory.focus(("month",))
        last = published.replace(day=1) - dt.timedelta(days=1)
        return int(reported is not None and (reported.year, reported.month) == (last.year, last.month))

    # What is unsaid

    def _unsaid_year(self, phrase: Phrase, point: Point) -> int | None:
        month, number = point.stretch.last if point.closing else point.stretch.first
        years_on = (month - 1) // 12
        month -= 12 * years_on
        year = self._year_in_context(phrase, point, month)
        if year is None and point.grain == "part":
            year = self._memory.year_of_same(phrase, point)
        if year is None and self._published:
            year = self._year_of_publication(phrase, point, month, number, self._published)
        if year is None:
            focus = self._memory.focus()
            year = self._memory.reported_year or (focus.year if focus else None)
        return year - years_on if year else None

    def _year_in_context(self, phrase: Phrase, point: Point, month: int) -> int | None:
        seen = self._memory.last
        focus = seen.focus if seen else None
        if seen is None or focus is None:
            return None
        if seen.grain == "year" and self._published and focus.year > self._published.year:
            return None  # 2025年度医保缴费期从9月1日开始: a year to come names the thing, not the time
        if seen.sentence == phrase.sentence:
            begun = self._published and seen.grain == "year" and focus.year < self._published.year
            if begun and "以来" in self._text[seen.end : phrase.start]:
                # 自2020年机制建立以来，…；上半年…: the year lies back, the story has come up to now.
                return None
            if seen.grain in ("month", "day") and month < focus.month and point.grain in ("month", "day"):
                # 2022年12月启动，3月完成: the story has gone on into the next year, if that has come.
                after = day(focus.year + 1, month, 1)
                return after.year if self._published is None or after <= self._published else focus.year
            return focus.year
        chronology = seen.paragraph == phrase.paragraph and seen.sentence == phrase.sentence - 1
        if chronology and seen.grain in ("month", "day") and seen.tells and opens(self._text, phrase.start):
            return focus.year if month >= focus.month else None
        return None

    def _year_of_publication(self, phrase: Phrase, point: Point, month: int, number: int, published: dt.date) -> int:
        ahead = month - published.month
        if point.grain == "year":  # 全年
            past = published.month <= 3 and not _OF_A_PLAN.match(self._text, phrase.end) and not self._future(phrase)
            return published.year - 1 if past and self._memory.reported_year != published.year else published.year
        future = phrase.mode == "before" or self._future(phrase)
        if future:
            return published.year + 1 if ahead < -_MONTHS_AHEAD else published.year
        if (month, number) <= (published.month, published.day) or ahead == 0:
            return published.year
        if phrase.mode == "until" or ahead > _MONTHS_AHEAD or self._memory.reported_year == published.year - 1:
            return published.year - 1
        return published.year

    def _future(self, phrase: Phrase) -> bool:
        before = self._text[max(0, phrase.start - 8) : phrase.start]
        clause = re.split("[，。；！？\\n]", before)[-1]
        return bool(_FUTURE_BEFORE.search(clause) or _FUTURE_AFTER.match(self._text, phrase.end))

    def _unsaid_month(self, phrase: Phrase, stretch: Stretch) -> dt.date | None:
        """The month of a bare day (16日) or ten-day period: that of the dates before, else the publication's."""
        published, number = self._published, stretch.first[1]
        month = self._month_in_context(phrase, number)
        if month is not None or published is None:
            return month
        ahead = number - published.day
        if ahead <= _DAYS_AHEAD or phrase.mode == "before" or self._future(phrase):
            return published
        return published.replace(day=1) - dt.timedelta(days=1)

    def _month_in_context(self, phrase: Phrase, number: int) -> dt.date | None:
        seen, published = self._memory.last, self._published
        focus = seen.focus if seen and seen.grain in ("month", "day") else None
        if seen is None or focus is None:
            return None
        near = seen.sentence == phrase.sentence
        if published and not near and seen.paragraph != phrase.paragraph:
            return None
        begin = seen.days[0]
        if seen.grain == "day" and number < (begin.day if begin and begin.month == focus.month else focus.day):
            # 3月28日…，4日…: the story has gone on into the next month, if that day has come.
            after = day(focus.year, focus.month + 1, 1)
            if published is None or after.replace(day=min(number, 28)) <= published:
                return after
        return focus if near or published is None or focus.replace(day=min(number, 28)) <= published else None

    # Phrases of their own kind

    def _holiday(self, phrase: Phrase) -> Days | None:
        """The dates that the bulletin gives in brackets; else the day itself where the word means the day."""
        if phrase.given is not None:
            phrase.given.sentence, phrase.given.paragraph = phrase.sentence, phrase.paragraph
            return self._days(phrase.given)
        found = fixed_day(phrase.name)
        if found is None:
            return self._year_of_holiday(phrase)
        phrase.first.stretch = Stretch(found, found)
        return self._point(phrase, phrase.first)

    def _year_of_holiday(self, phrase: Phrase) -> Days:
        """What 2018年春节黄金周 says of its days: the year. 今年“五一”期间 says no more than the name."""
        point = phrase.first
        if point.anchor != "year":
            return NOTHING
        year = point.stretch.of(point.number)
        self._memory.last = Seen(year, phrase.end, "year", "plain", phrase.sentence, phrase.paragraph, False)
        return NOTHING if phrase.name.endswith(_BESIDE_HOLIDAY) else year


def _in_month(month: dt.date, shift: int, stretch: Stretch) -> Days:
    base = month.month + shift - 1
    return (
        day(month.year, base + stretch.first[0], stretch.first[1]),
        day(month.year, base + stretch.last[0], stretch.last[1]),
    )
