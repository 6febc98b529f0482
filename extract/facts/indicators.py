"""The words before and after a figure, reduced to an indicator's name.

Notes for a newcomer. A bulletin writes a figure after its indicator (办理法律援助案件198件) or before the noun it counts
(设立6家公益服务中心, 12家法院设立了工作站). Either way the clause also holds a doer, times, adverbs, a beneficiary and a
copula, none of which belong to the name. `Peeler.left` takes those off the words before the figure, from both ends;
`Peeler.split` parts the words after it into the noun counted and what is said of it.
"""

from dataclasses import dataclass, field

from extract.facts.phrases import Lexicon, Word

_PARTICLES = frozenset({"了", "着", "过", "得", "地"})
_AGENT_ENDINGS = ("局", "院", "所", "厅", "委", "办", "队", "站", "会", "者", "员", "警")
_GENERAL_VERBS = frozenset({"进行", "开展", "实施", "予以", "给予", "作", "做"})
_VERB_TAGS = frozenset({"v", "vd", "vi", "vg"})
_CONJUNCTIONS = frozenset({"和", "及", "以及", "与", "或", "暨"})


def joined(words: list[Word]) -> str:
    """The words as a name: times, figures and particles left out."""
    text = "".join(w.text for w in words if w.kind not in ("time", "figure") and w.text not in _PARTICLES)
    return text.strip("、的，, ")


def is_separator(word: Word) -> bool:
    """Whether `word` joins the items of a list."""
    return word.kind == "list" or word.text in _CONJUNCTIONS


@dataclass(slots=True)
class Left:
    """What stands before a figure, peeled.

    `words` make the name; `verb` are those of them that are its leading deed. `subject` is a name taken off the front.
    `change` is the verb of change directly before the figure (增长, 减少), `to` whether 到 or 至 follows it (升至),
    `basis` what it is compared with (同比). `preposition` governs the figure's noun (对27家企业…). `copula` are the
    words between indicator and figure. `share` is set for 占.
    """

    words: list[Word] = field(default_factory=list)
    verb: list[Word] = field(default_factory=list)
    subject: str | None = None
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

    # -- word classes ---------------------------------------------------------------------------------------------

    def is_deed(self, word: Word) -> bool:
        """Whether `word` is a verb that names a deed, not a noun made of one."""
        if word.kind != "word":
            return False
        text = word.text
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
        if text in self.lex.agents:
            return True
        return len(text) > 1 and text.endswith(_AGENT_ENDINGS) and text not in self.lex.not_agents and word.tag != "v"

    # -- before the figure ----------------------------------------------------------------------------------------

    def left(self, words: list[Word]) -> Left:
        """The words before a figure, from the last mark or figure on."""
        found = Left()
        rest = self._tail(words, found)
        if found.change or found.share:
            rest = self._basis(rest, found)
        found.words = self._head(rest, found)
        index = 0
        while index < len(found.words) and self.is_verb(found.words[index]):
            index += 1
        # 开展法治宣传: of two verbs in a row the second is the object when nothing follows it.
        if index == len(found.words) > 1 and found.words[index - 1].text in self.lex.event_nouns:
            index -= 1
        found.verb = found.words[:index]
        return found

    def _tail(self, words: list[Word], found: Left) -> list[Word]:
        rest = list(words)
        copulas: list[str] = []
        while rest:
            word = rest[-1]
            text = word.text
            if word.kind == "time" or text in _PARTICLES or is_separator(word):
                rest.pop()
            elif text in ("到", "至", "成", "为") and len(rest) > 1 and rest[-2].text in self.lex.changes:
                found.to = True
                rest.pop()
            elif text in self.lex.changes and not found.change and not copulas_block(copulas):
                if len(text) > 1 and text[-1] in "至到":
                    found.to = True
                found.change = word
                rest.pop()
                break
            elif text in ("占", "占比", "占到") or (text == "比重" and len(rest) == 1):
                found.share = True
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
        return rest

    def _basis(self, rest: list[Word], found: Left) -> list[Word]:
        """Take the comparison off the end of the words before a verb of change."""
        for index, word in enumerate(rest):
            if word.kind == "word" and word.text in self.lex.bases and index >= len(rest) - 12:
                found.basis = rest[index:]
                return rest[:index]
        return rest

    def _head(self, words: list[Word], found: Left) -> list[Word]:
        rest = words
        for _ in range(4):
            before = len(rest)
            rest = self._openers(rest, found)
            rest = self._beneficiary(rest, found)
            rest = self._doer(rest, found)
            rest = self._lead_in(rest)
            if len(rest) == before:
                break
        return rest

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
                if found.subject is None:
                    found.subject = word.name
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
        weak: int | None = None
        for index in range(start, len(words)):
            word = words[index]
            if not self.is_verb(word):
                continue
            if index + 1 < len(words) and words[index + 1].text == "的":
                continue
            if self.is_deed(word):
                return index
            if weak is None and word.tag in _VERB_TAGS and word.text not in self.lex.event_nouns:
                weak = index
        return weak

    def _doer(self, words: list[Word], found: Left) -> list[Word]:
        """Take a noun phrase for the doer off: it ends in a noun for those who act, and a verb follows it."""
        if not words or self.is_verb(words[0]):
            return words
        for index in range(len(words) - 1):
            word, follower = words[index], words[index + 1]
            if word.text == "的":
                break
            if follower.text in self.lex.prepositions and follower.kind == "word" and self.is_agent(word):
                return words[index + 1 :]
            if self.is_agent(word) and self.is_verb(follower) and not self._modifies(words, index + 1):
                return words[index + 1 :]
            if (
                follower.kind == "word"
                and follower.text in self.lex.adverbs
                and index + 2 < len(words)
                and (self.is_verb(words[index + 2]) or words[index + 2].text in self.lex.prepositions)
            ):
                return words[index + 2 :]
            if self.is_deed(follower) and self.is_agent(word):
                return words[index + 1 :]
        return words

    def _modifies(self, words: list[Word], index: int) -> bool:
        """Whether the verb at `index` only modifies the noun after it (参训学员) or is a noun at the end."""
        word = words[index]
        if index + 1 == len(words):
            return word.text in self.lex.event_nouns and word.text not in self.lex.verbs
        return words[index + 1].text == "的" or words[index + 1].text in ("率", "数", "量", "费", "额")

    def _lead_in(self, words: list[Word]) -> list[Word]:
        if len(words) < 3 or words[0].text not in self.lex.lead_ins or words[0].kind != "word":
            return words
        for index in range(2, len(words)):
            follows = words[index + 1].text if index + 1 < len(words) else ""
            if self.is_deed(words[index]) and follows != "的":
                return words[index:]
        return words

    # -- after the figure -----------------------------------------------------------------------------------------

    def split(self, words: list[Word]) -> tuple[list[Word], list[Word]]:
        """The words after a figure as the noun counted and what is said of it."""
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
                if word.text in self.lex.prepositions and word.text not in _CONJUNCTIONS:
                    break
                if word.text in self.lex.adverbs or word.tag == "d":
                    if index:
                        break
                elif self._starts_saying(words, index):
                    break
            index += 1
        return words[:index], words[index:]

    def _starts_saying(self, words: list[Word], index: int) -> bool:
        word = words[index]
        follower = words[index + 1] if index + 1 < len(words) else None
        if not self.is_verb(word):
            return False
        if follower is not None and (follower.text in self.lex.head_nouns or self.is_agent(follower)) and index == 0:
            return False
        if word.text in self.lex.event_nouns:
            # 捐款 says something of the lawyers at the end of a clause; 服务 in 服务中心 does not.
            return index > 0 and (follower is None or follower.text == "了") and word.tag == "v"
        if follower is not None and follower.text in ("率", "数", "量", "点", "站"):
            return False
        return self.is_deed(word) or word.tag in _VERB_TAGS or word.text in self.lex.lead_ins

    def said(self, words: list[Word]) -> list[Word]:
        """What is said of the noun counted, as name words: openers, beneficiaries and 进行 left out."""
        rest = [w for w in words if w.kind not in ("figure", "time")]
        found = Left()
        for _ in range(3):
            before = len(rest)
            rest = self._openers(rest, found)
            rest = self._beneficiary(rest, found)
            if len(rest) == before:
                break
        if len(rest) > 1 and rest[0].text in ("进行", "予以", "给予"):
            rest = rest[1:]
            while rest and rest[0].text in _PARTICLES:
                rest = rest[1:]
        return rest


def copulas_block(copulas: list[str]) -> bool:
    """Whether the copulas met so far keep a verb of change before them from governing the figure (增长的有5家)."""
    return any(c in ("的", "有", "共有", "为", "是") for c in copulas)
