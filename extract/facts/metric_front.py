"""The front of the words before a figure: settings, openers, doers, beneficiaries, owners, verbs that only lead in."""

import unicodedata

from extract.facts.metric_doers import ATTRIBUTING, without_doer
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import PARTICLES, Word, is_separator

_SETTINGS = frozenset({"之内", "以内", "中", "期间", "以来", "后", "时", "里", "过程中", "之后", "内"})
_PROJECTING = frozenset(
    {"实施", "推进", "推动", "落实", "启动", "开始", "建立", "实行", "推行", "完善", "健全", "构建"}
)
_PROJECTS = frozenset({"工程", "项目", "行动", "计划", "制度", "机制", "试点", "改造", "建设", "平台", "体系"})
_TOGETHER = frozenset({"供养", "安置", "隔离", "采购", "居住", "救治"})
_DIRECTLY = frozenset({"直接", "间接"})
_THOSE = ("人", "者", "员", "户", "妇女", "儿童", "家庭")
_FINES = frozenset({"罚款", "罚没", "处罚"})
_NEGATIONS = frozenset({"不", "未", "不予"})
_POSSESSIONS = frozenset({"有", "现有", "共有", "拥有", "设有", "建有", "配有"})
_ZONES = ("开发区", "高新区", "经开区", "新区", "园区")
_LONGEST_ZONE = 6
_HOLDING = frozenset({"开展", "进行", "实施", "组织", "举行"})
_SOURCES = frozenset({"从", "由"})


def peel_front(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """`words` without what stands before the deed or noun; a preposition that stays is put into `found`."""
    for _ in range(4):
        before = len(words)
        words = _without_zone(_without_setting(words, lex), lex)
        words = without_openers(words, lex)
        words = without_beneficiary(words, found, lex)
        words = without_doer(words, lex)
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
            or (text in lex.openers and not _tells_how(words, index, lex))
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


def _tells_how(words: list[Word], index: int, lex: Lexicon) -> bool:
    """直接经济损失, 集中供养, 从机关抽调: what opens a clause elsewhere belongs to the indicator here."""
    text, rest = words[index].text, words[index + 1 :]
    if text in _SOURCES:
        return _governs(rest, lex)
    if not rest or rest[0].kind != "word":
        return False
    if text in _DIRECTLY:
        return rest[0].tag[:1] == "n" and not lex.is_verb(rest[0])
    return text == "集中" and rest[0].text in _TOGETHER


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
            return _done_to(words, _negated(words, index), lex)
        if word.text in lex.event_nouns:
            event = index
        elif weak is None and lex.is_tagged_verb(word):
            weak = index
    deed = weak if event is None else event
    if deed is None:
        found.preposition = words[0].text
        return words
    return _done_to(words, deed, lex)


def _done_to(words: list[Word], deed: int, lex: Lexicon) -> list[Word]:
    """The words from the deed on; to whom it is done is its object where it has no other (对困难群众救助3人)."""
    last = words[deed - 1]
    suffers = words[0].text == "对" and last.kind == "word" and all(map(lex.is_verb, words[deed:]))
    if (
        deed < 2
        or not suffers
        or words[-1].text in _FINES
        or not (last.text in lex.head_nouns or last.text.endswith(_THOSE))
    ):
        return words[deed:]
    of = max((i for i in range(1, deed) if words[i].text == "的"), default=0)
    return [*words[deed:], *words[of + 1 : deed]]


def _negated(words: list[Word], index: int) -> int:
    """Where the deed at `index` begins, with its negation (附条件不起诉) if it has one."""
    if index < 2 or words[index - 1].text not in _NEGATIONS:
        return index
    conditional = index > 3 and words[index - 3].text == "附"
    return index - 3 if conditional else index - 1


def _without_lead_in(words: list[Word], lex: Lexicon) -> list[Word]:
    """组织律师开展法治宣传: the name begins at the deed that the first verb leads to."""
    if len(words) < 3 or words[0].text not in lex.lead_in_verbs or words[0].kind != "word":
        return words
    if words[0].text in _PROJECTING and words[-1].text in _PROJECTS:
        # 实施农村公路养护工程: the deed in between belongs to the project's name.
        return words
    for index in range(2, len(words)):
        follower = words[index + 1] if index + 1 < len(words) else None
        if follower is not None and (follower.text in ATTRIBUTING or is_separator(follower)):
            # 建立线索移送、联合督办等机制: the deeds in between are attributes.
            continue
        acts = lex.is_agent(words[index - 1]) and words[index - 1].text not in _PROJECTS
        if index + 2 == len(words) and words[index + 1].text in lex.head_nouns and lex.is_verb(words[index - 1]):
            # 投入脱贫攻坚资金
            return words
        if follower is None and words[0].text in _PROJECTING and not acts:
            # 启动项目审计
            return words
        if lex.is_deed(words[index]) and not lex.names_rate(words, index):
            if words[0].text in _PROJECTING and all(lex.is_verb(w) or w.text in lex.event_nouns for w in words[index:]):
                # 实施残疾儿童康复救助: a service named after those that it is for
                return words
            return words[index:]
    return words


def _without_owner(words: list[Word]) -> list[Word]:
    """种植户家有果园: what stands after 有 is counted."""
    for index in range(1, len(words) - 1):
        if words[index].text in _POSSESSIONS:
            # 每万人拥有律师
            return words if words[0].text[0] == "每" else words[index + 1 :]
    return words
