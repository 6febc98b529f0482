"""The sentence in which an item stands, as people read it in a table."""

import re
from bisect import bisect_right

LONGEST = 1000  # characters of one sentence; of a longer one, what stands around the item is shown

# A closing quote or bracket after the mark belongs to the sentence that it closes.
_BOUNDARY = re.compile(r"[。！？]+[”’」』）)]*|\n[^\S\n]*(?:\n\s*)?")
_WIDEST_COLUMN = 60  # characters; a text with longer lines is not wrapped
_FULL = 0.85  # of the longest line: a shorter line ends its paragraph
_FULL_LINES = 3  # as many at least are full where text is wrapped


class Sentences:
    """The sentences of `text`. A line break ends one, unless the text is wrapped and the line is full.

    Offsets are code points of `text`, end exclusive.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        lengths = [len(line) for line in text.split("\n")]
        full = _FULL * max(lengths)
        wrapped = max(lengths) <= _WIDEST_COLUMN and sum(length >= full for length in lengths) >= _FULL_LINES
        line = 0
        for match in _BOUNDARY.finditer(text):
            if match[0][0] != "\n":
                self._starts.append(match.end())
                continue
            length, line = match.start() - line, match.end()
            goes_on = (wrapped and length >= full) or text[match.start() - 1] in "，、,"
            if match[0] != "\n" or not goes_on:
                self._starts.append(match.end())

    def at(self, start: int, end: int) -> str:
        """The sentence (or sentences) of `[start, end)`, in one line."""
        first = bisect_right(self._starts, start)
        last = bisect_right(self._starts, max(start, end - 1))
        begin = self._starts[first - 1]
        stop = self._starts[last] if last < len(self._starts) else len(self._text)
        if stop - begin <= LONGEST:
            return _one_line(self._text[begin:stop])
        margin = max(0, LONGEST - (end - start)) // 2
        left, right = max(begin, start - margin), min(stop, min(end, start + LONGEST) + margin)
        return "…" * (left > begin) + _one_line(self._text[left:right]) + "…" * (right < stop)


def _one_line(text: str) -> str:
    """`text` without line breaks: a space stands in their place only between Latin words."""
    lines = [line.strip() for line in text.split("\n")]
    joined = ""
    for line in filter(None, lines):
        around = joined[-1:] + line[0]
        joined += " " + line if joined and around.isascii() and not around.isdigit() else line
    return joined
