"""Awards: which words of 授予…“…”称号 and 荣获… name the honour."""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause
from extract.layers import Offsets

# “…”称号, “四好农村路”全国示范县奖牌
_HONOUR = re.compile(r"“[^“”]*”(?:(?:荣誉)?称号|[^，、“”的]{0,20}$|)")
_RECEIVERS = re.compile(r"(?:单位|同志|集体|个人|家庭|企业|学校|村|社区)?(?:为|以)?")
_TITLE_OF = re.compile(r"称号(?=的)")
_NAMED_AS = re.compile(r"(?:单位|同志|集体|个人|家庭|企业|学校|机构|村|社区|\d[家名个位所])为(?=[^，。]{4})")


def named_as(reading: Reading, start: int, end: int) -> int:
    """Where the honour begins in 认定 + receivers + 为 + honour; `start` where no 为 stands between."""
    found = _NAMED_AS.search(reading.text, start, end)
    return found.end() if found else start


def honour(reading: Reading, start: int, end: int) -> Offsets:
    """The honour in 授予 + receivers + honour: the quoted one, or what follows the count of the receivers."""
    text = reading.text
    if (begin := named_as(reading, start, end)) > start:
        return begin, end
    if quoted := _HONOUR.search(text[:end], start):
        return quoted.span()
    for _, count_end in reversed(reading.quantities_in(start, end)):
        receivers = _RECEIVERS.match(text, count_end, end)
        if receivers and end - receivers.end() >= 3:
            return receivers.end(), end
        if end - count_end >= 3:
            return count_end, end
    return start, end


def received(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Act | None:
    """荣获…称号."""
    start, end = phrase.start, phrase.end
    if title := _TITLE_OF.search(reading.text, start, end):
        end = title.end()
    words = reading.text[start:end]
    if (
        len(words) < 3
        or words.endswith(("的", "有"))
        or ("h" in hit.verb.options and not lexicon().honours.search(words))
    ):
        return None
    return told(reading, clause, hit, "award", (start, end))
