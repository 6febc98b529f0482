"""The shipped tagger at work: an ONNX network over the features of a text, its best labels as spans with scores."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from models.errors import ModelError
from models.features import Ids, Vocabulary, word_features
from models.labels import Scheme
from models.pieces import pieces

SHIPPED = Path(__file__).with_name("ner")
NETWORK, DESCRIPTION = "tagger.onnx", "tagger.json"
_FORMAT = 2
# More characters at once win nothing and cost memory.
_ROW = 2048

Span = tuple[int, int]
Scores = npt.NDArray[np.float32]


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
    """What is needed to use a network: its vocabulary, the types of its heads, and how far apart sequences must be."""

    characters: str
    pair_bits: int
    heads: dict[str, tuple[str, ...]]
    gap: int

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        entry = {"format": _FORMAT, **asdict(self)}
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
            return cls(entry["characters"], entry["pair_bits"], heads, entry["gap"])
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
        self._gap = description.gap
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
        found: list[Tagged] = []
        for spans in _groups(pieces(text)):
            found += named(self.scheme, self._scores(chars, words, spans), spans)
        return found

    def _scores(self, chars: Ids, words: Ids, spans: Sequence[Span]) -> Scores:
        """The scores (n, labels) of the n characters of `spans`, which the network reads in one row."""
        sizes = np.asarray([end - start for start, end in spans])
        within = np.concatenate([np.arange(start, end) for start, end in spans])
        # The gaps are padding, the same as at the ends of a row: no piece sees another.
        places = np.arange(len(within)) + np.repeat(np.arange(len(spans)) * self._gap, sizes)
        row = np.zeros((2, places[-1] + 1), dtype=np.int64)
        row[0, places], row[1, places] = chars[within], words[within]
        inputs = {"chars": row[0], "pairs": self.vocabulary.pairs(row[0]), "words": row[1]}
        scores: Scores = self._session.run([self.head], inputs)[0][places]
        return scores


def named(scheme: Scheme, scores: Scores, spans: Sequence[Span]) -> Iterator[Tagged]:
    """The names in the stretches `spans` of a text, by the scores (n, labels) of their characters.

    The score of a name is the least share that its labels have among all labels of their character.
    """
    bounds = np.cumsum([0, *(end - start for start, end in spans)])
    labels = scheme.best(scores, bounds.tolist())
    if not labels.any():
        return
    # From places in `scores` to places in the text.
    shifts = np.asarray([start for start, _ in spans]) - bounds[:-1]
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    certainty = exponents[np.arange(len(labels)), labels] / exponents.sum(axis=1)
    for start, end, type_ in scheme.decode(labels.tolist()):
        shift = int(shifts[np.searchsorted(bounds, start, "right") - 1])
        yield Tagged(start + shift, end + shift, type_, float(certainty[start:end].min()))


def _groups(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans in their order, so many together that they hold about `_ROW` characters."""
    group: list[Span] = []
    characters = 0
    for start, end in spans:
        group.append((start, end))
        characters += end - start
        if characters >= _ROW:
            yield group
            group, characters = [], 0
    if group:
        yield group


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
