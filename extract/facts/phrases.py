"""A sentence as the words that the metrics layer reads: jieba's words, with figures, times and names each as one word.

Notes for a newcomer. Indicator names are put together from jieba's words, but some stretches must not be looked into:
a verb inside “…” or 《…》 is no deed of the clause, a name of many words is one doer, and a bracket without figures
belongs to the noun before it. So the sentence is read once, and every such stretch becomes a single word with a kind.
All offsets are view offsets.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from extract.data import load_toml
from extract.layers import Layers, Offsets
from schemas import Quantity

Kind = Literal["word", "figure", "time", "name", "closed", "stop", "list", "open", "shut"]

_CLOSED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,100}》|（[^（）\n]{1,40}）|\([^()\n]{1,40}\)")
_STOPS = "，；：。！？,;:　“”"
_MARKS: dict[str, Kind] = {"、": "list", "（": "open", "）": "shut", "(": "open", ")": "shut"}
_MARKS.update((mark, "stop") for mark in _STOPS)


@dataclass(slots=True)
class Word:
    """A word of a sentence: `tag` is jieba's part of speech; `figure` the quantity, `name` the canonical name it is."""

    start: int
    end: int
    text: str
    kind: Kind
    tag: str = "x"
    figure: Quantity | None = None
    name: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """The word classes of data/metrics.toml."""

    copulas: frozenset[str]
    openers: frozenset[str]
    scopes: frozenset[str]
    agents: frozenset[str]
    lead_ins: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    event_nouns: frozenset[str]
    changes: frozenset[str]
    bases: frozenset[str]
    exceeds: frozenset[str]
    part_openers: frozenset[str]
    bare_measures: frozenset[str]
    bare_nouns: frozenset[str]
    attend_verbs: frozenset[str]
    head_nouns: frozenset[str]
    not_agents: frozenset[str]
    adverbs: frozenset[str]
    measure_endings: frozenset[str]
    modifier_verbs: frozenset[str]
    completion_verbs: frozenset[str]
    causing_verbs: frozenset[str]
    reaching_verbs: frozenset[str]
    event_nouns_attended: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word classes, read once."""
    data = load_toml("facts/data/metrics.toml")
    return Lexicon(**{name: frozenset(data[key].split()) for name, key in _CLASSES.items()})


_CLASSES = {name: name for name in Lexicon.__dataclass_fields__} | {
    "agents": "agent_nouns",
    "lead_ins": "lead_in_verbs",
}


class Reader:
    """Reads the sentences of one bulletin as words.

    Args:
        doc: the Doc, for its words and their tags.
        layers: quantities, times and mentions of the same text.
    """

    def __init__(self, doc: Doc, layers: Layers) -> None:
        self._doc = doc
        self._text = layers.view.text
        self._starts: list[int] = doc.to_array("IDX").tolist()
        figures = [Word(q.start, q.end, q.text, "figure", figure=q) for q in layers.quantities]
        times = [Word(t.start, t.end, t.text, "time") for t in layers.times]
        names = [
            Word(m.start, m.end, m.text, "closed" if m.type == "PROGRAM" else "name", name=m.canonical or m.text)
            for m in layers.mentions
        ]
        self._wholes = _no_overlap([*figures, *times, *names])
        self._whole_starts = [w.start for w in self._wholes]

    def read(self, sentence: Offsets) -> list[Word]:
        """The words of the sentence in order; white space is left out."""
        start, end = sentence
        wholes = self._wholes[bisect_left(self._whole_starts, start) : bisect_left(self._whole_starts, end)]
        closed = [
            Word(m.start(), m.end(), m[0], "closed")
            for m in _CLOSED.finditer(self._text, start, end)
            if _is_short_quotation(m[0])
            or not any(w.kind == "figure" and m.start() <= w.start < m.end() for w in wholes)
        ]
        if closed:
            # A bracket or quotation is read as one word together with the names inside it.
            inner = [w for w in wholes if not any(c.start <= w.start and w.end <= c.end for c in closed)]
            wholes = _no_overlap([*inner, *closed])
        words: list[Word] = []
        position = start
        for whole in wholes:
            if whole.start >= end:
                break
            self._plain(position, whole.start, words)
            words.append(whole)
            position = whole.end
        self._plain(position, end, words)
        return words

    def _plain(self, start: int, end: int, words: list[Word]) -> None:
        """jieba's words in `[start, end)`, cut where a word reaches beyond it."""
        if start >= end:
            return
        index = max(bisect_right(self._starts, start) - 1, 0)
        text, doc, starts = self._text, self._doc, self._starts
        while index < len(starts) and starts[index] < end:
            token = doc[index]
            begin, stop = max(starts[index], start), min(starts[index] + len(token), end)
            index += 1
            piece = text[begin:stop]
            if piece.isspace():
                if piece == "\u3000" or len(piece) > 1:
                    words.append(Word(begin, stop, piece, "stop"))
                continue
            words.append(Word(begin, stop, piece, _MARKS.get(piece, "word"), token.tag_))


def _is_short_quotation(text: str) -> bool:
    """“五成”目标: a figure in a short quotation belongs to a catchword."""
    return text[0] == "“" and len(text) <= 8


def _no_overlap(words: Iterable[Word]) -> list[Word]:
    kept: list[Word] = []
    # Figures win over all else: a metric hangs on its figure.
    for word in sorted(words, key=lambda w: (w.start, w.kind != "figure", -w.end)):
        if not kept or word.start >= kept[-1].end:
            kept.append(word)
        elif word.kind == "figure" and kept[-1].kind != "figure":
            kept[-1] = word
    return kept
