"""The subject that a name at the beginning of a clause is: itself, those it is joined to, or somebody of it.

Notes for a newcomer. The bulletin's own place and office stand for whatever short form means them (县局, 安图大队). A
name acts unless it only says where somebody belongs (某小学李某) or qualifies what follows (某局承办的招聘会).
"""

import re

from extract.facts.belonging import behind_owner
from extract.facts.clause_subject import Subject
from extract.facts.head_names import is_media
from extract.facts.name_index import NameIndex, name_of
from extract.facts.places import divisions_of
from extract.facts.scope_words import BRANCHES, either
from extract.facts.someone import PRIVATE, Someone
from extract.facts.together import Together
from extract.layers import Layers
from schemas import Mention

_AND_OTHERS = re.compile(
    r"[”]?(?:[、和][^，。；：\n]{1,20}?)?等(?:\d|[一二两三四五六七八九十多各地处县市区乡镇村旗]|部门|单位)"
)
_BUREAU = re.compile(r"[一-鿿]{0,4}[省市县区州旗](?P<kind>局|厅|院|委|支队|大队)")
_BRANCH_WORD = re.compile(rf"(?:{either('branches')})(?![局院厅部员人官])")
_OTHERS_OWN = re.compile(
    r"某|至|涨水|水位|洪峰|汛期|[一二三四五六]期(?!间)|[^，。；：、]{0,4}分会场|的[^，。；：、\n]{1,8}[前里上内旁边](?=[，。；\n])|[^，。；：、]{0,6}?(?:承办|承建|监测|经营|生产|举行)(?:过)?的"
)
_WORKPLACE = re.compile(r"的[^，。；：、\n]{0,4}?(?:车间|厂房|厂区|生产线|大棚|果园|仓库|牧场|养殖场)[里内上前]")
_MEMBERS = re.compile(r"代表|委员")
# The longest short form of an office: two characters of its place and what it is.
_SHORT = 5


class NamedSubjects:
    """Finds them in one bulletin.

    Args:
        someone: the people who act for themselves.
        together: keeps the names that act together.
    """

    def __init__(self, layers: Layers, names: NameIndex, someone: Someone, together: Together) -> None:
        self._text = layers.view.text
        self._place, self._office = layers.context.place, layers.context.office
        self._names, self._people = names, names.people
        self._someone, self._together = someone, together

    def of(self, mention: Mention, end: int) -> Subject | None:
        """The subject that `mention` is in a clause that ends at `end`, None if it is none."""
        text = self._text
        if someone := self._someone.local(mention):
            return someone
        if mention.end in self._people or is_media(mention.text) or _MEMBERS.match(text, mention.end):
            # 某小学李某: where someone belongs, not who acts; nor is the paper that reports.
            return None
        if self._office and self._is_own_bureau(mention.text):
            others = map(name_of, self._names.joint(mention, end)[1:])
            return Subject((self._office, *others), self._office, mention.start)
        if mention.type == "PLACE" and (branch := _BRANCH_WORD.match(text, mention.end)):
            return self._of_branch(mention, branch[0])
        if someone := self._someone.officer(mention, end):
            return someone
        if inner := behind_owner(text, mention, self._names):
            return self.of(inner, end)
        if _OTHERS_OWN.match(text, mention.end) and not self._works(mention):
            # 某县某医院, 某局承办的招聘会: neither the county nor the bureau acts.
            return Subject((), None, mention.start)
        joint = self._names.joint(mention, end)
        if len(joint) > 1:
            self._together.keep(joint)
        names = tuple(dict.fromkeys(self._in_full(name_of(m)) for m in joint))
        # Bare names of two characters are told together: 张店、临淄 says which, 张店 alone says little.
        first = "、".join(names) if len(names[0]) < 3 else names[0]
        owner = None if _AND_OTHERS.match(text, joint[-1].end) else first
        own = {self._place, self._office}
        brief = "place" if mention.type == "PLACE" and not own & set(names) else ""
        return Subject(names, owner, mention.start, brief)

    def _works(self, mention: Mention) -> bool:
        """Whether a firm is at work where it works: 某公司的车间里，每天下线2万双."""
        return _WORKPLACE.match(self._text, mention.end) is not None and PRIVATE.search(mention.text) is not None

    def _is_own_bureau(self, name: str) -> bool:
        """Whether `name` (县局, 某县局) is what the bulletin's own office is called among its like."""
        bureau = _BUREAU.fullmatch(name)
        if bureau is None or self._office is None or not self._office.endswith(bureau["kind"]):
            return False
        return len(name) == 1 + len(bureau["kind"]) or self._office.startswith(name[:2])

    def _in_full(self, name: str) -> str:
        """The bulletin's own place and office where `name` means them (安图大队, 某局党组), else `name`."""
        if self._place and name.endswith(self._place) and divisions_of(name)[-1:] == (self._place,):
            # 陇南市礼县, where the bulletin goes on with 礼县
            return self._place
        office = self._office
        if office and name in (office + "党组", office + "党委"):
            return office
        if office is None or len(name) >= len(office) or name[:2] != office[:2] or name[-2:] != office[-2:]:
            return name
        rest = iter(office)
        return office if len(name) <= _SHORT and all(c in rest for c in name) else name

    def _of_branch(self, mention: Mention, branch: str) -> Subject:
        """某地公安, 某地税务: the bulletin's own office of that branch, else the place; 某地警方 are whom they are."""
        office = self._office
        own = office and BRANCHES[branch] in office and mention.text[:2] in office
        plain = mention.text + branch if branch == "警方" else name_of(mention)
        name = office if office and own else plain
        return Subject((name,), name, mention.start)
