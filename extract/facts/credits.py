"""Credits: （安阳某报记者 王某 通讯员 李某）, 供稿：某局 张三, 文/图 李四.

Notes for a newcomer. A credit is a run of names between role words. A role may stand before its names (记者 张三) or
after them (张三 供稿), several roles may follow one another, and an editor's names are to be dropped. So the text is
cut at the role words, and each stretch of names goes to the role before it, or, where none is, to the role after it.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.data import load_toml
from extract.facts.contributor_labels import EITHER, HANDED_IN, OF_OFFICES, OF_PEOPLE
from extract.facts.credit_text import plain_credit
from extract.facts.head_names import (
    COMMON_SURNAMES,
    HOUSES,
    is_media,
    is_own_office,
    is_person,
    is_section,
    is_unit_and_name,
    is_workplace,
    may_be_writer,
    names_in,
    tokens_of,
)
from extract.facts.places import is_place
from extract.facts.publication_dates import find_date
from extract.facts.run_on_names import is_run, parted
from extract.facts.two_roles import one_role
from extract.facts.writing_places import says_where
from extract.ner.gazetteer import short_at
from extract.patterns import any_of

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
_ROLES: dict[str, list[str]] = _DATA["roles"]
_AFTER = frozenset(_ROLES["after"])
# The roles of authors.
_KNOWN = frozenset([*_ROLES["before"], *_ROLES["after"], *OF_OFFICES, *OF_PEOPLE, *HANDED_IN, *EITHER])
_ALL_ROLES = [*_KNOWN, *_ROLES["ignored"]]
_POSTS: list[str] = _DATA["people"]["posts"]

_ROLE = re.compile(
    r"(?:驻[一-鿿]{2,4}(?=记者))?(?:全媒体|融媒体|特约|特派|见习|实习|首席|资深|指导|驻站|本报|本网|本刊|本台"
    # 信息采编, 新媒体编辑, 副总编
    r"|新媒体|美术|视频(?!提供)|网络|微信|封面|压题|题|本期|本版|内容|信息|责任|执行|值班|采访|原文|文章|资料|材料|副"
    # 案例编写人, 第一作者, 参与采写
    r"|案例|第一|第二|主要|共同|联合|参与|特邀|原创)*"
    rf"((?:提供(?!稿)|{any_of([w for w in _ALL_ROLES if len(w) > 1 and w != '提供'])})(?!{any_of(_ROLES['units'])})"
    # A role of one character is a word of its own, not a part of someone's name (文), but for 摄 at its end; the bar 丨
    # is a character too.
    rf"|(?<![一-丧丩-鿿])(?:{any_of([w for w in _ALL_ROLES if len(w) == 1])})(?![一-丧丩-鿿])|(?<=[一-鿿])摄(?![一-鿿])"
    r"|(?<=[一-鿿])图(?=[：:丨|/])"
    rf"|(?<![一-鿿])(?:{any_of(_ROLES['alone'])})(?=[ ：:丨|/])"
    # 版编 张三, 图编：李四, 终校/王五: whatever they edit, proof-read or approve.
    r"|(?<![一-鿿])(?!采编)[一-鿿]{1,2}[编校审](?=[ ：:丨|/])"
    # 责任人 张三, 演讲者：李四: whatever else they do, but for posts (志愿者) and those whose name ends so (李正人).
    rf"|(?<![一-鿿])(?![一-鿿]{{0,5}}(?:{any_of([*(w for w in _ROLES['before'] if len(w) > 1), *_POSTS])}))"
    rf"(?![{''.join(sorted(COMMON_SURNAMES))}][一-鿿]{{1,2}}[ ：:丨|/])[一-鿿]{{1,5}}[人者](?=[ ：:丨|/]))"
)
# 摄 stands after its names only: 记者 张三 摄.
_PHOTOGRAPHED = "摄"
# Who reports and takes the pictures too: 记者 张三 摄.
_REPORTERS = frozenset({"记者", "通讯员", "实习生"})
_PICTURES = frozenset({"图", _PHOTOGRAPHED})
_REPORTED = frozenset({"报道", "综合报道", "摄影报道"})
# 记者 张三　通讯员 李四供图: who is named last has but given the pictures.
_GAVE_PICTURES = frozenset({"供图", "图", "图片", "配图", "图片提供", "照片提供", "视频", "视频提供", "剪辑"})
# 某局宣传科　张三　摄影　李四; 某局　张三　审核　李四
_NAMED_BEHIND = frozenset(
    {"摄影", "摄像", "拍摄", "图片", "供图", "审核", "校对", "编辑", "责编", "责任编辑", "审校", "核稿", "审稿"}
)
# 报道组：张三　李四
_TEAMS = frozenset({"报道组", "采访组", "写作组"})
# These make an office an author beside the people it names.
_CONTRIBUTES = frozenset({"供稿", "来稿", "报送"}) | OF_OFFICES | HANDED_IN | EITHER
# （摘自各县报送材料）, （根据某某报道整理）: what the text was made from.
_COMPILED = re.compile(r"(?:摘自|摘编自|根据|综合(?![处科室部组股办])|据)[^：:；;]+?(?:[；;]|整理(?=[ ，,])|$)")
# 某某新闻记者: whatever stands right before 记者 is the house.
_HOUSE = re.compile(r"(?<![一-鿿])(?!本[报网刊台])[一-鿿]{2,12}$")
# 南方+ 记者
_CLIENT = re.compile(r"(?<![一-鿿])[一-鿿]{2,6}[+＋] ?$")
_ACCOUNT_END: tuple[str, ...] = tuple(_DATA["accounts"]["endings"])
# 作者：某局　张三, 某局　张三　文/图: the office has written with its people; where someone lives has not.
_WRITTEN = frozenset({"图文", "文图", "文/图", "图/文", "文"})
_WRITES = frozenset({"编写", "编写人", "作者", "撰稿", "撰稿人", "撰文", "撰写", "撰写人", "执笔", "执笔人"})
_DWELLINGS = ("社区", "村")
_NO_CREDIT = re.compile(r"[。！？；“”《》]")
_LONGEST_CREDIT = 60
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says: people and offices, the offices that contribute (供稿) and in which order all author it."""

    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    media: str | None = None
    date: dt.date | None = None
    has_role: bool = False
    # 记者 张三 摄: nothing but who took a picture, who has written too where nobody else has.
    is_of_picture: bool = False
    # Its offices and people in their order.
    named: tuple[str, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Contributing offices and people; the other offices where nobody is named."""
        if self.people:
            return self.contributors or self.people
        return self.offices if self.has_role else self.contributors


@lru_cache(maxsize=1024)
def read_credit(text: str) -> Credit:
    """The credit in `text`, a short stretch such as the inside of the brackets that close a report."""
    if compiled := _COMPILED.match(text):
        # What follows says who did it: （根据录音整理；整理人：某某）.
        text = text[compiled.end() :]
    text = plain_credit(text)
    dated = find_date(text)
    if dated:
        text = text[: dated.start] + " " + text[dated.end :]
    parts = _ROLE.split(text)
    people: list[str] = []
    offices: list[str] = []
    contributors: list[str] = []
    named: list[str] = []
    media: str | None = None
    role = ""
    vouched = is_unit_and_name(text)
    # Whether the last names stood before a role of no author, and whether there were any.
    told = taken = False
    for i in range(0, len(parts), 2):
        following, behind = parts[i + 1 : i + 3] if i + 1 < len(parts) else ("", "")
        names = [n for n in names_in(parts[i], bound=bool(role) or following in _AFTER) if n not in _TEAMS]
        is_bound = parts[i].startswith(("：", ":"))
        if taken and role in _AFTER and not is_bound and (following in _PICTURES or _is_helper(following)):
            # 王某 文　李某 图; 某科供稿，李某审核: each role has its names before it.
            role = role if names_in(behind) and role != "文" else ""
        # 张某　李某　图/王某: the stroke binds the role to the names behind it.
        before_its_names = following in _PICTURES and behind.startswith("/")
        # 王某/文　李某/图: the stroke binds a name to the role after it.
        ends = (following == _PHOTOGRAPHED and role not in _REPORTERS) or not role or parts[i].endswith("/")
        # 张某　审核：李某: the colon binds a role to the names behind it too.
        before_its_names = before_its_names or behind.startswith(("：", ":"))
        # A credit that ends in names has its roles before them.
        leads = i == 0 and following in _NAMED_BEHIND and bool(names_in(parts[-1]))
        before_its_names = before_its_names or leads
        if role in _REPORTERS and not before_its_names and not names_in(behind):
            # 通讯员李四摄 alike; 记者 张三　通讯员 李四　摄 are all who are named under a picture.
            is_his = following in _GAVE_PICTURES or (following == _PHOTOGRAPHED and not parts[i].endswith(" "))
            ends = ends or (is_his and bool(people or contributors or following == "供图"))
        if parts[i].startswith(("，", "；")) and told and _is_helper(role):
            role = ""  # 李某口述，张某整理
        told = _is_helper(following) and ends and bool(names) and not before_its_names
        if _is_helper(role) and following in _AFTER and len(names) > 1 and parts[i].endswith(names[-1]):
            names, role = names[-1:], ""  # 联系人：李某　张某供稿
        elif _is_helper(role) or (_is_helper(following) and ends and not before_its_names):
            # 通讯员张某　李某/图: the stroke binds the name that it touches.
            names = names[:-1] if role and parts[i].endswith("/") and not _is_helper(role) else []
        elif not role and following and following not in _AFTER:
            # What stands before 记者 is the paper, not a name: 安阳某报记者.
            media = next((n for n in names if is_media(n)), None)
            if client := _CLIENT.search(parts[i]):
                media = client[0].rstrip()
            house = _HOUSE.search(parts[i]) if following == "记者" else None
            if house and is_run(house[0]) and not house[0].endswith(HOUSES) and short_at(house[0]) is None:
                # 张三李四记者王五
                people += parted(house[0])
                named += people
            elif house:
                is_long = len(house[0]) > _LONGEST_NAME
                media = media or (house[0] if is_long else None)
                # 海西记者 张三
                if is_long or house[0][0] not in COMMON_SURNAMES:
                    names = [n for n in names if n != house[0]]
            names = [n for n in names if n != media]
        elif role and following == "记者" and names and (paper := _house_before_role(parts[i])) == names[-1]:
            # 采写：某都记者　张三
            media = media or (paper if is_media(paper) else None)
            names = names[:-1]
        if following in _REPORTED and len(names) + len(people) > 1 and is_place(names[-1]):
            # 记者 张三　济南报道
            names = names[:-1]
        if len(names) > 1 and says_where(names[0]):
            # （江苏 张三）
            names = names[1:]
        writes = role in _WRITES or (not role and (leads or following in _WRITTEN))
        for name, following_name in pairwise([*names, ""]):
            named += parted(name) if is_run(name) else [name]
            if is_media(name) and (name.endswith("台") or not is_person(name)):
                media = media or name
                # 某省台报道
                offices += [name] if role or following != "报道" else []
                contributors += [name] if {role, following} & _CONTRIBUTES else []
            elif role in _REPORTERS and _is_like_village(name):
                people.append(name)
            elif (
                is_workplace(name)
                or (is_own_office(name) and not people)
                or (_is_account(name) and ({role, following} & _CONTRIBUTES or (name == names[0] and len(names) > 1)))
            ):
                offices.append(name)
                # 通讯员　某县教育局　通讯员　张三
                alone = role == "通讯员" and following and names == [name]
                contributes = (
                    {role, following} & _CONTRIBUTES or alone or ((role or following in _AFTER) and is_section(name))
                )
                # 撰稿：某局　张三　某庭　李四
                is_first = not people or is_person(following_name)
                if contributes or (writes and is_first and not name.endswith(_DWELLINGS)):
                    contributors.append(name)
            elif role or following in _AFTER or vouched or is_person(name):
                people += parted(name) if is_run(name) else [name]
        taken = bool(names)
        role = following
    if contributors:
        # As printed: 某科　张三　某局　李四
        authors = {*contributors, *people}
        contributors = [name for name in named if name in authors]
    roles = parts[1::2]
    is_of_picture = roles[-1:] == [_PHOTOGRAPHED] and _REPORTERS.issuperset(roles[:-1]) and not parts[-1].strip(" ）)")
    day = dated.date if dated else None
    known = {*offices, *people}
    return Credit(
        _unique(people),
        _unique(offices),
        _unique(contributors),
        media,
        day,
        bool(roles),
        is_of_picture,
        _unique([name for name in named if name in known]),
    )


@lru_cache(maxsize=1024)
def is_whole_credit(text: str) -> bool:
    """Whether `text` is nothing but a credit with a role: □某某记者站 张三 实习生 李四 文/图."""
    if len(text) > _LONGEST_CREDIT:
        return False
    text = one_role(text)
    if _NO_CREDIT.search(text) or _ROLE.search(text) is None:
        return False
    parts = _ROLE.split(plain_credit(text))
    tokens = [token for i in range(0, len(parts), 2) for token in _writers_before(parts[i], parts[i + 1 : i + 2])]
    return len(parts) > 1 and all(map(may_be_writer, tokens)) and any(map(is_person, tokens))


def _writers_before(part: str, role: list[str]) -> list[str]:
    """The words of `part`; of 某某云记者 what touches the role is the house, whatever it is called."""
    tokens = tokens_of(part)
    return tokens[:-1] if role == ["记者"] and tokens and _house_before_role(part) else tokens


def _is_helper(role: str) -> bool:
    """Whether who has this role is no author."""
    return bool(role) and role not in _KNOWN


def _house_before_role(text: str) -> str | None:
    """The house whose name touches the role of its reporters at the end of `text`; nobody's name."""
    house = _HOUSE.search(text)
    return house[0] if house and (len(house[0]) > _LONGEST_NAME or house[0][0] not in COMMON_SURNAMES) else None


def _is_like_village(name: str) -> bool:
    """Whether a person's name ends as a village's does: 王某村."""
    return len(name) == _LONGEST_NAME and name[0] in COMMON_SURNAMES and name.endswith(("村", "乡", "镇"))


def _is_account(text: str) -> bool:
    """Whether what contributed is named as by its account: 某某消防."""
    return len(text) >= 4 and text.endswith(_ACCOUNT_END)


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
