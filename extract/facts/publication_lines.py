"""Publication lines without labels: an office, an account, people and a date in a row.

Notes for a newcomer. In 某区交通局　2020-12-11　张三, or in 原创　阿某　某某发布　2024-03-26 18:05　陕西 under a post's
headline, no label says which is which, so each piece is told by what it looks like: an office issues, a person has
written, and a name that is neither, beside 原创 or before a date with the time of day, is the account.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extract.data import load_toml
from extract.facts.head_names import (
    is_media,
    is_nobody,
    is_office,
    is_person,
    merge_spaced,
    names_in,
)
from extract.facts.page_frame import is_frame
from extract.facts.publication_dates import find_date
from extract.facts.writing_places import says_where

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
_SOUNDS = frozenset(load_toml("ner/data/persons.toml")["sounds"])
_ACCOUNTS = tuple(_DATA["accounts"]["endings"])
_OPENINGS = tuple(_DATA["accounts"]["beginnings"])
_ORIGINAL = frozenset(_DATA["accounts"]["original"])
_REGIONS = frozenset(_DATA["accounts"]["regions"])
_NO_MEDIA = tuple(_DATA["names"]["no_media"])
_FURNITURE = (*_DATA["furniture"]["begins"], *(word for word in _DATA["furniture"]["whole"] if len(word) > 1))

_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
# 某县应急 6月30日 22:10
_POSTED = re.compile(r"(?P<account>[一-鿿A-Za-z0-9]{3,16}) \d{1,2}[月-]\d{1,2}日? ?\d{1,2}[:：]\d{2}(?: [一-鿿]{2,4})?")
_WHERE = re.compile(r"^于[一-鿿]{2,5}(?= |$)")
# 某某新闻网阅读 (151)
_COUNTED = re.compile(r"发[布表]于[一-鿿]{2,3}(?= |$)|(?:阅读|浏览|点击|评论)[数量次]{0,2}(?=[ （(：:\d]|$)")
# 某某发布官方账号
_OFFICIAL = re.compile(r"(?P<account>[一-鿿A-Za-z0-9+]{3,16}?)[ ]?官方[账帐]号")
_FORUM = re.compile(r"楼层|只看该作者|阅读模式|倒序浏览")
# 第03版：乡村周刊
_PAGE = re.compile(r"第?[A-Z]?\d{1,3}版[：:][一-鿿]{2,8}")
_PAGE_NUMBER = re.compile(r"0\d{1,4}")
_WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]")
_PIECES = re.compile(r"[\s|丨/（）()【】\[\]《》:：●，]+")
_ACCOUNT = re.compile(r"[一-鿿A-Za-z0-9+]{3,16}")
_PEN_NAME = re.compile(r"[一-鿿A-Za-z·]{2,8}")
# What begins so says something of an office or a writer: 据某社, 解释权归某局.
_POSTING = frozenset({"记者", "通讯员", "发表于", "发布于", "编辑于", "发表"})
# 某某网张三, before the date
_HOUSE_AND_NAME = re.compile(r"(?P<house>[一-鿿]{2,10}[报网社台端])(?:记者)?(?P<name>[一-鿿]{2,3})")
# 凤网, 人民网-华南新闻: houses of two characters, and with their channel.
_SHORT_HOUSE = re.compile(r"[一-鿿][网报]")
_CHANNEL = re.compile(r"(?P<house>[一-鿿]{2,8}[网报端])[-—–]+[一-鿿]{2,8}")
# 某某新闻, 某某头条, alone on its line
_CHANNEL_ALONE = re.compile(r"[一-鿿]{2,3}(?:新闻|头条|观察|播报|融媒)")
_NO_OFFICE = ("作者", "据", "转载", "转自", "解释权", "责任编辑", "责编", "责任审核", "审核人", "编审", "校对")
# 记者 张三　编辑 李四: who stands behind such a word has not written.
_NO_WRITERS = frozenset(_DATA["roles"]["ignored"])
# 张三（某县司法局
_NAMED_WITH_OFFICE = re.compile(r"[一-鿿]{2,3}[（(](?=[一-鿿]{4})")
# What ends like an office's name and is a headline: …临时查封4家场所, …由下乡向进村迈进　…推进快递下乡.
_CLAUSE = re.compile(
    r"[局厅委会院]联合(?![会社体国总工办检执])|\d+[余多]?[个家件名次起处人场所项万]|^.{20,}[乡村镇所科处]$|^\d+年|的"
    # “六一”义诊进山村
    r"|进(?:[山乡农]村|社区|街道|乡镇|学校|中学|小学|大学|医院|机关|公司|园区)$"
)
_MAKES = ("编印", "编发", "编制", "编辑", "主办", "印发", "编", "宣")


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """The first office, the account and the people that the line names."""

    office: str | None = None
    account: str | None = None
    people: tuple[str, ...] = ()


def read_publication_line(text: str) -> PublicationLine:
    """What the unlabelled publication line `text` names; nothing where it holds neither a date nor 原创."""
    dated = find_date(text)
    if _FORUM.search(text):
        # Whose the account is, and not who has put the report out.
        return PublicationLine()
    if official := _OFFICIAL.search(text):
        return PublicationLine(account=official["account"])
    if dated is None and (posted := _POSTED.fullmatch(text)):
        return PublicationLine(account=posted["account"])
    before = text[: dated.start] if dated else text
    # 2023年9月4日于某县: where it was written.
    after = _WHERE.sub("", text[dated.end :]) if dated else ""
    pieces = _pieces(_COUNTED.sub(" ", before))
    behind = [p for p in _pieces(_COUNTED.sub(" ", after)) if p not in _REGIONS]
    is_original = not _ORIGINAL.isdisjoint(pieces)
    if dated is None and not is_original:
        return PublicationLine()
    if after.strip().startswith("印"):
        # 某局办公室　2023年3月4日印发 is the office that printed, not the one that issues.
        return PublicationLine()
    offices: list[str] = []
    people: list[str] = []
    others: list[str] = []
    pieces, behind = _without_helpers(pieces), _without_helpers(behind)
    if dated:
        pieces, behind = _house_apart(pieces), [p for piece in _house_apart(behind) for p in _office_apart(piece)]
    for piece in pieces:
        if piece.endswith("供稿") and (office := office_of(piece.removesuffix("供稿"))):
            # 某县妇联供稿　2023-05-08
            people.append(office)
            offices.append(office)
            continue
        if piece in _ORIGINAL or piece in _POSTING:
            continue
        if (office := office_of(piece)) or (dated and _is_short_house(piece)):
            offices.append(office or piece)
        elif is_person(piece) and not says_where(piece):
            people.append(piece)
        elif not _is_furniture(piece):
            others.append(piece)
    behind = [p for p in behind if not says_where(p)]
    for piece, following in pairwise([*behind, ""]):
        # 某县司法局　2023-05-06　某司法所　张三: a part of the office has written with its people.
        if is_person(piece) or (offices and office_of(piece) and is_person(following) and not is_house(piece)):
            people.append(piece)
    offices += [p for p in behind if office_of(p) or _is_short_house(p)]
    if not offices and (office := office_of("".join(before.split()).strip("（("))):
        # A spaced-out name.
        offices, others = [office], []
    account: str | None = None
    if not offices and not others and dated:
        # 2022年12月6日 12:08　某县零距离
        is_timed = _CLOCK.match(after.strip()) is not None
        named = [p for p in behind if _ACCOUNT.fullmatch(p) and not (is_person(p) or _is_furniture(p))]
        named = [p for p in named if is_timed or is_account(p)]
        account = named[0] if len(named) == 1 else None
    is_posted = len(others) == 1 and (_CLOCK.match(after.strip()) is not None or is_account(others[0]))
    if others and not offices and (is_original or is_posted):
        account = others[-1] if _ACCOUNT.fullmatch(others[-1]) else None
        if is_original:
            people += [o for o in others[:-1] if o != account and _PEN_NAME.fullmatch(o)]
    if any(_PAGE_NUMBER.fullmatch(piece) for piece in pieces):
        # 某某日报　城事　00004　…: the page of a paper, with its column.
        people = []
    return PublicationLine(offices[0] if offices else None, account, tuple(dict.fromkeys(people)))


def _is_transliterated(text: str) -> bool:
    """Whether `text` is a name with a dot, in the characters that other languages' names are written with."""
    return is_person(text) and "·" in text and 2 * sum(c in _SOUNDS for c in text) >= len(text) - 1


def _is_furniture(piece: str) -> bool:
    return piece.startswith(_FURNITURE) or is_frame(piece)


def is_account(text: str) -> bool:
    """Whether a line by itself reads like the name of an account (某某发布, 平安某某)."""
    named = text.endswith(_ACCOUNTS) or (text.startswith(_OPENINGS) and len(text) <= 6)
    return named and len(text) <= 8 and _ACCOUNT.fullmatch(text) is not None


def is_posting_time(text: str) -> bool:
    """Whether `text` is nothing but when and from where something was posted: 2024年5月9日 18:03　四川."""
    dated = find_date(text)
    if dated is None or dated.start or _CLOCK.match(text[dated.end :].strip()) is None:
        return False
    return all(piece.removeprefix("发表于") in _REGIONS for piece in _pieces(text[dated.end :]))


def is_original_line(text: str) -> bool:
    """Whether `text` is the line under the headline of a post: 原创　阿某　某某发布."""
    pieces = _pieces(text)
    return 1 < len(pieces) <= 5 and pieces[0] in _ORIGINAL


def office_of(text: str) -> str | None:
    """The office that `text` names, what it did with the bulletin (编, 印发) taken off."""
    for ending in _MAKES:
        if text.endswith(ending) and is_office(text.removesuffix(ending)):
            return text.removesuffix(ending)
    if (
        len(text) > 40
        or "。" in text
        or text.startswith(_NO_OFFICE)
        or is_person(text)
        or _NAMED_WITH_OFFICE.match(text)
        or _CLAUSE.search(text)
    ):
        return None
    return text if is_office(text) or _has_channel(text) else None


def is_house(text: str) -> bool:
    """Whether `text`, in a publication line, is a media house, of two characters or with its channel too."""
    return is_media(text) or _is_short_house(text) or _has_channel(text) or _CHANNEL_ALONE.fullmatch(text) is not None


def _without_helpers(pieces: list[str]) -> list[str]:
    """`pieces` without the people behind the word for what they have done for others' text (编辑　张三)."""
    kept: list[str] = []
    is_helper = False
    for piece in pieces:
        is_helper = piece in _NO_WRITERS or (is_helper and is_person(piece))
        if not is_helper:
            kept.append(piece)
    return kept


def _house_apart(pieces: list[str]) -> list[str]:
    """`pieces` with a house and its writer's name, which touches it, apart: 某某网|张三, 某某网记者|张三."""
    apart: list[str] = []
    for piece in pieces:
        signed = _HOUSE_AND_NAME.fullmatch(piece)
        is_signed = signed and is_media(signed["house"]) and is_person(signed["name"]) and not is_office(piece)
        if signed and is_signed:
            apart += [signed["house"], signed["name"]]
        else:
            apart.append(piece)
    return apart


def _office_apart(piece: str) -> list[str]:
    """`piece` with an office and its writer's name, which touches it, apart: 某司法所|张三."""
    if office_of(piece) or is_person(piece):
        return [piece]
    names = names_in(piece)
    return names if len(names) > 1 and all(map(is_person, names[1:])) else [piece]


def _has_channel(text: str) -> bool:
    channel = _CHANNEL.fullmatch(text)
    return channel is not None and is_media(channel["house"])


def _is_short_house(text: str) -> bool:
    return _SHORT_HOUSE.fullmatch(text) is not None and not is_nobody(text) and not text.endswith(_NO_MEDIA)


def _pieces(text: str) -> list[str]:
    text = _PAGE.sub(" ", text) if "版" in text else text
    pieces = _PIECES.split(_WEEKDAY.sub(" ", _CLOCK.sub(" ", text)))
    if "·" in text:
        # A dot parts a paper from its column, but not a person's name from the father's.
        pieces = [p for piece in pieces for p in ([piece] if _is_transliterated(piece) else piece.split("·"))]
    return merge_spaced([p for p in pieces if p])
