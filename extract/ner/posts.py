"""Outposts and workshops: 江口所, 清水河应急养护站, 何立民劳模创新工作室.

Notes for a newcomer. An outpost is called after the place where it stands. A text that has told of 江口镇 calls its
station 江口所, and one at a river or a pass goes by it and by what it is there for. A workshop is called after the
person who leads it.
"""

import re

from extract.ner.candidates import Candidate
from extract.ner.names import person_lists
from extract.ner.words import Words

_WORKS = (
    "应急|抢险|保通|保畅|养护|管护|巡护|救援|消防|森林|治安|交通|交警|水上|防火|检疫|检查|监测|观测|水文|气象|警务|缉私|公安|边防|边境"
    "|治超|超限|检测|工疗|康复|日间照料|林业|草原|生态|资源|管理|保护|公路|航道|渔政|执法|救护|服务|志愿|执勤|联合|联防|防汛|抗旱"
)
_STATION = re.compile(f"(?:{_WORKS}){{1,4}}(?:工作站|服务站|站|中队|大队|分队|应急队|抢险队|救援队|点)(?![长位])")
_POST = re.compile("所(?<=[一-龥]{2}.)(?![长有属在需以谓说做得用辖作获提述制持指列])")
_HAN = re.compile("[一-龥]+")
_CLAUSE_MARKS = frozenset("，。、；：！？（）“” \n由与和对从")
_TOWN_ENDS = ("镇", "乡", "街道")
_WORKSHOP = re.compile(
    "(?:(?:劳模|劳动模范|创新|技能|大师|技术|能手|名师|名医|名中医|工匠|首席|技师|书记|法官|检察官|民警|律师|人民|调解|心理|咨询|非遗|传承"
    "|班主任|校长|教师|党员|先锋|志愿|服务|职工|巾帼|品牌|专家|代表|委员|和谐|信访|矛盾|纠纷|网格|金牌){1,4})(?:工作室|调解室)"
)


def find_posts(words: Words, places: list[Candidate]) -> list[Candidate]:
    """Candidate ORGs; `places` are the towns and landforms of the text. Offsets are view offsets."""
    return [*_stations(words, places), *_bare_posts(words), *_workshops(words)]


def _stations(words: Words, places: list[Candidate]) -> list[Candidate]:
    found: list[Candidate] = []
    for place in places:
        station = _STATION.match(words.text, place.end)
        if station:
            found.append(Candidate(place.start, station.end(), "ORG", "rule:post"))
    return found


def _bare_posts(words: Words) -> list[Candidate]:
    """江口所 | 会同: the station of a town that the text names."""
    text = words.text
    found: list[Candidate] = []
    for match in _POST.finditer(text):
        for start in (match.start() - 3, match.start() - 2):
            name = text[max(start, 0) : match.start()]
            opens = start == 0 or (start > 0 and text[start - 1] in _CLAUSE_MARKS)
            if opens and _HAN.fullmatch(name) and any(name + ending in text for ending in _TOWN_ENDS):
                found.append(Candidate(start, match.end(), "ORG", "rule:post"))
                break
    return found


def _workshops(words: Words) -> list[Candidate]:
    """何立民 | 劳模创新工作室: a person's name between a word's beginning and what the workshop is."""
    text, lists = words.text, person_lists()
    found: list[Candidate] = []
    for match in _WORKSHOP.finditer(text) if "工作室" in text or "调解室" in text else ():
        for length in (3, 2, 4):
            start = match.start() - length
            if start < 0 or not words.begins(start) or not words.begins(match.start()):
                continue
            name = text[start : match.start()]
            compound = name[:2] in lists.compound
            surname = compound or (name[0] in lists.surnames and length < 4)
            known = words.tag_at(start) in {"nr", "nrt", "x", "nrfg"} or name[0] in lists.usual
            if surname and known and all("一" <= c <= "龥" for c in name) and name not in lists.not_names:
                found.append(Candidate(start, match.end(), "ORG", "rule:post"))
                break
    return found
