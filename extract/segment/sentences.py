"""Sentences and clauses, found in the view's text by their marks."""

import re

from extract.layers import Offsets

# A closing quote or bracket after the mark belongs to the sentence that it closes.
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’」』）)]*|\n+|$)")
_MARK = re.compile("[，；：。！？“”（）《》]")
# 本报讯（记者 张三）, 新华社昆明5月6日电, （通讯员 李四）: what a report opens with is no part of its first clause.
_DATELINE = re.compile(
    r"[【\[]?[一-鿿—·/-]{0,24}? ?(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)? ?(?:\d{1,2}[时点：:](?:\d{1,2}分?)?)?"
    # Without the reporters' brackets the house's name or the day tells 电 from any other.
    r"(?:(?:讯|[电電]|消息|报道)[】\]]? ?（[^（）\n]{2,60}）|(?:讯|[电電]|消息)[】\]]"
    r"|(?<=[日时点分\d本报网社台刊])(?:讯|[电電]|消息) |(?<=\d日)[讯电電](?=[一-鿿“])) ?"
    r"|本[报网刊台站社][一-鿿]{2,6}[讯电電] "
    r"|（[一-鿿]{0,10}(?:记者|通讯员)[^（）\n]{2,50}） ?"
)
# One of these stands in any of them.
_REPORTS = re.compile("讯|电|電|消息|报道|记者")
_DATELINE_WITHIN = 60
_CLOSING = {"（": "）", "《": "》", "“": "”"}


def find_sentences(text: str) -> list[Offsets]:
    """The sentences of `text` in order, without surrounding white space; a line break always ends one."""
    return [_trimmed(text, *m.span()) for m in _SENTENCE.finditer(text) if m[0].strip()]


def find_clauses(text: str, sentence: Offsets) -> list[Offsets]:
    """The clauses of one sentence: the stretches between ，；：。！？ outside brackets and quotes."""
    start, end = sentence
    clauses: list[Offsets] = []
    begin, inside_until = start, start
    near = min(end, start + _DATELINE_WITHIN)
    if _REPORTS.search(text, start, near) and (dateline := _DATELINE.match(text, start, near)) and dateline.end() < end:
        clauses.append(_trimmed(text, start, dateline.end()))
        begin = inside_until = dateline.end()
    unclosed: set[str] = set()
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match[0]
        if at < inside_until:
            continue
        if mark in _CLOSING:
            if mark not in unclosed:
                inside_until = text.find(_CLOSING[mark], at, end)
                # A mark that is never closed swallows nothing, and is not searched for again.
                if inside_until < 0:
                    unclosed.add(mark)
        elif mark in "，；：。！？":
            clauses.append(_trimmed(text, begin, at))
            begin = at + 1
    clauses.append(_trimmed(text, begin, end))
    return [clause for clause in clauses if clause[0] < clause[1]]


def _trimmed(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
