"""Who issued or signed a document, by the words around its title.

Notes for a newcomer. The maker may stand in the title itself, right before it, or as the subject of the verb that
governs it: in the verb's clause, else in an earlier one of the sentence, else in whatever subject is in force. Of the
names before the verb some are no makers: where it was done (在某镇签订), on what ground, for whom. Partners (与, 会同,
联合) have made it together with the subject.
"""

import re

from extract.facts.head_names import is_office
from extract.facts.joint_names import JointNames
from extract.facts.name_index import name_of
from extract.facts.notices import brings, signed_by
from extract.facts.places import at_level, division_at
from extract.facts.references import ends_like
from extract.facts.signers import Signers
from extract.facts.summed_up import SummedUp
from extract.facts.title_makers import MAKER, TitleMakers
from extract.facts.titles import Title
from extract.layers import Layers
from extract.ner.gazetteer import official, parents
from schemas import DocumentAction

_AREA = re.compile(r"(?P<level>[省市县区州旗镇乡])里[^，。；]{0,3}$")
# 国家出台了: nobody that has a name.
_NOBODY = re.compile(
    r"(?:国家|中央|上级|各地|各级|多地|[有相]关部门|(?:国家|省级|市级|政策)层面)"
    r"(?:层面|[有相]关部门|近年来|近日|先后|陆续|密集|相继|最近|今年|去年|也|还|已|又|刚刚?|新|专门|联合|正式)*$"
)
# What a name says of the place of the deed, not of who did it.
_WHERE = re.compile(r"(?:在|于|赴|到|走进|来到|前往)$")
# A name after one of these is not the doer.
_OBLIQUE = re.compile(
    r"(?:对|向|为|给|在|报|经|围绕|针对|根据|按照|依据|走进|依托|参加|来自|授予|邀请|赴|到|被)该?$|(?:对|向|为|给)[^，。；的]{1,10}的$"
)
_GROUNDS = frozenset(["根据", "按照", "依据", "落实", "贯彻", "执行"])
_ITS_OWN = re.compile(r"(?:[于在]?[\d年月日初底末今去前]{0,12}|最新|新近|联合|共同|正式)(?:联合|共同|最新)?")
# 某镇的渔船主; the heads of an office sign for it.
_OWNED = re.compile(r"的(?!负责人|代表|领导|法定|法人|主要|相关|有关|分管)[一-鿿]{2,6}")
_WE = re.compile(
    r"(?P<we>我们)(?P<kind>村|镇|乡|社区|街道|公司|学校|医院|合作社|协会|商会|企业)?|我(?:局|委|院|校|处|中心|办|司|厅|支队|大队)"
)
# 辖区12家超市集体签署: nobody that has a name.
_SO_MANY = re.compile(
    r"(?:[^，。；：与和同跟]{0,8}?的?)?\d+[余多]?(?:家|户|名|位)(?![^，。；：]{0,10}(?:与|和|同|跟))[^，。；：]{0,14}"
)
_CAUSED = re.compile(r"组织|督促|指导|引导|推动|要求|督导|发动|动员|促成|邀请")
_OF_KIND = {"委": "委员会"}
_ANONYMOUS = re.compile(
    r"(?:当事人(?:双方)?|双方(?:当事人)?|两家|两人|二人|彼此|夫妻|村民|居民|渔船主|业主|商户|学生|家长|群众|职工|员工|会员|代表|志愿者|经营者|从业人员|企业负责人|同事)们?"
    r"(?:们|当场|现场|一起|共同|均|都|纷纷|先后|自愿|郑重|一同|最终|终于|当即"
    r"|在[^，。；]{1,16}(?:见证|主持|调解|指导|组织|帮助|协调|监督|努力|劝说|推动|担保)下，?)*$"
)
# 组织双方签订: they sign, not who brought them together.
_BROUGHT_TOGETHER = re.compile(
    r"(?:组织|促成|促使|引导|推动|帮助|协助|动员|说服|指导|主持)[^，。；]{0,6}(?:双方(?:当事人)?|当事人(?:双方)?|两家|夫妻)[^，。；的]{0,8}$"
)
# 召集6家站点负责人签下: they sign, not who has them sign.
_HAS_SIGN = re.compile(
    r"(?:组织|召集|邀请|督促|引导|动员|发动|带领|要求|号召|倡导|推动|指导)[^，。；《]{0,10}?"
    r"\d+[余多]?[名家户个位][^，。；《]{0,16}$"
)
# What people agree on among themselves is not signed by the bulletin's office.
_PRIVATE = re.compile(r"调解协议|和解协议|赔偿|还款|谅解|分期|抚养|赡养|补偿协议|分摊|借款|租赁|转让协议")
# 某局、某局参与，共同制定: all of them.
_TAKES_PART = re.compile(r"(?:共同|积极|协同)?(?:参与|参加|配合|协助|支持)的?，?$")
_PARTNER = re.compile(r"(?:与|和|同|会同|联合|携手|跟|及|[与同][^，。；：、与同和]{1,14})$")
# 与该公司签订, 与学校签订, 与其签订: a partner named before.
_PARTNER_MEANT = re.compile(
    r"(?:与|和|同|跟|会同|联合)(?:该(?P<that>[一-鿿]{1,12}?)|(?P<kind>学校|医院|公司|企业|银行|法院|大学|村|社区|协会)"
    r"|(?:其|对方)|(?P<we>我(?:们|局|委|院|校|中心|公司|村)))(?:正式|现场|成功|联合|共同|当场|率先|首次){0,2}$"
)
# 某局会同某局、某局，于4月出台: what stands before the verb.
_TOGETHER_BEFORE = re.compile(r"(?:于|在)?[\d年月日初底末中旬上下]*(?:正式|共同|联合|率先|专门|及时)?")
_WITH_OTHERS = re.compile(r"会同|联合|牵头|携手")
_WITH = re.compile(r"(?:近日|日前)?(?:联合|会同|携手|与|同)")
# 支队与某局联合印发: the first party by its last word.
_SHORT_PARTY = re.compile(
    r"(?P<ending>支队|大队|总队|中队|街道|公司|集团|医院|学校|法院|检察院|中心|协会|合作社|银行|分局)"
    r"(?:近日|日前|还|又|也|再次|先后|分别|随即)?(?:与|和|同|跟|会同|联合)"
)
# 会上发布《…》: whoever held the event acts in it.
_AT_THE_EVENT = re.compile(
    r"(?:活动|仪式|会|座谈|论坛|签约|启动|期间|现场)[^，。；]{0,4}(?:现场|上|中|当天|当日|期间|还)"
    # 双方还商定，共同编制《…》
    r"|(?:[^，。；]{0,6}，)?(?:双|各|[三四五六])方"
)


class Issuers:
    """Finds who issued or signed, in one bulletin."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._layers = layers
        place, office = layers.context.place, layers.context.office
        self._place, self._office = (place,) if place else (), (office,) if office else ()
        self.names = JointNames(layers)
        self._places = {name_of(m) for m in layers.mentions if m.type == "PLACE"}
        # Where each name stands first.
        self._first = {name_of(m): m.start for m in reversed(layers.mentions) if m.type in ("ORG", "PLACE")}
        self._full = {m.text: m.canonical for m in layers.mentions if m.canonical and m.type in ("ORG", "PLACE")}
        self._beside = TitleMakers(self._text, self.names, self._full, place)
        self._signers = Signers(layers, self.names)
        self._summed_up = SummedUp(layers, self.names, self._signers)

    def of(self, title: Title, action: DocumentAction, verb: int | None, begin: int, first: Title) -> tuple[str, ...]:
        """The canonical names of those who made or signed `title`, () if the text does not say.

        Args:
            title: one occurrence of the document.
            action: what is said to be done with it.
            verb: where the verb before the title that says so begins, None if none does.
            begin: where the words that can govern the title begin.
            first: the first of the titles in a row that `title` is one of.
        """
        if made := self._beside.of(title, first, begin):
            return made
        text = self._text
        brought = action == "issued" and brings(text, begin, title.start, title.tail)
        if brought and (made := self._signature(title.end)):
            return made
        if verb is None or action not in ("issued", "signed"):
            return ()
        if action == "signed":
            if _BROUGHT_TOGETHER.search(text, max(begin, verb - 30), verb) or _HAS_SIGN.search(text, begin, verb):
                return ()
            if people := self._signers.before(verb, begin):
                return people
        named = self._in_clause(verb, begin)
        if named is not None:
            return named
        if text.startswith("关于", verb - 2) and (signed := self._signature(title.end, or_publisher=False)):
            return signed
        return self._unnamed(title, verb, begin)

    def _signature(self, offset: int, *, or_publisher: bool = True) -> tuple[str, ...]:
        """The offices that sign the notice of which `offset` is part, else its publisher."""
        if offices := signed_by(self._text, offset):
            return tuple(dict.fromkeys(self._full.get(o) or o for o in offices))
        publisher = self._layers.head.publisher if or_publisher else None
        return (self._full.get(publisher) or publisher,) if publisher else ()

    def _unnamed(self, title: Title, verb: int, begin: int) -> tuple[str, ...]:
        """The makers where the verb's clause names none."""
        text = self._text
        if area := _AREA.search(text, max(begin, verb - 6), verb):
            # 县里刚出台了《…》
            return self._area(area["level"])
        if (together := self._summed_up.before(verb, begin)) is not None:
            return together
        if _ANONYMOUS.search(text, max(begin, verb - 34), verb) or _NOBODY.search(text, max(begin, verb - 12), verb):
            return ()
        if _SO_MANY.fullmatch(text, begin, verb) and not _CAUSED.search(text, begin, verb):
            return ()
        if (we := _WE.search(text, begin, verb)) and (own := self._ourselves(verb, we)):
            return own
        if _PRIVATE.search(title.title):
            people = [name for _, name in self._signers.in_sentence(verb)]
            return tuple(dict.fromkeys(people)) if len(people) < 3 else ()
        carried = self._carried(verb)
        if title.kind == "media" or (not carried and text.startswith("的", verb + 2)):
            # Nobody is said to have written the book, or issued what is only called 印发的《…》.
            return carried
        return carried or self._leading(verb) or self._place_in_title(title) or self._unsaid(verb)

    def _area(self, level: str) -> tuple[str, ...]:
        """The division that 市里 means: the bulletin's own, or the one that it belongs to."""
        if not self._place or at_level(self._place[0], level):
            return self._place
        above = parents(official(self._place[0]))
        return next(((p,) for p in above if at_level(p, level)), self._place if level in "镇乡" else ())

    def _ourselves(self, offset: int, we: re.Match[str] | None) -> tuple[str, ...]:
        """Whom 我们, 我们村 and 我局 mean: whoever's office or village speaks, else the bulletin's own office."""
        speakers = self._signers.office_speaking(offset) if we else None
        if we and not we["we"]:
            # 我局: the one that ends so.
            ours = (o for o in (speakers, self._office[0] if self._office else None) if o)
            return next(
                ((o,) for o in ours if ends_like(o, we[0][1:]) or ends_like(o, _OF_KIND.get(we[0][1:], "　"))),
                self._unsaid(offset),
            )
        if we and (kind := we["kind"]):
            at = speakers.find(kind) if speakers else -1
            return (speakers[: at + len(kind)],) if speakers and at > 0 else self.names.meant(kind, offset)
        return (speakers,) if speakers else self._unsaid(offset)

    def _in_clause(self, verb: int, begin: int) -> tuple[str, ...] | None:
        """The makers that the verb's clause names, () if those have no names, None if it is silent."""
        text = self._text
        if meant := _PARTNER_MEANT.search(text, max(begin, verb - 20), verb):
            makers = self.names.chain_before(meant.start(), begin)[0] or self._carried(verb) or self._unsaid(verb)
            return tuple(dict.fromkeys((*makers, *self._partner_meant(meant, makers))))
        if _TAKES_PART.search(text, max(0, begin - 6), begin) and not self.names.is_named(verb, begin):
            named = self.names.chain_before(begin, self.names.sentence_start(begin))[0]
            if len(named) > 1:
                return named
        if _TOGETHER_BEFORE.fullmatch(text, begin, verb) and text[begin - 1 : begin] == "，":
            named, at = self.names.chain_ending(begin - 1)
            if len(named) > 1 and _WITH_OTHERS.search(text, at, begin):
                return named
        chain, at = self.names.chain_before(verb, begin)
        last = verb
        while chain and _WHERE.search(text, max(begin, at - 2), at):
            last = at
            chain, at = self.names.chain_before(at, begin)
        if not chain:
            maker = MAKER.search(text, begin, verb) if last == verb else None
            return (self._summed_up.before(verb, begin) or (maker[0],)) if maker else None
        partner = _PARTNER.search(text, max(begin, at - 16), at)
        if partner and not (len(partner[0]) == 1 and text[partner.start() - 1] in "》）"):
            # 与某行签订《…》: who did, unsaid, is the bulletin's own office; of places, its place.
            return tuple(dict.fromkeys((*self._first_party(partner, begin, chain), *chain)))
        end = self.names.last_end(last)
        if _OWNED.fullmatch(text, end, verb):
            # 某镇的渔船主签下: nobody that has a name.
            return ()
        oblique = _OBLIQUE.search(text, max(begin, at - 12), at)
        # 根据市司法局、市财政局8月印发的《…》: the verb is theirs.
        return chain if not oblique or (oblique[0] in _GROUNDS and _ITS_OWN.fullmatch(text, end, verb)) else None

    def _first_party(self, partner: re.Match[str], begin: int, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Who stands before the words `partner` (与, 与辖区企业) that introduce the partners."""
        text, at = self._text, partner.start()
        first, start = self.names.chain_before(at, begin)
        if first and not _WHERE.search(text, max(begin, start - 2), start):
            # 某局局长某某与某行签订
            return first
        if people := self._signers.before(at, begin):
            return people
        if we := _WE.search(text, max(begin, at - 8), at):
            return self._ourselves(at, we)
        if text.startswith("我", at - 1) and at > begin and (speaker := self._signers.speaker(at)):
            return (speaker,)
        if carried := self._carried(at):
            return self._alone(carried, at)
        short = _SHORT_PARTY.search(text, max(begin, at - 10), partner.end())
        if short and (meant := self.names.meant(short["ending"], short.start())):
            return meant
        if self._place and self._places.issuperset(partners):
            return self._place
        return self._office or self._leading(at)

    def _alone(self, makers: tuple[str, ...], offset: int) -> tuple[str, ...]:
        """Of `makers` who do more with others: 甲 of 甲联合乙印发《…》，并与丙会签《…》, both of 甲、乙印发."""
        acting = [m for m in self.names.in_sentence(offset) if name_of(m) in makers[:2]]
        if len(acting) > 1 and _WITH.match(self._text, acting[0].end, acting[1].start):
            return makers[:1]
        return makers

    def _partner_meant(self, meant: re.Match[str], makers: tuple[str, ...]) -> tuple[str, ...]:
        """Whom 该公司, 学校 or 其 means that the `makers` sign with; those without 该 are named in the sentence."""
        if us := meant["we"]:
            return self._ourselves(meant.start(), _WE.match(us))
        if that := meant["that"]:
            place = division_at(makers[0], that[0]) if makers and is_office(that) else None
            return (place + that[1:],) if place else self.names.meant(that, meant.start())
        for mention in reversed(self.names.in_sentence(meant.start())):
            name, kind = name_of(mention), meant["kind"]
            if name not in makers and (ends_like(name, kind.removeprefix("学")) if kind else mention.type == "ORG"):
                return (name,)
        return ()

    def _place_in_title(self, title: Title) -> tuple[str, ...]:
        """The bulletin's own place where the title begins with its name: 出台《某市扶持办法》 is the place's deed."""
        if title.kind != "policy" or not title.title.startswith(self._place or "《"):
            return ()
        return self._office if title.title.startswith(self._office or "《") else self._place

    def _carried(self, offset: int) -> tuple[str, ...]:
        """The subject in force, if the text names one; of joint ones of another sentence the first goes on alone."""
        scopes = self._layers.scopes
        names = scopes.named(offset) if scopes else ()
        if len(names) > 1:
            here = {name_of(m) for m in self.names.in_sentence(offset)}
            start = self.names.sentence_start(offset)
            together = here.issuperset(names[1:]) or _AT_THE_EVENT.match(self._text, start, offset)
            names = names if together else names[:1]
        return names

    def _leading(self, offset: int) -> tuple[str, ...]:
        """The office that the text names and lets act where no other subject is in force."""
        scopes = self._layers.scopes
        lead = scopes.actor(offset) if scopes else None
        first = self._first.get(lead, offset) if lead else offset
        # Whoever acts only later in the text does not lead here.
        return (
            (lead,) if lead and is_office(lead) and (first < offset or not self._office) and lead in self._first else ()
        )

    def _unsaid(self, offset: int) -> tuple[str, ...]:
        """The bulletin's own office, which a sentence without a subject tells of."""
        return self._leading(offset) or self._office
