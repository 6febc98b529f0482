"""`jianbao db`: what it prints and how it exits."""

import sqlite3
from pathlib import Path

import pytest
from conftest import make_record
from typer.testing import CliRunner, Result

from jianbao.cli import app
from store import SqlStore
from store.engine import full_url, open_engine
from store.groups import Failure, Group, Item, Versions
from store.schema import BASELINE, HEAD, migrate


def db(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["db", *map(str, arguments)], env={"COLUMNS": "200"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jianbao.db"


def test_an_old_database_is_brought_up_and_told_of(path: Path) -> None:
    engine = open_engine(full_url(str(path)), create=True)
    migrate(engine, BASELINE)
    engine.dispose()
    before = db("status", "--db", path)
    assert (before.exit_code, before.stdout.split(",")[1]) == (1, f" layout {BASELINE} of {HEAD}\n")
    assert "run `jianbao db upgrade`" in before.stderr
    assert db("upgrade", "--db", path).stdout == f"{BASELINE} -> {HEAD}\n"
    assert db("upgrade", "--db", path).stdout == "nothing to do\n"
    assert db("status", "--db", path).exit_code == 0


def test_an_empty_database_is_filled(path: Path) -> None:
    assert db("upgrade", "--db", path).stdout == f"empty -> {HEAD}\n"


def test_status_tells_what_is_stored_and_how_the_last_run_ended(path: Path) -> None:
    with SqlStore(str(path)) as store:
        run = store.begin_run(Versions("0.1.0", "ab", None))
        store.write(
            Group([Item(make_record())], failures=[Failure("x.pdf", "MalformedError", "half")], read=1), run=run
        )
        store.finish_run(run)
    told = db("status", "--db", path)
    assert told.exit_code == 0
    lines = [line.split() for line in told.stdout.splitlines()]
    assert lines[0][0] == "SQLite"
    counts = {line[0]: line[1] for line in lines if len(line) == 2}
    assert counts == {
        "bulletins": "1", "stories": "1", "sources": "1", "metrics": "3", "activities": "2", "documents": "1",
        "runs": "1", "failures": "1",
    }  # fmt: skip
    assert told.stdout.splitlines()[-1].endswith("1 read, 1 stored, 0 refreshed, 0 known, 1 failed")
    assert "last run: done" in told.stdout


@pytest.mark.postgres
def test_status_of_a_server(pg_url: str) -> None:
    told = db("status", "--db", pg_url)
    assert told.exit_code == 0
    assert told.stdout.startswith("PostgreSQL ")
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("command", "message"),
    [("status", "there is no such database"), ("upgrade", "unable to open database file")],
)
def test_what_cannot_be_opened_is_named(tmp_path: Path, command: str, message: str) -> None:
    told = db(command, "--db", tmp_path / "no" / "x.db")
    assert told.exit_code == 2
    assert message in told.stderr


def test_a_damaged_database_is_named(path: Path) -> None:
    SqlStore(str(path)).close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    told = db("status", "--db", path)
    assert told.exit_code == 2
    assert "malformed" in told.stderr


def test_other_tables_in_the_database_are_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    assert db("upgrade", "--db", path).exit_code == 0
    with SqlStore(str(path)) as store:
        assert store.add(make_record())
