"""The spaCy tokenizer: words of a segmenter of our own.

spaCy's built-in one shares the global jieba, loses user words on `to_disk` and does not pickle.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extract.segment.segmenters import load_segmenter
from extract.segment.word_index import keep_words


class WordTokenizer:
    """Cuts a text into words and makes the Doc; every character of the text is in some word.

    Each word carries its part of speech in jieba's dictionary as `tag_` ("x" where it has none).

    Args:
        vocab: the pipeline's vocabulary.
        segmenter: "jieba" or "rjieba".
        user_words: words with their part of speech that shall be kept whole.

    Raises:
        SegmenterError: the segmenter is unknown or not installed.
    """

    def __init__(self, vocab: Vocab, segmenter: str = "jieba", user_words: Iterable[tuple[str, str]] = ()) -> None:
        self.vocab = vocab
        self._setup(segmenter, user_words)

    def _setup(self, segmenter: str, user_words: Iterable[Iterable[str]]) -> None:
        self.segmenter = segmenter
        self.user_words = tuple((word, tag) for word, tag in user_words)
        self._segment = load_segmenter(segmenter, self.user_words)

    def cut(self, text: str) -> tuple[list[str], list[str]]:
        """The words of `text` and their parts of speech, without a Doc."""
        return self._segment(text)

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`."""
        words, tags = self.cut(text)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        # A column in one go; `Doc(tags=…)` looks up every tag three times.
        keys = {tag: self.vocab.strings.add(tag) for tag in set(tags)}
        column = np.fromiter(map(keys.__getitem__, tags), np.uint64, len(tags))
        doc.from_array("TAG", column)  # type: ignore[arg-type]  # spaCy's stub knows tables only
        keep_words(doc, words, tags)
        return doc

    def __reduce__(self) -> tuple[Any, ...]:
        return WordTokenizer, (self.vocab, self.segmenter, self.user_words)

    def to_bytes(self, **_: Any) -> bytes:
        """The segmenter's name and the user words as bytes (spaCy's serialization)."""
        data: bytes = srsly.msgpack_dumps([self.segmenter, self.user_words])
        return data

    def from_bytes(self, data: bytes, **_: Any) -> "WordTokenizer":
        """Take up what `to_bytes` wrote."""
        self._setup(*srsly.msgpack_loads(data))
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the segmenter's name and the user words to the file `path`."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> "WordTokenizer":
        """Take up what `to_disk` wrote."""
        return self.from_bytes(Path(path).read_bytes())


def create_tokenizer(
    segmenter: str = "jieba", user_words: list[tuple[str, str]] | None = None
) -> Callable[[Language], WordTokenizer]:
    """Factory for `[nlp.tokenizer]` in a spaCy config."""
    return lambda nlp: WordTokenizer(nlp.vocab, segmenter, user_words or ())


registry.tokenizers.register("jianbao.words.v1", func=create_tokenizer)
