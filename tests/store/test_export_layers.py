"""The rows of the flat layers, as a table of the columns that tell something beyond the item's own fields."""

import datetime as dt
from decimal import Decimal

import pytest
from conftest import make_record

from schemas import Activity, Comparison, Metric, Office, Quantity, Record
from store.export.layers import FLAT, Context, LayerName, Value

BUREAU = Office(name="云岭县司法局", key="澄江省云岭县|司法局", division="澄江省云岭县")
SENTENCE = (
    "2023年，云岭县司法局印发《云岭县人民调解办法》（云司发〔2023〕6号），召开调解工作推进会，"
    "全县调解矛盾纠纷1200余件，其中婚姻家庭纠纷310件，涉及金额约36.5万元。"
)

HEAD: dict[str, Value] = {
    "bulletin": "mediation",
    "bulletin_title": "云岭县司法局全面推进人民调解",
    "publisher": "云岭县司法局",
    "published": dt.date(2024, 1, 9),
    "source": "in/mediation.txt",
}
YEAR: dict[str, Value] = {"from_date": dt.date(2023, 1, 1), "to_date": dt.date(2023, 12, 31), "year": 2023}
OFFICE: dict[str, Value] = {"office_key": BUREAU.key, "division": BUREAU.division}

EXPECTED: dict[LayerName, tuple[int, dict[str, Value]]] = {
    LayerName.BULLETINS: (
        0, HEAD | OFFICE | {"authors": ("梁知远",), "characters": 113, "mentions": 3, "times": 1, "quantities": 3,
                            "documents": 1, "metrics": 3, "activities": 2, "pipeline": "0.1.0", "model": None},
    ),
    LayerName.METRICS: (
        1, HEAD | OFFICE | YEAR | {
            "office": "云岭县", "office_key": None, "place": None, "indicator": "调解婚姻家庭纠纷",
            "indicator_normalised": "调解婚姻家庭纠纷", "value": Decimal(310), "unit": "件", "low": None, "high": None,
            "modifier": "exact", "figure": "310件", "dimension": "count", "canonical_value": None,
            "canonical_unit": None, "comparison_basis": None, "comparison_change": None, "comparison_unit": None,
            "total": Decimal(1200), "sentence": SENTENCE, "start": 87, "end": 91,
        },
    ),
    LayerName.ACTIVITIES: (
        1, HEAD | OFFICE | YEAR | {
            "type": "meeting", "activity": "调解工作推进会", "actors": ("云岭县司法局",), "participants": ("各司法所",),
            "places": ("云岭县",), "documents": (), "sentence": SENTENCE, "start": 54, "end": 56,
        },
    ),
    LayerName.DOCUMENTS: (
        0, HEAD | OFFICE | {
            "title": "云岭县人民调解办法", "number": "云司发〔2023〕6号", "kind": "policy", "action": "issued",
            "issuers": ("云岭县司法局",), "alias": None, "document_key": "云岭县人民调解办法", "mentions": 1,
            "sentence": SENTENCE, "start": 29, "end": 40,
        },
    ),
    LayerName.ENTITIES: (
        1, HEAD | OFFICE | {
            "type": "ORG", "name": "云岭县司法局", "text": "云岭县司法局", "sources": ("office", "lexicon"),
            "sentence": SENTENCE, "start": 21, "end": 27,
        },
    ),
}  # fmt: skip


def rows(record: Record, name: LayerName) -> list[dict[str, Value]]:
    layer = FLAT[name]
    names = [column.name for column in layer.columns]
    return [dict(zip(names, row, strict=True)) for row in layer.rows(Context(record))]


@pytest.mark.parametrize("name", list(FLAT), ids=str)
def test_a_row_of_each_layer(name: LayerName) -> None:
    index, expected = EXPECTED[name]
    assert rows(make_record(offices=(BUREAU,)), name)[index] == expected


def test_a_metric_tells_its_office_comparison_and_normalised_indicator(record: Record) -> None:
    first, second, _ = record.metrics
    metric = Metric(
        quantity=first.quantity,
        name="调解纠纷",
        indicator="调解矛盾纠纷",
        subject="云岭县司法局",
        comparison=Comparison(basis="同比", change=Decimal("-3.5"), unit="%", quantity=second.quantity),
    )
    (row,) = rows(make_record(metrics=(metric,), offices=(BUREAU,)), LayerName.METRICS)
    expected = {"office": "云岭县司法局", "place": None, "indicator": "调解纠纷", "indicator_normalised": "调解矛盾纠纷",
                "comparison_basis": "同比", "comparison_change": Decimal("-3.5"), "comparison_unit": "%", "year": 2024}  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_what_a_bare_record_lacks_is_null() -> None:
    bare = Record(
        id="bare", text="办理12件", quantities=(Quantity(start=2, end=5, text="12件", value=Decimal(12), unit="件"),),
        metrics=(Metric(quantity=(2, 5), name="办理"),), activities=(Activity(type="other", trigger=(0, 2), name="办理"),),
    )  # fmt: skip
    for name in (LayerName.METRICS, LayerName.ACTIVITIES, LayerName.BULLETINS):
        (row,) = rows(bare, name)
        assert all(row[column] is None for column in ("publisher", "published", "source", "office_key", "division"))
    (metric,) = rows(bare, LayerName.METRICS)
    assert (metric["office"], metric["year"], metric["value"]) == (None, None, Decimal(12))
