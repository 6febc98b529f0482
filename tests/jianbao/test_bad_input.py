"""A morning's folder with everything wrong that a file can have: each fault is one line, the good files come through."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TEXT
from corpus_support import make_pdf
from typer.testing import CliRunner

from jianbao.cli import app

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

SHORT = "青禾镇举行安全演练，860人参加。"


def _unreadable(path: Path) -> None:
    # Root may read a file of any mode, nobody a link that leads to itself.
    path.symlink_to(path)


BAD: dict[str, bytes | Callable[[Path], None]] = {
    "empty.txt": b"",
    "blank.txt": b" \n\n ",
    "binary.txt": bytes(range(256)) * 64,
    "declared-wrong.html": b'<meta charset="utf-8"><body><p>'
    + "县教育局召开会议".encode("gb18030") * 3
    + b"\xff\xfe\xff</p>",
    "undecodable.txt": b"\xff\xff\xff\x80\x80" * 40,
    "huge.txt": b"\xe5\xb8\x82" * (50 * 1024 * 1024 // 3),
    "no-text.html": b"<html><head><script>var a = 1;</script></head><body><img src='a.png'></body></html>",
    "encrypted.pdf": make_pdf([SHORT], encrypted=True),
    "scanned.pdf": make_pdf([""]),
    "broken.pdf": b"%PDF-1.7 and nothing more",
    "broken.docx": b"PK\x03\x04 not a zip archive at all",
    "lines.jsonl": f'{{"text": "{SHORT}"}}\n{{"text": \n{{"txt": "x"}}\n'.encode(),
    "loop.txt": _unreadable,
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in\tbox"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    for name, content in BAD.items():
        if callable(content):
            content(folder / name)
        else:
            (folder / name).write_bytes(content)
    return folder


def test_each_bad_file_is_one_line_and_the_others_are_processed(inbox: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(inbox)])
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["id"] for r in records if r["text"] == TEXT] == ["good"]
    assert any(r["text"] == SHORT for r in records)
    lines = result.stderr.splitlines()
    for name in BAD.keys() - {"lines.jsonl"}:
        naming = [line for line in lines if name in line]
        assert len(naming) == 1, (name, lines)
        assert ";" in naming[0], naming
    assert len([line for line in lines if "lines.jsonl" in line]) == 2
    assert all(line.startswith("jianbao: ") for line in lines)
    assert "Traceback" not in result.stderr


def test_a_batch_stores_what_can_be_read_and_can_be_run_again(inbox: Path, tmp_path: Path) -> None:
    for expected in ("2 extracted, 0 already there", "0 extracted, 2 already there"):
        result = CliRunner().invoke(app, ["run", str(inbox), "--db", str(tmp_path / "x.db")])
        assert result.exit_code == 1
        assert expected in result.stdout, result.stdout


def test_a_folder_without_bulletins_is_named(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "void"), str(tmp_path / "no*.txt")])
    assert result.exit_code == 1
    assert "void" in result.stderr.splitlines()[0]
    assert "no*.txt" in result.stderr.splitlines()[1]


def test_a_read_only_database_is_named(inbox: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    CliRunner().invoke(app, ["run", str(inbox / "good.txt"), "--db", str(db)])
    (inbox / "new.txt").write_text(SHORT, encoding="utf-8")
    url = f"sqlite:///file:{db}?mode=ro&uri=true"
    result = CliRunner().invoke(app, ["run", str(inbox / "new.txt"), "--db", url])
    assert result.exit_code == 2
    assert "readonly database; choose a place you may write to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_name_that_is_no_utf_8_is_printed_all_the_same(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
    Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(tmp_path)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["text"] == TEXT
