"""Bulletins and their items, before sources, runs and failures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.types import PlainNumeric

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From an empty database."""
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, index=True),
        sa.Column("text_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text, index=True),
        sa.Column("published", sa.Date, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        sa.Column("source_sha256", sa.Text),
        sa.Column("pipeline", sa.Text),
        sa.Column("lexicon", sa.Text),
        sa.Column("model", sa.Text),
    )
    _layer("authors", sa.Column("name", sa.Text, nullable=False))
    _layer(
        "mentions",
        *_span(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text),
        sa.Column("sources", sa.Text, nullable=False),
    )
    op.create_index("ix_mentions_type_canonical", "mentions", ["type", "canonical"])
    _layer("times", *_span(), sa.Column("text", sa.Text, nullable=False), *_period())
    _layer(
        "quantities",
        *_span(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("value", PlainNumeric),
        sa.Column("low", PlainNumeric),
        sa.Column("high", PlainNumeric),
        sa.Column("modifier", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("dimension", sa.Text, nullable=False),
        sa.Column("canonical_value", PlainNumeric),
        sa.Column("canonical_unit", sa.Text),
    )
    _layer(
        "documents",
        sa.Column("title", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("number", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("alias", sa.Text),
    )
    _list("document_issuers", "documents", sa.Column("name", sa.Text, nullable=False, index=True))
    _list("document_mentions", "documents", *_span())
    _layer(
        "metrics",
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False, index=True),
        sa.Column("subject", sa.Text, index=True),
        *_period(),
        sa.Column("part_of", sa.Integer),
        *(
            sa.ForeignKeyConstraint(
                ["bulletin_id", column], ["quantities.bulletin_id", "quantities.position"], ondelete="CASCADE"
            )
            for column in ("quantity", "part_of")
        ),
    )
    _layer(
        "activities",
        sa.Column("type", sa.Text, nullable=False, index=True),
        sa.Column("trigger_start", sa.Integer, nullable=False),
        sa.Column("trigger_end", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *_period(),
    )
    _list("activity_actors", "activities", sa.Column("name", sa.Text, nullable=False, index=True))
    _list("activity_participants", "activities", sa.Column("name", sa.Text, nullable=False))
    _list("activity_places", "activities", sa.Column("name", sa.Text, nullable=False, index=True))
    _list("activity_documents", "activities", sa.Column("title", sa.Text, nullable=False))


def downgrade() -> None:
    """To an empty database."""
    for table in (
        "activity_documents", "activity_places", "activity_participants", "activity_actors", "activities", "metrics",
        "document_mentions", "document_issuers", "documents", "quantities", "times", "mentions", "authors", "bulletins",
    ):  # fmt: skip
        op.drop_table(table)


def _layer(name: str, *columns: Any) -> None:
    op.create_table(
        name,
        sa.Column("bulletin_id", sa.Integer, sa.ForeignKey("bulletins.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
    )


def _list(name: str, parent: str, *columns: Any) -> None:
    op.create_table(
        name,
        sa.Column("bulletin_id", sa.Integer, primary_key=True),
        sa.Column("item", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["bulletin_id", "item"], [f"{parent}.bulletin_id", f"{parent}.position"], ondelete="CASCADE"
        ),
    )


def _span() -> tuple[Any, ...]:
    return (
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start'),
    )


def _period() -> tuple[Any, ...]:
    return (sa.Column("from_date", sa.Date), sa.Column("to_date", sa.Date))
