"""Places known by their ending: towns, villages, landforms, ways and areas.

Notes for a newcomer. The ending is easy to find, the beginning is not. It is taken, in this order, from the place that
the name follows in one breath (江村街道锦绣社区), from the list of towns (石桥镇), and from the words before the ending
(`extract.ner.before_ending`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from extract.data import load_rows, load_toml
from extract.ner.again import find_again
from extract.ner.before_ending import NameBefore
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag
from extract.ner.places import PLACE_TAGS, Chain
from extract.ner.words import Words

_TOWNS = ("镇", "乡", "街道", "苏木")
_TOWN_NAMES = frozenset({"镇", "乡", "街道", "苏木", "村", "社区", "嘎查"})
_VILLAGES = frozenset({"村", "社区", "嘎查"})
# What follows a town in one breath besides villages.
_IN_TOWNS = _VILLAGES | frozenset({"路", "街", "大街", "大道", "小区", "广场", "公园"})
_LONGEST_VILLAGE = 5
_LONGEST_TOWN = 8
# What may stand between a division and the ending of a town or landform in it.
_LONGEST_INNER, _LONGEST_APART = 8, 4
_WAYS_OUT = frozenset({"高速", "高速公路", "国道", "省道"})
_STATION = re.compile("[东西南北]?(?:高铁|火车|汽车)?站(?![点位台长区务内])")
_ZONE = re.compile(
    "(?:国家级|省级)?(?:(?:经济|经济技术|高新技术产业|高新技术|农业高新技术产业|循环经济)(?:开发区|示范区|园区)"
    "|(?:综合)?保税区|(?:边境|跨境)(?:经济|旅游)合作区|(?:华侨)?旅游经济区)"
)
# 童寺镇陈家坝
_HAMLET = re.compile("[一-龥]{1,3}[湾坝寨坪塘沟岭冲屯垸](?!村|社区)")
# 关坝村3组
_GROUP = re.compile("(?:第?[0-9一二三四五六七八九十]{1,3}(?:村民小)?组|[0-9]{1,2}社)(?![一-龥]?[长员团委]|织|成|建)")
_NUMERALS = "一二三四五六七八九十百千万"
_COUNTS = _NUMERALS + "个余多几来两"
# These single characters before 村 are deeds and no piece of its name (石桥镇到村), as others are (加定镇扎隆口村).
_NOT_IN_VILLAGE = frozenset("在到进入与和及的等各每全多个至有是为把被由用让使给令请驻下返出离整逐包回帮扶建各该本")
_ZONES = frozenset({"高新区", "经开区", "开发区", "度假区"})
_LONGEST_ROW = 14
# 滨海旅游公 | 路
_KINDS_OF_WAY = frozenset("公道马铁线")
_SIDES = frozenset({"", "东门", "西门", "南门", "北门", "中心"})
_NOT_IN_LISTED = ("p", "c", "u", "d", "r")


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
def _geography(key: str) -> frozenset[str]:
    return frozenset(load_toml("ner/data/places.toml")["geography"][key])


class _Endings(NameBefore):
    """Reads names backwards from the endings of towns, villages, landforms and ways."""

    def __init__(self, words: Words, chains: list[Chain]) -> None:
        super().__init__(words)
        self.chain_ends = [c.end for c in chains]
        self.chains = chains
        # A landform or way is no part of the division that it lies in (献县 | 子牙河), as a town or a zone is.
        self.apart = _geography("apart")
        self.next = self.lists.areas | _VILLAGES | _geography("next")
        self.sure = False  # whether the name just read is known, not guessed

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        covered: set[int] = set()  # where found names and the parts of them end
        inner: dict[str, str] = {}  # what follows a division: 三市镇 in 平江县三市镇
        for match in _ending_pattern().finditer(self.text):
            end = match.end()
            before = found[-1] if found else None
            chain = self._chain_to(match.start())
            if chain and (not before or before.end < chain.end) and self.text.endswith(("镇", "街道"), 0, chain.end):
                before = Candidate(chain.start, chain.end, "PLACE", "")  # 虎门镇 is on the list of divisions
            self.sure = False
            start: int | None
            if before and self._goes_on(before, match):
                start = before.end  # 学园路 | 社区, 太阳山 | 开发区
                self.sure = before.source == "rule:town"
            elif before and (self._listed(before, match) or self._water_listed(before, match)):
                start = before.end + 1
                self.sure = match[0] in _TOWN_NAMES
            elif before and before.end < match.start() and self._village(before, match.start(), match[0]):
                start = before.end
                self.sure = (bool(chain) or before.source == "rule:town") and match[0] in _VILLAGES
            else:
                start = self._start(match.start(), end, match[0])
            if start is None:
                continue
            own = start + 2 < match.start() or self.text[start : match.start()] not in _SIDES
            alone = own and match[0] in self.apart and not _ending_pattern().match(self.text, end)  # but 龟山 | 村
            apart = alone and any(p and p.end == start for p in (before, self._chain_over(start)))
            # 江村街道锦绣社区: what ends where this begins is read in one breath with it.
            if before and before.end == start and not apart:
                start = before.start
                covered.add(before.end)
                if found and found[-1].end == before.end:
                    found.pop()
            chain = None if apart else self._chain_over(start)
            if chain:
                start = chain.start
            if chain and end - chain.end >= 3 and match[0] in _TOWN_NAMES and not self.plain(chain.end, end):
                inner[self.text[chain.end : end]] = ""
            if match[0] in _VILLAGES and (group := _GROUP.match(self.text, end)):
                end = group.end()
            if match[0] in _TOWN_NAMES and (hamlet := self._hamlet(end)):
                inner[self.text[end:hamlet]] = ""
                end = hamlet
            found.append(Candidate(start, end, "PLACE", "rule:town" if self.sure else "rule:place-ending"))
        found += self._stations()
        found += self._zones()
        covered |= {c.end for c in found}
        again = [(s, e) for s, e, _ in find_again(self.words, inner) if e not in covered]
        return sorted([*found, *(Candidate(s, e, "PLACE", "rule:name-again") for s, e in again if self.closed(e))])

    def _goes_on(self, before: Candidate, ending: re.Match[str]) -> bool:
        """Whether the place before goes on to the ending with no name of its own between (凤凰山 | 南门广场)."""
        between = self.text[before.end : ending.start()]
        return ending[0] in self.next and between in _SIDES and self.closed(ending.end())

    def _hamlet(self, start: int) -> int | None:
        """Where the hamlet ends whose name follows a town or village at `start`, None if none follows."""
        hamlet = _HAMLET.match(self.text, start)
        return hamlet.end() if hamlet and self.free(*hamlet.span()) else None

    def _stations(self) -> Iterator[Candidate]:
        """昆明站, 成都东站: a city's stations."""
        for chain in self.chains:
            if chain.flags & Flag.SHORT and not chain.doubtful and not chain.open_end:
                station = _STATION.match(self.text, chain.end)
                if station and self.words.begins(station.end()):
                    yield Candidate(chain.start, station.end(), "PLACE", "rule:station")

    def _zones(self) -> Iterator[Candidate]:
        """广陵经济开发区: a zone between its kind and a division's short name."""
        for chain in self.chains:
            if chain.flags & Flag.SHORT and self.words.tag_at(chain.start) in PLACE_TAGS:
                zone = _ZONE.match(self.text, chain.end)
                if zone and self.closed(zone.end()):
                    yield Candidate(chain.start, zone.end(), "PLACE", "rule:town")

    def _listed(self, before: Candidate, ending: re.Match[str]) -> bool:
        """玉河社区、世贸社区: whether the name follows a town or village in a list and nothing else can stand there."""
        text, start = self.text, before.end + 1
        towns = self.lists.towns
        if ending[0] not in towns or text[before.end] not in "、和" or not 2 <= ending.start() - start <= 6:
            return False
        inner = text[start : ending.start()]
        if not self.free(start, ending.start()) or not self.closed(ending.end()):
            return False
        ordinary = (
            inner in self.lists.generic or inner in self.lists.common or not all("一" <= c <= "龥" for c in inner)
        )
        return not ordinary and text.endswith(tuple(towns), 0, before.end)

    def _general(self, inner: str) -> bool:
        return inner in self.lists.generic or inner in self.lists.common

    def _water_listed(self, before: Candidate, ending: re.Match[str]) -> bool:
        """平旺湖、得胜湖、大纵湖: whether a name between marks follows one of its kind."""
        text, start, end = self.text, before.end + 1, ending.end()
        marks = text[before.end] == "、" and text[end : end + 1] in {"、", "等", "和", "，"}
        inner = text[start : ending.start()]
        same = ending[0] in self.apart and text.endswith(ending[0], before.start, before.end)
        return marks and same and 2 <= len(inner) <= 3 and self.words.begins(start) and not self._general(inner)

    def _village(self, before: Candidate, ending: int, form: str) -> bool:
        """石关乡马畈村: whether the village's name stands between the town and the ending."""
        words = self.words
        inner = self.text[before.end : ending]
        in_town = self.text.endswith(_TOWNS, before.start, before.end) and len(inner) >= 2
        if (
            form not in _IN_TOWNS
            or (form not in _VILLAGES and not in_town)
            or len(inner) > _LONGEST_VILLAGE
            or (form == "路" and inner[-1:] in _KINDS_OF_WAY)
            or not self.closed(ending + len(form))
        ):
            return False
        stop = words.next_stop(before.end)
        while stop < ending:
            # Rare characters of village names are classifiers or nothing to jieba (畈, 圩); some begin with a numeral.
            counts = stop > before.end or len(inner) < 2 or inner[0] not in _NUMERALS or inner[1] in _COUNTS
            word, tag = words.word_at(stop), words.tag_at(stop)
            piece = in_town and len(word) == 1 and len(inner) <= 4 and word not in _NOT_IN_VILLAGE
            if tag != "q" and (counts or not tag.startswith("m")) and not piece:
                return False
            stop = words.next_stop(stop + 1)
        last = self.text[max(before.end, words.starts[words.index[ending - 1]]) : ending]
        kind = inner in self.lists.generic or (len(last) > 1 and last in self.lists.generic)
        return all("一" <= c <= "龥" for c in inner) and not kind

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
        if form == "流域" and words.word_at(ending - 1) in self.lists.regions and words.begins(ending):
            self.sure = True
            return words.starts[words.index[ending - 1]]
        if form in self.lists.towns:
            # A town of the list right after its division is sure, wherever jieba cuts.
            towns = _towns().get(form, frozenset())
            if chain and text[chain.end : ending] in towns:
                self.sure = True
                return chain.end
            for length in range(min(_LONGEST_TOWN, ending), 1, -1):
                if text[ending - length : ending] in towns and self._stands(ending - length, ending, end):
                    self.sure = form in _TOWN_NAMES
                    return ending - length
            if not self.closed(end):
                return None
            if chain and chain.end == ending and chain.flags & Flag.SHORT:
                named = self.names(text[chain.start : ending], form)
                return chain.start if named else None  # 威远社区, but 城中村
        elif not self.closed(end):
            return None
        if (
            chain
            and chain.doubtful
            and chain.end == ending
            and not (self.led(chain.start) or text[chain.start - 1] in "市县区镇乡道")
        ):
            return None  # 乡村 | 振兴示范区
        if chain and chain.end == ending and form in self.lists.areas:
            self.sure = not chain.doubtful  # 肇庆 | 高新区
            return chain.start
        if self.is_kind(ending):
            return None
        reach = _LONGEST_APART if form in self.apart else _LONGEST_INNER
        known = words.word_at(ending) in self.lists.regions
        if chain and not known and not chain.doubtful and chain.end < ending <= chain.end + reach:
            inner = text[chain.end : ending]
            inside = words.word_at(ending) in self.lists.nothing and not words.begins(ending)
            named = inner not in self.lists.common and not inside and self.names(inner, form)
            if form in _WAYS_OUT and inner.endswith(("镇", "乡", "街道", "村", "社区")):
                return None  # 四通镇 | 高速 | 路口
            if named and words.begins(chain.end) and self._whole(chain, ending, end, form):
                self.sure = form in _TOWN_NAMES
                return chain.end
        if form in _ZONES and chain and self._zone_listed(chain, ending, end):
            return ending
        self.sure = form in _TOWN_NAMES
        return self.by_words(ending, end, form)

    def _whole(self, chain: Chain, ending: int, end: int, form: str) -> bool:
        """Whether no name ends between the chain and the ending; a classifier may end a town's (丁字口街道)."""
        stop = self.words.next_stop(chain.end)
        if stop >= end:
            return True
        piece = stop == ending - 1 > chain.end and self.words.tag_at(stop) == "q" and self.words.begins(ending)
        return piece and form in _TOWNS and not chain.flags & Flag.SHORT and ending - chain.end <= _LONGEST_APART

    def _zone_listed(self, chain: Chain, start: int, end: int) -> bool:
        """渝水区增长6.6%，高新区增长2.3%: whether a zone without a name stands in a row after a division."""
        text = self.text
        if text[start - 1] not in "、，；" or not self.words.begins(end) or not chain.flags & Flag.COUNTY:
            return False
        between = text[chain.end : start]
        return len(between) <= _LONGEST_ROW and not between.strip("0123456789.%增长下降、，；件人户个万亿元")

    def _stands(self, start: int, ending: int, end: int) -> bool:
        """Whether the town of the list at `[start, end)` is there, and not characters of other words (向 | 城镇)."""
        words = self.words
        if not words.begins(start):
            return False
        if start in words.stop_set:
            tag, rest = words.tag_at(start), words.tag_at(ending)
            if tag.startswith(_NOT_IN_LISTED) or not (self.led(start) or rest in PLACE_TAGS):
                return False
            whole = words.begins(ending)  # but 磨 | 市镇
            if tag.startswith("v") and ending - start == 2 and rest not in PLACE_TAGS and whole:
                return False
            return self.closed(end)
        return ending - start >= 3 or self.closed(end) or self.cut(end)
