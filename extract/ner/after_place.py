"""The name before the ending of a place, where the place before leads to it.

It goes on in one breath (江村街道 | 锦绣社区) or in a list (平旺湖、得胜湖).
"""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.before_ending import NameBefore
from extract.ner.candidates import Candidate
from extract.ner.words import Words

TOWNS = ("镇", "乡", "街道", "苏木")
VILLAGES = frozenset({"村", "社区", "嘎查"})
SIDES = frozenset({"", "东门", "西门", "南门", "北门", "中心"})
# What follows a town in one breath besides villages.
_IN_TOWNS = VILLAGES | frozenset({"路", "街", "大街", "大道", "小区", "广场", "公园"})
_LONGEST_VILLAGE = 5
_NUMERALS = "一二三四五六七八九十百千万"
_COUNTS = _NUMERALS + "个余多几来两"
# These single characters before 村 are deeds and no piece of its name (石桥镇到村), as others are (加定镇扎隆口村).
_NOT_IN_VILLAGE = frozenset("在到进入与和及的等各每全多个至有是为把被由用让使给令请驻下返出离整逐包回帮扶建该本")
# 滨海旅游公 | 路
_KINDS_OF_WAY = frozenset("公道马铁线")


@cache
def _geography(key: str) -> frozenset[str]:
    return frozenset(load_toml("ner/data/places.toml")["geography"][key])


class NameAfterPlace(NameBefore):
    """Reads the names between a place and the ending of the next."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        # A landform or way is no part of the division that it lies in (献县 | 子牙河), as a town or a zone is.
        self.apart = _geography("apart")
        self.next = self.lists.areas | VILLAGES | _geography("next")

    def goes_on(self, before: Candidate, ending: re.Match[str]) -> bool:
        """Whether the place before goes on to the ending with no name of its own between (凤凰山 | 南门广场)."""
        between = self.text[before.end : ending.start()]
        return ending[0] in self.next and between in SIDES and self.closed(ending.end())

    def listed(self, before: Candidate, ending: re.Match[str]) -> bool:
        """玉河社区、世贸社区: whether the name follows a town or village in a list and nothing else can stand there."""
        text, start = self.text, before.end + 1
        towns = self.lists.towns
        if ending[0] not in towns or text[before.end] not in "、和" or not 2 <= ending.start() - start <= 6:
            return False
        inner = text[start : ending.start()]
        if not self.free(start, ending.start()) or not self.closed(ending.end()):
            return False
        ordinary = self._general(inner) or not all("一" <= c <= "龥" for c in inner)
        return not ordinary and text.endswith(tuple(towns), 0, before.end)

    def water_listed(self, before: Candidate, ending: re.Match[str]) -> bool:
        """平旺湖、得胜湖、大纵湖: whether a name between marks follows one of its kind."""
        text, start, end = self.text, before.end + 1, ending.end()
        marks = text[before.end] == "、" and text[end : end + 1] in {"、", "等", "和", "，"}
        inner = text[start : ending.start()]
        same = ending[0] in self.apart and text.endswith(ending[0], before.start, before.end)
        return marks and same and 2 <= len(inner) <= 3 and self.words.begins(start) and not self._general(inner)

    def village(self, before: Candidate, ending: int, form: str) -> bool:
        """石关乡马畈村: whether the village's name stands between the town and the ending."""
        words = self.words
        inner = self.text[before.end : ending]
        in_town = self.text.endswith(TOWNS, before.start, before.end) and len(inner) >= 2
        if (
            form not in _IN_TOWNS
            or (form not in VILLAGES and not in_town)
            or len(inner) > _LONGEST_VILLAGE
            or (form == "路" and inner[-1:] in _KINDS_OF_WAY)
            or not self.closed(ending + len(form))
        ):
            return False
        stop = words.next_stop(before.end)
        while stop < ending:
            # Rare characters of village names are classifiers or nothing to jieba (畈, 圩); some begin with a numeral.
            counts = stop > before.end or len(inner) < 2 or inner[0] not in _NUMERALS or inner[1] in _COUNTS
            word, tag = words.word_at(stop), words.tag_at(stop)
            piece = in_town and len(word) == 1 and len(inner) <= 4 and word not in _NOT_IN_VILLAGE
            if tag != "q" and (counts or not tag.startswith("m")) and not piece:
                return False
            stop = words.next_stop(stop + 1)
        last = self.text[max(before.end, words.starts[words.index[ending - 1]]) : ending]
        kind = inner in self.lists.generic or (len(last) > 1 and last in self.lists.generic)
        return all("一" <= c <= "龥" for c in inner) and not kind

    def _general(self, inner: str) -> bool:
        return inner in self.lists.generic or inner in self.lists.common
