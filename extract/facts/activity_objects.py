"""What a trigger is about: the object phrase that names the activity, and the type that follows from both.

Notes for a newcomer. The object runs from the trigger to the end of the clause, unless another verb begins there: a
verb of its own (印发…召开…), a conjunction (并), or a claim (提升…) once the object already has a head. Modifiers that
look like verbs (学习贯彻…专题培训) stay inside. What ends the object decides: 开展 is only an activity with an event
noun, 建立 only with an institution or a body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from extract.facts.activity_reading import Lexicon, Reading, Verb, lexicon
from extract.facts.activity_triggers import Clause, Hit
from extract.layers import Offsets
from schemas import ActivityType


@dataclass(frozen=True, slots=True)
class Act:
    """An activity before its roles: the trigger, the name in the bulletin's words, the type, the clause."""

    trigger: Offsets
    verb: Verb
    type: ActivityType
    name: str
    object: Offsets
    clause: Clause


_ASPECT = re.compile(
    r"(?:[了过着起]|起来|完了)?(?:(?:一|首|本)(?:[场次个批项起期支份轮堂处家名套所座条间])|了|一系列|系列(?!活动))?"
)
_TIMED = re.compile(r"(?:以来|期间|之际|过程中?|时|之前|前|当中|中)$")
_AFTER = re.compile(r"(?:之后|以后|后|现场|上|里)$")
_TAIL = re.compile(r"(?:[、，：（ ]|等|共计?|累计|合计)+$")
_MEANS = re.compile(r"等?(?:的?(?:方式|形式|途径|手段|渠道|载体|契机|抓手|机会))")
_CONTRIBUTES = re.compile(
    r"奠定|打下|作出|做出|创造|营造|贡献|注入|提供(?:了)?[^，]{0,12}(?:保障|支撑|支持|依据|平台|思路|经验)"
)
_FOR = re.compile(r"(?:为|向|给)[^，]{2,}$")
_ADDRESSED = re.compile(r"(?:为|向|给)[^，的、]{2,12}$")
_TARGET = re.compile(r"(?:对|针对)([^，对]{2,60}?)(?:进行|开展|加以|予以|给予|实施|组织|作|做)?(?:了)?$")
_PLACE = re.compile(r"(?:到|赴|深入|走进|前往|来到|奔赴|走到|进入|在)([^，]{1,40}?)$")
_EVENT_BEFORE = re.compile(
    r"(?:(?:从|自)[^，]{1,14}|于[^，]{1,30}|在[^，]{1,40}|正式|隆重|顺利|圆满|成功|同步|全面|盛大|日前|近日|也|已|如期|先后|相继|同时|由[^，]{2,40}|今日|今天|昨日|火热|精彩|举行|修订|联合|\s)*$"
)
_ANAPHOR = re.compile(r"(?:本次|此次|该|这次|此项|这一)?(?:行动|活动|工程|工作|会议|培训|项目)$")
_HONOUR = re.compile(r"“[^“”]*”(?:荣誉)?(?:称号)?")
_LISTED_BEFORE = re.compile(r"[、和及与]$")


def acts(reading: Reading, clause: Clause) -> Iterator[Act]:
    """The activities that one clause reports, in order."""
    text = reading.text
    if lexicon().purpose.match(text, clause.start, clause.end):
        return
    done = clause.start
    hits = _merged(clause.hits)
    for at, hit in enumerate(hits):
        if hit.start < done:
            continue
        act = _act(reading, clause, hit, hits[at + 1 :])
        if act is not None:
            done = max(act.object[1], hit.end)
            yield act


def _merged(hits: list[Hit]) -> list[Hit]:
    """Verbs that touch as one trigger: 制定印发 is an 印发, 检查督导 one deed."""
    merged: list[Hit] = []
    for hit in hits:
        if merged and merged[-1].end == hit.start and merged[-1].verb.role != "receive":
            last = merged.pop()
            both_deeds = last.verb.role == hit.verb.role == "deed"
            if hit.verb.role == "deed" and last.verb.role in ("light", "hold"):
                merged.append(last)
                continue
            start = last.start if both_deeds else hit.start
            verb = last.verb if both_deeds else hit.verb
            merged.append(Hit(start, hit.end, verb, last.word))
        else:
            merged.append(hit)
    return merged


def _act(reading: Reading, clause: Clause, hit: Hit, later: list[Hit]) -> Act | None:
    text, lex = reading.text, lexicon()
    role = hit.verb.role
    start = hit.end
    attributive = text.startswith(("的", "了的"), start)
    if attributive:
        if role not in ("hold", "light") or hit.verb.text not in ("启动", "召开", "举办", "举行", "开展"):
            return None
        start = text.index("的", start) + 1
    whole = "w" in hit.verb.options
    start, counted = (start, False) if whole else _skip_count(reading, start, clause.end)
    end = _object_end(reading, clause, start, [] if whole else later, role)
    end, trailing = _strip_tail(reading, start, end)
    counted |= trailing
    phrase = text[start:end]
    if _TIMED.search(text[hit.start : end]) or _MEANS.search(text, start, clause.end):
        return None
    after = _AFTER.search(phrase)
    if after and len(phrase) > len(after[0]):
        end -= len(after[0])
        phrase = text[start:end]
    before = text[clause.start : hit.start]
    if before.startswith("为") and _CONTRIBUTES.search(text, hit.end, clause.end):
        return None
    if role == "receive":
        return _received(reading, clause, hit, start, end)
    if role == "deed":
        return _deed(reading, clause, hit, start, end, counted)
    if not phrase or (role == "happen" and len(phrase) < 4) or _EVENT_BEFORE.fullmatch(phrase):
        return _happened(reading, clause, hit)
    if role == "happen":
        role = "strong"
    if phrase in lex.words["empty"] or _ANAPHOR.fullmatch(phrase):
        return None
    if counted and not _counted_stays(reading, clause, hit):
        return None
    kind: ActivityType | None
    trigger = (hit.start, hit.end)
    name = reading.plain[start:end]
    if role in ("light", "hold"):
        if hit.verb.text in ("参加", "参与") and not _takes_part(reading, clause, hit, phrase):
            return None
        if "b" in hit.verb.options and (lex.claims.search(phrase) or not _FOR.search(before)):
            return None
        if role == "light" and not attributive and _is_vague(lex, phrase):
            return None
        target = _TARGET.search(before)
        if hit.verb.text == "进行":
            return _performed(reading, clause, hit, start, end, target)
        kind = event_type(lex, phrase)
        named = phrase.endswith("”") or "”" in phrase[-8:] or _has_program(reading, start, end)
        if kind is None and role == "light" and named and "b" not in hit.verb.options:
            kind = "campaign"
        if "n" in hit.verb.options and not (named and kind == "campaign"):
            return None
        if role == "hold":
            kind = "meeting" if hit.verb.type == "meeting" and hit.verb.text != "举行" else kind or hit.verb.type
        if kind is None:
            return None
        if target:
            at = clause.start + target.start(1)
            name = reading.plain[at : clause.start + target.end(1)] + name
    elif role == "found":
        kind = _founded(lex, hit.verb, phrase)
        if kind is None:
            return None
    else:
        kind = hit.verb.type
        if not re.search(r"[\u4e00-\u9fff]{2}", phrase) or phrase[0] in "、：":
            return None
        if hit.verb.text in ("发布", "公布") and phrase.rstrip("》").endswith(lex.institutions):
            kind = "issuance"
        if hit.verb.text == "授予" and (quoted := _HONOUR.search(phrase)):
            name = reading.plain[start + quoted.start() : start + quoted.end()]
    return Act(trigger, hit.verb, cast(ActivityType, kind), name, (start, end), clause)


def _is_vague(lex: Lexicon, phrase: str) -> bool:
    """Whether nothing but a bare event noun is said: 开展各类宣传活动."""
    ending = lex.event(phrase)
    if ending is None:
        return False
    inner = phrase[: -len(ending)]
    if lex.events[ending] is None:
        inner = inner.removesuffix(lex.event(inner) or "")
    bare = phrase[len(inner) :].removesuffix("活动").removesuffix("工作")
    return inner.rstrip("的") in lex.words["vague"] or (not inner and bare in lex.words["bare_events"])


def _skip_count(reading: Reading, start: int, limit: int) -> tuple[int, bool]:
    """Past 了, an article or a count before the object; whether it was a count."""
    match = _ASPECT.match(reading.text, start, limit)
    start = match.end() if match else start
    if reading.text.startswith("价值", start):
        start += 2
    end = reading.quantity_from.get(start)
    if end is not None and end < limit:
        of = reading.text.startswith("的", end)
        return end + of, not (of and reading.text[start - 2 : start] == "价值")
    return start, False


def _object_end(reading: Reading, clause: Clause, start: int, later: list[Hit], role: str) -> int:
    text, lex = reading.text, lexicon()
    end = clause.end
    for hit in later:
        if hit.start < start or text.startswith(("的", "了的"), hit.end):
            continue
        if hit.verb.role == "deed" and not (
            text.startswith("了", hit.end)
            or (
                _after_adverb(reading, hit)
                and (role not in ("light", "hold") or _has_head(lex, text[start : hit.start]))
            )
        ):
            continue
        if role in ("light", "hold") and hit.verb.role == "light" and hit.start - start < 2:
            continue
        end = hit.start
        break
    ends = lex.enders
    at = reading.word_at(start)
    while at < len(reading.starts) and reading.starts[at] < end:
        word, offset = reading.words[at], reading.starts[at]
        inner = offset > start and word in ends and _has_head(lex, text[start:offset].rstrip("、和及"))
        if inner or (offset > start and word in ("并", "并且", "且", "同时")):
            return offset
        at += 1
    return end


def _after_adverb(reading: Reading, hit: Hit) -> bool:
    return hit.word > 0 and reading.words[hit.word - 1] in lexicon().words["adverbs"]


def _has_head(lex: Lexicon, text: str) -> bool:
    return (
        bool(lex.event(text))
        or text.endswith(lex.bodies)
        or text.endswith(lex.institutions)
        or text.endswith(("》", "”"))
    )


def _strip_tail(reading: Reading, start: int, end: int) -> tuple[int, bool]:
    """The end of the object without closing counts and marks; whether there was a count."""
    counted = False
    while end > start:
        begin = reading.quantity_to.get(end)
        if begin is not None and begin >= start:
            end, counted = begin, True
            continue
        tail = _TAIL.search(reading.text, start, end)
        if tail is None:
            break
        end = tail.start()
    return end, counted


def _counted_stays(reading: Reading, clause: Clause, hit: Hit) -> bool:
    return "q" in hit.verb.options or ("e" in hit.verb.options and _on_a_day(reading, clause))


def _on_a_day(reading: Reading, clause: Clause) -> bool:
    """Whether the sentence tells of one day."""
    days = reading.times_in(clause.sentence[0], clause.end)
    return any("日" in reading.text[a:b] and "至" not in reading.text[a:b] for a, b in days)


def event_type(lex: Lexicon, phrase: str) -> ActivityType | None:
    """The type that the event noun at the end of `phrase` gives, or None if there is none."""
    phrase = phrase.removesuffix("等")
    ending = lex.event(phrase)
    if ending is not None and lex.events[ending] is not None:
        return lex.events[ending]
    if ending is not None:
        inner = phrase[: -len(ending)]
        if ending == "活动" and inner.endswith("”"):
            return "campaign"
        inner_ending = lex.event(inner)
        if inner_ending is not None and lex.events[inner_ending] is not None:
            return lex.events[inner_ending]
        return "campaign" if "活动" in ending and len(inner) >= 2 else None
    if phrase.endswith("”"):
        inside = phrase[phrase.rfind("“") + 1 : -1]
        ending = lex.event(inside)
        if ending is not None:
            return lex.events[ending] or "campaign"
        return "publicity" if "普法" in inside or "宣传" in inside else "campaign"
    return None


def _has_program(reading: Reading, start: int, end: int) -> bool:
    return any(m.type == "PROGRAM" and m.end == end for m in reading.mentions_in(start, end))


def _takes_part(reading: Reading, clause: Clause, hit: Hit, phrase: str) -> bool:
    """Whether 参加 tells of a deed: 300余人参加培训 only says how many came to the event told before."""
    if len(phrase) < 4 or phrase.startswith(("此次", "本次", "会议", "活动", "培训")):
        return False
    return not reading.quantities_in(clause.start, hit.start)


def _performed(
    reading: Reading, clause: Clause, hit: Hit, start: int, end: int, target: re.Match[str] | None
) -> Act | None:
    """对…进行了体检: the trigger is the verbal noun, the name what it was done to and the noun."""
    lex, text = lexicon(), reading.text
    phrase = text[start:end]
    kind = event_type(lex, phrase)
    ending = lex.event(phrase)
    name = reading.plain[start:end]
    if target:
        at = clause.start + target.start(1)
        aim = reading.plain[at : clause.start + target.end(1)]
        name = aim + name if kind else aim
    if kind is None:
        done = text.startswith("了", hit.end) and target is not None
        if not done or any(soft in phrase for soft in lex.words["soft_deeds"]):
            return None
        kind = "other"
        ending = phrase[-2:]
    elif target is None and len(phrase) < 4:
        return None
    size = len(ending or "")
    if ending in ("工作", "活动"):
        return Act((hit.start, hit.end), hit.verb, kind, name, (start, end), clause)
    return Act((end - size, end), hit.verb, kind, name, (start, end), clause)


def _founded(lex: Lexicon, verb: Verb, phrase: str) -> ActivityType | None:
    head = phrase.rstrip("”").split("（")[0]
    if verb.text == "达成":
        return "agreement" if head.endswith(lex.agreements) else None
    if phrase.endswith("》") or head.endswith(lex.institutions):
        return "issuance"
    if verb.type == "issuance":
        if verb.text != "推出":
            return None
        return event_type(lex, phrase) or "issuance"
    if verb.text in ("创建", "建成") and not head.endswith(lex.bodies):
        return None
    if head.endswith(lex.bodies):
        return "establishment"
    return event_type(lex, phrase) if verb.text == "开设" else None


def _received(reading: Reading, clause: Clause, hit: Hit, start: int, end: int) -> Act | None:
    text, lex = reading.text, lexicon()
    phrase = text[start:end]
    stop = re.search(r"称号(?=的)", phrase)
    if stop:
        end = start + stop.end()
        phrase = text[start:end]
    if len(phrase) < 3 or ("h" in hit.verb.options and not lex.honours.search(phrase)):
        return None
    return Act((hit.start, hit.end), hit.verb, "award", reading.plain[start:end], (start, end), clause)


def _deed(reading: Reading, clause: Clause, hit: Hit, start: int, end: int, counted: bool) -> Act | None:
    """检查, 慰问 …: an activity where it stands as a verb and has an object, after it or in a phrase before it."""
    text, lex = reading.text, lexicon()
    before = text[clause.start : hit.start]
    if _LISTED_BEFORE.search(before) or not _stands_as_verb(reading, clause, hit):
        return None
    phrase = text[start:end]
    bare = phrase in lex.words["empty"] or phrase in ("指导工作", "指导", "")
    if not bare and not re.search(r"[\u4e00-\u9fff]{2}", phrase):
        bare = True
    if counted and not _counted_stays(reading, clause, hit):
        return None
    if not bare:
        ending = lex.event(phrase)
        if ending in ("活动", "工作", "行动", "计划") and len(phrase) <= 4:
            return None
        return Act(
            (hit.start, hit.end),
            hit.verb,
            cast(ActivityType, hit.verb.type),
            reading.plain[start:end],
            (start, end),
            clause,
        )
    place = _TARGET.search(before) or _PLACE.search(before)
    if place is None:
        return None
    at = clause.start + place.start(1)
    stop = clause.start + place.end(1)
    while (
        (word := reading.word_at(stop - 1))
        and reading.words[word] in lex.words["adverbs"]
        and reading.starts[word] > at
    ):
        stop = reading.starts[word]
    name = reading.plain[at:stop]
    if len(name) < 2:
        return None
    return _told(reading, clause, hit, name, (start, end))


def _told(reading: Reading, clause: Clause, hit: Hit, name: str, object_: Offsets) -> Act:
    return Act((hit.start, hit.end), hit.verb, hit.verb.type or "other", name, object_, clause)


def _stands_as_verb(reading: Reading, clause: Clause, hit: Hit) -> bool:
    text, lex = reading.text, lexicon()
    at = hit.start
    if at == clause.start or text.startswith("了", hit.end):
        return True
    if text[at - 1] in "了并后来已”）":
        return True
    word = hit.word
    if reading.starts[word] < at:
        return True
    previous = reading.words[word - 1]
    if previous in lex.words["adverbs"] or previous in ("到", "去", "进行", "开始", "接受"):
        return True
    if reading.mention_ending(at) or at in reading.quantity_to or text[clause.start : at].endswith(lex.doers):
        return True
    return bool(
        _PLACE.search(text[clause.start : at])
        and not text.startswith("的", hit.end)
        and len(text[clause.start : at]) < 30
    )


def _happened(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """…会议在…召开: the event stands before the verb."""
    text, lex = reading.text, lexicon()
    issued = hit.verb.type == "issuance"
    if hit.verb.role not in ("hold", "happen") and hit.verb.text not in ("启动", "成立", "开展") and not issued:
        return None
    start = clause.start
    for a, b in reading.times_in(clause.start, hit.start):
        if a <= start + 1:
            start = b
    rest = _EVENT_BEFORE.search(text, start, hit.start)
    end = rest.start() if rest else hit.start
    phrase = text[start:end].lstrip("，、的 ")
    start = end - len(phrase)
    of = phrase.rfind("的")
    if of > 0 and (phrase.startswith("由") or reading.mentions_in(start, start + of)):
        start, phrase = start + of + 1, phrase[of + 1 :]
    if _ANAPHOR.fullmatch(phrase):
        programs = [m for m in reading.mentions_in(max(0, start - 300), start) if m.type == "PROGRAM"]
        if not programs or hit.verb.text != "启动":
            return None
        return Act(
            (hit.start, hit.end),
            hit.verb,
            "campaign",
            programs[-1].canonical or programs[-1].text,
            (hit.end, hit.end),
            clause,
        )
    if len(phrase) < 4:
        return None
    if issued:
        return (
            Act((hit.start, hit.end), hit.verb, "issuance", reading.plain[start:end], (start, end), clause)
            if phrase.endswith("》")
            else None
        )
    kind: ActivityType | None = event_type(lex, phrase)
    if kind is None and phrase.rstrip("”").endswith(lex.bodies):
        kind = "establishment"
    if kind is None and hit.verb.role != "happen":
        return None
    if hit.verb.type is not None and hit.verb.type != "other" and kind is None:
        kind = hit.verb.type
    return Act((hit.start, hit.end), hit.verb, kind or "other", reading.plain[start:end], (hit.end, hit.end), clause)
