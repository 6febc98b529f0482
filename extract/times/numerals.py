"""The numerals of dates: at most two figures, or the four of a year read one by one."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "元": 1,
    "两": 2,
    "首": 1,
}


def read(text: str) -> int:
    """The value of an Arabic or Chinese numeral as dates write it: 16, 十六, 二十, 廿三, 二〇二三."""
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    value = 0
    for character in text:
        value = 10 * value + _DIGITS[character]
    return value
