"""The front of the words before a figure: settings, openers, doers, beneficiaries, owners, verbs that only lead in."""

import unicodedata

from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import PARTICLES, Word, is_separator

_SETTINGS = frozenset({"之内", "以内", "中", "期间", "以来", "后", "时", "里", "过程中", "之后", "内"})
_NOMINAL = frozenset({"n", "nz", "nt", "ng", "nl", "x", "vn", "l"})
_PROJECTING = frozenset(
    {"实施", "推进", "推动", "落实", "启动", "开始", "建立", "实行", "推行", "完善", "健全", "构建"}
)
_PROJECTS = frozenset({"工程", "项目", "行动", "计划", "制度", "机制", "试点", "改造", "建设", "平台", "体系"})
_ATTRIBUTING = frozenset({"的", "性", "型", "式", "类"})
_SHORT_CLAUSE = 3
_SITES = frozenset({"中心", "基地", "站", "站点", "网点", "点", "平台", "窗口", "室"})
_POSSESSIONS = frozenset({"有", "现有", "共有", "拥有", "设有", "建有", "配有"})
_OWNERS = ("机构", "单位", "部门", "系统", "企业", "医院", "学校", "法院", "中心")
_FIRMS = ("公司", "局", "海关", "集团", "银行", "支队", "大队")
_ZONES = ("开发区", "高新区", "经开区", "新区", "园区")
_LONGEST_ZONE = 6
_DISPOSING = frozenset({"将", "把"})
_HOLDING = frozenset({"开展", "进行", "实施", "组织", "举行"})
_SOURCES = frozenset({"从", "由"})
_IN_ALL = frozenset({"共", "累计", "总共", "一共", "共计"})
_SUMS = frozenset({"总", "人均", "户均", "次均", "平均", "日均", "年均", "月均", "均"})


def peel_front(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """`words` without what stands before the deed or noun; a preposition that stays is put into `found`."""
    for _ in range(4):
        before = len(words)
        words = _without_zone(_without_setting(words, lex), lex)
        words = without_openers(words, lex)
        words = without_beneficiary(words, found, lex)
        words = _without_doer(words, lex)
        words = _without_lead_in(words, lex)
        words = _without_owner(words)
        if len(words) == before:
            break
    return words


def _without_setting(words: list[Word], lex: Lexicon) -> list[Word]:
    """集中行动中拘传…: what goes before the deed up to 中 or 期间 says when."""
    for index in range(1, len(words) - 1):
        if (
            words[index].text in _SETTINGS
            and words[index].kind == "word"
            and (lex.is_verb(words[index + 1]) or (words[index].text == "时" and words[index + 1].text == "在"))
        ):
            # 县域内就诊率
            return words if lex.is_measure(words[-1]) else words[index + 1 :]
    return words


def _without_zone(words: list[Word], lex: Lexicon) -> list[Word]:
    """开发区成交额, 园区占地: whose the figure is, where the list of divisions does not have it."""
    for index in range(min(len(words) - 1, _LONGEST_ZONE)):
        if words[index].text.endswith(_ZONES):
            follows = lex.is_verb(words[index + 1]) or lex.is_measure(words[-1])
            return words[index + 1 :] if follows and words[index + 1].text != "的" else words
        if words[index].kind != "word" or lex.is_deed(words[index]):
            break
    return words


def without_openers(words: list[Word], lex: Lexicon) -> list[Word]:
    """Take openers, times, scopes and a named doer off the front."""
    index = 0
    while index < len(words):
        word = words[index]
        text = word.text
        follower = words[index + 1] if index + 1 < len(words) else None
        if word.kind == "name" and follower is not None:
            index += 2 if follower.text in ("的", "、", "等", "和") else 1
        elif (
            word.kind in ("time", "list")
            or (follower is not None and _is_numbering(word))
            or text in PARTICLES
            or (text == "为" and index > 0 and words[index - 1].text in ("分别", "依次"))
            or (text == "的" and index > 0)
            or (text in lex.openers and not (text in _SOURCES and _governs(words[index + 1 :], lex)))
            or text in lex.scopes
            or (text == "各" and follower is not None and lex.is_verb(follower))
            or text in lex.part_openers
            or (text == "决定" and follower is not None and follower.text in lex.lead_in_verbs)
            or (text == "成功" and follower is not None and follower.text in lex.prepositions)
        ):
            index += 1
        else:
            break
    return words[index:]


def _governs(words: list[Word], lex: Lexicon) -> bool:
    """从机关和乡镇抽调: whether a deed comes after what the preposition before `words` governs."""
    return any(lex.is_deed(w) for w in words[1:])


def _is_numbering(word: Word) -> bool:
    """（三）, 2., ☑ before the first word of a list item."""
    if len(word.text) == 1 and word.kind == "word" and unicodedata.category(word.text) in ("So", "No"):
        return True
    return (word.kind == "closed" and word.text[0] in "（(") or not word.text.strip("0123456789.．")


def without_beneficiary(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take a leading prepositional phrase off, up to the deed after it; without one the preposition is noted."""
    if not words or not lex.is_preposition(words[0]):
        return words
    if len(words) > 1 and words[-1].text in _HOLDING:
        # 对补贴发放情况开展两轮检查
        return words[-1:]
    weak: int | None = None
    event: int | None = None
    for index in range(1, len(words)):
        word = words[index]
        if not lex.is_verb(word) or (index + 1 < len(words) and words[index + 1].text == "的"):
            continue
        if lex.is_deed(word):
            return words[index:]
        if word.text in lex.event_nouns:
            event = index
        elif weak is None and lex.is_tagged_verb(word):
            weak = index
    deed = weak if event is None else event
    if deed is None:
        found.preposition = words[0].text
        return words
    return words[deed:]


def _without_doer(words: list[Word], lex: Lexicon) -> list[Word]:
    """Take a noun phrase for the doer off: it ends in a noun for those who act, or a deed with an object follows."""
    if len(words) > 2 and words[1].text in lex.adverbs and lex.is_verb(words[2]) and lex.is_verb(words[0]):
        # 此次督导累计发现问题
        return words[2:]
    if (deed := _deed_of_described(words, lex)) is not None:
        return words[deed:]
    for index in range(1, min(len(words) - 1, _LONGEST_ZONE)):
        if words[index].text in _DISPOSING:
            # 县财政将专项经费90万元纳入预算
            return words[index + 1 :]
    if not words or lex.is_deed(words[0]):
        return words
    for index in range(1, len(words) - 1):
        if words[index].text in _IN_ALL and (index + 2 < len(words) or lex.is_agent(words[index - 1])):
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
            if lex.is_adverb(follower):
                return words[index + 2 :]
        if adverb and verb_next:
            rest = words[index + 2 :]
            # 滞留资金已拨付2600万元: what stands before a bare verb and does not act is its object.
            return [*rest, *words[: index + 1]] if len(rest) == 1 and _is_thing(word, lex) else rest
        if _has_object(words, index + 1, lex):
            return words[index + 1 :]
    return words


def _deed_of_described(words: list[Word], lex: Lexicon) -> int | None:
    """The index of the deed of a doer that a clause of its own describes: 三方合办的“夜校”已招收学员."""
    start = next((i for i, w in enumerate(words) if w.text == "的"), len(words))
    deed = next((i for i in range(start + 2, len(words) - 1) if lex.is_deed(words[i])), None)
    if deed is None:
        return None
    before = words[deed - 1]
    adverb = lex.is_adverb(before) or before.tag == "uv"
    acts = before.kind in ("name", "closed") or lex.is_agent(before) or words[0].tag == "m"
    if adverb:
        return None if words[deed + 1].text in _ATTRIBUTING else deed
    return deed if acts and _has_object(words, deed, lex) else None


def _undergoes(people: Word, rest: list[Word], lex: Lexicon) -> bool:
    """失业人员再就业, 困难群众实现就业: those who act are those counted."""
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
    if lex.is_verb(follower) or follower.text in _ATTRIBUTING or is_separator(follower):
        return False
    if index + 2 == len(words) and follower.text in lex.head_nouns and words[index].text not in lex.causing_verbs:
        # 法律帮助案件 is a noun.
        return False
    if index + 2 == len(words) and follower.text in _SITES and words[0].text in lex.verbs:
        # 建设农资配送中心
        return False
    return not lex.is_measure(words[-1])


def _without_lead_in(words: list[Word], lex: Lexicon) -> list[Word]:
    """组织律师开展法治宣传: the name begins at the deed that the first verb leads to."""
    if len(words) < 3 or words[0].text not in lex.lead_in_verbs or words[0].kind != "word":
        return words
    if words[0].text in _PROJECTING and words[-1].text in _PROJECTS:
        # 实施农村公路养护工程: the deed in between belongs to the project's name.
        return words
    for index in range(2, len(words)):
        follower = words[index + 1] if index + 1 < len(words) else None
        if follower is not None and (follower.text in _ATTRIBUTING or is_separator(follower)):
            # 建立线索移送、联合督办等机制: the deeds in between are attributes.
            continue
        acts = lex.is_agent(words[index - 1]) and words[index - 1].text not in _PROJECTS
        if follower is None and words[0].text in _PROJECTING and not acts:
            # 启动项目审计
            return words
        if lex.is_deed(words[index]) and not lex.names_rate(words, index):
            return words[index:]
    return words


def _without_owner(words: list[Word]) -> list[Word]:
    """种植户家有果园: what stands after 有 is counted."""
    for index in range(1, len(words) - 1):
        if words[index].text in _POSSESSIONS:
            # 每万人拥有律师
            return words if words[0].text[0] == "每" else words[index + 1 :]
    return words
