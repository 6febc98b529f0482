"""Periods told in turn: 2021年、2022年受理案件分别为90件、80件 gives each figure its own."""

import re
from bisect import bisect_left

from extract.facts.whole_period import Period
from extract.layers import Layers
from schemas import Quantity, TimeExpression

_JOINED = re.compile("[、和及与]")
_BETWEEN = re.compile("[、，,和及与]?")
_TO_THE_END = re.compile(r"[^。；！？\n]{0,200}")
_EACH = re.compile("分别|依次")
# What each of them is stands within so many characters.
_NEAR = 12


def told_in_turn(layers: Layers) -> dict[int, Period]:
    """By the offset of a figure: its period, where so many figures for each of several periods are told in turn."""
    text = layers.view.text
    found: dict[int, Period] = {}
    if "分别" not in text and "依次" not in text:
        return found
    starts = [q.start for q in layers.quantities]
    for group in _groups(text, layers.times):
        rest = _TO_THE_END.match(text, group[-1].end)
        stop = rest.end() if rest else group[-1].end
        for each in _EACH.finditer(text, group[-1].end, stop):
            following = layers.quantities[bisect_left(starts, each.end()) : bisect_left(starts, stop)]
            row = _row(text, following, each.end())
            if row and len(row) % len(group) == 0:
                size = len(row) // len(group)
                for index, figure in enumerate(row):
                    time = group[index // size]
                    found[figure.start] = time.from_date, time.to_date
    return found


def _groups(text: str, times: list[TimeExpression]) -> list[list[TimeExpression]]:
    """The times that stand in a row, two or more."""
    groups: list[list[TimeExpression]] = []
    for time in sorted(times, key=lambda t: t.start):
        if groups and _JOINED.fullmatch(text, groups[-1][-1].end, time.start):
            groups[-1].append(time)
        else:
            groups.append([time])
    return [g for g in groups if len(g) > 1 and all(t.from_date and t.to_date for t in g)]


def _row(text: str, quantities: list[Quantity], start: int) -> list[Quantity]:
    """The first of `quantities`, all behind `start`, that stand in a row and have one unit."""
    row: list[Quantity] = []
    for figure in quantities:
        if not row and figure.start - start > _NEAR:
            break
        if row and (figure.unit != row[0].unit or not _BETWEEN.fullmatch(text, row[-1].end, figure.start)):
            break
        row.append(figure)
    return row
