"""Full text of revision 0002: any three characters in a row, since Chinese has no blanks between its words.

SQLite: an FTS5 table of trigrams over titles and texts, which triggers keep; it holds only the index, the texts stay
in `bulletins`. PostgreSQL: GIN indexes of pg_trgm's trigrams, which serve `LIKE '%…%'`. Both need three characters;
a shorter term is found by reading every text.
"""

from typing import Any

_SQLITE = (
    "CREATE VIRTUAL TABLE bulletins_fts USING fts5"
    "(title, text, content='bulletins', content_rowid='id', tokenize='trigram')",
    "INSERT INTO bulletins_fts(bulletins_fts) VALUES ('rebuild')",
    "CREATE TRIGGER bulletins_fts_insert AFTER INSERT ON bulletins BEGIN"
    " INSERT INTO bulletins_fts(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER bulletins_fts_delete AFTER DELETE ON bulletins BEGIN"
    " INSERT INTO bulletins_fts(bulletins_fts, rowid, title, text)"
    " VALUES ('delete', old.id, old.title, old.text); END",
    "CREATE TRIGGER bulletins_fts_update AFTER UPDATE OF title, text ON bulletins BEGIN"
    " INSERT INTO bulletins_fts(bulletins_fts, rowid, title, text)"
    " VALUES ('delete', old.id, old.title, old.text);"
    " INSERT INTO bulletins_fts(rowid, title, text) VALUES (new.id, new.title, new.text); END",
)
_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_bulletins_title_trgm ON bulletins USING gin (title gin_trgm_ops)",
    "CREATE INDEX ix_bulletins_text_trgm ON bulletins USING gin (text gin_trgm_ops)",
)


def create(op: Any) -> None:
    """Index titles and texts."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def drop(op: Any) -> None:
    """Take the indexes away; the extension stays, since others may use it."""
    if op.get_context().dialect.name == "sqlite":
        for trigger in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER bulletins_fts_{trigger}")
        op.execute("DROP TABLE bulletins_fts")
    else:
        op.execute("DROP INDEX ix_bulletins_title_trgm")
        op.execute("DROP INDEX ix_bulletins_text_trgm")
