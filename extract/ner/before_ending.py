"""The name before the ending of a place, where neither a list nor the place before tells it: by jieba's words.

Notes for a newcomer. jieba knows few villages and rivers. It cuts their names into two words it does not know
(青杠 | 坝村), into a known one and the ending (南排 | 河), or takes them for a person's (骆马湖). What such an ending
makes of an ordinary word is no name (老旧 | 小区, 巡 | 河).
"""

import re
from functools import cache
from typing import Any

from extract.data import load_toml
from extract.ner.places import PLACE_TAGS, ordinary_words
from extract.ner.words import Words

# 社区居民, 村段: the word that jieba makes of an ending and what follows.
_RUNS_ON = re.compile("居民|村民|农民|牧民|群众|干部|党员|(?<=村)段|籍")
_VILLAGE_AFTER = re.compile(r"[一-龥]{2,4}?(?:村|社区|嘎查)")
# 两江 | 镇政府: what the ending of a town begins for jieba.
_OF_TOWN = re.compile("政府|党委|党政|人大|村委会|支部|党支部")
# 河长制, 湖长: an office, and no river.
_WARDEN = re.compile("长(?:制|们|办|巡|履|名|责|办公室|[，。、；）])|长(?=[一-龥]{2,3}[，。、说介])")
# 科洛 | 河滩地, 府谷 | 河畔: what a river begins for jieba.
_SHORE = re.compile("[畔边岸滩段面]|[上中下]游")
# 各乡镇, 全镇: what is said of all of them names none.
_QUANTIFIERS = frozenset("各全该本我每某两几多个")
_WAY_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "n", "v", "vn"})
_RARE_TAGS = frozenset({"zg", "g", "x", "ns", "nz", "nrt"})
_WATERS = frozenset({"河", "江", "湖", "水库"})
_RIVERS = frozenset("河江湖")
# 品质化社区, 东南部地区
_KINDS_OF = frozenset({"社区", "小区", "园区", "地区"})
_MAKES_KIND = ("化", "型", "式", "级", "类", "部", "部分")
_KINDS = ("老旧", "通村", "家居")
# 治河, 巡河, 长湖: one character before a water that makes a deed or a kind.
_NO_RIVER = frozenset(
    "治护管巡清查涉隔沿跨过渡入出内外两大小长短深浅冰天星爱该本全各此山江河湖新老旧上下东西南北先银运游填挖挡往向在"
)
# What may not stand before a numeral that begins a river's name (六股 | 河).
_COUNTED = frozenset("条道座片个处段")
_SURNAMES = frozenset(load_toml("ner/data/persons.toml")["surnames"]) - frozenset(
    load_toml("ner/data/persons.toml")["rare_surnames"]
)
# Villages and valleys are called after families (汪家沟), and some by their side (西韩岭村).
_FAMILY_PLACES = frozenset({"沟", "湾", "岭", "屯", "河", "村", "社区", "自然村"})
_SIDES = frozenset("东西南北上下前后大小")
# 县 | 镇村: kinds of places, and no piece of a name.
_ABOVE = frozenset("省市县区乡镇村组户")
_MODIFIERS = frozenset({"国际", "水上"})
# After these a place is expected.
_LEADS = frozenset("在到至赴往从由进距沿经抵于住访回驻达辖、")


class _Lists:
    """The lists of places.toml that endings go by."""

    def __init__(self) -> None:
        places: dict[str, Any] = load_toml("ner/data/places.toml")
        geography = places["geography"]
        self.towns = frozenset(places["towns"]["endings"])
        self.generic = frozenset(places["towns"]["generic"])
        self.nothing = frozenset(geography["nothing"])
        self.common = frozenset(geography["common"])
        self.areas = frozenset(geography["areas"])
        self.parks = frozenset(geography["parks"])
        self.ways = frozenset(geography["ways"])
        self.regions = frozenset(places["regions"])


@cache
def lists() -> _Lists:
    """The lists, read once."""
    return _Lists()


class NameBefore:
    """Reads the names before endings in the words of one text; offsets are view offsets."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.text = words.text
        self.lists = lists()

    def closed(self, end: int) -> bool:
        """Whether the ending ends a word, or one that goes on with the people or the office of the place."""
        if self.text.endswith("村村", 0, end):
            return False  # 青坪村 | 村集体
        if self.words.begins(end):
            return not _WARDEN.match(self.text, end)
        if self.text[end - 1] in "镇乡村" and self.words.begins(end - 1):
            # 村 | 种: what jieba makes of the ending and what follows is no word that it knows.
            unknown = self.words.tag_at(end) == "x" and self.text[end] not in _ABOVE
            return unknown or bool(_OF_TOWN.match(self.text, end) or _RUNS_ON.match(self.text, end))
        if self.text[end - 1] in _RIVERS and self.words.begins(end - 1):
            known = self.words.tag_at(end - 2) in {"x", "ns", "nz"} and "一" <= self.text[end - 2] <= "龥"
            return known and bool(_SHORE.match(self.text, end))
        return bool(_RUNS_ON.match(self.text, end))

    def cut(self, end: int) -> bool:
        """关桥乡方堡村: whether jieba cut wrongly at the end of a town, so that a village follows."""
        return bool(_VILLAGE_AFTER.match(self.text, end))

    def free(self, start: int, end: int) -> bool:
        """Whether words begin at both borders and no name ends between them."""
        return self.words.begins(start) and self.words.begins(end) and self.words.next_stop(start) >= end

    def plain(self, start: int, end: int) -> bool:
        """Whether an ordinary word stands there."""
        words = self.words
        return words.ends[words.index[start]] >= end and words.tag_at(start) not in PLACE_TAGS

    def led(self, start: int) -> bool:
        """Whether a phrase begins at `start`, or a word before leads to a place (来到 | 青杠坝村)."""
        text = self.text
        free = start == 0 or not "一" <= text[start - 1] <= "龥" or self.words.stop_before(start) == start
        return free or text[start - 1] in _LEADS

    def names(self, inner: str, form: str) -> bool:
        """Whether `inner` before the ending `form` can be a name, and does not make a kind of it."""
        return (
            inner not in self.lists.generic
            and inner + form not in self.lists.nothing
            and inner[-1] not in "两各几数是"
            and not (form in _KINDS_OF and inner.endswith(_MAKES_KIND))
            and inner[0] not in _QUANTIFIERS
            and not _ABOVE.issuperset(inner)
        )

    def is_kind(self, ending: int) -> bool:
        """2020年 | 老旧小区: whether the words before the ending make a kind of it."""
        return self.text.endswith(_KINDS, 0, ending)

    def by_words(self, ending: int, end: int, form: str) -> int | None:
        """Where the name with its ending at `[ending, end)` begins by the words before, None if none stands there."""
        words = self.words
        number = words.index[ending]
        start = words.starts[number]
        if words.words[number] in self.lists.regions:
            return None  # known by itself: 主城 | 长江
        areas = self.lists.areas | self.lists.parks
        if start == ending and number and words.words[number - 1] in self.lists.regions and form in areas:
            return words.starts[number - 1]  # 海河 | 教育园区
        if start < ending:
            return self._within_word(number, ending, end, form)
        number -= 1
        if number > 0 and words.words[number] in _MODIFIERS:
            number -= 1  # 武宿 | 国际机场
            ending = words.ends[number]
        if number < 0 or words.ends[number] != ending:
            return None
        return self._word_before(number, form)

    def _within_word(self, number: int, ending: int, end: int, form: str) -> int | None:
        """The name that ends within the word `number`, which holds the ending too."""
        words = self.words
        start, tag = words.starts[number], words.tags[number]
        inner = self.text[start:ending]
        if inner in self.lists.common or not self.names(inner, form) or tag not in {"ns", "nz", "x", "nr", "nrt"}:
            return None
        town = form in self.lists.towns
        if tag in {"nr", "x"} and not town and not self._river(start, end, tag):
            return None  # 刘云山
        if form in _RIVERS and inner in _NO_RIVER:
            return None
        if start and self.text[start - 1].isdigit():
            return None  # 28 | 人下村
        if len(inner) == 1 and number and form in _WATERS and self._joins(number, 1):
            return words.starts[number - 1]  # 渠/溪河
        if len(inner) == 1 and tag == "x" and form in _RIVERS:
            return start  # 狗河
        if (
            len(inner) == 1
            and (tag == "x" if town else tag == "ns")
            and number
            and self._joins(number, 2 if town else 1)
        ):
            before = words.starts[number - 1]  # 青杠 | 坝村, 红 | 溪沟
            if self.led(before):
                return before
        return start if len(inner) > 1 or tag == "ns" else None

    def _word_before(self, number: int, form: str) -> int | None:
        """The name that the word `number`, right before the ending, is or ends."""
        words = self.words
        word, tag, start = words.words[number], words.tags[number], words.starts[number]
        if len(word) == 1 and number and self._joins(number):
            # 水磨/滩/水库: a name that jieba does not know.
            return words.starts[number - 1]
        if len(word) == 1 and form in _RIVERS and tag in _RARE_TAGS and word not in _NO_RIVER and self.led(start):
            return start  # 叆 | 河
        if form == "水库" and len(word) == 1 and number and words.tags[number - 1] == "x":
            before = words.starts[number - 1]  # 苏盖 | 提 | 水库
            return before if self.led(before) and "一" <= self.text[before] <= "龥" else None
        if form in _RIVERS and tag.startswith("m") and len(word) > 1 and word[-1] not in _COUNTED:
            return None if word[0].isdigit() else start  # 六股 | 河
        if number and words.tags[number - 1].startswith(("m", "q")):
            return None
        if len(word) < 2 or (start in words.stop_set and word not in ordinary_words()) or not self.names(word, form):
            return None
        if form in _FAMILY_PLACES and word[1] == "家" and word[0] in _SURNAMES and len(word) == 2:
            return start  # 汪家 | 沟
        if form in self.lists.towns:
            named = tag in PLACE_TAGS or word in ordinary_words()
            rural = form in {"乡", "镇"} and tag == "n" and len(word) == 2 and word not in self.lists.common
            if (named or rural) and number and words.words[number - 1] in _SIDES and self.led(start - 1):
                return start - 1  # 西 | 韩岭 | 村
            return start if named or rural else None
        if word in self.lists.common:
            return None
        if form == "水库":
            return start if tag in PLACE_TAGS else None
        if form in self.lists.parks and (tag in {"ns", "x", "nr"} or (tag == "nz" and form[-1] == "苑")):
            if len(word) > 4:
                return None
            # 察尔汗 | 工业园; 红 | 溪沟 | 码头
            whole = len(word) == 2 and number and self._joins(number, 1) and words.stop_before(start) == start - 1
            return start - 1 if whole else start
        if form in _RIVERS and tag in {"ns", "nz", "x"} and len(word) <= 4:
            return start  # 南排 | 河
        return start if tag in _WAY_TAGS and len(word) == 2 and form in self.lists.ways else None

    def _river(self, start: int, end: int, tag: str) -> bool:
        """骆马湖, 小东江: whether a word that jieba takes for a person's name is a place's."""
        last = self.text[end - 1]
        person = end - start == 3 and self.text[start] in _SURNAMES
        if tag == "x":
            return not person or last not in "江山"
        return last in "河湖" or (last == "江" and not person)

    def _joins(self, number: int, longest: int = 2) -> bool:
        """Whether the word before can begin the name that goes on with word `number`."""
        words = self.words
        before = words.words[number - 1]
        stops = words.starts[number] in words.stop_set or words.starts[number - 1] in words.stop_set
        known = words.tags[number - 1] in {*PLACE_TAGS, "n", "zg", "g", "ng", "vg", "a", "b"}
        return not stops and known and len(before) <= longest and before not in self.lists.common
