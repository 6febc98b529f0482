"""The commands run, retry and watch as a user has them: options, logs, signals, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_support import make_zip
from store_support import rows
from typer.testing import CliRunner, Result

from corpus.tools.invented import bulletin, write_folder
from jianbao.cli import app

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

PYTHON = [sys.executable, "-W", "ignore", "-m", "jianbao"]


def jianbao(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def started(*arguments: str | Path) -> "subprocess.Popen[str]":
    command = [*PYTHON, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603


def wait_until(condition: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def count(db: Path) -> int:
    try:
        return int(rows(str(db), "SELECT count(*) FROM bulletins")[0][0])
    except Exception:  # noqa: BLE001  (the tables may not be there yet)
        return 0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    for _ in write_folder(folder, 60):
        pass
    return folder


def test_two_workers_store_what_one_stores(inbox: Path, tmp_path: Path) -> None:
    results = [jianbao("run", inbox, "--db", tmp_path / f"{n}.db", "--workers", n) for n in (1, 2)]
    assert [r.exit_code for r in results] == [1, 1]
    assert results[0].stdout == results[1].stdout
    assert "59 read, 58 extracted, 1 already there, 1 failed" in results[0].stdout
    query = "SELECT name, title, text_sha256, story_id FROM bulletins ORDER BY id"
    assert rows(str(tmp_path / "1.db"), query) == rows(str(tmp_path / "2.db"), query)


def test_failures_are_taken_up_again(tmp_path: Path) -> None:
    inbox, db = tmp_path / "in", tmp_path / "x.db"
    (inbox / "sub").mkdir(parents=True)
    (inbox / "sub" / "a.txt").touch()
    (inbox / "b.zip").write_bytes(make_zip({"c.txt": b"", "d.txt": bulletin(1).encode()}))
    assert jianbao("run", inbox, "--db", db).exit_code == 1
    assert jianbao("retry", "--db", db).exit_code == 1
    assert rows(str(db), "SELECT DISTINCT attempts FROM failures") == [(2,)]
    (inbox / "sub" / "a.txt").write_text(bulletin(2), encoding="utf-8")
    (inbox / "b.zip").write_bytes(make_zip({"c.txt": bulletin(3).encode(), "d.txt": bulletin(1).encode()}))
    again = jianbao("retry", "--db", db)
    assert (again.exit_code, again.stderr) == (0, "")
    assert "2 read, 2 extracted, 0 already there, 0 failed" in again.stdout
    assert [name for (name,) in rows(str(db), "SELECT name FROM bulletins ORDER BY name")] == [
        "b/c.txt", "b/d.txt", "sub/a",
    ]  # fmt: skip
    assert "0 read" in jianbao("retry", "--db", db).stdout


def test_the_log_is_json_if_wanted(inbox: Path, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [*PYTHON, "run", str(inbox), "--db", str(tmp_path / "x.db"), "--log-json"], capture_output=True, text=True
    )
    assert done.returncode == 1
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [e["event"] for e in events if e["event"].startswith("run")] == ["run started", "run ended"]
    assert {"time", "level", "message"} <= events[0].keys()
    [failed] = [e for e in events if e["event"] == "failed"]
    assert (failed["level"], failed["kind"]) == ("error", "NoTextError")
    assert failed["source"].endswith("000053.txt")
    assert events[-1]["extracted"] == 58
    assert events[-1]["status"] == "done"


@pytest.mark.parametrize(("number", "workers"), [(signal.SIGTERM, 1), (signal.SIGINT, 2)], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_batch_after_what_is_in_hand(tmp_path: Path, number: signal.Signals, workers: int) -> None:
    for _ in write_folder(tmp_path / "in", 1500):
        pass
    db = tmp_path / "x.db"
    process = started("run", tmp_path / "in", "--db", db, "--workers", str(workers))
    wait_until(lambda: count(db) > 0)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number, err
    assert f"{number.name}: ending after the bulletins in hand" in err
    assert "Traceback" not in err
    stored = count(db)
    assert f" {stored} extracted" in out
    assert 0 < stored < 1400
    assert rows(str(db), "SELECT status, stored FROM runs") == [("interrupted", stored)]


def test_watching_takes_up_what_arrives_and_what_came_meanwhile(tmp_path: Path) -> None:
    inbox, db = tmp_path / "in", tmp_path / "x.db"
    inbox.mkdir()
    (inbox / "0.txt").write_text(bulletin(0), encoding="utf-8")
    os.utime(inbox / "0.txt", (0, 0))

    watcher = started("watch", inbox, "--db", db, "--settle", "1")
    wait_until(lambda: count(db) == 1)
    with (inbox / "slow.txt").open("w", encoding="utf-8") as slow:
        # Written piece by piece, slower than it is looked for, but never still for as long as it has to be.
        for piece in bulletin(1).split("。")[:8]:
            slow.write(piece + "。")
            slow.flush()
            time.sleep(0.4)
    (tmp_path / "made" / "deep").mkdir(parents=True)
    (tmp_path / "made" / "deep" / "2.txt").write_text(bulletin(2), encoding="utf-8")
    (tmp_path / "made").rename(inbox / "moved")
    (inbox / "bad.txt").write_bytes(b"")
    wait_until(lambda: count(db) == 3)
    wait_until(lambda: rows(str(db), "SELECT count(*) FROM failures") == [(1,)])
    watcher.send_signal(signal.SIGTERM)
    _, err = watcher.communicate(timeout=60)
    assert watcher.returncode == 0, err

    (inbox / "3.txt").write_text(bulletin(3), encoding="utf-8")
    watcher = started("watch", inbox, "--db", db, "--settle", "1", "--workers", "2", "--poll")
    wait_until(lambda: count(db) == 4)
    (inbox / "0.txt").write_text(bulletin(4), encoding="utf-8")
    wait_until(lambda: count(db) == 5)
    watcher.kill()
    watcher.communicate()
    names = [name for (name,) in rows(str(db), "SELECT name FROM bulletins ORDER BY name")]
    assert names == ["0", "0", "3", "moved/deep/2", "slow"]
    assert rows(str(db), "SELECT version FROM sources WHERE name LIKE '%/0.txt'") == [(2,)]


FAULTS = {
    "neither": ["run", "{tmp}"],
    "both": ["run", "{tmp}", "--db", "x.db", "--output", "out"],
    "files without a cluster": ["run", "{tmp}", "--output", "out"],
    "no folder": ["watch", "{tmp}/none", "--db", "x.db"],
}


@pytest.mark.parametrize("arguments", FAULTS.values(), ids=FAULTS)
def test_wrong_usage_is_told(tmp_path: Path, arguments: list[str]) -> None:
    result = jianbao(*(a.format(tmp=tmp_path) for a in arguments))
    assert result.exit_code == 2
    assert "Usage" in result.stderr
