"""The views tell of offices, divisions and sentences; exports have the same columns with the same meaning."""

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import make_record

from schemas import Activity, Comparison, Mention, Metric, Office, PolicyDocument, Quantity, Record
from store import SqlStore
from store.export.layers import ACTIVITIES, DOCUMENTS, METRICS, Context, Layer

TEXT = (
    "青禾日报\n"
    "云岭县司法局和云岭县民政局印发《办法》。云岭县办结12件，\n同比增长5%；某县8件；云岭县司法局7件，王某4件。共3件！"
)


def at(text: str, occurrence: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(text, start + 1)
    return {"start": start, "end": start + len(text), "text": text}


def offsets(text: str) -> tuple[int, int]:
    return at(text)["start"], at(text)["end"]


FIGURES = ("12件", "5%", "8件", "7件", "4件", "3件")
RECORD = Record(
    id="views",
    text=TEXT,
    publisher="青禾日报",
    published="2024-02-01",
    mentions=(
        Mention(**at("云岭县司法局"), type="ORG", canonical="云岭县司法局"),
        Mention(**at("云岭县", 2), type="PLACE", canonical="云岭县"),
        Mention(**at("某县"), type="PLACE"),
        Mention(**at("王某"), type="PERSON"),
    ),
    quantities=tuple(Quantity(**at(figure), value=len(figure)) for figure in FIGURES),
    metrics=(
        Metric(quantity=offsets("12件"), name="办结", subject="云岭县", indicator="办结案件",
               comparison=Comparison(basis="同比", change=5, unit="%", quantity=offsets("5%"))),
        Metric(quantity=offsets("8件"), name="办结", subject="某县"),
        Metric(quantity=offsets("7件"), name="办结", subject="云岭县司法局", part_of=offsets("12件")),
        Metric(quantity=offsets("4件"), name="办结", subject="王某", to_date="2023-12-31"),
        Metric(quantity=offsets("3件"), name="共"),
    ),
    documents=(
        PolicyDocument(title="办法", kind="policy", action="issued", issuers=("云岭县司法局", "云岭县民政局")),
        PolicyDocument(title="规定", kind="law", key="中国规定"),
    ),
    activities=(
        Activity(type="issuance", trigger=offsets("印发"), name="《办法》", actors=("云岭县司法局", "云岭县民政局")),
        Activity(type="other", trigger=offsets("办结"), name="办结"),
    ),
    offices=(
        Office(name="青禾日报", key="青禾日报"),
        Office(name="云岭县司法局", key="江州省云岭县司法局", division="江州省云岭县"),
    ),
)  # fmt: skip

DIVISION = "江州省云岭县"
KEY = "江州省云岭县司法局"
METRICS_SEEN = [
    ("云岭县", None, DIVISION, "云岭县", "办结案件", 2024, None, "同比", 5),
    ("某县", None, None, "某县", "办结", 2024, None, None, None),
    ("云岭县司法局", KEY, DIVISION, None, "办结", 2024, 3, None, None),
    ("王某", None, None, None, "办结", 2023, None, None, None),
    ("青禾日报", "青禾日报", None, None, "共", 2024, None, None, None),
]


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with SqlStore(url) as store:
        store.add(RECORD)
        yield store


def test_metrics_tell_whose_they_are(store: SqlStore) -> None:
    columns = (
        "office", "office_key", "division", "place", "indicator_normalised", "year", "total", "comparison_basis",
        "comparison_change",
    )  # fmt: skip
    found = sorted(store.stream("v_metrics"), key=lambda row: row["position"])
    assert [tuple(row[column] for column in columns) for row in found] == METRICS_SEEN
    assert found[0]["sentence"] == "云岭县办结12件，同比增长5%；某县8件；云岭县司法局7件，王某4件。"
    assert found[-1]["sentence"] == "共3件！"


def test_lists_are_joined_in_their_order(store: SqlStore) -> None:
    activities = sorted(store.stream("v_activities"), key=lambda row: row["position"])
    assert [(r["actors"], r["office_key"], r["division"]) for r in activities] == [
        ("云岭县司法局、云岭县民政局", KEY, DIVISION),
        (None, "青禾日报", None),
    ]
    documents = sorted(store.stream("v_documents"), key=lambda row: row["position"])
    assert [(r["issuers"], r["document_key"], r["office_key"]) for r in documents] == [
        ("云岭县司法局、云岭县民政局", "办法", KEY),
        (None, "中国规定", "青禾日报"),
    ]


def test_entities_are_counted(store: SqlStore) -> None:
    store.add(make_record())
    found = {(r["bulletin"], r["type"], r["name"], r["mentions"], r["office_key"]) for r in store.stream("v_entities")}
    assert found == {
        ("views", "ORG", "云岭县司法局", 1, KEY),
        ("views", "PLACE", "云岭县", 1, None),
        ("views", "PLACE", "某县", 1, None),
        ("views", "PERSON", "王某", 1, None),
        ("mediation", "ORG", "云岭县司法局", 2, None),
        ("mediation", "PERSON", "梁知远", 1, None),
    }


@pytest.mark.parametrize(
    ("view", "layer"),
    [("v_metrics", METRICS), ("v_activities", ACTIVITIES), ("v_documents", DOCUMENTS)],
    ids=["metrics", "activities", "documents"],
)
def test_an_export_has_what_the_view_has(store: SqlStore, view: str, layer: Layer) -> None:
    names = [column.name for column in layer.columns]
    shared = [name for name in names if name in store.columns(view)]
    assert set(store.columns(view)) - set(names) == {"bulletin_id", "position"}
    for record in (RECORD, make_record()):
        store.add(record)
        exported = [dict(zip(names, row, strict=True)) for row in layer.rows(Context(record))]
        viewed = [row for row in store.stream(view) if row["bulletin"] == record.id]
        viewed.sort(key=lambda row: row["position"])
        assert [[row[name] for name in shared] for row in viewed] == [
            [joined(row[name]) for name in shared] for row in exported
        ]


def joined(value: object) -> object:
    return ("、".join(value) or None) if isinstance(value, tuple) else value
