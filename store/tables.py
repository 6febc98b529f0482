"""The relational layout: bulletins and where they came from, their items, and the runs that stored them.

Notes for a newcomer. Items are keyed by their bulletin and their position in its layer, so a whole record is written
without asking the database for keys, and a metric points at its quantity by (bulletin_id, position). A bulletin is one
text, known by its digest. A *source* (a file, a line of a file) holds one bulletin at a time; when its text changes it
moves on to another bulletin, `source_versions` keeps the way, and a bulletin that no source holds any more is not
current. Bulletins of nearly the same text share a `story_id`; the views count one of them.

What SQLAlchemy cannot say (views, full text) is in the migrations.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    true,
)

from store.types import Json, PlainNumeric, UtcTime

metadata = MetaData()


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


def _sentence() -> tuple[Any, ...]:
    """Where the sentence lies that an item stands in."""
    return (Column("sentence_start", Integer), Column("sentence_end", Integer))


def _quantity(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["bulletin_id", column], ["quantities.bulletin_id", "quantities.position"], ondelete="CASCADE"
    )


def _versions() -> tuple[Any, ...]:
    """What extracted a record."""
    return (Column("pipeline", Text), Column("lexicon", Text), Column("model", Text))


runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", UtcTime, nullable=False),
    Column("finished", UtcTime),
    Column("status", Text, nullable=False),
    *_versions(),
    Column("settings", Json, nullable=False),
    *(
        Column(count, Integer, nullable=False, server_default="0")
        for count in ("read", "stored", "refreshed", "known", "failed")
    ),
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
    *_versions(),
    Column("is_current", Boolean, nullable=False, server_default=true()),
    Column("story_id", Integer, index=True),
    Column("signature", LargeBinary),
    Column("run_id", Integer, ForeignKey("runs.id")),
    Column("stored", UtcTime),
)
bands = Table(
    "bands",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("bulletin_id", Integer, ForeignKey("bulletins.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("sha256", Text),
    Column("bulletin_id", Integer, ForeignKey("bulletins.id", ondelete="CASCADE"), index=True),
    Column("first_seen", UtcTime),
)
source_versions = Table(
    "source_versions",
    metadata,
    Column("source_id", Integer, ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text),
    Column("bulletin_id", Integer, ForeignKey("bulletins.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("seen", UtcTime),
)

failures = Table(
    "failures",
    metadata,
    Column("source", Text, primary_key=True),
    Column("sha256", Text),
    Column("kind", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("remedy", Text),
    Column("traceback_sha256", Text),
    Column("attempts", Integer, nullable=False, server_default="1"),
    Column("run_id", Integer, ForeignKey("runs.id")),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Column("resolved", UtcTime),
)

authors = _layer("authors", Column("name", Text, nullable=False))
offices = _layer(
    "offices",
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, index=True),
    Column("division", Text, index=True),
    Index("ix_offices_bulletin_id_name", "bulletin_id", "name", unique=True),
)
mentions = _layer(
    "mentions",
    *_span(),
    Column("text", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("canonical", Text),
    Column("sources", Text, nullable=False),
    Column("score", Double),
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
    Column("key", Text, index=True),
)
document_issuers = _list("document_issuers", "documents", Column("name", Text, nullable=False, index=True))
document_mentions = _list("document_mentions", "documents", *_span())
metrics = _layer(
    "metrics",
    Column("quantity", Integer, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("indicator", Text, index=True),
    Column("subject", Text, index=True),
    Column("from_date", Date),
    Column("to_date", Date),
    Column("part_of", Integer),
    Column("comparison_basis", Text),
    Column("comparison_change", PlainNumeric),
    Column("comparison_unit", Text),
    Column("comparison_quantity", Integer),
    *_sentence(),
    _quantity("quantity"),
    _quantity("part_of"),
    _quantity("comparison_quantity"),
)
activities = _layer(
    "activities",
    Column("type", Text, nullable=False, index=True),
    Column("trigger_start", Integer, nullable=False),
    Column("trigger_end", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("from_date", Date),
    Column("to_date", Date),
    *_sentence(),
)
activity_actors = _list("activity_actors", "activities", Column("name", Text, nullable=False, index=True))
activity_participants = _list("activity_participants", "activities", Column("name", Text, nullable=False))
activity_places = _list("activity_places", "activities", Column("name", Text, nullable=False, index=True))
activity_documents = _list("activity_documents", "activities", Column("title", Text, nullable=False))

# The tables that a record's own layers fill, parents before children.
LAYERS = (
    authors, offices, mentions, times, quantities, documents, document_issuers, document_mentions, metrics,
    activities, activity_actors, activity_participants, activity_places, activity_documents,
)  # fmt: skip
