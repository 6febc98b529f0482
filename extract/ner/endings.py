"""Places known by their ending: towns, villages, landforms, ways and areas.

Notes for a newcomer. The ending is easy to find, the beginning is not. It is taken, in this order, from the place that
the name follows in one breath (江村街道锦绣社区; `extract.ner.after_place`), from the list of towns (石桥镇), and from
the words before the ending (`extract.ner.before_ending`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from extract.data import load_rows, load_toml
from extract.ner.after_place import SIDES, TOWNS, VILLAGES, NameAfterPlace
from extract.ner.again import find_again
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag
from extract.ner.places import PLACE_TAGS, Chain
from extract.ner.words import Words

_TOWN_NAMES = VILLAGES.union(TOWNS)
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
_ZONES = frozenset({"高新区", "经开区", "开发区", "度假区"})
_LONGEST_ROW = 14
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


class _Endings(NameAfterPlace):
    """Reads names backwards from the endings of towns, villages, landforms and ways."""

    def __init__(self, words: Words, chains: list[Chain]) -> None:
        super().__init__(words)
        self.chain_ends = [c.end for c in chains]
        self.chains = chains
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
            if before and self.goes_on(before, match):
                start = before.end  # 学园路 | 社区, 太阳山 | 开发区
                self.sure = before.source == "rule:town"
            elif before and (self.listed(before, match) or self.water_listed(before, match)):
                start = before.end + 1
                self.sure = match[0] in _TOWN_NAMES
            elif before and before.end < match.start() and self.village(before, match.start(), match[0]):
                start = before.end
                self.sure = (bool(chain) or before.source == "rule:town") and match[0] in VILLAGES
            else:
                start = self._start(match.start(), end, match[0])
            if start is None:
                continue
            own = start + 2 < match.start() or self.text[start : match.start()] not in SIDES
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
            if match[0] in VILLAGES and (group := _GROUP.match(self.text, end)):
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
        return piece and form in TOWNS and not chain.flags & Flag.SHORT and ending - chain.end <= _LONGEST_APART

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
