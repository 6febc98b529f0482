"""Where an activity may be told: the trigger verbs of a bulletin, without what is demanded, planned or denied.

Notes for a newcomer. The verb list also holds cues: after 要求 or 下一步 a verb tells what shall be done, not what was
done. Such a scope runs to the end of the sentence, and on through the paragraph until a sentence opens a new report.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.facts.activity_hits import CUES, Hit, hits_of
from extract.facts.activity_reading import Reading, lexicon
from extract.layers import Offsets

_CONTINUES = re.compile(r"(?:[一二三四五六]|第[一二三四五])(?:要|是)|[要他她]|各|同时|就|在.{1,20}(?:方面|上)，要")
# 要求…，现在已…: the report goes on.
_RESUMES = re.compile(
    r"现在|目前|截至|已|现已|随后|会后|据悉|据了解|据介绍|会上|近年|近日|今年以来|期间|其间|此次|本次|活动[中前后]|行动[中前后]|会前"
)
# 以举办讲座、发放资料等形式: how something was done, told over several clauses.
_MEANS = re.compile(
    r"(?:通过|采取(?![^，。]{0,10}措施，)|采用|以|运用|利用)[^。；！\n]{4,120}?等[^，。；、]{0,6}(?:方式|形式|途径|手段|渠道|举措|措施|方法|办法|载体)"
)
# A notice or a plan tells others what to do; only what is marked as done is reported.
_DIRECTIVE = re.compile(r"(?:通知|方案|要点|计划|细则|公告|通告|倡议书|公开信)(?:》|（[^）]*）)?$")
# 关于曝光…典型案例的通告, 关于命名…的通知 tell what was done.
_REPORTING = re.compile(r"曝光|案例|结果|情况|表扬|表彰|命名|嘉奖|记功|奖励|公布|认定|名单")
_DONE = re.compile(r"了|已|印发给|现将|经研究|决定")
# 将推荐就业, 限期拆除: not done yet; 违规发放: what others did wrong.
_AHEAD = ("拟", "将", "限期", "待", "未", "有无", "是否", "违规", "非法")
# 提出具体要求，要…: what follows is demanded.
_SPELT_OUT = re.compile(r"[，：](?:[一二三]?是?要|一是)")
_LINE_CLOSES = ("", "\n", " ", "。", "！", "？", "；", "：", "，", "”", "》", "）")
# 能力提升班, 质量提升行动: nouns.
_NOUN_NEXT = re.compile(r"(?:专项|三年|攻坚)?(?:行动|工程|计划|活动|项目|[班年月周营课站点率量])")
# How far 引导, 推动 … reach.
_INDUCED = 20
# 将不断延伸职能: a vow, which goes on in the clauses after it.
_FUTURE = re.compile(r"将(?=(?:继续|进一步|持续|不断|始终|坚持|以|坚定))")
# 《…》第三十九条规定，…: what the law says, not what was done.
_LAW_SAYS = re.compile(r"第[^，。]{1,12}[条款项]的?(?:明确)?规定$")
# The title of a case: 案例一　某某公司非法处置危险废物案.
_CASE = re.compile(r"案(?:（[^（）]*）)?$")
# What a web page says around the article.
# 群众扫码即可办理, 点击量过万 are told, 扫码关注 is asked.
_FURNITURE = re.compile(
    r"上一[篇条]|下一[篇条]|点击(?![量率数])|转发本文|扫码(?:关注|添加|加入|加群|进群|阅读|收看|观看|报名|查看|下载)|扫描二维码|责任编辑|阅读次数"
)
# 执业规范、…, 在市委支持下: nouns, not inducements.
_NOMINAL_NEXT = ("下", "了", "、", "，", "和", "及", "与", "的", "等", "")
_NOUN_BEFORE = re.compile(
    r"(?:[的等、”]|提出了?|按照|根据|依据|对照|落实|达到|符合|按|有关|相关|工作|各项|严格|明确|新)$"
)
# 劳动保障监察部门(开展了…): the verb is part of who acts.
_OFFICE_OF = re.compile(r"[一-龥]{0,4}(?:部门|机关|系统)(?!的)")
_OFFICE_NAME = re.compile(r"[一-龥]{2,8}")
# Those who were led to act are told by name (指导屯留区成立…), or their deed is (引导各协会开展“…”行动).
_LED = frozenset({"指导", "引导", "动员", "推动", "帮助", "支持"})
_NAMED_DEED = re.compile("了?“")
_ACCORDING = re.compile(r"按照|根据|依据|依照|违反|对照|按|遵照|达到|符合|满足|提出")
# 约谈提醒62户 is a deed.
_WARNED = re.compile(r"(?:约谈|推送|发送|发出|上门|电话|短信|发函|当面|书面)$")
_PLAN_NOUNS = {"计划", "准备", "争取", "打算", "应", "需", "拟"}
_PLAN_VERB_NEXT = re.compile(
    r"[于在用从到投新开建举完实培组全今明下年对为与将向邀再增引招选\d]|通过|持续|分|继续|进一步"
)


class Clause(NamedTuple):
    """A clause that may report an activity: its offsets, its sentence's, and the triggers in it.

    `goes_on` says that its sentence has told an activity before it.
    """

    start: int
    end: int
    sentence: Offsets
    hits: list[Hit]
    headline: bool
    goes_on: bool = False


def reporting_clauses(reading: Reading) -> Iterator[Clause]:
    """The clauses with triggers that report something done, in the order of the text."""
    hits = hits_of(reading)
    layers, text = reading.layers, reading.text
    body = layers.head.body
    clauses = layers.clauses
    silent = closed = False
    title = layers.head.title or ""
    directive = _DIRECTIVE.search(title) is not None and not _REPORTING.search(title)
    at = next_clause = previous_end = 0
    for start, end in layers.sentences:
        first_clause = next_clause
        while next_clause < len(clauses) and clauses[next_clause][0] < end:
            next_clause += 1
        opens = "\n" in text[previous_end:start] or previous_end == 0
        if opens and _is_heading(text, start, end):
            closed = bool(lexicon().plan_heading.search(text, start, end))
        previous_end = end
        first_hit = at
        while at < len(hits) and hits[at].start < end:
            at += 1
        if closed or first_hit == at:
            silent = silent and not (opens and not _CONTINUES.match(text, start, end))
            continue
        silent = (
            silent
            and not (opens and not _CONTINUES.match(text, start, end))
            and not _reports_again(reading, start, end)
        )
        silent = silent or bool(lexicon().planned.match(text, start, end))
        if silent or (directive and not _DONE.search(text, start, end) and not reading.times_in(start, end)):
            continue
        lead_in = opens and not _is_verse(text, start) and _is_lead_in(reading, start, end)
        if _FURNITURE.search(text, start, end) or (opens and _CASE.search(text, max(start, end - 40), end)):
            continue
        pending = hits[first_hit:at]
        following = 0
        stop: str | None = None
        means = _MEANS.search(text, start, end)
        for c_start, c_end in clauses[first_clause:next_clause]:
            first = following
            while following < len(pending) and pending[following].start < c_end:
                following += 1
            inside = pending[first:following]
            if stop and _begins_anew(reading, c_start, stop):
                stop = None
            if (
                not inside
                and not stop
                and text.find("将", c_start, c_end) >= 0
                and _FUTURE.search(text, c_start, c_end)
            ):
                stop = "plan"
            if not inside or (stop and not _RESUMES.match(text, c_start, c_end)):
                continue
            if means and means.start() <= c_start and inside[-1].end <= means.end():
                continue
            kept, stop = _reported(reading, c_start, c_end, inside)
            if kept and not lead_in:
                yield Clause(c_start, c_end, (start, end), kept, headline=c_start < body)
        silent = stop == "demand"


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether the sentence is a line of its own without a full stop."""
    return end - start <= 40 and text[end - 1] not in "。！？；" and (end == len(text) or text[end] in " \n")


def _is_verse(text: str, start: int) -> bool:
    """Whether the line before goes on here: web copy set in short lines without marks."""
    return text[max(0, start - 1) : start] == "\n" and text[max(0, start - 2) : start - 1] not in _LINE_CLOSES


def _reports_again(reading: Reading, start: int, end: int) -> bool:
    """Whether a sentence after a speech tells of something done again."""
    text = reading.text
    if _CONTINUES.match(text, start, end):
        return False
    return bool(
        _RESUMES.match(text, start, end)
        or "了" in text[start:end]
        or reading.times_in(start, end)
        or reading.mentions_in(start, start + 1)
    )


def _begins_anew(reading: Reading, start: int, stop: str) -> bool:
    """Whether a new item of the sentence goes on reporting: …，最远要跑38公里；某县建起…."""
    if reading.text[start - 1] != "；":
        return False
    return bool(reading.times_in(start, start + 1) or (stop == "plan" and reading.mentions_in(start, start + 1)))


def _is_lead_in(reading: Reading, start: int, end: int) -> bool:
    """Whether the sentence is the run-in heading of its paragraph (创新载体，开展系统培训。)."""
    return (
        end - start <= 25
        and not reading.mentions_in(start, end)
        and not reading.times_in(start, end)
        and not reading.quantities_in(start, end)
        and "了" not in reading.text[start:end]
    )


def _reported(reading: Reading, start: int, end: int, hits: list[Hit]) -> tuple[list[Hit], str | None]:
    """The triggers of a clause that stand before any cue, and the cue's role if it also silences what follows."""
    text = reading.text
    future = lexicon().future.search(text, start, end)
    limit = future.start() if future else end
    if _LAW_SAYS.search(text, max(start, end - 20), end) and not _ACCORDING.match(text, start, end):
        return [], "plan"
    kept: list[Hit] = []
    induced = denied = -1
    led = False
    for hit in hits:
        role = hit.verb.role
        if hit.start >= limit:
            return kept, "plan"
        if role == "demand" and _demands(text, start, hit):
            return kept, "demand"
        if role == "plan" and _plans(text, start, hit):
            return kept, "plan"
        if role == "induce" and _NOUN_NEXT.match(text, hit.end):
            continue
        if role == "induce" and _in_office(text, start, hit):
            continue
        if role == "induce" and text[hit.end : hit.end + 1] not in _NOMINAL_NEXT:
            induced = hit.end
            led = hit.verb.text in _LED
        elif "t" in hit.verb.options:
            # 接受咨询 is a deed; after 接受 what others do is none.
            kept.append(hit)
            induced = hit.end
        elif role == "negative":
            denied = hit.end
        elif (
            role not in CUES
            and not text.endswith(_AHEAD, start, hit.start)
            and (
                induced < 0
                or hit.start - induced > _INDUCED
                or role == "hold"
                or _is_attribute(text, start, induced, hit)
                or (led and _is_theirs(reading, induced, hit))
            )
            and not (denied >= 0 and hit.start - denied <= 4)
        ):
            kept.append(hit)
    return kept, None


def _in_office(text: str, start: int, hit: Hit) -> bool:
    """Whether the verb is part of the office that opens the clause: 劳动保障监察部门."""
    return (
        hit.verb.text == "保障"
        and _OFFICE_OF.match(text, hit.end) is not None
        and _OFFICE_NAME.fullmatch(text, start, hit.start) is not None
    )


def _is_theirs(reading: Reading, induced: int, hit: Hit) -> bool:
    """Whether a deed is told of those who were led to it: 指导屯留区成立…, 引导各协会开展“…”行动."""
    if hit.verb.role not in ("strong", "found", "light"):
        return False
    named = reading.mentions_in(induced, induced + 1)
    by_name = hit.verb.role != "light" and len(named) == 1 and named[0].end == hit.start
    return by_name or _NAMED_DEED.match(reading.text, hit.end) is not None


def _is_attribute(text: str, start: int, induced: int, hit: Hit) -> bool:
    """Whether the inducement only tells of what the deed was done to: 对未落实…措施的4家企业(立案调查)."""
    return text.rfind("对", start, induced) >= 0 and text.find("的", induced, hit.start) >= 0


def _demands(text: str, start: int, hit: Hit) -> bool:
    """Whether 要求, 指出 … is a verb here (会议要求) and not a noun (按照省厅的要求)."""
    before = text[start : hit.start]
    if hit.verb.text == "提出":
        return False
    if hit.verb.text == "要求" and _SPELT_OUT.match(text, hit.end):
        return True
    if hit.verb.text == "提醒" and _WARNED.search(before):
        return False
    if text.startswith("的", hit.end) or _NOUN_BEFORE.search(before):
        return False
    return not _ACCORDING.search(before)


def _plans(text: str, start: int, hit: Hit) -> bool:
    """Whether 计划 … is a verb here and not a noun (年度计划), 请 a request and not part of a report (发函请…).

    争取到, 准备了 tell what was done."""
    if hit.verb.text == "请":
        return hit.start == start
    if hit.verb.text == "计划" and text[hit.start - 1 : hit.start] in ("”", "的"):
        return False  # “…”计划分别入选…
    if text.startswith(("到", "了", "得"), hit.end):
        return False
    return hit.verb.text not in _PLAN_NOUNS or bool(_PLAN_VERB_NEXT.match(text, hit.end))
