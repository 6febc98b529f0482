"""Sources with their versions, stories, runs, failures, offices, full text, and views for people."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.migrations import search_0002, views_0002
from store.types import Json, PlainNumeric, UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this layout."""
    _create_tables()
    op.add_column("bulletins", sa.Column("is_current", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("bulletins", sa.Column("story_id", sa.Integer))
    op.add_column("bulletins", sa.Column("signature", sa.LargeBinary))
    op.add_column("bulletins", sa.Column("stored", UtcTime))
    op.add_column("bulletins", sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id")), inline_references=True)
    op.create_index("ix_bulletins_story_id", "bulletins", ["story_id"])
    op.add_column("mentions", sa.Column("score", sa.Double))
    op.add_column("documents", sa.Column("key", sa.Text))
    op.create_index("ix_documents_key", "documents", ["key"])
    with op.batch_alter_table("activities") as batch:
        batch.add_column(sa.Column("sentence_start", sa.Integer))
        batch.add_column(sa.Column("sentence_end", sa.Integer))
    with op.batch_alter_table("metrics") as batch:
        batch.add_column(sa.Column("indicator", sa.Text))
        batch.add_column(sa.Column("comparison_basis", sa.Text))
        batch.add_column(sa.Column("comparison_change", PlainNumeric))
        batch.add_column(sa.Column("comparison_unit", sa.Text))
        batch.add_column(sa.Column("comparison_quantity", sa.Integer))
        batch.add_column(sa.Column("sentence_start", sa.Integer))
        batch.add_column(sa.Column("sentence_end", sa.Integer))
        batch.create_foreign_key(
            "metrics_comparison_quantity_fkey",
            "quantities",
            ["bulletin_id", "comparison_quantity"],
            ["bulletin_id", "position"],
            ondelete="CASCADE",
        )
    op.create_index("ix_metrics_indicator", "metrics", ["indicator"])
    _fill_sources()
    search_0002.create(op)
    views_0002.create(op)


def downgrade() -> None:
    """To the baseline: what only this layout holds is lost; every bulletin and its items stay."""
    views_0002.drop(op)
    search_0002.drop(op)
    op.drop_index("ix_metrics_indicator", "metrics")
    with op.batch_alter_table("metrics") as batch:
        batch.drop_constraint("metrics_comparison_quantity_fkey", type_="foreignkey")
        for column in (
            "indicator", "comparison_basis", "comparison_change", "comparison_unit", "comparison_quantity",
            "sentence_start", "sentence_end",
        ):  # fmt: skip
            batch.drop_column(column)
    op.drop_column("activities", "sentence_start")
    op.drop_column("activities", "sentence_end")
    op.drop_index("ix_documents_key", "documents")
    op.drop_column("documents", "key")
    op.drop_column("mentions", "score")
    op.drop_index("ix_bulletins_story_id", "bulletins")
    for column in ("is_current", "story_id", "signature", "stored", "run_id"):
        op.drop_column("bulletins", column)
    for table in ("offices", "failures", "source_versions", "sources", "bands", "runs"):
        op.drop_table(table)


def _create_tables() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started", UtcTime, nullable=False),
        sa.Column("finished", UtcTime),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("pipeline", sa.Text),
        sa.Column("lexicon", sa.Text),
        sa.Column("model", sa.Text),
        sa.Column("settings", Json, nullable=False),
        *(
            sa.Column(count, sa.Integer, nullable=False, server_default="0")
            for count in ("read", "stored", "refreshed", "known", "failed")
        ),
    )
    op.create_table(
        "bands",
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
        _bulletin(primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text),
        _bulletin(index=True),
        sa.Column("first_seen", UtcTime),
    )
    op.create_table(
        "source_versions",
        sa.Column("source_id", sa.Integer, sa.ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text),
        _bulletin(nullable=False, index=True),
        sa.Column("seen", UtcTime),
    )
    op.create_table(
        "failures",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text),
        sa.Column("traceback_sha256", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="1"),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id")),
        sa.Column("first_seen", UtcTime, nullable=False),
        sa.Column("last_seen", UtcTime, nullable=False),
        sa.Column("resolved", UtcTime),
    )
    op.create_table(
        "offices",
        _bulletin(primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False, index=True),
        sa.Column("division", sa.Text, index=True),
    )
    op.create_index("ix_offices_bulletin_id_name", "offices", ["bulletin_id", "name"], unique=True)


def _bulletin(**options: Any) -> sa.Column[int]:
    return sa.Column("bulletin_id", sa.Integer, sa.ForeignKey("bulletins.id", ondelete="CASCADE"), **options)


def _fill_sources() -> None:
    """The sources that bulletins name; of several bulletins from one source the last stored is its current one."""
    op.execute("""
        INSERT INTO sources (name, version, sha256, bulletin_id)
        SELECT b.source, n.versions, b.source_sha256, b.id
        FROM bulletins b
        JOIN (SELECT source, count(*) AS versions, max(id) AS last FROM bulletins GROUP BY source) n ON n.last = b.id
        WHERE b.source IS NOT NULL
    """)
    op.execute("""
        INSERT INTO source_versions (source_id, version, sha256, bulletin_id)
        SELECT s.id, row_number() OVER (PARTITION BY b.source ORDER BY b.id), b.source_sha256, b.id
        FROM bulletins b JOIN sources s ON s.name = b.source
    """)
    op.execute("""
        UPDATE bulletins SET is_current = false
        WHERE source IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.bulletin_id = bulletins.id)
    """)
