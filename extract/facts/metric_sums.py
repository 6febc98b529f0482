"""Parts recognised by their sum: figures in a row that add up to a total told before them.

A list of kinds or places after its total need not say 其中 (办理案件266件。东区、西区、南区分别98件、90件、78件): that
the figures add up to the total says it. What became of the things counted (受理90件，办结80件，未结10件) adds up too
and is no list of parts, unless the last figure is told to be the rest of the total (隐患90处，整改80处，其余10处…).
"""

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache

from extract.facts.metric_drafts import Draft
from extract.facts.metric_lexicon import lexicon
from schemas import Quantity

_REACH = 8
_STARTS = 4
_FEWEST = 2
# Parts are rounded where their total is (5.9万 and 3.94万 of 9.84万).
_ROUNDED = re.compile("[万亿千百.]")
_ROUNDING = Decimal("0.002")
_LEFT_OVER = ("未结", "未办", "尚未", "剩余")
_SPENT = ("支出", "成本", "费用")
_PEOPLE = {"人次": "人", "名": "人", "位": "人"}
# Small figures add up by chance.
_LEAST = Decimal(20)


def join_sums(drafts: list[Draft]) -> None:
    """Give the figures that add up to one before them that figure as their total, where they have none yet."""
    by_unit: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind == "plain" and draft.figure.value is not None and draft.figure.dimension != "ratio":
            by_unit[_PEOPLE.get(draft.figure.unit, draft.figure.unit)].append(draft)
    for alike in by_unit.values():
        for index in range(_FEWEST, len(alike)):
            if alike[index].sums:
                _join_before(alike[index], alike[max(index - _REACH, 0) : index])
        for index in range(len(alike) - _FEWEST):
            total = alike[index].figure
            following = alike[index + 1 : index + 1 + _REACH]
            if alike[index].name.endswith("收入") and alike[index + 1].name.endswith(_SPENT):
                # 业务收入9亿元，业务支出5亿元，增值收益4亿元: a balance
                continue
            if alike[index].part_of is None and alike[index].in_row and alike[index + 1].in_row:
                # 小学、初中、高中分别为3000人、2000人、1000人
                continue
            if total.value is not None and (
                total.value >= _LEAST or any(d.rest for d in following) or _one_outcome(following[:_FEWEST])
            ):
                _join(total, following)


def _join_before(total: Draft, told: list[Draft]) -> None:
    """东镇30户、西镇60户，共计90户: what a sum sums up stands before it."""
    run = _run(total.figure, told[::-1])
    if all(d.part_of is None for d in run):
        for part in run:
            part.part_of = total.figure


def _join(total: Quantity, following: list[Draft]) -> None:
    """Look for the figures in a row that add up to `total`; a few others may stand between it and them."""
    fitting = [d for d in following if d.part_of is None or d.part_of is total or d.rest]
    for start in range(min(_STARTS, len(fitting) - 1)):
        run = _run(total, fitting[start:])
        alike = start == 0 and _one_outcome(run)
        told = run and (run[-1].rest or alike or (total.value or 0) >= _LEAST)
        if told and (run[-1].rest or alike or not any(_tells_outcome(d) for d in run)):
            for part in run:
                part.part_of = total
            return


def _run(total: Quantity, fitting: list[Draft]) -> list[Draft]:
    """The first of `fitting` that add up to `total`, or []."""
    whole = total.value or Decimal(0)
    tolerance = whole * _ROUNDING if _ROUNDED.search(total.text) else Decimal(0)
    done = Decimal(0)
    for index, draft in enumerate(fitting, 1):
        done += draft.figure.value or Decimal(0)
        if index >= _FEWEST and abs(done - whole) <= tolerance:
            return fitting[:index]
        if done > whole:
            return []
    return []


def _one_outcome(drafts: list[Draft]) -> bool:
    """当场整改12个，限期整改5个: whether all tell of one outcome, so that they are kinds of it."""
    if not drafts:
        return False
    verbs = [verb for verb in _completion_verbs() if verb in drafts[0].name]
    return any(all(verb in d.name for d in drafts) for verb in verbs)


def _tells_outcome(draft: Draft) -> bool:
    return draft.name.startswith(_completion_verbs()) or any(w in draft.name for w in _LEFT_OVER)


@cache
def _completion_verbs() -> tuple[str, ...]:
    return tuple(lexicon().completion_verbs)
