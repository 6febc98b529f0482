"""The words before and after a figure, reduced to an indicator's name.

Notes for a newcomer. A bulletin writes a figure after its indicator (办理法律援助案件198件) or before the noun it
counts (设立6家公益服务中心, 12家法院设立了工作站). Either way the clause also holds a doer, times, adverbs, a
beneficiary and a copula, none of which belong to the name. `Peeler.left` takes those off the words before the figure,
from both ends; `Peeler.split` parts the words after it into the noun counted and what is said of it.
"""

from dataclasses import dataclass, field
from itertools import zip_longest

from extract.facts.phrases import Lexicon, Word

_PARTICLES = frozenset({"了", "着", "过"})
_AGENT_ENDINGS = ("局", "院", "所", "厅", "委", "办", "队", "站", "会", "者", "员", "警")
_GENERAL_VERBS = frozenset({"进行", "开展", "实施", "予以", "给予", "作", "做"})
_VERB_TAGS = frozenset({"v", "vd", "vi", "vg"})
# After these copulas a verb of change belongs to the indicator (增长的有5家).
_HELD = frozenset({"的", "有", "共有", "为", "是"})
_BEFORE_CHANGE = frozenset({"分别", "均", "也", "已", "却", "又", "再", "仍", "都"})
_SETTINGS = frozenset({"之内", "以内", "中", "期间", "以来", "后", "时", "里", "过程中", "之后", "内"})
_GOVERNING = frozenset({"对", "为", "与", "向", "给", "在", "来自", "把", "将", "针对", "面向", "帮"})
_PHRASE_TAGS = frozenset({"n", "l", "i", "x"})
_RATES = ("率", "数", "量", "费", "额")
_MANNERS = frozenset({"成功", "免费", "临时", "义务", "公开", "新", "首次", "上门", "提前", "超额", "代", "联合"})
_LONG_NAME = 9
_OWNERS = ("机构", "单位", "部门", "系统", "企业", "医院", "学校", "法院", "中心")
_TOTALS = frozenset({"总", "人均", "户均", "次均", "平均", "日均", "年均", "月均", "均"})
_CONJUNCTIONS = frozenset({"和", "及", "以及", "与", "或", "暨"})


def joined(words: list[Word]) -> str:
    """The words as a name: times, figures and particles left out."""
    kept = [w for w in words if w.kind not in ("time", "figure") and w.text not in _PARTICLES]
    text = "".join(w.text for w, follower in zip_longest(kept, kept[1:]) if not _is_byname(w, follower))
    return text.strip("、的，, ")


def _is_byname(word: Word, follower: Word | None) -> bool:
    """“通化英才·老兵再出发”专场招聘会: a long name in quotes before the noun that it belongs to."""
    return word.kind == "closed" and len(word.text) > _LONG_NAME and follower is not None and not is_separator(follower)


def is_separator(word: Word) -> bool:
    """Whether `word` joins the items of a list."""
    return word.kind == "list" or word.text in _CONJUNCTIONS


def _is_each(word: Word, before: Word | None) -> bool:
    """Whether `word` ends 每斤, 每户: what the figure is counted by, no part of the indicator."""
    return word.text[0] == "每" or (before is not None and before.text == "每" and len(word.text) == 1)


@dataclass(slots=True)
class Left:
    """What stands before a figure, peeled.

    `words` make the name; `verb` are those of them that are its leading deed.
    `change` is the verb of change directly before the figure (增长, 减少), `to` whether 到 or 至 follows it (升至),
    `basis` what it is compared with (同比). `preposition` governs the figure's noun (对27家企业…). `copula` are the
    words between indicator and figure. `share` is set for 占.
    """

    words: list[Word] = field(default_factory=list)
    verb: list[Word] = field(default_factory=list)
    change: Word | None = None
    to: bool = False
    start: bool = False
    basis: list[Word] = field(default_factory=list)
    preposition: str | None = None
    copula: str = ""
    share: bool = False

    @property
    def noun(self) -> list[Word]:
        """The words after the leading deed."""
        return self.words[len(self.verb) :]


class Peeler:
    """Peels the words around a figure by the word classes of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lex = lexicon
        self._measures = tuple(lexicon.measure_endings)

    # -- word classes ---------------------------------------------------------------------------------------------

    def is_deed(self, word: Word) -> bool:
        """Whether `word` is a verb that names a deed, not a noun made of one."""
        if word.kind != "word":
            return False
        text = word.text
        if len(text) == 4 and word.tag in _PHRASE_TAGS:
            # jieba keeps some verbs with their objects whole (筹集资金, 上门服务).
            text = text[:2]
        return text in self.lex.verbs and text not in self.lex.event_nouns

    def is_verb(self, word: Word) -> bool:
        """Whether `word` can be a verb at all."""
        if word.kind != "word":
            return False
        text = word.text
        if text in self.lex.verbs or text in self.lex.lead_ins:
            return True
        return word.tag in _VERB_TAGS and text not in self.lex.copulas

    def is_agent(self, word: Word) -> bool:
        """Whether `word` is a noun for those who act."""
        if word.kind == "name":
            return True
        if word.kind != "word":
            return False
        text = word.text
        if text in self.lex.agents or (len(text) > 2 and text[-2:] in self.lex.agents):
            return True
        return len(text) > 1 and text.endswith(_AGENT_ENDINGS) and text not in self.lex.not_agents and word.tag != "v"

    # -- before the figure ----------------------------------------------------------------------------------------

    def left(self, words: list[Word]) -> Left:
        """The words before a figure, from the last mark or figure on."""
        found = Left()
        rest = self._tail(words, found)
        if found.change or found.share:
            rest = self._basis(rest, found)
        elif not found.start:
            rest = self._share_of(rest, found)
        found.words = self._head(rest, found)
        found.words = self._shortened(found.words)
        found.verb = found.words[: self._deed_end(found.words)]
        return found

    def _deed_end(self, words: list[Word]) -> int:
        """How many words at the front are the leading deed."""
        index = 0
        if len(words) > 1 and words[0].text in _MANNERS and self.is_verb(words[1]):
            index = 1
        while index < len(words) and self.is_verb(words[index]):
            index += 1
        # 开展法治宣传: of two verbs in a row the second is the object when nothing follows it.
        if index == len(words) > 1 and words[index - 1].text in self.lex.event_nouns:
            index -= 1
        # 脱贫户, 留守儿童: a verb that only modifies the noun after it.
        if index == 1 and index < len(words) and not self.is_deed(words[0]) and self._modifies(words, 0):
            index = 0
        return index

    def _shortened(self, words: list[Word]) -> list[Word]:
        """Without the items of an enumeration before 等, and without a long relative clause."""
        deed = self._deed_end(words)
        marks = [i for i, w in enumerate(words) if w.text == "等" and 0 < i < len(words) - 1]
        if marks and any(w.kind == "list" for w in words[deed : marks[-1]]):
            short = sum(len(w.text) for w in words[deed : marks[-1]]) <= 9
            if not (short and words[marks[-1] + 1].text in ("各类", "各项", "各种", "多项", "多种")):
                words = words[:deed] + words[marks[-1] + 1 :]
        if sum(len(w.text) for w in words) > 18:
            last = max((i for i, w in enumerate(words) if w.text == "的" and w.kind == "word"), default=-1)
            if deed <= last < len(words) - 1:
                words = words[:deed] + words[last + 1 :]
        if len(words) > 1 and words[-1].kind == "closed" and words[-1].text[0] in "（(" and len(words[-1].text) > 6:
            words = words[:-1]
        return words

    def _tail(self, words: list[Word], found: Left) -> list[Word]:
        """Take copulas, times and a verb of change off the end."""
        rest = list(words)
        copulas: list[str] = []
        while rest:
            word = rest[-1]
            text = word.text
            before = rest[-2] if len(rest) > 1 else None
            if text == "的" and before is not None and before.kind == "time":
                del rest[-2:]
            elif text in ("到", "至", "成", "为") and before is not None and self._reaches(before.text):
                found.to = True
                rest.pop()
                if before.text not in self.lex.changes:
                    found.change = rest.pop()
                    break
            elif word.kind == "time" or text in _PARTICLES or is_separator(word) or _is_each(word, before):
                rest.pop()
            elif (self._is_change(text) or self._is_increment(rest)) and not _HELD.intersection(copulas):
                found.to = found.to or text[-1] in "至到"
                found.change = word
                rest.pop()
                # 压减, 调增: jieba leaves the first half of some verbs of change.
                while rest and len(rest[-1].text) == 1 and rest[-1].text in self.lex.reaching_verbs:
                    rest.pop()
                break
            elif text in ("占", "占比", "占到", "比重") or (
                text == "比" and before is not None and before.text == "占"
            ):
                found.share = True
                rest.pop()
                if text == "比":
                    rest.pop()
                break
            elif text in ("由", "从", "自", "原来", "原"):
                found.start = True
                rest.pop()
            elif text in self.lex.copulas:
                copulas.append(text)
                rest.pop()
            else:
                break
        found.copula = "".join(reversed(copulas))
        if rest and found.change is None and all(w.kind == "time" or w.text in self.lex.bases for w in rest):
            # 比去年同期的640起减少128起
            found.start = any(w.text in ("比", "较", "与") for w in rest)
            return []
        return rest

    def _share_of(self, rest: list[Word], found: Left) -> list[Word]:
        """占公交车总数的86%: the words before 占 are whose share it is."""
        for index in range(len(rest) - 1, -1, -1):
            if rest[index].kind == "word" and rest[index].text in ("占", "占到"):
                found.share = True
                return rest[:index]
        return rest

    def _is_change(self, text: str) -> bool:
        return text in self.lex.changes or (text[-1:] in ("至", "到") and self._reaches(text[:-1]))

    def _is_increment(self, words: list[Word]) -> bool:
        """较年初新增21.3亿元: 新增 compares where a basis stands before it."""
        return words[-1].text == "新增" and any(w.text in ("比", "较", "同比") for w in words[:-1])

    def _reaches(self, text: str) -> bool:
        return text in self.lex.changes or text in self.lex.reaching_verbs

    def _basis(self, rest: list[Word], found: Left) -> list[Word]:
        """Take the comparison off the end of the words before a verb of change."""
        for index, word in enumerate(rest):
            if word.kind == "word" and word.text in self.lex.bases and index >= len(rest) - 12:
                found.basis, rest = rest[index:], rest[:index]
                break
        while rest and (
            rest[-1].text in ("分别", "均", "也", "已", "却", "又", "再", "仍", "都") or rest[-1].kind == "time"
        ):
            rest = rest[:-1]
        return rest

    def _head(self, words: list[Word], found: Left) -> list[Word]:
        rest = words
        for _ in range(4):
            before = len(rest)
            rest = self._setting(rest)
            rest = self._openers(rest, found)
            rest = self._beneficiary(rest, found)
            rest = self._doer(rest, found)
            rest = self._lead_in(rest)
            rest = self._possession(rest)
            if len(rest) == before:
                break
        return rest

    def _setting(self, words: list[Word]) -> list[Word]:
        """集中行动中拘传…: what goes before the deed up to 中 or 期间 says when."""
        for index in range(1, len(words) - 1):
            if words[index].text in _SETTINGS and words[index].kind == "word" and self.is_verb(words[index + 1]):
                return words[index + 1 :]
        return words

    def _possession(self, words: list[Word]) -> list[Word]:
        """养殖户家有虾稻田: what stands after 有 is counted."""
        for index in range(1, len(words) - 1):
            if words[index].text in ("有", "现有", "共有", "拥有", "设有", "建有", "配有"):
                return words[index + 1 :]
        return words

    def _openers(self, words: list[Word], found: Left) -> list[Word]:
        """Take openers, times, scopes and a named doer off the front."""
        index = 0
        while index < len(words):
            word = words[index]
            text = word.text
            if word.kind == "name":
                if index + 1 == len(words):
                    break
                follower = words[index + 1]
                index += 1
                if follower.text in ("的", "、", "等", "和"):
                    index += 1
                continue
            if (
                word.kind in ("time", "list")
                or text in self.lex.openers
                or text in self.lex.scopes
                or text in _PARTICLES
                or text in self.lex.part_openers
                or (text == "的" and index > 0)
            ):
                # 对 and the like may also open a phrase that is all there is.
                index += 1
                continue
            if text == "成功" and index + 1 < len(words) and words[index + 1].text in self.lex.prepositions:
                index += 1
                continue
            break
        return words[index:]

    def _beneficiary(self, words: list[Word], found: Left) -> list[Word]:
        """Take a leading prepositional phrase off, up to the deed after it."""
        if not words or words[0].text not in self.lex.prepositions or words[0].kind != "word":
            return words
        index = self._first_deed(words, 1)
        if index is None:
            found.preposition = words[0].text
            return words
        return words[index:]

    def _first_deed(self, words: list[Word], start: int) -> int | None:
        """The index of the deed after a prepositional phrase: a plain deed, else what else may be a verb."""
        weak: int | None = None
        event: int | None = None
        for index in range(start, len(words)):
            word = words[index]
            if not self.is_verb(word) or (index + 1 < len(words) and words[index + 1].text == "的"):
                continue
            if self.is_deed(word):
                return index
            if word.text in self.lex.event_nouns:
                event = index
            elif weak is None and word.tag in _VERB_TAGS:
                weak = index
        return event if event is not None else weak

    def _doer(self, words: list[Word], found: Left) -> list[Word]:
        """Take a noun phrase for the doer off: it ends in a noun for those who act, and a verb follows it."""
        if not words or self.is_deed(words[0]):
            return words
        if words[0].kind == "closed" and len(words) > 1 and self.is_deed(words[1]):
            return words[1:]
        for index in range(len(words) - 1):
            word, follower = words[index], words[index + 1]
            if word.text == "的":
                break
            if self.is_agent(word) and follower.kind == "word":
                if follower.text in self.lex.prepositions and not is_separator(follower):
                    return words[index + 1 :]
                if follower.text in _TOTALS and index and word.text.endswith(_OWNERS):
                    return words[index + 1 :]
                if follower.text in self.lex.adverbs:
                    return words[index + 2 :]
            if self.is_agent(word) and self.is_verb(follower) and not self._names_rate(words, index + 1):
                return words[index + 1 :]
            if (
                follower.kind == "word"
                and follower.text in self.lex.adverbs
                and index + 2 < len(words)
                and (self.is_verb(words[index + 2]) or words[index + 2].text in self.lex.prepositions)
            ):
                return words[index + 2 :]
            if self._has_object(words, index + 1):
                return words[index + 1 :]
        return words

    def _has_object(self, words: list[Word], index: int) -> bool:
        """Whether the word at `index` is a deed with an object after it, so that what stands before is its subject."""
        if not self.is_deed(words[index]) or index + 1 >= len(words):
            return False
        follower = words[index + 1]
        if self.is_verb(follower) or follower.text == "的" or is_separator(follower):
            return False
        if index + 2 == len(words) and follower.text in self.lex.head_nouns:
            # 法律帮助案件 is a noun.
            return False
        return not words[-1].text.endswith(self._measures)

    def _names_rate(self, words: list[Word], index: int) -> bool:
        """Whether the verb at `index` only begins a noun (登记率) or ends the phrase as one."""
        if index + 1 == len(words):
            return words[index].text in self.lex.event_nouns
        return words[index + 1].text == "的" or words[index + 1].text in _RATES

    def _modifies(self, words: list[Word], index: int) -> bool:
        """Whether the verb at `index` only modifies the noun after it (参训学员)."""
        text, follower = words[index].text, words[index + 1].text
        if follower == "的" or follower in _RATES:
            return True
        return text in self.lex.modifier_verbs or (text not in self.lex.verbs and follower in self.lex.head_nouns)

    def governed(self, words: list[Word]) -> str | None:
        """The preposition that governs the figure's noun (在…沿河的19个村开展…), if no deed stands in between."""
        for index in range(len(words) - 1, -1, -1):
            word = words[index]
            if word.kind != "word":
                continue
            if self.is_deed(word) and not (index + 1 < len(words) and words[index + 1].text == "的"):
                return None
            if word.text in _GOVERNING and word.text in self.lex.prepositions:
                return word.text
        return None

    def _lead_in(self, words: list[Word]) -> list[Word]:
        if len(words) < 3 or words[0].text not in self.lex.lead_ins or words[0].kind != "word":
            return words
        for index in range(2, len(words)):
            follows = words[index + 1].text if index + 1 < len(words) else ""
            if self.is_deed(words[index]) and follows != "的":
                return words[index:]
        return words

    # -- after the figure -----------------------------------------------------------------------------------------

    def split(self, words: list[Word], people: bool = False) -> tuple[list[Word], list[Word]]:
        """The words after a figure as the noun counted and what is said of it.

        Args:
            words: the words after the figure.
            people: whether the unit names the people counted (人, 人次), so that a verb may follow at once.
        """
        if not words:
            return [], []
        last_of = max((i for i, w in enumerate(words) if w.text == "的" and w.kind == "word"), default=-1)
        if last_of > 0 and self.is_verb(words[0]) and last_of + 1 < len(words):
            # A relative clause first (依托司法所设立的联络点): the noun stands after its 的.
            noun, said = self.split(words[last_of + 1 :])
            return noun, said
        index = 0
        while index < len(words):
            word = words[index]
            if word.kind in ("stop", "figure", "open", "shut"):
                break
            if word.kind == "word":
                if word.text in self.lex.prepositions and word.text not in _CONJUNCTIONS and word.text != "被":
                    break
                if word.text in self.lex.adverbs or word.tag == "d":
                    if index:
                        break
                elif (index or people or self._is_first_verb(words)) and self._starts_saying(words, index):
                    break
            index += 1
        return words[:index], words[index:]

    def _is_first_verb(self, words: list[Word]) -> bool:
        """Whether the first word tells a deed; what jieba calls a verb may be the noun of another (考生参加…)."""
        return self.is_deed(words[0]) or not any(self.is_verb(w) for w in words[1:])

    def _starts_saying(self, words: list[Word], index: int) -> bool:
        word = words[index]
        follower = words[index + 1] if index + 1 < len(words) else None
        if not self.is_verb(word):
            return False
        modifies = follower is not None and (follower.text in self.lex.head_nouns or self.is_agent(follower))
        if modifies and (index == 0 or not self.is_deed(word)):
            return False
        if word.text in self.lex.event_nouns:
            # 捐款 says something of the lawyers at the end of a clause; 服务 in 服务中心 does not.
            return index > 0 and (follower is None or follower.text == "了")
        if follower is not None and follower.text in ("率", "数", "量", "点", "站"):
            return False
        return self.is_deed(word) or word.tag in _VERB_TAGS or word.text in self.lex.lead_ins

    def said(self, words: list[Word]) -> list[Word]:
        """What is said of the noun counted, as name words: openers, beneficiaries and 进行 left out."""
        rest = [w for w in words if w.kind not in ("figure", "time")]
        found = Left()
        for _ in range(3):
            before = len(rest)
            while len(rest) > 1 and rest[0].kind == "word" and (rest[0].tag == "d" or rest[0].text in ("依法", "进行")):
                rest = rest[1:]
            rest = self._openers(rest, found)
            rest = self._beneficiary(rest, found)
            if len(rest) == before:
                break
        if len(rest) > 1 and rest[0].text in ("进行", "予以", "给予"):
            rest = rest[1:]
            while rest and rest[0].text in _PARTICLES:
                rest = rest[1:]
        return rest
