"""Firms, schools and hospitals after a place: 浙江飞驰电动工具有限公司, 罗庄区福康护理院.

Notes for a newcomer. The middle of such a name is made to be unlike any word, or of words of every kind (利民, 飞驰),
so parts of speech say little. Between a place and a firm's ending everything is taken for the name, unless a word
stands there that tells of a deed (引进, 走访) or of a kind (民营, 规模以上), or one that no name holds.
"""

import re
from bisect import bisect_right
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Scan
from extract.ner.offices import Office
from extract.ner.places import Chain
from extract.ner.words import Words

_LONGEST_MIDDLE = 16
_MIDDLE = re.compile(r"[一-龥A-Za-z]+(?:（[一-龥]{2,8}）[一-龥]*)?|[一-龥]*“[一-龥A-Za-z]{2,8}”[一-龥]*")
_BREAKS = ("p", "c", "u", "r", "q", "y", "e")


@cache
def _lists() -> dict[str, frozenset[str]]:
    offices = load_toml("ner/data/offices.toml")
    lists = {key: frozenset(words) for key, words in offices["firms"].items()}
    return lists | {"generic": frozenset(offices["generic"]["words"])}


def find_firms(
    words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate], offices: list[Office]
) -> list[Candidate]:
    """Candidate ORGs: the names that begin with a place and end like a firm."""
    lists = _lists()
    places = {c.end: c.start for c in chains if not c.doubtful}
    places |= {t.end: places.get(t.start, t.start) for t in towns}  # 江苏 | 邗沟
    ends = sorted(places.keys() - {o.anchor_end for o in offices})
    text = words.text
    found: list[Candidate] = []
    for hit in scan.heads:
        form = text[hit.start : hit.end]
        if form in lists["trades"] and hit.start in places and words.begins(hit.end):
            found.append(Candidate(places[hit.start], hit.end, "ORG", "rule:firm"))
        if not hit.flags & Flag.PROPER or form not in lists["endings"] or not words.begins(hit.end):
            continue
        at = bisect_right(ends, hit.start)
        place = ends[at - 1] if at else -1
        if place < 0 or not 2 <= hit.start - place <= _LONGEST_MIDDLE or text[hit.end : hit.end + 1] == "长":
            continue
        middle = _MIDDLE.fullmatch(text, place, hit.start)
        if middle and words.begins(place) and _names(words, place, hit.start):
            found.append(Candidate(places[place], hit.end, "ORG", "rule:firm"))
    return found


def _names(words: Words, start: int, end: int) -> bool:
    """Whether the words of `[start, end)` can be the middle of a firm's name."""
    first, last = words.index[start], words.index[end - 1]
    lists = _lists()
    if words.words[first] in lists["generic"] and first == last:
        return False
    for number in range(first, last + 1):
        word, tag = words.words[number], words.tags[number]
        if number > first and word in lists["business"]:
            continue
        if word in lists["deeds"] or word[0] in "的某各该" or tag.startswith(_BREAKS):
            return False
    return True
