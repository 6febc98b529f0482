"""Look-ups in the list of administrative divisions: full names, short forms, what belongs to what."""

from functools import cache, lru_cache

from extract.ner.lexicon import Division, Flag, divisions


@cache
def _official() -> dict[str, Division]:
    """The divisions by full name and by what everyone calls an autonomous one (恩施州)."""
    full, short = divisions()
    found = dict(full)
    for bare, owners in short.items():
        for owner in owners:
            if "自治" in owner.name and owner.level != Flag.PROVINCE:
                found[bare + owner.name[-1]] = owner
    return found


@cache
def _openings() -> frozenset[str]:
    """The first two characters of all full names."""
    return frozenset(name[:2] for name in divisions()[0])


def end_of_division(text: str, start: int, longest: int) -> int | None:
    """Where the longest full name from `start` on ends, of up to `longest` characters; None if none begins there."""
    if text[start : start + 2] not in _openings():
        return None
    full = divisions()[0]
    ends = range(min(len(text), start + longest), start + 1, -1)
    return next((end for end in ends if text[start:end] in full), None)


def official(name: str) -> str:
    """The full name of the division that is called `name` (恩施土家族苗族自治州 for 恩施州)."""
    known = _official().get(name)
    return known.name if known else name


@lru_cache(maxsize=4096)
def parents(name: str) -> tuple[str, ...]:
    """The divisions that `name` belongs to by the list, nearest first."""
    found: list[str] = []
    known = _official().get(name)
    while known is not None and known.parent and len(found) < 3:
        found.append(known.parent)
        known = _official().get(known.parent)
    return tuple(found)


def short_at(name: str) -> str | None:
    """The short form of a division that `name` begins with (成都 of 成都保护中心), None if there is none."""
    short = divisions()[1]
    return next((name[:end] for end in (4, 3, 2) if len(name) >= end and name[:end] in short), None)


@lru_cache(maxsize=4096)
def owners_of(short: str) -> tuple[str, ...]:
    """The divisions whose short form `short` is, larger ones first."""
    return tuple(d.name for d in sorted(divisions()[1].get(short, ()), key=lambda d: d.level))
