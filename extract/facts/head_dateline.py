"""The dateline with which the running text of a report begins: 本报讯（记者 张三）, 某某网7月3日讯　记者 李四."""

import re

from extract.facts.credits import is_whole_credit, read_credit
from extract.facts.head_closing import wrote_together
from extract.facts.head_found import Found
from extract.facts.head_names import are_people, is_media, is_office, is_person, is_unit_and_name, may_be_people
from extract.facts.places import is_place
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account
from extract.facts.run_on_names import is_run
from extract.ner.lexicon import divisions

# 本报讯（记者 …）, 某某日报讯, 新华社某地8月16日电, 【某某网讯】
_DATELINE = re.compile(
    r"[【（(\[]?(?P<media>(?:[一-鿿]{1,8}[报网社台端][—–·/-]{1,2})?[0-9A-Z一-鿿]{1,10}?(?:[报网社台刊端]|在线|融媒体中心|融媒|新闻(?=[\d讯电]))(?:·(?=[一-鿿]{2,5}[讯\d]))?)?"
    # 某网（某某日报网）讯
    r"(?:[（(][一-鿿]{2,8}[报网][)）](?=讯))?"
    r"(?P<place>[一-鿿]{0,10}?)[ ]?"
    r"(?:(?P<year>20\d\d)年)?(?:(?P<month>\d{1,2})月(?P<day>\d{1,2})日)?[ ]?(?:\d{1,2}[时点:：](?:\d{1,2}分?)?)?[ ]?"
    r"(?:[讯電电](?:[】）)\]]|(?=[ （(，,：:“【])|$)|消息(?=[ （(：])|讯(?=[\d一-鿿])(?![员息])"
    r"|(?<=\d日)[电電](?=[一-鿿])|(?<=\d日)报道(?=[ （(：]))"
    r"[ ]?(?:据[一-鿿]{2,10}(?:报道|消息)[ ]?(?=[（(]))?(?:[（(【](?P<credit>[^（）()【】\n]{2,60})[)）】])?"
)
# 简介：本报讯（记者 …
_ABSTRACT = re.compile(r"^(?:内容)?(?:简介|摘要|导读|提要|核心提示|内容提要)[：: ]{1,2}")
# 掌上某州: a place's client.
_OF_PLACE = re.compile(r"(?:掌上|云上|指尖)[一-鿿]{2,4}")
# 【某区人民检察院讯】
_HOUSE_NEWS = re.compile(r"[【\[（(](?P<house>[一-鿿]{3,20}?)(?P<news>讯|消息|报道)?[】\]）)]")
# （转自某局网）
_TAKEN_FROM = re.compile(r"[（(](?:转自|转载自|摘自|来源[：:])[ ]?(?P<house>[^（）()，。]{3,20})[)）]")
# 某某报1月16日　张三、首席记者李四报道：
_HOUSE_AND_DAY = re.compile(
    r"(?P<house>[一-鿿]{2,10}[报网社台端刊])[ ]?(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日[ ,，]?"
)
# 中新网某省新闻: the house's channel for a place.
_CHANNELS = ("新闻", "频道")
# What stands before 讯 and names no house: 综合讯, 我市讯, 某镇讯.
_NO_HOUSE = re.compile(
    r"^(?:[本我各该昨近]|全[省市县区国州旗]|今[天年晨早晚])|记者|日前"
    r"|[快短简通喜电资音视问审专特急合]$|[省市县区州盟旗镇乡村]$|街道$"
)
_SHORTEST_HOUSE = 4
_KINDS = frozenset({"日报", "晚报", "晨报", "早报", "时报", "商报"})
_CLIENT = re.compile(r"(?<=报)客户端$")
_OPENING_CREDIT = re.compile(
    r"(?:(?P<house>[一-鿿]{3,12}?)报道[：:]?|(?P<media>[一-鿿]{3,14})[ ]?)?"
    r"(?:[（(]|(?P<square>[【\[]))(?P<credit>[^（）()【】\[\]\n]{2,60})[)）】\]]"
)
# 本报讯　记者某某报道：
_REPORTED = re.compile(
    r"(?: ?(?P<first>[一-鿿]{2,3}(?:[、 ][一-鿿]{2,3}){0,2})[、 ](?=[首见实特本全][一-鿿]{1,4}记者|记者))?"
    r"(?:(?P<house>[^ ，。：、\n]{3,12})(?=记者))?[^，。：\n]{0,12}?"
    r"(?P<credit>(?:记者|通讯员)[^，。：\n]{2,40}?)报道[：: ]"
    r"|[ ]?(?P<names>[一-鿿]{2,3}(?:[、 ][一-鿿]{2,3}){0,3})[ ]?报道(?:[：:]|(?= ))"
)
_NAME_AND_PLACE = re.compile(r"(?:(?<=记者)|(?<=[、 ]))[一-鿿]{4,6}$")
_IN_BRACKETS = re.compile(r"[（(](?P<credit>[^（）()\n]{2,60})[)）]")
_REPORTER = re.compile(r"记者|通讯员")
_CLAUSE = re.compile(r"[^，。：；\n“”（(]{4,80}")
_BULLETS = "□■●◆◎○◇☆★▲ "
_LONGEST_CREDIT = 10
_LATEST = 4
_LAST = 1000
_LONGEST_SUMMARY = 120
_LONGEST_ALONE = 16
_DATELINE_BEGINS = re.compile(
    r"[【（(\[]?[一-鿿]{0,12}(?:\d{1,2}月\d{1,2}日)?[讯電电][ （(】]|[（(]?(?:本报)?(?:记者|通讯员)[^，。]{2,30}报道"
)
# 5月6日，某某日报刊发《…》。
_REPRINT = re.compile(
    r"(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日[，,]?)?《?(?P<media>[一-鿿]{2,12}?[报网社台刊端])》?"
    r"[^。，《》]{0,16}?(?:刊发|刊登|刊载|刊出|报道|发表|播出|推出)了?[^。，《》]{0,10}?《(?P<title>[^》]{6,60})》"
)
# 记者张三日前从某局获悉
_REPORTER_LEARNS = re.compile(
    r"[ ]?(?:本报|本网)?记者[ ]?(?P<name>[一-鿿]{2,4}?)(?=日前|近日|[昨今][天日]|\d|从|在|了解|获悉)"
)


def read_first_dateline(texts: list[str], found: Found) -> None:
    """Take in the dateline of the running text, whose first paragraphs are `texts`.

    It may stand after a short paragraph that says where the report was printed or sums it up.
    """
    for i, text in enumerate(texts[:_LATEST]):
        if i > 0 and not _DATELINE_BEGINS.match(text):
            continue
        before = (found.dateline, len(found.authors), len(found.dates), found.month_day)
        if (reprint := _REPRINT.match(text)) and is_media(reprint["media"]):
            found.dateline = reprint["media"]
            found.fields.add("title", _LAST, reprint["title"])
            if dated := find_date(text[: reprint.end()]):
                found.dates.append(dated.date)
            continue
        read_dateline(text, found)
        if len(text) <= _LONGEST_ALONE:
            # 某市7月10日讯, on a line of its own.
            continue
        if len(text) > _LONGEST_SUMMARY or before != (
            found.dateline,
            len(found.authors),
            len(found.dates),
            found.month_day,
        ):
            return


def read_dateline(text: str, found: Found) -> None:
    """Take in paper, day and reporters that the first line of the running text opens with."""
    text = _ABSTRACT.sub("", text.lstrip(_BULLETS))
    if taken := _TAKEN_FROM.match(text):
        found.dateline = taken["house"]
        text = text[taken.end() :]
    house = _HOUSE_NEWS.match(text)
    if house and (is_media(house["house"]) or (house["news"] and is_office(house["house"]))):
        found.dateline = house["house"]
        if (behind := _IN_BRACKETS.match(text, house.end())) and (
            _REPORTER.search(behind["credit"]) or are_people(behind["credit"])
        ):
            found.credit(read_credit(behind["credit"]))
    elif match := _DATELINE.match(text):
        media, place = match["media"] or "", match["place"] or ""
        if media and ((len(place) == 1 and not _NO_HOUSE.search(place)) or place.endswith(_CHANNELS)):
            # 中国报|道, 中新网|某省新闻
            media += place
        if not media and (is_media(place) or _is_house(place, match)):
            media = _without_town(place)
        found.in_paper |= media.startswith(("本报", "本刊", "本网", "本台"))
        # 晨报讯: which one the text says elsewhere, if at all.
        found.in_paper |= media in _KINDS
        if media and not media.startswith("本") and media not in _KINDS:
            # A paper's client is the paper.
            found.dateline = _CLIENT.sub("", media.rstrip("·"))
        if match["year"] and (dated := find_date(match[0])):
            found.dates.append(dated.date)
        elif match["month"]:
            found.month_day = int(match["month"]), int(match["day"])
        within = _IN_BRACKETS.match(text) if match.end() < text.find("）") else None
        if within and _REPORTER.search(within["credit"]):
            # （本报某地讯　记者　张三）
            found.credit(read_credit(within["credit"][match.end() - 1 :]))
        elif credit := match["credit"] or _reported(text, match.end()) or _credit_after(text[match.end() :]):
            # 本报某地2月7日电（市委报道组　张三）
            if found.in_paper and wrote_together(credit, read_credit(credit)):
                found.authors.append(read_credit(credit).offices[0])
            # 本报讯（青岚）
            found.credit(read_credit(f"记者：{credit}" if may_be_people(credit) or is_run(credit) else credit))
        elif (learns := _REPORTER_LEARNS.match(text, match.end())) and is_person(learns["name"]):
            found.authors.append(learns["name"])
    elif (match := _OPENING_CREDIT.match(text)) and (
        _REPORTER.search(match["credit"])
        or (match["square"] is None and is_unit_and_name(match["credit"]))
        or (match["square"] is None and are_people(match["credit"]))
        or (match.start("credit") == 1 and is_whole_credit(match["credit"]))
    ):
        found.credit(read_credit(match["credit"]))
        if match["house"]:
            found.dateline = match["house"]
        elif match["media"] and _reports(match["media"]):
            found.dateline = _CLIENT.sub("", match["media"])
    elif (headed := _HOUSE_AND_DAY.match(text)) and (credit := _reported(text, headed.end())):
        found.dateline = headed["house"]
        if headed["year"] and (day := find_date(headed[0])):
            found.dates.append(day.date)
        else:
            found.month_day = int(headed["month"]), int(headed["day"])
        found.credit(read_credit(credit))
    elif credit := _reported(text, 0):
        found.credit(read_credit(credit))


def _reports(name: str) -> bool:
    """Whether `name`, before the reporter in brackets, is a house: 某某融媒（记者　张三）, 掌上某县（记者　张三）."""
    if name.startswith("本") or _NO_HOUSE.search(name):
        return False
    return is_media(name) or is_account(name) or (len(name) == _SHORTEST_HOUSE and not is_place(name))


def _without_town(house: str) -> str:
    """`house` without where its reporter writes from: 某某发布|平度."""
    full, short = divisions()
    for length in (2, 3):
        name, town = house[:-length], house[-length:]
        if len(name) >= _SHORTEST_HOUSE and (town in short or town in full):
            return name
    return house


def _is_house(name: str, dateline: re.Match[str]) -> bool:
    """Whether `name`, before 讯, is whoever reports and not where from: 某某之声讯（通讯员　张三）."""
    if _OF_PLACE.fullmatch(name):
        return True
    if len(name) < _SHORTEST_HOUSE or _NO_HOUSE.search(name) or is_place(name):
        return False
    credit = dateline["credit"] or ""
    if dateline["month"] or _REPORTER.search(credit) or are_people(credit) or is_run(credit):
        return True
    return is_office(name) or is_account(name)


def _reported(text: str, start: int) -> str:
    """The credit in what `text` says from `start` on of who reports: 某报记者张三报道：; empty if it does not."""
    told = _REPORTED.match(text, start)
    if told is None:
        return ""
    if told["names"]:
        return f"记者：{told['names']}" if are_people(told["names"]) else ""
    first = told["first"] or ""
    # 本报讯　张三　首席记者李四报道：
    first = f"通讯员：{first} " if are_people(first) and not is_place(first) else ""
    return first + (told["house"] or "") + without_place(told["credit"])


def without_place(credit: str) -> str:
    """`credit` without where its reporter writes from: 记者张三合肥."""
    written = _NAME_AND_PLACE.search(credit)
    if written is None:
        return credit
    full, short = divisions()
    for length in (3, 2):
        name, place = written[0][:length], written[0][length:]
        if is_person(name) and (place in short or place in full):
            return credit.removesuffix(place)
    return credit


def _credit_after(text: str) -> str:
    """The credit that opens `text` without brackets: 记者 张三　通讯员 李四　近日，…; empty if there is none."""
    words = _CLAUSE.match(text.lstrip())
    pieces = words[0].split(" ")[:-1] if words else []
    if not any(map(_REPORTER.search, pieces[:_LATEST])):
        return ""
    for end in range(min(len(pieces), _LONGEST_CREDIT), 0, -1):
        credit = " ".join(pieces[:end])
        if is_whole_credit(credit) and all(is_person(n) for n in read_credit(credit).people):
            return credit
    return ""
