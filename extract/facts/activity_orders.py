"""What was ordered, decided or paid: 责令退回161.2万元, 判处有期徒刑一年, 罚款5万元."""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_counts import is_summed
from extract.facts.activity_hits import Hit
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause

# 下达责令整改通知书12份: a paper, not an order.
_WRIT = re.compile(r"(?:书|函|单|令|意见)(?:[\d余多]+[份件张])?$")
# How far from its verb an amount may stand (罚款人民币…), and what says that it is no single payment.
_AMOUNT_NEAR = 8
_UP_TO = ("最高", "最多", "最低", "至多", "给予", "给予最高", "可", "可获")
_OF_AMOUNT = re.compile(r"合计|总|额|率|达|超|累计|每")


def ordered(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """责令退回161.2万元: what was ordered, with its amounts."""
    # 处以罚款 is one trigger, and the fine belongs to the name.
    start, end = hit.start + len(hit.verb.text), clause.end
    if (note := reading.text.find("（", start, end)) > start:
        end = note
    while end > start and reading.text[end - 1] in "，；。、：":
        end -= 1
    words = reading.text[start:end]
    if end - start < 2 or words[0] in "、和与及" or reading.quantity_from.get(start) == end or _WRIT.search(words):
        return None
    if words in lexicon().words["empty"] and "《" not in reading.text[clause.sentence[0] : hit.start]:
        return None
    named = hit.start if end - start < 4 else start
    people = reading.mentions_in(start, start + 1)
    if people and people[0].type == "PERSON" and end - people[0].end > 3:
        # 判处王某有期徒刑一年
        named = people[0].end
    return told(reading, clause, hit, hit.verb.type, (named, end), amounts=True)


def paid(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """罚款34.8万元, 各奖励养护资金30万元: the deed with its amount, unless it is one of a list or of a sum."""
    text = reading.text
    if text[hit.start - 1] in "、及和与" or text.endswith(_UP_TO, 0, hit.start) or is_summed(reading, clause, hit):
        return None
    for start, end in reading.quantities_in(hit.end, min(clause.end, hit.end + _AMOUNT_NEAR)):
        if text[end - 1] == "元" and not _OF_AMOUNT.search(text, hit.end, start):
            return told(reading, clause, hit, hit.verb.type, (hit.start, end), amounts=True)
    return None
