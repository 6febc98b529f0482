"""One person's name read from its surname on.

Notes for a newcomer. jieba often has the right cut for a name (孔令军), but as often cuts it in two (赵国/强) or lets
it swallow its neighbour. So a name is read character by character, and jieba is asked whether the pieces make a name or
ordinary words; how much is asked of it depends on how sure the cue is that vouches for the name.
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.words import Words
from extract.patterns import any_of

_FOREIGN_HERE = re.compile(r"[一-龥]{1,6}(?:·[一-龥]{1,8}){1,3}")
_SPACED = re.compile(r"[一-龥]  ?[一-龥](?![一-龥])")
_HAN = re.compile(r"[一-龥]")
_TO_OFFICE = "副?(?:组长|成员|书记|主任|[局处科院校厅部市县镇乡区会]长)"
_CLOSING = re.compile(rf"[，。、；：！？）（”《\n ]|$|等|一行|案|的|说|在|和|与|是|从|(?:任|为|担任){_TO_OFFICE}")
# 赵静任副组长: what follows a name is no part of it.
_OFFICE_TAKEN = re.compile(f"[任为]{_TO_OFFICE}")
# What jieba swallows after an unknown name: 李丽颖到, 晏冬梅家.
_SWALLOWED = frozenset("到等和与说在对为向从家作同率赴带任")
# What a name that jieba does not know takes along at its end: 卓雅率.
_TAKEN = frozenset("率赴携偕说作受互兼副称愿请仍")
_SO_MANY = re.compile("[0-9一两三四五六七八九十]余?[名个位][一-龥]{2,6}$")
_ADVERBS = frozenset("刚正已又还")
_FOREIGN_TAGS = frozenset({"nr", "nrt", "nrfg", "x", "nz", "zg"})
NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "x"})


class PersonLists:
    """The surnames, titles, verbs and exceptions of persons.toml."""

    def __init__(self) -> None:
        data = load_toml("ner/data/persons.toml")
        self.surnames = frozenset(data["surnames"])
        self.rare = frozenset(data["rare_surnames"])
        self.compound = frozenset(data["compound"])
        self.not_given = frozenset(data["not_given"])
        self.not_names = frozenset(data["not_names"])
        self.not_before = tuple(data["not_before"])
        self.common = frozenset(data["common_surnames"])
        self.usual = self.surnames - self.rare
        self.known = self.common | self.compound
        self.not_last = frozenset(data["not_last"])
        # Written out twice: a search goes by the first characters of a pattern unless it begins with a repetition.
        self.tibetan = re.compile("(?:{0})(?:{0})".format("|".join(data["tibetan"])))
        pieces = "|".join(data["mongolian"])
        self.mongolian = re.compile(
            f"(?:{pieces})(?:{pieces}){{1,3}}(?![一-龥]?(?:嘎查|苏木|镇|村|旗|乡|盟|区|县|河|湖|山))"
        )
        self.mongolian_piece = re.compile(f"(?=[一-龥]{{3}})(?:{pieces})(?![镇乡村旗])")
        self.sounds = frozenset(data["sounds"])
        self.transliterated = re.compile(f"[{data['sounds']}]{{4,7}}")
        self.weak = frozenset(data["weak_titles"])
        self.titles = re.compile(any_of(data["titles"]))
        self.verb = re.compile(any_of(data["verbs"]))


@cache
def person_lists() -> PersonLists:
    """The lists, read once."""
    return PersonLists()


class NameReader:
    """Reads names in the words of one text; offsets are view offsets."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.text = words.text
        self.lists = person_lists()
        self.dotted = "·" in self.text

    def foreign_start(self, match: re.Match[str]) -> int | None:
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

    def foreign_end(self, match: re.Match[str]) -> int:
        """Where a name with dots ends: at the first word's end after the last dot, or where its sounds end."""
        words = self.words
        last = match[0].rindex("·") + 1 + match.start()
        number = words.index[last]
        if len(words.words[number]) == 1 and number + 1 < len(words.words):
            number += words.starts[number + 1] not in words.stop_set
        end = min(words.ends[number], match.end())
        if end - last > 2 and words.words[number][-1] in _ADVERBS:
            end -= 1  # 买合木提·伊敏 | 刚给
        while end < match.end() and self.text[end] in self.lists.sounds:
            end += 1
        return end

    def surname(self, start: int) -> int:
        """The length of the surname at `start`, 0 if none stands there."""
        if self.text[start : start + 2] in self.lists.compound:
            return 2
        return int(self.text[start : start + 1] in self.lists.surnames)

    def read(self, start: int, sure: bool, *, cut: bool = False) -> int | None:
        """The end of the name that begins at `start`, None if none does.

        `sure` when the cue leaves little doubt; `cut` when the cue allows a name to begin within a word.
        """
        text, words, lists = self.text, self.words, self.lists
        if start >= len(text) or not (cut or words.begins(start)):
            return None
        word, tag = self._rest(start)
        if self.dotted and (foreign := _FOREIGN_HERE.match(text, start)):
            return self.foreign_end(foreign)
        surname = self.surname(start)
        if word in lists.not_names:
            return None
        rare = len(word) > 1 and word[0] in lists.rare and tag not in NAME_TAGS
        if rare:
            given = text[start + 2 : start + 3]
            ended = sure and len(word) == 2 and self.ended(start + 3) and given not in lists.not_given
            return start + 3 if ended and _HAN.match(given) else None  # 局长万家兴介绍
        if components := lists.tibetan.match(text, start):
            return components.end()
        if pieces := lists.mongolian.match(text, start):
            return pieces.end()
        piece = lists.mongolian_piece.match(text, start) if sure else None
        if piece and len(piece[0]) >= 3 and (words.begins(piece.end()) or self.ended(piece.end())):
            return piece.end()
        sounds = lists.transliterated.match(text, start)
        if sounds and (words.begins(sounds.end()) or len(sounds[0]) > 4):
            return sounds.end()  # 巴合提古丽
        named = sure and tag in {"nr", "nrt", "nz", "x"} and 2 <= len(word) <= 6
        if not surname:
            # Names of other peoples (莫日根, 阿依古丽): a whole word that is a name.
            told = named and self._closes(start + len(word)) and _HAN.match(word) and not self._deed(start, word)
            return start + len(word) if told else None
        if _SPACED.match(text, start) and surname == 1:
            return _after_space(text, start)
        taken = tag == "x" and word[surname + 1 :] in _TAKEN  # 卓雅 | 率
        for length in (surname + 1,) if taken else (surname + 2, surname + 1):
            if self._fits(start, start + length, surname, sure):
                return start + length
        # 阿依古丽 begins with what is a surname elsewhere.
        return start + len(word) if named and len(word) >= 3 and self._closes(start + len(word)) else None

    def _deed(self, start: int, word: str) -> bool:
        """9名被告人 | 获刑, 当事人 | 自拆9处: whether what follows a counted title or counts itself is no name."""
        if len(word) != 2 or self.words.tag_at(start) != "x":
            return False
        counted = _SO_MANY.search(self.text, max(0, start - 12), start)
        return bool(counted) or self.text[start + 2 : start + 3].isdigit()

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
        if (
            text.startswith(lists.not_before, end)
            or text[end : end + 1] in {"〔", "["}
            or lists.titles.fullmatch(given)
        ):
            return False
        if len(given) == 2 and _OFFICE_TAKEN.match(text, end - 1):
            return False
        word, tag = self._rest(start)
        if sure and tag == "x" and surname == 1 and len(word) == 4 and end - start == 3:
            return sum(c in lists.sounds for c in word) < 3  # 肖世芬 | 头, but 古丽娜尔
        speaks = tag == "ns" and len(word) == 3 and bool(lists.verb.match(text, end))  # 高建国/ns 坦言
        swallowed = tag == "x" and len(word) > end - start and text[end : end + 1] in _SWALLOWED
        whole = (tag in NAME_TAGS or speaks) and (len(word) == end - start or swallowed)
        # 胡 | 向红: within a word such a character can be the first of two.
        if not whole and (
            given[-1] in lists.not_given or (given[0] in lists.not_given and words.begins(start + surname))
        ):
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
        if len(word) == 1 or (len(word) < end - start and tag in {*NAME_TAGS, "ns", "nz"}):
            # The surname alone, or a piece of the name: the rest must not be a word that acts.
            rest = start + len(word)
            named = words.tag_at(rest) in {*NAME_TAGS, "ns", "nz", "zg", "ng"}
            # 演员 | 于 | 海燕: jieba's preposition before a piece of a name is a surname.
            plain = sure and words.tag_at(rest) == "n" and self._one_word(rest, end)
            plain = plain or (sure and words.tag_at(rest) in {"nz", "ns"} and self.ended(end))  # 尚 | 建国 | 介绍
            surname_here = word in "向于曾何尚常时边那" and (plain or words.tag_at(rest) in NAME_TAGS)
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
            whole = sure and tag in NAME_TAGS and rest == end - 1 and rest not in words.stop_set
            return (whole or self._closes(end)) and (sure or len(word) == surname or tag in NAME_TAGS)
        return sure and self._closes(end) and tag in {"n", "nz", "ns", "a", "an", "vn", "nt", "s", "t", "b"}

    def _given_name(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is one word of two characters that jieba takes for a name: 于 | 春梅."""
        return self._one_word(start, end) and self.words.tag_at(start) in NAME_TAGS

    def _one_word(self, start: int, end: int) -> bool:
        """Whether `[start, end)` is one word of two characters that a name may hold."""
        words = self.words
        return end - start == 2 and words.word_at(start) == self.text[start:end] and start not in words.stop_set

    def ended(self, end: int) -> bool:
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
