"""When an extracted item counts as the gold item: overlap of spans, likeness of names, and pairing one to one."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from schemas.record import Offsets

# Two names of an indicator or activity are the same thing from here on; 1 is equality.
SIMILAR = 0.6

T = TypeVar("T")

_MEASURE_WORD = re.compile(r"^个(?=.)")


def squeeze(text: str | None) -> str:
    """`text` without white space; line wraps and layout never decide a match."""
    return "".join(text.split()) if text else ""


def overlap(a: Offsets, b: Offsets) -> int:
    """How many characters two half-open ranges share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def similarity(a: str | None, b: str | None) -> float:
    """0..1: twice the matching characters over all characters (difflib's ratio); 0 if either is empty."""
    a, b = squeeze(a), squeeze(b)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def similar(a: str | None, b: str | None) -> bool:
    """Whether two names word the same thing."""
    return similarity(a, b) >= SIMILAR


def names_match(a: str | None, b: str | None) -> bool:
    """Whether two names are of one body: equal, or one of at least three characters within the other."""
    a, b = squeeze(a), squeeze(b)
    if not a or not b:
        return False
    return a == b or (min(len(a), len(b)) >= 3 and (a in b or b in a))


def any_names_match(gold: Iterable[str], predicted: Sequence[str]) -> bool:
    """Whether any name of `gold` matches any of `predicted`."""
    return any(names_match(a, b) for a in gold for b in predicted)


def same_subject(a: str | None, b: str | None) -> bool:
    """Whether two subjects are the same; two unknown ones are."""
    return squeeze(a) == squeeze(b) or names_match(a, b)


def comparable_unit(unit: str) -> str:
    """A unit without the measure word 个 in front of it, and with one spelling for square metres and per cent."""
    unit = _MEASURE_WORD.sub("", squeeze(unit))
    return unit.replace("㎡", "平方米").replace("平米", "平方米").replace("％", "%")


def pair_up(
    gold: Sequence[T], predicted: Sequence[T], matches: Callable[[T, T], bool], weight: Callable[[T, T], Any]
) -> list[tuple[int, int]]:
    """Pairs of indices of matching items, one to one, taken greedily in descending weight.

    Ties are broken in favour of the later gold item and then the later predicted item, so that the outcome is
    defined by the records alone.
    """
    candidates = [(weight(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if matches(g, p)]
    candidates.sort(reverse=True)
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j))
    return pairs
