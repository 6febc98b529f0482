"""The activities of one clause: what the rules propose and the scorer passes, and what it takes of the rest."""

import re
from collections.abc import Iterator

from extract.facts.activity_act import Act
from extract.facts.activity_acts import proposed, tells_event
from extract.facts.activity_gate import KEPT, TAKEN, features_around, features_of, likelihood
from extract.facts.activity_hits import Hit
from extract.facts.activity_joined import joined_hits
from extract.facts.activity_objects import Phrase, object_of
from extract.facts.activity_organised import sent_to_work
from extract.facts.activity_passed_over import passed_over
from extract.facts.activity_preposed import happened
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause

# 围绕开展法律服务的情况进行了交流: what was talked about was not done here.
_ABOUT = re.compile(
    r"(?:围绕|就(?<![成早也]就)(?![业近地诊读餐医职]))([^，]{2,80}?)(?:进行|开展|展开|(?<![合工协操运])作|做)"
)
# 在充分调研的基础上
_GROUND = re.compile(r"在([^，]{2,60}?)(?:基础|前提|背景|指导|带领|领导|支持|配合|帮助)[上下]")
_CLOSES = ("", "，", "。", "；", "\n", "！")
# 在《…》出台前夕, 直播带货方面: when and where something else is told.
_NO_DEED = ("前夕", "之际", "之初", "方面")
# How many verbs after a trigger may bear on it.
_LATER = 19


def candidates(reading: Reading, clause: Clause) -> Iterator[tuple[Hit, list[Hit], Phrase | None]]:
    """Each verb of `clause` that may tell of an activity, the verbs after it, and its object."""
    hits = joined_hits(reading, clause.hits)
    for at, hit in enumerate(hits):
        later = hits[at + 1 : at + 1 + _LATER]
        yield hit, later, object_of(reading, clause, hit, later)


def acts(reading: Reading, clause: Clause) -> Iterator[Act]:
    """The activities that one clause reports, in order."""
    aim = reading.text.startswith("为", clause.start) and clause.hits[0].start == clause.start + 1
    if aim or lexicon().purpose.match(reading.text, clause.start, clause.end):
        return
    done = clause.start
    hits = joined_hits(reading, clause.hits)
    if (event := _event_told_after(reading, clause, hits)) is not None:
        hits = [hit for hit in hits if not event.named[0] <= hit.start < event.named[1]]
    about = _ABOUT.search(reading.text, clause.start, min(clause.end, clause.start + 200))
    grounds = _GROUND.search(reading.text, clause.start, min(clause.end, clause.start + 200))
    around = features_around(reading, clause)
    for at, hit in enumerate(hits):
        if hit.start < done or any(
            said and said.start() < hit.start and hit.end <= said.end(1) for said in (about, grounds)
        ):
            continue
        act = _chosen(reading, clause, hit, hits[at + 1 : at + 1 + _LATER], around)
        if act is not None and act.name.endswith(_NO_DEED):
            continue
        if act is not None and not _is_subject(hits[at + 1 : at + 4], act):
            done = max(act.named[1], hit.end)
            yield act
        elif act is None and at + 1 == len(hits) and done == clause.start:
            yield from sent_to_work(reading, clause, hits)


def _event_told_after(reading: Reading, clause: Clause, hits: list[Hit]) -> Act | None:
    """The event that stands before the last verb of `hits` and holds others: “…”直播周在…收官."""
    if len(hits) < 2 or not tells_event(hits[-1]) or reading.text[hits[-1].end : hits[-1].end + 1] not in _CLOSES:
        return None
    return happened(reading, clause, hits[-1])


def _is_subject(later: list[Hit], act: Act) -> bool:
    """Whether what looks like the object acts itself: …创建工作领导小组召开会议."""
    return act.type == "establishment" and any(h.start == act.named[1] and h.verb.role == "hold" for h in later)


def _chosen(reading: Reading, clause: Clause, hit: Hit, later: list[Hit], around: list[str]) -> Act | None:
    """The activity of `hit`, if it is likely enough to tell of one."""
    phrase = object_of(reading, clause, hit, later)
    act = proposed(reading, clause, hit, later, phrase)
    likely = likelihood(features_of(reading, clause, hit, later, phrase, around, act))
    if act is not None:
        return act if likely >= KEPT else None
    return passed_over(reading, clause, hit, phrase) if likely >= TAKEN else None
