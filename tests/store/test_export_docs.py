"""What docs/exports.md shows is what happens."""

import datetime as dt
import re
import shlex
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import make_record
from typer.testing import CliRunner

from jianbao.cli import app
from store import SqlStore
from store.export import Format, export
from store.export.layers import FLAT

PAGE = (Path(__file__).parent.parent.parent / "docs" / "exports.md").read_text(encoding="utf-8")
SHARED = ["sentence", "start", "end", "bulletin", "bulletin_title", "publisher", "published", "source"]

COMMANDS = re.findall(r"^jianbao [^#\n]+", PAGE, re.MULTILINE)
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
ANSWERS: list[list[tuple[Any, ...]]] = [
    [("云岭县司法局", "云岭县人民调解办法", "云司发〔2023〕6号", dt.date(2024, 1, 9))],
    [("mediation", dt.date(2024, 1, 9), "约36.5万元", 365000)],
    [("云岭县", "涉及金额", 2023, 365000.0, "元"), ("云岭县", "调解矛盾纠纷", 2023, 1200.0, "件")],
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the page speaks of."""
    monkeypatch.chdir(tmp_path)
    with SqlStore("jianbao.db") as store:
        store.add(make_record())
    export([make_record()], Path("records.jsonl"), Format.JSONL)
    return tmp_path


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("query", "expected"), list(zip(QUERIES, ANSWERS, strict=True)), ids=["issuers", "nested records", "figures"]
)
def test_duckdb_answers_the_queries(query: str, expected: list[tuple[Any, ...]]) -> None:
    export([make_record()], Path("tables"), Format.PARQUET)
    assert duckdb.sql(query).fetchall() == expected


@pytest.mark.parametrize("command", COMMANDS, ids=str.strip)
def test_the_commands_run(home: Path, command: str) -> None:
    words = shlex.split(command)[1:]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 bulletins to ")
    assert (home / words[words.index("-o") + 1]).exists()


def test_the_python_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})  # noqa: S102
    assert capsys.readouterr().out.startswith("1 {")
    assert (home / "metrics.parquet").exists()


@pytest.mark.parametrize("layer", list(FLAT.values()), ids=list(FLAT))
def test_the_columns_are_those_of_the_page(layer: Any) -> None:
    (told,) = re.findall(rf"^\| `{layer.name}` \| [^|]+\| (.*) \|$", PAGE, re.MULTILINE)
    names = re.findall(r"`(\w+)`", told)
    assert [column.name for column in layer.columns] == names + (SHARED if layer.name != "bulletins" else [])
