from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import make_record
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from store_support import rows

from schemas import Metric, Quantity, Record
from store import SqlStore, StoreError, tables

NUMBERS = [
    "73.2",
    "0.3333333333",
    "-15",
    "0",
    "123456789012345",
    "1234567890123456789",
    "98765432109876543210",
    "0.1234567890123456789",
    "0.05",
]


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    return {name: sorted(rows(url, f"SELECT * FROM {name}"), key=repr) for name in tables.metadata.tables}  # noqa: S608


def test_a_record_comes_back_as_it_was(url: str, record: Record) -> None:
    with SqlStore(url) as store:
        assert store.add(record)
        assert store.load(record.id) == record
        assert list(store.records()) == [record]


def test_a_record_without_facts_or_provenance_comes_back(url: str) -> None:
    bare = Record(id="bare", text="")
    with SqlStore(url) as store:
        store.add(bare)
        assert store.load("bare") == bare


def test_the_same_bulletin_twice_changes_nothing(url: str, record: Record) -> None:
    with SqlStore(url) as store:
        assert not store.knows(record.text)
        assert store.add(record)
        before = dump(url)
        assert store.knows(record.text)
        assert not store.add(record)
        assert not store.add(record.model_copy(update={"id": "copy"}))
    assert dump(url) == before


def test_of_two_bulletins_with_one_name_the_latest_is_loaded(url: str, record: Record) -> None:
    later = Record(id=record.id, text="更正后的全文")
    with SqlStore(url) as store:
        store.add(record)
        store.add(later)
        assert store.load(record.id) == later
        assert [row["title"] for row in store.listing(5)] == [record.title, None]
        assert [row["title"] for row in store.listing(1)] == [None]


def test_figures_can_be_queried(url: str, record: Record) -> None:
    with SqlStore(url) as store:
        store.add(record)
    query = """
        SELECT m.subject, m.name, q.value, q.unit, t.value
        FROM metrics m
        JOIN quantities q ON q.bulletin_id = m.bulletin_id AND q.position = m.quantity
        LEFT JOIN quantities t ON t.bulletin_id = m.bulletin_id AND t.position = m.part_of
        WHERE q.value > 300 AND m.from_date >= '2023-01-01'
        ORDER BY m.position
    """
    assert rows(url, query) == [
        ("云岭县", "调解矛盾纠纷", 1200, "件", None),
        ("云岭县", "调解婚姻家庭纠纷", 310, "件", 1200),
        ("云岭县", "涉及金额", 365000, "元", None),
    ]
    assert rows(url, "SELECT sum(value) FROM quantities") == [(366510,)]


def test_values_are_exact(url: str) -> None:
    quantities = tuple(Quantity(start=i, end=i + 1, text="几", value=Decimal(value)) for i, value in enumerate(NUMBERS))
    with SqlStore(url) as store:
        store.add(Record(id="x", text="几" * len(NUMBERS), quantities=quantities))
        assert [str(q.value) for q in store.load("x").quantities] == NUMBERS


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        ("INSERT INTO metrics (bulletin_id, position, quantity, name) VALUES (1, 99, 99, 'x')", None),
        ("DELETE FROM bulletins", 0),
    ],
    ids=["no such quantity", "cascade"],
)
def test_foreign_keys_hold(url: str, record: Record, statement: str, left: int | None) -> None:
    with SqlStore(url) as store:
        store.add(record)
        if left is None:
            with pytest.raises(IntegrityError), store.engine.begin() as connection:
                connection.execute(text(statement))
        else:
            with store.engine.begin() as connection:
                connection.execute(text(statement))
                assert connection.scalar(text("SELECT count(*) FROM activity_actors")) == left
                assert connection.scalar(text("SELECT count(*) FROM source_versions")) == left


def test_nothing_of_a_record_that_contradicts_itself_is_stored(url: str, record: Record) -> None:
    wrong = record.model_copy(update={"metrics": (Metric(quantity=(0, 2), name="无此数"),)})
    with SqlStore(url) as store:
        with pytest.raises(StoreError, match="where no quantity is"):
            store.add(wrong)
        assert store.listing(5) == []


def test_hostile_text_is_data(url: str) -> None:
    hostile = make_record(
        id="'; DROP TABLE bulletins; --",
        title="x'); DELETE FROM metrics; --\t\\N\\.",
        publisher='"\\copy\n\r"',
        authors=("\\N", "\\.", "a\tb\\n", ""),
    )
    with SqlStore(url) as store:
        store.add(hostile)
        assert store.load(hostile.id) == hostile


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("婚姻家庭纠纷", ["mediation"]),
        ("人民调解", ["mediation"]),
        ("调解", ["mediation"]),
        ('"', []),
        ("100%", ["percent"]),
        ("%", ["percent"]),
        ("_岭_", []),
        ("防汛抗旱", []),
    ],
)
def test_full_text(url: str, record: Record, words: str, found: list[str]) -> None:
    with SqlStore(url) as store:
        store.add(record)
        store.add(Record(id="percent", text="办结率达100%以上"))
        assert store.search(words) == found


def test_pages_give_every_record_once(url: str) -> None:
    every = [Record(id=f"b{i}", text=f"第{i}期") for i in range(7)]
    with SqlStore(url) as store:
        for record in every:
            store.add(record)
        for page in (1, 3, 7, 100):
            assert list(store.records(page=page)) == every
            assert list(store.records(page=page, current=False)) == every


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
def test_bad_databases_are_named(sqlite_path: Path, record: Record, url: object, message: str) -> None:
    assert callable(url)
    with pytest.raises(StoreError, match=message) as caught, SqlStore(url(sqlite_path)) as store:
        store.add(record)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_looking_at_a_database_does_not_make_it(sqlite_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such database"):
        SqlStore(str(sqlite_path), create=False)
    assert not sqlite_path.exists()


def test_an_unknown_bulletin_is_named(url: str, record: Record) -> None:
    with SqlStore(url) as store:
        store.add(record)
        with pytest.raises(StoreError, match="no bulletin 'nobody'"):
            store.load("nobody")
