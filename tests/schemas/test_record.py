import datetime as dt
import json
import pickle
from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemas import Activity, Comparison, JianbaoError, Mention, Metric, Quantity, Record, SpanError

TEXT = "全县调解纠纷12件"
MISFITS = {
    "end before start": {"start": 3, "end": 2, "text": ""},
    "empty": {"start": 3, "end": 3, "text": ""},
    "text of another length": {"start": 0, "end": 2, "text": "全县调"},
    "negative start": {"start": -1, "end": 1, "text": "全县"},
}
UNGROUNDED = {
    "span reads otherwise": {"mentions": [Mention(start=0, end=2, text="全市", type="PLACE")]},
    "span beyond the text": {"mentions": [Mention(start=9, end=11, text="全县", type="PLACE")]},
    "metric beyond the text": {"metrics": [Metric(quantity=(6, 60), name="调解纠纷")]},
    "part_of reversed": {"metrics": [Metric(quantity=(6, 9), name="调解纠纷", part_of=(9, 6))]},
    "comparison beyond the text": {
        "metrics": [
            Metric(
                quantity=(6, 9), name="调解纠纷", comparison=Comparison(change=Decimal(3), unit="%", quantity=(9, 11))
            )
        ]
    },
    "trigger empty": {"activities": [Activity(type="service", trigger=(2, 2), name="纠纷")]},
}


@pytest.mark.parametrize("fields", MISFITS.values(), ids=MISFITS)
def test_a_span_must_fit_its_text(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Quantity.model_validate(fields)


@pytest.mark.parametrize("fields", UNGROUNDED.values(), ids=UNGROUNDED)
def test_a_record_must_point_at_its_text(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Record.model_validate({"id": "x", "text": TEXT} | fields)


def test_json_round_trip(record: Record) -> None:
    assert Record.model_validate_json(record.to_json()) == record


def test_json_has_the_contract_s_keys_and_plain_decimals() -> None:
    quantity = Quantity(start=6, end=9, text="12件", value=Decimal("6E+7"), unit="件")
    record = Record(id="x", text=TEXT, published=dt.date(2023, 5, 1), quantities=(quantity,))
    data = json.loads(record.to_json())
    assert list(data) == [
        "id", "title", "publisher", "published", "authors", "text",
        "mentions", "times", "quantities", "documents", "metrics", "activities",
    ]  # fmt: skip
    assert data["published"] == "2023-05-01"
    assert data["quantities"] == [
        {
            "start": 6, "end": 9, "text": "12件", "value": "60000000", "low": None, "high": None,
            "modifier": "exact", "unit": "件", "dimension": "count",
        }
    ]  # fmt: skip


def test_optional_is_written_in_gold_only() -> None:
    mention = Mention(start=0, end=2, text="全县", type="PLACE")
    assert "optional" not in mention.model_dump()
    assert mention.model_copy(update={"optional": True}).model_dump()["optional"] is True


def test_records_do_not_change(record: Record) -> None:
    with pytest.raises(ValidationError):
        record.title = "另一个"  # type: ignore[misc]


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError, match="titel"):
        Record.model_validate({"id": "x", "text": "", "titel": "?"})


def test_the_schema_names_every_layer() -> None:
    schema = Record.model_json_schema(mode="serialization")
    assert {"mentions", "times", "quantities", "documents", "metrics", "activities"} <= set(schema["properties"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"where": "a.txt", "remedy": "save it anew"}, "a.txt: broken; save it anew"),
        ({"where": "a.txt"}, "a.txt: broken"),
        ({}, "broken"),
    ],
    ids=["all", "no remedy", "cause only"],
)
def test_errors_name_place_cause_and_remedy_and_survive_pickling(arguments: dict[str, str], message: str) -> None:
    error = SpanError("broken", **arguments)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert str(error) == str(copy) == message
    assert isinstance(copy, JianbaoError)
    assert copy.where == arguments.get("where")
