"""The scanner: one pass over a text, from numeral to numeral, that puts quantities together.

Notes for a newcomer. A quantity is [modifier][number][unit][modifier], and the number is what can be found fast: one
regular expression stops at every character that may begin one. From there the unit is read to the right, a second
number after a dash or 至 makes a range, and modifiers are looked up on both sides. Most numerals turn out to be none of
this (第三, 一些, 2023年), so the tests that throw them out come first. Every step looks a bounded number of characters
around, so the work is linear in the length of the text.
"""

import re
from decimal import Context, Decimal, localcontext
from typing import Any

from extract.numbers.assembly import Found, merged, ranged, single, worded
from extract.numbers.context import fixed_phrase, is_code, name_zones
from extract.numbers.measures import measure
from extract.numbers.numerals import ARITHMETIC
from extract.numbers.plain import plain_quantity
from extract.numbers.readers import Number, read_phrase, skip_numeral
from extract.numbers.units import NO_UNIT
from extract.segment.view import View
from schemas import Quantity

_START = re.compile(
    r"[0-9〇零一二两三四五六七八九十百千万亿数几半壹贰叁肆伍陆柒捌玖拾佰仟廿卅若对成.]"
    r"(?:(?<=[0-9〇零二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟廿卅])"
    r"|(?<=一)(?![是些直步样般定切向律致旦贯])"
    r"|(?<=数)(?![量据字额目学码])|(?<=几)(?![乎何])|(?<=对)折|(?<=若)干|(?<=成)[百千][上成]|(?<=\.)(?=\d))"
)
_DIGITS = re.compile(r"[0-9.,]*[0-9]")
_DATE = re.compile(r"(?:(?:19|20)\d\d年(?:\d{1,2}月)?|\d{1,2}月)(?:\d{1,2}日(?!内|以内|之内))?")
_LINK = re.compile(r"[、至到和—-]第?")
_SEPARATOR_STARTS = frozenset(" （至到-—–~和与、")
# 数 and 半 are no numbers after these: 人数, 次数, 上半年; before a multiplier 数 mostly is one: 到位数千元.
_BEFORE_NOUN = frozenset(
    "人次件户总多少基指倍分系个位参岁字量函因复奇偶代余额届天年月日时项场班岗票点股页里级度读计无充悉如整"
)
_BEFORE_HALF = frozenset("上下前后大小多过折夜各")
_COUNTED = frozenset("人次件户总")
_MULTIPLIERS = frozenset("十百千万亿")
_ROUND = Context(prec=20)  # 亩 leads to m2 by 2000/3: what the last digits of that leave over is rounded off


def scan(text: str) -> list[Quantity]:
    """The quantities of `text`, the text of a view (see `extract.segment.view`), in order; offsets are into it."""
    with localcontext(ARITHMETIC):
        return [_finished(text, item, item.start, item.end) for item in _scan(text)]


def scan_view(view: View, source: str) -> list[Quantity]:
    """The quantities of the source text of `view`, with offsets into that."""
    with localcontext(ARITHMETIC):
        return [_finished(source, item, *view.source(item.start, item.end)) for item in _scan(view.text)]


def _scan(text: str) -> list[Found]:
    found: list[Found] = []
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
        if item is None or (item.modifier != "exact" and found and merged(text, found[-1], item)):
            continue
        # What reads as a sign may be the end of the number before (百分之零|下0分).
        if not found or item.start >= found[-1].end:
            found.append(item)
    return found


def _quantity(text: str, start: int) -> tuple[Found | None, int]:
    """The quantity whose number begins at `start`, or None; and where to go on."""
    first = text[start]
    if first > "9":
        if first in "若对成":
            return worded(text, start)
        if start and first in "数半" and _is_part_of_word(text, start):
            return None, start + 1
        if end := fixed_phrase(text, start):
            return None, end
    elif plain := plain_quantity(text, start):
        value, unit, end = plain
        return Found(start, end, value, None, None, "exact", unit), end
    elif date := _DATE.match(text, start):
        return None, date.end()
    number = read_phrase(text, start)
    if number is None:
        return None, max(skip_numeral(text, start), start + 1)
    if is_code(text, start, number):
        return None, _after_code(text, start, number)
    unit, end = measure(text, start, number)
    if text[end : end + 1] in _SEPARATOR_STARTS and not (number.vague or number.more):
        item = ranged(text, start, number, unit, end)
        if item is not None:
            return item, item.end
    if unit is NO_UNIT and not number.bare and number.lone and number.end < len(text):
        return None, number.end
    return single(text, start, number, unit, end), max(end, number.end)


def _is_part_of_word(text: str, start: int) -> bool:
    before = text[start - 1]
    if text[start] == "半":
        return before in _BEFORE_HALF
    return before in _BEFORE_NOUN and (before in _COUNTED or text[start + 1 : start + 2] not in _MULTIPLIERS)


def _after_code(text: str, start: int, number: Number) -> int:
    """Past a code: an ordinal takes the numbers linked to it along (第三、四次, 第1至3名)."""
    end = number.end
    if not number.chinese and (digits := _DIGITS.match(text, start)):
        end = max(end, digits.end())
    if start and text[start - 1] == "第":
        while (link := _LINK.match(text, end)) and (following := read_phrase(text, link.end())):
            end = following.end
    return end


def _finished(text: str, item: Found, start: int, end: int) -> Quantity:
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
