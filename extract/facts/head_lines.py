"""The lines of a head, one by one: what each of them is.

A line is *meta* (labels with values: 发布时间：… 来源：…), *furniture* of a web page, a *masthead* or issue line of a
briefing, a *byline*, a *subtitle*, a *heading* (a headline or a section's), or *body*.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from extract.data import load_toml
from extract.facts.credits import is_whole_credit, read_credit
from extract.facts.head_labels import FIELD_OF, before_labels, labels_in, unspaced
from extract.facts.head_names import are_people, is_media, is_office, is_person
from extract.facts.mastheads import ISSUE, is_signature, signature_of
from extract.facts.page_frame import is_frame
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import PublicationLine, is_original_line, read_publication_line
from extract.patterns import any_of

LineKind = Literal["meta", "furniture", "masthead", "issue", "byline", "subtitle", "heading", "body"]

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")


_FURNITURE_BEGINS = re.compile(rf"[【\[（(|>»\s]*(?:{any_of(_DATA['furniture']['begins'])})")
_FURNITURE_WHOLE = frozenset(_DATA["furniture"]["whole"])
# The trail of a page: 某市教育局 >> 新闻中心 >> 基层动态.
_TRAIL = re.compile(r"[ ]?(?:>>|»|›|>)[ ]?[^>»›]*(?:>>|»|›|>)|首页[ ]?(?:>|-)")
_NUMBER_LINE = re.compile(r"[（(]?[一-鿿]{0,12}[〔\[【（(](?:19|20)\d\d[〕\]】）)](?:第)?[ ]?\d+[ ]?号[)）]?")
_BYLINE = re.compile(
    r"[□■●◆◎○（(【\[\s]*(?:本报|本网|本刊|本台|[一-鿿·]{2,20}(?:[报网社台端心]|新闻|融媒))?"
    r"(?:全媒体|融媒体|见习|特约|首席|驻[一-鿿]{2,6}?)*"
    r"(?:记者|通讯员|供稿|撰稿|作者|文/图|图/文|文图|图文|[文图][/丨])"
)
# 海关查获的冻品（某网发　海关供图）
_CAPTION = re.compile(r"[^，。：（(]{4,40}[（(][^（）()]{0,16}(?:供图|摄|资料图片?)[)）]")
# 【图文】某县：…: what a page says of the report, before its headline.
_TAG = re.compile(r"[【\[（(](?:图文|文图|图/文|文/图)[】\]）)](?=.{8})")
_LIST_MARK = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\d{1,2}[、）)．]|\d{1,2}\.(?!\d)|[一二三四五六七八九十]是|第[一二三四五六七八九十]+[章条节]|[★◆▲▶]"
)
_PAPER = re.compile(
    r"[（(【]?(?:(?:原载|转自|转载自|摘自|刊于|载于|来源|稿源|据|见)(?:于)?[：:]?[ ]?"
    r"(?:[《“](?P<source>[^》”\n]{2,16})[》”]|(?P<house>[一-鿿·]{3,20}?)(?=报道|消息|电讯?[)）]|$|[^一-鿿·]))"
    r"|[ ]?《[ ]?(?P<paper>[^》\n]{2,16}?)[ ]?》)"
)
# 觉得有用，点个“在看”: what posts ask of their readers.
_CALL = re.compile(r"(?:在看|点赞|转发|三连|阅读原文|关注我们|蓝字)[^。，]{0,8}$")
_PRINTED = re.compile(r"共印|印发$")
# 2025年11月10日　第03版：乡村周刊
_PAPER_PAGE = re.compile(r"第?[A-Z]?\d{1,3}版")

# A date with the time of day or the day of the week is when a page went up.
_CLOCK = re.compile(r"^[^，；]{0,16}(?:\d{1,2}[:：]\d{2}|(?:星期|周)[一二三四五六日天])[^，；]{0,16}$")

# 15:33　某县教育局
_WHEN = re.compile(r"^\d{1,2}[:：]\d{2}(?:[:：]\d{2})? *")
# 某县委办公室值班室　7月17日
OFFICE_AND_DAY = re.compile(
    r"(?P<office>[^\d，。：]{4,40}?) {1,24}(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?: ?\d{1,2}时)?"
)
# （7月3日18时）, （1月—9月）, （2024年第8周）: as of when or of which time an issue tells.
_BRACKETED_TIME = re.compile(r"[（(](?:截至)?(?:20\d\d年)?(?:第?\d{1,2}[月周期季])?[^（）()，。]{0,14}[)）]")
_PERIOD = re.compile(r"\d[年月周]")
# 第A08版：城事, #防汛进行时#, 文明耒水 • 综合, 首页 政务 服务 互动: page, topic and section that the text stands under.
_PLACE_ON_PAGE = re.compile(
    r"第?[A-Z]?\d{1,3}版(?:[：: ].{0,8})?|#[^#]{2,16}#|[一-鿿]{2,8} ?[•▪>›»] ?[一-鿿]{2,8}"
    r"|[（(]?[上紧下]?[接转]第?[A-Z0-9一二三四五六七八九十]{1,3}版[)）]?|(?:星期|周)[一二三四五六日天]"
    r"|(?:网站|本站)?首页(?: +[一-鿿]{2,4}){2,}|[一-鿿]{0,6}位置[：:].*"
    r"|20\d\d[^，。]{6,40}℃.{0,8}|今[天日]是?[：: ]?20\d\d.*"
)
# 某县应急 6月30日 22:10: a post's line, which leaves out the year.
_POSTED = re.compile(r"[^，。]{2,16} (?:\d{1,2}月\d{1,2}日|\d{2}-\d{2}) ?\d{1,2}[：:]\d{2}(?: [一-鿿]{2,4})?")
# 主持人：欢迎收看，今天请来了…
_SPEECH = re.compile(r"(?:主持人?|嘉宾|记者)：[^\n]*，")
# 8月3日上午，某镇…: a sentence, if one without its full stop.
_DATED_SENTENCE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日[^ ，]{0,6}，")
_LONGEST_HEADING = 60
_BOXES = frozenset("▇█▊▋▌▍▎▐▮◼◾⬛⏹◙▣◻◽⬜▢▯")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-empty line: its offsets without surrounding white space, its indentation, and the gap before it."""

    start: int
    end: int
    text: str
    indent: int
    after_gap: bool


def plain_mark(text: str) -> str:
    """`text` with the box or bar that a byline may begin with as the one mark that is known."""
    return f"■{text[1:]}" if text[0] in _BOXES else text


def lines_of(text: str, start: int, limit: int) -> list[Line]:
    """The first `limit` non-empty lines of `text` from `start` on."""
    lines: list[Line] = []
    gap = True
    while start < len(text) and len(lines) < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        # A paragraph may be the whole text of megabytes: only its beginning is ever looked at.
        piece = text[start : min(end, start + 400)]
        # The bars of a table that the page was laid out with are none of the line.
        if stripped := piece.strip().strip("|•▪ "):
            left = start + piece.index(stripped)
            lines.append(Line(left, left + len(stripped), plain_mark(stripped), left - start, gap))
            gap = False
        else:
            gap = True
        start = end + 1
    return lines


def kind_of(line: Line) -> LineKind:
    """What `line` is, seen by itself."""
    return _kind_of(line.text)


# Each line is asked about several times, by itself and as the neighbour of others.
@lru_cache(maxsize=1024)
def _kind_of(line: str) -> LineKind:
    text = unspaced(line)
    compact = re.sub(r"\s+", "", text)
    if compact in _FURNITURE_WHOLE or not re.search(r"[一-鿿A-Za-z]", compact):
        return "meta" if find_date(text) else "furniture"
    is_caption = text.endswith(("）", ")")) and _CAPTION.fullmatch(text) is not None
    if is_caption or _PLACE_ON_PAGE.fullmatch(text) or _is_bracketed_time(compact):
        return "furniture"
    if _POSTED.fullmatch(text) or (len(text) <= _LONGEST_HEADING and text.endswith(("官方账号", "官方帐号"))):
        return "meta"
    # 记者：您怎么看？ is part of an interview.
    if "。" not in text and not text.endswith(("？", "！")) and not _SPEECH.match(text):
        labels = labels_in(text)
        if labels and (
            labels[0].start() <= 1
            or len(labels) > 1
            or find_date(text)
            or (len(compact) <= 40 and is_signature(text[: labels[0].start()]))
        ):
            says = find_date(text) or is_signature(text[: labels[0].start()])
            return "meta" if says or any(FIELD_OF[m["label"]] != "ignored" for m in labels) else "furniture"
        if len(compact) <= 30 and _CALL.search(text):
            return "furniture"
        if _FURNITURE_BEGINS.match(text) or text.count("|") >= 3 or _TRAIL.search(text):
            # A page of a paper has its date among the controls.
            dated = find_date(text)
            return "meta" if dated and (dated.start == 0 or is_frame(line)) else "furniture"
        if len(compact) <= 60 and (ISSUE.match(compact) or _NUMBER_LINE.fullmatch(compact)):
            return "issue"
        if len(compact) <= 40 and is_original_line(text):
            return "meta"
        if len(compact) <= 60 and (dated := find_date(text)):
            rest = (text[: dated.start] + text[dated.end :]).strip()
            if (
                _CLOCK.search(rest)
                or is_signature(rest)
                or len(rest) <= 8
                or is_office(_WHEN.sub("", rest).partition(" ")[0].strip("（("))
                or all(is_office(piece.strip("《》（）()")) or is_person(piece) for piece in rest.split())
                or paper_of(text)
                or _PRINTED.search(text)
                or _PAPER_PAGE.match(rest)
            ):
                return "meta"
        if len(compact) <= 60 and _is_byline(text):
            return "byline"
        if (headed := OFFICE_AND_DAY.fullmatch(text)) and is_signature(headed["office"]):
            return "meta"
        if is_frame(line):
            return "meta" if find_date(text) else "furniture"
        if text.startswith(("——", "—", "--", "―", "─")):
            return "subtitle" if len(text) <= _LONGEST_HEADING else "body"
    if is_frame(line):
        return "furniture"
    if _DATED_SENTENCE.match(text) or (text.count("，") > 1 and len(text) > 30):
        return "body"
    if text[0] in "★▲◆" and are_people(text.lstrip("★▲◆ ")):
        return "heading"
    if _LIST_MARK.match(text) or "。" in text or len(text) > _LONGEST_HEADING or text.endswith(("：", "；", "，")):
        return "body"
    return "heading"


def _is_byline(text: str) -> bool:
    if not is_whole_credit(text) and (not _BYLINE.match(text) or _TAG.match(text)):
        return False
    credit = read_credit(text)
    return bool(credit.people or (credit.has_role and any(not is_media(office) for office in credit.offices)))


def _is_bracketed_time(text: str) -> bool:
    return (
        _BRACKETED_TIME.fullmatch(text) is not None
        and _PERIOD.search(text) is not None
        and not ISSUE.match(text)
        and find_date(text) is None
    )


def is_listed(text: str) -> bool:
    """Whether `text` is an item of a list (一、…) by its mark."""
    return _LIST_MARK.match(text) is not None


def is_trail(text: str) -> bool:
    """Whether `text` is the trail of a page: 首页 > 新闻 > 正文."""
    return _TRAIL.search(text) is not None or _PLACE_ON_PAGE.fullmatch(text) is not None


def unlabelled_part(line: Line) -> PublicationLine:
    """What a meta line names before its first label: 某县教育局办公室编　2023年5月10日　浏览次数：31."""
    text = before_labels(line.text)
    text = ISSUE.sub(" ", text, count=1)
    if find_date(text) is None and text != line.text:
        # 某局编　签发：某某　2023年5月10日
        return PublicationLine(signature_of(text))
    return read_publication_line(text)


def paper_of(text: str) -> str | None:
    """The newspaper of a line such as 《某某日报》2023年7月29日第2版 or 原载《某某报》."""
    if dated := find_date(text):
        # 2024年5月9日《某某日报》第3版, 原载于2024年5月9日《某某日报》 say the same in another order.
        text = text[: dated.start] + text[dated.end :]
    match = _PAPER.match(text.lstrip())
    if match is None:
        return None
    if match["house"]:
        return match["house"] if is_office(match["house"]) else None
    return match["source"] or (match["paper"] if is_media(match["paper"]) else None)
