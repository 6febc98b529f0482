"""Those whom a number sums up as the subject of a clause: 三地, 两村 and 两家 after as many names.

A number means the names that the sentence has told of before it, if they are exactly as many and of the kind; else
those with the bulletin's own among them that were last named together, or others named together just before.
"""

from extract.facts.name_index import NameIndex, name_of
from extract.facts.references import References
from extract.layers import Layers
from schemas import Mention

_NUMBERS = {n: i for i, n in enumerate("两三四五六七", 2)} | {"二": 2}


class Together:
    """Finds them in one bulletin."""

    def __init__(self, layers: Layers, names: NameIndex, references: References) -> None:
        self._place, self._office = layers.context.place, layers.context.office
        self._names, self._references = names, references
        # By how many they are: those with the bulletin's own among them, and the last ones with where they stand.
        self._own: dict[int, tuple[str, ...]] = {}
        self._last: dict[int, tuple[int, tuple[str, ...]]] = {}

    def keep(self, joint: list[Mention]) -> None:
        """Keep the names that act together for numbers that follow."""
        names = tuple(name_of(m) for m in joint)
        if any(n in (self._office, self._place) or (self._place and n.startswith(self._place)) for n in names):
            self._own[len(names)] = names
        self._last[len(names)] = joint[0].start, names

    def meant(self, words: str, at: int) -> tuple[str, ...]:
        """Whom `words` (三地) at `at` mean, () where nobody."""
        number = _NUMBERS.get(words[0], 0)
        if told := self._references.several(words[1:], number, at):
            return told
        other = self._references.several("地", 1, at) if words == "两地" and self._place else ()
        if self._place and other and other != (self._place,):
            # 外省某区投入…，两地签订协议: the bulletin's own is the other.
            return (self._place, *other)
        if number in self._own:
            return self._own[number]
        return self._last[number][1] if number in self._last and self._goes_on(*self._last[number], at) else ()

    def _goes_on(self, start: int, names: tuple[str, ...], at: int) -> bool:
        """Whether the paragraph has told of nobody else since `names` stood together at `start`."""
        others = (m for m in self._names.between(start, at) if name_of(m) not in names)
        return not self._names.is_apart(start, at) and next(others, None) is None
