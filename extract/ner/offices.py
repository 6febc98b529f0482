"""Organisations: the grammar of office names, read forward from a place or level and backward from a telling ending.

Notes for a newcomer. The left edge of a Chinese organisation's name is the hard one. Where the name begins with a
place (包头市司法局) or a level (市司法局, 自治区司法厅), that *anchor* is the edge, and the name runs on to the last
ending that stands before a word which no name crosses (`Words.stops`): [place chain | level | central body] + office
+ [inner unit]. Without an anchor (东海派出所, 蓝天救援队) only endings that ask for a proper name count, and the words
before the ending must contain one.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Hit, Scan
from extract.ner.places import Chain
from extract.ner.words import Words

_LONGEST_RUN = 34
_LONGEST_NAME = 16
_LEVEL = re.compile(r"自治区|自治州|自治县|自治旗|兵团|国家|街道|[省市县区州旗盟镇乡]")
# 我市, 全省, 各县: a level with one of these before it is no name.
_NO_LEVEL_AFTER = frozenset("全我本该各两跨外多某每这那几众内大小城都旗县市省区州盟镇乡")
_PREFIX = re.compile(r"(?:中共|共青团|团|原|驻)$")
_BRACKETED = re.compile(r"（[一-龥A-Za-z·]{1,10}）")
_PARTY = ("党委", "党组", "党工委", "党支部", "党总支", "工委")
_PARTY_TITLES = re.compile(r"副?书记|成员|委员|班子|理论学习|会议|负责")


class Anchor(NamedTuple):
    """Where an office name can begin: a chain, a level or a central body at `[start, end)`."""

    start: int
    end: int
    kind: str
    end_of_prefix: int


def find_organisations(words: Words, scan: Scan, chains: list[Chain]) -> list[Candidate]:
    """Candidate ORGs of the text, without overlap among those of one anchor."""
    return _Grammar(words, scan, chains).find()


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    offices = load_toml("ner/data/offices.toml")
    return (
        frozenset(offices["generic"]["words"]),
        frozenset(offices["not_offices"]["words"]),
        frozenset(offices["heads"]["needs_name"]),
    )


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile("|".join(load_toml("ner/data/offices.toml")["follow"]["never"]))


class _Grammar:
    def __init__(self, words: Words, scan: Scan, chains: list[Chain]) -> None:
        self.words = words
        self.text = words.text
        self.scan = scan
        self.chains = chains
        self.heads = sorted(scan.heads, key=lambda h: (h.end, h.start))
        self.head_ends = [h.end for h in self.heads]
        self.touching: dict[int, int] = {}
        for hit in scan.heads:
            if hit.flags & (Flag.TOUCHING | Flag.DEPARTMENT):
                self.touching[hit.start] = max(hit.end, self.touching.get(hit.start, 0))
        # Long entries vouch for the words inside them: 发展和改革委员会 is not cut at 和.
        self.covers = sorted((h.start, h.end) for h in scan.heads if h.end - h.start >= 4)
        self.cover_starts = [c[0] for c in self.covers]
        self.generic, self.not_offices, self.needs_name = _sets()

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        taken = 0
        anchors = self._anchors()
        levels = [a.start for a in anchors if a.kind == "level"]
        for anchor in anchors:
            if anchor.start < taken:
                continue
            at = bisect_left(levels, anchor.end)
            limit = levels[at] if at < len(levels) else len(self.text)
            end = self._read(anchor, limit)
            if end is None:
                continue
            start = anchor.start
            if prefix := _PREFIX.search(self.text, max(0, start - 3), start):
                start = (
                    prefix.start()
                    if prefix[0] in {"中共", "共青团"} or (self.text[end - 1] == "委" and prefix[0] == "团")
                    else start
                )
            found.append(Candidate(start, end, "ORG", f"rule:{anchor.kind}-office"))
            taken = end
        found += self._unanchored(found)
        return found

    def _anchors(self) -> list[Anchor]:
        words = self.words
        anchors = [Anchor(c.start, c.end, "place", c.end) for c in self.chains if not (c.doubtful and c.open_end)]
        covered = {i for c in self.chains for i in range(c.start, c.end)}
        last = 0
        for hit in self.scan.central:
            if hit.start >= last and self._central(hit):
                anchors.append(Anchor(hit.start, hit.end, "central", hit.end))
                last = hit.end
        for match in _LEVEL.finditer(self.text):
            start, end = match.span()
            if start in covered or (
                start and self.text[start - 1] in _NO_LEVEL_AFTER and words.word_at(start) == match[0]
            ):
                continue
            if words.begins(start) and (words.begins(end) or end in self.touching):
                anchors.append(Anchor(start, end, "level", end))
        # A central body that begins with a country's name goes before the bare place.
        anchors.sort(key=lambda a: (a.start, -a.end))
        return anchors

    def _central(self, hit: Hit) -> bool:
        following = self.text[hit.end : hit.end + 1]
        if (following in {"门", "长", "队", "发"} and not self.words.begins(hit.end + 1)) or following in {"门", "长"}:
            return False
        return hit.end - hit.start >= 4 or (self.words.begins(hit.start) and self.words.begins(hit.end))

    def _limit(self, start: int, furthest: int) -> int:
        """How far a name that begins at `start` can run: to the next word that no name crosses."""
        words, text = self.words, self.text
        position = start
        furthest = min(furthest, start + _LONGEST_RUN)
        while position < furthest:
            stop = words.next_stop(position)
            if stop >= furthest:
                return furthest
            at = bisect_right(self.cover_starts, stop)
            over = max((e for s, e in self.covers[max(0, at - 4) : at] if s >= start and e > stop), default=0)
            if over:
                position = over
                continue
            bracket = _BRACKETED.match(text, stop)
            if not bracket or stop == start:
                return stop
            position = bracket.end()
        return min(position, furthest)

    def _read(self, anchor: Anchor, furthest: int) -> int | None:
        """The end of the office name that begins with `anchor`, None if there is none."""
        best = anchor.end if anchor.kind == "central" else None
        limit = self._limit(anchor.end, furthest)
        low, high = bisect_right(self.head_ends, anchor.end), bisect_right(self.head_ends, limit)
        for hit in self.heads[low:high]:
            if hit.start >= anchor.end and self._ends(hit, anchor, best):
                best = hit.end
        return best

    def _ends(self, hit: Hit, anchor: Anchor, best: int | None) -> bool:
        words, text = self.words, self.text
        flags = hit.flags
        touches = hit.start == anchor.end or (best is not None and hit.start == best)
        if not words.begins(hit.end) and not (hit.end - hit.start >= 3 or (touches and flags & Flag.TOUCHING)):
            return False
        if not words.begins(hit.end) and _goes_on().match(text, hit.end):
            return False
        if text[hit.end : hit.end + 1] in {"长", "门", "员"} and words.word_at(hit.end) not in {"长期", "门户", "员工"}:
            return False
        word = words.word_at(hit.end - 1)
        if word in self.not_offices and not (touches and flags & (Flag.TOUCHING | Flag.DEPARTMENT)):
            return False
        form = text[hit.start : hit.end]
        if best is not None and form in _PARTY and _PARTY_TITLES.match(text, hit.end):
            return False
        if flags & Flag.DEPARTMENT:
            return True
        if flags & Flag.TOUCHING and touches:
            return True
        if flags & (Flag.PROPER | Flag.ENDING):
            if hit.start == anchor.end:
                return form not in self.needs_name
            inner = text[(best or anchor.end) : hit.start]
            return (best is not None and not inner) or inner not in self.generic or form not in self.needs_name
        return bool(flags & Flag.UNIT) and best is not None and hit.start > best

    def _unanchored(self, anchored: list[Candidate]) -> list[Candidate]:
        found: list[Candidate] = []
        starts = [c.start for c in anchored]
        # From the right, so that the longest ending of a name is seen first.
        last = len(self.text) + 1
        for hit in reversed(self.heads):
            if hit.end >= last or not hit.flags & Flag.PROPER:
                continue
            at = bisect_right(starts, hit.start)
            floor = anchored[at - 1].end if at else 0
            if hit.start < floor or not self.words.begins(hit.end):
                continue
            start = self._name_start(hit, floor)
            if start is not None:
                found.append(Candidate(start, hit.end, "ORG", "rule:named-organisation"))
                last = start + 1
        return found

    def _name_start(self, hit: Hit, floor: int) -> int | None:
        """Where the proper name before the ending begins, None if no proper name stands there."""
        words, text = self.words, self.text
        if text[hit.end : hit.end + 1] in {"长", "员"} or words.word_at(hit.end - 1) in self.not_offices:
            return None
        low = max(floor, words.stop_before(hit.start), hit.start - _LONGEST_NAME)
        if low >= len(text):
            return None
        first = words.index[low] if words.begins(low) else words.index[low] + 1
        number = first
        while number < len(words.starts) and words.starts[number] < hit.start and words.words[number] in self.generic:
            number += 1
        if number >= len(words.starts) or words.starts[number] >= hit.start:
            return None
        last = words.index[hit.start - 1] + 1
        named = [n for n in range(number, last) if _proper(words.words[n], words.tags[n], self.generic)]
        if not named:
            return None
        return words.starts[number]


def _proper(word: str, tag: str, generic: frozenset[str]) -> bool:
    if word in generic:
        return False
    return tag in {"nr", "ns", "nz", "nt", "nrt", "nrfg", "x"}
