"""The layout's revisions, up and down, on databases with data."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from conftest import make_record
from postgres_support import new_database
from sqlalchemy import Connection, Engine, MetaData, inspect, text

from schemas import Record
from store import SqlStore, StoreError, schema, tables, views
from store.engine import full_url, open_engine, reading, writing
from store.status import status, upgrade

FOLDER = Path(schema.__file__).parent / "migrations"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it at all."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'records.db'}"
    else:
        with new_database(request.getfixturevalue("pg_server")) as url:
            yield url


@pytest.fixture
def engine(bare: str) -> Iterator[Engine]:
    engine = open_engine(full_url(bare), create=True)
    yield engine
    engine.dispose()


def layout(engine: Engine) -> dict[str, Any]:
    """Tables with their columns and foreign keys, indexes and views."""
    inspector = inspect(engine)
    return {
        name: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)),
            sorted((k["constrained_columns"], k["referred_table"]) for k in inspector.get_foreign_keys(name)),
            sorted(str(i["name"]) for i in inspector.get_indexes(name)),
        )
        for name in inspector.get_table_names()
    } | dict.fromkeys(inspector.get_view_names())


def add_old(connection: Connection, name: str, text_: str, source: str | None) -> None:
    """A bulletin with one figure, as the baseline's jianbao stored it."""
    key = connection.execute(
        text(
            "INSERT INTO bulletins (name, text_sha256, text, source, source_sha256, pipeline, lexicon)"
            " VALUES (:name, :digest, :text, :source, 'ab', '0.1.0', 'cd') RETURNING id"
        ),
        {"name": name, "digest": name, "text": text_, "source": source},
    ).scalar_one()
    quantity = (
        'INSERT INTO quantities (bulletin_id, position, start, "end", text, value, modifier, unit, dimension)'
        " VALUES (:key, 0, 0, 1, :text, 612.5, 'exact', '件', 'count')"
    )
    connection.execute(text(quantity), {"key": key, "text": text_[0]})
    metric = "INSERT INTO metrics (bulletin_id, position, quantity, name) VALUES (:key, 0, 0, '办理案件')"
    connection.execute(text(metric), {"key": key})


def test_every_revision_goes_down_and_up_again(engine: Engine) -> None:
    script = ScriptDirectory(str(FOLDER))
    revisions = [revision.revision for revision in reversed(list(script.walk_revisions()))]
    assert revisions == [schema.BASELINE, schema.HEAD]
    assert script.get_current_head() == schema.HEAD
    seen = []
    for revision in revisions:
        schema.migrate(engine, revision)
        seen.append(layout(engine))
    for revision, before in zip(reversed(revisions[:-1]), reversed(seen[:-1]), strict=True):
        schema.migrate(engine, revision)
        assert layout(engine) == before
    schema.migrate(engine)
    assert layout(engine) == seen[-1]


def test_the_migrations_make_what_the_code_expects(engine: Engine) -> None:
    schema.migrate(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": schema.is_ours, "compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
        made = MetaData()
        made.reflect(connection, views=True, only=lambda name, _: name.startswith("v_"))
    assert {name: tuple(table.columns.keys()) for name, table in made.tables.items()} == {
        name: tuple(table.columns.keys()) for name, table in views.metadata.tables.items()
    }


def test_an_older_database_is_brought_up_with_its_bulletins(bare: str, engine: Engine) -> None:
    schema.migrate(engine, schema.BASELINE)
    with writing(engine) as connection:
        add_old(connection, "old", "旧稿办理案件", "a.txt")
        add_old(connection, "new", "新稿办理案件", "a.txt")
        add_old(connection, "typed", "无来源", None)
        # Databases of the first jianbao tell no revision.
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(StoreError, match=r"older layout \(0001.*run `jianbao db upgrade"):
        SqlStore(bare)
    assert (status(bare).revision, status(bare).counts) == (schema.BASELINE, {})
    assert upgrade(bare) == (schema.BASELINE, schema.HEAD)
    assert upgrade(bare) == (schema.HEAD, schema.HEAD)
    with SqlStore(bare) as store:
        assert [r.id for r in store.records(current=False)] == ["old", "new", "typed"]
        assert [r["bulletin"] for r in store.stream("v_metrics")] == ["new", "typed"]
        assert [(s["version"], s["bulletin_id"]) for s in store.stream("sources")] == [(2, 2)]
        assert [(s["version"], s["bulletin_id"]) for s in store.stream("source_versions")] == [(1, 1), (2, 2)]
        assert store.search("新稿办理") == ["new"]
        record = make_record()
        assert store.add(record)
        assert store.load(record.id) == record
    schema.migrate(engine, schema.BASELINE)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*), sum(value) FROM quantities")).one() == (6, 368347.5)


def test_a_newer_database_is_left_alone(bare: str, engine: Engine) -> None:
    schema.migrate(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for call in (SqlStore, upgrade):
        with pytest.raises(StoreError, match=r"newer layout \(9999\).*install a newer jianbao"):
            call(bare)


def test_a_migration_that_fails_changes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.migrations import views_0002

    schema.migrate(engine, schema.BASELINE)
    before = layout(engine)

    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(views_0002, "create", fail)
    with pytest.raises(RuntimeError):
        schema.migrate(engine)
    assert layout(engine) == before


def test_an_empty_database_is_filled_only_where_asked(bare: str, engine: Engine) -> None:
    with engine.connect():
        pass
    with pytest.raises(StoreError, match="no bulletins are stored here"):
        SqlStore(bare, create=False)
    assert upgrade(bare) == (None, schema.HEAD)
    with SqlStore(bare, create=False) as store:
        assert list(store.records()) == []


@pytest.mark.postgres
def test_an_encoding_without_chinese_is_refused(pg_server: str) -> None:
    with (
        new_database(pg_server, ENCODING="SQL_ASCII", LOCALE="C") as url,
        pytest.raises(StoreError, match=r"encoding is SQL_ASCII.*--encoding UTF8"),
    ):
        SqlStore(url)


@pytest.mark.postgres
@pytest.mark.parametrize(("locale", "indexed"), [("C.UTF-8", True), ("C", False)])
def test_trigrams_of_chinese_need_a_locale_that_knows_its_letters(pg_server: str, locale: str, indexed: bool) -> None:
    with new_database(pg_server, LOCALE=locale, ENCODING="UTF8") as url, SqlStore(url) as store:
        assert status(url).indexed is indexed
        store.add(Record(id="a", text="全市办理法律援助案件612件"))
        assert store.search("法律援助") == ["a"]
        with store.engine.connect() as connection:
            connection.execute(text("SET enable_seqscan = off"))
            plan = connection.scalars(text("EXPLAIN SELECT id FROM bulletins WHERE text LIKE '%法律援助%'")).all()
    # Without trigrams the index is gone through from end to end.
    assert "ix_bulletins_text_trgm" in " ".join(plan)


def test_many_that_open_an_empty_database_at_once(bare: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(SqlStore, [bare] * 4))
    for i, store in enumerate(stores):
        assert store.add(Record(id=str(i), text=f"第{i}期"))
        store.close()
    assert status(bare).counts["bulletins"] == 4
