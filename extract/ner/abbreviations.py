"""Short and full names of one office: 市中院 and 嘉兴市中级人民法院, 市住建局 and 住房和城乡建设局.

Notes for a newcomer. Chinese shortens a name by leaving characters out, in order: the short form begins and ends like
the full one and its characters are a subsequence of it. Three things are peculiar: 人民 in front of a court, a
procuratorate or a government goes first of all; 委员会 ends as 委 and 联合会 as 联; and what hangs on the office
(市住建局 | 村镇建设科) is no part of the shortening.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from extract.ner.lexicon import divisions

_PEOPLES = re.compile(r"^人民(?=法院|检察院|政府)")
_PEOPLES_OFFICE = re.compile(r"(?:中级|高级)?人民(?:法院|检察院)(?=.)|.{2,8}指挥部(?=.)")
_ENDS = (
    ("委员会", "委"),
    ("指挥部", "指"),
    ("协会", "协"),
    ("办公室", "办"),
    ("联合会", "联"),
    ("人民法院", "院"),
    ("人民检察院", "院"),
)
# Where an office ends and its inner unit begins.
_OFFICE_END = re.compile(r"(?:局|委(?!员)|院|厅|办(?!公|事)|联(?!合)|府|会)")
_LONGEST_PLACE = 11


@lru_cache(maxsize=8192)
def split_place(name: str) -> tuple[str, str]:
    """`name` as its chain of full division names and the rest (浙江省兰溪市 | 司法局)."""
    full = divisions()[0]
    position = 0
    while position < len(name):
        ends = range(min(len(name), position + _LONGEST_PLACE), position + 1, -1)
        end = next((e for e in ends if name[position:e] in full), None)
        if end is None:
            break
        position = end
    return name[:position], name[position:]


def shortens(short: str, full: str) -> bool:
    """Whether the office `short` (without its place) is a short form of the office `full`."""
    full = _PEOPLES.sub("", full)
    if short == full:
        return True
    if len(short) < 2 or len(short) >= len(full) or short[0] != full[0]:
        return False
    if short[-1] != full[-1] and not any(full.endswith(e) and short.endswith(s) for e, s in _ENDS):
        return False
    rest = iter(full)
    return all(char in rest for char in short)


class FullNames:
    """The full names that a text gives, to look up short ones in.

    Args:
        names: the organisations of the text, short and full forms alike.
    """

    def __init__(self, names: Iterable[str]) -> None:
        # The last division of the place tells the offices of one place from those of another.
        self._by_place: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            place, office = split_place(name)
            if place and office:
                self._by_place[_last(place)].append((name, office))
                if unit := _PEOPLES_OFFICE.match(office):
                    # 人民检察院第五检察部 gives the name of the 检察院 too.
                    self._by_place[_last(place)].append((place + unit[0], unit[0]))
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The full name for `name`, which begins with its place; `name` itself where the text gives none."""
        if name not in self._found:
            self._found[name] = self._search(name)
        return self._found[name]

    def _search(self, name: str) -> str:
        place, office = split_place(name)
        if not place or not office:
            return name
        known = self._by_place.get(_last(place), ())
        for cut in [len(office), *(m.end() for m in reversed(list(_OFFICE_END.finditer(office, 1))))]:
            head, unit = office[:cut], office[cut:]
            fuller = [
                full
                for full, other in known
                if (not other.startswith(head) or other == head + "员会") and shortens(head, other)
            ]
            if fuller:
                return max(fuller, key=len) + unit
            longer = [full for full, other in known if other == head and len(full) > len(place) + cut]
            if longer:
                return max(longer, key=len) + unit
        return name


def _last(place: str) -> str:
    """The last division of a chain."""
    full = divisions()[0]
    return next(
        place[start:] for start in range(max(0, len(place) - _LONGEST_PLACE), len(place)) if place[start:] in full
    )
