"""Units and classifiers: the longest one that stands at a place in the text, from `data/units.tsv`."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import get_args

from extract.data import DataFileError, load_rows
from schemas import Dimension

_DATA = "numbers/data/units.tsv"
_PER = frozenset("/每")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, what it is reported as, and how that leads to the canonical unit of its dimension.

    `scale` turns the number before the surface into one of `reported` (3角 is 0.3 元), `factor` that one into
    `canonical`. The other fields are the conditions of the data file's last column.
    """

    surface: str
    dimension: Dimension
    reported: str
    scale: Decimal | None = None
    canonical: str | None = None
    factor: Decimal | None = None
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    always: bool = False
    none: bool = False
    many: bool = False
    bound: bool = False
    decimal: bool = False
    counts: bool = False

    def ends(self, text: str, end: int, strict: bool) -> bool:
        """Whether the unit may end at `end`, going by what follows; `strict` says that counts must pass too."""
        following = text[end : end + 1]
        if not following:
            return True
        if following in self.not_before and (strict or self.always):
            return False
        last = self.surface[-1]
        return not (last.isascii() and last.isalnum() and following.isascii() and following.isalnum())


NO_UNIT = Unit("", "count", "", counts=True)
FRACTION = Unit("", "ratio", "", canonical="%", factor=Decimal(100))


def find_unit(text: str, start: int, strict: bool) -> tuple[Unit, int] | None:
    """The longest unit at `start` and where it ends; compound ones (A/B, A每B) included.

    `strict` is for numerals that may be part of a word (Chinese ones, and 2022 as a year): see the data file, rule `!`.
    """
    for length in _LENGTHS.get(text[start : start + 1], ()):
        end = start + length
        unit = _UNITS.get(text[start:end])
        if unit is not None and end <= len(text) and unit.ends(text, end, strict):
            if unit.none:
                return None
            if text[end : end + 1] in _PER:
                return _compound(text, unit, end) or (unit, end)
            return unit, end
    return None


@cache
def with_note(unit: Unit, note: str) -> Unit:
    """A unit with the other one that stands in brackets after it: 台（套）."""
    return Unit(unit.surface, unit.dimension, unit.reported + note, counts=True)


def all_units() -> Iterable[Unit]:
    """Every unit of the data file."""
    return _UNITS.values()


def unit_named(surface: str) -> Unit:
    """The unit of that surface, which must be in the data file."""
    return _UNITS[surface]


def _compound(text: str, unit: Unit, end: int) -> tuple[Unit, int] | None:
    for length in _LENGTHS.get(text[end + 1 : end + 2], ()):
        stop = end + 1 + length
        other = _UNITS.get(text[end + 1 : stop])
        if other is not None and stop <= len(text) and other.ends(text, stop, strict=True):
            return _per(unit, text[end], other), stop
    return None


@cache
def _per(unit: Unit, per: str, other: Unit) -> Unit:
    return Unit(unit.surface, "other", f"{unit.reported}{per}{other.reported}", scale=unit.scale)


def _table() -> tuple[dict[str, Unit], dict[str, tuple[int, ...]]]:
    """The units by surface, and by first character the lengths to try, longest first."""
    units = {row[0]: _unit(row) for row in load_rows(_DATA)}
    lengths: dict[str, set[int]] = {}
    for surface in units:
        lengths.setdefault(surface[0], set()).add(len(surface))
    return units, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def _unit(row: tuple[str, ...]) -> Unit:
    surface, dimension, reported, canonical, rules = (*row, *["-"] * (5 - len(row)))
    if dimension not in get_args(Dimension):
        raise DataFileError(f"{surface}: no such dimension: {dimension}", where=_DATA, remedy="see the file's header")
    scale, name = _factor(reported)
    factor, canonical = _factor(canonical)
    fields: dict[str, object] = {}
    for rule in () if rules == "-" else rules.split(" "):
        mark, rest = rule[0], rule[1:]
        if mark == "!":
            fields["not_before"] = frozenset(rest.lstrip("!"))
            fields["always"] = rest.startswith("!") or dimension != "count"
        elif mark == "~":
            fields["not_after"] = frozenset(rest)
        elif mark in "=<":
            fields["before" if mark == "=" else "after"] = tuple(rest.split("|"))
        elif rule in ("none", "many", "bound", "decimal"):
            fields[rule] = True
        else:
            raise DataFileError(f"{surface}: no such rule: {rule}", where=_DATA, remedy="see the file's header")
    return Unit(
        surface,
        dimension,  # type: ignore[arg-type]
        name or surface,
        scale,
        canonical or None,
        factor if canonical else None,
        counts=dimension == "count",
        **fields,  # type: ignore[arg-type]
    )


def _factor(cell: str) -> tuple[Decimal | None, str]:
    """`2000/3 m2` is (666.6…, m2); `小时` is (None, 小时); `-` is (None, "")."""
    if cell == "-":
        return None, ""
    number, _, name = cell.rpartition(" ")
    if not number:
        return None, name
    above, _, below = number.partition("/")
    return Decimal(above) / Decimal(below or 1), name


_UNITS, _LENGTHS = _table()
