"""The views that the migrations make, as tables to select from: their columns and what type each has."""

from typing import Any

from sqlalchemy import Column, Date, Integer, MetaData, Table, Text

from store.types import PlainNumeric

metadata = MetaData()


def _view(name: str, *columns: tuple[str, Any]) -> Table:
    return Table(name, metadata, *(Column(column, kind) for column, kind in columns))


def _texts(*names: str) -> tuple[tuple[str, Any], ...]:
    return tuple((name, Text) for name in names)


_PERIOD = (("from_date", Date), ("to_date", Date), ("year", Integer))
_HEAD = (
    ("bulletin_id", Integer),
    *_texts("bulletin", "bulletin_title", "publisher"),
    ("published", Date),
    ("source", Text),
)

v_bulletins = _view(
    "v_bulletins",
    *_HEAD,
    *_texts("office_key", "division"),
    ("story_id", Integer),
    ("copies", Integer),
    *_texts("pipeline", "model", "text"),
)
v_metrics = _view(
    "v_metrics",
    *_texts("office", "office_key", "division", "place", "indicator", "indicator_normalised"),
    ("value", PlainNumeric),
    ("unit", Text),
    ("low", PlainNumeric),
    ("high", PlainNumeric),
    *_texts("modifier", "figure", "dimension"),
    *_PERIOD,
    ("comparison_basis", Text),
    ("comparison_change", PlainNumeric),
    ("comparison_unit", Text),
    ("total", PlainNumeric),
    ("sentence", Text),
    *_HEAD,
    ("position", Integer),
)
v_activities = _view(
    "v_activities",
    *_texts("type", "activity", "actors", "participants", "places"),
    *_PERIOD,
    *_texts("documents", "office_key", "division", "sentence"),
    *_HEAD,
    ("position", Integer),
)
v_documents = _view(
    "v_documents",
    *_texts("title", "number", "kind", "action", "issuers", "alias", "document_key", "office_key", "division"),
    *_HEAD,
    ("position", Integer),
)
v_entities = _view(
    "v_entities",
    *_texts("type", "name"),
    ("mentions", Integer),
    *_texts("office_key", "division"),
    *_HEAD,
)
