import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import make_record

from schemas import Metric, Quantity, Record
from store import SqlStore, StoreError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_record_comes_back_as_it_was(path: Path, record: Record) -> None:
    with SqlStore(f"sqlite:///{path}") as store:
        assert store.add(record)
        assert store.load(record.id) == record


def test_a_record_without_facts_or_provenance_comes_back(path: Path) -> None:
    bare = Record(id="bare", text="")
    with SqlStore(str(path)) as store:
        store.add(bare)
        assert store.load("bare") == bare


def test_the_same_bulletin_twice_changes_nothing(path: Path, record: Record) -> None:
    with SqlStore(str(path)) as store:
        assert not store.knows(record.text)
        assert store.add(record)
        before = dump(path)
        assert store.knows(record.text)
        assert not store.add(record)
        assert not store.add(record.model_copy(update={"id": "copy"}))
    assert dump(path) == before


def test_of_two_bulletins_with_one_name_the_latest_is_loaded(path: Path, record: Record) -> None:
    later = Record(id=record.id, text="更正后的全文")
    with SqlStore(str(path)) as store:
        store.add(record)
        store.add(later)
        assert store.load(record.id) == later
        assert [row["title"] for row in store.listing(5)] == [record.title, None]
        assert [row["title"] for row in store.listing(1)] == [None]


def test_figures_can_be_queried(path: Path, record: Record) -> None:
    with SqlStore(str(path)) as store:
        store.add(record)
    query = """
        SELECT m.subject, m.name, q.value, q.unit, t.value
        FROM metrics m
        JOIN quantities q ON q.bulletin_id = m.bulletin_id AND q.position = m.quantity
        LEFT JOIN quantities t ON t.bulletin_id = m.bulletin_id AND t.position = m.part_of
        WHERE q.value > 300 AND m.from_date >= '2023-01-01'
        ORDER BY m.position
    """
    assert rows(path, query) == [
        ("云岭县", "调解矛盾纠纷", 1200, "件", None),
        ("云岭县", "调解婚姻家庭纠纷", 310, "件", 1200),
        ("云岭县", "涉及金额", 365000, "元", None),
    ]
    assert rows(path, "SELECT sum(value) FROM quantities") == [(366510,)]


@pytest.mark.parametrize("value", ["73.2", "0.3333333333", "-15", "123456789012345", "0.05"])
def test_values_are_exact(path: Path, value: str) -> None:
    quantity = Quantity(start=0, end=1, text="几", value=Decimal(value))
    with SqlStore(str(path)) as store:
        store.add(Record(id="x", text="几", quantities=(quantity,)))
        assert store.load("x").quantities[0].value == Decimal(value)


def test_foreign_keys_hold(path: Path, record: Record) -> None:
    with SqlStore(str(path)) as store:
        store.add(record)
        connection = store._engine.raw_connection()
        try:
            with pytest.raises(sqlite3.IntegrityError):
                connection.cursor().execute(
                    "INSERT INTO metrics (bulletin_id, position, quantity, name) VALUES (1, 99, 99, 'x')"
                )
            connection.cursor().execute("DELETE FROM bulletins")
            left = connection.cursor().execute("SELECT count(*) FROM activity_actors").fetchone()
        finally:
            connection.close()
    assert left == (0,)


def test_nothing_of_a_record_that_contradicts_itself_is_stored(path: Path, record: Record) -> None:
    wrong = record.model_copy(update={"metrics": (Metric(quantity=(0, 2), name="无此数"),)})
    with SqlStore(str(path)) as store:
        with pytest.raises(StoreError, match="where no quantity is"):
            store.add(wrong)
        assert store.listing(5) == []


def test_hostile_text_is_data(path: Path) -> None:
    hostile = make_record(id="'; DROP TABLE bulletins; --", title="x'); DELETE FROM metrics; --")
    with SqlStore(str(path)) as store:
        store.add(hostile)
        assert store.load(hostile.id) == hostile


def _read_only(path: Path) -> str:
    SqlStore(str(path)).close()
    return f"sqlite:///file:{path}?mode=ro&uri=true"


def _other_file(path: Path) -> str:
    path.write_text("not a database at all, but long enough to be read as a header by SQLite" * 20)
    return str(path)


def _missing_folder(path: Path) -> str:
    return str(path / "no" / "such" / "folder.db")


BAD = {
    "unknown scheme": (lambda path: "oracl://x", "not a database URL"),
    "malformed": (lambda path: "://", "not a database URL"),
    "password is not shown": (lambda path: "nosuch://me:secret@host/db", "not a database URL"),
    "no such folder": (_missing_folder, "unable to open database file.*choose a place you may write to"),
    "another file": (_other_file, "file is not a database.*choose another name"),
    "read only": (_read_only, "readonly database.*choose a place you may write to"),
}


@pytest.mark.parametrize(("url", "message"), BAD.values(), ids=BAD)
def test_bad_databases_are_named(path: Path, record: Record, url: object, message: str) -> None:
    assert callable(url)
    with pytest.raises(StoreError, match=message) as caught, SqlStore(url(path)) as store:
        store.add(record)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_looking_at_a_database_does_not_make_it(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such database"):
        SqlStore(str(path), create=False)
    assert not path.exists()


def test_an_unknown_bulletin_is_named(path: Path, record: Record) -> None:
    with SqlStore(str(path)) as store:
        store.add(record)
        with pytest.raises(StoreError, match="no bulletin 'nobody'"):
            store.load("nobody")
