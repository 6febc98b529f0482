"""Names for the deeds that the rules pass over and the scorer takes.

Notes for a newcomer. The rules decline for many reasons (a count, a short object, a clause that ends in 以来), and with
the decision goes the name. Once a deed is known to be one, its name is plainly what a reader would underline: its
object, else the event before it, else what it was done to or where, else the deed itself.
"""

import re

from extract.facts.activity_act import Act, told
from extract.facts.activity_held import takes_part
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import Phrase, before, place, target
from extract.facts.activity_preposed import event_before, happened, patient, undergone
from extract.facts.activity_reading import Reading, lexicon
from extract.facts.activity_triggers import Clause
from extract.facts.activity_types import is_vague, kind_told
from extract.layers import Offsets
from schemas import ActivityType

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|“[^“”]{2}")
# 自…率先推行“乡村就业工坊”以来, “云剑”行动5月开展以来
_SINCE = re.compile(r"([^，。；]{0,60}?)(?:以来|至今)")
# （以下简称《办法》） is no title of its own.
_TITLE = re.compile(r"《(?<!简称《)[^《》]{2,60}》")
_BACK = 120
_NAMED = re.compile(
    r"《[^《》]{2,60}》|“[^“”]{2,30}”(?!工作)[^，。在由的\d]{0,8}|[^，。；“”的自从]{2,20}专项(?:行动|整治|斗争|治理)"
)


# 工作站成立七年来: how old it is.
_TENURE = re.compile(r"[近已]?[一二三四五六七八九十\d]{1,3}(?:周年|年|个月)")
_GOVERNS = "在于由从自经已为向对把将"


def passed_over(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase | None) -> Act | None:
    """The activity of `hit`, which the rules read none from; None if nothing names it."""
    if phrase is None:
        return begun(reading, clause, hit)
    lex, verb = lexicon(), hit.verb
    words = reading.text[phrase.start : phrase.end]
    if is_vague(lex, words) or _TENURE.match(reading.text, hit.end) or _is_setting(reading, hit):
        return None
    if "p" in verb.options and not takes_part(reading, clause, hit, words):
        return None
    if _WORDS.search(words) and words not in lex.words["empty"] and words[0] not in "和与及":
        return told(reading, clause, hit, _type(reading, hit, words), (phrase.start, phrase.end))
    if verb.type == "issuance" and words.endswith(lex.institutions):
        # 下发通知
        return told(reading, clause, hit, verb.type, (phrase.start, phrase.end))
    act = happened(reading, clause, hit) or undergone(reading, clause, hit)
    if act is not None:
        return act
    start, end = event_before(reading, clause, hit) if verb.role in ("happen", "hold", "light") else (0, 0)
    if start < end and reading.text[start] not in _GOVERNS:
        return told(reading, clause, hit, _type(reading, hit, reading.text[start:end]), (start, end))
    if verb.type in ("issuance", "agreement") and (title := _title_before(reading, clause, hit)):
        return told(reading, clause, hit, verb.type, title)
    where = target(reading, clause, hit) or patient(reading, clause, hit) or place(reading, clause, hit)
    if where is None or where[1] - where[0] < 2:
        where = _deed(reading, clause, hit, phrase)
    return told(reading, clause, hit, verb.type or "other", where)


def _is_setting(reading: Reading, hit: Hit) -> bool:
    """Whether the deed is what something was found in: 在日常巡查中(发现)."""
    word = reading.word_at(hit.end)
    return reading.starts[word] == hit.end and reading.words[word] in ("中", "中发现")


def _type(reading: Reading, hit: Hit, words: str) -> ActivityType:
    lex, verb = lexicon(), hit.verb
    event = kind_told(lex, verb, words) if verb.role in ("light", "hold", "happen") else None
    return lex.by_object(verb.text, words) or event or verb.type or ("campaign" if verb.role == "light" else "other")


def begun(reading: Reading, clause: Clause, hit: Hit) -> Act | None:
    """自…“…”行动启动以来: what has been under way since, if it has a name."""
    since = _SINCE.match(reading.text, hit.end, clause.end)
    if since is None or "是" in reading.text[clause.start : clause.start + 2]:
        return None
    after = _NAMED.match(reading.text, hit.end, since.end(1))
    named = after or next(reversed(list(_NAMED.finditer(reading.text, before(clause, hit), hit.start))), None)
    if named is None:
        return None
    span: Offsets = named.span()
    return told(reading, clause, hit, _type(reading, hit, named[0]), span)


def _title_before(reading: Reading, clause: Clause, hit: Hit) -> Offsets | None:
    """The 《…》 that the sentence told of before: 制定《办法》，5月18日经市政府印发."""
    titles = list(_TITLE.finditer(reading.text, max(clause.sentence[0], hit.start - _BACK), hit.start))
    return titles[-1].span() if titles else None


def _deed(reading: Reading, clause: Clause, hit: Hit, phrase: Phrase) -> Offsets:
    """The verb with the adverb before it and what little follows it."""
    word = reading.word_at(hit.start - 1)
    start = reading.starts[word] if reading.words[word] in lexicon().words["adverbs"] else hit.start
    return max(start, clause.start), max(phrase.end, hit.end)
