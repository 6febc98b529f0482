"""Offices of towns that go by the town's bare name: 石桥派出所, 石桥、江村两个司法所.

Notes for a newcomer. A police station or a judicial office is called after its town without 镇 or 乡, and hardly any of
these names is a word for jieba. The list of towns knows them; which of its names are ordinary words does not matter
before an office of this kind.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.coordination import bare_names
from extract.ner.lexicon import Scan
from extract.ner.offices import Office
from extract.ner.words import Words

_LONGEST = 4
# 龙市、燕窝两个 | 市场监管所
# 拉布大林第二 | 派出所
_ORDINAL = re.compile("第[一二三四五六七八九十]$")
_OF_SOME = re.compile("[0-9两三四五六七八九十几多][个家所]$")
_COUNT = re.compile("等?(?:\\d{1,2}|[两二三四五六七八九十])[个家所]?$")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    offices, places = load_toml("ner/data/offices.toml"), load_toml("ner/data/places.toml")
    return (
        frozenset(offices["heads"]["grassroots"]),
        frozenset(offices["generic"]["words"]) | frozenset(places["towns"]["generic"]),
    )


def find_grassroots(words: Words, scan: Scan, offices: list[Office]) -> list[Candidate]:
    """Candidate ORGs: towns' offices, alone and in lists that share the kind of office."""
    kinds, _ = _lists()
    above = {office.end: office.start for office in offices}  # 鄂托克旗公安局 | 棋盘井派出所
    text = words.text
    found: list[Candidate] = []
    last = -1
    for hit in scan.heads:  # of one end the longest first
        kind = text[hit.start : hit.end]
        if kind not in kinds or hit.end == last or not words.begins(hit.end):
            continue
        last = hit.end
        ordinal = _ORDINAL.search(text, max(0, hit.start - 2), hit.start)
        count = None if ordinal else _COUNT.search(text, max(0, hit.start - _LONGEST), hit.start)
        before = ordinal or count
        end = before.start() if before else hit.start
        start = _name_to(words, end)
        if start is None:
            continue
        if _OF_SOME.search(text, max(0, start - 3), start):
            continue  # 4个 | 城区派出所
        if not count:
            found.append(Candidate(above.get(start, start), hit.end, "ORG", "rule:law-firm"))
        listed = _before(words, start)
        if not count or listed:
            spans = listed + ([(start, end)] if count else [])
            found += [Candidate(s, e, "ORG", "rule:listed-name", text[s:e] + kind) for s, e in spans]
    return found


def _before(words: Words, start: int) -> list[tuple[int, int]]:
    """The bare names of the list that ends before `start`."""
    found: list[tuple[int, int]] = []
    while start > 2 and words.text[start - 1] in "、和":
        begin = _name_to(words, start - 1)
        if begin is None:
            break
        found.append((begin, start - 1))
        start = begin
    return found


def _name_to(words: Words, end: int) -> int | None:
    """Where the bare name of a town that ends at `end` begins, None if none stands there."""
    _, general = _lists()
    for length in range(min(_LONGEST, end), 1, -1):
        name = words.text[end - length : end]
        if name in bare_names() and words.begins(end - length):
            return None if name in general else end - length
    return None
