"""Parts whose total stands in another sentence: told of the same deed again, by their share, by their sum.

Notes for a newcomer. None of these says 其中. 救助90人。救助妇女30人、…，救助儿童20人 tells the deed of the total again
of kinds; 民生支出30.6亿元，占80% is a part of what it is 80% of, if a figure of the paragraph is that much; and figures
that add up to one of three or more digits to the last of them do so by no chance, even some paragraphs on.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.facts.metric_drafts import Draft
from schemas import Quantity

_PEOPLE = {"人次": "人", "名": "人", "位": "人"}
# Fewer digits add up by chance.
_DIGITS = 3
_FEWEST = 2
# So many figures of a unit are looked at behind a total, and so many characters.
_REACH = 12
_FAR = 600
_MOST = 9
_FEW = 3
# So many figures back a total is looked for, so that a paragraph of thousands is read in linear time.
_BACK = 48
# A share follows its figure within so many characters.
_SHARE = 25
_NEAR = 40
_LEFT_OVER = ("未结", "未办", "尚未", "剩余")
_PLANS = ("计划", "目标", "任务", "预算")
_TENS = Decimal(10)
# 河口支行一家就…, 村医某某一人…
_ALONE = re.compile(r"一[家人镇村县区市院所局站队校乡店厂](?:[^，。；、：\d一]{0,8}?)$")
_ONE_REACH = 12


def join_kinds(told: Sequence[Draft], following: Sequence[Draft]) -> None:
    """Give the figures of a sentence that tell the deed of one before it again, of kinds, that one as their total.

    Args:
        told: the drafts of the sentence before.
        following: those of the sentence.
    """
    groups: list[tuple[Draft, list[Draft]]] = []
    following = following[:_BACK]
    for total in told[-_BACK:]:
        if not total.verb or total.part_of is not None or not _counts(total):
            continue
        kinds = [
            d
            for d in following
            if d.part_of is None and (d.verb == total.verb or d.name.endswith(total.verb)) and _alike(d, total)
        ]
        done = sum((d.figure.value or Decimal(0) for d in kinds), Decimal(0))
        if len(kinds) >= _FEWEST and done <= (total.figure.value or Decimal(0)):
            groups.append((total, kinds))
    # What each kind got (发放救助金2万元) is told in the same words as the whole.
    if any(kind.name != total.name for total, kinds in groups for kind in kinds):
        for total, kinds in groups:
            for kind in kinds:
                kind.part_of = total.figure


def join_single(text: str, drafts: Sequence[Draft]) -> None:
    """贷款90亿元，…。河口支行一家就贷出20亿元: what one did alone is part of what all did, told before it.

    Args:
        text: the view's text.
        drafts: those of a paragraph.
    """
    for index, draft in enumerate(drafts):
        start = draft.figure.start
        floor = max(0, start - _ONE_REACH)
        if draft.part_of is not None or text.find("一", floor, start) < 0 or not _counts(draft):
            continue
        if _ALONE.search(text, floor, start):
            before = (d for d in _before(drafts, index) if _alike(draft, d) and d.figure is not draft.figure)
            total = next(before, None)
            draft.part_of = total.figure if total is not None else None


def join_shares(drafts: Sequence[Draft]) -> None:
    """Give a figure of the paragraph whose share is told that figure as its total that it is such a share of."""
    for index, draft in enumerate(drafts):
        share = draft.figure
        if draft.kind != "share" or share.unit != "%" or share.value is None or draft.name.endswith(_PLANS):
            continue
        part = next((d for d in _before(drafts, index) if _counts(d)), None)
        if part is None or part.part_of is not None or share.start - part.figure.end > _SHARE:
            continue
        before = (d for d in _before(drafts, index) if d.figure.start < part.figure.start and _alike(part, d))
        total = next((d for d in before if _is_share(part.figure, share, d.figure)), None)
        if total is not None and not any(plan in total.name for plan in _PLANS):
            part.part_of = total.figure


def _before(drafts: Sequence[Draft], index: int) -> Iterator[Draft]:
    """The drafts before the `index`-th, the nearest first."""
    return reversed(drafts[max(0, index - _BACK) : index])


def _is_share(part: Quantity, share: Quantity, whole: Quantity) -> bool:
    """Whether `part` is `share` percent of `whole`, as far as that is told."""
    if not whole.value or part.value is None or share.value is None or part.value >= whole.value:
        return False
    rest = part.value / whole.value * 100 - share.value
    if share.modifier in ("at_least", "more_than"):
        # 四成以上 is told of what stands near.
        return share.value % _TENS == 0 and 0 <= rest < _TENS and part.start - whole.end < _NEAR
    places = -int(share.value.normalize().as_tuple().exponent)
    return share.modifier == "exact" and abs(rest) <= Decimal("0.6").scaleb(-max(places, 0))


def join_sums_far(drafts: Sequence[Draft]) -> None:
    """Give the figures in a row that add up to one told before them, to its last digit, that one as their total."""
    by_unit: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if _counts(draft) and draft.figure.modifier == "exact":
            by_unit[_PEOPLE.get(draft.figure.unit, draft.figure.unit)].append(draft)
    for alike in by_unit.values():
        for index in range(len(alike) - _FEWEST):
            total = alike[index].figure
            if alike[index + 1].figure.start - total.end > _FAR or total.value is None:
                continue
            digits = _digits(total.value)
            following = alike[index + 1 : index + 1 + _REACH]
            if digits >= _DIGITS and not any(d.part_of is total for d in following):
                # The longer the row, the likelier it adds up by chance.
                _join(total, following, _MOST if digits > _DIGITS else _FEW)


def _join(total: Quantity, following: list[Draft], most: int) -> None:
    for start in range(len(following) - 1):
        if following[start].figure.start - total.end > _FAR:
            return
        run = _run(total, following[start:], most)
        if run and any(d.part_of is None for d in run) and not any(w in d.name for d in run for w in _LEFT_OVER):
            for part in run:
                part.part_of = total
            return


def _run(total: Quantity, following: list[Draft], most: int) -> list[Draft]:
    """The first of `following`, without their own parts and no more than `most`, that add up to `total`, or []."""
    rest = total.value or Decimal(0)
    run: list[Draft] = []
    for draft in following:
        if "均" in draft.name or any(draft.part_of is d.figure for d in run):
            continue
        rest -= draft.figure.value or Decimal(0)
        run.append(draft)
        if rest <= 0 or len(run) == most:
            break
    return run if rest == 0 and len(run) >= _FEWEST else []


def fill_gaps(drafts: Sequence[Draft]) -> None:
    """Give a figure of the paragraph that is just what the parts of a total before it leave that one as its total."""
    gaps: dict[int, tuple[Quantity, Decimal]] = {}
    for draft in drafts:
        value = draft.figure.value
        if not _counts(draft) or value is None:
            continue
        if draft.part_of is not None and draft.part_of.value is not None:
            total, gap = gaps.get(draft.part_of.start, (draft.part_of, draft.part_of.value))
            gaps[total.start] = total, gap - value
            if len(gaps) > _BACK:
                del gaps[next(iter(gaps))]
        elif gaps and _digits(value) >= _DIGITS:
            left = (t for t, gap in gaps.values() if gap == value and _unit(t) == _unit(draft.figure))
            draft.part_of = next(left, None)


def join_changes(drafts: Sequence[Draft]) -> None:
    """收入90亿元，增收9亿元，其中税收60亿元，增收5亿元: the change of a part is part of its total's."""
    changes: dict[tuple[int, str], Draft] = {}
    base: Draft | None = None
    for draft in drafts:
        if draft.kind == "plain":
            base = draft if draft.figure.dimension != "ratio" else base
        elif draft.kind == "change" and draft.figure.dimension != "ratio" and base is not None:
            unit = draft.figure.unit
            changes.setdefault((base.figure.start, unit), draft)
            whole = changes.get((base.part_of.start, unit)) if base.part_of is not None else None
            if whole is not None and draft.part_of is None and _no_larger(draft.figure, whole.figure):
                draft.part_of = whole.figure


def _no_larger(figure: Quantity, whole: Quantity) -> bool:
    return figure.value is not None and whole.value is not None and figure.value <= whole.value


def _digits(value: Decimal) -> int:
    """How many digits of `value` tell something (30284: 5, 90万: 1)."""
    return len(value.normalize().as_tuple().digits)


def _counts(draft: Draft) -> bool:
    return draft.kind == "plain" and draft.figure.dimension != "ratio" and draft.figure.value is not None


def _unit(figure: Quantity) -> str:
    return _PEOPLE.get(figure.unit, figure.unit)


def _alike(draft: Draft, total: Draft) -> bool:
    """Whether both count in one unit and `draft` is the smaller."""
    both = _counts(draft) and _counts(total)
    return both and _unit(draft.figure) == _unit(total.figure) and _no_larger(draft.figure, total.figure)
