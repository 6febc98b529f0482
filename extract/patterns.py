"""Patterns made of word lists."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, of several that match the longest.

    Words with the same first character share a branch: where none of them begins, the pattern fails at that character.
    """
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words), key=len, reverse=True):
        by_first[word[0]].append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))


class Cues:
    """Where a text has words of one kind: looked for once, then asked at many offsets.

    Args:
        words: a pattern for one of the words; quick where each of its alternatives begins with a character.
        text: the text.
    """

    def __init__(self, words: re.Pattern[str], text: str) -> None:
        self._starts: list[int] = []
        found = words.search(text)
        while found:
            self._starts.append(found.start())
            # A word may begin within another.
            found = words.search(text, found.start() + 1)

    def begin_in(self, start: int, end: int) -> bool:
        """Whether a word begins in `[start, end)`."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end
