"""Places known by their ending: towns, villages, landforms, ways and areas.

Notes for a newcomer. The ending is easy to find, the beginning is not. It is taken, in this order, from the list of
towns (石桥镇), from the place that the name follows in one breath (江村街道锦绣社区), and from the one word before the
ending, if that is a name or an unknown word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from extract.data import load_rows, load_toml
from extract.ner.again import find_again
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag
from extract.ner.places import PLACE_TAGS, Chain, ordinary_words
from extract.ner.words import Words

_VILLAGE_AFTER = re.compile(r"[一-龥]{2,4}?(?:村|社区|嘎查)")
# These follow the division's own name (黄山风景区), the others need a name between.
_AREAS = frozenset(load_toml("ner/data/places.toml")["geography"]["areas"])
_TOWN_NAMES = frozenset({"镇", "乡", "街道", "村", "社区"})
_VILLAGES = frozenset({"村", "社区", "嘎查"})
_NEXT_ENDINGS = (
    _AREAS | _VILLAGES | frozenset({"公园", "湿地公园", "森林公园", "大桥", "隧道", "水库", "广场", "小区", "国家公园"})
)
# What follows a town in one breath besides villages.
_IN_TOWNS = _VILLAGES | frozenset({"路", "街", "大街", "大道", "小区", "广场", "公园"})
_LONGEST_VILLAGE = 5
_LONGEST_TOWN = 8
# What may stand between a division and the ending of a town or landform in it.
_LONGEST_INNER, _LONGEST_APART = 8, 4
_PEOPLE = frozenset({"居民", "村民", "群众", "干部", "党员"})
# 各乡镇, 全镇: what is said of all of them names none.
_QUANTIFIERS = frozenset("各全该本我每某两几多")
_WAY_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "n", "v", "vn"})
_WATERS = frozenset({"河", "江", "湖", "水库"})
_RIVERS = frozenset("河江湖")
# A landform or way is no part of the division that it lies in (献县 | 子牙河), as a town or a zone is.
_APART = frozenset(load_toml("ner/data/places.toml")["geography"]["apart"])
_WAYS_OUT = frozenset({"高速", "高速公路", "国道", "省道"})
_STATION = re.compile("[东西南北]?(?:高铁|火车|汽车)?站(?![点位台长区务内])")
# 童寺镇陈家坝
_HAMLET = re.compile("[一-龥]{1,3}[湾坝寨坪塘沟岭冲屯垸]")
_NUMERALS = "一二三四五六七八九十百"
# 品质化社区, 东南部地区
_KINDS_OF = frozenset({"社区", "小区", "园区", "地区"})
_MAKES_KIND = ("化", "型", "式", "级", "类", "部", "部分")
_REGIONS = frozenset(load_toml("ner/data/places.toml")["regions"])
_KINDS = ("老旧", "通村", "家居")
# 治河, 巡河, 长湖: one character before a water that makes a deed or a kind.
_NO_RIVER = frozenset(
    "治护管巡清查沿跨过渡入出内外两大小长短深浅冰天星爱该本全各此山江河湖新老旧上下东西南北先银运游下填挖挡"
)
# What may not stand before a numeral that begins a river's name (六股 | 河).
_COUNTED = frozenset("条道座片个处")
_SURNAMES = frozenset(load_toml("ner/data/persons.toml")["common_surnames"])
# Named by an unknown word before them, without their division.
_PARKS = frozenset(
    {
        "工业园",
        "工业园区",
        "产业园",
        "园区",
        "开发区",
        "高新区",
        "新区",
        "码头",
        "大桥",
        "机场",
        "公园",
        "国家公园",
        "自然保护区",
        "省级自然保护区",
        "国家级自然保护区",
        "景区",
        "风景区",
        "隧道",
        "小区",
        "湿地公园",
        "森林公园",
    }
)
_WAYS = frozenset({"大道", "大街", "路", "街", "湖", "公园", "广场", "大桥"})


def find_endings(words: Words, chains: list[Chain]) -> list[Candidate]:
    """Candidate PLACEs known by their ending: towns, villages, landforms, ways; with the chain before them."""
    return _Endings(words, chains).find()


@cache
def _towns() -> dict[str, frozenset[str]]:
    return {ending: frozenset(names.split(" ")) for ending, names in load_rows("ner/data/towns.tsv")}


@cache
def _ending_pattern() -> re.Pattern[str]:
    places = load_toml("ner/data/places.toml")
    endings = sorted([*places["towns"]["endings"], *places["geography"]["endings"]], key=len, reverse=True)
    return re.compile("|".join(endings))


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    places = load_toml("ner/data/places.toml")
    return (
        frozenset(places["towns"]["endings"]),
        frozenset(places["towns"]["generic"]),
        frozenset(places["geography"]["nothing"]),
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(load_toml("ner/data/places.toml")["geography"]["common"])


class _Endings:
    """Reads names backwards from the endings of towns, villages, landforms and ways."""

    def __init__(self, words: Words, chains: list[Chain]) -> None:
        self.words = words
        self.text = words.text
        self.chain_ends = [c.end for c in chains]
        self.chains = chains
        self.town_endings, self.generic, self.nothing = _lists()
        self.common = _common()
        self.sure = False  # whether the name just read is known, not guessed

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        inner: dict[str, str] = {}  # what follows a division: 三市镇 in 平江县三市镇
        for match in _ending_pattern().finditer(self.text):
            end = match.end()
            before = found[-1] if found else None
            chain = self._chain_to(match.start())
            if chain and (not before or before.end < chain.end) and self.text.endswith(("镇", "街道"), 0, chain.end):
                before = Candidate(chain.start, chain.end, "PLACE", "")  # 虎门镇 is on the list of divisions
            self.sure = False
            start: int | None
            if before and before.end == match.start() and match[0] in _NEXT_ENDINGS and self._closed(end):
                start = before.end  # 学园路 | 社区, 太阳山 | 开发区
            elif before and self._listed(before, match):
                start = before.end + 1
            elif before and before.end < match.start() and self._village(before, match.start(), match[0]):
                start = before.end
                self.sure = bool(chain) and match[0] in _VILLAGES
            else:
                start = self._start(match.start(), end, match[0])
            if start is None:
                continue
            alone = match[0] in _APART and not _ending_pattern().match(self.text, end)  # but 龟山 | 村
            apart = alone and any(p and p.end == start for p in (before, self._chain_over(start)))
            # 江村街道锦绣社区: what ends where this begins is read in one breath with it.
            if before and before.end == start and not apart:
                start = before.start
                if found and found[-1].end == before.end:
                    found.pop()
            chain = None if apart else self._chain_over(start)
            if chain:
                start = chain.start
            if chain and end - chain.end >= 3 and match[0] in _TOWN_NAMES and not self._plain(chain.end, end):
                inner[self.text[chain.end : end]] = ""
            if match[0] in _TOWN_NAMES and (hamlet := _HAMLET.match(self.text, end)) and self._free(*hamlet.span()):
                end = hamlet.end()
            found.append(Candidate(start, end, "PLACE", "rule:town" if self.sure else "rule:place-ending"))
        found += self._stations()
        ends = {c.end for c in found}
        again = [(s, e) for s, e, _ in find_again(self.words, inner) if e not in ends]
        return sorted([*found, *(Candidate(s, e, "PLACE", "rule:name-again") for s, e in again if self._closed(e))])

    def _stations(self) -> Iterator[Candidate]:
        """昆明站, 成都东站: a city's stations."""
        for chain in self.chains:
            if chain.flags & Flag.SHORT and not chain.doubtful and not chain.open_end:
                station = _STATION.match(self.text, chain.end)
                if station and self.words.begins(station.end()):
                    yield Candidate(chain.start, station.end(), "PLACE", "rule:station")

    def _free(self, start: int, end: int) -> bool:
        """Whether words begin at both borders and no name ends between them."""
        return self.words.begins(start) and self.words.begins(end) and self.words.next_stop(start) >= end

    def _listed(self, before: Candidate, ending: re.Match[str]) -> bool:
        """玉河社区、世贸社区: whether the name follows a town or village in a list and nothing else can stand there."""
        text, start = self.text, before.end + 1
        if ending[0] not in self.town_endings or text[before.end] not in "、和" or not 2 <= ending.start() - start <= 6:
            return False
        inner = text[start : ending.start()]
        if not self._free(start, ending.start()) or not self._closed(ending.end()):
            return False
        ordinary = inner in self.generic or inner in self.common or not all("一" <= c <= "龥" for c in inner)
        return not ordinary and text.endswith(tuple(self.town_endings), 0, before.end)

    def _village(self, before: Candidate, ending: int, form: str) -> bool:
        """石关乡马畈村: whether the village's name stands between the town and the ending."""
        words = self.words
        inner = self.text[before.end : ending]
        in_town = self.text.endswith(("镇", "乡", "街道"), before.start, before.end) and len(inner) >= 2
        if (
            form not in _IN_TOWNS
            or (form not in _VILLAGES and not in_town)
            or len(inner) > _LONGEST_VILLAGE
            or not self._closed(ending + len(form))
        ):
            return False
        stop = words.next_stop(before.end)
        while stop < ending:
            # Rare characters of village names are classifiers or nothing to jieba (畈, 圩); some begin with a numeral.
            counts = stop > before.end or len(inner) < 3 or inner[0] not in _NUMERALS or inner[1] in "个余多"
            if words.tag_at(stop) != "q" and (counts or not words.tag_at(stop).startswith("m")):
                return False
            stop = words.next_stop(stop + 1)
        return all("一" <= c <= "龥" for c in inner) and inner not in self.generic

    def _plain(self, start: int, end: int) -> bool:
        """Whether an ordinary word stands there."""
        words = self.words
        return words.ends[words.index[start]] >= end and words.tag_at(start) not in PLACE_TAGS

    def _chain_to(self, offset: int) -> Chain | None:
        """The last chain that ends at or before `offset`."""
        at = bisect_right(self.chain_ends, offset)
        return self.chains[at - 1] if at else None

    def _chain_over(self, offset: int) -> Chain | None:
        """The chain that covers `offset` or ends there."""
        at = bisect_left(self.chain_ends, offset)
        if at < len(self.chains) and self.chains[at].start < offset:
            return self.chains[at]
        return None

    def _start(self, ending: int, end: int, form: str) -> int | None:
        """Where the name with its ending at `[ending, end)` begins, None if it is no name."""
        words, text = self.words, self.text
        chain = self._chain_to(ending)
        if form in self.town_endings:
            # A town of the list right after its division is sure, wherever jieba cuts.
            towns = _towns().get(form, frozenset())
            if chain and text[chain.end : ending] in towns:
                self.sure = True
                return chain.end
            for length in range(min(_LONGEST_TOWN, ending), 1, -1):
                start = ending - length
                if start in words.stop_set:
                    continue  # 向 | 城镇
                sure = length >= 3 or self._closed(end) or self._cut(end)
                if text[start:ending] in towns and words.begins(start) and sure:
                    return start
            if not self._closed(end):
                return None
            if chain and chain.end == ending and chain.flags & Flag.SHORT:
                return chain.start  # 威远社区
        elif not self._closed(end):
            return None
        if chain and chain.end == ending and form in _AREAS:
            return chain.start
        if text.endswith(_KINDS, 0, ending):
            return None  # 2020年 | 老旧小区
        reach = _LONGEST_APART if form in _APART else _LONGEST_INNER
        known = words.word_at(ending) in _REGIONS
        if chain and not known and not chain.doubtful and chain.end < ending <= chain.end + reach:
            inner = text[chain.end : ending]
            inside = words.word_at(ending) in self.nothing and not words.begins(ending)
            named = inner not in self.common and not inside and self._names(inner, form)
            if form in _WAYS_OUT and inner.endswith(("镇", "乡", "街道", "村", "社区")):
                return None  # 四通镇 | 高速 | 路口
            if named and words.begins(chain.end) and words.next_stop(chain.end) >= end:
                return chain.end
        return self._by_words(ending, end, form)

    def _closed(self, end: int) -> bool:
        """Whether the ending ends a word, or one that goes on with the people of the place (社区居民)."""
        return self.words.begins(end) or self.text[end : end + 2] in _PEOPLE

    def _cut(self, end: int) -> bool:
        """关桥乡方堡村: whether jieba cut wrongly at the end of a town, so that a village follows."""
        return bool(_VILLAGE_AFTER.match(self.text, end))

    def _names(self, inner: str, form: str) -> bool:
        return (
            inner not in self.generic
            and inner + form not in self.nothing
            and inner[-1] not in "两各几数"
            and not (form in _KINDS_OF and inner.endswith(_MAKES_KIND))
            and inner[0] not in _QUANTIFIERS
        )

    def _by_words(self, ending: int, end: int, form: str) -> int | None:
        words = self.words
        number = words.index[ending]
        start, tag = words.starts[number], words.tags[number]
        if words.words[number] in _REGIONS:
            return None  # known by itself: 主城 | 长江
        if start == ending and number and words.words[number - 1] in _REGIONS and form in _AREAS | _PARKS:
            return words.starts[number - 1]  # 海河 | 教育园区
        if start < ending:
            inner = self.text[start:ending]
            if inner in self.common or not self._names(inner, form) or tag not in {"ns", "nz", "x", "nr", "nrt"}:
                return None
            if tag in {"nr", "x"} and form not in self.town_endings and not self._river(start, end, tag):
                return None  # 刘云山
            if form in _RIVERS and inner in _NO_RIVER:
                return None
            if start and self.text[start - 1].isdigit():
                return None  # 28 | 人下村
            if len(inner) == 1 and number and form in _WATERS and self._joins(number, 1):
                return words.starts[number - 1]  # 渠/溪河
            if len(inner) == 1 and tag == "x" and form in _RIVERS:
                return start  # 狗河
            return start if len(inner) > 1 or tag == "ns" else None
        number -= 1
        if number > 0 and words.words[number] == "国际":
            number -= 1  # 武宿国际机场
            ending = words.ends[number]
        if number < 0 or words.ends[number] != ending:
            return None
        word, tag, start = words.words[number], words.tags[number], words.starts[number]
        if len(word) == 1 and number and self._joins(number):
            # 水磨/滩/水库: a name that jieba does not know.
            return words.starts[number - 1]
        if form in _RIVERS and tag.startswith("m") and len(word) > 1 and word[-1] not in _COUNTED:
            return None if word[0].isdigit() else start  # 六股 | 河
        if number and words.tags[number - 1].startswith(("m", "q")):
            return None
        if len(word) < 2 or (start in words.stop_set and word not in ordinary_words()) or not self._names(word, form):
            return None
        if form in self.town_endings:
            named = tag in PLACE_TAGS or word in ordinary_words()
            rural = form in {"乡", "镇"} and tag == "n" and len(word) == 2 and word not in self.common
            return start if named or rural else None
        if word in self.common:
            return None
        if form == "水库":
            return start if tag in PLACE_TAGS else None
        if form in _PARKS and tag in {"ns", "x", "nr"}:
            if len(word) > 4:
                return None
            # 察尔汗 | 工业园; 红 | 溪沟 | 码头
            whole = len(word) == 2 and number and self._joins(number, 1) and words.stop_before(start) == start - 1
            return start - 1 if whole else start
        if form in _RIVERS and tag in {"ns", "nz", "x"} and len(word) <= 4:
            return start  # 南排 | 河
        return start if tag in _WAY_TAGS and len(word) == 2 and form in _WAYS else None

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
        known = words.tags[number - 1] in {*PLACE_TAGS, "n", "zg", "ng", "vg", "a", "b"}
        return not stops and known and len(before) <= longest and before not in self.common
