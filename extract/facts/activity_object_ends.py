"""Where the object of a trigger ends: which later verb is one of its own, and which belongs to the object."""

import re

from extract.facts.activity_hits import Hit
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_types import has_head

# 以“…”为主题的沙龙
_THEME = re.compile(r"以“[^\n]{2,60}?”为(?:主题|题|主线)的?")
# How much of a noun may follow a verb inside it: 授信|合作协议.
_NOUN_AHEAD = 8
_PAPER = re.compile(r"[书函单令证表卡](?:\d{1,5}[多余]?[份张件本])?[。；]?$")
_GOVERNS = "为向对以在从"
_RELATIVE = re.compile(r"(?!了)[^，的]{1,20}的[^，的]{2}")
# A、B创建倡议书、C等资料: the verb stands inside an item of a list.
_LIST_GOES_ON = re.compile(r"、|等")
_CONJUNCTIONS = {"并", "并且", "且", "同时"}


def object_end(reading: Reading, limit: int, start: int, later: list[Hit], role: str) -> int:
    """Where the object that begins at `start` ends: at a verb, a conjunction, a claim, or the end of its clause."""
    text, lex = reading.text, lexicon()
    end = limit
    for hit in later:
        if hit.start >= limit:
            break
        if hit.start >= start and _begins_anew(reading, limit, start, hit, role):
            end = hit.start
            break
    theme = _THEME.match(text, start, end)
    for at in range(reading.word_at(theme.end() if theme else start) + 1, len(reading.starts)):
        offset, word = reading.starts[at], reading.words[at]
        if offset >= end:
            break
        if (word not in _CONJUNCTIONS and word not in lex.enders) or _is_quoted(text, start, offset):
            continue
        if word in _CONJUNCTIONS:
            return offset
        if _complete(text[start:offset].rstrip("、和及"), role):
            following = reading.words[at + 1] if at + 1 < len(reading.words) else ""
            if following not in lex.words["labels"]:
                return offset
    return end


def _is_quoted(text: str, start: int, offset: int) -> bool:
    """Whether `offset` lies inside a quote or a title that opens after `start`."""
    opened = text.count("“", start, offset) + text.count("《", start, offset)
    return opened > text.count("”", start, offset) + text.count("》", start, offset)


def _may_be_noun(reading: Reading, hit: Hit) -> bool:
    """Whether the noun that is to come may begin with `hit`: 文化|建设提升年活动, but not 骨干|组成6个检查组."""
    role = hit.verb.role
    return role in ("strong", "happen") or (role == "found" and hit.end not in reading.quantity_from)


def _complete(words: str, role: str) -> bool:
    """Whether an object may end here; the object of 举办 does not end with the name that begins it."""
    return has_head(lexicon(), words) and not (role == "hold" and words.endswith(("》", "”")))


def _begins_anew(reading: Reading, limit: int, start: int, hit: Hit, role: str) -> bool:
    """Whether a later verb is a verb of its own, not a modifier or a noun inside the object."""
    text, lex, verb = reading.text, lexicon(), hit.verb
    # 组织的…, …创建、…, …建设工作
    if hit.end >= limit or text.startswith(("的", "了的", "、", "和", "与", "工作", "活动", "等"), hit.end):
        return False
    if "n" in verb.options or "b" in verb.options:
        return False
    if "、" in text[start : hit.start] and text[hit.start - 1] != "、" and _LIST_GOES_ON.search(text, hit.end, limit):
        return False
    if reading.quantity_to.get(hit.start, start) > start:
        # 派出医疗队3支|巡诊
        return True
    if any(m.type == "PROGRAM" and m.end > hit.start for m in reading.mentions_in(start, hit.start)[-1:]):
        # 推出农村文化建设提升年活动: inside a name.
        return False
    complete = _complete(text[start : hit.start], role)
    opened = text[hit.start - 1] == "”" and verb.role in ("strong", "happen") and not text.startswith("了", hit.end)
    if opened and has_head(lex, text[start:limit].rstrip("。，；")):
        # “…”移送常态化机制: the verb is part of a noun that the name opens.
        return False
    if (not complete or text[start] in _GOVERNS) and _RELATIVE.match(text, hit.end, limit):
        # 打掉一个为诈骗集团转移赃款的团伙: the verb belongs to what stands before 的.
        return False
    # 签订授信合作协议, 开展打击处置行动: the verb belongs to the noun that is to come.
    near = role == "light" or limit - hit.end <= _NOUN_AHEAD
    if not complete and near and role != "hold" and _PAPER.search(text, hit.end, limit):
        # 发出审计移送处理书1份
        return False
    if not complete and (
        role == "hold" or (_may_be_noun(reading, hit) and near and has_head(lex, text[start:limit].rstrip("。，；")))
    ):
        return False
    if verb.role == "deed":
        after_adverb = reading.words[hit.word - 1] in lex.words["adverbs"]
        listed = text.startswith("”、", hit.start - 2)
        return (
            listed or text.startswith("了", hit.end) or (after_adverb and (complete or role not in ("light", "hold")))
        )
    return not (role in ("light", "hold") and verb.role == "light" and hit.start - start < 2)
