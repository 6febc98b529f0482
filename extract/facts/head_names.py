"""Names as heads and tails of bulletins give them: offices, media houses, people, told by their form alone."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.data import load_toml
from extract.facts.places import divisions_of
from extract.facts.spaced_names import SURNAMES, close_up
from extract.ner.gazetteer import short_at
from extract.ner.lexicon import Flag, divisions
from extract.patterns import any_of

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
_PERSONS: dict[str, Any] = load_toml("ner/data/persons.toml")


_SEPARATOR = re.compile(r"[\s、，,；;:：●|丨/＼&—]+")
_HAN_NAME = re.compile(r"[一-鿿]{2,4}")
_BOUND_NAME = re.compile(r"[一-鿿]{2,6}")
_LONG_NAME = re.compile(r"[一-鿿]{1,6}(?:[·•・][一-鿿]{1,8})+")
_DOT = re.compile("[·•・]")
_OFFICES: tuple[str, ...] = tuple(_DATA["names"]["offices"])
_WORKPLACES: tuple[str, ...] = tuple(_DATA["names"]["workplaces"])
_LONGEST_NAME = 3
_OWN_OFFICES = frozenset(_DATA["names"]["own_offices"])
_LEADING_OFFICE = re.compile(
    rf"(?:国家税务总局)?(?:(?!关于)[一-鿿（）()]){{2,24}}?(?:{'|'.join(_DATA['names']['heads'])})(?!医院|血站)"
    rf"(?:{any_of(_DATA['names']['branches'])}|[一-鿿]{{2,3}}分局|[一-鿿]{{0,3}}[警侦]察?[支大总]队)?"
    r"(?=[ 一-鿿“《：\d])"
)
# 平度|法院, not 平度审计|为政府
_SHORT_OFFICE = re.compile(r"[^为对向将把被让给帮助与和到在于]{2,6}")
_NO_OFFICES: tuple[str, ...] = tuple(_DATA["names"]["no_offices"])
_MEDIA: tuple[str, ...] = tuple(_DATA["names"]["media"])
_SHORT_MEDIA = frozenset(_DATA["names"]["short_media"])
_NO_MEDIA = tuple(_DATA["names"]["no_media"])
# End like 年报 and are papers: 中州青年报.
_LONG_MEDIA = tuple(m for m in _MEDIA if m.endswith(_NO_MEDIA) and m not in _NO_MEDIA)
_OFFICE_THEN_NAME = re.compile(
    rf"(.{{1,30}}(?:{any_of(_DATA['names']['offices'])}))((?![一-鿿]{{0,2}}(?:长|主任|书记|主席|经理|委员))[一-鿿]{{2,3}})"
)
_LONGEST_SECTION = 5
_SECTION = re.compile(r"(?:[省市州县区]?局|机关|我局|本局)?[一-鿿]{1,8}(?:[科股处室部站所办]|大队|中队|中心)|执行局")
# 张某（某县司法局）
_NAME_AND_OFFICE = re.compile(r"([一-鿿]{2,4})[ ]?[（(]([一-鿿]{3,30})")
_NOBODY = frozenset(_DATA["names"]["nobody"])
# Labels of a page and words of its furniture name nobody (【关闭】).
_NO_NAMES = (
    _NOBODY
    | {"单位", "部门", "电话", "日期", "时间", "地址", "邮箱", "盖章", "公章", "代章"}
    | frozenset(_DATA["furniture"]["whole"])
    | frozenset(label for labels in _DATA["labels"].values() for label in labels)
)
# 本报驻某地记者站 is no office of its own.
_HOUSE_ITSELF = ("本报", "本网", "本刊", "本台", "本站", "本社")
# 某县记者站 says where the paper's people sit.
_STATION = re.compile(r"[^报网台社]{2,6}记者站")
# 某某日报融媒, 某某新闻: houses by what reporters put before their role.
HOUSES = tuple(_DATA["names"]["houses"])
COMMON_SURNAMES = frozenset(_PERSONS["common_surnames"])
_NOT_GIVEN = frozenset(_PERSONS["not_given"])
_SOUNDS = frozenset(_PERSONS["sounds"])
_PIECE = f"(?:{any_of(_PERSONS['tibetan'] + _PERSONS['mongolian'])})"
# 阿卜杜热西提, 阿依夏木; 扎西多吉, 斯琴高娃, 巴图那生, 布和; 吉克阿支
_TRANSLITERATED = re.compile(
    rf"[{_PERSONS['sounds']}]{{4,9}}|[{_PERSONS['sounds']}]{{1,4}}(?:古丽|夏木|买提|万古丽|江|汗)"
    rf"|{_PIECE}(?:{_PIECE}|[一-鿿]{{1,2}})?|[一-鿿]{{1,2}}{_PIECE}|(?:{any_of(_PERSONS['yi'])})[一-鿿]{{2}}"
)
# 乌云其木格: longer than other names.
_OF_PIECES = re.compile(f"(?=[一-鿿]{{5,8}}$){_PIECE}{{2,3}}")
_SENTENCE = re.compile(r"[，。！？；：“”]")
_FULL_STOP = re.compile(r"[。！？]")
# Nobody's name ends so.
_NO_GIVEN_END = ("县", "市", "省")
# 书记员, 法院民警: what someone is, between office and name.
_POST = re.compile(rf"[一-鿿]{{0,6}}(?:{any_of(_DATA['people']['posts'])})")
_IN_OFFICE = re.compile(rf"[一-鿿]{{2,30}}(?:{any_of(_DATA['people']['posts'])})")
# 书记：张某, 某局副局长　张某: who signs or speaks for an office.
_HEADS_OFFICE = re.compile(
    r".*(?:副?[局厅院校所站处科队部会司县市区镇乡行社关]长|书记|主任|主席|总?经理|董事长?|(?:秘书|检察|理事|支队|大队)长)"
)
# Characters that stand apart are a name's: 某司法所　自 某 某
_APART = re.compile(r"[ ：:][一-鿿](?: {1,4}[一-鿿]){1,2}$")
_NO_PEOPLE = frozenset(_DATA["people"]["no_people"]) | _NO_NAMES
_DOUBLE = tuple(_DATA["people"]["double"])


def is_office(text: str) -> bool:
    """Whether `text` reads like the name of an office, firm or media house."""
    return len(text) >= 3 and (_ends_as_office(text) or is_media(text)) and not _SEPARATOR.search(text)


def is_workplace(text: str) -> bool:
    """Whether `text`, right before people's names, is an office or where else they work: 某煤矿综采一队."""
    return is_office(text) or (len(text) > _LONGEST_NAME and text.endswith(_WORKPLACES))


def is_own_office(text: str) -> bool:
    """Whether `text` is what every office or school has and calls by two characters: 团委, 工会."""
    return text in _OWN_OFFICES


def _ends_as_office(text: str) -> bool:
    # A headline may end in 在某县举办 or ask 怎么办; a line break may follow.
    return text.rstrip("\n").endswith(_OFFICES) and not text.endswith(_NO_OFFICES)


@lru_cache(maxsize=1024)
def is_media(text: str) -> bool:
    """Whether `text` reads like the name of a media house (also 某市台, by the place's short name)."""
    if text.endswith(("台", "网", "报")) and text not in _NO_MEDIA and text[:-1] in divisions()[1]:
        # 丽水网 is no 水网.
        return True
    if text in _SHORT_MEDIA:
        return True
    if "·" in text:
        # 某某日报·某某云: the house with its client.
        return is_media(text.partition("·")[0])
    return len(text) >= 3 and text.endswith(_MEDIA) and (not text.endswith(_NO_MEDIA) or text.endswith(_LONG_MEDIA))


def leading_office(text: str) -> str | None:
    """The office of a named place that `text` begins with: 某市审计局 of 某市审计局公告; None if there is none."""
    match = _LEADING_OFFICE.match(text)
    if match is None:
        return None
    short = short_at(match[0])
    is_short = short is not None and _SHORT_OFFICE.fullmatch(match[0], len(short)) is not None
    return match[0] if is_short or divisions_of(match[0]) else None


def is_section(text: str) -> bool:
    """Whether `text` names a section of an office (电商科, 市局水产科) and not which office it belongs to."""
    if _SECTION.fullmatch(text) is None or is_media(text):
        return False
    # 太原铁路公安处: a place's short name tells whose it is.
    return not divisions_of(text) and not _begins_with_city(text)


def _begins_with_city(text: str) -> bool:
    short = short_at(text) if len(text) > _LONGEST_SECTION else None
    return short is not None and any(d.level in (Flag.PROVINCE, Flag.CITY) for d in divisions()[1][short])


def is_person(text: str) -> bool:
    """Whether `text` can be a person's full name with nothing around it to say so."""
    if _LONG_NAME.fullmatch(text):
        # 某某晚报·某某壹点 is a house and its client.
        return not any(is_media(part) or part.endswith(HOUSES) for part in _DOT.split(text))
    if not _HAN_NAME.fullmatch(text) or _ends_as_office(text) or text in _NO_PEOPLE or is_media(text):
        return _OF_PIECES.fullmatch(text) is not None
    if text.endswith(_NO_GIVEN_END):
        return False
    if text.startswith(_DOUBLE) or (text[0] in SURNAMES and len(text) <= 3):
        return True
    return _TRANSLITERATED.fullmatch(text) is not None


def may_be_person(text: str) -> bool:
    """Whether `text` can be a name, a rare one too, where nothing else is to be expected."""
    if is_person(text):
        return True
    # Four characters are an idiom more often than a name.
    if not 2 <= len(text) <= 3 or not _HAN_NAME.fullmatch(text) or _ends_as_office(text) or text in _NO_PEOPLE:
        return False
    if is_media(text) or text.endswith(_NO_GIVEN_END):
        return False
    return _NOT_GIVEN.isdisjoint(text)


def may_be_people(text: str) -> bool:
    """Whether `text`, which stands where writers are named, can be nothing but names."""
    names = names_in(text)
    return bool(names) and all(map(may_be_person, names)) and sum(map(len, names)) == len(_SEPARATOR.sub("", text))


def is_unit_and_name(text: str, *, marked: bool = False) -> bool:
    """Whether `text` is nothing but an office and people's names: 某市委组织部　周某.

    `marked` says that the place or a mark (□) tells of a byline, so that the names may be rare ones.
    """
    bulleted = text.startswith(("□", "■"))
    text = text.lstrip("□■ ")
    if (marked or bulleted) and (pieces := text.split()) and is_office(pieces[0]) and _SENTENCE.search(text) is None:
        own = 2 if len(pieces) > 2 and (is_office(pieces[1]) or is_own_office(pieces[1])) else 1
        rest = [p for piece in merge_spaced(pieces[own:]) for p in piece.split("、") if not _POST.fullmatch(p)]
        return 1 <= len(rest) <= 4 and all(_HAN_NAME.fullmatch(p) if bulleted else may_be_person(p) for p in rest)
    tokens = tokens_of(text)
    if _FULL_STOP.search(text) or not _NO_NAMES.isdisjoint(tokens) or any(map(_HEADS_OFFICE.fullmatch, tokens)):
        # 三个部门联动。, 联系人　某某科　王某
        return False
    names = names_in(text)
    # One that is a person's beyond doubt vouches for the others, who may be of a family with rare names.
    # 某县第一中学　团委　张某: an office may stand with its section.
    second = "".join(names[1:2])
    people = names[2:] if is_office(second) or is_own_office(second) else names[1:]
    return (
        len(names) > 1
        and (is_workplace(names[0]) or is_own_office(names[0]))
        and (any(map(is_person, people)) or (bool(people) and _APART.search(text) is not None))
        and (not any(map(is_office, people)) or _are_pairs(names))
        and len(text) <= 40
    )


def _are_pairs(names: list[str]) -> bool:
    """Whether `names` are offices with people of theirs, one after the other: 某局　张三　某所　李四."""
    # A name between two offices may be a rare one.
    return all(
        _HAN_NAME.fullmatch(after) is not None and not is_office(after)
        if is_office(name)
        else _HAN_NAME.fullmatch(name) is not None
        for name, after in pairwise([*names, ""])
    )


def is_name_and_office(text: str) -> bool:
    """Whether `text` is someone's name with the office in brackets: 张三（某县司法局）."""
    placed = _NAME_AND_OFFICE.match(text)
    return placed is not None and is_person(placed[1]) and is_office(placed[2]) and text[placed.end() :] in ("）", ")")


def is_nobody(text: str) -> bool:
    """Whether a source line's value names nobody in particular (本站, 网络)."""
    return text in _NOBODY


def are_people(text: str) -> bool:
    """Whether `text` is nothing but people's full names: 张三　李四."""
    names = names_in(text)
    return bool(names) and all(map(is_person, names)) and sum(map(len, names)) == len(_SEPARATOR.sub("", text))


def merge_spaced(pieces: list[str]) -> list[str]:
    """`pieces` with spaced names (王　凯) brought together, also where the office touches them (某县公安局叶　某)."""
    if 1 not in map(len, pieces):
        return pieces
    apart: list[str] = []
    for piece, following in pairwise([*pieces, ""]):
        touched = len(following) == 1 and len(piece) > 3 and piece[-1] in SURNAMES and is_office(piece[:-1])
        apart += [piece[:-1], piece[-1]] if touched and not is_office(piece) else [piece]
    return close_up(apart)


def names_in(text: str, *, bound: bool = False) -> list[str]:
    """The names in a stretch between roles; the two characters of a spaced name (王　凯) come together.

    `bound` says that a role goes with the stretch, so that longer names (巴音才次克) need no dot to be known.
    """
    name = _BOUND_NAME if bound else _HAN_NAME
    sounds = _SOUNDS if bound else frozenset()
    names: list[str] = []
    for token in tokens_of(text):
        if _POST.fullmatch(token) or token.startswith(_HOUSE_ITSELF) or _STATION.fullmatch(token):
            continue
        if placed := _NAME_AND_OFFICE.fullmatch(token):
            # 张三（某县第一中学教师）
            worked_at = [] if _IN_OFFICE.fullmatch(placed[2]) else [placed[2]]
            names += [placed[1], *worked_at] if is_person(placed[1]) else [token]
        elif is_workplace(token):
            names.append(token)
        elif split := _OFFICE_THEN_NAME.fullmatch(token):
            names += [part for part in split.groups() if part not in _NO_NAMES]
        elif (
            token not in _NO_PEOPLE
            and not token.endswith(("时间", "日期", "地点"))
            and (
                name.fullmatch(token) or _LONG_NAME.fullmatch(token) or 2 * sum(c in sounds for c in token) > len(token)
            )
        ):
            names.append(token)
    return names


def tokens_of(text: str) -> list[str]:
    """The words of a stretch between roles, without brackets and marks, spaced names brought together."""
    tokens = [t.strip("()（）[]【】“”《》-—/.。!！□■●◆◎○〇◇☆★") for t in _SEPARATOR.split(text)]
    return merge_spaced([t for t in tokens if t])


def may_be_writer(token: str) -> bool:
    """Whether a word of a credit can be a writer, an office or post of one, or the house of a reporter (某报融媒)."""
    return (
        may_be_person(token)
        or is_office(token)
        or token.startswith(_HOUSE_ITSELF)
        or _POST.fullmatch(token) is not None
        or token.endswith(HOUSES)
        or ((split := _OFFICE_THEN_NAME.fullmatch(token)) is not None and may_be_person(split[2]))
    )
