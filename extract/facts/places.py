"""Administrative divisions inside names: 新疆维吾尔自治区哈密市律师协会 holds 新疆维吾尔自治区 and 哈密市.

The list of divisions comes first, since only it tells 某市|民政局 from 某市民|政局. What it does not have is found by
morphology: a short run of characters before 省, 市, 县 … at the beginning of a name or right after another division,
which also covers divisions renamed or founded yesterday.
"""

import re
from functools import lru_cache

from extract.ner.gazetteer import end_of_division, official
from extract.ner.lexicon import divisions

# What may stand before the division in a name: a country, a party, a parent house (国家税务总局潍坊市税务局).
_BEFORE = re.compile(
    r"中华人民共和国|新疆生产建设兵团(?:第[一二三四五六七八九十]{1,3}师)?|第[一二三四五六七八九十]{1,3}师(?=石|五|阿|图|北|铁|双|可|昆|胡|新|白)|中国(?=[一-鿿]{2,6}?(?:省|自治区))|国家[一-鿿]{2,6}?(?:总局|局)|共青团|中共|中国共产党|中国[一-鿿]{2,5}?(?:银行|集团|公司|协会)"
    r"|[一-鿿]{2,4}银行|[一-鿿]{2,6}?日报社?"
)
_DIVISION = re.compile(
    r"[一-鿿]{2,8}?(?:自治区|自治州|自治县|自治旗|特别行政区|地区|林区)"
    # What 我 and its like make of 市 is no name.
    r"|[一-鿿]{1,4}?[^我全本该各等在区](?:省|市(?![场民政直值容情])|县(?![级直域])"
    r"|(?<![社小园校景牧库厂学])区(?![域块号间位])|旗(?![下帜舰袍])|盟(?![员约友校])|州(?![市县区]))"
    # A county's name may be one character.
    r"|[^全我该本各市县区辖邻省旗乡村内外每某多两和与及等、]县(?![级直域])"
)
# Words that end like a division and are none (自治区 alone, 兰州城市学院, 开发区 …).
_NO_NAME = re.compile(
    r"^[等委]|[城都]市$|[两三四五六七八九十几][市县区]$|(?<!自)治区$|^(?:自治|各|全|该|本|我|旗|盟|直辖|省|市|县|区|城|都|大城|老城|中心城)[市区县旗州盟省治]*$"
    r"|(?:超|苏|开发|示范|工业|园|保护|管理|服务|试验|实验|牧|灾|片)[市区]$"
)
_BRANCH = re.compile(r"[局队]([一-鿿]{2,4})分局$")
_LONGEST = 15
_LEVELS = {
    "省": ("省", "自治区"),
    "市": ("市",),
    "区": ("区",),
    "县": ("县",),
    "州": ("州",),
    "旗": ("旗",),
    "盟": ("盟",),
    "镇": ("镇",),
    "乡": ("乡",),
    "村": ("村",),
    "街道": ("街道",),
}


@lru_cache(maxsize=4096)
def divisions_of(name: str) -> tuple[str, ...]:
    """The divisions that `name` begins with, largest first; () if it begins with none."""
    found: list[str] = []
    before = _BEFORE.match(name)
    position = before.end() if before else 0
    full, _ = divisions()
    while position < len(name):
        end = end_of_division(name, position, _LONGEST)
        if end is None:
            match = _DIVISION.match(name, position)
            if match is None or _NO_NAME.search(match[0]) or _is_part(match[0]):
                break
            end = match.end()
            if not found:
                # 福建安溪县, 中通康县网点: a division of the list after a bare name or a firm's.
                position = next((p for p in range(position + 2, end - 1) if name[p:end] in full), position)
        found.append(name[position:end])
        position = end
    return tuple(found)


def _is_part(name: str) -> bool:
    """Whether `name` ends with a city's bare name (返回随州): prefectures that end so (昌吉州) are all known."""
    return name.endswith("州") and "自治" not in name and official(name) == name and name[-2:] in divisions()[1]


def is_place(text: str) -> bool:
    """Whether `text` is nothing but the names of divisions, in full or short, one in the other: 安徽合肥."""
    full, short = divisions()
    position = 0
    while position < len(text):
        ends = range(min(len(text), position + _LONGEST), position + 1, -1)
        end = next((e for e in ends if text[position:e] in full or text[position:e] in short), None)
        if end is None:
            named = divisions_of(text[position:])
            if not named or not text.startswith(named[0], position):
                return False
            end = position + len(named[0])
        position = end
    return bool(text)


def branch_of(name: str) -> str | None:
    """The bare name of the division that a branch is for: 沾化 of 滨州市生态环境局沾化分局."""
    match = _BRANCH.search(name)
    return match[1] if match else None


def division_at(name: str, level: str) -> str | None:
    """The division of `level` (省 市 区 县 …, as in 全市) that `name` begins with."""
    for division in reversed(divisions_of(name)):
        if division.endswith(_LEVELS.get(level, (level,))):
            return division
    return None


def at_level(place: str | None, level: str) -> bool:
    """Whether `place` is what 全`level` would mean."""
    return place is not None and place.endswith(_LEVELS.get(level, (level,)))
