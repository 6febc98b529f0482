"""The walk over a bulletin that notes every switch of who acts and which period holds.

Notes for a newcomer. An explicit subject at the beginning of a clause takes over until another one does or the
paragraph ends; whoever is told of in passing has acted when the sentence ends. A period set in a clause holds to the
end of its sentence, and to the end of the paragraph where it opens it. A heading's subject and period hold for
the section under it. `extract.facts.subjects` finds what opens a clause, `extract.facts.inner_subjects` what takes over
within, `extract.facts.periods` what its times mean.
"""

import re
from collections import Counter
from typing import NamedTuple

from extract.facts.inner_subjects import InnerSubjects
from extract.facts.name_index import NameIndex
from extract.facts.periods import Periods
from extract.facts.scope_words import either
from extract.facts.sections import is_lower, label_end, opens_paragraph, opens_section
from extract.facts.subjects import Subjects
from extract.facts.timeless import Timeless
from extract.facts.whole_period import Period
from extract.layers import Layers, Offsets
from schemas import TimeExpression

_LIST_ITEM = re.compile(r"[一二三四五六七八九十]是|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、")
_SUMS_UP = re.compile(either("sums_up"))
_POINTS_BACK = re.compile(either("points_back"))
_GROUND = re.compile(r"(?:依据|根据|依照)(?:了)?《")
_LISTED = re.compile(r"[▪•◦►➤◆●■▶▲☑✔✅—·-]|\d+[.、．]")
_AWARDS = re.compile(r"授予|通报表扬|予以表彰|奖励|记.等功")
_CASE = re.compile(r"(?:典型)?案例[一二三四五六七八九十\d]")
_STAGES = ("村", "社区", "镇", "乡", "街道", "小区", "公司", "厂", "合作社")
_OF_THE_FOUNDED = re.compile(r"首[批期]|注册资[金本]|招聘|[队会成社组]员|占地|(?:总|建筑)?面积|现有|配备|吸纳|人员")
_WORKS = re.compile(r"(?:检查|指导|负责|实施|巡查|整治|执行|查处|办理)$")
_STOCK = re.compile(r"共有|现有|拥有|设有|建有|实有|下辖")
# 据统计，两天里…: so much may stand before the clause that opens a paragraph.
_OPENING_WORDS = 6
_LONGEST_LABEL = 30
# 《某某办法》施行以来 is no longer.
_SINCE_WITHIN = 24


class State(NamedTuple):
    """Who acts, whose the figures are (None: the bulletin's own place), and when."""

    actors: tuple[str, ...] = ()
    owner: str | None = None
    period: Period = (None, None)


class Walk:
    """One walk over sentences and clauses that notes every switch in `offsets` and `states`.

    `_state` is what holds now; `_opening` what its paragraph opened with; `_section` what the last heading set, and
    `_chapter` the last heading of the upper level, for the lower headings under it.
    """

    def __init__(self, layers: Layers) -> None:
        self.offsets: list[int] = [0]
        self.states: list[State] = [State()]
        self.lead: str | None = None
        self.timeless = Timeless(layers.view.text)
        self._layers = layers
        self._text = layers.view.text
        self._own = {layers.context.place, layers.context.office} - {None}
        names = NameIndex(layers)
        self._subjects, self._inner, self._periods = (
            Subjects(layers, names),
            InnerSubjects(layers, names),
            Periods(layers),
        )
        self._times = sorted(layers.times, key=lambda t: t.start)
        self._time = self._clause = 0
        self.told: list[tuple[int, Period]] = []
        self.whole, self.days = self._periods.whole(layers), self._periods.days
        self._whole = State(period=self.whole)
        self._chapter = self._section = self._opening = self._state = self._whole
        self._counts: Counter[str] = Counter()
        self._example: State | None = None
        self._dated: TimeExpression | None = None
        self._listed: Period | None = None
        self._label = -1
        self._numbered = False
        self._meanwhile = False
        self._brief = ""
        self._founded: str | None = None
        self._attended: tuple[tuple[str, ...], str | None] | None = None

    @property
    def units(self) -> set[str]:
        """Units without a name of their own, who act for the bulletin's office."""
        return self._subjects.units

    @property
    def is_offices_own(self) -> bool:
        """Whether the text has the bulletin's office act more than once and its place never."""
        place, office = self._layers.context.place, self._layers.context.office
        return office is not None and self._counts[office] > 1 and place is not None and not self._counts[place]

    def run(self) -> None:
        """Walk from the first sentence to the last."""
        previous: Offsets | None = None
        body = self._layers.head.body
        for sentence in self._layers.sentences:
            into_body = previous is not None and previous[1] <= body <= sentence[0]
            if into_body:
                # Dates of publication lines are not what the text reports on.
                self._section = self._chapter = self._whole
            opens = into_body or opens_paragraph(self._text, previous, sentence[0])
            heading = opens and opens_section(self._text, previous, sentence)
            self._read_sentence(sentence, opens=opens, heading=heading)
            previous = sentence

    def _read_sentence(self, sentence: Offsets, *, opens: bool, heading: bool) -> None:
        start, end = sentence
        lower = heading and is_lower(self._text, start)
        self._meanwhile = False
        if opens:
            self._numbered = _LIST_ITEM.match(self._text, start) is not None and self._text[start + 1] != "是"
        if heading:
            self._state = self._opening = self._chapter if lower else self._whole
            if _CASE.match(self._text, start):
                self._state = self._opening = State()
        elif opens:
            listed = self._listed if _LISTED.match(self._text, start) else None
            self._listed = listed
            if listed is None and self._text.startswith("其中", start):
                # Parts of what the paragraph before told.
                listed = self._state.period
            self._state = self._opening = self._section if listed is None else self._section._replace(period=listed)
            if speaker := self._subjects.speaking(start):
                self._act((speaker,), speaker)
        else:
            self._go_on(start)
        self._dated = None
        self.timeless.begin_sentence()
        if opens:
            self.timeless.begin_paragraph(start)
        clauses = self._layers.clauses
        while self._clause < len(clauses) and clauses[self._clause][0] < end:
            begin, stop = clauses[self._clause]
            self._clause += 1
            self._read_clause(begin, stop, opens=(opens or start == self._label) and begin - start <= _OPENING_WORDS)
        self._end_attending()
        self._end_example()
        if opens:
            self._label = end if label_end(self._text, start) == end else -1
        if self._text[end - 1] in "：)）" and self._state.period != (None, None):
            # 今年以来：and a list under it.
            self._listed = self._state.period
        if self._numbered and opens and end - start <= _LONGEST_LABEL:
            # 一、某县“客货邮”跑出加速度。 names whom the paragraph is about.
            self._brief = ""
        if opens:
            self._opening = State(self._state.actors, self._state.owner, self._opening.period)
        if heading:
            self._section = self._state
            self._chapter = self._chapter if lower else self._section

    def _go_on(self, start: int) -> None:
        """Begin one more sentence of a paragraph."""
        opening = self._opening
        period = (
            opening.period
            if self._periods.goes_on(start, opening.period, self._section.period)
            else self._section.period
        )
        self._meanwhile = self._periods.carries(start)
        held = self._state.period
        runs_on = self._periods.is_day(opening.period) and opening.period[0] == held[0] and held != opening.period
        if self._meanwhile or runs_on:
            period = self._state.period
        # An example of someone else's inside our own paragraph ends with its sentence, in another's with the next date.
        dated = self._time < len(self._times) and self._times[self._time].start == start
        back = (self._is_own(opening) or (dated and not opening.actors)) and not self._is_ours(self._state)
        if self._brief and self._text[start - 1] != "\n" and not _POINTS_BACK.match(self._text, self._words(start)):
            # Whoever acts in passing has acted; the lines of a post go on without a stop.
            if self._brief == "place" and opening.actors == self._state.actors:
                opening = self._opening = opening._replace(actors=(), owner=None)
            back = True
        if _SUMS_UP.match(self._text, start) and self._is_foreign(self._state):
            opening = self._opening = opening._replace(actors=(), owner=None)
            back = True
        self._brief = ""
        acting = opening if back else self._state
        self._state = State(acting.actors, acting.owner, period)

    def _words(self, start: int) -> int:
        """Where the sentence goes on after the time that it opens with."""
        if self._time < len(self._times) and self._times[self._time].start == start:
            end = self._times[self._time].end
            return end + self._text.startswith("，", end)
        return start

    def _read_clause(self, begin: int, stop: int, *, opens: bool) -> None:
        """Take in the clause's subject, its times and its passive doers."""
        text = self._text
        if text[begin - 1 : begin] == "；":
            self._end_example()
            if self._dated and self._dated.text.endswith(("末", "底")) and self._periods.is_day(self._state.period):
                # 一季度末存栏…；产量…: a stock at a day, then a flow again.
                self._state = self._state._replace(period=self._opening.period)
            elif self._dated and self._periods.is_brief(self._state.period) and self._section.period != (None, None):
                # In a half-year's report: 4月下旬，签订协议；就业18万人.
                self._state = self._state._replace(period=self._section.period)
        if _LIST_ITEM.match(text, begin):
            # 一、某县跑出加速度。一是…；二是…: whom the label of the paragraph names.
            own = self._is_own(self._opening) or (self._numbered and text[begin + 1] == "是")
            self._act(self._opening.actors if own else (), self._opening.owner if own else None)
        subject, words = self._subjects.of(begin, stop, self._state.actors)
        if subject is None:
            self._end_attending()
        else:
            before = self._attended or (self._state.actors, self._state.owner)
            self._attended = before if subject.passing else None
            if text.startswith("其中", begin) or text.endswith(("其中，", "其中："), 0, begin):
                self._example = self._state
            elif subject.brief == "unit" or self._inner.opens_list(subject.at):
                self._example = self._example or self._state
            self._act(subject.actors, before[1] if subject.listening and subject.owner else subject.owner)
            self._brief = subject.brief
            for actor in subject.actors[:1]:
                self._counts[actor] += 1
            if self._elsewhere(subject.actors) and self._periods.is_month(self._state.period) and not self._dated:
                # What others did is no longer told of the month that opened the paragraph.
                self._state = self._state._replace(period=self._section.period)
            if self.lead is None and begin >= self._layers.head.body and subject.actors[:1]:
                # A village, firm or villager that the story opens with is where it plays, not who acts throughout.
                lead = subject.actors[0]
                passing = subject.brief == "person" or lead.endswith(_STAGES)
                self.lead = None if passing and lead not in self._own else lead
        counted = self._dated is not None and self._dated.text.startswith("截")
        if not self._meanwhile and (pointed := self._periods.pointed_at(begin, words, counted=counted)) is not None:
            self._state = self._state._replace(period=pointed)
            if pointed == (None, None):
                self.timeless.begin_unknown(stop)
            if (
                pointed[0]
                and pointed[1] == self._layers.published
                and text.find("来", begin, begin + _SINCE_WITHIN) > 0
            ):
                self.told.append((begin, pointed))
            if opens:
                self._opening = self._opening._replace(period=pointed)
        elif self._dated is None and self._periods.is_day(self._state.period) and _GROUND.search(text, begin, stop):
            # The day of a check is not the day of the penalty that follows from it.
            self._state = self._state._replace(period=self._section.period)
        dates = self._dates_of(begin, stop, words, opens=opens)
        founded = self._founded
        self._founded = self._inner.founded(begin, stop)
        if founded and subject is None and _OF_THE_FOUNDED.match(text, words):
            # 成立志愿服务队，队员42人: its figures, to the end of the sentence.
            self._example = self._example or self._state
            self._act((founded,), founded)
        passives, owners = self._inner.of(begin, stop, self._state.actors, self._state.owner)
        if not dates and not passives and not owners:
            undated = self._dated is None
            self.timeless.read(begin, stop, words, opens=opens, dated=not undated)
            stock = undated and self._state.period == self._section.period != (None, None)
            # What there is, is there at a day unsaid, whatever period the headline sets for what was done.
            # Nor was an award made in the year it is for.
            stock = stock and (_STOCK.search(text, words, stop) or _AWARDS.search(text, begin, stop)) is not None
            self._switch(begin, self._state._replace(period=(None, None)) if stock else self._state)
            return
        if owners:
            # 甲区9起、乙区6起: each for itself, to the end of the sentence.
            self._example = self._example or self._state
        doers: tuple[str, ...] = ()
        for at in sorted({begin, *dates, *passives, *owners}):
            if at in owners:
                self._state = self._state._replace(owner=owners[at])
            if at in dates:
                self._state = self._state._replace(period=dates[at])
            # A doer after 被 or 由 acts to the end of the clause; the figures stay whose they were.
            doers = passives.get(at, doers)
            self._switch(at, self._state._replace(actors=doers) if doers else self._state)
        if doers and text[max(passives) - 1] == "由" and _WORKS.search(text, max(passives), stop):
            # 冷库由某大队检查，拆除夹芯板…: who does it goes on to the end of the sentence.
            self._example = self._example or self._state
            self._act(doers, doers[0])

    def _dates_of(self, begin: int, stop: int, words: int, *, opens: bool) -> dict[int, Period]:
        """The periods that the clause's times set, by where they begin to hold."""
        dates: dict[int, Period] = {}
        while self._time < len(self._times) and self._times[self._time].start < stop:
            time = self._times[self._time]
            self._time += 1
            period = self._periods.of(time, self._dated) if time.start >= begin else None
            if period is None:
                continue
            self._dated = time
            self._periods.remember(period, time.start)
            self.told.append((time.start, period))
            # The first time of a clause holds for all of it, also for what stands before it.
            dates[time.start if dates else begin] = period
            labelled = self._label >= 0 and self._label < time.start
            says = time.start - begin < _OPENING_WORDS and self._text[time.start - 1] == "："
            if labelled and self._periods.is_day(period):
                # 一是建机制。9月2日签订协议，…: one deed of several under the label.
                continue
            if opens and (time.start <= words or says or self._periods.is_day(period)):
                self._opening = self._opening._replace(period=period)
        return dates

    def _is_own(self, state: State) -> bool:
        return bool(state.actors) and state.actors[0] in self._own

    def _elsewhere(self, actors: tuple[str, ...]) -> bool:
        """Whether the named actors are others than those who opened the paragraph."""
        return bool(actors) and bool(self._opening.actors) and actors[0] != self._opening.actors[0]

    def _is_foreign(self, state: State) -> bool:
        return bool(state.actors) and not self._is_own(state) and not self._is_ours(state)

    def _is_ours(self, state: State) -> bool:
        """Whether an office of the bulletin's own place or a unit of it acts."""
        place = self._layers.context.place
        if state.actors and state.actors[0] in self._subjects.units:
            return True
        return place is not None and state.actors[:1] != () and state.actors[0].startswith(place)

    def _act(self, actors: tuple[str, ...], owner: str | None) -> None:
        self._state = State(actors, owner, self._state.period)

    def _end_attending(self) -> None:
        """Give the word back to whoever had it before somebody attended: what follows is told of those who act."""
        if self._attended is not None:
            self._act(*self._attended)
            self._attended = None

    def _end_example(self) -> None:
        """Give the word back to whoever had it before 其中."""
        if self._example is not None:
            self._act(self._example.actors, self._example.owner)
            self._example = None

    def _switch(self, offset: int, state: State) -> None:
        if self.offsets[-1] == offset:
            self.states[-1] = state
        elif self.states[-1] != state:
            self.offsets.append(offset)
            self.states.append(state)
