"""What is no quantity: the rules that look at the characters around a number.

Notes for a newcomer. Most numerals of a bulletin are no quantities. They fall to these rules, in the order of cost:
inside a 《title》 or a short quotation (`name_zones`), at the head of a fixed phrase or a place name (`fixed_phrase`),
next to a character that makes it an ordinal, a date, a code or a model (`is_code`), with a unit that the wording takes
back (`is_excluded`: the article 一, ordinals such as 二期, days of the month), or with no unit at all (`stands_alone`).
"""

import re
from functools import cache

from extract.data import load_rows
from extract.numbers.readers import Number
from extract.numbers.units import FRACTION, Unit

_PHRASES, _NAMES = "numbers/data/fixed.tsv", "numbers/data/names.tsv"

_ZONE = re.compile(r"《[^《》\n]{1,80}》|“[^“”，。；！？\n]{1,24}”")
_SPEECH = frozenset("：:说道称")
_CODE_BEFORE = frozenset("第·•_#№@+./\\〔[×*＊=∶")
_CODE_AFTER = frozenset(":+∶#_·×*=")
_WEEK_ENDS = frozenset("周期拜")
_WEEKDAY = re.compile(r"(?:[^每]?周|星期|礼拜)[一二三四五六]")
_CLAUSE_ENDS = frozenset("，。；、）！？ \n")
_REACHED = frozenset("至到为达数值小")
_LEADING_ZERO = re.compile(r"0\d")
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d$|[〇零○一二三四五六七八九]{4}$")
_SPELT = re.compile(r"[〇零一二三四五六七八九]{2}")  # digits one by one are no count: 唯一一座
_PLAN = re.compile(r"(?:专项|大?提升|攻坚|整治|滚动|集中)*(?:行动|计划|规划|攻坚)")
_WITHIN = ("内", "之内", "时间", "期限", "有效")
_LASTING = ("拘留", "公示", "为期", "限期", "期限为", "停业", "停产", "连续")
_NOT_FRONT = frozenset("目提此日之以当眼面跟生")
_RANKED = frozenset({"名", "位", "个月", "个季度", "期", "轮"})
_POINTED = frozenset("这那前近后头去未些")
_MONTH_OR_CLOCK = frozenset("时点")
_SESSION = frozenset("届大会委")
_ONE_OF_MANY = frozenset("这的那某上下又同头前后每当此本新任着比年")
_ARTICLE_BEFORE = frozenset("天晚夜日宿折兆尺寸里") | {"任期", "刻钟", "分钱", "角钱", "毛钱", "个点"}
# Words with most single digits: 三角, 一度 (once), 两度 (twice).
_NOT_OF_ONE_DIGIT = frozenset("角度°")
_ONE_YEAR = re.compile(r"[一度]|四季|到头|之[计初]|接着|比一年|又一年")
# 12路、208路等线路, 31路公交: numbers of bus routes.
_ROUTES = re.compile(
    r"(?:(?:[、，和及与]|以及)\d{1,3}路){0,12}等?[^，。；、\d\n]{0,4}?(?:公交|线路|专线|班线|班车|车(?!间|位|库|道))"
)
_TURNS = frozenset("翻了")


def name_zones(text: str) -> list[tuple[int, int]]:
    """The stretches whose numbers belong to a name: 《titles》, and short quotations that are not speech."""
    found = []
    for match in _ZONE.finditer(text):
        start, end = match.span()
        if text[start] == "《" or not start or text[start - 1] not in _SPEECH:
            found.append((start, end))
    return found


def fixed_phrase(text: str, start: int) -> int:
    """Where the fixed phrase or name that begins with the numeral at `start` ends; 0 if none begins there."""
    for phrase in _phrases().get(text[start : start + 2], ()):
        if text.startswith(phrase, start):
            return start + len(phrase)
    return 0


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """The fixed phrases and names by their first two characters."""
    table: dict[str, list[str]] = {}
    for row in (*load_rows(_PHRASES), *load_rows(_NAMES)):
        table.setdefault(row[0][:2], []).append(row[0])
    return {key: tuple(words) for key, words in table.items()}


def is_year(written: str) -> bool:
    """Whether a numeral before 年 is a year of the calendar: 2023, 二〇二三."""
    return _YEAR.match(written) is not None


def is_code(text: str, start: int, number: Number) -> bool:
    """Ordinals, parts of dates, codes, model and file names: told by the characters next to the numeral."""
    if start:
        before = text[start - 1]
        if before in _CODE_BEFORE:
            return True
        if before.isascii():
            earlier = text[start - 2] if start > 1 else " "
            if before == " " and earlier == "第":
                return True
            if before == ":" or (before == "-" and earlier.isascii() and earlier.isalnum()):
                return True
            if before.isalpha():
                return not (earlier.isascii() and earlier.isalpha())
        elif number.lone and before in _WEEK_ENDS and _WEEKDAY.match(text, start - 2 if start > 1 else 0):
            return True
    end = number.end
    after = text[end : end + 1]
    if after == "年" and is_year(text[start:end]):
        return True
    if after in _CODE_AFTER or (after == "." and text[end + 1 : end + 2].isdigit()):
        return True
    return not number.chinese and text[start] == "0" and _LEADING_ZERO.match(text, start) is not None


def is_excluded(text: str, start: int, number: Number, unit: Unit, end: int, bounded: bool) -> bool:
    """Whether the wording around takes a number with a unit back. `bounded`: a modifier stands with it."""
    before = text[start - 1] if start else " "
    if number.lone and not number.more and _is_no_count(text, before, number, unit, end, bounded):
        return True
    if number.chinese and before in unit.not_after:
        return True
    if number.value is not None and unit.surface != "折" and _SPELT.fullmatch(number.written):
        return True
    if (unit.before or unit.after) and not (unit.decimal and "." in number.written):
        if unit.before and not text.startswith(unit.before, end):
            return True
        if unit.after and not text.endswith(unit.after, 0, start):
            return True
    if (
        unit.bound
        and not bounded
        and "." not in number.written
        and not (text.startswith(_WITHIN, end) or text.endswith(_LASTING, 0, start))
    ):
        return True
    if unit.bound and before == "月":
        return True
    surface = unit.surface
    if surface == "路" and not number.chinese and _ROUTES.match(text, end):
        return True
    if before == "前" and surface in _RANKED and (start < 2 or text[start - 2] not in _NOT_FRONT):
        return True
    if surface == "年":
        return _PLAN.match(text, end) is not None or (number.written == "几" and before in _POINTED)
    if unit is FRACTION:
        return text.startswith("决赛", end) or (number.written == "半数" and not bounded)
    if surface in ("分", "秒"):
        return before in _MONTH_OR_CLOCK or number.written == "十"
    if number.written == "几":
        return unit.dimension == "duration" and before in _POINTED
    return surface == "次" and number.chinese and before in _SESSION


def _is_no_count(text: str, before: str, number: Number, unit: Unit, end: int, bounded: bool) -> bool:
    """A single Chinese digit: 一 is mostly an article, 二 counts nothing (两 does), others may be ordinals."""
    if bounded:
        return before == "近" and number.written == "一" and unit.counts  # 近一段时间, 近一批
    if unit.surface in _NOT_OF_ONE_DIGIT:
        return True
    if number.written == "一":
        if unit.dimension == "duration":
            return unit.surface in _ARTICLE_BEFORE or before in _ONE_OF_MANY or _ONE_YEAR.match(text, end) is not None
        if unit.surface == "番":
            return before not in _TURNS
        return unit.counts or unit.dimension == "age" or unit.surface in _ARTICLE_BEFORE
    if number.written == "二":
        return True
    return unit.many and number.written != "两"


def stands_alone(text: str, start: int, number: Number, bounded: bool) -> bool:
    """Whether a number without a unit is reported as one: 1,283; 3.2万; 超过300; 一百二十万; 缩小至1.49."""
    if number.vague or number.value is None:
        return False
    if bounded or number.more:
        return True
    written = number.written
    ends_clause = text[number.end : number.end + 1] in _CLAUSE_ENDS or number.end == len(text)
    if number.chinese:
        if number.bare or len(written) < 2:
            return False
        return "万" in written or "亿" in written or (len(written) > 2 and ends_clause and written[1] in "百千")
    if "," in written or "，" in written or written[-1] in "万亿":
        return True
    return "." in written and ends_clause and start > 0 and text[start - 1] in _REACHED
