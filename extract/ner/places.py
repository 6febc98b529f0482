"""Places: administrative divisions read in one breath, towns and villages by their endings, landforms and ways.

Notes for a newcomer. A *chain* is a run of division names of falling level (浙江省兰溪市). It is at once a candidate
PLACE and the anchor from which `extract.ner.offices` reads an office name, so it is found first and its doubts are
written on it: the short names of divisions are often ordinary words (和平, 新华), and such a chain becomes a PLACE only
with evidence from its neighbours or from the rest of the text.
"""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan, divisions, namesakes
from extract.ner.words import Words

_RANKS = {Flag.COUNTRY: 0, Flag.PROVINCE: 1, Flag.CITY: 2, Flag.COUNTY: 3}
# 市和县, 农经站和县农牧局: before 和 these end a name, and 和县 is none.
BEFORE_AND = frozenset("省市区县州旗局委办站院厅会所队府处科部心联们社校司馆村镇乡道件）》”")
_LEVELS = frozenset("省市、")
PLACE_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "nt"})
_MEANING_OF_CHINA = re.compile(
    r"特色|式现代化|梦|共产党|人民|化|新时代|精神|方案|智慧|力量|故事|声音|制造|标准|速度|奇迹"
)

# What the places in the names of a spirit or a clock are no places for.
# 鄂州 | 卫发〔2024〕32号: the letters of a document's number.
_LETTERED = re.compile("[一-龥]{1,6}[〔［\\[]\\d{4}")
_COUNTED = re.compile("[0-9两三四五六七八九十几多][个家所]$")  # 4个 | 城区派出所
# 平安涿鹿, 健康中国: what a place is to become.
SLOGANS = ("平安", "法治", "健康", "美丽", "幸福", "清廉", "数字", "活力", "智慧", "文明", "大美", "诚信")
_NOT_AFTER = ("精神", "时间", "梧桐", "脑炎", "户口本")


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
    after_and = _after_and(words.text, scan)
    for hit in scan.divisions:
        if hit.start < position or (hit.start not in after_and and not _stands(words, hit)):
            continue
        if hit.start + 1 in after_and and hit.end > hit.start + 1:
            continue  # 和平 | 坝区
        if parts and not (hit.start == position and _follows(words.text, parts[-1], hit)):
            if hit.start == position and hit.flags & Flag.DOUBTFUL and hit.flags & Flag.SHORT:
                continue  # 中华人民共和国资源税法
            chains.append(_chain(words, parts))
            parts = []
        parts.append(hit)
        position = hit.end
    if parts:
        chains.append(_chain(words, parts))
    named = {name for chain in chains if not chain.flags & Flag.SHORT for name in chain.names}
    if seats := _with_offices(words, scan, chains):
        chains = [chain._replace(doubtful=False) if chain.names[0] in seats else chain for chain in chains]
    return [chain._replace(doubtful=False) if _named_in_full(words, chain, named) else chain for chain in chains]


def _after_and(text: str, scan: Scan) -> set[int]:
    """Where divisions begin that jieba misses after 和, which it takes with them for a word (市公安局和平坝区)."""
    return {
        h.start
        for h in scan.divisions
        if text[h.start - 1 : h.start] == "和"
        and h.end - h.start > 2
        and not h.flags & Flag.SHORT
        and text[h.start - 2 : h.start - 1] in BEFORE_AND
    }


def _with_offices(words: Words, scan: Scan, chains: list[Chain]) -> set[str]:
    """The doubtful full names of two characters (道县) that the text has right before an office (道县民政局)."""
    short = [c for c in chains if c.doubtful and not c.flags & Flag.SHORT and c.end - c.start == 2]
    if not short:
        return set()
    offices = {h.start for h in scan.heads if h.flags & (Flag.DEPARTMENT | Flag.TOUCHING) and h.end - h.start > 2}
    return {
        c.names[0]
        for c in short
        if c.end in offices and (words.stop_before(c.start) == c.start or not "一" <= words.text[c.start - 1] <= "龥")
    }


def _named_in_full(words: Words, chain: Chain, named: set[str]) -> bool:
    """Whether the text has the full name (监利市) of a doubtful short form (监利)."""
    name = chain.names[0]
    if chain.doubtful and not chain.flags & Flag.SHORT:
        return any(d.parent in named for d in namesakes(name))  # 城北区 in a text about 西宁市
    if not chain.doubtful or (chain.names[0] in ordinary_words() and words.tag_at(chain.start) != "ns"):
        return False
    return any(owner.name in named for owner in divisions()[1].get(chain.names[0], ()))


def _rank(hit: Hit) -> int:
    return next(rank for flag, rank in _RANKS.items() if hit.flags & flag)


def _follows(text: str, above: Hit, hit: Hit) -> bool:
    """Whether the division can follow the one above in one breath; a doubtful short name only if it belongs to it."""
    if _rank(hit) <= _rank(above):
        return False
    if not (hit.flags & Flag.DOUBTFUL and hit.flags & Flag.SHORT):
        return True
    owner = text[above.start : above.end]
    return any(d.parent.startswith(owner) for d in divisions()[1].get(text[hit.start : hit.end], ()))


def _stands(words: Words, hit: Hit) -> bool:
    """Whether the division's name is there, and not characters of neighbouring words (和县 in 省和县级)."""
    length = hit.end - hit.start
    if not words.begins(hit.end) and length < 4 and hit.flags & Flag.SHORT:
        # 辖区内 | 乡镇 is no 内乡.
        same_word = words.begins(hit.start) and words.index[hit.start] == words.index[hit.end - 1]
        return same_word and not hit.flags & Flag.DOUBTFUL
    if length == 2 and words.text[hit.start] == "和" and words.text[hit.start - 1 : hit.start] in BEFORE_AND:
        return False  # 市和县
    if (
        words.text.startswith("会同", hit.start)
        and length == 2
        and words.text[hit.start - 1 : hit.start] not in _LEVELS
    ):
        return False  # 大队会同 | 某街道
    if hit.flags & Flag.SHORT or length == 2:
        return words.begins(hit.start) and (words.begins(hit.end) or not hit.flags & Flag.DOUBTFUL)
    if length >= 4 or words.begins(hit.start) or words.tag_at(hit.start) in {"x", "nt"}:
        return True
    start = hit.start - 1
    if words.text[start] == "从" and words.begins(start) and words.tag_at(start) == "nr":
        return True  # 从 | 宁远县, which jieba takes for somebody 从宁远
    # 局和 | 平坝区, which jieba cuts into 和平 and 坝区
    return words.text[start] in "和与及" and words.begins(start) and words.text[start - 1 : start] in BEFORE_AND


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
    if words.ends[words.index[hit.start]] == hit.end:
        return False  # a word for itself, and not one of the list of ordinary words
    return words.begins(hit.end) and words.tag_at(hit.start) not in PLACE_TAGS


def find_divisions(words: Words, scan: Scan, chains: list[Chain]) -> list[Candidate]:
    """Candidate PLACEs known by name: chains, regions, letters in lists."""
    found: list[Candidate] = []
    text = words.text
    known = {name for c in chains if not c.doubtful for name in c.names}
    for chain in chains:
        if (
            text.startswith(_NOT_AFTER, chain.end)
            or text.endswith(SLOGANS, 0, chain.start)
            or _LETTERED.match(text, chain.end)
            or (chain.names[0] == "城区" and _COUNTED.search(text, max(0, chain.start - 2), chain.start))
        ):
            continue  # 延安精神, 北京时间
        if chain.open_end or (chain.names == ("中国",) and _MEANING_OF_CHINA.match(words.text, chain.end)):
            continue
        if not chain.doubtful:
            found.append(Candidate(chain.start, chain.end, "PLACE", "rule:division"))
        elif _evident(words, chain, known, chains):
            listed = any(not c.doubtful for c in _listed_with(words.text, chain, chains))
            found.append(
                Candidate(chain.start, chain.end, "PLACE", "rule:division" if listed else "rule:bare-division")
            )
    found += [
        Candidate(hit.start, hit.end, "PLACE", "rule:region")
        for hit in scan.regions
        if words.begins(hit.start)
        and words.begins(hit.end)
        and not hit.flags & Flag.DOUBTFUL
        and not text.startswith(_NOT_AFTER, hit.end)
    ]
    found += _letters(words)
    return found


def _evident(words: Words, chain: Chain, known: set[str], chains: list[Chain]) -> bool:
    """Whether a doubtful short name is a place here: it stands in a list of places, or its city is in the text."""
    name = chain.names[0]
    full, short = divisions()
    if listed := _listed_with(words.text, chain, chains):
        # 发展互助、合作共赢: words side by side, unless jieba takes one for a place or they belong together.
        above = {o.parent for o in short.get(name, ())}
        if any(not c.doubtful or words.tag_at(c.start) in PLACE_TAGS for c in [chain, *listed]) or any(
            o.parent in above for c in listed for o in short.get(c.names[0], ())
        ):
            return True
    if name in full:  # 和县, 郊区: full names that are words
        if len(name) == 2:
            return words.tag_at(chain.start) == "ns"
        return any(d.parent in known for d in namesakes(name))
    owners = short.get(name, ())
    if name in ordinary_words() or words.tag_at(chain.start) not in PLACE_TAGS:
        return False
    return any(o.parent in known or o.parent.rstrip("市") in known for o in owners)


@cache
def ordinary_words() -> frozenset[str]:
    """Short names of divisions that are also ordinary words."""
    return frozenset(load_toml("ner/data/places.toml")["words"]["ordinary_short"])


def _listed_with(text: str, chain: Chain, chains: list[Chain]) -> list[Chain]:
    """The neighbours of the chain in a list of places."""
    at = bisect_right(chains, chain)
    marks = {chain.start - 1, chain.end}
    return [
        c
        for c in chains[max(0, at - 2) : at + 1]
        if c is not chain and any(text[m : m + 1] == "、" and (c.end == m or c.start == m + 1) for m in marks)
    ]


@cache
def _letter_list() -> re.Pattern[str]:
    letters = load_toml("ner/data/places.toml")["province_letters"]
    return re.compile(f"[{letters}](?<![一-龥].)(?:、[{letters}])+(?![一-龥、]{{1}}[一-龥]、)")


@cache
def _letter_run() -> re.Pattern[str]:
    places = load_toml("ner/data/places.toml")
    letters, after = places["country_letters"], "|".join(places["letters"]["after"])
    # 中老、中越、中欧班列: pairs that share what follows.
    return re.compile(f"[{letters}](?<![0-9月].)[{letters}]{{1,3}}(?=(?:、中[{letters}欧])*[0-9]?(?:{after}))")


@cache
def _province_run() -> re.Pattern[str]:
    places = load_toml("ner/data/places.toml")
    letters, after = places["province_letters"], "|".join(places["province_run_after"])
    return re.compile(f"[{letters}][{letters}]{{1,4}}(?=(?:[一两三四五六七八九十2-9][省市区县地州]){{1,2}}|{after})")


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
    for match in _province_run().finditer(words.text):
        # 云南 | 甘肃: the run is no piece of a word.
        cut = words.begins(match.start()) or words.tag_at(match.start()) == "x"
        if cut and words.begins(match.end()):
            found += [Candidate(i, i + 1, "PLACE", "rule:letter") for i in range(*match.span())]
    for match in _letter_run().finditer(words.text):
        if words.begins(match.start()):
            found += [
                Candidate(i, i + 1, "PLACE", "rule:letter", names.get(words.text[i])) for i in range(*match.span())
            ]
    return found
