"""Whom a letter is addressed to and who is interviewed: what 你们, 贵公司 and an interview's 我们 mean."""

import re

from extract.facts.name_index import NameIndex, name_of
from extract.layers import Layers

_SALUTATION = re.compile(r"(?:^|\n) *(?P<name>[^\n：，。；]{4,40})： *(?=\n)")
_COMRADE = re.compile(r"(?:同志|先生|女士|战友)?(?:[并及暨]其?(?:家人|家属|全家|亲属))?")
_INTERVIEW = re.compile(r"(?:访|话|嘉宾：|受访嘉宾：|受访[人者]：|答复人：|回复人：|解读人：) *")
# Both stand at the beginning.
_WITHIN = 600


def find_addressee(layers: Layers, names: NameIndex) -> str | None:
    """The office, firm or place that the bulletin's first lines greet (某某公司：), None if they greet nobody named."""
    for match in _SALUTATION.finditer(layers.view.text, 0, _WITHIN):
        mention = names.at.get(match.start("name"))
        at = names.next_person(match.start("name"))
        person = names.people[at] if at is not None and at < match.end("name") else None
        if person is not None and _COMRADE.fullmatch(layers.view.text, person.end, match.end("name")):
            return name_of(person)
        if mention is not None:
            # 某公司工会委员会 may be named in part only.
            return name_of(mention) if mention.end == match.end("name") else match["name"]
    return None


def find_interviewed(layers: Layers, names: NameIndex) -> str | None:
    """The office of who is interviewed (——访某某中心主任某某), None if nobody is."""
    for match in _INTERVIEW.finditer(layers.view.text, 0, _WITHIN):
        mention = names.at.get(match.end())
        if mention is not None and mention.type == "ORG":
            return name_of(mention)
    return None


def addressed(name: str, word: str) -> str:
    """Whom 你们 or 贵公司 (`word`) means in a letter to `name`: 某公司 of its 工会委员会 for 贵公司.

    >>> addressed("江城水泵有限公司工会委员会", "贵公司")
    '江城水泵有限公司'
    """
    at = name.rfind(word[1:]) if word.startswith(("贵", "你")) and word != "你们" else -1
    return name[: at + len(word) - 1] if at > 0 else name
