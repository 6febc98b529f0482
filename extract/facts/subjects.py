"""The explicit subject of a clause.

Notes for a newcomer. A subject stands at the beginning of its clause, with nothing before it but times, connectives
and list marks. It is a mention (ORG or PLACE; several joined ones act together); or a topic such as 全市 and 我县,
resolved by the subject in force and the bulletin's own place; or a reference such as 该局 or a bare 工作站, resolved by
the mentions before it; or people who stand for nobody named (各地, 全体), who end the subject in force.
"""

import re

from extract.facts.addressee import addressed, find_addressee, find_interviewed
from extract.facts.belonging import behind_owner, behind_role, described
from extract.facts.clause_beginning import begins_with
from extract.facts.clause_subject import Subject
from extract.facts.head_names import is_media
from extract.facts.name_index import NameIndex, name_of
from extract.facts.office_keys import bare_names
from extract.facts.own_place import NATION
from extract.facts.places import at_level, divisions_of
from extract.facts.prepositions import PREPOSITIONS, Prepositions
from extract.facts.quotes import Quotes
from extract.facts.references import References, ends_like
from extract.facts.scope_words import DATA, either
from extract.facts.someone import PRIVATE, Someone
from extract.facts.together import Together
from extract.facts.turns import Turns
from extract.facts.units import Units
from extract.layers import Layers
from schemas import Mention

_AFTER_DURATION = re.compile(either("after_duration"))
_AND_OTHERS = re.compile(
    r"[”]?(?:[、和][^，。；：\n]{1,20}?)?等(?:\d|[一二两三四五六七八九十多各地处县市区乡镇村旗]|部门|单位)"
)
_BUREAU = re.compile(r"[一-鿿]{0,4}[省市县区州旗](?P<kind>局|厅|院|委|支队|大队)")
_SEEN_AT = re.compile(r"(?:本报|本网)?记者.{0,4}?(?:在|走进|来到)")
_BRANCHES: dict[str, str] = DATA["branches"]
_BRANCH_WORD = re.compile(rf"(?:{either('branches')})(?![局院厅部员人官])")
_NO_OFFICE = ("市", "县", "区", "镇", "乡", "村", "社区", "街道", "厂", "公司", "小区", "省", "州", "旗")
_OTHERS_OWN = re.compile(
    r"某|至|[一二三四五六]期(?!间)|[^，。；：、]{0,4}分会场|的[^，。；：、\n]{1,8}[前里上内旁边](?=[，。；\n])|[^，。；：、]{0,6}?(?:承办|承建|监测|经营|生产|举行)(?:过)?的"
)
_PARTED = re.compile(r"[、和]")
_SEVERAL = re.compile(r"[两二三四五六七][院地局校所]")
_FINED = re.compile(r"(?:公司|集团|厂|矿|店|馆|酒楼|超市|商行|诊所|药房|经营部|门市部|网吧|KTV|合作社|作坊|摊|场)$")
_MEMBERS = re.compile(r"代表|委员")
_ATTENDS = re.compile(rf"(?:{either('attending')})(?:了?$|(?=[，。；]))")
# 甲县派来医师6名: to those of whom the text goes on to tell.
_SENDS = re.compile(r"[派捐送拉调运寄]来")
_LISTENS = ("听课", "听讲", "参会", "参演", "参训", "到场", "到会", "与会", "观摩", "观看", "参加会议", "参加活动")
# 某市突发疫情后，社区干部…: when others acted.
_WHEN = re.compile(r"(?:(?<![其随最落])后|时|之际|期间|以来|前)$")
_RESUMES = re.compile(r"[他她](?![们家的说讲所]|告诉|介绍|表示)")


# A person is named so near to 贵公司.
_FAR = 24
# So many names before 警方 are searched.
_NEAR = 6
# The longest short form of an office: two characters of its place and what it is.
_SHORT = 5


class Subjects:
    """Finds the subjects of clauses in one bulletin."""

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names, self._people = names, names.people
        self._references = References(layers.context, names)
        self._addressee, self._speaker = find_addressee(layers, names), find_interviewed(layers, names)
        self._someone = Someone(layers, names)
        self._turns = Turns(layers, names)
        self._quotes = Quotes(layers.view.text, names)
        self._prepositions = Prepositions(layers, names, self._named)
        self._units = Units(layers, names)
        # Units without a name of their own, who act for the bulletin's office.
        self.units = self._units.own
        self._persons = {name_of(m) for m in self._people.values()}
        self._bare = bare_names(self._office) if self._office else ()
        self._topic = -1
        self._together = Together(layers, names, self._references)
        self._times = {t.start: t.end for t in layers.times}
        self._durations = {q.start: q.end for q in layers.quantities if q.dimension == "duration"}

    def of(self, start: int, end: int, in_force: tuple[str, ...]) -> tuple[Subject | None, int]:
        """The subject that opens the clause, None if it names none, and where the clause's own words begin."""
        subject, words = self._find(start, end, in_force)
        subject = subject or self._quotes.subject(start)
        if subject is not None and subject.actors and self._attends(subject, words, end):
            subject = subject._replace(passing=True, listening=self._text.endswith(_LISTENS, words, end))
        elif subject is not None:
            self._references.remember(subject.actors[:1], subject.at)
            self._someone.remember(subject)
        return subject, words

    def speaking(self, start: int) -> str | None:
        """The office of who begins to speak at `start`, where people of several offices take turns."""
        return self._turns.opening(start)

    def _find(self, start: int, end: int, in_force: tuple[str, ...]) -> tuple[Subject | None, int]:
        text = self._text
        position = start
        while position < end:
            if label := self._units.label(position):
                return label, position
            mention = self._names.at.get(position)
            if mention and not _SEVERAL.fullmatch(mention.text):
                return self._named(mention, end), position
            if time_end := self._times.get(position):
                position = time_end
            elif duration := self._durations.get(position):
                suffix = _AFTER_DURATION.match(text, duration)
                if suffix is None:
                    break
                position = suffix.end()
            elif self._bare and text.startswith(self._bare, position) and self._office:
                return Subject((self._office,), self._office, position), position
            elif unit := self._units.known(position, end) or self._units.firm(position, end):
                return unit, position
            elif (tail := self._units.tail(position, end)) and (
                name := self._references.named(tail, position, in_force)
            ):
                return Subject((name,), name, position), position
            elif match := begins_with(text, position, end):
                if (
                    match.lastgroup == "source"
                    and (seen := _SEEN_AT.match(match[0]))
                    and (there := self._names.at.get(position + seen.end()))
                ):
                    return Subject((name_of(there),), name_of(there), there.start, brief="place"), position
                if match.lastgroup == "source" and text[position] == "据":
                    counting = self._names.at.get(position + 1)
                    if counting and counting.type == "ORG" and PRIVATE.search(counting.text):
                        # 据某公司测算，…: its own figures; an office's are its place's.
                        return self._named(counting, end), position
                if match.lastgroup != "opener":
                    return self._referred(match, in_force), position
                position = match.end()
            elif text[position] in PREPOSITIONS and (subject := self._prepositions.of(position, end)):
                return subject, position
            elif text[position] in "他她" and _RESUMES.match(text, position):
                return self._someone.resumed(position, in_force), position
            elif mention := behind_role(text, position, end, self._names):
                named = self._named(mention, end)
                # So an example is told: in passing.
                return named and named._replace(brief=named.brief or "place"), position
            elif mention := described(text, position, end, self._names):
                return self._named(mention, end), position
            else:
                return self._someone.opening(position, end) or self._units.unnamed(position, end), position
        return None, position

    def _attends(self, subject: Subject, start: int, end: int) -> bool:
        """Whether others than the bulletin's own place and office only attend, lend a hand, or tell when it was."""
        if {self._place, self._office} & set(subject.actors):
            return False
        if subject.brief == "place" and _WHEN.search(self._text, start, end):
            return True
        if self._text[start - 1 : start] == "，" and _SENDS.search(self._text, start, end):
            return True
        return _ATTENDS.search(self._text, start, end) is not None

    def _referred(self, match: re.Match[str], in_force: tuple[str, ...]) -> Subject | None:
        """The subject behind a topic, a reference or people unnamed."""
        kind, at = match.lastgroup, match.start()
        if kind in ("ours", "nation"):
            self._topic = at
        if kind in ("ours", "that"):
            speaker = self._quotes.office(at)
            if speaker and speaker.endswith(match[kind]):
                # “全镇种植…。”某镇镇长某某说
                return Subject((speaker,), speaker, at, brief="place")
            name = self._references.topic(match[kind], at, (speaker, *in_force) if speaker else in_force)
        elif kind == "level":
            # 市级公益金: the place's own, where it is of that level.
            name = self._place if at_level(self._place, match["level"]) else None
        elif kind == "bureau":
            # 市局: the bulletin's own office, where it is one of the kind.
            if self._office is None or not self._office.endswith(match["bureau"]):
                return None
            name = self._office
        elif kind == "source":
            return Subject((), None, at)
        elif kind == "town":
            name = self._place
        elif kind == "ourselves":
            name = self._turns.speaker(at) or self._quotes.office(at) or self._speaker or self._office
        elif kind == "party":
            name = self._turns.party(at)
            return Subject((name,), name, at, brief="person") if name else None
        elif kind == "penalty":
            # 当事人退回资金，罚款15万元: the office fines, not the party.
            fined = bool(in_force) and (in_force[0] == self._turns.party(at) or in_force[0] in self._persons)
            if in_force and not fined and not (_FINED.search(in_force[0]) and self._references.acts(in_force[0], at)):
                return None
            if not in_force and not self._turns.tells_cases:
                return None
            name = self._office if in_force else self._references.last_office()
            if name is None:
                return None
        elif kind == "regions":
            # 东、中部和东北地区: 东部, 中部, 东北地区
            regions = tuple(r + "部" * (len(r) == 1) for r in _PARTED.split(match["regions"]))
            return Subject(regions, "、".join(regions), at)
        elif kind == "itself":
            name = match["itself"]
        elif kind == "within" and match["within"] not in "省市县区州旗镇乡村":
            name = self._references.named(match["within"], at, in_force)
            if name is None:
                return None
        elif kind == "within":
            if match["within"] in "省市" and not at_level(self._place, match["within"]):
                return None
            name = self._references.topic(match["within"], at, in_force)
        elif kind == "whole":
            name = self._whole(match["whole"], at, in_force)
            if name is None:
                return None
        elif kind == "addressee":
            if self._addressee is None:
                return None
            if match[kind] == "你" and self._addressee not in self._persons:
                return None
            name = addressed(self._addressee, match[kind])
            if person := self._someone.of_addressee(match.end(), at + _FAR):
                return Subject((name_of(person),), name_of(person), at, brief="person")
        elif kind == "force":
            name = self._force(match["force"], at)
            if name is None:
                return None
        elif kind == "team":
            # 慰问组, 执法人员: people of whoever acts, else of the bulletin's own office.
            if in_force and not in_force[0].endswith(_NO_OFFICE):
                return None
            name = self._office
        elif kind == "several":
            # In a sentence that tells of the whole country or place: for the clause.
            within = self._topic >= 0 and not self._names.is_parted(self._topic, at)
            if together := self._together.meant(match["several"], at):
                return Subject(together, "、".join(together), at, passing=within)
            if match["several"][1] not in "地方":
                return None
            name = None
        elif kind == "nation":
            # In the bulletin of a place the country is what it is compared with.
            return Subject((), NATION if self._place in (None, NATION) else None, at)
        elif kind == "others":
            name = None
        elif self._text[at] == "我" and (speaker := self._turns.speaker(at)) and speaker != self._office:
            # 我局 of somebody from a section of it
            name = speaker if ends_like(speaker, match[kind or 0]) else addressed(speaker, f"贵{match[kind or 0]}")
        elif self._text[at] in "我本" and self._office and ends_like(self._office, match[kind or 0]):
            name = self._office
        else:
            name = self._references.named(match[kind or 0], at, in_force)
            if name is None:
                return None
        return Subject((name,) if name else (), name, at)

    def _force(self, force: str, at: int) -> str | None:
        """The bulletin's own office where it is one of `force`; else 警方 is the bureau named in the paragraph."""
        if self._office is not None and _BRANCHES[force] in self._office:
            return self._office
        near = (m for m in self._names.before(at, _NEAR) if not self._names.is_apart(m.end, at))
        return next((name_of(m) for m in near if force == "警方" and _BRANCHES[force] in m.text), None)

    def _is_own_bureau(self, name: str) -> bool:
        """Whether `name` (县局, 某县局) is what the bulletin's own office is called among its like."""
        bureau = _BUREAU.fullmatch(name)
        if bureau is None or self._office is None or not self._office.endswith(bureau["kind"]):
            return False
        return len(name) == 1 + len(bureau["kind"]) or self._office.startswith(name[:2])

    def _whole(self, ending: str, at: int, in_force: tuple[str, ...]) -> str | None:
        """全公司: that of whom a letter is addressed to (某公司工会委员会), else what 该公司 would mean."""
        if self._addressee and ending in self._addressee:
            return addressed(self._addressee, f"贵{ending}")
        return self._references.named(ending, at, in_force)

    def _named(self, mention: Mention, end: int) -> Subject | None:
        if someone := self._someone.local(mention):
            return someone
        if mention.end in self._people or is_media(mention.text) or _MEMBERS.match(self._text, mention.end):
            # 某小学李某: where someone belongs, not who acts; nor is the paper that reports.
            return None
        if self._is_own_bureau(mention.text):
            others = map(name_of, self._names.joint(mention, end)[1:])
            return Subject((self._office or "", *others), self._office, mention.start)
        if mention.type == "PLACE" and (branch := _BRANCH_WORD.match(self._text, mention.end)):
            return self._of_branch(mention, branch[0])
        if someone := self._someone.officer(mention, end):
            return someone
        if inner := behind_owner(self._text, mention, self._names):
            return self._named(inner, end)
        if _OTHERS_OWN.match(self._text, mention.end):
            # 某县某医院, 某局承办的招聘会: neither the county nor the bureau acts.
            return Subject((), None, mention.start)
        joint = self._names.joint(mention, end)
        if len(joint) > 1:
            self._together.keep(joint)
        names = tuple(dict.fromkeys(self._in_full(name_of(m)) for m in joint))
        # Bare names of two characters are told together: 张店、临淄 says which, 张店 alone says little.
        first = "、".join(names) if len(names[0]) < 3 else names[0]
        owner = None if _AND_OTHERS.match(self._text, joint[-1].end) else first
        own = {self._place, self._office}
        brief = "place" if mention.type == "PLACE" and not own & set(names) else ""
        return Subject(names, owner, mention.start, brief)

    def _in_full(self, name: str) -> str:
        """The bulletin's own place and office where `name` means them (安图大队: 安图县消防救援大队), else `name`."""
        if self._place and name.endswith(self._place) and divisions_of(name)[-1:] == (self._place,):
            # 陇南市礼县, where the bulletin goes on with 礼县
            return self._place
        office = self._office
        if office is None or len(name) >= len(office) or name[:2] != office[:2] or name[-2:] != office[-2:]:
            return name
        rest = iter(office)
        return office if len(name) <= _SHORT and all(c in rest for c in name) else name

    def _of_branch(self, mention: Mention, branch: str) -> Subject:
        """某地公安, 某地税务: the bulletin's own office of that branch, else the place."""
        own = self._office is not None and _BRANCHES[branch] in self._office and mention.text[:2] in self._office
        name = self._office if own and self._office else name_of(mention)
        return Subject((name,), name, mention.start)
