"""The head fields: title, publisher, date of publication, authors, and where the running text begins.

Notes for a newcomer. There is no one layout. A head may be a headline alone, a masthead with an issue line, a web
page's furniture, or nothing at all, and half of what it says may stand at the end of the text (供稿, signature, the
reporter's name in brackets). So the first lines are classified one by one until running text begins, the last lines
are read backwards, and each field is filled from the best place that has it, in the order the conventions give:
for the publisher a source line, then masthead and dateline, then the issuing office, then the contributor, then the
office that opens the headline.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field

from extract.facts.credits import Credit, is_media, is_nobody, is_person, read_credit
from extract.facts.head_lines import (
    Fields,
    Line,
    is_masthead,
    is_signature,
    kind_of,
    lines_of,
    masthead_office,
    office_beside_date,
    paper_of,
    read_fields,
    signature_of,
)
from extract.facts.publication_dates import find_date
from extract.layers import Head, Offsets
from extract.segment.view import View
from schemas import HeadHints

_TOP, _BOTTOM = 40, 14

# 本报讯（记者 …）, 某某日报讯, 新华社某地8月16日电, 【某某网讯】
_DATELINE = re.compile(
    r"[【（(\[]?(?P<media>[一-鿿]{0,10}?[报网社台刊端])?(?P<place>[一-鿿]{0,8}?)[ ]?"
    r"(?:(?P<month>\d{1,2})月(?P<day>\d{1,2})日)?[ ]?(?:[讯電电](?:[】）)\]]|(?=[ （(，,：:“])|$)|讯(?=[\d一-鿿]))"
    r"[ ]?(?:[（(](?P<credit>[^（）()\n]{2,60})[)）])?"
)
_OPENING_CREDIT = re.compile(r"[（(](?P<credit>[^（）()\n]{0,12}(?:记者|通讯员)[^（）()\n]{1,50})[)）]")
_LAST_BRACKETS = re.compile(r"[（(【\[](?P<credit>[^（）()【】\[\]\n]{2,60})[)）】\]]$")
_YEAR = re.compile(r"(?<![\d〔])(20\d\d)年")
_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_CLEAN_TITLE = re.compile(
    r"^(?:【[^】]{2,10}】|\[[^\]]{2,10}\]|(?:标题|题目)[：:])[ ]*|[（(](?:图|组图|图文)[)）]$|[【\[]字[体号].*$"
)
_SOURCE_END = re.compile(r"[ |【\[（(].*$")
_KICKER_END = re.compile(r"(?:系列报道|系列|专题|特稿|综述|之[一二三四五六七八九十]+|[①②③④⑤⑥⑦⑧⑨])[：:]?$")
_TITLE_NOUN = re.compile(
    r"(?:通知|通报|通告|公告|公示|报告|意见|方案|决定|情况|纪实|侧记|综述|办法|简报|函|批复|总结|倡议书|公报)$"
)
_HEADLINE_OFFICE = re.compile(
    r"[一-鿿（）()]{3,24}?(?:(?<![大全布格结当时棋])局|厅|委|法院|检察院|政府|支队|大队|总队|中心|办|公司|医院|联合会|妇联|残联|总工会|海关|管委会|银行)(?=[一-鿿“：])"
)
_NO_HEADLINE_OFFICE = re.compile(r"(?:关于|全市|全省|全区|全县|我|各|走进|来到|[一-鿿]*[在与向对为赴])")


@dataclass(slots=True)
class _Found:
    """What the lines say, by the kind of place that says it."""

    fields: Fields = field(default_factory=Fields)
    masthead: str | None = None
    dateline: str | None = None
    issuer: str | None = None
    signature: str | None = None
    contributor: str | None = None
    dates: list[dt.date] = field(default_factory=list)
    month_day: tuple[int, int] | None = None
    authors: list[str] = field(default_factory=list)

    def credit(self, credit: Credit) -> None:
        """Take in what a byline or a closing bracket says."""
        self.authors += credit.authors
        if credit.media and is_media(credit.media) and self.dateline is None:
            self.dateline = credit.media
        if credit.offices:
            self.contributor = self.contributor or credit.offices[0]
            if not credit.has_role:
                self.signature = self.signature or credit.offices[-1]
        if credit.date:
            self.dates.append(credit.date)


def find_head(view: View, hints: HeadHints, published: dt.date | None) -> Head:
    """The head of the bulletin.

    Args:
        view: the text's view.
        hints: what the container says; fills what the text does not say, except a date, which wins.
        published: the date of publication if the caller knows it; wins over everything.

    Returns:
        The head; `title_span` and `body` are offsets into the view's text.
    """
    top = lines_of(view.text, 0, _TOP)
    found = _Found()
    titles, body = _read_top(view.text, top, found)
    start = top[body].start if body < len(top) else len(view.text)
    if body < len(top):
        _read_dateline(top[body].text, found)
    _read_bottom(view.text, start, found)
    title, span = _title(view, titles)
    labelled = found.fields.get("authors")
    authors = tuple(dict.fromkeys(found.authors)) or (_labelled_authors(labelled) if labelled else ())
    labelled_title = found.fields.get("title")
    return Head(
        title=title or labelled_title or hints.title,
        title_span=span,
        publisher=_publisher(found, title) or hints.publisher,
        published=published or hints.published or _published(view.text, found),
        authors=authors or hints.authors,
        body=start,
    )


def _read_top(text: str, lines: list[Line], found: _Found) -> tuple[list[Line], int]:
    """Read the lines before the running text; the headline's lines, and the index of the first line of the body."""
    groups: list[list[Line]] = []
    subtitled = False
    value_of_label = False
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        kind = kind_of(line)
        if value_of_label:
            value_of_label = False
            if kind in ("heading", "furniture", "meta") and len(line.text) <= 40 and not groups:
                continue
        if kind == "meta":
            read_fields(line, following, found.fields)
            found.issuer = found.issuer or office_beside_date(line)
            # A label at the end of its line has its value on the next one.
            value_of_label = line.text.endswith(("：", ":"))
            continue
        if kind in ("furniture", "issue"):
            continue
        if kind == "byline":
            found.credit(read_credit(line.text))
            continue
        if kind == "subtitle" and groups:
            subtitled = True
            continue
        if kind == "heading":
            if not groups and _is_masthead_line(line, following):
                found.masthead = found.masthead or masthead_office(line.text)
                if is_signature(line.text) and not is_masthead(line.text):
                    found.issuer = found.issuer or signature_of(line.text)
                continue
            if not groups:
                groups.append([line])
                continue
            if not subtitled and not line.after_gap and groups[-1][-1] is lines[i - 1]:
                if _continues(groups[-1], line):
                    groups[-1].append(line)
                    continue
                if _is_subtitle(lines[i + 1 :]):
                    subtitled = True
                    continue
            elif not subtitled and _is_kicker(groups[-1]):
                groups = [[line]]
                continue
            elif line.text == groups[-1][0].text:
                continue
        return (groups[-1] if groups else []), i
    # Nothing but heads: what followed the headline is the text.
    return (groups[-1] if groups else []), len(lines)


def _is_masthead_line(line: Line, following: Line | None) -> bool:
    """Whether a heading names the paper or the office of the site, with the headline still to come."""
    if following is None:
        return False
    after = kind_of(following)
    if is_masthead(line.text):
        return after in ("issue", "meta") or line.text.endswith("文件")
    return is_signature(line.text) and after in ("heading", "furniture", "issue")


def _is_kicker(lines: list[Line]) -> bool:
    text = lines[-1].text
    return len(lines) == 1 and ("——" in text.strip("—") or _KICKER_END.search(text) is not None)


def _continues(title: list[Line], line: Line) -> bool:
    """Whether `line` is the second half of a headline that is broken over lines, not the first section's heading."""
    first = title[-1]
    if len(title) >= 3 or len(line.text) > 40:
        return False
    if first.indent >= 3 and line.indent >= 3 and (first.indent != line.indent or first.indent > 4):
        return True
    if _TITLE_NOUN.search(line.text) and not _TITLE_NOUN.search(first.text):
        return True
    return first.text.endswith(("的", "、", "和", "与", "暨")) or first.text.count("“") > first.text.count("”")


def _is_subtitle(rest: list[Line]) -> bool:
    """Whether a line under the headline is its subtitle: a section's heading would not be the only one."""
    return not any(kind_of(line) == "heading" for line in rest[:-3])


def _read_dateline(text: str, found: _Found) -> None:
    if match := _DATELINE.match(text):
        media, place = match["media"] or "", match["place"] or ""
        if not media and is_media(place):
            media = place
        if media and not media.startswith("本"):
            found.dateline = media
        if match["month"]:
            found.month_day = int(match["month"]), int(match["day"])
        if match["credit"]:
            found.credit(read_credit(match["credit"]))
    elif match := _OPENING_CREDIT.match(text):
        found.credit(read_credit(match["credit"]))


def _read_bottom(text: str, start: int, found: _Found) -> None:
    """Read the end of the text backwards: closing brackets, signature, publication lines."""
    signatures: list[str] = []
    lines = _last_lines(text, start)
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        kind = kind_of(line)
        brackets = _LAST_BRACKETS.search(line.text)
        if brackets and _is_credit(brackets["credit"]):
            found.credit(read_credit(brackets["credit"]))
            if brackets.start() > 0:
                break
        elif is_signature(line.text):
            signatures.append(signature_of(line.text) or "")
        elif kind == "byline":
            found.credit(read_credit(line.text))
        elif kind == "meta":
            read_fields(line, None, found.fields)
            found.dateline = found.dateline or paper_of(line.text)
            if office := office_beside_date(line):
                signatures.append(office)
        elif kind not in ("furniture", "issue") and not (
            is_person(line.text) or line.text.startswith(("附件", "附："))
        ):
            # Running text again; a heading that is no signature belongs to it.
            break
        if is_person(line.text) and i == len(lines) - 1:
            found.authors.append(line.text)
    if signatures:
        found.signature = signatures[-1]


def _last_lines(text: str, start: int) -> list[Line]:
    """The last non-empty lines after `start`, each cut to its last characters."""
    lines: list[Line] = []
    end = len(text)
    while end > start and len(lines) < _BOTTOM:
        begin = max(text.rfind("\n", start, end) + 1, start)
        cut = max(begin, end - 200)
        piece = text[cut:end]
        if stripped := piece.strip():
            left = cut + len(piece) - len(piece.lstrip())
            lines.append(Line(left, left + len(stripped), stripped, left - begin, False))
        end = begin - 1
    lines.reverse()
    return lines


def _is_credit(text: str) -> bool:
    credit = read_credit(text)
    return bool(credit.authors or credit.date or (credit.offices and not re.search(r"[，。]", text)))


def _title(view: View, lines: list[Line]) -> tuple[str | None, Offsets | None]:
    if not lines:
        return None, None
    start, end = lines[0].start, lines[-1].end
    head = _CLEAN_TITLE.match(view.text, start, lines[0].end)
    if head and head.end() > start:
        start = head.end()
    parts = [view.plain[start : lines[0].end], *(view.plain[line.start : line.end] for line in lines[1:])]
    title = " ".join(" ".join(part.split()) for part in parts)
    return (_CLEAN_TITLE.sub("", title).strip() or None), (start, end)


def _publisher(found: _Found, title: str | None) -> str | None:
    source = found.fields.get("publisher")
    if source:
        source = _SOURCE_END.sub("", source).strip("《》")
        if 2 <= len(source) <= 30 and not is_nobody(source):
            return source
    for candidate in (found.masthead, found.dateline, found.issuer, found.signature, found.contributor):
        if candidate:
            return candidate
    if title and (match := _HEADLINE_OFFICE.match(title)) and not _NO_HEADLINE_OFFICE.match(title):
        return match[0]
    return None


def _published(text: str, found: _Found) -> dt.date | None:
    labelled = found.fields.get("published")
    if labelled and (dated := find_date(labelled)):
        return dated.date
    if found.dates:
        return found.dates[0]
    if found.month_day:
        years = Counter(_YEAR.findall(text))
        if years:
            year = max(years, key=lambda y: (years[y], y))
            try:
                return dt.date(int(year), *found.month_day)
            except ValueError:
                return None
    return None


def _labelled_authors(value: str) -> tuple[str, ...]:
    credit = read_credit(f"作者：{value}")
    return credit.authors
