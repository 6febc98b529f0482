"""The chain of divisions that a name stands in: 四川省, 成都市, 青羊区 for 青羊区 in a bulletin about 成都市.

Several cities have a 朝阳区 or a 鼓楼区. Which one is meant the other divisions of the name tell, else the bulletin's
own place; where neither does, the chain stays as short as the name has it.
"""

from functools import lru_cache

from extract.facts.places import divisions_of
from extract.ner.gazetteer import official, owners_of, parents, short_at
from extract.ner.lexicon import Flag, divisions, namesakes

Chain = tuple[str, ...]

# No name has more divisions one after another.
_DEEPEST = 5


@lru_cache(maxsize=4096)
def chains_of(division: str) -> tuple[Chain, ...]:
    """All chains by the list of divisions, from the province down, that end in `division`; () if it is not listed."""
    name = official(division)
    known = divisions()[0].get(name)
    if known is None:
        return ()
    if known.level != Flag.COUNTY:
        return ((*reversed(parents(name)), name),)
    return tuple(dict.fromkeys((*reversed(parents(d.parent)), d.parent, name) for d in namesakes(name)))


@lru_cache(maxsize=4096)
def complete(named: Chain, own: Chain) -> Chain:
    """The divisions `named` one after another in a name, completed upwards.

    Args:
        named: the divisions as the name has them, larger ones first.
        own: the chain of the bulletin's own place, () if it is not known.

    Returns:
        The chain from the province down where the list and `own` leave no doubt, else `named`.
    """
    if not named:
        return ()
    rest = [official(n) for n in named[:-1]]
    options = [c for c in chains_of(named[-1]) if all(n in c for n in rest)]
    if len(options) > 1:
        shared = [_shared(c, own) for c in options]
        best = max(shared)
        options = [c for c, n in zip(options, shared, strict=True) if n == best and best > 0]
    if len(options) == 1:
        return options[0]
    if not chains_of(named[-1]) and len(named) > 1:
        # A new district or a development zone under a listed division.
        return (*complete(named[:-1], own), named[-1])
    if (short := short_at(named[-1])) and len(named) == 1 and len(named[0]) - len(short) >= 3:
        # 成都高新区
        above = {complete((owner,), own) for owner in owners_of(short)}
        if len(above) == 1 and not chains_of(named[0]):
            return (*above.pop(), named[0][len(short) :])
    if own[-1:] == named[-1:]:
        return own
    return named


def own_chain(place: str | None, names: tuple[str, ...]) -> Chain:
    """The chain of the bulletin's own place.

    Args:
        place: the place as the bulletin words it (青羊区, 成都市青羊区, a town), None if it is not known.
        names: the names of offices and places in the bulletin, which decide between places of one name.
    """
    named = divisions_of(place)[:_DEEPEST] if place else ()
    chain = complete(named, ()) if named else ()
    if chain and chains_of(chain[0]) and len(chains_of(chain[0])[0]) == 1:
        return chain
    # Ambiguous, or below the counties: the neighbours that are beyond doubt decide.
    votes: dict[Chain, int] = {}
    for name in names:
        other = complete(divisions_of(name)[:_DEEPEST], ())
        if len(other) > 1 or (other and other[0].endswith(("省", "自治区"))):
            for length in range(1, len(other) + 1):
                votes[other[:length]] = votes.get(other[:length], 0) + 1
    if not votes:
        return chain
    if named:
        return complete(named, max(votes, key=lambda c: (votes[c], len(c))))
    return max(votes, key=lambda c: (len(c), votes[c])) if len({c for c in votes if len(c) == 3}) == 1 else ()


def _shared(a: Chain, b: Chain) -> int:
    """How many divisions `a` and `b` have in common from the top."""
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
