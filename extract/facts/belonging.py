"""Names behind whom they belong to or what they are: 某局所属的某公司, 某镇的某厂, 村办某公司, 位于某镇的某公司."""

import re

from extract.facts.name_index import NameIndex
from extract.facts.scope_words import DATA, either
from schemas import Mention

_BELONGING = rf"(?:{either('belonging')})"
# 动力装备企业, 建设单位, 船东
_ROLE = rf"(?:(?!联合|会同|协同|配合|同)[^，。；：、的了是在对向与和将被由\d]{{0,4}}?(?:{either('role_nouns')}))"
# Behind the owner's name.
_BEHIND_ORG = re.compile(rf"{_BELONGING}{_ROLE}?的?")
_BEHIND_PLACE = re.compile(rf"{_BELONGING}?{_ROLE}?的?")
# Where a clause begins, whose owner is who acts, or nobody named.
_OPENING = re.compile(rf"其?(?:{_BELONGING}{_ROLE}?的?|[村镇乡县市区校]办(?:企业)?|驻|{_ROLE})")
_FARTHEST = 10
_DESCRIBING = re.compile(
    rf"(?:{either('describing')})|(?:{either('describing_counted')})[于仅近约超刚不\d一二三四五六七八九十]"
)
_DESCRIBING_FIRST = frozenset(word[0] for key in ("describing", "describing_counted") for word in DATA[key])
_LONGEST = 40


def behind_owner(text: str, owner: Mention, names: NameIndex) -> Mention | None:
    """The name that belongs to `owner` and acts itself (县财政局所属的某公司), None if no such name follows it."""
    match = (_BEHIND_PLACE if owner.type == "PLACE" else _BEHIND_ORG).match(text, owner.end)
    if match is None or match.end() == owner.end:
        return None
    inner = names.at.get(match.end())
    return inner if inner and (inner.type == "ORG" or owner.type == "PLACE" or match[0] != "的") else None


def behind_role(text: str, start: int, end: int, names: NameIndex) -> Mention | None:
    """The organisation at the beginning of a clause that words for whose or what it is precede (村办某公司)."""
    near = names.between(start + 1, min(end, start + _FARTHEST))
    if not near or near[0].type != "ORG":
        return None
    match = _OPENING.match(text, start, near[0].start)
    if match is None or match.end() < near[0].start or (match[0] == "驻" and not near[0].text.endswith(("队", "组"))):
        return None
    return near[0]


def described(text: str, start: int, end: int, names: NameIndex) -> Mention | None:
    """The organisation that the clause begins by describing (位于某镇的某公司), None if it does not."""
    if text[start] not in _DESCRIBING_FIRST or not _DESCRIBING.match(text, start, end):
        return None
    for mention in names.between(start + 1, min(end, start + _LONGEST)):
        if mention.type == "ORG" and text[mention.start - 1] == "的":
            return mention
    return None
