"""Where and when an activity took place.

Notes for a newcomer. A date counts only where it stands as an adverb: in 举办2024年春季招聘会 the year belongs to the
name. What happened at an event told before (会上, 活动现场) or in the same paragraph shares its day. A place is what
在 or 到 governs; without any, the district that acts (龙沙区增设…) or the body visited (参观污水处理厂) is the place.
"""

import datetime as dt
import re

from extract.facts.activity_act import Act
from extract.facts.activity_reading import Reading, lexicon, name_of
from extract.layers import Offsets
from extract.times import scan_times
from schemas import Activity, Mention, TimeExpression

Period = tuple[dt.date | None, dt.date | None]

_NEAR = 8
_BACK = 200
_PLACED = (
    "在",
    "到",
    "赴",
    "深入",
    "走进",
    "前往",
    "来到",
    "直奔",
    "奔赴",
    "进入",
    "莅临",
    "开进",
    "走到",
    "来到了",
    "走进了",
    "现身",
)
# 运抵老挝, 进驻某村: what follows is where to.
_MOVES = frozenset(["运抵", "运往", "发往", "抵达", "进驻", "入驻", "驻守", "奔赴", "赶赴", "驰援", "增援", "支援"])
# 正在, 所在 …: asked behind the word, since a pattern that opens with a look-behind is tried at every character.
_STAYS = "|".join(f"{word}(?<![正现存实内外潜所]{word})" for word in ("在", "前往", "来到", "走进", "赴"))
_SITE = re.compile(
    rf"(?:{_STAYS})([^，。；、：“”（）在]{{2,20}}?"
    r"(?:[园馆厅堂村寨镇乡街校院站港湾岛山江河湖路桥区市县店场所局厂滨岸滩城]|社区|广场|中心|大厦|码头|公司|基地|工地|酒店|会议室|门前|[东南西北]门))"
    r"(?:等地)?(?=[，。；、]|$)"
)
# 静安、徐汇|两区
_TOGETHER = re.compile(r"[两二三四五六七八九]个?[省市区县旗州镇乡村街]")
# 会上, 活动现场: the time of the event told before.
_SAME_EVENT = re.compile(
    r"[^，。；]{0,6}?(?:会上|会议|发布会|活动上|活动|现场|随后|其间|期间|仪式|培训|座谈|会后|会前|离开时)"
)
_SAME_DAY = re.compile(r"[^，。；]{0,6}?(?:当天|当日|同日|当晚|这一天|这天|次日)")
_BEFORE = re.compile(r"(?:\d{1,2}时)?(?:之|以)?前")
_UNTIL_BEGUN = ("以来", "至今")
_SINCE = re.compile(r"^[自从]|[起开]?(?:启动|开展|实施|推进|开始)?以来$|起$")
_BEFORE_ADVERB = frozenset("，。；：、\n 　）”》于自从在至每")


def places(reading: Reading, act: Act, previous: list[Activity]) -> list[str]:
    """The places and bodies that 在, 到 … put into its sentence, else who acted or was visited there.

    What was done at an event told before (会上, 现场) was done where that was.
    """
    start = max(act.clause.sentence[0], act.clause.start - _BACK, act.trigger[0] - 2 * _BACK)
    start = max(start, reading.text.rfind("；", start, act.clause.start) + 1)
    found = _governed(reading, start, act)
    if found:
        return found
    before = max(start, act.trigger[0] - _BACK)
    own = [m for m in reading.mentions_in(max(act.clause.start, before), act.trigger[0]) if m.type == "PLACE"]
    if not own and act.type == "visit":
        own = [m for m in reading.mentions_in(*act.named) if m.type in ("ORG", "PLACE")]
    if not own and act.verb.text in _MOVES:
        own = [m for m in reading.mentions_in(act.trigger[1], act.trigger[1] + 1) if m.type == "PLACE"]
    if own or not previous:
        return [name_of(m) for m in own]
    at_event = any(
        _SAME_EVENT.match(reading.text, o, act.trigger[0]) for o in (act.clause.start, act.clause.sentence[0])
    )
    last = previous[-1]
    # 到某镇设摊，发放折页，解答咨询: one place.
    goes_on = last.trigger[0] >= act.clause.sentence[0] and "；" not in reading.text[last.trigger[1] : act.trigger[0]]
    return list(last.places) if at_event or goes_on else []


def _governed(reading: Reading, start: int, act: Act) -> list[str]:
    text, found, listed = reading.text, [], False
    end = min(act.clause.end, act.trigger[1] + _BACK)
    parts = (start, act.trigger[0]), (act.trigger[1], end)
    sites = {m.start(1): m.span(1) for part in parts for m in _SITE.finditer(text, *part)}
    for mention in reading.mentions_in(start, end):
        if mention.type not in ("ORG", "PLACE"):
            continue
        back = max(start, mention.start - _NEAR)
        listed = text.endswith(_PLACED, back, mention.start) or (
            listed and text.endswith(("、", "和"), back, mention.start)
        )
        if listed:
            found.append(_widened(reading, mention, sites.pop(mention.start, None)))
    return found or [reading.plain[slice(*site)] for site in sites.values() if _is_site(reading, site)]


def _widened(reading: Reading, mention: Mention, site: Offsets | None) -> str:
    """沁县 as 沁县南涅水石刻馆 where that is what 在 governs."""
    if site is None or site[1] <= mention.end or _TOGETHER.fullmatch(reading.text, mention.end, site[1]):
        return name_of(mention)
    if not _is_site(reading, site):
        return name_of(mention)
    return reading.plain[slice(*site)]


def _is_site(reading: Reading, site: Offsets) -> bool:
    """Whether the words at `site` hold no verb of the list and so may name a place."""
    verbs, word, last = lexicon().verbs, reading.word_at(site[0]), reading.word_at(site[1] - 1)
    return "的" not in reading.text[slice(*site)] and not any(w in verbs for w in reading.words[word : last + 1])


def period(reading: Reading, act: Act, previous: list[Activity]) -> Period:
    """When it was done: by its clause, its sentence, the event it was part of, the period in force, its paragraph."""
    clause, text = act.clause, reading.text
    start = act.named[0] if clause.start <= act.named[0] < act.trigger[0] else act.trigger[0]
    time = (
        _adverbial(reading, (clause.start, start), anywhere=True)
        or _adverbial(reading, (act.named[1], act.trigger[0]), anywhere=True)
        or _adverbial(reading, (max(clause.sentence[0], clause.start - 300), clause.start))
    )
    if time is not None:
        return _said(reading, act, time)
    for opening in (clause.start, clause.sentence[0]):
        if _SAME_DAY.match(text, opening, start) and (day := _day_before(reading, opening)):
            return day.from_date, day.to_date
        if _SAME_EVENT.match(text, opening, start) and (event := _event_before(previous)):
            return event.from_date, event.to_date
    scopes = reading.layers.scopes
    if scopes is None:
        return None, None
    inner = reading.times_in(clause.start, clause.end)
    found = scopes.period(clause.sentence[0] if inner and clause.start > clause.sentence[0] else act.trigger[0])
    if found != (None, None) or not previous:
        return found
    last = previous[-1]
    if last.from_date == last.to_date and "\n" not in text[max(last.trigger[1], act.trigger[0] - 500) : act.trigger[0]]:
        return last.from_date, last.to_date
    return found


def _said(reading: Reading, act: Act, time: TimeExpression) -> Period:
    """The period that `time` gives to `act`: open before 前 and after 到, all days of a list, when it began."""
    text = reading.text
    if text.startswith(_UNTIL_BEGUN, act.trigger[1]) and (begun := _SINCE.sub("", time.text)) != time.text:
        # 9月启动以来: it began in September.
        first = scan_times(begun, reading.layers.published)
        return (first[0].from_date, first[0].to_date) if first else (time.from_date, time.to_date)
    if _BEFORE.match(text, time.end) or text.endswith(("到", "截至", "至"), 0, time.start):
        return None, time.to_date
    first_day, last = time.from_date, time.to_date
    for other in reversed(reading.times_in(max(act.clause.sentence[0], time.start - 20), time.start)):
        if text[other.end : time.start] in ("、", "和") and other.from_date is not None:
            # 8月8日、10日两晚
            first_day, time = other.from_date, other
    return first_day, last


def _event_before(previous: list[Activity]) -> Activity | None:
    """The last activity of a stated day, else the last one with a date."""
    dated = [a for a in previous[-12:] if a.from_date is not None]
    days = [a for a in dated if a.from_date == a.to_date]
    return (days or dated or [None])[-1]  # type: ignore[list-item]


def _day_before(reading: Reading, offset: int) -> TimeExpression | None:
    """The last exact day named before `offset`."""
    for time in reversed(reading.times_in(max(0, offset - 600), offset)):
        if time.from_date is not None and time.from_date == time.to_date and time.text.endswith(("日", "号")):
            return time
    return None


def _adverbial(reading: Reading, region: Offsets, *, anywhere: bool = False) -> TimeExpression | None:
    """The last calendar expression in `region` that tells when something was done."""
    text = reading.text
    for time in reversed(reading.times_in(*region)):
        opens = time.start == region[0] or text[time.start - 1] in _BEFORE_ADVERB
        if not opens and "对" in text[region[0] : time.start]:
            # 对2019年至2020年的资金…进行了审计: the years of what was examined.
            continue
        if (opens or anywhere) and time.end <= region[1] and not text.startswith(("的", "度"), time.end):
            return time
    return None
