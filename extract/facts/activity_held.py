"""Events that are held, begun or joined: what 举办, 开展, 参加 and 进行 need to tell an activity."""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, before, place, target
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import event_type, is_vague, kind_told
from extract.layers import Offsets

# Longer than this, what it was done to is no part of a name.
_LONG = 15
# 就法律风险防范(进行讲座)
_ABOUT = re.compile(r"(?:就(?<![成早也]就)|围绕)([^，就]{2,60})$")
# 组织党员(参观…), which is told by its own verb
_SHOWN = re.compile(
    r"[员工生众表部民][^，]*(?:参观|瞻仰|祭扫)(?:学习|考察)?$|(?:赴|前往|走进)[^，]{2,}(?:参观|考察|瞻仰|祭扫)(?:学习|交流)?$"
)
_FOR = re.compile(r"(?:为|向|给)[^，]{2,60}$")


def held(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """开展, 举办 and their like: the event noun decides."""
    text, lex, options = reading.text, lexicon(), hit.verb.options
    words = text[phrase.start : phrase.end]
    if hit.verb.text == "组织" and _SHOWN.search(words):
        return None
    if phrase.counted and words.startswith(("各种", "各类", "各项")):
        return None
    if "p" in options and not takes_part(reading, clause, hit, words):
        return None
    beneficiary = _FOR.search(text, before(clause, hit), hit.start)
    if "b" in options and (lex.claims.search(words) or not beneficiary):
        return None
    aimed = _aimed(reading, clause, hit) if "d" in options else _is_deed_to(reading, clause, hit)
    if hit.verb.role == "light" and not phrase.attributive and not aimed and is_vague(lex, words):
        return None
    if "d" in options:
        return _performed(reading, clause, hit, phrase)
    kind = None if "i" in options and words.endswith("”") else kind_told(lex, hit.verb, words)
    named = _is_named(reading, phrase, words)
    if kind is None and named and hit.verb.role == "light" and not {"b", "i"} & set(options):
        kind = "campaign"
    if kind is None and "i" in options and len(words) > 4 and words.rstrip("”").endswith(lex.institutions):
        kind = "issuance"
    if kind is None and named and {"i", "y"} <= set(options):
        kind = "other"
    if "n" in options and not (named and kind == "campaign"):
        return None
    if hit.verb.role == "hold":
        kind = "meeting" if hit.verb.type == "meeting" else kind or hit.verb.type
    act = told(reading, clause, hit, kind, (phrase.start, phrase.end))
    aim = target(reading, clause, hit)
    if act is None or aim is None or words.startswith("“") or words.endswith("行动"):
        return act
    if _is_long(reading, aim) and not is_vague(lex, words):
        return act
    return Act(act.trigger, act.verb, act.type, reading.plain[aim[0] : aim[1]] + act.name, act.named, clause)


def _is_deed_to(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether 开展, 实施 say what it was done to: 对34家加油站开展检查."""
    return hit.verb.text in ("开展", "实施") and target(reading, clause, hit) is not None


def _aimed(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether it is said what it was done to, where, or about what."""
    if target(reading, clause, hit) or place(reading, clause, hit):
        return True
    return _ABOUT.search(reading.text, before(clause, hit), hit.start) is not None


def _is_long(reading: Reading, aim: Offsets) -> bool:
    """Whether what it was done to is a list, or too long for a name."""
    return aim[1] - aim[0] > _LONG or "、" in reading.text[slice(*aim)]


def takes_part(reading: Reading, clause: Clause, hit: Hit, words: str) -> bool:
    """Whether 参加 tells of a deed: 300余人参加培训 only says how many came to the event told before."""
    if len(words) < 4 or words.startswith(("会议", "活动", "培训")) or words.endswith("治理"):
        return False
    return not reading.quantities_in(clause.start, hit.start)


def _is_named(reading: Reading, phrase: Phrase, words: str) -> bool:
    """Whether the object is a name: it ends in a quote, perhaps with an event noun, or is a programme."""
    if "”" in words and words[words.rfind("”") + 1 :] in ("", lexicon().event(words)):
        return True
    return any(m.type == "PROGRAM" and m.end == phrase.end for m in reading.mentions_in(phrase.start, phrase.end))


def _performed(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """对…进行了体检: the trigger is the verbal noun, the name what it was done to and the noun."""
    lex = lexicon()
    start, end = phrase.start, phrase.end
    words = reading.text[start:end]
    aim = target(reading, clause, hit)
    done_to = reading.plain[aim[0] : aim[1]] if aim else ""
    ending, kind = lex.event(words), event_type(lex, words)
    about = _ABOUT.search(reading.text, before(clause, hit), hit.start) if aim is None or ending == "讲座" else None
    if ending == "讲座":
        topic = reading.plain[slice(*about.span(1))] if about else ""
        return Act((hit.start, hit.end), hit.verb, "publicity", topic + reading.plain[start:end], (start, end), clause)
    name = done_to + reading.plain[start:end]
    if kind is None:
        verb = lex.verbs.get(words[-2:])
        known = verb is not None and verb.role in ("deed", "strong")
        done = aim is not None and (known or reading.text.startswith("了", hit.end))
        if not done or any(soft in words for soft in lex.words["soft_deeds"]):
            return None
        ending, name = words[-2:], done_to
        kind = (verb.type if known and verb is not None else None) or "other"
    elif aim is None and len(words) < 4:
        where = about.span(1) if about else None
        if where is None and kind in ("visit", "inspection"):
            where = place(reading, clause, hit)
        if where is None or where[1] - where[0] < 3:
            return None
        # 就新法进行解读, 来到施工现场进行调研
        return Act((start, end), hit.verb, kind, reading.plain[slice(*where)], (start, end), clause)
    if ending is None or ending in ("工作", "活动"):
        return Act((hit.start, hit.end), hit.verb, kind, name, (start, end), clause)
    return Act((end - len(ending), end), hit.verb, kind, name, (start, end), clause)
