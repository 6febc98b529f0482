"""Plain quantities: a number in digits and its unit, with nothing else about them.

Most quantities of a bulletin look like 办理案件1889件: no modifier, no range, no word that takes the unit back. One
regular expression and a few look-ups tell them, several times faster than the rules, which would come to the same
result (a test sees to that). Whatever is in doubt is left to the rules.
"""

import re
from decimal import Decimal

from extract.numbers.bounds import ENDS_OF_MODIFIERS, STARTS_OF_MODIFIERS
from extract.numbers.units import Unit, all_units, find_unit

_NUMBER = re.compile(r"([1-9]\d{0,8}|0|\d{1,9}\.\d{1,6})([万亿]?)(?=[\u4e00-\u9fff%‰℃㎡])")
_SCALE = {"万": Decimal(10**4), "亿": Decimal(10**8)}
# What may stand before a number and mean something: modifiers, signs, ordinals, ranks. Half-width marks do so as well.
_DOUBT_BEFORE = ENDS_OF_MODIFIERS | frozenset("第前负下－〔［￥＊＝＋")
# What may follow a unit and belong to the quantity.
_DOUBT_AFTER = STARTS_OF_MODIFIERS | frozenset("0123456789一二两三四五六七八九十半多余几数来至到和与-—–~之间")
_WITH_RULES = frozenset("年秒分折块次")
_UNITS = frozenset(
    unit.surface
    for unit in all_units()
    if not (unit.before or unit.after or unit.not_after or unit.bound or unit.many or unit.scale)
    and unit.surface not in _WITH_RULES
)


def plain_quantity(text: str, start: int) -> tuple[Decimal, Unit, int] | None:
    """Value, unit and end of the plain quantity that begins at `start`; None where the rules must decide."""
    match = _NUMBER.match(text, start)
    before = text[start - 1 : start]
    if match is None or before in _DOUBT_BEFORE or before < "\u3000":  # nothing, a letter, a digit, a space, a sign
        return None
    found = find_unit(text, match.end(), strict=False)
    if found is None:
        return None
    unit, end = found
    digits, multiplier = match.groups()
    if unit.surface not in _UNITS or text[end : end + 1] in _DOUBT_AFTER:
        return None
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return None
    value = Decimal(digits)
    return value * _SCALE[multiplier] if multiplier else value, unit, end
