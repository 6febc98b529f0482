"""Strict scores of tagged sequences: a span counts if its borders and its type are right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoded import IGNORED
from models.labels import Scheme


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one type in one corpus; type "all" is their sum."""

    corpus: str
    type: str
    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 if nothing was."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found; 0 if there is nothing."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing is right."""
        return 2 * self.right / (self.found + self.wanted) if self.right else 0.0


def scores_of(
    corpus: str,
    scheme: Scheme,
    labels: npt.NDArray[np.int8],
    bounds: npt.NDArray[np.int64],
    tagged: Iterable[tuple[int, list[int]]],
) -> list[Score]:
    """The scores of each type and of all, micro-averaged.

    Args:
        labels, bounds: gold, as in `Encoded`; what is found on ignored labels counts neither way.
        tagged: for every sequence its index and the labels found.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for index, answer in tagged:
        gold = labels[bounds[index] : bounds[index + 1]]
        ignored = gold == IGNORED
        expected = set(scheme.decode(np.where(ignored, 0, gold).tolist()))
        given = {span for span in scheme.decode(answer) if span in expected or not ignored[span[0] : span[1]].any()}
        right.update(type_ for _, _, type_ in expected & given)
        found.update(type_ for _, _, type_ in given)
        wanted.update(type_ for _, _, type_ in expected)
    rows = [Score(corpus, type_, right[type_], found[type_], wanted[type_]) for type_ in scheme.types]
    return [*rows, Score(corpus, "all", right.total(), found.total(), wanted.total())]
