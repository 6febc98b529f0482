"""The grammar: calendar words that touch each other become one phrase, still without a year where none is said.

Notes for a newcomer. A `Point` is one place in the calendar, said as an *anchor* (2023年, 去年, 上月, or nothing) and
a *stretch* counted from it: 去年前三季度 is the year before publication plus January to September, 上月16日 the month
before publication plus its day 16. A `Phrase` is what becomes one time expression: a point or two joined into a range,
with what stands around it (截至…, …以来, …起, …前). Which year an unsaid year is, only `resolve.py` knows, for that
depends on the publication and on the phrases before.

Who wins between time and quantity. Durations are quantities: 七年, 3个月, 近五年来, 20天, 三个季度, 两年前 make no
phrase. A numeral before 年 is a year only with four digits (or two and a month: 22年5月); before 月 or 日 it is a month
or day only without 个, in range, and not after a word that measures (历时3月, 拘留5日, 3日内). The one duration that a
time takes over is the period from the beginning of a year (前10个月, 前三季度). Where the two still meet, the time
expression wins: what it covers is no quantity.
"""

import re
from collections.abc import Iterator

from extract.times.calendar import Stretch, fits, whole_month
from extract.times.guards import stands_alone
from extract.times.lexer import DASH, EDGE, Token, plan_year
from extract.times.phrases import DAY, MONTH, YEAR, AnchorKind, Mode, Phrase, Point, edge_of

_CLOCK = r"(?:[上下]午|凌晨|早上|晚上?)?(?:(?:\d{1,2}|零)(?:[:时点]\d{0,2}分?)(?:许|左右)?)?"
_FROM_HOUR = re.compile(r"(?:上午|下午|晚)?(?:\d{1,2}|零)[:时点](?:\d{1,2}分?)?起")
_RANGE = re.compile(rf" ?(?:（(?!\d)[^（）\n]{{1,8}}）)?{_CLOCK}起?{DASH} ?")
_TO_NOW = re.compile(rf" ?{DASH}(?:今(?![日天年晚后])|目前|现在|当前)")
_LAST_CENTURY = re.compile("上个?世纪$")
_THROUGH = re.compile(r"截[至止]到?至? ?$")
_NUMERAL = r"[\d一二三四五六七八九十两]"
_NOT_BEFORE = "往来后列期提身进沿端景程途任述置移卫锋线海门山旗夕厅院台"  # 前往, 前期, 前进 …
_SUFFIXES: tuple[tuple[Mode, re.Pattern[str]], ...] = (
    ("since", re.compile(r" ?以来|来(?=[，、])")),
    ("before", re.compile(rf" ?(?:[之以]前|前(?=[，。；、）完]|$)|前(?![{_NOT_BEFORE}]|{_NUMERAL}))")),
    ("after", re.compile(r" ?(?:[之以]后(?!的?[备勤])|后(?=[，、]))")),
    ("from", re.compile(r" ?起(?![草诉点火底飞步到止源伏重降获义运吊征拍早用航居家来因])")),
)

_HAS_EDGES = "年月度份五”法划"
_HOLIDAY_TAIL = re.compile("节日期间|期间|假期期间|假期|小长假|长假|黄金周|前夕|当天|当日|前后|前(?=[，。、])")


class Grammar:
    """Reads the tokens of one text (a view's text) into phrases."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._legal_education = "普法" in text

    def phrases(self) -> Iterator[Phrase]:
        """The phrases in the order of the text."""
        sentence = paragraph = 0
        i, tokens = 0, self._tokens
        while i < len(tokens):
            token = tokens[i]
            if token.kind == "stop":
                sentence += 1
                paragraph += token.value
                i += 1
                continue
            if token.kind == "recurring":
                i += 1
                if self._kind(i, token.end) not in ("", "stop", "recurring"):
                    _, i = self._point(i)
                continue
            phrase, i = self._phrase(i)
            if phrase is not None:
                while i < len(tokens) and tokens[i].start < phrase.end:
                    i += 1
                phrase.sentence, phrase.paragraph = sentence, paragraph
                yield phrase

    def _phrase(self, i: int) -> tuple[Phrase | None, int]:
        """The phrase that begins with token `i`, and the token to go on with."""
        token = self._tokens[i]
        if token.kind == "now" or token.kind == "undated":
            today = Point(token.start, token.end, "published_day", 0, DAY, "day")
            mode: Mode = "until" if token.kind == "now" else "undated"
            if mode == "undated" and self._reach_back(token.start) < token.start:
                mode = "until"
            return Phrase(self._reach_back(token.start), token.end, today, mode=mode), i + 1
        if token.kind == "holiday":
            return self._holiday(i, None)
        point, after = self._point(i)
        if point is None:
            return None, after
        if self._same(after, point):
            return Phrase(point.start, self._tokens[after].end, point, mode="same"), after + 1
        if point.grain == "year" and self._kind(after, self._past_quote(point.end)) == "holiday":
            return self._holiday(after, point)
        if not stands_alone(self._text, token, point):
            return None, after
        phrase = Phrase(point.start, point.end, point)
        if to_now := _TO_NOW.match(self._text, point.end):
            phrase.mode, phrase.end = "from", to_now.end()
            return phrase, after
        joined = _RANGE.match(self._text, point.end)
        opening = self._token_at(joined.end(), after) if joined else None
        if opening is not None:
            second, after_second = self._point(opening)
            if second is not None:
                phrase.second, phrase.end, after = second, second.end, after_second
        self._surroundings(phrase, after)
        return phrase, after

    def _surroundings(self, phrase: Phrase, after: int) -> None:
        """Takes 截至 before and 以来, 起, 前, 后 after the phrase into it, but nothing of the token `after` it."""
        limit = self._tokens[after].start if after < len(self._tokens) else len(self._text)
        start = self._reach_back(phrase.start)
        if start < phrase.start:
            phrase.start, phrase.mode = start, "until"
        if _FROM_HOUR.match(self._text, phrase.end):
            phrase.mode = "from"  # 7月1日零时起: the time of day stays outside, and 起 with it
            return
        for mode, pattern in _SUFFIXES:
            match = pattern.match(self._text, phrase.end)
            if match and match.end() <= limit:
                phrase.end = match.end()
                if phrase.mode == "plain":
                    phrase.mode = mode
                return

    def _reach_back(self, start: int) -> int:
        match = _THROUGH.search(self._text, max(0, start - 5), start)
        return match.start() if match else start

    def _touches(self, i: int, end: int) -> bool:
        """Whether token `i` follows the offset `end` with nothing between but a space or 的."""
        return i < len(self._tokens) and (
            self._tokens[i].start == end or self._text[end : self._tokens[i].start] in (" ", "的")
        )

    def _token_at(self, offset: int, i: int) -> int | None:
        """The token that begins at `offset`, sought from token `i` on (past one in brackets: 除夕)."""
        while i < len(self._tokens) and self._tokens[i].start < offset:
            i += 1
        return i if i < len(self._tokens) and self._tokens[i].start == offset else None

    def _same(self, i: int, year: Point) -> bool:
        """Whether token `i` follows the year as 同期, or as 同月."""
        kind = self._kind(i, year.end)
        return kind == "same" or (
            kind == "context_month" and year.grain == "year" and self._text.startswith("同月", self._tokens[i].start)
        )

    def _past_quote(self, end: int) -> int:
        return end + self._text.startswith("“", end)

    def _kind(self, i: int, end: int) -> str:
        return self._tokens[i].kind if self._touches(i, end) else ""

    # Points

    def _point(self, i: int) -> tuple[Point | None, int]:
        """The point that begins with token `i`, or None; and the token after what was read."""
        token = self._tokens[i]
        kind, start, end, value = token
        match kind:
            case "full":
                year, month, number = value
                if not fits(month, number):
                    return None, i + 1
                return Point(start, end, "year", year, Stretch((month, number), (month, number)), "day"), i + 1
            case "year":
                return self._in_year(i, Point(start, end, "year", value, YEAR, "year"))
            case "years":
                first, last = value
                if last <= first:
                    return None, i + 1
                span = Stretch((1, 1), (12 * (last - first + 1), 0))
                return self._edged(Point(start, end, "year", first, span, "year"), i + 1)
            case "two_years":
                return Point(start, end, "published_year", value, Stretch((1, 1), (24, 0)), "year"), i + 1
            case "year_word" | "within_year":
                return self._in_year(i, Point(start, end, "published_year", value, YEAR, "year"))
            case "context_year":
                return self._in_year(i, Point(start, end, "context_year", value, YEAR, "year"))
            case "school":
                return self._term(i, Point(start, end, "year", value, Stretch((9, 1), (20, 31)), "year"))
            case "plan":
                quoted = self._text.startswith("“", max(0, start - 1), start)
                first = plan_year(*value, quoted=quoted, legal_education=self._legal_education)
                if first is None:
                    return None, i + 1
                start -= quoted
                return self._edged(Point(start, end, "year", first, Stretch((1, 1), (60, 0)), "year"), i + 1)
            case "decade":
                first, years = value
                if century := _LAST_CENTURY.search(self._text, max(0, start - 4), start):
                    start = century.start()
                return Point(start, end, "year", first, Stretch((1, 1), (12 * years, 0)), "year"), i + 1
            case "month_word":
                return self._in_month(Point(start, end, "published_month", value, MONTH, "month"), i + 1)
            case "context_month":
                return self._in_month(Point(start, end, "context_month", value, MONTH, "month"), i + 1)
            case "quarter_word":
                span = Stretch((1, 1), (3, 0))
                return self._edged(Point(start, end, "published_quarter", value, span, "part"), i + 1)
            case "day_word":
                return Point(start, end, "published_day", value, DAY, "day"), i + 1
            case "context_day":
                return Point(start, end, "context_day", value, DAY, "day"), i + 1
            case "week":
                week, first_day, last_day = value
                return Point(start, end, "published_week", week, Stretch((1, first_day), (1, last_day)), "day"), i + 1
            case "ten" | "day" | "days":
                return self._in_month(Point(start, start, "unsaid_month", 0, MONTH, "month"), i)
            case "edge":
                edge, unit = value
                if unit == "年":
                    return Point(start, end, "unsaid_year", 0, edge_of(YEAR, edge, of_year=True), "month"), i + 1
                return Point(start, end, "unsaid_month", 0, edge_of(MONTH, edge, of_year=False), "month"), i + 1
        return self._in_year(i - 1, Point(start, start, "unsaid_year", 0, YEAR, "year"))

    def _in_year(self, i: int, year: Point) -> tuple[Point | None, int]:
        """What follows the year of token `i` narrows it: a month, a quarter, a half …"""
        kind = self._kind(i + 1, year.end)
        bare = year.anchor == "unsaid_year"
        if not kind:
            return self._edged(year, i + 1)
        token = self._tokens[i + 1]
        match kind:
            case "month" | "cn_month":
                month = Point(year.start, token.end, year.anchor, year.number, whole_month(token.value), "month")
                return self._in_month(month, i + 2)
            case "months":
                first, last = token.value
                last += 12 if last < first else 0
                year.stretch, year.grain, year.closing = Stretch((first, 1), (last, 0)), "part", True
            case "months_so_far":
                year.stretch, year.grain, year.closing = Stretch((1, 1), (token.value, 0)), "part", True
            case "quarters_so_far":
                year.stretch, year.grain, year.closing = token.value, "part", True
            case "quarters" | "quarter":
                if token.value is None:
                    return None, i + 2
                year.stretch, year.grain = token.value, "part"
            case "part":
                year.stretch = token.value
                year.grain = "year" if token.value == Stretch((1, 1), (12, 31)) else "part"
            case "season" if not bare:
                year.stretch, year.grain = token.value, "part"
            case _:
                return (None, i + 2) if bare else self._edged(year, i + 1)
        year.end = token.end
        return self._edged(year, i + 2)

    def _in_month(self, month: Point, i: int) -> tuple[Point | None, int]:
        """What follows a month from token `i` on narrows it: a day, days, a ten-day period, 初, 底."""
        base = month.stretch.first[0]
        kind = self._kind(i, month.end)
        if not kind:
            return self._edged(month, i)
        token = self._tokens[i]
        unknown = month.anchor in ("unsaid_month", "published_month", "context_month")
        match kind:
            case "day" | "cn_day":
                if not (unknown or fits(base, token.value)):
                    return None, i + 1
                first = last = token.value
                month.grain = "day"
            case "days" | "cn_days":
                first, last = token.value
                if not (unknown or (fits(base, first) and fits(base, last))) or last < first:
                    return None, i + 1
                month.grain = "day"
            case "ten":
                first, last = token.value
            case "context_month" if token.value == 0 and month.start < month.end:  # 6月当月
                month.end = token.end
                return month, i + 1
            case _:
                return self._edged(month, i)
        month.stretch, month.end = Stretch((base, first), (base, last)), token.end
        return month, i + 1

    def _edged(self, point: Point, i: int) -> tuple[Point, int]:
        """The point narrowed by 初, 中, 末 or 底 after it; token `i`, the next one, may be the word 年底."""
        match = EDGE.match(self._text, point.end) if self._text[point.end - 1] in _HAS_EDGES else None
        if match is None:
            return point, i
        point.stretch = edge_of(point.stretch, match[0][-1], of_year=point.grain == "year")
        point.grain, point.end = "month", match.end()
        return point, i + 1 if i < len(self._tokens) and self._tokens[i].start < point.end else i

    def _term(self, i: int, school_year: Point) -> tuple[Point, int]:
        if self._kind(i + 1, school_year.end) == "term":
            school_year.stretch, school_year.end = self._tokens[i + 1].value, self._tokens[i + 1].end
            school_year.grain = "part"
            return school_year, i + 2
        return school_year, i + 1

    def _holiday(self, i: int, year: Point | None) -> tuple[Phrase | None, int]:
        """A holiday or observance: with a year, or with a word such as 期间 or 假期 after it, else none."""
        token = self._tokens[i]
        quoted = self._text.startswith("“", max(0, token.start - 1), token.start) and self._text.startswith(
            "”", token.end
        )
        tail = _HOLIDAY_TAIL.match(self._text, token.end + quoted)
        if year is None and tail is None:
            return None, i + 1
        start, end = year.start if year else token.start - quoted, tail.end() if tail else token.end + quoted
        anchor: AnchorKind = year.anchor if year else "unsaid_year"
        point = Point(start, end, anchor, year.number if year else 0, YEAR, "day")
        phrase = Phrase(start, end, point, mode="holiday", name=token.value + (tail[0] if tail else ""))
        opening = self._token_at(end + 1, i + 1) if self._text.startswith("（", end) else None
        if opening is not None:
            phrase.given, _ = self._phrase(opening)
        return phrase, i + 1
