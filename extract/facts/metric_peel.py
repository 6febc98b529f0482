"""The words before a figure, reduced to an indicator's name.

Notes for a newcomer. Before its figure an indicator stands among words that do not belong to its name:
今年以来 | 全市司法行政机关 | 共 | 为农民工 | 挽回经济损失 | 达 | 90余万元. They are peeled off from both ends: copulas,
adverbs and a verb of change from the right; settings, openers, named and unnamed doers, beneficiaries and verbs that
only lead in from the left, over and over until nothing more comes off. What is left begins with the deed, if there is
one, or is a noun (受援人, 网办率).
"""

from extract.facts.metric_front import peel_front
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_tail import without_basis, without_tail, without_whole
from extract.facts.metric_words import Word

_MANNERS = frozenset({"成功", "免费", "临时", "义务", "公开", "新", "首次", "上门", "提前", "超额", "代", "联合"})
# 提出抗诉, 作出处罚: what such a verb is followed by is its object.
_LIGHT = frozenset({"提出", "作出", "开展", "进行", "实施", "提起", "纠正", "给予", "接受"})
_ALL_KINDS = frozenset({"各类", "各项", "各种", "多项", "多种"})
# 办理登记、换证等业务: a noun that says little without its list.
_SAYS_LITTLE = frozenset({"活动", "业务", "事项", "服务", "问题", "工作"})
_MEASURES = frozenset({"率", "数", "量", "额"})
_SHORT_LIST = 10
_LONGEST_LIST = 24
_LONG_NAME = 24
_LONG_RELATIVE = 7
_DESCRIBING = frozenset({"由", "用", "印有", "标有", "写有", "载有", "附有", "装有", "刻有", "带有", "贴有", "采取"})


def peel(words: list[Word], lex: Lexicon, *, ratio: bool = False) -> Left:
    """The words before a figure, from the last mark or figure on; `ratio` says that it is a percentage or the like."""
    found = Left()
    rest = without_tail(words, found, lex)
    if found.change or found.share:
        rest = without_basis(rest, found, lex)
    elif not found.start:
        rest = without_whole(rest, found, ratio=ratio)
    found.unpeeled = rest
    found.words = _shortened(peel_front(rest, found, lex), found, lex)
    if len(rest) > 1 and len(found.words) == 1 and found.words[0].text in _MEASURES:
        # 适用率, 合格以上率, of which jieba knows only the end
        found.words = rest[-2:]
    found.verb = found.words[: _deed_end(found.words, lex)]
    return found


def _deed_end(words: list[Word], lex: Lexicon) -> int:
    """How many words at the front are the leading deed."""
    index = 1 if len(words) > 1 and words[0].text in _MANNERS and lex.is_verb(words[1]) else 0
    while index < len(words) and lex.is_verb(words[index]):
        index += 1
    if index == 1 and len(words) == 2 and words[1].kind == "closed" and words[1].text[0] in "（(":
        # 审计（调查）
        return 2
    before = words[index - 1].text if 1 < index < len(words) and words[index].text in lex.head_nouns else ""
    if len(before) > 1 and before not in lex.verbs:
        # 建成充电场所
        index -= 1
    if index == len(words) > 1:
        # 开展法治宣传, 受理援助申请, 收到喜报: with nothing after the verbs, those that are no deeds are the object.
        light = words[0].text in _LIGHT
        index = 1 + next((i for i, w in enumerate(words[1:]) if light or not lex.is_deed(w)), index - 1)
    # 脱贫户, 参训教师: a verb that only modifies the noun after it.
    if index == 1 and index < len(words) and not lex.is_deed(words[0]) and lex.modifies(words[0], words[1]):
        index = 0
    return index


def _shortened(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Without the items before 等, which `found` keeps, a long relative clause and a long bracket at the end."""
    mark = max([i for i, w in enumerate(words[1:-1], 1) if w.text == "等"], default=0)
    if mark or _length(words) > _LONG_RELATIVE:
        deed = _deed_end(words, lex)
        # 印有标语的环保袋, 标有商标的断路器: what is on a thing is no part of its name.
        deed = next((i for i in range(1, deed) if words[i].text in _DESCRIBING), deed)
        if any(w.kind == "list" for w in words[deed:mark]):
            # 工业、农业、商业等各类项目 keeps its short attributes.
            kinds = words[mark + 1].text in _ALL_KINDS or words[-1].text in _SAYS_LITTLE
            length = _length(words[deed:mark])
            if not kinds or length > _SHORT_LIST:
                named = any(w.kind == "name" for w in words[deed:mark])
                found.items = words[deed : mark + 1] if length <= _LONGEST_LIST and not named else []
                found.listed = len(words) - mark - 1
                words = words[:deed] + words[mark + 1 :]
        if _length(words) > _LONG_NAME or (deed < len(words) and words[deed].text in _DESCRIBING):
            last = max((i for i, w in enumerate(words) if w.text == "的" and w.kind == "word"), default=-1)
            if deed <= last < len(words) - 1:
                words = words[:deed] + words[last + 1 :]
    if len(words) > 1 and words[-1].kind == "closed" and words[-1].text[0] in "（(" and len(words[-1].text) > 6:
        words = words[:-1]
    return words


def _length(words: list[Word]) -> int:
    return sum([len(w.text) for w in words])
