"""The end of the words before a figure: copulas, a verb of change with its basis, a share with its whole."""

from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_words import PARTICLES, PER_HEAD, Word, is_separator, joined

# After these copulas a verb of change belongs to the indicator (增长的有5家).
_HELD = frozenset({"的", "有", "共有", "为", "是"})
# 工业增加值完成12亿元, 破案率实现100%
_ACHIEVING = frozenset({"完成", "实现", "破", "过"})
_BEFORE_CHANGE = frozenset(
    {"进一步", "继续", "略", "明显", "大幅", "有所", "分别", "均", "也", "已", "却", "又", "再", "仍", "都"}
)
_REAL = frozenset({"实际", "名义"})
_MEASURES = "率数量额比值"
_BASIS_REACH = 12
# 按可比价计算, 扣除价格因素: how a change is reckoned, like a basis no part of its indicator.
_RECKONING = frozenset({"按", "按照", "扣除", "剔除"})
_RECKONED = ("计算", "口径", "因素", "价", "价格")
_EQUATING = frozenset({"为", "是", "已是", "相当于", "达到"})
_FROM = frozenset({"由", "从"})
_WHOLE_VERBS = _EQUATING | {"占", "占到"}


def without_tail(words: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take copulas, times and a verb of change off the end."""
    rest = list(words)
    copulas: list[str] = []
    while rest:
        word = rest[-1]
        text = word.text
        before = rest[-2] if len(rest) > 1 else None
        if text == "的" and before is not None and before.kind == "time":
            if len(rest) > 2 and rest[-3].text in _EQUATING:
                # 为去年同期的2.4倍
                found.whole, found.share = "为" + before.text, True
                del rest[-3:]
                break
            del rest[-2:]
        elif (
            text in ("到", "至", "成", "为")
            and before is not None
            and _reaches(before.text, lex)
            and not _is_extent(before)
        ):
            found.to = True
            rest.pop()
            if before.text not in lex.changes:
                found.change = rest.pop()
                break
        elif word.kind == "name" and before is not None and before.text in ("为", "是") and len(rest) > 2:
            # 最高的是东区90%, 最大雨量为西站23毫米
            del rest[-2:]
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
            if text == "比重":
                # 占耕地面积的比重达到66%, 占GDP比重为63%
                at = next((i for i in range(len(rest)) if rest[i].text == "占"), len(rest))
                found.whole, rest = joined(rest[at:]), rest[:at]
            break
        elif text == "比" and before is not None and before.text == "占":
            found.share = True
            del rest[-2:]
            break
        elif text in ("同比", "环比"):
            # 同比-4.1%
            found.change = rest.pop()
            break
        elif len(text) == 2 and text[0] in _MEASURES and text[1] in "达为超均已约近占仅":
            # jieba reads 结算率达 as 结算 率达.
            rest[-1] = Word(word.start, word.end - 1, text[0], "word", "n")
            break
        elif text in ("由", "从", "自", "原来", "原"):
            found.start = True
            rest.pop()
        elif text == "内" and before is not None and before.text in lex.scopes:
            rest.pop()
        elif text in lex.scopes and before is not None and _is_bare_deed(before, lex):
            # 捣毁省内9家窝点, 实现了全县240个村全覆盖: where, between the deed and its object.
            rest.pop()
            if lex.is_preposition(before):
                break
        elif text in lex.copulas or (text in _ACHIEVING and before is not None and lex.is_measure(before)):
            copulas.append(text)
            rest.pop()
        else:
            break
    if found.share and rest and rest[-1].text == "所":
        # 优良水质所占比例
        rest.pop()
    found.copula = "".join(copulas[::-1])
    if rest and found.change is None and all(w.kind == "time" or w.text in lex.bases for w in rest):
        # 比去年同期的300起减少60起
        found.start = any(w.text in ("比", "较", "与") for w in rest)
        found.basis = words if found.start else []
        return []
    return rest


def _is_bare_deed(word: Word, lex: Lexicon) -> bool:
    if word.kind != "word" or word.text in _WHOLE_VERBS:
        return False
    return (
        word.text in PARTICLES
        or word.text in lex.lead_in_verbs
        or lex.is_deed(word)
        or lex.is_preposition(word)
        or word.text in _ACHIEVING
    )


def _is_each(word: Word, before: Word | None) -> bool:
    """Whether `word` ends 每斤, 每户: what the figure is counted by, no part of the indicator."""
    if word.text[0] == "每":
        return PER_HEAD.match(word.text) is None
    return before is not None and before.text == "每" and len(word.text) == 1


def _is_change(text: str, lex: Lexicon) -> bool:
    return text in lex.changes or (text[-1:] in ("至", "到") and _reaches(text[:-1], lex))


def _is_extent(word: Word) -> bool:
    """降幅, 增速: how much it changes, an indicator of its own."""
    return word.text[-1] in "幅速" and word.text != "提速"


def _is_increment(words: list[Word]) -> bool:
    """较年初新增5亿元: 新增 compares where a basis stands before it."""
    return words[-1].text == "新增" and any(w.text in ("比", "较", "同比") for w in words[-_BASIS_REACH:])


def _reaches(text: str, lex: Lexicon) -> bool:
    return text in lex.changes or text in lex.reaching_verbs


def without_basis(rest: list[Word], found: Left, lex: Lexicon) -> list[Word]:
    """Take the comparison off the end of the words before a verb of change."""
    for index in range(max(0, len(rest) - _BASIS_REACH), len(rest)):
        word = rest[index]
        if word.kind != "word":
            continue
        reckons = word.text in _RECKONING and any(w.text.endswith(_RECKONED) for w in rest[index + 1 :])
        if found.to and word.text in _FROM:
            # 标准由每人每月440元提高到450元
            return rest[:index]
        if reckons or (word.text in lex.bases and not _tells_which(rest, index, lex)):
            found.basis, rest = rest[index:], rest[:index]
            break
    while rest and (rest[-1].text in _BEFORE_CHANGE or rest[-1].kind == "time"):
        rest.pop()
    return rest


def _tells_which(words: list[Word], index: int, lex: Lexicon) -> bool:
    """实际到账外资增长, 名义利率下降: 实际 is part of the indicator."""
    if words[index].text not in _REAL:
        return False
    return any(
        w.kind == "word" and w.text not in lex.bases and w.text not in _BEFORE_CHANGE for w in words[index + 1 :]
    )


def without_whole(rest: list[Word], found: Left, *, ratio: bool) -> list[Word]:
    """占公交车总数的80%, 为年度目标的84%: the words before 占 are whose share it is."""
    for index in range(len(rest) - 1, -1, -1):
        text = rest[index].text
        if text not in _WHOLE_VERBS or rest[index].kind != "word":
            continue
        after = rest[index + 1 :]
        if text not in _EQUATING:
            # 占耕地3亩 is no share.
            found.share = ratio or "的" in found.copula or any(w.text[0] in "总全" for w in after)
        else:
            found.share = ratio and found.copula.startswith("的") and bool(after)
            if not found.share:
                continue
        found.whole = ("为" if text in _EQUATING else "占") + "".join(w.text for w in after if w.text != "了")
        return rest[:index] if found.share else rest
    return rest
