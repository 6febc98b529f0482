"""Which bulletins tell the same story: MinHash sketches of texts, and when two are near enough.

Notes for a newcomer. A story is printed by several sites: with another headline, another editor's line, with a sentence
more or less. That is one story. Offices also fill the same form every month: the words are the same, the figures are
not. That is two. So two things are compared: the runs of characters in the texts, and the figures.

- The **signature** of a text is kept with it: a MinHash of its runs of `RUN` characters (punctuation and spaces aside),
  their number, and the hashes of its figures. From two signatures follows about how many runs of the shorter text
  stand in the longer one, and how many of the figures.
- **Bands** are what near texts are found by without comparing all pairs: each is a hash of some rows of the MinHash
  and of one row of the figures' MinHash. Texts that share a band are compared; thanks to the figures' row, thousands of
  months of one form do not share any.

The thresholds were measured by `bench/stories.py`.
"""

import hashlib
import re
import struct
import unicodedata
from dataclasses import dataclass

from rensa import RMinHash

RUN = 5
BANDS = 12
ROWS = 3
PERMUTATIONS = 96
SEED = 1
SHORTEST = 60
"""Texts with fewer runs get no bands: a notice of two lines is like many others."""

SHARED_RUNS = 0.8
SHARED_FIGURES = 0.75
FEW_FIGURES = 3
SHARED_RUNS_ALONE = 0.88
"""What must be shared where there are hardly any figures to compare."""

LEAST_LENGTH = 0.5
"""How long the shorter text must be, of the longer one: a survey that tells five stories is none of them."""

_MOST_FIGURES = 64
# Of another version of the library or of this module: not to be compared.
_VERSION = (RMinHash.ALGORITHM_VERSION << 4 | 1) & 0xFF
_HEAD = struct.Struct("<BIB")
_NOISE = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What nearly the same texts are found by (`bands`, signed 64-bit integers) and compared by."""

    bands: tuple[int, ...]
    signature: bytes


def sketch(text: str) -> Sketch:
    """The sketch of a bulletin's text."""
    text = unicodedata.normalize("NFKC", text)
    figures = {_hash16(figure) for figure in _FIGURE.findall(_THOUSANDS.sub("", text))}
    letters = _NOISE.sub("", text)
    runs = [letters[i : i + RUN] for i in range(len(letters) - RUN + 1)]
    rows = _min_hash(runs, PERMUTATIONS)
    # The lowest hashes are a fair sample of all, and the same one in texts that share their figures.
    kept = sorted(figures)[:_MOST_FIGURES]
    signature = (
        _HEAD.pack(_VERSION, len(set(runs)), len(kept))
        + struct.pack(f"<{PERMUTATIONS}I", *rows)
        + struct.pack(f"<{len(kept)}H", *kept)
    )
    if len(runs) < SHORTEST:
        return Sketch((), signature)
    by_figures = _min_hash([str(figure) for figure in kept], BANDS)
    return Sketch(tuple(_band(i, rows[i * ROWS : (i + 1) * ROWS], by_figures[i]) for i in range(BANDS)), signature)


def likeness(one: bytes, other: bytes) -> float:
    """How near two texts are by their signatures: the share of runs in common, of the shorter text's; 0 if not near.

    Near means one story: enough runs and enough figures in common.
    """
    first, second = Signature.read(one), Signature.read(other)
    if first is None or second is None or not first.runs or not second.runs:
        return 0.0
    if min(first.runs, second.runs) < LEAST_LENGTH * max(first.runs, second.runs):
        return 0.0
    shared = shared_runs(first, second)
    figures = _shared_figures(first.figures, second.figures)
    if figures is None:
        return shared if shared >= SHARED_RUNS_ALONE and first.figures == second.figures else 0.0
    return shared if shared >= SHARED_RUNS and figures >= SHARED_FIGURES else 0.0


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature holds: how many runs the text has, their MinHash, the hashes of its figures."""

    runs: int
    rows: tuple[int, ...]
    figures: frozenset[int]

    @classmethod
    def read(cls, data: bytes) -> "Signature | None":
        """The signature in `data`; None if another version wrote it."""
        version, runs, figures = _HEAD.unpack_from(data)
        if version != _VERSION:
            return None
        rows = struct.unpack_from(f"<{PERMUTATIONS}I", data, _HEAD.size)
        kept = struct.unpack_from(f"<{figures}H", data, _HEAD.size + 4 * PERMUTATIONS)
        return cls(runs, rows, frozenset(kept))


def shared_runs(one: Signature, other: Signature) -> float:
    """About the share of runs in common, of the text with fewer."""
    equal = sum(a == b for a, b in zip(one.rows, other.rows, strict=True)) / PERMUTATIONS
    common = equal / (1 + equal) * (one.runs + other.runs)
    return min(1.0, common / min(one.runs, other.runs))


def _shared_figures(one: frozenset[int], other: frozenset[int]) -> float | None:
    """The share of figures in common, of the text with fewer; None if there are too few to tell."""
    # A full sample says nothing of what is above its highest hash.
    top = min(max(s) if len(s) >= _MOST_FIGURES else 0xFFFF for s in (one, other))
    one, other = (frozenset(figure for figure in s if figure <= top) for s in (one, other))
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEW_FIGURES else None


def _min_hash(tokens: list[str], count: int) -> list[int]:
    if not tokens:
        return [0] * count
    made = RMinHash(num_perm=count, seed=SEED)
    made.update(tokens)
    rows: list[int] = made.digest()
    return rows


def _band(number: int, rows: list[int], figure: int) -> int:
    data = struct.pack(f"<BB{len(rows)}II", _VERSION, number, *rows, figure)
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def _hash16(figure: str) -> int:
    return int.from_bytes(hashlib.blake2b(figure.encode(), digest_size=2).digest(), "little")
