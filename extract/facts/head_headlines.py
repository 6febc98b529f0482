"""What the lines about a headline are: kickers, columns, mastheads, the headline's other half, who has written."""

import datetime as dt
import re

from extract.data import load_toml
from extract.facts.head_lines import Line, kind_of
from extract.facts.head_names import (
    are_people,
    is_media,
    is_name_and_office,
    is_office,
    is_person,
    is_unit_and_name,
    may_be_person,
)
from extract.facts.mastheads import (
    ends_with_number,
    is_masthead,
    is_numbered,
    is_signature,
)
from extract.facts.places import is_place
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account, is_posting_time
from extract.facts.writing_places import says_where

# 【经验交流】, ★基层动态★: the section of a briefing that the report stands in.
_SECTION_LABEL = re.compile(r"[【\[〔（(★●◆■◇☆·— -]+[一-鿿·]{2,10}[】\]〕）)★●◆■◇☆·— -]+")
_ACCOUNT = re.compile(r"[一-鿿A-Za-z0-9]{2,6}")
# 基层实践, alone on its line
_COLUMN = re.compile(r"[■□◎● ]*[一-鿿]{2,3}[·]?[一-鿿]{2,3}")
# 法治周刊·基层检察
_DOTTED = re.compile(r"[一-鿿]{2,5}·[一-鿿]{2,5}")
_MARKED = re.compile(r"[★◆▲▶●■]")
_SALUTATION = re.compile(r"^(?:各|尊敬|亲爱)|(?:们|同志|朋友|单位|局|厅|政府|委员会|中心|学校|公司)[：:，]$")
_SPEAKER = re.compile(r"[一-鿿]{3,20}(?:长|主任|书记|主席) {1,4}(?P<name>[一-鿿]{2,3}|[一-鿿] {1,2}[一-鿿])")
_ADDRESSED = re.compile(r"(?:主任|主席|各位|尊敬|同志们)[^。]{0,30}[：:]$")
_MEETING = re.compile(r"[^，。]*会[^，。]{0,6}上")
_LONGEST_BREAK = 5
_BULLETS = "□■●◆◎○〇◇☆★▲ "
_NEAR, _SHORT = 3, 20
_SHORTEST_PLACE = 2
_RARE_NAME = re.compile(r"[一-鿿]{3}")
_UNFINISHED: tuple[str, ...] = tuple(load_toml("facts/data/head.toml")["headlines"]["unfinished"])
_KICKER_END = re.compile(r"(?:系列报道|系列|专题|特稿|综述|之[一二三四五六七八九十]+|[①②③④⑤⑥⑦⑧⑨])[：:]?$")
# 某市审计局联合某区审计局, with what they do on the next line
_JOINTLY = re.compile(r".{2,12}[局厅委会院]联合(?![会社体国总工办检执]).{3,16}")
_TITLE_NOUN = re.compile(
    r"(?:通知|通报|通告|公告|公示|报告|意见|方案|决定|情况|纪实|侧记|综述|办法|简报|函|批复|总结|倡议书|公报)$"
)


def is_author(line: Line, rest: list[Line]) -> bool:
    """Whether a line under the headline is nothing but who wrote the text."""
    if is_name_and_office(line.text.lstrip(_BULLETS)):
        # □张三（某县第一中学）
        return True
    if line.text.endswith("供稿") and is_office(line.text.removesuffix("供稿").rstrip()):
        return True
    where, _, names = bare(line).partition(" ")
    if says_where(where) and are_people(names):
        # 广西大化　张三
        return True
    if are_people(bare(line)) or is_unit_and_name(line.text.replace("——", " ")) or _is_name_then_office(line.text):
        return True
    # A rare family name: the line stands alone, so it is no section's heading.
    return _RARE_NAME.fullmatch(line.text) is not None and not any(
        len(other.text) <= 12 and kind_of(other) == "heading" for other in rest
    )


def said_at(subtitle: str) -> dt.date | None:
    """The day of a speech, which its subtitle tells: ——2020年7月28日在某县人民代表大会会议上."""
    dated = find_date(subtitle)
    return dated.date if dated and _MEETING.match(subtitle, dated.end) else None


def speaker_of(lines: list[Line], i: int) -> str | None:
    """Who speaks, by the line over a salutation: 某县审计局局长　张三."""
    speaker = _SPEAKER.fullmatch(lines[i].text) if " " in lines[i].text else None
    below = [line.text for line in lines[i + 1 : i + 3]]
    if speaker is None or not any(map(_ADDRESSED.match, below)):
        return None
    name = speaker["name"].replace(" ", "")
    return name if may_be_person(name) else None


def _is_name_then_office(text: str) -> bool:
    """Whether `text` is someone's name and where they work: 张三　某县教育局."""
    name, _, office = text.partition(" ")
    return is_person(name) and is_office(office.strip()) and not is_person(office.strip())


def is_section_label(line: Line, following: Line | None) -> bool:
    """Whether a line over the headline names the section or the column that the report stands in."""
    if _SECTION_LABEL.fullmatch(line.text):
        return True
    if _DOTTED.fullmatch(line.text) and following is not None and kind_of(following) == "heading":
        return True
    if following is not None and kind_of(following) == "heading" and _is_of_place(line.text, following.text):
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


def _is_of_place(column: str, headline: str) -> bool:
    """Whether `column` is the place alone that `headline`, which is whole without it, tells of."""
    if len(headline) < 2 * len(column) + 4 or not is_place(column):
        return False
    return headline.startswith((column, column[:-1] if len(column) > _SHORTEST_PLACE else column))


def is_only_marked(line: Line, lines: list[Line]) -> bool:
    """Whether `line` alone bears its mark: of several marked headings none heads the whole issue."""
    mark = _MARKED.match(line.text)
    return mark is not None and sum(other.text.startswith(mark[0]) for other in lines) == 1


def signs_headline(lines: list[Line], i: int) -> bool:
    """Whether the office in line `i`, under the headline, issues the text rather than heading its first section."""
    following = lines[i + 1]
    if is_signature(following.text) or kind_of(following) == "meta":
        return True
    return not is_media(lines[i].text) and not any(
        kind_of(line) == "heading" and is_signature(line.text) for line in lines[i + 2 : i + 30]
    )


def heads_post(line: Line, rest: list[Line]) -> bool:
    """Whether `line` is the account that a post was put out by: its headline and the time of posting follow."""
    if len(rest) < 2 or kind_of(rest[0]) != "heading" or kind_of(rest[1]) != "meta":
        return False
    posted = rest[0].after_gap and len(rest[0].text) >= 2 * len(line.text) and is_posting_time(rest[1].text)
    return is_account(line.text) or (posted and _ACCOUNT.fullmatch(line.text) is not None)


def is_masthead_line(line: Line, following: Line | None) -> bool:
    """Whether a heading names the paper or the office of the site, with the headline still to come."""
    if following is None:
        return False
    after = kind_of(following)
    if is_masthead(line.text):
        return after in ("issue", "meta") or line.text.endswith("文件") or ends_with_number(line.text)
    if after == "issue" and is_numbered(following.text) and len(line.text) <= 24:
        return True
    return is_signature(line.text) and after in ("heading", "furniture", "issue", "meta")


def names_its_maker(line: Line, following: Line) -> bool:
    """Whether an office's name and the line under it are one headline: 某市总工会 / 关于表扬先进的决定."""
    return (
        not following.after_gap
        and following.text.startswith("关于")
        and is_signature(line.text)
        and not is_masthead(line.text)
        and _TITLE_NOUN.search(following.text) is not None
    )


def is_kicker(lines: list[Line]) -> bool:
    """Whether the headline so far is only what stands over it: …系列报道之三, 综述."""
    text = lines[-1].text
    return len(lines) == 1 and ("——" in text.strip("—") or _KICKER_END.search(text) is not None)


def continues(title: list[Line], line: Line, following: Line | None) -> bool:
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
    if _JOINTLY.fullmatch(first.text) and is_office(first.text):
        return True
    return first.text.endswith(_UNFINISHED) or first.text.count("“") > first.text.count("”")


def stands_over_publication(rest: list[Line]) -> bool:
    """Whether a publication line follows after at most two short lines, so that the text has not begun yet."""
    for line in rest[:_NEAR]:
        if kind_of(line) == "meta":
            return True
        if kind_of(line) not in ("heading", "byline") or len(line.text) > _SHORT:
            return False
    return False


def is_subtitle(rest: list[Line]) -> bool:
    """Whether a line under the headline is its subtitle: a section's heading would not be the only one."""
    return not any(kind_of(line) == "heading" and not is_signature(line.text) for line in rest)


def bare(line: Line) -> str:
    """A byline without its mark or brackets and the dash between office and people."""
    return line.text.lstrip(_BULLETS).strip("（）()").replace("——", " ")


def broken_headline(lines: list[Line], i: int) -> list[Line]:
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
