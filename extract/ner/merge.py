"""The merge: which candidate becomes a mention where several sources claim the same characters."""

import re

from extract.ner.candidates import Candidate
from schemas import EntityType, Mention

_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_PHRASE = re.compile(r"“[^“”，。；：！？\n]{2,14}”")
_RANK: dict[EntityType, int] = {"PROGRAM": 0, "ORG": 1, "PLACE": 2, "PERSON": 3}


def merge(text: str, candidates: list[Candidate]) -> list[Mention]:
    """The mentions in order, without overlap.

    A place within a short quoted phrase is part of the phrase (“感动泰州”), unless it is all of it.
    Names inside a 《》 title are no mentions, except the media whose reporter follows. Of candidates that overlap the
    longer wins (the guide asks for the longest name and no nesting); of equal length the type that comes first in
    PROGRAM, ORG, PLACE, PERSON.
    """
    chosen = [c for c in candidates if c.source == "rule:media"]
    taken = bytearray(len(text))
    for start, end in [m.span() for m in _TITLE.finditer(text)] + [(c.start, c.end) for c in chosen]:
        taken[start:end] = b"\1" * (end - start)
    phrases = bytearray(len(text))
    for match in _PHRASE.finditer(text):
        phrases[match.start() + 1 : match.end() - 1] = b"\1" * (match.end() - match.start() - 2)
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, _RANK[c.type], c.start)):
        if 1 in taken[candidate.start : candidate.end]:
            continue
        if candidate.type == "PLACE" and phrases[candidate.start] and not _whole_phrase(text, candidate):
            continue
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        chosen.append(candidate)
    chosen.sort()
    return [
        Mention(
            start=c.start,
            end=c.end,
            text=text[c.start : c.end],
            type=c.type,
            canonical=c.canonical,
            sources=(c.source,),
        )
        for c in chosen
    ]


def _whole_phrase(text: str, candidate: Candidate) -> bool:
    return text[candidate.start - 1 : candidate.start] == "“" and text[candidate.end : candidate.end + 1] == "”"
