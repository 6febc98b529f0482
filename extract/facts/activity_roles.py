"""Who did it and with whom: the roles of one activity, from its own clause first.

Notes for a newcomer. A name before the trigger acts unless a preposition governs it (在, 对, 到 …); 被, 由 make an
agent of it, 与, 联合 a partner. Where the clause names nobody, the subject in force acts (`Scopes`).
"""

import re
from collections.abc import Iterable

from extract.facts.activity_act import Act
from extract.facts.activity_reading import Reading, name_of
from extract.facts.activity_settings import period, places
from schemas import Activity, Mention

_NEAR = 8
_JOINS = re.compile(r"、|和|与|及|以及|会同|联合|携手|同|，")
_GOVERNED = (
    *("在", "到", "赴", "对", "向", "给", "从", "据", "按", "经", "自", "为", "于", "以", "至", "往", "距", "离"),
    *("位于", "来自", "深入", "走进", "根据", "按照", "围绕", "前往", "来到", "依托", "结合", "落实", "贯彻", "隶属"),
)
_WITH = ("与", "和", "同", "联合", "会同", "携手", "协同", "联手", "联动", "协调")
# 在市区海明路步行街: where, not who.
_WHERE = re.compile(
    r"在(?<![正现所]在)(?:[本该我全]?(?:[市县州镇乡]区?|城区|辖区|当地)|[^，。；]{1,20}(?:大厅|广场|市场|中心|公园|街)[和与及、])$"
)
_AGENT = ("被", "由", "获")
_PASSIVE = re.compile(r"被(?:依法|当场|立即|责令)?$")
_DECIDES = re.compile(r"决定|表彰|表扬|嘉奖|命名|授予|通报|记功")
_REPORTS = re.compile(r"（|记者|通讯员")
# 把园区评为…
_HANDLES = re.compile(r"(?:把|将)[^，。]{2,40}$")
_STUDIED = re.compile(r"[^，。；]{0,16}研究[^。；]{0,8}决定")
_NUMERALS = {"双": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PARTIES = re.compile(r"([双两三四五六七八九十])(?:方|个?部门|家单位|家|地|局|县)(?=[在共联现当签于一])")
_BY_THEMSELVES = frozenset(["agreement", "visit", "training", "meeting"])
_UNNAMED = re.compile(
    r"[，,]?(?:\d[\d.,]*万?[余多]?|[一二两三四五六七八九十百]+[余多]?)[名位家户][^，。；、的被与和对在为由]{0,12}"
)
# 该市还与…
_WHOLE = re.compile(r"[该全我本][省市县区旗州镇乡盟]")
_SPEAKS = re.compile(r"[：说]|指出|强调|要求|表示|介绍|认为")


def with_roles(reading: Reading, act: Act, previous: list[Activity]) -> Activity:
    """The activity of `act` with its actors, participants, places, time and documents.

    Args:
        reading: the bulletin.
        act: what was done.
        previous: the activities told before, whose time holds on for what happened there (会上发布…).
    """
    actors, participants = _actors(reading, act, previous)
    start, end = period(reading, act, previous)
    named = act.named
    titles = [d.title for d in reading.layers.documents if any(named[0] <= s < named[1] for s, _ in d.mentions)]
    return Activity(
        type=act.type,
        trigger=act.trigger,
        name=act.name,
        actors=_distinct(_apart(actors)),
        participants=_distinct(p for p in participants if p not in actors),
        places=_distinct(places(reading, act, previous)),
        from_date=start,
        to_date=end,
        documents=_distinct(titles),
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _apart(names: Iterable[str]) -> Iterable[str]:
    """Each name apart, where several are the full form of one (三家单位)."""
    return (part for name in names for part in name.split("、"))


def _actors(reading: Reading, act: Act, previous: list[Activity]) -> tuple[list[str], list[str]]:
    groups = _groups(reading, act)
    subject, agents, partners = groups["subject"], groups["agent"], groups["partner"]
    people = [name_of(m) for m in subject if m.type == "PERSON"]
    bodies = [name_of(m) for m in subject if m.type != "PERSON"]
    others = [name_of(m) for m in groups["guest"]]
    passive = _PASSIVE.search(reading.text, max(act.clause.start, act.trigger[0] - 4), act.trigger[0]) is not None
    # 发布…名单，某公司被认定为…: by who acted in the same sentence.
    same = passive and bool(previous) and previous[-1].trigger[0] >= act.clause.sentence[0]
    told = list(previous[-1].actors) if same else []
    if act.verb.role == "receive" and bodies and _HANDLES.search(reading.text, act.clause.start, act.trigger[0]):
        return bodies, others
    if act.verb.role == "receive" or (act.type == "award" and (agents or passive)):
        return [name_of(m) for m in agents] or told, bodies + people or _in_force(reading, act)
    if passive and not agents:
        # 某某公司被约谈: by the office that acted before.
        return told or _before(reading, act), bodies + people
    if agents:
        return [name_of(m) for m in agents + partners], bodies + people
    named = [name_of(m) for m in partners if m.type != "PERSON"]
    if bodies:
        return bodies + named, people + others
    if people:
        return people + named, others
    if act.type == "award" and _DECIDES.search(reading.layers.head.title or ""):
        # 决定：一、授予…
        return _own(reading) + named, others
    if resolved := _resolved(reading, act):
        return resolved + named, others
    if together := _together(reading, act, previous):
        return together, others
    if _is_unnamed(reading, act):
        return named, others
    return _person_in_charge(reading, act) or _or_own_office(reading, act, _in_force(reading, act), named), others


def _groups(reading: Reading, act: Act) -> dict[str, list[Mention]]:
    """The mentions before the trigger in its clause by what governs them."""
    text, clause = reading.text, act.clause
    groups: dict[str, list[Mention]] = {"subject": [], "agent": [], "partner": [], "guest": [], "": []}
    role, end = "", -1
    for mention in reading.mentions_in(max(clause.start, act.trigger[0] - 300), act.trigger[0]):
        if mention.type == "PROGRAM" or act.named[0] <= mention.start < act.named[1]:
            continue
        back = max(clause.start, mention.start - _NEAR)
        if _WHERE.search(text, max(clause.start, mention.start - 24), mention.start):
            role = ""
        elif text.endswith(_AGENT, back, mention.start) or text.startswith("名义", mention.end):
            role = "agent"
            if text.startswith("名义", mention.end):
                # 由某局起草的《…》以市政府名义印发
                groups["agent"].clear()
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
        if _REPORTS.search(reading.text, start, mention.start):
            break
        return [name_of(mention)]
    return []


def _before(reading: Reading, act: Act) -> list[str]:
    """Who acted before the sentence of `act`."""
    scopes = reading.layers.scopes
    return list(scopes.actors(max(0, act.clause.sentence[0] - 1))) if scopes is not None else []


def _own(reading: Reading) -> list[str]:
    """Who the bulletin is about."""
    scopes = reading.layers.scopes
    return list(scopes.actors(0)) if scopes is not None else []


def _in_force(reading: Reading, act: Act) -> list[str]:
    """The subjects in force; what was itself unveiled or opened (…站揭牌) did not do so."""
    scopes = reading.layers.scopes
    if scopes is None:
        return []
    actors = list(scopes.actors(act.trigger[0]))
    if act.named[1] > act.trigger[0]:
        return actors
    itself = {name_of(m) for m in reading.mentions_in(*act.named) if m.end >= act.named[1]}
    return [actor for actor in actors if actor not in itself]


def _or_own_office(reading: Reading, act: Act, actors: list[str], partners: list[str]) -> list[str]:
    """`actors` with `partners`; where a place would act with offices (与…局联合印发), the bulletin's office."""
    context = reading.layers.context
    said = _WHOLE.search(reading.text, act.clause.sentence[0], act.trigger[0])
    if partners and context.office and actors == [context.place] and not said:
        return [context.office, *partners]
    return actors + partners


def _resolved(reading: Reading, act: Act) -> list[str]:
    """Who resolved it: 经某某局党组会议研究，决定授予…."""
    text = reading.text
    if "决定" not in text[act.clause.sentence[0] : act.trigger[0]]:
        return []
    for mention in reading.mentions_in(act.clause.sentence[0], act.trigger[0]):
        if text.startswith("经", mention.start - 1) and _STUDIED.match(text, mention.end, act.trigger[0]):
            return [name_of(mention)]
    return []


def _together(reading: Reading, act: Act, previous: list[Activity]) -> list[str]:
    """Who acted together before, where the clause says no more than how many they are: 三方在…举行演练."""
    parties = _PARTIES.search(reading.text, act.clause.start, min(act.trigger[0], act.clause.start + 24))
    if parties is None or not previous:
        return []
    told = previous[-1].actors
    return list(told) if len(told) == _NUMERALS.get(parties[1], 0) else []


def _is_unnamed(reading: Reading, act: Act) -> bool:
    """Whether people or firms without a name act themselves: 31家企业现场签署…, 48名学员参观…."""
    if act.type not in _BY_THEMSELVES or act.named[1] <= act.trigger[0]:
        return False
    start = act.clause.start
    for time in reading.times_in(start, act.trigger[0]):
        start = time.end
    return _UNNAMED.fullmatch(reading.text, start, act.trigger[0]) is not None
