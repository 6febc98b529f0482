"""The words of a Doc as plain lists, made once for all components: spaCy's tokens are slow to walk."""

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.tokens import Doc

if TYPE_CHECKING:
    from extract.layers import Layers

# Where a Doc's user data have its words and tags.
_KEPT = "jianbao.words"


@dataclass(frozen=True, slots=True)
class WordIndex:
    """The words of a text in order: their forms, parts of speech (jieba's tags), and offsets, the end exclusive.

    All components read the same lists and change none of them.
    """

    words: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]


def index_of(words: list[str], tags: list[str]) -> WordIndex:
    """The index of `words`, which together are the text, with their tags."""
    bounds = list(accumulate(map(len, words), initial=0))
    return WordIndex(words, tags, starts=bounds[:-1], ends=bounds[1:])


def keep_words(doc: Doc, words: list[str], tags: list[str]) -> None:
    """Keep the words that `doc` was made of and their tags beside it, as plain lists: they need not be read again."""
    doc.user_data[_KEPT] = [words, tags]


def words_of(doc: Doc, layers: "Layers") -> WordIndex:
    """The words of `doc`, over the text of `layers`, where they are kept for the next that asks."""
    if layers.words is None:
        words, tags = doc.user_data.get(_KEPT, ((), ()))
        if len(words) != len(doc):
            # A Doc of another tokenizer, or one whose tokens were merged or split since.
            words, tags = [token.text for token in doc], [token.tag_ for token in doc]
        layers.words = index_of(words, tags)
    return layers.words
