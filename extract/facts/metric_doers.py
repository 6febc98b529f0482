"""The doer at the front of the words before a figure: 全市12家法院 | 受理案件, 县财政将 | 运营经费.

Notes for a newcomer. Whose the figure is belongs to its subject, not to its name. A doer shows by what it is (an
agency, a firm), by what follows it (an adverb, a preposition, a deed with an object) or by a clause that describes
it (三方合办的“夜校” | 招收学员). What undergoes the deed (失业人员再就业) stays.
"""

from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import Word, is_separator

ATTRIBUTING = frozenset({"的", "性", "型", "式", "类"})
_NOMINAL = frozenset({"n", "nz", "nt", "ng", "nl", "x", "vn", "l"})
_SITES = frozenset({"中心", "基地", "站", "站点", "网点", "点", "平台", "窗口", "室"})
_OWNERS = ("机构", "单位", "部门", "系统", "企业", "医院", "学校", "法院", "中心")
_FIRMS = ("公司", "局", "海关", "集团", "银行", "支队", "大队")
_TURNS = frozenset({"将", "把", "就", "用", "一家", "一人"})
_OVERSEEING = frozenset({"监督", "通知"})
_IN_ALL = frozenset({"共", "累计", "总共", "一共", "共计"})
_SUMS = frozenset({"总", "人均", "户均", "次均", "平均", "日均", "年均", "月均", "均"})
_SHORT_CLAUSE = 3
# （社区） is part of a name.
_SHORT_LIST = 4
_LONGEST_DISPOSER = 6


def without_doer(words: list[Word], lex: Lexicon) -> list[Word]:
    """Take a noun phrase for the doer off: it ends in a noun for those who act, or a deed with an object follows."""
    if len(words) > 2 and words[1].text in lex.adverbs and lex.is_verb(words[2]) and lex.is_verb(words[0]):
        # 此次督导累计发现问题
        return words[2:]
    if len(words) > 2 and words[0].text in _OVERSEEING and lex.is_agent(words[1]) and lex.is_deed(words[2]):
        # 监督公安机关立案
        return words
    if (deed := _deed_of_described(words, lex)) is not None:
        return words[deed:]
    for index in range(len(words) - 1):
        if words[index].text in _TURNS and (start := _turns(words, index, lex)):
            return words[start:]
    if len(words) > 2 and words[0].kind == "closed" and lex.is_adverb(words[1]) and lex.is_deed(words[2]):
        # 《协议》终于凑齐
        return words[2:]
    if not words or lex.is_deed(words[0]):
        return words
    for index in range(1, len(words) - 1):
        if words[index].text in _IN_ALL and (lex.is_agent(words[index - 1]) or _acts(words, index + 1, lex)):
            # 民航运输累计执飞航班, 团县委共面向青年发放贷款
            return words[index + 1 :]
    if words[0].kind == "closed" and len(words) > 1 and lex.is_deed(words[1]):
        return words[1:]
    for index in range(len(words) - 1):
        word, follower = words[index], words[index + 1]
        if word.text == "的":
            break
        verb_next = index + 2 < len(words) and (lex.is_verb(words[index + 2]) or lex.is_preposition(words[index + 2]))
        adverb = follower.kind == "word" and follower.text in lex.adverbs
        if word.kind == "name" and follower.kind == "time":
            return words[index + 2 :]
        if lex.is_agent(word) and (index or word.text not in lex.lead_in_verbs):
            if lex.is_preposition(follower) and not is_separator(follower):
                return words[index + 1 :]
            if follower.text in _SUMS and index and word.text.endswith(_OWNERS):
                return words[index + 1 :]
            if index + 2 >= len(words) and word.text.endswith(_FIRMS) and lex.is_measure(words[-1]):
                # 供电公司售电量
                return words[index + 1 :]
            if _undergoes(word, words[index + 1 :], lex):
                return words
            if lex.is_verb(follower) and not _is_compound(words, index + 1, lex):
                return words[index + 1 :]
            if (
                follower.text[0] == "（"
                and len(follower.text) > _SHORT_LIST
                and index + 2 < len(words)
                and lex.is_deed(words[index + 2])
            ):
                # 城北海关（公路口岸）验放商品车
                return words[index + 2 :]
            if lex.is_adverb(follower):
                return words[index + 2 :]
        if adverb and verb_next:
            rest = words[index + 2 :]
            # 滞留资金已拨付2600万元: what stands before a bare verb and does not act is its object.
            return [*rest, *words[: index + 1]] if len(rest) == 1 and _is_thing(word, lex) else rest
        if _has_object(words, index + 1, lex):
            return words[index + 1 :]
    return words


def _turns(words: list[Word], index: int, lex: Lexicon) -> int:
    """The index at which the name begins, where the word at `index` parts the doer from the deed; else 0."""
    text = words[index].text
    if text == "用":
        # 用一周时间走访了26家
        timed = words[index + 1].kind == "time"
        return next((i for i in range(index, len(words)) if lex.is_deed(words[i])), 0) if timed else 0
    if text in ("就", "一家", "一人"):
        # 王某一人就捐了1万元, 宝兴一家签下3万亩
        return index + 1 if index and lex.is_verb(words[index + 1]) else 0
    # 县财政将专项经费90万元纳入预算
    return index + 1 if 0 < index < _LONGEST_DISPOSER else 0


def _acts(words: list[Word], index: int, lex: Lexicon) -> bool:
    """Whether a deed or what it is done to opens at `index`, with something after it (not 累计总人次)."""
    return index + 1 < len(words) and (lex.is_verb(words[index]) or lex.is_preposition(words[index]))


def _deed_of_described(words: list[Word], lex: Lexicon) -> int | None:
    """The index of the deed of a doer that a clause of its own describes: 三方合办的“夜校”已招收学员."""
    start = next((i for i, w in enumerate(words) if w.text == "的"), -1)
    if start < 0:
        return None
    deed = next((i for i in range(start + 2, len(words) - 1) if lex.is_deed(words[i])), None)
    if deed is None:
        return None
    before = words[deed - 1]
    adverb = lex.is_adverb(before) or before.tag == "uv"
    acts = before.kind in ("name", "closed") or lex.is_agent(before) or words[0].tag == "m"
    # 开往北站的列车运送旅客
    acts = acts or (lex.is_tagged_verb(words[0]) and not lex.is_deed(words[0]) and before.tag[:1] == "n")
    if adverb:
        return None if words[deed + 1].text in ATTRIBUTING else deed
    return deed if acts and _has_object(words, deed, lex) else None


def _undergoes(people: Word, rest: list[Word], lex: Lexicon) -> bool:
    """失业人员再就业, 困难群众实现就业: those who act are those counted."""
    if len(rest) > 1 and rest[-1].text == "人数":
        # 失业人员再就业人数
        rest = rest[:-1]
    return people.kind == "word" and len(rest) <= _SHORT_CLAUSE and rest[-1].text in lex.states


def _is_thing(word: Word, lex: Lexicon) -> bool:
    nominal = word.tag in _NOMINAL or word.text in lex.verbal_nouns
    return word.kind in ("word", "closed") and nominal and not lex.is_agent(word)


def _is_compound(words: list[Word], index: int, lex: Lexicon) -> bool:
    """Whether the verb at `index` is part of a noun: 登记率, 社区矫正对象."""
    if lex.names_rate(words, index):
        return True
    ends = index + 2 == len(words) and words[index + 1].text in lex.head_nouns
    return ends and not lex.is_deed(words[index]) and not words[index - 1].text.endswith(_OWNERS)


def _has_object(words: list[Word], index: int, lex: Lexicon) -> bool:
    """Whether the word at `index` is a deed with an object after it, so that what stands before is its subject."""
    if not lex.is_deed(words[index]) or index + 1 >= len(words):
        return False
    follower = words[index + 1]
    if lex.is_verb(follower) or follower.text in ATTRIBUTING or is_separator(follower):
        return False
    if index + 2 == len(words) and follower.text in lex.head_nouns and words[index].text not in lex.causing_verbs:
        # 法律帮助案件 is a noun.
        return False
    if index + 2 == len(words) and follower.text in _SITES and words[0].text in lex.verbs:
        # 建设农资配送中心
        return False
    return not lex.is_measure(words[-1])
