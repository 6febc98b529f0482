"""What happens when the database is locked, full, gone or refuses."""

import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from conftest import make_record
from postgres_support import own_cluster
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError
from store_support import rows

from schemas import Record
from store import SqlStore, StoreError, faults, tables, writing
from store.faults import guarded, is_transient
from store.groups import Group, Item, Versions

NO_PAUSE = (0.0, 0.0)


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    with SqlStore(url) as store:
        yield store


def state(code: str, message: str = "something") -> DBAPIError:
    """An error as PostgreSQL's driver raises it."""
    return OperationalError("SELECT 1", None, psycopg.errors.lookup(code)(message))


def without_state(message: str) -> DBAPIError:
    return OperationalError("SELECT 1", None, psycopg.OperationalError(message))


def sqlite(name: str, message: str) -> DBAPIError:
    error = sqlite3.OperationalError(message)
    error.sqlite_errorname = name
    return OperationalError("SELECT 1", None, error)


FAULTS = {
    "locked file": (sqlite("SQLITE_BUSY", "database is locked"), True, "another program is writing"),
    "stale snapshot": (sqlite("SQLITE_BUSY_SNAPSHOT", "database is locked"), True, "another program is writing"),
    "full disk": (sqlite("SQLITE_FULL", "database or disk is full"), False, "free some space"),
    "read only": (sqlite("SQLITE_READONLY", "attempt to write a readonly database"), False, "may write to"),
    "damaged": (sqlite("SQLITE_CORRUPT", "database disk image is malformed"), False, "recover"),
    "serialisation": (state("40001"), True, "reachable"),
    "deadlock": (state("40P01"), True, "reachable"),
    "lost": (state("08006"), True, "reachable"),
    "shutdown": (state("57P01"), True, "reachable"),
    "lost, no state": (without_state("consuming input failed: server closed the connection unexpectedly"), True, "reachable"),
    "starting": (without_state("FATAL:  the database system is starting up"), True, "reachable"),
    "crowded": (without_state("FATAL:  sorry, too many clients already"), True, "reachable"),
    "server's disk full": (state("53100", "could not extend file"), False, "free some space"),
    "read-only server": (state("25006", "cannot execute INSERT in a read-only transaction"), False, "may write to"),
    "no right": (state("42501", "permission denied for schema public"), False, "grant the right"),
    "wrong password": (without_state('FATAL:  password authentication failed for user "me"'), False, "check user and password"),
    "no such database": (without_state('FATAL:  database "x" does not exist'), False, "createdb"),
    "refused": (without_state("connection failed: Connection refused"), False, "start the server"),
    "unknown host": (without_state("failed to resolve host 'x': Name or service not known"), False, "correct the host"),
    "no contrib": (state("0A000", 'extension "pg_trgm" is not available'), False, "contrib"),
}  # fmt: skip


@pytest.mark.parametrize(("error", "transient", "remedy"), FAULTS.values(), ids=list(FAULTS))
def test_faults_are_told_apart(error: DBAPIError, transient: bool, remedy: str) -> None:
    assert is_transient(error, was_there=False) is transient
    with pytest.raises(StoreError, match=remedy) as caught, guarded("postgresql+psycopg://me:secret@host/db"):
        raise error
    assert caught.value.where == "postgresql+psycopg://me:***@host/db"


@pytest.mark.parametrize("sign", ["Connection refused", "No such file or directory"])
def test_a_server_that_was_there_is_waited_for(sign: str) -> None:
    error = without_state(f"connection failed: {sign}")
    assert is_transient(error)
    assert not is_transient(error, was_there=False)


def test_what_passes_is_tried_again(store: SqlStore, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "BACKOFF", NO_PAUSE)
    attempts = fail_in(monkeypatch, state("40001"), times=2)
    assert store.add(record)
    assert len(attempts) == 3
    assert list(store.records()) == [record]


def test_what_does_not_pass_is_told_after_the_last_attempt(
    store: SqlStore, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "BACKOFF", NO_PAUSE)
    fail_in(monkeypatch, state("40001", "could not serialize"), times=3)
    with pytest.raises(StoreError, match=r"after 3 attempts: could not serialize; run again"):
        store.add(record)
    assert list(store.records()) == []


@pytest.mark.parametrize(
    "error", [state("53100"), KeyboardInterrupt(), RuntimeError()], ids=["full", "Ctrl-C", "fault"]
)
@pytest.mark.parametrize("table", [tables.mentions, tables.activity_places, tables.bands], ids=str)
def test_a_write_that_ends_early_leaves_nothing(
    url: str, record: Record, monkeypatch: pytest.MonkeyPatch, error: BaseException, table: object
) -> None:
    insert = writing.insert_rows

    def failing(connection: Connection, where: object, some: object) -> None:
        insert(connection, where, some)  # type: ignore[arg-type]
        if where is table:
            raise error

    with SqlStore(url) as store:
        run = store.begin_run(Versions("1", "2", None))
        monkeypatch.setattr(writing, "insert_rows", failing)
        group = Group([Item(record, bands=(1, 2)), Item(make_record(id="b", text=record.text + "。"))], read=2)
        with pytest.raises((StoreError, type(error))):
            store.write(group, run=run)
        monkeypatch.undo()
        for name in (*tables.metadata.tables.keys() - {"runs"},):
            assert rows(url, f"SELECT count(*) FROM {name}") == [(0,)], name  # noqa: S608
        assert rows(url, "SELECT read, stored FROM runs") == [(0, 0)]
        assert len(store.write(group, run=run).stored) == 2
    assert rows(url, "SELECT read, stored FROM runs") == [(2, 2)]


def test_a_locked_file_is_waited_for(sqlite_path: Path, record: Record) -> None:
    with SqlStore(str(sqlite_path)) as store:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(sqlite_path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.4, lambda: other.execute("COMMIT"))
        release.start()
        begun = time.monotonic()
        assert store.add(record)
        assert time.monotonic() - begun > 0.3
        release.join()
        other.close()


def test_readers_do_not_wait_for_a_writer(sqlite_path: Path, record: Record) -> None:
    with SqlStore(str(sqlite_path)) as store:
        store.add(record)
        other = sqlite3.connect(sqlite_path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM bulletins")
        assert list(store.records()) == [record]
        other.close()


def test_a_full_disk_is_named_and_what_was_stored_stays(sqlite_path: Path, record: Record) -> None:
    with SqlStore(str(sqlite_path)) as store:
        store.add(record)
        with store.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match=r"disk is full.*free some space.*what was stored before stays"):
            store.add(make_record(id="long", text=record.text + "长" * 100_000))
        assert list(store.records()) == [record]


@pytest.mark.postgres
def test_a_lost_connection_is_made_anew(pg_url: str, record: Record) -> None:
    with SqlStore(pg_url) as store, SqlStore(pg_url) as other:
        store.add(record)
        end = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        with other.engine.connect() as connection:
            connection.execute(text(end))
        assert list(store.records()) == [record]
        with other.engine.connect() as connection:
            connection.execute(text(end))
        assert store.add(make_record(id="b", text=record.text + "。"))


@pytest.mark.postgres
def test_a_connection_lost_in_the_middle_of_a_copy(
    pg_url: str, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "BACKOFF", NO_PAUSE)
    insert = writing.insert_rows
    ended: list[int] = []

    def losing(connection: Connection, table: object, some: object) -> None:
        if table is tables.quantities and not ended:
            ended.append(connection.scalar(text("SELECT pg_backend_pid()")))
            with psycopg.connect(pg_url.replace("+psycopg", "")) as killer:
                killer.execute("SELECT pg_terminate_backend(%s)", ended)
            time.sleep(0.1)
        insert(connection, table, some)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "insert_rows", losing)
    with SqlStore(pg_url) as store:
        assert store.add(record)
        assert ended
        assert list(store.records()) == [record]


@pytest.mark.postgres
def test_a_server_that_crashes_is_waited_for(record: Record) -> None:
    later = record.model_copy(update={"id": "b", "text": record.text + "。"})
    with own_cluster() as cluster, SqlStore(cluster.url) as store:
        store.add(record)
        cluster.stop()
        start = threading.Timer(1, cluster.start)
        start.start()
        try:
            assert store.add(later)
        finally:
            start.join()
        assert list(store.records(current=False)) == [record, later]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"database": "nosuch"}, r'database "nosuch" does not exist.*createdb NAME'),
        ({"username": "nosuch"}, r'role "nosuch" does not exist'),
        ({"host": "/nonexistent", "query": {}}, r"No such file or directory.*start the server"),
        ({"host": "localhost", "port": 1, "query": {}}, r"refused.*start the server, or correct host and port"),
    ],
    ids=["database", "role", "socket", "port"],
)
def test_a_server_that_cannot_be_used_is_named(pg_url: str, change: dict[str, object], message: str) -> None:
    from sqlalchemy.engine import make_url

    url = make_url(pg_url).set(**change).render_as_string(hide_password=False)  # type: ignore[arg-type]
    begun = time.monotonic()
    with pytest.raises(StoreError, match=message) as caught:
        SqlStore(url)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begun < 10


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"driver psycopg is not installed; pip install 'jianbao\[postgres\]'"):
        SqlStore("postgresql://me@localhost/jianbao")


def test_many_writers_store_each_bulletin_once(url: str) -> None:
    texts = [f"第{i}期简报" for i in range(30)]
    stored: list[str] = []
    failed: list[BaseException] = []

    def work(order: Callable[[list[str]], list[str]]) -> None:
        try:
            with SqlStore(url) as store:
                mine = order(texts)
                for i in range(0, len(mine), 5):
                    items = [Item(make_record(id=t, text=make_record().text + t)) for t in mine[i : i + 5]]
                    stored.extend(store.write(Group(items)).stored)
        except BaseException as error:  # noqa: BLE001  (told below)
            failed.append(error)

    threads = [threading.Thread(target=work, args=(order,)) for order in (list, sorted, lambda t: t[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(stored) == len(set(stored)) == len(texts)
    with SqlStore(url) as store:
        assert sorted(r.id for r in store.records(current=False)) == sorted(texts)
    assert rows(url, "SELECT count(*) FROM metrics") == [(3 * len(texts),)]


def fail_in(monkeypatch: pytest.MonkeyPatch, error: BaseException, times: int) -> list[int]:
    """Let the last step of a write fail so many times; the list grows by each attempt."""
    attempts: list[int] = []
    insert = writing.insert_rows

    def failing(connection: Connection, table: object, some: object) -> None:
        insert(connection, table, some)  # type: ignore[arg-type]
        if table is tables.bands:
            attempts.append(1)
            if len(attempts) <= times:
                raise error

    monkeypatch.setattr(writing, "insert_rows", failing)
    return attempts
