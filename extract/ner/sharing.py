"""Lists that share a place or an office: 婺城区、金东区司法局; 市民政局、财政局和残联.

Notes for a newcomer. In such lists one name is whole and tells the grammar where it stands (`extract.ner.offices`);
the others take their office or their place from it, which makes their canonical names.
"""

import re

from extract.ner.candidates import Candidate
from extract.ner.lexicon import Flag, Scan
from extract.ner.offices import Office, office_words
from extract.ner.places import Chain
from extract.ner.words import Words

# A place before one of these does not share it (枣强县与河北工业大学).
_OF_THEIR_OWN = ("大学", "学院", "公司", "集团", "银行", "医院", "学校", "中学", "小学", "基地", "中心")
_SEPARATORS = "、和与及"
# 县委常委、政法委书记, 县委副书记、组织部部长: a post of the committee before one in a part of it.
_POST = re.compile("(?:常委|副书记)(?=、)")
# What only one bureau that is meant does, not each of its kind (应当, 要).
_ACTS = re.compile(
    "还|共|已|联合|组织|通过|先后|累计|积极|充分|立足|结合|认真|紧紧|坚持|开展|召开|举办|采取|出动|组成|成立|把|将"
)
_CLAUSE_MARKS = frozenset("，。；：！？ \n")
_OTHER_ITEM = re.compile("[一-龥]{2,8}[局委办厅所站院会队社联协司心](?=、)")
_OFFICE_ENDS = ("局", "委", "办", "厅", "办公室", "委员会")


def shared_heads(words: Words, chains: list[Chain], offices: list[Office]) -> list[Candidate]:
    """婺城区、金东区司法局: the places before, which share the office of the last."""
    found: list[Candidate] = []
    text = words.text
    starts = {o.start: o for o in offices if o.kind == "place" and not text.endswith(_OF_THEIR_OWN, o.start, o.end)}
    following: tuple[int, str] | None = None  # where the chain after this one begins, and the office they share
    for chain in reversed(chains):
        office = starts.get(chain.start)
        if office:
            following = (chain.start, text[chain.end : office.end])
        elif (
            following
            and chain.end + 1 == following[0]
            and text[chain.end] in _SEPARATORS
            and not chain.open_end
            and not chain.flags & Flag.COUNTRY
        ):
            name = text[chain.start : chain.end] + following[1]
            found.append(Candidate(chain.start, chain.end, "ORG", "rule:shared-head", name))
            following = (chain.start, following[1])
        else:
            following = None
    return found


def bare_departments(words: Words, scan: Scan, offices: list[Office]) -> list[Candidate]:
    """市民政局、财政局和残联: departments in a list that share the place or level of the first."""
    found: list[Candidate] = []
    text = words.text
    by_start: dict[int, int] = {}
    whole = {(o.start, o.end) for o in offices if o.kind == "central"}  # 团市委 has its level within
    owned = {o.start for o in offices if o.kind != "central"}
    kinds = office_words("heads", "needs_name")  # a 派出所 is one of many
    for hit in scan.heads:
        if hit.flags & (Flag.DEPARTMENT | Flag.TOUCHING) and hit.end - hit.start >= 2 and words.begins(hit.end):
            by_start[hit.start] = max(hit.end, by_start.get(hit.start, 0))
    for office in offices:
        if office.kind == "central":
            continue
        owner, position = text[office.start : office.anchor_end], office.end
        if text[position - 1] == "委" and (held := _POST.match(text, position)):
            owner, position = text[office.start : office.end], held.end()  # 县委常委 | 、政法委书记
        while position < len(text) and text[position] in _SEPARATORS:
            start = position + 1
            if start in owned:
                break
            end = by_start.get(start)
            if end is None:
                # 市农业局、滩涂站、科技局: an item that no list knows does not end the list.
                other = _OTHER_ITEM.match(text, start)
                if not other or other.end() + 1 not in by_start:
                    break
                position = other.end()
                if (start, position) in whole or not text.endswith(_OFFICE_ENDS, start, position):
                    continue
                end = position
            if text[end : end + 1] in {"长", "员", "门"} or text[start:end] in kinds:
                break
            if (start, end) not in whole:
                found.append(Candidate(start, end, "ORG", "rule:listed-department", owner + text[start:end]))
            position = end
    return found


def acting_departments(words: Words, scan: Scan) -> list[Candidate]:
    """上半年 | 司法局 | 还组织: the bureau of the bulletin's own place by its bare name, where it begins a clause."""
    text = words.text
    found: list[Candidate] = []
    for hit in scan.heads:
        start, end = hit.start, hit.end
        if not hit.flags & Flag.DEPARTMENT or end - start < 3 or text[end - 1] != "局" or not words.begins(start):
            continue
        free = start and (text[start - 1] in _CLAUSE_MARKS or words.tag_at(start - 1) == "t")
        if free and words.begins(end) and _ACTS.match(text, end):
            found.append(Candidate(start, end, "ORG", "rule:acting-department"))
    return found
