"""Lists of names that end alike: 三和宾馆、玉龙宾馆、日月宾馆.

Notes for a newcomer. Inns, shops and schools are called by any words, and what one of them is called says little. A
list in which each item has words of its own before the same ending says much: where jieba does not know the words of
one item, all of them are names. What tells kinds apart (公办幼儿园、民办幼儿园) are words that the lexicon knows.
"""

import re

from extract.ner.candidates import Candidate
from extract.ner.kinds import is_kind
from extract.ner.lexicon import Flag, Scan
from extract.ner.words import Words

_LONGEST = 10
_HAN = re.compile("[一-龥]+")
_PARTICLES = "对向与在由和及到从被把将据"
_SHORT_RUN = re.compile(f"(?<=[^一-龥])(?![{_PARTICLES}])[一-龥]{{2,3}}$")
_PROPER_TAGS = frozenset({"nr", "nrt", "ns", "nz", "nt", "x"})
_NOT_FIRST = frozenset("各该本每某两几个的等")


def find_alike(words: Words, scan: Scan) -> list[Candidate]:
    """Candidate ORGs: the items of such lists; offsets are view offsets."""
    text = words.text
    found: list[Candidate] = []
    last: dict[str, list[tuple[int, int]]] = {}
    rows: list[tuple[int, list[tuple[int, int]]]] = []
    for hit in scan.heads:
        if not hit.flags & Flag.PROPER or hit.end - hit.start < 2:
            continue
        form = text[hit.start : hit.end]
        row = last.get(form)
        before = row[-1][1] if row else -1
        own = (before + 1, hit.start)
        if row and text[before] == "、" and 2 <= own[1] - own[0] <= _LONGEST and _HAN.fullmatch(text, *own):
            row.append((own[0], hit.end))
        else:
            last[form] = row = [(hit.start, hit.end)]
            rows.append((hit.end - hit.start, row))
    for length, row in rows:
        if len(row) > 1 and words.begins(row[-1][1]):
            first = _first(words, row[0][0])
            spans = ([(first, row[0][1])] if first is not None else []) + row[1:]
            if all(_own(text, start, end - length) for start, end in spans) and any(
                _proper(words, start, end - length) for start, end in spans
            ):
                found += [Candidate(*span, "ORG", "rule:listed-name") for span in spans]
    return found


def _first(words: Words, ending: int) -> int | None:
    """Where the own words of the first item begin, None if that is not known."""
    if run := _SHORT_RUN.search(words.text, max(0, ending - 5), ending):
        return run.start()  # 三和宾馆: what stands between a mark and the ending, whatever jieba makes of it
    start = words.stop_before(ending)
    after_deed = start and words.tag_at(start - 1).startswith("v") and words.text[start] not in _PARTICLES
    return start if after_deed and 2 <= ending - start <= _LONGEST else None


def _own(text: str, start: int, ending: int) -> bool:
    """Whether `[start, ending)` can be a name's own part, and makes no kind of what follows."""
    return text[start] not in _NOT_FIRST and not is_kind(text[start:ending])


def _proper(words: Words, start: int, ending: int) -> bool:
    """Whether jieba knows no ordinary word there."""
    return words.tag_at(start) in _PROPER_TAGS or words.ends[words.index[start]] > ending
