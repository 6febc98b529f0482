"""The change that one figure tells of another: 同比增长12.3%, 比去年同期减少3件, 与上年相比，下降一成.

Notes for a newcomer. A change is told of the figure before it where the clause has no indicator of its own. Its sign is
in the verb (下降 is a fall) unless the figure has one (增长-2.4%). What it is compared with stands before the verb or
is a clause of its own (与上年同期相比，…); what is compared with another place (比全省平均高) has not changed.
"""

import re

from extract.facts.metric_drafts import Draft
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import lexicon
from extract.facts.metric_words import Word
from schemas import Comparison, Quantity

_LONGEST = 16
_IN_TIME = re.compile("[同环]比|年均|[上去前今往年月季周期初底末昨]")
_COMPARED = re.compile("^(?:[与同和较比].{2,14}|[同环]比.{0,2})$")
_OPENING = "与同和较比环"
_RECKONING = ("按", "扣", "剔", "可比", "同口径")
_ADVERBS = ("分别", "均", "也", "都", "已", "又", "再", "各", "实现", "相比", "，")


def basis_clause(words: list[Word]) -> str | None:
    """What is compared with, if it is all that the clause says (与上年同期相比，同比，)."""
    if not words or words[0].text[0] not in _OPENING or any(w.kind == "figure" for w in words):
        return None
    text = "".join(w.text for w in words)
    return text if len(text) <= _LONGEST and _COMPARED.match(text) and _IN_TIME.search(text) else None


def told_of(base: Draft, figure: Quantity, left: Left, verb: str, clause: str | None) -> Comparison | None:
    """The change of `base` that `figure` tells, or None if it tells none of it in time.

    Args:
        base: the draft of the figure before.
        figure: the figure of the change.
        left: the words before it, peeled.
        verb: its verb of change.
        clause: what the clause before says it is compared with, if that is all it says.
    """
    if figure.value is None or not _fits(figure, base.figure):
        return None
    basis = _words_of(left) or clause
    if basis is not None and not _IN_TIME.search(basis):
        return None
    falls = figure.value > 0 and verb.rstrip("了到至为") in lexicon().falls
    return Comparison(
        basis=basis,
        change=-figure.value if falls else figure.value,
        unit=figure.unit,
        quantity=(figure.start, figure.end),
    )


def _fits(figure: Quantity, base: Quantity) -> bool:
    if figure.unit == "个百分点":
        return base.dimension == "ratio"
    return figure.dimension == "ratio" or figure.unit == base.unit


def _words_of(left: Left) -> str | None:
    """The words that the change is compared with, without how it is reckoned and adverbs at the end."""
    words = [w.text for w in left.basis]
    while words and words[0].startswith(_RECKONING):
        start = next(
            (i for i, w in enumerate(words[1:], 1) if w in lexicon().bases and not w.startswith(_RECKONING)), 0
        )
        words = words[start:] if start else []
    while words and words[-1] in _ADVERBS and words[0] not in ("与", "同"):
        words.pop()
    if words:
        return "".join(words)
    verb = left.change.text if left.change is not None else ""
    return verb[:2] if verb[:2] in ("同比", "环比") else None
