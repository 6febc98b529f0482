"""Which times set the period of what is reported, and what 当天, 两天里 and 发布会上 point back at."""

import datetime as dt
import re

from extract.facts.period_asides import is_aside
from extract.facts.period_cues import PeriodCues
from extract.facts.scope_words import either
from extract.facts.told_periods import ToldPeriods, ends_within
from extract.facts.whole_period import A_MONTH, A_YEAR, Period, is_not_over, whole_period
from extract.layers import Layers
from schemas import TimeExpression

# 签约前一天, 次日: days beside the last one told of; where the calendar says so they are times themselves.
_DAY_BESIDE = re.compile(r"[^，。；：、\d]{0,6}?前一[天日晚]|(?P<after>[次翌]日|第二天)")
_BESIDE = re.compile("前一[天日晚]|次日|翌日|第二天")
_BYLINE = re.compile(r"[^，。；\n（(]{0,20}[讯电] *(?:[（(][^（）()\n]{2,60}[)）])? *")
_GOES_ON = re.compile(r"其间|在?此?期间|其中|其余|另外|此外|[^，。；：、\d\n]{0,6}?还(?![是有需款要将会应])")
_TURN = re.compile(either("turns"))
_UNTIL_NOW = re.compile(r"[^，。；！？\n]{0,24}?(?:至今|以来)")
# 2024年春运, 春运期间
_FESTIVAL = re.compile(rf"(?:\d{{4}}年|(?P<other>[去上]年)|今年)?“?(?P<name>{either('festivals')})")
# The days of a festival are told within so many characters.
_DAYS_FOLLOW = 40
_SINCE = re.compile("[从自]$")
_COUNTED_SINCE = re.compile(r"(?:开始|起)，?[^，。；！？\n]{0,30}?(?:已|累计|先后)")
_AMONG = re.compile(r" ?在[^，。；\d]{0,10}?(?P<figure>\d[\d.]*[万亿]?[^，。；、\d\s中的]{1,2})[^，。；\d]{0,6}中，")
_WITHIN = re.compile(r"[里间内中来]|以来|下来")
_UP_TO = re.compile(r"[到至]$")
_DONE = re.compile(r"[底末]|.(?:为止|已|累计|共)")
_NOW = re.compile(r"[至迄]今|如今")
_THIS_YEAR = ("今年", "年内", "本年度", "今年度")
_BEGINS = re.compile(r"[^，。；]{0,6}(?:启动|开始|开展|实施|起)[^，。；]{0,3}，?[至到]")
# What begins and then goes on (5月6日启动): 截至8月20日 and 启动以来 count from there.
_GOES_ON_FROM = re.compile(rf"[^。；\n]{{0,40}}?(?:{either('begins')})")
_SINCE_THEN = re.compile(
    rf"[^，。；、\d]{{0,8}}?(?:{either('begins')}|成立|挂牌|开业|运营|投用|启用|上线)(?:[^，。；、\d]{{0,2}})?以来"
)
# 行动开展一周已…: from its beginning for so long.
_SO_FAR = re.compile(r"[^，。；、\d]{0,8}?(?:启动|开始|开展|实施|运行|打响)了?(?=[一二两三四五六七八九十半\d])")
_STOCK = re.compile(either("stocks"))
_JOINED = re.compile(r"[、和及与]")
_YEAR = re.compile(r"\d{4}年")

# What began so far back is no longer what 截至 counts.
_REACH = 200


class Periods:
    """Resolves the periods of one bulletin, in the order of the text."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._published = layers.published
        self._told = ToldPeriods(layers)
        self._open = False
        self._joint: tuple[int, dt.date] | None = None
        self._begun: tuple[int, dt.date] | None = None
        self._whole: Period = (None, None)
        self._festival: tuple[str, int] | None = None
        self._festivals: dict[str, Period] = {}
        self._body, self._in_body = layers.head.body, False
        self._says_beside = _BESIDE.search(self._text) is not None
        self._cues = PeriodCues(self._text)
        self._durations = {q.start: q for q in layers.quantities if q.dimension == "duration"}

    def whole(self, layers: Layers) -> Period:
        """The period that the whole bulletin reports on, kept for what names it again."""
        self._whole = whole_period(layers)
        return self._whole

    def of(self, time: TimeExpression, earlier: TimeExpression | None) -> Period | None:
        """What `time` sets as the period, None if it sets none; `earlier` is the sentence's last time before it."""
        self._in_body = time.start >= self._body
        if is_aside(self._text, time, earlier):
            return None
        if self._whole[1] and time.text in ("本周", "本月", "全年") and (whole := self._named_again(time)):
            return whole
        if (festival := _FESTIVAL.match(time.text)) and not festival["other"]:
            self._festival = festival["name"], time.end
            if festival["name"] in self._festivals:
                return self._festivals[festival["name"]]
        period = self._together(time, earlier) or self._until(time) or (time.from_date, time.to_date)
        self._name_days(time, period)
        begins = time.from_date == period[0] and (
            self.is_brief(period) or self.is_month(period) or period[1] is None or is_not_over(period, self._published)
        )
        if begins and time.from_date and _GOES_ON_FROM.match(self._text, time.end):
            self._begun = time.end, time.from_date
        if period[0] is not None:
            # 今年以来, 自1月1日…以来, not 8月11日至13日: up to the publication by its wording.
            worded = not time.text.endswith("日") or time.to_date != period[1]
            self._open = period[1] == self._published and worded
        return period

    def _name_days(self, time: TimeExpression, period: Period) -> None:
        """Keep the days told of a festival (春运从1月26日开始至3月5日结束), for what names it again."""
        if self._festival and period[0] and period[1] and 0 < (period[1] - period[0]).days < 2 * A_MONTH:
            name, end = self._festival
            if time.start - end < _DAYS_FOLLOW and "。" not in self._text[end : time.start]:
                self._festivals[name] = period

    def _together(self, time: TimeExpression, earlier: TimeExpression | None) -> Period | None:
        """The period that `time` and the time before it in the sentence make up together."""
        text = self._text
        joint = earlier is not None and _JOINED.fullmatch(text, earlier.end, time.start)
        if joint and earlier and earlier.from_date and time.to_date:
            # 8月8日、10日两晚: both; of three also the first.
            first = self._joint[1] if self._joint and self._joint[0] == earlier.start else earlier.from_date
            self._joint = time.start, first
            return first, max(time.to_date, earlier.to_date or time.to_date)
        if time.to_date and _UP_TO.search(text, max(0, time.start - 1), time.start) and _DONE.match(text, time.end - 1):
            # 到4月底已建成: all that was done by then, from where the sentence said that it began.
            begun = earlier is not None and (earlier.text.endswith("起") or self._is_since(earlier, time))
            return (earlier.from_date if earlier and begun else None), time.to_date
        if earlier and earlier.end == time.start and time.text.startswith("截") and time.to_date and earlier.from_date:
            # 今年截至4月末
            return (earlier.from_date, time.to_date) if earlier.from_date <= time.to_date else None
        if earlier and time.from_date and earlier.from_date is None and earlier.to_date and time.text in _THIS_YEAR:
            # 截至6月底，今年已…: from the year's beginning.
            return (time.from_date, earlier.to_date) if time.from_date <= earlier.to_date else None
        if earlier and earlier.text[0] == "截" and _YEAR.fullmatch(time.text) and ends_within(earlier, time):
            # 截至4月，2020年要改造的20所已开工7所: the year is the plan's.
            return earlier.from_date, earlier.to_date
        begins = earlier is not None and _BEGINS.fullmatch(text, earlier.end, time.start)
        if begins and earlier and earlier.from_date and time.to_date:
            # 9月启动至12月31日: all of it.
            return earlier.from_date, time.to_date
        if earlier is None or earlier.from_date is None or time.from_date is not None or time.to_date is None:
            return None
        if time.text.startswith("截") and earlier.to_date == time.to_date:
            # 2019年…，截至12月31日: all of it.
            return earlier.from_date, time.to_date
        begun = earlier.text.endswith("以来") or _NOW.fullmatch(time.text) is not None or self._is_since(earlier, time)
        # 今年以来，…截至8月20日; 从去年11月…至今: from the one to the other.
        return (earlier.from_date, time.to_date) if begun else None

    def _is_since(self, earlier: TimeExpression, time: TimeExpression) -> bool:
        """自3月10日启动以来，到目前: whether 以来 before `time` belongs to `earlier`."""
        return _UNTIL_NOW.match(self._text, earlier.end, time.start) is not None

    def _until(self, time: TimeExpression) -> Period | None:
        """从3月1日至今, and 截至某日 after 今年以来 in a sentence before: from what began to then."""
        text = self._text
        if time.from_date:
            if time.text == "今年" and text.startswith("来", time.end) and self._published:
                return time.from_date, self._published
            is_open = _UNTIL_NOW.match(text, time.end) or self._goes_on_since(time)
            return (time.from_date, self._published) if is_open else None
        if time.to_date is None or not time.text.startswith("截"):
            return None
        if begun := self._still_on(time):
            return begun, time.to_date
        if not self._told.latest or not self._open:
            return None
        start, end = self._told.latest
        if _STOCK.search(text, time.end, time.end + 14):
            return None
        summed_up = end == self._published and start and 0 < (time.to_date - start).days <= A_YEAR + A_MONTH
        return (start, time.to_date) if summed_up else None

    def _goes_on_since(self, time: TimeExpression) -> bool:
        """从3月9日开始，…已开展13次: whether what began then is counted up to now."""
        since = _SINCE.search(self._text, max(0, time.start - 1), time.start) is not None
        return since and _COUNTED_SINCE.match(self._text, time.end) is not None

    def _still_on(self, time: TimeExpression) -> dt.date | None:
        """When what goes on up to `time` (截至某日) began, if this sentence or the one before tells that."""
        if self._begun is None or time.to_date is None or self._begun[1] > time.to_date:
            return None
        at, day = self._begun
        between = self._text[at : time.start] if time.start - at < _REACH else "\n"
        far = "\n" in between or between.count("。") > 1
        return None if far or _STOCK.search(self._text, time.end, time.end + 12) else day

    @property
    def days(self) -> int:
        """How many days the bulletin's event takes, 0 if that is not said."""
        return self._told.days

    def remember(self, period: Period, at: int) -> None:
        """Keep a period that was told at the offset `at`, for what points back at it."""
        self._told.add(period, at, in_body=self._in_body)

    def pointed_at(self, start: int, words: int, *, counted: bool) -> Period | None:
        """What the clause from `start` points back at or leaves open.

        Args:
            start: where the clause begins.
            words: where its own words begin, after its subject.
            counted: whether its sentence counts up to a day (截至…).
        """
        text = self._text
        for position in (start, words) if words != start else (start,):
            if self._begun and self._published:
                if _SINCE_THEN.match(text, position):
                    return self._begun[1], self._published
                if (so_far := _SO_FAR.match(text, position)) and (lasted := self._durations.get(so_far.end())):
                    return self._told.lasting(self._begun[1], lasted)
            if (since := self._since_event(position)) is not None:
                return since
            if self._says_beside and (beside := _DAY_BESIDE.match(text, position)):
                return self._told.beside(1 if beside["after"] else -1)
            if match := self._cues.back(self._past_byline() if position == self._body else position):
                if match["vague"]:
                    return None, None
                if match["this"] and self._whole[0] and self._whole[1]:
                    # 此次督导, of a circular about it.
                    return self._whole if self.is_brief(self._whole) else None
                if counted and match["occasion"]:
                    # 截至目前，…，现场抓获16人: the sentence has its own time.
                    return None
                if match["until"]:
                    day = self._told.last(days=1)
                    return (None, day[1]) if day else None
                if match["event"]:
                    return self._told.last_range() or self._told.event()
                stretch = self._told.event() or self._told.last_range() if match["action"] else None
                return stretch or self._told.last(days=1) or self._told.last(days=10)
            if text.startswith(("在", " 在"), position) and (among := _AMONG.match(text, position)):
                return self._told.of_figure(among["figure"], position)
            duration = self._durations.get(position)
            # 三天受理92件, after 3月22日至24日: the period told of, even without 里.
            of_late = duration is not None and duration.unit == "年" and text[position] == "近"
            if duration and (of_late or _WITHIN.match(text, duration.end) or duration.unit in ("天", "日")):
                # 近三年，…: as 近三年来
                if of_late or text.startswith(("来", "以来"), duration.end):
                    of_length = self._told.of_length(duration)
                    # 一年来, in a report of a year: that one.
                    summed = of_length if of_length == self._whole else None
                    found = summed or self._told.since(duration) or of_length
                    # 25年来 and nothing told of that is as long: since nobody knows when.
                    return found or ((None, None) if duration.unit == "年" else None)
                return self._told.of_length(duration) or self._told.since(duration)
        return None

    def _since_event(self, start: int) -> Period | None:
        """协议签订以来, 揭牌不足半个月: from the day told of in this paragraph or by its length to the publication."""
        text = self._text
        if self._published is None or (event := self._cues.event(start)) is None:
            return None
        if event["lasting"] is not None:
            duration = self._durations.get(event.end())
            if duration is None or not text.startswith(("，", "来"), duration.end):
                return None
            return self._told.since(duration) or ((None, None) if duration.unit == "年" else None)
        floor = max(0, text.rfind("\n", 0, start), start - _REACH)
        thing = event["thing"].strip("《》“”该")[-2:] or event["deed"]
        begun = self._told.last_since(floor)
        named = text.find(thing, floor, start) >= 0
        return (begun, self._published) if begun and named and begun < self._published else None

    def _past_byline(self) -> int:
        """Where the body's words begin after the dateline that opens it: 某网6月2日讯（通讯员 …）近年来."""
        byline = _BYLINE.match(self._text, self._body)
        return byline.end() if byline else self._body

    def goes_on(self, start: int, period: Period, section: Period) -> bool:
        """Whether a sentence goes on with the period that opened its paragraph, or falls back on the section's."""
        if period[0] is None or period[1] is None:
            # 截至6月底 holds for its own sentence where the section has a period of its own.
            return section == (None, None)
        short = (period[1] - period[0]).days < A_MONTH
        return not (short and _TURN.match(self._text, start))

    def carries(self, start: int) -> bool:
        """Whether a sentence speaks of the period of the one before it (其间, 其中), whatever its paragraph's."""
        return _GOES_ON.match(self._text, start) is not None

    def is_day(self, period: Period) -> bool:
        """Whether `period` is a single day."""
        return period[0] is not None and period[0] == period[1]

    def is_brief(self, period: Period) -> bool:
        """Whether `period` is shorter than a month."""
        return period[0] is not None and period[1] is not None and (period[1] - period[0]).days < A_MONTH

    def is_month(self, period: Period) -> bool:
        """Whether `period` is longer than a few days and no longer than a month."""
        return period[0] is not None and period[1] is not None and 9 < (period[1] - period[0]).days <= A_MONTH + 5

    def _named_again(self, time: TimeExpression) -> Period | None:
        """The bulletin's own period where 本周, 本月 or 全年 can only mean that one."""
        start, end = self._whole
        if start is None or end is None:
            return None
        days = (end - start).days
        fits = {"本周": days < 8, "本月": 25 < days < A_MONTH + 6, "全年": days > A_YEAR}
        return self._whole if fits[time.text] else None
