"""What the tagger sees of a text: for every character its id, the hashed pairs it stands in, and its place in a word.

Notes for a newcomer. All features are reckoned for a whole text at once, with numpy, and cut into sequences only
afterwards: the same code serves training and inference. A text is brought to one width and one form of quotes by the
caller (`extract.segment.view`); here digits become 0, Latin letters a or A, and white space a blank, so that a name
beside a number reads the same whatever the number is. Nothing moves: the id at an index is of the character there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

PAD, UNKNOWN, MASK = 0, 1, 2
_RESERVED = 3

Ids = npt.NDArray[np.int64]

# Parts of speech of jieba's dictionary; what is not here counts as "x", unknown.
WORD_TAGS = (
    "x", "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m",
    "mg", "mq", "n", "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t",
    "tg", "u", "ud", "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "y", "yg", "z", "zg",
)  # fmt: skip
# Where a character stands in its word: alone, first, within, last.
_ALONE, _FIRST, _WITHIN, _LAST = range(4)
WORD_FEATURES = 1 + 4 * len(WORD_TAGS)
_TAG_INDEX = {tag: index for index, tag in enumerate(WORD_TAGS)}

_BMP = 1 << 16
# Characters that count as the first of their group.
_GROUPS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " \n\t\r")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a stretch of text of n characters: `chars` and `words` (n), `pairs` (n + 1).

    `pairs[i]` is of the characters at i - 1 and i, so a character stands in `pairs[i]` and `pairs[i + 1]`.
    """

    chars: Ids
    pairs: Ids
    words: Ids


@dataclass(frozen=True)
class Vocabulary:
    """The characters with an id of their own, and the size of the table of pairs.

    Args:
        characters: in the order of their ids; others are unknown.
        pair_bits: the table of pairs has 2 to this power entries.
    """

    characters: str
    pair_bits: int = 17
    _table: Ids = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = np.full(_BMP, UNKNOWN, dtype=np.int64)
        for index, character in enumerate(self.characters):
            table[ord(character)] = index + _RESERVED
        for group in _GROUPS:
            table[[ord(c) for c in group]] = table[ord(group[0])]
        object.__setattr__(self, "_table", table)

    @classmethod
    def of(cls, characters: Iterable[str], pair_bits: int = 17) -> "Vocabulary":
        """The vocabulary of `characters` in their order: one of each group stands for all of it."""
        merged = {c for group in _GROUPS for c in group[1:]}
        kept = [c for c in dict.fromkeys(characters) if c not in merged and ord(c) < _BMP]
        kept += [group[0] for group in _GROUPS if group[0] not in kept]
        return cls("".join(kept), pair_bits)

    @property
    def size(self) -> int:
        """How many ids of characters there are."""
        return len(self.characters) + _RESERVED

    def ids(self, text: str) -> Ids:
        """The id of every character of `text`."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # What lies beyond the basic plane is unknown, as is the code point it is looked up by.
        return self._table[np.where(points < _BMP, points, 0xFFFF)]

    def pairs(self, chars: Ids) -> Ids:
        """The hashes of the pairs of one sequence, whose neighbours are padding; one more than `chars`."""
        bordered = np.zeros(len(chars) + 2, dtype=np.uint64)
        bordered[1:-1] = chars
        mixed = (bordered[:-1] * np.uint64(8191) + bordered[1:]) * np.uint64(0x9E3779B1) & np.uint64(0xFFFFFFFF)
        hashed = (mixed >> np.uint64(32 - self.pair_bits)).astype(np.int64)
        # 0 stands for a pair that is hidden.
        return np.maximum(hashed, 1)


def word_features(lengths: Sequence[int], tags: Iterable[str]) -> Ids:
    """For every character its place in its word and the word's part of speech, as one id.

    Args:
        lengths: the words' lengths in characters, in order, none 0.
        tags: their parts of speech.
    """
    sizes = np.asarray(lengths, dtype=np.int64)
    classes = np.fromiter((_TAG_INDEX.get(tag, 0) for tag in tags), dtype=np.int64, count=len(sizes))
    ends = np.cumsum(sizes)
    places = np.full(int(sizes.sum()), _WITHIN, dtype=np.int64)
    places[ends - sizes] = _FIRST
    places[ends - 1] = _LAST
    places[ends[sizes == 1] - 1] = _ALONE
    return 1 + places * len(WORD_TAGS) + np.repeat(classes, sizes)
