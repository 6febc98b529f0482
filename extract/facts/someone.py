"""People who act for themselves: 民警某某, 某村果农某某, 养殖户某某家.

An official's deeds are his office's; whoever else is named with his own deed or case acts in passing, for the sentence.
"""

import re

from extract.facts.clause_subject import Subject
from extract.facts.name_index import NameIndex, name_of
from extract.facts.places import divisions_of
from extract.facts.scope_words import either
from extract.layers import Layers
from schemas import Mention

_SOMEONE = re.compile(
    rf"[^，。；：、\s了]{{0,8}}?(?:\d+岁的|{either('households')}|[一-鿿](?:{either('own_account')})|来自[^，。；：、]{{2,8}}的)"
)
_LOCAL = re.compile(rf"的|的?[^，。；：、\s]{{0,4}}?(?:{either('households')}|[一-鿿][农民]|农民)")
_NEAR = 12
# 原所长 is told of for his own deeds.
_INTRODUCED = re.compile(r"[^，。；：\n原]*")
# 某某介绍说，他家今年…
_OF_HIS_OWN = re.compile(r"[^，。；：“”]{0,8}[，：]“?(?:[他她我]家|[他她](?!们))")
_AND_MORE = re.compile(r"[、等和与及（()）]|一行|家(?!有)")
_REPORTER = re.compile(rf"(?:{either('reporting')})$")
_POST = re.compile(r"[^，。；：“”]{0,14}?(?:长|书记|主任|主席|总监|经理|处|科|员|人|师|工|手|干部|民警)(?=[一-鿿])")
_SAYS = re.compile(r"[^，。；：]{0,8}?(?:说|介绍|表示|告诉|坦言|透露|[算数]了?[一笔着]|称|提醒|认为|[：:])")
_LEADER = re.compile(rf"(?:{either('leading')})$")
_ALONE = re.compile(r"(?:自己|个人|本人|一[个]?人)")
# Firms and the like, whose people tell of them.
PRIVATE = re.compile(rf"(?:{either('private')})$")


class Someone:
    """Finds them in one bulletin."""

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names, self._people = names, names.people
        self._persons = {name_of(m) for m in names.people.values()}
        self._last: str | None = None
        self._offices = self._offices_led()

    def _offices_led(self) -> dict[str, str]:
        """Whom the leaders act for whom the text introduces by office, post and name, by their names."""
        found: dict[str, str] = {}
        for start, person in self._people.items():
            if not _LEADER.search(self._text, max(0, start - 4), start):
                continue
            office = next(iter(self._names.before(start, 1)), None)
            if office is None or office.type != "ORG" or start - office.end >= _NEAR or PRIVATE.search(office.text):
                continue
            if _INTRODUCED.fullmatch(self._text, office.end, start):
                found.setdefault(name_of(person), name_of(office))
        return found

    def of_addressee(self, start: int, end: int) -> Mention | None:
        """贵公司技师某某: whoever is named by a post behind `start`, unless he leads."""
        post = _POST.match(self._text, start, end) if self._people else None
        person = self._people.get(post.end()) if post else None
        return None if post is None or _LEADER.search(post[0]) else person

    def officer(self, mention: Mention, end: int) -> Subject | None:
        """Someone of the organisation or place `mention`, by post and name.

        An official's words (市统计局局长某某说) tell of the place, a firm's of the firm; who leads acts for his office
        (None: as if the office alone were named); others act for themselves (民警某某).
        """
        post = _POST.match(self._text, mention.end, end) if self._people else None
        person = self._people.get(post.end()) if post else None
        if post is None or person is None:
            return None
        name = name_of(mention)
        if _SAYS.match(self._text, person.end):
            if PRIVATE.search(mention.text):
                return Subject((name,), name, mention.start)
            divisions = divisions_of(name)
            if divisions and self._place and divisions[-1] != self._place and name != self._office:
                return Subject((divisions[-1],), divisions[-1], mention.start, brief="")
            return Subject((), None, mention.start)
        if _LEADER.search(post[0]) and not _ALONE.match(self._text, person.end):
            return None
        return Subject((name_of(person),), name_of(person), mention.start, brief="person")

    def local(self, mention: Mention) -> Subject | None:
        """某村的某某, 某镇果农某某: someone of a village or town, if what he says is of his own."""
        if mention.type != "PLACE" or not self._people:
            return None
        start = self._names.next_person(mention.end)
        if start is None or start > mention.end + _NEAR:
            return None
        if not _LOCAL.fullmatch(self._text, mention.end, start):
            return None
        person = self._people[start]
        if _SAYS.match(self._text, person.end) and not _OF_HIS_OWN.match(self._text, person.end):
            return None
        return Subject((name_of(person),), name_of(person), mention.start, brief="person")

    def remember(self, subject: Subject) -> None:
        """Keep the person who acts, for 他 and 她 that follow."""
        if subject.brief == "person" and subject.actors:
            self._last = subject.actors[0]

    def resumed(self, position: int, in_force: tuple[str, ...]) -> Subject | None:
        """他, 她: the person who acts or acted last, else who was named last, unless as the head of an office."""
        name = in_force[0] if in_force and in_force[0] in self._persons else self._last
        if name is None:
            person = self._names.last_person(position)
            quoted = person and self._text.rfind("“", person.end, position) > self._text.rfind(
                "”", person.end, position
            )
            if person is None or quoted or _LEADER.search(self._text, max(0, person.start - 4), person.start):
                return None
            name = name_of(person)
        return Subject((name,), name, position, brief="person")

    def opening(self, position: int, end: int) -> Subject | None:
        """养殖户某某家有…, 某某主办案件83件, 来自某县的某某: the person whose deed or case is told."""
        start = self._names.next_person(position)
        if start is None or start >= min(position + 12, end) or _REPORTER.search(self._text, position, start):
            return None
        if start > position and not _SOMEONE.fullmatch(self._text, position, start):
            return None
        mention = self._people[start]
        if start == position and (office := self._offices.get(name_of(mention))):
            others = _SAYS.match(self._text, mention.end) or _AND_MORE.match(self._text, mention.end)
            return None if others else Subject((office,), office, position)
        if _OF_HIS_OWN.match(self._text, mention.end):
            return Subject((name_of(mention),), name_of(mention), position, brief="person")
        if _SAYS.match(self._text, mention.end) or _AND_MORE.match(self._text, mention.end):
            return None
        return Subject((name_of(mention),), name_of(mention), position, brief="person")
