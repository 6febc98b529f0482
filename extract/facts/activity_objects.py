"""How far the object of a trigger goes, and what stands before the trigger in its place.

Notes for a newcomer. The object runs from the trigger to the end of the clause, unless another verb begins there: a
verb of its own (印发…召开…), a conjunction (并), or a claim (提升…) once the object already has a head. Modifiers that
look like verbs (学习贯彻…专题培训) stay inside. Looking back and ahead is bounded, so that a clause without end costs
no more than its length.
"""

import re
from typing import NamedTuple

from extract.facts.activity_hits import Hit
from extract.facts.activity_object_ends import object_end
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import has_head
from extract.layers import Offsets

_BACK = 100
_AHEAD = 300
_TAIL_SIZE = 16

_ASPECT = re.compile(
    r"(?:[了着起啦]|过(?![期程度敏滤渡境冬节])|起来|完了|出(?![口台版现具入发动让]))?(?:(?:一|首|本)(?:[场次个批项起期支份轮堂处家名套所座条间块枚面张件本])|了|一系列|系列(?!活动))?"
)
# 开展本次活动, 机构撤销之日起
_BACK_REFERENCE = re.compile(r"[了过]?(?:本|此|该|这|上述)[次项场期轮]|之日起?")
_TIMED = re.compile(r"(?:以来|至今|期间|之际|过程中?|时|之前|前|当中|(?<=[程作动行间查治务训传])中|外|之余)$")
_AFTERWARDS = re.compile(r"(?<=.)(?:之后|以后|后再?|现场|上|里)$")
_WITHIN = re.compile(r"(?:过程)?[中上里](?:获悉|了解到|得知|透露|宣布)?$")
# 成立由局长任组长的领导小组: what the object is made of is no part of its name, but its theme is.
_MODIFIER = re.compile(
    r"由[^，《》]{2,30}的(?=《)|(?:由|以(?!“[^”\n]{2,60}”为(?:主题|题|主线)))[^，的]{2,40}?(?:任|为|组成|参与|参加|带队|率领|牵头)[^，的]{0,10}的(?=[^，]{3})"
)
_SENT = re.compile(r"(?<=.)(?:分?赴|前往|奔赴|深入)")
# 发布新修订的《…》自7月1日起施行
_IN_FORCE = re.compile(r"》(?:自|于|从|将于|将自)[^，]{2,16}(?:施行|实施|生效|执行)")
# 《…》（某政办〔2023〕9号，以下简称《办法》）, 《…》至各乡镇: the title is the object.
_TITLE_CLOSES = re.compile(r"》(?:（[^（）]*(?:号|简称)[^（）]*）?|(?:至|给|到)[^，。；《》]{2,20})$")
_NOTE = re.compile(r"[（(](?=其中|含|附|见|图)")
_SERVES = re.compile(r"(?<=.)(?:轮流|轮班|每[周月天日]|分别|常驻|分赴|对[^，]{2,40}(?:开展|进行)|组成|组建|成立)")
_TAIL = re.compile(
    r"(?:[、，：（ ]|等(?:相关|有关|各项)?(?:工作|内容|方面|事项)?"
    r"|(?:[一二两三四五六七八九十]{1,3}|\d{1,4})[期场次轮处座]|共计?|累计|合计|以及|及|和|与|并)+$"
)
_TAIL_CLOSES = frozenset("、，：（ 等关项作容面期场次轮处座共计及和与并")
_MEANS = re.compile(
    r"(?:等[^，、。]{0,6}|的)(?:方式|形式|途径|手段|渠道|载体|契机|抓手|机会|办法)|(?:方式|形式|途径|手段|渠道|契机)$"
)
_TARGET = re.compile(
    r"(?:对(?<!有针对)(?!象)|针对(?<!有针对))((?:[^，对]|对象){2,60}?)(?:进行|开展|展开|加以|予以|给予|实施|组织|作|做)?(?:了)?$"
)
_PLACE = re.compile(
    r"(?:到(?<![收接达受得做找看感听不直]到)|莅临|赴|深入|走进|前往|来到|奔赴|走到|进入|在(?<![所现正]在))([^，]{1,40}?)$"
)
_ADDRESSED = re.compile(r"(?:为|向|给)[^，的、]{2,12}$")
_DISPOSED = re.compile(r"(?:现将|将|把)([^，]{2,80}?)(?:予以|联合|正式|进行)?$")
# 军地代表|向烈士纪念碑(敬献…)
_PHRASE_BEFORE = re.compile(r"(?:为|向|对|给|在|到|与|同|就|以|从|于)[^，]{2,40}$")
_PERSONS = ("人", "名", "位", "户", "家")
_PREPOSITIONS = (
    "在",
    "到",
    "赴",
    "对",
    "向",
    "给",
    "从",
    "据",
    "按",
    "经",
    "自",
    "为",
    "于",
    "以",
    "至",
    "与",
    "和",
    "《",
)
_DONE_TO = re.compile(r"了|出(?![口台版现具入发动让])")
_TITLE_AHEAD = re.compile(r"\n?(《[^《》]{2,80}》)")


class Phrase(NamedTuple):
    """The object after a trigger: its offsets, and whether a count was taken off its beginning or end."""

    start: int
    end: int
    counted: bool
    attributive: bool


def object_of(reading: Reading, clause: Clause, hit: Hit, later: list[Hit]) -> Phrase | None:
    """The object of `hit`, empty if none follows; None if the trigger is no report (开展以来, 举办本次活动).

    Args:
        reading: the bulletin.
        clause: the clause of the trigger.
        hit: the trigger.
        later: the verbs after it in the clause.
    """
    text, options = reading.text, hit.verb.options
    start, limit = hit.end, min(clause.end, hit.end + _AHEAD)
    attributive = text.startswith(("的", "了的"), start)
    if attributive:
        # 联合下发的《办法》 is cited, 2月8日下发的《办法》 is news.
        news = hit.verb.role in ("strong", "happen")
        if ("a" not in options and hit.verb.role != "happen") or (
            news and not reading.times_in(clause.start, hit.start)
        ):
            return None
        start = text.index("的", start) + 1
    if _BACK_REFERENCE.match(text, start):
        return None
    counted = False
    if "w" not in options or start in reading.quantity_from:
        first, (start, counted) = start, _skip_count(reading, start, limit)
        if (
            counted
            and hit.verb.role == "strong"
            and any(h.start == start for h in later)
            and (amount := reading.quantity_to.get(start))
        ):
            # 捐赠10万元|设立…: the amount is the object.
            return Phrase(max(first, amount), start, counted, attributive)
    if (title := _TITLE_AHEAD.match(text, start)) and title.end() > limit:
        # In web copy a line may end before a title or inside it.
        return Phrase(title.end() - len(title[1]), title.end(), counted, attributive)
    if text.startswith(("（", "、"), start):
        # 印发（余府办发〔2023〕9号）, 送戏16场、送春联…
        limit = start
    if (dots := text.find("…", start, limit)) >= 0:
        limit = dots
    if (note := _NOTE.search(text, start, limit)) and note.start() > start:
        limit = note.start()
    whole = "w" in options or text.startswith("关于", start) or "d" in options or hit.verb.role == "receive"
    end = object_end(reading, limit, start, [] if whole else later, hit.verb.role)
    if hit.verb.type == "award" and text.startswith("为", end):
        end = limit
    if hit.verb.type == "selection" and (sent := (_SERVES if "w" in options else _SENT).search(text, start, end)):
        end = sent.start()
    if attributive and (within := _WITHIN.search(text, max(start, end - 6), end)):
        end = within.start()
    if modifier := _MODIFIER.match(text, start, end):
        start = modifier.end()
    end, trailing = _without_tail(reading, start, end)
    if _TIMED.search(text, max(hit.start, end - 4), end) or _MEANS.search(
        text, max(start, text.rfind("》", start, limit)), limit
    ):
        return None
    if in_force := _IN_FORCE.search(text, start, end):
        end = in_force.start() + 1
    if (title_end := text.find("》", start, end)) >= 0 and (closes := _TITLE_CLOSES.search(text, title_end, end)):
        end = closes.start() + 1
    if text.startswith("的", end - 1) and end - 1 > start and text[end : end + 1] in "，、；。":
        # 举报属实的，给予举报人奖励: whoever does it.
        return None
    if afterwards := _AFTERWARDS.search(text, max(start, end - 4), end):
        end = max(start, afterwards.start())
    if (space := text.find(" ", start, end)) > start and _is_whole(text[start:space]):
        # Posts set spaces for commas: 举办表演赛 8支村队上场.
        end = space
    dash = text.rfind("——", start, end)
    if dash > start and dash + 4 < end and text.count("“", start, dash) == text.count("”", start, dash):
        start = dash + 2
    return Phrase(start, end, counted or trailing, attributive)


def _is_whole(words: str) -> bool:
    """Whether an object may end after `words`, no quote being open."""
    return words.count("“") == words.count("”") and has_head(lexicon(), words)


def before(clause: Clause, hit: Hit) -> int:
    """Where looking back from `hit` begins: the start of its clause, or nearer in an endless one."""
    return max(clause.start, hit.start - _BACK)


def target(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """What it was done to: 对中小学食堂(进行了检查)."""
    found = _TARGET.search(reading.text, before(clause, hit), hit.start)
    return _without_adverbs(reading, *found.span(1)) if found else None


def place(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """Where it was done: 到养老院(慰问), without adverbs before the trigger."""
    found = _PLACE.search(reading.text, before(clause, hit), hit.start)
    if found is None:
        return None
    return _without_adverbs(reading, *found.span(1))


def _without_adverbs(reading: Reading, start: int, end: int) -> Offsets:
    adverbs = lexicon().words["adverbs"]
    word = reading.word_at(end - 1)
    while word > 0 and reading.words[word] in adverbs and reading.starts[word] > start:
        end = reading.starts[word]
        word -= 1
    return start, end


def disposed(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """The object that 将 or 把 puts before the verb: 将《方案》（以下简称…）印发给你们."""
    text = reading.text
    found = _DISPOSED.search(text, before(clause, hit), hit.start)
    if found is None:
        return None
    start, end = found.span(1)
    note = text.rfind("（", start, end)
    if note > start and text.startswith("）", end - 1) and "》" in text[start:note]:
        end = note
    return start, end


def has_doer(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether the clause says itself who acts: a name that no preposition governs, or a doer without a name."""
    text = reading.text
    start, end = _without_adverbs(reading, before(clause, hit), hit.start)
    governed = _PHRASE_BEFORE.search(text, start, end)
    if text.endswith(lexicon().doers, start, governed.start() if governed else end):
        return True
    people = reading.quantity_to.get(end)
    if people is not None and people >= start and text.endswith(_PERSONS, people, end):
        # 周边乡镇30余人(前来观摩)
        return True
    for mention in reading.mentions_in(start, end):
        if mention.type != "PROGRAM":
            return not text.endswith(_PREPOSITIONS, start, mention.start)
    return False


def stands_as_verb(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether 检查, 培训 … is a verb where it stands, by what is before and after it."""
    text, lex = reading.text, lexicon()
    at, back = hit.start, before(clause, hit)
    if text[at - 1] == "性" and not _DONE_TO.match(text, hit.end):
        # 营业性演出
        return False
    if at == clause.start or _DONE_TO.match(text, hit.end) or text[at - 1] in "并后来已”）被":
        return True
    if reading.starts[hit.word] < at:
        return True
    previous = reading.words[hit.word - 1]
    if previous in lex.words["adverbs"] or previous in ("到", "去", "开始"):
        return True
    if previous in lex.words["before_verb"] or any(t.end == at for t in reading.times_in(max(back, at - 20), at)):
        return True
    if reading.mention_ending(at) or at in reading.quantity_to or text.endswith(lex.doers, back, at):
        return True
    if _ADDRESSED.search(text, back, at):
        return True
    if text.startswith("《", hit.end) or any(m.start == hit.end for m in reading.mentions_in(hit.end, hit.end + 1)):
        return True
    if text[at - 1] != "的" and _TARGET.search(text, back, at):
        return True
    return at - back < 30 and not text.startswith("的", hit.end) and bool(_PLACE.search(text, back, at))


def _skip_count(reading: Reading, start: int, limit: int) -> tuple[int, bool]:
    """Past 了, an article or a count before the object; whether it was a count."""
    text = reading.text
    if aspect := _ASPECT.match(text, start, limit):
        start = aspect.end()
    worth = text.startswith("价值", start)
    if worth:
        start += 2
    end = reading.quantity_from.get(start)
    if end is None or end >= limit or (text[end] in "和与" and end + 1 in reading.quantity_from):
        # 万亩和千亩示范基地
        return start, False
    of = text.startswith("的", end)
    return end + of, not (worth and of)


def _without_tail(reading: Reading, start: int, end: int) -> tuple[int, bool]:
    """The end of the object without closing counts and marks; whether there was a count."""
    counted = False
    while end > start:
        begin = reading.quantity_to.get(end)
        if begin is not None and begin >= start:
            end, counted = begin, True
            continue
        if reading.text[end - 1] not in _TAIL_CLOSES:
            break
        tail = _TAIL.search(reading.text, max(start, end - _TAIL_SIZE), end)
        if tail is None:
            break
        end = tail.start()
    return end, counted
