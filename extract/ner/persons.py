"""People: a surname read where a title, a verb of saying, a signature or an earlier mention vouches for it."""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.words import Words

_GAP = re.compile(r"[ ●•·：:/]{0,4}")
_FOREIGN = re.compile(r"(?<![一-龥·])[一-龥]{2,7}(?:·[一-龥]{1,8}){1,3}(?![·])")
_SIGNATURE = re.compile(r"[（(] ?([一-龥]{2,4}) ?[)）](?=\s*(?:\n|$))")
_NEXT = re.compile(r"(?:[、，和与及 /●]|以及){1,2}")
_HAN = re.compile(r"[一-龥]")


@cache
def _data() -> "_Lists":
    return _Lists()


class _Lists:
    def __init__(self) -> None:
        data = load_toml("ner/data/persons.toml")
        self.surnames = frozenset(data["surnames"])
        self.compound = frozenset(data["compound"])
        self.not_given = frozenset(data["not_given"])
        self.not_names = frozenset(data["not_names"])
        self.not_before = tuple(data["not_before"])
        self.verbs = tuple(data["verbs"])
        self.weak = frozenset(data["weak_titles"])
        titles = sorted(set(data["titles"]), key=len, reverse=True)
        self.titles = re.compile("|".join(titles))
        self.verb = re.compile("|".join(sorted(self.verbs, key=len, reverse=True)))


def find_persons(words: Words) -> list[Candidate]:
    """Candidate PERSONs; a name found with a cue is then found wherever else it stands."""
    return _Reader(words).find()


class _Reader:
    def __init__(self, words: Words) -> None:
        self.words = words
        self.text = words.text
        self.lists = _data()
        self.found: dict[int, tuple[int, str]] = {}

    def find(self) -> list[Candidate]:
        self._after_titles()
        self._by_words()
        for match in _SIGNATURE.finditer(self.text):
            if self._shaped(*match.span(1)):
                self._add(*match.span(1), "rule:signature")
        for match in _FOREIGN.finditer(self.text):
            self._add(*match.span(), "rule:foreign-name")
        self._again()
        return [Candidate(start, end, "PERSON", source) for start, (end, source) in self.found.items()]

    def _add(self, start: int, end: int, source: str) -> None:
        if start not in self.found or self.found[start][0] < end:
            self.found[start] = (end, source)

    def _after_titles(self) -> None:
        for match in self.lists.titles.finditer(self.text):
            if not self.words.begins(match.end()) and match[0] not in {"记者", "通讯员"}:
                continue
            gap = _GAP.match(self.text, match.end())
            start = gap.end() if gap else match.end()
            weak = match[0] in self.lists.weak and start == match.end()
            while (end := self._read(start, weak)) is not None:
                self._add(start, end, "rule:title-name")
                step = _NEXT.match(self.text, end)
                if not step:
                    break
                start, weak = step.end(), True

    def _read(self, start: int, strict: bool) -> int | None:
        """The end of the name that begins at `start`, None if none does."""
        text, words, lists = self.text, self.words, self.lists
        if start >= len(text) or not words.begins(start):
            return None
        word = words.word_at(start)
        if word in lists.not_names:
            return None
        base = 2 if text[start : start + 2] in lists.compound else 1
        if text[start] not in lists.surnames and base == 1:
            if words.tag_at(start) in {"nr", "nrt", "nrfg"} and 2 <= len(word) <= 4 and not strict:
                return start + len(word)
            return None
        given = 0
        while given < 2:
            char = text[start + base + given : start + base + given + 1]
            if not _HAN.match(char) or char in lists.not_given:
                break
            given += 1
        if not given:
            return None
        ends = [e for e in (start + base + 2, start + base + 1) if e - start - base <= given]
        for end in ends:
            if self._closes(start, end, strict):
                return end
        return None

    def _closes(self, start: int, end: int, strict: bool) -> bool:
        """Whether a name may end at `end`: a word ends there and what follows is no continuation of it."""
        words, text = self.words, self.text
        if text[start:end] in self.lists.not_names or text.startswith(self.lists.not_before, end):
            return False
        if end >= len(text) or not _HAN.match(text[end]) or self.lists.verb.match(text, end):
            return not strict or self._nominal(start, end)
        if not words.begins(end):
            return text[end] in "等和与说"
        if strict:
            return self._nominal(start, end)
        return end in words.stop_set or self._nominal(start, end)

    def _nominal(self, start: int, end: int) -> bool:
        """Whether jieba sees a name or an unknown word here, and not ordinary words."""
        words = self.words
        word, tag = words.word_at(start), words.tag_at(start)
        if len(word) == end - start:
            return tag in {"nr", "nrt", "nrfg", "x"}
        if len(word) == 1:
            return True
        return tag in {"nr", "nrt", "x"}

    def _by_words(self) -> None:
        """Names that jieba itself takes for one: three characters or more, or two before a verb of saying."""
        words, lists = self.words, self.lists
        for start, end, word, tag in zip(words.starts, words.ends, words.words, words.tags, strict=True):
            if len(word) not in (2, 3) or word[0] not in lists.surnames or tag not in {"nr", "x"}:
                continue
            if word in lists.not_names or any(c in lists.not_given for c in word[1:]):
                continue
            said = bool(lists.verb.match(self.text, end))
            named = said and (len(word) == 3 or tag == "nr")
            if named and not self.text.startswith(lists.not_before, end):
                self._add(start, end, "rule:name-word")

    def _shaped(self, start: int, end: int) -> bool:
        name = self.text[start:end]
        return (name[0] in self.lists.surnames or name[:2] in self.lists.compound) and name not in self.lists.not_names

    def _again(self) -> None:
        names = {self.text[s:e] for s, (e, _) in self.found.items() if e - s >= 2}
        if not names:
            return
        pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
        for match in pattern.finditer(self.text):
            if len(match[0]) > 2 or (self.words.begins(match.start()) and self.words.begins(match.end())):
                self.found.setdefault(match.start(), (match.end(), "rule:name-again"))
