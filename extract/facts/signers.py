"""People who sign for themselves: 王某与李某签订; and the speaker of an interview, whose 我 and 我们 tell who acts."""

import re
from bisect import bisect_left

from extract.facts.joint_names import JointNames
from extract.facts.name_index import name_of
from extract.layers import Layers

# 某局局长李某, 律师李某: who signs for an office or is of help.
_OF_AN_OFFICE = re.compile(
    r"(?:长|书记|主任|主席|总监|经理|董事|总裁|代表|负责人|[一-鿿]员|律师|法官|检察官|干部|民警|代理人|院士|教授)"
    r"[ 　]?$"
)
_TOGETHER = re.compile(r"[、和与跟同及 ][^，。；：、和与的]{0,4}")
# Between who signs and the verb; 李某的父亲, 在李某见证下 and 经李某调解 are others' deeds.
_HIMSELF = re.compile(r"(?!的|等|说|代|一行)(?:在[^，。；：]{1,14}(?:下|上|前|里|中)|[^，。；：的在]){0,14}")
_HELPS = re.compile(r"见证|主持|调解|帮助|指导|陪同|协助|劝|带领|组织|代理|介绍")
_SPEAKS = re.compile(r"[“ 　]*(?P<name>[一-鿿·]{2,8}?)(?:（[^）\n]{1,8}）)?[：:]")
_SAID_AFTER = re.compile(r"[^，。；：“”]{0,6}?(?:说|介绍|表示|告诉|坦言|透露|道)")
_SAID_BEFORE = re.compile(r"[^。；：“”]{0,10}?(?:说|介绍|表示|告诉记者|坦言|透露|道)[：:，]?")
_LONGEST_SPEECH = 200
_LONGEST_CALLING = 24
_TITLES = re.compile(r"[^，。；：\n]{0,16}")
_UNIT = re.compile(r"(?P<office>.{3,}?(?:局|委员会|厅|法院|检察院|支队|大队|联合会|医院))[^局厅]{2,12}?(?:科|处|室|股)")


class Signers:
    """The people of one bulletin, and whom they sign or speak for."""

    def __init__(self, layers: Layers, names: JointNames) -> None:
        self._text = layers.view.text
        self._names = names
        self._people = sorted((m for m in layers.mentions if m.type == "PERSON"), key=lambda m: m.start)
        self._starts = [m.start for m in self._people]

    def before(self, verb: int, begin: int) -> tuple[str, ...]:
        """Those who sign by the verb at `verb`, named in its clause after `begin` and nearer than any office."""
        i = bisect_left(self._starts, verb) - 1
        if i < 0 or self._starts[i] < begin or self._people[i].end > verb:
            return ()
        last = self._people[i]
        between = self._text[last.end : verb]
        if not _HIMSELF.fullmatch(between) or _HELPS.match(between) or self._names.is_named(verb, last.end):
            return ()
        if not self._for_himself(i):
            return ()
        signed = [name_of(last)]
        while (
            i > 0
            and self._starts[i - 1] >= begin
            and _TOGETHER.fullmatch(self._text, self._people[i - 1].end, self._starts[i])
            and self._for_himself(i - 1)
        ):
            i -= 1
            signed.append(name_of(self._people[i]))
        return tuple(reversed(signed))

    def in_sentence(self, offset: int) -> list[tuple[int, str]]:
        """Where those before `offset` in its sentence stand who act for themselves, with their names."""
        first = bisect_left(self._starts, self._names.sentence_start(offset))
        last = bisect_left(self._starts, offset)
        return [(self._starts[i], name_of(self._people[i])) for i in range(first, last) if self._for_himself(i)]

    def speaker(self, offset: int) -> str | None:
        """Who says the line of `offset` in an interview (李某：…)."""
        line = self._text.rfind("\n", 0, offset) + 1
        match = _SPEAKS.match(self._text, line) if self._people else None
        name = match["name"] if match else None
        return name if any(m.text == name for m in self._people) else None

    def office_speaking(self, offset: int) -> str | None:
        """The office, firm or village whose head says what stands at `offset`, in an interview or in quotes."""
        if speaker := self.speaker(offset):
            called = (self._called_by(i) for i, m in enumerate(self._people) if m.text == speaker)
            return next(filter(None, called), None)
        line = self._text.rfind("\n", 0, offset) + 1
        opening = self._text.rfind("“", line, offset)
        closing = self._text.find("”", opening, offset + _LONGEST_SPEECH) if opening >= 0 else -1
        if closing < offset:
            return None
        i = bisect_left(self._starts, closing)
        near = i < len(self._people) and self._starts[i] - closing < _LONGEST_CALLING
        if near and _SAID_AFTER.match(self._text, self._people[i].end):
            return self._called_by(i)
        i = bisect_left(self._starts, opening) - 1
        if i >= 0 and _SAID_BEFORE.fullmatch(self._text, self._people[i].end, opening):
            return self._called_by(i)
        return None

    def _called_by(self, i: int) -> str | None:
        """The office or village that the person of index `i` is called by, without its inner unit."""
        name = self._office_before(i, ("ORG", "PLACE"))
        unit = _UNIT.fullmatch(name) if name else None
        return unit["office"] if unit else name

    def _for_himself(self, i: int) -> bool:
        start = self._starts[i]
        return not _OF_AN_OFFICE.search(self._text, max(0, start - 6), start) and self._office_before(i) is None

    def _office_before(self, i: int, types: tuple[str, ...] = ("ORG",)) -> str | None:
        """The organisation that the person of index `i` is called by."""
        start = self._starts[i]
        before = next(iter(self._names.before(start)), None)
        if before is None or before.type not in types or not _TITLES.fullmatch(self._text, before.end, start):
            return None
        if i > 0 and self._people[i - 1].start >= before.end:
            return None
        return name_of(before)
