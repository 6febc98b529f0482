"""Where the head begins: the first lines without the page's frame around the headline.

Notes for a newcomer. A copy of a page begins with whatever stood over the text. The headline is told by its place: it
comes before the publication line, is repeated elsewhere on the page, and is longer than the names of site and column
over it. Only when everything over it may be frame is it taken out; a masthead, an office or a kicker stays for
`head_opening` to read.
"""

import re
from itertools import pairwise

from extract.facts.head_labels import has_label
from extract.facts.head_lines import Line, is_listed, is_trail, kind_of
from extract.facts.head_names import are_people, is_office
from extract.facts.mastheads import ends_with_number, is_masthead, is_signature, masthead_office
from extract.facts.page_frame import ends_like_site, is_disclaimer, is_frame, is_menu, is_site_name, names_site
from extract.facts.publication_lines import is_account, is_posting_time

_SHORTEST_PROSE = 20
_LONGEST_HEADLINE = 60
_OPEN_END = ("：", "；", "，", "、")
_MARKS = "□■●◆◎○〇◇☆ "
_COLUMN = 6
# How many characters tell that the text begins again.
_SAME = 30
_SHORTEST_LIST = 3
# How far down the running text may begin.
_LATEST = 8
# 2023-05-06 12:08某县…: when the page went up, before the first sentence.
_PUBLISHED = re.compile(
    r"20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[ ]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[ ]?(?=[一-鿿“])"
    # 2023-05-06　日前，某县…
    r"|(?:[一-鿿]{2,10}[报网台] ?)?20\d\d-\d{1,2}-\d{1,2} {1,8}(?=[一-鿿“])"
    # 作者：记者 张三 信息来源：某某晚报记者近日从…获悉
    r"|(?:作者|记者|来源|信息来源)：[^。，]{2,60}?[报网台刊](?=记者(?:近日|日前|[昨今]日|从))"
)
# A headline, and after a space the paper's dateline: …2582万元 每日某网1月5日讯（记者 …
_RUN_ON = re.compile(r"[^。\n]{8,60}? (?=[一-鿿]{2,12}(?:20\d\d年)?(?:\d{1,2}月\d{1,2}日)?[讯电](?:[ （]|$))")
# A headline, its publication line and the text, all in one line.
_GLUED = re.compile(
    r"[^。：，]{8,60}? {1,8}(?P<meta>(?:(?:(?:发[布表])?(?:日期|时间)|(?:信息|文章|稿件)?来源|作者)：[ ]?"
    r"[^ 。，]{1,24}(?: \d{1,2}:\d\d(?::\d\d)?(?:[AP]M)?)? {1,8}"
    r"(?:(?:阅览|浏览|阅读|点击)[次量]数?：[ ]?\d{0,8} {1,8})?){1,6})"
    r"(?=[^ ]{10})"
)
_EMPTY_FIELD = re.compile(r"[一-鿿]{1,7}[一-鿿](?<![省市县区州盟旗镇乡村局厅院委办们志友位])：")
# A headline, and after a space its publication line.
_HEADED = re.compile(
    r"[一-鿿][^：]{7,60}? {1,8}"
    r"(?=20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:[ ]?\d{1,2}[:：]\d\d|$)|(?:来源|发布时间|发布日期|作者)：)"
    # …助学行动2023-05-06
    r"|[一-鿿][^：。]{7,60}[一-鿿”](?=20\d\d-\d\d-\d\d$)|20\d\d-\d\d-\d\d(?=[一-鿿“][^：。]{7,60}$)"
)
# A headline, and its writers behind a mark: …秋季助学 □张三 李四
_SIGNED = re.compile(
    r"[^。□■◎]{6,50}[ ]{1,6}(?=[□■◎](?:(?:本报)?(?:记者|通讯员)[ ]?)?[一-鿿·]{2,8}(?:[ 、][一-鿿·]{2,8}){0,3}$)"
)
_TITLE = re.compile(r"[信函书报告知示令]$|通报$")
_NUMBERED = re.compile(r"第[一二三四五六七八九十]+篇：")


def without_frame(lines: list[Line]) -> list[Line]:
    """`lines`, the first ones of a text, without the frame of the page that surrounds the head."""
    lines = _unglued(lines)
    lines = _without_contents(_without_extract(_without_disclaimers(lines)))
    body = next((i for i, line in enumerate(lines) if is_prose(line.text)), None)
    if body is None:
        return lines
    zone = [line for line in lines[:body] if kind_of(line) != "furniture" or _is_label(line)]
    candidates = [line for line in zone if _may_be_headline(line)]
    if not candidates:
        return lines
    headline = max(candidates, key=lambda line: _weight(line, zone, lines))
    if not _stands_out(headline, zone, lines):
        headline = next((line for line in candidates if not is_site_name(line.text)), headline)
    frame = max((line.start for line in lines if line.start < headline.start and _tops_page(line)), default=-1)
    above = [line for line in candidates if line.start < headline.start]
    is_shown = not above or frame >= above[0].start or _stands_out(headline, zone, lines) > 0
    # Else nothing but their length tells the names of columns from a headline.
    if not is_shown and not _are_columns(above, headline, lines):
        return lines
    if len(above) == 1 and _is_post(headline, zone):
        # The account over it has put it out.
        return lines
    # What a gap parts from a headline that shows itself may be anything, but no other half of it.
    is_apart = headline.after_gap and _is_dated(headline, zone) and not _has_dash(above)
    if not all(
        line.start < frame
        or is_site_name(line.text)
        or headline.text in line.text
        or (is_apart and len(line.text) < len(headline.text))
        for line in above
    ):
        return lines
    numbered = {line.start for line, after in pairwise(zone) if kind_of(after) == "issue"}
    dropped = {
        line.start
        for line in above
        if not ((_is_of_issue(line, alone=len(above) == 1) and not _is_site(line, frame)) or line.start in numbered)
    }
    dropped |= _between(headline, zone)
    dropped |= {line.start for line in zone if line.start < headline.start and _is_empty_field(line)}
    return [line for line in lines if line.start not in dropped] if dropped else lines


def _unglued(lines: list[Line]) -> list[Line]:
    """`lines` with headline, publication line and running text apart where a copy has run them into one line."""
    first = next((i for i, line in enumerate(lines) if is_prose(line.text)), None)
    if first is None or first > _LATEST:
        return lines
    cut = _PUBLISHED.match(lines[first].text) or (_RUN_ON.match(lines[first].text) if first == 0 else None)
    top = next((i for i, line in enumerate(lines[:first]) if kind_of(line) != "furniture"), first)
    headed = (_HEADED.match(lines[top].text) or _SIGNED.match(lines[top].text)) if top < first else None
    if headed and not (is_office(headed[0].strip()) or has_label(headed[0])):
        first, cut = top, headed
    line = lines[first]
    if first == 0 and not cut and (glued := _GLUED.match(line.text)):
        cuts = [0, glued.start("meta"), glued.end("meta"), len(line.text)]
        return [_part(line, *ends, i) for i, ends in enumerate(pairwise(cuts))] + lines[1:]
    if cut:
        at = cut.end()
        pieces = [(line.start, line.start + len(line.text[:at].rstrip())), (line.start + at, line.end)]
        parted = [
            Line(start, end, line.text[start - line.start : end - line.start], line.indent, line.after_gap or i > 0)
            for i, (start, end) in enumerate(pieces)
        ]
        return [*lines[:first], *parted, *lines[first + 1 :]]
    return lines


def _part(line: Line, start: int, end: int, number: int) -> Line:
    """The part of `line` from `start` to `end`, without the spaces at its end."""
    text = line.text[start:end].rstrip()
    return Line(line.start + start, line.start + start + len(text), text, line.indent, line.after_gap or number > 0)


def is_prose(text: str) -> bool:
    """Whether `text` is a paragraph of running text and no line of a head."""
    if len(text) < _SHORTEST_PROSE:
        return False
    return "。" in text or (len(text) > _LONGEST_HEADLINE and "，" in text and not is_frame(text))


def _without_disclaimers(lines: list[Line]) -> list[Line]:
    """`lines` without what the site says before the text begins."""
    body = next((i for i, line in enumerate(lines) if is_prose(line.text) and not is_disclaimer(line.text)), 0)
    if not any(is_disclaimer(line.text) for line in lines[:body]):
        return lines
    return [line for i, line in enumerate(lines) if i >= body or not is_disclaimer(line.text)]


def _without_extract(lines: list[Line]) -> list[Line]:
    """`lines` without the beginning of the text, which a page may repeat over its head."""
    first = 0
    while first < len(lines) and is_prose(lines[first].text):
        opening = lines[first].text[:_SAME]
        if not any(line.text.startswith(opening) for line in lines[first + 1 :]):
            break
        first += 1
    # A short line may be a picture's caption, which is repeated alone.
    return lines[first:] if first > 1 or (first and len(lines[0].text) > _LONGEST_HEADLINE) else lines


def _without_contents(lines: list[Line]) -> list[Line]:
    """`lines` without the headlines of a paper's page, listed over the one that follows."""
    body = next((i for i, line in enumerate(lines) if is_prose(line.text)), len(lines))
    first = next((i for i, line in enumerate(lines[:body]) if kind_of(line) == "heading"), body)
    end = first
    while end < body and kind_of(lines[end]) == "heading" and (end == first or not lines[end].after_gap):
        end += 1
    listed = {line.text for line in lines[first:end] if not is_signature(line.text)}
    is_list = len(listed) >= _SHORTEST_LIST and any(line.text in listed for line in lines[end:body])
    return [*lines[:first], *lines[end:]] if is_list else lines


def _is_empty_field(line: Line) -> bool:
    """Whether `line` is a label of the page without a value (天气预报：), not the place that a headline opens with."""
    return _EMPTY_FIELD.fullmatch(line.text) is not None


def _is_label(line: Line) -> bool:
    return line.text.endswith(("：", ":"))


def _may_be_headline(line: Line) -> bool:
    if kind_of(line) != "heading" and not (kind_of(line) == "body" and "。" not in line.text):
        return False
    return len(line.text) <= _LONGEST_HEADLINE and not line.text.endswith(_OPEN_END) and not is_listed(line.text)


def _weight(line: Line, zone: list[Line], lines: list[Line]) -> float:
    """How much speaks for `line` being the headline; the first of equals is."""
    text = _NUMBERED.sub("", line.text)
    weight = min(len(text), 24) / 8
    if names_site(text):
        return weight - 3
    return weight + 3 * _stands_out(line, zone, lines) + (1 if line is zone[0] else 0)


def _stands_out(line: Line, zone: list[Line], lines: list[Line]) -> int:
    """How many signs of a headline `line` has: the publication line follows it, the page repeats it."""
    text = _NUMBERED.sub("", line.text)
    is_repeated = not is_site_name(text) and sum(text in other.text for other in lines) > 1
    return _is_dated(line, zone) + is_repeated


def _is_dated(line: Line, zone: list[Line]) -> bool:
    """Whether the publication line follows `line`."""
    rest = zone[zone.index(line) + 1 :]
    following = next((other for other in rest if len(other.text) > _COLUMN or kind_of(other) == "meta"), None)
    return following is not None and kind_of(following) == "meta"


def _are_columns(above: list[Line], headline: Line, lines: list[Line]) -> bool:
    """Whether the lines over a headline are so short that they can only name the columns that it stands in."""
    columns = [line for line in above if not (len(line.text) > _COLUMN and names_site(line.text))]
    if any(len(line.text) > _COLUMN or _TITLE.search(line.text) for line in columns):
        return False
    if not headline.after_gap or len(headline.text) < 2 * max((len(line.text) for line in columns), default=0):
        return False
    # A short headline with the text's first section under it has other sections too.
    return (
        len(above) > 1
        or ends_like_site(above[0].text)
        or not any(kind_of(line) == "heading" for line in lines if line.start > headline.start)
    )


def _tops_page(line: Line) -> bool:
    """Whether `line` is the page's menu or the trail to it, which stand over the headline."""
    return kind_of(line) == "furniture" and (is_trail(line.text) or is_menu(line.text))


def _has_dash(lines: list[Line]) -> bool:
    """Whether one of `lines` ends in a dash or a subtitle's mark, and so belongs to the headline under it."""
    return any(line.text.endswith("—") for line in lines)


def _is_site(line: Line, frame: int) -> bool:
    """Whether `line` names the site, whose menu or trail, which begins at `frame`, stands under it."""
    return line.start < frame and ends_like_site(line.text)


def _is_of_issue(line: Line, *, alone: bool = True) -> bool:
    """Whether `line` tells who put the text out: a masthead, an office, an account."""
    text = line.text
    return (
        (is_masthead(text) and masthead_office(text) is not None)
        or is_signature(text)
        or ends_with_number(text)
        or (alone and is_account(text))
    )


def _is_post(headline: Line, zone: list[Line]) -> bool:
    """Whether nothing but the time of posting follows the headline."""
    following = zone[zone.index(headline) + 1 :]
    return bool(following) and is_posting_time(following[0].text)


def _between(headline: Line, zone: list[Line]) -> set[int]:
    """The starts of the short lines (主题, 回帖) between the headline and its publication line, or right after that."""
    rest = zone[zone.index(headline) + 1 :]
    last = max((i for i, line in enumerate(rest) if kind_of(line) == "meta"), default=None)
    if last is None:
        return set()
    return {
        line.start
        for i, line in enumerate(rest[: last + 2])
        if (kind_of(line) == "heading" and len(line.text) <= _COLUMN)
        and (i > 0 or line.after_gap)
        and (i < last or ends_like_site(line.text))
        and not (_is_of_issue(line) or are_people(line.text.lstrip(_MARKS)))
    }
