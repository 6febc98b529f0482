"""The pieces of text that the tagger reads: sentences, long ones cut at a comma."""

import re
from collections.abc import Iterator

LONGEST = 160
# A closing quote or bracket belongs to the sentence it closes; a long sentence ends at the last comma that fits.
_UP_TO = f"{{1,{LONGEST}}}"
_PIECE = re.compile(
    rf"[^。！？；\n]{_UP_TO}(?:[。！？；]+[”’）》]?|$|(?=\n))|[^\n]{_UP_TO}[，、：]|[^\n]{_UP_TO}|[^\n]"
)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of the pieces of `text` in order, of at most about `LONGEST` characters; blank ones are left out."""
    for match in _PIECE.finditer(text):
        if not match[0].isspace():
            yield match.span()
