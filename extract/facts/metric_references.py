"""Figures whose indicators stand elsewhere: comparisons, shares, and several figures for several indicators.

Notes for a newcomer. 同比增长6.2% is the growth of the figure before it, 占42.5% its share; 由71%升至90% gives one
indicator two figures; 死亡、受伤人数分别减少3人、12人 gives each item of a list its own. In a list the items share what
only one of them says: a deed in front (办理民事、刑事案件), a head at the end (死亡、受伤人数), a modifier of the first
(入室盗窃立案数、损失数).
"""

from dataclasses import dataclass
from itertools import zip_longest

from extract.facts.metric_change import told_of
from extract.facts.metric_drafts import AVERAGES, Draft, DraftKind
from extract.facts.metric_earlier import measure_before, measure_told
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_peel import peel
from extract.facts.metric_place import Place, Told
from extract.facts.metric_words import Word, is_separator, joined
from schemas import Quantity

_CHANGES_ON = "升降增减提下上压缩调扩拓涨扭回恢翻收并"
_PLANS = ("目标", "计划", "任务", "预算")
_ARROWS = {"⬆": "上升", "↑": "上升", "⬇": "下降", "↓": "下降"}
_NET = frozenset({"净增", "净减"})
_FROM = frozenset({"由", "从", "自"})
_TO = ("到", "至", "为", "成")
_LEAD = 3
_SOURCE_REACH = 10
_MOST_ITEMS = 12


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
        if left.to or left.change is None:
            # 利润由亏损3000万元转为盈利2亿元: whatever the verb, the indicator is that of the start.
            return Draft(figure, "", last.name)
    elif _leads_on(told.words, place.index) and (source := _source(place.before)) is not None:
        name = joined(peel(place.before[:source], lex).words)
        if not name and source == 0:
            # 月人均救助水平，由400元提高到410元
            name = measure_before(told.words, place.clause, lex, alone=True)
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
        name = name and name + _share_of(left.whole, figure, name)
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


def _share_of(whole: str, figure: Quantity, name: str) -> str:
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


def distribution(place: Place, told: Told) -> list[Draft]:
    """The drafts of the figures in a row that begins at `place`, one indicator each; [] if there is no such row."""
    words, left, memory, lex = told.words, place.left, told.memory, told.lex
    row = _row(words, place.index, lex)
    if len(row) < 2:
        return []
    each = any(w.text.startswith(("分别", "依次")) for w in place.before)
    items, deed = _items(left.words), left.verb
    if each and len(items) != len(row):
        # 其中东区、西区分别占7个和5个, 保育员、安全员缺编分别为3名、1名: those who act are the items.
        rest = [w for w in left.unpeeled if w.kind != "time" and w.text not in lex.openers]
        owned = all(w.kind in ("name", "list") or is_separator(w) for w in rest)
        items, deed = _items([w for w in rest if owned or w.kind != "name"]), []
    changed: list[Draft] = []
    fit = len(items) == len(row) and all(items)
    change = left.change.text if left.change is not None and not left.to else ""
    # 受理90件，完成率98%，受援人85人，分别增长…: the changes are those of the counts.
    counts = [d for d in memory.plain(here=True) if d.figure.dimension != "ratio"]
    told_last = counts if len(counts) >= len(row) and _is_ratio(words[place.index]) else memory.plain(here=True)
    before = told_last[: len(row)][::-1]
    exceeds = next((i for i, w in enumerate(left.words) if w.text in lex.exceeds), None)
    same = memory.of_unit(row[0].figure.unit) if row[0].figure is not None else None
    if fit and same is not None and not change and all(w.kind == "name" for item in items for w in item):
        # 东区、西区分别占去7个和5个
        return [Draft(item.figure, same.verb, same.noun) for item in row if item.figure is not None]
    if fit and (each or left.change or left.share or _is_ratio(words[place.index])):
        names = _shared(items, len(deed) if len(deed) < len(items[0]) else 0, lex)
        base = memory.last if exceeds == 0 else None
        if base is not None:
            # 分别高于全国、全省0.9和0.8个百分点
            names = [base.name + name for name in names]
    elif each and exceeds is not None and not joined(left.words[:exceeds]):
        names = [d.name + joined(left.words[exceeds:]) for d in before]
    elif joined(left.words) in lex.bare_measures:
        # 二氧化硫、二氧化氮分别为…，降幅为21%、7%
        names = [d.name + joined(left.words) for d in before]
    elif each and left.words:
        names = [joined(left.words)] * len(row)
    elif (each and change) or (left.share and not left.words):
        # 事故20起、死亡9人，同比分别下降10%和25%: the indicators are those of as many figures before.
        changed = before if change and len(before) == len(row) else []
        names = [d.name for d in before]
    elif each:
        names = _listed_before(words, place.clause, lex)
    else:
        return []
    if len(names) != len(row):
        return []
    kind: DraftKind = "change" if change or left.share else "plain"
    drafts: list[Draft] = []
    for item, name, base in zip_longest(row, names, changed):
        change = item.change or change
        if item.figure is not None:
            if base is not None and base.comparison is None:
                base.comparison = told_of(base, item.figure, left, change, told.basis)
            ending = _share_of(left.whole, item.figure, name) if left.share else ""
            drafts.append(Draft(item.figure, "", name + ending + (left.compared + change if change else ""), kind))
    return drafts


def _is_ratio(word: Word) -> bool:
    return word.figure is not None and word.figure.dimension == "ratio"


@dataclass(slots=True)
class _Item:
    """An item of a row: its figure, None for 持平, and its own verb of change, if it has one."""

    figure: Quantity | None
    change: str = ""


def _row(words: list[Word], index: int, lex: Lexicon) -> list[_Item]:
    """The figures of one dimension in a row, with only 、 or 和 between them (增长5%、持平、下降3%)."""
    first = words[index].figure
    row: list[_Item] = []
    while index < len(words) and len(row) < _MOST_ITEMS and first is not None:
        word, follower = words[index], words[index + 1] if index + 1 < len(words) else None
        if word.figure is not None and word.figure.dimension == first.dimension:
            row.append(_Item(word.figure))
        elif word.text == "持平":
            row.append(_Item(None))
        elif word.text in lex.changes and follower is not None and follower.figure is not None and row:
            if follower.figure.dimension != first.dimension:
                break
            row.append(_Item(follower.figure, word.text))
            index += 1
        else:
            break
        if index + 1 >= len(words) or not is_separator(words[index + 1]):
            break
        index += 2
    return row


def _listed_before(words: list[Word], clause: int, lex: Lexicon) -> list[str]:
    """甲、乙、丙投诉量居前三位，分别为…: the indicators are listed in the clause before."""
    end = clause - 1
    start = end
    while start > 0 and words[start - 1].kind not in ("stop", "figure", "open", "shut"):
        start -= 1
    ranked = next((i for i in range(start, end) if words[i].text[0] in "居位列排分"), end)
    items = _items(peel(words[start:ranked], lex).words)
    return _shared(items, 0, lex) if all(items) else []


def _items(words: list[Word]) -> list[list[Word]]:
    """The items of a list."""
    items: list[list[Word]] = [[]]
    for word in words:
        if is_separator(word):
            items.append([])
        else:
            items[-1].append(word)
    return items


def _shared(items: list[list[Word]], deed: int, lex: Lexicon) -> list[str]:
    """The names of the items of a list, with what they share; `deed` words of the first are its leading deed."""
    verb, first, last = items[0][:deed], items[0][deed:], items[-1]
    names: list[str] = []
    for place, item in enumerate(items):
        words = first if place == 0 else item
        measure = lex.is_measure(last[-1])
        headless = len(last) > 1 and words[-1].text[-1] != last[-1].text[-1] and not lex.is_measure(words[-1])
        if place < len(items) - 1 and headless and (len(words) == 1 or measure):
            own = next((i for i, w in enumerate(last) if w.text == words[-1].text), 0)
            words = [*words, *last[own + 1 :]]
        elif place and len(first) > len(words) and first[-1].text[-1] == words[-1].text[-1]:
            words = [*first[: len(first) - len(words)], *words]
        names.append(joined(verb) + joined(words))
    return names
