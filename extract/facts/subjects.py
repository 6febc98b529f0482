"""The explicit subject of a clause.

Notes for a newcomer. A subject stands at the beginning of its clause, with nothing before it but times, connectives
and list marks. It is a mention (ORG or PLACE; `extract.facts.named_subjects`); or words that name nobody, such as 全市,
该局 and 各地 (`extract.facts.referred`); or a unit (`extract.facts.units`); or people who act for themselves
(`extract.facts.someone`).
"""

import re

from extract.facts.belonging import behind_role, described
from extract.facts.clause_beginning import begins_with
from extract.facts.clause_subject import Subject
from extract.facts.employers import Employers
from extract.facts.name_index import NameIndex, name_of
from extract.facts.named_subjects import NamedSubjects
from extract.facts.office_keys import bare_names
from extract.facts.prepositions import PREPOSITIONS, Prepositions
from extract.facts.quotes import Quotes
from extract.facts.references import References
from extract.facts.referred import Referred
from extract.facts.scope_words import either
from extract.facts.someone import PRIVATE, Someone
from extract.facts.together import Together
from extract.facts.turns import Turns
from extract.facts.units import Units
from extract.layers import Layers

_AFTER_DURATION = re.compile(either("after_duration"))
_SEEN_AT = re.compile(r"(?:本报|本网)?记者.{0,4}?(?:在|走进|来到)")
_SEVERAL = re.compile(r"[两二三四五六七][院地局校所]")
_ATTENDS = re.compile(rf"(?:{either('attending')})(?:了?$|(?=[，。；]))")
# 甲县派来医师6名: to those of whom the text goes on to tell.
_SENDS = re.compile(r"[派捐送拉调运寄]来")
_LISTENS = ("听课", "听讲", "参会", "参演", "参训", "到场", "到会", "与会", "观摩", "观看", "参加会议", "参加活动")
# 某市突发疫情后，社区干部…: when others acted.
_WHEN = re.compile(r"(?:(?<![其随最落])后|时|之际|期间|以来|前)$")
# 经研究，决定授予…: whoever puts the text out.
_DECIDES = re.compile(
    r"(?:经[^，。；：]{0,8}研究)?(?:现|特)?(?:研究)?决定(?:对|给予|授予|表[彰扬]|命名|通报|予以|成立|设立|开展|自|从)"
)
_RESUMES = re.compile(r"[他她](?![们家的说讲所]|告诉|介绍|表示)")


class Subjects:
    """Finds the subjects of clauses in one bulletin, in the order of the text.

    `units`: units without a name of their own, who act for the bulletin's office; `itself`: whom the text speaks of as
    of its own (全院, 我校), and how often.
    """

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names = names
        self._references = References(layers.context, names)
        self._someone = Someone(layers, names)
        employers = Employers(layers.view.text, names)
        self._turns = Turns(layers, names, employers)
        self._quotes = Quotes(layers.view.text, names, employers)
        together = Together(layers, names, self._references)
        self._named = NamedSubjects(layers, names, self._someone, together)
        self._referred = Referred(layers, names, self._references, self._someone, together, self._turns, self._quotes)
        self.itself = self._referred.itself
        self._prepositions = Prepositions(layers, names, self._named.of)
        self._units = Units(layers, names)
        self.units = self._units.own
        self._bare = bare_names(self._office) if self._office else ()
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
                return self._named.of(mention, end), position
            if time_end := self._times.get(position):
                position = time_end
            elif duration := self._durations.get(position):
                suffix = _AFTER_DURATION.match(text, duration)
                if suffix is None:
                    break
                position = suffix.end()
            elif self._bare and text.startswith(self._bare, position) and self._office:
                return Subject((self._office,), self._office, position), position
            elif (may_open := self._units.may_open(position)) and (
                unit := self._units.known(position, end) or self._units.firm(position, end)
            ):
                return unit, position
            elif (
                may_open
                and (tail := self._units.tail(position, end))
                and (name := self._references.named(tail, position, in_force))
            ):
                return Subject((name,), name, position), position
            elif match := begins_with(text, position, end):
                if match.lastgroup == "source":
                    return self._reported(match, end), position
                if match.lastgroup != "opener":
                    return self._referred.meant(match, in_force), position
                position = match.end()
            elif self._office and text[position] in "经现特研决" and _DECIDES.match(text, position):
                return Subject((self._office,), self._office, position), position
            elif text[position] in PREPOSITIONS and (subject := self._prepositions.of(position, end)):
                return subject, position
            elif text[position] in "他她" and _RESUMES.match(text, position):
                return self._someone.resumed(position, in_force), position
            elif mention := behind_role(text, position, end, self._names):
                named = self._named.of(mention, end)
                # So an example is told: in passing.
                return named and named._replace(brief=named.brief or "place"), position
            elif mention := described(text, position, end, self._names):
                return self._named.of(mention, end), position
            else:
                return self._someone.opening(position, end) or self._units.unnamed(position, end), position
        return None, position

    def _reported(self, match: re.Match[str], end: int) -> Subject | None:
        """Of whom a clause tells that begins with where it has it from: of nobody, unless the words say of whom."""
        at = match.start()
        if (seen := _SEEN_AT.match(match[0])) and (there := self._names.at.get(at + seen.end())):
            # 记者在某县看到
            return Subject((name_of(there),), name_of(there), there.start, brief="place")
        counting = self._names.at.get(at + 1) if match[0].startswith("据") else None
        if counting and counting.type == "ORG" and PRIVATE.search(counting.text):
            # 据某公司测算，…: its own figures; an office's are its place's.
            return self._named.of(counting, end)
        return Subject((), None, at)

    def _attends(self, subject: Subject, start: int, end: int) -> bool:
        """Whether others than the bulletin's own place and office only attend, lend a hand, or tell when it was."""
        if {self._place, self._office} & set(subject.actors):
            return False
        if subject.brief == "place" and _WHEN.search(self._text, start, end):
            return True
        if self._text[start - 1 : start] == "，" and _SENDS.search(self._text, start, end):
            return True
        return _ATTENDS.search(self._text, start, end) is not None
