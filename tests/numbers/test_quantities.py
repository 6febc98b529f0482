"""The table of quantities: every sentence must give exactly the quantities that stand beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.numbers import find_quantities
from schemas import Quantity

TABLE = Path(__file__).with_name("quantities.tsv")


def rows() -> Iterator[tuple[str, str, list[str]]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            phenomenon, text, *expected = line.replace("\\n", "\n").split("\t")
            yield phenomenon, text, expected


def cell(quantity: Quantity) -> str:
    numbers = ["" if n is None else format(n, "f") for n in (quantity.value, quantity.low, quantity.high)]
    return f"{quantity.text}=" + ",".join([*numbers, quantity.modifier, quantity.unit, quantity.dimension])


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, expected, id=f"{phenomenon}: {text[:24]}") for phenomenon, text, expected in rows()],
)
def test_finds_exactly_the_quantities_of_the_sentence(text: str, expected: list[str]) -> None:
    assert [cell(q) for q in find_quantities(text)] == expected


def test_table_covers_what_is_no_quantity() -> None:
    table = list(rows())
    assert len(table) >= 600
    assert sum(phenomenon.startswith("not") for phenomenon, _, _ in table) >= len(table) / 4


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("造林3万亩", "20000000", "m2"),
        ("面积8.6平方公里", "8600000", "m2"),
        ("流转200公顷", "2000000", "m2"),
        ("总产35.6万吨", "356000000", "kg"),
        ("单产506公斤", "506", "kg"),
        ("收购800斤", "400", "kg"),
        ("缴获15.3克", "0.0153", "kg"),
        ("全长412.6公里", "412600", "m"),
        ("积雪8厘米", "0.08", "m"),
        ("走了十里路", "5000", "m"),
        ("库容1.2亿立方米", "120000000", "m3"),
        ("献血400毫升", "0.0004", "m3"),
        ("用电5千瓦时", "18000000", "J"),
        ("补贴3元5角", "3.5", "元"),
        ("为期两年", "24", "月"),
        ("为期三年六个月", "42", "月"),
        ("用时2小时30分钟", "9000", "s"),
        ("为期两周", "1209600", "s"),
        ("占比千分之五", "0.5", "%"),
        ("占比三成", "30", "%"),
        ("占四分之一", "25", "%"),
        ("投资500万美元", None, None),
        ("共12家", None, None),
    ],
)
def test_leads_to_the_canonical_unit(text: str, value: str | None, unit: str | None) -> None:
    (quantity,) = find_quantities(text)
    shown = None if quantity.canonical_value is None else format(quantity.canonical_value.normalize(), "f")
    assert (shown, quantity.canonical_unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一只", "一只=1,,,exact,只,count"),
        ("十", "十=10,,,exact,,count"),
        ("百三", "百三=130,,,exact,,count"),
        ("１６/5", "１６/5=3.2,,,exact,,ratio"),
        ("１，２３４", "１，２３４=1234,,,exact,,count"),
        ("负六点六", "负六点六=-6.6,,,exact,,count"),
        ("二分之壹", "二分之壹=0.5,,,exact,,ratio"),
        ("五分", "五分=5,,,exact,分,other"),
    ],
)
def test_a_text_that_is_all_number_is_a_cell_of_a_table(text: str, expected: str) -> None:
    assert [cell(q) for q in find_quantities(text)] == [expected]
