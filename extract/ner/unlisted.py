"""Counties, cities and districts that the list of divisions does not have: 青岚县 in 青岚县司法局.

Notes for a newcomer. Divisions are renamed and founded, and the list may know only a shorter name (岚县). An office
that touches 县, 市, 区 or 旗 shows that a division ends there; its name is the two characters (or the one word of
three) before, if they stand at the edge of a phrase and jieba knows no ordinary word in them (示范区公安局). Such a
name is then a division wherever else the text has it.

One office is as hard to list: 省社 is the province's cooperative in texts about 供销合作社 and nothing elsewhere.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.again import find_again
from extract.ner.lexicon import Flag, Hit, Scan, divisions
from extract.ner.words import Words

_LEVELS = {"县": Flag.COUNTY, "区": Flag.COUNTY, "旗": Flag.COUNTY, "市": Flag.CITY}
_BEFORE_TOWN = re.compile("[县市区旗](?=[一-龥]{2,3}(?:街道|镇|乡)(?!村))")
# 第二师铁门关市二十九团: the divisions of the corps in Xinjiang, with the cities that are one with them.
_CORPS = re.compile(
    "第[一二三四五六七八九十]{1,2}师(?![范生资傅])(?:[一-龥]{2,4}?市)?(?:[一二三四五六七八九十〇零0-9]{1,4}团(?![队体结员委长]))?"
    "|(?<![一-龥第])[一二三四五六七八九十〇零0-9]{2,4}团(?=场?[一二三四五六七八九十0-9]{1,2}连|党委|职工|连队|镇)"
)
# 省社, in a text about the cooperatives (供销合作社)
_COOPERATIVE = re.compile("社(?<=[省市县区州]社)(?![会区保科团员情工])")
_NAME_TAGS = frozenset({"ns", "nz", "x", "nr", "nrt", "nt"})
_PIECE_TAGS = frozenset({*_NAME_TAGS, "n", "ng", "zg", "g", "a", "ag", "vg", "tg", "j", "f", "b"})
_NOT_IN_NAMES = frozenset("省市县区州旗盟镇乡全我咱本该各每某两几多这那的在是之所其此等与和及由对向从到把被为起了着过")
_KINDS = frozenset({"自治", "行政", "高新", "经开", "新城", "老城", "主城", "城乡", "开发"})


@cache
def _kinds() -> frozenset[str]:
    words = load_toml("ner/data/places.toml")["words"]["generic_full"]
    return _KINDS | {word[:-1] for word in words}


def find_unlisted(words: Words, scan: Scan) -> list[Hit]:
    """The unlisted divisions of the text, as the hits that the list would have given; offsets are view offsets."""
    text = words.text
    known = {hit.end: hit.start for hit in reversed(scan.divisions)}
    names: dict[str, str] = {}
    ends = [
        hit.start
        for hit in scan.heads
        if hit.flags & (Flag.TOUCHING | Flag.DEPARTMENT)
        and (hit.end - hit.start > 1 or text[hit.start] == "委")
        and text[hit.start - 1] in _LEVELS
    ]
    ends += [match.end() for match in _BEFORE_TOWN.finditer(text)]
    for end in ends:
        if end < 3 or end - known.get(end, end) >= 3:
            continue
        start = _start(words, end)
        if start is not None and text[start:end] not in divisions()[0]:
            names.setdefault(text[start:end], "")
    corps = [Hit(*match.span(), Flag.COUNTY) for match in _CORPS.finditer(text)] if "师" in text or "团" in text else []
    return corps + [
        Hit(start, end, _LEVELS[text[end - 1]])
        for start, end, _ in find_again(words, names)
        if words.begins(start) and _stands_free(words, start)
    ]


def with_cooperatives(text: str, scan: Scan) -> Scan:
    """The hits of `text` with what it calls its supply and marketing cooperatives besides (省社)."""
    if "供销" not in text:
        return scan
    found = [Hit(*match.span(), Flag.TOUCHING) for match in _COOPERATIVE.finditer(text)]
    return scan._replace(heads=sorted([*scan.heads, *found], key=lambda h: (h.end, h.start))) if found else scan


def _start(words: Words, end: int) -> int | None:
    """Where the name of the division that ends at `end` begins, None if no name stands there."""
    text, level = words.text, end - 1
    number = words.index[level - 1]
    whole = words.starts[number]
    for start in (level - 2, level - 3):
        name = text[start:level]
        if start < 0 or not all("一" <= c <= "龥" and c not in _NOT_IN_NAMES for c in name) or name in _kinds():
            return None
        if not words.begins(start) or not _stands_free(words, start):
            continue
        if whole == start:
            return start if words.tags[number] in _NAME_TAGS else None
        tags = {words.tags[number], words.tags[words.index[start]]}
        pieces = start not in words.stop_set and tags <= _PIECE_TAGS and tags & _NAME_TAGS
        if len(name) == 2 and pieces:
            return start
    return None


def _stands_free(words: Words, start: int) -> bool:
    """Whether a phrase begins at `start`: the text, a mark, a word that no name crosses or a division stands before."""
    if start == 0 or not "一" <= words.text[start - 1] <= "龥" or words.stop_before(start) == start:
        return True
    if words.text.startswith("总局", start - 2):
        return True  # 国家税务总局青岚县税务局
    return words.text[start - 1] in "省市州盟" or words.tag_at(start - 1) == "ns" or words.word_at(start - 1) == "中共"
