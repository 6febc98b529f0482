"""What closes the last paragraph of a bulletin: （通讯员　张三）, a credit or names that touch its last sentence."""

import re

from extract.facts.credits import Credit, is_whole_credit, read_credit
from extract.facts.head_found import Found
from extract.facts.head_labels import has_label, labels_in, names_a_field, names_its_source, read_fields
from extract.facts.head_lines import paper_of
from extract.facts.head_names import (
    are_people,
    is_media,
    is_office,
    is_person,
    is_section,
    is_unit_and_name,
    may_be_people,
    may_be_writer,
    tokens_of,
)
from extract.facts.mastheads import is_signature, signature_of
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account, office_of
from extract.facts.run_on_names import is_run, parted
from extract.facts.unknown_labels import without_unknown

# 某日报记者, 某局通讯员: whom the office employs.
OF_OFFICE = re.compile(r"记者|通讯员|信息员|宣传员")
LAST_BRACKETS = re.compile(r"[（(【〔〖\[](?P<credit>[^（）()【】〔〕〖〗\[\]\n]{2,60})[)）】〕〗\]]。?$")
# …取得成效。（张某）编辑：李某　点击数：31, …（张某）图为走访现场。
_CREDITED = re.compile(
    r"(?<=[。！？”]) *[（(](?P<credit>[^（）()\n]{2,60})[)）] *"
    r"(?P<rest>[^。！？\n]{1,120}|(?:图为|免责|声明)[^\n]{1,120})$"
)
# …解决难题。■据新华社
_ACCORDING = re.compile(r"[■●□◆（(]? ?据(?P<house>[一-鿿]{2,8}[社网报台])(?:报道|电|消息|讯)?[)）]?")
_EDITORS = re.compile(r"责任|责编|编辑|审核|校对")
_SENTENCE_END = ("。", "！", "？", "”")
# …受到群众欢迎。　张某　李某
_MARKS = "/■□◆◇●— "
_LAST_NAMES = re.compile(
    # The characters of a name may stand apart.
    r"(?<=[。！？”])(?: | *[/■□◆◇●—])[ /■□◆◇●—]*[一-鿿]{1,4}(?:[ 、]{1,3}[一-鿿]{1,4}){0,6}$"
)
# …受到群众欢迎。张某李某
_RUN_ON_NAMES = re.compile(r"[一-鿿]{2,9}(?: [一-鿿]{2,4}){0,2}")
# …。（张某）《某某日报》（2014年6月2日　第1版）
_PRINTED_IN = re.compile(
    r"(?<=[。！？”）)]) *《(?P<paper>[一-鿿]{2,12})》 *[（(]?"
    r"(?P<date>20\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?)[^。《》]{0,16}$"
)
# 作者简介：张某，某县司法局…
_ABOUT = re.compile(r"[（(]?作者简介[：: ]+(?P<name>[一-鿿·]{2,8})(?=[，,（(])")
_END = re.compile(r" *[（(]完[)）]$")
_NAMED_WRITER = re.compile(r"(?:作者|记者)(?:为|是|系)?[：: ]?(?P<names>[一-鿿·、 ]{2,20})$")
_LONGEST_CREDIT = 60
# What is no office, and longer, tells of people: 张三获评优秀调解员.
_LONGEST_WORD = 6
# （转载请注明出处）, （文中人物均为化名）: brackets at the end that credit nobody.
_REMARK = re.compile(
    r"^(?:抄?[报送发]|主送|抄送|抄报|分送|呈报|呈送)[：:]"
    r"|联系|电话|转载|出处|^(?:本文)?有删|化名|无关|解释权|资料图|待续|[代盖]章$|^注[：:]|声明"
    # 左二为张三
    r"|^(?:[左右中前后上下]|图[中①②③④⑤])[一二三四五六七八九十左右中排起]{0,3}[为是：]"
)


def read_closing(text: str, found: Found) -> None:
    """Read what stands behind the last sentence of `text`, the last paragraph."""
    if printed := _PRINTED_IN.search(text):
        found.dateline = found.dateline or printed["paper"]
        if dated := find_date(printed["date"]):
            found.dates.append(dated.date)
        text = text[: printed.start()]
    text = _END.sub("", text)
    if about := _ABOUT.match(text):
        found.authors += read_credit(f"作者：{about['name']}").people
        return
    before = len(found.authors)
    while brackets := LAST_BRACKETS.search(text):
        said = brackets["credit"]
        is_aside = _EDITORS.match(said) or names_its_source(said) or paper_of(said)
        if is_aside or len(found.authors) == before:
            read_brackets(said, found, closing=_follow_sentence(brackets))
        # …农产品质量安全。（张某）（责编　李某）, …（来源：某报）（张某）
        text = text[: brackets.start()].rstrip()
        if not (is_aside or LAST_BRACKETS.search(text)):
            return
    credited = _CREDITED.search(text)
    if credited and (names_its_source(credited["credit"]) or is_credit(credited["credit"], closing=True)):
        read_brackets(credited["credit"], found, closing=True)
        if has_label(credited["rest"]):
            read_fields(credited["rest"], None, found.fields)
        return
    behind = text[max(text.rfind(mark, -_LONGEST_CREDIT) for mark in _SENTENCE_END) + 1 :].strip()
    if not behind or len(behind) == len(text.strip()):
        return
    if (
        (dated := find_date(behind))
        and dated.end == len(behind)
        and (dated.start == 0 or is_signature(behind[: dated.start].strip()))
    ):
        # …受到欢迎。某县教育局　2023年5月6日
        found.dates.append(dated.date)
        found.signature = found.signature or signature_of(behind[: dated.start].strip())
    elif dated and dated.end == len(behind) and are_people(names := behind[: dated.start].strip()):
        # …现场指导。　张三　李四　2023年5月6日
        found.dates.append(dated.date)
        found.authors += read_credit(f"作者：{names}").people
    elif (house := _ACCORDING.fullmatch(behind)) and is_media(house["house"]):
        found.dateline = found.dateline or house["house"]
    elif names_a_field(behind):
        read_fields(behind, None, found.fields)
    elif is_whole_credit(_undated(behind)):
        found.credit(read_credit(behind))
    elif (last := _LAST_NAMES.search(text)) and are_people(names := last[0].lstrip(_MARKS)):
        found.authors += read_credit(f"作者：{names}").people
    elif is_unit_and_name(behind):
        found.credit(read_credit(f"作者：{behind}"))
    elif _RUN_ON_NAMES.fullmatch(behind):
        found.authors += parted(behind)


def read_brackets(text: str, found: Found, *, closing: bool) -> None:
    """Read what the brackets at the end of the text say: a credit, or the paper that it stood in.

    `closing` says that they follow the last sentence or stand alone, as those with the writers' names do.
    """
    if names_its_source(text) and (paper_of(text) is None or labels_in(text)[1:]):
        read_fields(text, None, found.fields)
    elif paper := paper_of(text):
        # Where it stood first goes before whom its reporter works for.
        found.dateline = paper
        if dated := find_date(text):
            found.dates.append(dated.date)
        if (named := _NAMED_WRITER.search(text)) and are_people(named["names"]):
            # （原载《某某日报》，作者张三）
            found.authors += read_credit(f"作者：{named['names']}").people
    elif closing and is_account(text):
        found.signature = found.signature or text
    elif is_credit(text := _office_first(text), closing=closing):
        names = text if may_be_people(text) else " ".join(parted(text))
        credit = read_credit(f"作者：{names}" if closing and _are_writers(text) else text)
        if wrote_together(text, credit) or (closing and _are_sections(credit)):
            found.authors += credit.named
        elif closing and not (credit.has_role or credit.people) and len(credit.offices) == 1:
            # （某局负责） is no contribution.
            is_named = "".join(_without_date(text).split()) == credit.offices[0]
            is_whole = is_named and (not is_section(text) or office_of(text) is not None)
            found.closing_office = credit.offices[0] if is_whole else None
        found.credit(credit)


def is_credit(text: str, *, closing: bool) -> bool:
    """Whether `text`, the inside of brackets, says who has written; for `closing` see `read_brackets`."""
    if _REMARK.search(text) or names_its_source(text) or paper_of(text):
        return False
    if closing and _are_writers(text):
        return True
    credit = read_credit(_office_first(text))
    words = [] if credit.has_role or not credit.people else tokens_of(_without_date(text))
    if any(len(word) > _LONGEST_WORD and not may_be_writer(word) for word in words):
        # （张三、李四获评优秀调解员）
        return False
    return bool(credit.authors or credit.date or (credit.offices and not re.search(r"[，。]", text)))


def _office_first(text: str) -> str:
    """`text` with the office that stands behind its people before them: 张某　李某　某县司法局."""
    words = tokens_of(text)
    is_behind = len(words) > 1 and is_office(words[-1]) and all(map(is_person, words[:-1]))
    return " ".join([words[-1], *words[:-1]]) if is_behind and "：" not in text else text


def close_text(brackets: re.Match[str]) -> bool:
    """Whether brackets follow the last sentence of their line, or round ones are all that stands in it."""
    return _follow_sentence(brackets) or (brackets.start() == 0 and brackets[0].startswith(("（", "(")))


def _follow_sentence(brackets: re.Match[str]) -> bool:
    return brackets.string[: brackets.start()].rstrip().endswith(_SENTENCE_END)


def wrote_together(text: str, credit: Credit) -> bool:
    """Whether an office stands before its people, who have written with it: （某县教育局　张某）; no paper does."""
    if not credit.people or not credit.offices or is_media(credit.offices[0]) or OF_OFFICE.search(text):
        return False
    dated = find_date(text)
    return (text[dated.end :] if dated and dated.start == 0 else text).strip().startswith(credit.offices[0])


def _undated(text: str) -> str:
    """`text` without the day at its end: 通讯员　张三　2023年5月6日."""
    dated = find_date(text)
    return text[: dated.start].rstrip() if dated and dated.end == len(text) else text


def _without_date(text: str) -> str:
    dated = find_date(text)
    return f"{text[: dated.start]} {text[dated.end :]}" if dated else text


def _are_sections(credit: Credit) -> bool:
    """Whether nobody but sections of the office are credited: （健教科　性艾科）."""
    return len(credit.offices) > 1 and not credit.people and all(map(is_section, credit.offices))


def _are_writers(text: str) -> bool:
    """Whether `text`, the inside of closing brackets, is people's names, perhaps with nothing between them."""
    if without_unknown(text) != text:
        return False
    return may_be_people(text) or (is_run(text) and not read_credit(text).has_role)
