"""The opening of a bulletin: everything before the running text, and the dateline with which that begins."""

import re
from dataclasses import replace

from extract.facts.credits import read_credit
from extract.facts.head_dateline import read_first_dateline
from extract.facts.head_found import Found
from extract.facts.head_headlines import (
    bare,
    broken_headline,
    continues,
    heads_post,
    is_author,
    is_kicker,
    is_masthead_line,
    is_only_marked,
    is_section_label,
    is_subtitle,
    names_its_maker,
    said_at,
    signs_headline,
    speaker_of,
    stands_over_publication,
)
from extract.facts.head_labels import has_label, read_fields, without_counters
from extract.facts.head_lines import Line, kind_of, paper_of
from extract.facts.head_names import leading_office
from extract.facts.head_start import is_prose
from extract.facts.mastheads import (
    is_masthead,
    is_signature,
    masthead_office,
    signature_of,
)
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account, is_house

# 编者按：…, 【按】: an editor's words before the headline of the report.
_EDITORS_NOTE = re.compile(r"[【\[（(]?(?:编者)?按(?:语)?[】\]）)]?[：: ]|[【\[](?:编者)?按(?:语)?[】\]]")
_CONTENTS = re.compile(r"[【\[]?(?:目[ ]*录|(?:本期)?(?:要目|导读|目录|内容))[】\]：:]?")


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
        if not groups and (broken := broken_headline(lines, i)):
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
        if kind == "furniture" or (not groups and is_section_label(line, following)):
            continue
        if kind == "byline":
            found.credit(read_credit(without_counters(line.text)))
            continue
        if kind == "body" and not groups and "。" not in line.text and is_only_marked(line, lines):
            # ★某县把服务送到家: the headline of an issue's only report.
            kind = "heading"
        if kind == "subtitle" and (said := said_at(line.text)):
            found.dates.append(said)
            subtitled = True
            continue
        if kind == "subtitle" and groups:
            subtitled = True
            continue
        if speaker := speaker_of(lines, i):
            found.authors.append(speaker)
            found.issuer = found.issuer or leading_office(line.text)
            continue
        if kind == "subtitle" and following and kind_of(following) == "heading":
            # ——系列报道之三, over its headline
            continue
        if kind == "heading":
            if not groups and following and names_its_maker(line, following):
                found.issuer = found.issuer or signature_of(line.text)
                groups.append([line, following])
                past_headline = i + 2
                continue
            if len(groups) == 1 and following and kind_of(following) == "issue" and is_masthead(line.text):
                # 创建文明城市 / 工作简报 / 第3期
                groups = []
            if not groups and is_masthead_line(line, following):
                found.masthead = found.masthead or masthead_office(line.text)
                if find_date(line.text):
                    read_fields(line.text, None, found.fields)
                masthead = line if is_masthead(line.text) or not is_signature(line.text) else masthead
                if is_signature(line.text) and not is_masthead(line.text):
                    found.issuer = found.issuer or signature_of(line.text)
                continue
            is_client = line.text.endswith("客户端") and is_house(line.text)
            if not groups and (is_client or heads_post(line, lines[i + 1 :])):
                found.masthead = found.masthead or line.text
                continue
            if not groups:
                groups.append([line])
                continue
            if following is not None and is_signature(line.text) and signs_headline(lines, i):
                found.issuer = found.issuer or signature_of(line.text)
                continue
            if is_author(line, lines[i + 1 :]):
                # The office or section before them says whom they work for.
                found.credit(replace(read_credit(f"通讯员：{bare(line)}"), contributors=()))
                continue
            beside = [other for other in (lines[i - 1], following) if other is not None]
            if (is_account(line.text) or is_house(line.text)) and any(
                kind_of(other) == "meta" or is_prose(other.text) for other in beside
            ):
                found.masthead = found.masthead or line.text
                continue
            if not subtitled and not line.after_gap and groups[-1][-1] is lines[i - 1]:
                if continues(groups[-1], line, following):
                    groups[-1].append(line)
                    continue
                if is_subtitle(lines[i + 1 :]):
                    subtitled = True
                    continue
            elif not subtitled and (is_kicker(groups[-1]) or (following and kind_of(following) == "subtitle")):
                groups = [[line]]
                continue
            elif line.text == groups[-1][0].text or stands_over_publication(lines[i + 1 :]):
                continue
        read_first_dateline([line.text, *(other.text for other in lines[i + 1 : i + 4])], found)
        return _headline(groups, masthead), i
    # Nothing but heads: what followed the headline is the text.
    return _headline(groups, masthead), len(lines)


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


def _headline(groups: list[list[Line]], masthead: Line | None) -> list[Line]:
    """The headline's lines; a report that is an issue of its own series is headed by the masthead alone."""
    if groups:
        return groups[-1]
    return [masthead] if masthead else []
