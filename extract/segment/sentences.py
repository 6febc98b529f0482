"""Sentences and clauses, found in the view's text by their marks."""

import re

from extract.layers import Offsets

# A closing quote or bracket after the mark belongs to the sentence that it closes.
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’」』）)]*|\n+|$)")
_BRACKETS = {"（": "）", "《": "》", "“": "”", "(": ")"}


def find_sentences(text: str) -> list[Offsets]:
    """The sentences of `text` in order, without surrounding white space; a line break always ends one."""
    return [_trimmed(text, *m.span()) for m in _SENTENCE.finditer(text) if m[0].strip()]


def find_clauses(text: str, sentence: Offsets) -> list[Offsets]:
    """The clauses of one sentence: the stretches between ，；：。！？ outside brackets and quotes."""
    start, end = sentence
    clauses: list[Offsets] = []
    begin, close = start, ""
    for i in range(start, end):
        char = text[i]
        if close:
            if char == close:
                close = ""
        elif char in _BRACKETS:
            # An opening mark that is never closed must not swallow the rest of the sentence.
            close = _BRACKETS[char] if text.find(_BRACKETS[char], i, end) >= 0 else ""
        elif char in "，；：。！？":
            if begin < i:
                clauses.append(_trimmed(text, begin, i))
            begin = i + 1
    if begin < end:
        clauses.append(_trimmed(text, begin, end))
    return [c for c in clauses if c[0] < c[1]]


def _trimmed(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
