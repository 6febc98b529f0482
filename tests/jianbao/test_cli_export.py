import csv
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import make_record
from typer.testing import CliRunner, Result

from jianbao.cli import app
from store import SqlStore, replacing, write_record


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)], env={"COLUMNS": "200"})


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "records.db"
    first = make_record()
    assert first.provenance
    elsewhere = first.provenance.model_copy(update={"source": "in/other.txt"})
    with SqlStore(str(path)) as store:
        store.add(first)
        store.add(make_record(id="other", text=first.text + "\n完", provenance=elsewhere))
        store.add(make_record(id="other", text=first.text + "\n续", provenance=elsewhere))
    return path


def test_a_layer_of_a_database_as_csv(tmp_path: Path, db: Path) -> None:
    path = tmp_path / "metrics.csv"
    result = run("--db", db, "-o", path, "--layer", "metrics", "--bom")
    assert result.exit_code == 0
    assert result.stdout == f"2 bulletins to {path}: 6 metrics\n"
    assert result.stderr == ""
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row["bulletin"] for row in csv.DictReader(file)} == {"mediation", "other"}


def test_records_of_a_file_come_out_as_they_went_in(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    with replacing(source) as file:
        write_record(file, make_record())
    assert run("--records", source, "-o", target).exit_code == 0
    assert target.read_bytes() == source.read_bytes()


def test_records_of_a_database_are_the_records_stored(tmp_path: Path, db: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert run("--db", db, "-o", target).exit_code == 0
    assert target.read_text(encoding="utf-8").splitlines()[0] == make_record().to_json()


def test_sigterm_leaves_no_temporary_files(tmp_path: Path) -> None:
    endless, target = tmp_path / "records.jsonl", tmp_path / "tables"
    os.mkfifo(endless)
    command = [sys.executable, "-m", "jianbao", "export", "--records", endless, "-o", target, "--format", "csv"]
    with subprocess.Popen(command) as process:  # noqa: S603
        writer = None
        while writer is None and process.poll() is None:
            # This fails until the reader is there, which has begun its files by then.
            with suppress(OSError):
                writer = os.open(endless, os.O_WRONLY | os.O_NONBLOCK)
            time.sleep(0.05)
        assert writer is not None
        os.write(writer, (make_record().to_json() + "\n").encode())
        process.terminate()
        process.wait(timeout=60)
        os.close(writer)
    assert process.returncode == 143
    assert list(tmp_path.iterdir()) == [endless]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out.csv"], "give one of the two"),
        (["--db", "a.db", "--records", "b.jsonl", "-o", "out.csv"], "give one of the two"),
        (["--db", "a.db", "-o", "out"], "tells no format"),
        (["--db", "a.db", "-o", "out.csv", "--layer", "names"], "names"),
        (["--db", "a.db", "-o", "out.jsonl"], "there is no such database"),
        (["--records", "none.jsonl", "-o", "out.jsonl"], "none.jsonl: cannot be read"),
        (["--records", "bad.jsonl", "-o", "out.jsonl"], "bad.jsonl:1: is no valid record"),
        (["--records", "bad.jsonl", "-o", "out.csv"], "a csv file holds one layer; name one of bulletins"),
    ],
    ids=["no source", "two sources", "no format", "no such layer", "no database", "no file", "no records", "no layer"],
)
def test_what_cannot_be_exported_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_text("{}\n")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bad.jsonl"]
