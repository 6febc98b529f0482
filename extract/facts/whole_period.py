"""The period that a whole bulletin reports on: said by the headline (2024年上半年…情况), the lead or the opening."""

import datetime as dt
import re

from extract.facts.period_asides import NAMES_EVENT, is_named_after
from extract.layers import Layers

Period = tuple[dt.date | None, dt.date | None]

A_MONTH, A_YEAR = 26, 340
_TELLS = re.compile(r"(?:通报|发布|公布|介绍|晒出|交出|总结|盘点)[^，。；\n]{0,4}$")
_ANNOUNCES = re.compile(r"(?:[通报告公布汇总]|情况|结果|问题|案例)[^，。；\n]{0,6}如下")
# An opening that announces what follows is no longer.
_OPENING = 500
_YEAR = re.compile(
    r"(?:数[说读看]|盘点|回[眸望顾]|再见|图解|晒出)[ ·|“”]?(?P<before>20\d\d)(?![\d年])"
    r"|(?<!\d)(?P<after>20\d\d)(?![\d年])[ ·|“”]?(?:年度)?(?:这一年|成绩单|答卷|盘点|账本|回[眸望顾])"
)
_HALF = re.compile(r"(?<![下一])半年")
_NO_WHOLE = ("以来", "起", "年初", "年底", "年末", "岁末")


def is_not_over(period: Period, published: dt.date | None) -> bool:
    """Whether `period`, up to the publication or part of a year, goes on then."""
    start, end = period
    if start is None or end is None or published is None:
        return False
    return end == published or (end > published and (end - start).days < A_YEAR)


def whole_period(layers: Layers) -> Period:
    """The inclusive period of the whole bulletin, (None, None) if none is said."""
    return _of_weekly(layers) or _of_report(layers) or _of_bare_year(layers) or _announced(layers) or (None, None)


def _of_weekly(layers: Layers) -> Period | None:
    """The days that a weekly's headline or issue line names: 一周快讯（8.7—8.13）."""
    for time in layers.times:
        if time.start >= layers.head.body:
            break
        if time.from_date and time.to_date and 3 <= (time.to_date - time.from_date).days <= A_MONTH:
            return time.from_date, time.to_date
    return None


def _of_report(layers: Layers) -> Period | None:
    """The months or years that the headline names, the lead opens with or tells of (通报上半年…)."""
    head, text = layers.head, layers.view.text
    lead = next((s for s in layers.sentences if s[0] >= head.body), (0, 0))
    for time in layers.times:
        if time.start >= lead[1]:
            break
        if time.from_date is None or time.to_date is None or text.startswith("第", time.end):
            # 2022年第三批…案例 numbers the batch.
            continue
        if NAMES_EVENT.search(text, max(0, time.start - 4), time.start) or is_named_after(text, time):
            continue
        days = (time.to_date - time.from_date).days
        in_headline = head.title_span is not None and head.title_span[0] <= time.start < head.title_span[1]
        opens_lead = time.start == lead[0] and days < A_YEAR and not time.text.endswith(_NO_WHOLE)
        told = lead[0] <= time.start and _TELLS.search(text, max(lead[0], time.start - 10), time.start) is not None
        if days > A_MONTH and (in_headline or opens_lead or told):
            half = in_headline and days > A_YEAR - 1 and _HALF.search(text, time.end, lead[0] or time.end)
            # 2021年某产业半年情况: the first half.
            return time.from_date, time.from_date.replace(month=6, day=30) if half else time.to_date
    return None


def _of_bare_year(layers: Layers) -> Period | None:
    """The year that the headline looks back on without 年: 数说2023, 2023成绩单."""
    year = _YEAR.search(layers.head.title or "")
    if year is None:
        return None
    number = int(year["before"] or year["after"])
    published = layers.published
    return (dt.date(number, 1, 1), dt.date(number, 12, 31)) if published and number < published.year else None


def _announced(layers: Layers) -> Period | None:
    """The stretch of the deed or the matter that the opening announces: 5月15日至6月20日开展督查，现通报如下."""
    body = layers.head.body
    announced = _ANNOUNCES.search(layers.view.text, body, body + _OPENING)
    if announced is None:
        return None
    for time in reversed(layers.times):
        inside = body <= time.start < announced.start() and not is_named_after(layers.view.text, time)
        if inside and time.from_date and time.to_date and (time.to_date - time.from_date).days > 1:
            return time.from_date, time.to_date
    return None
