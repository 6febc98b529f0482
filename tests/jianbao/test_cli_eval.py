"""The command `eval`."""

import json
from pathlib import Path

import pytest
from conftest import TEXT
from typer.testing import CliRunner, Result

from jianbao.cli import app
from schemas import Record

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")

COUNTED = "全县新增就业1.2万人，培训860人。"


def evaluate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)], env={"COLUMNS": "200"})


def record(*words: str, name: str = "a") -> Record:
    quantities = [
        {"start": COUNTED.index(w), "end": COUNTED.index(w) + len(w), "text": w, "value": "860", "unit": "人"}
        for w in words
    ]
    return Record.model_validate({"id": name, "text": COUNTED, "quantities": quantities})


def jsonl(path: Path, *records: Record) -> Path:
    path.write_text("".join(f"{r.to_json()}\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(record("1.2万人", "860人").to_json(), encoding="utf-8")
    (folder / "INDEX.tsv").write_text("name\tkind\tgenre\na\t人社\tbriefing\n", encoding="utf-8")
    return folder


@pytest.fixture
def half(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "half.jsonl", record("860人"))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "whole.jsonl", record("1.2万人", "860人"))


def test_it_extracts_from_the_bare_text(tmp_path: Path) -> None:
    # What the extractor finds, taken for gold: it finds it again.
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    made = CliRunner().invoke(app, ["extract", str(tmp_path / "a.txt")]).stdout
    (tmp_path / "a.json").write_text(made, encoding="utf-8")
    figures = json.loads(evaluate(tmp_path, "--json").stdout)
    assert {scores["f"] for scores in figures["f1"].values() if scores["n"]} == {100.0}


def test_tables(gold: Path, half: Path) -> None:
    shown = evaluate(gold, "--records", half).stdout
    assert "66.7" in next(line for line in shown.splitlines() if "quantity span" in line)
    assert "all strict macro" in shown


def test_details_by_type_bulletin_bureau_and_genre(gold: Path, half: Path) -> None:
    shown = evaluate(gold, "--records", half, "--details").stdout
    for words in ("quantity count", "人社 (1)", "briefing (1)", "bulletin"):
        assert words in shown


def test_json_has_everything(gold: Path, half: Path) -> None:
    figures = json.loads(evaluate(gold, "--records", half, "--json").stdout)
    assert figures["f1"]["quantity span"] == {"p": 100.0, "r": 50.0, "f": 66.7, "n": 2}
    assert figures["strict"]["quantity"] == figures["f1"]["quantity span"]
    assert figures["averages"]["all strict micro"] == 66.7
    assert figures["intervals"]["quantity span"] == [66.7, 66.7]
    assert figures["types"]["strict"]["quantity"]["count"]["n"] == 2
    assert figures["types"]["lenient"]["quantity"]["macro"] == 66.7
    assert figures["documents"] == {"a": {"quantity": 66.7, "all": 66.7}}
    assert figures["by"]["kind"] == {"人社": {"quantity": 66.7, "all": 66.7, "documents": 1}}
    assert list(figures["by"]["genre"]) == ["briefing"]


def test_errors_of_a_layer(gold: Path, half: Path) -> None:
    shown = evaluate(gold, "--records", half, "--errors", "quantity span").stdout
    assert "quantity span missed [a] 全县新增就业⟦1.2万人⟧" in shown


def test_the_page_is_written(gold: Path, half: Path, tmp_path: Path) -> None:
    result = evaluate(gold, "--records", half, "--report", tmp_path / "report.html")
    assert result.exit_code == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Evaluation on gold" in page
    assert "人社" in page


def test_two_files_compared(gold: Path, half: Path, whole: Path) -> None:
    shown = evaluate(gold, "--compare", half, whole, "--errors", "quantity span").stdout
    line = next(line for line in shown.splitlines() if "quantity span" in line)
    assert "+33.3" in line
    assert "won  quantity span missed [a]" in shown
    data = json.loads(evaluate(gold, "--compare", half, whole, "--json").stdout)
    assert data["differences"]["quantity span"]["won"] == 1
    assert len(data["changes"]) == 3


@pytest.mark.parametrize("option", ["--records", "--report"])
def test_compare_stands_alone(option: str, gold: Path, half: Path, whole: Path) -> None:
    result = evaluate(gold, "--compare", half, whole, option, whole)
    assert result.exit_code == 2
    assert "compares two files" in result.stderr


def floors(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_floors_reached(gold: Path, half: Path, tmp_path: Path) -> None:
    file = floors(tmp_path / "f.toml", '[floors]\n"quantity span" = 60\n')
    result = evaluate(gold, "--records", half, "--floors", file, "--min", "quantity overlap=66")
    assert (result.exit_code, result.stderr) == (0, "")


def test_floors_not_reached_are_named(gold: Path, half: Path, tmp_path: Path) -> None:
    file = floors(tmp_path / "f.toml", '[floors]\n"quantity span" = 70\n')
    result = evaluate(
        gold, "--records", half, "--floors", file, "--min", "all lenient micro=90", "--min", "time found=0"
    )
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "jianbao: quantity span: 66.7 is 3.3 under its floor of 70",
        "jianbao: all lenient micro: 66.7 is 23.3 under its floor of 90",
    ]


def test_of_two_files_the_second_must_reach_the_floors(gold: Path, half: Path, whole: Path) -> None:
    assert evaluate(gold, "--compare", half, whole, "--min", "quantity span=90").exit_code == 0
    assert evaluate(gold, "--compare", whole, half, "--min", "quantity span=90").exit_code == 1


def test_on_the_command_line_a_floor_replaces_that_of_the_file(gold: Path, half: Path, tmp_path: Path) -> None:
    file = floors(tmp_path / "f.toml", '[floors]\n"quantity span" = 70\n')
    assert evaluate(gold, "--records", half, "--floors", file, "--min", "quantity span=60").exit_code == 0


FAULTS = {
    "no gold": (["{tmp}/none"], "none: holds no gold files"),
    "no records": (["{gold}", "--records", "{tmp}/none.jsonl"], "none.jsonl: cannot be read"),
    "no floors": (["{gold}", "--records", "{half}", "--floors", "{tmp}/none.toml"], "none.toml: cannot be read"),
    "no such figure": (["{gold}", "--records", "{half}", "--min", "metric nmed=5"], "'metric nmed' is no figure"),
    "not a floor": (["{gold}", "--records", "{half}", "--min", "metric named"], "'metric named' is no floor"),
    "unwritable page": (["{gold}", "--records", "{half}", "--report", "{tmp}/no/r.html"], "cannot write"),
}


@pytest.mark.parametrize(("arguments", "message"), FAULTS.values(), ids=FAULTS)
def test_faults_are_one_line(arguments: list[str], message: str, gold: Path, half: Path, tmp_path: Path) -> None:
    result = evaluate(*(a.format(tmp=tmp_path, gold=gold, half=half) for a in arguments))
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
