"""From trigger to activity: what each kind of verb needs to tell one, and how the activity is named.

Notes for a newcomer. What ends the object decides: 开展 is only an activity with an event noun, 建立 only with an
institution or a body. A verb that is also a noun (检查) needs to stand as a verb. A counted object (发放资料3万份) is a
statistic unless the verb's line in the list says otherwise.
"""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_awards import honour, named_as, received
from extract.facts.activity_bare import bare
from extract.facts.activity_counts import counted_stays
from extract.facts.activity_held import held
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, before, disposed, has_doer, place, stands_as_verb, target
from extract.facts.activity_orders import ordered, paid
from extract.facts.activity_passed_over import begun
from extract.facts.activity_preposed import ANAPHOR, during, happened, patient, topic, undergone
from extract.facts.activity_reading import Reading, is_day, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import event_type, founded_type
from extract.layers import Offsets

_CONTRIBUTES = re.compile(
    r"奠定|打下|作出|做出|创造|营造|贡献|注入|提供(?:了)?[^，]{0,12}(?:保障|支撑|支持|依据|平台|思路|经验)"
)
# 召开前, 举行时: no object, unlike 举行前三季度…通气会.
_WHEN = re.compile(r"后|前(?![一二三四五六七八九十两几半\d])|时(?![间装事尚任])|以来|等")
# 发放折页5000份、保温壶…; 免费安装, 为群众修建.
_PAPERS_FIRST = re.compile(r"[^、]*(?:资料|材料|传单|折页|明白纸|手册|海报|图册|读本)\d")
_FREE = re.compile(
    r"(?:免费|义务|无偿|为(?<![作称成认因]为)[^，]{2,20}(?:户|家|群众|居民|老人|村民|学生|困难|们|者|职工|农民|企业|伤员|残疾人|师生|工人|商户))[^，]{0,6}$"
)
# 恢复到上年的82%, 奖励给乡村两级, 起诉要求返还…
_NO_OBJECTS = ("到", "至", "给", "于", "要求", "请求", "将", "是")
# 聘请企业家等15人为特邀监督员: what they were made.
_OFFICE = re.compile(r"(?:担任|为(?<![作成称认因]为))(?=“|[^，]{2,15}(?:员|师|长|顾问|专家|主任|代表|卫士|大使|助理)$)")
# 线索移交当地公安机关
_RECEIVERS = ("当地", "属地", "有关部门", "相关部门", "公安", "司法机关", "纪检", "检察机关")
_GIVEN = re.compile(r"(?:给予|为|给)([^，为给予元]{2,40}?)(?:记.等功)?$")
# 化解一起信访积案
_ONE = re.compile(r"了?[一首](?:起|件|名|批|家|处|个|辆|台|艘|宗|例|所|座|条|支)")
# 投入420万元(建设种质资源库)
_INVESTED = re.compile(r"(?:投入|投资|出资|筹资|拨款)[^，]{0,4}\d[^，]{0,8}元$")
# 接到某局转办线索: what was handed on is what was received.
_HANDED_ON = frozenset(["转办", "交办", "移交", "移送", "督办"])
_ON_RECEIPT = re.compile(r"(?:接到|收到|根据|依据)[^，的]{1,14}$")
_CLOSES = ("", "，", "。", "；", "\n", "！")
# How far back the day of a deed may stand.
_DAY_BEFORE = 300
_TWO_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def tells_event(hit: Hit) -> bool:
    """Whether the event of `hit` may stand before it."""
    return hit.verb.role in ("hold", "happen") or "s" in hit.verb.options


def proposed(reading: Reading, clause: Clause, hit: Hit, later: list[Hit], phrase: Phrase | None) -> Act | None:
    """The activity that the rules read from `hit`, None if they read none.

    Args:
        reading: the bulletin.
        clause: the clause of the trigger.
        hit: the trigger.
        later: the verbs after it in the clause.
        phrase: its object (`object_of`).
    """
    text, lex, verb = reading.text, lexicon(), hit.verb
    if phrase is not None and phrase.attributive and verb.role == "hold" and _is_of_event(text, phrase, later):
        return None
    if (
        (verb.role, verb.type) == ("happen", "issuance")
        and clause.hits[0].verb.role == "strong"
        and hit.start > clause.hits[0].start
    ):
        # 发布《…》自7月1日起施行
        return None
    if _is_rule(text, clause, hit) or (
        verb.text in _HANDED_ON and _ON_RECEIPT.search(text, before(clause, hit), hit.start)
    ):
        return None
    if phrase is None:
        return happened(reading, clause, hit, over=True) or during(reading, clause, hit) or begun(reading, clause, hit)
    words = text[phrase.start : phrase.end]
    if verb.role == "strong" and text[hit.start - 1] in "的对" and not text.startswith("了", hit.end):
        # 信用等级的评定结果, 对交办线索加大督办力度
        return None
    if not words and text.startswith(("后", "之后", "以后"), hit.end):
        return happened(reading, clause, hit, over=True)
    if text[hit.start - 1] == "占" or (text[hit.start - 1] == "、" and text.startswith("、", hit.end)):
        return None
    if verb.role == "happen" and ((phrase.counted and not words) or _is_topic(reading, clause, hit)):
        return None
    if {"c", "o"} & set(verb.options) and not _on_occasion(reading, clause, hit, phrase):
        return None
    if verb.role == "strong" and (span := disposed(reading, clause, hit)):
        empty = text[slice(*span)] in lex.words["empty"]
        return None if empty else told(reading, clause, hit, verb.type, span)
    if verb.role == "strong" and "r" not in verb.options and words.startswith(_NO_OBJECTS):
        return None
    if "m" in verb.options:
        return paid(reading, clause, hit) or _done(reading, clause, hit, phrase)
    if "v" in verb.options:
        return ordered(reading, clause, hit)
    if _WHEN.match(words):
        return happened(reading, clause, hit, over=True)
    if text.startswith("为", clause.start) and _CONTRIBUTES.search(text, hit.end, clause.end):
        return None
    if verb.role == "receive":
        return received(reading, clause, hit, phrase)
    if verb.role == "deed":
        return _done(reading, clause, hit, phrase)
    if len(words) < (4 if verb.role == "happen" and verb.type != "agreement" else 1) or all(
        w in lex.words["before_verb"] for w in (words[:2], words[2:]) if w
    ):
        act = happened(reading, clause, hit) or undergone(reading, clause, hit)
        return act or (bare(reading, clause, hit, phrase) if verb.role == "strong" and not words else None)
    if (
        words.startswith(("、", "：", "和", "与", "及", "予以", "如下"))
        or (words in lex.words["empty"] and not phrase.counted)
        or ANAPHOR.fullmatch(words)
        or not counted_stays(reading, clause, hit, phrase)
    ):
        return None
    if verb.role in ("light", "hold"):
        if words[0] in "在于到至":
            return None
        return held(reading, clause, hit, phrase)
    if verb.role == "found":
        if "n" in verb.options and "“" not in words:
            return None
        return told(reading, clause, hit, founded_type(lex, verb, words), (phrase.start, phrase.end))
    return _acted(reading, clause, hit, phrase)


def _is_of_event(text: str, phrase: Phrase, later: list[Hit]) -> bool:
    """Whether more is said of an event: 由…主办的直播周在…收官 is told by 收官, 合办的夜校已招收… by nothing."""
    return any(map(tells_event, later)) or "已" in text[phrase.start : phrase.end]


def _is_rule(text: str, clause: Clause, hit: Hit) -> bool:
    """Whether it is said what is done in such a case, not what was done: 每超1人奖励6000元, 每年至少召开两次…."""
    if text.endswith("至少", clause.start, hit.start):
        return True
    return bool({"m", "v"} & set(hit.verb.options)) and text.startswith("每", clause.start)


def _on_occasion(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> bool:
    """Whether a deed is counted (开放教室12间) or, for some verbs, of a stated day (11日恢复供水)."""
    if phrase.counted or (hit.verb.role == "deed" and hit.end in reading.quantity_from):
        return True
    if _ONE.match(reading.text, hit.end):
        return True
    if reading.quantities_in(phrase.start, phrase.end):
        return True
    if "o" in hit.verb.options and _INVESTED.search(reading.text, before(clause, hit), hit.start):
        return True
    return "o" in hit.verb.options and any(
        map(is_day, reading.times_in(max(clause.sentence[0], hit.start - _DAY_BEFORE), hit.start))
    )


def _acted(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """印发, 成立 and their like: acts of their own."""
    text, lex, verb = reading.text, lexicon(), hit.verb
    start, end = phrase.start, phrase.end
    words = text[start:end]
    by_object = lex.by_object(verb.text, words)
    kind = by_object or verb.type or "other"
    if "t" in verb.options and by_object is None:
        return None
    if "h" in verb.options and by_object is None and not lex.honours.search(words):
        return None
    if words.endswith(lex.wishes) and kind in ("service", "other"):
        return None
    if verb.role == "happen" and not verb.opens:
        kind = event_type(lex, words) or kind
    if (
        "b" in verb.options
        and not (phrase.counted and clause.goes_on and text[hit.start - 1] != "已")
        and (phrase.counted or not _FREE.search(text, before(clause, hit), hit.start))
    ):
        return None
    if not _TWO_HAN.search(words):
        return None
    to_office = words.startswith(_RECEIVERS) and "的" not in words
    if "r" in verb.options and (to_office or reading.mentions_in(start, start + 1)):
        moved = topic(reading, clause, hit)
        if moved is not None or to_office:
            return told(reading, clause, hit, kind, moved) if moved else None
    if len(words) < 3 and kind in ("other", "service", "publicity") and not _is_plain(reading, clause, hit, phrase):
        # 提起公诉, 向纪念碑敬献花篮: too short to be a name, but a deed of a stated day.
        return bare(reading, clause, hit, phrase)
    if kind in ("issuance", "service") and words.endswith(lex.papers):
        if kind == "issuance" and phrase.counted and "《" not in words:
            return None
        kind = "publicity"
    elif kind == "service" and ("》" in words or _PAPERS_FIRST.match(words)):
        kind = "publicity"
    elif kind == "other" and _FREE.search(text, before(clause, hit), hit.start):
        kind = "service"
    if len(verb.text) == 1 and words[0] not in "“《" and not phrase.counted:
        return None
    if kind == "selection" and (office := _OFFICE.search(text, start, end)):
        start = office.end()
    if "f" in verb.options and words.endswith(lex.bodies):
        kind = "establishment"
    if "i" in verb.options and words.rstrip("》").endswith(lex.institutions):
        kind = "issuance"
    kind = by_object or kind
    if kind == "award":
        return told(reading, clause, hit, kind, honour(reading, start, end))
    return told(reading, clause, hit, kind, (start, end))


def _is_topic(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether what begins with the deed is told something of: 处罚金额达…, 种植面积占…."""
    if reading.text.startswith("了", hit.end):
        return False
    first = reading.word_at(hit.end)
    words, predicates = reading.words[first : first + 8], lexicon().words["predicates"]
    starts = reading.starts[first : first + 8]
    return any(word in predicates and start < clause.end for word, start in zip(words, starts, strict=True))


def _closes(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether the only verb of a clause ends it: 县农业农村局溯源检测."""
    only = clause.hits[0].start == hit.start and reading.text[hit.end : hit.end + 1] in _CLOSES
    return only and has_doer(reading, clause, hit)


def _is_plain(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> bool:
    """Whether a short object says enough: it is counted, or for somebody (为残疾人安装假肢)."""
    return phrase.counted or _FREE.search(reading.text, before(clause, hit), hit.start) is not None


def _honoured(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """Who was praised, without what for: 对在…中成绩突出的王某等30名同志予以通报表扬."""
    if hit.verb.type != "award":
        return None
    if given := _GIVEN.search(reading.text, before(clause, hit), hit.start):
        # 为9名自强模范(颁奖)
        return given.span(1)
    whom = target(reading, clause, hit)
    if whom and (of := reading.text.rfind("的", *whom)) > whom[0] and reading.mentions_in(of + 1, of + 2):
        return of + 1, whom[1]
    return None


def _done(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """检查, 慰问 …: an activity where it stands as a verb and has an object, after it or in a phrase before it."""
    text, lex = reading.text, lexicon()
    listed = text.endswith(("、", "和", "及", "与"), clause.start, hit.start) and not text.startswith(
        "”、", hit.start - 2
    )
    if listed or text.startswith(("和", "与", "及", "、"), hit.end):
        return None
    if not (stands_as_verb(reading, clause, hit) or _closes(reading, clause, hit)):
        return None
    if not counted_stays(reading, clause, hit, phrase) or _is_topic(reading, clause, hit):
        return None
    words = text[phrase.start : phrase.end]
    if words.startswith(("中发现", "中，")):
        # 在日常巡查中发现…
        return None
    if words.startswith("发现"):
        # 7月5日复查发现…: what was found is no object.
        return bare(reading, clause, hit, Phrase(hit.end, hit.end, counted=False, attributive=False))
    if words not in lex.words["empty"] and words not in ("指导", "指导工作") and _TWO_HAN.search(words):
        if lex.event(words) in ("活动", "工作", "行动", "计划") and len(words) <= 4:
            return None
        start = named_as(reading, phrase.start, phrase.end) if hit.verb.type == "award" else phrase.start
        return told(reading, clause, hit, hit.verb.type, (start, phrase.end))
    where = (
        _honoured(reading, clause, hit)
        or target(reading, clause, hit)
        or patient(reading, clause, hit)
        or place(reading, clause, hit)
    )
    if where is None:
        return bare(reading, clause, hit, phrase) or undergone(reading, clause, hit)
    if where[1] - where[0] < 2:
        # 到站慰问: the place is too short to be a name.
        where = where[0] - 1, hit.end
    name = reading.plain[where[0] : where[1]]
    # The patient of 被约谈 is no actor.
    named = where if reading.text.startswith("被", hit.start - 1) else (phrase.start, phrase.end)
    return Act((hit.start, hit.end), hit.verb, hit.verb.type or "other", name, named, clause)
