"""Whether a deed with a counted object is an activity or a mere statistic.

Notes for a newcomer. 抓获嫌疑人26名 is news of one night and a statistic of half a year. It is taken for news where the
sentence says who did it and sums nothing up, or where the period in force is short.
"""

import re

from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, has_doer, place, target
from extract.facts.activity_reading import Reading
from extract.facts.activity_triggers import Clause

# Every branch begins with a character, for which alone the search stops: no look-behind or set of characters first.
_IN_ALL = r"共(?<![公中国]共)(?:计|(?![青产和同建享商治赢识]))"
_CUMULATED = re.compile(rf"累计|{_IN_ALL}|截[至止]|以来|目前|全年|总计|今年|去年|半年|季度|已")
_SUMMED = re.compile(
    rf"累计|{_IN_ALL}|截[至止]|以来|年多?来|月多?来|日均|年均|月均|总计|据统计|同比|全年|全市|全省|全县|全区|全州"
)
# How far back a word of summing up may stand.
_NEAR, _FAR = 120, 300
# How many days a period may have that still is an occasion.
_OCCASION = 45


def counted_stays(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> bool:
    """Whether the object `phrase` of `hit` is no count, or its count is that of one occasion."""
    if not phrase.counted or "q" in hit.verb.options:
        return True
    text, role = reading.text, hit.verb.role
    summed = is_summed(reading, clause, hit)
    if role == "strong" and text.startswith("《", phrase.start):
        return True
    if role in ("light", "hold"):
        named = "“" in text[phrase.start : phrase.end]
        said = has_doer(reading, clause, hit) or target(reading, clause, hit) or place(reading, clause, hit)
        return named or (not summed and bool(said))
    if role not in ("strong", "deed") and (role, hit.verb.type) != ("happen", "agreement"):
        return False
    goes_on = clause.goes_on and text[hit.start - 1] != "已"
    if not summed and (goes_on or has_doer(reading, clause, hit) or _has_subject(reading, clause, hit)):
        return True
    if _CUMULATED.search(text, max(clause.sentence[0], hit.start - _FAR), hit.start):
        return False
    period = reading.layers.scopes.period(hit.start) if reading.layers.scopes else (None, None)
    return period[0] is None or period[1] is None or (period[1] - period[0]).days <= _OCCASION


def is_summed(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether the words before `hit` say that a sum is told (累计, 全市, 同比)."""
    return _SUMMED.search(reading.text, max(clause.sentence[0], hit.start - _NEAR), hit.start) is not None


def _has_subject(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether a clause that begins with its verb goes on with the named subject of its sentence."""
    start = clause.sentence[0]
    subject = [m for m in reading.mentions_in(start, min(start + 12, clause.start)) if m.type in ("ORG", "PERSON")]
    return bool(subject) and hit.start - clause.start < 3
