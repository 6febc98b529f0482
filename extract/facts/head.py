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

from extract.data import load_toml
from extract.facts.credits import read_credit
from extract.facts.head_ending import read_ending
from extract.facts.head_found import Found
from extract.facts.head_lines import Line, kind_of, lines_of
from extract.facts.head_names import is_media, is_nobody, is_office, is_section, leading_office
from extract.facts.head_opening import read_opening
from extract.facts.head_owner import is_of_paper, owner_of
from extract.facts.head_start import without_frame
from extract.facts.page_frame import is_site_name
from extract.facts.publication_dates import find_date
from extract.layers import Head, Offsets
from extract.segment.view import View
from schemas import HeadHints

_TOP = 60
# A headline with the site's name behind it.
_SHORTEST_NAMED = 5

# …达成意向190人。（就业股）
_OFFICE_AFTER = re.compile(r"[。！？”][（(][一-鿿、]{2,16}[)）] *(?=\n|$)")
# A year that is compared with (较2022年) is not the year of the report.
_YEAR = re.compile(r"(?<![\d〔较比])(20\d\d)年(?!同|相比)")
_CLEAN_TITLE = re.compile(
    r"^(?:[★◆▲▶●■]+|#{1,4}(?=[ ])|\*{2,3}|【[^】]{1,16}】|\[[^\]]{1,16}\]|(?:标题|题目)[：:])[ ]*"
    r"|[\[（(【]20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[^\]）)】]{0,12}[\]）)】]$|[★◆▲▶●■]+$|\*{2,3}$|[（(](?:图|组图|图文)[)）]$|\[\d\]$"
    r"|[ ]?[【\[](?:打印|复制|组图)[^】\]]*[】\]]?$|[【\[]字[体号].*$"
)
# …助学行动（2023-05-06）
_STAMPED = re.compile(r"[\[（(【]20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[\]）)】]$")
# 基层动态｜…
_COLUMN = re.compile(
    rf"^[一-鿿]{{0,6}}(?:{'|'.join(load_toml('facts/data/head.toml')['columns']['endings'])})[ ]?[｜|丨][ ]?(?=.{{6}})"
    # 基层采风·同题报道：…
    r"|^[一-鿿]{2,5}·[一-鿿]{2,4}(?:报道|专栏|专题|系列)[：:](?=.{4})"
    # 世界头条：…
    r"|^(?:全球|世界|天天|每日|今日|当前|环球|焦点|最新)(?:头条|快讯|热讯|资讯|看点|热点|消息|速看|短讯|观察|报道|热议|时讯)[：:](?=.{6})"
)
_REPORTER = re.compile("记者|通讯员")
_BROKEN_AFTER_MARK = re.compile(r"(?<=[：，、；]) ")
_PAPER = re.compile(r"(?:微信公众号|公众号|视频号|客户端|官方微信|微信)?[：:]?[《“]([^》”]+)[》”]")
_SAID_BY = re.compile(r"([一-鿿]{3,10})[：:](?=.{6})")
# 据某某日报
_SOURCE_KIND = re.compile(r"(?<=报)数字报$|^据(?=[一-鿿]{3})")
_SOURCE_DATE = re.compile(r"^20\d\d年\d{1,2}月\d{1,2}日(?=[一-鿿]{3})")
# 来源：某某日报2022-06-23 09:05
_SOURCE_END = re.compile(
    r"[ |【\[（(].*$|(?:责任)?(?:编辑|责编)[一-鿿]{2,3}$"
    r"|(?<=[^\d年])(?:20\d\d[-年/.])?\d{1,2}[-月/.]\d{1,2}(?:[-日T ].*)?$|(?<!\d)\d{1,2}[:：]\d{2}.*$"
)
_MARKS_AROUND = re.compile(r"^[“”\"《]*(?P<name>[^《》]+)[“”\"》]*$")
# A headline that a copy gives twice in its line.
_DOUBLED = re.compile(r"(?P<half>.{6,60})[，,_|\- ]{0,2}(?P=half)")


def find_head(view: View, hints: HeadHints, published: dt.date | None) -> Head:
    """The head of the bulletin.

    Args:
        view: the text's view.
        hints: what the container says; fills what the text does not say, except a date, which wins.
        published: the date of publication if the caller knows it; wins over everything.

    Returns:
        The head; `title_span` and `body` are offsets into the view's text.
    """
    top = without_frame(lines_of(view.text, 0, _TOP))
    found = Found()
    titles, body = read_opening(top, found)
    start = top[body].start if body < len(top) else len(view.text)
    read_ending(view.text, start, found)
    if not found.authors and not found.fields.authors:
        # A reporter's line may stand below the first lines of the text.
        for line in top:
            if _REPORTER.search(line.text, 0, 20) and kind_of(line) == "byline":
                found.credit(read_credit(line.text))
    title, span = _title(view, titles)
    if titles and (stamped := _STAMPED.search(titles[-1].text)) and (dated := find_date(stamped[0])):
        found.dates.append(dated.date)
    for value in found.fields.authors:
        credit = read_credit(value)
        is_site = credit.offices and not credit.people and all(map(is_media, credit.offices))
        if not (found.authors and is_site):
            # 作者：某某网 is who has copied a report that names its reporter.
            found.credit(credit)
    labelled_title = found.fields.get("title")
    if labelled_title:
        labelled_title = _CLEAN_TITLE.sub("", _as_printed(view, labelled_title)).strip()
    if title and labelled_title and is_site_name(title) and not is_site_name(labelled_title):
        # The site stands where the headline does, which a label tells.
        title = None
    contributor = found.fields.get("contributor")
    found.contributor = contributor or found.contributor
    owner = owner_of(view.text, start)
    found.in_paper |= is_of_paper(view.text, start)
    publisher = _publisher(found, title, owner) or owner or hints.publisher
    found.authors = found.authors or found.photographers
    # （作者：云上某县） is the account whose reporter has been named.
    found.authors = [a for a in found.authors if a != found.dateline or is_office(a)] or found.authors
    closing = found.closing_office
    if closing and closing != publisher and not found.authors and not (is_section(closing) and _is_shared(view, start)):
        # Put out by another, （某县水务局） at the end is who contributed it.
        found.authors.append(closing)
    if not found.authors and found.fields.employer:
        # （作者单位：某县委组织部） under a text whose writers are not named.
        found.authors.append(found.fields.employer)
    if contributor and contributor != publisher and contributor not in found.authors:
        found.authors.insert(0, contributor)
    return Head(
        title=title or labelled_title or hints.title,
        title_span=span if title else None,
        publisher=publisher,
        published=published or hints.published or _published(view.text[span[0] if span else 0 :], found),
        authors=tuple(dict.fromkeys(found.authors)) or hints.authors,
        body=start,
    )


def _is_shared(view: View, start: int) -> bool:
    """Whether several paragraphs end in an office (（就业股）), which then is to do what they tell, or has its own."""
    return len(_OFFICE_AFTER.findall(view.text, start)) > 1


def _as_printed(view: View, value: str) -> str:
    """`value`, a stretch of the view's text, with the source's own characters."""
    at = view.text.find(value)
    return view.plain[at : at + len(value)] if at >= 0 else value


def _title(view: View, lines: list[Line]) -> tuple[str | None, Offsets | None]:
    if not lines:
        return None, None
    start, end = lines[0].start, lines[-1].end
    head = _CLEAN_TITLE.match(view.text, start, lines[0].end)
    if head and head.end() > start:
        start = head.end()
    parts = [view.plain[start : lines[0].end], *(view.plain[line.start : line.end] for line in lines[1:])]
    title = " ".join(" ".join(part.split()) for part in parts)
    title = _BROKEN_AFTER_MARK.sub("", title) if len(lines) > 1 else title
    title = _COLUMN.sub("", _CLEAN_TITLE.sub("", title)).strip()
    if title.startswith("【") and title.find("】") == len(title) - 1:
        title = title[1:-1]
    bar = next((bar for bar in "|_-" if bar in title), "|")
    name, mark, site = title.rpartition(bar)
    if mark and len(name.strip()) >= _SHORTEST_NAMED and is_office(site.strip()):
        # The page's title rather than the headline: headline|site.
        title, end = name.strip(), start + len(name.rstrip())
    if doubled := _DOUBLED.fullmatch(title):
        title, end = doubled["half"], start + len(doubled["half"])
    return (title, (start, end)) if title else (None, None)


def _publisher(found: Found, title: str | None, owner: str | None) -> str | None:
    source = found.fields.get("publisher")
    if source:
        source = paper[1] if (paper := _PAPER.match(source)) else source
        source = _SOURCE_KIND.sub("", _SOURCE_END.sub("", _SOURCE_DATE.sub("", source)))
        source = marked["name"].strip('“”"') if (marked := _MARKS_AROUND.match(source)) else source
        if 2 <= len(source) <= 30 and not is_nobody(source):
            return source
    if found.in_paper and owner and is_media(owner):
        return found.dateline or owner
    for candidate in (
        found.masthead,
        found.dateline,
        found.issuer,
        found.signature,
        found.contributor,
        found.fields.employer,
    ):
        if candidate and not is_section(candidate):
            return candidate
    if title and (said := _SAID_BY.match(title)) and is_media(said[1]):
        # 某某日报：某县…, as another house has put it.
        return said[1]
    # A section of an office nobody can tell: the headline may, but where a paper reports it is no one's own news.
    leading = leading_office(title) if title and not found.in_paper else None
    return leading or found.signature or found.contributor


def _published(text: str, found: Found) -> dt.date | None:
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
