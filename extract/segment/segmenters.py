"""Words and their parts of speech: jieba, or its Rust twin rjieba, behind one seam."""

import hashlib
import logging
import marshal
import os
import tempfile
from collections.abc import Callable
from functools import cache
from itertools import repeat
from math import log
from pathlib import Path

import platformdirs

from schemas import JianbaoError

UserWords = tuple[tuple[str, str], ...]
Segment = Callable[[str], tuple[list[str], list[str]]]

# High enough that a user's word is kept whole wherever it fits; jieba's commonest word has 3 million.
_USER_FREQUENCY = 100_000
# Bump when the layout of the cache file changes.
_CACHE_VERSION = b"4"

_log = logging.getLogger(__name__)


class SegmenterError(JianbaoError):
    """The segmenter asked for is unknown or not installed."""


@cache
def load_segmenter(name: str, user_words: UserWords = ()) -> Segment:
    """The segmenter `name` with the user's words, each with its part of speech.

    Returns:
        A function from a text to its words, which together are the text, and their parts of speech ("x" if unknown).

    Raises:
        SegmenterError: there is no such segmenter, or it is not installed.
    """
    if name == "jieba":
        return _jieba(user_words)
    if name == "rjieba":
        return _rjieba(user_words)
    raise SegmenterError(f"unknown segmenter {name!r}", remedy="choose jieba or rjieba")


def _rjieba(user_words: UserWords) -> Segment:
    try:
        import rjieba
    except ImportError as error:
        raise SegmenterError("rjieba is not installed", remedy="pip install 'jianbao[rjieba]'") from error
    # A dictionary of our own: rjieba's module-level functions share one.
    jieba = rjieba.Jieba()
    for word, tag in user_words:
        jieba.add_word(word, _USER_FREQUENCY, tag)

    def segment(text: str) -> tuple[list[str], list[str]]:
        pairs = jieba.tag(text)
        return [word for word, _ in pairs], [tag for _, tag in pairs]

    return segment


def _jieba(user_words: UserWords) -> Segment:
    import jieba

    from extract.segment.jieba_paths import Tokenizer

    logging.getLogger("jieba").setLevel(logging.WARNING)
    with jieba.Tokenizer().get_dict_file() as file:
        dictionary = file.read()
    key = hashlib.sha256(_CACHE_VERSION + dictionary + repr(user_words).encode()).hexdigest()[:16]
    path = Path(platformdirs.user_cache_dir("jianbao")) / f"jieba-{key}.marshal"
    try:
        # The folder is the user's own; marshal would be no format to read from a place that others can write.
        weights, unknown, tags = marshal.loads(path.read_bytes())  # noqa: S302
    except (OSError, ValueError, EOFError, TypeError):
        weights, unknown, tags = _parse(dictionary.decode("utf-8"), user_words)
        _store(path, marshal.dumps((weights, unknown, tags)))
    cut, tag_of = Tokenizer(weights, unknown).cut, tags.get

    def segment(text: str) -> tuple[list[str], list[str]]:
        words = cut(text)
        return words, list(map(tag_of, words, repeat("x")))

    return segment


def _parse(dictionary: str, user_words: UserWords) -> tuple[dict[str | None, float], float, dict[str | None, str]]:
    """The words with their weights and all their prefixes with 0, the weight of the unknown, the parts of speech.

    A weight is the logarithm of the word's share of all frequencies, as jieba reckons it.
    """
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    for line in dictionary.splitlines():
        word, frequency, tag = line.split(" ")
        frequencies[word] = int(frequency)
        tags[word] = tag
    for word, tag in user_words:
        frequencies[word] = max(frequencies.get(word, 0), _USER_FREQUENCY)
        tags[word] = tag
    # The commonest first: what a text asks for then lies together in memory.
    frequencies = dict(sorted(frequencies.items(), key=lambda item: -item[1]))
    tags_of: dict[str | None, str] = {None: "x"}
    tags_of.update((word, tags[word]) for word in frequencies)
    logarithm = log(sum(frequencies.values()))
    # One object for each frequency: most words share theirs with many others.
    weight_of = {n: log(n) - logarithm if n else 0.0 for n in set(frequencies.values())}
    # Beside a key that is no string, here and above, Python keeps the hashes of all keys in the table: to tell a word
    # from another it need not look at the words, which lie far apart in memory.
    weights: dict[str | None, float] = {None: 0.0}
    for word, n in frequencies.items():
        for end in range(1, len(word)):
            weights.setdefault(word[:end], 0.0)
        weights[word] = weight_of[n]
    return weights, log(1) - logarithm, tags_of


def _store(path: Path, data: bytes) -> None:
    """Write the cache in one step, or not at all: it only saves time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError as error:
        _log.debug("cannot write the cache %s: %s", path, error)
