"""Number phrases: the number that begins at a place in the text, with what its own wording says of its bounds.

Notes for a newcomer. `numerals` knows what a finished numeral is worth; this module finds where it ends in running
text and reads the forms that are no plain numeral: 6000余万 (the 余 stands inside), 二三十 (two neighbouring digits
make a range), 数十 and 几百万 (vague), 百分之三十 and 三分之一, 一半. The unit is not looked at here, save that 千, 百
and 兆 may be part of it: 3千克, 5千瓦, 百分点, 100兆.
"""

import re
from decimal import Decimal

from extract.numbers.numerals import DIGITS, GROUPS, TENS, read_number, read_plain

_MULTIPLIER = r"(?:[十拾万亿萬億佰仟]|百(?!分点|帕)|千(?![克瓦米伏焦帕卡乏牛])|兆(?=[一二三四五六七八九十]))"
_DIGIT = "〇零○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_ARABIC = re.compile(
    rf"""(?P<number>
          (?:\d++ (?:[,，]\d{{3}}(?!\d))*+ (?:\.\d++)?+ | \.\d++)
          (?: \ ?{_MULTIPLIER}++ (?:零?(?:\d++(?:\.\d++)?|[一二三四五六七八九])(?={_MULTIPLIER}))? )*+
        )
        (?: (?P<more>\ ?[余多来]) (?P<tail>\ ?{_MULTIPLIER}++)?+ )?+""",
    re.VERBOSE,
)
# Most numbers are nothing but a few digits; this finds them without asking for all the rest.
_PLAIN = re.compile(rf"\d{{1,15}}(?![\d,.，余多来分又/+ ]|{_MULTIPLIER})")
_CHINESE = re.compile(
    rf"""(?P<number>
          (?:[{_DIGIT}廿卅]|{_MULTIPLIER})++
          (?: 点[{_DIGIT}]++(?![十百千]){_MULTIPLIER}*+ | \d[\d.]*+{_MULTIPLIER}++ )?+
        )
        (?: (?P<more>\ ?[余多几来]) (?P<tail>\ ?{_MULTIPLIER}++)?+ )?+""",
    re.VERBOSE,
)
_NEIGHBOURS = re.compile(r"(.*?)(一两|(?<=十)一二|两三|二三|三四|四五|五六|六七|七八|八九|三五)([十百千万亿]*)")
_FINANCIAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
_BARE = frozenset("百千万亿")
_MULTIPLIERS = "十百千万亿"
_RUN = re.compile(rf"[\d.,]*+(?:[{_DIGIT}廿卅]|{_MULTIPLIER})*+")
_LONGEST = 40  # characters; what is longer is no number
_NUMBER_STARTS = frozenset("0123456789半数几一二三四五六七八九十百千万亿〇零○两廿卅拾佰仟") | _FINANCIAL
_PLUS = re.compile(r"\+(?![0-9A-Za-z一二三四五六七八九十])")  # 1.1万+人次, but not 1+1 and 5+2
_DENOMINATOR = re.compile(r"/(\d{1,3})(?![\d/.])")


class Number:
    """A number phrase up to `end`.

    `value` is None for ranges and vague numbers, whose bounds are `low` and `high`. `more` says that 余, 多 or 几
    stands with it, `about` that 来 does. `lone` is a single Chinese digit, `bare` a multiplier without a digit (千名),
    `written` the numeral itself. `fraction` is what a form with 分之 brings along for a unit: %, ‰, or "" for a plain
    fraction. `canonical` is set where a chain of units (三年六个月) has been added up.
    """

    # Defaults stand on the class: one number in ten sets any of them, and thousands are made in a second.
    low: Decimal | None = None
    high: Decimal | None = None
    lone: bool = False
    bare: bool = False
    more: bool = False
    about: bool = False
    vague: bool = False
    fraction: str | None = None
    canonical: Decimal | None = None

    def __init__(self, end: int, value: Decimal | None, written: str = "", *, chinese: bool = True) -> None:
        self.end = end
        self.value = value
        self.written = written
        self.chinese = chinese


def read_phrase(text: str, start: int) -> Number | None:
    """The number phrase at `start`, or None."""
    if plain := _PLAIN.match(text, start):
        return Number(plain.end(), Decimal(plain[0]), plain[0], chinese=False)
    number = _without_fraction(text, start)
    if number is None or number.end >= len(text):
        return number
    following = text[number.end]
    if following == "分" and text.startswith("之", number.end + 1):
        return _parts(text, start, number) or number
    if following == "又" and number.value is not None:
        begin = number.end + 1
        below = _without_fraction(text, begin)
        rest = _parts(text, begin, below) if below is not None and text.startswith("分之", below.end) else None
        if rest is not None and rest.fraction == "" and rest.value is not None:
            return _fraction(rest.end, number.value + rest.value, "")
    return number


def skip_numeral(text: str, start: int) -> int:
    """The end of the run of digits and numeral characters at `start`, which are no number together."""
    run = _RUN.match(text, start)
    return run.end() if run else start + 1


def _without_fraction(text: str, start: int) -> Number | None:
    first = text[start : start + 1]
    if first not in _NUMBER_STARTS:
        return _arabic(text, start) if first == "." else None
    if first <= "9":
        return _arabic(text, start)
    if first == "半":
        return _half(text, start)
    if first in "数几":
        return _vague(text, start)
    if first == "一" and text.startswith("半", start + 1):
        return _fraction(start + 2, Decimal("0.5"), "一半")
    return _chinese(text, start)


def mark_more(number: Number) -> None:
    """余 or 多: at least the value, below the next step of its last digit that is not zero (3600余 is below 3700)."""
    if number.value is not None:
        exponent = number.value.normalize().as_tuple().exponent
        number.more, number.low = True, number.value
        number.high = number.value + Decimal((0, (1,), int(exponent)))
        if number.written == "半":
            number.high = Decimal(1)


def multiplied(multipliers: str) -> int:
    """The product of a string of multipliers: 十万 is 100,000."""
    product = 1
    for unit in multipliers:
        product *= TENS.get(unit) or GROUPS[unit]
    return product


def share_multiplier(left: Number, right: Number) -> None:
    """3—5万 and 一千到两千万: the first number takes the multipliers of the second that it lacks, if it is then the
    smaller one.
    """
    written = right.written
    stem = len(written.rstrip(_MULTIPLIERS))
    if left.value is None or right.value is None or left.fraction or stem == 0:
        return
    for cut in range(stem, len(written)):
        scale = multiplied(written[cut:])
        if written[-1] not in left.written and left.value < right.value / scale:
            left.value *= scale
            return


def _arabic(text: str, start: int) -> Number | None:
    match = _ARABIC.match(text, start)
    if match is None:
        return None
    written, more, tail = match.groups()
    if len(written) > _LONGEST:
        return None
    end = match.end("number")
    value = Decimal(written) if len(written) < 20 and written.isdigit() else read_plain(written.replace(" ", ""))
    if value is None:
        return None
    number = Number(end, value, written, chinese=False)
    if more:
        _with_more(number, match.end(), more.strip(), tail)
    elif text.startswith("+", end) and _PLUS.match(text, end):
        number.end, number.more, number.low = end + 1, True, value
    elif (
        text.startswith("/", end)
        and len(written) < 4
        and written.isdigit()
        and (below := _DENOMINATOR.match(text, end))
    ):
        quotient = read_number(text[start : below.end()])
        if quotient is not None:
            return _fraction(below.end(), quotient, text[start : below.end()])
    return number


def _chinese(text: str, start: int) -> Number | None:
    match = _CHINESE.match(text, start)
    if match is None:
        return None
    written, more, tail = match.groups()
    if len(written) > _LONGEST:
        return None
    end = match.end("number")
    if len(written) == 1:
        if written in _FINANCIAL and not _alone(text, start, end):
            return None
    elif pair := _NEIGHBOURS.fullmatch(written):
        return _range(match, pair)
    value = read_plain(written)
    if value is None:
        return None
    number = Number(end, value, written)
    if len(written) == 1:
        number.lone = written in DIGITS
    number.bare = _BARE.issuperset(written)
    if more:
        _with_more(number, match.end(), more.strip(), tail)
    return number


def _alone(text: str, start: int, end: int) -> bool:
    """陆 and 拾 are words of their own, unless they are the whole text or part of a fraction."""
    return len(text) == 1 or text.startswith("分之", end) or text.startswith("分之", start - 2)


def _with_more(number: Number, end: int, more: str, tail: str | None) -> None:
    if number.value is None or not number.value:
        return
    if more == "几" and number.written[-1] not in "十拾零廿卅":
        return
    number.end = end
    if tail:
        tail = tail.strip()
        number.value *= multiplied(tail)
        number.written += tail
        number.lone = False
    if more == "来":
        number.about = True
    else:
        mark_more(number)


def _range(match: re.Match[str], pair: re.Match[str]) -> Number | None:
    """二三十, 十七八, 三五百: one of two neighbouring digits. 一二三 and other strings of digits are none."""
    written = match["number"]
    before, digits, after = pair.groups()
    if before and before[-1] in DIGITS:
        value = read_plain(written)
        return None if value is None else Number(match.end("number"), value, written)
    skip = "零" if before and before[-1] in "百千万亿" and not after else ""
    low, high = (read_plain(before + skip + digit + after) for digit in digits)
    if low is None or high is None:
        return None
    number = Number(match.end("number"), None, written)
    number.low, number.high = low, high
    return number


def _vague(text: str, start: int) -> Number:
    end = start + 1
    while text[end : end + 1] and text[end] in _MULTIPLIERS and end < start + 5:
        end += 1
    scale = Decimal(multiplied(text[start + 1 : end]))
    number = Number(end, None, text[start:end])
    number.low, number.high, number.vague = 2 * scale, 10 * scale, True
    return number


def _fraction(end: int, value: Decimal, written: str) -> Number:
    number = Number(end, value, written)
    number.fraction = ""
    return number


def _half(text: str, start: int) -> Number:
    if text.startswith("数", start + 1):
        return _fraction(start + 2, Decimal("0.5"), "半数")
    return Number(start + 1, Decimal("0.5"), "半")


def _parts(text: str, start: int, below: Number) -> Number | None:
    """百分之…, 千分之…, 三分之一."""
    above = _without_fraction(text, below.end + 2)
    if above is None or below.value is None or above.fraction is not None:
        return None
    above.lone = above.bare = False
    above.chinese = True
    if below.written in ("百", "千"):
        above.fraction = "%" if below.written == "百" else "‰"
        return above
    value = None if above.more else read_number(text[start : above.end])
    return None if value is None else _fraction(above.end, value, "")
