"""The labels of publication lines (发布时间：… 来源：…) and the fields that their values fill.

Notes for a newcomer. A label stands at the beginning of its line, after a space or in brackets; where a page was copied
without its layout it touches the value before it (08:54来源：某报), may have lost the space in the middle (来　源) or
stands in a table, its value in the next cell.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.data import load_toml
from extract.facts.contributor_labels import EITHER, HANDED_IN, OF_OFFICES, OF_PEOPLE, TIMES
from extract.facts.head_names import are_people, is_media, is_office, is_person, is_unit_and_name
from extract.facts.page_frame import is_frame
from extract.facts.places import is_place
from extract.facts.publication_dates import find_date
from extract.facts.publication_lines import is_account, is_house
from extract.facts.two_roles import one_role
from extract.patterns import any_of

Field = Literal["publisher", "published", "title", "contributor"]

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
FIELD_OF: dict[str, str] = {label: name for name, labels in _DATA["labels"].items() for label in labels}
FIELD_OF |= dict.fromkeys(sorted(OF_OFFICES | OF_PEOPLE | EITHER), "authors")
FIELD_OF |= dict.fromkeys(sorted(HANDED_IN), "contributor") | dict.fromkeys(sorted(TIMES), "published")
_COUNTERS = frozenset(_DATA["labels"]["ignored"]) - frozenset(_DATA["roles"]["ignored"])
_EMPLOYER = "作者单位"
# 作者：张某　单位：某局综合科: a section has written with its people, an office is where they work.
_UNIT = "单位"
_SECTIONS = ("科", "室", "股")
_LABEL_ORDER = {label: i for i, label in enumerate(FIELD_OF)}

# Labels may stand in brackets (【字体：大 中 小】).
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|【\[（(，,；。]))(?:本期|本版|本文|本篇文章|文章|内容|新闻(?=投稿|编辑))?"
    r"(?:(?:信息|采访|原文|资料|材料)(?=作者|撰写|撰文|撰稿|采编|整理|提供|记者))?"
    rf"(?:本报|本网|见习|实习|特约|首席|资深|全媒体|融媒体)*(?P<label>{any_of(list(FIELD_OF))})[ ]?"
    r"(?:[：:|丨](?!//)"
    r"|/(?=[一-鿿]{2,3}(?![一-鿿])|[ ]|(?![文图摄])[一-鿿][ ]{1,3}[一-鿿](?![一-鿿])|20\d\d"
    # 文/某团县委 来源：…
    r"|[一-鿿]{4,24}(?:$|[ ]+[一-鿿]{2,4}[：:]))|(?=[ ]?20\d\d[-年/.]))"
)
# One of these follows every label; 20 begins a year.
_LABEL_MARKS = ("：", ":", "|", "丨", "/", "20")
# As few words of a line without colons are not labels by chance.
_LABELS_IN_ROW = 2
_HAN = re.compile(r"[一-鿿]")
# 08:54:44来源：某报, 某县文旅局作者：张三: in a publication line labels may touch what stands before them.
_UNMISTAKABLE = [label for label in FIELD_OF if len(label) > 1 and label not in _DATA["of_offices"]["labels"]]
_GLUED_LABEL = re.compile(
    r"(?:见习|实习|特约|首席|(?<= )(?:新媒体|法律|学术|美术|视觉|栏目|版面))?"
    rf"(?P<label>{any_of(_UNMISTAKABLE)})[ ]?[：:](?!//)"
)
_LAST_ROLES = frozenset(
    {"文", "图", "摄", "摄影", "供图", "图片", "配图", "图片提供", "照片提供", "文图", "图文", "文/图", "供稿", "报道"}
)
# A line of running text is no value.
_FULL_STOP = re.compile("[。；]")
_ADDRESS = re.compile(r"(?:https?://|www\.)(?:(?!20\d\d-\d)[A-Za-z0-9./?=&_%#-])+[ ]?")
# 来　源：, 索 引 号：
_SPACED = re.compile(r"(?<![一-鿿])[一-鿿](?:[ ]{1,6}[一-鿿]){1,4}(?=[ ]*[：:|丨])")
_AFTER_SPACED = ("：", ":", "|", "丨")
_SPACED_CELL = re.compile(r"[一-鿿](?:[ ]{1,3}[一-鿿]){1,3}(?=[ ]{2})")
_POSTER = re.compile(r"(?<=[ \d])[一-鿿]{3,12}$")
# 发布：某县教育局 2015-05-06, 作者单位：某县司法局　2024年3月4日
_BEHIND_DATE = re.compile(r" +20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}.*$")
# 来源/某某日报, （来源　某某日报）
_BARE_SOURCE = re.compile(r"^(?P<label>[（(【\[]?(?:信息|文章|稿件|新闻|图文)?来源) ?[/ ] ?(?=[一-鿿《“]{3})")
_ROLE_AFTER = re.compile(
    r"(?:[ （(]|(?<=[报网社台端刊])(?:在线(?=通讯员))?)"
    r"(?:本报|见习|实习|特约|首席|全媒体)*(?:记者|通讯员|作者|供稿|撰稿)"
)
_CLOCK = re.compile(r"^ *\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_AROUND_NAMES = " []【】（）()□■◆●◎—-|/"
_LONGEST_WRITERS = 40
_OTHER_TIMES = frozenset(_DATA["other_times"]["labels"])
# 某县教育局（张三）, 某县教育局张三
_SIGNED_SOURCE = re.compile(
    r"(?P<office>[一-鿿]{3,30}?[局厅委院会办部队司社联])"
    r"(?:[ ]?[（(](?P<bracketed>[^（）()]{2,12}?)[ ]?(?:供稿|撰稿)?[)）]|(?P<name>[一-鿿]{3}))"
)
# 单位：万元, 发布人：张局长: these labels have an office for value or mean nothing here.
_LONGEST_NAME = 3
_IF_OFFICE = frozenset(_DATA["of_offices"]["labels"])


@dataclass(slots=True)
class Fields:
    """Values by field, each with the rank of the label that gave it (its place in the data file); authors' credits."""

    values: dict[str, tuple[int, str]] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    # 作者单位：某县委组织部
    employer: str | None = None

    def add(self, name: str, rank: int, value: str) -> None:
        """Keep `value` unless an equal or better label has given one."""
        if value and (name not in self.values or rank < self.values[name][0]):
            self.values[name] = (rank, value)

    def get(self, name: Field) -> str | None:
        """The value of the best label."""
        found = self.values.get(name)
        return found[1] if found else None


def unspaced(text: str) -> str:
    """`text` with spaced-out labels closed up, no space before their colons, and one role where two share a name."""
    text = one_role(text)
    if "来源" in text:
        text = _BARE_SOURCE.sub(r"\g<label>：", text)
    if " | " in text:
        text = _from_table(text, " | ")
    elif "：" not in text and (first := _SPACED_CELL.match(text)) and (label := "".join(first[0].split())) in FIELD_OF:
        text = _from_table(label + text[first.end() :], " ")
    elif text.partition(" ")[0] in FIELD_OF and "：" not in text and ":" not in text:
        text = _from_table(text, " ")
    if "www." in text or "http" in text:
        # Where a copy was taken from tells nothing.
        text = _ADDRESS.sub("", text)
    return _SPACED.sub(_closed, text) if any(mark in text for mark in _AFTER_SPACED) else text


def _from_table(text: str, bar: str) -> str:
    """The row of a table, 发布机构 | 某局 | 发文日期 | 2023-05-06, as labels with values; any other text as it is."""
    cells = [cell.strip() for cell in text.split(bar)]
    labels = sum(cell in FIELD_OF and len(cell) > 1 for cell in cells)
    # 记者 张三 通讯员 李四 图 ends in a role, no label of an empty cell.
    if labels < (_LABELS_IN_ROW if bar == " " else 1) or (bar == " " and cells[-1] in _LAST_ROLES):
        return text
    return "".join(f"{cell}：" if cell in FIELD_OF else f"{cell} " for cell in cells)


def labels_in(text: str) -> list[re.Match[str]]:
    """The labels of a line, in order; one that touches the word before it is one only beside another, or a date."""
    if not any(mark in text for mark in _LABEL_MARKS):
        return []
    labels = list(_LABEL.finditer(text))
    if ("：" in text or ":" in text) and (labels or find_date(text)):
        ends = {match.end("label") for match in labels}
        labels += [m for m in _GLUED_LABEL.finditer(text) if m.end("label") not in ends]
        labels.sort(key=lambda match: match.start())
    return labels


def _closed(match: re.Match[str]) -> str:
    characters = match[0].split()
    for i in range(len(characters) - 1):
        if (label := "".join(characters[i:])) in FIELD_OF:
            # The 日 of a date may stand before the label: 5月31日　来　源：
            return " ".join([*characters[:i], label])
    return match[0]


def read_fields(line: str, following: str | None, fields: Fields) -> None:
    """Read the labels of a meta line into `fields`; a label at the line's end has its value on the `following` line."""
    text = unspaced(line)
    labels = labels_in(text)
    other_times: list[int] = []
    for i, match in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else len(text)
        value = text[match.end() : end].strip(" |【[（(，,；】]")
        if "（" not in value:
            # （来源：某局）【打印】
            value = value.partition("）")[0].rstrip()
        if not value and i + 1 == len(labels) and following and not _LABEL.match(following):
            value = (
                "" if _FULL_STOP.search(following) or (is_frame(following) and not find_date(following)) else following
            )
        name = FIELD_OF[match["label"]]
        if match["label"] in _OTHER_TIMES:
            other_times.append(end)
        if name == "publisher":
            # A bar parts the source from what has no label that is known: 发布者：某局 | 查看：155
            value, _, more = value.partition("|")
            value = value.rstrip()
            fields.authors += [f"作者：{cell}" for cell in map(str.strip, more.split("|")) if are_people(cell)]
            if not _HAN.search(value):
                # A forum's user: 发布者: zhao
                continue
            if is_frame(value.partition(" ")[0]):
                # 来源：　打印
                continue
            if "源" in match["label"] and (writers := _writers(value)):
                fields.authors.append(f"作者：{writers}")
                continue
        if name == "contributor":
            value = value.partition(" ")[0]
        if name == "host":
            house = value.split()[0] if value else ""
            if is_media(house):
                fields.add("publisher", len(_LABEL_ORDER), house)
        elif name == "authors" and value:
            role = _role_of(match["label"])
            fields.authors.append(f"{role}：{value}")
        elif match["label"] in _IF_OFFICE and not is_office(value := _BEHIND_DATE.sub("", value)):
            if match["label"] == _EMPLOYER and is_unit_and_name(value):
                # 作者单位：某局　张三
                fields.authors.append(f"作者：{value.partition(' ')[2]}")
            continue
        elif name != "published" or (dated := find_date(value)):
            if name == "published" and dated and (poster := _POSTER.search(value, dated.end)) and _posts(poster[0]):
                # 发布时间：2015-05-06 10:20 某某之窗
                fields.add("publisher", len(_LABEL_ORDER), poster[0])
            if name == "publisher":
                value, writers = _source_and_writers(value)
                if writers:
                    fields.authors.append(writers)
            if match["label"] == _EMPLOYER:
                fields.employer = value.strip()
                continue
            if name == "published" and dated and (writers := _writers_behind(value[dated.end :])):
                fields.authors.append(writers)
            is_of_writer = match["label"] == _UNIT and i and FIELD_OF[labels[i - 1]["label"]] == "authors"
            if is_of_writer and value.endswith(_SECTIONS):
                fields.authors.append(f"供稿：{value.strip()}")
            fields.add(name, _LABEL_ORDER[match["label"]], value.strip())
    before = text[: labels[0].start()] if labels else text
    if dated := find_date(before) or find_date(text, max(other_times, default=0)):
        fields.add("published", len(_LABEL_ORDER), dated.date.isoformat())


def _posts(name: str) -> bool:
    """Whether `name`, behind the date, is whoever has put the text out."""
    return is_account(name) or is_house(name) or is_office(name)


def _writers(source: str) -> str:
    """Those whom the value of a source's label names if they have written the text: 来源：张三、李四; empty if not."""
    first = source.partition(" ")[0]
    for names in (source, first):
        pieces = re.split("[、 ]", names)
        if all(len(name) <= _LONGEST_NAME and is_person(name) and not is_place(name) for name in pieces):
            return names
    return ""


def _role_of(label: str) -> str:
    """The role that a credit's label gives: an office that contributes is an author, one reporters work for is not."""
    if label.startswith(("供稿", "来稿")) or label in OF_OFFICES or label in EITHER:
        return "供稿"
    if label.endswith(("记者", "通讯员", "员")):
        return "撰稿"
    # 文：某学院　张三, as 作者：某局　张三.
    return "作者"


def _source_and_writers(value: str) -> tuple[str, str]:
    """The source in the value of its label, and the credit after it: 某某日报　记者　张三, 某县司法局　张三　李四."""
    if signed := _SIGNED_SOURCE.fullmatch(_BEHIND_DATE.sub("", value)):
        source, names = signed["office"], signed["bracketed"] or signed["name"]
        if are_people(names) and is_office(source) and not is_office(names):
            return source, f"作者：{names}"
    if writer := _ROLE_AFTER.search(value):
        return value[: writer.start()], value[writer.start() :].strip()
    source, _, names = value.partition("/" if "/" in value else " ")
    return (source, writers) if (writers := _writers_behind(names)) and not are_people(value) else (value, "")


def _writers_behind(text: str) -> str:
    """The credit behind the value of a source or a date: 2023-05-06　通讯员　张三; …政法委　□ 张三; [某大队　张三]."""
    names = _CLOCK.sub("", text).strip(_AROUND_NAMES)
    if not names or len(names) > _LONGEST_WRITERS:
        return ""
    if _ROLE_AFTER.match(f" {names}"):
        return names
    return f"作者：{names}" if are_people(names) or is_unit_and_name(names) else ""


def has_label(line: str) -> bool:
    """Whether `line` begins with a label (发布时间：…)."""
    return _LABEL.match(unspaced(line)) is not None


def without_counters(text: str) -> str:
    """`text` up to the first label that tells nothing of the head (阅读数：…) and is no role of a credit."""
    dropped = next((m for m in _LABEL.finditer(text) if m["label"] in _COUNTERS), None)
    return text[: dropped.start()] if dropped else text


def names_a_field(text: str) -> bool:
    """Whether `text` begins with the label of a source, a date or the authors (作者：…)."""
    label = _LABEL.match(text)
    return label is not None and FIELD_OF[label["label"]] in ("publisher", "published", "authors")


def names_its_source(text: str) -> bool:
    """Whether `text` begins with the label of a source or a date: 来源：《某某日报》2023年5月10日."""
    label = _LABEL.match(_BARE_SOURCE.sub(r"\g<label>：", text))
    return label is not None and FIELD_OF[label["label"]] in ("publisher", "published")


def before_labels(text: str) -> str:
    """What `text` says before its first label."""
    text = unspaced(text)
    label = _LABEL.search(text)
    return text[: label.start()] if label else text
