"""Subjects behind a word that a clause begins with: 由某医院救治, 在某县有…, 走进某公司的车间, 被某部授予称号的某所."""

import re
from collections.abc import Callable

from extract.facts.belonging import behind_owner, described
from extract.facts.clause_subject import Subject
from extract.facts.name_index import NameIndex, name_of
from extract.facts.scope_words import DATA, either
from extract.facts.someone import PRIVATE
from extract.layers import Layers
from schemas import Mention

# 经某口岸进出境…: the port's figures.
_PASSED = ("口岸", "港", "机场", "通道")
_EXIST = re.compile(r"[就共现已]?有")
_COMING = re.compile(rf"(?:{either('coming')})了?")
_ROOMS = re.compile(rf"的?[^，。；：、的立办\d]{{0,6}}?(?:{either('rooms')})")
# 由某局主办: who lends a name to what follows; anyone else does it.
_ARRANGES = re.compile(
    r"[^，。；：]{0,4}?(?:主办|承办|协办|合办|共建|主持|召集|组成|组建|担任|兼任|代表|改造|改建)|[\d一两三四五六七八九十]"
)
# What a clause with such a subject begins with.
PREPOSITIONS = frozenset("在经由被") | {w[0] for w in DATA["coming"]}


class Prepositions:
    """Finds them in one bulletin.

    Args:
        named: the subject that a name at the beginning of a clause is.
    """

    def __init__(self, layers: Layers, names: NameIndex, named: Callable[[Mention, int], Subject | None]) -> None:
        self._text = layers.view.text
        self._names = names
        self._named = named

    def of(self, start: int, end: int) -> Subject | None:
        """The subject of the clause whose own words begin at `start`, None if it has none of the kind."""
        mention = self._names.at.get(start + 1)
        match self._text[start]:
            case "在" if mention:
                return self._at(mention, end)
            case "由" if mention:
                return self._doer(mention, end)
            case "经" if mention and mention.text.endswith(_PASSED):
                return Subject((), name_of(mention), start)
            case "被":
                return self._after_relative(start, end)
        coming = _COMING.match(self._text, start, end)
        return self._come_to(coming.end(), end) if coming else None

    def _at(self, mention: Mention, end: int) -> Subject | None:
        """在某县有…, 在某公司，…: who has it, and the firm where the story has come to."""
        if _EXIST.match(self._text, mention.end):
            return self._named(mention, end)
        inner = behind_owner(self._text, mention, self._names)
        return self._come_to(inner.start if inner else mention.start, end)

    def _come_to(self, start: int, end: int) -> Subject | None:
        """走进某公司的车间，…: the firm where the story has come to."""
        mention = self._names.at.get(start) or described(self._text, start, end, self._names)
        if mention is None or mention.type != "ORG" or not PRIVATE.search(mention.text):
            return None
        if mention.end < end and not _ROOMS.fullmatch(self._text, mention.end, end):
            return None
        return Subject((name_of(mention),), name_of(mention), start, brief="place")

    def _doer(self, mention: Mention, end: int) -> Subject | None:
        """由某医院救治，4人出院: whose the figures are, but for what he arranges or is described by."""
        last = self._names.joint(mention, end)[-1].end
        if self._text.find("的", last, end) >= 0 or _ARRANGES.match(self._text, last):
            return None
        named = self._named(mention, end)
        return named and named._replace(brief=named.brief or "place")

    def _after_relative(self, start: int, end: int) -> Subject | None:
        """被某部授予称号的某所挂牌成立了…: the name that the relative clause describes."""
        for mention in self._names.between(start, end):
            if mention.type == "ORG" and self._text[mention.start - 1] == "的":
                return Subject((name_of(mention),), name_of(mention), mention.start)
        return None
