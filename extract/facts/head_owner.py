"""Whose the page is, as its foot tells: 某某日报版权所有 under the page of a paper, 版权所有：某县人民检察院."""

import re

from extract.facts.head_names import is_media, is_office
from extract.facts.places import divisions_of

_RIGHTS = "版权所有"
_BEFORE = re.compile(r"[一-鿿]{3,20}$")
_AFTER = re.compile(r"[：: ]{0,2}(?P<name>[一-鿿]{3,20})")
# 第A03版：城事, 上一版: what only the page of a paper has.
_PAPER_PAGE = re.compile(r"第[A-Z0-9]{1,4}版|(?<![^\n])头版(?![^\n])|上一版|[标版][题面]导航")
_PAGE_NUMBER = re.compile(r"(?<![^\n])第?[A-Z]?\d{1,5}版[：:]")
# 某某工人报官方网站, 随时阅读某某工人报
_PAPER_SITE = re.compile(
    r"(?P<site>[一-鿿]{2,10}报)社?(?:官方网站|官网|[ ]?数字报|电子报|电子版)|随时阅读(?P<read>[一-鿿]{2,10}报)"
)
# 某某日报 要闻 00003 …, 2014-09-03 云溪 1 1 某某日报 content_123.html: what the page's program knows of the report.
_PROPERTIES = re.compile(
    r"(?<![^\n])(?P<first>[一-鿿]{2,10}报) [^\n]{1,20} 0\d{4} "
    r"|(?<![^\n])20\d\d-\d\d-\d\d [^\n]{1,40} (?P<last>[一-鿿]{2,10}报) content_\d"
)
_TOP = 600
_FOOT = 2000


def is_of_paper(text: str, body: int) -> bool:
    """Whether the number of a paper's page stands over the running text, from `body` on."""
    return _PAGE_NUMBER.search(text, 0, min(body, _TOP)) is not None


def owner_of(text: str, body: int) -> str | None:
    """The paper whose page `text` is, or the office of its site, if the running text, from `body` on, tells of it."""
    foot = max(body, len(text) - _FOOT)
    # Most pages say nothing of 版 at either end.
    is_page = any(
        text.find("版", start, end) >= 0 and _PAPER_PAGE.search(text, start, end)
        for start, end in ((0, _TOP), (foot, len(text)))
    )
    for start, end in ((0, min(body, _TOP)), (max(body, len(text) - _TOP), len(text))) if is_page else ():
        if named := _PAPER_SITE.search(text, start, end):
            return named["site"] or named["read"]
    if known := _PROPERTIES.search(text, max(body, len(text) - _TOP)) if "报" in text[-_TOP:] else None:
        return known["first"] or known["last"]
    at = text.rfind(_RIGHTS, foot)
    if at < 0:
        return None
    before = _BEFORE.search(text, max(body, at - 20), at)
    after = _AFTER.match(text, at + len(_RIGHTS))
    for name in (before and before[0].removesuffix("网站"), after and after["name"]):
        if not name:
            continue
        if is_media(name):
            if name.endswith(("报", "报社")) and is_page:
                return name.removesuffix("社")
            if name.endswith("台") and text.startswith("：", at + len(_RIGHTS)):
                # 版权所有：某县广播电视台 behind the reporter's name.
                return name
        elif is_office(name) and not name.endswith("政府") and (places := divisions_of(name)):
            # The text leaves out the province.
            own = name[sum(map(len, places[:-1])) :]
            if text.find(own, body, at) >= 0:
                return name
    return None
