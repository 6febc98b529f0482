"""Label schemes, BIOES labels as numbers, and the best sequence of labels that is well-formed."""

import math
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

_SCHEMES = Path(__file__).with_name("data") / "schemes.toml"

Span = tuple[int, int, str]
Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

_B, _I, _E, _S = range(4)


@dataclass(frozen=True)
class Scheme:
    """The entity types of one head; label 0 is O, then B, I, E, S of the first type, and so on.

    Args:
        types: in the order of their labels.
        mapping: from the labels of the data to types.
    """

    types: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        """How many labels there are."""
        return 1 + 4 * len(self.types)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels by name."""
        return ("O", *(f"{part}-{type_}" for type_ in self.types for part in "BIES"))

    @cached_property
    def follows(self) -> npt.NDArray[np.bool_]:
        """`follows[a, b]`: whether label b may come after label a."""
        allowed = np.zeros((self.size, self.size), dtype=np.bool_)
        for before in range(self.size):
            for after in range(self.size):
                opens = before > 0 and (before - 1) % 4 in (_B, _I)
                continues = after > 0 and (after - 1) % 4 in (_I, _E)
                same = before > 0 and after > 0 and (before - 1) // 4 == (after - 1) // 4
                allowed[before, after] = opens == continues and (same or not opens)
        return allowed

    @cached_property
    def begins(self) -> npt.NDArray[np.bool_]:
        """Whether a sequence may begin with each label."""
        begins: npt.NDArray[np.bool_] = self.follows[0].copy()
        return begins

    @cached_property
    def ends(self) -> npt.NDArray[np.bool_]:
        """Whether a sequence may end with each label."""
        ends: npt.NDArray[np.bool_] = self.follows[:, 0].copy()
        return ends

    def encode(self, size: int, spans: Iterable[Span]) -> npt.NDArray[np.int8]:
        """The labels of `size` characters in which `spans` (start, end, label of the data) are named."""
        mapping = dict(self.mapping) or {type_: type_ for type_ in self.types}
        labels = np.zeros(size, dtype=np.int8)
        for start, end, label in spans:
            if label not in mapping or labels[start:end].any():
                continue
            base = 1 + 4 * self.types.index(mapping[label])
            if end - start == 1:
                labels[start] = base + _S
            else:
                labels[start:end] = base + _I
                labels[start], labels[end - 1] = base + _B, base + _E
        return labels

    def decode(self, labels: Sequence[int]) -> Iterator[Span]:
        """The spans that well-formed `labels` mark."""
        start = 0
        for index, label in enumerate(labels):
            if label == 0:
                continue
            part = (label - 1) % 4
            if part in (_B, _S):
                start = index
            if part in (_E, _S):
                yield start, index + 1, self.types[(label - 1) // 4]

    def best(self, scores: Scores, bounds: Sequence[int]) -> Numbers:
        """The labels of sequences with the highest sum of `scores` (n, labels) among the well-formed ones.

        Args:
            scores: of the sequences one after the other.
            bounds: where each begins, and where the last one ends.
        """
        labels: Numbers = scores.argmax(axis=1)
        edges = np.asarray(bounds)
        bordered = np.zeros(len(labels) + 2, dtype=np.int64)
        bordered[1:-1] = labels
        # Whether what stands before and after each character's left border may be neighbours.
        formed = self.follows[bordered[:-1], bordered[1:]]
        formed[edges] = self.ends[bordered[edges]] & self.begins[bordered[edges + 1]]
        faults = np.flatnonzero(~formed)
        # At a border between two sequences either may be at fault.
        touched = {*(np.searchsorted(edges, faults, "right") - 1), *(np.searchsorted(edges, faults, "left") - 1)}
        for index in sorted(touched):
            if 0 <= index < len(edges) - 1:
                start, end = edges[index], edges[index + 1]
                labels[start:end] = self._viterbi(scores[start:end])
        return labels

    def _viterbi(self, scores: Scores) -> list[int]:
        """The best labels of one sequence.

        After a character one is either outside of all names or inside one of some type, so few states are enough.
        """
        firsts = range(1, self.size, 4)
        outside, inside = 0.0, [-math.inf] * len(self.types)
        # The last label on the best way to be outside, and inside a name of each type.
        steps: list[tuple[int, list[int]]] = []
        for row in scores.tolist():
            best, label = outside + row[0], 0
            ways = []
            for index, first in enumerate(firsts):
                for total, last in (
                    (outside + row[first + _S], first + _S),
                    (inside[index] + row[first + _E], first + _E),
                ):
                    if total > best:
                        best, label = total, last
                begun, held = outside + row[first + _B], inside[index] + row[first + _I]
                inside[index] = max(begun, held)
                ways.append(first + (_B if begun >= held else _I))
            outside = best
            steps.append((label, ways))
        labels = []
        open_: int | None = None
        for label, ways in reversed(steps):
            last = label if open_ is None else ways[open_]
            labels.append(last)
            part = (last - 1) % 4 if last else _S
            open_ = (last - 1) // 4 if part in (_I, _E) else None
        return labels[::-1]


@cache
def load_schemes() -> dict[str, Scheme]:
    """The schemes of `schemes.toml` by name."""
    data = tomllib.loads(_SCHEMES.read_text(encoding="utf-8"))
    return {name: Scheme(tuple(entry["types"]), tuple(entry["map"].items())) for name, entry in data.items()}
