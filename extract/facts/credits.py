"""Credits: （安阳某报记者 王某 通讯员 李某）, 供稿：某局 张三, 文/图 李四.

Notes for a newcomer. A credit is a run of names between role words. A role may stand before its names (记者 张三) or
after them (张三 供稿), several roles may follow one another, and an editor's names are to be dropped. So the text is
cut at the role words, and each stretch of names goes to the role before it, or, where none is, to the role after it.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.data import load_toml
from extract.facts.places import divisions_of
from extract.facts.publication_dates import find_date

_DATA: dict[str, Any] = load_toml("facts/data/head.toml")
_ROLES: dict[str, list[str]] = _DATA["roles"]
_IGNORED = frozenset(_ROLES["ignored"])
_AFTER = frozenset(_ROLES["after"])
_ALL_ROLES = [*_ROLES["before"], *_ROLES["after"], *_ROLES["ignored"]]


def _either(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ROLE = re.compile(
    r"(?:全媒体|融媒体|特约|特派|见习|实习|首席|本报|本网|本刊|本台)*"
    rf"((?:提供(?!稿)|{_either([w for w in _ALL_ROLES if len(w) > 1 and w != '提供'])})(?!站|部|团|协会|之家)"
    # A role of one character is a word of its own, not a part of someone's name (文, 摄).
    rf"|(?<![一-鿿])(?:{_either([w for w in _ALL_ROLES if len(w) == 1])})(?![一-鿿]))"
)
# These make an office an author beside the people it names.
_CONTRIBUTES = frozenset({"供稿", "供稿单位", "来稿", "报送"})
_SEPARATOR = re.compile(r"[\s、，,；;:：●|丨/＼&]+")
_HAN_NAME = re.compile(r"[一-鿿]{2,4}")
_BOUND_NAME = re.compile(r"[一-鿿]{2,6}")
_LONG_NAME = re.compile(r"[一-鿿]{1,6}(?:[·•・][一-鿿]{1,8})+")
# A headline may ask 怎么办.
_OFFICE_END = re.compile(rf"(?<!怎么)(?:{_either(_DATA['names']['offices'])})$")
_LEADING_OFFICE = re.compile(
    rf"(?:(?!关于)[一-鿿（）()]){{3,24}}?(?:{'|'.join(_DATA['names']['heads'])})"
    rf"(?:{_either(_DATA['names']['branches'])}|[一-鿿]{{2,3}}分局)?(?=[ 一-鿿“《：\d])"
)
_MEDIA_END = re.compile(rf"(?:{_either(_DATA['names']['media'])})$")
_NO_MEDIA = tuple(_DATA["names"]["no_media"])
_OFFICE_THEN_NAME = re.compile(
    rf"(.{{2,30}}(?:{_either(_DATA['names']['offices'])}))((?![一-鿿]?(?:长|主任|书记|主席))[一-鿿]{{2,3}})"
)
_SECTION = re.compile(r"(?:[省市州县区]?局|机关|我局|本局)?[一-鿿]{1,8}(?:[科股处室部站所]|大队|中队|中心)")
# 张某（某县司法局）
_NAME_AND_OFFICE = re.compile(r"([一-鿿]{2,4})[（(]([一-鿿]{3,30})")
_NOBODY = frozenset(_DATA["names"]["nobody"])
# （摘自各县报送材料）, （根据某某报道整理）: what the text was made from.
_COMPILED = re.compile(r"(?:摘自|摘编自|根据|综合|据)[^：:；;]+?(?:[；;]|整理(?=[ ，,])|$)")
# （作者系某局民警　许某）
_AFFILIATION = re.compile(r"作者(?:系|为)[^ ：]{2,30}[ ：]")
_NO_NAMES = _NOBODY | {"单位", "部门", "电话", "日期", "时间", "地址", "邮箱", "盖章", "公章", "代章"}
# 本报驻某地记者站 is no office of its own.
_HOUSE_ITSELF = ("本报", "本网", "本刊", "本台", "本站", "本社")
# 某某新闻记者: whatever stands right before 记者 is the house.
_HOUSE = re.compile(r"(?<![一-鿿])(?!本[报网刊台])[一-鿿]{4,12}$")
_ACCOUNT_END: tuple[str, ...] = tuple(_DATA["accounts"]["endings"])
_PERSONS: dict[str, Any] = load_toml("ner/data/persons.toml")
_SURNAMES = frozenset(_DATA["people"]["surnames"] + _PERSONS["common_surnames"])
_NOT_GIVEN = frozenset(_PERSONS["not_given"])
_SOUNDS = frozenset(_PERSONS["sounds"])
_TRANSLITERATED = re.compile(rf"[{_PERSONS['sounds']}]{{4,9}}|(?:{'|'.join(_PERSONS['tibetan'])}){{2}}")
# 书记员, 法院民警: what someone is, between office and name; （傣族）, （女） after it.
_SENTENCE = re.compile(r"[，。！？；：“”]")
_POST = re.compile(rf"[一-鿿]{{0,6}}(?:{_either(_DATA['people']['posts'])})")
# 本文由某局供稿, 2023年9月4日于某县
_WRITTEN_BY = re.compile(r"^[（(]?(?:本[文稿])?由(?=.{3,30}供稿)|(?<=日)于[一-鿿]{2,5}$")
_PARTICULARS = re.compile(r"[（(](?:[一-鿿]{1,5}族|女|男)[)）]")
_NO_PEOPLE = frozenset(_DATA["people"]["no_people"])
_DOUBLE = tuple(_DATA["people"]["double"])


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says: people and offices, the offices that contribute (供稿) and in which order all author it."""

    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    media: str | None = None
    date: dt.date | None = None
    has_role: bool = False

    @property
    def authors(self) -> tuple[str, ...]:
        """Contributing offices and people; the other offices where nobody is named."""
        if self.people:
            return self.contributors or self.people
        return self.offices if self.has_role else self.contributors


def is_office(text: str) -> bool:
    """Whether `text` reads like the name of an office, firm or media house."""
    return len(text) >= 3 and bool(_OFFICE_END.search(text) or is_media(text)) and not _SEPARATOR.search(text)


def is_media(text: str) -> bool:
    """Whether `text` reads like the name of a media house."""
    return len(text) >= 3 and _MEDIA_END.search(text) is not None and not text.endswith(_NO_MEDIA)


def leading_office(text: str) -> str | None:
    """The office of a named place that `text` begins with: 某市审计局 of 某市审计局公告; None if there is none."""
    match = _LEADING_OFFICE.match(text)
    return match[0] if match and divisions_of(match[0]) else None


def is_section(text: str) -> bool:
    """Whether `text` names a section of an office (电商科, 市局水产科) and not which office it belongs to."""
    return _SECTION.fullmatch(text) is not None and not divisions_of(text) and not is_media(text)


def _is_account(text: str) -> bool:
    """Whether what contributed is named as by its account: 某某消防."""
    return len(text) >= 4 and text.endswith(_ACCOUNT_END)


def is_person(text: str) -> bool:
    """Whether `text` can be a person's full name with nothing around it to say so."""
    if _LONG_NAME.fullmatch(text):
        return True
    if not _HAN_NAME.fullmatch(text) or _OFFICE_END.search(text) or text in _NO_PEOPLE:
        return False
    return text.startswith(_DOUBLE) or (text[0] in _SURNAMES and len(text) <= 3)


def may_be_person(text: str) -> bool:
    """Whether `text` can be a name, a rare one too, where nothing else is to be expected."""
    if is_person(text) or _TRANSLITERATED.fullmatch(text):
        return True
    # Four characters are an idiom more often than a name.
    if not 2 <= len(text) <= 3 or not _HAN_NAME.fullmatch(text) or _OFFICE_END.search(text) or text in _NO_PEOPLE:
        return False
    return _NOT_GIVEN.isdisjoint(text)


def may_be_people(text: str) -> bool:
    """Whether `text`, which stands where writers are named, can be nothing but names."""
    names = _names(text)
    return bool(names) and all(map(may_be_person, names)) and sum(map(len, names)) == len(_SEPARATOR.sub("", text))


def is_unit_and_name(text: str, *, marked: bool = False) -> bool:
    """Whether `text` is nothing but an office and people's names: 某市委组织部　周某.

    `marked` says that the place or a mark (□) tells of a byline, so that the names may be rare ones.
    """
    bulleted = text.startswith(("□", "■"))
    text = text.lstrip("□■ ")
    if (marked or bulleted) and (pieces := text.split()) and is_office(pieces[0]) and _SENTENCE.search(text) is None:
        rest = [p for piece in merge_spaced(pieces[1:]) for p in piece.split("、") if not _POST.fullmatch(p)]
        return 1 <= len(rest) <= 4 and all(_HAN_NAME.fullmatch(p) if bulleted else may_be_person(p) for p in rest)
    names = _names(text)
    # One that is a person's beyond doubt vouches for the others, who may be of a family with rare names.
    return (
        len(names) > 1
        and is_office(names[0])
        and any(map(is_person, names[1:]))
        and not any(map(is_office, names[1:]))
        and len(text) <= 40
    )


def is_nobody(text: str) -> bool:
    """Whether a source line's value names nobody in particular (本站, 网络)."""
    return text in _NOBODY


def are_people(text: str) -> bool:
    """Whether `text` is nothing but people's full names: 张三　李四."""
    names = _names(text)
    return bool(names) and all(map(is_person, names)) and sum(map(len, names)) == len(_SEPARATOR.sub("", text))


def merge_spaced(pieces: list[str]) -> list[str]:
    """`pieces` with the two characters of a spaced name (王　凯) brought together; other single ones are left out."""
    merged: list[str] = []
    pending = ""
    for piece in pieces:
        if len(piece) > 1:
            merged.append(piece)
            pending = ""
        elif pending:
            merged.append(pending + piece)
            pending = ""
        else:
            pending = piece
    return merged


@lru_cache(maxsize=1024)
def read_credit(text: str) -> Credit:
    """The credit in `text`, a short stretch such as the inside of the brackets that close a report."""
    if compiled := _COMPILED.match(text):
        # What follows says who did it: （根据录音整理；整理人：某某）.
        text = text[compiled.end() :]
    text = _PARTICULARS.sub(" ", _AFFILIATION.sub("作者：", _WRITTEN_BY.sub("", text)))
    dated = find_date(text)
    if dated:
        text = text[: dated.start] + " " + text[dated.end :]
    parts = _ROLE.split(text)
    people: list[str] = []
    offices: list[str] = []
    contributors: list[str] = []
    media: str | None = None
    role = ""
    vouched = is_unit_and_name(text)
    for i in range(0, len(parts), 2):
        following = parts[i + 1] if i + 1 < len(parts) else ""
        names = _names(parts[i], bound=bool(role) or following in _AFTER)
        # 王某/文　李某/图: the stroke binds a name to the role after it.
        if role in _IGNORED or (following in _IGNORED and (not role or parts[i].endswith("/"))):
            names = []
        elif not role and following and following not in _AFTER:
            # What stands before 记者 is the paper, not a name: 安阳某报记者.
            media = next((n for n in names if is_media(n)), None)
            if media is None and following == "记者" and (house := _HOUSE.search(parts[i])):
                media = house[0]
            names = [n for n in names if n != media]
        for name in names:
            if is_media(name) and not _HAN_NAME.fullmatch(name):
                media = media or name
                offices.append(name)
            elif is_office(name) or ({role, following} & _CONTRIBUTES and _is_account(name)):
                offices.append(name)
                if {role, following} & _CONTRIBUTES or ((role or following in _AFTER) and is_section(name)):
                    contributors.append(name)
            elif role or following in _AFTER or vouched or is_person(name):
                people.append(name)
        role = following
    if contributors:
        contributors += people
    return Credit(
        _unique(people), _unique(offices), _unique(contributors), media, dated.date if dated else None, len(parts) > 1
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _names(text: str, *, bound: bool = False) -> list[str]:
    """The names in a stretch between roles; the two characters of a spaced name (王　凯) come together.

    `bound` says that a role goes with the stretch, so that longer names (巴音才次克) need no dot to be known.
    """
    name = _BOUND_NAME if bound else _HAN_NAME
    sounds = _SOUNDS if bound else frozenset()
    tokens = [t.strip("()（）[]【】“”《》-—.。!！□■●◆◎") for t in _SEPARATOR.split(text)]
    names: list[str] = []
    for token in merge_spaced([t for t in tokens if t]):
        if _POST.fullmatch(token) or token.startswith(_HOUSE_ITSELF):
            continue
        if placed := _NAME_AND_OFFICE.fullmatch(token):
            names += [placed[1], placed[2]] if is_person(placed[1]) else [token]
        elif is_office(token):
            names.append(token)
        elif split := _OFFICE_THEN_NAME.fullmatch(token):
            names += [part for part in split.groups() if part not in _NO_NAMES]
        elif (
            token not in _NO_NAMES
            and not token.endswith(("时间", "日期", "地点"))
            and (
                name.fullmatch(token) or _LONG_NAME.fullmatch(token) or 2 * sum(c in sounds for c in token) > len(token)
            )
        ):
            names.append(token)
    return names
