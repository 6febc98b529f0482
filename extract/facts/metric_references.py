"""Figures whose indicators stand elsewhere: comparisons and shares.

Notes for a newcomer. 同比增长6.2% is the growth of the figure before it, 占42.5% its share; 由71%升至90% gives one
indicator two figures.
"""

from extract.facts.metric_change import told_of
from extract.facts.metric_drafts import AVERAGES, Draft, DraftKind
from extract.facts.metric_earlier import measure_before, measure_told
from extract.facts.metric_left import Left
from extract.facts.metric_peel import peel
from extract.facts.metric_place import Place, Told
from extract.facts.metric_words import Word, joined
from schemas import Quantity

_CHANGES_ON = "升降增减提下上压缩调扩拓涨扭回恢翻收并多少高低"
_PLANS = ("目标", "计划", "任务", "预算")
_ARROWS = {"⬆": "上升", "↑": "上升", "⬇": "下降", "↓": "下降"}
_NET = frozenset({"净增", "净减"})
_FROM = frozenset({"由", "从", "自"})
_TO = ("到", "至", "为", "成")
_LEAD = 3
_MEASURED = ("标准", "水平", "率", "比例", "额", "价格")
_SOURCE_REACH = 10


def comparison(place: Place, told: Told) -> Draft | None:
    """The draft of a change, a share, or a figure that a change starts from or leads to; None if it is none of them.

    A change is noted at the draft of the figure that it is told of.
    """
    figure, left, memory, lex = place.figure, place.left, told.memory, told.lex
    following = told.words[place.index + 1] if place.index + 1 < len(told.words) else None
    # 优于Ⅲ类的有5个 counts what exceeds.
    counted = "的" in left.copula
    exceeds = None if counted else next((i for i, w in enumerate(left.words) if w.text in lex.exceeds), None)
    last = memory.last
    alone = left.to and not left.words
    if last is not None and last.kind == "start" and (alone or last.figure.start >= told.words[place.clause].start):
        if last.figure.end == figure.start or left.to or left.change is None:
            # 利润由亏损3000万元转为盈利2亿元: whatever the verb, the indicator is that of the start.
            return Draft(figure, "", last.name)
    elif _leads_on(told.words, place.index) and (source := _source(place.before)) is not None:
        name = joined(peel(place.before[:source], lex).words)
        if not name and source == 0:
            # 月人均救助水平，由400元提高到410元
            name = measure_before(told.words, place.clause, lex, alone=True)
        elif not place.before[source - 1 : source] or not lex.is_measure(place.before[source - 1]):
            # 城区标准由380元提高到420元；乡镇由310元提高到345元
            same = memory.of_unit(figure.unit, here=True)
            name = same.name if same is not None and same.name.endswith(_MEASURED) else name
        return Draft(figure, "", name, "start") if name else None
    if last is not None and figure.unit == "%" and not (place.before or place.after) and _beside(last, figure):
        # 民事案件98件，51.9%
        return Draft(figure, "", last.name + "占比", "share")
    if left.change is None and not left.share and not left.start and exceeds is None:
        return None
    base = memory.base(figure)
    of_base = memory.told_of(figure, base)
    if not of_base and left.to:
        of_base = measure_told(told.text, figure.start)
    words = joined(left.words)
    if words in AVERAGES and left.change is not None and figure.dimension != "ratio":
        # 户均增收4600元
        return Draft(figure, "", words + left.change.text)
    own = "" if left.owners and of_base else memory.with_measured(words, figure.unit)
    name, kind = own or of_base, _kind(left)
    if left.share:
        if left.whole[:1] == "为" and figure.dimension != "ratio" and figure.unit != "倍":
            return None
        name = name and name + share_of(left.whole, figure, name)
    elif left.start:
        if following is None or following.text[0] not in _CHANGES_ON:
            return None
        # The change that follows (比去年同期的640起减少128起) has its basis here.
        told.basis = "".join(w.text for w in left.basis).rstrip("的") or None
    elif left.change is None:
        # 高于全省平均水平1.5个百分点
        if base is None and last is not None:
            of_base = last.name
        name = _exceeding(left.words, exceeds or 0, of_base)
    elif left.to and left.change.text.startswith("恢复") and not own and _is_amount(base):
        name = of_base + "恢复比例"
    elif not left.to:
        change = "翻番" if figure.unit == "番" else _ARROWS.get(left.change.text, left.change.text)
        if base is not None and base.figure.unit == figure.unit and not own and change in _NET and not left.basis:
            # 新登记企业90户，注销20户，净增70户
            return Draft(figure, change, base.noun)
        if base is not None and base.comparison is None and memory.holds_here(base) and _is_of(base, left):
            base.comparison = told_of(base, figure, left, left.change.text, told.basis)
        of_base, name = name, name and name + left.compared + change
        return Draft(figure, "", name, kind, of=of_base) if name else None
    return Draft(figure, "", name, kind) if name else None


def _beside(last: Draft, share: Quantity) -> bool:
    """Whether only a mark stands between a count and what is its share."""
    return last.kind == "plain" and last.figure.dimension == "count" and share.start - last.figure.end == 1


def _leads_on(words: list[Word], index: int) -> bool:
    """Whether the figure at `index` is followed by the one that it changes to (压到48分钟, 转为盈利2亿元)."""
    start = index + 1
    if start < len(words) and words[start].text == "，":
        # 标准由2800元，提高到3500元
        start += 1
    if start < len(words) and words[start].figure is not None and words[start].start == words[start - 1].end:
        # 由90户300人下降到6户18人
        start += 1
    for word in words[start : start + _LEAD]:
        if word.kind not in ("word", "figure"):
            return False
        if word.figure is not None:
            return False
        if word.text.endswith(_TO):
            return True
    return False


def _source(words: list[Word]) -> int | None:
    """The index of the 由 or 从 that opens what a change starts from, if it stands near the end of `words`."""
    for index in range(len(words) - 1, max(len(words) - _SOURCE_REACH, 0) - 1, -1):
        if words[index].text in _FROM and words[index].kind == "word":
            return index
    return None


def _is_of(base: Draft, left: Left) -> bool:
    """Whether the clause has no indicator of its own, or that of `base` again."""
    own = joined(left.words)
    return not own or base.name.endswith(own)


def share_of(whole: str, figure: Quantity, name: str) -> str:
    """How the name of a share ends: 占户籍人口, 为上年的倍数, or 占比 where what it is a share of is unsaid or long."""
    thing = whole[1:]
    if figure.unit == "倍":
        return f"为{thing}的倍数"
    if whole[:1] == "为":
        return whole
    return f"占{thing}" if thing.endswith(_PLANS) else "占比"


def _exceeding(words: list[Word], exceeds: int, of_base: str) -> str:
    """The name of what exceeds: 增速高于全省平均水平, 亩产比对照品种高出; a time that it exceeds is left out."""
    basis = next((i for i, w in enumerate(words[:exceeds]) if w.text in ("比", "较")), exceeds)
    than = basis + 1 if all(w.kind == "time" for w in words[basis + 1 : exceeds]) and basis < exceeds else basis
    return (joined(words[:basis]) or of_base) + joined(words[than:])


def _is_amount(base: Draft | None) -> bool:
    return base is not None and base.figure.dimension != "ratio"


def _kind(left: Left) -> DraftKind:
    if left.share:
        return "share"
    if left.start:
        return "start"
    return "plain" if left.to else "change"
