"""Numerals: the value of a number written in digits, in Chinese, or in a mixture of both.

Notes for a newcomer. Chinese writes numbers in groups: a digit (三) times 十 百 千 makes a section below ten thousand,
and a section times 万 亿 兆 makes a group. So 四千零五万 is one section of 4,005 times 万. Four habits make it less
simple than that:

- the last unit may be left out: 一万三 is 13,000 and 四百五 is 450, but 一千零三 is 1,003 (零: units are skipped);
- groups multiply when they follow each other at once: 四万亿 is 4 times 万 times 亿;
- digits and Chinese units mix: 3万5千, 1亿2千万, 1.05万亿;
- the financial forms (壹 贰 叁 … 佰 仟) and the contractions 廿 卅 stand for the same digits and units.
"""

import re
from decimal import Context, Decimal, localcontext

from schemas import JianbaoError

# All arithmetic runs in this context: other libraries change the global one. The precision suffices for the longest
# numeral and for every product that it can be part of.
ARITHMETIC = Context(prec=120)
_FRACTION_DIGITS = Decimal("1e-10")
_MAX_LENGTH = 64

DIGITS: dict[str, int] = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
DIGITS |= {"○": 0, "两": 2, "俩": 2, "貳": 2, "參": 3, "陸": 6}
TENS: dict[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
GROUPS: dict[str, int] = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+|.")
_ARABIC = re.compile(r"(?:\d+(?:,\d{3})*|\d{1,3}(?:，\d{3})+)?(?:\.\d+)?")
_SIGN = re.compile(r"零下|[负－−-] ?")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF0B, 0xFF1A)} | {0xFF05: "%"}


class NumeralError(JianbaoError, ValueError):
    """A text that should be a numeral is none."""


def parse_numeral(text: str) -> Decimal:
    """The value of a numeral in any style: `3万5千`, `一万三`, `壹佰`, `十二点五亿`, `三分之一`, `2/5`, `负六点六`.

    White space around and inside is ignored; full-width digits are read as digits. A fraction that does not end is
    rounded to ten decimals.

    Raises:
        NumeralError: `text` is not a numeral (or longer than any numeral, 64 characters).
    """
    bare = "".join(text.translate(_FULL_WIDTH).split())
    sign = _SIGN.match(bare)
    value = None
    if len(bare) <= _MAX_LENGTH:
        with localcontext(ARITHMETIC):
            value = read_number(bare[sign.end() :] if sign else bare)
    if value is None:
        raise NumeralError(f"not a numeral: {text[:_MAX_LENGTH]!r}", remedy="pass the numeral alone, without its unit")
    return value.copy_negate() if sign else value


def read_number(text: str) -> Decimal | None:
    """The value of an unsigned number, a fraction included; None if `text` is not one."""
    if "分之" in text:
        whole, _, fraction = text.rpartition("又")
        below, _, above = fraction.partition("分之")
        return _fraction(read_plain(whole) if whole else Decimal(0), read_plain(above), read_plain(below))
    if "/" in text:
        above, _, below = text.partition("/")
        return _fraction(Decimal(0), read_plain(above), read_plain(below))
    return read_plain(text)


def divide(above: Decimal, below: Decimal) -> Decimal:
    """`above / below`, exact where the quotient ends within ten decimals, else rounded there. `below` is not zero."""
    quotient = above / below
    rounded = quotient.quantize(_FRACTION_DIGITS)
    return quotient.normalize() if quotient == rounded or abs(quotient) < _FRACTION_DIGITS else rounded


def _fraction(whole: Decimal | None, above: Decimal | None, below: Decimal | None) -> Decimal | None:
    if whole is None or above is None or not below:
        return None
    return whole + divide(above, below)


def read_plain(text: str) -> Decimal | None:
    """The value of an unsigned numeral without a fraction; None if `text` is not one."""
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if not text or len(text) > _MAX_LENGTH:
        return None
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", "").replace("，", ""))
    whole, point, decimals = text.partition("点")
    if point:
        return _with_decimals(whole, decimals)
    return _groups(text)


def _with_decimals(whole: str, decimals: str) -> Decimal | None:
    """十二点五亿: a decimal part of digits one by one, and perhaps the groups that multiply the lot."""
    stem = decimals.rstrip("十百千万亿兆")
    before = read_plain(whole)
    if before is None or not stem or not all(c in DIGITS or c.isdecimal() for c in stem):
        return None
    value = before + Decimal("0." + "".join(str(DIGITS.get(c, c)) for c in stem))
    for unit in decimals[len(stem) :]:
        value *= TENS.get(unit) or GROUPS[unit]
    return value


def _groups(text: str) -> Decimal | None:
    if all(c in DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            return None  # 两两 is a word, and 两 never stands in a string of digits
        return Decimal("".join(str(DIGITS[c]) for c in text))
    done: list[tuple[int, Decimal]] = []  # finished groups: their unit and value
    section = Decimal(0)
    pending: Decimal | None = None  # a digit or Arabic number that still waits for its unit
    last_unit = 1
    skipped = False  # 零 stands before `pending`: its unit is not left out
    open_section = False  # something has been said since the last group
    for part in _TOKEN.findall(text):
        if part in TENS:
            if pending == 0:
                pending = None
            section += (Decimal(1) if pending is None else pending) * TENS[part]
            last_unit = TENS[part] if part not in "廿卅" else 10
            pending, skipped, open_section = None, False, True
        elif part in GROUPS:
            unit = GROUPS[part]
            value = section + (pending or 0)
            absorbed = Decimal(0)
            while done and (done[-1][0] < unit or not open_section):
                absorbed += done.pop()[1]
                if not open_section:
                    break
            if not open_section and not absorbed:
                value = Decimal(1)  # 万 alone: 万分之, 上万
            done.append((unit, (absorbed + value) * unit))
            section, pending, last_unit, skipped, open_section = Decimal(0), None, unit, False, False
        elif part in DIGITS:
            if DIGITS[part] == 0:
                skipped = True
                continue
            if pending is not None:
                return None
            pending, open_section = Decimal(DIGITS[part]), True
        elif part[0].isdecimal() or part[0] == ".":
            if pending is not None or not _ARABIC.fullmatch(part):
                return None
            pending, open_section = Decimal(part.replace(",", "")), True
            skipped = skipped or pending >= 10 or "." in part
        else:
            return None
    if pending is not None:
        section += pending if skipped or last_unit == 1 else pending * (last_unit // 10)
    return section + sum(value for _, value in done)
