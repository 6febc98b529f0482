"""Sentences and clauses, found in the view's text by their marks."""

import re

from extract.layers import Offsets

# A closing quote or bracket after the mark belongs to the sentence that it closes.
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’」』）)]*|\n+|$)")
_MARK = re.compile("[，；：。！？“”（）《》]")
_CLOSING = {"（": "）", "《": "》", "“": "”"}


def find_sentences(text: str) -> list[Offsets]:
    """The sentences of `text` in order, without surrounding white space; a line break always ends one."""
    return [_trimmed(text, *m.span()) for m in _SENTENCE.finditer(text) if m[0].strip()]


def find_clauses(text: str, sentence: Offsets) -> list[Offsets]:
    """The clauses of one sentence: the stretches between ，；：。！？ outside brackets and quotes."""
    start, end = sentence
    clauses: list[Offsets] = []
    begin, inside_until = start, start
    unclosed: set[str] = set()
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match[0]
        if at < inside_until:
            continue
        if mark in _CLOSING:
            if mark not in unclosed:
                inside_until = text.find(_CLOSING[mark], at, end)
                # A mark that is never closed swallows nothing, and is not searched for again.
                if inside_until < 0:
                    unclosed.add(mark)
        elif mark in "，；：。！？":
            clauses.append(_trimmed(text, begin, at))
            begin = at + 1
    clauses.append(_trimmed(text, begin, end))
    return [clause for clause in clauses if clause[0] < clause[1]]


def _trimmed(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
