"""Totals and their parts: which figures after 其中, in a bracket or after a colon belong to which total.

Notes for a newcomer. Totals nest (医疗机构1487个（医院98个，含三级医院14个；…）), so they stand on a stack. 其中 and 含
put the last fitting figure on it, an opening bracket the figure before it; a closing bracket, a full stop or a figure
that cannot be a part takes them off. A figure can be a part if it counts in the same unit and is no larger than its
total.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.facts.metric_drafts import Draft, Memory
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_words import Word, joined
from schemas import Quantity

_SITES = frozenset("院校局所站区县市镇")
_BODIES = ("机构", "平台", "窗口", "热线", "中心", "企业", "部门", "单位", "公司")
# Parts are rounded, so their sum may pass the total a little.
_ROUNDING = Decimal("1.005")
# 市级, 建材类, 慢性: attributes without their noun.
_ATTRIBUTE_ENDINGS = ("级", "类", "型", "性", "以上", "以下")
_PEOPLE_ENDINGS = "人员生者童女户师工民众象子干警军兵友辈"
# What a total's name says of its being a total.
_WHOLE = re.compile("^(?:总|共|各级|各类|各种|现有|在册|全部|各)+")
_ACHIEVING = frozenset({"完成", "实现", "达成", "拥有"})
_LIGHT = frozenset({"提出", "作出", "开展", "进行", "实施", "组织", "发起", "提起"})
_PLACE_TAGS = ("n", "ns", "nr", "nz", "nt", "x")
_DIVISIONS = ("县", "旗", "新区", "经开区", "开发区", "示范区", "度假区")
_LONGEST_PLACE = 5
_OTHERS = ("其他", "其它", "其余")
_DEEPEST = 8
_PEOPLE = frozenset({"人", "人次", "名", "位"})
_SUMS_OF_MONEY = ("补贴", "补助", "津贴", "金", "款", "费", "奖励")
_NEAR = 30
_CASE_UNITS = frozenset(["件", "起", "宗", "例", "场", "次", "期"])
_PLACE_UNITS = frozenset(["个", "家", "所", "座", "处", "名", "人", "位"])


@dataclass(slots=True)
class _Total:
    draft: Draft
    bracket: bool
    any_verb: bool = False
    deed: str = ""
    count: int = 0
    sum: Decimal = Decimal(0)


class Breakdown:
    """The totals in force at the point of the sentence that has been read."""

    def __init__(self) -> None:
        self._stack: list[_Total] = []
        self._brackets: list[tuple[int, bool]] = []  # how deep the stack was at each, and whether parts were wanted
        self._wanted = False
        self._outer = False
        self._opened = -1  # where the parts begin that are being told
        self._latest = -1  # where the last part ends
        self._beside = -1  # where its total ends
        self._waiting = -1  # where a figure would begin that stands for the one wanted
        self._apart = False  # whether a semicolon stands between

    def _push(self, total: _Total) -> None:
        self._stack = [*self._stack[1 - _DEEPEST :], total]

    def open_bracket(self, before: Draft | None) -> None:
        """A bracket with figures opens, maybe after the figure of `before`."""
        self._brackets.append((len(self._stack), self._wanted))
        if before is not None:
            self._push(_Total(before, bracket=True))

    def close_bracket(self) -> None:
        """The bracket closes: its total and those inside it are done."""
        if self._brackets:
            depth, self._wanted = self._brackets.pop()
            del self._stack[depth:]

    def semicolon(self) -> None:
        """A semicolon ends a nested breakdown, not the outermost one."""
        self._apart = True
        while len(self._stack) > 1 and not self._stack[-1].bracket:
            self._stack.pop()

    def want(self, at: int, *, outer: bool = False) -> None:
        """An opener of parts was read at the offset `at`: the next figure that fits is a part, of the total just told.

        With `outer` (分县区看) it is one of the paragraph's largest total.
        """
        self._wanted, self._outer, self._opened, self._apart = True, outer, at, False

    def listed(self, total: Draft) -> None:
        """办理案件90件：…: what the colon announces are parts."""
        self._push(_Total(total, bracket=False))

    def among(self, total: Draft) -> None:
        """230人中，…: all that follows in the same unit are parts, deeds too."""
        self._push(_Total(total, bracket=False, any_verb=True))

    def total_for(
        self, figure: Quantity, deed: str, memory: Memory, chained: bool = False, named: str = ""
    ) -> Draft | None:
        """The total that `figure` is a part of, or None.

        Args:
            figure: the figure.
            deed: its own leading deed, "" if it has none.
            memory: what was told before; the latest draft that fits is the total that 其中 refers to.
            named: the words before the figure; a deed among them may tell the total as well (企业新登记860户).
            chained: whether 、 joins it to the figure before, so that a verb of its own does not end the parts.
        """
        if figure.dimension == "ratio":
            self._wanted = False
            return None
        if figure.start == self._latest:
            # 新增对象64户132人，其中新房30户71人
            return next((d for d in memory.plain() if d.figure.start == self._beside and _fits(figure, d)), None)
        averaged = "均" in named
        if self._wanted or self._waiting == figure.start:
            # 其中农户90户300人: what has no total of its own unit may go on with one that has.
            self._wanted, self._waiting = False, figure.end
            whole = [d for d in memory.plain() if _fits(figure, d) and (_average(d) or not averaged)]
            if not self._outer and not memory.opens_paragraph(self._opened):
                # Of the paragraphs before only what was told last, if it is not of another deed.
                told = [d for d in whole if memory.in_paragraph(d)]
                whole = told or [d for d in whole[:1] if not deed or not d.verb or d.verb == deed]
            if self._outer:
                tops = [d for d in whole if d.part_of is None]
                whole = sorted(
                    filter(memory.in_paragraph, tops) if any(map(memory.in_paragraph, tops)) else tops or whole,
                    key=lambda d: d.figure.value or 0,
                    reverse=True,
                )
            # Of several the one with the same deed: 受理90件，审结80件，其中省级受理30件.
            near = (d for d in whole if self._outer or memory.holds_here(d) or memory.in_paragraph(d))
            alike = (d for d in near if d.verb and (d.verb == deed or (not deed and d.verb in named)))
            total = next(alike, whole[0] if whole else None)
            if total is not None:
                self._waiting = -1
                # 其中 after a part of the same total refers to the total again unless it is nested by a bracket.
                self._stack = [t for t in self._stack if t.draft is not total]
                if total.part_of is None and not self._brackets:
                    # A total of its own ends the breakdown before it.
                    self._stack = []
                self._push(_Total(total, bracket=False, deed=deed))
                self._count(self._stack[-1], figure)
                return total
        for depth in range(len(self._stack) - 1, -1, -1):
            top = self._stack[depth]
            if self._takes(top, figure, deed, chained) and (_average(top.draft) or not averaged):
                del self._stack[depth + 1 :]
                self._count(top, figure)
                return top.draft
            if top.bracket:
                return None
        if (again := self._told_again(figure, deed, named, memory)) is not None:
            return again
        if self._stack and deed and self._stack[-1].count and not self._apart:
            # …、审结25件: what goes on with another deed is part of the total of that deed.
            before = self._stack[-1].draft.figure.start
            beside = [d for d in memory.plain(here=True) if abs(d.figure.start - before) <= _NEAR]
            return next((d for d in beside if d.verb == deed and d.part_of is None and _fits(figure, d)), None)
        return None

    def _told_again(self, figure: Quantity, deed: str, named: str, memory: Memory) -> Draft | None:
        """救助90人，发放救助金60万元，其中儿童30人，发放救助金20万元: what the part's own name told before."""
        if self._opened < 0 or len(named) < 2 or named == deed or named in lexicon().verbs:
            return None
        before = (d for d in memory.plain() if d.figure.end <= self._opened and d.part_of is None)
        return next((d for d in before if memory.in_paragraph(d) and d.name.endswith(named) and _fits(figure, d)), None)

    @staticmethod
    def _takes(total: _Total, figure: Quantity, deed: str, chained: bool) -> bool:
        """Whether `figure` goes on with the parts of `total`."""
        if not _fits(figure, total.draft):
            return False
        if total.any_verb or total.bracket:
            return True
        if deed and not chained and total.count > 0 and deed not in (total.draft.verb, total.deed):
            return False
        whole = total.draft.figure.value
        if chained or figure.value is None or whole is None or _average(total.draft):
            return True
        return total.sum + figure.value <= whole * _ROUNDING

    def _count(self, total: _Total, figure: Quantity) -> None:
        self._latest, self._beside = figure.end, total.draft.figure.end
        total.count += 1
        total.sum += figure.value or Decimal(0)


def _average(draft: Draft) -> bool:
    return "均" in draft.name


def _fits(figure: Quantity, total: Draft) -> bool:
    """Whether `figure` can be a part of `total`: same unit, and no larger where both have a value."""
    whole = total.figure
    if figure is whole or (figure.unit != whole.unit and {figure.unit, whole.unit} - _PEOPLE):
        return False
    if _average(total) or figure.value is None or whole.value is None:
        return True
    return figure.value <= whole.value


def part_name(verb: list[Word], noun: list[Word], total: Draft, unit: str) -> tuple[str, str]:
    """The deed and the rest of a part's name: a part without a deed of its own takes over that of its total."""
    if not verb and len(noun) > 1 and (noun[-1].text in _ACHIEVING or noun[-1].text == total.verb):
        # 铁路完成26万人次, 检察长办理90件: the deed of the total again, without its object.
        own = joined(noun if noun[-1].text == total.verb and noun[-1].text not in _ACHIEVING else noun[:-1])
        return "", own if own.endswith(total.noun[-2:]) else own + total.noun
    own = joined(noun)
    if verb and not noun:
        # 缓刑, 废止 say what became of the things counted; 咨询 and 补助 are things themselves.
        own, noun = joined(verb), verb
        if len(verb) > 1 and verb[0].text in _LIGHT:
            # 提出抗诉
            return "", own
        if verb[-1].text not in lexicon().event_nouns:
            return "", own + _WHOLE.sub("", total.noun)
    if verb and noun is not verb:
        deed = joined(verb)
        if deed.startswith("用于"):
            # 用于产业, 用于购置设备: what part of the money is for.
            return "", (deed.removeprefix("用于") or deed) + own + total.noun
        return deed, own
    if not own or all(map(_names_place, noun)):
        # Whose the part is (其中东区12件) is said by its subject.
        return total.verb, total.noun
    whole = total.noun
    last = noun[-1]
    if own in lexicon().completion_verbs:
        return "", own + whole
    if total.verb:
        # 新登记, of which 企业新登记
        own = own.removesuffix(total.verb) or own
        # 新增减税降费, of which 制造业减税降费: what the part repeats is not taken over.
        if own.endswith((*_ATTRIBUTE_ENDINGS, *_OTHERS)) and (unit not in ("%", "元") or own[-1] == "级"):
            own += whole
        if unit in _CASE_UNITS and _is_body(own):
            # 平台办理事项20万件，其中热线平台6万件: the part is what that body did.
            return "", own + total.verb + whole
        repeats = not whole and own[-2:] in total.verb[2:]
        thing = last.text in lexicon().verbal_nouns or last.text in lexicon().event_nouns
        if unit in _CASE_UNITS and len(own) <= 2 and own not in whole and not thing:
            # 受理案件90件，其中民事60件: 受理民事案件.
            own += whole
        return total.verb[:2] if repeats else total.verb, own
    if whole.endswith(own):
        return "", whole
    if len(whole) > 2 and own.endswith(whole[-2:]):
        # 第二产业增加值, of which 工业增加值
        return "", own
    if set(own) <= set(whole):
        # 进出口总额, of which 进口: 进口总额.
        return "", own + whole[whole.rindex(own[-1]) + 1 :]
    if last.text in whole and not whole.endswith(last.text):
        # 居民人均收入, of which 城镇居民: 城镇居民人均收入.
        return "", own + whole[whole.rindex(last.text) + len(last.text) :]
    measured = total.figure.dimension not in ("count", "ratio") and not lexicon().is_measure(last)
    tagged = last.tag in ("b", "v", "vn", "a", "d", "f") and last.kind == "word"
    attribute = (tagged and len(own) <= 6 and not _is_body(own)) or own.endswith(_ATTRIBUTE_ENDINGS)
    if total.figure.dimension == "count" and len(own) <= 4 and unit in ("人", "名", "位"):
        attribute = attribute or own[-1] not in _PEOPLE_ENDINGS
    elif unit in _PLACE_UNITS and len(own) <= 2:
        attribute = attribute or not _is_body(own)
    acts = unit not in _PLACE_UNITS and _is_body(own)
    if measured and own.endswith(_SUMS_OF_MONEY):
        # 低保金90万元，其中春节补贴20万元
        return "", own
    if measured or attribute or acts:
        return "", own + _WHOLE.sub("", whole)
    return "", own


def _names_place(word: Word) -> bool:
    """Whether `word` says only whose the part is: a name, or a place that is not known as one (丰县, 高新区)."""
    if word.kind != "word":
        return word.kind == "name"
    return word.tag in _PLACE_TAGS and 1 < len(word.text) <= _LONGEST_PLACE and word.text.endswith(_DIVISIONS)


def _is_body(name: str) -> bool:
    """Whether `name` ends as institutions and places do."""
    return name[-1] in _SITES or name.endswith(_BODIES)
