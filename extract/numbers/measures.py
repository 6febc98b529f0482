"""Measures: a number with its unit, and all that may be written between and after the two.

Notes for a newcomer. The unit seldom just follows. 一个半小时 and 三个多月 put a word into the unit, 三年半 and 一倍多
put it behind, 一米八 leaves the small unit out and 三年六个月 or 3元5角 spell it out. All of them end up as one
value in the first unit; the sum is kept in the canonical unit as well, where it is exact.
"""

import re
from decimal import Decimal

from extract.numbers.numerals import divide
from extract.numbers.readers import Number, mark_more, read_phrase
from extract.numbers.units import FRACTION, NO_UNIT, Unit, find_unit, unit_named, with_note

_TENTH, _HALF = Decimal("0.1"), Decimal("0.5")
_CENT = Unit("分", "money", "元", Decimal("0.01"), "元", Decimal(1))
_MINUTE = Unit("分", "duration", "分", None, "s", Decimal(60))

_YEAR_LIKE = re.compile(r"(?:19|20)\d\d$")
_INNER = frozenset("多余半")
_MORE = re.compile(r"[多余](?![次个家种名项样方地部层渠元万亿])")
_HALF_AFTER = re.compile(r"半(?![个天年数价径])")
_LEFT_OUT = re.compile(r"[一二三四五六七八九](?=[，。；、）的高长宽以左和]|$)")
_LEAVES_OUT = frozenset({"米", "块钱", "成", "毛"})
_COINS = re.compile(r"[一二两三四五六七八九0-9][毛角分]|[一二三四五六七八九](?=[，。；、）的钱]|$)")
_NOTE = re.compile(r"（[次套户个台件组]）")
_SHARED = 12  # characters within which a list of numbers may share the unit of its last
_HUNDREDS = frozenset("百千万亿")
_SECONDS = re.compile(r"半|(?:\d{1,2}|[一二三四五六七八九十]{1,3})秒")
_RATE = re.compile(r"/(?:1?0?[十百千]?万|千)")  # 9.8/10万: so many in a hundred thousand
_PRICE = re.compile(r"[价费补贴钱元]")
_DIGITS = frozenset("0123456789一二两三四五六七八九十")


def measure(text: str, start: int, number: Number) -> tuple[Unit, int]:
    """The unit of `number`, which begins at `start`, and where the two end; `NO_UNIT` if none follows.

    The number's value is brought into the unit that is reported, with what the words around the unit add to it.
    """
    end = number.end
    if number.fraction is not None:
        return _of_fraction(text, number)
    if text.startswith("/", end) and (rate := _RATE.match(text, end)):
        return Unit(rate[0], "other", rate[0]), rate.end()
    at = end + 1 if text.startswith(" ", end) else end
    # A single Chinese digit may be part of a word and a year stand before a name: 三处理, 2022国际博览会.
    strict = number.lone or _YEAR_LIKE.match(number.written) is not None
    if text.startswith("个", at) and text[at + 1 : at + 2] in _INNER:
        found = find_unit("个" + text[at + 2 : at + 6], 0, strict)
        if found is not None and not found[0].counts:
            if text[at + 1] == "半":
                _add(number, _HALF)
            else:
                mark_more(number)
            return found[0], at + 1 + found[1]
    found = find_unit(text, at, strict)
    if found is None or (found[0].counts and number.written == "半"):
        return NO_UNIT, end
    unit, end = found
    if unit.surface == "分":
        unit = _what_fen(text, start, end)
    elif unit.surface == "块" and (number.written[-1] in _HUNDREDS or _COINS.match(text, end)):
        unit = unit_named("块钱")
    elif unit.surface == "折" and number.chinese and number.value is not None and number.value > 10:
        number.value /= 10
    elif unit.surface == "个" and "." in number.written and "个百分点" in text[end : end + _SHARED]:
        unit = unit_named("个百分点")  # 提高0.9个、1.3个百分点
    elif unit.counts and (note := _NOTE.match(text, end)):
        return with_note(unit, note[0]), note.end()
    if unit.scale is not None:
        _scale(number, unit.scale)
    return unit, end if unit.counts else _tail(text, number, unit, end)


def negate(number: Number) -> None:
    """The number with its sign turned."""
    number.value = None if number.value is None else -number.value
    number.canonical = None if number.canonical is None else -number.canonical
    low, high = number.low, number.high
    number.low, number.high = None if high is None else -high, None if low is None else -low


def _of_fraction(text: str, number: Number) -> tuple[Unit, int]:
    if number.fraction:
        return unit_named(number.fraction), number.end
    found = find_unit(text, number.end, strict=True)
    if found is not None and not found[0].counts and found[0].scale is None:
        return found
    return FRACTION, number.end


def _what_fen(text: str, start: int, end: int) -> Unit:
    """分 is a minute before seconds, money in talk of prices, else a mark."""
    if _SECONDS.match(text, end):
        return _MINUTE
    return _CENT if _PRICE.search(text, max(0, start - 8), start) else unit_named("分")


def _tail(text: str, number: Number, unit: Unit, end: int) -> int:
    """Where the measure ends once what follows its unit is added: 半, 多, a smaller unit left out or spelt out."""
    following = text[end : end + 1]
    if number.value is None or not following:
        return end
    if following == "半" and _HALF_AFTER.match(text, end):
        _add(number, _HALF * (unit.scale or 1))
        return end + 2 if unit is _MINUTE and text.startswith("钟", end + 1) else end + 1
    if following in ("多", "余") and not number.more and _MORE.match(text, end):
        mark_more(number)
        return end + 1
    if following in _DIGITS and not number.more:
        if unit.surface in _LEAVES_OUT and number.chinese and _LEFT_OUT.match(text, end):
            digit = read_phrase(text, end)
            if digit is not None and digit.value is not None:
                _add(number, digit.value * _TENTH * (unit.scale or 1))
                return digit.end
        if unit.factor is not None and unit.dimension != "ratio":
            return _chain(text, number, unit, end)
    return end


def _chain(text: str, number: Number, unit: Unit, end: int) -> int:
    """三年六个月, 3元5角, 8天20小时30分: smaller and smaller units of one dimension, added up in the canonical unit."""
    if number.value is None or unit.factor is None:
        return end
    total, last = number.value * unit.factor, unit
    while True:
        part = read_phrase(text, end)
        found = find_unit(text, part.end, strict=True) if part is not None and part.fraction is None else None
        if part is None or part.value is None or found is None:
            break
        smaller, stop = found
        if smaller.surface == "分":
            smaller = _CENT if unit.dimension == "money" else _MINUTE
        if smaller.factor is None or smaller.canonical != unit.canonical or _size(smaller) >= _size(last):
            break
        total += part.value * _size(smaller)
        end, last = stop, smaller
    if last is not unit:
        number.canonical = total
        number.value = divide(total, unit.factor)
    return end


def _size(unit: Unit) -> Decimal:
    return (unit.scale or Decimal(1)) * (unit.factor or Decimal(1))


def _add(number: Number, amount: Decimal) -> None:
    if number.value is not None:
        number.value += amount


def _scale(number: Number, scale: Decimal) -> None:
    number.value = None if number.value is None else number.value * scale
    number.low = None if number.low is None else number.low * scale
    number.high = None if number.high is None else number.high * scale
