"""The words after a figure that stands before its noun: the noun counted, and what is said of it.

Notes for a newcomer. 设立5家公益服务中心 counts 公益服务中心; 9家法院设立了服务点 counts 法院 and says of them
that they 设立服务点. Where the noun ends is the question: jieba calls many nouns verbs (考生, 服务), so a verb ends the
noun only if it is sure to be one at its place.
"""

from extract.facts.metric_front import without_beneficiary, without_openers
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import PARTICLES, Word, is_separator

GOVERNING = frozenset({"对", "为", "与", "向", "给", "在", "来自", "把", "将", "针对", "面向", "帮", "到", "赴"})
NEGATIONS = frozenset({"未", "不", "没", "没有", "无", "尚未", "无法", "不能", "难以", "未能"})
_SUFFERED = frozenset({"困", "骗", "害", "拐", "拐卖", "执行", "申请", "侵权", "征地", "帮扶", "监护"})
_AT_ONCE = "已均都也"
_RELATING = frozenset({"是", "长期", "均", "都", "多为"})
_LONGEST_NOTE = 6
_CLASSIFIERS = frozenset("个所条批名家次座项支台辆份场种户处起遍趟桶")
_LIGHT = frozenset({"进行", "予以", "给予"})
# 涉危险废物造假重大案件: up to the noun that it tells of.
_CONCERNING = frozenset({"涉", "涉及", "涉嫌"})
_FREELY = frozenset({"免费", "义务", "上门"})
_MARKED = frozenset({"突出", "优异", "不便", "不力"})
_NOUN_ENDINGS = frozenset({"率", "数", "量", "点", "站"})


def split(words: list[Word], lex: Lexicon, people: bool = False) -> tuple[list[Word], list[Word]]:
    """The words after a figure as the noun counted and what is said of it.

    Args:
        words: the words after the figure.
        lex: the word classes.
        people: whether the unit names the people counted (人, 人次), so that a verb may follow at once.
    """
    if words and (
        words[0].tag == "d" or words[0].text in _RELATING or lex.is_verb(words[0]) or lex.is_preposition(words[0])
    ):
        last = max((i for i, w in enumerate(words) if w.text == "的" and w.kind == "word"), default=0)
        if 0 < last < len(words) - 1:
            # A relative clause first (依托卫生院设立的服务点): the noun stands after its 的.
            words = words[last + 1 :]
    index = 0
    if words and words[0].text in _CONCERNING:
        index = 1 + next((i for i, w in enumerate(words) if w.text[-2:] in lex.head_nouns), -1)
    while index < len(words) and not _ends_noun(words, index, lex, people):
        index += 1
    noun = [w for w in words[:index] if not _is_article(w)]
    if len(noun) > 1 and noun[-1].kind == "closed" and noun[-1].text[0] in "（(" and len(noun[-1].text) > _LONGEST_NOTE:
        noun = noun[:-1]
    return noun, words[index:]


def _ends_noun(words: list[Word], index: int, lex: Lexicon, people: bool) -> bool:
    word = words[index]
    if word.kind != "word":
        return word.kind in ("stop", "figure", "open", "shut")
    if lex.is_preposition(word) and not is_separator(word):
        # 被困人员, 被骗资金 are nouns.
        return word.text != "被" or index + 1 >= len(words) or words[index + 1].text not in _SUFFERED
    if word.text in lex.adverbs or word.text in NEGATIONS:
        return True
    if word.text in _FREELY and index and index + 1 < len(words) and lex.is_verb(words[index + 1]):
        # 12名残疾人免费安装假肢
        return True
    if word.tag == "d" and not lex.is_verb(word):
        # 长期滞留人员 begins with one, 19人已到岗 does not.
        return index > 0 or (people and word.text[0] in _AT_ONCE)
    if index == 0 and not people and not lex.is_deed(word) and any(map(lex.is_verb, words[1:])):
        # 考生参加…: what jieba calls a verb is the noun of the verb after it.
        return False
    return _says(words, index, lex)


def _says(words: list[Word], index: int, lex: Lexicon) -> bool:
    """Whether the word at `index` is a verb that says something of the noun before it."""
    word = words[index]
    follower = words[index + 1] if index + 1 < len(words) else None
    if not lex.is_verb(word) or (index and _is_article(words[index - 1])):
        # 援建一所希望小学
        return False
    if index == 0 and follower is not None:
        # 整改不力企业, 受灾企业
        counted = words[2] if len(words) > 2 and follower.text[0] in "不未无" else follower
        if counted.text in lex.head_nouns or lex.is_agent(counted):
            return False
        if (follower.tag == "a" or follower.text in _MARKED) and len(words) > 2 and words[2].tag[:1] == "n":
            # 表现突出集体, 成绩优异学生
            return False
    if follower is not None and follower.text in lex.head_nouns:
        # 无人抚养儿童 and 水库加固工程 are nouns; 律师走进企业… and 企业捐赠物资 are not.
        doer = lex.is_deed(word) and lex.is_agent(words[index - 1])
        return doer or word.text in lex.lead_in_verbs
    if word.text in lex.event_nouns:
        # 捐款 says something of the lawyers at the end of a clause; 服务 in 服务中心 does not.
        return index > 0 and (follower is None or follower.text == "了")
    return follower is None or follower.text not in _NOUN_ENDINGS


def predicate(words: list[Word], lex: Lexicon) -> list[Word]:
    """What is said of the noun counted, as name words: adverbs, beneficiaries and 进行 left out."""
    rest = [w for w in words if w.kind not in ("figure", "time") and w.text != "如下" and not _is_aside(w)]
    if len(rest) > 1 and rest[0].text == "被" and (rest[1].kind == "name" or rest[1].tag[:1] == "n"):
        # 被甲院、乙院等评为典型案例
        rest = rest[next((i for i, w in enumerate(rest) if lex.is_deed(w)), 1) :]
    ignored = Left()
    for _ in range(3):
        before = len(rest)
        start = 0
        while start < len(rest) - 1 and rest[start].kind == "word" and _is_adverb(rest[start]):
            start += 1
        rest = without_beneficiary(without_openers(rest[start:], lex), ignored, lex)
        if len(rest) == before:
            break
    start = 0
    if len(rest) > 1 and rest[0].text in _LIGHT:
        start = 1
        while start < len(rest) and rest[start].text in PARTICLES:
            start += 1
    return rest[start:]


def _is_aside(word: Word) -> bool:
    """一所, （人民币，下同）"""
    return (word.text[0] == "（" and len(word.text) > _LONGEST_NOTE) or _is_article(word)


def _is_article(word: Word) -> bool:
    """一所, 一批"""
    return len(word.text) == 2 and word.text[0] == "一" and word.text[1] in _CLASSIFIERS


def _is_adverb(word: Word) -> bool:
    return (word.tag == "d" and word.text not in NEGATIONS) or word.text in ("依法", "进行")


def governing_preposition(words: list[Word], lex: Lexicon) -> str | None:
    """The preposition that governs the noun counted (在…沿线的10个村开展…), if no deed stands in between."""
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        relative = index + 1 < len(words) and words[index + 1].text == "的"
        if lex.is_deed(word) and not relative:
            return None
        if lex.is_preposition(word) and (word.text in GOVERNING or word.text[1:] in GOVERNING):
            # 对, 共为
            return word.text[-1:] if word.text not in GOVERNING else word.text
    return None
