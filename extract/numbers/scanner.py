"""The scanner: one pass over a text, from numeral to numeral, that puts quantities together.

Notes for a newcomer. A quantity is [modifier][number][unit][modifier], and the number is what can be found fast: one
regular expression stops at every character that may begin one. From there the unit is read to the right, a second
number after a dash or 至 makes a range, and modifiers are looked up on both sides. Most numerals turn out to be none of
this (第三, 一些, 2023年), so the tests that throw them out come first. Every step looks a bounded number of characters
around, so the work is linear in the length of the text.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Any

from extract.numbers.bounds import modifier_after, modifier_before
from extract.numbers.context import fixed_phrase, is_code, is_excluded, is_year, name_zones, stands_alone
from extract.numbers.measures import measure, negate
from extract.numbers.numerals import ARITHMETIC
from extract.numbers.plain import plain_quantity
from extract.numbers.readers import Number, read_phrase, share_multiplier, skip_numeral
from extract.numbers.units import NO_UNIT, Unit, find_unit, unit_named
from extract.segment.view import View
from schemas import Modifier, Quantity

_START = re.compile(
    r"[0-9〇零一二两三四五六七八九十百千万亿数几半壹贰叁肆伍陆柒捌玖拾佰仟廿卅若对成.]"
    r"(?:(?<=[0-9〇零二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟廿卅])"
    # 一 is an article or part of a word unless a numeral, a measure or the end of the text follows.
    r"|(?<=一)(?![是些直步样般定切向批支条件项名位场起种方体道律致旦贯面线流带路手])"
    r"|(?<=数)(?![量据字额目学码])|(?<=几)(?![乎何])|(?<=对)折|(?<=若)干|(?<=成)[百千][上成]|(?<=\.)(?=\d))"
)
_DIGITS = re.compile(r"[0-9.,]*[0-9]")
_DATE = re.compile(r"(?:(?:19|20)\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日(?!内|以内|之内))?")
_LINK = re.compile(r"[、至到和—-]第?")
_SEPARATOR = re.compile(r"(?: ?（不?含[^）]{0,4}）)? ?(?:至|到|-{1,2}|[—–~]{1,2}|[和与]) ?")
_SEPARATOR_STARTS = frozenset(" （至到-—–~和与、")
_NEIGHBOURS = frozenset({"两、三", "三、四", "四、五", "五、六", "六、七", "七、八", "八、九"})
_BETWEEN = re.compile(r" ?之?间")
_GAP = re.compile(r" ?[，、]?(?:并且|而且|并|且|而|到|至)? ?")
_SIGN = re.compile(r"(?:零下|负|(?<![0-9A-Za-z%℃])[-−]) ?$")
_SIGNED = frozenset("下负-− ")  # what may be the last character of a sign
_CURRENCY = {"￥": "元", "¥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
# 数 and 半 are no numbers after these: 人数, 次数, 上半年; before a multiplier 数 mostly is one: 到位数千元.
_BEFORE_NOUN = frozenset(
    "人次件户总多少基指倍分系个位参岁字量函因复奇偶代余额届天年月日时项场班岗票点股页里级度读计无充悉如整"
)
_BEFORE_HALF = frozenset("上下前后大小多过折夜各")
_COUNTED = frozenset("人次件户总")
_MULTIPLIERS = frozenset("十百千万亿")
_ROUND = Context(prec=20)  # 亩 leads to m2 by 2000/3: what the last digits of that leave over is rounded off
_CELL = 40  # a text this short may be a cell of a table that holds nothing but the quantity


@dataclass(slots=True)
class _Found:
    """A quantity in the making."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: Modifier
    unit: Unit
    canonical: Decimal | None = None


def scan(text: str) -> list[Quantity]:
    """The quantities of `text`, the text of a view (see `extract.segment.view`), in order; offsets are into it."""
    with localcontext(ARITHMETIC):
        return [_finished(text, item, item.start, item.end) for item in _scan(text)]


def scan_view(view: View, source: str) -> list[Quantity]:
    """The quantities of the source text of `view`, with offsets into that."""
    with localcontext(ARITHMETIC):
        return [_finished(source, item, *view.source(item.start, item.end)) for item in _scan(view.text)]


def _scan(text: str) -> list[_Found]:
    found: list[_Found] = []
    zones = iter(name_zones(text))
    zone_start, zone_end = next(zones, (len(text), len(text)))
    position = 0
    for match in _START.finditer(text):
        start = match.start()
        if start < position:
            continue
        while zone_end <= start:
            zone_start, zone_end = next(zones, (len(text) + 1, len(text) + 1))
        if start > zone_start:
            position = zone_end
            continue
        item, position = _quantity(text, start)
        if item is not None and (item.modifier == "exact" or not found or not _merged(text, found[-1], item)):
            found.append(item)
    return found


def _quantity(text: str, start: int) -> tuple[_Found | None, int]:
    """The quantity whose number begins at `start`, or None; and where to go on."""
    first = text[start]
    if first > "9":
        if first in "若对成":
            return _word(text, start)
        if start and first in "数半" and _is_part_of_word(text, start):
            return None, start + 1
        if end := fixed_phrase(text, start):
            return None, end
    elif plain := plain_quantity(text, start):
        value, unit, end = plain
        return _Found(start, end, value, None, None, "exact", unit), end
    elif date := _DATE.match(text, start):
        return None, date.end()
    number = read_phrase(text, start)
    if number is None:
        return None, max(skip_numeral(text, start), start + 1)
    if is_code(text, start, number):
        return None, _after_code(text, start, number)
    unit, end = measure(text, start, number)
    if text[end : end + 1] in _SEPARATOR_STARTS and not (number.vague or number.more):
        item = _range(text, start, number, unit, end)
        if item is not None:
            return item, item.end
    if unit is NO_UNIT and not number.bare and number.lone and number.end < len(text):
        return None, number.end
    return _single(text, start, number, unit, end), max(end, number.end)


def _is_part_of_word(text: str, start: int) -> bool:
    before = text[start - 1]
    if text[start] == "半":
        return before in _BEFORE_HALF
    return before in _BEFORE_NOUN and (before in _COUNTED or text[start + 1 : start + 2] not in _MULTIPLIERS)


def _word(text: str, start: int) -> tuple[_Found | None, int]:
    """若干 with its unit, 成千上万, and 对折."""
    first = text[start]
    if first == "对":
        return _Found(start, start + 2, Decimal(50), None, None, "exact", unit_named("折")), start + 2
    end = start + (2 if first == "若" else 4)
    unit = find_unit(text, end, strict=True)
    if unit is None or (first == "成" and text[start:end] not in ("成千上万", "成百上千")):
        return None, end
    return _Found(start, unit[1], None, None, None, "vague", unit[0]), unit[1]


def _after_code(text: str, start: int, number: Number) -> int:
    """Past a code: an ordinal takes the numbers linked to it along (第三、四次, 第1至3名)."""
    end = number.end
    if not number.chinese and (digits := _DIGITS.match(text, start)):
        end = max(end, digits.end())
    if start and text[start - 1] == "第":
        while (link := _LINK.match(text, end)) and (following := read_phrase(text, link.end())):
            end = following.end
    return end


def _range(text: str, start: int, number: Number, unit: Unit, end: int) -> _Found | None:
    """The range from `number` to the one after the separator at `end`, or None if there is none."""
    if text[end] == "、":
        if text[start : end + 2] not in _NEIGHBOURS:
            return None
        after = end + 1
    else:
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            return None
        after = separator.end()
    second = read_phrase(text, after)
    if second is None or second.vague or second.fraction == "":
        return None
    between = None
    if "和" in text[end:after] or "与" in text[end:after]:
        between = _BETWEEN.match(text, second.end)
    if number.fraction and not second.fraction:
        second.fraction = number.fraction
    other, stop = (NO_UNIT, second.end) if between else measure(text, after, second)
    if text[end:after].strip() in ("和", "与") and not (between := between or _BETWEEN.match(text, stop)):
        return None
    if unit is NO_UNIT:
        share_multiplier(number, second)
        if other.scale is not None and number.value is not None:
            number.value *= other.scale
    elif unit.reported != other.reported:
        return None
    low = number.value if number.low is None else number.low
    high = second.value if second.high is None else second.high
    begin = start
    if low is not None and (sign := _SIGN.search(text, max(0, start - 4), start)):
        low, begin = -low, sign.start()
    if low is None or high is None or low >= high:
        return None
    between = between or _BETWEEN.match(text, stop)
    prior = modifier_before(text, begin, number.bare)
    if prior is not None:
        begin = prior[1]
    if other is NO_UNIT and not between and prior is None and not _is_cell(text, begin, stop):
        return None
    if other.surface == "年" and is_year(second.written):
        return None
    if is_excluded(text, start, second, other, stop, bounded=not other.bound):
        return None
    return _Found(begin, stop, None, low, high, "range", other)


def _single(text: str, start: int, number: Number, unit: Unit, end: int) -> _Found | None:
    """The quantity of one number, with its sign and modifiers; None if the rules of context take it back."""
    begin = start
    if start:
        before = text[start - 1]
        if unit is NO_UNIT and before in _CURRENCY:
            unit, begin = unit_named(_CURRENCY[before]), start - 1
        elif before in _SIGNED and (sign := _SIGN.search(text, max(0, start - 4), start)):
            negate(number)
            begin = sign.start()
    prior = modifier_before(text, begin, number.bare)
    posterior = modifier_after(text, end)
    bounded = prior is not None or posterior is not None
    if not _is_cell(text, begin, end):
        if number.bare and not bounded and not number.more:
            return None
        if unit is NO_UNIT:
            if not stands_alone(text, start, number, bounded):
                return None
        elif is_excluded(text, start, number, unit, end, bounded):
            return None
    if prior is not None:
        begin = prior[1]
    if posterior is not None:
        end = posterior[1]
    value, low, high = number.value, number.low, number.high
    modifier: Modifier = "exact"
    if number.vague:
        modifier = "vague"
    elif value is None:
        modifier = "range"
    elif number.more:
        modifier = "more_than"
    else:
        if prior is not None and not (prior[0] == "about" and posterior is not None):
            modifier = prior[0]
        elif posterior is not None:
            modifier = posterior[0]
        elif number.about:
            modifier = "about"
        if modifier == "nearly" and _is_recent(text, begin, unit, end):
            modifier = "exact"
        if modifier in ("more_than", "at_least"):
            low = value
        elif modifier in ("nearly", "less_than", "at_most"):
            high = value
    return _Found(begin, end, value, low, high, modifier, unit, number.canonical)


_SPENT = re.compile(r"(?:时|经|达|了|用|已|耗|间|期|过|花|需)$")


def _is_recent(text: str, begin: int, unit: Unit, end: int) -> bool:
    """近五年来 is the last five years, exactly; 历时近五年 is nearly five years."""
    return unit.dimension == "duration" and text[begin] == "近" and not _SPENT.search(text, max(0, begin - 1), begin)


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether the quantity is all there is, as in a cell of a table."""
    return len(text) <= _CELL and not text[:start].strip() and not text[end:].strip()


def _merged(text: str, last: _Found, item: _Found) -> bool:
    """五千元以上二万元以下, 大于100并且小于300: a lower and an upper bound that follow each other become one range."""
    if item.start - last.end > 4 or last.modifier == "range" or item.modifier == "range":
        return False
    low, high = (last.low, item.high) if last.low is not None else (item.low, last.high)
    if low is None or high is None or (last.low is not None and last.high is not None) or low >= high:
        return False
    if item.low is not None and item.high is not None:
        return False
    if last.unit.reported != item.unit.reported and last.unit is not NO_UNIT:
        return False
    if not _GAP.fullmatch(text, last.end, item.start):
        return False
    last.end, last.value, last.low, last.high, last.modifier, last.unit = item.end, None, low, high, "range", item.unit
    return True


def _finished(text: str, item: _Found, start: int, end: int) -> Quantity:
    unit = item.unit
    fields: dict[str, Any] = {"start": start, "end": end, "text": text[start:end], "dimension": unit.dimension}
    fields["unit"] = unit.reported
    if item.value is not None:
        fields["value"] = _plain(item.value)
        if unit.factor is not None:
            canonical = item.value * unit.factor if item.canonical is None else item.canonical
            fields["canonical_value"] = _plain(_ROUND.plus(canonical))
            fields["canonical_unit"] = unit.canonical
    if item.modifier != "exact":
        fields["modifier"] = item.modifier
        fields["low"] = None if item.low is None else _plain(item.low)
        fields["high"] = None if item.high is None else _plain(item.high)
    return Quantity(**fields)


def _plain(value: Decimal) -> Decimal:
    """`value` without the zeros that multiplying leaves behind a decimal point, and never with an exponent."""
    return value.normalize() if value % 1 else Decimal(int(value))
