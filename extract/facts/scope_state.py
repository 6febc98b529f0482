"""What the walk over a bulletin carries along: who acts, whose the figures are, and which period holds."""

from typing import NamedTuple

from extract.facts.clause_subject import Subject
from extract.facts.whole_period import Period
from extract.layers import Context


class State(NamedTuple):
    """Who acts, whose the figures are (None: the bulletin's own place), and when."""

    actors: tuple[str, ...] = ()
    owner: str | None = None
    period: Period = (None, None)


class InForce:
    """What is in force where the walk has come to, and in `offsets` and `states` every switch up to there.

    `now` is what holds; `opening` what its paragraph opened with; `section` what the last heading set, and `chapter`
    the last heading of the upper level, for the lower headings under it; `whole` what holds under no heading.
    `brief` says of whoever acts in passing what they are (as in `Subject`). Of the paragraph: whether it is a
    `numbered` item, and where the `label` that opens it ends, -1 if it has none.

    Args:
        context: the bulletin's own place and office.
        units: units without a name of their own, who act for the office.
        whole: the period that the whole bulletin reports on.
    """

    def __init__(self, context: Context, units: set[str], whole: Period) -> None:
        self.offsets: list[int] = [0]
        self.states: list[State] = [State()]
        self.whole = State(period=whole)
        self.chapter = self.section = self.opening = self.now = self.whole
        self.brief = ""
        self.numbered = False
        self.label = -1
        self._place, self._units = context.place, units
        self._own = {context.place, context.office} - {None}
        self._example: State | None = None
        self._attended: State | None = None

    def act(self, actors: tuple[str, ...], owner: str | None) -> None:
        """Let `actors` act from now on, and the figures be those of `owner`."""
        self.now = State(actors, owner, self.now.period)

    def take_over(self, subject: Subject) -> None:
        """Let the subject of a clause act, and figures told to an audience stay whose they were."""
        before = self._attended or self.now
        self._attended = before if subject.passing else None
        self.act(subject.actors, before.owner if subject.listening and subject.owner else subject.owner)
        self.brief = subject.brief

    def end_attending(self) -> None:
        """Give the word back to whoever had it before somebody attended: what follows is told of those who act."""
        if self._attended is not None:
            self.act(self._attended.actors, self._attended.owner)
            self._attended = None

    def begin_example(self, *, anew: bool = False) -> None:
        """Keep who has the word for when an example ends; `anew`: even inside of another example."""
        if anew or self._example is None:
            self._example = self.now

    def end_example(self) -> None:
        """Give the word back to whoever had it before an example."""
        if self._example is not None:
            self.act(self._example.actors, self._example.owner)
            self._example = None

    def set_period(self, period: Period) -> None:
        """Let `period` hold from now on."""
        self.now = self.now._replace(period=period)

    def open_with(self, period: Period) -> None:
        """Take `period` for what the paragraph opened with."""
        self.opening = self.opening._replace(period=period)

    def leave_opening(self) -> None:
        """Have nobody any more whom the paragraph opened with."""
        self.opening = self.opening._replace(actors=(), owner=None)

    def switch(self, offset: int, state: State) -> None:
        """Note that `state` holds from `offset` on."""
        if self.offsets[-1] == offset:
            self.states[-1] = state
        elif self.states[-1] != state:
            self.offsets.append(offset)
            self.states.append(state)

    def is_own(self, actors: tuple[str, ...]) -> bool:
        """Whether the bulletin's own place or office acts."""
        return bool(actors) and actors[0] in self._own

    def is_ours(self, actors: tuple[str, ...]) -> bool:
        """Whether an office of the bulletin's own place or a unit of it acts."""
        if not actors:
            return False
        return actors[0] in self._units or (self._place is not None and actors[0].startswith(self._place))

    def is_foreign(self, actors: tuple[str, ...]) -> bool:
        """Whether somebody acts who is neither the bulletin's own nor of its place."""
        return bool(actors) and not self.is_own(actors) and not self.is_ours(actors)
