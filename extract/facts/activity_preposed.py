"""What stands before its trigger: …会议在…召开, 2家企业被约谈."""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_objects import before
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause, Hit
from extract.facts.activity_types import event_type, has_head
from extract.layers import Offsets

# An event named before: 此次行动, 会议.
ANAPHOR = re.compile(r"(?:本次|此次|该|这次|此项|这一)?(?:行动|活动|工程|工作|会议|培训|项目)$")
_PREPOSITIONS = "在于由从自经已"
_ANTECEDENT = 300


def patient(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """The subject of a passive: 2家企业被约谈."""
    start, end = before(clause, hit), hit.start - 1
    if not reading.text.startswith("被", end):
        return None
    for time in reading.times_in(start, end):
        start = time.end
    while start < end and reading.text[start] in "，、 　":
        start += 1
    reason = reading.text.find("因", start, end)
    end = reason if reason > start else end
    return (start, end) if 2 <= end - start <= 40 else None


def happened(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """…会议在…召开: the event stands before the verb."""
    text, lex, verb = reading.text, lexicon(), hit.verb
    if verb.role not in ("hold", "happen") and "s" not in verb.options:
        return None
    start, end = _event_before(reading, clause, hit)
    words = text[start:end]
    if ANAPHOR.fullmatch(words):
        programs = [m for m in reading.mentions_in(max(0, start - _ANTECEDENT), start) if m.type == "PROGRAM"]
        if not programs or verb.role != "light":
            return None
        name = programs[-1].canonical or programs[-1].text
        return Act((hit.start, hit.end), verb, "campaign", name, (start, end), clause)
    if len(words) < 4 or words[0] in _PREPOSITIONS or "（" in words:
        return None
    if words.endswith("》") or words.endswith(lex.institutions):
        return told(reading, clause, hit, "issuance", (start, end)) if verb.role != "hold" else None
    kind = event_type(lex, words)
    if kind is None and verb.type in ("establishment", None) and words.rstrip("”").endswith(lex.bodies):
        kind = "establishment"
    if kind is None and verb.role == "happen" and ("y" in verb.options or words.endswith("”")):
        kind = verb.type
    return told(reading, clause, hit, kind, (start, end)) if verb.type != "issuance" else None


def _event_before(reading: Reading, clause: Clause, hit: Hit) -> Offsets:
    """The noun phrase before a verb that has no object, without times, place, adverbs and who held it."""
    text, lex = reading.text, lexicon()
    start = before(clause, hit)
    for time in reading.times_in(start, hit.start):
        if time.start <= start + 1:
            start = time.end
    while start < hit.start and text[start] in "，、的 　":
        start += 1
    time_starts = {time.start for time in reading.times_in(start, hit.start)}
    end = hit.start
    for offset in range(start + 2, hit.start):
        before_it = text[start:offset]
        if offset in time_starts and has_head(lex, before_it):
            end = offset
            break
        if text[offset] in _PREPOSITIONS and has_head(lex, before_it) and before_it.count("“") == before_it.count("”"):
            end = offset
            break
    first = reading.word_at(start)
    while (word := reading.word_at(end - 1)) > first and reading.words[word] in lex.words["before_verb"]:
        end = reading.starts[word]
    of = text.rfind("的", start, end)
    if of > start and (text[start] == "由" or reading.mentions_in(start, of)):
        start = of + 1
    return start, max(start, end)
