"""What stands before its trigger: …会议在…召开, 2家企业被约谈."""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import before, target
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import event_type, has_head, kind_told
from extract.layers import Offsets

# An event named before: 此次行动, 会议.
ANAPHOR = re.compile(r"(?:此类|这类|类似|本次|此次|该|这次|此项|这一)?(?:行动|活动|工程|工作|会议|培训|项目)$")
_PREPOSITIONS = "在于由从自经已"
# 9月26日是中小学开学第一天: what is said of a day.
_SAYS = "是"
_ANTECEDENT = 300
_SINCE = ("以来", "后", "至今", "之后", "首月", "首日")
# 《…》是去年12月由…印发的, 何某…被…分局执行逮捕, …由…提起公诉.
_ISSUED = re.compile(r"(《[^《》]{2,60}》)(?:（[^（）]{1,20}）)?(?:是|已|于|由|经|以|，|现)[^《》，]{0,40}$")
_PASSIVE = re.compile(r"(?:，?于[^，]{2,12})?(?:已?被|已?由|已?经)[^，的]{0,40}$")
_DURING = re.compile(r"在[^，。“”]{0,20}?(“[^“”]{2,30}”[^，。“”]{0,12})$")
_NAMED = re.compile(r"”(?:项目|计划|工程|行动|活动|品牌)?$")
_UNVEILED = re.compile(r"为(?<![作成称认因]为)(“[^“”]{2,40}”|[^，。为]{4,40})(?:共同|一同|正式|联合)?$")
_CAUSE = re.compile(r"因[^，]{2,40}")
# 6月20日晚在…首演
_HOUR = re.compile(r"凌晨|清晨|早[上晨]|上午|中午|下午|傍晚|晚上?(?![会宴报霞餐])|夜里|深夜")
_CLOSES = ("", "。", "，", "；", "\n", " ", "的", "）", "！")


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


def topic(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """What stands before a verb whose object is who receives it: 200吨茶叶首次(运抵老挝), without times and adverbs."""
    start, end = before(clause, hit), hit.start
    for time in reading.times_in(start, end):
        if time.start <= start + 1:
            start = time.end
    for mention in reading.mentions_in(start, end):
        if mention.type != "PROGRAM" and mention.start <= start + 1:
            start = mention.end
    while start < end and reading.text[start] in "，、的把将 　":
        start += 1
    word = reading.word_at(end - 1)
    adverbs = lexicon().words["before_deed"] | lexicon().words["adverbs"]
    while reading.starts[word] > start and reading.words[word] in adverbs:
        end = reading.starts[word]
        word -= 1
    if end in reading.quantity_to:
        # 其中3个移交公安机关
        return None
    return (start, end) if 2 <= end - start <= 30 else None


def undergone(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """何某被…分局逮捕, 该违建依法拆除: what it was done to stands before a verb of deed, as subject or as topic."""
    text, verb = reading.text, hit.verb
    if verb.role == "strong" and text[hit.end : hit.end + 1] in _CLOSES and (aim := target(reading, clause, hit)):
        # 对…进行集中抓捕
        return told(reading, clause, hit, verb.type, aim)
    if verb.role not in ("strong", "deed") or text[hit.end : hit.end + 1] not in _CLOSES:
        return None
    back = before(clause, hit)
    if issued := _ISSUED.search(text, back, hit.start):
        return told(reading, clause, hit, verb.type, issued.span(1))
    passive = _PASSIVE.search(text, back, hit.start)
    if passive and "被" not in passive[0] and not reading.mentions_in(passive.start(), hit.start):
        return None
    end = passive.start() if passive else hit.start
    start = back
    if passive and end == clause.start:
        # 赵某因盗伐林木，被…逮捕
        start, end = max(clause.sentence[0], clause.start - _ANTECEDENT), clause.start - 1
    for time in reading.times_in(start, end):
        if time.start <= start + 1:
            start = time.end
    while start < end and text[start] in "，、的 　":
        start += 1
    word = reading.word_at(end - 1)
    adverbial = bool(passive)
    while reading.starts[word] > start and reading.words[word] in lexicon().words["before_deed"]:
        end, adverbial = reading.starts[word], True
        word -= 1
    because = _CAUSE.search(text, start, end)
    if because:
        end = because.start()
    words = text[start:end]
    if (
        not adverbial
        or len(words) < 2
        or words[0] in _PREPOSITIONS
        or (not passive and reading.mentions_in(start, end))
    ):
        return None
    if not passive and words.endswith(lexicon().doers):
        return None
    return told(reading, clause, hit, verb.type, (start, end))


def during(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """在“…”专项检查中(发现…): an event with a name, told in passing."""
    found = _DURING.search(reading.text, before(clause, hit), hit.end)
    if found is None or not reading.text.startswith(("中", "工作中", "过程中"), hit.end):
        return None
    return told(reading, clause, hit, event_type(lexicon(), found[1]), found.span(1))


def happened(reading: Reading, clause: Clause, hit: Hit, *, over: bool = False) -> Act | None:
    """…会议在…召开: the event stands before the verb.

    Args:
        reading: the bulletin.
        clause: the clause of the trigger.
        hit: the trigger.
        over: something is told since then (…行动启动以来), which needs the name of the event.
    """
    text, lex, verb = reading.text, lexicon(), hit.verb
    if verb.role not in ("hold", "happen") and "s" not in verb.options:
        return None
    if "y" in verb.options and (unveiled := _UNVEILED.search(text, before(clause, hit), hit.start)):
        # 为“…研究中心”揭牌
        return told(reading, clause, hit, verb.type, unveiled.span(1))
    start, end = event_before(reading, clause, hit)
    words = text[start:end]
    if over and ("“" not in words or "是" in words[:3] or not text.startswith(_SINCE, hit.end)):
        return None
    if ANAPHOR.fullmatch(words):
        programs = [m for m in reading.mentions_in(max(0, start - _ANTECEDENT), start) if m.type == "PROGRAM"]
        if not programs or verb.role != "light":
            return None
        name = programs[-1].canonical or programs[-1].text
        return Act((hit.start, hit.end), verb, "campaign", name, (start, end), clause)
    if (
        len(words) < 4
        or words[0] in _PREPOSITIONS + _SAYS
        or (words.count("（") > words.count("）") and not words.endswith("》"))
    ):
        return None
    if words.endswith("》") and verb.role == "happen" and verb.type == "other":
        # 舞剧《…》首演
        return told(reading, clause, hit, verb.type, (start, end))
    if words.endswith("》") or words.endswith(lex.institutions):
        return told(reading, clause, hit, "issuance", (start, end)) if verb.role != "hold" else None
    kind = kind_told(lex, verb, words)
    if kind is None and verb.type in ("establishment", None) and words.rstrip("”").endswith(lex.bodies):
        kind = "establishment"
    if words.endswith(tuple("０１２３４５６７８９0123456789元件个名人次")) or end in reading.quantity_to:
        return None
    if kind is None and verb.role == "light" and _NAMED.search(words):
        kind = "campaign"
    if kind is None and "y" in verb.options and verb.type == "establishment" and verb.role != "found":
        kind = verb.type
    if kind is None and verb.role == "happen" and ("y" in verb.options or words.endswith("”")):
        kind = verb.type
    return told(reading, clause, hit, kind, (start, end)) if verb.type != "issuance" else None


def _is_word(reading: Reading, offset: int) -> bool:
    """Whether the character at `offset` is a word: the 自 of 自然 is none; jieba glues 在 to what is before it."""
    word = reading.word_at(offset)
    if reading.text[offset] == "在":
        return True
    # 已于, 已由 are one word to jieba.
    return reading.starts[word] == offset and all(char in _PREPOSITIONS for char in reading.words[word])


def event_before(reading: Reading, clause: Clause, hit: Hit) -> Offsets:
    """The noun phrase before a verb that has no object, without times, place, adverbs and who held it."""
    text, lex = reading.text, lexicon()
    start = before(clause, hit)
    for time in reading.times_in(start, hit.start):
        if time.start <= start + 1:
            start = time.end
            if hour := _HOUR.match(text, start):
                start = hour.end()
    while start < hit.start and text[start] in "，、的 　":
        start += 1
    time_starts = {time.start for time in reading.times_in(start, hit.start)}
    end = hit.start
    for offset in range(start + 2, hit.start):
        before_it = text[start:offset]
        if offset in time_starts and ("y" in hit.verb.options or has_head(lex, before_it)):
            end = offset
            break
        if (
            text[offset] in _PREPOSITIONS
            and _is_word(reading, offset)
            and (has_head(lex, before_it.rstrip("也均还就")) or (text[offset] in "在从" and "y" in hit.verb.options))
            and before_it.count("“") == before_it.count("”")
        ):
            end = offset
            break
    first = reading.word_at(start)
    while (word := reading.word_at(end - 1)) > first and reading.words[word] in lex.words["before_verb"]:
        end = reading.starts[word]
    if end > start + 2 and text[end - 1] in "于在":
        end -= 1
    of = text.rfind("的", start, end)
    if of > start and (text[start] == "由" or reading.mentions_in(start, of)):
        start = of + 1
    return start, max(start, end)
