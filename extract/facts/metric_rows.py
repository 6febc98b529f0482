"""Several figures for several indicators.

Notes for a newcomer. 死亡、受伤人数分别减少3人、12人 gives each item of a list its own figure. In a list the items
share what only one of them says: a deed in front (办理民事、刑事案件), a head at the end (死亡、受伤人数), a
modifier of the first (入室盗窃立案数、损失数).
"""

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from extract.facts.metric_change import told_of
from extract.facts.metric_drafts import Draft, DraftKind
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_peel import peel
from extract.facts.metric_place import Place, Told
from extract.facts.metric_references import share_of
from extract.facts.metric_words import Word, is_separator, joined
from schemas import Quantity

_MOST_ITEMS = 12
_SHORT = 3
_DIGITS = frozenset("0123456789")
# 销售额同比增长5%、3%，比上季度分别加快0.2和0.1个百分点: of what grew, its growth quickened.
_GROWTH = re.compile("增长$")


def distribution(place: Place, told: Told) -> list[Draft]:
    """The drafts of the figures in a row that begins at `place`, one indicator each; [] if there is no such row."""
    words, left, memory, lex = told.words, place.left, told.memory, told.lex
    row = _row(words, place.index, lex)
    if place.index and is_separator(words[place.index - 1]):
        start = _bare_before(words, place.index)
        if start < place.index and words[start - 1].kind == "word":
            told_first = words[place.clause : start]
            left = peel(told_first, lex, ratio=_is_ratio(words[place.index]))
            place = replace(place, before=told_first, left=left)
            row = [*[_Item(None)] * ((place.index - start) // 2), *row]
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
    if change and row[-1].figure is not None and row[-1].figure.unit == "个百分点":
        before = memory.changes(len(row)) or before
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
    elif each and left.change is not None and left.to and all(d.figure.dimension != "ratio" for d in before):
        # 接待游客90万人次，收入3亿元，分别恢复到同期的82%和60%
        ratio = _is_ratio(words[place.index]) and left.change.text.startswith("恢复")
        names = [d.name + ("恢复比例" if ratio else "") for d in before]
    elif (each and change) or (left.share and not left.words):
        # 事故20起、死亡9人，同比分别下降10%和25%: the indicators are those of as many figures before.
        changed = before if change and len(before) == len(row) and before[0].kind == "plain" else []
        names = [_GROWTH.sub("增速", d.name) for d in before]
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
            ending = share_of(left.whole, item.figure, name) if left.share else ""
            drafts.append(Draft(item.figure, "", name + ending + (left.compared + change if change else ""), kind))
    return drafts


def _is_ratio(word: Word) -> bool:
    return word.figure is not None and word.figure.dimension == "ratio"


def _bare_before(words: list[Word], index: int) -> int:
    """The index at which the numbers begin that leave their unit to the figure at `index` (加快1.6和0.6个百分点)."""
    while index > 2 and is_separator(words[index - 1]) and words[index - 2].text[0] in _DIGITS:
        if words[index - 2].kind != "word":
            break
        index -= 2
    return index


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
        if place < len(items) - 1 and headless and len(words) > 1 and words[-1].text[-1] == last[-2].text[-1]:
            # 高技术制造业和服务业投资
            words = [*words, last[-1]]
        elif place < len(items) - 1 and headless and (len(words) == 1 or measure or len(joined(words)) <= _SHORT):
            own = next((i for i, w in enumerate(last) if w.text == words[-1].text), 0)
            words = [*words, *last[own + 1 :]]
        elif place and len(first) > len(words) and first[-1].text[-1] == words[-1].text[-1]:
            words = [*first[: len(first) - len(words)], *words]
        names.append(joined(verb) + joined(words))
    return names
