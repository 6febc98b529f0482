"""The names of a bulletin by where they stand, for the rules about who acts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extract.layers import Layers
from schemas import Mention

_LINK = re.compile(r"[、和与及同]|会同|联合|以及|携手|协同")
# 与某地区14个部队: those are the partners, not the place.
_QUALIFIES = re.compile(r"(?![两三四五六七八九十][省市县区州旗镇乡村地家院])(?:\d|[两三四五六七八九十数多各]个?)")


class NameIndex:
    """Organisations and places (`at`: by start) and people (`people`: by start)."""

    def __init__(self, layers: Layers) -> None:
        self._text = layers.view.text
        self._names = sorted((m for m in layers.mentions if m.type in ("ORG", "PLACE")), key=lambda m: m.start)
        self._starts = [m.start for m in self._names]
        self._sentences = [s[0] for s in layers.sentences]
        self._line_ends = [m.start() for m in re.finditer("\n", self._text)]
        self.at = {m.start: m for m in self._names}
        self.people = {m.start: m for m in layers.mentions if m.type == "PERSON"}
        self._people_starts = sorted(self.people)

    def organisations(self) -> set[str]:
        """The organisations, as worded and in full."""
        return {n for m in self._names if m.type == "ORG" for n in (m.text, name_of(m))}

    def offices(self) -> set[str]:
        """The organisations in full."""
        return {name_of(m) for m in self._names if m.type == "ORG"}

    def between(self, start: int, end: int) -> list[Mention]:
        """The organisations and places that begin in `[start, end)`."""
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def next_person(self, offset: int) -> int | None:
        """Where the first person at or behind `offset` is named."""
        at = bisect_left(self._people_starts, offset)
        return self._people_starts[at] if at < len(self._people_starts) else None

    def last_person(self, offset: int) -> Mention | None:
        """The last person named before `offset`."""
        at = bisect_left(self._people_starts, offset)
        return self.people[self._people_starts[at - 1]] if at else None

    def before(self, offset: int, most: int) -> Iterator[Mention]:
        """The last `most` organisations and places up to `offset`, nearest first."""
        last = bisect_right(self._starts, offset)
        return reversed(self._names[max(0, last - most) : last])

    def text_at(self, offset: int) -> str:
        """The character at `offset`."""
        return self._text[offset : offset + 1]

    def is_parted(self, start: int, end: int) -> bool:
        """Whether a sentence ends between `start` and `end`."""
        return bisect_right(self._sentences, start) < bisect_right(self._sentences, end)

    def is_apart(self, start: int, end: int) -> bool:
        """Whether a line ends between `start` and `end`."""
        return bisect_left(self._line_ends, start) < bisect_left(self._line_ends, end)

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` begins."""
        at = bisect_left(self._line_ends, offset)
        return self._line_ends[at - 1] + 1 if at else 0

    def joint(self, mention: Mention, end: int) -> list[Mention]:
        """The names that act together from `mention` on: A、B和C."""
        joint = [mention]
        while link := _LINK.match(self._text, joint[-1].end, end):
            following = self.at.get(link.end()) or self.at.get(link.end() + 1)
            if following is None or (following.type == "PLACE" and _QUALIFIES.match(self._text, following.end)):
                break
            joint.append(following)
        return joint


def name_of(mention: Mention) -> str:
    """The canonical name of `mention`, else its own words."""
    return mention.canonical or mention.text
