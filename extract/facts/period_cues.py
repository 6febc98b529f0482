"""Words at the beginning of a clause that point back at a period: 当天, 活动期间, 此次…, 协议签订以来."""

import re

from extract.facts.scope_words import either
from extract.patterns import Cues

_POINTS = re.compile(
    rf"(?P<vague>{either('vague')})|(?P<action>{either('actions')})|(?P<until>截[至止][^，。；、\d]{{1,6}}?当[天日])|[^，。；：、\d当截]{{0,4}}?(?:{either('same_day')})|(?P<occasion>{either('occasions')})"
    # 购物节期间: the stretch told of, if one was.
    r"|截[至止]当[天日]"
    r"|(?P<this>[此本]次(?!会))"
    r"|(?P<event>(?:为期[^，。；]{1,4}的)?[^，。；：、的\s\d]{0,8}(?:期间|活动[里中]|行动[里中]))"
)
# What all of these have, and how far behind their beginning at most.
_POINTING = re.compile(
    f"{'|'.join(map(either, ('vague', 'actions', 'same_day', 'occasions')))}|截至|截止|此次|本次|期间|活动|行动"
)
_POINTING_WITHIN = 16
_EVENT = re.compile(either("events"))
_EVENT_WITHIN = 15
# 协议签订以来, 揭牌不足半个月，…: counted from the day on which the text told of the thing named.
_SINCE_EVENT = re.compile(
    rf"(?P<thing>[^，。；、\d]{{0,14}}?)(?P<deed>{either('events')})(?:[^，。；、\d]{{0,2}}以来|后?[才仅]?(?P<lasting>))"
)


class PeriodCues:
    """The words of one text that point back; few clauses begin with any, which is known before they are read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pointing, self._events = Cues(_POINTING, text), Cues(_EVENT, text)

    def back(self, start: int) -> re.Match[str] | None:
        """What the clause from `start` begins with that points back; the groups tell the kinds apart."""
        if not self._pointing.begin_in(start, start + _POINTING_WITHIN):
            return None
        return _POINTS.match(self._text, start)

    def event(self, start: int) -> re.Match[str] | None:
        """The event (`thing`, `deed`) since which the clause from `start` counts, and whether it says how `lasting`."""
        if not self._events.begin_in(start, start + _EVENT_WITHIN):
            return None
        return _SINCE_EVENT.match(self._text, start)
