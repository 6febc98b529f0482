"""The words of the verb list in a bulletin.

Notes for a newcomer. jieba glues verbs to their neighbours (签订协议 and 深入开展 are one word each) and its parts of
speech are unreliable, so a verb is looked up by the first two characters of a word, or by those after an adverb glued
to it. What follows may make a noun of it (检查力度, 处罚金额).
"""

import re
from itertools import compress, count
from typing import NamedTuple

from extract.facts.activity_reading import Reading, Verb, lexicon
from extract.memo import Memo

CUES = {"demand", "induce", "plan", "negative"}
# 检查员, 慰问金, 举办地: the verb is part of a noun.
_NOUN_TAIL = frozenset("台会处所者权国方地率性度制感员费品金信团组室站点栏周日牌片册单法科用人款物书官队函卡表证")
_OBJECT_NEXT = re.compile(r"[“《\d一二两三四五六七八九十了]")
_GROUP_NEXT = re.compile(r"组(?![织建成团])|队(?!伍)|员(?!工)|者")
_POST = re.compile(r"[处科部司所办队]{1,2}(?:处长|科长|部长|司长|所长|主任|队长|长)|[大支总]队")
_QUOTED = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|（[^（）\n]*）")
# 暗访单位94家: counted, these are objects and make no noun of the deed.
_COUNTED_OBJECTS = frozenset(["单位", "项目", "机构", "主体"])
_ORGANISED = frozenset("团党会级层妇")
# 组建 | 妇联组织: a noun, whatever office has the name.
_BODIES_OF = re.compile(r"(?:组建|建立|健全|完善|加强|推进|推动|开展|实施|新建)(?:基层)?(?:妇联|工会|共青团)$")
_GLUED = frozenset("新共已再均先曾还并各")
# 种|上涨, 派|出口: what jieba reads as the beginning of a word is no complement.
_NO_COMPLEMENTS = frozenset("上起下出回来掉走遍")
# 办税厅|厅设, 县|县办: jieba glues a verb of one character to what is before it.
_GLUED_LAST = frozenset("设办签查")


class Hit(NamedTuple):
    """A word of the verb list in the text; `word` is the index of the word that holds it."""

    start: int
    end: int
    verb: Verb
    word: int


def hits_of(reading: Reading) -> list[Hit]:
    """Every word of the verb list, outside quotes and brackets."""
    lex, text = lexicon(), reading.text
    starts, verbs, adverbs = reading.starts, lex.verbs, lex.words["adverbs"]
    compounds = lex.compound_openings
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    quote = done = 0
    found: list[Hit] = []
    # Most words are no verbs: out with them at once.
    for at in compress(count(), map(_MAY_HOLD_VERB.__getitem__, reading.words)):
        word, start = reading.words[at], starts[at]
        if start < done:
            continue
        size = len(word)
        compound = lex.compound(text, start) if text[start : start + 2] in compounds else None
        verb: Verb | None
        if compound is not None:
            verb, size = compound, len(compound.text)
        elif size == 2:
            verb = verbs.get(word)
            if verb is None and word[1] in _GLUED_LAST and _OBJECT_NEXT.match(text, start + 2):
                start += 1
                verb = verbs.get(text[start : start + 2]) or verbs.get(word[1])
        else:
            # 投入使用 by itself, 签订协议 by its first half, 签 with the complement that follows it.
            whole, half = verbs.get(word), verbs.get(text[start : start + 2])
            following = reading.words[at + 1] if size == 1 and at + 1 < len(reading.words) else ""
            if len(following) > 1 and (following in verbs or following == "了解" or following[0] in _NO_COMPLEMENTS):
                # 处|罚款 is no 处罚, 种|上涨 no 种上; 抢|通便|道 is an 抢通.
                half = None
            verb = half or whole if size == 1 else whole or half
        if compound is None and verb is not None and size > 2 and verb.role in CUES:
            verb = None
        elif verb is None and size > 2:
            # 深入开展 and 系统实施 are one word to jieba, and so is 安全检查, which is a noun.
            verb = verbs.get(word[-2:])
            if verb is not None and (word[:-2] in adverbs or verb.role in ("hold", "light", "strong")):
                start += size - 2
                size = 2
            else:
                verb = None
        if verb is None and word[0] in _GLUED:
            start += 1
            size = 2
            verb = verbs.get(text[start : start + 2])
        if verb is None or (size > 2 and word[-1] in _NOUN_TAIL):
            continue
        while quote < len(quoted) and quoted[quote][1] <= start:
            quote += 1
        if quote < len(quoted) and quoted[quote][0] < start:
            continue
        end = start + len(verb.text)
        if verb.text == "组织" and _BODIES_OF.search(text, max(0, start - 9), start):
            continue
        # 团组织, 党组织, 社会组织: no 组织 as a verb, unlike 某某协会|组织….
        if verb.text == "组织" and text[start - 1 : start] in _ORGANISED and not reading.mention_ending(start):
            continue
        if reading.inside_mention(start) or _in_compound(reading, at, end, verb):
            continue
        found.append(Hit(start, end, verb, at))
        done = end
        # 开庭审理, 检查督导: one word, two verbs.
        if size == 4 and end == start + 2 and (second := verbs.get(word[2:])) and second.role not in CUES:
            found.append(Hit(end, end + 2, second, at))
    return found


def _may_hold_verb(word: str) -> bool:
    lex = lexicon()
    if word[0] in _GLUED:
        return True
    if len(word) == 1:
        return word in lex.openings
    return word[:2] in lex.pairs or (word[1] in _GLUED_LAST if len(word) == 2 else word[-2:] in lex.pairs)


_MAY_HOLD_VERB = Memo(_may_hold_verb)


def _in_compound(reading: Reading, word: int, end: int, verb: Verb) -> bool:
    """Whether what follows the trigger makes a noun of it: 发布时间, 检查力度, 推进会, 宣传处处长."""
    if reading.mentions_in(end, end + 1):
        return False
    word = max(word, reading.word_at(end - 1))
    if reading.starts[word] + len(reading.words[word]) > end:
        following = reading.text[end : reading.starts[word] + len(reading.words[word])]
    else:
        following = reading.words[word + 1] if word + 1 < len(reading.words) else ""
    words = lexicon().words
    nouns = words["compounds"] if verb.role in ("deed", "happen") else words["labels"]
    if _GROUP_NEXT.match(following) and verb.role == "deed":
        # 审计|组抽审…: so is the rest of the clause to the noun.
        return True
    if "k" in verb.options and (following in words["lands"] or following[:2] in words["lands"]):
        return True
    if len(following) == 2 and following[1] in "在于将为达是":
        # 直播|周在…: jieba glues a preposition to the noun before it.
        following = following[0]
    if following.endswith("率") or following in nouns or (len(following) > 2 and following[:2] in nouns):
        return following not in _COUNTED_OBJECTS or end + len(following) not in reading.quantity_from
    return _POST.match(reading.text, end) is not None
