"""The words of a Doc as plain lists, made once for all components: spaCy's tokens are slow to walk."""

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from extract.layers import Layers


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words of a text in order: their forms, parts of speech (jieba's tags), and offsets, the end exclusive.

    All components read the same lists and change none of them.
    """

    words: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]


def words_of(doc: Doc, layers: "Layers") -> WordIndex:
    """The words of `doc`, over the text of `layers`, where they are kept for the next that asks."""
    if layers.words is None:
        layers.words = _read(doc, layers.view.text)
    return layers.words


def _read(doc: Doc, text: str) -> WordIndex:
    # Whole columns, one at a time: many times faster than asking each token.
    bounds = list(accumulate(doc.to_array("LENGTH").tolist(), initial=0))
    keys = doc.to_array("TAG").tolist()
    names = {key: doc.vocab.strings[key] for key in set(keys)}
    return WordIndex(
        words=[text[start:end] for start, end in pairwise(bounds)],
        tags=[names[key] for key in keys],
        starts=bounds[:-1],
        ends=bounds[1:],
    )
