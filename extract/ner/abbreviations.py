"""Short and full names of one office: 市中院 and 嘉兴市中级人民法院, 市住建局 and 住房和城乡建设局.

Notes for a newcomer. Chinese shortens a name by leaving characters out, in order: the short form begins and ends like
the full one and its characters are a subsequence of it. Three things are peculiar: 人民 in front of a court, a
procuratorate or a government goes first of all; 委员会 ends as 委 and 联合会 as 联; and what hangs on the office
(市住建局 | 村镇建设科) is no part of the shortening.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from extract.ner.gazetteer import end_of_division, official, short_at
from extract.ner.lexicon import divisions
from schemas import EntityType, Mention

_PEOPLES = ("人民法院", "人民检察院", "人民政府")
# 人民检察院 | 第五检察部, 工业和信息化局 | 运行监测科
_PEOPLES_OFFICE = re.compile(
    r"(?:中级|高级)?人民(?:法院|检察院)(?=.)|.{2,8}指挥部(?=.)|.{2,12}?(?:委员会|局|厅|总社|合作社|联社|联合会|总工会|红十字会)(?=.{2,12}(?:科|处|室|股|支队|大队|中心|站|所|组)$)"
)
# Of two of these neither is short for the other, though one has all characters of both (海南大学, 海南师范大学).
_OWN_KINDS = ("大学", "学院", "医院", "中学", "小学", "学校")
_ENDS = (
    ("委员会", "委"),
    ("指挥部", "指"),
    ("协会", "协"),
    ("办公室", "办"),
    ("联合会", "联"),
    ("控制中心", "控"),
    ("人民法院", "院"),
    ("人民检察院", "院"),
)
_NUMBERED_ENDS = (("中学", "中"), ("小学", "小"), ("医院", "院"))
_NUMERALS = re.compile("[一二三四五六七八九十]")
# What an office with it is not without it (森林公安局, 地方税务局).
_TELLING = ("森林", "铁路", "地方税", "国家", "附属", "职业", "特殊", "直属", "中心")
# Where an office ends and its inner unit begins.
_OFFICE_END = re.compile(r"(?:局|委(?!员)|院|厅|办(?!公|事)|联(?!合)|府|会)")
# Among more offices of one place a short form is not looked for.
_MOST = 100
_LONGEST_PLACE = 11
_TOWN = re.compile("[一-龥]{2,5}?(?:街道|镇|乡)")
# 龙华团区委 for 共青团龙华区委
_LEAGUE = re.compile("(?:([一-龥]{2,4})团|团([一-龥]{2,4}))([省市县区州旗盟]委)")
# Services that go by a place's short name, and what a full name of theirs ends with.
_SERVICES = ("公安", "税务", "消防", "交警", "司法", "法院", "检察")
_SERVICE_ENDS = ("局", "支队", "大队", "总队", "分局", "法院", "检察院")
_UNIONS = ("联社", "信用联社", "农信联社", "农村信用联社", "信用合作联社", "农村信用合作联社")
_BANKS = {"建行": "建设银行", "农行": "农业银行", "工行": "工商银行", "邮储": "储蓄银行", "人行": "人民银行"}


@lru_cache(maxsize=8192)
def split_place(name: str) -> tuple[str, str]:
    """`name` as its chain of full division names and the rest (浙江省兰溪市 | 司法局)."""
    position = 0
    while (end := end_of_division(name, position, _LONGEST_PLACE)) is not None:
        position = end
    return name[:position], name[position:]


def without_place(name: str) -> str:
    """`name` without the divisions, in full or by a bare name, that it opens with: 恒信鞋业 of 福建恒信鞋业.

    >>> without_place("福建恒信鞋业")
    '恒信鞋业'
    """
    rest = split_place(name)[1]
    return rest[len(short_at(rest) or "") :]


@lru_cache(maxsize=4096)
def chain_of(place: str) -> tuple[str, ...]:
    """The divisions that a chain of full names consists of; what is no division of the list is left out."""
    names: list[str] = []
    position = 0
    while (end := end_of_division(place, position, _LONGEST_PLACE)) is not None:
        names.append(place[position:end])
        position = end
    return tuple(names)


def levels_of(name: str) -> tuple[str, ...]:
    """The levels that a bare mention of this division's level can have."""
    if name.endswith("地区"):
        return ("地区",)
    return (name[-1], name[-3:]) if name[-3:].startswith("自治") else (name[-1],)


def shortens(short: str, full: str) -> bool:
    """Whether the office `short` (without its place) is a short form of the office `full`."""
    if full.startswith(_PEOPLES):
        full = full.removeprefix("人民")
    if short == full or (short == "社" and full.startswith("供销") and full.endswith("社")):
        return True
    if short in _UNIONS and full in _UNIONS and len(short) < len(full):
        return True  # 联社 for 农村信用合作联社
    if short == "中医院" and full == "中医医院":
        return True
    if len(short) < 2 or len(short) >= len(full) or short[0] != full[0] or short.endswith(_OWN_KINDS):
        return False
    if short[-1] != full[-1] and not any(full.endswith(e) and short.endswith(s) for e, s in _ENDS):
        return False
    return _runs_through(short, full)


def _runs_through(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in the same order."""
    rest = iter(full)
    return all(char in rest for char in short)


def begins_later(short: str, full: str) -> bool:
    """Whether `short` leaves out how `full` begins: 交易中心 for 公共资源交易中心, 一中 for 第一中学."""
    if full.find(short[0]) <= 0:
        return False
    numbers = _NUMERALS.findall(short)
    if len(short) < (2 if numbers or short.endswith("联") else 3) or numbers != _NUMERALS.findall(full):
        return False
    ends = (*_ENDS, *_NUMBERED_ENDS) if numbers else _ENDS
    if short[-1] != full[-1] and not any(full.endswith(e) and short.endswith(s) for e, s in ends):
        return False
    return not full.startswith(_TELLING) and _runs_through(short, full)


def spelled_out(name: str, given: Mapping[str, int]) -> str | None:
    """What a bank (建行), a league's committee (龙华团区委), a service or a force of a place (自贡消防) is in full.

    `given`: the organisations of the text and how often each stands there; None if none of them is meant.
    """
    place = name[:-2] if name[:-2] in divisions()[1] else ""
    bank = name[:2] if name[:2] in _BANKS else name[-2:]
    if bank in _BANKS:
        # 农行, 云溪农行, 农行云溪支行
        rest = name.removeprefix(bank).removesuffix(bank)
        longer = [o for o in given if _BANKS[bank] in o and _runs_through(rest, o)]
    elif league := _LEAGUE.fullmatch(name):
        committee = (league[1] or league[2]) + league[3]
        longer = [o for o in given if o.startswith("共青团") and committee in o]
    elif place and name.endswith(_SERVICES):
        longer = [o for o in given if place in o and name[-2:] in o and o.endswith(_SERVICE_ENDS)]
        if name.endswith("海关"):
            longer = [o for o in longer if o.endswith(name)]  # 满洲里海关 is not 满洲里车站海关
    elif place and name.endswith(("大队", "支队")):
        longer = [o for o in given if place in o and o.endswith(name[-2:])]
    else:
        return None
    return max((o for o in longer if o != name), key=lambda o: (given[o], -len(o)), default=None)


class OwnTowns:
    """The towns of one text, to tell which of them a bare 镇, 乡 or 街道 means.

    Args:
        mentions: the mentions of the text, in order.
        about: the place and the office that the text is about, "" where unknown.
    """

    def __init__(self, mentions: Iterable[Mention], about: tuple[str, str]) -> None:
        self._named: list[tuple[int, str, EntityType]] = []
        for mention in mentions:
            if mention.type in {"PLACE", "ORG"} and (town := _TOWN.match(split_place(mention.text)[1])):
                self._named.append((mention.start, town[0], mention.type))
        self._about = about
        self._commonest: dict[str, str] = {}
        for name, _ in Counter(name for _, name, _ in self._named).most_common():
            self._commonest.setdefault("街道" if name.endswith("街道") else name[-1], name)

    def of(self, level: str, offset: int) -> str | None:
        """The text's own town of that level, else the last one named before `offset`, else the commonest."""
        commonest = self._commonest.get(level)
        if commonest is None or any(commonest in name for name in self._about):
            return commonest
        before = [t for start, t, kind in self._named if start < offset and kind == "PLACE" and t.endswith(level)]
        return before[-1] if before else commonest


class FullNames:
    """The full names that a text gives, to look up short ones in.

    Args:
        names: the organisations of the text, short and full forms alike.
    """

    def __init__(self, names: Iterable[str]) -> None:
        # The last division of the place tells the offices of one place from those of another.
        self._by_place: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            place, office = split_place(name)
            if place and office:
                self._by_place[_last(place)].append((name, office))
                if unit := _PEOPLES_OFFICE.match(office):
                    # 人民检察院第五检察部 gives the name of the 检察院 too.
                    self._by_place[_last(place)].append((place + unit[0], unit[0]))
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The full name for `name`, which begins with its place; `name` itself where the text gives none."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> str:
        place, office = split_place(name)
        if not place or not office:
            return name
        known = self._by_place.get(_last(place), ())
        for cut in [len(office), *(m.end() for m in reversed(list(_OFFICE_END.finditer(office, 1))))]:
            head, unit = office[:cut], office[cut:]
            fuller = [
                full
                for full, other in known
                if (not other.startswith(head) or other == head + "员会") and shortens(head, other)
            ]
            if fuller:
                return max(fuller, key=len) + unit
            longer = [full for full, other in known if other == head and len(full) > len(place) + cut]
            if longer:
                return max(longer, key=len) + unit
        looser = [full for full, other in known if begins_later(office, other)] if len(known) <= _MOST else []
        return looser[0] if len(looser) == 1 else name


def _last(place: str) -> str:
    """The last division of a chain, an autonomous county (肃北县) by its whole name."""
    full = divisions()[0]
    return official(
        next(place[start:] for start in range(max(0, len(place) - _LONGEST_PLACE), len(place)) if place[start:] in full)
    )
