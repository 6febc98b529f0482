"""Which of the periods that a bulletin tells of is that of a figure.

Notes for a newcomer. The scopes say which period *holds* at a place of the text. Whether a figure there is told of that
period is another matter: the lead's 今年以来 may be meant by a list three paragraphs on or not, 截至6月底 may hold for
one figure or for a page, and a stock is there at no stated time. So the periods in reach are candidates, each with its
sources (where it was told: in the `clause`, at the `par-open`, in the lead …; `R` is the scopes' own answer), its kind
(a day, a year, 截至…) and what the clause is like (累计, 目前, a stock, no time in its sentence). Every source has a
weight, alone, with each kind and with each property of the clause, learned from labelled bulletins
(`bench/learn_periods.py`); the candidate with the largest sum is taken.
"""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from extract.data import load_rows
from extract.facts.scope_words import either
from extract.facts.sections import label_end
from extract.facts.whole_period import Period
from extract.layers import Layers

Candidates = dict[Period, list[str]]

_STOCK = re.compile(either("stocks"))
# 近年来, 25年来
_VAGUE = re.compile(
    either("vague")
    + r"|[\d一二两三四五六七八九十]年来|近[两二三四五六七八九十\d]{1,2}年|(?:成立|组建|挂牌|开业|建成)以来"
)
_NOW = re.compile("目前|现(?![场金行年])")
_MARK = r"[一二三四五六七]是|[一二三四五六七]、|[（(][一二三四五六七][)）]|首先|其次|[★■◆▲]"
_NUMBERED = re.compile(rf"[ 　]*(?:{_MARK})")
_ITEM = re.compile(rf"。[一二三四五六七]是|；[一二三四五六七]是|\n[ 　]*(?:{_MARK})")
# A case is told with times of its own: what the lead reports on does not reach into it.
_CASE = re.compile(r"\n[ 　]*(?:典型)?案例[一二三四五六七八九十\d]")
_NOTHING: Period = (None, None)
# What something can be counted from the beginning of, up to the day of 截至….
_LONG = frozenset({"month", "part", "year", "years"})
_POINTS = frozenset({"day", "until", "none"})
# From how many days on a stretch is called by the next of these names.
_BOUNDS = (26, 32, 300, 367)
_LENGTHS = ("days", "month", "part", "year", "years")
# A time so near to the paragraph's beginning opens it.
_OPENS = 8
# A time with its comma is no longer.
_FRAME = 11


class _Told(NamedTuple):
    start: int
    period: Period
    kind: str


class PeriodChoice:
    """Chooses the periods of figures in one bulletin.

    Args:
        layers: sentences, clauses, head and date of publication.
        told: where each time that sets a period begins, and which period, in order.
        whole: the period that the whole bulletin reports on, (None, None) if none is said.
        days: how many days its event takes, 0 if that is not said.
    """

    def __init__(self, layers: Layers, told: list[tuple[int, Period]], whole: Period, days: int) -> None:
        self._text = text = layers.view.text
        self._sentences, self._clauses = layers.sentences, layers.clauses
        self._whole, self._published = whole, layers.published
        self._told = [_Told(start, period, kind_of(period)) for start, period in told]
        self._starts = [t.start for t in self._told]
        self._reaching = _latest_before(self._told, lambda t: t.kind not in _POINTS)
        self._long = _latest_before(self._told, lambda t: t.kind in _LONG)
        self._often = {p for p, count in Counter(t.period for t in self._told).items() if count > 1}
        lead = next((s for s in layers.sentences if s[0] >= layers.head.body), (0, 0))
        end = text.find("\n", max(0, lead[1] - 1))
        end = len(text) if end < 0 else end
        self._lead_start = lead[0]
        self._lead = [t for t in self._told if layers.head.body <= t.start < end]
        self._is_list = sum(1 for _ in islice(_ITEM.finditer(text, end), 2)) > 1
        self._in_body = bisect_left(self._starts, layers.head.body)
        in_body = {t.period for t in self._told[self._in_body :]}
        only = next(iter(in_body)) if len(in_body) == 1 else _NOTHING
        # What a text tells of a single day or year is of that one throughout.
        self._only = only if only[0] and only[1] else None
        self._days = days
        self._sentence_starts = [s[0] for s in layers.sentences]
        self._clause_starts = [c[0] for c in layers.clauses]
        self._cases = [match.end() for match in _CASE.finditer(text)]
        self._reach: dict[int, tuple[Candidates, list[str]]] = {}
        self._chosen: dict[tuple[int, int, Period, bool], Period] = {}

    def of(self, offset: int, in_force: Period, *, foreign: bool) -> Period:
        """The period of a figure.

        Args:
            offset: where the figure begins.
            in_force: the period that holds there.
            foreign: whether the figure is of others than the bulletin's own place and office.
        """
        key = (bisect_right(self._clause_starts, offset), bisect_left(self._starts, offset), in_force, foreign)
        if key not in self._chosen:
            self._chosen[key] = self._best(offset, in_force, foreign=foreign)
        return self._chosen[key]

    def _add_from(self, day: dt.date, add: Callable[[Period, str], None]) -> None:
        """Add what begins on the lead's day: up to the publication, and for as long as it is said to take."""
        if self._published and day < self._published:
            add((day, self._published), "lead-day-since")
        if self._days:
            add((day, day + dt.timedelta(days=self._days - 1)), "lead-day-long")

    def is_often(self, period: Period) -> bool:
        """Whether more than one time tells of `period`."""
        return period in self._often

    def _best(self, offset: int, in_force: Period, *, foreign: bool) -> Period:
        candidates, clause = self.candidates(offset, in_force, foreign=foreign)
        about = tuple(clause)
        often = _weights()["often"].get("", 0.0)
        best, most = in_force, float("-inf")
        for period, sources in candidates.items():
            kind = kind_of(period)
            score = _weight("kind", kind, ()) + (often if period in self._often else 0.0)
            for source in sources:
                score += _weight(source, kind, about)
            if score > most:
                best, most = period, score
        return best

    def candidates(self, offset: int, in_force: Period, *, foreign: bool) -> tuple[Candidates, list[str]]:
        """The periods in reach of `offset` with their sources, and what its clause is like."""
        number = max(0, bisect_right(self._sentence_starts, offset) - 1)
        if number not in self._reach:
            self._reach[number] = self._before(number)
        before, general = self._reach[number]
        found = {period: list(sources) for period, sources in before.items()}
        about = list(general)
        if foreign and kind_of(self._whole) == "days":
            # The days of an inspection are those of what the inspectors did, not of what was done by the inspected.
            found.pop(self._whole, None)
            in_force = _NOTHING if in_force == self._whole else in_force
        opening = self._sentence_starts[number] if self._sentences else 0
        first = bisect_left(self._starts, opening)
        last = bisect_left(self._starts, offset)
        if in_force == _NOTHING and first == last:
            sole = self._sole(opening, first)
            if sole and not _VAGUE.search(self._text, opening, offset):
                in_force = sole
        found.setdefault(in_force, []).append("R")
        begin, stop = self._clauses[max(0, bisect_right(self._clause_starts, offset) - 1)] if self._clauses else (0, 0)
        if first < last:
            near = self._told[last - 1]
            found.setdefault(near.period, []).append("sent-last")
            found.setdefault(self._told[first].period, []).append("sent-first")
            if near.start >= begin:
                found.setdefault(near.period, []).append("clause")
        else:
            about += ["notime"] if "timed" in about else ["notime", "notimepar"]
        if last:
            self._add_last(found, first, last, opening)
        words = self._text[begin:stop]
        if _STOCK.search(words):
            about.append("stock")
        if "累计" in words:
            about.append("cum")
        if _NOW.match(words):
            about.append("now")
        if foreign:
            about.append("foreign")
        return found, about

    def _sole(self, opening: int, first: int) -> Period | None:
        """The only period told of, by the text or by the paragraph before the sentence from `opening`.

        Args:
            opening: where the sentence begins.
            first: how many times are told before it.
        """
        if self._only and self._starts[self._in_body] < opening:
            return self._only
        inside = self._told[bisect_left(self._starts, self._text.rfind("\n", 0, opening + 1) + 1) : first]
        if not inside or inside[0].kind not in _LONG - {"month"} or any(t.period != inside[0].period for t in inside):
            return None
        # “十三五”期间，… sets a frame, 2020年调解纠纷40件 dates its own figure.
        return inside[0].period if "，" in self._text[inside[-1].start : inside[-1].start + _FRAME] else None

    def _case(self, offset: int) -> int:
        """Where the case that is told at `offset` begins, 0 if none is."""
        number = bisect_right(self._cases, offset)
        return self._cases[number - 1] if number else 0

    def _add_last(self, found: Candidates, first: int, last: int, offset: int) -> None:
        """Add the last periods told up to `last`, and what began before and the sentence closes (截至…)."""
        told = self._told
        floor = self._case(offset)
        if told[last - 1].start >= floor:
            found.setdefault(told[last - 1].period, []).append("last-any")
        if (reaching := self._reaching[last]) is not None and reaching.start >= floor:
            found.setdefault(reaching.period, []).append("last-range")
        until = next((t.period[1] for t in reversed(told[first:last]) if t.kind == "until"), None)
        if until and (long := self._long[last]) and long.period[0] and long.period[0] <= until:
            found.setdefault((long.period[0], until), []).append("combo")

    def _before(self, number: int) -> tuple[Candidates, list[str]]:
        """What was told before the sentence, and what its paragraph is like."""
        start = self._sentence_starts[number] if self._sentences else 0
        paragraph = self._text.rfind("\n", 0, start + 1) + 1
        opening = label_end(self._text, paragraph)
        found: Candidates = {_NOTHING: ["none"]}

        def add(period: Period, source: str) -> None:
            found.setdefault(period, []).append(source)

        case = self._case(start)
        if self._whole != _NOTHING and not case:
            add(self._whole, "W")
        inside = self._told[bisect_left(self._starts, paragraph) : bisect_left(self._starts, start)]
        if inside:
            add(inside[0].period, "par-first")
            add(inside[-1].period, "par-last")
            if inside[0].start - (paragraph if inside[0].kind == "day" else opening) < _OPENS:
                add(inside[0].period, "par-open")
            if number and inside[-1].start >= self._sentence_starts[number - 1]:
                add(inside[-1].period, "prevsent")
        lead = [t for t in self._lead if t.start < start] if not case else []
        if lead:
            add(lead[0].period, "lead-first")
            if reaching := next((t for t in lead if t.kind not in ("day", "until")), None):
                add(reaching.period, "lead-range")
            if lead[0].kind == "day" and lead[0].period[0]:
                self._add_from(lead[0].period[0], add)
            since = (t for t in lead if t.period[0] and t.kind != "day" and t.period[1] == self._published)
            if self._published and (begun := next(since, None)):
                add(begun.period, "lead-since")
        flags = {
            "timed": bool(inside),
            "leadpar": paragraph <= self._lead_start,
            "numbered": _NUMBERED.match(self._text, paragraph) is not None,
            "list": self._is_list,
        }
        return found, [name for name, is_so in flags.items() if is_so]


def _latest_before(told: list[_Told], fits: Callable[[_Told], bool]) -> list[_Told | None]:
    """For every number of times told, 0 included, the latest of them that fits."""
    latest: list[_Told | None] = [None]
    for each in told:
        latest.append(each if fits(each) else latest[-1])
    return latest


@lru_cache(maxsize=1 << 12)
def kind_of(period: Period) -> str:
    """What kind of stretch `period` is."""
    start, end = period
    if start is None:
        return "none" if end is None else "until"
    if end is None:
        return "from"
    days = (end - start).days
    if days == 0:
        return "day"
    return _LENGTHS[bisect_right(_BOUNDS, days)]


@lru_cache(maxsize=1 << 14)
def _weight(source: str, kind: str, about: tuple[str, ...]) -> float:
    """What it says for a period of the `kind` to be told by `source`, in a clause that is `about`."""
    own = _weights()[source]
    return own[""] + own.get(kind, 0.0) + sum(own.get(word, 0.0) for word in about)


@cache
def _weights() -> defaultdict[str, dict[str, float]]:
    """By source: the weights of what it stands together with, "" for the source alone."""
    weights: defaultdict[str, dict[str, float]] = defaultdict(lambda: {"": 0.0})
    for source, word, weight in load_rows("facts/data/period_weights.tsv"):
        weights[source][word] = float(weight)
    return weights
