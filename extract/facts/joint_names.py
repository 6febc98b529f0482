"""Names of organisations and places by where they stand, and those that act together: A、B和C."""

import re
from bisect import bisect_left, bisect_right

from extract.facts.name_index import name_of
from extract.facts.references import ends_like
from extract.layers import Layers
from schemas import Mention

_JOINED = re.compile(
    r"[、和与及同/ \n]{1,2}|，?(?:并|及)?(?:会同|联合)|以及|携手|牵手|牵头[，、]?(?:并?(?:会同|联合|协同))?"
)
# 阿里地区9所学校, 某县各学校: those are the partners, not the place.
_QUALIFIES = re.compile(
    r"(?!第?[一二三四五六七八九十]{1,3}届人|[两三四五六七八九十][地方省市县区州旗镇乡村家院局])(?:\d|[两三四五六七八九十数多各]个?)"
)
_KIND = re.compile(r"合作社|公司|集团|学校|医院|协会|商会|大队|支队|街道|居委会|村委会|工作站|司法所")
# 某公司团支部, 某支队某大队: what follows the name that is meant.
_INNER = re.compile(r"(?:团|党)(?:支部|总支|委)|工会|妇联|[一-鿿]{2,4}(?:大队|中队|分公司|科|室)")
# 某省|十四届人大常委会
_CONGRESS = re.compile(
    r"第?[一二三四五六七八九十]{1,3}届(?P<body>人大常委会|人民代表大会常务委员会|人民代表大会|人大(?!代表))"
)
# So many names before a pronoun are searched.
_REACH = 40


class JointNames:
    """The organisations and places of one bulletin, for the rules about who made a document."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._starts = [m.start for m in self._names]
        self._sentences = [s[0] for s in layers.sentences]

    def is_named(self, verb: int, begin: int) -> bool:
        """Whether a name stands between `begin` and `verb`."""
        i = bisect_left(self._starts, verb) - 1
        return i >= 0 and begin <= self._names[i].start and self._names[i].end <= verb

    def last_end(self, offset: int) -> int:
        """Where the last name that begins before `offset` ends."""
        return self._names[bisect_left(self._starts, offset) - 1].end

    def named_at(self, offset: int) -> tuple[str, ...]:
        """The organisations and places that are named together from `offset` on."""
        i = bisect_left(self._starts, offset)
        names: list[str] = []
        while i < len(self._names) and self._starts[i] == offset:
            names.append(self._in_full(self._names[i]))
            link = _JOINED.match(self._text, self._names[i].end)
            offset, i = link.end() if link else -1, i + 1
        return tuple(dict.fromkeys(names))

    def before(self, offset: int) -> list[Mention]:
        """The names before `offset`, the nearest first."""
        last = bisect_left(self._starts, offset)
        return self._names[max(0, last - _REACH) : last][::-1]

    def in_sentence(self, offset: int) -> list[Mention]:
        """The names before `offset` in its sentence, in order."""
        start = self.sentence_start(offset)
        return [m for m in reversed(self.before(offset)) if m.start >= start]

    def sentence_start(self, offset: int) -> int:
        """Where the sentence of `offset` begins."""
        return self._sentences[max(0, bisect_right(self._sentences, offset) - 1)] if self._sentences else 0

    def meant(self, ending: str, offset: int) -> tuple[str, ...]:
        """The name before `offset` that 该`ending` means."""
        for mention in self.before(offset):
            if mention.type != "ORG":
                continue
            name = name_of(mention)
            if ends_like(name, ending):
                return (name,)
            at = name.rfind(ending)
            if at > 1 and len(ending) > 1 and _INNER.fullmatch(name, at + len(ending)):
                return (name[: at + len(ending)],)
        return ()

    def chain_before(self, verb: int, begin: int) -> tuple[tuple[str, ...], int]:
        """The names nearest before the verb within the clause, with where they begin."""
        return self._chain(bisect_left(self._starts, verb) - 1) if self.is_named(verb, begin) else ((), begin)

    def chain_ending(self, end: int) -> tuple[tuple[str, ...], int]:
        """The joint names whose last ends at `end`, with where they begin."""
        i = bisect_left(self._starts, end) - 1
        if i < 0 or self._names[i].end != end:
            return (), end
        return self._chain(i)

    def _chain(self, i: int) -> tuple[tuple[str, ...], int]:
        """The joint names (A、B和C) whose last is the name of index `i`, with where they begin."""
        last = self._names[i]
        names = [] if last.type == "PLACE" and _QUALIFIES.match(self._text, last.end) else [self._in_full(last)]
        while i > 0 and _JOINED.fullmatch(self._text, self._names[i - 1].end, self._names[i].start):
            i -= 1
            names.append(self._in_full(self._names[i]))
        names.reverse()
        return tuple(dict.fromkeys(names)), self._names[i].start

    def _in_full(self, mention: Mention) -> str:
        """The name of `mention`; where that is only its kind (合作社), the one of the kind that was named before."""
        name = name_of(mention)
        if mention.type == "PLACE" and (congress := _CONGRESS.match(self._text, mention.end)):
            return name + congress["body"]
        named = self.meant(name, mention.start) if _KIND.fullmatch(name) else ()
        return named[0] if named else name
