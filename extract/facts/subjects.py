"""The explicit subject of a clause.

Notes for a newcomer. A subject stands at the beginning of its clause, with nothing before it but times, connectives
and list marks. It is a mention (ORG or PLACE; several joined ones act together); or a topic such as 全市 and 我县,
resolved by the subject in force and the bulletin's own place; or a reference such as 该局 or a bare 工作站, resolved by
the mentions before it; or people who stand for nobody named (各地, 全体), who end the subject in force.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from extract.data import load_toml
from extract.facts.credits import is_media
from extract.facts.places import at_level, division_at
from extract.layers import Layers
from schemas import Mention

_DATA: dict[str, Any] = load_toml("facts/data/scopes.toml")


def _words(key: str) -> str:
    return "|".join(sorted(map(re.escape, _DATA[key]), key=len, reverse=True))


# What a clause may begin with, in one pattern: the name of the group that matches says which.
_BEGINNING = re.compile(
    r"(?:全|我|本)(?P<ours>市|省|区|县|州|旗|盟|镇|乡|村|街道)(?!域|内外)"
    r"|该(?P<that>市|省|区|县|州|旗|盟|镇|乡|村|街道)(?!场|局|委|法院|检)"
    r"|(?:该|我|本)(?P<anaphor>厅|局|委|办|所|站|院|校|处|科|队|支队|大队|总队|中心|医院|公司|协会|会|社|馆|单位|机构|企业|学校|分局)"
    r"|(?P<level>[省市县区州旗])(?:本级|级|直)(?!以)"
    r"|[省市县区州旗](?P<bureau>局|厅|院|委|支队|大队)(?=[一-鿿])"
    r"|(?P<ourselves>我们)(?!的)"
    r"|(?P<others>各(?:地|级|市|县|区|旗|镇|乡|街道|部门|单位|所|局|院|校|律师)|广大|全体|全国|两地|双方)"
    rf"|(?P<head>{_words('heads')})"
    rf"|(?P<opener>(?:{_words('openers')})[，,]?"
    r"|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)）．]|[一二三四五六七八九十]是(?=[^，])"
    r"|[“”（■●★◆▲▶▪•◦►➤☆◎○·—\- ]+"
    # Emoji and other pictographs open the lines of posts.
    r"|[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+"
    # A run-in heading: 打击犯罪　1至6月…
    r"|[^，。；：、\s]{2,12}[ 　](?=\S))"
)
_AFTER_DURATION = re.compile(_words("after_duration"))
_LINK = re.compile(r"[、和与及同]|会同|联合|以及|携手|协同")
# 与某地区14个部队: those are the partners, not the place.
_QUALIFIES = re.compile(r"\d|[两三四五六七八九十数多各]个?")
_AND_OTHERS = re.compile(r"[”]?等(?:\d|[一二两三四五六七八九十多])")
_HOUSEHOLD = re.compile(rf"[^，。；：、\s]{{0,8}}?(?:{_words('households')})$")
_PASSIVE = "被由经"
_BUREAU = re.compile(r"[省市县区州旗](?:局|厅|院|委|支队|大队)")
_COMMUNITIES = ("社区", "街道", "镇", "乡", "村")
_EXIST = re.compile(r"[就共现已]?有")
_POST = re.compile(r"[^，。；：“”]{0,14}?(?:长|书记|主任|主席|总监|经理|处|科|员|人|师|干部|民警)(?=[一-鿿])")
_SAYS = re.compile(r"[^，。；：]{0,8}?(?:说|介绍|表示|告诉|坦言|透露|[算数]了?[一笔着]|称|提醒|认为|[：:])")
_PRIVATE = re.compile(r"(?:公司|集团|厂|合作社|医院|学校|小学|中学|大学|学院|协会|商会|店|村|社区)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who opens a clause, and where. `owner` is whose the figures are: None where those named stand for more."""

    actors: tuple[str, ...]
    owner: str | None
    at: int


class Subjects:
    """Finds the subjects of clauses in one bulletin."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._starts = [m.start for m in self._names]
        self._at = {m.start: m for m in self._names}
        self._people = {m.start: m for m in layers.mentions if m.type == "PERSON"}
        self._times = {t.start: t.end for t in layers.times}
        self._durations = {q.start: q.end for q in layers.quantities if q.dimension == "duration"}

    def of(self, start: int, end: int, in_force: tuple[str, ...]) -> tuple[Subject | None, int]:
        """The subject that opens the clause, None if it names none, and where the clause's own words begin."""
        text = self._text
        position = start
        while position < end:
            if mention := self._at.get(position):
                return self._named(mention, end), position
            if time_end := self._times.get(position):
                position = time_end
            elif duration := self._durations.get(position):
                suffix = _AFTER_DURATION.match(text, duration)
                if suffix is None:
                    break
                position = suffix.end()
            elif match := _BEGINNING.match(text, position, end):
                if match.lastgroup != "opener":
                    return self._referred(match, in_force), position
                position = match.end()
            elif text[position] == "在" and (mention := self._at.get(position + 1)) and _EXIST.match(text, mention.end):
                return self._named(mention, end), position
            elif text[position] == "被":
                return self._after_relative(position, end), position
            else:
                return self._household(position, end), position
        return None, position

    def _referred(self, match: re.Match[str], in_force: tuple[str, ...]) -> Subject | None:
        """The subject behind a topic, a reference or people unnamed."""
        kind, at = match.lastgroup, match.start()
        if kind in ("ours", "that"):
            name = self._resolve_topic(match[kind], at, in_force)
        elif kind == "level":
            # 市级公益金: the place's own, where it is of that level.
            name = self._place if at_level(self._place, match["level"]) else None
        elif kind == "bureau":
            # 市局: the bulletin's own office, where it is one of the kind.
            if self._office is None or not self._office.endswith(match["bureau"]):
                return None
            name = self._office
        elif kind == "ourselves":
            name = self._office
        elif kind == "others":
            name = None
        elif self._text[at] in "我本" and self._office and self._office.endswith(match[kind or 0]):
            name = self._office
        else:
            name = self._named_before(at, match[kind or 0], in_force)
            if name is None:
                return None
        return Subject((name,) if name else (), name, at)

    def passive(self, start: int, end: int) -> dict[int, tuple[str, ...]]:
        """The doers named after 被, 由, 经 and 受 within the clause, by where they stand."""
        found: dict[int, tuple[str, ...]] = {}
        for i in range(bisect_left(self._starts, start + 1), bisect_left(self._starts, end)):
            mention = self._names[i]
            before = self._text[mention.start - 1]
            if before in _PASSIVE or (found and before == "的" and mention.type == "ORG"):
                # The second case: 被某部授予称号的某所 goes on to act itself.
                found[mention.start] = tuple(_name(m) for m in self._joint(mention, end))
        return found

    def _named(self, mention: Mention, end: int) -> Subject | None:
        if mention.end in self._people or is_media(mention.text):
            # 某小学李某: where someone belongs, not who acts; nor is the paper that reports.
            return None
        if self._office and _BUREAU.fullmatch(mention.text) and self._office.endswith(mention.text[1:]):
            return Subject((self._office,), self._office, mention.start)
        if self._speaks(mention, end):
            return Subject((), None, mention.start)
        joint = self._joint(mention, end)
        names = tuple(dict.fromkeys(_name(m) for m in joint))
        owner = None if _AND_OTHERS.match(self._text, joint[-1].end) else names[0]
        return Subject(names, owner, mention.start)

    def _speaks(self, mention: Mention, end: int) -> bool:
        """Whether an official's words follow (市统计局局长某某说): they tell of the place rather than of the office."""
        post = _POST.match(self._text, mention.end, end)
        if post is None or not self._people or _PRIVATE.search(mention.text):
            return False
        person = self._people.get(post.end())
        return person is not None and _SAYS.match(self._text, person.end) is not None

    def _joint(self, mention: Mention, end: int) -> list[Mention]:
        """The mentions that act together from `mention` on: A、B和C."""
        joint = [mention]
        while link := _LINK.match(self._text, joint[-1].end, end):
            following = self._at.get(link.end()) or self._at.get(link.end() + 1)
            if following is None or (following.type == "PLACE" and _QUALIFIES.match(self._text, following.end)):
                break
            joint.append(following)
        return joint

    def _after_relative(self, start: int, end: int) -> Subject | None:
        """被某部授予称号的某所挂牌成立了…: the name that the relative clause describes."""
        for i in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            mention = self._names[i]
            if mention.type == "ORG" and self._text[mention.start - 1] == "的":
                return Subject((_name(mention),), _name(mention), mention.start)
        return None

    def _household(self, position: int, end: int) -> Subject | None:
        """养殖户某某家有…: the person whose case is told."""
        if not self._people:
            return None
        for person in range(position + 1, min(position + 12, end)):
            if mention := self._people.get(person):
                if _HOUSEHOLD.match(self._text, position, person):
                    return Subject((_name(mention),), _name(mention), position)
                break
        return None

    def _resolve_topic(self, level: str, position: int, in_force: tuple[str, ...]) -> str | None:
        for name in in_force:
            if division := division_at(name, level):
                return division
        if at_level(self._place, level):
            return self._place
        last = bisect_right(self._starts, position)
        for mention in reversed(self._names[max(0, last - 60) : last]):
            if division := division_at(_name(mention), level):
                return division
        return self._place

    def _named_before(self, position: int, ending: str, in_force: tuple[str, ...]) -> str | None:
        ending = ending.removesuffix("内")
        if in_force and in_force[0].endswith(ending):
            return in_force[0]
        last = bisect_right(self._starts, position)
        for mention in reversed(self._names[max(0, last - 60) : last]):
            if (mention.type == "ORG" or ending in _COMMUNITIES) and _name(mention).endswith(ending):
                return _name(mention)
        if self._office and (self._office.endswith(ending) or ending in ("单位", "机构")):
            return self._office
        return None


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text
