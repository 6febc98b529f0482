"""Parts recognised by their sum: figures in a row that add up to a total told before them.

A list of kinds or places after its total need not say 其中 (办理案件266件。东区、西区、南区分别98件、90件、78件): that
the figures add up to the total says it. What became of the things counted (受理90件，办结80件，未结10件) adds up too
and is no list of parts.
"""

import re
from decimal import Decimal

from extract.facts.metric_drafts import Draft
from extract.facts.metric_lexicon import lexicon
from schemas import Quantity

_REACH = 12
_STARTS = 4
_FEWEST = 2
# Parts are rounded where their total is (5.9万 and 3.94万 of 9.84万).
_ROUNDED = re.compile("[万亿千百.]")
_ROUNDING = Decimal("0.002")
# Small figures add up by chance.
_LEAST = Decimal(20)


def join_sums(drafts: list[Draft]) -> None:
    """Give the figures that add up to one before them that figure as their total, where they have none yet."""
    plain = [d for d in drafts if d.kind == "plain" and d.figure.value is not None and d.figure.dimension != "ratio"]
    for index, total in enumerate(plain):
        if total.figure.value is not None and total.figure.value >= _LEAST:
            _join(total, plain[index + 1 : index + 1 + _REACH])


def _join(total: Draft, following: list[Draft]) -> None:
    """Look for the figures in a row that add up to `total`; a few others may stand between it and them."""
    fitting = [d for d in following if d.figure.unit == total.figure.unit and d.part_of in (None, total.figure)]
    for start in range(min(_STARTS, len(fitting))):
        run = _run(total.figure, fitting[start:])
        if run and not any(_tells_outcome(d) for d in run):
            for part in run:
                part.part_of = total.figure
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


def _tells_outcome(draft: Draft) -> bool:
    return draft.name.startswith(tuple(lexicon().completion_verbs))
