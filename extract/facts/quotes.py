"""Whose figures a quotation tells of: “…退税120万元。”某公司财务总监某某说; 某局的某某正下乡。“我们培训…”.

Notes for a newcomer. The speaker is named behind the quotation, or before it, or goes on with one more quotation of
the paragraph. An organisation's people speak for it (`extract.facts.employers`); who says 我 and not 我们 speaks for
himself.
"""

import re
from bisect import bisect_right

from extract.facts.clause_subject import Subject
from extract.facts.employers import Employers
from extract.facts.name_index import NameIndex, name_of
from extract.facts.references import ends_like
from extract.facts.scope_words import either
from extract.facts.someone import PRIVATE

_CLOSED = re.compile(r"[。！？，]”(?![和与、的])[，。]?")
_SAYS = re.compile(rf"[^，。；：“”\n]{{0,28}}?(?:{either('saying')})")
# 某某算了算账，高兴地说
_SAYS_LATER = re.compile(rf"[^。；：“”\n]{{0,28}}?(?:{either('saying')})")
# Of himself, not of 我们, 我市.
_OF_HIMSELF = re.compile(r"我(?![们国省市区县州旗局院镇乡村校厂社所站中单公])|[自咱俺]家|家里")
_LEADER = re.compile(rf"(?:{either('leading')})$")
# 某局有关负责人介绍：“…; behind a quotation, after when and where
_OF_OFFICE = re.compile(
    rf"的?[^，。；：“”\n的]{{0,12}}?(?:{either('posts')})[^，。；：“”\n]{{0,16}}?(?:{either('saying')})"
)
_POST_ALONE = re.compile(
    rf"(?P<post>[^，。；：“”\n]{{0,8}}?(?:{either('posts')}))[^，。；：“”\n]{{0,8}}?(?:{either('saying')})"
)
_LEADS = re.compile(r"[^，。；：“”\n]{0,10}?(?:长|书记|主任)")
_WE = re.compile(r"我(?:们|[局院校厅所站厂社行司])(?!的)")
_LONGEST = 300
# So far behind a quotation its speaker is named, or his office after when and where, and so far before it.
_FAR, _FARTHER, _FAR_BEFORE = 16, 36, 60
_PARTED = re.compile(r"[，。\n]")
# 他说：“…, “…”她说
_PRONOUN = re.compile(r"[他她](?!们)")
_HE_SAYS = re.compile(r"[^“”\n]{0,60}?[。！？”](?:会上|随后|接着)?，?[他她](?!们)[^，。；：“”\n]{0,12}[，：]")
# 某某打开账本：“…, 某某回忆，“…, 某某正下乡。“…
_BEFORE = re.compile(r"(?P<says>[^。！？；：“”\n]{0,30}(?P<mark>[：，]))|[^。！？；“”\n]{0,24}[。！？]")
_NEAR = 6
_REFERENCE = re.compile(r"该(?P<kind>局|院|校|所|站|中心|公司|[支大总]?队|厂|社)")


class Quotes:
    """The quotations of one bulletin whose speaker is known."""

    def __init__(self, text: str, names: NameIndex, employers: Employers) -> None:
        self._text, self._names, self._employers = text, names, employers
        # Where each begins and ends, who speaks, and whether for himself alone.
        self._found: list[tuple[int, int, str, bool]] = []
        for match in _CLOSED.finditer(text):
            start = text.rfind("“", max(0, match.start() - _LONGEST), match.start())
            if start < 0 or "\n" in text[start : match.start()]:
                continue
            if speaker := self._speaker(start, match) or self._speaker_before(start) or self._going_on(start):
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
        begin, end, name, alone = quote
        if not alone and not PRIVATE.search(name) and not _WE.search(self._text, begin, end):
            return None
        return Subject((name,), name, start, brief="person" if alone else "place")

    def _at(self, offset: int) -> tuple[int, int, str, bool] | None:
        last = bisect_right(self._found, offset, key=lambda q: q[0])
        return self._found[last - 1] if last and offset < self._found[last - 1][1] else None

    def _speaker(self, start: int, closed: re.Match[str]) -> tuple[str, bool] | None:
        """The organisation or place whose person speaks, or the person who speaks of himself."""
        behind = closed.end()
        if self._text.startswith("\n", behind):
            return None
        # 某镇镇长某某说 speaks for the town; in front of an office the place only tells where it is.
        named = self._names.between(behind, behind + _FAR)
        offices = [m for m in named if m.type == "ORG"] or named
        if (
            offices
            and (offices[0].type == "ORG" or _LEADS.match(self._text, offices[0].end))
            and not _PARTED.search(self._text, behind, offices[0].start)
            and _SAYS.match(self._text, offices[0].end)
        ):
            return name_of(offices[0]), False
        if (back := _REFERENCE.match(self._text, behind)) and _SAYS.match(self._text, back.end()):
            office = self._named_before(start, back["kind"])
            return (office, False) if office else None
        if _PRONOUN.match(self._text, behind) and _SAYS.match(self._text, behind + 1):
            last = self._names.last_person(start)
            office = self._employers.at(last.start) if last and self._in_line(last.start, start) else None
            return (office, False) if office else None
        person = self._names.next_person(behind)
        if person is None or person > behind + _FAR or not self._in_line(behind, person):
            return self._of_office(behind)
        mention = self._names.people[person]
        if not _SAYS_LATER.match(self._text, mention.end):
            return None
        return self._of_person(person, start, behind)

    def _of_office(self, behind: int) -> tuple[str, bool] | None:
        """The office whose unnamed person speaks: “…”近日，位于某镇的某公司负责人介绍; “…”院长说."""
        if post := _POST_ALONE.match(self._text, behind):
            of_post = self._employers.of_post(*post.span("post"))
            return (of_post, False) if of_post else None
        for office in self._names.between(behind, behind + _FARTHER):
            if "。" in self._text[behind : office.start] or not self._in_line(behind, office.start):
                return None
            if office.type == "ORG" and _OF_OFFICE.match(self._text, office.end):
                return name_of(office), False
        return None

    def _in_line(self, start: int, end: int) -> bool:
        return not self._names.is_apart(start, end)

    def _of_person(self, person: int, start: int, end: int) -> tuple[str, bool] | None:
        """For whom the person named at `person` speaks in the quotation `[start, end)`."""
        text = self._text
        if office := self._employers.at(person):
            alone = _OF_HIMSELF.search(text, start, end) and not _WE.search(text, start, end)
            return None if alone else (office, False)
        if not _OF_HIMSELF.search(text, start, end) or _LEADER.search(text, max(0, person - 4), person):
            return None
        return name_of(self._names.people[person]), True

    def _speaker_before(self, start: int) -> tuple[str, bool] | None:
        """Who is named before the quotation: 某某打开账本：“…, 某局的某某正下乡。“…."""
        text = self._text
        office = next(iter(self._names.before(start, 1)), None)
        said = _OF_OFFICE.match(text, office.end, start) if office and office.type == "ORG" else None
        if office and said and start - said.end() < 2 and text[start - 1] in "，：":
            return name_of(office), False
        person = self._names.last_person(start)
        if person is None or start - person.end > _FAR_BEFORE or not self._in_line(person.start, start):
            return None
        if not _BEFORE.fullmatch(text, person.end, start) and not _HE_SAYS.fullmatch(text, person.end, start):
            return None
        found = self._employers.at(person.start)
        return (found, False) if found else None

    def _going_on(self, start: int) -> tuple[str, bool] | None:
        """The speaker of the quotation before, where nobody else is named between the two in one paragraph."""
        if not self._found:
            return None
        begin, end, name, alone = self._found[-1]
        other = self._names.next_person(end)
        if (other is not None and other < start) or not self._in_line(begin, start):
            return None
        return name, alone

    def _named_before(self, start: int, kind: str) -> str | None:
        """The office that 该`kind` means behind a quotation from `start` on: the last of the kind in the paragraph."""
        line = self._names.line_start(start)
        for mention in self._names.before(start - 1, _NEAR):
            if mention.start < line:
                return None
            if mention.type == "ORG" and ends_like(name_of(mention), kind):
                return name_of(mention)
        return None
