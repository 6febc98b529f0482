"""Where the sentence lies that an item stands in, so that a reader of a table can see it without the whole bulletin.

Notes for a newcomer. A sentence ends at 。！？ or at the end of its paragraph. A line break ends a paragraph, save in
hard-wrapped texts: there a line that is as long as the longest ones and ends without punctuation goes on in the next.
So does a line that ends in a comma.
"""

import re
from bisect import bisect_right

_END = re.compile(r"[。！？!?]+[”’」』）)]*|\n")
_CLOSED = frozenset("。！？!?”’」』）):：；;")
_OPEN = frozenset("，、,")
# Of how many lines wrapped texts are at least, and how much shorter than the longest a wrapped line may be.
_WRAPPED_LINES = 4
_RAGGED = 3

LONGEST = 1000  # characters of a sentence shown; of a longer one, what stands around the item is shown


class Sentences:
    """The sentences of `text`, to be asked for by position."""

    def __init__(self, text: str) -> None:
        self._text = text
        wrap = _wrap_width(text)
        self._starts = [0]
        for end in _END.finditer(text):
            if end[0] == "\n" and self._goes_on(end.start(), wrap):
                continue
            self._starts.append(end.end())

    def around(self, start: int) -> tuple[int, int]:
        """The offsets of the sentence that has the character at `start`, without white space around it."""
        i = bisect_right(self._starts, start)
        begin = self._starts[i - 1]
        end = self._starts[i] if i < len(self._starts) else len(self._text)
        sentence = self._text[begin:end]
        return begin + len(sentence) - len(sentence.lstrip()), begin + len(sentence.rstrip())

    def at(self, start: int, end: int) -> str:
        """The sentence (or sentences) of `[start, end)` in one line."""
        begin, stop = self.around(start)[0], self.around(end - 1)[1]
        if stop - begin <= LONGEST:
            return _one_line(self._text[begin:stop])
        margin = max(0, LONGEST - (end - start)) // 2
        left, right = max(begin, start - margin), min(stop, start + LONGEST, end + margin)
        return "…" * (left > begin) + _one_line(self._text[left:right]) + "…" * (right < stop)

    def _goes_on(self, line_end: int, wrap: int) -> bool:
        line_start = self._text.rfind("\n", 0, line_end) + 1
        last = self._text[line_end - 1 : line_end]
        full = 0 < wrap <= line_end - line_start
        if not (last in _OPEN or (full and last not in _CLOSED)):
            return False
        # A new paragraph is indented or comes after an empty line.
        following = self._text[line_end + 1 : line_end + 2]
        return bool(following) and not following.isspace()


def _wrap_width(text: str) -> int:
    """From which length on a line is a wrapped one, 0 where the text is not hard-wrapped."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    if len(lengths) < _WRAPPED_LINES:
        return 0
    width = max(lengths) - _RAGGED
    return width if 2 * sum(length >= width for length in lengths) >= len(lengths) else 0


def _one_line(text: str) -> str:
    """`text` without line breaks: a space stands in their place only between Latin words."""
    joined = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        around = joined[-1:] + line[0]
        joined += " " + line if joined and around.isascii() and not around.isdigit() else line
    return joined
