"""A figure with what stands around it, as the constructions read it."""

import re
from dataclasses import dataclass

from extract.facts.metric_drafts import Memory
from extract.facts.metric_left import Left
from extract.facts.metric_lexicon import Lexicon
from extract.facts.metric_parts import Breakdown
from extract.facts.metric_words import Word
from schemas import Quantity

PEOPLE_UNITS = frozenset({"人", "人次", "名", "位"})
AMONG = frozenset({"中", "当中", "里", "中有", "中已"})
_SMALL = 20
_DIGIT = re.compile("[0-9]")


@dataclass(slots=True)
class Told:
    """The sentence being read and what was told before: its text and words, the drafts and the totals in force.

    `basis` is what the figures of this clause are compared with, if the clause before says that alone (与上年相比，).
    """

    text: str
    words: list[Word]
    memory: Memory
    breakdown: Breakdown
    lex: Lexicon
    basis: str | None = None


@dataclass(slots=True)
class Place:
    """A figure and what stands around it.

    `index` is the figure's, `clause` that of its clause's first word, `clause_end` that of the mark that ends it, and
    `used` that behind the last word that the figure uses up. `before` and `after` are the words around it that may be
    its own, `left` those before it peeled; `after_end` is the index of the first word behind `after`. `chained` is set
    where a conjunction joins it to the figure before.
    """

    index: int
    figure: Quantity
    clause: int
    used: int
    before: list[Word]
    left: Left
    after: list[Word]
    after_end: int
    clause_end: int
    chained: bool


def is_small_talk(place: Place, lex: Lexicon) -> bool:
    """两名同事, 爬两层, 跑七八趟: a small number in characters with no deed reported of it is talk."""
    figure = place.figure
    value = figure.value if figure.value is not None else figure.high
    if value is None or value > _SMALL or _DIGIT.search(figure.text):
        return False
    if figure.dimension in ("ratio", "duration"):
        return False
    return not any(w.text in lex.verbs or (len(w.text) > 1 and lex.is_verb(w)) for w in place.left.words)
