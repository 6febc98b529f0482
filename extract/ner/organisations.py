"""Organisations without an anchor, and what the anchored ones tell about their neighbours and short forms."""

import re
from bisect import bisect_right

from extract.data import load_toml
from extract.ner.bare_again import find_bare_again, find_firms_again, find_repeated
from extract.ner.candidates import Candidate
from extract.ner.firms import find_firms
from extract.ner.headed import find_headed
from extract.ner.lexicon import Flag, Hit, Scan, divisions
from extract.ner.media import find_media
from extract.ner.offices import Office, office_words
from extract.ner.places import Chain
from extract.ner.posts import find_posts
from extract.ner.services import find_services
from extract.ner.sharing import acting_departments, bare_departments, shared_heads
from extract.ner.words import Words

_LONGEST_NAME = 14
# 北华大学 | 附属医院: with a complete name before it this makes a name of its own.
_ATTACHED = frozenset({"附属", "附设"})
# 各油茶专业合作社, 该公司: said of all or one of a kind.
_QUANTIFIERS = frozenset("各该本我咱每某个")
_NEW = ("新设", "新建", "增设", "在建")
_NUMERALS = frozenset("一二三四五六七八九十")
_SEATS = ("大学", "学院", "银行", "集团", "医院")
# Units of firms, hospitals and schools.
_FIRMS = ("有限公司", "有限责任公司")
_WITH_UNITS = ("公司", "集团", "医院", "中学", "小学", "学校", "大学", "学院", "银行", "电厂", "煤矿", "油田", "支行")
_UNIT = re.compile(
    "(?:工会|团委|[一-龥]{2,4}(?:党支部|党总支|突击队|服务队|作业班|班组|急诊科|内科|外科|儿科|护理部|医务科))"
    "(?![一-龥]?长|员|副?主任|医[师生]|护士|专家)|(?:急诊科|内科|外科|儿科|妇产科|骨科|护理部|重症医学科)(?!室)"
)
_SEAT = re.compile(r"（([一-龥]{2,4})）(?:[一-龥]{2,5}校区)?")
_BRACKET_BEFORE = re.compile(r"（[一-龥A-Za-z]{1,8}）$")
_PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nz", "nt", "x"})
_NOUN_TAGS = ("n", "x", "zg", "j", "b", "a", "s", "f", "g", "vn", "vg", "l")
_OF_SEVERAL = re.compile("[两三四五六七八九十][省市县区州旗地]$")  # 双江、临翔两县 | 检察院
_SOME = re.compile("[0-9][个家所座]")  # 3 | 家县医院
_FOUNDED = re.compile(
    r"(?:成立|设立|组建|组成)了?(?!全国性|地方性|各级|各类|专业)([一-龥]{4,16}?(?:委员会|协会|联盟|联合会|促进会|研究会|基金会"
    r"|服务中心|指导中心|调解中心|服务队|突击队|宣讲团))(?![一-龥]?长)"
)


def find_organisations(
    words: Words, scan: Scan, chains: list[Chain], towns: list[Candidate], offices: list[Office]
) -> list[Candidate]:
    """Candidate ORGs: the anchored office names, named organisations, and those that lists and repetition give."""
    reader = _Named(words, scan, chains, offices)
    named = reader.find()
    found = [Candidate(o.start, o.end, "ORG", f"rule:{o.kind}-office") for o in offices] + named
    found = [_with_seat(words.text, c) for c in _joined(found, reader.continued)]
    found += [_with_branch(c, named) for c in find_firms(words, scan, chains, towns, offices)]
    found = [_with_unit(words, c) for c in found]
    found += find_media(words.text)
    found += find_bare_again(words, found) + find_firms_again(words, found)
    found += find_headed(words)
    found += shared_heads(words, chains, offices)
    found += find_services(words, chains, towns)
    found += find_posts(words, towns)
    found += bare_departments(words, scan, offices) + acting_departments(words, scan)
    found += find_repeated(words, offices, scan)
    for match in _FOUNDED.finditer(words.text):
        start, end = match.span(1)
        if words.begins(start) and words.begins(end) and words.next_stop(start) >= end:
            found.append(Candidate(start, end, "ORG", "rule:founded"))
    return found


class _Named:
    """Reads proper names backwards from the endings that ask for one."""

    def __init__(self, words: Words, scan: Scan, chains: list[Chain], offices: list[Office]) -> None:
        self.words = words
        self.text = words.text
        self.heads = scan.heads
        self.chain_starts = {c.start for c in chains if not c.doubtful and not c.flags & Flag.SHORT}
        self.office_ends = [o.end for o in offices]
        self.offices = offices
        self.generic = office_words("generic")
        self.not_offices = office_words("not_offices")
        self.ordinary = frozenset(load_toml("ner/data/places.toml")["geography"]["common"])
        self.branches = office_words("heads", "branches")
        self.strong = office_words("heads", "strong")
        # Where names begin that only go on from the name before (北华大学 | 附属医院, 攀钢集团 | 矿业公司).
        self.continued: set[int] = set()
        self.complete = {h.end for h in self.heads if h.flags & Flag.PROPER}
        self.business = office_words("firms", "business")
        self.firm = False  # whether the name that is being read is a firm's in full

    def find(self) -> list[Candidate]:
        found: list[Candidate] = []
        # From the right, so that the longest ending of a name is seen first.
        last = len(self.text) + 1
        for hit in reversed(self.heads):
            if hit.end > last or not hit.flags & Flag.PROPER or not self.words.begins(hit.end):
                continue
            floor = self._floor(hit)
            start = None if floor is None else self._name_start(hit, floor)
            # 这支大队 points at one named before.
            if start is not None and self.text[start] not in "这那每" and not _SOME.match(self.text, start - 1):
                strong = self.text[hit.start : hit.end] in self.strong
                found.append(Candidate(start, hit.end, "ORG", "rule:law-firm" if strong else "rule:named-organisation"))
                last = start
        return found

    def _floor(self, hit: Hit) -> int | None:
        """The end of the last office before the ending, None if the ending lies in an office."""
        at = bisect_right(self.office_ends, hit.start)
        if at < len(self.offices) and self.offices[at].start < hit.end:
            return None
        return self.office_ends[at - 1] if at else 0

    def _name_start(self, hit: Hit, floor: int) -> int | None:
        """Where the proper name before the ending begins, None if no proper name stands there."""
        words, text = self.words, self.text
        form = text[hit.start : hit.end]
        if text[hit.end : hit.end + 1] in {"长", "员"}:
            return None
        if _OF_SEVERAL.search(text, max(0, hit.start - 2), hit.start):
            return None
        self.firm = form.endswith(_FIRMS)
        head = hit.start
        bracket = _BRACKET_BEFORE.search(text, max(0, head - _LONGEST_NAME), head)
        if bracket and bracket.start() > floor:
            head = bracket.start()  # 华虹半导体（上海）有限公司
            if not words.begins(head):
                return None
        number = words.index[head]
        inside = text[words.starts[number] : head]
        if inside and (
            len(inside) < 2
            or inside.endswith(_NEW)
            or inside in self.generic
            or words.words[number] in self.not_offices
            or words.starts[number] < floor
        ):
            return None
        first = number if inside else number + 1
        names = [(inside, words.tags[number])] if inside else []
        number -= 1
        lowest = max(floor, hit.end - _LONGEST_NAME)
        while number >= 0 and words.starts[number] >= lowest and self._part(number, names):
            names.insert(0, (words.words[number], words.tags[number]))
            first = number
            number -= 1
        if not names:
            return self._with_and(hit, form) or self._whole_run(head, lowest)
        while names and names[0][0] in self.generic and words.starts[first] not in self.complete:
            names.pop(0)
            first += 1
        if not names:
            return None
        # Common nouns before the first proper name are no part of it: 教师 | 宋庆龄幼儿园.
        proper = [i for i, (word, tag) in enumerate(names) if self._is_proper(word, tag, len(names))]
        if words.starts[first] in self.complete and (names[0][0] in _ATTACHED or form.endswith("公司")):
            self.continued.add(words.starts[first])
            return words.starts[first]
        # But 复旦大学 | 附属 | 华山医院 goes on from a complete name.
        if proper and words.starts[first] not in self.complete:
            first += proper[0]
            names = names[proper[0] :]
        start = words.starts[first]
        if text.endswith(_NEW, start, head):
            return None
        if text[start - 1 : start] in _QUANTIFIERS or text[start] in _QUANTIFIERS:
            return None
        bare = len(names) == 1 and start + len(names[0][0]) == head and form not in self.branches
        if bare and start in self.chain_starts:
            return None  # 中华人民共和国 | 公司: the office grammar has refused it
        if proper:
            return self._with_surname(start, hit.start, form)
        if self.firm and (run := self._whole_run(head, lowest)) is not None:
            return run
        common, tag = names[0]
        if form in self.strong and len(names) == 1 and 2 <= len(common) <= 3 and tag == "n":
            return self._with_surname(start, hit.start, form)
        return None

    def _is_proper(self, word: str, tag: str, parts: int) -> bool:
        """Whether a word names something; one character alone does not (美 | 公司)."""
        return (
            (len(word) > 1 or parts > 1)
            and tag in _PROPER_TAGS
            and word not in self.generic
            and word not in self.ordinary
        )

    def _part(self, number: int, names: list[tuple[str, str]]) -> bool:
        """Whether the word can be part of the name that already has `names` after it."""
        words = self.words
        word, tag = words.words[number], words.tags[number]
        if tag.startswith("m") and names and word[0] == "第":
            return True  # 第一附属医院
        if not names and word in _NUMERALS:
            return True  # 湘雅 | 二 | 医院
        if self.firm and names and word in self.business:
            return True  # 暖山 | 房地产 | 开发 | 有限公司
        if (
            words.starts[number] in words.stop_set
            or word[1:2] == "由"
            or word[0] in "以与在对向从由被把将及"
            or not tag.startswith(_NOUN_TAGS)
        ):
            return False
        # 弋矶山医院 | 江北院区: what is complete is a name of its own, joined later.
        if words.ends[number] in self.complete and names:
            return False
        if len(word) >= 4 and tag not in _PROPER_TAGS:
            return False
        return not (len(word) == 1 and names and tag.startswith(("n", "v")) and tag not in _PROPER_TAGS)

    def _with_and(self, hit: Hit, form: str) -> int | None:
        """林和公证处: a firm's name whose second character is 和."""
        text, words, start = self.text, self.words, hit.start
        if form in self.strong and start >= 2 and text[start - 1] == "和" and words.begins(start - 2):
            return (
                start - 2 if words.word_at(start - 2) == text[start - 2] and "一" <= text[start - 2] <= "龥" else None
            )
        return None

    def _whole_run(self, head: int, lowest: int) -> int | None:
        """暖山房地产开发 | 有限公司: what is a firm in full has a name, whatever jieba makes of it."""
        words, number = self.words, self.words.index[head] - 1
        if not self.firm or not words.begins(head):
            return None
        while number >= 0 and words.starts[number] >= lowest:
            if words.starts[number] in words.stop_set and words.words[number] not in self.business:
                break
            number -= 1
        number += 1
        while words.starts[number] < head and (
            words.words[number] in self.generic or words.words[number][0] in _QUANTIFIERS
        ):
            number += 1
        start = words.starts[number]
        return start if head - start >= 2 and self.text[start:head] not in self.generic else None

    def _with_surname(self, start: int, ending: int, form: str) -> int:
        """周立新工作室: the surname that jieba took for a word of its own."""
        words = self.words
        if form == "工作室" and len(words.word_at(start)) == 2 and start and words.begins(start - 1):
            before = words.word_at(start - 1)
            if len(before) == 1 and "一" <= before <= "龥" and before not in "的和与在":
                return start - 1
        return start


def _joined(found: list[Candidate], continued: set[int]) -> list[Candidate]:
    """皖南医学院 + 弋矶山医院 + 江北院区: names that touch are one, unless a new level begins."""
    joined: list[Candidate] = []
    for candidate in sorted(found):
        before = joined[-1] if joined else None
        if before and before.end == candidate.start and candidate.source != "rule:level-office":
            joined[-1] = before._replace(end=candidate.end)
        elif candidate.start not in continued:
            joined.append(candidate)
    return joined


def _with_branch(firm: Candidate, named: list[Candidate]) -> Candidate:
    """湖南弘一律师事务所 + 岳阳分所."""
    branch = next((c for c in named if c.start == firm.end), None)
    return firm._replace(end=branch.end) if branch else firm


def _with_unit(words: Words, candidate: Candidate) -> Candidate:
    """泰达医院 + 急诊科, 供电公司 + 带电作业班: the name with the unit that follows it in one breath."""
    text, end = words.text, candidate.end
    unit = _UNIT.match(text, end)
    if not unit or not text.endswith(_WITH_UNITS, candidate.start, end) or not words.begins(unit.end()):
        return candidate
    stop = words.next_stop(end)
    inside = all(words.tag_at(s).startswith("v") for s in words.stops_between(end, unit.end()))
    return candidate._replace(end=unit.end()) if stop >= unit.end() or inside else candidate


def _with_seat(text: str, candidate: Candidate) -> Candidate:
    """哈尔滨工业大学（威海）: the name with the place in brackets that tells one seat from the others."""
    if text.startswith("（", candidate.end) and text.endswith(_SEATS, candidate.start, candidate.end):
        seat = _SEAT.match(text, candidate.end)
        if seat and seat[1] in divisions()[1]:
            return candidate._replace(end=seat.end())
    return candidate
