"""People: names where a title, a verb of saying, a signature or an earlier mention vouches for them.

Notes for a newcomer. Here are the cues; `extract.ner.names` reads the name that a cue points at, and
`extract.ner.bylines` knows the places where names stand alone.
"""

import re
from itertools import chain

from extract.data import load_toml
from extract.ner.again import find_again
from extract.ner.bylines import find_bylines
from extract.ner.candidates import Candidate
from extract.ner.lexicon import Hit, divisions
from extract.ner.names import NAME_TAGS, NameReader
from extract.ner.rosters import before_mark, delimited, find_rosters, row_after
from extract.ner.words import Words

_GAP = re.compile(r"[ ●•·：:/｜|丨]{0,4}")
_FOREIGN = re.compile(r"(?<![一-龥·])[一-龥]{2,7}(?:·[一-龥]{1,8}){1,3}(?![·])")
# 记者：钱够用吗？ What a person says, in an interview.
_SPEECH = re.compile(r"[^\n：]{0,60}[？。！]")
_AGED = re.compile(r"\d\d{1,2}岁的?(?:老人|村民|居民|市民|老汉|大妈|大爷|奶奶|学生|工人|牧民|渔民)?")
# 苏浙皖 is no name.
_PROVINCES = frozenset(load_toml("ner/data/places.toml")["province_letters"])
# Words for people end so: 文保员, 主理人, 种粮户.
_ROLE_ENDING = re.compile("[员长师户者警医匠工生民人兵嫂友手官妈爸婆]")
_COUNTED = re.compile(r"等\d{1,4}[余多]?[名位]")
_NEXT = re.compile(r"[、和与及 /●]{1,3}")
_HAN = re.compile(r"[一-龥]")
_THREE = re.compile("[一-龥]{3}")
# A people in brackets after a name: 马艳芝（回族）.
_PEOPLE = re.compile(r"（[一-龥]{1,6}族）|（女）|（女，[一-龥]{1,6}族）")


def find_persons(words: Words, titles: list[Hit]) -> list[Candidate]:
    """Candidate PERSONs; a name found with a cue is then found wherever else it stands.

    Args:
        words: the words of the text.
        titles: the titles in it, in order.
    """
    return _Reader(words, titles).find()


class _Reader(NameReader):
    def __init__(self, words: Words, titles: list[Hit]) -> None:
        super().__init__(words)
        self.titles = titles
        self.found: dict[int, tuple[int, str]] = {}
        # The words that jieba takes for names, or does not know, and that are as long as a name.
        self.named = [
            number for number, tag in enumerate(words.tags) if tag in NAME_TAGS and 1 < len(words.words[number]) <= 4
        ]

    def find(self) -> list[Candidate]:
        self._after_titles()
        self._before_cues()
        self._after_roles()
        self._after_ages()
        self._before_counts()
        for start, end, source in chain(find_bylines(self), find_rosters(self)):
            self._add(start, end, source)
        for match in _FOREIGN.finditer(self.text) if self.dotted else ():
            if self.text[match.start() - 1 : match.start()] != "“" and self.text[match.end() : match.end() + 1] != "”":
                begin = self.foreign_start(match)
                if begin is not None:
                    self._add(begin, self.foreign_end(match), "rule:foreign-name")
        for match in self.lists.tibetan.finditer(self.text):
            self._add(*match.span(), "rule:component-name")
        for match in self.lists.mongolian.finditer(self.text):
            self._add(*match.span(), "rule:component-name")
        self._along_lists()
        self._repeated()
        names = {self.text[s:e]: "" for s, (e, _) in self.found.items()}
        # 阿卜杜外力 for 阿卜杜外力·图尔荪.
        names |= {name[: name.index("·")]: "" for name in names if name.find("·") >= 3}
        for start, end, _ in find_again(self.words, names):
            self._add(start, end, "rule:name-again")
        return [Candidate(start, end, "PERSON", source) for start, (end, source) in self.found.items()]

    def _add(self, start: int, end: int, source: str) -> None:
        if start not in self.found or self.found[start][0] < end:
            self.found[start] = (end, source)

    def _after_titles(self) -> None:
        # Where names in rows have been read: a row that comes to one of them goes on as the other did.
        walked: set[int] = set()
        for title in self.titles:
            if not self._clear(title):
                continue
            gap = _GAP.match(self.text, title.end)
            start = gap.end() if gap else title.end
            colon = "：" in self.text[title.end : start]
            if colon and _SPEECH.match(self.text, start):
                continue
            sure = colon or self.text[title.start : title.end] not in self.lists.weak
            cut = start if start == title.end else None
            if not sure or not self.surname(start):
                pass
            elif start > title.end and (end := delimited(self, start)):
                self._add(start, end, "rule:title-name")  # 记者 江河 通讯员
            elif row := row_after(self, start, titled=True):
                for item in row:
                    self._add(*item, "rule:title-name")
            elif (end := before_mark(self, start)) and self.lists.titles.match(self.text, end + 1):
                self._add(start, end, "rule:title-name")  # 书记员曾可、执行员
            while (end := self.read(start, sure, cut=start == cut)) is not None:
                self._add(start, end, "rule:title-name" if sure else "rule:weak-title-name")
                people = _PEOPLE.match(self.text, end)
                step = _NEXT.match(self.text, people.end() if people else end)
                if not step:
                    break
                start, sure = step.end(), False
                if start in walked:
                    break
                walked.add(start)

    def _clear(self, title: Hit) -> bool:
        """Whether a title ends there: at a word's end, or in a word that jieba made of its end and a name."""
        words, (start, end, _) = self.words, title
        if end == start + 1 and _HAN.match(self.text, start - 1):
            return False  # 巴图那生
        if words.begins(end):
            return True
        return end > start + 1 and words.tag_at(end) == "x" and words.starts[words.index[end]] >= start

    def _after_roles(self) -> None:
        """Names after a word for people that is not on the list of titles."""
        words = self.words
        for match in _ROLE_ENDING.finditer(self.text):
            number, start = words.index[match.start()], match.end()
            if words.ends[number] != start or words.starts[number] == match.start():
                continue
            if start in self.found or not self.surname(start) or not words.tags[number].startswith(("n", "x", "j")):
                continue
            end = self.read(start, False)
            if end is not None and end - start == 3:
                self._add(start, end, "rule:role-name")

    def _after_ages(self) -> None:
        """83岁的肖世芬."""
        for match in _AGED.finditer(self.text):
            end = self.read(match.end(), True)
            if end is not None and self.surname(match.end()):
                self._add(match.end(), end, "rule:age-name")

    def _before_counts(self) -> None:
        """给霍金萍等35名教练员记功."""
        for match in _COUNTED.finditer(self.text):
            begin = self._name_to(match.start())
            if begin is not None and match.start() - begin == 3 and self._starts(begin) and self.surname(begin):
                self._add(begin, match.start(), "rule:listed-name")

    def _along_lists(self) -> None:
        """秦开宇、庄茂林、许蔚然等45人: the other names of the list that one found name stands in."""
        for end, _ in list(self.found.values()):
            while self.text[end : end + 1] == "、" and (begin := end + 1) not in self.found:
                after = self.read(begin, True)
                known = after is not None and after - begin == 3 and self.text[begin] in self.lists.usual
                sure = after is not None and (self.ended(after) or (known and after in self.words.stop_set))
                if not sure or not self.surname(begin):
                    after = delimited(self, begin)
                if after is None:
                    break
                self._add(begin, after, "rule:listed-name")
                end = after
        for start in list(self.found):
            self._back(start)

    def _repeated(self) -> None:
        """Words of two characters that jieba takes for names, twice in the text, once where something is done."""
        words = self.words
        seen: dict[str, list[int]] = {}
        for number in self.named:
            word = words.words[number]
            if (
                words.tags[number] == "nr"
                and len(word) == 2
                and word[0] in self.lists.common
                and word not in self.lists.not_names
                and word not in divisions()[1]
            ):
                seen.setdefault(word, []).append(number)
        for word, numbers in seen.items():
            if len(numbers) >= 2 and word[1] not in self.lists.not_last and any(map(self._acts, numbers)):
                self._add(words.starts[numbers[0]], words.ends[numbers[0]], "rule:repeated-name")

    def _acts(self, number: int) -> bool:
        """Whether the word begins a clause and a deed follows it."""
        words = self.words
        start, end = words.starts[number], words.ends[number]
        return words.stop_before(start) == start and words.tag_at(end).startswith(("v", "d", "p"))

    def _before_cues(self) -> None:
        """Names that jieba takes for one and that do or say something, or stand in a list of such names."""
        words, lists = self.words, self.lists
        for number in self.named:
            start, word = words.starts[number], words.words[number]
            if len(word) == 2 and number and self._split_surname(number):
                start -= 1  # 丁 | 薛祥
            if not self.surname(start) or word in lists.not_names:
                continue
            if self.text[start - 1 : start].isdigit():
                continue  # 90 | 来位老人
            end = self.read(start, False)
            if end is None:
                continue
            if end - start == 3 and self._bare(number, end):
                self._add(start, end, "rule:name-word")
            elif lists.verb.match(self.text, end) or self.text[end : end + 2] in {"等案", "等人", "一案"}:
                self._add(start, end, "rule:name-verb")

    def _split_surname(self, number: int) -> bool:
        """Whether the word before is a surname that jieba cut off."""
        before = self.words.words[number - 1]
        return before in self.lists.common and self.words.tags[number - 1].startswith(("n", "x"))

    def _bare(self, number: int, end: int) -> bool:
        """Whether a word of three characters is a name without any cue.

        jieba makes an unknown word of a surname and two characters out of little else than names; in its dictionary
        of names the common surnames can be trusted.
        """
        word, tag = self.words.words[number], self.words.tags[number]
        name = word[:3]
        if self.text[end : end + 1].isdigit() or self.text[end - 4 : end - 3] == "“":
            return False  # “吉盐粳3号”
        if self.words.starts[number] + 3 != end or name[-1] in self.lists.not_last:
            return False
        if tag == "x":
            return word[0] not in self.lists.rare and not _PROVINCES.issuperset(word)
        return len(word) == 3 and tag == "nr" and word[0] in self.lists.common

    def _back(self, start: int) -> None:
        """The names of the list that ends with the one at `start`: 郝如意、莫日根、张智等案."""
        while start > 1 and self.text[start - 1] == "、":
            begin = self._name_to(start - 1)
            if begin is None or begin in self.found:
                return
            self._add(begin, start - 1, "rule:listed-name")
            start = begin

    def _starts(self, offset: int) -> bool:
        """Whether a phrase starts at `offset`: a mark or a word that no name crosses stands before."""
        return offset == 0 or not _HAN.match(self.text, offset - 1) or self.words.stop_before(offset) == offset

    def _name_to(self, end: int) -> int | None:
        """Where the item of a list of names begins that ends at `end`, None if it is no name."""
        words, lists = self.words, self.lists
        number = words.index[end - 1]
        begin, word, tag = words.starts[number], words.words[number], words.tags[number]
        if tag in {"nr", "nrt", "nrfg", "nz", "x"} and 2 <= len(word) <= 4 and _HAN.match(word):
            if len(word) == 2 and words.word_at(begin - 1) in lists.usual and self._starts(begin - 1):
                begin -= 1  # 张 | 志远
            return begin if self._starts(begin) else None
        begin = end - 3
        name = self.text[max(begin, 0) : end]
        shaped = len(name) == 3 and name[0] in lists.usual and _THREE.fullmatch(name) and name[-1] not in lists.not_last
        whole = words.word_at(begin) == name or name in lists.not_names or lists.titles.fullmatch(name[1:])
        return begin if shaped and words.begins(begin) and not whole else None
