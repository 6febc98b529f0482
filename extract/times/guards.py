"""Which days and months stand alone: dates whose year is unsaid, told from durations and from parts of other words.

16日 is a day in 记者16日获悉 and a duration in 行政拘留16日; 三月 is a month in 三月，… and a festival in 三月三. The
words before and after decide.
"""

import re

from extract.times.lexer import Token
from extract.times.phrases import Point

_MEASURED_BEFORE = re.compile(r"(?:[满近逾超足达续每隔各余多]|历时|为期|长达|超过|不到|不超过|限期|逾期)$")
_BEFORE_DAY = re.compile(r"(?:^|[\n，。；：、！？（“” ）于在自从由至到定争保将拟讯电者社]|日[和及与]|预计|计划)$")
_LESS_THAN = re.compile(r"[少多高低短长大小早晚限]于$|[不达直]到$")
_AFTER_DAY = re.compile(
    r"(?:上午|下午|中午|早|晚|凌晨|清晨|傍晚|夜|当天|\d{1,2}[时:点]|起[，至]|召开|举行|举办|发布|通报|从|在|向|对|宣布|表示|称|说|电|获悉|[至到—-]\d)"
)
_DURATION_AFTER = re.compile(r"(?:[以之]?内(?!蒙|部|容)|以[上下]|[游龄产元刊历薪托]|均|左右|的(?:时间|期限|拘留|公示))")
_AFTER_NUMBER = re.compile(r"[楼栋门线院文令房馆厂井矿车船机口店]")
_CLAUSE_START = re.compile(r"(?:^|[\n，。；：、！？（“” ])$")
_MONTH_SAID = re.compile(r"[，。；、初底末中上下至到以起前]|$")
_AFTER_CONTEXT_DAY = re.compile("[，上下中晚凌清傍夜]")


def stands_alone(text: str, token: Token, point: Point) -> bool:
    """Whether a point whose year is unsaid reads as a date, not as a duration or a part of another word."""
    before = text[max(0, point.start - 3) : point.start]
    match token.kind:
        case "context_day":
            return bool(_CLAUSE_START.search(before) and _AFTER_CONTEXT_DAY.match(text, point.end))
        case "month" | "months":
            return not _MEASURED_BEFORE.search(before) and not _DURATION_AFTER.match(text, point.end)
        case "cn_month":
            if point.end > token.end or text[token.end - 1] == "份":
                return True
            return bool(_CLAUSE_START.search(before) and _MONTH_SAID.match(text, point.end))
        case "day" | "days":
            return _is_day(text, point, before)
        case "within_year":
            return bool(_CLAUSE_START.search(before) or before[-1:] in "争保划将于在望")
    return True


def _is_day(text: str, point: Point, before: str) -> bool:
    end = point.end
    if _MEASURED_BEFORE.search(before) or _DURATION_AFTER.match(text, end):
        return False
    opens = bool(_BEFORE_DAY.search(before)) and not _LESS_THAN.search(before)
    if text[end - 1] == "号":
        return opens and bool(_AFTER_DAY.match(text, end)) and not _AFTER_NUMBER.match(text, end)
    return opens or bool(_AFTER_DAY.match(text, end))
