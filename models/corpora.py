"""Readers of labelled corpora: each yields texts with their spans, in the labels of the corpus."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.encoded import IGNORED
from models.errors import TrainingDataError
from models.labels import Scheme, Span


class Labelled(NamedTuple):
    """A text and its spans (start, end, label), end exclusive; in `unsure` ones the labels are not to be learned."""

    text: str
    spans: tuple[Span, ...]
    unsure: tuple[tuple[int, int], ...] = ()


def labels_of(scheme: Scheme, sentence: Labelled) -> npt.NDArray[np.int8]:
    """The labels of the characters of `sentence`; where they are unsure, `IGNORED`."""
    labels = scheme.encode(len(sentence.text), sentence.spans)
    for start, end in sentence.unsure:
        part = labels[start:end]
        part[part == 0] = IGNORED
    return labels


def read_columns(path: Path) -> Iterator[Labelled]:
    """A file of one character and its BIO or BMES label a line, sequences parted by empty lines.

    Raises:
        TrainingDataError: the file is missing, or a line has no two fields.
    """
    characters: list[str] = []
    labels: list[str] = []
    for number, line in enumerate(_lines(path), 1):
        fields = line.split()
        if not fields:
            if characters:
                yield Labelled("".join(characters), tuple(_spans(labels)))
            characters, labels = [], []
        elif len(fields) == 2 and len(fields[0]) == 1:
            characters.append(fields[0])
            labels.append(fields[1])
        elif len(fields) == 1 and line[:1].isspace():
            characters.append(" ")
            labels.append(fields[0])
        else:
            raise TrainingDataError(f"line {number} is no character and label", where=str(path))
    if characters:
        yield Labelled("".join(characters), tuple(_spans(labels)))


def read_slashed(path: Path) -> Iterator[Labelled]:
    """A file of one sentence a line, in stretches written `text/label` and parted by blanks; label o is none."""
    for line in _lines(path):
        text, spans = "", []
        for piece in line.split():
            words, _, label = piece.rpartition("/")
            if label != "o":
                spans.append((len(text), len(text) + len(words), label))
            text += words
        if text:
            yield Labelled(text, tuple(spans))


def read_cluener(path: Path) -> Iterator[Labelled]:
    """CLUENER's JSON Lines: `label` holds type → name → [[first, last]], the last inclusive."""
    for line in _lines(path):
        entry = json.loads(line)
        spans = [
            (first, last + 1, label)
            for label, names in entry.get("label", {}).items()
            for places in names.values()
            for first, last in places
        ]
        yield Labelled(entry["text"], tuple(sorted(spans)))


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from file
    except OSError as error:
        raise TrainingDataError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="give the folder of the training data"
        ) from error


def _spans(labels: Iterable[str]) -> Iterator[Span]:
    """The spans of BIO or BMES labels; a label that continues nothing begins a span."""
    start, open_type, end = 0, "", 0
    for index, label in enumerate([*labels, "O"]):
        part, _, type_ = label.partition("-")
        begins = part in ("B", "S") or type_ != open_type
        if open_type and (begins or part == "O"):
            yield start, end, open_type
            open_type = ""
        if part != "O":
            if begins:
                start, open_type = index, type_
            end = index + 1
