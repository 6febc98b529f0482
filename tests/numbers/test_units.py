"""The table of units: its shape, and that every unit is found where it stands."""

from decimal import Decimal
from typing import get_args

import pytest

from extract.data import load_rows
from extract.numbers.units import find_unit, unit_named
from schemas import Dimension

ROWS = load_rows("numbers/data/units.tsv")
CANONICAL = {
    "area": {"m2"}, "length": {"m"}, "mass": {"kg"}, "volume": {"m3"}, "energy": {"J"}, "money": {"元"}, "ratio": {"%"},
    "duration": {"s", "月"}, "other": {"W"},
}  # fmt: skip


def test_there_are_units_enough_and_each_once() -> None:
    surfaces = [row[0] for row in ROWS]
    assert len(surfaces) >= 400
    assert len(surfaces) == len(set(surfaces))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_row_is_well_formed(row: tuple[str, ...]) -> None:
    unit = unit_named(row[0])
    assert unit.dimension in get_args(Dimension)
    if unit.canonical is not None:
        assert unit.canonical in CANONICAL[unit.dimension]
        assert unit.factor is not None
        assert unit.factor > 0
    assert find_unit(row[0], 0, strict=True) in ((unit, len(row[0])), None if unit.none else (unit, len(row[0])))


@pytest.mark.parametrize(
    ("text", "strict", "surface"),
    [
        ("平方公里的土地", False, "平方公里"),
        ("人次，创新高", False, "人次"),
        ("千克", False, "千克"),
        ("个月", False, "个月"),
        ("个百分点", False, "个百分点"),
        ("吨标准煤", False, "吨标准煤"),
        ("成立大会", False, None),
        ("年级学生", True, None),
        ("国道绕行", False, None),
        ("kmh", False, None),
        ("km ", False, "km"),
        ("面积", True, None),
        ("面积水", False, "面"),
        ("", False, None),
    ],
)
def test_the_longest_unit_that_fits_is_taken(text: str, strict: bool, surface: str | None) -> None:
    found = find_unit(text, 0, strict)
    assert (found[0].surface if found else None) == surface


@pytest.mark.parametrize(
    ("text", "reported"),
    [("元/人", "元/人"), ("元/平方米", "元/平方米"), ("微克每立方米", "微克每立方米"), ("公里/小时", "公里/小时")],
)
def test_compound_units_are_of_another_dimension(text: str, reported: str) -> None:
    found = find_unit(text, 0, strict=False)
    assert found is not None
    unit, end = found
    assert (unit.reported, unit.dimension, end) == (reported, "other", len(text))


def test_scaled_units_change_the_value() -> None:
    assert unit_named("角").scale == Decimal("0.1")
    assert unit_named("角").reported == "元"
    assert unit_named("成").reported == "%"
