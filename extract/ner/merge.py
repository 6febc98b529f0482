"""The merge: which candidates become mentions where several sources claim the same characters.

Notes for a newcomer. There are two kinds of rules, told apart in `data/merge.toml`. Some are *certain* of type and
borders: the grammar of office names, full names of the list of divisions, a name after a title. Others *guess*: they
go by the shape of a word or do not know where a name begins. A model (source `model:…`) is neither; it has a score for
each of its candidates. The merge goes by five steps:

1. What several sources give with the same span and type is one claim. It names them all, and its score is that of the
   best rule and that of the model taken for independent witnesses: 1 - (1 - rule)(1 - model). A claim whose score is
   below `least` is dropped, so that two weak witnesses may do where one does not. Beside rules, a claim of the model
   alone needs the score of its type in `alone`, since no rule knows the name.
2. A claim of the model alone gives way to every certain claim that it overlaps, since grammar and cues are right more
   often than the model where they speak at all. Only a place is swallowed, by a longer ORG, PROGRAM or PLACE with a
   score from `swallow` on: a list knows that a place's name stands there, not that a longer name ends after it. Letters
   that stand for places (俄、蒙) are not swallowed. A person of whom the model is sure swallows a place that begins the
   name (米兰 | 芳).
3. A claim of the model alone gives way to a guess with a higher score, and displaces guesses with a lower one: there
   the rules know little more than the model, which has read the whole clause. But a name that was told before with its
   surname keeps it (向 | 秀兰).
4. Names inside a 《》 title are no mentions, except the media whose reporter follows; a place within a short quoted
   phrase is part of the phrase (“感动泰州”), unless it is all of it.
5. Of the claims left that overlap the longer wins (the guide asks for the longest name and no nesting); of equal
   length what a certain rule gives, then the type that comes first in PROGRAM, ORG, PLACE, PERSON.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from extract.data import load_toml
from extract.ner.candidates import Candidate
from schemas import EntityType, Mention

_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_PHRASE = re.compile(
    r"“[^“”，。；：！？\n]{2,14}”|“[^“”，。；：！？\n]{2,24}(?:平台|系统|网站|小程序|公众号|客户端|单位|个人|集体|示范[县区市镇村]|标兵|模范|能手)”"
)
_RANK: dict[EntityType, int] = {"PROGRAM": 0, "ORG": 1, "PLACE": 2, "PERSON": 3}
# 俄蒙律师事务所 are firms of both countries: letters that name places side by side begin no longer name.
_LETTER = "rule:letter"
_AGAIN = "rule:name-again"
_SURE = 0.97
_SWALLOWING = frozenset({"ORG", "PROGRAM", "PLACE"})


class _Weights:
    """merge.toml: the scores of the rules, which of them are certain, and the two limits."""

    def __init__(self) -> None:
        data = load_toml("ner/data/merge.toml")
        self.certain = frozenset(data["certain"])
        self.scores: dict[str, float] = data["guesses"] | data["certain"]
        self.least: float = data["least"]
        self.alone: dict[EntityType, float] = data["alone"]
        self.swallow: float = data["swallow"]


@cache
def _weights() -> _Weights:
    return _Weights()


class _Claim(NamedTuple):
    """A span and type with all the sources that give it: the best rule first, the model last.

    `certain`: whether a rule that is certain gives it; `by_model`: whether no rule does; `confirmed`: whether the
    model does, alone or with rules.
    """

    start: int
    end: int
    type: EntityType
    sources: tuple[str, ...]
    score: float
    canonical: str | None
    certain: bool
    by_model: bool = False
    confirmed: bool = False


def merge(text: str, candidates: list[Candidate], *, joined: bool = True) -> list[Mention]:
    """The mentions in order, without overlap.

    Args:
        text: the view's text.
        candidates: what all sources put forward, in any order.
        joined: whether both rules and a model were asked.

    Raises:
        KeyError: a rule that merge.toml does not know.
    """
    claims = _claims(candidates, joined)
    if any(c.confirmed for c in claims):
        claims = _settled(sorted(claims))
    chosen = _longest(text, claims)
    return [
        Mention(
            start=c.start,
            end=c.end,
            text=text[c.start : c.end],
            type=c.type,
            canonical=c.canonical,
            sources=c.sources,
            score=round(c.score, 3),
        )
        for c in chosen
    ]


def _claims(candidates: Iterable[Candidate], joined: bool) -> list[_Claim]:
    """The claims that are likely enough (step 1)."""
    weights = _weights()
    together: dict[tuple[int, int, EntityType], list[Candidate]] = {}
    for candidate in candidates:
        together.setdefault(candidate[:3], []).append(candidate)
    claims = (_claim(group, weights) for group in together.values())
    return [c for c in claims if c.score >= (weights.alone[c.type] if c.by_model and joined else weights.least)]


def _claim(group: list[Candidate], weights: _Weights) -> _Claim:
    if len(group) == 1:
        start, end, type_, source, canonical, score = group[0]
        if score is None:
            score = weights.scores[source]
        model = source.startswith("model:")
        return _Claim(start, end, type_, (source,), score, canonical, source in weights.certain, model, model)
    scored = [(weights.scores[c.source] if c.score is None else c.score, c) for c in group]
    scored.sort(key=lambda s: (s[1].source.startswith("model:"), s[1].source not in weights.certain, -s[0]))
    doubt, kinds = 1.0, set[str]()
    for score, candidate in scored:
        kind = candidate.source.partition(":")[0]
        if kind not in kinds:
            doubt *= 1 - score
            kinds.add(kind)
    best = scored[0][1]
    return _Claim(
        best.start,
        best.end,
        best.type,
        tuple(dict.fromkeys(c.source for _, c in scored)),
        1 - doubt,
        next((c.canonical for _, c in scored if c.canonical), None),
        best.source in weights.certain,
        kinds == {"model"},
        "model" in kinds,
    )


def _settled(claims: list[_Claim]) -> list[_Claim]:
    """The claims without those of the model that rules overrule, and the guesses that the model displaces (2, 3)."""
    rules = [c for c in claims if not c.by_model]
    around = _Overlaps(rules)
    standing = [c for c in claims if c.by_model and all(_stands(c, rule) for rule in around(c))]
    # A rule's claim that the model confirms stands for the model too.
    voices = _Overlaps(sorted(standing + [r for r in rules if r.confirmed]))
    kept = [r for r in rules if r.certain or not any(v is not r and v.score >= r.score for v in voices(r))]
    return sorted(kept + standing)


def _stands(model: _Claim, rule: _Claim) -> bool:
    """Whether the model's claim stands against a rule's that it overlaps."""
    if not rule.certain:
        goes_on = rule.type == model.type == "PLACE" and rule.start == model.start and rule.end > model.end
        surnamed = rule.type == model.type == "PERSON" and _AGAIN in rule.sources and rule.start == model.start - 1
        return model.score >= rule.score and not goes_on and not surnamed  # 龙湖 | 风景区, 向 | 秀兰
    around = model.start <= rule.start and rule.end <= model.end
    if model.type == "PERSON":
        # 米兰 | 芳, whose first characters are a city's.
        return around and rule.type == "PLACE" and rule.start == model.start and model.score >= _SURE
    swallowed = around and rule.type == "PLACE" and _LETTER not in rule.sources
    return swallowed and model.type in _SWALLOWING and model.score >= _weights().swallow


class _Overlaps:
    """Claims in order, asked for those that overlap another."""

    def __init__(self, claims: list[_Claim]) -> None:
        self.claims = claims
        self.starts = [c.start for c in claims]
        self.longest = max((c.end - c.start for c in claims), default=0)

    def __call__(self, claim: _Claim) -> list[_Claim]:
        low = bisect_left(self.starts, claim.start - self.longest)
        high = bisect_left(self.starts, claim.end)
        return [c for c in self.claims[low:high] if c.end > claim.start]


def _longest(text: str, claims: list[_Claim]) -> list[_Claim]:
    """The claims that are mentions by where they stand and by their length, in order (4, 5)."""
    chosen = [c for c in claims if "rule:media" in c.sources]
    taken = bytearray(len(text))
    for start, end in [m.span() for m in _TITLE.finditer(text)] + [(c.start, c.end) for c in chosen]:
        taken[start:end] = b"\1" * (end - start)
    phrases = bytearray(len(text))
    for match in _PHRASE.finditer(text):
        phrases[match.start() + 1 : match.end() - 1] = b"\1" * (match.end() - match.start() - 2)
    for claim in sorted(claims, key=lambda c: (c.start - c.end, not c.certain, _RANK[c.type], c.start)):
        if 1 in taken[claim.start : claim.end]:
            continue
        if claim.type == "PLACE" and phrases[claim.start] and not _whole_phrase(text, claim):
            continue
        taken[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
        chosen.append(claim)
    return sorted(chosen)


def _whole_phrase(text: str, claim: _Claim) -> bool:
    return text[claim.start - 1 : claim.start] == "“" and text[claim.end : claim.end + 1] == "”"
