"""Whose figures a quotation tells of: “…退税120万元。”某公司财务总监某某说."""

import re
from bisect import bisect_right

from extract.facts.clause_subject import Subject
from extract.facts.name_index import NameIndex, name_of
from extract.facts.scope_words import either
from extract.facts.someone import PRIVATE

_CLOSED = re.compile(r"[。！？，]”(?![和与、的])[，。]?")
_SAYS = re.compile(rf"[^，。；：“”\n]{{0,28}}?(?:{either('saying')})")
# Of himself, not of 我们, 我市.
_OF_HIMSELF = re.compile(r"我(?![们国省市区县州旗局院镇乡村校厂社所站中单公])|[自咱俺]家|家里")
_LEADER = re.compile(rf"(?:{either('leading')})$")
_LEADS = re.compile(r"[^，。；：“”\n]{0,10}?(?:长|书记|主任)")
_LONGEST = 300
# So far behind a quotation its speaker is named.
_FAR = 16


class Quotes:
    """The quotations of one bulletin that name their speaker behind them."""

    def __init__(self, text: str, names: NameIndex) -> None:
        self._text, self._names = text, names
        # Where each begins and ends, who speaks, and whether for himself alone.
        self._found: list[tuple[int, int, str, bool]] = []
        for match in _CLOSED.finditer(text):
            start = text.rfind("“", max(0, match.start() - _LONGEST), match.start())
            if start >= 0 and "\n" not in text[start : match.start()] and (speaker := self._speaker(start, match)):
                self._found.append((start, match.end(), *speaker))

    def office(self, offset: int) -> str | None:
        """Who says 我们 at `offset`, None outside such quotations."""
        quote = self._at(offset)
        return quote[2] if quote and not quote[3] else None

    def subject(self, start: int) -> Subject | None:
        """Whose figures a clause of a quotation is of where it opens a sentence and names nobody."""
        quote = self._at(start)
        if quote is None or not (self._text[start] == "“" or self._text[start - 1] in "“。！？"):
            return None
        _, _, name, alone = quote
        if not alone and not PRIVATE.search(name):
            return None
        return Subject((name,), name, start, brief="person" if alone else "place")

    def _at(self, offset: int) -> tuple[int, int, str, bool] | None:
        last = bisect_right(self._found, offset, key=lambda q: q[0])
        return self._found[last - 1] if last and offset < self._found[last - 1][1] else None

    def _speaker(self, start: int, closed: re.Match[str]) -> tuple[str, bool] | None:
        """The organisation or place whose person speaks, or the person who speaks of himself."""
        behind = closed.end()
        # 某镇镇长某某说 speaks for the town; in front of an office the place only tells where it is.
        named = self._names.between(behind, behind + _FAR)
        offices = [m for m in named if m.type == "ORG"] or named
        if (
            offices
            and (offices[0].type == "ORG" or _LEADS.match(self._text, offices[0].end))
            and "，" not in self._text[behind : offices[0].start]
            and _SAYS.match(self._text, offices[0].end)
        ):
            return name_of(offices[0]), False
        person = self._names.next_person(behind)
        if person is None or person > behind + _FAR or not _OF_HIMSELF.search(self._text, start, behind):
            return None
        mention = self._names.people[person]
        if _LEADER.search(self._text, behind, person) or not _SAYS.match(self._text, mention.end):
            return None
        return name_of(mention), True
