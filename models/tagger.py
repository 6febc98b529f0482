"""The shipped tagger at work: an ONNX network over the features of a text, its best labels as spans with scores."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from models.encoded import padded
from models.errors import ModelError
from models.features import Features, Vocabulary, word_features
from models.labels import Scheme
from models.pieces import pieces

SHIPPED = Path(__file__).with_name("ner")
NETWORK, DESCRIPTION = "tagger.onnx", "tagger.json"
_FORMAT = 1
# More characters at once win nothing and cost memory.
_BATCH = 2048
# A batch ends where a sequence would be less filled than this, if it has so many already: measured on texts of a
# bulletin's length, nearly twice as fast as batches that end only when they are full.
_LEAST_FILL, _FEWEST = 0.7, 4


class Tagged(NamedTuple):
    """A span that a model takes for a name, and how likely it is right, 0 to 1."""

    start: int
    end: int
    type: str
    score: float


class SpanTagger(Protocol):
    """A model that finds names."""

    name: str

    def tag(self, text: str, lengths: Sequence[int], tags: Iterable[str]) -> list[Tagged]:
        """The names in `text`, in order, without overlap.

        Args:
            text: with widths and quotes unified (`extract.segment.view`).
            lengths: of its words in characters; together they are as long as the text.
            tags: the words' parts of speech, as in jieba's dictionary.
        """
        ...


@dataclass(frozen=True, slots=True)
class Description:
    """What is needed to use a network: its vocabulary and the types of its heads."""

    characters: str
    pair_bits: int
    heads: dict[str, tuple[str, ...]]

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        entry = {"format": _FORMAT, "characters": self.characters, "pair_bits": self.pair_bits, "heads": self.heads}
        path.write_text(json.dumps(entry, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Description":
        """What `write` wrote.

        Raises:
            ModelError: it is missing, damaged or of another format.
        """
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            if entry["format"] != _FORMAT:
                raise ModelError(
                    f"is of format {entry['format']}, not {_FORMAT}", where=str(path), remedy="export the model again"
                )
            heads = {name: tuple(types) for name, types in entry["heads"].items()}
            return cls(entry["characters"], entry["pair_bits"], heads)
        except FileNotFoundError as error:
            raise _missing(path) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged(path, error) from error


class OnnxTagger:
    """A network in a folder with `tagger.onnx` and `tagger.json`; the same text gives the same result each time.

    Args:
        folder: the shipped one by default.
        head: which of its label schemes to use.
        threads: of onnxruntime.

    Raises:
        ModelError: a file is missing or damaged, or the network has no such head.
    """

    def __init__(self, folder: Path = SHIPPED, *, head: str = "bulletin", threads: int = 1) -> None:
        description = Description.read(folder / DESCRIPTION)
        if head not in description.heads:
            known = ", ".join(description.heads)
            raise ModelError(f"has no head {head!r}", where=str(folder), remedy=f"choose one of {known}")
        self.head = head
        self.scheme = Scheme(description.heads[head])
        self.vocabulary = Vocabulary(description.characters, description.pair_bits)
        path = folder / NETWORK
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _missing(path) from error
        self.name = f"{folder.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        self._session = _session(data, path, threads)
        outputs = {output.name: output.shape for output in self._session.get_outputs()}
        if head not in outputs or outputs[head][-1] != self.scheme.size:
            raise ModelError(
                f"does not belong to {DESCRIPTION}: other labels", where=str(path), remedy="export the model again"
            )

    def tag(self, text: str, lengths: Sequence[int], tags: Iterable[str]) -> list[Tagged]:
        """See `SpanTagger.tag`."""
        if not text:
            return []
        chars = self.vocabulary.ids(text)
        words = word_features(lengths, tags)
        spans = sorted(pieces(text), key=lambda span: span[0] - span[1])
        found: list[Tagged] = []
        for batch in _batches(spans):
            sequences = [
                Features(chars[start:end], self.vocabulary.pairs(chars[start:end]), words[start:end])
                for start, end in batch
            ]
            for (start, _), scores in zip(batch, self.scores(sequences), strict=True):
                found += named(self.scheme, scores, start)
        found.sort()
        return found

    def scores(self, sequences: list[Features]) -> list[npt.NDArray[np.float32]]:
        """The scores (n, labels) of each sequence."""
        chars, pairs, words = padded(sequences)
        lengths = np.asarray([len(s.chars) for s in sequences], dtype=np.int32)
        inputs = {"chars": chars, "pairs": pairs, "words": words, "lengths": lengths}
        scores: npt.NDArray[np.float32] = self._session.run([self.head], inputs)[0]
        return [row[:length] for row, length in zip(scores, lengths, strict=True)]


def named(scheme: Scheme, scores: npt.NDArray[np.float32], offset: int) -> Iterator[Tagged]:
    """The names of one sequence that begins at `offset`, by the scores (n, labels) of its characters.

    The score of a name is the least share that its labels have among all labels of their character.
    """
    labels = scheme.best(scores)
    if not labels.any():
        return
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    certainty = exponents[np.arange(len(labels)), labels] / exponents.sum(axis=1)
    for start, end, type_ in scheme.decode(labels.tolist()):
        yield Tagged(offset + start, offset + end, type_, float(certainty[start:end].min()))


def _batches(spans: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    """Spans, the longest first, in batches of at most `_BATCH` characters when padded, with little padding."""
    batch: list[tuple[int, int]] = []
    for span in spans:
        if batch:
            longest = batch[0][1] - batch[0][0]
            full = (len(batch) + 1) * longest > _BATCH
            if full or (len(batch) >= _FEWEST and span[1] - span[0] < _LEAST_FILL * longest):
                yield batch
                batch = []
        batch.append(span)
    if batch:
        yield batch


def _session(data: bytes, path: Path, threads: int) -> Any:
    # Loading it takes a tenth of a second, which rules alone do not need.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors have no common class of their own
        raise _damaged(path, error) from error


def _missing(path: Path) -> ModelError:
    return ModelError(
        "the model's file is missing", where=str(path), remedy="install jianbao again, or give the folder of a model"
    )


def _damaged(path: Path, error: Exception) -> ModelError:
    cause = " ".join(str(error).split())[:200]
    return ModelError(f"the model's file is damaged ({cause})", where=str(path), remedy="install or export it again")
