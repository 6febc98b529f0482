"""Metrics in the making, and the memory of those told last, which later clauses refer to."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_words import PER_HEAD, is_separator, joined
from schemas import Comparison, Quantity

DraftKind = Literal["plain", "change", "share", "start"]

_HERE = 24
_EARLIER = 24
AVERAGES = frozenset(
    {"人均", "户均", "日均", "月均", "年均", "次均", "均", "生均", "场均", "亩均", "单均", "车均", "村均"}
)
_RATES = ("率", "比例", "面积", "金额", "时限", "周期", "用时", "补贴", "费用", "单价", "价格", "造价", "标准")
# 过火面积, 建筑面积: a measure of its own.
_OWN = frozenset({"过火", "建筑", "占地", "受灾", "涉案", "营业", "播种", "种植", "绿化"})
# 辖行政村90个，总面积120平方公里: of the place, not of its villages.
_OF_PLACES = ("面积", "人口")
_PAYING = ("兑付", "兑现", "发放", "拨付", "到位", "支付", "支出", "执行")
_MEASURES = (*_RATES, "数", "度", "值")
# What is left of a bracket or quotation whose beginning is cut off.
_CLOSED = re.compile("^[^“《（]*[”》）]")
_PACES = ("增速", "增幅", "降幅", "涨幅")
_SHORT = 4
# （一）, 1. and spaces before a paragraph's first word.
_OPENING = 6
_LONGEST_WHOLE = 10


@dataclass(slots=True)
class Draft:
    """A metric in the making: its figure, and its name as leading deed and the rest.

    `kind` is "plain", "change" (同比增长), "share" (占) or "start" (由71% of 由71%升至90%). `listed` is where a list of
    the doers counted begins (甲局、乙院等5家单位…), if there is one. `comparison` is the change that a later figure
    tells of this one. `rest` is set for what is left over (其余12处). `of` is the indicator that a change is told of.
    `sums` is set for what sums up what was told before it (共计90户), `in_row` for one of several figures of a list of
    indicators (分别为…). `items` is an enumeration before the last `tail` characters of the name, which no later
    figure takes over (检查 | 社区、公园等 | 人员密集场所). `words` are those that stand at the figure, so that a name
    can be cut between words.
    """

    figure: Quantity
    verb: str
    noun: str
    kind: DraftKind = "plain"
    part_of: Quantity | None = None
    listed: int | None = None
    comparison: Comparison | None = None
    rest: bool = False
    of: str = ""
    sums: bool = False
    in_row: bool = False
    words: tuple[str, ...] = ()
    items: str = ""
    tail: int = 0

    @property
    def name(self) -> str:
        """The indicator's name, without `items`."""
        return self.verb + self.noun

    @property
    def whole_name(self) -> str:
        """The indicator's name as the figure's own words have it."""
        name = self.name
        return name[: -self.tail] + self.items + name[-self.tail :] if self.items else name

    def keep_items(self, left: Left) -> None:
        """Keep the enumeration before the noun where the figure's own words name it, and no part (其中…等重点人群)."""
        own = self.kind == "plain" and self.part_of is None
        if own and left.items and left.noun and self.name.endswith(joined(left.words)):
            opening = "、" if is_separator(left.items[0]) else ""
            self.items, self.tail = opening + joined(left.items), len(joined(left.words[-left.listed :]))

    def share_items(self, last: "Draft | None") -> None:
        """Take over the enumeration of `last` where both figures count the same deed (审结诈骗、盗窃等案件9件12人)."""
        if last is not None and last.items and last.figure.end == self.figure.start and last.name == self.name:
            self.items, self.tail = last.items, last.tail


class Memory:
    """The drafts told last: those of the sentence being read, and a few of the sentences before.

    Its length is bounded, so that looking back costs the same however long a sentence is.
    """

    def __init__(self) -> None:
        self._earlier: deque[Draft] = deque(maxlen=_EARLIER)
        self._here: deque[Draft] = deque(maxlen=_HERE)
        self._paragraph = 0

    def begin_paragraph(self, start: int) -> None:
        """A new paragraph begins at the offset `start`."""
        self._paragraph = start

    def in_paragraph(self, draft: Draft) -> bool:
        """Whether the draft was made in the paragraph being read."""
        return draft.figure.start >= self._paragraph

    def opens_paragraph(self, at: int) -> bool:
        """Whether what stands at the offset `at` opens the paragraph being read."""
        return at - self._paragraph <= _OPENING

    def begin_sentence(self) -> None:
        """A new sentence: what was told so far is earlier."""
        self._earlier.extend(self._here)
        self._here.clear()

    def add(self, draft: Draft) -> None:
        """Remember a draft of the sentence being read."""
        self._here.append(draft)

    @property
    def last(self) -> Draft | None:
        """The last draft of the sentence."""
        return self._here[-1] if self._here else None

    @property
    def _latest(self) -> Draft | None:
        """The last draft of the sentence, or of the sentence before where this one has none, in the same paragraph."""
        if self._here:
            return self._here[-1]
        return self._earlier[-1] if self._earlier and self.in_paragraph(self._earlier[-1]) else None

    def plain(self, *, here: bool = False) -> list[Draft]:
        """The plain drafts, the latest first; with `here` those of the sentence only."""
        return list(self._plain(here=here))

    def changes(self, count: int) -> list[Draft]:
        """The last `count` drafts of the sentence, if they are changes told in a row; else []."""
        drafts = list(self._here)[-count:]
        return drafts if len(drafts) == count and all(d.kind == "change" for d in drafts) else []

    def holds_here(self, draft: Draft) -> bool:
        """Whether the draft was made in the sentence being read."""
        return any(d is draft for d in self._here)

    def base(self, figure: Quantity) -> Draft | None:
        """The draft that a comparison or share refers to; of the same unit where it is an absolute change."""
        same = self.of_unit(figure.unit) if figure.dimension != "ratio" else None
        return same or next(self._plain(), None)

    def told_of(self, figure: Quantity, base: Draft | None) -> str:
        """The indicator that a change told by `figure` belongs to; `base` is the draft that it refers to.

        Of changes in a row (增加值同比增长7.1%，较一季度回升1.8个百分点) the later are told of what the first is.
        """
        last = self._latest
        if last is not None and last.kind == "change" and last.of:
            # 受案增加167件，上升10.2%; 投资同比增长4%。其中，5月份增长2%
            return last.of
        for draft in reversed(self._here):
            if draft is base:
                break
            if draft.of and (base is None or base.figure.unit != figure.unit):
                return draft.of
            if draft.kind == "share" and figure.unit == "个百分点":
                return draft.name
        return base.name if base is not None else ""

    def told_already(self, figure: Quantity, noun: str) -> bool:
        """Whether the same number of the same things was told just before."""
        if len(noun) < 2:
            return False
        return any(d.figure.text == figure.text and d.name.endswith(noun) for d in self._plain())

    def of_unit(self, unit: str, *, here: bool = False) -> Draft | None:
        """The latest plain draft counted in `unit`."""
        return next((d for d in self._plain(here=here) if d.figure.unit == unit), None)

    def checked(self, unit: str) -> Draft | None:
        """What a check counted in `unit`, of which results are told (抽检成品油126批次，不合格5批次)."""
        results = tuple(lexicon().outcomes)
        return next(
            (d for d in self._plain(here=True) if d.figure.unit == unit and not d.name.startswith(results)), None
        )

    def _plain(self, *, here: bool = False) -> Iterator[Draft]:
        for drafts in (self._here,) if here else (self._here, self._earlier):
            yield from (d for d in reversed(drafts) if d.kind == "plain")

    def with_measured(self, name: str, unit: str = "") -> str:
        """`name`, and if it says little alone (总数, 日均, 完成率, 队员) what it measures or belongs to before it."""
        words = lexicon()
        told = self.plain(here=True)
        last = self._latest
        if (
            name.endswith(_PACES)
            and name in words.bare_measures
            and last is not None
            and last.kind == "change"
            and last.of
        ):
            # 增加值同比增长6%，增速比一季度加快0.2个百分点
            return last.of + name
        if name in words.bare_measures or name in AVERAGES:
            if not told or (name.endswith(_OF_PLACES) and told[0].verb.endswith("辖")):
                return name
            if name in AVERAGES:
                # 发放资金90万元，惠及300户，户均3000元: of what is counted in the same unit.
                return name + _tail(next((d for d in told if d.figure.unit == unit), told[0]), 2 * _SHORT)
            return _tail(told[0], _LONGEST_WHOLE) + name
        if PER_HEAD.fullmatch(name) and told:
            return name + told[0].noun
        if name in words.dependent_nouns or (
            1 < len(name) <= _SHORT and name.endswith(_RATES) and name[:2] not in _OWN
        ):
            if name.startswith(_PAYING) and told and told[0].figure.dimension == "money":
                # 落实地力补贴1.4亿元，兑付率99.8%: of the money, though 补贴 is a measure elsewhere
                return (told[0].noun or told[0].name) + name
            outcomes = tuple(words.outcomes)
            things = (d for d in told if not (d.name.endswith(_MEASURES) or d.name.startswith(outcomes)))
            whole = next((_tail(d, _SHORT) for d in things), "")
            # “两癌”筛查完成…，完成率…
            whole = whole.removesuffix(name[:-1] if len(name) > _SHORT - 1 else name[:2])
            if len(whole) > 1 and name not in whole:
                return whole + name
        return name


def _tail(draft: Draft, longest: int) -> str:
    """The end of a draft's name, which holds the head of its noun; whole if it is no longer than `longest`."""
    name = draft.noun if len(draft.name) > longest and len(draft.noun) > 1 else draft.name
    if len(name) > longest:
        end = ""
        for word in reversed(draft.words):
            if name.endswith(word + end) and len(word + end) <= longest:
                end = word + end
            elif end:
                break
        # Most words have two characters, where they are not known.
        name = _CLOSED.sub("", end or name[-longest - longest % 2 :]).lstrip("、的类")
    return name.removeprefix("各类")
