"""The place that a bare level means: 市 of 市司法局 in a bulletin about 兰溪市."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter

from extract.layers import Layers
from extract.ner.abbreviations import OwnTowns, chain_of, levels_of, split_place
from extract.ner.gazetteer import official
from extract.ner.lexicon import Flag, divisions
from schemas import Mention

TOWNS = ("街道", "镇", "乡")
_BETWEEN_NEIGHBOURS = re.compile(r"[、和与及]|联合|会同|联手|携手|协同|牵头")
_BEFORE_PLACE = re.compile("中共|共青团|国家税务总局")
_OFFICES = ("厅", "委", "委员会", "政府", "局", "法院", "检察院")
# Divisions of these levels are called by their short names.
_SHORTENED = frozenset("市县区")


class LevelPlaces:
    """The places that one text names, to tell which of them a bare level means.

    Args:
        layers: the text's, with its mentions; `context` is used where it is known.
        organisations: the organisations of the text as they stand there, and how often.
    """

    def __init__(self, layers: Layers, organisations: Counter[str]) -> None:
        self.layers = layers
        self.organisations = organisations
        self.sentence_starts = [start for start, _ in layers.sentences]
        self.full, self.short = divisions()
        # The divisions named in full, in order: where, and which.
        self.places: list[tuple[int, str]] = []
        self.provinces: set[str] = set()
        for mention in layers.mentions:
            if mention.type in {"PLACE", "ORG"}:
                chain = chain_of(split_place(mention.text)[0])
                # A firm of the province does not tell that the bulletin is about the province.
                self.places += [(mention.start, n) for n in chain if mention.type == "PLACE" or not self._province(n)]
                self.provinces.update(filter(self._province, chain))
        self.towns = OwnTowns(layers.mentions, (layers.context.place or "", layers.context.office or ""))
        self.counts = Counter(name for _, name in self.places)
        self.commonest: dict[str, str] = {}
        for name, _ in self.counts.most_common():
            for level in levels_of(name):
                self.commonest.setdefault(level, name)
        self.neighbours = self._neighbours()

    def place(self, level: str, offset: int) -> str | None:
        """The place that a bare level means at `offset`: the bulletin's own, else the nearest, else the commonest."""
        if level in TOWNS:
            return self.towns.of(level, offset)
        beside = self.neighbours.get(offset, "")
        if beside.endswith(level) and not self._province(beside):
            return beside
        context = self.layers.context.place
        if context and (seat := self._seat(context, level)):
            return seat
        if context:
            own = [n for n in chain_of(context) if n.endswith(level) and (n in self.counts or not self._province(n))]
            if own:
                return self._as_called(own[-1])
        at = bisect_right(self.sentence_starts, offset) - 1
        sentence = self.sentence_starts[at] if at >= 0 else 0
        low, high = bisect_left(self.places, (sentence, "")), bisect_left(self.places, (offset, ""))
        near = [n for _, n in self.places[low:high] if n.endswith(level)]
        if near:
            # 潍坊市 before 寿光市, a city of its own that belongs to it.
            highest = min(self.full[n].level for n in near)
            return next(n for n in reversed(near) if self.full[n].level == highest)
        if level not in self.commonest and level in _SHORTENED:
            self.commonest[level] = self._by_short_name(level) or ""
        return self.commonest.get(level) or (self._province_of_offices() if level == "省" else None)

    def _neighbours(self) -> dict[int, str]:
        """By the start of an organisation: the division of the one it is listed with (冷水江市人民检察院与市教育局)."""
        found: dict[int, str] = {}
        before: Mention | None = None
        for mention in self.layers.mentions:
            if before and _BETWEEN_NEIGHBOURS.fullmatch(self.layers.view.plain, before.end, mention.start):
                prefix = _BEFORE_PLACE.match(before.text)
                chain = chain_of(split_place(before.text[prefix.end() if prefix else 0 :])[0])
                place = chain[-1] if chain else found.get(before.start)
                if place:
                    found[mention.start] = place
            before = mention if mention.type == "ORG" else None
        return found

    def _by_short_name(self, level: str) -> str | None:
        """The commonest division of that level whose short name stands in the text (吴忠, 吴忠日报)."""
        counts: Counter[str] = Counter()
        for mention in self.layers.mentions:
            if mention.type in {"PLACE", "ORG"}:
                for length in (3, 2):
                    owners = {d.name for d in self.short.get(mention.text[:length], ()) if d.name.endswith(level)}
                    if len(owners) == 1:
                        counts[owners.pop()] += 1
                        break
        often = [name for name, count in counts.most_common() if count > 1]
        return min(often, key=lambda name: self.full[name].level, default=None)

    def _province_of_offices(self) -> str | None:
        """The province whose offices the text names in full (贵州省环境保护厅), if they are of one."""
        names = (split_place(name)[0] for name in self.organisations if name.endswith(_OFFICES))
        own = {chain[0] for name in names if (chain := chain_of(name)) and self._province(chain[0])}
        return own.pop() if len(own) == 1 else None

    def _as_called(self, division: str) -> str:
        """互助县 for 互助土族自治县, where the text calls it so more often and names no office by the whole name."""
        if any(name.startswith(division) for name in self.organisations):
            return division
        called = (n for n, count in self.counts.items() if count > self.counts[division] and official(n) == division)
        return next(called, division)

    def _seat(self, context: str, level: str) -> str | None:
        """兴化市 in a bulletin of 泰州市兴化生态环境局: the division whose branch of the city's office speaks."""
        office = self.layers.context.office or ""
        if not office.startswith(context):
            return None
        rest = office[len(context) :]
        owners = (d.name for end in (3, 2) for d in self.short.get(rest[:end], ()) if d.parent == context)
        return next((name for name in owners if name.endswith(level)), None)

    def _province(self, name: str) -> bool:
        """Whether the division is a province, other than a city that is one."""
        return self.full[name].level == Flag.PROVINCE and not name.endswith("市")
