"""Names behind topics and references: 全市, 该镇, 该局, a bare 工作站.

A topic (全市, 我县) is the division of that level that acts, the bulletin's own, or what the bulletin's own belongs to
(全省 in a county's bulletin). A reference (该局) points at the last subject of its kind, then at the bulletin's own
office, and only then at any name told before.
"""

from collections.abc import Iterable

from extract.facts.name_index import NameIndex, name_of
from extract.facts.places import at_level, division_at
from extract.layers import Context
from extract.ner.gazetteer import official, owners_of, parents

_COMMUNITIES = ("社区", "街道", "镇", "乡", "村", "小区", "新区", "开发区", "园区", "高新区", "经开区", "景区")
# What ends a reference, and the endings of the names that it can mean.
_MEANS = {
    "校": ("学校", "大学", "学院", "中学", "小学"),
    "学校": ("学校", "中学", "小学"),
    "会": ("会", "残联", "妇联", "文联", "侨联", "社科联", "工商联", "科协"),
    "委": ("委", "委员会"),
    "院": ("医院", "法院", "检察院", "学院", "研究院"),
    "海关": ("海关", "海关总署"),
}
_BUREAUS = ("局", "支队", "大队", "总队", "委员会", "海关", "所")
# 两家, 三地: whom they mean, of whatever ending.
_SEVERAL = {"家": ("ORG",), "单位": ("ORG",), "部门": ("ORG",), "方": ("ORG",), "地": ("PLACE",)}
_ANY = ("单位", "机构", "企业")
# So many names before a reference are searched.
_REACH = 60
_SUBJECTS = 8
# A mark and a quotation mark between a name and what points back at it.
_MARKS = 2
# So many for the names of its own sentence.
_NEAR = 6


class References:
    """Resolves references in one bulletin, in the order of the text.

    Args:
        context: the bulletin's own place and office.
        names: the names of the bulletin.
    """

    def __init__(self, context: Context, names: NameIndex) -> None:
        self._place, self._office = context.place, context.office
        self._names = names
        self._subjects: list[tuple[str, int]] = []
        self._alone: dict[tuple[str, bool], str | None] = {}

    def remember(self, names: Iterable[str], offset: int) -> None:
        """Keep who acted at `offset`, for references that follow."""
        self._subjects += ((name, offset) for name in names)

    def acts(self, name: str, offset: int) -> bool:
        """Whether `name` acts in the sentence of `offset`."""
        return (
            bool(self._subjects)
            and self._subjects[-1][0] == name
            and not self._names.is_parted(self._subjects[-1][1], offset)
        )

    def last_office(self) -> str | None:
        """The bureau or squad that acted last."""
        return next((name for name, _ in self._subjects[: -_SUBJECTS - 1 : -1] if name.endswith(_BUREAUS)), None)

    def topic(self, level: str, offset: int, in_force: tuple[str, ...]) -> str | None:
        """The division that 全`level` or 该`level` means at `offset`."""
        for name in in_force:
            if division := division_at(name, level):
                return division
        if at_level(self._place, level):
            return self._place
        if level in _COMMUNITIES and (named := self._before(offset, level)):
            return named
        for mention in self._names.before(offset, _REACH):
            if division := division_at(name_of(mention), level):
                return division
            if mention.type == "PLACE" and (whole := _of_level(mention.text, level, self._place)):
                return whole
        if self._place is None:
            return None
        return next((p for p in parents(official(self._place)) if at_level(p, level)), self._place)

    def named(self, ending: str, offset: int, in_force: tuple[str, ...]) -> str | None:
        """The organisation or community that 该`ending` or a bare `ending` means at `offset`."""
        ending = ending.removesuffix("内")
        if self._names.text_at(offset) == "该" and (near := self._in_sentence(offset, ending, in_force)):
            return near
        if self._names.text_at(offset) == "该" and (before := self._just_named(offset, ending)):
            return before
        own = self._office if self._office and ends_like(self._office, ending) else None
        if own and self._names.text_at(offset) == ending[0]:
            return own  # 学校, in a school's own bulletin
        for name in in_force[:1]:
            if ends_like(name, ending):
                return name
        for name, at in self._subjects[: -_SUBJECTS - 1 : -1]:
            # In a new paragraph 该局 is the bulletin's own again.
            if ends_like(name, ending) and not (own and self._names.is_apart(at, offset)):
                return name
        if own:
            return own
        if found := self._before(offset, ending):
            return found
        return self._office if ending in _ANY else self._only(ending)

    def ours(self, ending: str) -> str | None:
        """The one office of the bulletin's own place that 我院 or 我校 can mean where its own office is no such."""
        return self._only(ending, local=True)

    def several(self, ending: str, number: int, offset: int) -> tuple[str, ...]:
        """Those of the sentence that 三地, 两家 or 两村 means at `offset`, () if there are not as many of the kind."""
        names: list[str] = []
        for mention in self._names.before(offset, _NEAR):
            if self._names.is_parted(mention.end, offset):
                break
            name = name_of(mention)
            alike = mention.type in _SEVERAL[ending] if ending in _SEVERAL else ends_like(name, ending)
            if alike and name not in names:
                names.insert(0, name)
        return tuple(names) if len(names) == number else ()

    def _just_named(self, offset: int, ending: str) -> str | None:
        """交给了某救护站。该站…: what the sentence before ends with."""
        last = next(self._names.before(offset, 1), None)
        if last is None or last.type != "ORG" or not 0 < offset - last.end <= _MARKS:
            return None
        return name_of(last) if ends_like(name_of(last), ending) else None

    def _in_sentence(self, offset: int, ending: str, in_force: tuple[str, ...]) -> str | None:
        """机制在某区法院试行以来，该院发出…: what the sentence has just named, if who acts is not named in it."""
        near: str | None = None
        for mention in self._names.before(offset, _NEAR):
            if self._names.is_parted(mention.end, offset):
                break
            name = name_of(mention)
            if name in in_force[:1]:
                return None
            if near is None and mention.type == "ORG" and ends_like(name, ending):
                near = name
        return near

    def _only(self, ending: str, *, local: bool = False) -> str | None:
        """The one organisation of the whole text that ends like `ending`; `local`: of those of the bulletin's place."""
        key = (ending, local)
        if key not in self._alone:
            alike = {name for name in self._names.offices() if ends_like(name, ending)}
            if local:
                alike = {name for name in alike if self._place and self._place[:2] in name}
            self._alone[key] = alike.pop() if len(alike) == 1 else None
        return self._alone[key]

    def _before(self, offset: int, ending: str) -> str | None:
        for mention in self._names.before(offset, _REACH):
            if (mention.type == "ORG" or ending in _COMMUNITIES) and ends_like(name_of(mention), ending):
                return name_of(mention)
        return None


def _of_level(short: str, level: str, place: str | None) -> str | None:
    """The division of `level` of the bulletin's own place that the bare name `short` means (玉溪, of 云南省)."""
    above = official(place) if place else ""
    return next((o for o in owners_of(short) if at_level(o, level) and above in parents(official(o))), None)


def ends_like(name: str, ending: str) -> bool:
    """Whether 该`ending` can mean `name` (该校: 某大学)."""
    return name.endswith(_MEANS.get(ending, (ending,)))
