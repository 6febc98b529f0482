"""What the READMEs show is what happens."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jianbao import Extractor
from jianbao.cli import app

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:jieba")


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module", params=READMES)
def items(request: pytest.FixtureRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The items a README shows, and all items of the record of the text it shows."""
    (text,) = blocks(request.param, "text")
    record = json.loads(Extractor().extract(text.rstrip("\n")).to_json())
    made = [item for layer in record.values() if isinstance(layer, list) for item in layer]
    (shown,) = blocks(request.param, "json")
    return [json.loads(line) for line in shown.splitlines()], made


def test_the_output_shown_is_the_output(items: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    shown, made = items
    assert len(shown) >= 6
    for item in shown:
        assert any(item.items() <= other.items() for other in made if isinstance(other, dict)), item


@pytest.mark.parametrize("readme", READMES)
def test_commands_and_options_exist(readme: str) -> None:
    lines = [line.split("#")[0] for block in blocks(readme, "sh") for line in block.splitlines() if "jianbao " in line]
    commands = [line.split() for line in lines if line.startswith("jianbao")]
    assert {words[1] for words in commands} >= {"extract", "run", "show", "eval"}
    for words in commands:
        help_text = CliRunner().invoke(app, [words[1], "--help"], env={"COLUMNS": "200"}).stdout
        for word in words:
            if word.startswith("-") and word != "-":
                assert word in help_text, words


@pytest.mark.parametrize("readme", [*READMES, *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_links_lead_somewhere(readme: str) -> None:
    path = ROOT / readme
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("readme", READMES)
def test_make_has_the_targets(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)", "\n".join(blocks(readme, "sh")), re.MULTILINE)
    assert targets == ["run", "test"]
    for target in targets:
        assert f"\n{target}:" in makefile
