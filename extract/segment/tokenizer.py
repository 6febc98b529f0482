"""The spaCy tokenizer: jieba's words, from a `jieba.Tokenizer` of our own.

spaCy's built-in one shares the global jieba, loses user words on `to_disk` and does not pickle.
"""

import hashlib
import logging
import marshal
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import from_disk, to_disk
from spacy.vocab import Vocab

logging.getLogger("jieba").setLevel(logging.WARNING)

_CACHE_VERSION = b"1"


class JiebaTokenizer:
    """Cuts a text into jieba's words and makes the Doc; every character of the text is in some word.

    Each word carries the part of speech that jieba's dictionary gives it as `tag_` ("x" where it has none).

    Args:
        vocab: the pipeline's vocabulary.
        user_words: words with their part of speech that jieba shall keep whole.
    """

    def __init__(self, vocab: Vocab, user_words: Iterable[tuple[str, str]] = ()) -> None:
        self.vocab = vocab
        self.user_words = tuple((word, tag) for word, tag in user_words)
        self._cut, self._tags = _load(self.user_words)

    def __call__(self, text: str) -> Doc:
        """The Doc of `text`."""
        words = self._cut(text)
        tags = self._tags
        return Doc(self.vocab, words=words, spaces=[False] * len(words), tags=[tags.get(word, "x") for word in words])

    def __reduce__(self) -> tuple[Any, ...]:
        return JiebaTokenizer, (self.vocab, self.user_words)

    def to_bytes(self, **_: Any) -> bytes:
        """The user words as bytes (spaCy's serialization)."""
        return spacy.util.srsly.msgpack_dumps(self.user_words)

    def from_bytes(self, data: bytes, **_: Any) -> "JiebaTokenizer":
        """Take up user words written by `to_bytes`."""
        self.user_words = tuple((word, tag) for word, tag in spacy.util.srsly.msgpack_loads(data))
        self._cut, self._tags = _load(self.user_words)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the user words to the folder `path`."""
        to_disk(path, {"user_words": lambda p: p.write_bytes(self.to_bytes())}, [])

    def from_disk(self, path: str | Path, **_: Any) -> "JiebaTokenizer":
        """Take up user words written by `to_disk`."""
        from_disk(path, {"user_words": lambda p: self.from_bytes(p.read_bytes())}, [])
        return self


@spacy.registry.tokenizers("jianbao.jieba.v1")
def create_tokenizer(user_words: list[tuple[str, str]] | None = None) -> Callable[[Language], JiebaTokenizer]:
    """Factory for `[nlp.tokenizer]` in a spaCy config."""
    return lambda nlp: JiebaTokenizer(nlp.vocab, user_words or ())


@cache
def _load(user_words: tuple[tuple[str, str], ...]) -> tuple[Callable[[str], list[str]], dict[str, str]]:
    """jieba's cutting function and parts of speech, from our cache file or else from jieba's dictionary."""
    import jieba

    tokenizer = jieba.Tokenizer()
    dictionary = tokenizer.get_dict_file().read()
    key = hashlib.sha256(_CACHE_VERSION + dictionary + repr(user_words).encode()).hexdigest()[:16]
    path = Path(platformdirs.user_cache_dir("jianbao")) / f"jieba-{key}.marshal"
    try:
        # The folder is the user's own; marshal would be no format to read from a place that others can write.
        frequencies, total, tags = marshal.loads(path.read_bytes())  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        frequencies, total, tags = _parse(dictionary.decode("utf-8"), user_words)
        _store(path, marshal.dumps((frequencies, total, tags)))
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer.lcut, tags


def _parse(dictionary: str, user_words: tuple[tuple[str, str], ...]) -> tuple[dict[str, int], int, dict[str, str]]:
    """The word frequencies with all prefixes (as jieba keeps them), their total, and the parts of speech."""
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    for line in dictionary.splitlines():
        word, frequency, tag = line.split(" ")
        frequencies[word] = int(frequency)
        total += int(frequency)
        tags[word] = tag
    for word, tag in user_words:
        # High enough that the word is kept whole wherever it fits.
        frequencies[word] = max(frequencies.get(word, 0), 100_000)
        tags[word] = tag
    for word in list(frequencies):
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    return frequencies, total, tags


def _store(path: Path, data: bytes) -> None:
    """Write the cache in one step, or not at all: it only saves time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError:
        logging.getLogger(__name__).debug("cannot write the cache %s", path)
