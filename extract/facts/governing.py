"""What the words around a title say was done with the document.

Notes for a newcomer. Chinese puts the governing verb before the title (出台《…》) and sometimes after it (《…》印发).
Verbs chain (制定出台, 学习贯彻): the strongest of a chain counts. A preposition after the last verb makes the title a
ground (依据《…》) and nothing more. Titles in a row (《A》《B》和《C》) share both sides.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any, get_args

from extract.data import load_toml
from extract.facts.issuers import Issuers
from extract.facts.titles import Title
from extract.layers import Layers
from schemas import DocumentAction, DocumentKind

_DATA: dict[str, Any] = load_toml("facts/data/documents.toml")
_VERBS: dict[str, list[str]] = _DATA["verbs"]
ACTIONS: tuple[DocumentAction, ...] = get_args(DocumentAction)
# A verb's entry may say what must or must not follow it: 会签(?!订|署).
_ACTION_OF: dict[str, DocumentAction] = {
    verb.partition("(?")[0]: action for action in ACTIONS[:-1] for verb in _VERBS[action]
}


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CITED = _either(_VERBS["cited"])
_BEFORE = re.compile(rf"(?P<cited>{_CITED})|(?P<verb>{_either([v for a in ACTIONS[:-1] for v in _VERBS[a]])})")
_CHAINED = re.compile(r"(?:了|和|并|、|与|及|起来|后|好)?")
_FILLER = rf"(?:{_either(_VERBS['fillers'])}){{0,5}}"
# What the law did long ago only dates something: 《…》实施以来, 颁布十周年.
_LONG_AGO = r"(?!以来|之?[后前]|以前|[\d一二两三四五六七八九十]+周年)"
_AFTER: tuple[tuple[DocumentAction, re.Pattern[str]], ...] = tuple(
    (action, re.compile(rf"[ ]?{_FILLER}(?:{_either(_VERBS[f'after_{action}'])}){_LONG_AGO}"))
    for action in ACTIONS
    if f"after_{action}" in _VERBS
)
# 《…》已经市政府第3次常务会议审议通过: the passing may stand far from the title.
_PASSED = re.compile(r"[^。；《]{0,30}(?:(?:审议|表决)(?:并?通过)|予以印发|印发给|公开发布)")
# 《…》是由某局印发的: the doer stands between title and verb.
_MADE_BY = re.compile(
    r"[^。；，《]{0,16}(?:由(?P<doer>[^。；，《]{2,40}?)(?:联合|共同|牵头|组织)*(?:印发|出台|制定|发布|编制|下发|编印|编写|起草|修订)"
    # 《某条例》经市人大常委会第3次会议审议通过: whoever passed it made it.
    r"|[已业]?经(?P<body>[^。；，《]{2,20}?)第?[^。；，《]{0,12}(?:会议)?[^。；，《]{0,6}(?:审议|表决)(?:并?通过))"
    # 《某措施》，5月18日经市政府印发
    r"|[ ，]?[^。；，《]{0,12}[已业]?经(?P<by>[^。；，《]{2,12}?)(?:正式|联合|批准)?(?:印发|出台|发布|公布|颁布|下发)"
)
_IN_FORCE = re.compile(
    r"(?:正式)?(?:(?:已|将|于|自)[^，。；《]{0,16}|[^，。；《]{2,14}起)(?:正式)?(?:施行|实施|执行|生效)"
)
# 新修订的《…》: an attribute of the document, not a deed of this bulletin.
_ATTRIBUTE = re.compile(r"(?:修订|修改|颁布|出台|实施|施行|发布|公布)(?:后)?的$")
_MEDIA_BEFORE = re.compile(rf"(?:{_either(_DATA['media']['before'])})(?:了)?(?:《[^》]*》[、和]?|[“”、和])*$")
_MEDIA_AFTER = re.compile(rf"[ ]?等?(?:{_either(_DATA['media']['after'])})")
# What stands in quotes names a campaign or a column and governs nothing (“聚焦执行力”).
_QUOTED = re.compile(r"“[^“”]*”")
_HANDED_OUT = frozenset(_VERBS["handed_out"])
_LINK = re.compile(r"[ ]?(?:[、，和与及以]|以及|[\n ])?[ ]?")
_INTRODUCES = re.compile(r"(?:如|例如|包括|即|分别是|分别为|其中|了|[“”])?$")
# A line of a sentence that a post breaks into short ones.
_VERSE = re.compile(r"(?![一二三四五六七八九十\d]{1,3}[、.．]|[（(【◆■●])[^。！？；：\n]{2,24}")

_WINDOW = 60
_VERSES = 3
_LONGEST_VERSE = 45


@dataclass(frozen=True, slots=True)
class Reading:
    """One occurrence of a title, read: kind by its surroundings (None if they do not tell), action, issuers."""

    kind: DocumentKind | None
    action: DocumentAction
    issuers: tuple[str, ...]


class Surroundings:
    """Reads the surroundings of titles in one bulletin."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._issuers = Issuers(layers)
        self._names = sorted((m.start, m.end) for m in layers.mentions if m.type in ("ORG", "PLACE"))
        self._clauses = [c[0] for c in layers.clauses]

    def read(self, titles: list[Title]) -> list[Reading]:
        """The readings of all `titles`, which stand in the order of the text."""
        readings: list[Reading] = []
        for group in self._groups(titles):
            floor = titles[len(readings) - 1].tail if readings else 0
            readings += self._read_group(group, floor)
        return readings

    def _groups(self, titles: list[Title]) -> list[list[Title]]:
        groups: list[list[Title]] = []
        for title in titles:
            if groups and _LINK.fullmatch(self._text, groups[-1][-1].tail, title.start):
                groups[-1].append(title)
            else:
                groups.append([title])
        return groups

    def _read_group(self, group: list[Title], floor: int) -> list[Reading]:
        text = self._text
        start, tail = group[0].start, group[-1].tail
        begin = max(floor, self._clause_start(start), start - _WINDOW)
        if begin >= start - 3 and _INTRODUCES.match(text[begin:start]) and begin > 0 and text[begin - 1] in "：，":
            # 出台一批文件，如《A》《B》: the verb stands in the clause before.
            begin = max(floor, self._clause_start(begin - 1), start - _WINDOW)
        begin = max(floor, self._verse_start(begin, start))
        before = self._without_names(begin, start)
        after = text[tail : tail + 40].split("\n")[0]
        action, verb_at = self._before(before)
        verb = begin + verb_at if verb_at is not None else None
        if verb is not None and _ATTRIBUTE.search(before) and not self._issuers.is_named(verb, begin):
            action, verb = "cited", None
        action = _stronger(action, self._after(after))
        made_by = _MADE_BY.match(text, tail)
        doers = self._issuers.named_at(made_by.start(made_by.lastgroup or 0)) if made_by else ()
        readings = []
        for title in group:
            kind = title.kind
            if kind is None and (_MEDIA_BEFORE.search(before) or _MEDIA_AFTER.match(after)):
                kind = "media"
            done = self._refined(action, kind, verb)
            issuers = doers or self._issuers.of(title, done, verb, begin)
            readings.append(Reading(kind, done, issuers))
        return readings

    def _verse_start(self, begin: int, start: int) -> int:
        """Where the sentence begins that goes on over the short lines of a post; `begin` where it does not."""
        text = self._text
        end = text.find("\n", start, begin + _LONGEST_VERSE)
        if end < 0 or "。" in text[begin:end]:
            return begin
        for _ in range(_VERSES):
            line = text.rfind("\n", 0, max(begin - 1, 0)) + 1
            if text[begin - 1 : begin] != "\n" or not _VERSE.fullmatch(text, line, begin - 1):
                break
            begin = line
        return begin

    def _without_names(self, begin: int, end: int) -> str:
        """The words in `[begin, end)` without names and quotations, which govern nothing (某某协会签了《…》)."""
        words = _QUOTED.sub(lambda m: "“" + "＿" * (len(m[0]) - 2) + "”", self._text[begin:end])
        i = bisect_left(self._names, (begin, begin))
        while i < len(self._names) and self._names[i][1] <= end:
            first, last = self._names[i][0] - begin, self._names[i][1] - begin
            words = words[:first] + "＿" * (last - first) + words[last:]
            i += 1
        return words

    def _clause_start(self, offset: int) -> int:
        i = bisect_right(self._clauses, offset) - 1
        return self._clauses[i] if i >= 0 else 0

    def _before(self, before: str) -> tuple[DocumentAction, int | None]:
        """The action that the words before a title tell, and where its verb begins."""
        matches = list(_BEFORE.finditer(before))
        if not matches or matches[-1]["cited"]:
            return "cited", None
        first = matches[-1]
        action = _ACTION_OF[first["verb"]]
        for match in reversed(matches[:-1]):
            if match["cited"] or not _CHAINED.fullmatch(before, match.end(), first.start()):
                break
            first = match
            action = _stronger(action, _ACTION_OF[match["verb"]])
        return action, first.start()

    def _after(self, after: str) -> DocumentAction:
        if _PASSED.match(after) or _MADE_BY.match(after):
            return "issued"
        if _IN_FORCE.match(after):
            return "implemented"
        for action, pattern in _AFTER:
            if pattern.match(after):
                return action
        return "cited"

    def _refined(self, action: DocumentAction, kind: DocumentKind | None, verb: int | None) -> DocumentAction:
        """The action in the light of the kind: 发放《…条例》, 《…手册》 spreads what others made."""
        handed_out = action == "issued" and verb is not None and self._text[verb : verb + 2] in _HANDED_OUT
        return "studied" if handed_out and kind in ("law", "policy", "media") else action


def _stronger(a: DocumentAction, b: DocumentAction) -> DocumentAction:
    return min(a, b, key=ACTIONS.index)
