"""Who acts and which period holds at a place of the text.

Notes for a newcomer. A press release names its subject once and goes on without it: 某市司法局组织…，开展…，提供….
So subjects and periods are *states* that the text switches. `extract.facts.scope_walk` notes the switches, once per
clause, as a sorted list, so that a look-up is one bisection; what holds is only one of the periods that a figure may be
of, and `extract.facts.period_choice` decides.
"""

from bisect import bisect_right

from extract.facts.period_choice import Candidates, PeriodChoice
from extract.facts.scope_state import State
from extract.facts.scope_walk import Walk
from extract.facts.told_in_turn import told_in_turn
from extract.facts.whole_period import Period
from extract.layers import Layers


class Scopes:
    """Subjects and periods in force, by offset into the view's text."""

    def __init__(self, layers: Layers) -> None:
        self._place = layers.context.place
        self._office = layers.context.office
        walk = Walk(layers)
        walk.run()
        self.choice = PeriodChoice(layers, walk.told, walk.whole, walk.days)
        self._units = walk.units
        self._offsets, self._states, self._lead = walk.offsets, walk.states, walk.lead
        self._lists = walk.lists
        self._timeless, self._in_turn = walk.timeless, told_in_turn(layers)
        # Where the office acts and the place is never said to, what nobody is named for is the office's too.
        self._default = walk.default

    def subject(self, offset: int) -> str | None:
        """Who achieved or owns what is said at `offset`: the subject in force, else the bulletin's own place."""
        state = self._state(offset)
        if state.owner is None:
            return self._default or self._office or next(iter(state.actors), None)
        return state.owner

    def actor(self, offset: int) -> str | None:
        """Who does what is said at `offset`: the subject in force, else the bulletin's own office or place."""
        actors = self.actors(offset)
        return actors[0] if actors else None

    def actors(self, offset: int) -> tuple[str, ...]:
        """All who do what is said at `offset` (A与B联合… has two); the first is the `actor`."""
        actors = self._state(offset).actors
        if actors:
            return actors
        fallback = self._lead or self._office or self._place
        return (fallback,) if fallback else ()

    def named(self, offset: int) -> tuple[str, ...]:
        """The subjects in force that the text itself names, () where `actors` would fall back."""
        return self._state(offset).actors

    def period(self, offset: int) -> Period:
        """The inclusive period of the figure or deed at `offset`, (None, None) if it has none."""
        if offset in self._in_turn:
            return self._in_turn[offset]
        if self._timeless.holds(offset):
            return None, None
        state = self._state(offset)
        if bisect_right(self._lists, offset) % 2:
            # 截至3月16日，…排名如下：and a list under it
            return state.period
        return self.choice.of(offset, state.period, foreign=self._is_foreign(state))

    def period_in_force(self, offset: int) -> Period:
        """The inclusive period that holds at `offset` by where it was set: one of those that `period` chooses from."""
        return self._state(offset).period

    def candidates(self, offset: int) -> tuple[Candidates, list[str]]:
        """The periods that `period` chooses from, with what speaks for each."""
        state = self._state(offset)
        return self.choice.candidates(offset, state.period, foreign=self._is_foreign(state))

    def _is_foreign(self, state: State) -> bool:
        """Whether figures are others' than the bulletin's own place's and office's."""
        return state.owner not in (None, self._place, self._office) and state.owner not in self._units

    def _state(self, offset: int) -> State:
        return self._states[bisect_right(self._offsets, offset) - 1]
