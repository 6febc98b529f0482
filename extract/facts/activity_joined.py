"""Verbs that touch: which of them is the trigger, and which belongs to a noun."""

import re

from extract.facts.activity_hits import Hit
from extract.facts.activity_reading import Reading

_MEANS_NEXT = re.compile(r"(?:队伍|人员|资金|力量|车辆|设备|物资|机械|器材|专班)[\d一二两三四五六七八九十、，。；]")


def joined_hits(reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Verbs that touch as one trigger: 制定印发 is an 印发, 检查督导 one deed, 开展检查 an 开展."""
    joined: list[Hit] = []
    for hit in hits:
        if (
            not joined
            or joined[-1].end != hit.start
            or joined[-1].verb.role == "receive"
            or "v" in joined[-1].verb.options
        ):
            joined.append(hit)
            continue
        last = joined[-1]
        if hit.verb.role == "deed" and last.verb.role in ("strong", "deed") and _is_modifier(reading, last, hit):
            # 调阅|检验视频, 投入|除雪机械
            continue
        if "v" in hit.verb.options and last.verb.type == "issuance":
            # 下发责令整改通知书
            continue
        if hit.verb.role == last.verb.role == "strong" and _MEANS_NEXT.match(reading.text, hit.end):
            # 出动|抢修队伍12支
            continue
        if last.verb.type == hit.verb.type and "deed" in (last.verb.role, hit.verb.role):
            joined[-1] = Hit(last.start, hit.end, last.verb, last.word)
        elif hit.verb.role != "deed":
            joined[-1] = hit
        elif last.verb.role == "deed":
            joined[-1] = Hit(last.start, hit.end, last.verb, last.word)
        elif last.verb.role not in ("light", "hold"):
            joined[-1] = hit
    return joined


def _is_modifier(reading: Reading, verb: Hit, hit: Hit) -> bool:
    """Whether the deed `hit` right after `verb` belongs to the noun that follows it."""
    same = verb.verb.role == "deed" and verb.verb.type == hit.verb.type
    following = reading.text[hit.end : hit.end + 1]
    return not same and "\u4e00" <= following <= "\u9fff" and following not in "了并和及与工"
