"""What the words around a title say: what was done with the document, and by whom.

Notes for a newcomer. Chinese puts the governing verb before the title (出台《…》) and sometimes after it (《…》印发).
Verbs chain (制定出台, 学习贯彻): the strongest of a chain counts. A preposition after the last verb makes the title a
ground (依据《…》) and nothing more. Titles in a row (《A》《B》和《C》) share both sides.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any, get_args

from extract.data import load_toml
from extract.facts.credits import is_office
from extract.facts.titles import Title
from extract.layers import Layers
from schemas import DocumentAction, DocumentKind, Mention

_DATA: dict[str, Any] = load_toml("facts/data/documents.toml")
_VERBS: dict[str, list[str]] = _DATA["verbs"]
ACTIONS: tuple[DocumentAction, ...] = get_args(DocumentAction)
# A verb's entry may say what must or must not follow it: 会签(?!订|署).
_ACTION_OF: dict[str, DocumentAction] = {
    verb.partition("(?")[0]: action for action in ACTIONS[:-1] for verb in _VERBS[action]
}


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CITED = _either(_VERBS["cited"])
_BEFORE = re.compile(rf"(?P<cited>{_CITED})|(?P<verb>{_either([v for a in ACTIONS[:-1] for v in _VERBS[a]])})")
_CHAINED = re.compile(r"(?:了|和|并|、|与|及|起来|后|好)?")
_FILLER = rf"(?:{_either(_VERBS['fillers'])}){{0,5}}"
# What the law did long ago only dates something: 《…》实施以来, 颁布十周年.
_LONG_AGO = r"(?!以来|之?[后前]|以前|[\d一二两三四五六七八九十]+周年)"
_AFTER: tuple[tuple[DocumentAction, re.Pattern[str]], ...] = tuple(
    (action, re.compile(rf"[ ]?{_FILLER}(?:{_either(_VERBS[f'after_{action}'])}){_LONG_AGO}"))
    for action in ACTIONS
    if f"after_{action}" in _VERBS
)
# 《…》已经市政府第3次常务会议审议通过: the passing may stand far from the title.
_PASSED = re.compile(r"[^。；《]{0,30}(?:(?:审议|表决)(?:并?通过)|予以印发|印发给|公开发布)")
# 《…》是由某局印发的: the doer stands between title and verb.
_MADE_BY = re.compile(
    r"[^。；，《]{0,16}(?:由(?P<doer>[^。；，《]{2,20}?)(?:联合|共同|牵头|组织)*(?:印发|出台|制定|发布|编制|下发|编印|编写|起草|修订)"
    # 《某条例》经市人大常委会第3次会议审议通过: whoever passed it made it.
    r"|[已业]?经(?P<body>[^。；，《]{2,20}?)第?[^。；，《]{0,12}(?:会议)?[^。；，《]{0,6}(?:审议|表决)(?:并?通过))"
)
# 现将《…》印发给你们: whoever signs the notice issues what it brings.
_FORWARDED = re.compile(r"现将$")
_IN_FORCE = re.compile(r"(?:正式)?(?:已|将|于|自)[^，。；《]{0,16}(?:施行|实施|执行|生效)")
# 新修订的《…》: an attribute of the document, not a deed of this bulletin.
_ATTRIBUTE = re.compile(r"(?:修订|修改|颁布|出台|实施|施行|发布|公布)(?:后)?的$")
_MEDIA_BEFORE = re.compile(rf"(?:{_either(_DATA['media']['before'])})(?:了)?(?:《[^》]*》[、和]?|[“”、和])*$")
_MEDIA_AFTER = re.compile(rf"[ ]?等?(?:{_either(_DATA['media']['after'])})")
_MAKER = re.compile(
    rf"(?:{_either(_DATA['makers']['words'])}|[两三四五六七八九十\d]+个?(?:部委|部门|单位|部委局|家单位))"
)
# What stands in quotes names a campaign or a column and governs nothing (“聚焦执行力”).
_QUOTED = re.compile(r"“[^“”]*”")
_AND_OTHERS = re.compile(r"等(?:[\d一二两三四五六七八九十]+)?(?:个|家)?(?:部门|单位|部委|机构)$")
# 阿里地区9所学校, 某县各学校: those are the partners, not the place.
_QUALIFIES = re.compile(r"\d|[两三四五六七八九十数多各]个?")
_AREA = re.compile(r"[省市县区州旗镇乡]里[^，。；]{0,3}$")
_HANDED_OUT = frozenset(_VERBS["handed_out"])
# A name after one of these is not the doer.
_OBLIQUE = re.compile(
    r"(?:对|向|为|给|在|报|经|围绕|针对|指导|督促|根据|按照|依据|要求|走进|依托|参加|来自|组织|授予|推动|协助|邀请|赴|到|被)$"
)
_GROUNDS = frozenset(["根据", "按照", "依据", "落实", "贯彻", "执行"])
_ITS_OWN = re.compile(r"(?:[于在]?[\d年月日初底末今去前]{0,12}|最新|新近|联合|共同|正式)(?:联合|共同|最新)?")
_OWNED = re.compile(r"的[一-鿿]{2,6}")
_WE = re.compile(r"我(?:们|局|委|院|校|处|中心|办|司|厅|支队|大队)")
_ANONYMOUS = re.compile(
    r"(?:当事人|双方|村民|居民|渔船主|业主|商户|学生|家长|群众|职工|员工|会员|代表|志愿者|经营者|从业人员|企业负责人|同事)们?"
    r"(?:们|当场|现场|一起|共同|均|都|纷纷|先后|自愿|郑重|一同)*$"
)
_PARTNER = re.compile(r"(?:与|和|同|会同|联合|携手|跟|及|[与同][^，。；：、与同和]{1,14})$")
_JOINED = re.compile(r"[、和与及同 ]{1,2}|会同|联合|以及")
_LINK = re.compile(r"[ ]?(?:[、，和与及以]|以及|[\n ])?[ ]?")
_INTRODUCES = re.compile(r"(?:如|例如|包括|即|分别是|分别为|其中|了|[“”])?$")
_TITLE_MAKER = re.compile(r"(?P<makers>.{2,60}?)(?:关于|印发|转发)")

_WINDOW = 60
_LONGEST_MAKER = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """One occurrence of a title, read: kind by its surroundings (None if they do not tell), action, issuers."""

    kind: DocumentKind | None
    action: DocumentAction
    issuers: tuple[str, ...]


class Surroundings:
    """Reads the surroundings of titles in one bulletin."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._layers = layers
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._starts = [m.start for m in self._names]
        self._at = {m.start: m for m in self._names}
        self._full = {m.text: m.canonical for m in self._names if m.canonical}
        self._clauses = [c[0] for c in layers.clauses]

    def read(self, titles: list[Title]) -> list[Reading]:
        """The readings of all `titles`, which stand in the order of the text."""
        readings: list[Reading] = []
        for group in self._groups(titles):
            floor = titles[len(readings) - 1].tail if readings else 0
            readings += self._read_group(group, floor)
        return readings

    def _groups(self, titles: list[Title]) -> list[list[Title]]:
        groups: list[list[Title]] = []
        for title in titles:
            if groups and _LINK.fullmatch(self._text, groups[-1][-1].tail, title.start):
                groups[-1].append(title)
            else:
                groups.append([title])
        return groups

    def _read_group(self, group: list[Title], floor: int) -> list[Reading]:
        text = self._text
        start, tail = group[0].start, group[-1].tail
        begin = max(floor, self._clause_start(start), start - _WINDOW)
        if begin >= start - 3 and _INTRODUCES.match(text[begin:start]) and begin > 0 and text[begin - 1] in "：，":
            # 出台一批文件，如《A》《B》: the verb stands in the clause before.
            begin = max(floor, self._clause_start(begin - 1), start - _WINDOW)
        before = _QUOTED.sub(lambda m: "“" + "＿" * (len(m[0]) - 2) + "”", text[begin:start])
        after = text[tail : tail + 40].split("\n")[0]
        action, verb_at = self._before(before)
        verb = begin + verb_at if verb_at is not None else None
        if verb is not None and _ATTRIBUTE.search(before) and not self._chain_before(verb, begin)[0]:
            action, verb = "cited", None
        action = _stronger(action, self._after(after))
        made_by = _MADE_BY.match(text, tail)
        doer = self._at.get(made_by.start(made_by.lastgroup or 0)) if made_by else None
        readings = []
        for title in group:
            kind = title.kind
            if kind is None and (_MEDIA_BEFORE.search(before) or _MEDIA_AFTER.match(after)):
                kind = "media"
            done = self._refined(action, kind, verb)
            issuers = (_name(doer),) if doer else self._issuers(title, done, verb, begin)
            readings.append(Reading(kind, done, issuers))
        return readings

    def _clause_start(self, offset: int) -> int:
        i = bisect_right(self._clauses, offset) - 1
        return self._clauses[i] if i >= 0 else 0

    def _before(self, before: str) -> tuple[DocumentAction, int | None]:
        """The action that the words before a title tell, and where its verb begins."""
        matches = list(_BEFORE.finditer(before))
        if not matches or matches[-1]["cited"]:
            return "cited", None
        first = matches[-1]
        action = _ACTION_OF[first["verb"]]
        for match in reversed(matches[:-1]):
            if match["cited"] or not _CHAINED.fullmatch(before, match.end(), first.start()):
                break
            first = match
            action = _stronger(action, _ACTION_OF[match["verb"]])
        return action, first.start()

    def _after(self, after: str) -> DocumentAction:
        if _PASSED.match(after) or _MADE_BY.match(after):
            return "issued"
        if _IN_FORCE.match(after):
            return "implemented"
        for action, pattern in _AFTER:
            if pattern.match(after):
                return action
        return "cited"

    def _refined(self, action: DocumentAction, kind: DocumentKind | None, verb: int | None) -> DocumentAction:
        """The action in the light of the kind: 发放《…条例》 spreads what others made."""
        handed_out = action == "issued" and verb is not None and self._text[verb : verb + 2] in _HANDED_OUT
        return "studied" if handed_out and kind in ("law", "policy") else action

    def _issuers(self, title: Title, action: DocumentAction, verb: int | None, begin: int) -> tuple[str, ...]:
        if made := self._makers_in_title(title.title):
            return made
        if made := self._maker_before(title.start, begin):
            return made
        text, publisher = self._text, self._layers.head.publisher
        if verb is None and action == "issued" and publisher and _FORWARDED.search(text, begin, title.start):
            return (self._full.get(publisher) or publisher,)
        if verb is None or action not in ("issued", "signed"):
            return ()
        chain, at = self._chain_before(verb, begin)
        if chain:
            if _PARTNER.search(text, max(begin, at - 16), at):
                # 与某行签订《…》: who did, unsaid, is the bulletin's own office.
                return tuple(dict.fromkeys((*(self._carried(at - 1) or self._unsaid(at - 1)), *chain)))
            last = self._names[bisect_left(self._starts, verb) - 1].end
            if _OWNED.fullmatch(text, last, verb):
                # 某镇的渔船主签下: nobody that has a name.
                return ()
            oblique = _OBLIQUE.search(text, max(begin, at - 4), at)
            # 根据市司法局、市财政局8月印发的《…》: the verb is theirs.
            if not oblique or (oblique[0] in _GROUNDS and _ITS_OWN.fullmatch(text, last, verb)):
                return chain
        elif maker := _MAKER.search(text, begin, verb):
            return (maker[0],)
        if _AREA.search(text, max(begin, verb - 6), verb):
            # 县里刚出台了《…》
            return (self._layers.context.place,) if self._layers.context.place else ()
        if _ANONYMOUS.search(text, max(begin, verb - 16), verb):
            return ()
        if _WE.search(text, begin, verb) and (own := self._unsaid(verb)):
            return own
        carried = self._carried(verb)
        if title.kind == "media" or (not carried and text.startswith("的", verb + 2)):
            # Nobody is said to have written the book, or issued what is only called 印发的《…》.
            return carried
        return carried or self._leading(verb) or self._place_in_title(title) or self._unsaid(verb)

    def _place_in_title(self, title: Title) -> tuple[str, ...]:
        """The bulletin's own place where the title begins with its name: 出台《某市扶持办法》 is the place's deed."""
        place = self._layers.context.place
        return (place,) if place and title.kind == "policy" and title.title.startswith(place) else ()

    def _carried(self, offset: int) -> tuple[str, ...]:
        """The subject in force, if the text names one; of joint ones the first, who goes on alone."""
        scopes = self._layers.scopes
        return scopes.named(offset)[:1] if scopes else ()

    def _leading(self, offset: int) -> tuple[str, ...]:
        """The office that the text names and lets act where no other subject is in force."""
        scopes = self._layers.scopes
        lead = scopes.actor(offset) if scopes else None
        return (lead,) if lead and is_office(lead) and any(_name(m) == lead for m in self._names) else ()

    def _unsaid(self, offset: int) -> tuple[str, ...]:
        """The bulletin's own office, which a sentence without a subject tells of."""
        office = self._layers.context.office
        return self._leading(offset) or ((office,) if office else ())

    def _makers_in_title(self, title: str) -> tuple[str, ...]:
        """The offices that a title begins with: 某市司法局 某市财政局关于…的意见."""
        match = _TITLE_MAKER.match(title)
        if match is None:
            return ()
        names = [n for n in re.split(r"[ 　、]+", match["makers"]) if n]
        if not all(self._is_maker(n) for n in names):
            return ()
        return tuple(self._full.get(n) or n for n in names)

    def _is_maker(self, name: str) -> bool:
        return name in self._full or bool(_MAKER.fullmatch(name)) or is_office(name)

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
        i = bisect_left(self._starts, verb) - 1
        if i < 0 or self._names[i].start < begin or self._names[i].end > verb:
            return (), begin
        return self._chain(i)

    def _chain_ending(self, end: int) -> tuple[tuple[str, ...], int]:
        i = bisect_left(self._starts, end) - 1
        if i < 0 or self._names[i].end != end:
            return (), end
        return self._chain(i)

    def _chain(self, i: int) -> tuple[tuple[str, ...], int]:
        """The joint names (A、B和C) whose last is the name of index `i`, with where they begin."""
        last = self._names[i]
        names = [] if last.type == "PLACE" and _QUALIFIES.match(self._text, last.end) else [_name(last)]
        while i > 0 and _JOINED.fullmatch(self._text, self._names[i - 1].end, self._names[i].start):
            i -= 1
            names.append(_name(self._names[i]))
        names.reverse()
        return tuple(dict.fromkeys(names)), self._names[i].start


def _stronger(a: DocumentAction, b: DocumentAction) -> DocumentAction:
    return min(a, b, key=ACTIONS.index)


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text
