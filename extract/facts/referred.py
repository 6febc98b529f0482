"""Whom the first words of a clause mean that name nobody: 全市, 该局, 我们, 当事人, 两地, 各地.

`extract.facts.clause_beginning` tells what such words are; here is who is meant. Topics (全市, 我县) and references
(该局, a bare 工作站) mean somebody named before or the bulletin's own; 我们 is whoever speaks, 你们 the addressee of a
letter; 各地 and 全体 stand for nobody named.
"""

import re
from collections import Counter

from extract.facts.addressee import addressed, find_addressee
from extract.facts.clause_subject import Subject
from extract.facts.name_index import NameIndex, name_of
from extract.facts.own_place import NATION
from extract.facts.places import at_level
from extract.facts.quotes import Quotes
from extract.facts.references import References, ends_like
from extract.facts.scope_words import BRANCHES
from extract.facts.someone import Someone
from extract.facts.together import Together
from extract.facts.turns import Turns
from extract.layers import Layers

_NO_OFFICE = ("市", "县", "区", "镇", "乡", "村", "社区", "街道", "厂", "公司", "小区", "省", "州", "旗")
_PARTED = re.compile(r"[、和]")
_FINED = re.compile(r"(?:公司|集团|厂|矿|店|馆|酒楼|超市|商行|诊所|药房|经营部|门市部|网吧|KTV|合作社|作坊|摊|场)$")
# A person is named so near to 贵公司.
_FAR = 24
# So many names before 警方 are searched.
_NEAR = 6


class Referred:
    """Finds them in one bulletin, in the order of the text.

    Args:
        references: who acted before.
        someone: the people who act for themselves.
        together: those named together before.
        turns: who speaks and whose case is told.
        quotes: who is quoted.
    """

    def __init__(
        self,
        layers: Layers,
        names: NameIndex,
        references: References,
        someone: Someone,
        together: Together,
        turns: Turns,
        quotes: Quotes,
    ) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names = names
        self._references, self._someone, self._together = references, someone, together
        self._turns, self._quotes = turns, quotes
        self._addressee = find_addressee(layers, names)
        # Whom the text speaks of as of its own, and how often.
        self.itself: Counter[str] = Counter()
        self._persons = {name_of(m) for m in names.people.values()}
        # Where the text spoke last of the whole place or country.
        self._topic_at = -1

    def meant(self, found: re.Match[str], in_force: tuple[str, ...]) -> Subject | None:
        """The subject that the words `found` (by `clause_beginning`) mean, None if they mean none.

        Args:
            found: what the clause begins with.
            in_force: who acts up to there.
        """
        kind, at = found.lastgroup or "", found.start()
        word = found[kind]
        if kind in ("ours", "nation"):
            self._topic_at = at
        match kind:
            case "ours" | "that":
                return self._topic(word, at, in_force)
            case "treasury":
                # 市财政: the city's own money
                return self._topic(word, at, in_force)
            case "level":
                # 市级公益金: the place's own, where it is of that level.
                return _alone(self._place if at_level(self._place, word) else None, at)
            case "town":
                return _alone(self._place, at)
            case "nation":
                # In the bulletin of a place the country is what it is compared with.
                return Subject((), NATION if self._place in (None, NATION) else None, at)
            case "regions":
                # 东、中部和东北地区: 东部, 中部, 东北地区
                regions = tuple(r + "部" * (len(r) == 1) for r in _PARTED.split(word))
                return Subject(regions, "、".join(regions), at)
            case "itself":
                return _alone(word, at)
            case "others":
                return _alone(None, at)
            case "several":
                return self._several(word, at)
            case "ourselves":
                return _alone(self._speaker(at) or self._turns.interviewed or self._office, at)
            case "addressee":
                return self._addressed(word, at, found.end())
            case "partner":
                # 与某医院签订协议，对方选派…: whoever is named last beside who acts.
                beside = (
                    m for m in self._names.before(at, _NEAR) if m.type == "ORG" and name_of(m) not in in_force[:1]
                )
                partner = next(beside, None)
                return Subject((name_of(partner),), name_of(partner), at, brief="unit") if partner else None
            case "party":
                name = self._turns.party(at)
                return Subject((name,), name, at, brief="person") if name else None
            case "team":
                # 慰问组, 执法人员: people of whoever acts, else of the bulletin's own office.
                acts = in_force and not in_force[0].endswith(_NO_OFFICE)
                return None if acts else _alone(self._office, at)
            case "within" if word in "省市县区州旗镇乡村":
                other = word in "省市" and not at_level(self._place, word)
                return None if other else _alone(self._references.topic(word, at, in_force), at)
        named = self._named(kind, word, at, in_force)
        return _alone(named, at) if named else None

    def _speaker(self, at: int) -> str | None:
        """The office of who says 我们 or 我局 at `at`, None where nobody is known to speak."""
        return self._turns.speaker(at) or self._quotes.office(at)

    def _named(self, kind: str, word: str, at: int, in_force: tuple[str, ...]) -> str | None:
        """The office, firm or community that `word` means, None where it means none."""
        match kind:
            case "bureau":
                # 市局: the bulletin's own office, where it is one of the kind.
                return self._office if self._office and self._office.endswith(word) else None
            case "force":
                return self._force(word, at)
            case "penalty":
                return self._fining(at, in_force)
            case "whole" if self._addressee and word in self._addressee:
                # 全公司, of a letter to 某公司工会委员会: that of whom it is addressed to
                return addressed(self._addressee, f"贵{word}")
            case "within" | "whole":
                return self._itself(self._references.named(word, at, in_force))
        if self._text[at] == "我" and (speaker := self._speaker(at)) and speaker != self._office:
            # 我局 of somebody from a section of it
            return speaker if ends_like(speaker, word) else addressed(speaker, f"贵{word}")
        if self._text[at] in "我本" and self._office and ends_like(self._office, word):
            return self._office
        if self._text[at] == "我" and (ours := self._references.ours(word)):
            return self._itself(ours)
        return self._references.named(word, at, in_force)

    def _itself(self, name: str | None) -> str | None:
        """Take note that the text speaks as or of `name` as of its own (全院, 站里, 我校)."""
        if name:
            self.itself[name] += 1
        return name

    def _topic(self, level: str, at: int, in_force: tuple[str, ...]) -> Subject:
        """全市, 我县, 该镇: the division of that level, in a quotation the speaker's."""
        speaker = self._quotes.office(at)
        if speaker and speaker.endswith(level):
            # “全镇种植…。”某镇镇长某某说
            return Subject((speaker,), speaker, at, brief="place")
        return _alone(self._references.topic(level, at, (speaker, *in_force) if speaker else in_force), at)

    def _several(self, words: str, at: int) -> Subject | None:
        """两地, 三家: those named together; in a sentence that tells of the whole country or place for the clause."""
        if together := self._together.meant(words, at):
            within = self._topic_at >= 0 and not self._names.is_parted(self._topic_at, at)
            return Subject(together, "、".join(together), at, passing=within)
        return _alone(None, at) if words[1] in "地方" else None

    def _addressed(self, word: str, at: int, end: int) -> Subject | None:
        """你, 你们, 贵公司: whom the letter is addressed to, or the one of them who is named behind `end`."""
        if self._addressee is None or (word == "你" and self._addressee not in self._persons):
            return None
        if person := self._someone.of_addressee(end, at + _FAR):
            return Subject((name_of(person),), name_of(person), at, brief="person")
        return _alone(addressed(self._addressee, word), at)

    def _force(self, force: str, at: int) -> str | None:
        """The bulletin's own office where it is one of `force`; else 警方 is the bureau named in the paragraph."""
        if self._office is not None and BRANCHES[force] in self._office:
            return self._office
        near = (m for m in self._names.before(at, _NEAR) if not self._names.is_apart(m.end, at))
        return next((name_of(m) for m in near if force == "警方" and BRANCHES[force] in m.text), None)

    def _fining(self, at: int, in_force: tuple[str, ...]) -> str | None:
        """当事人退回资金，罚款15万元: the office fines, not the party."""
        if not in_force:
            return self._references.last_office() if self._turns.tells_cases else None
        acting = in_force[0]
        party = acting == self._turns.party(at) or acting in self._persons
        fined = party or (_FINED.search(acting) and self._references.acts(acting, at))
        return self._office if fined else None


def _alone(name: str | None, at: int) -> Subject:
    """`name` alone; None is nobody named, who ends the subject in force."""
    return Subject((name,) if name else (), name, at)
