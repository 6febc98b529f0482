"""Label schemes, BIOES labels as numbers, and the best sequence of labels that is well-formed."""

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

    def best(self, scores: Scores) -> Numbers:
        """The labels of one sequence with the highest sum of `scores` (n, labels) among the well-formed ones."""
        greedy: Numbers = scores.argmax(axis=1)
        if self._is_formed(greedy):
            return greedy
        return self._viterbi(scores)

    def _is_formed(self, labels: Numbers) -> bool:
        return bool(self.begins[labels[0]] and self.ends[labels[-1]] and self.follows[labels[:-1], labels[1:]].all())

    def _viterbi(self, scores: Scores) -> Numbers:
        barred = np.where(self.follows, 0.0, -np.inf).astype(np.float32)
        total = np.where(self.begins, scores[0], -np.inf)
        back = np.zeros(scores.shape, dtype=np.int64)
        columns = np.arange(self.size)
        for index in range(1, len(scores)):
            paths = total[:, None] + barred
            back[index] = paths.argmax(axis=0)
            total = paths[back[index], columns] + scores[index]
        labels = np.zeros(len(scores), dtype=np.int64)
        labels[-1] = np.where(self.ends, total, -np.inf).argmax()
        for index in range(len(scores) - 1, 0, -1):
            labels[index - 1] = back[index, labels[index]]
        return labels


@cache
def load_schemes() -> dict[str, Scheme]:
    """The schemes of `schemes.toml` by name."""
    data = tomllib.loads(_SCHEMES.read_text(encoding="utf-8"))
    return {name: Scheme(tuple(entry["types"]), tuple(entry["map"].items())) for name, entry in data.items()}
