"""Which period holds from a time on: for its clause, its sentence, its paragraph.

Notes for a newcomer. A period set in a clause holds to the end of its sentence, and to the end of the paragraph where
it opens it. A clause may also point back at a period (两天里) or leave one: after ；, where others act, for what is
there at a day unsaid. `extract.facts.periods` tells what a time means; here is how long that holds.
"""

import re

from extract.facts.period_asides import is_founding
from extract.facts.periods import Periods
from extract.facts.scope_state import InForce
from extract.facts.timeless import Timeless
from extract.facts.whole_period import Period
from extract.layers import Layers
from schemas import TimeExpression

_GROUND = re.compile(r"(?:依据|根据|依照)(?:了)?《")
_AWARDS = re.compile(r"授予|通报表扬|予以表彰|奖励|记.等功")
_STOCK = re.compile(r"共有|现有|拥有|设有|建有|实有|下辖")
# 《某某办法》施行以来 is no longer.
_SINCE_WITHIN = 24
# 据介绍：今年… is no longer before the time.
_SAID_WITHIN = 6


class ScopeTimes:
    """Sets the periods in force, clause by clause in the order of the text.

    `told` are all periods that were told of, by where; `timeless` the clauses that are of none.
    """

    def __init__(self, layers: Layers, periods: Periods, in_force: InForce) -> None:
        self.told: list[tuple[int, Period]] = []
        self.timeless = Timeless(layers.view.text)
        self._text, self._published = layers.view.text, layers.published
        self._periods, self._in_force = periods, in_force
        self._times = sorted(layers.times, key=lambda t: t.start)
        self._next = 0
        # The last time of the sentence that set a period; and whether it speaks of the one before it.
        self._dated: TimeExpression | None = None
        self._meanwhile = False

    def begin_sentence(self, start: int, *, opens: bool) -> None:
        """A sentence begins; `opens`: it opens its paragraph."""
        self._dated = None
        self._meanwhile = False
        self.timeless.begin_sentence()
        if opens:
            self.timeless.begin_paragraph(start)

    def going_on(self, start: int) -> Period:
        """The period that one more sentence of a paragraph begins with."""
        opening, section = self._in_force.opening.period, self._in_force.section.period
        held = self._in_force.now.period
        self._meanwhile = self._periods.carries(start)
        runs_on = self._periods.is_day(opening) and opening[0] == held[0] and held != opening
        if self._meanwhile or runs_on:
            return held
        return opening if self._periods.goes_on(start, opening, section) else section

    def is_dated(self, start: int) -> bool:
        """Whether the sentence from `start` opens with a time."""
        return self._next < len(self._times) and self._times[self._next].start == start

    def words(self, start: int) -> int:
        """Where the sentence goes on after the time that it opens with."""
        if not self.is_dated(start):
            return start
        end = self._times[self._next].end
        return end + self._text.startswith("，", end)

    def begin_part(self) -> None:
        """A part of the sentence begins, after ；."""
        force = self._in_force
        if self._dated is None:
            return
        if self._dated.text.endswith(("末", "底")) and self._periods.is_day(force.now.period):
            # 一季度末存栏…；产量…: a stock at a day, then a flow again.
            force.set_period(force.opening.period)
        elif self._periods.is_brief(force.now.period) and force.section.period != (None, None):
            # In a half-year's report: 4月下旬，签订协议；就业18万人.
            force.set_period(force.section.period)

    def others_act(self) -> None:
        """What others did is no longer told of the month that opened the paragraph."""
        if self._dated is None and self._periods.is_month(self._in_force.now.period):
            self._in_force.set_period(self._in_force.section.period)

    def read(self, begin: int, stop: int, words: int, *, opens: bool) -> dict[int, Period]:
        """Take in what a clause points back at and its times.

        Args:
            begin: where it begins.
            stop: where it ends.
            words: where its own words begin, after its subject.
            opens: whether it opens its paragraph.

        Returns:
            The periods that the times set, by where they begin to hold.
        """
        self._point_back(begin, stop, words, opens=opens)
        dates: dict[int, Period] = {}
        while self._next < len(self._times) and self._times[self._next].start < stop:
            time = self._times[self._next]
            self._next += 1
            if is_founding(self._text, time, self._published):
                self.timeless.begin_founding()
                continue
            period = self._periods.of(time, self._dated) if time.start >= begin else None
            if period is None:
                continue
            self._dated = time
            self.timeless.begin_dated(begin)
            self._periods.remember(period, time.start)
            self.told.append((time.start, period))
            # The first time of a clause holds for all of it, also for what stands before it.
            dates[time.start if dates else begin] = period
            day = self._periods.is_day(period)
            if day and 0 <= self._in_force.label < time.start:
                # 一是建机制。9月2日签订协议，…: one deed of several under the label.
                continue
            said = time.start - begin < _SAID_WITHIN and self._text[time.start - 1] == "："
            if opens and (time.start <= words or said or day):
                self._in_force.open_with(period)
        return dates

    def undated(self, begin: int, stop: int, words: int, *, opens: bool) -> Period:
        """The period of a clause without a time of its own; the arguments are those of `read`."""
        dated = self._dated is not None
        self.timeless.read(begin, stop, words, opens=opens, dated=dated)
        period = self._in_force.now.period
        if dated or period == (None, None) or period != self._in_force.section.period:
            return period
        # What there is, is there at a day unsaid, whatever period the headline sets for what was done.
        # Nor was an award made in the year it is for.
        stock = _STOCK.search(self._text, words, stop) or _AWARDS.search(self._text, begin, stop)
        return (None, None) if stock else period

    def _point_back(self, begin: int, stop: int, words: int, *, opens: bool) -> None:
        counted = self._dated is not None and self._dated.text.startswith("截")
        pointed = None if self._meanwhile else self._periods.pointed_at(begin, words, counted=counted)
        if pointed is not None:
            self._in_force.set_period(pointed)
            if pointed == (None, None):
                self.timeless.begin_unknown(stop)
            lasts = pointed[0] is not None and pointed[1] == self._published
            if lasts and self._text.find("来", begin, begin + _SINCE_WITHIN) > 0:
                self.told.append((begin, pointed))
            if opens:
                self._in_force.open_with(pointed)
        elif (
            self._dated is None
            and self._periods.is_day(self._in_force.now.period)
            and _GROUND.search(self._text, begin, stop)
        ):
            # The day of a check is not the day of the penalty that follows from it.
            self._in_force.set_period(self._in_force.section.period)
