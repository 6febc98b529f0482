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
from extract.facts.made_by import is_passed, is_put_out, makers_behind
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
_ENDS_IN_VERB = re.compile(
    rf"(?:{_either([v.partition('(?')[0] for a in ACTIONS[1:-1] for v in _VERBS[a]])})(?:了|好)?$"
)
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
_GROUND = re.compile(r"(?:根据|依据|按照|依照|遵照|对照|参照|违反)＿{0,30}$")
_IN_FORCE = re.compile(
    r"(?:正式)?(?:(?:已|将|于|自)[^，。；《]{0,16}|[^，。；《]{2,14}起)(?:正式)?(?:施行|实施|执行|生效)"
)
# 新修订的《…》: an attribute of the document, not a deed of this bulletin.
_ATTRIBUTE = re.compile(
    r"(?:最?新)?(?:近)?(?:修订|修改|修正|颁布|出台|实施|施行|发布|公布)(?:后|实施|施行)?的$|最?新(?:修订|修改|修正|颁布|出台|发布|公布)$"
)
# 2021年出台的《…》: a deed of some day, told as an attribute.
_DATED = re.compile(r"(?:\d年|\d月|\d日|[今去前]年|月[份底初]|日前|近日|此前)$")
# 计划年底前出台的《…》: nobody has yet.
_PLANNED = re.compile(
    r"(?:计划|拟|将|即将|准备|预计|争取|力争|有望)[^，。；、]{0,12}(?:出台|印发|发布|制定|公布|颁布|签订|签署)的$"
)
# 举行《…》签约仪式: signed by those who hold it.
_HELD = re.compile(r"(?:举行|举办|召开|进行)(?:了)?$")
_CEREMONY = re.compile(
    r"[^。；，《]{0,6}?(?:(?P<signed>签约|签字|签署|签订|会签|联签)|(?P<issued>(?<!新闻)发布|首发|颁布))"
    r"(?:暨[^。；，]{1,14})?(?:仪式|大?会(?!议)|活动)"
)
_COUNTERSIGNED = re.compile(r"[^。；，《]{0,6}?会签")
# 将《…》印发各单位, 在《…》上签字: the deed's verb stands behind the title, its subject before this word.
_TAKEN = re.compile(r"(?:将|把|在)$")
_MEDIA_BEFORE = re.compile(rf"(?:{_either(_DATA['media']['before'])})(?:了)?(?:《[^》]*》[、和]?|[“”、和])*$")
_MEDIA_AFTER = re.compile(rf"[ ]?等?(?:{_either(_DATA['media']['after'])})")
# What stands in quotes names a campaign or a column and governs nothing (“聚焦执行力”).
_QUOTED = re.compile(r"“[^“”]*”")
# What is signed is agreed on, whatever it is called: 签订《…机制》.
_AGREED_ON = ("签订", "签下", "签了")
_HANDED_OUT = frozenset(_VERBS["handed_out"])
_INFORMS = tuple(_DATA["kinds"]["informs"])
# 《A》300份、《B》200册 are a row too.
_LINK = re.compile(
    r"(?:[近约超]?\d[\d.,]*[万千百]?[余多]?[份册本张套](?=[、，和与及]))?[ ]?(?:[、，和与及以]|以及|[\n ])?[ ]?"
)
_INTRODUCES = re.compile(r"(?:如|例如|包括|即|分别是|分别为|其中|了|[“”])?$")
# A line of a sentence that a post breaks into short ones.
_VERSE = re.compile(r"(?![一二三四五六七八九十\d]{1,3}[、.．]|[（(【◆■●])[^。！？；：\n]{2,24}")

_WINDOW = 60
_VERSES = 3
_GAP = 4
_BEHIND = 40
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
        after = text[tail : tail + _BEHIND].split("\n")[0]
        action, verb_at = self._before(before) if not _PLANNED.search(before) else ("cited", None)
        verb = begin + verb_at if verb_at is not None else None
        if verb is not None and (attribute := _ATTRIBUTE.search(before)):
            action, verb = self._past(before[: attribute.start()], attribute[0], action, verb, begin)
        done_after, verb_after = self._after(before, tail)
        if done_after in ("issued", "studied") and _GROUND.search(before) and not is_put_out(text, tail):
            # 依据《…》公布: the ground of what is published.
            done_after = "cited"
        action = _stronger(action, done_after)
        if verb is None and verb_after is not None:
            verb = begin + verb_after
        countersigned = verb is not None and (text.startswith("会签", verb) or _COUNTERSIGNED.match(after))
        may_pass = group[0].kind in ("law", "policy", None)
        action = _stronger(action, "issued") if may_pass and is_passed(text, tail) else action
        doers = makers_behind(text, tail, self._issuers.names, may_pass=may_pass)
        readings = []
        for title in group:
            kind: DocumentKind | None = title.kind
            if kind is None and (_MEDIA_BEFORE.search(before) or _MEDIA_AFTER.match(after)):
                kind = "media"
            done = self._refined(title.title, action, kind, verb)
            if kind == "policy" and verb is not None and text.startswith(_AGREED_ON, verb):
                kind = "agreement"
            if countersigned:
                # What is agreed on is signed, what is laid down together is issued.
                done = "signed" if kind == "agreement" else "issued"
            issuers = doers or self._issuers.of(title, done, verb, begin, group[0])
            readings.append(Reading(kind, done, issuers))
        return readings

    def _verse_start(self, begin: int, start: int) -> int:
        """Where the sentence begins that goes on over the short lines of a post; `begin` where it does not."""
        text = self._text
        end = text.find("\n", start, begin + _LONGEST_VERSE)
        if end < 0 or "。" in text[begin:end]:
            return begin
        for _ in range(_VERSES):
            line_end = begin - 1
            # Posts put empty lines between their short ones.
            while line_end > 0 and begin - line_end < _GAP and text[line_end - 1] == "\n":
                line_end -= 1
            line = text.rfind("\n", 0, max(line_end, 0)) + 1
            if text[begin - 1 : begin] != "\n" or not _VERSE.fullmatch(text, line, line_end):
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

    def _past(
        self, before: str, attribute: str, action: DocumentAction, verb: int, begin: int
    ) -> tuple[DocumentAction, int | None]:
        """The action and its verb where the document is only called new: 学习新修订的《…》, 2021年出台的《…》."""
        governing, at = self._before(before)
        if at is not None and _ENDS_IN_VERB.search(before):
            return governing, begin + at
        named = self._issuers.names.is_named(verb, begin)
        if named or not attribute.endswith("的") or _DATED.search(before):
            return action, verb
        return "cited", None

    def _after(self, before: str, tail: int) -> tuple[DocumentAction, int | None]:
        """The action that the words after a title tell, and where in `before` the words begin that follow the doer."""
        after = self._text[tail : tail + _BEHIND].split("\n")[0]
        held = _HELD.search(before)
        ceremony = _CEREMONY.match(after)
        if ceremony:
            return "signed" if ceremony["signed"] else "issued", held.start() if held else None
        if _PASSED.match(after) or is_put_out(self._text, tail):
            return "issued", None
        if _IN_FORCE.match(after):
            return "implemented", None
        taken = _TAKEN.search(before)
        for action, pattern in _AFTER:
            if pattern.match(after):
                return action, taken.start() if taken and action in ("issued", "signed") else None
        return "cited", None

    def _refined(
        self, title: str, action: DocumentAction, kind: DocumentKind | None, verb: int | None
    ) -> DocumentAction:
        """The action in the light of the kind: 发放《…条例》, 《…手册》 spreads what others made."""
        handed_out = action == "issued" and verb is not None and self._text[verb : verb + 2] in _HANDED_OUT
        informs = kind in ("law", "policy", "media", "pledge") or title.endswith(_INFORMS)
        return "studied" if handed_out and informs else action


def _stronger(a: DocumentAction, b: DocumentAction) -> DocumentAction:
    return min(a, b, key=ACTIONS.index)
