"""Who acts, and whose the figures are, from within a clause on.

The subject that opens a clause holds for all of it (`extract.facts.subjects`) unless a doer follows 被 or 由, or a
figure is another's: an item of a list, a peak, a share.
"""

import re
from bisect import bisect_left
from itertools import pairwise

from extract.facts.name_index import NameIndex, name_of
from extract.layers import Layers
from schemas import Mention

_PASSIVE = "被由经"
_SHARED = re.compile(r"[、，和及]{1,2}")
_FOUNDS = re.compile(r"成立|组建|设立|揭牌|挂牌|组成")
# 最大点雨量在某镇, 最大的某镇达到…: the figures that follow are that place's.
_PEAK = re.compile(
    r"(?:最[大高强多深小低重]|[居列排]前?[一二三四五六七八九十]?[首位三一]位?的)[^，。；：、]{0,10}?(?:在|为|是|于|的|有)$"
)


# 1500只由某公司出资
_GIVES = re.compile(r"(?:独家|无偿)?(?:出资|捐|赠|赞助|提供|认领|承担|完成|承建)")


class InnerSubjects:
    """Finds them in one bulletin."""

    def __init__(self, layers: Layers, names: NameIndex) -> None:
        self._text = layers.view.text
        self._names = names
        self._quantities = sorted(layers.quantities, key=lambda q: q.start)
        self._quantity_at = {q.start for q in layers.quantities}
        self._quantity_ends = {q.end for q in layers.quantities}

    def of(
        self, start: int, end: int, actors: tuple[str, ...], owner: str | None
    ) -> tuple[dict[int, tuple[str, ...]], dict[int, str | None]]:
        """Who acts, and whose the figures are, within the clause, each by where that begins.

        Args:
            start, end: the clause.
            actors, owner: who opens it, and whose the figures are up to then.
        """
        names = self._names.between(start + 1, end)
        if not names and len(actors) < 2:
            return {}, {}
        owners = self._owners(start, names)
        if len(actors) > 1 and (at := self._text.find("分别", start, end)) >= 0:
            owners |= {at: whose for at, whose in self._shares(at, actors, owner).items() if at <= end}
        return self._passive(names, end), owners

    def founded(self, start: int, end: int) -> str | None:
        """The organisation that the clause says to have been founded (成立了某服务队, 某合作社揭牌), None if none."""
        if match := _FOUNDS.search(self._text, start, end):
            for mention in self._names.between(start, end):
                behind = match.end() <= mention.start and mention.end >= end - 1
                before = mention.end <= match.start() and match.end() >= end - 2
                if mention.type == "ORG" and (behind or before):
                    return name_of(mention)
        return None

    def _passive(self, names: list[Mention], end: int) -> dict[int, tuple[str, ...]]:
        """The doers named after 被, 由 and 经."""
        found: dict[int, tuple[str, ...]] = {}
        for mention in names:
            before = self._text[mention.start - 1]
            if before in _PASSIVE or (found and before == "的" and mention.type == "ORG"):
                # The second case: 被某部授予称号的某所 goes on to act itself.
                found[mention.start] = tuple(name_of(m) for m in self._names.joint(mention, end))
        return found

    def _owners(self, start: int, names: list[Mention]) -> dict[int, str | None]:
        """Items of a list (甲区9起、乙区6起) and peaks (最大雨量在丙镇)."""
        found: dict[int, str | None] = {}
        for mention in names:
            at = mention.start
            listed = mention.end in self._quantity_at and at - 1 in self._quantity_ends
            # The parts of a line of a post: 医疗点9处 某医院派出医护人员32名
            listed = listed or (
                self._text[at - 1] in " \u3000" and mention.type == "ORG" and at - 1 in self._quantity_ends
            )
            if self._text[at - 1] == "由" and at - 1 in self._quantity_ends and _GIVES.match(self._text, mention.end):
                given = bisect_left(self._quantities, at, key=lambda q: q.start) - 1
                found[self._quantities[given].start] = name_of(mention)
            listed = listed or self._text.startswith(("一家就", "一地就", "一县就"), mention.end)
            if listed or (
                (mention.type == "PLACE" or mention.text.endswith("站"))
                and _PEAK.search(self._text, max(start, at - 16), at)
            ):
                found[at] = name_of(mention)
        return found

    def _shares(self, at: int, actors: tuple[str, ...], owner: str | None) -> dict[int, str | None]:
        """The figures after 分别 given to one actor each, if they are as many (甲、乙分别立案58件、67件)."""
        first = bisect_left(self._quantities, at, key=lambda q: q.start)
        shares = self._quantities[first : first + len(actors)]
        if len(shares) < len(actors):
            return {}
        if not all(_SHARED.fullmatch(self._text, a.end, b.start) for a, b in pairwise(shares)):
            return {}
        return {s.start: actor for s, actor in zip(shares, actors, strict=True)} | {shares[-1].end: owner}
