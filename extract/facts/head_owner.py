"""Whose the page is, as its foot tells: 某某日报版权所有 under the page of a paper, 版权所有：某县人民检察院."""

import re

from extract.facts.head_names import is_media, is_office
from extract.facts.places import divisions_of

_RIGHTS = "版权所有"
_BEFORE = re.compile(r"[一-鿿]{3,20}$")
_AFTER = re.compile(r"[：: ]{0,2}(?P<name>[一-鿿]{3,20})")
# 第A03版：城事, 上一版: what only the page of a paper has.
_PAPER_PAGE = re.compile(r"第[A-Z0-9]{1,4}版|(?<![^\n])头版(?![^\n])|上一版|[标版][题面]导航")
# 某某工人报官方网站, 随时阅读某某工人报
_PAPER_SITE = re.compile(
    r"(?P<site>[一-鿿]{2,10}报)社?(?:官方网站|官网|数字报|电子报|电子版)|随时阅读(?P<read>[一-鿿]{2,10}报)"
)
_TOP = 600
_FOOT = 2000


def owner_of(text: str, body: int) -> str | None:
    """The paper whose page `text` is, or the office of its site, if the running text, from `body` on, tells of it."""
    is_page = _PAPER_PAGE.search(text, 0, _TOP) or _PAPER_PAGE.search(text, max(body, len(text) - _FOOT))
    for start, end in ((0, min(body, _TOP)), (max(body, len(text) - _TOP), len(text))) if is_page else ():
        if named := _PAPER_SITE.search(text, start, end):
            return named["site"] or named["read"]
    at = text.rfind(_RIGHTS, max(body, len(text) - _FOOT))
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
        elif is_office(name) and not name.endswith("政府") and (places := divisions_of(name)):
            # The text leaves out the province.
            own = name[sum(map(len, places[:-1])) :]
            if text.find(own, body, at) >= 0:
                return name
    return None
