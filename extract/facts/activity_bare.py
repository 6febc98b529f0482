"""Deeds that have no object: 会商6次, 抽水2.6万立方米, 3月11日突击检查, 三地互查."""

from extract.facts.activity_act import Act
from extract.facts.activity_counts import is_summed
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, has_doer
from extract.facts.activity_reading import Reading, is_day, lexicon
from extract.facts.activity_triggers import Clause

_CLOSES = ("", "，", "。", "；", "\n", "！", "并")
# How far back the day of a deed may stand.
_DAY_BEFORE = 300
# How long it took or what it cost is not what was done.
_MEASURES = ("天", "小时", "分钟", "个月", "年", "日", "周", "元")
# What names a visit, a lesson or a check without an object is who came; the other types need one.
_BY_DOER = {"visit", "training", "inspection", "meeting", "award"}


def bare(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """The activity of `hit`, counted or of a stated day, by someone who is named; its name is the deed itself."""
    verb, text = hit.verb, reading.text
    if verb.type == "issuance":
        return None
    doer = has_doer(reading, clause, hit)
    count = reading.quantity_from.get(hit.end)
    counted = count is not None and _counts(reading, clause, hit, count, doer=doer)
    dated = doer and "o" not in verb.options and _is_dated(reading, clause, hit)
    ends = text[hit.end : hit.end + 1] in _CLOSES or text.startswith("发现", hit.end)
    attended = doer and ends and verb.role == "deed" and verb.type in _BY_DOER
    if not (counted or dated or attended):
        return None
    word = reading.word_at(hit.start - 1)
    start = reading.starts[word] if reading.words[word] in lexicon().words["adverbs"] else reading.starts[hit.word]
    span = max(start, clause.start), max(phrase.end if count is None else 0, hit.end)
    return Act((hit.start, hit.end), verb, verb.type or "other", reading.plain[slice(*span)], span, clause)


def _counts(reading: Reading, clause: Clause, hit: Hit, end: int, *, doer: bool) -> bool:
    """Whether the count after `hit`, which ends at `end`, says how much was done on one occasion."""
    verb, text = hit.verb, reading.text
    kind = verb.role == "deed" or verb.type == "selection" or bool({"o", "c"} & set(verb.options))
    if not kind or text.endswith(_MEASURES, hit.end, end) or text.endswith("分别", 0, hit.start):
        return False
    return (doer or clause.goes_on) and not is_summed(reading, clause, hit)


def _is_dated(reading: Reading, clause: Clause, hit: Hit) -> bool:
    return any(
        (time.start == clause.sentence[0] or time.start >= clause.start) and is_day(time)
        for time in reading.times_in(max(clause.sentence[0], hit.start - _DAY_BEFORE), hit.start)
    )
