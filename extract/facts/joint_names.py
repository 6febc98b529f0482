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
_SESSION = re.compile(r"第[一二三四五六七八九十]{1,3}届(?=人大常委会|人民代表大会)")
# 某局、某局和象屿集团签订: the last of a list, up to the verb.
_MORE = re.compile(
    r"(?:则|也|还|又|随后|先后|再次|日前|近日|分别)?[、和与及跟同](?P<names>[一-鿿A-Za-z（）、和与]{3,40}?)"
    r"(?:等)?(?:近日|日前|联合|共同|正式|分别|成功|现场|当场|携手|先后|再次|续|集中|一起|就[^，。；]{2,16})*"
)
_SEPARATOR = re.compile(r"[、和与]")
_PIECE = re.compile(
    r"(?:^|[，。；：、和与\n日]|近日|日前|当天|今年|去年|上午|下午|随后|其中)(?P<name>[一-鿿A-Za-z（）]{3,24})$"
)
# What a name does not hold: it would begin with a deed.
_NO_NAME = re.compile(
    r"[的了在对将把被为向按由使让请各]|组织|会同|联合(?!会)|邀请|指导|督促|通过|围绕|推动|参加|开展|根据|协调|部门|单位|等|相关|有关"
    r"|辖区|当地|本地|代表|该|书记|[局院所校会行部]长|主任|经理|[两三四五多\d][家个]"
)
_ENDINGS = (
    r"(?:公司|集团|银行|支行|分行|大学|学院|学校|医院|医专|协会|商会|学会|联合会|合作社|研究院|研究所|事务所|中心|基金会"
    r"|滑雪场|景区|度假区|小镇|酒店|宾馆|商场|市场|超市|园区|药房|药店|俱乐部|物业|总段|公路段|总社|联社|供销社|车站|检查站|派出所|海事处|海关|管委会|管理处|林场|农场|幼儿园|[小中]学|卫生院|保健院|总队|委员会|政府|办事处|村委会|居委会"
    r"|国资委|残联|工商联|[一-鿿]{2}局|[一-鿿]委|办公室|法院|检察院|支队|大队|街道)"
)
_ENDING = re.compile(f"{_ENDINGS}$")
# 同绥芬河 | 车站签订: the rest of a name that is known by its place only.
_REST = re.compile(
    rf"(?P<rest>(?:(?![和与同跟则及])[一-鿿]){{0,10}}?{_ENDINGS})(?:近日|日前|联合|共同|正式|分别|成功|现场|当场|携手|先后|再次|续|一起|则|也|还|又)*"
)
_LONGEST_PIECE = 30
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
        if not self.is_named(verb, begin):
            return (), begin
        i = bisect_left(self._starts, verb) - 1
        names, start = self._chain(i)
        if self._names[i].type == "PLACE" and names and (rest := _REST.fullmatch(self._text, self._names[i].end, verb)):
            whole = self._text[self._names[i].start : self._names[i].end] + rest["rest"]
            names = (*names[:-1], whole) if _is_name(whole) else names
        return self._unlisted(names, start, verb, begin)

    def _unlisted(self, names: tuple[str, ...], start: int, verb: int, begin: int) -> tuple[tuple[str, ...], int]:
        """`names` with those that stand in the same list and are no mentions, by what they end with."""
        text = self._text
        if more := _MORE.fullmatch(text, self.last_end(verb), verb):
            parts = [p for p in _SEPARATOR.split(more["names"]) if p]
            if all(map(_is_name, parts)):
                names = (*names, *parts)
        while start - 1 > begin and text[start - 1] in "、和与及":
            listed, at = self.chain_ending(start - 1)
            if listed and at >= begin:
                names, start = (*listed, *names), at
                continue
            piece = _PIECE.search(text, max(0, begin - 1, start - _LONGEST_PIECE), start - 1)
            if piece is None or not _is_name(piece["name"]) or self._is_cut(piece.start("name"), start):
                break
            names, start = (piece["name"], *names), piece.start("name")
        return tuple(dict.fromkeys(names)), start

    def _is_cut(self, start: int, end: int) -> bool:
        """Whether a name begins within `[start, end)` and not with it, as 果洛 does with 果洛公路总段."""
        i = bisect_left(self._starts, end) - 1
        return i >= 0 and self._starts[i] > start

    def joint_in(self, start: int, end: int) -> list[tuple[str, ...]]:
        """The names in `[start, end)` by those that stand together, in order."""
        groups: list[tuple[str, ...]] = []
        i, first = bisect_left(self._starts, end) - 1, bisect_left(self._starts, start)
        while i >= first:
            names, at = self._chain(i)
            names, at = self._unlisted(names, at, self._names[i].end, start)
            groups.append(names)
            i = min(i, bisect_left(self._starts, at)) - 1
        groups.reverse()
        return groups

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
        name = _SESSION.sub("", name_of(mention))
        if mention.type == "PLACE" and (congress := _CONGRESS.match(self._text, mention.end)):
            return name + congress["body"]
        named = self.meant(name, mention.start) if _KIND.fullmatch(name) else ()
        return named[0] if named else name


def _is_name(piece: str) -> bool:
    """Whether what stands in a list of names is one itself."""
    return len(piece) >= 4 and _ENDING.search(piece) is not None and _NO_NAME.search(piece) is None
