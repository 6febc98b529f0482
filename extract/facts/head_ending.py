"""The ending of a bulletin: closing brackets, signature, publication lines, read back to the running text."""

import datetime as dt
import re
from dataclasses import replace

from extract.data import load_toml
from extract.facts.credits import is_whole_credit, read_credit
from extract.facts.ending_names import are_vouched, is_listed, names_writers
from extract.facts.head_closing import LAST_BRACKETS, OF_OFFICE, close_text, is_credit, read_brackets, read_closing
from extract.facts.head_dateline import without_place
from extract.facts.head_found import Found
from extract.facts.head_labels import names_a_field, read_fields
from extract.facts.head_lines import Line, kind_of, paper_of, plain_mark
from extract.facts.head_names import (
    are_people,
    is_name_and_office,
    is_person,
    is_unit_and_name,
    may_be_people,
)
from extract.facts.head_start import is_prose
from extract.facts.mastheads import is_signature, signature_of
from extract.facts.page_frame import is_disclaimer, is_frame
from extract.facts.publication_dates import find_date
from extract.facts.unknown_labels import without_unknown
from extract.patterns import any_of

_BOTTOM = 20
_LONGEST_NAMES = 16
_LONGEST_HEADING = 10
_TIME = re.compile(r"20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?: ?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?")
_LONGEST_SOURCE = 40
_ROLES = load_toml("facts/data/head.toml")["roles"]
_IGNORED = "|".join(_ROLES["ignored"])
_ROLE_LABELS = frozenset(role for name in ("before", "after", "ignored") for role in _ROLES[name])

_SIGNED = re.compile(r"\n[ ]*(?P<office>[^\n，。；]{3,40})\n[ \n]{0,60}(?P<date>[12二][^\n，。；]{7,16}日)[ ]*(?=\n|$)")
# Whose the site is.
_OF_SITE = re.compile(r"(?:版权所有|主[办管]|承办|网站)|.{0,60}(?:备案号|标识码|ICP)")
# What heads the list of a page's other reports, and what may also head a part of this one (相关链接).
_OTHERS = re.compile(rf"(?:{any_of(load_toml('facts/data/head.toml')['frame']['others'])})[：:]?(?: ?>+)?")
_EXTRAS = re.compile(r"[一-鿿]{0,2}(?:相关|推荐|热点|最新|热门|延伸|更多)[一-鿿]{2,4}[：:]?(?: ?>+)?")
_IMPRINT = re.compile(r"版权所有|备案号|ICP备|[Cc]opyright")
# 报：省教育厅。送：各县教育局。（共印80份）
_DISTRIBUTION = re.compile(r"(?:抄?[报送发]|主送|分送|印送|抄送|抄报|呈报|呈送)[：:]|[（(]?共印")
# 《某某法治报》
_PAPER_ALONE = re.compile(r"[（(]?《(?P<paper>[一-鿿]{2,10}[报刊])》[)）]?")
# 摘自《某某日报》
_REPRINTED = re.compile(r"(?:原载|转自|转载自|摘自|刊于|载于|刊载于)")
# （张某　李某） at the end of a paragraph
_WRITERS = re.compile(r"[（(](?<=[。！？”][（(])(?P<names>[一-鿿·]{2,18}(?:[ 、]{1,3}[一-鿿·]{1,9}){0,4})[)）](?= *\n)")
# 拍摄：某某, 二审 某某: what else the foot tells of the making.
_MADE = re.compile(
    rf"[一-鿿]{{2,6}}[：丨|｜/][ ]?[^，。：]{{1,24}}|(?:{_IGNORED})[：丨|｜/ ]{{1,2}}[一-鿿·、 ]{{2,20}}"
    # 某某社音视频部制作
    r"|[一-鿿]{4,16}(?:制作|出品)"
)
_CREDIT_LINE = re.compile(
    r"[^，。！？；：“”《]{2,30}(?:供稿|撰稿|报送|综合报道|(?<=[局厅委院会科股处室所站队部庭社])供)"
    r"(?: ?20\d\d[年./-].{3,8})?"
)
_TOLD = re.compile(r"(?P<credit>[^，。：“” ]{0,12}(?:记者|通讯员)[^，。：“”]{2,12}?)(?:摄影)?报道。?")
# 来源：某某日报，转载请注明出处。
_ASKED = re.compile(r"(?<=[一-鿿])[，,；; ]{1,2}(?:如需)?转载(?:请|时|须)[^，。]{0,20}。?$")
# 张三　138…
_PHONE_ENDS = frozenset("0123456789*）)")
_PHONE = re.compile(r"[ ，,（(]{1,4}(?:(?:联系)?电话|手机)?[：: ]{0,2}(?:0\d{2,3}[-— ]?)?[\d*]{7,11}[)）]?$")
_LABELLED = re.compile("[一-鿿 ]{2,8}：")
_OPEN = re.compile(r"[（(][^（）()。]{2,60}")
_CLOSES = re.compile(r"[^（）()。]{1,40}[）)]")
_OPEN_SOURCE = ("。来源：", "。 来源：", "。信息来源：", "。 信息来源：")
_MARKS = "■□◆◇●/— "
_LIST = re.compile(r"^附|名单|名册|[：:]$")
_SENTENCE_END = ("。", "！", "？", "”")


def read_ending(text: str, start: int, found: Found) -> None:
    """Read what follows the running text: closing brackets, signature, publication lines."""
    lines = _without_times(_without_site(_last_lines(text, start)))
    first = len(lines)
    while first > 0 and (_is_ending(lines[first - 1]) or _signs(lines, first - 1) or is_listed(lines, first - 1)):
        first -= 1
    foot = range(first, len(lines))
    if (below := _after_prose(lines, first)) < first:
        if brackets := LAST_BRACKETS.search(lines[first - 1].text):
            read_brackets(brackets["credit"], found, closing=close_text(brackets))
        first = below
    if first > 0:
        read_closing(lines[first - 1].text, found)
    for i, line in enumerate(lines[first:], first):
        kind = kind_of(line)
        if _OF_SITE.match(line.text) or is_disclaimer(line.text):
            continue
        if kind == "furniture" and is_frame(line.text) and not _is_bracketed_credit(line.text):
            continue
        if (i not in foot and not _is_clear(line)) or is_listed(lines, i):
            continue
        if kind != "meta" and _REPRINTED.match(line.text) and (reprinted := paper_of(line.text)):
            found.dateline = reprinted
        elif paper := _PAPER_ALONE.fullmatch(line.text):
            found.dateline = found.dateline or paper["paper"]
        elif is_signature(line.text):
            office = signature_of(line.text)
            found.signature = found.signature or office
            if office and line.text.startswith(("（", "(")):
                found.closing_office = office
        elif is_name_and_office(line.text):
            found.credit(read_credit(f"作者：{line.text}"))
        elif (
            (brackets := LAST_BRACKETS.search(line.text))
            and (brackets.start() == 0 or kind not in ("meta", "byline"))
            # 热线：0716-…（张三）
            and not (brackets.start() and _LABELLED.match(line.text) and is_person(brackets["credit"]))
            and is_credit(brackets["credit"], closing=close_text(brackets))
        ):
            read_brackets(brackets["credit"], found, closing=close_text(brackets))
        elif kind == "byline" or _is_credit_line(line):
            found.credit(read_credit(line.text))
        elif kind == "meta":
            read_fields(line.text, None, found.fields)
            found.dateline = paper_of(line.text) or found.dateline
            found.closing_line(line)
        elif _DISTRIBUTION.match(line.text):
            continue
        elif is_unit_and_name(line.text, marked=True) or is_person(line.text) or _signs(lines, i):
            found.credit(read_credit(f"作者：{line.text}"))
    for writers in _WRITERS.finditer(text, start):
        # Each report of a digest may have its own.
        if names_writers(writers["names"]):
            found.authors += read_credit(f"作者：{writers['names']}").named
    if found.signature is None and (signed := _signed_inside(text, start)):
        found.signature = signed[0]
        found.dates.append(signed[1])


def _without_site(lines: list[Line]) -> list[Line]:
    """`lines` up to where the page lists other reports (相关阅读) or tells whose it is (版权所有)."""
    for i, line in enumerate(lines):
        is_short = len(line.text) <= _LONGEST_HEADING
        if is_short and _OTHERS.fullmatch(line.text):
            return lines[:i]
        imprint = _IMPRINT.search(line.text)
        if ((is_short and _EXTRAS.fullmatch(line.text)) or imprint) and not any(
            is_prose(other.text) and not is_disclaimer(other.text) for other in lines[i + 1 :]
        ):
            # 作者：张三　编辑：李四　Copyright ©…: all in one line.
            is_cut = imprint and (names_a_field(line.text) or is_prose(line.text))
            cut = line.text[: imprint.start()].rstrip() if imprint and is_cut else ""
            return [*lines[:i], *([replace(line, end=line.start + len(cut), text=cut)] if cut else [])]
    return lines


def _without_times(lines: list[Line]) -> list[Line]:
    """`lines` without the times of a page's other reports, of which a copy has kept nothing else."""
    times = {line.text for line in lines if _TIME.fullmatch(line.text)}
    return [line for line in lines if line.text not in times] if len(times) > 1 else lines


def _after_prose(lines: list[Line], first: int) -> int:
    """The index of the line after the last paragraph: below it stands what belongs to the page (热点推荐, 网友评论)."""
    while first > 0 and (not is_prose(lines[first - 1].text) or is_disclaimer(lines[first - 1].text)):
        first -= 1
    return first


def _is_clear(line: Line) -> bool:
    """Whether `line` says what it is, so that it does among lines that are none of the text's."""
    kind = kind_of(line)
    if kind == "meta":
        return names_a_field(line.text.lstrip("（([【"))
    brackets = LAST_BRACKETS.match(line.text)
    return (
        kind == "byline"
        or (_is_credit_line(line) and OF_OFFICE.search(line.text) is not None)
        or (brackets is not None and OF_OFFICE.search(brackets["credit"]) is not None)
    )


def _is_ending(line: Line) -> bool:
    """Whether `line` comes after the running text; a heading that is no signature belongs to the text."""
    if kind_of(line) in ("meta", "furniture", "issue", "byline"):
        return True
    if _MADE.fullmatch(line.text) or is_disclaimer(line.text) or _OF_SITE.match(line.text):
        return True
    brackets = LAST_BRACKETS.match(line.text)
    return (
        is_signature(line.text)
        or _PAPER_ALONE.fullmatch(line.text) is not None
        or is_person(line.text)
        or is_name_and_office(line.text)
        or is_unit_and_name(line.text, marked=True)
        or _is_credit_line(line)
        or (len(line.text) <= _LONGEST_SOURCE and _REPRINTED.match(line.text) is not None)
        or line.text.startswith(("附件", "附：", "附注", "注："))
        or _DISTRIBUTION.match(line.text) is not None
        or (brackets is not None and is_credit(brackets["credit"], closing=close_text(brackets)))
    )


def _is_credit_line(line: Line) -> bool:
    """Whether `line` is nothing but a credit whose role comes last: 本文由某局供稿, 张三　文/图."""
    is_credit = _CREDIT_LINE.fullmatch(line.text) is not None or (
        is_whole_credit(line.text) and kind_of(line) not in ("meta", "furniture")
    )
    return is_credit and bool(read_credit(line.text).authors)


def _is_bracketed_credit(text: str) -> bool:
    """Whether `text` is a credit with roles in brackets: （张三/文　李四/图）, which has a menu's short words."""
    brackets = LAST_BRACKETS.fullmatch(text)
    credit = read_credit(brackets["credit"]) if brackets else None
    return credit is not None and credit.has_role and bool(credit.authors)


def _signs(lines: list[Line], i: int) -> bool:
    """Whether names alone on line `i` close the text; under the heading of a list they are of those it lists."""
    text = lines[i].text.lstrip(_MARKS)
    if (
        i == 0
        or len(text) > _LONGEST_NAMES
        or without_unknown(text) != text
        or not (are_people(text) or are_vouched(text))
    ):
        return False
    before = lines[i - 1]
    return before.text.endswith(_SENTENCE_END) or (_is_ending(before) and _LIST.search(before.text) is None)


def _signed_inside(text: str, start: int) -> tuple[str, dt.date] | None:
    """Signature and date that close a notice with an attachment after it."""
    for match in _SIGNED.finditer(text, start):
        office, dated = signature_of(match["office"]), find_date(match["date"])
        if office and dated:
            return office, dated.date
    return None


def _last_lines(text: str, start: int) -> list[Line]:
    """The last non-empty lines after `start`, each cut to its last characters."""
    lines: list[Line] = []
    end = len(text)
    while end > start and len(lines) < _BOTTOM:
        begin = max(text.rfind("\n", start, end) + 1, start)
        cut = max(begin, end - 200)
        piece = text[cut:end]
        # ——记者 张某
        if "报道" in piece[-3:] and (told := _TOLD.fullmatch(piece.strip())):
            # 新华社记者张三福州报道。
            piece = without_place(told["credit"])
        piece = _ASKED.sub("", piece) if "转载" in piece else piece
        if (
            piece[-1:] in _PHONE_ENDS
            and (phone := _PHONE.search(piece))
            and names_writers(piece[: phone.start()].strip())
        ):
            piece = piece[: phone.start()]
        if stripped := piece.strip(" |•▪\t").removeprefix("——"):
            left = cut + piece.index(stripped)
            lines.append(Line(left, left + len(stripped), plain_mark(stripped), left - begin, False))
        end = begin - 1
    lines.reverse()
    return _joined(lines)


def _is_value(text: str) -> bool:
    """Whether `text` is who has the role on the line above it."""
    return len(text) <= _LONGEST_NAMES and "：" not in text and (may_be_people(text) or is_signature(text))


def _joined(lines: list[Line]) -> list[Line]:
    """`lines` with brackets that a line break cuts in two (（通讯员　张 / 三）) brought together."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and last.text.startswith(("（", "(")) and _CLOSES.fullmatch(line.text) and _OPEN.fullmatch(last.text):
            joined[-1] = Line(last.start, line.end, last.text + line.text, last.indent, last.after_gap)
        elif last and last.text.endswith("：") and last.text[:-1] in _ROLE_LABELS and _is_value(line.text):
            # 图片： / 张三
            joined[-1] = Line(last.start, line.end, last.text + line.text, last.indent, last.after_gap)
        elif last and last.text.endswith(_OPEN_SOURCE) and len(line.text) <= _LONGEST_SOURCE:
            # …受到欢迎。来源： / 某某日报
            joined[-1] = Line(last.start, line.end, last.text + line.text, last.indent, last.after_gap)
        else:
            joined.append(line)
    return joined
