"""One key for a document in all bulletins that name it, under its full or its shortened official title."""

import re

from extract.segment.view import fold

_GAP = re.compile(r"\s+")
_COUNTRY = re.compile(r"^中华人民共和国(?=.{2,}(?:法|条例|法典)$)")
_REMARK = re.compile(
    r"[（(](?:试行|暂行|草案|征求意见稿|修订草案|讨论稿|送审稿|修订|修正|20\d\d年?(?:版|修订|修正)?)[)）]$"
)
# 某市人民政府关于印发《某办法》的通知 brings the 某办法.
_BRINGS = re.compile(r"^.{0,40}(?:印发|转发|公布|发布|实施)[《〈](?P<title>.{4,80}?)[》〉](?:的(?:通知|决定|公告))?$")
_BRACKETS = str.maketrans("[【（(﹝〈]】）)﹞〉", "〔〔〔〔〔〔〕〕〕〕〕〕")
_NUMBER = re.compile(r"(?P<code>[一-鿿A-Za-z]{1,16})〔(?P<year>\d{4})〕第?(?P<number>\d+)号")
# 《通知》, 《责任书》, 《合作协议》 are titles of thousands of documents.
_SHORTEST = 6


def document_key(title: str, number: str | None) -> str | None:
    """The key of the document `title`: the title without what varies, or its number where it goes by that alone.

    Args:
        title: the title without 《》.
        number: the document's number, if it is known.

    Returns:
        The key, None where neither title nor number tells the document from others.

    >>> document_key("中华人民共和国民法典", None)
    '民法典'
    """
    name = _GAP.sub("", fold(title))
    numbered = _NUMBER.search(name.translate(_BRACKETS))
    if numbered and len(name) - len(numbered[0]) <= 2:
        return _number_key(numbered)
    if brought := _BRINGS.match(name):
        name = brought["title"]
    name = _COUNTRY.sub("", _REMARK.sub("", name))
    if len(name) >= _SHORTEST or name.endswith(("法", "法典", "条例")):
        return name
    numbered = _NUMBER.search(_GAP.sub("", fold(number)).translate(_BRACKETS)) if number else None
    return _number_key(numbered) if numbered else None


def _number_key(match: re.Match[str]) -> str:
    return f"{match['code']}〔{match['year']}〕{int(match['number'])}号"
