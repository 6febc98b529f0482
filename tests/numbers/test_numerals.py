"""Numerals: a table of styles, and numbers rendered to Chinese in every style that must come back unchanged."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import NumeralError, parse_numeral

VALUES = {
    "0": "0", "7": "7", "1,234,567": "1234567", "１，２３４": "1234", "12.50": "12.5", "-.5": "-0.5", "－１２２": "-122",
    "- 1,200,000": "-1200000", "零": "0", "〇": "0", "两": "2", "俩": "2", "十": "10", "拾壹": "11", "廿三": "23", "卅": "30",
    "二十": "20", "一百零三": "103", "一百一十二": "112", "一千零八十": "1080", "四千零五万": "40050000",
    "一万三": "13000", "四百五": "450", "一千零三": "1003", "九万四": "94000", "百三": "130", "二〇二三": "2023",
    "壹佰贰拾叁": "123", "柒仟捌佰伍拾肆": "7854", "3万5千": "35000", "1亿2千万": "120000000", "5万4千6百": "54600",
    "2千零30万": "20300000", "1.05万亿": "1050000000000", "四万亿": "4000000000000", "10万万": "1000000000",
    "一万五千亿": "1500000000000", "五兆六十二亿": "5006200000000", "十二点五": "12.5", "十二点五亿": "1250000000",
    "零点零五": "0.05", "负六点六": "-6.6", "零下十五": "-15", "三分之一": "0.3333333333", "四分之三": "0.75",
    "万分之三": "0.0003", "2/5": "0.4", "三又二分之一": "3.5", "两千点零": "2000",
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=VALUES.keys())
def test_reads_every_style(text: str, value: str) -> None:
    assert parse_numeral(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "三家", "一二点", "十二五", "两两", "点五五点", "1,23", "分之", "1/0", "３名", "9" * 65]
)
def test_refuses_what_is_no_numeral(text: str) -> None:
    with pytest.raises(NumeralError):
        parse_numeral(text)


COMMON, FINANCIAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
COMMON_UNITS, FINANCIAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")


def section(number: int, digits: str, units: tuple[str, ...]) -> str:
    """A number below 10,000 in Chinese, every unit spelt out."""
    out, skipped = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            skipped = bool(out)
            continue
        out += ("零" if skipped else "") + digits[digit] + units[power]
        skipped = False
    return out


def chinese(number: int, digits: str = COMMON, units: tuple[str, ...] = COMMON_UNITS) -> str:
    """A whole number below 10**12 in Chinese."""
    if number == 0:
        return "零"
    out = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            out += ("零" if out and part < 1000 else "") + section(part, digits, units) + name
    return out


def mixed(number: int) -> str:
    """3亿2万5 in digits and groups: each group in Arabic digits."""
    groups = [(number // 10**8, "亿"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    out = ""
    for part, name in groups:
        if part:
            out += ("零" if out and part < 1000 else "") + str(part) + name
    return out or "0"


def colloquial(number: int) -> str:
    """The ten without its one (十三, not 一十三), and 两 before 百, 千, 万 and 亿."""
    text = chinese(number)
    for unit in "百千万亿":
        text = text.replace("二" + unit, "两" + unit) if not text.startswith("十") else text
    text = text.replace("十两", "十二")
    return text[1:] if text.startswith("一十") else text


WHOLE = st.integers(0, 10**12 - 1) | st.integers(0, 20000) | st.integers(0, 120).map(lambda n: n * 10**6)


@given(WHOLE)
def test_rendered_whole_numbers_come_back(number: int) -> None:
    for text in (
        str(number),
        f"{number:,}",
        chinese(number),
        chinese(number, FINANCIAL, FINANCIAL_UNITS),
        colloquial(number),
        mixed(number),
        "".join(COMMON[int(d)] for d in str(number)),
        str(number).translate({48 + d: 0xFF10 + d for d in range(10)}),
        f"负{chinese(number)}",
    ):
        assert abs(parse_numeral(text)) == number, text


@given(WHOLE, st.text(alphabet="0123456789", min_size=1, max_size=4))
def test_rendered_decimals_come_back(number: int, decimals: str) -> None:
    value = Decimal(f"{number}.{decimals}")
    spoken = "".join(COMMON[int(d)] for d in decimals)
    assert parse_numeral(f"{number}.{decimals}") == value
    assert parse_numeral(f"{chinese(number)}点{spoken}") == value
    assert parse_numeral(f"{number % 10**4}.{decimals}万") == (value % 10**4) * 10**4


@given(st.integers(1, 999), st.integers(1, 999))
def test_rendered_fractions_come_back(above: int, below: int) -> None:
    for text in (f"{below}分之{above}", f"{chinese(below)}分之{chinese(above)}", f"{above}/{below}"):
        assert abs(parse_numeral(text) - Decimal(above) / below) < Decimal("1e-9"), text


@given(st.text(max_size=80) | st.text(alphabet="一二三十百千万亿两半零点分之又/.,负-0123456789", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(NumeralError):
        assert parse_numeral(text).is_finite()
