"""Programmes: quoted names with a head noun or after a verb of carrying out, unquoted names by their ending."""

import re
from functools import cache

from extract.data import load_toml
from extract.ner.candidates import Candidate
from extract.ner.words import Words

_QUOTED = re.compile(r"“([^“”\n]{1,60})”")
_LONGEST = 24


class _Lists:
    def __init__(self) -> None:
        data = load_toml("ner/data/programmes.toml")

        def alternatives(key: str) -> str:
            return "|".join(map(re.escape, sorted(set(data[key]), key=len, reverse=True)))

        self.head = re.compile(f"的?(?:[一-龥]{{0,8}}?)(?:{alternatives('heads')})(?!{alternatives('not_followed')})")
        self.not_programme = re.compile(alternatives("not_programmes"))
        self.verb = re.compile(f"(?:{alternatives('verbs')})了?(?:以)?$")
        self.unquoted = re.compile(f"(?:{alternatives('unquoted')})(?!{alternatives('not_followed')})")
        only_quoted = set(data["only_quoted"])
        self.known = frozenset(data["known"])
        self.known_pattern = re.compile(
            "|".join(map(re.escape, sorted(self.known - only_quoted, key=len, reverse=True)))
        )
        self.not_in_names = frozenset(data["not_in_names"])
        self.generic = frozenset(data["generic"])


@cache
def _data() -> _Lists:
    return _Lists()


def find_programmes(words: Words) -> list[Candidate]:
    """Candidate PROGRAMs of the text."""
    lists, text = _data(), words.text
    found: list[Candidate] = []
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inner = match[1]
        head = lists.head.match(text, end)
        if head and _one_breath(words, end, head.end()):
            found.append(Candidate(start, head.end(), "PROGRAM", "rule:quoted-programme"))
        elif inner in lists.known:
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:known-programme"))
        elif (
            3 <= len(inner) <= 24
            and not lists.not_programme.match(text, end)
            and lists.verb.search(text, max(0, start - 8), start)
        ):
            found.append(Candidate(start + 1, end - 1, "PROGRAM", "rule:carried-out"))
    found += [
        Candidate(*match.span(), "PROGRAM", "rule:known-programme") for match in lists.known_pattern.finditer(text)
    ]
    for match in lists.unquoted.finditer(text):
        named = _name_before(words, match.start(), lists)
        if named is not None and words.begins(match.end()):
            found.append(Candidate(named, match.end(), "PROGRAM", "rule:named-programme"))
    return found


def _one_breath(words: Words, start: int, end: int) -> bool:
    """Whether no verb or particle but 的 stands between the quotes and the head noun."""
    stop = words.next_stop(start)
    while stop < end:
        if words.word_at(stop) not in {"的", "大型", "主题", "系列"} and words.tag_at(stop) not in {"v", "m"}:
            return False
        stop = words.next_stop(stop + 1)
    return True


def _name_before(words: Words, end: int, lists: _Lists) -> int | None:
    """Where the name before an ending at `end` begins, None if only general words stand there."""
    if not end:
        return None
    number = words.index[end - 1]
    start = end
    named = 0
    while number >= 0 and end - words.starts[number] <= _LONGEST:
        word, tag = words.words[number], words.tags[number]
        if (
            word in lists.not_in_names
            or tag.startswith(("u", "p", "c", "r", "d", "q", "y", "t"))
            or not "一" <= word[0] <= "龥"
        ):
            break
        start = words.starts[number]
        named += word not in lists.generic
        number -= 1
    return start if end - start >= 4 and named else None
