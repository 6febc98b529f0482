"""Where paragraphs and sections begin: line breaks that end a paragraph, and lines that are headings.

A line break ends a paragraph unless it only wraps a line or divides the lines of a post. A short line without an end
mark is a heading; of several short lines the first may be one, the others are what stands under it.
"""

import re

from extract.layers import Offsets

_BULLET = re.compile(r"[▪•◦►➤◆●■]")
_ITEM = re.compile(r"[一二三四五六七八九十]是|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、")
_ITEM_OPENS = frozenset("（(一二三四五六七八九十")
_LOWER_HEADING = re.compile(r"[（(]|\d")
# 一是建网络。2.打硬仗，守家园。 opens its paragraph like a heading.
_LABEL = re.compile(
    r"[ 　]*(?:[一二三四五六七八九十]{1,3}[是、]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．])"
    r"[^。；：\d\n]{2,24}。"
)
_NEXT_ITEM = re.compile("[。；][二三四五六七]是")
_ITEM_REACH = 300
_ENDS_LINE = "。！？；：，、…”）)!?"
_ENDS_SENTENCE = "。！？；：，、…”!?"
_LONGEST_HEADING = 40
_SHORT_LINE = 24


def opens_paragraph(text: str, previous: Offsets | None, start: int) -> bool:
    """Whether the sentence from `start` opens a paragraph; `previous` is the sentence before it."""
    if previous is None:
        return True
    gap = text[previous[1] : start]
    if "\n" not in gap:
        return False
    if _BULLET.match(text, start):
        return True
    last = text[previous[1] - 1]
    if last in "）)" and gap == "\n" and previous[1] - previous[0] < _SHORT_LINE:
        # 1月20日（大寒） on a line of a post: it goes on.
        return False
    return gap.count("\n") > 1 or (last in _ENDS_LINE and last not in "，、") or _was_heading(text, previous)


def opens_section(text: str, previous: Offsets | None, sentence: Offsets) -> bool:
    """Whether `sentence`, which opens a paragraph, is a heading over what follows."""
    if not _is_heading(text, sentence):
        return False
    under = previous is not None and text.count("\n", previous[1], sentence[0]) == 1
    return not (under and previous is not None and _was_heading(text, previous))


def label_end(text: str, start: int) -> int:
    """Where the numbered label that opens the paragraph from `start` ends (一是建网络。), `start` if there is none."""
    label = _LABEL.match(text, start)
    if label is None or _NEXT_ITEM.search(text, label.end(), label.end() + _ITEM_REACH):
        # 一是建网络。…二是建机制。 in one paragraph: each item with its own times.
        return start
    return label.end()


def is_item(text: str, start: int) -> bool:
    """Whether a numbered item begins at `start`: 一是, （二）, 三、."""
    return text[start] in _ITEM_OPENS and _ITEM.match(text, start) is not None


def is_lower(text: str, start: int) -> bool:
    """Whether the heading from `start` is numbered like one of the lower level: （一）, 1."""
    return _LOWER_HEADING.match(text, start) is not None


def _was_heading(text: str, line: Offsets) -> bool:
    begin = text.rfind("\n", 0, line[0])
    before = text[max(0, begin - 4) : max(0, begin)].rstrip(" ")[-1:]
    return _is_heading(text, line) and (before in ("", "\n") or before in _ENDS_SENTENCE)


def _is_heading(text: str, line: Offsets) -> bool:
    start, end = line
    return (
        end - start <= _LONGEST_HEADING
        and text[end - 1] not in _ENDS_LINE
        and text[end : end + 1] in ("\n", " ")
        and "，" not in text[start:end]
    )
