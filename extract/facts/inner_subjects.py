"""Who acts, and whose the figures are, from within a clause on.

The subject that opens a clause holds for all of it (`extract.facts.subjects`) unless a doer follows 被 or 由, or a
figure is another's: an item of a list, a peak, a share.
"""

import re
from bisect import bisect_left
from itertools import pairwise

from extract.facts.name_index import NameIndex, name_of
from extract.facts.scope_words import either
from extract.layers import Layers
from schemas import Mention

_PASSIVE = "被由经"
_SHARED = re.compile(r"[、，和及]{1,2}")
_FOUNDS = re.compile(r"成立|组建|设立|揭牌|挂牌|组成")
# 最大点雨量在某镇, 最大的某镇达到…: the figures that follow are that place's.
_PEAK = re.compile(
    r"(?:最[大高强多深小低重]|[居列排]前?[一二三四五六七八九十]?[首位三一]位?的)[^，。；：、]{0,10}?(?:在|为|是|于|的|有)$"
)
# 委托某公司抽检样品405份
_CHARGED = re.compile(r"(?:委托|[又还并]请)(?:[了由]|第三方|机构)*$")
# 某村一村就用了300万元
_ONE_ALONE = re.compile(r"一[家地省市县区旗镇乡村队所院校站社]就")
_HANDED = re.compile(either("handed"))
# 在张北、沽源建示范田
_LOCATED = re.compile("[在于到赴向][^，。；]{0,20}$")
_FAR = 120
_SUMMED = re.compile(r"[共总]|合计|联合")
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
        owners = self._owners(start, end, names)
        if len(actors) > 1:
            at = self._text.find("分别", start, end)
            shares = self._shares(at, actors, owner) if at >= 0 else self._alike(start, end, actors, owner)
            owners |= {at: whose for at, whose in shares.items() if at <= end}
        return self._passive(names, end), owners

    def opens_list(self, start: int) -> bool:
        """Whether a list of names with their figures begins at `start` (甲区9起、乙区6起; 甲区9起，乙区6起)."""
        mention = self._names.at.get(start)
        if mention is None or mention.end not in self._quantity_at:
            return False
        figure = self._quantities[bisect_left(self._quantities, mention.end, key=lambda q: q.start)]
        after = self._names.at.get(figure.end + 1) if self._text.startswith(("、", "，"), figure.end) else None
        return after is not None and after.end in self._quantity_at

    def only_receives(self, start: int, place: int) -> bool:
        """Whether the place of a part that the clause at `start` tells is where its total went or lies.

        向三市下拨4000万元，其中昆明1200万元; 在张北、沽源建示范田1.4万亩，其中张北6200亩.
        """
        if not self._text.startswith("其中", start):
            return False
        told = self._text[max(self._text.rfind("。", 0, start), start - _FAR, 0) : start]
        at = told.find(self._text[place : place + 2])
        return _HANDED.search(told) is not None or (at > 0 and _LOCATED.search(told, 0, at) is not None)

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

    def _owners(self, start: int, end: int, names: list[Mention]) -> dict[int, str | None]:
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
            listed = listed or _ONE_ALONE.match(self._text, mention.end) is not None
            listed = listed or (
                _CHARGED.search(self._text, max(start, at - 8), at) is not None
                and not self._text.startswith(("等", "、", "的"), mention.end)
                and self._counts_before(mention.end, end)
            )
            if listed and mention.type == "PLACE" and self.only_receives(start, at):
                continue
            if listed or _PEAK.search(self._text, max(start, at - 16), at):
                found[at] = name_of(mention)
        return found

    def _counts_before(self, start: int, end: int) -> bool:
        following = bisect_left(self._quantities, start, key=lambda q: q.start)
        return following < len(self._quantities) and self._quantities[following].start < end

    def _alike(self, start: int, end: int, actors: tuple[str, ...], owner: str | None) -> dict[int, str | None]:
        """The clause's figures given to one actor each, if as many and of one unit (甲村、乙村少收3万元、2万元)."""
        first = bisect_left(self._quantities, start, key=lambda q: q.start)
        last = bisect_left(self._quantities, end, key=lambda q: q.start)
        # 两村各得…: those two are whom it tells of.
        first += first < last and self._text[self._quantities[first].start] in "两三四五六七"
        if last - first != len(actors) or _SUMMED.search(self._text, start, end):
            return {}
        if len({q.unit for q in self._quantities[first:last]}) > 1:
            return {}
        return self._shares(self._quantities[first].start, actors, owner)

    def _shares(self, at: int, actors: tuple[str, ...], owner: str | None) -> dict[int, str | None]:
        """The figures after 分别 given to one actor each, if they are as many (甲、乙分别立案58件、67件)."""
        first = bisect_left(self._quantities, at, key=lambda q: q.start)
        shares = self._quantities[first : first + len(actors)]
        if len(shares) < len(actors):
            return {}
        if not all(_SHARED.fullmatch(self._text, a.end, b.start) for a, b in pairwise(shares)):
            return {}
        return {s.start: actor for s, actor in zip(shares, actors, strict=True)} | {shares[-1].end: owner}
