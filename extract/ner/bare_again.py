"""An organisation again by the end of its name: 供电公司 after 国网云溪供电公司, 中院 after 云溪市中级人民法院.

Notes for a newcomer. Once a text has told which one it speaks of, it calls an organisation by what kind it is. The
same words mean any of the kind elsewhere (医院、学校都要检查), so they are a name only where they act: at the head of a
clause, with a deed after them, and where exactly one name before ends with them. Kinds that a text takes up like a
pronoun (大队, 公司, 集团) or that are many by nature (派出所) are none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any

from extract.data import load_toml
from extract.ner.abbreviations import without_place
from extract.ner.again import find_again
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Scan
from extract.ner.offices import Office
from extract.ner.words import Words

_LONGEST = 8
_CLAUSE_MARKS = frozenset("，。；：！？（“\n ●◆■")
_ACTS = ("v", "d", "p", "c", "b")
_EACH = frozenset("每")
_COUNTED = re.compile("\\d|[一二两三四五六七八九十]+[座个所家处]")
_EACH_OF = re.compile(r"(?:各[市县区州旗乡镇]?|[\d一两二三四五六七八九十几][家个所]|两级)$")
# 中院 | 民三庭
_CHAMBER = re.compile("(?:[民刑行][一二三四五六]?庭|立案庭|执行局|执行庭)(?!长)")
_LEGAL_FORM = re.compile("(?:集团)?(?:股份)?有限(?:责任)?公司$")
# A firm's own word and its trade.
_SHORTEST_CORE = 4
_LEVELS = frozenset("省市县区州旗镇乡")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], dict[str, list[str]]]:
    lists: dict[str, Any] = load_toml("ner/data/offices.toml")["again"]
    return frozenset(lists["never"]), frozenset(lists["short"]), lists["called"]


def find_bare_again(words: Words, named: list[Candidate]) -> list[Candidate]:
    """Candidate ORGs: the ends of names in `named` where they stand for the name; offsets are view offsets."""
    text = words.text
    owners: dict[str, list[tuple[int, str]]] = {}
    told: set[str] = set()
    for candidate in sorted(named):
        name = text[candidate.start : candidate.end]
        if name not in told:
            told.add(name)
            for tail in _tails(words, candidate):
                owners.setdefault(tail, []).append((candidate.end, name))
    starts = sorted(c.start for c in named)
    found: list[Candidate] = []
    for start, end, _ in find_again(words, dict.fromkeys(owners, "")):
        if not start or text[start - 1] not in _CLAUSE_MARKS or not words.begins(end):
            continue
        at = bisect_left(starts, start)
        if at < len(starts) and starts[at] == start:
            continue
        full = _one({name for position, name in owners[text[start:end]] if position <= start})
        if full is None:
            continue
        if chamber := _CHAMBER.match(text, end):
            found.append(Candidate(start, chamber.end(), "ORG", "rule:bare-again", full + chamber[0]))
        elif words.tag_at(end).startswith(_ACTS) or text[end : end + 1] in _EACH:
            found.append(Candidate(start, end, "ORG", "rule:bare-again", full))
    return found


def _tails(words: Words, name: Candidate) -> Iterator[str]:
    """What the name may be called by its end."""
    never, short, called = _lists()
    text = words.text
    for start in range(max(name.start + 1, name.end - _LONGEST), name.end - 1):
        tail = text[start : name.end]
        if (name.end - start > 2 or tail in short) and tail not in never and words.begins(start):
            yield tail
            yield from called.get(tail, ())


def _one(names: set[str]) -> str | None:
    """The one of the names that all of them mean (市公证处, 云溪市公证处), None if there are several or none."""
    full = max(names, key=len, default=None)
    return full if all(n == full or (full and n[0] in _LEVELS and full.endswith(n)) for n in names) else None


def find_firms_again(words: Words, named: list[Candidate]) -> list[Candidate]:
    """恒步鞋业 after 福建恒步鞋业股份有限公司: a firm's name without its place and its legal form."""
    text = words.text
    cores: dict[str, str] = {}
    for candidate in named:
        name = text[candidate.start : candidate.end]
        if form := _LEGAL_FORM.search(name):
            core = without_place(name[: form.start()])
            if len(core) >= _SHORTEST_CORE:
                cores.setdefault(core, name)
    spans = sorted((c.start, c.end) for c in named)
    found: list[Candidate] = []
    for start, end, full in find_again(words, cores):
        at = bisect_left(spans, (end, 0))
        if not (at and spans[at - 1][1] > start):
            found.append(Candidate(start, end, "ORG", "rule:name-again", full))
    return found


def find_repeated(words: Words, offices: list[Office], scan: Scan) -> list[Candidate]:
    """律师行业联合党支部 after 兰溪市律师行业联合党支部: an office's name without its place."""
    known = {(h.start, h.end) for h in scan.heads if h.flags & (Flag.DEPARTMENT | Flag.TOUCHING)}
    names: dict[str, str] = {}
    for office in offices:
        if (
            office.kind == "place"
            and office.end - office.anchor_end >= 5
            and (office.anchor_end, office.end) not in known
        ):
            names.setdefault(words.text[office.anchor_end : office.end], words.text[office.start : office.end])
    starts = [o.start for o in offices]
    found: list[Candidate] = []
    for start, end, full in find_again(words, names):
        at = bisect_left(starts, end)
        inside = at and offices[at - 1].end > start
        if _EACH_OF.search(words.text, max(0, start - 3), start) or _COUNTED.match(words.text, end):
            continue
        free = start == 0 or words.stop_before(start) == start
        if not inside and free and words.begins(start) and words.begins(end):
            found.append(Candidate(start, end, "ORG", "rule:name-again", full))
    return found
