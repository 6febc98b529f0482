"""Units right after their office that jieba's words hide: 市场监管局 | 江口所, 农业农村局 | 科教股 供稿.

Notes for a newcomer. Most units are read with their office, since they end a word. The single character that ends one
is often taken for something else: a particle (所), a classifier (股), the first half of another word (科 | 编). What
follows the unit or what it is called after then shows that it is one.
"""

import re

from extract.ner.coordination import bare_names
from extract.ner.words import Words

_OFFICE_ENDS = frozenset("局委厅会处队段心院")
# 江口所, which the head of the unit or a deed follows; not 局所需, 局所属.
_POST = re.compile("([一-龥]{2,4}?)所(?![长有属在需以谓说做得用辖作获提述制持指列])")
_ITS_HEAD = re.compile("[一-龥]{2,4}?(?:所|站|中队)(?=(?:原|时任)?(?:副?[所站队]长|负责人|指导员|教导员))")
_NOT_POSTS = ("场", "住", "厕", "处", "等", "的", "会", "研究", "事务")
# 规划信息科编, 科教股 戚广田: who made or wrote something, by the unit.
_SIGNING = re.compile(
    "[一-龥]{2,8}?(?:科|股|处|室|办公室)"
    "(?= *(?:编印?|供稿|撰稿|供图|报送)(?![一-龥])| +(?:[一-龥]{2,3}(?![一-龥])|\\d)| *$)"
)
_PARTICLES = frozenset("的了着过把被在对由为向与和及")
# 商会 | 嘉峪关分会, 护林局 | 塔河站, 学院 | 五指山校区: a part that goes by the place where it is.
_BRANCH = re.compile(
    "([一-龥]{2,4}?)(?:分会|分公司|分院|分校|分局|分部|分店|分中心|校区|院区|港区|林区|管理站|管护站|监测站|检查站|网点|分场|段|站)(?![长点台位])"
)
_BRANCHED = frozenset("局委厅会处队段心院司团校行场联关社")
# 医保局 | 飞行检查组: who is sent out for one thing, by what it does.
_SENT = re.compile("[一-龥]{2,4}(?:检查组|调查组|督查组|督导组|普查组|专案组|评估组|验收组)(?![一-龥]?长)")
_SENDING = re.compile("派|成立|组成|组建|组织|联合|会同|抽调|邀请|带领|陪同|接受|配合|迎接|聘请|设立|开展|安排|第")
# 法院 | 审管办: an office within, where a mark or its head follows.
_INNER_OFFICE = re.compile("[一-龥]{2,3}办(?=[，。、；：（）()！ \n]|$|副?主任|供稿|撰稿)")


def unit_after(words: Words, end: int) -> int | None:
    """Where the unit ends that follows an office which ends at `end`, None if no such unit follows."""
    text = words.text
    if branch := _branch(words, end):
        return branch
    if text[end - 1] not in _OFFICE_ENDS or not "一" <= text[end : end + 1] <= "龥":
        return None
    if (unit := _ITS_HEAD.match(text, end)) and _plain(unit[0]):
        return unit.end()
    sent = _SENT.match(text, end)
    if sent and not _SENDING.match(text, end) and words.begins(end) and words.begins(sent.end()) and _plain(sent[0]):
        return sent.end()
    office = _INNER_OFFICE.match(text, end)
    if office and words.begins(end) and words.begins(office.end()) and words.next_stop(end) >= office.end() - 1:
        return office.end()
    post = _POST.match(text, end)
    if post and not post[1].endswith(_NOT_POSTS) and (post[1] in bare_names() or _place(words, end, post.end(1))):
        return post.end()
    signing = _SIGNING.match(text, end)
    return signing.end() if signing and _plain(signing[0]) else None


def _plain(unit: str) -> bool:
    return _PARTICLES.isdisjoint(unit)


def _branch(words: Words, end: int) -> int | None:
    """Where the part ends that follows an office at `end` and goes by a place, None if none follows."""
    text = words.text
    if text[end - 1] not in _BRANCHED or not words.begins(end):
        return None
    branch = _BRANCH.match(text, end)
    if not branch or not words.begins(branch.end()):
        return None
    return branch.end() if branch[1] in bare_names() or _place(words, end, branch.end(1)) else None


def _place(words: Words, start: int, end: int) -> bool:
    """Whether jieba takes what stands there for one word that names a place."""
    return words.begins(start) and words.ends[words.index[start]] == end and words.tag_at(start) in {"ns", "nz"}
