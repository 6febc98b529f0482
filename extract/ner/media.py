"""Media: papers, sites and stations where a reporter, a dateline or a source line shows them."""

import re

from extract.ner.candidates import Candidate

_MEDIA = re.compile(
    r"《([^《》\n]{2,10}(?:报|周刊|杂志|频道|网))》(?=截图|版面|特?派?记者|讯|消息|报道|刊发|刊登|（?\d{4}年|（?\d{4}[-.]|第?[0-9A-Da-d]{1,3}版|头版|要闻版)"
)
# 大众网·威海: the local edition of a news site.
_EDITION = re.compile(r"[一-龥]{2,4}[网报]·[一-龥]{2,4}(?=\d|讯|记者|客户端|编辑)")
# 来源：红网, 转自“龙华发布”: what a page names as its source.
_SOURCE = re.compile(
    r"(?:来源|转自|转载自|摘自|作者)：? ?[“《]?"
    r"([一-龥]{1,10}?(?:网|报|台|发布|客户端|之声|融媒|融媒体中心|在线|头条)|(?:云上|掌上)[一-龥]{2,4})(?=[”》 \n）]|$)"
)
# 中国气象报朝阳7月30日电: the paper that a dateline begins with.
_DATELINE = re.compile(r"([一-龥]{2,8}(?:报|网|社))(?:[一-龥]{2,6}\d{1,2}月\d{1,2}日)(?:电|讯)")
_LONGEST_DATELINE = 24
# 每日陇南网1月5日讯, 江报融媒全媒体记者, 江城网 网站版权所有: the end of a medium's name and what shows it.
_NAMED = re.compile(
    r"(?:网|报社?|晨刊|融媒(?:体中心|体)?|电视台|在线)"
    r"(?= ?(?:\d{1,2}月\d{1,2}日)?(?:讯|电(?![话子视力器商网脑台梯动]))"
    r"|(?:[一-龥]{2,3})?(?:\d{1,2}月\d{1,2}日)?消息[ ：（\d]|刊[发登]"
    r"|(?:全媒体|见习|实习|特约|首席|驻[一-龥]{2,4})?记者| ?(?:网站)?版权所有)|网(?= {0,2}>)"
)
_LONGEST_NAME = 9
_NO_NAME = ("本", "我", "该", "各", "互联", "记者", "上", "在")
_NOT_WITHIN = frozenset("的是了从据向这那对为被把")


def find_media(text: str) -> list[Candidate]:
    """Candidate ORGs: the media of the text; those in 《》 have the source `rule:media`, which titles do not hide."""
    found = [Candidate(*match.span(1), "ORG", "rule:media") for match in _MEDIA.finditer(text)]
    found += [Candidate(*match.span(1), "ORG", "rule:source") for match in _SOURCE.finditer(text)]
    if "·" in text:
        found += [Candidate(*match.span(), "ORG", "rule:source") for match in _EDITION.finditer(text)]
    found += _at_edges(text)
    for mark in re.finditer("日[电讯]", text):
        line = max(text.rfind("\n", 0, mark.start()), mark.start() - _LONGEST_DATELINE) + 1
        paper = _DATELINE.search(text, line, mark.end())
        if paper:
            found.append(Candidate(*paper.span(1), "ORG", "rule:source"))
    return found


def _at_edges(text: str) -> list[Candidate]:
    """The media of datelines without a place, of reporters, breadcrumbs and copyright lines."""
    found: list[Candidate] = []
    for end in _NAMED.finditer(text):
        start = end.end()
        while start and end.end() - start <= _LONGEST_NAME and "一" <= text[start - 1] <= "龥":
            start -= 1
        start += text[start] == "据"
        if (
            (2 if end[0] in {"报", "晨刊"} else 3) <= end.end() - start <= _LONGEST_NAME
            and not text.startswith(_NO_NAME, start)
            and _NOT_WITHIN.isdisjoint(text[start : end.end()])
        ):
            found.append(Candidate(start, end.end(), "ORG", "rule:source"))
    return found
