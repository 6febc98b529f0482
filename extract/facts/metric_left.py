"""The words before a figure, reduced to an indicator's name.

Notes for a newcomer. Before its figure an indicator stands among words that do not belong to its name:
今年以来 | 全市司法行政机关 | 共 | 为农民工 | 挽回经济损失 | 达 | 90余万元. They are peeled off from both ends: copulas,
adverbs and a verb of change from the right; settings, openers, named and unnamed doers, beneficiaries and verbs that
only lead in from the left, over and over until nothing more comes off. What is left begins with the deed, if there is
one, or is a noun (受援人, 网办率).
"""

import unicodedata
from dataclasses import dataclass, field

from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import PARTICLES, Word, is_separator, joined

# After these copulas a verb of change belongs to the indicator (增长的有5家).
_HELD = frozenset({"的", "有", "共有", "为", "是"})
_BEFORE_CHANGE = frozenset({"分别", "均", "也", "已", "却", "又", "再", "仍", "都"})
_SETTINGS = frozenset({"之内", "以内", "中", "期间", "以来", "后", "时", "里", "过程中", "之后", "内"})
_MANNERS = frozenset({"成功", "免费", "临时", "义务", "公开", "新", "首次", "上门", "提前", "超额", "代", "联合"})
_ALL_KINDS = frozenset({"各类", "各项", "各种", "多项", "多种"})
_POSSESSIONS = frozenset({"有", "现有", "共有", "拥有", "设有", "建有", "配有"})
_OWNERS = ("机构", "单位", "部门", "系统", "企业", "医院", "学校", "法院", "中心")
_SUMS = frozenset({"总", "人均", "户均", "次均", "平均", "日均", "年均", "月均", "均"})
_MEASURES = "率数量额比值"
_BASIS_REACH = 12
# 按可比价计算, 扣除价格因素: how a change is reckoned, like a basis no part of its indicator.
_RECKONING = frozenset({"按", "按照", "扣除", "剔除"})
_RECKONED = ("计算", "口径", "因素", "价", "价格")
_EQUATING = frozenset({"为", "是", "相当于", "达到"})
_WHOLE_VERBS = _EQUATING | {"占", "占到"}
_SHORT_LIST = 9
_LONG_NAME = 18


@dataclass(slots=True)
class Left:
    """What stands before a figure, peeled.

    `words` make the name; `verb` are those of them that are its leading deed. `change` is the verb of change directly
    before the figure (增长, 减少), `to` whether 到 or 至 follows it (升至), `basis` what it is compared with (同比).
    `start` is set where the figure is what a change starts from (由71%升至90%, 比去年的640起减少), `share` for 占, and
    `whole` is what it is a share of, with 占 or 为 (占户籍人口, 为年度目标).
    `preposition` governs the figure's noun (对30家企业…). `copula` are the words between indicator and figure.
    """

    words: list[Word] = field(default_factory=list)
    verb: list[Word] = field(default_factory=list)
    change: Word | None = None
    to: bool = False
    start: bool = False
    basis: list[Word] = field(default_factory=list)
    preposition: str | None = None
    copula: str = ""
    share: bool = False
    whole: str = ""

    @property
    def noun(self) -> list[Word]:
        """The words after the leading deed."""
        return self.words[len(self.verb) :]

    @property
    def compared(self) -> str:
        """What the name of a change keeps of its basis: 同比, 实际, or all of it where it is no time (比全省平均)."""
        basis = self.basis
        if len(basis) > 1 and basis[0].text in ("比", "较") and all(w.kind == "word" for w in basis):
            return joined(basis) if not any(w.text[0] in "上去前年初底" for w in basis) else ""
        return "".join(w.text for w in basis if w.text in ("同比", "环比", "年均", "实际", "名义"))


def peel(words: list[Word], lex: Lexicon) -> Left:
    """The words before a figure, from the last mark or figure on."""
    found = Left()
    rest = _without_tail(words, found, lex)
    if found.change or found.share:
        rest = _without_basis(rest, found, lex)
    elif not found.start:
        rest = _without_whole(rest, found)
    found.words = _shortened(peel_front(rest, found, lex), lex)
    found.verb = found.words[: _deed_end(found.words, lex)]
    return found


# -- from the right ---------------------------------------------------------------------------------------------------


def _without_tail(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take copulas, times and a verb of change off the end."""
    rest = list(words)
    copulas: list[str] = []
    while rest:
        word = rest[-1]
        text = word.text
        before = rest[-2] if len(rest) > 1 else None
        if text == "的" and before is not None and before.kind == "time":
            del rest[-2:]
        elif text in ("到", "至", "成", "为") and before is not None and _reaches(before.text, lex):
            found.to = True
            rest.pop()
            if before.text not in lex.changes:
                found.change = rest.pop()
                break
        elif word.kind == "time" or text in PARTICLES or is_separator(word) or _is_each(word, before):
            rest.pop()
        elif (_is_change(text, lex) or _is_increment(rest)) and not _HELD.intersection(copulas):
            found.to = found.to or text[-1] in "至到"
            found.change = rest.pop()
            # 压减, 调增: jieba leaves the first half of some verbs of change.
            while rest and len(rest[-1].text) == 1 and rest[-1].text in lex.reaching_verbs:
                rest.pop()
            break
        elif text in ("占", "占比", "占到", "占去", "比重"):
            found.share = True
            rest.pop()
            break
        elif text == "比" and before is not None and before.text == "占":
            found.share = True
            del rest[-2:]
            break
        elif text in ("同比", "环比"):
            # 同比-4.1%
            found.change = rest.pop()
            break
        elif len(text) == 2 and text[0] in _MEASURES and text[1] in "达为超":
            # jieba reads 结算率达 as 结算 率达.
            rest[-1] = Word(word.start, word.end - 1, text[0], "word", "n")
            break
        elif text in ("由", "从", "自", "原来", "原"):
            found.start = True
            rest.pop()
        elif text in lex.copulas:
            copulas.append(text)
            rest.pop()
        else:
            break
    found.copula = "".join(reversed(copulas))
    if rest and found.change is None and all(w.kind == "time" or w.text in lex.bases for w in rest):
        # 比去年同期的300起减少60起
        found.start = any(w.text in ("比", "较", "与") for w in rest)
        return []
    return rest


def _is_each(word: Word, before: Word | None) -> bool:
    """Whether `word` ends 每斤, 每户: what the figure is counted by, no part of the indicator."""
    return word.text[0] == "每" or (before is not None and before.text == "每" and len(word.text) == 1)


def _is_change(text: str, lex: Lexicon) -> bool:
    return text in lex.changes or (text[-1:] in ("至", "到") and _reaches(text[:-1], lex))


def _is_increment(words: list[Word]) -> bool:
    """较年初新增5亿元: 新增 compares where a basis stands before it."""
    return words[-1].text == "新增" and any(w.text in ("比", "较", "同比") for w in words[-_BASIS_REACH:])


def _reaches(text: str, lex: Lexicon) -> bool:
    return text in lex.changes or text in lex.reaching_verbs


def _without_basis(rest: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take the comparison off the end of the words before a verb of change."""
    for index in range(max(0, len(rest) - _BASIS_REACH), len(rest)):
        word = rest[index]
        if word.kind != "word":
            continue
        reckons = word.text in _RECKONING and any(w.text.endswith(_RECKONED) for w in rest[index + 1 :])
        if reckons or word.text in lex.bases:
            found.basis, rest = rest[index:], rest[:index]
            break
    while rest and (rest[-1].text in _BEFORE_CHANGE or rest[-1].kind == "time"):
        rest.pop()
    return rest


def _without_whole(rest: list[Word], found: Left) -> list[Word]:
    """占公交车总数的80%, 为年度目标的84%: the words before 占 are whose share it is."""
    for index in range(len(rest) - 1, -1, -1):
        text = rest[index].text
        if text not in _WHOLE_VERBS or rest[index].kind != "word":
            continue
        after = rest[index + 1 :]
        if text not in _EQUATING:
            # 占道经营 is no share.
            found.share = "的" in found.copula or any(w.text[0] in "总全" for w in after)
        else:
            found.share = found.copula.startswith("的") and bool(after)
            if not found.share:
                continue
        found.whole = ("为" if text in _EQUATING else "占") + "".join(w.text for w in after if w.text != "了")
        return rest[:index] if found.share else rest
    return rest


# -- from the left ----------------------------------------------------------------------------------------------------


def peel_front(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """`words` without what stands before the deed or noun; a preposition that stays is put into `found`."""
    for _ in range(4):
        before = len(words)
        words = _without_setting(words, lex)
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
        if words[index].text in _SETTINGS and words[index].kind == "word" and lex.is_verb(words[index + 1]):
            # 县域内就诊率
            return words if lex.is_measure(words[-1]) else words[index + 1 :]
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
            or (text == "的" and index > 0)
            or text in lex.openers
            or text in lex.scopes
            or text in lex.part_openers
            or (text == "成功" and follower is not None and follower.text in lex.prepositions)
        ):
            index += 1
        else:
            break
    return words[index:]


def _is_numbering(word: Word) -> bool:
    """（三）, 2., ☑ before the first word of a list item."""
    if len(word.text) == 1 and word.kind == "word" and unicodedata.category(word.text) in ("So", "No"):
        return True
    return (word.kind == "closed" and word.text[0] in "（(") or not word.text.strip("0123456789.．")


def without_beneficiary(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take a leading prepositional phrase off, up to the deed after it; without one the preposition is noted."""
    if not words or not lex.is_preposition(words[0]):
        return words
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
    if not words or lex.is_deed(words[0]):
        return words
    if words[0].kind == "closed" and len(words) > 1 and lex.is_deed(words[1]):
        return words[1:]
    for index in range(len(words) - 1):
        word, follower = words[index], words[index + 1]
        if word.text == "的":
            break
        verb_next = index + 2 < len(words) and (lex.is_verb(words[index + 2]) or lex.is_preposition(words[index + 2]))
        adverb = follower.kind == "word" and follower.text in lex.adverbs
        if lex.is_agent(word):
            if lex.is_preposition(follower) and not is_separator(follower):
                return words[index + 1 :]
            if follower.text in _SUMS and index and word.text.endswith(_OWNERS):
                return words[index + 1 :]
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


def _is_thing(word: Word, lex: Lexicon) -> bool:
    return word.kind == "word" and word.tag[:1] == "n" and not lex.is_agent(word)


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
    if lex.is_verb(follower) or follower.text == "的" or is_separator(follower):
        return False
    if index + 2 == len(words) and follower.text in lex.head_nouns:
        # 法律帮助案件 is a noun.
        return False
    return not lex.is_measure(words[-1])


def _without_lead_in(words: list[Word], lex: Lexicon) -> list[Word]:
    """组织律师开展法治宣传: the name begins at the deed that the first verb leads to."""
    if len(words) < 3 or words[0].text not in lex.lead_in_verbs or words[0].kind != "word":
        return words
    for index in range(2, len(words)):
        follows = words[index + 1].text if index + 1 < len(words) else ""
        if lex.is_deed(words[index]) and follows != "的":
            return words[index:]
    return words


def _without_owner(words: list[Word]) -> list[Word]:
    """种植户家有果园: what stands after 有 is counted."""
    for index in range(1, len(words) - 1):
        if words[index].text in _POSSESSIONS:
            return words[index + 1 :]
    return words


# -- what is left -----------------------------------------------------------------------------------------------------


def _deed_end(words: list[Word], lex: Lexicon) -> int:
    """How many words at the front are the leading deed."""
    index = 1 if len(words) > 1 and words[0].text in _MANNERS and lex.is_verb(words[1]) else 0
    while index < len(words) and lex.is_verb(words[index]):
        index += 1
    # 开展法治宣传: of two verbs in a row the second is the object when nothing follows it.
    if index == len(words) > 1 and words[index - 1].text in lex.event_nouns:
        index -= 1
    # 脱贫户, 参训教师: a verb that only modifies the noun after it.
    if index == 1 and index < len(words) and not lex.is_deed(words[0]) and lex.modifies(words[0], words[1]):
        index = 0
    return index


def _shortened(words: list[Word], lex: Lexicon) -> list[Word]:
    """Without the items of an enumeration before 等, a long relative clause and a long bracket at the end."""
    deed = _deed_end(words, lex)
    mark = max((i for i, w in enumerate(words) if w.text == "等" and 0 < i < len(words) - 1), default=0)
    if any(w.kind == "list" for w in words[deed:mark]):
        # 工业、农业、商业等各类项目 keeps its short attributes.
        short = _length(words[deed:mark]) <= _SHORT_LIST and words[mark + 1].text in _ALL_KINDS
        words = words if short else words[:deed] + words[mark + 1 :]
    if _length(words) > _LONG_NAME:
        last = max((i for i, w in enumerate(words) if w.text == "的" and w.kind == "word"), default=-1)
        if deed <= last < len(words) - 1:
            words = words[:deed] + words[last + 1 :]
    if len(words) > 1 and words[-1].kind == "closed" and words[-1].text[0] in "（(" and len(words[-1].text) > 6:
        words = words[:-1]
    return words


def _length(words: list[Word]) -> int:
    return sum(len(w.text) for w in words)
