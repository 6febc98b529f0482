"""Who did it, with whom, where and when: the roles of one activity, from its own clause first."""

import datetime as dt
import re

from extract.facts.activity_acts import Act
from extract.facts.activity_reading import Reading
from schemas import Activity, Mention

_JOINS = re.compile(r"(?:、|和|与|及|以及|会同|联合|携手|同|，)?")
_GOVERNED = re.compile(
    r"(?:在|到|赴|对|向|给|从|据|按|经|自|位于|来自|深入|走进|根据|按照|围绕|前往|来到|获|为|于|以)$"
)
_WITH = re.compile(r"(?:与|和|同|联合|会同|携手|协同|联手|邀请)$")
_AGENT = re.compile(r"(?:被|由|经|获)$")
_PLACED = re.compile(r"(?:在|到|赴|深入|走进|前往|来到|直奔)$")
_ACTORS = ("ORG", "PLACE")


def with_roles(reading: Reading, act: Act) -> Activity:
    """The activity of `act` with its actors, participants, places, time and documents."""
    actors, participants = _actors(reading, act)
    start, end = _period(reading, act)
    return Activity(
        type=act.type,
        trigger=act.trigger,
        name=act.name,
        actors=tuple(dict.fromkeys(actors)),
        participants=tuple(dict.fromkeys(p for p in participants if p not in actors)),
        places=tuple(dict.fromkeys(_places(reading, act))),
        from_date=start,
        to_date=end,
        documents=tuple(
            dict.fromkeys(
                d.title
                for d in reading.layers.documents
                if any(act.named[0] <= s < act.named[1] for s, _ in d.mentions)
            )
        ),
    )


def _name(mention: Mention) -> str:
    return mention.canonical or mention.text


def _actors(reading: Reading, act: Act) -> tuple[list[str], list[str]]:
    text, clause = reading.text, act.clause
    subject: list[Mention] = []
    partners: list[Mention] = []
    agents: list[Mention] = []
    guests: list[Mention] = []
    previous: Mention | None = None
    group: list[Mention] | None = None
    for mention in reading.mentions_in(clause.start, act.trigger[0]):
        if mention.type == "PROGRAM" or mention.end > act.trigger[0]:
            continue
        before = text[clause.start : mention.start]
        joined = previous is not None and _JOINS.fullmatch(text, previous.end, mention.start) is not None
        if _AGENT.search(before):
            group = agents
        elif _WITH.search(before):
            group = guests if before.endswith("邀请") else partners
        elif _GOVERNED.search(before):
            group = None
        elif not (joined and previous is not None) and not subject:
            group = subject
        elif not joined:
            group = guests if mention.type == "PERSON" else None
        if group is not None:
            group.append(mention)
        previous = mention
    people = [m for m in subject if m.type == "PERSON"]
    bodies = [m for m in subject if m.type != "PERSON"]
    if act.verb.role == "receive" or (act.type == "award" and agents):
        receivers = [_name(m) for m in subject]
        if not receivers:
            receivers = _carried(reading, act)
        return [_name(m) for m in agents if m.type in _ACTORS], receivers
    if agents:
        return [_name(m) for m in agents + partners if m.type in _ACTORS], [_name(m) for m in subject]
    actors = [_name(m) for m in bodies] or _earlier(reading, act) or [_name(m) for m in people]
    actors += [_name(m) for m in partners if m.type in _ACTORS]
    return actors, [_name(m) for m in people + guests]


def _earlier(reading: Reading, act: Act) -> list[str]:
    """The subject of an earlier clause of the sentence, or who acts here in the bulletin."""
    return _carried(reading, act)


def _carried(reading: Reading, act: Act) -> list[str]:
    for mention in reading.mentions_in(act.clause.sentence[0], act.clause.start):
        if mention.type == "PERSON":
            return [_name(mention)]
        break
    scopes = reading.layers.scopes
    return list(scopes.actors(act.trigger[0])) if scopes is not None else []


def _places(reading: Reading, act: Act) -> list[str]:
    text = reading.text
    sentence = act.clause.sentence
    found = []
    open_list = False
    for mention in reading.mentions_in(sentence[0], act.clause.end):
        if mention.type not in _ACTORS:
            continue
        before = text[sentence[0] : mention.start]
        open_list = bool(re.search(r"(?:在|到|赴|深入|走进|前往|来到|直奔)$", before)) or (
            open_list and before.endswith(("、", "和"))
        )
        if open_list:
            found.append(_name(mention))
    return found


def _period(reading: Reading, act: Act) -> tuple[dt.date | None, dt.date | None]:
    scopes = reading.layers.scopes
    return scopes.period(act.trigger[0]) if scopes is not None else (None, None)
