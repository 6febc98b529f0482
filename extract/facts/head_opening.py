"""The opening of a bulletin: everything before the running text, and the dateline with which that begins."""

import re

from extract.data import load_toml
from extract.facts.credits import read_credit
from extract.facts.head_dateline import read_first_dateline
from extract.facts.head_found import Found
from extract.facts.head_labels import has_label, read_fields, without_counters
from extract.facts.head_lines import Line, kind_of, paper_of
from extract.facts.head_names import are_people, is_media, is_unit_and_name
from extract.facts.mastheads import (
    ends_with_number,
    is_masthead,
    is_numbered,
    is_signature,
    masthead_office,
    signature_of,
)
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account, is_posting_time

# 【经验交流】, ★基层动态★: the section of a briefing that the report stands in.
_SECTION_LABEL = re.compile(r"[【\[〔（(★●◆■◇☆·— -]+[一-鿿·]{2,10}[】\]〕）)★●◆■◇☆·— -]+")
_ACCOUNT = re.compile(r"[一-鿿A-Za-z0-9]{2,6}")
# 基层实践, alone on its line
_COLUMN = re.compile(r"[■□◎● ]*[一-鿿]{2,3}[·]?[一-鿿]{2,3}")
# 法治周刊·基层检察
_DOTTED = re.compile(r"[一-鿿]{2,5}·[一-鿿]{2,5}")
# 编者按：…, 【按】: an editor's words before the headline of the report.
_EDITORS_NOTE = re.compile(r"[【\[（(]?(?:编者)?按(?:语)?[】\]）)]?[：: ]|[【\[](?:编者)?按(?:语)?[】\]]")
_CONTENTS = re.compile(r"[【\[]?(?:目[ ]*录|(?:本期)?(?:要目|导读|目录|内容))[】\]：:]?")
_MARKED = re.compile(r"[★◆▲▶●■]")
_SALUTATION = re.compile(r"^(?:各|尊敬|亲爱)|(?:们|同志|朋友|单位|局|厅|政府|委员会|中心|学校|公司)[：:，]$")
_LONGEST_BREAK = 5
_NEAR, _SHORT = 3, 20
_RARE_NAME = re.compile(r"[一-鿿]{3}")
_UNFINISHED: tuple[str, ...] = tuple(load_toml("facts/data/head.toml")["headlines"]["unfinished"])
_KICKER_END = re.compile(r"(?:系列报道|系列|专题|特稿|综述|之[一二三四五六七八九十]+|[①②③④⑤⑥⑦⑧⑨])[：:]?$")
_TITLE_NOUN = re.compile(
    r"(?:通知|通报|通告|公告|公示|报告|意见|方案|决定|情况|纪实|侧记|综述|办法|简报|函|批复|总结|倡议书|公报)$"
)


def read_opening(lines: list[Line], found: Found) -> tuple[list[Line], int]:
    """Read the lines before the running text; the headline's lines, and the index of the first line of the body."""
    groups: list[list[Line]] = []
    masthead: Line | None = None
    subtitled = False
    value_of_label = False
    contents = ""
    items: list[str] = []
    past_headline = 0
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        kind = kind_of(line)
        if i < past_headline:
            continue
        if contents and (not line.after_gap or lines[i - 1].text == contents):
            items.append(_unmarked(line))
            continue
        contents = line.text if _CONTENTS.fullmatch(line.text) else ""
        if contents:
            continue
        if masthead and _is_digest(items, lines[i:]):
            # A digest of several reports is headed by its masthead.
            return [masthead], i
        if not groups and (broken := _broken_headline(lines, i)):
            groups.append(broken)
            past_headline = i + len(broken)
            continue
        if kind == "heading" and _goes_on(lines, i):
            # The second guest of an interview, under the first.
            continue
        if value_of_label:
            value_of_label = False
            is_value = kind in ("heading", "furniture") or (kind == "meta" and not has_label(line.text))
            if is_value and len(line.text) <= 40 and not groups:
                continue
        if kind == "meta":
            read_fields(line.text, following.text if following else None, found.fields)
            found.heading_line(line)
            found.dateline = found.dateline or paper_of(line.text)
            # A label at the end of its line has its value on the next one.
            value_of_label = line.text.endswith(("：", ":"))
            continue
        if kind == "issue":
            read_fields(line.text, None, found.fields)
            found.heading_line(line)
            continue
        if not groups and _EDITORS_NOTE.match(line.text):
            continue
        if kind == "furniture" or (not groups and _is_section_label(line, following)):
            continue
        if kind == "byline":
            found.credit(read_credit(without_counters(line.text)))
            continue
        if kind == "body" and not groups and "。" not in line.text and _is_only_marked(line, lines):
            # ★某县把服务送到家: the headline of an issue's only report.
            kind = "heading"
        if kind == "subtitle" and groups:
            subtitled = True
            continue
        if kind == "subtitle" and following and kind_of(following) == "heading":
            # ——系列报道之三, over its headline
            continue
        if kind == "heading":
            if not groups and following and _names_its_maker(line, following):
                found.issuer = found.issuer or signature_of(line.text)
                groups.append([line, following])
                past_headline = i + 2
                continue
            if len(groups) == 1 and following and kind_of(following) == "issue" and is_masthead(line.text):
                # 创建文明城市 / 工作简报 / 第3期
                groups = []
            if not groups and _is_masthead_line(line, following):
                found.masthead = found.masthead or masthead_office(line.text)
                if find_date(line.text):
                    read_fields(line.text, None, found.fields)
                masthead = line if is_masthead(line.text) or not is_signature(line.text) else masthead
                if is_signature(line.text) and not is_masthead(line.text):
                    found.issuer = found.issuer or signature_of(line.text)
                continue
            if not groups and _heads_post(line, lines[i + 1 :]):
                found.masthead = found.masthead or line.text
                continue
            if not groups:
                groups.append([line])
                continue
            if following is not None and is_signature(line.text) and _signs_headline(lines, i):
                found.issuer = found.issuer or signature_of(line.text)
                continue
            if _is_author(line, lines[i + 1 :]):
                found.credit(read_credit(f"撰稿：{_bare(line)}"))
                continue
            beside = [other for other in (lines[i - 1], following) if other is not None]
            if is_account(line.text) and any(kind_of(other) == "meta" for other in beside):
                found.masthead = found.masthead or line.text
                continue
            if not subtitled and not line.after_gap and groups[-1][-1] is lines[i - 1]:
                if _continues(groups[-1], line, following):
                    groups[-1].append(line)
                    continue
                if _is_subtitle(lines[i + 1 :]):
                    subtitled = True
                    continue
            elif not subtitled and (_is_kicker(groups[-1]) or (following and kind_of(following) == "subtitle")):
                groups = [[line]]
                continue
            elif line.text == groups[-1][0].text or _stands_over_publication(lines[i + 1 :]):
                continue
        read_first_dateline([line.text, *(other.text for other in lines[i + 1 : i + 4])], found)
        return _headline(groups, masthead), i
    # Nothing but heads: what followed the headline is the text.
    return _headline(groups, masthead), len(lines)


def _broken_headline(lines: list[Line], i: int) -> list[Line]:
    """The lines of a headline that stands by itself, broken after its marks (某县： / 一张网， / 管到底); or none."""
    end = i + 1
    while end < len(lines) and end - i < _LONGEST_BREAK and not lines[end].after_gap:
        end += 1
    block = lines[i:end]
    if len(block) < 2 or end == len(lines) or not lines[end].after_gap or _SALUTATION.search(block[0].text):
        return []
    broken = any(line.text.endswith(("：", "，")) for line in block[:-1])
    kinds = {kind_of(line) for line in block}
    is_whole = kind_of(block[-1]) == "heading" and all(len(line.text) <= 24 and "。" not in line.text for line in block)
    return block if broken and is_whole and kinds <= {"heading", "body"} else []


def _unmarked(line: Line) -> str:
    return line.text.lstrip("□■●◆◎○〇◇☆★▲·0123456789.、 ")


def _is_digest(items: list[str], lines: list[Line]) -> bool:
    """Whether `lines` begin with one of the reports listed in the table of contents, and another one follows."""
    return (
        len(items) > 1
        and _unmarked(lines[0]) in items
        and any(_unmarked(line) in items and _unmarked(line) != _unmarked(lines[0]) for line in lines[1:])
    )


def _goes_on(lines: list[Line], i: int) -> bool:
    """Whether an indented line goes on with the value of the label that begins the line before it."""
    line, before = lines[i], lines[i - 1]
    return (
        i > 0
        and not line.after_gap
        and line.indent >= before.indent + 2
        and "：" in before.text[:6]
        and kind_of(before) == "furniture"
    )


def _bare(line: Line) -> str:
    """A byline without its mark or brackets and the dash between office and people."""
    return line.text.lstrip("□■●◆◎○〇◇☆★▲ ").strip("（）()").replace("——", " ")


def _is_author(line: Line, rest: list[Line]) -> bool:
    """Whether a line under the headline is nothing but who wrote the text."""
    if are_people(_bare(line)) or is_unit_and_name(line.text.replace("——", " ")):
        return True
    # A rare family name: the line stands alone, so it is no section's heading.
    return _RARE_NAME.fullmatch(line.text) is not None and not any(
        len(other.text) <= 12 and kind_of(other) == "heading" for other in rest
    )


def _is_section_label(line: Line, following: Line | None) -> bool:
    """Whether a line over the headline names the section or the column that the report stands in."""
    if _SECTION_LABEL.fullmatch(line.text):
        return True
    if _DOTTED.fullmatch(line.text) and following is not None and kind_of(following) == "heading":
        return True
    return (
        following is not None
        and not following.after_gap
        and _COLUMN.fullmatch(line.text) is not None
        and not _TITLE_NOUN.search(line.text)
        and not is_signature(line.text)
        and kind_of(line) == kind_of(following) == "heading"
        and (len(following.text) >= 2 * len(line.text) or _MARKED.match(line.text) is not None)
    )


def _is_only_marked(line: Line, lines: list[Line]) -> bool:
    """Whether `line` alone bears its mark: of several marked headings none heads the whole issue."""
    mark = _MARKED.match(line.text)
    return mark is not None and sum(other.text.startswith(mark[0]) for other in lines) == 1


def _signs_headline(lines: list[Line], i: int) -> bool:
    """Whether the office in line `i`, under the headline, issues the text rather than heading its first section."""
    following = lines[i + 1]
    if is_signature(following.text) or kind_of(following) == "meta":
        return True
    return not is_media(lines[i].text) and not any(
        kind_of(line) == "heading" and is_signature(line.text) for line in lines[i + 2 : i + 30]
    )


def _headline(groups: list[list[Line]], masthead: Line | None) -> list[Line]:
    """The headline's lines; a report that is an issue of its own series is headed by the masthead alone."""
    if groups:
        return groups[-1]
    return [masthead] if masthead else []


def _heads_post(line: Line, rest: list[Line]) -> bool:
    """Whether `line` is the account that a post was put out by: its headline and the time of posting follow."""
    if len(rest) < 2 or kind_of(rest[0]) != "heading" or kind_of(rest[1]) != "meta":
        return False
    posted = rest[0].after_gap and len(rest[0].text) >= 2 * len(line.text) and is_posting_time(rest[1].text)
    return is_account(line.text) or (posted and _ACCOUNT.fullmatch(line.text) is not None)


def _is_masthead_line(line: Line, following: Line | None) -> bool:
    """Whether a heading names the paper or the office of the site, with the headline still to come."""
    if following is None:
        return False
    after = kind_of(following)
    if is_masthead(line.text):
        return after in ("issue", "meta") or line.text.endswith("文件") or ends_with_number(line.text)
    if after == "issue" and is_numbered(following.text) and len(line.text) <= 24:
        return True
    return is_signature(line.text) and after in ("heading", "furniture", "issue", "meta")


def _names_its_maker(line: Line, following: Line) -> bool:
    """Whether an office's name and the line under it are one headline: 某市总工会 / 关于表扬先进的决定."""
    return (
        not following.after_gap
        and following.text.startswith("关于")
        and is_signature(line.text)
        and not is_masthead(line.text)
        and _TITLE_NOUN.search(following.text) is not None
    )


def _is_kicker(lines: list[Line]) -> bool:
    text = lines[-1].text
    return len(lines) == 1 and ("——" in text.strip("—") or _KICKER_END.search(text) is not None)


def _continues(title: list[Line], line: Line, following: Line | None) -> bool:
    """Whether `line` is the second half of a headline that is broken over lines, not the first section's heading."""
    first = title[-1]
    if line.text == first.text or len(title) >= 3 or len(line.text) > 40:
        return False
    if first.indent >= 3 and line.indent >= 3 and (first.indent != line.indent or first.indent > 4):
        return True
    if following is not None and len(title) == 1 and kind_of(following) == "meta":
        # No section begins before the publication line; a line of two halves is a subtitle.
        return " " not in line.text or " " in first.text
    if following is not None and kind_of(following) == "subtitle" and line.indent > first.indent:
        return True
    if _TITLE_NOUN.search(line.text) and not _TITLE_NOUN.search(first.text):
        return True
    return first.text.endswith(_UNFINISHED) or first.text.count("“") > first.text.count("”")


def _stands_over_publication(rest: list[Line]) -> bool:
    """Whether a publication line follows after at most two short lines, so that the text has not begun yet."""
    for line in rest[:_NEAR]:
        if kind_of(line) == "meta":
            return True
        if kind_of(line) not in ("heading", "byline") or len(line.text) > _SHORT:
            return False
    return False


def _is_subtitle(rest: list[Line]) -> bool:
    """Whether a line under the headline is its subtitle: a section's heading would not be the only one."""
    return not any(kind_of(line) == "heading" and not is_signature(line.text) for line in rest)
