"""People's names whose characters stand apart, as print fills two up to the width of three: 王　芳, 方 少 华."""

from collections.abc import Iterator
from itertools import pairwise

from extract.data import load_toml

_PEOPLE = load_toml("facts/data/head.toml")["people"]
SURNAMES = frozenset(_PEOPLE["surnames"] + load_toml("ner/data/persons.toml")["common_surnames"])
_DOUBLE = frozenset(_PEOPLE["double"])
# More are no names of people, and the ways to part them double with every few.
_MOST_CHARACTERS = 12


def close_up(pieces: list[str]) -> list[str]:
    """`pieces` with the characters of spaced names brought together; single ones that make no name are left out."""
    closed: list[str] = []
    run = ""
    for piece, following in pairwise([*pieces, ""]):
        if len(piece) == 1 or (piece in _DOUBLE and len(following) == 1 and not run):
            run += piece
            continue
        closed += _parted(run)
        run = ""
        closed.append(piece)
    return closed + _parted(run)


def _parted(run: str) -> list[str]:
    """The names that a run of single characters makes up, two or three each; pairs where family names do not tell."""
    if 2 <= len(run) <= _MOST_CHARACTERS and (ways := list(_ways(run))):
        # 敖 日 娜 is one name, 王 芳 李 娜 are two.
        return min(ways, key=lambda names: (len(names), sorted(map(len, names))))
    return [run] if len(run) == 3 else [run[i : i + 2] for i in range(0, len(run) - 1, 2)]


def _ways(run: str) -> Iterator[list[str]]:
    """All ways to part `run` into names that begin with a family name."""
    if run[0] not in SURNAMES and run[:2] not in _DOUBLE:
        return
    for length in (2, 3):
        rest = run[length:]
        if not rest and len(run) == length:
            yield [run]
        elif rest:
            yield from ([run[:length], *others] for others in _ways(rest))
