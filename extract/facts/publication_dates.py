"""Full dates in the notations of publication lines: 2023-05-10, 2023年5月10日, 二〇二三年五月十日, 20230510."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
    "O": "0",
    "0": "0",
}
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[ ]?年[ /]?|[-/.—–_][ ]?)(?P<m>\d{1,2})(?:[ ]?月[ /]?|[-/.—–_][ ]?)"
    r"(?P<d>\d{1,2}(?=\d\d:\d)|\d{1,2})(?:[ ]?日|号)?(?!\d(?!\d:\d))"
    r"|(?P<yc>[一二][〇○Ｏ零O0一二三四五六七八九]{3})年(?P<mc>[一二三四五六七八九十]{1,2})月(?P<dc>[一二三四五六七八九十]{1,3})日"
    # 22.05.2015
    r"|(?<![\d.])(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>20\d\d)(?![\d.])"
    # 5/22/2015 9:08:15 AM
    r"|(?<![\d/])(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>20\d\d)(?= \d{1,2}[:：]\d\d(?:[:：]\d\d)? ?[AP]M)"
    r"|(?<!\d)(?P<y8>20\d\d)(?P<m8>[01]\d)(?P<d8>[0-3]\d)(?!\d)"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands in the searched text."""

    start: int
    end: int
    date: dt.date


@lru_cache(maxsize=1024)
def find_date(text: str, start: int = 0) -> FoundDate | None:
    """The first full date in `text` from `start` on; impossible ones (2023-13-40) are passed over."""
    if "20" not in text and "年" not in text and "19" not in text:
        return None
    for match in _DATE.finditer(text, start):
        if date := _date(match):
            return FoundDate(match.start(), match.end(), date)
    return None


def _date(match: re.Match[str]) -> dt.date | None:
    if match["yc"]:
        year = int("".join(_DIGITS[c] for c in match["yc"]))
        month, day = _small(match["mc"]), _small(match["dc"])
    else:
        year = int(match["y"] or match["y2"] or match["y3"] or match["y8"])
        month = int(match["m"] or match["m2"] or match["m3"] or match["m8"])
        day = int(match["d"] or match["d2"] or match["d3"] or match["d8"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _small(numeral: str) -> int:
    """A numeral below one hundred: 五, 十, 十二, 二十一."""
    if "十" not in numeral:
        return int(_DIGITS[numeral]) if len(numeral) == 1 else 0
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return int(_DIGITS[tens or "一"]) * 10 + int(_DIGITS[ones or "零"])
