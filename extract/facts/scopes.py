"""Who acts and which period holds at a place of the text.

Notes for a newcomer. A press release names its subject once and goes on without it: 某市司法局组织…，开展…，提供….
So subjects and periods are *states* that the text switches: an explicit subject at the beginning of a clause takes
over until another one does or the paragraph ends; a period set in a clause holds to the end of its sentence, and to
the end of the paragraph where it opens the paragraph. Both are found once per clause and kept as a sorted list of
switches, so that a look-up is one bisection.

An explicit subject is a mention (ORG or PLACE) with nothing before it in its clause but times, connectives and list
marks; or a topic such as 全市 and 我县, resolved by the subject in force and the bulletin's own place; or a reference
such as 该局, 工作站, resolved by the mentions before it.
"""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from extract.data import load_toml
from extract.facts.places import at_level, division_at
from extract.layers import Layers
from schemas import Mention, TimeExpression

Period = tuple[dt.date | None, dt.date | None]

_DATA: dict[str, Any] = load_toml("facts/data/scopes.toml")


def _words(key: str) -> str:
    return "|".join(sorted(map(re.escape, _DATA[key]), key=len, reverse=True))


_OPENER = re.compile(
    rf"(?:{_words('openers')})[，,]?"
    r"|[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)）．]|[一二三四五六七八九十]是(?=[^，])|[“”■●★◆▲·—\- ]+"
    # A run-in heading: 打击犯罪　1至6月…
    r"|[^，。；：、\s]{2,12}[ 　](?=\S)"
)
_TOPIC = re.compile(
    r"(?:全|我|本)(市|省|区|县|州|旗|盟|镇|乡|村|街道)(?!域|内外)|该(市|省|区|县|州|旗|盟|镇|乡|村|街道)"
)
_ANAPHOR = re.compile(
    r"(?:该|我|本)(厅|局|委|办|所|站|院|校|处|科|队|支队|大队|总队|中心|医院|公司|协会|会|社|馆|单位|机构|企业|学校|分局)"
)
_OURSELVES = re.compile(r"我们(?!的)")
_HEAD = re.compile(_words("heads"))
_AFTER_DURATION = re.compile(_words("after_duration"))
_OTHERS = re.compile(r"各(?:地|级|市|县|区|旗|镇|乡|街道|部门|单位|所|局|院|校|律师)|广大|全体|全国")
_LINK = re.compile(r"[、和与及同]|会同|联合|以及|携手|协同")
# 与酒泉地区14个部队: those are the partners, not the place.
_QUALIFIES = re.compile(r"\d|[两三四五六七八九十数多各]个?")
_COMPARISON = re.compile(_words("comparisons"))
_BEFORE_COMPARISON = re.compile(rf"(?:{_words('before_comparison')})$")
_UNTIL_NOW = re.compile(r"[^，。；！？\n]{0,24}?(?:至今|以来)")


@dataclass(frozen=True, slots=True)
class _State:
    actors: tuple[str, ...] = ()
    period: Period = (None, None)


class Scopes:
    """Subjects and periods in force, by offset into the view's text."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._layers = layers
        self._place = layers.context.place
        self._office = layers.context.office
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._at = {m.start: m for m in self._names}
        self._starts = [m.start for m in self._names]
        self._times = {t.start: t for t in layers.times}
        self._durations = {q.start: q.end for q in layers.quantities if q.dimension == "duration"}
        self._offsets: list[int] = [0]
        self._states: list[_State] = [_State()]
        self._whole = self._whole_period()
        self._lead: str | None = None
        self._scan()

    def subject(self, offset: int) -> str | None:
        """Who achieved or owns what is said at `offset`: the subject in force, else the bulletin's own place."""
        actors = self._state(offset).actors
        return actors[0] if actors else self._place or self._office

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
        """The inclusive period in force at `offset`, (None, None) if none is."""
        return self._state(offset).period

    def _state(self, offset: int) -> _State:
        return self._states[bisect_right(self._offsets, offset) - 1]

    def _switch(self, offset: int, state: _State) -> None:
        if self._offsets[-1] == offset:
            self._states[-1] = state
        elif self._states[-1] != state:
            self._offsets.append(offset)
            self._states.append(state)

    def _scan(self) -> None:
        text, clauses, body = self._text, self._layers.clauses, self._layers.head.body
        times = sorted(self._layers.times, key=lambda t: t.start)
        next_time = next_clause = 0
        previous_end = 0
        opening = _State(period=self._whole)
        state = opening
        for start, end in self._layers.sentences:
            at_opening = previous_end == 0 or "\n" in text[previous_end:start]
            previous_end = end
            if at_opening:
                state = opening = _State(period=self._whole)
            elif self._is_own(opening):
                # An example of someone else's inside our own paragraph ends with its sentence.
                state = opening
            else:
                state = replace(state, period=opening.period)
            while next_clause < len(clauses) and clauses[next_clause][0] < end:
                clause_start, clause_end = clauses[next_clause]
                next_clause += 1
                first = clause_start == start
                actors, inner = self._subject_of(clause_start, clause_end, state)
                if actors is not None:
                    state = replace(state, actors=actors)
                    if self._lead is None and start >= body and actors:
                        self._lead = actors[0]
                here = clause_start
                while next_time < len(times) and times[next_time].start < clause_end:
                    time = times[next_time]
                    next_time += 1
                    period = self._period_of(time)
                    if time.start < clause_start or period is None:
                        continue
                    state = replace(state, period=period)
                    self._switch(here, state)
                    here = time.end
                    if first and at_opening and time.start <= inner:
                        opening = replace(opening, period=period)
                self._switch(here, state)
            if at_opening:
                opening = replace(opening, actors=state.actors)

    def _subject_of(self, start: int, end: int, state: _State) -> tuple[tuple[str, ...] | None, int]:
        """The subjects that open the clause (None: none is said; (): unnamed others) and where they stand."""
        text = self._text
        position = start
        while position < end:
            if mention := self._at.get(position):
                return self._joint(mention, end), position
            if time := self._times.get(position):
                position = time.end
            elif duration := self._durations.get(position):
                suffix = _AFTER_DURATION.match(text, duration)
                if suffix is None:
                    break
                position = suffix.end()
            elif topic := _TOPIC.match(text, position, end):
                place = self._resolve_topic(topic[1] or topic[2], position, state)
                return ((place,) if place else ()), position
            elif (anaphor := _ANAPHOR.match(text, position, end)) or (anaphor := _HEAD.match(text, position, end)):
                name = self._named_before(position, anaphor[1] if anaphor.re is _ANAPHOR else anaphor[0])
                return ((name,) if name else None), position
            elif _OURSELVES.match(text, position, end):
                return ((self._office,) if self._office else ()), position
            elif _OTHERS.match(text, position, end):
                return (), position
            elif opener := _OPENER.match(text, position, end):
                position = opener.end()
            else:
                break
        return None, position

    def _is_own(self, state: _State) -> bool:
        return bool(state.actors) and state.actors[0] in (self._office, self._place)

    def _joint(self, mention: Mention, end: int) -> tuple[str, ...]:
        """The names that a clause opens with: A、B和C."""
        names = [_name(mention)]
        while link := _LINK.match(self._text, mention.end, end):
            following = self._at.get(link.end())
            if following is None or (following.type == "PLACE" and _QUALIFIES.match(self._text, following.end)):
                break
            mention = following
            names.append(_name(mention))
        return tuple(dict.fromkeys(names))

    def _resolve_topic(self, level: str, position: int, state: _State) -> str | None:
        for name in state.actors:
            if division := division_at(name, level):
                return division
        if at_level(self._place, level):
            return self._place
        for mention in reversed(self._names[: bisect_right(self._starts, position)]):
            if division := division_at(_name(mention), level):
                return division
        return self._place

    def _named_before(self, position: int, ending: str) -> str | None:
        ending = ending.removesuffix("内")
        last = bisect_right(self._starts, position)
        for mention in reversed(self._names[max(0, last - 60) : last]):
            if mention.type == "ORG" and _name(mention).endswith(ending):
                return _name(mention)
        if self._office and (self._office.endswith(ending) or ending in ("单位", "机构")):
            return self._office
        return None

    def _whole_period(self) -> Period:
        """The period that the headline sets for the whole bulletin (2024年上半年…运行情况)."""
        span = self._layers.head.title_span
        if span is None:
            return None, None
        for time in self._layers.times:
            if span[0] <= time.start < span[1] and time.from_date and time.to_date:
                days = (time.to_date - time.from_date).days
                return (time.from_date, time.to_date) if days > 26 else (None, None)
        return None, None

    def _period_of(self, time: TimeExpression) -> Period | None:
        """What `time` sets as the period of what is reported, None if it sets none."""
        if _COMPARISON.fullmatch(time.text) or _BEFORE_COMPARISON.search(
            self._text, max(0, time.start - 3), time.start
        ):
            return None
        if time.from_date and self._layers.published and _UNTIL_NOW.match(self._text, time.end):
            return time.from_date, self._layers.published
        return time.from_date, time.to_date


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text
