"""The jieba words of a text, as arrays that the rules can look into by offset.

Word boundaries are evidence, never law: jieba cuts 区文/旅局 where 区 + 文旅局 stands, so a rule asks for a boundary
only where a lexicon entry is too short to be trusted alone.
"""

from bisect import bisect_left
from functools import cache
from itertools import accumulate, compress

from extract.data import load_toml
from extract.memo import Memo
from extract.segment.word_index import WordIndex

_PUNCTUATION = frozenset("，。；：！？、“”‘’《》〈〉（）()[]【】{}…—－–-~～|/\\·•●■◆▲★○□→%+=<>*#&@^_`'\",.;:!? \t\n\r")
# Particles, prepositions, conjunctions, pronouns, adverbs, numerals, classifiers, auxiliaries, time words; verbs are
# asked by word because many are part of names (救助, 管理).
_STOP_TAGS = frozenset("upcrdqyeotvmk")
_NAME_TAGS = frozenset({"vn", "vg"})


@cache
def _word_lists() -> tuple[frozenset[str], frozenset[str]]:
    lists = load_toml("ner/data/words.toml")
    return frozenset(lists["in_names"]), frozenset(lists["never_in_names"])


@cache
def _cut_words() -> frozenset[str]:
    return frozenset(load_toml("ner/data/words.toml")["cut"])


@cache
def _cut_after() -> dict[str, frozenset[str]]:
    return {word: frozenset(before) for word, before in load_toml("ner/data/words.toml")["cut_after"].items()}


# jieba's guesses at unknown words swallow what stands before or after a name: 由市, 与锦绣, 张智等案.
_SWALLOWED_BEFORE = frozenset("了占由与和在接报对向从到被为把将及是经因请让给令使据以赴至自同个各多余还也并均")
_SWALLOWED_AFTER = frozenset("一为把将被往")
_SWALLOWED = _SWALLOWED_BEFORE | _SWALLOWED_AFTER | frozenset("等于")
# 至 | 北, 还 | 同: of two characters one is no name's.
_ALWAYS = frozenset("至还占")
_COMPARED = frozenset("快慢高低大小多少优好早晚强重长短")  # 快 | 于 | 城镇
_LEVELS = frozenset("省市县区州旗局")


def _swallows(word: str) -> bool:
    return word[0] in _SWALLOWED_BEFORE or word[-1] in _SWALLOWED_AFTER or "等" in word[2:]


def _split(word: str) -> list[str]:
    """An unknown word without what it swallowed."""
    if word[0] in _SWALLOWED_BEFORE:
        if len(word) > 2:
            return [word[0], *_split(word[1:])]
        return [word[0], word[1]] if word[1] in _LEVELS or word[0] in _ALWAYS else [word]
    if word[-1] in _SWALLOWED_AFTER:
        return [word[:-1], word[-1]]
    for at in range(2, len(word)):
        if word[at] == "等":
            return [word[:at], word[at], *([word[at + 1 :]] if word[at + 1 :] else [])]
    return [word]


def _stops(tagged: tuple[str, str]) -> bool:
    """Whether no name runs across the word."""
    word, tag = tagged
    in_names, never = _word_lists()
    return (
        word in never
        or word[0] in _PUNCTUATION
        or (
            (tag[:1] in _STOP_TAGS or word.isdigit())
            and word not in in_names
            and tag not in _NAME_TAGS
            and not (word[0] == "第" and tag[:1] == "m")
        )
    )


_STOPS = Memo(_stops)


class Words:
    """The words of `text` as names need them: `index`, with what jieba's guesses swallowed cut off.

    Attributes:
        text: the text.
        starts: where the words begin; ends: where they end; words, tags: their form and part of speech.
        index: for each offset, the number of the word that covers it.
        stops: the offsets of the words that no name runs across (verbs, particles, marks), in order;
            stop_set: the same as a set.
    """

    __slots__ = ("ends", "index", "starts", "stop_set", "stops", "tags", "text", "words")

    def __init__(self, index: WordIndex, text: str) -> None:
        self.text = text
        self.words, self.tags, self.starts, self.ends = index.words, index.tags, index.starts, index.ends
        self._release_swallowed()
        self.index = [number for number, word in enumerate(self.words) for _ in word]
        self.stops = list(compress(self.starts, map(_STOPS.__getitem__, zip(self.words, self.tags, strict=True))))
        self.stop_set = frozenset(self.stops)

    def _release_swallowed(self) -> None:
        """Cut the unknown words that hold more than a name."""
        cuts: dict[int, list[str]] = {}
        for number, tag in enumerate(self.tags):
            if tag != "x" and tag != "nr":
                continue
            word = self.words[number]
            if len(word) == 1:
                continue
            if tag == "x" and _swallows(word):
                pieces = _split(word)
                if len(pieces) > 1:
                    cuts[number] = pieces
            elif word[0] == "于" and len(word) > 2 and number and self.words[number - 1] in _COMPARED:
                cuts[number] = ["于", word[1:]]
        for cut in _cut_words():
            if cut in self.text:
                cuts |= {n: [word[:-1], word[-1]] for n, word in enumerate(self.words) if word == cut}
        for cut, before in _cut_after().items():
            if cut in self.text:
                cuts |= {
                    n: [word[:-1], word[-1]]
                    for n, word in enumerate(self.words)
                    if word == cut and n and self.words[n - 1] in before
                }
        cuts = dict(sorted(cuts.items()))
        if not cuts:
            return
        words: list[str] = []
        tags: list[str] = []
        done = 0
        for number, pieces in cuts.items():
            words += [*self.words[done:number], *pieces]
            tags += [*self.tags[done:number], *("x" if len(p) > 1 or p not in _SWALLOWED else "p" for p in pieces)]
            done = number + 1
        self.words = words + self.words[done:]
        self.tags = tags + self.tags[done:]
        bounds = list(accumulate(map(len, self.words), initial=0))
        self.starts, self.ends = bounds[:-1], bounds[1:]

    def begins(self, offset: int) -> bool:
        """Whether a word begins at `offset` (the end of the text counts as one)."""
        return offset >= len(self.index) or self.starts[self.index[offset]] == offset

    def tag_at(self, offset: int) -> str:
        """The part of speech of the word that covers `offset`; "" outside the text."""
        return self.tags[self.index[offset]] if 0 <= offset < len(self.index) else ""

    def word_at(self, offset: int) -> str:
        """The word that covers `offset`; "" outside the text."""
        return self.words[self.index[offset]] if 0 <= offset < len(self.index) else ""

    def next_stop(self, offset: int) -> int:
        """The first stop at or after `offset`, or the end of the text."""
        at = bisect_left(self.stops, offset)
        return self.stops[at] if at < len(self.stops) else len(self.text)

    def stops_between(self, start: int, end: int) -> list[int]:
        """The stops in `[start, end)`."""
        return self.stops[bisect_left(self.stops, start) : bisect_left(self.stops, end)]

    def stop_before(self, offset: int) -> int:
        """The end of the last stop word that begins before `offset`, or 0."""
        at = bisect_left(self.stops, offset)
        return self.ends[self.index[self.stops[at - 1]]] if at else 0
