"""Assembly: a quantity from its number, unit, signs and modifiers, from two numbers of a range, or from two bounds.

Notes for a newcomer. `single` and `ranged` are given a number phrase with its unit and look at what stands around
them: a sign or currency sign before, a modifier on either side, a second number. They return None where the rules of
`context` say that it is no quantity. `merged` joins a lower and an upper bound that follow each other
(五千元以上二万元以下).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.numbers.bounds import modifier_after, modifier_before
from extract.numbers.context import is_excluded, is_year, stands_alone
from extract.numbers.measures import measure, negate
from extract.numbers.readers import Number, read_phrase, share_multiplier
from extract.numbers.units import NO_UNIT, Unit, find_unit, unit_named
from schemas import Modifier

_SEPARATOR = re.compile(r"(?: ?（不?含[^）]{0,4}）)? ?(?:至|到|-{1,2}|[—–~]{1,2}|[和与]) ?")
_NEIGHBOURS = frozenset({"两、三", "三、四", "四、五", "五、六", "六、七", "七、八", "八、九"})
_BETWEEN = re.compile(r" ?之?间")
_GAP = re.compile(r" ?[，、]?(?:并且|而且|并|且|而|到|至)? ?")
_SIGN = re.compile(r"(?:零下|负|(?<![0-9A-Za-z%℃])[-−]) ?$")
_SIGNED = frozenset("下负-− ")  # what may be the last character of a sign
_CURRENCY = {"￥": "元", "¥": "元", "$": "美元", "€": "欧元", "£": "英镑"}
_SPENT = re.compile(r"[时经达了用已耗间期过花需]$")
_CELL = 40  # a text this short may be a cell of a table that holds nothing but the quantity


@dataclass(slots=True)
class Found:
    """A quantity in the making."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    modifier: Modifier
    unit: Unit
    canonical: Decimal | None = None


def worded(text: str, start: int) -> tuple[Found | None, int]:
    """若干 with its unit, 成千上万, and 对折."""
    first = text[start]
    if first == "对":
        return Found(start, start + 2, Decimal(50), None, None, "exact", unit_named("折")), start + 2
    end = start + (2 if first == "若" else 4)
    unit = find_unit(text, end, strict=True)
    if unit is None or (first == "成" and text[start:end] not in ("成千上万", "成百上千")):
        return None, end
    return Found(start, unit[1], None, None, None, "vague", unit[0]), unit[1]


def ranged(text: str, start: int, number: Number, unit: Unit, end: int) -> Found | None:
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
    if low is not None and (sign := _sign(text, start)):
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
    return Found(begin, stop, None, low, high, "range", other)


def single(text: str, start: int, number: Number, unit: Unit, end: int) -> Found | None:
    """The quantity of one number, with its sign and modifiers; None if the rules of context take it back."""
    begin = start
    if start:
        before = text[start - 1]
        if unit is NO_UNIT and before in _CURRENCY:
            unit, begin = unit_named(_CURRENCY[before]), start - 1
        elif sign := _sign(text, start):
            negate(number)
            begin = sign.start()
    prior = modifier_before(text, begin, number.bare)
    posterior = modifier_after(text, end)
    bounded = prior is not None or posterior is not None
    if not _is_cell(text, begin, end):
        # 千名 and 百年 are figures of speech, 千亩 is a measure of land.
        if number.bare and not bounded and not number.more and unit.dimension != "area":
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
    elif unit.dimension == "money" and text[end - 1] == "钱":
        end -= 1  # 三百块钱: 块 is the unit
    value, low, high = number.value, number.low, number.high
    modifier = _modifier(number, prior and prior[0], posterior and posterior[0])
    if modifier == "nearly" and _is_recent(text, begin, unit):
        modifier = "exact"
    if not number.more:
        if modifier in ("more_than", "at_least"):
            low = value
        elif modifier in ("nearly", "less_than", "at_most"):
            high = value
    return Found(begin, end, value, low, high, modifier, unit, number.canonical)


def _modifier(number: Number, prior: Modifier | None, posterior: Modifier | None) -> Modifier:
    """What the number's own wording says comes first (约300余人), then the word before it, unless that is only 约."""
    if number.vague:
        return "vague"
    if number.value is None:
        return "range"
    if number.more:
        return "more_than"
    if prior is not None and not (prior == "about" and posterior is not None):
        return prior
    return posterior or ("about" if number.about else "exact")


def _sign(text: str, start: int) -> re.Match[str] | None:
    """零下, 负 or a minus before `start`."""
    return _SIGN.search(text, max(0, start - 4), start) if start and text[start - 1] in _SIGNED else None


def _is_recent(text: str, begin: int, unit: Unit) -> bool:
    """近五年来 is the last five years, exactly; 历时近五年 is nearly five years."""
    return unit.dimension == "duration" and text[begin] == "近" and not _SPENT.search(text, max(0, begin - 1), begin)


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether the quantity is all there is, as in a cell of a table."""
    return len(text) <= _CELL and not text[:start].strip() and not text[end:].strip()


def merged(text: str, last: Found, item: Found) -> bool:
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
