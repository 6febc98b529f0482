"""The walk over a bulletin that notes every switch of who acts and which period holds.

Notes for a newcomer. An explicit subject at the beginning of a clause takes over until another one does or the
paragraph ends; whoever is told of in passing has acted when the sentence ends. A heading's subject and period hold for
the section under it. Here is what begins and ends with sentences, paragraphs and headings;
`extract.facts.scope_clauses` takes in the clauses, `extract.facts.scope_state` is what both hand on.
"""

import re

from extract.facts.inner_subjects import InnerSubjects
from extract.facts.name_index import NameIndex
from extract.facts.own_place import NATION
from extract.facts.periods import Periods
from extract.facts.places import divisions_of
from extract.facts.scope_clauses import ScopeClauses
from extract.facts.scope_state import InForce, State
from extract.facts.scope_times import ScopeTimes
from extract.facts.scope_words import either
from extract.facts.sections import is_item, is_lower, label_end, opens_paragraph, opens_section
from extract.facts.subjects import Subjects
from extract.facts.whole_period import Period
from extract.layers import Layers, Offsets

_SUMS_UP = re.compile(either("sums_up"))
_POINTS_BACK = re.compile(either("points_back"))
# 其中，…; 分市州看，…; 从投诉类别看，…: parts of what the paragraph before told.
_BROKEN_DOWN = re.compile(r"其中|(?:分|从|按)[^，。；：、\d\n]{1,8}[看分]，")
_LISTED = re.compile(r"[▪•◦►➤◆●■▶▲☑✔✅—·-]|\d+[.、．]")
_WHOLE_PLACE = re.compile("[全我][国省市县区州旗盟镇乡]")
_LEADING = 2
_CENTRAL = re.compile("(?:部|总局|总署|委|委员会)$")
_CASE = re.compile(r"(?:典型)?案例[一二三四五六七八九十\d]")
# 据统计，两天里…: so much may stand before the clause that opens a paragraph.
_OPENING_WORDS = 6
_PREFACE = re.compile(r"[ \u3000]*(?:受|因|随着|为)[^，。；：、\d\n]{2,16}，")
_LONGEST_LABEL = 30


class Walk:
    """One walk over sentences and clauses that notes every switch in `offsets` and `states`.

    Beside them it leaves the periods `told` of by where, the `timeless` clauses, the period of the `whole` bulletin and
    how many `days` its event takes, the `units` without a name of their own, who act for the bulletin's office.
    """

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._text = layers.view.text
        names = self._names = NameIndex(layers)
        periods = Periods(layers)
        self.whole, self.days = periods.whole(layers), periods.days
        self._subjects = Subjects(layers, names)
        self.units = self._subjects.units
        self._in_force = force = InForce(layers.context, self.units, self.whole)
        self._times = ScopeTimes(layers, periods, force)
        self._clauses = ScopeClauses(layers, self._subjects, InnerSubjects(layers, names), self._times, force)
        self.offsets, self.states = force.offsets, force.states
        self.told, self.timeless = self._times.told, self._times.timeless
        self._clause = 0
        self._listed: Period | None = None
        self.lists: list[int] = []

    @property
    def lead(self) -> str | None:
        """Whom the story opens with, if they act throughout."""
        return self._clauses.lead

    @property
    def default(self) -> str | None:
        """Whose the figures are that nobody is named for: the bulletin's place, or its office where that acts alone.

        A text that never says 全市 or 我县 needs less for an office that is called after the place, or after none (a
        firm, a railway section): that the place acts less often than the office, or never. Whom the text speaks of as
        of its own (全院, 我校) is the office, and where none is, the one that does most of what is done.
        """
        place, office, counts = self._layers.context.place, self._layers.context.office, self._clauses.counts
        itself, said = next(iter(self._subjects.itself.most_common(1)), (None, 0))
        if itself and (office is None or said > 1):
            office = itself
        if place is None:
            return office
        whole = _WHOLE_PLACE.search(self._text, self._layers.head.body) is not None
        if office is None:
            leader, often = next(iter(counts.most_common(1)), ("", 0))
            leads = often >= _LEADING and 2 * often > counts.total() and leader in self._names.offices()
            return leader if leads and not whole else place
        if whole and place == NATION:
            return place
        own = place[:2] in office or not (place == NATION or divisions_of(office) or _CENTRAL.search(office))
        if whole or not own:
            return office if counts[office] > 1 and not counts[place] else place
        return office if counts[office] > counts[place] or not counts[place] else place

    def run(self) -> None:
        """Walk from the first sentence to the last."""
        previous: Offsets | None = None
        body = self._layers.head.body
        for sentence in self._layers.sentences:
            into_body = previous is not None and previous[1] <= body <= sentence[0]
            if into_body:
                # Dates of publication lines are not what the text reports on.
                self._in_force.section = self._in_force.chapter = self._in_force.whole
            opens = into_body or opens_paragraph(self._text, previous, sentence[0])
            heading = opens and opens_section(self._text, previous, sentence)
            self._read_sentence(sentence, opens=opens, heading=heading)
            previous = sentence

    def _read_sentence(self, sentence: Offsets, *, opens: bool, heading: bool) -> None:
        start, end = sentence
        force = self._in_force
        lower = heading and is_lower(self._text, start)
        before, told = force.now.period, len(self.told)
        self._times.begin_sentence(start, opens=opens)
        if opens:
            force.numbered = is_item(self._text, start) and self._text[start + 1] != "是"
        if heading:
            self._begin_heading(start, lower=lower)
        elif opens:
            self._begin_paragraph(start)
        else:
            self._go_on(start)
        clauses = self._layers.clauses
        while self._clause < len(clauses) and clauses[self._clause][0] < end:
            begin, stop = clauses[self._clause]
            self._clause += 1
            at_opening = (opens or start == force.label) and self._still_opens(start, begin)
            self._clauses.read(begin, stop, opens=at_opening)
        force.end_attending()
        force.end_example()
        if self._text[end - 1] in "：)）" and force.now.period != (None, None):
            # 今年以来：and a list under it.
            # 截至3月16日，…。各县排名如下：of what was told before, if it has no time of its own.
            goes_on = not opens and len(self.told) == told and before != (None, None)
            self._listed = before if goes_on else force.now.period
        if opens:
            self._end_opening(start, end)
        if heading:
            force.section = force.now
            force.chapter = force.chapter if lower else force.section

    def _still_opens(self, start: int, begin: int) -> bool:
        """Whether the clause at `begin` opens the sentence at `start`: 据统计，两天里…; 受冷空气影响，6月22日…."""
        return begin - start <= _OPENING_WORDS or _PREFACE.fullmatch(self._text, start, begin) is not None

    def _begin_heading(self, start: int, *, lower: bool) -> None:
        """Begin a section; `lower`: one of the lower level."""
        force = self._in_force
        if len(self.lists) % 2:
            self.lists.append(start)
        if _CASE.match(self._text, start):
            force.now = force.opening = State()
        else:
            force.now = force.opening = force.chapter if lower else force.whole

    def _begin_paragraph(self, start: int) -> None:
        """Begin a paragraph with what its heading set, an item of a list with the list's period."""
        force = self._in_force
        listed = self._listed = self._listed if _LISTED.match(self._text, start) else None
        if (listed is not None) != len(self.lists) % 2:
            self.lists.append(start)
        if listed is None and _BROKEN_DOWN.match(self._text, start):
            # Parts of what the paragraph before told.
            listed = force.now.period
        force.now = force.opening = force.section if listed is None else force.section._replace(period=listed)
        if speaker := self._subjects.speaking(start):
            force.act((speaker,), speaker)

    def _end_opening(self, start: int, end: int) -> None:
        """End the sentence that opens a paragraph or is a heading: it tells whom the paragraph is about."""
        force = self._in_force
        force.label = end if label_end(self._text, start) == end else -1
        if force.numbered and end - start <= _LONGEST_LABEL:
            # 一、某县“客货邮”跑出加速度。 names whom the paragraph is about.
            force.brief = ""
        force.opening = State(force.now.actors, force.now.owner, force.opening.period)

    def _go_on(self, start: int) -> None:
        """Begin one more sentence of a paragraph."""
        force = self._in_force
        period = self._times.going_on(start)
        # An example of someone else's inside our own paragraph ends with its sentence, in another's with the next date.
        dated = self._times.is_dated(start) and not force.opening.actors
        back = (force.is_own(force.opening.actors) or dated) and not force.is_ours(force.now.actors)
        begins = self._text[start - 1] != "\n"
        if force.brief and begins and not _POINTS_BACK.match(self._text, self._times.words(start)):
            # Whoever acts in passing has acted; the lines of a post go on without a stop.
            if force.brief == "place" and force.opening.actors == force.now.actors:
                force.leave_opening()
            back = True
        if _SUMS_UP.match(self._text, start) and force.is_foreign(force.now.actors):
            force.leave_opening()
            back = True
        force.brief = ""
        acting = force.opening if back else force.now
        force.now = acting._replace(period=period)
