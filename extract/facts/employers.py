"""Whom people speak for, wherever the text introduces them.

Notes for a newcomer. Somebody is introduced by office, post and name (某局局长某某, 某局的某某), by name and then
office and post (某某是某局局长, 某某，某局局长, 某某（某局局长）), or by a post alone where a clause of the paragraph
opened with the office (某医院，早上最忙。医保科科长某某说). An interview may tell only at its end whose post it is
(受访者系某法院庭长).
"""

import re

from extract.facts.head_names import is_media
from extract.facts.name_index import NameIndex, name_of
from extract.facts.references import ends_like
from extract.facts.scope_words import either
from schemas import Mention

_ONE_POST = rf"[^，。；：、\n]{{0,12}}?(?:{either('posts')})"
_POST = rf"{_ONE_POST}(?:[、兼 ]{_ONE_POST}){{0,2}}"
# 某小学 | 校长 | 某某
_BETWEEN = re.compile(rf"的|的?{_POST} ?")
# 某某 | 是 | 某局 | 局长
_BEHIND = re.compile(r" ?(?:同志)?(?:(?:现?[是系为任]|，(?:现?[是系为任])?|[（(])(?:现任|时任)?)")
_POST_BEHIND = re.compile(rf"{_POST}(?=[，。；）)\n]|$)")
# A post of the office that the paragraph opened with; a 县长 is of none.
_ALONE = re.compile(rf"(?:^|[，。；：！？”“\n \u3000])(?P<post>[^，。；：、！？“”\n]{{0,10}}?(?:{either('posts')}))$")
_RULER = re.compile(r"(?<![校院所站社会队行局厅处科部店厂])[省市县区州旗镇乡村]长|记者|(?<!支部)(?<!总支)书记")
# Of a 局长 the office ends like this.
_KIND = re.compile(r"(?P<kind>[局院校所站行队厂店社馆厅])长$")
# Before an office that a clause opens with.
_OPENS = re.compile(
    r"(?:^|[，。；：！？”】］\]\n \u3000]|[，。！？”\n \u3000](?:记者)?(?:在|走进|来到))(?:[一-鿿]{2,8}的)?$"
)
_LEAD = 14
# 顾庭长
_BY_POST = re.compile(rf"[一-鿿]{{1,2}}(?:{either('posts')})")
_INTERVIEWED = re.compile(rf"(?:{either('interviewed')})[系是为：:] *")
_FAR, _POST_WITHIN, _NEAR = 36, 14, 8


class Employers:
    """The offices of the people of one bulletin."""

    def __init__(self, text: str, names: NameIndex) -> None:
        self._text, self._names = text, names
        # By name, and by where they are introduced.
        self._offices: dict[str, str] = {}
        self._introduced: dict[int, str] = {}
        for start, person in names.people.items():
            if office := self._before(start) or self._behind(person):
                self._introduced[start] = office
                self._offices.setdefault(person.text, office)
        for start, person in names.people.items():
            if start not in self._introduced and (office := self._of_topic(start)):
                self._introduced[start] = office
                self._offices.setdefault(person.text, office)
        self.interviewed = self._only_interviewed() if names.people else None

    def of(self, name: str) -> str | None:
        """The office of the person called `name` (顾长河, 顾庭长), None if the text introduces none."""
        if name in self._offices or not _BY_POST.fullmatch(name):
            return self._offices.get(name)
        alike = {office for person, office in self._offices.items() if person[0] == name[0]}
        return alike.pop() if len(alike) == 1 else None

    def at(self, start: int) -> str | None:
        """Whom the person named at `start` speaks for there."""
        return self._introduced.get(start) or self.of(self._names.people[start].text)

    def _before(self, start: int) -> str | None:
        office = next(iter(self._names.before(start, 1)), None)
        if office is None or office.type != "ORG" or not 0 < start - office.end <= _FAR:
            return None
        return name_of(office) if _BETWEEN.fullmatch(self._text, office.end, start) else None

    def _behind(self, person: Mention) -> str | None:
        link = _BEHIND.match(self._text, person.end)
        office = self._names.at.get(link.end()) if link else None
        if office is None or office.type != "ORG" or not _POST_BEHIND.match(self._text, office.end):
            return None
        return name_of(office)

    def _of_topic(self, start: int) -> str | None:
        """The office that a clause of the paragraph opened with, of whoever is named by a post alone."""
        post = _ALONE.search(self._text, max(0, start - _POST_WITHIN), start)
        return self.of_post(*post.span("post")) if post else None

    def of_post(self, start: int, end: int) -> str | None:
        """Whom the post `[start, end)` without a name is of: the office that a clause of the paragraph opened with."""
        post = self._text[start:end]
        kind = _KIND.search(post)
        if _RULER.search(post) or self._names.between(start, end):
            return None
        line = self._names.line_start(start)
        for office in self._names.before(start, _NEAR):
            if office.start < line:
                return None
            name = name_of(office)
            if office.type != "ORG" or is_media(name) or (kind and not ends_like(name, kind["kind"])):
                continue
            if office.start == line or _OPENS.search(self._text, max(line - 1, office.start - _LEAD, 0), office.start):
                return name
        return None

    def _only_interviewed(self) -> str | None:
        """The office of the one interviewed, where a label tells the post or the name."""
        for label in _INTERVIEWED.finditer(self._text):
            office, person = self._names.at.get(label.end()), self._names.people.get(label.end())
            if office is not None and office.type == "ORG":
                return name_of(office)
            if person is not None and (known := self.of(person.text)):
                return known
        return None
