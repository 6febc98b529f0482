"""Firms by the word that is theirs alone: 碧海春 after 某省碧海春茶业有限公司.

The word stands behind the place that a firm's name opens with, and is one that no dictionary has for a kind of thing
(农业, 建筑); at the beginning of a clause, before what it does, it means the firm.
"""

import re
from collections import defaultdict

from extract.facts.name_index import NameIndex, name_of
from extract.ner.abbreviations import without_place

_FIRM = re.compile(r"(?:公司|集团|合作社|厂)$")
# 国际, 中国 and the like open the names of many.
_COMMON = re.compile(r"中国|中华|全国|国家|国际|国网|东方|华[东南北中]|[东西南北]方|第[一二三四五六]")
_LEAST = 2


class FirmWords:
    """The firms of one bulletin; `openings` are the first two characters of their own words."""

    def __init__(self, names: NameIndex) -> None:
        self._firms: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        self.openings = self._firms.keys()
        for mention in names.at.values():
            if mention.type == "ORG" and _FIRM.search(mention.text):
                rest = without_place(mention.text)
                if len(rest) > _LEAST and not _COMMON.match(rest):
                    self._firms[rest[:_LEAST]].append((rest, name_of(mention), mention.start))

    def at(self, text: str, position: int) -> list[tuple[int, str]]:
        """The firms named before `position` whose own word begins there, with where it may end: the longest first."""
        found: list[tuple[int, str]] = []
        for rest, name, start in self._firms.get(text[position : position + _LEAST], ()):
            if start < position:
                same = next((i for i, c in enumerate(rest) if text[position + i : position + i + 1] != c), len(rest))
                found += [(position + length, name) for length in range(same, _LEAST - 1, -1)]
        found.sort(reverse=True)
        return found
