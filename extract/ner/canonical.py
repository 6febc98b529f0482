"""Canonical names: the full name that the bulletin itself gives for a short form.

Three kinds of short form are resolved, each only by names that stand in the bulletin: a level for a place (市司法局
in a bulletin about 包头市), a part of a name for the whole (若辉 for 内蒙古若辉律师事务所), a place without its ending.
"""

import re
from bisect import bisect_right
from collections import Counter

from extract.layers import Layers
from extract.ner.lexicon import Division, Flag, divisions
from schemas import Mention

_PREFIXED = re.compile(r"(中共|共青团|团)?(自治区|自治州|自治县|自治旗|[省市县区州旗盟镇乡])(?=[^\n]{1,})")
_LONGEST_PLACE = 11
_NOWHERE = Division("", 0, "")


def with_canonical(layers: Layers) -> list[Mention]:
    """The mentions of `layers` with their canonical names; `layers.context` is used where it is known."""
    return _Resolver(layers).resolve()


class _Resolver:
    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.plain = layers.view.plain
        self.sentence_starts = [start for start, _ in layers.sentences]
        self.full, self.short = divisions()
        # The divisions named in full, in order: offset and name.
        self.places: list[tuple[int, str]] = []
        for mention in layers.mentions:
            if mention.type in {"PLACE", "ORG"}:
                self.places += [
                    (mention.start, name)
                    for name in self._divisions_in(mention)
                    # A firm of the province does not tell that the bulletin is about it.
                    if mention.type == "PLACE" or self.full[name].level != Flag.PROVINCE
                ]
        self.counts = Counter(name for _, name in self.places)
        self.organisations = Counter(self._cut(m) for m in layers.mentions if m.type == "ORG")

    def resolve(self) -> list[Mention]:
        resolved: list[Mention] = []
        for mention in self.layers.mentions:
            name = mention.canonical or self._cut(mention)
            if mention.type == "ORG" and mention.canonical is None:
                name = self._organisation(mention, name)
            elif mention.type == "PLACE" and mention.canonical is None:
                name = self._place(name)
            resolved.append(mention.model_copy(update={"canonical": name}))
        return resolved

    def _cut(self, mention: Mention) -> str:
        return self.plain[mention.start : mention.end]

    def _divisions_in(self, mention: Mention) -> list[str]:
        """The full division names at the head of a mention (甘肃省敦煌市 names two)."""
        names: list[str] = []
        text, position = mention.text, 0
        while position < len(text):
            for end in range(min(len(text), position + _LONGEST_PLACE), position + 1, -1):
                if text[position:end] in self.full:
                    names.append(text[position:end])
                    position = end
                    break
            else:
                break
        return names

    def _organisation(self, mention: Mention, name: str) -> str:
        prefix = _PREFIXED.match(name)
        if prefix and not any(name[:end] in self.full for end in range(2, _LONGEST_PLACE + 1)):
            place = self._place_of_level(prefix[2], mention.start)
            if place:
                return (prefix[1] or "") + place + name[prefix.end() :]
            return name
        if self._begins_with_division(name):
            return name
        return self._whole(name) or name

    def _begins_with_division(self, name: str) -> bool:
        return any(
            name[:end] in self.full or name[:end] in self.short for end in range(2, min(len(name), _LONGEST_PLACE) + 1)
        )

    def _place_of_level(self, level: str, offset: int) -> str | None:
        """The place that a bare level means at `offset`: the bulletin's own, else the nearest, else the commonest."""
        context = self.layers.context.place
        if context:
            own = [
                n
                for n in self._chain(context)
                if n.endswith(level) and (n in self.counts or self.full.get(n, _NOWHERE).level != Flag.PROVINCE)
            ]
            if own:
                return own[-1]
        sentence = (
            self.sentence_starts[max(0, bisect_right(self.sentence_starts, offset) - 1)] if self.sentence_starts else 0
        )
        near = [n for at, n in self.places if sentence <= at < offset and n.endswith(level)]
        if near:
            return near[-1]
        named = [(count, n) for n, count in self.counts.items() if n.endswith(level)]
        return max(named, key=lambda pair: pair[0])[1] if named else None

    def _chain(self, place: str) -> list[str]:
        """The divisions that a full place name consists of."""
        names: list[str] = []
        rest = place
        while rest:
            end = next((e for e in range(min(len(rest), _LONGEST_PLACE), 1, -1) if rest[:e] in self.full), len(rest))
            names.append(rest[:end])
            rest = rest[end:]
        return names

    def _whole(self, name: str) -> str | None:
        """The commonest longer organisation that `name` is a part of, or that stands with its place in the text."""
        for at in re.finditer(re.escape(name), self.plain):
            for length in range(_LONGEST_PLACE, 1, -1):
                place = self.plain[max(0, at.start() - length) : at.start()]
                if len(place) == length and place in self.full:
                    return place + name
        if not 2 <= len(name) <= 4:
            return None
        longer = [
            (count, other)
            for other, count in self.organisations.items()
            if name in other and len(other) >= len(name) + 3
        ]
        # 若辉 is rather 内蒙古若辉律师事务所 than its 若辉党支部.
        return (
            max(longer, key=lambda pair: (not pair[1].startswith(name), pair[0], -len(pair[1])))[1] if longer else None
        )

    def _place(self, name: str) -> str:
        for division in self.short.get(name, ()):
            if division.name in self.counts:
                return division.name
        return name
