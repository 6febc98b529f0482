"""The relational layout of a record.

Items are keyed by their bulletin and their position in its layer, so a whole record is written without asking the
database for keys, and a metric points at its quantity by (bulletin_id, position).
"""

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine, UserDefinedType

metadata = MetaData()


class _SqliteNumeric(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "NUMERIC"


class PlainNumeric(TypeDecorator[Decimal]):
    """NUMERIC, exact where the database has it.

    SQLite has no decimals: there the value is bound as text, which NUMERIC affinity turns into an integer or a float
    whenever that loses nothing within 15 digits, so sums and comparisons work.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC in both, without SQLAlchemy's conversion by float on SQLite."""
        return dialect.type_descriptor(_SqliteNumeric() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Decimal to what the driver takes."""
        return format(value, "f") if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """What the driver gives to Decimal."""
        return None if value is None else Decimal(str(value))


def _layer(name: str, *columns: Any) -> Table:
    """A table of items of one layer, keyed by bulletin and position."""
    return Table(
        name,
        metadata,
        Column("bulletin_id", Integer, ForeignKey("bulletins.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


def _list(name: str, parent: str, *columns: Any) -> Table:
    """A table of lists that hang on the items of `parent`."""
    return Table(
        name,
        metadata,
        Column("bulletin_id", Integer, primary_key=True),
        Column("item", Integer, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
        ForeignKeyConstraint(
            ["bulletin_id", "item"], [f"{parent}.bulletin_id", f"{parent}.position"], ondelete="CASCADE"
        ),
    )


def _span() -> tuple[Any, ...]:
    return (
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        CheckConstraint('start >= 0 AND "end" > start'),
    )


bulletins = Table(
    "bulletins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("text_sha256", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("published", Date, index=True),
    Column("text", Text, nullable=False),
    Column("source", Text),
    Column("source_sha256", Text),
    Column("pipeline", Text),
    Column("lexicon", Text),
    Column("model", Text),
)

authors = _layer("authors", Column("name", Text, nullable=False))
mentions = _layer(
    "mentions",
    *_span(),
    Column("text", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("canonical", Text),
    Column("sources", Text, nullable=False),
    Index("ix_mentions_type_canonical", "type", "canonical"),
)
times = _layer(
    "times", *_span(), Column("text", Text, nullable=False), Column("from_date", Date), Column("to_date", Date)
)
quantities = _layer(
    "quantities",
    *_span(),
    Column("text", Text, nullable=False),
    Column("value", PlainNumeric),
    Column("low", PlainNumeric),
    Column("high", PlainNumeric),
    Column("modifier", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("canonical_value", PlainNumeric),
    Column("canonical_unit", Text),
)
documents = _layer(
    "documents",
    Column("title", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("number", Text),
    Column("action", Text, nullable=False),
    Column("alias", Text),
)
document_issuers = _list("document_issuers", "documents", Column("name", Text, nullable=False, index=True))
document_mentions = _list("document_mentions", "documents", *_span())
metrics = _layer(
    "metrics",
    Column("quantity", Integer, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("subject", Text, index=True),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("part_of", Integer),
    ForeignKeyConstraint(
        ["bulletin_id", "quantity"], ["quantities.bulletin_id", "quantities.position"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["bulletin_id", "part_of"], ["quantities.bulletin_id", "quantities.position"], ondelete="CASCADE"
    ),
)
activities = _layer(
    "activities",
    Column("type", Text, nullable=False, index=True),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("from_date", Date),
    Column("to_date", Date),
)
activity_actors = _list("activity_actors", "activities", Column("name", Text, nullable=False, index=True))
activity_participants = _list("activity_participants", "activities", Column("name", Text, nullable=False))
activity_places = _list("activity_places", "activities", Column("name", Text, nullable=False, index=True))
activity_documents = _list("activity_documents", "activities", Column("title", Text, nullable=False))
