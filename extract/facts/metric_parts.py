"""Totals and their parts: which figures after 其中, in a bracket or after a colon belong to which total.

Notes for a newcomer. Totals nest (医疗机构1487个（医院98个，含三级医院14个；…）), so they stand on a stack. 其中 and 含
put the last fitting figure on it, an opening bracket the figure before it; a closing bracket, a full stop or a figure
that cannot be a part takes them off. A figure can be a part if it counts in the same unit and is no larger than its
total; what is announced right after its total may be counted in another (典型案件21件，其中查封5家企业).
"""

from dataclasses import dataclass
from decimal import Decimal

from extract.facts.metric_drafts import Draft, Memory
from extract.facts.metric_lexicon import lexicon
from schemas import Quantity

# Parts are rounded, so their sum may pass the total a little.
_ROUNDING = Decimal("1.005")
_DEEPEST = 8
_PEOPLE = frozenset({"人", "人次", "名", "位"})
_NEAR = 30
_PROBLEMS = ("问题", "隐患", "违法行为", "违规行为", "线索")
# 件 and 起 count the same matters.
_MATTERS = frozenset("件起宗例桩")


@dataclass(slots=True)
class _Total:
    draft: Draft
    bracket: bool
    any_verb: bool = False
    deed: str = ""
    loose: bool = False  # whether its parts may be counted in other units
    count: int = 0
    sum: Decimal = Decimal(0)


class Breakdown:
    """The totals in force at the point of the sentence that has been read."""

    def __init__(self) -> None:
        self._stack: list[_Total] = []
        self._brackets: list[tuple[int, bool]] = []  # how deep the stack was at each, and whether parts were wanted
        self._wanted = False
        self._outer = self._loose = False
        self._opened = -1  # where the parts begin that are being told
        self._deed = ""  # of the first figure that was wanted
        self._latest = -1  # where the last part ends
        self._beside = -1  # where its total ends
        self._waiting = -1  # where a figure would begin that stands for the one wanted
        self._apart = False  # whether a semicolon stands between
        self._nested = False  # whether parts of a part were told before it
        self.heads = False  # whether the figure being read has parts of its own behind it
        self._in_turns = False  # whether the parts are told of several deeds in turn
        self.is_of_deed = False  # whether the last total found is that of the part's own deed, not of its kind

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
        self._nested = len(self._stack) > 1
        while len(self._stack) > 1 and not self._stack[-1].bracket:
            self._stack.pop()

    def want(self, at: int, *, outer: bool = False, loose: bool = False) -> None:
        """An opener of parts was read at the offset `at`: the next figure that fits is a part, of the total just told.

        With `outer` (分县区看) it is one of the paragraph's largest total, with `loose` maybe in another unit.
        """
        self._loose = loose
        self._wanted, self._outer, self._opened, self._apart, self._in_turns = True, outer, at, False, False

    def listed(self, total: Draft) -> None:
        """办理案件90件：…: what the colon announces are parts; problems (发现问题90个：…30处) in any unit."""
        self._push(_Total(total, bracket=False, loose=total.name.endswith(_PROBLEMS)))

    def among(self, total: Draft, *, at: int = -1, loose: bool = False) -> None:
        """230人中，…: all that follows in the same unit are parts, deeds too.

        Args:
            total: the draft of the 230人.
            at: where the clause begins that says so, if it only names again what was told before.
            loose: whether the parts may be counted in other units (90起违法行为中包括占道30处次).
        """
        self._push(_Total(total, bracket=False, any_verb=True, loose=loose))
        if at >= 0:
            self._opened = at

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
        self.is_of_deed = False
        if figure.dimension == "ratio":
            self._wanted = False
            return None
        gap = figure.start - self._latest
        if gap == 0 or (gap == 1 and chained):
            # 新增对象64户132人，其中新房30户71人; 发放贷款90笔、30亿元，其中市本级30笔、10亿元
            at = self._beside + gap
            second = next((d for d in memory.plain() if d.figure.start == at and _fits(figure, d)), None)
            if second is not None or gap == 0:
                return second
        if self._wanted or self._waiting == figure.start:
            # 其中农户90户300人: what has no total of its own unit may go on with one that has.
            if self._wanted:
                self._deed = deed
            self._wanted, self._waiting = False, figure.end
            if (total := self._announced(figure, deed, memory, named)) is not None:
                return total
        if not deed and named in lexicon().completion_verbs:
            deed = named
        averaged = "均" in named
        for depth in range(len(self._stack) - 1, -1, -1):
            top = self._stack[depth]
            # 其中救助妇女30人；救助儿童20人: kinds told in turn may overlap.
            in_turn = self._apart and bool(deed) and deed == top.deed
            if self._takes(top, figure, deed, chained or in_turn) and (_average(top.draft) or not averaged):
                del self._stack[depth + 1 :]
                self._count(top, figure)
                return top.draft
            if top.bracket:
                return None
        if (again := self._told_again(figure, deed, named, memory)) is not None:
            return again
        if self._stack and deed and self._stack[-1].count and (self._in_turns or not self._apart):
            # 受理90件，审结80件。其中受理民事30件，审结25件: what goes on with another deed is of that deed's total.
            before = self._stack[-1].draft.figure.start
            beside = (d for d in memory.plain() if abs(d.figure.start - before) <= _NEAR)
            same = next((d for d in beside if d.verb == deed and d.part_of is None and _fits(figure, d)), None)
            self.is_of_deed = same is not None
            self._in_turns = self._in_turns or self.is_of_deed
            return same
        if self._apart and deed and self._stack and _fits(figure, self._stack[-1].draft):
            # …；检查医院14家、药店7家: what is told of another deed ends the parts.
            self._stack.pop()
        return None

    def _announced(self, figure: Quantity, deed: str, memory: Memory, named: str) -> Draft | None:
        """The total that 其中 before `figure` refers to, which is now in force; None if none fits."""
        averaged = "均" in named
        whole = [d for d in memory.plain() if _fits(figure, d) and (_average(d) or not averaged)]
        if self._outer:
            tops = [d for d in whole if d.part_of is None]
            whole = sorted(
                filter(memory.in_paragraph, tops) if any(map(memory.in_paragraph, tops)) else tops or whole,
                key=lambda d: d.figure.value or 0,
                reverse=True,
            )
        elif self._loose and (near := self._of_things(figure, memory, whole)) is not None:
            self._put(_Total(near, bracket=False, any_verb=True, loose=True), figure)
            return near
        elif not memory.opens_paragraph(self._opened):
            # Of the paragraphs before only what was told last, if it is not of another deed.
            told = [d for d in whole if memory.in_paragraph(d)]
            whole = told or [d for d in whole[:1] if not deed or not d.verb or d.verb == deed]
        # Of several the one with the same deed: 受理90件，审结80件，其中省级受理30件. A part is no total of its like.
        near_by = [d for d in whole if self._outer or memory.holds_here(d) or memory.in_paragraph(d)]
        near_by = [d for d in near_by if d.verb and (d.part_of is None or d is whole[0])]
        alike = (d for d in near_by if _same_deed(d.verb, deed) or (not deed and d.verb in named))
        kindred = (d for d in near_by if deed and deed in d.verb)
        total = next(alike, None) or next(kindred, None) or (whole[0] if whole else None)
        if total is not None:
            self._waiting = -1
            self._put(_Total(total, bracket=False, deed=deed or self._deed), figure)
        return total

    def _put(self, total: _Total, figure: Quantity) -> None:
        """Put `total` in force, with `figure` as its first part."""
        # 其中 after a part of the same total refers to the total again unless it is nested by a bracket.
        self._stack = [t for t in self._stack if t.draft is not total.draft]
        if total.draft.part_of is None and not self._brackets:
            # A total of its own ends the breakdown before it.
            self._stack = []
        self._push(total)
        self._count(total, figure)

    @staticmethod
    def _of_things(figure: Quantity, memory: Memory, fitting: list[Draft]) -> Draft | None:
        """查处典型案件21件，其中查封5家企业: the count told last, if none in the sentence has the figure's unit."""
        if fitting and memory.holds_here(fitting[0]):
            return None
        last = next(iter(memory.plain(here=True)), None)
        return last if last is not None and _fits(figure, last, loosely=True) else None

    def _told_again(self, figure: Quantity, deed: str, named: str, memory: Memory) -> Draft | None:
        """救助90人，发放救助金60万元，其中儿童30人，发放救助金20万元: what the part's own name told before."""
        if self._opened < 0 or len(named) < 2 or named == deed or named in lexicon().verbs:
            return None
        before = (d for d in memory.plain() if d.figure.end <= self._opened and d.part_of is None)
        beside = self._stack[-1].draft.figure.start if self._stack else self._opened
        return next(
            (
                d
                for d in before
                if (memory.in_paragraph(d) or abs(d.figure.start - beside) <= _NEAR)
                and d.name.endswith(named)
                and _fits(figure, d)
            ),
            None,
        )

    def _takes(self, total: _Total, figure: Quantity, deed: str, chained: bool) -> bool:
        """Whether `figure` goes on with the parts of `total`."""
        if not _fits(figure, total.draft, loosely=total.loose):
            return False
        if total.any_verb or total.bracket:
            return True
        if self._apart and self.heads and not self._nested:
            # 低保金90万元，其中春节补贴8万元；救助金60万元，其中…: another total.
            return False
        if deed and not chained and total.count > 0:
            told = (total.draft.verb, total.deed)
            if not any(_same_deed(verb, deed) for verb in told):
                return False
            if self._apart and total.deed and not total.bracket and not _same_deed(total.deed, deed):
                # 落实小学资助90人，其中资助孤儿8人；落实中学资助60人: another total.
                return False
        whole = total.draft.figure.value
        if chained or figure.value is None or whole is None or _average(total.draft):
            return True
        if self._apart and not deed and total.sum * _ROUNDING >= whole:
            # …，事业单位90人；女干部40人: divided again by something else.
            total.sum = Decimal(0)
        return total.sum + figure.value <= whole * _ROUNDING

    def _count(self, total: _Total, figure: Quantity) -> None:
        self._latest, self._beside = figure.end, total.draft.figure.end
        total.count += 1
        total.sum += figure.value or Decimal(0)


def _same_deed(verb: str, other: str) -> bool:
    """Whether the one deed begins as the other does (受理, 受理执行)."""
    return bool(verb and other) and (verb.startswith(other) or other.startswith(verb))


def _average(draft: Draft) -> bool:
    return "均" in draft.name


def _fits(figure: Quantity, total: Draft, *, loosely: bool = False) -> bool:
    """Whether `figure` can be a part of `total`: same unit, and no larger where both have a value.

    With `loosely` two counts of things need not have the same unit.
    """
    whole = total.figure
    if figure is whole:
        return False
    units = {figure.unit, whole.unit}
    if len(units) > 1 and units - _PEOPLE and units - _MATTERS and not (loosely and _things(figure) and _things(whole)):
        return False
    if _average(total) or figure.value is None or whole.value is None:
        return True
    return figure.value <= whole.value


def _things(figure: Quantity) -> bool:
    return figure.dimension == "count" and figure.unit not in _PEOPLE
