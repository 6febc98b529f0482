"""`jianbao gold`: exit codes, what goes to stdout and stderr, and files written."""

import json
from pathlib import Path

import pytest
from conftest import TEXT
from typer.testing import CliRunner, Result

from corpus.gold import load_gold_file
from corpus.tools.exchange import FORMATS
from jianbao.cli import app
from jianbao.cli_gold import ToolFormat
from schemas import Record

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

RECORD = {
    "id": "a",
    "text": "县司法局调解纠纷12件",
    "mentions": [{"start": 0, "end": 4, "text": "县司法局", "type": "ORG", "canonical": "青禾县司法局"}],
    "quantities": [{"start": 8, "end": 11, "text": "12件", "value": "12", "unit": "件"}],
    "metrics": [{"quantity": [8, 11], "name": "调解纠纷"}],
}


def jianbao(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["gold", *(str(a) for a in arguments)], env={"COLUMNS": "200"})


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return folder


def test_check_passes(gold: Path) -> None:
    result = jianbao("check", gold)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 gold files, 0 faults" in result.stderr


def test_check_names_file_and_item_of_each_fault(gold: Path) -> None:
    bad = {**RECORD, "id": "b", "title": "题", "metrics": [{"quantity": [0, 1], "name": "调解"}]}
    (gold / "b.json").write_text(json.dumps(bad), encoding="utf-8")
    result = jianbao("check", gold)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{gold / 'b.json'}: title: '题' does not occur in the text",
        f"{gold / 'b.json'}: metrics[0]: '调解' hangs on (0, 1), which is no labelled quantity",
    ]
    assert "2 gold files, 2 faults" in result.stderr


def test_check_of_nothing_is_an_error(tmp_path: Path) -> None:
    result = jianbao("check", tmp_path)
    assert result.exit_code == 2
    assert "holds no gold files" in result.stderr


def test_the_formats_offered_are_those_there_are() -> None:
    assert [format.value for format in ToolFormat] == list(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_out_and_back(format: str, gold: Path, tmp_path: Path) -> None:
    before = (gold / "a.json").read_bytes()
    out = jianbao("export", gold, "--format", format, "-o", tmp_path / "out")
    assert out.exit_code == 0
    assert out.stdout == ""
    assert f"{format} does not carry" in out.stderr
    assert "1 bulletins written" in out.stderr
    back = jianbao("import", tmp_path / "out", "--format", format, "-o", gold)
    assert back.exit_code == 0
    assert "1 bulletins read, 0 gold files written" in back.stderr
    assert (gold / "a.json").read_bytes() == before
    assert jianbao("import", tmp_path / "out", "--format", format, "-o", tmp_path / "new").exit_code == 0
    assert load_gold_file(tmp_path / "new" / "a.json").mentions[0].text == "县司法局"


def test_a_malformed_import_is_one_line(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("县 -X- _ E-ORG", encoding="utf-8")
    result = jianbao("import", tmp_path / "a.conll", "-f", "conll", "-o", gold)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "a.conll: line 1: tag 'E-ORG'" in line
    assert ";" in line


def test_prefill_writes_drafts_that_pass_the_check(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = jianbao("prefill", tmp_path / "a.txt", "-o", tmp_path / "drafts")
    assert result.exit_code == 0
    assert "1 drafts written" in result.stderr
    draft = load_gold_file(tmp_path / "drafts" / "a.json")
    assert draft.text == TEXT
    assert draft.quantities
    assert draft.provenance is None
    assert all(mention.sources == () for mention in draft.mentions)
    assert all(quantity.canonical_value is None for quantity in draft.quantities)
    assert jianbao("check", tmp_path / "drafts").exit_code == 0


def test_prefill_spares_gold_that_is_there(gold: Path, tmp_path: Path) -> None:
    before = (gold / "a.json").read_bytes()
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    result = jianbao("prefill", tmp_path / "a.txt", tmp_path / "b.txt", "-o", gold)
    assert result.exit_code == 1
    assert "a: has gold already; give --overwrite" in result.stderr
    assert (gold / "a.json").read_bytes() == before
    assert (gold / "b.json").exists()
    assert jianbao("prefill", tmp_path / "a.txt", "-o", gold, "--overwrite").exit_code == 0
    assert Record.model_validate_json((gold / "a.json").read_bytes()).text == TEXT


def test_prefill_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    result = jianbao("prefill", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "drafts")
    assert result.exit_code == 1
    assert "a.txt" in result.stderr
    assert [path.name for path in (tmp_path / "drafts").iterdir()] == ["b.json"]
