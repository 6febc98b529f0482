"""Places: administrative divisions read in one breath, towns and villages by their endings, landforms and ways.

Notes for a newcomer. A *chain* is a run of division names of falling level (甘肃省敦煌市). It is at once a candidate
PLACE and the anchor from which `extract.ner.offices` reads an office name, so it is found first and its doubts are
written on it: the short names of divisions are often ordinary words (和平, 新华), and such a chain becomes a PLACE only
with evidence from its neighbours or from the rest of the text.
"""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from extract.data import load_rows, load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan, divisions
from extract.ner.words import Words

_RANKS = {Flag.COUNTRY: 0, Flag.PROVINCE: 1, Flag.CITY: 2, Flag.COUNTY: 3}
_VILLAGES = frozenset({"村", "社区", "嘎查"})
_LONGEST_VILLAGE = 5
_LONGEST_TOWN = 8
# What may stand between a division and the ending of a town or landform in it.
_LONGEST_INNER = 8
_WAY_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "n", "v", "vn"})
_PLACE_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "nt"})
_WAYS = frozenset({"大道", "大街", "路", "街", "湖", "公园", "广场", "大桥", "水库"})
_MEANING_OF_CHINA = re.compile(
    r"特色|式现代化|梦|共产党|人民|化|新时代|精神|方案|智慧|力量|故事|声音|制造|标准|速度|奇迹"
)


class Chain(NamedTuple):
    """Divisions read in one breath: `names` from the highest to the lowest as they stand in the text.

    `doubtful`: each name is also an ordinary word or a bare district name; `open_end`: no word ends where it ends, so
    it can begin a longer name but is no place of its own.
    """

    start: int
    end: int
    names: tuple[str, ...]
    flags: int
    doubtful: bool
    open_end: bool


def find_chains(words: Words, scan: Scan) -> list[Chain]:
    """The chains of the text from left to right, without overlap."""
    chains: list[Chain] = []
    parts: list[Hit] = []
    position = 0
    for hit in scan.divisions:
        if hit.start < position or not _stands(words, hit):
            continue
        if parts and not (hit.start == position and _rank(hit) > _rank(parts[-1])):
            chains.append(_chain(words, parts))
            parts = []
        parts.append(hit)
        position = hit.end
    if parts:
        chains.append(_chain(words, parts))
    return chains


def _rank(hit: Hit) -> int:
    return next(rank for flag, rank in _RANKS.items() if hit.flags & flag)


def _stands(words: Words, hit: Hit) -> bool:
    """Whether the division's name is there, and not characters of neighbouring words (和县 in 省和县级)."""
    length = hit.end - hit.start
    if hit.flags & Flag.SHORT or length == 2:
        return words.begins(hit.start) and (words.begins(hit.end) or not hit.flags & Flag.DOUBTFUL)
    return length >= 4 or words.begins(hit.start) or words.tag_at(hit.start) == "x"


def _chain(words: Words, parts: list[Hit]) -> Chain:
    text = words.text
    last = parts[-1]
    open_end = not words.begins(last.end) and bool(last.flags & (Flag.SHORT | Flag.COUNTRY))
    return Chain(
        parts[0].start,
        last.end,
        tuple(text[p.start : p.end] for p in parts),
        last.flags,
        len(parts) == 1 and _is_doubtful(words, parts[0]),
        open_end,
    )


def _is_doubtful(words: Words, hit: Hit) -> bool:
    if not hit.flags & Flag.SHORT or hit.flags & (Flag.DOUBTFUL | Flag.PROVINCE | Flag.CITY):
        return bool(hit.flags & Flag.DOUBTFUL)
    return words.begins(hit.end) and words.tag_at(hit.start) not in _PLACE_TAGS


def find_endings(words: Words, chains: list[Chain]) -> list[Candidate]:
    """Candidate PLACEs known by their ending: towns, villages, landforms, ways; with the chain before them."""
    return _Endings(words, chains).find()


def find_divisions(words: Words, scan: Scan, chains: list[Chain]) -> list[Candidate]:
    """Candidate PLACEs known by name: chains, regions, letters in lists."""
    found: list[Candidate] = []
    known = {name for c in chains if not c.doubtful for name in c.names}
    trusted = {c.start for c in chains if not c.doubtful}
    for chain in chains:
        if chain.open_end or (chain.names == ("中国",) and _MEANING_OF_CHINA.match(words.text, chain.end)):
            continue
        if not chain.doubtful or _evident(words, chain, known, chains, trusted):
            found.append(Candidate(chain.start, chain.end, "PLACE", "rule:division"))
    found += [
        Candidate(hit.start, hit.end, "PLACE", "rule:region")
        for hit in scan.regions
        if words.begins(hit.start) and words.begins(hit.end) and not hit.flags & Flag.DOUBTFUL
    ]
    found += _letters(words)
    return found


def _evident(words: Words, chain: Chain, known: set[str], chains: list[Chain], trusted: set[int]) -> bool:
    """Whether a doubtful short name is a place here: it stands in a list of places, or its city is in the text."""
    text, name = words.text, chain.names[0]
    if text[chain.end : chain.end + 1] == "、" and any(c.start == chain.end + 1 for c in _near(chains, chain)):
        return True
    if chain.start and text[chain.start - 1] == "、" and any(c.end == chain.start - 1 for c in _near(chains, chain)):
        return True
    full, short = divisions()
    if name in full:  # 郊区, 和县: a full name that is a word
        return words.tag_at(chain.start) == "ns" and len(name) == 2
    owners = short.get(name, ())
    if name in ordinary_words() or words.tag_at(chain.start) not in _PLACE_TAGS:
        return any(o.name in known for o in owners) and words.tag_at(chain.start) == "ns"
    return any(o.name in known or o.parent in known or o.parent.rstrip("市") in known for o in owners)


@cache
def ordinary_words() -> frozenset[str]:
    """Short names of divisions that are also ordinary words."""
    return frozenset(load_toml("ner/data/places.toml")["words"]["ordinary_short"])


def _near(chains: list[Chain], chain: Chain) -> list[Chain]:
    at = bisect_right(chains, chain)
    return [c for c in chains[max(0, at - 2) : at + 1] if c is not chain]


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


class _Endings:
    """Reads names backwards from the endings of towns, villages, landforms and ways."""

    def __init__(self, words: Words, chains: list[Chain]) -> None:
        self.words = words
        self.text = words.text
        self.chain_ends = [c.end for c in chains]
        self.chains = chains
        self.town_endings, self.generic, self.nothing = _lists()

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        for match in _ending_pattern().finditer(self.text):
            end = match.end()
            before = found[-1] if found else None
            if before and before.end < match.start() and self._village(before, match.start(), match[0]):
                start: int | None = before.end
            else:
                start = self._start(match.start(), end, match[0])
            if start is None:
                continue
            # 石井街道祥园社区: what ends where this begins is read in one breath with it.
            if before and before.end == start:
                start = found.pop().start
            chain = self._chain_to(start)
            if chain and chain.end == start:
                start = chain.start
            found.append(Candidate(start, end, "PLACE", "rule:place-ending"))
        return found

    def _village(self, before: Candidate, ending: int, form: str) -> bool:
        """石关乡马畈村: whether the village's name stands between the town and the ending."""
        words = self.words
        inner = self.text[before.end : ending]
        if form not in _VILLAGES or len(inner) > _LONGEST_VILLAGE or not words.begins(ending + len(form)):
            return False
        stop = words.next_stop(before.end)
        while stop < ending:
            # Rare characters of village names are classifiers or nothing to jieba: 畈, 圩.
            if words.tag_at(stop) != "q":
                return False
            stop = words.next_stop(stop + 1)
        return all("一" <= c <= "龥" for c in inner) and inner not in self.generic

    def _chain_to(self, offset: int) -> Chain | None:
        """The last chain that ends at or before `offset`."""
        at = bisect_right(self.chain_ends, offset)
        return self.chains[at - 1] if at else None

    def _start(self, ending: int, end: int, form: str) -> int | None:
        """Where the name with its ending at `[ending, end)` begins, None if it is no name."""
        words, text = self.words, self.text
        chain = self._chain_to(ending)
        if form in self.town_endings:
            # A town of the list right after its division is sure, wherever jieba cuts.
            towns = _towns().get(form, frozenset())
            if chain and text[chain.end : ending] in towns:
                return chain.end
            if not words.begins(end):
                return None
            for length in range(min(_LONGEST_TOWN, ending), 1, -1):
                if text[ending - length : ending] in towns and words.begins(ending - length):
                    return ending - length
        elif not words.begins(end):
            return None
        if chain and not chain.doubtful and chain.end < ending <= chain.end + _LONGEST_INNER:
            inner = text[chain.end : ending]
            if words.begins(chain.end) and words.next_stop(chain.end) >= end and self._names(inner, form):
                return chain.end
        return self._by_words(ending, end, form)

    def _names(self, inner: str, form: str) -> bool:
        return inner not in self.generic and inner + form not in self.nothing and inner[-1] not in "两各几数"

    def _by_words(self, ending: int, end: int, form: str) -> int | None:
        words = self.words
        number = words.index[ending]
        start, tag = words.starts[number], words.tags[number]
        if start < ending:
            inner = self.text[start:ending]
            if not self._names(inner, form) or tag not in {"ns", "nz", "x", "nr", "nrt"}:
                return None
            if tag == "nr" and form not in self.town_endings:
                return None  # 刘云山
            return start if len(inner) > 1 or tag == "ns" else None
        number -= 1
        if number < 0 or words.ends[number] != ending:
            return None
        word, tag, start = words.words[number], words.tags[number], words.starts[number]
        if number and words.tags[number - 1].startswith(("m", "q")):
            return None
        if len(word) < 2 or (start in words.stop_set and word not in ordinary_words()) or not self._names(word, form):
            return None
        if form in self.town_endings:
            return start if tag in _PLACE_TAGS or word in ordinary_words() else None
        return start if tag in _WAY_TAGS and len(word) == 2 and form in _WAYS else None


@cache
def _letter_list() -> re.Pattern[str]:
    letters = load_toml("ner/data/places.toml")["province_letters"]
    return re.compile(f"(?<![一-龥])[{letters}](?:、[{letters}])+(?![一-龥、]{{1}}[一-龥]、)")


@cache
def _letter_run() -> re.Pattern[str]:
    places = load_toml("ner/data/places.toml")
    letters, after = places["country_letters"], "|".join(places["letters"]["after"])
    return re.compile(f"[{letters}]{{2,4}}(?=[0-9]?(?:{after}))")


def _letters(words: Words) -> list[Candidate]:
    """One-character names: 苏、浙、皖 in a list, 中俄蒙 in a run before what countries have in common."""
    found: list[Candidate] = []
    names = load_toml("ner/data/places.toml")["country_names"]
    for match in _letter_list().finditer(words.text):
        found += [
            Candidate(i, i + 1, "PLACE", "rule:letter")
            for i in range(match.start(), match.end())
            if (i - match.start()) % 2 == 0
        ]
    for match in _letter_run().finditer(words.text):
        if words.begins(match.start()):
            found += [
                Candidate(i, i + 1, "PLACE", "rule:letter", names.get(words.text[i])) for i in range(*match.span())
            ]
    return found
