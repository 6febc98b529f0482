"""Units by their bare names where a paragraph or a credit begins with them: ◆环卫站 清运垃圾; 供稿：行业管理科 周立新.

Notes for a newcomer. Weekly reports of an office tell in turn what its units did, each paragraph under the unit's name,
which has no place before it and is often made of ordinary words. One such line says little; several in one text, each
ending like a unit, are names. Whoever signs gives the unit right before the person.
"""

import re

from extract.ner.again import find_again
from extract.ner.candidates import Candidate
from extract.ner.names import person_lists
from extract.ner.words import Words

_LEAST = 2
# What marks a paragraph; the view has one kind of space.
_MARKS = "◆◇●■▲▶★☆•▼►□○√♦"
_HEADED = re.compile(f"[{_MARKS}] *([一-龥]{{2,10}}(?:所|站|队|中心|科|股|院|局|支部))(?= +[一-龥“0-9]|：)")
_SIGNED = re.compile(
    "：(?<=供稿：|撰写：|撰稿：|撰文：|作者：|责编：|审核：|审稿：|核稿：|整理：|系人：) *"
    "([一-龥]{2,8}(?:科|股|处|室|大队|中队|中心)) +([一-龥]{1,2})[一-龥]{0,2}(?![一-龥])"
)
# Of these every office has one.
_KINDS = frozenset({"办公室", "派出所", "司法所", "服务中心", "工作站", "服务站", "责任科"})


def find_headed(words: Words) -> list[Candidate]:
    """Candidate ORGs: units at the head of paragraphs, wherever else the text has them, and units that sign."""
    text = words.text
    found = []
    spans = [m.span(1) for m in _HEADED.finditer(text) if text[max(0, m.start() - 1) : m.start()].strip() == ""]
    names = {text[s:e]: "" for s, e in spans if text[s:e] not in _KINDS}
    if len(names) >= _LEAST:
        found = [Candidate(s, e, "ORG", "rule:headed-unit") for s, e in spans if text[s:e] in names]
        heads = {s for s, _ in spans}
        found += [
            Candidate(s, e, "ORG", "rule:name-again")
            for s, e, _ in find_again(words, names)
            if s not in heads and words.begins(s) and words.begins(e)
        ]
    persons = person_lists()
    for match in _SIGNED.finditer(text):
        who = match[2]
        if who[0] in persons.surnames or who in persons.compound:
            found.append(Candidate(*match.span(1), "ORG", "rule:signing-unit"))
    return found
