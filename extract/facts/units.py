"""Units that a bulletin names by a noun alone: 市政管护所：, 茶厂 after 某某茶厂, 无人机中队.

Notes for a newcomer. Items of a briefing open with the unit that reports (a label); its words are its name where the
bulletin gives no longer one. A bare noun at the beginning of a clause (茶厂吸纳采茶工) is the tail of an organisation
named before it and means that one, or stands for a unit that has no name; it must be all of the noun (no 茶厂工人),
which the word after it tells.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from extract.data import load_toml
from extract.facts.clause_subject import Subject
from extract.facts.firm_words import FirmWords
from extract.facts.head_names import is_media
from extract.facts.metric_lexicon import lexicon
from extract.facts.name_index import NameIndex, name_of
from extract.layers import Layers
from extract.patterns import any_of

_DATA = load_toml("facts/data/units.toml")

# The label of an item at the beginning of a line: ◆市政管护所　修补…, 九隆大队：…, 【环卫站】…
_LABEL = re.compile(
    r"[ \u3000]*(?P<item>(?:[■●★◆▲▶▪•◦►➤☆◎○·—\- ]+|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)）．] ?)?"
    r"(?P<bracket>[【［\[])?(?P<unit>[一-鿿“”]{2,14}?)(?(bracket)[】\]］]|(?:：|[ \u3000]+(?=\S))))"
)
# And that of a part of a sentence.
_WITHIN = re.compile(r"[。；](?P<item>(?P<unit>[一-鿿“”]{2,14})：)")
_ENDS_AS_UNIT = re.compile(rf"(?:{any_of(_DATA['label_ends'])})$")
_NO_LABEL = re.compile(any_of(_DATA["no_labels"]))
_UNNAMED = re.compile(rf"[一-鿿“”]{{0,10}}?(?:{any_of(_DATA['unnamed_ends'])})")
# Which of many these mean alone is unknown; 村委会 is the village's.
_ENDS_ALONE = frozenset(_DATA["unnamed_ends"]) - {"村委会", "居委会"}
_GENERIC = re.compile(any_of(_DATA["generic"]))
_NO_NOUN_END = frozenset(_DATA["no_noun_ends"])
# 监测中心每日检测: how often a deed is done stands before its verb.
_EVERY = frozenset(("每日", "每天", "每周", "每月", "每年", "日均", "月均", "年均"))
_NO_FIRM = frozenset({"n", "vn", "v", "a", "b", "d", "l", "m", "j", "t", "f", "s", "ns", "i", "ad", "an"})
# 街道兜底的18个: which of those counted, not who acts.
_RELATIVE = re.compile(r"[一-鿿]{1,4}的(?=\d)")
_HANZI = re.compile(r"[一-鿿]*")
# The longest bare noun, and the least that the name is longer.
_LONGEST_TAIL = 8
_MORE = 2
# So many characters may stand between a name and the noun for its unit (江平镇万尾村 | 自助 | 服务点).
_BETWEEN = 12


class Units:
    """Finds them in one bulletin."""

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        self._text = layers.view.text
        self._names = names
        self._words = layers.words
        self._quantities = sorted(q.start for q in layers.quantities)
        self._figures = {*self._quantities, *(t.start for t in layers.times)}
        self._tails: dict[str, set[str]] = defaultdict(set)
        for name in names.organisations():
            for length in range(2, min(_LONGEST_TAIL, len(name) - _MORE) + 1):
                self._tails[name[-length:][:2]].add(name[-length:])
        self._firms = FirmWords(names)
        # By noun: up to where its longer forms are known, and these with where they stand.
        self._forms: dict[str, tuple[int, list[tuple[int, str]]]] = {}
        self._labels = dict(self._find_labels(layers.head.body))
        self._labelled: dict[str, list[str]] = defaultdict(list)
        for name in {s.actors[0] for s in self._labels.values()}:
            self._labelled[name[:2]].append(name)
        self._openings = {*self._tails, *self._firms.openings, *self._labelled}
        # Those that report, and those without a name: they belong to the bulletin's office.
        self.own = {s.actors[0] for s in self._labels.values()}

    def label(self, position: int) -> Subject | None:
        """The unit whose label begins at `position`."""
        return self._labels.get(position)

    def may_open(self, position: int) -> bool:
        """Whether `known`, `firm` or `tail` may find something at `position`, by the first two characters."""
        return self._text[position : position + 2] in self._openings

    def known(self, position: int, end: int) -> Subject | None:
        """The unit with a label of its own, here or there in the bulletin, that the clause opens with."""
        for name in self._labelled.get(self._text[position : position + 2], ()):
            stop = position + len(name)
            if self._text.startswith(name, position, end) and self._is_noun(position, stop, end):
                return Subject((name,), name, position)
        return None

    def firm(self, position: int, end: int) -> Subject | None:
        """The firm that the clause opens with by its own word alone."""
        for stop, name in self._firms.at(self._text, position):
            word = self._word_at(position)
            # A word of the dictionary for a thing or a deed is no firm's own.
            if word is None or (len(word[0]) > 1 and word[1] in _NO_FIRM and position + len(word[0]) >= stop):
                continue
            if stop not in self._figures and self._is_noun(position, stop, end):
                return Subject((name,), name, position)
        return None

    def tail(self, position: int, end: int) -> str | None:
        """The bare noun at `position` that organisations named before or after end with."""
        tails = self._tails.get(self._text[position : position + 2])
        if not tails:
            return None
        for tail in sorted(tails, key=len, reverse=True):
            stop = position + len(tail)
            counted = stop in self._figures  # 特警100人，派出所40人
            if not counted and self._text.startswith(tail, position, end) and self._is_noun(position, stop, end):
                return tail
        return None

    def unnamed(self, position: int, end: int) -> Subject | None:
        """The unit without a name whose deed is told from `position` on."""
        match = _UNNAMED.match(self._text, position, end)
        if match is None or _GENERIC.match(match[0]) or not self._is_noun(position, match.end(), end):
            return None
        if match.end() in self._figures:
            return None
        if match[0] not in _ENDS_ALONE and not self._is_nominal(position, match.end()):
            return None
        name = self._in_full(match[0], position)
        if name in _ENDS_ALONE:
            return None
        self.own.add(name)
        return Subject((name,), name, position, brief="unit")

    def _find_labels(self, body: int) -> Iterator[tuple[int, Subject]]:
        """The labels behind `body`, each by where its clause begins."""
        text = self._text
        starts = [body, *(m.end() for m in re.finditer("\n+", text[body:]) if m.end() < len(text) - body)]
        lines = (_LABEL.match(text, at + (body if number else 0)) for number, at in enumerate(starts))
        for match in (*lines, *_WITHIN.finditer(text, max(0, body - 1))):
            if match and self._has_figure(match) and (name := self._labelled_as(match)):
                yield match.start("item"), Subject((name,), name, match.start("unit"))

    def _has_figure(self, label: re.Match[str]) -> bool:
        """Whether a figure stands behind the label in its line, or the label alone makes up the line (【环卫站】)."""
        text, stop = self._text, label.end()
        end = text.find("\n", stop)
        end = len(text) if end < 0 else end
        if text[stop:end].isspace() or stop == end:
            return label.groupdict().get("bracket") is not None
        at = bisect_left(self._quantities, stop)
        return at < len(self._quantities) and self._quantities[at] < end

    def _labelled_as(self, label: re.Match[str]) -> str | None:
        """The name of the unit that a label names, None if it names none."""
        start, stop = label.span("unit")
        mention = self._names.at.get(start)
        if mention is not None and mention.end == stop and mention.type == "ORG":
            return None if is_media(mention.text) else name_of(mention)
        if _ENDS_AS_UNIT.search(label["unit"]) is None or _NO_LABEL.search(label["unit"]):
            return None
        if mention is not None and mention.type == "ORG" and mention.end < stop:
            return name_of(mention) + self._text[mention.end : stop]
        return label["unit"]

    def _word_at(self, offset: int) -> tuple[str, str] | None:
        """The word that begins at `offset` and its part of speech, None where none begins there."""
        words = self._words
        if words is None:
            return None
        i = bisect_left(words.starts, offset)
        return (words.words[i], words.tags[i]) if i < len(words.starts) and words.starts[i] == offset else None

    def _is_noun(self, start: int, stop: int, end: int) -> bool:
        """Whether `[start, stop)` is all of a noun that the clause goes on to tell a deed or a figure of."""
        if (
            stop >= end
            or _RELATIVE.match(self._text, stop, end)
            or self._names.between(start, stop)
            or stop in self._names.people
            or stop in self._names.at
        ):
            return False
        if stop in self._figures:
            return True
        word = self._word_at(stop)
        if word is None or self._text[stop] in _NO_NOUN_END:
            return False
        text, tag = word
        words = lexicon()
        told = text in words.verbs or text in words.adverbs or text in _EVERY
        return told or tag[0] in "dp" or tag in ("v", "vd", "vi")

    def _is_nominal(self, start: int, stop: int) -> bool:
        """Whether the words of `[start, stop)` make up a noun."""
        words = self._words
        if words is None:
            return False
        first = bisect_left(words.starts, start)
        if first == len(words.starts) or words.starts[first] != start:
            return False
        if words.words[first] in lexicon().verbs:
            return False
        last = bisect_left(words.starts, stop)
        return not any(
            tag[0] in "vmqrpdcut" and tag != "vn" and word != "点"
            for word, tag in zip(words.words[first:last], words.tags[first:last], strict=True)
        )

    def _qualifies(self, start: int, stop: int) -> bool:
        """Whether the words of `[start, stop)` can tell which unit of a name is meant: no deed, and in one breath."""
        if start == stop:
            return True
        word = self._word_at(start)
        return word is not None and word[0] not in lexicon().verbs and word[1][0] not in "pcu"

    def _in_full(self, noun: str, position: int) -> str:
        """The longer form of `noun` that the text gave last before `position`: a name, and what the unit is."""
        scanned, forms = self._forms.get(noun, (0, []))
        # Each stretch of the text is looked through once, however often it has the noun.
        while (at := self._text.find(noun, scanned, position)) >= 0:
            scanned = at + len(noun)
            if form := self._longer(noun, at):
                forms.append((at, form))
        self._forms[noun] = scanned, forms
        number = bisect_left(forms, (position,))
        return forms[number - 1][1] if number else noun

    def _longer(self, noun: str, at: int) -> str | None:
        """The longer form of `noun` at `at`, None if no name stands right before it."""
        for mention in self._names.before(at - 1, 1):
            if (
                0 <= at - mention.end <= _BETWEEN
                and _HANZI.fullmatch(self._text, mention.end, at)
                and self._qualifies(mention.end, at)
            ):
                return name_of(mention) + self._text[mention.end : at + len(noun)]
        return None
