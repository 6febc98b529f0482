"""Who speaks and whose case is told, turn by turn: a press conference's 我们, a case notice's 当事人."""

import re
from bisect import bisect_right

from extract.facts.addressee import find_interviewed
from extract.facts.employers import Employers
from extract.facts.name_index import NameIndex, name_of
from extract.facts.scope_words import either
from extract.layers import Layers

# 发布人：某局副局长 某某; further ones each on a line of their own, with the same gap before the name.
_INTRODUCED = re.compile(
    r"(?m:^) *(?:(?:发布|出席|答[记问]|主持|讲解|介绍)[人者]?(?:员|嘉宾|领导)?：|(?<=\n) ) *"
    r"(?P<office>[^\n ：，。]{4,30}?) +(?P<person>[一-鿿]{2,4}|[一-鿿] [一-鿿])(?=\n|$)"
)
_TURN = re.compile(r"(?m:^) *(?P<person>答|[一-鿿]{2,4})：(?=[^\n])")
_ANSWERS = frozenset({"答"})
# Offices apart from their place, whose people tell of them and not of it.
_APART = re.compile(rf"(?:{either('private')}|{either('apart')})$")
# 顾某某, 顾某
_MASKED = re.compile(r"(?!某)[一-鿿]某某?(?!公司|[厂店])")
# 案例二：某公司虚假宣传案
_CASE = re.compile(
    r"(?m:^) *(?:典型)?(?:案例|案件|案)?[一二三四五六七八九十\d]{1,3}[：:、. 　]+"
    r"(?P<name>[^\n，。]{4,60}案)(?=\n|$)"
)


class Turns:
    """The turns of one bulletin; `tells_cases`: whether it tells of parties at all."""

    def __init__(self, layers: Layers, names: NameIndex, employers: Employers) -> None:
        text = layers.view.text
        # The office of who is interviewed, None if nobody is.
        self.interviewed = find_interviewed(layers, names) or employers.interviewed
        self._speakers = _speakers(text, names, employers, self.interviewed)
        offices = {office for _, office in self._speakers if office}
        several = len(offices) > 1
        self._openings = {at: o for at, o in self._speakers if o and (several or _APART.search(o))}
        self.tells_cases = "当事人" in text
        self._parties = _parties(text, names) if self.tells_cases else []

    def speaker(self, offset: int) -> str | None:
        """The office of who speaks at `offset`, None where nobody introduced does."""
        return _at(self._speakers, offset)

    def opening(self, start: int) -> str | None:
        """Whose figures who begins to speak at `start` tells, where people of several offices or of one apart do."""
        return self._openings.get(start)

    def party(self, offset: int) -> str | None:
        """Whose case is told at `offset`: the firm or person that the heading of the case names first."""
        return _at(self._parties, offset)


def _at(turns: list[tuple[int, str | None]], offset: int) -> str | None:
    last = bisect_right(turns, offset, key=lambda turn: turn[0])
    return turns[last - 1][1] if last else None


def _speakers(
    text: str, names: NameIndex, employers: Employers, interviewed: str | None
) -> list[tuple[int, str | None]]:
    """Where turns begin, with the office of who speaks: as a press conference or an interview introduces them."""
    turns = list(_TURN.finditer(text))
    if not turns:
        return []
    offices: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        mention = names.at.get(match.start("office"))
        if mention is not None and mention.type == "ORG":
            offices[match["person"].replace(" ", "")] = name_of(mention)
    speakers = {turn["person"] for turn in turns}
    for name in speakers - offices.keys():
        if office := employers.of(name):
            offices[name] = office
    people = {turn["person"] for turn in turns if turn.start("person") in names.people}
    unknown = (people or speakers & _ANSWERS) - offices.keys()
    if len(unknown) == 1 and interviewed:
        offices[unknown.pop()] = interviewed
    return [(turn.start("person"), offices.get(turn["person"])) for turn in turns]


def _parties(text: str, names: NameIndex) -> list[tuple[int, str | None]]:
    found: list[tuple[int, str | None]] = []
    for case in _CASE.finditer(text):
        mention = names.at.get(case.start("name")) or names.people.get(case.start("name"))
        masked = None if mention else _MASKED.match(text, case.start("name"))
        found.append((case.start(), name_of(mention) if mention else masked[0] if masked else None))
    return found
