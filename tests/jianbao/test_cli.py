import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from conftest import TEXT
from typer.testing import CliRunner, Result

from jianbao.cli import app
from schemas import Bulletin, Record

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

OTHER = "青禾镇中心学校上午举行安全演练，全校师生860人参加。"


def jianbao(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)


def records(output: str) -> list[Record]:
    return [Record.model_validate_json(line) for line in output.splitlines()]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="gb18030")
    return folder


@pytest.fixture
def mixed(inbox: Path) -> Path:
    (inbox / "aa-empty.txt").write_bytes(b"")
    (inbox / "ab-binary.txt").write_bytes(bytes(range(256)) * 8)
    return inbox


def test_extract_writes_one_record_a_line_in_the_order_of_the_input(inbox: Path) -> None:
    result = jianbao("extract", inbox / "b.txt", inbox / "a.txt")
    assert result.exit_code == 0
    assert [r.text for r in records(result.stdout)] == [OTHER, TEXT]
    assert result.stderr == ""


@pytest.mark.parametrize("pattern", ["", "*.txt"], ids=["folder", "glob"])
def test_extract_takes_folders_and_globs(inbox: Path, pattern: str) -> None:
    assert [r.id for r in records(jianbao("extract", inbox / pattern).stdout)] == ["a", "b"]


def test_extract_reads_standard_input() -> None:
    result = jianbao("extract", "-", stdin=TEXT.encode("gb18030"))
    assert [r.text for r in records(result.stdout)] == [TEXT]


def test_damaged_bytes_are_told_and_the_bulletin_is_read(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_bytes((TEXT * 20).encode("utf-8")[:-1])
    result = jianbao("extract", tmp_path / "d.txt")
    assert result.exit_code == 0
    assert "d.txt: some bytes are damaged" in result.stderr
    assert len(records(result.stdout)) == 1


def test_extract_goes_on_after_bad_files_and_says_so(mixed: Path) -> None:
    result = jianbao("extract", mixed)
    assert result.exit_code == 1
    assert [r.id for r in records(result.stdout)] == ["a", "b"]
    lines = result.stderr.splitlines()
    assert len(lines) == 2
    assert "aa-empty.txt" in lines[0]
    assert "ab-binary.txt" in lines[1]
    assert all(line.startswith("jianbao: ") and ";" in line for line in lines)


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "jianbao", "--debug", "show", "--db", str(tmp_path / "none.db")]
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    assert done.returncode != 0
    assert "Traceback" in done.stderr


def test_extract_to_a_file(inbox: Path, tmp_path: Path) -> None:
    result = jianbao("extract", inbox, "-o", tmp_path / "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(records((tmp_path / "out.jsonl").read_text(encoding="utf-8"))) == 2


def test_extract_as_one_array(inbox: Path) -> None:
    data = json.loads(jianbao("extract", inbox, "--format", "json").stdout)
    assert [r["id"] for r in data] == ["a", "b"]


def test_extract_as_one_array_of_nothing(mixed: Path) -> None:
    assert json.loads(jianbao("extract", mixed / "aa-empty.txt", "--format", "json").stdout) == []


def test_extract_as_tables(inbox: Path, tmp_path: Path) -> None:
    shown = jianbao("extract", inbox / "a.txt", "--format", "table").stdout
    assert "Metrics" in shown
    assert "云岭县人民调解办法" in shown
    jianbao("extract", inbox / "a.txt", "--format", "table", "-o", tmp_path / "out.txt")
    assert "Metrics" in (tmp_path / "out.txt").read_text(encoding="utf-8")


def test_run_stores_new_bulletins_only(inbox: Path, tmp_path: Path) -> None:
    db, new = tmp_path / "x.db", tmp_path / "new.jsonl"
    first = jianbao("run", inbox, "--db", f"sqlite:///{db}", "--jsonl", new)
    assert first.exit_code == 0
    assert "2 read, 2 extracted, 0 already there, 0 failed" in first.stdout
    assert [r.id for r in records(new.read_text(encoding="utf-8"))] == ["a", "b"]

    shutil.copy(inbox / "a.txt", inbox / "copy-of-a.txt")
    (inbox / "c.txt").write_text("全县新增就业1.2万人。", encoding="utf-8")
    second = jianbao("run", inbox, "--db", db, "--jsonl", new)
    assert "4 read, 1 extracted, 3 already there, 0 failed" in second.stdout
    assert [r.id for r in records(new.read_text(encoding="utf-8"))] == ["c"]


def test_run_reports_failures_and_stores_the_rest(mixed: Path, tmp_path: Path) -> None:
    result = jianbao("run", mixed, "--db", tmp_path / "x.db")
    assert result.exit_code == 1
    assert "2 extracted, 0 already there, 2 failed" in result.stdout
    assert "aa-empty.txt" in result.stderr


def test_a_fault_of_a_component_fails_one_bulletin(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extract.pipeline import Extractor

    good = Extractor.records

    def faulty(self: Extractor, bulletins: Sequence[Bulletin]) -> list[Record]:
        if any(bulletin.id == "a" for bulletin in bulletins):
            raise RuntimeError("broken\nrule")
        return good(self, bulletins)

    monkeypatch.setattr(Extractor, "records", faulty)
    result = jianbao("run", inbox, "--db", tmp_path / "x.db")
    assert result.exit_code == 1
    assert "2 read, 1 extracted, 0 already there, 1 failed" in result.stdout
    assert "a.txt: RuntimeError: broken rule; run it alone with --debug" in result.stderr


def test_show_lists_and_shows(inbox: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    (inbox / "a.txt").rename(inbox / "mediation.txt")
    jianbao("run", inbox, "--db", db)
    listing = jianbao("show", "--db", db).stdout
    assert "mediation" in listing
    shown = jianbao("show", "mediation", "--db", db).stdout
    assert "310件" in shown
    assert "Metrics" in shown


def test_show_prints_markup_as_text(tmp_path: Path) -> None:
    (tmp_path / "m.txt").write_text("[bold]县教育局[/nonsense]开展“[red]护航[/red]”行动。", encoding="utf-8")
    jianbao("run", tmp_path / "m.txt", "--db", tmp_path / "x.db")
    result = jianbao("show", "m", "--db", tmp_path / "x.db")
    assert result.exit_code == 0
    assert "[bold]县教育局[/nonsense]" in result.stdout


FAULTS = {
    "no such file": (["extract", "{tmp}/none.txt"], 1, "none.txt"),
    "no such database": (["show", "--db", "{tmp}/none.db"], 2, "none.db: there is no such database"),
    "bad database URL": (["run", "{tmp}", "--db", "foo://bar"], 2, "not a database URL"),
    "unwritable output": (["extract", "{tmp}", "-o", "{tmp}/no/out.jsonl"], 2, "cannot write"),
    "no such config": (["extract", "{tmp}", "--config", "{tmp}/none.cfg"], 2, "none.cfg"),
    "unknown segmenter": (["extract", "{tmp}", "--segmenter", "hanlp"], 2, "unknown segmenter"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), FAULTS.values(), ids=FAULTS)
def test_faults_are_one_line(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    result = jianbao(*(a.format(tmp=tmp_path) for a in arguments))
    assert result.exit_code == code
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_schema_is_json_schema() -> None:
    schema = json.loads(jianbao("schema").stdout)
    assert schema["title"] == "Record"
    assert "metrics" in schema["properties"]


def test_version() -> None:
    assert jianbao("--version").stdout.strip() == f"jianbao {version('jianbao')}"


@pytest.mark.parametrize("command", ["extract", "run", "eval", "show", "schema"])
def test_help_explains_every_command(command: str) -> None:
    result = jianbao(command, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_it_runs_as_a_module_and_help_is_light() -> None:
    code = "import sys, jianbao.cli; print(*sorted({'spacy', 'jieba', 'sqlalchemy', 'trafilatura'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert loaded.stdout.strip() == ""
    done = subprocess.run([sys.executable, "-m", "jianbao", "--help"], capture_output=True, text=True, check=True)
    assert "extract" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(inbox: Path) -> None:
    for i in range(40):
        (inbox / f"n{i}.txt").write_text(f"第{i}份。" + TEXT * 20, encoding="utf-8")
    command = f"{sys.executable} -W ignore -m jianbao extract {inbox} | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=os.environ)  # noqa: S603, S607
    assert done.stderr == ""
