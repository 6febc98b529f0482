"""People: a surname read where a title, a verb of saying, a signature or an earlier mention vouches for it.

Notes for a newcomer. jieba often has the right cut for a name (孔令军), but as often cuts it in two (赵国/强) or lets
it swallow its neighbour. So a name is read from its surname on, character by character, and jieba is asked whether the
pieces make a name or ordinary words; how much is asked of it depends on how sure the cue is.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.again import find_again
from extract.ner.candidates import Candidate
from extract.ner.words import Words

_GAP = re.compile(r"[ ●•·：:/｜|丨]{0,4}")
_FOREIGN = re.compile(r"(?<![一-龥·])[一-龥]{2,7}(?:·[一-龥]{1,8}){1,3}(?![·])")
_FOREIGN_HERE = re.compile(r"[一-龥]{1,6}(?:·[一-龥]{1,8}){1,3}")
_SIGNATURE = re.compile(r"（ ?([一-龥]{2,4}(?:[ 、]{1,2}[一-龥]{2,4}){0,3}) ?）(?=[ \n]*(?:\n|$))")
_BEFORE_PHOTO = re.compile(r"(?<![一-龥])([一-龥]{2,3}?) ?(?:[摄文图]|摄影|供图|制图|文/图)(?![一-龥])")
# 规划核算处 赵洪涛 at the end of a line: an office and who wrote for it.
_LINE_END = re.compile(r"(?<=[一-龥0-9]) {1,4}((?:[一-龥]{2,3} {1,4}){0,3}[一-龥]{2,3}) *(?=）|\n|$)")
# 第五检察部 马志军 2021年7月22日: who signs, between the office and the date.
_BEFORE_DATE = re.compile(r"(?<=[一-龥）]) {1,4}([一-龥]{2,3}) {1,4}(?=\d{4}[年-])")
# 作者：巴图那生: after such a word and a colon whatever stands alone is a name.
_CREDIT = re.compile(r"(?:文字|图文|海报|视频|制图|配图|图片|策划|统筹|监制|设计|剪辑|配音|漫画|作者|通讯员|编辑|责编|签发|核稿|审核|校对|摄影|撰稿|撰文|主编|审签|初审|复审|终审)：")
_CREDITED = re.compile(r" ?([一-龥]{2,5})(?=[ 、，；。）/\n]|$)")
# 记者：钱够用吗？ What a person says, in an interview.
_SPEECH = re.compile(r"[^\n：]{0,60}[？。！]")
_AGED = re.compile(r"\d{2,3}岁的?")
_MADE_BY = re.compile(r"(?<=由)([一-龥]{2,3}?)(?=拍摄|摄影|供图|提供|绘制|摄)")
# A line that holds a name alone is a byline at the head of a text and a signature at its end.
_ALONE = re.compile(r"(?:^|(?<=\n)) *([一-龥]{2,3}) *(?=\n|$)")
_HEAD_LENGTH, _FOOT_LENGTH = 300, 200
# Words for people end so: 文保员, 主理人, 种粮户.
_ROLE_ENDINGS = frozenset("员长师户者警医匠工生民人兵嫂友手官妈爸婆")
_SPACED = re.compile(r"[一-龥]  ?[一-龥](?![一-龥])")
_NEXT = re.compile(r"[、和与及 /●]{1,3}")
_HAN = re.compile(r"[一-龥]")
_CLOSING = re.compile(r"[，。、；：！？）（”《\n ]|$|等|一行|案|的|说|在|和|与|是|从")
# What jieba swallows after an unknown name: 李丽颖到, 晏冬梅家.
_SWALLOWED = frozenset("到等和与说在对为向从家作同率赴带")
_TAKEN = frozenset("率赴携偕说")
# A people in brackets after a name: 马艳芝（回族）.
_PEOPLE = re.compile(r"（[一-龥]{1,6}族）|（女）|（女，[一-龥]{1,6}族）")
_FOREIGN_TAGS = frozenset({"nr", "nrt", "nrfg", "x", "nz", "zg"})
_NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "x"})


class _Lists:
    def __init__(self) -> None:
        data = load_toml("ner/data/persons.toml")
        self.surnames = frozenset(data["surnames"])
        self.rare = frozenset(data["rare_surnames"])
        self.compound = frozenset(data["compound"])
        self.not_given = frozenset(data["not_given"])
        self.not_names = frozenset(data["not_names"])
        self.not_before = tuple(data["not_before"])
        self.common = frozenset(data["common_surnames"])
        self.known = self.common | self.compound
        self.not_last = frozenset(data["not_last"])
        components = "|".join(data["tibetan"])
        self.tibetan = re.compile(f"(?:{components}){{2}}")
        self.sounds = frozenset(data["sounds"])
        self.transliterated = re.compile(f"[{data['sounds']}]{{4,7}}")
        self.weak = frozenset(data["weak_titles"])
        self.titles = re.compile("|".join(sorted(set(data["titles"]), key=len, reverse=True)))
        self.verb = re.compile("|".join(sorted(set(data["verbs"]), key=len, reverse=True)))


@cache
def _data() -> _Lists:
    return _Lists()


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
        self._before_cues()
        self._signatures()
        self._after_roles()
        self._after_ages()
        self._bylines()
        for match in _BEFORE_PHOTO.finditer(self.text):
            if self._surname(match.start(1)) and self.words.begins(match.start(1)):
                self._add(*match.span(1), "rule:signature")
        for match in _FOREIGN.finditer(self.text):
            if self.text[match.start() - 1 : match.start()] != "“" and self.text[match.end() : match.end() + 1] != "”":
                begin = self._foreign_start(match)
                if begin is not None:
                    self._add(begin, self._foreign_end(match), "rule:foreign-name")
        for match in self.lists.tibetan.finditer(self.text):
            self._add(*match.span(), "rule:component-name")
        self._along_lists()
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
        for match in self.lists.titles.finditer(self.text):
            if not self._clear(match):
                continue
            gap = _GAP.match(self.text, match.end())
            start = gap.end() if gap else match.end()
            colon = "：" in self.text[match.end() : start]
            if colon and _SPEECH.match(self.text, start):
                continue
            sure = colon or match[0] not in self.lists.weak
            cut = start if start == match.end() else None
            while (end := self._read(start, sure, cut=start == cut)) is not None:
                self._add(start, end, "rule:title-name")
                people = _PEOPLE.match(self.text, end)
                step = _NEXT.match(self.text, people.end() if people else end)
                if not step:
                    break
                start, sure = step.end(), False

    def _clear(self, title: re.Match[str]) -> bool:
        """Whether a title ends there: at a word's end, or in a word that jieba made of its last character and a name."""
        words, end = self.words, title.end()
        if len(title[0]) == 1 and _HAN.match(self.text, title.start() - 1):
            return False  # 巴图那生
        if words.begins(end):
            return True
        return len(title[0]) > 1 and words.tag_at(end) == "x" and words.starts[words.index[end]] > title.start()

    def _after_roles(self) -> None:
        """Names after a word for people that is not on the list of titles."""
        words = self.words
        for number, word in enumerate(words.words):
            if len(word) < 2 or word[-1] not in _ROLE_ENDINGS or not words.tags[number].startswith(("n", "x", "j")):
                continue
            start = words.ends[number]
            if start in self.found or not self._surname(start):
                continue
            end = self._read(start, False)
            if end is not None and end - start == 3:
                self._add(start, end, "rule:role-name")

    def _after_ages(self) -> None:
        """83岁的肖世芬."""
        for match in _AGED.finditer(self.text):
            end = self._read(match.end(), True)
            if end is not None and self._surname(match.end()):
                self._add(match.end(), end, "rule:age-name")

    def _bylines(self) -> None:
        """Names that stand alone: credits, bylines, signatures between spaces."""
        text, lists = self.text, self.lists
        for match in _LINE_END.finditer(text):
            names = [m.span() for m in re.finditer("[一-龥]+", text[: match.end(1)][match.start(1) :])]
            spans = [(a + match.start(1), b + match.start(1)) for a, b in names]
            if all(self._signs(a, b) for a, b in spans) and any(self._nominal(a) for a, _ in spans):
                for start, end in spans:
                    self._add(start, end, "rule:signature")
        for pattern in (_BEFORE_DATE, _MADE_BY, _ALONE):
            for match in pattern.finditer(text):
                start, end = match.span(1)
                if pattern is _ALONE and _HEAD_LENGTH < start < len(text) - _FOOT_LENGTH:
                    continue
                dated = pattern is _BEFORE_DATE and end - start == 3
                if self._signs(start, end) and (dated or self._nominal(start) or self._in_pieces(start, end)):
                    self._add(start, end, "rule:signature")
        for match in _CREDIT.finditer(text):
            position = match.end()
            while credited := _CREDITED.match(text, position):
                start, end = credited.span(1)
                odd = self.words.word_at(start) != credited[1] or self.words.tag_at(start) in _NAME_TAGS
                titled = end - start > 3 and lists.titles.search(text, start + 2, end)
                if credited[1] in lists.not_names or not odd or titled:
                    break
                self._add(start, end, "rule:credit")
                position = end + (text[end : end + 1] in {" ", "、"})

    def _signs(self, start: int, end: int) -> bool:
        """Whether `[start, end)`, which stands alone, looks like a name."""
        name = self.text[start:end]
        return bool(self._surname(start)) and name not in self.lists.not_names and name[-1] not in self.lists.not_last

    def _in_pieces(self, start: int, end: int) -> bool:
        """Whether jieba knows no word there but a surname and what is left of a name."""
        words = self.words
        return words.ends[words.index[start]] < end and end - start == 3 and self.text[start] in self.lists.common

    def _along_lists(self) -> None:
        """秦开宇、庄茂林、许蔚然等45人: the other names of the list that one found name stands in."""
        for start, (end, _) in list(self.found.items()):
            while self.text[end : end + 1] == "、" and (begin := end + 1) not in self.found:
                after = self._read(begin, True)
                if after is None or not self._surname(begin) or not self._ended(after):
                    break
                self._add(begin, after, "rule:listed-name")
                end = after

    def _signatures(self) -> None:
        for match in _SIGNATURE.finditer(self.text):
            position = match.start(1)
            for name in re.split("([ 、]+)", match[1]):
                if name.strip(" 、") and self._surname(position) and name not in self.lists.not_names:
                    self._add(position, position + len(name), "rule:signature")
                position += len(name)

    def _before_cues(self) -> None:
        """Names that jieba takes for one and that do or say something, or stand in a list of such names."""
        words, lists = self.words, self.lists
        for number, tag in enumerate(words.tags):
            if tag not in _NAME_TAGS:
                continue
            start, word = words.starts[number], words.words[number]
            if len(word) == 2 and number and self._split_surname(number):
                start -= 1  # 丁 | 薛祥
            if not 1 < len(word) <= 4 or not self._surname(start) or word in lists.not_names:
                continue
            end = self._read(start, False)
            if end is None:
                continue
            if end - start == 3 and self._bare(number, end):
                self._add(start, end, "rule:name-word")
            elif lists.verb.match(self.text, end) or self.text[end : end + 2] in {"等案", "等人", "一案"}:
                self._add(start, end, "rule:name-verb")
                self._back(start)

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
            return word[0] not in self.lists.rare
        return len(word) == 3 and tag == "nr" and word[0] in self.lists.common

    def _nominal(self, start: int) -> bool:
        return self.words.begins(start) and self.words.tag_at(start) in _NAME_TAGS

    def _back(self, start: int) -> None:
        """The names of the list that ends with the one at `start`: 莫日根、张智等案."""
        words = self.words
        while start > 1 and self.text[start - 1] == "、":
            number = words.index[start - 2]
            begin, word, tag = words.starts[number], words.words[number], words.tags[number]
            if tag not in {"nr", "nrt", "nrfg", "nz", "x"} or not 2 <= len(word) <= 4:
                return
            self._add(begin, start - 1, "rule:listed-name")
            start = begin

    def _foreign_start(self, match: re.Match[str]) -> int | None:
        """Where a name with dots begins: after the title before it; None where the first part is no name."""
        words = self.words
        number = words.index[match.start() + match[0].index("·") - 1]
        start = None
        if words.words[number][-1] in "网报台":
            return None  # 大众网·威海
        while number >= 0 and words.starts[number] >= match.start():
            if words.tags[number] not in _FOREIGN_TAGS and len(words.words[number]) > 1:
                break
            start = words.starts[number]
            number -= 1
        return start

    def _foreign_end(self, match: re.Match[str]) -> int:
        """Where a name with dots ends: at the first word's end after the last dot, or where its sounds end."""
        words = self.words
        last = match[0].rindex("·") + 1 + match.start()
        number = words.index[last]
        if len(words.words[number]) == 1 and number + 1 < len(words.words):
            number += words.starts[number + 1] not in words.stop_set
        end = min(words.ends[number], match.end())
        while end < match.end() and self.text[end] in self.lists.sounds:
            end += 1
        return end

    def _surname(self, start: int) -> int:
        """The length of the surname at `start`, 0 if none stands there."""
        if self.text[start : start + 2] in self.lists.compound:
            return 2
        return int(self.text[start : start + 1] in self.lists.surnames)

    def _read(self, start: int, sure: bool, *, cut: bool = False) -> int | None:
        """The end of the name that begins at `start`, None if none does.

        `sure` when the cue leaves little doubt; `cut` when the cue allows a name to begin within a word.
        """
        text, words, lists = self.text, self.words, self.lists
        if start >= len(text) or not (cut or words.begins(start)):
            return None
        word, tag = self._rest(start)
        if foreign := _FOREIGN_HERE.match(text, start):
            return self._foreign_end(foreign)
        surname = self._surname(start)
        if word in lists.not_names:
            return None
        rare = len(word) > 1 and word[0] in lists.rare and tag not in _NAME_TAGS
        if rare:
            given = text[start + 2 : start + 3]
            ended = sure and len(word) == 2 and self._ended(start + 3) and given not in lists.not_given
            return start + 3 if ended and _HAN.match(given) else None  # 局长万家兴介绍
        if components := lists.tibetan.match(text, start):
            return components.end()
        sounds = lists.transliterated.match(text, start)
        if sounds and (words.begins(sounds.end()) or len(sounds[0]) > 4):
            return sounds.end()  # 巴合提古丽
        named = sure and tag in {"nr", "nrt", "nz", "x"} and 2 <= len(word) <= 6
        if not surname:
            # Names of other peoples (莫日根, 阿依古丽): a whole word that is a name.
            return start + len(word) if named and self._closes(start + len(word)) and _HAN.match(word) else None
        if _SPACED.match(text, start) and surname == 1:
            return _after_space(text, start)
        taken = tag == "x" and word[surname + 1 :] in _TAKEN  # 卓雅 | 率
        for length in (surname + 1,) if taken else (surname + 2, surname + 1):
            if self._fits(start, start + length, surname, sure):
                return start + length
        # 阿依古丽 begins with what is a surname elsewhere.
        return start + len(word) if named and len(word) >= 3 and self._closes(start + len(word)) else None

    def _rest(self, start: int) -> tuple[str, str]:
        """The word at `start`, or what is left there of the word that covers it, and the part of speech."""
        words = self.words
        number = words.index[start]
        return self.text[start : words.ends[number]], words.tags[number]

    def _fits(self, start: int, end: int, surname: int, sure: bool) -> bool:
        """Whether `[start, end)` can be a name: its words are a name's, and something else begins at its end."""
        text, words, lists = self.text, self.words, self.lists
        name, given = text[start:end], text[start + surname : end]
        if end > len(text) or not all("一" <= c <= "龥" for c in given) or name in lists.not_names:
            return False
        if text.startswith(lists.not_before, end) or text[end : end + 1] == "〔" or lists.titles.fullmatch(given):
            return False
        word, tag = self._rest(start)
        if sure and tag == "x" and surname == 1 and len(word) == 4 and end - start == 3 and word[0] in lists.common:
            return True  # 肖世芬 | 头
        speaks = tag == "ns" and len(word) == 3 and bool(lists.verb.match(text, end))  # 高建国/ns 坦言
        swallowed = tag == "x" and len(word) > end - start and text[end : end + 1] in _SWALLOWED
        whole = (tag in _NAME_TAGS or speaks) and (len(word) == end - start or swallowed)
        if not whole and any(c in lists.not_given for c in given):
            return False
        if not words.begins(end) and not (
            lists.verb.match(text, end) or (text[end] in _SWALLOWED and words.tag_at(end) == "x")
        ):
            return False
        if whole and tag == "nr" and given[-1] in "人内级书感站者":
            return False
        if whole:
            if not sure and tag == "nr" and word[0] in lists.rare:
                return bool(lists.verb.match(text, end))  # 群众安全感: jieba's names are not all names
            return len(given) == 2 or sure or self._closes(end)
        if len(word) == 1 or (len(word) < end - start and tag in {*_NAME_TAGS, "ns", "nz"}):
            # The surname alone, or a piece of the name: the rest must not be a word that acts.
            rest = start + len(word)
            named = words.tag_at(rest) in {*_NAME_TAGS, "ns", "nz", "zg", "ng"}
            # 演员 | 于 | 海燕: jieba's preposition before a piece of a name is a surname.
            surname_here = word in "向于曾何" and words.tag_at(rest) in _NAME_TAGS
            function_word = tag.startswith(("c", "p", "u", "r", "d")) and not surname_here
            acting = sure and bool(lists.verb.match(text, end))
            if function_word or (not acting and tag.startswith(("v", "a")) and not named and word in lists.rare):
                return False
            if word in lists.rare and not sure and not named:
                return False
            if (
                rest in words.stop_set
                and len(words.word_at(rest)) > 1
                and words.tag_at(rest) not in {"v", "vn", "d", "ad", "t"}
            ):
                return False
            if sure and tag == "nr" and len(word) == surname and self._one_word(rest, end):
                return True  # 副局长 | 施 | 建平
            if self._given_name(start + surname, end) and (sure or text[start : start + surname] in lists.known):
                return True
            # 贺兰/生: what jieba takes for a name and one more character.
            whole = sure and tag in _NAME_TAGS and rest == end - 1 and rest not in words.stop_set
            return (whole or self._closes(end)) and (sure or len(word) == surname or tag in _NAME_TAGS)
        return sure and self._closes(end) and tag in {"n", "nz", "ns", "a", "an", "vn", "nt", "s", "t", "b"}

    def _given_name(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is one word of two characters that jieba takes for a name: 于 | 春梅."""
        return self._one_word(start, end) and self.words.tag_at(start) in _NAME_TAGS

    def _one_word(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is one word of two characters that a name may hold."""
        words = self.words
        return end - start == 2 and words.word_at(start) == self.text[start:end] and start not in words.stop_set

    def _ended(self, end: int) -> bool:
        """Whether a mark or a verb of saying follows."""
        if self.lists.verb.match(self.text, end):
            return True
        return self.words.begins(end) and bool(_CLOSING.match(self.text, end))

    def _closes(self, end: int) -> bool:
        """Whether a name may end here by what follows."""
        return (
            bool(_CLOSING.match(self.text, end) or self.lists.verb.match(self.text, end)) or end in self.words.stop_set
        )


def _after_space(text: str, start: int) -> int:
    """The end of a name of two characters set apart: 王 凯."""
    end = start + 1
    while text[end] == " ":
        end += 1
    return end + 1
