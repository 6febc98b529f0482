"""Which days and months stand alone: dates whose year is unsaid, told from durations and from parts of other words.

16日 is a day in 记者16日获悉 and a duration in 行政拘留16日; 三月 is a month in 三月，… and a festival in 三月三. The
words before and after decide; they stand in `data/contexts.toml`.
"""

import re

from extract.data import load_toml
from extract.times.lexer import Token
from extract.times.phrases import Point

_CONTEXTS: dict[str, list[str]] = load_toml("times/data/contexts.toml")


def _before(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(_CONTEXTS[name])})$")


def _after(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_CONTEXTS[name]))


_MEASURES_BEFORE, _DAYS_LONG_BEFORE = _before("measures_before"), _before("days_long_before")
_COMPARES_BEFORE, _OPENS_DATE_BEFORE = _before("compares_before"), _before("opens_date_before")
_OPENS_CLAUSE_BEFORE, _WITHIN_YEAR_BEFORE = _before("opens_clause_before"), _before("within_year_before")
_DATES_AFTER, _LASTS_AFTER, _DAYS_LONG_AFTER = _after("dates_after"), _after("lasts_after"), _after("days_long_after")
_NUMBERS_AFTER, _MONTH_AFTER, _TOURS_AFTER = _after("numbers_after"), _after("month_after"), _after("tours_after")
_CONTEXT_DAY_AFTER = _after("context_day_after")
_WORD = re.compile("[\u4e00-\u9fff]")


def stands_alone(text: str, token: Token, point: Point) -> bool:
    """Whether a point whose year is unsaid reads as a date, not as a duration or a part of another word."""
    before = text[max(0, point.start - 3) : point.start]
    match token.kind:
        case "context_day":
            return bool(_OPENS_CLAUSE_BEFORE.search(before) and _CONTEXT_DAY_AFTER.match(text, point.end))
        case "month" | "months":
            return not _MEASURES_BEFORE.search(before) and not _LASTS_AFTER.match(text, point.end)
        case "cn_month":
            if point.end > token.end or text[token.end - 1] == "份":
                return True
            return bool(_OPENS_CLAUSE_BEFORE.search(before) and _MONTH_AFTER.match(text, point.end))
        case "day" | "days":
            return _is_day(text, point, before, several=token.kind == "days")
        case "within_year":
            return bool(_OPENS_CLAUSE_BEFORE.search(before) or _WITHIN_YEAR_BEFORE.search(before))
    return True


def _is_day(text: str, point: Point, before: str, *, several: bool) -> bool:
    end = point.end
    if _MEASURES_BEFORE.search(before) or _LASTS_AFTER.match(text, end):
        return False
    opens = bool(_OPENS_DATE_BEFORE.search(before)) and not _COMPARES_BEFORE.search(before)
    dated = bool(_DATES_AFTER.match(text, end))
    if text[end - 1] == "号":
        return opens and dated and not _NUMBERS_AFTER.match(text, end)
    if dated or (opens and not _TOURS_AFTER.match(text, end)):
        return True
    # Between a doer and a deed (市民政局16日公布); several days there are rather a duration (材料3至5日送达).
    return bool(
        not several
        and _WORD.match(text, end)
        and not _DAYS_LONG_AFTER.match(text, end)
        and not _DAYS_LONG_BEFORE.search(before)
        and not _COMPARES_BEFORE.search(before)
    )
