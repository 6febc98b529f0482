"""Sequences as flat arrays, and batches cut from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.features import Features, Ids, Vocabulary

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Sequence:
    """One training sequence: its characters and words; `labels` holds one label per character for every head."""

    chars: Ids
    words: Ids
    labels: Mapping[str, npt.NDArray[np.int8]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Many sequences, one after the other; `bounds[i]`, `bounds[i + 1]` are the ends of sequence i.

    `labels` is by head; where a label is unknown it is `IGNORED`.
    """

    chars: npt.NDArray[np.uint16]
    words: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]
    labels: Mapping[str, npt.NDArray[np.int8]] = field(default_factory=dict)

    @classmethod
    def of(cls, sequences: Iterable[Sequence], heads: Iterable[str] = ()) -> "Encoded":
        """Join `sequences`, which all have labels for `heads`."""
        chars, words, bounds = [np.zeros(0, dtype=np.uint16)], [np.zeros(0, dtype=np.uint8)], [0]
        labels = {head: [np.zeros(0, dtype=np.int8)] for head in heads}
        for sequence in sequences:
            chars.append(sequence.chars.astype(np.uint16))
            words.append(sequence.words.astype(np.uint8))
            for head, parts in labels.items():
                parts.append(sequence.labels[head])
            bounds.append(bounds[-1] + len(sequence.chars))
        return cls(
            chars=np.concatenate(chars),
            words=np.concatenate(words),
            bounds=np.asarray(bounds, dtype=np.int64),
            labels={head: np.concatenate(parts) for head, parts in labels.items()},
        )

    def write(self, path: Path) -> None:
        """Keep it in a file (.npz), which appears whole or not at all."""
        partial = path.with_suffix(".partial.npz")
        labels = {f"labels_{head}": array for head, array in self.labels.items()}
        np.savez(partial, chars=self.chars, words=self.words, bounds=self.bounds, **labels)  # type: ignore[arg-type]
        partial.replace(path)

    @classmethod
    def read(cls, path: Path, heads: Iterable[str] = ()) -> "Encoded":
        """What `write` wrote, with the labels of `heads`."""
        with np.load(path) as kept:
            labels = {head: kept[f"labels_{head}"] for head in heads}
            return cls(kept["chars"], kept["words"], kept["bounds"], labels)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """The length of every sequence, in characters."""
        return np.diff(self.bounds)


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded sequences: all arrays are (sequences, longest), `pairs` one longer."""

    chars: Ids
    pairs: Ids
    words: Ids
    lengths: Ids
    labels: Mapping[str, Ids]


def padded(features: list[Features]) -> tuple[Ids, Ids, Ids]:
    """The features of several sequences as one array each, padded with 0: chars, pairs, words."""
    longest = max(len(f.chars) for f in features)
    chars = np.zeros((len(features), longest), dtype=np.int64)
    pairs = np.zeros((len(features), longest + 1), dtype=np.int64)
    words = np.zeros((len(features), longest), dtype=np.int64)
    for row, f in enumerate(features):
        size = len(f.chars)
        chars[row, :size], pairs[row, : size + 1], words[row, :size] = f.chars, f.pairs, f.words
    return chars, pairs, words


def make_batch(data: Encoded, chosen: Iterable[int], vocabulary: Vocabulary) -> Batch:
    """The sequences `chosen` from `data` as one batch."""
    spans = [(int(data.bounds[i]), int(data.bounds[i + 1])) for i in chosen]
    features = []
    for start, end in spans:
        ids = data.chars[start:end].astype(np.int64)
        features.append(Features(ids, vocabulary.pairs(ids), data.words[start:end].astype(np.int64)))
    chars, pairs, words = padded(features)
    labels = {}
    for head, known in data.labels.items():
        labels[head] = np.full(chars.shape, IGNORED, dtype=np.int64)
        for row, (start, end) in enumerate(spans):
            labels[head][row, : end - start] = known[start:end]
    return Batch(chars, pairs, words, np.asarray([end - start for start, end in spans]), labels)


def batches_of(data: Encoded, characters: int, random: np.random.Generator) -> Iterator[npt.NDArray[np.int64]]:
    """Every sequence once, in batches of similar lengths that hold about `characters` characters, in random order."""
    # Noise on the lengths: a sequence meets others in its batch each time.
    lengths = data.lengths
    order = np.argsort(lengths * random.uniform(0.9, 1.1, len(data)))
    groups: list[npt.NDArray[np.int64]] = []
    start, widest = 0, 0
    for position, length in enumerate(lengths[order].tolist()):
        widest = max(widest, length)
        if (position - start + 1) * widest > characters and position > start:
            groups.append(order[start:position])
            start, widest = position, length
    if start < len(order):
        groups.append(order[start:])
    for group in random.permutation(len(groups)):
        yield groups[group]
