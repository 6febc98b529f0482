"""Who did it, with whom, where and when: the roles of one activity, from its own clause first.

Notes for a newcomer. A name before the trigger acts unless a preposition governs it (在, 对, 到 …); 被, 由 make an
agent of it, 与, 联合 a partner. Where the clause names nobody, the subject in force acts (`Scopes`). A date counts only
where it stands as an adverb: in 举办2024年春季招聘会 the year belongs to the name.
"""

import datetime as dt
import re
from collections.abc import Iterable

from extract.facts.activity_act import Act
from extract.facts.activity_reading import Reading
from extract.layers import Offsets
from schemas import Activity, Mention, TimeExpression

Period = tuple[dt.date | None, dt.date | None]

_NEAR = 8
_JOINS = re.compile(r"、|和|与|及|以及|会同|联合|携手|同|，")
_GOVERNED = (
    *("在", "到", "赴", "对", "向", "给", "从", "据", "按", "经", "自", "为", "于", "以", "至", "往", "距", "离"),
    *("位于", "来自", "深入", "走进", "根据", "按照", "围绕", "前往", "来到", "依托", "结合", "落实", "贯彻", "隶属"),
)
_WITH = ("与", "和", "同", "联合", "会同", "携手", "协同", "联手")
_AGENT = ("被", "由", "获")
_PLACED = ("在", "到", "赴", "深入", "走进", "前往", "来到", "直奔", "奔赴", "进入")
_SPEAKS = re.compile(r"[：说]|指出|强调|要求|表示|介绍|认为")
# 会上, 活动现场: the time of the event told before.
_SAME_EVENT = re.compile(r"会上|会议|活动|发布会|现场|随后|当天|当日|其间|期间|仪式|培训|启动仪式|座谈")
_BEFORE_ADVERB = frozenset("，。；：、\n 　）”》于自从在至每")


def with_roles(reading: Reading, act: Act, previous: Activity | None) -> Activity:
    """The activity of `act` with its actors, participants, places, time and documents.

    Args:
        reading: the bulletin.
        act: what was done.
        previous: the activity told before, whose time holds on for what happened there (会上发布…).
    """
    actors, participants = _actors(reading, act)
    start, end = _period(reading, act, previous)
    named = act.named
    titles = [d.title for d in reading.layers.documents if any(named[0] <= s < named[1] for s, _ in d.mentions)]
    return Activity(
        type=act.type,
        trigger=act.trigger,
        name=act.name,
        actors=_distinct(actors),
        participants=_distinct(p for p in participants if p not in actors),
        places=_distinct(_places(reading, act)),
        from_date=start,
        to_date=end,
        documents=_distinct(titles),
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text


def _actors(reading: Reading, act: Act) -> tuple[list[str], list[str]]:
    groups = _groups(reading, act)
    subject, agents, partners = groups["subject"], groups["agent"], groups["partner"]
    people = [_name(m) for m in subject if m.type == "PERSON"]
    bodies = [_name(m) for m in subject if m.type != "PERSON"]
    others = [_name(m) for m in groups["guest"]]
    passive = reading.text.startswith("被", act.trigger[0] - 1)
    if act.verb.role == "receive" or (act.type == "award" and (agents or passive)):
        return [_name(m) for m in agents], bodies + people or _in_force(reading, act)
    if agents:
        return [_name(m) for m in agents + partners], bodies + people
    named = [_name(m) for m in partners if m.type != "PERSON"]
    if bodies:
        return bodies + named, people + others
    if people:
        return people + named, others
    return _person_in_charge(reading, act) or _in_force(reading, act) + named, others


def _groups(reading: Reading, act: Act) -> dict[str, list[Mention]]:
    """The mentions before the trigger in its clause by what governs them."""
    text, clause = reading.text, act.clause
    groups: dict[str, list[Mention]] = {"subject": [], "agent": [], "partner": [], "guest": [], "": []}
    role, end = "", -1
    for mention in reading.mentions_in(max(clause.start, act.trigger[0] - 300), act.trigger[0]):
        if mention.type == "PROGRAM" or act.named[0] <= mention.start < act.named[1]:
            continue
        back = max(clause.start, mention.start - _NEAR)
        if text.endswith(_AGENT, back, mention.start):
            role = "agent"
        elif text.endswith(_WITH, back, mention.start):
            role = "partner"
        elif text.endswith("邀请", back, mention.start):
            role = "guest"
        elif end >= 0 and _JOINS.fullmatch(text, end, mention.start):
            pass
        elif text.endswith(_GOVERNED, back, mention.start):
            role = ""
        elif text.endswith("的", back, mention.start) and groups["agent"]:
            # 被司法部授予称号的某某律师事务所成立了…: the agent belongs to the attribute.
            groups["agent"].clear()
            role = "subject"
        elif not groups["subject"]:
            role = "subject"
        else:
            role = "guest" if mention.type == "PERSON" else ""
        groups[role].append(mention)
        end = mention.end
    return groups


def _person_in_charge(reading: Reading, act: Act) -> list[str]:
    """The person who is the subject of the sentence: 周建国到白石镇调研，并主持召开座谈会."""
    start = act.clause.sentence[0]
    for mention in reading.mentions_in(start, min(act.clause.start, start + 60)):
        if mention.type != "PERSON" or _SPEAKS.match(reading.text, mention.end):
            break
        return [_name(mention)]
    return []


def _in_force(reading: Reading, act: Act) -> list[str]:
    scopes = reading.layers.scopes
    return list(scopes.actors(act.trigger[0])) if scopes is not None else []


def _places(reading: Reading, act: Act) -> list[str]:
    """The places and bodies that 在, 到 … put before the trigger or into its sentence so far."""
    text, found, listed = reading.text, [], False
    start = max(act.clause.sentence[0], act.clause.start - 200)
    for mention in reading.mentions_in(start, act.clause.end):
        if mention.type not in ("ORG", "PLACE"):
            continue
        back = max(start, mention.start - _NEAR)
        listed = text.endswith(_PLACED, back, mention.start) or (
            listed and text.endswith(("、", "和"), back, mention.start)
        )
        if listed:
            found.append(_name(mention))
    return found


def _period(reading: Reading, act: Act, previous: Activity | None) -> Period:
    clause = act.clause
    start = act.named[0] if clause.start <= act.named[0] < act.trigger[0] else act.trigger[0]
    time = _adverbial(reading, (clause.start, start), anywhere=True) or _adverbial(
        reading, (max(clause.sentence[0], clause.start - 300), clause.start)
    )
    if time is not None:
        return time.from_date, time.to_date
    if previous is not None and _SAME_EVENT.match(reading.text, clause.sentence[0]):
        return previous.from_date, previous.to_date
    scopes = reading.layers.scopes
    if scopes is None:
        return None, None
    inner = reading.times_in(clause.start, clause.end)
    return scopes.period(clause.sentence[0] if inner and clause.start > clause.sentence[0] else act.trigger[0])


def _adverbial(reading: Reading, region: Offsets, *, anywhere: bool = False) -> TimeExpression | None:
    """The last calendar expression in `region` that tells when something was done."""
    text = reading.text
    for time in reversed(reading.times_in(*region)):
        opens = time.start == region[0] or text[time.start - 1] in _BEFORE_ADVERB
        if (opens or anywhere) and time.end <= region[1] and not text.startswith(("的", "度"), time.end):
            return time
    return None
