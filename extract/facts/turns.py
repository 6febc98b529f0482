"""Who speaks and whose case is told, turn by turn: a press conference's 我们, a case notice's 当事人."""

import re
from bisect import bisect_right

from extract.facts.name_index import NameIndex, name_of
from extract.layers import Layers

# 发布人：某局副局长 某某; further ones each on a line of their own, with the same gap before the name.
_INTRODUCED = re.compile(
    r"(?m:^) *(?:(?:发布|出席|答[记问]|主持|讲解|介绍)[人者]?(?:员|嘉宾|领导)?：|(?<=\n) ) *"
    r"(?P<office>[^\n ：，。]{4,30}?) +(?P<person>[一-鿿]{2,4}|[一-鿿] [一-鿿])(?=\n|$)"
)
_TURN = re.compile(r"(?m:^) *(?P<person>[一-鿿]{2,4})：(?=[^\n])")
# 某小学 | 校长 | 某某
_POST = re.compile(
    r"[^，。；：、\n]{0,12}?(?:长|主任|书记|主席|理事|经理|代表|律师|医师|教师|民警|所员|负责人|发言人)[ ]?"
)
# 顾某某, 顾某
_MASKED = re.compile(r"(?!某)[一-鿿]某某?(?!公司|[厂店])")
# 案例二：某公司虚假宣传案
_CASE = re.compile(
    r"(?m:^) *(?:典型)?(?:案例|案件|案)?[一二三四五六七八九十\d]{1,3}[：:、. 　]+"
    r"(?P<name>[^\n，。]{4,60}案)(?=\n|$)"
)


class Turns:
    """The turns of one bulletin; `tells_cases`: whether it tells of parties at all."""

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        text = layers.view.text
        self._speakers = _speakers(text, names)
        offices = {office for _, office in self._speakers if office}
        self._openings = dict(self._speakers) if len(offices) > 1 else {}
        self.tells_cases = "当事人" in text
        self._parties = _parties(text, names) if self.tells_cases else []

    def speaker(self, offset: int) -> str | None:
        """The office of who speaks at `offset`, None where nobody introduced does."""
        return _at(self._speakers, offset)

    def opening(self, start: int) -> str | None:
        """The office of who begins to speak at `start`, where people of several offices do."""
        return self._openings.get(start)

    def party(self, offset: int) -> str | None:
        """Whose case is told at `offset`: the firm or person that the heading of the case names first."""
        return _at(self._parties, offset)


def _at(turns: list[tuple[int, str | None]], offset: int) -> str | None:
    last = bisect_right(turns, offset, key=lambda turn: turn[0])
    return turns[last - 1][1] if last else None


def _speakers(text: str, names: NameIndex) -> list[tuple[int, str | None]]:
    """Where turns begin, with the office of who speaks: as a press conference or an interview introduces them."""
    turns = list(_TURN.finditer(text))
    if not turns:
        return []
    offices: dict[str, str] = {}
    for match in _INTRODUCED.finditer(text):
        mention = names.at.get(match.start("office"))
        if mention is not None and mention.type == "ORG":
            offices[match["person"].replace(" ", "")] = name_of(mention)
    offices |= _employers({turn["person"] for turn in turns} - offices.keys(), text, names)
    return [(turn.start("person"), offices.get(turn["person"])) for turn in turns]


def _employers(people: set[str], text: str, names: NameIndex) -> dict[str, str]:
    """The offices whose posts stand before `people` where they are introduced: 某小学校长某某."""
    found: dict[str, str] = {}
    for start, mention in names.people.items():
        if mention.text not in people or mention.text in found:
            continue
        before = next(iter(names.before(start, 1)), None)
        if before is not None and before.type == "ORG" and _POST.fullmatch(text, before.end, start):
            found[mention.text] = name_of(before)
    return found


def _parties(text: str, names: NameIndex) -> list[tuple[int, str | None]]:
    found: list[tuple[int, str | None]] = []
    for case in _CASE.finditer(text):
        mention = names.at.get(case.start("name")) or names.people.get(case.start("name"))
        masked = None if mention else _MASKED.match(text, case.start("name"))
        found.append((case.start(), name_of(mention) if mention else masked[0] if masked else None))
    return found
