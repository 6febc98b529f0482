"""Who issued or signed a document, by the words around its title.

Notes for a newcomer. The maker may stand in the title itself, right before it, or as the subject of the verb that
governs it: in the verb's clause, else in an earlier one of the sentence, else in whatever subject is in force. Of the
names before the verb some are no makers: where it was done (在某镇签订), on what ground, for whom. Partners (与, 会同,
联合) have made it together with the subject.
"""

import re
from bisect import bisect_left, bisect_right
from typing import Any

from extract.data import load_toml
from extract.facts.head_names import is_office
from extract.facts.references import ends_like
from extract.facts.titles import Title
from extract.layers import Layers
from schemas import DocumentAction, Mention

_DATA: dict[str, Any] = load_toml("facts/data/documents.toml")
_MAKER = re.compile(
    rf"(?:{'|'.join(sorted(_DATA['makers']['words'], key=len, reverse=True))}"
    r"|[两三四五六七八九十\d]+个?(?:部委|部门|单位|部委局|家单位))"
)
_TITLE_MAKER = re.compile(r"(?P<makers>.{2,60}?)(?:关于|印发|转发)")
_AND_OTHERS = re.compile(r"等(?:[\d一二两三四五六七八九十]+)?(?:个|家)?(?:部门|单位|部委|机构)$")
# 阿里地区9所学校, 某县各学校: those are the partners, not the place.
_QUALIFIES = re.compile(r"\d|[两三四五六七八九十数多各]个?")
# 现将《…》印发给你们: whoever signs the notice issues what it brings.
_FORWARDED = re.compile(r"现将$")
_AREA = re.compile(r"[省市县区州旗镇乡]里[^，。；]{0,3}$")
# What a name says of the place of the deed, not of who did it.
_WHERE = re.compile(r"(?:在|于|赴|到|走进|来到|前往)$")
# A name after one of these is not the doer.
_OBLIQUE = re.compile(r"(?:对|向|为|给|在|报|经|围绕|针对|根据|按照|依据|走进|依托|参加|来自|授予|邀请|赴|到|被)$")
_GROUNDS = frozenset(["根据", "按照", "依据", "落实", "贯彻", "执行"])
_ITS_OWN = re.compile(r"(?:[于在]?[\d年月日初底末今去前]{0,12}|最新|新近|联合|共同|正式)(?:联合|共同|最新)?")
# 某镇的渔船主; the heads of an office sign for it.
_OWNED = re.compile(r"的(?!负责人|代表|领导|法定|法人|主要|相关|有关|分管)[一-鿿]{2,6}")
_WE = re.compile(r"我(?:们|局|委|院|校|处|中心|办|司|厅|支队|大队)")
_ANONYMOUS = re.compile(
    r"(?:当事人|双方|村民|居民|渔船主|业主|商户|学生|家长|群众|职工|员工|会员|代表|志愿者|经营者|从业人员|企业负责人|同事)们?"
    r"(?:们|当场|现场|一起|共同|均|都|纷纷|先后|自愿|郑重|一同)*$"
)
# 三方签署, 两地签订: those named together before. Of two places one is the bulletin's own.
_ALL_OF_THEM = re.compile(
    r"(?:[双两三四五六七八多各](?P<of>方|地|市|县|区|省|州|旗|镇|乡|村|局|院|家|校|单位|部门|队))[一-鿿]{0,6}$"
)
_PARTNER = re.compile(r"(?:与|和|同|会同|联合|携手|跟|及|[与同][^，。；：、与同和]{1,14})$")
# 与该公司签订, 与学校签订, 与其签订: a partner named before.
_PARTNER_MEANT = re.compile(
    r"(?:与|和|同|跟|会同|联合)(?:该(?P<that>[一-鿿]{1,4}?)|(?P<kind>学校|医院|公司|企业|银行|法院|大学|村|社区|协会)"
    r"|(?:其|对方))(?:正式|现场|成功|联合|共同|当场|率先|首次){0,2}$"
)
_JOINED = re.compile(r"[、和与及同 \n]{1,2}|会同|联合|以及|携手|牵手")
# 支队与某局联合印发: the first party by its last word.
_SHORT_PARTY = re.compile(
    r"(?P<ending>支队|大队|总队|中队|街道|公司|集团|医院|学校|法院|检察院|中心|协会|合作社|银行|分局)"
    r"(?:近日|日前|还|又|也|再次|先后|分别|随即)?(?:与|和|同|跟|会同|联合)"
)
# 会上发布《…》: whoever held the event acts in it.
_AT_THE_EVENT = re.compile(
    r"(?:活动|仪式|会|座谈|论坛|签约|启动|期间|现场)[^，。；]{0,4}(?:现场|上|中|当天|当日|期间|还)"
)

_KIND = re.compile(r"合作社|公司|集团|学校|医院|协会|商会|大队|支队|街道|居委会|村委会|工作站|司法所")

_LONGEST_MAKER = 30
# So many names before a pronoun are searched.
_REACH = 40


class Issuers:
    """Finds who issued or signed, in one bulletin."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._layers = layers
        place, office = layers.context.place, layers.context.office
        self._place, self._office = (place,) if place else (), (office,) if office else ()
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._starts = [m.start for m in self._names]
        self._places = {_name(m) for m in self._names if m.type == "PLACE"}
        self._full = {m.text: m.canonical for m in self._names if m.canonical}
        self._sentences = [s[0] for s in layers.sentences]
        self._clauses = [c[0] for c in layers.clauses]

    def of(self, title: Title, action: DocumentAction, verb: int | None, begin: int) -> tuple[str, ...]:
        """The canonical names of those who made or signed `title`, () if the text does not say.

        Args:
            title: one occurrence of the document.
            action: what is said to be done with it.
            verb: where the verb before the title that says so begins, None if none does.
            begin: where the words that can govern the title begin.
        """
        if made := self._makers_in_title(title.title) or self._maker_before(title.start, begin):
            return made
        text, publisher = self._text, self._layers.head.publisher
        if verb is None and action == "issued" and publisher and _FORWARDED.search(text, begin, title.start):
            return (self._full.get(publisher) or publisher,)
        if verb is None or action not in ("issued", "signed"):
            return ()
        named = self._in_clause(verb, begin)
        if named is not None:
            return named
        if _AREA.search(text, max(begin, verb - 6), verb):
            # 县里刚出台了《…》
            return self._place
        if together := self._all_of_them(verb, begin):
            return together
        if _ANONYMOUS.search(text, max(begin, verb - 16), verb):
            return ()
        if _WE.search(text, begin, verb) and (own := self._unsaid(verb)):
            return own
        carried = self._carried(verb)
        if title.kind == "media" or (not carried and text.startswith("的", verb + 2)):
            # Nobody is said to have written the book, or issued what is only called 印发的《…》.
            return carried
        return carried or self._leading(verb) or self._place_in_title(title) or self._unsaid(verb)

    def is_named(self, verb: int, begin: int) -> bool:
        """Whether a name stands between `begin` and `verb`."""
        i = bisect_left(self._starts, verb) - 1
        return i >= 0 and begin <= self._names[i].start and self._names[i].end <= verb

    def named_at(self, offset: int) -> tuple[str, ...]:
        """The organisations and places that are named together from `offset` on."""
        i = bisect_left(self._starts, offset)
        names: list[str] = []
        while i < len(self._names) and self._starts[i] == offset:
            names.append(_name(self._names[i]))
            link = _JOINED.match(self._text, self._names[i].end)
            offset, i = link.end() if link else -1, i + 1
        return tuple(dict.fromkeys(names))

    def _in_clause(self, verb: int, begin: int) -> tuple[str, ...] | None:
        """The makers that the verb's clause names, () if those have no names, None if it is silent."""
        text = self._text
        if meant := _PARTNER_MEANT.search(text, max(begin, verb - 14), verb):
            makers = self._chain_before(meant.start(), begin)[0] or self._carried(verb) or self._unsaid(verb)
            return tuple(dict.fromkeys((*makers, *self._partner_meant(meant, makers))))
        chain, at = self._chain_before(verb, begin)
        last = verb
        while chain and _WHERE.search(text, max(begin, at - 2), at):
            last = at
            chain, at = self._chain_before(at, begin)
        if not chain:
            maker = _MAKER.search(text, begin, verb) if last == verb else None
            return (maker[0],) if maker else None
        if partner := _PARTNER.search(text, max(begin, at - 16), at):
            # 与某行签订《…》: who did, unsaid, is the bulletin's own office; of places, its place.
            return tuple(dict.fromkeys((*self._first_party(partner, begin, chain), *chain)))
        end = self._names[bisect_left(self._starts, last) - 1].end
        if _OWNED.fullmatch(text, end, verb):
            # 某镇的渔船主签下: nobody that has a name.
            return ()
        oblique = _OBLIQUE.search(text, max(begin, at - 4), at)
        # 根据市司法局、市财政局8月印发的《…》: the verb is theirs.
        return chain if not oblique or (oblique[0] in _GROUNDS and _ITS_OWN.fullmatch(text, end, verb)) else None

    def _first_party(self, partner: re.Match[str], begin: int, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Who stands before the words `partner` (与, 与辖区企业) that introduce the partners."""
        text, at = self._text, partner.start()
        first, start = self._chain_before(at, begin)
        if first and not _WHERE.search(text, max(begin, start - 2), start):
            # 某局局长某某与某行签订
            return first
        if carried := self._carried(at):
            return carried
        short = _SHORT_PARTY.search(text, max(begin, at - 10), partner.end())
        if short and (meant := self._meant(short["ending"], short.start())):
            return meant
        if self._place and self._places.issuperset(partners):
            return self._place
        return self._office or self._leading(at)

    def _all_of_them(self, verb: int, begin: int) -> tuple[str, ...]:
        """Those whom 三方 and 两地 before the verb sum up: all named together before, or a place and one's own."""
        meant = _ALL_OF_THEM.search(self._text, max(begin, verb - 10), verb)
        scopes = self._layers.scopes
        if meant is None or scopes is None:
            return ()
        clause = self._clauses[max(0, bisect_right(self._clauses, meant.start()) - 1)]
        parties = scopes.named(clause - 1) if clause else ()
        if len(parties) > 1:
            return parties
        if self._place and meant["of"] in "地市县区省州旗":
            place = self._place[0]
            other = next((_name(m) for m in self._before(meant.start()) if m.type == "PLACE"), place)
            return () if other.endswith(place) or place.startswith(other) else (place, other)
        here = tuple(dict.fromkeys(_name(m) for m in self._named_here(meant.start()) if m.type == "ORG"))
        return here if len(here) == 2 else ()

    def _before(self, offset: int) -> list[Mention]:
        """The names before `offset`, the nearest first."""
        last = bisect_left(self._starts, offset)
        return self._names[max(0, last - _REACH) : last][::-1]

    def _named_here(self, offset: int) -> list[Mention]:
        """The names before `offset` in its sentence, in order."""
        start = self._sentence_start(offset)
        return [m for m in reversed(self._before(offset)) if m.start >= start]

    def _sentence_start(self, offset: int) -> int:
        return self._sentences[max(0, bisect_right(self._sentences, offset) - 1)]

    def _partner_meant(self, meant: re.Match[str], makers: tuple[str, ...]) -> tuple[str, ...]:
        """Whom 该公司, 学校 or 其 means that the `makers` sign with; those without 该 are named in the sentence."""
        if meant["that"]:
            return self._meant(meant["that"], meant.start())
        for mention in reversed(self._named_here(meant.start())):
            name, kind = _name(mention), meant["kind"]
            if name not in makers and (ends_like(name, kind.removeprefix("学")) if kind else mention.type == "ORG"):
                return (name,)
        return ()

    def _meant(self, ending: str, offset: int) -> tuple[str, ...]:
        """The name before `offset` that 该`ending` means."""
        for mention in self._before(offset):
            if mention.type == "ORG" and ends_like(_name(mention), ending):
                return (_name(mention),)
        return ()

    def _place_in_title(self, title: Title) -> tuple[str, ...]:
        """The bulletin's own place where the title begins with its name: 出台《某市扶持办法》 is the place's deed."""
        return self._place if title.kind == "policy" and title.title.startswith(self._place or "《") else ()

    def _carried(self, offset: int) -> tuple[str, ...]:
        """The subject in force, if the text names one; of joint ones of another sentence the first goes on alone."""
        scopes = self._layers.scopes
        names = scopes.named(offset) if scopes else ()
        if len(names) > 1:
            here = {_name(m) for m in self._named_here(offset)}
            start = self._sentence_start(offset)
            together = here.issuperset(names[1:]) or _AT_THE_EVENT.match(self._text, start, offset)
            names = names if together else names[:1]
        return names

    def _leading(self, offset: int) -> tuple[str, ...]:
        """The office that the text names and lets act where no other subject is in force."""
        scopes = self._layers.scopes
        lead = scopes.actor(offset) if scopes else None
        return (lead,) if lead and is_office(lead) and any(_name(m) == lead for m in self._names) else ()

    def _unsaid(self, offset: int) -> tuple[str, ...]:
        """The bulletin's own office, which a sentence without a subject tells of."""
        return self._leading(offset) or self._office

    def _makers_in_title(self, title: str) -> tuple[str, ...]:
        """The offices that a title begins with: 某市司法局 某市财政局关于…的意见."""
        match = _TITLE_MAKER.match(title)
        if match is None:
            return ()
        names = [n for n in re.split(r"[ 　、]+", match["makers"]) if n]
        if not all(n in self._full or _MAKER.fullmatch(n) or is_office(n) for n in names):
            return ()
        return tuple(self._full.get(n) or n for n in names)

    def _maker_before(self, start: int, begin: int) -> tuple[str, ...]:
        """Whoever stands right before the title: 国务院办公厅《…》, 省民政厅等九部门《…》."""
        begin = max(begin, start - _LONGEST_MAKER)
        if others := _AND_OTHERS.search(self._text, begin, start):
            start = others.start() if self._chain_ending(others.start())[0] else start
        chain, at = self._chain_ending(start)
        if chain and at >= begin:
            return chain
        for maker in _MAKER.finditer(self._text, begin, start):
            if maker.end() == start:
                return (maker[0],)
        return ()

    def _chain_before(self, verb: int, begin: int) -> tuple[tuple[str, ...], int]:
        """The names nearest before the verb within the clause, with where they begin."""
        return self._chain(bisect_left(self._starts, verb) - 1) if self.is_named(verb, begin) else ((), begin)

    def _chain_ending(self, end: int) -> tuple[tuple[str, ...], int]:
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
        name = _name(mention)
        named = self._meant(name, mention.start) if _KIND.fullmatch(name) else ()
        return named[0] if named else name


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text
