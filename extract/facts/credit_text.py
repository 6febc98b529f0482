"""What a credit says of its writers beside their names: where they work, who gave the pictures, where they write from.

Notes for a newcomer. A credit is read as roles and names (see `credits`). What else stands in it is taken out here, or
put into that form: （许某系某局民警） becomes 作者：许某.
"""

import re

from extract.facts.head_names import COMMON_SURNAMES, are_people, is_person
from extract.facts.spaced_names import close_up
from extract.facts.two_roles import one_role
from extract.facts.unknown_labels import without_unknown

# （作者系某局民警　许某）
_AFFILIATION = re.compile(r"作者(?:分别|均|现)?(?:系|为|单位为(?=[^ ]+ ))[^ ：]{2,30}(?:[ ：]|$)")
# （作者单位为某局）
_WORKPLACE = re.compile(r"作者单位(?:为|是|[：:])")
# （作者许某系某局民警）
_BEING = re.compile(r"作者[：: ]?(?!分别|均|现|都)(?P<name>[一-鿿]{2,4}?)(?:系|是)[^ ：]{3,30}$")
# （许某系某局民警）, （许某根据录音整理）
_HE_IS = re.compile(r"(?P<name>[一-鿿]{2,4}?)(?:系[^ ：]{4,30}|根?据[^ ：，。]{2,20}整理)$")
# （作者：许某，系某局民警）, 作者单位：某局: whom the author works for.
_EMPLOYED = re.compile(r"(?<=[一-鿿])[，,](?:系|现为|现任|供职于|就职于|来自|单位[：:])[^；;）)]{2,40}$|作者单位[：: ]")
# 本文作者为某司法所所长张某
_POST_AND_NAME = re.compile(
    r"作者(?:系|为|是)[^ ：，]{2,24}(?:长|主任|书记|[一-鿿]员|官|警|师|干部)(?P<name>[一-鿿]{2,3})$"
)
_TELLS = re.compile("由|系|来自")
# 本文图片均由通讯员张某提供
_PROVIDED = re.compile(
    r"(?:本文)?(?:图片?|照片|视频|数据|资料|素材图)[均皆都]?(?:由|系|来自)[^，；;。（）()]{2,24}?"
    r"(?:提供|拍摄|摄影|摄制|供图|摄)"
)
# 某司法所（张某）
_OFFICE_AND_NAME = re.compile(r"(?<=[局委院会科股处室所站队部庭社办镇乡])[（(](?P<names>[一-鿿·、 ]{2,16})(?:[)）]|$)")
# 某林业站供, 某镇 张三 供
_SUPPLIED = re.compile(r"(?<=[一-鿿])[ /]+供$|(?<=[局厅委院会科股处室所站队部庭社])供$")
# 本版稿件由张三采写
_WRITTEN_BY_HIM = re.compile(r"^[本此]?[一-鿿]{0,4}由(?P<who>[^，；。]{2,24}?)(?:采写|撰写|撰稿|采编)$")
# 本文由某局供稿, 2023年9月4日于某县
_WRITTEN_BY = re.compile(r"^[（(]?(?:本[文稿])?由(?=.{3,30}(?:供稿|提供|报送))|(?<=日)于[一-鿿]{2,5}$")
# 张三（女）, 记者 张三　发自济南
_PARTICULARS = re.compile(r"[（(](?:[一-鿿]{1,5}族|女|男|实习生?|见习)[)）]|(?<![一-鿿])发自[ ]?[一-鿿]{2,8}")
# 张 文 某: within a spaced name no role of one character stands.
_APART = re.compile(r"(?<![一-鿿/])(?![图摄])[一-鿿](?: {1,4}[一-鿿]){1,5}(?![一-鿿：:丨|/]| {1,4}[一-鿿](?![一-鿿]))")


def plain_credit(text: str) -> str:
    """`text`, a credit, as nothing but roles and names."""
    if "文" in text or "图" in text:
        text = _APART.sub(_closed_up, text)
    if _TELLS.search(text):
        text = _WRITTEN_BY_HIM.sub(r"作者：\g<who>", _PROVIDED.sub(" ", text))
    text = one_role(without_unknown(text))
    if "（" in text or "(" in text:
        text = _OFFICE_AND_NAME.sub(lambda m: f" {m['names']} " if are_people(m["names"]) else m[0], text)
    if (being := _HE_IS.match(text)) and is_person(being["name"]) and being["name"][0] in COMMON_SURNAMES:
        text = f"作者：{being['name']}"
    if (posted := _POST_AND_NAME.search(text)) and is_person(posted["name"]):
        text = f"作者：{posted['name']}"
    text = _BEING.sub(r"作者：\g<name>", _EMPLOYED.sub("", _WRITTEN_BY.sub("", text)))
    text = _WORKPLACE.sub("作者：", _SUPPLIED.sub(" 供稿", text.rstrip()))
    return _PARTICULARS.sub(" ", _AFFILIATION.sub("作者：", text))


def _closed_up(match: re.Match[str]) -> str:
    characters = match[0].split()
    # 张 三 文 李 四 图, 文 李 四
    by_roles = characters[-1] in "图摄" or (characters[0] == "文" and is_person("".join(characters[1:])))
    return match[0] if by_roles else " ".join(close_up(characters))
