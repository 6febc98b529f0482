"""Makers told by the title's own place: in the title, or right before it (国务院办公厅《…》)."""

import re
from typing import Any

from extract.data import load_toml
from extract.facts.head_names import is_office
from extract.facts.joint_names import JointNames
from extract.facts.places import divisions_of
from extract.facts.titles import Title
from extract.patterns import any_of

_DATA: dict[str, Any] = load_toml("facts/data/documents.toml")
MAKER = re.compile(
    rf"(?:{'|'.join(sorted(_DATA['makers']['words'], key=len, reverse=True))}"
    r"|[两三四五六七八九十\d]+个?(?:部委|部门|单位|部委局|家单位))"
)
_TITLE_MAKER = re.compile(r"(?P<makers>.{2,60}?)(?:关于|印发|转发)")
_AND_SO_MANY = re.compile(r"等[\d一二两三四五六七八九十]*[个家]?(?:部门|单位|部委|部委局|机构)$")
_AND_OTHERS = re.compile(r"等(?:[\d一二两三四五六七八九十]+)?(?:个|家)?(?:部门|单位|部委|机构)$")
_BETWEEN_MAKERS = re.compile(r"[ 　、]+|(?<=[厅局部委院])和")
# 中共某省委|某省人民政府, 中共中央|国务院: offices that follow one another with nothing between.
_CENTRAL = "国务院|中共|最高人民|" + any_of(
    [name for name in load_toml("ner/data/offices.toml")["central"]["names"] if name.endswith(("部", "委", "局", "署"))]
)
_NEXT_MAKER = re.compile(rf"(?<=[央委府院厅局部室会])(?={_CENTRAL}|[一-鿿]{{2,9}}?[省市县区州旗盟])")
_NEXT_CENTRAL = re.compile(_CENTRAL)
# Between who made a document and its title: its number.
_TO_TITLE = re.compile(
    r"(?:[（(]?(?:(?:19|20)\d\d年)?令?第?[ ]?\d{1,4}[ ]?号[）)]?(?:主席|总|部)?(?:令|公告|通告|文件|文)?"
    r"|(?:主席|总)?令[（(]?(?:(?:19|20)\d\d年)?第?[ ]?\d{1,4}[ ]?号[）)]?"
    r"|[一-鿿A-Za-z]{1,10}[〔\[（(【](?:19|20)\d\d[〕\]）)】][ ]?第?\d{1,4}号(?:文件|文)?)[，、：]?$"
)
# Handed to whoever stands before the title.
_RECEIVES = re.compile(r"(?:给|向|送达|送达了|发送|递交|递交了|致|制发|督促|责令|要求|监督)$")
_LONGEST_MAKER = 30


class TitleMakers:
    """Finds the makers that stand in or right before titles.

    Args:
        text: the text of the view.
        names: its organisations and places.
        full: the full name of each that is mentioned in a short form.
        place: the bulletin's own place.
    """

    def __init__(self, text: str, names: JointNames, full: dict[str, str], place: str | None) -> None:
        self._text, self._names, self._full, self._place = text, names, full, place

    def of(self, title: Title, first: Title, begin: int) -> tuple[str, ...]:
        """The makers of `title`, one of the row that `first` opens, told from `begin` on; () if none stand there."""
        return self._in_title(title.title) or self._before(title, first, begin)

    def _in_title(self, title: str) -> tuple[str, ...]:
        """The offices that a title begins with: 某市司法局 某市财政局关于…的意见."""
        match = _TITLE_MAKER.match(title)
        if match is None:
            return ()
        makers = _AND_SO_MANY.sub("", match["makers"])
        names = [n for part in _BETWEEN_MAKERS.split(makers) if part for n in _apart(part)]
        if not all(n in self._full or MAKER.fullmatch(n) or is_office(n) for n in names):
            return ()
        return tuple(self._full.get(n) or self._of_own_place(n) for n in names)

    def _of_own_place(self, name: str) -> str:
        """昆山市政府办公室 for 市政府办公室 in a bulletin about 昆山市."""
        place = self._place
        return place + name[1:] if place and name[0] == place[-1] and not MAKER.fullmatch(name) else name

    def _before(self, title: Title, first: Title, begin: int) -> tuple[str, ...]:
        """Whoever stands right before the title, or before the first of a row that is theirs: 省厅《A》《B》."""
        if title.start == first.start:
            return self._right_before(title.start, begin)
        if title.kind == "law" and first.kind != "law":
            return ()
        makers = self._right_before(first.start, begin)
        place = divisions_of(title.title)
        return makers if not place or any(place[0] in name for name in makers) else ()

    def _right_before(self, start: int, begin: int) -> tuple[str, ...]:
        """Whoever stands right before the title: 国务院办公厅《…》, 省民政厅等九部门《…》, 国务院令第724号《…》."""
        clause, begin = begin, max(begin, start - _LONGEST_MAKER)
        if number := _TO_TITLE.search(self._text, begin, start):
            start = number.start()
        if others := _AND_OTHERS.search(self._text, begin, start):
            start = others.start() if self._names.chain_ending(others.start())[0] else start
        chain, at = self._names.chain_ending(start)
        if chain and at >= clause:
            return () if _RECEIVES.search(self._text, max(0, at - 3), at) else chain
        for maker in MAKER.finditer(self._text, begin, start):
            if maker.end() == start:
                return (maker[0],)
        return ()


def _apart(makers: str) -> list[str]:
    """The offices that `makers` names one after another: 中共某省委某省人民政府."""
    for match in _NEXT_MAKER.finditer(makers, 3):
        first, rest = makers[: match.start()], makers[match.start() :]
        place = divisions_of(rest)
        if _NEXT_CENTRAL.match(rest) or (place and place[0] in first):
            return [first, *_apart(rest)]
    return [makers]
