"""One key for an office under all its wordings: 成都市青羊区司法局, 青羊区司法局, 区司法局.

Notes for a newcomer. A name is taken apart into what stands before the place (国家税务总局), the place, and the office
proper (司法局). The place is completed to its chain from the province down, by the list of divisions and by where the
bulletin is from; a bare level (市教育局, 团县委) or a town (河桥镇司法所) takes its place from the bulletin alone. The
office proper is written in full. The key is the chain and the office put together, which reads like the office's
full name; an office without a place (a ministry, a firm) has its name in full for key.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from extract.data import load_rows
from extract.facts.division_chains import Chain, complete
from extract.facts.places import divisions_of
from extract.ner.gazetteer import owners_of, short_at
from extract.segment.view import fold
from schemas import Office

_FULL: dict[str, str] = {short: full for short, full in load_rows("facts/data/office_names.tsv")}  # noqa: C416
_KNOWN = re.compile("|".join(sorted({*_FULL, *_FULL.values()}, key=len, reverse=True)))
_GAP = re.compile(r"\s+")
_SEAL = re.compile(r"[（(](?:盖章|公章|代章|印章)[)）]$")
# The party's committee and what works for it: 市委政法委, 市政法委, 市委宣传部.
_OF_COMMITTEE = re.compile(r"(?=政法委|宣传部|组织部|统战部|网信办)")
_COMMITTEE = re.compile(r"(?:地委|党委|委)(?!员会)(?:办(?=$))?")
_BRANCH = re.compile(r"(?<=[局队])([一-鿿]{2,6}?)[市区县旗](?=分局$)")
_LEVEL = re.compile(r"(自治区|省|市|州|盟|县|区|旗)(?=[一-鿿]{2})")
# 团市委, 龙华团区委
_YOUTH_LEAGUE = re.compile(r"(?P<place>[一-鿿]{0,8}?)团(?P<level>省|市|州|县|区|旗)委(?=$|[一-鿿]{2})")
# 国家统计局吴忠调查队: a branch of the state's own.
_STATE_BRANCH = re.compile(r"(?P<parent>国家统计局|国家税务总局|国家金融监督管理总局)(?P<rest>[一-鿿]{4,})")
_NO_OFFICE = re.compile(r"公司|集团|大学|学院|学校|中学|小学|银行|医院")
_TOWN = re.compile(
    r"[一-鿿]{1,6}?(?:(?:镇|(?<!城)乡(?!村)|社区|苏木|嘎查|(?<![农乡])村)(?=[一-鿿]{2})|街道(?=$|[一-鿿]{2}))"
)
# Only an office of the state takes the bare name of its place for the place itself: 成都大学 is not of 成都市.
_OF_STATE = re.compile(
    r"(?:(?:[局厅委]|委员会|法院|检察院|支队|大队|总队|妇联|残联|工会|团委|海关|办公室|政府|工商联|文联|科协|供销社|纪委|监委|分局)"
    r"(?:[一-鿿]{2,6}[科处室队])?)$"
)
# Parents that add nothing where the place is known: 国家税务总局成都市税务局, 中共成都市委.
_PARENTS = ("国家税务总局", "中国共产党", "中共", "中华人民共和国")
_MOST_DIVISIONS = 5
_INNER = re.compile(r"[局院委部厅队](?!.{0,1}$)")
_ANCESTORS = {"省": ("省",), "自治区": ("自治区",), "市": ("市",), "州": ("州", "盟"), "盟": ("盟",)}
# 九部门, 有关部门, 各县区司法局: nobody in particular.
_NOBODY = re.compile(r"[各等]|(?:[\d一二两三四五六七八九十]+|多|有关|相关)(?:个|家)?(?:部门|单位|部委|机构)$")


def office_of(name: str, own: Chain) -> Office:
    """The office that `name` names in a bulletin whose own place is `own`."""
    key, division = _key(name, own)
    return Office(name=name, key=key, division=division)


@lru_cache(maxsize=1 << 10)
def bare_names(office: str) -> tuple[str, ...]:
    """What `office` is called without its place, in full and for short: 文化和旅游局, 文旅局."""
    divisions = divisions_of(office)
    if not divisions:
        return ()
    proper = office[office.index(divisions[-1]) + len(divisions[-1]) :]
    return (proper, *(short for short, full in _FULL.items() if full == proper)) if len(proper) > 2 else ()


def is_nobody_in_particular(name: str) -> bool:
    """Whether `name` stands for offices that it does not name: 九部门, 各县区司法局."""
    return _NOBODY.match(name) is not None


@lru_cache(maxsize=1 << 14)
def _key(name: str, own: Chain) -> tuple[str, str | None]:
    compact = _SEAL.sub("", _GAP.sub("", fold(name)))
    chain, parent, proper = _parts(compact, own)
    full = _in_full(proper, bool(chain))
    if chain and parent in _PARENTS:
        parent = ""
    division = "".join(chain)
    return division + parent + full or name, division or None


def _parts(name: str, own: Chain) -> tuple[Chain, str, str]:
    """The chain of `name`, what stands before its place, and the office proper."""
    if league := _YOUTH_LEAGUE.match(name):
        chain = _of_league(league["place"], league["level"], own)
        if chain:
            return chain, "共青团", "委员会" + name[league.end() :]
    if named := _divisions(name):
        place = "".join(named)
        at = name.find(place)
        return complete(named, own), name[:at], name[at + len(place) :]
    if (level := _LEVEL.match(name)) and (chain := _at_level(own, level[1])):
        return chain, "", name[level.end() :]
    if own and _TOWN.match(name) and name[0] not in "全各本":
        return own, "", name
    if branch := _STATE_BRANCH.fullmatch(name):
        chain, rest = _of_bare_place(branch["rest"], own)
        return (chain, branch["parent"], rest) if chain else ((), "", name)
    if _OF_STATE.search(name) and not _NO_OFFICE.search(name):
        chain, rest = _of_bare_place(name, own)
        return chain, "", rest
    return (), "", name


def _of_bare_place(name: str, own: Chain) -> tuple[Chain, str]:
    """The chain of the place whose bare name `name` begins with (成都人社局), and what follows it."""
    short = short_at(name)
    if short is None or len(name) - len(short) < 2:
        return (), name
    options = {complete((owner,), own) for owner in owners_of(short)}
    near = [c for c in options if c[: len(own)] == own or own[: len(c)] == c] or list(options)
    if name.startswith("地委", len(short)):
        near = [c for c in near if c[-1].endswith("地区")]
    return (near[0], name[len(short) :]) if len(near) == 1 else ((), name)


def _of_league(place: str, level: str, own: Chain) -> Chain:
    """The chain of a committee of the youth league: 团市委, 冷水江市团市委, 龙华团区委."""
    if not place:
        return _at_level(own, level)
    named = divisions_of(place) or divisions_of(place + level)
    return complete(named, own)


def _divisions(name: str) -> Chain:
    """The divisions that `name` begins with; what a branch is for (市公安局青羊区分局) belongs to the office."""
    return tuple(takewhile(lambda division: not _INNER.search(division), divisions_of(name)[:_MOST_DIVISIONS]))


def _at_level(own: Chain, level: str) -> Chain:
    """The part of the bulletin's own chain that a bare level means; () where it has none."""
    endings = _ANCESTORS.get(level)
    if endings is None or (level == "市" and len(own) > 2 and own[-1].endswith("市")):
        # 县, 区, 旗, and a city at the level of a county: the last of the chain.
        return own if own and own[-1].endswith(level) else ()
    found = next((i for i, division in enumerate(own) if division.endswith(endings)), None)
    return own[: found + 1] if found is not None else ()


def _in_full(proper: str, of_place: bool) -> str:
    """The office proper with its abbreviations written out."""
    if of_place:
        if committee := _COMMITTEE.match(proper):
            office = "办公室" if committee[0].endswith("办") else ""
            proper = f"委员会{office}{proper[committee.end() :]}"
        if _OF_COMMITTEE.match(proper):
            proper = f"委员会{proper}"
    proper = _BRANCH.sub(r"\1", proper)
    return _KNOWN.sub(lambda m: _FULL.get(m[0], m[0]), proper)


def offices_of(names: Iterable[str], own: Chain) -> tuple[Office, ...]:
    """The offices of the distinct `names`, in their order."""
    return tuple(office_of(name, own) for name in dict.fromkeys(names) if name and not is_nobody_in_particular(name))
