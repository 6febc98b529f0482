"""Bulletins in: decoding, readers per file format, sample bulletins, gold.

`read_all` is the way in for batches, `read` for a single path; what they give is a `schemas.Bulletin`.
`load` gives the gold as a dataset for training.
"""

from corpus.dataset import load
from corpus.errors import (
    EncodingError,
    GoldError,
    MalformedError,
    MissingExtraError,
    NoFilesError,
    NoTextError,
    ReadError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.read import read, read_all, read_bytes

__all__ = [
    "DEFAULT_LIMITS",
    "EncodingError",
    "GoldError",
    "Limits",
    "MalformedError",
    "MissingExtraError",
    "NoFilesError",
    "NoTextError",
    "ReadError",
    "TooLargeError",
    "UnreadableError",
    "UnsupportedFormatError",
    "load",
    "read",
    "read_all",
    "read_bytes",
]
