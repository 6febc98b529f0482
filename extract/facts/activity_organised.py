"""组织普查员入户登记: people whom someone sent to do what no verb of the list tells."""

import re
from collections.abc import Iterator

from extract.facts.activity_act import Act
from extract.facts.activity_hits import Hit
from extract.facts.activity_objects import has_doer
from extract.facts.activity_reading import Reading, is_day, lexicon
from extract.facts.activity_triggers import Clause

_PEOPLE = re.compile(
    r"了?[^，。“《]{0,20}?(?:\d+[余多]?[名人位][^，。]{0,8}?)?"
    r"(?:人员|员|专家|干部|民警|志愿者|党员|职工|学生|群众|居民|村民|代表|师|医生|队|骨干|家长|青年|企业|师生|官兵)(?!会)"
)
_LONGEST = 40


def sent_to_work(reading: Reading, clause: Clause, hits: list[Hit]) -> Iterator[Act]:
    """The activity of the last 组织 in `hits`, none of which told one, where people and what they did follow it."""
    organised = next((hit for hit in reversed(hits) if hit.verb.text == "组织"), None)
    if organised is None or not has_doer(reading, clause, organised):
        return
    text, start, end = reading.text, organised.end, clause.end
    while end > start and text[end - 1] in "，；。、：":
        end -= 1
    people = _PEOPLE.match(text, start, end)
    dated = any(map(is_day, reading.times_in(clause.sentence[0], start)))
    if not dated or people is None or not 4 <= end - people.end() <= _LONGEST:
        return
    words = reading.words[reading.word_at(people.end()) : reading.word_at(end - 1) + 1]
    kinds = [verb.type for word in words if (verb := lexicon().verbs.get(word)) and verb.type]
    if any(word in lexicon().words["soft"] for word in words):
        return
    name = reading.plain[start:end].removeprefix("了")
    yield Act((organised.start, start), organised.verb, kinds[-1] if kinds else "other", name, (start, end), clause)
